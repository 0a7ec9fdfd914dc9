//! Fits of real data against fits at 30 digits, by R and by statsmodels.

use super::data::{self, matrix, numbers, reference};
use fisher_information::information::{Covariance, expected_of_data};
use fisher_information::prelude::*;
use fisher_information::regression::*;
use nalgebra::{DMatrix, DVector};

/// A change of coordinates that the reference uses: its value and its slope.
type Change = fn(f64) -> [f64; 2];

const SAME: Change = |x| [x, 1.0];
const LN: Change = |x| [x.ln(), 1.0 / x];
const RECIPROCAL: Change = |x| [1.0 / x, -1.0 / (x * x)];

/// A fit of ours and what it should be.
struct Case<'a, F> {
    /// The name in the reference.
    name: &'a str,
    source: &'a str,
    model: Regression<F>,
    sample: Sample,
    /// Which of our parameters stands where in the reference, and in which coordinate; the rest follow as they are.
    order: &'a [(usize, Change)],
    /// Of estimates, in standard errors, and relative of covariances.
    tolerance: f64,
}

impl<F: SampleSpace> Case<'_, F> {
    /// Estimates, maximum, and the covariances that the reference has.
    fn check(&self) {
        let Self { name, source, .. } = self;
        let fit = self.model.fit(&self.sample).unwrap_or_else(|error| panic!("{name}: {error}"));
        let theirs = reference(source, name);
        let size = fit.estimates().len();
        let order: Vec<(usize, Change)> = (0..size).map(|i| self.order.get(i).copied().unwrap_or((i, SAME))).collect();
        let change: Vec<[f64; 2]> = order.iter().map(|(i, change)| change(fit.estimates()[*i])).collect();
        let there = |ours: &Covariance| {
            DMatrix::from_fn(size, size, |i, j| ours.matrix()[(order[i].0, order[j].0)] * change[i][1] * change[j][1])
        };
        let covariance = there(&fit.covariance().unwrap());
        for (i, want) in numbers(&theirs["estimate"]).into_iter().enumerate() {
            let error = (change[i][0] - want).abs() / covariance[(i, i)].sqrt();
            assert!(error < self.tolerance, "{name}: parameter {i} is {}, not {want}", change[i][0]);
        }
        let maximum = theirs["ln_likelihood"].as_f64().unwrap();
        let error = (fit.log_likelihood().value - maximum).abs();
        assert!(error < 1e-10 * maximum.abs().max(1.0), "{name}: maximum {}, not {maximum}", fit.log_likelihood());
        let mut compared = 0;
        for (key, ours) in [
            ("covariance_observed", Some(covariance)),
            (
                "covariance_expected",
                expected_of_data(&self.model, fit.theta(), &self.sample).ok().map(|i| there(&i.inverse().unwrap())),
            ),
        ] {
            let (Some(ours), Some(_)) = (ours, theirs[key].as_array()) else { continue };
            let want = matrix(&theirs[key]);
            let scale = DVector::from_fn(size, |i, _| want[(i, i)].sqrt());
            let error = (ours - &want).component_div(&(&scale * scale.transpose())).amax();
            assert!(error < 30.0 * self.tolerance, "{name}: {key} differs by {error:.1e}");
            compared += 1;
        }
        assert!(compared > 0, "{name}: no covariance to compare with");
        assert!(fit.certificate().holds(1e-8), "{name}: {:?}", fit.certificate());
    }
}

/// A fit against the reference at 30 digits.
fn exact<F: SampleSpace>(name: &str, model: Result<Regression<F>, Error>, sample: Sample, order: &[(usize, Change)]) {
    let model = model.unwrap();
    Case { name, source: "likelihood", model, sample, order, tolerance: 1e-9 }.check();
}

/// A fit against R, whose search ends earlier.
fn roughly<F: SampleSpace>(name: &str, model: Result<Regression<F>, Error>, sample: Sample, order: &[(usize, Change)]) {
    let model = model.unwrap();
    Case { name, source: "r", model, sample, order, tolerance: 1e-5 }.check();
}

