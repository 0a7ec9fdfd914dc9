//! Models that are not regular and input that makes no sense: each gets its own typed answer, at once.

use fisher_information::Error;
use fisher_information::distributions::*;
use fisher_information::expectation::{Method, Settings, expectation};
use fisher_information::information::{Regularity, expected, expected_by, moments};
use fisher_information::prelude::*;

fn default_moments<M: SampleSpace<Parameters = Fixed<1>>>(
    model: &M,
    theta: f64,
) -> Result<fisher_information::information::ScoreMoments, Error> {
    moments(model, &[theta], Method::Automatic, &Settings::default())
}

model!(Uniform, |theta| Support::interval(0.0, theta), |theta, _x| -theta.ln());
model!(ParetoScale, |theta| Support::interval(theta, f64::INFINITY), |theta, x| {
    theta.ln() * 3.0 + 3.0_f64.ln() - x.ln() * 4.0
});

#[test]
fn a_support_that_moves_is_not_regular() {
    let moments = default_moments(&Uniform, 2.0).unwrap();
    // Both forms are numbers, and they differ: E[s²] = 1/θ², −E[H] = −1/θ².
    assert!((moments.outer_product.matrix[(0, 0)] - 0.25).abs() < 1e-12);
    assert!((moments.hessian.matrix[(0, 0)] + 0.25).abs() < 1e-12);
    match expected(&Uniform, &[2.0]).unwrap_err() {
        Error::NonRegular { parameter, mean, moving_support, .. } => {
            assert_eq!((parameter.as_str(), moving_support), ("theta", vec!["theta".to_string()]));
            assert!((mean + 0.5).abs() < 1e-12);
        }
        other => panic!("{other}"),
    }
    match expected(&ParetoScale, &[1.5]).unwrap_err() {
        Error::NonRegular { moving_support, mean, .. } => {
            assert_eq!(moving_support, ["theta"]);
            assert!((mean - 2.0).abs() < 1e-9, "α/x_m = 3/1.5, not {mean}");
        }
        other => panic!("{other}"),
    }
}

#[test]
fn laplace_has_an_information_but_no_hessian_form() {
    let information = expected_by(&Laplace, &[1.0, 2.0], Method::Quadrature, &Settings::default()).unwrap();
    assert!((information.get("location", "location").unwrap().value - 0.25).abs() < 1e-12);
    let regularity = moments(&Laplace, &[1.0, 2.0], Method::Automatic, &Settings::default()).unwrap().regularity();
    let Regularity::HessianFails { row, column, outer_product, hessian } = regularity else { panic!("{regularity}") };
    assert_eq!((row.as_str(), column.as_str()), ("location", "location"));
    assert!((outer_product.value - 0.25).abs() < 1e-12 && hessian.value == 0.0);
}

model!(Unnormalised, |_| Support::real(), |theta, x| (x - theta) * (x - theta) * -0.5);
model!(HalfThere, |_| Support::positive(), |theta, x| {
    (x - theta) * (x - theta) * -0.5 - std::f64::consts::TAU.ln() * 0.5
});
model!(Improper, |_| Support::real(), |theta, x| {
    if x.abs() > 1.0 { theta * 0.0 - x.abs().ln() } else { theta * 0.0 }
});
model!(Flat, |_| Support::real(), |theta, x| theta * 0.0 + x * 0.0);

#[test]
fn a_mass_other_than_one_is_told() {
    let Err(Error::NotNormalised { mass, error }) = expected(&Unnormalised, &[3.0]) else { panic!() };
    assert!((mass - std::f64::consts::TAU.sqrt()).abs() <= error.max(1e-12), "{mass} ± {error}");
    let Err(Error::NotNormalised { mass, .. }) = expected(&HalfThere, &[0.0]) else { panic!() };
    assert!((mass - 0.5).abs() < 1e-10, "{mass}");
    let improper = expected(&Improper, &[0.0]);
    assert!(matches!(improper, Err(Error::Divergent { component: None, .. })), "{improper:?}");
    let flat = expected(&Flat, &[0.0]);
    assert!(matches!(flat, Err(Error::Divergent { component: None, .. })), "{flat:?}");
}

#[test]
fn integrals_that_diverge_are_named() {
    let second = |x: &f64, g: &mut [f64]| g[0] = x * x;
    let settings = Settings::default();
    let cauchy = expectation(&Cauchy, &[0.0, 1.0], 1, second, Method::Automatic, &settings);
    assert!(matches!(cauchy, Err(Error::Divergent { component: Some(0), .. })), "{cauchy:?}");
    let mean = expectation(&Cauchy, &[0.0, 1.0], 1, |x, g| g[0] = x.abs(), Method::Automatic, &settings);
    assert!(matches!(mean, Err(Error::Divergent { component: Some(0), .. })), "{mean:?}");
    // A proper mean that converges slowly is still found: E|x|^(1/2) = √2 for the standard Cauchy.
    let root =
        expectation(&Cauchy, &[0.0, 1.0], 1, |x, g| g[0] = x.abs().sqrt(), Method::Automatic, &settings).unwrap();
    assert!((root.values[0].value - 2.0_f64.sqrt()).abs() <= root.values[0].error, "{:?}", root.values);
}

