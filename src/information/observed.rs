//! The observed information of a data set.

use super::kind::Observed;
use super::partial::ScoreSums;
use super::result::Information;
use crate::error::Error;
use crate::model::{LogLikelihood, Observations, Theta};

/// The observed information of a data set at θ: minus the Hessian of its log-likelihood,
///
/// ```math
/// A(\theta) = -\sum_i w_i\, \frac{\partial^2}{\partial\theta\,\partial\theta^{\mathsf T}} \ln f(x_i; \theta)
/// ```
///
/// ```
/// use fisher_information::{distributions::Normal, information::observed};
/// let information = observed(&Normal, &[1.0, 2.0], &[1.0, 2.5, 0.5, 4.0])?;
/// assert_eq!(information.get("mean", "mean")?.value, 1.0);     // n/σ²
/// assert_eq!(information.observations(), 4.0);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// At the maximum of the likelihood its inverse estimates the covariance of the estimator. To have the empirical information
/// or the score of the same data too, take [`ScoreSums`], which finds all in one pass.
/// Source: Efron and Hinkley, *Assessing the accuracy of the maximum likelihood estimator: observed versus expected Fisher
/// information*, Biometrika 65 (1978), doi:10.1093/biomet/65.3.457.
///
/// # Errors
/// Those of [`ScoreSums::of`] and [`ScoreSums::observed`].
pub fn observed<M, D>(model: &M, theta: &Theta<M, f64>, data: &D) -> Result<Information<Observed>, Error>
where
    M: LogLikelihood,
    D: Observations<M::Observation> + ?Sized,
{
    ScoreSums::of(model, theta, data)?.observed()
}
