//! The multivariate t distribution.

use super::{gaussian, triangle};
use crate::distributions::continuous::{freedom_information, ln_normaliser};
use crate::distributions::numerics::sample;
use crate::error::Error;
use crate::model::{
    Capabilities, ClosedForm, Dynamic, LogLikelihood, Observations, Parameter, SampleSpace, Sampler, Support, symbol,
};
use crate::scalar::Scalar;
use nalgebra::DMatrix;

/// Multivariate t distribution of a vector of K numbers with location μ, positive definite scale matrix Σ and ν > 0 degrees of
/// freedom; here for K = 2:
///
/// ```math
/// \begin{aligned}
/// f(x, y; \mu_1, \mu_2, \Sigma_{11}, \Sigma_{12}, \Sigma_{22}, \nu) &= \frac{1}{2\pi\sqrt{D}}
///     \Bigl(1 + \frac{Q}{\nu D}\Bigr)^{-(\nu+2)/2},
/// \qquad D = \Sigma_{11} \Sigma_{22} - \Sigma_{12}^2,
/// \qquad Q = \Sigma_{22} (x-\mu_1)^2 - 2 \Sigma_{12} (x-\mu_1)(y-\mu_2) + \Sigma_{11} (y-\mu_2)^2 \\
/// I(\mu_1, \mu_2, \Sigma_{11}, \Sigma_{12}, \Sigma_{22}, \nu) &= \frac{1}{\nu+4} \begin{pmatrix}
///     \frac{(\nu+2) \Sigma_{22}}{D} & -\frac{(\nu+2) \Sigma_{12}}{D} & 0 & 0 & 0 & 0 \\
///     -\frac{(\nu+2) \Sigma_{12}}{D} & \frac{(\nu+2) \Sigma_{11}}{D} & 0 & 0 & 0 & 0 \\
///     0 & 0 & \frac{(\nu+1) \Sigma_{22}^2}{2D^2} & -\frac{(\nu+1) \Sigma_{12} \Sigma_{22}}{D^2}
///         & \frac{(\nu+2) \Sigma_{12}^2 - \Sigma_{11} \Sigma_{22}}{2D^2} & -\frac{\Sigma_{22}}{(\nu+2) D} \\
///     0 & 0 & -\frac{(\nu+1) \Sigma_{12} \Sigma_{22}}{D^2} & \frac{(\nu+2) \Sigma_{11} \Sigma_{22} + \nu \Sigma_{12}^2}{D^2}
///         & -\frac{(\nu+1) \Sigma_{11} \Sigma_{12}}{D^2} & \frac{2 \Sigma_{12}}{(\nu+2) D} \\
///     0 & 0 & \frac{(\nu+2) \Sigma_{12}^2 - \Sigma_{11} \Sigma_{22}}{2D^2} & -\frac{(\nu+1) \Sigma_{11} \Sigma_{12}}{D^2}
///         & \frac{(\nu+1) \Sigma_{11}^2}{2D^2} & -\frac{\Sigma_{11}}{(\nu+2) D} \\
///     0 & 0 & -\frac{\Sigma_{22}}{(\nu+2) D} & \frac{2 \Sigma_{12}}{(\nu+2) D} & -\frac{\Sigma_{11}}{(\nu+2) D} & \frac{8}{\nu^2 (\nu+2)}
/// \end{pmatrix}
/// \end{aligned}
/// ```
///
/// The parameters are the locations, the lower triangle of Σ, row after row, and ν. θ and x are slices; of a wrong length θ is
/// refused, and at an x of a wrong length the log-density is NaN.
///
/// Given the first j coordinates the next has a t distribution with ν + j degrees of freedom, and the last entry is a sum of
/// K terms, one for each, which do not cancel when ν is large.
///
/// Source: Lange, Little and Taylor, Robust statistical modeling using the t distribution, *J. Amer. Statist. Assoc.* 84
/// (1989), 881–896, doi:10.1080/01621459.1989.10478852, appendix.
#[derive(Clone, Copy, Debug)]
pub struct MultivariateStudentT {
    dimension: usize,
}

impl MultivariateStudentT {
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

    /// How many parameters there are.
    fn length(&self) -> usize {
        gaussian::length(self.dimension) + 1
    }
}

/// From so many degrees of freedom on, the derivative of the kernel cancels.
const MANY: f64 = 32.0;

