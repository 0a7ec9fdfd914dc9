//! Data sets: anything that holds observations in a row.

use super::Observation;
use crate::error::{Error, check_length};
use nalgebra::DMatrix;
use std::borrow::Borrow;

/// A data set of observations `O`.
///
/// | model's observation | data set |
/// |---|---|
/// | `f64` | a slice, array or vector of `f64` |
/// | `[f64; K]` | a slice, array or vector of `[f64; K]` |
/// | `[f64]`, a row | a slice, array or vector of `Vec<f64>`, all of one length; or a [`Table`] |
/// | [`Opaque<T>`](crate::model::Opaque) | a slice, array or vector of `T` |
///
/// Each of them with weights is a [`Weighted`]. Other containers may implement the trait.
pub trait Observations<O: Observation + ?Sized>: Sync {
    /// How many observations there are.
    fn count(&self) -> usize;

    /// Observation `index`, counted from 0.
    ///
    /// # Panics
    /// If there are not so many.
    fn get(&self, index: usize) -> &O::Of<f64>;

    /// The coordinates of all observations, one after the other, if they lie so in memory: kernels read them the faster.
    fn values(&self) -> Option<&[f64]> {
        None
    }

    /// One weight for each observation; without them every observation counts once.
    fn weights(&self) -> Option<&[f64]> {
        None
    }

    /// The weight of observation `index`: 1 without weights, NaN where they are too few.
    #[inline]
    fn weight(&self, index: usize) -> f64 {
        self.weights().map_or(1.0, |weights| weights.get(index).copied().unwrap_or(f64::NAN))
    }
}

impl<O: Observation + ?Sized> Observations<O> for [O::Owned]
where
    O::Owned: Sync,
{
    fn count(&self) -> usize {
        self.len()
    }

    #[inline]
    fn get(&self, index: usize) -> &O::Of<f64> {
        self[index].borrow()
    }

    fn values(&self) -> Option<&[f64]> {
        O::contiguous(self)
    }
}

impl<O: Observation + ?Sized, const N: usize> Observations<O> for [O::Owned; N]
where
    O::Owned: Sync,
{
    fn count(&self) -> usize {
        N
    }

    #[inline]
    fn get(&self, index: usize) -> &O::Of<f64> {
        self[index].borrow()
    }

    fn values(&self) -> Option<&[f64]> {
        O::contiguous(self)
    }
}

impl<O: Observation + ?Sized> Observations<O> for Vec<O::Owned>
where
    O::Owned: Sync,
{
    fn count(&self) -> usize {
        self.len()
    }

    #[inline]
    fn get(&self, index: usize) -> &O::Of<f64> {
        self[index].borrow()
    }

    fn values(&self) -> Option<&[f64]> {
        O::contiguous(self)
    }
}

impl<O: Observation + ?Sized, D: Observations<O> + ?Sized> Observations<O> for &D {
    fn count(&self) -> usize {
        (**self).count()
    }

    #[inline]
    fn get(&self, index: usize) -> &O::Of<f64> {
        (**self).get(index)
    }

    fn values(&self) -> Option<&[f64]> {
        (**self).values()
    }

    fn weights(&self) -> Option<&[f64]> {
        (**self).weights()
    }
}

/// A data set with weights: an observation of weight w counts as w repetitions of it. One of weight 0 is not evaluated.
///
/// ```
/// use fisher_information::{distributions::Normal, information::observed, model::Weighted};
/// let twice = Weighted { data: &[1.0, 4.0], weights: &[2.0, 1.0] };
/// let each = [1.0, 1.0, 4.0];
/// assert_eq!(observed(&Normal, &[1.0, 2.0], &twice)?.matrix(), observed(&Normal, &[1.0, 2.0], &each)?.matrix());
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// The weights are checked when the data set is used: as many as observations, finite, not negative, not all 0.
#[derive(Clone, Copy, Debug)]
pub struct Weighted<'a, D: ?Sized> {
    /// The observations.
    pub data: &'a D,
    /// Their weights.
    pub weights: &'a [f64],
}

impl<O: Observation + ?Sized, D: Observations<O> + ?Sized> Observations<O> for Weighted<'_, D> {
    fn count(&self) -> usize {
        self.data.count()
    }

    #[inline]
    fn get(&self, index: usize) -> &O::Of<f64> {
        self.data.get(index)
    }

    fn values(&self) -> Option<&[f64]> {
        self.data.values()
    }

    fn weights(&self) -> Option<&[f64]> {
        Some(self.weights)
    }
}

