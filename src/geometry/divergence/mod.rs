//! Divergences: how different two distributions are.
//!
//! With f the density of the first and g that of the second, for two members of one family ([`within`]) or of two families with the
//! same kind of observation ([`between`]):
//!
//! | | of f and g | range | infinite if |
//! |---|---|---|---|
//! | [Kullback–Leibler](Pair::kullback_leibler) | E_f\[ln f − ln g\] | \[0, ∞\] | f has mass outside the support of g, or g falls off too fast |
//! | [Jeffreys](Pair::jeffreys) | KL(f ‖ g) + KL(g ‖ f) | \[0, ∞\] | one of the two is |
//! | [squared Hellinger](Pair::squared_hellinger), [Hellinger](Pair::hellinger) | H² = ½ ∫ (√f − √g)² | \[0, 1\] | never |
//! | [Bhattacharyya coefficient](Pair::bhattacharyya_coefficient) | ∫ √(fg) = 1 − H² | \[0, 1\] | never |
//! | [Bhattacharyya](Pair::bhattacharyya) | −ln ∫ √(fg) | \[0, ∞\] | nothing is in common |
//! | [Rényi](Pair::renyi) of order α | ln ∫ f^α g^(1−α) / (α − 1) | \[0, ∞\] | α < 1: nothing is in common; α > 1: g falls off too fast |
//! | [Chernoff](Pair::chernoff) | max −ln ∫ f^α g^(1−α) over 0 < α < 1 | \[0, ∞\] | nothing is in common |
//! | [Amari](Pair::amari) of order α | (1 − ∫ f^((1−α)/2) g^((1+α)/2)) · 4/(1 − α²) | \[0, ∞\] | as Rényi of order (1 − α)/2 |
//! | [total variation](Pair::total_variation) | ½ ∫ \|f − g\| | \[0, 1\] | never |
//! | [Jensen–Shannon](Pair::jensen_shannon) | ½ KL(f ‖ m) + ½ KL(g ‖ m), m = ½ (f + g) | \[0, ln 2\] | never |
//!
//! Each comes with an absolute error, and an infinite one as [`Divergence::Infinite`] with its reason. Values close to 0 keep
//! their relative digits, and so do small coefficients and large distances: no result is 1 minus something close to 1.
//!
//! How: every divergence is an expectation under f plus one under g of a function of ln g − ln f that is not negative. For two members of
//! one family that logarithm is itself taken as the integral of the score where the two are close. ∫ f^α g^(1−α) far from 1 is the mass
//! of a density of its own. The page [`divergences`](crate::notes::divergences) explains what they mean and how they lead to the metric.
//!
//! Sources: Liese and Vajda, *On divergences and informations in statistics and information theory*, IEEE Trans. Inf. Theory 52 (2006),
//! 4394–4412; van Erven and Harremoës, *Rényi divergence and Kullback–Leibler divergence*, IEEE Trans. Inf. Theory 60 (2014), 3797–3820.

mod chernoff;
mod generators;
mod geometric;
mod growth;
mod halves;
mod measures;
mod metric;
mod pair;
mod powers;
mod ratio;
mod supports;
mod value;

pub use metric::induced_metric;
pub use pair::Pair;
pub use value::{Divergence, Infinite};

use crate::error::Error;
use crate::model::{SampleSpace, Theta};

/// Two members of one family: f(·; θ), the first, and f(·; θ′), the second.
///
/// ```
/// use fisher_information::{distributions::Gamma, geometry::divergence::within};
///
/// let pair = within(&Gamma, &[2.0, 1.0], &[3.0, 0.5])?;
/// let there = pair.kullback_leibler()?;
/// assert!((there.value() - 1.349_804_387_141_314).abs() <= there.error());
/// let back = pair.reversed().kullback_leibler()?;
/// assert!((back.value() - 1.843_342_793_418_631).abs() <= back.error());
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// Parameters outside their domain.
pub fn within<'a, M: SampleSpace>(
    model: &'a M,
    theta: &Theta<M, f64>,
    other: &Theta<M, f64>,
) -> Result<Pair<'a, M, M>, Error> {
    pair::within(model, theta, other)
}

/// Members of two families with the same kind of observation: f(·; θ) of `model`, the first, and g(·; η) of `other`, the second.
///
/// ```
/// use fisher_information::distributions::{Exponential, LogNormal};
/// use fisher_information::geometry::divergence::between;
///
/// // With E ln x = 0 and E (ln x)² = 1 under the log-normal density
/// let divergence = between(&LogNormal, &[0.0, 1.0], &Exponential, &[1.0])?.kullback_leibler()?;
/// let by_hand = 0.5_f64.exp() - 0.5 * (1.0 + (2.0 * std::f64::consts::PI).ln());
/// assert!((divergence.value() - by_hand).abs() < 1e-12);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// Parameters outside their domain.
pub fn between<'a, M, N>(
    model: &'a M,
    theta: &Theta<M, f64>,
    other: &'a N,
    eta: &Theta<N, f64>,
) -> Result<Pair<'a, M, N>, Error>
where
    M: SampleSpace,
    N: SampleSpace<Observation = M::Observation>,
{
    pair::between(model, theta, other, eta)
}
