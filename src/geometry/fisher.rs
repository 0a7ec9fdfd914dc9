//! The Fisher information of a model as a metric.

use super::score_products::{Order, ScoreProducts};
use super::{Connection, CubicTensor, Curvature, Manifold};
use crate::error::Error;
use crate::expectation::{Estimate, Method, Provenance, Settings};
use crate::information::{MatrixEstimate, expected, expected_by};
use crate::model::{MetricJet, OwnedTheta, Parameter, ParameterSpace, SampleSpace, checked_parameters};
use nalgebra::DMatrix;
use std::borrow::Borrow;

/// The parameters of model `M` as a Riemannian manifold: the metric is the Fisher information of one observation.
///
/// ```math
/// g_{ij}(\theta) = E[s_i s_j], \qquad
/// \Gamma_{ij,k} = E\bigl[(H_{ij} + \tfrac12 s_i s_j)\, s_k\bigr]
/// ```
///
/// with s = ∂ℓ/∂θ and H = ∂²ℓ/∂θ∂θᵀ. Where the model declares a closed form, it is differentiated by dual numbers; elsewhere all is
/// found by expectations: no third or fourth derivative of the likelihood is needed, since √f lies on a sphere, on which the Gauss equation
/// gives the curvature:
///
/// ```math
/// R_{ijkl} = E[B_{jk} B_{il}] - E[B_{ik} B_{jl}]
///     - \sum_{m,n} g^{mn} (\Gamma_{jk,m} \Gamma_{il,n} - \Gamma_{ik,m} \Gamma_{jl,n}), \qquad B_{ij} = H_{ij} + \tfrac12 s_i s_j
/// ```
///
/// ```
/// use fisher_information::distributions::{Gamma, Normal};
/// use fisher_information::geometry::{FisherMetric, Manifold};
///
/// let normal = FisherMetric::of(&Normal);
/// assert_eq!(normal.metric(&[0.0, 2.0])?.matrix[(1, 1)], 0.5);
///
/// // the Christoffel symbols of the gamma family by its closed form and by expectations
/// let formula = FisherMetric::of(&Gamma).connection(&[2.0, 0.5])?;
/// let integral = FisherMetric::by_expectation(&Gamma).connection(&[2.0, 0.5])?;
/// let (a, b) = (formula.first_kind(0, 0, 0), integral.first_kind(0, 0, 0));       // ½ψ₂(α)
/// assert!((a.value - b.value).abs() <= a.error + b.error);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Sources: Rao, *Information and the accuracy attainable in the estimation of statistical parameters*, Bull. Calcutta Math. Soc. 37
/// (1945); Amari and Nagaoka, *Methods of Information Geometry* (2000), sections 2.2 and 2.3.
#[derive(Debug)]
pub struct FisherMetric<'m, M> {
    model: &'m M,
    source: Source,
    settings: Settings,
}

/// Where the metric comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Source {
    /// The closed form where there is one and it has a value, else expectations.
    Automatic,
    /// Expectations by this method.
    Expectation(Method),
}

impl<M> Clone for FisherMetric<'_, M> {
    fn clone(&self) -> Self {
        Self { model: self.model, source: self.source, settings: self.settings.clone() }
    }
}

impl<'m, M: SampleSpace> FisherMetric<'m, M> {
    /// The metric by the model's closed form where it declares one, else by expectations.
    ///
    /// A closed form that the library found itself is used through [`Solved`](crate::symbolic::Solved).
    pub fn of(model: &'m M) -> Self {
        Self { model, source: Source::Automatic, settings: Settings::default() }
    }

    /// The metric by expectations, whatever the model declares.
    pub fn by_expectation(model: &'m M) -> Self {
        Self::by(model, Method::Automatic, Settings::default())
    }

    /// The metric by expectations with this method and these settings.
    pub fn by(model: &'m M, method: Method, settings: Settings) -> Self {
        Self { model, source: Source::Expectation(method), settings }
    }

