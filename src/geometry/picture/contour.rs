//! Level curves of a function of two coordinates.

use super::{Colour, Plane};
use crate::error::Error;
use std::collections::BTreeMap;

impl Plane {
    /// The curves on which a function takes these values, by linear interpolation on a grid of 120 × 80 cells. Cells where the function
    /// has no finite value are left out.
    ///
    /// Source: Lorensen and Cline, *Marching cubes*, Computer Graphics 21 (1987) 163–169, in two dimensions.
    ///
    /// # Errors
    /// [`Error::FormulaNotFinite`] if a level is not finite.
    pub fn contours(&mut self, f: impl Fn([f64; 2]) -> f64, levels: &[f64]) -> Result<&mut Self, Error> {
        let [across, up] = self.ranges().map(Clone::clone);
        let share = |place: usize, of: usize, range: &std::ops::Range<f64>| {
            range.start + (range.end - range.start) * steps(place) / steps(of)
        };
        let node = |column: usize, row: usize| [share(column, COLUMNS, &across), share(row, ROWS, &up)];
        let values: Vec<f64> = nodes().map(|(column, row)| f(node(column, row))).collect();
        for &level in levels {
            if !level.is_finite() {
                return Err(Error::FormulaNotFinite { quantity: "the level of a contour", value: level });
            }
            let above = |column: usize, row: usize| values[column * (ROWS + 1) + row] - level;
            let point = |edge: Edge| {
                let ((column, row), (next_column, next_row)) = edge.ends();
                let (here, there) = (above(column, row), above(next_column, next_row));
                let (a, b, part) = (node(column, row), node(next_column, next_row), here / (here - there));
                [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])]
            };
            for chain in chains(&above) {
                self.line(chain.into_iter().map(point).collect(), Colour::Grey, 3)?;
            }
        }
        Ok(self)
    }
}

/// A side of a cell: from a node to the next, across or up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    column: usize,
    row: usize,
    up: bool,
}

impl Edge {
    fn ends(self) -> ((usize, usize), (usize, usize)) {
        let next = if self.up { (self.column, self.row + 1) } else { (self.column + 1, self.row) };
        ((self.column, self.row), next)
    }
}

/// The nodes of the grid, column after column.
fn nodes() -> impl Iterator<Item = (usize, usize)> {
    (0..=COLUMNS).flat_map(|column| (0..=ROWS).map(move |row| (column, row)))
}

/// The lines on which a function is zero, each as the edges that it crosses in turn.
fn chains(f: &dyn Fn(usize, usize) -> f64) -> Vec<Vec<Edge>> {
    let mut neighbours: BTreeMap<Edge, Vec<Edge>> = BTreeMap::new();
    for (column, row) in nodes().filter(|&(column, row)| column < COLUMNS && row < ROWS) {
        let corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)];
        let values = corners.map(|(column, row)| f(column, row));
        if values.iter().any(|value| !value.is_finite()) {
            continue;
        }
        let edges = [
            Edge { column, row, up: false },
            Edge { column: column + 1, row, up: true },
            Edge { column, row: row + 1, up: false },
            Edge { column, row, up: true },
        ];
        let crossed: Vec<Edge> = (0..4)
            .filter(|&side| (values[side] < 0.0) != (values[(side + 1) % 4] < 0.0))
            .map(|side| edges[side])
            .collect();
        // Two or four: the sign changes back on the way around.
        for ends in crossed.chunks_exact(2) {
            neighbours.entry(ends[0]).or_default().push(ends[1]);
            neighbours.entry(ends[1]).or_default().push(ends[0]);
        }
    }
    let mut chains = Vec::new();
    // Open lines first, from their ends; what is left then are closed ones.
    let ends: Vec<Edge> = neighbours.iter().filter(|(_, next)| next.len() == 1).map(|(edge, _)| *edge).collect();
    let all: Vec<Edge> = neighbours.keys().copied().collect();
    for start in ends.into_iter().chain(all) {
        let mut chain = vec![start];
        let mut here = start;
        while let Some(next) = neighbours.get_mut(&here).and_then(Vec::pop) {
            if let Some(back) = neighbours.get_mut(&next) {
                back.retain(|edge| *edge != here);
            }
            chain.push(next);
            here = next;
        }
        if chain.len() > 1 {
            chains.push(chain);
        }
    }
    chains
}

fn steps(count: usize) -> f64 {
    #[allow(clippy::cast_precision_loss)] // a grid has few cells
    let count = count as f64;
    count
}

const COLUMNS: usize = 120;
const ROWS: usize = 80;
