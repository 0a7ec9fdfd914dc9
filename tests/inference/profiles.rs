//! Profile likelihoods.

use super::intervals::{Challenger, GAMMA, MeanAndShape, assert_close, challenger, columns, digits, pairs};
use fisher_information::distributions::*;
use fisher_information::inference::*;
use fisher_information::prelude::*;
use statrs::function::gamma::ln_gamma;

/// A zero of a function that changes its sign, by halving.
fn zero(mut below: f64, mut above: f64, f: impl Fn(f64) -> f64) -> f64 {
    let sign = f(below).signum();
    assert!(f(above).signum() != sign, "no change of sign between {below} and {above}");
    for _ in 0..200 {
        let middle = 0.5 * (below + above);
        if f(middle).signum() == sign { below = middle } else { above = middle }
    }
    0.5 * (below + above)
}

/// The largest value of a function with one maximum, by the golden section.
fn largest(mut a: f64, mut b: f64, f: impl Fn(f64) -> f64) -> f64 {
    let ratio = 0.5 * (5.0_f64.sqrt() - 1.0);
    for _ in 0..200 {
        let (c, d) = (b - ratio * (b - a), a + ratio * (b - a));
        if f(c) > f(d) { b = d } else { a = c }
    }
    f(0.5 * (a + b))
}

/// χ² quantiles with one degree of freedom, from R's `qchisq`.
const LEVELS: [(f64, f64); 4] =
    [(0.5, 0.454936423119572), (0.95, 3.8414588206941236), (0.999, 10.827566170662733), (0.999999, 23.928126987341802)];

const NORMAL: [f64; 7] = [1.0, 2.5, 0.3, 4.1, 2.2, 1.7, 3.9];

#[test]
fn a_normal_mean_and_deviation_have_closed_profiles() {
    let fit = maximum_likelihood(&Normal, &NORMAL).unwrap();
    let [mean, deviation] = *fit.theta();
    let n = NORMAL.len() as f64;
    for (level, quantile) in LEVELS {
        // W(μ) = n ln(1 + (x̄ − μ)²/σ̂²)
        let radius = deviation * ((quantile / n).exp() - 1.0).sqrt();
        let [lower, upper] = fit.profile("mean").unwrap().interval(level).unwrap().ends();
        assert_close(mean - lower, radius, 1e-9);
        assert_close(upper - mean, radius, 1e-9);
        // W(σ) = n (σ̂²/σ² − 1 − ln(σ̂²/σ²))
        let w = |sigma: f64| {
            let ratio = (deviation / sigma).powi(2);
            n * (ratio - 1.0 - ratio.ln()) - quantile
        };
        let [lower, upper] = fit.profile("deviation").unwrap().interval(level).unwrap().ends();
        assert_close(lower, zero(1e-9, deviation, w), 1e-9);
        assert_close(upper, zero(deviation, 1e9, w), 1e-9);
    }
    let profile = fit.profile("mean").unwrap();
    for mu in [-20.0, 0.5, mean, 2.3, 1e6] {
        let point = profile.at(mu).unwrap();
        assert_eq!(point.theta[0], mu);
        assert_close(point.theta[1].powi(2), deviation.powi(2) + (mean - mu).powi(2), 1e-6);
        let w = n * (1.0 + ((mean - mu) / deviation).powi(2)).ln();
        assert!((point.statistic() - w).abs() < 1e-9 * (1.0 + w), "{mu}: {} {w}", point.statistic());
        assert!(point.signed_root * (mean - mu) >= 0.0);
    }
}

#[test]
fn an_exponential_rate_has_a_closed_profile() {
    let data = [0.2, 1.4, 0.9, 3.8, 0.1, 0.6, 2.2];
    let fit = maximum_likelihood(&Exponential, &data).unwrap();
    let rate = fit.get("rate").unwrap();
    for (level, quantile) in LEVELS {
        let w = |ratio: f64| 2.0 * 7.0 * (ratio - 1.0 - ratio.ln()) - quantile;
        let [lower, upper] = fit.profile("rate").unwrap().interval(level).unwrap().ends();
        assert_close(lower / rate, zero(1e-12, 1.0, w), 1e-9);
        assert_close(upper / rate, zero(1.0, 1e3, w), 1e-9);
    }
}

