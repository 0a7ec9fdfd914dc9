//! The multivariate normal distribution, of a dimension known at compile time.

use super::gaussian;
use super::geometry;
use crate::distributions::numerics::sample;
use crate::error::Error;
use crate::model::{
    Capabilities, ClosedForm, Entropy, ExponentialFamily, FisherRao, Fixed, KullbackLeibler, LogLikelihood,
    Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;

/// Normal distribution of a vector of K numbers with mean μ and positive definite covariance matrix Σ, here for K = 2:
///
/// ```math
/// \begin{aligned}
/// f(x, y; \mu_1, \mu_2, \Sigma_{11}, \Sigma_{12}, \Sigma_{22}) &= \frac{1}{2\pi\sqrt{D}}\, e^{-Q/2D},
/// \qquad D = \Sigma_{11} \Sigma_{22} - \Sigma_{12}^2,
/// \qquad Q = \Sigma_{22} (x-\mu_1)^2 - 2 \Sigma_{12} (x-\mu_1)(y-\mu_2) + \Sigma_{11} (y-\mu_2)^2 \\
/// I(\mu_1, \mu_2, \Sigma_{11}, \Sigma_{12}, \Sigma_{22}) &= \begin{pmatrix}
///     \frac{\Sigma_{22}}{D} & -\frac{\Sigma_{12}}{D} & 0 & 0 & 0 \\
///     -\frac{\Sigma_{12}}{D} & \frac{\Sigma_{11}}{D} & 0 & 0 & 0 \\
///     0 & 0 & \frac{\Sigma_{22}^2}{2D^2} & -\frac{\Sigma_{12} \Sigma_{22}}{D^2} & \frac{\Sigma_{12}^2}{2D^2} \\
///     0 & 0 & -\frac{\Sigma_{12} \Sigma_{22}}{D^2} & \frac{\Sigma_{11} \Sigma_{22} + \Sigma_{12}^2}{D^2}
///         & -\frac{\Sigma_{11} \Sigma_{12}}{D^2} \\
///     0 & 0 & \frac{\Sigma_{12}^2}{2D^2} & -\frac{\Sigma_{11} \Sigma_{12}}{D^2} & \frac{\Sigma_{11}^2}{2D^2}
/// \end{pmatrix}
/// \end{aligned}
/// ```
///
/// The P = K + K(K + 1)/2 parameters are the K means and the lower triangle of Σ, row after row. In general the
/// means have the information Σ⁻¹, and two entries of Σ have ½ tr(Σ⁻¹ ∂ᵢΣ Σ⁻¹ ∂ⱼΣ). Another P than that does not compile.
/// For a dimension known at run time there is [`NormalVector`](super::NormalVector), for two coordinates in deviations and
/// correlation [`BivariateNormal`](super::BivariateNormal).
///
/// ```
/// use fisher_information::{distributions::MultivariateNormal, information::expected};
///
/// let plane = MultivariateNormal::<2, 5>;
/// let information = expected(&plane, &[0.0, 0.0, 2.0, 1.0, 1.0])?;      // Σ⁻¹ has rows 1, −1 and −1, 2
/// assert!((information.get("mean 2", "mean 2")?.value - 2.0).abs() < 1e-14);
/// assert!((information.get("variance 2", "covariance 2 1")?.value + 2.0).abs() < 1e-14);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Every figure loses as many digits as the condition of Σ, scaled to a unit diagonal, has.
///
/// Source: Kay, *Fundamentals of Statistical Signal Processing: Estimation Theory* (1993), section 3.9.
#[derive(Clone, Copy, Debug)]
pub struct MultivariateNormal<const K: usize, const P: usize>;

impl<const K: usize, const P: usize> MultivariateNormal<K, P> {
    const PARAMETERS: () =
        assert!(P == gaussian::length(K), "a normal vector of K numbers has K + K(K + 1)/2 parameters");

    /// Σ⁻¹, in a copy of θ.
    fn precision<D: Scalar>(theta: &[D; P]) -> [D; P] {
        let mut work = *theta;
        gaussian::precision(K, &mut work[K..]);
        work
    }
}

impl<const K: usize, const P: usize> LogLikelihood for MultivariateNormal<K, P> {
    type Parameters = Fixed<P>;
    type Observation = [f64; K];

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, theta: &[D; P], x: &[D; K]) -> D {
        const { Self::PARAMETERS };
        let mut work = *theta;
        gaussian::ln_density(&mut work, x)
    }

    fn parameters(&self) -> Vec<Parameter> {
        gaussian::parameters(K)
    }

    fn starting_values(&self, data: &dyn Observations<[f64; K]>) -> Option<[f64; P]> {
        let (means, covariances) = sample::moments(data)?;
        [means, covariances].concat().try_into().ok()
    }

    fn check(&self, theta: &[f64; P]) -> Result<(), Error> {
        gaussian::check(K, theta, &self.parameters())
    }
}

