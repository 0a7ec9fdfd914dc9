//! Local influence: in which proportions small changes of the weights move the estimates most.

use crate::error::Error;
use crate::inference::Fit;
use crate::model::{LogLikelihood, Observations};
use nalgebra::{Cholesky, DMatrix, DVector, SymmetricEigen};

/// The direction in which the weights of the observations have the largest influence on a fit.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LocalInfluence {
    /// The curvature of the displacement 2(ℓ(θ̂) − ℓ(θ̂(w))) in that direction, 2 lᵀSA⁻¹Sᵀl with the scores as rows of S.
    pub curvature: f64,
    /// The direction l, of length 1, its largest entry positive: a number for every observation, 0 for one of weight 0.
    pub direction: Vec<f64>,
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'_, M, D> {
    /// The direction of largest local influence of case weights.
    ///
    /// ```
    /// use fisher_information::{distributions::Exponential, inference::maximum_likelihood};
    ///
    /// // one parameter: the direction is that of the scores 1/λ − x
    /// let local = maximum_likelihood(&Exponential, &[0.5, 0.25, 2.0, 1.0, 0.25])?.local_influence()?;
    /// let length = 2.175_f64.sqrt();
    /// assert!((local.direction[2] - 1.2 / length).abs() < 1e-12 && (local.direction[0] + 0.3 / length).abs() < 1e-12);
    /// assert!((local.curvature - 2.0 * 2.175 / 3.2).abs() < 1e-12);                           // 2 Σs²/(n/λ²)
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// Source: R. D. Cook, *Assessment of local influence*, J. R. Statist. Soc. B 48 (1986), section 3.
    ///
    /// # Errors
    /// [`Error::Singular`], [`Error::NotPositiveDefinite`]; [`Error::LikelihoodNotFinite`].
    pub fn local_influence(&self) -> Result<LocalInfluence, Error> {
        let inverse = self.curvature()?.inverse()?;
        let (p, n) = (self.estimates().len(), self.data().count());
        let mut scores = DMatrix::zeros(p, n);
        for contribution in self.contributions()? {
            let contribution = contribution?;
            scores.set_column(contribution.index, &(contribution.score * contribution.weight));
        }
        // A⁻¹ = LLᵀ: the largest eigenvalue of SA⁻¹Sᵀ (n × n) is that of LᵀSᵀSL (p × p).
        let Some(root) = Cholesky::new(inverse.matrix().clone()) else {
            return Err(Error::FormulaNotFinite { quantity: "the root of the covariance", value: f64::NAN });
        };
        let rows = root.l().transpose() * scores;
        let decomposed = SymmetricEigen::try_new(&rows * rows.transpose(), f64::EPSILON, SWEEPS * p);
        let Some(eigen) = decomposed else {
            return Err(Error::FormulaNotFinite { quantity: "the largest curvature", value: f64::NAN });
        };
        let largest = eigen.eigenvalues.imax();
        let mut direction: DVector<f64> = rows.transpose() * eigen.eigenvectors.column(largest);
        let length = direction.norm();
        if length > 0.0 {
            let sign = direction[direction.iamax()].signum();
            direction *= sign / length;
        }
        Ok(LocalInfluence {
            curvature: 2.0 * eigen.eigenvalues[largest],
            direction: direction.iter().copied().collect(),
        })
    }
}

/// Far more than the two or three iterations that an eigenvalue takes.
const SWEEPS: usize = 100;
