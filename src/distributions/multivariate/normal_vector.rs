//! The multivariate normal distribution, of a dimension known at run time.

use super::gaussian;
use super::geometry;
use crate::distributions::numerics::sample;
use crate::error::Error;
use crate::model::{
    Capabilities, ClosedForm, Dynamic, Entropy, ExponentialFamily, FisherRao, KullbackLeibler, LogLikelihood,
    Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use nalgebra::DMatrix;

/// Normal distribution of a vector whose dimension is known at run time, with mean μ and positive definite covariance matrix Σ;
/// of two coordinates:
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
/// Density, order of the parameters and Fisher matrix are those of [`MultivariateNormal`](super::MultivariateNormal), which is
/// faster. θ and x are slices; of a wrong length θ is refused, and at an x of a wrong length the log-density is NaN.
///
/// ```
/// use fisher_information::{distributions::NormalVector, information::expected};
///
/// let information = expected(&NormalVector::new(1), &[3.0, 2.0])?;      // mean and variance
/// assert!((information.get("variance 1", "variance 1")?.value - 0.125).abs() < 1e-16);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Kay, *Fundamentals of Statistical Signal Processing: Estimation Theory* (1993), section 3.9.
#[derive(Clone, Copy, Debug)]
pub struct NormalVector {
    dimension: usize,
}

impl NormalVector {
    /// Vectors with so many coordinates.
    #[must_use]
    pub fn new(dimension: usize) -> Self {
        Self { dimension }
    }

    /// How many coordinates a vector has.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.dimension
    }
}

impl LogLikelihood for NormalVector {
    type Parameters = Dynamic;
    type Observation = [f64];

    fn ln_likelihood<D: Scalar>(&self, theta: &[D], x: &[D]) -> D {
        if theta.len() != gaussian::length(self.dimension) || x.len() != self.dimension {
            return D::from(f64::NAN);
        }
        gaussian::ln_density(&mut theta.to_vec(), x)
    }

    fn parameters(&self) -> Vec<Parameter> {
        gaussian::parameters(self.dimension)
    }

    fn starting_values(&self, data: &dyn Observations<[f64]>) -> Option<Vec<f64>> {
        let (means, covariances) = sample::moments(data)?;
        Some([means, covariances].concat())
    }

    fn check(&self, theta: &[f64]) -> Result<(), Error> {
        gaussian::check(self.dimension, theta, &self.parameters())
    }
}

impl SampleSpace for NormalVector {
    fn support(&self, _theta: &[f64]) -> Support {
        Support::product(vec![Support::real(); self.dimension])
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().entropy().divergence().fisher_rao()
    }
}

impl Sampler for NormalVector {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64], rng: &mut R) -> Vec<f64> {
        let mut x: Vec<f64> = (0..self.dimension).map(|_| gaussian::draw(rng)).collect();
        gaussian::place(&mut theta.to_vec(), &mut x);
        x
    }
}

impl Quantile for NormalVector {
    fn uniforms(&self) -> usize {
        self.dimension
    }

    fn quantile(&self, theta: &[f64], u: &[f64]) -> Vec<f64> {
        let mut x: Vec<f64> =
            (0..self.dimension).map(|i| u.get(i).map_or(f64::NAN, |&u| gaussian::quantile(u))).collect();
        gaussian::place(&mut theta.to_vec(), &mut x);
        x
    }
}

impl ClosedForm for NormalVector {
    fn information<D: Scalar>(&self, theta: &[D]) -> DMatrix<D> {
        let mut precision = theta[self.dimension..].to_vec();
        gaussian::precision(self.dimension, &mut precision);
        DMatrix::from_fn(theta.len(), theta.len(), |a, b| gaussian::information(self.dimension, &precision, a, b))
    }
}

impl Entropy for NormalVector {
    fn entropy<D: Scalar>(&self, theta: &[D]) -> D {
        gaussian::entropy(self.dimension, &mut theta[self.dimension..].to_vec())
    }
}

impl KullbackLeibler for NormalVector {
    fn divergence<D: Scalar>(&self, theta: &[D], other: &[D]) -> D {
        gaussian::divergence(self.dimension, theta, other)
    }
}

/// For known covariances √(δᵀΣ⁻¹δ) with δ = μ′ − μ; for known means √(½ Σ ln²λ) over the eigenvalues λ of Σ⁻¹Σ′; where all covariances
/// are known to be 0, that of independent normal variables. With means and covariances free there is no formula.
impl FisherRao for NormalVector {
    fn distance<D: Scalar>(&self, theta: &[D], other: &[D], free: &[bool]) -> Option<D> {
        geometry::normal(self.dimension, theta, other, free)
    }
}

/// T(x) holds the coordinates and the lower triangle of their products; η is Σ⁻¹μ and the triangle of −Σ⁻¹, its diagonal halved.
impl ExponentialFamily for NormalVector {
    fn sufficient_statistic<D: Scalar>(&self, x: &[D]) -> Vec<D> {
        (0..gaussian::length(self.dimension)).map(|k| gaussian::statistic(x, k)).collect()
    }

    fn natural<D: Scalar>(&self, theta: &[D]) -> Vec<D> {
        let mut work = theta.to_vec();
        gaussian::natural(self.dimension, &mut work);
        work
    }

    fn from_natural<D: Scalar>(&self, eta: &[D]) -> Vec<D> {
        let mut work = eta.to_vec();
        gaussian::from_natural(self.dimension, &mut work);
        work
    }

    fn ln_partition<D: Scalar>(&self, eta: &[D]) -> D {
        gaussian::ln_partition(self.dimension, &mut eta.to_vec())
    }

    fn mean_value<D: Scalar>(&self, theta: &[D]) -> Vec<D> {
        (0..theta.len()).map(|k| gaussian::mean_value(self.dimension, theta, k)).collect()
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        gaussian::natural_parameters(self.dimension)
    }
}
