//! Which parameters the support depends on.

use crate::model::{Datum, ParameterSpace, SampleSpace, Support, Theta};
use std::borrow::Borrow;

/// The parameters on which the support depends: those that move it when they move a little.
pub(super) fn moving_support<M: SampleSpace>(
    model: &M,
    theta: &Theta<M, f64>,
    row: Option<&Datum<M, f64>>,
    names: &[String],
) -> Vec<String> {
    let at = |theta: &Theta<M, f64>| row.map_or_else(|| model.support(theta), |row| model.support_given(theta, row));
    let here: Support = at(theta);
    let theta = theta.as_ref();
    let moves = |index: usize| {
        [-1e-6, 1e-6].into_iter().any(|step| {
            let moved = M::Parameters::build(theta.len(), |i| {
                let by = if theta[i] == 0.0 { step } else { step * theta[i] };
                if i == index { theta[i] + by } else { theta[i] }
            });
            at(moved.borrow()) != here
        })
    };
    names.iter().enumerate().filter(|(index, _)| moves(*index)).map(|(_, name)| name.clone()).collect()
}
