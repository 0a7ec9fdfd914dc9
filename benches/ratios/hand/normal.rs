//! T1. With r = x − μ, only Σ r, Σ r², Σ r³ and Σ r⁴ remain.

use super::lanes::{Functions, accumulate};
use crate::sums::Sums;

/// Two parameters: μ and σ.
pub fn normal(&[mean, deviation]: &[f64; 2], data: &[f64]) -> Sums {
    let [r1, r2, r3, r4] = powers(mean, data);
    let (n, p) = (data.len() as f64, deviation.recip());
    let p2 = p * p;
    Sums {
        value: -0.5 * p2 * r2 - n * (deviation.ln() + 0.5 * std::f64::consts::TAU.ln()),
        score: vec![p2 * r1, p * (p2 * r2 - n)],
        outer: vec![p2 * p2 * r2, p2 * p * (p2 * r3 - r1), p2 * (p2 * (p2 * r4 - 2.0 * r2) + n)],
        hessian: vec![-n * p2, -2.0 * p2 * p * r1, p2 * (n - 3.0 * p2 * r2)],
    }
}

/// r, r², r³ and r⁴.
struct Powers {
    mean: f64,
}

impl Functions<4> for Powers {
    #[inline(always)]
    fn add(&self, x: f64, sums: &mut [f64; 4]) {
        let r = x - self.mean;
        let square = r * r;
        sums[0] += r;
        sums[1] += square;
        sums[2] = square.mul_add(r, sums[2]);
        sums[3] = square.mul_add(square, sums[3]);
    }
}

#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma"
))]
fn powers(mean: f64, data: &[f64]) -> [f64; 4] {
    accumulate(&Powers { mean }, data)
}
