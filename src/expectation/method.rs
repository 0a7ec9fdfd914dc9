//! One call for any model: which method suits its sample space.

use super::{Expectation, Function, OnCoordinates, Settings, Statistic};
use super::{cubature, monte_carlo, product, quadrature, quasi_monte_carlo, simplex, summation};
use crate::error::Error;
use crate::model::{Datum, Observation, SampleSpace, Support, Theta};
use std::fmt;

/// A way to take an expectation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Method {
    /// [`Summation`](Self::Summation) or [`Quadrature`](Self::Quadrature), whichever the support asks for; and if neither
    /// can be applied or does not converge, [`MonteCarlo`](Self::MonteCarlo), if the model can sample.
    Automatic,
    /// A sum over a discrete support.
    Summation,
    /// An integral over an interval, a product of two or three, or a simplex of two to four parts.
    Quadrature,
    /// An average over draws.
    MonteCarlo,
    /// An average over randomly shifted low-discrepancy points.
    QuasiMonteCarlo,
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Automatic => "automatic choice",
            Self::Summation => "summation",
            Self::Quadrature => "quadrature",
            Self::MonteCarlo => "Monte Carlo",
            Self::QuasiMonteCarlo => "quasi-Monte Carlo",
        })
    }
}

/// E\[g(x)\] for a g with `dimension` components, by whichever method suits the model.
///
/// ```
/// use fisher_information::{distributions::Normal, expectation::{Method, Settings, expectation}};
///
/// let second = expectation(&Normal, &[3.0, 2.0], 1, |x, g| g[0] = x * x, Method::Automatic, &Settings::default())?;
/// assert!((second.values[0].value - 13.0).abs() <= second.values[0].error);     // μ² + σ²
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// Parameters outside their domain; a density or a g that is not finite where it should be; an expectation that does not
/// exist, or that no method of the model can reach.
pub fn expectation<M, G>(
    model: &M,
    theta: &Theta<M, f64>,
    dimension: usize,
    g: G,
    method: Method,
    settings: &Settings,
) -> Result<Expectation, Error>
where
    M: SampleSpace,
    G: Fn(&Datum<M, f64>, &mut [f64]) + Clone + Send + Sync,
{
    let statistic = Function::new(model, theta, dimension, g)?;
    evaluate(model, theta, &statistic, None, method, settings).map(|(expectation, _)| expectation)
}

/// The expectation of a statistic; for a row, of its random coordinates given the others. The deterministic methods hand
/// back the statistic they used.
pub(crate) fn evaluate<M: SampleSpace, S: Statistic<M>>(
    model: &M,
    theta: &Theta<M, f64>,
    statistic: &S,
    row: Option<&Datum<M, f64>>,
    method: Method,
    settings: &Settings,
) -> Result<(Expectation, Option<S>), Error> {
    let deterministic = || {
        let support = row.map_or_else(|| model.support(theta), |row| model.support_given(theta, row));
        let space = Space::new(support, row.map(M::Observation::coordinates))?;
        let mut integrand = OnCoordinates::new(statistic.clone(), space.template, space.free)?;
        let expectation = match (&space.factors[..], method) {
            ([Support::Interval { lower, upper }], Method::Automatic | Method::Quadrature) => {
                quadrature::integrate(&mut integrand, *lower, *upper, settings)
            }
            ([Support::Integers { lower, upper }], Method::Automatic | Method::Summation) => {
                summation::sum(&mut integrand, (*lower, *upper), settings)
            }
            ([Support::Points(points)], Method::Automatic | Method::Summation) => {
                summation::sum_points(&mut integrand, points, settings)
            }
            ([Support::Interval { .. }, ..], Method::Automatic | Method::Quadrature) => {
                cubature::integrate(&mut integrand, &space.factors, settings)
            }
            ([Support::Simplex { parts }], Method::Automatic | Method::Quadrature) => {
                simplex::integrate(&mut integrand, *parts, settings)
            }
            (_, Method::Quadrature) => Err(Error::Unsupported {
                method: "quadrature",
                needs: "an interval, a product of two or three, or a simplex",
            }),
            _ => product::sum(&mut integrand, &space.factors, settings),
        }?;
        Ok((expectation, Some(integrand.into_statistic())))
    };
    let random = || {
        if row.is_some() {
            return Err(Error::Unsupported { method: "Monte Carlo", needs: "observations without covariates" });
        }
        let sampler = model.capabilities().sampler;
        let average = monte_carlo::average(statistic, |stream| sampler(model, theta, stream), settings)?;
        Ok((average, None))
    };
    match method {
        Method::Summation | Method::Quadrature => deterministic(),
        Method::MonteCarlo => random(),
        Method::QuasiMonteCarlo => {
            let capabilities = model.capabilities();
            let needs = "a quantile function, declared in SampleSpace::capabilities";
            let Some(uniforms) = (capabilities.uniforms)(model) else {
                return Err(Error::Unsupported { method: "quasi-Monte Carlo", needs });
            };
            let quantile = capabilities.quantile;
            let average = quasi_monte_carlo::average(statistic, uniforms, |u| quantile(model, theta, u), settings)?;
            Ok((average, None))
        }
        Method::Automatic => deterministic().or_else(|refusal| match refusal {
            Error::Unsupported { .. } | Error::NoConvergence { .. } | Error::SlowTail { .. } => {
                // If the model cannot sample either, the first refusal says more.
                random().map_err(|other| if matches!(other, Error::Unsupported { .. }) { refusal } else { other })
            }
            other => Err(other),
        }),
    }
}

/// The random coordinates of an observation, and what they range over.
struct Space {
    template: Vec<f64>,
    free: Vec<usize>,
    factors: Vec<Support>,
}

impl Space {
    fn new(support: Support, row: Option<&[f64]>) -> Result<Self, Error> {
        let (free, factors): (Vec<usize>, Vec<Support>) = match support {
            Support::Unstructured => {
                return Err(Error::Unsupported {
                    method: "integration or summation",
                    needs: "a support with a structure",
                });
            }
            Support::Product(factors) => factors.into_iter().enumerate().unzip(),
            Support::Response(random) => random.into_iter().unzip(),
            simplex @ Support::Simplex { parts } => ((0..parts).collect(), vec![simplex]),
            single => (vec![0], vec![single]),
        };
        factors.iter().try_for_each(check)?;
        let template = match row {
            Some(row) => row.to_vec(),
            None if free.iter().copied().eq(0..free.len()) => vec![0.0; free.len()],
            None => {
                return Err(Error::Unsupported { method: "the expectation", needs: "a row of covariates" });
            }
        };
        Ok(Self { template, free, factors })
    }
}

/// Whether a support of one coordinate has points in it.
fn check(support: &Support) -> Result<(), Error> {
    match support {
        Support::Interval { lower, upper } if lower.is_nan() || upper.is_nan() || lower >= upper => {
            Err(Error::EmptySupport { lower: *lower, upper: *upper })
        }
        Support::Integers { lower, upper }
            if lower.is_nan()
                || upper.is_nan()
                || lower > upper
                || *lower == f64::INFINITY
                || *upper == f64::NEG_INFINITY =>
        {
            Err(Error::EmptySupport { lower: *lower, upper: *upper })
        }
        Support::Points(points) if points.is_empty() => Err(Error::EmptySupport { lower: f64::NAN, upper: f64::NAN }),
        _ => Ok(()),
    }
}
