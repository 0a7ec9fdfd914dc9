//! T5. The density is f = f₁ + f₂ with f₁ = w φ((x − μ₁)/σ₁)/σ₁, and r = f₁/f is the responsibility of the first component.
//! Every output but Σ ln f is a polynomial in u = x − (μ₁ + μ₂)/2 times 1, r or r²: only Σ uᵏ, Σ r uᵏ and Σ r² uᵏ remain, k = 0 … 4.

use super::lanes::{Functions, accumulate};
use super::polynomial::Polynomial;
use crate::sums::Sums;
use fisher_information::kernel::vector::{exp, ln};

/// Five parameters: weight w of the first component, means, deviations.
pub fn mixture(theta: &[f64; 5], data: &[f64]) -> Sums {
    combine(theta, data.len() as f64, &moments(&Split::at(theta), data))
}

/// ln f₁ and ln f₂ − ln f₁ as polynomials in u.
pub struct Split {
    pub centre: f64,
    pub first: [f64; 3],
    pub difference: [f64; 3],
}

impl Split {
    pub fn at(&[weight, m1, m2, s1, s2]: &[f64; 5]) -> Self {
        let centre = 0.5 * (m1 + m2);
        let component = |weight: f64, mean: f64, deviation: f64| {
            let (shift, p) = (mean - centre, deviation.powi(-2));
            let constant = (weight / deviation).ln() - 0.5 * std::f64::consts::TAU.ln();
            [constant - 0.5 * p * shift * shift, p * shift, -0.5 * p]
        };
        let (first, second) = (component(weight, m1, s1), component(1.0 - weight, m2, s2));
        Self { centre, first, difference: std::array::from_fn(|k| second[k] - first[k]) }
    }
}

/// Σ (ln f − ln f₁), then Σ uᵏ for k = 1 … 4, Σ r uᵏ and Σ r² uᵏ for k = 0 … 4.
pub type Moments = [f64; 15];

struct Powers<'a>(&'a Split);

impl Functions<16> for Powers<'_> {
    #[inline(always)]
    fn add(&self, x: f64, sums: &mut [f64; 16]) {
        let (centre, [d0, d1, d2]) = (self.0.centre, self.0.difference);
        let u = x - centre;
        // ln f₂ − ln f₁
        let difference = u.mul_add(u.mul_add(d2, d1), d0);
        let smaller = exp(-difference.abs());
        let (whole, larger) = (1.0 + smaller, if difference > 0.0 { difference } else { 0.0 });
        let r = (if difference > 0.0 { smaller } else { 1.0 }) / whole;
        let (uu, ru, rr) = (u * u, r * u, r * r);
        let (ruu, rru) = (ru * u, ru * r);
        sums[0] += larger;
        // Π (1 + smaller) − 1
        sums[15] = sums[15].mul_add(smaller, sums[15] + smaller);
        sums[1] += u;
        sums[2] += uu;
        sums[3] = uu.mul_add(u, sums[3]);
        sums[4] = uu.mul_add(uu, sums[4]);
        sums[5] += r;
        sums[6] += ru;
        sums[7] += ruu;
        sums[8] = ruu.mul_add(u, sums[8]);
        sums[9] = ruu.mul_add(uu, sums[9]);
        sums[10] += rr;
        sums[11] += rru;
        sums[12] = ru.mul_add(ru, sums[12]);
        sums[13] = ru.mul_add(ruu, sums[13]);
        sums[14] = ruu.mul_add(ruu, sums[14]);
    }

    /// One logarithm of a product in place of the sum of logarithms.
    #[inline(always)]
    fn close(sums: &mut [f64; 16]) {
        sums[0] += ln(1.0 + sums[15]);
        sums[15] = 0.0;
    }
}

#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma"
))]
pub fn moments(split: &Split, data: &[f64]) -> Moments {
    let [moments @ .., _] = accumulate(&Powers(split), data);
    moments
}

/// The outputs from the sums over n observations.
///
/// The score of parameter i is r Pᵢ + (1 − r) Qᵢ, with the scores of ln f₁ and ln f₂, and fᵢⱼ/f is r (PᵢPⱼ + Pᵢⱼ) + (1 − r) (QᵢQⱼ + Qᵢⱼ);
/// the Hessian is fᵢⱼ/f − sᵢsⱼ.
pub fn combine(theta: &[f64; 5], n: f64, moments: &Moments) -> Sums {
    let split = Split::at(theta);
    let plain = Polynomial::new(|k| if k == 0 { n } else { moments[k] });
    let (r, rr) = (Polynomial::new(|k| moments[5 + k]), Polynomial::new(|k| moments[10 + k]));
    let q = plain - r;
    let (rq, qq) = (r - rr, q - r + rr);

    let &[weight, m1, m2, s1, s2] = theta;
    let (first, second) = (Component::at(m1 - split.centre, s1), Component::at(m2 - split.centre, s2));
    let of_weight = [Polynomial::constant(weight.recip()), Polynomial::constant(-(1.0 - weight).recip())];
    let zero = Polynomial::constant(0.0);
    let scores =
        [of_weight, [first.score[0], zero], [zero, second.score[0]], [first.score[1], zero], [zero, second.score[1]]];
    let hessian = |i: usize, j: usize| match (i, j) {
        (0, 0) => [-(of_weight[0] * of_weight[0]), -(of_weight[1] * of_weight[1])],
        (1, 1) => [first.hessian[0], zero],
        (3, 1) => [first.hessian[1], zero],
        (3, 3) => [first.hessian[2], zero],
        (2, 2) => [zero, second.hessian[0]],
        (4, 2) => [zero, second.hessian[1]],
        (4, 4) => [zero, second.hessian[2]],
        _ => [zero, zero],
    };
    let mut sums = Sums {
        value: moments[0] + (0..3).map(|k| split.first[k] * plain.0[k]).sum::<f64>(),
        score: scores.iter().map(|[p1, p2]| p1.dot(r) + p2.dot(q)).collect(),
        outer: Vec::new(),
        hessian: Vec::new(),
    };
    for (i, &[p1, p2]) in scores.iter().enumerate() {
        for (j, &[o1, o2]) in scores[..=i].iter().enumerate() {
            let outer = (p1 * o1).dot(rr) + (p1 * o2 + p2 * o1).dot(rq) + (p2 * o2).dot(qq);
            let [h1, h2] = hessian(i, j);
            sums.hessian.push((p1 * o1 + h1).dot(r) + (p2 * o2 + h2).dot(q) - outer);
            sums.outer.push(outer);
        }
    }
    sums
}

/// The derivatives of ln φ((x − μ)/σ)/σ by (μ, σ) as polynomials in u.
struct Component {
    score: [Polynomial; 2],
    /// By μ and μ, σ and μ, σ and σ.
    hessian: [Polynomial; 3],
}

impl Component {
    fn at(mean: f64, deviation: f64) -> Self {
        let p = deviation.recip();
        let z = Polynomial([-mean * p, p, 0.0, 0.0, 0.0]);
        let [one, two, three] = [1.0, 2.0, 3.0].map(Polynomial::constant);
        let [p1, p2] = [p, p * p].map(Polynomial::constant);
        Self { score: [p1 * z, p1 * (z * z - one)], hessian: [-p2, -(p2 * two * z), p2 * (one - three * z * z)] }
    }
}
