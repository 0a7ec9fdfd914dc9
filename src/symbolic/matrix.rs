//! Square matrices of expressions.

use super::Refusal;
use super::expression::{Expression, Role, Symbol};
use super::formula::{Notation, function, matrix};
use crate::scalar::Scalar;
use std::fmt;

/// A square matrix whose rows and columns belong to parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    parameters: Vec<Symbol>,
    /// The coordinates of an observation, if any occurs.
    data: Vec<Symbol>,
    rows: Vec<Vec<Expression>>,
}

impl Matrix {
    /// The largest matrix that is inverted: beyond it nobody would read the formula.
    const MOST_INVERTED: usize = 4;

    /// The largest matrix whose determinant is multiplied out.
    const MOST_MULTIPLIED: usize = 6;

    pub(super) fn new(parameters: &[Symbol], data: &[Symbol], entry: impl Fn(usize, usize) -> Expression) -> Self {
        let size = parameters.len();
        let rows: Vec<Vec<Expression>> = (0..size).map(|i| (0..size).map(|j| entry(i, j)).collect()).collect();
        let observed = rows.iter().flatten().any(|entry| entry.mentions(&|symbol| symbol.role() != Role::Parameter));
        let data = if observed { data.to_vec() } else { Vec::new() };
        Self { parameters: parameters.to_vec(), data, rows }
    }

    /// The parameters of the rows and columns.
    #[must_use]
    pub fn parameters(&self) -> &[Symbol] {
        &self.parameters
    }

    /// The entries, row by row.
    #[must_use]
    pub fn rows(&self) -> &[Vec<Expression>] {
        &self.rows
    }

    /// Entry (i, j), counted from 0, if there is one.
    #[must_use]
    pub fn get(&self, i: usize, j: usize) -> Option<&Expression> {
        self.rows.get(i)?.get(j)
    }

    /// The number of rows.
    #[must_use]
    pub fn size(&self) -> usize {
        self.parameters.len()
    }

    /// In plain ASCII text.
    #[must_use]
    pub fn text(&self) -> String {
        matrix(&self.rows, Notation::Text)
    }

    /// In LaTeX, a `pmatrix`.
    #[must_use]
    pub fn latex(&self) -> String {
        matrix(&self.rows, Notation::Latex)
    }

    /// In Rust: the source of a function of this name, over any [`Scalar`].
    ///
    /// ```
    /// use fisher_information::{distributions::Normal, symbolic::expected_information};
    ///
    /// let source = expected_information(&Normal)?.matrix().rust("information");
    /// assert!(source.starts_with("pub fn information<D: Scalar>(&[_, sigma]: &[D; 2]) -> [[D; 2]; 2] {"));
    /// # Ok::<(), fisher_information::symbolic::Refusal>(())
    /// ```
    #[must_use]
    pub fn rust(&self, name: &str) -> String {
        function(name, &self.parameters, &self.data, &self.rows)
    }

    /// The entries at θ, row by row.
    pub fn evaluate<D: Scalar>(&self, theta: &[D]) -> Vec<Vec<D>> {
        self.evaluate_given(theta, &[])
    }

    /// The entries at θ and an observation, row by row: for a Hessian, or an information given covariates.
    pub fn evaluate_given<D: Scalar>(&self, theta: &[D], x: &[D]) -> Vec<Vec<D>> {
        self.rows.iter().map(|row| row.iter().map(|entry| entry.evaluate(theta, x)).collect()).collect()
    }

    /// The determinant, for up to six rows.
    ///
    /// # Errors
    /// [`Refusal::TooManyParameters`]; [`Refusal::Obstacle`] if it grows too large.
    pub fn determinant(&self) -> Result<Expression, Refusal> {
        if self.size() > Self::MOST_MULTIPLIED {
            return Err(Refusal::TooManyParameters { size: self.size(), most: Self::MOST_MULTIPLIED });
        }
        let all: Vec<usize> = (0..self.size()).collect();
        let determinant = self.minor(&all, &all);
        determinant.obstacle().map_or(Ok(determinant), |obstacle| Err(obstacle.into()))
    }

