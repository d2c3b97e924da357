//! One document in Python.

use std::sync::{Arc, OnceLock};

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};
use unicode_segmentation::UnicodeSegmentation;

use super::desk::Desk;
use super::failure::Failure;
use super::patience;
use super::source;
use super::spans::{Spans, Stage};
use super::table::{Table, known};
use crate::document::{Document, Held, Sentence, Source};
use crate::entity::place;
use crate::table::{Row, prepare};
use crate::text::Span;
use crate::token::Token;

/// One document: its text, its blocks, what was left out, and the spans of every stage.
#[pyclass(frozen, name = "Document", module = "copydesk._copydesk")]
pub struct PyDocument {
    desk: Py<Desk>,
    document: Arc<Document>,
    id: String,
    published: Option<String>,
    url: Option<String>,
    failure: OnceLock<Failure>,
}

impl PyDocument {
    pub fn new(
        desk: Py<Desk>,
        document: Arc<Document>,
        published: Option<String>,
        url: Option<String>,
    ) -> Self {
        Self { desk, document, id: "0".to_owned(), published, url, failure: OnceLock::new() }
    }

    /// As a document of a batch: with its name, and the error it met.
    pub fn named(self, id: String, failure: Option<Failure>) -> Self {
        Self { id, failure: failure.map_or_else(OnceLock::new, OnceLock::from), ..self }
    }

    pub fn failed(&self) -> bool {
        self.failure.get().is_some()
    }

    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// Keeps an error that a stage met after the document was read.
    pub fn fail(&self, failure: Failure) {
        let _ = self.failure.set(failure);
    }

    fn stage(&self, py: Python<'_>, stage: Stage) -> PyResult<Spans> {
        Spans::new(py, &self.document, stage)
    }

    pub fn row(&self) -> Row<'_> {
        let error = self.failure.get().map(|failure| (failure.kind.as_str(), failure.message.as_str()));
        Row { id: &self.id, document: &self.document, url: self.url(), error }
    }

    /// All that it was made from, for pickles and comparisons.
    fn state(&self) -> (&str, &Source, &Option<String>, &Option<String>, Option<&Failure>) {
        (&self.id, self.document.source(), &self.published, &self.url, self.failure.get())
    }
}

#[pymethods]
impl PyDocument {
    /// The cleaned text, its blocks parted by an empty line.
    #[getter]
    fn text(&self) -> &str {
        self.document.text()
    }

    /// The raw input as characters: decoded where it was bytes, its fragments joined by line feeds where it was a list.
    #[getter]
    fn source(&self) -> &str {
        &self.document.source().string
    }

    /// The shape it came in: "html", "fragments" or "text".
    #[getter]
    fn kind(&self) -> &str {
        self.document.kind().as_str()
    }

    /// Its name in tables: its position in the batch, if no other was given.
    #[getter]
    fn id(&self) -> &str {
        &self.id
    }

