//! Polynomials of degree 4 at most.

use std::ops::{Add, Mul, Neg, Sub};

/// The coefficients of 1, u, …, u⁴; or the sums of these powers over a data set.
#[derive(Clone, Copy)]
pub struct Polynomial(pub [f64; 5]);

impl Polynomial {
    pub fn new(coefficient: impl Fn(usize) -> f64) -> Self {
        Self(std::array::from_fn(coefficient))
    }

    pub fn constant(value: f64) -> Self {
        Self([value, 0.0, 0.0, 0.0, 0.0])
    }

    /// The sum of the polynomial over a data set, of which the sums of powers are known.
    pub fn dot(self, powers: Self) -> f64 {
        self.0.iter().zip(powers.0).map(|(a, b)| a * b).sum()
    }
}

impl Add for Polynomial {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::new(|k| self.0[k] + other.0[k])
    }
}

impl Sub for Polynomial {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self::new(|k| self.0[k] - other.0[k])
    }
}

impl Neg for Polynomial {
    type Output = Self;

    fn neg(self) -> Self {
        Self::new(|k| -self.0[k])
    }
}

impl Mul for Polynomial {
    type Output = Self;

    /// The product, whose degree is not above 4 either.
    fn mul(self, other: Self) -> Self {
        Self::new(|k| (0..=k).map(|i| self.0[i] * other.0[k - i]).sum())
    }
}
