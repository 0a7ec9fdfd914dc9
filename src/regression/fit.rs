//! Fitting a regression, and saying why it cannot be fitted.

use super::model::Regression;
use crate::error::Error;
use crate::inference::{Fit, MaximumLikelihood};
use crate::information::ScoreSums;
use crate::model::{Observations, SampleSpace, Support};
use nalgebra::DVector;
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
    /// - [`Error::ConstantResponse`] if there is no maximum because the response does not vary, [`Error::EmptyClass`] because a class has no
    ///   observation.
    /// - As [`MaximumLikelihood::fit`]: [`Error::MaximumOnBoundary`] of a dispersion that goes to 0, [`Error::LikelihoodNotFinite`] naming a row
    ///   whose response the family cannot have, and others.
    pub fn fit<'a, D>(&'a self, data: &'a D) -> Result<Fit<'a, Self, D>, Error>
    where
        D: Observations<[f64]> + ?Sized,
    {
        self.check_design(data)?;
        let refusal = match MaximumLikelihood::new(self, data).fit() {
            Ok(fit) => return Ok(fit),
            Err(refusal) => refusal,
        };
        // A response that is known to many more digits than its deviation loses them in y − η. The likelihood then is too rough to be climbed to the
        // end, but the score is not.
        if let Error::NoMaximum { values, standard_errors: Some(distance), .. } = &refusal {
            // Without an expected information, as of censored lifetimes, no better is known than the refusal.
            let noise = self.noise(values, data).ok().filter(|[_, by_value]| distance <= by_value);
            if let Some(([by_score, _], theta)) = noise.zip(self.polished(values, data)) {
                let search = MaximumLikelihood::new(self, data).start(&theta).tolerance(by_score);
                return search.fit().map_err(|refusal| self.explain(data, refusal));
            }
        }
        Err(self.explain(data, refusal))
    }

    /// Three steps of Newton's method.
    fn polished<D: Observations<[f64]> + ?Sized>(&self, theta: &[f64], data: &D) -> Option<Vec<f64>> {
        let mut theta = DVector::from_column_slice(theta);
        for _ in 0..3 {
            let sums = ScoreSums::of(self, theta.as_slice(), data).ok()?;
            let score = DVector::from_iterator(theta.len(), sums.score().iter().map(|score| score.value));
            theta += sums.observed().ok()?.inverse().ok()?.matrix() * score;
        }
        Some(theta.as_slice().to_vec())
    }

    /// What the rounding of η, δ = (p + 1)ε Σ|xⱼβⱼ| in a row, may do to the distance from the maximum, in standard errors. With the information w
    /// of the row about η: to a step that follows the score √(Σ w δ²), and to one that follows the likelihood, which is off by up to Σ √w δ
    /// in each direction, the root of four times that.
    fn noise<D: Observations<[f64]> + ?Sized>(&self, theta: &[f64], data: &D) -> Result<[f64; 2], Error> {
        let (mut squares, mut sum) = (0.0, 0.0);
        for index in 0..data.count() {
            let row = data.get(index);
            let [information, _] = self.information_of_predictors(theta, row)?;
            for (k, predictor) in self.predictors.iter().enumerate() {
                let beta = &theta[predictor.coefficients.clone()];
                let size: f64 = beta.iter().zip(predictor.design(row)).map(|(beta, x)| (beta * x).abs()).sum();
                #[allow(clippy::cast_precision_loss)] // fewer than 2⁵³ coefficients
                let rounding = (beta.len() + 1) as f64 * f64::EPSILON * size;
                let weight = data.weight(index);
                let moved = information[(k, k)].max(0.0).sqrt() * rounding;
                squares += weight * moved * moved;
                sum += weight * moved;
            }
        }
        Ok([squares.sqrt(), (4.0 * sum).sqrt()])
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
        if let Some(class) = self.empty_class(data) {
            return Error::EmptyClass { class };
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

    /// The first of the classes 0, 1, … of a response that no row has.
    fn empty_class<D: Observations<[f64]> + ?Sized>(&self, data: &D) -> Option<usize> {
        let neutral = vec![0.0; self.length()];
        let Support::Integers { lower: 0.0, upper } = self.family().support(self.family_at_zero(&neutral).borrow())
        else {
            return None;
        };
        if !upper.is_finite() {
            return None;
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // the number of a class
        let mut seen = vec![false; upper as usize + 1];
        for index in (0..data.count()).filter(|&index| data.weights().is_none_or(|weights| weights[index] > 0.0)) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            // outside, it saturates and is passed over
            if let Some(class) = data.get(index).last().and_then(|&y| seen.get_mut(y as usize)) {
                *class = true;
            }
        }
        seen.iter().position(|seen| !seen)
    }

    /// Whether the response has finitely many values.
    fn has_classes<D: Observations<[f64]> + ?Sized>(&self, data: &D) -> bool {
        let neutral = vec![0.0; self.length()];
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
