//! The value of expressions at parameters and data.

use super::{Binary, Graph, Node, NodeId, Unary, partial, spherical_bessel};
use crate::scalar::Scalar;
use num_dual::DualNum;
use num_traits::Signed;

impl Graph {
    /// The values of some nodes at the parameters `theta` and the data `x`; a parameter or datum that is not there is NaN.
    ///
    /// Each operation is the one that the model itself would do in `f64`: the values are the same bit for bit.
    ///
    /// # Panics
    /// If a node belongs to another, larger graph.
    #[must_use]
    pub fn evaluate(&self, outputs: &[NodeId], theta: &[f64], x: &[f64]) -> Vec<f64> {
        let order = self.reachable(outputs);
        let mut values = vec![f64::NAN; order.last().map_or(0, |last| last.index() + 1)];
        for id in order {
            values[id.index()] = self.node(id).value(|operand| values[operand.index()], theta, x);
        }
        outputs.iter().map(|id| values[id.index()]).collect()
    }
}

impl Node {
    /// The value, given those of the operands.
    #[inline]
    pub(crate) fn value(self, of: impl Fn(NodeId) -> f64, theta: &[f64], x: &[f64]) -> f64 {
        let given = |values: &[f64], index: u32| values.get(index as usize).copied().unwrap_or(f64::NAN);
        match self {
            Self::Constant(constant) => constant.value(),
            Self::Parameter(index) => given(theta, index),
            Self::Datum(index) => given(x, index),
            Self::Unary(function, x) => function.value(of(x)),
            Self::Binary(function, a, b) => function.value(of(a), of(b)),
            Self::PowerInteger(x, n) => DualNum::powi(&of(x), n),
            Self::PowerReal(x, n) => DualNum::powf(&of(x), n.value()),
            Self::MultiplyAdd(a, b, c) => DualNum::mul_add(&of(a), of(b), of(c)),
            Self::Special(call) => f64::special(call.map(of)),
            Self::Partial(call, orders) => partial::value(call.map(of), orders),
        }
    }
}

impl Unary {
    /// The function at x, as `f64` computes it for a model.
    #[inline]
    #[must_use]
    pub fn value(self, x: f64) -> f64 {
        match self {
            Self::Negate => -x,
            Self::Abs => Signed::abs(&x),
            Self::Sign => Signed::signum(&x),
            Self::Reciprocal => DualNum::recip(&x),
            Self::SquareRoot => DualNum::sqrt(&x),
            Self::CubeRoot => DualNum::cbrt(&x),
            Self::Exp => DualNum::exp(&x),
            Self::Exp2 => DualNum::exp2(&x),
            Self::ExpM1 => DualNum::exp_m1(&x),
            Self::Ln => DualNum::ln(&x),
            Self::Log2 => DualNum::log2(&x),
            Self::Log10 => DualNum::log10(&x),
            Self::Ln1p => DualNum::ln_1p(&x),
            Self::Sin => DualNum::sin(&x),
            Self::Cos => DualNum::cos(&x),
            Self::Tan => DualNum::tan(&x),
            Self::Asin => DualNum::asin(&x),
            Self::Acos => DualNum::acos(&x),
            Self::Atan => DualNum::atan(&x),
            Self::Sinh => DualNum::sinh(&x),
            Self::Cosh => DualNum::cosh(&x),
            Self::Tanh => DualNum::tanh(&x),
            Self::Asinh => DualNum::asinh(&x),
            Self::Acosh => DualNum::acosh(&x),
            Self::Atanh => DualNum::atanh(&x),
            Self::SphericalBessel(order) => spherical_bessel::value(order, x),
        }
    }
}

impl Binary {
    /// The function at a and b, as `f64` computes it for a model.
    #[inline]
    #[must_use]
    pub fn value(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
            Self::Divide => a / b,
            Self::Power => DualNum::powd(&a, b),
            Self::Atan2 => DualNum::atan2(&a, b),
            Self::Remainder => a % b,
        }
    }
}
