//! A mixture of two normal distributions: a model of the benchmarks and of the tests of kernels.

use fisher_information::distributions::Normal;
use fisher_information::prelude::*;

/// Two normal components: weight of the first, means, deviations.
pub struct Mixture;

impl LogLikelihood for Mixture {
    type Parameters = Fixed<5>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[weight, m1, m2, s1, s2]: &[D; 5], &x: &D) -> D {
        let (z1, z2) = ((x - m1) / s1, (x - m2) / s2);
        let first = weight / s1 * (z1 * z1 * -0.5).exp();
        let second = (-weight + 1.0) / s2 * (z2 * z2 * -0.5).exp();
        (first + second).ln() - 0.918_938_533_204_672_8
    }
}

impl SampleSpace for Mixture {
    fn support(&self, _: &[f64; 5]) -> Support {
        Support::real()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().sampler()
    }
}

impl Sampler for Mixture {
    fn sample<R: rand::Rng + ?Sized>(&self, &[weight, m1, m2, s1, s2]: &[f64; 5], rng: &mut R) -> f64 {
        let first = rand::RngExt::random::<f64>(rng) < weight;
        Normal.sample(&if first { [m1, s1] } else { [m2, s2] }, rng)
    }
}
