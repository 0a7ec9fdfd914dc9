//! The algebra of information and covariance matrices: identities, errors that cover, singular matrices, tables.

use fisher_information::Error;
use fisher_information::expectation::Provenance;
use fisher_information::information::{
    Covariance, Empirical, Expected, Information, Labelled, Observed, observed, sandwich,
};
use fisher_information::prelude::*;
use nalgebra::{DMatrix, dmatrix};
use proptest::prelude::*;

/// Two ways to the same number differ by rounding only; the conditions met here are below a thousand.
const IDENTITY: f64 = 1e-11;

/// A bound may be missed by the rounding of the comparison itself.
const SLACK: f64 = 1e-12;

type Exact = Information<Expected>;

fn names(size: usize) -> Vec<String> {
    ["a", "b", "c", "d", "e", "f"][..size].iter().map(ToString::to_string).collect()
}

fn exact(matrix: DMatrix<f64>) -> Exact {
    Exact::exact(names(matrix.nrows()), matrix).unwrap()
}

fn with_error(matrix: DMatrix<f64>, error: DMatrix<f64>) -> Result<Exact, Error> {
    Exact::new(names(matrix.nrows()), matrix, error, 1.0, Provenance::ClosedForm)
}

/// The largest difference in units of the geometric mean of the diagonal entries.
fn distance(a: &DMatrix<f64>, b: &DMatrix<f64>) -> f64 {
    let scale = |i: usize| a[(i, i)].abs().sqrt();
    let mut largest = 0.0_f64;
    for i in 0..a.nrows() {
        for j in 0..a.ncols() {
            largest = largest.max((a[(i, j)] - b[(i, j)]).abs() / scale(i) / scale(j));
        }
    }
    largest
}

prop_compose! {
    /// A positive definite matrix whose parameters come in very different units.
    fn positive()(size in 2usize..=5)(
        size in Just(size),
        entries in prop::collection::vec(-1.0..1.0f64, size * size),
        powers in prop::collection::vec(-4.0..4.0f64, size),
    ) -> DMatrix<f64> {
        let a = DMatrix::from_vec(size, size, entries);
        let s = &a * a.transpose() + DMatrix::identity(size, size) * 0.1;
        DMatrix::from_fn(size, size, |i, j| s[(i.max(j), i.min(j))] * 10f64.powf(powers[i] + powers[j]))
    }
}

prop_compose! {
    /// A positive definite matrix, errors of its entries, and a symmetric perturbation within the errors.
    fn perturbed()(matrix in positive())(
        size in Just(matrix.nrows()),
        matrix in Just(matrix.clone()),
        errors in prop::collection::vec(0.0..1.0f64, matrix.len()),
        level in -9.0..-2.0f64,
        share in prop::collection::vec(prop_oneof![Just(-1.0), Just(1.0), -1.0..1.0f64], matrix.len()),
    ) -> (DMatrix<f64>, DMatrix<f64>, DMatrix<f64>) {
        let at = |i: usize, j: usize| i.max(j) * size + i.min(j);
        let unit = |i: usize, j: usize| (matrix[(i, i)] * matrix[(j, j)]).sqrt();
        let error = DMatrix::from_fn(size, size, |i, j| errors[at(i, j)] * 10f64.powf(level) * unit(i, j));
        let moved = DMatrix::from_fn(size, size, |i, j| matrix[(i, j)] + share[at(i, j)] * error[(i, j)]);
        (matrix, error, moved)
    }
}

