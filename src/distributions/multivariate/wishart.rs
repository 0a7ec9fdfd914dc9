//! The Wishart distribution.

use super::geometry::squared_logarithm;
use super::{gaussian, triangle};
use crate::derivatives::{packed_index, packed_length};
use crate::distributions::numerics::deviance::ln_gamma_kernel;
use crate::distributions::numerics::gamma_power::log_gamma_entropy;
use crate::distributions::numerics::ln_gamma_tangent::ln_gamma_above_tangent;
use crate::distributions::numerics::sample;
use crate::error::Error;
use crate::model::{
    Capabilities, ClosedForm, Domain, Dynamic, Entropy, ExponentialFamily, FisherRao, KullbackLeibler, LogLikelihood,
    Observations, Parameter, SampleSpace, Sampler, Support, symbol,
};
use crate::scalar::Scalar;
use nalgebra::DMatrix;
use std::f64::consts::{LN_2, PI};

/// Wishart distribution with n > K − 1 degrees of freedom and a positive definite scale matrix V, on the symmetric positive
/// definite matrices of K rows; here for K = 2:
///
/// ```math
/// \begin{aligned}
/// f(x, y, z; n, V_{11}, V_{12}, V_{22}) &=
///     \frac{(x z - y^2)^{(n-3)/2}}{2^n\, D^{n/2}\, \sqrt{\pi}\, \Gamma(n/2)\, \Gamma((n-1)/2)}\,
///     e^{-(V_{22} x - 2 V_{12} y + V_{11} z)/2D}, \qquad D = V_{11} V_{22} - V_{12}^2 \\
/// I(n, V_{11}, V_{12}, V_{22}) &= \begin{pmatrix}
///     J & \frac{V_{22}}{2D} & -\frac{V_{12}}{D} & \frac{V_{11}}{2D} \\
///     \frac{V_{22}}{2D} & \frac{n V_{22}^2}{2D^2} & -\frac{n V_{12} V_{22}}{D^2} & \frac{n V_{12}^2}{2D^2} \\
///     -\frac{V_{12}}{D} & -\frac{n V_{12} V_{22}}{D^2} & \frac{n (V_{11} V_{22} + V_{12}^2)}{D^2} & -\frac{n V_{11} V_{12}}{D^2} \\
///     \frac{V_{11}}{2D} & \frac{n V_{12}^2}{2D^2} & -\frac{n V_{11} V_{12}}{D^2} & \frac{n V_{11}^2}{2D^2}
/// \end{pmatrix}, \qquad
/// J = \frac{1}{4} \Bigl[\psi_1\Bigl(\frac{n}{2}\Bigr) + \psi_1\Bigl(\frac{n-1}{2}\Bigr)\Bigr]
/// \end{aligned}
/// ```
///
/// Parameters and observations hold the lower triangles, row after row, of V and of the matrix. The
/// mean is n V. Two entries of V have the information ½ n tr(V⁻¹ ∂ᵢV V⁻¹ ∂ⱼV), and n has ¼ Σₖ ψ₁((n − k)/2), k = 0, …, K − 1.
///
/// Where n is near K − 1, draws are singular to rounding, and their density is NaN.
///
/// Source: Muirhead, *Aspects of Multivariate Statistical Theory* (1982), section 3.2.
#[derive(Clone, Copy, Debug)]
pub struct Wishart {
    size: usize,
}

impl Wishart {
    /// Matrices with so many rows.
    #[must_use]
    pub fn new(size: usize) -> Self {
        Self { size }
    }

    /// How many rows a matrix has.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// (n − k)/2, k = 0, …, K − 1: the shapes of the squares on the diagonal of Bartlett's triangle.
    fn shapes<D: Scalar>(&self, freedom: D) -> impl Iterator<Item = (f64, D)> {
        (0..self.size).map(move |k| (k as f64, (freedom - k as f64) * 0.5))
    }

    /// ln of the multivariate gamma function at n/2.
    fn ln_gamma<D: Scalar>(&self, freedom: D) -> D {
        self.shapes(freedom).map(|(_, shape)| shape.ln_gamma()).sum::<D>() + self.ln_volume()
    }

    /// The derivative of that with respect to n/2.
    fn digamma<D: Scalar>(&self, freedom: D) -> D {
        self.shapes(freedom).map(|(_, shape)| shape.digamma()).sum()
    }

    /// ¼ K(K − 1) ln π
    fn ln_volume(&self) -> f64 {
        0.5 * (packed_length(self.size) - self.size) as f64 * PI.ln()
    }

