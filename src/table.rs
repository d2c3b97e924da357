//! Rows to Arrow: one record batch a table, columns in the order of the guide.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, LargeStringArray, RecordBatch, TimestampSecondArray,
};
use arrow_schema::{ArrowError, Field, Schema};
use jiff::civil::DateTime;

use crate::claim::Claim;
use crate::compare::{self, Compared, Group};
use crate::document::Document;
use crate::entity::Entity;
use crate::quantity::Quantity;
use crate::quote::Quote;
use crate::text::Span;

/// A document, or what went wrong with it, under the name it has in tables.
pub struct Row<'a> {
    /// Its name.
    pub id: &'a str,
    /// The document.
    pub document: &'a Document,
    /// The kind of the error and its message.
    pub error: Option<(&'a str, &'a str)>,
}

/// The names of all tables.
pub const NAMES: [&str; 13] = [
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
    "compared",
    "groups",
    "failures",
];

/// The columns of a table as they grow.
#[derive(Default)]
struct Columns(Vec<(&'static str, ArrayRef)>);

impl Columns {
    fn text<'a>(mut self, name: &'static str, values: impl Iterator<Item = Option<&'a str>>) -> Self {
        self.0.push((name, Arc::new(values.collect::<LargeStringArray>())));
        self
    }

    fn whole(mut self, name: &'static str, values: impl Iterator<Item = Option<usize>>) -> Self {
        let numbers = values.map(|value| value.and_then(|value| i64::try_from(value).ok()));
        self.0.push((name, Arc::new(numbers.collect::<Int64Array>())));
        self
    }

    fn number(mut self, name: &'static str, values: impl Iterator<Item = Option<f64>>) -> Self {
        self.0.push((name, Arc::new(values.collect::<Float64Array>())));
        self
    }

    fn flag(mut self, name: &'static str, values: impl Iterator<Item = Option<bool>>) -> Self {
        self.0.push((name, Arc::new(values.collect::<BooleanArray>())));
        self
    }

    /// Moments of the calendar without a zone, in seconds; those outside the years 1 to 9999 are left out.
    fn moment(mut self, name: &'static str, values: impl Iterator<Item = Option<DateTime>>) -> Self {
        let seconds = values.map(|at| {
            let at = at.filter(|at| at.year() >= 1)?.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
            Some(at.timestamp().as_second())
        });
        self.0.push((name, Arc::new(seconds.collect::<TimestampSecondArray>())));
        self
    }

    fn finish(self) -> Result<RecordBatch, ArrowError> {
        self.finish_with(may_be_empty)
    }

    /// The batch, in which the columns that `empty` names may lack a value.
    fn finish_with(self, empty: fn(&str) -> bool) -> Result<RecordBatch, ArrowError> {
        let field =
            |(name, array): &(&str, ArrayRef)| Field::new(*name, array.data_type().clone(), empty(name));
        let schema = Schema::new(self.0.iter().map(field).collect::<Vec<_>>());
        RecordBatch::try_new(Arc::new(schema), self.0.into_iter().map(|(_, array)| array).collect())
    }

    /// The columns that every span has: where it stands, where it was read, and its text.
    fn spans(self, rows: &[Found<'_>]) -> Self {
        let text: Vec<Span> = rows.iter().map(|row| row.document.code_points(row.span)).collect();
        let source: Vec<Span> = rows.iter().map(|row| row.document.source_code_points(row.span)).collect();
        self.whole("start", text.iter().map(|span| Some(span.start)))
            .whole("end", text.iter().map(|span| Some(span.end)))
            .whole("source_start", source.iter().map(|span| Some(span.start)))
            .whole("source_end", source.iter().map(|span| Some(span.end)))
            .text("text", rows.iter().map(|row| Some(row.span.of(row.document.text()))))
    }
}

fn may_be_empty(name: &str) -> bool {
    !matches!(
        name,
        "doc" | "start" | "end" | "source_start" | "source_end" | "text" | "kind" | "bound" | "type"
    )
}

/// A span of a document, as the item of a stage.
struct Found<'a> {
    id: &'a str,
    document: &'a Document,
    index: usize,
    span: Span,
}

fn found<'a>(rows: &[Row<'a>], spans: impl Fn(&'a Document) -> Vec<Span>) -> Vec<Found<'a>> {
    rows.iter()
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
        "compared" => compared(rows),
        "groups" => groups(rows),
        "failures" => failures(rows),
        other => Err(ArrowError::InvalidArgumentError(format!("no table is called {other}"))),
    }
}

