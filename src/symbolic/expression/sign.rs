//! Signs, judged by the domains of the variables.

use super::number::to_f64;
use super::{Atom, Constant, Expression, Function, Monomial};
use crate::domain::Domain;
use num_traits::{One, Signed, ToPrimitive, Zero};

impl Atom {
    /// Whether the factor is positive (or zero on a set of measure zero) wherever its variables may be.
    pub(crate) fn is_positive(&self) -> bool {
        self.range().lower >= 0.0
    }

    /// An interval that holds all values.
    fn range(&self) -> Domain {
        const POSITIVE: Domain = Domain { lower: 0.0, upper: f64::INFINITY };
        match self {
            Self::Constant(constant) => {
                let value = constant.value();
                Domain { lower: value, upper: value }
            }
            Self::Symbol(symbol) => symbol.domain(),
            Self::Sum(sum) => sum.range(),
            Self::Function(call) => {
                match call.function {
                    Function::Exp | Function::Abs => POSITIVE,
                    Function::Sin | Function::Cos | Function::Erf => Domain { lower: -1.0, upper: 1.0 },
                    Function::GammaP | Function::GammaQ | Function::Beta => Domain { lower: 0.0, upper: 1.0 },
                    Function::LnBesselI0 => POSITIVE,
                    Function::BesselRatio if call.arguments[0].range().lower >= 0.0 => {
                        Domain { lower: 0.0, upper: 1.0 }
                    }
                    // ψₙ has the sign of (−1)ⁿ⁺¹ on the positive numbers.
                    Function::Polygamma(order) if order > 0 && call.arguments[0].range().lower >= 0.0 => {
                        if order % 2 == 1 { POSITIVE } else { Domain { lower: f64::NEG_INFINITY, upper: 0.0 } }
                    }
                    Function::Ln => {
                        let Domain { lower, upper } = call.arguments[0].range();
                        Domain { lower: lower.max(0.0).ln(), upper: upper.max(0.0).ln() }
                    }
                    _ => Domain::REAL,
                }
            }
        }
    }
}

impl Constant {
    /// The value.
    #[must_use]
    pub fn value(&self) -> f64 {
        match self {
            Self::Integer(n) => n.to_f64().unwrap_or(f64::INFINITY),
            Self::Pi => std::f64::consts::PI,
            Self::E => std::f64::consts::E,
            Self::EulerGamma => 0.577_215_664_901_532_9,
            Self::Decimal(bits) | Self::Named(_, bits) => f64::from_bits(*bits),
        }
    }
}

impl Expression {
    /// An interval that holds all values, as wide as it comes.
    pub(crate) fn range(&self) -> Domain {
        let Ok(terms) = self.map() else { return Domain::REAL };
        let (mut lower, mut upper) = (0.0, 0.0);
        for (monomial, coefficient) in terms {
            let Domain { lower: a, upper: b } = monomial.range();
            let c = to_f64(coefficient);
            let ends = if c > 0.0 { (c * a, c * b) } else { (c * b, c * a) };
            lower += ends.0;
            upper += ends.1;
        }
        if lower.is_nan() || upper.is_nan() { Domain::REAL } else { Domain { lower, upper } }
    }
}

impl Monomial {
    fn range(&self) -> Domain {
        let mut range = Domain { lower: 1.0, upper: 1.0 };
        for (atom, exponent) in self.factors() {
            let base = atom.range();
            let power = to_f64(&super::from_exponent(exponent));
            let even = exponent.is_integer() && (exponent.to_integer() % 2).is_zero();
            let factor = if base.lower >= 0.0 {
                let ends = [base.lower.powf(power), base.upper.powf(power)];
                if exponent.is_positive() {
                    Domain { lower: ends[0], upper: ends[1] }
                } else {
                    Domain { lower: ends[1], upper: ends[0] }
                }
            } else if exponent.is_one() {
                base
            } else if even {
                let farthest = base.lower.abs().max(base.upper.abs());
                let upper = if exponent.is_positive() { farthest.powf(power) } else { f64::INFINITY };
                Domain { lower: 0.0, upper }
            } else if exponent.is_integer() && exponent.is_positive() {
                Domain { lower: base.lower.powf(power), upper: base.upper.powf(power) }
            } else if exponent.is_integer() && base.upper <= 0.0 {
                Domain { lower: f64::NEG_INFINITY, upper: 0.0 }
            } else {
                Domain::REAL
            };
            let corners = [
                product(range.lower, factor.lower),
                product(range.lower, factor.upper),
                product(range.upper, factor.lower),
                product(range.upper, factor.upper),
            ];
            range = Domain {
                lower: corners.iter().copied().fold(f64::INFINITY, f64::min),
                upper: corners.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            };
        }
        range
    }
}

/// a·b, where a bound of zero times an infinite one is zero.
fn product(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 { 0.0 } else { a * b }
}
