//! Rows to Arrow: one record batch a table, columns in the order of the guide.

macro_rules! names {
    ($enumeration:ty) => {
        <$enumeration>::ALL.iter().map(|one| one.as_str())
    };
}

mod columns;
mod compared;

use std::sync::Arc;

use arrow_array::{Array, LargeListArray, RecordBatch, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, Schema};

use columns::Columns;
pub use compared::{compared, groups};

use crate::claim::{self, Claim, SourceKind};
use crate::date;
use crate::document::Document;
use crate::entity::{Entity, Label};
use crate::markup::{BlockKind, Kind, Metadata, Style};
use crate::quantity::{self, Quantity};
use crate::quote::{self, Quote, Stance};
use crate::text::Span;

/// A document, or what went wrong with it, under the name it has in tables.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// Its name.
    pub id: &'a str,
    /// The document.
    pub document: &'a Document,
    /// Its address.
    pub url: Option<&'a str>,
    /// The kind of the error and its message.
    pub error: Option<(&'a str, &'a str)>,
}

/// The names of all tables.
pub const NAMES: [&str; 12] = [
    "documents",
    "blocks",
    "dropped",
    "links",
    "inlines",
    "sentences",
    "entities",
    "dates",
    "quantities",
    "quotes",
    "claims",
    "failures",
];

impl Columns {
    fn id<'a>(self, ids: impl Iterator<Item = &'a str>) -> Self {
        self.text("doc", ids.map(Some)).required()
    }

    /// The columns that every span has: where it stands, where it was read, and its text.
    fn spans(self, rows: &[Found<'_>]) -> Self {
        let text: Vec<Span> = rows.iter().map(|row| row.document.code_points(row.span)).collect();
        let source: Vec<Span> = rows.iter().map(|row| row.document.source_code_points(row.span)).collect();
        self.whole("start", text.iter().map(|span| Some(span.start())))
            .required()
            .whole("end", text.iter().map(|span| Some(span.end())))
            .required()
            .places(&source)
            .text("text", rows.iter().map(|row| Some(row.span.of(row.document.text()))))
            .required()
    }

    fn places(self, source: &[Span]) -> Self {
        self.whole("source_start", source.iter().map(|span| Some(span.start())))
            .required()
            .whole("source_end", source.iter().map(|span| Some(span.end())))
            .required()
    }

    /// The number of each row in its document's list of them.
    fn index(self, name: &str, rows: &[Found<'_>]) -> Self {
        self.whole(name, rows.iter().map(|row| Some(row.index))).required()
    }

    /// The sentence in which each row begins.
    fn sentence(self, rows: &[Found<'_>]) -> Self {
        self.whole("sentence", rows.iter().map(|row| row.document.sentence_at(row.span)))
    }
}

/// A span of a document, as the item of a stage.
struct Found<'a> {
    id: &'a str,
    document: &'a Document,
    index: usize,
    span: Span,
}

/// The items of a stage; a document that failed, perhaps at this stage, has none.
fn found<'a>(rows: &[Row<'a>], spans: impl Fn(&'a Document) -> Vec<Span>) -> Vec<Found<'a>> {
    rows.iter()
        .filter(|row| row.error.is_none())
        .flat_map(|row| {
            let of = move |(index, span)| Found { id: row.id, document: row.document, index, span };
            spans(row.document).into_iter().enumerate().map(of)
        })
        .collect()
}

/// The table of that name.
///
/// # Errors
/// A name that is none of `NAMES`, and columns that do not fit their schema.
pub fn batch(name: &str, rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    match name {
        "documents" => documents(rows),
        "blocks" => blocks(rows),
        "dropped" => dropped(rows),
        "links" => links(rows),
        "inlines" => inlines(rows),
        "sentences" => sentences(rows),
        "entities" => entities(rows),
        "dates" => dates(rows),
        "quantities" => quantities(rows),
        "quotes" => quotes(rows),
        "claims" => claims(rows),
        "failures" => failures(rows),
        other => Err(ArrowError::InvalidArgumentError(format!("no table is called {other}"))),
    }
}

/// Computes what the rows of that table take from `document`, so that it is there when they are made.
pub fn prepare(name: &str, document: &Document) {
    match name {
        "sentences" => drop(document.sentences()),
        "entities" => drop((document.entities(), document.sentences())),
        "dates" => drop(document.dates()),
        "quantities" => drop((document.quantities(), document.sentences())),
        "quotes" => drop(document.quotes()),
        "claims" => drop(document.claims()),
        _ => (),
    }
}

/// How many rows of that table each document has.
#[must_use]
pub fn lengths(name: &str, rows: &[Row<'_>]) -> Vec<usize> {
    let length = |row: &Row<'_>| match name {
        "documents" => 1,
        "blocks" => row.document.markup().blocks.len(),
        "dropped" => row.document.markup().dropped.len(),
        "links" => row.document.markup().links.len(),
        "inlines" => row.document.markup().inlines.len(),
        "sentences" => row.document.sentences().len(),
        "entities" => row.document.entities().len(),
        "dates" => row.document.dates().len(),
        "quantities" => row.document.quantities().len(),
        "quotes" => row.document.quotes().len(),
        "claims" => row.document.claims().len(),
        _ => usize::from(row.error.is_some()),
    };
    rows.iter().map(length).collect()
}

fn documents(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    fn about<'a>(row: &Row<'a>) -> &'a Metadata {
        &row.document.markup().metadata
    }
    fn text<'a>(row: &Row<'a>) -> Option<&'a str> {
        row.error.is_none().then(|| row.document.text())
    }
    let errors: Vec<_> =
        rows.iter().map(|row| row.error.map(|(kind, message)| format!("{kind}: {message}"))).collect();
    let modified = |row: &Row<'_>| date::Published::read(about(row).modified.as_deref()?);
    Columns::default()
        .id(rows.iter().map(|row| row.id))
        .text("url", rows.iter().map(|row| row.url))
        .label("kind", names!(Kind), rows.iter().map(|row| Some(row.document.kind().as_str())))
        .required()
        .text("title", rows.iter().map(|row| about(row).title.as_deref()))
        .texts("byline", rows.iter().map(|row| about(row).byline.as_slice()))
        .required()
        .day("published", rows.iter().map(|row| row.document.published().map(date::Published::day)))
        .day("modified", rows.iter().map(|row| modified(row).map(date::Published::day)))
        .text("site", rows.iter().map(|row| about(row).site.as_deref()))
        .text("language", rows.iter().map(|row| about(row).language.as_deref()))
        .text("text", rows.iter().map(text))
        .text("error", errors.iter().map(Option::as_deref))
        .finish()
}