#[test]
fn binary_and_binomial_regressions() {
    let sample = data::challenger("any");
    exact("challenger_any", logistic(sample.covariates()), sample.clone(), &[]);
    // Six rings a flight: the reference has no binomial coefficient, R has.
    let six = {
        let frame = data::frame("challenger");
        let design = Design::new().intercept().numeric("temperature").response_transformed("temperature", |_| 6.0);
        design.response("distressed").rows(&frame).unwrap()
    };
    roughly("challenger_binomial", binomial(BinaryLink::Logit, six.covariates()), six, &[]);
    let sample = data::bacteria();
    exact("bacteria_logit", logistic(sample.covariates()), sample.clone(), &[]);
    let sample = data::budworm();
    roughly("budworm_logit", binomial(BinaryLink::Logit, sample.covariates()), sample.clone(), &[]);
    exact("budworm_probit", binomial(BinaryLink::Probit, sample.covariates()), sample.clone(), &[]);
    roughly("budworm_cloglog", binomial(BinaryLink::ComplementaryLogLog, sample.covariates()), sample, &[]);
}

#[test]
fn counts() {
    let sample = data::quine();
    exact("quine_poisson", poisson(sample.covariates()), sample.clone(), &[]);
    let order: Vec<(usize, Change)> = (0..8).map(|i| (i, if i < 7 { SAME } else { RECIPROCAL })).collect();
    exact("quine_negative_binomial", negative_binomial(sample.covariates()), sample, &order);
    let sample = data::insurance();
    exact("insurance_poisson", poisson(sample.covariates()), sample, &[]);
    let sample = data::seizures();
    exact("seizures_poisson", poisson(sample.covariates()), sample, &[]);
}

#[test]
fn gamma_and_beta_regressions() {
    for (lot, number) in [("1", "1"), ("2", "2")] {
        let sample = data::clotting(lot);
        exact(&format!("clotting_log_lot_{number}"), gamma(sample.covariates()), sample.clone(), &[]);
        let columns = sample.covariates().predictors()[0].clone();
        let inverse = Regression::new(GammaMean, [Predictor::linear(Link::Inverse, columns), Predictor::constant()]);
        exact(&format!("clotting_inverse_lot_{number}"), inverse, sample, &[]);
    }
    let sample = data::gasoline(true);
    exact("gasoline_beta", beta(sample.covariates()), sample, &[]);
    let sample = data::gasoline(false);
    exact("gasoline_beta_end_point", beta(sample.covariates()), sample, &[]);
}

#[test]
fn classes() {
    let sample = data::labour();
    exact("labour_multinomial", multinomial(3, sample.covariates()), sample, &[]);
    // The reference has the cut points first; the types in ours are in the order of the alphabet, as in the reference.
    let order: Vec<(usize, Change)> = [6, 7, 1, 0, 2, 3, 4, 5].map(|i| (i, SAME)).to_vec();
    for (name, link) in [("housing_ordered_logit", BinaryLink::Logit), ("housing_ordered_probit", BinaryLink::Probit)] {
        let sample = data::housing();
        exact(name, ordinal(link, 3, sample.covariates()), sample, &order);
    }
}

#[test]
fn censored_lifetimes() {
    let gehan: [(usize, Change); 3] = [(0, SAME), (1, SAME), (2, LN)];
    let lung: [(usize, Change); 5] = [(0, SAME), (1, SAME), (2, SAME), (3, SAME), (4, LN)];
    let of = |law, sample: &Sample| accelerated_failure_time(law, sample.covariates());
    let (small, large) = (data::gehan(), data::lung());
    exact("gehan_weibull", of(Law::Weibull, &small), small.clone(), &gehan);
    exact("lung_weibull", of(Law::Weibull, &large), large.clone(), &lung);
    for (name, law) in [("lognormal", Law::LogNormal), ("loglogistic", Law::LogLogistic)] {
        roughly(&format!("gehan_{name}"), of(law, &small), small.clone(), &gehan);
        roughly(&format!("lung_{name}"), of(law, &large), large.clone(), &lung);
    }
    roughly("gehan_exponential", exponential_lifetime(small.covariates()), small.clone(), &[]);
    roughly("lung_exponential", exponential_lifetime(large.covariates()), large.clone(), &[]);
}

