//! Plain text: paragraphs on lines of their own, wrapped ones joined again.

use super::draft::{Draft, Leaf, assemble};
use super::{BlockKind, Boilerplate, Markup, Options};
use crate::limits::{HEADING_CHARACTERS, WRAP_WIDTHS};
use crate::text::Span;

pub(super) fn parse(source: &str, options: &Options) -> Markup {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut group: Vec<Span> = Vec::new();
    for line in lines(source).chain([Span::default()]) {
        if line.is_empty() {
            paragraphs(source, &group, &mut drafts);
            group.clear();
        } else {
            group.push(line);
        }
    }
    label(&mut drafts);
    assemble(source, drafts, |_| String::new(), options)
}

/// The lines of `source`, white space trimmed: an empty span is a blank line.
fn lines(source: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    source
        .split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{c}'])
        .map(move |line| {
            let start = at;
            // CR LF gives an empty line between the two, which must not end a paragraph.
            at += line.len()
                + source
                    .get(start + line.len()..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(0, char::len_utf8);
            Span::new(start, start + line.len()).trimmed(source)
        })
        .enumerate()
        .filter(move |(index, line)| *index == 0 || !(line.is_empty() && splits_crlf(source, line.start())))
        .map(|(_, line)| line)
}

fn splits_crlf(source: &str, at: usize) -> bool {
    at > 0 && source.as_bytes().get(at - 1..=at) == Some(b"\r\n")
}

/// One paragraph a line, or one of them all where they look wrapped at a width.
fn paragraphs(source: &str, group: &[Span], drafts: &mut Vec<Draft>) {
    if is_wrapped(source, group) {
        let whole = group.iter().copied().reduce(Span::cover).unwrap_or_default();
        drafts.push(paragraph(source, whole));
    } else {
        drafts.extend(group.iter().map(|&line| paragraph(source, line)));
    }
}

fn paragraph(source: &str, span: Span) -> Draft {
    let text = span.of(source);
    let leaf = Leaf { shell: 0, text, source: span, place: 0, link: None, bold: false, italic: false };
    Draft::of(BlockKind::Paragraph, &[leaf])
}

fn is_wrapped(source: &str, group: &[Span]) -> bool {
    let Some((_, full)) = group.split_last().filter(|(_, full)| !full.is_empty()) else {
        return false;
    };
    full.iter().all(|line| WRAP_WIDTHS.contains(&line.of(source).chars().count()))
        && full.iter().any(|line| !line.of(source).ends_with(ENDS))
}

/// What closes a sentence, with the marks that may stand behind it.
pub(super) const ENDS: [char; 11] = ['.', '!', '?', '…', '"', '\'', '”', '’', ')', ':', ';'];

/// Tells headings and lines of boilerplate from paragraphs.
pub(super) fn label(drafts: &mut [Draft]) {
    let count = drafts.len();
    for index in 0..count {
        let Some(draft) = drafts.get_mut(index).filter(|draft| draft.kind == BlockKind::Paragraph) else {
            continue;
        };
        if let Some(verdict) = Boilerplate::shipped().judge(draft.text.as_str()) {
            draft.condemn(verdict);
        } else if index + 1 < count && is_heading(draft.text.as_str()) {
            draft.kind = BlockKind::Heading;
        }
    }
}

/// A short line that is a question by itself or does not end like a sentence.
pub(super) fn is_heading(line: &str) -> bool {
    let quoted = line.starts_with(['"', '“', '‘', '\'', '•', '-', '–', '*', '(']);
    let short = line.chars().count() <= HEADING_CHARACTERS;
    let question = line.ends_with('?')
        && !line.contains(['"', '“', '”'])
        && !line.trim_end_matches('?').contains(['?', '!']);
    let inside = line.trim_end_matches('?').contains(". ");
    short
        && !quoted
        && !inside
        && (question || !line.ends_with(ENDS) && !line.ends_with([',', '-', '–', '—']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(source: &str) -> Vec<(&'static str, String)> {
        let markup = parse(source, &Options::default());
        markup.blocks.iter().map(|b| (b.kind.as_str(), b.span.of(markup.text.as_str()).to_owned())).collect()
    }

    #[test]
    fn lines_are_paragraphs_and_short_questions_headings() {
        let source =
            "Storm cuts power to port\r\n\r\nIt rained.\n\nHow bad is it?\n\nAbout 40 homes are dry.";
        let kinds: Vec<_> = blocks(source).iter().map(|(kind, _)| *kind).collect();
        assert_eq!(kinds, ["heading", "paragraph", "heading", "paragraph"]);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let line = "The council said on Monday that the repairs to the old harbour wall,";
        let source = format!(
            "{line}\nwhich began in May, would cost 1.2m euros more than it had planned for\nthis year."
        );
        assert_eq!(blocks(&source).len(), 1);
        assert_eq!(blocks("It rained.\nIt stopped.").len(), 2);
    }

    #[test]
    fn captions_are_left_out_with_their_reason() {
        let markup =
            parse("It rained.\n\nThe pier. Credit: Harbour Post\n\nIt stopped.", &Options::default());
        assert_eq!(markup.text.as_str(), "It rained.\n\nIt stopped.");
        assert_eq!(
            (markup.dropped[0].kind, &*markup.dropped[0].reason),
            (BlockKind::Caption, "photo credit")
        );
    }
}
