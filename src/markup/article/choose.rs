//! What is kept, and for what is not, which kind of thing it is.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};

use super::super::draft::OUTSIDE;
use super::super::html::{Name, Tree};
use super::super::page::{Place, Tag, Walked};
use super::super::{BlockKind, Verdict, metadata};
use super::names::Known;
use super::{Cell, Facts, weigh};

/// A block is kept from this probability on.
const KEPT: f32 = 0.55;

/// A page of fewer blocks says too little of itself for such a probability.
const FEW: usize = 16;

/// From this one on a block of such a page is kept beside one that is.
const KEPT_BESIDE: f32 = 0.2;

/// From this one on it is kept though it has the words of boilerplate: "Subscribe to our newsletter" in a story on newsletters.
const CERTAIN: f32 = 0.93;

/// Blocks below this probability stand far from the article: what their words say does not matter.
const NEAR: f32 = 0.02;

/// Words of a line that signs an article, at most.
const LINE_WORDS: u32 = 12;

/// The mark of "©" among the marks of a block.
const COPYRIGHT: u8 = 2;

/// What becomes of the cells of a page.
pub(in super::super) struct Choice {
    /// For each cell, why it is left out of the article, if it is; where nobody asks why, that it is.
    pub verdicts: Vec<Option<Verdict>>,
    /// Whether any of them is likely part of an article: a page may leave it to a script.
    pub is_sure: bool,
}

/// Chooses the article. Where nothing is likely part of it, all is kept that is no furniture of a page; and where that is
/// nothing, the lists of links that do not stand in such.
pub(in super::super) fn choose(
    tree: &Tree<'_>,
    walked: &Walked<'_>,
    cells: &[Cell],
    facts: &Facts,
    why: bool,
) -> Choice {
    let likely = weigh(tree, walked, cells, facts);
    let named = Named::of(tree, &walked.places);
    let is_sure = cells.iter().zip(&likely).any(|(cell, &p)| p > KEPT && is_free(walked, cell));
    let is_small = cells.len() < FEW;
    let is_plain = |cell: &Cell| !is_furniture(walked, cell) && !is_linked(cell);
    let any_plain = !is_sure && cells.iter().any(|cell| is_free(walked, cell) && is_plain(cell));
    let is_kept = |at: usize, cell: &Cell, p: f32| match (is_sure, any_plain) {
        (true, _) => {
            let is_doubtful = is_small && p > KEPT_BESIDE && named.around(cell.place).is_none();
            p > KEPT || is_doubtful && stands_beside_kept(walked, cells, &likely, at)
        }
        (false, true) => is_plain(cell),
        (false, false) => !is_furniture(walked, cell),
    };
    let judge = |(at, (cell, &p)): (usize, (&Cell, &f32))| {
        if !is_free(walked, cell) {
            return None;
        }
        let is_line = is_headline(walked, cell, facts) || is_small && is_byline(&named, walked, cell, facts);
        let kept = is_kept(at, cell, p) && !is_line;
        if !kept && !why {
            return Some(Verdict::new(BlockKind::Nav, ""));
        }
        if !kept {
            return Some(left_out(&named, walked, cell, facts, p));
        }
        if p >= CERTAIN {
            return None;
        }
        cell.verdict(&walked.leaves).cloned()
    };
    Choice { verdicts: cells.iter().zip(&likely).enumerate().map(judge).collect(), is_sure }
}

/// Whether nothing was said about the block before it was weighed.
fn is_free(walked: &Walked<'_>, cell: &Cell) -> bool {
    walked.shells.get(cell.shell).is_some_and(|shell| !shell.kind.is_left_out())
}

/// Whether the block before or behind is kept, and stands in the same element.
fn stands_beside_kept(walked: &Walked<'_>, cells: &[Cell], likely: &[f32], at: usize) -> bool {
    let parent = |at: usize| {
        let shell = walked.shells.get(cells.get(at)?.shell)?;
        walked.places.get(shell.place).map(|place| place.parent)
    };
    let is_kept = |other: &usize| likely.get(*other).is_some_and(|&p| p > KEPT);
    let beside = [at.checked_sub(1), at.checked_add(1)];
    let Some(own) = parent(at) else { return false };
    beside.into_iter().flatten().filter(is_kept).any(|other| parent(other) == Some(own))
}

/// An element and those around it, from the inside out.
fn around(places: &[Place], at: usize) -> impl Iterator<Item = usize> {
    let next = |&at: &usize| places.get(at).map(|place| place.parent).filter(|&parent| parent != at);
    std::iter::successors(Some(at), next).take(512)
}

fn is_furniture(walked: &Walked<'_>, cell: &Cell) -> bool {
    let tags = [Tag::Nav, Tag::Footer, Tag::Aside, Tag::Form, Tag::Figure, Tag::Caption];
    around(&walked.places, cell.place)
        .filter_map(|at| walked.places.get(at))
        .any(|place| tags.contains(&place.tag))
}

fn is_linked(cell: &Cell) -> bool {
    2 * cell.counts.linked > cell.counts.characters
}

/// Whether a block says one of the page's headlines and nothing else.
fn says_title(cell: &Cell, facts: &Facts) -> bool {
    [facts.title(&cell.counts), facts.headline(&cell.counts)]
        .iter()
        .any(|&(of, within)| of > 0.8 && within > 0.8)
}

