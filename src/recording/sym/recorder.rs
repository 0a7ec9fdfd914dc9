//! The recordings in progress.
//!
//! Each thread has a stack of them, since a model may record another while it is itself recorded. What goes wrong with a
//! recording may be noticed on a thread that cannot reach it; the list of recordings in progress on all threads takes it down.

use super::super::decision::{Decision, Relation};
use super::super::graph::hasher::FastSet;
use super::super::graph::{Graph, Node, NodeId};
use super::{Origin, Sym};
use crate::error::Error;
use std::cell::RefCell;
use std::num::NonZeroU64;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The identity of a recording, never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recording) struct TraceId(NonZeroU64);

/// How many operations are recorded at most. Their graph fills about 100 megabytes.
const MOST_NODES: usize = 1 << 20;

thread_local! {
    /// The recordings of this thread, the innermost last.
    static ACTIVE: RefCell<Vec<Recorder>> = const { RefCell::new(Vec::new()) };
}

/// The recordings of all threads, each with the first thing that went wrong.
static LIVE: Mutex<Vec<(TraceId, Option<Error>)>> = Mutex::new(Vec::new());

/// No code of others runs while the list is locked, so that a panic elsewhere leaves it whole.
fn live() -> MutexGuard<'static, Vec<(TraceId, Option<Error>)>> {
    LIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A recording.
pub(in crate::recording) struct Recorder {
    trace: TraceId,
    graph: Graph,
    decisions: Vec<Decision>,
    /// The comparisons and reads that are among the decisions.
    asked: FastSet<Question>,
}

/// What a decision answers.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Question {
    Comparison(NodeId, Relation, NodeId),
    Read(NodeId),
}

impl Recorder {
    /// A constant as a node.
    pub(in crate::recording) fn constant(&mut self, value: f64) -> NodeId {
        self.graph.constant(value)
    }

    /// The node of an operand, which is a constant or belongs to this recording.
    #[inline]
    pub(super) fn operand(&mut self, operand: Sym) -> NodeId {
        match operand.origin {
            Origin::Recorded(_, node) => node,
            Origin::Constant | Origin::Lost => self.graph.constant(operand.value),
        }
    }

    /// The node as it is, unless there are too many.
    #[inline]
    pub(in crate::recording) fn insert(&mut self, node: Node) -> Option<NodeId> {
        if self.graph.len() >= MOST_NODES {
            fails(self.trace, Error::TraceTooLong { nodes: MOST_NODES });
            return None;
        }
        Some(self.graph.insert(node))
    }

    /// Takes down a comparison.
    pub(super) fn compared(&mut self, left: NodeId, relation: Relation, right: NodeId, holds: bool) {
        let symmetric = relation == Relation::Equal && right < left;
        let (left, right) = if symmetric { (right, left) } else { (left, right) };
        if self.asked.insert(Question::Comparison(left, relation, right)) {
            self.decisions.push(Decision::Comparison { left, relation, right, holds });
        }
    }

    /// Takes down that a value was read.
    pub(super) fn read(&mut self, node: NodeId, value: f64) {
        if self.asked.insert(Question::Read(node)) {
            self.decisions.push(Decision::Read { node, value });
        }
    }
}

/// Does something with a recording of this thread. `None` if the thread has no such recording.
///
/// Nothing that is done may record: the stack is in use meanwhile.
#[inline]
pub(in crate::recording) fn with<R>(trace: TraceId, then: impl FnOnce(&mut Recorder) -> R) -> Option<R> {
    ACTIVE
        .try_with(|active| active.borrow_mut().iter_mut().rev().find(|recorder| recorder.trace == trace).map(then))
        .ok()
        .flatten()
}

/// Reports that a symbol of this recording was used where it cannot be recorded.
#[cold]
pub(super) fn strays(trace: TraceId) {
    fails(trace, Error::ForeignSymbol);
}

/// Notes what went wrong with a recording, if it is still in progress and nothing went wrong before.
#[cold]
fn fails(trace: TraceId, error: Error) {
    if let Some((_, failure)) = live().iter_mut().find(|(live, _)| *live == trace) {
        failure.get_or_insert(error);
    }
}

/// A recording in progress, which ends when this is dropped, by a panic too.
pub(in crate::recording) struct Session(TraceId);

impl Session {
    /// Begins a recording on this thread.
    pub(in crate::recording) fn begin() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        // 2⁶⁴ recordings take centuries.
        let trace = TraceId(NonZeroU64::new(NEXT.fetch_add(1, Ordering::Relaxed)).unwrap_or(NonZeroU64::MAX));
        live().push((trace, None));
        let recorder = Recorder { trace, graph: Graph::new(), decisions: Vec::new(), asked: FastSet::default() };
        // On a thread that is ending there is no stack any more, and nothing will be recorded.
        let _ = ACTIVE.try_with(|active| active.borrow_mut().push(recorder));
        Self(trace)
    }

    /// The identity of the recording.
    pub(in crate::recording) fn trace(&self) -> TraceId {
        self.0
    }

    /// Ends the recording: its graph and decisions, or what went wrong.
    pub(in crate::recording) fn finish(self) -> Result<(Graph, Vec<Decision>), Error> {
        let (recorder, failure) = self.take();
        match (failure, recorder) {
            (Some(failure), _) => Err(failure),
            (None, None) => Err(Error::ForeignSymbol),
            (None, Some(recorder)) => Ok((recorder.graph, recorder.decisions)),
        }
    }

    /// Takes the recording out of both lists.
    fn take(&self) -> (Option<Recorder>, Option<Error>) {
        let recorder = ACTIVE
            .try_with(|active| {
                let mut active = active.borrow_mut();
                let position = active.iter().rposition(|recorder| recorder.trace == self.0)?;
                Some(active.remove(position))
            })
            .ok()
            .flatten();
        let mut live = live();
        let position = live.iter().position(|(trace, _)| *trace == self.0);
        (recorder, position.and_then(|position| live.swap_remove(position).1))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.take();
    }
}
