//! Means, variances and regression on control variates, from blocks of draws, without cancellation.

use super::Estimate;
use std::ops::Range;

/// Controls whose mean is farther from zero than so many standard errors do not have expectation zero.
const CONSISTENT: f64 = 5.0;

/// A control of which the others explain all but this part of the variance adds nothing.
const COLLINEAR: f64 = 1e-8;

/// Count, means and centred products of the draws so far.
#[derive(Clone, Debug)]
pub(super) struct Moments {
    count: usize,
    means: Vec<f64>,
    /// Σ (gᵢ − ḡᵢ)²
    squares: Vec<f64>,
    /// Σ (gᵢ − ḡᵢ)(cⱼ − c̄ⱼ), row i for component i, column j for control j
    products: Vec<f64>,
    controls: Range<usize>,
}

impl Moments {
    /// The moments of a block of draws, in two passes: component c of draw k is `values[c * count + k]`. The values are centred on the
    /// way.
    pub(super) fn of_columns(values: &mut [f64], count: usize, controls: Range<usize>) -> Self {
        let width = values.len().checked_div(count).unwrap_or(0);
        let controls = controls.start.min(width)..controls.end.min(width);
        let mut moments = Self {
            count,
            means: vec![0.0; width],
            squares: vec![0.0; width],
            products: vec![0.0; width * controls.len()],
            controls,
        };
        for (mean, column) in moments.means.iter_mut().zip(values.chunks_exact_mut(count.max(1))) {
            *mean = sum(column) / to_float(count);
            column.iter_mut().for_each(|value| *value -= *mean);
        }
        let values = &*values;
        let controls = &values[moments.controls.start * count..moments.controls.end * count];
        for (i, column) in values.chunks_exact(count.max(1)).enumerate() {
            inner_products(column, column, &mut moments.squares[i..=i]);
            let width = moments.controls.len();
            inner_products(column, controls, &mut moments.products[i * width..(i + 1) * width]);
        }
        moments
    }

    /// Adds the draws of another block.
    ///
    /// Source: T. F. Chan, G. H. Golub and R. J. LeVeque, *Algorithms for computing the sample variance*, The American
    /// Statistician 37 (1983) 242–247, eq. (1.5). <https://doi.org/10.1080/00031305.1983.10483115>
    pub(super) fn merge(&mut self, other: &Self) {
        let (here, there) = (to_float(self.count), to_float(other.count));
        let part = there / (here + there);
        let shifts: Vec<f64> = other.means.iter().zip(&self.means).map(|(b, a)| b - a).collect();
        self.count += other.count;
        self.means.iter_mut().zip(&shifts).for_each(|(mean, shift)| *mean += shift * part);
        self.squares.iter_mut().zip(&other.squares).for_each(|(a, b)| *a += b);
        self.products.iter_mut().zip(&other.products).for_each(|(a, b)| *a += b);
        self.add_products(&shifts, here * part);
    }

    fn add_products(&mut self, centred: &[f64], weight: f64) {
        let controls = &centred[self.controls.clone()];
        for (square, value) in self.squares.iter_mut().zip(centred) {
            *square += weight * value * value;
        }
        if controls.is_empty() {
            return;
        }
        for (row, value) in self.products.chunks_exact_mut(controls.len()).zip(centred) {
            let value = weight * value;
            row.iter_mut().zip(controls).for_each(|(product, control)| *product += value * control);
        }
    }

    /// The mean of every component with its standard error, after regression on the controls.
    ///
    /// With C = Cov(g, c) Var(c)⁻¹ the estimate is ḡ − C c̄. Its variance is that of the residuals, which is never larger; its
    /// bias, because C is estimated from the same draws, is of order 1/n and so vanishes against the standard error.
    /// The controls themselves keep their plain means, which are a check of the model. If those are not zero within five
    /// standard errors, all components keep their plain means.
    ///
    /// Source: S. Asmussen and P. W. Glynn, *Stochastic Simulation* (2007), §V.2.
    pub(super) fn estimates(&self) -> Vec<Estimate> {
        let basis = self.basis();
        (0..self.means.len())
            .map(|i| {
                if basis.is_empty() || self.controls.contains(&i) || self.squares[i] == 0.0 {
                    self.estimate(self.means[i], self.squares[i], 0)
                } else {
                    self.regressed(i, &basis)
                }
            })
            .collect()
    }

