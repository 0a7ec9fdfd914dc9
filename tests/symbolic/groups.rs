//! Families that a group moves from one member to all others: formulas with numbers by quadrature, recognised or named.

use super::closed_forms::{ENTRY, check, printed};
use fisher_information::distributions::*;
use fisher_information::model::{Fixed, Known, LogLikelihood, Parameter, SampleSpace, Support};
use fisher_information::scalar::Scalar;
use fisher_information::symbolic::{Action, Derivation, Number, expected_information, exponential_family};

/// What is found by a group: how it acts, the text of the lower triangle, the numbers.
fn found<M: SampleSpace>(model: &M) -> (Action, Vec<String>, Vec<Number>) {
    let information = expected_information(model).unwrap();
    let Derivation::Group { action, numbers } = information.derivation() else {
        panic!("{:?}", information.derivation());
    };
    assert!(numbers.iter().all(|number| number.error <= 1e-12), "{numbers:?}");
    (*action, printed(information.matrix()), numbers.clone())
}

const LOCATION_SCALE: Action = Action::LocationScale { location: 0, scale: 1 };

#[test]
fn locations_and_scales() {
    let text = |(action, text, _): (Action, Vec<String>, Vec<Number>)| {
        assert_eq!(action, LOCATION_SCALE);
        text
    };
    assert_eq!(text(found(&Cauchy)), ["1/(2σ²)", "0", "1/(2σ²)"]);
    assert_eq!(text(found(&Laplace)), ["1/b²", "0", "1/b²"]);
    assert_eq!(text(found(&Logistic)), ["1/(3s²)", "0", "(3 + π²)/(9s²)"]);
    assert_eq!(text(found(&HyperbolicSecant)), ["π²/(8σ²)", "0", "π²/(8σ²)"]);
    assert_eq!(text(found(&Gumbel)), ["1/β²", "−(1 − γ)/β²", "(6 + π² + 6γ² − 12γ)/(6β²)"]);
}

#[test]
fn powers_of_scaled_variables() {
    let (action, text, _) = found(&Weibull);
    assert_eq!(action, Action::ScalePower { scale: 1, power: 0 });
    assert_eq!(text, ["(6 + π² + 6γ² − 12γ)/(6k²)", "−(1 − γ)/λ", "k²/λ²"]);
    let (action, text, _) = found(&Frechet);
    assert_eq!(action, Action::ScalePower { scale: 1, power: 0 });
    assert_eq!(text, ["(6 + π² + 6γ² − 12γ)/(6α²)", "(1 − γ)/s", "α²/s²"]);
    let (action, text, _) = found(&LogLogistic);
    assert_eq!(action, Action::ScalePower { scale: 0, power: 1 });
    assert_eq!(text, ["β²/(3α²)", "0", "(3 + π²)/(9β²)"]);
}

#[test]
fn values_at_all_reference_points() {
    check("cauchy_location_scale", |_| Cauchy);
    check("laplace_location_scale", |_| Laplace);
    check("logistic_location_scale", |_| Logistic);
    check("gumbel_max_location_scale", |_| Gumbel);
    check("weibull_shape_scale", |_| Weibull);
}

#[test]
fn one_parameter_alone() {
    let location = Known::<_, Fixed<1>>::new(Cauchy, &[("scale", 2.0)]).unwrap();
    let (action, text, numbers) = found(&location);
    assert_eq!((action, text.as_slice()), (Action::Location { location: 0 }, ["1/8".to_string()].as_slice()));
    assert_eq!(numbers.len(), 1);
    let scale = Known::<_, Fixed<1>>::new(Logistic, &[("location", 0.0)]).unwrap();
    let (action, text, _) = found(&scale);
    assert_eq!((action, text.as_slice()), (Action::Scale { scale: 0 }, ["(3 + π²)/(9s²)".to_string()].as_slice()));
    // About another location there is no group for the scale: nor is (x − 1)/s = z a scaling of x.
    assert!(expected_information(&Known::<_, Fixed<1>>::new(Logistic, &[("location", 1.0)]).unwrap()).is_err());
}

#[test]
fn student_t_of_known_shape_has_fractions() {
    for (nu, text) in [
        // (ν + 1)/(ν + 3) and 2ν/(ν + 3)
        (1.0, ["1/(2σ²)", "0", "1/(2σ²)"]),
        (2.5, ["7/(11σ²)", "0", "10/(11σ²)"]),
        (3.0, ["2/(3σ²)", "0", "1/σ²"]),
        (7.0, ["4/(5σ²)", "0", "7/(5σ²)"]),
    ] {
        let student = Known::<_, Fixed<2>>::new(StudentT, &[("degrees of freedom", nu)]).unwrap();
        assert_eq!(found(&student).1, text, "ν = {nu}");
    }
}

/// f(x) = p/(2σΓ(1/p)) exp(−|x − μ|ᵖ/σᵖ) with p known: the generalised normal distribution.
struct GeneralizedNormal(f64);

impl LogLikelihood for GeneralizedNormal {
    type Parameters = Fixed<2>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, &[location, scale]: &[D; 2], &x: &D) -> D {
        let ln_constant = (D::from(1.0 / self.0)).ln_gamma() - (0.5 * self.0).ln();
        -((x - location) / scale).abs().powf(self.0) - scale.ln() - ln_constant
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("location").symbol("μ"), Parameter::positive("scale").symbol("σ")]
    }
}

impl SampleSpace for GeneralizedNormal {
    fn support(&self, _: &[f64; 2]) -> Support {
        Support::real()
    }
}

#[test]
fn numbers_without_a_name_keep_one() {
    let model = GeneralizedNormal(2.5);
    let (action, text, numbers) = found(&model);
    assert_eq!(action, LOCATION_SCALE);
    assert_eq!(text, ["c₁₁/σ²", "0", "5/(2σ²)"]);
    // p² Γ(2 − 1/p)/Γ(1/p) by the substitution t = zᵖ, for p = 5/2: 25/4 Γ(8/5)/Γ(2/5), by mpmath.
    let want = 2.517_614_636_315_859;
    let first = &numbers[0];
    assert_eq!((first.name.as_str(), first.recognised.as_ref()), ("c₁₁", None));
    assert!((first.value - want).abs() <= 1e-13 * want, "{first:?}");
    let information = expected_information(&model).unwrap();
    let matrix = information.evaluate(&[3.0, 0.5]);
    assert!((matrix[0][0] - 4.0 * want).abs() <= ENTRY * want, "{matrix:?}");
    assert!(information.matrix().latex().contains("c_{11}"), "{}", information.matrix().latex());
}

#[test]
fn a_group_is_no_exponential_family() {
    let refusal = exponential_family(&Cauchy).unwrap_err().to_string();
    assert_eq!(
        refusal,
        "the log-density is not that of an exponential family: parameters and data do not separate in \
         −ln(x² − 2μx + μ² + σ²); use quadrature"
    );
}
