//! Distances of one parameter by quadrature, volumes, Jeffreys's prior, orthogonal parameters.

use crate::reference::geometry::distances;
use fisher_information::distributions::*;
use fisher_information::expectation::Estimate;
use fisher_information::geometry::*;
use fisher_information::inference::{MaximumLikelihood, Prior};
use fisher_information::model::*;
use fisher_information::prelude::*;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::f64::consts::{LN_2, PI, TAU};
use std::num::NonZeroU32;

fn trials(n: u32) -> Binomial {
    Binomial::new(NonZeroU32::new(n).unwrap())
}

fn assert_found(found: Estimate, exact: f64, most: f64) {
    let off = (found.value - exact).abs();
    assert!(off <= found.error && found.error <= most * exact.abs(), "{found}, not {exact}: off by {off:e}");
}

#[test]
fn one_parameter_distances_have_the_reference_digits() {
    let mut compared = 0;
    for row in distances() {
        let (theta, other) = ([row.p[0]], [row.q[0]]);
        let found = match row.family.as_str() {
            "ChiSquared" => one_parameter_distance(&FisherMetric::of(&ChiSquared), &theta, &other),
            "VonMises" => {
                let known = Known::<_, Fixed<1>>::new(VonMises, &[("mean direction", 0.5)]).unwrap();
                one_parameter_distance(&FisherMetric::of(&known), &theta, &other)
            }
            _ => continue,
        };
        assert_found(found.unwrap(), row.distance, 1e-12);
        compared += 1;
    }
    assert_eq!(compared, 4);
}

/// By formula, by quadrature of the closed form, by quadrature of an expectation: near and far.
#[test]
fn one_parameter_distances_agree_with_formulas() {
    fn compare<M: SampleSpace<Parameters = Fixed<1>>>(model: &M, theta: f64, others: &[f64], most: f64) {
        for &other in others {
            let formula = closed_form_distance(model, &[theta], &[other]).unwrap().unwrap();
            let integral = one_parameter_distance(&FisherMetric::of(model), &[theta], &[other]).unwrap();
            assert!((integral.value - formula.value).abs() <= integral.error + formula.error, "{integral} {formula}");
            assert!(integral.error <= most * formula.value, "{integral}");
        }
    }
    compare(&Poisson, 2.5, &[2.5 + 1e-9, 4.0, 1e-6, 1e9], 1e-12);
    compare(&Bernoulli, 0.25, &[0.25 - 1e-9, 0.9990234375, 1e-12], 1e-12);
    compare(&Geometric, 0.5, &[0.5 + 1e-9, 1e-9], 1e-12);
    compare(&Rayleigh, 1.0, &[1e-100, 1e100], 1e-12);
    let secant = Known::<_, Fixed<1>>::new(HyperbolicSecant, &[("deviation", 2.0)]).unwrap();
    compare(&secant, -3.0, &[5.0], 1e-12);

    let by_sums = FisherMetric::by_expectation(&Poisson);
    assert_found(one_parameter_distance(&by_sums, &[1.0], &[4.0]).unwrap(), 2.0, 1e-8);
}

#[test]
fn one_parameter_distances_refuse_what_has_none() {
    let metric = FisherMetric::of(&Poisson);
    assert_eq!(one_parameter_distance(&metric, &[2.0], &[2.0]).unwrap().value, 0.0);
    let error = one_parameter_distance(&metric, &[2.0], &[f64::INFINITY]).unwrap_err();
    assert!(matches!(error, Error::ParameterOutsideDomain { .. }), "{error}");
    let error = one_parameter_distance(&FisherMetric::of(&Normal), &[0.0, 1.0], &[0.0, 2.0]).unwrap_err();
    assert!(matches!(error, Error::LengthMismatch { .. }), "{error}");
}

#[test]
fn finite_volumes_are_found() {
    let found = |volume: Result<Volume, Error>| volume.unwrap().value;
    assert_found(found(volume(&FisherMetric::of(&Bernoulli), &[(0.0, 1.0)])), PI, 1e-9);
    assert_found(found(volume(&FisherMetric::of(&Bernoulli), &[(0.25, 1.0)])), PI * 2.0 / 3.0, 1e-9);
    assert_found(found(volume(&FisherMetric::of(&trials(20)), &[(0.0, 1.0)])), 20.0_f64.sqrt() * PI, 1e-9);
    assert_found(found(volume(&FisherMetric::of(&Poisson), &[(0.0, 9.0)])), 6.0, 1e-11);

    // ∫∫ √2/σ² dμ dσ
    let normal = FisherMetric::of(&Normal);
    let root_2 = 2.0_f64.sqrt();
    assert_found(found(volume(&normal, &[(-1.0, 3.0), (0.5, 4.0)])), root_2 * 4.0 * 1.75, 1e-11);
    assert_found(found(volume(&normal, &[(-1.0, 3.0), (0.5, f64::INFINITY)])), root_2 * 8.0, 1e-9);
    assert_found(found(volume(&normal, &[(1e6, 1e6 + 1.0), (1e-3, 2e-3)])), root_2 * 500.0, 1e-9);
}

