//! Several coordinates: tensor quadrature, parts of a whole, finite products, and rows with covariates.

use crate::reference;
use fisher_information::Error;
use fisher_information::distributions::{Dirichlet, Normal};
use fisher_information::expectation::{Method, Provenance, Settings, expectation};
use fisher_information::information::{expected_by, expected_of_design, moments};
use fisher_information::prelude::*;
use std::f64::consts::TAU;

/// The normal distribution in the plane: means, deviations and correlation.
struct Plane;

impl LogLikelihood for Plane {
    type Parameters = Fixed<5>;
    type Observation = [f64; 2];

    fn ln_likelihood<D: Scalar>(&self, &[a, b, s, t, r]: &[D; 5], &[x, y]: &[D; 2]) -> D {
        let (u, v, rest) = ((x - a) / s, (y - b) / t, -r * r + 1.0);
        -(u * u - r * u * v * 2.0 + v * v) / rest * 0.5 - s.ln() - t.ln() - rest.ln() * 0.5 - TAU.ln()
    }
}

impl SampleSpace for Plane {
    fn support(&self, _: &[f64; 5]) -> Support {
        Support::product([Support::real(), Support::real()])
    }
}

#[test]
fn the_plane_agrees_with_the_reference() {
    for row in reference::fisher("mvn2_mu_sigma_rho") {
        let theta: [f64; 5] = row.theta.clone().try_into().unwrap();
        let information = expected(&Plane, &theta).unwrap();
        for i in 0..5 {
            for j in 0..5 {
                let want = row.matrix[5 * i + j];
                let scale = (row.matrix[6 * i] * row.matrix[6 * j]).sqrt();
                let (error, reported) = ((information.matrix()[(i, j)] - want).abs(), information.error()[(i, j)]);
                assert!(error <= reported + 4.0 * f64::EPSILON * scale, "{}: {error:.1e} {reported:.1e}", row.id);
                assert!(error <= 1e-10 * scale, "{}: ({i}, {j}) off by {:.1e}", row.id, error / scale);
            }
        }
    }
}

/// Independent: a normal, a gamma with shape 2 and a uniform, with unknown location and rate.
struct Mixed;

impl LogLikelihood for Mixed {
    type Parameters = Fixed<2>;
    type Observation = [f64; 3];

    fn ln_likelihood<D: Scalar>(&self, &[location, rate]: &[D; 2], &[x, y, _]: &[D; 3]) -> D {
        let z = x - location;
        z * z * -0.5 - TAU.ln() * 0.5 + rate.ln() * 2.0 + y.ln() - rate * y
    }
}

impl SampleSpace for Mixed {
    fn support(&self, _: &[f64; 2]) -> Support {
        Support::product([Support::real(), Support::positive(), Support::interval(-1.0, 0.0)])
    }
}

#[test]
fn three_different_intervals_work() {
    let information = expected(&Mixed, &[3.0, 0.5]).unwrap();
    for ((i, j), want) in [((0, 0), 1.0), ((1, 1), 8.0), ((0, 1), 0.0)] {
        let got = information.matrix()[(i, j)];
        assert!((got - want).abs() <= information.error()[(i, j)] + 1e-14, "({i}, {j}): {got} for {want}");
        assert!((got - want).abs() <= 1e-9, "({i}, {j}): {got} for {want}");
    }
}

/// The weights of a mixture with Dirichlet concentrations (a, b, …, b), without anything but the density.
struct Weights<const K: usize>;

impl<const K: usize> LogLikelihood for Weights<K> {
    type Parameters = Fixed<2>;
    type Observation = [f64; K];

    fn ln_likelihood<D: Scalar>(&self, &[a, b]: &[D; 2], x: &[D; K]) -> D {
        let others = (K - 1) as f64;
        let constant = (a + b * others).ln_gamma() - a.ln_gamma() - b.ln_gamma() * others;
        let [first, rest @ ..] = &x[..] else { return constant };
        constant + (a - 1.0) * first.ln() + (b - 1.0) * rest.iter().map(|x| x.ln()).sum::<D>()
    }
}

impl<const K: usize> SampleSpace for Weights<K> {
    fn support(&self, _: &[f64; 2]) -> Support {
        Support::simplex(K)
    }
}

