//! Rust source of the steps of a program.

use super::super::program::{Operand, Step};
use super::number::{integer_power, literal, operator, standard};
use super::special::Methods;
use crate::recording::graph::{Binary, Node, NodeId, Unary};
use crate::scalar::Special;
use std::collections::BTreeSet;

/// What the steps call that is not in the standard library.
#[derive(Clone, Debug, Default)]
pub(super) struct Needs {
    pub methods: Methods,
    /// Functions of [`vector`](crate::kernel::vector).
    pub vector: BTreeSet<&'static str>,
}

/// A step for each observation.
pub(super) enum Each {
    /// An expression without branches and calls.
    Lanes(String),
    /// A call for one observation after the other.
    Call(String),
    /// An expression without branches, whether it covers its argument, and a call where it does not.
    Covered { core: String, covers: String, call: String },
}

impl Each {
    /// The same as one expression.
    fn once(self) -> String {
        match self {
            Self::Lanes(code) | Self::Call(code) => code,
            Self::Covered { core, covers, call } => format!("if {covers} {{ {core} }} else {{ {call} }}"),
        }
    }
}

/// A node as a step, whose operands are registers with the numbers of the nodes; nothing for numbers, parameters and data.
pub(super) fn step(node: Node) -> Option<Step> {
    let of = |id: NodeId| Operand::Register(id.index() as u32);
    Some(match node {
        Node::Constant(_) | Node::Parameter(_) | Node::Datum(_) => return None,
        Node::Unary(function, x) => Step::Unary(function, of(x)),
        Node::Binary(function, a, b) => Step::Binary(function, of(a), of(b)),
        Node::PowerInteger(x, n) => Step::PowerInteger(of(x), n),
        Node::PowerReal(x, n) => Step::PowerReal(of(x), n),
        Node::MultiplyAdd(a, b, c) => Step::MultiplyAdd(of(a), of(b), of(c)),
        Node::Special(call) => Step::Special(call.map(of)),
        Node::Partial(call, orders) => Step::Partial(call.map(of), orders),
    })
}

impl Needs {
    /// The source of a step that is done once.
    pub fn once(&mut self, step: Step, of: impl Fn(Operand) -> String) -> String {
        match step {
            Step::Unary(function, x) => self.unary(function, &of(x)),
            Step::Binary(function, a, b) => binary(function, &of(a), &of(b)),
            Step::PowerInteger(x, n) => integer_power(&of(x), n),
            Step::PowerReal(x, n) => format!("f64::powf({}, {})", of(x), literal(n.value())),
            Step::MultiplyAdd(a, b, c) => format!("f64::mul_add({}, {}, {})", of(a), of(b), of(c)),
            Step::MultiplySubtract(a, b, c) => format!("f64::mul_add({}, {}, -{})", of(a), of(b), of(c)),
            Step::SubtractProduct(a, b, c) => format!("f64::mul_add(-{}, {}, {})", of(a), of(b), of(c)),
            Step::Select(x, a, b) => format!("if {} >= 0.0 {{ {} }} else {{ {} }}", of(x), of(a), of(b)),
            Step::Special(call) => self.special(call, &of),
            Step::Partial(call, orders) => self.partial(call, orders, &of),
        }
    }

    /// The source of a step that is done for each observation.
    pub fn each(&mut self, step: Step, of: impl Fn(Operand) -> String) -> Each {
        match step {
            Step::Unary(function, x) => {
                let x = of(x);
                match vector_function(function) {
                    Some((name, None)) => Each::Lanes(self.vector(name, &[&x])),
                    Some((name, Some(covers))) => Each::Covered {
                        core: self.vector(name, &[&x]),
                        covers: self.vector(covers, &[&x]),
                        call: self.unary(function, &x),
                    },
                    None if is_arithmetic(function) => Each::Lanes(self.unary(function, &x)),
                    None => Each::Call(self.unary(function, &x)),
                }
            }
            Step::Binary(Binary::Power, a, b) => self.power(&of(a), &of(b)),
            Step::PowerReal(x, n) => self.power(&of(x), &literal(n.value())),
            Step::Binary(Binary::Atan2 | Binary::Remainder, ..) => Each::Call(self.once(step, of)),
            Step::Special(Special::Logistic(_) | Special::Ln1pExp(_) | Special::Ln1mExp(_)) => {
                Each::Lanes(self.once(step, of))
            }
            Step::Special(Special::LnGamma(x)) => self.gamma("ln_gamma", &of(x)),
            Step::Special(Special::Polygamma(0, x)) => self.gamma("digamma", &of(x)),
            Step::Special(Special::Polygamma(1, x)) => self.gamma("trigamma", &of(x)),
            Step::Special(_) | Step::Partial(..) => Each::Call(self.once(step, of)),
            Step::Binary(..)
            | Step::PowerInteger(..)
            | Step::MultiplyAdd(..)
            | Step::MultiplySubtract(..)
            | Step::SubtractProduct(..)
            | Step::Select(..) => Each::Lanes(self.once(step, of)),
        }
    }

