//! Regressions: families whose parameters are functions of covariates.
//!
//! | regression of | by | link of the first parameter |
//! |---|---|---|
//! | a number | [`linear`] | mean |
//! | a number, by a curve of one's own | [`NonlinearRegression`] | – |
//! | a positive number | [`gamma`] | ln mean |
//! | a share between 0 and 1 | [`beta`] | logit of the mean |
//! | 0 or 1 | [`logistic`], [`binary`] | logit, probit, complementary log-log |
//! | successes in trials | [`binomial`] | the same |
//! | one of several classes | [`multinomial`] | logits against the first |
//! | ordered classes | [`ordinal`] | cumulative logit, probit, complementary log-log |
//! | a count | [`poisson`], [`negative_binomial`] | ln mean |
//! | a lifetime, perhaps censored | [`accelerated_failure_time`], [`exponential_lifetime`], [`watched_failure_time`] | location of ln t |
//! | anything | [`Regression::new`] of any family | any [`Link`](crate::model::Link), for any of the parameters |
//!
//! A second set of columns, where the family has a second parameter, is for that: the deviation, dispersion, shape, precision or scale.
//!
//! | to | call |
//! |---|---|
//! | read data, and make rows of it | [`Frame`], [`Design`], which give a [`Sample`] |
//! | fit | [`Regression::fit`], or [`MaximumLikelihood`](crate::inference::MaximumLikelihood) for starts and priors |
//! | have covariances whatever the variances | [`heteroscedastic_covariance`] |
//! | find leverages, residuals, Cook's distances | [`Leverage`] |
//! | predict | [`predict`], [`predict_mean`], [`predict_linear`], [`prediction_interval`] |
//! | draw responses | [`simulate`] |
//!
//! ```
//! use fisher_information::regression::{BinaryLink, Design, Frame, binomial};
//!
//! // Beetles killed by carbon disulphide: Bliss (1935).
//! let text = "log_dose,beetles,killed\n1.6907,59,6\n1.7242,60,13\n1.7552,62,18\n1.7842,56,28\n\
//!             1.8113,63,52\n1.8369,59,53\n1.8610,62,61\n1.8839,60,60\n";
//! let frame = Frame::from_csv(text.as_bytes(), "beetles")?;
//! let sample = Design::new().intercept().numeric("log_dose").response("beetles").response("killed").rows(&frame)?;
//! let model = binomial(BinaryLink::Logit, sample.covariates())?;
//! let fit = model.fit(&sample)?;
//! assert_eq!(format!("{:.3} {:.3}", fit.get("intercept")?, fit.get("log_dose")?), "-60.717 34.270");
//! # Ok::<(), fisher_information::Error>(())
//! ```

mod collinear;
mod columns;
mod curve;
mod design;
mod families;
mod fit;
mod frame;
mod leverage;
mod model;
mod prediction;
mod predictor;
mod robust;
mod sample;
mod saturated;
mod second_order;
mod space;
mod start;
mod working;

pub use columns::{Columns, Covariates};
pub use curve::{ConstantDeviation, Curve, Deviation, NonlinearRegression, PowerOfMean};
pub use design::Design;
pub use families::*;
pub use frame::Frame;
pub use leverage::{Dispersion, Leverage};
pub use model::Regression;
pub use prediction::{
    Between, LinearPrediction, Prediction, predict, predict_linear, predict_mean, prediction_interval,
};
pub use predictor::Predictor;
pub use robust::{HeteroscedasticityCorrection, heteroscedastic_covariance};
pub use sample::Sample;
pub use space::simulate;
