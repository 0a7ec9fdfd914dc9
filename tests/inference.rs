//! Inference: covariances, simulation, intervals, predictions.

mod covariances;
mod coverage;
mod functions;
mod intervals;
mod laplace;
mod many_profiles;
mod predictions;
mod profiles;
mod regions;
mod simulation;
