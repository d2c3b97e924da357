//! The linear-chain model: a row of sixteen small weights a feature, and the best sequence of tags.

use std::sync::LazyLock;

use super::atom::Line;
use super::evidence::{Seen, Votes};
use super::features::{self, Sink, View};
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

/// The scores of a token that is in no name.
const OUTSIDE: Row = {
    let mut row = [-4_000; TAGS];
    row[0] = 0;
    row
};

/// Slots of the weights; a power of two.
const SLOTS: usize = 1 << 19;

/// Slots whose features are found together: their bits are one word.
const GROUP: usize = 16;

/// Bytes of a feature in the file: the step to its slot, its mark and its weights.
const ENTRY: usize = 3 + TAGS;

/// Sixteen slots.
#[derive(Clone, Copy, Default)]
struct Group {
    /// Four bits for each slot: whether a feature may be there whose mark ends like this. Most are not, and this table is small
    /// enough to stay near.
    bits: u64,
    /// Where in the file the features of these slots begin.
    start: u32,
    /// Where they end.
    end: u32,
}

/// The trained weights. They are read where they lie in the file, as building a table of them would take longer than a text does.
pub struct Model {
    groups: Vec<Group>,
    entries: &'static [u8],
    moves: [Row; TAGS],
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
        let mut bytes = Bytes::new(bytes);
        let mut moves = [[0; TAGS]; TAGS];
        for row in &mut moves {
            for (weight, number) in row.iter_mut().zip(bytes.u16s(TAGS).iter()) {
                *weight = number.cast_signed();
            }
        }
        let count = bytes.u32();
        let groups = vec![Group::default(); SLOTS / GROUP];
        let mut model = Self { groups, entries: bytes.rest(), moves };
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
            let here = u32::try_from(at).unwrap_or(u32::MAX);
            if group.bits == 0 {
                group.start = here;
            }
            group.bits |= bit(home, u16::from_le_bytes([*low, *high]));
            at += ENTRY;
            group.end = here.saturating_add(ENTRY as u32);
        }
    }

    #[inline]
    fn row(&self, key: u64) -> Option<&'static [u8; TAGS]> {
        let (wanted, home) = (mark(key), slot(key));
        let group = self.groups.get(home / GROUP)?;
        if group.bits & bit(home, wanted) == 0 {
            return None;
        }
        // Each bit of a slot before this one stands for a feature at least, and they are in the order of the slots.
        let before = (group.bits & (bit(home, 0) - 1)).count_ones() as usize * ENTRY;
        let (entries, _) =
            self.entries.get(group.start as usize + before..group.end as usize)?.as_chunks::<ENTRY>();
        entries
            .iter()
            .find_map(|[_, low, high, row @ ..]| (u16::from_le_bytes([*low, *high]) == wanted).then_some(row))
    }

    /// The tags of every line: a first reading, and a second that knows what the first made of each word elsewhere.
    #[must_use]
    pub fn tags(&self, lines: &[Line]) -> Vec<Vec<Tag>> {
        let scores: Vec<Vec<Row>> = lines.iter().map(|line| self.scores(line)).collect();
        let mut tags: Vec<Vec<Tag>> = scores.iter().map(|rows| self.best(rows)).collect();
        let mut votes = Votes::default();
        for (line, tags) in lines.iter().zip(&tags) {
            votes.add(line, tags);
        }
        for line in lines {
            votes.add_small(line);
        }
        for ((line, scores), tags) in lines.iter().zip(scores).zip(&mut tags) {
            let seen = votes.seen(line, tags);
            if seen.iter().any(|seen| *seen != Seen::default()) {
                *tags = self.again(line, scores, &seen);
            }
        }
        tags
    }

    fn again(&self, line: &Line, mut scores: Vec<Row>, seen: &[Seen]) -> Vec<Tag> {
        for (place, row) in scores.iter_mut().enumerate() {
            features::evidence(seen, line, place, &mut Sum { model: self, row });
        }
        self.best(&scores)
    }

    fn scores(&self, line: &Line) -> Vec<Row> {
        let view = View::new(line);
        let score = |place| {
            let mut row = [0; TAGS];
            if !view.may_be_named(place) {
                row = OUTSIDE;
                return row;
            }
            view.features(place, &mut Sum { model: self, row: &mut row });
            row
        };
        (0..line.atoms.len()).map(score).collect()
    }

    /// The best tags under these scores (Viterbi).
    fn best(&self, scores: &[Row]) -> Vec<Tag> {
        let mut back: Vec<[Tag; TAGS]> = Vec::with_capacity(scores.len());
        let mut best = [i32::from(i16::MIN); TAGS];
        if let Some(outside) = best.first_mut() {
            *outside = 0;
        }
        for row in scores {
            if *row == OUTSIDE {
                back.push(self.outside(&mut best));
                continue;
            }
            let (mut next, mut from) = ([i32::MIN; TAGS], [0; TAGS]);
            for (before, (held, moves)) in (0_u8..).zip(best.iter().zip(&self.moves)) {
                for ((next, from), by) in next.iter_mut().zip(&mut from).zip(moves) {
                    let sum = *held + i32::from(*by);
                    *from = if sum > *next { before } else { *from };
                    *next = (*next).max(sum);
                }
            }
            let top = next.iter().copied().max().unwrap_or(0);
            for ((best, next), own) in best.iter_mut().zip(next).zip(row) {
                *best = (next - top).max(i32::from(i16::MIN)) + i32::from(*own);
            }
            back.push(from);
        }
        trace(&best, &back)
    }
}

impl Model {
    /// The step to a token that is in no name.
    fn outside(&self, best: &mut [i32; TAGS]) -> [Tag; TAGS] {
        let (mut from, mut most) = (0, i32::MIN);
        for (before, (held, moves)) in (0_u8..).zip(best.iter().zip(&self.moves)) {
            let sum = *held + i32::from(moves.first().copied().unwrap_or(0));
            (from, most) = if sum > most { (before, sum) } else { (from, most) };
        }
        *best = [i32::from(i16::MIN); TAGS];
        if let Some(outside) = best.first_mut() {
            *outside = 0;
        }
        [from; TAGS]
    }
}

fn trace(last: &[i32; TAGS], back: &[[Tag; TAGS]]) -> Vec<Tag> {
    let mut tag = 0;
    let mut most = i32::MIN;
    for (candidate, score) in (0_u8..).zip(last) {
        if may_end(candidate) && *score > most {
            (tag, most) = (candidate, *score);
        }
    }
    let mut tags = Vec::with_capacity(back.len());
    for from in back.iter().rev() {
        tags.push(tag);
        tag = from.get(usize::from(tag)).copied().unwrap_or(0);
    }
    tags.reverse();
    tags
}

/// Adds up the rows of the features that come.
struct Sum<'a> {
    model: &'a Model,
    row: &'a mut Row,
}

impl Sink for Sum<'_> {
    #[inline]
    fn feature(&mut self, _template: u8, key: u64) {
        if let Some(weights) = self.model.row(key) {
            for (sum, weight) in self.row.iter_mut().zip(weights) {
                *sum += i16::from(weight.cast_signed());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