    /// The factor of V, and ln det V.
    fn factor<D: Scalar>(&self, scale: &[D]) -> (Vec<D>, D) {
        let mut factor = scale.to_vec();
        triangle::factor(self.size, &mut factor);
        let ln_determinant = triangle::ln_determinant(self.size, &factor) * 2.0;
        (factor, ln_determinant)
    }
}

impl LogLikelihood for Wishart {
    type Parameters = Dynamic;
    type Observation = [f64];

    /// By Bartlett's triangle A, the factor of x whitened by that of V: the squares on its diagonal are gamma variables, the
    /// entries below are normal.
    fn ln_likelihood<D: Scalar>(&self, theta: &[D], x: &[D]) -> D {
        let size = self.size;
        if theta.len() != 1 + packed_length(size) || x.len() != packed_length(size) {
            return D::from(f64::NAN);
        }
        let (scale, _) = self.factor(&theta[1..]);
        let (factor, ln_determinant) = self.factor(x);
        let mut below = D::from(0.0);
        for column in 0..size {
            let entry = |row| if row < column { D::from(0.0) } else { factor[packed_index(row, column)] };
            let mut whitened: Vec<D> = (0..size).map(entry).collect();
            triangle::solve(&scale, &mut whitened);
            below += whitened[column + 1..].iter().map(|&a| a * a).sum::<D>();
        }
        let diagonal: D = self
            .shapes(theta[0])
            .enumerate()
            .map(|(row, (k, shape))| {
                let whitened = factor[packed_index(row, row)] / scale[packed_index(row, row)];
                let half_square = whitened * whitened * 0.5;
                ln_gamma_kernel(half_square, shape) + half_square.ln() * (0.5 * k)
            })
            .sum();
        diagonal - below * 0.5 - ln_determinant * (0.5 * (size + 1) as f64) - self.ln_volume()
    }

    fn parameters(&self) -> Vec<Parameter> {
        let least = self.size.saturating_sub(1) as f64;
        let freedom = Parameter::new("degrees of freedom", Domain { lower: least, upper: f64::INFINITY }).symbol("n");
        [freedom].into_iter().chain(triangle::names(self.size, "V", "scale", "scale")).collect()
    }

    fn starting_values(&self, data: &dyn Observations<[f64]>) -> Option<Vec<f64>> {
        let freedom = self.size as f64 + 2.0;
        let (means, _) = sample::moments(data)?;
        Some(std::iter::once(freedom).chain(means.into_iter().map(|mean| mean / freedom)).collect())
    }

    fn check(&self, theta: &[f64]) -> Result<(), Error> {
        let expected = 1 + packed_length(self.size);
        if theta.len() != expected {
            return Err(Error::ParameterCount { expected, found: theta.len() });
        }
        triangle::check(self.size, "scale", &theta[1..], &self.parameters()[1..])
    }
}

impl SampleSpace for Wishart {
    fn support(&self, _theta: &[f64]) -> Support {
        Support::Unstructured
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().entropy().divergence().fisher_rao()
    }
}

impl Sampler for Wishart {
    /// Bartlett's decomposition.
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64], rng: &mut R) -> Vec<f64> {
        let size = self.size;
        let (factor, _) = self.factor(&theta[1..]);
        let mut columns = vec![vec![0.0; size]; size];
        for (k, (_, shape)) in self.shapes(theta[0]).enumerate() {
            // Fails only outside the domain of the parameters, where there is nothing to draw.
            let gamma = rand_distr::Gamma::new(shape, 2.0);
            columns[k][k] = gamma.map_or(f64::NAN, |gamma| rand_distr::Distribution::sample(&gamma, rng).sqrt());
            columns[k][k + 1..].fill_with(|| gaussian::draw(rng));
            triangle::multiply(&factor, &mut columns[k]);
        }
        let entry = |packed| {
            let (i, j) = triangle::place(packed);
            columns.iter().map(|column| column[i] * column[j]).sum()
        };
        (0..packed_length(size)).map(entry).collect()
    }
}

