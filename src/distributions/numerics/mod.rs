//! What the families have in common, one idea a file: differences of functions without cancellation, tails and quantiles
//! beyond the range of `f64`, series and constants.

pub(super) mod cloglog;
pub(super) mod constants;
pub(super) mod deviance;
pub(super) mod excess;
pub(super) mod extremes;
pub(super) mod gamma_power;
pub(super) mod incomplete_beta;
pub(super) mod inversion;
pub(super) mod ln_cosh;
pub(super) mod ln_gamma_divergence;
pub(super) mod ln_gamma_terms;
pub(super) mod ln_ratio;
pub(super) mod polygamma_quotient;
pub(super) mod quotients;
pub(super) mod ratio;
pub(super) mod tangent;
pub(super) mod tangents;
pub(super) mod trigamma;
