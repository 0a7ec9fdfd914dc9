//! Values of expressions.

use super::Mistake;
use super::functions::{ln_bessel, ln_beta, of_one};
use super::parse::letter_and_power;
use super::rounded::{Rounded, Signed};
use super::tree::{Call, Condition, Definition, Expression, Formula, Series};
use fisher_information::scalar::Scalar;
use std::f64::consts::{E, PI};

/// γ, Euler's constant
const EULER_GAMMA: f64 = 0.577_215_664_901_532_9;

/// From here on definitions are taken to go round in circles.
const DEPTH: usize = 32;

/// From here on a series is taken to diverge.
const TERMS: f64 = 1e6;

/// The names that have values, and the formula that defines others.
#[derive(Clone)]
pub struct Scope<'a> {
    formula: &'a Formula,
    bound: Vec<(&'a str, Rounded)>,
    /// The entry that stands for a matrix.
    entry: (usize, usize),
    depth: usize,
}

impl<'a> Scope<'a> {
    pub fn new(formula: &'a Formula) -> Self {
        Self { formula, bound: Vec::new(), entry: (0, 0), depth: 0 }
    }

    /// With a value for a name, or for a power of it: `\sigma^2`.
    pub fn with(mut self, name: &'a str, value: f64) -> Self {
        self.bind(name, Rounded::exact(value));
        self
    }

    fn bind(&mut self, name: &'a str, value: Rounded) {
        let (letter, power) = letter_and_power(name);
        let root = if power == 1.0 { value } else { value.power(Rounded::exact(power.recip())) };
        self.bound.push((letter, root));
    }

    /// Where this entry of a matrix is meant.
    pub fn at_entry(self, row: usize, column: usize) -> Self {
        Self { entry: (row, column), ..self }
    }

    /// The value of an expression.
    pub fn value(&self, expression: &'a Expression) -> Result<Rounded, Mistake> {
        let plain = match expression {
            Expression::Number(value) => return Ok(Rounded::exact(*value)),
            Expression::Symbol { name, at } => return self.symbol(name, *at, Self::value, |value| value),
            Expression::Negative(of) => return Ok(-self.value(of)?),
            Expression::Sum(terms) => {
                return terms.iter().try_fold(Rounded::exact(0.0), |sum, term| Ok(sum + self.value(term)?));
            }
            Expression::Matrix { rows, at } => {
                let entry = rows.get(self.entry.0).and_then(|row| row.get(self.entry.1));
                return self.value(entry.ok_or_else(|| Mistake::new(*at, "this matrix is too small"))?);
            }
            Expression::Cases { cases, at } => return self.value(self.case(cases, *at)?),
            Expression::Series(series) => return Ok(self.series(series)?.value()),
            Expression::Call(call) => return self.call(call),
            Expression::Product(factors) => {
                factors.iter().try_fold(Rounded::exact(1.0), |product, factor| Ok(product * self.value(factor)?))?
            }
            Expression::Quotient(over, under) => self.value(over)? / self.value(under)?,
            Expression::Power(base, exponent) => self.value(base)?.power(self.value(exponent)?),
        };
        if plain.value.is_normal() {
            return Ok(plain);
        }
        let wide = self.logarithm(expression)?;
        Ok(if wide.ln.value.is_finite() { wide.value() } else { plain })
    }

    /// The same by its logarithm.
    pub fn logarithm(&self, expression: &'a Expression) -> Result<Signed, Mistake> {
        match expression {
            Expression::Symbol { name, at } => self.symbol(name, *at, Self::logarithm, Signed::of),
            Expression::Negative(of) => {
                let of = self.logarithm(of)?;
                Ok(Signed { negative: !of.negative, ..of })
            }
            Expression::Product(factors) => {
                factors.iter().try_fold(Signed::positive(Rounded::exact(0.0)), |product, factor| {
                    let factor = self.logarithm(factor)?;
                    Ok(Signed { negative: product.negative != factor.negative, ln: product.ln + factor.ln })
                })
            }
            Expression::Quotient(over, under) => {
                let (over, under) = (self.logarithm(over)?, self.logarithm(under)?);
                Ok(Signed { negative: over.negative != under.negative, ln: over.ln - under.ln })
            }
            Expression::Power(base, exponent) => {
                let (base, exponent) = (self.logarithm(base)?, self.value(exponent)?);
                if exponent.value == 0.0 {
                    return Ok(Signed::positive(Rounded { value: 0.0, error: exponent.error }));
                }
                let negative = base.negative && exponent.value % 2.0 != 0.0;
                Ok(Signed { negative, ln: base.ln * exponent })
            }
            Expression::Cases { cases, at } => self.logarithm(self.case(cases, *at)?),
            Expression::Series(series) => self.series(series),
            Expression::Call(call) => self.logarithm_of_call(call),
            _ => Ok(Signed::of(self.value(expression)?)),
        }
    }

