//! Elementary functions at hard arguments, from `vector.json`.

use serde_json::Value;

/// The arguments of a function, its value rounded to `f64`, and what the rounding left in units in the last place.
#[derive(Debug)]
pub struct Row {
    pub arguments: Vec<f64>,
    pub value: f64,
    pub left: f64,
}

/// All rows of a function.
pub fn vector(function: &str) -> Vec<Row> {
    let json: Value = serde_json::from_str(include_str!("vector.json")).unwrap();
    json[function].as_array().unwrap().iter().map(|row| parse(row.as_str().unwrap())).collect()
}

fn parse(row: &str) -> Row {
    let (numbers, left) = row.rsplit_once(' ').unwrap();
    let mut arguments: Vec<f64> =
        numbers.split(' ').map(|bits| f64::from_bits(u64::from_str_radix(bits, 16).unwrap())).collect();
    let value = arguments.pop().unwrap();
    Row { arguments, value, left: left.parse().unwrap() }
}
