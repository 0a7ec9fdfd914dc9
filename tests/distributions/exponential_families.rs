//! Natural and mean-value parameters: identities that no slip survives.

use super::symbols::assert_distinct;
use super::{draws, family};
use fisher_information::derivatives::derivatives;
use fisher_information::distributions::*;
use fisher_information::expectation::{AnyFunction, Method, Settings, expectation};
use fisher_information::information::{closed_form, from_mean_value};
use fisher_information::model::{
    ExponentialFamily, LogLikelihood, NaturalCoordinates, ParameterSpace, Reparametrised, SampleSpace, Sampler, Theta,
};
use fisher_information::scalar::Scalar;
use std::borrow::Borrow;

/// The largest error of an identity, relative to the terms in it.
const IDENTITY: f64 = 1e-11;

fn close(what: &str, family: &str, theta: &[f64], got: f64, want: f64, terms: f64) {
    let error = (got - want).abs();
    assert!(error <= IDENTITY * terms.max(want.abs()), "{family} at {theta:?}: {what} is {got} for {want}");
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// A(η) as a log-likelihood without observations, so that its derivatives are to be had.
struct Partition<'m, M>(&'m M);

impl<M: ExponentialFamily> LogLikelihood for Partition<'_, M> {
    type Parameters = M::Parameters;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, eta: &Theta<M, D>, _: &D) -> D {
        self.0.ln_partition(eta)
    }
}

fn check<M>(name: &str, model: &M)
where
    M: ExponentialFamily + SampleSpace + Sampler + Clone,
{
    let entry = family(name);
    let owned = |values: &[f64]| M::Parameters::from_slice(values).unwrap();
    let first = owned(&entry.points[0]);
    let eta_0 = model.natural::<f64>(first.borrow());
    assert_distinct(name, &model.natural_parameters());
    for theta in &entry.points {
        let at = owned(theta);
        let eta = model.natural::<f64>(at.borrow());
        let parameters = model.natural_parameters();
        for (parameter, value) in parameters.iter().zip(eta.as_ref()) {
            assert!(parameter.domain.contains(*value), "{name} at {theta:?}: {} = {value}", parameter.name);
        }

        // There and back.
        for (got, want) in model.from_natural::<f64>(eta.borrow()).as_ref().iter().zip(theta) {
            close("θ(η(θ))", name, theta, *got, *want, 1.0);
        }

        // ln f(x; θ) − ln f(x; θ₀) = (η − η₀)·T(x) − A(η) + A(η₀)
        let (a, a_0) = (model.ln_partition::<f64>(eta.borrow()), model.ln_partition::<f64>(eta_0.borrow()));
        let mut stream = draws::stream();
        for _ in 0..20 {
            let x = model.sample(first.borrow(), &mut stream);
            let value = |at: &Theta<M, f64>| model.ln_likelihood::<f64>(at, x.borrow());
            let (here, there) = (value(at.borrow()), value(first.borrow()));
            if !here.is_finite() {
                continue;
            }
            let t = model.sufficient_statistic::<f64>(x.borrow());
            let want = dot(eta.as_ref(), t.as_ref()) - dot(eta_0.as_ref(), t.as_ref()) - a + a_0;
            let terms =
                eta.as_ref().iter().zip(t.as_ref()).map(|(a, b)| (a * b).abs()).sum::<f64>() + a.abs() + a_0.abs();
            close("ln f(x; θ) − ln f(x; θ₀)", name, theta, here - there, want, terms + here.abs() + there.abs());
        }

        // m = ∇A, and the information in natural coordinates is ∇²A.
        let derivatives = derivatives(&Partition(model), eta.borrow(), &0.0).unwrap();
        let mean = model.mean_value::<f64>(at.borrow());
        let scale = derivatives.score.amax();
        for (got, want) in mean.as_ref().iter().zip(derivatives.score.iter()) {
            close("E[T]", name, theta, *got, *want, scale * 1e-2);
        }
        let natural = Reparametrised::new(model.clone(), NaturalCoordinates(model.clone()));
        let information = closed_form(&natural, eta.borrow()).unwrap();
        for (i, j) in (0..theta.len()).flat_map(|i| (0..=i).map(move |j| (i, j))) {
            if let Some(information) = &information {
                let (got, want) = (information.matrix()[(i, j)], derivatives.hessian[(i, j)]);
                let unit = (derivatives.hessian[(i, i)] * derivatives.hessian[(j, j)]).sqrt();
                // Where the coordinates are nearly dependent the change of coordinates loses digits.
                assert!(
                    (got - want).abs() <= 1e-7 * unit,
                    "{name} at {theta:?}: I({i}, {j}) is {got} for ∇²A = {want}"
                );
            }
        }

        // θ from the mean-value parameters. At the third point they may not hold it: 10¹² + 10⁻⁶ is 10¹².
        if *theta == entry.points[2] {
            continue;
        }
        let back = from_mean_value(model, mean.as_ref()).unwrap();
        for (got, want) in back.as_ref().iter().zip(theta) {
            assert!((got - want).abs() <= 1e-6 * want.abs().max(1e-3), "{name}: θ(m) is {got} for {want}");
        }
    }
}

