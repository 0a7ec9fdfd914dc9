//! The symbolic reading, from outside.

mod formulas;
mod generated;
mod plain_text;
