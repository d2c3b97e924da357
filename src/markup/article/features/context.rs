//! What is around a block: its neighbours, and what the first forest thinks of them.

use super::{Cell, Page, Scores, Sum, class_of, log, share, tag_class};

/// Numbers of each neighbour that `context` gives.
const AROUND: [isize; 6] = [-3, -2, -1, 1, 2, 3];

/// Names of the numbers that `context` adds to those of `local`, in order.
pub const CONTEXT: [&str; 67] = [
    "p",
    "p-3",
    "length-3",
    "links-3",
    "tag-3",
    "p-2",
    "length-2",
    "links-2",
    "tag-2",
    "p-1",
    "length-1",
    "links-1",
    "tag-1",
    "p+1",
    "length+1",
    "links+1",
    "tag+1",
    "p+2",
    "length+2",
    "links+2",
    "tag+2",
    "p+3",
    "length+3",
    "links+3",
    "tag+3",
    "mean5",
    "mean11",
    "mean25",
    "likely_before",
    "likely_after",
    "since_likely",
    "until_likely",
    "run_before",
    "run_after",
    "group_p",
    "group_likely",
    "outer_p",
    "outer_likely",
    "parent_p",
    "like_p",
    "like_likely",
    "page_likely",
    "page_likely_share",
    "is_first",
    "is_last",
    "words-1",
    "words+1",
    "same_group-1",
    "same_group+1",
    "same_make-1",
    "same_make+1",
    "first_p",
    "since_first",
    "until_last",
    "top_p",
    "gap",
    "ends-1",
    "ends+1",
    "colon-1",
    "p_rank",
    "verdict",
    "half_up",
    "half_down",
    "half_share",
    "most_up",
    "most_down",
    "most_share",
];

/// Up to this probability a block is not read for the words of boilerplate.
const DOUBTFUL: f32 = 0.02;

/// From this probability on a block is likely part of the article.
const LIKELY: f32 = 0.6;

/// What a block tells its neighbours.
#[derive(Clone, Copy, Debug)]
struct Brief {
    length: f32,
    links: f32,
    tag: f32,
    last: f32,
    last_inside: f32,
}

/// A page with what the first forest thinks of its blocks.
pub(in super::super::super) struct Around<'a> {
    page: &'a Page<'a>,
    scores: &'a [Scores],
    p: &'a [f32],
    sums: Vec<Sum>,
    likes: Vec<Sum>,
    along: Along,
    /// The elements that hold half, and nearly all, of what is likely.
    cores: [Core; 2],
}

impl Page<'_> {
    /// What is around each cell, where `p` is how likely each is part of the article.
    pub fn around<'a>(&'a self, scores: &'a [Scores], p: &'a [f32]) -> Around<'a> {
        let sums = self.sums(p);
        let cores = [0.5, 0.85].map(|share| Core::of(self, &sums, share));
        Around { page: self, scores, p, sums, likes: self.makes(p), along: Along::of(self.cells, p), cores }
    }

    fn brief(&self, index: usize) -> Option<Brief> {
        let counts = &self.cells.get(index)?.counts;
        let block = self.blocks.get(index).copied().unwrap_or(0);
        Some(Brief {
            length: log(counts.characters as f32),
            links: share(counts.linked, counts.characters),
            tag: tag_class(self.tag(block)),
            last: class_of(counts.last),
            last_inside: class_of(counts.last_inside),
        })
    }
}

fn flag(yes: bool) -> f32 {
    f32::from(u8::from(yes))
}

