//! What is true of every profile, for many families.

use super::intervals::assert_close;
use fisher_information::distributions::*;
use fisher_information::inference::*;
use fisher_information::prelude::*;
use rand::SeedableRng;
use statrs::function::erf::erf;

/// One of the parameters, as a function of all.
struct One(usize, Domain);

impl<S: ParameterSpace> ParameterFunction<S> for One {
    fn value<D: Scalar>(&self, theta: &S::Of<D>) -> D {
        theta.as_ref()[self.0] * 1.0
    }

    fn domain(&self) -> Domain {
        self.1
    }
}

/// At an end the statistic is the quantile; an open end is flat below it; the search on a surface finds what the search with a parameter held
/// finds.
fn check<M: SampleSpace + Sampler<Observation = f64>>(model: &M, theta: &Theta<M, f64>) {
    let mut stream = Stream::seed_from_u64(3);
    let data: Vec<f64> = (0..40).map(|_| model.sample(theta, &mut stream)).collect();
    let fit = MaximumLikelihood::new(model, &data).start(theta).fit().unwrap();
    for (place, parameter) in fit.parameters().iter().enumerate() {
        let profile = fit.profile(&parameter.name).unwrap();
        let function = One(place, parameter.domain);
        let surface = fit.profile_of(&function).unwrap();
        for level in [0.6, 0.95, 0.9999] {
            let interval = profile.interval(level).unwrap();
            let other = surface.interval(level).unwrap();
            for (end, same) in [(&interval.lower, &other.lower), (&interval.upper, &other.upper)] {
                match end {
                    End::At(value) => {
                        assert_close(same.value().unwrap(), *value, 1e-7);
                        let statistic = profile.at(*value).unwrap().statistic();
                        assert!((erf((statistic / 2.0).sqrt()) - level).abs() < 1e-8, "{interval}: {statistic}");
                    }
                    End::Unbounded { level: flat } | End::AtBound { level: flat, .. } => {
                        assert!(*flat < level, "{interval}");
                        let (End::Unbounded { level: again } | End::AtBound { level: again, .. }) = same else {
                            panic!("{interval} and {other}")
                        };
                        assert!((flat - again).abs() < 1e-6, "{interval} and {other}");
                    }
                    End::Stopped { .. } => panic!("{interval}"),
                }
            }
        }
    }
}

#[test]
fn an_end_is_where_the_statistic_is_the_quantile() {
    check(&Normal, &[1.0, 2.0]);
    check(&Gamma, &[0.5, 2.0]);
    check(&Gamma, &[500.0, 2.0]);
    check(&Beta, &[0.5, 2.0]);
    check(&Cauchy, &[0.5, 2.0]);
    check(&Logistic, &[0.5, 2.0]);
    check(&StudentT, &[0.5, 2.0, 3.0]);
    check(&NegativeBinomial, &[2.0, 0.3]);
    check(&ZeroInflatedPoisson, &[0.3, 2.0]);
    check(&InverseGaussian, &[1.0, 2.0]);
    check(&Lomax, &[3.0, 1.0]);
    check(&Rice, &[2.0, 1.0]);
    check(&Gompertz, &[0.5, 1.0]);
    check(&Skellam, &[2.0, 3.0]);
    check(&Zeta, &[2.5]);
    check(&FisherSnedecor, &[5.0, 6.0]);
}
