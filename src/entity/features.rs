//! What the model looks at. Training and reading share this file, so that a feature means the same in both.

use super::atom::{Atom, Case, Line, ends};
use super::evidence::Seen;
use super::hash::mix;
use super::lists::english;
use super::place;
use crate::limits::MAX_PLACE_WORDS;

/// Takes features as they come: the number of the template, and the key. Numbers that are not used were of templates without
/// which a model learns as much.
pub trait Sink {
    /// One feature that holds.
    fn feature(&mut self, template: u8, key: u64);
}

/// The line with what is asked of it again and again.
pub struct View<'a> {
    text: &'a str,
    line: &'a Line,
    runs: Vec<Run>,
    /// For each token the number of its run plus one; 0 outside.
    run_of: Vec<u32>,
    /// For each token what the gazetteer has of the place and of the organisation that it stands in: its rank, and 8 or 16 more
    /// for the first and the other words of a name of several; 0: nothing.
    listed: [Vec<u8>; 2],
}

/// Neighbouring tokens with capitals.
#[derive(Clone, Copy, Debug)]
struct Run {
    start: usize,
    end: usize,
}

const EDGE: u64 = 0x45;

/// The templates of what the gazetteer has of organisations.
pub const ORGANISATIONS: std::ops::Range<u8> = 65..71;

impl<'a> View<'a> {
    /// A line of `text`, ready to be looked at.
    #[must_use]
    pub fn new(text: &'a str, line: &'a Line) -> Self {
        let (mut runs, mut run_of): (Vec<Run>, Vec<u32>) = (Vec::new(), Vec::with_capacity(line.atoms.len()));
        let mut open = false;
        for (place, atom) in line.atoms.iter().enumerate() {
            let inside = atom.case.is_capital();
            match runs.last_mut() {
                Some(run) if inside && open => run.end = place + 1,
                _ if inside => runs.push(Run { start: place, end: place + 1 }),
                _ => {}
            }
            open = inside && !atom.possessive;
            run_of.push(if inside { u32::try_from(runs.len()).unwrap_or(0) } else { 0 });
        }
        Self { text, line, runs, run_of, listed: listed(line) }
    }

    fn listed(&self, place: usize, by: isize) -> [u64; 2] {
        let at = place.checked_add_signed(by).unwrap_or(usize::MAX);
        self.listed.each_ref().map(|ranks| ranks.get(at).map_or(31, |rank| u64::from(*rank)))
    }

    /// The token `by` places behind `place`.
    pub(super) fn at(&self, place: usize, by: isize) -> Option<&Atom> {
        self.line.atoms.get(place.checked_add_signed(by)?)
    }

    fn low(&self, place: usize, by: isize) -> u64 {
        self.at(place, by).map_or(EDGE, |atom| atom.low)
    }

    fn class(&self, place: usize, by: isize, which: usize) -> u64 {
        self.at(place, by)
            .and_then(|atom| atom.word.classes.get(which))
            .map_or(EDGE, |class| u64::from(*class))
    }

    fn flags(&self, place: usize, by: isize) -> u64 {
        self.at(place, by).map_or(1 << 20, |atom| u64::from(atom.word.flags))
    }

    fn case(&self, place: usize, by: isize) -> u64 {
        self.at(place, by).map_or(63, |atom| {
            atom.case as u64 + 8 * u64::from(atom.possessive) + 16 * u64::from(atom.spaced)
        })
    }