fn doc<'a>(rows: &'a [Found<'a>]) -> impl Iterator<Item = Option<&'a str>> {
    rows.iter().map(|row| Some(row.id))
}

fn blocks(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let rows = found(rows, |document| document.markup().blocks.iter().map(|block| block.span).collect());
    let kind = |row: &Found<'_>| row.document.markup().blocks.get(row.index).map(|block| block.kind.as_str());
    Columns::default()
        .text("doc", doc(&rows))
        .whole("block", rows.iter().map(|row| Some(row.index)))
        .text("kind", rows.iter().map(kind))
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
        .text("doc", all.iter().map(|(row, _)| Some(row.id)))
        .text("kind", all.iter().map(|(_, dropped)| Some(dropped.kind.as_str())))
        .text("reason", all.iter().map(|(_, dropped)| Some(dropped.reason.as_str())))
        .whole("source_start", source.iter().map(|span| Some(span.start)))
        .whole("source_end", source.iter().map(|span| Some(span.end)))
        .text("text", all.iter().map(|(_, dropped)| Some(dropped.text.as_str())))
        .finish()
}

fn links(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let rows = found(rows, |document| document.markup().links.iter().map(|link| link.span).collect());
    fn href<'a>(row: &Found<'a>) -> Option<&'a str> {
        row.document.markup().links.get(row.index).map(|link| link.href.as_str())
    }
    Columns::default().text("doc", doc(&rows)).spans(&rows).text("href", rows.iter().map(href)).finish()
}

fn inlines(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let rows = found(rows, |document| document.markup().inlines.iter().map(|inline| inline.span).collect());
    let style =
        |row: &Found<'_>| row.document.markup().inlines.get(row.index).map(|inline| inline.style.as_str());
    Columns::default().text("doc", doc(&rows)).spans(&rows).text("style", rows.iter().map(style)).finish()
}

fn sentences(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let rows = found(rows, |document| document.sentences().iter().map(|sentence| sentence.span).collect());
    let block = |row: &Found<'_>| row.document.sentences().get(row.index).map(|sentence| sentence.block);
    Columns::default()
        .text("doc", doc(&rows))
        .whole("sentence", rows.iter().map(|row| Some(row.index)))
        .whole("block", rows.iter().map(block))
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
        .text("doc", doc(&rows))
        .whole("entity", rows.iter().map(|row| Some(row.index)))
        .whole("sentence", rows.iter().map(|row| row.document.sentence_at(row.span)))
        .spans(&rows)
        .text("label", all.iter().map(|(_, entity)| Some(entity.label.as_str())))
        .text("canonical", all.iter().map(|(_, entity)| Some(entity.canonical.as_str())))
        .whole("entity_id", all.iter().map(|(_, entity)| Some(entity.id)))
        .text("role", all.iter().map(|(document, entity)| entity.role.map(|role| role.of(document.text()))))
        .text("country", all.iter().map(|(_, entity)| entity.country))
        .number("lat", all.iter().map(|(_, entity)| entity.lat))
        .number("lon", all.iter().map(|(_, entity)| entity.lon))
        .whole("geonames_id", all.iter().map(|(_, entity)| entity.geonames_id.map(|number| number as usize)))
        .finish()
}

