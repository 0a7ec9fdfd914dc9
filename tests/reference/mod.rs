//! High-precision reference values; see `README.md` in this folder for their provenance.
