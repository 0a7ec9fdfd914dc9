//! Models without a closed form, each refused with a reason, and none of which makes the reading panic or hang.

use fisher_information::Error;
use fisher_information::distributions::*;
use fisher_information::model::{Domain, Fixed, LogLikelihood, Opaque, Parameter, SampleSpace, Support};
use fisher_information::scalar::Scalar;
use fisher_information::symbolic::expression::Obstacle;
use fisher_information::symbolic::{
    Derivation, LogDensity, Rank, Refusal, expected_information, exponential_family, hessian, score,
};
use std::time::{Duration, Instant};

/// Models of one positive parameter θ on an observation, by formula and support.
macro_rules! models {
    ($($(#[$doc:meta])* $name:ident($theta:ident, $x:ident) in $support:expr => $formula:expr;)*) => {$(
        $(#[$doc])*
        struct $name;

        impl LogLikelihood for $name {
            type Parameters = Fixed<1>;
            type Observation = f64;

            fn ln_likelihood<D: Scalar>(&self, &[$theta]: &[D; 1], &$x: &D) -> D {
                $formula
            }

            fn parameters(&self) -> Vec<Parameter> {
                vec![Parameter::positive("theta").symbol("θ")]
            }
        }

        impl SampleSpace for $name {
            fn support(&self, &[$theta]: &[f64; 1]) -> Support {
                let _ = $theta;
                $support
            }
        }
    )*};
}

models! {
    /// The uniform distribution on (0, θ).
    Uniform(theta, x) in Support::interval(0.0, theta) =>
        if x >= 0.0 && x <= theta { -theta.ln() } else { D::from(f64::NEG_INFINITY) };
    /// N(θ, θ²), a scale family.
    CurvedScale(theta, x) in Support::real() => {
        let z = (x - theta) / theta;
        -z * z * 0.5 - theta.ln() - 0.5 * std::f64::consts::TAU.ln()
    };
    /// N(θ, θ⁴), which no group moves.
    Curved(theta, x) in Support::real() => {
        let z = (x - theta) / (theta * theta);
        -z * z * 0.5 - theta.ln() * 2.0 - 0.5 * std::f64::consts::TAU.ln()
    };
    /// Exponential up to 10, beyond which the hazard is θ²: that is not seen at small observations.
    Hazard(theta, x) in Support::positive() =>
        if x < 10.0 { theta.ln() - theta * x } else { theta.ln() * 2.0 - theta * 10.0 - theta * theta * (x - 10.0) };
    /// Twice what it should be.
    NotNormalised(theta, x) in Support::positive() => theta.ln() - theta * x + 2.0_f64.ln();
    /// Without the constant that depends on θ.
    WithoutConstant(theta, x) in Support::positive() => -theta * x;
    /// Never a number.
    NotANumber(theta, x) in Support::positive() => (theta * x * -1.0 - 1.0).ln();
    /// Infinitely improbable.
    Impossible(theta, x) in Support::positive() => theta * x * 0.0 + f64::NEG_INFINITY;
    /// An exponential density times 1, by an angle.
    Angle(theta, x) in Support::positive() => theta.ln() - theta * x + x.atan2(theta) * 0.0 + theta.atan2(x) * 1e-9;
    /// An exponential density and a remainder.
    Remainder(theta, x) in Support::positive() => theta.ln() - theta * x + (x % theta) * 1e-9;
    /// On no observations at all.
    Nowhere(theta, x) in Support::points(Vec::new()) => theta.ln() - theta * x;
    /// On an interval that is none.
    Backwards(theta, x) in Support::interval(1.0, -1.0) => theta.ln() - theta * x;
    /// On large integers, where x + 1 is x.
    FarAway(theta, x) in Support::integers(1 << 60, (1 << 60) + 1) => theta * x * 0.0 - 2.0_f64.ln();
    /// A thousand terms that do not simplify.
    Long(theta, x) in Support::positive() => (1..1000).fold(-theta * x, |sum, k| sum + (theta + x * f64::from(k)).ln());
    /// A product of a hundred sums.
    Product(theta, x) in Support::positive() => (1..100).fold(D::from(1.0), |product, k| product * (theta * f64::from(k) + x));
    /// A power that grows without bound.
    Tower(theta, x) in Support::positive() => (0..40).fold(theta * x, |power, _| power * power + 1.0);
    /// An exponential of an exponential of …
    Exponentials(theta, x) in Support::positive() => (0..60).fold(theta * x, |power, _| (-power).exp());
    /// More branches than are followed.
    Many(theta, x) in Support::counts() => (0..40).fold(-theta * x, |sum, k| if x < f64::from(k) { sum + theta.powi(k) } else { sum });
    /// Not a function of θ.
    Constant(theta, x) in Support::positive() => theta * 0.0 - x;
}

/// Parameters that no check accepts.
struct Unsatisfiable;

impl LogLikelihood for Unsatisfiable {
    type Parameters = Fixed<1>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, &[theta]: &[D; 1], &x: &D) -> D {
        theta.ln() - theta * x
    }

    fn check(&self, theta: &[f64; 1]) -> Result<(), Error> {
        Err(Error::ParameterOutsideDomain {
            name: "theta".into(),
            value: theta[0],
            domain: Domain { lower: 1.0, upper: 0.0 },
        })
    }
}

impl SampleSpace for Unsatisfiable {
    fn support(&self, _: &[f64; 1]) -> Support {
        Support::positive()
    }
}

/// Words.
struct Words;

impl LogLikelihood for Words {
    type Parameters = Fixed<1>;
    type Observation = Opaque<String>;

    fn ln_likelihood<D: Scalar>(&self, &[rate]: &[D; 1], word: &String) -> D {
        rate.ln() * word.len() as f64 - rate
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("rate")]
    }
}

