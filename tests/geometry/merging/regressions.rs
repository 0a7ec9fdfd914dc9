//! Shards of real likelihoods: what a merge loses, and what one more round gives back.

use super::{apart, information, normal, stream};
use fisher_information::distributions::{Gamma, Poisson};
use fisher_information::geometry::merging::{Expert, Experts, Pooling};
use fisher_information::inference::maximum_likelihood;
use fisher_information::information::{Information, Observed, ScoreSums};
use fisher_information::model::{Elementwise, Link, Quantile, Reparametrised, Sampler, Table};
use fisher_information::regression::{Covariates, logistic, poisson, simulate};
use nalgebra::{DMatrix, DVector};

#[path = "../../../models/shards.rs"]
#[allow(dead_code)] // its main prints what is tested here
mod shards;

/// √(δᵀAδ)
fn distance(theta: &[f64], whole: &[f64], curvature: &Information<Observed>) -> f64 {
    let delta: Vec<f64> = theta.iter().zip(whole).map(|(a, b)| a - b).collect();
    curvature.quadratic_form(&delta).unwrap().value.max(0.0).sqrt()
}

#[test]
fn shards_of_a_linear_regression_merge_exactly_and_their_statistic_is_chows() {
    let mut stream = stream(31);
    let (mut experts, mut apart_squares) = (Vec::new(), 0.0);
    let (mut all_x, mut all_y) = (DMatrix::zeros(0, 3), Vec::new());
    let solve = |x: &DMatrix<f64>, y: &DVector<f64>| x.clone().svd(true, true).solve(y, 1e-14).unwrap();
    for k in 0..5 {
        let rows = 8 + 3 * k;
        let x = DMatrix::from_fn(rows, 3, |_, j| if j == 0 { 1.0 } else { normal(&mut stream) });
        let y = DVector::from_fn(rows, |i, _| 1.0 - x[(i, 1)] + 2.0 * x[(i, 2)] + normal(&mut stream));
        let beta = solve(&x, &y);
        apart_squares += (&y - &x * &beta).norm_squared();
        let gram = x.transpose() * &x; // a deviation of 1
        experts
            .push(Expert::new(format!("shard {k}"), beta.as_slice(), &information(&["one", "x", "z"], gram)).unwrap());
        let before = all_x.nrows();
        all_x = all_x.insert_rows(before, rows, 0.0);
        all_x.rows_mut(before, rows).copy_from(&x);
        all_y.extend(y.iter());
    }
    let all_y = DVector::from_vec(all_y);
    let whole = solve(&all_x, &all_y);
    let experts = Experts::new(experts).unwrap();
    let merge = experts.merge(&Pooling::Full).unwrap();
    assert!(apart(&merge.theta(), whole.as_slice()) < 1e-13);
    assert!(experts.merge(&Pooling::Diagonal).unwrap().theta() != merge.theta());
    // What the residual sum of squares gains if the shards must agree.
    let chow = (&all_y - &all_x * &whole).norm_squared() - apart_squares;
    let consistency = experts.consistency().unwrap();
    assert!((consistency.test.statistic.value - chow).abs() < 1e-11 * chow);
    assert_eq!(consistency.test.degrees_of_freedom(), 12);
}

/// Twenty shards of a gamma distribution merged in its natural coordinates: distances from the fit to all data, in its standard errors, of the
/// merge and after one more round.
fn gamma_distances(rows: usize, seed: u64) -> [f64; 2] {
    let mut stream = stream(seed);
    let draw = |_| Gamma.quantile(&[2.0, 0.5], &[rand::RngExt::random_range(&mut stream, 1e-12..1.0)]);
    let data: Vec<f64> = (0..20 * rows).map(draw).collect();
    let fits: Vec<_> = data.chunks(rows).map(|chunk| maximum_likelihood(&Gamma, chunk).unwrap()).collect();
    let experts = fits.iter().enumerate().map(|(k, fit)| Expert::from_fit(k.to_string(), fit).unwrap());
    let experts = Experts::new(experts).unwrap();
    let whole = maximum_likelihood(&Gamma, &data).unwrap();
    let curvature = whole.observed().unwrap();
    let sums = |theta: &[f64], data: &[f64]| ScoreSums::of(&Gamma, &[theta[0], theta[1]], data);

    let full = experts.merge(&Pooling::Full).unwrap().theta();
    let refined = experts.refine(&full, |k, theta| sums(theta, &data[rows * k..rows * (k + 1)])).unwrap();
    // What the step is predicted to gain is what it gains.
    let gain = sums(&refined.theta(), &data).unwrap().log_likelihood().value - refined.log_likelihood.value;
    assert!((gain / refined.predicted_gain.value - 1.0).abs() < 0.1);
    let before = distance(&full, whole.estimates(), &curvature);
    assert!((refined.standard_errors() / before - 1.0).abs() < 0.1);
    [before, distance(&refined.theta(), whole.estimates(), &curvature)]
}

