//! What each parameter of a family is: a function of covariates, or a constant.

use super::columns::Columns;
use crate::model::Link;
use crate::scalar::Scalar;
use std::ops::Range;

/// What a parameter θₖ of the family is: g⁻¹(Σⱼ xⱼ βⱼ), or a constant in its own coordinate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predictor {
    pub(super) link: Link,
    pub(super) columns: Option<Columns>,
}

impl Predictor {
    /// θₖ = g⁻¹(η) with the linear predictor η of these columns.
    #[must_use]
    pub fn linear(link: Link, columns: Columns) -> Self {
        Self { link, columns: Some(columns) }
    }

    /// θₖ is a constant, reported as it is: a dispersion, a shape.
    #[must_use]
    pub fn constant() -> Self {
        Self { link: Link::Identity, columns: None }
    }
}

/// Where a predictor finds what in a row and among the coefficients.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub link: Link,
    /// The covariates in the row; `None` for a constant.
    pub covariates: Option<Range<usize>>,
    /// The place of the offset in the row.
    pub offset: Option<usize>,
    /// The coefficients in θ.
    pub coefficients: Range<usize>,
    /// The coefficient of the column of ones, in θ.
    pub intercept: Option<usize>,
}

impl Placed {
    /// The covariates that the coefficients multiply: of a constant, a single 1.
    #[inline(always)]
    pub fn design<'r>(&self, row: &'r [f64]) -> &'r [f64] {
        match &self.covariates {
            Some(range) => &row[range.clone()],
            None => &[1.0],
        }
    }

    /// η = Σⱼ xⱼ βⱼ + offset.
    #[inline(always)]
    pub fn eta<D: Scalar>(&self, coefficients: &[D], row: &[D]) -> D {
        let coefficients = &coefficients[self.coefficients.clone()];
        let Some(range) = &self.covariates else { return coefficients[0] };
        let terms = coefficients.iter().zip(&row[range.clone()]);
        let start = self.offset.map_or(D::from(0.0), |offset| row[offset]);
        terms.fold(start, |sum, (&beta, &x)| sum + beta * x)
    }
}
