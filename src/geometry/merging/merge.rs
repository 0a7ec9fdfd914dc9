//! Averages of estimates, weighted by their information.

use super::expert::in_expert;
use super::experts::{Experts, Source, check_finite};
use super::linear::{bound, generalised_inverse, leak};
use super::pooling::Pooling;
use crate::error::{Error, check_length, place_of};
use crate::expectation::{Estimate, Provenance};
use crate::information::Covariance;
use nalgebra::{DMatrix, DVector};
use std::fmt;

/// A point of the parameters made of the estimates of several experts.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Merge {
    /// What was used of the information matrices.
    pub pooling: Pooling,
    /// The p names of the parameters.
    pub names: Vec<String>,
    /// The p merged estimates. The errors are what those of the information matrices do to them, and rounding.
    pub estimates: Vec<Estimate>,
    /// The covariance of the merged estimates if every expert has the covariance that its information says, whatever was used of
    /// it: Σ WₖFₖ⁻¹Wₖᵀ of the average Σ Wₖθ̂ₖ. With `Full` and weights of 1 that is (Σ Fₖ)⁻¹, which no other pooling is below.
    pub covariance: Covariance,
}

impl Merge {
    /// The merged estimate of one parameter.
    ///
    /// # Errors
    /// [`Error::UnknownParameter`].
    pub fn get(&self, name: &str) -> Result<Estimate, Error> {
        Ok(self.estimates[place_of(name, &self.names)?])
    }

    /// The merged estimates as numbers, in the order of the parameters.
    #[must_use]
    pub fn theta(&self) -> Vec<f64> {
        self.estimates.iter().map(|estimate| estimate.value).collect()
    }
}

/// The estimates with their standard errors.
impl fmt::Display for Merge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.covariance.estimates(&self.theta()) {
            Ok(table) => table.fmt(f),
            Err(reason) => reason.fmt(f),
        }
    }
}

impl Experts {
    /// The precision-weighted average of the experts (and of the base, if there is one),
    ///
    /// ```math
    /// \bar\theta = \Bigl(\sum_k B_k\Bigr)^{-1} \sum_k B_k\, \hat\theta_k
    /// ```
    ///
    /// where Bₖ is what the pooling uses of λₖFₖ. With [`Pooling::Full`] it is where the sum of the quadratic log-likelihoods is
    /// highest, in any linear coordinates; with the others it depends on the coordinates.
    ///
    /// Parameters that are not free to be any number should be merged in coordinates that are, ln σ instead of σ: the average of positive
    /// numbers with matrices as weights need not be positive, and quadratics fit better there.
    ///
    /// Sources: Lin and Xi, *Aggregated estimating equation estimation*, Stat. Interface 4 (2011), 73–83 (shards of data);
    /// Matena and Raffel (2022) (networks, with diagonals of the information).
    ///
    /// # Errors
    /// - [`Error::Singular`], naming the directions along which the experts together know nothing.
    /// - [`Error::InExpert`] around it if an expert's own information is singular along a direction in which the pooling takes its estimates
    ///   at face value all the same.
    /// - [`Error::UnknownParameter`], [`Error::RepeatedName`], [`Error::NotInAGroup`], [`Error::LengthMismatch`] of groups.
    /// - [`Error::EntryNotFinite`], [`Error::EstimateNotFinite`] of sums that overflow.
    pub fn merge(&self, pooling: &Pooling) -> Result<Merge, Error> {
        let sources = self.sources();
        let count = |i: usize| sources.iter().filter(|source| source.places.contains(&i)).count().max(1);
        let zero = DVector::zeros(self.names().len());
        let sum = sources.iter().fold(zero.clone(), |sum, source| sum + source.estimates(&zero));
        #[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ experts
        let middle = DVector::from_fn(zero.len(), |i, _| sum[i] / count(i) as f64);
        self.average(pooling, &sources, &middle, &vec![1.0; sources.len()])
    }

    /// From a point θ₀, a base that the experts have moved from, a step along the natural gradient of each of them:
    ///
    /// ```math
    /// \theta_0 + \Bigl(\sum_k B_k\Bigr)^{-1} \sum_k c_k\, B_k\, (\hat\theta_k - \theta_0)
    /// ```
    ///
    /// Fₖ(θ̂ₖ − θ₀) is the score of expert k at θ₀, and the summed information the metric in which the scores are combined. At scales cₖ of 1
    /// this is the [merge](Self::merge), from wherever one starts; scales below 1 go part of the way, above 1 beyond it, and below 0 away from an
    /// expert. With [`Pooling::Uniform`] it is task arithmetic (Ilharco et al. 2023). A [base](Self::with_base) of the experts has scale 1 and
    /// pulls towards itself; the covariance takes θ₀ as given.
    ///
    /// # Errors
    /// Those of [`merge`](Self::merge); [`Error::LengthMismatch`] unless there is a scale for each expert, [`Error::InExpert`] around
    /// [`Error::FormulaNotFinite`] of a scale; [`Error::EstimateNotFinite`] of θ₀.
    pub fn step(&self, from: &[f64], scales: &[f64], pooling: &Pooling) -> Result<Merge, Error> {
        let from = self.point("parameters to step from", from)?;
        check_length("scales", self.experts().len(), scales.len())?;
        for (expert, &value) in self.experts().iter().zip(scales) {
            if !value.is_finite() {
                return Err(in_expert(expert.label(), Error::FormulaNotFinite { quantity: "the scale", value }));
            }
        }
        let counted = scales.iter().zip(self.weights()).filter(|(_, weight)| **weight > 0.0).map(|(scale, _)| *scale);
        let scales: Vec<f64> = counted.chain(self.base().map(|_| 1.0)).collect();
        self.average(pooling, &self.sources(), &from, &scales)
    }

