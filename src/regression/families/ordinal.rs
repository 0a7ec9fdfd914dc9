//! Ordered classes.

use super::{BinaryLink, only};
use crate::derivatives::packed_index;
use crate::error::Error;
use crate::model::{Capabilities, Dynamic, LogLikelihood, Observations, Parameter, SampleSpace, Sampler, Support};
use crate::regression::{Covariates, Regression};
use crate::scalar::{Scalar, SecondOrder};
use num_dual::Dual2SVec;

/// One of J ordered classes 0, 1, …, J − 1: a number with the distribution function F(z − η), seen only between the cut points
/// c₁ < c₂ < … < c_{J−1} (cumulative link).
///
/// ```math
/// P(y \le j) = F(c_{j+1} - \eta),
/// \qquad
/// \ell = \ln\bigl(F(c_{y+1} - \eta) - F(c_y - \eta)\bigr), \quad c_0 = -\infty,\ c_J = \infty
/// ```
///
/// The parameters are η and the cut points. A positive coefficient raises the class.
#[derive(Clone, Copy, Debug)]
pub struct Ordinal {
    curve: BinaryLink,
    cuts: usize,
}

impl Ordinal {
    /// A response of so many ordered classes.
    ///
    /// # Errors
    /// [`Error::Unsupported`] of fewer than two.
    pub fn new(curve: BinaryLink, classes: usize) -> Result<Self, Error> {
        match classes.checked_sub(1) {
            None | Some(0) => Err(Error::Unsupported { method: "an ordinal response", needs: "two classes or more" }),
            Some(cuts) => Ok(Self { curve, cuts }),
        }
    }

    /// How many classes there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.cuts + 1
    }

    /// The class that y is the number of.
    #[inline]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // checked to be a class
    fn class(&self, y: f64) -> Option<usize> {
        (y >= 0.0 && y.fract() == 0.0 && y <= self.cuts as f64).then_some(y as usize)
    }

    /// ln(F(upper) − F(lower)), from the tail in which the difference loses fewer digits.
    #[inline(always)]
    fn ln_between<D: Scalar>(self, lower: Option<D>, upper: Option<D>) -> D {
        match (lower, upper) {
            (None, None) => D::from(0.0),
            (None, Some(upper)) => self.curve.logarithms(upper)[0],
            (Some(lower), None) => self.curve.logarithms(lower)[1],
            (Some(lower), Some(upper)) => {
                let ([below, _], [_, above]) = (self.curve.logarithms(upper), self.curve.logarithms(lower));
                let (whole, part) = if below < above {
                    (below, self.curve.logarithms(lower)[0])
                } else {
                    (above, self.curve.logarithms(upper)[1])
                };
                whole + (part - whole).ln_1m_exp()
            }
        }
    }

    /// The numbers of the cut points below and above a class, counted from 0.
    #[inline]
    fn ends(self, class: usize) -> [Option<usize>; 2] {
        [class.checked_sub(1), Some(class).filter(|&class| class < self.cuts)]
    }
}

/// Ordinal regression for so many classes: P(y ≤ j) = F(cⱼ₊₁ − xᵀβ), proportional odds for [`BinaryLink::Logit`]. The columns hold no
/// intercept, since the cut points do what it would; the response is the number of the class.
///
/// ```
/// use fisher_information::prelude::LogLikelihood;
/// use fisher_information::regression::{Covariates, BinaryLink, ordinal};
///
/// let model = ordinal(BinaryLink::Logit, 3, &Covariates::named(["x"])?)?;
/// assert!((model.ln_likelihood(&[1.0, 2.0, 3.0], &[2.0, 0.0]) - 0.5_f64.ln()).abs() < 1e-15);
/// assert!(model.check(&[1.0, 3.0, 2.0]).is_err());                  // the cut points are not in order
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: McCullagh, *Regression models for ordinal data*, J. R. Statist. Soc. B 42 (1980), 109–142.
///
/// # Errors
/// [`Error::Unsupported`] of fewer than two classes, with an offset or with an intercept; [`Error::LengthMismatch`] of more than one set of
/// columns.
pub fn ordinal(curve: BinaryLink, classes: usize, covariates: &Covariates) -> Result<Regression<Ordinal>, Error> {
    let (family, columns) = (Ordinal::new(curve, classes)?, only(covariates)?);
    if columns.intercept().is_some() {
        return Err(Error::Unsupported { method: "ordinal regression", needs: "columns without an intercept" });
    }
    Regression::of_one_design(family, 1, family.cuts, columns)
}

