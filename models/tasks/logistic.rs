//! Logistic regression as one would write it: a model of the benchmarks and of the tests of kernels.

use fisher_information::prelude::*;

/// Logistic regression on rows (covariates…, response).
pub struct Logistic;

impl LogLikelihood for Logistic {
    type Parameters = Dynamic;
    type Observation = [f64];

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, beta: &[D], row: &[D]) -> D {
        let Some((&response, covariates)) = row.split_last() else { return D::from(f64::NAN) };
        let predictor: D = covariates.iter().zip(beta).map(|(&x, &b)| x * b).sum();
        response * predictor - predictor.ln_1p_exp()
    }
}
