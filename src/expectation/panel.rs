//! The panels of an adaptive quadrature, ordered by how much is still wrong with them, and the integrand on them.

use super::Integrand;
use super::gauss_kronrod::Rule;
use super::line::Line;
use crate::error::Error;

/// One panel of the partition, as the heap sees it: the one with the largest excess is bisected next.
pub(super) struct Panel {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) rules: Vec<Rule>,
    pub(super) floors: Vec<f64>,
    pub(super) excess: f64,
}

impl PartialEq for Panel {
    fn eq(&self, other: &Self) -> bool {
        self.excess.total_cmp(&other.excess).is_eq()
    }
}

impl Eq for Panel {}

impl PartialOrd for Panel {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Panel {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.excess.total_cmp(&other.excess)
    }
}

/// Writes f dx/dt and f g dx/dt at t.
pub(super) fn evaluate(integrand: &mut dyn Integrand, line: Line, t: f64, values: &mut [f64]) -> Result<(), Error> {
    let (x, ln_slope) = line.at(t);
    let ln_f = integrand.evaluate(&[x], &mut values[1..]);
    if ln_f.is_nan() || ln_f == f64::INFINITY {
        return Err(Error::DensityNotFinite { at: vec![x], value: ln_f });
    }
    let weight = (ln_f + ln_slope).exp();
    values[0] = weight;
    if weight == 0.0 {
        values.fill(0.0);
        return Ok(());
    }
    for (component, value) in values[1..].iter_mut().enumerate() {
        if !value.is_finite() {
            return Err(Error::StatisticNotFinite { component, at: vec![x], value: *value });
        }
        *value *= weight;
    }
    Ok(())
}
