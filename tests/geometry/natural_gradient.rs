//! The natural gradient: what it is in exponential families, that it does not depend on coordinates, and that it arrives.

use fisher_information::distributions::{Exponential, Gamma, NegativeBinomial, Normal, Poisson, Weibull};
use fisher_information::error::Error;
use fisher_information::expectation::Settings;
use fisher_information::geometry::natural_gradient::{
    Descent, DescentEnd, DescentMetric, DescentPath, Loss, LossWithGradient, NegativeLogLikelihood, Penalised,
    SmoothLoss, Step, StepLength,
};
use fisher_information::geometry::{FisherMetric, Manifold};
use fisher_information::inference::{Fit, MaximumLikelihood, NormalPrior, ParameterFunction, maximum_likelihood};
use fisher_information::information::{MatrixEstimate, Method, expected_of_data, observed};
use fisher_information::prelude::*;
use fisher_information::regression::{Covariates, logistic, poisson};
use nalgebra::{DMatrix, DVector, Matrix2, Vector2};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const WAITS: [f64; 8] = [1.1, 0.6, 2.3, 1.9, 0.8, 1.4, 3.0, 1.2];

fn config(seed: u64) -> ProptestConfig {
    ProptestConfig { cases: 64, rng_seed: RngSeed::Fixed(seed), failure_persistence: None, ..ProptestConfig::default() }
}

/// Rows of intercept, x and a response.
fn rows() -> Vec<Vec<f64>> {
    let x = [-1.5, -1.0, -0.4, 0.1, 0.3, 0.8, 1.2, 1.9, 2.4, 2.5];
    let y = [0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0];
    x.iter().zip(y).map(|(&x, y)| vec![1.0, x, y]).collect()
}

fn covariates() -> Covariates {
    Covariates::named(["intercept", "x"]).unwrap()
}

/// One step of fixed length from a start.
fn one_step<M>(model: &M, data: &[f64], start: &[f64], step: Step, length: f64) -> Vec<f64>
where
    M: SampleSpace<Observation = f64>,
{
    let manifold = FisherMetric::of(model);
    let loss = NegativeLogLikelihood::new(model, data);
    let metric = DescentMetric::manifold(&manifold, data.len() as f64);
    let descent = Descent::natural(&loss, metric).step(step).length(StepLength::Fixed(length)).iterations(1);
    descent.run(start).unwrap().last().theta.clone()
}

/// √((θ − θ̂)ᵀA(θ − θ̂)): how far a point is from a fit, in standard errors.
fn distance<M: LogLikelihood, D: Observations<M::Observation> + ?Sized>(fit: &Fit<'_, M, D>, theta: &[f64]) -> f64 {
    let away = DVector::from_fn(theta.len(), |i, _| theta[i] - fit.estimates()[i]);
    away.dot(&(fit.curvature().unwrap().matrix() * &away)).sqrt()
}

/// The mean and the mean square of a normal distribution.
struct Means;

impl CoordinateMap<Fixed<2>> for Means {
    fn map<D: Scalar>(&self, &[mean, square]: &[D; 2]) -> [D; 2] {
        [mean, (square - mean * mean).sqrt()]
    }

    fn parameters(&self, _: Vec<Parameter>) -> Vec<Parameter> {
        vec![Parameter::real("mean"), Parameter::positive("mean square")]
    }
}

