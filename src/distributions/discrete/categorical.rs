//! The categorical distribution.

use crate::distributions::numerics::deviance::deviance;
use crate::distributions::numerics::fisher_rao::probabilities;
use crate::distributions::numerics::sample::Sample;
use crate::error::Error;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, ExponentialFamily, FisherRao, Fixed, KullbackLeibler,
    LogLikelihood, Observations, Parameter, Quantile, SampleSpace, Sampler, Support, symbol,
};
use crate::scalar::{Scalar, log_sum_exp};

/// Categorical distribution on 0, 1, …, P with the probabilities p₁, …, p_P in (0, 1) of the first P categories. That
/// of the last, 1 − p₁ − … − p_P, is positive too. For P = 2 that is
///
/// ```math
/// f(x; p_1, p_2) = p_1^{(1-x)(2-x)/2}\, p_2^{x(2-x)}\, p_3^{x(x-1)/2}, \qquad p_3 = 1 - p_1 - p_2,
/// \qquad
/// I(p_1, p_2) = \begin{pmatrix}
///     \frac{1}{p_1} + \frac{1}{p_3} & \frac{1}{p_3} \\
///     \frac{1}{p_3} & \frac{1}{p_2} + \frac{1}{p_3}
/// \end{pmatrix}
/// ```
///
/// and in general 1/p_{P+1} in every entry, with 1/pᵢ added on the diagonal.
///
/// The log-likelihood is −∞ anywhere but at the numbers of the categories.
///
/// ```
/// use fisher_information::{distributions::Categorical, model::ClosedForm};
///
/// let three = Categorical::<2>;
/// assert_eq!(three.information(&[0.25, 0.5]), [[8.0, 4.0], [4.0, 6.0]]);
/// ```
///
/// Source: Lehmann and Casella, *Theory of Point Estimation*, 2nd ed. (1998), section 1.5 (the multinomial with one
/// trial).
#[derive(Clone, Copy, Debug)]
pub struct Categorical<const P: usize>;

/// The probability of the last category.
#[inline]
pub(super) fn rest<D: Scalar, const P: usize>(probabilities: &[D; P]) -> D {
    -sum(probabilities) + 1.0
}

#[inline]
fn sum<D: Scalar>(numbers: &[D]) -> D {
    numbers.iter().fold(D::from(0.0), |sum, &number| sum + number)
}

/// What the probabilities of the categories but the last are called.
pub(super) fn parameters(count: usize) -> Vec<Parameter> {
    symbol::numbered("p", (1..=count).map(|i| Parameter::probability(format!("probability {i}"))))
}

/// Whether there is something left for the last category.
///
/// # Errors
/// [`Error::ParametersOutsideDomain`] if there is not.
pub(super) fn check<const P: usize>(probabilities: &[f64; P]) -> Result<(), Error> {
    if rest(probabilities) > 0.0 {
        return Ok(());
    }
    Err(Error::ParametersOutsideDomain {
        names: parameters(P).into_iter().map(|parameter| parameter.name.into_owned()).collect(),
        values: probabilities.to_vec(),
        condition: "they do not sum to less than 1".into(),
    })
}

impl<const P: usize> Categorical<P> {
    /// The category below which an observation lies, or P + 1.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // which saturates, as it should
    fn categories_to(x: f64) -> usize {
        ((x.floor() + 1.0) as usize).min(P + 1)
    }
}

impl<const P: usize> LogLikelihood for Categorical<P> {
    type Parameters = Fixed<P>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, probabilities: &[D; P], &x: &D) -> D {
        let category = x.re();
        if category < 0.0 || category.fract() != 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        match Self::categories_to(category) - 1 {
            index if index < P => probabilities[index].ln(),
            _ if category > P as f64 => D::from(f64::NEG_INFINITY),
            _ => (-sum(probabilities)).ln_1p(),
        }
    }

    fn parameters(&self) -> Vec<Parameter> {
        parameters(P)
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; P]> {
        // Half a count more to each category: none is impossible.
        let indicator = |i: usize| Sample::seen(data, move |x| f64::from(u8::from(x == i as f64)));
        let all = data.count() as f64 + 0.5 * (P + 1) as f64;
        let mut shares = [0.0; P];
        for (i, share) in shares.iter_mut().enumerate() {
            *share = (indicator(i)?.mean() * data.count() as f64 + 0.5) / all;
        }
        Some(shares)
    }

    fn check(&self, probabilities: &[f64; P]) -> Result<(), Error> {
        check(probabilities)
    }
}

