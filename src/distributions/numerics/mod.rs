//! Numerical helpers, one idea a file: distances of convex functions from their tangents and other differences without
//! cancellation, quotients and logarithms near a singular point, tails and quantiles of gamma and beta variables.

pub(super) mod bessel;
pub(crate) mod cloglog;
pub(crate) mod constants;
pub(crate) mod deviance;
pub(crate) mod excess;
pub(super) mod extremes;
pub(super) mod fisher_rao;
pub(super) mod gamma_power;
pub(super) mod gauss_legendre;
pub(super) mod incomplete_beta;
pub(super) mod inversion;
pub(super) mod ln_cosh;
pub(super) mod ln_gamma_tangent;
pub(super) mod ln_ratio;
pub(super) mod polygamma_quotient;
pub(super) mod quotients;
pub(crate) mod sample;
