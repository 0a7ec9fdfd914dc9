//! Gauss's rule of ten points, for differences that are the integral of a smooth derivative.

use crate::scalar::Scalar;

/// ∫ f(t) dt from `start` to `start` + `width`, exact for polynomials of degree 19.
pub(in crate::distributions) fn gauss_legendre<D: Scalar>(start: D, width: D, f: impl Fn(D) -> D) -> D {
    /// The positive nodes on (−1, 1) and their weights.
    const NODES_AND_WEIGHTS: [[f64; 2]; 5] = [
        [0.148_874_338_981_631_2, 0.295_524_224_714_752_87],
        [0.433_395_394_129_247_2, 0.269_266_719_309_996_35],
        [0.679_409_568_299_024_4, 0.219_086_362_515_982_04],
        [0.865_063_366_688_984_5, 0.149_451_349_150_580_6],
        [0.973_906_528_517_171_7, 0.066_671_344_308_688_14],
    ];
    let half = width * 0.5;
    let at = |node: f64| f(start + half + half * node);
    half * NODES_AND_WEIGHTS.iter().fold(D::from(0.0), |sum, &[node, weight]| sum + (at(node) + at(-node)) * weight)
}
