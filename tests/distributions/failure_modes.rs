//! Bad input: parameters outside their domain, observations outside the support.

use super::{catalogue, draws};
use fisher_information::Error;
use fisher_information::derivatives::Differentiator;
use fisher_information::distributions::*;
use fisher_information::information::expected;
use fisher_information::model::{ParameterSpace, Quantile, SampleSpace, Sampler, Support};
use std::borrow::Borrow;

#[test]
fn an_error_names_the_parameter() {
    let Err(Error::ParameterOutsideDomain { name, value, domain }) = Differentiator::new(&Gamma, &[-1.0, 1.0]) else {
        panic!("a negative shape was accepted");
    };
    assert_eq!((name.as_str(), value, domain.to_string()), ("shape", -1.0, "(0, ∞)".to_string()));
}

#[test]
fn every_parameter_outside_its_domain_is_named() {
    for entry in catalogue() {
        let parameters = entry.model.parameters();
        for theta in &entry.points {
            assert_eq!(parameters.len(), theta.len(), "{}", entry.name);
            for (i, parameter) in parameters.iter().enumerate() {
                for bad in [parameter.domain.lower, parameter.domain.upper, f64::NAN] {
                    let mut moved = theta.clone();
                    moved[i] = bad;
                    let Err(Error::ParameterOutsideDomain { name, value, domain }) = entry.model.expected(&moved)
                    else {
                        panic!("{} accepts {moved:?}", entry.name);
                    };
                    assert_eq!((name.as_str(), domain), (parameter.name.as_ref(), parameter.domain), "{}", entry.name);
                    assert!(value == bad || value.is_nan() && bad.is_nan(), "{}", entry.name);
                }
            }
        }
    }
}

#[test]
fn observations_outside_the_support_have_no_density() {
    for entry in catalogue() {
        for theta in &entry.points {
            let outside: Vec<Vec<f64>> = match entry.model.support(theta).unwrap() {
                Support::Interval { lower, upper } => [lower - 0.5, upper + 0.5].map(|x| vec![x]).to_vec(),
                // Between integers a log-density may be continued.
                Support::Integers { lower, upper } => [lower - 1.0, upper + 1.0].map(|x| vec![x]).to_vec(),
                Support::Points(points) => {
                    let end = points.iter().copied().fold(0.0, f64::max);
                    [-1.0, -0.5, end + 0.5, end + 1.0].map(|x| vec![x]).to_vec()
                }
                Support::Simplex { parts } => {
                    let inside = 1.0 / parts as f64;
                    let mut negative = vec![inside; parts];
                    negative[0] = -0.25;
                    vec![negative]
                }
                Support::Compositions { parts, total } => {
                    let mut too_many = vec![0.0; parts];
                    too_many[0] = f64::from(total) + 1.0;
                    let mut negative = vec![0.0; parts];
                    (negative[0], negative[1]) = (-1.0, f64::from(total) + 1.0);
                    vec![too_many, negative]
                }
                _ => continue,
            };
            for x in outside.iter().filter(|x| x.iter().all(|x| x.is_finite())) {
                let value = entry.model.ln_likelihood(theta, x).unwrap();
                assert!(
                    value == f64::NEG_INFINITY || value.is_nan(),
                    "{} at {theta:?}: {value} at {x:?}, which is outside",
                    entry.name
                );
            }
        }
    }
}

/// The information about extreme values exists for shapes above −½ only.
#[test]
fn an_information_that_does_not_exist_is_a_divergent_moment() {
    for shape in [-0.5, -0.75] {
        let extreme = expected(&GeneralizedExtremeValue, &[0.0, 1.0, shape]);
        assert!(matches!(extreme, Err(Error::DivergentMoment { .. })), "{extreme:?}");
        let excess = expected(&GeneralizedPareto, &[1.0, shape]);
        assert!(matches!(excess, Err(Error::DivergentMoment { .. })), "{excess:?}");
    }
}

/// A sampler and a support are no checks of the parameters, but they return.
struct Return;

impl Visitor for Return {
    fn visit<M>(&mut self, _: &'static str, model: &M, points: &[&[f64]])
    where
        M: SampleSpace + Sampler + Clone + Send + 'static,
    {
        for theta in points {
            for (i, parameter) in model.parameters().iter().enumerate() {
                for bad in [parameter.domain.lower, parameter.domain.upper, -1.0, 2.0, 1e300, f64::NAN] {
                    let mut moved = theta.to_vec();
                    moved[i] = bad;
                    let theta = M::Parameters::from_slice(&moved).unwrap();
                    let _ = model.sample(theta.borrow(), &mut draws::stream());
                    let _ = model.support(theta.borrow());
                }
            }
        }
    }
}

#[test]
fn samplers_return_whatever_they_are_given() {
    visit_all(&mut Return);
}

#[test]
fn quantiles_outside_the_domain_are_not_numbers() {
    assert!(Gamma.quantile(&[-1.0, 1.0], &[0.5]).is_nan());
    assert!(Beta.quantile(&[-1.0, 1.0], &[0.5]).is_nan());
    assert!(StudentT.quantile(&[0.0, 1.0, -1.0], &[0.5]).is_nan());
    assert!(Poisson.quantile(&[-1.0], &[0.5]).is_nan());
}
