//! What the code of a model assumed of its parameters where it was traced.

use super::decision::{Decision, Relation};
use super::expression::Expression;
use super::graph::NodeId;
use super::read::read;
use super::trace::Trace;
use std::fmt;

/// A comparison of parameters that came out one way where the model was traced: the formulas follow the code where it does so again.
///
/// Elsewhere the code may compute the same function by other means, by an asymptotic series, say, and the formulas hold all the same;
/// or it may be another function.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The left side.
    pub left: Expression,
    /// The relation that was asked for.
    pub relation: Relation,
    /// The right side.
    pub right: Expression,
    /// Whether the relation held.
    pub holds: bool,
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match (self.relation, self.holds) {
            (Relation::Less, true) => "<",
            (Relation::Less, false) => "≥",
            (Relation::LessOrEqual, true) => "≤",
            (Relation::LessOrEqual, false) => ">",
            (Relation::Equal, true) => "=",
            (Relation::Equal, false) => "≠",
        };
        write!(f, "{} {sign} {}", self.left, self.right)
    }
}

/// The conditions of a trace, in the given expressions for the parameters.
pub(super) fn conditions(trace: &Trace, parameters: &[Expression]) -> Vec<Condition> {
    let of = |node: NodeId| read(&trace.graph, node, parameters, &[]);
    let condition = |decision: Decision| match decision {
        Decision::Comparison { left, relation, right, holds } => {
            Condition { left: of(left), relation, right: of(right), holds }
        }
        Decision::Read { node, value } => {
            Condition { left: of(node), relation: Relation::Equal, right: Expression::recognise(value), holds: true }
        }
    };
    trace.conditions().map(condition).collect()
}