/// That every entry of `truth` lies within the errors of `result`.
fn covers(result: &Labelled, truth: &DMatrix<f64>) -> Result<(), TestCaseError> {
    for i in 0..truth.nrows() {
        for j in 0..truth.ncols() {
            let (value, error) = (result.matrix()[(i, j)], result.error()[(i, j)]);
            let slack = SLACK * (truth[(i, i)] * truth[(j, j)]).abs().sqrt();
            prop_assert!(
                (value - truth[(i, j)]).abs() <= error + slack,
                "entry ({i}, {j}): {value} ± {error:e}, truth {}",
                truth[(i, j)]
            );
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn sum_of_experiments_is_a_multiple(matrix in positive(), n in 1usize..6) {
        let one = exact(matrix);
        let mut sum = one.clone();
        for _ in 1..n {
            sum = sum.add(&one).unwrap();
        }
        let times = one.times(n as f64).unwrap();
        prop_assert!(distance(times.matrix(), sum.matrix()) < IDENTITY);
        prop_assert_eq!(times.observations(), sum.observations());
        prop_assert!(distance(one.matrix(), times.per_observation().unwrap().matrix()) < IDENTITY);
    }

    #[test]
    fn inverse_is_the_inverse(matrix in positive()) {
        let size = matrix.nrows();
        let product = &matrix * exact(matrix.clone()).inverse().unwrap().matrix();
        let units = DMatrix::from_fn(size, size, |i, j| product[(i, j)] * (matrix[(j, j)] / matrix[(i, i)]).sqrt());
        prop_assert!((units - DMatrix::identity(size, size)).amax() < IDENTITY);
    }

    /// (I_aa − I_ab I_bb⁻¹ I_ba)⁻¹ = (I⁻¹)_aa, and the block of the information is that with the others known.
    #[test]
    fn marginal_information_inverts_to_the_block_of_the_covariance(matrix in positive()) {
        let information = exact(matrix);
        let marginal = information.marginal(&["b", "a"]).unwrap();
        let covariance = information.inverse().unwrap().marginal(&["b", "a"]).unwrap();
        prop_assert_eq!(marginal.names(), &["b", "a"]);
        prop_assert!(distance(covariance.matrix(), marginal.inverse().unwrap().matrix()) < IDENTITY);
        let others: Vec<&str> = information.names()[2..].iter().map(String::as_str).collect();
        if !others.is_empty() {
            let known = information.fix(&others).unwrap();
            prop_assert_eq!(known.get("a", "b").unwrap(), information.get("a", "b").unwrap());
            prop_assert!(known.matrix()[(1, 1)] >= marginal.matrix()[(0, 0)] * (1.0 - IDENTITY));
        }
    }

    /// J₂ᵀ(J₁ᵀ I J₁)J₂ = (J₁J₂)ᵀ I (J₁J₂), ln det gains 2 ln|det J|, and Cramér–Rao bounds do not change.
    #[test]
    fn coordinates(
        matrix in positive(),
        entries in prop::collection::vec(-0.15..0.15f64, 50),
        gradient in prop::collection::vec(-1.0..1.0f64, 5),
    ) {
        let size = matrix.nrows();
        let information = exact(matrix.clone());
        let unit = |i: usize| matrix[(i, i)].sqrt();
        let jacobian = |start: usize| {
            DMatrix::from_fn(size, size, |i, j| (entries[start + i * 5 + j] + f64::from(u8::from(i == j))) * unit(j) / unit(i))
        };
        let (first, second) = (jacobian(0), jacobian(25));
        let step = information.change_of_coordinates(&first, names(size)).unwrap();
        let twice = step.change_of_coordinates(&second, names(size)).unwrap();
        let once = information.change_of_coordinates(&(&first * &second), names(size)).unwrap();
        prop_assert!(distance(once.matrix(), twice.matrix()) < IDENTITY);

        let gain = step.log_determinant().unwrap().value - information.log_determinant().unwrap().value;
        prop_assert!((gain - 2.0 * first.determinant().abs().ln()).abs() < 1e-9);

        let gradient = DMatrix::from_column_slice(size, 1, &gradient[..size]);
        let before = information.cramer_rao(gradient.as_slice()).unwrap();
        let after = step.cramer_rao((first.transpose() * &gradient).as_slice()).unwrap();
        prop_assert!((before.value - after.value).abs() <= 1e-9 * before.value);
        let variance = information.inverse().unwrap().variance(gradient.as_slice()).unwrap();
        prop_assert!((before.value - variance.value).abs() <= before.error + variance.error);

        let covariance = step.inverse().unwrap().change_of_coordinates(&first, names(size)).unwrap();
        prop_assert!(distance(covariance.matrix(), information.inverse().unwrap().matrix()) < 1e-9);
    }

    #[test]
    fn errors_cover_perturbed_entries((matrix, error, moved) in perturbed()) {
        let size = matrix.nrows();
        let result = with_error(matrix.clone(), error.clone()).unwrap();
        let truth = exact(moved.clone());
        prop_assume!(truth.is_positive_definite());
        let Ok(inverse) = result.inverse() else { return Ok(()) };
        let true_inverse = truth.inverse().unwrap();
        covers(inverse.entries(), true_inverse.matrix())?;
        covers(&inverse.correlations().unwrap(), true_inverse.correlations().unwrap().matrix())?;
        for (found, truth) in inverse.standard_errors().iter().zip(true_inverse.standard_errors()) {
            prop_assert!((found.value - truth.value).abs() <= found.error + SLACK * truth.value);
        }
        if let Ok(marginal) = result.marginal(&["a"]) {
            covers(marginal.entries(), truth.marginal(&["a"]).unwrap().matrix())?;
        }
        let jacobian = DMatrix::from_fn(size, size, |i, j| 1.0 / (1.0 + i as f64 + j as f64));
        let changed = |information: &Exact| information.change_of_coordinates(&jacobian, names(size)).unwrap();
        covers(changed(&result).entries(), changed(&truth).matrix())?;

        let direction: Vec<f64> = (0..size).map(|i| 1.0 - i as f64).collect();
        for (found, truth) in [
            (result.log_determinant().unwrap(), truth.log_determinant().unwrap()),
            (result.cramer_rao(&direction).unwrap(), truth.cramer_rao(&direction).unwrap()),
            (result.quadratic_form(&direction).unwrap(), truth.quadratic_form(&direction).unwrap()),
        ] {
            let slack = SLACK * truth.value.abs() * result.condition_number();
            prop_assert!((found.value - truth.value).abs() <= found.error + slack, "{} but {}", found, truth.value);
        }
        for (found, truth) in result.spectrum().values().iter().zip(truth.spectrum().values()) {
            prop_assert!(found.error.is_finite() && truth.value > 0.0);
        }
    }

    #[test]
    fn errors_of_a_sandwich_cover((bread, bread_error, true_bread) in perturbed(), shift in 0.1..2.0f64) {
        let size = bread.nrows();
        let meat = DMatrix::from_fn(size, size, |i, j| bread[(i, j)] * if i == j { 1.0 + shift } else { shift });
        let meat_error = &bread_error * 2.0;
        let true_meat = &meat + (&true_bread - &bread) * 2.0;
        let made = |bread: DMatrix<f64>, e: DMatrix<f64>, meat: DMatrix<f64>, f: DMatrix<f64>| {
            let provenance = Provenance::Data { observations: 1 };
            let bread = Information::<Observed>::new(names(size), bread, e, 1.0, provenance.clone()).unwrap();
            sandwich(&bread, &Information::<Empirical>::new(names(size), meat, f, 1.0, provenance).unwrap())
        };
        let zero = DMatrix::zeros(size, size);
        if let (Ok(found), Ok(truth)) = (
            made(bread, bread_error, meat, meat_error),
            made(true_bread, zero.clone(), true_meat, zero),
        ) {
            covers(found.entries(), truth.matrix())?;
        }
    }

    /// Neither rank nor condition nor the errors depend on the units of the parameters.
    #[test]
    fn units_do_not_matter(matrix in positive(), powers in prop::collection::vec(-60i32..60, 5)) {
        let size = matrix.nrows();
        let unit = |i: usize| 2f64.powi(powers[i]);
        let scaled = DMatrix::from_fn(size, size, |i, j| matrix[(i, j)] * unit(i) * unit(j));
        let (information, scaled) = (exact(matrix), exact(scaled));
        let (before, after) = (information.condition_number(), scaled.condition_number());
        prop_assert!((before - after).abs() <= 1e-9 * before);
        prop_assert_eq!(scaled.rank(), size);
        for (i, (a, b)) in information.standard_errors().unwrap().iter().zip(scaled.standard_errors().unwrap()).enumerate() {
            prop_assert!((a.value - b.value * unit(i)).abs() <= 1e-9 * a.value);
            prop_assert!((a.error - b.error * unit(i)).abs() <= 1e-6 * a.error);
        }
    }

    #[test]
    fn spectrum_is_a_decomposition(matrix in positive()) {
        let spectrum = exact(matrix.clone()).spectrum();
        let values: Vec<f64> = spectrum.values().iter().map(|e| e.value).collect();
        let d = DMatrix::from_diagonal(spectrum.scale());
        let v = spectrum.vectors();
        let again = &d * v * DMatrix::from_diagonal(&values.clone().into()) * v.transpose() * &d;
        prop_assert!(distance(&matrix, &again) < IDENTITY);
        prop_assert!((v.transpose() * v - DMatrix::identity(v.nrows(), v.nrows())).amax() < IDENTITY);
        prop_assert!(values.is_sorted());
        prop_assert!(values[0] > 0.0);
    }
}

proptest! {
    /// Whatever the numbers, there is an answer or a refusal.
    #[test]
    fn nothing_panics(
        size in 1usize..5,
        entries in prop::collection::vec(
            prop_oneof![Just(0.0), -1.0..1.0f64, prop::num::f64::NORMAL, prop::num::f64::SUBNORMAL],
            25,
        ),
        errors in prop::collection::vec(
            prop_oneof![Just(0.0), Just(f64::INFINITY), 0.0..1.0f64, prop::num::f64::POSITIVE],
            25,
        ),
    ) {
        let at = |i: usize, j: usize| i.max(j) * 5 + i.min(j);
        let matrix = DMatrix::from_fn(size, size, |i, j| if i == j { entries[at(i, i)].abs() } else { entries[at(i, j)] });
        let error = DMatrix::from_fn(size, size, |i, j| errors[at(i, j)]);
        let Ok(information) = with_error(matrix, error) else { return Ok(()) };
        let spectrum = information.spectrum();
        prop_assert!(spectrum.values().iter().all(|e| e.value.is_finite() && e.error >= 0.0));
        prop_assert_eq!(spectrum.rank() + spectrum.null_directions().len(), size);
        prop_assert_eq!(spectrum.estimable_combinations().len(), spectrum.rank());
        prop_assert!(!information.to_string().is_empty());
        if let Ok(covariance) = information.inverse() {
            prop_assert!(covariance.error().iter().all(|e| *e >= 0.0));
            prop_assert!(covariance.standard_errors().iter().all(|e| e.value >= 0.0 && e.error >= 0.0));
            let _ = (covariance.correlations(), covariance.to_string());
        }
        if let Ok(errors) = information.standard_errors_or_infinite() {
            prop_assert!(errors.iter().all(|e| e.value >= 0.0 && e.error >= 0.0), "{:?}", errors);
        }
        if let Ok(determinant) = information.log_determinant() {
            prop_assert!(determinant.value.is_finite() && determinant.error >= 0.0);
        }
        if let Ok(marginal) = information.marginal(&["a"]) {
            prop_assert!(marginal.error()[0] >= 0.0);
        }
    }
}

/// The errors are not only bounds: the worst matrix within small errors has an inverse that differs by as much.
#[test]
fn errors_are_attained() {
    let matrix = dmatrix![4.0, 1.0, -0.5; 1.0, 2.0, 0.3; -0.5, 0.3, 1.0];
    let level = 1e-6;
    let error = DMatrix::from_element(3, 3, level);
    let found = with_error(matrix.clone(), error).unwrap();
    let inverse = found.inverse().unwrap();
    let ln_determinant = found.log_determinant().unwrap();
    let signs = |sign: &dyn Fn(usize, usize) -> f64| {
        exact(DMatrix::from_fn(3, 3, |i, j| matrix[(i, j)] - level * sign(i, j).signum()))
    };
    for k in 0..3 {
        let w = inverse.matrix().column(k);
        let worst = signs(&|i, j| w[i] * w[j]).inverse().unwrap().matrix()[(k, k)];
        let ratio = inverse.error()[(k, k)] / (worst - inverse.matrix()[(k, k)]);
        assert!((1.0..1.001).contains(&ratio), "{ratio}");
    }
    let worst = signs(&|i, j| inverse.matrix()[(i, j)]).log_determinant().unwrap();
    let ratio = ln_determinant.error / (ln_determinant.value - worst.value);
    assert!((1.0..1.001).contains(&ratio), "{ratio}");
}

/// The inverse of a Hilbert matrix is known in integers.
/// Source: Choi, *Tricks or treats with the Hilbert matrix*, Amer. Math. Monthly 90 (1983), doi:10.2307/2975779.
#[test]
fn ill_conditioned_inverses_know_their_errors() {
    let binomial = |n: usize, k: usize| (0..k).fold(1.0, |b, i| b * (n - i) as f64 / (i + 1) as f64).round();
    let mut worst = 0.0_f64;
    for n in 2..=6usize {
        let hilbert = DMatrix::from_fn(n, n, |i, j| 1.0 / (i + j + 1) as f64);
        let inverse = exact(hilbert).inverse().unwrap();
        for i in 0..n {
            for j in 0..n {
                let sign = if (i + j) % 2 == 0 { 1.0 } else { -1.0 };
                let truth = sign
                    * (i + j + 1) as f64
                    * binomial(n + i, n - j - 1)
                    * binomial(n + j, n - i - 1)
                    * binomial(i + j, i).powi(2);
                let (value, error) = (inverse.matrix()[(i, j)], inverse.error()[(i, j)]);
                assert!((value - truth).abs() <= error, "{n}: {value} ± {error}, truth {truth}");
                worst = worst.max(error / truth.abs());
            }
        }
    }
    assert!(worst < 1e-6, "{worst}");
}

/// Beyond what double precision can tell, a Hilbert matrix counts as singular.
#[test]
fn hopeless_matrices_are_called_singular() {
    let hilbert = DMatrix::from_fn(18, 18, |i, j| 1.0 / (i + j + 1) as f64);
    let information = Exact::exact((0..18).map(|i| format!("x{i}")), hilbert).unwrap();
    assert!(information.rank() < 18);
    assert_eq!(information.condition_number(), f64::INFINITY);
    assert!(matches!(
        information.inverse(),
        Err(Error::Singular { rank, parameters: 18, .. }) if rank == information.rank()
    ));
}

/// x ~ N(a + 2b, c): only a + 2b and c are identified.
struct Redundant;

impl LogLikelihood for Redundant {
    type Parameters = Fixed<3>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, &[a, b, c]: &[D; 3], &x: &D) -> D {
        let z = (x - a - b * 2.0) / c;
        -z * z * 0.5 - c.ln()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("a"), Parameter::real("b"), Parameter::positive("c")]
    }
}

