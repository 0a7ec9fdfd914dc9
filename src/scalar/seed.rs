//! How parameters are seeded with derivatives, and how derivatives are read back.

use super::{Compose, Scalar};
use nalgebra::{Const, SMatrix};
use num_dual::{Derivative, Dual2SVec, DualSVec, HyperDualVec};

/// A number type over `T` that carries the gradient with respect to a block of [`WIDTH`](Self::WIDTH) variables.
pub trait FirstOrder<T: Scalar>: Scalar {
    /// How many variables one evaluation differentiates with respect to.
    const WIDTH: usize;

    /// The number `value`, seeded as variable `slot` of the block, or constant if `slot` is `None`.
    fn seed(value: T, slot: Option<usize>) -> Self;

    /// The value.
    fn value(&self) -> T;

    /// The derivative with respect to variable `slot` of the block.
    fn derivative(&self, slot: usize) -> T;
}

/// A number type over `T` that carries a block of the Hessian: rows from one block of variables, columns from another.
pub trait SecondOrder<T: Scalar>: Scalar {
    /// How many variables a block of rows or of columns has.
    const WIDTH: usize;

    /// The number `value`, seeded as variable `row` of the row block and variable `column` of the column block.
    fn seed(value: T, row: Option<usize>, column: Option<usize>) -> Self;

    /// The value.
    fn value(&self) -> T;

    /// The first derivative with respect to variable `row` of the row block.
    fn first(&self, row: usize) -> T;

    /// The second derivative with respect to variable `row` of the row block and `column` of the column block.
    fn second(&self, row: usize, column: usize) -> T;
}

impl<T: Compose, const N: usize> FirstOrder<T> for DualSVec<T, N> {
    const WIDTH: usize = N;

    #[inline(always)]
    fn seed(value: T, slot: Option<usize>) -> Self {
        Self::new(value, unit(slot))
    }

    #[inline(always)]
    fn value(&self) -> T {
        self.re
    }

    #[inline(always)]
    fn derivative(&self, slot: usize) -> T {
        self.eps.0.as_ref().map_or_else(T::zero, |gradient| gradient[slot])
    }
}

/// All variables are in one block, so rows and columns are the same variables.
impl<T: Compose, const N: usize> SecondOrder<T> for Dual2SVec<T, N> {
    const WIDTH: usize = N;

    #[inline(always)]
    fn seed(value: T, row: Option<usize>, column: Option<usize>) -> Self {
        debug_assert_eq!(row, column, "one block has the same rows and columns");
        Self::new(value, unit(row), Derivative::none())
    }

    #[inline(always)]
    fn value(&self) -> T {
        self.re
    }

    #[inline(always)]
    fn first(&self, row: usize) -> T {
        self.v1.0.as_ref().map_or_else(T::zero, |gradient| gradient[row])
    }

    #[inline(always)]
    fn second(&self, row: usize, column: usize) -> T {
        self.v2.0.as_ref().map_or_else(T::zero, |hessian| hessian[(row, column)])
    }
}

impl<T: Compose, const N: usize> SecondOrder<T> for HyperDualVec<T, Const<N>, Const<N>> {
    const WIDTH: usize = N;

    #[inline(always)]
    fn seed(value: T, row: Option<usize>, column: Option<usize>) -> Self {
        Self::new(value, unit(row), unit(column), Derivative::none())
    }

    #[inline(always)]
    fn value(&self) -> T {
        self.re
    }

    #[inline(always)]
    fn first(&self, row: usize) -> T {
        self.eps1.0.as_ref().map_or_else(T::zero, |gradient| gradient[row])
    }

    #[inline(always)]
    fn second(&self, row: usize, column: usize) -> T {
        self.eps1eps2.0.as_ref().map_or_else(T::zero, |hessian| hessian[(row, column)])
    }
}

/// The unit derivative of variable `slot`, or the empty derivative of a constant.
#[inline(always)]
fn unit<T: Scalar, const R: usize, const C: usize>(slot: Option<usize>) -> Derivative<T, Const<R>, Const<C>> {
    Derivative::new(slot.map(|slot| {
        let mut seed = SMatrix::<T, R, C>::zeros();
        seed[slot] = T::one();
        seed
    }))
}
