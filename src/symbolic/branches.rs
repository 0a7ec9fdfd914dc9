//! The formulas that the code of a log-density takes on parts of the sample space.

use super::Refusal;
use super::condition::{Condition, conditions};
use super::expression::{Expression, Role, Symbol};
use super::read::read;
use crate::recording::Trace;
use num_dual::HyperDual64;

/// How many branches on the data are followed.
const MOST_BRANCHES: usize = 12;

/// ln f on a part of the sample space.
#[derive(Clone, Debug)]
pub struct Branch {
    /// ln f(x; θ).
    pub expression: Expression,
    /// The observations at which the code took this branch.
    pub at: Vec<Vec<f64>>,
    /// Whether it seems to be taken at a single point only, one that has a probability.
    pub isolated: bool,
}

impl Branch {
    fn take(&mut self, x: Vec<f64>) {
        self.at.push(x);
        self.isolated = false;
    }

    /// ln f where there are other branches: at its only point, if it has just one.
    pub(super) fn among_others(&self) -> Expression {
        if !self.isolated {
            return self.expression.clone();
        }
        let value = |symbol: &Symbol| match symbol.role() {
            Role::Datum => self.at.first()?.get(symbol.index()).map(|&x| Expression::recognise(x)),
            Role::Parameter | Role::Covariate => None,
        };
        self.expression.substitute(&value)
    }

    /// ∂ ln f/∂θ
    #[must_use]
    pub fn score(&self, parameters: &[Symbol]) -> Vec<Expression> {
        parameters.iter().map(|parameter| self.expression.derivative(parameter).reduced()).collect()
    }
}

/// The different formulas met so far.
#[derive(Default)]
pub(super) struct Forms {
    pub branches: Vec<Branch>,
    /// What was recorded, and the branch that it belongs to.
    traced: Vec<(Trace, usize)>,
    pub conditions: Vec<Condition>,
}

impl Forms {
    /// Adds what was recorded at an observation. It is read only if nothing else was recorded like it.
    pub(super) fn add(
        &mut self,
        trace: Trace,
        isolated: bool,
        theta: &[Expression],
        x: &[Expression],
    ) -> Result<(), Refusal> {
        let at = trace.x.clone();
        if !trace.graph.evaluate(&[trace.value], &trace.theta, &at).iter().all(|value| value.is_finite()) {
            return Ok(());
        }
        if let Some((_, place)) = self.traced.iter().find(|(own, _)| same_formula(own, &trace)) {
            self.branches[*place].take(at);
            return Ok(());
        }
        let expression = read(&trace.graph, trace.value, theta, x);
        if let Some(obstacle) = expression.obstacle() {
            return Err(obstacle.into());
        }
        for condition in conditions(&trace, theta) {
            if !self.conditions.contains(&condition) {
                self.conditions.push(condition);
            }
        }
        let place = self.branches.iter().position(|own| same_score(&own.expression, &expression));
        // Where a formula cancels, code may sum a series of the same function. Such a point is as good as any other, but among
        // single points two different functions may well meet at one.
        let place = place.or_else(|| {
            let meets = |own: &Branch| !isolated && same_derivatives(&own.expression, &expression, &trace.theta, &at);
            let place = self.branches.iter().position(meets)?;
            let own = &mut self.branches[place].expression;
            if length(&expression) < length(own) {
                *own = expression.clone();
            }
            Some(place)
        });
        self.traced.push((trace, place.unwrap_or(self.branches.len())));
        match place {
            Some(place) => self.branches[place].take(at),
            None => self.branches.push(Branch { expression, at: vec![at], isolated }),
        }
        if self.branches.len() > MOST_BRANCHES { Err(Refusal::Branches { most: MOST_BRANCHES }) } else { Ok(()) }
    }
}

/// Whether two traces recorded the same operations.
fn same_formula(a: &Trace, b: &Trace) -> bool {
    let nodes = |trace: &Trace| -> Vec<_> {
        trace.graph.reachable(&[trace.value]).into_iter().map(|id| (id, trace.graph.node(id))).collect()
    };
    a.value == b.value && nodes(a) == nodes(b)
}

/// Whether two log-densities differ by a function of the data alone.
fn same_score(a: &Expression, b: &Expression) -> bool {
    let difference = a - b;
    !difference.depends_on(Role::Parameter) || !difference.reduced().depends_on(Role::Parameter)
}

/// Whether the scores and Hessians of two log-densities agree at a point.
fn same_derivatives(a: &Expression, b: &Expression, theta: &[f64], x: &[f64]) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-10 * (1e-2 + a.abs() + b.abs());
    let x: Vec<HyperDual64> = x.iter().map(|&x| x.into()).collect();
    (0..theta.len()).flat_map(|i| (0..=i).map(move |j| (i, j))).all(|(i, j)| {
        let along = |(k, &theta): (usize, &f64)| {
            HyperDual64::new(theta, f64::from(u8::from(k == i)), f64::from(u8::from(k == j)), 0.0)
        };
        let theta: Vec<HyperDual64> = theta.iter().enumerate().map(along).collect();
        let [a, b] = [a, b].map(|expression| expression.evaluate(&theta, &x));
        close(a.eps1, b.eps1) && close(a.eps1eps2, b.eps1eps2)
    })
}

/// How many terms there are.
fn length(expression: &Expression) -> usize {
    expression.terms().map_or(usize::MAX, Iterator::count)
}
