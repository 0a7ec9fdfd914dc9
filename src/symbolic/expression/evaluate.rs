//! Expressions as numbers.

use super::number::to_f64;
use super::{Application, Atom, Exponent, Expression, Function, Role, Symbol};
use crate::scalar::Scalar;
use num_traits::{Signed, ToPrimitive};

impl Expression {
    /// The value at parameters θ and an observation x, in any number type; NaN if a variable has no value there, or the expression
    /// could not be built.
    pub fn evaluate<D: Scalar>(&self, theta: &[D], x: &[D]) -> D {
        self.value_at(&|symbol: &Symbol| {
            let values = if symbol.role() == Role::Parameter { theta } else { x };
            values.get(symbol.index()).copied().unwrap_or_else(|| D::from(f64::NAN))
        })
    }

    /// The sum of the sizes of the terms: what their rounding is measured against.
    pub(crate) fn size(&self, theta: &[f64], x: &[f64]) -> f64 {
        let Ok(terms) = self.map() else { return f64::NAN };
        let term = |(monomial, coefficient): (&super::Monomial, &super::Rational)| {
            Self::term(monomial.clone(), coefficient.clone()).evaluate(theta, x).abs()
        };
        terms.iter().map(term).sum()
    }

    /// The value where the signs of factors are judged.
    pub(crate) fn sample_value(&self) -> f64 {
        self.value_at(&|symbol: &Symbol| symbol.sample())
    }

    fn value_at<D: Scalar>(&self, values: &impl Fn(&Symbol) -> D) -> D {
        let Ok(terms) = self.map() else { return D::from(f64::NAN) };
        let mut sum: Option<D> = None;
        for (monomial, coefficient) in terms {
            let mut term = D::from(to_f64(coefficient));
            for (atom, exponent) in monomial.factors() {
                term = power(term, atom.value_at(values), exponent);
            }
            sum = Some(sum.map_or(term, |sum| sum + term));
        }
        sum.unwrap_or_else(|| D::from(0.0))
    }
}

/// c·aᵉ, by a division for negative exponents.
fn power<D: Scalar>(c: D, base: D, exponent: Exponent) -> D {
    let size = exponent.abs();
    let raised = match (size.to_integer(), size.is_integer()) {
        (1, true) => base,
        (2, true) => base * base,
        (n, true) => base.powi(n.to_i32().unwrap_or(i32::MAX)),
        (0, false) if *size.denom() == 2 => base.sqrt(),
        _ => base.powf(size.to_f64().unwrap_or(f64::NAN)),
    };
    if exponent.is_negative() { c / raised } else { c * raised }
}

impl Atom {
    fn value_at<D: Scalar>(&self, values: &impl Fn(&Symbol) -> D) -> D {
        match self {
            Self::Constant(constant) => D::from(constant.value()),
            Self::Symbol(symbol) => values(symbol),
            Self::Sum(sum) => sum.value_at(values),
            Self::Function(call) => call.value_at(values),
        }
    }
}

impl Application {
    fn value_at<D: Scalar>(&self, values: &impl Fn(&Symbol) -> D) -> D {
        let argument =
            |i: usize| self.arguments.get(i).map_or_else(|| D::from(f64::NAN), |argument| argument.value_at(values));
        let u = argument(0);
        match self.function {
            Function::Ln => self.ln_1p(values).unwrap_or_else(|| u.ln()),
            Function::Exp => u.exp(),
            Function::Sin => u.sin(),
            Function::Cos => u.cos(),
            Function::Asin => u.asin(),
            Function::Acos => u.acos(),
            Function::Atan => u.atan(),
            Function::Abs => u.abs(),
            Function::LnGamma => u.ln_gamma(),
            Function::Polygamma(order) => u.polygamma(order),
            Function::Erf => u.erf(),
            Function::LnNormCdf => u.ln_norm_cdf(),
            Function::LnBesselI0 => u.ln_bessel_i0(),
            Function::BesselRatio => u.bessel_ratio(),
            Function::LnZeta(order) => u.ln_zeta_derivative(order),
            Function::GammaP => u.regularized_gamma_p(argument(1)),
            Function::GammaQ => u.regularized_gamma_q(argument(1)),
            Function::Beta => u.regularized_beta(argument(1), argument(2)),
        }
    }

    /// ln(1 + v) of a sum with the term 1, to full accuracy for small v.
    fn ln_1p<D: Scalar>(&self, values: &impl Fn(&Symbol) -> D) -> Option<D> {
        let sum = self.arguments.first()?;
        let one = Expression::integer(1);
        let terms = sum.map().ok()?;
        let constant = terms.get(&super::Monomial::default())?;
        (terms.len() > 1 && num_traits::One::is_one(constant)).then(|| (sum - &one).value_at(values).ln_1p())
    }
}
