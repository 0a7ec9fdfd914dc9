//! Averages against known answers, least squares, and changes of coordinates.

use super::{NAMES, apart, expert, information, normal, random_experts, random_matrix, stream};
use fisher_information::geometry::merging::{Expert, Experts, Pooling};
use nalgebra::{DMatrix, DVector, dmatrix};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

#[test]
fn independent_measurements_have_inverse_variance_weights() {
    let of = |label, value, error| Expert::from_standard_errors(label, &[("mass", value, error)]).unwrap();
    let experts = Experts::new([of("a", 10.0, 0.5), of("b", 11.0, 1.0), of("c", 7.0, 2.0)]).unwrap();
    // weights 4, 1, ¼: (40 + 11 + 1.75)/5.25
    for pooling in [Pooling::Full, Pooling::Diagonal, Pooling::Sizes(vec![1])] {
        let merge = experts.merge(&pooling).unwrap();
        assert!((merge.get("mass").unwrap().value - 52.75 / 5.25).abs() < 1e-14, "{pooling:?}");
        assert!((merge.covariance.matrix()[(0, 0)] - 1.0 / 5.25).abs() < 1e-15, "{pooling:?}");
    }
    let plain = experts.merge(&Pooling::Uniform).unwrap();
    assert!((plain.get("mass").unwrap().value - 28.0 / 3.0).abs() < 1e-14);
    assert!((plain.covariance.matrix()[(0, 0)] - 5.25 / 9.0).abs() < 1e-14);
}

#[test]
fn weights_multiply_the_information() {
    let (experts, numbers) = random_experts(3, 5);
    let weights = [2.0, 0.0, 0.5];
    let merge = experts.with_weights(&weights).unwrap().merge(&Pooling::Full).unwrap();
    let total = &numbers[0].1 * 2.0 + &numbers[2].1 * 0.5;
    let pull = &numbers[0].1 * &numbers[0].0 * 2.0 + &numbers[2].1 * &numbers[2].0 * 0.5;
    let inverse = total.try_inverse().unwrap();
    assert!(apart(&merge.theta(), (&inverse * pull).as_slice()) < 1e-12);
    let scatter = &numbers[0].1 * 4.0 + &numbers[2].1 * 0.25;
    assert!((merge.covariance.matrix() - &inverse * scatter * &inverse).amax() < 1e-12);
}

#[test]
fn experts_know_parts_of_the_parameters_in_any_order() {
    let experts = Experts::new([
        expert("first", &["a", "b"], &[1.0, 2.0], dmatrix![2.0, 1.0; 1.0, 3.0]),
        expert("second", &["c", "a"], &[5.0, 3.0], dmatrix![4.0, 1.0; 1.0, 1.0]),
    ])
    .unwrap();
    assert_eq!(experts.names(), ["a", "b", "c"]);
    let merge = experts.merge(&Pooling::Full).unwrap();
    // By hand: what b and c are free to follow, Schur complements 2 − ⅓ and 1 − ¼, weigh a; then b = 2 − (a − 1)/3, c = 5 − (a − 3)/4.
    let (first, second) = (2.0 - 1.0 / 3.0, 1.0 - 0.25);
    let a = (first * 1.0 + second * 3.0) / (first + second);
    assert!(apart(&merge.theta(), &[a, 2.0 - (a - 1.0) / 3.0, 5.0 - (a - 3.0) / 4.0]) < 1e-14);
    let plain = experts.merge(&Pooling::Uniform).unwrap();
    assert_eq!(plain.theta(), [2.0, 2.0, 5.0]);
}

/// Rows L such that LᵀL is the matrix: the quadratic log-likelihoods as one problem of least squares.
fn by_least_squares(numbers: &[(DVector<f64>, DMatrix<f64>)]) -> (DVector<f64>, f64) {
    let size = numbers[0].0.len();
    let (mut design, mut response) = (DMatrix::zeros(0, size), Vec::new());
    for (estimate, matrix) in numbers {
        let root = matrix.clone().cholesky().unwrap().l().transpose();
        response.extend((&root * estimate).iter());
        let rows = design.nrows();
        design = design.insert_rows(rows, size, 0.0);
        design.rows_mut(rows, size).copy_from(&root);
    }
    let response = DVector::from_vec(response);
    let solution = design.clone().svd(true, true).solve(&response, 1e-14).unwrap();
    let rest = (&response - &design * &solution).norm_squared();
    (solution, rest)
}

/// Σ WF⁻¹Wᵀ, written out.
fn covariance_by_hand(
    numbers: &[(DVector<f64>, DMatrix<f64>)],
    used: impl Fn(&DMatrix<f64>) -> DMatrix<f64>,
) -> DMatrix<f64> {
    let total = numbers.iter().fold(DMatrix::zeros(3, 3), |sum, (_, matrix)| sum + used(matrix));
    let inverse = total.try_inverse().unwrap();
    numbers.iter().fold(DMatrix::zeros(3, 3), |sum, (_, matrix)| {
        let weight = &inverse * used(matrix);
        sum + &weight * matrix.clone().try_inverse().unwrap() * weight.transpose()
    })
}

