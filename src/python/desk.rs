//! The desk: a user's own choices, compiled once, and all that can be read with them.

use std::path::PathBuf;
use std::sync::Arc;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::corpus::{Batch, Corpus};
use super::document::PyDocument;
use super::failure::caught;
use super::source;
use super::spans::{Spans, Stage};
use crate::document::{Document, Settings, Source};
use crate::markup::{BlockKind, Boilerplate, Options, Selectors};
use crate::sentence::Rules;

/// Reads news with your own choices: immutable, safe in threads, picklable.
///
/// select: CSS selector of what to read; None lets the article be found.
/// drop: CSS selector of what to throw away first.
/// keep: kinds that stay in the text though they are left out by default, such as "caption" or "promo".
/// abbreviations: words after which a full stop ends no sentence.
/// boilerplate: regular expressions of your publishers' own promos; a block in which one is found is left out as "promo".
///
/// Raises ValueError for a selector or a pattern that cannot be read and for an unknown kind.
///
/// >>> import copydesk
/// >>> desk = copydesk.Desk(keep=["caption"])
/// >>> [block.kind for block in desk.parse("It rained.\n\nThe pier. Credit: Harbour Post").blocks]
/// ['paragraph', 'caption']
/// >>> desk = copydesk.Desk(boilerplate=[r"^Join the .* club"])
/// >>> desk.clean("<p>It rained.</p><p>Join the Harbour Post club.</p>")
/// 'It rained.'
#[pyclass(frozen, eq, module = "copydesk._copydesk")]
pub struct Desk {
    settings: Arc<Settings>,
    select: Option<String>,
    drop: Option<String>,
    keep: Vec<String>,
    abbreviations: Vec<String>,
    boilerplate: Vec<String>,
}

impl PartialEq for Desk {
    fn eq(&self, other: &Self) -> bool {
        (&self.select, &self.drop, &self.keep, &self.abbreviations, &self.boilerplate)
            == (&other.select, &other.drop, &other.keep, &other.abbreviations, &other.boilerplate)
    }
}

fn strings(name: &str, object: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<String>> {
    let Some(object) = object.filter(|object| !object.is_none()) else {
        return Ok(Vec::new());
    };
    let wrong = || PyTypeError::new_err(format!("{name}={} is no list of str", source::shown(object)));
    if object.is_instance_of::<PyString>() {
        return Err(wrong());
    }
    object.try_iter().map_err(|_| wrong())?.map(|item| item?.extract().map_err(|_| wrong())).collect()
}

fn kinds(names: &[String]) -> PyResult<Vec<BlockKind>> {
    let kind = |name: &String| {
        BlockKind::named(name).filter(|kind| kind.is_left_out()).ok_or_else(|| {
            let known: Vec<_> = BlockKind::left_out().collect();
            PyValueError::new_err(format!(
                "keep={name:?} is no kind that is left out: use '{}'",
                known.join("', '")
            ))
        })
    };
    names.iter().map(kind).collect()
}

impl Desk {
    /// A stage alone, on a text taken as it is.
    fn taken(&self, py: Python<'_>, text: &Bound<'_, PyAny>, stage: Stage) -> PyResult<Spans> {
        let string = source::text(text)?;
        let document = py.detach(|| caught(|| Document::taken(string, &self.settings)));
        Ok(Spans::new(py, &Arc::new(document.map_err(|failure| failure.raise())?), stage))
    }

    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }
}

