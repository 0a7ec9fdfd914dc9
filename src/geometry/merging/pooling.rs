//! How much of the information matrices an average uses.

use crate::error::{Error, check_length, place_of};

/// How much of the information matrices a [merge](super::Experts::merge) uses as weights.
///
/// An entry of two parameters that are not in the same group counts as 0.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Pooling {
    /// The whole matrices: p² numbers for each expert.
    Full,
    /// Blocks on the diagonal, one for each group of parameters, by their names.
    Blocks(Vec<Vec<String>>),
    /// Blocks on the diagonal of these sizes, in the order of the parameters.
    Sizes(Vec<usize>),
    /// The diagonals: p numbers for each expert.
    Diagonal,
    /// None: the plain average of those who know a parameter.
    Uniform,
}

impl Pooling {
    /// Blocks from lists of names.
    pub fn blocks<G, N>(groups: impl IntoIterator<Item = G>) -> Self
    where
        G: IntoIterator<Item = N>,
        N: Into<String>,
    {
        Self::Blocks(groups.into_iter().map(|group| group.into_iter().map(Into::into).collect()).collect())
    }

    /// The number of the group of every parameter.
    ///
    /// # Errors
    /// [`Error::UnknownParameter`], [`Error::RepeatedName`] of a name in two groups, [`Error::NotInAGroup`]; [`Error::LengthMismatch`] of sizes
    /// that do not add up.
    pub(super) fn groups(&self, names: &[String]) -> Result<Vec<usize>, Error> {
        match self {
            Self::Full => Ok(vec![0; names.len()]),
            Self::Diagonal | Self::Uniform => Ok((0..names.len()).collect()),
            Self::Sizes(sizes) => {
                let total = sizes.iter().fold(0_usize, |total, &size| total.saturating_add(size));
                check_length("blocks of parameters together", names.len(), total)?;
                Ok(sizes.iter().enumerate().flat_map(|(group, &size)| std::iter::repeat_n(group, size)).collect())
            }
            Self::Blocks(blocks) => {
                let mut groups = vec![None; names.len()];
                for (group, name) in blocks.iter().enumerate().flat_map(|(g, block)| block.iter().map(move |n| (g, n)))
                {
                    let place = place_of(name, names)?;
                    if groups[place].replace(group).is_some() {
                        return Err(Error::RepeatedName { name: name.clone() });
                    }
                }
                let found = |(group, name): (Option<usize>, &String)| {
                    group.ok_or_else(|| Error::NotInAGroup { name: name.clone() })
                };
                groups.into_iter().zip(names).map(found).collect()
            }
        }
    }
}
