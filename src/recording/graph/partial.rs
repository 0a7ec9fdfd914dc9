//! Partial derivatives of special functions by dual numbers.

use crate::scalar::{Compose, Scalar, Special};
use num_dual::Dual;

/// The partial derivative of these orders in the arguments; NaN if they are more than 3 in total.
///
/// Each differentiation is one more layer of dual numbers, whose infinitesimal part is added to one argument.
pub(crate) fn value(call: Special<f64>, orders: [u8; 3]) -> f64 {
    let mut steps = (0..).zip(orders).flat_map(|(argument, order)| std::iter::repeat_n(argument, order.into()));
    match [steps.next(), steps.next(), steps.next(), steps.next()] {
        [None, ..] => f64::special(call),
        [Some(i), None, ..] => first(call, i),
        [Some(i), Some(j), None, _] => first(seeded(call, i), j).eps,
        [Some(i), Some(j), Some(k), None] => first(seeded(seeded::<f64>(call, i), j), k).eps.eps,
        [_, _, _, Some(_)] => f64::NAN,
    }
}

/// The derivative in argument `along`.
fn first<T: Compose>(call: Special<T>, along: usize) -> T {
    Dual::<T>::special(seeded(call, along)).eps
}

/// The arguments as dual numbers, of which `along` is the variable.
fn seeded<T: Compose>(call: Special<T>, along: usize) -> Special<Dual<T>> {
    let mut position = 0..;
    call.map(|argument| {
        let seed = if position.next() == Some(along) { T::one() } else { T::zero() };
        Dual::new(argument, seed)
    })
}
