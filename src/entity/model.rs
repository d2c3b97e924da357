//! The linear-chain model: a row of sixteen small weights a feature, and the best sequence of tags.

use std::sync::LazyLock;

use super::atom::Line;
use super::reading::Reading;
use super::table::Bytes;

/// A tag: 0 is outside; then begin, inside, last, and whole of PER, ORG and LOC, and begin, inside, whole of NORP.
pub type Tag = u8;

/// How many tags there are. Sixteen, so that a row of weights is a quarter of a cache line.
pub const TAGS: usize = 16;

/// The kinds in the order of the tags.
pub const KINDS: [&str; 4] = ["PER", "ORG", "LOC", "NORP"];

/// One number a tag.
pub type Row = [i16; TAGS];

/// The kind of a tag; None outside.
#[inline]
#[must_use]
pub fn kind(tag: Tag) -> Option<usize> {
    usize::from(tag).checked_sub(1).map(|tag| (tag / 4).min(3))
}

/// The part of a name that a tag is: 0 begin, 1 inside, 2 last, 3 whole.
#[must_use]
pub fn part(tag: Tag) -> u8 {
    match tag {
        13 => 0,
        14 => 1,
        15 => 3,
        _ => (tag.saturating_sub(1)) % 4,
    }
}

/// The tag of a token at `place` of a name of `len` tokens.
#[must_use]
pub fn tag(kind: usize, place: usize, len: usize) -> Tag {
    let part = match place {
        _ if len == 1 => 3,
        0 => 0,
        _ if place + 1 == len => 2,
        _ => 1,
    };
    let tag = match (kind, part) {
        (3, 0) => 13,
        (3, 1 | 2) => 14,
        (3, _) => 15,
        _ => 1 + 4 * kind + part,
    };
    Tag::try_from(tag).unwrap_or(0)
}

/// Whether `after` may follow `before`.
#[must_use]
pub fn may_follow(before: Tag, after: Tag) -> bool {
    let open = match before {
        0 => false,
        13 | 14 => true,
        15 => false,
        _ => part(before) < 2,
    };
    let continues = after != 0 && matches!(part(after), 1 | 2);
    if continues {
        return open && kind(before) == kind(after);
    }
    !open || before == 14
}

/// Whether a line may end with `tag`.
#[must_use]
pub fn may_end(tag: Tag) -> bool {
    tag == 0 || tag >= 14 || (tag != 13 && part(tag) >= 2)
}

/// A name as tags tell it: a range of tokens, and its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// The first token.
    pub start: usize,
    /// The token after the last.
    pub end: usize,
    /// Its kind.
    pub kind: usize,
}

/// The names that `tags` tell.
#[must_use]
pub fn names(tags: &[Tag]) -> Vec<Name> {
    let mut found: Vec<Name> = Vec::new();
    for (place, tag) in tags.iter().enumerate() {
        let Some(kind) = kind(*tag) else { continue };
        match found.last_mut() {
            Some(last) if matches!(part(*tag), 1 | 2) && last.end == place && last.kind == kind => {
                last.end += 1
            }
            _ => found.push(Name { start: place, end: place + 1, kind }),
        }
    }
    found
}

/// Slots of the weights; a power of two.
const SLOTS: usize = 1 << 19;

/// Slots whose features are found together: their bits are one word.
const GROUP: usize = 16;

/// Bytes of a feature in the file: the step to its slot, its mark and its weights.
pub(super) const ENTRY: usize = 3 + TAGS;

/// Sixteen slots, in twelve bytes: this table is asked for each feature, and the smaller it is the nearer it stays.
#[derive(Clone, Copy, Default)]
pub(super) struct Group {
    /// Four bits for each slot, eight slots a number: whether a feature may be there whose mark ends like this. Most features that
    /// have no weights are told by it.
    bits: [u32; 2],
    /// Where in the file the features of these slots begin, and in the upper eight bits how many there are.
    place: u32,
}

impl Group {
    const ONE_MORE: u32 = 1 << 24;

    /// Counts in the feature at `at`, which is the next.
    fn add(&mut self, home: usize, mark: u16, at: usize) {
        if self.place == 0 {
            self.place = u32::try_from(at).unwrap_or(u32::MAX) % Self::ONE_MORE;
        }
        let bits = self.bits() | bit(home, mark);
        self.bits = [bits as u32, (bits >> 32) as u32];
        self.place = self.place.checked_add(Self::ONE_MORE).unwrap_or(self.place);
    }

    #[inline]
    fn bits(self) -> u64 {
        let [low, high] = self.bits.map(u64::from);
        low | high << 32
    }