#[pymethods]
impl Desk {
    #[new]
    #[pyo3(signature = (*, select = None, drop = None, keep = None, abbreviations = None, boilerplate = None))]
    fn new(
        select: Option<String>,
        drop: Option<String>,
        keep: Option<&Bound<'_, PyAny>>,
        abbreviations: Option<&Bound<'_, PyAny>>,
        boilerplate: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let selectors = Selectors::new(select.as_deref(), drop.as_deref()).map_err(|(name, error)| {
            let value = if name == "select" { &select } else { &drop };
            let shown = value.as_deref().unwrap_or_default();
            PyValueError::new_err(format!("{name}={shown:?} is no CSS selector: {error}"))
        })?;
        let keep = strings("keep", keep)?;
        let abbreviations = strings("abbreviations", abbreviations)?;
        let boilerplate = strings("boilerplate", boilerplate)?;
        let patterns = Boilerplate::new(&boilerplate).map_err(|(pattern, error)| {
            PyValueError::new_err(format!("boilerplate={pattern:?} is no regular expression: {error}"))
        })?;
        let markup = Options { selectors, keep: kinds(&keep)?, boilerplate: patterns, text_only: false };
        let settings = Arc::new(Settings { markup, rules: Rules::with_abbreviations(&abbreviations) });
        Ok(Self { settings, select, drop, keep, abbreviations, boilerplate })
    }

    /// Reads one document: str, bytes, or a list of fragments.
    ///
    /// kind is "auto", "html", "fragments" or "text"; published the day of publication (YYYY-MM-DD, a date or a
    /// datetime), url its address: both are taken from the page where they are not given.
    /// Offsets are code points: `doc.text[x.start:x.end] == x.text`, and `doc.source[x.source_start:x.source_end]` is
    /// where it was read.
    ///
    /// Raises TypeError for anything that is no document, ValueError for a bad option.
    ///
    /// >>> import copydesk
    /// >>> doc = copydesk.parse("<p>Fish &amp; chips cost <b>£12</b>.</p>")
    /// >>> doc.text
    /// 'Fish & chips cost £12.'
    /// >>> [doc.source[q.source_start:q.source_end] for q in doc.quantities]
    /// ['£12']
    #[pyo3(signature = (source, *, kind = "auto", published = None, url = None))]
    fn parse(
        slf: &Bound<'_, Self>,
        source: &Bound<'_, PyAny>,
        kind: &str,
        published: Option<&Bound<'_, PyAny>>,
        url: Option<String>,
    ) -> PyResult<PyDocument> {
        let (kind, published) = (source::kind(kind)?, source::published(published)?);
        let source = source::source(source)?;
        let settings = &slf.get().settings;
        let document = slf.py().detach(|| caught(|| Document::parse(source, kind, settings)));
        let document = Arc::new(document.map_err(|failure| failure.raise())?);
        Ok(PyDocument::new(slf.clone().unbind(), document, published, url))
    }

    /// Reads one document from a file, as `parse` does.
    ///
    /// Raises OSError where the file cannot be read.
    #[pyo3(signature = (path, *, kind = "auto", published = None, url = None))]
    fn read(
        slf: &Bound<'_, Self>,
        path: PathBuf,
        kind: &str,
        published: Option<&Bound<'_, PyAny>>,
        url: Option<String>,
    ) -> PyResult<PyDocument> {
        let (kind, published) = (source::kind(kind)?, source::published(published)?);
        let settings = &slf.get().settings;
        let document = slf.py().detach(|| -> PyResult<Document> {
            let bytes = std::fs::read(&path).map_err(|error| unreadable(&path, &error))?;
            caught(|| Document::parse(Source::bytes(&bytes), kind, settings))
                .map_err(|failure| failure.raise())
        })?;
        Ok(PyDocument::new(slf.clone().unbind(), Arc::new(document), published, url))
    }

    /// The main text of a document, its blocks parted by an empty line.
    ///
    /// >>> import copydesk
    /// >>> copydesk.clean("<p>One &lt; two.</p><p>Three.</p>")
    /// 'One < two.\n\nThree.'
    fn clean(&self, py: Python<'_>, source: &Bound<'_, PyAny>) -> PyResult<String> {
        let source = source::source(source)?;
        let text = py.detach(|| caught(|| Document::clean(&source, &self.settings)));
        text.map_err(|failure| failure.raise())
    }

