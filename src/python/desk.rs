//! The desk: a user's own choices, compiled once, and all that can be read with them.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyList;

use super::annotate::{Names, annotate, annotate_lists};
use super::corpus::Corpus;
use super::document::PyDocument;
use super::options::{Given, label, pairs, strings};
use super::patience;
use super::reader::{Progress, Reader};
use super::scan::{Scan, Wanted};
use super::spans::{Spans, Stage};
use super::table::Table;
use super::{pool, reader, source, values};
use crate::document::{Document, Settings, Source};
use crate::entity::Label;
use crate::markup::Kind;
use crate::sentence::boundaries;
use crate::text::Span;

/// Documents of a batch that are kept whole: so many are given to the workers ahead of what was read.
const AHEAD: usize = 1024;

/// Documents of a scan that are in memory: two batches.
const WINDOW: usize = 64;

/// Reads news with your own choices: immutable, safe in threads, picklable.
///
/// select: CSS selector of what to read; None lets the article be found.
/// drop: CSS selector of what to throw away first.
/// keep: kinds that stay in the text though they are left out by default, such as "caption" or "promo".
/// abbreviations: words after which a full stop ends no sentence.
/// boilerplate: regular expressions of your publishers' own promos; a block in which one is found is left out as "promo".
/// units: your own units of measure by name, each with a definition such as Pint has: {"pool": "2500 m**3"}; further names
/// follow equals signs, and the plural in -s is understood.
/// names: your own names and their labels, `{"Acme": "ORG"}`: found as they are written, and preferred to what the
/// model says. `explain` knows the labels.
///
/// Raises ValueError for a selector, a pattern or a definition that cannot be read, for an unknown kind and for an unknown label.
///
/// >>> import copydesk
/// >>> desk = copydesk.Desk(keep=["caption"])
/// >>> [block.kind for block in desk.parse("It rained.\n\nThe pier. Credit: Harbour Post").blocks]
/// ['paragraph', 'caption']
/// >>> desk = copydesk.Desk(boilerplate=[r"^Join the .* club"])
/// >>> desk.clean("<p>It rained.</p><p>Join the Harbour Post club.</p>")
/// 'It rained.'
/// >>> desk = copydesk.Desk(units={"football pitch": "7140 m**2 = pitch"})
/// >>> [(q.text, q.unit, q.si_value) for q in desk.quantities("The fire burnt 20 football pitches.")]
/// [('20 football pitches', 'football pitch', 142800.0)]
#[pyclass(frozen, eq, module = "copydesk._copydesk")]
pub struct Desk {
    settings: Arc<Settings>,
    given: Given,
}

impl PartialEq for Desk {
    fn eq(&self, other: &Self) -> bool {
        self.given == other.given
    }
}

/// What a label of an entity stands for.
///
/// Raises ValueError for a label that no entity has.
///
/// >>> import copydesk
/// >>> copydesk.explain("NORP")
/// 'nationalities, religions, political groups'
#[pyfunction]
#[pyo3(signature = (label))]
pub fn explain(label: &str) -> PyResult<&'static str> {
    super::options::label("label", label).map(Label::meaning)
}

/// Spans in code points as spans in bytes.
fn in_bytes(text: &str, spans: Vec<(usize, usize, String)>) -> PyResult<Vec<(Span, Label)>> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |(start, end, name): (usize, usize, String)| {
        let ends = starts.get(start).zip(starts.get(end)).filter(|_| start < end);
        let (from, to) = ends.ok_or_else(|| {
            let len = starts.len() - 1;
            PyValueError::new_err(format!(
                "spans=({start}, {end}) is no stretch of a text of {len} characters"
            ))
        })?;
        Ok((Span::new(*from, *to), label("spans", &name)?))
    };
    spans.into_iter().map(byte).collect()
}

impl Desk {
    /// A stage alone, on a text taken as it is.
    fn taken(
        &self,
        py: Python<'_>,
        text: &Bound<'_, PyAny>,
        stage: Stage,
        published: Option<&str>,
    ) -> PyResult<Spans> {
        let (string, original) = source::text(text)?;
        let document =
            Document::taken(string, &self.settings).with_original(original).published_on(published);
        Spans::new(py, &Arc::new(document), stage)
    }

