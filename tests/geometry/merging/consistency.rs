//! Whether experts agree: laws, decompositions, a published meta-analysis.

use super::{NAMES, expert, information, normal, random_experts, random_matrix, stream};
use fisher_information::geometry::merging::{Consistency, Expert, Experts, Pooling};
use nalgebra::{DMatrix, DVector, dmatrix};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use statrs::distribution::{ChiSquared, ContinuousCDF};

/// Trials of BCG vaccine against tuberculosis: (ill, well) of the vaccinated and of the others, as in Colditz et al. (1994).
const BCG: [[f64; 4]; 13] = [
    [4.0, 119.0, 11.0, 128.0],
    [6.0, 300.0, 29.0, 274.0],
    [3.0, 228.0, 11.0, 209.0],
    [62.0, 13_536.0, 248.0, 12_619.0],
    [33.0, 5036.0, 47.0, 5761.0],
    [180.0, 1361.0, 372.0, 1079.0],
    [8.0, 2537.0, 10.0, 619.0],
    [505.0, 87_886.0, 499.0, 87_892.0],
    [29.0, 7470.0, 45.0, 7232.0],
    [17.0, 1699.0, 65.0, 1600.0],
    [186.0, 50_448.0, 141.0, 27_197.0],
    [5.0, 2493.0, 3.0, 2338.0],
    [27.0, 16_886.0, 29.0, 17_825.0],
];

/// The numbers that the R package metafor prints of these data, `rma(yi, vi, method = "EE")` and `"DL"`:
/// W. Viechtbauer, *Conducting meta-analyses in R with the metafor package*, J. Statist. Software 36 (2010), issue 3.
#[test]
fn the_trials_of_bcg_vaccine_are_as_published() {
    let trials = BCG.iter().enumerate().map(|(k, &[ill, well, ill_without, well_without])| {
        let (treated, others) = (ill + well, ill_without + well_without);
        let effect = (ill / treated / (ill_without / others)).ln();
        let variance = 1.0 / ill - 1.0 / treated + 1.0 / ill_without - 1.0 / others;
        Expert::from_standard_errors(format!("trial {}", k + 1), &[("ln risk ratio", effect, variance.sqrt())]).unwrap()
    });
    let trials = Experts::new(trials).unwrap();
    let found = trials.heterogeneity("ln risk ratio").unwrap();
    assert_eq!(format!("{:.4} {:.4}", found.mean, found.standard_error), "-0.4303 0.0405");
    assert_eq!(format!("{:.3} {}", found.test.statistic.value, found.test.degrees_of_freedom()), "152.233 12");
    assert_eq!(format!("{:.2} {:.2}", 100.0 * found.i_squared(), found.h_squared()), "92.12 12.69");
    assert_eq!(format!("{:.4}", found.between_variance), "0.3088");

    // Of one parameter, the test of all parameters is the same, and so is the merge.
    let all = trials.consistency().unwrap();
    assert!((all.test.statistic.value - found.test.statistic.value).abs() < 1e-10);
    assert!((all.i_squared() - found.i_squared()).abs() < 1e-13);
    let merge = trials.merge(&Pooling::Full).unwrap();
    assert!((merge.theta()[0] - found.mean).abs() < 1e-14);
}

#[test]
fn p_values_are_those_of_the_chi_squared_law() {
    let consistency = random_experts(3, 4).0.consistency().unwrap();
    let degrees = consistency.test.degrees_of_freedom();
    assert_eq!(degrees, 6);
    let law = ChiSquared::new(6.0).unwrap();
    assert!((consistency.test.p_value() - law.sf(consistency.test.statistic.value)).abs() < 1e-12);
}