/// The corner p₁ > 0, p₂ > 0, p₁ + p₂ < 1, as a square.
struct BrokenStick;

impl CoordinateMap<Fixed<2>> for BrokenStick {
    fn map<D: Scalar>(&self, &[first, share]: &[D; 2]) -> [D; 2] {
        [first, (-first + 1.0) * share]
    }

    fn parameters(&self, _: Vec<Parameter>) -> Vec<Parameter> {
        vec![Parameter::probability("first"), Parameter::probability("share of the rest")]
    }
}

/// The probabilities of three categories are an eighth of a sphere of radius 2.
#[test]
fn the_volume_of_three_categories_is_an_eighth_of_a_sphere() {
    let three = Reparametrised::new(Categorical::<2>, BrokenStick);
    let all = volume(&FisherMetric::of(&three), &[(0.0, 1.0), (0.0, 1.0)]).unwrap();
    assert_found(all.value, TAU, 1e-7);
}

#[test]
fn infinite_volumes_are_told_as_infinite() {
    let infinity = f64::INFINITY;
    let refused = |found: Result<Volume, Error>, name: &str, end: f64| match found.unwrap_err() {
        Error::InfiniteVolume { parameter, towards } => assert_eq!((parameter.as_str(), towards), (name, end)),
        other => panic!("{other}"),
    };
    refused(volume(&FisherMetric::of(&Exponential), &[(1.0, infinity)]), "rate", infinity);
    refused(volume(&FisherMetric::of(&Exponential), &[(0.0, 1.0)]), "rate", 0.0);
    refused(volume(&FisherMetric::of(&Poisson), &[(0.0, infinity)]), "rate", infinity);
    refused(volume(&FisherMetric::of(&Geometric), &[(0.0, 1.0)]), "probability", 0.0);
    let normal = FisherMetric::of(&Normal);
    refused(volume(&normal, &[(-infinity, infinity), (1.0, 2.0)]), "mean", -infinity);
    refused(volume(&normal, &[(0.0, 1.0), (0.0, 1.0)]), "deviation", 0.0);
}

#[test]
fn regions_that_are_none_are_refused() {
    let normal = FisherMetric::of(&Normal);
    let error = volume(&normal, &[(0.0, 1.0), (2.0, 2.0)]).unwrap_err();
    assert!(matches!(&error, Error::EmptyRegion { parameter, .. } if parameter == "deviation"), "{error}");
    for bound in [-1.0, f64::NAN] {
        let error = volume(&normal, &[(0.0, 1.0), (bound, 2.0)]).unwrap_err();
        assert!(matches!(&error, Error::ParameterOutsideDomain { name, .. } if name == "deviation"), "{error}");
    }
    assert!(matches!(volume(&normal, &[(0.0, 1.0)]).unwrap_err(), Error::LengthMismatch { .. }));
    // Between 1 − 10⁻¹⁴ and 1 there are too few numbers.
    let narrow = volume(&FisherMetric::of(&Bernoulli), &[(1.0 - 1e-14, 1.0)]);
    assert!(matches!(narrow.unwrap_err(), Error::NoConvergence { .. }));
    let five = volume(&FisherMetric::of(&NormalVector::new(2)), &[(1.0, 2.0); 5]);
    assert!(matches!(five.unwrap_err(), Error::Unsupported { .. }));
}

