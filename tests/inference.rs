//! Fits, and what follows from them.

mod coverage;
mod functions;
mod intervals;
mod many_profiles;
mod predictions;
mod profiles;
mod regions;
