//! The expected information from the density alone: against references, and its typed refusals.

mod hard;
mod mixed;
mod references;
mod refusals;
mod several;
