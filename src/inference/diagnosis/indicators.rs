//! The indicators d = s sᵀ + H of the information equality, observation by observation.

use crate::derivatives::{packed_index, packed_length, third_derivatives};
use crate::error::Error;
use crate::inference::Fit;
use crate::model::{LogLikelihood, Observations};
use nalgebra::{DMatrix, DVector};

/// The indicators of a data set: q = p(p + 1)/2 of them for each observation, in the order of the lower triangle.
#[derive(Clone, Debug)]
pub(super) struct Indicators {
    /// The weights of the n observations.
    pub weights: DVector<f64>,
    /// The scores, n × p.
    pub scores: DMatrix<f64>,
    /// The indicators, n × q.
    pub indicators: DMatrix<f64>,
    /// Σ w ∂d/∂θ, q × p.
    pub slopes: DMatrix<f64>,
}

impl Indicators {
    pub fn of<M, D>(fit: &Fit<'_, M, D>) -> Result<Self, Error>
    where
        M: LogLikelihood,
        D: Observations<M::Observation> + ?Sized,
    {
        let p = fit.estimates().len();
        let q = packed_length(p);
        let (mut weights, mut scores, mut indicators) = (Vec::new(), Vec::new(), Vec::new());
        let mut slopes = DMatrix::zeros(q, p);
        for contribution in fit.contributions()? {
            let contribution = contribution?;
            let (s, h) = (&contribution.score, &contribution.hessian);
            let third = third_derivatives(fit.model(), fit.theta(), fit.data().get(contribution.index))?;
            for j in 0..p {
                for k in 0..=j {
                    indicators.push(s[j] * s[k] + h[(j, k)]);
                    for (l, third) in third.iter().enumerate() {
                        let slope = h[(j, l)] * s[k] + s[j] * h[(k, l)] + third[(j, k)];
                        if !slope.is_finite() {
                            let (index, quantity) = (contribution.index, "third derivative");
                            return Err(Error::LikelihoodNotFinite { index, quantity, value: slope });
                        }
                        slopes[(packed_index(j, k), l)] += contribution.weight * slope;
                    }
                }
            }
            weights.push(contribution.weight);
            scores.extend(s.iter());
        }
        let n = weights.len();
        Ok(Self {
            weights: DVector::from_vec(weights),
            scores: DMatrix::from_row_slice(n, p, &scores),
            indicators: DMatrix::from_row_slice(n, q, &indicators),
            slopes,
        })
    }

    /// Σ w d.
    pub fn totals(&self) -> DVector<f64> {
        self.indicators.transpose() * &self.weights
    }

    /// Σ w d sᵀ.
    pub fn products_with_scores(&self) -> DMatrix<f64> {
        let mut weighted = self.scores.clone();
        for (mut row, &weight) in weighted.row_iter_mut().zip(self.weights.iter()) {
            row *= weight;
        }
        self.indicators.transpose() * weighted
    }

    /// The indicators less what the estimation of θ takes out of them: rows d + K s, with K of q × p.
    ///
    /// Column k is 0 where nothing is left but rounding: there the indicator is a function of the score.
    pub fn adjusted(&self, by: &DMatrix<f64>) -> DMatrix<f64> {
        let taken = &self.scores * by.transpose();
        let mut rest = &self.indicators + &taken;
        for k in 0..rest.ncols() {
            let size = self.indicators.column(k).norm_squared() + taken.column(k).norm_squared();
            if rest.column(k).norm_squared() <= NULL * size {
                rest.column_mut(k).fill(0.0);
            }
        }
        rest
    }

    /// DᵀV⁻¹D for totals D of columns u with V = Σ w u uᵀ, and the columns that are not sums of those before.
    ///
    /// By Gram and Schmidt's method with the observations as coordinates, which does not square the condition of u.
    pub fn statistic(&self, columns: &DMatrix<f64>) -> (f64, Vec<usize>) {
        let roots = self.weights.map(f64::sqrt);
        let (mut basis, mut kept, mut coordinates): (Vec<DVector<f64>>, _, Vec<f64>) =
            (Vec::new(), Vec::new(), Vec::new());
        let totals = self.totals();
        // D in the orthonormal basis of the columns: if u = Q R, then V = RᵀR and DᵀV⁻¹D = ‖R⁻ᵀD‖².
        for k in 0..columns.ncols() {
            let mut rest: DVector<f64> = columns.column(k).component_mul(&roots);
            let (size, mut total) = (rest.norm_squared(), totals[k]);
            for _ in 0..2 {
                for (unit, along) in basis.iter().zip(&coordinates) {
                    let share = unit.dot(&rest);
                    rest.axpy(-share, unit, 1.0);
                    total -= share * along;
                }
            }
            let length = rest.norm();
            if size == 0.0 || length * length <= NULL * size {
                continue;
            }
            basis.push(rest / length);
            coordinates.push(total / length);
            kept.push(k);
        }
        (coordinates.iter().map(|c| c * c).sum(), kept)
    }
}

/// The square of what is left of a vector, beside that of the vector, where nothing is left but rounding.
const NULL: f64 = 1e-20;
