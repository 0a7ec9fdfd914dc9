//! Sums over data sets: against a plain loop, in parts, on any number of threads, and every refusal.

use fisher_information::Error;
use fisher_information::derivatives::derivatives;
use fisher_information::distributions::Normal;
use fisher_information::information::{DataLikelihood, ScoreSums, Table, Weighted, empirical, observed};
use fisher_information::kernel::Path;
use fisher_information::prelude::*;
use nalgebra::{DMatrix, DVector};

const THETA: [f64; 2] = [0.7, 1.3];

/// Numbers between −2 and 3, without a pattern.
fn data(n: usize) -> Vec<f64> {
    let mut state = 1_u64;
    let next = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64 * 5.0 - 2.0
    };
    (0..n).map(next).collect()
}

/// Log-likelihood, score, Σ s sᵀ and −Σ H by a plain loop.
fn naive(data: &[f64], weights: impl Fn(usize) -> f64) -> (f64, DVector<f64>, DMatrix<f64>, DMatrix<f64>) {
    let mut sums = (0.0, DVector::zeros(2), DMatrix::zeros(2, 2), DMatrix::zeros(2, 2));
    for (i, x) in data.iter().enumerate() {
        let at = derivatives(&Normal, &THETA, x).unwrap();
        let w = weights(i);
        sums.0 += w * at.value;
        sums.1 += &at.score * w;
        sums.2 += &at.score * at.score.transpose() * w;
        sums.3 -= &at.hessian * w;
    }
    sums
}

#[test]
fn sums_equal_a_plain_loop() {
    let data = data(5000);
    let weights: Vec<f64> = (0..data.len()).map(|i| (i % 4) as f64 * 0.5).collect();
    let weighted = Weighted { data: &data, weights: &weights };
    let both = |path| {
        let plain = DataLikelihood::new(&Normal, &data).along(path).at(&THETA).unwrap();
        assert_eq!((plain.count(), plain.weight()), (5000, 5000.0));
        let sums = DataLikelihood::new(&Normal, &weighted).along(path).at(&THETA).unwrap();
        assert_eq!((sums.count(), sums.weight()), (5000, 3750.0));
        [(plain, naive(&data, |_| 1.0)), (sums, naive(&data, |i| weights[i]))]
    };
    // A kernel adds the errors of the parts that a term is combined from, which may be larger than it, and allows for more additions.
    let found = both(Path::Duals).map(|found| (found, 1e-10)).into_iter();
    for ((sums, naive), bound) in found.chain(both(Path::Kernel).map(|found| (found, 3e-10))) {
        // the plain loop of 5000 terms errs more than the sums do
        let close = |x: f64, y: f64| assert!((x - y).abs() < 1e-10, "{x} {y}");
        close(sums.log_likelihood().value, naive.0);
        for i in 0..2 {
            close(sums.score()[i].value, naive.1[i]);
            assert!(sums.score()[i].error < bound);
        }
        let (observed, empirical) = (sums.observed().unwrap(), sums.empirical().unwrap());
        for place in 0..4 {
            close(empirical.matrix()[place], naive.2[place]);
            close(observed.matrix()[place], naive.3[place]);
            assert!(observed.error()[place] < bound);
        }
        assert_eq!(observed.names(), ["mean", "deviation"]);
        assert_eq!(observed.observations(), sums.weight());
        assert_eq!(observed.provenance().to_string(), "sum over 5000 observations");
    }
}

/// Dyadic data have an exact sum: 2ᵏ normals at σ = 1 and x a small integer.
#[test]
fn errors_cover_exact_sums() {
    let data: Vec<f64> = (0..40_000).map(|i| f64::from(i % 7) - 3.1).collect();
    let sums = ScoreSums::of(&Normal, &[0.3, 1.0], &data).unwrap();
    // Σ (x − μ) with x − μ = r − 3.4, r the remainder: 5714 rounds of 7 and the remainders 0, 1
    let truth = 5714.0 * (21.0 - 7.0 * 3.4) + (1.0 - 2.0 * 3.4);
    let score = sums.score()[0];
    assert!((score.value - truth).abs() <= score.error, "{score} {truth}");
    assert!(score.error < 1e-9);
    assert_eq!(sums.observed().unwrap().get("mean", "mean").unwrap().value, 40_000.0);
}