    fn document(
        desk: &Bound<'_, Self>,
        source: Source,
        kind: Option<Kind>,
        published: Option<String>,
        url: Option<String>,
    ) -> PyResult<PyDocument> {
        let (settings, day) = (Arc::clone(&desk.get().settings), published.clone());
        let bytes = source.string.len();
        let read = move || Document::parse(source, kind, &settings).published_on(day.as_deref());
        let document = patience::run(desk.py(), bytes, read)?;
        Ok(PyDocument::new(desk.clone().unbind(), Arc::new(document), published, url))
    }

    /// Why the sentences of a text end where they do.
    fn explained<'py>(&self, py: Python<'py>, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        let ((string, original), settings) = (source::text(text)?, Arc::clone(&self.settings));
        let found = patience::run(py, string.len(), move || {
            let boundaries = boundaries(&string, &settings.rules);
            let document = Document::taken(string, &settings).with_original(original);
            boundaries.iter().map(|found| values::boundary(&document, found)).collect::<Vec<_>>()
        });
        PyList::new(py, found?)
    }

    /// A reader of whatever `sources` is, with so many workers and so many documents ahead of what is asked for.
    fn reader(
        &self,
        sources: &Bound<'_, PyAny>,
        ids: Option<&Bound<'_, PyAny>>,
        published: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
        (workers, ahead): (usize, usize),
        tables: &[&'static str],
    ) -> PyResult<(Reader, Progress)> {
        let (items, total) = reader::items(sources, ids, published)?;
        let reader = Reader::new(items, ahead, pool::of(workers)?, &self.settings, tables);
        Ok((reader, Progress::new(progress, total)?))
    }

    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }
}

