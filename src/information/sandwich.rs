//! The sandwich: the covariance of estimators under a model that may be wrong.

use super::bounds;
use super::covariance::Covariance;
use super::kind::{Bread, Meat};
use super::result::Information;
use crate::error::Error;

/// A⁻¹BA⁻¹, with the observed information A as bread and the empirical information B as meat: the asymptotic covariance of the
/// maximum-likelihood estimator when the model is wrong. If it is right, A and B agree and the sandwich is the inverse.
///
/// The bread may be the expected information instead, and the meat that of clusters. Both are those of the same data at the same θ,
/// the maximum. Weights count repetitions of an observation.
/// Source: H. White, *Maximum likelihood estimation of misspecified models*, Econometrica 50 (1982), theorem 3.2,
/// doi:10.2307/1912526.
///
/// ```
/// use fisher_information::{distributions::Normal, information::{ScoreSums, sandwich}};
/// let sums = ScoreSums::of(&Normal, &[1.0, 2.0], &[-1.0, 3.0, -1.0, 3.0])?;
/// let covariance = sandwich(&sums.observed()?, &sums.empirical()?)?;
/// assert_eq!(covariance.get("mean", "mean")?.value, 1.0);               // σ²/n
/// assert_eq!(covariance.get("deviation", "deviation")?.value, 0.0);     // |x − μ| = σ for all: no scatter in σ
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// The types differ, so one matrix cannot serve as both:
///
/// ```compile_fail,E0277
/// use fisher_information::{distributions::Normal, information::{observed, sandwich}};
/// let bread = observed(&Normal, &[1.0, 2.0], &[-1.0, 3.0])?;
/// let covariance = sandwich(&bread, &bread)?;
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// [`Error::NamesDiffer`], [`Error::ObservationsDiffer`]; [`Error::Singular`] or [`Error::NotPositiveDefinite`] for the bread.
pub fn sandwich<A: Bread, B: Meat>(bread: &Information<A>, meat: &Information<B>) -> Result<Covariance, Error> {
    bread.entries.check_names(meat.names())?;
    if bread.observations != meat.observations {
        return Err(Error::ObservationsDiffer { expected: bread.observations, found: meat.observations });
    }
    let factor = bread.factor()?;
    let scaled = &factor.scaled;
    let middle = scaled.divide_both(meat.matrix());
    let middle_error = scaled.divide_both(meat.error()) + middle.abs() * bounds::rounding(2);
    let half = factor.solve(&middle);
    let matrix = factor.solve(&half.transpose());

    // (S + Δ)⁻¹ = (1 − K)S⁻¹ with |K| ≤ (|S⁻¹| + its error)E = spread, so the product becomes
    // (1 − K)S⁻¹(B + β)S⁻¹(1 − K)ᵀ
    let largest = factor.inverse.abs() + factor.inverse_error();
    let spread = bounds::product(&largest, &scaled.error);
    let size = matrix.abs();
    let once = bounds::product(&spread, &size);
    let error = &once
        + once.transpose()
        + bounds::congruence(&spread, &size)
        + bounds::congruence(&largest, &middle_error)
        + &size * bounds::rounding(2);
    Covariance::new(bread.names(), scaled.divide_both(&matrix), scaled.divide_both(&error), bread.provenance.clone())
}
