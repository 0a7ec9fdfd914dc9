//! Every family of the catalogue, recorded at its points and at draws.

use fisher_information::derivatives::{derivatives, packed_index};
use fisher_information::distributions::{Visitor, visit_all};
use fisher_information::model::{Datum, Observation, ParameterSpace, SampleSpace, Sampler};
use fisher_information::symbolic::{Trace, trace};
use rand::SeedableRng;
use std::borrow::Borrow;
use std::collections::BTreeSet;

/// How many observations are drawn at each point.
const DRAWS: usize = 8;

/// Derivatives relative to the size of their terms.
const DERIVATIVES: f64 = 1e-14;

/// Derivatives relative to themselves, for all families but [`CANCELLING`].
const RELATIVE: f64 = 1e-12;

/// Families whose derivatives, as formulas, are small differences of large terms at these draws; relative to the terms they are
/// as exact as all others.
///
/// - 3-dimensional normal: at a correlation of 0.97;
/// - zero-truncated Poisson: at a mean of 1/16 the Hessian at x = 1 is −x/λ² plus 1/λ² − 1/12, from ln(1 − e^(−λ)).
const CANCELLING: [&str; 2] = ["3-dimensional normal", "zero-truncated Poisson"];

/// Families that read a number, so that their graph is known to be right only where it recurs: a class or category (grouped,
/// categorical), whether counts are whole (multinomial), the mode about which a series is summed (Conway–Maxwell–Poisson,
/// Skellam), a probability that drops out (beta-binomial), the coordinate by which others are scaled (multivariate t), and the
/// parameters at which another model is asked for its support (censored, zero-inflated).
const READING: [&str; 12] = [
    "Conway–Maxwell–Poisson",
    "Skellam",
    "beta-binomial",
    "categorical",
    "censored Poisson",
    "censored exponential",
    "censored normal",
    "grouped normal",
    "multinomial",
    "multivariate t",
    "zero-inflated binomial",
    "zero-inflated gamma",
];

/// One draw and the recording at it.
type Recorded<X> = (X, Trace);

/// Draws at a point, each recorded.
fn recorded<M: SampleSpace + Sampler>(
    model: &M,
    theta: &fisher_information::model::Theta<M, f64>,
) -> Vec<Recorded<fisher_information::model::OwnedDatum<M>>> {
    let mut rng = chacha20::ChaCha8Rng::seed_from_u64(20);
    (0..DRAWS)
        .map(|_| {
            let x = model.sample(theta, &mut rng);
            let recorded = trace(model, theta, x.borrow()).unwrap();
            (x, recorded)
        })
        .collect()
}

fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

/// Asks one thing of every family at every point.
trait Question {
    fn ask<M: SampleSpace + Sampler>(&mut self, family: &str, model: &M, theta: &[f64]);
}

/// A question, asked of each family that comes by.
struct Ask<Q>(Q);

