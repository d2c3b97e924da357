//! The clause of a claim: its verb, its actor, its dates.

use super::Found;
use super::source::Said;
use crate::date::{Expression, Kind};
use crate::quote::{Page, Part, Quote};
use crate::tag::Tag;
use crate::text::Span;

/// The verb of the clause that `part` stands in, and its subject: the nearest one before, else the next one after.
pub(super) fn verb(
    page: &Page<'_>,
    part: Part,
    sentence: Part,
    cue: Option<Part>,
) -> (Option<Part>, Option<Part>) {
    let own = |at: usize| !cue.is_some_and(|cue| cue.from <= at && at < cue.to);
    let low = cue.filter(|cue| cue.to <= part.from).map_or(sentence.from, |cue| cue.to.max(sentence.from));
    let verb = |at: &usize| page.tag(*at).is_verb() && own(*at) && !page.is_auxiliary(*at);
    if let Some(at) = (low..part.from).rev().take_while(|at| page.lower(*at) != ";").find(verb) {
        let group = page.group_start(at, low);
        // "Kyiv has broken through, taking 40 miles": the subject of a participle is that of the clause before.
        let hangs = page.tag(at) == Tag::Gerund && group > low && page.is_comma(group - 1);
        let clause = || hangs.then(|| page.first_subject(Part::new(low, group))).flatten();
        return (Some(Part::new(group, at + 1)), page.subject_before(group, low).or_else(clause));
    }
    let after =
        (part.to..sentence.to).find(|at| (page.tag(*at).is_verb() || page.is_auxiliary(*at)) && own(*at));
    let Some(from) = after else { return (inside(page, part), page.first_subject(part)) };
    let to = (from..sentence.to)
        .find(|at| !page.is_auxiliary(*at) && page.tag(*at) != Tag::Adverb)
        .unwrap_or(from);
    let to = if page.tag(to).is_verb() { to + 1 } else { (from + 1).max(to) };
    (Some(Part::new(from, to)), None)
}

/// The verb within a clause that is the claim itself.
fn inside(page: &Page<'_>, part: Part) -> Option<Part> {
    let from = (part.from..part.to).find(|at| page.tag(*at).is_finite() || page.is_auxiliary(*at))?;
    let rest = |at: &usize| !page.is_auxiliary(*at) && page.tag(*at) != Tag::Adverb;
    let verb = (from..part.to).find(rest).filter(|at| page.tag(*at).is_verb());
    let to = verb.map_or(from, |verb| verb) + 1;
    Some(Part::new(page.group_start(from, part.from), to))
}

/// The dates of a claim, by their index.
#[derive(Clone, Copy, Default)]
pub(super) struct Dates {
    pub event: Option<usize>,
    pub statement: Option<usize>,
}

/// The date of the event is one within the words that are claimed; the date of the statement one that stands beside the cue.
pub(super) fn dates(page: &Page<'_>, found: &Found<'_>, span: Span, sentence: Span, said: &Said) -> Dates {
    let all = found.dates;
    let from = all.partition_point(|date| date.span.start < sentence.start);
    let to = all.partition_point(|date| date.span.start < sentence.end);
    let within = |index: &usize| {
        all.get(*index).is_some_and(|date| is_calendar(date) && shares(found, said, date.span))
    };
    let here = (from..to).filter(within);
    let distance = |index: &usize| {
        let at = all.get(*index).map_or(0, |date| date.span.start);
        // What follows the quantity is more often its own.
        if at >= span.start { at - span.start } else { (span.start - at) * 2 }
    };
    let beside = |index: &usize| {
        said.cue.is_some() && all.get(*index).is_some_and(|date| by_cue(page, date.span, said))
    };
    Dates {
        event: here.clone().filter(|index| !beside(index)).min_by_key(distance),
        statement: here.filter(|index| beside(index)).min_by_key(distance),
    }
}

/// Whether a date stands in the same words as the claim: inside the same quotation, or outside all others.
fn shares(found: &Found<'_>, said: &Said, date: Span) -> bool {
    let after = found.quotes.partition_point(|quote| quote.span().start <= date.start);
    let near =
        found.quotes.get(after.saturating_sub(4)..found.quotes.len().min(after + 3)).unwrap_or_default();
    let holds =
        |quote: &Quote| quote.stance.is_some() && quote.content.iter().any(|part| part.contains(date));
    let own = said.quote.and_then(|index| found.quotes.get(index));
    own.is_some_and(holds)
        || !near
            .iter()
            .any(|quote| holds(quote) || own.is_some() && owns_cue(quote, date) && own != Some(quote))
}

/// Whether a date stands right before or after the cue of another's words.
fn owns_cue(quote: &Quote, date: Span) -> bool {
    quote.cue.is_some_and(|cue| cue.start.abs_diff(date.end) <= 2 || date.start.abs_diff(cue.end) <= 4)
}

/// Whether a date belongs to the cue: it stands outside the words that the cue brings.
fn by_cue(page: &Page<'_>, date: Span, said: &Said) -> bool {
    said.cue.is_some_and(|cue| beside(page, date, cue))
}

/// Whether nothing but small words stands between a date and a cue.
pub(super) fn beside(page: &Page<'_>, date: Span, cue: Span) -> bool {
    let between =
        if date.end <= cue.start { Span::new(date.end, cue.start) } else { Span::new(cue.end, date.start) };
    let part = Part::new(page.t.from_byte(between.start), page.t.from_byte(between.end));
    // "said on Friday that": nothing but small words between; "In July, officials estimated": no verb.
    let quiet = |at: usize| !page.tag(at).is_verb() && page.lower(at) != "that" && page.tag(at) != Tag::Modal;
    let near = if date.end <= cue.start { 30 } else { 8 };
    part.to.saturating_sub(part.from) <= near && (part.from..part.to).all(quiet)
}

/// Whether it is a point or a stretch on the calendar, or now.
pub(super) fn is_calendar(date: &Expression) -> bool {
    matches!(date.kind, Kind::Date | Kind::Time)
}

/// "recent days", "the past week": a stretch that ends now.
pub(super) fn is_recent(page: &Page<'_>, date: &Expression) -> bool {
    let at = page.t.from_byte(date.span.start);
    date.kind == Kind::Duration
        && (at.saturating_sub(1)..at + 2).any(|at| page.is(at, &["recent", "past", "last"]))
}

/// The clause around `date`: between commas that part clauses, and with a verb of its own.
pub(super) fn around(page: &Page<'_>, date: Part, sentence: Part) -> Option<Part> {
    let parts =
        |at: &usize| page.lower(*at) == ";" || page.is_comma(*at) && page.clause_opens(*at + 1, sentence.to);
    let from = (sentence.from..date.from).rev().find(parts).map_or(sentence.from, |at| at + 1);
    let to = (date.to + 1..sentence.to).find(parts).unwrap_or(sentence.to);
    let verbal = |part: Part| (part.from..part.to).any(|at| page.tag(at).is_finite());
    let clause = if verbal(Part::new(from, to)) { Part::new(from, to) } else { sentence };
    let clause = page.trimmed(clause);
    (!clause.is_empty() && verbal(clause)).then_some(clause)
}