    /// The determinant of some rows and columns, by its expansion along the first of the rows.
    fn minor(&self, rows: &[usize], columns: &[usize]) -> Expression {
        let Some((&row, rest)) = rows.split_first() else { return Expression::integer(1) };
        let zero = Expression::integer(0);
        let mut sum = zero.clone();
        for (k, &column) in columns.iter().enumerate() {
            let entry = &self.rows[row][column];
            if *entry == zero {
                continue;
            }
            let others: Vec<usize> = columns.iter().copied().filter(|&other| other != column).collect();
            let term = entry * &self.minor(rest, &others);
            sum = if k % 2 == 0 { &sum + &term } else { &sum - &term };
        }
        sum.reduced()
    }

    /// The inverse, for up to four rows: of an information, the Cramér–Rao bound.
    ///
    /// # Errors
    /// [`Refusal::TooManyParameters`], [`Refusal::Singular`]; [`Refusal::Obstacle`] if it grows too large.
    pub fn inverse(&self) -> Result<Self, Refusal> {
        if self.size() > Self::MOST_INVERTED {
            return Err(Refusal::TooManyParameters { size: self.size(), most: Self::MOST_INVERTED });
        }
        let determinant = self.determinant()?;
        if determinant.is_zero() {
            return Err(Refusal::Singular);
        }
        let over = determinant.reciprocal();
        let without = |index: usize| -> Vec<usize> { (0..self.size()).filter(|&other| other != index).collect() };
        let inverse = Self::new(&self.parameters, &self.data, |i, j| {
            // Cofactors, transposed.
            let cofactor = self.minor(&without(j), &without(i));
            let signed = if (i + j) % 2 == 0 { cofactor } else { -cofactor };
            (&signed * &over).reduced()
        });
        let obstacle = inverse.rows.iter().flatten().find_map(Expression::obstacle);
        obstacle.map_or(Ok(inverse), |obstacle| Err(obstacle.into()))
    }

    /// √det, of an information the density of Jeffreys' prior, up to a constant factor.
    ///
    /// Source: Jeffreys, *An invariant form for the prior probability in estimation problems* (1946), Proceedings of the Royal Society A 186.
    ///
    /// # Errors
    /// As [`determinant`](Self::determinant).
    pub fn jeffreys(&self) -> Result<Expression, Refusal> {
        Ok(self.determinant()?.square_root())
    }

    /// The pairs of parameters whose entry is zero everywhere: orthogonal parameters, whose estimates are asymptotically independent.
    ///
    /// Source: Cox and Reid, *Parameter orthogonality and approximate conditional inference* (1987), Journal of the Royal Statistical
    /// Society B 49.
    #[must_use]
    pub fn orthogonal(&self) -> Vec<(usize, usize)> {
        let pairs = (0..self.size()).flat_map(|i| (i + 1..self.size()).map(move |j| (i, j)));
        pairs.filter(|&(i, j)| self.rows[i][j].is_zero()).collect()
    }

    /// Jᵀ I J with Jₖᵢ = ∂θₖ/∂φᵢ: the matrix in the coordinates φ, given θ(φ).
    ///
    /// # Errors
    /// [`Error::LengthMismatch`](crate::Error::LengthMismatch) if θ(φ) has another number of parameters.
    pub fn in_coordinates(&self, coordinates: &[Symbol], theta: &[Expression]) -> Result<Self, Refusal> {
        if theta.len() != self.size() {
            let (expected, found) = (self.size(), theta.len());
            return Err(crate::Error::LengthMismatch {
                what: "the parameters as functions of coordinates",
                expected,
                found,
            }
            .into());
        }
        let slopes: Vec<Vec<Expression>> =
            theta.iter().map(|theta| coordinates.iter().map(|phi| theta.derivative(phi)).collect()).collect();
        let replaced = |entry: &Expression| {
            entry.substitute(&|symbol| self.parameters.iter().position(|own| own == symbol).map(|k| theta[k].clone()))
        };
        let metric: Vec<Vec<Expression>> = self.rows.iter().map(|row| row.iter().map(replaced).collect()).collect();
        let pulled_back = Self::new(coordinates, &self.data, |i, j| {
            let mut sum = Expression::integer(0);
            for (k, row) in metric.iter().enumerate() {
                for (l, entry) in row.iter().enumerate() {
                    sum = &sum + &(&(&slopes[k][i] * entry) * &slopes[l][j]);
                }
            }
            sum.reduced()
        });
        let obstacle = pulled_back.rows.iter().flatten().find_map(Expression::obstacle);
        obstacle.map_or(Ok(pulled_back), |obstacle| Err(obstacle.into()))
    }
}

impl fmt::Display for Matrix {
    /// In Unicode.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&matrix(&self.rows, Notation::Unicode))
    }
}
