//! Finite mixtures of one family.

use super::supports::hull;
use super::{leading, ln_weighted_sum};
use crate::error::Error;
use crate::model::{
    Capabilities, Datum, DistributionFunction, Dynamic, LogLikelihood, Observation, Observations, OwnedDatum,
    OwnedTheta, Parameter, ParameterSpace, SampleSpace, Sampler, Subset, Support, Theta, described, symbol,
};
use crate::scalar::{Scalar, is_nan};
use rand::RngExt;
use std::borrow::Borrow;

/// Mixture of K members of one family, the k-th with weight wₖ > 0 and parameters θₖ:
///
/// ```math
/// g(x; w, \theta) = \sum_{k=1}^{K} w_k\, f(x; \theta_k),
/// \qquad
/// w_K = 1 - w_1 - \dots - w_{K-1}
/// ```
///
/// The parameters are the first K − 1 weights and then those of each component in turn, named "weight 1", "mean 1", "deviation 1", … No
/// closed form of the Fisher matrix is known. It is the same for every order of the components, and singular where two of them
/// are equal.
///
/// The components may differ in what they know: binomials with different numbers of trials can be mixed. Where the log-density of
/// a component is not a number, that is outside its support, and it has no share.
///
/// ```
/// use fisher_information::{distributions::{Mixture, Normal}, information::expected};
///
/// let two = Mixture::new(vec![Normal, Normal])?;
/// let information = expected(&two, &[0.5, -20.0, 1.0, 20.0, 2.0])?;
/// // So far apart, an observation tells where it comes from: half of them are about each normal.
/// assert!((information.get("mean 1", "mean 1")?.value - 0.5).abs() < 1e-9);
/// assert!((information.get("mean 2", "mean 2")?.value - 0.125).abs() < 1e-9);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: McLachlan and Peel, *Finite Mixture Models* (2000), chapters 1 and 2.
#[derive(Clone, Debug)]
pub struct Mixture<M> {
    components: Vec<M>,
    /// How many parameters each component has.
    sizes: Vec<usize>,
}

impl<M: LogLikelihood> Mixture<M> {
    /// The mixture of these.
    ///
    /// # Errors
    /// [`Error::Unsupported`] if there are fewer than two.
    pub fn new(components: Vec<M>) -> Result<Self, Error> {
        if components.len() < 2 {
            return Err(Error::Unsupported { method: "a mixture", needs: "at least two components" });
        }
        Ok(Self::of(components))
    }

    /// The mixture of at least two.
    pub(super) fn of(components: Vec<M>) -> Self {
        let size = |component: &M| M::Parameters::LENGTH.unwrap_or_else(|| component.parameters().len());
        let sizes = components.iter().map(size).collect();
        Self { components, sizes }
    }

    /// The components.
    #[must_use]
    pub fn components(&self) -> &[M] {
        &self.components
    }

    /// How many weights are parameters.
    fn weights(&self) -> usize {
        self.components.len() - 1
    }

    /// Each component with its weight and its parameters.
    fn parts<'a, D: Scalar>(&'a self, theta: &'a [D]) -> impl Iterator<Item = (&'a M, D, OwnedTheta<M, D>)> {
        let (weights, mut rest) = theta.split_at(self.weights());
        let last = weights.iter().fold(D::from(1.0), |rest, &weight| rest - weight);
        let weights = weights.iter().copied().chain([last]);
        self.components.iter().zip(&self.sizes).zip(weights).map(move |((component, &size), weight)| {
            let (own, others) = rest.split_at(size);
            rest = others;
            (component, weight, leading::<M::Parameters, D>(own))
        })
    }

    /// ln Σ wₖ exp(termₖ)
    fn pool<D: Scalar>(&self, theta: &[D], mut term: impl FnMut(&M, &Theta<M, D>) -> D) -> D {
        let terms: Vec<(D, D)> =
            self.parts(theta).map(|(one, weight, own)| (weight, term(one, own.borrow()))).collect();
        ln_weighted_sum(&terms)
    }

    /// The hull of the supports of the components.
    fn pooled_support(&self, theta: &[f64], support: impl Fn(&M, &Theta<M, f64>) -> Support) -> Support {
        let supports = self.parts(theta).map(|(component, _, own)| support(component, own.borrow()));
        supports.reduce(hull).unwrap_or(Support::Unstructured)
    }

    /// The component that the uniform number `u` falls to, and its parameters.
    fn chosen(&self, theta: &[f64], mut u: f64) -> (&M, OwnedTheta<M, f64>) {
        let weights = self.weights();
        let passed = |weight: &f64| {
            u -= weight;
            u < 0.0
        };
        let k = theta[..weights].iter().position(passed).unwrap_or(weights);
        let start = weights + self.sizes[..k].iter().sum::<usize>();
        (&self.components[k], leading::<M::Parameters, f64>(&theta[start..start + self.sizes[k]]))
    }
}

