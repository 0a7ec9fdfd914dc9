//! The special functions: accuracy against reference values, identities, number types and failure modes.

#![allow(unstable_name_collisions)] // the standard library plans methods of these names

mod accuracy;
mod failure_modes;
mod identities;
mod number_types;