#[test]
fn the_statistic_has_its_law_when_experts_know_parts() {
    // ranks 3, 2 and 1 of 3 parameters: 3 degrees of freedom
    let mut stream = stream(71);
    let (first, second) = (random_matrix(3, &mut stream), random_matrix(2, &mut stream));
    let truth = [0.5, -1.0, 2.0];
    let (mut sum, mut squares, mut rejected) = (0.0, 0.0, 0);
    let replications = 1000;
    for _ in 0..replications {
        let mut draw = |matrix: &DMatrix<f64>| {
            let root = matrix.clone().try_inverse().unwrap().cholesky().unwrap().l();
            let noise = DVector::from_fn(root.nrows(), |_, _| normal(&mut stream));
            root * noise
        };
        let (e, f, g) = (draw(&first), draw(&second), draw(&dmatrix![4.0]));
        // The third knows a + c alone, to a standard deviation of ½; along a − c its estimate is arbitrary.
        let known = truth[0] + truth[2] + g[0];
        let experts = Experts::new([
            expert("all", &NAMES, &[truth[0] + e[0], truth[1] + e[1], truth[2] + e[2]], first.clone()),
            expert("two", &["c", "b"], &[truth[2] + f[0], truth[1] + f[1]], second.clone()),
            expert("one", &["a", "c"], &[known + 7.0, -7.0], dmatrix![4.0, 4.0; 4.0, 4.0]),
        ])
        .unwrap();
        let test = experts.consistency().unwrap().test;
        assert_eq!(test.degrees_of_freedom(), 3);
        sum += test.statistic.value;
        squares += test.statistic.value.powi(2);
        rejected += usize::from(test.rejects(0.1));
    }
    let count = f64::from(replications);
    let (mean, square) = (sum / count, squares / count);
    assert!((mean - 3.0).abs() < 4.0 * (6.0 / count).sqrt(), "{mean}"); // a variance of 2·3
    assert!((square - mean * mean - 6.0).abs() < 4.0 * (144.0 + 72.0_f64).sqrt() / count.sqrt(), "{square}"); // μ₄ − σ⁴ = 12·3·(3 + 4) − 36
    assert!((rejected as f64 / count - 0.1).abs() < 4.0 * (0.09 / count).sqrt(), "{rejected}");
}

/// (a − b)ᵀ(A⁻¹ + B⁻¹)⁻¹(a − b)
fn distance(a: (&DVector<f64>, &DMatrix<f64>), b: (&DVector<f64>, &DMatrix<f64>)) -> f64 {
    let covariance = a.1.clone().try_inverse().unwrap() + b.1.clone().try_inverse().unwrap();
    let difference = a.0 - b.0;
    difference.dot(&(covariance.try_inverse().unwrap() * &difference))
}

