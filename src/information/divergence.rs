//! Entropy and Kullback–Leibler divergence: the model's formula, or an expectation.

use crate::error::Error;
use crate::expectation::{AnyFunction, Estimate, Method, Settings, expectation};
use crate::model::{Datum, ParameterSpace, SampleSpace, Theta, checked_parameters};
use std::borrow::Borrow;

/// The entropy −E\[ln f(x; θ)\] of one observation, in nats: the closed form where the model declares one, else by whichever
/// method suits the support.
///
/// ```
/// use fisher_information::{distributions::Exponential, information::entropy};
///
/// let entropy = entropy(&Exponential, &[2.0])?;       // 1 − ln λ
/// assert!((entropy.value - (1.0 - 2.0_f64.ln())).abs() <= entropy.error);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// Parameters outside their domain; [`Error::Divergent`] where the entropy is infinite; those of the method.
pub fn entropy<M: SampleSpace>(model: &M, theta: &Theta<M, f64>) -> Result<Estimate, Error> {
    checked_parameters(model, theta)?;
    let entropy = model.capabilities().entropy;
    if let Some(known) = formula::<M>("the entropy", theta, |theta| entropy(model, theta))? {
        return Ok(known);
    }
    average(model, theta, &|x| -model.ln_likelihood(theta, x))
}

/// The Kullback–Leibler divergence KL(f(·; θ) ‖ f(·; θ′)) = E_θ\[ln f(x; θ) − ln f(x; θ′)\], in nats: the closed form where the
/// model declares one, else by whichever method suits the support.
///
/// ```
/// use fisher_information::{distributions::Normal, information::kullback_leibler};
///
/// let divergence = kullback_leibler(&Normal, &[0.0, 1.0], &[1.0, 1.0])?;
/// assert!((divergence.value - 0.5).abs() <= divergence.error);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// [`geometry::divergence`](crate::geometry::divergence) has the same with ∞ as a value, between two families too, and other divergences.
///
/// # Errors
/// Parameters outside their domain; [`Error::StatisticNotFinite`] where f(·; θ) has mass outside the support of f(·; θ′), so
/// that the divergence is infinite; those of the method.
pub fn kullback_leibler<M: SampleSpace>(
    model: &M,
    theta: &Theta<M, f64>,
    other: &Theta<M, f64>,
) -> Result<Estimate, Error> {
    checked_parameters(model, theta)?;
    checked_parameters(model, other)?;
    let divergence = model.capabilities().divergence;
    if let Some(known) = formula::<M>("the divergence", theta, |theta| divergence(model, theta, other))? {
        return Ok(known);
    }
    average(model, theta, &|x| model.ln_likelihood(theta, x) - model.ln_likelihood(other, x))
}

/// The value of a formula, if the model has one. Its error is what a change of θ in the last place makes of it.
pub(crate) fn formula<M: SampleSpace>(
    quantity: &'static str,
    theta: &Theta<M, f64>,
    value_at: impl Fn(&Theta<M, f64>) -> Option<f64>,
) -> Result<Option<Estimate>, Error> {
    let Some(value) = value_at(theta) else { return Ok(None) };
    if value.is_nan() {
        return Err(Error::FormulaNotFinite { quantity, value });
    }
    let parameters = theta.as_ref();
    let moved = [-1.0, 1.0].into_iter().filter_map(|units| {
        let moved = M::Parameters::build(parameters.len(), |i| parameters[i] * (1.0 + units * f64::EPSILON));
        value_at(moved.borrow()).map(|there| (there - value).abs()).filter(|change| change.is_finite())
    });
    let rounding = if value.is_finite() { 4.0 * f64::EPSILON * value.abs() } else { 0.0 };
    Ok(Some(Estimate::new(value, moved.fold(rounding, f64::max))))
}

/// E\[g\] for one function.
fn average<M: SampleSpace>(
    model: &M,
    theta: &Theta<M, f64>,
    g: &(dyn Fn(&Datum<M, f64>) -> f64 + Sync),
) -> Result<Estimate, Error> {
    let write: AnyFunction<'_, M> = &|x, values| values[0] = g(x);
    let found = expectation(model, theta, 1, write, Method::Automatic, &Settings::default())?;
    Ok(found.values[0])
}
