//! Over the whole text: quotations that go on without a cue, and those that nobody said.

use super::attribute::{self, Found};
use super::cue::is_negative;
use super::marks::Quoted;
use super::page::{Page, Part, Unit};
use crate::tag::Tag;

/// Lines after which a speaker no longer runs on.
const LINES: usize = 2;

/// The one who spoke last.
#[derive(Clone, Copy)]
struct Running {
    speaker: Part,
    line: usize,
    found: usize,
}

/// The attributions of all units, then what is left of the quotations.
pub(super) fn attributed(page: &Page<'_>, units: &[Unit]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut running: Option<Running> = None;
    let mut before: Option<Unit> = None;
    for unit in units {
        let from = found.len();
        if let Some(line) = introduced_line(page, *unit) {
            running = line.speaker.map(|speaker| Running { speaker, line: unit.line, found: found.len() });
            found.push(line);
            before = Some(*unit);
            continue;
        }
        attribute::attributed(page, *unit, &mut found);
        loose(page, *unit, before, &mut running, from, &mut found);
        // "He did not suggest a reply": who has not spoken does not speak on.
        let silent = |one: &Found| one.cue.is_some_and(|cue| is_negative(page, cue));
        let spoken = |(_, one): &(usize, &Found)| one.spoken && one.speaker.is_some() && !silent(one);
        if let Some((index, one)) = found.iter().enumerate().skip(from).rfind(spoken)
            && let Some(speaker) = one.speaker
        {
            running = Some(Running { speaker, line: unit.line, found: index });
        }
        before = Some(*unit);
    }
    found
}

/// The quotations of `unit` that no cue of it has claimed.
fn loose(
    page: &Page<'_>,
    unit: Unit,
    before: Option<Unit>,
    running: &mut Option<Running>,
    from: usize,
    found: &mut Vec<Found>,
) {
    let claimed = |quoted: &Quoted, found: &[Found]| {
        found
            .iter()
            .rev()
            .take(40)
            .any(|one| one.content.iter().any(|part| part.from < quoted.to && quoted.from < part.to))
    };
    let bare = is_bare(page, unit.part);
    let mut at = unit.part.from;
    while at < unit.part.to {
        let Some(quoted) = page.opening(at) else {
            at += 1;
            continue;
        };
        at = quoted.to.max(at + 1);
        if claimed(&quoted, found) {
            continue;
        }
        let part = Part::new(quoted.from, quoted.to);
        if is_noted(page, Part::new(quoted.first, quoted.last)) {
            found.push(Found { scare: true, ..one(part, None, None) });
        } else if let Some((speaker, cue)) = signed(page, quoted) {
            found.push(one(part, Some(speaker), Some(cue)));
        } else if bare
            && page.line_from(unit.part.from).is_some_and(|line| line.to <= quoted.to)
            && page.is_title(quoted)
        {
            found.push(Found { scare: true, ..one(part, None, None) });
        } else if bare {
            free(page, part, unit, before, running, found);
        } else if let Some(speaker) = introduced(page, unit, quoted) {
            found.push(one(part, Some(speaker), Some(Part::new(quoted.from - 1, quoted.from))));
        } else {
            found.push(Found { scare: true, ..one(part, None, None) });
        }
    }
    let _ = from;
}

/// "WALLACE: Let’s start …", and at the head of an article "Sanders: Clinton needs …".
fn introduced_line(page: &Page<'_>, unit: Unit) -> Option<Found> {
    let start = unit.part.from + usize::from(page.opening(unit.part.from).is_some());
    if page.line_start(unit.line) != unit.part.from {
        return None;
    }
    let colon =
        (start + 1..unit.part.to.min(start + 6)).find(|at| page.lower(*at) == ":" && !page.spaced(*at))?;
    let loud = (start..colon).all(|at| page.is_loud(at));
    let head = unit.part.from == 0 && (start..colon).all(|at| page.tag(at).is_nominal());
    let rest = Part::new(colon + 1, if loud { page.line_from(unit.part.from)?.to } else { unit.part.to });
    // "PRICE: $40-$60" is a label: talk ends as a sentence does.
    let ends = |last: usize| page.ends_sentence(last) || page.is_quoted(last) || page.lower(last) == ")";
    // "RUIZ: [CROSSTALK]"
    let said = page.trimmed(rest);
    // "Winter: …" says nothing.
    let talk = !said.is_empty()
        && page.spaced(colon + 1)
        && !is_noted(page, rest)
        && (head && !loud || ends(rest.to - 1));
    (talk && (loud || head))
        .then(|| one(said, Some(Part::new(start, colon)), Some(Part::new(colon, colon + 1))))
}

