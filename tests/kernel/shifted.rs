//! Data far from the origin: the kernel loses no digits where the dual numbers lose none.
//!
//! The normal model and linear regression have rational derivatives, and every number in them is a rational number: their sums are formed
//! without any rounding and tell which of two results is right.

use super::comparison::{Outcome, TOLERANCE, alike, numbers, outcomes};
use super::expression::Function::{Exp, Ln, Ln1pExp, LnGamma};
use super::expression::{Expression, Model, Numbers, c, normal, p, table, x};
use super::random::rounding;
use fisher_information::distributions::{Gamma, Normal};
use fisher_information::information::Table;
use fisher_information::kernel::Path;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};

fn exact(value: f64) -> BigRational {
    BigRational::from_float(value).unwrap()
}

/// Score, Σ s sᵀ and −Σ H of y = Σ βⱼ xⱼ + e, e normal with deviation σ, with θ = (β, σ).
fn regression(rows: &[(Vec<f64>, f64)], theta: &[f64]) -> Vec<f64> {
    let (slopes, deviation) = theta.split_at(theta.len() - 1);
    let inverse = exact(deviation[0]).recip();
    let size = theta.len();
    let mut sums = vec![BigRational::zero(); size + size * (size + 1)];
    for (x, y) in rows {
        let x: Vec<BigRational> = x.iter().copied().map(exact).collect();
        let fitted = x.iter().zip(slopes).fold(BigRational::zero(), |sum, (x, slope)| sum + x * exact(*slope));
        let z = (exact(*y) - fitted) * &inverse;
        let mut score: Vec<BigRational> = x.iter().map(|x| x * &z * &inverse).collect();
        score.push((&z * &z - exact(1.0)) * &inverse);
        let square = &inverse * &inverse;
        let two = exact(2.0);
        let mut terms = score.clone();
        for (i, a) in score.iter().enumerate() {
            terms.extend(score[..=i].iter().map(|b| a * b));
        }
        for (i, a) in x.iter().enumerate() {
            terms.extend(x[..=i].iter().map(|b| a * b * &square));
        }
        terms.extend(x.iter().map(|x| x * &z * &two * &square));
        terms.push((exact(3.0) * &z * &z - exact(1.0)) * &square);
        for (sum, term) in sums.iter_mut().zip(terms) {
            *sum += term;
        }
    }
    sums.iter().map(nearest).collect()
}

/// A quotient of long integers as a number.
fn nearest(value: &BigRational) -> f64 {
    let shift = value.denom().bits() as i64 - value.numer().bits() as i64 + 80;
    let scaled = if shift > 0 { value.numer() << shift as usize } else { value.numer() >> (-shift) as usize };
    let quotient: BigInt = scaled / value.denom();
    quotient.to_f64().unwrap() * 2.0_f64.powi(-shift as i32)
}

/// Asserts that both outcomes are right.
fn assert_right(what: &str, kernel: &Outcome, duals: &Outcome, truth: &[f64], theta: &[f64]) {
    alike(kernel, duals, &[]).unwrap_or_else(|difference| panic!("{what} at {theta:?}: {difference}"));
    let size = theta.len();
    let (scores, matrices) = truth.split_at(size);
    let (empirical, observed) = matrices.split_at(size * (size + 1) / 2);
    let diagonal = |matrix: &[f64], i: usize| matrix[i * (i + 3) / 2].abs();
    let larger = |i: usize| diagonal(empirical, i).max(diagonal(observed, i));
    let count = kernel.as_ref().unwrap().count() as f64;
    let mut scales: Vec<f64> = (0..size).map(|i| (count * diagonal(empirical, i)).sqrt()).collect();
    let entries: Vec<f64> =
        (0..size).flat_map(|i| (0..=i).map(move |j| (i, j))).map(|(i, j)| (larger(i) * larger(j)).sqrt()).collect();
    scales.extend(entries.iter().chain(&entries));
    for (path, outcome) in [("kernel", kernel), ("duals", duals)] {
        let found = numbers(outcome.as_ref().unwrap()).unwrap();
        for (place, ((found, truth), scale)) in
            found[1..].iter().zip(scores.iter().chain(matrices)).zip(&scales).enumerate()
        {
            let difference = (found.value - truth).abs();
            let allowed = TOLERANCE * scale + found.error;
            assert!(difference <= allowed, "{what}, {path} at {theta:?}: number {place} is {found}, not {truth:e}");
        }
    }
}

#[test]
fn a_normal_far_from_the_origin() {
    for (mean, deviation) in [(1e6, 1.0), (1e6, 1e-3), (-3e8, 0.5), (1e6 + 0.1, 7.0), (1e12, 1e-2)] {
        let mut random = Numbers(31);
        let data: Vec<f64> = (0..1000).map(|_| mean + 2.0 * deviation * random.next()).collect();
        let rows: Vec<(Vec<f64>, f64)> = data.iter().map(|&y| (vec![1.0], y)).collect();
        // at the mean, a little and a few deviations off
        let steps = [(0.0, 1.0), (0.01, 1.1), (-3.0, 2.5)];
        let thetas: Vec<Vec<f64>> = steps.map(|(by, times)| vec![mean + by * deviation, times * deviation]).to_vec();
        let [kernel, duals] = [Path::Kernel, Path::Duals].map(|path| outcomes(&Normal, &data, &thetas, path));
        for ((kernel, duals), theta) in kernel.iter().zip(&duals).zip(&thetas) {
            assert_right("normal", kernel, duals, &regression(&rows, theta), theta);
        }
    }
}

