//! Readings at the same time, and one within another.

use fisher_information::distributions::{BivariateNormal, Gamma, Normal};
use fisher_information::symbolic::{Sym, expected_information, exponential_family, record, trace};

#[test]
fn eight_threads_read_the_same_formulas() {
    let text = || {
        let information = expected_information(&BivariateNormal).unwrap().matrix().to_string();
        let family = exponential_family(&Gamma).unwrap().ln_partition.to_string();
        let trace = trace(&BivariateNormal, &[0.1, 0.2, 1.0, 2.0, 0.3], &[0.5, -0.5]).unwrap();
        (information, family, trace.graph.len(), trace.decisions.len())
    };
    let alone = text();
    let together: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(text)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(together.iter().all(|own| *own == alone), "{together:?}");
}

#[test]
fn a_recording_within_a_recording() {
    let outer = record(&[2.0], &[3.0], |theta, x| {
        let before = theta[0] * x[0];
        let inner = record(&[5.0], &[], |own: &[Sym], _| own[0] * own[0]).unwrap();
        let found = expected_information(&Normal).unwrap().matrix().rows()[0][0].to_string();
        assert_eq!(found, "1/σ²");
        before + inner.graph.evaluate(&[inner.value], &[0.0], &[])[0] + theta[0]
    })
    .unwrap();
    assert_eq!(outer.graph.evaluate(&[outer.value], &[7.0], &[1.0]), [14.0]);
}
