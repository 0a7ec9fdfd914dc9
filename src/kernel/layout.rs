//! Where the sums over a data set stand: Σw, Σwℓ, Σws, the lower triangle of Σw s sᵀ, that of −Σw H.

use crate::derivatives::packed_length;

/// The places of the sums for so many parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Layout {
    parameters: usize,
}

impl Layout {
    pub fn new(parameters: usize) -> Self {
        Self { parameters }
    }

    /// How many sums there are.
    pub fn dimension(self) -> usize {
        2 + self.parameters + 2 * packed_length(self.parameters)
    }

    /// Σw ℓ
    pub const VALUE: usize = 1;

    /// Σw s
    pub fn score(self) -> usize {
        2
    }

    /// Σw s sᵀ
    pub fn outer(self) -> usize {
        2 + self.parameters
    }

    /// −Σw H
    pub fn curvature(self) -> usize {
        self.outer() + packed_length(self.parameters)
    }
}
