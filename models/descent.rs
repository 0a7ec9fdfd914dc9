//! Descent: how many steps and how much time plain gradients, natural gradients, Fisher scoring and Newton's method need on real fits.
//!
//! All begin at the same point and are to come within a millionth of a standard error of the maximum. The plain gradient depends on the
//! units of the covariates: degrees Fahrenheit without a centre are enough for it to fail, while a design of zeros and ones does it
//! little harm. It has a line search, which is the best that can be done for it. A step of it costs as much as one of the others but for the
//! metric, since the sums over the data come with their second derivatives; a program made for gradients alone would save some of that.
//! Newton's method needs no expectations and is hard to beat here, above all where the expected information takes a sum over the counts
//! of every row; what the natural gradient has is that its direction depends on neither units nor coordinates and that its matrix is
//! never negative.
//!
//! `cargo run --release --example descent`

use fisher_information::distributions::Weibull;
use fisher_information::geometry::FisherMetric;
use fisher_information::geometry::natural_gradient::{
    Descent, DescentMetric, DescentPath, NegativeLogLikelihood, Step,
};
use fisher_information::inference::{Fit, MaximumLikelihood, maximum_likelihood};
use fisher_information::model::{LogLikelihood, Observations, ParameterSpace, SampleSpace, Sampler, Theta};
use fisher_information::regression::{BinaryLink, Design, Frame, binomial, logistic, negative_binomial};
use nalgebra::DVector;
use std::borrow::Borrow;
use std::error::Error;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How near the maximum a method should come, in standard errors …
pub const TOLERANCE: f64 = 1e-6;

/// … and how near it is to have arrived: near the end the norm is the distance only to first order.
pub const NEAR: f64 = 2e-6;

/// How many steps a plain descent may take.
pub const MOST: usize = 100_000;

/// The method that may fail.
pub const PLAIN: &str = "plain gradient";

/// What a method needed.
pub struct Row {
    /// The data.
    pub problem: &'static str,
    /// The method.
    pub method: &'static str,
    /// How many steps it took.
    pub steps: usize,
    /// How long it took.
    pub time: Duration,
    /// The log-likelihood at its end.
    pub log_likelihood: f64,
    /// How far its end is from the maximum, in standard errors.
    pub distance: f64,
}

impl Row {
    /// Whether the method came to the maximum.
    pub fn arrives(&self) -> bool {
        self.distance <= NEAR
    }
}

