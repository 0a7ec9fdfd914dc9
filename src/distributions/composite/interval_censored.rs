//! Observations known to lie between two bounds of their own.

use super::ln_between;
use crate::error::Error;
use crate::model::{
    DistributionFunction, LogLikelihood, Observations, Opaque, OwnedTheta, Parameter, SampleSpace, Support, Theta,
    Weighted,
};
use crate::scalar::Scalar;

/// The model `M` of a number, of which each observation is a pair (a, b): somewhere in (a, b\], or exactly a = b.
///
/// ```math
/// g(a, b; \theta) = \begin{cases}
///     f(a; \theta) & a = b \\
///     F(b; \theta) - F(a; \theta) & a < b
/// \end{cases}
/// ```
///
/// An infinite end is an observation censored on that side only: (5, ∞) is a lifetime that had not ended at 5. This is the
/// likelihood of lifetimes of all kinds in one data set. The parameters are those of the model. Who is censored, and where, is
/// taken as known, so there is an observed and an empirical information, but no expected one; for known limits that is
/// [`Censored`](super::Censored) or [`Grouped`](super::Grouped).
///
/// ```
/// use fisher_information::{distributions::{Exponential, IntervalCensored}, information::observed};
///
/// let lifetimes = [[0.5, 0.5], [1.0, 3.0], [5.0, f64::INFINITY]];
/// let information = observed(&IntervalCensored(Exponential), &[1.0], &lifetimes)?.matrix()[(0, 0)];
/// // 1/λ² for the exact one, 4e²/(e² − 1)² for the one in (1, 3], nothing for the one that has not ended.
/// let interval = 4.0 * 2.0_f64.exp() / 2.0_f64.exp_m1().powi(2);
/// assert!((information - (1.0 + interval)).abs() < 1e-13);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Lawless, *Statistical Models and Methods for Lifetime Data*, 2nd ed. (2003), chapter 2.
#[derive(Clone, Copy, Debug)]
pub struct IntervalCensored<M>(pub M);

impl<M: DistributionFunction<Observation = f64>> LogLikelihood for IntervalCensored<M> {
    type Parameters = M::Parameters;
    /// A pair of bounds, either of which may be infinite.
    type Observation = Opaque<[f64; 2]>;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, theta: &Theta<Self, D>, &[lower, upper]: &[f64; 2]) -> D {
        if lower == upper {
            self.0.ln_likelihood(theta, &D::from(lower))
        } else if lower < upper {
            ln_between(&self.0, theta, D::from(lower), D::from(upper))
        } else {
            D::from(f64::NAN)
        }
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.0.parameters()
    }

    fn starting_values(&self, data: &dyn Observations<Self::Observation>) -> Option<OwnedTheta<Self, f64>> {
        // An interval stands for its middle, or for the end that it has.
        let seen = |index: usize| match *data.get(index) {
            [lower, upper] if !upper.is_finite() => lower,
            [lower, upper] if !lower.is_finite() => upper,
            [lower, upper] => 0.5 * (lower + upper),
        };
        let seen: Vec<f64> = (0..data.count()).map(seen).collect();
        match data.weights() {
            Some(weights) => self.0.starting_values(&Weighted { data: &seen, weights }),
            None => self.0.starting_values(&seen),
        }
    }

    fn check(&self, theta: &Theta<Self, f64>) -> Result<(), Error> {
        self.0.check(theta)
    }
}

impl<M: DistributionFunction<Observation = f64>> SampleSpace for IntervalCensored<M> {
    fn support(&self, _theta: &Theta<Self, f64>) -> Support {
        Support::Unstructured
    }
}
