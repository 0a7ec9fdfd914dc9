//! What holds for all pairs.

use fisher_information::distributions::*;
use fisher_information::error::Error;
use fisher_information::expectation::{Method, Settings};
use fisher_information::geometry::divergence::{Pair, between, within};
use fisher_information::model::{Capabilities, Fixed, LogLikelihood, SampleSpace, Sampler, Support};
use fisher_information::scalar::Scalar;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn config() -> ProptestConfig {
    ProptestConfig { cases: 12, rng_seed: RngSeed::Fixed(61), failure_persistence: None, ..ProptestConfig::default() }
}

/// Inequalities between the divergences, and symmetries; `slack` is for rounding.
fn inequalities<M: SampleSpace>(pair: &Pair<'_, M, M>) {
    let back = pair.reversed();
    let value = |found: Result<_, Error>| {
        let found: fisher_information::geometry::divergence::Divergence = found.unwrap();
        found.value()
    };
    let at_most = |a: f64, b: f64| assert!(a <= b * (1.0 + 1e-9) + 1e-12, "{a} {b}");
    let equal = |a: f64, b: f64| assert!(a == b || (a - b).abs() <= 1e-9 * b.abs() + 1e-12, "{a} {b}");
    let (there, again) = (value(pair.kullback_leibler()), value(back.kullback_leibler()));
    let (square, variation) = (value(pair.squared_hellinger()), value(pair.total_variation()));
    let (jensen, bhattacharyya) = (value(pair.jensen_shannon()), value(pair.bhattacharyya()));
    let chernoff = value(pair.chernoff());
    at_most(0.0, square);
    at_most(square, variation);
    at_most(variation, (square * (2.0 - square)).sqrt());
    at_most(variation, (0.5 * there.min(again)).sqrt()); // Pinsker
    at_most(variation, (-(-there.min(again)).exp_m1()).sqrt()); // Bretagnolle and Huber
    at_most(jensen, std::f64::consts::LN_2 * variation);
    at_most(bhattacharyya, chernoff);
    at_most(chernoff, there.min(again));
    // Rényi's divergence rises with its order, from Bhattacharyya's and through Kullback and Leibler's.
    let orders = [0.125, 0.5, 0.999, 1.0, 1.001, 1.5];
    let renyi = orders.map(|order| value(pair.renyi(order)));
    renyi.windows(2).for_each(|neighbours| at_most(neighbours[0], neighbours[1]));
    equal(renyi[1], 2.0 * bhattacharyya);
    // and α/(1 − α) times the divergence of order 1 − α back.
    equal(0.875 * renyi[0], 0.125 * value(back.renyi(0.875)));
    equal(value(pair.jeffreys()), there + again);
    equal(value(pair.amari(0.0)), 4.0 * square);
    equal(value(pair.amari(0.5)), value(back.amari(-0.5)));
    equal(square, value(back.squared_hellinger()));
    equal(variation, value(back.total_variation()));
    equal(jensen, value(back.jensen_shannon()));
    equal(chernoff, value(back.chernoff()));
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn normals(m in -3.0..3.0_f64, s in 0.3..3.0_f64, n in -3.0..3.0_f64, t in 0.3..3.0_f64) {
        inequalities(&within(&Normal, &[m, s], &[n, t]).unwrap());
    }

    #[test]
    fn gammas(k in 0.5..5.0_f64, r in 0.3..3.0_f64, l in 0.5..5.0_f64, q in 0.3..3.0_f64) {
        inequalities(&within(&Gamma, &[k, r], &[l, q]).unwrap());
    }

    #[test]
    fn poissons(a in 0.05..30.0_f64, b in 0.05..30.0_f64) {
        inequalities(&within(&Poisson, &[a], &[b]).unwrap());
    }

    /// Without a formula of any divergence.
    #[test]
    fn logistics(m in -3.0..3.0_f64, s in 0.5..1.5_f64, n in -3.0..3.0_f64, t in 0.5..1.5_f64) {
        inequalities(&within(&Logistic, &[m, s], &[n, t]).unwrap());
    }
}

/// Rényi's divergence is continuous in its order at 1, with a slope of half the variance of ln f − ln g: for normals a distance δ apart
/// it is ½ α δ² itself.
#[test]
fn the_limit_of_order_one() {
    let pair = within(&Gamma, &[2.0, 1.0], &[3.0, 0.5]).unwrap();
    let limit = pair.kullback_leibler().unwrap().value();
    for power in [8, 16, 24, 32] {
        let step = f64::powi(2.0, -power);
        for order in [1.0 - step, 1.0 + step] {
            let renyi = pair.renyi(order).unwrap().value();
            assert!((renyi - limit).abs() < 4.0 * step + 1e-12, "{order} {renyi} {limit}");
        }
    }
    let normals = within(&Normal, &[0.0, 1.0], &[1.0, 1.0]).unwrap();
    for order in [1.0 - 1e-9, 1.0 + 1e-9, 1.0 + 1e-4] {
        assert!((normals.renyi(order).unwrap().value() / (0.5 * order) - 1.0).abs() < 1e-11);
    }
}

/// An exponential distribution of which no support is known, only how to draw.
struct Drawn;

impl LogLikelihood for Drawn {
    type Parameters = Fixed<1>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, theta: &[D; 1], x: &D) -> D {
        Exponential.ln_likelihood(theta, x)
    }
}

impl SampleSpace for Drawn {
    fn support(&self, _: &[f64; 1]) -> Support {
        Support::Unstructured
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().sampler()
    }
}

impl Sampler for Drawn {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64; 1], rng: &mut R) -> f64 {
        Exponential.sample(theta, rng)
    }
}

