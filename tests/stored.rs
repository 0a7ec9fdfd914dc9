//! What is stored is read back the same, and what is read is checked: `cargo test --features serde --test stored`.
#![allow(clippy::unwrap_used, missing_docs)]

use fisher_information::Error;
use fisher_information::distributions::Normal;
use fisher_information::expectation::Provenance;
use fisher_information::information::{Covariance, Expected, Information, Labelled, Observed, ScoreSums, Table};
use nalgebra::{DMatrix, dmatrix};

type Exact = Information<Expected>;

fn with_error(matrix: DMatrix<f64>, error: DMatrix<f64>) -> Result<Exact, Error> {
    Exact::new(["a", "b"].map(str::to_owned), matrix, error, 1.0, Provenance::ClosedForm)
}

fn exact(matrix: DMatrix<f64>) -> Exact {
    Exact::exact(["a", "b"].map(str::to_owned), matrix).unwrap()
}

#[test]
fn round_trips() {
    let error = dmatrix![1e-3, 0.0; 0.0, f64::INFINITY];
    let information = with_error(dmatrix![1.5, 0.1; 0.1, 1.0 / 3.0], error).unwrap();
    let text = serde_json::to_string(&information).unwrap();
    assert_eq!(
        text,
        "{\"kind\":\"expected\",\"observations\":1.0,\"provenance\":\"ClosedForm\",\"names\":[\"a\",\"b\"],\
         \"matrix\":[[1.5,0.1],[0.1,0.3333333333333333]],\"error\":[[0.001,0.0],[0.0,null]]}"
    );
    assert_eq!(serde_json::from_str::<Exact>(&text).unwrap(), information);
    let covariance = exact(dmatrix![1.5, 0.1; 0.1, 0.3]).inverse().unwrap();
    let text = serde_json::to_string(&covariance).unwrap();
    assert_eq!(serde_json::from_str::<Covariance>(&text).unwrap(), covariance);
    let correlations = covariance.correlations().unwrap();
    let text = serde_json::to_string(&correlations).unwrap();
    assert_eq!(serde_json::from_str::<Labelled>(&text).unwrap(), correlations);
}

/// What is read is checked as what is constructed.
#[test]
fn tampering_is_noticed() {
    let text = serde_json::to_string(&exact(dmatrix![1.5, 0.1; 0.1, 0.3])).unwrap();
    let read = |from: &str, to: &str| {
        assert!(text.contains(from), "{text}");
        serde_json::from_str::<Exact>(&text.replace(from, to)).unwrap_err().to_string()
    };
    assert!(read("expected", "observed").contains("expected a result of kind expected, found observed"));
    assert!(read("[0.1,0.3]", "[0.2,0.3]").contains("not symmetric"));
    assert!(read("[0.1,0.3]", "[0.1]").contains("columns of the matrix: expected length 2, found 1"));
    assert!(read("\"observations\":1.0", "\"observations\":-1.0").contains("cannot stand for -1 observations"));
    assert!(read("\"b\"", "\"a\"").contains("the name a is used more than once"));
    assert!(serde_json::from_str::<Information<Observed>>(&text).is_err());
    assert!(serde_json::from_str::<Covariance>(&text).is_err());
}

#[test]
fn sums_can_be_stored() {
    let data: Vec<f64> = (0..3000).map(|i| f64::from(i % 17) / 4.0 - 2.0).collect();
    let sums = ScoreSums::of(&Normal, &[0.7, 1.3], &data).unwrap();
    let text = serde_json::to_string(&sums).unwrap();
    assert_eq!(serde_json::from_str::<ScoreSums>(&text).unwrap(), sums);
    let short = text.replace("\"theta\":[0.7,1.3]", "\"theta\":[0.7]");
    assert!(
        serde_json::from_str::<ScoreSums>(&short)
            .unwrap_err()
            .to_string()
            .contains("parameters: expected length 2, found 1")
    );
    let table = Table::new(2, vec![1.0, 2.0]).unwrap();
    let text = serde_json::to_string(&table).unwrap();
    assert_eq!(serde_json::from_str::<Table>(&text).unwrap(), table);
    assert!(serde_json::from_str::<Table>(&text.replace("\"columns\":2", "\"columns\":0")).is_err());
}

#[test]
fn experts_can_be_stored_and_what_is_read_is_checked() {
    use fisher_information::geometry::merging::{Expert, Experts, Pooling};
    let information = exact(dmatrix![1.5, 0.1; 0.1, 0.3]);
    let expert = |label: &str, a: f64| Expert::new(label, &[a, 1.0 / 3.0], &information).unwrap();
    let experts = Experts::new([expert("one", 0.1), expert("two", 0.7)]).unwrap();
    let experts = experts.with_weights(&[1.0, 0.5]).unwrap().with_base(&[0.0, 0.0], &information).unwrap();
    let text = serde_json::to_string(&experts).unwrap();
    let read: Experts = serde_json::from_str(&text).unwrap();
    assert_eq!(read, experts);
    let merge = experts.merge(&Pooling::Full).unwrap();
    assert_eq!(serde_json::from_str::<_>(&serde_json::to_string(&merge).unwrap()).ok(), Some(merge));

    let tampered = |from: &str, to: &str| {
        assert!(text.contains(from), "{text}");
        serde_json::from_str::<Experts>(&text.replace(from, to)).unwrap_err().to_string()
    };
    assert!(tampered("\"two\"", "\"one\"").contains("the name one is used more than once"));
    assert!(tampered("[0.7,0.3333333333333333]", "[0.7]").contains("two: estimates: expected length 2, found 1"));
    assert!(tampered("[1.0,0.5]", "[1.0,-0.5]").contains("the weight of two is -0.5"));
}
