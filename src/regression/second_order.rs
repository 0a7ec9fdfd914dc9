//! Score and Hessian of a row by the chain rule through its linear predictors.
//!
//! With u = ∂ℓ/∂η and W = ∂²ℓ/∂η∂ηᵀ over the K predictors, the score of βₖⱼ is uₖ xₖⱼ and the Hessian of βₖⱼ and βₗᵢ is
//! Wₖₗ xₖⱼ xₗᵢ, since η is linear in β. Dual numbers then have dimension K, not the number of coefficients.

use super::model::Regression;
use super::predictor::Placed;
use crate::derivatives::{Differentiator, packed_index, packed_length};
use crate::model::{Datum, Link, Observation, ParameterSpace, SampleSpace};
use crate::scalar::SecondOrder;
use num_dual::Dual2_64;
use std::borrow::Borrow;

/// Up to so many predictors their derivatives fit on the stack.
const FEW: usize = 8;

/// ℓ, the score and the packed Hessian of a row; `None` if the row or θ has the wrong length.
#[inline(always)]
pub(super) fn second_order<F: SampleSpace>(
    model: &Regression<F>,
    theta: &[f64],
    row: &[f64],
    score: &mut [f64],
    hessian: &mut [f64],
) -> Option<f64> {
    let y = model.response_of(row)?;
    if theta.len() != model.length() {
        return None;
    }
    let count = model.predictors.len();
    if count > FEW {
        let (mut u, mut w) = (vec![0.0; count], vec![0.0; packed_length(count)]);
        let value = over_predictors(model, theta, row, y, &mut u, &mut w)?;
        spread(&model.predictors, row, [&u, &w], score, hessian);
        return Some(value);
    }
    let (mut u, mut w) = ([0.0; FEW], [0.0; FEW * (FEW + 1) / 2]);
    let value = over_predictors(model, theta, row, y, &mut u[..count], &mut w[..packed_length(count)])?;
    spread(&model.predictors, row, [&u, &w], score, hessian);
    Some(value)
}

/// ℓ, u and W: the derivatives with respect to the linear predictors and the constants.
#[inline(always)]
pub(super) fn over_predictors<F: SampleSpace>(
    model: &Regression<F>,
    theta: &[f64],
    row: &[f64],
    y: &Datum<F, f64>,
    u: &mut [f64],
    w: &mut [f64],
) -> Option<f64> {
    let linear = F::Parameters::build(u.len(), |k| model.predictors[k].eta(theta, row));
    over_predictors_at(model, linear.as_ref(), y, u, w)
}

/// The same at given predictors.
#[inline(always)]
pub(super) fn over_predictors_at<F: SampleSpace>(
    model: &Regression<F>,
    eta: &[f64],
    y: &Datum<F, f64>,
    u: &mut [f64],
    w: &mut [f64],
) -> Option<f64> {
    let count = u.len();
    let family = &model.linked.model;
    let at = F::Parameters::build(count, |k| model.predictors[k].link.inverse(eta[k]));
    if let Some(value) = family.second_order(at.borrow(), y, u, w) {
        through_links(&model.predictors, eta, u, w);
        return Some(value);
    }
    if F::Parameters::LENGTH.is_none() {
        let linear = F::Parameters::build(count, |k| eta[k]);
        return Some(Differentiator::unchecked(&model.linked, linear.borrow()).ok()?.second(y, u, w));
    }
    let seeded = F::Parameters::build(count, |k| {
        let seed = <F::Parameters as ParameterSpace>::Second::<f64>::seed(eta[k], Some(k), Some(k));
        model.predictors[k].link.inverse(seed)
    });
    let jet = F::Observation::lift(y, &mut Default::default(), |y| family.ln_likelihood(seeded.borrow(), y));
    for i in 0..count {
        u[i] = jet.first(i);
        for j in 0..=i {
            w[packed_index(i, j)] = jet.second(i, j);
        }
    }
    Some(SecondOrder::value(&jet))
}

/// From derivatives with respect to the family's parameters to those with respect to η.
#[inline(always)]
fn through_links(predictors: &[Placed], eta: &[f64], u: &mut [f64], w: &mut [f64]) {
    for (k, predictor) in predictors.iter().enumerate() {
        if predictor.link == Link::Identity {
            continue;
        }
        let at = predictor.link.inverse(Dual2_64::from(eta[k]).derivative());
        for other in 0..predictors.len() {
            let place = packed_index(k.max(other), k.min(other));
            w[place] *= if other == k { at.v1 * at.v1 } else { at.v1 };
        }
        w[packed_index(k, k)] += u[k] * at.v2;
        u[k] *= at.v1;
    }
}

/// uₖ xₖ and Wₖₗ xₖ xₗᵀ, into the score and the packed Hessian.
#[inline(always)]
fn spread(predictors: &[Placed], row: &[f64], [u, w]: [&[f64]; 2], score: &mut [f64], hessian: &mut [f64]) {
    for (k, predictor) in predictors.iter().enumerate() {
        let design = predictor.design(row);
        for ((place, &x), entry) in
            predictor.coefficients.clone().zip(design).zip(&mut score[predictor.coefficients.clone()])
        {
            *entry = u[k] * x;
            for (l, other) in predictors[..=k].iter().enumerate() {
                let start = packed_index(place, other.coefficients.start);
                let end = packed_index(place, place.min(other.coefficients.end - 1)) + 1;
                let weight = w[packed_index(k, l)] * x;
                for (entry, &x) in hessian[start..end].iter_mut().zip(other.design(row)) {
                    *entry = weight * x;
                }
            }
        }
    }
}