fn blocks(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let rows = found(rows, |document| document.markup().blocks.iter().map(|block| block.span).collect());
    let kind = |row: &Found<'_>| row.document.markup().blocks.get(row.index).map(|block| block.kind.as_str());
    Columns::default()
        .id(rows.iter().map(|row| row.id))
        .index("block", &rows)
        .label("kind", names!(BlockKind), rows.iter().map(kind))
        .required()
        .spans(&rows)
        .finish()
}

fn dropped(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let all: Vec<_> = rows
        .iter()
        .flat_map(|row| row.document.markup().dropped.iter().map(move |dropped| (row, dropped)))
        .collect();
    let source: Vec<Span> = all.iter().map(|(row, dropped)| row.document.in_source(dropped.source)).collect();
    Columns::default()
        .id(all.iter().map(|(row, _)| row.id))
        .label("kind", names!(BlockKind), all.iter().map(|(_, dropped)| Some(dropped.kind.as_str())))
        .required()
        .text("reason", all.iter().map(|(_, dropped)| Some(&*dropped.reason)))
        .required()
        .places(&source)
        .text("text", all.iter().map(|(_, dropped)| Some(dropped.text.as_str())))
        .required()
        .finish()
}

fn links(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let rows = found(rows, |document| document.markup().links.iter().map(|link| link.span).collect());
    fn href<'a>(row: &Found<'a>) -> Option<&'a str> {
        row.document.markup().links.get(row.index).map(|link| link.href.as_str())
    }
    Columns::default()
        .id(rows.iter().map(|row| row.id))
        .spans(&rows)
        .text("href", rows.iter().map(href))
        .required()
        .finish()
}

