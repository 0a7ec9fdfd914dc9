//! Near coincidence all divergences are the metric.

use fisher_information::distributions::*;
use fisher_information::geometry::divergence::{induced_metric, within};
use fisher_information::information::{closed_form, expected};
use fisher_information::model::{Fixed, Known, KullbackLeibler, ParameterSpace, SampleSpace};
use nalgebra::{DMatrix, DVector};
use std::borrow::Borrow;
use std::num::NonZeroU32;

/// The Hessian of the formula of the divergence is the Fisher matrix, by its own formula or by the density.
fn hessian<M: KullbackLeibler + SampleSpace>(model: &M, points: &[&[f64]]) {
    for theta in points {
        let theta = M::Parameters::from_slice(theta).unwrap();
        let metric = induced_metric(model, theta.borrow()).unwrap();
        let (information, tolerance) = match closed_form(model, theta.borrow()).unwrap() {
            Some(information) => (information, 1e-13),
            None => (expected(model, theta.borrow()).unwrap(), 1e-9),
        };
        let (metric, information) = (metric.matrix(), information.matrix());
        for i in 0..metric.nrows() {
            for j in 0..metric.nrows() {
                let scale = (information[(i, i)] * information[(j, j)]).sqrt();
                let off = (metric[(i, j)] - information[(i, j)]).abs();
                assert!(
                    off <= tolerance * scale,
                    "{} ({i}, {j}) {off:e} {metric} {information}",
                    std::any::type_name::<M>()
                );
            }
        }
    }
}

#[test]
fn of_continuous_families() {
    hessian(&Beta, &[&[2.0, 3.0], &[0.5, 0.25]]);
    hessian(&Cauchy, &[&[0.0, 1.0], &[-3.0, 0.125]]);
    hessian(&Chi, &[&[3.0]]);
    hessian(&ChiSquared, &[&[5.0]]);
    hessian(&Exponential, &[&[0.25]]);
    hessian(&Frechet, &[&[2.0, 3.0]]);
    hessian(&Gamma, &[&[2.0, 3.0], &[0.125, 8.0]]);
    hessian(&GammaScale, &[&[2.0, 3.0]]);
    hessian(&GeneralizedGamma, &[&[2.0, 3.0, 1.5]]);
    hessian(&Gumbel, &[&[1.0, 2.0]]);
    hessian(&HalfNormal, &[&[2.0]]);
    hessian(&InverseGamma, &[&[2.0, 3.0]]);
    hessian(&InverseGaussian, &[&[2.0, 3.0]]);
    hessian(&LogNormal, &[&[1.0, 0.5]]);
    hessian(&Maxwell, &[&[2.0]]);
    hessian(&Nakagami, &[&[2.0, 3.0]]);
    hessian(&Normal, &[&[1.0, 0.5]]);
    hessian(&NormalVariance, &[&[1.0, 0.5]]);
    hessian(&Pareto::new(2.0).unwrap(), &[&[1.5]]);
    hessian(&Rayleigh, &[&[2.0]]);
    hessian(&VonMises, &[&[0.5, 2.0]]);
    hessian(&Weibull, &[&[1.5, 2.0]]);
    hessian(&Known::<_, Fixed<1>>::new(Gamma, &[("shape", 2.5)]).unwrap(), &[&[3.0]]);
}

#[test]
fn of_discrete_and_multivariate_families() {
    let trials = NonZeroU32::new(7).unwrap();
    hessian(&Bernoulli, &[&[0.25]]);
    hessian(&Binomial::new(trials), &[&[0.0625]]);
    hessian(&Categorical::<3>, &[&[0.25, 0.125, 0.5]]);
    hessian(&Geometric, &[&[0.25]]);
    hessian(&Logarithmic, &[&[0.5]]);
    hessian(&Multinomial::<2>::new(trials), &[&[0.25, 0.125]]);
    hessian(&Poisson, &[&[3.5]]);
    hessian(&Zeta, &[&[2.5]]);
    hessian(&BivariateNormal, &[&[1.0, -2.0, 2.0, 0.5, -0.625]]);
    hessian(&MultivariateNormal::<2, 5>, &[&[1.0, -2.0, 4.0, -0.625, 0.25]]);
    hessian(&Dirichlet::<3>, &[&[2.5, 0.75, 4.0]]);
}

