//! Quantiles by halving, from a distribution function alone.

use crate::error::Error;
use crate::model::Support;

/// The probability that a quantile leaves on one of its sides, each accurate when it is small.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Tail {
    /// F(x) is this.
    Lower(f64),
    /// 1 − F(x) is this.
    Upper(f64),
}

impl Tail {
    /// The side on which the probability is the smaller one.
    pub fn of(probability: f64) -> Result<Self, Error> {
        match probability {
            p if p > 0.0 && p <= 0.5 => Ok(Self::Lower(p)),
            p if p > 0.5 && p < 1.0 => Ok(Self::Upper(1.0 - p)),
            value => Err(Error::InvalidLevel { value }),
        }
    }

    /// Whether x is not below the quantile, given F(x) and 1 − F(x).
    fn reached(self, [below, above]: [f64; 2]) -> Result<bool, Error> {
        let (value, reached) = match self {
            Self::Lower(p) => (below, below >= p),
            Self::Upper(p) => (above, above <= p),
        };
        if value.is_nan() {
            return Err(Error::FormulaNotFinite { quantity: "the distribution function", value });
        }
        Ok(reached)
    }
}

/// The smallest number of the support, an interval or integers, at which the distribution function reaches the tail, given F and 1 − F.
///
/// The numbers of double precision are halved in their order, not by their size: 64 evaluations do for any magnitude.
pub(super) fn quantile(tail: Tail, support: &Support, tails: impl Fn(f64) -> [f64; 2]) -> Result<f64, Error> {
    let reached = |x: f64| tail.reached(tails(x));
    match *support {
        Support::Interval { lower, upper } => {
            let (mut low, mut high) = (order(lower.max(f64::MIN)), order(upper.min(f64::MAX)));
            while high.saturating_sub(low) > 1 {
                let middle = low.midpoint(high);
                if reached(number(middle))? { high = middle } else { low = middle }
            }
            inside(number(high), f64::MIN.next_up(), f64::MAX)
        }
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)] // clamped to the integers that f64 has
        Support::Integers { lower, upper } => {
            let (mut low, mut high) = (lower.max(-LARGEST_INTEGER) as i64 - 1, upper.min(LARGEST_INTEGER) as i64);
            // Outwards first: a distribution function need not have values at integers of sixteen digits.
            let mut step = 1;
            let start = (low + 1).max(0).min(high);
            if reached(start as f64)? {
                high = start;
                while high - step > low && reached((high - step) as f64)? {
                    high -= step;
                    step *= 2;
                }
                low = low.max(high - step);
            } else {
                low = start;
                while low + step < high && !reached((low + step) as f64)? {
                    low += step;
                    step *= 2;
                }
                high = high.min(low + step);
            }
            while high - low > 1 {
                let middle = low.midpoint(high);
                if reached(middle as f64)? { high = middle } else { low = middle }
            }
            inside(high as f64, -LARGEST_INTEGER, LARGEST_INTEGER)
        }
        _ => Err(Error::Unsupported { method: "a quantile", needs: "an interval or integers as support" }),
    }
}

/// A quantile at the last of all numbers is none: the distribution function does not reach the tail before.
fn inside(x: f64, first: f64, last: f64) -> Result<f64, Error> {
    if first < x && x < last {
        return Ok(x);
    }
    Err(Error::FormulaNotFinite { quantity: "a quantile", value: f64::INFINITY.copysign(x) })
}

/// The place of a number among all of them.
fn order(x: f64) -> i64 {
    flip(x.to_bits().cast_signed())
}

/// The number at a place.
fn number(place: i64) -> f64 {
    f64::from_bits(flip(place).cast_unsigned())
}

/// Negative numbers are stored by magnitude: their other bits are turned over.
fn flip(bits: i64) -> i64 {
    if bits < 0 { bits ^ i64::MAX } else { bits }
}

/// Beyond 2⁵³ not every integer is a number.
const LARGEST_INTEGER: f64 = 9_007_199_254_740_992.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_ordered_as_their_places() {
        let numbers = [f64::MIN, -1.5, -f64::MIN_POSITIVE, -0.0, 0.0, 5e-324, 1.0, 1.0_f64.next_up(), f64::MAX];
        assert!(numbers.windows(2).all(|pair| order(pair[0]) < order(pair[1])));
        assert!(numbers.iter().all(|&x| number(order(x)).to_bits() == x.to_bits()));
    }

    #[test]
    fn a_distribution_that_does_not_reach_the_tail_has_no_quantile() {
        let half = |_: f64| [0.5, 0.5];
        for support in [Support::real(), Support::positive(), Support::counts()] {
            for (tail, want) in [(Tail::Upper(0.1), f64::INFINITY), (Tail::Upper(0.9), f64::NEG_INFINITY)] {
                match quantile(tail, &support, half) {
                    Err(Error::FormulaNotFinite { value, .. }) => assert_eq!(value, want),
                    // the lower end of the support, where there is one
                    found => assert!(found.is_ok_and(|x| x <= f64::MIN_POSITIVE) && want < 0.0),
                }
            }
            let undefined = quantile(Tail::Lower(0.5), &support, |_| [f64::NAN, f64::NAN]);
            assert!(matches!(undefined, Err(Error::FormulaNotFinite { value, .. }) if value.is_nan()));
        }
    }

    #[test]
    fn integers_are_found_from_either_side() {
        for (lower, upper) in [(0.0, f64::INFINITY), (f64::NEG_INFINITY, f64::INFINITY), (-20.0, 20.0), (3.0, 1e300)] {
            for want in [-17.0_f64, 0.0, 1.0, 3.0, 5.0, 17.0] {
                let step = |x: f64| if x >= want { [1.0, 0.0] } else { [0.0, 1.0] };
                let found = quantile(Tail::Lower(0.3), &Support::Integers { lower, upper }, step).ok();
                assert_eq!(found, Some(want.max(lower)), "{lower} {upper} {want}");
            }
        }
    }
}
