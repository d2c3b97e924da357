//! Many documents: read on all cores, kept in order, and their tables.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use super::desk::Desk;
use super::document::PyDocument;
use super::failure::{Failure, caught};
use super::table::Table;
use super::{pool, source};
use crate::document::{Document, Settings, Source};
use crate::table::Row;

/// How often a batch looks for Ctrl-C.
const HEARTBEAT: Duration = Duration::from_millis(50);

struct Item {
    id: String,
    source: Result<Source, Failure>,
    published: Option<String>,
}

struct Read {
    document: Arc<Document>,
    failure: Option<Failure>,
}

/// The documents of a batch before they are read.
pub struct Batch {
    items: Vec<Item>,
}

fn items<'py>(name: &str, object: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let one = object.is_instance_of::<PyString>() || object.is_instance_of::<PyBytes>();
    let iterator = object.try_iter().ok().filter(|_| !one);
    let wrong = || {
        PyTypeError::new_err(format!("{name}={} is no list: pass an iterable of them", source::shown(object)))
    };
    iterator.ok_or_else(wrong)?.collect()
}

fn dates(object: Option<&Bound<'_, PyAny>>, count: usize) -> PyResult<Vec<Option<String>>> {
    let Some(object) = object.filter(|object| !object.is_none()) else {
        return Ok(vec![None; count]);
    };
    if object.is_instance_of::<PyString>() || object.hasattr("isoformat")? {
        return Ok(vec![source::published(Some(object))?; count]);
    }
    let dates = items("published", object)?;
    same_length("published", dates.len(), count)?;
    dates.iter().map(|date| source::published(Some(date))).collect()
}

fn same_length(name: &str, got: usize, count: usize) -> PyResult<()> {
    if got == count {
        return Ok(());
    }
    Err(PyValueError::new_err(format!("{name} has {got} items for {count} sources: give one a source")))
}

impl Batch {
    pub fn new(
        sources: &Bound<'_, PyAny>,
        ids: Option<&Bound<'_, PyAny>>,
        published: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let py = sources.py();
        let sources = items("sources", sources)?;
        let published = dates(published, sources.len())?;
        let ids = match ids.filter(|ids| !ids.is_none()) {
            Some(ids) => {
                items("ids", ids)?.iter().map(|id| Ok(id.str()?.to_string())).collect::<PyResult<Vec<_>>>()?
            }
            None => (0..sources.len()).map(|index| index.to_string()).collect(),
        };
        same_length("ids", ids.len(), sources.len())?;
        let read =
            |object: &Bound<'_, PyAny>| source::source(object).map_err(|error| Failure::of(py, &error));
        let items = sources.iter().zip(ids).zip(published);
        let items = items.map(|((object, id), published)| Item { id, source: read(object), published });
        Ok(Self { items: items.collect() })
    }

    pub fn run(
        self,
        desk: &Bound<'_, Desk>,
        workers: Option<isize>,
        progress: Option<&Bound<'_, PyAny>>,
        errors: &str,
    ) -> PyResult<Corpus> {
        let raise = match errors {
            "record" => false,
            "raise" => true,
            other => {
                return Err(PyValueError::new_err(format!(
                    "errors={other:?} is unknown: use 'record' or 'raise'"
                )));
            }
        };
        let workers = workers.map(|count| match usize::try_from(count) {
            Ok(count) if count > 0 => Ok(count),
            _ => {
                Err(PyValueError::new_err(format!("workers={count} is no number of threads: use 1 or more")))
            }
        });
        let pool = pool::of(workers.transpose()?)?;
        let report = report(desk.py(), progress, self.items.len())?;
        let mut about = Vec::with_capacity(self.items.len());
        let mut sources = Vec::with_capacity(self.items.len());
        for item in self.items {
            sources.push((item.source, item.published.clone()));
            about.push((item.id, item.published));
        }
        let read = read(desk.py(), sources, desk.get().settings(), &pool, report.as_ref())?;
        let documents = read.into_iter().zip(about).map(|(read, (id, published))| {
            if let Some(failure) = read.failure.as_ref().filter(|_| raise) {
                return Err(failure.raise());
            }
            let document = PyDocument::new(desk.clone().unbind(), read.document, published, None);
            Py::new(desk.py(), document.named(id, read.failure))
        });
        Ok(Corpus { documents: documents.collect::<PyResult<_>>()? })
    }
}

fn report<'py>(
    py: Python<'py>,
    progress: Option<&Bound<'py, PyAny>>,
    total: usize,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    match progress.filter(|progress| !progress.is_none()) {
        None => Ok(None),
        Some(progress) if progress.is_callable() => Ok(Some(progress.clone())),
        Some(progress) if progress.is_truthy()? => {
            Ok(Some(py.import("copydesk._progress")?.call_method1("bar", (total,))?))
        }
        Some(_) => Ok(None),
    }
}

