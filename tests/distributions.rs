//! The catalogue: closed forms, densities and their derivatives, draws and quantiles, and how each fails.

mod closed_forms;
mod densities;
mod draws;
mod failure_modes;
