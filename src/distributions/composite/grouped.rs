//! Grouped data.

use super::ln_between;
use crate::error::Error;
use crate::model::{
    Capabilities, DistributionFunction, LogLikelihood, Parameter, Quantile, SampleSpace, Sampler, Support, Theta,
};
use crate::scalar::Scalar;

/// The model `M` of a number, of which only the class is recorded: there are K known cut points c₁ < c₂ < …, and the class is the
/// number k = 0, 1, …, K of those below x. With c₀ = −∞ and ∞ after the last:
///
/// ```math
/// g(k; \theta) = F(c_{k+1}; \theta) - F(c_k; \theta)
/// ```
///
/// A cut point belongs to the class below it. The parameters are those of the model. The Fisher matrix is the sum over the classes
/// of ∇g ∇gᵀ/g. A probability much smaller than F on either side of its class has lost digits in the difference. Observations outside 0, …, K, or between the whole numbers, have the log-likelihood −∞.
///
/// ```
/// use fisher_information::{distributions::{Grouped, Normal}, information::expected};
///
/// // The sign alone tells 2/π of what the number tells about the mean.
/// let sign = Grouped::new(Normal, [0.0])?;
/// let information = expected(&sign, &[0.0, 1.0])?;
/// assert!((information.get("mean", "mean")?.value - std::f64::consts::FRAC_2_PI).abs() < 1e-14);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Kulldorff, *Contributions to the Theory of Estimation from Grouped and Partially Grouped Samples* (1961).
#[derive(Clone, Debug)]
pub struct Grouped<M> {
    pub(super) model: M,
    pub(super) cuts: Vec<f64>,
}

impl<M> Grouped<M> {
    /// The model seen in classes with these ends.
    ///
    /// # Errors
    /// [`Error::Unsupported`] unless there is a cut point, and all are finite and in increasing order.
    pub fn new(model: M, cuts: impl Into<Vec<f64>>) -> Result<Self, Error> {
        let cuts = cuts.into();
        let ordered = cuts.windows(2).all(|pair| pair[0] < pair[1]);
        if cuts.is_empty() || !ordered || !cuts.iter().all(|cut| cut.is_finite()) {
            return Err(Error::Unsupported { method: "grouping", needs: "finite cut points in increasing order" });
        }
        Ok(Self { model, cuts })
    }

    /// The ends of the classes.
    #[must_use]
    pub fn cuts(&self) -> &[f64] {
        &self.cuts
    }

    /// The class that x falls into.
    fn class(&self, x: f64) -> f64 {
        if x.is_nan() { x } else { to_float(self.cuts.partition_point(|&cut| cut < x)) }
    }

    /// The ends of class `k`, if there is one.
    fn ends(&self, k: f64) -> Option<(f64, f64)> {
        if k.fract() != 0.0 || !(0.0..=to_float(self.cuts.len())).contains(&k) {
            return None;
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a whole number up to the number of cuts
        let k = k as usize;
        let lower = k.checked_sub(1).map_or(f64::NEG_INFINITY, |below| self.cuts[below]);
        Some((lower, self.cuts.get(k).copied().unwrap_or(f64::INFINITY)))
    }
}

#[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ cut points
fn to_float(count: usize) -> f64 {
    count as f64
}

impl<M: DistributionFunction<Observation = f64>> LogLikelihood for Grouped<M> {
    type Parameters = M::Parameters;
    /// The number of the class.
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, theta: &Theta<Self, D>, k: &D) -> D {
        self.ends(k.re()).map_or(D::from(f64::NEG_INFINITY), |(lower, upper)| {
            ln_between(&self.model, theta, D::from(lower), D::from(upper))
        })
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.model.parameters()
    }

    fn check(&self, theta: &Theta<Self, f64>) -> Result<(), Error> {
        self.model.check(theta)
    }
}

impl<M: DistributionFunction<Observation = f64> + SampleSpace> SampleSpace for Grouped<M> {
    fn support(&self, _theta: &Theta<Self, f64>) -> Support {
        Support::Integers { lower: 0.0, upper: to_float(self.cuts.len()) }
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities {
            sampler: |grouped, theta, stream| {
                (grouped.model.capabilities().sampler)(&grouped.model, theta, stream).map(|x| grouped.class(x))
            },
            uniforms: |grouped| (grouped.model.capabilities().uniforms)(&grouped.model),
            quantile: |grouped, theta, u| {
                (grouped.model.capabilities().quantile)(&grouped.model, theta, u).map(|x| grouped.class(x))
            },
            ..Capabilities::none().distribution_function()
        }
    }
}

impl<M: DistributionFunction<Observation = f64> + Sampler> Sampler for Grouped<M> {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &Theta<Self, f64>, rng: &mut R) -> f64 {
        self.class(self.model.sample(theta, rng))
    }
}

impl<M: DistributionFunction<Observation = f64> + Quantile> Quantile for Grouped<M> {
    fn uniforms(&self) -> usize {
        self.model.uniforms()
    }

    fn quantile(&self, theta: &Theta<Self, f64>, u: &[f64]) -> f64 {
        self.class(self.model.quantile(theta, u))
    }
}

impl<M: DistributionFunction<Observation = f64>> DistributionFunction for Grouped<M> {
    fn ln_cdf<D: Scalar>(&self, theta: &Theta<Self, D>, k: &D) -> D {
        let upper = self.ends(k.re().floor()).map(|(_, upper)| upper);
        match upper {
            Some(upper) => ln_between(&self.model, theta, D::from(f64::NEG_INFINITY), D::from(upper)),
            None if *k < 0.0 => D::from(f64::NEG_INFINITY),
            None => D::from(0.0),
        }
    }

    fn ln_survival<D: Scalar>(&self, theta: &Theta<Self, D>, k: &D) -> D {
        let upper = self.ends(k.re().floor()).map(|(_, upper)| upper);
        match upper {
            Some(upper) if upper.is_finite() => self.model.ln_survival(theta, &D::from(upper)),
            None if *k < 0.0 => D::from(0.0),
            _ => D::from(f64::NEG_INFINITY),
        }
    }
}
