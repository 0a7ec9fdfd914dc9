//! From the columns of a frame to the rows of a regression.

use super::columns::{Columns, Covariates, INTERCEPT};
use super::frame::Frame;
use super::sample::Sample;
use crate::error::{Error, check_length};
use crate::model::Table;

/// One term of a linear predictor.
#[derive(Clone, Debug)]
enum Term {
    Intercept,
    Numeric { column: String },
    Transformed { column: String, label: String, function: fn(f64) -> f64 },
    Categorical { column: String, baseline: Option<String> },
    Indicators { column: String },
    Interaction { terms: Vec<String> },
}

/// One predictor: its terms and its offset.
#[derive(Clone, Debug, Default)]
struct Predictor {
    terms: Vec<Term>,
    offset: Option<Number>,
}

/// A column of numbers, or a function of one.
#[derive(Clone, Debug)]
struct Number {
    column: String,
    function: fn(f64) -> f64,
}

impl Number {
    /// The values, which are finite.
    fn values(&self, frame: &Frame) -> Result<Vec<f64>, Error> {
        let numbers = frame.numbers(&self.column)?;
        let value = |(row, &number): (usize, &f64)| {
            let value = (self.function)(number);
            let refusal = || Error::UnparsableCell { column: self.column.clone(), row, text: value.to_string() };
            if value.is_finite() { Ok(value) } else { Err(refusal()) }
        };
        numbers.iter().enumerate().map(value).collect()
    }
}

/// A response: a number, or a category as the number of its level.
#[derive(Clone, Debug)]
enum Response {
    Number(Number),
    Category { column: String, levels: Vec<String> },
}

/// How the rows of a regression are made of the columns of a [`Frame`].
///
/// | term | columns |
/// |---|---|
/// | [`intercept`](Self::intercept) | 1, called `intercept` |
/// | [`numeric("x")`](Self::numeric) | `x` |
/// | [`transformed("x", "log", f64::ln)`](Self::transformed) | `log(x)` |
/// | [`categorical("c")`](Self::categorical) | `c[b]`, `c[d]`, …: 1 at that level, one for each but the first (treatment contrasts) |
/// | [`indicators("c")`](Self::indicators) | the same for every level |
/// | [`interaction(&["c", "x"])`](Self::interaction) | `c[b] × x`, …: the products of the columns of terms that stand before it |
///
/// ```
/// use fisher_information::regression::{Design, Frame};
///
/// let frame = Frame::from_csv("dose,sex,dead\n1,F,0\n2,M,1\n4,M,1\n".as_bytes(), "example")?;
/// let design = Design::new().intercept().transformed("dose", "log2", f64::log2).categorical("sex").response("dead");
/// let sample = design.rows(&frame)?;
/// assert_eq!(sample.covariates().predictors()[0].names(), ["intercept", "log2(dose)", "sex[M]"]);
/// assert_eq!(sample.table().values()[8..], [1.0, 2.0, 1.0, 1.0]);
/// # Ok::<(), fisher_information::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Design {
    predictors: Vec<Predictor>,
    responses: Vec<Response>,
    weights: Option<String>,
}

impl Default for Design {
    fn default() -> Self {
        Self::new()
    }
}

impl Design {
    /// A design without terms.
    #[must_use]
    pub fn new() -> Self {
        Self { predictors: vec![Predictor::default()], responses: Vec::new(), weights: None }
    }

    fn with(mut self, term: Term) -> Self {
        if let Some(predictor) = self.predictors.last_mut() {
            predictor.terms.push(term);
        }
        self
    }

    /// A column of ones.
    #[must_use]
    pub fn intercept(self) -> Self {
        self.with(Term::Intercept)
    }

    /// A column of numbers as it is.
    #[must_use]
    pub fn numeric(self, column: &str) -> Self {
        self.with(Term::Numeric { column: column.into() })
    }

    /// A function of a column of numbers, called `label(column)`.
    #[must_use]
    pub fn transformed(self, column: &str, label: &str, function: fn(f64) -> f64) -> Self {
        self.with(Term::Transformed { column: column.into(), label: label.into(), function })
    }

