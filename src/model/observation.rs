//! Observations: a number, a vector, a row, or anything opaque; and how they are lifted into a number type.

use crate::scalar::Scalar;
use std::borrow::Borrow;
use std::marker::PhantomData;

/// What one observation is.
///
/// | observation | arrives in the model as |
/// |---|---|
/// | `f64` | `D` |
/// | `[f64; K]` | `[D; K]` |
/// | `[f64]`, a row whose width is known at run time | `[D]` |
/// | [`Opaque<T>`](Opaque) | `T` itself, never lifted |
pub trait Observation {
    /// The observation as numbers `D`.
    type Of<D: Scalar>: ?Sized + Sync;

    /// The observation as an owned value, as a sampler returns it.
    type Owned: Borrow<Self::Of<f64>> + Send + Sync;

    /// Space for a lifted row, kept between observations so that a row costs no allocation.
    type Buffer<D: Scalar>: Default + Send + Sync;

    /// Calls `then` with the observation lifted to constants of type `D`.
    fn lift<D: Scalar, R>(x: &Self::Of<f64>, buffer: &mut Self::Buffer<D>, then: impl FnOnce(&Self::Of<D>) -> R) -> R;

    /// The coordinates of the observation, or nothing if it is opaque.
    fn coordinates(x: &Self::Of<f64>) -> &[f64];

    /// The coordinates of many observations, one after the other, if they lie so in memory.
    fn contiguous(observations: &[Self::Owned]) -> Option<&[f64]> {
        let _ = observations;
        None
    }

    /// The observation with these coordinates, or `None` if it is opaque or has another number of coordinates.
    fn from_coordinates<D: Scalar>(coordinates: &[D]) -> Option<&Self::Of<D>>;
}

impl Observation for f64 {
    type Of<D: Scalar> = D;
    type Owned = f64;
    type Buffer<D: Scalar> = ();

    #[inline(always)]
    fn lift<D: Scalar, R>(x: &f64, _buffer: &mut (), then: impl FnOnce(&D) -> R) -> R {
        then(&D::from(*x))
    }

    fn coordinates(x: &f64) -> &[f64] {
        std::slice::from_ref(x)
    }

    fn contiguous(observations: &[f64]) -> Option<&[f64]> {
        Some(observations)
    }

    #[inline]
    fn from_coordinates<D: Scalar>(coordinates: &[D]) -> Option<&D> {
        match coordinates {
            [x] => Some(x),
            _ => None,
        }
    }
}

impl<const K: usize> Observation for [f64; K] {
    type Of<D: Scalar> = [D; K];
    type Owned = [f64; K];
    type Buffer<D: Scalar> = ();

    #[inline(always)]
    fn lift<D: Scalar, R>(x: &[f64; K], _buffer: &mut (), then: impl FnOnce(&[D; K]) -> R) -> R {
        then(&x.map(D::from))
    }

    fn coordinates(x: &[f64; K]) -> &[f64] {
        x
    }

    fn contiguous(observations: &[[f64; K]]) -> Option<&[f64]> {
        Some(observations.as_flattened())
    }

    #[inline]
    fn from_coordinates<D: Scalar>(coordinates: &[D]) -> Option<&[D; K]> {
        coordinates.try_into().ok()
    }
}

impl Observation for [f64] {
    type Of<D: Scalar> = [D];
    type Owned = Vec<f64>;
    type Buffer<D: Scalar> = Vec<D>;

    #[inline]
    fn lift<D: Scalar, R>(x: &[f64], buffer: &mut Vec<D>, then: impl FnOnce(&[D]) -> R) -> R {
        buffer.clear();
        buffer.extend(x.iter().map(|&x| D::from(x)));
        then(buffer)
    }

    fn coordinates(x: &[f64]) -> &[f64] {
        x
    }

    #[inline]
    fn from_coordinates<D: Scalar>(coordinates: &[D]) -> Option<&[D]> {
        Some(coordinates)
    }
}

/// An observation that is passed to the model as it is: a series, a graph, a record with text in it.
///
/// Derivatives with respect to the parameters work as for any other; only sampling can take expectations over it.
#[derive(Clone, Copy, Debug)]
pub struct Opaque<T>(PhantomData<T>);

impl<T: Send + Sync> Observation for Opaque<T> {
    type Of<D: Scalar> = T;
    type Owned = T;
    type Buffer<D: Scalar> = ();

    #[inline]
    fn lift<D: Scalar, R>(x: &T, _buffer: &mut (), then: impl FnOnce(&T) -> R) -> R {
        then(x)
    }

    fn coordinates(_x: &T) -> &[f64] {
        &[]
    }

    fn from_coordinates<D: Scalar>(_coordinates: &[D]) -> Option<&T> {
        None
    }
}