proptest! {
    #![proptest_config(config(61))]

    /// In mean parameters the information is the inverse of the covariance of the statistic, and the score F(m)(t̄ − m).
    #[test]
    fn in_mean_parameters_one_step_leads_to_the_maximum(
        data in prop::collection::vec(-3.0..3.0f64, 3..12), mean in -2.0..2.0f64, variance in 0.1..9.0f64,
    ) {
        let n = data.len() as f64;
        let (m1, m2) = (data.iter().sum::<f64>() / n, data.iter().map(|x| x * x).sum::<f64>() / n);
        prop_assume!(m2 - m1 * m1 > 0.01);
        let model = Reparametrised::new(Normal, Means);
        let found = one_step(&model, &data, &[mean, mean * mean + variance], Step::Straight, 1.0);
        prop_assert!((found[0] - m1).abs() < 1e-11 && (found[1] - m2).abs() < 1e-10, "{found:?}, not {m1}, {m2}");
    }

    /// In natural parameters the observed information is the expected one.
    #[test]
    fn in_natural_parameters_it_is_newtons_step(shape in 0.3..5.0f64, rate in 0.2..4.0f64) {
        let model = Reparametrised::new(Gamma, NaturalCoordinates(Gamma));
        let eta = Gamma.natural(&[shape, rate]);
        let found = one_step(&model, &WAITS, &eta, Step::Straight, 1e-3);
        let newton = observed(&model, &eta, &WAITS).unwrap();
        let score = NegativeLogLikelihood::new(&model, &WAITS).at(&eta).unwrap().gradient;
        let score = Vector2::new(-score[0].value, -score[1].value);
        let step = newton.inverse().unwrap().matrix() * score;
        for i in 0..2 {
            prop_assert!((found[i] - eta[i] - 1e-3 * step[i]).abs() < 1e-12 * (1.0 + step.norm()), "{found:?}");
        }
    }
}

/// ψ ↦ (μ, σ): an affine map to (μ, ln σ), and from there.
struct Affine {
    matrix: Matrix2<f64>,
    shift: Vector2<f64>,
}

impl CoordinateMap<Fixed<2>> for Affine {
    fn map<D: Scalar>(&self, &[a, b]: &[D; 2]) -> [D; 2] {
        let row = |i: usize| a * self.matrix[(i, 0)] + b * self.matrix[(i, 1)] + self.shift[i];
        [row(0), row(1).exp()]
    }

    fn parameters(&self, _: Vec<Parameter>) -> Vec<Parameter> {
        vec![Parameter::real("a"), Parameter::real("b")]
    }
}

proptest! {
    #![proptest_config(config(62))]

    #[test]
    fn affine_coordinates_do_not_change_a_step(
        entries in prop::array::uniform4(-2.0..2.0f64), shift in prop::array::uniform2(-1.0..1.0f64),
        start in prop::array::uniform2(-1.0..1.0f64), length in 0.05..1.0f64, kind in 0..3_usize,
    ) {
        let matrix = Matrix2::from_row_slice(&entries);
        prop_assume!(matrix.determinant().abs() > 0.2);
        let step = [Step::Straight, Step::SecondOrder, Step::Geodesic][kind];
        let shift = Vector2::from(shift);
        let plain = Reparametrised::new(Normal, Affine { matrix: Matrix2::identity(), shift: Vector2::zeros() });
        let other = Reparametrised::new(Normal, Affine { matrix, shift });
        let there = matrix.try_inverse().unwrap() * (Vector2::from(start) - shift);
        let first = one_step(&plain, &WAITS, &start, step, length);
        let second = one_step(&other, &WAITS, there.as_slice(), step, length);
        let back = matrix * Vector2::new(second[0], second[1]) + shift;
        let size = 1.0 + first[0].abs() + first[1].abs();
        prop_assert!((back - Vector2::new(first[0], first[1])).norm() < if kind == 2 { 1e-8 } else { 1e-10 } * size, "{back} {first:?}");
    }
}

#[test]
fn plain_descent_depends_on_affine_coordinates() {
    let gradient_step = |matrix: Matrix2<f64>| {
        let model = Reparametrised::new(Normal, Affine { matrix, shift: Vector2::zeros() });
        let loss = NegativeLogLikelihood::new(&model, &WAITS);
        let start = matrix.try_inverse().unwrap() * Vector2::new(0.5, 0.1);
        let path = Descent::plain(&loss).length(StepLength::Fixed(1e-3)).iterations(1).run(start.as_slice()).unwrap();
        let last = &path.last().theta;
        matrix * Vector2::new(last[0], last[1]) - Vector2::new(0.5, 0.1)
    };
    let (one, ten) = (gradient_step(Matrix2::identity()), gradient_step(Matrix2::identity() * 10.0));
    assert!((ten / 100.0 - one).norm() < 1e-12 * one.norm(), "a unit ten times larger, a step a hundred times longer");
}