impl<Q: Question> Visitor for Ask<Q> {
    fn visit<M>(&mut self, family: &'static str, model: &M, points: &[&[f64]])
    where
        M: SampleSpace + Sampler + Clone + Send + 'static,
    {
        for theta in points {
            self.0.ask(family, model, theta);
        }
    }
}

struct ValuesAreTheSame;

impl Question for ValuesAreTheSame {
    fn ask<M: SampleSpace + Sampler>(&mut self, family: &str, model: &M, point: &[f64]) {
        let theta = M::Parameters::from_slice(point).unwrap();
        let all = recorded(model, theta.borrow());
        for (at, trace) in &all {
            let coordinates: &[f64] = M::Observation::coordinates(at.borrow());
            assert!(trace.holds_at(point, coordinates), "{family} at {point:?}, x = {coordinates:?}");
            for (other, _) in &all {
                let x: &Datum<M, f64> = other.borrow();
                let coordinates = M::Observation::coordinates(x);
                if trace.holds_at(point, coordinates) {
                    let (got, want) = (
                        trace.graph.evaluate(&[trace.value], point, coordinates)[0],
                        model.ln_likelihood(theta.borrow(), x),
                    );
                    assert!(
                        same(got, want),
                        "{family} at {point:?}, recorded at {:?}, x = {coordinates:?}: {got} for {want}",
                        trace.x
                    );
                }
            }
        }
    }
}

#[test]
fn recorded_values_are_those_of_numbers_bit_for_bit_wherever_the_decisions_hold() {
    visit_all(&mut Ask(ValuesAreTheSame));
}

/// The worst error so far: relative to the terms, and relative to the derivative itself.
#[derive(Default)]
struct DerivativesAgree {
    terms: (f64, String),
    itself: (f64, String),
}

impl Question for DerivativesAgree {
    fn ask<M: SampleSpace + Sampler>(&mut self, family: &str, model: &M, point: &[f64]) {
        let theta = M::Parameters::from_slice(point).unwrap();
        for (x, mut trace) in recorded(model, theta.borrow()) {
            let want = derivatives(model, theta.borrow(), x.borrow()).unwrap();
            let length = u32::try_from(point.len()).unwrap();
            let mut nodes = trace.graph.gradient(trace.value, length);
            nodes.extend(trace.graph.hessian(trace.value, length));
            let got = trace.graph.evaluate(&nodes, point, &trace.x);
            let sizes = super::sizes(&trace.graph, &nodes, point, &trace.x);
            let mut check = |what: String, k: usize, want: f64| {
                if got[k] == want {
                    return;
                }
                let difference = (got[k] - want).abs();
                let place = format!("{family} at {point:?}, x = {:?}: {what} is {} for {want}", trace.x, got[k]);
                let (terms, itself) = (difference / sizes[k], difference / want.abs());
                assert!(terms < DERIVATIVES, "{place}, {terms:e} of its terms");
                assert!(itself < RELATIVE || CANCELLING.contains(&family), "{place}, {itself:e} of itself");
                if terms > self.terms.0 {
                    self.terms = (terms, place.clone());
                }
                if itself > self.itself.0 {
                    self.itself = (itself, place);
                }
            };
            for i in 0..point.len() {
                check(format!("score {i}"), i, want.score[i]);
                for j in 0..=i {
                    check(format!("Hessian ({i}, {j})"), point.len() + packed_index(i, j), want.hessian[(i, j)]);
                }
            }
        }
    }
}

#[test]
fn recorded_derivatives_are_those_of_dual_numbers() {
    let mut ask = Ask(DerivativesAgree::default());
    visit_all(&mut ask);
    for (error, place) in [ask.0.terms, ask.0.itself] {
        println!("{error:.1e}: {place}");
    }
}

/// The families that read.
#[derive(Default)]
struct WhichRead(BTreeSet<String>);

impl Question for WhichRead {
    fn ask<M: SampleSpace + Sampler>(&mut self, family: &str, model: &M, point: &[f64]) {
        let theta = M::Parameters::from_slice(point).unwrap();
        if recorded(model, theta.borrow()).iter().any(|(_, trace)| trace.reads()) {
            self.0.insert(family.into());
        }
    }
}

#[test]
fn most_families_compare_and_do_not_read() {
    let mut ask = Ask(WhichRead::default());
    visit_all(&mut ask);
    assert_eq!(ask.0.0, READING.map(String::from).into());
}

#[test]
fn parameters_are_checked_and_opaque_observations_are_part_of_the_formula() {
    use fisher_information::Error;
    use fisher_information::distributions::Normal;
    use fisher_information::model::{Fixed, LogLikelihood, Opaque};
    use fisher_information::scalar::Scalar;

    assert!(matches!(trace(&Normal, &[0.0, -1.0], &0.0), Err(Error::ParameterOutsideDomain { .. })));

    /// Exponential durations, observed as a whole.
    struct Durations;

    impl LogLikelihood for Durations {
        type Parameters = Fixed<1>;
        type Observation = Opaque<Vec<f64>>;

        fn ln_likelihood<D: Scalar>(&self, &[rate]: &[D; 1], durations: &Vec<f64>) -> D {
            durations.iter().map(|&x| rate.ln() - rate * x).sum()
        }
    }

    let mut trace = trace(&Durations, &[2.0], &vec![1.0, 0.5, 0.25]).unwrap();
    assert!(trace.x.is_empty() && trace.decisions.is_empty());
    let score = trace.graph.gradient(trace.value, 1);
    assert_eq!(trace.graph.evaluate(&score, &[4.0], &[]), [0.75 - 1.75]);
}
