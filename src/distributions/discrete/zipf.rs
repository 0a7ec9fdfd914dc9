//! Zipf's distribution.

use crate::distributions::numerics::excess::exp_excess;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, ExponentialFamily, Fixed, KullbackLeibler, LogLikelihood,
    Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use std::num::NonZeroU32;
use std::ops::RangeInclusive;

/// Zipf distribution with a real exponent s, on the ranks 1, 2, …, n, where n is known: a power law with an end.
///
/// ```math
/// \begin{aligned}
/// f(x; s) &= \frac{x^{-s}}{Z}, \qquad Z = \sum_{k=1}^{n} k^{-s} \\
/// I(s) &= \frac{1}{Z} \sum_{k=1}^{n} k^{-s} (\ln k)^2 - \Bigl(\frac{1}{Z} \sum_{k=1}^{n} k^{-s} \ln k\Bigr)^2
/// \end{aligned}
/// ```
///
/// At s = 0 the distribution is uniform. Every evaluation takes the sum over all n ranks. Between integers the
/// log-likelihood is continued by the same formula; outside \[1, n\] it is −∞.
///
/// Source: Johnson, Kemp and Kotz, *Univariate Discrete Distributions*, 3rd ed. (2005), chapter 11.
#[derive(Clone, Copy, Debug)]
pub struct Zipf {
    ranks: NonZeroU32,
}

impl Zipf {
    /// The distribution on the ranks from 1 to `ranks`.
    #[must_use]
    pub fn new(ranks: NonZeroU32) -> Self {
        Self { ranks }
    }

    /// How many ranks there are.
    #[must_use]
    pub fn ranks(&self) -> NonZeroU32 {
        self.ranks
    }

    /// The rank m of the largest probability.
    fn mode(&self, exponent: f64) -> u32 {
        if exponent >= 0.0 { 1 } else { self.ranks.get() }
    }

    /// Σ (k/m)⁻ˢ g(ln(k/m)) over some ranks k, the smallest terms first.
    fn sum<D: Scalar>(&self, exponent: D, ranks: RangeInclusive<u32>, g: impl Fn(f64) -> D) -> D {
        let mode = self.mode(exponent.re());
        let term = |k: u32| {
            let distance = (f64::from(k) / f64::from(mode)).ln();
            (-exponent * distance).exp() * g(distance)
        };
        let add = |sum: D, k: u32| sum + term(k);
        let zero = D::from(0.0);
        if mode == 1 { ranks.rev().fold(zero, add) } else { ranks.fold(zero, add) }
    }

    /// ln Σ (k/m)⁻ˢ over some ranks k, also where that is close to 0.
    fn ln_sum<D: Scalar>(&self, exponent: D, ranks: RangeInclusive<u32>) -> D {
        if !ranks.contains(&self.mode(exponent.re())) {
            return self.sum(exponent, ranks, |_| D::from(1.0)).ln();
        }
        self.sum(exponent, ranks, |distance| D::from(if distance == 0.0 { 0.0 } else { 1.0 })).ln_1p()
    }

    /// All ranks.
    fn all(&self) -> RangeInclusive<u32> {
        1..=self.ranks.get()
    }

    /// E\[g(ln(X/m))\].
    fn expectation<D: Scalar>(&self, exponent: D, g: impl Fn(f64) -> D) -> D {
        self.sum(exponent, self.all(), g) / self.sum(exponent, self.all(), |_| D::from(1.0))
    }

    /// E\[ln(X/m)\].
    fn mean_distance<D: Scalar>(&self, exponent: D) -> D {
        self.expectation(exponent, D::from)
    }

    /// How many ranks are at most x, from 0 to n.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // which saturates, as it should
    fn ranks_to(&self, x: f64) -> u32 {
        (x as u32).min(self.ranks.get())
    }
}

impl LogLikelihood for Zipf {
    type Parameters = Fixed<1>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[exponent]: &[D; 1], &x: &D) -> D {
        if x < 1.0 || x > f64::from(self.ranks.get()) {
            return D::from(f64::NEG_INFINITY);
        }
        let mode = f64::from(self.mode(exponent.re()));
        -exponent * (x / mode).ln() - self.ln_sum(exponent, self.all())
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("exponent").symbol("s")]
    }
}

