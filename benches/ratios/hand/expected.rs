//! T6. The trapezoidal rule on 256 nodes, in a coordinate in which the integrand is analytic in a strip and dies off on both sides: its
//! error falls exponentially with the number of nodes (Trefethen and Weideman 2014). No error is estimated and no bulk is searched
//! for: the author knows the integrand.

use super::lanes::{Functions, accumulate};
use super::mixture::{Moments, Split};
use super::{gamma, mixture, student_t};
use crate::sums::Sums;
use fisher_information::kernel::vector::{exp, ln};
use fisher_information::scalar::Scalar;

const NODES: usize = 256;

/// Evenly spaced nodes, and their distance.
fn nodes(from: f64, to: f64) -> ([f64; NODES], f64) {
    let step = (to - from) / (NODES - 1) as f64;
    (std::array::from_fn(|i| from + step * i as f64), step)
}

/// Sums of which the value is the mass.
fn with_mass(mass: f64, sums: Sums) -> Sums {
    Sums { value: mass, ..sums }
}

/// The expectations of a gamma distribution, with ln x as coordinate.
pub fn expected_gamma(theta: &[f64; 2]) -> Sums {
    let (nodes, step) = nodes(-40.0 / theta[0], (60.0 / theta[1]).ln());
    let [mass, moments @ ..] = gamma_moments(theta, &nodes).map(|sum| step * sum);
    with_mass(mass, gamma::combine(theta, mass, moments))
}

/// f, f x, f L, f x², f x L and f L², with f the density of L = ln x.
struct Gamma {
    shape: f64,
    rate: f64,
    constant: f64,
}

impl Functions<6> for Gamma {
    #[inline(always)]
    fn add(&self, l: f64, sums: &mut [f64; 6]) {
        let &Self { shape, rate, constant } = self;
        let x = exp(l);
        let weight = exp(shape.mul_add(l, constant) - rate * x);
        let (wx, wl) = (weight * x, weight * l);
        sums[0] += weight;
        sums[1] += wx;
        sums[2] += wl;
        sums[3] = wx.mul_add(x, sums[3]);
        sums[4] = wx.mul_add(l, sums[4]);
        sums[5] = wl.mul_add(l, sums[5]);
    }
}

/// f, and f times the functions of a data set, with f the density of s = arsinh z.
struct StudentT {
    power: f64,
    constant: f64,
    /// 1/ν
    reciprocal: f64,
}

impl Functions<9> for StudentT {
    #[inline(always)]
    fn add(&self, s: f64, sums: &mut [f64; 9]) {
        let &Self { power, constant, reciprocal } = self;
        let (up, down) = (0.5 * exp(s), 0.5 * exp(-s));
        let (z, slope) = (up - down, up + down);
        let whole = (z * reciprocal).mul_add(z, 1.0);
        let (w, l) = (whole.recip(), ln(whole));
        let weight = slope * exp(constant - power * l);
        let (v, g) = (1.0 - w, z * w);
        let (wv, wl, wg) = (weight * v, weight * l, weight * g);
        sums[0] += weight;
        sums[1] += wv;
        sums[2] = wv.mul_add(v, sums[2]);
        sums[3] += wl;
        sums[4] = wl.mul_add(l, sums[4]);
        sums[5] = wl.mul_add(v, sums[5]);
        sums[6] += wg;
        sums[7] = wg.mul_add(v, sums[7]);
        sums[8] = wg.mul_add(l, sums[8]);
    }
}

/// f uᵏ, f₁ uᵏ and f₁²/f uᵏ.
struct Mixture<'a>(&'a Split);

impl Functions<15> for Mixture<'_> {
    #[inline(always)]
    fn add(&self, x: f64, sums: &mut [f64; 15]) {
        let Split { centre, first: [a0, a1, a2], difference: [d0, d1, d2] } = *self.0;
        let u = x - centre;
        let first = exp(u.mul_add(u.mul_add(a2, a1), a0));
        let second = exp(u.mul_add(u.mul_add(a2 + d2, a1 + d1), a0 + d0));
        let weight = first + second;
        let rr = first * (first / weight);
        let uu = u * u;
        for (start, weight) in [(0, weight), (5, first), (10, rr)] {
            sums[start] += weight;
            sums[start + 1] = weight.mul_add(u, sums[start + 1]);
            sums[start + 2] = weight.mul_add(uu, sums[start + 2]);
            sums[start + 3] = (weight * u).mul_add(uu, sums[start + 3]);
            sums[start + 4] = (weight * uu).mul_add(uu, sums[start + 4]);
        }
    }
}

#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma"
))]
fn gamma_moments(&[shape, rate]: &[f64; 2], nodes: &[f64]) -> [f64; 6] {
    let constant = shape * rate.ln() - Scalar::ln_gamma(shape);
    accumulate(&Gamma { shape, rate, constant }, nodes)
}

/// The expectations of a t distribution, with arsinh((x − μ)/σ) as coordinate.
pub fn expected_student_t(theta: &[f64; 3]) -> Sums {
    let end = 40.0 / theta[2];
    let (nodes, step) = nodes(-end, end);
    let [mass, moments @ ..] = student_t_moments(theta[2], &nodes).map(|sum| step * sum);
    with_mass(mass, student_t::combine(theta, mass, moments))
}

#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma"
))]
fn student_t_moments(nu: f64, nodes: &[f64]) -> [f64; 9] {
    let power = 0.5 * (nu + 1.0);
    let constant = Scalar::ln_gamma(power) - Scalar::ln_gamma(0.5 * nu) - 0.5 * (nu * std::f64::consts::PI).ln();
    accumulate(&StudentT { power, constant, reciprocal: nu.recip() }, nodes)
}

/// The expectations of a mixture of two normals, with x as coordinate, as far as nine deviations.
pub fn expected_mixture(theta: &[f64; 5]) -> Sums {
    let &[_, m1, m2, s1, s2] = theta;
    let from = (m1 - 9.0 * s1).min(m2 - 9.0 * s2);
    let to = (m1 + 9.0 * s1).max(m2 + 9.0 * s2);
    let (nodes, step) = nodes(from, to);
    let mut moments = mixture_moments(&Split::at(theta), &nodes).map(|sum| step * sum);
    let mass = moments[0];
    moments[0] = 0.0;
    with_mass(mass, mixture::combine(theta, mass, &moments))
}

#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma"
))]
fn mixture_moments(split: &Split, nodes: &[f64]) -> Moments {
    accumulate(&Mixture(split), nodes)
}
