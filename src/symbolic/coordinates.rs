//! Other coordinates: θ(φ) of a coordinate map as expressions.

use super::Refusal;
use super::expression::{Expression, Symbol};
use super::points::place;
use super::read::read;
use super::symbols::{expressions, symbols_of};
use crate::model::{CoordinateMap, Parameter, ParameterSpace};
use crate::recording::record;
use std::borrow::Borrow;

/// The coordinates φ of a map and θ(φ), by running the map on symbols: what
/// [`Matrix::in_coordinates`](super::Matrix::in_coordinates) takes.
///
/// ```
/// use fisher_information::distributions::Normal;
/// use fisher_information::model::{Elementwise, Fixed, Link, LogLikelihood};
/// use fisher_information::symbolic::{coordinates, expected_information};
///
/// let by_root = Elementwise(vec![Link::Identity, Link::SquareRoot]);
/// let (phi, theta) = coordinates::<Fixed<2>, _>(&by_root, Normal.parameters())?;
/// let information = expected_information(&Normal)?.matrix().in_coordinates(&phi, &theta)?;
/// assert_eq!(information.rows()[1][1].text(), "8/sigma");
/// # Ok::<(), fisher_information::symbolic::Refusal>(())
/// ```
///
/// # Errors
/// [`Refusal::Obstacle`] if the map has no normal form.
pub fn coordinates<S: ParameterSpace, T: CoordinateMap<S>>(
    map: &T,
    original: Vec<Parameter>,
) -> Result<(Vec<Symbol>, Vec<Expression>), Refusal> {
    let described = map.parameters(original);
    let phi: Vec<f64> = described.iter().enumerate().map(|(i, parameter)| place(parameter.domain, 0, i)).collect();
    let symbols = symbols_of(described, &phi);
    let variables = expressions(&symbols);
    let component = |k: usize| {
        let trace = record(&phi, &[], |phi, _| {
            let phi = S::build(phi.len(), |i| phi[i]);
            map.map(phi.borrow()).as_ref()[k]
        })?;
        let expression = read(&trace.graph, trace.value, &variables, &[]);
        expression.obstacle().map_or(Ok(expression), |obstacle| Err(obstacle.into()))
    };
    let theta = (0..phi.len()).map(component).collect::<Result<_, Refusal>>()?;
    Ok((symbols, theta))
}
