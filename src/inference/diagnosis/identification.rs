//! What data say of the parameters, and what they do not.

use crate::error::Error;
use crate::inference::Fit;
use crate::information::{Combination, Information, Kind, digits};
use crate::model::{LogLikelihood, Observations};
use std::fmt;

/// Which combinations of the parameters an information matrix determines: its rank, decided against the errors of its entries.
///
/// ```
/// use fisher_information::inference::Identification;
/// use fisher_information::information::{Expected, Information};
/// use nalgebra::dmatrix;
///
/// // only the sum of a and b is seen
/// let information = Information::<Expected>::exact(["a", "b", "c"], dmatrix![2.0, 2.0, 0.0; 2.0, 2.0, 0.0; 0.0, 0.0, 1.0])?;
/// let found = Identification::of(&information);
/// assert_eq!((found.rank, found.is_identified()), (2, false));
/// assert_eq!(found.null_directions[0].to_string(), "a − b");
/// assert_eq!(found.estimable[0].to_string(), "a + b");
/// assert_eq!(found.to_string(), "rank 2 of 3\nnot determined: a − b\ndetermined: a + b, c");
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: T. J. Rothenberg, *Identification in parametric models*, Econometrica 39 (1971), theorem 1, doi:10.2307/1913267.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Identification {
    /// The number of independent combinations that are determined.
    pub rank: usize,
    /// How many parameters there are.
    pub parameters: usize,
    /// The condition number of the information scaled to a unit diagonal: 1 for orthogonal parameters, ∞ if the rank is not full.
    pub condition_number: f64,
    /// The directions in which the parameters can move and the likelihood does not notice, to second order.
    pub null_directions: Vec<Combination>,
    /// A basis of what is determined.
    pub estimable: Vec<Combination>,
}

impl Identification {
    /// What an information determines: of a fit, of a data set at any θ, or of a design before there are data.
    #[must_use]
    pub fn of<K: Kind>(information: &Information<K>) -> Self {
        let spectrum = information.spectrum();
        Self {
            rank: spectrum.rank(),
            parameters: information.names().len(),
            condition_number: spectrum.condition_number(),
            null_directions: spectrum.null_directions(),
            estimable: spectrum.estimable_combinations(),
        }
    }

    /// Whether all parameters are determined.
    #[must_use]
    pub fn is_identified(&self) -> bool {
        self.rank == self.parameters
    }
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'_, M, D> {
    /// What the data, and the prior if there is one, determine at θ̂.
    ///
    /// A fit that leaves something undetermined is had by
    /// [`MaximumLikelihood::allow_singular`](crate::inference::MaximumLikelihood::allow_singular).
    ///
    /// # Errors
    /// [`Error::EntryNotFinite`] if a sum overflows.
    pub fn identification(&self) -> Result<Identification, Error> {
        Ok(Identification::of(&self.curvature()?))
    }
}

impl fmt::Display for Identification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |of: &[Combination]| of.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        if self.is_identified() {
            return write!(
                f,
                "all {} parameters determined, condition {}",
                self.rank,
                digits(self.condition_number, 3)
            );
        }
        write!(f, "rank {} of {}\nnot determined: {}", self.rank, self.parameters, list(&self.null_directions))?;
        if self.estimable.is_empty() { Ok(()) } else { write!(f, "\ndetermined: {}", list(&self.estimable)) }
    }
}
