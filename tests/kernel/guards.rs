//! Branches on data and on θ, loops over data, opaque observations.

use super::comparison::{alike, assert_alike, explanation, outcomes};
use super::expression::Function::{Exp, Ln, Sin};
use super::expression::{Expression, Model, c, choose, normal, p, table, x};
use fisher_information::information::{DataLikelihood, ScoreSums, Table};
use fisher_information::kernel::{Explanation, Obstacle, Path};
use fisher_information::model::{Dynamic, LogLikelihood, Observations, Opaque};
use fisher_information::scalar::Scalar;

/// How many courses through the log-likelihood have been compiled.
fn courses(model: &Model, data: &dyn Observations<[f64]>, theta: &[f64]) -> usize {
    match explanation(model, data, theta).unwrap() {
        Explanation::Kernels { courses } => courses.len(),
        other => panic!("{other}"),
    }
}

/// Another formula in each of four quadrants.
fn quadrants() -> Expression {
    let right = choose(x(1), c(0.0), -p(0) * x(1).powi(2), p(1) * x(0) - (p(1) * x(0)).apply(Exp));
    let left = choose(x(1), c(0.0), p(0).apply(Ln) - p(0) * (x(0) * x(1)), normal(x(1), x(0) * p(1), p(0)));
    choose(x(0), c(0.0), left, right)
}

#[test]
fn every_course_is_compiled() {
    let model = Model::from(quadrants());
    let thetas = [vec![1.2, 0.4], vec![0.7, -0.3]];
    for (rows, expected) in [(1, 1), (300, 4), (2000, 4)] {
        let data = table(rows, &[[-1.0, 1.0]; 2], 4);
        assert_alike("quadrants", &model, &data, &thetas);
        assert_eq!(courses(&model, &data, &thetas[0]), expected);
    }
    // one row, out of sight of the sample, goes another way
    for odd in [0, 255, 256, 1000, 1999] {
        let mut values = table(2000, &[[0.1, 1.0]; 2], 5).values().to_vec();
        values[2 * odd] = -0.5;
        let data = Table::new(2, values).unwrap();
        assert_alike("one odd row", &model, &data, &thetas);
        assert_eq!(courses(&model, &data, &thetas[0]), 2);
    }
}

/// Comparisons of computed values, of which the first decides about most rows: the others are still told apart.
#[test]
fn comparisons_of_computed_values() {
    let first = choose((x(0) * p(0)).apply(Sin), c(0.3), p(0) * x(0), p(1) * x(0).powi(2));
    let second = choose(x(1).apply(Exp), p(1) + x(0), -p(1) * x(1).powi(2), (p(0) * x(1)).apply(Sin));
    let model = Model::from(first + second);
    let thetas = [vec![1.2, 0.4], vec![0.7, 0.9], vec![-2.0, 1.4], vec![1.2, 0.4]];
    for rows in [30, 700, 3000] {
        assert_alike("computed", &model, &table(rows, &[[-2.0, 2.0]; 2], 6), &thetas);
    }
    let data = table(3000, &[[-2.0, 2.0]; 2], 6);
    assert_eq!(courses(&model, &data, &thetas[0]), 4);
}

/// x² − fl(x²) is 0, but negative here if product and difference are rounded once.
#[test]
fn what_is_compared_is_rounded_as_by_dual_numbers() {
    let near_one = |k: i32| 1.0 + f64::from(k) / f64::from(1 << 30);
    let values: Vec<f64> = (1..=512).map(near_one).collect();
    for k in [15, 30, 31] {
        let excess = x(0) * x(0) - c(near_one(k) * near_one(k));
        let model = Model::from(choose(excess, c(0.0), p(0) * x(0), (p(0) * x(0)).apply(Exp)));
        assert_alike("a tie", &model, &Table::new(1, values.clone()).unwrap(), &[vec![0.3]]);
    }
}

/// Twenty intervals, each with a slope of its own.
#[test]
fn more_courses_than_are_compiled() {
    let steps = (0..20).fold(p(1) * x(0), |rest, k| {
        let bound = c(f64::from(k) * 0.1);
        choose(x(0), bound, p(0) * (x(0) * c(f64::from(k) + 1.0)).apply(Sin), rest)
    });
    let steps = Model::from(steps - (p(0) - x(0)).powi(2));
    let thetas = [vec![0.3, -1.0], vec![-0.2, 2.0]];
    for rows in [10, 256, 3000] {
        assert_alike("steps", &steps, &table(rows, &[[-0.5, 2.5]], 7), &thetas);
    }
}

/// Where the branches lie depends on θ: what is summed over one side at one θ is of no use at another.
#[test]
fn a_branch_that_moves_with_the_parameters() {
    // −|x − μ|/σ by a branch rather than by an absolute value
    let deviation = choose(x(0), p(0), p(0) - x(0), x(0) - p(0));
    let laplace = Model::from(-deviation / p(1) - p(1).apply(Ln));
    let thetas: Vec<Vec<f64>> = [0.0, 0.5, -0.9, 0.99, 3.0, -3.0, 0.0].map(|mean| vec![mean, 1.3]).to_vec();
    for rows in [100, 1000] {
        let data = table(rows, &[[-1.0, 1.0]], 8);
        assert_alike("Laplace", &laplace, &data, &thetas);
    }
    // a hinge: a regression whose slope changes at a knot
    let hinge = choose(x(0), p(2), c(0.0), x(0) - p(2));
    let broken = Model::from(normal(x(1), p(0) * x(0) + p(1) * hinge, c(0.5)));
    let thetas: Vec<Vec<f64>> = [0.0, 0.7, -0.7, 0.0].map(|knot| vec![0.4, 1.1, knot]).to_vec();
    assert_alike("hinge", &broken, &table(1500, &[[-1.0, 1.0], [-2.0, 2.0]], 9), &thetas);
}

