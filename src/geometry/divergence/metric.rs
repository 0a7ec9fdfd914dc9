//! The metric as the Hessian of Kullback–Leibler divergence where its arguments are equal.

use crate::error::Error;
use crate::expectation::Estimate;
use crate::information::{Expected, Information};
use crate::model::{KullbackLeibler, ParameterSpace, Theta, checked_parameters, described};
use crate::scalar::SecondOrder;
use nalgebra::DMatrix;
use std::borrow::Borrow;

/// The metric that the Kullback–Leibler divergence of a family induces,
///
/// ```math
/// g_{ij}(\theta) = \frac{\partial^2}{\partial\theta'_i\, \partial\theta'_j}
///     \mathrm{KL}\bigl(f(\cdot;\theta) \,\|\, f(\cdot;\theta')\bigr) \Big|_{\theta'=\theta} = I_{ij}(\theta) ,
/// ```
///
/// the Fisher information, by differentiating the formula of the divergence with dual numbers. So one closed form gives another, and
/// checks it.
///
/// Of a model whose divergence has no formula it is E\[−H\], since the derivatives pass under the expectation: use
/// [`expected`](crate::information::expected()).
///
/// ```
/// use fisher_information::{distributions::Gamma, geometry::divergence::induced_metric, information::expected};
///
/// let metric = induced_metric(&Gamma, &[3.0, 2.0])?;
/// assert_eq!(metric.get("rate", "rate")?.value, 0.75);                          // shape/rate²
/// assert!((metric.matrix() - expected(&Gamma, &[3.0, 2.0])?.matrix()).amax() < 1e-15);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: S. Eguchi, *Second order efficiency of minimum contrast estimators in a curved exponential family*, Ann. Statist. 11
/// (1983), 793–803.
///
/// # Errors
/// Parameters outside their domain; [`Error::EntryNotFinite`] where the formula has no second derivative.
pub fn induced_metric<M: KullbackLeibler>(model: &M, theta: &Theta<M, f64>) -> Result<Information<Expected>, Error> {
    type Second<M> = <<M as crate::model::LogLikelihood>::Parameters as ParameterSpace>::Second<f64>;
    checked_parameters(model, theta)?;
    let entries = theta.as_ref();
    let (length, width) = (entries.len(), <Second<M> as SecondOrder<f64>>::WIDTH);
    let here = M::Parameters::build(length, |i| Second::<M>::seed(entries[i], None, None));
    let mut hessian = DMatrix::zeros(length, length);
    for rows in (0..length).step_by(width) {
        for columns in (0..=rows).step_by(width) {
            let slot = |i: usize, start: usize| i.checked_sub(start).filter(|slot| *slot < width);
            let there =
                M::Parameters::build(length, |i| Second::<M>::seed(entries[i], slot(i, rows), slot(i, columns)));
            let jet = model.divergence(here.borrow(), there.borrow());
            for i in rows..length.min(rows + width) {
                for j in columns..=i.min(columns + width - 1) {
                    let entry = jet.second(i - rows, j - columns);
                    (hessian[(i, j)], hessian[(j, i)]) = (entry, entry);
                }
            }
        }
    }
    // The entries are sums of a few terms, each at most as large as the diagonal allows.
    let error = DMatrix::from_fn(length, length, |i, j| {
        Estimate::exact(4.0 * (hessian[(i, i)] * hessian[(j, j)]).abs().sqrt()).error
    });
    let names = crate::model::names(described(model.parameters(), length));
    Information::new(names, hessian, error, 1.0, crate::expectation::Provenance::ClosedForm)
}
