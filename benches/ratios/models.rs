//! The models of the tasks that are not in the catalogue, each as an author would write it.

use fisher_information::prelude::*;

#[path = "../../models/tasks/logistic.rs"]
mod logistic;
#[path = "../../models/tasks/mixture.rs"]
mod mixture;

pub use logistic::Logistic;
pub use mixture::Mixture;

/// Multinomial logistic regression on rows (covariates…, one indicator for each class beside the first), with so many covariates.
pub struct Multinomial(pub usize);

impl LogLikelihood for Multinomial {
    type Parameters = Dynamic;
    type Observation = [f64];

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, beta: &[D], row: &[D]) -> D {
        let (covariates, indicators) = row.split_at(self.0.min(row.len()));
        let (mut chosen, mut normaliser) = (D::from(0.0), D::from(0.0));
        for (beta, &indicator) in beta.chunks_exact(self.0).zip(indicators) {
            let predictor: D = covariates.iter().zip(beta).map(|(&x, &b)| x * b).sum();
            chosen += indicator * predictor;
            // ln(eᵃ + eᵇ) = a + ln(1 + eᵇ⁻ᵃ)
            normaliser += (predictor - normaliser).ln_1p_exp();
        }
        chosen - normaliser
    }
}