model!(BreaksInTheMiddle, |_| Support::real(), |theta, x| {
    if x > 0.5 && x < 0.6 { theta * f64::NAN } else { (x - theta) * (x - theta) * -0.5 - 0.918_938_533_204_672_7 }
});
model!(Infinite, |_| Support::unit(), |theta, x| {
    if x > 0.5 && x < 0.6 { theta + f64::INFINITY } else { theta * 0.0 }
});
model!(RoughScore, |_| Support::unit(), |theta, x| {
    if x > 0.5 && x < 0.6 { (theta * 0.0).sqrt() } else { theta * 0.0 }
});
model!(Nowhere, |_| Support::real(), |theta, _x| theta - f64::INFINITY);
model!(AlwaysNan, |_| Support::real(), |theta, _x| theta * f64::NAN);

#[test]
fn a_density_that_breaks_down_is_told_where() {
    match expected(&BreaksInTheMiddle, &[0.0]).unwrap_err() {
        Error::DensityNotFinite { at, value } => assert!((0.5..=0.6).contains(&at[0]) && value.is_nan(), "{at:?}"),
        other => panic!("{other}"),
    }
    match expected(&Infinite, &[0.0]).unwrap_err() {
        Error::DensityNotFinite { at, value } => assert!((0.5..=0.6).contains(&at[0]) && value == f64::INFINITY),
        other => panic!("{other}"),
    }
    match expected(&RoughScore, &[0.0]).unwrap_err() {
        Error::MomentNotFinite { moment, at, value } => {
            assert!((0.5..=0.6).contains(&at[0]) && !value.is_finite(), "{at:?}");
            assert!(moment.contains("theta"), "{moment}");
        }
        other => panic!("{other}"),
    }
    for refusal in [expected(&Nowhere, &[0.0]).unwrap_err(), expected(&AlwaysNan, &[0.0]).unwrap_err()] {
        assert!(matches!(refusal, Error::NoMass { .. }), "{refusal}");
    }
}

model!(Backwards, |_| Support::interval(2.0, 1.0), |theta, _x| theta * 0.0);
model!(NoPoints, |_| Support::points([]), |theta, _x| theta * 0.0);
model!(Unknown, |_| Support::Unstructured, |theta, _x| theta * 0.0);
model!(TwoAxes, |_| Support::product([Support::unit(), Support::unit()]), |theta, _x| theta * 0.0);

#[test]
fn a_support_that_makes_no_sense_is_told() {
    let empty = expected(&Backwards, &[0.0]);
    assert_eq!(empty.unwrap_err(), Error::EmptySupport { lower: 2.0, upper: 1.0 });
    assert!(matches!(expected(&NoPoints, &[0.0]), Err(Error::EmptySupport { .. })));
    assert!(matches!(expected(&Unknown, &[0.0]), Err(Error::Unsupported { .. })));
    assert!(matches!(expected(&TwoAxes, &[0.0]), Err(Error::Unsupported { .. })));
}

#[test]
fn parameters_outside_their_domain_are_named() {
    for bad in [-1.0, 0.0, f64::NAN, f64::INFINITY] {
        match expected(&Normal, &[0.0, bad]).unwrap_err() {
            Error::ParameterOutsideDomain { name, value, .. } => {
                assert_eq!(name, "deviation");
                assert!(value == bad || bad.is_nan());
            }
            other => panic!("{other}"),
        }
    }
    assert!(matches!(expected(&Normal, &[f64::NAN, 1.0]), Err(Error::ParameterOutsideDomain { .. })));
}

model!(Cusp, |_| Support::real(), |theta, x| -(x - theta).abs().sqrt() - 4.0_f64.ln());

#[test]
fn an_information_that_is_infinite_is_not_a_number() {
    // ℓ = −√|x − θ|: s² is 1/(4|x − θ|), whose integral diverges where the density is largest.
    let refusal = expected(&Cusp, &[0.0]).unwrap_err();
    assert!(matches!(refusal, Error::NoConvergence { .. }), "{refusal}");
    // Near 1 the numbers are so far apart that the cusp itself is met.
    let refusal = expected(&Cusp, &[1.0]).unwrap_err();
    assert!(matches!(refusal, Error::MomentNotFinite { ref at, .. } if at == &[1.0]), "{refusal}");
}

#[test]
fn a_bulk_between_the_numbers_is_told() {
    for (mean, deviation) in [(1e30, 1.0), (-5.9e55, 2.4e-31), (1.0, 1e-17)] {
        match expected_by(&Normal, &[mean, deviation], Method::Quadrature, &Settings::default()).unwrap_err() {
            Error::TooNarrow { at } => assert!((at / mean - 1.0).abs() < 1e-12, "{at}"),
            other => panic!("{mean} {deviation}: {other}"),
        }
    }
    let lognormal = expected_by(&LogNormal, &[-78.0, 1e-30], Method::Quadrature, &Settings::default());
    assert!(matches!(lognormal, Err(Error::TooNarrow { .. })), "{lognormal:?}");
}

#[test]
fn a_budget_that_is_too_small_is_told() {
    let settings = Settings { evaluations: 50, ..Settings::default() };
    let refusal = expected_by(&Normal, &[0.0, 1.0], Method::Quadrature, &settings).unwrap_err();
    assert!(matches!(refusal, Error::NoConvergence { evaluations, .. } if evaluations < 800), "{refusal}");
}
