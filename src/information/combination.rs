//! Linear combinations of parameters, in names.

use super::bounds::EPSILON;
use std::fmt;

/// A linear combination of parameters, for reading: a null direction or an estimable function.
///
/// The largest coefficient is 1. As a null direction, `a − b` means that raising a and lowering b by as much changes
/// nothing; as an estimable function, `a + b` means their sum.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Combination {
    names: Vec<String>,
    coefficients: Vec<f64>,
}

impl Combination {
    /// The combination divided by its largest coefficient; of equals, the first.
    pub(super) fn normalised(names: &[String], mut coefficients: Vec<f64>) -> Self {
        let size = coefficients.iter().fold(0.0, |m: f64, c| m.max(c.abs()));
        let largest = coefficients.iter().copied().find(|c| c.abs() >= size * (1.0 - 1e-9));
        if let Some(largest) = largest.filter(|c| *c != 0.0) {
            for coefficient in &mut coefficients {
                *coefficient /= largest;
            }
        }
        Self { names: names.to_vec(), coefficients }
    }

    /// The names of all p parameters.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The p coefficients, 0 for a parameter that is not involved.
    #[must_use]
    pub fn coefficients(&self) -> &[f64] {
        &self.coefficients
    }

    /// The coefficient of a parameter; 0 for one that is not involved or not known.
    #[must_use]
    pub fn coefficient(&self, name: &str) -> f64 {
        let place = self.names.iter().position(|known| known == name);
        place.map_or(0.0, |i| self.coefficients[i])
    }
}

/// `a − 0.5 b`: coefficients to four digits, 1 and 0 left out.
impl fmt::Display for Combination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        for (name, &coefficient) in self.names.iter().zip(&self.coefficients) {
            if coefficient == 0.0 {
                continue;
            }
            match (first, coefficient < 0.0) {
                (true, false) => {}
                (true, true) => f.write_str("−")?,
                (false, false) => f.write_str(" + ")?,
                (false, true) => f.write_str(" − ")?,
            }
            first = false;
            let size = super::display::digits(coefficient.abs(), 4);
            if size != "1" {
                write!(f, "{size} ")?;
            }
            f.write_str(name)?;
        }
        if first { f.write_str("0") } else { Ok(()) }
    }
}

/// The reduced row echelon form, with complete pivoting, of rows that are unit vectors. What is within the tolerance of zero
/// is made zero.
pub(super) fn echelon(mut rows: Vec<Vec<f64>>, tolerance: f64) -> Vec<Vec<f64>> {
    let width = rows.first().map_or(0, Vec::len);
    let mut pivots = Vec::new();
    for step in 0..rows.len() {
        let places = (step..rows.len()).flat_map(|i| (0..width).map(move |j| (i, j)));
        let mut best = (step, 0, 0.0_f64);
        for (i, j) in places {
            if rows[i][j].abs() > best.2 * (1.0 + 64.0 * EPSILON) {
                best = (i, j, rows[i][j].abs());
            }
        }
        let (row, column, size) = best;
        if size == 0.0 {
            break;
        }
        rows.swap(step, row);
        pivots.push(column);
        let pivot = rows[step][column];
        for entry in &mut rows[step] {
            *entry /= pivot;
        }
        let lead = rows[step].clone();
        for (i, other) in rows.iter_mut().enumerate() {
            let factor = other[column];
            if i != step && factor != 0.0 {
                for (entry, lead) in other.iter_mut().zip(&lead) {
                    *entry -= factor * lead;
                }
                other[column] = 0.0;
            }
        }
    }
    rows.truncate(pivots.len());
    for entry in rows.iter_mut().flatten() {
        if entry.abs() <= tolerance {
            *entry = 0.0;
        }
    }
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&i| rows[i].iter().position(|&entry| entry != 0.0));
    order.into_iter().map(|i| std::mem::take(&mut rows[i])).collect()
}