    /// The sentences of a plain text, taken as it is.
    ///
    /// >>> import copydesk
    /// >>> [s.text for s in copydesk.sentences("Gen. Lee left at 4 p.m. It rained.")]
    /// ['Gen. Lee left at 4 p.m.', 'It rained.']
    fn sentences(&self, py: Python<'_>, text: &Bound<'_, PyAny>) -> PyResult<Spans> {
        self.taken(py, text, Stage::Sentences)
    }

    /// The quantities of a plain text, taken as it is.
    ///
    /// >>> import copydesk
    /// >>> [(q.text, q.value, q.unit, q.bound) for q in copydesk.quantities("It took more than 8,000 sq km.")]
    /// [('more than 8,000 sq km', 8000.0, 'square kilometer', 'more_than')]
    fn quantities(&self, py: Python<'_>, text: &Bound<'_, PyAny>) -> PyResult<Spans> {
        self.taken(py, text, Stage::Quantities)
    }

    /// Reads many documents, on all cores, in order; one that cannot be read becomes a row of `failures`.
    ///
    /// ids: their names in tables (default: their positions). published: one date, or one a document.
    /// workers: threads (default: one a core). progress: True for a bar of tqdm, or a callable of (done, total).
    /// errors: "record", or "raise" to stop at the first in order.
    ///
    /// >>> import copydesk
    /// >>> corpus = copydesk.parse_many(["It cost $5.", None])
    /// >>> [type(doc.error).__name__ for doc in corpus]
    /// ['NoneType', 'TypeError']
    #[pyo3(signature = (sources, *, ids = None, published = None, workers = None, progress = None, errors = "record"))]
    fn parse_many(
        slf: &Bound<'_, Self>,
        sources: &Bound<'_, PyAny>,
        ids: Option<&Bound<'_, PyAny>>,
        published: Option<&Bound<'_, PyAny>>,
        workers: Option<isize>,
        progress: Option<&Bound<'_, PyAny>>,
        errors: &str,
    ) -> PyResult<Corpus> {
        Batch::new(sources, ids, published)?.run(slf, workers, progress, errors)
    }

    fn __repr__(&self) -> String {
        let mut given = Vec::new();
        let text = |value: &Option<String>| value.as_ref().map(|value| format!("{value:?}"));
        let list = |values: &Vec<String>| (!values.is_empty()).then(|| format!("{values:?}"));
        given.extend(text(&self.select).map(|value| format!("select={value}")));
        given.extend(text(&self.drop).map(|value| format!("drop={value}")));
        given.extend(list(&self.keep).map(|value| format!("keep={value}")));
        given.extend(list(&self.abbreviations).map(|value| format!("abbreviations={value}")));
        given.extend(list(&self.boilerplate).map(|value| format!("boilerplate={value}")));
        format!("Desk({})", given.join(", "))
    }

    fn __hash__(&self) -> usize {
        self.keep.len() + self.abbreviations.len() + self.select.as_ref().map_or(0, String::len)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
        let desk = slf.get();
        let options = pyo3::types::PyDict::new(slf.py());
        options.set_item("select", &desk.select)?;
        options.set_item("drop", &desk.drop)?;
        options.set_item("keep", &desk.keep)?;
        options.set_item("abbreviations", &desk.abbreviations)?;
        options.set_item("boilerplate", &desk.boilerplate)?;
        let partial = slf.py().import("functools")?.getattr("partial")?;
        let build = partial.call((slf.py().get_type::<Self>(),), Some(&options))?;
        Ok((build, pyo3::types::PyTuple::empty(slf.py()).into_any()))
    }
}

fn unreadable(path: &std::path::Path, error: &std::io::Error) -> PyErr {
    let message = format!("path={path:?} cannot be read: {error}");
    match error.kind() {
        std::io::ErrorKind::NotFound => pyo3::exceptions::PyFileNotFoundError::new_err(message),
        std::io::ErrorKind::PermissionDenied => pyo3::exceptions::PyPermissionError::new_err(message),
        _ => pyo3::exceptions::PyOSError::new_err(message),
    }
}