#[test]
fn what_is_not_identified_is_named() {
    let information = observed(&Redundant, &[0.3, 0.35, 1.7], &[0.1, 2.3, -1.1, 2.9, 0.7]).unwrap();
    assert_eq!(information.rank(), 2);
    assert_eq!(information.spectrum().rank_within(1e-8), 2);
    assert!(!information.is_positive_definite());
    let null = information.null_directions();
    assert_eq!(null.len(), 1);
    assert_eq!(null[0].to_string(), "a − 0.5 b");
    assert_eq!(null[0].coefficient("c"), 0.0);
    assert!((null[0].coefficient("b") + 0.5).abs() < 1e-14);
    let estimable: Vec<String> = information.estimable_combinations().iter().map(ToString::to_string).collect();
    assert_eq!(estimable, ["0.5 a + b", "c"]);

    let errors = information.standard_errors_or_infinite().unwrap();
    assert_eq!((errors[0].value, errors[1].value), (f64::INFINITY, f64::INFINITY));
    // the mean is not at its maximum, so c is not independent of it
    let cross = information.get("a", "c").unwrap().value;
    let (mean, spread) = (information.get("a", "a").unwrap().value, information.get("c", "c").unwrap().value);
    let truth = (spread - cross * cross / mean).recip().sqrt();
    assert!((errors[2].value - truth).abs() < 1e-13 * truth, "{} {truth}", errors[2]);

    let bound = information.cramer_rao(&[1.0, 2.0, 0.0]).unwrap();
    assert!((bound.value - (mean - cross * cross / spread).recip()).abs() <= bound.error);
    assert_eq!(information.cramer_rao(&[1.0, 0.0, 0.0]).unwrap().value, f64::INFINITY);

    let error = information.inverse().unwrap_err();
    assert_eq!(error, Error::Singular { rank: 2, parameters: 3, directions: vec!["a − 0.5 b".into()] });
    assert_eq!(error.to_string(), "the information has rank 2 of 3; nothing is known along a − 0.5 b");
    assert_eq!(information.log_determinant().unwrap_err(), error);
    assert_eq!(information.marginal(&["a"]).map(|m| m.rank()), Ok(0));
    assert!(matches!(information.marginal(&["c"]), Err(Error::Singular { rank: 1, parameters: 2, .. })));
    // with b known, all is well
    assert!(information.fix(&["b"]).unwrap().is_positive_definite());
}

