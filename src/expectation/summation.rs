//! Sums over finitely many points or over the integers, outwards from the mode, with a bound on the tail.
//!
//! ```math
//! \mathrm{E}[g] = \sum_k f(k)\, g(k)
//! ```
//!
//! 1. The modes are found by probing the log-density, without a hint.
//! 2. Terms are added from each mode outwards, in compensated arithmetic, until what is left is bounded below rounding:
//!    by a geometric series if the ratio of successive terms does not grow, by a power law if it does.
//! 3. Where that would take long, because the distribution is wide or its tail heavy, the tail becomes an integral
//!    (Euler–Maclaurin). It is done from two cuts, N/2 and N; the sum between must agree, or the tail is refused.
//! 4. If the mass is short of one, the support is searched again on a finer grid.
//!
//! The error of a component covers the tail, the disagreement of the two cuts, the rounding noise of ln f and g, which is
//! measured, and the defect of the mass where that is as small as rounding.

use super::integrand::{Function, OnCoordinates};
use super::noise::Noise;
use super::part::Part;
use super::peaks::{self, Probes};
use super::terms::{Terms, Totals, unconverged};
use super::walk::Walk;
use super::{Estimate, Expectation, Integrand, Provenance, Settings};
use crate::error::Error;
use crate::model::{Datum, LogLikelihood, SampleSpace, Support, Theta};

/// Up to so many integers are simply all added.
const FEW: f64 = 4096.0;

/// First a coarse look, then, if mass is missing, a fine one.
const LOOKS: [Probes; 2] = [Probes { consecutive: 16, ratio: 1.25 }, Probes { consecutive: 4096, ratio: 1.01 }];

/// E g of the `dimension` components of `g` under `model` at `theta`, by summation.
///
/// The support is [`Support::Integers`] or [`Support::Points`]. Infinite supports and heavy tails are fine as long as the
/// density, as a function, is smooth between the integers; an expectation that does not exist is an error.
///
/// # Errors
/// [`Error::SlowTail`] if E|g| is infinite or the tail cannot be bounded; [`Error::NoMass`], [`Error::NoConvergence`];
/// [`Error::DensityNotFinite`] and [`Error::StatisticNotFinite`] with the point; [`Error::Unsupported`] for another support;
/// the parameters outside their domain.
///
/// ```
/// use fisher_information::{expectation::{Settings, summation}, prelude::*};
///
/// /// Failures before the first success.
/// struct Geometric;
///
/// impl LogLikelihood for Geometric {
///     type Parameters = Fixed<1>;
///     type Observation = f64;
///     fn ln_likelihood<D: Scalar>(&self, &[p]: &[D; 1], &x: &D) -> D { p.ln() + x * (-p).ln_1p() }
/// }
///
/// impl SampleSpace for Geometric {
///     fn support(&self, _: &[f64; 1]) -> Support { Support::counts() }
/// }
///
/// let moments = summation::expectation(&Geometric, &[0.25], 2, |x, g| (g[0], g[1]) = (*x, x * x), &Settings::default())?;
/// let [mean, square] = moments.values[..] else { unreachable!() };
/// assert!((mean.value - 3.0).abs() <= mean.error && mean.error < 1e-12);          // (1 − p)/p
/// assert!((square.value - 21.0).abs() <= square.error && square.error < 1e-11);   // (1 − p)(2 − p)/p²
/// # Ok::<(), fisher_information::Error>(())
/// ```
pub fn expectation<M, G>(
    model: &M,
    theta: &Theta<M, f64>,
    dimension: usize,
    g: G,
    settings: &Settings,
) -> Result<Expectation, Error>
where
    M: SampleSpace,
    G: Fn(&Datum<M, f64>, &mut [f64]) + Clone + Send + Sync,
{
    let function = Function::new(model, theta, dimension, g)?;
    let mut integrand = on_one_coordinate(function)?;
    match model.support(theta) {
        Support::Integers { lower, upper } => sum(&mut integrand, (lower, upper), settings),
        Support::Points(points) => sum_points(&mut integrand, &points, settings),
        _ => Err(Error::Unsupported { method: "summation", needs: "a support of integers or of finitely many points" }),
    }
}

