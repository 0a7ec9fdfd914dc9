//! All integration and property tests, as one program.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod data_sums;
mod information;
mod reference;