/// How far apart one step is in (shape, rate) and in their logarithms.
fn gap(step: Step, length: f64) -> f64 {
    let logarithms = Reparametrised::new(Gamma, Elementwise(vec![Link::Log, Link::Log]));
    let start = [1.2, 1.7_f64];
    let own = one_step(&Gamma, &WAITS, &start, step, length);
    let other = one_step(&logarithms, &WAITS, &start.map(f64::ln), step, length);
    own.iter().zip(&other).map(|(own, other)| (own - other.exp()).powi(2)).sum::<f64>().sqrt()
}

#[test]
fn coordinates_matter_to_second_order_for_straight_steps_and_to_third_for_bent_ones() {
    for (step, order) in [(Step::Straight, 2.0), (Step::SecondOrder, 3.0)] {
        let rates: Vec<f64> =
            [3, 5, 7, 9].map(|k| gap(step, 0.5_f64.powi(k))).windows(2).map(|w| (w[0] / w[1]).log2() / 2.0).collect();
        assert!((rates[2] - order).abs() < 0.02, "{step:?}: {rates:?}");
        assert!((rates[2] - order).abs() < (rates[0] - order).abs(), "{step:?}: {rates:?}");
    }
}

#[test]
fn geodesic_steps_do_not_depend_on_coordinates_at_all() {
    for length in [1.0, 0.3, 0.1] {
        assert!(gap(Step::Geodesic, length) < 1e-9, "{length}: {}", gap(Step::Geodesic, length));
        assert!(gap(Step::Straight, length) > 1e-2);
    }
}

/// The metric 1/λ of a Poisson distribution is flat in 2√λ.
#[test]
fn a_geodesic_step_by_hand() {
    let logarithm = Reparametrised::new(Poisson, Elementwise(vec![Link::Log]));
    for (rate, length) in [(4.0_f64, 1.0), (4.0, 0.5), (1.0, 0.25), (30.0, 0.5)] {
        let by_hand = (rate.sqrt() + length * (3.0 - rate) / (2.0 * rate.sqrt())).powi(2);
        let found = one_step(&Poisson, &[2.0, 4.0], &[rate], Step::Geodesic, length)[0];
        let other = one_step(&logarithm, &[2.0, 4.0], &[rate.ln()], Step::Geodesic, length)[0].exp();
        assert!(
            (found / by_hand - 1.0).abs() < 1e-9 && (other / by_hand - 1.0).abs() < 1e-9,
            "{found} {other} {by_hand}"
        );
    }
}

/// In mean parameters the flow θ̇ = −F⁻¹g is ṁ = t̄ − m, whatever the coordinates it is followed in.
#[test]
fn short_steps_follow_the_flow() {
    let n = WAITS.len() as f64;
    let means = [WAITS.iter().sum::<f64>() / n, WAITS.iter().map(|x| x * x).sum::<f64>() / n];
    let start = [0.5, 2.0];
    let from = [start[0], start[0] * start[0] + start[1] * start[1]];
    let manifold = FisherMetric::of(&Normal);
    let loss = NegativeLogLikelihood::new(&Normal, &WAITS);
    let miss = |steps: usize| {
        let length = StepLength::Fixed(1.0 / steps as f64);
        let descent = Descent::natural(&loss, DescentMetric::manifold(&manifold, n)).length(length).iterations(steps);
        let path = descent.run(&start).unwrap();
        assert_eq!((path.steps(), path.end()), (steps, &DescentEnd::Exhausted));
        let [mean, deviation] = path.last().theta[..] else { panic!("two parameters") };
        let decay = (-1.0_f64).exp();
        let exact = [0, 1].map(|i| means[i] + (from[i] - means[i]) * decay);
        (mean - exact[0]).hypot(mean * mean + deviation * deviation - exact[1])
    };
    let (coarse, fine) = (miss(200), miss(400));
    assert!(fine < 2e-3 && (coarse / fine - 2.0).abs() < 0.02, "{coarse} {fine}");
}

