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
//! The integral is taken by the exp–sinh rule x = N + L exp(π/2 sinh t), whose nodes reach from N to 10²⁹⁹: it does a
//! geometric tail and a power law alike.
//!
//! Sources: L. M. Milne-Thomson, *The Calculus of Finite Differences* (1933), §7.5 (Gauss's form of the summation formula);
//! H. Takahasi and M. Mori, *Double exponential formulas for numerical integration*, Publ. RIMS 9 (1974) 721–741,
//! <https://doi.org/10.2977/prims/1195192451>.

use super::Integrand;
use super::terms::{Neumaier, Terms};
use crate::error::Error;
use std::f64::consts::FRAC_PI_2;

/// c₁, …, c₆.
const CORRECTIONS: [f64; 6] = [
    1.0 / 12.0,
    -11.0 / 720.0,
    191.0 / 60_480.0,
    -2_497.0 / 3_628_800.0,
    14_797.0 / 95_800_320.0,
    -92_427_157.0 / 2_615_348_736_000.0,
];

/// Terms that are below this part of the whole are not worth a node.
const NEGLIGIBLE: f64 = 1e-18;

/// The range of t: exp(π/2 sinh t) goes from 2·10⁻¹⁹ to 10²⁹⁵.
const SMALLEST: f64 = -4.0;
const LARGEST: f64 = 6.765;

/// The coarsest step in t, and how often it is halved.
const STEP: f64 = 0.125;
const HALVINGS: usize = 6;

/// Where a tail begins, and which way it goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    /// The last point that is not in the tail.
    pub(super) at: f64,
    /// +1 or −1.
    pub(super) direction: f64,
    /// The length L over which the density changes.
    pub(super) scale: f64,
    /// The end of the support.
    pub(super) end: f64,
}

/// A sum or an integral of every component, with the same of its absolute value, and an error.
#[derive(Clone, Debug)]
pub(super) struct Tail {
    pub(super) value: Vec<f64>,
    pub(super) magnitude: Vec<f64>,
    pub(super) error: Vec<f64>,
}

/// Σ F(k) over the points of the tail; `None` if F cannot be integrated there, because it is not smooth, because it does
/// not become negligible before the end of the support, or because the integral diverges.
///
/// `whole` is the sum of |F| so far: what is small against it is negligible.
///
/// # Errors
/// Those of a term that is not finite at a point of the support.
pub(super) fn sum<I: Integrand>(terms: &mut Terms<'_, I>, cut: Cut, whole: &[f64]) -> Result<Option<Tail>, Error> {
    let corrections = corrections(terms, cut)?;
    let Some(mut tail) = integral(terms, cut, whole) else {
        return Ok(None);
    };
    for (c, (correction, error)) in corrections.into_iter().enumerate() {
        tail.value[c] -= correction;
        tail.error[c] += error;
    }
    Ok(Some(tail))
}

