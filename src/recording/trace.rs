//! The recording of a log-likelihood.

use super::decision::Decision;
use super::graph::{Graph, Node, NodeId};
use super::sym::Sym;
use super::sym::recorder::{self, Session};
use crate::error::Error;
use crate::model::{Datum, LogLikelihood, Observation, ParameterSpace, Theta, checked_parameters};
use std::borrow::Borrow;

/// A log-likelihood, or any other function of parameters and data, recorded at one point.
#[derive(Clone, Debug)]
pub struct Trace {
    /// Everything that was computed.
    pub graph: Graph,
    /// The result.
    pub value: NodeId,
    /// The parameters at which it was recorded.
    pub theta: Vec<f64>,
    /// The data at which it was recorded; none for an opaque observation, which is part of the formula.
    pub x: Vec<f64>,
    /// What was decided by the numbers, in order, each question once.
    pub decisions: Vec<Decision>,
}

impl Trace {
    /// Whether every decision comes out the same at other parameters and data, so that the graph is the function there too.
    /// Not so where there are more or fewer of them than were recorded.
    #[must_use]
    pub fn holds_at(&self, theta: &[f64], x: &[f64]) -> bool {
        if theta.len() != self.theta.len() || x.len() != self.x.len() {
            return false;
        }
        let nodes: Vec<_> = self.decisions.iter().copied().flat_map(Decision::nodes).collect();
        let mut values = self.graph.evaluate(&nodes, theta, x).into_iter();
        self.decisions.iter().all(|decision| {
            // The nodes of a decision come one after another, as they were collected.
            let given: Vec<_> = decision.nodes().zip(values.by_ref()).collect();
            decision.recurs(|node| given.iter().find(|(of, _)| *of == node).map_or(f64::NAN, |(_, value)| *value))
        })
    }

    /// The decisions that were taken on data.
    pub fn guards(&self) -> impl Iterator<Item = Decision> {
        self.decisions.iter().copied().filter(|decision| self.is_on_data(*decision))
    }

    /// The decisions that were taken on parameters alone.
    pub fn conditions(&self) -> impl Iterator<Item = Decision> {
        self.decisions.iter().copied().filter(|decision| !self.is_on_data(*decision))
    }

    /// Whether a value was read out of the graph, so that the graph is the function only where that value recurs.
    #[must_use]
    pub fn reads(&self) -> bool {
        self.decisions.iter().any(|decision| matches!(decision, Decision::Read { .. }))
    }

    fn is_on_data(&self, decision: Decision) -> bool {
        decision.nodes().any(|node| self.graph.depends_on_data(node))
    }
}

/// Records a function of parameters and data at a point.
///
/// ```
/// use fisher_information::symbolic::record;
///
/// let trace = record(&[2.0], &[3.0], |theta, x| theta[0] * x[0] + x[0])?;
/// assert_eq!(trace.graph.evaluate(&[trace.value], &[5.0], &[7.0]), [42.0]);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// [`Error::ForeignSymbol`] if a symbol of the recording was used on another thread or together with one of another recording,
/// [`Error::TraceTooLong`] if there is no end of operations.
pub fn record(theta: &[f64], x: &[f64], function: impl FnOnce(&[Sym], &[Sym]) -> Sym) -> Result<Trace, Error> {
    let session = Session::begin();
    let trace = session.trace();
    let symbols = |values: &[f64], node: fn(u32) -> Node| -> Result<Vec<Sym>, Error> {
        let symbol = |(index, &value)| {
            let id = recorder::with(trace, |recorder| recorder.insert(node(index))).flatten();
            id.map(|id| Sym::recorded(trace, value, id)).ok_or(Error::ForeignSymbol)
        };
        (0..).zip(values).map(symbol).collect()
    };
    let (parameters, data) = (symbols(theta, Node::Parameter)?, symbols(x, Node::Datum)?);
    let result = function(&parameters, &data);
    let value = result.node_of(trace);
    let (graph, decisions) = session.finish()?;
    let value = value.ok_or(Error::ForeignSymbol)?;
    Ok(Trace { graph, value, theta: theta.to_vec(), x: x.to_vec(), decisions })
}

/// Records the log-likelihood of a model at parameters and an observation. An opaque observation is not a symbol but part of
/// the formula.
///
/// # Errors
/// Parameters outside their domain, and those of [`record`].
pub fn trace<M: LogLikelihood>(model: &M, theta: &Theta<M, f64>, x: &Datum<M, f64>) -> Result<Trace, Error> {
    checked_parameters(model, theta)?;
    record(theta.as_ref(), M::Observation::coordinates(x), |theta, data| {
        let theta = M::Parameters::build(theta.len(), |i| theta[i]);
        match M::Observation::from_coordinates(data) {
            Some(x) => model.ln_likelihood(theta.borrow(), x),
            None => M::Observation::lift(x, &mut Default::default(), |x: &Datum<M, Sym>| {
                model.ln_likelihood(theta.borrow(), x)
            }),
        }
    })
}
