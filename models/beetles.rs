//! Bliss's beetles: three dose–response curves on real data, with published numbers beside ours.
//!
//! The number of beetles killed at log-dose x is binomial with probability F(β₁ + β₂x). For the logit, the canonical link, the
//! observed information does not depend on the response and is the expected one. For the other two curves it is not, and
//! the standard errors differ in the third digit.
//!
//! `cargo run --release --example beetles` prints both informations, the standard errors from each, and what Dobson's textbook
//! and another program say; it exits with a failure unless they agree to the last digit printed there.

use fisher_information::information::{Expected, Information, Observed, ScoreSums, expected_of_design};
use fisher_information::prelude::*;
use nalgebra::DVector;
use std::error::Error;
use std::process::ExitCode;

/// Deaths in a group of beetles, given the log-dose: an observation is (log-dose, beetles, killed).
#[derive(Clone, Copy, Debug)]
pub enum DoseResponse {
    /// p = 1/(1 + e⁻ᶻ) with z = β₁ + β₂x
    Logit,
    /// p = Φ(z)
    Probit,
    /// p = 1 − exp(−eᶻ), the complementary log-log or extreme value curve
    ExtremeValue,
}

impl LogLikelihood for DoseResponse {
    type Parameters = Fixed<2>;
    type Observation = [f64; 3];

    fn ln_likelihood<D: Scalar>(&self, &[intercept, slope]: &[D; 2], &[dose, beetles, killed]: &[D; 3]) -> D {
        let z = intercept + slope * dose;
        let (ln_death, ln_survival) = match self {
            Self::Logit => (z.ln_logistic(), (-z).ln_logistic()),
            Self::Probit => (z.ln_norm_cdf(), (-z).ln_norm_cdf()),
            Self::ExtremeValue => ((-z.exp()).ln_1m_exp(), -z.exp()),
        };
        ln_ways(beetles, killed) + killed * ln_death + (beetles - killed) * ln_survival
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("intercept"), Parameter::real("slope")]
    }
}

/// The logarithm of the number of ways to choose k of n.
fn ln_ways<D: Scalar>(n: D, k: D) -> D {
    (n + 1.0).ln_gamma() - (k + 1.0).ln_gamma() - (n - k + 1.0).ln_gamma()
}

impl SampleSpace for DoseResponse {
    fn support(&self, _: &[f64; 2]) -> Support {
        Support::response(2, Support::counts())
    }

    fn support_given(&self, _: &[f64; 2], &[_, beetles, _]: &[f64; 3]) -> Support {
        let killed = Support::Integers { lower: 0.0, upper: beetles };
        Support::response(2, killed)
    }
}

/// A curve at the maximum of its likelihood.
pub struct Fit {
    /// (β₁, β₂)
    pub theta: [f64; 2],
    /// The information of the eight groups before the beetles have died …
    pub expected: Information<Expected>,
    /// … and after.
    pub observed: Information<Observed>,
    /// Twice the log-likelihood that the curve lacks against eight free probabilities.
    pub deviance: f64,
}

/// The maximum of the likelihood by Fisher scoring, θ ← θ + I⁻¹s, from a flat curve.
///
/// # Errors
/// Those of the library, and if twenty steps are not enough.
pub fn fit(curve: &DoseResponse, data: &[[f64; 3]]) -> Result<Fit, Box<dyn Error>> {
    let mut theta = [0.0; 2];
    for _ in 0..20 {
        let sums = ScoreSums::of(curve, &theta, data)?;
        let expected = expected_of_design(curve, &theta, data)?;
        let score = DVector::from_iterator(2, sums.score().iter().map(|score| score.value));
        let step = expected.inverse()?.matrix() * &score;
        if step.dot(&score) < 1e-20 {
            // 10⁻¹⁰ standard errors from the maximum
            let saturated: f64 = data.iter().map(saturated).sum();
            return Ok(Fit {
                theta,
                expected,
                observed: sums.observed()?,
                deviance: 2.0 * (saturated - sums.log_likelihood().value),
            });
        }
        theta = [theta[0] + step[0], theta[1] + step[1]];
    }
    Err("no convergence within twenty steps".into())
}

/// The log-likelihood of a group with a probability of its own, killed/beetles.
fn saturated(&[_, beetles, killed]: &[f64; 3]) -> f64 {
    let part = |count: f64| {
        if count == 0.0 { 0.0 } else { count * (count / beetles).ln() }
    };
    ln_ways(beetles, killed) + part(killed) + part(beetles - killed)
}