fn dates(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let rows = found(rows, |document| document.dates().iter().map(|date| date.span).collect());
    let all: Vec<_> = rows.iter().filter_map(|row| row.document.dates().get(row.index)).collect();
    let others: Vec<_> = all.iter().map(|date| date.alternatives.join("|")).collect();
    Columns::default()
        .text("doc", doc(&rows))
        .whole("date", rows.iter().map(|row| Some(row.index)))
        .spans(&rows)
        .text("type", all.iter().map(|date| Some(date.kind.as_str())))
        .text("value", all.iter().map(|date| Some(date.value.as_str())))
        .text("mod", all.iter().map(|date| date.modifier.map(|modifier| modifier.as_str())))
        .text("freq", all.iter().map(|date| date.frequency.as_deref()))
        .moment("earliest", all.iter().map(|date| date.earliest))
        .moment("latest", all.iter().map(|date| date.latest))
        .text("relation", all.iter().map(|date| date.relation.map(|relation| relation.as_str())))
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
    let part = |document: &Document, span: Option<Span>| span.map(|span| span.of(document.text()).to_owned());
    let core: Vec<_> = all.iter().map(|(document, q)| part(document, Some(q.core))).collect();
    let cue: Vec<_> = all.iter().map(|(document, q)| part(document, q.cue)).collect();
    let counted: Vec<_> = all.iter().map(|(document, q)| part(document, q.counted)).collect();
    Columns::default()
        .text("doc", doc(&rows))
        .whole("quantity", rows.iter().map(|row| Some(row.index)))
        .whole("sentence", rows.iter().map(|row| row.document.sentence_at(row.span)))
        .spans(&rows)
        .text("core", core.iter().map(Option::as_deref))
        .text("kind", all.iter().map(|(_, q)| Some(q.kind.as_str())))
        .number("value", all.iter().map(|(_, q)| q.value))
        .number("low", all.iter().map(|(_, q)| q.low))
        .number("high", all.iter().map(|(_, q)| q.high))
        .text("bound", all.iter().map(|(_, q)| Some(q.bound.as_str())))
        .text("cue", cue.iter().map(Option::as_deref))
        .text("change", all.iter().map(|(_, q)| q.change.map(|change| change.as_str())))
        .text("unit", all.iter().map(|(_, q)| q.unit.as_deref()))
        .text("counted", counted.iter().map(Option::as_deref))
        .text("per", all.iter().map(|(_, q)| q.per.as_deref()))
        .number("si_value", all.iter().map(|(_, q)| q.si_value))
        .text("si_unit", all.iter().map(|(_, q)| q.si_unit.as_deref()))
        .whole("converts", all.iter().map(|(_, q)| q.converts))
        .number("relative_error", all.iter().map(|(_, q)| q.relative_error))
        .flag("agrees", all.iter().map(|(_, q)| q.agrees))
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
        .text("doc", doc(&rows))
        .whole("quote", rows.iter().map(|row| Some(row.index)))
        .whole("sentence", rows.iter().map(|row| row.document.sentence_at(row.span)))
        .spans(&rows)
        .text("kind", all.iter().map(|(_, quote)| Some(quote.kind.as_str())))
        .text("content", contents.iter().map(|content| Some(content.as_str())))
        .text("speaker", all.iter().map(|(document, quote)| words(document, quote.speaker)))
        .whole("speaker_start", all.iter().map(|(d, q)| at(d, q.speaker).map(|span| span.start)))
        .whole("speaker_end", all.iter().map(|(d, q)| at(d, q.speaker).map(|span| span.end)))
        .text("name", all.iter().map(|(document, quote)| words(document, quote.name)))
        .text("cue", all.iter().map(|(document, quote)| words(document, quote.cue)))
        .text("stance", all.iter().map(|(_, quote)| quote.stance.map(|stance| stance.as_str())))
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
    let published: Vec<_> =
        all.iter().map(|(d, _)| d.published().map(|published| published.day().to_string())).collect();
    let units: Vec<_> = all.iter().map(|(d, c)| c.unit(d.quantities())).collect();
    let block = |(d, c): &(&Document, &Claim)| d.sentences().get(c.sentence).map(|sentence| sentence.block);
    let columns = Columns::default()
        .text("doc", doc(&rows))
        .whole("claim", rows.iter().map(|row| Some(row.index)))
        .whole("block", all.iter().map(block))
        .whole("sentence", all.iter().map(|(_, c)| Some(c.sentence)))
        .spans(&rows)
        .text("source", all.iter().map(|(d, c)| words(d, c.source)))
        .text("source_name", all.iter().map(|(_, c)| c.source_name.as_deref()))
        .text("source_type", all.iter().map(|(_, c)| Some(c.source_kind.as_str())))
        .text("cue", all.iter().map(|(d, c)| words(d, c.cue)))
        .text("stance", all.iter().map(|(_, c)| Some(c.stance.as_str())))
        .flag("in_quotes", all.iter().map(|(_, c)| Some(c.in_quotes)))
        .text("via", all.iter().map(|(d, c)| words(d, c.via)))
        .text("what", all.iter().map(|(d, c)| words(d, c.what)))
        .text("predicate", all.iter().map(|(d, c)| words(d, c.predicate)))
        .text("actor", all.iter().map(|(d, c)| words(d, c.actor)))
        .number("value", all.iter().map(|(_, c)| c.value))
        .number("low", all.iter().map(|(_, c)| c.low))
        .number("high", all.iter().map(|(_, c)| c.high))
        .text("bound", all.iter().map(|row| counted(row).map(|q| q.bound.as_str())))
        .text("unit", units.iter().map(Option::as_deref))
        .text("kind", all.iter().map(|row| counted(row).map(|q| q.kind.as_str())))
        .number("value_si", all.iter().map(|row| counted(row)?.si_value))
        .text("unit_si", all.iter().map(|row| counted(row)?.si_unit.as_deref()))
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
        .text("published", published.iter().map(Option::as_deref))
        .text("place", all.iter().map(|row| place(row).map(|place| place.span.of(row.0.text()))))
        .number("lat", all.iter().map(|row| place(row)?.lat))
        .number("lon", all.iter().map(|row| place(row)?.lon))
        .finish_with(|name| !matches!(name, "doc" | "start" | "end" | "source_start" | "source_end" | "text"))
}