/// E[T] by sum or integral at the first point, for families of numbers.
fn check_mean<M>(name: &str, model: &M)
where
    M: ExponentialFamily + SampleSpace + Sampler + Clone,
{
    let entry = family(name);
    let theta = M::Parameters::from_slice(&entry.points[1]).unwrap();
    let size = entry.points[1].len();
    let t: AnyFunction<'_, M> = &|x, values| values.copy_from_slice(model.sufficient_statistic::<f64>(x).as_ref());
    let found = expectation(model, theta.borrow(), size, t, Method::Automatic, &Settings::default()).unwrap();
    for (got, want) in model.mean_value::<f64>(theta.borrow()).as_ref().iter().zip(&found.values) {
        let error = (got - want.value).abs();
        assert!(error <= want.error + 1e-10 * want.value.abs(), "{name}: E[T] is {got}, by the density {}", want.value);
    }
}

macro_rules! exponential_families {
    ($($test:ident: $name:literal, $model:expr;)*) => {$(
        #[test]
        fn $test() {
            check($name, &$model);
            check_mean($name, &$model);
        }
    )*};
}

/// Ten trials, as in the catalogue.
fn ten() -> std::num::NonZeroU32 {
    std::num::NonZeroU32::new(10).unwrap()
}

exponential_families! {
    normal: "normal", Normal;
    normal_variance: "normal, by variance", NormalVariance;
    log_normal: "lognormal", LogNormal;
    exponential: "exponential", Exponential;
    gamma: "gamma", Gamma;
    gamma_scale: "gamma, by scale", GammaScale;
    inverse_gamma: "inverse gamma", InverseGamma;
    inverse_gaussian: "inverse Gaussian", InverseGaussian;
    half_normal: "half-normal", HalfNormal;
    chi: "chi", Chi;
    chi_squared: "chi-squared", ChiSquared;
    rayleigh: "Rayleigh", Rayleigh;
    maxwell: "Maxwell", Maxwell;
    nakagami: "Nakagami", Nakagami;
    levy: "Lévy", Levy::default();
    pareto: "Pareto", Pareto::new(2.0).unwrap();
    beta: "beta", Beta;
    von_mises: "von Mises", VonMises;
    bernoulli: "Bernoulli", Bernoulli;
    binomial: "binomial", Binomial::new(ten());
    geometric: "geometric", Geometric;
    poisson: "Poisson", Poisson;
    logarithmic: "logarithmic", Logarithmic;
    zeta: "zeta", Zeta;
    zipf: "Zipf", Zipf::new(ten());
    conway_maxwell_poisson: "Conway–Maxwell–Poisson", ConwayMaxwellPoisson;
    categorical: "categorical", Categorical::<2>;
    multinomial: "multinomial", Multinomial::<2>::new(ten());
    dirichlet: "Dirichlet", Dirichlet::<3>;
    bivariate_normal: "bivariate normal", BivariateNormal;
    multivariate_normal: "2-dimensional normal", MultivariateNormal::<2, 5>;
    normal_vector: "normal vector", NormalVector::new(2);
}
