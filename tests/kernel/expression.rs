//! Log-likelihoods that are put together while a program runs: one type for many models, so that it is compiled once.

use fisher_information::model::{Domain, Dynamic, LogLikelihood, Parameter, Table};
use fisher_information::scalar::Scalar;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A function of parameters and data.
#[derive(Clone, Debug)]
pub enum Expression {
    Parameter(usize),
    Datum(usize),
    Number(f64),
    /// Σ parameter × datum
    Linear(Vec<(usize, usize)>),
    Apply(Function, Box<Expression>),
    Combine(Operation, Box<[Expression; 2]>),
    PowerInteger(Box<Expression>, i32),
    PowerReal(Box<Expression>, f64),
    /// The third where the first is less than the second, else the fourth
    Choose(Box<[Expression; 4]>),
    /// As many times this as a datum says, in a loop over the values of the datum
    Repeat(Box<Expression>, usize),
}

/// A function of one variable.
#[derive(Clone, Copy, Debug)]
pub enum Function {
    Negate,
    Abs,
    Exp,
    Ln,
    SquareRoot,
    Ln1p,
    Sin,
    Cos,
    Tanh,
    LnGamma,
    Ln1pExp,
    Logistic,
}

/// A function of two variables.
#[derive(Clone, Copy, Debug)]
pub enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
}

use Expression::{Apply, Choose, Combine, Datum, Linear, Number, PowerInteger, PowerReal, Repeat};

/// θᵢ
pub fn p(i: usize) -> Expression {
    Expression::Parameter(i)
}

/// Coordinate i of the observation.
pub fn x(i: usize) -> Expression {
    Datum(i)
}

/// A constant.
pub fn c(value: f64) -> Expression {
    Number(value)
}

/// `then` where `left` < `right`, else `otherwise`.
pub fn choose(left: Expression, right: Expression, then: Expression, otherwise: Expression) -> Expression {
    Choose(Box::new([left, right, then, otherwise]))
}

impl Expression {
    pub fn apply(self, function: Function) -> Self {
        Apply(function, Box::new(self))
    }

    pub fn powi(self, n: i32) -> Self {
        PowerInteger(Box::new(self), n)
    }

    pub fn combine(self, operation: Operation, other: Self) -> Self {
        Combine(operation, Box::new([self, other]))
    }

    /// The value. With `noise`, each operation is off by a few units in the last place, in a way that depends on its `place`.
    fn value<D: Scalar>(&self, theta: &[D], data: &[D], noise: u64, place: u64) -> D {
        let of = |inner: &Self, child: u64| inner.value(theta, data, noise, 7 * place + child);
        let exact = match self {
            Self::Parameter(i) => theta[*i],
            Datum(i) => data[*i],
            Number(value) => D::from(*value),
            Linear(terms) => terms.iter().fold(D::from(0.0), |sum, &(i, j)| sum + theta[i] * data[j]),
            // The slope 1 − tanh² of a dual number is rounding where tanh is close to 1; this one is not.
            Apply(Function::Tanh, inner) if noise != 0 => (of(inner, 1) * 2.0).logistic() * 2.0 - 1.0,
            Apply(function, inner) => function.value(of(inner, 1)),
            Combine(operation, inner) => {
                let (a, b) = (of(&inner[0], 1), of(&inner[1], 2));
                match operation {
                    Operation::Add => a + b,
                    Operation::Subtract => a - b,
                    Operation::Multiply => a * b,
                    Operation::Divide => a / b,
                }
            }
            PowerInteger(inner, n) => of(inner, 1).powi(*n),
            PowerReal(inner, n) => of(inner, 1).powf(*n),
            Choose(inner) if of(&inner[0], 1) < of(&inner[1], 2) => of(&inner[2], 3),
            Choose(inner) => of(&inner[3], 4),
            Repeat(inner, times) => {
                let term = of(inner, 1);
                (0..data[*times].re() as usize).fold(D::from(0.0), |sum, _| sum + term)
            }
        };
        if noise == 0 {
            return exact;
        }
        let units = ((noise ^ place).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33) % 5;
        exact * (1.0 + (units as f64 - 2.0) * f64::EPSILON)
    }
}

impl Function {
    fn value<D: Scalar>(self, x: D) -> D {
        match self {
            Self::Negate => -x,
            Self::Abs => x.abs(),
            Self::Exp => x.exp(),
            Self::Ln => x.ln(),
            Self::SquareRoot => x.sqrt(),
            Self::Ln1p => x.ln_1p(),
            Self::Sin => x.sin(),
            Self::Cos => x.cos(),
            Self::Tanh => x.tanh(),
            Self::LnGamma => x.ln_gamma(),
            Self::Ln1pExp => x.ln_1p_exp(),
            Self::Logistic => x.logistic(),
        }
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident $operation:ident;)*) => {
        $(impl $trait for Expression {
            type Output = Self;

            fn $method(self, other: Self) -> Self {
                self.combine(Operation::$operation, other)
            }
        })*
    };
}

operators! {
    Add add Add;
    Sub sub Subtract;
    Mul mul Multiply;
    Div div Divide;
}

impl Neg for Expression {
    type Output = Self;

    fn neg(self) -> Self {
        self.apply(Function::Negate)
    }
}

/// An expression as a log-likelihood.
#[derive(Clone, Debug)]
pub struct Model {
    pub formula: Expression,
    /// The parameters with these numbers must be positive.
    pub positive: Vec<usize>,
    /// If not 0, operations are off by a few units in the last place.
    pub noise: u64,
}

impl From<Expression> for Model {
    fn from(formula: Expression) -> Self {
        Self { formula, positive: Vec::new(), noise: 0 }
    }
}

impl LogLikelihood for Model {
    type Parameters = Dynamic;
    type Observation = [f64];

    fn ln_likelihood<D: Scalar>(&self, theta: &[D], data: &[D]) -> D {
        self.formula.value(theta, data, self.noise, 1)
    }

    fn parameters(&self) -> Vec<Parameter> {
        let domain =
            |i| if self.positive.contains(&i) { Domain { lower: 0.0, upper: f64::INFINITY } } else { Domain::REAL };
        let count = self.positive.iter().max().map_or(0, |last| last + 1);
        (0..count).map(|i| Parameter::new(format!("p{i}"), domain(i))).collect()
    }
}

/// Numbers in (−1, 1) without a pattern.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }

    /// Between two numbers.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * 0.5 * (1.0 + self.next())
    }
}

/// So many rows, each entry between the two numbers of its column.
pub fn table(rows: usize, columns: &[[f64; 2]], seed: u64) -> Table {
    let mut numbers = Numbers(seed);
    let mut values = Vec::with_capacity(rows * columns.len());
    for _ in 0..rows {
        values.extend(columns.iter().map(|[low, high]| numbers.between(*low, *high)));
    }
    Table::new(columns.len(), values).unwrap()
}

/// −ln σ − ½((y − η)/σ)²
pub fn normal(y: Expression, mean: Expression, deviation: Expression) -> Expression {
    -deviation.clone().apply(Function::Ln) - c(0.5) * ((y - mean) / deviation).powi(2)
}
