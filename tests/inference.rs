//! Inference: covariances, simulation, intervals, predictions.

mod covariances;
mod coverage;
mod functions;
mod intervals;
mod laplace;
mod predictions;
mod profiles;
mod regions;
mod simulation;
