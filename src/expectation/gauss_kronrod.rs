//! The 21-point Gauss–Kronrod rule for vector-valued functions on one panel.
//!
//! Source: Piessens, de Doncker-Kapenga, Überhuber and Kahaner, *QUADPACK* (1983), routine QK21, for the nodes, the weights
//! and the error estimate.

/// The nodes in (0, 1), outermost first; every second one, from the second, is a node of the 10-point Gauss rule.
const NODES: [f64; 10] = [
    0.995_657_163_025_808_1,
    0.973_906_528_517_171_7,
    0.930_157_491_355_708_2,
    0.865_063_366_688_984_5,
    0.780_817_726_586_416_9,
    0.679_409_568_299_024_4,
    0.562_757_134_668_604_7,
    0.433_395_394_129_247_2,
    0.294_392_862_701_460_2,
    0.148_874_338_981_631_22,
];

/// The Kronrod weights of those nodes.
const KRONROD: [f64; 10] = [
    0.011_694_638_867_371_874,
    0.032_558_162_307_964_725,
    0.054_755_896_574_351_995,
    0.075_039_674_810_919_96,
    0.093_125_454_583_697_6,
    0.109_387_158_802_297_64,
    0.123_491_976_262_065_84,
    0.134_709_217_311_473_34,
    0.142_775_938_577_060_09,
    0.147_739_104_901_338_49,
];

/// The Kronrod weight of the node 0, which is not a Gauss node.
const KRONROD_CENTRE: f64 = 0.149_445_554_002_916_9;

/// The Gauss weights of every second node.
const GAUSS: [f64; 5] = [
    0.066_671_344_308_688_14,
    0.149_451_349_150_580_6,
    0.219_086_362_515_982_04,
    0.269_266_719_309_996_35,
    0.295_524_224_714_752_87,
];

/// How many points the rule has.
pub(crate) const POINTS: usize = 21;

/// What the rule says of one component on one panel.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rule {
    /// ∫ F
    pub(crate) integral: f64,
    /// An estimate of the error of the integral.
    pub(crate) error: f64,
    /// ∫ |F|
    pub(crate) magnitude: f64,
    /// ∫ |F − mean F|, how much the function varies across the panel
    pub(crate) variation: f64,
    /// ∫ |F| δ, where δ is the relative displacement of the nodes
    pub(crate) displaced: f64,
}

/// The 21 nodes on (left, right), centre first, then pairs from the outermost inwards.
pub(crate) fn nodes(left: f64, right: f64) -> [f64; POINTS] {
    let (centre, half) = (0.5 * (left + right), 0.5 * (right - left));
    std::array::from_fn(|k| match k {
        0 => centre,
        odd if odd % 2 == 1 => centre - half * NODES[(odd - 1) / 2],
        even => centre + half * NODES[(even - 1) / 2],
    })
}

/// Applies the rule to every component. `values` holds the function at the [`nodes`], `rules.len()` components a node;
/// `displacements` says how far each node may be from its place.
pub(crate) fn apply(left: f64, right: f64, values: &[f64], displacements: &[f64; POINTS], rules: &mut [Rule]) {
    let dimension = rules.len();
    let columns: Vec<f64> = (0..dimension * POINTS).map(|k| values[k % POINTS * dimension + k / POINTS]).collect();
    apply_to_columns(0.5 * (right - left), &columns, POINTS, displacements, rules);
}

/// How many components are taken side by side.
const LANES: usize = 16;

/// The weights of the Kronrod and the Gauss rule in the order of the [`nodes`].
const WEIGHTS: [(f64, f64); POINTS] = {
    let mut weights = [(KRONROD_CENTRE, 0.0); POINTS];
    let mut node = 1;
    while node < POINTS {
        let pair = (node - 1) / 2;
        weights[node] = (KRONROD[pair], if pair % 2 == 1 { GAUSS[pair / 2] } else { 0.0 });
        node += 1;
    }
    weights
};

/// Applies the rule to every component on a panel of half the width `half`: component c at node k is `values[c * stride + k]`.
#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma",
    "aarch64+neon",
))]
pub(crate) fn apply_to_columns(half: f64, values: &[f64], stride: usize, displacements: &[f64], rules: &mut [Rule]) {
    for (group, rules) in rules.chunks_mut(LANES).enumerate() {
        let mut rows = [[0.0; LANES]; POINTS];
        for lane in 0..rules.len() {
            let column = &values[(group * LANES + lane) * stride..][..POINTS];
            for (row, &value) in rows.iter_mut().zip(column) {
                row[lane] = value;
            }
        }
        let [mut kronrod, mut gauss, mut magnitude, mut displaced, mut variation] = [[0.0; LANES]; 5];
        for ((row, (weight, of_gauss)), &displacement) in rows.iter().zip(WEIGHTS).zip(displacements) {
            for lane in 0..LANES {
                let size = weight * row[lane].abs();
                kronrod[lane] += weight * row[lane];
                gauss[lane] += of_gauss * row[lane];
                magnitude[lane] += size;
                displaced[lane] += size * displacement;
            }
        }
        for (row, (weight, _)) in rows.iter().zip(WEIGHTS) {
            for lane in 0..LANES {
                variation[lane] += weight * (row[lane] - 0.5 * kronrod[lane]).abs();
            }
        }
        for (lane, rule) in rules.iter_mut().enumerate() {
            let (difference, variation) = ((kronrod[lane] - gauss[lane]) * half, variation[lane] * half);
            *rule = Rule {
                integral: kronrod[lane] * half,
                error: sharpened(difference.abs(), variation),
                magnitude: magnitude[lane] * half,
                variation,
                displaced: displaced[lane] * half,
            };
        }
    }
}

/// QUADPACK's error estimate: the difference of the two rules overstates the error of the better one, the more so the
/// smaller it is.
#[inline(always)]
fn sharpened(difference: f64, variation: f64) -> f64 {
    if variation > 0.0 && difference > 0.0 {
        let ratio = 200.0 * difference / variation;
        variation * (ratio * ratio.sqrt()).min(1.0)
    } else {
        difference
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A rule of degree 31 integrates every monomial up to x³¹ exactly: an identity of nodes and weights together.
    #[test]
    fn monomials_up_to_degree_31_are_exact() {
        for degree in 0..=31 {
            let values: Vec<f64> = nodes(-1.0, 1.0).iter().map(|x| x.powi(degree)).collect();
            let mut rules = [Rule::default()];
            apply(-1.0, 1.0, &values, &[0.0; POINTS], &mut rules);
            let exact = if degree % 2 == 0 { 2.0 / f64::from(degree + 1) } else { 0.0 };
            assert!((rules[0].integral - exact).abs() < 4.0 * f64::EPSILON, "degree {degree}");
        }
    }

    /// The embedded Gauss rule has degree 19: with the Kronrod result it gives no error below, and one above.
    #[test]
    fn the_gauss_rule_inside_has_degree_19() {
        for (degree, exact) in [(18, true), (20, false)] {
            let values: Vec<f64> = nodes(-1.0, 1.0).iter().map(|x| x.powi(degree)).collect();
            let mut rules = [Rule::default()];
            apply(-1.0, 1.0, &values, &[0.0; POINTS], &mut rules);
            assert_eq!(rules[0].error < 1e-18, exact, "degree {degree}: {}", rules[0].error);
        }
    }
}
