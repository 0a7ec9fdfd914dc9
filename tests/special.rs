//! The special functions: accuracy against reference values, identities, number types and failure modes.

mod accuracy;
mod failure_modes;
mod identities;
mod number_types;
