//! Models made of other models, against formulas of their own.

use fisher_information::Error;
use fisher_information::derivatives::derivatives;
use fisher_information::distributions::*;
use fisher_information::expectation::Settings;
use fisher_information::information::{Method, moments};
use fisher_information::prelude::*;
use rand::SeedableRng;
use std::num::NonZeroU32;

fn assert_close(found: f64, want: f64, tolerance: f64, what: impl std::fmt::Display) {
    assert!((found - want).abs() <= tolerance * want.abs(), "{what}: {found:e} instead of {want:e}");
}

fn binomial(trials: u32) -> Binomial {
    Binomial::new(NonZeroU32::new(trials).unwrap())
}

#[test]
fn names_and_domains_are_kept() {
    let names = |parameters: Vec<Parameter>| -> Vec<String> {
        parameters.into_iter().map(|parameter| parameter.name.into_owned()).collect()
    };
    let three = Mixture::new(vec![Normal; 3]).unwrap();
    assert_eq!(
        names(three.parameters()),
        ["weight 1", "weight 2", "mean 1", "deviation 1", "mean 2", "deviation 2", "mean 3", "deviation 3"]
    );
    assert_eq!(three.parameters()[3].domain, Parameter::positive("").domain);
    assert_eq!(names(ZeroInflated::new(Gamma).parameters()), ["inflation", "shape", "rate"]);
    assert_eq!(names(LocationScale::new(Gamma).parameters()), ["location", "scale", "shape", "rate"]);
    let nested = ZeroInflated::new(Mixture::new(vec![Poisson, Poisson]).unwrap());
    assert_eq!(names(nested.parameters()), ["inflation", "weight 1", "rate 1", "rate 2"]);
    assert_eq!(expected(&nested, &[0.25, 0.5, 1.0, 9.0]).unwrap().matrix().nrows(), 4);
}

#[test]
fn what_cannot_be_built_is_told() {
    assert!(matches!(Mixture::new(vec![Normal]), Err(Error::Unsupported { .. })));
    assert!(matches!(Mixture::<Normal>::new(vec![]), Err(Error::Unsupported { .. })));
    for (lower, upper) in [(1.0, 1.0), (2.0, 1.0), (f64::NAN, 1.0), (0.0, f64::NAN)] {
        assert!(matches!(Truncated::new(Normal, lower, upper), Err(Error::EmptySupport { .. })));
        assert!(matches!(Censored::new(Normal, lower, upper), Err(Error::EmptySupport { .. })));
    }
    for cuts in [vec![], vec![1.0, 1.0], vec![2.0, 1.0], vec![f64::NAN], vec![0.0, f64::INFINITY]] {
        assert!(matches!(Grouped::new(Normal, cuts), Err(Error::Unsupported { .. })));
    }
    let two = Mixture::new(vec![Normal, Normal]).unwrap();
    assert_eq!(expected(&two, &[0.5, 0.0, 1.0]).unwrap_err(), Error::ParameterCount { expected: 5, found: 3 });
    let outside = expected(&two, &[0.5, 0.0, 1.0, 0.0, -1.0]).unwrap_err();
    assert!(matches!(outside, Error::ParameterOutsideDomain { ref name, .. } if name == "deviation 2"), "{outside}");
    let three = Mixture::new(vec![Poisson; 3]).unwrap();
    let heavy = expected(&three, &[0.5, 0.5, 1.0, 2.0, 3.0]).unwrap_err();
    assert_eq!(heavy.to_string(), "parameters weight 1, weight 2 = 0.5, 0.5: their sum must be less than 1");
    // A truncation to where nothing is.
    let nowhere = Truncated::new(Exponential, -2.0, -1.0).unwrap();
    assert!(matches!(expected(&nowhere, &[1.0]), Err(Error::EmptySupport { .. })));
}

