//! Efron's statistical curvature: how far a family of one parameter is from an exponential one.

use super::score_products::{Order, ScoreProducts};
use crate::error::{Error, check_length};
use crate::expectation::{Estimate, Method, Settings};
use crate::model::{SampleSpace, Theta};

/// The statistical curvature γ of the family f(·; θ + tv), a line through θ in the direction v, at t = 0.
///
/// With the score s and the second derivative h of the log-likelihood along the line,
///
/// ```math
/// \gamma^2 = \frac{\nu_{02} - \nu_{11}^2/\nu_{20}}{\nu_{20}^2}, \qquad
/// \nu_{20} = E[s^2], \quad \nu_{11} = E[s\,h], \quad \nu_{02} = \operatorname{Var}[h]
/// ```
///
/// It is zero for an exponential family whose natural parameters are straight lines. With n observations the maximum-likelihood estimate
/// keeps the information n I − I γ² to this order: γ² observations are lost. Efron suggests to worry about linear methods where γ²/n is above ⅛.
///
/// ```
/// use fisher_information::{distributions::Cauchy, geometry::statistical_curvature};
///
/// let curvature = statistical_curvature(&Cauchy, &[0.0, 1.0], &[1.0, 0.0])?;     // the location alone
/// assert!((curvature.value.powi(2) - 2.5).abs() < 1e-9);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Efron, *Defining the curvature of a statistical problem (with applications to second order efficiency)*, Ann. Statist. 3
/// (1975) 1189–1242, eq. (1.1) and section 5.
///
/// # Errors
/// [`Error::LengthMismatch`] of the direction; [`Error::NoDirection`] if it is zero or not finite; [`Error::Singular`]; those of the expectations;
/// [`Error::HessianFails`] of a model with kinks.
pub fn statistical_curvature<M: SampleSpace>(
    model: &M,
    theta: &Theta<M, f64>,
    direction: &[f64],
) -> Result<Estimate, Error> {
    let size = theta.as_ref().len();
    check_length("components of the direction", size, direction.len())?;
    if !direction.iter().all(|v| v.is_finite()) || direction.iter().all(|&v| v == 0.0) {
        return Err(Error::NoDirection { vector: direction.to_vec() });
    }
    let products = ScoreProducts::at(model, theta, Order::Fourth, Method::Automatic, &Settings::default())?;
    let v = direction;
    let mut sums = [Estimate::new(0.0, 0.0); 3];
    let mut add = |which: usize, weight: f64, term: Estimate| {
        sums[which].value += weight * term.value;
        sums[which].error += weight.abs() * (term.error + f64::EPSILON * term.value.abs());
    };
    let metric = products.metric();
    for i in 0..size {
        for j in 0..size {
            let two = v[i] * v[j];
            add(0, two, Estimate::new(metric.matrix[(i, j)], metric.error[(i, j)]));
            for k in 0..size {
                add(1, two * v[k], products.hessian_score(i, j, k));
                for l in 0..size {
                    add(2, two * v[k] * v[l], products.hessians(i, j, k, l));
                }
            }
        }
    }
    let [information, mixed, squares] = sums;
    // Var[h] = E[h²] − E[h]², and E[h] = −ν₂₀
    let (i, m) = (information.value, mixed.value);
    if i.is_nan() || i <= information.error {
        // Nothing is known along the line; where the metric is singular, it says so itself.
        products.moments.information()?.inverse()?;
        return Err(Error::NoDirection { vector: direction.to_vec() });
    }
    let rest = squares.value - i * i - m * m / i;
    let rest_error = squares.error
        + 2.0 * i * information.error
        + (2.0 * (m / i).abs() * mixed.error)
        + (m / i).powi(2) * information.error
        + 4.0 * f64::EPSILON * (squares.value.abs() + i * i + m * m / i);
    let squared = Estimate::new(
        (rest / (i * i)).max(0.0),
        rest_error / (i * i) + 2.0 * rest.abs() / i.powi(3) * information.error,
    );
    let value = squared.value.sqrt();
    // √(γ² ± e) is off by e/(2γ) at most twice, and by √e where γ is small
    let error = (squared.error / value).min(squared.error.sqrt());
    Ok(Estimate::new(value, error))
}
