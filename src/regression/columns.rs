//! The columns of a linear predictor.

use crate::error::Error;

/// The name of the column of ones.
pub const INTERCEPT: &str = "intercept";

/// The columns of one linear predictor η = Σⱼ xⱼ βⱼ, by name. The column called "intercept" holds ones.
///
/// A column may also stand in η with the known coefficient 1: the offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    pub(super) names: Vec<String>,
    pub(super) offset: bool,
}

impl Columns {
    /// Columns with these names.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if there are none, [`Error::RepeatedName`].
    pub fn new(names: impl IntoIterator<Item: Into<String>>) -> Result<Self, Error> {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        if names.is_empty() {
            return Err(Error::LengthMismatch { what: "columns of a linear predictor", expected: 1, found: 0 });
        }
        for (i, name) in names.iter().enumerate() {
            if names[..i].contains(name) {
                return Err(Error::RepeatedName { name: name.clone() });
            }
        }
        Ok(Self { names, offset: false })
    }

    /// The same with an offset.
    #[must_use]
    pub fn with_offset(self) -> Self {
        Self { offset: true, ..self }
    }

    /// The names.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether there is an offset.
    #[must_use]
    pub fn has_offset(&self) -> bool {
        self.offset
    }

    /// Where the column of ones is, if there is one.
    #[must_use]
    pub fn intercept(&self) -> Option<usize> {
        self.names.iter().position(|name| name == INTERCEPT)
    }
}

/// The columns of the linear predictors of a regression, one [`Columns`] for each; most have one.
///
/// ```
/// use fisher_information::regression::Covariates;
///
/// let covariates = Covariates::named(["intercept", "dose"])?;
/// assert_eq!(covariates.predictors()[0].intercept(), Some(0));
/// # Ok::<(), fisher_information::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covariates(pub(super) Vec<Columns>);

impl Covariates {
    /// The columns of several predictors.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if there is no predictor.
    pub fn new(predictors: impl Into<Vec<Columns>>) -> Result<Self, Error> {
        let predictors = predictors.into();
        match predictors.len() {
            0 => Err(Error::LengthMismatch { what: "linear predictors", expected: 1, found: 0 }),
            _ => Ok(Self(predictors)),
        }
    }

    /// One predictor with these columns.
    ///
    /// # Errors
    /// Those of [`Columns::new`].
    pub fn named(names: impl IntoIterator<Item: Into<String>>) -> Result<Self, Error> {
        Ok(Self(vec![Columns::new(names)?]))
    }

    /// The predictors.
    #[must_use]
    pub fn predictors(&self) -> &[Columns] {
        &self.0
    }
}

impl From<Columns> for Covariates {
    fn from(columns: Columns) -> Self {
        Self(vec![columns])
    }
}