    /// Categories against the first in the order of the alphabet, or of size if all are numbers.
    #[must_use]
    pub fn categorical(self, column: &str) -> Self {
        self.with(Term::Categorical { column: column.into(), baseline: None })
    }

    /// Categories against this one.
    #[must_use]
    pub fn categorical_against(self, column: &str, baseline: &str) -> Self {
        self.with(Term::Categorical { column: column.into(), baseline: Some(baseline.into()) })
    }

    /// Categories, each with a column: for a predictor without an intercept.
    #[must_use]
    pub fn indicators(self, column: &str) -> Self {
        self.with(Term::Indicators { column: column.into() })
    }

    /// The products of the columns of terms that stand before; a term is called by its column, a transformed one `label(column)`.
    #[must_use]
    pub fn interaction(self, terms: &[&str]) -> Self {
        self.with(Term::Interaction { terms: terms.iter().map(|&term| term.into()).collect() })
    }

    /// A column that stands in the predictor with coefficient 1.
    #[must_use]
    pub fn offset(self, column: &str) -> Self {
        self.with_offset(column, |value| value)
    }

    /// The logarithm of a column as offset: the exposure of a count, whose rate then is what the link is of.
    #[must_use]
    pub fn exposure(self, column: &str) -> Self {
        self.with_offset(column, f64::ln)
    }

    fn with_offset(mut self, column: &str, function: fn(f64) -> f64) -> Self {
        if let Some(predictor) = self.predictors.last_mut() {
            predictor.offset = Some(Number { column: column.into(), function });
        }
        self
    }

    /// What follows belongs to the predictor of the next parameter of the family.
    #[must_use]
    pub fn next_predictor(mut self) -> Self {
        self.predictors.push(Predictor::default());
        self
    }

    /// A number of the response. A response of several numbers takes several calls, in the order of the family.
    #[must_use]
    pub fn response(self, column: &str) -> Self {
        self.response_transformed(column, |value| value)
    }

    /// A function of a column as response.
    #[must_use]
    pub fn response_transformed(mut self, column: &str, function: fn(f64) -> f64) -> Self {
        self.responses.push(Response::Number(Number { column: column.into(), function }));
        self
    }

    /// A response that is a category: its number among these levels, counted from 0.
    #[must_use]
    pub fn response_among(mut self, column: &str, levels: &[&str]) -> Self {
        let levels = levels.iter().map(|&level| level.into()).collect();
        self.responses.push(Response::Category { column: column.into(), levels });
        self
    }

    /// A column of weights: an observation of weight w counts as w repetitions of it.
    #[must_use]
    pub fn weights(mut self, column: &str) -> Self {
        self.weights = Some(column.into());
        self
    }

    /// The rows, with the names of their columns and with the weights.
    ///
    /// # Errors
    /// [`Error::NoData`]; [`Error::MissingColumn`], [`Error::MissingValue`], [`Error::UnparsableCell`] naming the row and the column, which a
    /// transformation that has no value does too; [`Error::UnknownLevel`]; [`Error::LengthMismatch`] without a term or a response;
    /// [`Error::RepeatedName`].
    pub fn rows(&self, frame: &Frame) -> Result<Sample, Error> {
        if frame.rows() == 0 {
            return Err(Error::NoData);
        }
        if self.responses.is_empty() {
            check_length("responses of the design", 1, 0)?;
        }
        let (mut columns, mut predictors, mut offsets) = (Vec::new(), Vec::new(), Vec::new());
        for predictor in &self.predictors {
            let found = predictor.columns(frame)?;
            let names = Columns::new(found.iter().map(|column| column.name.clone()))?;
            predictors.push(if predictor.offset.is_some() { names.with_offset() } else { names });
            columns.extend(found.into_iter().map(|column| column.values));
            if let Some(offset) = &predictor.offset {
                offsets.push(offset.values(frame)?);
            }
        }
        columns.append(&mut offsets);
        for response in &self.responses {
            columns.push(response.values(frame)?);
        }
        let values = (0..frame.rows()).flat_map(|row| columns.iter().map(move |column| column[row])).collect();
        let weights = self.weights.as_ref().map(|name| frame.numbers(name)).transpose()?;
        Sample::new(Table::new(columns.len(), values)?, Covariates::new(predictors)?, weights)
    }
}