impl Around<'_> {
    /// Adds the numbers of what is around a cell to `row`.
    pub fn row(&self, index: usize, row: &mut Vec<f32>) {
        let p = self.p.get(index).copied().unwrap_or(0.0);
        row.push(p);
        for offset in AROUND {
            row.extend(self.neighbour(index, offset));
        }
        row.extend([2, 5, 12].map(|reach| self.along.mean(index, reach)));
        self.along.push(index, row);
        self.elements(index, row);
        let first = self.along.first.is_none_or(|first| index <= first);
        let last = self.along.last.is_none_or(|last| index >= last);
        row.extend([first, last].map(flag));
        self.beside(index, row);
        row.push(if p > DOUBTFUL { self.page.verdict(index) } else { 0.0 });
        let block = self.page.blocks.get(index).copied().unwrap_or(0);
        self.cores.iter().for_each(|core| core.push(self.page, block, row));
    }

    /// How likely what the elements around hold is, and the blocks of the same make.
    fn elements(&self, index: usize, row: &mut Vec<f32>) {
        let likely = |place: usize| self.sums.get(place).copied().unwrap_or_default();
        let whole = likely(0);
        let group = self.group(index).unwrap_or(0);
        let inner = likely(group);
        let outer = likely(self.page.group(group, inner.cells));
        for sum in [inner, outer] {
            row.extend([sum.likely / sum.characters.max(1.0), sum.likely / whole.likely.max(1.0)]);
        }
        let block = self.page.blocks.get(index).copied().unwrap_or(0);
        let parent = likely(self.page.place(block).map_or(0, |place| place.parent));
        let like = self.likes.get(index).copied().unwrap_or_default();
        row.push(parent.likely / parent.characters.max(1.0));
        row.extend([like.likely / like.characters.max(1.0), like.likely / whole.likely.max(1.0)]);
        row.extend([log(whole.likely), whole.likely / whole.characters.max(1.0)]);
    }

    /// The nearest element around a cell that holds others too.
    fn group(&self, index: usize) -> Option<usize> {
        self.page.blocks.get(index).map(|&block| self.page.group(block, 1.0))
    }

    /// What the block before and the one behind have in common with it.
    fn beside(&self, index: usize, row: &mut Vec<f32>) {
        let [before, after] = [-1, 1].map(|offset| index.checked_add_signed(offset));
        row.extend(
            [before, after].map(|at| at.and_then(|at| self.scores.get(at)).map_or(0.0, |score| score.words)),
        );
        let group = self.group(index);
        row.extend([before, after].map(|at| {
            let beside = at.and_then(|at| self.group(at));
            flag(beside.is_some() && beside == group)
        }));
        let made = &self.page.made;
        row.extend([before, after].map(|at| {
            let beside = at.and_then(|at| made.get(at));
            flag(beside.is_some() && beside == made.get(index))
        }));
        self.along.ends(index, row);
        let [before, after] = [before, after].map(|at| at.and_then(|at| self.page.brief(at)));
        row.extend([before, after].map(|brief| brief.map_or(0.0, |brief| brief.last_inside)));
        row.extend([flag(before.is_some_and(|brief| brief.last == 3.0)), self.along.rank(index)]);
    }

    fn neighbour(&self, index: usize, offset: isize) -> [f32; 4] {
        let other = index.checked_add_signed(offset);
        let brief = other.and_then(|at| Some((self.page.brief(at)?, self.p.get(at)?)));
        brief.map_or([-1.0; 4], |(brief, &p)| [p, brief.length, brief.links, brief.tag])
    }
}

/// The innermost element that holds a share of what is likely, and those around it.
struct Core {
    at: usize,
    /// For each place, how many elements further out than the core it is, plus one; nought where it does not hold it.
    above: Vec<u16>,
    /// How much of its text is likely.
    likely: f32,
}

/// Elements between a block and the core that are counted.
const STEPS: usize = 24;

impl Core {
    fn of(page: &Page<'_>, sums: &[Sum], least: f32) -> Core {
        let whole = sums.first().map_or(0.0, |sum| sum.likely);
        let at = sums.iter().rposition(|sum| sum.likely > least * whole).unwrap_or(0);
        let mut above = vec![0; sums.len()];
        let (mut out, mut steps) = (at, 1_u16);
        loop {
            above.get_mut(out).into_iter().for_each(|slot| *slot = steps);
            if out == 0 {
                break;
            }
            out = page.place(out).map_or(0, |place| place.parent);
            steps = steps.saturating_add(1);
        }
        let sum = sums.get(at).copied().unwrap_or_default();
        Core { at, above, likely: sum.likely / sum.characters.max(1.0) }
    }