#[test]
fn several_null_directions_are_sparse() {
    // a and b only through a + b, c not at all, d and e only through d − 3e
    let rows = dmatrix![1.0, 1.0, 0.0, 0.0, 0.0; 0.0, 0.0, 0.0, 1.0, -3.0];
    let information = exact(rows.transpose() * rows);
    let null: Vec<String> = information.null_directions().iter().map(ToString::to_string).collect();
    assert_eq!(null, ["a − b", "c", "d + 0.3333 e"]);
    let estimable: Vec<String> = information.estimable_combinations().iter().map(ToString::to_string).collect();
    assert_eq!(estimable, ["a + b", "−0.3333 d + e"]);
    for combination in information.estimable_combinations() {
        assert!(information.cramer_rao(combination.coefficients()).unwrap().value.is_finite());
    }
    for direction in information.null_directions() {
        assert!(information.quadratic_form(direction.coefficients()).unwrap().value.abs() < 1e-15);
    }
    assert_eq!(
        information.inverse().unwrap_err().to_string(),
        "the information has rank 2 of 5; nothing is known along a − b or along c or along d + 0.3333 e"
    );
}

#[test]
fn nothing_known_at_all() {
    let information = exact(DMatrix::zeros(2, 2));
    assert_eq!(information.rank(), 0);
    let null: Vec<String> = information.null_directions().iter().map(ToString::to_string).collect();
    assert_eq!(null, ["a", "b"]);
    assert!(information.estimable_combinations().is_empty());
    assert!(information.standard_errors_or_infinite().unwrap().iter().all(|e| e.value == f64::INFINITY));
}

