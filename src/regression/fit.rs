//! Fitting a regression, and saying why it cannot be fitted.

use super::model::Regression;
use crate::error::Error;
use crate::inference::{Fit, MaximumLikelihood};
use crate::model::{Observations, SampleSpace, Support};
use std::borrow::Borrow;

impl<F: SampleSpace> Regression<F> {
    /// The fit of the regression to rows, from the fit with intercepts alone.
    ///
    /// ```
    /// use fisher_information::Error;
    /// use fisher_information::regression::{Covariates, logistic};
    ///
    /// let model = logistic(&Covariates::named(["intercept", "dose"])?)?;
    /// let rows = |died: [f64; 5]| [1.0, 2.0, 3.0, 4.0, 5.0].iter().zip(died).map(|(&x, y)| vec![1.0, x, y]).collect::<Vec<_>>();
    /// let overlapping = rows([0.0, 1.0, 0.0, 1.0, 1.0]);
    /// let fit = model.fit(&overlapping)?;
    /// assert!(fit.get("dose")? > 0.0);
    ///
    /// let error = model.fit(&rows([0.0, 0.0, 1.0, 1.0, 1.0])).err();
    /// assert!(matches!(error, Some(Error::Separated { .. })));
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// - As [`check_design`](Self::check_design): too few rows, collinear columns.
    /// - [`Error::Separated`] if covariates tell the classes of the response apart, wholly or but for ties.
    /// - [`Error::ConstantResponse`] if there is no maximum because the response does not vary.
    /// - As [`MaximumLikelihood::fit`]: [`Error::MaximumOnBoundary`] of a dispersion that goes to 0, [`Error::LikelihoodNotFinite`] naming a row
    ///   whose response the family cannot have, and others.
    pub fn fit<'a, D>(&'a self, data: &'a D) -> Result<Fit<'a, Self, D>, Error>
    where
        D: Observations<[f64]> + ?Sized,
    {
        self.check_design(data)?;
        MaximumLikelihood::new(self, data).fit().map_err(|refusal| self.explain(data, refusal))
    }

    /// What the lack of a maximum means for a regression.
    fn explain<D: Observations<[f64]> + ?Sized>(&self, data: &D, refusal: Error) -> Error {
        let about_maximum = matches!(
            refusal,
            Error::MaximumAtInfinity { .. }
                | Error::MaximumOnBoundary { .. }
                | Error::UnboundedLikelihood { .. }
                | Error::MaximumOnConstraint { .. }
                | Error::NoMaximum { .. }
        );
        if !about_maximum {
            return refusal;
        }
        if let Some(value) = self.constant_response(data) {
            return Error::ConstantResponse { value };
        }
        match refusal {
            Error::MaximumAtInfinity { direction, log_likelihood } if self.has_classes(data) => {
                Error::Separated { direction, log_likelihood }
            }
            other => other,
        }
    }

    /// The last coordinate of the response, if it is the same in all rows.
    fn constant_response<D: Observations<[f64]> + ?Sized>(&self, data: &D) -> Option<f64> {
        let used = |index: &usize| data.weights().is_none_or(|weights| weights[*index] > 0.0);
        let mut responses = (0..data.count()).filter(used).filter_map(|index| data.get(index).last().copied());
        let first = responses.next()?;
        responses.all(|response| response == first).then_some(first)
    }

    /// Whether the response has finitely many values.
    fn has_classes<D: Observations<[f64]> + ?Sized>(&self, data: &D) -> bool {
        let neutral: Vec<f64> = self.parameters.iter().map(|_| 0.0).collect();
        let Some(y) = self.response_of(data.get(0)) else { return false };
        let finite = |support: &Support| match support {
            Support::Integers { lower, upper } => lower.is_finite() && upper.is_finite(),
            Support::Points(_) => true,
            _ => false,
        };
        match self.family().support_given(self.family_at_zero(&neutral).borrow(), y) {
            Support::Response(random) => random.iter().all(|(_, support)| finite(support)),
            support => finite(&support),
        }
    }
}
