//! A log-likelihood compiled where its decisions come out one way.

use super::at_theta::{self, AtTheta};
use super::derived::Derived;
use super::expansion::Sample;
use super::explanation::Obstacle;
use super::predictors::Structure;
use super::reduced::Reduced;
use super::rows::Rows;
use crate::recording::graph::{Graph, NodeId};
use crate::recording::{Decision, Trace};
use std::sync::OnceLock;

/// The programs for one outcome of all decisions.
#[derive(Debug)]
pub(super) struct Variant {
    graph: Graph,
    parameters: usize,
    by_row: ByRow,
    /// Decisions on θ alone: elsewhere the log-likelihood is another formula.
    conditions: Vec<Decision>,
    guards: Vec<Decision>,
    /// Sums of a few functions, if that is possible, …
    pub reduced: Option<(Reduced, AtTheta)>,
    /// … and what is done otherwise, compiled when it is needed.
    rows: OnceLock<(Rows, AtTheta)>,
    at_theta: AtTheta,
}

/// With more parameters than this, functions of the data are not looked for.
pub(super) const MOST_REDUCED: usize = 8;

impl Variant {
    /// Compiles a recorded log-likelihood. The functions of the data are expanded about their values in the sample. Refused if
    /// its derivatives are too long, or numbers were read out of the recording.
    pub fn of(trace: Trace, sample: &Sample) -> Result<Self, Obstacle> {
        if trace.reads() {
            return Err(Obstacle::Reads);
        }
        let guards: Vec<Decision> = trace.guards().collect();
        let conditions: Vec<Decision> = trace.conditions().collect();
        let long = || Obstacle::TooLong;
        let Trace { mut graph, value, theta, x, .. } = trace;
        let parameters = theta.len();
        let value = graph.simplify(&[value])[0];
        let variables: Vec<NodeId> = (0..parameters as u32).map(|i| graph.parameter(i)).collect();
        let structure = Structure::of(&mut graph, value, parameters, x.len());
        let few = parameters <= MOST_REDUCED;
        let derived = match &structure {
            Some(_) if !few => None,
            _ => Some(Derived::of(&mut graph, value, &variables).ok_or_else(long)?),
        };
        let reduced = match &derived {
            Some(derived) if few => Reduced::of(&mut graph, derived, &guards, sample, structure.is_some()),
            _ => None,
        };
        let by_row = match structure {
            Some(structure) => {
                let nodes: Vec<NodeId> = structure.variables.iter().map(|variable| variable.node).collect();
                let inner = Derived::of(&mut graph, structure.value, &nodes).ok_or_else(long)?;
                ByRow::Structured(structure, inner)
            }
            None => ByRow::Direct(derived.ok_or_else(long)?),
        };
        let at_theta =
            AtTheta::of(&graph, &conditions.iter().flat_map(|decision| decision.nodes()).collect::<Vec<_>>());
        let reduced = reduced.map(|reduced| {
            let nodes: Vec<NodeId> = reduced.coefficients().chain(at_theta::nodes(&reduced.slots)).collect();
            let values = AtTheta::of(&graph, &nodes);
            (reduced, values)
        });
        Ok(Self { graph, parameters, by_row, conditions, guards, reduced, rows: OnceLock::new(), at_theta })
    }

    /// Whether the log-likelihood is this formula at θ.
    pub fn holds_at(&self, theta: &[f64]) -> bool {
        let values = self.at_theta.values(&self.graph, theta);
        let value = |node: NodeId| values.get(node.index()).copied().unwrap_or(f64::NAN);
        self.conditions.iter().all(|decision| decision.recurs(value))
    }

    /// What is done row by row.
    pub fn rows(&self) -> &(Rows, AtTheta) {
        self.rows.get_or_init(|| {
            let rows = match &self.by_row {
                ByRow::Structured(structure, derived) => {
                    Rows::structured(&self.graph, structure, derived, &self.guards, self.parameters)
                }
                ByRow::Direct(derived) => Rows::direct(&self.graph, derived, &self.guards),
            };
            let nodes: Vec<NodeId> = at_theta::nodes(&rows.slots).collect();
            let values = AtTheta::of(&self.graph, &nodes);
            (rows, values)
        })
    }

    /// The values at θ of what depends on θ alone.
    pub fn values(&self, at_theta: &AtTheta, theta: &[f64]) -> Vec<f64> {
        at_theta.values(&self.graph, theta)
    }

    /// Whether data decide about the course of the log-likelihood.
    pub fn is_guarded(&self) -> bool {
        !self.guards.is_empty()
    }

    /// How many linear predictors there are, if derivatives are taken in them.
    pub fn predictors(&self) -> Option<usize> {
        match &self.by_row {
            ByRow::Structured(structure, _) => Some(structure.computed.len()),
            ByRow::Direct(_) => None,
        }
    }

    /// Whether the decisions on the data come out this way at a row.
    pub fn takes(&self, theta: &[f64], row: &[f64]) -> bool {
        let nodes: Vec<NodeId> = self.guards.iter().flat_map(|guard| guard.nodes()).collect();
        let values = self.graph.evaluate(&nodes, theta, row);
        let value = |node| nodes.iter().position(|&of| of == node).map_or(f64::NAN, |place| values[place]);
        self.guards.iter().all(|guard| guard.recurs(value))
    }
}

/// What is computed for a row: the derivatives in the parameters, or in linear predictors.
#[derive(Debug)]
enum ByRow {
    Direct(Derived),
    Structured(Structure, Derived),
}
