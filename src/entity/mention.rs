//! Names as the model, the lists and the user tell them, before they are joined.

use super::atom::{Atom, Case, Kept, Line, Lines};
use super::label::Label;
use super::lexicon::flag;
use super::lists::{self, Lists};
use super::model::{self, Model, Name, Tag};
use super::names::Names;
use super::reading::Reading;
use crate::limits::MAX_NAME_BYTES;
use crate::text::Span;

/// A name at one place of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub span: Span,
    pub label: Label,
    /// The line it stands in, and its tokens there.
    pub line: usize,
    pub start: usize,
    pub end: usize,
}

/// The name of `count` words from `place` on, in small letters.
pub(super) fn small(text: &str, atoms: &[Atom]) -> String {
    let words: Vec<String> = atoms.iter().map(|atom| atom.span.of(text).to_lowercase()).collect();
    words.join(" ")
}

/// All names of the text, in order and disjoint.
pub(super) fn mentions(text: &str, lines: &Lines<'_>, names: &Names) -> Vec<Mention> {
    let mut reading = Reading::of(Model::shipped(), lines);
    let mut found = Vec::new();
    lines.each(|number, line| {
        let tags = reading.again(line);
        let mut here = of_line(text, number, line, &tags);
        put(&mut here, towns(text, number, line, &tags));
        let listed = listed(text, number, line, &here);
        put(&mut here, listed);
        put(&mut here, names.found(text, number, line));
        found.append(&mut here);
    });
    found
}

/// Puts names in, over what they overlap.
fn put(found: &mut Vec<Mention>, over: Vec<Mention>) {
    if over.is_empty() {
        return;
    }
    found.retain(|old| beside(&over, old.span).is_none());
    found.extend(over);
    found.sort_by_key(|mention| mention.span.start());
}

/// The first of these names, which are in order and disjoint, that shares a byte with `span`.
fn beside(names: &[Mention], span: Span) -> Option<&Mention> {
    let first = names.partition_point(|name| name.span.end() <= span.start());
    names.get(first).filter(|name| name.span.overlaps(span))
}

fn of_line(text: &str, number: usize, line: &Line, tags: &[Tag]) -> Vec<Mention> {
    let lists = lists::english();
    let mut found = Vec::new();
    for name in joined(text, line, model::names(tags)) {
        let kind = model::KINDS.get(name.kind).copied().unwrap_or("ORG");
        let (start, end) = trimmed(text, &line.atoms, name.start, name.end, kind, lists);
        let Some(atoms) = line.atoms.get(start..end) else { continue };
        let (Some(first), Some(last)) = (atoms.first(), atoms.last()) else { continue };
        let label = match kind {
            "PER" => Label::Person,
            "ORG" if is_country(text, line, name.start, atoms) => Label::Gpe,
            "ORG" if lists.fac_names.contains(small(text, atoms).as_str()) => Label::Fac,
            "ORG" => Label::Org,
            "NORP" => Label::Norp,
            _ => place_label(text, atoms, lists),
        };
        let long = last.span.end() - first.span.start() > MAX_NAME_BYTES;
        if long || is_office(text, &line.atoms, start, end) {
            continue;
        }
        let span = Span::new(first.span.start(), last.span.end());
        found.push(Mention { span, label, line: number, start, end });
    }
    found
}

/// The names with "Reserve Bank" and "India" made one where "of" stands between them.
fn joined(text: &str, line: &Line, names: Vec<Name>) -> Vec<Name> {
    let mut joined: Vec<Name> = Vec::with_capacity(names.len());
    for name in names {
        match joined.last_mut() {
            Some(org) if org.kind == 1 && name.kind == 2 && heads(text, line, org.end, name.start) => {
                org.end = name.end
            }
            _ => joined.push(name),
        }
    }
    joined
}

/// Whether the word before `from` heads names that go on with "of", and "of" or "of the" stands between `from` and `to`.
fn heads(text: &str, line: &Line, from: usize, to: usize) -> bool {
    let word = |at: usize| line.atoms.get(at).map_or("", |atom| atom.span.of(text));
    let between = word(from) == "of" && (to == from + 1 || (to == from + 2 && word(from + 1) == "the"));
    let head = from.checked_sub(1).map_or("", word);
    between
        && matches!(
            head,
            "Bank"
                | "University"
                | "Institute"
                | "Council"
                | "Federation"
                | "Confederation"
                | "Association"
                | "Union"
                | "Court"
                | "Church"
                | "Bureau"
                | "Party"
                | "League"
                | "Academy"
                | "College"
                | "Chamber"
                | "Society"
                | "Organization"
                | "Organisation"
        )
}

/// A country is a place, whoever acts for it; but a country in a table of results is where it was.
fn is_country(text: &str, line: &Line, start: usize, atoms: &[Atom]) -> bool {
    let name = small(text, atoms).replace(" .", ".");
    let country = atoms.iter().all(|atom| atom.word.flags & flag::COUNTRY != 0 || atom.case != Case::Title);
    country && (line.style == 0 || start == 0) && super::place::is_country(&name)
}

