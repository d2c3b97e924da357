//! From pieces of text to blocks: white space folded, pieces put in the order of the source, blocks joined.

use super::{Block, BlockKind, Dropped, Inline, Link, Markup, Options, Style, Verdict};
use crate::text::{Alignment, Run, Span, Text};
use std::borrow::Cow;

/// Why a block is left out of which nothing else is known.
pub(super) const OUTSIDE: &str = "outside the article";

/// A piece of text with one run, and what it stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaf<'a> {
    /// The block that it belongs to, an index into the list of shells.
    pub shell: usize,
    /// Its characters.
    pub text: &'a str,
    /// Where they were read.
    pub source: Span,
    /// The innermost element that it stands in, an index into the places of a walk.
    pub place: usize,
    /// The link that it stands in.
    pub link: Option<usize>,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is italic.
    pub italic: bool,
}

/// A block before its text is known.
#[derive(Clone, Debug)]
pub(super) struct Shell {
    /// What it is as far as its markup tells.
    pub kind: BlockKind,
    /// Why it is left out, if it is.
    pub reason: Option<&'static str>,
    /// The block element that it stands in, an index into the places of a walk.
    pub place: usize,
}

/// A block with its text folded, before it is placed.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub kind: BlockKind,
    pub reason: Option<Cow<'static, str>>,
    pub text: Text,
    pub links: Vec<(Span, usize)>,
    pub inlines: Vec<Inline>,
}