/// An entry below its own error does not spoil what is known of the others.
#[test]
fn a_parameter_lost_in_noise_leaves_the_others_alone() {
    let noise = with_error(dmatrix![4.0, 0.0; 0.0, 1e-17], dmatrix![1e-15, 1e-9; 1e-9, 1e-16]).unwrap();
    assert_eq!(noise.rank(), 1);
    assert_eq!(noise.null_directions()[0].to_string(), "b");
    let errors = noise.standard_errors_or_infinite().unwrap();
    assert!((errors[0].value - 0.5).abs() < 1e-12);
    assert_eq!(errors[1].value, f64::INFINITY);
}

/// Rank is decided against the error: the same matrix with smaller errors has full rank.
#[test]
fn rank_depends_on_the_errors() {
    let matrix = dmatrix![1.0, 0.999; 0.999, 1.0];
    let with = |error: f64| with_error(matrix.clone(), DMatrix::from_element(2, 2, error)).unwrap();
    assert_eq!(with(1e-2).rank(), 1);
    assert_eq!(with(1e-2).null_directions()[0].to_string(), "a − b");
    assert_eq!(with(1e-5).rank(), 2);
    assert!((with(1e-5).condition_number() - 1999.0).abs() < 1e-9);
    let spectrum = with(1e-5).spectrum();
    assert!((spectrum.values()[0].value - 1e-3).abs() < 1e-15);
    assert!((spectrum.values()[0].error - 2e-5).abs() < 1e-12);
}

