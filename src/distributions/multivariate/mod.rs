//! Densities of vectors and matrices.

mod bivariate_normal;
mod dirichlet;
mod gaussian;
mod geometry;
mod multivariate_normal;
mod multivariate_student_t;
mod normal_vector;
mod triangle;
mod wishart;

pub use bivariate_normal::BivariateNormal;
pub use dirichlet::Dirichlet;
pub use multivariate_normal::MultivariateNormal;
pub use multivariate_student_t::MultivariateStudentT;
pub use normal_vector::NormalVector;
pub use wishart::Wishart;

use super::Visitor;

/// Shows the families to a visitor.
pub(super) fn visit(visitor: &mut impl Visitor) {
    visitor.visit_closed_form(
        "Dirichlet",
        &Dirichlet::<3>,
        &[&[1.0, 1.0, 1.0], &[2.5, 0.75, 4.0], &[0.125, 0.25, 0.0625]],
    );
    visitor.visit_closed_form(
        "bivariate normal",
        &BivariateNormal,
        &[&[0.0, 0.0, 1.0, 1.0, 0.0], &[1.0, -2.0, 2.0, 0.5, -0.625], &[0.0, 0.0, 1.0, 1024.0, 0.9990234375]],
    );
    visitor.visit_closed_form(
        "2-dimensional normal",
        &MultivariateNormal::<2, 5>,
        &[&[0.0, 0.0, 1.0, 0.0, 1.0], &[1.0, -2.0, 4.0, -0.625, 0.25], &[5.0, 0.0, 1e-6, 0.5, 1e6]],
    );
    visitor.visit_closed_form(
        "3-dimensional normal",
        &MultivariateNormal::<3, 9>,
        &[
            &[0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0],
            &[1.0, -2.0, 0.5, 4.0, -0.625, 0.25, 1.0, 0.25, 2.0],
            &[0.0, 0.0, 0.0, 1.0, 0.96875, 1.0, 0.9375, 0.96875, 1.0],
        ],
    );
    visitor.visit_closed_form(
        "normal vector",
        &NormalVector::new(2),
        &[&[0.0, 0.0, 1.0, 0.0, 1.0], &[1.0, -2.0, 4.0, -0.625, 0.25], &[5.0, 0.0, 1e-6, 0.5, 1e6]],
    );
    visitor.visit_closed_form(
        "multivariate t",
        &MultivariateStudentT::new(2),
        &[&[0.0, 0.0, 1.0, 0.0, 1.0, 3.0], &[1.0, -2.0, 4.0, -0.625, 0.25, 8.0], &[0.0, 0.0, 1.0, 0.96875, 1.0, 100.0]],
    );
    visitor.visit_closed_form(
        "Wishart",
        &Wishart::new(2),
        &[&[3.0, 1.0, 0.0, 1.0], &[7.5, 2.0, -0.5, 0.25], &[200.0, 1e-6, 0.5, 1e6]],
    );
}