fn coordinates(seed: u64) -> (DMatrix<f64>, DVector<f64>) {
    let mut stream = stream(seed);
    let map = DMatrix::from_fn(3, 3, |i, j| normal(&mut stream) + if i == j { 4.0 } else { 0.0 });
    (map, DVector::from_fn(3, |_, _| 10.0 * normal(&mut stream)))
}

/// The same experts in the coordinates φ = Aθ + b.
fn in_coordinates(numbers: &[(DVector<f64>, DMatrix<f64>)], map: &DMatrix<f64>, shift: &DVector<f64>) -> Experts {
    let back = map.clone().try_inverse().unwrap();
    let moved = numbers.iter().enumerate().map(|(k, (estimate, matrix))| {
        let changed = information(&NAMES, matrix.clone()).change_of_coordinates(&back, ["x", "y", "z"]).unwrap();
        Expert::new(format!("expert {k}"), (map * estimate + shift).as_slice(), &changed).unwrap()
    });
    Experts::new(moved).unwrap()
}

#[test]
fn the_diagonal_average_depends_on_the_coordinates_and_the_full_one_does_not() {
    let (experts, numbers) = random_experts(3, 11);
    let (map, shift) = coordinates(12);
    let moved = in_coordinates(&numbers, &map, &shift);
    let differ = |pooling: &Pooling| {
        let here = DVector::from_vec(experts.merge(pooling).unwrap().theta());
        apart((&map * here + &shift).as_slice(), &moved.merge(pooling).unwrap().theta())
    };
    assert!(differ(&Pooling::Full) < 1e-12);
    assert!(differ(&Pooling::Uniform) < 1e-12);
    assert!(differ(&Pooling::Diagonal) > 0.1);
}

#[test]
fn singular_experts_may_be_merged_where_nothing_depends_on_what_they_do_not_know() {
    // The first knows only a + b, the second only a − b. Their estimates along the rest are arbitrary: 100 and −100 are added there.
    let experts = Experts::new([
        expert("sum", &["a", "b"], &[1.5 + 100.0, 1.5 - 100.0], dmatrix![1.0, 1.0; 1.0, 1.0]),
        expert("difference", &["a", "b"], &[0.5 - 100.0, -0.5 - 100.0], dmatrix![2.0, -2.0; -2.0, 2.0]),
    ])
    .unwrap();
    let merge = experts.merge(&Pooling::Full).unwrap();
    assert!(apart(&merge.theta(), &[2.0, 1.0]) < 1e-12); // a + b = 3, a − b = 1
    assert_eq!(merge.theta(), experts.merge(&Pooling::Sizes(vec![2])).unwrap().theta());
    // variances of sum and difference 1 and ½
    assert!((merge.covariance.matrix() - dmatrix![0.375, 0.125; 0.125, 0.375]).amax() < 1e-14);
    let blocks = experts.merge(&Pooling::blocks([["b", "a"]])).unwrap();
    assert!((blocks.covariance.matrix() - merge.covariance.matrix()).amax() < 1e-14);
}