#[test]
fn linear_regression() {
    let sample = data::stackloss();
    let model = linear(sample.covariates()).unwrap();
    let fit = model.fit(&sample).unwrap();
    let theirs = reference("r", "stackloss_lm");
    let (want, covariance) = (numbers(&theirs["estimate"]), matrix(&theirs["covariance"]));
    for i in 0..4 {
        assert!((fit.estimates()[i] - want[i]).abs() < 1e-11 * covariance[(i, i)].sqrt() * 10.0, "{i}");
    }
    let sigma = theirs["sigma_maximum_likelihood"].as_f64().unwrap();
    assert!((fit.get("deviation").unwrap() / sigma - 1.0).abs() < 1e-10);
    // R divides by n − p.
    let ours = fit.covariance().unwrap().matrix().view((0, 0), (4, 4)) * (21.0 / 17.0);
    assert!((ours - &covariance).amax() < 1e-9 * covariance.amax());
}

/// V x/(K + x), with a V for each state.
struct MichaelisMenten {
    states: usize,
}

impl Curve for MichaelisMenten {
    fn covariates(&self) -> usize {
        self.states
    }

    fn parameters(&self) -> Vec<Parameter> {
        let all = ["V", "dV"][..self.states].iter().chain(&["K"]);
        all.map(|name| Parameter::real(*name)).collect()
    }

    fn mean<D: Scalar>(&self, theta: &[D], x: &[D]) -> D {
        let velocity = if self.states == 2 { theta[0] + theta[1] * x[1] } else { theta[0] };
        velocity * x[0] / (theta[self.states] + x[0])
    }

    fn starting_values(&self, _: &dyn Observations<[f64]>) -> Option<Vec<f64>> {
        Some(if self.states == 2 { vec![160.0, 30.0, 0.05] } else { vec![200.0, 0.05] })
    }
}

#[test]
fn nonlinear_least_squares() {
    let frame = data::frame("puromycin");
    let both = Design::new().numeric("concentration").categorical_against("state", "untreated").response("rate");
    let rows = both.rows(&frame).unwrap();
    let treated: Vec<Vec<f64>> =
        (0..rows.count()).map(|i| rows.get(i)).filter(|row| row[1] == 1.0).map(|row| vec![row[0], row[2]]).collect();
    let both: Vec<Vec<f64>> = (0..rows.count()).map(|i| rows.get(i).to_vec()).collect();
    for (name, states, data) in [("puromycin_treated", 1, &treated), ("puromycin_both", 2, &both)] {
        let model = NonlinearRegression::new(MichaelisMenten { states }, ConstantDeviation);
        let fit = fisher_information::inference::maximum_likelihood(&model, data).unwrap();
        let theirs = reference("likelihood", name);
        let covariances = [fit.covariance().unwrap(), fit.expected().unwrap().inverse().unwrap()];
        for (key, ours) in ["covariance_observed", "covariance_expected"].into_iter().zip(covariances) {
            let want = matrix(&theirs[key]);
            let scale = DVector::from_fn(want.nrows(), |i, _| want[(i, i)].sqrt());
            let error = (ours.matrix() - &want).component_div(&(&scale * scale.transpose())).amax();
            assert!(error < 1e-7, "{name}: {key} differs by {error:.1e}");
            for (i, want) in numbers(&theirs["estimate"]).into_iter().enumerate() {
                assert!((fit.estimates()[i] - want).abs() < 1e-9 * scale[i], "{name}: parameter {i}");
            }
        }
    }
}
