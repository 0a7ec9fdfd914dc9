//! Ways of doing the same thing, timed in alternation, so that a machine that slows down slows down all of them.

use crate::sums::Sums;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// One way: does the work, and says what came out if asked.
pub struct Way<'a>(Box<dyn FnMut(bool) -> Option<Sums> + 'a>);

/// A way to a result `R`, whose translation into sums is not timed.
pub fn way<'a, R>(mut work: impl FnMut() -> R + 'a, sums: impl Fn(R) -> Sums + 'a) -> Way<'a> {
    Way(Box::new(move |asked| {
        let result = black_box(work());
        asked.then(|| sums(result))
    }))
}

impl Way<'_> {
    /// What comes out.
    pub fn result(&mut self) -> Sums {
        (self.0)(true).expect("a result where one is asked for")
    }

    /// The time of one run in seconds, as the mean of so many.
    fn time(&mut self, runs: u32) -> f64 {
        let start = Instant::now();
        for _ in 0..runs {
            (self.0)(false);
        }
        start.elapsed().as_secs_f64() / f64::from(runs)
    }
}

/// A timing takes at least so many seconds, with as many runs as that needs.
pub const SHORTEST: f64 = 2e-4;

/// So long that a processor that slept while another way ran is awake for nearly all of it.
pub const WARM: f64 = 4e-2;

/// Rounds go on until they took so long, within bounds.
const BUDGET: Duration = Duration::from_secs(3);
const ROUNDS: std::ops::Range<usize> = 5..201;

/// The median times in seconds, of timings that take at least so long.
pub fn medians(ways: &mut [Way<'_>], shortest: f64) -> Vec<f64> {
    let runs: Vec<u32> = ways.iter_mut().map(|way| (shortest / way.time(1)).clamp(1.0, 1e4).ceil() as u32).collect();
    let mut times: Vec<Vec<f64>> = ways.iter().map(|_| Vec::new()).collect();
    let start = Instant::now();
    for round in 1..ROUNDS.end {
        for ((way, &runs), times) in ways.iter_mut().zip(&runs).zip(&mut times) {
            times.push(way.time(runs));
        }
        if round >= ROUNDS.start && start.elapsed() > BUDGET {
            break;
        }
    }
    times.iter_mut().map(|times| median(times)).collect()
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
