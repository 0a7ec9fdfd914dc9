//! Fits, and what follows from them.

mod coverage;
mod functions;
mod intervals;
mod predictions;
mod profiles;
mod regions;
