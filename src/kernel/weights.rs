//! The weights of the rows of a block.

use super::machine::Block;
use super::source::Source;
use super::vector::BLOCK;
use std::ops::Range;

/// The weights of a block of rows.
pub(super) enum Weights {
    /// All are 1.
    All,
    Some(Box<Block>),
    /// No row has weight.
    Nothing,
    /// One is not a weight.
    Irregular,
}

/// The weights of rows, 0 beyond the last.
pub(super) fn of(source: &dyn Source, rows: Range<usize>) -> Weights {
    let count = rows.len();
    match source.weights() {
        None if count == BLOCK => Weights::All,
        None => {
            let mut weights = Block::filled(0.0);
            weights.0[..count].fill(1.0);
            Weights::Some(weights)
        }
        Some(given) => {
            let given = given.get(rows).unwrap_or_default();
            if given.len() != count || given.iter().any(|weight| !(*weight >= 0.0 && weight.is_finite())) {
                return Weights::Irregular;
            }
            if given.iter().all(|weight| *weight == 0.0) {
                return Weights::Nothing;
            }
            let mut weights = Block::filled(0.0);
            weights.0[..count].copy_from_slice(given);
            Weights::Some(weights)
        }
    }
}
