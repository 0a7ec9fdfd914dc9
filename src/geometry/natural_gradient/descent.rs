//! Descent, step by step.

use super::direction::Direction;
use super::line_search::{LineSearch, Verdict};
use super::loss::{LocalLoss, Loss};
use super::metric::DescentMetric;
use super::path::{DescentEnd, DescentPath, DescentPoint};
use crate::error::Error;
use crate::expectation::Estimate;
use crate::model::names;

/// The curve along which a step goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Step {
    /// θ + t v: a straight line in the coordinates at hand. Two coordinate systems differ by what is of order t² in it.
    #[default]
    Straight,
    /// θ + t v − ½ t² Γ(v, v): the geodesic to second order, so that coordinate systems differ by order t³. It needs a metric with a
    /// connection, [`DescentMetric::manifold`].
    ///
    /// Source: Transtrum, Machta and Sethna, *Geometry of nonlinear least squares with applications to sloppy models and optimization*,
    /// Phys. Rev. E 83 (2011) 036701, section VI, there with the connection of the data space.
    SecondOrder,
    /// The geodesic itself, exp(t v) by [`exponential_map`](crate::geometry::exponential_map): the step is the same in all coordinates, at
    /// the price of a differential equation. It needs a metric with a connection too.
    Geodesic,
}

/// How far a step goes, as a multiple t of the natural gradient v.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum StepLength {
    /// Always this far, or half, a quarter, … of it where the step would leave the domain.
    Fixed(f64),
    /// This far, or half, a quarter, … of it until the loss falls by 10⁻⁴ of what its slope promises, L(θ) − L(θ′) ≥ 10⁻⁴ t gᵀF⁻¹g.
    ///
    /// Source: Armijo, *Minimization of functions having Lipschitz continuous first partial derivatives*, Pacific J. Math. 16 (1966) 1–3;
    /// the constant is that of Nocedal and Wright, *Numerical Optimization*, 2nd ed. (2006), section 3.1.
    Backtracking(f64),
    /// The same, but a search begins at twice the last length; the first at this. It suits a gradient whose unit says nothing.
    Growing(f64),
}

/// Steepest descent of a loss: θ′ = θ − t F⁻¹g, with its gradient g and a metric F.
///
/// With the Fisher information as its metric this is the natural gradient, which points the same way in all coordinates. For minus a
/// log-likelihood and t = 1 it is Fisher scoring.
///
/// ```
/// use fisher_information::distributions::Gamma;
/// use fisher_information::geometry::FisherMetric;
/// use fisher_information::geometry::natural_gradient::{Descent, DescentMetric, NegativeLogLikelihood};
///
/// let data = [1.2, 0.7, 3.1, 2.2, 0.4, 1.9];
/// let loss = NegativeLogLikelihood::new(&Gamma, &data);
/// let manifold = FisherMetric::of(&Gamma);
/// let natural = Descent::natural(&loss, DescentMetric::manifold(&manifold, 6.0)).run(&[1.0, 1.0])?;
/// let minimum = natural.minimum()?;
/// assert!((minimum[0] / minimum[1] - 9.5 / 6.0).abs() < 1e-9);          // the mean is fitted
///
/// let plain = Descent::plain(&loss).tolerance(1e-8).run(&[1.0, 1.0])?;
/// assert!(plain.minimum().is_ok() && plain.steps() > 2 * natural.steps());
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Amari, *Natural gradient works efficiently in learning*, Neural Comput. 10 (1998) 251–276.
pub struct Descent<'a> {
    loss: &'a dyn Loss,
    metric: DescentMetric<'a>,
    step: Step,
    length: StepLength,
    damping: f64,
    tolerance: f64,
    iterations: usize,
}

/// What becomes of a step.
enum Trial {
    Taken { theta: Vec<f64>, loss: LocalLoss, length: f64 },
    Ended(DescentEnd),
}

impl<'a> Descent<'a> {
    /// Along the natural gradient, the steepest direction in a metric; with backtracking from t = 1.
    pub fn natural(loss: &'a dyn Loss, metric: DescentMetric<'a>) -> Self {
        let (step, length) = (Step::Straight, StepLength::Backtracking(1.0));
        Self { loss, metric, step, length, damping: 0.0, tolerance: 1e-8, iterations: 1000 }
    }

    /// Along the gradient in the coordinates at hand, as if the identity were the metric; with a line search from twice the last length.
    pub fn plain(loss: &'a dyn Loss) -> Self {
        Self { length: StepLength::Growing(1.0), ..Self::natural(loss, DescentMetric::euclidean()) }
    }

    /// Along this curve. Without it, straight.
    #[must_use]
    pub fn step(mut self, step: Step) -> Self {
        self.step = step;
        self
    }

    /// So far at a time.
    #[must_use]
    pub fn length(mut self, length: StepLength) -> Self {
        self.length = length;
        self
    }

    /// With F + λ diag F in the place of F, for any λ ≥ 0: shorter steps, above all along directions of which F knows little. They no
    /// longer are the same in all coordinates, but they are in all units. Without it F is taken as it is, and a singular one refused.
    ///
    /// Source: Marquardt, *An algorithm for least-squares estimation of nonlinear parameters*, J. SIAM 11 (1963) 431–441.
    #[must_use]
    pub fn damping(mut self, lambda: f64) -> Self {
        self.damping = lambda;
        self
    }

