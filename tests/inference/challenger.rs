//! The O-rings of the space shuttle: whether any was damaged, against the temperature at the launch, by logistic regression.
//!
//! Source: S. Dalal, E. Fowlkes and B. Hoadley, *Risk analysis of the space shuttle: pre-Challenger prediction of failure*,
//! J. Am. Statist. Assoc. 84 (1989).

use fisher_information::prelude::*;

/// Logistic regression on one covariate.
pub struct Logistic;

impl LogLikelihood for Logistic {
    type Parameters = Fixed<2>;
    type Observation = [f64; 2];

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[intercept, slope]: &[D; 2], &[x, y]: &[D; 2]) -> D {
        let predictor = intercept + slope * x;
        y * predictor - predictor.ln_1p_exp()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("intercept"), Parameter::real("slope")]
    }
}

impl SampleSpace for Logistic {
    fn support(&self, _: &[f64; 2]) -> Support {
        Support::response(1, Support::points([0.0, 1.0]))
    }
}

/// Temperature in degrees Fahrenheit and damage, flight by flight.
pub const FLIGHTS: [[f64; 2]; 23] = [
    [66.0, 0.0],
    [70.0, 1.0],
    [69.0, 0.0],
    [68.0, 0.0],
    [67.0, 0.0],
    [72.0, 0.0],
    [73.0, 0.0],
    [70.0, 0.0],
    [57.0, 1.0],
    [63.0, 1.0],
    [70.0, 1.0],
    [78.0, 0.0],
    [67.0, 0.0],
    [53.0, 1.0],
    [67.0, 0.0],
    [75.0, 0.0],
    [70.0, 0.0],
    [81.0, 0.0],
    [76.0, 0.0],
    [79.0, 0.0],
    [75.0, 1.0],
    [58.0, 1.0],
    [76.0, 0.0],
];

/// That two numbers agree to a relative tolerance.
pub fn assert_near(found: f64, want: f64, tolerance: f64, what: &str) {
    assert!((found - want).abs() <= tolerance * want.abs(), "{what}: {found:e} instead of {want:e}");
}
