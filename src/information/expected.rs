//! The expected information of one observation, by the best method the model allows.

use super::moments::{moments, moments_given};
use super::{Expected, Information};
use crate::error::{Error, check_length};
use crate::expectation::{Method, Provenance, Settings};
use crate::model::{
    Datum, Observations, OwnedTheta, ParameterSpace, SampleSpace, Support, Theta, checked_parameters, names,
};
use nalgebra::DMatrix;
use std::borrow::Borrow;

/// The expected Fisher information I(θ) = E\[s sᵀ\] of one observation, s = ∂ℓ/∂θ.
///
/// The closed form is taken where the model declares one and it has a value; else a sum or an integral over the support, to 10⁻¹⁰; else an
/// average over draws. [`Information::provenance`] records which. A deterministic result has been checked on the way: the
/// density has mass 1 and the score has mean 0.
///
/// ```
/// use fisher_information::{distributions::Normal, information::expected};
///
/// let information = expected(&Normal, &[0.0, 2.0])?;
/// assert_eq!(information.get("mean", "mean")?.value, 0.25);
/// assert_eq!(information.get("deviation", "deviation")?.value, 0.5);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// [`Error::ParameterOutsideDomain`]; [`Error::NotNormalised`] and [`Error::NonRegular`] where I(θ) is not the information
/// of a density; [`Error::DivergentMoment`] and [`Error::MomentNotFinite`] where it does not exist; and those of the method.
pub fn expected<M: SampleSpace>(model: &M, theta: &Theta<M, f64>) -> Result<Information<Expected>, Error> {
    let by_density = || expected_by(model, theta, Method::Automatic, &Settings::default());
    match closed_form(model, theta) {
        Ok(Some(information)) => Ok(information),
        Ok(None) => by_density(),
        // Where the formula has no value the density may say why. Draws would not.
        Err(refusal @ Error::EntryNotFinite { .. }) => match by_density()? {
            drawn if matches!(drawn.provenance(), Provenance::MonteCarlo { .. }) => Err(refusal),
            information => Ok(information),
        },
        Err(refusal) => Err(refusal),
    }
}

/// The expected Fisher information of one observation, from its density by the given method.
///
/// # Errors
/// As [`expected`].
pub fn expected_by<M: SampleSpace>(
    model: &M,
    theta: &Theta<M, f64>,
    method: Method,
    settings: &Settings,
) -> Result<Information<Expected>, Error> {
    moments(model, theta, method, settings)?.information()
}

/// The expected Fisher information of a design: the sum over its rows of the expectation over the response, given the
/// covariates of the row.
///
/// # Errors
/// [`Error::NoData`] without rows, else as [`expected`].
pub fn expected_of_design<'a, M: SampleSpace>(
    model: &M,
    theta: &Theta<M, f64>,
    rows: impl IntoIterator<Item = &'a Datum<M, f64>>,
) -> Result<Information<Expected>, Error>
where
    Datum<M, f64>: 'a,
{
    weighted_design(model, theta, rows.into_iter().map(|row| (row, 1.0)))
}

/// The expected Fisher information of a data set: of its design, if the model has covariates ([`Support::Response`] or
/// [`SampleSpace::information_given`]); else that of one observation, times their number or the sum of their weights.
///
/// ```
/// use fisher_information::{distributions::Normal, information::expected_of_data};
///
/// let information = expected_of_data(&Normal, &[1.0, 2.0], &[1.0, 2.5, 0.5, 4.0])?;      // of the data only their number counts
/// assert_eq!(information.get("mean", "mean")?.value, 1.0);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// [`Error::NoData`]; [`Error::LengthMismatch`] of the weights, [`Error::InvalidWeight`]; else as [`expected`].
pub fn expected_of_data<M, D>(model: &M, theta: &Theta<M, f64>, data: &D) -> Result<Information<Expected>, Error>
where
    M: SampleSpace,
    D: Observations<M::Observation> + ?Sized,
{
    if data.count() == 0 {
        return Err(Error::NoData);
    }
    if let Some(weights) = data.weights() {
        check_length("weights", data.count(), weights.len())?;
        if let Some((index, &value)) = weights.iter().enumerate().find(|(_, w)| !(w.is_finite() && **w >= 0.0)) {
            return Err(Error::InvalidWeight { index, value });
        }
    }
    checked_parameters(model, theta)?;
    let has_covariates =
        matches!(model.support(theta), Support::Response(_)) || model.information_given(theta, data.get(0)).is_some();
    if has_covariates {
        let rows =
            (0..data.count()).map(|index| (data.get(index), data.weight(index))).filter(|(_, weight)| *weight > 0.0);
        weighted_design(model, theta, rows)
    } else {
        expected(model, theta)?.times((0..data.count()).map(|index| data.weight(index)).sum())
    }
}

/// The sum over the rows of a design of the information of their responses, each times its weight.
fn weighted_design<'a, M: SampleSpace>(
    model: &M,
    theta: &Theta<M, f64>,
    rows: impl Iterator<Item = (&'a Datum<M, f64>, f64)>,
) -> Result<Information<Expected>, Error>
where
    Datum<M, f64>: 'a,
{
    let names = names(checked_parameters(model, theta)?);
    let mut sum: Option<Information<Expected>> = None;
    for (row, weight) in rows {
        let one = match model.information_given(theta, row) {
            Some(found) => {
                let [matrix, error] = found?;
                Information::new(names.clone(), matrix, error, 1.0, Provenance::ClosedForm)?
            }
            None => moments_given(model, theta, row, Method::Automatic, &Settings::default())?.information()?,
        };
        let one = if weight == 1.0 { one } else { one.times(weight)? };
        sum = Some(match sum {
            Some(sum) => sum.add(&one)?,
            None => one,
        });
    }
    sum.ok_or(Error::NoData)
}

/// The model's own formula, if it declares one. The error of an entry is what a change of θ in the last place makes of it.
///
/// # Errors
/// [`Error::ParameterOutsideDomain`]; an entry of the formula that is not finite is named.
pub fn closed_form<M: SampleSpace>(model: &M, theta: &Theta<M, f64>) -> Result<Option<Information<Expected>>, Error> {
    let names = names(checked_parameters(model, theta)?);
    let formula = model.capabilities().closed_form;
    let size = theta.as_ref().len();
    let matrix = |theta: &Theta<M, f64>| {
        formula(model, theta).map(|square| DMatrix::from_fn(size, size, |i, j| M::Parameters::entry(&square, i, j)))
    };
    let Some(here) = matrix(theta) else { return Ok(None) };
    let mut error = here.map(|entry| 4.0 * f64::EPSILON * entry.abs());
    for units in [-1.0, 1.0] {
        let moved: OwnedTheta<M, f64> =
            M::Parameters::build(size, |i| theta.as_ref()[i] * (1.0 + units * f64::EPSILON));
        if let Some(there) = matrix(moved.borrow()) {
            widen(&mut error, &here, &there);
        }
    }
    Information::new(names, here, error, 1.0, Provenance::ClosedForm).map(Some)
}

/// Widens errors to the finite differences between two matrices.
fn widen(error: &mut DMatrix<f64>, here: &DMatrix<f64>, there: &DMatrix<f64>) {
    for (error, change) in error.iter_mut().zip((here - there).iter()) {
        if change.is_finite() {
            *error = error.max(change.abs());
        }
    }
}