#[pymethods]
impl Desk {
    #[new]
    #[pyo3(signature = (*, select = None, drop = None, keep = None, abbreviations = None, boilerplate = None,
                        units = None, names = None))]
    fn new(
        select: Option<String>,
        drop: Option<String>,
        keep: Option<&Bound<'_, PyAny>>,
        abbreviations: Option<&Bound<'_, PyAny>>,
        boilerplate: Option<&Bound<'_, PyAny>>,
        units: Option<&Bound<'_, PyAny>>,
        names: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let given = Given {
            select,
            drop,
            keep: strings("keep", keep)?,
            abbreviations: strings("abbreviations", abbreviations)?,
            boilerplate: strings("boilerplate", boilerplate)?,
            units: pairs("units", units, "{'pool': '2500 m**3'}")?,
            names: pairs("names", names, "{'Acme': 'ORG'}")?,
        };
        Ok(Self { settings: Arc::new(given.settings()?), given })
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
        Self::document(slf, source, kind, published, url)
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
        let bytes = slf.py().detach(|| std::fs::read(&path)).map_err(|error| unreadable(&path, &error))?;
        let source = source::decoded(&bytes).map_err(|failure| failure.raise())?;
        Self::document(slf, source, kind, published, url)
    }

    /// The main text of a document, its blocks parted by an empty line.
    ///
    /// >>> import copydesk
    /// >>> copydesk.clean("<p>One &lt; two.</p><p>Three.</p>")
    /// 'One < two.\n\nThree.'
    fn clean(&self, py: Python<'_>, source: &Bound<'_, PyAny>) -> PyResult<String> {
        let (source, settings) = (source::source(source)?, Arc::clone(&self.settings));
        patience::run(py, source.string.len(), move || Document::clean(&source, &settings))
    }

    /// The sentences of a plain text, taken as it is.
    ///
    /// explain: instead of the sentences, a list of `Boundary`: each place where one ends or might have ended, with the
    /// rule and the weights that decided.
    ///
    /// >>> import copydesk
    /// >>> [s.text for s in copydesk.sentences("Gen. Lee left at 4 p.m. It rained.")]
    /// ['Gen. Lee left at 4 p.m.', 'It rained.']
    /// >>> [(b.text, b.ends, b.rule) for b in copydesk.sentences("Gen. Lee left.", explain=True)]
    /// [('Gen. Lee', False, 'title'), ('left.', True, 'end')]
    #[pyo3(signature = (text, *, explain = false))]
    fn sentences<'py>(
        &self,
        py: Python<'py>,
        text: &Bound<'py, PyAny>,
        explain: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        if explain {
            return Ok(self.explained(py, text)?.into_any());
        }
        Ok(Bound::new(py, self.taken(py, text, Stage::Sentences, None)?)?.into_any())
    }

    /// The expressions of time in a plain text, taken as it is, as TIMEX3 has them.
    ///
    /// published is the day of publication (YYYY-MM-DD, a date or a datetime). Without it a relative date stays as
    /// open as it is said: the clock is never read. `earliest` and `latest` bound the stretch that is meant, half-open:
    /// a date, or a datetime for a time of the day.
    ///
    /// Raises TypeError for anything that is no text, ValueError for a bad `published`.
    ///
    /// >>> import copydesk
    /// >>> (late, day) = copydesk.dates("It began in late August and ended on Friday.", published="2022-09-10")
    /// >>> (late.text, late.type, late.value, late.mod, str(late.earliest), str(late.latest))
    /// ('late August', 'DATE', '2022-08', 'END', '2022-08-22', '2022-09-01')
    /// >>> day.value, [date.value for date in copydesk.dates("It ended on 24 February.")]
    /// ('2022-09-09', ['XXXX-02-24'])
    #[pyo3(signature = (text, *, published = None))]
    fn dates(
        &self,
        py: Python<'_>,
        text: &Bound<'_, PyAny>,
        published: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Spans> {
        let published = source::published(published)?;
        self.taken(py, text, Stage::Dates, published.as_deref())
    }

    /// The names in a plain text, taken as it is: people, organisations, places, nationalities, events, products.
    ///
    /// spans: names that are known already, as (start, end, label) in code points: they are then joined and put on the map, and
    /// none is looked for. Names of one entity have the same `entity_id`, and `canonical` is the fullest of them.
    ///
    /// Raises TypeError for anything that is no text, ValueError for a span outside the text and for an unknown label.
    ///
    /// >>> import copydesk
    /// >>> names = copydesk.entities("Ukrainian President Volodymyr Zelensky left Kyiv. Mr Zelensky flew to Warsaw.")
    /// >>> [(name.text, name.label, name.country) for name in names[:3]]
    /// [('Ukrainian', 'NORP', None), ('Volodymyr Zelensky', 'PERSON', None), ('Kyiv', 'GPE', 'UA')]
    /// >>> names[3].canonical, str(names[3].role), names[3].entity_id == names[1].entity_id
    /// ('Volodymyr Zelensky', 'Mr', True)
    #[pyo3(signature = (text, *, spans = None))]
    fn entities(
        &self,
        py: Python<'_>,
        text: &Bound<'_, PyAny>,
        spans: Option<Vec<(usize, usize, String)>>,
    ) -> PyResult<Spans> {
        let Some(spans) = spans else {
            return self.taken(py, text, Stage::Entities, None);
        };
        let (string, original) = source::text(text)?;
        let spans = in_bytes(&string, spans)?;
        let settings = Arc::clone(&self.settings);
        let read = move || Document::taken(string, &settings).with_original(original).with_names(&spans);
        let document = patience::run(py, text.len()?, read)?;
        Spans::new(py, &Arc::new(document), Stage::Entities)
    }

    /// The quantities of a plain text, taken as it is.
    ///
    /// >>> import copydesk
    /// >>> [(q.text, q.value, q.unit, q.bound) for q in copydesk.quantities("It took more than 8,000 sq km.")]
    /// [('more than 8,000 sq km', 8000.0, 'square kilometer', 'more_than')]
    fn quantities(&self, py: Python<'_>, text: &Bound<'_, PyAny>) -> PyResult<Spans> {
        self.taken(py, text, Stage::Quantities, None)
    }

    /// The quotations of a plain text, taken as it is: direct, indirect and mixed speech, and scare quotes.
    ///
    /// >>> import copydesk
    /// >>> for q in copydesk.quotes("“We held,” the mayor said. Kyiv claims to have taken two “vital” towns."):
    /// ...     print(q.kind, "|", q.speaker, "|", q.cue, "|", q.text)
    /// direct | the mayor | said | “We held,”
    /// mixed | Kyiv | claims | to have taken two “vital” towns
    fn quotes(&self, py: Python<'_>, text: &Bound<'_, PyAny>) -> PyResult<Spans> {
        self.taken(py, text, Stage::Quotes, None)
    }

    /// The claims of a plain text, taken as it is: one a quantity, and one an event with a date.
    ///
    /// published is the day that the dates in it are reckoned from.
    ///
    /// >>> import copydesk
    /// >>> (claim,) = copydesk.claims("The army said on Friday it had lost nearly 40 trucks.", published="2023-05-08")
    /// >>> claim.source_name, claim.stance, claim.what.text, claim.high, claim.event_date
    /// ('army', 'claim', 'trucks', 40.0, '2023-05-05')
    #[pyo3(signature = (text, *, published = None))]
    fn claims(
        &self,
        py: Python<'_>,
        text: &Bound<'_, PyAny>,
        published: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Spans> {
        let published = source::published(published)?;
        self.taken(py, text, Stage::Claims, published.as_deref())
    }

    /// Reads many documents, on all cores, in order; one that cannot be read becomes a row of `failures`.
    ///
    /// sources: an iterable of documents, of paths or of records (dicts); or a file, a folder, a pattern such as
    /// "pages/*.html", JSON lines or a Parquet file, compressed or not. `copydesk.sources.items` names their columns and
    /// leaves out what is done.
    /// ids: their names in tables (default: their paths, else their positions). published: one date, or one a document.
    /// workers: threads (default: one a core). progress: True for a bar of tqdm, or a callable of (done, total); the total is
    /// None where it is not known. errors: "record", or "raise" to stop at the first in order.
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
        let workers = pool::workers(workers)?;
        let (reader, progress) =
            slf.get().reader(sources, ids, published, progress, (workers, AHEAD), &[])?;
        Corpus::read(slf, reader, workers, progress, reader::raises(errors)?)
    }

    /// Reads documents without end: tables of some of them at a time, in order, in little memory.
    ///
    /// sources, ids, published, workers, progress and errors are those of `parse_many`. table: the name of a table, one of which
    /// comes for every 32 documents; or a list of names, and each batch comes as a `Corpus` in which these tables are ready.
    /// The scan is an Arrow stream as well, which pyarrow, polars and duckdb read to its end.
    ///
    /// At most 64 documents are in memory, or 8 a worker.
    ///
    /// >>> import copydesk
    /// >>> scan = copydesk.scan(["It cost $5.", None, "It took 3 km."], "quantities")
    /// >>> [row["text"] for table in scan for row in table.to_pylist()]
    /// ['$5', '3 km']
    /// >>> scan.done, scan.failed
    /// (3, 1)
    #[pyo3(signature = (sources, table = None, *, ids = None, published = None, workers = None, progress = None,
                        errors = "record"))]
    #[allow(clippy::too_many_arguments)]
    fn scan(
        slf: &Bound<'_, Self>,
        sources: &Bound<'_, PyAny>,
        table: Option<&Bound<'_, PyAny>>,
        ids: Option<&Bound<'_, PyAny>>,
        published: Option<&Bound<'_, PyAny>>,
        workers: Option<isize>,
        progress: Option<&Bound<'_, PyAny>>,
        errors: &str,
    ) -> PyResult<Scan> {
        let wanted = table.map_or(Ok(Wanted::Table("claims")), Wanted::new)?;
        let workers = pool::workers(workers)?;
        let size = (workers, WINDOW.max(workers * 8));
        let (reader, progress) =
            slf.get().reader(sources, ids, published, progress, size, wanted.tables())?;
        Ok(Scan::new(slf, reader, wanted, workers, progress, reader::raises(errors)?))
    }

    /// The rows of a table for the documents in a column of a record batch; missing ones have none.
    #[pyo3(signature = (batch, table = "claims", *, column = None, id = None, published = None, url = None))]
    #[allow(clippy::too_many_arguments)]
    fn _annotate(
        slf: &Bound<'_, Self>,
        batch: &Bound<'_, PyAny>,
        table: &str,
        column: Option<&str>,
        id: Option<&str>,
        published: Option<&str>,
        url: Option<&str>,
    ) -> PyResult<Table> {
        annotate(slf, batch, table, &Names { column, id, published, url })
    }

    /// The same as one list of rows for each row of the batch, null for missing documents, in one column.
    #[pyo3(signature = (batch, table, *, column, published = None))]
    fn _lists(
        slf: &Bound<'_, Self>,
        batch: &Bound<'_, PyAny>,
        table: &str,
        column: &str,
        published: Option<&str>,
    ) -> PyResult<Table> {
        let names = Names { column: Some(column), published, ..Names::default() };
        annotate_lists(slf, batch, table, &names)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let mut shown = Vec::new();
        for (name, value) in self.given.keywords(py)? {
            shown.push(format!("{name}={}", value.repr()?));
        }
        Ok(format!("Desk({})", shown.join(", ")))
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.given.hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
        let keywords = slf.get().given.keywords(slf.py())?;
        let partial = slf.py().import("functools")?.getattr("partial")?;
        let build = partial.call((slf.py().get_type::<Self>(),), Some(&keywords))?;
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
