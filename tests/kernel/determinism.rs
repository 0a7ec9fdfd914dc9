//! The same bits on any number of threads and at every repetition, and the same numbers whatever was asked before.

use super::comparison::{Outcome, alike, outcomes};
use super::expression::Function::{Exp, Ln, Ln1pExp, LnGamma, Sin};
use super::expression::{Expression, Model, c, choose, normal, p, table, x};
use fisher_information::information::{DataLikelihood, ScoreSums, Table};
use fisher_information::kernel::{Explanation, Path, Work};

/// A model for each kind of work, with data for it and two θ.
fn models() -> Vec<(Model, Table, [Vec<f64>; 2])> {
    let gamma = p(0) * p(1).apply(Ln) - p(0).apply(LnGamma) + (p(0) - c(1.0)) * x(0).apply(Ln) - p(1) * x(0);
    let cauchy = -(c(1.0) + ((x(0) - p(0)) / p(1)).powi(2)).apply(Ln) - p(1).apply(Ln);
    let predictor = || Expression::Linear((0..6).map(|i| (i, i)).collect());
    let logistic = x(6) * predictor() - predictor().apply(Ln1pExp);
    let wave = (p(0) * x(0)).apply(Exp) * x(1) - (p(1) * (x(0) * p(2)).apply(Exp)).apply(Ln1pExp);
    let sides = choose(x(0), p(0), (x(0) - p(0)) / p(1), (p(0) - x(0)) * p(1));
    let waves = (0..9).map(|i| (p(i) * x(i % 7)).apply(Sin)).reduce(|a, b| a + b).unwrap();
    let positive = [0.1, 5.0];
    let columns = [[-1.0, 1.0]; 7];
    let rows = 40_000;
    vec![
        (gamma.into(), table(rows, &[positive], 1), [vec![2.0, 0.5], vec![3.0, 1.5]]),
        (cauchy.into(), table(rows, &[positive], 2), [vec![2.0, 0.5], vec![1.0, 1.5]]),
        (logistic.into(), table(rows, &columns, 3), [vec![0.3; 6], vec![-0.2; 6]]),
        (wave.into(), table(rows, &columns[..2], 4), [vec![0.3, 0.1, -0.5], vec![0.1, 1.0, 0.5]]),
        (waves.into(), table(rows, &columns, 6), [vec![0.4; 9], vec![1.7; 9]]),
        (sides.into(), table(rows, &columns[..1], 5), [vec![0.3, 0.8], vec![-0.2, 1.8]]),
    ]
}

/// Every bit of an outcome.
fn bits(outcome: &Outcome) -> String {
    format!("{:?}", outcome.as_ref().unwrap())
}

#[test]
fn there_is_a_model_for_each_kind_of_work() {
    let mut kinds = [false; 4];
    for (model, data, [theta, _]) in models() {
        let explained = DataLikelihood::new(&model, &data).along(Path::Kernel).explain(&theta).unwrap();
        let Explanation::Kernels { courses } = explained else { panic!("{explained}") };
        for work in courses {
            kinds[match work {
                Work::Functions { sufficient: true, .. } => 0,
                Work::Functions { .. } => 1,
                Work::Predictors { .. } => 2,
                _ => 3,
            }] = true;
        }
    }
    assert_eq!(kinds, [true; 4]);
}

#[cfg(feature = "parallel")]
#[test]
fn threads_do_not_change_a_bit() {
    use fisher_information::information::Weighted;
    for (model, data, thetas) in models() {
        let weights: Vec<f64> = (0..40_000).map(|i| f64::from(i % 3) * 0.1 + f64::from(i / 20_000)).collect();
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let plain = outcomes(&model, &data, &thetas, Path::Kernel);
                let weighted = Weighted { data: &data, weights: &weights };
                let weighted = outcomes(&model, &weighted, &thetas[..1], Path::Kernel);
                plain.iter().chain(&weighted).map(bits).collect::<Vec<String>>()
            })
        };
        let one = on(1);
        assert_eq!(one, on(2), "{model:?}");
        assert_eq!(one, on(16), "{model:?}");
    }
}

#[test]
fn repeated_calls_do_not_change_a_bit() {
    for (model, data, [here, there]) in models() {
        let thetas = [here.clone(), here.clone(), there.clone(), here.clone(), there.clone()];
        let found = outcomes(&model, &data, &thetas, Path::Kernel);
        assert_eq!(bits(&found[0]), bits(&found[1]));
        // and whatever was asked between
        assert_eq!(bits(&found[0]), bits(&found[3]));
        assert_eq!(bits(&found[2]), bits(&found[4]));
        let fresh = outcomes(&model, &data, &[there], Path::Kernel).remove(0);
        alike(&found[2], &fresh, &[]).unwrap();
    }
}

/// Statistics of one chunk are not those of the next.
#[test]
fn chunks_are_summed_each_for_itself() {
    let exponential = Model::from(p(0).apply(Ln) - p(0) * x(0));
    let steps = Model::from(choose(x(0), c(3.0), -p(0) * x(0), normal(x(0), p(0), c(1.0))));
    let chunks: Vec<Table> = (0..3).map(|k| table(5000, &[[f64::from(k), f64::from(k) + 2.0]], 3)).collect();
    let together: Vec<f64> = chunks.iter().flat_map(|chunk| chunk.values().iter().copied()).collect();
    let together = Table::new(1, together).unwrap();
    for model in [exponential, steps] {
        let found = ScoreSums::of_chunks(&model, &[0.7][..], &chunks);
        let whole = outcomes(&model, &together, &[vec![0.7]], Path::Duals).remove(0);
        alike(&found, &whole, &[]).unwrap();
    }
}
