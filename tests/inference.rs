//! Inference from data: fits and their failures, tests of hypotheses, influence.

mod challenger;
mod failures;
mod hypotheses;
mod influence;
mod misspecification;
mod sizes;