/// Some data at the origin and some far away, half of each or one alone.
#[test]
fn a_normal_with_outliers() {
    for every in [2, 500] {
        let mut random = Numbers(32);
        let far = |i: usize| if i % every == every - 1 { 1e6 } else { 0.0 };
        let data: Vec<f64> = (0..1000).map(|i| far(i) + random.next()).collect();
        let rows: Vec<(Vec<f64>, f64)> = data.iter().map(|&y| (vec![1.0], y)).collect();
        let thetas = [vec![0.0, 1.0], vec![1e6, 1.0], vec![5e5, 3e5]];
        let [kernel, duals] = [Path::Kernel, Path::Duals].map(|path| outcomes(&Normal, &data, &thetas, path));
        for ((kernel, duals), theta) in kernel.iter().zip(&duals).zip(&thetas) {
            assert_right("outliers", kernel, duals, &regression(&rows, theta), theta);
        }
    }
}

/// A line through points far to the right: the response is exact, so that residuals keep their digits.
#[test]
fn a_line_through_distant_points() {
    let model = Model::from(normal(x(2), p(0) * x(0) + p(1) * x(1), p(2)));
    let mut random = Numbers(33);
    for distance in [1e5, 3e6] {
        let rows: Vec<(Vec<f64>, f64)> = (0..600)
            .map(|_| {
                let x = (distance + 50.0 * random.next()).round();
                (vec![1.0, x], 2.0 + 0.5 * x + random.next())
            })
            .collect();
        let values: Vec<f64> = rows.iter().flat_map(|(x, y)| [x[0], x[1], *y]).collect();
        let data = Table::new(3, values).unwrap();
        let thetas = [vec![2.0, 0.5, 1.0], vec![-8.0, 0.5001, 1.5], vec![2.0, 0.5, 0.25]];
        let [kernel, duals] = [Path::Kernel, Path::Duals].map(|path| outcomes(&model, &data, &thetas, path));
        for ((kernel, duals), theta) in kernel.iter().zip(&duals).zip(&thetas) {
            assert_right("line", kernel, duals, &regression(&rows, theta), theta);
        }
    }
}

/// Asserts that the paths agree as far as the model's own rounding lets them.
fn assert_alike_up_to_rounding(what: &str, formula: Expression, data: &Table, thetas: &[Vec<f64>]) {
    let model = Model::from(formula);
    let [kernel, duals] = [Path::Kernel, Path::Duals].map(|path| outcomes(&model, data, thetas, path));
    for ((kernel, duals), theta) in kernel.iter().zip(&duals).zip(thetas) {
        let rounding = rounding(&model, data, theta, duals);
        alike(kernel, duals, &rounding).unwrap_or_else(|difference| panic!("{what} at {theta:?}: {difference}"));
    }
}

#[test]
fn gamma_with_tight_data() {
    let gamma = p(0) * p(1).apply(Ln) - p(0).apply(LnGamma) + (p(0) - c(1.0)) * x(0).apply(Ln) - p(1) * x(0);
    for (middle, spread) in [(5.0, 1e-6), (2e5, 1.0), (1e-7, 1e-10)] {
        let data = table(500, &[[middle - spread, middle + spread]], 34);
        // where the data are likely, and where they are all on one side
        for shape in [2.0, 1e4, (middle / spread) * (middle / spread)] {
            let thetas = [vec![shape, shape / middle], vec![2.0 * shape, shape / middle]];
            assert_alike_up_to_rounding("gamma", gamma.clone(), &data, &thetas);
            let [kernel, duals] =
                [Path::Kernel, Path::Duals].map(|path| outcomes(&Gamma, &data.values(), &thetas, path));
            for (kernel, (duals, theta)) in kernel.iter().zip(duals.iter().zip(&thetas)) {
                let rounding = rounding(&Model::from(gamma.clone()), &data, theta, duals);
                alike(kernel, duals, &rounding).unwrap_or_else(|difference| panic!("at {theta:?}: {difference}"));
            }
        }
    }
}

/// Two normals so far apart that each observation belongs to one of them beyond doubt, or hardly.
#[test]
fn mixtures_of_distant_components() {
    let weight = || p(0).apply(Ln) - (c(1.0) - p(0)).apply(Ln);
    for distance in [5.0, 40.0, 1e3, 1e6] {
        let left = || normal(x(0), p(1), p(2));
        let right = || normal(x(0), p(3), p(4)) + weight();
        let mixture = (c(1.0) - p(0)).apply(Ln) + left() + (right() - left()).apply(Ln1pExp);
        let mut random = Numbers(35);
        let values = (0..800).map(|i| random.next() + if i % 3 == 0 { distance } else { 0.0 }).collect();
        let data = Table::new(1, values).unwrap();
        let thetas = [vec![0.3, 0.0, 1.0, distance, 1.0], vec![0.4, 0.2, 1.5, 0.9 * distance, 0.7]];
        assert_alike_up_to_rounding("mixture", mixture, &data, &thetas);
    }
}

/// Times as large as those of clocks, of which differences alone matter.
#[test]
fn an_exponential_decay_since_a_distant_epoch() {
    let decay = p(0) * (-(p(1) * (x(0) - c(1.7e9)))).apply(Exp);
    let data = table(500, &[[1.7e9, 1.7e9 + 5.0], [0.0, 2.0]], 36);
    let model = normal(x(1), decay, p(2));
    assert_alike_up_to_rounding("decay", model, &data, &[vec![2.0, 0.7, 0.5], vec![1.5, 0.3, 0.25]]);
}
