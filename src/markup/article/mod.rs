//! The choice of the article: every block of a page is weighed by what it says, where it stands and what stands around
//! it, with weights learned from pages whose articles are known.

mod cell;
mod choose;
mod facts;
mod features;
mod forest;
mod names;
mod study;
mod weights;

use super::draft::Leaf;
use super::hash::mix;
use super::html::Tree;
use super::page::{Place, Walked};

pub(super) use cell::Cell;
pub(super) use choose::choose;
pub(super) use facts::Facts;
pub use features::{CONTEXT, LOCAL};
pub(super) use features::{Page, Scores};
pub use study::Study;

use cell::{Counts, bit};
use forest::Rows;
use weights::{ByHash, Table, Weights};

/// The blocks of a page, each with a count of what is in it. The leaves must be in the order of the source.
pub(super) fn cells(walked: &Walked<'_>) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(walked.shells.len());
    let mut start = 0;
    for run in walked.leaves.chunk_by(|one, next| one.shell == next.shell) {
        let leaves = start..start + run.len();
        start = leaves.end;
        let counts = Counts::of(run);
        if counts.characters == 0 {
            continue;
        }
        let shell = run.first().map_or(0, |leaf| leaf.shell);
        let block = walked.shells.get(shell).map_or(0, |shell| shell.place);
        cells.push(Cell::new(leaves, shell, innermost(run).unwrap_or(block), counts));
    }
    cells
}

/// The element that all words of a block stand in, if there is one.
fn innermost(run: &[Leaf<'_>]) -> Option<usize> {
    let mut places = run.iter().filter(|leaf| !leaf.text.trim_ascii().is_empty()).map(|leaf| leaf.place);
    let first = places.next()?;
    places.all(|place| place == first).then_some(first)
}

/// A page of these cells, ready to be weighed.
pub(super) fn page<'a>(
    tree: &'a Tree<'_>,
    walked: &'a Walked<'_>,
    cells: &'a [Cell],
    facts: &'a Facts,
) -> Page<'a> {
    let block = |cell: &Cell| walked.shells.get(cell.shell).map_or(0, |shell| shell.place);
    Page::new(tree, &walked.places, cells, cells.iter().map(block).collect(), &walked.leaves, facts)
}

/// Hashes that a cell's words weigh by: the first three and the last two with a mark of their own.
pub(super) fn word_marks(counts: &Counts) -> impl Iterator<Item = u32> + '_ {
    const FIRST: u32 = 0x5bd1_e995;
    const LAST: u32 = 0x1b87_3593;
    let head = counts.head();
    let all = if counts.words <= 20 { head } else { &[] };
    let first = head.iter().take(3).map(|word| word ^ FIRST);
    all.iter().copied().chain(first).chain(counts.tail.iter().map(|word| word ^ LAST))
}

/// Elements further out in which a word is looked for, so that one said twice counts once.
const LOOKED_BACK: usize = 8;

/// For each place, the words of its names; none for places without text.
pub(super) struct Names<'a> {
    places: &'a [Place],
    words: Vec<u32>,
    /// Where the words of each place end.
    ends: Vec<usize>,
    /// For each place, the bits of its words.
    bits: Vec<u64>,
}

impl Names<'_> {
    /// The words of the names of a place.
    pub fn of(&self, at: usize) -> &[u32] {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|&end| self.words.get(start..end)).unwrap_or_default()
    }

    /// Those of the `known` that the elements around it do not say.
    pub fn fresh<'s>(
        &'s self,
        at: usize,
        known: impl Fn(u32) -> bool + 's,
    ) -> impl Iterator<Item = u32> + 's {
        let own = self.of(at);
        let outer = |at: &usize| self.places.get(*at).map(|place| place.parent).filter(|parent| parent != at);
        let around = move || std::iter::successors(outer(&at), outer).take(LOOKED_BACK);
        let bits = |at: usize| self.bits.get(at).copied().unwrap_or(0);
        let said = if own.is_empty() { 0 } else { around().fold(0, |said, place| said | bits(place)) };
        own.iter().enumerate().filter(move |(_, word)| known(**word)).filter_map(move |(index, word)| {
            let twice = own.get(..index).is_some_and(|before| before.contains(word));
            let is_said = said & bit(*word) != 0 && around().any(|around| self.of(around).contains(word));
            (!twice && !is_said).then_some(*word)
        })
    }
}

