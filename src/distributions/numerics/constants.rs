//! Numbers that several families need.

use crate::model::Domain;

/// ½ ln 2π
pub(crate) const LN_SQRT_TAU: f64 = 0.918_938_533_204_672_8;

/// γ, Euler's constant
pub(crate) const EULER_GAMMA: f64 = 0.577_215_664_901_532_9;

/// Where the natural parameters of a positive variable often lie.
pub(crate) const NEGATIVE: Domain = Domain { lower: f64::NEG_INFINITY, upper: 0.0 };