    /// Where the weights of a feature would be, and whether they may be there.
    #[inline]
    pub fn likely(self, key: u64) -> (Likely, bool) {
        let (mark, home) = (mark(key), slot(key));
        let (start, count) = (self.place % Self::ONE_MORE, self.place / Self::ONE_MORE);
        // Each bit of a slot before this one stands for a feature at least, and they are in the order of the slots.
        let before = (self.bits() & (bit(home, 0) - 1)).count_ones();
        let (entry, end) = (ENTRY as u32, start + count * ENTRY as u32);
        (Likely { start: start + before * entry, end, mark }, self.bits() & bit(home, mark) != 0)
    }
}

/// A feature that may have weights: its mark, and where in the file it would be.
#[derive(Clone, Copy, Default)]
pub(super) struct Likely {
    pub start: u32,
    pub end: u32,
    pub mark: u16,
}

/// A feature as it lies in the file.
type Entry = [u8; ENTRY];

/// The mark of a feature and the last of its weights.
pub(super) type Ends = (u16, u8);

/// The trained weights. They are read where they lie in the file, as building a table of them would take longer than a text does.
pub struct Model {
    groups: Vec<Group>,
    entries: &'static [u8],
    pub(super) moves: [Row; TAGS],
    /// What tells this model from others.
    pub(super) number: u64,
}

static WEIGHTS: &[u8] = include_bytes!("data/model.bin");

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(WEIGHTS));

/// The slot that a feature is looked for first.
#[inline]
#[must_use]
pub fn slot(key: u64) -> usize {
    (key >> 45) as usize
}

/// What tells a feature from others near its slot; never 0.
#[inline]
#[must_use]
pub fn mark(key: u64) -> u16 {
    u16::try_from(key & 0xFFFF).unwrap_or(0).max(1)
}

/// The mark of an entry.
#[inline]
fn mark_of([_, low, high, ..]: &Entry) -> u16 {
    u16::from_le_bytes([*low, *high])
}

/// The last weight of an entry.
#[inline]
fn last_of([.., last]: &Entry) -> u8 {
    *last
}

/// The bit of a feature in its group.
#[inline]
fn bit(home: usize, mark: u16) -> u64 {
    1 << (home % GROUP * 4 + usize::from(mark & 3))
}