#[test]
fn experts_that_share_nothing_leave_nothing_to_test() {
    let one = expert("one", &["a"], &[1.0], dmatrix![1.0]);
    let other = expert("other", &["b"], &[1.0], dmatrix![1.0]);
    for alone in [vec![one.clone()], vec![one.clone(), other.clone()]] {
        let refusal = Experts::new(alone).unwrap().consistency().unwrap_err();
        assert!(matches!(refusal, fisher_information::Error::NothingToTest { .. }));
    }
    let third = expert("third", &["a"], &[2.0], dmatrix![1.0]);
    let experts = Experts::new([one, other, third]).unwrap();
    let consistency: Consistency = experts.consistency().unwrap();
    assert!((consistency.test.statistic.value - 0.5).abs() < 1e-15);
    assert!(consistency.against_others[1].is_none() && consistency.against_others[0].is_some());
    let pairs = experts.pairwise().unwrap();
    assert_eq!(pairs.iter().map(|pair| pair.test.is_some()).collect::<Vec<_>>(), [false, true, false]);
    assert!(experts.heterogeneity("b").is_err());
    assert_eq!(
        consistency.to_string(),
        "homogeneity test of a, b: 0.5 against χ²(1), p = 0.48, I² = 0\n       \
         share  most by  p against the others\n\
         one     0.25        a                  0.48\n\
         other      0        a                     –\n\
         third   0.25        a                  0.48\n"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, rng_seed: RngSeed::Fixed(52), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shares_sum_to_the_statistic_and_pairs_are_mahalanobis_distances(seed in 0u64..1_000_000) {
        let (experts, numbers) = random_experts(4, seed);
        let found = experts.consistency().unwrap();
        let q = found.test.statistic.value;
        prop_assert!(found.contributions.iter().all(|&share| share >= 0.0));
        prop_assert!((found.by_expert().iter().sum::<f64>() - q).abs() < 1e-11 * q);
        prop_assert!((found.by_parameter().iter().sum::<f64>() - q).abs() < 1e-11 * q);
        let loss = experts.predicted_loss(&experts.merge(&Pooling::Full).unwrap().theta()).unwrap();
        for (loss, share) in loss.losses.iter().zip(found.by_expert()) {
            prop_assert!((2.0 * loss.value - share).abs() < 1e-11 * (1.0 + q));
        }
        let mut pairs = experts.pairwise().unwrap().into_iter();
        for j in 0..4 {
            for k in j + 1..4 {
                let pair = pairs.next().unwrap();
                let by_hand = distance((&numbers[j].0, &numbers[j].1), (&numbers[k].0, &numbers[k].1));
                let test = pair.test.unwrap();
                prop_assert!((test.statistic.value - by_hand).abs() < 1e-10 * (1.0 + by_hand));
                prop_assert_eq!(test.degrees_of_freedom(), 3);
            }
        }
    }

    #[test]
    fn an_expert_against_the_others_is_a_mahalanobis_distance_from_their_merge(seed in 0u64..1_000_000) {
        let (experts, numbers) = random_experts(3, seed);
        let found = experts.consistency().unwrap();
        for k in 0..3 {
            let (i, j) = ((k + 1) % 3, (k + 2) % 3);
            let total = &numbers[i].1 + &numbers[j].1;
            let pull = &numbers[i].1 * &numbers[i].0 + &numbers[j].1 * &numbers[j].0;
            let others = total.clone().try_inverse().unwrap() * pull;
            let by_hand = distance((&numbers[k].0, &numbers[k].1), (&others, &total));
            let test = found.against_others[k].as_ref().unwrap();
            prop_assert!((test.statistic.value - by_hand).abs() < 1e-10 * (1.0 + found.test.statistic.value));
            prop_assert_eq!(test.degrees_of_freedom(), 3);
        }
    }

    #[test]
    fn shares_do_not_depend_on_units_nor_on_the_order_of_the_parameters(seed in 0u64..1_000_000) {
        let (experts, numbers) = random_experts(3, seed);
        let (order, units) = ([2, 0, 1], [1e6, 1.0, 1e-4]);
        let changed = numbers.iter().enumerate().map(|(k, (estimate, matrix))| {
            let estimates: Vec<f64> = order.iter().zip(units).map(|(&i, unit)| estimate[i] * unit).collect();
            let matrix = DMatrix::from_fn(3, 3, |i, j| matrix[(order[i], order[j])] / units[i] / units[j]);
            Expert::new(format!("expert {k}"), &estimates, &information(&["c", "a", "b"], matrix)).unwrap()
        });
        let (here, there) = (experts.consistency().unwrap(), Experts::new(changed).unwrap().consistency().unwrap());
        for k in 0..3 {
            for j in 0..3 {
                let difference = here.contributions[(k, order[j])] - there.contributions[(k, j)];
                prop_assert!(difference.abs() < 1e-9 * (1.0 + here.test.statistic.value));
            }
        }
    }

    #[test]
    fn a_covariance_and_its_inverse_make_the_same_expert(seed in 0u64..1_000_000) {
        let (_, numbers) = random_experts(1, seed);
        let (estimate, matrix) = &numbers[0];
        let covariance = information(&NAMES, matrix.clone()).inverse().unwrap();
        let expert = Expert::from_covariance("x", estimate.as_slice(), &covariance).unwrap();
        prop_assert!((expert.information().matrix() - matrix).amax() < 1e-10 * matrix.amax());
    }
}
