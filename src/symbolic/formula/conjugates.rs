//! Factors that are written as one: (1 − ρ)(1 + ρ) as 1 − ρ².

use super::super::expression::{Atom, Exponent, Expression, Monomial};

/// The product with pairs of sums of two terms, to the same power, multiplied where two terms remain.
pub(super) fn joined(product: &Monomial) -> Monomial {
    let sums = product.factors().filter_map(|(atom, exponent)| match atom {
        Atom::Sum(sum) if has_two_terms(sum) => Some((sum.clone(), exponent)),
        _ => None,
    });
    let mut sums: Vec<(Expression, Exponent)> = sums.collect();
    let mut found = false;
    while let Some((i, j, whole)) = pair(&sums) {
        sums[i].0 = whole;
        sums.remove(j);
        found = true;
    }
    if !found {
        return product.clone();
    }
    let (others, _) = product.split(|atom, _| !matches!(atom, Atom::Sum(sum) if has_two_terms(sum)));
    let joined = sums
        .into_iter()
        .try_fold(others, |product, (sum, exponent)| product.multiply(&Monomial::power(Atom::Sum(sum), exponent)));
    joined.unwrap_or_else(|| product.clone())
}

fn has_two_terms(sum: &Expression) -> bool {
    sum.terms().is_ok_and(|terms| terms.count() == 2)
}

/// Two sums, the first before the second, and their product.
fn pair(sums: &[(Expression, Exponent)]) -> Option<(usize, usize, Expression)> {
    sums.iter().enumerate().find_map(|(i, (a, e))| {
        let later = sums.iter().enumerate().skip(i + 1).filter(|(_, (_, f))| e == f);
        later.map(|(j, (b, _))| (i, j, a * b)).find(|(_, _, whole)| has_two_terms(whole))
    })
}