    /// The model.
    pub fn model(&self) -> &'m M {
        self.model
    }

    /// Amari's α-connection, by expectations:
    ///
    /// ```math
    /// \Gamma^{(\alpha)}_{ij,k} = E\Bigl[\bigl(H_{ij} + \tfrac{1-\alpha}{2} s_i s_j\bigr) s_k\Bigr]
    ///     = \Gamma_{ij,k} - \tfrac{\alpha}{2} T_{ijk}
    /// ```
    ///
    /// α = 0 is the Levi-Civita connection, α = 1 the exponential one, in which natural parameters of an exponential family are straight,
    /// α = −1 the mixture connection, in which its mean parameters are. Those of α and −α are dual: ∂ᵢgⱼₖ = Γ⁽ᵅ⁾ᵢⱼ,ₖ + Γ⁽⁻ᵅ⁾ᵢₖ,ⱼ.
    ///
    /// ```
    /// use fisher_information::{distributions::Exponential, geometry::FisherMetric};
    ///
    /// // the rate of an exponential distribution is a natural parameter
    /// let flat = FisherMetric::of(&Exponential).alpha_connection(&[2.0], 1.0)?;
    /// assert!(flat.first_kind(0, 0, 0).value.abs() < 1e-12);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// Source: Amari, *Differential geometry of curved exponential families: curvatures and information loss*, Ann. Statist. 10 (1982)
    /// 357–385, section 2.
    ///
    /// # Errors
    /// Those of the expectations; [`Error::HessianFails`] of a model with kinks; [`Error::Singular`]; [`Error::FormulaNotFinite`] of α.
    pub fn alpha_connection(&self, point: &[f64], alpha: f64) -> Result<Connection, Error> {
        let products = self.products(point, Order::Third)?;
        self.alpha(point, &products, alpha)
    }

    /// The curvature of the α-connection, by expectations. For α and −α it is the same with the last two indices exchanged, up to sign:
    /// if one vanishes, so does the other.
    ///
    /// # Errors
    /// As [`alpha_connection`](Self::alpha_connection).
    pub fn alpha_curvature(&self, point: &[f64], alpha: f64) -> Result<Curvature, Error> {
        let products = self.products(point, Order::Fourth)?;
        let (connection, dual) = (self.alpha(point, &products, alpha)?, self.alpha(point, &products, -alpha)?);
        let share = 0.5 * (1.0 - alpha);
        Ok(Curvature::new(connection, &dual, |i, j, k, l| {
            let (hh, hss) = (ScoreProducts::hessians, ScoreProducts::hessian_scores);
            combine(&[
                (1.0, hh(&products, j, k, i, l)),
                (-1.0, hh(&products, i, k, j, l)),
                (1.0 - share, hss(&products, j, k, i, l)),
                (share - 1.0, hss(&products, i, k, j, l)),
                (share, hss(&products, i, l, j, k)),
                (-share, hss(&products, j, l, i, k)),
            ])
        }))
    }

    /// The Amari–Čencov tensor Tᵢⱼₖ = E\[sᵢsⱼsₖ\], by expectations.
    ///
    /// # Errors
    /// Those of the expectations.
    pub fn cubic_tensor(&self, point: &[f64]) -> Result<CubicTensor, Error> {
        let products = self.products(point, Order::Third)?;
        Ok(CubicTensor::new(products.moments.names.clone(), |i, j, k| products.cubic(i, j, k)))
    }

    /// θ as the model takes it.
    fn theta(&self, point: &[f64]) -> Result<OwnedTheta<M, f64>, Error> {
        M::Parameters::from_slice(point)
    }

    fn products(&self, point: &[f64], order: Order) -> Result<ScoreProducts, Error> {
        let method = match self.source {
            Source::Automatic => Method::Automatic,
            Source::Expectation(method) => method,
        };
        ScoreProducts::at(self.model, self.theta(point)?.borrow(), order, method, &self.settings)
    }

    /// The closed form with its derivatives, where it is to be used and has a value.
    fn jet(&self, point: &[f64]) -> Result<Option<MetricJet>, Error> {
        if self.source != Source::Automatic {
            return Ok(None);
        }
        let jet = (self.model.capabilities().metric_jet)(self.model, self.theta(point)?.borrow());
        Ok(jet.filter(MetricJet::is_finite))
    }

    fn alpha(&self, point: &[f64], products: &ScoreProducts, alpha: f64) -> Result<Connection, Error> {
        if !alpha.is_finite() {
            return Err(Error::FormulaNotFinite { quantity: "the order of the connection", value: alpha });
        }
        let size = point.len();
        let symbol = |i, j, k| {
            combine(&[(1.0, products.hessian_score(i, j, k)), (0.5 * (1.0 - alpha), products.cubic(i, j, k))])
        };
        let matrices = |read: fn(Estimate) -> f64| {
            (0..size).map(|k| DMatrix::from_fn(size, size, |i, j| read(symbol(i, j, k)))).collect()
        };
        Connection::new(
            self.coordinates(point)?,
            products.metric().clone(),
            matrices(|symbol| symbol.value),
            matrices(|symbol| symbol.error),
        )
        .map(|connection| connection.obtained(products.moments.provenance.clone()))
    }

    /// Γᵢⱼ,ₖ = ½(∂ᵢgⱼₖ + ∂ⱼgᵢₖ − ∂ₖgᵢⱼ)
    fn levi_civita(&self, point: &[f64], jet: &MetricJet) -> Result<Connection, Error> {
        let size = point.len();
        let terms = |i: usize, j: usize, k: usize| [jet.first[i][(j, k)], jet.first[j][(i, k)], -jet.first[k][(i, j)]];
        let symbols = |read: &dyn Fn([f64; 3]) -> f64| {
            (0..size).map(|k| DMatrix::from_fn(size, size, |i, j| read(terms(i, j, k)))).collect()
        };
        let metric = MatrixEstimate { matrix: jet.value.clone(), error: jet.value.map(|g| ROUNDING * g.abs()) };
        let value = symbols(&|[a, b, c]| 0.5 * (a + b + c));
        let error = symbols(&|[a, b, c]| 0.5 * ROUNDING * (a.abs() + b.abs() + c.abs()));
        let connection = Connection::new(self.coordinates(point)?, metric, value, error)?;
        Ok(connection.obtained(Provenance::ClosedForm))
    }
}

