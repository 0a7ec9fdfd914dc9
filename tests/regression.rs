//! Regressions: against other programs, against the long way, at their limits and in their failures.

#[path = "regression/data.rs"]
mod data;
#[path = "regression/diagnoses.rs"]
mod diagnoses;
#[path = "regression/failures.rs"]
mod failures;
#[path = "regression/frames.rs"]
mod frames;
#[path = "regression/information.rs"]
mod information;
#[path = "regression/limits.rs"]
mod limits;
#[path = "regression/references.rs"]
mod references;
#[path = "regression/second_order.rs"]
mod second_order;
