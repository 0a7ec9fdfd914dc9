//! Sines and cosines: sums of angles are taken apart where one is of parameters and the other of data, and products of functions of
//! the same kind of angle become sums, so that a trigonometric polynomial has one form.

use super::{Atom, Exponent, Expression, Function, Monomial, Obstacle, Role};
use num_traits::{One, Signed};
use std::collections::BTreeMap;

/// Whether an angle depends on parameters, and whether on data.
type Kind = (bool, bool);

fn angle(atom: &Atom) -> Option<(Function, &Expression)> {
    match atom {
        Atom::Function(call) if matches!(call.function, Function::Sin | Function::Cos) => {
            Some((call.function, &call.arguments[0]))
        }
        _ => None,
    }
}

fn kind(angle: &Expression) -> Kind {
    (angle.depends_on(Role::Parameter), angle.depends_on(Role::Datum))
}

/// How often a factor is multiplied: positive whole powers of sines and cosines.
fn count(atom: &Atom, exponent: Exponent) -> u32 {
    let whole = angle(atom).is_some() && exponent.is_integer() && exponent.is_positive();
    if whole { u32::try_from(exponent.to_integer()).unwrap_or(0) } else { 0 }
}

/// Whether two sines or cosines of angles of the same kind are multiplied.
pub(super) fn multiplies(product: &Monomial) -> bool {
    let mut counts: BTreeMap<Kind, u32> = BTreeMap::new();
    for (atom, exponent) in product.factors() {
        if let Some((_, angle)) = angle(atom) {
            *counts.entry(kind(angle)).or_default() += count(atom, exponent);
        }
    }
    counts.values().any(|&count| count > 1)
}

/// The product with 2 cos a cos b = cos(a − b) + cos(a + b) and the like.
pub(super) fn as_sum(product: &Monomial) -> Expression {
    const MOST: u32 = 16;
    let mut sums: BTreeMap<Kind, Expression> = BTreeMap::new();
    for (atom, exponent) in product.factors() {
        let Some((function, angle)) = angle(atom) else { continue };
        if count(atom, exponent) > MOST {
            return Obstacle::TooLarge.into();
        }
        for _ in 0..count(atom, exponent) {
            let sum = sums.entry(kind(angle)).or_insert_with(|| Expression::integer(1));
            *sum = multiply(sum, function, angle);
        }
    }
    let (_, rest) = product.split(|atom, exponent| count(atom, exponent) > 0);
    sums.values().fold(Expression::term(rest, One::one()), |product, sum| &product * sum)
}

/// A sum of sines and cosines times one more.
fn multiply(sum: &Expression, function: Function, b: &Expression) -> Expression {
    let terms = match sum.map() {
        Ok(terms) => terms,
        Err(obstacle) => return obstacle.into(),
    };
    let half = Expression::ratio(1, 2);
    let mut product = Expression::integer(0);
    for (monomial, coefficient) in terms {
        let term = match monomial.single().and_then(angle) {
            Some((own, a)) => {
                let (difference, total) = (a - b, a + b);
                let both = match (own, function) {
                    (Function::Cos, Function::Cos) => &difference.cos() + &total.cos(),
                    (Function::Sin, Function::Sin) => &difference.cos() - &total.cos(),
                    (Function::Sin, _) => &total.sin() + &difference.sin(),
                    _ => &total.sin() - &difference.sin(),
                };
                &both * &half
            }
            None => &Expression::term(monomial.clone(), One::one()) * &Expression::function(function, b.clone()),
        };
        product = &product + &term.scale(coefficient);
    }
    product
}

impl Expression {
    /// sin e
    #[must_use]
    pub fn sin(&self) -> Self {
        match self.angles() {
            Ok(Some([a, b])) => &(&a.sin() * &b.cos()) + &(&a.cos() * &b.sin()),
            Ok(None) => match self.map().ok().and_then(|terms| terms.last_key_value()) {
                None => Self::integer(0),
                Some((_, leading)) if leading.is_negative() => -Self::function(Function::Sin, -self),
                Some(_) => Self::function(Function::Sin, self.clone()),
            },
            Err(obstacle) => obstacle.into(),
        }
    }

    /// cos e
    #[must_use]
    pub fn cos(&self) -> Self {
        match self.angles() {
            Ok(Some([a, b])) => &(&a.cos() * &b.cos()) - &(&a.sin() * &b.sin()),
            Ok(None) => match self.map().ok().and_then(|terms| terms.last_key_value()) {
                None => Self::integer(1),
                Some((_, leading)) if leading.is_negative() => Self::function(Function::Cos, -self),
                Some(_) => Self::function(Function::Cos, self.clone()),
            },
            Err(obstacle) => obstacle.into(),
        }
    }

