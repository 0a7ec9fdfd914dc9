//! Expectations of products of scores and Hessians, from which all connections and their curvatures are made.

use crate::derivatives::{Differentiator, packed_index, packed_length};
use crate::error::Error;
use crate::expectation::{Estimate, Method, Settings, Statistic, evaluate};
use crate::information::{MatrixEstimate, Regularity, ScoreMoments};
use crate::model::{Datum, LogLikelihood, Observation, ParameterSpace, SampleSpace, Theta, checked_parameters, names};
use std::borrow::Borrow;
use std::ops::Range;

/// Up to which products of (s, H) the expectations go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Order {
    /// E\[s sᵀ\] and −E\[H\]: the metric.
    Second,
    /// E\[H s\] and E\[s s s\] too: the connections.
    Third,
    /// E\[H H\] and E\[H s s\] too: their curvatures.
    Fourth,
}

/// The expectations at a point.
pub(super) struct ScoreProducts {
    pub moments: ScoreMoments,
    size: usize,
    /// E\[H s\], E\[s s s\], E\[H H\] and E\[H s s\], one after the other, as far as they were asked for.
    products: Vec<Estimate>,
}

impl ScoreProducts {
    /// Takes the expectations at θ.
    ///
    /// # Errors
    /// Those of the expectation; [`Error::NotNormalised`] and [`Error::NonRegular`] of a model that has no Fisher information, and
    /// [`Error::HessianFails`] of one whose Hessian misses a kink, if more than the metric is asked for.
    pub fn at<M: SampleSpace>(
        model: &M,
        theta: &Theta<M, f64>,
        order: Order,
        method: Method,
        settings: &Settings,
    ) -> Result<Self, Error> {
        let names = names(checked_parameters(model, theta)?);
        let statistic = Products::new(Differentiator::new(model, theta)?, order);
        let (mut found, used) = evaluate(model, theta, &statistic, None, method, settings)
            .map_err(|refusal| name_the_product(refusal, &names))?;
        if let Some(used) = used {
            used.add_rounding(model, &mut found.values)?;
        }
        let size = names.len();
        let products = found.values.split_off(size + 2 * packed_length(size));
        let moments = ScoreMoments::of(model, theta, names, found);
        let _regular = moments.information()?;
        if order > Order::Second
            && let Regularity::HessianFails { row, column, outer_product, hessian } = moments.regularity()
        {
            return Err(Error::HessianFails {
                row,
                column,
                outer_product: outer_product.value,
                hessian: hessian.value,
            });
        }
        Ok(Self { moments, size, products })
    }

    /// The metric E\[s sᵀ\].
    pub fn metric(&self) -> &MatrixEstimate {
        &self.moments.outer_product
    }

    /// E\[Hᵢⱼ sₖ\]
    pub fn hessian_score(&self, i: usize, j: usize, k: usize) -> Estimate {
        self.products[pair(i, j) * self.size + k]
    }

    /// E\[sᵢ sⱼ sₖ\]
    pub fn cubic(&self, i: usize, j: usize, k: usize) -> Estimate {
        let offset = packed_length(self.size) * self.size;
        self.products[offset + pair(i, j) * self.size + k]
    }

    /// E\[Hᵢⱼ Hₖₗ\]
    pub fn hessians(&self, i: usize, j: usize, k: usize, l: usize) -> Estimate {
        let pairs = packed_length(self.size);
        self.products[2 * pairs * self.size + pair(i, j) * pairs + pair(k, l)]
    }

    /// E\[Hᵢⱼ sₖ sₗ\]
    pub fn hessian_scores(&self, i: usize, j: usize, k: usize, l: usize) -> Estimate {
        let pairs = packed_length(self.size);
        self.products[2 * pairs * self.size + pairs * pairs + pair(i, j) * pairs + pair(k, l)]
    }
}

/// Where a symmetric pair of indices stands.
fn pair(i: usize, j: usize) -> usize {
    packed_index(i.max(j), i.min(j))
}

/// g(x) = (s, s sᵀ, −H, …): what [`ScoreMoments`] is made of, and products of higher order.
struct Products<'m, M: LogLikelihood> {
    at: Differentiator<'m, M>,
    order: Order,
    hessian: Vec<f64>,
    /// The highest log-density met, and where.
    peak: (f64, Vec<f64>),
}

impl<'m, M: LogLikelihood> Products<'m, M> {
    fn new(at: Differentiator<'m, M>, order: Order) -> Self {
        let hessian = vec![0.0; packed_length(at.length())];
        Self { at, order, hessian, peak: (f64::NEG_INFINITY, Vec::new()) }
    }

    /// Adds the rounding inside the model to the errors: what second differences show of it when θ is moved by a few units in the
    /// last place, at the highest point of the density that was met. A smooth function has none that small.
    fn add_rounding(&self, model: &M, values: &mut [Estimate]) -> Result<(), Error> {
        let Some(x) = M::Observation::from_coordinates(&self.peak.1) else { return Ok(()) };
        let theta = self.at.theta().as_ref();
        let at = |units: f64| -> Result<Vec<f64>, Error> {
            let moved = M::Parameters::build(theta.len(), |i| theta[i] + theta[i] * units * f64::EPSILON);
            let mut found = vec![0.0; values.len()];
            Products::new(Differentiator::unchecked(model, moved.borrow())?, self.order).evaluate(x, &mut found);
            Ok(found)
        };
        let here = at(0.0)?;
        let mut largest = vec![0.0_f64; values.len()];
        for units in [1.0, 2.0, 3.0] {
            let (below, above) = (at(-units)?, at(units)?);
            for (c, largest) in largest.iter_mut().enumerate() {
                let bend = (below[c] + above[c] - 2.0 * here[c]).abs();
                *largest = if bend.is_finite() { largest.max(bend) } else { *largest };
            }
        }
        for (value, rounding) in values.iter_mut().zip(largest) {
            value.error = value.error.max(2.0 * rounding);
        }
        Ok(())
    }
}