fn inlines(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let rows = found(rows, |document| document.markup().inlines.iter().map(|inline| inline.span).collect());
    let style =
        |row: &Found<'_>| row.document.markup().inlines.get(row.index).map(|inline| inline.style.as_str());
    Columns::default()
        .id(rows.iter().map(|row| row.id))
        .spans(&rows)
        .label("style", names!(Style), rows.iter().map(style))
        .required()
        .finish()
}

fn sentences(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let rows = found(rows, |document| document.sentences().iter().map(|sentence| sentence.span).collect());
    let block = |row: &Found<'_>| row.document.sentences().get(row.index).map(|sentence| sentence.block);
    Columns::default()
        .id(rows.iter().map(|row| row.id))
        .index("sentence", &rows)
        .whole("block", rows.iter().map(block))
        .required()
        .spans(&rows)
        .finish()
}

fn entities(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let rows = found(rows, |document| document.entities().iter().map(|entity| entity.span).collect());
    let all: Vec<_> = rows
        .iter()
        .filter_map(|row| row.document.entities().get(row.index).map(|entity| (row.document, entity)))
        .collect();
    Columns::default()
        .id(rows.iter().map(|row| row.id))
        .index("entity", &rows)
        .sentence(&rows)
        .spans(&rows)
        .label("label", names!(Label), all.iter().map(|(_, entity)| Some(entity.label.as_str())))
        .required()
        .text("canonical", all.iter().map(|(_, entity)| Some(&*entity.canonical)))
        .required()
        .whole("entity_id", all.iter().map(|(_, entity)| Some(entity.id)))
        .required()
        .text("role", all.iter().map(|(document, entity)| entity.role.map(|role| role.of(document.text()))))
        .text("country", all.iter().map(|(_, entity)| entity.country()))
        .number("lat", all.iter().map(|(_, entity)| entity.lat()))
        .number("lon", all.iter().map(|(_, entity)| entity.lon()))
        .whole(
            "geonames_id",
            all.iter().map(|(_, entity)| entity.geonames_id().map(|number| number as usize)),
        )
        .finish()
}

fn dates(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let rows = found(rows, |document| document.dates().iter().map(|date| date.span).collect());
    let all: Vec<_> = rows.iter().filter_map(|row| row.document.dates().get(row.index)).collect();
    let others: Vec<_> = all.iter().map(|date| date.alternatives.join("|")).collect();
    Columns::default()
        .id(rows.iter().map(|row| row.id))
        .index("date", &rows)
        .spans(&rows)
        .label("type", names!(date::Kind), all.iter().map(|date| Some(date.kind.as_str())))
        .required()
        .text("value", all.iter().map(|date| Some(date.value.as_str())))
        .required()
        .label("mod", names!(date::Modifier), all.iter().map(|date| Some(date.modifier?.as_str())))
        .text("freq", all.iter().map(|date| date.frequency.as_deref()))
        .moment("earliest", all.iter().map(|date| date.earliest))
        .moment("latest", all.iter().map(|date| date.latest))
        .label("relation", names!(date::Relation), all.iter().map(|date| Some(date.relation?.as_str())))
        .text(
            "alternatives",
            others.iter().map(|other| Some(other.as_str()).filter(|other| !other.is_empty())),
        )
        .finish()
}

fn quantities(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let rows = found(rows, |document| document.quantities().iter().map(|quantity| quantity.span).collect());
    let all: Vec<_> = rows
        .iter()
        .filter_map(|row| row.document.quantities().get(row.index).map(|quantity| (row.document, quantity)))
        .collect();
    fn words(document: &Document, span: Option<Span>) -> Option<&str> {
        span.map(|span| span.of(document.text()))
    }
    Columns::default()
        .id(rows.iter().map(|row| row.id))
        .index("quantity", &rows)
        .sentence(&rows)
        .spans(&rows)
        .text("core", all.iter().map(|(document, q)| words(document, Some(q.core))))
        .required()
        .label("kind", names!(quantity::Kind), all.iter().map(|(_, q)| Some(q.kind.as_str())))
        .required()
        .number("value", all.iter().map(|(_, q)| q.value))
        .number("low", all.iter().map(|(_, q)| q.low))
        .number("high", all.iter().map(|(_, q)| q.high))
        .label("bound", names!(quantity::Bound), all.iter().map(|(_, q)| Some(q.bound.as_str())))
        .required()
        .text("cue", all.iter().map(|(document, q)| words(document, q.cue)))
        .label("change", names!(quantity::Change), all.iter().map(|(_, q)| Some(q.change?.as_str())))
        .text("unit", all.iter().map(|(_, q)| q.unit.as_deref()))
        .text("counted", all.iter().map(|(document, q)| words(document, q.counted)))
        .text("per", all.iter().map(|(_, q)| q.per.as_deref()))
        .number("si_value", all.iter().map(|(_, q)| q.si_value))
        .text("si_unit", all.iter().map(|(_, q)| q.si_unit))
        .whole("converts", all.iter().map(|(_, q)| q.converts()))
        .number("relative_error", all.iter().map(|(_, q)| q.relative_error()))
        .flag("agrees", all.iter().map(|(_, q)| q.agrees()))
        .finish()
}

