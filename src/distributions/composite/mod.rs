//! Models made of other models.
//!
//! | model | what it does to another |
//! |---|---|
//! | [`Mixture`] | pools several of one family |
//! | [`Truncated`] | sees only what lies between two bounds |
//! | [`Censored`] | sees what lies beyond a limit as the limit |
//! | [`IntervalCensored`] | sees each observation between two bounds of its own |
//! | [`Grouped`] | sees only the class that an observation falls into |
//! | [`ZeroInflated`] | puts an extra probability on zero |
//! | [`LocationScale`] | adds a location and a scale |

mod censored;
mod grouped;
mod interval_censored;
mod location_scale;
mod mixture;
mod supports;
mod truncated;
mod zero_inflated;

pub use censored::Censored;
pub use grouped::Grouped;
pub use interval_censored::IntervalCensored;
pub use location_scale::LocationScale;
pub use mixture::Mixture;
pub use truncated::Truncated;
pub use zero_inflated::ZeroInflated;

use super::{Binomial, Exponential, Gamma, Normal, Poisson, Visitor};
use crate::error::Error;
use crate::model::{
    Capabilities, DistributionFunction, Fixed, LogLikelihood, ParameterSpace, SampleSpace, Sampler, Support, Theta,
};
use crate::scalar::{Scalar, is_nan};
use std::f64::consts::{FRAC_2_PI, FRAC_PI_2};
use std::num::NonZeroU32;

/// ln P(lower < X ≤ upper), where either bound may be infinite.
#[inline(always)]
fn ln_between<M, D>(model: &M, theta: &Theta<M, D>, lower: D, upper: D) -> D
where
    M: DistributionFunction<Observation = f64>,
    D: Scalar,
{
    match (lower > f64::NEG_INFINITY, upper < f64::INFINITY) {
        (false, false) => D::from(0.0),
        (false, true) => model.ln_cdf(theta, &upper),
        (true, false) => model.ln_survival(theta, &lower),
        (true, true) => model.ln_probability(theta, &lower, &upper),
    }
}

/// ln Σ wₖ exp(lₖ), given wₖ and lₖ, for weights that sum to 1.
///
/// The sum is formed with the weights themselves: with their logarithms the second derivative with respect to a small weight would
/// be a small difference of terms like 1/w². A weight of ½ or more that leads is not used: the others say what it is, without
/// rounding a sum close to 1.
#[inline(always)]
fn ln_weighted_sum<D: Scalar>(terms: &[(D, D)]) -> D {
    let mut largest = D::from(f64::NEG_INFINITY);
    let mut leading = 0;
    for (k, &(weight, term)) in terms.iter().enumerate() {
        let value = weight.ln() + term;
        if is_nan(value) {
            return D::from(f64::NAN);
        }
        if value > largest {
            (largest, leading) = (value, k);
        }
    }
    for infinity in [f64::NEG_INFINITY, f64::INFINITY] {
        if largest == infinity {
            return D::from(infinity);
        }
    }
    let (heaviest, highest) = terms[leading];
    let others = terms.iter().enumerate().filter(|(k, _)| *k != leading).map(|(_, &other)| other);
    if heaviest >= 0.5 {
        let excess = others.fold(D::from(0.0), |sum, (weight, term)| {
            if term > f64::NEG_INFINITY { sum + weight * (term - highest).exp_m1() } else { sum - weight }
        });
        return highest + excess.ln_1p();
    }
    let others = others.filter(|&(_, term)| term > f64::NEG_INFINITY);
    highest + others.fold(heaviest, |sum, (weight, term)| sum + weight * (term - highest).exp()).ln()
}

/// Two bounds with something between them.
fn checked_bounds(lower: f64, upper: f64) -> Result<(), Error> {
    if lower < upper { Ok(()) } else { Err(Error::EmptySupport { lower, upper }) }
}

/// The parameters of a space that begin a slice.
#[inline(always)]
fn leading<S: ParameterSpace, D: Scalar>(theta: &[D]) -> S::Owned<D> {
    S::build(theta.len(), |i| theta[i])
}