/// I(a, b) of the weights: ψ₁(a) − ψ₁(s), −m ψ₁(s), m ψ₁(b) − m² ψ₁(s), with m = K − 1 and s = a + m b.
fn check_weights<const K: usize>(theta: [f64; 2], tolerance: f64) {
    let [a, b] = theta;
    let m = (K - 1) as f64;
    let of_sum = Scalar::polygamma(a + m * b, 1);
    let first = Scalar::polygamma(a, 1) - of_sum;
    let second = m * Scalar::polygamma(b, 1) - m * m * of_sum;
    let settings = Settings { tolerance, ..Settings::default() };
    let information = expected_by(&Weights::<K>, &theta, Method::Automatic, &settings).unwrap();
    assert!(matches!(information.provenance(), Provenance::Quadrature { .. }));
    for ((i, j), want) in [((0, 0), first), ((0, 1), -m * of_sum), ((1, 1), second)] {
        let (error, scale) = ((information.matrix()[(i, j)] - want).abs(), (first * second).sqrt().max(want.abs()));
        assert!(
            error <= information.error()[(i, j)] + 4.0 * f64::EPSILON * scale,
            "{K} parts at {theta:?}: {error:.1e}"
        );
        assert!(error <= tolerance * scale, "{K} parts at {theta:?}: off by {error:.1e}");
    }
}

#[test]
fn two_to_four_parts_of_a_whole_are_integrated() {
    check_weights::<2>([1.0, 1.0], 1e-10);
    check_weights::<2>([0.125, 0.0625], 1e-10);
    check_weights::<2>([1e4, 0.5], 1e-10);
    check_weights::<3>([2.5, 0.25], 1e-10);
    check_weights::<3>([0.0625, 3.0], 1e-10);
    check_weights::<3>([300.0, 40.0], 1e-10);
    check_weights::<4>([1.5, 1.0], 1e-6);
}

#[test]
fn parts_too_near_a_face_and_too_many_are_refused() {
    let at = |theta| expected(&Weights::<3>, &theta);
    assert!(matches!(at([0.01, 1.0]), Err(Error::Unresolved { .. })), "{:?}", at([0.01, 1.0]));
    // Five parts can only be drawn, and these weights have no sampler.
    let five = expected(&Weights::<5>, &[1.0, 1.0]);
    assert!(matches!(five, Err(Error::Unsupported { needs: "two to four parts", .. })), "{five:?}");
    let five = expected_by(&Dirichlet::<5>, &[1.0; 5], Method::Automatic, &Settings::default()).unwrap();
    assert!(matches!(five.provenance(), Provenance::MonteCarlo { .. }));
}

/// Two throws of a coin, and the faces of a die that does not matter.
struct Throws;

impl LogLikelihood for Throws {
    type Parameters = Fixed<1>;
    type Observation = [f64; 3];

    fn ln_likelihood<D: Scalar>(&self, &[p]: &[D; 1], &[x, y, _]: &[D; 3]) -> D {
        let heads = x + y;
        heads * p.ln() + (-heads + 2.0) * (-p).ln_1p() - 6.0_f64.ln()
    }
}

impl SampleSpace for Throws {
    fn support(&self, _: &[f64; 1]) -> Support {
        Support::product([Support::points([0.0, 1.0]), Support::integers(0, 1), Support::integers(1, 6)])
    }
}

#[test]
fn finite_products_are_summed() {
    let information = expected(&Throws, &[0.25]).unwrap();
    assert!((information.matrix()[(0, 0)] - 2.0 / (0.25 * 0.75)).abs() < 1e-13);
    let faces = expectation(&Throws, &[0.25], 1, |x, g| g[0] = x[2], Method::Automatic, &Settings::default()).unwrap();
    assert!((faces.values[0].value - 3.5).abs() < 1e-14);
}

/// Logistic regression on rows (covariates…, response).
struct Logistic;

impl LogLikelihood for Logistic {
    type Parameters = Dynamic;
    type Observation = [f64];

    fn ln_likelihood<D: Scalar>(&self, beta: &[D], row: &[D]) -> D {
        let (response, covariates) = row.split_last().unwrap();
        let predictor = covariates.iter().zip(beta).map(|(&x, &b)| x * b).sum::<D>();
        *response * predictor - predictor.ln_1p_exp()
    }
}

impl SampleSpace for Logistic {
    fn support(&self, beta: &[f64]) -> Support {
        Support::response(beta.len(), Support::points([0.0, 1.0]))
    }
}

