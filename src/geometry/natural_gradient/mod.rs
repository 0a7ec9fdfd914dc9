//! Steepest descent, measured by the Fisher information: the natural gradient.
//!
//! | to | use |
//! |---|---|
//! | say what is to be made small | [`NegativeLogLikelihood`], [`SmoothLoss`], [`LossWithGradient`], [`Penalised`]; any [`Loss`] |
//! | say how a step is measured | [`DescentMetric`]: a manifold, the expected information of data, draws, or the empirical information |
//! | go down | [`Descent::natural`], [`Descent::plain`], which give a [`DescentPath`] |

mod descent;
mod direction;
mod line_search;
mod loss;
mod metric;
mod path;
mod simulated;

pub use descent::{Descent, Step, StepLength};
pub use loss::{LocalLoss, Loss, LossWithGradient, NegativeLogLikelihood, Penalised, SmoothLoss};
pub use metric::DescentMetric;
pub use path::{DescentEnd, DescentPath, DescentPoint};
