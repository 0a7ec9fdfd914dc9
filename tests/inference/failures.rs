//! Data and starts from which there is no estimate: each is told apart, with the names of the parameters.

use super::misspecification::draws;
use fisher_information::Error;
use fisher_information::distributions::{
    Bernoulli, Beta, Cauchy, Exponential, Gamma, GeneralizedExtremeValue, GeneralizedPareto, Gompertz, Laplace,
    Mixture, NegativeBinomial, Normal, Poisson, SkewNormal, Visitor, Weibull, visit_all,
};
use fisher_information::inference::{Fit, MaximumLikelihood, maximum_likelihood};
use fisher_information::model::{OwnedDatum, ParameterSpace, Sampler, Weighted};
use fisher_information::prelude::*;
use std::borrow::Borrow;

/// Why there is no fit.
fn refusal<M: LogLikelihood, D: Observations<M::Observation> + ?Sized>(fit: Result<Fit<'_, M, D>, Error>) -> Error {
    match fit {
        Ok(fit) => unreachable!("a fit at {:?}", fit.estimates()),
        Err(reason) => reason,
    }
}

/// Logistic regression on two covariates; the last number of a row is the response.
struct Logistic;

impl LogLikelihood for Logistic {
    type Parameters = Fixed<3>;
    type Observation = [f64; 3];

    fn ln_likelihood<D: Scalar>(&self, &[intercept, first, second]: &[D; 3], &[x, z, y]: &[D; 3]) -> D {
        let predictor = intercept + first * x + second * z;
        y * predictor - predictor.ln_1p_exp()
    }

    fn parameters(&self) -> Vec<Parameter> {
        ["intercept", "x", "z"].map(Parameter::real).to_vec()
    }
}

#[test]
fn separated_classes_have_no_estimate() {
    let separated = [[1., 0.3, 0.], [2., -0.2, 0.], [3., 0.5, 0.], [4., 0.1, 1.], [5., 0.7, 1.], [6., -0.3, 1.]];
    // x = 3 in both classes, and z the other way round there; x = 0 in both, x = 1 in one
    let quasi = [[1., 0.3, 0.], [2., -0.2, 0.], [3., 0.5, 0.], [3., 0.5, 1.], [5., 0.7, 1.], [6., -0.3, 1.]];
    let category = [[0., 0.3, 0.], [0., -0.2, 1.], [0., 0.5, 1.], [0., 0.1, 0.], [1., 0.7, 1.], [1., -0.3, 1.]];
    for (rows, name) in [(separated, "x"), (quasi, "x"), (category, "x")] {
        let reason = refusal(maximum_likelihood(&Logistic, &rows));
        let Error::MaximumAtInfinity { direction, log_likelihood } = &reason else { unreachable!("{reason}") };
        assert!(direction.split([' ', '−']).any(|word| word == name), "{direction}");
        assert!(*log_likelihood < 0.0);
    }
    let all_equal =
        refusal(maximum_likelihood(&Logistic, &[[1.0, 0.3, 1.0], [2.0, -0.2, 1.0], [3.0, 0.5, 1.0], [0.0, 1.0, 1.0]]));
    assert!(
        matches!(all_equal, Error::MaximumAtInfinity { ref direction, .. } if direction.contains("intercept")),
        "{all_equal}"
    );
}

#[test]
fn collinear_covariates_and_too_few_rows_are_named() {
    let collinear = [[1., 2., 0.], [2., 4., 1.], [3., 6., 0.], [4., 8., 1.], [5., 10., 1.]];
    let reason = refusal(maximum_likelihood(&Logistic, &collinear));
    assert_eq!(reason, Error::Singular { rank: 2, parameters: 3, directions: vec!["x − 0.5 z".into()] });
    let few = refusal(maximum_likelihood(&Logistic, &[[1.0, 2.0, 0.0], [2.0, 1.0, 1.0]]));
    assert!(matches!(few, Error::Singular { rank: 2, parameters: 3, .. }), "{few}");
}

