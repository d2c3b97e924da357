//! Spans as Python sees them: plain values, equal when their fields are, small to pickle.

use jiff::civil::DateTime;
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple, PyType};
use std::borrow::Cow;
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::words::Words;
use crate::document::Document;
use crate::{sentence, text};

macro_rules! value {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[pyclass(frozen, get_all, eq, from_py_object, module = "copydesk._copydesk")]
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs)]
        pub struct $name { $(pub $field: $type),* }

        #[pymethods]
        impl $name {
            #[new]
            #[pyo3(signature = ($($field),*))]
            #[allow(clippy::too_many_arguments)]
            fn new($($field: $type),*) -> Self {
                Self { $($field),* }
            }

            /// The fields and their values.
            fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
                let fields = PyDict::new(py);
                $(plain(&fields, stringify!($field).trim_start_matches("r#"), self.$field.clone().into_bound_py_any(py)?)?;)*
                Ok(fields)
            }

            fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyType>, Bound<'py, PyTuple>)> {
                let fields = [$(self.$field.clone().into_bound_py_any(py)?),*];
                Ok((py.get_type::<Self>(), PyTuple::new(py, fields)?))
            }

            fn __hash__(&self) -> u64 {
                let mut hasher = DefaultHasher::new();
                (self.source_start, self.source_end, &self.text).hash(&mut hasher);
                hasher.finish()
            }

            fn __str__(&self) -> Words {
                self.text.clone()
            }

            fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
                let mut fields = Vec::new();
                $({
                    let value = self.$field.clone().into_bound_py_any(py)?;
                    if !value.is_none() {
                        let name = stringify!($field).trim_start_matches("r#");
                        fields.push(format!("{name}={}", value.repr()?));
                    }
                })*
                Ok(format!("{}({})", stringify!($name), fields.join(", ")))
            }
        }
    };
}

/// A field for `to_dict`: a span within a span is a dict too, and so are those of a list; a date is written as ISO 8601
/// has it.
fn plain(fields: &Bound<'_, PyDict>, name: &str, value: Bound<'_, PyAny>) -> PyResult<()> {
    let value = if value.hasattr("to_dict")? {
        value.call_method0("to_dict")?
    } else if value.hasattr("isoformat")? {
        value.call_method0("isoformat")?
    } else if let Ok(spans) = value.cast::<PyList>()
        && spans.iter().all(|span| span.is_instance_of::<Span>())
    {
        let dicts: PyResult<Vec<_>> = spans.iter().map(|span| span.call_method0("to_dict")).collect();
        PyList::new(value.py(), dicts?)?.into_any()
    } else {
        value
    };
    fields.set_item(name, value)
}

