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
    let verb = |at: &usize| is_main(page, *at) && own(*at);
    let subject = || heads_clause(page, part, low, sentence.to);
    let before = (low..part.from).rev().take_while(|at| page.lower(*at) != ";").find(verb);
    if let Some(at) = before.filter(|_| !subject()) {
        return with_subject(page, at, low);
    }
    let verbal = |at: usize| page.tag(at).is_verb() && !page.is(at, &NO_VERBS) || page.is_auxiliary(at);
    let after = (part.to..sentence.to).find(|at| verbal(*at) && own(*at));
    let Some(from) = after else { return (inside(page, part), page.first_subject(part)) };
    let to = (from..sentence.to)
        .find(|at| !page.is_auxiliary(*at) && page.tag(*at) != Tag::Adverb)
        .unwrap_or(from);
    let to = if page.tag(to).is_verb() { to + 1 } else { (from + 1).max(to) };
    (Some(Part::new(from, to)), None)
}

/// The group that ends with the verb at `at`, and its subject.
fn with_subject(page: &Page<'_>, at: usize, low: usize) -> (Option<Part>, Option<Part>) {
    let group = page.group_start(at, low);
    // "Kyiv has broken through, taking 40 miles", "was founded in 1998 and now has 40 shops": the subject is that of the verb
    // before.
    let lead = page.before_lead(group, low);
    let joined = lead > low && page.tag(lead - 1) == Tag::Conjunction;
    let hangs = page.tag(at) == Tag::Gerund && group > low && page.is_comma(group - 1) || joined;
    let clause = || hangs.then(|| page.first_subject(Part::new(low, group))).flatten();
    (Some(Part::new(group, at + 1)), page.subject_before(group, low).or_else(clause))
}

/// Whether a group of verbs ends here: with "has" of "has 40 ships", but neither "has" of "has sunk" nor "growing" of "a growing
/// fleet".
fn is_main(page: &Page<'_>, at: usize) -> bool {
    if page.is_auxiliary(at) {
        let small = |at: &usize| page.tag(*at) == Tag::Adverb || page.is(*at, &["not"]);
        let next = (at + 1..page.t.len()).find(|at| !small(at)).unwrap_or(at + 1);
        return page.tag(at) != Tag::Modal && !page.tag(next).is_verb() && !page.is_auxiliary(next);
    }
    // "in 28 towns including two ports", "war-torn towns", "a growing fleet", "published revised rules"
    let before = at.checked_sub(1);
    let hung = before.is_some_and(|dash| page.is(dash, &["-", "‑"]) && !page.spaced(at));
    let within = before.is_some_and(|before| {
        matches!(page.tag(before), Tag::Determiner | Tag::Adjective)
            || page.tag(at) == Tag::Participle
                && !page.is_auxiliary(before)
                && page.tag(before) != Tag::Adverb
    });
    let noun = page.tag(at + 1).is_nominal() || page.tag(at + 1) == Tag::Adjective;
    let attribute = within && noun;
    page.tag(at).is_verb() && !(page.is(at, &NO_VERBS) || hung || attribute)
}

/// Participles that do the work of prepositions.
const NO_VERBS: [&str; 3] = ["according", "compared", "including"];

/// "As the rebels left, 40 people were killed": the words are the subject of the verb behind them.
fn heads_clause(page: &Page<'_>, part: Part, low: usize, high: usize) -> bool {
    let article = part.from > low && page.tag(part.from - 1) == Tag::Determiner;
    let from = part.from - usize::from(article);
    let next = page.after_adverbials(part.to, high);
    let opens = from > low && (page.is_boundary(from, low) || page.is(from - 1, &SUBORDINATE));
    opens && next < high && (page.tag(next).is_finite() || page.is_auxiliary(next))
}

/// Words before a clause that are prepositions as well: "fled after thousands stormed the palace".
const SUBORDINATE: [&str; 9] =
    ["after", "although", "because", "before", "if", "since", "though", "until", "where"];

/// Tokens on either side of a date among which its verb is looked for.
const REACH: usize = 60;

/// The verb that a date belongs to, with its subject: the nearest before it in its clause, else the first after.
pub(super) fn dated(page: &Page<'_>, date: Part, clause: Part) -> (Option<Part>, Option<Part>) {
    // "They met to talk at the weekend": it is the meeting that was then.
    let tells = |at: &usize| {
        is_main(page, *at) && page.tag(page.group_start(*at, clause.from).saturating_sub(1)) != Tag::To
    };
    let before = (clause.from..date.from).rev().take(REACH).find(tells);
    let after = || (date.to..clause.to).take(REACH).find(tells);
    before.or_else(after).map_or((None, None), |at| with_subject(page, at, clause.from))
}