/// The log-likelihood of gamma observations, by another ln Γ.
fn gamma(data: &[f64], shape: f64, rate: f64) -> f64 {
    let term = |x: &f64| shape * rate.ln() - ln_gamma(shape) + (shape - 1.0) * x.ln() - rate * x;
    data.iter().map(term).sum()
}

#[test]
fn the_profiles_of_shape_and_mean_of_a_gamma_distribution_are_maxima_over_one_number() {
    let fit = maximum_likelihood(&Gamma, &GAMMA).unwrap();
    let n = GAMMA.len() as f64;
    let mean = GAMMA.iter().sum::<f64>() / n;
    let top = gamma(&GAMMA, fit.get("shape").unwrap(), fit.get("rate").unwrap());
    let quantile = 3.8414588206941236;
    // Given the shape, the best rate is shape over mean.
    let w = |shape: f64| 2.0 * (top - gamma(&GAMMA, shape, shape / mean)) - quantile;
    let [lower, upper] = fit.profile("shape").unwrap().interval(0.95).unwrap().ends();
    assert_close(lower, zero(1e-3, fit.get("shape").unwrap(), w), 1e-8);
    assert_close(upper, zero(fit.get("shape").unwrap(), 1e3, w), 1e-8);
    // Given the mean, the best shape is found by search.
    let w = |mean: f64| 2.0 * (top - largest(1e-3, 50.0, |shape| gamma(&GAMMA, shape, shape / mean))) - quantile;
    struct Mean(Domain);
    impl ParameterFunction<Fixed<2>> for Mean {
        fn value<D: Scalar>(&self, &[shape, rate]: &[D; 2]) -> D {
            shape / rate
        }
        fn domain(&self) -> Domain {
            self.0
        }
    }
    let want = [zero(0.1, mean, w), zero(mean, 50.0, w)];
    let other = Reparametrised::new(Gamma, MeanAndShape);
    let reparametrised = maximum_likelihood(&other, &GAMMA).unwrap();
    let intervals = [
        fit.profile_of(&Mean(Domain::REAL)).unwrap().interval(0.95).unwrap(),
        fit.profile_of(&Mean(Domain { lower: 0.0, upper: f64::INFINITY })).unwrap().interval(0.95).unwrap(),
        reparametrised.profile("mean").unwrap().interval(0.95).unwrap(),
    ];
    for interval in intervals {
        for (end, want) in interval.ends().iter().zip(want) {
            assert_close(*end, want, 1e-8);
        }
    }
}

/// The ends of all profile intervals, to nine digits.
#[track_caller]
fn assert_intervals<M: LogLikelihood, D: Observations<M::Observation> + ?Sized>(fit: &Fit<'_, M, D>, reference: &str) {
    let intervals = fit.profile_intervals(0.95).unwrap();
    let want = pairs(&digits(reference)["interval_profile"]);
    assert_eq!(intervals.len(), want.len());
    for (interval, want) in intervals.iter().zip(want) {
        for (end, want) in interval.ends().iter().zip(want) {
            assert_close(*end, want, 1e-9);
        }
    }
}

#[test]
fn the_intervals_of_the_challenger_are_those_of_another_program() {
    let data = challenger();
    let fit = maximum_likelihood(&Challenger, &data).unwrap();
    assert_intervals(&fit, "challenger_any");
    // A combination of the parameters that is one of them has its interval, too.
    let slope = fit.combination(&[("temperature", 2.0)]).unwrap();
    let twice = fit.profile_of(&slope).unwrap().interval(0.95).unwrap();
    for (end, want) in twice.ends().iter().zip(fit.profile("temperature").unwrap().interval(0.95).unwrap().ends()) {
        assert_close(*end, 2.0 * want, 1e-9);
    }
}

fn column(csv: &'static str, name: &str) -> Vec<f64> {
    columns(csv, &[name]).into_iter().map(|row| row[0]).collect()
}

#[test]
fn the_intervals_of_the_wind_are_those_of_another_program() {
    let wind = column(include_str!("../../models/data/wind.csv"), "wind");
    assert_intervals(&maximum_likelihood(&Weibull, &wind).unwrap(), "wind_weibull");
    assert_intervals(&maximum_likelihood(&Gamma, &wind).unwrap(), "wind_gamma");
    assert_intervals(&maximum_likelihood(&Normal, &wind).unwrap(), "wind_normal");
}

