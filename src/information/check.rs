//! A check for authors of likelihood code.
//!
//! The library's own identities, asked of anybody's model: a wrong constant, a slip in a formula, a sampler that draws from
//! something else all show in one of them.

use super::moments::{ScoreMoments, moments};
use super::{Method, Regularity};
use crate::derivatives::{Differentiator, packed_length};
use crate::error::Error;
use crate::expectation::{Expectation, Settings, evaluate};
use crate::model::{Datum, Observation, OwnedDatum, SampleSpace, Sampler, Stream, Theta};
use crate::scalar::Scalar;
use std::borrow::Borrow;
use std::fmt;

/// How many draws the sampler is asked for.
const DRAWS: usize = 20_000;

/// How many of them are differentiated one by one.
const LOOKED_AT: usize = 2_000;

/// A mean of draws further than this many standard errors from the expectation is not chance: it happens once in two million.
const DEVIATIONS: f64 = 5.0;

/// How one line of the report ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Verdict {
    /// As it should be.
    Passed,
    /// Not as for a regular model, but as it may be.
    Noted,
    /// Wrong.
    Failed,
}

/// One line of the report: what was asked, the number that answers it, and the verdict.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CheckLine {
    /// What was asked.
    pub question: String,
    /// The number that answers it; the text says what it measures.
    pub figure: f64,
    /// The answer in words.
    pub answer: String,
    /// The verdict.
    pub verdict: Verdict,
}

/// What [`check`] found.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CheckReport {
    /// The lines, in the order of the questions.
    pub lines: Vec<CheckLine>,
}

impl CheckReport {
    /// Whether nothing failed.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.lines.iter().all(|line| line.verdict != Verdict::Failed)
    }

    /// The line of a question, by the beginning of its text.
    #[must_use]
    pub fn line(&self, question: &str) -> Option<&CheckLine> {
        self.lines.iter().find(|line| line.question.starts_with(question))
    }

    fn add(&mut self, question: &str, figure: f64, verdict: Verdict, answer: impl Into<String>) {
        self.lines.push(CheckLine { question: question.into(), figure, answer: answer.into(), verdict });
    }
}

impl fmt::Display for CheckReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.lines {
            let mark = match line.verdict {
                Verdict::Passed => "✓",
                Verdict::Noted => "•",
                Verdict::Failed => "✗",
            };
            writeln!(f, "{mark} {:<34} {:>9.1e}  {}", line.question, line.figure, line.answer)?;
        }
        write!(f, "{}", if self.passed() { "nothing failed" } else { "the model does not pass" })
    }
}

/// Asks a model at θ: are the derivatives finite over the support, is the density normalised, is the mean score zero, are the
/// two forms of the information equal, is the matrix symmetric and positive semi-definite, does the closed form agree, do the
/// draws of the sampler follow the density?
///
/// ```
/// use fisher_information::{distributions::Gamma, information::check};
///
/// let report = check(&Gamma, &[2.5, 0.75])?;
/// assert!(report.passed(), "{report}");
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// [`Error::ParameterOutsideDomain`]; everything else is a line of the report.
pub fn check<M: SampleSpace + Sampler>(model: &M, theta: &Theta<M, f64>) -> Result<CheckReport, Error> {
    let mut report = CheckReport { lines: Vec::new() };
    let draws = draws(model, theta);
    derivatives_are_finite(model, theta, &draws, &mut report)?;
    let settings = Settings { draws: DRAWS, ..Settings::default() };
    match moments(model, theta, Method::Automatic, &settings) {
        Ok(moments) => {
            identities_hold(&moments, &mut report);
            matrix_is_positive(&moments, &mut report);
            closed_form_agrees(model, theta, &moments, &mut report)?;
        }
        Err(refusal) => report.add("expectation exists", f64::NAN, Verdict::Failed, refusal.to_string()),
    }
    sampler_agrees(model, theta, &draws, &settings, &mut report)?;
    Ok(report)
}

/// Draws from a fixed stream.
fn draws<M: SampleSpace + Sampler>(model: &M, theta: &Theta<M, f64>) -> Vec<OwnedDatum<M>> {
    let mut stream: Stream = rand::SeedableRng::seed_from_u64(0x00F1_54E2);
    (0..DRAWS).map(|_| model.sample(theta, &mut stream)).collect()
}

