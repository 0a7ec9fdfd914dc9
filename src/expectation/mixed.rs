//! Expectations over pieces of the line, some with a density and some with probabilities.
//!
//! ```math
//! \mathrm{E}[g] = \sum_{\text{pieces}} \int f\, g
//! ```
//!
//! Every piece is left to the method that suits it, and values, errors and masses are added. What an error, a tail or a mass is
//! measured against is the whole: each piece is told what is known of the others. Where several pieces are intervals, that
//! begins with a rough look at each, so that the foot of a density does not cost more than its bulk.

use super::part::{MASS_TOLERANCE, Part};
use super::{Expectation, Integrand, Provenance, Settings, quadrature, summation};
use crate::error::Error;
use crate::model::Support;

/// ∫ f and ∫ f g over pieces that are intervals, integers or points; an interval alone is one piece.
///
/// If the mass is not 1, the bulk of every interval is looked for again on a finer grid.
pub(crate) fn integrate(
    integrand: &mut dyn Integrand,
    pieces: &[Support],
    settings: &Settings,
) -> Result<Expectation, Error> {
    let mut sum = Pieces::new(integrand, pieces, settings)?;
    let mut best: Option<Part> = None;
    for look in 0..quadrature::LOOKS {
        sum.look(look)?;
        let whole = sum.whole();
        let settled = whole.defect() <= MASS_TOLERANCE;
        // A coarser search that sees more of a proper density is not replaced by a finer one that sees less.
        if best.as_ref().is_none_or(|best| whole.defect() < best.defect()) {
            best = Some(whole);
        }
        if settled {
            break;
        }
    }
    let found = sum.parts.iter().any(Option::is_some);
    let best = best.filter(|_| found).ok_or(Error::NoMass { points: sum.tried })?;
    let provenance = if has_interval(pieces) {
        Provenance::Quadrature { evaluations: sum.spent }
    } else {
        Provenance::Summation { terms: sum.spent, tail_bound: sum.tail_bound }
    };
    Ok(best.conclude(4.0, provenance))
}

/// Whether there is something to integrate.
pub(crate) fn has_interval(pieces: &[Support]) -> bool {
    pieces.iter().any(|piece| matches!(piece, Support::Interval { .. }))
}

/// A sum over pieces in progress.
struct Pieces<'a> {
    integrand: &'a mut dyn Integrand,
    settings: &'a Settings,
    /// Points first, then intervals: what can be known at once helps with the rest.
    pieces: Vec<&'a Support>,
    /// What is known of each, nothing if the density seems to be zero there.
    parts: Vec<Option<Part>>,
    /// How many points were tried where the density seems to be zero.
    tried: usize,
    spent: usize,
    tail_bound: f64,
}

impl<'a> Pieces<'a> {
    /// All points are summed. Of several intervals the size is estimated, by a look that is content with any error.
    fn new(integrand: &'a mut dyn Integrand, pieces: &'a [Support], settings: &'a Settings) -> Result<Self, Error> {
        let mut pieces: Vec<&Support> = pieces.iter().collect();
        pieces.sort_by_key(|piece| match piece {
            Support::Points(_) => 0,
            Support::Interval { .. } => 1,
            _ => 2,
        });
        let intervals = pieces.iter().filter(|piece| matches!(piece, Support::Interval { .. })).count();
        let parts = vec![None; pieces.len()];
        let mut sum = Self { integrand, settings, pieces, parts, tried: 0, spent: 0, tail_bound: 0.0 };
        let content = Part::empty(sum.width(), f64::INFINITY);
        for index in 0..sum.pieces.len() {
            match sum.pieces[index] {
                Support::Points(points) => {
                    let found = summation::points_part(sum.integrand, points, settings);
                    sum.keep_summed(index, found)?;
                }
                Support::Interval { .. } if intervals > 1 => sum.measure(index, &content, 0)?,
                _ => {}
            }
        }
        Ok(sum)
    }

    /// How many components there are: the mass and those of g.
    fn width(&self) -> usize {
        self.integrand.dimension() + 1
    }

    /// All pieces but those that are finished.
    fn look(&mut self, look: usize) -> Result<(), Error> {
        for index in 0..self.pieces.len() {
            if !matches!(self.pieces[index], Support::Points(_)) {
                let others = self.parts.iter().enumerate().filter(|(other, _)| *other != index);
                let elsewhere = Part::sum(others.filter_map(|(_, part)| part.as_ref()), self.width());
                self.measure(index, &elsewhere, look)?;
            }
        }
        Ok(())
    }

    /// The piece, measured against what lies `elsewhere`.
    fn measure(&mut self, index: usize, elsewhere: &Part, look: usize) -> Result<(), Error> {
        match *self.pieces[index] {
            Support::Interval { lower, upper } => {
                let ends = (lower, upper);
                let found =
                    quadrature::integrate(self.integrand, ends, self.settings, elsewhere, look, &mut self.spent);
                self.keep(index, found)
            }
            Support::Integers { lower, upper } => {
                let found = summation::integers_part(self.integrand, (lower, upper), self.settings, elsewhere);
                self.keep_summed(index, found)
            }
            _ => {
                Err(Error::Unsupported { method: "a mixed support", needs: "intervals, integers and points as pieces" })
            }
        }
    }

    fn keep_summed(&mut self, index: usize, found: Result<summation::Summed, Error>) -> Result<(), Error> {
        let part = found.map(|summed| {
            self.spent += summed.terms;
            self.tail_bound += summed.tail_bound;
            summed.part
        });
        self.keep(index, part)
    }

    /// Keeps a part. A piece may be empty, as long as not all are.
    fn keep(&mut self, index: usize, found: Result<Part, Error>) -> Result<(), Error> {
        self.parts[index] = match found {
            Ok(part) => Some(part),
            Err(Error::NoMass { points }) => {
                self.tried += points;
                None
            }
            Err(refusal) => return Err(refusal),
        };
        Ok(())
    }

    fn whole(&self) -> Part {
        Part::sum(self.parts.iter().flatten(), self.width())
    }
}
