//! The likelihood-ratio test of one fitted model against another.

use super::test::{Test, TestKind};
use crate::error::Error;
use crate::expectation::Estimate;
use crate::inference::Fit;
use crate::model::{LogLikelihood, Observations};

/// The likelihood-ratio test of a model against one that contains it: 2(ℓ̂ − ℓ̂₀), with as many degrees of freedom as it has parameters
/// more. Whether one contains the other is for the caller to know.
///
/// ```
/// use fisher_information::distributions::{Exponential, Weibull};
/// use fisher_information::inference::{likelihood_ratio, maximum_likelihood};
///
/// let times = [1.1, 0.6, 2.3, 1.9, 0.8, 1.4, 3.0, 1.2];
/// let (exponential, weibull) = (maximum_likelihood(&Exponential, &times)?, maximum_likelihood(&Weibull, &times)?);
/// let test = likelihood_ratio(&exponential, &weibull)?;
/// assert_eq!(test.degrees_of_freedom(), 1);
/// let restricted = weibull.restricted(&[("shape", 1.0)])?.likelihood_ratio()?;
/// assert!((test.statistic.value - restricted.statistic.value).abs() < 1e-12);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// - [`Error::ObservationsDiffer`] if they are of different numbers of observations.
/// - [`Error::NotNested`] if the second has not more parameters than the first.
/// - [`Error::RestrictedIsHigher`] if its likelihood is lower.
/// - [`Error::Unsupported`] if a prior took part.
pub fn likelihood_ratio<M, D, N, E>(restricted: &Fit<'_, M, D>, full: &Fit<'_, N, E>) -> Result<Test, Error>
where
    M: LogLikelihood,
    D: Observations<M::Observation> + ?Sized,
    N: LogLikelihood,
    E: Observations<N::Observation> + ?Sized,
{
    if restricted.has_prior() || full.has_prior() {
        return Err(Error::Unsupported { method: "a likelihood-ratio test", needs: "fits without a prior" });
    }
    let (expected, found) = (restricted.observations(), full.observations());
    if expected != found {
        return Err(Error::ObservationsDiffer { expected, found });
    }
    let (few, many) = (restricted.names().len(), full.names().len());
    if many <= few {
        return Err(Error::NotNested { restricted: few, full: many });
    }
    let statistic = rise(restricted.log_likelihood(), full.log_likelihood())?;
    let hypothesis = format!("the model of {few} parameters against that of {many}");
    Ok(Test::chi_squared(TestKind::LikelihoodRatio, vec![hypothesis], statistic, many - few))
}

/// 2(ℓ̂ − ℓ̃), which is not negative but for rounding.
pub(super) fn rise(restricted: Estimate, full: Estimate) -> Result<Estimate, Error> {
    let (rise, error) = (2.0 * (full.value - restricted.value), 2.0 * (full.error + restricted.error));
    if rise < -error - NOISE * (1.0 + full.value.abs()) {
        return Err(Error::RestrictedIsHigher { restricted: restricted.value, full: full.value });
    }
    Ok(Estimate::new(rise.max(0.0), error))
}

/// What rounding inside a model may add to what its sums know of.
const NOISE: f64 = 1e-12;
