//! Designs of real data, and what other programs make of them.

use fisher_information::regression::{Design, Frame, Sample};
use nalgebra::DMatrix;
use serde_json::Value;

/// A data set of the models.
pub fn frame(name: &str) -> Frame {
    Frame::read(format!("{}/models/data/{name}.csv", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

pub fn challenger(response: &str) -> Sample {
    Design::new().intercept().numeric("temperature").response(response).rows(&frame("challenger")).unwrap()
}

pub fn budworm() -> Sample {
    let design = Design::new().intercept().categorical_against("sex", "male").transformed("dose", "log2", f64::log2);
    design.response("moths").response("dead").rows(&frame("budworm")).unwrap()
}

pub fn bacteria() -> Sample {
    let late = |week: f64| f64::from(u8::from(week > 2.0));
    let design =
        Design::new().intercept().categorical_against("treatment", "placebo").transformed("week", "late", late);
    design.response("present").rows(&frame("bacteria")).unwrap()
}

pub fn quine() -> Sample {
    let design = Design::new().intercept().categorical("ethnicity").categorical("sex").categorical("age");
    design.categorical("learner").response("days").rows(&frame("quine")).unwrap()
}

pub fn insurance() -> Sample {
    let design = Design::new().intercept().categorical("district").categorical_against("engine", "<1l");
    design.categorical_against("age", "<25").exposure("holders").response("claims").rows(&frame("insurance")).unwrap()
}

pub fn clotting(lot: &str) -> Sample {
    let all = frame("clotting");
    let lots = all.column("lot").unwrap();
    let kept = |name: &String| {
        let cells = all.column(name).unwrap().iter().zip(lots).filter(|(_, of)| *of == lot);
        (name.clone(), cells.map(|(cell, _)| cell.clone()).collect())
    };
    let frame = Frame::new(all.names().iter().map(kept)).unwrap();
    Design::new().intercept().transformed("plasma", "ln", f64::ln).response("seconds").rows(&frame).unwrap()
}

pub fn gasoline(with_crude: bool) -> Sample {
    let design = Design::new().intercept();
    let design = if with_crude { design.categorical_against("crude", "J") } else { design };
    let share = |percent: f64| percent / 100.0;
    design.numeric("end_point").response_transformed("yield", share).rows(&frame("gasoline")).unwrap()
}

pub fn labour() -> Sample {
    let design = Design::new().intercept().numeric("husband_income").categorical_against("children", "absent");
    design.response_among("participation", &["none", "parttime", "fulltime"]).rows(&frame("labour")).unwrap()
}

pub fn housing() -> Sample {
    let frame = frame("housing");
    // The order of the types is that of the reference, not of the alphabet.
    let design = Design::new().categorical_against("influence", "Low").categorical_against("type", "Tower");
    let design = design.categorical_against("contact", "Low").weights("residents");
    design.response_among("satisfaction", &["Low", "Medium", "High"]).rows(&frame).unwrap()
}

pub fn gehan() -> Sample {
    let design = Design::new().intercept().categorical("treatment");
    design.response("weeks").response("relapsed").rows(&frame("gehan")).unwrap()
}

pub fn lung() -> Sample {
    let design = Design::new().intercept().numeric("age").categorical_against("sex", "male").numeric("ecog");
    design.response("days").response("died").rows(&frame("lung")).unwrap()
}

pub fn seizures() -> Sample {
    let design = Design::new().intercept().transformed("baseline", "ln", f64::ln);
    let design = design.categorical_against("treatment", "placebo").transformed("age", "ln", f64::ln);
    design.interaction(&["ln(baseline)", "treatment"]).response("seizures").rows(&frame("seizures")).unwrap()
}

pub fn stackloss() -> Sample {
    let design =
        Design::new().intercept().numeric("air_flow").numeric("water_temperature").numeric("acid_concentration");
    design.response("stack_loss").rows(&frame("stackloss")).unwrap()
}

/// What is known of one fit, from one source: `r`, `python` or `likelihood`.
pub fn reference(source: &str, fit: &str) -> Value {
    let path = format!("{}/tests/reference/inference/{source}.json", env!("CARGO_MANIFEST_DIR"));
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let found = all[fit].clone();
    assert!(found.is_object(), "{source} has no {fit}");
    found
}

pub fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

pub fn matrix(value: &Value) -> DMatrix<f64> {
    let rows: Vec<Vec<f64>> = value.as_array().unwrap().iter().map(numbers).collect();
    DMatrix::from_fn(rows.len(), rows.len(), |i, j| rows[i][j])
}
