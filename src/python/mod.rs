//! Where Rust meets Python. No linguistics here: sources come in, rows and values go out.

mod annotate;
mod capsule;
mod corpus;
mod desk;
mod document;
mod failure;
mod options;
mod pool;
mod reader;
mod scan;
mod source;
mod spans;
mod table;
mod values;

use pyo3::prelude::*;

/// The compiled half of the package.
#[pymodule(gil_used = false)]
mod _copydesk {
    #[pymodule_export]
    use super::corpus::Corpus;
    #[pymodule_export]
    use super::desk::{Desk, explain};
    #[pymodule_export]
    use super::document::{PyDocument, gazetteer, restore};
    #[pymodule_export]
    use super::scan::Scan;
    #[pymodule_export]
    use super::spans::Spans;
    #[pymodule_export]
    use super::table::Table;
    #[pymodule_export]
    use super::values::{
        Block, Boundary, Claim, Date, Dropped, Entity, Inline, Link, Quantity, Quote, Sentence, Span,
    };
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        super::failure::quiet_panics();
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("_COLUMNS", super::annotate::COLUMNS.to_vec())?;
        module.add("TABLES", crate::table::NAMES.to_vec())
    }
}
