//! The rows of `geometry.json`.

use serde_json::Value;
use std::collections::BTreeMap;

/// A distance between two members of a family.
#[derive(Debug)]
pub struct Distance {
    pub family: String,
    pub parametrisation: String,
    pub p: Vec<f64>,
    pub q: Vec<f64>,
    /// Parameters that are known.
    pub fixed: BTreeMap<String, f64>,
    pub distance: f64,
}

/// A Kullback–Leibler divergence from `p` to `q`, in nats.
#[derive(Debug)]
pub struct Divergence {
    pub family: String,
    pub p: Vec<f64>,
    pub q: Vec<f64>,
    pub fixed: BTreeMap<String, f64>,
    pub divergence: f64,
}

/// The Gaussian curvature of a surface.
#[derive(Debug)]
pub struct Curvature {
    pub family: String,
    pub point: Vec<f64>,
    pub fixed: BTreeMap<String, f64>,
    pub gaussian: f64,
}

pub fn distances() -> Vec<Distance> {
    let row = |row: &Value| Distance {
        family: text(&row["family"]),
        parametrisation: text(&row["parametrisation"]),
        p: numbers(&row["p"]),
        q: numbers(&row["q"]),
        fixed: named(&row["fixed"]),
        distance: number(&row["distance"]),
    };
    rows("distances", row)
}

pub fn divergences() -> Vec<Divergence> {
    let row = |row: &Value| Divergence {
        family: text(&row["family"]),
        p: numbers(&row["p"]),
        q: numbers(&row["q"]),
        fixed: named(&row["fixed"]),
        divergence: number(&row["kl_p_to_q"]),
    };
    rows("kl", row)
}

pub fn curvatures() -> Vec<Curvature> {
    let row = |row: &Value| Curvature {
        family: text(&row["family"]),
        point: numbers(&row["point"]),
        fixed: named(&row["fixed"]),
        gaussian: number(&row["gaussian_curvature"]),
    };
    rows("curvature", row)
}

fn rows<T>(table: &str, row: impl Fn(&Value) -> T) -> Vec<T> {
    let json: Value = serde_json::from_str(include_str!("geometry.json")).unwrap();
    json[table].as_array().unwrap().iter().map(row).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn number(value: &Value) -> f64 {
    value.as_str().unwrap().parse().unwrap()
}

fn numbers(values: &Value) -> Vec<f64> {
    values.as_array().unwrap().iter().map(number).collect()
}

fn named(values: &Value) -> BTreeMap<String, f64> {
    values.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), number(value))).collect()
}