/// Where data are equal to a parameter, and so are their logarithms: there neither is less, and the formula jumps.
#[test]
fn ties_of_computed_values() {
    let data = Table::new(1, (0..600).map(|i| f64::from(1 + i % 60)).collect()).unwrap();
    let thetas: Vec<Vec<f64>> = (1..60).map(|k| vec![f64::from(k)]).collect();
    for function in [Ln, Exp, Sin] {
        let (left, right) = ((x(0) * c(0.1)).apply(function), (p(0) * c(0.1)).apply(function));
        let below = Model::from(choose(left.clone(), right.clone(), p(0) * x(0), p(0).powi(2)));
        assert_alike("less", &below, &data, &thetas);
        let above = Model::from(choose(right, left, p(0) * x(0), p(0).powi(2)));
        assert_alike("more", &above, &data, &thetas);
    }
}

/// Box and Cox's transform, which is a logarithm at λ = 0, and others that change their formula with θ.
#[test]
fn a_comparison_of_parameters_that_changes() {
    let other = choose(p(0), c(1.0), (p(0) * x(0)).apply(Sin), normal(x(0), p(0), c(2.0)));
    let middle = choose(p(0), c(-1.0), -p(0).powi(2) * x(0), other);
    let model = Model::from(choose(p(1), p(0), middle.clone() * p(1), middle - p(1)));
    let at = |a: f64, b: f64| vec![a, b];
    let mut thetas = vec![at(0.0, 1.0), at(2.0, 3.0), at(-2.0, 0.0), at(0.5, -1.0), at(2.0, -3.0), at(-2.0, -5.0)];
    // back to each of them, and between two
    thetas.extend(thetas.clone().into_iter().rev());
    thetas.push(at(1.0, 1.0));
    for rows in [1, 300] {
        let data = table(rows, &[[0.5, 2.0]], 10);
        assert_alike("regimes", &model, &data, &thetas);
        // as if each had been the first
        let again = outcomes(&model, &data, &thetas, Path::Kernel);
        for (theta, later) in thetas.iter().zip(again) {
            let fresh = outcomes(&model, &data, std::slice::from_ref(theta), Path::Kernel).remove(0);
            alike(&later, &fresh, &[]).unwrap();
        }
    }
}

#[test]
fn a_loop_over_data_goes_to_the_dual_numbers() {
    let repeated = Expression::Repeat(Box::new((p(0) * x(1)).apply(Sin)), 0);
    let model = Model::from(repeated - p(0).powi(2));
    let data = table(500, &[[0.0, 6.0], [-1.0, 1.0]], 11);
    assert_alike("loops", &model, &data, &[vec![0.4], vec![0.9]]);
    let found = explanation(&model, &data, &[0.4]).unwrap();
    assert_eq!(found, Explanation::Obstacle(Obstacle::Reads));
    assert_eq!(found.to_string(), "dual numbers: it reads values out of its numbers");
}

/// A first-order autoregression of a series that it takes as it is.
struct Autoregression;

impl LogLikelihood for Autoregression {
    type Parameters = Dynamic;
    type Observation = Opaque<Vec<f64>>;

    fn ln_likelihood<D: Scalar>(&self, theta: &[D], series: &Vec<f64>) -> D {
        let step = |pair: &[f64]| -((-theta[0] * pair[0] + pair[1]) / theta[1]).powi(2) * 0.5 - theta[1].ln();
        series.windows(2).map(step).fold(D::from(0.0), |sum, term| sum + term)
    }
}

#[test]
fn an_opaque_observation_goes_to_the_dual_numbers() {
    let values = table(400, &[[-1.0, 1.0]; 8], 12);
    let series: Vec<Vec<f64>> = values.values().chunks(8).map(<[f64]>::to_vec).collect();
    assert_alike("series", &Autoregression, &series, &[vec![0.4, 1.0], vec![0.9, 0.5]]);
    let found = explanation(&Autoregression, &series, &[0.4, 1.0]).unwrap();
    assert_eq!(found, Explanation::Obstacle(Obstacle::Opaque));
}

#[test]
fn the_path_asked_for_is_the_path_taken() {
    let model = Model::from(quadrants());
    let few = table(100, &[[-1.0, 1.0]; 2], 4);
    let theta = vec![1.2, 0.4];
    let on = |path: Path| DataLikelihood::new(&model, &few).along(path).explain(&theta).unwrap();
    assert_eq!(on(Path::Duals), Explanation::Asked);
    assert!(matches!(on(Path::Automatic), Explanation::Few { observations: 100, .. }));
    assert!(matches!(on(Path::Kernel), Explanation::Kernels { .. }));
    // dual numbers asked for are bit for bit those of a plain sum over few observations
    let duals = outcomes(&model, &few, std::slice::from_ref(&theta), Path::Duals).remove(0);
    assert_eq!(duals, ScoreSums::of(&model, &theta, &few));
    let automatic = outcomes(&model, &few, &[theta], Path::Automatic).remove(0);
    assert_eq!(duals, automatic);
}
