//! What a document says of its own words: how the first reading labelled them elsewhere.

use super::atom::{Atom, Case, Line};
use super::hash::{HashedMap, mix};
use super::model::{self, Tag};

/// What is known of a token from the other places of its word. All zero: nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The label that most of the others have (1 to 4; 5: none of them is a name).
    pub label: u64,
    /// How clear that is, and how often (1 to 6).
    pub strength: u64,
    /// Whether the word stands written small (1: at times, 2: mostly).
    pub small: u64,
    /// The label of a longer name with this word, and the word's place in it.
    pub longer: u64,
    /// The label of a name that starts with this word and the next.
    pub pair: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    kinds: [u16; 5],
    longer: [[u16; 3]; 4],
    small: u16,
}

/// The votes of a document, by the hash of the word written small.
#[derive(Debug, Default)]
pub struct Votes {
    words: HashedMap<Count>,
    pairs: HashedMap<[u16; 4]>,
}

fn bump(slot: Option<&mut u16>) {
    if let Some(slot) = slot {
        *slot = slot.saturating_add(1);
    }
}

impl Votes {
    /// Counts the names of one line.
    pub fn add(&mut self, line: &Line, tags: &[Tag]) {
        for (atom, tag) in line.atoms.iter().zip(tags) {
            if matches!(atom.case, Case::Mark | Case::Number) {
                continue;
            }
            let Some(kind) = model::kind(*tag) else {
                if atom.case != Case::Small {
                    bump(self.words.entry(atom.low).or_default().kinds.get_mut(4));
                }
                continue;
            };
            bump(self.words.entry(atom.low).or_default().kinds.get_mut(kind));
        }
        for name in model::names(tags) {
            self.add_name(line.atoms.get(name.start..name.end).unwrap_or(&[]), name.kind);
        }
    }

    fn add_name(&mut self, atoms: &[Atom], kind: usize) {
        if atoms.len() < 2 {
            return;
        }
        for (place, atom) in atoms.iter().enumerate() {
            let role = if place == 0 {
                0
            } else if place + 1 == atoms.len() {
                2
            } else {
                1
            };
            let slot = self.words.entry(atom.low).or_default().longer.get_mut(kind);
            bump(slot.and_then(|roles| roles.get_mut(role)));
        }
        for pair in atoms.windows(2) {
            if let [left, right] = pair {
                bump(self.pairs.entry(mix(left.low, right.low)).or_default().get_mut(kind));
            }
        }
    }

    /// Counts words written small, of words that are known by now.
    pub fn add_small(&mut self, line: &Line) {
        line.atoms.iter().for_each(|atom| self.add_times(atom, 1));
    }

    /// Counts a word that stands so many times, where it is written small and known by now.
    pub fn add_times(&mut self, word: &Atom, times: usize) {
        if word.case != Case::Small {
            return;
        }
        if let Some(count) = self.words.get_mut(&word.low) {
            count.small = count.small.saturating_add(u16::try_from(times).unwrap_or(u16::MAX));
        }
    }

    /// What is seen of each token of a line that was itself counted with `tags`.
    #[must_use]
    pub fn seen(&self, line: &Line, tags: &[Tag]) -> Vec<Seen> {
        let mut seen = Vec::with_capacity(line.atoms.len());
        let names = model::names(tags);
        let mut at = 0;
        for (place, (atom, tag)) in line.atoms.iter().zip(tags).enumerate() {
            while names.get(at).is_some_and(|name| name.end <= place) {
                at += 1;
            }
            if !atom.case.is_capital() {
                seen.push(Seen::default());
                continue;
            }
            let inside = names.get(at).filter(|name| name.start <= place).map(|name| (name.start, name.end));
            let next = line.atoms.get(place + 1).map_or(0, |next| next.low);
            seen.push(self.of(atom, next, *tag, place, inside));
        }
        seen
    }

    fn of(&self, atom: &Atom, next: u64, tag: Tag, place: usize, inside: Option<(usize, usize)>) -> Seen {
        let Some(count) = self.words.get(&atom.low) else { return Seen::default() };
        let mut count = *count;
        let own = model::kind(tag);
        drop_one(count.kinds.get_mut(own.unwrap_or(4)));
        if let (Some(kind), Some((start, end))) = (own, inside.filter(|(start, end)| end - start > 1)) {
            let role = if place == start {
                0
            } else if place + 1 == end {
                2
            } else {
                1
            };
            drop_one(count.longer.get_mut(kind).and_then(|roles| roles.get_mut(role)));
        }
        let mut pair = self.pairs.get(&mix(atom.low, next)).copied().unwrap_or_default();
        if let (Some(kind), Some(_)) = (own, inside.filter(|(_, end)| place + 1 < *end)) {
            drop_one(pair.get_mut(kind));
        }
        let total: u16 = count.kinds.iter().fold(0, |sum, n| sum.saturating_add(*n));
        let (best, most) = best(&count.kinds);
        let label = if most == 0 { 0 } else { best + 1 };
        let clear = u64::from(most == total) * 3 + u64::from(u32::from(most) * 4 >= u32::from(total) * 3);
        let strength = if most == 0 { 0 } else { 1 + u64::from(most > 1) + clear };
        let small = u64::from(count.small > 0) + u64::from(count.small > total);
        let (role, held) = self::best(count.longer.as_flattened());
        let (paired, pairs) = self::best(&pair);
        Seen {
            label,
            strength,
            small,
            longer: if held == 0 { 0 } else { role + 1 },
            pair: if pairs == 0 { 0 } else { paired + 1 },
        }
    }
}

fn drop_one(slot: Option<&mut u16>) {
    if let Some(slot) = slot {
        *slot = slot.saturating_sub(1);
    }
}

/// The place of the largest number, and the number.
fn best(numbers: &[u16]) -> (u64, u16) {
    let mut found = (0, 0);
    for (place, number) in (0_u64..).zip(numbers) {
        if *number > found.1 {
            found = (place, *number);
        }
    }
    found
}