/// Runs and compares with the maximum of the likelihood.
fn arrives<M, D>(model: &M, data: &D, path: &DescentPath)
where
    M: LogLikelihood,
    D: Observations<M::Observation> + ?Sized,
{
    let fit = maximum_likelihood(model, data).unwrap();
    let minimum = path.minimum().unwrap();
    assert!(distance(&fit, minimum) < 1e-7, "{minimum:?}, not {:?}", fit.estimates());
    let value = path.last().value;
    let best = fit.log_likelihood();
    assert!((value.value + best.value).abs() <= value.error + best.error + 1e-14);
    for pair in path.points().windows(2) {
        let rounding = pair[0].value.error + pair[1].value.error;
        assert!(pair[1].value.value <= pair[0].value.value + 2.0 * rounding, "the loss rises");
        assert!(pair[0].length.is_some());
    }
    assert_eq!(path.last().length, None);
}

#[test]
fn all_ways_lead_to_the_maximum_of_the_likelihood() {
    let counts = [0.0, 3.0, 1.0, 0.0, 7.0, 2.0, 0.0, 1.0, 4.0, 2.0];
    let (gamma, weibull, negative) =
        (FisherMetric::of(&Gamma), FisherMetric::of(&Weibull), FisherMetric::of(&NegativeBinomial));
    for step in [Step::Straight, Step::SecondOrder, Step::Geodesic] {
        let loss = NegativeLogLikelihood::new(&Gamma, &WAITS);
        let descent = Descent::natural(&loss, DescentMetric::manifold(&gamma, 8.0)).step(step);
        arrives(&Gamma, &WAITS, &descent.run(&[0.3, 5.0]).unwrap());
        let loss = NegativeLogLikelihood::new(&Weibull, &WAITS);
        let descent = Descent::natural(&loss, DescentMetric::manifold(&weibull, 8.0)).step(step);
        arrives(&Weibull, &WAITS, &descent.run(&[0.5, 4.0]).unwrap());
        if step == Step::Geodesic {
            continue; // the metric of this family is a sum at every point of the path
        }
        let loss = NegativeLogLikelihood::new(&NegativeBinomial, &counts);
        let descent = Descent::natural(&loss, DescentMetric::manifold(&negative, 10.0)).step(step);
        arrives(&NegativeBinomial, &counts, &descent.run(&[1.0, 0.5]).unwrap());
    }
    let loss = NegativeLogLikelihood::new(&Gamma, &WAITS);
    arrives(&Gamma, &WAITS, &Descent::plain(&loss).run(&[0.3, 5.0]).unwrap());
    let growing = Descent::natural(&loss, DescentMetric::expected(&Gamma, &WAITS)).length(StepLength::Growing(0.25));
    arrives(&Gamma, &WAITS, &growing.run(&[0.3, 5.0]).unwrap());
}

#[test]
fn a_logistic_regression_is_fitted_by_scoring() {
    let (model, rows) = (logistic(&covariates()).unwrap(), rows());
    let loss = NegativeLogLikelihood::new(&model, &rows);
    let natural = Descent::natural(&loss, DescentMetric::expected(&model, &rows)).run(&[0.0, 0.0]).unwrap();
    arrives(&model, &rows, &natural);
    let scoring = MaximumLikelihood::new(&model, &rows).scoring().start(&[0.0, 0.0]).tolerance(1e-8).fit().unwrap();
    assert_eq!(natural.steps(), scoring.certificate().iterations);
    assert!(distance(&scoring, natural.minimum().unwrap()) < 2e-8); // each within 10⁻⁸
    // Weights count as repetitions.
    let weights: Vec<f64> = (0..rows.len()).map(|i| 1.0 + f64::from(i as u32 % 3)).collect();
    let weighted = Weighted { data: &rows, weights: &weights };
    let loss = NegativeLogLikelihood::new(&model, &weighted);
    let path = Descent::natural(&loss, DescentMetric::expected(&model, &weighted)).run(&[0.0, 0.0]).unwrap();
    arrives(&model, &weighted, &path);
}

