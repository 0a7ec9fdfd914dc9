//! The expected information from the density alone: against references, and its typed refusals.

/// A model on one support with a log-density given by a function of (θ, x).
macro_rules! model {
    ($name:ident, $support:expr, |$theta:ident, $x:ident| $ln_f:expr) => {
        struct $name;

        impl LogLikelihood for $name {
            type Parameters = Fixed<1>;
            type Observation = f64;

            fn ln_likelihood<D: Scalar>(&self, &[$theta]: &[D; 1], &$x: &D) -> D {
                $ln_f
            }

            fn parameters(&self) -> Vec<Parameter> {
                vec![Parameter::real("theta")]
            }
        }

        impl SampleSpace for $name {
            fn support(&self, theta: &[f64; 1]) -> Support {
                let support: fn(f64) -> Support = $support;
                support(theta[0])
            }
        }
    };
}

mod hard;
mod mixed;
mod references;
mod refusals;
mod several;
