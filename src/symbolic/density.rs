//! The log-density of a model as expressions, one for each branch that its code takes on the data.

use super::condition::{Condition, beyond, conditions};
use super::expression::{Expression, Role, Symbol, limited};
use super::points::{self, Observations};
use super::read::read;
use super::trace::{Trace, trace};
use super::{MOST_PRODUCTS, Matrix, Refusal};
use crate::model::{Observation, Parameter, ParameterSpace, SampleSpace, Theta};
use num_dual::HyperDual64;
use std::borrow::Borrow;

/// How many branches on the data are followed.
const MOST_BRANCHES: usize = 12;

/// ln f(x; θ) as its code has it where it was traced.
///
/// Comparisons of parameters come out as they do at the traced θ. Comparisons of data may tell branches apart; two of them are one if
/// their formulas differ by a function of the data alone, or if one is a series that sums to the other: then the shorter stands.
#[derive(Clone, Debug)]
pub struct LogDensity {
    pub(super) parameters: Vec<Symbol>,
    pub(super) data: Vec<Symbol>,
    pub(super) branches: Vec<Branch>,
    /// The rows whose covariates were given.
    pub(super) rows: Vec<Vec<f64>>,
    /// Where it was asked to be traced.
    pub(super) at: Option<Vec<f64>>,
    conditions: Vec<Condition>,
}

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

impl LogDensity {
    /// The log-density of a model, traced at parameters of moderate size within their domains.
    ///
    /// # Errors
    /// [`Refusal::Opaque`], [`Refusal::NoPoint`], [`Refusal::Branches`], [`Refusal::Obstacle`]; [`Refusal::Covariates`] if an
    /// observation is a row of which only some coordinates are random.
    pub fn of<M: SampleSpace>(model: &M) -> Result<Self, Refusal> {
        Self::random(model, &simplest(model)?)
    }

    /// The log-density of a model, traced at the given parameters. What follows from it is verified there and nearby.
    ///
    /// # Errors
    /// As [`of`](Self::of), and parameters outside their domain.
    pub fn at<M: SampleSpace>(model: &M, theta: &[f64]) -> Result<Self, Refusal> {
        Ok(Self { at: Some(theta.to_vec()), ..Self::random(model, theta)? })
    }

    /// The log-density of an observation all of which is random.
    fn random<M: SampleSpace>(model: &M, theta: &[f64]) -> Result<Self, Refusal> {
        let space = M::Parameters::from_slice(theta)?;
        crate::model::checked_parameters(model, space.borrow())?;
        let observations = points::observations(model, space.borrow())?;
        limited(MOST_PRODUCTS, || Self::traced(model, theta, &observations, &[]))
    }

    /// The log-density of a response, given the covariates of its row, which are variables of the formulas. Some rows show which
    /// coordinates are which, and where to trace the model.
    ///
    /// # Errors
    /// As [`of`](Self::of); [`Error::NoData`](crate::Error::NoData) without rows.
    pub fn given<M: SampleSpace>(model: &M, rows: &[Vec<f64>]) -> Result<Self, Refusal> {
        let found = points::scattered(model, 1, |_| Ok(Some(())))?;
        let Some((theta, ())) = found.into_iter().next() else {
            return Err(Refusal::NoPoint { tried: 0, last: None });
        };
        let space = M::Parameters::from_slice(&theta)?;
        let mut all: Option<Observations> = None;
        for row in rows {
            let found = points::observations_given(model, space.borrow(), row)?;
            all = Some(match all {
                None => found,
                Some(own) => own.and(found)?,
            });
        }
        let observations = all.ok_or(crate::Error::NoData)?;
        limited(MOST_PRODUCTS, || Self::traced(model, &theta, &observations, rows))
    }

    fn traced<M: SampleSpace>(
        model: &M,
        theta: &[f64],
        observations: &Observations,
        rows: &[Vec<f64>],
    ) -> Result<Self, Refusal> {
        let space = M::Parameters::from_slice(theta)?;
        let parameters = symbols_of(points::parameters(model), theta);
        let mut forms = Forms::default();
        for (x, isolated) in observations.points.iter().zip(&observations.isolated) {
            let Some(datum) = M::Observation::from_coordinates(x) else { return Err(Refusal::Opaque) };
            let data = observations.symbols(x);
            let (theta, x) = (of(&parameters), coordinates(&data, observations.total));
            forms.add(trace(model, space.borrow(), datum)?, *isolated && rows.is_empty(), &theta, &x)?;
        }
        let mut branches = std::mem::take(&mut forms.branches);
        // The indicator of the last branch is what the others leave, so that one should be more than a point.
        branches.sort_by_key(|branch| !branch.isolated);
        let Some(first) = branches.first() else { return Err(Refusal::NoPoint { tried: 1, last: None }) };
        let data = observations.symbols(&first.at[0]);
        Ok(Self { parameters, data, branches, rows: rows.to_vec(), at: None, conditions: forms.conditions })
    }

    /// The parameters.
    #[must_use]
    pub fn parameters(&self) -> &[Symbol] {
        &self.parameters
    }

    /// The coordinates of an observation.
    #[must_use]
    pub fn data(&self) -> &[Symbol] {
        &self.data
    }

