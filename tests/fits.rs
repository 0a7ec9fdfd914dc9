//! Fits of distributions and of models written by hand against Newton's method at 30 digits (`reference/inference/likelihood.json`). Those
//! of regressions are in `regression`.

use crate::published::exchange::{self, Days, Garch};
use crate::published::lake_huron::{self, Autoregression};
use crate::published::law_school::{self, TwoParameterLogistic};
use crate::published::puromycin::{self, MichaelisMenten};
use fisher_information::distributions::{Gamma, GeneralizedExtremeValue, Mixture, Normal, Weibull};
use fisher_information::inference::{Fit, MaximumLikelihood, maximum_likelihood};
use fisher_information::information::{Information, Kind, ScoreSums, sandwich};
use fisher_information::model::{LogLikelihood, Observations, Weighted};
use fisher_information::regression::Frame;
use nalgebra::DMatrix;
use serde_json::Value;

/// An entry of the reference, its numbers in the order that the parameters have here.
struct Reference {
    name: &'static str,
    entry: Value,
    order: Vec<usize>,
}

impl Reference {
    fn new(name: &'static str, order: &[usize]) -> Self {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/inference/likelihood.json");
        let all: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        Self { name, entry: all[name].clone(), order: order.to_vec() }
    }

    fn estimates(&self) -> Vec<f64> {
        self.order.iter().map(|&i| self.entry["estimate"][i].as_f64().unwrap()).collect()
    }

    fn matrix(&self, key: &str) -> DMatrix<f64> {
        let size = self.order.len();
        let at = |i: usize, j: usize| self.entry[key][self.order[i]][self.order[j]].as_f64().unwrap();
        DMatrix::from_fn(size, size, at)
    }

    /// Estimates to within so many standard errors of the reference, and the log-likelihood to as many digits.
    fn check<M: LogLikelihood, D: Observations<M::Observation> + ?Sized>(&self, fit: &Fit<'_, M, D>, within: f64) {
        let covariance = self.matrix("covariance_observed");
        for (i, (ours, theirs)) in fit.estimates().iter().zip(self.estimates()).enumerate() {
            let distance = (ours - theirs).abs() / covariance[(i, i)].sqrt();
            assert!(distance < within, "{}: {} is {ours}, not {theirs}", self.name, fit.names()[i]);
        }
        let (ours, theirs) = (fit.log_likelihood().value, self.entry["ln_likelihood"].as_f64().unwrap());
        assert!((ours - theirs).abs() < within * theirs.abs(), "{}: {ours} {theirs}", self.name);
        assert!(fit.certificate().holds(1e-8), "{}: {:?}", self.name, fit.certificate());
        self.close(fit.covariance().unwrap().matrix(), "covariance_observed", within);
    }

    /// The inverse of the outer products, and the sandwich.
    fn check_sums(&self, sums: &ScoreSums, within: f64) {
        let (observed, empirical) = (sums.observed().unwrap(), sums.empirical().unwrap());
        self.close(&inverse(&empirical), "covariance_opg", within);
        self.close(sandwich(&observed, &empirical).unwrap().matrix(), "covariance_sandwich", within);
    }

    fn close(&self, ours: &DMatrix<f64>, key: &str, within: f64) {
        let theirs = self.matrix(key);
        for i in 0..theirs.nrows() {
            for j in 0..theirs.nrows() {
                let scale = (theirs[(i, i)] * theirs[(j, j)]).sqrt();
                let distance = (ours[(i, j)] - theirs[(i, j)]).abs() / scale;
                assert!(distance < within, "{} {key} ({i}, {j}): {} {}", self.name, ours[(i, j)], theirs[(i, j)]);
            }
        }
    }
}

fn inverse<K: Kind>(information: &Information<K>) -> DMatrix<f64> {
    information.inverse().unwrap().matrix().clone()
}

/// A column of a table of the models.
fn column(file: &str, name: &str) -> Vec<f64> {
    let path = format!("{}/models/data/{file}", env!("CARGO_MANIFEST_DIR"));
    Frame::read(path).unwrap().numbers(name).unwrap()
}

