//! Parallel transport along a geodesic.

use super::chart::Chart;
use super::lobatto::Lobatto;
use super::{Geodesic, Tangent};
use crate::error::Error;
use crate::geometry::Manifold;
use nalgebra::{DMatrix, DVector, LU};

/// A vector carried along a geodesic.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Transported {
    /// The last point of the geodesic, and the vector there.
    pub end: Tangent,
    /// By how much the length of the vector, which should be constant, varies along the way, relative to it.
    pub length_drift: f64,
}

impl Geodesic {
    /// Carries a vector from the start to the end without turning it: V̇ + Γ(ẋ, V) = 0. Lengths and angles stay.
    ///
    /// By collocation on the pieces of the geodesic, which are cut until the length of the vector stays.
    ///
    /// ```
    /// use fisher_information::{distributions::Normal, geometry::{FisherMetric, Geodesic}};
    ///
    /// let normal = FisherMetric::of(&Normal);
    /// let path = Geodesic::between(&normal, &[0.0, 1.0], &[0.0, 3.0])?;
    /// let carried = path.transport(&normal, &[1.0, 0.0])?;
    /// assert!((carried.end.vector[0] - 3.0).abs() < 1e-11);        // g = 1/σ², so the length stays
    /// assert!(carried.length_drift < 1e-11);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// Source: Lee, *Introduction to Riemannian Manifolds*, 2nd ed. (2018), theorem 4.32.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] and [`Error::TangentNotFinite`] of the vector; those of another manifold than that of the geodesic.
    pub fn transport(&self, manifold: &dyn Manifold, vector: &[f64]) -> Result<Transported, Error> {
        let chart = Chart::new(manifold, self.base())?;
        let start = chart.tangent(vector)?;
        let length = chart.connection(&DVector::zeros(chart.dimension()))?.norm(&start);
        let end = self.end().point;
        if length == 0.0 || self.length().value == 0.0 {
            return Ok(Transported { end: Tangent { point: end, vector: vector.to_vec() }, length_drift: 0.0 });
        }
        let rule = Lobatto::new(16);
        let mut best: Option<(f64, DVector<f64>)> = None;
        for halvings in 0..=MOST_HALVINGS {
            let (mut carried, mut drift) = (start.clone(), 0.0_f64);
            for ends in self.breaks().windows(2) {
                let parts = 1_u32 << halvings;
                let duration = (ends[1] - ends[0]) / f64::from(parts);
                for part in 0..parts {
                    let from = ends[0] + f64::from(part) * duration;
                    let worst;
                    (carried, worst) =
                        self.carry(&chart, &rule, from, (from + duration).min(ends[1]), &carried, length)?;
                    drift = drift.max(worst);
                }
            }
            // halving has stopped to help when rounding is left
            let stopped = best.as_ref().is_some_and(|(before, _)| drift > 0.1 * before);
            if best.as_ref().is_none_or(|(before, _)| drift < *before) {
                best = Some((drift, carried));
            }
            if drift < STEADY || stopped {
                break;
            }
        }
        let (length_drift, carried) = best.unwrap_or((f64::NAN, start));
        let vector = chart.slopes(&end).component_mul(&carried);
        Ok(Transported { end: Tangent { point: end, vector: vector.as_slice().to_vec() }, length_drift })
    }

    /// Carries a vector over part of a piece, and says by how much its length varies.
    fn carry(
        &self,
        chart: &Chart<'_>,
        rule: &Lobatto,
        from: f64,
        to: f64,
        start: &DVector<f64>,
        length: f64,
    ) -> Result<(DVector<f64>, f64), Error> {
        let (size, degree) = (start.len(), rule.degree());
        let mut matrix = DMatrix::zeros(degree * size, degree * size);
        let mut right = DVector::zeros(degree * size);
        let mut nodes = Vec::with_capacity(degree);
        for i in 1..=degree {
            let x = rule.nodes[i];
            let (place, velocity) = self.in_chart(0.5 * ((1.0 - x) * from + (1.0 + x) * to));
            let local = chart.connection(&place)?;
            // in units in which the part lasts from −1 to 1
            let along = local.along(&velocity) * (0.5 * (to - from));
            let row = (i - 1) * size;
            for c in 0..size {
                for j in 1..=degree {
                    matrix[(row + c, (j - 1) * size + c)] = rule.derivative[(i, j)];
                }
                right[row + c] = -rule.derivative[(i, 0)] * start[c];
            }
            let mut place = matrix.view_mut((row, row), (size, size));
            place += along;
            nodes.push(local);
        }
        let failed = || Error::FormulaNotFinite { quantity: "the transported vector", value: f64::NAN };
        let carried = LU::new(matrix).solve(&right).ok_or_else(failed)?;
        let at = |node: usize| carried.rows(node * size, size).into_owned();
        let drifts = nodes.iter().enumerate().map(|(node, local)| (local.norm(&at(node)) / length - 1.0).abs());
        let drift = drifts.fold(0.0, f64::max);
        if carried.iter().all(|component| component.is_finite()) { Ok((at(degree - 1), drift)) } else { Err(failed()) }
    }
}

/// A vector whose length varies by less is carried well.
const STEADY: f64 = 1e-13;

/// How often the pieces are cut in two.
const MOST_HALVINGS: u32 = 4;