pub(super) fn place_names<'a>(tree: &Tree<'_>, places: &'a [Place], cells: &[Cell]) -> Names<'a> {
    let mut used = vec![false; places.len()];
    for cell in cells {
        used.get_mut(cell.place).into_iter().for_each(|slot| *slot = true);
    }
    for at in (1..places.len()).rev() {
        if used.get(at).copied().unwrap_or(false) {
            let parent = places.get(at).map_or(0, |place| place.parent);
            used.get_mut(parent).into_iter().for_each(|slot| *slot = true);
        }
    }
    let room = places.len();
    let (words, ends, bits) = (Vec::new(), Vec::with_capacity(room), Vec::with_capacity(room));
    let mut names = Names { places, words, ends, bits };
    let mut known = names::Split::default();
    for (place, used) in places.iter().zip(used) {
        if used {
            names::words(tree, place.node, &mut names.words, &mut known);
        }
        let first = names.ends.last().copied().unwrap_or(0);
        let own = names.words.get(first..).unwrap_or_default();
        names.bits.push(own.iter().fold(0, |bits, &word| bits | bit(word)));
        names.ends.push(names.words.len());
    }
    names
}

/// Up to this probability of the first forest a block is not shown to the second.
pub(super) const LEAST: f32 = 0.01;

/// Rows of numbers that are judged together, so that those of a long page do not all stand in memory.
const TOGETHER: usize = 256;

/// How likely each cell of a page is part of the article.
pub(super) fn weigh(tree: &Tree<'_>, walked: &Walked<'_>, cells: &[Cell], facts: &Facts) -> Vec<f32> {
    let scores = scores(tree, &walked.places, cells);
    let page = page(tree, walked, cells, facts);
    let alike = page.alike(&scores);
    let is_judged = |&at: &usize| {
        alike.get(at) == Some(&at) && !scores.get(at).is_some_and(|&score| page.is_apart(at, score))
    };
    let own: Vec<usize> = (0..alike.len()).filter(is_judged).collect();
    judge(&page, &scores, &alike, &own)
}

/// The same, where only the cells `own` are judged, and of all others each as the one that it is `alike`: not likely at all,
/// where that is not judged.
fn judge(page: &Page<'_>, scores: &[Scores], alike: &[usize], own: &[usize]) -> Vec<f32> {
    let weights = Weights::shipped();
    let spread = |p: &mut Vec<f32>| {
        for (at, &like) in alike.iter().enumerate() {
            let known = p.get(like).copied().unwrap_or(0.0);
            p.get_mut(at).into_iter().for_each(|slot| *slot = known);
        }
    };
    let (mut first, mut near) = (vec![0.0; alike.len()], Vec::new());
    let (mut local, mut kept) = (page.local(scores), Rows::of(LOCAL.len(), own.len().min(TOGETHER) / 2));
    let mut rows = Rows::of(LOCAL.len(), own.len().min(TOGETHER));
    for part in own.chunks(TOGETHER) {
        rows.clear();
        part.iter().for_each(|&at| rows.push(|row| local.row(at, row)));
        for ((&at, row), p) in part.iter().zip(rows.iter()).zip(weights.first.probabilities(&rows)) {
            first.get_mut(at).into_iter().for_each(|slot| *slot = p);
            if p > LEAST {
                near.push(at);
                kept.push(|numbers| numbers.extend(row));
            }
        }
    }
    spread(&mut first);
    let (around, mut kept) = (page.around(scores, &first), kept.iter());
    let (mut second, mut rows) =
        (vec![0.0; alike.len()], Rows::of(LOCAL.len() + CONTEXT.len(), near.len().min(TOGETHER)));
    for part in near.chunks(TOGETHER) {
        rows.clear();
        for (&at, known) in part.iter().zip(&mut kept) {
            rows.push(|row| {
                row.extend(known);
                around.row(at, row);
            });
        }
        for (&at, p) in part.iter().zip(weights.second.probabilities(&rows)) {
            second.get_mut(at).into_iter().for_each(|slot| *slot = p);
        }
    }
    spread(&mut second);
    second
}