/// "Secretary of State" names an office, and its "State" nothing.
fn is_office(text: &str, atoms: &[Atom], start: usize, end: usize) -> bool {
    let word = |back: usize| {
        start.checked_sub(back).and_then(|at| atoms.get(at)).map_or("", |atom| atom.span.of(text))
    };
    let alone = end == start + 1 && matches!(word(0), "State" | "STATE" | "Staff");
    alone
        && word(1).eq_ignore_ascii_case("of")
        && matches!(word(2), "Secretary" | "SECRETARY" | "Secretaries" | "Chief" | "Chiefs")
}

/// The tokens of a name without article, and without title where it is a person's.
fn trimmed(
    text: &str,
    atoms: &[Atom],
    mut start: usize,
    end: usize,
    kind: &str,
    lists: &Lists,
) -> (usize, usize) {
    while start + 1 < end {
        let Some(atom) = atoms.get(start) else { break };
        let word = atom.span.of(text).to_lowercase();
        let article = matches!(word.as_str(), "the" | "a" | "an") && atom.case != Case::Letter;
        let title = kind == "PER" && lists.role_words.contains(word.as_str());
        // "Gen. Lee": the full stop goes with the title.
        let stop = kind == "PER" && word == ".";
        if !(article || title || stop) {
            break;
        }
        start += 1;
    }
    (start, end)
}

fn place_label(text: &str, atoms: &[Atom], lists: &Lists) -> Label {
    let name = small(text, atoms);
    let word = |atom: Option<&Atom>| atom.map(|atom| atom.span.of(text).to_lowercase()).unwrap_or_default();
    let (first, last) = (word(atoms.first()), word(atoms.last()));
    if lists.fac_names.contains(name.as_str()) {
        return Label::Fac;
    }
    if lists.loc_names.contains(name.as_str()) {
        return Label::Loc;
    }
    if atoms.len() > 1
        && (lists.fac_heads.contains(last.as_str()) || matches!(first.as_str(), "fort" | "camp" | "raf"))
    {
        return Label::Fac;
    }
    if atoms.len() > 1
        && (lists.loc_heads.contains(last.as_str()) || lists.loc_firsts.contains(first.as_str()))
    {
        return if super::place::is_country(&name) { Label::Gpe } else { Label::Loc };
    }
    Label::Gpe
}

/// Words with a capital that the model leaves alone though the gazetteer knows them and nothing else does: "They retook Kupiansk."
fn towns(text: &str, number: usize, line: &Line, tags: &[Tag]) -> Vec<Mention> {
    let mut found = Vec::new();
    if line.style != 0 {
        return found;
    }
    let capital =
        |at: Option<usize>| at.and_then(|at| line.atoms.get(at)).is_some_and(|atom| atom.case.is_capital());
    for (place, (atom, tag)) in line.atoms.iter().zip(tags).enumerate() {
        let alone = *tag == 0 && atom.case == Case::Title && !atom.first && atom.len > 3;
        let known = atom.word.flags & !flag::TOWN & !flag::CITY & !(1 << 13) != 0;
        if !alone || known || capital(place.checked_sub(1)) || capital(Some(place + 1)) {
            continue;
        }
        let glued = line.atoms.get(place + 1).is_some_and(|next| next.case != Case::Mark && !next.spaced);
        let meant = || match atom.in_place {
            Some(word) => super::place::of_key(super::place::joined(super::place::NO_WORDS, word)),
            None => super::place::candidates(atom.span.of(text)),
        };
        if !glued && meant().iter().any(|place| place.sort != super::place::Sort::County && place.size > 11.)
        {
            found.push(Mention {
                span: atom.span,
                label: Label::Gpe,
                line: number,
                start: place,
                end: place + 1,
            });
        }
    }
    found
}

/// Events and products of one line, from lists and forms; where they cut a name of the model in two they are left.
fn listed(text: &str, number: usize, line: &Line, taken: &[Mention]) -> Vec<Mention> {
    let lists = lists::english();
    let mut found: Vec<Mention> = Vec::new();
    let mut place = 0;
    while let Some(atom) = line.atoms.get(place) {
        if !atom.case.is_capital() {
            place += 1;
            continue;
        }
        let starts = lists.starts.contains_key(&atom.low);
        let event = if starts { event(text, &line.atoms, place, lists) } else { None };
        let event = event.or_else(|| games(&line.atoms, place, lists));
        let product = || {
            let weapon = designation(text, &line.atoms, place);
            let listed = if starts { product(text, &line.atoms, place, lists) } else { None };
            listed.or(weapon).filter(|_| line.style != 1)
        };
        let known = event.map(|end| (end, Label::Event));
        let known = known.or_else(|| product().map(|end| (end, Label::Product)));
        let Some((end, label)) = known else {
            place += 1;
            continue;
        };
        let last = line.atoms.get(end - 1).map_or(atom.span, |last| last.span);
        let span = Span::new(atom.span.start(), last.end());
        let ends = [Span::new(span.start(), span.start() + 1), Span::new(span.end() - 1, span.end())];
        let cut = ends.iter().any(|end| beside(taken, *end).is_some_and(|old| !span.contains(old.span)));
        if !cut {
            found.push(Mention { span, label, line: number, start: place, end });
        }
        place = end;
    }
    found
}