    /// Whether the token can be part of a name: it has a capital, stands between two that have one ("Bank of the West"), is a number
    /// beside one ("Proposition 22"), a particle before one ("bin Laden") or a mark that goes with one ("U.S."). The rest, nearly nine
    /// words of ten in running text, need not be looked at.
    #[must_use]
    pub fn may_be_named(&self, place: usize) -> bool {
        let Some(atom) = self.at(place, 0) else { return false };
        if atom.case.is_capital() {
            return true;
        }
        let capital = |by: isize| self.at(place, by).is_some_and(|atom| atom.case.is_capital());
        let (left, right) = (capital(-1), capital(1));
        let (before, behind) = (left || capital(-2), right || capital(2));
        let glued = |by: isize| self.at(place, by).is_some_and(|atom| !atom.spaced);
        let is = |case: Case, by: isize| self.at(place, by).is_some_and(|atom| atom.case == case);
        before && behind
            || match atom.case {
                // The "moon" of "Ban Ki-moon".
                Case::Small if is(Case::Mark, -1) && glued(-1) && glued(0) && capital(-2) => true,
                // "al-Qaida", "3rd Avenue", "bin Laden".
                Case::Small if atom.len <= 4 && behind => {
                    let is_numbered = glued(0) && is(Case::Number, -1);
                    is(Case::Mark, 1) && glued(1) && glued(2)
                        || is_numbered
                        || english().particles.contains_key(&atom.low)
                }
                Case::Number => left || behind,
                // The second mark of "Lashkar-e-Taiba", the one of "al-Qaida", the last of "U.S."
                Case::Mark if glued(0) => right && glued(1) || left && !self.parts(atom),
                _ => false,
            }
    }

    /// Whether no name ends with this mark.
    fn parts(&self, mark: &Atom) -> bool {
        matches!(mark.span.of(self.text), "," | ";" | ":" | "?" | ")" | "]" | "\"" | "”" | "»" | "…")
    }

    /// All features of the token at `place` but the evidence.
    pub fn features(&self, place: usize, sink: &mut impl Sink) {
        if let Some(atom) = self.line.atoms.get(place) {
            self.alone(atom, sink);
            self.around_it(place, sink);
        }
    }

    /// The features of a word that ask for nothing around it, but whether it starts a sentence.
    pub fn alone(&self, atom: &Atom, sink: &mut impl Sink) {
        let mut put = |template: u8, a: u64, b: u64| sink.feature(template, key(template, a, b));
        let case = atom.case as u64 * 2 + u64::from(atom.first);
        let [_, middle, fine, finest] = atom.word.classes.map(u64::from);
        put(0, atom.low, 0);
        put(7, middle, case);
        if !atom.case.is_capital() {
            return;
        }
        put(15, atom.form, 0);
        put(16, atom.low, case);
        for (template, end) in (17..).zip(ends(atom.span.of(self.text))) {
            put(template, end, case & 14);
        }
        put(23, fine, case & 14);
        put(24, finest, 0);
        put(25, u64::from(atom.word.flags), case);
    }

    /// The features that ask for more than the word itself and whether it starts a sentence.
    pub fn around_it(&self, place: usize, sink: &mut impl Sink) {
        let Some(atom) = self.line.atoms.get(place) else { return };
        let mut put = |template: u8, a: u64, b: u64| sink.feature(template, key(template, a, b));
        let case = atom.case as u64 * 2 + u64::from(atom.first);
        let shape = self.case(place, 0);
        let style = u64::from(self.line.style);
        let before = self.low(place, -1);
        let after = self.low(place, 1);
        put(1, before, 0);
        put(2, after, 0);
        put(3, case, style * 64 + shape);
        put(4, before, atom.low);
        put(5, atom.low, after);
        put(6, self.case(place, -1), case * 64 + self.case(place, 1));
        put(8, self.class(place, -1, 1), self.class(place, 0, 1));
        put(9, self.class(place, 0, 1), self.class(place, 1, 1));
        put(10, before, after);
        put(11, self.flags(place, -1), shape);
        put(12, self.flags(place, 1), shape);
        put(13, self.class(place, -1, 0) * 64 + self.class(place, 0, 0), self.class(place, 1, 0));
        if matches!(atom.case, Case::Small | Case::Mark | Case::Number) {
            put(14, atom.low, mix(self.case(place, -1), self.case(place, 1)));
            return;
        }
        self.lists(place, atom, case, style, &mut put);
        self.around(place, case, &mut put);
        self.run(place, atom, style, &mut put);
    }

    fn lists(&self, place: usize, atom: &Atom, case: u64, style: u64, put: &mut impl FnMut(u8, u64, u64)) {
        let own = u64::from(atom.word.flags);
        let [[known, org], [_, org_before], [_, org_after]] = [0, -1, 1].map(|by| self.listed(place, by));
        put(60, known, case);
        if org > 0 {
            put(65, org, case * 4 + style);
            put(66, org, own);
            put(67, org, known);
            put(68, org, self.low(place, -1));
            put(69, org, self.low(place, 1));
            put(70, org, org_before * 32 + org_after);
        }
    }