    /// What the code assumed of the parameters where it was traced.
    ///
    /// ```
    /// use fisher_information::{distributions::Gamma, symbolic::LogDensity};
    ///
    /// let assumed: Vec<String> = LogDensity::of(&Gamma)?.conditions().iter().map(ToString::to_string).collect();
    /// assert_eq!(assumed, ["64 > α"]);    // from there on the code uses Stirling's series
    /// # Ok::<(), fisher_information::symbolic::Refusal>(())
    /// ```
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// Parameters on the other side of the thresholds that were met.
    pub(super) fn beyond(&self, theta: &[f64]) -> Option<Vec<f64>> {
        beyond(&self.conditions, &self.parameters, theta)
    }

    /// The branches, those of single points first.
    #[must_use]
    pub fn branches(&self) -> &[Branch] {
        &self.branches
    }
}

/// ∂ ln f/∂θ, the score, of a model whose log-density takes one form.
///
/// ```
/// use fisher_information::{distributions::Normal, symbolic::score};
///
/// let score = score(&Normal)?;
/// assert_eq!(score[0].to_string(), "(x − μ)/σ²");
/// # Ok::<(), fisher_information::symbolic::Refusal>(())
/// ```
///
/// # Errors
/// [`Refusal::SeveralForms`], and as [`LogDensity::of`].
pub fn score<M: SampleSpace>(model: &M) -> Result<Vec<Expression>, Refusal> {
    let density = LogDensity::of(model)?;
    Ok(density.only_branch()?.score(&density.parameters))
}

/// ∂² ln f/∂θ∂θᵀ, the Hessian, of a model whose log-density takes one form.
///
/// # Errors
/// As [`score`].
pub fn hessian<M: SampleSpace>(model: &M) -> Result<Matrix, Refusal> {
    let density = LogDensity::of(model)?;
    let score = density.only_branch()?.score(&density.parameters);
    Ok(Matrix::new(&density.parameters, &density.data, |i, j| {
        score[i.max(j)].derivative(&density.parameters[i.min(j)]).reduced()
    }))
}

impl LogDensity {
    /// The branch, if there is only one.
    fn only_branch(&self) -> Result<&Branch, Refusal> {
        match self.branches.as_slice() {
            [branch] => Ok(branch),
            several => Err(Refusal::SeveralForms { count: several.len() }),
        }
    }
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
            Role::Datum => self.at[0].get(symbol.index()).map(|&x| Expression::recognise(x)),
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
struct Forms {
    branches: Vec<Branch>,
    /// What was recorded, and the branch that it belongs to.
    traced: Vec<(Trace, usize)>,
    conditions: Vec<Condition>,
}

impl Forms {
    /// Adds what was recorded at an observation. It is read only if nothing else was recorded like it.
    fn add(&mut self, trace: Trace, isolated: bool, theta: &[Expression], x: &[Expression]) -> Result<(), Refusal> {
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

/// The one of a few parameter vectors where the code does least: where it has a formula rather than a series for it.
fn simplest<M: SampleSpace>(model: &M) -> Result<Vec<f64>, Refusal> {
    const CANDIDATES: usize = 3;
    const OBSERVATIONS: usize = 4;
    let any = |_: &Theta<M, f64>| Ok(Some(()));
    let candidates = points::scattered(model, CANDIDATES, any).or_else(|_| points::scattered(model, 1, any))?;
    let mut shortest: Option<(usize, Vec<f64>)> = None;
    for (theta, ()) in candidates {
        let space = M::Parameters::from_slice(&theta)?;
        let mut length = 0;
        for x in points::observations(model, space.borrow())?.points.iter().take(OBSERVATIONS) {
            let Some(datum) = M::Observation::from_coordinates(x) else { return Err(Refusal::Opaque) };
            let trace = trace(model, space.borrow(), datum)?;
            length += trace.graph.reachable(&[trace.value]).len();
        }
        if shortest.as_ref().is_none_or(|(least, _)| length < *least) {
            shortest = Some((length, theta));
        }
    }
    shortest.map(|(_, theta)| theta).ok_or(Refusal::NoPoint { tried: 0, last: None })
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

/// Parameters as variables.
pub(super) fn symbols_of(parameters: Vec<Parameter>, at: &[f64]) -> Vec<Symbol> {
    let described = parameters.into_iter().zip(at).enumerate();
    described.map(|(i, (p, &value))| Symbol::new(Role::Parameter, i, p.symbol, p.domain, value)).collect()
}

/// A number as a subscript.
pub(super) fn subscript(n: usize) -> String {
    const DIGITS: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    n.to_string().chars().filter_map(|digit| digit.to_digit(10)).map(|digit| DIGITS[digit as usize]).collect()
}

fn of(symbols: &[Symbol]) -> Vec<Expression> {
    symbols.iter().map(Expression::symbol).collect()
}

/// The coordinates, the last of which is what the others leave of a fixed sum.
fn coordinates(data: &[Symbol], total: Option<f64>) -> Vec<Expression> {
    let mut coordinates = of(data);
    if let (Some(total), Some((last, others))) = (total, coordinates.split_last_mut()) {
        *last = &Expression::recognise(total) - &others.iter().cloned().sum();
    }
    coordinates
}
