//! Families that statrs has too: there and back, the same densities, and the information in one call.

use super::{draws, family};
use fisher_information::Error;
use fisher_information::distributions as ours;
use fisher_information::interop::Counterpart;
use fisher_information::model::{Observation, ParameterSpace, SampleSpace};
use nalgebra::{DVector, Dyn};
use statrs::distribution::{self as theirs, Continuous, Discrete};
use std::borrow::Borrow;

/// statrs computes ln Γ by a Lanczos sum, good to about 10⁻¹⁴ of the largest term, which is below 1000 on the grids.
const STATRS: f64 = 1e-11;

/// What statrs says of an observation.
type LnDensity<T> = fn(&T, &[f64]) -> f64;

/// Both densities at a hundred draws at each point of the catalogue, which lie where the mass is at every scale; there and back
/// again; and the information.
fn check<T: Counterpart<M>, M: SampleSpace>(name: &str, model: &M, points: &[&[f64]], ln_density: LnDensity<T>) {
    let entry = family(name);
    let mut stream = draws::stream();
    let points =
        points.iter().map(|theta| theta.to_vec()).chain(if points.is_empty() { entry.points.clone() } else { vec![] });
    for theta in points {
        let at = M::Parameters::from_slice(&theta).unwrap();
        let there =
            T::from_model(model, at.borrow()).unwrap_or_else(|refusal| panic!("{name} at {theta:?}: {refusal}"));
        let (back, same) = there.model().unwrap();
        for (got, want) in same.as_ref().iter().zip(&theta) {
            assert!((got - want).abs() <= 4.0 * f64::EPSILON * want.abs(), "{name} at {theta:?}: {got} for {want}");
        }
        for _ in 0..100 {
            let x = entry.model.sample(&theta, &mut stream).unwrap().unwrap();
            let datum = M::Observation::from_coordinates(&x).unwrap();
            let (got, want) = (back.ln_likelihood::<f64>(at.borrow(), datum), ln_density(&there, &x));
            // A draw below the smallest number is not compared.
            if got.is_finite() {
                assert!(
                    (got - want).abs() <= STATRS * want.abs().max(1.0),
                    "{name} at {theta:?}, x = {x:?}: {got}, statrs {want}"
                );
            }
        }
        let (one, other) = (there.fisher_information().unwrap(), entry.model.expected(&theta).unwrap());
        let scale = other.matrix().amax();
        assert!((one.matrix() - other.matrix()).amax() <= 1e-9 * scale, "{name} at {theta:?}");
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // counts
fn count(x: f64) -> u64 {
    x as u64
}

macro_rules! same_densities {
    ($($test:ident $name:literal $theirs:ident $ours:expr, $ln_density:expr;)*) => {
        $(#[test]
        fn $test() {
            check::<theirs::$theirs, _>($name, &$ours, &[], $ln_density);
        })*
    };
}

fn ten() -> std::num::NonZeroU32 {
    std::num::NonZeroU32::new(10).unwrap()
}

same_densities! {
    beta "beta" Beta ours::Beta, |d, x| d.ln_pdf(x[0]);
    cauchy "Cauchy" Cauchy ours::Cauchy, |d, x| d.ln_pdf(x[0]);
    chi_squared "chi-squared" ChiSquared ours::ChiSquared, |d, x| d.ln_pdf(x[0]);
    exponential "exponential" Exp ours::Exponential, |d, x| d.ln_pdf(x[0]);
    gamma "gamma" Gamma ours::Gamma, |d, x| d.ln_pdf(x[0]);
    gumbel "Gumbel" Gumbel ours::Gumbel, |d, x| d.ln_pdf(x[0]);
    inverse_gamma "inverse gamma" InverseGamma ours::InverseGamma, |d, x| d.ln_pdf(x[0]);
    laplace "Laplace" Laplace ours::Laplace, |d, x| d.ln_pdf(x[0]);
    levy "Lévy" Levy ours::Levy::default(), |d, x| d.ln_pdf(x[0]);
    log_normal "lognormal" LogNormal ours::LogNormal, |d, x| d.ln_pdf(x[0]);
    normal "normal" Normal ours::Normal, |d, x| d.ln_pdf(x[0]);
    pareto "Pareto" Pareto ours::Pareto::new(2.0).unwrap(), |d, x| d.ln_pdf(x[0]);
    student_t "Student's t" StudentsT ours::StudentT, |d, x| d.ln_pdf(x[0]);
    weibull "Weibull" Weibull ours::Weibull, |d, x| d.ln_pdf(x[0]);
    bernoulli "Bernoulli" Bernoulli ours::Bernoulli, |d, x| d.ln_pmf(count(x[0]));
    binomial "binomial" Binomial ours::Binomial::new(ten()), |d, x| d.ln_pmf(count(x[0]));
    geometric "geometric" Geometric ours::Geometric, |d, x| d.ln_pmf(count(x[0]));
    negative_binomial "negative binomial" NegativeBinomial ours::NegativeBinomial, |d, x| d.ln_pmf(count(x[0]));
    poisson "Poisson" Poisson ours::Poisson, |d, x| d.ln_pmf(count(x[0]));
    categorical "categorical" Categorical ours::Categorical::<2>, |d, x| d.ln_pmf(count(x[0]));
}

#[test]
fn chi_and_erlang_have_whole_parameters() {
    check::<theirs::Chi, _>("chi", &ours::Chi, &[&[1.0], &[7.0], &[1000.0]], |d, x| d.ln_pdf(x[0]));
    check::<theirs::Erlang, _>("gamma", &ours::Gamma, &[&[1.0, 1.0], &[7.0, 0.25]], |d, x| d.ln_pdf(x[0]));
    let refused = <theirs::Chi as Counterpart<_>>::from_model(&ours::Chi, &[2.5]);
    assert!(matches!(refused, Err(Error::NoCounterpart { distribution: "Chi", .. })));
}

/// The F density of statrs overflows at a thousand degrees of freedom.
#[test]
fn fisher_snedecor() {
    check::<theirs::FisherSnedecor, _>("F", &ours::FisherSnedecor, &[&[5.0, 10.0], &[1.0, 1.0]], |d, x| d.ln_pdf(x[0]));
}

#[test]
fn vectors() {
    check::<theirs::Dirichlet<Dyn>, _>("Dirichlet", &ours::Dirichlet::<3>, &[], |d, x| {
        d.ln_pdf(&DVector::from_row_slice(x))
    });
    let normal = |d: &theirs::MultivariateNormal<Dyn>, x: &[f64]| d.ln_pdf(&DVector::from_row_slice(x));
    check(
        "normal vector",
        &ours::NormalVector::new(2),
        &[&[0.0, 0.0, 1.0, 0.0, 1.0], &[1.0, -2.0, 4.0, -0.625, 0.25]],
        normal,
    );
    let student = |d: &theirs::MultivariateStudent<Dyn>, x: &[f64]| d.ln_pdf(&DVector::from_row_slice(x));
    let plane = ours::MultivariateStudentT::new(2);
    check("multivariate t", &plane, &[&[0.0, 0.0, 1.0, 0.0, 1.0, 4.0], &[1.0, -2.0, 4.0, -0.625, 0.25, 8.0]], student);
    let multinomial =
        |d: &theirs::Multinomial<Dyn>, x: &[f64]| d.ln_pmf(&DVector::from_iterator(3, x.iter().map(|&x| count(x))));
    check("multinomial", &ours::Multinomial::<2>::new(ten()), &[], multinomial);
}

#[test]
fn sizes_that_do_not_match_are_refused() {
    let dirichlet = theirs::Dirichlet::new(vec![1.0, 2.0]).unwrap();
    let refused: Result<(ours::Dirichlet<3>, _), _> = dirichlet.model();
    assert!(matches!(refused, Err(Error::NoCounterpart { distribution: "Dirichlet", .. })));
    let none = theirs::Binomial::new(0.5, 0).unwrap().model();
    assert!(matches!(none, Err(Error::NoCounterpart { distribution: "Binomial", .. })));
    let certain = theirs::Bernoulli::new(1.0).unwrap().fisher_information();
    assert!(matches!(certain, Err(Error::ParameterOutsideDomain { .. })));
}
