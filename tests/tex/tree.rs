//! Formulas as trees.

/// A part of a formula. `at` is where it stands in the text.
#[derive(Clone, Debug)]
pub enum Expression {
    Number(f64),
    Symbol {
        name: String,
        at: usize,
    },
    Negative(Box<Expression>),
    Sum(Vec<Expression>),
    Product(Vec<Expression>),
    Quotient(Box<Expression>, Box<Expression>),
    Power(Box<Expression>, Box<Expression>),
    Call(Call),
    Series(Series),
    Matrix {
        rows: Vec<Vec<Expression>>,
        at: usize,
    },
    /// The first value whose conditions all hold.
    Cases {
        cases: Vec<(Expression, Vec<Condition>)>,
        at: usize,
    },
}

/// A function of arguments, with the number of its primes and the index of a function such as ψ₁. A root, a factorial, a
/// binomial coefficient and an absolute value are functions too.
#[derive(Clone, Debug)]
pub struct Call {
    pub function: String,
    pub primes: usize,
    pub index: Option<Box<Expression>>,
    pub arguments: Vec<Expression>,
    pub at: usize,
}

/// A sum over an index, to infinity if no end is given.
#[derive(Clone, Debug)]
pub struct Series {
    pub index: String,
    pub from: Box<Expression>,
    pub to: Option<Box<Expression>>,
    pub term: Box<Expression>,
    pub at: usize,
}

impl Expression {
    /// The numbers of rows and columns, if a matrix stands alone, with a sign or among factors.
    pub fn shape(&self) -> Option<(usize, usize)> {
        match self {
            Self::Matrix { rows, .. } => Some((rows.len(), rows[0].len())),
            Self::Negative(of) | Self::Quotient(of, _) => of.shape(),
            Self::Product(parts) | Self::Sum(parts) => parts.iter().find_map(Self::shape),
            _ => None,
        }
    }
}

/// Two sides and the sign between them.
#[derive(Clone, Debug)]
pub struct Condition {
    pub left: Expression,
    pub sign: String,
    pub right: Expression,
}

/// `name(data; parameters) = expression = expression …`
#[derive(Clone, Debug)]
pub struct Definition {
    pub name: String,
    /// What stands before a semicolon.
    pub data: Vec<String>,
    /// What stands behind it, or all arguments.
    pub parameters: Vec<String>,
    /// The right sides, all equal.
    pub values: Vec<Expression>,
    pub at: usize,
}

/// A block of definitions.
#[derive(Clone, Debug)]
pub struct Formula {
    pub definitions: Vec<Definition>,
}

impl Formula {
    /// The definition of a name.
    pub fn definition(&self, name: &str) -> Option<&Definition> {
        self.definitions.iter().find(|definition| definition.name == name)
    }
}
