//! How fast a search approaches its end.

/// How fast the decrements of Newton steps fall. Near a maximum each is about the square of the one before. Where the maximum lies at
/// infinity, or on a bound, each is about 0.6 of the one before.
#[derive(Default)]
pub(super) struct Pace {
    last: Option<f64>,
    slow: usize,
    fast: bool,
}

impl Pace {
    /// A step from a point of this decrement.
    pub fn record(&mut self, newton: bool, decrement: Option<f64>) {
        let contraction = self.last.zip(decrement).map(|(before, now)| now / before);
        self.slow = if newton && contraction.is_none_or(|c| c > SLOW) { self.slow + 1 } else { 0 };
        self.fast = newton && contraction.is_some_and(|c| c <= SLOW);
        self.last = decrement;
    }

    /// Whether the last steps were slow.
    pub fn is_slow(&self) -> bool {
        self.slow >= 3
    }

    /// Whether the last step was as fast as Newton's method is near a maximum.
    pub fn is_fast(&self) -> bool {
        self.fast
    }

    /// Whether it has been slow for a while; asked again after as long a while.
    pub fn is_suspicious(&self) -> bool {
        self.slow > 0 && self.slow.is_multiple_of(6) && self.last.is_some_and(|decrement| decrement < 0.5)
    }
}

/// A decrement that falls by less than this factor falls slowly.
const SLOW: f64 = 0.2;