    /// θ₀ + (ΣB)⁻¹ Σ c B(θ̂ − θ₀).
    fn average(
        &self,
        pooling: &Pooling,
        sources: &[Source<'_>],
        from: &DVector<f64>,
        scales: &[f64],
    ) -> Result<Merge, Error> {
        let names = self.names();
        let groups = pooling.groups(names)?;
        let total = self.total(sources, pooling)?;
        let inverse = total.inverse()?;
        let used: Vec<_> =
            sources.iter().map(|source| source.used(pooling, &groups, names)).collect::<Result<_, _>>()?;
        let moves: Vec<_> =
            sources.iter().zip(scales).map(|(source, &scale)| (source.estimates(from) - from) * scale).collect();

        // Σ B(c(θ̂ − θ₀) − x), whose root is the step x: solved once, and once more for what rounding has left.
        let residual = |x: &DVector<f64>| {
            let terms = used.iter().zip(sources).zip(&moves);
            terms.fold(DVector::zeros(x.len()), |sum, ((b, source), moved)| {
                sum + b.matrix() * (moved - x) * source.weight
            })
        };
        let mut step = DVector::zeros(names.len());
        for _ in 0..2 {
            step += inverse.matrix() * residual(&step);
        }

        // With other B + Δ the root differs by (ΣB + Δ)⁻¹ Σ Δ(c(θ̂ − θ₀) − x).
        let largest = inverse.matrix().abs() + inverse.error();
        #[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ terms
        let rounding = (names.len() + sources.len() + 3) as f64 * f64::EPSILON;
        let doubt =
            used.iter().zip(sources).zip(&moves).fold(DVector::zeros(step.len()), |sum, ((b, source), moved)| {
                let distance = (moved - &step).abs();
                let blurred = (moved.abs() + step.abs() + from.abs()) * f64::EPSILON;
                let entries = bound(b.error(), &distance) + b.matrix().abs() * (distance * rounding + blurred);
                sum + entries * source.weight
            });
        let error = bound(&largest, &doubt);
        let estimate = |i: usize| {
            let value = from[i] + step[i];
            Estimate::new(value, error[i] + f64::EPSILON * value.abs())
        };
        let estimates: Vec<Estimate> = (0..names.len()).map(estimate).collect();
        check_finite(names, estimates.iter().map(|estimate| estimate.value))?;

        let covariance = if *pooling == Pooling::Full {
            self.full_covariance(sources, scales, inverse)?
        } else {
            self.covariance_of_average(sources, scales, inverse.matrix(), &used)?
        };
        Ok(Merge { pooling: pooling.clone(), names: names.to_vec(), estimates, covariance })
    }

    /// With V = Σ (cλ)²F, the covariance of Σ cλFθ̂, it is (ΣλF)⁻¹ V (ΣλF)⁻¹: the inverse itself if c = λ = 1.
    fn full_covariance(
        &self,
        sources: &[Source<'_>],
        scales: &[f64],
        inverse: Covariance,
    ) -> Result<Covariance, Error> {
        let factors = || sources.iter().zip(scales).map(|(source, scale)| scale * source.weight);
        if factors().all(|factor| factor == 1.0) {
            return Ok(inverse);
        }
        let groups = vec![0; self.names().len()];
        let size = self.names().len();
        let (mut matrix, mut error) = (DMatrix::zeros(size, size), DMatrix::zeros(size, size));
        for (source, factor) in sources.iter().zip(factors()) {
            let own = source.used(&Pooling::Full, &groups, self.names())?;
            matrix += own.matrix() * (factor * factor);
            error += own.error() * (factor * factor);
        }
        let error = error + matrix.abs() * f64::EPSILON * 4.0;
        let summed = Covariance::new(self.names(), matrix, error, inverse.provenance().clone())?;
        summed.change_of_coordinates(inverse.matrix(), self.names())
    }

    /// Σ WF⁻¹Wᵀ with W = (ΣB)⁻¹ c λ B. Where F is singular, B must be so too, or else the average depends on what nobody knows.
    fn covariance_of_average(
        &self,
        sources: &[Source<'_>],
        scales: &[f64],
        inverse: &DMatrix<f64>,
        used: &[super::linear::Curvature],
    ) -> Result<Covariance, Error> {
        let size = self.names().len();
        let (mut matrix, mut error) = (DMatrix::zeros(size, size), DMatrix::zeros(size, size));
        let mut provenance = Provenance::Derived;
        for ((source, scale), used) in sources.iter().zip(scales).zip(used) {
            let own = source.expert.curvature();
            let columns = DMatrix::from_fn(size, source.places.len(), |i, j| used.matrix()[(i, source.places[j])]);
            let weights = inverse * columns * (scale * source.weight);
            let of_expert = match own.inverse() {
                Ok(covariance) => covariance,
                Err(reason) => {
                    let spectrum = own.spectrum();
                    let leaks = |row: usize| leak(&spectrum, &weights.row(row).transpose()) > FACE_VALUE;
                    if (0..size).any(leaks) {
                        return Err(in_expert(source.expert.label(), reason));
                    }
                    let generalised = generalised_inverse(&spectrum);
                    let rounding = generalised.abs() * (4.0 * f64::EPSILON);
                    Covariance::new(own.names(), generalised, rounding, own.provenance().clone())?
                }
            };
            if of_expert.provenance().is_random() {
                provenance = of_expert.provenance().clone();
            }
            let share = of_expert.change_of_coordinates(&weights, self.names())?;
            matrix += share.matrix();
            error += share.error();
        }
        Covariance::new(self.names(), matrix, error, provenance)
    }
}

/// How large a share of a weight may lie along a null direction before it is more than rounding.
const FACE_VALUE: f64 = 1e-8;
