//! Derivatives of a logarithm.

/// Fills `tower` with the derivatives of ln f of orders 1, 2, …, given `ratios[k]` = f⁽ᵏ⁾/f, where `ratios[0]` = 1.
///
/// If f is a moment generating function, these are its cumulants. From f′ = f·(ln f)′ by the rule of Leibniz,
/// κₙ = mₙ − Σⱼ C(n − 1, j − 1) κⱼ mₙ₋ⱼ, summed over 0 < j < n.
#[inline]
pub(super) fn ln_derivatives(ratios: &[f64], tower: &mut [f64]) {
    for n in 1..=tower.len() {
        let mut cumulant = ratios[n];
        let mut binomial = 1.0;
        for j in 1..n {
            cumulant -= binomial * tower[j - 1] * ratios[n - j];
            binomial = binomial * (n - j) as f64 / j as f64;
        }
        tower[n - 1] = cumulant;
    }
}
