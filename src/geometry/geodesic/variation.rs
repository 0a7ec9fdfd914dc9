//! The geodesic equation along a path, and its linearisation: Jacobi fields.

use super::chart::{Chart, Local};
use super::path::Path;
use crate::error::Error;
use crate::geometry::Curvature;
use nalgebra::{DMatrix, DVector, Dyn, LU};

/// What is known along a path γ at every node: the velocity γ′, the residual D_t γ′ of the geodesic equation, and the operator of the
/// second variation.
///
/// With the covariant derivative D_t J = J′ + Γ(γ′, J), to first order a field J along the path changes the residual by
///
/// ```math
/// D_t D_t J + R(J, \gamma')\, \gamma'
/// ```
///
/// which vanishes for Jacobi fields. In every piece the equation is asked of the interior nodes (collocation); between pieces the covariant
/// derivatives agree.
///
/// Source: Lee, *Introduction to Riemannian Manifolds*, 2nd ed. (2018), chapter 10; de Boor and Swartz, *Collocation at Gaussian points*,
/// SIAM J. Numer. Anal. 10 (1973) 582–606, for the pieces.
pub(super) struct Variation {
    pub pieces: Vec<Piece>,
    pub dimension: usize,
}

/// One piece of the path.
pub(super) struct Piece {
    /// How long it lasts.
    pub duration: f64,
    pub velocity: Vec<DVector<f64>>,
    /// √g(γ′, γ′) at the nodes.
    pub speed: Vec<f64>,
    /// What the errors of the metric make of the speeds.
    pub speed_error: Vec<f64>,
    /// D_t γ′ at the nodes.
    pub residual: Vec<DVector<f64>>,
    pub local: Vec<Local<Curvature>>,
    /// v ↦ Γ(γ′, v) at the nodes.
    pub along: Vec<DMatrix<f64>>,
    /// J ↦ R(J, γ′)γ′ at the nodes.
    pub tidal: Vec<DMatrix<f64>>,
    response: Option<Response>,
}

/// The field inside a piece, and its covariant derivatives at the ends, as the sum of what the residual asks for and what the values at the
/// ends do: column 0, and columns for either end.
struct Response {
    inside: DMatrix<f64>,
    left: DMatrix<f64>,
    right: DMatrix<f64>,
}

impl Variation {
    /// Looks at every node of a path.
    ///
    /// # Errors
    /// Those of the manifold where the path leaves it, and of its metric.
    pub fn of(chart: &Chart<'_>, path: &Path) -> Result<Self, Error> {
        let pieces = (0..path.pieces.len()).map(|piece| Piece::of(chart, path, piece)).collect::<Result<_, _>>()?;
        Ok(Self { pieces, dimension: chart.dimension() })
    }

    /// Solves the equation inside every piece, which [`field`](Self::field) needs. `None` if a piece has no solution.
    pub fn solve(&mut self, path: &Path) -> Option<()> {
        for piece in &mut self.pieces {
            let response = piece.respond(path)?;
            piece.response = Some(response);
        }
        Some(())
    }

    /// The field J with these values at the ends and D_t D_t J + R(J, γ′)γ′ = −`share` D_t γ′ inside, its columns the values at the nodes of each
    /// piece, and its covariant derivative at the start. With a share of 1 it is a step of Newton's method, with 0 a Jacobi field.
    pub fn field(
        &self,
        start: &DVector<f64>,
        end: &DVector<f64>,
        share: f64,
    ) -> Option<(Vec<DMatrix<f64>>, DVector<f64>)> {
        let (size, count) = (self.dimension, self.pieces.len());
        let responses: Vec<&Response> =
            self.pieces.iter().map(|piece| piece.response.as_ref()).collect::<Option<_>>()?;
        let inner = (count - 1) * size;
        let mut matrix = DMatrix::zeros(inner, inner);
        let mut right = DVector::zeros(inner);
        for b in 0..count - 1 {
            // D_t J at the end of piece b less that at the start of the next, which closes the jump of the velocity
            let (before, after) = (responses[b], responses[b + 1]);
            let row = b * size;
            let last = self.pieces[b].velocity.len() - 1;
            let jump = &self.pieces[b].velocity[last] - &self.pieces[b + 1].velocity[0];
            let constant = (before.right.column(0) - after.left.column(0) + jump) * -share;
            right.rows_mut(row, size).copy_from(&constant);
            let mut couple = |break_number: usize, block: DMatrix<f64>| {
                if break_number == 0 {
                    let known = &block * start;
                    right.rows_mut(row, size).zip_apply(&known, |entry, known| *entry -= known);
                } else if break_number == count {
                    let known = &block * end;
                    right.rows_mut(row, size).zip_apply(&known, |entry, known| *entry -= known);
                } else {
                    let mut place = matrix.view_mut((row, (break_number - 1) * size), (size, size));
                    place += block;
                }
            };
            couple(b, before.right.columns(1, size).into_owned());
            couple(b + 1, before.right.columns(1 + size, size) - after.left.columns(1, size));
            couple(b + 2, -after.left.columns(1 + size, size));
        }
        let at_breaks = if inner == 0 { right } else { LU::new(matrix).solve(&right)? };
        let value = |break_number: usize| match break_number {
            0 => start.clone(),
            last if last == count => end.clone(),
            between => at_breaks.rows((between - 1) * size, size).into_owned(),
        };
        let mut slope = DVector::zeros(size);
        let mut fields = Vec::with_capacity(count);
        for (number, response) in responses.iter().enumerate() {
            let mut weights = DVector::zeros(1 + 2 * size);
            weights[0] = share;
            weights.rows_mut(1, size).copy_from(&value(number));
            weights.rows_mut(1 + size, size).copy_from(&value(number + 1));
            if number == 0 {
                slope = &response.left * &weights;
            }
            let inside = &response.inside * &weights;
            let nodes = inside.len() / size + 2;
            let mut field = DMatrix::zeros(size, nodes);
            field.set_column(0, &weights.rows(1, size));
            field.set_column(nodes - 1, &weights.rows(1 + size, size));
            field.columns_mut(1, nodes - 2).copy_from_slice(inside.as_slice());
            fields.push(field);
        }
        let finite = fields.iter().all(|field| field.iter().all(|entry| entry.is_finite()));
        finite.then_some((fields, slope))
    }