/// ℓ, s and H at the first draws.
fn derivatives_are_finite<M: SampleSpace>(
    model: &M,
    theta: &Theta<M, f64>,
    draws: &[OwnedDatum<M>],
    report: &mut CheckReport,
) -> Result<(), Error> {
    let mut at = Differentiator::new(model, theta)?;
    let (mut score, mut hessian) = (vec![0.0; at.length()], vec![0.0; packed_length(at.length())]);
    let bad = draws.iter().take(LOOKED_AT).find(|x| {
        let value = at.second((*x).borrow(), &mut score, &mut hessian);
        !(value.is_finite() && score.iter().chain(&hessian).all(|derivative| derivative.is_finite()))
    });
    match bad {
        None => report.add(
            "derivatives are finite",
            0.0,
            Verdict::Passed,
            format!("at {} draws", draws.len().min(LOOKED_AT)),
        ),
        Some(x) => {
            let coordinates = M::Observation::coordinates(x.borrow());
            report.add("derivatives are finite", 1.0, Verdict::Failed, format!("not at x = {coordinates:?}"));
        }
    }
    Ok(())
}

/// Mass, mean score and information equality.
fn identities_hold(moments: &ScoreMoments, report: &mut CheckReport) {
    let regularity = moments.regularity();
    match moments.mass {
        Some(mass) => {
            let verdict = failed_if(matches!(regularity, Regularity::NotNormalised { .. }));
            report.add("density is normalised", (mass.value - 1.0).abs(), verdict, format!("mass {mass}"));
        }
        None => report.add("density is normalised", f64::NAN, Verdict::Noted, "sampling cannot tell"),
    }
    let scale = |i: usize| moments.outer_product.matrix[(i, i)].abs().sqrt().max(f64::MIN_POSITIVE);
    let largest =
        moments.mean_score.iter().enumerate().map(|(i, mean)| mean.value.abs() / scale(i)).fold(0.0, f64::max);
    match &regularity {
        Regularity::MeanScoreNotZero { .. } => {
            report.add("mean score is zero", largest, Verdict::Failed, regularity.to_string());
        }
        _ => report.add("mean score is zero", largest, Verdict::Passed, "in standard deviations of the score"),
    }
    let residual = moments.equality_residual();
    match &regularity {
        Regularity::HessianFails { .. } => {
            report.add("information equality", residual, Verdict::Noted, regularity.to_string());
        }
        Regularity::Regular => report.add("information equality", residual, Verdict::Passed, "E[ssᵀ] = −E[H]"),
        _ => report.add("information equality", residual, Verdict::Failed, "not asked of such a model"),
    }
}

/// Symmetric by construction; no eigenvalue below zero by more than its error.
fn matrix_is_positive(moments: &ScoreMoments, report: &mut CheckReport) {
    let question = "information is positive";
    match moments.information() {
        Ok(information) => {
            let smallest = information.spectrum().values().first().copied();
            let figure = smallest.map_or(f64::NAN, |eigenvalue| eigenvalue.value);
            let negative = smallest.is_some_and(|eigenvalue| eigenvalue.value < -eigenvalue.error);
            let rank = information.rank();
            let answer = format!("smallest scaled eigenvalue; rank {rank} of {}", moments.names.len());
            let verdict = if negative {
                Verdict::Failed
            } else if rank < moments.names.len() {
                Verdict::Noted
            } else {
                Verdict::Passed
            };
            report.add(question, figure, verdict, answer);
        }
        Err(refusal) => report.add(question, f64::NAN, Verdict::Failed, refusal.to_string()),
    }
}

/// The model's own formula against E\[s sᵀ\].
fn closed_form_agrees<M: SampleSpace>(
    model: &M,
    theta: &Theta<M, f64>,
    moments: &ScoreMoments,
    report: &mut CheckReport,
) -> Result<(), Error> {
    let question = "closed form agrees";
    let formula = match super::closed_form(model, theta) {
        Ok(Some(formula)) => formula,
        Ok(None) => return Ok(()),
        Err(Error::EntryNotFinite { row, column, value }) => {
            report.add(question, value, Verdict::Failed, format!("entry ({row}, {column}) is {value}"));
            return Ok(());
        }
        Err(refusal) => return Err(refusal),
    };
    let outer = &moments.outer_product;
    let factor = if moments.provenance.is_random() { DEVIATIONS } else { 1.0 };
    let (mut largest, mut off) = (0.0_f64, false);
    for i in 0..moments.names.len() {
        for j in 0..=i {
            let difference = (formula.matrix()[(i, j)] - outer.matrix[(i, j)]).abs();
            let scale = (outer.matrix[(i, i)].sqrt() * outer.matrix[(j, j)].sqrt()).max(f64::MIN_POSITIVE);
            off |= difference > factor * outer.error[(i, j)] + formula.error()[(i, j)] + 1e-10 * scale;
            largest = largest.max(difference / scale);
        }
    }
    report.add(question, largest, failed_if(off), format!("with {}", moments.provenance));
    Ok(())
}

