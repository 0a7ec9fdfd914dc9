//! What every way has to return, and when two of them agree.

use fisher_information::derivatives::packed_index;

/// Sums over a data set; of matrices the lower triangle, row after row.
#[derive(Clone, Debug, PartialEq)]
pub struct Sums {
    /// Σ ℓ
    pub value: f64,
    /// Σ s
    pub score: Vec<f64>,
    /// Σ s sᵀ
    pub outer: Vec<f64>,
    /// Σ H; empty where it was not asked for
    pub hessian: Vec<f64>,
}

impl Sums {
    /// The largest difference between two results: of the values relative to their size, of entry (i, j) of a matrix relative to
    /// √(Iᵢᵢ Iⱼⱼ) with I = Σ s sᵀ, of entry i of the score relative to √(n Iᵢᵢ).
    pub fn distance(&self, other: &Self, observations: f64) -> f64 {
        let lengths = |sums: &Self| [sums.score.len(), sums.outer.len(), sums.hessian.len()];
        assert_eq!(lengths(self), lengths(other));
        let scale = |i: usize| self.outer[packed_index(i, i)].sqrt();
        let mut largest = (self.value - other.value).abs() / self.value.abs();
        for i in 0..self.score.len() {
            largest = larger(largest, (self.score[i] - other.score[i]).abs() / (scale(i) * observations.sqrt()));
            for j in 0..=i {
                for [a, b] in [[&self.outer, &other.outer], [&self.hessian, &other.hessian]] {
                    if let (Some(a), Some(b)) = (a.get(packed_index(i, j)), b.get(packed_index(i, j))) {
                        largest = larger(largest, (a - b).abs() / (scale(i) * scale(j)));
                    }
                }
            }
        }
        largest
    }
}

/// The larger of two numbers, and NaN if one of them is.
fn larger(a: f64, b: f64) -> f64 {
    if a > b || a.is_nan() { a } else { b }
}