    fn estimate(&self, mean: f64, squares: f64, regressors: usize) -> Estimate {
        let count = to_float(self.count);
        let freedom = count - 1.0 - to_float(regressors);
        let rounding = 4.0 * f64::EPSILON * mean.abs();
        Estimate { value: mean, error: (squares / (count * freedom)).sqrt() + rounding }
    }

    /// Component `i` after regression on the orthonormal controls.
    fn regressed(&self, i: usize, basis: &[Direction]) -> Estimate {
        let (mut mean, mut explained) = (self.means[i], 0.0);
        for direction in basis {
            let slope = direction.along(&self.products[i * self.controls.len()..]);
            mean -= slope * direction.along(&self.means[self.controls.clone()]);
            explained += slope * slope;
        }
        let residual = (self.squares[i] - explained).max(8.0 * f64::EPSILON * self.squares[i]);
        self.estimate(mean, residual, basis.len())
    }

    /// Combinations of the controls with unit centred square and no correlation, by Gram and Schmidt in the scalar product
    /// of the centred products; empty if the controls do not have expectation zero, or there are too few draws.
    fn basis(&self) -> Vec<Direction> {
        let width = self.controls.len();
        let mut basis: Vec<Direction> = Vec::new();
        if self.count < 2 * width + 10 || !self.controls_are_consistent() {
            return basis;
        }
        for j in 0..width {
            let own = self.squares[self.controls.start + j];
            let mut coefficients = vec![0.0; width];
            coefficients[j] = 1.0;
            for _ in 0..2 {
                // twice is enough
                for direction in &basis {
                    let overlap = self.scalar_product(&coefficients, &direction.0);
                    coefficients.iter_mut().zip(&direction.0).for_each(|(c, d)| *c -= overlap * d);
                }
            }
            let left = self.scalar_product(&coefficients, &coefficients);
            if left > COLLINEAR * own {
                coefficients.iter_mut().for_each(|c| *c /= left.sqrt());
                basis.push(Direction(coefficients));
            }
        }
        basis
    }

    fn controls_are_consistent(&self) -> bool {
        self.controls.clone().all(|j| {
            let plain = self.estimate(self.means[j], self.squares[j], 0);
            plain.value.abs() <= CONSISTENT * plain.error
        })
    }

    /// Σ (a·(c − c̄)) (b·(c − c̄))
    fn scalar_product(&self, a: &[f64], b: &[f64]) -> f64 {
        let width = self.controls.len();
        let rows = self.products.chunks_exact(width).skip(self.controls.start);
        let b = Direction(b.to_vec());
        a.iter().zip(rows).map(|(a, row)| a * b.along(row)).sum()
    }
}

/// The coefficients of a combination of the controls.
struct Direction(Vec<f64>);

impl Direction {
    /// The combination of `values`, one for each control.
    fn along(&self, values: &[f64]) -> f64 {
        self.0.iter().zip(values).map(|(c, v)| c * v).sum()
    }
}

/// How many sums are formed side by side.
const LANES: usize = 16;

/// The sum of some numbers.
#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma",
    "aarch64+neon",
))]
pub(super) fn sum(values: &[f64]) -> f64 {
    let mut lanes = [0.0; LANES];
    let (whole, rest) = values.as_chunks::<LANES>();
    for values in whole {
        for lane in 0..LANES {
            lanes[lane] += values[lane];
        }
    }
    together(lanes) + rest.iter().sum::<f64>()
}

/// The scalar products of a column with others of the same length, one after the other.
#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma",
    "aarch64+neon",
))]
pub(super) fn inner_products(column: &[f64], others: &[f64], products: &mut [f64]) {
    let (whole, rest) = column.as_chunks::<LANES>();
    for (product, other) in products.iter_mut().zip(others.chunks_exact(column.len().max(1))) {
        let mut lanes = [0.0; LANES];
        let (others, other_rest) = other.as_chunks::<LANES>();
        for (a, b) in whole.iter().zip(others) {
            for lane in 0..LANES {
                lanes[lane] += a[lane] * b[lane];
            }
        }
        *product = together(lanes) + rest.iter().zip(other_rest).map(|(a, b)| a * b).sum::<f64>();
    }
}

/// The sum of the lanes, in pairs.
#[inline(always)]
fn together(mut lanes: [f64; LANES]) -> f64 {
    let mut width = LANES / 2;
    while width > 0 {
        for lane in 0..width {
            lanes[lane] += lanes[lane + width];
        }
        width /= 2;
    }
    lanes[0]
}

pub(super) fn to_float(count: usize) -> f64 {
    #[allow(clippy::cast_precision_loss)] // counts of draws stay far below 2⁵³
    let count = count as f64;
    count
}