#[test]
fn a_maximum_on_a_bound_names_the_bound() {
    let on = |reason: Error, parameter: &str, at: f64| {
        let Error::MaximumOnBoundary { name, bound, .. } = &reason else { unreachable!("{reason}") };
        assert_eq!((name.as_str(), *bound), (parameter, at));
    };
    on(refusal(maximum_likelihood(&Poisson, &[0.0, 0.0, 0.0])), "rate", 0.0);
    on(refusal(maximum_likelihood(&Bernoulli, &[1.0, 1.0])), "probability", 1.0);
    // Counts that vary less than Poisson counts.
    on(refusal(maximum_likelihood(&NegativeBinomial, &[2.0, 2.0, 3.0, 2.0, 1.0, 2.0])), "probability", 1.0);
    // Lives that do not age: the slope at the bound is not zero.
    let ageless = [0.11, 2.3, 0.02, 0.7, 4.9, 0.3, 0.05, 1.1, 3.0, 0.6];
    on(refusal(maximum_likelihood(&Gompertz, &ageless)), "growth", 0.0);
    on(refusal(MaximumLikelihood::new(&Gompertz, &ageless).start(&[0.5, 1e-3]).fit()), "growth", 0.0);
}

#[test]
fn a_likelihood_without_bound_names_its_pole() {
    let at = |reason: Error, parameter: &str| {
        let Error::UnboundedLikelihood { name, bound, .. } = &reason else { unreachable!("{reason}") };
        assert_eq!((name.as_str(), *bound), (parameter, 0.0));
    };
    at(refusal(maximum_likelihood(&Normal, &[2.0, 2.0, 2.0])), "deviation");
    at(refusal(maximum_likelihood(&Normal, &[2.0])), "deviation");
    let mixture = Mixture::new(vec![Normal, Normal]).unwrap();
    let data = [-2.1, -1.9, -2.0, -1.5, 1.8, 2.2, 2.0, 2.5, 1.6];
    at(refusal(MaximumLikelihood::new(&mixture, &data).start(&[0.1, 1.8001, 1e-3, 0.0, 2.0]).fit()), "deviation 1");
    // a pole at infinity: a gamma distribution around a constant
    let constant = refusal(maximum_likelihood(&Gamma, &[2.0, 2.0, 2.0]));
    assert!(
        matches!(constant, Error::MaximumAtInfinity { ref direction, .. } if direction.contains("shape")),
        "{constant}"
    );
    let constant = refusal(maximum_likelihood(&Beta, &[0.5, 0.5]));
    assert!(matches!(constant, Error::MaximumAtInfinity { .. }), "{constant}");
}

#[test]
fn a_mixture_begins_anywhere_but_needs_two_components() {
    let mixture = Mixture::new(vec![Poisson, Poisson]).unwrap();
    // Both components alike at the start: the slope of the weight is zero, and a saddle is left behind.
    let two = [0.0, 1.0, 0.0, 2.0, 1.0, 9.0, 8.0, 11.0, 10.0, 0.0, 1.0, 9.0];
    let fit = maximum_likelihood(&mixture, &two).unwrap();
    assert!(fit.certificate().holds(1e-6));
    assert!((fit.estimates()[1] - fit.estimates()[2]).abs() > 5.0);
    // Counts that vary less than those of one component.
    let even = [2.0, 2.0, 3.0, 2.0, 1.0, 2.0];
    let one = refusal(MaximumLikelihood::new(&mixture, &even).start(&[0.4, 1.0, 3.0]).fit());
    assert!(matches!(one, Error::Singular { ref directions, .. } if directions == &["weight 1"]), "{one}");
}

#[test]
fn what_is_wrong_with_data_is_told_before_all_else() {
    assert_eq!(refusal(maximum_likelihood(&Normal, &[] as &[f64; 0])), Error::NoData);
    let not_finite = |value: f64| refusal(maximum_likelihood(&Normal, &[1.0, value]));
    assert!(matches!(not_finite(f64::NAN), Error::ObservationNotFinite { index: 1, .. }));
    assert!(matches!(not_finite(f64::INFINITY), Error::ObservationNotFinite { index: 1, .. }));
    for (weights, index) in [(&[1.0, -1.0], 1), (&[f64::NAN, 1.0], 0), (&[1.0, f64::INFINITY], 1)] {
        let reason = refusal(maximum_likelihood(&Normal, &Weighted { data: &[1.0, 2.0], weights }));
        assert!(matches!(reason, Error::InvalidWeight { index: found, .. } if found == index), "{reason}");
    }
    let zero = refusal(maximum_likelihood(&Normal, &Weighted { data: &[1.0, 2.0], weights: &[0.0, 0.0] }));
    assert_eq!(zero, Error::ZeroWeights { count: 2 });
    let short = refusal(maximum_likelihood(&Normal, &Weighted { data: &[1.0, 2.0], weights: &[1.0] }));
    assert!(matches!(short, Error::LengthMismatch { expected: 2, found: 1, .. }));
    let outside = refusal(maximum_likelihood(&Gamma, &[2.0, -1.0]));
    assert!(matches!(outside, Error::LikelihoodNotFinite { index: 1, .. }));
}

