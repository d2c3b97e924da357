//! Pages and fragments of pages: from a tree to blocks.

mod element;
mod scripted;
mod sniff;
mod walk;

use super::article::{self, Cell, Facts};
use super::draft::{Draft, assemble, drafts, through};
use super::html;
use super::{BlockKind, Boilerplate, Markup, Options, Verdict, metadata, plain};
use crate::text::{Span, Text};
use std::borrow::Cow;

pub(super) use element::Tag;
pub(super) use sniff::looks_like_html;
pub(super) use walk::{Place, Scope, Walked, walk};

pub(super) fn parse(source: &str, options: &Options) -> Markup {
    let tree = html::parse(source);
    let matches = options.selectors.matches(&tree);
    if !sniff::is_whole(source) {
        let walked = walk(&tree, &matches, Scope::Fragment);
        let mut found = drafts(&walked.leaves, &walked.shells);
        label(&mut found);
        let mut markup = assemble(source, found, |link| walked.href(&tree, link), options);
        markup.metadata.title = metadata::headline(&tree);
        return markup;
    }
    let (metadata, extra) = metadata::read(&tree, !options.text_only);
    let facts = Facts::of(&metadata, &extra);
    let walked = walk(&tree, &matches, Scope::Page);
    let cells = article::cells(&walked);
    let why = !options.text_only || !options.keep.is_empty();
    let choice = article::choose(&tree, &walked, &cells, &facts, why);
    let wanted = |(cell, verdict): &(&Cell, Option<Verdict>)| {
        let own = walked.shells.get(cell.shell).map_or(BlockKind::Paragraph, |shell| shell.kind);
        let kind = verdict.as_ref().map_or(own, |verdict| verdict.kind);
        !options.text_only || !kind.is_left_out() || options.keep.contains(&kind)
    };
    let kept = cells.iter().zip(choice.verdicts).filter(wanted);
    let found = kept.map(|(cell, verdict)| draft(&walked, cell, verdict));
    let body = if choice.is_sure || matches.select.is_some() { None } else { scripted::body(&tree, source) };
    let mut markup = match body {
        None => assemble(source, found, |link| walked.href(&tree, link), options),
        Some(body) => from_script(source, found.collect(), &body, walked.hrefs(&tree), options),
    };
    markup.metadata = metadata;
    markup
}

/// The article as a script has it, and beside it the blocks `around` that the page shows, whose links lead to `hrefs`.
fn from_script(
    source: &str,
    mut around: Vec<Draft>,
    body: &Text,
    mut hrefs: Vec<String>,
    options: &Options,
) -> Markup {
    around.iter_mut().for_each(Draft::leave_out);
    let mut article = fragment(body, &html::parse(body.as_str()), options, &mut hrefs);
    label(&mut article);
    around.extend(article);
    around.sort_by_key(|draft| draft.text.source(Span::new(0, 0)).start());
    assemble(source, around, |link| hrefs.get(link).cloned().unwrap_or_default(), options)
}

fn draft(walked: &Walked<'_>, cell: &Cell, verdict: Option<Verdict>) -> Draft {
    let shell = walked.shells.get(cell.shell);
    let leaves = walked.leaves.get(cell.leaves.clone()).unwrap_or_default();
    let mut draft = Draft::of(shell.map_or(BlockKind::Paragraph, |shell| shell.kind), leaves);
    draft.reason = shell.and_then(|shell| shell.reason).map(Cow::Borrowed);
    verdict.iter().for_each(|verdict| draft.condemn(verdict));
    draft
}

/// A list of fragments; each is a paragraph unless its markup says otherwise.
pub(super) fn parse_fragments(source: &str, fragments: &[Text], options: &Options) -> Markup {
    let mut all = Vec::new();
    let mut hrefs = Vec::new();
    let mut title = None;
    for one in fragments {
        let tree = html::parse(one.as_str());
        all.extend(fragment(one, &tree, options, &mut hrefs));
        title = title.or_else(|| metadata::headline(&tree));
    }
    label(&mut all);
    let mut markup = assemble(source, all, |link| hrefs.get(link).cloned().unwrap_or_default(), options);
    markup.metadata.title = title;
    markup
}

/// The blocks of a fragment; where its links lead is added to `hrefs`.
fn fragment(
    fragment: &Text,
    tree: &html::Tree<'_>,
    options: &Options,
    hrefs: &mut Vec<String>,
) -> Vec<Draft> {
    let matches = options.selectors.matches(tree);
    let walked = walk(tree, &matches, Scope::Fragment);
    let first = hrefs.len();
    hrefs.extend(walked.hrefs(tree));
    let moved = |mut draft: Draft| {
        draft.links.iter_mut().for_each(|(_, id)| *id += first);
        through(draft, fragment.alignment())
    };
    drafts(&walked.leaves, &walked.shells).into_iter().map(moved).collect()
}

/// Lines of boilerplate, and headings that are set as bold paragraphs.
fn label(drafts: &mut [Draft]) {
    let count = drafts.len();
    for (index, draft) in drafts.iter_mut().enumerate().filter(|(_, draft)| !draft.kind.is_left_out()) {
        if let Some(verdict) = Boilerplate::shipped().judge(draft.text.as_str()) {
            draft.condemn(verdict);
        } else if draft.kind == BlockKind::Paragraph && index + 1 < count && is_bold_heading(draft) {
            draft.kind = BlockKind::Heading;
        }
    }
}

fn is_bold_heading(draft: &Draft) -> bool {
    let all = Span::new(0, draft.text.len());
    let bold = draft.inlines.iter().any(|inline| inline.style == super::Style::Bold && inline.span == all);
    bold && plain::is_heading(draft.text.as_str())
}