    /// What a name stands for: a value, a definition or a constant.
    fn symbol<T>(
        &self,
        name: &str,
        at: usize,
        evaluate: impl Fn(&Self, &'a Expression) -> Result<T, Mistake>,
        known: impl Fn(Rounded) -> T,
    ) -> Result<T, Mistake> {
        if let Some((_, value)) = self.bound.iter().rev().find(|(bound, _)| *bound == name) {
            return Ok(known(*value));
        }
        if let Some(definition) = self.formula.definition(name).filter(|found| found.parameters.is_empty()) {
            let inner = self.inside(definition, &[], at)?;
            inner.right_sides_agree(definition)?;
            return evaluate(&inner, &definition.values[0]);
        }
        match name {
            "\\pi" => Ok(known(Rounded::computed(PI, 0.0))),
            "e" => Ok(known(Rounded::computed(E, 0.0))), // with an exponent it is a function
            "\\gamma" => Ok(known(Rounded::computed(EULER_GAMMA, 0.0))),
            _ => Err(Mistake::new(
                at,
                format!(
                    "`{name}` is neither a parameter, nor defined in this block, nor a constant with a known value"
                ),
            )),
        }
    }

    /// The scope and the right side of a function that the block defines. `I_0(…)` is not the matrix `I(…)`.
    fn own(&self, call: &'a Call) -> Result<Option<(Self, &'a Expression)>, Mistake> {
        let found = self.formula.definition(&call.function).filter(|own| !own.parameters.is_empty());
        let Some(own) = found.filter(|_| call.index.is_none()) else { return Ok(None) };
        if call.primes > 0 {
            return Err(Mistake::new(call.at, "primes are for special functions, whose derivatives are known"));
        }
        Ok(Some((self.inside(own, &call.arguments, call.at)?, &own.values[0])))
    }

    /// Whether all that a name is said to be equal to is equal, as far as its rounding errors tell.
    fn right_sides_agree(&self, definition: &'a Definition) -> Result<(), Mistake> {
        let (first, others) = (&definition.values[0], &definition.values[1..]);
        for other in others {
            let (one, other) = (self.value(first)?, self.value(other)?);
            if (one.value - other.value).abs() > 2.0 * (one.error + other.error) {
                let what = format!("`{}` is said to be both {} and {}", definition.name, one.value, other.value);
                return Err(Mistake::new(definition.at, what));
            }
        }
        Ok(())
    }

    /// The scope in which a definition is read.
    fn inside(&self, definition: &'a Definition, arguments: &'a [Expression], at: usize) -> Result<Self, Mistake> {
        if self.depth == DEPTH {
            return Err(Mistake::new(at, format!("`{}` is defined through itself", definition.name)));
        }
        let names: Vec<&str> = definition.data.iter().chain(&definition.parameters).map(String::as_str).collect();
        if names.len() != arguments.len() {
            let (expected, found) = (names.len(), arguments.len());
            return Err(Mistake::new(at, format!("`{}` takes {expected} arguments, not {found}", definition.name)));
        }
        let mut inner = Self { depth: self.depth + 1, ..self.clone() };
        for (name, argument) in names.into_iter().zip(arguments) {
            inner.bind(name, self.value(argument)?);
        }
        Ok(inner)
    }

    fn call(&self, call: &'a Call) -> Result<Rounded, Mistake> {
        if let Some((inner, value)) = self.own(call)? {
            return inner.value(value);
        }
        match call.function.as_str() {
            "\\Gamma" | "!" | "B" | "\\binom" | "I" if call.primes == 0 => Ok(self.logarithm_of_call(call)?.value()),
            _ => {
                let value = self.of_one(call)?;
                match call.arguments.as_slice() {
                    // ln Γ(1000)
                    [x] if call.function == "\\ln" && value.value == f64::INFINITY => Ok(self.logarithm(x)?.ln),
                    _ => Ok(value),
                }
            }
        }
    }

    /// A function of one number, or one of its derivatives.
    fn of_one(&self, Call { function, primes, index, arguments, at }: &'a Call) -> Result<Rounded, Mistake> {
        let ([x], Some(f)) = (arguments.as_slice(), of_one(function)) else {
            return Err(Mistake::new(
                *at,
                format!("no function `{function}` of {} arguments is known", arguments.len()),
            ));
        };
        // ψ₁ is ψ′
        let index = index.as_deref().map(|index| self.value(index)).transpose()?;
        let order = *primes + index.map_or(0, |order| order.value as usize);
        if function == "\\psi" && order > 2 && index.is_some() {
            return Ok(self.value(x)?.through(|x| x.polygamma(order as u32), 0));
        }
        if order > 2 || (index.is_some() && function != "\\psi") {
            return Err(Mistake::new(*at, format!("`{function}` with this index or so many primes is not known")));
        }
        Ok(self.value(x)?.through(f, order))
    }

    fn logarithm_of_call(&self, call: &'a Call) -> Result<Signed, Mistake> {
        if let Some((inner, value)) = self.own(call)? {
            return inner.logarithm(value);
        }
        let Call { function, primes, index, arguments, at } = call;
        let one = Rounded::exact(1.0);
        let ln = match (function.as_str(), *primes, arguments.as_slice()) {
            ("\\exp", 0, [x]) => self.value(x)?,
            ("|", 0, [x]) => self.logarithm(x)?.ln,
            ("\\sqrt", 0, [x]) => self.logarithm(x)?.ln * Rounded::exact(0.5),
            ("\\Gamma", 0, [a]) => self.value(a)?.through(|a| a.ln_gamma(), 0),
            ("\\Phi", 0, [z]) => self.value(z)?.through(|z| z.ln_norm_cdf(), 0),
            ("!", 0, [n]) => (self.value(n)? + one).through(|a| a.ln_gamma(), 0),
            ("B", 0, [a, b]) => ln_beta(self.value(a)?, self.value(b)?),
            ("\\binom", 0, [n, k]) => {
                // 1/((n + 1) B(k + 1, n − k + 1))
                let (n, k) = (self.value(n)?, self.value(k)?);
                -ln_beta(k + one, n - k + one) - Signed::of(n + one).ln
            }
            ("I", 0, [z]) => {
                let index = index.as_deref().ok_or_else(|| Mistake::new(*at, "I needs an order: `I_0(…)`"))?;
                ln_bessel(self.value(index)?.value, self.value(z)?)
            }
            _ => return Ok(Signed::of(self.of_one(call)?)),
        };
        Ok(Signed::positive(ln))
    }

    fn case(&self, cases: &'a [(Expression, Vec<Condition>)], at: usize) -> Result<&'a Expression, Mistake> {
        for (value, conditions) in cases {
            if self.hold(conditions)? {
                return Ok(value);
            }
        }
        Err(Mistake::new(at, "none of these cases holds"))
    }

    fn hold(&self, conditions: &'a [Condition]) -> Result<bool, Mistake> {
        for Condition { left, sign, right } in conditions {
            let (left, right) = (self.value(left)?.value, self.value(right)?.value);
            let holds = match sign.as_str() {
                "=" => left == right,
                "<" => left < right,
                ">" => left > right,
                "\\le" | "\\leq" => left <= right,
                "\\ge" | "\\geq" => left >= right,
                _ => left != right,
            };
            if !holds {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A sum by its terms relative to the largest so far.
    fn series(&self, Series { index, from, to, term, at }: &'a Series) -> Result<Signed, Mistake> {
        let from = self.value(from)?.value;
        let to = to.as_deref().map(|to| self.value(to)).transpose()?.map(|to| to.value);
        let mut inner = self.clone().with(index, from);
        let (mut scale, mut sum) = (f64::NEG_INFINITY, Rounded::exact(0.0));
        let (mut k, mut small) = (from, 0);
        while to.is_none_or(|to| k <= to) {
            if k - from > TERMS {
                return Err(Mistake::new(*at, format!("this sum does not come to an end within {TERMS} terms")));
            }
            if let Some((_, value)) = inner.bound.last_mut() {
                *value = Rounded::exact(k);
            }
            let term = inner.logarithm(term)?;
            if term.ln.value > scale {
                let shrink = (scale - term.ln.value).exp();
                sum = Rounded { value: sum.value * shrink, error: sum.error * shrink };
                scale = term.ln.value;
            }
            if term.ln.value > f64::NEG_INFINITY {
                let relative = Rounded { value: term.ln.value - scale, error: term.ln.error };
                let term = Signed { ln: relative, ..term }.value();
                sum = sum + term;
                small = if term.value.abs() <= 1e-18 * sum.value.abs() { small + 1 } else { 0 };
            } else if sum.value != 0.0 {
                small += 1;
            }
            if to.is_none() && small == 3 {
                break;
            }
            k += 1.0;
        }
        let sum = Signed::of(sum);
        Ok(Signed { ln: sum.ln + Rounded::exact(scale), ..sum })
    }
}
