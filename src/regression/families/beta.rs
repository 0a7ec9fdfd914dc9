//! Beta regression.

use super::predictors;
use crate::distributions::Beta;
use crate::distributions::numerics::sample::Sample;
use crate::error::Error;
use crate::model::{
    Capabilities, ClosedForm, Fixed, Link, LogLikelihood, Observations, Parameter, SampleSpace, Sampler, Support,
};
use crate::regression::{Covariates, Regression};
use crate::scalar::Scalar;

/// Beta distribution with mean μ in (0, 1) and precision φ > 0: the shapes are μφ and (1 − μ)φ, the variance is μ(1 − μ)/(1 + φ).
///
/// ```math
/// f(y; \mu, \varphi) = \frac{y^{\mu\varphi-1} (1-y)^{(1-\mu)\varphi-1}}{B(\mu\varphi, (1-\mu)\varphi)}
/// ```
///
/// ```
/// use fisher_information::distributions::Beta;
/// use fisher_information::prelude::LogLikelihood;
/// use fisher_information::regression::BetaMean;
///
/// assert_eq!(BetaMean.ln_likelihood(&[0.25, 8.0], &0.5), Beta.ln_likelihood(&[2.0, 6.0], &0.5));
/// ```
///
/// Source: Ferrari and Cribari-Neto, *Beta regression for modelling rates and proportions*, J. Appl. Statist. 31 (2004), 799–815.
#[derive(Clone, Copy, Debug)]
pub struct BetaMean;

/// Beta regression with logit μ = xᵀβ; the precision φ is a constant, or ln φ = zᵀγ if there is a second set of columns.
///
/// ```
/// use fisher_information::regression::{Covariates, beta};
///
/// let model = beta(&Covariates::named(["intercept"])?)?;
/// let rows: Vec<Vec<f64>> = [0.25, 0.75, 0.375, 0.625].iter().map(|&y| vec![1.0, y]).collect();
/// assert!(model.fit(&rows)?.get("intercept")?.abs() < 1e-9);                   // symmetric about ½
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// [`Error::LengthMismatch`] of more than two sets of columns, [`Error::RepeatedName`].
pub fn beta(covariates: &Covariates) -> Result<Regression<BetaMean>, Error> {
    Regression::new(BetaMean, predictors([Link::Logit, Link::Log], covariates)?)
}

/// The two shapes.
#[inline(always)]
fn shapes<D: Scalar>(&[mean, precision]: &[D; 2]) -> [D; 2] {
    [mean * precision, (-mean + 1.0) * precision]
}

impl LogLikelihood for BetaMean {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, theta: &[D; 2], y: &D) -> D {
        Beta.ln_likelihood(&shapes(theta), y)
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::probability("mean").symbol("μ"), Parameter::positive("precision").symbol("φ")]
    }

    /// Mean and mean (1 − mean)/variance − 1.
    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        let (mean, variance) = (sample.mean(), sample.variance());
        let spread = mean * (1.0 - mean);
        (variance > 0.0 && spread > variance).then(|| [mean, spread / variance - 1.0])
    }
}

impl SampleSpace for BetaMean {
    fn support(&self, _: &[f64; 2]) -> Support {
        Support::unit()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler()
    }
}

impl ClosedForm for BetaMean {
    /// Jᵀ I J, with the information I of the shapes and the Jacobian J of the shapes.
    fn information<D: Scalar>(&self, theta: &[D; 2]) -> [[D; 2]; 2] {
        let (inner, &[mean, precision]) = (Beta.information(&shapes(theta)), theta);
        let jacobian = [[precision, mean], [-precision, -mean + 1.0]];
        let entry = |i: usize, j: usize| {
            let row = |k: usize| inner[k][0] * jacobian[0][j] + inner[k][1] * jacobian[1][j];
            jacobian[0][i] * row(0) + jacobian[1][i] * row(1)
        };
        [[entry(0, 0), entry(0, 1)], [entry(1, 0), entry(1, 1)]]
    }
}

impl Sampler for BetaMean {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64; 2], rng: &mut R) -> f64 {
        Beta.sample(&shapes(theta), rng)
    }
}