value! {
    /// A stretch of text: `doc.text[start:end] == text`, and `doc.source[source_start:source_end]` is where it was read.
    Span { text: Words, start: usize, end: usize, source_start: usize, source_end: usize }
}
value! {
    /// A block of the text. `kind` is heading, paragraph, list_item, blockquote, table, or a kind that was asked for
    /// with `Desk(keep=...)`.
    Block { text: Words, start: usize, end: usize, source_start: usize, source_end: usize, kind: String }
}
value! {
    /// A block that was left out of the text: `kind` says what it is, `reason` what spoke against it.
    Dropped { text: Words, source_start: usize, source_end: usize, kind: String, reason: String }
}
value! {
    /// A link: its anchor text, and `href` as it was written.
    Link { text: Words, start: usize, end: usize, source_start: usize, source_end: usize, href: String }
}
value! {
    /// A stretch of text set in type of another `style`: bold or italic.
    Inline { text: Words, start: usize, end: usize, source_start: usize, source_end: usize, style: String }
}
value! {
    /// A sentence; `block` is the index of the block that it stands in.
    Sentence { text: Words, start: usize, end: usize, source_start: usize, source_end: usize, block: usize }
}
value! {
    /// A place where a sentence ends or might have ended: the words on both sides, and why it was decided so.
    ///
    /// `at` is the offset where the sentence ends or would have ended, `ends` whether it does. `rule` names the rule that
    /// spoke; where it left the last word to the trained weights, `score` is their log-odds of an end and `weights` lists
    /// what weighed most, as pairs of name and weight: above 0 for an end, below 0 against it.
    Boundary {
        text: Words, start: usize, end: usize, source_start: usize, source_end: usize, at: usize, ends: bool,
        rule: String, score: Option<f32>, weights: Vec<(String, f32)>,
    }
}
value! {
    /// A name. The span holds no article, title or possessive. `label` is one of those that `explain` knows; `entity_id` is the
    /// same for all names of one entity in its document, `canonical` the fullest of them; `role` is the title or role beside a
    /// person's name; `country` (ISO 3166-1 alpha-2), `lat`, `lon` (degrees) and `geonames_id` say which place is meant, None where
    /// that is not known.
    Entity {
        text: Words, start: usize, end: usize, source_start: usize, source_end: usize,
        label: String, canonical: String, entity_id: usize, role: Option<Span>, country: Option<String>,
        lat: Option<f64>, lon: Option<f64>, geonames_id: Option<u32>,
    }
}
value! {
    /// A number with what it counts. The span holds the cue ("more than"), `core` the number and its unit alone.
    /// `value`, `low` and `high` are floats, `unit` is a name that Pint parses or an ISO 4217 code, `converts` the index
    /// of the other half of a conversion, `relative_error` how far the halves lie apart, `agrees` whether rounding explains it.
    Quantity {
        text: Words, start: usize, end: usize, source_start: usize, source_end: usize,
        core: Span, value: Option<f64>, low: Option<f64>, high: Option<f64>, bound: Name, cue: Option<Span>,
        change: Option<Name>, kind: Name, unit: Option<Name>, counted: Option<Span>, per: Option<Name>,
        si_value: Option<f64>, si_unit: Option<Name>, converts: Option<usize>,
        relative_error: Option<f64>, agrees: Option<bool>,
    }
}
value! {
    /// What somebody said. `kind` is direct, indirect, mixed or scare; `content` the words, with their marks, in more than
    /// one span where the cue interrupts them; `speaker` the words for who says so ("she"), `name` the fullest name of the
    /// same one in this document, `cue` the words that say so ("has said"), `stance` what they make of it: assert, claim,
    /// confirm, deny, estimate, announce, demand, hedged, no_statement. The span runs from the first word to the last.
    Quote {
        text: Words, start: usize, end: usize, source_start: usize, source_end: usize,
        kind: String, content: Vec<Span>, speaker: Option<Span>, name: Option<String>, cue: Option<Span>,
        stance: Option<String>,
    }
}

value! {
    /// An expression of time. `type` (DATE, TIME, DURATION, SET), `value`, `mod` and `freq` are those of TIMEX3 (ISO 24617-1).
    /// `earliest` and `latest` are the first moment of the stretch that is meant and the moment after its last: dates, or
    /// datetimes for a time of the day; None where it is not on the calendar, or outside the years 1 to 9999.
    /// `relation` is how things lie to it ("since", "by", "until", "before", "after", "from", "to"), `alternatives` the
    /// values of other readings.
    Date {
        text: Words, start: usize, end: usize, source_start: usize, source_end: usize,
        r#type: String, value: String, r#mod: Option<String>, freq: Option<String>,
        earliest: Option<Moment>, latest: Option<Moment>, relation: Option<String>, alternatives: Vec<String>,
    }
}

/// A string that mostly stands in a list, and is then no copy of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Name(Cow<'static, str>);

impl From<&'static str> for Name {
    fn from(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }
}

impl From<Cow<'static, str>> for Name {
    fn from(name: Cow<'static, str>) -> Self {
        Self(name)
    }
}

