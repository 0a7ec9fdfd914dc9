//! Products of a design with the derivatives of rows in linear predictors: Xᵀg, XᵀWX.
//!
//! The design is kept by columns, a block of rows at a time. Entries are formed in tiles of columns, so that each number that is
//! loaded is used several times.

use super::layout::Layout;
use super::loops::{Lanes, binary};
use super::machine::{Block, Machine};
use super::predictors::Variable;
use super::reductions::{dot, weighted_square};
use super::vector::BLOCK;
use crate::derivatives::packed_index;
use crate::recording::graph::NodeId;

/// The variables of a row as linear functions of the parameters.
#[derive(Clone, Debug)]
pub(super) struct Design {
    layout: Layout,
    variables: Vec<Vec<Slope>>,
}

/// The derivative of a variable in a parameter.
#[derive(Clone, Copy, Debug)]
struct Slope {
    parameter: usize,
    column: Column,
}

/// Where one number for each row of a block is found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Column {
    /// A coordinate of the observations.
    Data(u32),
    /// An output of the program.
    Output(u32),
}

impl Design {
    /// The design of so many parameters. `place` says where the value of a slope is.
    pub fn new(parameters: usize, variables: &[Variable], mut place: impl FnMut(NodeId) -> Column) -> Self {
        let mut known: Vec<(NodeId, Column)> = Vec::new();
        let mut column = |node: NodeId| match known.iter().find(|(of, _)| *of == node) {
            Some(&(_, column)) => column,
            None => {
                let column = place(node);
                known.push((node, column));
                column
            }
        };
        let mut slopes = |variable: &Variable| {
            let slope = |&(index, of): &(u32, NodeId)| Slope { parameter: index as usize, column: column(of) };
            variable.slopes.iter().map(slope).collect()
        };
        Self { layout: Layout::new(parameters), variables: variables.iter().map(&mut slopes).collect() }
    }

    /// How many sums there are.
    pub fn dimension(&self) -> usize {
        self.layout.dimension()
    }

    /// Adds the sums over the block that the machine has run over to `products`.
    pub fn add(&self, machine: &Machine, products: &mut Products) {
        products.values.fill(0.0);
        products.magnitudes.fill(0.0);
        products.values[..2].copy_from_slice(&machine.sums[..2]);
        products.magnitudes[..2].copy_from_slice(&machine.magnitudes[..2]);
        add(self, machine, products);
    }
}

/// The sums of a block, and space for scaled columns.
pub(super) struct Products {
    pub values: Vec<f64>,
    pub magnitudes: Vec<f64>,
    weights: Box<Block>,
    scaled: Vec<Box<Block>>,
    zero: Box<Block>,
    squares: [Vec<f64>; 2],
}

impl Products {
    pub fn new(design: &Design) -> Self {
        let widest = design.variables.iter().map(Vec::len).max().unwrap_or(0);
        Self {
            values: vec![0.0; design.dimension()],
            magnitudes: vec![0.0; design.dimension()],
            weights: Block::filled(0.0),
            scaled: (0..widest.next_multiple_of(TILE)).map(|_| Block::filled(0.0)).collect(),
            zero: Block::filled(0.0),
            squares: [vec![0.0; widest], vec![0.0; widest]],
        }
    }
}

/// How many columns by how many make a tile.
const TILE: usize = 4;

/// How many rows are summed side by side.
const LANES: usize = 8;

#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma",
    "aarch64+neon",
))]
fn add(design: &Design, machine: &Machine, products: &mut Products) {
    let count = design.variables.len();
    let (gradient, curvature) = machine.outputs.split_at(count);
    for (v, variable) in design.variables.iter().enumerate() {
        weigh(products, machine, &gradient[v], None);
        for slope in variable {
            let (value, magnitude) = dot(&products.weights.0, &column(machine, slope.column).0);
            products.values[design.layout.score() + slope.parameter] += value;
            products.magnitudes[design.layout.score() + slope.parameter] += magnitude;
        }
        for w in 0..=v {
            weigh(products, machine, &gradient[v], Some(&gradient[w]));
            add_matrix(design, machine, products, design.layout.outer(), v, w);
            weigh(products, machine, &curvature[packed_index(v, w)], None);
            add_matrix(design, machine, products, design.layout.curvature(), v, w);
        }
    }
}

