//! What a new observation may be, given a fit.

use super::interval::{End, Interval};
use super::inversion::{self, Tail};
use super::quantile_of::tails;
use super::quantiles::check_level;
use super::wald;
use crate::error::Error;
use crate::inference::Fit;
use crate::inference::coordinates::Coordinates;
use crate::information::Covariance;
use crate::model::{
    DistributionFunction, LogLikelihood, Observations, OwnedTheta, ParameterSpace, SampleSpace, Stream, Support,
};
use nalgebra::{DMatrix, DVector, SymmetricEigen};
use rand::SeedableRng;
use rand_distr::{Distribution, StandardNormal};
use std::borrow::Borrow;

/// The distribution of a new observation: that of the model at θ̂ ([`Fit::plug_in`]), or its average over what θ may be
/// ([`Fit::predictive`]).
///
/// ```math
/// \bar F(x) = \int F(x; \theta)\, \phi(\varphi; \hat\varphi, \Sigma_\varphi)\, d\varphi
/// ```
///
/// with φ for the coordinates without bounds of the parameters, which are taken to be normal about their estimates. A plug-in interval
/// forgets that θ̂ is not the truth: its coverage falls short by a multiple of 1/n.
///
/// Source: Barndorff-Nielsen and Cox, *Prediction and asymptotics*, Bernoulli 2 (1996), doi:10.3150/bj/1178291719.
pub struct Predictive<'m, M: LogLikelihood> {
    model: &'m M,
    /// Parameters with their weights, which sum to 1.
    nodes: Vec<(OwnedTheta<M, f64>, f64)>,
}

impl<'m, M, D> Fit<'m, M, D>
where
    M: DistributionFunction<Observation = f64> + SampleSpace,
    D: Observations<f64> + ?Sized,
{
    /// The distribution of a new observation as if θ̂ were the truth.
    ///
    /// # Errors
    /// [`Error::ParameterCount`] if the model changes its number of parameters.
    pub fn plug_in(&self) -> Result<Predictive<'m, M>, Error> {
        Ok(Predictive { model: self.model(), nodes: vec![(M::Parameters::from_slice(self.estimates())?, 1.0)] })
    }

    /// The distribution of a new observation, averaged over the asymptotic distribution of the estimator: by Gauss–Hermite quadrature for
    /// up to three parameters, by 4096 draws for more.
    ///
    /// ```
    /// use fisher_information::{distributions::Normal, inference::maximum_likelihood};
    ///
    /// let fit = maximum_likelihood(&Normal, &[1.0, 3.0, 1.0, 3.0])?;
    /// let [certain, uncertain] = [fit.plug_in()?, fit.predictive(&fit.covariance()?)?];
    /// assert!((certain.interval(0.95)?.ends()[1] - (2.0 + 1.959963984540054)).abs() < 1e-9);
    /// assert!(uncertain.interval(0.95)?.ends()[1] > 4.4);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::NamesDiffer`] if the covariance is that of other parameters; [`Error::ParametersOutsideDomain`] if the model refuses
    /// parameters that the average needs; [`Error::FormulaNotFinite`] if an estimate is so near to a bound that its coordinate has no
    /// covariance.
    pub fn predictive(&self, covariance: &Covariance) -> Result<Predictive<'m, M>, Error> {
        let nodes = match self.estimates().len() {
            1 => hermite(40),
            2 => product(&hermite(20), 2),
            3 => product(&hermite(10), 3),
            length => draws(length, DRAWS, 0),
        };
        self.averaged(covariance, nodes)
    }

    /// The same by so many seeded draws, in antithetic pairs.
    ///
    /// # Errors
    /// Those of [`predictive`](Self::predictive); [`Error::TooFewDraws`].
    pub fn predictive_by_draws(
        &self,
        covariance: &Covariance,
        count: usize,
        seed: u64,
    ) -> Result<Predictive<'m, M>, Error> {
        if count < 2 {
            return Err(Error::TooFewDraws { draws: count, needed: 2 });
        }
        self.averaged(covariance, draws(self.estimates().len(), count, seed))
    }

    /// The average over the images of standard normal nodes.
    fn averaged(&self, covariance: &Covariance, nodes: Vec<(DVector<f64>, f64)>) -> Result<Predictive<'m, M>, Error> {
        wald::check_names(self.names(), covariance)?;
        let coordinates = Coordinates::of(self.parameters().iter().map(|parameter| parameter.domain));
        let centre = DVector::from_vec(coordinates.of_parameters(self.estimates()));
        let slope = |i: usize| coordinates.get(i).slopes(self.estimates()[i]).0;
        let size = centre.len();
        let sigma = DMatrix::from_fn(size, size, |i, j| covariance.matrix()[(i, j)] / slope(i) / slope(j));
        let not_finite =
            |value| Error::FormulaNotFinite { quantity: "the covariance in coordinates without bounds", value };
        if let Some(&value) = sigma.iter().find(|entry| !entry.is_finite()) {
            return Err(not_finite(value));
        }
        let eigen = SymmetricEigen::try_new(sigma, f64::EPSILON, SWEEPS * size).ok_or(not_finite(f64::NAN))?;
        let root = eigen.eigenvectors * DMatrix::from_diagonal(&eigen.eigenvalues.map(|value| value.max(0.0).sqrt()));
        let node = |(z, weight): (DVector<f64>, f64)| {
            let theta = coordinates.parameters((&centre + &root * z).as_slice());
            let theta: OwnedTheta<M, f64> = M::Parameters::from_slice(&theta)?;
            self.model().check(theta.borrow())?;
            Ok((theta, weight))
        };
        let nodes = nodes.into_iter().map(node).collect::<Result<_, Error>>()?;
        Ok(Predictive { model: self.model(), nodes })
    }
}