#[test]
fn mixtures_of_unequal_components() {
    let model = Mixture::new(vec![binomial(3), binomial(10)]).unwrap();
    let theta = [0.375, 0.25, 0.75];
    assert_eq!(model.support(&theta), Support::integers(0, 10));
    // Σ ∇g ∇gᵀ/g with g and its gradient by hand
    let probability = |n: u32, p: f64, x: u32| {
        if x > n {
            return [0.0, 0.0];
        }
        let choose = (0..x).fold(1.0, |c, i| c * f64::from(n - i) / f64::from(i + 1));
        let value = choose * p.powi(x as i32) * (1.0 - p).powi((n - x) as i32);
        [value, value * (f64::from(x) - f64::from(n) * p) / (p * (1.0 - p))]
    };
    let mut want = [[0.0; 3]; 3];
    for x in 0..=10 {
        let ([a, da], [b, db]) = (probability(3, theta[1], x), probability(10, theta[2], x));
        let gradient = [a - b, theta[0] * da, (1.0 - theta[0]) * db];
        for i in 0..3 {
            for j in 0..3 {
                want[i][j] += gradient[i] * gradient[j] / (theta[0] * a + (1.0 - theta[0]) * b);
            }
        }
    }
    let information = expected(&model, &theta).unwrap();
    for (i, row) in want.iter().enumerate() {
        for (j, &want) in row.iter().enumerate() {
            assert_close(information.matrix()[(i, j)], want, 1e-12, format!("({i}, {j})"));
        }
    }
}

/// A location–scale family on the numbers above its own location: outside, ln f is NaN.
struct Above(f64);

impl LogLikelihood for Above {
    type Parameters = Fixed<1>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, &[shape]: &[D; 1], &x: &D) -> D {
        shape.ln() - (x - self.0).ln() * (shape + 1.0) + D::from(0.0)
    }
}

impl SampleSpace for Above {
    fn support(&self, _: &[f64; 1]) -> Support {
        Support::interval(self.0 + 1.0, f64::INFINITY)
    }
}

#[test]
fn a_component_has_no_share_outside_its_support() {
    let model = Mixture::new(vec![Above(0.0), Above(10.0)]).unwrap();
    assert_eq!(model.support(&[0.5, 1.0, 2.0]), Support::interval(1.0, f64::INFINITY));
    let alone = Above(0.0).ln_likelihood(&[1.0], &4.0) + 0.25_f64.ln();
    assert_eq!(model.ln_likelihood(&[0.25, 1.0, 2.0], &4.0), alone);
    assert!(model.ln_likelihood(&[0.25, 1.0, 2.0], &-1.0).is_nan());
}

/// Moments of the standard normal above a, by Mₖ = (k − 1)Mₖ₋₂ + aᵏ⁻¹h: the matrix of (z, z²).
fn truncated_above(a: f64) -> [f64; 3] {
    let hazard =
        (-0.5 * a * a).exp() / std::f64::consts::TAU.sqrt() / (0.5 * Scalar::erfc(a / std::f64::consts::SQRT_2));
    let first = hazard;
    let second = 1.0 + a * hazard;
    let third = 2.0 * first + a * a * hazard;
    let fourth = 3.0 * second + a.powi(3) * hazard;
    [second - first * first, third - first * second, fourth - second * second]
}

#[test]
fn truncated_normals() {
    let check = |bound: f64, want: [f64; 3], tolerance: f64| {
        let model = Truncated::new(Normal, bound, f64::INFINITY).unwrap();
        let information = expected(&model, &[0.0, 1.0]).unwrap();
        for ((i, j), want) in [(0, 0), (0, 1), (1, 1)].into_iter().zip(want) {
            assert_close(information.matrix()[(i, j)], want, tolerance, format!("{bound} ({i}, {j})"));
        }
    };
    for bound in [-4.0, -1.0, 0.0, 1.0, 2.5] {
        check(bound, truncated_above(bound), 1e-10);
    }
    // 20 digits by mpmath, from the moments of z − 30.
    check(30.0, [0.001_103_771_511_890_091, 0.066_372_812_790_379_77, 3.991_184_383_711_393], 1e-9);
}