/// Shtarkov's sum Σ C(n, k) (k/n)ᵏ (1 − k/n)ⁿ⁻ᵏ is √(πn/2) + 2/3 + O(1/√n), and its logarithm the exact complexity.
#[test]
fn the_complexity_is_that_of_the_normalised_maximum_likelihood() {
    let n = 1000;
    let maximum = |k: u32| trials(n).ln_likelihood(&[f64::from(k) / f64::from(n)], &f64::from(k)).exp();
    let exact = (2.0 + (1..n).map(maximum).sum::<f64>()).ln();
    let complexity = volume(&FisherMetric::of(&Bernoulli), &[(0.0, 1.0)]).unwrap().complexity(f64::from(n)).unwrap();
    let first = 2.0 / 3.0 / (0.5 * PI * f64::from(n)).sqrt();
    assert!((exact - complexity.value - first).abs() < first * first, "{exact} {complexity}");
    let volume = Volume { value: Estimate::exact(1.0), dimension: 1 };
    assert!(matches!(volume.complexity(0.0).unwrap_err(), Error::TooFewObservations { .. }));
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(62), failure_persistence: None, cases: 24, ..Default::default() })]

    /// A volume does not depend on the coordinates, and is the sum of those of two halves.
    #[test]
    fn volumes_are_invariant_and_add_up(shape in 0.1..10.0_f64, rate in 0.1..10.0_f64, wide in 0.1..2.0_f64) {
        let (last_shape, last_rate) = (shape + wide, rate * (1.0 + wide));
        let plain = |from: f64, to: f64| {
            volume(&FisherMetric::of(&Gamma), &[(from, to), (rate, last_rate)]).unwrap().value
        };
        let whole = plain(shape, last_shape);
        let other = Reparametrised::new(GammaScale, Elementwise(vec![Link::Log, Link::SquareRoot]));
        let region = [(shape.ln(), last_shape.ln()), (last_rate.sqrt().recip(), rate.sqrt().recip())];
        let elsewhere = volume(&FisherMetric::of(&other), &region).unwrap().value;
        prop_assert!((whole.value - elsewhere.value).abs() <= whole.error + elsewhere.error + 1e-13 * whole.value);
        let middle = shape + 0.25 * wide;
        let parts = plain(shape, middle).value + plain(middle, last_shape).value;
        prop_assert!((whole.value - parts).abs() <= whole.error + 1e-13 * whole.value);
    }

    /// The logarithm of the prior is ½ ln det of the Fisher matrix, however it is computed.
    #[test]
    fn the_prior_is_the_root_of_the_determinant(a in 0.1..20.0_f64, b in 0.1..20.0_f64, r in -0.9..0.9_f64) {
        let theta = [0.5, -1.0, a, r * (a * b).sqrt(), b];
        let plane = MultivariateNormal::<2, 5>;
        // det I(Σ) = 2⁻²/det Σ³ and det I(μ) = 1/det Σ, with an entry off the diagonal counted once
        let determinant = a * b * (1.0 - r * r);
        let exact = -2.0 * determinant.ln() - LN_2;
        let found = ln_jeffreys(&FisherMetric::of(&plane), &theta).unwrap();
        prop_assert!((found.value - exact).abs() <= found.error + 1e-12, "{found} {exact}");
        prop_assert!((JeffreysPrior(plane).ln_density(&theta) - exact).abs() < 1e-12);
    }
}

/// With this prior the posterior of a probability is beta with shapes k + ½ and n − k + ½; its mode in p is (k − ½)/(n − 1), and in the
/// logit, the natural parameter, that of (k + ½)/(n + 1).
#[test]
fn fits_take_the_prior() {
    let data = [1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0];
    let prior = JeffreysPrior(Bernoulli);
    let fit = MaximumLikelihood::new(&Bernoulli, &data).prior(&prior).fit().unwrap();
    assert!((fit.theta()[0] - 5.5 / 7.0).abs() < 1e-10);

    let natural = Reparametrised::new(Bernoulli, Elementwise(vec![Link::Logit]));
    let prior = JeffreysPrior(natural.clone());
    let fit = MaximumLikelihood::new(&natural, &data).prior(&prior).fit().unwrap();
    assert!((fit.theta()[0] - (6.5_f64 / 2.5).ln()).abs() < 1e-9);
}

/// What Cox and Reid (1987) and others found by solving the equation.
#[test]
fn orthogonal_curves_are_the_known_ones() {
    let euler_gamma = 0.577_215_664_901_532_9;
    let shapes = (0.75, 4.0_f64);
    // Gamma: the mean α/β is orthogonal to the shape.
    let rate = orthogonal_curve(&FisherMetric::of(&Gamma), &[shapes.0, 1.5], 0, shapes.1).unwrap();
    assert_found(rate, 1.5 * shapes.1 / shapes.0, 1e-7);
    // Weibull: so is λ e^((1 − γ)/k).
    let scale = orthogonal_curve(&FisherMetric::of(&Weibull), &[shapes.0, 1.5], 0, shapes.1).unwrap();
    let exact = 1.5 * ((1.0 - euler_gamma) * (shapes.0.recip() - shapes.1.recip())).exp();
    assert_found(scale, exact, 1e-7);
    // Negative binomial, whose information is a sum: the mean r(1 − p)/p.
    let probability = orthogonal_curve(&FisherMetric::of(&NegativeBinomial), &[2.0, 0.25], 0, 5.0).unwrap();
    assert_found(probability, 5.0 / 11.0, 1e-6);
    // Normal, in mean and deviation: they are orthogonal already, at 0 too.
    for mean in [0.0, 1.0] {
        let mean_again = orthogonal_curve(&FisherMetric::of(&Normal), &[mean, 2.0], 1, 5.0).unwrap();
        assert_eq!(mean_again.value, mean);
    }
}