impl Model {
    /// The shipped one.
    #[must_use]
    pub fn shipped() -> &'static Model {
        &MODEL
    }

    /// The moves between tags, then the features in the order of their slots: the distance to the slot before
    /// (one byte, 255 for "255 and the next byte"), the mark, the sixteen weights.
    #[must_use]
    pub fn read(bytes: &'static [u8]) -> Self {
        let number = bytes.as_ptr().addr() as u64;
        let mut bytes = Bytes::new(bytes);
        let mut moves = [[0; TAGS]; TAGS];
        for row in &mut moves {
            for (weight, number) in row.iter_mut().zip(bytes.u16s(TAGS).iter()) {
                *weight = number.cast_signed();
            }
        }
        let count = bytes.u32();
        let groups = vec![Group::default(); SLOTS / GROUP];
        let mut model = Self { groups, entries: bytes.rest(), moves, number };
        model.index(count);
        model
    }

    /// Goes once through the entries, from step to step.
    fn index(&mut self, count: usize) {
        let (mut home, mut at) = (0, 0);
        for _ in 0..count {
            while let Some(255) = self.entries.get(at) {
                home += 255;
                at += 1;
            }
            let entry = self.entries.get(at..).and_then(<[u8]>::first_chunk::<ENTRY>);
            let Some([step, low, high, ..]) = entry else { break };
            home += usize::from(*step);
            let Some(group) = self.groups.get_mut(home / GROUP) else { break };
            group.add(home, u16::from_le_bytes([*low, *high]), at);
            at += ENTRY;
        }
    }

    /// The group of a feature.
    #[inline]
    pub(super) fn group(&self, key: u64) -> Group {
        self.groups.get(slot(key) / GROUP).copied().unwrap_or_default()
    }

    #[inline]
    fn entry(&self, at: u32) -> Option<&Entry> {
        self.entries.get(at as usize..).and_then(<[u8]>::first_chunk)
    }

    /// The mark of the entry at `at`, and its last weight: an entry may lie in two lines of the cache.
    #[inline]
    pub(super) fn ends(&self, at: u32) -> Ends {
        self.entry(at).map_or((0, 0), |entry| (mark_of(entry), last_of(entry)))
    }

    /// The weights of a feature: mostly those of the entry where they would be, whose ends are at hand, else of one behind it.
    #[inline]
    pub(super) fn search(&self, likely: Likely, (first, _): Ends) -> Option<&[u8; TAGS]> {
        let (mut mark, mut at) = (first, likely.start);
        while mark != likely.mark {
            at += ENTRY as u32;
            if at >= likely.end {
                return None;
            }
            mark = self.entry(at).map_or(0, mark_of);
        }
        self.entry(at)?.last_chunk()
    }

    /// The weights of one feature.
    #[cfg(test)]
    pub(super) fn row(&self, key: u64) -> Option<[u8; TAGS]> {
        let (likely, may_be) = self.group(key).likely(key);
        let mut all = (likely.start..likely.end).step_by(ENTRY).filter_map(|at| self.entry(at));
        let [_, _, _, weights @ ..] = *all.find(|entry| may_be && mark_of(entry) == likely.mark)?;
        Some(weights)
    }

    /// The tags of every line of `text`: a first reading, and a second that knows what the first made of each word elsewhere.
    #[must_use]
    pub fn tags(&self, text: &str, lines: &[Line]) -> Vec<Vec<Tag>> {
        let mut reading = Reading::of_all(self, text, lines);
        lines.iter().map(|line| reading.again(line)).collect()
    }

    /// Writes the best tags under these scores (Viterbi) to `tags`, with nothing but words outside of names, or nothing at all, on
    /// both sides. `back` is room for the search.
    ///
    /// Sixteen bits do: a best score is not below -30,000, as any move but -20,000 adds less than 300 and the weights of 90
    /// features less than 12,000; what falls below that has no say.
    pub(super) fn best(&self, scores: &[Row], ends_line: bool, back: &mut Vec<Row>, tags: &mut [Tag]) {
        let mut held: Row = [i16::MIN; TAGS];
        if let Some(outside) = held.first_mut() {
            *outside = 0;
        }
        back.clear();
        for row in scores {
            let (next, from) = self.step(&held);
            let top = next.iter().copied().max().unwrap_or(0);
            for ((held, next), own) in held.iter_mut().zip(next).zip(row) {
                *held = next.saturating_sub(top).saturating_add(*own);
            }
            back.push(from);
        }
        trace(self.last(&held, ends_line), back, tags);
    }

    /// The best way to each tag, and the tag before it.
    #[inline]
    fn step(&self, held: &Row) -> (Row, Row) {
        let (mut next, mut from) = ([i16::MIN; TAGS], [0; TAGS]);
        for (before, (held, moves)) in (0_i16..).zip(held.iter().zip(&self.moves)) {
            for ((next, from), by) in next.iter_mut().zip(&mut from).zip(moves) {
                let sum = held.saturating_add(*by);
                *from = if sum > *next { before } else { *from };
                *next = (*next).max(sum);
            }
        }
        (next, from)
    }

    /// The tag that a stretch ends with: one that a line may end with, else the best way out of it.
    fn last(&self, held: &Row, ends_line: bool) -> usize {
        let out = |moves: &Row| if ends_line { 0 } else { moves.first().copied().unwrap_or(0) };
        let (mut tag, mut most) = (0, i16::MIN);
        for (candidate, (held, moves)) in (0_u8..).zip(held.iter().zip(&self.moves)) {
            let sum = held.saturating_add(out(moves));
            if sum > most && (!ends_line || may_end(candidate)) {
                (tag, most) = (usize::from(candidate), sum);
            }
        }
        tag
    }
}

fn trace(last: usize, back: &[Row], tags: &mut [Tag]) {
    let mut tag = last;
    for (from, place) in back.iter().zip(tags).rev() {
        *place = Tag::try_from(tag).unwrap_or(0);
        tag = from.get(tag).and_then(|before| usize::try_from(*before).ok()).unwrap_or(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twenty-four bits tell where a group begins, and eight how many features it has.
    #[test]
    fn groups_have_room_for_all_features() {
        let (_, rest) = WEIGHTS.split_at(2 * TAGS * TAGS);
        let (count, features) = rest.split_first_chunk().unwrap();
        let counted: u32 = Model::shipped().groups.iter().map(|group| group.place / Group::ONE_MORE).sum();
        assert_eq!(counted, u32::from_le_bytes(*count));
        assert!(features.len() < Group::ONE_MORE as usize);
    }

    #[test]
    fn tags_and_names_agree() {
        for kind in 0..4 {
            for len in 1..5 {
                let tags: Vec<Tag> = (0..len).map(|place| tag(kind, place, len)).collect();
                assert_eq!(names(&tags), [Name { start: 0, end: len, kind }], "{tags:?}");
                assert!(tags.windows(2).all(|pair| may_follow(pair[0], pair[1])), "{tags:?}");
                assert!(may_end(*tags.last().unwrap()) && may_follow(*tags.last().unwrap(), 0));
            }
        }
        assert!(!may_follow(0, 2) && !may_follow(1, 0) && !may_follow(1, 6) && !may_follow(4, 3));
    }
}