    /// Adds how far out one must go from the core to find an element that holds the block too, how far in from there
    /// the block is, and how much of the core's text is likely.
    fn push(&self, page: &Page<'_>, block: usize, row: &mut Vec<f32>) {
        let (mut at, mut down) = (block, 0);
        let above = |at: usize| self.above.get(at).copied().unwrap_or(1);
        while above(at) == 0 && down < STEPS {
            at = page.place(at).map_or(self.at, |place| place.parent);
            down += 1;
        }
        row.extend([f32::from(above(at)), down as f32, self.likely]);
    }
}

/// The probabilities along a page.
struct Along {
    p: Vec<f32>,
    /// Sums of the probabilities before each cell.
    sums: Vec<f32>,
    /// Likely characters before each cell.
    characters: Vec<f32>,
    since: Vec<f32>,
    until: Vec<f32>,
    first: Option<usize>,
    last: Option<usize>,
    top: f32,
}

impl Along {
    fn of(cells: &[Cell], p: &[f32]) -> Along {
        let mut along = Along {
            p: p.to_vec(),
            sums: Vec::with_capacity(p.len() + 1),
            characters: Vec::with_capacity(p.len() + 1),
            since: Vec::with_capacity(p.len()),
            until: Vec::with_capacity(p.len()),
            first: p.iter().position(|&p| p > LIKELY),
            last: p.iter().rposition(|&p| p > LIKELY),
            top: p.iter().copied().fold(0.0, f32::max),
        };
        let (mut sum, mut characters, mut since) = (0.0, 0.0, 100.0_f32);
        for (cell, &p) in cells.iter().zip(p) {
            along.since.push(since);
            along.sums.push(sum);
            along.characters.push(characters);
            since = if p > LIKELY { 0.0 } else { (since + 1.0).min(100.0) };
            sum += p;
            characters += p * cell.counts.characters as f32;
        }
        along.sums.push(sum);
        along.characters.push(characters);
        let mut until = 100.0_f32;
        for &p in p.iter().rev() {
            along.until.push(until);
            until = if p > LIKELY { 0.0 } else { (until + 1.0).min(100.0) };
        }
        along.until.reverse();
        along
    }

    fn get(list: &[f32], index: usize) -> f32 {
        list.get(index).copied().unwrap_or(0.0)
    }

    fn mean(&self, index: usize, reach: usize) -> f32 {
        let start = index.saturating_sub(reach);
        let end = (index + reach + 1).min(self.p.len());
        (Self::get(&self.sums, end) - Self::get(&self.sums, start)) / (end - start).max(1) as f32
    }

    fn push(&self, index: usize, row: &mut Vec<f32>) {
        let total = self.characters.last().copied().unwrap_or(0.0).max(1.0);
        let before = Self::get(&self.characters, index);
        let after = total - Self::get(&self.characters, index + 1);
        row.extend([
            before / total,
            after / total,
            log(Self::get(&self.since, index)),
            log(Self::get(&self.until, index)),
        ]);
        row.extend([log(before), log(after.max(0.0))]);
    }

    fn ends(&self, index: usize, row: &mut Vec<f32>) {
        let far = |other: Option<usize>| {
            other.map_or(100.0, |other| (index as f32 - other as f32).clamp(-100.0, 100.0))
        };
        let first = self.first.and_then(|first| self.p.get(first)).copied().unwrap_or(0.0);
        let gap = Self::get(&self.since, index) + Self::get(&self.until, index);
        row.extend([first, far(self.first), far(self.last), self.top, log(gap)]);
    }

    /// How the cell stands among those on either side, from 0 to 1.
    fn rank(&self, index: usize) -> f32 {
        let start = index.saturating_sub(8);
        let around = self.p.get(start..(index + 9).min(self.p.len())).unwrap_or_default();
        let own = Self::get(&self.p, index);
        around.iter().filter(|&&p| p < own).count() as f32 / around.len().max(1) as f32
    }
}
