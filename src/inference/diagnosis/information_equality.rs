//! The information equality on data: A = −ΣH against B = Σs sᵀ.

use super::indicators::Indicators;
use crate::error::Error;
use crate::expectation::Estimate;
use crate::inference::{Fit, Test, TestKind};
use crate::information::{digits, table};
use crate::model::{LogLikelihood, Observations};
use nalgebra::DMatrix;
use std::fmt;

/// How well A = −ΣH and B = Σs sᵀ agree at the maximum, entry by entry. If the model is true their means are equal; where they differ by
/// more than chance, standard errors from A⁻¹ are wrong, and those of a sandwich are called for.
///
/// ```
/// use fisher_information::{distributions::Poisson, inference::maximum_likelihood};
///
/// // counts that vary more than Poisson counts: mean 2, variance 4.4
/// let counts = [0.0, 3.0, 1.0, 0.0, 7.0, 2.0, 0.0, 1.0, 4.0, 2.0];
/// let equality = maximum_likelihood(&Poisson, &counts)?.information_equality()?;
/// let entry = &equality.entries()[0];
/// assert!((entry.observed - 5.0).abs() < 1e-9 && (entry.empirical - 11.0).abs() < 1e-9);      // n/λ̂ and Σ(x/λ̂ − 1)²
/// assert!(entry.z() > 1.0 && entry.z() < 1.5);
/// # Ok::<(), fisher_information::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct InformationEquality {
    entries: Vec<EqualityEntry>,
    indicators: Indicators,
    /// The indicators less what estimation takes out of them: by third derivatives …
    exact: DMatrix<f64>,
    /// … and by outer products.
    outer: DMatrix<f64>,
}

/// An entry of the two matrices.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct EqualityEntry {
    /// The parameter of the row.
    pub row: String,
    /// The parameter of the column.
    pub column: String,
    /// Its value in A, the observed information.
    pub observed: f64,
    /// Its value in B, the empirical information.
    pub empirical: f64,
    /// The standard error of B − A for a true model; 0 if they agree whatever the data, since the equation of the estimate says so.
    pub standard_error: f64,
}

impl EqualityEntry {
    /// B − A
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.empirical - self.observed
    }

    /// (B − A) in standard errors; 0 for an entry that has none.
    #[must_use]
    pub fn z(&self) -> f64 {
        if self.standard_error == 0.0 { 0.0 } else { self.difference() / self.standard_error }
    }
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'_, M, D> {
    /// The information equality at θ̂.
    ///
    /// # Errors
    /// [`Error::LikelihoodNotFinite`] if a derivative of an observation is not finite; [`Error::Singular`],
    /// [`Error::NotPositiveDefinite`]; [`Error::Unsupported`] if a prior took part.
    pub fn information_equality(&self) -> Result<InformationEquality, Error> {
        if self.has_prior() {
            return Err(Error::Unsupported { method: "the information equality", needs: "a fit without a prior" });
        }
        let (observed, empirical) = (self.observed()?, self.empirical()?);
        let indicators = Indicators::of(self)?;
        let inverse = |covariance: crate::information::Covariance| covariance.matrix().clone();
        let exact = indicators.adjusted(&(&indicators.slopes * inverse(observed.inverse()?)));
        let outer = match empirical.inverse() {
            Ok(covariance) => indicators.adjusted(&(-indicators.products_with_scores() * inverse(covariance))),
            // Fewer observations than parameters, or scores that are bound to one another: no regression on them.
            Err(Error::Singular { .. }) => DMatrix::zeros(indicators.indicators.nrows(), indicators.indicators.ncols()),
            Err(other) => return Err(other),
        };
        let names = self.names();
        let places = (0..names.len()).flat_map(|j| (0..=j).map(move |k| (j, k)));
        let entry = |(place, (j, k)): (usize, (usize, usize))| {
            let column = exact.column(place);
            let squares = column.iter().zip(indicators.weights.iter()).map(|(u, w)| w * u * u);
            EqualityEntry {
                row: names[j].clone(),
                column: names[k].clone(),
                observed: observed.matrix()[(j, k)],
                empirical: empirical.matrix()[(j, k)],
                standard_error: squares.sum::<f64>().sqrt(),
            }
        };
        let entries = places.enumerate().map(entry).collect();
        Ok(InformationEquality { entries, indicators, exact, outer })
    }
}

impl InformationEquality {
    /// The entries of the lower triangle, row after row.
    #[must_use]
    pub fn entries(&self) -> &[EqualityEntry] {
        &self.entries
    }

    /// White's information-matrix test of all entries together, with exact third derivatives.
    ///
    /// With d = vech(s sᵀ + H), D = Σd and u = d + (Σ∂d/∂θ)A⁻¹s,
    ///
    /// ```math
    /// T = D^{\mathsf T} \Bigl(\sum_i u_i u_i^{\mathsf T}\Bigr)^{-1} D
    /// ```
    ///
    /// Entries whose u is zero or a sum of those before are left out; [`Test::hypotheses`] names those that count.
    ///
    /// Source: H. White, *Maximum likelihood estimation of misspecified models*, Econometrica 50 (1982), theorem 4.1, doi:10.2307/1912526.
    ///
    /// # Errors
    /// [`Error::NothingToTest`] if no entry is left, as for a Bernoulli model; [`Error::TooFewObservations`] unless there are more than
    /// entries.
    pub fn white(&self) -> Result<Test, Error> {
        self.test(&self.exact)
    }

    /// The same test without third derivatives, as n R² of the regression of 1 on s and d. Its law is χ² only for very large samples: in
    /// small ones it rejects true models far too often.
    ///
    /// Source: A. Chesher, *The information matrix test: simplified calculation via a score test interpretation*, Economics Letters 13
    /// (1983), doi:10.1016/0165-1765(83)90009-5; T. Lancaster, *The covariance matrix of the information matrix test*, Econometrica 52
    /// (1984), doi:10.2307/1911198.
    ///
    /// # Errors
    /// Those of [`white`](Self::white).
    pub fn chesher_lancaster(&self) -> Result<Test, Error> {
        self.test(&self.outer)
    }

    #[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ entries
    fn test(&self, adjusted: &DMatrix<f64>) -> Result<Test, Error> {
        let (statistic, kept) = self.indicators.statistic(adjusted);
        let name = |k: usize| format!("A = B at ({}, {})", self.entries[k].row, self.entries[k].column);
        if kept.is_empty() {
            return Err(Error::NothingToTest { entries: (0..self.entries.len()).map(name).collect() });
        }
        let found = self.indicators.weights.sum();
        if found <= kept.len() as f64 {
            return Err(Error::TooFewObservations {
                what: "the information-matrix test",
                needed: kept.len() as f64,
                found,
            });
        }
        let degrees = kept.len();
        let hypotheses = kept.into_iter().map(name).collect();
        Ok(Test::chi_squared(TestKind::InformationMatrix, hypotheses, Estimate::exact(statistic), degrees))
    }
}

/// ```text
///                              A        B  difference  standard error      z
/// (mean, mean)               …
/// ```
impl fmt::Display for InformationEquality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows = vec![["", "A", "B", "B − A", "standard error", "z"].map(String::from).to_vec()];
        for entry in &self.entries {
            rows.push(vec![
                format!("({}, {})", entry.row, entry.column),
                digits(entry.observed, 5),
                digits(entry.empirical, 5),
                digits(entry.difference(), 3),
                digits(entry.standard_error, 3),
                digits(entry.z(), 3),
            ]);
        }
        table(f, &rows)
    }
}