impl<const P: usize> SampleSpace for Categorical<P> {
    fn support(&self, _theta: &[f64; P]) -> Support {
        Support::points((0..=P).map(|category| category as f64).collect::<Vec<_>>())
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none()
            .closed_form()
            .sampler()
            .quantile()
            .distribution_function()
            .entropy()
            .divergence()
            .fisher_rao()
    }
}

impl<const P: usize> Sampler for Categorical<P> {
    fn sample<R: rand::Rng + ?Sized>(&self, probabilities: &[f64; P], rng: &mut R) -> f64 {
        self.quantile(probabilities, &[rand_distr::Distribution::sample(&rand_distr::Open01, rng)])
    }
}

impl<const P: usize> Quantile for Categorical<P> {
    fn quantile(&self, probabilities: &[f64; P], u: &[f64]) -> f64 {
        if !(0.0..=1.0).contains(&rest(probabilities)) {
            return f64::NAN;
        }
        let mut sum = 0.0;
        let reaches = |&probability: &f64| {
            sum += probability;
            sum >= u[0]
        };
        probabilities.iter().position(reaches).unwrap_or(P) as f64
    }
}

impl<const P: usize> ClosedForm for Categorical<P> {
    fn information<D: Scalar>(&self, probabilities: &[D; P]) -> [[D; P]; P] {
        let last = rest(probabilities).recip();
        std::array::from_fn(|i| std::array::from_fn(|j| if i == j { probabilities[i].recip() + last } else { last }))
    }
}

impl<const P: usize> DistributionFunction for Categorical<P> {
    fn ln_cdf<D: Scalar>(&self, probabilities: &[D; P], &x: &D) -> D {
        match Self::categories_to(x.re()) {
            0 => D::from(f64::NEG_INFINITY),
            count if count > P => D::from(0.0),
            count => sum(&probabilities[..count]).ln(),
        }
    }

    fn ln_survival<D: Scalar>(&self, probabilities: &[D; P], &x: &D) -> D {
        match Self::categories_to(x.re()) {
            0 => D::from(0.0),
            count if count > P => D::from(f64::NEG_INFINITY),
            count => (-sum(&probabilities[..count])).ln_1p(),
        }
    }
}

impl<const P: usize> Entropy for Categorical<P> {
    fn entropy<D: Scalar>(&self, probabilities: &[D; P]) -> D {
        let term = |entropy: D, &p: &D| entropy - p * p.ln();
        probabilities.iter().fold(-rest(probabilities) * (-sum(probabilities)).ln_1p(), term)
    }
}

impl<const P: usize> KullbackLeibler for Categorical<P> {
    fn divergence<D: Scalar>(&self, probabilities: &[D; P], others: &[D; P]) -> D {
        let term = |divergence: D, (&p, &other): (&D, &D)| divergence + deviance(other, p);
        probabilities.iter().zip(others).fold(deviance(rest(others), rest(probabilities)), term)
    }
}

/// An arc of a sphere of radius 2: 2 arccos Σ √(pᵢpᵢ′).
impl<const P: usize> FisherRao for Categorical<P> {
    fn distance<D: Scalar>(&self, some: &[D; P], others: &[D; P], free: &[bool]) -> Option<D> {
        free.iter().all(|&free| free).then(|| probabilities(some, others))
    }
}

impl<const P: usize> ExponentialFamily for Categorical<P> {
    /// Which category it is.
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; P] {
        std::array::from_fn(|i| D::from(if x.re() == i as f64 { 1.0 } else { 0.0 }))
    }

    fn natural<D: Scalar>(&self, probabilities: &[D; P]) -> [D; P] {
        let last = (-sum(probabilities)).ln_1p();
        probabilities.map(|probability| probability.ln() - last)
    }

    fn from_natural<D: Scalar>(&self, logits: &[D; P]) -> [D; P] {
        let ln_sum = self.ln_partition(logits);
        logits.map(|logit| (logit - ln_sum).exp())
    }

    fn ln_partition<D: Scalar>(&self, logits: &[D; P]) -> D {
        let all: Vec<D> = logits.iter().copied().chain([D::from(0.0)]).collect();
        log_sum_exp(&all)
    }

    fn mean_value<D: Scalar>(&self, probabilities: &[D; P]) -> [D; P] {
        *probabilities
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        symbol::numbered("η", (1..=P).map(|i| Parameter::real(format!("ln p{i} − ln p{}", P + 1))))
    }
}
