//! Fisher–Rao distances by formulas.

use crate::error::Error;
use crate::expectation::Estimate;
use crate::information::formula;
use crate::model::{SampleSpace, Theta, checked_parameters};

/// The Fisher–Rao distance between f(·; θ) and f(·; θ′) by the formula that the model declares
/// ([`FisherRao`](crate::model::FisherRao)), or `None` if it has none.
///
/// It is the length of the shortest curve between the two, where a step dθ has the length √(dθᵀ I(θ) dθ): how many standard errors
/// of one observation they are apart. Close to each other it is √(2 KL). It depends on the two distributions, not on coordinates. With
/// [`Known`](crate::model::Known) parameters the curve keeps to them. The error is that of rounding, of θ too.
///
/// ```
/// use fisher_information::{distributions::Poisson, geometry::closed_form_distance};
///
/// let distance = closed_form_distance(&Poisson, &[1.0], &[4.0])?.ok_or("no formula")?;
/// assert_eq!(distance.value, 2.0);                                    // 2 |√λ′ − √λ|
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Parameters outside their domain; [`Error::FormulaNotFinite`] where the formula is NaN.
pub fn closed_form_distance<M: SampleSpace>(
    model: &M,
    theta: &Theta<M, f64>,
    other: &Theta<M, f64>,
) -> Result<Option<Estimate>, Error> {
    let count = checked_parameters(model, theta)?.len();
    checked_parameters(model, other)?;
    let (distance, free) = (model.capabilities().fisher_rao, vec![true; count]);
    formula::<M>("the distance", theta, |theta| distance(model, theta, other, &free))
}
