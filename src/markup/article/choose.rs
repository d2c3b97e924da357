//! What is kept, and for what is not, which kind of thing it is.

use super::super::html::{Name, Tree};
use super::super::page::{Place, Tag, Walked};
use super::super::{BlockKind, metadata};
use super::{Cell, Facts, weigh};

/// What becomes of a block that is left out: its kind, and why.
pub(in super::super) type Verdict = (BlockKind, String);

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
    let is_sure = cells.iter().zip(&likely).any(|(cell, &p)| p > KEPT && is_free(walked, cell));
    let is_small = cells.len() < FEW;
    let is_plain = |cell: &Cell| !is_furniture(walked, cell) && !is_linked(cell);
    let any_plain = !is_sure && cells.iter().any(|cell| is_free(walked, cell) && is_plain(cell));
    let is_kept = |at: usize, cell: &Cell, p: f32| match (is_sure, any_plain) {
        (true, _) => {
            let is_doubtful = is_small && p > KEPT_BESIDE && told_around(tree, walked, cell).is_none();
            p > KEPT || is_doubtful && stands_beside_kept(walked, cells, &likely, at)
        }
        (false, true) => is_plain(cell),
        (false, false) => !is_furniture(walked, cell),
    };
    let judge = |(at, (cell, &p)): (usize, (&Cell, &f32))| {
        if !is_free(walked, cell) {
            return None;
        }
        let is_line = is_headline(walked, cell, facts) || is_small && is_byline(tree, walked, cell, facts);
        let kept = is_kept(at, cell, p) && !is_line;
        if !kept && !why {
            return Some((BlockKind::Nav, String::new()));
        }
        if !kept {
            return Some(left_out(tree, walked, cell, facts, p));
        }
        if p >= CERTAIN {
            return None;
        }
        let verdict = cell.verdict(&walked.leaves)?;
        Some((verdict.kind, verdict.reason.clone()))
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

fn around<'a>(walked: &'a Walked<'_>, cell: &Cell) -> impl Iterator<Item = &'a Place> {
    let next =
        |place: &&Place| walked.places.get(place.parent).filter(|_| place.block != 0 || place.parent != 0);
    std::iter::successors(walked.places.get(cell.place), next).take(512)
}

fn is_furniture(walked: &Walked<'_>, cell: &Cell) -> bool {
    let tags = [Tag::Nav, Tag::Footer, Tag::Aside, Tag::Form, Tag::Figure, Tag::Caption];
    around(walked, cell).any(|place| tags.contains(&place.tag))
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
fn is_byline(tree: &Tree<'_>, walked: &Walked<'_>, cell: &Cell, facts: &Facts) -> bool {
    if cell.counts.words > LINE_WORDS || cell.counts.ends > 0 {
        return false;
    }
    let own = walked.shells.get(cell.shell).and_then(|shell| walked.places.get(shell.place));
    let is_named = own.is_some_and(|place| place.tag == Tag::Paragraph && named(tree, place).is_some());
    is_named || facts.authors(&cell.counts) == 1.0 || metadata::is_signature(&cell.line(&walked.leaves))
}

/// The kind of a block that is no part of the article, as its elements tell it.
fn left_out(tree: &Tree<'_>, walked: &Walked<'_>, cell: &Cell, facts: &Facts, p: f32) -> Verdict {
    if says_title(cell, facts) {
        return (BlockKind::Title, "the page's headline".to_owned());
    }
    if (p > NEAR || cell.counts.marks & COPYRIGHT > 0)
        && let Some(verdict) = cell.verdict(&walked.leaves)
    {
        return (verdict.kind, verdict.reason.clone());
    }
    let (kind, reason) = told_around(tree, walked, cell).unwrap_or((BlockKind::Nav, "outside the article"));
    (kind, reason.to_owned())
}

/// What the elements around a block say of it.
fn told_around(tree: &Tree<'_>, walked: &Walked<'_>, cell: &Cell) -> Option<(BlockKind, &'static str)> {
    around(walked, cell).take(8).find_map(|place| named(tree, place))
}

/// What an element says of the text in it.
fn named(tree: &Tree<'_>, place: &Place) -> Option<(BlockKind, &'static str)> {
    match place.tag {
        Tag::Caption => return Some((BlockKind::Caption, "stands under a picture")),
        Tag::Figure => return Some((BlockKind::Caption, "stands with a picture")),
        Tag::Nav | Tag::Footer | Tag::Form => return Some((BlockKind::Nav, "furniture of the page")),
        Tag::Aside => return Some((BlockKind::Promo, "set aside from the article")),
        Tag::Body | Tag::Article | Tag::Main => return None,
        _ => {}
    }
    let names = [Name::CLASS, Name::ID].into_iter().filter_map(|name| tree.attr(place.node, name));
    names.into_iter().find_map(|names| names.split_ascii_whitespace().find_map(told))
}

/// What a class or an id says of an element, where one of its words is a publisher's usual name for furniture.
fn told(class: &str) -> Option<(BlockKind, &'static str)> {
    let lower = class.to_ascii_lowercase();
    lower.split(['-', '_']).find_map(|word| match word {
        "newsletter" | "promo" | "promotion" | "related" | "recommended" | "outbrain" | "taboola"
        | "advert" | "advertisement" | "ad" | "ads" | "sponsored" => {
            Some((BlockKind::Promo, "named as a promotion"))
        }
        "nav" | "navigation" | "breadcrumb" | "breadcrumbs" | "menu" | "share" | "social" | "sharing"
        | "cookie" | "cookies" | "comments" | "sidebar" | "byline" | "tags" | "pagination" | "masthead" => {
            Some((BlockKind::Nav, "named as furniture"))
        }
        "caption" | "credit" => Some((BlockKind::Caption, "named as a caption")),
        _ => None,
    })
}
