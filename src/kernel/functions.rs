//! The sums over functions of the data, with few operations.

use super::assembler::Assembler;
use super::polynomial::{MonomialId, Monomials};
use super::program::{Operand, Order, Reduction, Sign};
use crate::recording::graph::NodeId;
use crate::recording::graph::hasher::FastMap;

/// Makes the instructions that sum monomials; the number of the sum of each.
///
/// Monomials with a common factor a, times powers of one function u, are summed together as moments Σ a uᵏ; the others are products of
/// what is there already.
pub(super) fn sum(
    assembler: &mut Assembler<'_>,
    monomials: &mut Monomials,
    wanted: &[MonomialId],
) -> FastMap<MonomialId, usize> {
    let mut sums: FastMap<MonomialId, usize> = FastMap::default();
    let mut built = Built { values: FastMap::default(), order: Vec::new() };
    let mut rest = wanted.to_vec();
    for base in bases(monomials, wanted) {
        for (factor, group) in groups(monomials, &rest, base) {
            let highest = group.iter().map(|&(exponent, _)| exponent).max().unwrap_or(0);
            if group.len() < 2 || highest < 2 {
                continue;
            }
            let a = (factor != MonomialId::ONE).then(|| built.value(assembler, monomials, factor));
            let u = assembler.value(base);
            let order = if highest <= 2 { Order::Two } else { Order::Four };
            let sign = if is_not_negative(assembler, monomials, factor) { Sign::NotNegative } else { Sign::Any };
            let first = assembler.reduce(Reduction::Moments(a, u, order, sign));
            sums.extend(group.iter().map(|&(exponent, monomial)| (monomial, first + exponent as usize)));
        }
        rest.retain(|monomial| !sums.contains_key(monomial));
    }
    rest.sort_by_key(|&monomial| (monomials.degree(monomial), monomial));
    for monomial in rest {
        let reduction = if monomial == MonomialId::ONE {
            Reduction::Weight
        } else {
            match built.split(monomials, monomial) {
                Some((a, b)) => Reduction::Product(a, b),
                None => Reduction::Sum(built.value(assembler, monomials, monomial)),
            }
        };
        sums.insert(monomial, assembler.reduce(reduction));
    }
    sums
}

/// The highest power that moments are formed of.
const HIGHEST: u32 = 4;

/// The functions of which there are squares or higher powers, those of the highest first.
fn bases(monomials: &Monomials, wanted: &[MonomialId]) -> Vec<NodeId> {
    let mut counts: FastMap<NodeId, (u32, usize)> = FastMap::default();
    for (function, exponent) in wanted.iter().flat_map(|&monomial| monomials.factors(monomial).iter().copied()) {
        let (highest, count) = counts.entry(function).or_default();
        *highest = exponent.max(*highest);
        *count += 1;
    }
    let mut bases: Vec<_> = counts.into_iter().filter(|(_, (highest, _))| *highest >= 2).collect();
    // Among equals those of the most monomials.
    bases.sort_unstable_by_key(|&(function, (highest, count))| std::cmp::Reverse((highest, count, function)));
    bases.into_iter().map(|(function, _)| function).collect()
}

/// The exponents of a function in monomials, and the monomials.
type Group = Vec<(u32, MonomialId)>;

/// The monomials by what is left of them without their powers of a function.
fn groups(monomials: &mut Monomials, wanted: &[MonomialId], base: NodeId) -> Vec<(MonomialId, Group)> {
    let mut groups: Vec<(MonomialId, Group)> = Vec::new();
    for &monomial in wanted {
        let mut factors = monomials.factors(monomial).clone();
        let place = factors.iter().position(|factor| factor.0 == base);
        let exponent = place.map_or(0, |place| factors.remove(place).1);
        if exponent > HIGHEST {
            continue;
        }
        let factor = monomials.of(factors);
        match groups.iter_mut().find(|group| group.0 == factor) {
            Some(group) => group.1.push((exponent, monomial)),
            None => groups.push((factor, vec![(exponent, monomial)])),
        }
    }
    groups.sort_by_key(|&(factor, _)| (monomials.degree(factor), factor));
    groups
}

/// Whether a monomial is known not to be negative: its functions have even exponents, or are exponentials.
fn is_not_negative(assembler: &Assembler<'_>, monomials: &Monomials, monomial: MonomialId) -> bool {
    monomials
        .factors(monomial)
        .iter()
        .all(|&(function, exponent)| exponent % 2 == 0 || assembler.is_exponential(function))
}

/// The monomials that have a value for each observation.
struct Built {
    values: FastMap<MonomialId, Operand>,
    order: Vec<MonomialId>,
}

impl Built {
    /// The value of a monomial other than 1.
    fn value(&mut self, assembler: &mut Assembler<'_>, monomials: &mut Monomials, monomial: MonomialId) -> Operand {
        if let Some(&known) = self.values.get(&monomial) {
            return known;
        }
        let value = match self.split(monomials, monomial) {
            Some((a, b)) => assembler.product(a, b),
            None => {
                // One function less, the latest, times that function.
                let mut factors = monomials.factors(monomial).clone();
                let last = factors.pop();
                if let Some((function, exponent)) = last
                    && exponent > 1
                {
                    factors.push((function, exponent - 1));
                }
                let function = last.map(|(function, _)| assembler.value(function));
                let rest = monomials.of(factors);
                let rest = (rest != MonomialId::ONE).then(|| self.value(assembler, monomials, rest));
                match (rest, function) {
                    (Some(a), Some(b)) => assembler.product(a, b),
                    (_, Some(only)) => only,
                    // The empty product has no value for each observation; it is not asked for.
                    (_, None) => assembler.constant(1.0),
                }
            }
        };
        self.values.insert(monomial, value);
        self.order.push(monomial);
        value
    }

    /// Two monomials with values whose product this is.
    fn split(&self, monomials: &mut Monomials, monomial: MonomialId) -> Option<(Operand, Operand)> {
        self.order.iter().rev().find_map(|&a| {
            let b = monomials.quotient(monomial, a)?;
            Some((*self.values.get(&a)?, *self.values.get(&b)?))
        })
    }
}
