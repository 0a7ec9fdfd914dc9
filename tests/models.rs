//! The models: that they are declared, that their data have a source, that they run and agree with what is published, and
//! that they fail where they should. The files shown are the files tested.

#[path = "../models/catalogue.rs"]
mod catalogue;
#[path = "../models/closed_forms.rs"]
pub mod closed_forms;

use catalogue::compare::Comparison;
use fisher_information::distributions::{Normal, StudentT};
use fisher_information::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::process::ExitCode;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The files of a folder that end in `extension`, as paths from the root of the project.
fn files(folder: &str, extension: &str) -> BTreeSet<String> {
    fs::read_dir(format!("{ROOT}/{folder}"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(extension))
        .map(|name| format!("{folder}/{name}"))
        .collect()
}

#[test]
fn every_model_is_declared_and_every_declaration_has_a_file() {
    let manifest = fs::read_to_string(format!("{ROOT}/Cargo.toml")).unwrap();
    let declared = manifest
        .split("[[example]]")
        .skip(1)
        .map(|section| {
            let value = |key: &str| {
                let line = section.lines().find(|line| line.starts_with(key));
                line.and_then(|line| line.split('"').nth(1)).unwrap_or_default()
            };
            assert_eq!(value("path"), format!("models/{}.rs", value("name")));
            value("path").to_owned()
        })
        .collect();
    assert_eq!(files("models", ".rs"), declared);
}

#[test]
fn every_data_file_has_its_source_and_rights() {
    let readme = fs::read_to_string(format!("{ROOT}/models/data/README.md")).unwrap();
    let described = readme
        .split("\n## ")
        .skip(1)
        .map(|section| {
            let name = section.lines().next().unwrap_or_default();
            for entry in ["\n- Source: ", "\n- Rights: ", "\n- Check: "] {
                assert!(section.contains(entry), "{name} lacks {entry:?}");
            }
            format!("models/data/{name}")
        })
        .collect();
    assert_eq!(files("models/data", ".csv"), described);
}

#[test]
fn the_catalogue_holds_what_it_promises() {
    assert_eq!(catalogue::survey(&catalogue::families(&[])), ExitCode::SUCCESS);
}

/// A normal distribution with a slip in its closed form: `slip` in the entry of mean and deviation.
struct Doctored {
    slip: f64,
}

impl LogLikelihood for Doctored {
    type Parameters = Fixed<2>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, theta: &[D; 2], x: &D) -> D {
        Normal.ln_likelihood(theta, x)
    }
}

impl SampleSpace for Doctored {
    fn support(&self, theta: &[f64; 2]) -> Support {
        Normal.support(theta)
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler()
    }
}

impl Sampler for Doctored {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64; 2], rng: &mut R) -> f64 {
        Normal.sample(theta, rng)
    }
}

impl ClosedForm for Doctored {
    fn information<D: Scalar>(&self, theta: &[D; 2]) -> [[D; 2]; 2] {
        let [[mean, cross], [_, deviation]] = Normal.information(theta);
        [[mean, cross + self.slip], [cross + self.slip, deviation]]
    }
}

/// The shortcomings and the exit status for a slip.
fn doctored(slip: f64) -> (Vec<String>, ExitCode) {
    let theta = [0.0, 1.0];
    let comparison = Comparison::of("doctored", &Doctored { slip }, &theta).unwrap();
    let shortcomings = comparison.shortcomings();
    let entry = catalogue::Entry { family: "doctored", theta: theta.to_vec(), result: Ok(comparison) };
    (shortcomings, catalogue::report(&[entry]))
}

#[test]
fn a_slip_of_a_millionth_in_a_closed_form_falls_short() {
    assert_eq!(doctored(0.0), (vec![], ExitCode::SUCCESS));
    let (shortcomings, status) = doctored(1e-6);
    assert_eq!(shortcomings.len(), 1, "{shortcomings:?}");
    assert!(shortcomings[0].starts_with("closed form and density differ by 7.1e-7"), "{shortcomings:?}");
    assert_eq!(status, ExitCode::FAILURE);
}

#[test]
fn a_slip_of_a_tenth_is_seen_in_the_draws_too() {
    let (shortcomings, status) = doctored(0.1);
    assert_eq!(shortcomings.len(), 2, "{shortcomings:?}");
    assert!(shortcomings[1].starts_with("information and draws differ by"), "{shortcomings:?}");
    assert_eq!(status, ExitCode::FAILURE);
}

#[test]
fn a_corner_that_is_not_expected_and_one_that_is_missing_fall_short() {
    use fisher_information::distributions::Laplace;
    let unexpected = Comparison::of("cornered", &Laplace, &[0.0, 1.0]).unwrap().shortcomings();
    assert!(unexpected[0].contains("the Hessian form fails"), "{unexpected:?}");
    let missing = Comparison::of("Laplace", &Normal, &[0.0, 1.0]).unwrap().shortcomings();
    assert!(missing[0].ends_with("regular"), "{missing:?}");
}

#[test]
fn a_refusal_falls_short() {
    let entry = catalogue::Entry {
        family: "doctored",
        theta: vec![0.0, f64::NAN],
        result: Comparison::of("doctored", &Normal, &[0.0, f64::NAN]),
    };
    assert!(entry.result.is_err());
    assert_eq!(catalogue::report(&[entry]), ExitCode::FAILURE);
}

#[test]
fn the_closed_forms_are_those_of_the_book() {
    assert_eq!(closed_forms::survey(&[]), ExitCode::SUCCESS);
}

#[test]
fn a_slip_in_the_book_is_seen_by_the_formula_found() {
    let entry = |slip| closed_forms::Entry::of("doctored", &Doctored { slip }, &[&[0.0, 1.0]]);
    assert_eq!(closed_forms::report(&[entry(0.0)]), ExitCode::SUCCESS);
    assert_eq!(entry(1e-6).shortcomings(), ["doctored: formula and book differ by 7.1e-7"]);
    assert_eq!(closed_forms::report(&[entry(1e-6)]), ExitCode::FAILURE);
}

#[test]
fn a_closed_form_that_is_missing_and_one_that_is_not_expected_fall_short() {
    let missing = closed_forms::Entry::of("normal", &StudentT, &[]);
    assert!(missing.shortcomings()[0].starts_with("normal: the log-density is not that of an exponential family"));
    let unexpected = closed_forms::Entry::of("Student's t", &Normal, &[]);
    assert!(unexpected.shortcomings()[0].ends_with("listed as out of reach"));
    for entry in [missing, unexpected] {
        assert_eq!(closed_forms::report(&[entry]), ExitCode::FAILURE);
    }
}
