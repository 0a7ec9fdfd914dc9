//! Variables replaced by expressions.

use super::{Atom, Exponent, Expression, Function, Monomial, Obstacle, Symbol};

impl Expression {
    /// The expression with each variable replaced by what the function gives for it, if it gives anything.
    #[must_use]
    pub fn substitute(&self, replacement: &impl Fn(&Symbol) -> Option<Self>) -> Self {
        let terms = match self.map() {
            Ok(terms) => terms,
            Err(obstacle) => return obstacle.into(),
        };
        terms.iter().map(|(monomial, coefficient)| monomial.substitute(replacement).scale(coefficient)).sum()
    }
}

impl Monomial {
    fn substitute(&self, replacement: &impl Fn(&Symbol) -> Option<Expression>) -> Expression {
        let (changed, kept) = self.split(|atom, _| atom.mentions(&|symbol| replacement(symbol).is_some()));
        changed.factors().fold(kept.normalised(), |product, (atom, exponent): (&Atom, Exponent)| {
            &product * &atom.substitute(replacement).power(exponent)
        })
    }
}

impl Atom {
    fn substitute(&self, replacement: &impl Fn(&Symbol) -> Option<Expression>) -> Expression {
        match self {
            Self::Constant(_) => Expression::atom(self.clone()),
            Self::Symbol(symbol) => replacement(symbol).unwrap_or_else(|| Expression::symbol(symbol)),
            Self::Sum(sum) => sum.substitute(replacement),
            Self::Function(call) => {
                let arguments: Vec<_> =
                    call.arguments.iter().map(|argument| argument.substitute(replacement)).collect();
                match (call.function, arguments.as_slice()) {
                    // A logarithm of the symbol's size may have become that of a negative number.
                    (Function::Ln, [argument]) if argument.as_number().is_some_and(|n| n <= super::integer(0)) => {
                        Obstacle::NotFinite.into()
                    }
                    (function, arguments) => Expression::apply_all(function, arguments),
                }
            }
        }
    }
}