fn quotes(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let rows = found(rows, |document| document.quotes().iter().map(Quote::span).collect());
    let all: Vec<_> = rows
        .iter()
        .filter_map(|row| row.document.quotes().get(row.index).map(|quote| (row.document, quote)))
        .collect();
    fn words(document: &Document, span: Option<Span>) -> Option<&str> {
        span.map(|span| span.of(document.text()))
    }
    let at = |document: &Document, span: Option<Span>| span.map(|span| document.code_points(span));
    let content = |(document, quote): &(&Document, &Quote)| {
        let spans: Vec<&str> = quote.content.iter().map(|span| span.of(document.text())).collect();
        spans.join(" […] ")
    };
    let contents: Vec<String> = all.iter().map(content).collect();
    Columns::default()
        .id(rows.iter().map(|row| row.id))
        .index("quote", &rows)
        .sentence(&rows)
        .spans(&rows)
        .label("kind", names!(quote::Kind), all.iter().map(|(_, quote)| Some(quote.kind.as_str())))
        .required()
        .text("content", contents.iter().map(|content| Some(content.as_str())))
        .required()
        .text("speaker", all.iter().map(|(document, quote)| words(document, quote.speaker)))
        .whole("speaker_start", all.iter().map(|(d, q)| at(d, q.speaker).map(|span| span.start())))
        .whole("speaker_end", all.iter().map(|(d, q)| at(d, q.speaker).map(|span| span.end())))
        .text("name", all.iter().map(|(document, quote)| words(document, quote.name)))
        .text("cue", all.iter().map(|(document, quote)| words(document, quote.cue)))
        .label("stance", names!(Stance), all.iter().map(|(_, quote)| Some(quote.stance?.as_str())))
        .finish()
}