/// θ without the derivatives it carries.
fn real_part<S: ParameterSpace, D: Scalar>(theta: &S::Of<D>) -> S::Owned<f64> {
    let theta = theta.as_ref();
    S::build(theta.len(), |i| theta[i].re())
}

/// Shows examples of each to a visitor.
pub(super) fn visit(visitor: &mut impl Visitor) {
    let two_normals = Mixture::of(vec![Normal, Normal]);
    let points: [&[f64]; 3] =
        [&[0.25, 0.0, 1.0, 3.0, 2.0], &[0.5, -1.0, 0.5, 1.0, 0.5], &[0.0625, 0.0, 1.0, 50.0, 0.125]];
    visitor.visit("mixture of two normals", &two_normals, &points);
    let points: [&[f64]; 3] = [&[0.5, 1.0, 8.0], &[0.125, 0.25, 3.0], &[0.875, 0.5, 400.0]];
    visitor.visit("mixture of two Poissons", &Mixture::of(vec![Poisson, Poisson]), &points);

    let points: [&[f64]; 3] = [&[0.0, 1.0], &[2.0, 0.5], &[-4.0, 2.0]];
    visitor.visit("truncated normal", &Truncated { model: Normal, lower: -1.0, upper: 3.0 }, &points);
    let positive = Truncated { model: Poisson, lower: 0.0, upper: f64::INFINITY };
    visitor.visit("zero-truncated Poisson", &positive, &[&[1.0], &[4.5], &[0.0625]]);

    let points: [&[f64]; 3] = [&[0.0, 1.0], &[2.0, 0.5], &[-2.0, 1.0]];
    visitor.visit("censored normal", &Censored { model: Normal, lower: 0.0, upper: 3.0 }, &points);
    let until_two = Censored { model: Exponential, lower: f64::NEG_INFINITY, upper: 2.0 };
    visitor.visit("censored exponential", &until_two, &[&[1.0], &[4.5], &[0.0009765625]]);
    let up_to_six = Censored { model: Poisson, lower: f64::NEG_INFINITY, upper: 6.0 };
    visitor.visit("censored Poisson", &up_to_six, &[&[1.0], &[4.5], &[16.0]]);

    let points: [&[f64]; 3] = [&[0.0, 1.0], &[1.5, 0.75], &[-3.0, 1.0]];
    visitor.visit("grouped normal", &Grouped { model: Normal, cuts: vec![-1.0, 0.0, 0.5, 2.0] }, &points);

    let ten = Binomial::new(NonZeroU32::MIN.saturating_add(9));
    visitor.visit("zero-inflated binomial", &ZeroInflated::new(ten), &[&[0.25, 0.5], &[0.5, 0.25], &[0.875, 0.9375]]);
    let points: [&[f64]; 3] = [&[0.25, 2.5, 0.75], &[0.5, 1.0, 1.0], &[0.9990234375, 64.0, 0.125]];
    visitor.visit("zero-inflated gamma", &ZeroInflated::new(Gamma), &points);

    let points: [&[f64]; 3] = [&[0.0, 1.0], &[-3.5, 0.25], &[1e3, 1e-3]];
    visitor.visit("hyperbolic secant by location and scale", &LocationScale::new(StandardSecant), &points);
}

/// The density ½ sech(πz/2), as an example of a standard density. Johnson, Kotz and Balakrishnan, *Continuous Univariate
/// Distributions* 2, 2nd ed. (1995), chapter 23.
#[derive(Clone, Copy, Debug)]
struct StandardSecant;

impl LogLikelihood for StandardSecant {
    type Parameters = Fixed<0>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, _: &[D; 0], &z: &D) -> D {
        let y = z * FRAC_PI_2;
        -y - (y * -2.0).ln_1p_exp()
    }
}

impl SampleSpace for StandardSecant {
    fn support(&self, _: &[f64; 0]) -> Support {
        Support::real()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().sampler()
    }
}

impl Sampler for StandardSecant {
    fn sample<R: rand::Rng + ?Sized>(&self, _: &[f64; 0], rng: &mut R) -> f64 {
        let u: f64 = rand_distr::Distribution::sample(&rand_distr::Open01, rng);
        FRAC_2_PI * (FRAC_PI_2 * u).tan().ln()
    }
}
