//! Derivatives in the normal form.

use super::{Application, Atom, Exponent, Expression, Function, Monomial, Obstacle, Symbol, from_exponent};
use num_traits::One;

impl Expression {
    /// ∂e/∂s
    #[must_use]
    pub fn derivative(&self, symbol: &Symbol) -> Self {
        let terms = match self.map() {
            Ok(terms) => terms,
            Err(obstacle) => return obstacle.into(),
        };
        terms.iter().map(|(monomial, coefficient)| monomial.derivative(symbol).scale(coefficient)).sum()
    }
}

impl Monomial {
    fn derivative(&self, symbol: &Symbol) -> Expression {
        let mut sum = Expression::integer(0);
        for (atom, exponent) in self.factors() {
            if !atom.mentions(&|own| own == symbol) {
                continue;
            }
            // e·a^(e − 1)·(the other factors)·a′
            let Some(others) = self.multiply(&Self::power(atom.clone(), -Exponent::one())) else {
                return Obstacle::TooLarge.into();
            };
            let outer = others.normalised().scale(&from_exponent(exponent));
            sum = &sum + &(&outer * &atom.derivative(symbol));
        }
        sum
    }
}

impl Atom {
    fn derivative(&self, symbol: &Symbol) -> Expression {
        match self {
            Self::Constant(_) => Expression::integer(0),
            Self::Symbol(own) => Expression::integer(i64::from(own == symbol)),
            Self::Sum(sum) => sum.derivative(symbol),
            Self::Function(call) => {
                let inner = call.arguments.iter().map(|argument| argument.derivative(symbol)).enumerate();
                inner
                    .filter(|(_, slope)| slope.map().map_or(true, |terms| !terms.is_empty()))
                    .map(|(argument, slope)| &call.partial(argument) * &slope)
                    .sum()
            }
        }
    }
}

impl Application {
    /// The derivative with respect to one argument.
    fn partial(&self, argument: usize) -> Expression {
        let u = &self.arguments[0];
        let itself = || Expression::call(self.function, self.arguments.clone());
        let one = Expression::integer(1);
        match self.function {
            Function::Ln => u.reciprocal(),
            Function::Exp => itself(),
            Function::Sin => u.cos(),
            Function::Cos => -u.sin(),
            Function::Asin => (&one - &(u * u)).square_root().reciprocal(),
            Function::Acos => -(&one - &(u * u)).square_root().reciprocal(),
            Function::Atan => (&one + &(u * u)).reciprocal(),
            Function::Abs => u.sign(),
            Function::LnGamma => u.polygamma(0),
            Function::Polygamma(order) => u.polygamma(order.saturating_add(1)),
            // 2/√π exp(−u²)
            Function::Erf => {
                let pi = Expression::constant(super::Constant::Pi);
                (&(-(u * u)).exp() * &pi.square_root().reciprocal()).scale(&super::integer(2))
            }
            // φ(u)/Φ(u)
            Function::LnNormCdf => {
                let tau = Expression::constant(super::Constant::Pi).scale(&super::integer(2));
                let exponent = &(u * u).scale(&super::ratio(-1, 2)) - &itself();
                &exponent.exp() * &tau.square_root().reciprocal()
            }
            Function::LnBesselI0 => Expression::apply(Function::BesselRatio, u),
            // A′ = 1 − A² − A/u
            Function::BesselRatio => &(&one - &(&itself() * &itself())) - &(&itself() * &u.reciprocal()),
            Function::LnZeta(order) => Expression::function(Function::LnZeta(order.saturating_add(1)), u.clone()),
            Function::GammaP | Function::GammaQ if argument == 1 => {
                let density = gamma_density(u, &self.arguments[1]);
                if self.function == Function::GammaP { density } else { -density }
            }
            Function::Beta if argument == 0 => beta_density(&self.arguments),
            Function::GammaP | Function::GammaQ => Obstacle::NoFormula("dP(a, x)/da").into(),
            Function::Beta => Obstacle::NoFormula("the derivative of I_x(a, b) in a and b").into(),
        }
    }
}

/// xᵃ⁻¹ e⁻ˣ/Γ(a)
fn gamma_density(a: &Expression, x: &Expression) -> Expression {
    let exponent = &(&(a - &Expression::integer(1)) * &x.ln()) - x;
    (&exponent - &a.ln_gamma()).exp()
}

/// xᵃ⁻¹ (1 − x)ᵇ⁻¹/B(a, b)
fn beta_density(arguments: &[Expression]) -> Expression {
    let [x, a, b] = arguments else {
        return Obstacle::NoFormula("an incomplete beta function of these arguments").into();
    };
    let one = Expression::integer(1);
    let powers = &(&(a - &one) * &x.ln()) + &(&(b - &one) * &(&one - x).ln());
    (&powers - &a.ln_beta(b)).exp()
}