#[test]
fn draws_estimate_the_metric_and_do_not_move_the_end() {
    let (model, rows) = (logistic(&covariates()).unwrap(), rows());
    let loss = NegativeLogLikelihood::new(&model, &rows);
    let run =
        |seed| Descent::natural(&loss, DescentMetric::monte_carlo(&model, &rows, 200, seed)).run(&[0.3, 0.8]).unwrap();
    let path = run(3);
    arrives(&model, &rows, &path);
    assert_eq!(path, run(3));
    assert_ne!(path.points()[1], run(4).points()[1]);
    // The norm at the start against the exact one, and an error that is a standard error and not more.
    let exact = Descent::natural(&loss, DescentMetric::expected(&model, &rows)).run(&[0.3, 0.8]).unwrap();
    let (drawn, exact) = (path.points()[0].norm, exact.points()[0].norm);
    assert!(
        (drawn.value - exact.value).abs() < 4.0 * drawn.error && drawn.error < 0.2 * exact.value,
        "{drawn:?} {exact:?}"
    );
    assert!(exact.error < 1e-8 * exact.value && drawn.error > 1e-3 * exact.value);
    // The same with draws of single observations.
    let manifold =
        FisherMetric::by(&Gamma, Method::MonteCarlo, Settings { draws: 2000, seed: 5, ..Settings::default() });
    let loss = NegativeLogLikelihood::new(&Gamma, &WAITS);
    arrives(
        &Gamma,
        &WAITS,
        &Descent::natural(&loss, DescentMetric::manifold(&manifold, 8.0)).run(&[1.0, 1.0]).unwrap(),
    );
}

/// A metric that is drawn 4000 times, entry by entry, against the expectation.
#[test]
fn the_metric_of_draws_is_unbiased() {
    let data = [2.0, 0.0, 3.0];
    let weighted = Weighted { data: &data, weights: &[1.0, 2.0, 0.5] };
    let loss = NegativeLogLikelihood::new(&Poisson, &weighted);
    let theta = [1.5];
    let drawn = Descent::natural(&loss, DescentMetric::monte_carlo(&Poisson, &weighted, 4000, 9)).run(&theta).unwrap();
    let norm = drawn.points()[0].norm;
    let information = expected_of_data(&Poisson, &theta, &weighted).unwrap().matrix()[(0, 0)];
    let gradient = loss.at(&theta).unwrap().gradient[0].value;
    let exact = gradient.abs() / information.sqrt();
    assert!((norm.value - exact).abs() < 4.0 * norm.error, "{norm:?} {exact}");
    // Var(Σ w s²) of Poisson scores s = x/λ − 1, E s⁴ = (3λ² + λ)/λ⁴, E s² = 1/λ
    let fourth = (3.0 * 1.5 * 1.5 + 1.5) / 1.5_f64.powi(4) - 1.0 / (1.5 * 1.5);
    let error = ((1.0 + 4.0 + 0.25) * fourth / 4000.0).sqrt();
    let expected_error = 0.5 * norm.value * error / information;
    assert!((norm.error / expected_error - 1.0).abs() < 0.1, "{} {expected_error}", norm.error);
}

/// A normal mean with known deviation 1: F = n, and the empirical matrix is Σ(x − μ)².
#[test]
fn the_empirical_matrix_is_large_where_steps_should_be_long() {
    struct Mean;
    impl LogLikelihood for Mean {
        type Parameters = Fixed<1>;
        type Observation = f64;
        fn ln_likelihood<D: Scalar>(&self, &[mean]: &[D; 1], &x: &D) -> D {
            (x - mean).powi(2) * -0.5
        }
    }
    let data = [0.7, 1.3, 0.9, 1.1];
    let loss = NegativeLogLikelihood::new(&Mean, &data);
    let unit = |metric| Descent::natural(&loss, metric).length(StepLength::Fixed(1.0)).iterations(50);
    let step = |start: f64| {
        let path = unit(DescentMetric::empirical(&Mean, &data)).run(&[start]).unwrap();
        (path.points()[1].theta[0] - start, path)
    };
    let by_hand = |away: f64| away / (0.05 + away * away); // the mean is 1, the variance 0.05
    let (far, _) = step(11.0);
    assert!((far - by_hand(-10.0)).abs() < 1e-12 && far.abs() < 0.1);
    let (near, path) = step(1.01);
    assert!((near - by_hand(-0.01)).abs() < 1e-12 && near.abs() > 0.19); // twenty times too far
    assert_eq!(path.end(), &DescentEnd::Exhausted);
    assert!(matches!(path.minimum(), Err(Error::DescentNotEnded { steps: 50, .. })));
    let natural = unit(DescentMetric::given(|_| {
        Ok(MatrixEstimate { matrix: DMatrix::from_element(1, 1, 4.0), error: DMatrix::zeros(1, 1) })
    }));
    assert_eq!(natural.run(&[11.0]).unwrap().steps(), 1);
}

