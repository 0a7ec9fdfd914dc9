//! The multivariate t distribution.

use super::{gaussian, triangle};
use crate::distributions::continuous::{freedom_information, ln_normaliser};
use crate::error::Error;
use crate::model::{Capabilities, ClosedForm, Dynamic, LogLikelihood, Parameter, SampleSpace, Sampler, Support};
use crate::scalar::Scalar;
use nalgebra::DMatrix;

/// Multivariate t distribution of a vector of K numbers with location μ, positive definite scale matrix Σ and n > 0 degrees of
/// freedom; here for K = 2:
///
/// ```math
/// \begin{aligned}
/// f(x, y; \mu, \nu, a, b, c, n) &= \frac{1}{2\pi\sqrt{D}} \Bigl(1 + \frac{Q}{n D}\Bigr)^{-(n+2)/2},
/// \qquad D = a c - b^2, \qquad Q = c (x-\mu)^2 - 2 b (x-\mu)(y-\nu) + a (y-\nu)^2 \\
/// I(\mu, \nu, a, b, c, n) &= \frac{1}{n+4} \begin{pmatrix}
///     \frac{(n+2) c}{D} & -\frac{(n+2) b}{D} & 0 & 0 & 0 & 0 \\
///     -\frac{(n+2) b}{D} & \frac{(n+2) a}{D} & 0 & 0 & 0 & 0 \\
///     0 & 0 & \frac{(n+1) c^2}{2D^2} & -\frac{(n+1) b c}{D^2} & \frac{(n+2) b^2 - a c}{2D^2} & -\frac{c}{(n+2) D} \\
///     0 & 0 & -\frac{(n+1) b c}{D^2} & \frac{(n+2) a c + n b^2}{D^2} & -\frac{(n+1) a b}{D^2} & \frac{2 b}{(n+2) D} \\
///     0 & 0 & \frac{(n+2) b^2 - a c}{2D^2} & -\frac{(n+1) a b}{D^2} & \frac{(n+1) a^2}{2D^2} & -\frac{a}{(n+2) D} \\
///     0 & 0 & -\frac{c}{(n+2) D} & \frac{2 b}{(n+2) D} & -\frac{a}{(n+2) D} & \frac{8}{n^2 (n+2)}
/// \end{pmatrix}
/// \end{aligned}
/// ```
///
/// The parameters are the locations, the lower triangle of Σ, row after row, and n. θ and x are slices; of a wrong length θ is
/// refused, and at an x of a wrong length the log-density is NaN.
///
/// Given the first j coordinates the next has a t distribution with n + j degrees of freedom, and the last entry is a sum of
/// K terms, one for each, which do not cancel when n is large.
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

/// ½(n + K) ln(1 + q/n), where q = Σ y².
///
/// With w = q/n that is ½ q (1 + K/n) ln(1 + w)/w, whose derivative with respect to n has no terms that cancel; for many degrees
/// of freedom and small w the last factor is its Taylor polynomial. For large w, ln(1 + w) is ln q − ln n + ln(1 + 1/w), which
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
        // Γ((n + K)/2)/Γ(n/2)(πn)^{K/2}, coordinate by coordinate.
        let steps = (0..self.dimension).map(|j| j as f64);
        let normaliser: D = steps.map(|j| ln_normaliser(freedom + j) + (freedom.recip() * j).ln_1p() * 0.5).sum();
        normaliser - triangle::ln_determinant(self.dimension, &factor) - ln_kernel(&y, freedom)
    }

    fn parameters(&self) -> Vec<Parameter> {
        let locations = (1..=self.dimension).map(|i| Parameter::real(format!("location {i}")));
        let scale = triangle::names(self.dimension, "scale", "scale");
        locations.chain(scale).chain([Parameter::positive("degrees of freedom")]).collect()
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