    /// The speeds at all nodes.
    pub fn speeds(&self) -> impl Iterator<Item = f64> {
        self.pieces.iter().flat_map(|piece| piece.speed.iter().copied())
    }

    /// max |D_t γ′| over all nodes, in the metric. At the ends of the pieces the equation is not asked for, so that this is not zero by
    /// construction.
    pub fn largest_residual(&self) -> f64 {
        let norms =
            self.pieces.iter().flat_map(|piece| piece.residual.iter().zip(&piece.local).map(|(f, at)| at.norm(f)));
        norms.fold(0.0, f64::max)
    }

    /// max |J| over all nodes, in the metric.
    pub fn largest(&self, field: &[DMatrix<f64>]) -> f64 {
        let mut largest = 0.0_f64;
        for (piece, field) in self.pieces.iter().zip(field) {
            for (at, value) in piece.local.iter().zip(field.column_iter()) {
                let norm = at.norm(&value.into_owned());
                // what is not a number stays
                largest = if norm <= largest { largest } else { norm + 0.0 * largest };
            }
        }
        largest
    }
}

impl Piece {
    fn of(chart: &Chart<'_>, path: &Path, number: usize) -> Result<Self, Error> {
        let (values, duration) = (&path.pieces[number], path.duration(number));
        let rate = 2.0 / duration;
        let velocities = values * path.rule.derivative.transpose() * rate;
        let accelerations = values * path.rule.second.transpose() * (rate * rate);
        let nodes = values.ncols();
        let mut piece = Self {
            duration,
            velocity: Vec::with_capacity(nodes),
            speed: Vec::with_capacity(nodes),
            speed_error: Vec::with_capacity(nodes),
            residual: Vec::with_capacity(nodes),
            local: Vec::with_capacity(nodes),
            along: Vec::with_capacity(nodes),
            tidal: Vec::with_capacity(nodes),
            response: None,
        };
        for k in 0..nodes {
            let local = chart.curvature(&values.column(k).into_owned())?;
            let velocity = velocities.column(k).into_owned();
            let along = local.along(&velocity);
            let speed = local.norm(&velocity);
            piece.residual.push(accelerations.column(k) + &along * &velocity);
            piece.tidal.push(local.tidal(&velocity));
            piece.along.push(along);
            piece.speed_error.push(0.5 * local.norm_squared_error(&velocity) / speed);
            piece.speed.push(speed);
            piece.local.push(local);
            piece.velocity.push(velocity);
        }
        Ok(piece)
    }

    /// Eliminates the nodes inside.
    fn respond(&self, path: &Path) -> Option<Response> {
        let (nodes, size) = (self.velocity.len(), self.velocity[0].len());
        let rate = 2.0 / self.duration;
        let (first, second) = (&path.rule.derivative, &path.rule.second);
        // D_t D_t + R = (d/dt + Γ)(d/dt + Γ) + R
        let block = |i: usize, j: usize| {
            let mut block = (&self.along[i] + &self.along[j]) * (rate * first[(i, j)]);
            if i == j {
                block += &self.along[i] * &self.along[i] + &self.tidal[i];
            }
            for c in 0..size {
                block[(c, c)] += rate * rate * second[(i, j)];
            }
            block
        };
        let inside = (nodes - 2) * size;
        let mut matrix = DMatrix::zeros(inside, inside);
        let mut right = DMatrix::zeros(inside, 1 + 2 * size);
        for i in 1..nodes - 1 {
            let row = (i - 1) * size;
            for j in 1..nodes - 1 {
                matrix.view_mut((row, (j - 1) * size), (size, size)).copy_from(&block(i, j));
            }
            right.view_mut((row, 0), (size, 1)).copy_from(&-&self.residual[i]);
            right.view_mut((row, 1), (size, size)).copy_from(&-block(i, 0));
            right.view_mut((row, 1 + size), (size, size)).copy_from(&-block(i, nodes - 1));
        }
        let inside: DMatrix<f64> = LU::<f64, Dyn, Dyn>::new(matrix).solve(&right)?;
        let slope = |end: usize| {
            let mut slope = DMatrix::zeros(size, 1 + 2 * size);
            for k in 1..nodes - 1 {
                slope += inside.rows((k - 1) * size, size) * (rate * first[(end, k)]);
            }
            for (node, column) in [(0, 1), (nodes - 1, 1 + size)] {
                for c in 0..size {
                    slope[(c, column + c)] += rate * first[(end, node)];
                }
                if node == end {
                    let mut place = slope.view_mut((0, column), (size, size));
                    place += &self.along[end];
                }
            }
            slope
        };
        Some(Response { left: slope(0), right: slope(nodes - 1), inside })
    }
}
