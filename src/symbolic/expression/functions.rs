//! Functions other than powers, logarithms and exponentials, each in one form: even and odd functions without a sign in their argument,
//! Γ with its argument reduced by whole numbers.

use super::number::integer;
use super::{Application, Atom, Expression, Function, Monomial, Obstacle, Rational, Role};
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::sync::Arc;

/// Γ is reduced by this many steps at most.
const MOST_STEPS: i64 = 16;

impl Expression {
    /// f(e), as it stands.
    pub(crate) fn function(function: Function, argument: Self) -> Self {
        Self::call(function, vec![argument])
    }

    /// f(e₁, …), as it stands.
    pub(crate) fn call(function: Function, arguments: Vec<Self>) -> Self {
        if let Some(obstacle) = arguments.iter().find_map(Self::obstacle) {
            return obstacle.into();
        }
        Self::atom(Atom::Function(Arc::new(Application { function, arguments })))
    }

    /// Whether the leading coefficient is negative.
    fn leads_negative(&self) -> bool {
        self.map().is_ok_and(|terms| terms.last_key_value().is_some_and(|(_, leading)| leading.is_negative()))
    }

    /// f(e) of an odd function f.
    pub(crate) fn odd(&self, function: Function) -> Self {
        if self.map().is_ok_and(|terms| terms.is_empty()) {
            Self::integer(0)
        } else if self.leads_negative() {
            -Self::function(function, -self)
        } else {
            Self::function(function, self.clone())
        }
    }

    /// |e|, of each factor on its own.
    #[must_use]
    pub fn abs(&self) -> Self {
        self.by_factor(|size, odd| {
            let Some(odd) = odd else { return size };
            &size * &Self::function(Function::Abs, if odd.leads_negative() { -&odd } else { odd })
        })
    }

    /// The sign of e, |e|/e.
    #[must_use]
    pub fn sign(&self) -> Self {
        if self.map().is_ok_and(|terms| terms.is_empty()) {
            return Self::integer(0);
        }
        (&self.abs() * &self.reciprocal()).reduced()
    }

    /// Splits |e| into what is positive and the product of the factors whose sign is open.
    fn by_factor(&self, join: impl FnOnce(Self, Option<Self>) -> Self) -> Self {
        let factors = match self.factors() {
            Ok(factors) => factors,
            Err(obstacle) => return obstacle.into(),
        };
        let (open, positive) = factors.product.split(changes_sign);
        let size = positive.normalised().scale(&factors.coefficient.abs());
        let open = (!open.is_one()).then(|| open.normalised());
        join(size, open)
    }

    /// ln Γ(e)
    #[must_use]
    pub fn ln_gamma(&self) -> Self {
        self.reduce_gamma(Function::LnGamma, |x, _| x.ln())
    }

    /// ψₙ(e)
    #[must_use]
    pub fn polygamma(&self, order: u32) -> Self {
        // ψₙ(x + 1) = ψₙ(x) + (−1)ⁿ n! x⁻ⁿ⁻¹ (DLMF 5.15.5)
        self.reduce_gamma(Function::Polygamma(order), |x, _| {
            let factorial = (1..=i64::from(order.min(20))).fold(Rational::one(), |product, k| product * integer(k));
            let sign = if order.is_multiple_of(2) { Rational::one() } else { -Rational::one() };
            x.power(-super::Exponent::from_integer(i64::from(order) + 1)).scale(&(sign * factorial))
        })
    }

    /// f(x + n) = f(x) + step(x) + … + step(x + n − 1), for arguments of parameters alone and as far down as x is positive.
    fn reduce_gamma(&self, function: Function, step: impl Fn(&Self, i64) -> Self) -> Self {
        let argument = self.reduced();
        let constant = argument.map().ok().and_then(|terms| terms.get(&Monomial::default())).cloned();
        let whole = constant.map_or(0, |c| c.floor().to_integer().to_i64().unwrap_or(0));
        let room = argument.range().lower.floor();
        #[allow(clippy::cast_possible_truncation)] // −∞ becomes the least integer, ∞ the greatest
        let shift = whole.min(room as i64);
        let variable = argument.depends_on(Role::Parameter) && !argument.depends_on(Role::Datum);
        if !variable || !(1..=MOST_STEPS).contains(&shift) {
            return self.special_value(function).unwrap_or_else(|| Self::function(function, argument));
        }
        let base = &argument - &Self::integer(shift);
        (0..shift).fold(Self::function(function, base.clone()), |sum, k| &sum + &step(&(&base + &Self::integer(k)), k))
    }

    /// ln Γ(n) = ln (n − 1)! for small whole numbers.
    fn special_value(&self, function: Function) -> Option<Self> {
        let n = self.as_number().filter(Rational::is_integer)?.to_integer().to_i64()?;
        let factorial = || (1..n).fold(Self::integer(1), |product, k| &product * &Self::integer(k));
        (function == Function::LnGamma && (1..=20).contains(&n)).then(|| factorial().ln())
    }

    /// ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b)
    #[must_use]
    pub fn ln_beta(&self, b: &Self) -> Self {
        &(&self.ln_gamma() + &b.ln_gamma()) - &(self + b).ln_gamma()
    }

    /// ln I₀(e)
    #[must_use]
    pub fn ln_bessel_i0(&self) -> Self {
        let argument = if self.leads_negative() { -self } else { self.clone() };
        if argument.map().is_ok_and(|terms| terms.is_empty()) {
            return Self::integer(0);
        }
        Self::function(Function::LnBesselI0, argument)
    }

    /// A function of one variable by its name.
    pub(crate) fn apply(function: Function, argument: &Self) -> Self {
        let argument = &argument.reduced();
        match function {
            Function::Ln => argument.ln(),
            Function::Exp => argument.exp(),
            Function::Sin => argument.sin(),
            Function::Cos => argument.cos(),
            Function::Abs => argument.abs(),
            Function::LnGamma => argument.ln_gamma(),
            Function::Polygamma(order) => argument.polygamma(order),
            Function::LnBesselI0 => argument.ln_bessel_i0(),
            Function::Asin | Function::Atan | Function::Erf | Function::BesselRatio => argument.odd(function),
            Function::Acos | Function::LnNormCdf | Function::LnZeta(_) => Self::function(function, argument.clone()),
            Function::GammaP | Function::GammaQ | Function::Beta => {
                Obstacle::NoFormula("an incomplete function of one argument").into()
            }
        }
    }

    /// A function by its name.
    pub(crate) fn apply_all(function: Function, arguments: &[Self]) -> Self {
        match arguments {
            [argument] => Self::apply(function, argument),
            // P(1, x) = 1 − e⁻ˣ
            [a, x] if function == Function::GammaP && *a == Self::integer(1) => &Self::integer(1) - &(-x).exp(),
            [a, x] if function == Function::GammaQ && *a == Self::integer(1) => (-x).exp(),
            _ => Self::call(function, arguments.iter().map(Self::reduced).collect()),
        }
    }
}

/// Whether a factor may have either sign.
fn changes_sign(atom: &Atom, exponent: super::Exponent) -> bool {
    let even = exponent.is_integer() && (exponent.to_integer() % 2).is_zero();
    !even && !atom.is_positive()
}