    fn around(&self, place: usize, case: u64, put: &mut impl FnMut(u8, u64, u64)) {
        let (before, after) = (self.low(place, -1), self.low(place, 1));
        put(30, self.low(place, -2), 0);
        put(31, self.low(place, 2), 0);
        put(32, self.low(place, -2), before);
        put(33, after, self.low(place, 2));
        put(
            40,
            self.case(place, -2) * 64 + self.case(place, -1),
            case * 4096 + self.case(place, 1) * 64 + self.case(place, 2),
        );
    }

    fn run(&self, place: usize, atom: &Atom, style: u64, put: &mut impl FnMut(u8, u64, u64)) {
        let number = self.run_of.get(place).copied().unwrap_or(0) as usize;
        let Some(run) = number.checked_sub(1).and_then(|n| self.runs.get(n)).copied() else { return };
        let len = (run.end - run.start).min(6) as u64;
        let position = (place - run.start).min(5) as u64 * 8 + (run.end - 1 - place).min(5) as u64;
        let (first, last) = (run.start, run.end - 1);
        let outside = self.low(first, -1);
        let beyond = self.low(run.end, 0);
        put(43, len * 64 + position, style);
        put(44, self.low(last, 0), (run.end - 1 - place).min(3) as u64);
        put(45, self.low(first, 0), (place - run.start).min(3) as u64);
        put(46, outside, position);
        put(47, beyond, position);
        put(54, atom.low, mix(outside, 7));
        put(55, atom.low, mix(beyond, 7));
    }
}

/// What the gazetteer has of the longest places and the longest organisations that start at each word with a capital.
fn listed(line: &Line) -> [Vec<u8>; 2] {
    let mut listed = [vec![0; line.atoms.len()], vec![0; line.atoms.len()]];
    let mut names = Vec::new();
    (0..line.atoms.len()).for_each(|start| starting(line, start, &mut names));
    let keys: Vec<u64> = names.iter().map(|name| name.key).collect();
    let names: Vec<(Name, [u8; 2])> = names.into_iter().zip(place::all_ranks(&keys)).collect();
    let mut ends = [0; 2];
    for names in names.chunk_by(|(name, _), (next, _)| name.start == next.start) {
        for (sort, (ranks, last)) in listed.iter_mut().zip(&mut ends).enumerate() {
            let rank = |ranks: &[u8; 2]| ranks.get(sort).copied().filter(|rank| *rank > 0);
            let longest = names.iter().rev().find_map(|(name, ranks)| Some((name, rank(ranks)?)));
            let Some((name, rank)) = longest.filter(|(name, _)| *last <= name.start) else { continue };
            mark(ranks, line, name.start, name.end, rank);
            *last = name.end;
        }
    }
    listed
}

fn mark(ranks: &mut [u8], line: &Line, start: usize, end: usize, rank: u8) {
    let words = line.atoms.get(start + 1..end).unwrap_or(&[]);
    let several = words.iter().any(|atom| atom.in_place != Some(0));
    for (place, slot) in (start..).zip(ranks.get_mut(start..end).unwrap_or(&mut [])) {
        let part = if several { 1 + u8::from(place > start) } else { 0 };
        *slot = rank + 8 * part;
    }
}

/// Words that may be a name, and its key.
struct Name {
    start: usize,
    end: usize,
    key: u64,
}

/// What may be a place or an organisation and starts at `start`: "Port-au-Prince", "Mocimboa da Praia", "Institute for the
/// Study of War". All are looked up together, so that memory fetches what is known of them side by side.
fn starting(line: &Line, start: usize, names: &mut Vec<Name>) {
    let mut key = place::NO_WORDS;
    let held = line.atoms.get(start..).unwrap_or(&[]);
    for (end, atom) in (1..).zip(held.iter().take(MAX_PLACE_WORDS)) {
        let inside = atom.case.is_capital() || (end > 1 && atom.len <= 4);
        match atom.in_place.filter(|_| inside) {
            Some(0) if end > 1 => continue,
            None | Some(0) => break,
            Some(word) => key = place::joined(key, word),
        }
        if atom.case.is_capital() {
            names.push(Name { start, end: start + end, key });
        }
        if atom.possessive {
            break;
        }
    }
}

