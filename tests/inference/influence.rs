//! Influence: closed forms, R, and refits.

use super::challenger::{FLIGHTS, Logistic, assert_near};
use fisher_information::Error;
use fisher_information::distributions::{Exponential, Gamma, Normal, Weibull};
use fisher_information::inference::{MaximumLikelihood, NormalPrior, maximum_likelihood};
use fisher_information::model::Weighted;

/// `hatvalues` and `cooks.distance` of R 4.2.2 for `glm(any ~ temperature, binomial, control = glm.control(1e-14, 200))`.
const HAT_VALUES: [f64; 23] = [
    0.08639354064655765,
    0.06274541284719387,
    0.06334175672346837,
    0.0669231039114236,
    0.07444475490383506,
    0.06598677914461615,
    0.06786174527188035,
    0.06274541284719387,
    0.20777417829633676,
    0.14294215834929253,
    0.06274541284719387,
    0.06310603348578468,
    0.07444475490383506,
    0.16748152636707894,
    0.07444475490383506,
    0.06914693038815646,
    0.06274541284719387,
    0.05086947820832883,
    0.06814342698436526,
    0.059440483090493115,
    0.06914693038815646,
    0.2089825856594149,
    0.06814342698436526,
];
const COOKS_DISTANCES: [f64; 23] = [
    0.039120123435466246,
    0.11958523713388373,
    0.013598282366933872,
    0.018260996465007118,
    0.02603992202911664,
    0.007099473745140748,
    0.00581182644375154,
    0.010665865515230433,
    0.02709900468290895,
    0.06414485324586343,
    0.11958523713388373,
    0.0016757270531474499,
    0.02603992202911664,
    0.007815034698161694,
    0.02603992202911664,
    0.0037325438013935423,
    0.010665865515230433,
    0.0006559000885039166,
    0.0029100007714534036,
    0.0012416410122802655,
    0.4265366617886328,
    0.03448456575153286,
    0.0029100007714534036,
];
#[test]
fn leverage_and_distance_are_those_of_logistic_regression() {
    let fit = maximum_likelihood(&Logistic, &FLIGHTS).unwrap();
    let influence = fit.influence().unwrap();
    for (observation, (hat, distance)) in
        influence.observations().iter().zip(HAT_VALUES.into_iter().zip(COOKS_DISTANCES))
    {
        assert_near(observation.leverage, hat, 1e-9, "leverage");
        assert_near(observation.cooks_distance.unwrap(), distance, 1e-9, "Cook's distance");
    }
    // One step of Newton's method, by Pregibon's formula: A⁻¹ x (y − p)/(1 − h).
    let [intercept, slope] = *fit.theta();
    let covariance = fit.covariance().unwrap();
    for (observation, [x, y]) in influence.observations().iter().zip(FLIGHTS) {
        let p = 1.0 / (1.0 + (-intercept - slope * x).exp());
        let want = covariance.matrix() * nalgebra::dvector![1.0, x] * ((y - p) / (1.0 - observation.leverage));
        for (found, want) in observation.change.as_ref().unwrap().iter().zip(want.iter()) {
            assert_near(*found, *want, 1e-9, "change");
        }
    }
    // Flight 61A, warm and damaged.
    assert_eq!(influence.most_influential().next().unwrap().index, 20);
    let text = influence.to_string();
    assert!(text.lines().nth(1).unwrap().starts_with("20 "), "{text}");
}

#[test]
fn leverages_add_up_to_the_number_of_parameters_and_influence_to_nothing() {
    let data = [1.2, 0.7, 3.1, 2.2, 0.4, 1.9, 0.2, 5.0];
    let fit = maximum_likelihood(&Weibull, &data).unwrap();
    let influence = fit.influence().unwrap();
    let leverage: f64 = influence.observations().iter().map(|observation| observation.leverage).sum();
    assert_near(leverage, 2.0, 1e-12, "sum of the leverages");
    for parameter in 0..2 {
        let sum: f64 = influence.observations().iter().map(|observation| observation.influence[parameter]).sum();
        let size: f64 = influence.observations().iter().map(|observation| observation.influence[parameter].abs()).sum();
        assert!(sum.abs() < 1e-9 * size);
    }
}