/// What the names of each cell's elements and its words weigh.
fn scores(tree: &Tree<'_>, places: &[Place], cells: &[Cell]) -> Vec<Scores> {
    let weights = Weights::shipped();
    let names = place_names(tree, places, cells);
    let parent = |at: usize| places.get(at).map_or(0, |place| place.parent);
    let far = far(&names, &weights.far);
    let score = |cell: &Cell| {
        let near = parent(cell.place);
        Scores {
            own: weights.own.sum(names.of(cell.place).iter().copied()),
            near: weights.near.sum(names.of(near).iter().copied()),
            far: if near == 0 { 0.0 } else { far.get(parent(near)).copied().unwrap_or(0.0) },
            words: weights.words.sum(word_marks(&cell.counts)) + weights.none,
        }
    };
    cells.iter().map(score).collect()
}

/// What the names of each element and of all those around it weigh. Elements whose names are the same all the way out, as those of
/// the items of a list, are weighed once.
fn far(names: &Names<'_>, weights: &Table) -> Vec<f32> {
    let room = names.places.len();
    let (mut far, mut looks): (Vec<f32>, Vec<u64>) = (Vec::with_capacity(room), Vec::with_capacity(room));
    let mut known: ByHash<u64, f32> = ByHash::with_capacity_and_hasher(room / 2, Default::default());
    for (at, place) in names.places.iter().enumerate() {
        let look = mix(looks.get(place.parent).copied().unwrap_or(0), 1);
        let look = names.of(at).iter().fold(look, |look, &word| mix(look, u64::from(word)));
        let fresh = || weights.sum(names.fresh(at, |word| weights.holds(word)));
        let own = *known.entry(look).or_insert_with(fresh);
        far.push(far.get(place.parent).copied().unwrap_or(0.0) + own);
        looks.push(look);
    }
    far
}

#[cfg(test)]
mod tests {
    use super::super::html;
    use super::super::page::{Scope, walk};
    use super::*;

    /// A page of `rows` small blocks of a few sorts around an article.
    fn long_page(rows: usize) -> String {
        let row = |at: usize| match at % 3 {
            0 => format!("<tr><td>{:05}</td><td>ab</td></tr>", at * 7),
            1 => format!("<tr><td><a href='/{at}'>Row {at:05}</a></td></tr>"),
            _ => "<tr><td>xy</td></tr>".to_owned(),
        };
        let day = |day: usize| {
            format!(
                "<p>On day {day} the harbour wall held, although the sea stood {day} metres above the quay, the mayor \
                 said on the radio. No house behind the wall was flooded, and the ferry sailed again at {day} o'clock.</p>"
            )
        };
        let prose: String = (1..10).map(day).collect();
        let table: String = (0..rows).map(row).collect();
        format!("<html><body><article><h1>Wall</h1>{prose}</article><table>{table}</table></body></html>")
    }

    #[test]
    fn a_word_that_an_element_around_says_is_not_fresh() {
        let inner = "<div class='story story-list card'><p class='text list card-card'>It rained.</p></div>";
        let source =
            format!("<html><body class='page list'>{}{inner}</body>", "<div class='page wall'>".repeat(9));
        let tree = html::parse(&source);
        let matches = Default::default();
        let walked = walk(&tree, &matches, Scope::Page);
        let names = place_names(&tree, &walked.places, &cells(&walked));
        let parent = |at: usize| walked.places[at].parent;
        for at in 0..walked.places.len() {
            let mut said: Vec<u32> = Vec::new();
            let mut around = at;
            for _ in 0..LOOKED_BACK {
                around = parent(around);
                said.extend(names.of(around));
            }
            let mut expected: Vec<u32> = Vec::new();
            for &word in names.of(at) {
                if !said.contains(&word) && !expected.contains(&word) {
                    expected.push(word);
                }
            }
            assert_eq!(names.fresh(at, |_| true).collect::<Vec<u32>>(), expected, "place {at}");
        }
    }

