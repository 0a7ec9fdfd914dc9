//! Kullback–Leibler, Jeffreys, Hellinger, total variation and Jensen–Shannon.

use super::generators;
use super::pair::Pair;
use super::supports::outside;
use super::value::{Divergence, Infinite};
use crate::error::Error;
use crate::expectation::{Estimate, Provenance};
use crate::model::SampleSpace;

/// Below this a formula, a difference of terms of order one, has lost digits that an expectation keeps.
const CANCELLED: f64 = 0.01;

impl<'a, M: SampleSpace, N: SampleSpace<Observation = M::Observation>> Pair<'a, M, N> {
    /// The Kullback–Leibler divergence E_f\[ln f − ln g\], in nats: what is lost, an observation, by coding for g what comes from
    /// f; and the rate at which a test tells f from g, if f is true.
    ///
    /// The formula of the model is taken where it declares one. Near coincidence, where a formula is a small difference
    /// of large terms, the expectation is taken, which keeps its relative digits.
    ///
    /// ```
    /// use fisher_information::{distributions::Poisson, geometry::divergence::within};
    ///
    /// let pair = within(&Poisson, &[1.0], &[4.0])?;
    /// assert!((pair.kullback_leibler()?.value() - (3.0 - 4.0_f64.ln())).abs() < 1e-14);
    /// let close = within(&Poisson, &[1.0], &[1.0 + 1e-6])?.kullback_leibler()?.value();
    /// let series = 0.5e-12 * (1.0 - 2e-6 / 3.0);       // ½ δ² − ⅓ δ³
    /// assert!((close / series - 1.0).abs() < 1e-9);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// It is infinite where f has mass outside the support of g, and where the tail of g is too light for that of f.
    ///
    /// # Errors
    /// Those of the expectation and of the formula.
    pub fn kullback_leibler(&self) -> Result<Divergence, Error> {
        if let Some(at) = outside(&self.first.support, &self.second.support) {
            return Ok(Divergence::Infinite(Infinite::Support { at }));
        }
        let by_density = || self.sum(&generators::kullback_leibler);
        let Some(formula) = self.formula() else { return by_density() };
        let formula = formula?;
        if formula.value == f64::INFINITY {
            return Ok(Divergence::Infinite(Infinite::Formula));
        }
        if formula.value < CANCELLED
            && let Ok(Divergence::Finite { estimate, provenance }) = by_density()
            && !provenance.is_random()
        {
            return Ok(Divergence::Finite { estimate, provenance });
        }
        let error = formula.error.max(4.0 * f64::EPSILON * formula.value.max(CANCELLED));
        Ok(Divergence::finite(formula.value, error, Provenance::ClosedForm))
    }

    /// Jeffreys's divergence, KL(f ‖ g) + KL(g ‖ f) = ∫ (f − g) ln(f/g).
    ///
    /// ```
    /// use fisher_information::{distributions::Exponential, geometry::divergence::within};
    ///
    /// let jeffreys = within(&Exponential, &[1.0], &[4.0])?.jeffreys()?;
    /// assert!((jeffreys.value() - 2.25).abs() <= jeffreys.error());         // (λ − λ′)²/λλ′
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`kullback_leibler`](Self::kullback_leibler).
    pub fn jeffreys(&self) -> Result<Divergence, Error> {
        let (first, second) = (&self.first.support, &self.second.support);
        if let Some(at) = outside(first, second).or_else(|| outside(second, first)) {
            return Ok(Divergence::Infinite(Infinite::Support { at }));
        }
        if self.formula().is_some() {
            match [self.kullback_leibler()?, self.reversed().kullback_leibler()?] {
                [
                    Divergence::Finite { estimate: a, provenance: Provenance::ClosedForm },
                    Divergence::Finite { estimate: b, provenance: Provenance::ClosedForm },
                ] => return Ok(Divergence::finite(a.value + b.value, a.error + b.error, Provenance::ClosedForm)),
                [infinite @ Divergence::Infinite(_), _] | [_, infinite @ Divergence::Infinite(_)] => {
                    return Ok(infinite);
                }
                _ => {}
            }
        }
        self.sum(&generators::jeffreys)
    }

    /// The squared Hellinger distance H² = ½ ∫ (√f − √g)² = 1 − ∫ √(fg), between 0 and 1.
    ///
    /// # Errors
    /// Those of the expectation. It is always finite.
    pub fn squared_hellinger(&self) -> Result<Divergence, Error> {
        self.sum(&generators::squared_hellinger)
    }

    /// The Hellinger distance H, between 0 and 1; a metric on all distributions.
    ///
    /// ```
    /// use fisher_information::{distributions::Normal, geometry::divergence::within};
    ///
    /// let distance = within(&Normal, &[0.0, 1.0], &[2.0, 1.0])?.hellinger()?.value();
    /// assert!((distance - (1.0 - (-0.5_f64).exp()).sqrt()).abs() < 1e-12);       // H² = 1 − exp(−δ²/8)
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of the expectation. It is always finite.
    pub fn hellinger(&self) -> Result<Divergence, Error> {
        match self.squared_hellinger()? {
            Divergence::Finite { estimate: Estimate { value: 0.0, error }, provenance } => {
                Ok(Divergence::finite(0.0, error.sqrt(), provenance))
            }
            square => Ok(square.map(|square| (square.sqrt(), 0.5 / square.sqrt()))),
        }
    }

    /// The total variation distance ½ ∫ |f − g| = sup |P(A) − Q(A)|, between 0 and 1.
    ///
    /// Its integrand has a kink where f = g, where an integral over a line is cut. Over several coordinates it costs digits, and draws may do better.
    ///
    /// ```
    /// use fisher_information::{distributions::Laplace, geometry::divergence::within};
    ///
    /// let distance = within(&Laplace, &[0.0, 1.0], &[2.0, 1.0])?.total_variation()?.value();
    /// assert!((distance - (1.0 - (-1.0_f64).exp())).abs() < 1e-10);             // 1 − exp(−δ/2)
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of the expectation. It is always finite.
    pub fn total_variation(&self) -> Result<Divergence, Error> {
        self.sum_with_kink(&generators::total_variation)
    }

    /// The Jensen–Shannon divergence ½ KL(f ‖ m) + ½ KL(g ‖ m) with m = ½ (f + g), between 0 and ln 2: the information, in nats, that one
    /// observation has about which of the two it came from.
    ///
    /// # Errors
    /// Those of the expectation. It is always finite.
    pub fn jensen_shannon(&self) -> Result<Divergence, Error> {
        self.sum(&generators::jensen_shannon)
    }
}
