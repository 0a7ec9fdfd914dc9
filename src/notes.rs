//! Notes: the mathematics behind the library, a page each.
//!
//! | page | what it explains |
//! |---|---|
//! | [`notation`] | the symbols, the hypotheses R1 to R7 and the books and papers of all pages |
//! | [`score`] | the slope of the log-likelihood: why its mean is zero, and what it is at a wrong θ |
//! | [`fisher_information`] | the covariance of the score; sums, coordinates, the Cramér–Rao bound, nuisance parameters |
//! | [`information_equality`] | E\[s sᵀ\] = −E\[H\], and the models for which it fails |
//! | [`reparametrisation`] | other coordinates: what depends on them and what does not; the delta method to second order |
//! | [`nuisance_parameters`] | what unknown parameters cost: efficient information, profile likelihood, and Neyman and Scott's warning |
//! | [`covariance`] | the covariance of estimates: three matrices and the sandwich, efficiency against the Cramér–Rao bound |
//! | [`why_the_logarithm`] | sums, two quadratic expansions, Laplace's method, ten thousand refits |
//! | [`misspecification`] | what is estimated when the model is wrong: the quasi-true parameter, the sandwich, White's test |
//! | [`tests`] | Wald, score and likelihood-ratio tests: geometry, exact sizes, where they differ |
//! | [`distance`] | the Fisher matrix as a metric: what a distance means, shortest paths, curvature |
//! | [`divergences`] | how different two distributions are: Kullback–Leibler and the others, infinite values, and the metric they share |
//! | [`merging`] | one model out of several by their curvature: precision weighting, predicted loss, consistency, twenty shards |
//! | [`natural_gradient`] | steepest descent in the Fisher metric: units, coordinates, and why the empirical matrix is another thing |
//! | [`closed_forms`] | Fisher matrices as formulas, by hand and by machine, and what they are worth |
//! | [`kernels`] | from the recorded likelihood to sums over data: few functions, kept digits, sufficient statistics, and who takes which path |
//! | [`numbers`] | dual numbers, special functions and their measured errors |
//! | [`catalogue`] | every family with its density, parameters and Fisher matrix |
//! | [`adding_a_family`] | what a family consists of, by an example |
//! | [`limitations`] | what goes wrong, each with the repair |
//!
//! Every number on these pages is computed by the code beside it and checked at each run of the tests.

#[doc = include_str!("../docs/notation.md")]
pub mod notation {}

#[doc = include_str!("../docs/score.md")]
pub mod score {}

#[doc = include_str!("../docs/fisher_information.md")]
pub mod fisher_information {}

#[doc = include_str!("../docs/information_equality.md")]
pub mod information_equality {}

#[doc = include_str!("../docs/reparametrisation.md")]
pub mod reparametrisation {}

#[doc = include_str!("../docs/nuisance-parameters.md")]
pub mod nuisance_parameters {}

#[doc = include_str!("../docs/covariance.md")]
pub mod covariance {}

#[doc = include_str!("../docs/why-the-logarithm.md")]
pub mod why_the_logarithm {}

#[doc = include_str!("../docs/misspecification.md")]
pub mod misspecification {}

#[doc = include_str!("../docs/tests.md")]
pub mod tests {}

// The first definition of a link counts: on the pages, pictures are part of the text.
#[doc = include_str!("../docs/pictures/half-plane.link")]
#[doc = include_str!("../docs/distance.md")]
pub mod distance {}

#[doc = include_str!("../docs/divergences.md")]
pub mod divergences {}

#[doc = include_str!("../docs/merging.md")]
pub mod merging {}

#[doc = include_str!("../docs/pictures/descents.link")]
#[doc = include_str!("../docs/natural-gradient.md")]
pub mod natural_gradient {}

#[doc = include_str!("../docs/closed-forms.md")]
pub mod closed_forms {}

#[doc = include_str!("../docs/kernels.md")]
pub mod kernels {}

#[doc = include_str!("../docs/numbers.md")]
pub mod numbers {}

#[doc = include_str!("../docs/limitations.md")]
pub mod limitations {}

#[doc = include_str!("../docs/catalogue.md")]
pub mod catalogue {}

#[doc = include_str!("../docs/adding-a-family.md")]
pub mod adding_a_family {}
