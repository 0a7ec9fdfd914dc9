//! Fréchet means against closed forms.

use fisher_information::Error;
use fisher_information::distributions::{Beta, Categorical, Exponential, Gamma, Normal, Poisson};
use fisher_information::geometry::{FisherMetric, frechet_mean, logarithm_map};

fn slices<const N: usize>(points: &[[f64; N]]) -> Vec<&[f64]> {
    points.iter().map(|point| point.as_slice()).collect()
}

#[test]
fn one_parameter_has_a_mean_in_the_coordinate_of_constant_information() {
    let points = [[0.3], [2.0], [5.5], [40.0]];
    let weights = [1.0, 2.5, 0.5, 3.0];
    let total: f64 = weights.iter().sum();
    let weighted = |of: fn(f64) -> f64| points.iter().zip(weights).map(|(p, w)| w * of(p[0])).sum::<f64>() / total;
    let poisson = frechet_mean(&FisherMetric::of(&Poisson), &slices(&points), &weights).unwrap();
    let exact = weighted(f64::sqrt).powi(2);
    assert!((poisson.point[0] / exact - 1.0).abs() < 1e-11, "{poisson:?} {exact}");
    let exponential = frechet_mean(&FisherMetric::of(&Exponential), &slices(&points), &weights).unwrap();
    let exact = weighted(f64::ln).exp();
    assert!((exponential.point[0] / exact - 1.0).abs() < 1e-12, "{exponential:?} {exact}");
    let variance = weighted(|p| p.ln().powi(2)) - weighted(f64::ln).powi(2);
    assert!((exponential.variance.value - variance).abs() <= exponential.variance.error + 1e-13 * variance);
}

/// On the hyperboloid x₀² − x₁² − x₂² = 1 the logarithm of q at p is d/sinh d (q − p cosh d): the mean is where their sum vanishes, found
/// here by steps along it.
#[test]
fn normals_have_the_mean_of_the_hyperboloid() {
    let points = [[0.0, 1.0], [2.0, 0.5], [-1.0, 3.0], [4.0, 0.8], [0.5, 0.1]];
    let weights = [1.0, 2.0, 1.0, 0.5, 1.5];
    let lift = |p: &[f64; 2]| {
        let (x, y) = (p[0] / 2.0_f64.sqrt(), p[1]);
        [(1.0 + x * x + y * y) / (2.0 * y), (1.0 - x * x - y * y) / (2.0 * y), x / y]
    };
    let form = |a: &[f64; 3], b: &[f64; 3]| a[0] * b[0] - a[1] * b[1] - a[2] * b[2];
    let lifted = points.map(|p| lift(&p));
    let mut mean = lifted[0];
    for _ in 0..2000 {
        let mut sum = [0.0; 3];
        for (q, w) in lifted.iter().zip(weights) {
            let cosh = form(&mean, q).max(1.0);
            let distance = cosh.acosh();
            let scale = if distance < 1e-9 { 1.0 } else { distance / distance.sinh() };
            for i in 0..3 {
                sum[i] += w / 6.0 * scale * (q[i] - mean[i] * cosh);
            }
        }
        let length = (-form(&sum, &sum)).max(0.0).sqrt();
        if length < 1e-15 {
            break;
        }
        let step = 0.3 * length;
        for i in 0..3 {
            mean[i] = mean[i] * step.cosh() + sum[i] / length * step.sinh();
        }
        let norm = form(&mean, &mean).sqrt();
        mean = mean.map(|x| x / norm);
    }
    let sigma = 1.0 / (mean[0] + mean[1]);
    let mu = 2.0_f64.sqrt() * mean[2] * sigma;
    let found = frechet_mean(&FisherMetric::of(&Normal), &slices(&points), &weights).unwrap();
    assert!((found.point[0] - mu).abs() < 1e-10 && (found.point[1] - sigma).abs() < 1e-10, "{found:?} {mu} {sigma}");
    assert!(found.gradient < 1e-12, "{found:?}");
    assert!(found.iterations < 10, "{found:?}");
}

#[test]
fn at_the_mean_the_logarithms_sum_to_nothing() {
    let points = [[0.5, 2.0], [4.0, 0.5], [1.0, 1.0], [30.0, 12.0]];
    for mean in [
        frechet_mean(&FisherMetric::of(&Gamma), &slices(&points), &[1.0; 4]).unwrap(),
        frechet_mean(&FisherMetric::of(&Beta), &slices(&points), &[1.0; 4]).unwrap(),
    ] {
        assert!(mean.gradient < 1e-12 * mean.variance.value.sqrt(), "{mean:?}");
    }
    let gamma = FisherMetric::of(&Gamma);
    let mean = frechet_mean(&gamma, &slices(&points), &[1.0; 4]).unwrap();
    for c in 0..2 {
        let logarithms: Vec<f64> = points.iter().map(|p| logarithm_map(&gamma, &mean.point, p).unwrap()[c]).collect();
        let (sum, size) = (logarithms.iter().sum::<f64>(), logarithms.iter().map(|x| x.abs()).sum::<f64>());
        assert!(sum.abs() < 1e-10 * size, "{sum} {size}");
    }
}

/// Two points have their mean half-way, also on a sphere.
#[test]
fn the_mean_of_two_points_is_in_the_middle() {
    let simplex = FisherMetric::of(&Categorical::<2>);
    let points = [[0.9, 0.05], [0.05, 0.05]];
    let mean = frechet_mean(&simplex, &slices(&points), &[2.0, 2.0]).unwrap();
    let root = |p: &[f64]| [p[0].sqrt(), p[1].sqrt(), (1.0 - p[0] - p[1]).sqrt()];
    let (a, b) = (root(&points[0]), root(&points[1]));
    let sum: Vec<f64> = a.iter().zip(b).map(|(a, b)| a + b).collect();
    let norm: f64 = sum.iter().map(|x| x * x).sum();
    assert!((mean.point[0] - sum[0] * sum[0] / norm).abs() < 1e-12, "{mean:?}");
    assert!((mean.distances[0].value - mean.distances[1].value).abs() < 1e-11);
}

#[test]
fn what_has_no_mean_is_named() {
    let poisson = FisherMetric::of(&Poisson);
    assert_eq!(frechet_mean(&poisson, &[], &[]).unwrap_err(), Error::NoData);
    assert!(matches!(frechet_mean(&poisson, &[&[1.0]], &[1.0, 2.0]), Err(Error::LengthMismatch { .. })));
    assert!(matches!(frechet_mean(&poisson, &[&[1.0]], &[-1.0]), Err(Error::InvalidWeight { index: 0, .. })));
    assert!(matches!(frechet_mean(&poisson, &[&[1.0]], &[f64::NAN]), Err(Error::InvalidWeight { .. })));
    assert_eq!(frechet_mean(&poisson, &[&[1.0], &[2.0]], &[0.0; 2]).unwrap_err(), Error::ZeroWeights { count: 2 });
    assert!(matches!(frechet_mean(&poisson, &[&[1.0], &[-2.0]], &[1.0; 2]), Err(Error::ParameterOutsideDomain { .. })));
    let alone = frechet_mean(&poisson, &[&[3.0]], &[2.0]).unwrap();
    assert!((alone.point[0], alone.variance.value) == (3.0, 0.0), "{alone:?}");
}