#[test]
fn truncated_draws_are_right_in_any_tail() {
    let mut stream = Stream::seed_from_u64(7);
    for (lower, upper) in [(-1.0, 3.0), (8.0, f64::INFINITY), (30.0, f64::INFINITY), (-31.0, -30.0), (-9.0, 9.0)] {
        let model = Truncated::new(Normal, lower, upper).unwrap();
        let theta = [0.0, 1.0];
        for u in [1e-300, 1e-12, 0.25, 0.5, 0.75, 1.0 - 1e-12] {
            let x = model.quantile(&theta, &[u]);
            assert!(lower <= x && x <= upper, "{x}");
            let (below, above) = (model.ln_cdf(&theta, &x), model.ln_survival(&theta, &x));
            // x is rounded, and so is the difference of two distribution functions that makes a small tail.
            let (nearer, want) = if u < 0.5 { (below, u.ln()) } else { (above, (-u).ln_1p()) };
            let steepness = (model.ln_likelihood(&theta, &x) - nearer).exp();
            let blur = 1e-12 + 8.0 * f64::EPSILON * (x.abs() * steepness + (-nearer).exp());
            assert!((nearer - want).abs() < blur || x == lower.next_up(), "{lower} {upper} {u}: {nearer} not {want}");
        }
        let draws: Vec<f64> = (0..20_000).map(|_| model.sample(&theta, &mut stream)).collect();
        assert!(draws.iter().all(|x| lower < *x && *x <= upper));
        // Kolmogorov and Smirnov: beyond 0.02 for one seed in a million.
        let mut sorted = draws;
        sorted.sort_by(f64::total_cmp);
        for (k, x) in sorted.iter().enumerate() {
            let empirical = k as f64 / 20_000.0;
            assert!((model.ln_cdf(&theta, x).exp() - empirical).abs() < 0.02, "{lower} {upper}");
        }
    }
    // On the counts, the bound itself is left out below and kept above.
    let counts = Truncated::new(Poisson, 1.0, 3.0).unwrap();
    assert_eq!(counts.support(&[1e-8]), Support::integers(2, 3));
    for _ in 0..100 {
        assert!([2.0, 3.0].contains(&counts.sample(&[1e-8], &mut stream)));
    }
    assert!(counts.ln_likelihood(&[2.0], &1.0) == f64::NEG_INFINITY && counts.ln_likelihood(&[2.0], &3.0).is_finite());
    // Nothing to draw, and no endless loop.
    for theta in [[0.0, f64::NAN], [f64::NAN, 1.0]] {
        assert!(Truncated::new(Normal, 0.0, 1.0).unwrap().sample(&theta, &mut stream).is_nan());
    }
}

#[test]
fn the_tails_of_a_truncated_model_add_up() {
    for (lower, upper) in [(-1.0, 3.0), (-2.0, f64::INFINITY), (f64::NEG_INFINITY, 0.5)] {
        let model = Truncated::new(Normal, lower, upper).unwrap();
        for x in [-3.0, -1.5, -0.5, 0.25, 2.0, 4.0] {
            let theta = [0.5, 1.5];
            let sum = model.ln_cdf(&theta, &x).exp() + model.ln_survival(&theta, &x).exp();
            assert_close(sum, 1.0, 1e-14, x);
            let slope = model.ln_cdf(&theta.map(num_dual::Dual64::from), &num_dual::Dual64::from(x).derivative());
            let density = model.ln_likelihood(&theta, &x).exp();
            if density > 0.0 {
                assert_close(slope.re.exp() * slope.eps, density, 1e-13, x);
            }
        }
    }
}

#[test]
fn censored_counts() {
    // Σ (p′)²/p by hand, with P(X ≤ 1), p(2), p(3) and P(X ≥ 4).
    let model = Censored::new(Poisson, 1.0, 4.0).unwrap();
    for rate in [0.125_f64, 2.0, 7.0] {
        let p = |k: i32| (-rate).exp() * rate.powi(k) / [1.0, 1.0, 2.0, 6.0][k as usize];
        let slope = |k: i32| p(k) * (f64::from(k) / rate - 1.0);
        let (low, low_slope) = (p(0) + p(1), slope(0) + slope(1));
        let (high, high_slope) = (1.0 - low - p(2) - p(3), -low_slope - slope(2) - slope(3));
        let groups = [(low, low_slope), (p(2), slope(2)), (p(3), slope(3)), (high, high_slope)];
        let want: f64 = groups.iter().map(|(p, slope)| slope * slope / p).sum();
        assert_close(expected(&model, &[rate]).unwrap().matrix()[(0, 0)], want, 1e-9, rate);
        assert_close(model.ln_likelihood(&[rate], &9.0).exp(), high, 1e-9, rate);
    }
}

