//! The number type that records what is done with it.

mod arithmetic;
mod comparisons;
mod functions;
mod numbers;
pub(super) mod recorder;

use super::graph::{Node, NodeId};
use recorder::TraceId;
use std::fmt;

/// A number that remembers how it was made: its value at the point of the recording and its node in the graph.
///
/// Inside [`record`](super::record) and [`trace`](super::trace()) the parameters and data are symbols, and whatever is computed
/// from them is recorded. A number made from an `f64` is a plain constant; constants compute among themselves as `f64` does. The
/// value of a symbol is, bit for bit, what the same program gives in `f64`.
///
/// A symbol belongs to one recording and to its thread. Where it meets a symbol of another recording, or is used on
/// another thread, it loses its node, and the recordings concerned end with
/// [`Error::ForeignSymbol`](crate::Error::ForeignSymbol).
#[derive(Clone, Copy)]
pub struct Sym {
    value: f64,
    origin: Origin,
}

/// Where a symbol comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Origin {
    /// A number that was given.
    Constant,
    /// A node of a recording.
    Recorded(TraceId, NodeId),
    /// An operation that could not be recorded.
    Lost,
}

impl Sym {
    /// The value at the point of the recording.
    #[must_use]
    pub fn value(self) -> f64 {
        self.value
    }

    /// The node in the graph of the recording; nothing for a plain constant, or for a symbol that lost its recording.
    #[must_use]
    pub fn node(self) -> Option<NodeId> {
        match self.origin {
            Origin::Recorded(_, node) => Some(node),
            Origin::Constant | Origin::Lost => None,
        }
    }

    /// The node in this recording, which a constant enters here. `None` if the symbol does not belong to it.
    pub(super) fn node_of(self, trace: TraceId) -> Option<NodeId> {
        match self.origin {
            Origin::Constant => recorder::with(trace, |recorder| recorder.constant(self.value)),
            Origin::Recorded(own, node) if own == trace => Some(node),
            Origin::Recorded(..) | Origin::Lost => None,
        }
    }

    /// A symbol of a recording.
    pub(super) fn recorded(trace: TraceId, value: f64, node: NodeId) -> Self {
        Self { value, origin: Origin::Recorded(trace, node) }
    }

    /// A plain constant.
    #[inline]
    fn constant(value: f64) -> Self {
        Self { value, origin: Origin::Constant }
    }

    /// The result of an operation: `value`, and the node that `node` makes when it is told the nodes of the operands.
    #[inline]
    fn operation(operands: &[Self], value: f64, node: impl FnOnce(&mut dyn FnMut(Self) -> NodeId) -> Node) -> Self {
        let origin = match Self::common(operands) {
            Common::Constants => Origin::Constant,
            Common::Trace(trace) => recorder::with(trace, |recorder| {
                let node = node(&mut |operand| recorder.operand(operand));
                recorder.insert(node)
            })
            .flatten()
            .map_or_else(
                || {
                    recorder::strays(trace);
                    Origin::Lost
                },
                |node| Origin::Recorded(trace, node),
            ),
            Common::Mixed => Origin::Lost,
        };
        Self { value, origin }
    }

    /// The recording to which operands belong. Those of several are reported to be strays.
    #[inline]
    fn common(operands: &[Self]) -> Common {
        let mut common = Common::Constants;
        for operand in operands {
            common = match (common, operand.origin) {
                (common, Origin::Constant) => common,
                (Common::Constants, Origin::Recorded(trace, _)) => Common::Trace(trace),
                (Common::Trace(one), Origin::Recorded(other, _)) if one == other => common,
                _ => return Self::mixed(operands),
            };
        }
        common
    }

    #[cold]
    fn mixed(operands: &[Self]) -> Common {
        for operand in operands {
            if let Origin::Recorded(trace, _) = operand.origin {
                recorder::strays(trace);
            }
        }
        Common::Mixed
    }
}

/// What operands have in common.
#[derive(Clone, Copy)]
enum Common {
    /// All are plain constants.
    Constants,
    /// All that are not belong to this recording.
    Trace(TraceId),
    /// They belong to several, or have lost theirs.
    Mixed,
}

impl fmt::Debug for Sym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sym").field("value", &self.value).field("origin", &self.origin).finish()
    }
}

/// The value, and after it the node if there is one: `1.5 [node 12]`.
impl fmt::Display for Sym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.value, f)?;
        match self.origin {
            Origin::Constant => Ok(()),
            Origin::Recorded(_, node) => write!(f, " [node {}]", node.index()),
            Origin::Lost => f.write_str(" [no node]"),
        }
    }
}

#[cfg(test)]
mod tests;
