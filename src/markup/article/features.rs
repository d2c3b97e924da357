//! What is known of a block: numbers that the classifier reads. The names are those of the training script.

mod context;
mod records;

use std::borrow::Cow;

use super::super::BlockKind;
use super::super::draft::Leaf;
use super::super::hash::mix;
use super::super::html::{Name, NodeId, Tree};
use super::super::page::{Place, Tag};
use super::cell::{Cell, Counts};
use super::facts::{Facts, shingles};
use super::weights::ByHash;
use crate::limits::{BLOCKS_JUDGED_ALIKE, BLOCKS_JUDGED_ALONE};
use crate::token::is_letter;
pub use context::CONTEXT;
use records::Record;

/// A block with more words is judged by itself, whatever its like is: a paragraph may stand twice on a page.
const FEW_WORDS: u32 = 4;

/// A block of furniture whose names and words weigh less is not judged. Of 84,500 such blocks of the development sets the first
/// forest gives none more than a half, and 102 more than a tenth.
const APART: f32 = -5.0;

/// Sums over the blocks in an element.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    cells: f32,
    characters: f32,
    linked: f32,
    /// Characters in blocks that read like paragraphs.
    running: f32,
    /// Characters, each counted as likely as its block is part of the article.
    likely: f32,
}

impl Scores {
    fn sum(self) -> f32 {
        self.own + self.near + self.far + self.words
    }

    /// A hash of the scores, rounded.
    fn look(self) -> u64 {
        [self.own, self.near, self.far, self.words]
            .into_iter()
            .fold(0, |state, score| mix(state, (4.0 * score).round() as i64 as u64))
    }
}

impl Sum {
    fn add(&mut self, other: Sum) {
        self.cells += other.cells;
        self.characters += other.characters;
        self.linked += other.linked;
        self.running += other.running;
        self.likely += other.likely;
    }

    fn link_share(&self) -> f32 {
        self.linked / self.characters.max(1.0)
    }

    fn mean(&self) -> f32 {
        self.characters / self.cells.max(1.0)
    }
}

/// What the names of a block's elements and its words weigh, as the tables have it.
#[derive(Clone, Copy, Debug, Default)]
pub(in super::super) struct Scores {
    /// Of the element itself.
    pub own: f32,
    /// Of the block around it.
    pub near: f32,
    /// Of all elements further out.
    pub far: f32,
    /// Of its words.
    pub words: f32,
}

/// A page as the classifier sees it.
pub(in super::super) struct Page<'a> {
    pub tree: &'a Tree<'a>,
    pub places: &'a [Place],
    pub cells: &'a [Cell],
    /// For each cell, its nearest block element.
    pub blocks: Vec<usize>,
    pub leaves: &'a [Leaf<'a>],
    pub facts: &'a Facts,
    /// For each cell, a hash of what it has in common with others of its make.
    made: Vec<u64>,
    sums: Vec<Sum>,
    flags: Vec<u32>,
    records: Vec<Record>,
    total: Sum,
}

/// Elements that a block stands in, as bits; a letter's place in this list is its bit.
const FLAGS: [Tag; 16] = [
    Tag::Article,
    Tag::Main,
    Tag::Header,
    Tag::Footer,
    Tag::Nav,
    Tag::Aside,
    Tag::Figure,
    Tag::Caption,
    Tag::Form,
    Tag::Table,
    Tag::List,
    Tag::Quote,
    Tag::Link,
    Tag::Section,
    Tag::Address,
    Tag::Details,
];

/// The bit of an element that is hidden, and that of one that says it is the article's body.
const HIDDEN: u32 = 1 << 16;
const BODY: u32 = 1 << 17;

/// The bits of elements that hold no article: footer, navigation, aside, form, and what is hidden.
const FURNITURE: u32 = 1 << 3 | 1 << 4 | 1 << 5 | 1 << 8 | HIDDEN;

