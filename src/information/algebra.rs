//! What can be done with an information matrix without inverting it.

use super::bounds::EPSILON;
use super::kind::Kind;
use super::labelled::check_finite;
use super::result::Information;
use crate::error::{Error, check_length};
use crate::expectation::{Estimate, Provenance};
use crate::model::{CoordinateMap, LogLikelihood, Reparametrised, Theta};
use nalgebra::DMatrix;

impl<K: Kind> Information<K> {
    /// The information of two independent experiments about the same parameters: I₁ + I₂, of n₁ + n₂ observations.
    ///
    /// The provenance is the common one; if only one of the two is random, that one's, since the errors are then standard
    /// errors.
    ///
    /// # Errors
    /// [`Error::NamesDiffer`] at the first parameter that differs.
    pub fn add(&self, other: &Self) -> Result<Self, Error> {
        self.entries.check_names(other.names())?;
        let matrix = self.matrix() + other.matrix();
        let error = self.error() + other.error() + matrix.abs() * EPSILON;
        Self::new(
            self.names(),
            matrix,
            error,
            self.observations + other.observations,
            joint(&self.provenance, &other.provenance),
        )
    }

    /// The information of n independent repetitions: n I, for any finite n > 0.
    ///
    /// # Errors
    /// [`Error::InvalidObservations`].
    pub fn times(&self, n: f64) -> Result<Self, Error> {
        if !(n.is_finite() && n > 0.0) {
            return Err(Error::InvalidObservations { value: n });
        }
        let matrix = self.matrix() * n;
        let error = self.error() * n + matrix.abs() * EPSILON;
        Self::new(self.names(), matrix, error, self.observations * n, self.provenance.clone())
    }

    /// The average information of one observation: I/n.
    ///
    /// # Errors
    /// [`Error::EntryNotFinite`] if an entry overflows.
    pub fn per_observation(&self) -> Result<Self, Error> {
        let matrix = self.matrix() / self.observations;
        let error = self.error() / self.observations + matrix.abs() * EPSILON;
        Self::new(self.names(), matrix, error, 1.0, self.provenance.clone())
    }

    /// The information about the other parameters if the named ones are known: their rows and columns are dropped.
    ///
    /// # Errors
    /// [`Error::UnknownParameter`], [`Error::RepeatedName`]; [`Error::ParameterCount`] if no parameter or every one is named.
    pub fn fix(&self, known: &[&str]) -> Result<Self, Error> {
        let kept = self.entries.others(&self.entries.positions(known)?);
        Ok(self.with_entries(self.entries.select(&kept)?))
    }

    /// The information in other coordinates φ: JᵀIJ with the p × q Jacobian J = ∂θ/∂φ and the q names of φ.
    ///
    /// With q < p this is the information of a submodel. The Jacobian is taken to be right to rounding.
    /// Source: Lehmann and Casella, *Theory of Point Estimation*, 2nd ed. (1998), section 2.6.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if J has not p rows, or not as many columns as there are names;
    /// [`Error::DerivativeNotFinite`].
    pub fn change_of_coordinates(
        &self,
        jacobian: &DMatrix<f64>,
        names: impl IntoIterator<Item: Into<String>>,
    ) -> Result<Self, Error> {
        check_length("rows of the Jacobian", self.names().len(), jacobian.nrows())?;
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        check_length("columns of the Jacobian", names.len(), jacobian.ncols())?;
        check_finite("Jacobian", jacobian)?;
        Ok(self.with_entries(self.entries.congruence(&jacobian.transpose(), names)?))
    }

    /// The information in the coordinates φ of a reparametrised model, given that at θ(φ): JᵀIJ, with J and the names of φ from
    /// the model's map.
    ///
    /// ```
    /// use fisher_information::{distributions::Normal, information::observed, prelude::*};
    /// let data = [1.0, 2.5, 0.5];
    /// let model = Reparametrised::new(Normal, Elementwise(vec![Link::Identity, Link::Log]));
    /// let phi = [1.0, 2.0_f64.ln()];
    /// let pulled_back = observed(&Normal, &[1.0, 2.0], &data)?.in_coordinates(&model, &phi)?;
    /// assert_eq!(pulled_back.names(), ["mean", "ln deviation"]);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// For an expected or an empirical information that is the information of the reparametrised model. An observed one gains
    /// the score times the second derivatives of the map, which vanishes where the score does: away from the maximum, ask for
    /// the observed information of the reparametrised model itself.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if φ has not p entries; a φ outside its domain; [`Error::DerivativeNotFinite`].
    pub fn in_coordinates<M, T>(&self, model: &Reparametrised<M, T>, phi: &Theta<M, f64>) -> Result<Self, Error>
    where
        M: LogLikelihood,
        T: CoordinateMap<M::Parameters>,
    {
        check_length("entries of φ", self.names().len(), phi.as_ref().len())?;
        let names = crate::model::checked_parameters(model, phi)?;
        let rows = model.jacobian(phi);
        let jacobian = DMatrix::from_fn(rows.len(), rows.len(), |i, j| rows[i][j]);
        self.change_of_coordinates(&jacobian, names.into_iter().map(|parameter| parameter.name))
    }

    /// δᵀ I δ: twice the drop of the log-likelihood over a small step δ from its maximum, and the squared length of δ in the
    /// Fisher metric.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if δ has not p entries, [`Error::DerivativeNotFinite`] if one is not finite.
    pub fn quadratic_form(&self, delta: &[f64]) -> Result<Estimate, Error> {
        self.entries.form(delta)
    }
}

/// How the sum of two results was obtained.
fn joint(first: &Provenance, second: &Provenance) -> Provenance {
    use Provenance::{ClosedForm, Data, Derived, MonteCarlo, Quadrature, QuasiMonteCarlo, Summation};
    match (first, second) {
        (ClosedForm, ClosedForm) => ClosedForm,
        (Quadrature { evaluations: a }, Quadrature { evaluations: b }) => Quadrature { evaluations: a + b },
        (Summation { terms: a, tail_bound: c }, Summation { terms: b, tail_bound: d }) => {
            Summation { terms: a + b, tail_bound: c + d }
        }
        (Data { observations: a }, Data { observations: b }) => Data { observations: a + b },
        (MonteCarlo { draws: a, .. } | QuasiMonteCarlo { draws: a, .. }, MonteCarlo { draws: b, .. })
        | (MonteCarlo { draws: a, .. } | QuasiMonteCarlo { draws: a, .. }, QuasiMonteCarlo { draws: b, .. }) => {
            if a <= b { first.clone() } else { second.clone() }
        }
        (random, _) | (_, random) if random.is_random() => random.clone(),
        _ => Derived,
    }
}
