//! Bad input: parameters outside their domain, observations outside the support.

use fisher_information::Error;
use fisher_information::derivatives::Differentiator;
use fisher_information::distributions::*;
use fisher_information::model::{ClosedForm, Observation, ParameterSpace, Quantile, SampleSpace, Sampler, Support};
use std::borrow::Borrow;

#[test]
fn an_error_names_the_parameter() {
    let Err(Error::ParameterOutsideDomain { name, value, domain }) = Differentiator::new(&Gamma, &[-1.0, 1.0]) else {
        panic!("a negative shape was accepted");
    };
    assert_eq!((name.as_str(), value, domain.to_string()), ("shape", -1.0, "(0, ∞)".to_string()));
}

/// What holds for every family, beyond its numbers.
struct Contract;

impl Visitor for Contract {
    fn visit<M: SampleSpace + Sampler + ClosedForm>(&mut self, family: &'static str, model: &M, points: &[&[f64]]) {
        assert_eq!(points.len(), 3, "{family}");
        for &slice in points {
            let parameters = model.parameters();
            assert_eq!(parameters.len(), slice.len(), "{family}");
            let theta = M::Parameters::from_slice(slice).unwrap();
            assert!(Differentiator::new(model, theta.borrow()).is_ok(), "{family} at {slice:?}");

            for (i, parameter) in parameters.iter().enumerate() {
                for bad in [parameter.domain.lower, parameter.domain.upper, f64::NAN] {
                    let mut moved = slice.to_vec();
                    moved[i] = bad;
                    let theta = M::Parameters::from_slice(&moved).unwrap();
                    let Err(Error::ParameterOutsideDomain { name, value, domain }) =
                        Differentiator::new(model, theta.borrow()).map(|_| ())
                    else {
                        panic!("{family} accepts {moved:?}");
                    };
                    assert_eq!((name.as_str(), domain), (parameter.name.as_ref(), parameter.domain), "{family}");
                    assert!(value == bad || value.is_nan() && bad.is_nan(), "{family}");
                    // A sampler is not a check, but it returns.
                    let _ = model.sample(theta.borrow(), &mut super::draws::stream());
                }
            }

            let outside: &[f64] = match model.support(theta.borrow()) {
                Support::Interval { lower, upper } => &[lower - 0.5, upper + 0.5],
                Support::Integers { lower, upper } => &[lower - 0.5, lower - 1.0, upper + 0.5, upper + 1.0],
                Support::Points(_) => &[-1.0, -0.5, 1.5, 2.0],
                other => panic!("{family}: a support {other:?}, which this test does not know"),
            };
            for x in outside.iter().filter(|x| x.is_finite()) {
                let x = M::Observation::from_coordinates(std::slice::from_ref(x)).unwrap();
                let value = model.ln_likelihood::<f64>(theta.borrow(), x);
                assert!(value == f64::NEG_INFINITY || value.is_nan(), "{family} at {slice:?}: {value} outside");
            }
        }
    }
}

#[test]
fn every_family_keeps_the_contract() {
    visit_all(&mut Contract);
}

#[test]
fn quantiles_outside_the_domain_are_not_numbers() {
    assert!(Gamma.quantile(&[-1.0, 1.0], &[0.5]).is_nan());
    assert!(Beta.quantile(&[-1.0, 1.0], &[0.5]).is_nan());
    assert!(StudentT.quantile(&[0.0, 1.0, -1.0], &[0.5]).is_nan());
    assert!(Poisson.quantile(&[-1.0], &[0.5]).is_nan());
}