    /// The headline that the page gives itself, or None.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.document.markup().metadata.title.as_deref()
    }

    /// The authors, in the order given.
    #[getter]
    fn byline(&self) -> Vec<String> {
        self.document.markup().metadata.byline.clone()
    }

    /// When it was published: what the caller said, else what the page says, else None.
    #[getter]
    fn published(&self) -> Option<&str> {
        self.published.as_deref().or(self.document.markup().metadata.published.as_deref())
    }

    /// When the page says that it was last changed (ISO 8601), or None.
    #[getter]
    fn modified(&self) -> Option<&str> {
        self.document.markup().metadata.modified.as_deref()
    }

    /// The publisher's name, or None.
    #[getter]
    fn site(&self) -> Option<&str> {
        self.document.markup().metadata.site.as_deref()
    }

    /// The language that the page gives itself (BCP 47), or None.
    #[getter]
    fn language(&self) -> Option<&str> {
        self.document.markup().metadata.language.as_deref()
    }

    /// Its address: what the caller said, else the canonical one of the page, else None.
    #[getter]
    fn url(&self) -> Option<&str> {
        self.url.as_deref().or(self.document.markup().metadata.url.as_deref())
    }

    /// What went wrong with it, or None.
    #[getter]
    fn error<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyAny>> {
        self.failure.get().map(|failure| failure.raise().into_value(py).into_bound(py).into_any())
    }

    /// The blocks of the text, in order.
    #[getter]
    fn blocks(&self, py: Python<'_>) -> PyResult<Spans> {
        self.stage(py, Stage::Blocks)
    }

    /// What was left out of the text, each with kind, reason and source span.
    #[getter]
    fn dropped(&self, py: Python<'_>) -> PyResult<Spans> {
        self.stage(py, Stage::Dropped)
    }

    /// The links of the text.
    #[getter]
    fn links(&self, py: Python<'_>) -> PyResult<Spans> {
        self.stage(py, Stage::Links)
    }

    /// Bold and italic stretches of the text.
    #[getter]
    fn inlines(&self, py: Python<'_>) -> PyResult<Spans> {
        self.stage(py, Stage::Inlines)
    }

    /// The sentences of the text.
    #[getter]
    fn sentences(&self, py: Python<'_>) -> PyResult<Spans> {
        self.stage(py, Stage::Sentences)
    }

    /// The names of the text: people, organisations, places, nationalities, events, products.
    #[getter]
    fn entities(&self, py: Python<'_>) -> PyResult<Spans> {
        self.stage(py, Stage::Entities)
    }

    /// The expressions of time in the text, anchored to the day of publication.
    #[getter]
    fn dates(&self, py: Python<'_>) -> PyResult<Spans> {
        self.stage(py, Stage::Dates)
    }

    /// The quantities of the text.
    #[getter]
    fn quantities(&self, py: Python<'_>) -> PyResult<Spans> {
        self.stage(py, Stage::Quantities)
    }

    /// The quotations of the text.
    #[getter]
    fn quotes(&self, py: Python<'_>) -> PyResult<Spans> {
        self.stage(py, Stage::Quotes)
    }

    /// The claims of the text: its quantities, and its events with a date, each with who says so.
    #[getter]
    fn claims(&self, py: Python<'_>) -> PyResult<Spans> {
        self.stage(py, Stage::Claims)
    }

    /// One of its tables.
    ///
    /// Raises ValueError for a name that is no table.
    fn to_arrow(&self, py: Python<'_>, table: &str) -> PyResult<Table> {
        let (table, document) = (known(table)?, Arc::clone(&self.document));
        patience::run(py, self.text().len(), move || prepare(table, &document))?;
        Table::new(py, table, &[self.row()])
    }

    /// Its claims about the same thing held against each other, as `Corpus.compare` does it for many documents.
    ///
    /// Raises ValueError for a `by` that is neither "claim" nor "group".
    ///
    /// >>> import copydesk
    /// >>> doc = copydesk.parse("The union said 9,000 marchers had come. Police said 4,000 marchers had come.")
    /// >>> [(row["party"], row["amount"], row["factor"]) for row in doc.compare().to_pylist()]
    /// [('union', 9000.0, 2.25), ('police', 4000.0, 2.25)]
    #[pyo3(signature = (*, by = "claim"))]
    fn compare(&self, py: Python<'_>, by: &str) -> PyResult<Table> {
        Table::compared(py, by, &[self.row()])
    }

    /// All of it as dicts, lists, strings and numbers.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let fields = PyDict::new(py);
        fields.set_item("id", &self.id)?;
        fields.set_item("kind", self.kind())?;
        fields.set_item("title", self.title())?;
        fields.set_item("byline", self.byline())?;
        fields.set_item("published", self.published())?;
        fields.set_item("modified", self.modified())?;
        fields.set_item("site", self.site())?;
        fields.set_item("language", self.language())?;
        fields.set_item("url", self.url())?;
        fields.set_item(
            "error",
            self.failure.get().map(|failure| format!("{}: {}", failure.kind, failure.message)),
        )?;
        fields.set_item("text", self.text())?;
        for (name, stage) in STAGES {
            let spans = Bound::new(py, self.stage(py, stage)?)?;
            let dicts: PyResult<Vec<_>> =
                spans.try_iter()?.map(|span| span?.call_method0("to_dict")).collect();
            fields.set_item(name, dicts?)?;
        }
        Ok(fields)
    }

    /// `to_dict` as JSON.
    fn to_json<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let options = PyDict::new(py);
        options.set_item("ensure_ascii", false)?;
        py.import("json")?.getattr("dumps")?.call((self.to_dict(py)?,), Some(&options))
    }

    /// The text as displaCy draws it by hand: `displacy.render(doc.to_displacy(), style="ent", manual=True)`.
    ///
    /// tables: the lists whose spans are drawn, "entities" where none is named; of "entities", "dates" and "quantities".
    /// Spans that overlap one that begins before them are left out, for displaCy draws none inside another.
    ///
    /// >>> import copydesk
    /// >>> copydesk.parse("Ana Lopes left Lima.").to_displacy()["ents"]
    /// [{'start': 0, 'end': 9, 'label': 'PERSON'}, {'start': 15, 'end': 19, 'label': 'GPE'}]
    #[pyo3(signature = (*tables))]
    fn to_displacy<'py>(slf: &Bound<'py, Self>, tables: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyAny>> {
        export(slf, "displacy", tables)
    }

    /// The document as spaCy's Doc, made with the tokenizer of `nlp`.
    ///
    /// Names become `doc.ents`, with the fullest form of the name as `ent.ent_id_` and the number at GeoNames as `ent.kb_id_`;
    /// sentences are set; every list is a group of `doc.spans`. Spans grow to the tokens that they cut.
    ///
    /// Raises ImportError where spaCy is not installed.
    fn to_spacy<'py>(slf: &Bound<'py, Self>, nlp: Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        export(slf, "spacy", nlp)
    }

    /// The tokens of each sentence with their tags, IOB2: `B-` begins a span, `I-` goes on with it, `O` is in none.
    ///
    /// table: "entities" (their labels), "dates" (their types) or "quantities" (their kinds).
    ///
    /// >>> import copydesk
    /// >>> copydesk.parse("Ana Lopes left.").to_iob()
    /// [[('Ana', 'B-PERSON'), ('Lopes', 'I-PERSON'), ('left', 'O'), ('.', 'O')]]
    #[pyo3(signature = (table = "entities"))]
    fn to_iob<'py>(slf: &Bound<'py, Self>, table: &str) -> PyResult<Bound<'py, PyAny>> {
        export(slf, "iob", table)
    }

    /// `to_iob` as a string: a token and its tag a line, parted by a tab, and an empty line after each sentence.
    ///
    /// >>> import copydesk
    /// >>> print(copydesk.parse("Lima voted.").to_conll(), end="")
    /// Lima	B-GPE
    /// voted	O
    /// .	O
    /// <BLANKLINE>
    #[pyo3(signature = (table = "entities"))]
    fn to_conll<'py>(slf: &Bound<'py, Self>, table: &str) -> PyResult<Bound<'py, PyAny>> {
        export(slf, "conll", table)
    }

    /// Where the tokens of each sentence stand, in code points of the text.
    fn _tokens(&self) -> Vec<Vec<(usize, usize)>> {
        let tokens = self.document.tokens();
        let within = |sentence: &Sentence| {
            let range = tokens.from_byte(sentence.span.start())..tokens.from_byte(sentence.span.end());
            let points = |token: Token<'_>| self.document.code_points(token.span);
            range.filter_map(|at| tokens.get(at)).map(points).map(|at| (at.start(), at.end())).collect()
        };
        self.document.sentences().iter().map(within).collect()
    }

    /// The article with the spans of some lists marked, as the last line of a cell in a notebook; without names, as `doc` itself
    /// is shown.
    ///
    /// tables: of "entities", "dates", "quantities", "quotes", "claims" and "sentences".
    ///
    /// Raises ValueError for a name that is none of them.
    ///
    /// >>> import copydesk
    /// >>> copydesk.parse("It is over, Ana Lopes said.").show("quotes")
    /// <View of <Document 0: 1 blocks, "It is over, Ana Lopes said.">: quotes>
    #[pyo3(signature = (*tables))]
    fn show<'py>(slf: &Bound<'py, Self>, tables: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("copydesk.notebook")?.call_method1("View", (slf, tables))
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("copydesk.notebook")?.call_method1("document_html", (slf,))
    }

    fn __repr__(&self) -> String {
        let start: String = self.text().graphemes(true).take(60).collect();
        match self.failure.get() {
            Some(failure) => format!("<Document {}: {}: {}>", self.id, failure.kind, failure.message),
            None => {
                format!("<Document {}: {} blocks, {start:?}>", self.id, self.document.markup().blocks.len())
            }
        }
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| {
            let other = other.get();
            self.state() == other.state() && self.text() == other.text() && self.kind() == other.kind()
        })
    }

    fn __hash__(&self) -> usize {
        self.document.source().string.len()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let source = self.document.source();
        let parts =
            source.parts.as_ref().map(|parts| parts.iter().map(|p| (p.start(), p.end())).collect::<Vec<_>>());
        let failure = self.failure.get().map(|failure| (failure.kind.clone(), failure.message.clone()));
        let made_from = (&*source.string, parts, self.kind());
        let about = (&self.id, &self.published, &self.url, failure);
        let state = (self.desk.clone_ref(py), made_from, about).into_pyobject(py)?;
        Ok((py.import("copydesk._copydesk")?.getattr("_restore")?, state))
    }
}

