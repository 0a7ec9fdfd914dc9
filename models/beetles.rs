//! Bliss's beetles: three dose–response curves on real data, with published numbers beside ours.
//!
//! The number of beetles killed at log-dose x is binomial with probability F(β₁ + β₂x). For the logit, the canonical link, the
//! observed information does not depend on the response and is the expected one. For the other two curves it is not, and
//! the standard errors differ in the third digit.
//!
//! `cargo run --release --example beetles` prints both informations, the standard errors from each, and what Dobson's textbook
//! and another program say; it exits with a failure unless they agree to the last digit printed there.

#[path = "published/mod.rs"]
pub mod published;

use fisher_information::inference::MaximumLikelihood;
use fisher_information::prelude::*;
use published::Report;
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

const BOOK: &str = "Dobson (2002), Table 7.3";
const CURVES: &str = "Dobson (2002), Table 7.4";
const PROGRAM: &str = "statsmodels 0.15.0";

/// The eight groups.
///
/// # Errors
/// A table that cannot be read.
pub fn data() -> Result<Vec<[f64; 3]>, Box<dyn Error>> {
    let table = published::table("beetles.csv")?;
    let (doses, beetles, killed) = (table.numbers("log_dose")?, table.numbers("beetles")?, table.numbers("killed")?);
    Ok(doses.into_iter().zip(beetles).zip(killed).map(|((dose, beetles), killed)| [dose, beetles, killed]).collect())
}

/// Fits a curve by Fisher scoring and compares it with what others say.
///
/// A. J. Dobson, *An Introduction to Generalized Linear Models*, 2nd ed., Chapman & Hall/CRC (2002), prints the inverse of the
/// information of the logit and the deviances of all three. The estimates and standard errors of the other two are those of
/// the program: `GLM.fit`, and `GLM.hessian` at the estimate with `observed=False` and `observed=True`.
///
/// # Errors
/// Those of the library.
pub fn report(curve: DoseResponse, groups: &Vec<[f64; 3]>) -> Result<Report, Box<dyn Error>> {
    let fit = MaximumLikelihood::new(&curve, groups).scoring().fit()?;
    let (expected, observed) = (fit.expected()?, fit.observed()?);
    println!("{curve:?}\n\n{expected}\n\n{observed}\n");

    let covariance = expected.inverse()?;
    let saturated: f64 = groups.iter().map(saturated).sum();
    let deviance = 2.0 * (saturated - fit.log_likelihood().value);
    let mut report = Report::default();
    let [b1, b2, e1, e2, o1, o2, d] = match curve {
        DoseResponse::Logit => {
            let variance = covariance.matrix();
            report.check("intercept", fit.get("intercept")?, "-60.717", BOOK);
            report.check("slope", fit.get("slope")?, "34.270", BOOK);
            report.check("variance of intercept", variance[(0, 0)], "26.840", BOOK);
            report.check("covariance", variance[(0, 1)], "-15.082", BOOK);
            report.check("variance of slope", variance[(1, 1)], "8.481", BOOK);
            report.check("deviance", deviance, "11.23", CURVES);
            return Ok(report);
        }
        DoseResponse::Probit => ["-34.935259", "19.727934", "2.647918", "1.487235", "2.639504", "1.484058", "10.12"],
        DoseResponse::ExtremeValue => {
            ["-39.572311", "22.041170", "3.240273", "1.799355", "3.229046", "1.793088", "3.45"]
        }
    };
    let observed = observed.inverse()?;
    for (name, estimate, error, other) in [("intercept", b1, e1, o1), ("slope", b2, e2, o2)] {
        report.check(name, fit.get(name)?, estimate, PROGRAM);
        report.check(format!("error of {name}, expected"), covariance.standard_error(name)?.value, error, PROGRAM);
        report.check(format!("error of {name}, observed"), observed.standard_error(name)?.value, other, PROGRAM);
    }
    report.check("deviance", deviance, d, CURVES);
    Ok(report)
}

/// The log-likelihood of a group with a probability of its own, killed/beetles.
fn saturated(&[_, beetles, killed]: &[f64; 3]) -> f64 {
    let part = |count: f64| {
        if count == 0.0 { 0.0 } else { count * (count / beetles).ln() }
    };
    ln_ways(beetles, killed) + part(killed) + part(beetles - killed)
}

/// Runs the model.
pub fn main() -> ExitCode {
    published::run(|| {
        let groups = data()?;
        let mut all = Report::default();
        for curve in [DoseResponse::Logit, DoseResponse::Probit, DoseResponse::ExtremeValue] {
            all.checks.extend(report(curve, &groups)?.checks);
        }
        Ok(all)
    })
}