/// Some of the observations of a data set, with their weights.
///
/// ```
/// use fisher_information::{distributions::Normal, information::observed, model::Subset};
///
/// let data = vec![1.0, 40.0, 2.5];
/// let without = Subset::new(&data, vec![0, 2]);
/// assert_eq!(observed(&Normal, &[1.0, 2.0], &without)?.observations(), 2.0);
/// # Ok::<(), fisher_information::Error>(())
/// ```
pub struct Subset<'a, O: Observation + ?Sized> {
    data: &'a dyn Observations<O>,
    indices: Vec<usize>,
    weights: Option<Vec<f64>>,
}

impl<'a, O: Observation + ?Sized> Subset<'a, O> {
    /// The observations with these indices, in this order; indices beyond the end are left out.
    #[must_use]
    pub fn new(data: &'a dyn Observations<O>, mut indices: Vec<usize>) -> Self {
        indices.retain(|&index| index < data.count());
        let weights = data.weights().map(|_| indices.iter().map(|&index| data.weight(index)).collect());
        Self { data, indices, weights }
    }

    /// The observations for which a condition holds.
    pub fn of(data: &'a dyn Observations<O>, keep: impl Fn(&O::Of<f64>) -> bool) -> Self {
        Self::new(data, (0..data.count()).filter(|&index| keep(data.get(index))).collect())
    }
}

impl<O: Observation + ?Sized> Observations<O> for Subset<'_, O> {
    fn count(&self) -> usize {
        self.indices.len()
    }

    #[inline]
    fn get(&self, index: usize) -> &O::Of<f64> {
        self.data.get(self.indices[index])
    }

    fn weights(&self) -> Option<&[f64]> {
        self.weights.as_deref()
    }
}

/// Rows of equal width, one after the other.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "StoredTable"))]
pub struct Table {
    columns: usize,
    values: Vec<f64>,
}

impl Table {
    /// A table of so many columns from its values, row after row.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if there are no columns, [`Error::RowWidth`] if the last row is not complete.
    pub fn new(columns: usize, values: Vec<f64>) -> Result<Self, Error> {
        if columns == 0 {
            check_length("columns of the table", 1, 0)?;
        }
        match values.len() % columns {
            0 => Ok(Self { columns, values }),
            found => Err(Error::RowWidth { row: values.len() / columns, expected: columns, found }),
        }
    }

    /// The table of these rows.
    ///
    /// # Errors
    /// [`Error::NoData`] if there are none, [`Error::RowWidth`] naming the first that differs from row 0 in width.
    pub fn from_rows<R: AsRef<[f64]>>(rows: &[R]) -> Result<Self, Error> {
        let columns = rows.first().ok_or(Error::NoData)?.as_ref().len();
        let mut values = Vec::with_capacity(columns * rows.len());
        for (row, entries) in rows.iter().map(AsRef::as_ref).enumerate() {
            if entries.len() != columns {
                return Err(Error::RowWidth { row, expected: columns, found: entries.len() });
            }
            values.extend_from_slice(entries);
        }
        Self::new(columns, values)
    }

    /// The rows of a matrix.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if it has no columns.
    pub fn from_matrix(matrix: &DMatrix<f64>) -> Result<Self, Error> {
        Self::new(matrix.ncols(), matrix.transpose().as_slice().to_vec())
    }

    /// How many columns there are.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The values, row after row.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }
}

impl Observations<[f64]> for Table {
    fn count(&self) -> usize {
        self.values.len() / self.columns
    }

    #[inline]
    fn get(&self, index: usize) -> &[f64] {
        &self.values[index * self.columns..(index + 1) * self.columns]
    }

    fn values(&self) -> Option<&[f64]> {
        Some(&self.values)
    }
}

#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct StoredTable {
    columns: usize,
    values: Vec<f64>,
}

#[cfg(feature = "serde")]
impl TryFrom<StoredTable> for Table {
    type Error = Error;

    fn try_from(stored: StoredTable) -> Result<Self, Error> {
        Self::new(stored.columns, stored.values)
    }
}