#[test]
fn a_step_out_of_the_domain_is_shortened() {
    let loss = NegativeLogLikelihood::new(&Exponential, &[0.5, 1.5]);
    let manifold = FisherMetric::of(&Exponential);
    let descent = Descent::natural(&loss, DescentMetric::manifold(&manifold, 2.0)).length(StepLength::Fixed(1.0));
    // the step is λ − λ² from λ = 5, to −15; an eighth of it is the first that stays above 0
    let path = descent.run(&[5.0]).unwrap();
    assert_eq!(path.points()[0].length, Some(0.125));
    assert!((path.points()[1].theta[0] - 2.5).abs() < 1e-12);
    assert!((path.minimum().unwrap()[0] - 1.0).abs() < 1e-12);
}

#[test]
fn a_descent_that_cannot_stay_in_the_domain_names_the_parameter() {
    let downhill = LossWithGradient::new(vec![Parameter::positive("depth")], |x| (x[0], vec![1.0]));
    let path = Descent::plain(&downhill).run(&[f64::from_bits(1)]).unwrap();
    assert!(matches!(path.end(), DescentEnd::Stopped(Error::ParameterOutsideDomain { name, .. }) if name == "depth"));
    assert!(matches!(path.minimum(), Err(Error::ParameterOutsideDomain { .. })));
    // From farther it goes on until then, or until the steps are used up.
    let path = Descent::plain(&downhill).iterations(10).run(&[1.0]).unwrap();
    assert!(path.minimum().is_err() && path.last().theta[0] > 0.0 && path.last().value.value < 1.0);
}

#[test]
fn a_gradient_that_is_not_that_of_the_loss_is_noticed() {
    let at = |sign: f64| {
        let loss = LossWithGradient::new(vec![Parameter::real("x")], move |x| (x[0] * x[0], vec![sign * 2.0 * x[0]]));
        Descent::plain(&loss).run(&[3.0]).unwrap()
    };
    assert_eq!(at(1.0).minimum().unwrap(), [0.0]);
    assert_eq!(at(-1.0).end(), &DescentEnd::Stopped(Error::NoDecrease { names: vec!["x".into()], values: vec![3.0] }));
}

#[test]
fn rounding_is_told_from_convergence() {
    // No step lowers the loss or its gradient once both are at the rounding of 10⁸.
    let loss =
        LossWithGradient::new(vec![Parameter::real("x")], |x| (1e8 + (x[0] - 0.1).powi(2), vec![2.0 * (x[0] - 0.1)]));
    let path = Descent::plain(&loss).tolerance(0.0).run(&[3.0]).unwrap();
    assert!((path.minimum().unwrap()[0] - 0.1).abs() < 1e-15);
    let loss = NegativeLogLikelihood::new(&Gamma, &WAITS);
    let path =
        Descent::natural(&loss, DescentMetric::expected(&Gamma, &WAITS)).tolerance(0.0).run(&[1.0, 1.0]).unwrap();
    assert_eq!(path.end(), &DescentEnd::Rounding);
    arrives(&Gamma, &WAITS, &path);
}

