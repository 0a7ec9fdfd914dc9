//! The result of a test.

use super::law::NullLaw;
use crate::error::Error;
use crate::expectation::Estimate;
use std::fmt;

/// Which test it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum TestKind {
    /// How far the estimate is from the hypothesis.
    Wald,
    /// How steep the likelihood is where the hypothesis puts its maximum.
    Score,
    /// How much lower the likelihood is there.
    LikelihoodRatio,
    /// Whether the two sides of the information equality agree.
    InformationMatrix,
    /// Whether two estimators agree, of which one is right even if the model of the other is not.
    Hausman,
    /// Whether several estimators estimate the same parameters.
    Homogeneity,
}

impl fmt::Display for TestKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Wald => "Wald test",
            Self::Score => "score test",
            Self::LikelihoodRatio => "likelihood-ratio test",
            Self::InformationMatrix => "information-matrix test",
            Self::Hausman => "Hausman test",
            Self::Homogeneity => "homogeneity test",
        })
    }
}

/// A test of a hypothesis: a statistic, and its law if the hypothesis is true and the sample large.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Test {
    /// Which test.
    pub kind: TestKind,
    /// What is supposed, a sentence for each restriction: `shape = 1`.
    pub hypotheses: Vec<String>,
    /// The statistic, with its rounding error. It is large where the data speak against the hypothesis.
    pub statistic: Estimate,
    /// Its law.
    pub law: NullLaw,
}

impl Test {
    /// A statistic with the chi-squared law.
    pub(crate) fn chi_squared(kind: TestKind, hypotheses: Vec<String>, statistic: Estimate, degrees: usize) -> Self {
        Self { kind, hypotheses, statistic, law: NullLaw::chi_squared(degrees) }
    }

    /// The number of restrictions.
    #[must_use]
    pub fn degrees_of_freedom(&self) -> usize {
        self.law.degrees_of_freedom()
    }

    /// The probability of a statistic as large as this if the hypothesis is true. Where it falls below 10⁻³⁰⁸, see
    /// [`ln_p_value`](Self::ln_p_value).
    #[must_use]
    pub fn p_value(&self) -> f64 {
        self.law.tail(self.statistic.value)
    }

    /// The logarithm of that.
    #[must_use]
    pub fn ln_p_value(&self) -> f64 {
        self.law.ln_tail(self.statistic.value)
    }

    /// Whether the hypothesis is rejected at this level, 0.05 say.
    #[must_use]
    pub fn rejects(&self, level: f64) -> bool {
        self.p_value() <= level
    }

    /// The same statistic where one restriction puts a parameter on a bound of its domain: half of all samples then have a statistic with a
    /// degree of freedom less ([`NullLaw::on_boundary`]).
    ///
    /// ```
    /// use fisher_information::distributions::{NegativeBinomial, Poisson};
    /// use fisher_information::inference::{likelihood_ratio, maximum_likelihood};
    ///
    /// let counts = [0.0, 3.0, 1.0, 0.0, 7.0, 2.0, 0.0, 1.0, 4.0, 2.0];
    /// let (poisson, overdispersed) = (maximum_likelihood(&Poisson, &counts)?, maximum_likelihood(&NegativeBinomial, &counts)?);
    /// let test = likelihood_ratio(&poisson, &overdispersed)?;
    /// let one_sided = test.clone().on_boundary()?;                // Poisson: an infinite size
    /// assert!((one_sided.p_value() - test.p_value() / 2.0).abs() < 1e-15);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Unsupported`] for another than the likelihood-ratio test.
    pub fn on_boundary(mut self) -> Result<Self, Error> {
        if self.kind != TestKind::LikelihoodRatio {
            return Err(Error::Unsupported { method: "the law on a boundary", needs: "a likelihood-ratio test" });
        }
        self.law = NullLaw::on_boundary(self.degrees_of_freedom());
        Ok(self)
    }
}

/// `score test of shape = 1: 4.21 against χ²(1), p = 0.0402`
impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        if !self.hypotheses.is_empty() {
            write!(f, " of {}", self.hypotheses.join(", "))?;
        }
        let p = Probability { ln: self.ln_p_value() };
        write!(f, ": {} against {}, p = {p}", Short(self.statistic.value), self.law)
    }
}

/// A number to four digits.
struct Short(f64);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::information::digits(self.0, 4))
    }
}

/// A probability known by its logarithm, however small.
struct Probability {
    ln: f64,
}

impl fmt::Display for Probability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ln > -700.0 || !self.ln.is_finite() {
            return f.write_str(&crate::information::digits(self.ln.exp(), 3));
        }
        let decimal = self.ln / std::f64::consts::LN_10;
        let power = decimal.floor();
        write!(f, "{:.2}e{power}", 10f64.powf(decimal - power))
    }
}
