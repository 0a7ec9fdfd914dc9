//! Two distributions, and the divergences between them.

use super::geometric::{FAR, far_out};
use super::halves::{OfDatum, OfRatio, Sum, Taken, half};
use super::ratio::{Member, along_the_segment};
use super::supports::ends;
use super::value::{Divergence, Infinite};
use crate::error::Error;
use crate::expectation::{Estimate, Method, Settings};
use crate::information;
use crate::model::{Datum, Observation, ParameterSpace, SampleSpace, Theta, checked_parameters};
use std::borrow::Borrow;
use std::sync::Arc;

/// Which of the two distributions an observation is one of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Under {
    First,
    Second,
}

/// w = ln g − ln f as a function of an observation of one of the two.
type LnRatio<'a, O> = Arc<dyn Fn(Under, &<O as Observation>::Of<f64>) -> f64 + Send + Sync + 'a>;

/// The Kullback–Leibler divergence from the first to the second, or from the second to the first, by the formula of the model.
type Formula<'a> = Arc<dyn Fn(Under) -> Option<Result<Estimate, Error>> + Send + Sync + 'a>;

/// Two distributions of one kind of observation: f, the first, and g, the second.
///
/// It is made by [`within`](super::within) for two members of a family, and by [`between`](super::between) for members of two. The page
/// [`divergence`](super) says what its methods compute.
pub struct Pair<'a, M: SampleSpace, N: SampleSpace<Observation = M::Observation>> {
    pub(super) first: Member<'a, M>,
    pub(super) second: Member<'a, N>,
    ln_ratio: LnRatio<'a, M::Observation>,
    formula: Option<Formula<'a>>,
    pub(super) method: Method,
    pub(super) settings: Settings,
}

fn member<'a, M: SampleSpace>(model: &'a M, theta: &Theta<M, f64>) -> Result<Member<'a, M>, Error> {
    checked_parameters(model, theta)?;
    Ok(Member { model, theta: M::Parameters::from_slice(theta.as_ref())?, support: model.support(theta) })
}

/// Two members of one family.
pub(super) fn within<'a, M: SampleSpace>(
    model: &'a M,
    theta: &Theta<M, f64>,
    other: &Theta<M, f64>,
) -> Result<Pair<'a, M, M>, Error> {
    let (first, second) = (member(model, theta)?, member(model, other)?);
    let ln_ratio: LnRatio<'a, M::Observation> = {
        let (first, second) = (first.clone(), second.clone());
        Arc::new(move |under, x| {
            let logarithms = ln_densities(&first, &second, under, x);
            along_the_segment(model, &first.theta, &second.theta, x, logarithms)
        })
    };
    let formula: Formula<'a> = {
        let (first, second) = (first.theta.clone(), second.theta.clone());
        Arc::new(move |under| {
            let (from, to) = if under == Under::First { (&first, &second) } else { (&second, &first) };
            let declared = model.capabilities().divergence;
            declared(model, from.borrow(), to.borrow())?;
            Some(information::kullback_leibler(model, from.borrow(), to.borrow()))
        })
    };
    Ok(Pair { formula: Some(formula), ..Pair::new(first, second, ln_ratio) })
}

/// Members of two models.
pub(super) fn between<'a, M, N>(
    model: &'a M,
    theta: &Theta<M, f64>,
    other: &'a N,
    eta: &Theta<N, f64>,
) -> Result<Pair<'a, M, N>, Error>
where
    M: SampleSpace,
    N: SampleSpace<Observation = M::Observation>,
{
    let (first, second) = (member(model, theta)?, member(other, eta)?);
    let ln_ratio: LnRatio<'a, M::Observation> = {
        let (first, second) = (first.clone(), second.clone());
        Arc::new(move |under, x| {
            let (ln_f, ln_g) = ln_densities(&first, &second, under, x);
            ln_g - ln_f
        })
    };
    Ok(Pair::new(first, second, ln_ratio))
}

