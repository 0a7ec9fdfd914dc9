//! Sums of a few functions of the data, from which all that is asked of a data set is combined.
//!
//! With s = C(θ) φ(x) and −H = D(θ) ψ(x), the sums over the data are Σs = C Σφ, Σs sᵀ = C (Σφφᵀ) Cᵀ and −ΣH = D Σψ. Products of
//! functions are functions again, and many of them are the same.

use super::assembler::{Assembler, Slot};
use super::derived::Derived;
use super::expansion::{Expansion, Over, Sample};
use super::functions;
use super::layout::Layout;
use super::polynomial::{MonomialId, Polynomial};
use super::program::Program;
use crate::derivatives::packed_index;
use crate::recording::Decision;
use crate::recording::graph::hasher::FastMap;
use crate::recording::graph::{Graph, NodeId};
use crate::sums::Sums;

/// A log-likelihood and its derivatives as coefficients in θ times functions of the data.
#[derive(Clone, Debug)]
pub(super) struct Reduced {
    pub program: Program,
    pub slots: Vec<Slot>,
    /// Whether functions and guards depend on the data alone: the sums are sufficient statistics.
    pub sufficient: bool,
    pub value: Vec<Term>,
    pub scores: Vec<Vec<Term>>,
    pub curvature: Vec<Vec<Term>>,
    /// Where the product of two functions is summed.
    pub products: FastMap<(MonomialId, MonomialId), usize>,
    /// Where the weights are summed.
    pub weight: usize,
    functions: usize,
}

/// A coefficient times the sum of a function.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    pub coefficient: NodeId,
    pub function: MonomialId,
    pub sum: usize,
}

/// How many products of terms an expansion may form.
const BUDGET: usize = 4000;

/// More functions than this are not summed apart.
const MOST_FUNCTIONS: usize = 128;

/// Sums of functions below this may have lost digits, or terms, to underflow.
const SMALLEST: f64 = f64::MIN_POSITIVE / f64::EPSILON;

/// A cancellation by more than this among the terms of a result costs too many digits.
pub(super) const MOST_CANCELLATION: f64 = 1000.0;

impl Reduced {
    /// The expansion over functions of the data alone, or else, if that is worth while, over functions of the data and θ.
    pub fn best(
        graph: &mut Graph,
        derived: &Derived,
        guards: &[Decision],
        sample: &Sample,
        also_of_parameters: bool,
    ) -> Option<Self> {
        let over_data = Self::of(graph, derived, guards, sample, Over::Data);
        match over_data {
            None if also_of_parameters => Self::of(graph, derived, guards, sample, Over::DataAndParameters),
            found => found,
        }
    }

    /// The expansion over such functions; `None` if there is none, or it has too many terms.
    fn of(graph: &mut Graph, derived: &Derived, guards: &[Decision], sample: &Sample, over: Over) -> Option<Self> {
        let mut expansion = Expansion::new(graph, sample, over, BUDGET);
        let scores: Vec<Polynomial> =
            derived.gradient.iter().map(|&score| expansion.of(score)).collect::<Option<_>>()?;
        let value = expansion.of(derived.value)?;
        let curvature: Vec<Polynomial> =
            derived.curvature.iter().map(|&entry| expansion.of(entry)).collect::<Option<_>>()?;
        let mut monomials = expansion.monomials.clone();
        let mut wanted = vec![MonomialId::ONE];
        let mut products = FastMap::default();
        for (i, left) in scores.iter().enumerate() {
            for right in &scores[..=i] {
                for &(a, _) in &left.0 {
                    for &(b, _) in &right.0 {
                        products.entry((a, b)).or_insert_with(|| monomials.product(a, b));
                    }
                }
            }
        }
        wanted.extend(products.values().copied());
        let all = [&value].into_iter().chain(&scores).chain(&curvature);
        wanted.extend(all.clone().flat_map(|polynomial| polynomial.0.iter().map(|&(monomial, _)| monomial)));
        wanted.sort_unstable();
        wanted.dedup();
        if wanted.len() > MOST_FUNCTIONS || expansion.is_distant() {
            return None;
        }
        // Where a guard asks about θ, other rows take this course at another θ.
        let moves =
            guards.iter().flat_map(|guard| guard.nodes()).any(|node| expansion.graph.depends_on_parameters(node));
        let mut assembler = Assembler::new(graph, &[]);
        for &guard in guards {
            assembler.guard(guard);
        }
        let sums = functions::sum(&mut assembler, &mut monomials, &wanted);
        let terms = |polynomial: &Polynomial| -> Vec<Term> {
            let term =
                |&(function, coefficient): &(MonomialId, NodeId)| Term { coefficient, function, sum: sums[&function] };
            polynomial.0.iter().map(term).collect()
        };
        let (program, slots) = assembler.finish();
        Some(Self {
            program,
            slots,
            sufficient: over == Over::Data && !moves,
            value: terms(&value),
            scores: scores.iter().map(terms).collect(),
            curvature: curvature.iter().map(terms).collect(),
            products: products.into_iter().map(|(pair, product)| (pair, sums[&product])).collect(),
            weight: sums[&MonomialId::ONE],
            functions: wanted.len(),
        })
    }

