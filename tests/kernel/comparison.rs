//! What the two paths make of a data set, and whether it is the same.

use fisher_information::Error;
use fisher_information::expectation::Estimate;
use fisher_information::information::{DataLikelihood, ScoreSums};
use fisher_information::kernel::{Explanation, Path};
use fisher_information::model::{LogLikelihood, Observations, ParameterSpace};
use std::borrow::Borrow;

/// What a path gives at one θ.
pub type Outcome = Result<ScoreSums, Error>;

/// By how much of its scale a sum may differ, beyond the errors stated.
pub const TOLERANCE: f64 = 1e-12;

/// The sums over a data set at some θ, one after another.
pub fn outcomes<M: LogLikelihood>(
    model: &M,
    data: &dyn Observations<M::Observation>,
    thetas: &[Vec<f64>],
    path: Path,
) -> Vec<Outcome> {
    let likelihood = DataLikelihood::new(model, data).along(path);
    thetas.iter().map(|theta| likelihood.at(M::Parameters::from_slice(theta)?.borrow())).collect()
}

/// Which path is taken at θ if a kernel is asked for.
pub fn explanation<M: LogLikelihood>(
    model: &M,
    data: &dyn Observations<M::Observation>,
    theta: &[f64],
) -> Result<Explanation, Error> {
    DataLikelihood::new(model, data).along(Path::Kernel).explain(M::Parameters::from_slice(theta)?.borrow())
}

/// Asserts that both paths give the same at some θ.
pub fn assert_alike<M: LogLikelihood>(
    what: &str,
    model: &M,
    data: &dyn Observations<M::Observation>,
    thetas: &[Vec<f64>],
) {
    let [kernel, duals] = [Path::Kernel, Path::Duals].map(|path| outcomes(model, data, thetas, path));
    for ((kernel, duals), theta) in kernel.iter().zip(&duals).zip(thetas) {
        alike(kernel, duals, &[]).unwrap_or_else(|difference| panic!("{what} at {theta:?}: {difference}"));
    }
}

/// All numbers of an outcome: log-likelihood, score, the lower triangles of empirical and observed information.
pub fn numbers(sums: &ScoreSums) -> Result<Vec<Estimate>, Error> {
    let size = sums.theta().len();
    let (empirical, observed) = (sums.empirical()?, sums.observed()?);
    let mut numbers = vec![sums.log_likelihood()];
    numbers.extend(sums.score());
    for (matrix, error) in [(empirical.matrix(), empirical.error()), (observed.matrix(), observed.error())] {
        let entry = |(i, j)| Estimate { value: matrix[(i, j)], error: error[(i, j)] };
        numbers.extend((0..size).flat_map(|i| (0..=i).map(move |j| (i, j))).map(entry));
    }
    Ok(numbers)
}

/// The size that each of the numbers is measured by: a log-likelihood by itself, a score by √(n Σs²), an entry of a matrix by the diagonals
/// of both matrices.
fn scales(sums: &ScoreSums, numbers: &[Estimate]) -> Vec<f64> {
    let size = sums.theta().len();
    let (empirical, observed) = numbers[1 + size..].split_at(size * (size + 1) / 2);
    let diagonal = |matrix: &[Estimate], i: usize| matrix[i * (i + 3) / 2].value.abs();
    let larger = |i: usize| diagonal(empirical, i).max(diagonal(observed, i));
    let pairs = (0..size).flat_map(|i| (0..=i).map(move |j| (i, j)));
    let entries: Vec<f64> = pairs.map(|(i, j)| (larger(i) * larger(j)).sqrt()).collect();
    let mut scales = vec![numbers[0].value.abs()];
    scales.extend((0..size).map(|i| (sums.weight() * diagonal(empirical, i)).sqrt()));
    scales.extend(entries.iter().chain(&entries));
    scales
}

/// Whether two outcomes are the same: the same error, or numbers that differ by no more than [`TOLERANCE`] of their scale, the errors
/// that both state, and `rounding`, if it is known how much the model itself rounds. A kernel sums the parts of terms, or bounds of them, and so
/// states no smaller an error; but what cancels in the formula is no part of it, for which a factor of four is allowed, and 0 where all does.
pub fn alike(kernel: &Outcome, duals: &Outcome, rounding: &[f64]) -> Result<(), String> {
    let (kernel, duals) = match (kernel, duals) {
        (Ok(kernel), Ok(duals)) => (kernel, duals),
        // by their words, since NaN is not itself
        (kernel, duals) => return same_words(kernel, duals),
    };
    assert_eq!((kernel.count(), kernel.theta(), kernel.names()), (duals.count(), duals.theta(), duals.names()));
    if (kernel.weight() - duals.weight()).abs() > 1e-14 * duals.weight() {
        return Err(format!("weight {} and {}", kernel.weight(), duals.weight()));
    }
    let (ours, theirs) = match (numbers(kernel), numbers(duals)) {
        (Ok(ours), Ok(theirs)) => (ours, theirs),
        (ours, theirs) => return same_words(&ours, &theirs),
    };
    let scales = scales(kernel, &ours).into_iter().zip(scales(duals, &theirs)).map(|(a, b)| a.max(b));
    for (place, ((a, b), scale)) in ours.iter().zip(&theirs).zip(scales).enumerate() {
        // Numbers below the smallest normal one have fewer digits.
        let allowed = TOLERANCE * scale + a.error + b.error + f64::MIN_POSITIVE;
        let allowed = allowed + rounding.get(place).copied().unwrap_or(0.0);
        let difference = (a.value - b.value).abs();
        // NaN is not close to anything.
        let is_close = difference <= allowed;
        if a.error != 0.0 && a.error < 0.25 * b.error - f64::EPSILON * scale {
            return Err(format!(
                "the error of number {place}, {}, is stated as {:e}, not {:e}",
                a.value, a.error, b.error
            ));
        }
        if !is_close {
            let [ours, theirs] = [&ours, &theirs].map(|numbers| numbers.iter().map(|n| n.value).collect::<Vec<f64>>());
            return Err(format!("number {place} of {ours:?} and {theirs:?} differs by {difference:e} > {allowed:e}"));
        }
    }
    Ok(())
}

fn same_words<T: std::fmt::Debug>(kernel: &Result<T, Error>, duals: &Result<T, Error>) -> Result<(), String> {
    let words = |outcome: &Result<T, Error>| outcome.as_ref().err().map(|error| format!("{error:?}"));
    let (ours, theirs) = (words(kernel), words(duals));
    if ours == theirs { Ok(()) } else { Err(format!("the kernel says {ours:?}, the duals {theirs:?}")) }
}
