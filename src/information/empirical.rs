//! The empirical information of a data set.

use super::kind::Empirical;
use super::partial::ScoreSums;
use super::result::Information;
use crate::error::Error;
use crate::model::{LogLikelihood, Observations, Theta};

/// The empirical information of a data set at θ: the sum of the outer products of the scores,
///
/// ```math
/// B(\theta) = \sum_i w_i\, s_i s_i^{\mathsf T}, \qquad s_i = \frac{\partial}{\partial\theta} \ln f(x_i; \theta)
/// ```
///
/// The mean score is not subtracted; at the maximum of the likelihood it is zero.
///
/// ```
/// use fisher_information::{distributions::Normal, information::empirical};
/// let information = empirical(&Normal, &[1.0, 2.0], &[1.0, 5.0])?;
/// assert_eq!(information.get("mean", "mean")?.value, 1.0);     // scores (x − μ)/σ²: 0 and 1
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// It estimates the expected information only where the model is true and θ is near the truth. As the meat of a
/// [`sandwich`](super::sandwich()) it needs neither.
/// Source: Berndt, Hall, Hall and Hausman, *Estimation and inference in nonlinear structural models*, Ann. Econ. Soc. Meas. 3
/// (1974); on its dangers Kunstner, Balles and Hennig, *Limitations of the empirical Fisher approximation*
/// (2019), arXiv:1905.12558.
///
/// # Errors
/// Those of [`ScoreSums::of`] and [`ScoreSums::empirical`].
pub fn empirical<M, D>(model: &M, theta: &Theta<M, f64>, data: &D) -> Result<Information<Empirical>, Error>
where
    M: LogLikelihood,
    D: Observations<M::Observation> + ?Sized,
{
    ScoreSums::of(model, theta, data)?.empirical()
}
