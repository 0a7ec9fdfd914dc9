//! The variables of an expression.

use crate::domain::Domain;
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// What a variable stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A parameter of the model.
    Parameter,
    /// A coordinate of the observation that is given: a covariate of a row.
    Covariate,
    /// A coordinate of the observation that is random.
    Datum,
}

/// A variable: a parameter θᵢ, or a coordinate of the observation, random or given.
///
/// Two symbols are the same if role and position are: expressions of one model share their variables.
#[derive(Clone, Debug)]
pub struct Symbol(Arc<Description>);

#[derive(Debug)]
struct Description {
    role: Role,
    index: usize,
    name: String,
    domain: Domain,
    sample: f64,
}

impl Symbol {
    /// The variable at position `index` among those of its role, written as `name` (in Unicode: "α", "σ²", "x₁"). The signs of
    /// expressions are judged by its domain and, where that does not tell, by the point `sample`.
    pub fn new(role: Role, index: usize, name: impl Into<String>, domain: Domain, sample: f64) -> Self {
        Self(Arc::new(Description { role, index, name: name.into(), domain, sample }))
    }

    /// What it stands for.
    #[must_use]
    pub fn role(&self) -> Role {
        self.0.role
    }

    /// Its position among the parameters or the coordinates, counted from 0.
    #[must_use]
    pub fn index(&self) -> usize {
        self.0.index
    }

    /// How it is written, in Unicode.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The values it may take.
    #[must_use]
    pub fn domain(&self) -> Domain {
        self.0.domain
    }

    /// A value that it may take.
    #[must_use]
    pub(crate) fn sample(&self) -> f64 {
        self.0.sample
    }

    fn key(&self) -> (Role, usize) {
        (self.0.role, self.0.index)
    }
}

impl PartialEq for Symbol {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Symbol {}

impl PartialOrd for Symbol {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Symbol {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Hash for Symbol {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}