#[test]
fn a_step_goes_along_the_natural_gradients() {
    let (experts, numbers) = random_experts(3, 8);
    let (base, scales) = (DVector::from_vec(vec![0.3, -1.0, 2.0]), [0.5, 2.0, -1.0]);
    let step = experts.step(base.as_slice(), &scales, &Pooling::Full).unwrap();
    let total = numbers.iter().fold(DMatrix::zeros(3, 3), |sum, (_, matrix)| sum + matrix);
    let pull = numbers
        .iter()
        .zip(scales)
        .fold(DVector::zeros(3), |sum, ((estimate, matrix), scale)| sum + matrix * (estimate - &base) * scale);
    let by_hand = &base + total.try_inverse().unwrap() * pull;
    assert!(apart(&step.theta(), by_hand.as_slice()) < 1e-12);

    // At scales of 1 it is the merge, from anywhere; without metric it is task arithmetic.
    for pooling in [Pooling::Full, Pooling::Diagonal, Pooling::Sizes(vec![2, 1])] {
        let all = experts.step(base.as_slice(), &[1.0; 3], &pooling).unwrap();
        let merge = experts.merge(&pooling).unwrap();
        assert!(apart(&all.theta(), &merge.theta()) < 1e-12);
        assert!((all.covariance.matrix() - merge.covariance.matrix()).amax() < 1e-13);
    }
    let plain = experts.step(base.as_slice(), &[3.0, 3.0, -3.0], &Pooling::Uniform).unwrap();
    let arithmetic = &base + (&numbers[0].0 - &base) + (&numbers[1].0 - &base) - (&numbers[2].0 - &base);
    assert!(apart(&plain.theta(), arithmetic.as_slice()) < 1e-13);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, rng_seed: RngSeed::Fixed(51), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_full_average_solves_the_least_squares(seed in 0u64..1_000_000, count in 1usize..6) {
        let (experts, numbers) = random_experts(count, seed);
        let (solution, rest) = by_least_squares(&numbers);
        let merge = experts.merge(&Pooling::Full).unwrap();
        prop_assert!(apart(&merge.theta(), solution.as_slice()) < 1e-10);
        let loss = experts.predicted_loss(&merge.theta()).unwrap();
        prop_assert!((2.0 * loss.total.value - rest).abs() < 1e-10 * (1.0 + rest));
        // and no other proposal costs less
        for pooling in [Pooling::Uniform, Pooling::Diagonal, Pooling::Sizes(vec![1, 2])] {
            let other = experts.merge(&pooling).unwrap();
            let more = experts.predicted_loss(&other.theta()).unwrap().total;
            prop_assert!(more.value >= loss.total.value - loss.total.error - more.error);
        }
    }

    #[test]
    fn the_full_average_does_not_depend_on_linear_coordinates(seed in 0u64..1_000_000) {
        let (experts, numbers) = random_experts(4, seed);
        let (map, shift) = coordinates(seed + 1);
        let there = in_coordinates(&numbers, &map, &shift).merge(&Pooling::Full).unwrap();
        let here = experts.merge(&Pooling::Full).unwrap();
        let carried = &map * DVector::from_vec(here.theta()) + shift;
        let scale = map.norm() * map.clone().try_inverse().unwrap().norm();
        prop_assert!(apart(carried.as_slice(), &there.theta()) < 1e-11 * scale * scale);
        let covariance = &map * here.covariance.matrix() * map.transpose();
        prop_assert!((covariance - there.covariance.matrix()).amax() < 1e-11 * scale * scale * map.norm().powi(2));
    }

    #[test]
    fn the_covariance_is_that_of_the_average_and_none_is_below_that_of_the_full_one(seed in 0u64..1_000_000) {
        let (experts, numbers) = random_experts(3, seed);
        let full = experts.merge(&Pooling::Full).unwrap().covariance;
        let diagonal = |matrix: &DMatrix<f64>| DMatrix::from_diagonal(&matrix.diagonal());
        let blocks = |matrix: &DMatrix<f64>| {
            DMatrix::from_fn(3, 3, |i, j| if (i == 1) == (j == 1) { matrix[(i, j)] } else { 0.0 })
        };
        for (pooling, by_hand) in [
            (Pooling::Full, covariance_by_hand(&numbers, DMatrix::clone)),
            (Pooling::Diagonal, covariance_by_hand(&numbers, diagonal)),
            (Pooling::blocks([vec!["c", "a"], vec!["b"]]), covariance_by_hand(&numbers, blocks)),
            (Pooling::Uniform, covariance_by_hand(&numbers, |_| DMatrix::identity(3, 3))),
        ] {
            let covariance = experts.merge(&pooling).unwrap().covariance;
            prop_assert!((covariance.matrix() - by_hand).amax() < 1e-11 * covariance.matrix().amax());
            let excess = (covariance.matrix() - full.matrix()).symmetric_eigenvalues().min();
            prop_assert!(excess > -1e-11 * covariance.matrix().amax());
        }
    }

    #[test]
    fn the_errors_of_the_estimates_hold_for_every_matrix_within_the_errors(seed in 0u64..1_000_000) {
        let mut stream = stream(seed);
        let (mut given, mut true_ones) = (Vec::new(), Vec::new());
        for k in 0..3 {
            let matrix = random_matrix(3, &mut stream);
            let estimates: Vec<f64> = (0..3).map(|_| normal(&mut stream)).collect();
            let error = matrix.abs() * 1e-3;
            let noise = DMatrix::from_fn(3, 3, |_, _| normal(&mut stream).signum());
            let noise = DMatrix::from_fn(3, 3, |i, j| noise[(i.max(j), i.min(j))]);
            let moved = &matrix + error.component_mul(&noise);
            let of = |matrix, error| {
                let provenance = fisher_information::expectation::Provenance::ClosedForm;
                fisher_information::information::Information::<fisher_information::information::Observed>::new(NAMES, matrix, error, 1.0, provenance).unwrap()
            };
            given.push(Expert::new(k.to_string(), &estimates, &of(matrix, error)).unwrap());
            true_ones.push(Expert::new(k.to_string(), &estimates, &of(moved, DMatrix::zeros(3, 3))).unwrap());
        }
        for pooling in [Pooling::Full, Pooling::Diagonal] {
            let merge = Experts::new(given.clone()).unwrap().merge(&pooling).unwrap();
            let truth = Experts::new(true_ones.clone()).unwrap().merge(&pooling).unwrap();
            for (merged, truth) in merge.estimates.iter().zip(truth.theta()) {
                prop_assert!((merged.value - truth).abs() <= merged.error);
                prop_assert!(merged.error < 0.5);
            }
        }
    }
}
