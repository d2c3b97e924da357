//! A page laid open for the training script: what the classifier sees, in the words of the classifier.

use super::super::draft::Draft;
use super::super::page::{Place, Scope, Walked, walk};
use super::super::select::Matches;
use super::super::{html, metadata};
use super::features::{CONTEXT, LOCAL};
use super::{Cell, Facts, LEAST, Names, Scores, cells, page, place_names, word_marks};

/// A page laid open for the training script.
#[derive(Debug)]
pub struct Study<'s> {
    tree: html::Tree<'s>,
    facts: Facts,
}

/// A block laid open.
#[derive(Debug)]
pub struct Looked {
    /// Its text.
    pub text: String,
    /// Its kind as its tag has it.
    pub kind: &'static str,
    /// Hashes of the words that its words weigh by.
    pub words: Vec<u32>,
    /// Hashes of the words in the names of its own element.
    pub own: Vec<u32>,
    /// The same of the block around it.
    pub near: Vec<u32>,
    /// The same of all elements further out.
    pub far: Vec<u32>,
    /// Whether it was left out before it was looked at: the text of a form's controls.
    pub is_left_out: bool,
}

impl<'s> Study<'s> {
    /// Reads a page.
    #[must_use]
    pub fn of(source: &'s str) -> Study<'s> {
        let tree = html::parse(source);
        let (read, extra) = metadata::read(&tree, true);
        let facts = Facts::of(&read, &extra);
        Study { tree, facts }
    }

    fn with<T>(&self, then: impl FnOnce(&Walked<'_>, &[Cell]) -> T) -> T {
        let matches = Matches::default();
        let walked = walk(&self.tree, &matches, Scope::Page);
        let cells = cells(&walked);
        then(&walked, &cells)
    }

    /// Its blocks.
    #[must_use]
    pub fn blocks(&self) -> Vec<Looked> {
        self.with(|walked, cells| {
            let names = place_names(&self.tree, &walked.places, cells);
            cells.iter().map(|cell| looked(walked, cell, &names)).collect()
        })
    }

    /// What is known of each block, given `[own, near, far, words]` of each: a row of `LOCAL` a block.
    #[must_use]
    pub fn local(&self, scores: &[[f32; 4]]) -> Vec<f32> {
        self.with(|walked, cells| {
            let (page, scores) = (page(&self.tree, walked, cells, &self.facts), named(scores));
            let (mut local, mut rows) = (page.local(&scores), Vec::new());
            (0..cells.len()).for_each(|at| local.row(at, &mut rows));
            rows
        })
    }

    /// The same with what is around each block, given how likely each is; noughts for those that are not likely at all.
    #[must_use]
    pub fn context(&self, scores: &[[f32; 4]], p: &[f32]) -> Vec<f32> {
        self.with(|walked, cells| {
            let (page, scores) = (page(&self.tree, walked, cells, &self.facts), named(scores));
            let (mut local, around, mut rows) = (page.local(&scores), page.around(&scores, p), Vec::new());
            for (at, &p) in p.iter().enumerate().take(cells.len()) {
                if p > LEAST {
                    local.row(at, &mut rows);
                    around.row(at, &mut rows);
                }
                rows.resize((at + 1) * (LOCAL.len() + CONTEXT.len()), 0.0);
            }
            rows
        })
    }
}

fn named(scores: &[[f32; 4]]) -> Vec<Scores> {
    scores.iter().map(|&[own, near, far, words]| Scores { own, near, far, words }).collect()
}

fn looked(walked: &Walked<'_>, cell: &Cell, names: &Names<'_>) -> Looked {
    let shell = walked.shells.get(cell.shell);
    let kind = shell.map_or(super::super::BlockKind::Paragraph, |shell| shell.kind);
    let leaves = walked.leaves.get(cell.leaves.clone()).unwrap_or_default();
    let parent = |at: usize| walked.places.get(at).map_or(0, |place: &Place| place.parent);
    let near = parent(cell.place);
    let mut far = Vec::new();
    let mut at = near;
    while at != 0 {
        at = parent(at);
        far.extend(names.fresh(at, |_| true));
    }
    Looked {
        text: Draft::of(kind, leaves).text.into_string(),
        kind: kind.as_str(),
        words: word_marks(&cell.counts).collect(),
        own: names.of(cell.place).to_vec(),
        near: names.of(near).to_vec(),
        far,
        is_left_out: kind.is_left_out(),
    }
}
