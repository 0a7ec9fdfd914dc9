//! The derivative of each operation.

use super::{Binary, Constant, Graph, Node, NodeId, Unary};
use std::f64::consts::{LN_2, LN_10};

impl Graph {
    /// The derivative of a node, given those of its operands, where `None` is 0.
    pub(super) fn chain_rule(&mut self, id: NodeId, slope: impl Fn(&Self, NodeId) -> Option<NodeId>) -> Option<NodeId> {
        match self.node(id) {
            Node::Constant(_) | Node::Parameter(_) | Node::Datum(_) => None,
            Node::Unary(Unary::Negate, x) => {
                let dx = slope(self, x)?;
                Some(self.negate(dx))
            }
            Node::Unary(function, x) => {
                let dx = slope(self, x)?;
                let outer = self.unary_rule(id, function, x)?;
                Some(self.multiply(outer, dx))
            }
            Node::PowerInteger(x, n) => {
                let dx = slope(self, x)?;
                let outer = self.power_integer_rule(x, n);
                Some(self.multiply(outer, dx))
            }
            Node::PowerReal(x, n) => {
                let dx = slope(self, x)?;
                let factor = self.constant(n.value());
                let power = self.build(Node::PowerReal(x, Constant::new(n.value() - 1.0)));
                let outer = self.multiply(factor, power);
                Some(self.multiply(outer, dx))
            }
            Node::Binary(function, a, b) => {
                let (da, db) = (slope(self, a), slope(self, b));
                self.binary_rule(id, function, (a, da), (b, db))
            }
            Node::MultiplyAdd(a, b, c) => {
                let (da, db, dc) = (slope(self, a), slope(self, b), slope(self, c));
                let product = self.product_rule((a, da), (b, db));
                self.total(product, dc)
            }
            Node::Special(call) => {
                let mut total = None;
                for (position, argument) in call.arguments().into_iter().flatten().enumerate() {
                    if let Some(dx) = slope(self, argument) {
                        let outer = self.special_rule(id, call, position);
                        let term = self.multiply(outer, dx);
                        total = self.total(total, Some(term));
                    }
                }
                total
            }
            Node::Partial(call, orders) => {
                let mut total = None;
                for (position, argument) in call.arguments().into_iter().flatten().enumerate() {
                    if let Some(dx) = slope(self, argument) {
                        let outer = self.partial(call, orders, position);
                        let term = self.multiply(outer, dx);
                        total = self.total(total, Some(term));
                    }
                }
                total
            }
        }
    }

    /// f′(x) for f(x) = `value`; `None` is 0.
    fn unary_rule(&mut self, value: NodeId, function: Unary, x: NodeId) -> Option<NodeId> {
        let one = self.constant(1.0);
        let square = |graph: &mut Self, of| graph.power_integer(of, 2);
        Some(match function {
            Unary::Negate => self.constant(-1.0),
            Unary::Abs => self.unary(Unary::Sign, x),
            Unary::Sign => return None,
            Unary::Reciprocal => {
                let square = square(self, value);
                self.negate(square)
            }
            // 1/(2√x)
            Unary::SquareRoot => {
                let half = self.constant(0.5);
                self.divide(half, value)
            }
            // 1/(3 x^⅔)
            Unary::CubeRoot => {
                let third = self.constant(1.0 / 3.0);
                let square = square(self, value);
                self.divide(third, square)
            }
            Unary::Exp => value,
            Unary::Exp2 => {
                let ln_2 = self.constant(LN_2);
                self.multiply(ln_2, value)
            }
            Unary::ExpM1 => self.unary(Unary::Exp, x),
            Unary::Ln => self.unary(Unary::Reciprocal, x),
            Unary::Log2 | Unary::Log10 => {
                let scale = self.constant(if function == Unary::Log2 { LN_2 } else { LN_10 }.recip());
                self.divide(scale, x)
            }
            Unary::Ln1p => {
                let sum = self.add(one, x);
                self.unary(Unary::Reciprocal, sum)
            }
            Unary::Sin => self.unary(Unary::Cos, x),
            Unary::Cos => {
                let sine = self.unary(Unary::Sin, x);
                self.negate(sine)
            }
            Unary::Tan => {
                let square = square(self, value);
                self.add(one, square)
            }
            Unary::Asin => self.reciprocal_root(one, x, Binary::Subtract),
            Unary::Acos => {
                let asin = self.reciprocal_root(one, x, Binary::Subtract);
                self.negate(asin)
            }
            Unary::Atan => {
                let square = square(self, x);
                let sum = self.add(one, square);
                self.unary(Unary::Reciprocal, sum)
            }
            Unary::Sinh => self.unary(Unary::Cosh, x),
            Unary::Cosh => self.unary(Unary::Sinh, x),
            // sech²: 1 − tanh² would be 0 for large x.
            Unary::Tanh => {
                let cosh = self.unary(Unary::Cosh, x);
                let sech = self.unary(Unary::Reciprocal, cosh);
                square(self, sech)
            }
            Unary::Asinh => self.reciprocal_root(one, x, Binary::Add),
            Unary::Acosh => {
                let square = square(self, x);
                let difference = self.subtract(square, one);
                let root = self.unary(Unary::SquareRoot, difference);
                self.unary(Unary::Reciprocal, root)
            }
            Unary::Atanh => {
                let square = square(self, x);
                let difference = self.subtract(one, square);
                self.unary(Unary::Reciprocal, difference)
            }
            Unary::SphericalBessel(order) => self.spherical_bessel_rule(order, x),
        })
    }

