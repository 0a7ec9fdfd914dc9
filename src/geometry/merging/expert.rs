//! What one model knows: an estimate and its information.

use super::experts::check_finite;
use super::linear::{Curvature, curvature, generalised_inverse, leak};
use crate::error::{Error, check_length};
use crate::expectation::Provenance;
use crate::inference::Fit;
use crate::information::{Bread, Covariance, Information, Labelled};
use crate::model::{LogLikelihood, Observations};
use nalgebra::{DMatrix, DVector};

/// An estimate θ̂ of named parameters with its information F: of a fit to a shard of the data, of another study, of a model that was
/// trained for another task.
///
/// To second order its log-likelihood is that of the estimate less ½(θ − θ̂)ᵀF(θ − θ̂). The information may be singular: the expert then knows
/// nothing along some directions, and its estimate does not matter there. Empirical information is no curvature and is refused by its
/// type: Kunstner, Balles and Hennig (2019) show how far it leads astray.
///
/// ```
/// use fisher_information::geometry::merging::Expert;
/// use fisher_information::information::{Expected, Information};
/// use nalgebra::dmatrix;
///
/// let information = Information::<Expected>::exact(["slope"], dmatrix![25.0])?;
/// let expert = Expert::new("first study", &[1.3], &information)?;
/// let same = Expert::from_standard_errors("first study", &[("slope", 1.3, 0.2)])?;
/// assert!((same.information().get("slope", "slope")?.value - 25.0).abs() < 1e-13);
/// assert_eq!(Expert::new("x", &[f64::NAN], &information).unwrap_err().to_string(), "x: the estimate of slope is NaN");
/// # Ok::<(), fisher_information::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Stored", into = "Stored"))]
pub struct Expert {
    label: String,
    estimates: Vec<f64>,
    information: Curvature,
}

impl Expert {
    /// An expert by the name of `label`, with p estimates and their information, of all of its data (not of one observation).
    ///
    /// # Errors
    /// [`Error::InExpert`] around [`Error::LengthMismatch`] unless there is an estimate for each parameter of the information,
    /// [`Error::EstimateNotFinite`], [`Error::NotPositiveDefinite`] if the information is negative in some direction by more than its error.
    pub fn new<K: Bread>(
        label: impl Into<String>,
        estimates: &[f64],
        information: &Information<K>,
    ) -> Result<Self, Error> {
        Self::of(label.into(), estimates, information.entries(), information.provenance())
    }