#[test]
fn what_is_wrong_with_a_start_is_told() {
    let from = |start: [f64; 2]| refusal(MaximumLikelihood::new(&Normal, &[1.0, 2.0]).start(&start).fit());
    assert!(matches!(from([0.0, -1.0]), Error::ParameterOutsideDomain { ref name, .. } if name == "deviation"));
    assert!(matches!(from([f64::NAN, 1.0]), Error::ParameterOutsideDomain { ref name, .. } if name == "mean"));
    // The support ends at location − scale/shape = 0.1.
    let extremes = [0.0, 5.0, 10.0];
    let outside = refusal(MaximumLikelihood::new(&GeneralizedExtremeValue, &extremes).start(&[0.0, 0.1, -1.0]).fit());
    assert!(matches!(outside, Error::LikelihoodNotFinite { index: 1, quantity: "log-likelihood", .. }), "{outside}");
}

/// NaN everywhere, flat in its second parameter, and with a kink.
struct Broken;
struct Flat;

impl LogLikelihood for Broken {
    type Parameters = Fixed<1>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, &[theta]: &[D; 1], &x: &D) -> D {
        x * theta * f64::NAN
    }
}

impl LogLikelihood for Flat {
    type Parameters = Fixed<2>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, &[seen, unseen]: &[D; 2], &x: &D) -> D {
        let z = x - seen;
        -(z * z) * 0.5 + unseen * 0.0
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("seen"), Parameter::positive("unseen")]
    }
}

#[test]
fn broken_flat_and_kinked_likelihoods_are_told_apart() {
    let nan = refusal(maximum_likelihood(&Broken, &[1.0]));
    assert!(matches!(nan, Error::LikelihoodNotFinite { index: 0, .. }));
    let flat = refusal(maximum_likelihood(&Flat, &[1.0, 2.0]));
    assert_eq!(flat, Error::Singular { rank: 1, parameters: 2, directions: vec!["unseen".into()] });
    let one_of_them = MaximumLikelihood::new(&Flat, &[1.0, 2.0]).allow_singular().fit().unwrap();
    assert!((one_of_them.estimates()[0] - 1.5).abs() < 1e-12);
    assert_eq!(one_of_them.curvature().unwrap().null_directions()[0].to_string(), "unseen");
    let kink = refusal(MaximumLikelihood::new(&Laplace, &[0.0, 1.0, 3.0, 4.5, 7.0]).start(&[2.9, 2.0]).fit());
    assert!(matches!(kink, Error::Kink { ref names, .. } if names == &["location"]), "{kink}");
}

#[test]
fn starts_far_away_and_odd_units_are_no_matter() {
    let data = [1.0, 2.0, 0.3, -1.0, 0.5];
    let near = MaximumLikelihood::new(&Cauchy, &data).start(&[0.5, 1.0]).fit().unwrap();
    let far = MaximumLikelihood::new(&Cauchy, &data).start(&[1e6, 1.0]).fit().unwrap();
    for (near, far) in near.estimates().iter().zip(far.estimates()) {
        assert!((near - far).abs() < 1e-8);
    }
    for unit in [1e-15, 1e-8, 1e8, 1e15] {
        let data = [1.0, 2.0, 0.3].map(|x| x * unit);
        let rate = maximum_likelihood(&Exponential, &data).unwrap().estimates()[0] * unit;
        assert!((rate - 3.0 / 3.3).abs() < 1e-9, "{rate}");
        let weibull = maximum_likelihood(&Weibull, &data).unwrap();
        assert!((weibull.estimates()[0] - 1.589_120_118_141_924_3).abs() < 1e-8);
        assert!((weibull.estimates()[1] / unit - 1.227_705_021_678_552_8).abs() < 1e-8);
    }
    // The mean cannot be nearer than the spacing of the numbers around it.
    let offset = maximum_likelihood(&Normal, &[1e12 + 1.0, 1e12 + 2.0, 1e12 + 0.5]).unwrap();
    assert!(offset.certificate().distance < 1e-3);
    assert!((offset.estimates()[1] - (7.0_f64 / 18.0).sqrt()).abs() < 1e-6);
}