/// Whether a block is the page's headline, which is its title and no part of its text.
fn is_headline(walked: &Walked<'_>, cell: &Cell, facts: &Facts) -> bool {
    let block = walked.shells.get(cell.shell).and_then(|shell| walked.places.get(shell.place));
    block.is_some_and(|place| place.tag == Tag::Heading(1)) && says_title(cell, facts)
}

/// Whether a block is a line that its own element calls furniture, `<p class="byline">`, or one that signs the article, by
/// its first word or by holding nothing but the names of the authors.
/// A page of many blocks tells so much of them that they need not be asked.
fn is_byline(named: &Named<'_>, walked: &Walked<'_>, cell: &Cell, facts: &Facts) -> bool {
    if cell.counts.words > LINE_WORDS || cell.counts.ends > 0 {
        return false;
    }
    let block = walked.shells.get(cell.shell).map_or(0, |shell| shell.place);
    let is_paragraph = walked.places.get(block).is_some_and(|place| place.tag == Tag::Paragraph);
    is_paragraph && named.told(block).is_some()
        || facts.authors(&cell.counts) == 1.0
        || metadata::is_signature(&cell.line(&walked.leaves))
}

/// The kind of a block that is no part of the article, as its elements tell it.
fn left_out(named: &Named<'_>, walked: &Walked<'_>, cell: &Cell, facts: &Facts, p: f32) -> Verdict {
    if says_title(cell, facts) {
        return Verdict::new(BlockKind::Title, "the page's headline");
    }
    if (p > NEAR || cell.counts.marks & COPYRIGHT > 0)
        && let Some(verdict) = cell.verdict(&walked.leaves)
    {
        return verdict.clone();
    }
    let (kind, reason) = named.around(cell.place).unwrap_or((BlockKind::Nav, OUTSIDE));
    Verdict::new(kind, reason)
}

/// What an element says of the text in it: its kind, and why.
type Told = Option<(BlockKind, &'static str)>;

/// What the elements of a page say of the text in them, each asked once.
struct Named<'a> {
    tree: &'a Tree<'a>,
    places: &'a [Place],
    /// For each of them, once any is asked: a page that keeps all asks none.
    told: OnceCell<Vec<OnceCell<Told>>>,
    /// For each value of an attribute.
    values: RefCell<Known<'a, Told>>,
}

impl<'a> Named<'a> {
    fn of(tree: &'a Tree<'a>, places: &'a [Place]) -> Self {
        Self { tree, places, told: OnceCell::new(), values: RefCell::default() }
    }

    /// What the nearest elements around a text say of it, the innermost of them first.
    fn around(&self, at: usize) -> Told {
        around(self.places, at).take(8).find_map(|at| self.told(at))
    }

    fn told(&self, at: usize) -> Told {
        let all = self.told.get_or_init(|| vec![OnceCell::new(); self.places.len()]);
        *all.get(at)?.get_or_init(|| self.places.get(at).and_then(|place| self.asked(place)))
    }

    /// What an element says of the text in it, by its tag or by its names.
    fn asked(&self, place: &Place) -> Told {
        match place.tag {
            Tag::Caption => return Some((BlockKind::Caption, "stands under a picture")),
            Tag::Figure => return Some((BlockKind::Caption, "stands with a picture")),
            Tag::Nav | Tag::Footer | Tag::Form => return Some((BlockKind::Nav, "furniture of the page")),
            Tag::Aside => return Some((BlockKind::Promo, "set aside from the article")),
            Tag::Body | Tag::Article | Tag::Main => return None,
            _ => {}
        }
        [Name::CLASS, Name::ID].into_iter().find_map(|name| match self.tree.attr(place.node, name)? {
            Cow::Borrowed(value) => self.once(value),
            Cow::Owned(value) => told_by(&value),
        })
    }

    /// What a value says, worked out once.
    fn once(&self, value: &'a str) -> Told {
        let known = self.values.borrow().get(value);
        known.unwrap_or_else(|| {
            let told = told_by(value);
            self.values.borrow_mut().put(value, told);
            told
        })
    }
}

/// What the value of an attribute says of the text in its element, by the first word that says something.
fn told_by(value: &str) -> Told {
    let is_mark = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'-' | b'_');
    value.as_bytes().split(is_mark).find_map(usual)
}

/// The longest word that `usual` knows: `advertisement`.
const LONGEST: usize = 13;

/// What a word of an element's names says of it, where it is a publisher's usual name for furniture.
fn usual(word: &[u8]) -> Told {
    let mut lower = [0; LONGEST];
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    match &*lower {
        b"newsletter" | b"promo" | b"promotion" | b"related" | b"recommended" | b"outbrain" | b"taboola"
        | b"advert" | b"advertisement" | b"ad" | b"ads" | b"sponsored" => {
            Some((BlockKind::Promo, "named as a promotion"))
        }
        b"nav" | b"navigation" | b"breadcrumb" | b"breadcrumbs" | b"menu" | b"share" | b"social"
        | b"sharing" | b"cookie" | b"cookies" | b"comments" | b"sidebar" | b"byline" | b"tags"
        | b"pagination" | b"masthead" => Some((BlockKind::Nav, "named as furniture")),
        b"caption" | b"credit" => Some((BlockKind::Caption, "named as a caption")),
        _ => None,
    }
}
