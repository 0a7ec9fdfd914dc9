//! Laws that hold for every family at every θ, asked at random.

use super::{catalogue, family};
use fisher_information::Error;
use fisher_information::any::Entry;
use fisher_information::distributions::*;
use fisher_information::expectation::{Method, Settings};
use fisher_information::information::{MatrixEstimate, ScoreMoments, closed_form, moments};
use fisher_information::model::{
    ClosedForm, Domain, Elementwise, Fixed, Link, LogLikelihood, Parameter, ParameterSpace, Reparametrised,
    SampleSpace, Sampler, Support,
};
use fisher_information::scalar::Scalar;
use nalgebra::DMatrix;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::borrow::Borrow;

/// As many uniform numbers as the largest family of the catalogue has parameters.
const WIDTH: usize = 12;

fn uniforms() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(0.0..1.0_f64, WIDTH)
}

/// A θ of moderate size from uniform numbers.
fn moderate(name: &str, parameters: &[Parameter], u: &[f64]) -> Vec<f64> {
    let unit = Domain { lower: 0.0, upper: 1.0 };
    let probabilities = parameters.iter().filter(|parameter| parameter.domain == unit).count();
    let value = |(parameter, u): (&Parameter, &f64)| match parameter.domain {
        // Their information exists for shapes above −½ only, and near that is hard to integrate.
        _ if name.starts_with("generalised") && parameter.name == "shape" && !name.contains("gamma") => u - 0.3,
        Domain { lower, upper } if lower.is_finite() && upper.is_finite() => {
            lower + (upper - lower) * (0.1 + 0.8 * u) / probabilities.max(1) as f64
        }
        Domain { lower, .. } if lower.is_finite() => lower + 0.75 * 10.0_f64.powf(*u),
        _ => 4.0 * u - 2.0,
    };
    parameters.iter().zip(u).map(value).collect()
}

/// E[s sᵀ] by the density alone, or nothing where θ is not one of the family's or where only draws would tell.
fn by_density(
    at: &str,
    support: Result<Support, Error>,
    moments: impl FnOnce(Method) -> Result<ScoreMoments, Error>,
) -> Option<MatrixEstimate> {
    let method = match support {
        Ok(Support::Integers { .. } | Support::Points(_) | Support::Compositions { .. }) => Method::Summation,
        Ok(Support::Product(_)) => return None, // the survey of the catalogue asks them at three points: a second each
        Ok(Support::Unstructured) | Err(Error::ParametersOutsideDomain { .. }) => return None,
        Ok(_) => Method::Automatic,
        Err(other) => panic!("{at}: {other}"),
    };
    Some(moments(method).unwrap_or_else(|refusal| panic!("{at}: {refusal}")).outer_product)
}

/// E[s sᵀ] of a family of the catalogue.
fn of_family(entry: &Entry, theta: &[f64]) -> Option<MatrixEstimate> {
    by_density(&format!("{} at {theta:?}", entry.name), entry.model.support(theta), |method| {
        entry.model.moments(theta, method, &Settings::default())
    })
}

/// What an error bar may excuse: a beta density with b < 1 has a pole at x = 1, where doubles are 10⁻¹⁶ apart.
const RESOLUTION: f64 = 1e-6;

/// Fails if a matrix differs from E[s sᵀ] by more than [`CLOSED_FORM`] of √(Iᵢᵢ Iⱼⱼ) and the error bar.
fn assert_close(what: &str, at: &str, want: &MatrixEstimate, got: &DMatrix<f64>) {
    let MatrixEstimate { matrix: want, error } = want;
    for i in 0..want.nrows() {
        for j in 0..want.ncols() {
            let unit = (want[(i, i)] * want[(j, j)]).sqrt();
            let (difference, bar) = ((got[(i, j)] - want[(i, j)]).abs(), error[(i, j)]);
            assert!(
                difference <= CLOSED_FORM * unit + bar && bar <= RESOLUTION * unit,
                "{at}: {what}, entry ({i}, {j}): {} for {} ± {bar:.1e}",
                got[(i, j)],
                want[(i, j)]
            );
        }
    }
}

