//! A bound on the work of an algebraic search, so that it ends whatever it is given.
//!
//! Polynomial algebra can grow exponentially. Inside [`limited`] every product of two terms is counted, on this thread; when the
//! count is spent, products become [`Obstacle::TooLarge`](super::Obstacle::TooLarge) and common divisors are no longer looked for. The
//! count is of operations, not of time, so that an answer does not depend on the machine.

use std::cell::Cell;

thread_local! {
    /// The products left, if they are counted.
    static LEFT: Cell<Option<u64>> = const { Cell::new(None) };
}

/// Runs a search in which at most `products` terms are multiplied. Inside another search it has no more than that has left.
pub(crate) fn limited<R>(products: u64, search: impl FnOnce() -> R) -> R {
    let outer = LEFT.get();
    let given = outer.map_or(products, |left| left.min(products));
    LEFT.set(Some(given));
    let _end = End { outer, given };
    search()
}

/// Gives the search outside its own count back, also where the code of a model panicked.
struct End {
    outer: Option<u64>,
    given: u64,
}

impl Drop for End {
    fn drop(&mut self) {
        let spent = self.given - LEFT.get().unwrap_or(self.given);
        LEFT.set(self.outer.map(|left| left.saturating_sub(spent)));
    }
}

/// Counts some products; false if they are not to be made any more.
pub(super) fn spend(products: usize) -> bool {
    let Some(left) = LEFT.get() else { return true };
    let rest = left.checked_sub(products as u64);
    LEFT.set(Some(rest.unwrap_or(0)));
    rest.is_some()
}

/// Whether nothing is left.
pub(super) fn spent() -> bool {
    LEFT.get() == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_ends_with_the_search_even_by_a_panic() {
        limited(10, || {
            assert!(spend(4));
            limited(100, || assert!(spend(5)));
            assert_eq!(LEFT.get(), Some(1));
            assert!(!spend(2) && spent());
        });
        assert_eq!(LEFT.get(), None);
        let panic = std::panic::catch_unwind(|| limited(10, || panic!("as a model may")));
        assert!(panic.is_err());
        assert_eq!(LEFT.get(), None);
    }
}
