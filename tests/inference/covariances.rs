//! Covariances of estimates: by hand, against reference fits, by identities, and every refusal.

use fisher_information::Error;
use fisher_information::distributions::{Normal, Poisson};
use fisher_information::inference::{
    CovarianceKind, Fit, MaximumLikelihood, NormalPrior, SmallSample, maximum_likelihood,
};
use fisher_information::information::sandwich;
use fisher_information::prelude::*;
use nalgebra::{DMatrix, dmatrix};
use serde_json::Value;

/// The response of a regression, given η = xᵀβ.
#[derive(Clone, Copy)]
enum Response {
    Logit,
    /// So many trials.
    Probit(f64),
    Poisson,
    /// With a standard deviation, the last parameter.
    Normal,
}

/// Rows of covariates and, last, a response.
struct Regression {
    response: Response,
    covariates: usize,
}

impl LogLikelihood for Regression {
    type Parameters = Dynamic;
    type Observation = [f64];

    fn ln_likelihood<D: Scalar>(&self, theta: &[D], row: &[D]) -> D {
        let (covariates, y) = (&row[..self.covariates], row[self.covariates]);
        let eta = covariates.iter().zip(theta).fold(D::from(0.0), |sum, (&x, &b)| sum + x * b);
        match self.response {
            Response::Logit => y * eta - eta.ln_1p_exp(),
            Response::Probit(trials) => {
                let others = D::from(trials) - y;
                let choose = Scalar::ln_gamma(trials + 1.0) - ((y + 1.0).ln_gamma() + (others + 1.0).ln_gamma()).re();
                y * eta.ln_norm_cdf() + others * (-eta).ln_norm_cdf() + choose
            }
            Response::Poisson => y * eta - eta.exp() - (y + 1.0).ln_gamma(),
            Response::Normal => {
                let deviation = theta[self.covariates];
                let z = (y - eta) / deviation;
                -deviation.ln() - z * z * 0.5 - 0.5 * std::f64::consts::TAU.ln()
            }
        }
    }

    fn parameters(&self) -> Vec<Parameter> {
        let coefficients = (0..self.covariates).map(|i| Parameter::real(format!("b{i}")));
        match self.response {
            Response::Normal => coefficients.chain([Parameter::positive("deviation")]).collect(),
            _ => coefficients.collect(),
        }
    }
}

impl SampleSpace for Regression {
    fn support(&self, _: &[f64]) -> Support {
        let support = match self.response {
            Response::Logit => Support::points([0.0, 1.0]),
            Response::Probit(trials) => Support::integers(0, trials as i64),
            Response::Poisson => Support::counts(),
            Response::Normal => Support::real(),
        };
        Support::response(self.covariates, support)
    }
}