/// The smallest eigenvalue of a matrix whose diagonal is scaled to ones.
fn smallest_eigenvalue(matrix: &DMatrix<f64>) -> f64 {
    let scaled = DMatrix::from_fn(matrix.nrows(), matrix.ncols(), |i, j| {
        matrix[(i, j)] / (matrix[(i, i)] * matrix[(j, j)]).sqrt()
    });
    scaled.symmetric_eigenvalues().min()
}

/// The rounding of an eigenvalue, and of a closed form near singularity.
const ROUNDING: f64 = 1e-12;

/// Closed form against density at moderate θ.
const CLOSED_FORM: f64 = 1e-9;

proptest! {
    // A few θ a family, always the same: each is a whole integral, for every family.
    #![proptest_config(ProptestConfig {
        cases: 12,
        max_shrink_iters: 0,
        rng_seed: RngSeed::Fixed(1925),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn information_is_symmetric_and_positive_and_the_closed_form_is_that_of_the_density(u in uniforms()) {
        for entry in catalogue() {
            let theta = moderate(entry.name, &entry.model.parameters(), &u);
            let at = format!("{} at {theta:?}", entry.name);
            let closed = match entry.model.closed_form(&theta) {
                Ok(closed) => closed,
                Err(Error::ParametersOutsideDomain { .. }) => continue,
                Err(other) => panic!("{at}: {other}"),
            };
            let density = of_family(entry, &theta);
            for matrix in closed.iter().map(|closed| closed.matrix()).chain(density.iter().map(|density| &density.matrix)) {
                prop_assert_eq!(&matrix.transpose(), matrix, "{}", at);
                prop_assert!(smallest_eigenvalue(matrix) >= -ROUNDING, "{}: {}", at, matrix);
            }
            if let (Some(closed), Some(density)) = (closed, density) {
                assert_close("the closed form", &at, &density, closed.matrix());
            }
        }
    }

    #[test]
    fn information_is_carried_over_to_other_coordinates(u in uniforms()) {
        visit_all(&mut InOtherCoordinates { u });
    }

    /// z = (x − μ)/σ: the information about μ and σ has the unit of 1/σ², that about shapes none.
    #[test]
    fn information_about_location_and_scale_is_equivariant(u in uniforms(), scale in 0.1..10.0_f64, shift in -5.0..5.0_f64) {
        for (name, location, scales) in LOCATION_SCALE {
            let entry = family(name);
            let mut theta = moderate(name, &entry.model.parameters(), &u);
            let units = |index: usize| if Some(index) == *location || scales.contains(&index) { scale } else { 1.0 };
            let mut here = of_family(entry, &theta).unwrap();
            for (index, value) in theta.iter_mut().enumerate() {
                *value = if Some(index) == *location { shift + scale * *value } else { *value * units(index) };
            }
            let there = of_family(entry, &theta).unwrap();
            let carried_back = |matrix: &DMatrix<f64>| {
                DMatrix::from_fn(theta.len(), theta.len(), |i, j| matrix[(i, j)] * units(i) * units(j))
            };
            let back = carried_back(&there.matrix);
            here.error += carried_back(&there.error);
            assert_close("in units of the scale", &format!("{name} at {theta:?}"), &here, &back);
        }
    }

    #[test]
    fn two_observations_tell_twice_as_much(u in uniforms()) {
        fn check<M, const P: usize>(name: &str, model: M, u: &[f64])
        where
            M: SampleSpace<Parameters = Fixed<P>, Observation = f64>,
        {
            let theta = moderate(name, &family(name).model.parameters(), u);
            let theta = Fixed::<P>::from_slice::<f64>(&theta).unwrap();
            let find = |moments: Result<ScoreMoments, Error>| moments.unwrap().outer_product;
            let one = find(moments(&model, &theta, Method::Automatic, &Settings::default()));
            let two = find(moments(&Pair(model), &theta, Method::Automatic, &Settings::default()));
            assert_close("of a pair", &format!("{name} at {theta:?}"), &two, &(one.matrix * 2.0));
        }
        check("normal", Normal, &u);
        check("gamma", Gamma, &u);
        check("Cauchy", Cauchy, &u);
        check("Bernoulli", Bernoulli, &u);
        check("binomial", Binomial::new(std::num::NonZeroU32::new(10).unwrap()), &u);
    }
}

