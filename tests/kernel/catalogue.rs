//! Every family of the catalogue: the kernel gives what the dual numbers give.

use super::comparison::{alike, assert_alike, outcomes};
use fisher_information::distributions::{Gamma, Visitor, visit_all};
use fisher_information::kernel::Path;
use fisher_information::model::{
    Observations, OwnedDatum, ParameterSpace, SampleSpace, Sampler, Stream, Subset, Weighted,
};
use rand::SeedableRng;
use std::borrow::Borrow;

/// Compares the paths for each family, and collects what differs.
struct Survey(Vec<String>);

/// How many observations are drawn at each of the three points: less than a block, one and a few more, a few blocks.
const SIZES: [usize; 3] = [100, 257, 700];

impl Visitor for Survey {
    fn visit<M>(&mut self, name: &'static str, model: &M, points: &[&[f64]])
    where
        M: SampleSpace + Sampler + Clone + Send + 'static,
    {
        let thetas: Vec<Vec<f64>> = points.iter().map(|theta| theta.to_vec()).collect();
        for (point, (&theta, size)) in points.iter().zip(SIZES).enumerate() {
            let mut stream = Stream::seed_from_u64(7);
            let own = M::Parameters::from_slice(theta).unwrap();
            let draw = |_| model.sample(own.borrow(), &mut stream);
            let data: Vec<OwnedDatum<M>> = (0..size).map(draw).collect();
            // without weights, with some that are 0, and with none that is
            let weights: Vec<f64> = (0..size).map(|i| ((i + point) % 4) as f64 * 0.75 + (point / 2) as f64).collect();
            let weighted = Weighted { data: &data, weights: &weights };
            let data: &dyn Observations<M::Observation> = if point == 0 { &data } else { &weighted };
            // first where they were drawn, then elsewhere, then there again
            let mut visited = vec![thetas[point].clone()];
            visited.extend(thetas.iter().cloned().cycle().skip(point + 1).take(3));
            let [kernel, duals] = [Path::Kernel, Path::Duals].map(|path| outcomes(model, data, &visited, path));
            for ((kernel, duals), theta) in kernel.iter().zip(&duals).zip(&visited) {
                if let Err(difference) = alike(kernel, duals, &[]) {
                    self.0.push(format!("{name}, drawn at {:?}, at {theta:?}: {difference}", thetas[point]));
                }
            }
        }
    }
}

#[test]
fn every_family_is_as_by_dual_numbers() {
    let mut survey = Survey(Vec::new());
    visit_all(&mut survey);
    assert!(survey.0.is_empty(), "{} differences\n{}", survey.0.len(), survey.0.join("\n"));
}

/// A number of observations around that of a block, and many; weights of all kinds; whole and in part.
#[test]
fn any_number_of_observations_in_any_container() {
    let (theta, mut stream) = (vec![2.0, 0.5], Stream::seed_from_u64(5));
    let draws: Vec<f64> = (0..9000).map(|_| Sampler::sample(&Gamma, &[2.0, 0.5], &mut stream)).collect();
    let mixed: Vec<f64> = (0..draws.len()).map(|i| (i % 5) as f64 * 0.3).collect();
    let blocks: Vec<f64> = (0..draws.len()).map(|i| if i / 256 % 2 == 0 { 0.0 } else { 1.5 }).collect();
    let thetas = [theta, vec![3.0, 0.7], vec![0.1, 20.0]];
    let few: [f64; 3] = [draws[0], draws[1], draws[2]];
    assert_alike("an array", &Gamma, &few, &thetas);
    for size in [1, 2, 255, 256, 257, 511, 512, 513, 4096, 4097, 9000] {
        let data = &draws[..size];
        assert_alike(&format!("{size}"), &Gamma, &data, &thetas);
        for weights in [&mixed, &blocks] {
            // one observation of weight 0 is a mistake, and both say so
            let weighted = Weighted { data, weights: &weights[..size] };
            assert_alike(&format!("{size} weighted"), &Gamma, &weighted, &thetas);
            let subset = Subset::<f64>::new(&weighted, (0..size).rev().filter(|i| i % 3 != 1).collect());
            assert_alike(&format!("a part of {size}"), &Gamma, &subset, &thetas);
        }
    }
}
