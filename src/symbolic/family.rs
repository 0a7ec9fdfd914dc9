//! Exponential families, recognised by taking the log-density apart into functions of θ times functions of x.

use super::Refusal;
use super::density::{Branch, LogDensity};
use super::expression::{Expression, Monomial, Role, Symbol};
use super::linear::Echelon;
use num_traits::One;
use std::collections::BTreeMap;

/// A sufficient statistic T(x): a function of the data, on one branch of the density or on all.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistic {
    /// The function and the branch it belongs to, each with a factor; T is their sum.
    pub terms: Vec<StatisticTerm>,
}

/// A term of a sufficient statistic.
#[derive(Clone, Debug, PartialEq)]
pub struct StatisticTerm {
    /// A function of the data.
    pub function: Expression,
    /// The branch outside which the term is zero, if there is more than one; a position in
    /// [`LogDensity::branches`].
    pub branch: Option<usize>,
}

/// ln f(x; θ) = η(θ)·T(x) − A(θ) + ln h(x), read off the code of the log-density.
#[derive(Clone, Debug)]
pub struct Decomposition {
    /// T(x), linearly independent of each other and of the constants.
    pub statistics: Vec<Statistic>,
    /// η(θ), as many.
    pub natural: Vec<Expression>,
    /// A(θ)
    pub ln_partition: Expression,
    /// ln h(x), on each branch.
    pub ln_base_measure: Vec<Expression>,
}

/// The place of a function of the data: on a branch, or everywhere.
type Column = (Option<usize>, Monomial);

/// The coefficients of a sum of products of functions of θ and functions of x.
#[derive(Default)]
struct Table {
    entries: BTreeMap<(Monomial, Column), Expression>,
    minus_ln_partition: Expression,
    ln_base_measure: Vec<Expression>,
}

impl Default for Expression {
    fn default() -> Self {
        Self::integer(0)
    }
}

impl Decomposition {
    /// Takes apart the given branches of a density, as if they were the whole if there is one, else with an indicator for each.
    ///
    /// # Errors
    /// [`Refusal::NotSeparable`], [`Refusal::Obstacle`].
    pub(super) fn of(density: &LogDensity, chosen: &[usize]) -> Result<Self, Refusal> {
        let mut table = Table::default();
        for &index in chosen {
            let branch = if chosen.len() == 1 { None } else { Some(index) };
            let last = chosen.last() == Some(&index);
            table.add(&density.branches[index], branch, last.then_some(chosen))?;
        }
        table.factorise()
    }

    /// The number of sufficient statistics that are linearly independent: the rank of the family.
    #[must_use]
    pub fn rank(&self) -> usize {
        self.statistics.len()
    }
}

/// A term in its function of θ, its function of x and a constant.
struct Split {
    of_parameters: Monomial,
    of_data: Monomial,
    constant: Expression,
}

/// The terms of a log-density taken apart.
fn split(expression: &Expression) -> Result<Vec<Split>, Refusal> {
    let mut found = Vec::new();
    for (monomial, coefficient) in expression.terms()? {
        let (of_data, rest) = monomial.split(|atom, _| atom.depends_on(Role::Datum));
        if of_data.mentions(&|symbol: &Symbol| symbol.role() == Role::Parameter) {
            let term = Expression::term(monomial.clone(), coefficient.clone());
            return Err(Refusal::NotSeparable { term: term.to_string() });
        }
        let (of_parameters, constant) = rest.split(|atom, _| atom.depends_on(Role::Parameter));
        found.push(Split { of_parameters, of_data, constant: Expression::term(constant, coefficient.clone()) });
    }
    Ok(found)
}

impl Table {
    /// Adds the terms of a branch. On the last of several, 1 is what the indicators of the others leave.
    fn add(&mut self, branch: &Branch, on: Option<usize>, last_of: Option<&[usize]>) -> Result<(), Refusal> {
        let terms = match split(&branch.expression) {
            Err(Refusal::NotSeparable { .. }) => split(&branch.expression.reduced())?,
            terms => terms?,
        };
        let mut base = Expression::integer(0);
        for Split { of_parameters, of_data, constant } in terms {
            let part = |monomial: &Monomial| Expression::term(monomial.clone(), One::one());
            if of_parameters.is_one() {
                base = &base + &(&constant * &part(&of_data));
            } else if of_data.is_one() && (on.is_none() || last_of.is_some()) {
                self.minus_ln_partition = &self.minus_ln_partition + &(&constant * &part(&of_parameters));
                for &other in last_of.unwrap_or_default().iter().filter(|other| on.is_some() && Some(**other) != on) {
                    self.add_entry(of_parameters.clone(), (Some(other), Monomial::default()), &-&constant);
                }
            } else {
                self.add_entry(of_parameters, (on, of_data), &constant);
            }
        }
        self.ln_base_measure.push(base);
        Ok(())
    }

    fn add_entry(&mut self, of_parameters: Monomial, column: Column, constant: &Expression) {
        let entry = self.entries.entry((of_parameters, column)).or_default();
        *entry = &*entry + constant;
    }

    /// The table as a product of as few functions as there can be: its rows are reduced to echelon form, whose rows are the
    /// statistics; the natural parameters are the columns of the pivots.
    fn factorise(self) -> Result<Decomposition, Refusal> {
        let mut rows: Vec<Monomial> = self.entries.keys().map(|(row, _)| row.clone()).collect();
        let mut columns: Vec<Column> = self.entries.keys().map(|(_, column)| column.clone()).collect();
        rows.sort();
        rows.dedup();
        columns.sort_by(|a, b| length(a).cmp(&length(b)).then_with(|| a.cmp(b)));
        columns.dedup();
        let entry = |row: &Monomial, column: &Column| {
            self.entries.get(&(row.clone(), column.clone())).cloned().unwrap_or_default()
        };
        let matrix: Vec<Vec<Expression>> =
            rows.iter().map(|row| columns.iter().map(|column| entry(row, column)).collect()).collect();
        let echelon = Echelon::new(matrix, columns.len())?;
        let mut order: Vec<usize> = (0..echelon.pivots.len()).collect();
        order.sort_by_key(|&row| echelon.pivots[row]);
        let natural = |&row: &usize| -> Expression {
            let pivot = &columns[echelon.pivots[row]];
            rows.iter().map(|of| &Expression::term(of.clone(), One::one()) * &entry(of, pivot)).sum()
        };
        let statistic = |&row: &usize| {
            let terms = columns.iter().zip(&echelon.rows[row]).filter(|(_, factor)| **factor != Expression::integer(0));
            let term = |((branch, function), factor): (&Column, &Expression)| StatisticTerm {
                function: factor * &Expression::term(function.clone(), One::one()),
                branch: *branch,
            };
            Statistic { terms: terms.map(term).collect() }
        };
        Ok(Decomposition {
            natural: order.iter().map(natural).collect(),
            statistics: order.iter().map(statistic).collect(),
            ln_partition: -&self.minus_ln_partition,
            ln_base_measure: self.ln_base_measure,
        })
    }
}

/// How long a function of the data is written.
fn length((_, function): &Column) -> usize {
    Expression::term(function.clone(), One::one()).to_string().chars().count()
}