impl Draft {
    /// A block of these pieces.
    pub(super) fn of(kind: BlockKind, leaves: &[Leaf<'_>]) -> Self {
        let text = Text::with_room(leaves.iter().map(|leaf| leaf.text.len()).sum());
        let mut draft = Self { kind, reason: None, text, links: Vec::new(), inlines: Vec::new() };
        leaves.iter().for_each(|leaf| draft.push(leaf));
        draft.finish()
    }

    /// Leaves it out for that reason.
    pub(super) fn condemn(&mut self, verdict: &Verdict) {
        self.kind = verdict.kind;
        self.reason = Some(verdict.reason.clone());
    }

    /// Leaves it out as standing outside the article, if it is not left out already.
    pub(super) fn leave_out(&mut self) {
        if !self.kind.is_left_out() {
            (self.kind, self.reason) = (BlockKind::Nav, Some(OUTSIDE.into()));
        }
    }

    /// Adds a leaf, white space folded: a run of it becomes one blank, or nothing at the start.
    fn push(&mut self, leaf: &Leaf<'_>) {
        let start = self.text.len();
        self.fold(leaf.text, leaf.source);
        let span = Span::new(start, self.text.len());
        if span.is_empty() {
            return;
        }
        if let Some(link) = leaf.link {
            match self.links.last_mut() {
                Some((last, id)) if *id == link => *last = last.cover(span),
                _ => self.links.push((span, link)),
            }
        }
        self.set(span, Style::Bold, leaf.bold);
        self.set(span, Style::Italic, leaf.italic);
    }

    fn set(&mut self, span: Span, style: Style, on: bool) {
        if !on {
            return;
        }
        let touching = |inline: &&mut Inline| inline.style == style && inline.span.end() == span.start();
        match self.inlines.iter_mut().rev().take(2).find(touching) {
            Some(inline) => inline.span = inline.span.cover(span),
            None => self.inlines.push(Inline { span, style }),
        }
    }

    fn fold(&mut self, piece: &str, source: Span) {
        let verbatim = piece.len() == source.len();
        let part = |span: Span| if verbatim { span.shifted(source.start()) } else { source };
        let mut word = 0;
        let mut blank: Option<usize> = None;
        let mut next = 0;
        loop {
            // Nearly all blanks stand between two words and stay as they are; most others are the margin of a line.
            let at = match blank {
                None if verbatim => next + plain_words(piece, next),
                None => next,
                Some(_) => next + margin(piece, next),
            };
            let Some(character) = piece.get(at..).and_then(|rest| rest.chars().next()) else { break };
            next = at + character.len_utf8();
            if character == ' ' && blank.is_none() && at > word && verbatim && is_lone(piece, at) {
                continue;
            }
            match (is_blank(character), blank) {
                (true, None) => {
                    self.push_word(piece, Span::new(word, at), part);
                    blank = Some(at);
                }
                (false, Some(start)) => {
                    self.push_blank(piece, Span::new(start, at), part);
                    blank = None;
                    word = at;
                }
                _ => {}
            }
        }
        match blank {
            Some(start) => self.push_blank(piece, Span::new(start, piece.len()), part),
            None => self.push_word(piece, Span::new(word, piece.len()), part),
        }
    }

    fn push_word(&mut self, piece: &str, span: Span, part: impl Fn(Span) -> Span) {
        if !span.is_empty() {
            self.text.push(span.of(piece), part(span));
        }
    }

    fn push_blank(&mut self, piece: &str, span: Span, part: impl Fn(Span) -> Span) {
        if !self.text.is_empty() && !self.text.as_str().ends_with(char::is_whitespace) {
            let run = span.of(piece);
            self.text.push(folded(run), part(span));
        }
    }

    /// Takes white space off the end; spans that reached into it are cut.
    fn finish(mut self) -> Self {
        self.text.trim_end();
        let whole = self.text.len();
        let string = self.text.as_str();
        let cut = |span: Span| Span::new(span.start().min(whole), span.end().min(whole)).trimmed(string);
        self.links.iter_mut().for_each(|(span, _)| *span = cut(*span));
        self.inlines.iter_mut().for_each(|inline| inline.span = cut(inline.span));
        self.links.retain(|(span, _)| !span.is_empty());
        self.inlines.retain(|inline| !inline.span.is_empty());
        self
    }
}

/// The bytes from `from` on that are words of ASCII with one blank between each two.
fn plain_words(piece: &str, from: usize) -> usize {
    let mut last = b' ';
    let mut length = 0;
    for &byte in piece.as_bytes().get(from..).unwrap_or_default() {
        if !(byte.is_ascii_graphic() || byte == b' ' && last != b' ') {
            break;
        }
        last = byte;
        length += 1;
    }
    if last == b' ' && length > 0 { length - 1 } else { length }
}

/// The bytes from `from` on that are white space of ASCII.
fn margin(piece: &str, from: usize) -> usize {
    let rest = piece.as_bytes().get(from..).unwrap_or_default();
    rest.len() - rest.trim_ascii_start().len()
}

/// Whether a blank of one byte is the only one before the next word.
fn is_lone(piece: &str, at: usize) -> bool {
    piece.get(at + 1..).and_then(|rest| rest.chars().next()).is_some_and(|next| !is_blank(next))
}

fn is_blank(character: char) -> bool {
    character.is_whitespace() || character == '\u{feff}'
}

/// What a run of white space becomes. A tab parts cells, a line feed is a `<br>`; a lone thin space stays
/// ("mistakes . . . which" is set with them), a no-break space is a blank.
fn folded(run: &str) -> &str {
    let mut characters = run.chars();
    match (characters.next(), characters.next()) {
        (Some('\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'), None) => run,
        _ if run == LINE_BREAK => "\n",
        _ if run == CELL_BREAK => "\t",
        _ => " ",
    }
}

/// Stands for a `<br>` in a leaf; no source can hold it, for the tokenizer makes CR LF of it.
pub(super) const LINE_BREAK: &str = "\r\n";
/// Stands for the end of a cell in a leaf.
pub(super) const CELL_BREAK: &str = "\r\t";

/// Leaves, in the order of the source, to drafts: one for each run of leaves of one shell.
pub(super) fn drafts(leaves: &[Leaf<'_>], shells: &[Shell]) -> Vec<Draft> {
    leaves
        .chunk_by(|one, next| one.shell == next.shell)
        .map(|run| {
            let shell = run.first().and_then(|leaf| shells.get(leaf.shell));
            let reason = shell.and_then(|shell| shell.reason).map(Cow::Borrowed);
            let draft = Draft::of(shell.map_or(BlockKind::Paragraph, |shell| shell.kind), run);
            Draft { reason, ..draft }
        })
        .filter(|draft| !draft.text.is_empty())
        .collect()
}

/// The drafts of a fragment, their sources moved through the fragment's own alignment.
pub(super) fn through(mut draft: Draft, fragment: &Alignment) -> Draft {
    let mut text = Text::default();
    for run in draft.text.alignment().runs() {
        let mut at = run.text.start();
        fragment.through(run, |len, source| {
            text.push(Span::new(at, at + len).of(draft.text.as_str()), source);
            at += len;
        });
    }
    draft.text = text;
    draft
}

/// Places the drafts: kept ones in the text, the others beside it; `href` says where a link leads.
pub(super) fn assemble(
    source: &str,
    drafts: impl IntoIterator<Item = Draft>,
    href: impl Fn(usize) -> String,
    options: &Options,
) -> Markup {
    let mut markup = Markup::default();
    for mut draft in drafts {
        if let Some(verdict) =
            options.boilerplate.find(draft.text.as_str()).filter(|_| !draft.kind.is_left_out())
        {
            draft.condemn(verdict);
        }
        if draft.kind.is_left_out() && !options.keep.contains(&draft.kind) {
            let whole = draft.text.source(Span::new(0, draft.text.len()));
            let reason = draft.reason.unwrap_or(Cow::Borrowed(draft.kind.as_str()));
            let text = draft.text.into_string();
            markup.dropped.push(Dropped { kind: draft.kind, reason, text, source: whole });
        } else {
            place(&mut markup, &draft, &href);
        }
    }
    debug_assert!(markup.text.alignment().runs().iter().all(|run| run.source.end() <= source.len()));
    markup
}

fn place(markup: &mut Markup, draft: &Draft, href: impl Fn(usize) -> String) {
    if let Some(last) = markup.text.alignment().runs().last().copied().filter(|_| !markup.blocks.is_empty()) {
        let next =
            draft.text.alignment().runs().first().map_or(last.source.end(), |run: &Run| run.source.start());
        markup.text.push("\n\n", Span::new(last.source.end(), next));
    }
    let span = markup.text.append(&draft.text);
    markup.blocks.push(Block { kind: draft.kind, span });
    markup.links.extend(
        draft.links.iter().map(|&(link, id)| Link { span: link.shifted(span.start()), href: href(id) }),
    );
    markup.inlines.extend(
        draft
            .inlines
            .iter()
            .map(|inline| Inline { span: inline.span.shifted(span.start()), ..inline.clone() }),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_the_blanks_between_them_are_those_one_by_one() {
        for piece in [
            "One two  three",
            " a b ",
            "a\u{a0}b c\n\td",
            "mis\u{2009}takes . . .",
            "é à\u{feff} ß",
            "plain words and é plain ones  and more ",
            "",
            "  ",
        ] {
            let (mut at_once, mut one_by_one) =
                (Draft::of(BlockKind::Paragraph, &[]), Draft::of(BlockKind::Paragraph, &[]));
            let source = Span::new(7, 7 + piece.len());
            at_once.fold(piece, source);
            let mut at = 0;
            let characters: Vec<char> = piece.chars().collect();
            for run in characters.chunk_by(|one, next| is_blank(*one) == is_blank(*next)) {
                let span = Span::new(at, at + run.iter().map(|c| c.len_utf8()).sum::<usize>());
                at = span.end();
                let part = |span: Span| span.shifted(source.start());
                match is_blank(run[0]) {
                    true => one_by_one.push_blank(piece, span, part),
                    false => one_by_one.push_word(piece, span, part),
                }
            }
            assert_eq!(at_once.text, one_by_one.text, "{piece:?}");
        }
    }
}