#[test]
fn a_singular_metric_names_its_directions_and_damping_is_asked_for_by_name() {
    let covariates = Covariates::named(["a", "b"]).unwrap();
    let model = poisson(&covariates).unwrap();
    let rows: Vec<Vec<f64>> = [(1.0, 2.0), (2.0, 3.0), (-1.0, 0.0)].iter().map(|&(x, y)| vec![x, x, y]).collect();
    let loss = NegativeLogLikelihood::new(&model, &rows);
    let descent = || Descent::natural(&loss, DescentMetric::expected(&model, &rows));
    let refusal = descent().run(&[0.1, 0.2]).unwrap_err();
    let Error::Singular { rank: 1, parameters: 2, directions } = refusal else { panic!("{refusal}") };
    assert_eq!(directions, ["a − b"]);
    let path = descent().damping(1e-3).run(&[0.1, 0.2]).unwrap();
    let sum: f64 = path.minimum().unwrap().iter().sum();
    let single = poisson(&Covariates::named(["a"]).unwrap()).unwrap();
    let rows: Vec<Vec<f64>> = rows.iter().map(|row| row[1..].to_vec()).collect();
    let fit = maximum_likelihood(&single, &rows).unwrap();
    assert!((sum - fit.get("a").unwrap()).abs() < 1e-7);
}

#[test]
fn damping_shortens_a_step_as_its_formula_says() {
    let manifold = FisherMetric::of(&Poisson);
    let loss = NegativeLogLikelihood::new(&Poisson, &[2.0, 4.0]);
    let step = |lambda| {
        let descent = Descent::natural(&loss, DescentMetric::manifold(&manifold, 2.0)).damping(lambda);
        descent.iterations(1).run(&[1.0]).unwrap().last().theta[0] - 1.0
    };
    assert!((step(0.0) - 2.0).abs() < 1e-13);
    assert!((step(3.0) - 0.5).abs() < 1e-13);
}

/// Rosenbrock's valley, 100(y − x²)² + (1 − x)².
struct Valley;

impl ParameterFunction<Fixed<2>> for Valley {
    fn value<D: Scalar>(&self, &[x, y]: &[D; 2]) -> D {
        (y - x * x).powi(2) * 100.0 + (x - 1.0).powi(2)
    }
}

/// The metric of the residuals (10(y − x²), 1 − x), twice JᵀJ, makes the natural gradient the step of Gauss and Newton.
#[test]
fn any_function_in_any_metric() {
    let loss = SmoothLoss::new(&Valley, vec![Parameter::real("x"), Parameter::real("y")]);
    let metric = |point: &[f64]| {
        let jacobian = DMatrix::from_row_slice(2, 2, &[-20.0 * point[0], 10.0, -1.0, 0.0]);
        Ok(MatrixEstimate { matrix: jacobian.transpose() * jacobian * 2.0, error: DMatrix::zeros(2, 2) })
    };
    let newton = Descent::natural(&loss, DescentMetric::given(metric)).run(&[-1.2, 1.0]).unwrap();
    let plain = Descent::plain(&loss).iterations(100_000).run(&[-1.2, 1.0]).unwrap();
    for path in [&newton, &plain] {
        let minimum = path.minimum().unwrap();
        assert!((minimum[0] - 1.0).abs() < 1e-7 && (minimum[1] - 1.0).abs() < 1e-7, "{minimum:?}");
    }
    assert!(newton.steps() < 20 && plain.steps() > 1000, "{} {}", newton.steps(), plain.steps());
}