#[test]
fn the_exact_fit_without_an_observation_is_the_fit_of_the_others() {
    let data = [1.2, 0.7, 3.1, 2.2, 0.4, 1.9];
    let fit = maximum_likelihood(&Gamma, &data).unwrap();
    let without = fit.without(2).unwrap();
    let others = maximum_likelihood(&Gamma, &[1.2, 0.7, 2.2, 0.4, 1.9]).unwrap();
    for (found, want) in without.estimates.iter().zip(others.estimates()) {
        assert_near(*found, *want, 1e-9, "estimate");
    }
    assert!(without.displacement.value > 0.0);
    // To second order the displacement is p times Cook's distance; the observation is no outlier, so they are not far apart.
    assert!((without.displacement.value / (2.0 * without.cooks_distance) - 1.0).abs() < 0.5);
}

#[test]
fn influence_on_a_normal_mean_and_deviation() {
    let data = [1.0, 2.0, 4.0, 9.0];
    let fit = maximum_likelihood(&Normal, &data).unwrap();
    let (mean, deviation) = (4.0, 9.5_f64.sqrt());
    for (observation, x) in fit.influence().unwrap().observations().iter().zip(data) {
        let z = (x - mean) / deviation;
        assert!((observation.influence[0] - deviation * z / 4.0).abs() < 1e-9);
        assert!((observation.influence[1] - deviation * (z * z - 1.0) / 8.0).abs() < 1e-9);
    }
}

#[test]
fn a_weight_counts_as_repetitions() {
    let fit_twice = maximum_likelihood(&Exponential, &[0.5, 2.0, 2.0]).unwrap();
    let weighted = Weighted { data: &[0.5, 2.0], weights: &[1.0, 2.0] };
    let fit_weighted = maximum_likelihood(&Exponential, &weighted).unwrap();
    let (twice, once) = (fit_twice.influence().unwrap(), fit_weighted.influence().unwrap());
    let both = twice.observations()[1].influence[0] + twice.observations()[2].influence[0];
    assert_near(once.observations()[1].influence[0], both, 1e-9, "influence");
    assert_near(fit_weighted.without(1).unwrap().estimates[0], 2.0, 1e-9, "rate without the repeated wait");
}

#[test]
fn with_a_prior_the_mode_moves() {
    let prior = NormalPrior { moments: vec![(0.0, 1.0)] };
    let data = [[1.0, 1.0], [2.0, 0.0], [3.0, 1.0]];
    let fit = MaximumLikelihood::new(&Logistic, &data).prior(&prior).fit().unwrap();
    let refit =
        MaximumLikelihood::new(&Logistic, &data[1..].to_vec()).prior(&prior).fit().map(|fit| fit.estimates().to_vec());
    match (fit.without(0), refit) {
        (Ok(without), Ok(want)) => {
            for (found, want) in without.estimates.iter().zip(want) {
                assert_near(*found, want, 1e-8, "mode");
            }
        }
        (found, want) => assert_eq!(found.map(|left| left.estimates), want),
    }
}

#[test]
fn an_observation_that_is_needed_is_told() {
    // Without the only success, and without one of two points, there is no maximum.
    let fit = maximum_likelihood(&Exponential, &[1.5]).unwrap();
    let alone = fit.influence().unwrap();
    assert_eq!(alone.observations()[0].change, None);
    assert_eq!(fit.without(0), Err(Error::ZeroWeights { count: 1 }));
    assert_eq!(fit.without(1), Err(Error::UnknownObservation { index: 1, count: 1 }));
    let two = maximum_likelihood(&Normal, &[1.0, 2.0]).unwrap();
    assert!(matches!(two.without(0), Err(Error::UnboundedLikelihood { ref name, .. }) if name == "deviation"));
}

#[test]
fn the_direction_of_largest_local_influence_is_an_eigenvector() {
    let fit = maximum_likelihood(&Logistic, &FLIGHTS).unwrap();
    let local = fit.local_influence().unwrap();
    // C l = 2 S A⁻¹ Sᵀ l is the curvature times l.
    let scores = fit.scores().unwrap();
    let direction = nalgebra::DVector::from_vec(local.direction);
    let image = &scores * (fit.covariance().unwrap().matrix() * (scores.transpose() * &direction)) * 2.0;
    assert!((image - &direction * local.curvature).norm() < 1e-9);
    assert!((direction.norm() - 1.0).abs() < 1e-12);
    assert_eq!(direction.iamax(), 20);
}
