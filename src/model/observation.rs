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
    type Of<D: Scalar>: ?Sized;

    /// The observation as an owned value, as a sampler returns it.
    type Owned: Borrow<Self::Of<f64>>;

    /// Space for a lifted observation, kept between observations so that a row costs no allocation.
    type Buffer<D: Scalar>: Default + Send + Sync;

    /// The observation with every coordinate lifted to a constant of type `D`.
    fn lift<'a, D: Scalar>(x: &'a Self::Of<f64>, buffer: &'a mut Self::Buffer<D>) -> &'a Self::Of<D>;

    /// The coordinates of the observation, or nothing if it is opaque.
    fn coordinates(x: &Self::Of<f64>) -> &[f64];

    /// The observation with these coordinates, or `None` if it is opaque or has another number of coordinates.
    fn from_coordinates(coordinates: &[f64]) -> Option<&Self::Of<f64>>;
}

impl Observation for f64 {
    type Of<D: Scalar> = D;
    type Owned = f64;
    type Buffer<D: Scalar> = Option<D>;

    #[inline]
    fn lift<'a, D: Scalar>(x: &'a f64, buffer: &'a mut Option<D>) -> &'a D {
        buffer.insert(D::from(*x))
    }

    fn coordinates(x: &f64) -> &[f64] {
        std::slice::from_ref(x)
    }

    #[inline]
    fn from_coordinates(coordinates: &[f64]) -> Option<&f64> {
        match coordinates {
            [x] => Some(x),
            _ => None,
        }
    }
}

impl<const K: usize> Observation for [f64; K] {
    type Of<D: Scalar> = [D; K];
    type Owned = [f64; K];
    type Buffer<D: Scalar> = Option<[D; K]>;

    #[inline]
    fn lift<'a, D: Scalar>(x: &'a [f64; K], buffer: &'a mut Option<[D; K]>) -> &'a [D; K] {
        buffer.insert(x.map(D::from))
    }

    fn coordinates(x: &[f64; K]) -> &[f64] {
        x
    }

    #[inline]
    fn from_coordinates(coordinates: &[f64]) -> Option<&[f64; K]> {
        coordinates.try_into().ok()
    }
}

impl Observation for [f64] {
    type Of<D: Scalar> = [D];
    type Owned = Vec<f64>;
    type Buffer<D: Scalar> = Vec<D>;

    #[inline]
    fn lift<'a, D: Scalar>(x: &'a [f64], buffer: &'a mut Vec<D>) -> &'a [D] {
        buffer.clear();
        buffer.extend(x.iter().map(|&x| D::from(x)));
        buffer
    }

    fn coordinates(x: &[f64]) -> &[f64] {
        x
    }

    #[inline]
    fn from_coordinates(coordinates: &[f64]) -> Option<&[f64]> {
        Some(coordinates)
    }
}

/// An observation that is passed to the model as it is: a series, a graph, a record with text in it.
///
/// Derivatives with respect to the parameters work as for any other; only sampling can take expectations over it.
#[derive(Clone, Copy, Debug)]
pub struct Opaque<T>(PhantomData<T>);

impl<T> Observation for Opaque<T> {
    type Of<D: Scalar> = T;
    type Owned = T;
    type Buffer<D: Scalar> = ();

    #[inline]
    fn lift<'a, D: Scalar>(x: &'a T, _buffer: &'a mut ()) -> &'a T {
        x
    }

    fn coordinates(_x: &T) -> &[f64] {
        &[]
    }

    fn from_coordinates(_coordinates: &[f64]) -> Option<&T> {
        None
    }
}