impl ClosedForm for Wishart {
    fn information<D: Scalar>(&self, theta: &[D]) -> DMatrix<D> {
        let mut inverse = theta[1..].to_vec();
        gaussian::precision(self.size, &mut inverse);
        let freedom: D = self.shapes(theta[0]).map(|(_, shape)| shape.polygamma(1) * 0.25).sum();
        // ½ tr(V⁻¹ ∂V)
        let mut half_traces = inverse.clone();
        triangle::scale(&mut half_traces, 0.5, 1.0);
        DMatrix::from_fn(theta.len(), theta.len(), |i, j| match (i.checked_sub(1), j.checked_sub(1)) {
            (None, None) => freedom,
            (Some(a), Some(b)) => theta[0] * triangle::information(&inverse, a, b),
            (Some(a), None) | (None, Some(a)) => half_traces[a],
        })
    }
}

impl Entropy for Wishart {
    fn entropy<D: Scalar>(&self, theta: &[D]) -> D {
        let rows = (self.size + 1) as f64;
        let (_, ln_determinant) = self.factor(&theta[1..]);
        let diagonal: D = self
            .shapes(theta[0])
            .map(|(k, shape)| log_gamma_entropy(shape) + shape.digamma() * (0.5 * (rows - k)) + 0.5 * k)
            .sum();
        ln_determinant * (0.5 * rows) + diagonal + packed_length(self.size) as f64 * LN_2 + self.ln_volume()
    }
}

impl KullbackLeibler for Wishart {
    fn divergence<D: Scalar>(&self, theta: &[D], other: &[D]) -> D {
        let (of_scale, ln_determinant) = triangle::divergence(self.size, &theta[1..], &other[1..]);
        let shapes = self.shapes(theta[0]).zip(self.shapes(other[0]));
        let of_shapes: D =
            shapes.map(|((_, here), (_, there))| ln_gamma_above_tangent(here, there, there - here)).sum();
        theta[0] * of_scale * 0.5 + (theta[0] - other[0]) * ln_determinant * 0.5 + of_shapes
    }
}

/// For known degrees of freedom: √(n/2 Σ ln²λ) over the eigenvalues λ of V⁻¹V′.
impl FisherRao for Wishart {
    fn distance<D: Scalar>(&self, theta: &[D], other: &[D], free: &[bool]) -> Option<D> {
        let (&freedom_is_free, scale_is_free) = free.split_first()?;
        let square = || squared_logarithm(self.size, &theta[1..], &other[1..]);
        (!freedom_is_free && !scale_is_free.contains(&false)).then(|| (square() * theta[0] * 0.5).sqrt())
    }
}

/// T(x) = (½ ln det x, triangle of x), η is n and the triangle of −V⁻¹ with its diagonal halved, and h(x) = (det x)^{−(K+1)/2}.
impl ExponentialFamily for Wishart {
    fn sufficient_statistic<D: Scalar>(&self, x: &[D]) -> Vec<D> {
        let (_, ln_determinant) = self.factor(x);
        [ln_determinant * 0.5].into_iter().chain(x.iter().copied()).collect()
    }

    fn natural<D: Scalar>(&self, theta: &[D]) -> Vec<D> {
        let mut eta = theta.to_vec();
        gaussian::precision(self.size, &mut eta[1..]);
        triangle::scale(&mut eta[1..], -0.5, -1.0);
        eta
    }

    fn from_natural<D: Scalar>(&self, eta: &[D]) -> Vec<D> {
        let mut theta = eta.to_vec();
        triangle::scale(&mut theta[1..], -2.0, -1.0);
        gaussian::precision(self.size, &mut theta[1..]);
        theta
    }

    fn ln_partition<D: Scalar>(&self, eta: &[D]) -> D {
        let mut inverse = eta[1..].to_vec();
        triangle::scale(&mut inverse, -2.0, -1.0);
        let (_, ln_determinant) = self.factor(&inverse);
        (-ln_determinant + self.size as f64 * LN_2) * eta[0] * 0.5 + self.ln_gamma(eta[0])
    }

    fn mean_value<D: Scalar>(&self, theta: &[D]) -> Vec<D> {
        let (_, ln_determinant) = self.factor(&theta[1..]);
        let ln_mean = (ln_determinant + self.size as f64 * LN_2 + self.digamma(theta[0])) * 0.5;
        [ln_mean].into_iter().chain(theta[1..].iter().map(|&scale| theta[0] * scale)).collect()
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        let mut parameters = self.parameters();
        for (packed, parameter) in parameters[1..].iter_mut().enumerate() {
            let (i, j) = triangle::place(packed);
            let name = format!("coefficient of x{} {}", i + 1, j + 1);
            let upper = if i == j { 0.0 } else { f64::INFINITY };
            *parameter = Parameter::new(name, Domain { lower: f64::NEG_INFINITY, upper });
        }
        symbol::numbered("η", parameters)
    }
}
