//! T2. With L = ln x, only Σ x, Σ L, Σ x², Σ x L and Σ L² remain.

use super::lanes::{Functions, accumulate};
use crate::sums::Sums;
use fisher_information::kernel::vector::ln;
use fisher_information::scalar::Scalar;

/// Two parameters: shape α and rate β.
pub fn gamma(theta: &[f64; 2], data: &[f64]) -> Sums {
    combine(theta, data.len() as f64, moments(data))
}

/// The outputs from the sums over n observations. With c = ln β − ψ(α) and m = α/β the score is (c + L, m − x).
pub fn combine(&[shape, rate]: &[f64; 2], n: f64, [x, l, xx, xl, ll]: [f64; 5]) -> Sums {
    let (c, m) = (rate.ln() - shape.digamma(), shape / rate);
    Sums {
        value: n * (shape * rate.ln() - Scalar::ln_gamma(shape)) + (shape - 1.0) * l - rate * x,
        score: vec![n * c + l, n * m - x],
        outer: vec![n * c * c + 2.0 * c * l + ll, n * c * m - c * x + m * l - xl, n * m * m - 2.0 * m * x + xx],
        hessian: vec![-n * shape.polygamma(1), n / rate, -n * m / rate],
    }
}

/// x, L, x², x L and L².
struct Powers;

impl Functions<5> for Powers {
    #[inline(always)]
    fn add(&self, x: f64, sums: &mut [f64; 5]) {
        let l = ln(x);
        sums[0] += x;
        sums[1] += l;
        sums[2] = x.mul_add(x, sums[2]);
        sums[3] = x.mul_add(l, sums[3]);
        sums[4] = l.mul_add(l, sums[4]);
    }
}

#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma"
))]
fn moments(data: &[f64]) -> [f64; 5] {
    accumulate(&Powers, data)
}