#[test]
fn the_intervals_of_port_pirie_and_its_return_levels_are_those_of_another_program() {
    let levels = column(include_str!("../../models/data/port_pirie.csv"), "sea_level");
    let model = GeneralizedExtremeValue;
    let fit = MaximumLikelihood::new(&model, &levels).start(&[3.8, 0.2, 0.1]).fit().unwrap();
    assert_intervals(&fit, "port_pirie_gev");
    for (years, reference) in [(10.0, "port_pirie_return_level_10"), (100.0, "port_pirie_return_level_100")] {
        let (reference, level) = (digits(reference), QuantileOf::new(&model, 1.0 - 1.0 / years).unwrap());
        let found = fit.profile_of(&level).unwrap().interval(0.95).unwrap();
        assert_close(found.estimate, reference["estimate"][0].as_f64().unwrap(), 1e-9);
        for (end, side) in found.ends().iter().zip([0, 1]) {
            assert_close(*end, reference["interval_profile"][side].as_f64().unwrap(), 1e-9);
        }
        let delta = fit.delta_method(&level, &fit.covariance().unwrap()).unwrap();
        assert_close(delta.standard_error(), reference["se_observed"][0].as_f64().unwrap(), 1e-8);
    }
    // Far out the support of the neighbours is left on the way, which only shortens the steps.
    for level in [1.0 - 1e-6, 1.0 - 1e-9, 1.0 - 1e-13] {
        assert!(fit.profile_intervals(level).unwrap().iter().all(Interval::is_closed));
    }
}

#[test]
fn a_profile_does_not_depend_on_the_coordinates() {
    let fit = maximum_likelihood(&Weibull, &GAMMA).unwrap();
    let logarithms = Reparametrised::new(Weibull, Elementwise(vec![Link::Log, Link::SquareRoot]));
    let other = MaximumLikelihood::new(&logarithms, &GAMMA).start(&[0.0, 1.0]).fit().unwrap();
    let back: [fn(f64) -> f64; 2] = [f64::exp, |root| root * root];
    for level in [0.5, 0.95, 0.9999] {
        let intervals = fit.profile_intervals(level).unwrap();
        for ((interval, other), back) in intervals.iter().zip(other.profile_intervals(level).unwrap()).zip(back) {
            for (end, other) in interval.ends().iter().zip(other.ends()) {
                assert_close(back(other), *end, 1e-8);
            }
        }
    }
    // The Wald intervals of the two differ.
    let [own, logarithm] = [
        fit.wald_intervals(&fit.covariance().unwrap(), 0.95).unwrap()[0].ends()[0],
        other.wald_intervals(&other.covariance().unwrap(), 0.95).unwrap()[0].ends()[0].exp(),
    ];
    assert!((own - logarithm).abs() > 0.01);
}

/// sup over ν → ∞ of a t distribution is the normal one.
#[test]
fn degrees_of_freedom_without_an_upper_end() {
    let data = [-1.2, 0.3, 0.9, -0.4, 1.8, -2.6, 0.1, 0.6, -0.7, 2.9, -0.2, 0.4];
    let fit = maximum_likelihood(&StudentT, &data).unwrap();
    let normal = maximum_likelihood(&Normal, &data).unwrap();
    let limit = 2.0 * (fit.log_likelihood().value - normal.log_likelihood().value);
    let interval = fit.profile("degrees of freedom").unwrap().interval(0.95).unwrap();
    let End::Unbounded { level } = interval.upper else { panic!("{interval}") };
    assert!((level - statrs::function::erf::erf((limit / 2.0).sqrt())).abs() < 1e-6, "{level}");
    assert!(interval.lower.value().is_some() && !interval.is_closed() && interval.ends()[1] == f64::INFINITY);
    assert!(interval.to_string().contains("above it is flat from a level of 32.20%"), "{interval}");
    // At a level below that it has an end, where the profile is as high as it should be.
    let narrow = fit.profile("degrees of freedom").unwrap().interval(0.3).unwrap();
    let end = fit.profile("degrees of freedom").unwrap().at(narrow.ends()[1]).unwrap();
    let z = -end.signed_root;
    assert!((statrs::function::erf::erf(z / 2.0_f64.sqrt()) - 0.3).abs() < 1e-9);
    // The location has ends although the other parameters run to infinity on the way.
    assert!(fit.profile("location").unwrap().interval(0.95).unwrap().is_closed());
}