#[test]
fn the_information_of_a_design_is_x_weighted_x() {
    let beta = [0.4, -1.2, 0.05];
    let rows: Vec<Vec<f64>> = (0..20).map(|k| vec![1.0, f64::from(k) / 7.0, f64::from(k * k % 11), f64::NAN]).collect();
    let rows: Vec<Vec<f64>> = rows
        .into_iter()
        .map(|mut row| {
            row[3] = 0.0;
            row
        })
        .collect();
    let information = expected_of_design(&Logistic, &beta, rows.iter().map(|row| row.as_slice())).unwrap();
    assert_eq!(information.observations(), 20.0);
    for i in 0..3 {
        for j in 0..3 {
            let want: f64 = rows
                .iter()
                .map(|row| {
                    let p = 1.0 / (1.0 + (-(0..3).map(|k| row[k] * beta[k]).sum::<f64>()).exp());
                    row[i] * row[j] * p * (1.0 - p)
                })
                .sum();
            assert!((information.matrix()[(i, j)] - want).abs() <= 1e-13 * want.abs(), "({i}, {j})");
        }
    }
    let without_a_row = moments(&Logistic, &beta, Method::Automatic, &Settings::default());
    assert!(matches!(without_a_row, Err(Error::Unsupported { needs: "a row of covariates", .. })), "{without_a_row:?}");
}

/// Four independent normals in one observation: too many coordinates for quadrature, but easy to draw.
struct Four;

impl LogLikelihood for Four {
    type Parameters = Fixed<2>;
    type Observation = [f64; 4];

    fn ln_likelihood<D: Scalar>(&self, theta: &[D; 2], x: &[D; 4]) -> D {
        x.iter().map(|x| Normal.ln_likelihood(theta, x)).sum()
    }
}

impl SampleSpace for Four {
    fn support(&self, _: &[f64; 2]) -> Support {
        Support::product(vec![Support::real(); 4])
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().sampler().quantile()
    }
}

impl Sampler for Four {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64; 2], rng: &mut R) -> [f64; 4] {
        std::array::from_fn(|_| Normal.sample(theta, rng))
    }
}

impl Quantile for Four {
    fn uniforms(&self) -> usize {
        4
    }

    fn quantile(&self, theta: &[f64; 2], u: &[f64]) -> [f64; 4] {
        std::array::from_fn(|k| Normal.quantile(theta, &u[k..=k]))
    }
}

#[test]
fn what_cannot_be_integrated_is_drawn() {
    let information = expected(&Four, &[0.0, 2.0]).unwrap();
    assert!(matches!(information.provenance(), Provenance::MonteCarlo { draws: 100_000, seed: 0 }));
    let quasi = expected_by(&Four, &[0.0, 2.0], Method::QuasiMonteCarlo, &Settings::default()).unwrap();
    assert!(matches!(quasi.provenance(), Provenance::QuasiMonteCarlo { .. }));
    for (result, name) in [(&information, "Monte Carlo"), (&quasi, "quasi-Monte Carlo")] {
        for ((i, j), want) in [((0, 0), 1.0), ((1, 1), 2.0), ((0, 1), 0.0)] {
            let (error, reported) = ((result.matrix()[(i, j)] - want).abs(), result.error()[(i, j)]);
            assert!(error <= 5.0 * reported, "{name} ({i}, {j}): {error:.1e}, standard error {reported:.1e}");
            assert!(reported <= 0.02, "{name} ({i}, {j}): {reported:.1e}");
        }
    }
}

/// A series of eight normals, handed over as it is.
struct Series;

impl LogLikelihood for Series {
    type Parameters = Fixed<1>;
    type Observation = Opaque<Vec<f64>>;

    fn ln_likelihood<D: Scalar>(&self, &[mean]: &[D; 1], series: &Vec<f64>) -> D {
        series.iter().map(|&x| (-mean + x) * (-mean + x) * -0.5 - TAU.ln() * 0.5).sum()
    }
}

impl SampleSpace for Series {
    fn support(&self, _: &[f64; 1]) -> Support {
        Support::Unstructured
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().sampler()
    }
}

impl Sampler for Series {
    fn sample<R: rand::Rng + ?Sized>(&self, &[mean]: &[f64; 1], rng: &mut R) -> Vec<f64> {
        (0..8).map(|_| Normal.sample(&[mean, 1.0], rng)).collect()
    }
}

#[test]
fn a_whole_series_is_an_observation() {
    let information = expected(&Series, &[0.5]).unwrap();
    let (error, reported) = ((information.matrix()[(0, 0)] - 8.0).abs(), information.error()[(0, 0)]);
    assert!(error <= 5.0 * reported && reported < 0.1, "{error:.1e}, standard error {reported:.1e}");
    // −E[H] does not vary at all, and the moments say so.
    let moments = moments(&Series, &[0.5], Method::Automatic, &Settings::default()).unwrap();
    assert!((moments.hessian.matrix[(0, 0)] - 8.0).abs() < 1e-12 && moments.mass.is_none());
}
