//! Whether a model is an exponential family, and of what rank.

use super::density::LogDensity;
use super::expression::{Expression, Symbol, limited};
use super::family::{Decomposition, Statistic};
use super::solve::Solution;
use super::{MOST_PRODUCTS, Refusal, natural};
use crate::model::SampleSpace;

/// How the rank of an exponential family compares with the number of its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// As many sufficient statistics as parameters.
    Full,
    /// More sufficient statistics than parameters: the natural parameters lie on a curved surface.
    Curved,
    /// Fewer: some parameters are not identified.
    Redundant,
}

/// ln f(x; θ) = η(θ)·T(x) − A(θ) + ln h(x), read off the code of the log-density.
///
/// Source: Barndorff-Nielsen, *Information and Exponential Families* (1978), chapter 8.
#[derive(Clone, Debug)]
pub struct ExponentialFamily {
    /// θ
    pub parameters: Vec<Symbol>,
    /// T(x), linearly independent of each other and of the constants.
    pub statistics: Vec<Statistic>,
    /// η(θ), as many.
    pub natural: Vec<Expression>,
    /// A(θ)
    pub ln_partition: Expression,
    /// ln h(x), on each branch of the density.
    pub ln_base_measure: Vec<Expression>,
    /// E\[T\], the mean-value parameters, if E\[score\] = 0 determines them.
    pub mean: Option<Vec<Expression>>,
    /// A and θ in the natural parameters, where θ(η) could be written down.
    pub canonical: Option<Canonical>,
}

/// An exponential family in its natural parameters.
#[derive(Clone, Debug)]
pub struct Canonical {
    /// η
    pub parameters: Vec<Symbol>,
    /// θ(η)
    pub original: Vec<Expression>,
    /// A(η), whose gradient is E\[T\] and whose Hessian is the information of η.
    pub ln_partition: Expression,
}

impl ExponentialFamily {
    /// The number of sufficient statistics: the dimension of the smallest natural parameter space.
    #[must_use]
    pub fn order(&self) -> usize {
        self.statistics.len()
    }

    /// Whether there are as many sufficient statistics as parameters.
    #[must_use]
    pub fn rank(&self) -> Rank {
        match self.order().cmp(&self.parameters.len()) {
            std::cmp::Ordering::Equal => Rank::Full,
            std::cmp::Ordering::Greater => Rank::Curved,
            std::cmp::Ordering::Less => Rank::Redundant,
        }
    }

    /// A*(E\[T\]) = η·E\[T\] − A, the potential dual to A, as a function of θ: the negative entropy, but for E\[ln h\].
    ///
    /// Source: Amari, *Information Geometry and Its Applications* (2016), section 2.1.
    #[must_use]
    pub fn dual_potential(&self) -> Option<Expression> {
        let mean = self.mean.as_ref()?;
        let product: Expression = self.natural.iter().zip(mean).map(|(eta, mean)| eta * mean).sum();
        Some((&product - &self.ln_partition).reduced())
    }
}

/// Takes the log-density of a model apart.
///
/// # Errors
/// [`Refusal::NotSeparable`] if it is no exponential family, and the other [`Refusal`]s of a reading.
pub fn exponential_family<M: SampleSpace>(model: &M) -> Result<ExponentialFamily, Refusal> {
    let density = LogDensity::of(model)?;
    limited(MOST_PRODUCTS, || take_apart(density))
}

fn take_apart(density: LogDensity) -> Result<ExponentialFamily, Refusal> {
    let family = if density.branches.len() == 1 {
        Decomposition::of_branch(&density, 0)?
    } else {
        Decomposition::of_all_minimal(&density)?
    };
    let mean = match Solution::of(&family, &density.parameters, &[]) {
        Ok(solution) => solution.mean,
        Err(Refusal::Curved { .. }) => None,
        Err(refusal) => return Err(refusal),
    };
    let canonical = natural::invert(&density.parameters, &family.natural).map(|(parameters, original)| {
        let in_eta =
            |symbol: &Symbol| density.parameters.iter().position(|own| own == symbol).map(|i| original[i].clone());
        let ln_partition = family.ln_partition.substitute(&in_eta).reduced();
        Canonical { parameters, ln_partition, original }
    });
    let Decomposition { statistics, natural, ln_partition, ln_base_measure } = family;
    Ok(ExponentialFamily {
        parameters: density.parameters,
        statistics,
        natural,
        ln_partition,
        ln_base_measure,
        mean,
        canonical,
    })
}
