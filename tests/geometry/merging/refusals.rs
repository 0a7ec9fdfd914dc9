//! What cannot be merged, and how it is told.

use super::{NAMES, expert, information, random_experts};
use fisher_information::Error;
use fisher_information::distributions::{Normal, Poisson};
use fisher_information::geometry::merging::{Expert, Experts, Pooling};
use fisher_information::information::{Covariance, ScoreSums};
use nalgebra::{DMatrix, dmatrix};

/// What is wrong in the expert that is named.
fn inside(refusal: Error, name: &str) -> Error {
    match refusal {
        Error::InExpert { expert, reason } if expert == name => *reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_expert_is_whole_or_refused() {
    let two = || information(&["a", "b"], dmatrix![1.0, 0.0; 0.0, 1.0]);
    let refusal = inside(Expert::new("x", &[1.0], &two()).unwrap_err(), "x");
    assert_eq!(refusal, Error::LengthMismatch { what: "estimates", expected: 2, found: 1 });
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let refusal = inside(Expert::new("x", &[1.0, value], &two()).unwrap_err(), "x");
        assert!(matches!(refusal, Error::EstimateNotFinite { name, .. } if name == "b"));
    }
    let saddle = information(&["a", "b"], dmatrix![1.0, 2.0; 2.0, 1.0]);
    let refusal = inside(Expert::new("x", &[0.0, 0.0], &saddle).unwrap_err(), "x");
    assert!(matches!(refusal, Error::NotPositiveDefinite { ref direction, .. } if direction == "a − b"), "{refusal}");

    let row = |error| Expert::from_standard_errors("x", &[("a", 1.0, error)]).map_err(|refusal| inside(refusal, "x"));
    assert!(matches!(row(-1.0), Err(Error::InvalidEntryError { .. })));
    assert!(matches!(row(0.0), Err(Error::Singular { .. })));
    assert!(matches!(row(f64::NAN), Err(Error::EntryNotFinite { .. } | Error::InvalidEntryError { .. })));
    assert!(matches!(row(f64::INFINITY), Err(Error::EntryNotFinite { .. } | Error::InvalidEntryError { .. })));
    assert!(row(0.5).is_ok());
    let empty = inside(Expert::from_standard_errors("x", &[]).unwrap_err(), "x");
    assert!(matches!(empty, Error::ParameterCount { .. }));

    let provenance = fisher_information::expectation::Provenance::ClosedForm;
    let flat = Covariance::new(["a", "b"], dmatrix![1.0, 1.0; 1.0, 1.0], DMatrix::zeros(2, 2), provenance).unwrap();
    let refusal = inside(Expert::from_covariance("x", &[0.0, 0.0], &flat).unwrap_err(), "x");
    assert!(matches!(refusal, Error::Singular { .. }));
}

#[test]
fn experts_have_names_and_weights() {
    assert_eq!(Experts::new([]).unwrap_err(), Error::NoData);
    let one = || expert("one", &["a"], &[1.0], dmatrix![1.0]);
    assert_eq!(Experts::new([one(), one()]).unwrap_err(), Error::RepeatedName { name: "one".into() });
    let two = || Experts::new([one(), one().labelled("two")]).unwrap();
    assert!(matches!(two().with_weights(&[1.0]), Err(Error::LengthMismatch { expected: 2, found: 1, .. })));
    for value in [-1.0, f64::NAN, f64::INFINITY] {
        let refusal = two().with_weights(&[1.0, value]).unwrap_err();
        assert!(matches!(refusal, Error::InvalidExpertWeight { expert, .. } if expert == "two"));
    }
    assert_eq!(two().with_weights(&[0.0, 0.0]).unwrap_err(), Error::ZeroWeights { count: 2 });
    let refusal = two().with_base(&[f64::NAN], &information(&["a"], dmatrix![1.0])).unwrap_err();
    assert!(matches!(inside(refusal, "the base"), Error::EstimateNotFinite { .. }));
}

#[test]
fn groups_hold_every_parameter_once() {
    let (experts, _) = random_experts(2, 1);
    let merge = |pooling| experts.merge(&pooling);
    assert!(merge(Pooling::blocks([vec!["a"], vec!["b", "c"]])).is_ok());
    let refusal = merge(Pooling::blocks([vec!["a"], vec!["c"]])).unwrap_err();
    assert_eq!(refusal, Error::NotInAGroup { name: "b".into() });
    assert_eq!(refusal.to_string(), "b is in none of the groups of parameters");
    let twice = merge(Pooling::blocks([vec!["a", "b"], vec!["b", "c"]])).unwrap_err();
    assert_eq!(twice, Error::RepeatedName { name: "b".into() });
    let unknown = merge(Pooling::blocks([vec!["a", "b", "c", "d"]])).unwrap_err();
    assert!(matches!(unknown, Error::UnknownParameter { name, .. } if name == "d"));
    for sizes in [vec![], vec![2], vec![2, 2], vec![usize::MAX, 4]] {
        assert!(matches!(merge(Pooling::Sizes(sizes)), Err(Error::LengthMismatch { expected: 3, .. })));
    }
    let (one, other) =
        (merge(Pooling::Sizes(vec![1, 2])).unwrap(), merge(Pooling::blocks([vec!["a"], vec!["c", "b"]])).unwrap());
    assert_eq!(one.estimates, other.estimates);
}

#[test]
fn what_nobody_knows_is_named() {
    let narrow = |label| expert(label, &NAMES, &[1.0, 2.0, 3.0], dmatrix![1.0, 0.0, 0.0; 0.0, 1.0, 1.0; 0.0, 1.0, 1.0]);
    let experts = Experts::new([narrow("one"), narrow("two")]).unwrap();
    let refusal = experts.merge(&Pooling::Full).unwrap_err();
    assert!(
        matches!(refusal, Error::Singular { rank: 2, ref directions, .. } if directions == &["b − c"]),
        "{refusal}"
    );
    // The diagonals see nothing of it, but would take b and c at face value.
    let refusal = inside(experts.merge(&Pooling::Diagonal).unwrap_err(), "one");
    assert!(matches!(refusal, Error::Singular { ref directions, .. } if directions == &["b − c"]), "{refusal}");
    assert!(experts.merge(&Pooling::Uniform).is_err());
    // A parameter of which the diagonal itself knows nothing does no harm.
    let zero = |label, known: f64| expert(label, &["a", "b"], &[1.0, 9.0], dmatrix![1.0, 0.0; 0.0, known]);
    let merge = Experts::new([zero("one", 1.0), zero("two", 0.0)]).unwrap().merge(&Pooling::Diagonal).unwrap();
    assert_eq!(merge.theta(), [1.0, 9.0]);
    assert_eq!(merge.covariance.matrix()[(1, 1)], 1.0);
    let left_out = Experts::new([zero("one", 1.0), zero("two", 0.0)]).unwrap().with_weights(&[0.0, 1.0]).unwrap();
    assert!(matches!(left_out.merge(&Pooling::Full), Err(Error::Singular { directions, .. }) if directions == ["b"]));
}

#[test]
fn proposals_and_steps_are_points_of_the_parameters() {
    let (experts, _) = random_experts(2, 2);
    assert!(matches!(experts.predicted_loss(&[0.0; 2]), Err(Error::LengthMismatch { expected: 3, found: 2, .. })));
    let refusal = experts.predicted_loss(&[0.0, f64::NAN, 0.0]).unwrap_err();
    assert!(matches!(refusal, Error::EstimateNotFinite { name, .. } if name == "b"));
    assert!(matches!(experts.step(&[0.0; 3], &[1.0], &Pooling::Full), Err(Error::LengthMismatch { .. })));
    assert!(experts.step(&[0.0, f64::INFINITY, 0.0], &[1.0; 2], &Pooling::Full).is_err());
    let refusal = experts.step(&[0.0; 3], &[1.0, f64::NAN], &Pooling::Full).unwrap_err();
    assert!(matches!(inside(refusal, "expert 1"), Error::FormulaNotFinite { .. }));
    assert!(matches!(experts.heterogeneity("z"), Err(Error::UnknownParameter { .. })));
    assert!(matches!(experts.merge(&Pooling::Full).unwrap().get("z"), Err(Error::UnknownParameter { .. })));
    assert!(matches!(experts.predicted_loss(&[0.0; 3]).unwrap().get("expert 9"), Err(Error::UnknownParameter { .. })));
}

#[test]
fn sums_of_another_point_or_model_are_refused() {
    let data = [1.0, 2.5, 0.5];
    let sums = |mean: f64| ScoreSums::of(&Normal, &[mean, 1.0], &data);
    let shard = expert("shard", &["mean", "deviation"], &[1.0, 1.0], dmatrix![3.0, 0.0; 0.0, 6.0]);
    let experts = Experts::new([shard]).unwrap();
    assert!(experts.refine(&[1.0, 1.0], |_, theta| sums(theta[0])).is_ok());
    let elsewhere = inside(experts.refine(&[1.0, 1.0], |_, _| sums(1.5)).unwrap_err(), "shard");
    assert_eq!(elsewhere, Error::ThetaDiffers { name: "mean".into(), expected: 1.0, found: 1.5 });
    let other =
        inside(experts.refine(&[1.0, 1.0], |_, _| ScoreSums::of(&Poisson, &[1.0], &[1.0])).unwrap_err(), "shard");
    assert!(matches!(other, Error::NamesDiffer { position: 0, .. }));
    let outside = inside(
        experts.refine(&[1.0, -1.0], |_, theta| ScoreSums::of(&Normal, &[theta[0], theta[1]], &data)).unwrap_err(),
        "shard",
    );
    assert!(matches!(outside, Error::ParameterOutsideDomain { .. }));
    // Far from the maximum of σ the likelihood is not concave.
    let far = experts.refine(&[1.0, 9.0], |_, theta| ScoreSums::of(&Normal, &[theta[0], theta[1]], &data));
    assert!(matches!(far, Err(Error::NotPositiveDefinite { .. })), "{far:?}");
}

#[test]
fn what_overflows_is_refused_and_what_is_far_from_zero_is_right_to_its_error() {
    let at = |label, value: f64| expert(label, &["a"], &[value], dmatrix![1.0]);
    let huge = Experts::new([at("one", 1e308), at("two", 1.5e308), at("three", -1e308)]).unwrap();
    assert!(matches!(huge.merge(&Pooling::Full), Err(Error::EstimateNotFinite { .. })));
    assert!(huge.consistency().is_err() && huge.heterogeneity("a").is_err() && huge.pairwise().is_err());
    assert!(matches!(inside(huge.predicted_loss(&[0.0]).unwrap_err(), "one"), Error::FormulaNotFinite { .. }));

    let far = Experts::new([at("one", 1e9 + 1.0), at("two", 1e9 + 2.0)]).unwrap();
    let merge = far.merge(&Pooling::Full).unwrap().estimates[0];
    assert!((merge.value - (1e9 + 1.5)).abs() <= merge.error && merge.error < 1e-5);
    let q = far.consistency().unwrap().test.statistic;
    assert!((q.value - 0.5).abs() <= q.error && q.error < 1e-5, "{q}");
}