/// Names of the numbers that `local` gives, in order.
pub const LOCAL: [&str; 99] = [
    "characters",
    "words",
    "word_length",
    "upper",
    "digits",
    "commas",
    "ends",
    "quotes",
    "capitalised",
    "linked",
    "links",
    "bold",
    "italic",
    "colons",
    "signs",
    "dense",
    "bar",
    "copyright",
    "at",
    "slash",
    "paren",
    "bracket",
    "first",
    "last",
    "last_inside",
    "running",
    "tag",
    "heading",
    "kind_item",
    "kind_table",
    "block_depth",
    "inline",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "figure",
    "caption",
    "form",
    "table",
    "list",
    "quote",
    "link",
    "section",
    "address",
    "details",
    "hidden",
    "body_prop",
    "position",
    "cells",
    "before",
    "after",
    "total",
    "since_heading1",
    "group_cells",
    "group_mean",
    "group_links",
    "group_share",
    "group_index",
    "group_left",
    "outer_cells",
    "outer_mean",
    "outer_links",
    "outer_share",
    "outer_running",
    "parent_tag",
    "parent_links",
    "parent_characters",
    "like_cells",
    "like_mean",
    "like_links",
    "like_share",
    "like_running",
    "title_of",
    "title_in",
    "summary_of",
    "summary_in",
    "authors",
    "copy",
    "twins",
    "first_twin",
    "echo",
    "own",
    "near",
    "far",
    "words_score",
    "heading_score",
    "heading_distance",
    "heading_level",
    "title_seen",
    "last_heading_words",
    "records",
    "record_running",
    "records_share",
    "page_rank",
    "page_dated",
    "page_signed",
];

/// A hash of `bytes`, eight at a time.
fn digest(state: u64, bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let state = words.iter().fold(state, |state, word| mix(state, u64::from_le_bytes(*word)));
    let last = rest.iter().fold(rest.len() as u64, |last, &byte| last << 8 | u64::from(byte));
    mix(state, last)
}

fn log(value: f32) -> f32 {
    (value + 1.0).ln()
}

fn share(part: u32, of: u32) -> f32 {
    part as f32 / of.max(1) as f32
}

/// Whether a block is long enough for a paragraph, and not linked through.
fn is_long(counts: &Counts) -> bool {
    counts.words >= 12 && share(counts.linked, counts.characters) < 0.5
}

/// Whether a block reads like a paragraph: one that is long, with sentences in it.
fn is_running(counts: &Counts) -> bool {
    is_long(counts) && (counts.ends > 0 || counts.commas > 1)
}

fn class_of(character: char) -> f32 {
    match character {
        '.' | '。' => 1.0,
        '!' | '?' | '…' | '！' | '？' => 2.0,
        ':' | '：' => 3.0,
        ',' | ';' => 4.0,
        '"' | '“' | '”' | '„' | '«' | '»' | '\'' | '’' | '‘' => 5.0,
        ')' | '(' | '[' | ']' => 6.0,
        c if c.is_ascii_digit() => 7.0,
        c if c.is_uppercase() => 8.0,
        c if c.is_lowercase() => 9.0,
        c if is_letter(c) => 10.0,
        _ => 11.0,
    }
}

fn tag_class(tag: Tag) -> f32 {
    match tag {
        Tag::Paragraph => 0.0,
        Tag::Quote => 1.0,
        Tag::Heading(_) => 2.0,
        Tag::Item => 3.0,
        Tag::List => 4.0,
        Tag::Section | Tag::Article | Tag::Main => 5.0,
        Tag::Division => 6.0,
        Tag::Row | Tag::Table | Tag::Cell => 7.0,
        Tag::Header => 8.0,
        Tag::Span | Tag::Inline | Tag::Link | Tag::Bold | Tag::Italic | Tag::Small | Tag::Time => 9.0,
        Tag::Figure | Tag::Caption => 10.0,
        Tag::Aside => 11.0,
        _ => 12.0,
    }
}

