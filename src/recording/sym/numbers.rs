//! What `num-traits` and `num-dual` ask of a number.

use super::super::graph::Unary;
use super::{Origin, Sym, recorder};
use num_dual::{DualNum, DualStruct, Mappable};
use num_traits::{FromPrimitive, Inv, Num, One, Signed, Zero};
use std::iter::{Product, Sum};

impl From<f64> for Sym {
    #[inline]
    fn from(value: f64) -> Self {
        Self::constant(value)
    }
}

impl Zero for Sym {
    #[inline]
    fn zero() -> Self {
        Self::constant(0.0)
    }

    #[inline]
    fn is_zero(&self) -> bool {
        *self == 0.0
    }
}

impl One for Sym {
    #[inline]
    fn one() -> Self {
        Self::constant(1.0)
    }

    #[inline]
    fn is_one(&self) -> bool {
        *self == 1.0
    }
}

impl Num for Sym {
    type FromStrRadixErr = <f64 as Num>::FromStrRadixErr;

    fn from_str_radix(text: &str, radix: u32) -> Result<Self, Self::FromStrRadixErr> {
        f64::from_str_radix(text, radix).map(Self::constant)
    }
}

/// As for `f64`, a zero has a sign, and NaN too, though that of NaN is not recorded.
impl Signed for Sym {
    #[inline]
    fn abs(&self) -> Self {
        self.unary(Unary::Abs)
    }

    #[inline]
    fn abs_sub(&self, other: &Self) -> Self {
        if self <= other { Self::zero() } else { self - other }
    }

    #[inline]
    fn signum(&self) -> Self {
        self.unary(Unary::Sign)
    }

    #[inline]
    fn is_positive(&self) -> bool {
        self.signum() > 0.0 || Signed::is_positive(&self.value)
    }

    #[inline]
    fn is_negative(&self) -> bool {
        self.signum() < 0.0 || Signed::is_negative(&self.value)
    }
}

impl Inv for Sym {
    type Output = Self;

    #[inline]
    fn inv(self) -> Self {
        self.recip()
    }
}

/// From the left, as `f64` sums; an empty sum is −0, the neutral element.
impl Sum for Sym {
    fn sum<I: Iterator<Item = Self>>(terms: I) -> Self {
        terms.reduce(|sum, term| sum + term).unwrap_or(Self::constant(-0.0))
    }
}

impl<'a> Sum<&'a Self> for Sym {
    fn sum<I: Iterator<Item = &'a Self>>(terms: I) -> Self {
        terms.copied().sum()
    }
}

impl Product for Sym {
    fn product<I: Iterator<Item = Self>>(factors: I) -> Self {
        factors.reduce(|product, factor| product * factor).unwrap_or(Self::constant(1.0))
    }
}

impl<'a> Product<&'a Self> for Sym {
    fn product<I: Iterator<Item = &'a Self>>(factors: I) -> Self {
        factors.copied().product()
    }
}

/// Each constant as the `f64` nearest to it.
macro_rules! from_primitive {
    ($($method:ident $number:ty;)*) => {
        impl FromPrimitive for Sym {
            $(
                #[inline]
                fn $method(n: $number) -> Option<Self> {
                    f64::$method(n).map(Self::constant)
                }
            )*
        }
    };
}

from_primitive! {
    from_isize isize;
    from_i8 i8;
    from_i16 i16;
    from_i32 i32;
    from_i64 i64;
    from_i128 i128;
    from_usize usize;
    from_u8 u8;
    from_u16 u16;
    from_u32 u32;
    from_u64 u64;
    from_u128 u128;
    from_f32 f32;
    from_f64 f64;
}

impl DualStruct for Sym {
    type Real = f64;
    type Inner = Self;

    /// The value, which leaves the graph: a [`Decision::Read`](super::super::Decision::Read) is recorded.
    #[inline]
    fn re(&self) -> f64 {
        if let Origin::Recorded(trace, node) = self.origin {
            recorder::with(trace, |recorder| recorder.read(node, self.value))
                .unwrap_or_else(|| recorder::strays(trace));
        }
        self.value
    }

    #[inline]
    fn from_inner(inner: &Self) -> Self {
        *inner
    }
}

impl Mappable<Self> for Sym {
    type Output<O> = O;

    #[inline]
    fn map_dual<M: Fn(Self) -> O, O>(self, then: M) -> O {
        then(self)
    }
}