/// Zero inflation that the data hardly show: it may be nothing, and then the rate is that of a Poisson distribution.
#[test]
fn an_inflation_that_may_be_nothing() {
    let counts = [0.0, 0.0, 0.0, 1.0, 2.0, 1.0, 3.0, 0.0, 2.0, 1.0];
    let fit = maximum_likelihood(&ZeroInflatedPoisson, &counts).unwrap();
    let poisson = |rate: f64| counts.iter().map(|x| x * rate.ln() - rate - ln_gamma(x + 1.0)).sum::<f64>();
    let limit = 2.0 * (fit.log_likelihood().value - poisson(1.0));
    let interval = fit.profile("inflation").unwrap().interval(0.95).unwrap();
    let End::AtBound { bound, level } = interval.lower else { panic!("{interval}") };
    assert_eq!(bound, 0.0);
    assert!((level - statrs::function::erf::erf((limit / 2.0).sqrt())).abs() < 1e-6, "{level}");
    assert!(interval.contains(1e-9) && interval.upper.value().is_some());
    // Below the mean, the best inflation for a rate is nothing: the lower end is that of the Poisson likelihood.
    let [lower, _] = fit.profile("rate").unwrap().interval(0.95).unwrap().ends();
    let w = |rate: f64| 2.0 * (fit.log_likelihood().value - poisson(rate)) - 3.8414588206941236;
    assert_close(lower, zero(1e-3, 1.0, w), 1e-8);
}

/// Two means of which only the sum is observed.
struct Sum;

impl LogLikelihood for Sum {
    type Parameters = Fixed<3>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, &[a, b, deviation]: &[D; 3], &x: &D) -> D {
        Normal.ln_likelihood(&[a + b, deviation], &x)
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("a"), Parameter::real("b"), Parameter::positive("deviation")]
    }
}

#[test]
fn what_is_not_identified_has_no_ends_and_what_is_has() {
    let data = [1.0, 2.0, 4.0, 3.5];
    let fit = MaximumLikelihood::new(&Sum, &data).allow_singular().tolerance(1e-6).fit().unwrap();
    for name in ["a", "b"] {
        let interval = fit.profile(name).unwrap().interval(0.95).unwrap();
        for end in [&interval.lower, &interval.upper] {
            assert!(matches!(end, End::Unbounded { level } if *level < 1e-5), "{interval}");
        }
    }
    let normal = maximum_likelihood(&Normal, &data).unwrap();
    let sum = fit.combination(&[("a", 1.0), ("b", 1.0)]).unwrap();
    let found = [
        fit.profile_of(&sum).unwrap().interval(0.95).unwrap(),
        fit.profile("deviation").unwrap().interval(0.95).unwrap(),
    ];
    for (found, want) in found.iter().zip(normal.profile_intervals(0.95).unwrap()) {
        for (end, want) in found.ends().iter().zip(want.ends()) {
            assert_close(*end, want, 1e-8);
        }
    }
}

/// The square of the mean, which is not negative, and does not say so.
struct Square;

impl ParameterFunction<Fixed<2>> for Square {
    fn value<D: Scalar>(&self, &[mean, _]: &[D; 2]) -> D {
        mean * mean
    }

    fn name(&self) -> String {
        "square".into()
    }
}

#[test]
fn a_function_is_followed_as_far_as_it_goes() {
    let data = [1.0, 2.0, 4.0, 3.5];
    let fit = maximum_likelihood(&Normal, &data).unwrap();
    let [mean, deviation] = *fit.theta();
    let [lower, upper] = fit.profile_of(&Square).unwrap().interval(0.95).unwrap().ends();
    let of_mean = fit.profile("mean").unwrap().interval(0.95).unwrap().ends();
    assert_close(lower, of_mean[0].powi(2), 1e-9);
    assert_close(upper, of_mean[1].powi(2), 1e-9);
    // At 99.9% the mean may be negative: the square stops at 0, at the level of a mean of 0.
    let interval = fit.profile_of(&Square).unwrap().interval(0.999).unwrap();
    let End::Stopped { at, level, ref reason } = interval.lower else { panic!("{interval}") };
    let w = 4.0 * (1.0 + (mean / deviation).powi(2)).ln();
    assert!((0.0..1e-6).contains(&at));
    assert!((level - statrs::function::erf::erf((w / 2.0).sqrt())).abs() < 1e-5, "{level}");
    assert!(reason.contains("square does not take the value"), "{reason}");
    let refused = fit.profile_of(&Square).unwrap().at(-1.5).unwrap_err();
    assert!(matches!(refused, Error::ValueNotTaken { value, .. } if (value + 1.5).abs() < 1e-12), "{refused}");
}

