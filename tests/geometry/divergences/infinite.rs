//! Infinite divergences, and the finite ones of the same pairs.

use fisher_information::distributions::*;
use fisher_information::error::Error;
use fisher_information::geometry::divergence::{Divergence, Infinite, between, within};
use fisher_information::model::{Fixed, LogLikelihood, SampleSpace, Support};
use fisher_information::scalar::Scalar;

/// The uniform distribution on an interval, by its ends.
struct Uniform;

impl LogLikelihood for Uniform {
    type Parameters = Fixed<2>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, &[lower, upper]: &[D; 2], _: &D) -> D {
        -(upper - lower).ln()
    }
}

impl SampleSpace for Uniform {
    fn support(&self, &[lower, upper]: &[f64; 2]) -> Support {
        Support::interval(lower, upper)
    }
}

fn tail(found: Result<Divergence, Error>) -> bool {
    matches!(found, Ok(Divergence::Infinite(Infinite::Tail { .. })))
}

fn outside(found: Result<Divergence, Error>) -> bool {
    matches!(found, Ok(Divergence::Infinite(Infinite::Support { .. })))
}

fn close(found: Result<Divergence, Error>, expected: f64) {
    let found = found.unwrap();
    assert!((found.value() - expected).abs() <= 1e-10 * expected, "{found} is not {expected}");
    assert!((found.value() - expected).abs() <= found.error() + 1e-14, "{found} is not {expected}");
}

#[test]
fn a_tail_too_light() {
    let pair = between(&Cauchy, &[0.0, 1.0], &Normal, &[0.0, 1.0]).unwrap();
    assert!(tail(pair.kullback_leibler()));
    assert!(tail(pair.jeffreys()));
    assert!(tail(pair.reversed().jeffreys()));
    // ln π + E ln(1 + x²) − ½ ln 2πe, the expectation by mpmath at 25 digits
    assert!((pair.reversed().kullback_leibler().unwrap().value() - 0.259_244_532_488_862_26).abs() < 1e-10);
    assert!(tail(pair.renyi(1.5)));
    assert!(pair.renyi(0.5).unwrap().value() < pair.reversed().kullback_leibler().unwrap().value());
    // E x² is infinite for two degrees of freedom, by a logarithm; for three it is 3.
    let student =
        |freedom: f64| between(&StudentT, &[0.0, 1.0, freedom], &Normal, &[0.0, 1.0]).unwrap().kullback_leibler();
    assert!(tail(student(1.5)));
    assert!(tail(student(2.0)));
    assert!(!student(3.0).unwrap().is_infinite());
}

#[test]
fn a_tail_of_a_sum_too_light() {
    let against = |exponent: f64| between(&Zeta, &[exponent], &Geometric, &[0.5]).unwrap().kullback_leibler();
    // E x of the zeta distribution is finite for exponents above 2.
    for (exponent, infinite) in [(1.5, true), (2.0, true), (3.5, false)] {
        assert_eq!(against(exponent).unwrap().is_infinite(), infinite, "{exponent}");
    }
    let poisson = between(&Zeta, &[1.75], &Poisson, &[3.0]).unwrap();
    assert!(tail(poisson.kullback_leibler()));
    assert!(tail(poisson.renyi(1.5)));
    assert!(poisson.squared_hellinger().unwrap().value() < 1.0);
}

#[test]
fn a_tail_of_the_plane_too_light() {
    let normal = NormalVector::new(2);
    let student = MultivariateStudentT::new(2);
    let against = |freedom: f64| {
        let theta = [0.0, 0.0, 1.0, 0.0, 1.0, freedom];
        between(&student, &theta, &normal, &[0.0, 0.0, 1.0, 0.0, 1.0]).unwrap().kullback_leibler()
    };
    assert!(tail(against(1.0)));
    assert!(tail(against(2.0)));
    assert!(!against(12.0).unwrap().is_infinite());
}