impl<'a> Page<'a> {
    pub fn new(
        tree: &'a Tree<'a>,
        places: &'a [Place],
        cells: &'a [Cell],
        blocks: Vec<usize>,
        leaves: &'a [Leaf<'a>],
        facts: &'a Facts,
    ) -> Self {
        let mut page = Self {
            tree,
            places,
            cells,
            blocks,
            leaves,
            facts,
            made: Vec::new(),
            sums: Vec::new(),
            flags: Vec::new(),
            records: Vec::new(),
            total: Sum::default(),
        };
        page.sums = page.sums(&vec![0.0; cells.len()]);
        page.total = page.sums.first().copied().unwrap_or_default();
        page.flags = page.flags();
        page.records = page.records();
        page.made = page.blocks.iter().map(|&block| page.make(block)).collect();
        page
    }

    fn sums(&self, likely: &[f32]) -> Vec<Sum> {
        let mut sums = vec![Sum::default(); self.places.len()];
        for ((cell, &block), &likely) in self.cells.iter().zip(&self.blocks).zip(likely) {
            let counts = &cell.counts;
            let characters = counts.characters as f32;
            let running = if is_running(counts) { characters } else { 0.0 };
            let (linked, likely) = (counts.linked as f32, likely * characters);
            let sum = Sum { cells: 1.0, characters, linked, running, likely };
            sums.get_mut(block).into_iter().for_each(|slot| slot.add(sum));
        }
        for at in (1..sums.len()).rev() {
            let sum = sums.get(at).copied().unwrap_or_default();
            let parent = self.places.get(at).map_or(0, |place| place.parent);
            sums.get_mut(parent).into_iter().for_each(|slot| slot.add(sum));
        }
        sums
    }

    fn flags(&self) -> Vec<u32> {
        let mut flags: Vec<u32> = Vec::with_capacity(self.places.len());
        for (at, place) in self.places.iter().enumerate() {
            let outer = if at == 0 { 0 } else { flags.get(place.parent).copied().unwrap_or(0) };
            let has_text = self.sums.get(at).is_some_and(|sum| sum.cells > 0.0);
            let own = if has_text { self.own_flags(place) } else { 0 };
            flags.push(outer | own);
        }
        flags
    }

    fn own_flags(&self, place: &Place) -> u32 {
        let bit = FLAGS.iter().position(|&tag| tag == place.tag).map_or(0, |bit| 1 << bit);
        self.tree.attributes(place.node).fold(bit, |flags, attribute| {
            let told = |value: &str| match (attribute.name, value) {
                (Name::HIDDEN, _) | (Name::ARIA_HIDDEN, "true") => HIDDEN,
                (Name::STYLE, style) if style.contains("display:none") || style.contains("display: none") => {
                    HIDDEN
                }
                (Name::ITEMPROP, "articleBody") => BODY,
                (Name::ROLE, "main") => 1 << 1,
                (Name::ROLE, "article") => 1,
                (Name::ROLE, "navigation" | "menu" | "menubar") => 1 << 4,
                (Name::ROLE, "complementary") => 1 << 5,
                (Name::ROLE, "contentinfo") => 1 << 3,
                (Name::ROLE, "banner") => 1 << 2,
                (Name::ROLE, "dialog" | "search") => 1 << 8,
                _ => 0,
            };
            match attribute.name {
                Name::HIDDEN | Name::ARIA_HIDDEN | Name::STYLE | Name::ITEMPROP | Name::ROLE => {
                    flags | told(&self.tree.value(attribute))
                }
                _ => flags,
            }
        })
    }

    fn class(&self, node: NodeId) -> Cow<'a, str> {
        self.tree.attr(node, Name::CLASS).unwrap_or_default()
    }

    fn sum(&self, place: usize) -> Sum {
        self.sums.get(place).copied().unwrap_or_default()
    }

    /// The nearest element around with more blocks than `cells` in it.
    fn group(&self, place: usize, cells: f32) -> usize {
        let mut at = place;
        for _ in 0..64 {
            if self.sum(at).cells > cells || at == 0 {
                break;
            }
            at = self.places.get(at).map_or(0, |place| place.parent);
        }
        at
    }

    fn place(&self, at: usize) -> Option<&Place> {
        self.places.get(at)
    }

    fn tag(&self, at: usize) -> Tag {
        self.place(at).map_or(Tag::Inline, |place| place.tag)
    }

    /// What blocks of one make have in common: the tags and classes of an element and of the one around it.
    fn make(&self, block: usize) -> u64 {
        let mut state = 0xcbf2_9ce4_8422_2325_u64;
        let mut at = block;
        for _ in 0..2 {
            let Some(place) = self.place(at) else { break };
            let class = self.class(place.node);
            let tag = self.tree.tag(place.node).unwrap_or("");
            state = digest(digest(state, tag.as_bytes()), class.as_bytes());
            at = place.parent;
        }
        state
    }

    /// For each cell, the sum over the cells of its make, with `likely` of each.
    fn makes(&self, likely: &[f32]) -> Vec<Sum> {
        let makes = &self.made;
        let mut sums: ByHash<u64, Sum> = ByHash::default();
        for ((cell, &make), &likely) in self.cells.iter().zip(makes).zip(likely) {
            let counts = &cell.counts;
            let characters = counts.characters as f32;
            let running = if is_running(counts) { characters } else { 0.0 };
            let (linked, likely) = (counts.linked as f32, likely * characters);
            sums.entry(make).or_default().add(Sum { cells: 1.0, characters, linked, running, likely });
        }
        makes.iter().map(|make| sums.get(make).copied().unwrap_or_default()).collect()
    }

    /// What is known of each cell by itself and its place on the page, to be asked for from the top down.
    pub fn local<'p>(&'p self, scores: &'p [Scores]) -> Local<'p> {
        let mut twins: ByHash<u64, (u32, usize)> =
            ByHash::with_capacity_and_hasher(self.cells.len(), Default::default());
        for (index, cell) in self.cells.iter().enumerate() {
            twins.entry(cell.counts.all).or_insert((0, index)).0 += 1;
        }
        let likes = self.makes(&vec![0.0; self.cells.len()]);
        Local {
            page: self,
            scores,
            likes,
            twins,
            echoes: Echoes::of(self.cells),
            state: Running::default(),
            next: 0,
        }
    }

    /// For each cell, the one that it is judged with: on a page of a great many blocks, those of a few words that look the
    /// same are judged once in a while.
    pub fn alike(&self, scores: &[Scores]) -> Vec<usize> {
        let count = self.cells.len();
        if count <= BLOCKS_JUDGED_ALONE {
            return (0..count).collect();
        }
        let mut known: ByHash<u64, usize> = ByHash::default();
        let looks = self.cells.iter().zip(scores).zip(&self.made).enumerate();
        looks
            .map(|(at, ((cell, score), &made))| {
                if at % BLOCKS_JUDGED_ALIKE == 0 {
                    known.clear();
                }
                if cell.counts.words > FEW_WORDS {
                    return at;
                }
                *known.entry(cell.counts.look() ^ made.rotate_left(7) ^ score.look()).or_insert(at)
            })
            .collect()
    }

    /// Whether a block is clearly none of the article, before a forest is asked: a short line of the page's furniture, or one
    /// that is linked through, whose names and words speak against it. A paragraph that is linked through may stand in the text:
    /// what it says ("Sign up for our newsletter") is for the forests to weigh.
    pub fn is_apart(&self, index: usize, score: Scores) -> bool {
        let Some((cell, &block)) = self.cells.get(index).zip(self.blocks.get(index)) else { return false };
        let flags = self.flags.get(cell.place).copied().unwrap_or(0);
        let tag = self.tag(block);
        let is_linked = tag != Tag::Paragraph && share(cell.counts.linked, cell.counts.characters) > 0.8;
        score.sum() < APART
            && !is_long(&cell.counts)
            && !matches!(tag, Tag::Heading(_))
            && (flags & FURNITURE != 0 || is_linked)
    }

    fn verdict(&self, index: usize) -> f32 {
        let Some(cell) = self.cells.get(index) else { return 0.0 };
        match cell.verdict(self.leaves).map(|verdict| verdict.kind) {
            None => 0.0,
            Some(BlockKind::Caption) => 1.0,
            Some(BlockKind::Promo) => 2.0,
            Some(_) => 3.0,
        }
    }

    fn text(counts: &Counts, row: &mut Vec<f32>) {
        let characters = counts.characters;
        let of = |part: u32| share(part, characters);
        row.extend([log(characters as f32), log(counts.words as f32), share(counts.letters, counts.words)]);
        row.extend([share(counts.upper, counts.letters), of(counts.digits), of(counts.commas) * 100.0]);
        row.extend([
            log(counts.ends as f32),
            of(counts.quotes) * 100.0,
            share(counts.capitalised, counts.words),
        ]);
        row.extend([of(counts.linked), log(counts.links as f32), of(counts.bold), of(counts.italic)]);
        row.extend([log(counts.colons as f32), of(counts.signs) * 100.0, of(counts.dense)]);
        row.extend([1, 2, 4, 8, 16, 32].map(|bit| f32::from(u8::from(counts.marks & bit > 0))));
        row.extend([counts.first, counts.last, counts.last_inside].map(class_of));
        row.push(f32::from(u8::from(is_running(counts))));
    }

    fn tags(&self, cell: &Cell, block: usize, row: &mut Vec<f32>) {
        let tag = self.tag(block);
        let level = if let Tag::Heading(level) = tag { f32::from(level) } else { 0.0 };
        let flags = self.flags.get(cell.place).copied().unwrap_or(0);
        let bit = |bit: u32| f32::from(u8::from(flags >> bit & 1 == 1));
        row.extend([tag_class(tag), level]);
        row.extend(
            [tag == Tag::Item, matches!(tag, Tag::Row | Tag::Cell | Tag::Table)]
                .map(|yes| f32::from(u8::from(yes))),
        );
        row.push(self.place(block).map_or(0.0, |place| place.depth as f32));
        row.push(if cell.place == block { 20.0 } else { tag_class(self.tag(cell.place)) });
        row.extend((0..18).map(bit));
    }

    fn position(&self, index: usize, state: &Running, row: &mut Vec<f32>) {
        let count = self.cells.len().max(1) as f32;
        row.extend([index as f32 / count, log(count)]);
        let total = self.total.running.max(1.0);
        let own = self.cells.get(index).filter(|cell| is_running(&cell.counts));
        let own = own.map_or(0.0, |cell| cell.counts.characters as f32);
        row.extend([state.running / total, (self.total.running - state.running - own) / total]);
        row.extend([log(self.total.running), state.since_title]);
    }

    fn groups(&self, block: usize, state: &Running, row: &mut Vec<f32>) {
        let group = self.group(block, 1.0);
        let sum = self.sum(group);
        let outer = self.sum(self.group(group, sum.cells));
        let seen = state.seen.get(&group).copied().unwrap_or(0.0);
        row.extend([
            log(sum.cells),
            log(sum.mean()),
            sum.link_share(),
            sum.running / self.total.running.max(1.0),
        ]);
        row.extend([log(seen), log(sum.cells - seen)]);
        row.extend([log(outer.cells), log(outer.mean()), outer.link_share()]);
        row.extend([
            outer.characters / self.total.characters.max(1.0),
            outer.running / self.total.running.max(1.0),
        ]);
        let parent = self.place(block).map_or(0, |place| place.parent);
        let around = self.sum(parent);
        row.extend([tag_class(self.tag(parent)), around.link_share(), log(around.characters)]);
    }
}

