//! The Fisher–Rao distance, as a formula.

use super::{LogLikelihood, Theta};
use crate::scalar::Scalar;

/// The Fisher–Rao distance between two members of a family as a formula: the length of the shortest curve between them, measured
/// by the Fisher information.
///
/// Where some parameters are known, the curve has to keep to them, so that the distance is another one, and often has a formula
/// when the whole family has none. `free` says of each parameter whether it may vary; θ and θ′ agree in the others.
///
/// ```
/// use fisher_information::{distributions::{Gamma, Normal}, model::FisherRao};
///
/// // Straight on the mean is longer than through larger deviations.
/// let (theta, other) = ([0.0, 1.0], [10.0, 1.0]);
/// assert_eq!(Normal.distance(&theta, &other, &[true, false]), Some(10.0));
/// let through = Normal.distance(&theta, &other, &[true, true]).ok_or("no formula")?;
/// assert!((through - 5.620).abs() < 1e-3);
///
/// assert_eq!(Gamma.distance(&[4.0, 1.0], &[4.0, 1.0_f64.exp()], &[false, true]), Some(2.0));
/// assert_eq!(Gamma.distance(&[4.0, 1.0], &[4.0, 1.0_f64.exp()], &[true, true]), None);
/// # Ok::<(), &str>(())
/// ```
///
/// Sources: Rao, Information and the accuracy attainable in the estimation of statistical parameters, *Bull. Calcutta Math. Soc.*
/// 37 (1945), 81–91; Atkinson and Mitchell, Rao's distance measure, *Sankhyā* A 43 (1981), 345–365.
pub trait FisherRao: LogLikelihood {
    /// The distance between θ and θ′ if only the `free` parameters may vary on the way; `None` where there is no formula of it.
    fn distance<D: Scalar>(&self, theta: &Theta<Self, D>, other: &Theta<Self, D>, free: &[bool]) -> Option<D>;
}