#[test]
fn parts_merge_to_the_whole() {
    let data = data(7 * 1024 + 100);
    let by_duals = |data: &[f64]| DataLikelihood::new(&Normal, data).along(Path::Duals).at(&THETA).unwrap();
    let whole = by_duals(&data);
    let part = |range: std::ops::Range<usize>| by_duals(&data[range]);
    // every bit, where the parts are those of the tree
    let aligned = part(0..4096).merge(&part(4096..data.len())).unwrap();
    assert_eq!(aligned, whole);
    let blocks: Vec<ScoreSums> = data.chunks(1024).map(by_duals).collect();
    assert_eq!(blocks.len(), 8);
    let pair = |a: &ScoreSums, b: &ScoreSums| a.merge(b).unwrap();
    let fours = |i: usize| pair(&pair(&blocks[i], &blocks[i + 1]), &pair(&blocks[i + 2], &blocks[i + 3]));
    assert_eq!(pair(&fours(0), &fours(4)), whole);
    // to rounding, where they are not
    let chunks = ScoreSums::of_chunks(&Normal, &THETA, data.chunks(777)).unwrap();
    assert_eq!(chunks.count(), whole.count());
    for split in [&chunks, &part(0..333).merge(&part(333..data.len())).unwrap()] {
        let difference = (split.observed().unwrap().matrix() - whole.observed().unwrap().matrix()).abs();
        assert!(difference.zip_fold(whole.observed().unwrap().error(), true, |ok, d, e| ok && d <= e));
    }
}

#[test]
fn chunks_may_be_empty_or_owned() {
    let chunks = vec![vec![], vec![1.0, 2.0], vec![], vec![3.0]];
    let sums = ScoreSums::of_chunks(&Normal, &THETA, chunks).unwrap();
    assert_eq!(
        sums,
        ScoreSums::of(&Normal, &THETA, &[1.0, 2.0])
            .unwrap()
            .merge(&ScoreSums::of(&Normal, &THETA, &[3.0]).unwrap())
            .unwrap()
    );
    assert_eq!(ScoreSums::of_chunks(&Normal, &THETA, [[0.0; 0]]), Err(Error::NoData));
    let bad = ScoreSums::of_chunks(&Normal, &THETA, [vec![1.0, 2.0], vec![3.0, f64::INFINITY]]);
    assert_eq!(bad.unwrap_err(), Error::ObservationNotFinite { index: 3, coordinate: 0, value: f64::INFINITY });
}

#[cfg(feature = "parallel")]
#[test]
fn threads_do_not_change_a_bit() {
    let mut data = data(20_000);
    let on = |threads: usize, data: &[f64]| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| ScoreSums::of(&Normal, &THETA, data))
    };
    let one = on(1, &data).unwrap();
    for threads in [2, 3] {
        let other = on(threads, &data).unwrap();
        assert_eq!(one, other);
        assert_eq!(one.log_likelihood().value.to_bits(), other.log_likelihood().value.to_bits());
    }
    // the first bad observation is named
    for bad in [19_000, 12_345, 1500, 1501] {
        data[bad] = f64::NEG_INFINITY;
    }
    for threads in [1, 2, 3] {
        assert!(matches!(on(threads, &data), Err(Error::ObservationNotFinite { index: 1500, .. })));
    }
}

/// Linear regression on rows (x1, …, xk, y), with as many coefficients as there are covariates.
struct Regression;

impl LogLikelihood for Regression {
    type Parameters = Dynamic;
    type Observation = [f64];

    fn ln_likelihood<D: Scalar>(&self, beta: &[D], row: &[D]) -> D {
        let mut residual = row[beta.len()];
        for (b, x) in beta.iter().zip(row) {
            residual -= *b * *x;
        }
        -residual * residual * 0.5
    }
}

#[test]
fn rows_tables_and_matrices_agree() {
    let rows = vec![vec![1.0, 0.5, 2.0], vec![1.0, -1.0, 0.0], vec![1.0, 3.0, 1.5]];
    let beta = [0.2, 0.4];
    let from_rows = observed(&Regression, &beta, &rows).unwrap();
    assert_eq!(from_rows.names(), ["θ1", "θ2"]);
    assert_eq!(from_rows.matrix(), &nalgebra::dmatrix![3.0, 2.5; 2.5, 10.25]);
    let table = Table::from_rows(&rows).unwrap();
    assert_eq!(observed(&Regression, &beta, &table).unwrap(), from_rows);
    let matrix = DMatrix::from_fn(3, 3, |i, j| rows[i][j]);
    assert_eq!(Table::from_matrix(&matrix).unwrap(), table);
    assert_eq!((table.columns(), table.values().len()), (3, 9));
    assert!(empirical(&Regression, &beta, rows.as_slice()).is_ok());

    let ragged = vec![vec![1.0, 0.5, 2.0], vec![1.0, 0.5, 2.0], vec![1.0, 2.0]];
    let error = Error::RowWidth { row: 2, expected: 3, found: 2 };
    assert_eq!(observed(&Regression, &beta, &ragged).unwrap_err(), error);
    assert_eq!(Table::from_rows(&ragged).unwrap_err(), error);
    assert_eq!(Table::new(3, vec![0.0; 8]).unwrap_err(), error);
    assert!(matches!(Table::new(0, vec![]), Err(Error::LengthMismatch { expected: 1, found: 0, .. })));
    assert_eq!(Table::from_rows::<Vec<f64>>(&[]).unwrap_err(), Error::NoData);
}

/// A pair of independent normals; and a whole series as one opaque observation.
struct Pair;

impl LogLikelihood for Pair {
    type Parameters = Fixed<1>;
    type Observation = [f64; 2];

