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
        let (read, extra) = metadata::read(&tree);
        let facts = Facts::of(&read, &extra.summary, &extra.body);
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

    /// What is known of each block, given `[own, near, far, words]` of each.
    #[must_use]
    pub fn local(&self, scores: &[[f32; 4]]) -> Vec<Vec<f32>> {
        let scores: Vec<Scores> =
            scores.iter().map(|&[own, near, far, words]| Scores { own, near, far, words }).collect();
        self.with(|walked, cells| page(&self.tree, walked, cells, &self.facts).local(&scores))
    }

    /// The same with what is around each block, given how likely each is; noughts for those that are not likely at all.
    #[must_use]
    pub fn context(&self, rows: &[Vec<f32>], p: &[f32]) -> Vec<Vec<f32>> {
        self.with(|walked, cells| {
            let near: Vec<usize> = (0..p.len()).filter(|&at| p.get(at).is_some_and(|&p| p > LEAST)).collect();
            let page = page(&self.tree, walked, cells, &self.facts);
            let mut all = vec![vec![0.0; LOCAL.len() + CONTEXT.len()]; cells.len()];
            for (row, at) in page.context(rows, p, &near).into_iter().zip(near) {
                all.get_mut(at).into_iter().for_each(|slot| slot.clone_from(&row));
            }
            all
        })
    }
}

fn looked(walked: &Walked<'_>, cell: &Cell, names: &Names<'_>) -> Looked {
    let shell = walked.shells.get(cell.shell);
    let kind = shell.map_or(super::super::BlockKind::Paragraph, |shell| shell.kind);
    let mut draft = Draft::new(kind);
    let leaves = walked.leaves.get(cell.leaves.clone()).unwrap_or_default();
    leaves.iter().for_each(|leaf| draft.push(leaf));
    let parent = |at: usize| walked.places.get(at).map_or(0, |place: &Place| place.parent);
    let near = parent(cell.place);
    let mut far = Vec::new();
    let mut at = near;
    while at != 0 {
        at = parent(at);
        far.extend(names.fresh(at, |_| true));
    }
    Looked {
        text: draft.finish().text.as_str().to_owned(),
        kind: kind.as_str(),
        words: word_marks(&cell.counts).collect(),
        own: names.of(cell.place).to_vec(),
        near: names.of(near).to_vec(),
        far,
        is_left_out: kind.is_left_out(),
    }
}
