//! The kinds of nodes.

use crate::scalar::Special;

/// A node of a [`Graph`](super::Graph).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

impl NodeId {
    /// The position in the arena.
    #[inline]
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The node at a position. 2³² nodes would not fit into the memory of any machine of today.
    #[inline]
    pub(super) fn new(index: usize) -> Self {
        debug_assert!(u32::try_from(index).is_ok());
        Self(index as u32)
    }
}

/// A number that can be compared and hashed: by its bits, NaN being one number and −0 another than 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Constant(u64);

impl Constant {
    /// A number.
    #[inline]
    #[must_use]
    pub fn new(value: f64) -> Self {
        Self(if value.is_nan() { f64::NAN.to_bits() } else { value.to_bits() })
    }

    /// The number.
    #[inline]
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from_bits(self.0)
    }
}

impl std::fmt::Debug for Constant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.value())
    }
}

/// An expression whose operands are nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// A number.
    Constant(Constant),
    /// The parameter θᵢ.
    Parameter(u32),
    /// The coordinate xᵢ of the observation.
    Datum(u32),
    /// A function of one operand.
    Unary(Unary, NodeId),
    /// A function of two operands.
    Binary(Binary, NodeId, NodeId),
    /// xⁿ for a whole number n.
    PowerInteger(NodeId, i32),
    /// xⁿ for a real number n.
    PowerReal(NodeId, Constant),
    /// a·b + c, rounded once.
    MultiplyAdd(NodeId, NodeId, NodeId),
    /// A special function.
    Special(Special<NodeId>),
    /// The partial derivative of a special function, of these orders in its arguments, where there is no formula to write
    /// down: of P(a, x) in a, say. It has a value for orders of at most 3 in total, and is NaN beyond.
    Partial(Special<NodeId>, [u8; 3]),
}

/// A function of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unary {
    /// −x
    Negate,
    /// |x|
    Abs,
    /// 1 or −1, the sign of x, of zeros too
    Sign,
    /// 1/x
    Reciprocal,
    /// √x
    SquareRoot,
    /// ∛x
    CubeRoot,
    /// eˣ
    Exp,
    /// 2ˣ
    Exp2,
    /// eˣ − 1
    ExpM1,
    /// ln x
    Ln,
    /// log₂ x
    Log2,
    /// log₁₀ x
    Log10,
    /// ln(1 + x)
    Ln1p,
    /// sin x
    Sin,
    /// cos x
    Cos,
    /// tan x
    Tan,
    /// arcsin x
    Asin,
    /// arccos x
    Acos,
    /// arctan x
    Atan,
    /// sinh x
    Sinh,
    /// cosh x
    Cosh,
    /// tanh x
    Tanh,
    /// arsinh x
    Asinh,
    /// arcosh x
    Acosh,
    /// artanh x
    Atanh,
    /// jₙ(x), the spherical Bessel function of the first kind
    SphericalBessel(u8),
}

/// A function of two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binary {
    /// a + b
    Add,
    /// a − b
    Subtract,
    /// a·b
    Multiply,
    /// a/b
    Divide,
    /// aᵇ
    Power,
    /// The angle of the point (b, a)
    Atan2,
    /// a − b·trunc(a/b)
    Remainder,
}

impl Node {
    /// The operands, in order.
    #[inline]
    pub fn operands(self) -> impl Iterator<Item = NodeId> {
        let operands = match self {
            Self::Constant(_) | Self::Parameter(_) | Self::Datum(_) => [None; 3],
            Self::Unary(_, x) | Self::PowerInteger(x, _) | Self::PowerReal(x, _) => [Some(x), None, None],
            Self::Binary(_, a, b) => [Some(a), Some(b), None],
            Self::MultiplyAdd(a, b, c) => [Some(a), Some(b), Some(c)],
            Self::Special(call) | Self::Partial(call, _) => call.arguments(),
        };
        operands.into_iter().flatten()
    }

    /// The same operation on other operands.
    pub(crate) fn map(self, mut operand: impl FnMut(NodeId) -> NodeId) -> Self {
        match self {
            Self::Constant(_) | Self::Parameter(_) | Self::Datum(_) => self,
            Self::Unary(function, x) => Self::Unary(function, operand(x)),
            Self::PowerInteger(x, n) => Self::PowerInteger(operand(x), n),
            Self::PowerReal(x, n) => Self::PowerReal(operand(x), n),
            Self::Binary(function, a, b) => Self::Binary(function, operand(a), operand(b)),
            Self::MultiplyAdd(a, b, c) => Self::MultiplyAdd(operand(a), operand(b), operand(c)),
            Self::Special(call) => Self::Special(call.map(operand)),
            Self::Partial(call, orders) => Self::Partial(call.map(operand), orders),
        }
    }

    /// The node with the operands of a commutative operation in order: the result is the same, bit for bit.
    #[inline]
    pub(crate) fn sorted(self) -> Self {
        match self {
            Self::Binary(function @ (Binary::Add | Binary::Multiply), a, b) if b < a => Self::Binary(function, b, a),
            Self::MultiplyAdd(a, b, c) if b < a => Self::MultiplyAdd(b, a, c),
            Self::Special(Special::LnBeta(a, b)) if b < a => Self::Special(Special::LnBeta(b, a)),
            _ => self,
        }
    }
}