#[test]
fn draws_where_there_is_nothing_else() {
    let (drawn, known) = (within(&Drawn, &[1.0], &[3.0]).unwrap(), within(&Exponential, &[1.0], &[3.0]).unwrap());
    let pairs = [
        (drawn.kullback_leibler(), known.kullback_leibler()),
        (drawn.jeffreys(), known.jeffreys()),
        (drawn.squared_hellinger(), known.squared_hellinger()),
        (drawn.bhattacharyya(), known.bhattacharyya()),
        (drawn.total_variation(), known.total_variation()),
        (drawn.jensen_shannon(), known.jensen_shannon()),
        (drawn.renyi(0.25), known.renyi(0.25)),
        (drawn.reversed().renyi(1.25), known.reversed().renyi(1.25)),
        (drawn.amari(0.5), known.amari(0.5)),
    ];
    for (drawn, known) in pairs {
        let (drawn, known) = (drawn.unwrap(), known.unwrap());
        assert!((drawn.value() - known.value()).abs() < 4.0 * drawn.error(), "{drawn} {known}");
        assert!(drawn.error() < 0.02 * known.value() && drawn.error() > 1e-5 * known.value(), "{drawn} {known}");
    }
    assert!(matches!(drawn.chernoff(), Err(Error::Unsupported { .. })));
    // By draws when asked, and the same each time.
    let settings = Settings { draws: 20_000, seed: 5, ..Settings::default() };
    let again = || known_by(Method::MonteCarlo, &settings);
    assert_eq!(again(), again());
    let quasi = known_by(Method::QuasiMonteCarlo, &settings);
    assert!((quasi - 0.901_387_711_331_890_3).abs() < 1e-3);
}

fn known_by(method: Method, settings: &Settings) -> f64 {
    let pair = within(&Exponential, &[1.0], &[3.0]).unwrap().by(method, settings);
    pair.kullback_leibler().unwrap().value()
}

/// To see less is to tell less apart: values beyond two limits are only known to lie beyond them, with a probability each.
#[test]
fn coarser_data_tell_less() {
    let censored = Censored::new(Normal, -1.0, 1.5).unwrap();
    let (a, b) = ([0.0, 1.0], [1.0, 2.0]);
    let (coarse, fine) = (within(&censored, &a, &b).unwrap(), within(&Normal, &a, &b).unwrap());
    let pairs = [
        (coarse.kullback_leibler(), fine.kullback_leibler()),
        (coarse.squared_hellinger(), fine.squared_hellinger()),
        (coarse.total_variation(), fine.total_variation()),
        (coarse.jensen_shannon(), fine.jensen_shannon()),
        (coarse.chernoff(), fine.chernoff()),
        (coarse.renyi(0.75), fine.renyi(0.75)),
    ];
    for (which, (coarse, fine)) in pairs.into_iter().enumerate() {
        let (coarse, fine) = (coarse.unwrap(), fine.unwrap());
        assert!(coarse.value() < 0.99 * fine.value() && coarse.value() > 0.5 * fine.value(), "{which} {coarse} {fine}");
    }
    // Two probabilities and an interval, by hand.
    let z = |x: f64, [m, s]: [f64; 2]| Scalar::ln_norm_cdf((x - m) / s).exp();
    let by_points = (z(-1.0, a) * z(-1.0, b)).sqrt() + ((1.0 - z(1.5, a)) * (1.0 - z(1.5, b))).sqrt();
    // √(fg) of these two is √(4/5) e^(−1/20) times the normal density with mean 1/5 and variance 8/5.
    let middle = [0.2, 1.6_f64.sqrt()];
    let between_limits = 0.8_f64.sqrt() * (-0.05_f64).exp() * (z(1.5, middle) - z(-1.0, middle));
    let coefficient = coarse.bhattacharyya_coefficient().unwrap().value();
    assert!((coefficient - by_points - between_limits).abs() < 1e-10);
}

/// Matrices, over which nothing is integrated: the formula of the one divergence, and draws for the others.
#[test]
fn formulas_and_draws() {
    let wishart = Wishart::new(2);
    let pair = within(&wishart, &[5.0, 1.0, 0.0, 1.0], &[6.0, 1.0, 0.25, 1.0]).unwrap();
    let formula = pair.kullback_leibler().unwrap();
    let drawn = within(&wishart, &[5.0, 1.0, 0.0, 1.0], &[6.0, 1.0, 0.25, 1.0]).unwrap();
    let drawn = drawn.by(Method::Automatic, &Settings { draws: 20_000, ..Settings::default() });
    let drawn = drawn.kullback_leibler().unwrap();
    assert!(formula.error() < 1e-12 && drawn.error() > 1e-5, "{formula} {drawn}");
    assert!((formula.value() - drawn.value()).abs() < 4.0 * drawn.error(), "{formula} {drawn}");
    assert!(pair.jeffreys().unwrap().error() < 1e-12);
}

/// The same distribution twice.
#[test]
fn coincidence() {
    for pair in
        [within(&Gamma, &[2.0, 3.0], &[2.0, 3.0]).unwrap(), between(&Gamma, &[2.0, 3.0], &Gamma, &[2.0, 3.0]).unwrap()]
    {
        let all = [
            pair.kullback_leibler(),
            pair.jeffreys(),
            pair.squared_hellinger(),
            pair.hellinger(),
            pair.bhattacharyya(),
            pair.renyi(0.5),
            pair.renyi(2.0),
            pair.amari(3.0),
            pair.chernoff(),
            pair.total_variation(),
            pair.jensen_shannon(),
        ];
        for found in all {
            assert_eq!(found.unwrap().value(), 0.0);
        }
        assert_eq!(pair.bhattacharyya_coefficient().unwrap().value(), 1.0);
    }
}
