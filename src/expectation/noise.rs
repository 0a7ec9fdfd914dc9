//! The rounding noise of ln f and g, measured.
//!
//! A log-density such as x ln λ − λ − ln Γ(x + 1) is a small difference of large numbers, and how large cannot be seen from
//! its value. Over steps of 2⁻²⁰ a smooth function is a straight line to all digits: what its fourth differences have left
//! is noise. A fourth difference of independent errors with deviation 1 has the deviation √70.

use super::terms::Terms;

/// How many points are taken in a row, and how many of them a fourth difference takes.
pub(super) const SAMPLES: u32 = 12;
const WINDOW: usize = 5;
const GAIN: f64 = 8.366_600_265_340_756; // √70

/// Rounding errors that vary too slowly to be seen are taken to be as large as those that are.
const CAUTION: f64 = 4.0;

/// More than this, relative to the function, is no rounding between the points of a discrete support: the function is not
/// smooth there.
const ROUGH: f64 = 1e-6;

/// The noise at all points at which it was measured.
#[derive(Clone, Debug, Default)]
pub(super) struct Noise(Vec<Sample>);

#[derive(Clone, Debug)]
struct Sample {
    ln_density: f64,
    /// For every component of g the noise, and its ratio to the size of g there.
    components: Vec<(f64, f64)>,
}

impl Noise {
    /// Measures the noise at `x`, in steps upwards, or downwards if `x` is the `upper` end of the support. It counts as 0 if
    /// a function cannot be evaluated between the points of the support, or is not smooth there.
    pub(super) fn listen(&mut self, terms: &mut Terms<'_>, x: f64, upper: f64) {
        let direction = if x < upper { 1.0 } else { -1.0 };
        // a power of two, so that every x + k·step is exact and nothing but the functions is rounded
        let step = f64::powi(2.0, -20).max((x.abs() * f64::powi(2.0, -40)).log2().ceil().exp2());
        let points: Vec<f64> = (0..SAMPLES).map(|k| x + direction * step * f64::from(k)).collect();
        let (ln_densities, values) = terms.raw(&points);
        let columns = std::iter::once(&*ln_densities).chain(values.chunks_exact(points.len()));
        self.hear(&columns.collect::<Vec<_>>(), ROUGH);
    }

    /// Measures the noise of ln f and of the components of g from their values at [`SAMPLES`] evenly spaced points, which are so
    /// close together that nothing but noise tells them from a straight line. More than `rough`, relative to the function, is no noise.
    pub(super) fn hear(&mut self, columns: &[&[f64]], rough: f64) {
        let mut measured = columns.iter().map(|&column| (roughness(column), size(column)));
        let ln_density = measured.next().map_or(0.0, |(noise, size)| rounding(noise, size.max(1.0), rough));
        let components = measured.map(|(noise, size)| {
            let noise = rounding(noise, size, rough);
            (noise, if noise > 0.0 { noise / size } else { 0.0 })
        });
        self.0.push(Sample { ln_density, components: components.collect() });
    }

    /// The relative error of the density.
    pub(super) fn of_density(&self) -> f64 {
        self.0.iter().map(|sample| sample.ln_density).fold(0.0, f64::max)
    }

    /// The error of Σ f g_c, where Σ f |g_c| is `magnitude`.
    ///
    /// The noise of g_c is at most as large everywhere as where it was measured, or it is in proportion to g_c: whichever is
    /// less. The one is right for a score that vanishes near the mode, the other for a power of x.
    pub(super) fn of_component(&self, component: usize, magnitude: f64, mass: f64) -> f64 {
        let one = |sample: &Sample| {
            let (absolute, relative) = sample.components[component];
            (absolute * mass).min(relative * magnitude)
        };
        self.of_density() * magnitude + self.0.iter().map(one).fold(0.0, f64::max)
    }
}

/// The largest fourth difference, in units of the noise of one value.
fn roughness(column: &[f64]) -> f64 {
    let fourth = |w: &[f64]| (w[0] - 4.0 * w[1] + 6.0 * w[2] - 4.0 * w[3] + w[4]).abs() / GAIN;
    let larger = |a: f64, b: f64| if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) };
    column.windows(WINDOW).map(fourth).fold(0.0, larger)
}

fn size(column: &[f64]) -> f64 {
    column.iter().fold(0.0, |size, value| value.abs().max(size))
}

fn rounding(noise: f64, size: f64, rough: f64) -> f64 {
    if noise < rough * size { CAUTION * noise } else { 0.0 }
}
