//! Comparisons of symbols, each recorded with its answer.

use super::super::decision::Relation;
use super::{Common, Sym, recorder};
use std::cmp::Ordering;

impl Sym {
    /// Whether a relation holds between the values. Between plain constants there is nothing to record.
    #[inline]
    fn compare(self, relation: Relation, other: Self) -> bool {
        let holds = relation.holds(self.value, other.value);
        if let Common::Trace(trace) = Self::common(&[self, other]) {
            recorder::with(trace, |recorder| {
                let (left, right) = (recorder.operand(self), recorder.operand(other));
                recorder.compared(left, relation, right, holds);
            })
            .unwrap_or_else(|| recorder::strays(trace));
        }
        holds
    }
}

impl PartialEq for Sym {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.compare(Relation::Equal, *other)
    }
}

impl PartialEq<f64> for Sym {
    #[inline]
    fn eq(&self, other: &f64) -> bool {
        *self == Self::constant(*other)
    }
}

impl PartialOrd for Sym {
    /// Asks for <, = and > one after another, so that the answers recorded tell the order, or that there is none.
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        if self < other {
            Some(Ordering::Less)
        } else if self == other {
            Some(Ordering::Equal)
        } else if self > other {
            Some(Ordering::Greater)
        } else {
            None
        }
    }

    #[inline]
    fn lt(&self, other: &Self) -> bool {
        self.compare(Relation::Less, *other)
    }

    #[inline]
    fn le(&self, other: &Self) -> bool {
        self.compare(Relation::LessOrEqual, *other)
    }

    #[inline]
    fn gt(&self, other: &Self) -> bool {
        other.compare(Relation::Less, *self)
    }

    #[inline]
    fn ge(&self, other: &Self) -> bool {
        other.compare(Relation::LessOrEqual, *self)
    }
}

impl PartialOrd<f64> for Sym {
    #[inline]
    fn partial_cmp(&self, other: &f64) -> Option<Ordering> {
        self.partial_cmp(&Self::constant(*other))
    }

    #[inline]
    fn lt(&self, other: &f64) -> bool {
        *self < Self::constant(*other)
    }

    #[inline]
    fn le(&self, other: &f64) -> bool {
        *self <= Self::constant(*other)
    }

    #[inline]
    fn gt(&self, other: &f64) -> bool {
        *self > Self::constant(*other)
    }

    #[inline]
    fn ge(&self, other: &f64) -> bool {
        *self >= Self::constant(*other)
    }
}
