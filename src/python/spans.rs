//! A stage's spans as a sequence: each is made when it is touched.

use std::sync::Arc;

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyList, PySlice};

use super::patience;
use super::table::Table;
use super::values::{
    Block, Claim, Date, Dropped, Entity, Inline, Link, Moment, Quantity, Quote, Sentence, span,
};
use crate::document::Document;

/// Which of a document's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Blocks,
    Dropped,
    Links,
    Inlines,
    Sentences,
    Entities,
    Dates,
    Quantities,
    Quotes,
    Claims,
}

impl Stage {
    fn name(self) -> &'static str {
        match self {
            Stage::Blocks => "blocks",
            Stage::Dropped => "dropped",
            Stage::Links => "links",
            Stage::Inlines => "inlines",
            Stage::Sentences => "sentences",
            Stage::Entities => "entities",
            Stage::Dates => "dates",
            Stage::Quantities => "quantities",
            Stage::Quotes => "quotes",
            Stage::Claims => "claims",
        }
    }

    fn len(self, document: &Document) -> usize {
        match self {
            Stage::Blocks => document.markup().blocks.len(),
            Stage::Dropped => document.markup().dropped.len(),
            Stage::Links => document.markup().links.len(),
            Stage::Inlines => document.markup().inlines.len(),
            Stage::Sentences => document.sentences().len(),
            Stage::Entities => document.entities().len(),
            Stage::Dates => document.dates().len(),
            Stage::Quantities => document.quantities().len(),
            Stage::Quotes => document.quotes().len(),
            Stage::Claims => document.claims().len(),
        }
    }

    /// The span of that number, if there are as many; `near` is handed on from one to the next.
    fn get(
        self,
        py: Python<'_>,
        document: &Document,
        index: usize,
        near: &mut usize,
    ) -> PyResult<Option<Py<PyAny>>> {
        let value = match self {
            Stage::Blocks => block(document, index, near).map(|value| value.into_py_any(py)),
            Stage::Dropped => dropped(document, index).map(|value| value.into_py_any(py)),
            Stage::Links => link(document, index, near).map(|value| value.into_py_any(py)),
            Stage::Inlines => inline(document, index, near).map(|value| value.into_py_any(py)),
            Stage::Sentences => sentence(document, index, near).map(|value| value.into_py_any(py)),
            Stage::Entities => entity(document, index, near).map(|value| value.into_py_any(py)),
            Stage::Dates => date(document, index, near).map(|value| value.into_py_any(py)),
            Stage::Quantities => quantity(document, index, near).map(|value| value.into_py_any(py)),
            Stage::Quotes => quote(document, index, near).map(|value| value.into_py_any(py)),
            Stage::Claims => claim(document, index, near).map(|value| value.into_py_any(py)),
        };
        value.transpose()
    }
}

/// The spans of one stage, in order: a sequence that makes them when they are touched, and an Arrow stream.
#[pyclass(frozen, sequence, module = "copydesk._copydesk")]
pub struct Spans {
    document: Arc<Document>,
    stage: Stage,
}

impl Spans {
    pub fn new(py: Python<'_>, document: &Arc<Document>, stage: Stage) -> PyResult<Self> {
        let read = Arc::clone(document);
        patience::run(py, document.text().len(), move || stage.len(&read))?;
        Ok(Self { document: Arc::clone(document), stage })
    }

    fn at(&self, py: Python<'_>, index: usize) -> PyResult<Py<PyAny>> {
        let past =
            || PyIndexError::new_err(format!("index {index} is out of range: there are {}", self.__len__()));
        self.stage.get(py, &self.document, index, &mut 0)?.ok_or_else(past)
    }

    fn list<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        Ok(py.get_type::<PyList>().call1((self.__iter__(),))?.cast_into()?)
    }
}

#[pymethods]
impl Spans {
    fn __len__(&self) -> usize {
        self.stage.len(&self.document)
    }