    /// An angle as the sum of one of parameters and one of data, if it is.
    fn angles(&self) -> Result<Option<[Self; 2]>, Obstacle> {
        let (data, others): (Vec<_>, Vec<_>) = self
            .map()?
            .iter()
            .map(|(m, c)| (m.clone(), c.clone()))
            .partition(|(m, _)| m.mentions(&|s| s.role() == Role::Datum));
        let pure = !data.iter().any(|(monomial, _)| monomial.mentions(&|s| s.role() == Role::Parameter));
        let apart = pure && !data.is_empty() && !others.is_empty();
        Ok(apart.then(|| [others, data].map(|terms| Self::from_terms(terms.into_iter().collect()))))
    }
}

/// A trigonometric polynomial Σ aᵢ cosⁱ u + sin u·Σ bᵢ cosⁱ u.
struct Powers {
    even: Vec<Expression>,
    odd: Vec<Expression>,
}

/// The highest multiple of an angle that is written in powers.
const MOST_MULTIPLE: i64 = 8;

impl Powers {
    /// The sum in powers of the sine and cosine of one angle.
    fn of(sum: &Expression, u: &Expression) -> Option<Self> {
        let size = usize::try_from(MOST_MULTIPLE).ok()? + 1;
        let mut powers = Self { even: vec![Expression::integer(0); size], odd: vec![Expression::integer(0); size] };
        let multiple = |a: &Expression| (1..=MOST_MULTIPLE).find(|&k| *a == u.scale(&super::integer(k)));
        for (monomial, coefficient) in sum.terms().ok()? {
            let own = |atom: &Atom, exponent: Exponent| {
                exponent.is_one() && angle(atom).is_some_and(|(_, a)| multiple(a).is_some())
            };
            let (of_u, rest) = monomial.split(own);
            let rest = Expression::term(rest, coefficient.clone());
            match of_u.factors().next().and_then(|(atom, _)| angle(atom)) {
                None => powers.even[0] = &powers.even[0] + &rest,
                Some((function, a)) => {
                    let k = multiple(a)?;
                    // cos ku = Tₖ(cos u) and sin ku = sin u Uₖ₋₁(cos u) (DLMF 18.5.1 and 18.5.2)
                    let (degree, first, side) = match function {
                        Function::Cos => (k, 1, &mut powers.even),
                        _ => (k - 1, 2, &mut powers.odd),
                    };
                    for (sum, c) in side.iter_mut().zip(chebyshev(degree, first)) {
                        *sum = &*sum + &rest.scale(&super::integer(c));
                    }
                }
            }
        }
        Some(powers)
    }

    /// The sum in multiples of the angle.
    fn sum(&self, u: &Expression) -> Expression {
        let (sin, cos) = (u.sin(), u.cos());
        let polynomial = |coefficients: &[Expression]| {
            coefficients.iter().rev().fold(Expression::integer(0), |sum, coefficient| &(&sum * &cos) + coefficient)
        };
        &polynomial(&self.even) + &(&sin * &polynomial(&self.odd))
    }
}

/// The coefficients of Tₙ (`first` = 1) or Uₙ (`first` = 2), which begin with 1 and `first`·c and have Pₙ₊₁ = 2c Pₙ − Pₙ₋₁.
fn chebyshev(degree: i64, first: i64) -> Vec<i64> {
    let (mut last, mut next) = (vec![1], vec![0, first]);
    for _ in 0..degree {
        let mut after = vec![0; next.len() + 1];
        for (i, c) in next.iter().enumerate() {
            after[i + 1] += 2 * c;
        }
        for (i, c) in last.iter().enumerate() {
            after[i] -= c;
        }
        (last, next) = (next, after);
    }
    last
}

/// The quotient of a sum by a sine or cosine, if that divides it.
pub(super) fn divide(sum: &Expression, divisor: &Atom) -> Option<Expression> {
    let (function, u) = angle(divisor)?;
    let Powers { mut even, mut odd } = Powers::of(sum, u)?;
    let zero = Expression::integer(0);
    if function == Function::Cos {
        for side in [&mut even, &mut odd] {
            if side.remove(0) != zero {
                return None;
            }
        }
        return Some(Powers { even, odd }.sum(u));
    }
    // (even + sin u·odd)/sin u = odd + sin u·even/(1 − cos² u), the division from the constant up.
    let mut quotient: Vec<Expression> = Vec::new();
    for (i, coefficient) in even.iter().enumerate() {
        let carried = if i >= 2 { &quotient[i - 2] + coefficient } else { coefficient.clone() };
        quotient.push(carried);
    }
    let exact = quotient.iter().rev().take(2).all(|left| *left == zero);
    exact.then(|| Powers { even: odd, odd: quotient }.sum(u))
}
