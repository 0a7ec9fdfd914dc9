//! One family at one parameter point: its closed form against its own density and its own draws.

use fisher_information::Error;
use fisher_information::any::AnyModel;
use fisher_information::expectation::{Provenance, Settings};
use fisher_information::information::{Method, Regularity};
use nalgebra::DMatrix;
use std::time::{Duration, Instant};

/// Closed form and integral or sum: ten digits, relative to √(Iᵢᵢ Iⱼⱼ). The integrals aim at that.
pub const ACCURACY: f64 = 1e-10;

/// E[s sᵀ] and −E[H]: nine digits. Each has an error of ten digits, and so may their difference have a few times that.
pub const EQUALITY: f64 = 1e-9;

/// The largest error bar that excuses a larger difference, which it has to cover. Where an observation has too few digits
/// for the density no integral is better: N(10⁶, 10⁻³) has x to 10⁻⁷ σ; a gamma of shape 1/32 holds 10⁻¹⁰ of its mass, and
/// 10⁻⁷ of its information, below the least positive double; a beta with b < 1 has a pole at x = 1, where doubles are 10⁻¹⁶
/// apart.
pub const RESOLUTION: f64 = 1e-6;

/// Monte Carlo: five standard errors. Of a hundred entries, chance takes one beyond them for one seed in twenty thousand.
pub const DEVIATIONS: f64 = 5.0;

/// What is granted to an average over draws beyond its standard error: its rounding, relative to √(Iᵢᵢ Iⱼⱼ). It counts where
/// nothing varies: the square of a Bernoulli score is a linear function of the score, which the control variate takes away.
const ROUNDING: f64 = 1e-13;

/// How the averages over draws are taken.
const DRAWS: usize = 100_000;
const SEED: u64 = 1922;

/// The families whose log-density has a corner: for them the Hessian form has to fail, and the library to say so.
const CORNERS: [&str; 1] = ["Laplace"];

/// How far apart two matrices are that should be equal: the largest of each figure over the entries.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gap {
    /// The difference relative to √(Iᵢᵢ Iⱼⱼ).
    pub difference: f64,
    /// The sum of their errors relative to √(Iᵢᵢ Iⱼⱼ).
    pub bar: f64,
    /// The difference in units of the sum of their errors.
    pub deviations: f64,
}

impl Gap {
    /// The gap between two matrices, each with the errors of its entries; `scale` is the diagonal of I.
    fn between(left: [&DMatrix<f64>; 2], right: [&DMatrix<f64>; 2], scale: &[f64], rounding: f64) -> Self {
        let mut largest = Self::default();
        for i in 0..scale.len() {
            for j in 0..=i {
                let unit = (scale[i] * scale[j]).sqrt();
                let difference = (left[0][(i, j)] - right[0][(i, j)]).abs() / unit;
                let bar = (left[1][(i, j)] + right[1][(i, j)]) / unit + rounding;
                largest.difference = largest.difference.max(difference);
                largest.bar = largest.bar.max(bar);
                largest.deviations = largest.deviations.max(difference / bar.max(f64::MIN_POSITIVE));
            }
        }
        largest
    }

    /// Whether the difference is one that standard errors allow.
    pub fn is_likely(&self) -> bool {
        self.deviations <= DEVIATIONS
    }

    /// Whether the errors cover the difference.
    pub fn is_covered(&self) -> bool {
        self.deviations <= 1.0
    }

    /// Whether the matrices agree to `limit`, or as well as the density can be resolved.
    pub fn agrees_to(&self, limit: f64) -> bool {
        self.is_covered() && (self.difference <= limit || self.bar <= RESOLUTION)
    }
}

/// What was found of one family at one parameter point.
pub struct Comparison {
    /// The closed form and the integral or sum of s sᵀ, where there are both.
    pub deterministic: Option<Gap>,
    /// The closed form, or else the integral or sum or other draws, and the average of s sᵀ over draws.
    pub random: Gap,
    /// The two forms of the information, E[s sᵀ] and −E[H].
    pub equality: Gap,
    /// Which identities of regular models hold.
    pub regularity: Regularity,
    /// Whether the sample space can only be drawn from, so that the two forms are averages too.
    pub drawn: bool,
    /// How often the integrand was evaluated, how many terms were added, or how many draws were taken.
    pub evaluations: usize,
    /// The time that took.
    pub time: Duration,
    /// Whether the Hessian form has to fail.
    corner: bool,
}

impl Comparison {
    /// Compares a family at θ.
    ///
    /// # Errors
    /// Whatever the library refuses.
    pub fn of(family: &str, model: &dyn AnyModel, theta: &[f64]) -> Result<Self, Error> {
        let formula = model.closed_form(theta)?;

        let start = Instant::now();
        let settings = Settings::default();
        let integral = model.moments(theta, Method::Automatic, &settings)?;
        let time = start.elapsed();

        let settings = Settings { draws: DRAWS, seed: SEED, ..settings };
        let average = model.moments(theta, Method::MonteCarlo, &settings)?.information()?;

        let outer = [&integral.outer_product.matrix, &integral.outer_product.error];
        let scale = formula.as_ref().map_or(outer[0], |formula| formula.matrix()).diagonal();
        let hessian = [&integral.hessian.matrix, &integral.hessian.error];
        let average = [average.matrix(), average.error()];
        let gap = |left, right, rounding| Gap::between(left, right, scale.as_slice(), rounding);
        let drawn = integral.provenance.is_random();
        let integrated = formula.as_ref().filter(|_| !drawn);
        Ok(Self {
            deterministic: integrated.map(|formula| gap([formula.matrix(), formula.error()], outer, 0.0)),
            random: gap(
                formula.as_ref().map_or(outer, |formula| [formula.matrix(), formula.error()]),
                average,
                ROUNDING,
            ),
            equality: gap(outer, hessian, if drawn { ROUNDING } else { 0.0 }),
            regularity: integral.regularity(),
            drawn,
            evaluations: evaluations(&integral.provenance),
            time,
            corner: CORNERS.contains(&family),
        })
    }

    /// Whether −E[H] is not the information, as it has to be where the log-density has a corner.
    pub fn hessian_fails(&self) -> bool {
        matches!(self.regularity, Regularity::HessianFails { .. })
    }

    /// Where it falls short, in words; nothing if it does not.
    pub fn shortcomings(&self) -> Vec<String> {
        let Self { deterministic, random, equality, .. } = self;
        let mut found = Vec::new();
        if let Some(deterministic) = deterministic.filter(|gap| !gap.agrees_to(ACCURACY)) {
            found.push(format!(
                "closed form and density differ by {:.1e}, {:.1e} times the error bars",
                deterministic.difference, deterministic.deviations
            ));
        }
        if !random.is_likely() {
            found.push(format!("information and draws differ by {:.1} standard errors", random.deviations));
        }
        if self.hessian_fails() != self.corner || !self.regularity.has_information() {
            found.push(format!("the verdict should not be: {}", self.regularity));
        } else if !self.corner && !if self.drawn { equality.is_likely() } else { equality.agrees_to(EQUALITY) } {
            found.push(format!(
                "the two forms differ by {:.1e}, {:.1e} times the error bars",
                equality.difference, equality.deviations
            ));
        }
        found
    }
}

/// The work behind an expectation.
fn evaluations(provenance: &Provenance) -> usize {
    match *provenance {
        Provenance::Quadrature { evaluations } => evaluations,
        Provenance::Summation { terms, .. } => terms,
        Provenance::MonteCarlo { draws, .. } => draws,
        _ => 0,
    }
}