/// How far a point is from a fit, in standard errors: √((θ − θ̂)ᵀA(θ − θ̂)).
fn distance<M, D>(fit: &Fit<'_, M, D>, theta: &[f64]) -> Result<f64, Box<dyn Error>>
where
    M: LogLikelihood,
    D: Observations<M::Observation> + ?Sized,
{
    let away = DVector::from_fn(theta.len(), |i, _| theta[i] - fit.estimates()[i]);
    Ok(away.dot(&(fit.curvature()?.matrix() * &away)).sqrt())
}

/// All methods on one problem.
fn compare<M, D>(problem: &'static str, model: &M, data: &D, start: &[f64]) -> Result<Vec<Row>, Box<dyn Error>>
where
    M: SampleSpace + Sampler,
    D: Observations<M::Observation> + ?Sized,
{
    let fit = maximum_likelihood(model, data)?;
    let loss = NegativeLogLikelihood::new(model, data);
    let mut rows = Vec::new();
    let mut descend = |method, descent: Descent<'_>| -> Result<(), Box<dyn Error>> {
        let clock = Instant::now();
        let path: DescentPath = descent.run(start)?;
        let time = clock.elapsed();
        let (log_likelihood, distance) = (-path.last().value.value, distance(&fit, &path.last().theta)?);
        rows.push(Row { problem, method, steps: path.steps(), time, log_likelihood, distance });
        Ok(())
    };
    // The norm of a plain gradient is in its own units. Where it is below this, the distance cannot be above the tolerance.
    let widest = fit.covariance()?.matrix().symmetric_eigenvalues().max().sqrt();
    descend(PLAIN, Descent::plain(&loss).tolerance(TOLERANCE / widest).iterations(MOST))?;
    let natural = |metric| Descent::natural(&loss, metric).tolerance(TOLERANCE);
    descend("natural gradient", natural(DescentMetric::expected(model, data)))?;
    descend("natural, 50 draws", natural(DescentMetric::monte_carlo(model, data, 50, 1)))?;
    if !has_covariates(model, data, start)? {
        let manifold = FisherMetric::of(model);
        for (method, step) in [("natural, second order", Step::SecondOrder), ("natural, geodesics", Step::Geodesic)] {
            descend(method, natural(DescentMetric::manifold(&manifold, fit.observations())).step(step))?;
        }
    }
    let theta = M::Parameters::from_slice(start)?;
    for (method, scoring) in [("Fisher scoring", true), ("Newton", false)] {
        let search = MaximumLikelihood::new(model, data).start(theta.borrow()).tolerance(TOLERANCE);
        let clock = Instant::now();
        let found = if scoring { search.scoring() } else { search }.fit()?;
        let time = clock.elapsed();
        let (steps, log_likelihood) = (found.certificate().iterations, found.log_likelihood().value);
        rows.push(Row { problem, method, steps, time, log_likelihood, distance: distance(&fit, found.estimates())? });
    }
    Ok(rows)
}

/// Whether the observations are rows of a regression, which is no single manifold.
fn has_covariates<M, D>(model: &M, data: &D, start: &[f64]) -> Result<bool, Box<dyn Error>>
where
    M: SampleSpace,
    D: Observations<M::Observation> + ?Sized,
{
    let theta = M::Parameters::from_slice(start)?;
    let theta: &Theta<M, f64> = theta.borrow();
    Ok(model.information_given(theta, data.get(0)).is_some())
}

/// All methods on all problems.
///
/// # Errors
/// A table that cannot be read; those of the library.
pub fn survey() -> Result<Vec<Row>, Box<dyn Error>> {
    let mut rows = Vec::new();
    let frame = table("beetles.csv")?;
    let design = Design::new().intercept().numeric("log_dose").response("beetles").response("killed");
    let beetles = design.rows(&frame)?;
    rows.extend(compare("beetles, logit", &binomial(BinaryLink::Logit, beetles.covariates())?, &beetles, &[0.0; 2])?);

    let flights = table("challenger.csv")?;
    let flights = Design::new().intercept().numeric("temperature").response("any").rows(&flights)?;
    rows.extend(compare("Challenger, logit", &logistic(flights.covariates())?, &flights, &[0.0; 2])?);

    let children = table("quine.csv")?;
    let design = Design::new().intercept().categorical("ethnicity").categorical("sex").categorical("age");
    let children = design.categorical("learner").response("days").rows(&children)?;
    let start = [2.8, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0];
    let model = negative_binomial(children.covariates())?;
    rows.extend(compare("quine, negative binomial", &model, &children, &start)?);

    let speeds = table("wind.csv")?.numbers("wind")?;
    rows.extend(compare("wind, Weibull", &Weibull, &speeds, &[1.0, 5.0])?);
    Ok(rows)
}

/// Prints the table: a failure unless the natural gradient in all its forms and the searches arrive.
pub fn report(rows: &[Row]) -> ExitCode {
    println!("{:<26}{:<22}{:>7}{:>12}{:>18}{:>16}", "", "", "steps", "time", "log-likelihood", "standard errors");
    let mut status = ExitCode::SUCCESS;
    for row in rows {
        if !row.arrives() && row.method != PLAIN {
            status = ExitCode::FAILURE;
        }
        println!(
            "{:<26}{:<22}{:>7}{:>12}{:>18.6}{:>16.1e}{}",
            row.problem,
            row.method,
            row.steps,
            format!("{:.1?}", row.time),
            row.log_likelihood,
            row.distance,
            if row.arrives() { "" } else { "  not there" },
        );
    }
    status
}

/// A table of `models/data`.
fn table(file: &str) -> Result<Frame, fisher_information::Error> {
    Frame::read(format!("{}/models/data/{file}", env!("CARGO_MANIFEST_DIR")))
}

/// Runs the comparison.
pub fn main() -> ExitCode {
    match survey() {
        Ok(rows) => report(&rows),
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