impl SampleSpace for Words {
    fn support(&self, _: &[f64; 1]) -> Support {
        Support::Unstructured
    }
}

/// A pair, of which the second half is nowhere.
struct HalfNowhere;

impl LogLikelihood for HalfNowhere {
    type Parameters = Fixed<1>;
    type Observation = [f64; 2];

    fn ln_likelihood<D: Scalar>(&self, &[rate]: &[D; 1], &[x, y]: &[D; 2]) -> D {
        rate.ln() - rate * (x + y)
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("rate")]
    }
}

impl SampleSpace for HalfNowhere {
    fn support(&self, _: &[f64; 1]) -> Support {
        Support::product([Support::positive(), Support::points(Vec::new())])
    }
}

/// Exponential on both sides of 0 with rates a and b: a branch of the code for each.
struct TwoSided;

impl LogLikelihood for TwoSided {
    type Parameters = Fixed<2>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, &[a, b]: &[D; 2], &x: &D) -> D {
        (a.recip() + b.recip()).ln() * -1.0 + if x < 0.0 { a * x } else { -b * x }
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("a"), Parameter::positive("b")]
    }
}

impl SampleSpace for TwoSided {
    fn support(&self, _: &[f64; 2]) -> Support {
        Support::real()
    }
}

/// Why a model is refused, within seconds.
fn refusal<M: SampleSpace>(model: &M) -> Refusal {
    let start = Instant::now();
    let refusal = match expected_information(model) {
        Ok(found) => panic!("{found}"),
        Err(refusal) => refusal,
    };
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert!(refusal.to_string().len() > 10);
    refusal
}

#[test]
fn families_that_do_not_separate() {
    for (refusal, term) in [
        (refusal(&StudentT), "−ln(x² − 2μx + μ² + σ²ν)/2"),
        (refusal(&SkewNormal), "ln Φ(α(x − ξ)/ω)"),
        (refusal(&Rice), "ln I₀(νx/σ²)"),
        (refusal(&NegativeBinomial), "ln Γ(x + r)"),
    ] {
        assert_eq!(refusal, Refusal::NotSeparable { term: term.into() });
        assert_eq!(
            refusal.to_string(),
            format!(
                "the log-density is not that of an exponential family: parameters and data do not separate in {term}; \
                 use quadrature"
            )
        );
    }
    let mixture = refusal(&Mixture::new(vec![Normal, Normal]).unwrap());
    assert!(matches!(mixture, Refusal::NotSeparable { .. }), "{mixture}");
    assert!(matches!(exponential_family(&Cauchy), Err(Refusal::NotSeparable { .. })));
}

#[test]
fn support_that_moves() {
    let refusal = refusal(&Uniform);
    assert_eq!(refusal, Refusal::NoMeanZeroScore { parameter: "θ".into() });
    assert_eq!(refusal.to_string(), "no expectations make the mean score zero: does the support depend on θ?");
}

