//! Many documents: read by the workers while more come in, and handed on in order.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyIterator};
use rayon::ThreadPool;

use super::failure::{Failure, caught};
use super::pool::HEARTBEAT;
use super::source;
use crate::document::{Document, Settings, Source};
use crate::table::{Row, prepare};

/// What a document is called, and what is known of it beforehand.
#[derive(Clone, Debug, Default)]
pub struct About {
    pub id: String,
    pub published: Option<String>,
    pub url: Option<String>,
}

/// A document before it is read.
pub enum Raw {
    Source(Source),
    /// To be decoded by a worker.
    Bytes(Vec<u8>),
}

impl Raw {
    fn source(self) -> Result<Source, Failure> {
        match self {
            Raw::Source(source) => Ok(source),
            Raw::Bytes(bytes) => source::decoded(&bytes),
        }
    }
}

/// A document after it was read; an empty one where it could not be.
pub struct Read {
    pub about: About,
    pub document: Arc<Document>,
    pub failure: Option<Failure>,
}

impl Read {
    pub fn row(&self) -> Row<'_> {
        let error = self.failure.as_ref().map(|failure| (failure.kind.as_str(), failure.message.as_str()));
        let url = self.about.url.as_deref().or(self.document.markup().metadata.url.as_deref());
        Row { id: &self.about.id, document: &self.document, url, error }
    }
}

