//! T4. With z = (x − μ)/σ, u = z²/ν, w = 1/(1 + u), v = u w = 1 − w, g = z w and L = ln(1 + u),
//! only Σ v, Σ v², Σ L, Σ L², Σ L v, Σ g, Σ g v and Σ g L remain.

use super::lanes::{Functions, accumulate};
use crate::sums::Sums;
use fisher_information::kernel::vector::ln;
use fisher_information::scalar::Scalar;

/// Three parameters: location μ, scale σ, degrees of freedom ν.
pub fn student_t(theta: &[f64; 3], data: &[f64]) -> Sums {
    combine(theta, data.len() as f64, moments(theta, data))
}

/// The outputs from the sums over n observations.
///
/// The score is (e g, (f v − 1)/σ, a − L/2 + d v) with f = ν + 1, e = f/(νσ), d = f/(2ν).
pub fn combine(&[_, scale, nu]: &[f64; 3], n: f64, [v, vv, l, ll, lv, g, gv, gl]: [f64; 8]) -> Sums {
    let (f, p) = (nu + 1.0, scale.recip());
    let (e, d) = (f * p / nu, 0.5 * f / nu);
    let [upper, lower] = [0.5 * f, 0.5 * nu];
    let constant = Scalar::ln_gamma(upper) - Scalar::ln_gamma(lower) - 0.5 * (nu * std::f64::consts::PI).ln();
    let a = 0.5 * (upper.digamma() - lower.digamma() - nu.recip());
    let curvature = 0.25 * (upper.polygamma(1) - lower.polygamma(1)) + 0.5 / (nu * nu);
    Sums {
        value: n * (constant - scale.ln()) - upper * l,
        score: vec![e * g, p * (f * v - n), n * a - 0.5 * l + d * v],
        outer: vec![
            e * e * nu * (v - vv),
            e * p * (f * gv - g),
            p * p * (n - 2.0 * f * v + f * f * vv),
            e * (a * g - 0.5 * gl + d * gv),
            p * (0.5 * l - n * a - d * v + f * (a * v - 0.5 * lv + d * vv)),
            n * a * a + 0.25 * ll + d * d * vv - a * l + 2.0 * a * d * v - d * lv,
        ],
        hessian: vec![
            -e * p * (n - 3.0 * v + 2.0 * vv),
            -2.0 * e * p * (g - gv),
            p * p * (n - f * (3.0 * v - 2.0 * vv)),
            p / (nu * nu) * (f * gv - g),
            p * (v - 2.0 * d * (v - vv)),
            n * curvature + 0.5 / nu * (v - v / nu) - d / nu * (v - vv),
        ],
    }
}

/// v, v², L, L², L v, g, g v and g L.
struct Powers {
    location: f64,
    /// 1/σ
    precision: f64,
    /// 1/ν
    reciprocal: f64,
}

impl Functions<8> for Powers {
    #[inline(always)]
    fn add(&self, x: f64, sums: &mut [f64; 8]) {
        let z = (x - self.location) * self.precision;
        let whole = (z * self.reciprocal).mul_add(z, 1.0);
        let (w, l) = (whole.recip(), ln(whole));
        let (v, g) = (1.0 - w, z * w);
        sums[0] += v;
        sums[1] = v.mul_add(v, sums[1]);
        sums[2] += l;
        sums[3] = l.mul_add(l, sums[3]);
        sums[4] = l.mul_add(v, sums[4]);
        sums[5] += g;
        sums[6] = g.mul_add(v, sums[6]);
        sums[7] = g.mul_add(l, sums[7]);
    }
}

#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma"
))]
fn moments(&[location, scale, nu]: &[f64; 3], data: &[f64]) -> [f64; 8] {
    accumulate(&Powers { location, precision: scale.recip(), reciprocal: nu.recip() }, data)
}
