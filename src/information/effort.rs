//! How much work an expectation is on either path: counted, not timed, so that the same call takes the same path everywhere.

use crate::derivatives::packed_length;
use crate::recording::Trace;
use crate::recording::graph::{Node, NodeId};
use crate::scalar::Special;

/// What a special function or one of its derivatives takes. This and the numbers below are rounded from timings of twenty models.
const SPECIAL: usize = 60;

/// What a derivative of an operation takes until it is an instruction.
const NODE: usize = 150;

/// What a compilation takes besides: recording, and memory for the machine.
const OVERHEAD: usize = 15_000;

/// About how much work the two paths are, in nanoseconds.
#[derive(Clone, Copy)]
pub(super) struct Effort {
    /// What an evaluation by dual numbers takes that a kernel does in next to no time
    pub saving: usize,
    /// The compilation of a kernel, more than any saving if there is no recording
    pub compilation: usize,
}

impl Effort {
    /// By dual numbers an operation takes about a nanosecond for its value and each of its first and second derivatives, which in
    /// a compilation become a node and an instruction each, once for each outcome of the decisions. A special function takes more: a kernel
    /// saves that if it depends on θ alone or is one of those for whole blocks; if not, it calls each derivative by itself.
    pub fn of(trace: Option<&Trace>) -> Self {
        let Some(trace) = trace else { return Self { saving: 0, compilation: usize::MAX } };
        let (graph, parameters) = (&trace.graph, trace.theta.len());
        let (mut operations, mut saved, mut called) = (0, 0, 0);
        for id in graph.reachable(&[trace.value]) {
            match graph.node(id) {
                Node::Constant(_) | Node::Parameter(_) | Node::Datum(_) => {}
                node @ Node::Special(call) if !graph.depends_on_data(id) || is_for_blocks(call) => {
                    saved += packed_length(node.operands().count());
                }
                node @ (Node::Special(_) | Node::Partial(..)) => called += packed_length(node.operands().count()),
                _ => operations += 1,
            }
        }
        let derivatives = operations * (1 + parameters + packed_length(parameters));
        let courses = 1 + trace.guards().count();
        Self {
            saving: (derivatives + SPECIAL * saved).saturating_sub(2 * SPECIAL * called),
            compilation: derivatives.saturating_mul(NODE * courses).saturating_add(OVERHEAD),
        }
    }
}

/// Whether kernels have a function over blocks for a special function and its derivatives.
fn is_for_blocks(call: Special<NodeId>) -> bool {
    matches!(call, Special::LnGamma(_) | Special::Logistic(_) | Special::Ln1pExp(_))
}