    fn __getitem__(&self, py: Python<'_>, index: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        if index.is_instance_of::<PySlice>() {
            return Ok(self.list(py)?.as_any().get_item(index)?.unbind());
        }
        let wanted: isize = index.extract()?;
        let len = isize::try_from(self.__len__()).unwrap_or(isize::MAX);
        let index = if wanted < 0 { wanted + len } else { wanted };
        let past = || PyIndexError::new_err(format!("index {wanted} is out of range: there are {len}"));
        self.at(py, usize::try_from(index).map_err(|_| past())?).map_err(|_| past())
    }

    fn __iter__(&self) -> SpanIterator {
        SpanIterator { document: Arc::clone(&self.document), stage: self.stage, next: 0, near: 0 }
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        let other = match other.cast::<Spans>() {
            Ok(spans) => spans.get().list(py)?.into_any(),
            Err(_) => other.clone(),
        };
        self.list(py)?.eq(other)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let shown: PyResult<Vec<String>> = (0..self.__len__().min(3))
            .map(|index| Ok(self.at(py, index)?.bind(py).repr()?.to_string()))
            .collect();
        let more =
            if self.__len__() > 3 { format!(", ... {} in all", self.__len__()) } else { String::new() };
        Ok(format!("[{}{more}]", shown?.join(", ")))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyList>,))> {
        Ok((py.get_type::<PyList>().into_any(), (self.list(py)?,)))
    }

    fn _repr_html_<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("copydesk.notebook")?.call_method1("table_html", (self.to_table(py)?,))
    }

    /// The same rows as a Table.
    fn to_table(&self, py: Python<'_>) -> PyResult<Table> {
        Table::of_one(py, self.stage.name(), &self.document)
    }

    /// The rows as a pandas frame.
    fn to_pandas<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Table::frame(&Bound::new(py, self.to_table(py)?)?)
    }

    /// The rows as an Arrow C stream.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        self.to_table(py)?.__arrow_c_stream__(py, requested_schema)
    }
}

/// The spans of one stage, each made when it is its turn: a loop over a million of them holds one.
#[pyclass(module = "copydesk._copydesk")]
pub struct SpanIterator {
    document: Arc<Document>,
    stage: Stage,
    next: usize,
    near: usize,
}

