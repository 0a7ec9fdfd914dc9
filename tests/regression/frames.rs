//! Frames and designs: what they make of text, and what they refuse.

use fisher_information::Error;
use fisher_information::distributions::Normal;
use fisher_information::model::{LogLikelihood, Observations};
use fisher_information::regression::{Columns, Covariates, Design, Frame, Regression, linear};

const TEXT: &str = "dose,sex,group,time,died\n1,F,10,2.5,1\n2,M,9,NA,0\n4,M,10,,1\n8,F,9,x,1\n";

fn frame() -> Frame {
    Frame::from_csv(TEXT.as_bytes(), "text").unwrap()
}

#[test]
fn cells_are_named_by_row_and_column() {
    let frame = frame();
    assert_eq!(frame.rows(), 4);
    let row = |row| move |error: Error| matches!(&error, Error::MissingValue { column, row: r } if column == "time" && *r == row);
    assert!(frame.numbers("time").is_err_and(row(1)));
    assert!(frame.categories("time").is_err_and(row(1)));
    let complete = frame.complete(&["time"]).unwrap();
    assert_eq!(complete.rows(), 2);
    let refusal = complete.numbers("time").unwrap_err();
    assert_eq!(refusal, Error::UnparsableCell { column: "time".into(), row: 1, text: "x".into() });
    let refusal = frame.numbers("tme").unwrap_err();
    assert_eq!(refusal.to_string(), "there is no column tme; the columns are dose, sex, group, time, died");
}

#[test]
fn files_that_cannot_be_read() {
    let refusal = Frame::read("no/such/file.csv").unwrap_err();
    assert!(matches!(&refusal, Error::Input { file, message } if file == "no/such/file.csv" && !message.is_empty()));
    assert!(matches!(Frame::from_csv("a,b\n1\n".as_bytes(), "ragged"), Err(Error::Input { .. })));
    assert!(matches!(Frame::from_csv("a,a\n1,2\n".as_bytes(), "twice"), Err(Error::RepeatedName { .. })));
    assert!(matches!(Frame::from_csv(&[b'a', b'\n', 0xff, b'\n'][..], "bytes"), Err(Error::Input { .. })));
    let empty = Frame::from_csv("a,b\n".as_bytes(), "empty").unwrap();
    assert_eq!(Design::new().intercept().response("b").rows(&empty), Err(Error::NoData));
}

#[test]
fn terms_become_columns() {
    let design = Design::new()
        .intercept()
        .transformed("dose", "log2", f64::log2)
        .categorical("sex")
        .categorical("group")
        .interaction(&["sex", "log2(dose)"])
        .interaction(&["group", "sex", "log2(dose)"])
        .exposure("group")
        .response("died")
        .weights("dose");
    let sample = design.rows(&frame()).unwrap();
    let names =
        ["intercept", "log2(dose)", "sex[M]", "group[10]", "sex[M] × log2(dose)", "group[10] × sex[M] × log2(dose)"];
    assert_eq!(sample.covariates().predictors()[0].names(), names);
    assert!(sample.covariates().predictors()[0].has_offset());
    assert_eq!(sample.get(2), [1.0, 2.0, 1.0, 1.0, 2.0, 2.0, 10.0_f64.ln(), 1.0]);
    assert_eq!(sample.weights(), Some(&[1.0, 2.0, 4.0, 8.0][..]));
}

#[test]
fn several_predictors_and_responses() {
    let design = Design::new().indicators("sex").next_predictor().intercept().numeric("dose");
    let sample = design.response_among("sex", &["M", "F"]).response("died").rows(&frame()).unwrap();
    let [first, second] = sample.covariates().predictors() else { panic!("two predictors") };
    assert_eq!(
        (first.names(), second.names()),
        (&["sex[F]".into(), "sex[M]".into()][..], &["intercept".into(), "dose".into()][..])
    );
    assert_eq!(sample.get(0), [1.0, 0.0, 1.0, 1.0, 1.0, 1.0]);
    assert_eq!(sample.get(1), [0.0, 1.0, 1.0, 2.0, 0.0, 0.0]);
}

#[test]
fn designs_that_cannot_be_built() {
    let rows = |design: Design| design.response("died").rows(&frame()).unwrap_err();
    assert!(matches!(rows(Design::new().categorical_against("sex", "X")), Error::UnknownLevel { .. }));
    assert!(matches!(rows(Design::new().numeric("dose").numeric("dose")), Error::RepeatedName { .. }));
    assert!(matches!(rows(Design::new().numeric("sex")), Error::UnparsableCell { row: 0, .. }));
    assert!(matches!(rows(Design::new().numeric("dose").interaction(&["dose", "sex"])), Error::MissingColumn { .. }));
    assert!(matches!(rows(Design::new()), Error::LengthMismatch { .. }));
    let refusal = rows(Design::new().transformed("died", "ln", f64::ln));
    assert_eq!(refusal, Error::UnparsableCell { column: "died".into(), row: 1, text: "-inf".into() });
    let refusal = Design::new().intercept().response_among("sex", &["F"]).rows(&frame()).unwrap_err();
    assert_eq!(refusal, Error::UnknownLevel { column: "sex".into(), level: "M".into(), known: vec!["F".into()] });
    assert!(matches!(Design::new().intercept().rows(&frame()), Err(Error::LengthMismatch { .. })));
}

/// A coefficient says which parameter it is about where there are several.
#[test]
fn coefficients_have_names() {
    let names = |model: &Regression<Normal>| -> Vec<String> {
        model.parameters().into_iter().map(|parameter| parameter.name.into_owned()).collect()
    };
    let of = Columns::new(["intercept", "dose"]).unwrap();
    assert_eq!(names(&linear(&of.clone().into()).unwrap()), ["intercept", "dose", "deviation"]);
    let two = linear(&Covariates::new([of.clone(), of]).unwrap()).unwrap();
    assert_eq!(names(&two), ["mean: intercept", "mean: dose", "deviation: intercept", "deviation: dose"]);
}
