//! Operators among symbols, and between a symbol and a number.

use super::super::graph::{Binary, Node, Unary};
use super::Sym;
use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Sub, SubAssign};

impl Sym {
    /// A function of one symbol.
    #[inline]
    pub(super) fn unary(self, function: Unary) -> Self {
        Self::operation(&[self], function.value(self.value), |node| Node::Unary(function, node(self)))
    }

    /// A function of two symbols.
    #[inline]
    pub(super) fn binary(self, function: Binary, other: Self) -> Self {
        Self::operation(&[self, other], function.value(self.value, other.value), |node| {
            Node::Binary(function, node(self), node(other))
        })
    }
}

/// An operator for symbols and numbers, by value and by reference, with its assignment.
macro_rules! operator {
    ($($operator:ident $method:ident $assign:ident $assign_method:ident $function:ident;)*) => {
        $(
            impl $operator for Sym {
                type Output = Sym;
                #[inline]
                fn $method(self, other: Sym) -> Sym {
                    self.binary(Binary::$function, other)
                }
            }

            impl $operator<&Sym> for Sym {
                type Output = Sym;
                #[inline]
                fn $method(self, other: &Sym) -> Sym {
                    self.binary(Binary::$function, *other)
                }
            }

            impl $operator<Sym> for &Sym {
                type Output = Sym;
                #[inline]
                fn $method(self, other: Sym) -> Sym {
                    self.binary(Binary::$function, other)
                }
            }

            impl $operator<&Sym> for &Sym {
                type Output = Sym;
                #[inline]
                fn $method(self, other: &Sym) -> Sym {
                    self.binary(Binary::$function, *other)
                }
            }

            impl $operator<f64> for Sym {
                type Output = Sym;
                #[inline]
                fn $method(self, other: f64) -> Sym {
                    self.binary(Binary::$function, Sym::constant(other))
                }
            }

            impl $assign for Sym {
                #[inline]
                fn $assign_method(&mut self, other: Sym) {
                    *self = self.binary(Binary::$function, other);
                }
            }

            impl $assign<f64> for Sym {
                #[inline]
                fn $assign_method(&mut self, other: f64) {
                    *self = self.binary(Binary::$function, Sym::constant(other));
                }
            }
        )*
    };
}

operator! {
    Add add AddAssign add_assign Add;
    Sub sub SubAssign sub_assign Subtract;
    Mul mul MulAssign mul_assign Multiply;
    Div div DivAssign div_assign Divide;
    Rem rem RemAssign rem_assign Remainder;
}

impl Neg for Sym {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        self.unary(Unary::Negate)
    }
}

impl Neg for &Sym {
    type Output = Sym;
    #[inline]
    fn neg(self) -> Sym {
        -*self
    }
}
