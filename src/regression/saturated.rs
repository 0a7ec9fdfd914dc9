//! The best that a linear predictor of its own could do for a row.

use super::model::Regression;
use super::second_order::over_predictors_at;
use crate::derivatives::packed_length;
use crate::error::Error;
use crate::model::SampleSpace;

/// The signed root of 2(max ℓ − ℓ) of a row, with the maximum over its first linear predictor: the deviance residual.
///
/// The maximum is bracketed from the predictor of the row in doubling steps, then found by Newton's method, safe by bisection. Where ℓ only rises, as for a
/// count of 0, its limit is taken.
///
/// # Errors
/// [`Error::LikelihoodNotFinite`] naming the row by its index if it has no likelihood.
pub(super) fn saturated<F: SampleSpace>(
    model: &Regression<F>,
    theta: &[f64],
    row: &[f64],
    index: usize,
) -> Result<f64, Error> {
    let mut eta = model.predictors_at(theta, row)?;
    let place = model.predictors.iter().position(|predictor| predictor.covariates.is_some()).unwrap_or(0);
    let (mut u, mut w) = (vec![0.0; eta.len()], vec![0.0; packed_length(eta.len())]);
    // ℓ, ∂ℓ/∂η and ∂²ℓ/∂η² at a predictor.
    let mut at = |value: f64| -> Option<[f64; 3]> {
        eta[place] = value;
        let y = model.response_of(row)?;
        let level = over_predictors_at(model, &eta, y, &mut u, &mut w)?;
        let found = [level, u[place], w[packed_length(place + 1) - 1]];
        found.iter().all(|value| value.is_finite()).then_some(found)
    };
    let start = model.predictors_at(theta, row)?[place];
    let refusal = Error::LikelihoodNotFinite { index, quantity: "log-likelihood", value: f64::NAN };
    let [level, slope, curvature] = at(start).ok_or(refusal)?;
    if slope == 0.0 {
        return Ok(0.0);
    }
    let newton = if curvature < 0.0 { (slope / curvature).abs() } else { 1.0 };
    let (mut near, mut best, mut step) = (start, level, newton.clamp(1e-8 * (1.0 + start.abs()), 1.0));
    let mut far = None;
    while step < FAR {
        let there = start + step.copysign(slope);
        match at(there) {
            Some([value, ahead, _]) if ahead * slope > 0.0 => (near, best) = (there, best.max(value)),
            Some([value, ..]) => {
                best = best.max(value);
                far = Some(there);
                break;
            }
            None => break,
        }
        step *= 2.0;
    }
    if let Some(mut far) = far {
        let mut here = 0.5 * (near + far);
        for _ in 0..100 {
            let Some([value, ahead, bend]) = at(here) else { break };
            best = best.max(value);
            if ahead == 0.0 || (far - near).abs() <= 4.0 * f64::EPSILON * here.abs() {
                break;
            }
            if ahead * slope > 0.0 {
                near = here
            } else {
                far = here
            }
            let newton = here - ahead / bend;
            let inside = (newton - near) * (newton - far) < 0.0;
            let next = if inside { newton } else { 0.5 * (near + far) };
            if next == here {
                break;
            }
            here = next;
        }
    }
    Ok((2.0 * (best - level).max(0.0)).sqrt().copysign(slope))
}

/// How far a predictor is followed: beyond, e^η overflows.
const FAR: f64 = 700.0;