/// The end of an event that starts at `place`: one of the list, "Hurricane Laura", "Battle of Kursk".
fn event(text: &str, atoms: &[Atom], place: usize, lists: &Lists) -> Option<usize> {
    let longest = (1..=4).rev().filter_map(|len| atoms.get(place..place + len).map(|held| (len, held)));
    for (len, held) in longest {
        let name = small(text, held).replace(" . ", ". ").replace(" ' ", "'");
        if lists.events.contains(name.as_str()) {
            return Some(place + len);
        }
    }
    let word = |at: usize| {
        atoms.get(at).filter(|atom| atom.case.is_capital()).map(|atom| atom.span.of(text).to_lowercase())
    };
    let first = word(place)?;
    if lists.event_firsts.contains(first.as_str())
        && atoms.get(place + 1).is_some_and(|next| matches!(next.case, Case::Title | Case::Mixed))
    {
        let more = usize::from(
            first == "operation" && atoms.get(place + 2).is_some_and(|next| next.case == Case::Title),
        );
        return Some(place + 2 + more);
    }
    if first == "battle"
        && atoms.get(place + 1).is_some_and(|of| of.span.of(text) == "of")
        && word(place + 2).is_some()
    {
        return Some(place + 3);
    }
    None
}

/// The end of "Asian Games", "Velvet Revolution" that starts at `place`.
fn games(atoms: &[Atom], place: usize, lists: &Lists) -> Option<usize> {
    let capital = |at: usize| atoms.get(at).is_some_and(|atom| atom.case.is_capital());
    if !capital(place) || place.checked_sub(1).is_some_and(capital) {
        return None;
    }
    let run = (place..place + 5).take_while(|at| capital(*at)).count();
    let last = atoms.get(place + run - 1)?;
    (run > 1 && lists.lasts.contains_key(&last.low)).then_some(place + run)
}

/// The end of a product that starts at `place`: one of the list.
fn product(text: &str, atoms: &[Atom], place: usize, lists: &Lists) -> Option<usize> {
    for len in (1..=3).rev() {
        let Some(held) = atoms.get(place..place + len) else { continue };
        let name = small(text, held).replace(" - ", "-");
        if lists.products.contains(name.as_str()) {
            // "tornado" and "patriot" are products where they are written large inside a sentence.
            let sure = held.iter().any(|atom| !atom.first) || len > 1;
            return sure.then_some(place + len);
        }
    }
    None
}

/// The end of a designation that starts at `place`: "BM-21", "Su-35".
fn designation(text: &str, atoms: &[Atom], place: usize) -> Option<usize> {
    let (letters, dash, digits) = (atoms.get(place)?, atoms.get(place + 1)?, atoms.get(place + 2)?);
    let short = letters.len <= 3 && dash.span.of(text) == "-" && !dash.spaced && !digits.spaced;
    let number = digits.case == Case::Number && digits.len <= 3;
    let word = letters.span.of(text);
    // "COVID-19" is none, and "G-7" is a meeting.
    let weapon = word.chars().all(char::is_alphabetic) && !matches!(word, "G" | "U" | "No" | "Al" | "Un");
    let tail =
        atoms.get(place + 3).is_some_and(|tail| !tail.spaced && tail.len <= 2 && tail.case.is_capital());
    (short && number && weapon).then_some(place + 3 + usize::from(tail))
}

/// Names that are known already.
pub(super) fn given(text: &str, lines: &Lines<'_>, spans: &[(Span, Label)]) -> Vec<Mention> {
    let mut spans: Vec<(Span, Label)> =
        spans.iter().copied().filter(|(span, _)| !span.of(text).is_empty()).collect();
    spans.sort_by_key(|(span, _)| (span.start(), std::cmp::Reverse(span.end())));
    let mut kept = Kept::new(lines);
    let mut found: Vec<Mention> = Vec::new();
    for (span, label) in spans {
        if found.last().is_some_and(|last| last.span.end() > span.start()) {
            continue;
        }
        let line = lines.past(span.start());
        let atoms = kept.get(line).map_or(&[][..], |line| line.atoms.as_slice());
        let start = atoms.partition_point(|atom| atom.span.end() <= span.start());
        let end = atoms.partition_point(|atom| atom.span.start() < span.end());
        found.push(Mention { span, label, line, start, end });
    }
    found
}
