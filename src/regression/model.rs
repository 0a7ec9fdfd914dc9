//! A family whose parameters are functions of covariates.

use super::columns::Columns;
use super::predictor::{Placed, Predictor};
use crate::error::{Error, check_length};
use crate::model::{
    Datum, Domain, Dynamic, Elementwise, Link, LogLikelihood, Observation, OwnedTheta, Parameter, ParameterSpace,
    Reparametrised, SampleSpace, described,
};
use crate::scalar::Scalar;
use std::borrow::Borrow;

/// The family `F` with θₖ = gₖ⁻¹(ηₖ), where gₖ is a [`Link`] and ηₖ = Σⱼ xⱼ βₖⱼ a linear predictor, or θₖ is a constant:
///
/// ```math
/// \ell(\beta; x, y) = \ln f\bigl(y;\, g_1^{-1}(x_1^\top\beta_1 + o_1), \dots, g_K^{-1}(x_K^\top\beta_K + o_K)\bigr)
/// ```
///
/// A row holds the covariates of the first linear predictor, those of the second, …, then the offsets of the predictors that
/// have one, then the response. The parameters are the coefficients of predictor 1, then 2, …; a constant is a parameter in
/// its own coordinate and domain.
///
/// ```
/// use fisher_information::distributions::Poisson;
/// use fisher_information::prelude::*;
/// use fisher_information::regression::{Columns, Predictor, Regression};
///
/// let columns = Columns::new(["intercept", "x"])?;
/// let model = Regression::new(Poisson, [Predictor::linear(Link::Log, columns)])?;
/// // Rows of 1, x and a count, at rates 1, e and e²: the information of ln rate is the rate.
/// let rows = vec![vec![1.0, 0.0, 2.0], vec![1.0, 1.0, 1.0], vec![1.0, 2.0, 7.0]];
/// let information = observed(&model, &[0.0, 1.0], &rows)?;
/// let e = std::f64::consts::E;
/// assert!((information.get("intercept", "intercept")?.value - (1.0 + e + e * e)).abs() < 1e-14 * 16.0);
/// assert!((information.get("x", "x")?.value - (e + 4.0 * e * e)).abs() < 1e-14 * 64.0);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Sources: Nelder and Wedderburn, *Generalized linear models*, J. R. Statist. Soc. A 135 (1972), 370–384; Rigby and
/// Stasinopoulos, *Generalized additive models for location, scale and shape*, Appl. Statist. 54 (2005), 507–554, section 2.
#[derive(Clone, Debug)]
pub struct Regression<F> {
    /// The family in the coordinates η.
    pub(super) linked: Reparametrised<F, Elementwise>,
    pub(super) predictors: Vec<Placed>,
    pub(super) parameters: Vec<Parameter>,
    /// Where the response begins in a row.
    pub(super) response: usize,
}

impl<F: LogLikelihood> Regression<F> {
    /// The regression with one predictor for each parameter of the family.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] unless there are as many predictors as parameters; [`Error::RepeatedName`] if two
    /// coefficients have the same name.
    pub fn new(family: F, predictors: impl Into<Vec<Predictor>>) -> Result<Self, Error> {
        let predictors = predictors.into();
        let own = Self::own_parameters(&family, predictors.len())?;
        let width = |p: &Predictor| p.columns.as_ref().map_or(0, |columns| columns.names.len());
        let several = predictors.iter().filter(|p| p.columns.is_some()).count() > 1;
        let mut offset = predictors.iter().map(width).sum();
        let (mut covariate, mut placed, mut parameters) = (0, Vec::new(), Vec::new());
        for (predictor, own) in predictors.into_iter().zip(own) {
            let start = parameters.len();
            let Some(columns) = predictor.columns else {
                placed.push(constant(start));
                parameters.push(own);
                continue;
            };
            let end = covariate + columns.names.len();
            placed.push(Placed {
                link: predictor.link,
                covariates: Some(covariate..end),
                offset: columns.offset.then_some(offset),
                coefficients: start..start + columns.names.len(),
                intercept: columns.intercept().map(|place| start + place),
            });
            offset += usize::from(columns.offset);
            covariate = end;
            parameters.extend(coefficients(&columns, several.then_some(own.name.as_ref())));
        }
        Self::checked(family, placed, parameters, offset)
    }

    /// The regression whose first so many parameters have linear predictors of the same columns, which stand in a row once. The
    /// other parameters are constants.
    ///
    /// # Errors
    /// As [`new`](Self::new); [`Error::Unsupported`] for columns with an offset.
    pub(super) fn of_one_design(family: F, count: usize, others: usize, columns: &Columns) -> Result<Self, Error> {
        if columns.offset {
            return Err(Error::Unsupported { method: "a regression of several predictors", needs: "no offset" });
        }
        let own = Self::own_parameters(&family, count + others)?;
        let (mut placed, mut parameters) = (Vec::new(), Vec::new());
        for (k, own) in own.into_iter().enumerate() {
            let start = parameters.len();
            if k >= count {
                placed.push(constant(start));
                parameters.push(own);
                continue;
            }
            placed.push(Placed {
                link: Link::Identity,
                covariates: Some(0..columns.names.len()),
                offset: None,
                coefficients: start..start + columns.names.len(),
                intercept: columns.intercept().map(|place| start + place),
            });
            parameters.extend(coefficients(columns, (count > 1).then_some(own.name.as_ref())));
        }
        Self::checked(family, placed, parameters, columns.names.len())
    }