impl<M: LogLikelihood> Clone for Products<'_, M> {
    fn clone(&self) -> Self {
        Self { at: self.at.clone(), order: self.order, hessian: self.hessian.clone(), peak: self.peak.clone() }
    }
}

impl<M: LogLikelihood> Statistic<M> for Products<'_, M> {
    fn dimension(&self) -> usize {
        let (size, pairs) = (self.at.length(), self.hessian.len());
        let third = if self.order >= Order::Third { 2 * pairs * size } else { 0 };
        let fourth = if self.order >= Order::Fourth { 2 * pairs * pairs } else { 0 };
        size + 2 * pairs + third + fourth
    }

    fn evaluate(&mut self, x: &Datum<M, f64>, values: &mut [f64]) -> f64 {
        let pairs = self.hessian.len();
        let (score, values) = values.split_at_mut(self.at.length());
        let (outer, values) = values.split_at_mut(pairs);
        let (curvature, products) = values.split_at_mut(pairs);
        let hessian = &mut self.hessian;
        let ln_f = self.at.second(x, score, hessian);
        for i in 0..score.len() {
            for j in 0..=i {
                outer[packed_index(i, j)] = score[i] * score[j];
            }
        }
        curvature.iter_mut().zip(hessian.iter()).for_each(|(negative, entry)| *negative = -entry);
        let mut products = products.iter_mut();
        let mut write = |left: &[f64], right: &[f64]| {
            let all = left.iter().flat_map(|left| right.iter().map(move |right| left * right));
            // as many are taken from `products` as there are, and no more
            for product in all {
                if let Some(place) = products.next() {
                    *place = product;
                }
            }
        };
        if self.order >= Order::Third {
            write(hessian, score);
            write(outer, score);
        }
        if self.order >= Order::Fourth {
            write(hessian, hessian);
            write(hessian, outer);
        }
        if ln_f > self.peak.0 {
            self.peak.0 = ln_f;
            self.peak.1.clear();
            self.peak.1.extend_from_slice(M::Observation::coordinates(x));
        }
        ln_f
    }

    fn ln_density(&mut self, x: &Datum<M, f64>) -> f64 {
        self.at.value(x)
    }

    /// A score counts as its standard deviation, a Hessian entry as the product of two, a product as the product: so what is nothing but
    /// rounding is not integrated to ten digits.
    fn scales(&self, magnitudes: &mut [f64]) {
        let (size, pairs) = (self.at.length(), self.hessian.len());
        let score: Vec<f64> = (0..size).map(|i| magnitudes[size + packed_index(i, i)].sqrt()).collect();
        let mut unit = vec![0.0; pairs];
        for i in 0..size {
            for j in 0..=i {
                unit[packed_index(i, j)] = score[i] * score[j];
            }
        }
        magnitudes[..size].copy_from_slice(&score);
        magnitudes[size..size + pairs].copy_from_slice(&unit);
        magnitudes[size + pairs..size + 2 * pairs].copy_from_slice(&unit);
        let (third, fourth) = magnitudes[size + 2 * pairs..].split_at_mut(match self.order {
            Order::Second => 0,
            _ => 2 * pairs * size,
        });
        for (place, scale) in third.iter_mut().enumerate() {
            *scale = scale.max(unit[place / size % pairs] * score[place % size]);
        }
        for (place, scale) in fourth.iter_mut().enumerate() {
            *scale = scale.max(unit[place / pairs % pairs] * unit[place % pairs]);
        }
    }

    fn controls(&self) -> Range<usize> {
        0..self.at.length()
    }
}

/// Says which product a component of the statistic is.
fn name_the_product(refusal: Error, names: &[String]) -> Error {
    match refusal {
        Error::Divergent { component: Some(component), at } => {
            Error::DivergentMoment { moment: product(component, names), at }
        }
        Error::StatisticNotFinite { component, at, value } => {
            Error::MomentNotFinite { moment: product(component, names), at, value }
        }
        other => other,
    }
}

/// A component of the statistic in words.
fn product(component: usize, names: &[String]) -> String {
    let (size, pairs) = (names.len(), packed_length(names.len()));
    let two = |place: usize| {
        let i = (0..size).rev().find(|&i| packed_index(i, 0) <= place).unwrap_or_default();
        format!("{} and {}", names[i], names[place - packed_index(i, 0)])
    };
    let hessian = |place: usize| format!("the Hessian entry of {}", two(place));
    let scores = |place: usize| format!("the scores of {}", two(place));
    let one = |place: usize| format!("the score of {}", names[place]);
    let mut place = component;
    for (length, width, left, right) in [
        (size, 1, &one as &dyn Fn(usize) -> String, None),
        (pairs, 1, &scores, None),
        (pairs, 1, &hessian, None),
        (pairs * size, size, &hessian, Some(&one as &dyn Fn(usize) -> String)),
        (pairs * size, size, &scores, Some(&one)),
        (pairs * pairs, pairs, &hessian, Some(&hessian)),
        (pairs * pairs, pairs, &hessian, Some(&scores)),
    ] {
        if place < length {
            let first = left(place / width);
            return right.map_or(first.clone(), |right| format!("{first} times {}", right(place % width)));
        }
        place -= length;
    }
    format!("component {component}")
}