/// Reads a document, and whatever those tables take from it.
pub fn read(
    about: About,
    raw: Result<Raw, Failure>,
    settings: &Arc<Settings>,
    tables: &[&'static str],
) -> Read {
    let parse = |source| {
        let document = Document::parse(source, None, settings).published_on(about.published.as_deref());
        tables.iter().for_each(|table| prepare(table, &document));
        document
    };
    let done = raw.and_then(Raw::source).and_then(|source| caught(|| parse(source)));
    let (document, failure) = match done {
        Ok(document) => (document, None),
        Err(failure) => (Document::parse(Source::text(String::new()), None, settings), Some(failure)),
    };
    Read { about, document: Arc::new(document), failure }
}

/// An item of `copydesk.sources`: its id, the document or the error it met, its day and its address.
fn item(item: &Bound<'_, PyAny>) -> PyResult<(About, Result<Raw, Failure>)> {
    type Parts<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>, Bound<'py, PyAny>, Option<String>);
    let (id, document, published, url): Parts<'_> = item.extract()?;
    let failure = |error: PyErr| Failure::of(item.py(), &error);
    let raw = match document.cast::<PyBytes>() {
        Ok(bytes) => {
            let bytes = bytes.as_bytes();
            source::short("source", bytes.len()).map(|()| Raw::Bytes(bytes.to_vec()))
        }
        Err(_) => source::source(&document).map(Raw::Source).map_err(failure),
    };
    let (published, raw) = match source::published(Some(&published)) {
        Ok(published) => (published, raw),
        Err(error) => (None, raw.and(Err(failure(error)))),
    };
    Ok((About { id: id.str()?.to_string(), published, url }, raw))
}

/// Reads the items of an iterator on a pool, at most `window` of them ahead of what was handed on.
pub struct Reader {
    items: Option<Py<PyIterator>>,
    window: usize,
    pool: Arc<ThreadPool>,
    settings: Arc<Settings>,
    tables: Arc<[&'static str]>,
    sender: Sender<(usize, Read)>,
    receiver: Mutex<Receiver<(usize, Read)>>,
    cancelled: Arc<AtomicBool>,
    arrived: BTreeMap<usize, Read>,
    started: usize,
    handed_on: usize,
}

impl Reader {
    pub fn new(
        items: Bound<'_, PyIterator>,
        window: usize,
        pool: Arc<ThreadPool>,
        settings: &Arc<Settings>,
        tables: &[&'static str],
    ) -> Self {
        let (sender, receiver) = channel();
        Self {
            items: Some(items.unbind()),
            window,
            pool,
            settings: Arc::clone(settings),
            tables: tables.into(),
            sender,
            receiver: Mutex::new(receiver),
            cancelled: Arc::default(),
            arrived: BTreeMap::new(),
            started: 0,
            handed_on: 0,
        }
    }

    /// The next `count` documents in order; fewer at the end.
    pub fn next(&mut self, py: Python<'_>, count: usize) -> PyResult<Vec<Read>> {
        let mut reads = Vec::with_capacity(count);
        loop {
            while reads.len() < count
                && let Some(read) = self.arrived.remove(&self.handed_on)
            {
                reads.push(read);
                self.handed_on += 1;
            }
            self.start(py)?;
            if reads.len() == count || self.handed_on == self.started {
                return Ok(reads);
            }
            self.receive(py);
            py.check_signals()?;
        }
    }

    /// Gives the workers all that they may have.
    fn start(&mut self, py: Python<'_>) -> PyResult<()> {
        while let Some(items) = &self.items
            && self.started - self.handed_on < self.window
        {
            match items.bind(py).clone().next() {
                Some(next) => self.hand_out(item(&next?)?),
                None => self.items = None,
            }
        }
        Ok(())
    }

    fn hand_out(&mut self, (about, raw): (About, Result<Raw, Failure>)) {
        let (sender, stop, place) = (self.sender.clone(), Arc::clone(&self.cancelled), self.started);
        let (settings, tables) = (Arc::clone(&self.settings), Arc::clone(&self.tables));
        self.started += 1;
        self.pool.spawn(move || {
            if !stop.load(Ordering::Relaxed) {
                // The receiver is gone after Ctrl-C: then nobody wants the rest.
                let _ = sender.send((place, read(about, raw, &settings, &tables)));
            }
        });
    }

    /// Waits for one document, a heartbeat at most, and takes whatever has come by then.
    fn receive(&mut self, py: Python<'_>) {
        let receiver = &self.receiver;
        let news = py.detach(|| {
            let receiver = receiver.lock().unwrap_or_else(PoisonError::into_inner);
            match receiver.recv_timeout(HEARTBEAT) {
                Ok(first) => std::iter::once(first).chain(receiver.try_iter()).collect(),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Vec::new(),
            }
        });
        self.arrived.extend(news);
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

/// `errors=`: whether the first failure is raised.
pub fn raises(errors: &str) -> PyResult<bool> {
    match errors {
        "record" => Ok(false),
        "raise" => Ok(true),
        other => Err(PyValueError::new_err(format!("errors={other:?} is unknown: use 'record' or 'raise'"))),
    }
}

/// The items of `sources`, whatever they are, and how many there will be, where that is known.
pub fn items<'py>(
    sources: &Bound<'py, PyAny>,
    ids: Option<&Bound<'py, PyAny>>,
    published: Option<&Bound<'py, PyAny>>,
) -> PyResult<(Bound<'py, PyIterator>, Option<usize>)> {
    if let Some(one) = published.filter(|published| source::is_date(published)) {
        source::published(Some(one))?;
    }
    let module = sources.py().import("copydesk.sources")?;
    let items = module.getattr("of")?.call1((sources, ids, published))?;
    let total = items.getattr("total")?.extract()?;
    Ok((items.try_iter()?, total))
}

/// Tells `progress=` how far a batch has come.
pub struct Progress {
    report: Option<Py<PyAny>>,
    total: Option<usize>,
}

impl Progress {
    pub fn new(progress: Option<&Bound<'_, PyAny>>, total: Option<usize>) -> PyResult<Self> {
        let report = match progress.filter(|progress| !progress.is_none()) {
            Some(progress) if progress.is_callable() => Some(progress.clone()),
            Some(progress) if progress.is_truthy()? => {
                Some(progress.py().import("copydesk._progress")?.call_method1("bar", (total,))?)
            }
            _ => None,
        };
        Ok(Self { report: report.map(Bound::unbind), total })
    }

    pub fn tell(&self, py: Python<'_>, done: usize) -> PyResult<()> {
        if let Some(report) = &self.report {
            report.call1(py, (done, self.total))?;
        }
        Ok(())
    }

    /// All is done, and so the total is known.
    pub fn end(&mut self, py: Python<'_>, done: usize) -> PyResult<()> {
        if self.total != Some(done) {
            self.total = Some(done);
            self.tell(py, done)?;
        }
        Ok(())
    }
}
