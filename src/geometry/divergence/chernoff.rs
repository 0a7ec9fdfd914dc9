//! Chernoff information.

use super::pair::Pair;
use super::value::{Divergence, Infinite};
use crate::error::Error;
use crate::expectation::Method;
use crate::model::SampleSpace;

/// A step in α so small changes the value, which is level there, by a part in 10¹⁵.
const SETTLED: f64 = 1e-8;

/// More halvings than [0, 1] has numbers.
const STEPS: usize = 60;

impl<'a, M: SampleSpace, N: SampleSpace<Observation = M::Observation>> Pair<'a, M, N> {
    /// Chernoff's information max −ln ∫ f^α g^(1−α) over 0 < α < 1: the error probability of the best test between f and g falls like
    /// exp(−n C) with the number n of observations, whatever the prior probabilities.
    ///
    /// The logarithm of the integral is convex in α, with the mean of −w, w = ln g − ln f, under the normalised f^α g^(1−α) for its slope
    /// and the variance of w for its curvature, so Newton's method finds the maximum.
    ///
    /// ```
    /// use fisher_information::{distributions::Normal, geometry::divergence::within};
    ///
    /// let chernoff = within(&Normal, &[0.0, 1.0], &[2.0, 1.0])?.chernoff()?;
    /// assert!((chernoff.value() - 0.5).abs() <= chernoff.error());              // δ²/8σ²
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// Source: H. Chernoff, *Ann. Math. Statist.* 23 (1952), 493–507.
    ///
    /// # Errors
    /// [`Error::Unsupported`] if the expectations can only be drawn, or are asked for by draws; those of the expectation.
    pub fn chernoff(&self) -> Result<Divergence, Error> {
        if matches!(self.method, Method::MonteCarlo | Method::QuasiMonteCarlo) {
            return Err(Error::Unsupported { method: "Chernoff information", needs: "sums or integrals" });
        }
        let (mut low, mut high, mut order) = (0.0, 1.0, 0.5);
        let mut short_of_maximum = 0.0;
        for _ in 0..STEPS {
            let power = match self.power(order, 2)? {
                Ok(power) => power,
                Err(why @ Infinite::Disjoint) => return Ok(Divergence::Infinite(why)),
                // With 0 < α < 1 the integral is below 1.
                Err(_) => {
                    return Err(Error::FormulaNotFinite { quantity: "∫ f^α g^(1−α)", value: f64::INFINITY });
                }
            };
            let (mean, square) = (power.moments[0], power.moments[1]);
            let variance = square - mean * mean;
            if variance.is_nan() || variance <= 0.0 {
                break;
            }
            // The slope of the logarithm at α is −mean: where it is negative, the minimum lies above.
            if mean > 0.0 {
                low = order
            } else {
                high = order
            }
            let newton = order + mean / variance;
            short_of_maximum = 0.5 * mean * mean / variance;
            if (newton - order).abs() <= SETTLED {
                break;
            }
            order = if low < newton && newton < high { newton } else { 0.5 * (low + high) };
        }
        // (1 − α) times Rényi's divergence is −ln ∫ f^α g^(1−α).
        let chernoff = self.renyi(order)?.times(1.0 - order);
        Ok(match chernoff {
            Divergence::Finite { estimate, provenance } => {
                Divergence::finite(estimate.value, estimate.error + short_of_maximum, provenance)
            }
            infinite @ Divergence::Infinite(_) => infinite,
        })
    }
}
