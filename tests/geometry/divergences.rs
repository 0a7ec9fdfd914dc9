//! Divergences between two distributions.

mod closed_forms;
mod infinite;
mod laws;
mod metric;
mod references;
