//! Inference from data: fits and their failures, covariances, intervals, predictions, tests of hypotheses, influence, simulation.

mod challenger;
mod covariances;
mod coverage;
mod failures;
mod functions;
mod hypotheses;
mod influence;
mod intervals;
mod laplace;
mod many_profiles;
mod misspecification;
mod predictions;
mod profiles;
mod regions;
mod simulation;
mod sizes;
