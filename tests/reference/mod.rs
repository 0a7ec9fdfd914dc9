//! High-precision reference values; see `README.md` in this folder for their provenance.

pub mod geometry;
pub mod vector;

use serde_json::Value;
use std::collections::BTreeMap;

/// The arguments and reference values of one function at one point, correctly rounded to `f64`.
#[derive(Debug)]
pub struct Row {
    /// In the order of the library's function.
    pub arguments: Vec<f64>,
    /// By name: `f`, `d1`, `d2`, … for one variable, the letters of the variables differentiated by for several.
    pub values: BTreeMap<String, f64>,
}

/// All reference values of a function, from both tables, under the names of `special_dense.json`.
pub fn special(function: &str) -> Vec<Row> {
    let mut rows = dense(function);
    assert!(!rows.is_empty(), "no reference values of {function}");
    rows.extend(supplied(function));
    rows
}

/// Rows of `special_dense.json`.
fn dense(function: &str) -> Vec<Row> {
    let json: Value = serde_json::from_str(include_str!("special_dense.json")).unwrap();
    let tables = json["tables"].as_array().unwrap();
    let table = tables.iter().find(|t| t["function"] == function).unwrap();
    let count = table["arguments"].as_array().unwrap().len();
    let names: Vec<&str> = table["values"].as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect();
    let rows = table["rows"].as_array().unwrap();
    rows.iter()
        .map(|row| {
            let numbers: Vec<f64> = row.as_array().unwrap().iter().map(number).collect();
            Row {
                arguments: numbers[..count].to_vec(),
                values: names.iter().map(|n| n.to_string()).zip(numbers[count..].iter().copied()).collect(),
            }
        })
        .collect()
}

/// Rows of `special.json` whose arguments are exactly `f64`, with its names translated.
fn supplied(function: &str) -> Vec<Row> {
    let (name, arguments, names): (_, &[&str], &[(&str, &str)]) = match function {
        "gamma_family" => (
            "gamma_family",
            &["x"],
            &[
                ("lgamma", "ln_gamma"),
                ("digamma", "psi0"),
                ("trigamma", "psi1"),
                ("tetragamma", "psi2"),
                ("pentagamma", "psi3"),
            ],
        ),
        "ln_norm_cdf" => ("log_normal_cdf", &["x"], &[]),
        "ln_bessel_i0" => ("log_bessel_i0", &["x"], &[]),
        "ln_beta" => {
            ("log_beta", &["a", "b"], &[("da", "a"), ("db", "b"), ("daa", "aa"), ("dab", "ab"), ("dbb", "bb")])
        }
        "inc_gamma" => ("reg_inc_gamma_P", &["a", "x"], &[("dP_da", "a"), ("d2P_da2", "aa")]),
        "inc_beta" => ("reg_inc_beta_I", &["x", "a", "b"], &[("dI_da", "a"), ("dI_db", "b")]),
        other => (other, &["x"], &[]),
    };
    let json: Value = serde_json::from_str(include_str!("special.json")).unwrap();
    let rows = json["rows"].as_array().unwrap();
    rows.iter()
        .filter(|row| row["function"] == name && row["args"]["kind"] != "decimal")
        .map(|row| Row {
            arguments: arguments.iter().map(|a| number(&row["args"][a])).collect(),
            values: row["values"]
                .as_object()
                .unwrap()
                .iter()
                .map(|(key, value)| {
                    let translated =
                        names.iter().find(|(theirs, _)| theirs == key).map_or(key.as_str(), |(_, ours)| ours);
                    (translated.to_string(), number(value))
                })
                .collect(),
        })
        .collect()
}

/// A decimal string as the nearest `f64`.
fn number(value: &Value) -> f64 {
    value.as_str().unwrap().parse().unwrap()
}

/// The Fisher matrix of one observation, from `public_fisher.json`.
#[derive(Debug)]
pub struct Fisher {
    pub id: String,
    pub theta: Vec<f64>,
    /// Constants of the distribution that are known, such as the number of trials.
    pub fixed: Vec<f64>,
    /// Row after row; 0 only where the entry vanishes for every θ.
    pub matrix: Vec<f64>,
}

/// All reference matrices of a distribution in a parametrisation, such as `gamma_shape_rate`.
pub fn fisher(id: &str) -> Vec<Fisher> {
    let json: Value = serde_json::from_str(include_str!("public_fisher.json")).unwrap();
    let values = |list: &Value| list.as_array().unwrap().iter().map(|p| number(&p["value"])).collect();
    let rows: Vec<Fisher> = json["rows"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["id"].as_str().unwrap().split('/').next() == Some(id))
        .map(|row| Fisher {
            id: row["id"].as_str().unwrap().to_string(),
            theta: values(&row["params"]),
            fixed: values(&row["fixed"]),
            matrix: row["matrix"].as_array().unwrap().iter().map(number).collect(),
        })
        .collect();
    assert!(!rows.is_empty(), "no reference matrices of {id}");
    rows
}

/// The log-density at one point and its derivatives, from `densities.json`.
#[derive(Debug)]
pub struct Density {
    pub theta: Vec<f64>,
    pub x: Vec<f64>,
    pub value: f64,
    pub score: Vec<f64>,
    /// The lower triangle, row after row.
    pub hessian: Vec<f64>,
    /// The derivatives with respect to the coordinates of x.
    pub slope: Vec<f64>,
}

/// All reference log-densities of a family, by its name in the catalogue.
pub fn densities(family: &str) -> Vec<Density> {
    let json: Value = serde_json::from_str(include_str!("densities.json")).unwrap();
    // A lone number is a list of one.
    let numbers =
        |list: &Value| list.as_array().map_or_else(|| vec![number(list)], |list| list.iter().map(number).collect());
    let rows = json[family].as_array();
    rows.unwrap_or_else(|| panic!("no reference densities of the family {family}"))
        .iter()
        .map(|row| Density {
            theta: numbers(&row["theta"]),
            x: numbers(&row["x"]),
            value: number(&row["value"]),
            score: numbers(&row["score"]),
            hessian: numbers(&row["hessian"]),
            slope: numbers(&row["slope"]),
        })
        .collect()
}