/// ln f and ln g at an observation of one of the two, each −∞ outside its support.
fn ln_densities<M: SampleSpace, N: SampleSpace<Observation = M::Observation>>(
    first: &Member<'_, M>,
    second: &Member<'_, N>,
    under: Under,
    x: &Datum<M, f64>,
) -> (f64, f64) {
    match under {
        Under::First => (first.ln_density(x), second.ln_density_given(&first.support, x)),
        Under::Second => (first.ln_density_given(&second.support, x), second.ln_density(x)),
    }
}

impl<'a, M: SampleSpace, N: SampleSpace<Observation = M::Observation>> Pair<'a, M, N> {
    fn new(first: Member<'a, M>, second: Member<'a, N>, ln_ratio: LnRatio<'a, M::Observation>) -> Self {
        Self { first, second, ln_ratio, formula: None, method: Method::Automatic, settings: Settings::default() }
    }

    /// The same two by this method, and without the formulas of the model.
    ///
    /// ```
    /// use fisher_information::distributions::Normal;
    /// use fisher_information::expectation::{Method, Settings};
    /// use fisher_information::geometry::divergence::within;
    ///
    /// let pair = within(&Normal, &[0.0, 1.0], &[1.0, 1.0])?;
    /// let drawn = pair.by(Method::MonteCarlo, &Settings { draws: 4000, ..Settings::default() }).kullback_leibler()?;
    /// assert!((drawn.value() - 0.5).abs() < 4.0 * drawn.error() && drawn.error() < 0.03);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    #[must_use]
    pub fn by(self, method: Method, settings: &Settings) -> Self {
        Self { formula: None, method, settings: settings.clone(), ..self }
    }

    /// The second and the first.
    #[must_use]
    pub fn reversed(&self) -> Pair<'a, N, M> {
        let swap = |under| if under == Under::First { Under::Second } else { Under::First };
        let ln_ratio = Arc::clone(&self.ln_ratio);
        let formula = self.formula.clone();
        Pair {
            first: self.second.clone(),
            second: self.first.clone(),
            ln_ratio: Arc::new(move |under, x: &Datum<M, f64>| -ln_ratio(swap(under), x)),
            formula: formula.map(|formula| Arc::new(move |under| formula(swap(under))) as Formula<'a>),
            method: self.method,
            settings: self.settings.clone(),
        }
    }

    /// The Kullback–Leibler divergence by the formula of the model, if it has one.
    pub(super) fn formula(&self) -> Option<Result<Estimate, Error>> {
        self.formula.as_ref().and_then(|formula| formula(Under::First))
    }

    /// ln g − ln f at an observation of the first.
    pub(super) fn ln_ratio(&self, x: &Datum<M, f64>) -> f64 {
        (self.ln_ratio)(Under::First, x)
    }

    /// E_f\[k(w)\] + E_g\[k(w)\], or why it is infinite.
    pub(super) fn sum(&self, k: OfRatio<'_>) -> Result<Divergence, Error> {
        self.sum_cut(k, false)
    }

    /// The same for a k with a kink where f = g: there the integrals are cut.
    pub(super) fn sum_with_kink(&self, k: OfRatio<'_>) -> Result<Divergence, Error> {
        self.sum_cut(k, true)
    }