/// "[CROSSTALK]"
fn is_noted(page: &Page<'_>, part: Part) -> bool {
    page.is(part.from, &["[", "("]) && page.is(part.to.saturating_sub(1), &["]", ")"])
}

fn one(part: Part, speaker: Option<Part>, cue: Option<Part>) -> Found {
    Found { content: vec![part], speaker, cue, stance: None, spoken: true, nests: true, scare: false }
}

/// "“It was cold.” ― Ana Ruiz": a name behind a dash, to the end of the line.
fn signed(page: &Page<'_>, quoted: Quoted) -> Option<(Part, Part)> {
    let dash = Some(quoted.to).filter(|at| quoted.is_closed() && page.is_dash(*at))?;
    let from = if page.is_dash(dash + 1) { dash + 2 } else { dash + 1 };
    let name = page.capitals(from, from + 6)?;
    let ends = page.is_line_start(name.to)
        || page.is_comma(name.to)
        || page.ends_sentence(name.to) && page.is_line_start(name.to + 1);
    ends.then(|| (name, Part::new(dash, from)))
}

/// Whether there is nothing in `part` but quotations.
fn is_bare(page: &Page<'_>, part: Part) -> bool {
    (part.from..part.to).all(|at| page.is_quoted(at) || page.tag(at) == Tag::Mark)
}

/// A sentence that is all quotation: the one before goes on, or the last speaker does.
fn free(
    page: &Page<'_>,
    part: Part,
    unit: Unit,
    before: Option<Unit>,
    running: &mut Option<Running>,
    found: &mut Vec<Found>,
) {
    let near = running.filter(|running| unit.line <= running.line + LINES);
    let other = near.and_then(|last| turned_to(page, unit, before, last));
    if let Some(last) = near.filter(|_| other.is_none()) {
        let goes_on = last.line == unit.line || left_open(page, unit);
        let quotes = found
            .get(last.found)
            .is_some_and(|one| one.content.last().is_some_and(|part| page.is_quoted(part.to - 1)));
        if let Some(one) = found.get_mut(last.found).filter(|_| goes_on && quotes) {
            one.content.push(part);
        } else {
            found.push(one(part, Some(last.speaker), None));
        }
        *running = Some(Running { line: unit.line, ..last });
        return;
    }
    let speaker = other.or_else(|| before.and_then(|before| person(page, before)));
    if let Some(speaker) = speaker.filter(|_| other.is_some()) {
        *running = Some(Running { speaker, line: unit.line, found: found.len() });
    }
    found.push(one(part, speaker, None));
}

/// "… Ruiz said.\nLee called the plan unfair. “It is.”": the sentence before, in the same line, turns to another.
fn turned_to(page: &Page<'_>, unit: Unit, before: Option<Unit>, last: Running) -> Option<Part> {
    let before = before.filter(|before| before.line == unit.line && last.line < unit.line)?;
    let named = |part: &Part| (part.from..part.to).any(|at| page.tag(at) == Tag::Name);
    person(page, before).filter(named)
}

/// The person that a sentence is about.
fn person(page: &Page<'_>, unit: Unit) -> Option<Part> {
    page.first_subject(unit.part).filter(|subject| is_person(page, *subject))
}

/// Whether the line before ends in a quotation without its closing mark.
fn left_open(page: &Page<'_>, unit: Unit) -> bool {
    let Some(last) = page.line_start(unit.line).checked_sub(1) else { return false };
    page.quotation(last).and_then(|index| page.quoted.get(index)).is_some_and(|quoted| !quoted.is_closed())
}

/// "Trump was blunt: “No.”", "Smith: “No.”"
fn introduced(page: &Page<'_>, unit: Unit, quoted: Quoted) -> Option<Part> {
    let colon = quoted.from.checked_sub(1).filter(|at| page.lower(*at) == ":" && *at > unit.part.from)?;
    let lead = Part::new(unit.part.from, colon);
    page.first_subject(lead)
        .or_else(|| page.phrase_before(colon, lead.from).filter(|phrase| phrase.from == lead.from))
}

fn is_person(page: &Page<'_>, part: Part) -> bool {
    (part.from..part.to).any(|at| page.tag(at) == Tag::Name)
        || page.is(part.from, &["he", "she", "they", "i", "we"])
}
