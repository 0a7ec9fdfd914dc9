//! What an information says about precision: covariance, standard errors, bounds, rank.

use super::bounds;
use super::combination::Combination;
use super::covariance::{Covariance, root};
use super::factor::Factor;
use super::kind::Kind;
use super::labelled::{Labelled, block, finite_vector};
use super::result::Information;
use super::spectrum::Spectrum;
use crate::error::{Error, check_length};
use crate::expectation::Estimate;
use nalgebra::{DMatrix, DVector};

impl<K: Kind> Information<K> {
    /// I⁻¹, the asymptotic covariance of the maximum-likelihood estimator and the Cramér–Rao bound.
    ///
    /// By Cholesky's method after scaling to a unit diagonal. The error is a rigorous bound if those of the entries are:
    /// |I⁻¹|E|I⁻¹| and all higher orders, ∞ if they are so large that there is none; standard errors travel to first order.
    ///
    /// # Errors
    /// [`Error::Singular`], with the null directions, if the rank is not full against the errors of the entries;
    /// [`Error::NotPositiveDefinite`].
    pub fn inverse(&self) -> Result<Covariance, Error> {
        let factor = self.factor()?;
        let scaled = &factor.scaled;
        let matrix = scaled.divide_both(&factor.inverse);
        let error = scaled.divide_both(&factor.inverse_error()) + matrix.abs() * bounds::rounding(2);
        Covariance::new(self.names(), matrix, error, self.provenance.clone())
    }

    /// √(I⁻¹)ᵢᵢ, the asymptotic standard error of every parameter, all of them unknown.
    ///
    /// # Errors
    /// Those of [`inverse`](Self::inverse).
    pub fn standard_errors(&self) -> Result<Vec<Estimate>, Error> {
        Ok(self.inverse()?.standard_errors())
    }

    /// The standard error of every parameter, ∞ for those that are not identified, without an error for a singular matrix.
    ///
    /// # Errors
    /// [`Error::NotPositiveDefinite`].
    pub fn standard_errors_or_infinite(&self) -> Result<Vec<Estimate>, Error> {
        let unit = |i: usize| (0..self.names().len()).map(|j| f64::from(u8::from(i == j))).collect::<Vec<_>>();
        (0..self.names().len()).map(|i| Ok(root(self.cramer_rao(&unit(i))?))).collect()
    }

    /// The correlations of the estimators, (I⁻¹)ᵢⱼ/√((I⁻¹)ᵢᵢ(I⁻¹)ⱼⱼ).
    ///
    /// # Errors
    /// Those of [`inverse`](Self::inverse).
    pub fn correlations(&self) -> Result<Labelled, Error> {
        self.inverse()?.correlations()
    }

    /// gᵀI⁻¹g, the Cramér–Rao bound for the variance of an unbiased estimator of a function of θ with gradient g.
    ///
    /// If the matrix is singular and the function depends on a null direction, no such estimator exists and the bound is ∞;
    /// if it does not, the bound is finite nevertheless.
    /// Source: Stoica and Marzetta, *Parameter estimation problems with singular information matrices*, IEEE Trans. Signal
    /// Process. 49 (2001), doi:10.1109/78.890346.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if g has not p entries, [`Error::DerivativeNotFinite`] if one is not finite;
    /// [`Error::NotPositiveDefinite`].
    pub fn cramer_rao(&self, gradient: &[f64]) -> Result<Estimate, Error> {
        check_length("entries of the gradient", self.names().len(), gradient.len())?;
        let gradient: DVector<f64> = finite_vector(gradient)?;
        match self.factor() {
            Ok(factor) => {
                let (value, error) = factor.form(&factor.scaled.divide(&gradient));
                Ok(Estimate::new(value, error))
            }
            Err(Error::Singular { .. }) => self.spectrum().variance(&gradient),
            Err(other) => Err(other),
        }
    }

