//! The derivatives of the special functions, by formulas where there are any.

use super::{Graph, Node, NodeId, Unary};
use crate::scalar::Special;
use std::f64::consts::FRAC_2_SQRT_PI;

impl Graph {
    /// The derivative of `value` = `call` in its argument `position`.
    ///
    /// Formulas are those by which the functions are known, NIST DLMF 5.15.1 and 7.2.1 among them, where they keep their digits. ψ(a) − ψ(a + b),
    /// φ/Φ, 1 − r² − r/x for r = I₁/I₀, and the densities that are the derivatives of P, Q and I do not, in a tail or where one argument is much
    /// larger than another; and there is no formula for the derivatives of P, Q and I in a shape. These stay a [`Node::Partial`], which is
    /// computed as dual numbers compute it.
    pub(super) fn special_rule(&mut self, value: NodeId, call: Special<NodeId>, position: usize) -> NodeId {
        match (call, position) {
            (Special::LnGamma(x), _) => self.special(Special::Polygamma(0, x)),
            (Special::Polygamma(order, x), _) => self.raised(order, |order| Special::Polygamma(order, x)),
            (Special::LnZeta(order, s), _) => self.raised(order, |order| Special::LnZeta(order, s)),
            (Special::Erf(x), _) => self.bell(x, FRAC_2_SQRT_PI),
            (Special::Erfc(x), _) => self.bell(x, -FRAC_2_SQRT_PI),
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
            (
                Special::LnBeta(..)
                | Special::LnNormCdf(_)
                | Special::BesselRatio(_)
                | Special::GammaP(..)
                | Special::GammaQ(..)
                | Special::Beta(..),
                _,
            ) => self.partial(call, [0; 3], position),
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
}