/// ½F(N) + Σ cⱼ μδ²ʲ⁻¹F(N) of every component, with its last term for an error.
fn corrections<I: Integrand>(terms: &mut Terms<'_, I>, cut: Cut) -> Result<Vec<(f64, f64)>, Error> {
    let mut columns = vec![Vec::with_capacity(2 * CORRECTIONS.len() + 1); terms.width()];
    let reach = i32::try_from(CORRECTIONS.len()).unwrap_or(0); // it is 6
    for k in -reach..=reach {
        let term = terms.at(cut.at + cut.direction * f64::from(k))?;
        for (column, &term) in columns.iter_mut().zip(term) {
            column.push(term);
        }
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

/// ∫ F dx over the tail, by halving the step until two values agree.
fn integral<I: Integrand>(terms: &mut Terms<'_, I>, cut: Cut, whole: &[f64]) -> Option<Tail> {
    let coarse = coarse_nodes(terms, cut, whole)?;
    let mut rule = Trapezium::new(terms.width());
    coarse.nodes.iter().for_each(|node| rule.add(node));
    let (mut step, mut intervals) = (STEP, coarse.nodes.len() - 1);
    let (mut value, mut last_change) = (rule.value(step), f64::INFINITY);
    for halving in 1..=HALVINGS {
        step *= 0.5;
        intervals *= 2;
        for k in (1..intervals).step_by(2) {
            rule.add(node(terms, cut, abscissa(k, step))?);
        }
        let (finer, magnitude) = (rule.value(step), rule.magnitude(step));
        let error: Vec<f64> = value.iter().zip(&finer).map(|(a, b)| (a - b).abs()).collect();
        let change = (0..error.len())
            .map(|c| error[c] / (whole[c] + magnitude[c]).max(f64::MIN_POSITIVE))
            .fold(0.0, f64::max);
        let settled = change <= 4.0 * f64::EPSILON;
        let stalled = halving > 2 && change > 0.5 * last_change; // only noise is left, or F is not smooth
        if settled || stalled || halving == HALVINGS {
            return Some(Tail {
                value: finer,
                magnitude,
                error: error.iter().zip(&coarse.beyond).map(|(a, b)| a + b).collect(),
            });
        }
        (value, last_change) = (finer, change);
    }
    None
}

/// The nodes of the coarsest rule, up to where F dx is negligible or x ends.
struct Coarse {
    nodes: Vec<Vec<f64>>,
    /// A bound on the integral beyond the last node.
    beyond: Vec<f64>,
}

fn coarse_nodes<I: Integrand>(terms: &mut Terms<'_, I>, cut: Cut, whole: &[f64]) -> Option<Coarse> {
    let mut nodes: Vec<Vec<f64>> = Vec::new();
    let mut size = whole.to_vec();
    let mut quiet = 0;
    while abscissa(nodes.len(), STEP) <= LARGEST {
        let t = abscissa(nodes.len(), STEP);
        if (cut.end - position(cut, t)) * cut.direction < 0.0 {
            return None;
        }
        let Some(term) = node(terms, cut, t) else {
            break;
        };
        size.iter_mut()
            .zip(term)
            .for_each(|(size, term)| *size += STEP * term.abs());
        let small = term
            .iter()
            .zip(&size)
            .all(|(term, size)| term.abs() <= NEGLIGIBLE * size);
        quiet = if small && t > 0.0 { quiet + 1 } else { 0 };
        nodes.push(term.to_vec());
        if quiet == 3 {
            let beyond = vec![0.0; nodes[0].len()];
            return Some(Coarse { nodes, beyond });
        }
    }
    // x has no more room, or F overflows. As a function of u = ln((x − N)/L), a power law goes on to fall as it does here.
    let [.., (t1, first), (t2, second)] = &nodes
        .iter()
        .enumerate()
        .map(|(k, n)| (abscissa(k, STEP), n))
        .collect::<Vec<_>>()[..]
    else {
        return None;
    };
    let beyond = (0..first.len())
        .map(|c| {
            power_tail(
                (ln_distance(*t1), first[c] / stretch(*t1)),
                (ln_distance(*t2), second[c] / stretch(*t2)),
            )
        })
        .collect();
    Some(Coarse { nodes, beyond })
}

/// ∫ |h| du beyond u₂ for h = h₂ exp(−ρ(u − u₂)), with ρ from two points; ∞ if h does not fall.
fn power_tail((u1, h1): (f64, f64), (u2, h2): (f64, f64)) -> f64 {
    if h2 == 0.0 {
        return 0.0;
    }
    let rate = (h1 / h2).abs().ln() / (u2 - u1);
    if rate > 0.0 { h2.abs() / rate } else { f64::INFINITY }
}

/// The trapezium rule in t.
struct Trapezium {
    sums: Vec<Neumaier>,
    magnitudes: Vec<f64>,
}

impl Trapezium {
    fn new(width: usize) -> Self {
        Self {
            sums: vec![Neumaier::default(); width],
            magnitudes: vec![0.0; width],
        }
    }

    fn add(&mut self, node: &[f64]) {
        for ((sum, magnitude), &node) in self.sums.iter_mut().zip(&mut self.magnitudes).zip(node) {
            sum.add(node);
            *magnitude += node.abs();
        }
    }

    fn value(&self, step: f64) -> Vec<f64> {
        self.sums.iter().map(|sum| step * sum.total()).collect()
    }

    fn magnitude(&self, step: f64) -> Vec<f64> {
        self.magnitudes.iter().map(|magnitude| step * magnitude).collect()
    }
}

/// F dx/dt at a node.
fn node<'t, I: Integrand>(terms: &'t mut Terms<'_, I>, cut: Cut, t: f64) -> Option<&'t [f64]> {
    terms.weighted(position(cut, t), cut.scale.ln() + ln_distance(t) + stretch(t).ln())
}

/// tₖ
fn abscissa(k: usize, step: f64) -> f64 {
    #[allow(clippy::cast_precision_loss)] // there are a few thousand nodes
    let steps = k as f64;
    SMALLEST + step * steps
}

/// x = N ± L exp(u)
fn position(cut: Cut, t: f64) -> f64 {
    cut.at + cut.direction * cut.scale * ln_distance(t).exp()
}

/// u = π/2 sinh t
fn ln_distance(t: f64) -> f64 {
    FRAC_PI_2 * t.sinh()
}

/// du/dt
fn stretch(t: f64) -> f64 {
    FRAC_PI_2 * t.cosh()
}
