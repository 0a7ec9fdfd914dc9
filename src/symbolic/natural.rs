//! θ as a function of the natural parameters η, where it can be written down.
//!
//! The equations ηⱼ(θ) = ηⱼ are solved one at a time, each for the one parameter that it still contains: as a power, by its inverse function,
//! or, where logarithms of it occur, after taking exponentials. Equations that are linear in several parameters, as they stand or
//! after taking exponentials, are solved together.

use super::expression::{Atom, Exponent, Expression, Function, Role, Symbol};
use super::linear::Echelon;
use super::symbols::subscript;
use num_traits::One;

/// θ(η), with a symbol for each η.
pub(super) fn invert(parameters: &[Symbol], natural: &[Expression]) -> Option<(Vec<Symbol>, Vec<Expression>)> {
    if natural.len() != parameters.len() {
        return None;
    }
    let symbols: Vec<Symbol> = natural.iter().enumerate().map(|(j, eta)| symbol(j, natural.len(), eta)).collect();
    let mut equations: Vec<Equation> = natural
        .iter()
        .zip(&symbols)
        .map(|(eta, symbol)| Equation { left: eta.clone(), right: Expression::symbol(symbol) })
        .collect();
    let mut solved: Vec<Option<Expression>> = vec![None; parameters.len()];
    let unknown: Vec<Symbol> = parameters.iter().enumerate().map(|(i, parameter)| marked(parameter, i)).collect();
    let mark = |expression: &Expression, solved: &[Option<Expression>]| {
        expression.substitute(&|own| {
            let i = parameters.iter().position(|parameter| parameter == own)?;
            Some(solved[i].clone().unwrap_or_else(|| Expression::symbol(&unknown[i])))
        })
    };
    for equation in &mut equations {
        equation.left = mark(&equation.left, &solved);
    }
    while solved.iter().any(Option::is_none) {
        let open = |equation: &Equation| -> Vec<usize> {
            (0..parameters.len()).filter(|&i| equation.left.mentions(&|own| *own == unknown[i])).collect()
        };
        let one = equations.iter().enumerate().find_map(|(at, equation)| match open(equation).as_slice() {
            [i] => Some((at, *i, equation.solve(&unknown[*i])?)),
            _ => None,
        });
        if let Some((at, i, value)) = one {
            equations.remove(at);
            solved[i] = Some(value.clone());
            for equation in &mut equations {
                equation.left = equation.left.substitute(&|own| (*own == unknown[i]).then(|| value.clone())).reduced();
            }
            continue;
        }
        let missing: Vec<usize> = (0..parameters.len()).filter(|&i| solved[i].is_none()).collect();
        let values = together(&equations, &missing.iter().map(|&i| unknown[i].clone()).collect::<Vec<_>>())?;
        for (i, value) in missing.into_iter().zip(values) {
            solved[i] = Some(value);
        }
    }
    let theta: Vec<Expression> = solved.into_iter().collect::<Option<_>>()?;
    // The parameters with which the solution agrees at the sample point are those of the model.
    let right = theta.iter().zip(parameters).all(|(theta, parameter)| {
        let (value, expected) = (theta.sample_value(), parameter.sample());
        theta.obstacle().is_none() && (value - expected).abs() <= 1e-9 * (1.0 + expected.abs())
    });
    right.then_some((symbols, theta))
}

/// The symbol of a natural parameter.
fn symbol(index: usize, count: usize, eta: &Expression) -> Symbol {
    let name = if count == 1 { "η".into() } else { format!("η{}", subscript(index + 1)) };
    Symbol::new(Role::Parameter, index, name, eta.range(), eta.sample_value())
}

/// A parameter that is still unknown, apart from the natural parameters by its position.
fn marked(parameter: &Symbol, index: usize) -> Symbol {
    const APART: usize = 1 << 16;
    Symbol::new(Role::Parameter, APART + index, parameter.name(), parameter.domain(), parameter.sample())
}

/// left = right, where the unknowns are on the left.
struct Equation {
    left: Expression,
    right: Expression,
}

