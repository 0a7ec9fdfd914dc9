//! Inference: covariances, simulation and what follows from them.
#![allow(unstable_name_collisions)] // the standard library plans methods of these names

mod covariances;
mod laplace;
mod simulation;
