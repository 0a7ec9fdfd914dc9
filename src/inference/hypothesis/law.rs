//! Laws of test statistics under the hypothesis, and their tails.

use crate::scalar::Scalar;
use std::fmt;

/// The law of a test statistic if the hypothesis is true, for large samples: a mixture of chi-squared laws.
///
/// ```math
/// \Pr(T > t) = \sum_k w_k \Pr(\chi^2_k > t), \qquad \chi^2_0 = 0
/// ```
///
/// ```
/// use fisher_information::inference::NullLaw;
///
/// let chi_squared = NullLaw::chi_squared(1);
/// assert!((chi_squared.tail(3.841_458_820_694_124) - 0.05).abs() < 1e-15);
/// assert!((chi_squared.ln_tail(1e4) + 5004.831_061_5).abs() < 1e-6);         // ln 10⁻²¹⁷³·⁶, which no double holds
///
/// let on_a_bound = NullLaw::on_boundary(1);                                  // ½χ²₀ + ½χ²₁
/// assert!((on_a_bound.tail(2.705_543_454_095_404) - 0.05).abs() < 1e-15);
/// assert_eq!(on_a_bound.tail(0.0), 1.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct NullLaw {
    /// Degrees of freedom and weights.
    terms: Vec<(usize, f64)>,
}

impl NullLaw {
    /// χ² with so many degrees of freedom.
    #[must_use]
    pub fn chi_squared(degrees: usize) -> Self {
        Self { terms: vec![(degrees, 1.0)] }
    }

    /// ½χ²ₖ₋₁ + ½χ²ₖ: of k restrictions one puts a parameter on a bound of its domain, beyond which it cannot be estimated. Half of all
    /// samples would have their maximum there.
    ///
    /// Source: S. G. Self and K.-Y. Liang, *Asymptotic properties of maximum likelihood estimators and likelihood ratio tests under
    /// nonstandard conditions*, J. Am. Statist. Assoc. 82 (1987), cases 5 and 6, doi:10.1080/01621459.1987.10478472.
    #[must_use]
    pub fn on_boundary(restrictions: usize) -> Self {
        match restrictions.checked_sub(1) {
            Some(fewer) => Self { terms: vec![(fewer, 0.5), (restrictions, 0.5)] },
            None => Self::chi_squared(0),
        }
    }

    /// The degrees of freedom of each term, and its weight.
    #[must_use]
    pub fn terms(&self) -> &[(usize, f64)] {
        &self.terms
    }

    /// The largest degrees of freedom: the number of restrictions.
    #[must_use]
    pub fn degrees_of_freedom(&self) -> usize {
        self.terms.iter().map(|term| term.0).max().unwrap_or(0)
    }

    /// Pr(T ≥ t). Below 10⁻³⁰⁸ it loses its digits; [`ln_tail`](Self::ln_tail) does not.
    #[must_use]
    pub fn tail(&self, statistic: f64) -> f64 {
        self.terms.iter().map(|&(degrees, weight)| weight * chi_squared_tail(degrees, statistic)).sum()
    }

    /// ln Pr(T ≥ t).
    #[must_use]
    pub fn ln_tail(&self, statistic: f64) -> f64 {
        let logarithms =
            || self.terms.iter().map(|&(degrees, weight)| weight.ln() + ln_chi_squared_tail(degrees, statistic));
        let largest = logarithms().fold(f64::NEG_INFINITY, f64::max);
        if !largest.is_finite() {
            return if statistic.is_nan() { f64::NAN } else { largest };
        }
        largest + logarithms().map(|term| (term - largest).exp()).sum::<f64>().ln()
    }
}

/// `χ²(2)`, or `½ χ²(0) + ½ χ²(1)`.
impl fmt::Display for NullLaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, &(degrees, weight)) in self.terms.iter().enumerate() {
            f.write_str(if i == 0 { "" } else { " + " })?;
            match weight {
                1.0 => write!(f, "χ²({degrees})")?,
                0.5 => write!(f, "½ χ²({degrees})")?,
                _ => write!(f, "{weight} χ²({degrees})")?,
            }
        }
        Ok(())
    }
}

/// Pr(χ²ₖ ≥ t) = Q(k/2, t/2).
fn chi_squared_tail(degrees: usize, statistic: f64) -> f64 {
    if statistic <= 0.0 {
        1.0
    } else if degrees == 0 {
        0.0
    } else {
        half(degrees).regularized_gamma_q(0.5 * statistic)
    }
}

fn ln_chi_squared_tail(degrees: usize, statistic: f64) -> f64 {
    let tail = chi_squared_tail(degrees, statistic);
    if tail > FAR || tail.is_nan() || degrees == 0 { tail.ln() } else { ln_far_tail(half(degrees), 0.5 * statistic) }
}

/// ln Q(a, x) for x far beyond a, by Legendre's continued fraction Γ(a, x) = xᵃ e⁻ˣ/(x + 1 − a − (1 − a)/(x + 3 − a − …)), NIST
/// DLMF 8.9.2, from its end.
fn ln_far_tail(a: f64, x: f64) -> f64 {
    if x == f64::INFINITY {
        return f64::NEG_INFINITY;
    }
    let mut fraction = f64::INFINITY;
    for k in (0..TERMS).rev() {
        let k = f64::from(k);
        fraction = x + 2.0 * k + 1.0 - a - (k + 1.0) * (k + 1.0 - a) / fraction;
    }
    a * x.ln() - x - Scalar::ln_gamma(a) - fraction.ln()
}

#[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ degrees of freedom
fn half(degrees: usize) -> f64 {
    0.5 * degrees as f64
}

/// Below this the tail is computed as a logarithm.
const FAR: f64 = 1e-290;

/// The error of n terms falls like exp(−4√(nx)), and x exceeds 600 here.
const TERMS: u32 = 200;
