//! Jeffreys's prior.

use super::FisherMetric;
use super::volume::volume_element;
use crate::error::Error;
use crate::expectation::Estimate;
use crate::inference::Prior;
use crate::model::{ClosedForm, ParameterSpace, SampleSpace, Theta};
use crate::scalar::Scalar;

/// Jeffreys's prior, whose density is the volume element of the metric:
///
/// ```math
/// \ln \pi(\theta) = \tfrac12 \ln \det I(\theta) + \text{const}
/// ```
///
/// The probabilities that it gives do not depend on the coordinates, and are the same for one observation and for many. Often its integral
/// is infinite ([`volume`](super::volume())). It is a [`Prior`] for models with a closed form, which is differentiated; for others there is
/// [`ln_jeffreys`].
///
/// The mode of a posterior does move with the coordinates. In natural parameters of an exponential family the mode with this prior is the
/// estimate without bias of first order of Firth (1993).
///
/// ```
/// use fisher_information::distributions::Binomial;
/// use fisher_information::geometry::JeffreysPrior;
/// use fisher_information::inference::Prior;
/// use std::num::NonZeroU32;
///
/// let prior = JeffreysPrior(Binomial::new(NonZeroU32::MIN));
/// assert!((prior.ln_density(&[0.2_f64]) - 2.5_f64.ln()).abs() < 1e-15);            // 1/√(p(1 − p)), a beta density with shapes ½
/// ```
///
/// Sources: Jeffreys, An invariant form for the prior probability in estimation problems, *Proc. R. Soc. Lond.* A 186 (1946), 453–461;
/// Firth, Bias reduction of maximum likelihood estimates, *Biometrika* 80 (1993), 27–38.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JeffreysPrior<M>(
    /// The model.
    pub M,
);

impl<M: ClosedForm> Prior<M::Parameters> for JeffreysPrior<M> {
    fn ln_density<D: Scalar>(&self, theta: &Theta<M, D>) -> D {
        let metric = self.0.information(theta);
        half_ln_determinant(theta.as_ref().len(), |i, j| M::Parameters::entry(&metric, i, j))
    }
}

/// ½ ln det of a symmetric matrix, by Cholesky's factorisation; NaN if it is not positive definite.
fn half_ln_determinant<D: Scalar>(size: usize, entry: impl Fn(usize, usize) -> D) -> D {
    let mut rows: Vec<Vec<D>> = Vec::with_capacity(size);
    let mut sum = D::from(0.0);
    for i in 0..size {
        let mut row: Vec<D> = Vec::with_capacity(i + 1);
        for (j, above) in rows.iter().enumerate() {
            let taken: D = row.iter().zip(above).map(|(&a, &b)| a * b).sum();
            row.push((entry(i, j) - taken) / above[j]);
        }
        let pivot = (entry(i, i) - row.iter().map(|&a| a * a).sum::<D>()).sqrt();
        sum += pivot.ln();
        row.push(pivot);
        rows.push(row);
    }
    sum
}

/// ½ ln det I(θ), the logarithm of Jeffreys's prior up to a constant, of any model, with its error.
///
/// ```
/// use fisher_information::{distributions::Normal, geometry::{FisherMetric, ln_jeffreys}};
///
/// let prior = ln_jeffreys(&FisherMetric::of(&Normal), &[0.0, 2.0])?;              // √2/σ²
/// assert!((prior.value - (2.0_f64.sqrt() / 4.0).ln()).abs() <= prior.error);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// Parameters outside their domain; those of the metric; [`Error::FormulaNotFinite`] where the metric is singular.
pub fn ln_jeffreys<M: SampleSpace>(metric: &FisherMetric<'_, M>, theta: &Theta<M, f64>) -> Result<Estimate, Error> {
    let element = volume_element(metric, theta.as_ref())?;
    let value = element.value.ln();
    if !value.is_finite() {
        return Err(Error::FormulaNotFinite { quantity: "½ ln det I", value });
    }
    Ok(Estimate::new(value, element.error / element.value + 4.0 * f64::EPSILON * value.abs()))
}
