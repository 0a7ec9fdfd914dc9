//! Integrals along a half-line or between two points, by the double-exponential rules.
//!
//! With u = π/2 sinh t, the trapezium rule in t is applied to
//!
//! ```math
//! x = N \pm L\, e^{u} \quad\text{(exp–sinh)}
//! \qquad\text{or}\qquad
//! x = \frac{N + M e^{2u}}{1 + e^{2u}} \quad\text{(tanh–sinh)}
//! ```
//!
//! The nodes of the half-line reach from N to 10²⁹⁵ on a logarithmic scale, so that a geometric tail and a power law are done
//! alike; those of the interval crowd at both ends on such a scale.
//!
//! Source: H. Takahasi and M. Mori, *Double exponential formulas for numerical integration*, Publ. RIMS 9 (1974) 721–741,
//! <https://doi.org/10.2977/prims/1195192451>.

use super::moments::to_float;
use super::terms::{Neumaier, Terms};
use std::f64::consts::FRAC_PI_2;

/// Terms that are below this part of the whole are not worth a node.
const NEGLIGIBLE: f64 = 1e-18;

/// So many negligible nodes in a row, and there is nothing left.
const QUIET: u32 = 3;

/// The coarsest step in t, and how often it is halved.
const STEP: f64 = 0.125;
const HALVINGS: u32 = 6;

/// The range of t: on the half-line exp(u) goes from 2·10⁻¹⁹ to 10²⁹⁵, between two points exp(2|u|) up to 10¹⁸.
const HALF_LINE: (f64, f64) = (-4.0, 6.765);
const INTERVAL: (f64, f64) = (-3.25, 3.25);

/// Where to integrate.
#[derive(Clone, Copy, Debug)]
pub(super) enum Path {
    /// From `from` in the `direction` +1 or −1, where F changes over the length `scale`. F has to be negligible before
    /// `end`.
    Outwards { from: f64, direction: f64, scale: f64, end: f64 },
    /// From `from` to `to`, which may be smaller.
    Between { from: f64, to: f64 },
}

impl Path {
    /// The finite ends, each with the direction in which the path lies.
    pub(super) fn ends(self) -> Vec<(f64, f64)> {
        match self {
            Self::Outwards { from, direction, .. } => vec![(from, direction)],
            Self::Between { from, to } => vec![(from, (to - from).signum()), (to, (from - to).signum())],
        }
    }

    fn range(self) -> (f64, f64) {
        match self {
            Self::Outwards { .. } => HALF_LINE,
            Self::Between { .. } => INTERVAL,
        }
    }

    /// x at t.
    fn position(self, t: f64) -> f64 {
        let u = exponent(t);
        match self {
            Self::Outwards { from, direction, scale, .. } => from + direction * scale * u.exp(),
            Self::Between { from, to } => {
                let (nearer, other) = if t < 0.0 { (from, to) } else { (to, from) };
                nearer + (other - nearer) / (1.0 + (2.0 * u.abs()).exp())
            }
        }
    }

    /// ln |dx/dt|
    fn ln_stretch(self, t: f64) -> f64 {
        let u = exponent(t);
        let ln_slope = match self {
            Self::Outwards { scale, .. } => scale.ln() + u,
            Self::Between { from, to } => {
                (2.0 * (to - from).abs()).ln() - 2.0 * (u.abs() + (-2.0 * u.abs()).exp().ln_1p())
            }
        };
        ln_slope + slope(t).ln()
    }

    fn is_endless(self) -> bool {
        matches!(self, Self::Outwards { .. })
    }

    /// ln(1 + |x − N|) at t.
    fn ln_distance(self, t: f64) -> f64 {
        let (Self::Outwards { from, .. } | Self::Between { from, .. }) = self;
        (self.position(t) - from).abs().ln_1p()
    }

    /// Whether x at t lies beyond the end of the support.
    fn has_left_support(self, t: f64) -> bool {
        match self {
            Self::Outwards { direction, end, .. } => (end - self.position(t)) * direction < 0.0,
            Self::Between { .. } => false,
        }
    }

    /// F |dx/dt|
    fn node<'t>(self, terms: &'t mut Terms<'_>, t: f64) -> Option<&'t [f64]> {
        terms.weighted(self.position(t), self.ln_stretch(t))
    }
}

/// u = π/2 sinh t
fn exponent(t: f64) -> f64 {
    FRAC_PI_2 * t.sinh()
}

/// du/dt
fn slope(t: f64) -> f64 {
    FRAC_PI_2 * t.cosh()
}

/// An integral or a sum of every component, the same of its absolute value, and an error.
#[derive(Clone, Debug)]
pub(super) struct Integral {
    pub(super) value: Vec<f64>,
    pub(super) magnitude: Vec<f64>,
    pub(super) error: Vec<f64>,
    /// ∫ |F| ln(1 + |x − N|) dx: how far out it comes from.
    pub(super) spread: Vec<f64>,
}

