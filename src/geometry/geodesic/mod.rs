//! Geodesics: shortest paths between distributions, and what is done along them.
mod boundary;
mod chart;
mod geodesic;
mod lobatto;
mod path;
mod variation;

pub use geodesic::{Geodesic, Tangent, distance};
