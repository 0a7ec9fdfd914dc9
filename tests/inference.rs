//! Inference: covariances, simulation and what follows from them.

mod covariances;
mod laplace;
mod simulation;
