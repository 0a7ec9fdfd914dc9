//! Expectations by summation: against closed forms and 25-digit references, and refused where they do not exist.

use fisher_information::Error;
use fisher_information::expectation::{Expectation, Provenance, Settings, summation};
use fisher_information::prelude::*;
use rand::{RngExt, SeedableRng};
use statrs::function::gamma::ln_gamma;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A distribution on the integers whose ln f is a plain function of θ and x, and which counts how often it is asked.
struct Lattice<const P: usize> {
    ln_pmf: fn(&[f64; P], f64) -> f64,
    support: Support,
    calls: AtomicUsize,
}

impl<const P: usize> Lattice<P> {
    fn new(support: Support, ln_pmf: fn(&[f64; P], f64) -> f64) -> Self {
        Self { ln_pmf, support, calls: AtomicUsize::new(0) }
    }

    fn moments(&self, theta: &[f64; P]) -> Result<Expectation, Error> {
        summation::expectation(self, theta, 2, |x, g| (g[0], g[1]) = (*x, x * x), &Settings::default())
    }
}

impl<const P: usize> LogLikelihood for Lattice<P> {
    type Parameters = Fixed<P>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, theta: &[D; P], x: &D) -> D {
        self.calls.fetch_add(1, Ordering::Relaxed);
        D::from((self.ln_pmf)(&theta.map(|t| t.re()), x.re()))
    }
}

impl<const P: usize> SampleSpace for Lattice<P> {
    fn support(&self, _: &[f64; P]) -> Support {
        self.support.clone()
    }
}

/// What the tests ask of a result: every true error is at most the reported one, and no reported error is above `ceiling`
/// times the size of the truth (or of `size`, where the truth is 0).
fn assert_covers(name: &str, found: &Expectation, truth: &[(f64, f64)], ceiling: f64) {
    let mass = found.mass.unwrap();
    assert!((mass.value - 1.0).abs() <= mass.error, "{name}: mass {mass}");
    assert_eq!(found.values.len(), truth.len());
    for (value, &(truth, size)) in found.values.iter().zip(truth) {
        let true_error = (value.value - truth).abs();
        assert!(true_error <= value.error, "{name}: {value} is off by {true_error:e}, truth {truth:e}");
        assert!(value.error <= ceiling * size, "{name}: {value} has too large an error for {size:e}");
    }
}

fn exactly(values: &[f64]) -> Vec<(f64, f64)> {
    values.iter().map(|&value| (value, value.abs())).collect()
}

fn terms(found: &Expectation) -> usize {
    match found.provenance {
        Provenance::Summation { terms, tail_bound } => {
            assert!((0.0..1e-6).contains(&tail_bound));
            terms
        }
        ref other => panic!("{other}"),
    }
}

fn all_integers() -> Support {
    Support::Integers { lower: f64::NEG_INFINITY, upper: f64::INFINITY }
}

fn ln_poisson(mean: f64, x: f64) -> f64 {
    x * mean.ln() - mean - ln_gamma(x + 1.0)
}

fn poisson() -> Lattice<1> {
    Lattice::new(Support::counts(), |&[mean], x| ln_poisson(mean, x))
}

fn geometric() -> Lattice<1> {
    Lattice::new(Support::counts(), |&[p], x| p.ln() + x * (-p).ln_1p())
}

/// f(x) = x^(−s)/ζ(s), with ln ζ(s) for a second parameter.
fn zeta() -> Lattice<2> {
    Lattice::new(Support::integers_from(1), |&[s, ln_zeta], x| -s * x.ln() - ln_zeta)
}

fn lattice_normal() -> Lattice<2> {
    Lattice::new(all_integers(), |&[mean, deviation], x| {
        -0.5 * ((x - mean) / deviation).powi(2) - deviation.ln() - 0.5 * std::f64::consts::TAU.ln()
    })
}

