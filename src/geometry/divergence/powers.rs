//! Divergences that are functions of ∫ f^α g^(1−α): Bhattacharyya, Rényi and Amari.

use super::generators;
use super::geometric::{self, Power};
use super::pair::{Pair, can_be_drawn};
use super::supports::outside;
use super::value::{Divergence, Infinite};
use crate::error::Error;
use crate::expectation::Method;
use crate::model::{Datum, Parameter, SampleSpace};

/// Above this, 1 − ∫ f^α g^(1−α) has lost digits of the integral.
const HALF: f64 = 0.5;

impl<'a, M: SampleSpace, N: SampleSpace<Observation = M::Observation>> Pair<'a, M, N> {
    /// The Bhattacharyya coefficient ∫ √(fg) = 1 − H², between 0 and 1.
    ///
    /// # Errors
    /// Those of the expectation. It is always finite.
    pub fn bhattacharyya_coefficient(&self) -> Result<Divergence, Error> {
        let square = self.squared_hellinger()?;
        if square.value() <= HALF {
            return Ok(square.map(|square| (1.0 - square, 1.0)));
        }
        Ok(match self.ln_power_integral(0.5)? {
            Divergence::Infinite(_) => square.map(|_| (0.0, 0.0)),
            found => found.map(|ln| (ln.exp(), ln.exp())),
        })
    }

    /// The Bhattacharyya distance −ln ∫ √(fg): the error probability of the best test between f and g with equal prior probabilities is
    /// below ½ exp(−n B) with n observations.
    ///
    /// It is infinite if f and g have no observation in common.
    ///
    /// ```
    /// use fisher_information::{distributions::Poisson, geometry::divergence::within};
    ///
    /// let distance = within(&Poisson, &[4.0], &[900.0])?.bhattacharyya()?;
    /// assert!((distance.value() - 392.0).abs() <= distance.error());         // ½ (√λ − √λ′)²
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of the expectation.
    pub fn bhattacharyya(&self) -> Result<Divergence, Error> {
        // Half the Rényi divergence of order ½.
        Ok(self.renyi(0.5)?.times(0.5))
    }