#[test]
fn a_support_too_small() {
    let (narrow, wide) = (Pareto::new(2.0).unwrap(), Pareto::new(1.0).unwrap());
    let pair = between(&wide, &[1.5], &narrow, &[0.5]).unwrap();
    assert!(outside(pair.kullback_leibler()));
    assert!(outside(pair.jeffreys()));
    assert!(outside(pair.renyi(2.0)));
    assert!(outside(pair.amari(-3.0)));
    // ∫ f^α g^(1−α) over x > 2
    let ln_integral = |order: f64| {
        let exponent = order * 1.5 + (1.0 - order) * 0.5;
        order * 1.5_f64.ln() + (1.0 - order) * (0.5 * 2.0_f64.sqrt()).ln() - exponent * 2.0_f64.ln() - exponent.ln()
    };
    close(pair.squared_hellinger(), 1.0 - ln_integral(0.5).exp());
    for order in [0.25, 0.5, 0.875] {
        close(pair.renyi(order), ln_integral(order) / (order - 1.0));
    }
    // E[ln g − ln f] under g, whose x/2 has the logarithm 2 in the mean
    close(pair.reversed().kullback_leibler(), (0.5_f64 / 1.5).ln() + 1.5 * 2.0_f64.ln() + 2.0);

    let half_line = between(&Exponential, &[1.0], &Normal, &[0.0, 1.0]).unwrap();
    close(half_line.kullback_leibler(), 0.5 * (2.0 * std::f64::consts::PI).ln());
    assert!(outside(half_line.reversed().kullback_leibler()));
}

#[test]
fn uniform_distributions() {
    let pair = within(&Uniform, &[0.0, 2.0], &[1.0, 3.0]).unwrap();
    assert!(outside(pair.kullback_leibler()));
    close(pair.squared_hellinger(), 0.5);
    close(pair.total_variation(), 0.5);
    close(pair.jensen_shannon(), 0.5 * 2.0_f64.ln());
    close(pair.bhattacharyya(), 2.0_f64.ln());
    close(pair.chernoff(), 2.0_f64.ln());
    let inside = within(&Uniform, &[1.0, 2.0], &[0.0, 4.0]).unwrap();
    close(inside.kullback_leibler(), 4.0_f64.ln());
    close(inside.renyi(3.0), 4.0_f64.ln());
}

#[test]
fn nothing_in_common() {
    let apart = within(&Uniform, &[0.0, 1.0], &[2.0, 3.0]).unwrap();
    // A density and probabilities have nothing in common either, though the numbers do.
    let singular = between(&Poisson, &[3.0], &Normal, &[3.0, 2.0]).unwrap();
    close(apart.squared_hellinger(), 1.0);
    close(singular.squared_hellinger(), 1.0);
    close(apart.total_variation(), 1.0);
    close(singular.reversed().total_variation(), 1.0);
    close(apart.jensen_shannon(), 2.0_f64.ln());
    close(singular.jensen_shannon(), 2.0_f64.ln());
    assert_eq!(apart.bhattacharyya_coefficient().unwrap().value(), 0.0);
    assert_eq!(singular.bhattacharyya_coefficient().unwrap().value(), 0.0);
    let disjoint = Divergence::Infinite(Infinite::Disjoint);
    for found in
        [apart.bhattacharyya(), singular.bhattacharyya(), apart.renyi(0.25), apart.chernoff(), singular.chernoff()]
    {
        assert_eq!(found.unwrap(), disjoint);
    }
    assert!(outside(apart.kullback_leibler()) && outside(singular.kullback_leibler()));
    assert!(outside(singular.reversed().kullback_leibler()));
}

#[test]
fn bad_input() {
    let pair = within(&Normal, &[0.0, 1.0], &[1.0, 2.0]).unwrap();
    for order in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(pair.renyi(order), Err(Error::ParameterOutsideDomain { .. })), "{order}");
    }
    for alpha in [f64::NAN, f64::INFINITY] {
        assert!(matches!(pair.amari(alpha), Err(Error::ParameterOutsideDomain { .. })));
    }
    for bad in [[0.0, -1.0], [f64::NAN, 1.0], [f64::INFINITY, 1.0]] {
        assert!(matches!(within(&Normal, &bad, &[0.0, 1.0]), Err(Error::ParameterOutsideDomain { .. })));
        assert!(matches!(between(&Cauchy, &[0.0, 1.0], &Normal, &bad), Err(Error::ParameterOutsideDomain { .. })));
    }
    // e³⁶⁰⁰ is a number, but not one of double precision.
    let far = within(&Normal, &[0.0, 1.0], &[60.0, 1.0]).unwrap();
    assert!((far.renyi(2.0).unwrap().value() - 3600.0).abs() < 1e-8);
    assert!(matches!(far.amari(-3.0), Err(Error::FormulaNotFinite { .. })));
}
