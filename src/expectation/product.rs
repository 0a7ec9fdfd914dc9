//! Sums over a product of finitely many points: the points are numbered, and the sum runs over the numbers.

use super::{Expectation, Integrand, Settings, summation};
use crate::error::Error;
use crate::model::Support;

/// E\[g\] over a product of finite supports.
pub(crate) fn sum(
    integrand: &mut dyn Integrand,
    factors: &[Support],
    settings: &Settings,
) -> Result<Expectation, Error> {
    let axes: Vec<Vec<f64>> = factors.iter().map(|factor| points(factor, settings)).collect::<Result<_, _>>()?;
    let count = axes.iter().try_fold(1_usize, |count, axis| count.checked_mul(axis.len()));
    let count = count.filter(|&count| count <= settings.evaluations).ok_or(TOO_MANY)?;
    #[allow(clippy::cast_precision_loss)] // at most the number of evaluations allowed
    let numbers: Vec<f64> = (0..count).map(|number| number as f64).collect();
    let point = vec![0.0; axes.len()];
    summation::sum_points(&mut Numbered { integrand, axes, point }, &numbers, settings)
}

const TOO_MANY: Error = Error::Unsupported {
    method: "summation over several coordinates",
    needs: "finite supports with no more points than evaluations are allowed",
};

/// The points of one finite factor.
fn points(factor: &Support, settings: &Settings) -> Result<Vec<f64>, Error> {
    match factor {
        Support::Points(points) => Ok(points.clone()),
        #[allow(clippy::cast_precision_loss)]
        Support::Integers { lower, upper } if upper - lower < settings.evaluations as f64 => {
            Ok(std::iter::successors(Some(lower.ceil()), |k| Some(k + 1.0)).take_while(|k| k <= upper).collect())
        }
        _ => Err(TOO_MANY),
    }
}

/// A function of several coordinates as a function of the number of the point; NaN between the numbers.
struct Numbered<'a> {
    integrand: &'a mut dyn Integrand,
    axes: Vec<Vec<f64>>,
    point: Vec<f64>,
}

impl Numbered<'_> {
    /// Sets the point of a number; false if it is no whole number.
    fn place(&mut self, number: f64) -> bool {
        if number.fract() != 0.0 {
            return false;
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a whole number below the number of points
        let mut rest = number as usize;
        for (coordinate, axis) in self.point.iter_mut().zip(&self.axes) {
            *coordinate = axis[rest % axis.len()];
            rest /= axis.len();
        }
        true
    }
}

impl Integrand for Numbered<'_> {
    fn dimension(&self) -> usize {
        self.integrand.dimension()
    }

    fn evaluate(&mut self, x: &[f64], values: &mut [f64]) -> f64 {
        if self.place(x[0]) { self.integrand.evaluate(&self.point, values) } else { f64::NAN }
    }

    fn ln_density(&mut self, x: &[f64]) -> f64 {
        if self.place(x[0]) { self.integrand.ln_density(&self.point) } else { f64::NAN }
    }

    fn scales(&self, magnitudes: &mut [f64]) {
        self.integrand.scales(magnitudes);
    }
}
