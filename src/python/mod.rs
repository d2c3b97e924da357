//! Where Rust meets Python. No linguistics here: sources come in, rows and values go out.

mod annotate;
mod capsule;
mod corpus;
mod desk;
mod document;
mod failure;
mod options;
mod patience;
mod pool;
mod reader;
mod scan;
mod source;
mod spans;
mod table;
mod values;
mod words;

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
    use super::table::{Table, restore as restore_table};
    #[pymodule_export]
    use super::values::{
        Block, Boundary, Claim, Date, Dropped, Entity, Inline, Link, Quantity, Quote, Sentence, Span,
    };
    use pyo3::prelude::*;

    /// Makes every document of exactly so many bytes panic when it is read, or when a stage reads its text; 0 for none.
    #[pyfunction]
    fn _trap(bytes: usize) {
        crate::checkpoint::trap(bytes);
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        super::failure::quiet_panics();
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("_COLUMNS", super::annotate::COLUMNS.to_vec())?;
        module.add("TABLES", crate::table::NAMES.to_vec())
    }
}
