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
use super::html::Tree;
use super::page::{Place, Walked};

pub(super) use cell::Cell;
pub(super) use choose::choose;
pub(super) use facts::Facts;
pub use features::{CONTEXT, LOCAL};
pub(super) use features::{Page, Scores};
pub use study::Study;

use crate::limits::BOILERPLATE_LINE;
use cell::Counts;
use weights::Weights;

/// The blocks of a page, each with a count of what is in it. The leaves must be in the order of the source.
pub(super) fn cells(walked: &Walked<'_>) -> Vec<Cell> {
    let mut cells = Vec::new();
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
        cells.push(Cell { leaves, shell, place: innermost(run).unwrap_or(block), counts });
    }
    cells
}

/// The element that all words of a block stand in, if there is one.
fn innermost(run: &[Leaf<'_>]) -> Option<usize> {
    let mut places = run.iter().filter(|leaf| !leaf.text.trim_ascii().is_empty()).map(|leaf| leaf.place);
    let first = places.next()?;
    places.all(|place| place == first).then_some(first)
}

/// The text of a short block, white space folded; nothing of a long one.
fn line(leaves: &[Leaf<'_>], counts: &Counts) -> String {
    let mut line = String::new();
    if counts.characters as usize > BOILERPLATE_LINE {
        return line;
    }
    for leaf in leaves {
        for character in leaf.text.chars() {
            match character {
                c if !c.is_whitespace() => line.push(c),
                _ if !line.is_empty() && !line.ends_with(' ') => line.push(' '),
                _ => {}
            }
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// A page of these cells, ready to be weighed.
pub(super) fn page<'a>(
    tree: &'a Tree,
    walked: &'a Walked<'_>,
    cells: &'a [Cell],
    facts: &'a Facts,
) -> Page<'a> {
    let block = |cell: &Cell| walked.shells.get(cell.shell).map_or(0, |shell| shell.place);
    let text = |cell: &Cell| line(walked.leaves.get(cell.leaves.clone()).unwrap_or_default(), &cell.counts);
    let (blocks, lines) = (cells.iter().map(block).collect(), cells.iter().map(text).collect());
    Page::new(tree, &walked.places, cells, blocks, lines, facts)
}

/// Hashes that a cell's words weigh by: the first three and the last two with a mark of their own.
pub(super) fn word_marks(counts: &Counts) -> Vec<u32> {
    const FIRST: u32 = 0x5bd1_e995;
    const LAST: u32 = 0x1b87_3593;
    let mut marks: Vec<u32> = Vec::new();
    if counts.words <= 20 {
        marks.extend(&counts.head);
    }
    marks.extend(counts.head.iter().take(3).map(|word| word ^ FIRST));
    marks.extend(counts.tail.iter().take(2).map(|word| word ^ LAST));
    marks
}

/// For each place, the words of its names; none for places without text.
pub(super) fn place_words(tree: &Tree, places: &[Place], cells: &[Cell]) -> Vec<Vec<u32>> {
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
    let words = |(place, used): (&Place, bool)| {
        tree.element(place.node).filter(|_| used).map(names::words).unwrap_or_default()
    };
    places.iter().zip(used).map(words).collect()
}

/// How likely each cell of a page is part of the article.
pub(super) fn weigh(tree: &Tree, walked: &Walked<'_>, cells: &[Cell], facts: &Facts) -> Vec<f32> {
    let weights = Weights::shipped();
    let page = page(tree, walked, cells, facts);
    let rows = page.local(&scores(tree, &walked.places, cells));
    let first = weights.first.probabilities(&rows);
    weights.second.probabilities(&page.context(&rows, &first))
}

/// What the names of each cell's elements and its words weigh.
fn scores(tree: &Tree, places: &[Place], cells: &[Cell]) -> Vec<Scores> {
    let weights = Weights::shipped();
    let words = place_words(tree, places, cells);
    let of = |at: usize| words.get(at).map_or(&[][..], Vec::as_slice);
    let parent = |at: usize| places.get(at).map_or(0, |place| place.parent);
    // What stands further out: the sum over all elements around one.
    let mut far: Vec<f32> = Vec::with_capacity(places.len());
    for at in 0..places.len() {
        let outer = if at == 0 { 0.0 } else { far.get(parent(at)).copied().unwrap_or(0.0) };
        far.push(outer + weights.far.sum(of(at)));
    }
    let score = |cell: &Cell| {
        let near = parent(cell.place);
        Scores {
            own: weights.own.sum(of(cell.place)),
            near: weights.near.sum(of(near)),
            far: if near == 0 { 0.0 } else { far.get(parent(near)).copied().unwrap_or(0.0) },
            words: weights.words.sum(&word_marks(&cell.counts)) + weights.none,
        }
    };
    cells.iter().map(score).collect()
}
