//! Densities of vectors and matrices.

mod dirichlet;

pub use dirichlet::Dirichlet;

use super::Visitor;

/// Shows the families to a visitor.
pub(super) fn visit(visitor: &mut impl Visitor) {
    visitor.visit_closed_form(
        "Dirichlet",
        &Dirichlet::<3>,
        &[&[1.0, 1.0, 1.0], &[2.5, 0.75, 4.0], &[0.125, 0.25, 0.0625]],
    );
}