/// Means from 10⁻³ to 10⁸, with no hint where the bulk is. The rounding of the density grows with the mean: ln f is the
/// difference of two numbers of size λ ln λ.
#[test]
fn poisson_moments() {
    let model = poisson();
    for (mean, ceiling) in [
        (1e-3, 1e-13),
        (0.5, 1e-13),
        (3.0, 1e-12),
        (30.0, 1e-11),
        (1e3, 1e-11),
        (1e4, 1e-9),
        (1e5, 1e-8),
        (1e6, 1e-7),
        (1e8, 1e-5),
    ] {
        let g = |x: &f64, g: &mut [f64]| {
            let score = x / mean - 1.0;
            g.copy_from_slice(&[*x, score, score * score]);
        };
        let found = summation::expectation(&model, &[mean], 3, g, &Settings::default()).unwrap();
        let spread = 1.0 / f64::sqrt(mean);
        let truth = [(mean, mean), (0.0, spread.max(1.0)), (1.0 / mean, 1.0 / mean)];
        assert_covers(&format!("Poisson {mean}"), &found, &truth, ceiling);
        assert!(terms(&found) < 700);
    }
    assert!(model.calls.into_inner() < 9 * 4500);
}

/// Tails up to 10⁸ long become integrals, so the work does not grow with them.
#[test]
fn geometric_moments() {
    for p in [0.9, 0.5, 1e-2, 1e-3, 1e-5, 1e-8] {
        let model = geometric();
        let found = model.moments(&[p]).unwrap();
        let truth = [(1.0 - p) / p, (1.0 - p) * (2.0 - p) / (p * p)];
        assert_covers(&format!("geometric {p}"), &found, &exactly(&truth), 1e-13);
        assert!(terms(&found) < 300);
        let calls = model.calls.into_inner();
        assert!(calls < 5000, "{calls}");
    }
}

/// The ratio of successive terms grows for r < 1; for r > 1 and small p the left tail ends in a power law at 0.
#[test]
fn negative_binomial_mean() {
    let model = Lattice::new(Support::counts(), |&[r, p], x: f64| {
        ln_gamma(x + r) - ln_gamma(r) - ln_gamma(x + 1.0) + r * f64::ln(p) + x * f64::ln_1p(-p)
    });
    for ([r, p], ceiling) in
        [([0.3, 0.5], 1e-12), ([0.3, 1e-3], 1e-10), ([2.5, 1e-3], 1e-10), ([100.0, 1e-2], 1e-9), ([2.5, 1e-6], 1e-7)]
    {
        let found = model.moments(&[r, p]).unwrap();
        let mean = r * (1.0 - p) / p;
        let square = mean / p + mean * mean;
        assert_covers(&format!("negative binomial {r} {p}"), &found, &exactly(&[mean, square]), ceiling);
    }
}

#[test]
fn binomial_moments() {
    let model = Lattice::new(Support::integers(0, 1000), |&[p], x: f64| {
        let coefficient = ln_gamma(1001.0) - ln_gamma(x + 1.0) - ln_gamma(1001.0 - x);
        coefficient + x * f64::ln(p) + (1000.0 - x) * f64::ln_1p(-p)
    });
    for p in [0.5, 1e-3, 0.999] {
        let found = model.moments(&[p]).unwrap();
        let mean = 1000.0 * p;
        assert_covers(&format!("binomial {p}"), &found, &exactly(&[mean, mean * (1.0 - p) + mean * mean]), 1e-10);
    }
}

/// ln ζ(s) and −ζ′(s)/ζ(s) = E ln k, by mpmath 1.3.0 with 40 digits: `log(zeta(s))` and
/// `-zeta(s, derivative=1)/zeta(s)`.
const ZETA: [(&str, f64, f64, f64); 4] = [
    ("zeta_s/0", 2.0, 0.497_700_302_470_745_35, 0.569_960_993_094_532_8),
    ("zeta_s/1", 3.5, 0.119_323_064_595_776_19, 0.100_395_641_676_643_92),
    ("zeta_s/2", 1.0625, 2.808_302_551_067_491, 15.434_307_599_725_494),
    ("zeta_s/3", 16.0, 1.528_214_263_611_525e-5, 1.060_228_000_572_094_4e-5),
];