#[inline(always)]
fn column(machine: &Machine, column: Column) -> &Block {
    match column {
        Column::Data(index) => &machine.columns[index as usize],
        Column::Output(index) => &machine.outputs[index as usize],
    }
}

/// The weights of the rows times one or two derivatives.
#[inline(always)]
fn weigh(products: &mut Products, machine: &Machine, first: &Block, second: Option<&Block>) {
    let result = &mut products.weights;
    match second {
        Some(second) => binary(Lanes::Block(&first.0), Lanes::Block(&second.0), result.strips(), |a, b| a * b),
        None => result.0.copy_from_slice(&first.0),
    }
    if let Some(weights) = &machine.weights {
        for (result, weight) in result.0.iter_mut().zip(&weights.0) {
            *result *= weight;
        }
    }
}

/// Adds X₁ᵀ W X₂ for the slopes X₁ and X₂ of two variables. Of a symmetric product, X₁ = X₂, half is formed.
#[inline(always)]
fn add_matrix(design: &Design, machine: &Machine, products: &mut Products, start: usize, v: usize, w: usize) {
    let Products { values, magnitudes, weights, scaled, zero, squares } = products;
    let (left, right) = (&design.variables[v], &design.variables[w]);
    let symmetric = left.len() == right.len() && left.iter().zip(right).all(|(a, b)| a.column == b.column);
    for (k, slope) in left.iter().enumerate() {
        let x = column(machine, slope.column);
        binary(Lanes::Block(&weights.0), Lanes::Block(&x.0), scaled[k].strips(), |w, x| w * x);
        squares[0][k] = dot(&scaled[k].0, &x.0).1;
    }
    if !symmetric {
        for (k, slope) in right.iter().enumerate() {
            squares[1][k] = weighted_square(&weights.0, &column(machine, slope.column).0);
        }
    }
    let bound = |i: usize, j: usize| (squares[0][i] * squares[usize::from(!symmetric)][j]).sqrt();
    let mut add = |a: usize, b: usize, value: f64, bound: f64| {
        let (p, q) = (left[a].parameter, right[b].parameter);
        // A parameter of both variables meets itself in either order.
        let times = if v != w && p == q { 2.0 } else { 1.0 };
        let place = start + packed_index(p.max(q), p.min(q));
        values[place] += times * value;
        magnitudes[place] += times * bound;
    };
    for i in (0..left.len()).step_by(TILE) {
        let rows: [&[f64; BLOCK]; TILE] =
            std::array::from_fn(|k| if i + k < left.len() { &scaled[i + k].0 } else { &zero.0 });
        let end = if symmetric { i + 1 } else { right.len() };
        for j in (0..end).step_by(TILE) {
            let columns: [&[f64; BLOCK]; TILE] = std::array::from_fn(|k| match right.get(j + k) {
                Some(slope) => &column(machine, slope.column).0,
                None => &zero.0,
            });
            let tile = tile(rows, columns);
            for (a, row) in (i..left.len()).zip(&tile) {
                for (b, &value) in (j..right.len()).zip(row) {
                    let bound = bound(a, b);
                    if !symmetric || a >= b {
                        add(a, b, value, bound);
                    }
                    if symmetric && v != w && a > b {
                        add(b, a, value, bound);
                    }
                }
            }
        }
    }
}

/// The products of a few columns with a few others.
#[inline(always)]
fn tile(rows: [&[f64; BLOCK]; TILE], columns: [&[f64; BLOCK]; TILE]) -> [[f64; TILE]; TILE] {
    // Arrays of fixed length, element by element, become vectors.
    let (rows, columns) =
        (rows.map(|row| row.as_chunks::<LANES>().0), columns.map(|column| column.as_chunks::<LANES>().0));
    let mut sums = [[[0.0; LANES]; TILE]; TILE];
    for k in 0..BLOCK / LANES {
        let row: [[f64; LANES]; TILE] = std::array::from_fn(|i| rows[i][k]);
        for j in 0..TILE {
            let column = columns[j][k];
            for i in 0..TILE {
                sums[i][j] = std::array::from_fn(|lane| sums[i][j][lane] + row[i][lane] * column[lane]);
            }
        }
    }
    sums.map(|row| row.map(together))
}

/// The sum of the lanes, in pairs.
#[inline(always)]
fn together(lanes: [f64; LANES]) -> f64 {
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}