impl<M: LogLikelihood> LogLikelihood for Mixture<M> {
    type Parameters = Dynamic;
    type Observation = M::Observation;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, theta: &[D], x: &Datum<M, D>) -> D {
        let mut known = false;
        let pooled = self.pool(theta, |component, own| {
            let ln_density = component.ln_likelihood(own, x);
            if is_nan(ln_density) {
                return D::from(f64::NEG_INFINITY);
            }
            known = true;
            ln_density
        });
        if known { pooled } else { D::from(f64::NAN) }
    }

    fn parameters(&self) -> Vec<Parameter> {
        let weights = (1..self.components.len()).map(|k| Parameter::probability(format!("weight {k}")));
        let weights = symbol::numbered("w", weights);
        let own = self.components.iter().zip(&self.sizes).enumerate().flat_map(|(k, (component, &size))| {
            described(component.parameters(), size).into_iter().map(move |Parameter { name, symbol, domain }| {
                Parameter::new(format!("{name} {}", k + 1), domain).symbol(symbol::indexed(&symbol, k + 1))
            })
        });
        symbol::told_apart(weights.into_iter().chain(own).collect())
    }

    /// Equal weights, and each component as if it had one of as many parts of the data, in the order of their first coordinate.
    fn starting_values(&self, data: &dyn Observations<M::Observation>) -> Option<Vec<f64>> {
        let first = |index: &usize| M::Observation::coordinates(data.get(*index)).first().copied();
        let mut order: Vec<(usize, f64)> =
            (0..data.count()).map(|index| Some((index, first(&index)?))).collect::<Option<_>>()?;
        order.sort_by(|a, b| a.1.total_cmp(&b.1));
        let (count, parts) = (order.len(), self.components.len());
        #[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ components
        let mut theta = vec![1.0 / parts as f64; parts - 1];
        for (k, component) in self.components.iter().enumerate() {
            let part = &order[k * count / parts..(k + 1) * count / parts];
            let own = component.starting_values(&Subset::new(data, part.iter().map(|&(index, _)| index).collect()))?;
            theta.extend_from_slice(own.as_ref());
        }
        Some(theta)
    }

    fn check(&self, theta: &[f64]) -> Result<(), Error> {
        let expected = self.weights() + self.sizes.iter().sum::<usize>();
        if theta.len() != expected {
            return Err(Error::ParameterCount { expected, found: theta.len() });
        }
        let weights = &theta[..self.weights()];
        if weights.iter().sum::<f64>() >= 1.0 {
            return Err(Error::ParametersOutsideDomain {
                names: (1..self.components.len()).map(|k| format!("weight {k}")).collect(),
                values: weights.to_vec(),
                condition: "their sum must be less than 1".into(),
            });
        }
        self.parts(theta).try_for_each(|(component, _, own)| component.check(own.borrow()))
    }
}

impl<M: SampleSpace> SampleSpace for Mixture<M> {
    fn support(&self, theta: &[f64]) -> Support {
        self.pooled_support(theta, |component, own| component.support(own))
    }

    fn support_given(&self, theta: &[f64], row: &Datum<M, f64>) -> Support {
        self.pooled_support(theta, |component, own| component.support_given(own, row))
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities {
            sampler: |mixture, theta, stream| {
                let (component, own) = mixture.chosen(theta, stream.random());
                (component.capabilities().sampler)(component, own.borrow(), stream)
            },
            tails: |mixture, theta, x| {
                let tails = mixture.parts(theta).map(|(component, weight, own)| {
                    let [below, above] = (component.capabilities().tails)(component, own.borrow(), x)?;
                    Some(((weight, below), (weight, above)))
                });
                let (below, above): (Vec<_>, Vec<_>) = tails.collect::<Option<Vec<_>>>()?.into_iter().unzip();
                Some([ln_weighted_sum(&below), ln_weighted_sum(&above)])
            },
            ..Capabilities::none()
        }
    }
}

impl<M: Sampler> Sampler for Mixture<M> {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64], rng: &mut R) -> OwnedDatum<M> {
        let (component, own) = self.chosen(theta, rng.random());
        component.sample(own.borrow(), rng)
    }
}

impl<M: DistributionFunction> DistributionFunction for Mixture<M> {
    fn ln_cdf<D: Scalar>(&self, theta: &[D], x: &Datum<M, D>) -> D {
        self.pool(theta, |component, own| component.ln_cdf(own, x))
    }

    fn ln_survival<D: Scalar>(&self, theta: &[D], x: &Datum<M, D>) -> D {
        self.pool(theta, |component, own| component.ln_survival(own, x))
    }
}