/// The key of a feature: the template and the two things it joins.
#[inline]
fn key(template: u8, a: u64, b: u64) -> u64 {
    mix(a ^ (u64::from(template) + 1).wrapping_mul(0xA076_1D64_78BD_642F), b)
}

/// The number of the first template of evidence.
pub const EVIDENCE: u8 = 100;

/// What the rest of the document says of the token at `place`.
pub fn evidence(seen: &[Seen], line: &Line, place: usize, sink: &mut impl Sink) {
    let Some(atom) = line.atoms.get(place) else { return };
    let own = seen.get(place).copied().unwrap_or_default();
    if own == Seen::default() {
        return;
    }
    let mut put = |n: u8, a: u64, b: u64| sink.feature(EVIDENCE + n, key(EVIDENCE + n, a, b));
    let at =
        |by: isize| place.checked_add_signed(by).and_then(|at| seen.get(at)).copied().unwrap_or_default();
    let case = atom.case as u64 * 2 + u64::from(atom.first);
    let votes = own.label * 8 + own.strength;
    put(0, own.label, case);
    put(1, votes, own.small * 4 + u64::from(line.style));
    put(2, own.label, own.longer);
    put(3, own.label, at(1).label * 8 + at(-1).label);
    put(4, own.longer, case);
    put(5, own.small, case);
    put(6, votes, u64::from(atom.word.flags));
    put(7, own.pair, own.label);
    put(8, own.longer, at(1).longer * 64 + at(-1).longer);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::atom::lines;
    use crate::token::Words;
    use proptest::prelude::*;

    /// Each word gone on from by itself, and each name looked up alone.
    fn slow(line: &Line) -> [Vec<u8>; 2] {
        [0, 1].map(|sort| {
            let (mut ranks, mut last) = (vec![0; line.atoms.len()], 0);
            for start in 0..line.atoms.len() {
                let mut names = Vec::new();
                starting(line, start, &mut names);
                let rank = |name: &Name| place::all_ranks(&[name.key])[0][sort];
                let longest = names.into_iter().rfind(|name| rank(name) > 0);
                if let Some(name) = longest.filter(|_| start >= last) {
                    mark(&mut ranks, line, start, name.end, rank(&name));
                    last = name.end;
                }
            }
            ranks
        })
    }

    fn agree(text: &str) -> usize {
        let words = Words::new(text);
        let lines = lines(words.of(text));
        assert!(lines.iter().all(|line| listed(line) == slow(line)), "{text:?}");
        lines.iter().flat_map(listed).flatten().filter(|rank| *rank > 0).count()
    }

    #[test]
    fn names_looked_up_together_are_those_looked_up_alone() {
        assert!(
            agree(
                "Port-au-Prince and Mocimboa da Praia, said the Institute for the Study of War in New York"
            ) > 8
        );
    }

    proptest! {
        #[test]
        fn names_of_any_line_are_those_looked_up_alone(text in "((New|York|Times|Bank|of|the|England|West|Port|Prince|Lee’s|police|[A-Z][a-z]{1,6}|[-.,]) ?){0,30}") {
            agree(&text);
        }
    }

    #[test]
    fn words_that_may_be_named() {
        for (text, expected) in [
            ("Later on that day he had met Putin, who left.", "Later|Putin"),
            ("It had long rained. The rain fell in the West.", "It|The|West|."),
            ("aides of Osama bin Laden and al-Qaida", "Osama|bin|Laden|al|-|Qaida"),
            ("the Bank of the West on 3rd Avenue", "Bank|of|the|West|3|rd|Avenue"),
            ("for Proposition 22 in the U.S. and Ban Ki-moon", "Proposition|22|in|U.S|.|and|Ban|Ki|-|moon"),
        ] {
            let words = Words::new(text);
            let named = lines(words.of(text)).into_iter().flat_map(|line| {
                let view = View::new(text, &line);
                let named = |place: &usize| view.may_be_named(*place);
                let token = |place: usize| line.atoms[place].span.of(text);
                (0..line.atoms.len()).filter(named).map(token).collect::<Vec<_>>()
            });
            assert_eq!(named.collect::<Vec<_>>().join("|"), expected, "{text}");
        }
    }
}
