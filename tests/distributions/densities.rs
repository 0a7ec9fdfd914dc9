//! The log-densities: value, score, Hessian and slope in x against 25-digit values, and against statrs over a grid.

use crate::reference;
use fisher_information::derivatives::derivatives;
use fisher_information::distributions::*;
use fisher_information::model::{ClosedForm, Fixed, LogLikelihood, Observation, ParameterSpace, SampleSpace, Sampler};
use num_dual::Dual64;
use statrs::distribution::{self as theirs, Continuous, Discrete};
use std::borrow::Borrow;

/// Value, score and Hessian relative to themselves; the reference points avoid the zeros of all three.
const DERIVATIVES: f64 = 1e-12;

struct AgainstReference;

impl Visitor for AgainstReference {
    fn visit<M: SampleSpace + Sampler + ClosedForm>(&mut self, family: &'static str, model: &M, _: &[&[f64]]) {
        let mut worst = [0.0_f64; 4];
        for row in reference::densities(family) {
            let theta = M::Parameters::from_slice(&row.theta).unwrap();
            let x = M::Observation::from_coordinates(std::slice::from_ref(&row.x)).unwrap();
            let got = derivatives(model, theta.borrow(), x).unwrap();
            let mut check = |order: usize, what: &str, got: f64, want: f64| {
                let scale = if want.abs() < 1e-310 { 1.0 } else { want.abs() };
                let error = (got - want).abs() / scale;
                assert!(
                    error <= DERIVATIVES,
                    "{family} at {:?}, x = {:e}: {what} is {got:e} for {want:e}, relative error {error:.1e}",
                    row.theta,
                    row.x
                );
                worst[order] = worst[order].max(error);
            };
            check(0, "the value", got.value, row.value);
            let mut packed = row.hessian.iter();
            for (i, &want) in row.score.iter().enumerate() {
                check(1, &format!("score {i}"), got.score[i], want);
                for j in 0..=i {
                    check(2, &format!("Hessian ({i}, {j})"), got.hessian[(i, j)], *packed.next().unwrap());
                }
            }
        }
        println!("{family}: value {:.1e}, score {:.1e}, Hessian {:.1e}", worst[0], worst[1], worst[2]);
    }
}

#[test]
fn derivatives_agree_with_the_reference() {
    visit_all(&mut AgainstReference);
}

/// The derivative with respect to the observation.
fn slopes<M, const P: usize>(family: &str, model: &M)
where
    M: LogLikelihood<Parameters = Fixed<P>, Observation = f64>,
{
    for row in reference::densities(family) {
        let theta = Fixed::<P>::build(P, |i| Dual64::from(row.theta[i]));
        let got = model.ln_likelihood(&theta, &Dual64::from(row.x).derivative()).eps;
        let error = (got - row.slope).abs() / row.slope.abs();
        assert!(error <= DERIVATIVES, "{family} at {:?}, x = {:e}: slope {got} for {}", row.theta, row.x, row.slope);
    }
}

#[test]
fn slopes_in_the_observation_agree_with_the_reference() {
    let ten = Binomial::new(std::num::NonZeroU32::new(10).unwrap());
    slopes("normal", &Normal);
    slopes("lognormal", &LogNormal);
    slopes("exponential", &Exponential);
    slopes("gamma", &Gamma);
    slopes("Weibull", &Weibull);
    slopes("beta", &Beta);
    slopes("Laplace", &Laplace);
    slopes("Cauchy", &Cauchy);
    slopes("Student's t", &StudentT);
    slopes("Bernoulli", &Bernoulli);
    slopes("binomial", &ten);
    slopes("Poisson", &Poisson);
}

/// statrs computes ln Γ by a Lanczos sum, good to about 10⁻¹⁴ of the largest term, which is below 1000 on the grids.
const STATRS: f64 = 1e-11;

/// ln f of statrs at x, by the name of the family in the catalogue.
fn statrs(family: &str, theta: &[f64], x: f64) -> f64 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let count = x as u64;
    match (family, theta) {
        ("normal", &[m, s]) => theirs::Normal::new(m, s).unwrap().ln_pdf(x),
        ("lognormal", &[m, s]) => theirs::LogNormal::new(m, s).unwrap().ln_pdf(x),
        ("exponential", &[r]) => theirs::Exp::new(r).unwrap().ln_pdf(x),
        ("gamma", &[a, r]) => theirs::Gamma::new(a, r).unwrap().ln_pdf(x),
        ("Weibull", &[k, s]) => theirs::Weibull::new(k, s).unwrap().ln_pdf(x),
        ("beta", &[a, b]) => theirs::Beta::new(a, b).unwrap().ln_pdf(x),
        ("Laplace", &[m, s]) => theirs::Laplace::new(m, s).unwrap().ln_pdf(x),
        ("Cauchy", &[m, s]) => theirs::Cauchy::new(m, s).unwrap().ln_pdf(x),
        ("Student's t", &[m, s, n]) => theirs::StudentsT::new(m, s, n).unwrap().ln_pdf(x),
        ("Bernoulli", &[p]) => theirs::Bernoulli::new(p).unwrap().ln_pmf(count),
        ("binomial", &[p]) => theirs::Binomial::new(p, 10).unwrap().ln_pmf(count),
        ("Poisson", &[r]) => theirs::Poisson::new(r).unwrap().ln_pmf(count),
        _ => panic!("no density of the family {family} to compare with"),
    }
}

/// Draws of the family as a grid: they lie where the mass is, at every scale.
struct AgainstStatrs;

impl Visitor for AgainstStatrs {
    fn visit<M: SampleSpace + Sampler + ClosedForm>(&mut self, family: &'static str, model: &M, points: &[&[f64]]) {
        let mut stream = crate::distributions::draws::stream();
        for &slice in points {
            let theta = M::Parameters::from_slice(slice).unwrap();
            for _ in 0..100 {
                let x = model.sample(theta.borrow(), &mut stream);
                let got = model.ln_likelihood::<f64>(theta.borrow(), x.borrow());
                let want = statrs(family, slice, M::Observation::coordinates(x.borrow())[0]);
                assert!(
                    (got - want).abs() <= STATRS * want.abs().max(1.0),
                    "{family} at {slice:?}, x = {:?}: {got}, statrs {want}",
                    M::Observation::coordinates(x.borrow())
                );
            }
        }
    }
}

#[test]
fn values_agree_with_statrs_on_draws() {
    visit_all(&mut AgainstStatrs);
}

#[test]
fn many_trials_lose_no_digits() {
    // The value by mpmath.
    let million = Binomial::new(std::num::NonZeroU32::new(1_000_000).unwrap());
    let value = million.ln_likelihood(&[0.25], &250_400.0_f64);
    assert!((value - -7.416_753_683_341_444).abs() < 1e-12, "{value}");

    // The formula changes at 64 successes.
    let some = Binomial::new(std::num::NonZeroU32::new(200).unwrap());
    for x in 60_u32..68 {
        let got = some.ln_likelihood(&[0.3], &f64::from(x));
        let want = theirs::Binomial::new(0.3, 200).unwrap().ln_pmf(x.into());
        assert!((got - want).abs() < 1e-12, "x = {x}: {got}, statrs {want}");
    }
}
