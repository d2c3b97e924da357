//! The rules that hold for every document, whatever it was read from. The fuzz targets read this file too.

use copydesk::document::Document;
use copydesk::text::{Span, Text};

/// Reads all stages of `document`; panics where a rule is broken.
pub fn check(document: &Document) {
    alignment(&document.markup().text, &document.source().string);
    blocks(document);
    sentences(document);
    names(document);
    dates(document);
    quantities(document);
    quotes(document);
    claims(document);
}

/// A span of the text, and its places as Python sees them.
fn within(document: &Document, span: Span) {
    let text = document.text();
    assert!(text.get(span.start()..span.end()).is_some(), "{span:?} of {} bytes", text.len());
    let points = document.code_points(span);
    assert_eq!(points.len(), span.of(text).chars().count(), "{span:?}");
    let (read, string) = (document.source_code_points(span), &document.source().string);
    assert!(read.start() <= read.end() && read.end() <= string.chars().count(), "{span:?} read at {read:?}");
}

fn all_within(document: &Document, spans: impl IntoIterator<Item = Option<Span>>) {
    spans.into_iter().flatten().for_each(|span| within(document, span));
}

/// The runs cover the text without a gap, their sources follow each other, and a verbatim run is its source.
fn alignment(text: &Text, source: &str) {
    let (mut end, mut read) = (0, 0);
    for run in text.alignment().runs() {
        assert_eq!(run.text.start(), end, "{run:?}");
        end = run.text.end();
        let piece = run.text;
        assert!(text.as_str().get(piece.start()..piece.end()).is_some(), "{run:?}");
        let raw = source.get(run.source.start()..run.source.end());
        assert!(raw.is_some(), "{run:?}");
        assert!(run.source.start() >= read, "{run:?} begins before {read}");
        read = run.source.end();
        assert!(!run.is_verbatim() || same(raw.unwrap(), piece.of(text.as_str())), "{run:?}: {raw:?}");
    }
    assert_eq!(end, text.len());
}

/// Whether a text is its source, white space aside: a line feed of the source may be a space, and what parts two blocks
/// stands for whatever was between them. `&#0` is as long as the U+FFFD that it means.
fn same(raw: &str, text: &str) -> bool {
    let mut rest = raw.chars();
    let alike = |b: char| match rest.as_str().strip_prefix("&#0") {
        Some(after) if b == char::REPLACEMENT_CHARACTER => {
            rest = after.chars();
            true
        }
        _ => rest.next().is_some_and(|a| a == b || b.is_whitespace()),
    };
    text.chars().all(alike) && rest.as_str().is_empty()
}

/// In order and disjoint, in the text; never backwards in the source.
fn ordered(document: &Document, spans: impl IntoIterator<Item = Span>) {
    let (mut end, mut read) = (0, 0);
    for span in spans {
        within(document, span);
        let source = document.source_code_points(span).start();
        assert!(span.start() >= end && source >= read, "{span:?} after {end}, read at {source} after {read}");
        (end, read) = (span.end(), source);
    }
}

fn blocks(document: &Document) {
    let markup = document.markup();
    ordered(document, markup.blocks.iter().map(|block| block.span));
    all_within(document, markup.links.iter().map(|link| Some(link.span)));
    all_within(document, markup.inlines.iter().map(|inline| Some(inline.span)));
    for left in &markup.dropped {
        let read = document.in_source(left.source);
        assert!(read.end() <= document.source().string.chars().count(), "{left:?}");
    }
}

/// Sentences hold all of the text but white space, each in its block.
fn sentences(document: &Document) {
    ordered(document, document.sentences().iter().map(|sentence| sentence.span));
    let mut end = 0;
    for sentence in document.sentences() {
        let block = &document.markup().blocks[sentence.block];
        assert!(block.span.contains(sentence.span) && !sentence.span.is_empty(), "{sentence:?} in {block:?}");
        assert!(Span::new(end, sentence.span.start()).of(document.text()).trim().is_empty(), "{sentence:?}");
        end = sentence.span.end();
    }
    assert!(Span::new(end, document.text().len()).of(document.text()).trim().is_empty());
}

fn names(document: &Document) {
    ordered(document, document.entities().iter().map(|entity| entity.span));
    for entity in document.entities() {
        all_within(document, [entity.role]);
        assert!(!entity.span.is_empty() && !entity.canonical.is_empty(), "{entity:?}");
        assert!(entity.lat().is_none_or(|lat| lat.abs() <= 90.0), "{entity:?}");
        assert!(entity.lon().is_none_or(|lon| lon.abs() <= 180.0), "{entity:?}");
        assert_eq!(entity.lat().is_some(), entity.lon().is_some(), "{entity:?}");
    }
}

fn dates(document: &Document) {
    ordered(document, document.dates().iter().map(|date| date.span));
    for date in document.dates() {
        assert!(!date.span.is_empty() && !date.value.is_empty(), "{date:?}");
        let backwards = date.earliest.zip(date.latest).is_some_and(|(from, to)| from > to);
        assert!(!backwards, "{date:?}");
    }
}

fn low_and_high(low: Option<f64>, value: Option<f64>, high: Option<f64>) -> bool {
    let ends = [low, value, high];
    let numbers: Vec<f64> = ends.into_iter().flatten().collect();
    numbers.iter().all(|number| number.is_finite()) && numbers.is_sorted()
}

fn quantities(document: &Document) {
    let all = document.quantities();
    ordered(document, all.iter().map(|quantity| quantity.span));
    for (index, quantity) in all.iter().enumerate() {
        all_within(document, [Some(quantity.core), quantity.cue, quantity.counted]);
        assert!(quantity.span.contains(quantity.core) && !quantity.core.is_empty(), "{quantity:?}");
        assert!(low_and_high(quantity.low, quantity.value, quantity.high), "{quantity:?}");
        assert!(quantity.si_value.is_none_or(f64::is_finite), "{quantity:?}");
        assert!(
            quantity.relative_error().is_none_or(|error| error.is_finite() && error >= 0.0),
            "{quantity:?}"
        );
        let other = quantity.converts().map(|other| &all[other]);
        assert!(other.is_none_or(|other| other.converts() == Some(index)), "{quantity:?} and {other:?}");
    }
}

fn quotes(document: &Document) {
    for quote in document.quotes() {
        within(document, quote.span());
        ordered(document, quote.content.iter().copied());
        all_within(document, [quote.speaker, quote.name, quote.cue]);
        assert!(
            !quote.content.is_empty() && quote.content.iter().all(|content| !content.is_empty()),
            "{quote:?}"
        );
    }
}

fn claims(document: &Document) {
    for claim in document.claims() {
        all_within(document, [Some(claim.span), claim.source, claim.cue, claim.via, claim.what, claim.of]);
        all_within(document, [claim.predicate, claim.actor]);
        assert!(low_and_high(claim.low, claim.value, claim.high), "{claim:?}");
        let held = |index: Option<usize>, len: usize| index.is_none_or(|index| index < len);
        assert!(claim.sentence < document.sentences().len(), "{claim:?}");
        assert!(held(claim.quantity, document.quantities().len()), "{claim:?}");
        assert!(held(claim.twin, document.quantities().len()), "{claim:?}");
        assert!(held(claim.quote, document.quotes().len()), "{claim:?}");
        assert!(held(claim.event_date, document.dates().len()), "{claim:?}");
        assert!(held(claim.statement_date, document.dates().len()), "{claim:?}");
        assert!(held(claim.place, document.entities().len()), "{claim:?}");
    }
}
