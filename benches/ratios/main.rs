//! The tasks of `docs/performance.md` three ways in one process: plain dual numbers, kernels, and loops written by hand.
//!
//! ```text
//! cargo bench --bench ratios              all lines
//! cargo bench --bench ratios -- T5 T3     those that begin so
//! ```
//!
//! The ways run in alternation on one thread, and each line gives the median times. Before it is timed, a task asserts that the three ways
//! agree, so that no loop is fast because it is wrong.

#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs)]

mod clock;
mod data;
mod hand;
mod kernels;
mod models;
mod plain;
mod report;
mod sums;
mod tasks;

use report::Report;

fn main() {
    let report = Report::from_arguments();
    let [one, two] = [1, 2].map(|threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap());
    one.install(|| {
        tasks::numbers::all(&report);
        tasks::rows::all(&report);
        tasks::expected::all(&report);
    });
    tasks::threads::all(&report, &[one, two]);
}