    fn power(&mut self, x: &str, y: &str) -> Each {
        Each::Covered {
            core: self.vector("pow", &[x, y]),
            covers: self.vector("pow_covers", &[x, y]),
            call: format!("f64::powf({x}, {y})"),
        }
    }

    /// ln Γ, ψ or ψ′ of positive numbers; next to 0 the first term of their series, NaN below, where they have poles.
    fn gamma(&mut self, function: &'static str, x: &str) -> Each {
        let pole = match function {
            "ln_gamma" => format!("-f64::ln({x})"),
            "digamma" => format!("-1.0 / {x}"),
            _ => format!("1.0 / ({x} * {x})"),
        };
        Each::Covered {
            core: self.vector(function, &[x]),
            covers: self.vector("gamma_covers", &[x]),
            call: format!("if {x} > 0.0 && {x} < 1.0 {{ {pole} }} else {{ f64::NAN }}"),
        }
    }

    fn unary(&mut self, function: Unary, x: &str) -> String {
        match (standard(function, x), function) {
            (Some(code), _) => code,
            (None, Unary::SphericalBessel(order)) => self.methods.spherical_bessel(order, x),
            (None, _) => literal(f64::NAN),
        }
    }

    fn special(&mut self, call: Special<Operand>, of: impl Fn(Operand) -> String) -> String {
        // Every special function has an argument.
        let arguments: Vec<String> = call.arguments().into_iter().flatten().map(&of).collect();
        match call {
            Special::Logistic(_) => self.vector("logistic", &[&arguments[0]]),
            Special::Ln1pExp(_) => self.vector("ln_1p_exp", &[&arguments[0]]),
            Special::Ln1mExp(_) => self.ln_1m_exp(&arguments[0]),
            Special::LnGamma(_) => self.gamma("ln_gamma", &arguments[0]).once(),
            Special::Polygamma(0, _) => self.gamma("digamma", &arguments[0]).once(),
            Special::Polygamma(1, _) => self.gamma("trigamma", &arguments[0]).once(),
            _ => self.methods.function(&call, &arguments).unwrap_or_else(|| literal(f64::NAN)),
        }
    }

    /// ln(1 − eˣ) (Mächler 2012)
    fn ln_1m_exp(&mut self, x: &str) -> String {
        let exp_m1 = self.vector("exp_m1", &[x]);
        let exp = self.vector("exp", &[x]);
        let (near, far) = (self.vector("ln", &[&format!("-{exp_m1}")]), self.vector("ln_1p", &[&format!("-{exp}")]));
        format!("if {x} > -std::f64::consts::LN_2 {{ {near} }} else {{ {far} }}")
    }

    fn partial(&mut self, call: Special<Operand>, orders: [u8; 3], of: impl Fn(Operand) -> String) -> String {
        let arguments: Vec<String> = call.arguments().into_iter().flatten().map(&of).collect();
        // The derivatives of elementary functions are formulas, not partial derivatives.
        self.methods.partial(&call, &arguments, orders).unwrap_or_else(|| literal(f64::NAN))
    }

    fn vector(&mut self, name: &'static str, arguments: &[&str]) -> String {
        self.vector.insert(name);
        format!("vector::{name}({})", arguments.join(", "))
    }
}

fn binary(function: Binary, a: &str, b: &str) -> String {
    match (operator(function, a, b), function) {
        (Some(code), _) => code,
        (None, Binary::Atan2) => format!("f64::atan2({a}, {b})"),
        (None, _) => format!("f64::powf({a}, {b})"),
    }
}

/// Whether a function is an instruction of the processor.
fn is_arithmetic(function: Unary) -> bool {
    matches!(function, Unary::Negate | Unary::Abs | Unary::Sign | Unary::Reciprocal | Unary::SquareRoot)
}

/// The branch-free function, and the one that tells where it is right if that is not everywhere.
fn vector_function(function: Unary) -> Option<(&'static str, Option<&'static str>)> {
    const TRIGONOMETRIC: Option<&str> = Some("trigonometric_covers");
    Some(match function {
        Unary::Exp => ("exp", None),
        Unary::Exp2 => ("exp2", None),
        Unary::ExpM1 => ("exp_m1", None),
        Unary::Ln => ("ln", None),
        Unary::Log2 => ("log2", None),
        Unary::Log10 => ("log10", None),
        Unary::Ln1p => ("ln_1p", None),
        Unary::CubeRoot => ("cbrt", None),
        Unary::Atan => ("atan", None),
        Unary::Sinh => ("sinh", None),
        Unary::Cosh => ("cosh", None),
        Unary::Tanh => ("tanh", None),
        Unary::Sin => ("sin", TRIGONOMETRIC),
        Unary::Cos => ("cos", TRIGONOMETRIC),
        Unary::Tan => ("tan", TRIGONOMETRIC),
        _ => return None,
    })
}
