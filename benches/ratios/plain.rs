//! The plain way: dual numbers, an observation at a time.

use crate::sums::Sums;
use fisher_information::derivatives::{Differentiator, packed_index, packed_length};
use fisher_information::model::{Dynamic, Fixed, LogLikelihood, Observations, Table};

/// Value, score, outer products and Hessian over numbers. `P` parameters, `T` entries in a triangle.
pub fn numbers<M, const P: usize, const T: usize>(model: &M, theta: &[f64; P], data: &[f64]) -> Sums
where
    M: LogLikelihood<Parameters = Fixed<P>, Observation = f64>,
{
    let mut at = Differentiator::new(model, theta).expect("a θ in the domain");
    let (mut value, mut scores, mut outers, mut hessians) = (0.0, [0.0; P], [0.0; T], [0.0; T]);
    let (mut score, mut hessian) = ([0.0; P], [0.0; T]);
    for x in data {
        value += at.second(x, &mut score, &mut hessian);
        for i in 0..P {
            scores[i] += score[i];
            for j in 0..=i {
                outers[packed_index(i, j)] += score[i] * score[j];
            }
        }
        for (sum, entry) in hessians.iter_mut().zip(&hessian) {
            *sum += entry;
        }
    }
    Sums { value, score: scores.to_vec(), outer: outers.to_vec(), hessian: hessians.to_vec() }
}

/// The same over rows, where the number of parameters is known at run time only.
pub fn rows<M>(model: &M, theta: &[f64], data: &Table) -> Sums
where
    M: LogLikelihood<Parameters = Dynamic, Observation = [f64]>,
{
    let mut at = Differentiator::new(model, theta).expect("a θ in the domain");
    let mut hessian = vec![0.0; packed_length(theta.len())];
    let mut hessians = hessian.clone();
    let mut sums = over_rows(theta.len(), data, |row, score| {
        let value = at.second(row, score, &mut hessian);
        for (sum, entry) in hessians.iter_mut().zip(&hessian) {
            *sum += entry;
        }
        value
    });
    sums.hessian = hessians;
    sums
}

/// Value, score and outer products over rows, from first derivatives.
pub fn rows_first<M>(model: &M, theta: &[f64], data: &Table) -> Sums
where
    M: LogLikelihood<Parameters = Dynamic, Observation = [f64]>,
{
    let mut at = Differentiator::new(model, theta).expect("a θ in the domain");
    over_rows(theta.len(), data, |row, score| at.first(row, score))
}

fn over_rows(size: usize, data: &Table, mut at: impl FnMut(&[f64], &mut [f64]) -> f64) -> Sums {
    let mut score = vec![0.0; size];
    let mut sums =
        Sums { value: 0.0, score: score.clone(), outer: vec![0.0; packed_length(size)], hessian: Vec::new() };
    for index in 0..Observations::<[f64]>::count(data) {
        sums.value += at(data.get(index), &mut score);
        for i in 0..size {
            sums.score[i] += score[i];
            for (sum, other) in sums.outer[packed_index(i, 0)..].iter_mut().zip(&score[..=i]) {
                *sum += score[i] * other;
            }
        }
    }
    sums
}
