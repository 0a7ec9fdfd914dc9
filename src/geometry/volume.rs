//! The volume of a model.

use super::integral::Range;
use super::{FisherMetric, Manifold};
use crate::error::{Error, check_length};
use crate::expectation::Estimate;
use crate::information::MatrixEstimate;
use crate::model::{SampleSpace, described};
use std::f64::consts::TAU;

/// The volume of a part of a model: how many distributions in it can be told apart, up to a power of the number of observations.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Volume {
    /// ∫ √det I(θ) dθ, with its error.
    pub value: Estimate,
    /// How many parameters there are.
    pub dimension: usize,
}

impl Volume {
    /// The parametric complexity of the model for n independent observations, in nats,
    ///
    /// ```math
    /// \tfrac{p}{2} \ln \frac{n}{2\pi} + \ln \int \sqrt{\det I(\theta)}\, d\theta
    /// ```
    ///
    /// What the maximised log-likelihood has to exceed for the model to be worth its parameters: with it, minus the maximised
    /// log-likelihood is the length of the shortest description of the data, for large n. Unlike BIC it knows of the form of the model.
    ///
    /// Source: Rissanen, Fisher information and stochastic complexity, *IEEE Trans. Inform. Theory* 42 (1996), 40–47, eq. (9).
    ///
    /// # Errors
    /// [`Error::TooFewObservations`] unless n is positive and finite.
    pub fn complexity(&self, observations: f64) -> Result<Estimate, Error> {
        if !(observations > 0.0 && observations.is_finite()) {
            return Err(Error::TooFewObservations { what: "the complexity", needed: 0.0, found: observations });
        }
        let half = 0.5 * self.dimension as f64;
        let (first, second) = (half * (observations / TAU).ln(), self.value.value.ln());
        let rounding = 4.0 * f64::EPSILON * (first.abs() + second.abs());
        Ok(Estimate::new(first + second, self.value.error / self.value.value + rounding))
    }
}

/// The volume ∫ √det I(θ) dθ of the members of a family whose parameters lie in a box, each `(lower, upper)`.
///
/// The ends of a domain are allowed: −∞, ∞, 0. The volume does not depend on the coordinates, so where the domain is no box, other
/// coordinates ([`Reparametrised`](crate::model::Reparametrised)) may make it one. The integrals are nested, for up to three parameters.
///
/// ```
/// use fisher_information::{distributions::{Bernoulli, Exponential}, geometry::{FisherMetric, volume}};
///
/// let all = volume(&FisherMetric::of(&Bernoulli), &[(0.0, 1.0)])?;            // half a circle of radius 1
/// assert!((all.value.value - std::f64::consts::PI).abs() <= all.value.error);
/// assert!(all.value.error < 1e-8);
///
/// let error = volume(&FisherMetric::of(&Exponential), &[(1.0, f64::INFINITY)]).unwrap_err();
/// assert_eq!(error.to_string(), "the volume is infinite: √det I does not fall off fast enough as rate goes to inf");
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Balasubramanian, Statistical inference, Occam's razor, and statistical mechanics on the space of probability distributions,
/// *Neural Comput.* 9 (1997), 349–368.
///
/// # Errors
/// - [`Error::InfiniteVolume`], naming the parameter.
/// - [`Error::LengthMismatch`] if there is not a range for each parameter, [`Error::EmptyRegion`], [`Error::ParameterOutsideDomain`].
/// - [`Error::Unsupported`] for more than three parameters.
/// - [`Error::NoConvergence`]; those of the metric.
pub fn volume<M: SampleSpace>(metric: &FisherMetric<'_, M>, region: &[(f64, f64)]) -> Result<Volume, Error> {
    let parameters = metric.model().parameters();
    let length = <M::Parameters as crate::model::ParameterSpace>::LENGTH.unwrap_or(parameters.len());
    check_length("ranges of parameters", length, region.len())?;
    if !(1..=MOST_PARAMETERS).contains(&length) {
        return Err(Error::Unsupported { method: "the volume", needs: "one, two or three parameters" });
    }
    let range = |(parameter, &(lower, upper)): (crate::model::Parameter, &(f64, f64))| {
        let (name, domain) = (parameter.name.into_owned(), parameter.domain);
        for bound in [lower, upper] {
            if !(bound >= domain.lower && bound <= domain.upper) {
                return Err(Error::ParameterOutsideDomain { name, value: bound, domain });
            }
        }
        if lower < upper {
            Ok(Range { name, domain, lower, upper })
        } else {
            Err(Error::EmptyRegion { parameter: name, lower, upper })
        }
    };
    let ranges: Vec<Range> =
        described(parameters, length).into_iter().zip(region).map(range).collect::<Result<_, _>>()?;
    let value = nested(metric, &ranges, &mut Vec::with_capacity(length))?;
    Ok(Volume { value, dimension: length })
}

/// More nested integrals than this take too long.
const MOST_PARAMETERS: usize = 3;

/// The integral over all ranges beyond those of the parameters that have values.
fn nested<M: SampleSpace>(
    metric: &FisherMetric<'_, M>,
    ranges: &[Range],
    theta: &mut Vec<f64>,
) -> Result<Estimate, Error> {
    let Some(range) = ranges.get(theta.len()) else { return volume_element(metric, theta) };
    range.integrate(&mut |value| {
        theta.push(value);
        let inner = nested(metric, ranges, theta);
        theta.pop();
        inner
    })
}

/// √det g at a point, with its error.
pub(super) fn volume_element<M: SampleSpace>(metric: &FisherMetric<'_, M>, point: &[f64]) -> Result<Estimate, Error> {
    Ok(root_of_determinant(&metric.metric(point)?))
}

/// √det g. Scaled to a unit diagonal no cofactor exceeds 1, and the error of the determinant is at most the sum of those of the entries.
fn root_of_determinant(metric: &MatrixEstimate) -> Estimate {
    let size = metric.matrix.nrows();
    let scale: Vec<f64> = (0..size).map(|i| metric.matrix[(i, i)].sqrt()).collect();
    let scaled = nalgebra::DMatrix::from_fn(size, size, |i, j| metric.matrix[(i, j)] / scale[i] / scale[j]);
    let error: f64 =
        (0..size * size).map(|k| (k % size, k / size)).map(|(i, j)| metric.error[(i, j)] / scale[i] / scale[j]).sum();
    let error = error + 4.0 * f64::EPSILON * size as f64;
    let (determinant, product) = (scaled.determinant(), scale.iter().product::<f64>());
    let root = |determinant: f64| determinant.max(0.0).sqrt();
    let spread = (root(determinant + error) - root(determinant - error)) * product;
    Estimate::new(root(determinant) * product, spread)
}
