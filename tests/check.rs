//! The check for authors: it passes what is right and names what is wrong.

use fisher_information::distributions::*;
use fisher_information::information::{CheckReport, Verdict, check};
use fisher_information::prelude::*;
use std::borrow::Borrow;

/// A family of the catalogue at its three points.
fn assert_passes<M: SampleSpace + Sampler>(family: &str, model: &M) {
    for point in &crate::distributions::family(family).points {
        let theta = M::Parameters::from_slice(point).unwrap();
        let report = check(model, theta.borrow()).unwrap();
        assert!(report.passed(), "{family} {point:?}\n{report}");
        if let Some(closed) = report.line("closed form") {
            assert_eq!(closed.verdict, Verdict::Passed, "{family} {point:?}\n{report}");
        }
        assert_eq!(report.line("sampler").unwrap().verdict, Verdict::Passed, "{family} {point:?}\n{report}");
    }
}

/// One family of each kind; the survey of the catalogue asks more of all of them.
#[test]
fn the_catalogue_passes() {
    assert_passes("normal", &Normal);
    assert_passes("gamma", &Gamma);
    assert_passes("beta", &Beta);
    assert_passes("Laplace", &Laplace);
    assert_passes("Student's t", &StudentT);
    assert_passes("generalised extreme value", &GeneralizedExtremeValue);
    assert_passes("Rice", &Rice);
    assert_passes("Bernoulli", &Bernoulli);
    assert_passes("Skellam", &Skellam);
    assert_passes("multinomial", &Multinomial::<2>::new(std::num::NonZeroU32::new(10).unwrap()));
    assert_passes("Dirichlet", &Dirichlet::<3>);
    assert_passes("bivariate normal", &BivariateNormal);
    assert_passes("zero-inflated gamma", &ZeroInflated::new(Gamma));
}

/// An exponential density in its rate with one part of its code replaced.
#[derive(Clone, Copy, Default)]
struct Doctored {
    constant: f64,
    constant_in_rate: f64,
    breaks_beyond: Option<f64>,
    drawn_rate: Option<f64>,
    formula: Option<f64>,
}

impl LogLikelihood for Doctored {
    type Parameters = Fixed<1>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, &[rate]: &[D; 1], &x: &D) -> D {
        let honest = rate.ln() - rate * x + self.constant + (rate - 2.0) * self.constant_in_rate;
        if self.breaks_beyond.is_some_and(|end| x > end) { honest * f64::NAN } else { honest }
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("rate")]
    }
}

impl SampleSpace for Doctored {
    fn support(&self, _: &[f64; 1]) -> Support {
        Support::positive()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler()
    }
}

impl Sampler for Doctored {
    fn sample<R: rand::Rng + ?Sized>(&self, &[rate]: &[f64; 1], rng: &mut R) -> f64 {
        Exponential.sample(&[self.drawn_rate.unwrap_or(rate)], rng)
    }
}

impl ClosedForm for Doctored {
    fn information<D: Scalar>(&self, &[rate]: &[D; 1]) -> [[D; 1]; 1] {
        [[rate.powi(-2) * self.formula.unwrap_or(1.0)]]
    }
}

fn report(model: Doctored) -> CheckReport {
    check(&model, &[2.0]).unwrap()
}

/// The report fails, and in this line.
fn fails(model: Doctored, question: &str) {
    let report = report(model);
    assert!(!report.passed());
    assert_eq!(report.line(question).unwrap().verdict, Verdict::Failed, "{report}");
}

#[test]
fn every_slip_is_found_where_it_is() {
    assert!(report(Doctored::default()).passed());
    fails(Doctored { constant: 1e-5, ..Doctored::default() }, "density is normalised");
    // Right at θ = 2, wrong next to it: the mass is 1 and the mean score is not 0.
    let in_rate = Doctored { constant_in_rate: 1e-5, ..Doctored::default() };
    assert_eq!(report(in_rate).line("density").unwrap().verdict, Verdict::Passed);
    fails(in_rate, "mean score is zero");
    fails(Doctored { breaks_beyond: Some(1.0), ..Doctored::default() }, "derivatives are finite");
    fails(Doctored { breaks_beyond: Some(1.0), ..Doctored::default() }, "expectation exists");
    fails(Doctored { drawn_rate: Some(2.2), ..Doctored::default() }, "sampler follows the density");
    fails(Doctored { formula: Some(1.0 + 1e-6), ..Doctored::default() }, "closed form agrees");
    fails(Doctored { formula: Some(f64::NAN), ..Doctored::default() }, "closed form agrees");
}

#[test]
fn what_may_be_is_noted() {
    let laplace = check(&Laplace, &[0.0, 1.0]).unwrap();
    assert!(laplace.passed());
    assert_eq!(laplace.line("information equality").unwrap().verdict, Verdict::Noted);

    /// A normal whose mean is a + b: only the sum can be known.
    struct Sum;
    impl LogLikelihood for Sum {
        type Parameters = Fixed<2>;
        type Observation = f64;
        fn ln_likelihood<D: Scalar>(&self, &[a, b]: &[D; 2], x: &D) -> D {
            Normal.ln_likelihood(&[a + b, D::from(1.0)], x)
        }
    }
    impl SampleSpace for Sum {
        fn support(&self, _: &[f64; 2]) -> Support {
            Support::real()
        }
    }
    impl Sampler for Sum {
        fn sample<R: rand::Rng + ?Sized>(&self, &[a, b]: &[f64; 2], rng: &mut R) -> f64 {
            Normal.sample(&[a + b, 1.0], rng)
        }
    }
    let sum = check(&Sum, &[1.0, 2.0]).unwrap();
    assert!(sum.passed(), "{sum}");
    let line = sum.line("information is positive").unwrap();
    assert!(line.verdict == Verdict::Noted && line.answer.contains("rank 1 of 2"), "{sum}");
}

#[test]
fn the_report_reads_well() {
    let text = report(Doctored { formula: Some(1.5), ..Doctored::default() }).to_string();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 8, "{text}");
    assert!(lines[5].starts_with("✗ closed form agrees"), "{text}");
    assert_eq!(lines[7], "the model does not pass");
}
