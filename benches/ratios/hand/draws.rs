//! T7. The library's draws, of which the library's sampler takes the most time, and plain means over them.

use super::mixture::{Moments, Split, combine, moments};
use crate::models::Mixture;
use crate::sums::Sums;
use fisher_information::model::{Sampler, Stream};
use rand::SeedableRng;

/// Each block of draws has a stream of its own.
const BLOCK: usize = 1024;

/// The means over so many draws from the mixture.
pub fn drawn_mixture(theta: &[f64; 5], draws: usize, seed: u64) -> Sums {
    let (split, mut sums) = (Split::at(theta), [0.0; 15]);
    let mut block = Vec::with_capacity(BLOCK);
    for (number, start) in (0..draws).step_by(BLOCK).enumerate() {
        let mut stream = Stream::seed_from_u64(seed);
        stream.set_stream(number as u64);
        block.clear();
        block.extend((start..draws.min(start + BLOCK)).map(|_| Mixture.sample(theta, &mut stream)));
        let found: Moments = moments(&split, &block);
        sums.iter_mut().zip(found).for_each(|(sum, found)| *sum += found);
    }
    let means = sums.map(|sum| sum / draws as f64);
    Sums { value: 1.0, ..combine(theta, 1.0, &means) }
}
