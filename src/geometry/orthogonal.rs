//! Parameters that are orthogonal to a parameter of interest, in two dimensions.

use super::Manifold;
use super::runge_kutta::solve;
use crate::error::{Error, check_length};
use crate::expectation::Estimate;
use crate::model::{ClosedForm, CoordinateMap, Domain, Fixed, Parameter, described};
use crate::scalar::Scalar;

/// How much a step may err, and how much for a second opinion.
const TOLERANCES: [f64; 2] = [1e-13, 1e-10];

/// Follows the curve through a point of a family of two parameters along which a nuisance parameter that is orthogonal to the parameter of
/// interest stays the same, and gives the value of the other parameter where that of interest is `to`:
///
/// ```math
/// \frac{d\lambda}{d\psi} = -\frac{I_{\psi\lambda}}{I_{\lambda\lambda}}
/// ```
///
/// with the parameter of interest ψ = `point[interest]` and λ the other one. Along such a curve λ is the most likely one for each ψ, if the
/// data are many and came from any point of it. The error is what a coarser solution differs by.
///
/// ```
/// use fisher_information::{distributions::Gamma, geometry::{FisherMetric, orthogonal_curve}};
///
/// // The mean α/β of a gamma distribution is orthogonal to the shape α.
/// let rate = orthogonal_curve(&FisherMetric::of(&Gamma), &[2.0, 0.5], 0, 6.0)?;
/// assert!((rate.value - 1.5).abs() <= rate.error);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Cox and Reid, Parameter orthogonality and approximate conditional inference, *J. R. Statist. Soc.* B 49 (1987), 1–39, eq. (4).
///
/// # Errors
/// - A point outside the domain; [`Error::LengthMismatch`] unless there are two parameters and `interest` is 0 or 1.
/// - [`Error::ParameterOutsideDomain`] if `to` is.
/// - [`Error::ValueNotTaken`] if the curve leaves the domain before.
pub fn orthogonal_curve<M: Manifold + ?Sized>(
    manifold: &M,
    point: &[f64],
    interest: usize,
    to: f64,
) -> Result<Estimate, Error> {
    let parameters = manifold.coordinates(point)?;
    check_length("parameters, one of interest and one other", 2, parameters.len())?;
    check_length("parameters of interest that there are", 1, usize::from(interest < 2))?;
    let other = 1 - interest;
    parameters[interest].check(to)?;
    let slope = |psi: f64, lambda: f64| {
        let at = if interest == 0 { [psi, lambda] } else { [lambda, psi] };
        let metric = manifold.metric(&at).ok()?.matrix;
        Some(-metric[(0, 1)] / metric[(other, other)])
    };
    let solved = TOLERANCES.map(|tolerance| solve([point[interest], to], point[other], tolerance, slope));
    let [Some(value), Some(coarse)] = solved else {
        return Err(Error::ValueNotTaken {
            function: parameters[interest].name.to_string(),
            value: to,
            parameter: parameters[other].name.to_string(),
            theta: point.to_vec(),
        });
    };
    parameters[other].check(value)?;
    Ok(Estimate::new(value, (value - coarse).abs() + 8.0 * f64::EPSILON * value.abs()))
}

/// Coordinates (ψ, φ) of a model of two parameters (ψ, λ), in which φ is orthogonal to the parameter of interest ψ:
///
/// ```math
/// \frac{\partial \lambda(\psi, \varphi)}{\partial \psi} = -\frac{I_{\psi\lambda}}{I_{\lambda\lambda}}, \qquad
/// \lambda(\psi_0, \varphi) = \varphi, \qquad I_{\psi\varphi} = 0
/// ```
///
/// φ is the value that λ has on the curve through a point where ψ = ψ₀. The curve is followed by a Runge–Kutta method in whatever number type,
/// so scores and Hessians in (ψ, φ) are right to the errors of the curve, and the estimate of φ hardly moves when another ψ is assumed.
/// Where the curve leaves the domain the coordinates are NaN.
///
/// ```
/// use fisher_information::{distributions::Weibull, geometry::Orthogonal, prelude::*};
///
/// let orthogonal = Reparametrised::new(Weibull, Orthogonal::new(Weibull, 0, 1.0)?);
/// let information = expected(&orthogonal, &[2.5, 3.0])?;
/// assert!(information.matrix()[(0, 1)].abs() < 1e-11);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Cox and Reid, Parameter orthogonality and approximate conditional inference, *J. R. Statist. Soc.* B 49 (1987), 1–39.
#[derive(Clone, Debug)]
pub struct Orthogonal<M> {
    model: M,
    interest: usize,
    reference: f64,
    /// Of the other parameter.
    domain: Domain,
}

impl<M: ClosedForm<Parameters = Fixed<2>>> Orthogonal<M> {
    /// With the parameter of interest number 0 or 1, and its value ψ₀ at which the other keeps its own.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if there is no such parameter; [`Error::ParameterOutsideDomain`] if ψ₀ is.
    pub fn new(model: M, interest: usize, reference: f64) -> Result<Self, Error> {
        check_length("parameters of interest that there are", 1, usize::from(interest < 2))?;
        let parameters = described(model.parameters(), 2);
        parameters[interest].check(reference)?;
        Ok(Self { model, interest, reference, domain: parameters[1 - interest].domain })
    }

    /// The parameter of interest and the other one in the order of the model, or back.
    fn ordered<D: Copy>(&self, [interest, other]: [D; 2]) -> [D; 2] {
        if self.interest == 0 { [interest, other] } else { [other, interest] }
    }

    /// λ where ψ = `to`, on the curve through the point with ψ = `from` and this λ.
    fn follow<D: Scalar>(&self, [from, to]: [D; 2], lambda: D) -> D {
        let slope = |psi: D, lambda: D| {
            let inside = self.domain.contains(lambda.re());
            let metric = inside.then(|| self.model.information(&self.ordered([psi, lambda])))?;
            let other = 1 - self.interest;
            Some(-metric[0][1] / metric[other][other])
        };
        solve([from, to], lambda, TOLERANCES[0], slope).unwrap_or(D::from(f64::NAN))
    }
}

impl<M: ClosedForm<Parameters = Fixed<2>>> CoordinateMap<Fixed<2>> for Orthogonal<M> {
    fn map<D: Scalar>(&self, coordinates: &[D; 2]) -> [D; 2] {
        let [psi, phi] = self.ordered(*coordinates);
        self.ordered([psi, self.follow([D::from(self.reference), psi], phi)])
    }

    fn parameters(&self, mut original: Vec<Parameter>) -> Vec<Parameter> {
        let interest = original.get(self.interest).map(|parameter| parameter.name.clone()).unwrap_or_default();
        if let Some(other) = original.get_mut(1 - self.interest) {
            other.name = format!("{} where {interest} is {}", other.name, self.reference).into();
            other.symbol = "φ".into();
        }
        original
    }

    fn inverse(&self, theta: &[f64; 2]) -> Option<[f64; 2]> {
        let [psi, lambda] = self.ordered(*theta);
        let phi = self.follow([psi, self.reference], lambda);
        phi.is_finite().then(|| self.ordered([psi, phi]))
    }
}