#[test]
fn a_merge_of_shards_is_off_by_their_bias_and_one_round_more_squares_that() {
    // Of a fixed number of shards, four times the rows halve the bias in standard errors, and quarter what is left after one more round.
    for seed in [41, 42, 43] {
        let ([small, small_refined], [large, large_refined]) =
            (gamma_distances(100, seed), gamma_distances(1600, seed));
        assert!(small < 1.2 && large < 0.3, "{small} {large}");
        for (before, after, rows) in [(small, small_refined, 100.0_f64), (large, large_refined, 1600.0)] {
            // after/before² is of the order of 1/√n, the standard error of all 20n rows in units of the parameters
            let constant = after / before.powi(2) * (20.0 * rows).sqrt();
            assert!((0.5..3.0).contains(&constant), "{constant}");
        }
    }
}

#[test]
fn poisson_shards_merge_in_natural_coordinates_by_a_formula() {
    // With φ = ln λ the information of a shard is its sum Sₖ, and its estimate ln(Sₖ/n).
    let model = Reparametrised::new(Poisson, Elementwise(vec![Link::Log]));
    let mut stream = stream(91);
    let shards: Vec<Vec<f64>> =
        (0..20).map(|_| (0..10).map(|_| Poisson.sample(&[50.0], &mut stream)).collect()).collect();
    let expert = |(k, shard): (usize, &Vec<f64>)| {
        let fit = maximum_likelihood(&model, shard).unwrap();
        Expert::from_fit(k.to_string(), &fit).unwrap()
    };
    let merge = Experts::new(shards.iter().enumerate().map(expert)).unwrap().merge(&Pooling::Full).unwrap();
    let sums: Vec<f64> = shards.iter().map(|shard| shard.iter().sum()).collect();
    let total: f64 = sums.iter().sum();
    let by_hand = sums.iter().map(|sum| sum * (sum / 10.0).ln()).sum::<f64>() / total;
    assert!((merge.theta()[0] - by_hand).abs() < 1e-12);
    let error = merge.covariance.standard_errors()[0].value;
    assert!((error - total.sqrt().recip()).abs() < 1e-12);
    // The fit to all is ln(S/200), a tenth of a standard error away: half the variance of ln λ̂ of a shard, 1/(2·500), times √10⁴.
    let away = (by_hand - (total / 200.0).ln()) / error;
    assert!((away - 0.1).abs() < 4.0 * 0.1 * (2.0_f64 / 19.0).sqrt(), "{away}");
}

/// Shards of a Poisson regression; in shard 7 the slope of x is another by `shift`.
fn poisson_shards(shift: f64) -> Vec<Table> {
    let model = poisson(&Covariates::named(["intercept", "x", "z"]).unwrap()).unwrap();
    let mut stream = stream(61);
    let shard = |k: u64| {
        let mut row = || {
            let x = normal(&mut stream);
            [1.0, x, 0.6 * x + 0.8 * normal(&mut stream), 0.0]
        };
        let values = (0..150).flat_map(|_| row()).collect();
        let theta = [0.5, 0.3 + if k == 7 { shift } else { 0.0 }, -0.2];
        simulate(&model, &theta, &Table::new(4, values).unwrap(), 100 + k).unwrap()
    };
    (0..12).map(shard).collect()
}

#[test]
fn a_shard_with_another_slope_is_named() {
    let model = poisson(&Covariates::named(["intercept", "x", "z"]).unwrap()).unwrap();
    let consistency = |shift| {
        let tables = poisson_shards(shift);
        let expert = |(k, table)| Expert::from_fit(format!("shard {k}"), &model.fit(table).unwrap()).unwrap();
        Experts::new(tables.iter().enumerate().map(expert)).unwrap().consistency().unwrap()
    };
    let alike = consistency(0.0);
    assert!(!alike.test.rejects(0.05), "{alike}");
    assert_eq!(alike.test.degrees_of_freedom(), 33);

    let shifted = consistency(0.5);
    assert!(shifted.test.rejects(1e-4), "{shifted}");
    assert_eq!((shifted.largest().0, shifted.largest().1), ("shard 7", "x"));
    for (k, test) in shifted.against_others.iter().enumerate() {
        assert_eq!(test.as_ref().unwrap().rejects(1e-4), k == 7, "{shifted}");
    }
}

