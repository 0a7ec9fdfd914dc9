//! Exponential families, recognised by taking the log-density apart into functions of θ times functions of x.

use super::Refusal;
use super::branches::Branch;
use super::density::LogDensity;
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
pub(super) struct Decomposition {
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
    /// Takes apart one branch of a density as if it were the whole.
    pub(super) fn of_branch(density: &LogDensity, branch: usize) -> Result<Self, Refusal> {
        Table::of(std::slice::from_ref(&density.branches[branch].expression))?.factorise()
    }

    /// Takes apart all branches of a density, with an indicator for each. Nothing is done to make the statistics as few as can be,
    /// so that the indicators are among them.
    pub(super) fn of_all(density: &LogDensity) -> Result<Self, Refusal> {
        let branches: Vec<Expression> = density.branches.iter().map(Branch::among_others).collect();
        Ok(Table::of(&branches)?.unreduced())
    }

    /// Takes apart all branches of a density, with as few statistics as can be.
    pub(super) fn of_all_minimal(density: &LogDensity) -> Result<Self, Refusal> {
        let branches: Vec<Expression> = density.branches.iter().map(Branch::among_others).collect();
        Table::of(&branches)?.factorise()
    }

    /// The position of the indicator of a branch among the statistics.
    pub(super) fn indicator(&self, branch: usize) -> Option<usize> {
        let one = Expression::integer(1);
        self.statistics.iter().position(|statistic| {
            matches!(statistic.terms.as_slice(), [term] if term.branch == Some(branch) && term.function == one)
        })
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
            return Err(Refusal::NotSeparable { term: cut(term.to_string()) });
        }
        let (of_parameters, constant) = rest.split(|atom, _| atom.depends_on(Role::Parameter));
        found.push(Split { of_parameters, of_data, constant: Expression::term(constant, coefficient.clone()) });
    }
    Ok(found)
}

/// A formula no longer than a few lines.
fn cut(formula: String) -> String {
    const MOST: usize = 200;
    match formula.char_indices().nth(MOST) {
        Some((end, _)) => format!("{} …", &formula[..end]),
        None => formula,
    }
}

impl Table {
    /// The terms of one expression, or of several, each on a branch of its own. On the last branch, 1 is what the indicators of the
    /// others leave.
    fn of(branches: &[Expression]) -> Result<Self, Refusal> {
        let mut table = Self::default();
        for (index, branch) in branches.iter().enumerate() {
            table.add(branch, (branches.len() > 1).then_some(index), index + 1 == branches.len())?;
        }
        Ok(table)
    }

    fn add(&mut self, branch: &Expression, on: Option<usize>, last: bool) -> Result<(), Refusal> {
        let terms = match split(branch) {
            Err(Refusal::NotSeparable { .. }) => split(&branch.reduced())?,
            terms => terms?,
        };
        let mut base = Expression::integer(0);
        for Split { of_parameters, of_data, constant } in terms {
            let part = |monomial: &Monomial| Expression::term(monomial.clone(), One::one());
            if of_parameters.is_one() {
                base = &base + &(&constant * &part(&of_data));
            } else if of_data.is_one() && last {
                self.minus_ln_partition = &self.minus_ln_partition + &(&constant * &part(&of_parameters));
                for other in 0..on.unwrap_or(0) {
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

    fn rows(&self) -> Vec<Monomial> {
        let mut rows: Vec<Monomial> = self.entries.keys().map(|(row, _)| row.clone()).collect();
        rows.sort();
        rows.dedup();
        rows
    }

    /// The functions of the data, short ones first.
    fn columns(&self) -> Vec<Column> {
        let mut columns: Vec<Column> = self.entries.keys().map(|(_, column)| column.clone()).collect();
        columns.sort_by_cached_key(|column| (written(column).chars().count(), column.0, written(column)));
        columns.dedup();
        columns
    }

    fn entry(&self, row: &Monomial, column: &Column) -> Expression {
        self.entries.get(&(row.clone(), column.clone())).cloned().unwrap_or_default()
    }

    /// The function of θ that a function of the data is multiplied by.
    fn natural(&self, column: &Column) -> Expression {
        self.rows().iter().map(|row| &Expression::term(row.clone(), One::one()) * &self.entry(row, column)).sum()
    }

    /// The table as a product of as few functions as there can be: its rows are reduced to echelon form, whose rows are the
    /// statistics; the natural parameters are the columns of the pivots.
    fn factorise(self) -> Result<Decomposition, Refusal> {
        let columns = self.columns();
        let row = |row: &Monomial| columns.iter().map(|column| self.entry(row, column)).collect();
        let echelon = Echelon::new(self.rows().iter().map(row).collect(), columns.len())?;
        let mut order: Vec<(usize, &Vec<Expression>)> = echelon.pivots.iter().copied().zip(&echelon.rows).collect();
        order.sort_by_key(|(pivot, _)| *pivot);
        let statistic = |(_, row): &(usize, &Vec<Expression>)| {
            let terms = columns.iter().zip(*row).filter(|(_, factor)| **factor != Expression::integer(0));
            Statistic { terms: terms.map(|(column, factor)| StatisticTerm::new(column, factor)).collect() }
        };
        Ok(Decomposition {
            statistics: order.iter().map(statistic).collect(),
            natural: order.iter().map(|(pivot, _)| self.natural(&columns[*pivot])).collect(),
            ln_partition: -&self.minus_ln_partition,
            ln_base_measure: self.ln_base_measure,
        })
    }

    /// The table as it is, one statistic for each function of the data.
    fn unreduced(self) -> Decomposition {
        let columns = self.columns();
        let one = Expression::integer(1);
        Decomposition {
            statistics: columns
                .iter()
                .map(|column| Statistic { terms: vec![StatisticTerm::new(column, &one)] })
                .collect(),
            natural: columns.iter().map(|column| self.natural(column)).collect(),
            ln_partition: -&self.minus_ln_partition,
            ln_base_measure: self.ln_base_measure,
        }
    }
}

impl StatisticTerm {
    fn new((branch, function): &Column, factor: &Expression) -> Self {
        Self { function: factor * &Expression::term(function.clone(), One::one()), branch: *branch }
    }
}

/// How a function of the data is written.
fn written((_, function): &Column) -> String {
    Expression::term(function.clone(), One::one()).to_string()
}