/// The function of an observation that is a single number.
fn on_one_coordinate<M, G>(function: Function<'_, M, G>) -> Result<OnCoordinates<M, Function<'_, M, G>>, Error>
where
    M: LogLikelihood,
    G: Fn(&Datum<M, f64>, &mut [f64]) + Clone + Send + Sync,
{
    OnCoordinates::new(function, vec![0.0], vec![0])
}

/// E g over finitely many points.
pub(crate) fn sum_points(
    integrand: &mut dyn Integrand,
    points: &[f64],
    settings: &Settings,
) -> Result<Expectation, Error> {
    points_part(integrand, points, settings).map(Summed::conclude)
}

/// E g over the integers from `lower` to `upper`, both included; either may be infinite.
pub(crate) fn sum(
    integrand: &mut dyn Integrand,
    support: (f64, f64),
    settings: &Settings,
) -> Result<Expectation, Error> {
    let elsewhere = Part::empty(integrand.dimension() + 1, 0.0);
    integers_part(integrand, support, settings, &elsewhere).map(Summed::conclude)
}

/// A sum over a piece of the support, and how it was obtained.
pub(super) struct Summed {
    pub(super) part: Part,
    pub(super) terms: usize,
    pub(super) tail_bound: f64,
}

impl Summed {
    /// The parts of the error: the tail, rounding, and the noise of ln f and g.
    fn of(totals: &Totals, truncation: &[f64], noise: &Noise) -> Self {
        // As much as quadrature allows. A constant inside the model is rounded too, and the same at every x.
        const ROUNDING: f64 = 16.0 * f64::EPSILON;
        let magnitudes: Vec<f64> = (0..truncation.len()).map(|c| totals.magnitude(c)).collect();
        let mass = totals.value(0);
        let estimate = |c: usize| {
            let noise = match c.checked_sub(1) {
                None => noise.of_density() * mass,
                Some(component) => noise.of_component(component, magnitudes[c], mass),
            };
            Estimate::new(totals.value(c), ROUNDING * magnitudes[c] + noise + truncation[c])
        };
        let estimates = (0..truncation.len()).map(estimate).collect();
        Self { part: Part { estimates, magnitudes }, terms: totals.terms(), tail_bound: truncation[0] }
    }

    fn conclude(self) -> Expectation {
        self.part.conclude(1.0, Provenance::Summation { terms: self.terms, tail_bound: self.tail_bound })
    }
}

/// The sum over finitely many points.
pub(super) fn points_part(integrand: &mut dyn Integrand, points: &[f64], settings: &Settings) -> Result<Summed, Error> {
    let mut terms = Terms::new(integrand);
    let mut totals = Totals::new(terms.width());
    let mut highest = (0.0, f64::NAN);
    for (index, &x) in points.iter().enumerate() {
        if index >= settings.evaluations {
            let unknown = vec![f64::INFINITY; terms.width()];
            return Err(unconverged(&totals, &unknown, index));
        }
        let term = terms.at(x)?;
        if term[0] > highest.0 {
            highest = (term[0], x);
        }
        totals.add(term);
    }
    if totals.value(0) == 0.0 {
        return Err(Error::NoMass { points: points.len() });
    }
    let largest = points.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut noise = Noise::default();
    noise.listen(&mut terms, highest.1, largest);
    let truncation = vec![0.0; terms.width()];
    Ok(Summed::of(&totals, &truncation, &noise))
}

/// The sum over the integers between two ends. What is small against what lies `elsewhere` is negligible.
pub(super) fn integers_part(
    integrand: &mut dyn Integrand,
    (lower, upper): (f64, f64),
    settings: &Settings,
    elsewhere: &Part,
) -> Result<Summed, Error> {
    if lower.is_nan() || upper.is_nan() {
        return Err(Error::NoMass { points: 0 });
    }
    let support = (lower.ceil(), upper.floor());
    if support.1 - support.0 < FEW {
        // Each once, though x + 1 may be x among large numbers.
        let next = |x: &f64| Some(x + 1.0).filter(|next| next > x && *next <= support.1);
        let points: Vec<f64> = std::iter::successors(Some(support.0).filter(|x| *x <= support.1), next).collect();
        return points_part(integrand, &points, settings);
    }
    let mut walk = Walk::new(Terms::new(integrand), support, settings, elsewhere);
    for probes in LOOKS {
        let anchors = walk.anchors();
        let landscape = peaks::find(&mut walk.terms, support, &anchors, probes);
        walk.outwards_from(landscape.peaks)?;
        if walk.totals.value(0) == 0.0 {
            if let Some(at) = landscape.undefined {
                return Err(Error::DensityNotFinite { at: vec![at], value: f64::NAN });
            }
            if probes.consecutive == LOOKS[1].consecutive {
                return Err(Error::NoMass { points: landscape.tried });
            }
        } else if !walk.mass_is_short() {
            break;
        }
    }
    Ok(Summed::of(&walk.totals, &walk.truncation, &walk.noise))
}
