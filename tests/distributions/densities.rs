//! The log-densities: value, score, Hessian and slope in x against 25-digit values.

use super::catalogue;
use crate::reference;
use fisher_information::distributions::Binomial;
use fisher_information::model::{LogLikelihood, Support};
use statrs::distribution::{self as theirs, Discrete};

/// Value, score, Hessian and slope relative to themselves; the reference points avoid the zeros of all four.
const DERIVATIVES: f64 = 1e-12;

#[test]
fn derivatives_agree_with_the_reference() {
    for entry in catalogue() {
        let mut worst = [0.0_f64; 4];
        for row in reference::densities(entry.name) {
            let got = entry.model.derivatives(&row.theta, &row.x).unwrap();
            let slope = entry.model.slope(&row.theta, &row.x).unwrap();
            let mut check = |order: usize, what: &str, got: f64, want: f64| {
                let scale = if want.abs() < 1e-310 { 1.0 } else { want.abs() };
                let error = (got - want).abs() / scale;
                assert!(
                    error <= DERIVATIVES,
                    "{} at {:?}, x = {:?}: {what} is {got:e} for {want:e}, relative error {error:.1e}",
                    entry.name,
                    row.theta,
                    row.x
                );
                worst[order] = worst[order].max(error);
            };
            check(0, "the value", got.value, row.value);
            let mut packed = row.hessian.iter();
            for (i, &want) in row.score.iter().enumerate() {
                check(1, &format!("score {i}"), got.score[i], want);
                for j in 0..=i {
                    check(2, &format!("Hessian ({i}, {j})"), got.hessian[(i, j)], *packed.next().unwrap());
                }
            }
            assert_eq!(slope.len(), row.slope.len(), "{}", entry.name);
            // Of counts with a known sum only differences of slopes have a meaning.
            let compositions = matches!(entry.model.support(&row.theta), Ok(Support::Compositions { .. }));
            let level = |slope: &[f64]| if compositions { slope[slope.len() - 1] } else { 0.0 };
            for (k, (&got, &want)) in slope.iter().zip(&row.slope).enumerate() {
                check(3, &format!("slope {k}"), got - level(&slope), want - level(&row.slope));
            }
        }
        println!(
            "{}: value {:.1e}, score {:.1e}, Hessian {:.1e}, slope {:.1e}",
            entry.name, worst[0], worst[1], worst[2], worst[3]
        );
    }
}

#[test]
fn many_trials_lose_no_digits() {
    // The value by mpmath.
    let million = Binomial::new(std::num::NonZeroU32::new(1_000_000).unwrap());
    let value = million.ln_likelihood(&[0.25], &250_400.0_f64);
    assert!((value - -7.416_753_683_341_444).abs() < 1e-12, "{value}");

    // The formula changes at 64 successes.
    let some = Binomial::new(std::num::NonZeroU32::new(200).unwrap());
    for x in 60_u32..68 {
        let got = some.ln_likelihood(&[0.3], &f64::from(x));
        let want = theirs::Binomial::new(0.3, 200).unwrap().ln_pmf(x.into());
        assert!((got - want).abs() < 1e-12, "x = {x}: {got}, statrs {want}");
    }
}
