//! Whether a model is regular: normalised, with a mean score of zero, and with the two forms of the information equal.

use super::moments::ScoreMoments;
use super::{Expected, Information};
use crate::error::Error;
use crate::expectation::Estimate;
use std::fmt;

/// How many errors a quantity may be off before it counts as off.
const ERRORS: f64 = 10.0;

/// What is granted beyond the reported errors, relative to the scale of the quantity.
const GRACE: f64 = 1e-8;

/// Which of the identities of regular models hold.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Regularity {
    /// All: mass 1, mean score 0, E\[s sᵀ\] = −E\[H\].
    Regular,
    /// The density does not have mass 1 at this θ: a normalising constant is missing, or the support is wrong.
    NotNormalised {
        /// ∫ f
        mass: Estimate,
    },
    /// The mean score is not 0: the support moves with a parameter, or the normalising constant is wrong as a function of θ.
    /// Neither form is then the Fisher information in the sense of the Cramér–Rao bound.
    MeanScoreNotZero {
        /// The parameter.
        parameter: String,
        /// E\[s\] of it.
        mean: Estimate,
        /// The parameters on which the support depends.
        moving_support: Vec<String>,
    },
    /// The mean score is 0 but −E\[H\] is not E\[s sᵀ\]: the Hessian misses what happens at points where the score jumps. E\[s sᵀ\]
    /// is the Fisher information.
    HessianFails {
        /// The first parameter of the worst entry.
        row: String,
        /// The second parameter of the worst entry.
        column: String,
        /// E\[s sᵀ\] there.
        outer_product: Estimate,
        /// −E\[H\] there.
        hessian: Estimate,
    },
}

impl ScoreMoments {
    /// Whether the theory of regular models applies, and if not, where it fails.
    #[must_use]
    pub fn regularity(&self) -> Regularity {
        Regularity::of(self)
    }

    /// The expected Fisher information of one observation, E\[s sᵀ\].
    ///
    /// The outer product form is taken because it is the definition, it is positive semi-definite, and it holds for models
    /// whose Hessian does not exist everywhere, such as Laplace's location.
    ///
    /// # Errors
    /// [`Error::NotNormalised`] if the mass is not 1, [`Error::NonRegular`] if the mean score is not 0.
    pub fn information(&self) -> Result<Information<Expected>, Error> {
        match self.regularity() {
            Regularity::Regular | Regularity::HessianFails { .. } => Information::new(
                self.names.clone(),
                self.outer_product.matrix.clone(),
                self.outer_product.error.clone(),
                1.0,
                self.provenance.clone(),
            ),
            Regularity::NotNormalised { mass } => Err(Error::NotNormalised { mass: mass.value, error: mass.error }),
            Regularity::MeanScoreNotZero { parameter, mean, moving_support } => {
                Err(Error::NonRegular { parameter, mean: mean.value, error: mean.error, moving_support })
            }
        }
    }
}

impl Regularity {
    pub(super) fn of(moments: &ScoreMoments) -> Self {
        if let Some(mass) = moments.mass
            && (mass.value - 1.0).abs() > ERRORS * mass.error + GRACE
        {
            return Self::NotNormalised { mass };
        }
        let (outer, hessian) = (&moments.outer_product, &moments.hessian);
        let scale = |i: usize| outer.matrix[(i, i)].abs().sqrt();
        for (i, mean) in moments.mean_score.iter().enumerate() {
            if mean.value.abs() > ERRORS * mean.error + GRACE * scale(i) {
                return Self::MeanScoreNotZero {
                    parameter: moments.names[i].clone(),
                    mean: *mean,
                    moving_support: moments.moving_support.clone(),
                };
            }
        }
        let mut worst = (0.0, 0, 0);
        for i in 0..moments.names.len() {
            for j in 0..=i {
                let allowed = ERRORS * (outer.error[(i, j)] + hessian.error[(i, j)]) + GRACE * scale(i) * scale(j);
                let excess = (outer.matrix[(i, j)] - hessian.matrix[(i, j)]).abs() / allowed.max(f64::MIN_POSITIVE);
                if excess > worst.0 {
                    worst = (excess, i, j);
                }
            }
        }
        let (excess, i, j) = worst;
        if excess <= 1.0 {
            return Self::Regular;
        }
        let at = |form: &super::MatrixEstimate| Estimate::new(form.matrix[(i, j)], form.error[(i, j)]);
        Self::HessianFails {
            row: moments.names[i].clone(),
            column: moments.names[j].clone(),
            outer_product: at(outer),
            hessian: at(hessian),
        }
    }

    /// Whether E\[s sᵀ\] is the Fisher information.
    #[must_use]
    pub fn has_information(&self) -> bool {
        matches!(self, Self::Regular | Self::HessianFails { .. })
    }
}

impl fmt::Display for Regularity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Regular => write!(f, "regular"),
            Self::NotNormalised { mass } => write!(f, "not normalised: the mass is {mass}"),
            Self::MeanScoreNotZero { parameter, mean, moving_support } => {
                write!(f, "not regular: the mean score of {parameter} is {mean}")?;
                if !moving_support.is_empty() {
                    write!(f, "; the support depends on {}", moving_support.join(", "))?;
                }
                Ok(())
            }
            Self::HessianFails { row, column, outer_product, hessian } => write!(
                f,
                "the Hessian form fails: for {row} and {column} E[ssᵀ] is {outer_product} and −E[H] is {hessian}"
            ),
        }
    }
}