/// A column of a design.
#[derive(Clone)]
struct Named {
    name: String,
    values: Vec<f64>,
}

impl Predictor {
    /// The columns of all terms.
    fn columns(&self, frame: &Frame) -> Result<Vec<Named>, Error> {
        let mut done: Vec<(String, Vec<Named>)> = Vec::new();
        for term in &self.terms {
            let found = match term {
                Term::Interaction { terms } => interaction(terms, &done)?,
                other => other.columns(frame)?,
            };
            done.push((term.name(), found));
        }
        Ok(done.into_iter().flat_map(|(_, columns)| columns).collect())
    }
}

impl Term {
    fn name(&self) -> String {
        match self {
            Self::Intercept => INTERCEPT.into(),
            Self::Numeric { column } | Self::Categorical { column, .. } | Self::Indicators { column } => column.clone(),
            Self::Transformed { column, label, .. } => format!("{label}({column})"),
            Self::Interaction { terms } => terms.join(" × "),
        }
    }

    /// The columns of a term that stands alone.
    fn columns(&self, frame: &Frame) -> Result<Vec<Named>, Error> {
        let one = |values| Ok(vec![Named { name: self.name(), values }]);
        match self {
            Self::Intercept => one(vec![1.0; frame.rows()]),
            Self::Numeric { column } => one(frame.numbers(column)?),
            Self::Transformed { column, function, .. } => {
                one(Number { column: column.clone(), function: *function }.values(frame)?)
            }
            Self::Categorical { column, baseline } => {
                let mut levels = frame.levels(column)?;
                let place = match baseline {
                    None => 0,
                    Some(level) => place_of(column, level, &levels)?,
                };
                levels.remove(place);
                indicators(frame, column, &levels)
            }
            Self::Indicators { column } => indicators(frame, column, &frame.levels(column)?),
            Self::Interaction { .. } => Ok(Vec::new()),
        }
    }
}

impl Response {
    fn values(&self, frame: &Frame) -> Result<Vec<f64>, Error> {
        match self {
            Self::Number(number) => number.values(frame),
            Self::Category { column, levels } => {
                #[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ levels
                let number = |level: &str| Ok(place_of(column, level, levels)? as f64);
                frame.categories(column)?.into_iter().map(number).collect()
            }
        }
    }
}

/// The place of a level among others.
fn place_of(column: &str, level: &str, levels: &[String]) -> Result<usize, Error> {
    let unknown = || Error::UnknownLevel { column: column.into(), level: level.into(), known: levels.to_vec() };
    levels.iter().position(|known| known == level).ok_or_else(unknown)
}

/// One column for each of these levels, 1 where it is.
fn indicators(frame: &Frame, column: &str, levels: &[String]) -> Result<Vec<Named>, Error> {
    let categories = frame.categories(column)?;
    let of = |level: &String| Named {
        name: format!("{column}[{level}]"),
        values: categories.iter().map(|category| f64::from(u8::from(category == level))).collect(),
    };
    Ok(levels.iter().map(of).collect())
}

/// The products of the columns of several terms, the first term going round fastest.
fn interaction(terms: &[String], done: &[(String, Vec<Named>)]) -> Result<Vec<Named>, Error> {
    let mut products: Vec<Named> = Vec::new();
    for (place, term) in terms.iter().enumerate() {
        let missing =
            || Error::MissingColumn { name: term.clone(), known: done.iter().map(|(name, _)| name.clone()).collect() };
        let (_, columns) = done.iter().find(|(name, _)| name == term).ok_or_else(missing)?;
        if place == 0 {
            products.clone_from(columns);
            continue;
        }
        let product = |a: &Named, b: &Named| Named {
            name: format!("{} × {}", a.name, b.name),
            values: a.values.iter().zip(&b.values).map(|(a, b)| a * b).collect(),
        };
        products = columns.iter().flat_map(|b| products.iter().map(move |a| product(a, b))).collect();
    }
    Ok(products)
}
