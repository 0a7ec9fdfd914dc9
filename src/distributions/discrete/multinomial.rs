//! The multinomial distribution.

use super::Poisson;
use super::categorical::{Categorical, check, parameters, rest};
use crate::distributions::numerics::fisher_rao::probabilities;
use crate::distributions::numerics::sample;
use crate::error::Error;
use crate::model::{
    Capabilities, ClosedForm, ExponentialFamily, FisherRao, Fixed, KullbackLeibler, LogLikelihood, Observations,
    Parameter, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use std::num::NonZeroU32;

/// Multinomial distribution with the probabilities p₁, …, p_P in (0, 1) of the first P of P + 1 categories: how many of
/// n independent trials fall into each, where n is known. The probability of the last, 1 − p₁ − … − p_P, is positive
/// too. For P = 2 that is
///
/// ```math
/// f(x, y, z; p_1, p_2) = \frac{n!}{x!\, y!\, z!}\, p_1^x p_2^y p_3^z, \qquad p_3 = 1 - p_1 - p_2,
/// \qquad
/// I(p_1, p_2) = \begin{pmatrix}
///     \frac{n}{p_1} + \frac{n}{p_3} & \frac{n}{p_3} \\
///     \frac{n}{p_3} & \frac{n}{p_2} + \frac{n}{p_3}
/// \end{pmatrix}
/// ```
///
/// and in general n/p_{P+1} in every entry, with n/pᵢ added on the diagonal.
///
/// An observation is a row of all P + 1 counts. The log-likelihood of anything else is −∞.
///
/// ```
/// use fisher_information::{distributions::Multinomial, model::LogLikelihood};
/// use std::num::NonZeroU32;
///
/// let three = Multinomial::<2>::new(NonZeroU32::new(4).ok_or("no trials")?);
/// let probability = three.ln_likelihood(&[0.25, 0.5], &[1.0, 2.0, 1.0]).exp();
/// assert!((probability - 12.0 * 0.25 * 0.25 * 0.25).abs() < 1e-15);
/// # Ok::<(), &str>(())
/// ```
///
/// Source: Lehmann and Casella, *Theory of Point Estimation*, 2nd ed. (1998), section 1.5.
#[derive(Clone, Copy, Debug)]
pub struct Multinomial<const P: usize> {
    trials: NonZeroU32,
}

impl<const P: usize> Multinomial<P> {
    /// The counts in the given number of trials.
    #[must_use]
    pub fn new(trials: NonZeroU32) -> Self {
        Self { trials }
    }

    /// How many trials there are.
    #[must_use]
    pub fn trials(&self) -> NonZeroU32 {
        self.trials
    }

    /// n as a real number.
    #[inline]
    fn n(&self) -> f64 {
        f64::from(self.trials.get())
    }

    /// Whether this is a row of P + 1 counts that sum to n.
    fn supports<D: Scalar>(&self, counts: &[D]) -> bool {
        counts.len() == P + 1
            && counts.iter().all(|count| count.re() >= 0.0 && count.re().fract() == 0.0)
            && counts.iter().map(|count| count.re()).sum::<f64>() == self.n()
    }
}

impl<const P: usize> LogLikelihood for Multinomial<P> {
    type Parameters = Fixed<P>;
    type Observation = [f64];

    /// Of independent Poisson counts given that their sum is n, which keeps large terms small.
    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, probabilities: &[D; P], counts: &[D]) -> D {
        if !self.supports(counts) {
            return D::from(f64::NEG_INFINITY);
        }
        let n = self.n();
        let last = rest(probabilities);
        let all = probabilities.iter().chain([&last]).zip(counts);
        let given = -Poisson.ln_likelihood(&[n], &n);
        all.fold(D::from(given), |sum, (&probability, count)| sum + Poisson.ln_likelihood(&[probability * n], count))
    }

    fn parameters(&self) -> Vec<Parameter> {
        parameters(P)
    }

    fn starting_values(&self, data: &dyn Observations<[f64]>) -> Option<[f64; P]> {
        let (means, _) = sample::moments(data)?;
        // Half a count more to each category: none is impossible.
        let all = self.n() + 0.5 * means.len() as f64;
        (means.len() == P + 1).then(|| std::array::from_fn(|i| (means[i] + 0.5) / all))
    }

    fn check(&self, probabilities: &[f64; P]) -> Result<(), Error> {
        check(probabilities)
    }
}

impl<const P: usize> SampleSpace for Multinomial<P> {
    fn support(&self, _theta: &[f64; P]) -> Support {
        Support::compositions(P + 1, self.trials.get())
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().divergence().fisher_rao()
    }
}

impl<const P: usize> Sampler for Multinomial<P> {
    /// Category by category, each binomial among the trials that are left.
    #[allow(clippy::cast_precision_loss)] // at most n < 2³²
    fn sample<R: rand::Rng + ?Sized>(&self, probabilities: &[f64; P], rng: &mut R) -> Vec<f64> {
        let (mut trials, mut remaining) = (u64::from(self.trials.get()), 1.0);
        let mut counts = Vec::with_capacity(P + 1);
        for &probability in probabilities {
            // Fails only outside the domain of the parameters, where there is nothing to draw, unless the last
            // probability is lost in rounding.
            let Ok(binomial) = rand_distr::Binomial::new(trials, probability / remaining) else {
                return vec![f64::NAN; P + 1];
            };
            let count = rand_distr::Distribution::sample(&binomial, rng);
            counts.push(count as f64);
            trials -= count;
            remaining -= probability;
        }
        counts.push(trials as f64);
        counts
    }
}

impl<const P: usize> ClosedForm for Multinomial<P> {
    fn information<D: Scalar>(&self, probabilities: &[D; P]) -> [[D; P]; P] {
        Categorical::<P>.information(probabilities).map(|row| row.map(|entry| entry * self.n()))
    }
}

impl<const P: usize> KullbackLeibler for Multinomial<P> {
    fn divergence<D: Scalar>(&self, probabilities: &[D; P], others: &[D; P]) -> D {
        Categorical::<P>.divergence(probabilities, others) * self.n()
    }
}

/// √n times that of the categorical distribution.
impl<const P: usize> FisherRao for Multinomial<P> {
    fn distance<D: Scalar>(&self, some: &[D; P], others: &[D; P], free: &[bool]) -> Option<D> {
        free.iter().all(|&free| free).then(|| probabilities(some, others) * self.n().sqrt())
    }
}

impl<const P: usize> ExponentialFamily for Multinomial<P> {
    fn sufficient_statistic<D: Scalar>(&self, counts: &[D]) -> [D; P] {
        std::array::from_fn(|i| counts[i])
    }

    fn natural<D: Scalar>(&self, probabilities: &[D; P]) -> [D; P] {
        Categorical::<P>.natural(probabilities)
    }

    fn from_natural<D: Scalar>(&self, logits: &[D; P]) -> [D; P] {
        Categorical::<P>.from_natural(logits)
    }

    fn ln_partition<D: Scalar>(&self, logits: &[D; P]) -> D {
        Categorical::<P>.ln_partition(logits) * self.n()
    }

    fn mean_value<D: Scalar>(&self, probabilities: &[D; P]) -> [D; P] {
        probabilities.map(|probability| probability * self.n())
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        Categorical::<P>.natural_parameters()
    }
}
