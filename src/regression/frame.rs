//! Data with names: columns read from a file.

use crate::error::{Error, check_length};
use std::io::Read;
use std::path::Path;

/// A table of data with named columns of equal length, as it stands in a file.
///
/// What a column is, numbers or categories, is decided by what it is asked for. A cell that is empty or says NA is missing, which is an
/// error only in a column that is used.
///
/// ```
/// use fisher_information::regression::Frame;
///
/// let frame = Frame::from_csv("dose,sex\n1.5,F\n2,M\n".as_bytes(), "example")?;
/// assert_eq!(frame.numbers("dose")?, [1.5, 2.0]);
/// assert_eq!(frame.levels("sex")?, ["F", "M"]);
/// let error = frame.numbers("sex").expect_err("F is not a number");
/// assert_eq!(error.to_string(), "row 0: sex is \"F\", not a finite number");
/// # Ok::<(), fisher_information::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    names: Vec<String>,
    columns: Vec<Vec<String>>,
    rows: usize,
}

impl Frame {
    /// The columns of a file of comma-separated values, whose first line names them.
    ///
    /// # Errors
    /// [`Error::Input`] if the file cannot be read or a line has another number of cells, [`Error::RepeatedName`].
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let file = std::fs::File::open(path)
            .map_err(|error| Error::Input { file: name.clone(), message: error.to_string() })?;
        Self::from_csv(file, &name)
    }

    /// The same from anything that can be read; the name is for errors.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn from_csv(reader: impl Read, name: &str) -> Result<Self, Error> {
        let input = |error: csv::Error| Error::Input { file: name.into(), message: error.to_string() };
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(reader);
        let names: Vec<String> = reader.headers().map_err(input)?.iter().map(str::to_owned).collect();
        let mut columns = vec![Vec::new(); names.len()];
        for record in reader.records() {
            for (column, cell) in columns.iter_mut().zip(&record.map_err(input)?) {
                column.push(cell.to_owned());
            }
        }
        Self::new(names.into_iter().zip(columns))
    }

    /// A frame of these columns of text.
    ///
    /// # Errors
    /// [`Error::RepeatedName`]; [`Error::LengthMismatch`] if the columns are not of one length.
    pub fn new(columns: impl IntoIterator<Item = (String, Vec<String>)>) -> Result<Self, Error> {
        let (names, columns): (Vec<String>, Vec<Vec<String>>) = columns.into_iter().unzip();
        let rows = columns.first().map_or(0, Vec::len);
        for (i, name) in names.iter().enumerate() {
            if names[..i].contains(name) {
                return Err(Error::RepeatedName { name: name.clone() });
            }
            check_length("cells of a column", rows, columns[i].len())?;
        }
        Ok(Self { names, columns, rows })
    }

    /// The names of the columns.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The cells of a column.
    ///
    /// # Errors
    /// [`Error::MissingColumn`].
    pub fn column(&self, name: &str) -> Result<&[String], Error> {
        match self.names.iter().position(|known| known == name) {
            Some(place) => Ok(&self.columns[place]),
            None => Err(Error::MissingColumn { name: name.into(), known: self.names.clone() }),
        }
    }

    /// A column as numbers.
    ///
    /// # Errors
    /// [`Error::MissingColumn`], [`Error::MissingValue`], [`Error::UnparsableCell`], naming the first row.
    pub fn numbers(&self, name: &str) -> Result<Vec<f64>, Error> {
        let number = |(row, cell): (usize, &String)| {
            let unparsable = || Error::UnparsableCell { column: name.into(), row, text: cell.clone() };
            present(name, row, cell)?.parse().ok().filter(|value: &f64| value.is_finite()).ok_or_else(unparsable)
        };
        self.column(name)?.iter().enumerate().map(number).collect()
    }

    /// A column as categories.
    ///
    /// # Errors
    /// [`Error::MissingColumn`], [`Error::MissingValue`], naming the first row.
    pub fn categories(&self, name: &str) -> Result<Vec<&str>, Error> {
        self.column(name)?.iter().enumerate().map(|(row, cell)| present(name, row, cell)).collect()
    }

    /// The different categories of a column, in the order of the alphabet, or of size if all are numbers.
    ///
    /// # Errors
    /// As [`categories`](Self::categories).
    pub fn levels(&self, name: &str) -> Result<Vec<String>, Error> {
        let mut levels: Vec<String> = self.categories(name)?.into_iter().map(str::to_owned).collect();
        levels.sort();
        levels.dedup();
        let numbers: Result<Vec<f64>, _> = levels.iter().map(|level| level.parse()).collect();
        if numbers.is_ok_and(|numbers| !numbers.iter().any(|number| number.is_nan())) {
            let number = |level: &String| level.parse().unwrap_or(f64::NAN);
            levels.sort_by(|a, b| number(a).total_cmp(&number(b)));
        }
        Ok(levels)
    }

    /// The frame without the rows in which one of these columns is missing.
    ///
    /// # Errors
    /// [`Error::MissingColumn`].
    pub fn complete(&self, names: &[&str]) -> Result<Self, Error> {
        let asked = names.iter().map(|name| self.column(name)).collect::<Result<Vec<_>, _>>()?;
        let kept: Vec<usize> =
            (0..self.rows).filter(|&row| !asked.iter().any(|column| is_missing(&column[row]))).collect();
        let pick = |column: &Vec<String>| kept.iter().map(|&row| column[row].clone()).collect();
        Ok(Self { names: self.names.clone(), columns: self.columns.iter().map(pick).collect(), rows: kept.len() })
    }
}

fn is_missing(cell: &str) -> bool {
    cell.is_empty() || cell == "NA"
}

/// A cell that is not missing.
fn present<'c>(column: &str, row: usize, cell: &'c str) -> Result<&'c str, Error> {
    if is_missing(cell) { Err(Error::MissingValue { column: column.into(), row }) } else { Ok(cell) }
}
