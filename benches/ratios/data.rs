//! The data sets, drawn once with fixed seeds.

use fisher_information::distributions::Normal;
use fisher_information::model::{ParameterSpace, Sampler, Stream, Table};
use rand::{RngExt, SeedableRng};

/// So many draws from a model.
pub fn numbers<M: Sampler<Observation = f64>>(
    model: &M,
    theta: &<M::Parameters as ParameterSpace>::Of<f64>,
    count: usize,
) -> Vec<f64> {
    let mut stream = Stream::seed_from_u64(1);
    (0..count).map(|_| model.sample(theta, &mut stream)).collect()
}

/// Rows of a one, standard normal covariates and the indicators of the classes beside the first, of which one or none is 1.
pub fn rows(coefficients: &[f64], covariates: usize, count: usize) -> Table {
    let mut stream = Stream::seed_from_u64(2);
    let mut values = Vec::new();
    for _ in 0..count {
        let first = values.len();
        values.push(1.0);
        values.extend((1..covariates).map(|_| Normal.sample(&[0.0, 1.0], &mut stream)));
        let x = &values[first..];
        let odds: Vec<f64> = coefficients
            .chunks_exact(covariates)
            .map(|beta| beta.iter().zip(x).map(|(b, x)| b * x).sum::<f64>().exp())
            .collect();
        let mut left = stream.random::<f64>() * (1.0 + odds.iter().sum::<f64>());
        values.extend(odds.iter().map(|odds| {
            let before = left;
            left -= odds;
            f64::from(u8::from(0.0 <= before && left < 0.0))
        }));
    }
    Table::new(covariates + coefficients.len() / covariates, values).expect("complete rows")
}

/// Coefficients about 0.25, none like its neighbour.
pub fn coefficients(count: usize) -> Vec<f64> {
    (0..count).map(|j| 0.25 + 0.02 * (j * 7 % 11) as f64 - 0.1).collect()
}

/// Coefficients about 0.
pub fn small_coefficients(count: usize) -> Vec<f64> {
    (0..count).map(|j| 0.03 * (j * 7 % 11) as f64 - 0.15).collect()
}
