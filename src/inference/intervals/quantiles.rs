//! The quantiles that intervals are made of: those of the normal distribution and of χ² with one and two degrees of freedom.

use crate::error::Error;
use crate::scalar::Scalar;
use statrs::distribution::{ContinuousCDF, Normal};
use std::f64::consts::FRAC_1_SQRT_2;

/// A level strictly between 0 and 1.
pub(super) fn check_level(level: f64) -> Result<f64, Error> {
    if level > 0.0 && level < 1.0 { Ok(level) } else { Err(Error::InvalidLevel { value: level }) }
}

/// z with P(|Z| ≤ z) = level for a standard normal Z; z² is the quantile of χ²₁.
pub(super) fn normal(level: f64) -> Result<f64, Error> {
    Ok(-Normal::standard().inverse_cdf(0.5 * (1.0 - check_level(level)?)))
}

/// The quantile −2 ln(1 − level) of χ²₂.
pub(super) fn chi_squared_2(level: f64) -> Result<f64, Error> {
    Ok(-2.0 * (-check_level(level)?).ln_1p())
}

/// P(χ²₁ ≤ w): the level of the likelihood-ratio interval that ends where the statistic is w.
pub(super) fn level_of_chi_squared_1(w: f64) -> f64 {
    Scalar::erf(w.max(0.0).sqrt() * FRAC_1_SQRT_2)
}

/// P(χ²₂ ≤ w).
pub(super) fn level_of_chi_squared_2(w: f64) -> f64 {
    -(-0.5 * w.max(0.0)).exp_m1()
}