    /// A fit with the observed information of its data.
    ///
    /// If a prior took part in the fit it is still in the estimate: see [`without_base`](Self::without_base).
    ///
    /// # Errors
    /// Those of [`new`](Self::new).
    pub fn from_fit<M, D>(label: impl Into<String>, fit: &Fit<'_, M, D>) -> Result<Self, Error>
    where
        M: LogLikelihood,
        D: Observations<M::Observation> + ?Sized,
    {
        Self::new(label, fit.estimates(), &fit.observed()?)
    }

    /// Estimates with their covariance, whose inverse is the information.
    ///
    /// A sandwich is welcome. The merge then has the least variance; predicted losses are losses of likelihood only if the model is true.
    ///
    /// # Errors
    /// Those of [`new`](Self::new); [`Error::Singular`] inside [`Error::InExpert`] if a combination of the estimates has no variance.
    pub fn from_covariance(
        label: impl Into<String>,
        estimates: &[f64],
        covariance: &Covariance,
    ) -> Result<Self, Error> {
        let label = label.into();
        let inverse = curvature(covariance.entries(), covariance.provenance()).and_then(|matrix| matrix.inverse());
        let inverse = inverse.map_err(|reason| in_expert(&label, reason))?;
        Self::of(label, estimates, inverse.entries(), inverse.provenance())
    }

    /// Independent estimates with their standard errors, as a table of a paper has them: (name, estimate, standard error).
    ///
    /// # Errors
    /// Those of [`from_covariance`](Self::from_covariance); [`Error::InvalidEntryError`] inside [`Error::InExpert`] of a negative standard error.
    pub fn from_standard_errors(label: impl Into<String>, rows: &[(&str, f64, f64)]) -> Result<Self, Error> {
        let label = label.into();
        if let Some((name, _, error)) = rows.iter().find(|(_, _, error)| *error < 0.0) {
            let (row, column) = (name.to_string(), name.to_string());
            return Err(in_expert(&label, Error::InvalidEntryError { row, column, error: *error }));
        }
        let variances = DVector::from_iterator(rows.len(), rows.iter().map(|(_, _, error)| error * error));
        let error = DMatrix::from_diagonal(&(&variances * f64::EPSILON));
        let names = rows.iter().map(|(name, _, _)| *name);
        let covariance = Covariance::new(names, DMatrix::from_diagonal(&variances), error, Provenance::ClosedForm)
            .map_err(|reason| in_expert(&label, reason))?;
        let estimates: Vec<f64> = rows.iter().map(|(_, estimate, _)| *estimate).collect();
        Self::from_covariance(label, &estimates, &covariance)
    }

    fn of(label: String, estimates: &[f64], entries: &Labelled, provenance: &Provenance) -> Result<Self, Error> {
        let expert = || {
            check_length("estimates", entries.size(), estimates.len())?;
            check_finite(entries.names(), estimates.iter().copied())?;
            let information = curvature(entries, provenance)?;
            let spectrum = information.spectrum();
            match spectrum.values().first() {
                Some(smallest) if smallest.value < -smallest.error => Err(Error::NotPositiveDefinite {
                    direction: spectrum.direction(0).to_string(),
                    eigenvalue: smallest.value,
                    error: smallest.error,
                }),
                _ => Ok(information),
            }
        };
        let information = expert().map_err(|reason| in_expert(&label, reason))?;
        Ok(Self { label, estimates: estimates.to_vec(), information })
    }

    /// The same by another name.
    #[must_use]
    pub fn labelled(self, label: impl Into<String>) -> Self {
        Self { label: label.into(), ..self }
    }

    /// What the expert is called.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The names of the p parameters of which it knows something.
    #[must_use]
    pub fn names(&self) -> &[String] {
        self.information.names()
    }

    /// The p estimates θ̂.
    #[must_use]
    pub fn estimates(&self) -> &[f64] {
        &self.estimates
    }

    /// The p × p information F.
    #[must_use]
    pub fn information(&self) -> &Labelled {
        self.information.entries()
    }

    pub(super) fn curvature(&self) -> &Curvature {
        &self.information
    }

    /// What the expert has learnt from its own data alone, if it was tuned from a base θ₀ that held it back with the information F₀: by a
    /// prior, a quadratic penalty or weight decay.
    ///
    /// The estimate is taken to maximise ℓ(θ) − ½(θ − θ₀)ᵀF₀(θ − θ₀), and the information F of the expert to be that of ℓ alone. Then ℓ has
    /// its own maximum, to second order, at
    ///
    /// ```math
    /// \tilde\theta = \theta_0 + F^{-1} (F_0 + F) (\hat\theta - \theta_0)
    /// ```
    ///
    /// Merged [with the base](super::Experts::with_base), which then counts once and not once for each expert, such experts give
    /// θ₀ + (F₀ + ΣFₖ)⁻¹ Σ(F₀ + Fₖ)(θ̂ₖ − θ₀), the mode of the posterior density of all data: Daheim et al. (2024). Along
    /// directions of which its data say nothing the expert stays at the base.
    ///
    /// # Errors
    /// [`Error::NamesDiffer`] or [`Error::LengthMismatch`] if the base is about other parameters; [`Error::Singular`] if the estimate has moved
    /// from the base in a way that its information cannot explain; what [`new`](Self::new) refuses of the base.
    pub fn without_base<K: Bread>(&self, base: &[f64], information: &Information<K>) -> Result<Self, Error> {
        let base = Self::new("the base", base, information)?;
        let own = self.information.entries();
        for (position, (expected, found)) in own.names().iter().zip(base.names()).enumerate() {
            if expected != found {
                return Err(Error::NamesDiffer { position, expected: expected.clone(), found: found.clone() });
            }
        }
        check_length("parameters", own.size(), base.names().len())?;
        let moved = DVector::from_iterator(
            own.size(),
            self.estimates.iter().zip(&base.estimates).map(|(here, there)| here - there),
        );
        let pull = (own.matrix() + base.information.matrix()) * moved;
        let spectrum = self.information.spectrum();
        if leak(&spectrum, &pull) > UNEXPLAINED {
            let reason = Error::Singular {
                rank: spectrum.rank(),
                parameters: own.size(),
                directions: spectrum.null_directions().iter().map(ToString::to_string).collect(),
            };
            return Err(in_expert(&self.label, reason));
        }
        let inverse = generalised_inverse(&spectrum);
        let step = &inverse * pull;
        let estimates: Vec<f64> = base.estimates.iter().zip(step.iter()).map(|(base, step)| base + step).collect();
        Self::of(self.label.clone(), &estimates, own, self.information.provenance())
    }
}

/// How large a share of a move may lie in directions of which the data say nothing: what an unfinished search leaves.
const UNEXPLAINED: f64 = 1e-6;

/// Says in which expert something is wrong.
pub(super) fn in_expert(label: &str, reason: Error) -> Error {
    Error::InExpert { expert: label.to_owned(), reason: Box::new(reason) }
}

/// What is stored of an expert. Of whatever kind it was, its information is a matrix with names and errors.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
struct Stored {
    label: String,
    estimates: Vec<f64>,
    information: Labelled,
    provenance: Provenance,
}

#[cfg(feature = "serde")]
impl From<Expert> for Stored {
    fn from(Expert { label, estimates, information }: Expert) -> Self {
        let provenance = information.provenance().clone();
        Self { label, estimates, information: information.entries().clone(), provenance }
    }
}

#[cfg(feature = "serde")]
impl TryFrom<Stored> for Expert {
    type Error = Error;

    fn try_from(stored: Stored) -> Result<Self, Error> {
        Self::of(stored.label, &stored.estimates, &stored.information, &stored.provenance)
    }
}
