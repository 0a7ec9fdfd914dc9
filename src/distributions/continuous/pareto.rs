//! The Pareto distribution.

use crate::distributions::numerics::deviance::deviance;
use crate::distributions::numerics::fisher_rao::scales;
use crate::distributions::numerics::ln_ratio::ln_ratio;
use crate::error::Error;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Domain, Entropy, ExponentialFamily, FisherRao, Fixed,
    KullbackLeibler, LogLikelihood, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;

/// Pareto distribution with shape α > 0, on the numbers above a known minimum m > 0:
///
/// ```math
/// f(x; \alpha) = \frac{\alpha\, m^\alpha}{x^{\alpha+1}},
/// \qquad
/// I(\alpha) = \frac{1}{\alpha^2}
/// ```
///
/// The logarithm of x/m is exponential with rate α. Draws of a tiny shape overflow.
///
/// ```
/// use fisher_information::{distributions::Pareto, information::expected};
///
/// let incomes = Pareto::new(1000.0)?;
/// assert_eq!(expected(&incomes, &[2.0])?.get("shape", "shape")?.value, 0.25);
/// assert!(Pareto::new(0.0).is_err());
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 1, 2nd ed. (1994), chapter 20.
#[derive(Clone, Copy, Debug)]
pub struct Pareto {
    minimum: f64,
}

impl Pareto {
    /// The Pareto distributions with this minimum.
    ///
    /// # Errors
    /// [`Error::ParameterOutsideDomain`] if the minimum is not a positive finite number.
    pub fn new(minimum: f64) -> Result<Self, Error> {
        Parameter::positive("minimum").check(minimum)?;
        Ok(Self { minimum })
    }

    /// The minimum m.
    #[must_use]
    pub fn minimum(&self) -> f64 {
        self.minimum
    }

    /// ln(x/m), or 0 below the minimum.
    #[inline]
    fn excess<D: Scalar>(&self, x: D) -> D {
        if x > self.minimum { ln_ratio(x, D::from(self.minimum)) } else { D::from(0.0) }
    }
}

impl LogLikelihood for Pareto {
    type Parameters = Fixed<1>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[shape]: &[D; 1], &x: &D) -> D {
        if x < self.minimum {
            return D::from(f64::NEG_INFINITY);
        }
        shape.ln() - shape * ln_ratio(x, D::from(self.minimum)) - x.ln()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("shape").symbol("α")]
    }
}

impl SampleSpace for Pareto {
    fn support(&self, _theta: &[f64; 1]) -> Support {
        Support::interval(self.minimum, f64::INFINITY)
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

impl Sampler for Pareto {
    fn sample<R: rand::Rng + ?Sized>(&self, &[shape]: &[f64; 1], rng: &mut R) -> f64 {
        let exponential: f64 = rand_distr::Distribution::sample(&rand_distr::Exp1, rng);
        self.minimum * (exponential / shape).exp()
    }
}

impl Quantile for Pareto {
    fn quantile(&self, &[shape]: &[f64; 1], u: &[f64]) -> f64 {
        self.minimum * (-(-u[0]).ln_1p() / shape).exp()
    }
}

impl ClosedForm for Pareto {
    fn information<D: Scalar>(&self, &[shape]: &[D; 1]) -> [[D; 1]; 1] {
        [[shape.powi(-2)]]
    }
}

impl DistributionFunction for Pareto {
    fn ln_cdf<D: Scalar>(&self, theta: &[D; 1], x: &D) -> D {
        self.ln_survival(theta, x).ln_1m_exp()
    }

    fn ln_survival<D: Scalar>(&self, &[shape]: &[D; 1], &x: &D) -> D {
        -shape * self.excess(x)
    }
}

impl Entropy for Pareto {
    fn entropy<D: Scalar>(&self, &[shape]: &[D; 1]) -> D {
        shape.recip() - shape.ln() + (1.0 + self.minimum.ln())
    }
}

impl KullbackLeibler for Pareto {
    fn divergence<D: Scalar>(&self, &[shape]: &[D; 1], &[other]: &[D; 1]) -> D {
        deviance(other, shape) / shape
    }
}

/// |ln(α′/α)|
impl FisherRao for Pareto {
    fn distance<D: Scalar>(&self, &[shape]: &[D; 1], &[other]: &[D; 1], free: &[bool]) -> Option<D> {
        (*free == [true]).then(|| scales(D::from(1.0), shape, other))
    }
}

/// T = ln(x/m), η = −α.
impl ExponentialFamily for Pareto {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 1] {
        [self.excess(x)]
    }

    fn natural<D: Scalar>(&self, &[shape]: &[D; 1]) -> [D; 1] {
        [-shape]
    }

    fn from_natural<D: Scalar>(&self, &[eta]: &[D; 1]) -> [D; 1] {
        [-eta]
    }

    fn ln_partition<D: Scalar>(&self, &[eta]: &[D; 1]) -> D {
        -(-eta).ln()
    }

    fn mean_value<D: Scalar>(&self, &[shape]: &[D; 1]) -> [D; 1] {
        [shape.recip()]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        vec![Parameter::new("minus shape", Domain { lower: f64::NEG_INFINITY, upper: 0.0 }).symbol("η")]
    }
}