fn claims(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let rows = found(rows, |document| document.claims().iter().map(|claim| claim.span).collect());
    let all: Vec<(&Document, &Claim)> = rows
        .iter()
        .filter_map(|row| row.document.claims().get(row.index).map(|claim| (row.document, claim)))
        .collect();
    fn words(document: &Document, span: Option<Span>) -> Option<&str> {
        span.map(|span| span.of(document.text()))
    }
    fn counted<'d>((document, claim): &(&'d Document, &Claim)) -> Option<&'d Quantity> {
        document.quantities().get(claim.quantity?)
    }
    fn place<'d>((document, claim): &(&'d Document, &Claim)) -> Option<&'d Entity> {
        document.entities().get(claim.place?)
    }
    fn amount<'d>((_, claim): &(&'d Document, &'d Claim)) -> Option<&'d claim::Amount> {
        claim.amount.as_ref()
    }
    let block = |(d, c): &(&Document, &Claim)| d.sentences().get(c.sentence).map(|sentence| sentence.block);
    let columns = Columns::default()
        .id(rows.iter().map(|row| row.id))
        .index("claim", &rows)
        .whole("block", all.iter().map(block))
        .whole("sentence", all.iter().map(|(_, c)| Some(c.sentence)))
        .required()
        .spans(&rows)
        .text("source", all.iter().map(|(d, c)| words(d, c.source)))
        .text("source_name", all.iter().map(|(_, c)| c.source_name.as_deref()))
        .label("source_type", names!(SourceKind), all.iter().map(|(_, c)| Some(c.source_kind.as_str())))
        .required()
        .text("cue", all.iter().map(|(d, c)| words(d, c.cue)))
        .label("stance", names!(Stance), all.iter().map(|(_, c)| Some(c.stance.as_str())))
        .required()
        .flag("in_quotes", all.iter().map(|(_, c)| Some(c.in_quotes)))
        .required()
        .text("via", all.iter().map(|(d, c)| words(d, c.via)))
        .text("what", all.iter().map(|(d, c)| words(d, c.what)))
        .text("predicate", all.iter().map(|(d, c)| words(d, c.predicate)))
        .text("actor", all.iter().map(|(d, c)| words(d, c.actor)))
        .number("value", all.iter().map(|(_, c)| c.value))
        .number("low", all.iter().map(|(_, c)| c.low))
        .number("high", all.iter().map(|(_, c)| c.high))
        .label("bound", names!(quantity::Bound), all.iter().map(|row| Some(amount(row)?.bound.as_str())))
        .text("unit", all.iter().map(|row| amount(row)?.unit.as_deref()))
        .label("kind", names!(quantity::Kind), all.iter().map(|row| Some(amount(row)?.kind.as_str())))
        .number("value_si", all.iter().map(|row| counted(row)?.si_value))
        .text("unit_si", all.iter().map(|row| counted(row)?.si_unit))
        .text("of", all.iter().map(|(d, c)| words(d, c.of)))
        .text("per", all.iter().map(|row| counted(row)?.per.as_deref()))
        .whole("quantity", all.iter().map(|(_, c)| c.quantity))
        .whole("quote", all.iter().map(|(_, c)| c.quote))
        .whole("twin", all.iter().map(|(_, c)| c.twin));
    let when = |index: Option<usize>, d: &'_ Document| index.and_then(|index| d.dates().get(index).cloned());
    let events: Vec<_> = all.iter().map(|(d, c)| when(c.event_date, d)).collect();
    let statements: Vec<_> = all.iter().map(|(d, c)| when(c.statement_date, d)).collect();
    columns
        .text("event_date", all.iter().map(|(d, c)| c.date(d.dates())))
        .moment("event_from", events.iter().map(|date| date.as_ref()?.earliest))
        .moment("event_to", events.iter().map(|date| date.as_ref()?.latest))
        .text("statement_date", statements.iter().map(|date| date.as_ref().map(|date| date.value.as_str())))
        .day("published", all.iter().map(|(d, _)| d.published().map(date::Published::day)))
        .text("place", all.iter().map(|row| place(row).map(|place| place.span.of(row.0.text()))))
        .number("lat", all.iter().map(|row| place(row)?.lat()))
        .number("lon", all.iter().map(|row| place(row)?.lon()))
        .finish()
}

fn failures(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let failed: Vec<_> = rows.iter().filter_map(|row| row.error.map(|error| (row.id, error))).collect();
    Columns::default()
        .id(failed.iter().map(|(id, _)| *id))
        .text("error", failed.iter().map(|(_, (kind, _))| Some(*kind)))
        .required()
        .text("message", failed.iter().map(|(_, (_, message))| Some(*message)))
        .required()
        .finish()
}

/// One column of lists: for each document the rows of that table without the column `doc`, and null where there is none.
///
/// # Errors
/// As `batch`.
pub fn lists(name: &str, rows: &[Option<Row<'_>>]) -> Result<RecordBatch, ArrowError> {
    let there: Vec<Row<'_>> = rows.iter().flatten().copied().collect();
    let mut table = batch(name, &there)?;
    table.remove_column(0);
    let mut counts = lengths(name, &there).into_iter();
    let length = |row: &Option<Row<'_>>| row.as_ref().and_then(|_| counts.next()).unwrap_or_default();
    let offsets = OffsetBuffer::<i64>::from_lengths(rows.iter().map(length));
    let missing = NullBuffer::from_iter(rows.iter().map(Option::is_some));
    let item = Field::new("item", DataType::Struct(table.schema().fields().clone()), false);
    let lists =
        LargeListArray::try_new(Arc::new(item), offsets, Arc::new(StructArray::from(table)), Some(missing))?;
    let column = Field::new(name, lists.data_type().clone(), true);
    RecordBatch::try_new(Arc::new(Schema::new(vec![column])), vec![Arc::new(lists)])
}