#[test]
fn curved_families() {
    assert_eq!(refusal(&Curved), Refusal::Curved { rank: 2, parameters: 1 });
    assert_eq!(
        refusal(&Curved).to_string(),
        "a curved exponential family: 2 sufficient statistics for 1 parameter(s), so that E[score] = 0 does not determine \
         their expectations; use quadrature"
    );
    let family = exponential_family(&Curved).unwrap();
    assert_eq!((family.order(), family.rank(), family.mean), (2, Rank::Curved, None));
    // N(θ, θ²) is curved too, but of a scale: 1/θ² for the mean and 2/θ² for the deviation.
    assert_eq!(exponential_family(&CurvedScale).unwrap().rank(), Rank::Curved);
    let scale = expected_information(&CurvedScale).unwrap();
    assert!(matches!(scale.derivation(), Derivation::Group { .. }));
    assert_eq!(scale.matrix().rows()[0][0].to_string(), "3/θ²");
}

#[test]
fn observations_that_cannot_be_traced() {
    assert_eq!(refusal(&Words), Refusal::Opaque);
    assert_eq!(refusal(&Words).to_string(), "the observations are opaque, so that no closed form can be read off");
}

#[test]
fn formulas_that_the_density_contradicts() {
    let wrong = refusal(&Hazard);
    assert!(matches!(wrong, Refusal::NotVerified { difference, .. } if difference > 1e-9), "{wrong}");
    assert!(
        wrong.to_string().starts_with("the formula that follows from one branch of the code is off by "),
        "{wrong}"
    );
    // The integral of the density is two.
    let twice = refusal(&NotNormalised);
    assert!(matches!(twice, Refusal::NoPoint { last: Some(_), .. }), "{twice}");
    let without = refusal(&WithoutConstant);
    assert!(without.to_string().contains("is a normalising constant missing?"), "{without}");
}

#[test]
fn branches_on_the_data_are_followed() {
    let found = expected_information(&TwoSided).unwrap();
    assert!(matches!(found.derivation(), Derivation::ExponentialFamily { .. }));
    // ∇² of ln(1/a + 1/b)
    for [a, b] in [[0.7, 2.0], [3.0, 0.4]] {
        let cross = -1.0 / (a + b) / (a + b);
        let want = [1.0 / a / a + cross, cross, cross, 1.0 / b / b + cross];
        assert!(super::closed_forms::worst(&found.evaluate(&[a, b]), &want) <= 1e-14);
    }
}

#[test]
fn nothing_to_trace() {
    assert!(matches!(refusal(&Unsatisfiable), Refusal::NoPoint { tried, last: Some(_) } if tried > 0));
    for none in [refusal(&Impossible), refusal(&Nowhere), refusal(&HalfNowhere), refusal(&Backwards)] {
        assert!(matches!(none, Refusal::NoPoint { .. } | Refusal::Obstacle(_)), "{none:?}");
    }
    assert!(matches!(refusal(&NotANumber), Refusal::NoPoint { .. }));
    // Far from 0 there are no neighbours, but there is a formula.
    assert!(expected_information(&FarAway).is_err());
}

#[test]
fn functions_without_a_normal_form() {
    assert_eq!(refusal(&Angle), Refusal::Obstacle(Obstacle::NoFormula("the angle of two coordinates")));
    assert_eq!(refusal(&Remainder), Refusal::Obstacle(Obstacle::NoFormula("the remainder of a division")));
    assert_eq!(
        refusal(&Angle).to_string(),
        "the log-density has no normal form: there is no formula for the angle of two coordinates; use quadrature"
    );
}

#[test]
fn formulas_beyond_reading_are_refused_soon() {
    for long in [refusal(&Long), refusal(&Product), refusal(&Tower), refusal(&Exponentials), refusal(&Many)] {
        println!("{}", long.to_string().chars().take(200).collect::<String>());
    }
}

#[test]
fn no_information_at_all() {
    let found = expected_information(&Constant).unwrap();
    assert_eq!(found.matrix().to_string(), "[ 0 ]");
    assert_eq!(found.matrix().inverse().unwrap_err(), Refusal::Singular);
}

#[test]
fn scores_of_several_forms() {
    let several = score(&ZeroInflatedPoisson).unwrap_err();
    assert_eq!(several, Refusal::SeveralForms { count: 2 });
    assert_eq!(
        several.to_string(),
        "the log-density takes 2 different forms on parts of the sample space; each has a score of its own"
    );
    assert_eq!(hessian(&ZeroInflatedPoisson).unwrap_err(), several);
    assert_eq!(LogDensity::of(&ZeroInflatedPoisson).unwrap().branches().len(), 2);
    assert!(matches!(LogDensity::at(&Normal, &[0.0, -1.0]), Err(Refusal::Model(_))));
    assert!(matches!(LogDensity::at(&Normal, &[0.0]), Err(Refusal::Model(_))));
}