    fn ln_likelihood<D: Scalar>(&self, &[mean]: &[D; 1], &[x, y]: &[D; 2]) -> D {
        -((x - mean) * (x - mean) + (y - mean) * (y - mean)) * 0.5
    }
}

struct Series;

impl LogLikelihood for Series {
    type Parameters = Fixed<1>;
    type Observation = Opaque<String>;

    fn ln_likelihood<D: Scalar>(&self, &[rate]: &[D; 1], x: &String) -> D {
        rate.ln() - rate * x.len() as f64
    }
}

#[test]
fn other_observations() {
    let pairs = observed(&Pair, &[0.5], &[[1.0, 2.0], [3.0, 4.0]]).unwrap();
    assert_eq!(pairs.matrix()[0], 4.0);
    let bad = observed(&Pair, &[0.5], &[[1.0, 2.0], [3.0, f64::NEG_INFINITY]]);
    assert_eq!(bad.unwrap_err(), Error::ObservationNotFinite { index: 1, coordinate: 1, value: f64::NEG_INFINITY });
    let words = ["to".to_owned(), "infer".to_owned()];
    assert_eq!(observed(&Series, &[2.0], &words).unwrap().matrix()[0], 0.5);
}

/// An exponential density that is −∞ below zero, breaks in its score at 1 and in its Hessian at 2.
struct Fragile;

impl LogLikelihood for Fragile {
    type Parameters = Fixed<1>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, &[rate]: &[D; 1], &x: &D) -> D {
        let zero = rate - 2.0;
        if x.re() == 1.0 {
            return zero.sqrt();
        }
        if x.re() == 2.0 {
            return zero * zero.abs().sqrt();
        }
        if x.re() < 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        rate.ln() - rate * x
    }
}

#[test]
fn refusals() {
    let of = |data: &[f64]| ScoreSums::of(&Normal, &THETA, data).unwrap_err();
    assert_eq!(of(&[]), Error::NoData);
    let nan = of(&[1.0, 2.0, f64::NAN, 3.0, f64::INFINITY]);
    assert!(matches!(nan, Error::ObservationNotFinite { index: 2, coordinate: 0, value } if value.is_nan()));
    assert_eq!(nan.to_string(), "observation 2, coordinate 0: NaN is not a finite number");

    let fragile = |x: f64| ScoreSums::of(&Fragile, &[2.0], &[0.5, x]).unwrap_err();
    assert_eq!(
        fragile(-1.0),
        Error::LikelihoodNotFinite { index: 1, quantity: "log-likelihood", value: f64::NEG_INFINITY }
    );
    assert!(matches!(fragile(1.0), Error::LikelihoodNotFinite { index: 1, quantity: "score", .. }));
    assert!(matches!(fragile(2.0), Error::LikelihoodNotFinite { index: 1, quantity: "score" | "Hessian", .. }));

    let weighted = |weights: &[f64]| {
        let data = [1.0, f64::NAN, 2.0];
        ScoreSums::of(&Normal, &THETA, &Weighted { data: &data, weights })
    };
    assert!(matches!(weighted(&[1.0, 1.0, -1.0]), Err(Error::ObservationNotFinite { index: 1, .. })));
    assert_eq!(weighted(&[1.0, 0.0, -1.0]), Err(Error::InvalidWeight { index: 2, value: -1.0 }));
    assert!(matches!(weighted(&[f64::NAN, 0.0, -1.0]), Err(Error::InvalidWeight { index: 0, .. })));
    assert_eq!(weighted(&[0.0, 0.0, 0.0]), Err(Error::ZeroWeights { count: 3 }));
    assert_eq!(weighted(&[1.0]), Err(Error::LengthMismatch { what: "weights", expected: 3, found: 1 }));
    // an observation of weight 0 is not evaluated
    assert_eq!(weighted(&[1.0, 0.0, 1.0]).unwrap().weight(), 2.0);

    assert!(matches!(
        observed(&Normal, &[0.0, -1.0], &[1.0]),
        Err(Error::ParameterOutsideDomain { name, value: -1.0, .. }) if name == "deviation"
    ));

    let normal = ScoreSums::of(&Normal, &THETA, &[1.0]).unwrap();
    let elsewhere = ScoreSums::of(&Normal, &[0.7, 1.4], &[1.0]).unwrap();
    let pair = ScoreSums::of(&Pair, &[0.7], &[[1.0, 1.0]]).unwrap();
    assert_eq!(
        normal.merge(&elsewhere).unwrap_err(),
        Error::ThetaDiffers { name: "deviation".into(), expected: 1.3, found: 1.4 }
    );
    assert_eq!(
        normal.merge(&pair).unwrap_err(),
        Error::NamesDiffer { position: 0, expected: "mean".into(), found: "θ1".into() }
    );
    // the score is finite, its square is not
    assert!(matches!(
        empirical(&Fragile, &[2.0], &[1e200]),
        Err(Error::EntryNotFinite { row, column, value: f64::INFINITY }) if row == "θ1" && column == "θ1"
    ));
}
