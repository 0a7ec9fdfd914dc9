//! The Amari–Čencov tensor.

use crate::error::Error;
use crate::expectation::Estimate;

/// The fully symmetric tensor of third moments of the score,
///
/// ```math
/// T_{ijk} = E[s_i s_j s_k]
/// ```
///
/// Up to a factor it is the only cubic tensor that does not change when the data are replaced by a sufficient statistic, as the metric is the
/// only quadratic one. It says how a family differs from its own mirror image: the two connections Γ ± ½T are those in which exponential and
/// mixture families are straight, and the divergences of θ from θ′ and of θ′ from θ differ by it, to third order.
///
/// ```
/// use fisher_information::{distributions::Poisson, geometry::FisherMetric};
///
/// let cubic = FisherMetric::of(&Poisson).cubic_tensor(&[2.0])?;       // the score is (x − λ)/λ, so T = λ/λ³
/// assert!((cubic.get(0, 0, 0).value - 0.25).abs() < 1e-10);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Amari, *Differential geometry of curved exponential families*, Ann. Statist. 10 (1982) 357–385, eq. (2.10); Čencov,
/// *Statistical Decision Rules and Optimal Inference* (1982), chapter 12.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CubicTensor {
    names: Vec<String>,
    entries: Vec<Estimate>,
}

impl CubicTensor {
    pub(super) fn new(names: Vec<String>, entry: impl Fn(usize, usize, usize) -> Estimate) -> Self {
        let size = names.len();
        let places = (0..size).flat_map(|i| (0..size).flat_map(move |j| (0..size).map(move |k| [i, j, k])));
        // The product is the same whatever the order of its factors, so one order is asked for.
        let sorted = places.map(|mut place| {
            place.sort_unstable();
            place
        });
        let entries = sorted.map(|[i, j, k]| entry(i, j, k)).collect();
        Self { names, entries }
    }

    /// The names of the coordinates.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Tᵢⱼₖ with its error.
    ///
    /// # Panics
    /// If there are not so many coordinates.
    #[must_use]
    pub fn get(&self, i: usize, j: usize, k: usize) -> Estimate {
        let size = self.names.len();
        self.entries[(i * size + j) * size + k]
    }

    /// T(u, v, w) of three tangent vectors.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`].
    pub fn along(&self, u: &[f64], v: &[f64], w: &[f64]) -> Result<Estimate, Error> {
        let size = self.names.len();
        for vector in [u, v, w] {
            crate::error::check_length("components of a tangent vector", size, vector.len())?;
        }
        let mut sum = Estimate::new(0.0, 0.0);
        for (i, u) in u.iter().enumerate() {
            for (j, v) in v.iter().enumerate() {
                for (k, w) in w.iter().enumerate() {
                    let entry = self.get(i, j, k);
                    sum.value += entry.value * u * v * w;
                    sum.error += (entry.error + f64::EPSILON * entry.value.abs()) * (u * v * w).abs();
                }
            }
        }
        Ok(sum)
    }
}
