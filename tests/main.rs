//! All integration and property tests, as one program.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod catalogue_page;
mod check;
mod composites;
mod data_sums;
mod derivatives;
mod distributions;
mod expectation_random;
mod expectation_sums;
mod expected;
mod fits;
mod geometry;
mod inference;
mod information;
mod kernel;
mod known;
mod models;
mod published;
mod reference;
mod regression;
mod special;
mod symbolic;
mod tex;