    /// Until the norm √(gᵀF⁻¹g) is not above this: without it, 10⁻⁸. It is in standard errors, if F is the Fisher information of the
    /// loss; that of a plain descent is in the units of the gradient.
    #[must_use]
    pub fn tolerance(mut self, norm: f64) -> Self {
        self.tolerance = norm;
        self
    }

    /// In so many steps at most: without it, 1000.
    #[must_use]
    pub fn iterations(mut self, most: usize) -> Self {
        self.iterations = most;
        self
    }

    /// Goes down from a start. A descent that does not come to a minimum is returned too, with the reason: [`DescentPath::minimum`] asks.
    ///
    /// # Errors
    /// [`Error::InvalidSetting`]; whatever the loss or the metric refuses at the start.
    pub fn run(&self, start: &[f64]) -> Result<DescentPath, Error> {
        self.check()?;
        self.metric.check(self.step)?;
        let names = names(self.loss.coordinates(start)?);
        let (mut theta, mut loss) = (start.to_vec(), self.loss.at(start)?);
        let mut direction = self.direction(&names, &theta, &loss)?;
        let (mut points, mut last) = (Vec::new(), None);
        let end = loop {
            let norm = direction.norm;
            let trial = if norm.value <= self.tolerance {
                Trial::Ended(DescentEnd::Converged)
            } else if norm.value <= direction.noise {
                Trial::Ended(DescentEnd::Rounding)
            } else if points.len() >= self.iterations {
                Trial::Ended(DescentEnd::Exhausted)
            } else {
                self.attempt(&names, &theta, &loss, &direction, last)
            };
            let point = DescentPoint { theta, value: loss.value, norm, length: None };
            match trial {
                Trial::Ended(end) => {
                    points.push(point);
                    break end;
                }
                Trial::Taken { theta: there, loss: loss_there, length } => {
                    points.push(DescentPoint { length: Some(length), ..point });
                    (theta, loss, last) = (there, loss_there, Some(length));
                }
            }
            direction = match self.direction(&names, &theta, &loss) {
                Ok(direction) => direction,
                Err(reason) => {
                    let norm = Estimate::new(f64::NAN, f64::INFINITY);
                    points.push(DescentPoint { theta, value: loss.value, norm, length: None });
                    break DescentEnd::Stopped(reason);
                }
            };
        };
        Ok(DescentPath::new(names, points, end))
    }

    /// That the settings make sense.
    fn check(&self) -> Result<(), Error> {
        let (StepLength::Fixed(length) | StepLength::Backtracking(length) | StepLength::Growing(length)) = self.length;
        let positive = |value: f64| value.is_finite() && value > 0.0;
        for (setting, value, holds, needs) in [
            ("the length of a step", length, positive(length), "is finite and positive"),
            ("damping", self.damping, self.damping == 0.0 || positive(self.damping), "is finite and not negative"),
            (
                "the tolerance",
                self.tolerance,
                self.tolerance == 0.0 || positive(self.tolerance),
                "is finite and not negative",
            ),
        ] {
            if !holds {
                return Err(Error::InvalidSetting { setting, value, needs });
            }
        }
        Ok(())
    }

    fn direction(&self, names: &[String], theta: &[f64], loss: &LocalLoss) -> Result<Direction, Error> {
        Direction::of(names, loss, self.metric.at(theta, self.step == Step::SecondOrder)?, self.damping)
    }

    /// Where a step of this length leads.
    fn ahead(&self, theta: &[f64], direction: &Direction, length: f64) -> Result<Vec<f64>, Error> {
        match self.step {
            Step::Straight | Step::SecondOrder => Ok(direction.ahead(theta, length)),
            Step::Geodesic => self.metric.exponential(theta, &(&direction.velocity * length)),
        }
    }

    /// A step from here, shortened until it is good enough.
    fn attempt(
        &self,
        names: &[String],
        theta: &[f64],
        loss: &LocalLoss,
        direction: &Direction,
        last: Option<f64>,
    ) -> Trial {
        let mut length = match self.length {
            StepLength::Fixed(length) | StepLength::Backtracking(length) => length,
            StepLength::Growing(first) => last.map_or(first, |last| 2.0 * last),
        };
        let mut search = match self.length {
            StepLength::Fixed(_) => None,
            _ => Some(LineSearch::new(loss, direction)),
        };
        let mut refusal = None;
        for _ in 0..HALVINGS {
            let there = self.ahead(theta, direction, length);
            if there.as_ref().is_ok_and(|there| there == theta) {
                break; // no number lies between
            }
            match there.and_then(|there| Ok((self.loss.at(&there)?, there))) {
                Ok((found, there)) => {
                    refusal = None;
                    let verdict = search.as_mut().map_or(Verdict::Good, |search| search.judge(&found, length));
                    match verdict {
                        Verdict::Good => return Trial::Taken { theta: there, loss: found, length },
                        Verdict::Bad => {}
                        Verdict::Misled => break,
                    }
                }
                Err(reason) => refusal = Some(reason),
            }
            length *= 0.5;
        }
        Trial::Ended(match refusal {
            Some(reason) => DescentEnd::Stopped(reason),
            None if search.is_none_or(|search| search.ends_in_rounding()) => DescentEnd::Rounding,
            None => DescentEnd::Stopped(Error::NoDecrease { names: names.to_vec(), values: theta.to_vec() }),
        })
    }
}

/// How often a step is halved: beyond, its length is below rounding for whatever can be written in units at all near.
const HALVINGS: usize = 100;