#[test]
fn the_predicted_loss_is_the_fall_of_the_log_likelihood() {
    let model = poisson(&Covariates::named(["intercept", "x", "z"]).unwrap()).unwrap();
    let tables = poisson_shards(0.0);
    let fits: Vec<_> = tables.iter().map(|table| model.fit(table).unwrap()).collect();
    let experts = fits.iter().enumerate().map(|(k, fit)| Expert::from_fit(k.to_string(), fit).unwrap());
    let experts = Experts::new(experts).unwrap();
    for pooling in [Pooling::Full, Pooling::Diagonal, Pooling::Uniform] {
        let theta = experts.merge(&pooling).unwrap().theta();
        let predicted = experts.predicted_loss(&theta).unwrap();
        let mut total = 0.0;
        for ((fit, table), predicted) in fits.iter().zip(&tables).zip(&predicted.losses) {
            let there = ScoreSums::of(&model, &theta, table).unwrap().log_likelihood().value;
            let actual = fit.log_likelihood().value - there;
            total += actual;
            // of third order: δ times the root of the loss
            assert!((predicted.value - actual).abs() < 0.1 * actual.powf(1.5) + 1e-3, "{predicted} {actual}");
        }
        assert!((predicted.total.value / total - 1.0).abs() < 0.03, "{} {total}", predicted.total.value);
    }
    // Closer to the estimates the difference vanishes faster than the loss.
    let relative = |share: f64| {
        let fit = &fits[0];
        let theta: Vec<f64> =
            fit.estimates().iter().zip([0.3, -0.2, 0.4]).map(|(theta, d)| theta + share * d).collect();
        let actual =
            fit.log_likelihood().value - ScoreSums::of(&model, &theta, &tables[0]).unwrap().log_likelihood().value;
        experts.predicted_loss(&theta).unwrap().losses[0].value / actual - 1.0
    };
    let (far, near) = (relative(0.1), relative(0.01));
    assert!((far / near - 10.0).abs() < 1.0, "{far} {near}");
}

#[test]
fn shards_that_lack_a_covariate_are_refined_too() {
    let full = logistic(&Covariates::named(["intercept", "x", "z"]).unwrap()).unwrap();
    let short = logistic(&Covariates::named(["intercept", "x"]).unwrap()).unwrap();
    let mut stream = stream(81);
    let mut rows = |with_z: bool| {
        let mut row = || {
            let x = normal(&mut stream);
            vec![1.0, x, if with_z { 0.5 * x + normal(&mut stream) } else { 0.0 }, 0.0]
        };
        (0..300).map(|_| row()).collect::<Vec<_>>()
    };
    let (first, second) = (rows(true), rows(false));
    let draw = |rows: &Vec<Vec<f64>>, seed| simulate(&full, &[-0.3, 0.8, 0.5], rows, seed).unwrap();
    let (first, second) = (draw(&first, 1), draw(&second, 2));
    let all = Table::new(4, [first.values(), second.values()].concat()).unwrap();
    // The second hospital never recorded z: it is 0 in all of its rows, and not among its columns.
    let rows: Vec<f64> = second.values().chunks(4).flat_map(|row| [row[0], row[1], row[3]]).collect();
    let second = Table::new(3, rows).unwrap();

    let (of_first, of_second) = (full.fit(&first).unwrap(), short.fit(&second).unwrap());
    let experts =
        Experts::new([Expert::from_fit("first", &of_first).unwrap(), Expert::from_fit("second", &of_second).unwrap()])
            .unwrap();
    let merge = experts.merge(&Pooling::Full).unwrap();
    let refined = experts
        .refine(&merge.theta(), |k, theta| match k {
            0 => ScoreSums::of(&full, theta, &first),
            _ => ScoreSums::of(&short, theta, &second),
        })
        .unwrap();
    let whole = full.fit(&all).unwrap();
    let curvature = whole.observed().unwrap();
    let (before, after) = (
        distance(&merge.theta(), whole.estimates(), &curvature),
        distance(&refined.theta(), whole.estimates(), &curvature),
    );
    assert!(before < 0.2 && after < 0.01 && after < before / 5.0, "{before} {after}");
    assert_eq!(experts.consistency().unwrap().test.degrees_of_freedom(), 2);
}

#[test]
fn twenty_hospitals_in_one_round() {
    let methods = ["plain average", "diagonal", "full"];
    let (mut squares, mut expected) = ([0.0; 3], [0.0; 3]);
    for seed in 1..=4 {
        let study = shards::study(&shards::hospitals(20, 300, seed).unwrap()).unwrap();
        let row = |method| study.row(method).unwrap();
        for (i, method) in methods.into_iter().enumerate() {
            squares[i] += row(method).distance.powi(2) / 4.0;
            expected[i] += row(method).expected.unwrap().powi(2) / 4.0;
        }
        assert!(row("full, refined").distance < 0.02 && row("diagonal, refined").distance < 0.1);
        for other in &study.rows {
            assert!((other.predicted / other.actual - 1.0).abs() < 0.15, "{other:?}");
            assert!(other.predicted >= row("full").predicted - 1e-9);
            assert!(other.actual >= row("fit to all rows").actual - 1e-9);
        }
        assert_eq!(study.consistency.test.degrees_of_freedom(), 114);
        assert!(!study.consistency.test.rejects(0.01), "{}", study.consistency);
        for (merged, whole) in study.merged.standard_errors().iter().zip(study.whole.standard_errors()) {
            assert!((merged.value / whole.value - 1.0).abs() < 0.05);
        }
    }
    // By first-order theory the full merge is at the fit; what is left is the bias of hospitals of 300. The others scatter as predicted.
    assert!(expected[2] < 1e-10 && squares[2] < 0.6, "{squares:?} {expected:?}");
    for i in 0..2 {
        assert!(squares[i] > 2.0 * squares[2], "{squares:?}");
        assert!((0.3..3.0).contains(&(squares[i] / expected[i])), "{squares:?} {expected:?}");
    }
}
