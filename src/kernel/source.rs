//! Where a kernel finds its observations.

use super::machine::Block;
use super::vector::BLOCK;
use crate::error::Error;
use crate::recording::Trace;
use crate::sums::Sums;
use std::ops::Range;

/// A data set together with a model and a θ, as far as a kernel has to know them.
pub(crate) trait Source: Sync {
    /// How many observations there are.
    fn count(&self) -> usize;

    /// How many coordinates an observation has.
    fn width(&self) -> usize;

    /// The coordinates of all observations, row after row, if they lie so in memory.
    fn contiguous(&self) -> Option<&[f64]>;

    /// The coordinates of an observation.
    fn row(&self, index: usize) -> &[f64];

    /// The weights of the observations.
    fn weights(&self) -> Option<&[f64]>;

    /// The sums over some observations by dual numbers, or what is wrong with the first that something is wrong with.
    ///
    /// # Errors
    /// Those of a data set.
    fn by_duals(&self, rows: &mut dyn Iterator<Item = usize>) -> Result<Sums, Error>;

    /// The log-likelihood recorded at an observation; nothing for an opaque one.
    fn trace(&self, row: usize) -> Option<Trace>;
}

/// Writes the columns of a block of rows. Whether all rows are of the right width, and all numbers finite.
///
/// Rows without weight are not looked at: a row that has one stands in for them, and for those beyond the last.
pub(super) fn load(
    source: &dyn Source,
    rows: Range<usize>,
    weights: Option<&[f64]>,
    columns: &mut [Box<Block>],
) -> bool {
    let width = source.width();
    let count = rows.len();
    if let (1, None, Some(values), [column]) = (width, weights, source.contiguous(), &mut *columns)
        && let Ok(values) = values[rows.clone()].try_into()
    {
        return copy(values, &mut column.0);
    }
    let counts = |place: usize| weights.is_none_or(|weights| weights[place] != 0.0);
    match source.contiguous() {
        Some(values) => transpose(&values[rows.start * width..rows.end * width], width, columns),
        None => {
            for (place, row) in rows.enumerate() {
                let values = source.row(row);
                if values.len() != width && counts(place) {
                    return false;
                }
                for (column, &value) in columns.iter_mut().zip(values) {
                    column.0[place] = value;
                }
            }
        }
    }
    if weights.is_some() || count < BLOCK {
        let stand_in = (0..count).find(|&place| counts(place)).unwrap_or(0);
        for column in &mut columns[..width] {
            let value = column.0[stand_in];
            for place in (0..count).filter(|&place| !counts(place)) {
                column.0[place] = value;
            }
            column.0[count..].fill(value);
        }
    }
    are_finite(&columns[..width])
}

/// How many rows are taken together, so that what is written fills a line of the cache.
const STRIP: usize = 8;

/// Rows, one after the other, as columns.
#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma",
    "aarch64+neon",
))]
fn transpose(values: &[f64], width: usize, columns: &mut [Box<Block>]) {
    let mut strips = values.chunks_exact(STRIP * width);
    for (strip, rows) in strips.by_ref().enumerate() {
        let rows: [&[f64]; STRIP] = std::array::from_fn(|k| &rows[k * width..(k + 1) * width]);
        for (index, column) in columns[..width].iter_mut().enumerate() {
            column.0.as_chunks_mut::<STRIP>().0[strip] = rows.map(|row| row[index]);
        }
    }
    let start = values.len() / width / STRIP * STRIP;
    for (place, row) in strips.remainder().chunks_exact(width).enumerate() {
        for (column, &value) in columns.iter_mut().zip(row) {
            column.0[start + place] = value;
        }
    }
}

/// Copies a block. Whether all numbers are finite.
#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma",
    "aarch64+neon",
))]
fn copy(values: &[f64; BLOCK], column: &mut [f64; BLOCK]) -> bool {
    let mut sums = [0.0; LANES];
    for (to, from) in column.as_chunks_mut::<LANES>().0.iter_mut().zip(values.as_chunks::<LANES>().0) {
        *to = *from;
        for lane in 0..LANES {
            sums[lane] += from[lane] * 0.0;
        }
    }
    sums == [0.0; LANES]
}

/// How many numbers are looked at side by side.
const LANES: usize = 16;

/// Whether all numbers are finite: 0 times anything else is NaN.
#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma",
    "aarch64+neon",
))]
fn are_finite(columns: &[Box<Block>]) -> bool {
    let mut sums = [0.0; LANES];
    for column in columns {
        for values in column.0.as_chunks::<LANES>().0 {
            for lane in 0..LANES {
                sums[lane] += values[lane] * 0.0;
            }
        }
    }
    sums == [0.0; LANES]
}
