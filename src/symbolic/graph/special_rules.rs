//! The derivatives of the special functions, by formulas where there are any.

use super::{Graph, Node, NodeId, Unary};
use crate::scalar::Special;
use std::f64::consts::FRAC_2_SQRT_PI;

/// ½ ln 2π
const HALF_LN_TAU: f64 = 0.918_938_533_204_672_8;

impl Graph {
    /// The derivative of `value` = `call` in its argument `position`.
    ///
    /// Formulas are those by which the functions are known, NIST DLMF 5.15.1, 7.2.1, 8.8.13 and 8.17.4 among them. Two cannot be
    /// had without a loss of digits that matters, and stay a [`Node::Partial`], which has none: 1 − r² − r/x for the derivative of
    /// r = I₁/I₀, and what has no formula at all, the derivatives of P, Q and I in a shape.
    pub(super) fn special_rule(&mut self, value: NodeId, call: Special<NodeId>, position: usize) -> NodeId {
        match (call, position) {
            (Special::LnGamma(x), _) => self.special(Special::Polygamma(0, x)),
            (Special::Polygamma(order, x), _) => self.raised(order, |order| Special::Polygamma(order, x)),
            (Special::LnZeta(order, s), _) => self.raised(order, |order| Special::LnZeta(order, s)),
            // ψ(a) − ψ(a + b)
            (Special::LnBeta(a, b), _) => {
                let sum = self.add(a, b);
                let own = self.special(Special::Polygamma(0, if position == 0 { a } else { b }));
                let common = self.special(Special::Polygamma(0, sum));
                self.subtract(own, common)
            }
            (Special::Erf(x), _) => self.bell(x, FRAC_2_SQRT_PI),
            (Special::Erfc(x), _) => self.bell(x, -FRAC_2_SQRT_PI),
            // φ(x)/Φ(x)
            (Special::LnNormCdf(x), _) => {
                let square = self.power_integer(x, 2);
                let (half, ln_root) = (self.constant(-0.5), self.constant(HALF_LN_TAU));
                let exponent = self.multiply(half, square);
                let exponent = self.subtract(exponent, ln_root);
                let ratio = self.subtract(exponent, value);
                self.unary(Unary::Exp, ratio)
            }
            // eˣ/(eˣ − 1), whose own derivative q(1 − q) is a sum of terms of one sign since q < 0
            (Special::Ln1mExp(x), _) => {
                let (exp, exp_m1) = (self.unary(Unary::Exp, x), self.unary(Unary::ExpM1, x));
                self.divide(exp, exp_m1)
            }
            (Special::Ln1pExp(x), _) => self.special(Special::Logistic(x)),
            // p(x) p(−x)
            (Special::Logistic(x), _) => {
                let opposite = self.negate(x);
                let complement = self.special(Special::Logistic(opposite));
                self.multiply(value, complement)
            }
            (Special::LnBesselI0(x), _) => self.special(Special::BesselRatio(x)),
            (Special::GammaP(a, x), 1) => self.gamma_density(a, x),
            (Special::GammaQ(a, x), 1) => {
                let density = self.gamma_density(a, x);
                self.negate(density)
            }
            (Special::Beta(x, a, b), 0) => self.beta_density(x, a, b),
            (Special::BesselRatio(_) | Special::GammaP(..) | Special::GammaQ(..) | Special::Beta(..), _) => {
                self.partial(call, [0; 3], position)
            }
        }
    }

    /// The partial derivative of one order more in an argument.
    pub(super) fn partial(&mut self, call: Special<NodeId>, mut orders: [u8; 3], position: usize) -> NodeId {
        // More than 3 in total are NaN, and so more than 255 may be 255.
        if let Some(order) = orders.get_mut(position) {
            *order = order.saturating_add(1);
        }
        self.build(Node::Partial(call, orders))
    }

    /// A special function.
    pub fn special(&mut self, call: Special<NodeId>) -> NodeId {
        self.build(Node::Special(call))
    }

    /// The function of the next order.
    fn raised(&mut self, order: u32, function: impl FnOnce(u32) -> Special<NodeId>) -> NodeId {
        match order.checked_add(1) {
            Some(order) => self.special(function(order)),
            None => self.constant(f64::NAN),
        }
    }

    /// `scale`·exp(−x²)
    fn bell(&mut self, x: NodeId, scale: f64) -> NodeId {
        let square = self.power_integer(x, 2);
        let exponent = self.negate(square);
        let (scale, exp) = (self.constant(scale), self.unary(Unary::Exp, exponent));
        self.multiply(scale, exp)
    }

    /// xᵃ⁻¹ e⁻ˣ/Γ(a)
    fn gamma_density(&mut self, a: NodeId, x: NodeId) -> NodeId {
        let power = self.ln_power(x, a, Unary::Ln);
        let exponent = self.subtract(power, x);
        let ln_gamma = self.special(Special::LnGamma(a));
        let exponent = self.subtract(exponent, ln_gamma);
        self.unary(Unary::Exp, exponent)
    }

    /// xᵃ⁻¹ (1 − x)ᵇ⁻¹/B(a, b)
    fn beta_density(&mut self, x: NodeId, a: NodeId, b: NodeId) -> NodeId {
        let left = self.ln_power(x, a, Unary::Ln);
        let opposite = self.negate(x);
        let right = self.ln_power(opposite, b, Unary::Ln1p);
        let exponent = self.add(left, right);
        let ln_beta = self.special(Special::LnBeta(a, b));
        let exponent = self.subtract(exponent, ln_beta);
        self.unary(Unary::Exp, exponent)
    }

    /// (a − 1)·logarithm(x)
    fn ln_power(&mut self, x: NodeId, a: NodeId, logarithm: Unary) -> NodeId {
        let one = self.constant(1.0);
        let less = self.subtract(a, one);
        let ln = self.unary(logarithm, x);
        self.multiply(less, ln)
    }
}
