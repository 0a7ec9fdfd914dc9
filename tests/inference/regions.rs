//! Likelihood-ratio regions of two parameters.

use super::intervals::assert_close;
use fisher_information::distributions::*;
use fisher_information::inference::*;
use fisher_information::prelude::*;

const DATA: [f64; 7] = [1.0, 2.5, 0.3, 4.1, 2.2, 1.7, 3.9];

/// W(μ, σ) = 2n ln(σ/σ̂) + n(σ̂² + (x̄ − μ)²)/σ² − n
#[test]
fn the_contour_of_a_normal_distribution_is_its_formula() {
    let fit = maximum_likelihood(&Normal, &DATA).unwrap();
    let [mean, deviation] = *fit.theta();
    let w = |[mu, sigma]: [f64; 2]| {
        let square = deviation.powi(2) + (mean - mu).powi(2);
        7.0 * (2.0 * (sigma / deviation).ln() + square / sigma.powi(2) - 1.0)
    };
    for level in [0.5, 0.95, 0.9999] {
        let region = fit.region(["mean", "deviation"], level).unwrap();
        let quantile = -2.0 * (1.0 - level).ln();
        let contour = region.contour(48).unwrap();
        assert!(contour.is_closed());
        assert_eq!(contour.points.len(), 48);
        let mut angle = f64::NEG_INFINITY;
        for &point in &contour.points {
            assert_close(w(point), quantile, 1e-9);
            assert_close(region.statistic(point).unwrap(), quantile, 1e-9);
            // Points go round once.
            let turn = ((point[1] / deviation).ln()).atan2(point[0] - mean).rem_euclid(std::f64::consts::TAU);
            assert!(turn >= angle - 1e-9, "{turn} {angle}");
            angle = turn;
        }
        for point in [[mean, deviation], [mean + 0.1, deviation * 1.1], [mean, 9.0 * deviation], [40.0, 1.0]] {
            assert_eq!(region.contains(point).unwrap(), w(point) <= quantile);
        }
        // The Wald ellipse from the covariance diag(σ²/n, σ²/2n).
        for [mu, sigma] in region.ellipse(&fit.covariance().unwrap(), 12).unwrap() {
            let form = 7.0 * ((mu - mean) / deviation).powi(2) + 14.0 * ((sigma - deviation) / deviation).powi(2);
            assert_close(form, quantile, 1e-8);
        }
        assert!(matches!(region.contains([1.0, -1.0]), Err(Error::ParameterOutsideDomain { .. })));
        assert!(matches!(region.contains([f64::NAN, 1.0]), Err(Error::ParameterOutsideDomain { .. })));
    }
    assert!(matches!(fit.region(["mean", "mean"], 0.9).err(), Some(Error::RepeatedName { .. })));
    assert!(matches!(fit.region(["mean", "scale"], 0.9).err(), Some(Error::UnknownParameter { .. })));
}

/// The order of the parameters, and a third one that is profiled away: the mean vector of a plane normal distribution, of which all second
/// moments are nuisance. W = n ln(1 + T²/(n − 1)) with Hotelling's T².
#[test]
fn the_others_are_chosen_best() {
    let data = [[1.0, 2.0], [2.5, 1.1], [0.3, 0.4], [4.1, 3.3], [2.2, 2.9], [1.7, 0.8], [3.9, 4.4]];
    let fit = MaximumLikelihood::new(&BivariateNormal, &data).start(&[2.0, 2.0, 1.0, 1.0, 0.5]).fit().unwrap();
    let n = 7.0;
    let [a, b] = [0, 1].map(|k| data.iter().map(|x| x[k]).sum::<f64>() / n);
    let moment = |i: usize, j: usize| data.iter().map(|x| (x[i] - [a, b][i]) * (x[j] - [a, b][j])).sum::<f64>() / n;
    let (aa, ab, bb) = (moment(0, 0), moment(0, 1), moment(1, 1));
    let w = |[p, q]: [f64; 2]| {
        let (x, y) = (p - a, q - b);
        n * (1.0 + (bb * x * x - 2.0 * ab * x * y + aa * y * y) / (aa * bb - ab * ab)).ln()
    };
    let quantile = -2.0 * 0.05_f64.ln();
    let names = fit.names().to_vec();
    let region = fit.region([&names[0], &names[1]], 0.95).unwrap();
    for point in region.contour(10).unwrap().points {
        assert_close(w(point), quantile, 1e-8);
    }
    let swapped = fit.region([&names[1], &names[0]], 0.95).unwrap();
    for [q, p] in swapped.contour(10).unwrap().points {
        assert_close(w([p, q]), quantile, 1e-8);
    }
}

/// Counts with little overdispersion: the region of a negative binomial distribution reaches to the Poisson limit.
#[test]
fn an_open_region_says_where() {
    let counts = [0.0, 3.0, 1.0, 0.0, 5.0, 2.0, 0.0, 1.0, 4.0, 2.0];
    let fit = maximum_likelihood(&NegativeBinomial, &counts).unwrap();
    let contour = fit.region(["size", "probability"], 0.95).unwrap().contour(24).unwrap();
    assert!(!contour.is_closed());
    assert_eq!(contour.points.len() + contour.open.len(), 24);
    for open in &contour.open {
        assert!(open.level < 0.95 && open.last[0] > 100.0 && open.last[1] > 0.9, "{open:?}");
    }
}