    fn sum_cut(&self, k: OfRatio<'_>, kink: bool) -> Result<Divergence, Error> {
        let halves = |cuts: (&[f64], &[f64])| -> Result<Result<[Taken; 2], Infinite>, Error> {
            let under_first = |x: &Datum<M, f64>| (self.ln_ratio)(Under::First, x);
            let under_second = |x: &Datum<M, f64>| (self.ln_ratio)(Under::Second, x);
            let first = match self.half(&self.first, &under_first, k, cuts.0)? {
                Ok(taken) => taken,
                Err(why) => return Ok(Err(why)),
            };
            Ok(self.half(&self.second, &under_second, k, cuts.1)?.map(|second| [first, second]))
        };
        let ends = (ends(&self.second.support), ends(&self.first.support));
        let [first, second] = match halves((&ends.0, &ends.1))? {
            Ok(both) => both,
            Err(why) => return Ok(Divergence::Infinite(why)),
        };
        let mut sum = Sum::of(&first, &second);
        // Each half finds the same places, or fewer.
        let more = if first.crossings.len() < second.crossings.len() { &second } else { &first };
        let crossings = if kink { more.crossings.clone() } else { Vec::new() };
        let hidden = sum.missing > 0.0 && !(first.bulk.is_empty() && second.bulk.is_empty());
        if hidden || !crossings.is_empty() {
            let (mut first_cuts, mut second_cuts) =
                ([ends.0, crossings.clone()].concat(), [ends.1, crossings].concat());
            if hidden {
                first_cuts.extend(second.bulk);
                second_cuts.extend(first.bulk);
            }
            // Cut in pieces, an integral may fail that as a whole did not: then the error says what is missing.
            if let Ok(Ok([first, second])) = halves((&first_cuts, &second_cuts)) {
                let again = Sum::of(&first, &second);
                if again.missing <= sum.missing {
                    sum = again;
                }
            }
        }
        let sum = sum.guarded(k);
        Ok(Divergence::Finite { estimate: sum.total, provenance: sum.provenance })
    }

    /// One half by the method of this pair. Where sums and integrals are no way, and the choice is free, by draws; but not before it
    /// is clear that they do not fail because the divergence is infinite.
    fn half<K: SampleSpace<Observation = M::Observation>>(
        &self,
        member: &Member<'_, K>,
        ln_ratio: OfDatum<'_, M>,
        k: OfRatio<'_>,
        cuts: &[f64],
    ) -> Result<Result<Taken, Infinite>, Error> {
        let ln_term = |x: &Datum<M, f64>| member.ln_density(x) + k(ln_ratio(x)).ln();
        let by = |method: Method, random: bool| match half(member, ln_ratio, k, cuts, random, (method, &self.settings))
        {
            Ok(taken) => Ok(Ok(taken)),
            Err(refusal) => infinite::<K>(member, &ln_term, ln_ratio, refusal).map(Err),
        };
        match self.method {
            Method::Automatic => by(Method::Automatic, false).or_else(|refusal| {
                if !can_be_drawn(&refusal) {
                    return Err(refusal);
                }
                by(Method::MonteCarlo, true).map_err(|other| match other {
                    Error::Unsupported { .. } => refusal,
                    other => other,
                })
            }),
            method => by(method, matches!(method, Method::MonteCarlo | Method::QuasiMonteCarlo)),
        }
    }
}

/// Whether draws may succeed where a sum or an integral was refused.
pub(super) fn can_be_drawn(refusal: &Error) -> bool {
    matches!(refusal, Error::Unsupported { .. } | Error::NoConvergence { .. } | Error::SlowTail { .. })
}

/// Why the expectation of k is infinite, if a refusal means that; else the refusal.
fn infinite<M: SampleSpace>(
    member: &Member<'_, M>,
    ln_term: OfDatum<'_, M>,
    ln_ratio: OfDatum<'_, M>,
    refusal: Error,
) -> Result<Infinite, Error> {
    let ln_ratio = |x: &[f64]| M::Observation::from_coordinates(x).map_or(f64::INFINITY, ln_ratio);
    let unsettled = match &refusal {
        Error::StatisticNotFinite { component: 0, at, value } if *value == f64::INFINITY => {
            if ln_ratio(at).is_finite() {
                // k is too large for a number, not infinite.
                return Err(refusal);
            }
            if !at.iter().any(|x| x.abs() > FAR) {
                return Ok(Infinite::Support { at: at.clone() });
            }
            // So far out it is ln g that is too large for a number.
            true
        }
        Error::Divergent { component: Some(0), at } => return Ok(Infinite::Tail { at: vec![*at] }),
        Error::SlowTail { .. } | Error::NoConvergence { .. } => true,
        _ => false,
    };
    let far_out = unsettled.then(|| far_out::<M>(&member.support, ln_term)).flatten();
    far_out.map(|at| Infinite::Tail { at }).ok_or(refusal)
}