    /// 1/√(1 ± x²)
    fn reciprocal_root(&mut self, one: NodeId, x: NodeId, sign: Binary) -> NodeId {
        let square = self.power_integer(x, 2);
        let inner = self.build(Node::Binary(sign, one, square));
        let root = self.unary(Unary::SquareRoot, inner);
        self.unary(Unary::Reciprocal, root)
    }

    /// jₙ′ = (n jₙ₋₁ − (n + 1) jₙ₊₁)/(2n + 1) (NIST DLMF 10.51.2), without a division by x.
    fn spherical_bessel_rule(&mut self, order: u8, x: NodeId) -> NodeId {
        let Some(above) = order.checked_add(1) else { return self.constant(f64::NAN) };
        let n = f64::from(order);
        let mut term = |weight: f64, order: u8| {
            let (weight, function) = (self.constant(weight), self.unary(Unary::SphericalBessel(order), x));
            self.multiply(weight, function)
        };
        let rising = term(-(n + 1.0) / (2.0 * n + 1.0), above);
        match order.checked_sub(1) {
            None => rising,
            Some(below) => {
                let falling = term(n / (2.0 * n + 1.0), below);
                self.add(falling, rising)
            }
        }
    }

    /// n xⁿ⁻¹
    fn power_integer_rule(&mut self, x: NodeId, n: i32) -> NodeId {
        let factor = self.constant(f64::from(n));
        let power = match n.checked_sub(1) {
            Some(less) => self.power_integer(x, less),
            None => self.build(Node::PowerReal(x, Constant::new(f64::from(n) - 1.0))),
        };
        self.multiply(factor, power)
    }

    /// The derivative of `value` = f(a, b), where each operand comes with its derivative.
    fn binary_rule(
        &mut self,
        value: NodeId,
        function: Binary,
        (a, da): (NodeId, Option<NodeId>),
        (b, db): (NodeId, Option<NodeId>),
    ) -> Option<NodeId> {
        match function {
            Binary::Add => self.total(da, db),
            Binary::Subtract => {
                let db = db.map(|db| self.negate(db));
                self.total(da, db)
            }
            Binary::Multiply => self.product_rule((a, da), (b, db)),
            // (a′ − (a/b) b′)/b
            Binary::Divide => {
                let carried = db.map(|db| {
                    let product = self.multiply(value, db);
                    self.negate(product)
                });
                let numerator = self.total(da, carried)?;
                Some(self.divide(numerator, b))
            }
            // b aᵇ⁻¹ a′ + aᵇ ln a b′
            Binary::Power => {
                let base = da.map(|da| {
                    let one = self.constant(1.0);
                    let less = self.subtract(b, one);
                    let power = self.power(a, less);
                    let outer = self.multiply(b, power);
                    self.multiply(outer, da)
                });
                let exponent = db.map(|db| {
                    let ln = self.unary(Unary::Ln, a);
                    let outer = self.multiply(value, ln);
                    self.multiply(outer, db)
                });
                self.total(base, exponent)
            }
            // (b a′ − a b′)/(a² + b²)
            Binary::Atan2 => {
                let rising = da.map(|da| self.multiply(b, da));
                let falling = db.map(|db| {
                    let product = self.multiply(a, db);
                    self.negate(product)
                });
                let numerator = self.total(rising, falling)?;
                let (aa, bb) = (self.power_integer(a, 2), self.power_integer(b, 2));
                let norm = self.add(aa, bb);
                Some(self.divide(numerator, norm))
            }
            // a − b t with t = trunc(a/b) = (a − value)/b, a constant between its steps
            Binary::Remainder => {
                let carried = db.map(|db| {
                    let multiple = self.subtract(a, value);
                    let steps = self.divide(multiple, b);
                    let product = self.multiply(steps, db);
                    self.negate(product)
                });
                self.total(da, carried)
            }
        }
    }

    /// a′ b + a b′
    fn product_rule(&mut self, (a, da): (NodeId, Option<NodeId>), (b, db): (NodeId, Option<NodeId>)) -> Option<NodeId> {
        let left = da.map(|da| self.multiply(da, b));
        let right = db.map(|db| self.multiply(a, db));
        self.total(left, right)
    }

    /// The sum of two terms that may be absent.
    fn total(&mut self, a: Option<NodeId>, b: Option<NodeId>) -> Option<NodeId> {
        match (a, b) {
            (Some(a), Some(b)) => Some(self.add(a, b)),
            (one, None) | (None, one) => one,
        }
    }
}