#[test]
fn a_higher_maximum_on_the_way_is_told() {
    let model = Known::<_, Fixed<1>>::new(Cauchy, &[("scale", 1.0)]).unwrap();
    let data = [-3.0, 3.0, 3.2, -2.8, -3.1];
    let lesser = MaximumLikelihood::new(&model, &data).start(&[3.0]).fit().unwrap();
    let refused = lesser.profile("location").unwrap().interval(0.9999).unwrap_err();
    assert!(matches!(refused, Error::HigherLikelihood { excess, .. } if excess > 0.5), "{refused}");
    let better = MaximumLikelihood::new(&model, &data).start(&[-3.0]).fit().unwrap();
    assert!(better.profile("location").unwrap().interval(0.9999).unwrap().is_closed());
}

/// A search that ended early is no other maximum.
#[test]
fn a_rough_fit_has_nearly_the_same_interval() {
    let fine = maximum_likelihood(&Weibull, &GAMMA).unwrap();
    let rough = MaximumLikelihood::new(&Weibull, &GAMMA).tolerance(1e-2).start(&[0.9, 1.5]).fit().unwrap();
    assert!(rough.certificate().distance > 1e-6);
    for (fine, rough) in fine.profile_intervals(0.95).unwrap().iter().zip(rough.profile_intervals(0.95).unwrap()) {
        for (fine, rough) in fine.ends().iter().zip(rough.ends()) {
            assert_close(rough, *fine, 1e-3);
        }
    }
}

#[test]
fn the_curve_has_its_points_in_order_and_ends_at_the_ends() {
    let fit = maximum_likelihood(&Weibull, &GAMMA).unwrap();
    let profile = fit.profile("shape").unwrap();
    let (curve, ends) = (profile.curve(0.99, 12).unwrap(), profile.interval(0.99).unwrap().ends());
    assert_eq!(curve.len(), 25);
    assert!(curve.windows(2).all(|pair| pair[0].value < pair[1].value && pair[0].signed_root > pair[1].signed_root));
    assert_close(curve[0].value, ends[0], 1e-9);
    assert_close(curve[24].value, ends[1], 1e-9);
    assert_close(curve[12].value, profile.estimate(), 1e-12);
    for point in &curve {
        let again = profile.at(point.value).unwrap();
        assert!((again.log_likelihood - point.log_likelihood).abs() < 1e-9);
        let w = 2.0 * (fit.log_likelihood().value - point.log_likelihood);
        assert!((point.statistic() - w.max(0.0)).abs() < 1e-9);
    }
    let refused = profile.at(-1.0).unwrap_err();
    assert!(matches!(refused, Error::ParameterOutsideDomain { ref name, .. } if name == "shape"), "{refused}");
    assert!(matches!(fit.profile("rate").err(), Some(Error::UnknownParameter { .. })));
}

/// With a prior, the profile is that of the posterior: a normal mean with known deviation and a normal prior has a normal one.
#[test]
fn a_prior_takes_part() {
    let model = Known::<_, Fixed<1>>::new(Normal, &[("deviation", 2.0)]).unwrap();
    let data = [1.0, 3.0, 2.0, 6.0];
    let prior = NormalPrior { moments: vec![(0.0, 1.0)] };
    let fit = MaximumLikelihood::new(&model, &data).prior(&prior).fit().unwrap();
    // precision 4/4 + 1, mean (12/4)/2
    let [lower, upper] = fit.profile("mean").unwrap().interval(0.95).unwrap().ends();
    let radius = 1.959963984540054 / 2.0_f64.sqrt();
    assert_close(lower, 1.5 - radius, 1e-9);
    assert_close(upper, 1.5 + radius, 1e-9);
}