/// The verb within a clause that is the claim itself.
pub(super) fn inside(page: &Page<'_>, part: Part) -> Option<Part> {
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
pub(super) fn dates(
    page: &Page<'_>,
    found: &Found<'_>,
    span: Span,
    (sentence, predicate): (Span, Option<Part>),
    said: &Said,
) -> Dates {
    let all = found.dates;
    let from = all.partition_point(|date| date.span.start() < sentence.start());
    let to = all.partition_point(|date| date.span.start() < sentence.end());
    let within = |index: &usize| {
        all.get(*index).is_some_and(|date| {
            is_event(page, date) && !is_record(page, date) && shares(found, said, date.span)
        })
    };
    let here = (from..to).filter(within);
    let distance = |index: &usize| {
        let at = all.get(*index).map_or(0, |date| date.span.start());
        // What follows the quantity is more often its own: "from 2.2m in 2023 to 3.6m in 2024".
        if at >= span.start() { at.saturating_sub(span.end()) } else { (span.start() - at) * 2 }
    };
    // "Last month they freed 30 men, before the vote planned for 2010": a date that belongs to another verb comes second.
    let elsewhere = |index: &usize| {
        let date = all.get(*index).map(|date| date.span);
        date.zip(predicate).is_some_and(|(date, verb)| !shares_verb(page, date, sentence, verb))
    };
    let own = said.quote.and_then(|index| found.quotes.get(index));
    // "Sales fell in August, the office said on Friday": what is claimed happened in August.
    let claimed = |date: Span| own.is_some_and(|quote| quote.content.iter().any(|part| part.contains(date)));
    // "said in a report published on Tuesday that …": before what is said.
    let ahead = |date: Span| {
        let start = own.and_then(|quote| quote.content.first()).map_or(0, |part| part.start());
        said.cue.is_some_and(|cue| cue.end() <= date.start() && date.end() <= start)
    };
    let beside = |index: &usize| {
        all.get(*index)
            .is_some_and(|date| !claimed(date.span) && (ahead(date.span) || by_cue(page, date.span, said)))
    };
    let calendar = |index: &usize| all.get(*index).is_some_and(is_calendar);
    let mut near: Vec<usize> = here.clone().filter(|index| calendar(index) && !beside(index)).collect();
    near.sort_by_key(distance);
    let event = near.iter().copied().take(CHOICE).min_by_key(elsewhere);
    let statement = here.clone().filter(|index| calendar(index) && beside(index)).min_by_key(distance);
    // "in the past week" tells less than a day does.
    let recent = || here.filter(|index| !calendar(index)).min_by_key(distance);
    Dates { event: event.or_else(|| statement.is_none().then(recent).flatten()), statement }
}

/// Dates among which that of the claim's own verb is looked for, the nearest first.
const CHOICE: usize = 3;

/// Whether a date belongs to `verb`, or to none.
fn shares_verb(page: &Page<'_>, date: Span, sentence: Span, verb: Part) -> bool {
    let part = |span: Span| Part::new(page.t.from_byte(span.start()), page.t.from_byte(span.end()));
    let own = dated(page, part(date), part(sentence)).0;
    own.is_none_or(|own| own.from < verb.to && verb.from < own.to)
}

/// Whether a date stands in the same words as the claim: inside the same quotation, or outside all others.
fn shares(found: &Found<'_>, said: &Said, date: Span) -> bool {
    let after = found.quotes.partition_point(|quote| quote.span().start() <= date.start());
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
pub(super) fn owns_cue(quote: &Quote, date: Span) -> bool {
    quote
        .cue
        .is_some_and(|cue| cue.start().abs_diff(date.end()) <= 2 || date.start().abs_diff(cue.end()) <= 4)
}

/// Whether a date belongs to the cue: it stands outside the words that the cue brings.
fn by_cue(page: &Page<'_>, date: Span, said: &Said) -> bool {
    said.cue.is_some_and(|cue| beside(page, date, cue, said.speaker))
}

/// Whether nothing but small words stands between a date and a cue.
pub(super) fn beside(page: &Page<'_>, date: Span, cue: Span, speaker: Option<Span>) -> bool {
    // "Ruiz, who took office in January, said …" dates what is told of Ruiz.
    let before = speaker.filter(|speaker| speaker.end() <= date.start() && date.end() <= cue.start());
    let comma = before.map(|speaker| page.t.from_byte(speaker.end()));
    if comma.is_some_and(|at| page.is_comma(at) && page.tag(at + 1) == Tag::Wh) {
        return false;
    }
    let between = if date.end() <= cue.start() {
        Span::new(date.end(), cue.start())
    } else {
        Span::new(cue.end(), date.start())
    };
    let part = Part::new(page.t.from_byte(between.start()), page.t.from_byte(between.end()));
    // "said on Friday that": nothing but small words between; "In July, officials estimated": no verb.
    let quiet = |at: usize| !page.tag(at).is_verb() && page.lower(at) != "that" && page.tag(at) != Tag::Modal;
    let near = if date.end() <= cue.start() { 30 } else { 8 };
    part.to.saturating_sub(part.from) <= near && (part.from..part.to).all(quiet)
}

/// Whether something can have happened then: it is on the calendar, and nothing is only held against it.
pub(super) fn is_event(page: &Page<'_>, date: &Expression) -> bool {
    (is_calendar(date) || is_recent(page, date)) && !is_compared(page, date)
}

/// "lower than in 2019", "more likely than it was in 1976": what the claim is held against.
fn is_compared(page: &Page<'_>, date: &Expression) -> bool {
    let from = page.t.from_byte(date.span.start());
    let near = from.saturating_sub(COMPARED)..from;
    let small = |at: usize| page.is_preposition(at) || page.is_auxiliary(at) || page.tag(at) == Tag::Pronoun;
    let than = |at: &usize| {
        page.is(*at, &["than"]) || page.is(*at, &["with", "to"]) && *at > 0 && page.is(at - 1, &["compared"])
    };
    near.rev().find(|at| than(at) || !small(*at)).is_some_and(|at| than(&at))
}

/// "the most since March", "the deadliest day since fighting began on 10 May": how long it was not so.
pub(super) fn is_record(page: &Page<'_>, date: &Expression) -> bool {
    let from = page.t.from_byte(date.span.start());
    let before = |at: usize| (at.saturating_sub(COMPARED)..at).rev().take_while(|at| !page.is_comma(*at));
    let most = |at: usize| {
        page.is(at, &["most", "first", "worst", "best"])
            || page.tag(at) == Tag::Adjective && page.lower(at).ends_with("est")
    };
    before(from + 1).find(|at| page.is(*at, &["since"])).is_some_and(|since| before(since).any(most))
}

/// Tokens before a date that may say what is held against it.
const COMPARED: usize = 6;

/// Whether an event can be told by it alone: "currently" and "at the time" say little, and "the 2024 fire" says which fire.
pub(super) fn dates_event(page: &Page<'_>, date: &Expression) -> bool {
    let placed = date.earliest.is_some() || date.latest.is_some() || is_recent(page, date);
    placed && is_event(page, date) && !is_attributive(page, date) && !is_nowadays(page, date)
}

/// "Buyers today have more to spend"
fn is_nowadays(page: &Page<'_>, date: &Expression) -> bool {
    let at = page.t.from_byte(date.span.start());
    page.is(at, &["today"]) && matches!(page.tag(at + 1), Tag::Base | Tag::Third)
}

/// "the 2024 fire", "a January peace deal", "last year’s vote"
fn is_attributive(page: &Page<'_>, date: &Expression) -> bool {
    let text = page.t.text();
    let (from, mut to) = (page.t.from_byte(date.span.start()), page.t.from_byte(date.span.end()));
    // "the 2025/2026 budget"
    if page.is(to, &["/"]) && page.tag(to + 1) == Tag::Number {
        to += 2;
    }
    let owns =
        text.get(date.span.end()..).is_some_and(|rest| rest.starts_with("'s") || rest.starts_with("’s"));
    let names = |at: usize| page.tag(at).is_nominal() && page.spaced(at);
    let noun = names(to) || page.tag(to) == Tag::Adjective && names(to + 1);
    let within = |at: usize| {
        matches!(page.tag(at), Tag::Determiner | Tag::Adjective | Tag::Participle)
            || crate::token::owner(page.lower(at)).is_some()
    };
    owns || noun && from.checked_sub(1).is_some_and(within)
}

/// Whether it is a point or a stretch on the calendar, or now.
pub(super) fn is_calendar(date: &Expression) -> bool {
    matches!(date.kind, Kind::Date | Kind::Time)
}

/// "recent days", "the past week": a stretch that ends now.
pub(super) fn is_recent(page: &Page<'_>, date: &Expression) -> bool {
    let at = page.t.from_byte(date.span.start());
    date.kind == Kind::Duration
        && (at.saturating_sub(1)..at + 2)
            // "The tyres last two years": a verb.
            .any(|at| page.is(at, &["recent", "past", "last"]) && !page.tag(at).is_verb())
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
