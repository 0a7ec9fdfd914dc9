//! A line at constant speed.

use super::chart::Chart;
use super::path::Path;
use crate::error::Error;
use nalgebra::DVector;

/// A line with time from 0 to 1: the displacement at a time, and the velocity in the coordinates of the manifold.
pub(super) type Line<'l> = &'l dyn Fn(f64) -> (DVector<f64>, DVector<f64>);

/// The path along a line at about the same speed everywhere. With one coordinate it is nearly the geodesic itself.
///
/// # Errors
/// Those of the manifold where the line leaves it.
pub(super) fn at_constant_speed(chart: &Chart<'_>, line: Line<'_>) -> Result<Path, Error> {
    // closer together towards the ends, where a parameter may be near a bound
    let inside = (0..=SAMPLES).map(|i| 1.0 / (1.0 + (REACH - 2.0 * REACH * i as f64 / SAMPLES as f64).exp()));
    let times: Vec<f64> = std::iter::once(0.0).chain(inside).chain([1.0]).collect();
    let speeds: Vec<f64> = times.iter().map(|&t| speed(chart, line, t)).collect::<Result<_, _>>()?;
    // between samples the speed grows as an exponential function
    let growth = |i: usize| (speeds[i + 1] / speeds[i]).ln();
    let mut lengths = vec![0.0];
    for i in 0..times.len() - 1 {
        let rate = growth(i);
        let mean = if rate.abs() < 1e-8 { speeds[i] } else { speeds[i] * rate.exp_m1() / rate };
        lengths.push(lengths[i] + (times[i + 1] - times[i]) * mean);
    }
    let total = lengths[lengths.len() - 1];
    let time = |share: f64| {
        let length = share * total;
        let i = lengths.partition_point(|&end| end <= length).clamp(1, times.len() - 1) - 1;
        let (rate, span) = (growth(i), times[i + 1] - times[i]);
        let plain = (length - lengths[i]) / (speeds[i] * span);
        let part = if rate.abs() < 1e-8 { plain } else { (rate * plain).ln_1p() / rate };
        times[i] + span * part.clamp(0.0, 1.0)
    };
    Ok(Path::following(16, |share| line(time(share)).0))
}

/// √g(v, v) of the line.
fn speed(chart: &Chart<'_>, line: Line<'_>, time: f64) -> Result<f64, Error> {
    let (displacement, velocity) = line(time);
    let metric = chart.manifold.metric(&chart.point(&displacement))?.matrix;
    let squared = velocity.dot(&(metric * &velocity));
    if squared > 0.0 && squared.is_finite() {
        Ok(squared.sqrt())
    } else {
        Err(Error::FormulaNotFinite { quantity: "the squared speed of a line", value: squared })
    }
}

/// How many samples of the speed are taken.
const SAMPLES: usize = 400;

/// The logit of the first and the last of them.
const REACH: f64 = 20.0;