/// If no bound exists the error is unknown, not small; standard errors travel to first order all the same.
#[test]
fn errors_may_be_unknown() {
    let matrix = dmatrix![1.0, 0.9, 0.9; 0.9, 1.0, 0.9; 0.9, 0.9, 1.0];
    let made = |error: f64, provenance: Provenance| {
        let information = Exact::new(names(3), matrix.clone(), DMatrix::from_element(3, 3, error), 1.0, provenance);
        let information = information.unwrap();
        assert_eq!(information.rank(), 3);
        information.inverse().unwrap().error().clone()
    };
    let random = Provenance::MonteCarlo { draws: 100, seed: 1 };
    assert!(made(0.02, Provenance::ClosedForm).iter().all(|e| e.is_finite()));
    assert!(made(0.03, Provenance::ClosedForm).iter().all(|e| *e == f64::INFINITY));
    assert!(made(0.03, random).iter().all(|e| e.is_finite()));
    let unknown = with_error(dmatrix![2.0], dmatrix![f64::INFINITY]).unwrap();
    assert_eq!(unknown.rank(), 0);
    assert_eq!(unknown.times(2.0).unwrap().error()[0], f64::INFINITY);
}

#[test]
fn an_indefinite_matrix_is_not_inverted() {
    let information = exact(dmatrix![1.0, 2.0; 2.0, 1.0]);
    let error = information.inverse().unwrap_err();
    let Error::NotPositiveDefinite { direction, eigenvalue, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!(direction, "a − b");
    assert!((eigenvalue + 1.0).abs() < 1e-15);
    assert_eq!(information.rank(), 2);
    assert_eq!(information.standard_errors_or_infinite().unwrap_err(), error);
}

#[test]
fn exact_jacobian_of_a_map() {
    let model = Reparametrised::new(Redundant, Elementwise(vec![Link::Identity, Link::Identity, Link::Log]));
    let data = [0.5, 1.5];
    let theta = [0.5, 0.25, 2.0];
    let phi = [0.5, 0.25, 2.0_f64.ln()];
    let pulled = observed(&Redundant, &theta, &data).unwrap().in_coordinates(&model, &phi).unwrap();
    assert_eq!(pulled.names(), ["a", "b", "ln c"]);
    let c = observed(&Redundant, &theta, &data).unwrap().get("c", "c").unwrap().value;
    assert!((pulled.get("ln c", "ln c").unwrap().value - 4.0 * c).abs() < 1e-15);
    assert!(matches!(
        exact(dmatrix![1.0]).in_coordinates(&model, &phi),
        Err(Error::LengthMismatch { what: "entries of φ", expected: 1, found: 3 })
    ));
}

#[test]
fn provenance_of_a_sum() {
    let made = |provenance| Exact::new(["a"], dmatrix![1.0], dmatrix![0.1], 1.0, provenance).unwrap();
    let sum = |a, b| made(a).add(&made(b)).unwrap().provenance().clone();
    let random = Provenance::MonteCarlo { draws: 10, seed: 3 };
    let more = Provenance::MonteCarlo { draws: 20, seed: 4 };
    let quadrature = Provenance::Quadrature { evaluations: 5 };
    assert_eq!(sum(Provenance::ClosedForm, Provenance::ClosedForm), Provenance::ClosedForm);
    assert_eq!(sum(quadrature.clone(), quadrature.clone()), Provenance::Quadrature { evaluations: 10 });
    assert_eq!(sum(random.clone(), Provenance::ClosedForm), random);
    assert_eq!(sum(quadrature.clone(), random.clone()), random);
    assert_eq!(sum(more, random.clone()), random);
    assert_eq!(sum(quadrature, Provenance::ClosedForm), Provenance::Derived);
}

/// Every way to construct or combine wrongly, with the evidence.
#[test]
fn refusals() {
    let nan = f64::NAN;
    let none: [&str; 0] = [];
    let new = |names: &[&str], matrix: DMatrix<f64>, error: DMatrix<f64>| {
        Exact::new(names.iter().copied(), matrix, error, 1.0, Provenance::Derived).unwrap_err()
    };
    let zeros = || DMatrix::zeros(2, 2);
    assert_eq!(new(&[], zeros(), zeros()), Error::ParameterCount { expected: 1, found: 0 });
    assert_eq!(new(&["a", "a"], zeros(), zeros()), Error::RepeatedName { name: "a".into() });
    let length = |what, found| Error::LengthMismatch { what, expected: 2, found };
    assert_eq!(new(&["a", "b"], DMatrix::zeros(3, 2), zeros()), length("rows of the matrix", 3));
    assert_eq!(new(&["a", "b"], DMatrix::zeros(2, 1), zeros()), length("columns of the matrix", 1));
    assert_eq!(new(&["a", "b"], zeros(), DMatrix::zeros(1, 2)), length("rows of the errors", 1));
    assert_eq!(new(&["a", "b"], zeros(), DMatrix::zeros(2, 4)), length("columns of the errors", 4));
    let error = new(&["a", "b"], dmatrix![1.0, nan; nan, 1.0], zeros());
    assert!(
        matches!(&error, Error::EntryNotFinite { row, column, value } if row == "a" && column == "b" && value.is_nan())
    );
    assert_eq!(error.to_string(), "entry (a, b) is NaN");
    assert_eq!(
        new(&["a", "b"], zeros(), dmatrix![0.0, 0.0; 0.0, -1.0]),
        Error::InvalidEntryError { row: "b".into(), column: "b".into(), error: -1.0 }
    );
    assert_eq!(
        new(&["a", "b"], dmatrix![1.0, 0.5; 0.25, 1.0], zeros()),
        Error::NotSymmetric { row: "a".into(), column: "b".into(), upper: 0.5, lower: 0.25 }
    );
    for value in [0.0, -1.0, f64::INFINITY] {
        let error = Exact::new(["a"], dmatrix![1.0], dmatrix![0.0], value, Provenance::Derived).unwrap_err();
        assert_eq!(error, Error::InvalidObservations { value });
        assert_eq!(exact(dmatrix![1.0]).times(value).unwrap_err(), error);
    }

    let information = exact(dmatrix![1.0, 0.0; 0.0, 1.0]);
    let unknown = Error::UnknownParameter { name: "z".into(), known: names(2) };
    assert_eq!(unknown.to_string(), "there is no parameter z; the parameters are a, b");
    assert_eq!(information.get("a", "z").unwrap_err(), unknown);
    assert_eq!(information.fix(&["z"]).unwrap_err(), unknown);
    assert_eq!(information.marginal(&["z"]).unwrap_err(), unknown);
    assert_eq!(information.marginal(&["b", "b"]).unwrap_err(), Error::RepeatedName { name: "b".into() });
    let empty = Error::ParameterCount { expected: 1, found: 0 };
    assert_eq!(information.marginal(&none).unwrap_err(), empty);
    assert_eq!(information.fix(&["a", "b"]).unwrap_err(), empty);

    let other = Exact::exact(["a", "c"], dmatrix![1.0, 0.0; 0.0, 1.0]).unwrap();
    assert_eq!(
        information.add(&other).unwrap_err(),
        Error::NamesDiffer { position: 1, expected: "b".into(), found: "c".into() }
    );
    assert_eq!(information.add(&exact(dmatrix![1.0])).unwrap_err(), length("parameters", 1));

    let jacobian = dmatrix![1.0, 0.0; f64::INFINITY, 1.0];
    assert_eq!(
        information.change_of_coordinates(&jacobian, ["x", "y"]).unwrap_err(),
        Error::DerivativeNotFinite { what: "Jacobian", row: 1, column: 0, value: f64::INFINITY }
    );
    let wide = DMatrix::identity(3, 2);
    assert_eq!(information.change_of_coordinates(&wide, ["x", "y"]).unwrap_err(), length("rows of the Jacobian", 3));
    assert_eq!(
        information.change_of_coordinates(&DMatrix::identity(2, 3), ["x", "y"]).unwrap_err(),
        length("columns of the Jacobian", 3)
    );
    assert_eq!(information.cramer_rao(&[1.0]).unwrap_err(), length("entries of the gradient", 1));
    assert_eq!(information.quadratic_form(&[1.0]).unwrap_err(), length("entries of the vector", 1));

    let covariance = |matrix: DMatrix<f64>| {
        let zero = DMatrix::zeros(matrix.nrows(), matrix.nrows());
        Covariance::new(names(matrix.nrows()), matrix, zero, Provenance::Derived)
    };
    assert_eq!(covariance(dmatrix![-1.0]).unwrap_err(), Error::NegativeVariance { name: "a".into(), value: -1.0 });
    assert_eq!(
        covariance(dmatrix![1.0, 0.0; 0.0, 0.0]).unwrap().correlations().unwrap_err(),
        Error::ZeroVariance { name: "b".into() }
    );

    let bread = Information::<Observed>::exact(["a"], dmatrix![1.0]).unwrap();
    let meat = Information::<Empirical>::exact(["a"], dmatrix![1.0]).unwrap();
    assert_eq!(
        sandwich(&bread, &meat.times(3.0).unwrap()).unwrap_err(),
        Error::ObservationsDiffer { expected: 1.0, found: 3.0 }
    );
}

#[test]
fn tables() {
    let information = Exact::exact(["mean", "deviation"], dmatrix![0.25, 0.0; 0.0, 0.5]).unwrap();
    assert_eq!(
        information.times(100.0).unwrap().to_string(),
        "\
expected information of 100 observations (closed form)
           mean  deviation
mean         25          0
deviation     0         50
largest error 1.1e-15 of the diagonal"
    );
    let provenance = Provenance::MonteCarlo { draws: 1000, seed: 7 };
    let matrix = dmatrix![1234.5678, -0.001_234_5, 1e-9; -0.001_234_5, 3e-7, 0.0; 1e-9, 0.0, 2.0];
    let error = dmatrix![3.0, 0.0, 1e-7; 0.0, 4e-10, 1e-9; 1e-7, 1e-9, f64::INFINITY];
    let random = Information::<Empirical>::new(["shape", "σ", "c"], matrix, error, 1.0, provenance).unwrap();
    assert_eq!(
        random.to_string(),
        "\
empirical information of 1 observation (Monte Carlo, 1000 draws, seed 7)
            shape           σ  c
shape        1235  -0.0012345  0
σ      -0.0012345   3.000e-7  0
c               0           0  2
largest error unknown"
            .replace("  3.000e-7", "       3e-7")
    );
    let covariance = information.times(100.0).unwrap().inverse().unwrap();
    assert_eq!(
        covariance.to_string(),
        "\
covariance (closed form)
           mean  deviation
mean       0.04          0
deviation     0       0.02
largest error 2.7e-15 of the diagonal"
    );
    assert_eq!(
        covariance.estimates(&[1.034_567, -12.3]).unwrap().to_string(),
        "           estimate  standard error
mean           1.03            0.20
deviation    -12.30            0.14
"
    );
    let large = Covariance::new(["x"], dmatrix![2.5e7], dmatrix![0.0], Provenance::Derived).unwrap();
    assert_eq!(
        large.estimates(&[123_456.0]).unwrap().to_string(),
        "   estimate  standard error\nx    123500            5000\n"
    );
}