impl<M: DistributionFunction<Observation = f64> + SampleSpace> Predictive<'_, M> {
    /// F̄(x).
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.tails(x)[0]
    }

    /// 1 − F̄(x), accurate in the upper tail.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        self.tails(x)[1]
    }

    /// The smallest x with F̄(x) ≥ p.
    ///
    /// # Errors
    /// [`Error::InvalidLevel`] if p is not between 0 and 1; [`Error::FormulaNotFinite`] if the distribution function is NaN;
    /// [`Error::Unsupported`] for a support that is neither an interval nor integers.
    pub fn quantile(&self, probability: f64) -> Result<f64, Error> {
        self.at(Tail::of(probability)?)
    }

    /// The interval that leaves (1 − level)/2 of the distribution on either side, about the median. It is one for the new observation; for
    /// integers it holds at least as much as the level says.
    ///
    /// # Errors
    /// Those of [`quantile`](Self::quantile).
    pub fn interval(&self, level: f64) -> Result<Interval, Error> {
        let rest = 0.5 * (1.0 - check_level(level)?);
        Ok(Interval {
            name: "observation".to_owned(),
            estimate: self.at(Tail::Lower(0.5))?,
            lower: End::At(self.at(Tail::Lower(rest))?),
            upper: End::At(self.at(Tail::Upper(rest))?),
            level,
        })
    }

    fn at(&self, tail: Tail) -> Result<f64, Error> {
        inversion::quantile(tail, &self.support()?, |x| self.tails(x))
    }

    /// F̄ and 1 − F̄.
    fn tails(&self, x: f64) -> [f64; 2] {
        self.nodes.iter().fold([0.0, 0.0], |[below, above], (theta, weight)| {
            let [one, other] = tails(self.model, theta.borrow(), x);
            [below + weight * one, above + weight * other]
        })
    }

    /// The union of the supports at all nodes.
    fn support(&self) -> Result<Support, Error> {
        let mut supports = self.nodes.iter().map(|(theta, _)| self.model.support(theta.borrow()));
        let none = Error::Unsupported { method: "a prediction", needs: "an interval or integers as support" };
        let first = supports.next().ok_or(none.clone())?;
        supports.try_fold(first, |union, next| match (union, next) {
            (Support::Interval { lower, upper }, Support::Interval { lower: low, upper: high }) => {
                Ok(Support::Interval { lower: lower.min(low), upper: upper.max(high) })
            }
            (Support::Integers { lower, upper }, Support::Integers { lower: low, upper: high }) => {
                Ok(Support::Integers { lower: lower.min(low), upper: upper.max(high) })
            }
            _ => Err(none.clone()),
        })
    }
}

/// The Gauss–Hermite rule for the standard normal distribution, from the eigenvalues of the matrix of its recurrence.
///
/// Source: Golub and Welsch, *Calculation of Gauss quadrature rules*, Math. Comp. 23 (1969), doi:10.1090/S0025-5718-69-99647-1.
#[allow(clippy::cast_precision_loss)] // a few dozen points
fn hermite(points: usize) -> Vec<(DVector<f64>, f64)> {
    let entry = |i: usize, j: usize| if i.abs_diff(j) == 1 { (i.max(j) as f64).sqrt() } else { 0.0 };
    let eigen = SymmetricEigen::new(DMatrix::from_fn(points, points, entry));
    let weight = |k: usize| eigen.eigenvectors[(0, k)].powi(2);
    (0..points).map(|k| (DVector::from_element(1, eigen.eigenvalues[k]), weight(k))).collect()
}

/// The product of a rule with itself.
fn product(rule: &[(DVector<f64>, f64)], dimensions: usize) -> Vec<(DVector<f64>, f64)> {
    let mut nodes = vec![(DVector::zeros(dimensions), 1.0)];
    for dimension in 0..dimensions {
        nodes = nodes
            .iter()
            .flat_map(|(z, weight)| {
                rule.iter().map(move |(node, own)| {
                    let mut z = z.clone();
                    z[dimension] = node[0];
                    (z, weight * own)
                })
            })
            .collect();
    }
    nodes
}

/// Standard normal vectors, each with its negative.
#[allow(clippy::cast_precision_loss)] // counts of draws
fn draws(length: usize, count: usize, seed: u64) -> Vec<(DVector<f64>, f64)> {
    let mut stream = Stream::seed_from_u64(seed);
    let pairs = count.div_ceil(2);
    let weight = 0.5 / pairs as f64;
    (0..pairs)
        .flat_map(|_| {
            let z = DVector::from_fn(length, |_, _| StandardNormal.sample(&mut stream));
            [(z.clone(), weight), (-z, weight)]
        })
        .collect()
}

/// Far more than the two or three iterations that an eigenvalue takes.
const SWEEPS: usize = 100;

/// Draws for more parameters than a product of rules can serve.
const DRAWS: usize = 4096;