/// The Fisher information of the first parameter of a row of the public table.
fn reference(id: &str) -> f64 {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/public_fisher.json");
    let table: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let row = table["rows"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap();
    row["matrix"][0].as_str().unwrap().parse().unwrap()
}

/// Power laws down to k^(−1.0625), of which a direct sum would need 10¹⁰⁰ terms.
#[test]
fn zeta_information() {
    for (id, s, ln_zeta, mean) in ZETA {
        let model = zeta();
        let g = |x: &f64, g: &mut [f64]| (g[0], g[1]) = (x.ln(), (x.ln() - mean).powi(2));
        let found = summation::expectation(&model, &[s, ln_zeta], 2, g, &Settings::default()).unwrap();
        assert_covers(id, &found, &exactly(&[mean, reference(id)]), 1e-10);
        if s < 10.0 {
            assert_covers(id, &found, &exactly(&[mean, reference(id)]), 1e-13);
        }
        assert!(model.calls.into_inner() < 5000);
    }
}

/// f(x) = ρ B(x, ρ + 1) falls as x^(−ρ−1).
#[test]
fn yule_mean() {
    let yule =
        Lattice::new(Support::integers_from(1), |&[r], x| f64::ln(r) + statrs::function::beta::ln_beta(x, r + 1.0));
    let found = yule.moments(&[4.0]).unwrap();
    assert_covers("Yule", &found, &exactly(&[4.0 / 3.0, 16.0 / 6.0]), 1e-12);
}

/// The sum of exp(−(x − μ)²/2σ²) over the integers is σ√2π but for a factor 1 + 2 exp(−2π²σ²), by Poisson's formula.
#[test]
fn modes_far_from_zero() {
    for [mean, deviation] in [[1e6, 2.0], [1e6, 1e3], [-1e9, 10.0], [0.3, 1e5], [123_456_789.0, 3.0]] {
        let found = lattice_normal().moments(&[mean, deviation]).unwrap();
        let truth = [
            (mean, mean.abs().max(deviation)),
            (mean * mean + deviation * deviation, mean * mean + deviation * deviation),
        ];
        assert_covers(&format!("lattice normal {mean} {deviation}"), &found, &truth, 1e-13);
    }
}

/// Two bumps with nothing between them that a double could hold, in both ways in which a user may write the density.
#[test]
fn bimodal_mixtures() {
    let careful = Lattice::new(Support::counts(), |&[a, b], x| {
        let (u, v) = (ln_poisson(a, x), ln_poisson(b, x));
        u.max(v) + (-(u - v).abs()).exp().ln_1p() - std::f64::consts::LN_2
    });
    let naive = Lattice::new(Support::counts(), |&[a, b], x| {
        (0.5 * ln_poisson(a, x).exp() + 0.5 * ln_poisson(b, x).exp()).ln()
    });
    for ([a, b], ceiling) in [([3.0, 3000.0], 1e-10), ([3.0, 3e6], 1e-7), ([500.0, 700.0], 1e-10), ([1e4, 1e5], 1e-8)] {
        for model in [&careful, &naive] {
            let found = model.moments(&[a, b]).unwrap();
            let truth = [0.5 * (a + b), 0.5 * (a + a * a + b + b * b)];
            assert_covers(&format!("mixture {a} {b}"), &found, &exactly(&truth), ceiling);
        }
    }
}

#[test]
fn zero_inflation() {
    let model = Lattice::new(Support::counts(), |&[zero, mean], x| {
        if x == 0.0 { (zero + (1.0 - zero) * f64::exp(-mean)).ln() } else { f64::ln_1p(-zero) + ln_poisson(mean, x) }
    });
    for ([zero, mean], ceiling) in [([0.3, 1e3], 1e-10), ([0.3, 1e6], 1e-7), ([0.9, 2.0], 1e-12)] {
        let found = model.moments(&[zero, mean]).unwrap();
        let truth = [(1.0 - zero) * mean, (1.0 - zero) * (mean + mean * mean)];
        assert_covers(&format!("zero-inflated {zero} {mean}"), &found, &exactly(&truth), ceiling);
    }
}

/// Every fortieth integer: neither a single peak nor a smooth function, but the missing mass tells.
#[test]
fn gaps() {
    let model = Lattice::new(Support::counts(), |&[p], x| {
        if x % 40.0 == 0.0 { f64::ln(p) + x / 40.0 * f64::ln_1p(-p) } else { f64::NEG_INFINITY }
    });
    let (p, k) = (0.3, 40.0);
    let truth = [k * (1.0 - p) / p, k * k * (1.0 - p) * (2.0 - p) / (p * p)];
    assert_covers("gaps", &model.moments(&[p]).unwrap(), &exactly(&truth), 1e-13);
}

/// The beta-binomial with n = 100000: flat, U-shaped (a power law at both ends), and a wide bump.
#[test]
fn wide_finite_supports() {
    const N: f64 = 100_000.0;
    let model = Lattice::new(Support::integers(0, 100_000), |&[a], x| {
        let coefficient = ln_gamma(N + 1.0) - ln_gamma(x + 1.0) - ln_gamma(N - x + 1.0);
        let beta = ln_gamma(x + a) + ln_gamma(N - x + a) - ln_gamma(N + 2.0 * a);
        coefficient + beta + ln_gamma(2.0 * a) - 2.0 * ln_gamma(a)
    });
    for a in [0.5, 1.0, 3.0] {
        let found = model.moments(&[a]).unwrap();
        let variance = N * 0.25 * (2.0 * a + N) / (2.0 * a + 1.0);
        let name = format!("beta-binomial {a}");
        let mass = found.mass.unwrap();
        assert!((mass.value - 1.0).abs() < 1e-10);
        for (value, truth) in found.values.iter().zip([0.5 * N, 0.25 * N * N + variance]) {
            assert!((value.value - truth).abs() <= value.error && value.error < 1e-8 * truth, "{name}: {value}");
        }
        assert!(terms(&found) < 1000, "{found:?}");
    }
}

#[test]
fn finitely_many_points() {
    let die = Lattice::new(Support::points([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), |_: &[f64; 1], _| -(6.0_f64.ln()));
    let found = die.moments(&[0.0]).unwrap();
    assert_covers("die", &found, &exactly(&[3.5, 91.0 / 6.0]), 1e-14);
    assert_eq!(found.provenance, Provenance::Summation { terms: 6, tail_bound: 0.0 });
}

/// A density without its normalising constant is summed as it is; the mass says so.
#[test]
fn mass_is_reported() {
    let half = Lattice::new(Support::counts(), |&[mean], x| ln_poisson(mean, x) - std::f64::consts::LN_2);
    let found = half.moments(&[30.0]).unwrap();
    let mass = found.mass.unwrap();
    assert!((mass.value - 0.5).abs() <= mass.error && mass.error < 1e-11);
    assert!((found.values[0].value - 15.0).abs() <= found.values[0].error);
}

/// E[k] is infinite for s ≤ 2, and so is E[k²] for s ≤ 3: never a number, and soon.
#[test]
fn infinite_expectations_are_refused() {
    for (_, s, ln_zeta, _) in ZETA.iter().take(3) {
        let model = zeta();
        let refused = model.moments(&[*s, *ln_zeta]);
        if *s > 3.0 {
            refused.unwrap();
        } else {
            let Err(Error::SlowTail { component, at, term }) = refused else { panic!("{refused:?}") };
            assert!(component <= 1 && at > 8000.0 && term > 0.0);
            assert!(model.calls.into_inner() < 60_000);
        }
    }
}

/// The integral needs the density between the integers; without it a slow tail is refused, a fast one is not.
#[test]
fn densities_that_live_on_the_integers_alone() {
    let nan: fn(&[f64; 2], f64) -> f64 = |&[s, c], x| if x.fract() == 0.0 { -s * x.ln() - c } else { f64::NAN };
    let wild: fn(&[f64; 2], f64) -> f64 = |&[s, c], x| {
        if x.fract() == 0.0 { -s * x.ln() - c } else { (1e3 * x).sin() }
    };
    let steps: fn(&[f64; 2], f64) -> f64 = |&[s, c], x| -s * x.floor().ln() - c;
    for ln_pmf in [nan, wild, steps] {
        let model = Lattice::new(Support::integers_from(1), ln_pmf);
        let ln = |id: usize| {
            let (_, s, ln_zeta, mean) = ZETA[id];
            let g = |x: &f64, g: &mut [f64]| g[0] = x.ln();
            (mean, summation::expectation(&model, &[s, ln_zeta], 1, g, &Settings::default()))
        };
        assert!(matches!(ln(0).1, Err(Error::SlowTail { component: 0, .. })), "{:?}", ln(0).1);
        let (mean, found) = ln(1);
        assert_covers("slower", &found.unwrap(), &[(mean, mean)], 1e-9);
        let (mean, found) = ln(3);
        assert_covers("fast", &found.unwrap(), &[(mean, 1.0)], 1e-14);
    }
}

#[test]
fn what_is_not_finite_is_named() {
    let nan = Lattice::new(Support::counts(), |&[mean], x| if x == 37.0 { f64::NAN } else { ln_poisson(mean, x) });
    let Err(Error::DensityNotFinite { at, value }) = nan.moments(&[30.0]) else { panic!() };
    assert!(at == [37.0] && value.is_nan());

    let pole =
        Lattice::new(Support::counts(), |&[mean], x| if x == 31.0 { f64::INFINITY } else { ln_poisson(mean, x) });
    let infinite = Error::DensityNotFinite { at: vec![31.0], value: f64::INFINITY };
    assert_eq!(pole.moments(&[30.0]), Err(infinite));

    let g = |x: &f64, g: &mut [f64]| (g[0], g[1]) = (*x, 1.0 / (x - 33.0));
    let refused = summation::expectation(&poisson(), &[30.0], 2, g, &Settings::default());
    let infinite = Error::StatisticNotFinite { component: 1, at: vec![33.0], value: f64::INFINITY };
    assert_eq!(refused, Err(infinite));
}

/// g is 1/0 wherever f is 0, at the odd numbers.
#[test]
fn g_does_not_matter_where_the_density_vanishes() {
    let even = Lattice::new(Support::counts(), |&[p], x| {
        if x % 2.0 == 0.0 { f64::ln(p) + 0.5 * x * f64::ln_1p(-p) } else { f64::NEG_INFINITY }
    });
    let g = |x: &f64, g: &mut [f64]| g[0] = if x % 2.0 == 0.0 { *x } else { f64::NAN };
    let found = summation::expectation(&even, &[0.3], 1, g, &Settings::default()).unwrap();
    assert_covers("even", &found, &exactly(&[2.0 * 0.7 / 0.3]), 1e-13);
}

#[test]
fn refusals() {
    let nowhere = Lattice::new(Support::counts(), |_: &[f64; 1], _| f64::NEG_INFINITY);
    let Err(Error::NoMass { points }) = nowhere.moments(&[1.0]) else { panic!() };
    assert!(points > 1000);
    let empty = Lattice::new(Support::integers(3, 2), |_: &[f64; 1], _| 0.0);
    assert_eq!(empty.moments(&[1.0]), Err(Error::NoMass { points: 0 }));
    let undefined = Lattice::new(Support::counts(), |_: &[f64; 1], _| f64::NAN);
    assert!(matches!(undefined.moments(&[1.0]), Err(Error::DensityNotFinite { at, .. }) if at == [0.0]));
    let continuous = Lattice::new(Support::real(), |_: &[f64; 1], x| -x * x);
    assert!(matches!(continuous.moments(&[1.0]), Err(Error::Unsupported { .. })));
    assert!(matches!(poisson().moments(&[f64::NAN]), Err(Error::ParameterOutsideDomain { .. })));

    let few = Settings { evaluations: 250, ..Settings::default() };
    let spent = summation::expectation(&poisson(), &[1000.0], 1, |x, g| g[0] = *x, &few);
    let Err(Error::NoConvergence { evaluations, component: Some(0), value, error }) = spent else {
        panic!("{spent:?}")
    };
    assert!((250..300).contains(&evaluations) && value > 0.0 && error > 0.0);
}

/// Three families over many orders of magnitude: every error covers, and the typical one by less than two digits.
#[test]
fn errors_are_honest_and_not_silly() {
    const CASES: usize = 300;
    let negative_binomial = Lattice::new(Support::counts(), |&[r, p], x: f64| {
        ln_gamma(x + r) - ln_gamma(r) - ln_gamma(x + 1.0) + r * f64::ln(p) + x * f64::ln_1p(-p)
    });
    let mut rng = Stream::seed_from_u64(5);
    let mut excess = Vec::new();
    for case in 0..CASES {
        let (u, v): (f64, f64) = (rng.random(), rng.random());
        let p = 10_f64.powf(-4.0 * u);
        let (found, mean, square) = match case % 3 {
            0 => {
                let mean = 10_f64.powf(-4.0 + 9.0 * u);
                (poisson().moments(&[mean]), mean, mean + mean * mean)
            }
            1 => (geometric().moments(&[p]), (1.0 - p) / p, (1.0 - p) * (2.0 - p) / (p * p)),
            _ => {
                let r = 10_f64.powf(-2.0 + 4.0 * v);
                let mean = r * (1.0 - p) / p;
                (negative_binomial.moments(&[r, p]), mean, mean / p + mean * mean)
            }
        };
        let found = found.unwrap();
        assert_covers(&format!("case {case}"), &found, &exactly(&[mean, square]), 1e-8);
        for (value, truth) in found.values.iter().zip([mean, square]) {
            excess.push(value.error / (value.value - truth).abs().max(f64::EPSILON * truth));
        }
    }
    excess.sort_by(f64::total_cmp);
    assert!(excess[CASES] < 100.0, "the median error is {} times too large", excess[CASES]);
}