/// The lines of a data set.
fn lines(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|line| line.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

fn indicator(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

/// Rows with the label of the cluster of each.
type Clusters = (Vec<Vec<f64>>, Vec<String>);

/// One for each child: intercept, drug, drug with encouragement, later than week 2; presence of bacteria.
fn bacteria() -> Clusters {
    let rows = lines(include_str!("../../models/data/bacteria.csv"));
    let row = |line: &Vec<String>| {
        let treated = |by: &str| indicator(line[2] == by);
        vec![1.0, treated("drug"), treated("drug+"), indicator(number(&line[1]) > 2.0), number(&line[3])]
    };
    (rows.iter().map(row).collect(), rows.iter().map(|line| line[0].clone()).collect())
}

/// One for each patient: seizures on ln baseline, treatment, ln age and the product of the first two.
fn seizures() -> Clusters {
    let rows = lines(include_str!("../../models/data/seizures.csv"));
    let row = |line: &Vec<String>| {
        let (baseline, treated) = (number(&line[3]).ln(), indicator(line[2] == "progabide"));
        vec![1.0, baseline, treated, number(&line[4]).ln(), baseline * treated, number(&line[5])]
    };
    (rows.iter().map(row).collect(), rows.iter().map(|line| line[0].clone()).collect())
}

/// One for each firm: investment on value and capital.
fn grunfeld() -> Clusters {
    let rows = lines(include_str!("../../models/data/grunfeld.csv"));
    let row = |line: &Vec<String>| vec![1.0, number(&line[3]), number(&line[4]), number(&line[2])];
    (rows.iter().map(row).collect(), rows.iter().map(|line| line[0].clone()).collect())
}

/// Moths of twelve groups of 20 that died, on sex and log₂ dose.
fn budworm() -> Vec<Vec<f64>> {
    let rows = lines(include_str!("../../models/data/budworm.csv"));
    let row = |line: &Vec<String>| vec![1.0, indicator(line[0] == "female"), number(&line[1]).log2(), number(&line[3])];
    rows.iter().map(row).collect()
}

/// A reference fit: `likelihood` to 30 digits, `r` or `python`.
fn reference(program: &str, fit: &str) -> Value {
    let text = match program {
        "likelihood" => include_str!("../reference/inference/likelihood.json"),
        "r" => include_str!("../reference/inference/r.json"),
        _ => include_str!("../reference/inference/python.json"),
    };
    serde_json::from_str::<Value>(text).unwrap()[fit].clone()
}

fn matrix(value: &Value) -> DMatrix<f64> {
    let rows: Vec<Vec<f64>> = serde_json::from_value(value.clone()).unwrap();
    DMatrix::from_fn(rows.len(), rows.len(), |i, j| rows[i][j])
}

/// That a covariance is the reference, in units of its standard errors; of the first rows and columns, if the reference has no more.
fn assert_near(found: &DMatrix<f64>, reference: &DMatrix<f64>, tolerance: f64) {
    for i in 0..reference.nrows() {
        for j in 0..reference.nrows() {
            let scale = (reference[(i, i)] * reference[(j, j)]).sqrt();
            let error = (found[(i, j)] - reference[(i, j)]).abs() / scale;
            assert!(error < tolerance, "({i}, {j}): {} {} {error:e}", found[(i, j)], reference[(i, j)]);
        }
    }
}

fn fitted<'a>(model: &'a Regression, data: &'a Vec<Vec<f64>>) -> Fit<'a, Regression, Vec<Vec<f64>>> {
    let deviation = matches!(model.response, Response::Normal).then_some(100.0);
    let start: Vec<f64> = std::iter::repeat_n(0.0, model.covariates).chain(deviation).collect();
    MaximumLikelihood::new(model, data).start(&start).fit().unwrap()
}

/// All covariances of three regressions with clusters, against sums at 30 digits, R and statsmodels.
#[test]
fn reference_fits() {
    for (name, response, (data, labels)) in [
        ("bacteria_logit", Response::Logit, bacteria()),
        ("seizures_poisson", Response::Poisson, seizures()),
        ("grunfeld_normal", Response::Normal, grunfeld()),
    ] {
        let model = Regression { response, covariates: data[0].len() - 1 };
        let fit = fitted(&model, &data);
        let exact = reference("likelihood", name);
        let covariances = fit.covariances();
        let get = |kind| covariances.get(kind).unwrap().matrix().clone();
        assert_near(&get(CovarianceKind::Observed), &matrix(&exact["covariance_observed"]), 1e-10);
        assert_near(&get(CovarianceKind::OuterProduct), &matrix(&exact["covariance_opg"]), 1e-10);
        assert_near(&get(CovarianceKind::Sandwich), &matrix(&exact["covariance_sandwich"]), 1e-10);
        if let Some(expected) = exact.get("covariance_expected") {
            assert_near(&get(CovarianceKind::Expected), &matrix(expected), 1e-10);
        }

        let clusters = fit.clustered(&labels).unwrap();
        assert_eq!(clusters.clusters() as u64, exact["clusters"].as_u64().unwrap());
        let of = |correction| clusters.covariance(correction).unwrap().matrix().clone();
        assert_near(&of(SmallSample::None), &matrix(&exact["covariance_cluster"]), 1e-10);
        // R and statsmodels know the linear regression by its coefficients alone
        let other = name.replace("normal", "lm");
        let (r, statsmodels) = (reference("r", &other), reference("python", &other));
        assert_near(&of(SmallSample::Clusters), &matrix(&r["covariance_cluster_g"]), 1e-6);
        if name != "grunfeld_normal" {
            let both = of(SmallSample::ClustersAndParameters);
            assert_near(&both, &matrix(&r["covariance_cluster_g_and_k"]), 1e-6);
            assert_near(&both, &matrix(&statsmodels["covariance_cluster_corrected"]), 1e-10);
        }
    }
}

/// A probit model, whose link is not canonical: observed and expected information differ, and R's sandwich has the expected one.
#[test]
fn expected_bread() {
    let data = budworm();
    let model = Regression { response: Response::Probit(20.0), covariates: 3 };
    let fit = fitted(&model, &data);
    let (exact, r) = (reference("likelihood", "budworm_probit"), reference("r", "budworm_probit"));
    let observed = matrix(&exact["covariance_sandwich"]);
    assert_near(fit.sandwich().unwrap().matrix(), &observed, 1e-10);
    assert_near(fit.covariance_by_expectation().unwrap().matrix(), &matrix(&exact["covariance_expected"]), 1e-10);
    let found = fit.sandwich_with_expected_bread().unwrap();
    assert_near(found.matrix(), &matrix(&r["covariance_sandwich"]), 1e-7);
    // the two differ by more than that
    assert!((found.matrix() - &observed).amax() > 1e-4 * observed.amax());
}

const SKEWED: [f64; 8] = [0.3, 2.9, 1.1, 0.4, 7.5, 1.8, 0.9, 3.1];

/// The normal distribution, all five by its first four moments.
#[test]
fn the_normal_by_hand() {
    let n = SKEWED.len() as f64;
    let mean = SKEWED.iter().sum::<f64>() / n;
    let moment = |k: i32| SKEWED.iter().map(|x| (x - mean).powi(k)).sum::<f64>() / n;
    let (variance, third, fourth) = (moment(2), moment(3), moment(4));
    let deviation = variance.sqrt();
    let fit = maximum_likelihood(&Normal, &SKEWED).unwrap();
    let covariances = fit.covariances();
    let inverse = dmatrix![variance / n, 0.0; 0.0, variance / (2.0 * n)];
    let outer = dmatrix![1.0, third / variance / deviation; third / variance / deviation, fourth / variance.powi(2) - 1.0]
        * (n / variance);
    let cross = third / (2.0 * n * deviation);
    let robust = dmatrix![variance / n, cross; cross, (fourth - variance.powi(2)) / (4.0 * n * variance)];
    for (kind, by_hand) in [
        (CovarianceKind::Observed, inverse.clone()),
        (CovarianceKind::Expected, inverse),
        (CovarianceKind::OuterProduct, outer.try_inverse().unwrap()),
        (CovarianceKind::Sandwich, robust.clone()),
        (CovarianceKind::SandwichExpected, robust),
    ] {
        assert_near(covariances.get(kind).unwrap().matrix(), &by_hand, 1e-11);
    }
    assert_eq!(covariances.iter().count(), 5);
    assert_eq!(covariances.standard_errors().len(), 5);
}

/// Clusters of one observation each make the sandwich, whatever they are called; a weight is so many repetitions in one cluster.
#[test]
fn clusters_and_weights() {
    let fit = maximum_likelihood(&Normal, &SKEWED).unwrap();
    let robust = fit.sandwich().unwrap();
    let single = fit.clustered(&["a", "b", "c", "d", "e", "f", "g", "h"]).unwrap();
    assert_near(single.covariance(SmallSample::None).unwrap().matrix(), robust.matrix(), 1e-12);
    assert_near(single.information().matrix(), fit.empirical().unwrap().matrix(), 1e-12);
    // as a kind of information it can be taken to the sandwich by hand
    let by_hand = sandwich(&fit.observed().unwrap(), single.information()).unwrap();
    assert_eq!(by_hand.matrix(), single.covariance(SmallSample::None).unwrap().matrix());

    let (weights, labels) = ([2.0, 1.0, 0.0, 3.0, 1.0, 1.0, 2.0, 1.0], [1, 2, 9, 1, 2, 3, 3, 1]);
    let weighted = Weighted { data: &SKEWED, weights: &weights };
    let light = maximum_likelihood(&Normal, &weighted).unwrap();
    let repeated = |i: usize| std::iter::repeat_n(i, weights[i] as usize);
    let data: Vec<f64> = (0..8).flat_map(repeated).map(|i| SKEWED[i]).collect();
    let names: Vec<i32> = (0..8).flat_map(repeated).map(|i| labels[i]).collect();
    let heavy = maximum_likelihood(&Normal, &data).unwrap();
    let (light, heavy) = (light.clustered(&labels).unwrap(), heavy.clustered(&names).unwrap());
    assert_eq!((light.clusters(), heavy.clusters()), (3, 3)); // the cluster of weight 0 is none
    for correction in [SmallSample::None, SmallSample::Clusters, SmallSample::ClustersAndParameters] {
        let (light, heavy) = (light.covariance(correction).unwrap(), heavy.covariance(correction).unwrap());
        assert_near(light.matrix(), heavy.matrix(), 1e-10);
    }
    let (none, both) = (SmallSample::None, SmallSample::ClustersAndParameters);
    let ratio = heavy.covariance(both).unwrap().matrix()[(0, 0)] / heavy.covariance(none).unwrap().matrix()[(0, 0)];
    assert!((ratio - 1.5 * 10.0 / 9.0).abs() < 1e-12); // G = 3, n = 11, p = 2
}

/// The covariance of a mode: the curvature of the prior is part of the bread.
#[test]
fn priors() {
    let counts = [1.0, 0.0, 3.0, 4.0, 2.0];
    let prior = NormalPrior { moments: vec![(1.5, 0.5)] };
    let fit = MaximumLikelihood::new(&Poisson, &counts).prior(&prior).fit().unwrap();
    let rate = fit.estimates()[0];
    // 10/λ − 5 = (λ − 1.5)/0.25
    assert!((10.0 / rate - 5.0 - (rate - 1.5) / 0.25).abs() < 1e-10);
    let meat: f64 = counts.iter().map(|x| (x / rate - 1.0).powi(2)).sum();
    let covariances = fit.covariances();
    for (kind, by_hand) in [
        (CovarianceKind::Observed, 1.0 / (10.0 / rate.powi(2) + 4.0)),
        (CovarianceKind::Expected, 1.0 / (5.0 / rate + 4.0)),
        (CovarianceKind::OuterProduct, 1.0 / (meat + 4.0)),
        (CovarianceKind::Sandwich, meat / (10.0 / rate.powi(2) + 4.0).powi(2)),
        (CovarianceKind::SandwichExpected, meat / (5.0 / rate + 4.0).powi(2)),
    ] {
        assert!((covariances.get(kind).unwrap().matrix()[(0, 0)] / by_hand - 1.0).abs() < 1e-10, "{kind}");
    }
}

#[test]
fn refusals() {
    let fit = maximum_likelihood(&Normal, &SKEWED).unwrap();
    let short = fit.clustered(&[1, 2, 3]);
    assert!(matches!(short, Err(Error::LengthMismatch { what: "cluster labels", expected: 8, found: 3 })));
    assert!(matches!(fit.clustered(&[0; 8]), Err(Error::TooFewClusters { clusters: 1 })));
    let weights = [1.0, 2.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0];
    let weighted = Weighted { data: &SKEWED, weights: &weights };
    let one = maximum_likelihood(&Normal, &weighted).unwrap();
    assert!(matches!(one.clustered(&[1, 1, 1, 1, 2, 2, 2, 2]), Err(Error::TooFewClusters { clusters: 1 })));

    // as many observations as parameters leave no degrees of freedom
    let pair = [1.0, 2.0];
    let fit = maximum_likelihood(&Normal, &pair).unwrap();
    let clusters = fit.clustered(&["a", "b"]).unwrap();
    let refused = clusters.covariance(SmallSample::ClustersAndParameters);
    assert!(matches!(refused, Err(Error::TooFewObservations { needed: 2.0, found: 2.0, .. })));
    assert!(clusters.covariance(SmallSample::Clusters).is_ok());

    // two scores that are each other's negative have rank 1: the reason stands in the table, and the others do too
    let covariances = fit.covariances();
    let refused = covariances.get(CovarianceKind::OuterProduct);
    assert!(matches!(refused, Err(Error::TooFewObservations { needed: 2.0, found: 2.0, .. })));
    assert_eq!(covariances.standard_errors().len(), 4);
    let printed = covariances.to_string();
    assert!(
        printed.contains("outer product: the inverse of the outer products of scores needs more than 2"),
        "{printed}"
    );
    // three observations suffice, unless two of them are one
    let (ties, weights) = ([0.0, 0.0, 4.0], [1.0, 2.0, 1.0]);
    let weighted = Weighted { data: &ties, weights: &weights };
    let fit = maximum_likelihood(&Normal, &weighted).unwrap();
    assert!(matches!(fit.covariance_by_outer_product(), Err(Error::Singular { rank: 1, .. })));
    let absent = CovarianceKind::Clustered { clusters: 2, correction: SmallSample::None };
    assert!(matches!(covariances.get(absent), Err(Error::Unsupported { .. })));
}

/// The scores of all observations sum to that of the data, of more observations than a block has, with weights.
#[test]
fn scores() {
    let data: Vec<f64> = (0..3000).map(|i| ((i * 37) % 101) as f64 / 10.0).collect();
    let weights: Vec<f64> = (0..3000).map(|i| (i % 3) as f64).collect();
    let weighted = Weighted { data: &data, weights: &weights };
    let fit = maximum_likelihood(&Normal, &weighted).unwrap();
    let scores = fit.scores().unwrap();
    let [mean, deviation] = *fit.theta();
    assert_eq!(scores.shape(), (3000, 2));
    for i in [0, 1, 2, 1023, 1024, 2999] {
        let z = (data[i] - mean) / deviation;
        let by_hand = if weights[i] == 0.0 { [0.0; 2] } else { [z / deviation, (z * z - 1.0) / deviation] };
        assert!((scores[(i, 0)] - by_hand[0]).abs() < 1e-13 && (scores[(i, 1)] - by_hand[1]).abs() < 1e-13);
    }
    let weights = fit.weights().unwrap();
    for column in scores.column_iter() {
        let sum: f64 = column.iter().zip(weights).map(|(score, weight)| score * weight).sum();
        assert!(sum.abs() < 1e-7);
    }
}