#[pymethods]
impl SpanIterator {
    fn __iter__(iterator: PyRef<'_, Self>) -> PyRef<'_, Self> {
        iterator
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        let index = self.next;
        self.next += 1;
        self.stage.get(py, &self.document, index, &mut self.near)
    }

    fn __length_hint__(&self) -> usize {
        self.stage.len(&self.document).saturating_sub(self.next)
    }
}

fn block(document: &Document, index: usize, near: &mut usize) -> Option<Block> {
    let block = document.markup().blocks.get(index)?;
    let s = span(document, block.span, near);
    let kind = block.kind.as_str().to_owned();
    Some(Block {
        text: s.text,
        start: s.start,
        end: s.end,
        source_start: s.source_start,
        source_end: s.source_end,
        kind,
    })
}

fn dropped(document: &Document, index: usize) -> Option<Dropped> {
    let dropped = document.markup().dropped.get(index)?;
    let read = document.in_source(dropped.source);
    Some(Dropped {
        text: dropped.text.clone().into(),
        source_start: read.start(),
        source_end: read.end(),
        kind: dropped.kind.as_str().to_owned(),
        reason: dropped.reason.to_string(),
    })
}

fn link(document: &Document, index: usize, near: &mut usize) -> Option<Link> {
    let link = document.markup().links.get(index)?;
    let s = span(document, link.span, near);
    let href = link.href.clone();
    Some(Link {
        text: s.text,
        start: s.start,
        end: s.end,
        source_start: s.source_start,
        source_end: s.source_end,
        href,
    })
}

fn inline(document: &Document, index: usize, near: &mut usize) -> Option<Inline> {
    let inline = document.markup().inlines.get(index)?;
    let s = span(document, inline.span, near);
    let style = inline.style.as_str().to_owned();
    Some(Inline {
        text: s.text,
        start: s.start,
        end: s.end,
        source_start: s.source_start,
        source_end: s.source_end,
        style,
    })
}

fn sentence(document: &Document, index: usize, near: &mut usize) -> Option<Sentence> {
    let sentence = document.sentences().get(index)?;
    let s = span(document, sentence.span, near);
    let block = sentence.block;
    Some(Sentence {
        text: s.text,
        start: s.start,
        end: s.end,
        source_start: s.source_start,
        source_end: s.source_end,
        block,
    })
}

fn entity(document: &Document, index: usize, near: &mut usize) -> Option<Entity> {
    let entity = document.entities().get(index)?;
    let s = span(document, entity.span, near);
    Some(Entity {
        text: s.text,
        start: s.start,
        end: s.end,
        source_start: s.source_start,
        source_end: s.source_end,
        label: entity.label.as_str().to_owned(),
        canonical: entity.canonical.to_string(),
        entity_id: entity.id,
        role: entity.role.map(|role| span(document, role, near)),
        country: entity.country().map(str::to_owned),
        lat: entity.lat(),
        lon: entity.lon(),
        geonames_id: entity.geonames_id(),
    })
}

fn date(document: &Document, index: usize, near: &mut usize) -> Option<Date> {
    let date = document.dates().get(index)?;
    let s = span(document, date.span, near);
    let moment = |at: Option<_>| at.and_then(|at| Moment::new(at, date.is_of_the_clock()));
    Some(Date {
        text: s.text,
        start: s.start,
        end: s.end,
        source_start: s.source_start,
        source_end: s.source_end,
        r#type: date.kind.as_str().to_owned(),
        value: date.value.clone(),
        r#mod: date.modifier.map(|modifier| modifier.as_str().to_owned()),
        freq: date.frequency.clone(),
        earliest: moment(date.earliest),
        latest: moment(date.latest),
        relation: date.relation.map(|relation| relation.as_str().to_owned()),
        alternatives: date.alternatives.clone(),
    })
}

fn quantity(document: &Document, index: usize, near: &mut usize) -> Option<Quantity> {
    let quantity = document.quantities().get(index)?;
    let s = span(document, quantity.span, near);
    Some(Quantity {
        text: s.text,
        start: s.start,
        end: s.end,
        source_start: s.source_start,
        source_end: s.source_end,
        core: span(document, quantity.core, near),
        value: quantity.value,
        low: quantity.low,
        high: quantity.high,
        bound: quantity.bound.as_str().into(),
        cue: quantity.cue.map(|cue| span(document, cue, near)),
        change: quantity.change.map(|change| change.as_str().into()),
        kind: quantity.kind.as_str().into(),
        unit: quantity.unit.clone().map(Into::into),
        counted: quantity.counted.map(|counted| span(document, counted, near)),
        per: quantity.per.clone().map(Into::into),
        si_value: quantity.si_value,
        si_unit: quantity.si_unit.map(Into::into),
        converts: quantity.converts(),
        relative_error: quantity.relative_error(),
        agrees: quantity.agrees(),
    })
}

fn quote(document: &Document, index: usize, near: &mut usize) -> Option<Quote> {
    let quote = document.quotes().get(index)?;
    let s = span(document, quote.span(), near);
    Some(Quote {
        text: s.text,
        start: s.start,
        end: s.end,
        source_start: s.source_start,
        source_end: s.source_end,
        kind: quote.kind.as_str().to_owned(),
        content: quote.content.iter().map(|content| span(document, *content, near)).collect(),
        speaker: quote.speaker.map(|speaker| span(document, speaker, near)),
        name: quote.name.map(|name| name.of(document.text()).to_owned()),
        cue: quote.cue.map(|cue| span(document, cue, near)),
        stance: quote.stance.map(|stance| stance.as_str().to_owned()),
    })
}

fn claim(document: &Document, index: usize, near: &mut usize) -> Option<Claim> {
    let claim = document.claims().get(index)?;
    let s = span(document, claim.span, near);
    let mut at = |part: Option<crate::text::Span>| part.map(|part| span(document, part, near));
    let quantity = claim.quantity.and_then(|index| document.quantities().get(index));
    let date = |index: Option<usize>| index.and_then(|index| document.dates().get(index));
    let event = date(claim.event_date);
    let place = claim.place.and_then(|index| document.entities().get(index));
    let moment = |pick: fn(&crate::date::Expression) -> Option<jiff::civil::DateTime>| {
        event.and_then(|date| Moment::new(pick(date)?, date.is_of_the_clock()))
    };
    Some(Claim {
        text: s.text,
        start: s.start,
        end: s.end,
        source_start: s.source_start,
        source_end: s.source_end,
        block: document.sentences().get(claim.sentence).map_or(0, |sentence| sentence.block),
        sentence: claim.sentence,
        quantity: claim.quantity,
        quote: claim.quote,
        source: at(claim.source),
        source_name: claim.source_name.clone(),
        source_type: claim.source_kind.as_str().to_owned(),
        cue: at(claim.cue),
        stance: claim.stance.as_str().to_owned(),
        in_quotes: claim.in_quotes,
        via: at(claim.via),
        what: at(claim.what),
        predicate: at(claim.predicate),
        actor: at(claim.actor),
        value: claim.value,
        low: claim.low,
        high: claim.high,
        bound: claim.amount.as_ref().map(|amount| amount.bound.as_str().to_owned()),
        unit: claim.amount.as_ref().and_then(|amount| amount.unit.clone()),
        kind: claim.amount.as_ref().map(|amount| amount.kind.as_str().to_owned()),
        value_si: quantity.and_then(|quantity| quantity.si_value),
        unit_si: quantity.and_then(|quantity| quantity.si_unit).map(str::to_owned),
        of: at(claim.of),
        per: quantity.and_then(|quantity| quantity.per.clone()).map(Into::into),
        twin: claim.twin,
        event_date: claim.date(document.dates()).map(str::to_owned),
        event_from: moment(|date| date.earliest),
        event_to: moment(|date| date.latest),
        statement_date: date(claim.statement_date).map(|date| date.value.clone()),
        published: document.published().map(|published| published.day().to_string()),
        place: at(place.map(|place| place.span)),
        lat: place.and_then(|place| place.lat()),
        lon: place.and_then(|place| place.lon()),
    })
}