#[test]
fn fine_groups_lose_little() {
    // Sheppard: classes of width h lose about h²/12 of the information about the mean, and twice that of the deviation's.
    for width in [0.25, 0.0625] {
        let cuts: Vec<f64> = (0..=(20.0 / width) as u32).map(|k| -10.0 + width * f64::from(k)).collect();
        let information = expected(&Grouped::new(Normal, cuts).unwrap(), &[0.1, 1.0]).unwrap();
        let (mean, deviation) = (1.0 - information.matrix()[(0, 0)], 2.0 - information.matrix()[(1, 1)]);
        assert_close(mean, width * width / 12.0, width * width, width);
        assert_close(deviation, width * width / 3.0, width * width, width);
    }
    let model = Grouped::new(Poisson, [0.0, 2.0]).unwrap();
    for (k, want) in [(0.0, 1.0), (1.0, 3.0), (2.0, 2.0_f64.exp() * (1.0 - 5.0 * (-2.0_f64).exp()) + 1.0)] {
        let want = if k == 1.0 {
            want + 1.0
        } else if k == 2.0 {
            want - 1.0
        } else {
            want
        };
        assert_close(model.ln_likelihood(&[2.0], &k).exp(), want * (-2.0_f64).exp(), 1e-13, k);
    }
    for k in [-1.0, 0.5, 3.0, f64::NAN] {
        assert_eq!(model.ln_likelihood(&[2.0], &k), f64::NEG_INFINITY);
    }
}

#[test]
fn interval_censoring_is_every_kind_of_censoring() {
    let theta = [1.0, 2.0];
    let model = IntervalCensored(Normal);
    let one = |x: [f64; 2]| derivatives(&model, &theta, &x).unwrap();
    assert_eq!(one([0.5, 0.5]), derivatives(&Normal, &theta, &0.5).unwrap());
    let limits = Censored::new(Normal, -1.0, 4.0).unwrap();
    assert_eq!(one([4.0, f64::INFINITY]), derivatives(&limits, &theta, &7.0).unwrap());
    assert_eq!(one([f64::NEG_INFINITY, -1.0]), derivatives(&limits, &theta, &-1.0).unwrap());
    let classes = Grouped::new(Normal, [-1.0, 4.0]).unwrap();
    assert_eq!(one([-1.0, 4.0]), derivatives(&classes, &theta, &1.0).unwrap());

    for data in [[[2.0, 1.0]], [[f64::NAN, 1.0]]] {
        assert!(matches!(observed(&model, &theta, &data), Err(Error::LikelihoodNotFinite { index: 0, .. })));
    }
    assert!(matches!(expected(&model, &theta), Err(Error::Unsupported { .. })));
}

/// ½ sech(πz/2)
struct Secant;

impl LogLikelihood for Secant {
    type Parameters = Fixed<0>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, _: &[D; 0], &z: &D) -> D {
        let y = z * std::f64::consts::FRAC_PI_2;
        -y - (y * -2.0).ln_1p_exp()
    }
}

impl SampleSpace for Secant {
    fn support(&self, _: &[f64; 0]) -> Support {
        Support::real()
    }
}

#[test]
fn location_and_scale_of_a_standard_density() {
    let model = LocationScale::new(Secant);
    for (location, scale) in [(0.0, 1.0), (-5.0, 0.01), (1e10, 1e5), (0.0, 1e-50), (3.0, 1e50)] {
        let information = expected(&model, &[location, scale]).unwrap();
        let want = std::f64::consts::PI.powi(2) / 8.0 / (scale * scale); // for both
        assert_close(information.matrix()[(0, 0)], want, 1e-9, scale);
        assert_close(information.matrix()[(1, 1)], want, 1e-9, scale);
    }
    // A scale that stands twice is not identified.
    let twice =
        moments(&LocationScale::new(Gamma), &[2.0, 1.0, 4.0, 1.0], Method::Automatic, &Settings::default()).unwrap();
    assert_eq!(twice.moving_support, ["location"]);
    assert_eq!(twice.information().unwrap().rank(), 3);
    // The density has to vanish at the end that moves, and its slope too.
    let refused = expected(&LocationScale::new(Exponential), &[2.0, 3.0, 0.5]).unwrap_err();
    assert!(
        matches!(refused, Error::NonRegular { ref moving_support, .. } if moving_support == &["location"]),
        "{refused}"
    );
    let refused = expected(&LocationScale::new(Gamma), &[0.0, 1.0, 1.5, 1.0]).unwrap_err();
    assert!(matches!(refused, Error::DivergentMoment { .. } | Error::MomentNotFinite { .. }), "{refused}");
}