    /// The parameters of the family, one for each of so many predictors.
    fn own_parameters(family: &F, predictors: usize) -> Result<Vec<Parameter>, Error> {
        let own = family.parameters();
        check_length("predictors of the regression", F::Parameters::LENGTH.unwrap_or(own.len()), predictors)?;
        Ok(described(own, predictors))
    }

    fn checked(family: F, predictors: Vec<Placed>, parameters: Vec<Parameter>, response: usize) -> Result<Self, Error> {
        for (i, parameter) in parameters.iter().enumerate() {
            if parameters[..i].iter().any(|other| other.name == parameter.name) {
                return Err(Error::RepeatedName { name: parameter.name.clone().into_owned() });
            }
        }
        let links = Elementwise(predictors.iter().map(|predictor| predictor.link).collect());
        Ok(Self { linked: Reparametrised::new(family, links), predictors, parameters, response })
    }

    /// The family.
    #[must_use]
    pub fn family(&self) -> &F {
        &self.linked.model
    }

    /// How many coefficients and constants there are.
    #[must_use]
    pub fn length(&self) -> usize {
        self.parameters.len()
    }

    /// Where the response begins in a row: how many covariates and offsets stand before it.
    #[must_use]
    pub fn response(&self) -> usize {
        self.response
    }

    /// How many entries a row has: covariates, offsets and the numbers of the response.
    #[must_use]
    pub fn width(&self) -> usize {
        let fits = |count: &usize| F::Observation::from_coordinates(&vec![0.0; *count]).is_some();
        self.response + (1..=MOST_RESPONSES).find(fits).unwrap_or(MOST_RESPONSES)
    }

    /// The linear predictors η of a row, and the constants among them.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if θ has another length or the row too few entries.
    pub fn predictors_at(&self, theta: &[f64], row: &[f64]) -> Result<Vec<f64>, Error> {
        check_length("coefficients", self.length(), theta.len())?;
        check_length("covariates and offsets of the row", self.response, row.len().min(self.response))?;
        Ok(self.predictors.iter().map(|predictor| predictor.eta(theta, row)).collect())
    }

    /// The parameters of the family at a row.
    ///
    /// # Errors
    /// As [`predictors_at`](Self::predictors_at).
    pub fn family_at(&self, theta: &[f64], row: &[f64]) -> Result<OwnedTheta<F, f64>, Error> {
        let eta = self.predictors_at(theta, row)?;
        Ok(F::Parameters::build(eta.len(), |k| self.predictors[k].link.inverse(eta[k])))
    }

    /// The parameters of the family where every linear predictor is 0.
    pub(super) fn family_at_zero(&self, theta: &[f64]) -> OwnedTheta<F, f64> {
        F::Parameters::build(self.predictors.len(), |k| {
            let predictor = &self.predictors[k];
            match predictor.covariates {
                Some(_) => predictor.link.inverse(0.0),
                None => theta[predictor.coefficients.start],
            }
        })
    }

    /// The response of a row, if the row has as many entries as it should.
    #[inline(always)]
    pub(super) fn response_of<'r, D: Scalar>(&self, row: &'r [D]) -> Option<&'r Datum<F, D>> {
        F::Observation::from_coordinates(row.get(self.response..)?)
    }
}

fn constant(place: usize) -> Placed {
    Placed {
        link: Link::Identity,
        covariates: None,
        offset: None,
        coefficients: place..place + 1,
        intercept: Some(place),
    }
}

/// The coefficients of the columns, with the name of what they are about where that is not clear.
fn coefficients(columns: &Columns, about: Option<&str>) -> impl Iterator<Item = Parameter> {
    columns.names.iter().map(move |name| {
        let name = about.map_or_else(|| name.clone(), |about| format!("{about}: {name}"));
        Parameter::new(name, Domain::REAL)
    })
}

impl<F: SampleSpace> LogLikelihood for Regression<F> {
    type Parameters = Dynamic;
    /// Covariates, offsets, response.
    type Observation = [f64];

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, theta: &[D], row: &[D]) -> D {
        let Some(y) = self.response_of(row) else { return D::from(f64::NAN) };
        if theta.len() != self.length() {
            return D::from(f64::NAN);
        }
        let at = F::Parameters::build(self.predictors.len(), |k| {
            let predictor = &self.predictors[k];
            predictor.link.inverse(predictor.eta(theta, row))
        });
        self.linked.model.ln_likelihood(at.borrow(), y)
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.parameters.clone()
    }

    /// The number of parameters, and what the constants have to fulfil together.
    fn check(&self, theta: &[f64]) -> Result<(), Error> {
        if theta.len() != self.length() {
            return Err(Error::ParameterCount { expected: self.length(), found: theta.len() });
        }
        match self.linked.model.check(self.family_at_zero(theta).borrow()) {
            // A condition on what depends on the covariates is one of each row.
            Err(Error::ParametersOutsideDomain { names, .. })
                if names.iter().any(|name| !self.parameters.iter().any(|own| own.name == *name)) =>
            {
                Ok(())
            }
            answer => answer,
        }
    }

    fn starting_values(&self, data: &dyn crate::model::Observations<[f64]>) -> Option<Vec<f64>> {
        super::start::starting_values(self, data)
    }

    #[inline(always)]
    fn second_order(&self, theta: &[f64], row: &[f64], score: &mut [f64], hessian: &mut [f64]) -> Option<f64> {
        super::second_order::second_order(self, theta, row, score, hessian)
    }
}

/// No family has more numbers in a response than this, or it takes any number of them.
const MOST_RESPONSES: usize = 16;
