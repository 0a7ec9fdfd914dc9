//! Information criteria: minus twice the log-likelihood, and a price for every parameter.

use crate::error::Error;
use crate::inference::Fit;
use crate::model::{LogLikelihood, Observations};

/// The information criteria of a fit of p parameters to n observations. Lower is better.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Criteria {
    /// ℓ(θ̂)
    pub log_likelihood: f64,
    /// p
    pub parameters: usize,
    /// n, the sum of the weights
    pub observations: f64,
    /// tr(A⁻¹B), what p becomes if the model may be wrong.
    pub effective_parameters: f64,
}

impl Criteria {
    /// −2ℓ + 2p.
    ///
    /// Source: H. Akaike, *A new look at the statistical model identification*, IEEE Trans. Autom. Control 19 (1974),
    /// doi:10.1109/TAC.1974.1100705.
    #[must_use]
    pub fn aic(&self) -> f64 {
        2.0 * (self.count() - self.log_likelihood)
    }

    /// AIC + 2p(p + 1)/(n − p − 1), which is exact for linear normal models.
    ///
    /// Source: C. M. Hurvich and C.-L. Tsai, *Regression and time series model selection in small samples*, Biometrika 76 (1989),
    /// doi:10.1093/biomet/76.2.297.
    ///
    /// # Errors
    /// [`Error::TooFewObservations`] unless n > p + 1.
    pub fn aicc(&self) -> Result<f64, Error> {
        let (n, p) = (self.observations, self.count());
        if n <= p + 1.0 {
            return Err(Error::TooFewObservations {
                what: "the corrected criterion of Akaike",
                needed: p + 1.0,
                found: n,
            });
        }
        Ok(self.aic() + 2.0 * p * (p + 1.0) / (n - p - 1.0))
    }

    /// −2ℓ + p ln n.
    ///
    /// Source: G. Schwarz, *Estimating the dimension of a model*, Ann. Statist. 6 (1978), doi:10.1214/aos/1176344136.
    #[must_use]
    pub fn bic(&self) -> f64 {
        self.count() * self.observations.ln() - 2.0 * self.log_likelihood
    }

    /// −2ℓ + 2 tr(A⁻¹B): Takeuchi's criterion, Akaike's for a model that may be wrong.
    ///
    /// Source: K. Takeuchi (1976), in K. P. Burnham and D. R. Anderson, *Model Selection and Multimodel Inference*, 2nd ed. (2002),
    /// section 2.3, doi:10.1007/b97636.
    #[must_use]
    pub fn tic(&self) -> f64 {
        2.0 * (self.effective_parameters - self.log_likelihood)
    }

    #[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ parameters
    fn count(&self) -> f64 {
        self.parameters as f64
    }
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'_, M, D> {
    /// The information criteria of the fit.
    ///
    /// ```
    /// use fisher_information::{distributions::Exponential, inference::maximum_likelihood};
    ///
    /// let fit = maximum_likelihood(&Exponential, &[0.5, 0.25, 2.0, 1.0, 0.25])?;
    /// let criteria = fit.criteria()?;
    /// assert!((criteria.aic() - (12.0 - 10.0 * 1.25_f64.ln())).abs() < 1e-12);            // ℓ = 5 ln 1.25 − 5
    /// // tr(A⁻¹B): the variance of the waits beside the square of their mean
    /// assert!((criteria.effective_parameters - 0.435 / 0.64).abs() < 1e-12);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Singular`] or [`Error::NotPositiveDefinite`] for the observed information; [`Error::Unsupported`] if a prior took part.
    pub fn criteria(&self) -> Result<Criteria, Error> {
        if self.has_prior() {
            return Err(Error::Unsupported { method: "an information criterion", needs: "a fit without a prior" });
        }
        let inverse = self.observed()?.inverse()?;
        Ok(Criteria {
            log_likelihood: self.log_likelihood().value,
            parameters: self.estimates().len(),
            observations: self.observations(),
            effective_parameters: (inverse.matrix() * self.empirical()?.matrix()).trace(),
        })
    }
}