#[test]
fn an_inflection_is_no_limit() {
    // At slant 0 the information of a skew-normal is singular, and the likelihood has an inflection.
    for seed in 1..=12 {
        let data = draws(&SkewNormal, &[0.0, 1.0, 2.0], 200, seed);
        let from = |start| MaximumLikelihood::new(&SkewNormal, &data).start(&start).fit().unwrap();
        let (symmetry, truth) = (from([0.0, 1.0, 0.0]), from([0.0, 1.0, 2.0]));
        assert!((symmetry.log_likelihood().value - truth.log_likelihood().value).abs() < 1e-8, "seed {seed}");
    }
}

#[test]
fn a_support_that_binds_is_no_maximum() {
    // A uniform sample: generalised Pareto shapes of −1 and below put a pole at the largest observation.
    let uniform = [0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0];
    let refused = [
        refusal(maximum_likelihood(&GeneralizedPareto, &uniform)),
        refusal(maximum_likelihood(&GeneralizedExtremeValue, &uniform)),
    ];
    for reason in refused {
        let names = match &reason {
            Error::Kink { names, .. } | Error::NoMaximum { names, .. } | Error::MaximumOnConstraint { names, .. } => {
                names
            }
            other => unreachable!("{other}"),
        };
        assert!(names.iter().any(|name| name == "shape"), "{reason}");
    }
}

/// Fits every family to its own draws, from the truth and from where the library begins.
struct Fits {
    maxima: usize,
    refusals: usize,
}

impl Visitor for Fits {
    fn visit<M>(&mut self, family: &'static str, model: &M, points: &[&[f64]])
    where
        M: SampleSpace + Sampler + Clone + Send + 'static,
    {
        for point in points {
            let theta = M::Parameters::from_slice::<f64>(point).unwrap();
            let sample: Vec<OwnedDatum<M>> = draws(model, theta.borrow(), 60, 7);
            let sample = Sample::<M>(sample);
            for fit in
                [MaximumLikelihood::new(model, &sample), MaximumLikelihood::new(model, &sample).start(theta.borrow())]
            {
                match fit.fit() {
                    Ok(fit) => {
                        let certificate = fit.certificate();
                        assert!(certificate.holds(1e-6), "{family} at {point:?}: {certificate:?}");
                        let truth = fisher_information::information::ScoreSums::of(model, theta.borrow(), &sample);
                        let truth = truth.map_or(f64::NEG_INFINITY, |sums| sums.log_likelihood().value);
                        assert!(certificate.smallest_eigenvalue.value > 0.0);
                        self.maxima += usize::from(fit.log_likelihood().value >= truth - 1e-6);
                    }
                    Err(reason) => {
                        assert!(!reason.to_string().is_empty());
                        self.refusals += 1;
                    }
                }
            }
        }
    }
}

/// The draws of a model.
struct Sample<M: LogLikelihood>(Vec<OwnedDatum<M>>);

impl<M: LogLikelihood> Observations<M::Observation> for Sample<M>
where
    OwnedDatum<M>: Sync,
{
    fn count(&self) -> usize {
        self.0.len()
    }

    fn get(&self, index: usize) -> &Datum<M, f64> {
        self.0[index].borrow()
    }
}

#[test]
fn every_family_is_fitted_to_its_own_draws_with_a_certificate_or_a_reason() {
    let mut fits = Fits { maxima: 0, refusals: 0 };
    visit_all(&mut fits);
    // Most of the awkward points have their maxima on bounds; Laplace distributions have kinks.
    assert!(fits.maxima > 8 * fits.refusals, "{} maxima, {} refusals", fits.maxima, fits.refusals);
}