/// Ten digits: both programs have more, in units of the standard errors.
const TIGHT: f64 = 1e-9;

#[test]
fn old_faithful() {
    let (model, data) = (Mixture::new(vec![Normal, Normal]).unwrap(), column("faithful.csv", "waiting"));
    let fit = maximum_likelihood(&model, &data).unwrap();
    let reference = Reference::new("faithful_mixture", &[0, 1, 3, 2, 4]);
    reference.check(&fit, TIGHT);
    reference.check_sums(fit.sums(), TIGHT);
}

#[test]
fn port_pirie() {
    let data = column("port_pirie.csv", "sea_level");
    let fit = maximum_likelihood(&GeneralizedExtremeValue, &data).unwrap();
    let reference = Reference::new("port_pirie_gev", &[0, 1, 2]);
    reference.check(&fit, TIGHT);
    reference.check_sums(fit.sums(), TIGHT);
}

#[test]
fn wind() {
    let data = column("wind.csv", "wind");
    for (reference, fit) in [
        (Reference::new("wind_weibull", &[0, 1]), maximum_likelihood(&Weibull, &data).unwrap().sums().clone()),
        (Reference::new("wind_gamma", &[0, 1]), maximum_likelihood(&Gamma, &data).unwrap().sums().clone()),
        (Reference::new("wind_normal", &[0, 1]), maximum_likelihood(&Normal, &data).unwrap().sums().clone()),
    ] {
        reference.check_sums(&fit, TIGHT);
        reference.close(&inverse(&fit.observed().unwrap()), "covariance_observed", TIGHT);
    }
    Reference::new("wind_weibull", &[0, 1]).check(&maximum_likelihood(&Weibull, &data).unwrap(), TIGHT);
    Reference::new("wind_gamma", &[0, 1]).check(&maximum_likelihood(&Gamma, &data).unwrap(), TIGHT);
    Reference::new("wind_normal", &[0, 1]).check(&maximum_likelihood(&Normal, &data).unwrap(), TIGHT);
}

#[test]
fn puromycin() {
    let data = puromycin::data().unwrap();
    for search in [
        MaximumLikelihood::new(&MichaelisMenten, &data).start(&[200.0, 0.1, 10.0]),
        MaximumLikelihood::new(&MichaelisMenten, &data).start(&[100.0, 1.0, 50.0]).scoring(),
    ] {
        let fit = search.fit().unwrap();
        let reference = Reference::new("puromycin_treated", &[0, 1, 2]);
        reference.check(&fit, TIGHT);
        reference.check_sums(fit.sums(), TIGHT);
        reference.close(&inverse(&fit.expected().unwrap()), "covariance_expected", TIGHT);
    }
}

#[test]
fn lake_huron() {
    let data = lake_huron::data().unwrap();
    let fit = MaximumLikelihood::new(&Autoregression, &data).start(&[579.0, 0.5, 1.0]).fit().unwrap();
    Reference::new("lake_huron_ar1", &[0, 1, 2]).check(&fit, TIGHT);
}

#[test]
fn exchange() {
    let data = exchange::data().unwrap();
    let fit = MaximumLikelihood::new(&Garch, &data).start(&[0.0, 0.01, 0.1, 0.8]).fit().unwrap();
    let reference = Reference::new("exchange_garch", &[0, 1, 2, 3]);
    reference.check(&fit, TIGHT);
    let days: Vec<usize> = (0..data[0].len()).collect();
    reference.check_sums(&ScoreSums::of(&Days(data[0].clone()), fit.theta(), &days).unwrap(), TIGHT);
}

#[test]
fn law_school() {
    let (patterns, counts) = law_school::data().unwrap();
    let data = Weighted { data: &patterns, weights: &counts };
    let start = [1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    let fit = MaximumLikelihood::new(&TwoParameterLogistic, &data).start(&start).fit().unwrap();
    let reference = Reference::new("lsat_two_parameter_logistic_81", &[0, 2, 4, 6, 8, 1, 3, 5, 7, 9]);
    reference.check(&fit, TIGHT);
    reference.check_sums(fit.sums(), TIGHT);
}
