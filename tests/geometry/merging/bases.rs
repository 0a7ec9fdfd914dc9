//! Priors, and experts that were tuned from a common base.

use super::{apart, expert, information, normal, stream};
use fisher_information::Error;
use fisher_information::geometry::merging::{Expert, Experts, Pooling};
use fisher_information::inference::{MaximumLikelihood, NormalPrior};
use fisher_information::information::{ScoreSums, observed};
use fisher_information::model::{Dynamic, Known};
use fisher_information::regression::{Covariates, linear};
use nalgebra::{DMatrix, dmatrix};

#[test]
fn a_base_counts_once_as_one_more_expert() {
    let all = [
        expert("one", &["a", "b"], &[1.0, 2.0], dmatrix![2.0, 1.0; 1.0, 3.0]),
        expert("two", &["a", "b"], &[0.0, 1.0], dmatrix![1.0, 0.5; 0.5, 4.0]),
        expert("three", &["b"], &[-1.0], dmatrix![2.5]),
    ];
    let with_base =
        Experts::new(all[..2].to_vec()).unwrap().with_base(&[-1.0], &information(&["b"], dmatrix![2.5])).unwrap();
    let as_expert = Experts::new(all.to_vec()).unwrap();
    for pooling in [Pooling::Full, Pooling::Diagonal, Pooling::Uniform] {
        let (one, other) = (with_base.merge(&pooling).unwrap(), as_expert.merge(&pooling).unwrap());
        assert!(apart(&one.theta(), &other.theta()) < 1e-15);
        assert!((one.covariance.matrix() - other.covariance.matrix()).amax() < 1e-15);
    }
    // It has no part in losses and tests.
    assert_eq!(with_base.predicted_loss(&[0.0, 0.0]).unwrap().losses.len(), 2);
    assert_eq!(with_base.consistency().unwrap().test.degrees_of_freedom(), 2);
}

#[test]
fn a_base_makes_a_singular_sum_regular_and_only_if_asked_for() {
    let experts = Experts::new([expert("sum", &["a", "b"], &[1.0, 1.0], dmatrix![1.0, 1.0; 1.0, 1.0])]).unwrap();
    let refusal = experts.merge(&Pooling::Full).unwrap_err();
    assert!(
        matches!(refusal, Error::Singular { rank: 1, ref directions, .. } if directions == &["a − b"]),
        "{refusal}"
    );
    let ridge = information(&["a", "b"], DMatrix::identity(2, 2));
    let merge = experts.with_base(&[0.0, 0.0], &ridge).unwrap().merge(&Pooling::Full).unwrap();
    assert!(apart(&merge.theta(), &[2.0 / 3.0, 2.0 / 3.0]) < 1e-15); // (1 + 2)(a + b)/2 = 2
}

/// A linear regression with deviation 1 in four shards, the second covariate constant in the first: y = 1 + 2x − z + noise.
fn shards() -> Vec<Vec<Vec<f64>>> {
    let mut stream = stream(21);
    let mut shard = |k: usize| {
        let mut row = || {
            let x = normal(&mut stream);
            let z = if k == 0 { 0.0 } else { 0.5 * x + normal(&mut stream) };
            vec![1.0, x, z, 1.0 + 2.0 * x - z + normal(&mut stream)]
        };
        (0..12).map(|_| row()).collect()
    };
    (0..4).map(&mut shard).collect()
}

/// What three coefficients are in a regression with a deviation of 1, so that log-likelihoods are parabolas.
type Coefficients =
    Known<fisher_information::regression::Regression<fisher_information::distributions::Normal>, Dynamic>;

fn model() -> Coefficients {
    let regression = linear(&Covariates::named(["intercept", "x", "z"]).unwrap()).unwrap();
    Known::new(regression, &[("deviation", 1.0)]).unwrap()
}

#[test]
fn experts_tuned_from_a_common_base_give_the_posterior_mode_of_all_data() {
    let (model, shards) = (model(), shards());
    let (base, deviations) = ([0.5, 1.0, -0.5], [0.4, 0.5, 0.8]);
    let prior = NormalPrior { moments: base.iter().copied().zip(deviations).collect() };
    let precision = DMatrix::from_diagonal(&deviations.map(|d: f64| d.powi(-2)).to_vec().into());
    let precision = information(&["intercept", "x", "z"], precision);

    let fit =
        |rows: &Vec<Vec<f64>>| MaximumLikelihood::new(&model, rows).prior(&prior).fit().unwrap().estimates().to_vec();
    let whole = fit(&shards.concat());
    let tuned: Vec<Expert> = shards
        .iter()
        .enumerate()
        .map(|(k, rows)| {
            let theta = fit(rows);
            Expert::new(format!("shard {k}"), &theta, &observed(&model, &theta, rows).unwrap()).unwrap()
        })
        .collect();
    let freed = tuned.iter().map(|expert| expert.without_base(&base, &precision).unwrap());
    let experts = Experts::new(freed).unwrap().with_base(&base, &precision).unwrap();
    let merge = experts.merge(&Pooling::Full).unwrap();
    assert!(apart(&merge.theta(), &whole) < 1e-9, "{:?} {whole:?}", merge.theta());

    // With the base counted in each of them it is not.
    let naive = Experts::new(tuned).unwrap().with_base(&base, &precision).unwrap();
    assert!(apart(&naive.merge(&Pooling::Full).unwrap().theta(), &whole) > 0.02);

    // From any point, one step goes to the mode, since everything is a parabola.
    let refined = experts.refine(&[3.0, 3.0, 3.0], |k, theta| ScoreSums::of(&model, theta, &shards[k])).unwrap();
    assert!(apart(&refined.theta(), &whole) < 1e-9);
    assert!((refined.covariance.matrix() - merge.covariance.matrix()).amax() < 1e-12);
}

#[test]
fn a_move_that_the_data_cannot_explain_is_refused() {
    let narrow = expert("narrow", &["a", "b"], &[2.0, 0.3], dmatrix![4.0, 0.0; 0.0, 0.0]);
    let ridge = information(&["a", "b"], DMatrix::identity(2, 2));
    let refusal = narrow.without_base(&[0.0, 0.0], &ridge).unwrap_err();
    assert_eq!(refusal.to_string(), "narrow: the information has rank 1 of 2; nothing is known along b");
    let moved_in_a = narrow.without_base(&[0.0, 0.3], &ridge).unwrap();
    assert!(apart(moved_in_a.estimates(), &[2.5, 0.3]) < 1e-15); // (4 + 1)·2/4
    assert!(matches!(
        narrow.without_base(&[0.0], &information(&["a"], dmatrix![1.0])),
        Err(Error::LengthMismatch { expected: 2, found: 1, .. })
    ));
    assert!(matches!(
        narrow.without_base(&[0.0; 2], &information(&["a", "c"], DMatrix::identity(2, 2))),
        Err(Error::NamesDiffer { position: 1, .. })
    ));
}
