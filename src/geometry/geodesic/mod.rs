//! Geodesics: shortest paths between distributions, and what is done along them.
mod boundary;
mod chart;
mod geodesic;
mod initial;
mod lobatto;
mod path;
mod variation;

pub use geodesic::{Geodesic, Tangent, geodesic_distance};