/// ∫ F dx along the path, by halving the step until two values agree.
pub(super) fn integral(terms: &mut Terms<'_>, path: Path, whole: &[f64]) -> Option<Integral> {
    let coarse = coarse_nodes(terms, path, whole)?;
    let mut rule = Trapezium::new(terms.width());
    for (k, node) in coarse.nodes.iter().enumerate() {
        rule.add(node, path.ln_distance(path.range().0 + STEP * to_float(k)));
    }
    let (mut step, mut intervals) = (STEP, coarse.nodes.len() - 1);
    let (mut value, mut last_change) = (rule.value(step), f64::INFINITY);
    for halving in 1..=HALVINGS {
        step *= 0.5;
        intervals *= 2;
        for k in (1..intervals).step_by(2) {
            let t = path.range().0 + step * to_float(k);
            rule.add(path.node(terms, t)?, path.ln_distance(t));
        }
        let (finer, magnitude) = (rule.value(step), rule.magnitude(step));
        let error: Vec<f64> = value.iter().zip(&finer).map(|(a, b)| (a - b).abs()).collect();
        let change =
            (0..error.len()).map(|c| error[c] / (whole[c] + magnitude[c]).max(f64::MIN_POSITIVE)).fold(0.0, f64::max);
        let settled = change <= 32.0 * f64::EPSILON;
        let stalled = halving > 3 && change > 0.5 * last_change; // only noise is left, or F is not smooth
        if settled || stalled || halving == HALVINGS {
            return Some(Integral {
                value: finer,
                magnitude,
                spread: rule.spread(step),
                error: error.iter().zip(&coarse.beyond).map(|(a, b)| a + b).collect(),
            });
        }
        (value, last_change) = (finer, change);
    }
    None
}

/// The nodes of the coarsest rule, on a half-line up to where F dx is negligible or x ends.
struct Coarse {
    nodes: Vec<Vec<f64>>,
    /// A bound on the integral beyond the last node.
    beyond: Vec<f64>,
}

/// `None` if there are too few nodes at which F is finite, or if the support ends before F is negligible.
fn coarse_nodes(terms: &mut Terms<'_>, path: Path, whole: &[f64]) -> Option<Coarse> {
    let (first, last) = path.range();
    let steps = (0..).map(|k| first + STEP * f64::from(k)).take_while(|&t| t <= last);
    let (mut abscissae, mut nodes): (Vec<f64>, Vec<Vec<f64>>) = (Vec::new(), Vec::new());
    let mut size = whole.to_vec();
    let mut quiet = 0;
    for t in steps {
        if path.has_left_support(t) {
            return None;
        }
        let Some(term) = path.node(terms, t) else {
            break;
        };
        size.iter_mut().zip(term).for_each(|(size, term)| *size += STEP * term.abs());
        let small = term.iter().zip(&size).all(|(term, size)| term.abs() <= NEGLIGIBLE * size);
        quiet = if small && t > 0.0 { quiet + 1 } else { 0 };
        abscissae.push(t);
        nodes.push(term.to_vec());
        if quiet == QUIET && path.is_endless() {
            break;
        }
    }
    let beyond = match path {
        Path::Between { .. } => (abscissae.last()? + STEP > last).then(|| vec![0.0; whole.len()])?,
        Path::Outwards { .. } if quiet == QUIET => vec![0.0; whole.len()],
        Path::Outwards { .. } => {
            let (t, nodes) = (abscissae.last_chunk::<2>()?, nodes.last_chunk::<2>()?);
            let density = |i: usize, c: usize| (exponent(t[i]), nodes[i][c] / slope(t[i]));
            (0..whole.len()).map(|c| power_tail(density(0, c), density(1, c))).collect()
        }
    };
    Some(Coarse { nodes, beyond })
}

/// ∫ F dx beyond the last node of a half-line, where x has no more room or F overflows: as a function of u, h = F dx/du is
/// taken to go on as between the last two nodes, h₂ exp(−ρ(u − u₂)). ∞ if that does not fall.
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
    spreads: Vec<f64>,
}

impl Trapezium {
    fn new(width: usize) -> Self {
        Self { sums: vec![Neumaier::default(); width], magnitudes: vec![0.0; width], spreads: vec![0.0; width] }
    }

    fn add(&mut self, node: &[f64], ln_distance: f64) {
        for (c, &node) in node.iter().enumerate() {
            self.sums[c].add(node);
            self.magnitudes[c] += node.abs();
            self.spreads[c] += node.abs() * ln_distance;
        }
    }

    fn value(&self, step: f64) -> Vec<f64> {
        self.sums.iter().map(|sum| step * sum.total()).collect()
    }

    fn magnitude(&self, step: f64) -> Vec<f64> {
        self.magnitudes.iter().map(|magnitude| step * magnitude).collect()
    }

    fn spread(&self, step: f64) -> Vec<f64> {
        self.spreads.iter().map(|spread| step * spread).collect()
    }
}
