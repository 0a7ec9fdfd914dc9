//! Expectations by Monte Carlo and quasi-Monte Carlo: true within their errors, and the same on any number of threads.

use fisher_information::Error;
use fisher_information::distributions::Normal;
use fisher_information::expectation::{Expectation, Provenance, Settings, monte_carlo, quasi_monte_carlo};
use fisher_information::prelude::*;

/// How many standard errors a result with a fixed seed may be off: 5 has a false-alarm rate of 6e-7.
const DEVIATIONS: f64 = 5.0;

const THETA: [f64; 2] = [1.5, 2.0];

fn draws(draws: usize) -> Settings {
    Settings {
        draws,
        seed: 2024,
        ..Settings::default()
    }
}

/// z, z², z⁴ and cos z with z = (x − μ)/σ.
fn functions(x: &f64, g: &mut [f64]) {
    let z = (x - THETA[0]) / THETA[1];
    g.copy_from_slice(&[z, z * z, z.powi(4), z.cos()]);
}

/// Moments of the standard normal, and E cos z = e^(−1/2).
fn truth() -> [f64; 4] {
    [0.0, 1.0, 3.0, (-0.5_f64).exp()]
}

#[test]
fn scratch() {
    for n in [1000, 10_000, 100_000, 1_000_000] {
        for (name, f) in [
            (
                "mc",
                monte_carlo::expectation(&Normal, &THETA, 4, functions, &draws(n)).unwrap(),
            ),
            (
                "qmc",
                quasi_monte_carlo::expectation(&Normal, &THETA, 4, functions, &draws(n)).unwrap(),
            ),
        ] {
            print!("{n} {name}");
            for (v, t) in f.values.iter().zip(truth()) {
                print!(
                    "  {:.1e} ± {:.1e} ({:.1})",
                    v.value - t,
                    v.error,
                    (v.value - t) / v.error
                );
            }
            println!();
        }
    }
    for n in [1000, 10_000, 100_000, 1_000_000] {
        for d in [2usize, 5] {
            let f = quasi_monte_carlo::expectation(
                &Cube(d),
                &[1.0],
                2,
                |x, g| {
                    g[0] = x.iter().map(|x| 2.0 * x).product::<f64>();
                    g[1] = x.iter().sum::<f64>().powi(2);
                },
                &draws(n),
            )
            .unwrap();
            let df = d as f64;
            for (v, t) in f.values.iter().zip([1.0, df / 12.0 + df * df / 4.0]) {
                print!(
                    "  {n} d={d} {:.1e} ± {:.1e} ({:.1})",
                    v.value - t,
                    v.error,
                    (v.value - t) / v.error
                );
            }
            println!();
        }
    }
}

/// Uniform on the unit cube.
struct Cube(usize);

impl LogLikelihood for Cube {
    type Parameters = Fixed<1>;
    type Observation = [f64];

    fn ln_likelihood<D: Scalar>(&self, &[scale]: &[D; 1], _: &[D]) -> D {
        scale.ln()
    }
}

impl Quantile for Cube {
    fn uniforms(&self) -> usize {
        self.0
    }

    fn quantile(&self, _: &[f64; 1], u: &[f64]) -> Vec<f64> {
        u.to_vec()
    }
}
