//! What the multivariate normal families share: functions of θ = (mean, lower triangle of the covariance matrix).

use super::triangle;
use crate::distributions::Normal;
use crate::distributions::numerics::constants::LN_SQRT_TAU;
use crate::error::Error;
use crate::model::{Domain, Parameter, Quantile, symbol};
use crate::scalar::Scalar;

/// How many parameters there are.
pub(super) const fn length(dimension: usize) -> usize {
    dimension + dimension * (dimension + 1) / 2
}

/// What holds for θ beyond the domains of its entries.
pub(super) fn check(dimension: usize, theta: &[f64], parameters: &[Parameter]) -> Result<(), Error> {
    if theta.len() != length(dimension) {
        return Err(Error::ParameterCount { expected: length(dimension), found: theta.len() });
    }
    triangle::check(dimension, "covariance", &theta[dimension..], &parameters[dimension..])
}

/// The names and domains of the parameters.
pub(super) fn parameters(dimension: usize) -> Vec<Parameter> {
    let means = (1..=dimension).map(|i| Parameter::real(format!("mean {i}")));
    let mut parameters = symbol::numbered("μ", means);
    parameters.extend(triangle::names(dimension, "Σ", "variance", "covariance"));
    parameters
}

/// ln f(x; θ). θ is used up as working space.
#[inline]
pub(super) fn ln_density<D: Scalar>(theta: &mut [D], x: &[D]) -> D {
    let (residual, covariance) = theta.split_at_mut(x.len());
    residual.iter_mut().zip(x).for_each(|(mean, &x)| *mean = x - *mean);
    triangle::factor(x.len(), covariance);
    triangle::solve(covariance, residual);
    let square: D = residual.iter().map(|&z| z * z).sum();
    square * -0.5 - triangle::ln_determinant(x.len(), covariance) - LN_SQRT_TAU * x.len() as f64
}

/// The observation with standard normal coordinates z, in place of them; NaN if θ is of another length. θ is used up as working
/// space.
pub(super) fn place(theta: &mut [f64], z: &mut [f64]) {
    if theta.len() != length(z.len()) {
        return z.fill(f64::NAN);
    }
    let (mean, covariance) = theta.split_at_mut(z.len());
    triangle::factor(z.len(), covariance);
    triangle::multiply(covariance, z);
    z.iter_mut().zip(mean).for_each(|(z, mean)| *z += *mean);
}

/// A standard normal number.
pub(super) fn draw<R: rand::Rng + ?Sized>(rng: &mut R) -> f64 {
    rand_distr::Distribution::sample(&rand_distr::StandardNormal, rng)
}

/// The standard normal number with distribution function u.
pub(super) fn quantile(u: f64) -> f64 {
    Normal.quantile(&[0.0, 1.0], &[u])
}

/// Entry (a, b) of the Fisher matrix, given Σ⁻¹.
pub(super) fn information<D: Scalar>(dimension: usize, precision: &[D], a: usize, b: usize) -> D {
    match (a.checked_sub(dimension), b.checked_sub(dimension)) {
        (None, None) => triangle::entry(precision, a, b),
        (Some(a), Some(b)) => triangle::information(precision, a, b),
        _ => D::from(0.0),
    }
}

/// Σ⁻¹ in place of Σ.
pub(super) fn precision<D: Scalar>(dimension: usize, covariance: &mut [D]) {
    triangle::factor(dimension, covariance);
    triangle::invert(dimension, covariance);
}

/// −E\[ln f\]
pub(super) fn entropy<D: Scalar>(dimension: usize, covariance: &mut [D]) -> D {
    triangle::factor(dimension, covariance);
    triangle::ln_determinant(dimension, covariance) + (LN_SQRT_TAU + 0.5) * dimension as f64
}

/// The Kullback–Leibler divergence.
pub(super) fn divergence<D: Scalar>(dimension: usize, theta: &[D], other: &[D]) -> D {
    let ((mean, here), (other_mean, there)) = (theta.split_at(dimension), other.split_at(dimension));
    let mut factor = there.to_vec();
    triangle::factor(dimension, &mut factor);
    let mut shift: Vec<D> = mean.iter().zip(other_mean).map(|(&a, &b)| a - b).collect();
    triangle::solve(&factor, &mut shift);
    let square: D = shift.into_iter().map(|z| z * z).sum();
    (square + triangle::divergence(dimension, here, there).0) * 0.5
}

/// Entry k of T(x): the coordinates and the lower triangle of their products.
pub(super) fn statistic<D: Scalar>(x: &[D], k: usize) -> D {
    k.checked_sub(x.len()).map_or_else(
        || x[k],
        |packed| {
            let (i, j) = triangle::place(packed);
            x[i] * x[j]
        },
    )
}

/// η(θ) in place of θ: Σ⁻¹μ, and the triangle of −Σ⁻¹ with half its diagonal, so that η·T is a plain sum.
pub(super) fn natural<D: Scalar>(dimension: usize, theta: &mut [D]) {
    let (mean, covariance) = theta.split_at_mut(dimension);
    triangle::exchange(mean, covariance);
    triangle::scale(covariance, -0.5, -1.0);
}

/// θ(η) in place of η.
pub(super) fn from_natural<D: Scalar>(dimension: usize, eta: &mut [D]) {
    let (linear, quadratic) = eta.split_at_mut(dimension);
    triangle::scale(quadratic, -2.0, -1.0);
    triangle::exchange(linear, quadratic);
}

/// A(η). η is used up as working space.
pub(super) fn ln_partition<D: Scalar>(dimension: usize, eta: &mut [D]) -> D {
    let (linear, quadratic) = eta.split_at_mut(dimension);
    triangle::scale(quadratic, -2.0, -1.0);
    triangle::factor(dimension, quadratic);
    triangle::solve(quadratic, linear);
    let square: D = linear.iter().map(|&z| z * z).sum();
    square * 0.5 - triangle::ln_determinant(dimension, quadratic) + LN_SQRT_TAU * dimension as f64
}

/// Entry k of E\[T\].
pub(super) fn mean_value<D: Scalar>(dimension: usize, theta: &[D], k: usize) -> D {
    let product = statistic(&theta[..dimension], k);
    if k < dimension { product } else { theta[k] + product }
}

/// The names and domains of the natural parameters.
pub(super) fn natural_parameters(dimension: usize) -> Vec<Parameter> {
    let linear = (1..=dimension).map(|i| Parameter::real(format!("coefficient of x{i}")));
    let quadratic = (0..length(dimension) - dimension).map(|packed| match triangle::place(packed) {
        (i, j) if i == j => {
            Parameter::new(format!("coefficient of x{}²", i + 1), Domain { lower: f64::NEG_INFINITY, upper: 0.0 })
        }
        (i, j) => Parameter::real(format!("coefficient of x{} x{}", i + 1, j + 1)),
    });
    symbol::numbered("η", linear.chain(quadratic))
}
