//! From a traced graph to the normal form.

use super::expression::{Exponent, Expression, Function, Obstacle};
use super::graph::{Binary, Graph, Node, NodeId, Unary};
use crate::scalar::Special;

/// A graph with more nodes, or with more terms in all of them, is a numerical algorithm rather than a formula.
const MOST_NODES: usize = 1000;
const MOST_TERMS: usize = 10_000;

/// A node as an expression in the given ones for its parameters and data.
pub(super) fn read(graph: &Graph, output: NodeId, parameters: &[Expression], data: &[Expression]) -> Expression {
    let order = graph.reachable(&[output]);
    if order.len() > MOST_NODES {
        return Obstacle::TooLarge.into();
    }
    let mut values: Vec<Expression> = vec![Expression::integer(0); output.index() + 1];
    let mut terms = 0;
    for id in order {
        let of = |operand: NodeId| &values[operand.index()];
        let given = |given: &[Expression], index: u32| {
            given
                .get(index as usize)
                .cloned()
                .unwrap_or_else(|| Obstacle::NoFormula("a variable that is not there").into())
        };
        let value = match graph.node(id) {
            Node::Constant(constant) => Expression::recognise(constant.value()),
            Node::Parameter(index) => given(parameters, index),
            Node::Datum(index) => given(data, index),
            Node::Unary(function, x) => unary(function, of(x)),
            Node::Binary(function, a, b) => binary(function, of(a), of(b)),
            Node::PowerInteger(x, n) => of(x).power(Exponent::from_integer(i64::from(n))),
            Node::PowerReal(x, n) => power(of(x), &Expression::recognise(n.value())),
            Node::MultiplyAdd(a, b, c) => &(of(a) * of(b)) + of(c),
            Node::Special(call) => special(call.map(of)),
            Node::Partial(..) => Obstacle::NoFormula("a derivative that is computed by dual numbers").into(),
        };
        terms += match value.terms() {
            Ok(own) => own.count(),
            Err(obstacle) => return obstacle.into(),
        };
        if terms > MOST_TERMS {
            return Obstacle::TooLarge.into();
        }
        values[id.index()] = value;
    }
    values.swap_remove(output.index())
}

fn unary(function: Unary, x: &Expression) -> Expression {
    let one = Expression::integer(1);
    let half = Expression::ratio(1, 2);
    let over = |base: i64| Expression::integer(base).ln().reciprocal();
    match function {
        Unary::Negate => -x,
        Unary::Abs => x.reduced().abs(),
        Unary::Sign => x.reduced().sign(),
        Unary::Reciprocal => x.reciprocal(),
        Unary::SquareRoot => x.square_root(),
        Unary::CubeRoot => x.power(Exponent::new(1, 3)),
        Unary::Exp => x.exp(),
        Unary::Exp2 => (x * &Expression::integer(2).ln()).exp(),
        Unary::ExpM1 => &x.exp() - &one,
        Unary::Ln => x.ln(),
        Unary::Log2 => &x.ln() * &over(2),
        Unary::Log10 => &x.ln() * &over(10),
        Unary::Ln1p => (&one + x).ln(),
        Unary::Sin => x.reduced().sin(),
        Unary::Cos => x.reduced().cos(),
        Unary::Tan => x.reduced().sin().over_expression(&x.reduced().cos()),
        Unary::Asin => Expression::apply(Function::Asin, x),
        Unary::Acos => Expression::apply(Function::Acos, x),
        Unary::Atan => Expression::apply(Function::Atan, x),
        Unary::Sinh => &(&x.exp() - &(-x).exp()) * &half,
        Unary::Cosh => &(&x.exp() + &(-x).exp()) * &half,
        Unary::Tanh => (&x.exp() - &(-x).exp()).over_expression(&(&x.exp() + &(-x).exp())),
        Unary::Asinh => (x + &(&(x * x) + &one).square_root()).ln(),
        Unary::Acosh => (x + &(&(x * x) - &one).square_root()).ln(),
        Unary::Atanh => &(&(&one + x).ln() - &(&one - x).ln()) * &half,
        Unary::SphericalBessel(_) => Obstacle::NoFormula("a spherical Bessel function").into(),
    }
}

fn binary(function: Binary, a: &Expression, b: &Expression) -> Expression {
    match function {
        Binary::Add => a + b,
        Binary::Subtract => a - b,
        Binary::Multiply => a * b,
        Binary::Divide => a.over_expression(b),
        Binary::Power => power(a, b),
        Binary::Atan2 => Obstacle::NoFormula("the angle of two coordinates").into(),
        Binary::Remainder => Obstacle::NoFormula("the remainder of a division").into(),
    }
}

/// aᵇ
fn power(a: &Expression, b: &Expression) -> Expression {
    match b.as_number().as_ref().and_then(super::expression::to_exponent) {
        Some(exponent) => a.power(exponent),
        None => (b * &a.ln()).exp(),
    }
}

fn special(call: Special<&Expression>) -> Expression {
    let one = Expression::integer(1);
    match call {
        Special::LnGamma(x) => x.ln_gamma(),
        Special::Polygamma(order, x) => x.polygamma(order),
        Special::LnBeta(a, b) => a.ln_beta(b),
        Special::Erf(x) => Expression::apply(Function::Erf, x),
        Special::Erfc(x) => &one - &Expression::apply(Function::Erf, x),
        Special::LnNormCdf(x) => Expression::apply(Function::LnNormCdf, x),
        Special::Ln1mExp(x) => (&one - &x.exp()).ln(),
        Special::Ln1pExp(x) => (&one + &x.exp()).ln(),
        Special::Logistic(x) => x.exp().over_expression(&(&one + &x.exp())),
        Special::LnBesselI0(x) => Expression::apply(Function::LnBesselI0, x),
        Special::BesselRatio(x) => Expression::apply(Function::BesselRatio, x),
        Special::LnZeta(order, s) => Expression::apply(Function::LnZeta(order), s),
        Special::GammaP(a, x) => Expression::apply_all(Function::GammaP, &[a.clone(), x.clone()]),
        Special::GammaQ(a, x) => Expression::apply_all(Function::GammaQ, &[a.clone(), x.clone()]),
        Special::Beta(x, a, b) => Expression::apply_all(Function::Beta, &[x.clone(), a.clone(), b.clone()]),
    }
}