#[test]
fn a_penalty_is_a_prior() {
    struct Ridge;
    impl ParameterFunction<Dynamic> for Ridge {
        fn value<D: Scalar>(&self, theta: &[D]) -> D {
            theta.iter().fold(D::from(0.0), |sum, &theta| sum + theta * theta * 0.5)
        }
    }
    let (model, rows) = (logistic(&covariates()).unwrap(), rows());
    let likelihood = NegativeLogLikelihood::new(&model, &rows);
    let parameters = vec![Parameter::real("intercept"), Parameter::real("x")];
    let penalty = SmoothLoss::<Dynamic, _>::new(&Ridge, parameters);
    let both = Penalised { loss: &likelihood, penalty: &penalty };
    let path = Descent::natural(&both, DescentMetric::expected(&model, &rows)).run(&[0.0, 0.0]).unwrap();
    let prior = NormalPrior { moments: vec![(0.0, 1.0); 2] };
    let mode = MaximumLikelihood::new(&model, &rows).prior(&prior).fit().unwrap();
    assert!(distance(&mode, path.minimum().unwrap()) < 1e-7);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let loss = NegativeLogLikelihood::new(&Gamma, &WAITS);
    let manifold = FisherMetric::of(&Gamma);
    let natural = || Descent::natural(&loss, DescentMetric::manifold(&manifold, 8.0));
    for start in [&[][..], &[1.0], &[1.0, 1.0, 1.0]] {
        assert!(matches!(natural().run(start), Err(Error::ParameterCount { .. })), "{start:?}");
    }
    for start in [[f64::NAN, 1.0], [1.0, f64::INFINITY], [0.0, 1.0], [1.0, -2.0]] {
        assert!(matches!(natural().run(&start), Err(Error::ParameterOutsideDomain { .. })), "{start:?}");
    }
    for value in [f64::NAN, f64::INFINITY, -1.0] {
        for descent in [
            natural().damping(value),
            natural().tolerance(value),
            natural().length(StepLength::Fixed(value)),
            natural().length(StepLength::Backtracking(value)),
            natural().length(StepLength::Growing(value)),
        ] {
            assert!(matches!(descent.run(&[1.0, 1.0]), Err(Error::InvalidSetting { .. })));
        }
    }
    assert!(matches!(natural().length(StepLength::Fixed(0.0)).run(&[1.0, 1.0]), Err(Error::InvalidSetting { .. })));
    let path = natural().iterations(0).run(&[1.0, 1.0]).unwrap();
    assert!(path.steps() == 0 && matches!(path.minimum(), Err(Error::DescentNotEnded { steps: 0, .. })));
    for n in [0.0, -1.0, f64::NAN] {
        let descent = Descent::natural(&loss, DescentMetric::manifold(&manifold, n));
        assert!(matches!(descent.run(&[1.0, 1.0]), Err(Error::InvalidObservations { .. })));
    }
    for step in [Step::SecondOrder, Step::Geodesic] {
        let bent = Descent::natural(&loss, DescentMetric::expected(&Gamma, &WAITS)).step(step);
        assert!(matches!(bent.run(&[1.0, 1.0]), Err(Error::Unsupported { .. })));
    }
    let one_draw = Descent::natural(&loss, DescentMetric::monte_carlo(&Gamma, &WAITS, 1, 0));
    assert!(matches!(one_draw.run(&[1.0, 1.0]), Err(Error::TooFewDraws { .. })));
    let nothing: [f64; 0] = [];
    assert!(matches!(NegativeLogLikelihood::new(&Gamma, &nothing).at(&[1.0, 1.0]), Err(Error::NoData)));
    let narrow = |_: &[f64]| Ok(MatrixEstimate { matrix: DMatrix::identity(1, 1), error: DMatrix::zeros(1, 1) });
    assert!(Descent::natural(&loss, DescentMetric::given(narrow)).run(&[1.0, 1.0]).is_err());
    let negative = |_: &[f64]| Ok(MatrixEstimate { matrix: -DMatrix::identity(2, 2), error: DMatrix::zeros(2, 2) });
    let refusal = Descent::natural(&loss, DescentMetric::given(negative)).run(&[1.0, 1.0]);
    assert!(matches!(refusal, Err(Error::NotPositiveDefinite { .. })), "{refusal:?}");
    assert!(manifold.metric(&[1.0]).is_err());
}

#[test]
fn losses_without_value_are_refused() {
    let parameters = || vec![Parameter::real("x")];
    let at = |value: f64, gradient: Vec<f64>| {
        LossWithGradient::new(parameters(), move |_| (value, gradient.clone())).at(&[0.0])
    };
    assert!(matches!(at(f64::NAN, vec![0.0]), Err(Error::FormulaNotFinite { .. })));
    assert!(matches!(at(0.0, vec![f64::INFINITY]), Err(Error::DerivativeNotFinite { .. })));
    assert!(matches!(at(0.0, vec![]), Err(Error::LengthMismatch { .. })));
    let loss = LossWithGradient::new(vec![], |_| (0.0, vec![]));
    assert!(matches!(loss.at(&[]), Err(Error::ParameterCount { .. })));
}