fn compare(rows: &[Row<'_>]) -> Vec<Group> {
    let documents: Vec<(&str, &Document)> = rows.iter().map(|row| (row.id, row.document)).collect();
    compare::compare(&documents)
}

/// The groups of claims about the same thing, a row a claim.
fn compared(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let groups = compare(rows);
    let numbered = groups.iter().enumerate();
    let all: Vec<(usize, &Group, &Compared)> =
        numbered.flat_map(|(n, group)| group.claims.iter().map(move |one| (n, group, one))).collect();
    let found = |one: &Compared| {
        let row = rows.get(one.document)?;
        let claim = row.document.claims().get(one.claim)?;
        Some((Found { id: row.id, document: row.document, index: one.claim, span: claim.span }, claim))
    };
    let (spans, claims): (Vec<Found<'_>>, Vec<&Claim>) =
        all.iter().filter_map(|(_, _, one)| found(one)).unzip();
    let place = |(row, claim): (&Found<'_>, &&Claim)| {
        claim.place.and_then(|place| row.document.entities().get(place)).map(|place| place.canonical.clone())
    };
    let places: Vec<Option<String>> = spans.iter().zip(&claims).map(place).collect();
    let via: Vec<Option<&str>> = spans
        .iter()
        .zip(&claims)
        .map(|(row, claim)| claim.via.map(|via| via.of(row.document.text())))
        .collect();
    topic(
        Columns::default().whole("group", all.iter().map(|(n, ..)| Some(*n))),
        all.iter().map(|(_, group, _)| *group),
    )
    .text("scope", all.iter().map(|(.., one)| one.scope.as_deref()))
    .flag("comparable", all.iter().map(|(.., one)| Some(one.comparable)))
    .text("party", all.iter().map(|(.., one)| Some(one.party.as_str())))
    .number("amount", all.iter().map(|(.., one)| Some(one.amount)))
    .number("low", all.iter().map(|(.., one)| Some(one.low)))
    .number("high", all.iter().map(|(.., one)| Some(one.high)))
    .moment("as_of", all.iter().map(|(.., one)| one.as_of))
    .text("doc", doc(&spans))
    .whole("claim", spans.iter().map(|row| Some(row.index)))
    .whole("sentence", claims.iter().map(|claim| Some(claim.sentence)))
    .spans(&spans)
    .text("source_name", claims.iter().map(|claim| claim.source_name.as_deref()))
    .text("source_type", claims.iter().map(|claim| Some(claim.source_kind.as_str())))
    .text("via", via.iter().copied())
    .text("stance", claims.iter().map(|claim| Some(claim.stance.as_str())))
    .text("place", places.iter().map(Option::as_deref))
    .finish()
}

/// What a group is about and what its claims make together.
fn topic<'g>(columns: Columns, groups: impl Iterator<Item = &'g Group> + Clone) -> Columns {
    columns
        .text("verdict", groups.clone().map(|group| Some(group.verdict.as_str())))
        .number("factor", groups.clone().map(|group| group.factor))
        .whole("sources", groups.clone().map(|group| Some(group.sources)))
        .text("event", groups.clone().map(|group| group.event.as_deref()))
        .text("what", groups.clone().map(|group| group.what.as_deref()))
        .text("whose", groups.clone().map(|group| group.whose.as_deref()))
        .text("country", groups.clone().map(|group| group.place.as_deref()))
        .text("unit", groups.map(|group| group.unit.as_deref()))
}

/// The groups of claims about the same thing, a row a group.
fn groups(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let groups = compare(rows);
    let amounts = |group: &Group| group.claims.iter().map(|one| one.amount).collect::<Vec<_>>();
    let least = |group: &Group| amounts(group).into_iter().reduce(f64::min);
    let most = |group: &Group| amounts(group).into_iter().reduce(f64::max);
    let documents = |group: &Group| {
        group.claims.iter().map(|one| one.document).collect::<std::collections::BTreeSet<_>>().len()
    };
    topic(Columns::default().whole("group", (0..groups.len()).map(Some)), groups.iter())
        .whole("claims", groups.iter().map(|group| Some(group.claims.len())))
        .whole("documents", groups.iter().map(|group| Some(documents(group))))
        .number("least", groups.iter().map(least))
        .number("most", groups.iter().map(most))
        .moment("first", groups.iter().map(|group| group.claims.iter().filter_map(|one| one.as_of).min()))
        .moment("last", groups.iter().map(|group| group.claims.iter().filter_map(|one| one.as_of).max()))
        .finish()
}

fn failures(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let failed: Vec<_> = rows.iter().filter_map(|row| row.error.map(|error| (row.id, error))).collect();
    Columns::default()
        .text("doc", failed.iter().map(|(id, _)| Some(*id)))
        .text("error", failed.iter().map(|(_, (kind, _))| Some(*kind)))
        .text("message", failed.iter().map(|(_, (_, message))| Some(*message)))
        .finish()
}
