//! Densities whose bulk is hard to find, without a hint.

use fisher_information::distributions::*;
use fisher_information::expectation::Settings;
use fisher_information::information::{Method, Regularity, ScoreMoments, moments};
use fisher_information::model::{ClosedForm, Fixed, LogLikelihood, SampleSpace, Support};
use fisher_information::scalar::Scalar;

/// The closed form of a two-parameter family is within the error reported, and that is at most `blur` of √(Iᵢᵢ Iⱼⱼ).
fn check<M>(model: &M, theta: [f64; 2], blur: f64) -> ScoreMoments
where
    M: SampleSpace<Parameters = Fixed<2>> + ClosedForm,
{
    let moments = moments(model, &theta, Method::Quadrature, &Settings::default()).unwrap();
    let exact = model.information(&theta);
    for i in 0..2 {
        for j in 0..2 {
            let error = (moments.outer_product.matrix[(i, j)] - exact[i][j]).abs();
            let (reported, scale) = (moments.outer_product.error[(i, j)], exact[i][i].sqrt() * exact[j][j].sqrt());
            assert!(error <= reported + 4.0 * f64::EPSILON * scale, "{theta:?}: {error:.1e} for {reported:.1e}");
            assert!(reported <= blur * scale, "{theta:?}: ({i}, {j}) is blurred to {:.1e}", reported / scale);
        }
    }
    moments
}

#[test]
fn a_bulk_far_out_is_found() {
    // A spacing of 10⁻¹⁰ between the numbers near 10⁶ is 10⁻⁷ deviations: so much blur is honest, and no more.
    const LATTICE: f64 = 2e-6;
    check(&Normal, [1e6, 1e-3], LATTICE);
    check(&Cauchy, [1e6, 1e-3], LATTICE);
    check(&Laplace, [-1e6, 1e-3], LATTICE);
    // Wide apart from zero, but smooth on the scale of the numbers there.
    for theta in [[1e15, 1e12], [-1e-9, 1e-12], [0.0, 1e-60], [1e90, 1e89], [-3e4, 2.0]] {
        check(&Normal, theta, 1e-9);
        check(&Cauchy, theta, 1e-9);
    }
}

#[test]
fn the_rounding_of_the_model_is_in_the_error() {
    // ln x near −78 has a spacing of 10⁻¹⁴, which is 10⁻¹⁰ deviations, whatever x can resolve.
    for (mean, deviation) in [(-78.0, 1.5e-4), (16.0, 5e-5), (-160.0, 4e-5), (23.0, 1.4e-4), (-116.0, 1e-6)] {
        check(&LogNormal, [mean, deviation], 1e-5);
    }
    for (shape, rate) in [(1.3e8, 1.8e-9), (1.5e11, 1.5e-8), (3e9, 40.0)] {
        check(&Gamma, [shape, rate], 1e-6);
    }
}

#[test]
fn all_magnitudes_of_scale_and_shape_work() {
    for scale in [1e-60, 1e-3, 1.0, 1e60] {
        check(&Gamma, [2.5, 1.0 / scale], 1e-9);
        check(&Weibull, [1.5, scale], 1e-9);
    }
    for shape in [1e3, 1e6, 1e9] {
        // ln f is a difference of terms as large as the shape, so its rounding grows with it.
        check(&Gamma, [shape, 1.0], 1e-9_f64.max(4e-15 * shape));
    }
    for deviation in [1e-6, 1.0, 30.0] {
        check(&LogNormal, [1.0, deviation], 1e-8);
    }
}

/// ½ N(−a, 1) + ½ N(a, 1) in its half distance a.
struct TwoBumps;

impl LogLikelihood for TwoBumps {
    type Parameters = Fixed<1>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, &[a]: &[D; 1], &x: &D) -> D {
        let bump = |centre: D| (x - centre) * (x - centre) * -0.5;
        fisher_information::scalar::log_sum_exp(&[bump(a), bump(-a)]) - (8.0 * std::f64::consts::PI).ln() * 0.5
    }
}

impl SampleSpace for TwoBumps {
    fn support(&self, _: &[f64; 1]) -> Support {
        Support::real()
    }
}

#[test]
fn separate_modes_are_all_found() {
    // Far apart, each bump tells of its own centre: I(a) = 1.
    for a in [8.0, 100.0, 1e6] {
        let moments = moments(&TwoBumps, &[a], Method::Quadrature, &Settings::default()).unwrap();
        assert_eq!(moments.regularity(), Regularity::Regular);
        assert!((moments.outer_product.matrix[(0, 0)] - 1.0).abs() < 1e-9, "{a}: {moments:?}");
    }
}

#[test]
fn evaluations_are_few() {
    use fisher_information::expectation::Provenance;
    for moments in [check(&Normal, [0.0, 1.0], 1e-9), check(&Gamma, [2.5, 1.5], 1e-9), check(&Beta, [2.5, 4.0], 1e-9)] {
        let Provenance::Quadrature { evaluations } = moments.provenance else { panic!("{}", moments.provenance) };
        assert!(evaluations <= 500, "{evaluations}");
    }
}