#[test]
fn the_information_of_orthogonal_parameters_is_diagonal() {
    fn cross<M: ClosedForm<Parameters = Fixed<2>> + SampleSpace + Clone>(
        model: &M,
        interest: usize,
        at: [f64; 2],
    ) -> f64 {
        let orthogonal = Orthogonal::new(model.clone(), interest, 1.0).unwrap();
        let theta = CoordinateMap::<Fixed<2>>::map(&orthogonal, &at);
        let back = CoordinateMap::<Fixed<2>>::inverse(&orthogonal, &theta).unwrap();
        assert!((0..2).all(|i| (back[i] / at[i] - 1.0).abs() < 1e-11), "{at:?} {back:?}");
        let model = Reparametrised::new(model.clone(), orthogonal);
        let information = expected(&model, &at).unwrap();
        let (matrix, plain) = (information.matrix(), closed_form_cross(&model.model, theta));
        assert!(plain > 0.05, "there would be nothing to show: {plain}");
        matrix[(0, 1)] / (matrix[(0, 0)] * matrix[(1, 1)]).sqrt()
    }

    /// The correlation of the scores in the coordinates of the model.
    fn closed_form_cross<M: ClosedForm<Parameters = Fixed<2>>>(model: &M, theta: [f64; 2]) -> f64 {
        let [[a, b], [_, c]] = model.information(&theta);
        b.abs() / (a * c).sqrt()
    }

    for interest in [0, 1] {
        for at in [[2.5, 3.0], [0.5, 0.25]] {
            for cross in [cross(&Gamma, interest, at), cross(&Weibull, interest, at), cross(&Lomax, interest, at)] {
                assert!(cross.abs() < 1e-10, "{interest} {at:?}: {cross:e}");
            }
        }
    }
    let beta = cross(&Beta, 0, [2.5, 3.0]);
    assert!(beta.abs() < 1e-10, "{beta:e}");
}

/// With orthogonal coordinates the estimate of φ is that of λ carried along the curve, and its name says where.
#[test]
fn orthogonal_coordinates_fit_like_others() {
    let data = [0.5, 1.25, 2.0, 0.75, 3.0, 1.5, 0.25, 2.25];
    let plain = MaximumLikelihood::new(&Gamma, &data).fit().unwrap();
    let model = Reparametrised::new(Gamma, Orthogonal::new(Gamma, 0, 1.0).unwrap());
    let fit = MaximumLikelihood::new(&model, &data).fit().unwrap();
    let (theta, phi) = (plain.theta(), fit.theta());
    assert!((phi[0] / theta[0] - 1.0).abs() < 1e-8);
    assert!((phi[1] - theta[1] / theta[0]).abs() < 1e-8); // β/α where α = 1
    assert_eq!(LogLikelihood::parameters(&model)[1].name, "rate where shape is 1");
}

#[test]
fn curves_that_do_not_exist_are_refused() {
    let gamma = FisherMetric::of(&Gamma);
    assert!(matches!(orthogonal_curve(&gamma, &[1.0, 1.0], 2, 1.0).unwrap_err(), Error::LengthMismatch { .. }));
    assert!(matches!(
        orthogonal_curve(&gamma, &[1.0, 1.0], 0, -1.0).unwrap_err(),
        Error::ParameterOutsideDomain { .. }
    ));
    assert!(matches!(
        orthogonal_curve(&gamma, &[1.0, -1.0], 0, 1.0).unwrap_err(),
        Error::ParameterOutsideDomain { .. }
    ));
    let student = FisherMetric::of(&StudentT);
    assert!(matches!(orthogonal_curve(&student, &[0.0, 1.0, 3.0], 0, 1.0).unwrap_err(), Error::LengthMismatch { .. }));
    assert!(matches!(Orthogonal::new(Gamma, 5, 1.0).unwrap_err(), Error::LengthMismatch { .. }));
    assert!(matches!(Orthogonal::new(Gamma, 0, f64::NAN).unwrap_err(), Error::ParameterOutsideDomain { .. }));
}