    /// Rényi's divergence of order α > 0, α ≠ 1, ln ∫ f^α g^(1−α) / (α − 1); for α = 1 its limit, Kullback–Leibler.
    ///
    /// It rises with α. It is finite for α < 1 unless f and g have no observation in common; for α > 1 it may be infinite even
    /// where the Kullback–Leibler divergence is not.
    ///
    /// ```
    /// use fisher_information::{distributions::Normal, geometry::divergence::within};
    ///
    /// let pair = within(&Normal, &[0.0, 1.0], &[3.0, 1.0])?;
    /// assert!((pair.renyi(2.0)?.value() - 9.0).abs() < 1e-10);                  // ½ α δ²/σ²
    /// let narrower = within(&Normal, &[0.0, 1.0], &[0.0, 0.5])?;
    /// assert!((narrower.renyi(1.25)?.value() - 8.0_f64.ln()).abs() < 1e-10);
    /// assert!(narrower.renyi(1.34)?.is_infinite());                             // from 4/3 on
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::ParameterOutsideDomain`] for an order that is not a positive number; those of the expectation.
    pub fn renyi(&self, order: f64) -> Result<Divergence, Error> {
        Parameter::positive("order").check(order)?;
        if order == 1.0 {
            return self.kullback_leibler();
        }
        if order > 1.0 {
            let excess = self.excess(order)?;
            return Ok(excess.logarithm().times(1.0 / (order - 1.0)));
        }
        let shortfall = self.sum(&|w| generators::power(order, w))?;
        let ln_integral = if shortfall.value() <= HALF {
            shortfall.map(|shortfall| (-(-shortfall).ln_1p(), 1.0 / (1.0 - shortfall)))
        } else {
            self.ln_power_integral(order)?.map(|ln| (-ln, 1.0))
        };
        Ok(ln_integral.times(1.0 / (1.0 - order)))
    }

    /// Amari's α-divergence,
    ///
    /// ```math
    /// D^{(\alpha)} = \frac{4}{1-\alpha^2} \Bigl(1 - \int f^{(1-\alpha)/2}\, g^{(1+\alpha)/2}\Bigr),
    /// \qquad D^{(-1)} = \mathrm{KL}(f \,\|\, g), \quad D^{(1)} = \mathrm{KL}(g \,\|\, f) .
    /// ```
    ///
    /// D⁽⁰⁾ is 4 H², and D⁽ᵅ⁾ belongs to the α-connection as Kullback–Leibler does to the exponential one.
    ///
    /// Source: Amari and Nagaoka, *Methods of Information Geometry* (2000), section 3.2.
    ///
    /// ```
    /// use fisher_information::{distributions::Exponential, geometry::divergence::within};
    ///
    /// let pair = within(&Exponential, &[1.0], &[4.0])?;
    /// assert!((pair.amari(0.0)?.value() - 0.8).abs() < 1e-12);                  // 4 (1 − √(λλ′)/((λ + λ′)/2))
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::ParameterOutsideDomain`] for an α that is not a finite number; [`Error::FormulaNotFinite`] if the divergence is
    /// finite but too large for a number; those of the expectation.
    pub fn amari(&self, alpha: f64) -> Result<Divergence, Error> {
        Parameter::real("alpha").check(alpha)?;
        if alpha > 0.0 {
            return self.reversed().amari(-alpha);
        }
        if alpha == -1.0 {
            return self.kullback_leibler();
        }
        let order = 0.5 * (1.0 - alpha);
        let factor = 1.0 / (order * (1.0 - order)).abs();
        if order < 1.0 {
            return Ok(self.sum(&|w| generators::power(order, w))?.times(factor));
        }
        let amari = self.excess(order)?.number().times(factor);
        match amari.value() {
            value if value == f64::INFINITY && !amari.is_infinite() => {
                Err(Error::FormulaNotFinite { quantity: "the divergence", value })
            }
            _ => Ok(amari),
        }
    }

    /// ln ∫ f^α g^(1−α); infinite, with the reason, where that is −∞ or ∞.
    pub(super) fn ln_power_integral(&self, order: f64) -> Result<Divergence, Error> {
        if !matches!(self.method, Method::MonteCarlo | Method::QuasiMonteCarlo) {
            match self.power(order, 0) {
                Ok(Ok(power)) => {
                    return Ok(Divergence::Finite { estimate: power.ln_integral, provenance: power.provenance });
                }
                Ok(Err(why)) => return Ok(Divergence::Infinite(why)),
                // For α > 1 nothing bounds what an average over f and g might miss: it is for where there is no other way.
                Err(Error::Unsupported { .. }) if self.method == Method::Automatic => {}
                Err(refusal) if self.method == Method::Automatic && order < 1.0 && can_be_drawn(&refusal) => {}
                Err(refusal) => return Err(refusal),
            }
        }
        let integral = self.sum(&|w| generators::geometric(order, w))?;
        if integral.value() == 0.0 {
            // No draw of either could have come from the other.
            return Ok(Divergence::Infinite(Infinite::Disjoint));
        }
        Ok(integral.map(|integral| (integral.ln(), 1.0 / integral)))
    }

    /// ln ∫ f^α g^(1−α) with moments of w = ln g − ln f under the normalised integrand.
    pub(super) fn power(&self, order: f64, moments: usize) -> Result<Result<Power, Infinite>, Error> {
        let ln_ratio = |x: &Datum<M, f64>| self.ln_ratio(x);
        geometric::power(&self.first, &self.second.support, &ln_ratio, order, moments, &self.settings)
    }

    /// ∫ f^α g^(1−α) − 1 for α > 1.
    fn excess(&self, order: f64) -> Result<Excess, Error> {
        if let Some(at) = outside(&self.first.support, &self.second.support) {
            return Ok(Excess::Logarithm(Divergence::Infinite(Infinite::Support { at })));
        }
        let ln_integral = self.ln_power_integral(order)?;
        if ln_integral.value().abs() < HALF
            && let Ok(excess @ Divergence::Finite { .. }) = self.sum(&|w| generators::power(order, w))
        {
            return Ok(Excess::Number(excess));
        }
        Ok(Excess::Logarithm(ln_integral))
    }
}

/// E = ∫ f^α g^(1−α) − 1, itself where it is small and as ln(1 + E) where it is not.
enum Excess {
    Number(Divergence),
    Logarithm(Divergence),
}

impl Excess {
    fn logarithm(self) -> Divergence {
        match self {
            Self::Number(excess) => excess.map(|excess| (excess.ln_1p(), 1.0 / (1.0 + excess))),
            Self::Logarithm(logarithm) => logarithm,
        }
    }

    fn number(self) -> Divergence {
        match self {
            Self::Number(excess) => excess,
            Self::Logarithm(logarithm) => logarithm.map(|logarithm| (logarithm.exp_m1(), logarithm.exp())),
        }
    }
}