/// The draws against the density: the means of bounded functions of each coordinate, compared with their expectations in
/// standard errors.
fn sampler_agrees<M: SampleSpace>(
    model: &M,
    theta: &Theta<M, f64>,
    draws: &[OwnedDatum<M>],
    settings: &Settings,
    report: &mut CheckReport,
) -> Result<(), Error> {
    let question = "sampler follows the density";
    let coordinates = draws.first().map_or(0, |x| M::Observation::coordinates(x.borrow()).len());
    if coordinates == 0 {
        report.add(question, f64::NAN, Verdict::Noted, "opaque observations cannot be compared");
        return Ok(());
    }
    let (centres, spreads) = centres_and_spreads::<M>(draws, coordinates);
    let features = move |x: &Datum<M, f64>, g: &mut [f64]| {
        for (k, &x) in M::Observation::coordinates(x).iter().enumerate() {
            let z = (x - centres[k]) / spreads[k];
            (g[3 * k], g[3 * k + 1], g[3 * k + 2]) = (z.logistic(), (2.0 * z).logistic().powi(2), (-z * z).exp());
        }
    };
    let statistic = crate::expectation::Function::new(model, theta, 3 * coordinates, features.clone())?;
    let exact = evaluate(model, theta, &statistic, None, Method::Automatic, settings);
    let Ok((Expectation { values, provenance, .. }, _)) = exact else {
        report.add(question, f64::NAN, Verdict::Noted, "no expectation to compare the draws with");
        return Ok(());
    };
    if provenance.is_random() {
        report.add(question, f64::NAN, Verdict::Noted, "the expectation is itself an average over draws");
        return Ok(());
    }
    let sampled = means(draws.iter().map(|x| {
        let mut g = vec![0.0; 3 * coordinates];
        features(x.borrow(), &mut g);
        g
    }));
    let deviation = values
        .iter()
        .zip(sampled)
        .map(|(exact, (mean, error))| (mean - exact.value).abs() / (error + exact.error).max(f64::EPSILON))
        .fold(0.0, f64::max);
    let answer = format!("standard errors, {} draws", draws.len());
    report.add(question, deviation, failed_if(deviation.is_nan() || deviation > DEVIATIONS), answer);
    Ok(())
}

/// The median and the interquartile range of each coordinate of the draws.
fn centres_and_spreads<M: SampleSpace>(draws: &[OwnedDatum<M>], coordinates: usize) -> (Vec<f64>, Vec<f64>) {
    (0..coordinates)
        .map(|k| {
            let mut values: Vec<f64> = draws.iter().map(|x| M::Observation::coordinates(x.borrow())[k]).collect();
            values.sort_by(f64::total_cmp);
            let quantile = |fraction: usize| values[values.len() * fraction / 4];
            let spread = quantile(3) - quantile(1);
            (quantile(2), if spread > 0.0 { spread } else { 1.0 })
        })
        .unzip()
}

/// The mean of every component and its standard error.
fn means(rows: impl Iterator<Item = Vec<f64>>) -> Vec<(f64, f64)> {
    let (mut count, mut moments) = (0.0, Vec::<(f64, f64)>::new());
    for row in rows {
        count += 1.0;
        moments.resize(row.len(), (0.0, 0.0));
        for ((mean, squares), value) in moments.iter_mut().zip(row) {
            let before = value - *mean;
            *mean += before / count;
            *squares += before * (value - *mean);
        }
    }
    moments.into_iter().map(|(mean, squares)| (mean, (squares / (count - 1.0) / count).sqrt())).collect()
}

/// Failed if `bad`.
fn failed_if(bad: bool) -> Verdict {
    if bad { Verdict::Failed } else { Verdict::Passed }
}
