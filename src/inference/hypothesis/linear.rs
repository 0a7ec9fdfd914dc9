//! Linear hypotheses Rθ = r, in names.

use crate::error::{Error, place_of};
use crate::information::digits;
use nalgebra::DMatrix;

/// Linear hypotheses Rθ = r about named parameters.
///
/// ```
/// use fisher_information::inference::Linear;
///
/// let equal_slopes = Linear::new(&[("slope_1", 1.0), ("slope_2", -1.0)], 0.0).and(&[("intercept", 1.0)], 2.5);
/// assert_eq!(equal_slopes.names(), ["slope_1 − slope_2 = 0", "intercept = 2.5"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Linear {
    rows: Vec<(Vec<(String, f64)>, f64)>,
}

impl Linear {
    /// The hypothesis that a sum of coefficients times parameters has this value.
    #[must_use]
    pub fn new(coefficients: &[(&str, f64)], value: f64) -> Self {
        Self::default().and(coefficients, value)
    }

    /// The hypothesis that these parameters have these values.
    #[must_use]
    pub fn values(values: &[(&str, f64)]) -> Self {
        values.iter().fold(Self::default(), |all, &(name, value)| all.and(&[(name, 1.0)], value))
    }

    /// And another.
    #[must_use]
    pub fn and(mut self, coefficients: &[(&str, f64)], value: f64) -> Self {
        self.rows.push((coefficients.iter().map(|&(name, c)| (name.to_owned(), c)).collect(), value));
        self
    }

    /// What is supposed, in words.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.rows.iter().map(|(terms, value)| format!("{} = {}", sum(terms), digits(*value, 6))).collect()
    }

    /// The matrix R for these parameters and the vector r.
    pub(super) fn matrix(&self, parameters: &[String]) -> Result<(DMatrix<f64>, Vec<f64>), Error> {
        let mut matrix = DMatrix::zeros(self.rows.len(), parameters.len());
        for (i, (terms, value)) in self.rows.iter().enumerate() {
            for (name, coefficient) in terms {
                matrix[(i, place_of(name, parameters)?)] += coefficient;
            }
            if !value.is_finite() {
                return Err(Error::HypothesisNotFinite { hypothesis: self.names().swap_remove(i), value: *value });
            }
        }
        Ok((matrix, self.rows.iter().map(|row| row.1).collect()))
    }
}

/// A sum of names with coefficients.
fn sum(terms: &[(String, f64)]) -> String {
    let mut text = String::new();
    for (name, coefficient) in terms {
        text += match (text.is_empty(), *coefficient < 0.0) {
            (true, false) => "",
            (true, true) => "−",
            (false, false) => " + ",
            (false, true) => " − ",
        };
        if coefficient.abs() != 1.0 {
            text += &digits(coefficient.abs(), 6);
            text.push(' ');
        }
        text += name;
    }
    if text.is_empty() { "0".into() } else { text }
}