    #[test]
    fn names_around_weigh_what_those_of_each_element_do() {
        let row =
            "<li class='story card'><b class='title'>It rained.</b><a class='nav-link card'>More</a></li>";
        let source = format!(
            "<html><body class='page'><ul class='list nav'>{0}{0}</ul><div class='list nav'>{0}</div></body>",
            row.repeat(3)
        );
        let tree = html::parse(&source);
        let matches = Default::default();
        let walked = walk(&tree, &matches, Scope::Page);
        let names = place_names(&tree, &walked.places, &cells(&walked));
        let weights = &Weights::shipped().far;
        let mut each: Vec<f32> = Vec::new();
        for (at, place) in walked.places.iter().enumerate() {
            let outer = each.get(place.parent).copied().unwrap_or(0.0);
            each.push(outer + weights.sum(names.fresh(at, |word| weights.holds(word))));
        }
        assert!(each.iter().any(|&sum| sum != 0.0));
        assert_eq!(far(&names, weights), each);
    }

    /// How likely each block of a page is, judged quickly and each by itself; and what `told` has of the page.
    fn judged<T>(source: &str, told: impl FnOnce(&Page<'_>, &[Scores]) -> T) -> (Vec<(f32, f32)>, T) {
        let tree = html::parse(source);
        let matches = Default::default();
        let walked = walk(&tree, &matches, Scope::Page);
        let (cells, facts) = (cells(&walked), Facts::default());
        let scores = scores(&tree, &walked.places, &cells);
        let page = page(&tree, &walked, &cells, &facts);
        let each: Vec<usize> = (0..cells.len()).collect();
        let (fast, slow) = (weigh(&tree, &walked, &cells, &facts), judge(&page, &scores, &each, &each));
        assert_eq!(fast.len(), slow.len());
        (fast.into_iter().zip(slow).collect(), told(&page, &scores))
    }

    #[test]
    fn blocks_set_apart_are_none_of_the_article() {
        let link = |at: usize| {
            format!("<li class='nav-item'><a href='/{at}' class='nav-link'>Section {at}</a></li>")
        };
        let links: String = (0..20).map(link).collect();
        let framed = format!(
            "<nav class='menu'><ul>{links}</ul></nav>{}<footer class='footer'><ul>{links}</ul></footer>",
            long_page(60)
        );
        let mut apart = 0;
        for source in [
            include_str!("../../../seeds/05_artemis_page.html"),
            include_str!("../../../seeds/08_winter_page.html"),
            &framed,
        ] {
            let (judged, found) = judged(source, |page, scores| {
                scores.iter().enumerate().filter(|(at, score)| page.is_apart(*at, **score)).count()
            });
            apart += found;
            for (at, (fast, slow)) in judged.into_iter().enumerate() {
                assert_eq!(fast > 0.5, slow > 0.5, "block {at}: {fast} with some apart, {slow} without");
            }
        }
        assert!(apart > 10, "{apart}");
    }

    #[test]
    fn blocks_that_look_the_same_are_judged_the_same() {
        let (judged, alone) = judged(&long_page(6_000), |page, scores| {
            page.alike(scores).iter().enumerate().filter(|(at, like)| at == *like).count()
        });
        assert!(judged.len() >= 6_000 && alone < 200, "{alone} of {}", judged.len());
        for (at, (fast, slow)) in judged.into_iter().enumerate() {
            assert_eq!(fast > 0.5, slow > 0.5, "block {at}: {fast} by its like, {slow} by itself");
        }
    }
}
