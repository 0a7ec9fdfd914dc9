//! The same sums by hand, as a good C programmer would write them: analytic derivatives, all that depends on θ alone outside the loop,
//! one pass over the data, sums of functions of the data instead of sums of outputs, independent lanes for the compiler to vectorise.

mod draws;
mod expected;
mod gamma;
mod lanes;
mod logistic;
mod mixture;
mod multinomial;
mod normal;
mod polynomial;
mod student_t;
mod tile;

pub use draws::drawn_mixture;
pub use expected::{expected_gamma, expected_mixture, expected_student_t};
pub use gamma::gamma;
pub use logistic::logistic;
pub use mixture::mixture;
pub use multinomial::multinomial;
pub use normal::normal;
pub use student_t::student_t;
