//! The chain rule of every number type: f(x + nilpotent part) from f, f′, f″, … at the real number x.

use super::{Scalar, Special, special};
use nalgebra::Const;
use num_dual::{Dual, Dual2, Dual2SVec, Dual3, DualSVec, HyperDual, HyperDualVec, HyperHyperDual, Real};

/// A number with a real part and a (possibly empty) nilpotent part.
///
/// If x = r + ν with real part r and nilpotent part ν, then f(x) = Σₖ f⁽ᵏ⁾(r) νᵏ/k!, a finite sum. Each implementation is
/// that sum written as the chain rule of its own type; nested types recurse into their elements, and the derivatives
/// of f are computed once, at the innermost real number.
pub trait Compose: Scalar {
    /// The value of f at `self`, where `derivatives[k]` is f⁽ᵏ⁾ at the real part of `self`. At least
    /// [`NDERIV`](num_dual::DualNum::NDERIV) + 1 derivatives are read.
    #[must_use]
    fn compose(self, derivatives: &[f64]) -> Self;
}

impl Compose for f64 {
    #[inline]
    fn compose(self, derivatives: &[f64]) -> Self {
        derivatives[0]
    }
}

impl<T: Compose> Compose for Real<T> {
    #[inline]
    fn compose(self, d: &[f64]) -> Self {
        Self::new(self.re.compose(d))
    }
}

impl<T: Compose> Compose for Dual<T> {
    #[inline]
    fn compose(self, d: &[f64]) -> Self {
        Self::new(self.re.compose(d), self.eps * self.re.compose(&d[1..]))
    }
}

impl<T: Compose, const N: usize> Compose for DualSVec<T, N> {
    #[inline]
    fn compose(self, d: &[f64]) -> Self {
        Self::new(self.re.compose(d), self.eps * self.re.compose(&d[1..]))
    }
}

impl<T: Compose> Compose for Dual2<T> {
    #[inline]
    fn compose(self, d: &[f64]) -> Self {
        let (f1, f2) = (self.re.compose(&d[1..]), self.re.compose(&d[2..]));
        Self::new(self.re.compose(d), self.v1 * f1, self.v2 * f1 + self.v1 * self.v1 * f2)
    }
}

impl<T: Compose, const N: usize> Compose for Dual2SVec<T, N> {
    #[inline]
    fn compose(self, d: &[f64]) -> Self {
        let (f1, f2) = (self.re.compose(&d[1..]), self.re.compose(&d[2..]));
        Self::new(self.re.compose(d), self.v1 * f1, self.v2 * f1 + self.v1.tr_mul(&self.v1) * f2)
    }
}

impl<T: Compose> Compose for HyperDual<T> {
    #[inline]
    fn compose(self, d: &[f64]) -> Self {
        let (f1, f2) = (self.re.compose(&d[1..]), self.re.compose(&d[2..]));
        Self::new(self.re.compose(d), self.eps1 * f1, self.eps2 * f1, self.eps1eps2 * f1 + self.eps1 * self.eps2 * f2)
    }
}

impl<T: Compose, const M: usize, const N: usize> Compose for HyperDualVec<T, Const<M>, Const<N>> {
    #[inline]
    fn compose(self, d: &[f64]) -> Self {
        let (f1, f2) = (self.re.compose(&d[1..]), self.re.compose(&d[2..]));
        Self::new(self.re.compose(d), self.eps1 * f1, self.eps2 * f1, self.eps1eps2 * f1 + &self.eps1 * &self.eps2 * f2)
    }
}

impl<T: Compose> Compose for Dual3<T> {
    #[inline]
    fn compose(self, d: &[f64]) -> Self {
        let (f1, f2, f3) = (self.re.compose(&d[1..]), self.re.compose(&d[2..]), self.re.compose(&d[3..]));
        Self::new(
            self.re.compose(d),
            self.v1 * f1,
            self.v2 * f1 + self.v1 * self.v1 * f2,
            self.v3 * f1 + self.v1 * self.v2 * f2 * 3.0 + self.v1 * self.v1 * self.v1 * f3,
        )
    }
}

impl<T: Compose> Compose for HyperHyperDual<T> {
    #[inline]
    fn compose(self, d: &[f64]) -> Self {
        let (f1, f2, f3) = (self.re.compose(&d[1..]), self.re.compose(&d[2..]), self.re.compose(&d[3..]));
        let (e1, e2, e3) = (self.eps1, self.eps2, self.eps3);
        Self::new(
            self.re.compose(d),
            e1 * f1,
            e2 * f1,
            e3 * f1,
            self.eps1eps2 * f1 + e1 * e2 * f2,
            self.eps1eps3 * f1 + e1 * e3 * f2,
            self.eps2eps3 * f1 + e2 * e3 * f2,
            self.eps1eps2eps3 * f1
                + (e1 * self.eps2eps3 + e2 * self.eps1eps3 + e3 * self.eps1eps2) * f2
                + e1 * e2 * e3 * f3,
        )
    }
}

/// Makes each number type a [`Scalar`] whose special functions are computed numerically.
macro_rules! numeric_scalar {
    ($([$($generics:tt)*] $number:ty;)*) => {
        $(impl<$($generics)*> Scalar for $number {
            #[inline]
            fn special(call: Special<Self>) -> Self {
                special::evaluate(call)
            }
        })*
    };
}

numeric_scalar! {
    [] f64;
    [T: Compose] Real<T>;
    [T: Compose] Dual<T>;
    [T: Compose] Dual2<T>;
    [T: Compose] Dual3<T>;
    [T: Compose] HyperDual<T>;
    [T: Compose] HyperHyperDual<T>;
    [T: Compose, const N: usize] DualSVec<T, N>;
    [T: Compose, const N: usize] Dual2SVec<T, N>;
    [T: Compose, const M: usize, const N: usize] HyperDualVec<T, Const<M>, Const<N>>;
}
