//! Information geometry.

mod frechet_means;
mod geodesics;
mod geodesics_anywhere;
mod sphere;
mod transport;