/// Divergences between θ and θ + ε direction over their multiples of ½ δᵀIδ, which differ from 1 by something of the order of ε.
fn near<M: SampleSpace>(model: &M, theta: &[f64], direction: &[f64]) {
    let here = M::Parameters::from_slice(theta).unwrap();
    let information: DMatrix<f64> = expected(model, here.borrow()).unwrap().matrix().clone();
    let name = std::any::type_name::<M>();
    for power in [-10, -20] {
        let step = f64::powi(2.0, power);
        let there: Vec<f64> = theta.iter().zip(direction).map(|(t, d)| t + step * d).collect();
        let delta = DVector::from_iterator(theta.len(), there.iter().zip(theta).map(|(a, b)| a - b));
        let form = 0.5 * (delta.transpose() * &information * &delta)[(0, 0)];
        let other = M::Parameters::from_slice(&there).unwrap();
        let pair = within(model, here.borrow(), other.borrow()).unwrap();
        let multiples = [
            (pair.kullback_leibler(), 1.0),
            (pair.reversed().kullback_leibler(), 1.0),
            (pair.jeffreys(), 2.0),
            (pair.squared_hellinger(), 0.25),
            (pair.bhattacharyya(), 0.25),
            (pair.chernoff(), 0.25),
            (pair.jensen_shannon(), 0.25),
            (pair.renyi(0.25), 0.25),
            (pair.renyi(1.5), 1.5),
            (pair.amari(0.5), 1.0),
            (pair.amari(-3.0), 1.0),
        ];
        for (which, (found, multiple)) in multiples.into_iter().enumerate() {
            let found = found.unwrap();
            let ratio = found.value() / (multiple * form);
            assert!((ratio - 1.0).abs() < 8.0 * step, "{name} {which} 2^{power}: {ratio} {found}");
            assert!(found.error() < 1e-7 * found.value(), "{name} {which} 2^{power}: {found}");
        }
    }
}

#[test]
fn every_divergence_is_the_metric_near_coincidence() {
    near(&Normal, &[1.0, 2.0], &[1.0, -0.5]);
    near(&Gamma, &[2.0, 1.0], &[0.5, 1.0]);
    near(&Weibull, &[1.5, 2.0], &[1.0, 1.0]);
    near(&Logistic, &[0.0, 1.0], &[1.0, 0.5]);
    near(&StudentT, &[0.0, 1.0, 4.0], &[1.0, 0.5, 1.0]);
    near(&Poisson, &[3.0], &[1.0]);
    near(&NegativeBinomial, &[2.5, 0.5], &[1.0, 0.25]);
    near(&Dirichlet::<3>, &[2.0, 3.0, 4.0], &[1.0, -1.0, 0.5]);
    near(&BivariateNormal, &[0.0, 0.0, 1.0, 1.0, 0.5], &[1.0, 0.5, 0.5, -0.5, 0.25]);
}

/// Closed forms whose series are known: the digits stay however close the two are.
#[test]
fn relative_digits_are_kept() {
    for power in [-10, -20, -30, -40] {
        let step = f64::powi(2.0, power);
        let normal = within(&Normal, &[3.0, 1.0], &[3.0 + step, 1.0]).unwrap().kullback_leibler().unwrap();
        assert!((normal.value() / (0.5 * step * step) - 1.0).abs() < 1e-12, "{power} {normal}");
        let exponential = within(&Exponential, &[1.0], &[1.0 + step]).unwrap().kullback_leibler().unwrap();
        // ε − ln(1 + ε)
        let series = step * step * (1.0 / 2.0 - step / 3.0 + step * step / 4.0 - step.powi(3) / 5.0);
        assert!((exponential.value() / series - 1.0).abs() < 1e-11, "{power} {exponential}");
    }
}

/// KL(θ′ ‖ θ) − KL(θ ‖ θ′) is T δ³/6 with Amari and Čencov's T = E[s³], −2/λ³ for the exponential distribution.
#[test]
fn the_asymmetry_is_cubic() {
    for power in [-6, -9, -12] {
        let step = f64::powi(2.0, power);
        let pair = within(&Exponential, &[2.0], &[2.0 + step]).unwrap();
        let difference = pair.reversed().kullback_leibler().unwrap().value() - pair.kullback_leibler().unwrap().value();
        let cubic = -2.0 / 8.0 * step.powi(3) / 6.0;
        assert!((difference / cubic - 1.0).abs() < step, "{power} {difference} {cubic}");
    }
}
