//! Polynomials by their values at Chebyshev–Lobatto points.

use nalgebra::DMatrix;
use std::f64::consts::PI;

/// The points xₖ = −cos(kπ/N) of [−1, 1] with what differentiates, integrates and interpolates from the values there.
///
/// Source: Trefethen, *Spectral Methods in MATLAB* (2000), chapters 6 and 12; Berrut and Trefethen, *Barycentric Lagrange interpolation*,
/// SIAM Review 46 (2004) 501–517, eq. (5.4).
#[derive(Clone, Debug)]
pub(super) struct Lobatto {
    /// The points, rising.
    pub nodes: Vec<f64>,
    /// The matrix from values to slopes.
    pub derivative: DMatrix<f64>,
    /// Its square.
    pub second: DMatrix<f64>,
    /// Clenshaw–Curtis weights.
    pub weights: Vec<f64>,
}

impl Lobatto {
    /// The rule of polynomials of this degree, an even number above 0.
    pub fn new(degree: usize) -> Self {
        let angle = |k: usize| k as f64 * PI / degree as f64;
        let nodes = (0..=degree).map(|k| (angle(k) - PI / 2.0).sin()).collect();
        let end = |k: usize| if k == 0 || k == degree { 2.0 } else { 1.0 };
        let mut derivative = DMatrix::from_fn(degree + 1, degree + 1, |i, j| {
            if i == j {
                return 0.0;
            }
            // xᵢ − xⱼ = 2 sin((αᵢ + αⱼ)/2) sin((αᵢ − αⱼ)/2), without cancellation
            let (sum, difference) = (0.5 * (angle(i) + angle(j)), (i as f64 - j as f64) * PI / (2 * degree) as f64);
            let sign = if (i + j).is_multiple_of(2) { 1.0 } else { -1.0 };
            end(i) / end(j) * sign / (2.0 * sum.sin() * difference.sin())
        });
        for i in 0..=degree {
            // constants have no slope
            derivative[(i, i)] = -derivative.row(i).sum();
        }
        let weight = |k: usize| {
            let waves = (1..=degree / 2).map(|j| {
                let share = if 2 * j == degree { 1.0 } else { 2.0 };
                share * (2.0 * j as f64 * angle(k)).cos() / (4 * j * j - 1) as f64
            });
            2.0 / (end(k) * degree as f64) * (1.0 - waves.sum::<f64>())
        };
        let weights = (0..=degree).map(weight).collect();
        Self { nodes, second: &derivative * &derivative, derivative, weights }
    }

    /// The degree N.
    pub fn degree(&self) -> usize {
        self.nodes.len() - 1
    }

    /// What the values are weighted with to have the polynomial at x.
    pub fn interpolation(&self, x: f64) -> Vec<f64> {
        interpolation(&self.nodes, x)
    }

    /// The largest of the last three Chebyshev coefficients of the polynomial with these values.
    pub fn tail(&self, values: impl Iterator<Item = f64> + Clone) -> f64 {
        let degree = self.degree();
        let coefficient = |j: usize| {
            let terms = values.clone().enumerate().map(|(k, value)| {
                let share = if k == 0 || k == degree { 0.5 } else { 1.0 };
                share * value * ((j * k % (2 * degree)) as f64 * PI / degree as f64).cos()
            });
            2.0 / degree as f64 * terms.sum::<f64>()
        };
        (degree - 2..=degree).map(|j| coefficient(j).abs()).fold(0.0, f64::max)
    }
}

/// What the values at Chebyshev–Lobatto points are weighted with to have their polynomial at x.
pub(super) fn interpolation(nodes: &[f64], x: f64) -> Vec<f64> {
    if let Some(hit) = nodes.iter().position(|&node| node == x) {
        return (0..nodes.len()).map(|k| if k == hit { 1.0 } else { 0.0 }).collect();
    }
    let share = |k: usize| if k == 0 || k + 1 == nodes.len() { 0.5 } else { 1.0 };
    let sign = |k: usize| if k.is_multiple_of(2) { 1.0 } else { -1.0 };
    let terms: Vec<f64> = nodes.iter().enumerate().map(|(k, node)| sign(k) * share(k) / (x - node)).collect();
    let sum: f64 = terms.iter().sum();
    terms.into_iter().map(|term| term / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::Lobatto;
    use nalgebra::DVector;

    #[test]
    fn polynomials_are_exact() {
        let rule = Lobatto::new(8);
        let values = DVector::from_iterator(9, rule.nodes.iter().map(|x| x.powi(8) - 3.0 * x.powi(5)));
        let slopes = &rule.derivative * &values;
        let integral: f64 = rule.weights.iter().zip(&values).map(|(w, f)| w * f).sum();
        assert!((integral - 2.0 / 9.0).abs() < 1e-15);
        for (x, slope) in rule.nodes.iter().zip(&slopes) {
            assert!((slope - 8.0 * x.powi(7) + 15.0 * x.powi(4)).abs() < 1e-12);
        }
        let at: f64 = rule.interpolation(0.3).iter().zip(&values).map(|(w, f)| w * f).sum();
        assert!((at - 0.3_f64.powi(8) + 3.0 * 0.3_f64.powi(5)).abs() < 1e-15);
        // x⁸ = T₈/2⁷ + …
        let tail = rule.tail(rule.nodes.iter().map(|x| x.powi(8)));
        assert!(tail > 1.0 / 128.0, "{tail}");
        assert!(rule.tail(rule.nodes.iter().map(|x| x.powi(5))) < 1e-15);
    }
}