/// The families with a location or a scale: their names, where the location stands and where the parameters with the unit of x do.
const LOCATION_SCALE: &[(&str, Option<usize>, &[usize])] = &[
    ("normal", Some(0), &[1]),
    ("Laplace", Some(0), &[1]),
    ("Cauchy", Some(0), &[1]),
    ("Student's t", Some(0), &[1]),
    ("logistic", Some(0), &[1]),
    ("hyperbolic secant", Some(0), &[1]),
    ("Gumbel", Some(0), &[1]),
    ("generalised extreme value", Some(0), &[1]),
    ("skew-normal", Some(0), &[1]),
    ("hyperbolic secant by location and scale", Some(0), &[1]),
    ("half-normal", None, &[0]),
    ("Weibull", None, &[1]),
    ("Fréchet", None, &[1]),
    ("Rayleigh", None, &[0]),
    ("Maxwell", None, &[0]),
    ("Lévy", None, &[0]),
    ("gamma, by scale", None, &[1]),
    ("inverse gamma", None, &[1]),
    ("generalised gamma", None, &[2]),
    ("Lomax", None, &[1]),
    ("Burr", None, &[2]),
    ("log-logistic", None, &[0]),
    ("generalised Pareto", None, &[0]),
    ("Rice", None, &[0, 1]),
];

/// Two independent observations as one.
struct Pair<M>(M);

impl<M: LogLikelihood<Observation = f64>> LogLikelihood for Pair<M> {
    type Parameters = M::Parameters;
    type Observation = [f64; 2];

    fn ln_likelihood<D: Scalar>(&self, theta: &<M::Parameters as ParameterSpace>::Of<D>, x: &[D; 2]) -> D {
        self.0.ln_likelihood(theta, &x[0]) + self.0.ln_likelihood(theta, &x[1])
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.0.parameters()
    }
}

impl<M: SampleSpace<Observation = f64>> SampleSpace for Pair<M> {
    fn support(&self, theta: &<M::Parameters as ParameterSpace>::Of<f64>) -> Support {
        Support::product([self.0.support(theta), self.0.support(theta)])
    }
}

/// The closed form pulled back, Jᵀ I J, against the density in the coordinates ln θ of positive parameters and logit θ of
/// probabilities.
struct InOtherCoordinates {
    u: Vec<f64>,
}

impl Visitor for InOtherCoordinates {
    fn visit<M>(&mut self, _: &'static str, _: &M, _: &[&[f64]])
    where
        M: SampleSpace + Sampler + Clone + Send + 'static,
    {
    }

    fn visit_closed_form<M>(&mut self, family: &'static str, model: &M, _: &[&[f64]])
    where
        M: SampleSpace + Sampler + ClosedForm + Clone + Send + 'static,
    {
        let parameters = LogLikelihood::parameters(model);
        let theta = moderate(family, &parameters, &self.u);
        let links: Vec<Link> = parameters.iter().map(|parameter| link(parameter.domain)).collect();
        let phi: Vec<f64> = links.iter().zip(&theta).map(|(link, theta)| link.apply(*theta)).collect();
        let new = Reparametrised::new(model.clone(), Elementwise(links));
        let (at, phi) = (format!("{family} at {theta:?}"), M::Parameters::from_slice(&phi).unwrap());
        let formula = match closed_form(&new, phi.borrow()) {
            Ok(formula) => formula.unwrap(),
            Err(Error::ParametersOutsideDomain { .. }) => return,
            Err(other) => panic!("{at}: {other}"),
        };
        let by_density = by_density(&at, Ok(SampleSpace::support(&new, phi.borrow())), |method| {
            moments(&new, phi.borrow(), method, &Settings::default())
        });
        if let Some(density) = by_density {
            assert_close("in other coordinates", &at, &density, formula.matrix());
        }
    }
}

fn link(domain: Domain) -> Link {
    match (domain.lower, domain.upper) {
        (0.0, f64::INFINITY) => Link::Log,
        (0.0, 1.0) => Link::Logit,
        _ => Link::Identity,
    }
}
