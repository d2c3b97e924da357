//! Many documents, kept in order, and their tables.

use std::sync::Arc;

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::PyList;

use super::desk::Desk;
use super::document::PyDocument;
use super::failure::caught;
use super::pool;
use super::reader::{Progress, Read, Reader};
use super::table::{Table, known};
use crate::document::Document;
use crate::table::{Row, lengths, prepare};

/// Documents that are taken from a reader at a time.
const STEP: usize = 256;

/// Many documents, in the order of their sources, and their tables.
#[pyclass(frozen, sequence, module = "copydesk._copydesk")]
pub struct Corpus {
    documents: Vec<Py<PyDocument>>,
    workers: usize,
}

impl Corpus {
    /// All that `reader` reads; the first failure ends it where `raises` says so.
    pub fn read(
        desk: &Bound<'_, Desk>,
        mut reader: Reader,
        workers: usize,
        mut progress: Progress,
        raises: bool,
    ) -> PyResult<Self> {
        let py = desk.py();
        let mut documents = Vec::new();
        loop {
            let reads = reader.next(py, STEP)?;
            if reads.is_empty() {
                progress.end(py, documents.len())?;
                return Ok(Self { documents, workers });
            }
            if let Some(failure) = reads.iter().find_map(|read| read.failure.as_ref()).filter(|_| raises) {
                return Err(failure.raise());
            }
            documents.extend(Self::of(desk, reads, workers)?.documents);
            progress.tell(py, documents.len())?;
        }
    }

    /// Documents as they were read.
    pub fn of(desk: &Bound<'_, Desk>, reads: Vec<Read>, workers: usize) -> PyResult<Self> {
        let document = |Read { about, document, failure }| {
            let document = PyDocument::new(desk.clone().unbind(), document, about.published, about.url);
            Py::new(desk.py(), document.named(about.id, failure))
        };
        Ok(Self { documents: reads.into_iter().map(document).collect::<PyResult<_>>()?, workers })
    }

    fn rows(&self) -> Vec<Row<'_>> {
        self.documents.iter().map(|document| document.get().row()).collect()
    }

    /// Has the workers compute what that table takes; a document at which a stage fails is left out and keeps the error.
    fn prepare(&self, py: Python<'_>, table: &'static str) -> PyResult<()> {
        let documents: Vec<Arc<Document>> =
            self.documents.iter().map(|document| Arc::clone(document.get().document())).collect();
        let work = move |document: Arc<Document>| caught(|| prepare(table, &document)).err();
        let failures = pool::each(py, self.workers, documents, work)?;
        for (document, failure) in self.documents.iter().zip(failures) {
            if let Some(failure) = failure {
                document.get().fail(failure);
            }
        }
        Ok(())
    }
}

#[pymethods]
impl Corpus {
    #[new]
    fn new(documents: Vec<Py<PyDocument>>) -> PyResult<Self> {
        Ok(Self { documents, workers: pool::workers(None)? })
    }

    /// One of its tables, by name.
    ///
    /// Raises ValueError for a name that is no table.
    fn table(&self, py: Python<'_>, table: &str) -> PyResult<Table> {
        let table = known(table)?;
        self.prepare(py, table)?;
        Table::new(py, table, &self.rows())
    }

    /// How many rows of a table each document has.
    fn _lengths(&self, py: Python<'_>, table: &str) -> PyResult<Vec<usize>> {
        let table = known(table)?;
        self.prepare(py, table)?;
        Ok(lengths(table, &self.rows()))
    }

    /// One row a document: its address, title, day, text, and what went wrong with it.
    #[getter]
    fn documents(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, "documents")
    }

    /// One row a name.
    #[getter]
    fn entities(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, "entities")
    }

    /// One row an expression of time.
    #[getter]
    fn dates(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, "dates")
    }

    /// One row a block of the text.
    #[getter]
    fn blocks(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, "blocks")
    }

    /// One row a block that was left out.
    #[getter]
    fn dropped(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, "dropped")
    }

    /// One row a link.
    #[getter]
    fn links(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, "links")
    }

    /// One row a bold or italic stretch.
    #[getter]
    fn inlines(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, "inlines")
    }

    /// One row a sentence.
    #[getter]
    fn sentences(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, "sentences")
    }

    /// One row a claim: a quantity, or an event with a date, with who says so.
    #[getter]
    fn claims(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, "claims")
    }

    /// One row a quotation.
    #[getter]
    fn quotes(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, "quotes")
    }

    /// One row a quantity.
    #[getter]
    fn quantities(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, "quantities")
    }

    /// One row a document that could not be read, with its error.
    #[getter]
    fn failures(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, "failures")
    }

    fn __len__(&self) -> usize {
        self.documents.len()
    }

    fn __getitem__(&self, py: Python<'_>, index: isize) -> PyResult<Py<PyDocument>> {
        let len = isize::try_from(self.documents.len()).unwrap_or(isize::MAX);
        let place = usize::try_from(if index < 0 { index + len } else { index }).ok();
        let found = place.and_then(|place| self.documents.get(place)).map(|document| document.clone_ref(py));
        found.ok_or_else(|| {
            PyIndexError::new_err(format!("index {index} is out of range: there are {len} documents"))
        })
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyList::new(py, &self.documents)?.try_iter()?.into_any())
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("copydesk.notebook")?.call_method1("corpus_html", (slf,))
    }

    fn __repr__(&self) -> String {
        let failed = self.documents.iter().filter(|document| document.get().failed()).count();
        format!("<Corpus: {} documents, {failed} failures>", self.documents.len())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyList>,))> {
        let documents = PyList::new(slf.py(), &slf.get().documents)?;
        Ok((slf.get_type().into_any(), (documents,)))
    }
}
