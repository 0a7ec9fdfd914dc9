//! The information equality on data: by hand, by regression, and how often its tests reject.

use super::challenger::assert_near;
use chacha20::ChaCha8Rng;
use fisher_information::Error;
use fisher_information::distributions::{Bernoulli, Exponential, Gamma, NegativeBinomial, Normal, Poisson};
use fisher_information::inference::{Identification, MaximumLikelihood, NormalPrior, maximum_likelihood};
use fisher_information::information::observed;
use fisher_information::model::{OwnedDatum, ParameterSpace, Sampler, Weighted};
use fisher_information::prelude::*;
use nalgebra::{DMatrix, DVector};
use rand::SeedableRng;

/// A sample of a model, by the number of its seed.
pub fn draws<M: Sampler>(model: &M, theta: &Theta<M, f64>, count: usize, seed: u64) -> Vec<OwnedDatum<M>> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    (0..count).map(|_| model.sample(theta, &mut generator)).collect()
}

const DATA: [f64; 8] = [1.2, 0.7, 3.1, 2.2, 0.4, 1.9, 0.2, 5.0];

#[test]
fn whites_test_of_an_exponential_by_hand() {
    // With m the mean: d = (m − x)² − m², and u = d + 2m(m − x)
    let fit = maximum_likelihood(&Exponential, &DATA).unwrap();
    let equality = fit.information_equality().unwrap();
    let m = DATA.iter().sum::<f64>() / 8.0;
    let d = |x: f64| (m - x).powi(2) - m * m;
    let total: f64 = DATA.iter().map(|&x| d(x)).sum();
    let squares: f64 = DATA.iter().map(|&x| (d(x) + 2.0 * m * (m - x)).powi(2)).sum();
    let test = equality.white().unwrap();
    assert_near(test.statistic.value, total * total / squares, 1e-9, "White");
    assert_eq!(test.hypotheses, ["A = B at (rate, rate)"]);
    let entry = &equality.entries()[0];
    assert_near(entry.difference(), total, 1e-9, "B − A");
    assert_near(entry.standard_error, squares.sqrt(), 1e-9, "its standard error");
    assert_near(entry.z().powi(2), test.statistic.value, 1e-12, "z²");
}

#[test]
fn the_outer_product_form_is_a_regression_of_one_on_scores_and_indicators() {
    // n R², by singular values.
    let fit = maximum_likelihood(&Gamma, &DATA).unwrap();
    let mut columns = DMatrix::zeros(8, 5);
    for (i, x) in DATA.iter().enumerate() {
        let at = fisher_information::derivatives::derivatives(&Gamma, fit.theta(), x).unwrap();
        let d = &at.score * at.score.transpose() + &at.hessian;
        let row = [at.score[0], at.score[1], d[(0, 0)], d[(1, 0)], d[(1, 1)]];
        columns.row_mut(i).copy_from_slice(&row);
    }
    let ones = DVector::from_element(8, 1.0);
    let coefficients = columns.clone().svd(true, true).solve(&ones, 1e-12).unwrap();
    let explained = (&columns * coefficients).norm_squared();
    let test = fit.information_equality().unwrap().chesher_lancaster().unwrap();
    assert_near(test.statistic.value, explained, 1e-7, "n R²");
    assert_eq!(test.degrees_of_freedom(), 3);
}

#[test]
fn of_a_normal_the_first_entry_holds_by_construction_and_the_others_are_skewness_and_kurtosis() {
    let fit = maximum_likelihood(&Normal, &DATA).unwrap();
    let equality = fit.information_equality().unwrap();
    let [mean, deviation] = *fit.theta();
    let moment = |k: i32| DATA.iter().map(|x| ((x - mean) / deviation).powi(k)).sum::<f64>() / 8.0;
    let scale = 8.0 / deviation.powi(2);
    let entries = equality.entries();
    assert!(entries[0].difference().abs() < 1e-8 && entries[0].standard_error == 0.0 && entries[0].z() == 0.0);
    assert_near(entries[1].difference(), moment(3) * scale, 1e-8, "skewness");
    assert_near(entries[2].difference(), (moment(4) - 3.0) * scale, 1e-8, "kurtosis");
    let test = equality.white().unwrap();
    assert_eq!(test.hypotheses, ["A = B at (deviation, mean)", "A = B at (deviation, deviation)"]);
    assert!(equality.to_string().contains("(deviation, mean)"));
}

