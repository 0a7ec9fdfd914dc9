//! Linear equations with symbolic coefficients.

use super::expression::{Expression, Obstacle};

/// A matrix in reduced row echelon form, its rows in the order of the pivots.
pub(super) struct Echelon {
    /// The rows that are not zero.
    pub rows: Vec<Vec<Expression>>,
    /// The column of the pivot of each row, where that row has 1 and every other has 0.
    pub pivots: Vec<usize>,
}

/// How long an expression is: pivots should be short.
fn size(expression: &Expression) -> usize {
    expression.map().map_or(usize::MAX, |terms| terms.keys().map(|m| 1 + m.factors().count()).sum())
}

impl Echelon {
    /// Gauss–Jordan elimination, with pivots in the first `columns` columns; the shortest entry left is the next pivot.
    ///
    /// # Errors
    /// If an entry grows too large.
    pub(super) fn new(mut rows: Vec<Vec<Expression>>, columns: usize) -> Result<Self, Obstacle> {
        for entry in rows.iter_mut().flatten() {
            *entry = entry.reduced();
        }
        let mut done: Vec<Vec<Expression>> = Vec::new();
        let mut pivots = Vec::new();
        while let Some((row, column)) = shortest(&rows, columns, &pivots)? {
            let mut pivot = rows.remove(row);
            let inverse = pivot[column].reciprocal();
            for entry in &mut pivot {
                *entry = (&*entry * &inverse).reduced();
            }
            for other in done.iter_mut().chain(&mut rows) {
                subtract(other, &pivot, column);
            }
            done.push(pivot);
            pivots.push(column);
        }
        // A row without a pivot that is not zero is an equation that cannot be fulfilled; it is kept as evidence.
        done.extend(rows.into_iter().filter(|row| row.iter().any(|entry| entry.map().map_or(true, |t| !t.is_empty()))));
        Ok(Self { rows: done, pivots })
    }

    /// Subtracts multiples of the rows from a vector until it is zero in every pivot's column.
    pub(super) fn reduce(&self, vector: &mut [Expression]) {
        for (row, &column) in self.rows.iter().zip(&self.pivots) {
            subtract(vector, row, column);
        }
    }
}

/// Subtracts the multiple of the pivot row that clears the column.
fn subtract(row: &mut [Expression], pivot: &[Expression], column: usize) {
    let factor = row[column].clone();
    if factor.map().is_ok_and(|terms| terms.is_empty()) {
        return;
    }
    for (entry, of_pivot) in row.iter_mut().zip(pivot) {
        if of_pivot.map().map_or(true, |terms| !terms.is_empty()) {
            *entry = (&*entry - &(&factor * of_pivot)).reduced();
        }
    }
}

/// The shortest entry that is not zero in a column without a pivot.
fn shortest(rows: &[Vec<Expression>], columns: usize, pivots: &[usize]) -> Result<Option<(usize, usize)>, Obstacle> {
    let mut found = None;
    for (i, row) in rows.iter().enumerate() {
        for (j, entry) in row.iter().enumerate().take(columns).filter(|(j, _)| !pivots.contains(j)) {
            if !entry.map()?.is_empty() {
                let size = size(entry);
                if found.is_none_or(|(least, _, _)| size < least) {
                    found = Some((size, i, j));
                }
            }
        }
    }
    Ok(found.map(|(_, row, column)| (row, column)))
}
