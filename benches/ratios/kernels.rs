//! The library's own way, as a user calls it.

use crate::sums::Sums;
use fisher_information::information::{DataLikelihood, ScoreMoments, ScoreSums};
use fisher_information::kernel::Path;
use fisher_information::model::{LogLikelihood, Observations, Theta};
use nalgebra::DMatrix;

/// What evaluates the sums of a model over these data at any θ: compiled at the first call.
pub fn evaluator<'a, M, D>(model: &'a M, data: &'a D) -> impl Fn(&Theta<M, f64>) -> ScoreSums + Send + 'a
where
    M: LogLikelihood,
    D: Observations<M::Observation> + ?Sized,
{
    let likelihood = DataLikelihood::new(model, data).along(Path::Kernel);
    move |theta| likelihood.at(theta).expect("finite sums")
}

/// The sums as plain numbers.
pub fn sums(found: &ScoreSums) -> Sums {
    let hessian = lower(found.observed().expect("finite sums").matrix());
    Sums {
        value: found.log_likelihood().value,
        score: found.score().iter().map(|score| score.value).collect(),
        outer: lower(found.empirical().expect("finite sums").matrix()),
        hessian: hessian.iter().map(|entry| -entry).collect(),
    }
}

/// The moments as plain numbers; the mass, where it is known, as value.
pub fn moments(found: &ScoreMoments) -> Sums {
    let hessian = lower(&found.hessian.matrix);
    Sums {
        value: found.mass.map_or(1.0, |mass| mass.value),
        score: found.mean_score.iter().map(|score| score.value).collect(),
        outer: lower(&found.outer_product.matrix),
        hessian: hessian.iter().map(|entry| -entry).collect(),
    }
}

/// The lower triangle, row after row.
fn lower(matrix: &DMatrix<f64>) -> Vec<f64> {
    (0..matrix.nrows()).flat_map(|i| (0..=i).map(move |j| matrix[(i, j)])).collect()
}
