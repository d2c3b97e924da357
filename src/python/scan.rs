//! Tables of more documents than memory holds: batch after batch.

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::corpus::Corpus;
use super::desk::Desk;
use super::failure::Failure;
use super::reader::{Progress, Read, Reader};
use super::table::{Table, fault, known};
use crate::document::{Document, Source};
use crate::limits::MAX_FAILURES;
use crate::table::{Row, batch};

/// Documents to a batch.
const BATCH: usize = 32;

/// What a scan gives: one table, or the documents with several tables made ready.
pub enum Wanted {
    Table(&'static str),
    Documents(Vec<&'static str>),
}

impl Wanted {
    /// `table=`: a name, or a list of names.
    pub fn new(table: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(name) = table.extract::<String>() {
            return Ok(Self::Table(known(&name)?));
        }
        let names: Vec<String> = table.extract().map_err(|_| {
            let shown = super::source::shown(table);
            PyTypeError::new_err(format!("table={shown} is no table: pass a name or a list of names"))
        })?;
        Ok(Self::Documents(names.iter().map(|name| known(name)).collect::<PyResult<_>>()?))
    }

    pub fn tables(&self) -> &[&'static str] {
        match self {
            Self::Table(name) => std::slice::from_ref(name),
            Self::Documents(names) => names,
        }
    }
}

/// Tables of documents that are read as they are asked for, a batch at a time; also an Arrow stream.
///
/// `done` counts the documents read so far, `failed` those that could not be read, and `failures` has a row for each of these.
#[pyclass(module = "copydesk._copydesk")]
pub struct Scan {
    desk: Py<Desk>,
    reader: Option<Reader>,
    wanted: Wanted,
    workers: usize,
    progress: Progress,
    raises: bool,
    done: usize,
    failures: Vec<(String, Failure)>,
    failed: usize,
}

impl Scan {
    pub fn new(
        desk: &Bound<'_, Desk>,
        reader: Reader,
        wanted: Wanted,
        workers: usize,
        progress: Progress,
        raises: bool,
    ) -> Self {
        let (desk, reader) = (desk.clone().unbind(), Some(reader));
        Self { desk, reader, wanted, workers, progress, raises, done: 0, failures: Vec::new(), failed: 0 }
    }

    /// The next documents; none at the end. After an error there are no more.
    fn read(&mut self, py: Python<'_>) -> PyResult<Vec<Read>> {
        let Some(mut reader) = self.reader.take() else { return Ok(Vec::new()) };
        let reads = reader.next(py, BATCH)?;
        for read in &reads {
            let Some(failure) = &read.failure else { continue };
            if self.raises {
                return Err(failure.raise());
            }
            self.failed += 1;
            if self.failures.len() < MAX_FAILURES {
                self.failures.push((read.about.id.clone(), failure.clone()));
            }
        }
        self.done += reads.len();
        if reads.is_empty() {
            self.progress.end(py, self.done)?;
        } else {
            self.progress.tell(py, self.done)?;
            self.reader = Some(reader);
        }
        Ok(reads)
    }

    fn table(&mut self, py: Python<'_>, name: &'static str) -> PyResult<Option<RecordBatch>> {
        let reads = self.read(py)?;
        if reads.is_empty() {
            return Ok(None);
        }
        // Documents are dropped here as well, which takes time of its own.
        let table = py.detach(|| {
            let rows: Vec<Row<'_>> = reads.iter().map(Read::row).collect();
            let table = batch(name, &rows);
            drop(reads);
            table
        });
        Ok(Some(table.map_err(fault)?))
    }
}

#[pymethods]
impl Scan {
    /// Documents read so far.
    #[getter]
    fn done(&self) -> usize {
        self.done
    }

    /// Documents among them that could not be read.
    #[getter]
    fn failed(&self) -> usize {
        self.failed
    }

    /// One row a document that could not be read so far, the first 10,000 of them.
    #[getter]
    fn failures(&self, py: Python<'_>) -> PyResult<Table> {
        let settings = self.desk.get().settings();
        let document = Document::parse(Source::text(String::new()), None, settings);
        let rows = self.failures.iter().map(|(id, failure)| {
            let error = Some((failure.kind.as_str(), failure.message.as_str()));
            Row { id, document: &document, url: None, error }
        });
        let rows: Vec<Row<'_>> = rows.collect();
        Table::new(py, "failures", &rows)
    }

    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        if let Wanted::Table(name) = self.wanted {
            let table = self.table(py, name)?.map(Table::of_batch);
            return table.map(|table| table.into_py_any(py)).transpose();
        }
        let reads = self.read(py)?;
        if reads.is_empty() {
            return Ok(None);
        }
        let corpus = Corpus::of(self.desk.bind(py), reads, self.workers)?;
        corpus.into_py_any(py).map(Some)
    }

    fn __repr__(&self) -> String {
        format!("<Scan: {} documents so far, {} failures>", self.done, self.failed)
    }

    /// The batches as an Arrow C stream (the PyCapsule interface), for one table: they are read as the consumer asks for them.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        slf: &Bound<'py, Self>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let Wanted::Table(name) = slf.borrow().wanted else {
            return Err(PyTypeError::new_err(
                "a scan of several tables is no Arrow stream: scan one table, or take them from each corpus",
            ));
        };
        let schema = batch(name, &[]).map_err(fault)?.schema();
        let batches = Batches { scan: slf.clone().unbind(), name, schema };
        PyCapsule::new_with_value(
            slf.py(),
            FFI_ArrowArrayStream::new(Box::new(batches)),
            c"arrow_array_stream",
        )
    }
}

/// The batches of a scan for a consumer of Arrow, on whatever thread it asks.
struct Batches {
    scan: Py<Scan>,
    name: &'static str,
    schema: SchemaRef,
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        Python::attach(|py| {
            let scan = self.scan.bind(py).try_borrow_mut().map_err(PyErr::from);
            let table = scan.and_then(|mut scan| scan.table(py, self.name));
            table.map_err(|error| ArrowError::ExternalError(Box::new(error))).transpose()
        })
    }
}

impl RecordBatchReader for Batches {
    fn schema(&self) -> SchemaRef {
        SchemaRef::clone(&self.schema)
    }
}
