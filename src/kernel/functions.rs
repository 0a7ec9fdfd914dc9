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
    let mut moments: Vec<(NodeId, MonomialId, Group)> = Vec::new();
    for base in bases(monomials, wanted) {
        for (factor, group) in groups(monomials, &rest, base) {
            if group.len() >= 2 && group.iter().any(|&(exponent, _)| exponent >= 2) {
                rest.retain(|monomial| group.iter().all(|(_, member)| member != monomial));
                moments.push((base, factor, group));
            }
        }
    }
    // The simplest factors first: others are products of them.
    let mut factors: Vec<MonomialId> = moments.iter().map(|&(_, factor, _)| factor).collect();
    factors.retain(|&factor| (1..=2).contains(&monomials.degree(factor)));
    factors.sort_by_key(|&factor| (monomials.degree(factor), factor));
    for factor in factors {
        built.value(assembler, monomials, factor);
    }
    for (base, factor, group) in moments {
        let a = (factor != MonomialId::ONE).then(|| built.value(assembler, monomials, factor));
        let u = assembler.value(base);
        let order = if group.iter().all(|&(exponent, _)| exponent <= 2) { Order::Two } else { Order::Four };
        let first = assembler.reduce(Reduction::Moments(a, u, order, Sign::Any));
        sums.extend(group.iter().map(|&(exponent, monomial)| (monomial, first + exponent as usize)));
    }
    rest.sort_by_key(|&monomial| (monomials.degree(monomial), monomial));
    for monomial in rest {
        let reduction = if monomial == MonomialId::ONE {
            Reduction::Weight
        } else {
            match built.split(assembler, monomials, monomial) {
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
        let value = match self.split(assembler, monomials, monomial) {
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

    /// Two values whose product this is: those of two monomials that have one, or of a monomial and a function.
    fn split(
        &self,
        assembler: &mut Assembler<'_>,
        monomials: &mut Monomials,
        monomial: MonomialId,
    ) -> Option<(Operand, Operand)> {
        self.order.iter().rev().find_map(|&known| {
            let rest = monomials.quotient(monomial, known)?;
            let other = match (self.values.get(&rest), monomials.factors(rest).as_slice()) {
                (Some(&value), _) => value,
                (None, &[(function, 1)]) => assembler.value(function),
                _ => return None,
            };
            Some((*self.values.get(&known)?, other))
        })
    }
}