impl LogLikelihood for Ordinal {
    type Parameters = Dynamic;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, theta: &[D], y: &D) -> D {
        let Some(class) = self.class(y.re()).filter(|_| theta.len() == self.count()) else {
            return D::from(f64::NEG_INFINITY);
        };
        let [lower, upper] = self.ends(class).map(|cut| cut.map(|cut| theta[1 + cut] - theta[0]));
        self.ln_between(lower, upper)
    }

    fn parameters(&self) -> Vec<Parameter> {
        let cut = |j: usize| Parameter::real(format!("cut {}|{j}", j - 1)).symbol(format!("c{j}"));
        std::iter::once(Parameter::real("location").symbol("η")).chain((1..=self.cuts).map(cut)).collect()
    }

    /// That the cut points are in increasing order.
    fn check(&self, theta: &[f64]) -> Result<(), Error> {
        match theta.windows(2).skip(1).position(|pair| pair[0] >= pair[1]) {
            None => Ok(()),
            Some(j) => Err(Error::ParametersOutsideDomain {
                names: self.parameters()[j + 1..j + 3].iter().map(|cut| cut.name.clone().into_owned()).collect(),
                values: theta[j + 1..j + 3].to_vec(),
                condition: "they are not in increasing order".into(),
            }),
        }
    }

    /// Location 0, and the cut points at the shares of the classes, each counted half an observation more than there are.
    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<Vec<f64>> {
        let mut counts = vec![0.5; self.count()];
        for index in 0..data.count() {
            if let Some(class) = self.class(*data.get(index)) {
                counts[class] += data.weight(index);
            }
        }
        let (total, mut sum) = (counts.iter().sum::<f64>(), 0.0);
        let cuts = counts[..self.cuts].iter().map(|count| {
            sum += count;
            self.curve.inverse(sum / total)
        });
        Some(std::iter::once(0.0).chain(cuts).collect())
    }

    /// At most three of the parameters matter: η and the two cut points.
    #[inline(always)]
    fn second_order(&self, theta: &[f64], &y: &f64, score: &mut [f64], hessian: &mut [f64]) -> Option<f64> {
        let ends = self.ends(self.class(y)?);
        let seed = |value: f64, slot| Dual2SVec::<f64, 3>::seed(value, Some(slot), Some(slot));
        let eta = seed(theta[0], 0);
        let [lower, upper] = [0, 1].map(|side| ends[side].map(|cut| seed(theta[1 + cut], 1 + side) - eta));
        let jet = self.ln_between(lower, upper);
        score.fill(0.0);
        hessian.fill(0.0);
        let places = [Some(0), ends[0].map(|cut| cut + 1), ends[1].map(|cut| cut + 1)];
        for (slot, place) in places.into_iter().enumerate() {
            let Some(place) = place else { continue };
            score[place] = jet.first(slot);
            for (other_slot, other) in places[..=slot].iter().enumerate() {
                if let Some(other) = other {
                    hessian[packed_index(place, *other)] = jet.second(slot, other_slot);
                }
            }
        }
        Some(jet.re)
    }
}

impl SampleSpace for Ordinal {
    fn support(&self, _: &[f64]) -> Support {
        #[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ classes
        Support::Integers { lower: 0.0, upper: self.cuts as f64 }
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().sampler()
    }
}

impl Sampler for Ordinal {
    #[allow(clippy::cast_precision_loss)]
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64], rng: &mut R) -> f64 {
        let u: f64 = rand_distr::Distribution::sample(&rand_distr::Open01, rng);
        let z = theta[0] + self.curve.inverse(u);
        theta[1..].iter().filter(|&&cut| cut < z).count() as f64
    }
}
