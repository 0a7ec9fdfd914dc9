//! Sums over finitely many points of several coordinates: the points are numbered, and the sum runs over the numbers.

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
    let count = axes.iter().try_fold(1_usize, |count, axis| count.checked_mul(axis.len())).ok_or(TOO_MANY)?;
    let coordinates = axes.len();
    let place = move |mut rest: usize, point: &mut [f64]| {
        for (coordinate, axis) in point.iter_mut().zip(&axes) {
            *coordinate = axis[rest % axis.len()];
            rest /= axis.len();
        }
    };
    sum_numbered(integrand, count, coordinates, &place, settings)
}

/// E\[g\] over the vectors of `parts` counts that sum to `total`.
pub(crate) fn sum_compositions(
    integrand: &mut dyn Integrand,
    parts: usize,
    total: u32,
    settings: &Settings,
) -> Result<Expectation, Error> {
    let count = compositions(parts, total, settings.evaluations).ok_or(TOO_MANY)?;
    sum_numbered(integrand, count, parts, &|number, point| place_composition(number, total, point), settings)
}

/// How many vectors of `parts` counts sum to `total`, C(total + parts − 1, parts − 1), unless that is more than `most`.
fn compositions(parts: usize, total: u32, most: usize) -> Option<usize> {
    let mut count = 1_u128;
    for part in 1..parts {
        // C(total + part, part), which grows with every part and is a whole number each time
        count = count.checked_mul(u128::from(total) + part as u128)? / part as u128;
        if count > most as u128 {
            return None;
        }
    }
    usize::try_from(count).ok().filter(|_| parts > 0)
}

/// Writes the vector of counts with a number: those with a first count of 0 come first, then those with 1, and so on.
#[allow(clippy::cast_precision_loss)] // counts are at most the total
fn place_composition(number: usize, total: u32, point: &mut [f64]) {
    let Some((last, others)) = point.split_last_mut() else { return };
    let (mut rest, mut left) = (number as u128, u128::from(total));
    let mut later = others.len() as u128;
    for coordinate in others {
        // How many vectors have a count of 0 here, C(left + later − 1, later − 1); a count more leaves one less for the
        // others.
        let mut block = (1..later).fold(1, |block, part| block * (left + part) / part);
        let before = left;
        while rest >= block {
            rest -= block;
            block = block * left / (left + later - 1);
            left -= 1;
        }
        *coordinate = (before - left) as f64;
        later -= 1;
    }
    *last = left as f64;
}

/// E\[g\] over `count` points, each written by `place`, given its number.
fn sum_numbered(
    integrand: &mut dyn Integrand,
    count: usize,
    coordinates: usize,
    place: &dyn Fn(usize, &mut [f64]),
    settings: &Settings,
) -> Result<Expectation, Error> {
    if count > settings.evaluations {
        return Err(TOO_MANY);
    }
    #[allow(clippy::cast_precision_loss)] // at most the number of evaluations allowed
    let numbers: Vec<f64> = (0..count).map(|number| number as f64).collect();
    let point = vec![0.0; coordinates];
    summation::sum_points(&mut Numbered { integrand, place, point }, &numbers, settings)
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
    place: &'a dyn Fn(usize, &mut [f64]),
    point: Vec<f64>,
}

impl Numbered<'_> {
    /// Sets the point of a number; false if it is no whole number.
    fn place(&mut self, number: f64) -> bool {
        if number.fract() != 0.0 {
            return false;
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a whole number below the number of points
        (self.place)(number as usize, &mut self.point);
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

    fn evaluate_all(&mut self, numbers: &[f64], ln_densities: &mut [f64], values: &mut [f64]) {
        let mut points = Vec::with_capacity(numbers.len() * self.point.len());
        let mut between = Vec::new();
        for (k, &number) in numbers.iter().enumerate() {
            // Between the numbers there is nothing; the point before stands in.
            if !self.place(number) {
                between.push(k);
            }
            points.extend_from_slice(&self.point);
        }
        self.integrand.evaluate_all(&points, ln_densities, values);
        between.into_iter().for_each(|k| ln_densities[k] = f64::NAN);
    }

    fn ln_density(&mut self, x: &[f64]) -> f64 {
        if self.place(x[0]) { self.integrand.ln_density(&self.point) } else { f64::NAN }
    }

    fn scales(&self, magnitudes: &mut [f64]) {
        self.integrand.scales(magnitudes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_composition_has_one_number() {
        for (parts, total) in [(1, 5), (2, 4), (3, 5), (5, 3), (4, 0)] {
            let count = compositions(parts, total, 1000).unwrap_or(0);
            let mut all: Vec<Vec<f64>> = Vec::new();
            for number in 0..count {
                let mut point = vec![f64::NAN; parts];
                place_composition(number, total, &mut point);
                assert_eq!(point.iter().sum::<f64>(), f64::from(total));
                assert!(!all.contains(&point), "{point:?}");
                all.push(point);
            }
            // C(total + parts − 1, total), step by step
            let expected = (1..=total as usize).fold(1, |count, k| count * (parts - 1 + k) / k);
            assert_eq!(count, expected);
        }
        assert_eq!(compositions(3, 1000, 1000), None);
        assert_eq!(compositions(50, u32::MAX, usize::MAX), None);
    }
}