impl Equation {
    /// The value of the only unknown.
    fn solve(&self, unknown: &Symbol) -> Option<Expression> {
        self.solve_power(unknown).or_else(|| {
            let linear = self.without_logarithms(unknown);
            solve_linear(&linear.difference(), std::slice::from_ref(unknown))?.pop()
        })
    }

    /// The solution of c·uᵏ = right, or of c·(ln u)ᵏ.
    fn solve_power(&self, unknown: &Symbol) -> Option<Expression> {
        let (monomial, coefficient) = self.left.single()?;
        let (of, rest) = monomial.split(|atom, _| atom.mentions(&|own| own == unknown));
        let mut factors = of.factors();
        let (Some((atom, exponent)), None) = (factors.next(), factors.next()) else { return None };
        let base = self.right.over_expression(&Expression::term(rest, coefficient.clone())).power(exponent.recip());
        match atom {
            Atom::Symbol(_) => Some(base),
            Atom::Function(call) => {
                let value = match call.function {
                    Function::Ln => base.exp(),
                    Function::Exp => base.ln(),
                    _ => return None,
                };
                Self { left: call.arguments[0].clone(), right: value }.solve(unknown)
            }
            Atom::Sum(sum) => Self { left: sum.clone(), right: base }.solve(unknown),
            Atom::Constant(_) => None,
        }
    }

    /// The equation between exponentials, if the unknown occurs in a logarithm.
    fn without_logarithms(&self, unknown: &Symbol) -> Self {
        let logarithm = |atom: &Atom| {
            matches!(atom, Atom::Function(call) if call.function == Function::Ln)
                && atom.mentions(&|own| own == unknown)
        };
        let any =
            self.left.terms().is_ok_and(|mut terms| terms.any(|(m, _)| m.factors().any(|(atom, _)| logarithm(atom))));
        let (left, right) =
            if any { (self.left.exp(), self.right.exp()) } else { (self.left.clone(), self.right.clone()) };
        Self { left, right }
    }

    /// The numerator of left − right.
    fn difference(&self) -> Vec<Expression> {
        (&self.left - &self.right).together().map(|fraction| vec![fraction.numerator]).unwrap_or_default()
    }
}

/// The values of unknowns in which all equations are linear, as they stand or between exponentials.
fn together(equations: &[Equation], unknown: &[Symbol]) -> Option<Vec<Expression>> {
    let differences: Vec<Expression> = equations
        .iter()
        .flat_map(|equation| {
            let of = unknown.iter().find(|unknown| equation.left.mentions(&|own| own == *unknown));
            of.map_or_else(Vec::new, |unknown| equation.without_logarithms(unknown).difference())
        })
        .collect();
    solve_linear(&differences, unknown)
}

/// The common zero of sums that are linear in the unknowns.
fn solve_linear(sums: &[Expression], unknown: &[Symbol]) -> Option<Vec<Expression>> {
    let one = Exponent::one();
    let mut rows = Vec::new();
    for sum in sums {
        let mut row = vec![Expression::integer(0); unknown.len() + 1];
        for (monomial, coefficient) in sum.terms().ok()? {
            let (of, rest) = monomial.split(|atom, _| unknown.iter().any(|symbol| atom.mentions(&|own| own == symbol)));
            let rest = Expression::term(rest, coefficient.clone());
            let mut factors = of.factors();
            match (factors.next(), factors.next()) {
                (None, _) => row[unknown.len()] = &row[unknown.len()] - &rest,
                (Some((Atom::Symbol(symbol), exponent)), None) if exponent == one => {
                    let at = unknown.iter().position(|own| own == symbol)?;
                    row[at] = &row[at] + &rest;
                }
                _ => return None,
            }
        }
        rows.push(row);
    }
    let echelon = Echelon::new(rows, unknown.len()).ok()?;
    if echelon.pivots.len() < unknown.len() || echelon.rows.len() > unknown.len() {
        return None;
    }
    (0..unknown.len())
        .map(|i| {
            echelon.pivots.iter().position(|&pivot| pivot == i).map(|row| echelon.rows[row][unknown.len()].reduced())
        })
        .collect()
}