    /// How many functions are summed.
    pub fn functions(&self) -> usize {
        self.functions
    }

    /// The nodes of the coefficients.
    pub fn coefficients(&self) -> impl Iterator<Item = NodeId> {
        let all = [&self.value].into_iter().chain(&self.scores).chain(&self.curvature);
        all.flatten().map(|term| term.coefficient)
    }

    /// The sums over the data from those of the functions, where `values` are those of the nodes at θ. `None` if too many digits would be
    /// lost among the terms.
    pub fn combine(&self, values: &[f64], sums: &Sums) -> Option<Sums> {
        let layout = Layout::new(self.scores.len());
        let mut found = vec![0.0; layout.dimension()];
        let mut magnitudes = found.clone();
        let at = |term: &Term| values[term.coefficient.index()];
        let mut underflows = false;
        let mut put = |place: usize, terms: &mut dyn Iterator<Item = (f64, usize)>| {
            for (coefficient, sum) in terms {
                found[place] += coefficient * sums.value(sum);
                magnitudes[place] += coefficient.abs() * sums.magnitude(sum);
                underflows |= sums.magnitude(sum) > 0.0 && sums.magnitude(sum) < SMALLEST;
            }
        };
        put(0, &mut std::iter::once((1.0, self.weight)));
        put(Layout::VALUE, &mut self.value.iter().map(|term| (at(term), term.sum)));
        for (i, score) in self.scores.iter().enumerate() {
            put(layout.score() + i, &mut score.iter().map(|term| (at(term), term.sum)));
            for (j, other) in self.scores[..=i].iter().enumerate() {
                let pairs = score.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
                let mut products = pairs.map(|(a, b)| (at(a) * at(b), self.products[&(a.function, b.function)]));
                put(layout.outer() + packed_index(i, j), &mut products);
            }
        }
        for (k, entry) in self.curvature.iter().enumerate() {
            put(layout.curvature() + k, &mut entry.iter().map(|term| (at(term), term.sum)));
        }
        // What is infinite here may be wrong at an observation, which has to be named.
        let is_finite = magnitudes.iter().all(|magnitude| magnitude.is_finite());
        (is_finite && !underflows && self.keeps_digits(layout, &found, &magnitudes))
            .then(|| Sums::from_parts(found, magnitudes))
    }

    /// Whether no result is much smaller than the terms that it is the sum of, where that is not in the nature of the result: a score is
    /// measured against its standard deviation, a matrix entry against two of them.
    fn keeps_digits(&self, layout: Layout, found: &[f64], magnitudes: &[f64]) -> bool {
        let weight = found[0];
        let enough = |place: usize, scale: f64| magnitudes[place] <= MOST_CANCELLATION * scale.max(found[place].abs());
        let size = |start: usize, i: usize| found[start + packed_index(i, i)].abs();
        let information = |i: usize| size(layout.outer(), i).max(size(layout.curvature(), i));
        let parameters = 0..self.scores.len();
        enough(Layout::VALUE, weight)
            && parameters.clone().all(|i| {
                let own = size(layout.outer(), i);
                magnitudes[layout.outer() + packed_index(i, i)] <= MOST_CANCELLATION * own
                    && enough(layout.score() + i, (weight * own).sqrt())
                    && (0..=i).all(|j| {
                        let outer = (own * size(layout.outer(), j)).sqrt();
                        let both = (information(i) * information(j)).sqrt();
                        enough(layout.outer() + packed_index(i, j), outer)
                            && enough(layout.curvature() + packed_index(i, j), both)
                    })
            })
    }
}