impl SampleSpace for Zipf {
    fn support(&self, _theta: &[f64; 1]) -> Support {
        Support::integers(1, i64::from(self.ranks.get()))
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().distribution_function().entropy().divergence()
    }
}

impl Sampler for Zipf {
    fn sample<R: rand::Rng + ?Sized>(&self, &[exponent]: &[f64; 1], rng: &mut R) -> f64 {
        match rand_distr::Zipf::new(f64::from(self.ranks.get()), exponent) {
            Ok(zipf) => rand_distr::Distribution::sample(&zipf, rng),
            // A negative exponent, or none.
            Err(_) => self.quantile(&[exponent], &[rand_distr::Distribution::sample(&rand_distr::Open01, rng)]),
        }
    }
}

impl Quantile for Zipf {
    fn quantile(&self, &[exponent]: &[f64; 1], u: &[f64]) -> f64 {
        let target = u[0] * self.sum(exponent, self.all(), |_| 1.0);
        if target.is_nan() {
            return f64::NAN;
        }
        let mut sum = 0.0;
        let reaches = |&k: &u32| {
            sum += self.sum(exponent, k..=k, |_| 1.0);
            sum >= target
        };
        f64::from(self.all().find(reaches).unwrap_or(self.ranks.get()))
    }
}

impl ClosedForm for Zipf {
    /// The variance of ln X.
    fn information<D: Scalar>(&self, &[exponent]: &[D; 1]) -> [[D; 1]; 1] {
        let mean = self.mean_distance(exponent);
        [[self.expectation(exponent, |distance| (-mean + distance).powi(2))]]
    }
}

impl DistributionFunction for Zipf {
    fn ln_cdf<D: Scalar>(&self, &[exponent]: &[D; 1], &x: &D) -> D {
        match self.ranks_to(x.re()) {
            0 => D::from(f64::NEG_INFINITY),
            rank => self.ln_sum(exponent, 1..=rank) - self.ln_sum(exponent, self.all()),
        }
    }

    fn ln_survival<D: Scalar>(&self, &[exponent]: &[D; 1], &x: &D) -> D {
        match self.ranks_to(x.re()) {
            rank if rank == self.ranks.get() => D::from(f64::NEG_INFINITY),
            rank => self.ln_sum(exponent, rank + 1..=self.ranks.get()) - self.ln_sum(exponent, self.all()),
        }
    }
}

impl Entropy for Zipf {
    fn entropy<D: Scalar>(&self, &[exponent]: &[D; 1]) -> D {
        exponent * self.mean_distance(exponent) + self.ln_sum(exponent, self.all())
    }
}

impl KullbackLeibler for Zipf {
    /// d m + ln E\[e^(−d ln X)\] = ln E\[e^(−d (ln X − m))\], where d is the difference of the exponents and m the mean
    /// of ln X.
    fn divergence<D: Scalar>(&self, &[exponent]: &[D; 1], &[other]: &[D; 1]) -> D {
        let step = other - exponent;
        let mean = self.mean_distance(exponent);
        if step.re().abs() * f64::from(self.ranks.get()).ln() < 1.0 {
            // eʸ − 1 − y, where the mean of y is 0
            let term = |distance: f64| exp_excess(step * (mean - distance));
            return self.expectation(exponent, term).ln_1p();
        }
        let [minus_mean] = self.mean_value(&[exponent]);
        -step * minus_mean + self.ln_partition(&[other]) - self.ln_partition(&[exponent])
    }
}

impl ExponentialFamily for Zipf {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 1] {
        [-x.ln()]
    }

    fn natural<D: Scalar>(&self, theta: &[D; 1]) -> [D; 1] {
        *theta
    }

    fn from_natural<D: Scalar>(&self, eta: &[D; 1]) -> [D; 1] {
        *eta
    }

    fn ln_partition<D: Scalar>(&self, &[exponent]: &[D; 1]) -> D {
        self.ln_sum(exponent, self.all()) - exponent * f64::from(self.mode(exponent.re())).ln()
    }

    fn mean_value<D: Scalar>(&self, &[exponent]: &[D; 1]) -> [D; 1] {
        [-self.mean_distance(exponent) - f64::from(self.mode(exponent.re())).ln()]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        self.parameters()
    }
}