/// Reads the sources on the pool, while this thread looks for Ctrl-C.
fn read(
    py: Python<'_>,
    sources: Vec<(Result<Source, Failure>, Option<String>)>,
    settings: &Arc<Settings>,
    pool: &rayon::ThreadPool,
    report: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<Read>> {
    let total = sources.len();
    let cancelled = Arc::new(AtomicBool::new(false));
    let (sender, receiver) = channel();
    let (stop, settings) = (Arc::clone(&cancelled), Arc::clone(settings));
    pool.spawn(move || {
        sources.into_par_iter().enumerate().for_each_with(sender, |sender, (index, (source, published))| {
            if !stop.load(Ordering::Relaxed) {
                // The receiver is gone after Ctrl-C: then nobody wants the rest.
                let _ = sender.send((index, one(source, published.as_deref(), &settings)));
            }
        });
    });
    let result = gather(py, receiver, total, report);
    cancelled.store(true, Ordering::Relaxed);
    result
}

fn one(source: Result<Source, Failure>, published: Option<&str>, settings: &Arc<Settings>) -> Read {
    let empty = || Document::parse(Source::text(String::new()), None, settings);
    let read = |source| Document::parse(source, None, settings).published_on(published);
    let (document, failure) = match source.and_then(|source| caught(|| read(source))) {
        Ok(document) => (document, None),
        Err(failure) => (empty(), Some(failure)),
    };
    Read { document: Arc::new(document), failure }
}

fn gather(
    py: Python<'_>,
    receiver: Receiver<(usize, Read)>,
    total: usize,
    report: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<Read>> {
    let receiver = Mutex::new(receiver);
    let mut found: Vec<Option<Read>> = (0..total).map(|_| None).collect();
    let mut done = 0;
    loop {
        let (ended, news) = py.detach(|| batch_of_news(&receiver));
        done += news.len();
        for (index, read) in news {
            if let Some(slot) = found.get_mut(index) {
                *slot = Some(read);
            }
        }
        py.check_signals()?;
        if let Some(report) = report {
            report.call1((done, total))?;
        }
        if ended || done == total {
            return Ok(found.into_iter().flatten().collect());
        }
    }
}

/// What arrives within one heartbeat, and whether nothing more will come.
fn batch_of_news(receiver: &Mutex<Receiver<(usize, Read)>>) -> (bool, Vec<(usize, Read)>) {
    let receiver = receiver.lock().unwrap_or_else(PoisonError::into_inner);
    let until = std::time::Instant::now() + HEARTBEAT;
    let mut news = Vec::new();
    loop {
        match receiver.recv_timeout(until.saturating_duration_since(std::time::Instant::now())) {
            Ok(read) => news.push(read),
            Err(RecvTimeoutError::Timeout) => return (false, news),
            Err(RecvTimeoutError::Disconnected) => return (true, news),
        }
    }
}

/// Many documents, in the order of their sources, and their tables.
#[pyclass(frozen, sequence, module = "copydesk._copydesk")]
pub struct Corpus {
    documents: Vec<Py<PyDocument>>,
}

impl Corpus {
    fn of(documents: Vec<Py<PyDocument>>) -> Self {
        Self { documents }
    }
}

#[pymethods]
impl Corpus {
    #[new]
    fn new(documents: Vec<Py<PyDocument>>) -> Self {
        Self::of(documents)
    }

    /// One of its tables, by name.
    ///
    /// Raises ValueError for a name that is no table.
    fn table(&self, py: Python<'_>, table: &str) -> PyResult<Table> {
        let rows: Vec<Row<'_>> = self.documents.iter().map(|document| document.get().row()).collect();
        Table::new(py, table, &rows)
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

    /// Claims about the same thing held against each other: do they agree, by what factor do they differ, is it a growing
    /// series, and how many independent sources are there?
    ///
    /// by: "claim" for a row a claim, "group" for a row a group. Groups hold two claims or more. The guide has the rules.
    ///
    /// Raises ValueError for another `by`.
    ///
    /// >>> import copydesk
    /// >>> pages = ["The navy said that 40 sailors had died.", "Reuters said that 80 sailors died."]
    /// >>> corpus = copydesk.parse_many(pages, published="2023-05-09")
    /// >>> [(row["verdict"], row["factor"], row["sources"]) for row in corpus.compare(by="group").to_pylist()]
    /// [('differ', 2.0, 2)]
    /// >>> [(row["doc"], row["source_name"], row["amount"]) for row in corpus.compare().to_pylist()]
    /// [('0', 'navy', 40.0), ('1', 'Reuters', 80.0)]
    #[pyo3(signature = (*, by = "claim"))]
    fn compare(&self, py: Python<'_>, by: &str) -> PyResult<Table> {
        self.table(py, Table::compared_by(by)?)
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