    /// The efficient information about the named parameters when the others are unknown too (nuisance parameters):
    /// I_aa − I_ab I_bb⁻¹ I_ba. Its inverse is the block of I⁻¹.
    ///
    /// # Errors
    /// [`Error::UnknownParameter`], [`Error::RepeatedName`], [`Error::ParameterCount`] if none is named;
    /// [`Error::Singular`] or [`Error::NotPositiveDefinite`] for the block of the nuisance parameters.
    pub fn marginal(&self, interest: &[&str]) -> Result<Self, Error> {
        let kept = self.entries.positions(interest)?;
        let nuisance = self.entries.others(&kept);
        let mut selected = self.entries.select(&kept)?;
        if !nuisance.is_empty() {
            let factor = Factor::new(&self.entries.select(&nuisance)?, self.provenance.is_random())?;
            selected = schur(&self.entries, &selected, &kept, &nuisance, &factor)?;
        }
        Ok(self.with_entries(selected))
    }

    /// ln det I.
    ///
    /// # Errors
    /// Those of [`inverse`](Self::inverse): a singular matrix has none.
    pub fn log_determinant(&self) -> Result<Estimate, Error> {
        let (value, error) = self.factor()?.ln_determinant();
        Ok(Estimate::new(value, error))
    }

    /// The eigenvalues and eigenvectors of the matrix scaled to a unit diagonal.
    #[must_use]
    pub fn spectrum(&self) -> Spectrum {
        Spectrum::of(&self.entries)
    }

    /// The condition number of the matrix scaled to a unit diagonal, which does not depend on the units of the parameters.
    #[must_use]
    pub fn condition_number(&self) -> f64 {
        self.spectrum().condition_number()
    }

    /// The rank, decided against the errors of the entries.
    #[must_use]
    pub fn rank(&self) -> usize {
        self.spectrum().rank()
    }

    /// Whether the matrix is positive definite beyond doubt: all eigenvalues exceed their errors.
    #[must_use]
    pub fn is_positive_definite(&self) -> bool {
        self.spectrum().is_positive_definite()
    }

    /// The directions in which the parameters can move unnoticed: a basis of the null space, in names.
    #[must_use]
    pub fn null_directions(&self) -> Vec<Combination> {
        self.spectrum().null_directions()
    }

    /// The linear functions of the parameters that can be estimated: a basis, in names. Their
    /// [`cramer_rao`](Self::cramer_rao) bounds are finite.
    #[must_use]
    pub fn estimable_combinations(&self) -> Vec<Combination> {
        self.spectrum().estimable_combinations()
    }

    pub(super) fn factor(&self) -> Result<Factor, Error> {
        Factor::new(&self.entries, self.provenance.is_random())
    }
}

/// I_aa − I_ab I_bb⁻¹ I_ba.
///
/// With B = I_ab I_bb⁻¹ and F = E_ab + |B|E_bb, a matrix within the errors has a Schur complement that differs by at
/// most E_aa + |B|E_ba + E_ab|B|ᵀ + |B|E_bb|B|ᵀ + F|(I_bb + Δ)⁻¹|Fᵀ.
fn schur(
    entries: &Labelled,
    selected: &Labelled,
    kept: &[usize],
    nuisance: &[usize],
    factor: &Factor,
) -> Result<Labelled, Error> {
    let scale = &factor.scaled.scale;
    let by_column = |m: DMatrix<f64>| DMatrix::from_fn(m.nrows(), m.ncols(), |i, j| m[(i, j)] / scale[j]);
    let cross = by_column(block(entries.matrix(), kept, nuisance));
    let cross_error = by_column(block(entries.error(), kept, nuisance));
    let regression = factor.solve(&cross.transpose()).transpose();
    let weights = regression.abs();

    let leak = &cross_error + bounds::product(&weights, &factor.scaled.error);
    let inverse = factor.inverse.abs() + factor.inverse_error();
    let mixed = bounds::product(&weights, &cross_error.transpose());
    let rounding = (selected.matrix().abs() + cross.abs() * weights.transpose()) * bounds::rounding(nuisance.len());
    let error = selected.error()
        + &mixed
        + mixed.transpose()
        + bounds::congruence(&weights, &factor.scaled.error)
        + bounds::congruence(&leak, &inverse)
        + rounding;
    Labelled::new(selected.names(), selected.matrix() - &cross * regression.transpose(), error)
}