impl<const K: usize, const P: usize> SampleSpace for MultivariateNormal<K, P> {
    fn support(&self, _theta: &[f64; P]) -> Support {
        Support::product(vec![Support::real(); K])
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().entropy().divergence().fisher_rao()
    }
}

impl<const K: usize, const P: usize> Sampler for MultivariateNormal<K, P> {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64; P], rng: &mut R) -> [f64; K] {
        let (mut work, mut x) = (*theta, [(); K].map(|()| gaussian::draw(rng)));
        gaussian::place(&mut work, &mut x);
        x
    }
}

impl<const K: usize, const P: usize> Quantile for MultivariateNormal<K, P> {
    fn uniforms(&self) -> usize {
        K
    }

    fn quantile(&self, theta: &[f64; P], u: &[f64]) -> [f64; K] {
        let (mut work, mut x) = (*theta, std::array::from_fn(|i| gaussian::quantile(u[i])));
        gaussian::place(&mut work, &mut x);
        x
    }
}

impl<const K: usize, const P: usize> ClosedForm for MultivariateNormal<K, P> {
    fn information<D: Scalar>(&self, theta: &[D; P]) -> [[D; P]; P] {
        let precision = Self::precision(theta);
        std::array::from_fn(|a| std::array::from_fn(|b| gaussian::information(K, &precision[K..], a, b)))
    }
}

impl<const K: usize, const P: usize> Entropy for MultivariateNormal<K, P> {
    fn entropy<D: Scalar>(&self, theta: &[D; P]) -> D {
        let mut work = *theta;
        gaussian::entropy(K, &mut work[K..])
    }
}

impl<const K: usize, const P: usize> KullbackLeibler for MultivariateNormal<K, P> {
    fn divergence<D: Scalar>(&self, theta: &[D; P], other: &[D; P]) -> D {
        gaussian::divergence(K, theta, other)
    }
}

/// For known covariances √(δᵀΣ⁻¹δ) with δ = μ′ − μ; for known means √(½ Σ ln²λ) over the eigenvalues λ of Σ⁻¹Σ′; where all covariances
/// are known to be 0, that of independent normal variables. With means and covariances free there is no formula.
impl<const K: usize, const P: usize> FisherRao for MultivariateNormal<K, P> {
    fn distance<D: Scalar>(&self, theta: &[D; P], other: &[D; P], free: &[bool]) -> Option<D> {
        geometry::normal(K, theta, other, free)
    }
}

/// T(x) holds the coordinates and the lower triangle of their products; η is Σ⁻¹μ and the triangle of −Σ⁻¹, its diagonal halved.
impl<const K: usize, const P: usize> ExponentialFamily for MultivariateNormal<K, P> {
    fn sufficient_statistic<D: Scalar>(&self, x: &[D; K]) -> [D; P] {
        std::array::from_fn(|k| gaussian::statistic(x, k))
    }

    fn natural<D: Scalar>(&self, theta: &[D; P]) -> [D; P] {
        let mut work = *theta;
        gaussian::natural(K, &mut work);
        work
    }

    fn from_natural<D: Scalar>(&self, eta: &[D; P]) -> [D; P] {
        let mut work = *eta;
        gaussian::from_natural(K, &mut work);
        work
    }

    fn ln_partition<D: Scalar>(&self, eta: &[D; P]) -> D {
        let mut work = *eta;
        gaussian::ln_partition(K, &mut work)
    }

    fn mean_value<D: Scalar>(&self, theta: &[D; P]) -> [D; P] {
        std::array::from_fn(|k| gaussian::mean_value(K, theta, k))
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        gaussian::natural_parameters(K)
    }
}
