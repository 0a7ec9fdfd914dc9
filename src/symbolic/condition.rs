//! What the code of a model assumed of its parameters where it was traced.

use super::expression::{Expression, Symbol};
use super::graph::NodeId;
use super::read::read;
use crate::recording::Trace;
use crate::recording::{Decision, Relation};
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

impl Condition {
    /// The position of a parameter and the number that it was compared with, if that is what was compared.
    fn threshold(&self) -> Option<(usize, f64)> {
        let of = |symbol: &Expression, number: &Expression| {
            Some((symbol.as_symbol()?.index(), super::expression::to_f64(&number.as_number()?)))
        };
        of(&self.left, &self.right).or_else(|| of(&self.right, &self.left))
    }
}

/// The parameters θ with each that was compared with a number moved to the other side of it, as far as its domain allows; `None`
/// if none is moved.
pub(super) fn beyond(conditions: &[Condition], parameters: &[Symbol], theta: &[f64]) -> Option<Vec<f64>> {
    let mut moved = theta.to_vec();
    for (index, threshold) in conditions.iter().filter_map(Condition::threshold) {
        let (Some(value), Some(parameter)) = (moved.get_mut(index), parameters.get(index)) else { continue };
        let step = 0.25 * threshold.abs().max(1.0);
        let other = if *value < threshold { threshold + step } else { threshold - step };
        if parameter.domain().contains(other) {
            *value = other;
        }
    }
    (moved != theta).then_some(moved)
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
