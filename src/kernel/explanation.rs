//! Which path a model takes, and why.

use std::fmt;

/// How the sums over a data set are formed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Path {
    /// By a kernel where there are enough observations to pay for its compilation and the log-likelihood can be compiled, else by dual
    /// numbers.
    #[default]
    Automatic,
    /// By a kernel wherever the log-likelihood can be compiled.
    Kernel,
    /// By dual numbers.
    Duals,
}

/// Why a log-likelihood cannot be compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Obstacle {
    /// The observation is opaque, or the log-likelihood could not be recorded.
    Opaque,
    /// It reads values out of its numbers, to loop over data or to look something up.
    Reads,
    /// The formulas of its derivatives are too long.
    TooLong,
}

/// What a kernel does for the rows that take one course through the log-likelihood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Work {
    /// It sums so many functions of the data, and combines everything else from them.
    Functions {
        /// How many functions there are.
        count: usize,
        /// Whether they are functions of the data alone: sufficient statistics, which are summed once and serve every θ.
        sufficient: bool,
    },
    /// It computes the derivatives in so many linear predictors, and forms Xᵀg and XᵀWX.
    Predictors {
        /// How many linear predictors there are.
        count: usize,
    },
    /// It computes score and Hessian row by row.
    Rows,
}

/// Which path a model takes, and why.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Explanation {
    /// Kernels, one for each course that rows take through the log-likelihood.
    Kernels {
        /// What each of them does.
        courses: Vec<Work>,
    },
    /// Dual numbers, since the log-likelihood cannot be compiled.
    Obstacle(Obstacle),
    /// Dual numbers, since they were asked for.
    Asked,
    /// Dual numbers, since so few observations do not pay for a compilation.
    Few {
        /// How many observations there are.
        observations: usize,
        /// From how many on kernels are compiled.
        threshold: usize,
    },
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Opaque => "its observations are opaque, or it could not be recorded",
            Self::Reads => "it reads values out of its numbers",
            Self::TooLong => "the formulas of its derivatives are too long",
        })
    }
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Functions { count, sufficient: true } => write!(f, "the sums of {count} functions of the data alone"),
            Self::Functions { count, sufficient: false } => write!(f, "the sums of {count} functions of the data"),
            Self::Predictors { count: 1 } => write!(f, "derivatives in a linear predictor, and XᵀWX"),
            Self::Predictors { count } => write!(f, "derivatives in {count} linear predictors, and XᵀWX"),
            Self::Rows => write!(f, "score and Hessian row by row"),
        }
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kernels { courses } => {
                f.write_str("kernel: ")?;
                for (k, work) in courses.iter().enumerate() {
                    if k > 0 {
                        f.write_str("; for other rows ")?;
                    }
                    write!(f, "{work}")?;
                }
                Ok(())
            }
            Self::Obstacle(obstacle) => write!(f, "dual numbers: {obstacle}"),
            Self::Asked => f.write_str("dual numbers, as asked for"),
            Self::Few { observations, threshold } => {
                write!(f, "dual numbers: {observations} observations, and kernels pay from {threshold} on")
            }
        }
    }
}
