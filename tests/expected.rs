//! The expected information from the density alone: against references, and its typed refusals.

mod references;