/// What is known of the cells of a page, on the way down.
pub(in super::super) struct Local<'p> {
    page: &'p Page<'p>,
    scores: &'p [Scores],
    likes: Vec<Sum>,
    twins: ByHash<u64, (u32, usize)>,
    echoes: Echoes,
    state: Running,
    next: usize,
}

impl Local<'_> {
    /// Adds the numbers of a cell to `row`. The cells between the last one and this are passed over.
    pub fn row(&mut self, index: usize, row: &mut Vec<f32>) {
        while self.next < index {
            self.pass();
        }
        let Some(cell) = self.page.cells.get(index) else { return };
        let (page, counts) = (self.page, &cell.counts);
        let block = page.blocks.get(index).copied().unwrap_or(0);
        Page::text(counts, row);
        page.tags(cell, block, row);
        page.position(index, &self.state, row);
        page.groups(block, &self.state, row);
        let like = self.likes.get(index).copied().unwrap_or_default();
        row.extend([log(like.cells), log(like.mean()), like.link_share()]);
        row.extend([
            like.characters / page.total.characters.max(1.0),
            like.running / page.total.running.max(1.0),
        ]);
        self.elsewhere(index, counts, row);
        let score = self.scores.get(index).copied().unwrap_or_default();
        row.extend([score.own, score.near, score.far, score.words]);
        let state = &self.state;
        row.extend([state.heading_score, log(state.since_heading), state.heading_level, state.title_seen]);
        row.push(log(state.heading_words));
        page.records.get(cell.place).copied().unwrap_or_default().push(page.total.running, row);
        row.extend(page.facts.page);
    }

    /// What else on the page says the same.
    fn elsewhere(&self, index: usize, counts: &Counts, row: &mut Vec<f32>) {
        let facts = self.page.facts;
        let (title, summary) = (facts.title(counts), facts.summary(counts));
        row.extend([title.0, title.1, summary.0, summary.1, facts.authors(counts), facts.body(counts)]);
        let twin = self.twins.get(&counts.all).copied().unwrap_or((1, index));
        row.extend([twin.0 as f32, f32::from(u8::from(twin.1 == index)), self.echoes.share(counts)]);
    }

    fn pass(&mut self) {
        let index = self.next;
        self.next += 1;
        let (Some(cell), Some(&block)) = (self.page.cells.get(index), self.page.blocks.get(index)) else {
            return;
        };
        let words = self.scores.get(index).map_or(0.0, |score| score.words);
        *self.state.seen.entry(self.page.group(block, 1.0)).or_insert(0.0) += 1.0;
        self.state.pass(self.page.tag(block), &cell.counts, words, self.page.facts.title(&cell.counts));
    }
}

