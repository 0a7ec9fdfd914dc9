//! placeholder
pub mod scalar;
/// notes
pub mod notes {
    /// numbers
    pub mod numbers {}
}
