//! All integration and property tests, as one program.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod distributions;
mod expectation_random;
mod expected;
mod expectation_sums;
mod models;
mod reference;
mod special;