#[test]
fn weights_are_repetitions_for_white_too() {
    let weights = [1.0, 2.0, 1.0, 0.0, 1.0, 1.0, 3.0, 1.0];
    let repeated: Vec<f64> = DATA.iter().zip(weights).flat_map(|(&x, w)| vec![x; w as usize]).collect();
    let weighted = Weighted { data: &DATA, weights: &weights };
    let (a, b) = (maximum_likelihood(&Gamma, &weighted).unwrap(), maximum_likelihood(&Gamma, &repeated).unwrap());
    let (a, b) = (a.information_equality().unwrap(), b.information_equality().unwrap());
    assert_near(a.white().unwrap().statistic.value, b.white().unwrap().statistic.value, 1e-7, "White");
    let pair = [a.chesher_lancaster().unwrap(), b.chesher_lancaster().unwrap()];
    assert_near(pair[0].statistic.value, pair[1].statistic.value, 1e-7, "Chesher and Lancaster");
}

#[test]
fn where_there_is_nothing_to_test_white_says_so() {
    // Any data fit a Bernoulli model.
    let fit = maximum_likelihood(&Bernoulli, &[1.0, 0.0, 1.0, 1.0]).unwrap();
    let refused = fit.information_equality().unwrap().white().unwrap_err();
    assert_eq!(refused, Error::NothingToTest { entries: vec!["A = B at (probability, probability)".into()] });
    let few = maximum_likelihood(&Gamma, &[1.0, 2.0, 0.5]).unwrap();
    assert!(matches!(few.information_equality().unwrap().white(), Err(Error::TooFewObservations { .. })));
    let prior = NormalPrior { moments: vec![(1.0, 1.0)] };
    let mode = MaximumLikelihood::new(&Gamma, &DATA).prior(&prior).fit().unwrap();
    assert!(matches!(mode.information_equality(), Err(Error::Unsupported { .. })));
}

/// Under a Poisson model White's test compares variance and mean.
#[test]
fn white_rejects_true_poisson_counts_as_often_as_it_should_and_false_ones_often() {
    let rejected = |sample: &dyn Fn(u64) -> Vec<f64>, samples: u64| {
        let rejects = |seed| {
            let counts = sample(seed);
            let fit = maximum_likelihood(&Poisson, &counts).unwrap();
            fit.information_equality().unwrap().white().unwrap().rejects(0.05)
        };
        #[allow(clippy::cast_precision_loss)]
        let share = (0..samples).filter(|&seed| rejects(seed)).count() as f64 / samples as f64;
        share
    };
    let size = rejected(&|seed| draws(&Poisson, &[4.0], 400, seed), 1000);
    // The law of the statistic is approached from above: 5 % and a percent for 400 counts.
    let error = (0.05 * 0.95 / 1000.0_f64).sqrt();
    assert!(size > 0.05 - 3.0 * error && size < 0.05 + 0.01 + 3.0 * error, "{size}");
    // mean 4, variance 6
    let power = rejected(&|seed| draws(&NegativeBinomial, &[8.0, 2.0 / 3.0], 400, seed), 100);
    assert!(power > 0.95, "{power}");
}

/// Only a + b is seen.
struct SumOfTwo;

impl LogLikelihood for SumOfTwo {
    type Parameters = Fixed<2>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, &[a, b]: &[D; 2], &x: &D) -> D {
        let z = x - a - b;
        -(z * z) * 0.5
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("a"), Parameter::real("b")]
    }
}

#[test]
fn what_is_not_identified_is_named() {
    let fit = MaximumLikelihood::new(&SumOfTwo, &[1.0, 2.0]).allow_singular().fit().unwrap();
    let found = fit.identification().unwrap();
    assert!(!found.is_identified());
    assert_eq!(found.to_string(), "rank 1 of 2\nnot determined: a − b\ndetermined: a + b");
    assert_eq!(found, Identification::of(&observed(&SumOfTwo, fit.theta(), &[1.0, 2.0]).unwrap()));
    let normal = maximum_likelihood(&Normal, &DATA).unwrap().identification().unwrap();
    assert!(normal.is_identified() && normal.condition_number < 1.0 + 1e-6);
    assert_eq!(normal.to_string(), "all 2 parameters determined, condition 1");
    // half a normal prior is enough to tell a from b
    let prior = NormalPrior { moments: vec![(0.0, 1.0)] };
    let mode = MaximumLikelihood::new(&SumOfTwo, &[1.0, 2.0]).prior(&prior).fit().unwrap();
    assert!(mode.identification().unwrap().is_identified());
    let _: &<Fixed<2> as ParameterSpace>::Of<f64> = mode.theta();
}