impl<M: SampleSpace> Manifold for FisherMetric<'_, M> {
    fn coordinates(&self, point: &[f64]) -> Result<Vec<Parameter>, Error> {
        checked_parameters(self.model, self.theta(point)?.borrow())
    }

    fn metric(&self, point: &[f64]) -> Result<MatrixEstimate, Error> {
        let theta = self.theta(point)?;
        let theta = theta.borrow();
        let information = match self.source {
            Source::Automatic => expected(self.model, theta)?,
            Source::Expectation(method) => expected_by(self.model, theta, method, &self.settings)?,
        };
        Ok(MatrixEstimate { matrix: information.matrix().clone(), error: information.error().clone() })
    }

    fn connection(&self, point: &[f64]) -> Result<Connection, Error> {
        self.coordinates(point)?;
        match self.jet(point)? {
            Some(jet) => self.levi_civita(point, &jet),
            None => self.alpha_connection(point, 0.0),
        }
    }

    fn curvature(&self, point: &[f64]) -> Result<Curvature, Error> {
        self.coordinates(point)?;
        let Some(jet) = self.jet(point)? else { return self.alpha_curvature(point, 0.0) };
        let connection = self.levi_civita(point, &jet)?;
        let size = point.len();
        let second = |k: usize, l: usize, i: usize, j: usize| {
            let value = jet.second[k * size + l][(i, j)];
            Estimate::new(value, ROUNDING * value.abs())
        };
        // ∂ᵢΓⱼₖ,ₗ − ∂ⱼΓᵢₖ,ₗ = ½(∂ᵢ∂ₖgⱼₗ − ∂ᵢ∂ₗgⱼₖ − ∂ⱼ∂ₖgᵢₗ + ∂ⱼ∂ₗgᵢₖ)
        let derivatives = |i, j, k, l| {
            combine(&[
                (0.5, second(i, k, j, l)),
                (-0.5, second(i, l, j, k)),
                (-0.5, second(j, k, i, l)),
                (0.5, second(j, l, i, k)),
            ])
        };
        Ok(Curvature::new(connection.clone(), &connection, derivatives))
    }
}

/// A linear combination, with the errors of its terms and of their sum.
fn combine(terms: &[(f64, Estimate)]) -> Estimate {
    let mut sum = Estimate::new(0.0, 0.0);
    for (factor, term) in terms {
        sum.value += factor * term.value;
        sum.error += factor.abs() * (term.error + f64::EPSILON * term.value.abs());
    }
    sum
}

/// What rounding is granted to an entry of a closed form and its derivatives, relative to its size.
const ROUNDING: f64 = 32.0 * f64::EPSILON;
