//! The tail of a slowly falling sum as an integral: Euler–Maclaurin with central differences.
//!
//! With F = f·(1, g) a smooth function and N far from where it bends,
//!
//! ```math
//! \sum_{k > N} F(k) = \int_N^\infty F(x)\,dx - \tfrac12 F(N) - \sum_{j=1}^{6} c_j\, \mu\delta^{2j-1} F(N) + R
//! ```
//!
//! where δ is the central difference and μ the mean of neighbours. The coefficients are those of
//! ½ coth(D/2) − 1/D = Σ cⱼ μδ²ʲ⁻¹ with D = 2 arsinh(δ/2), so the corrections need F at integers only, and no derivative.
//! A sum with two ends has the corrections of both.
//!
//! Source: F. B. Hildebrand, *Introduction to Numerical Analysis*, 2nd ed. (1974), §5.8 (the summation formulas of Gregory
//! and Gauss); the coefficients were recomputed from the series.

use super::double_exponential::{Integral, Path, integral};
use super::terms::Terms;
use crate::error::Error;

/// c₁, …, c₆.
const CORRECTIONS: [f64; 6] = [
    1.0 / 12.0,
    -11.0 / 720.0,
    191.0 / 60_480.0,
    -2_497.0 / 3_628_800.0,
    14_797.0 / 95_800_320.0,
    -92_427_157.0 / 2_615_348_736_000.0,
];

/// Σ F(k) over the integers strictly beyond, or between, the ends of the path; `None` if F cannot be integrated along it.
///
/// `whole` is the sum of |F| so far: what is small against it is negligible.
///
/// # Errors
/// Those of a term that is not finite at a point of the support.
pub(super) fn sum(terms: &mut Terms<'_>, path: Path, whole: &[f64]) -> Result<Option<Integral>, Error> {
    let Some(mut tail) = integral(terms, path, whole) else {
        return Ok(None);
    };
    for (end, inwards) in path.ends() {
        for (c, (correction, error)) in corrections(terms, end, inwards)?.into_iter().enumerate() {
            tail.value[c] -= correction;
            tail.error[c] += error;
        }
    }
    Ok(Some(tail))
}

/// ½F(N) + Σ cⱼ μδ²ʲ⁻¹F(N) of every component, with its last term for an error.
fn corrections(terms: &mut Terms<'_>, end: f64, inwards: f64) -> Result<Vec<(f64, f64)>, Error> {
    let reach = CORRECTIONS.len();
    let mut columns = vec![Vec::with_capacity(2 * reach + 1); terms.width()];
    let mut x = end;
    for _ in 0..reach {
        x -= inwards;
    }
    for _ in 0..=2 * reach {
        for (column, &term) in columns.iter_mut().zip(terms.at(x)?) {
            column.push(term);
        }
        x += inwards;
    }
    Ok(columns.into_iter().map(correction).collect())
}

/// The same for one component, from F(N − 6), …, F(N + 6).
fn correction(mut even: Vec<f64>) -> (f64, f64) {
    let (mut total, mut last) = (0.5 * even[CORRECTIONS.len()], 0.0);
    for (j, coefficient) in CORRECTIONS.iter().enumerate() {
        let centre = CORRECTIONS.len() - j; // `even` holds δ²ʲF and is 2j shorter than F
        last = coefficient * 0.5 * (even[centre + 1] - even[centre - 1]);
        total += last;
        even = even.windows(3).map(|w| w[0] - 2.0 * w[1] + w[2]).collect();
    }
    (total, last.abs())
}