impl<'py> IntoPyObject<'py> for Name {
    type Target = PyString;
    type Output = Bound<'py, PyString>;
    type Error = Infallible;

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(PyString::new(py, &self.0))
    }
}

impl<'py> FromPyObject<'_, 'py> for Name {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Ok(Self(Cow::Owned(object.extract()?)))
    }
}

/// A moment as Python has it: a date, or a datetime where the clock matters.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    at: DateTime,
    clock: bool,
}

impl Moment {
    /// None outside the years that Python's dates have.
    pub fn new(at: DateTime, clock: bool) -> Option<Self> {
        (at.year() >= 1).then_some(Self { at, clock })
    }
}

impl<'py> IntoPyObject<'py> for Moment {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let module = py.import("datetime")?;
        let at = self.at;
        if self.clock {
            let fields = (at.year(), at.month(), at.day(), at.hour(), at.minute(), at.second());
            return module.getattr("datetime")?.call1(fields);
        }
        module.getattr("date")?.call1((at.year(), at.month(), at.day()))
    }
}

impl<'py> FromPyObject<'_, 'py> for Moment {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let written: String = object.call_method0("isoformat")?.extract()?;
        let at = written.parse().map_err(|_| PyValueError::new_err(format!("{written} is no date")))?;
        Ok(Self { at, clock: written.contains('T') })
    }
}

value! {
    /// Who says how many of what, when and where: a quantity joined to its source, or an event with a date.
    /// `source` is the words for who says so and `source_name` the name, both None where the narrator does; `source_type` is
    /// state, military, person, media, organisation, unnamed or narrator; `via` is who reports what the source says.
    /// `value` is what the text gives, `low` and `high` what its words allow ("more than 50" has a low end alone), `of` the
    /// whole of a share. `event_date` is a TIMEX3 value: when it happened, or else when it was said. `quantity`, `quote` and
    /// `twin` are indices into the document's own lists. What the text does not tell is None.
    Claim {
        text: Words, start: usize, end: usize, source_start: usize, source_end: usize,
        block: usize, sentence: usize, quantity: Option<usize>, quote: Option<usize>,
        source: Option<Span>, source_name: Option<String>, source_type: String, cue: Option<Span>, stance: String,
        in_quotes: bool, via: Option<Span>, what: Option<Span>, predicate: Option<Span>, actor: Option<Span>,
        value: Option<f64>, low: Option<f64>, high: Option<f64>, bound: Option<String>, unit: Option<String>,
        kind: Option<String>, value_si: Option<f64>, unit_si: Option<String>, of: Option<Span>, per: Option<String>,
        twin: Option<usize>, event_date: Option<String>, event_from: Option<Moment>, event_to: Option<Moment>,
        statement_date: Option<String>, published: Option<String>, place: Option<Span>,
        lat: Option<f64>, lon: Option<f64>,
    }
}

/// `span` of the document's text as a value; `near` is handed on from one to the next, as `Document` has it.
pub fn span(document: &Document, span: text::Span, near: &mut usize) -> Span {
    let (at, read) = (document.code_points(span), document.source_code_points_near(span, near));
    let text = Words::of(document, span);
    Span { text, start: at.start(), end: at.end(), source_start: read.start(), source_end: read.end() }
}

/// A boundary of the document's text as a value.
pub fn boundary(document: &Document, boundary: &sentence::Boundary) -> Boundary {
    let s = span(document, boundary.before.cover(boundary.after), &mut 0);
    Boundary {
        text: s.text,
        start: s.start,
        end: s.end,
        source_start: s.source_start,
        source_end: s.source_end,
        at: document.code_points(boundary.before).end(),
        ends: boundary.ends,
        rule: boundary.rule.as_str().to_owned(),
        score: boundary.score,
        weights: boundary.weights.iter().map(|(name, weight)| ((*name).to_owned(), *weight)).collect(),
    }
}