/// ½(ν + K) ln(1 + q/ν), where q = Σ y².
///
/// With w = q/ν that is ½ q (1 + K/ν) ln(1 + w)/w, whose derivative with respect to ν has no terms that cancel; for many degrees
/// of freedom and small w the last factor is its Taylor polynomial. For large w, ln(1 + w) is ln q − ln ν + ln(1 + 1/w), which
/// does not overflow.
#[inline]
fn ln_kernel<D: Scalar>(y: &[D], freedom: D) -> D {
    let square: D = y.iter().map(|&y| y * y).sum();
    let size = y.len() as f64;
    let w = square / freedom;
    if w > 1.0 {
        let top = y.iter().map(|y| y.re().abs()).fold(0.0, f64::max);
        let relative: D = y.iter().map(|&y| (y / top).powi(2)).sum();
        let ln_square = relative.ln() + 2.0 * top.ln();
        (freedom + size) * 0.5 * (ln_square - freedom.ln() + (freedom / top / top / relative).ln_1p())
    } else if freedom >= MANY && w < 1.0 / 64.0 {
        let ratio = (0..13).rev().fold(D::from(0.0), |sum, k| -sum * w + 1.0 / f64::from(k + 1));
        square * 0.5 * (freedom.recip() * size + 1.0) * ratio
    } else {
        (freedom + size) * 0.5 * w.ln_1p()
    }
}

impl LogLikelihood for MultivariateStudentT {
    type Parameters = Dynamic;
    type Observation = [f64];

    fn ln_likelihood<D: Scalar>(&self, theta: &[D], x: &[D]) -> D {
        if theta.len() != self.length() || x.len() != self.dimension {
            return D::from(f64::NAN);
        }
        let freedom = theta[self.length() - 1];
        let mut factor = theta[self.dimension..self.length() - 1].to_vec();
        triangle::factor(self.dimension, &mut factor);
        let mut y: Vec<D> = x.iter().zip(theta).map(|(&x, &location)| x - location).collect();
        triangle::solve(&factor, &mut y);
        // Γ((ν + K)/2)/Γ(ν/2)(πν)^{K/2}, coordinate by coordinate.
        let steps = (0..self.dimension).map(|j| j as f64);
        let normaliser: D = steps.map(|j| ln_normaliser(freedom + j) + (freedom.recip() * j).ln_1p() * 0.5).sum();
        normaliser - triangle::ln_determinant(self.dimension, &factor) - ln_kernel(&y, freedom)
    }

    fn parameters(&self) -> Vec<Parameter> {
        let locations = (1..=self.dimension).map(|i| Parameter::real(format!("location {i}")));
        let mut parameters = symbol::numbered("μ", locations);
        parameters.extend(triangle::names(self.dimension, "Σ", "scale", "scale"));
        parameters.push(Parameter::positive("degrees of freedom").symbol("ν"));
        parameters
    }

    fn starting_values(&self, data: &dyn Observations<[f64]>) -> Option<Vec<f64>> {
        let (means, covariances) = sample::moments(data)?;
        let scales = covariances.into_iter().map(|covariance| 0.6 * covariance).collect();
        Some([means, scales, vec![5.0]].concat())
    }

    fn check(&self, theta: &[f64]) -> Result<(), Error> {
        if theta.len() != self.length() {
            return Err(Error::ParameterCount { expected: self.length(), found: theta.len() });
        }
        triangle::check(self.dimension, "scale", &theta[self.dimension..], &self.parameters()[self.dimension..])
    }
}

impl SampleSpace for MultivariateStudentT {
    fn support(&self, _theta: &[f64]) -> Support {
        Support::product(vec![Support::real(); self.dimension])
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler()
    }
}

impl Sampler for MultivariateStudentT {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64], rng: &mut R) -> Vec<f64> {
        let freedom = theta[self.length() - 1];
        // Fails only outside the domain of the parameters, where there is nothing to draw.
        let stretch = rand_distr::ChiSquared::new(freedom)
            .map_or(f64::NAN, |square| (freedom / rand_distr::Distribution::sample(&square, rng)).sqrt());
        let mut x: Vec<f64> = (0..self.dimension).map(|_| stretch * gaussian::draw(rng)).collect();
        gaussian::place(&mut theta[..self.length() - 1].to_vec(), &mut x);
        x
    }
}

impl ClosedForm for MultivariateStudentT {
    fn information<D: Scalar>(&self, theta: &[D]) -> DMatrix<D> {
        let (size, last) = (self.dimension, self.length() - 1);
        let freedom = theta[last];
        let mut inverse = theta[size..last].to_vec();
        gaussian::precision(size, &mut inverse);
        // tr(Σ⁻¹ ∂Σ)
        let mut traces = inverse.clone();
        triangle::scale(&mut traces, 1.0, 2.0);
        let (sum, more) = (freedom + size as f64, (freedom + (size + 2) as f64).recip());
        let of_freedom: D = (0..size)
            .map(|j| {
                let (j, n) = (j as f64, freedom + j as f64);
                freedom_information(n) + (freedom * n * (n + 2.0) * (n + 3.0)).recip() * j
            })
            .sum();
        DMatrix::from_fn(last + 1, last + 1, |i, j| {
            let (i, j) = (i.max(j), i.min(j));
            if i == last {
                return match j.checked_sub(size) {
                    _ if j == last => of_freedom,
                    Some(a) => -traces[a] * more / sum,
                    None => D::from(0.0),
                };
            }
            let normal = gaussian::information(size, &inverse, i, j) * sum * more;
            match j.checked_sub(size) {
                Some(a) => normal - traces[i - size] * traces[a] * more * 0.5,
                None => normal,
            }
        })
    }
}