/// What `copydesk._export` makes of a document.
fn export<'py>(
    document: &Bound<'py, PyDocument>,
    form: &str,
    option: impl IntoPyObject<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    document.py().import("copydesk._export")?.call_method1(form, (document, option))
}

const STAGES: [(&str, Stage); 10] = [
    ("blocks", Stage::Blocks),
    ("dropped", Stage::Dropped),
    ("links", Stage::Links),
    ("inlines", Stage::Inlines),
    ("sentences", Stage::Sentences),
    ("entities", Stage::Entities),
    ("dates", Stage::Dates),
    ("quantities", Stage::Quantities),
    ("quotes", Stage::Quotes),
    ("claims", Stage::Claims),
];

/// Where all places of the gazetteer lie: degrees north and east of each, as 32-bit floats.
#[pyfunction(name = "_gazetteer")]
pub fn gazetteer(py: Python<'_>) -> Bound<'_, PyBytes> {
    #[allow(clippy::cast_possible_truncation)]
    let bytes = |degrees: f64| (degrees as f32).to_le_bytes();
    let places: Vec<u8> =
        place::coordinates().flat_map(|(lat, lon)| [bytes(lat), bytes(lon)]).flatten().collect();
    PyBytes::new(py, &places)
}

type MadeFrom = (String, Option<Vec<(usize, usize)>>, String);
type About = (String, Option<String>, Option<String>, Option<(String, String)>);

/// A document from its pickle: the source is read again with the same desk.
#[pyfunction(name = "_restore")]
pub fn restore(py: Python<'_>, desk: Py<Desk>, made_from: MadeFrom, about: About) -> PyResult<PyDocument> {
    let (string, parts, kind) = made_from;
    let (id, published, url, failure) = about;
    let parts = parts.map(|parts| parts.into_iter().map(|(start, end)| Span::new(start, end)).collect());
    let kind = source::kind(&kind)?;
    let settings = Arc::clone(desk.get().settings());
    let (bytes, day) = (string.len(), published.clone());
    let read = move || {
        Document::parse(Source { string: Held::new(string), parts }, kind, &settings)
            .published_on(day.as_deref())
    };
    let document = patience::run(py, bytes, read)?;
    let failure = failure.map(|(kind, message)| Failure { kind, message });
    Ok(PyDocument::new(desk, Arc::new(document), published, url).named(id, failure))
}