/// A number of ours and the same number as others print it.
pub struct Check {
    what: &'static str,
    ours: f64,
    printed: &'static str,
    source: &'static str,
}

impl Check {
    /// Ours to as many decimals as the other.
    fn rounded(&self) -> String {
        let decimals = self.printed.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        format!("{:.decimals$}", self.ours)
    }

    /// Whether all digits printed are ours.
    pub fn agrees(&self) -> bool {
        self.rounded() == self.printed
    }
}

const BOOK: &str = "Dobson (2002), Table 7.3";
const CURVES: &str = "Dobson (2002), Table 7.4";
const PROGRAM: &str = "statsmodels 0.15.0";

/// What others say of a curve.
///
/// A. J. Dobson, *An Introduction to Generalized Linear Models*, 2nd ed., Chapman & Hall/CRC (2002), prints the inverse of the
/// information of the logit and the deviances of all three. The estimates and standard errors of the other two are those of
/// the program: `GLM.fit`, and `GLM.hessian` at the estimate with `observed=False` and `observed=True`.
///
/// # Errors
/// A singular information.
pub fn checks(curve: DoseResponse, fit: &Fit) -> Result<Vec<Check>, Box<dyn Error>> {
    let covariance = fit.expected.inverse()?;
    let variance = covariance.matrix();
    let expected = covariance.standard_errors();
    let observed = fit.observed.standard_errors()?;
    let by_program = |[b1, b2, e1, e2, o1, o2]: [&'static str; 6], deviance| {
        vec![
            ("intercept", fit.theta[0], b1, PROGRAM),
            ("slope", fit.theta[1], b2, PROGRAM),
            ("error of intercept, expected", expected[0].value, e1, PROGRAM),
            ("error of slope, expected", expected[1].value, e2, PROGRAM),
            ("error of intercept, observed", observed[0].value, o1, PROGRAM),
            ("error of slope, observed", observed[1].value, o2, PROGRAM),
            ("deviance", fit.deviance, deviance, CURVES),
        ]
    };
    let numbers = match curve {
        DoseResponse::Logit => vec![
            ("intercept", fit.theta[0], "-60.717", BOOK),
            ("slope", fit.theta[1], "34.270", BOOK),
            ("variance of intercept", variance[(0, 0)], "26.840", BOOK),
            ("covariance", variance[(0, 1)], "-15.082", BOOK),
            ("variance of slope", variance[(1, 1)], "8.481", BOOK),
            ("deviance", fit.deviance, "11.23", CURVES),
        ],
        DoseResponse::Probit => {
            by_program(["-34.935259", "19.727934", "2.647918", "1.487235", "2.639504", "1.484058"], "10.12")
        }
        DoseResponse::ExtremeValue => {
            by_program(["-39.572311", "22.041170", "3.240273", "1.799355", "3.229046", "1.793088"], "3.45")
        }
    };
    let check = |(what, ours, printed, source)| Check { what, ours, printed, source };
    Ok(numbers.into_iter().map(check).collect())
}

/// The eight groups.
///
/// # Errors
/// A file that is missing, or has something else in it than rows of three numbers.
pub fn data() -> Result<Vec<[f64; 3]>, Box<dyn Error>> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/models/data/beetles.csv");
    Ok(csv::Reader::from_path(file)?.deserialize().collect::<Result<_, _>>()?)
}

/// Fits the three curves and prints what came out; whether all numbers agree.
fn run() -> Result<bool, Box<dyn Error>> {
    let data = data()?;
    let mut agree = true;
    for curve in [DoseResponse::Logit, DoseResponse::Probit, DoseResponse::ExtremeValue] {
        let fit = fit(&curve, &data)?;
        println!("{curve:?}\n\n{}\n\n{}\n", fit.expected, fit.observed);
        for check in checks(curve, &fit)? {
            let (verdict, ours) = (if check.agrees() { "=" } else { "✗" }, check.rounded());
            println!("{:<30}{ours:>12} {verdict} {:<12}{}", check.what, check.printed, check.source);
            agree &= check.agrees();
        }
        println!();
    }
    Ok(agree)
}

/// Runs, and says so if a number differs.
pub fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("the numbers marked ✗ differ");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
