//! Titles and roles that stand beside a person's name, and outside of it.

use super::atom::{Atom, Case};
use super::lists::{self, Lists};
use crate::text::Span;

/// The role of the person whose name takes the tokens `start..end`.
pub(super) fn role(text: &str, atoms: &[Atom], start: usize, end: usize) -> Option<Span> {
    let lists = lists::english();
    before(text, atoms, start, lists).or_else(|| after(text, atoms, end, lists))
}

fn word(text: &str, atoms: &[Atom], place: usize) -> String {
    atoms.get(place).map(|atom| atom.span.of(text).to_lowercase()).unwrap_or_default()
}

/// "Maj Gen Oleksandr Syrskyi", "Secretary of State John Kerry", "Gen. Lee".
fn before(text: &str, atoms: &[Atom], end: usize, lists: &Lists) -> Option<Span> {
    let mut start = end;
    let mut head = false;
    while start > 0 && end - start < 9 {
        let here = word(text, atoms, start - 1);
        let link = matches!(here.as_str(), "of" | "for" | "and" | "-") && start < end;
        // "Gen." but not "… by the general. Lee said": a stop belongs to a short word.
        let stop = here == "."
            && atoms.get(start.wrapping_sub(2)).is_some_and(|short| short.len < 6 && short.case.is_capital());
        if !(link || stop || lists.role_words.contains(here.as_str())) {
            break;
        }
        if atoms.get(start - 1).is_some_and(|atom| atom.possessive) {
            break;
        }
        head |= lists.role_heads.contains(here.as_str());
        start -= 1;
    }
    while start < end && matches!(word(text, atoms, start).as_str(), "of" | "for" | "and" | "-" | ".") {
        start += 1;
    }
    head.then(|| span(atoms, start, end)).flatten()
}

/// "Sergei Lavrov, the Russian foreign minister, left": over an article and whose minister he is.
fn after(text: &str, atoms: &[Atom], end: usize, lists: &Lists) -> Option<Span> {
    if word(text, atoms, end) != "," {
        return None;
    }
    let mut start = end + 1;
    for _ in 0..4 {
        let here = word(text, atoms, start);
        let atom = atoms.get(start)?;
        let article =
            matches!(here.as_str(), "the" | "a" | "an" | "his" | "her" | "its" | "their" | "then" | "s");
        let role = lists.role_words.contains(here.as_str());
        if role || !(article || atom.case.is_capital() || atom.possessive) {
            break;
        }
        start += 1;
    }
    let mut stop = start;
    let mut head = false;
    while stop - start < 7 {
        let here = word(text, atoms, stop);
        let link = matches!(here.as_str(), "of" | "for" | "and" | "-")
            && stop > start
            && lists.role_words.contains(word(text, atoms, stop + 1).as_str());
        if !(link || lists.role_words.contains(here.as_str())) {
            break;
        }
        head |= lists.role_heads.contains(here.as_str());
        stop += 1;
    }
    // "Smith, Director John Brown" lists two people.
    let another = atoms.get(stop).is_some_and(|next| next.case == Case::Title) && start == end + 1;
    (head && !another).then(|| span(atoms, start, stop)).flatten()
}

fn span(atoms: &[Atom], start: usize, end: usize) -> Option<Span> {
    let (first, last) = (atoms.get(start)?, atoms.get(end.checked_sub(1)?)?);
    (start < end).then(|| first.span.cover(last.span))
}
