//! Notes: the mathematics behind the library, a page each.

#[doc = include_str!("../docs/numbers.md")]
pub mod numbers {}