/// The rows of words in the long paragraphs of a page, as bits: a pull quote says again what one of them says.
struct Echoes(Vec<u64>);

impl Echoes {
    const BITS: u64 = 1 << 17;
    /// Words from which on a block is no pull quote.
    const LONG: usize = 40;

    fn of(cells: &[Cell]) -> Echoes {
        let mut bits = vec![0; (Self::BITS / 64) as usize];
        for cell in cells.iter().filter(|cell| cell.counts.hashes.len() > Self::LONG) {
            for row in shingles(&cell.counts.hashes) {
                let (word, bit) = Self::place(row);
                bits.get_mut(word).into_iter().for_each(|slot| *slot |= bit);
            }
        }
        Echoes(bits)
    }

    fn place(row: u64) -> (usize, u64) {
        let bit = row >> 40 & (Self::BITS - 1);
        ((bit / 64) as usize, 1 << (bit % 64))
    }

    /// How much of a short block stands in long ones.
    fn share(&self, counts: &Counts) -> f32 {
        if counts.hashes.len() > Self::LONG {
            return 0.0;
        }
        let known = |row: &u64| {
            let (word, bit) = Self::place(*row);
            self.0.get(word).is_some_and(|slot| slot & bit > 0)
        };
        let rows = counts.hashes.len().saturating_sub(3);
        shingles(&counts.hashes).filter(known).count() as f32 / rows.max(1) as f32
    }
}

/// What has been passed on the way down a page.
#[derive(Default)]
struct Running {
    running: f32,
    since_title: f32,
    since_heading: f32,
    heading_score: f32,
    heading_level: f32,
    heading_words: f32,
    title_seen: f32,
    seen: ByHash<usize, f32>,
}

impl Running {
    fn pass(&mut self, tag: Tag, counts: &Counts, words: f32, title: (f32, f32)) {
        self.since_heading += 1.0;
        if is_running(counts) {
            self.running += counts.characters as f32;
        }
        if self.since_title > 0.0 {
            self.since_title = (self.since_title + 1.0).min(60.0);
        }
        if let Tag::Heading(level) = tag {
            self.since_heading = 0.0;
            self.heading_score = words;
            self.heading_level = f32::from(level);
            self.heading_words = counts.words as f32;
            if level == 1 {
                self.since_title = 1.0;
            }
        }
        if title.0 > 0.7 && title.1 > 0.7 {
            self.title_seen += 1.0;
        }
    }
}
