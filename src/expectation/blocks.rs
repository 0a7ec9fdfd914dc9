//! Work in numbered blocks: on all cores, yet with the same result bit for bit on any number of them.

use crate::error::Error;
#[cfg(feature = "parallel")]
use rayon::prelude::*;

/// How many draws, or observations, a block has.
pub(crate) const BLOCK: usize = 1024;

/// How many blocks are in the air at once, so that their results take bounded memory.
const WAVE: usize = 256;

/// Does `work` on the blocks 0, 1, …, `count` − 1 in any order, and hands the results to `fold` in ascending order.
///
/// # Errors
/// That of the first block that failed, by number and not by time.
pub(crate) fn fold_blocks<T: Send>(
    count: usize,
    work: &(dyn Fn(usize) -> Result<T, Error> + Sync),
    mut fold: impl FnMut(T),
) -> Result<(), Error> {
    for first in (0..count).step_by(WAVE) {
        let wave = first..count.min(first + WAVE);
        #[cfg(feature = "parallel")]
        let results: Vec<Result<T, Error>> = wave.into_par_iter().map(work).collect();
        #[cfg(not(feature = "parallel"))]
        let results: Vec<Result<T, Error>> = wave.map(work).collect();
        for result in results {
            fold(result?);
        }
    }
    Ok(())
}
