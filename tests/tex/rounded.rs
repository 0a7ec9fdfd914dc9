//! Numbers with a bound of their rounding error.

use num_dual::{Dual3_64, DualNum};
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A number and how far it may be from what exact arithmetic would give, to first order.
#[derive(Clone, Copy, Debug)]
pub struct Rounded {
    pub value: f64,
    pub error: f64,
}

impl Rounded {
    /// A number without error.
    pub fn exact(value: f64) -> Self {
        Self { value, error: 0.0 }
    }

    /// The result of one operation, whose operands contribute `error`.
    fn once(value: f64, error: f64) -> Self {
        Self { value, error: error + f64::EPSILON * value.abs() }
    }

    /// What the error becomes under a slope; a number without error has none even where the slope is infinite.
    pub fn carried(self, slope: f64) -> f64 {
        if self.error == 0.0 { 0.0 } else { self.error * slope.abs() }
    }

    /// A result that is good to 14 digits, as functions are.
    pub fn computed(value: f64, error: f64) -> Self {
        Self { value, error: error + 64.0 * f64::EPSILON * value.abs() }
    }

    /// self to the power of another number; 0⁰ = 1.
    pub fn power(self, exponent: Self) -> Self {
        let value = self.value.powf(exponent.value);
        let of_base = self.carried(exponent.value * self.value.powf(exponent.value - 1.0));
        Self::computed(value, of_base + exponent.carried(value * self.value.abs().ln()))
    }

    /// The derivative of a function of this order, by dual numbers; the next one says what the error becomes.
    pub fn through(self, f: impl Fn(Dual3_64) -> Dual3_64, order: usize) -> Self {
        let y = f(Dual3_64::from_re(self.value).derivative());
        let derivatives = [y.re, y.v1, y.v2, y.v3];
        Self::computed(derivatives[order], self.carried(derivatives[order + 1]))
    }
}

impl Add for Rounded {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::once(self.value + other.value, self.error + other.error)
    }
}

impl Sub for Rounded {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Neg for Rounded {
    type Output = Self;
    fn neg(self) -> Self {
        Self { value: -self.value, ..self }
    }
}

impl Mul for Rounded {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self::once(self.value * other.value, self.carried(other.value) + other.carried(self.value))
    }
}

impl Div for Rounded {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let quotient = self.value / other.value;
        Self::once(quotient, self.carried(other.value.recip()) + other.carried(quotient / other.value))
    }
}

/// A number by the logarithm of its size, so that neither e⁻¹⁰⁰⁰ nor Γ(1000) leaves the range of doubles.
#[derive(Clone, Copy, Debug)]
pub struct Signed {
    pub negative: bool,
    pub ln: Rounded,
}

impl Signed {
    pub fn positive(ln: Rounded) -> Self {
        Self { negative: false, ln }
    }

    pub fn of(value: Rounded) -> Self {
        let size = if value.value < 0.0 { -value } else { value };
        Self { negative: value.value < 0.0, ln: size.through(|x| x.ln(), 0) }
    }

    pub fn value(self) -> Rounded {
        let size = self.ln.through(|x| x.exp(), 0);
        if self.negative { -size } else { size }
    }
}
