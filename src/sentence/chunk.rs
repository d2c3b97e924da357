//! The pieces between white space, and the sentences that lost the space between them.

use super::rules::{Kind, Rules};
use crate::text::Span;

/// What stands between two white spaces, or between two glued sentences.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chunk {
    pub span: Span,
    /// Line ends in the white space before it, at most 2; none for a chunk glued to the one before.
    pub newlines: u8,
    /// Whether a glued sentence begins here.
    pub glued: bool,
}

impl Chunk {
    pub fn text(self, text: &str) -> &str {
        self.span.of(text)
    }
}

/// The chunks of `text`, in order.
pub(super) fn chunks(text: &str, rules: &Rules) -> Vec<Chunk> {
    let mut found = Vec::with_capacity(text.len() / 6 + 1);
    let mut newlines = 0_u8;
    let mut start = None;
    let mut return_before = false;
    for (at, c) in text.char_indices() {
        if !c.is_whitespace() {
            start.get_or_insert(at);
            return_before = false;
            continue;
        }
        if let Some(start) = start.take() {
            push(Span::new(start, at), newlines, text, rules, &mut found);
            newlines = 0;
        }
        let weight = match c {
            '\n' if return_before => 0,
            '\n' | '\r' | '\u{85}' | '\u{2028}' => 1,
            '\u{2029}' => 2,
            _ => 0,
        };
        newlines = newlines.saturating_add(weight).min(2);
        return_before = c == '\r';
    }
    if let Some(start) = start {
        push(Span::new(start, text.len()), newlines, text, rules, &mut found);
    }
    found
}

fn push(span: Span, newlines: u8, text: &str, rules: &Rules, found: &mut Vec<Chunk>) {
    let mut rest = Chunk { span, newlines, glued: false };
    let inside = span.of(text);
    let bytes = inside.as_bytes();
    let ended = |b: &u8| matches!(b, b'.' | b'?' | b'!');
    // The last three bytes cannot hold an end and a word.
    if bytes.get(..bytes.len().saturating_sub(1)).is_some_and(|head| head.iter().any(ended))
        && !is_address(inside)
    {
        for at in seams(inside, rules) {
            let cut = span.start + at;
            found.push(Chunk { span: Span::new(rest.span.start, cut), ..rest });
            rest = Chunk { span: Span::new(cut, span.end), newlines: 0, glued: true };
        }
    }
    found.push(rest);
}

fn is_address(chunk: &str) -> bool {
    chunk.contains(['@', '/', '_', '\\', '=']) || chunk.contains("www.")
}

/// Where a glued sentence begins: `city.She`, `“Why?”He`.
fn seams(chunk: &str, rules: &Rules) -> Vec<usize> {
    let mut found = Vec::new();
    let mut word = Span::new(0, 0);
    let mut ended = false;
    let mut chars = chunk.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        if c.is_alphanumeric() {
            let opens = c.is_uppercase() && next.is_none_or(|n| n.is_lowercase() || n == '’' || n == '\'');
            if ended && opens && is_seam(chunk, word, at, rules) {
                found.push(at);
            }
            if ended || word.end != at {
                word = Span::new(at, at);
            }
            word.end = at + c.len_utf8();
            ended = false;
        } else if matches!(c, '.' | '?' | '!') {
            ended = word.end == at && word.len() > 1;
        } else if !matches!(c, '"' | '”' | '’' | '“') {
            ended = false;
        }
    }
    found
}

fn is_seam(chunk: &str, word: Span, at: usize, rules: &Rules) -> bool {
    let before = word.of(chunk);
    let lower = before.chars().next_back().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
    let after: &str = chunk.get(at..).unwrap_or("");
    let next = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    lower
        && before.chars().any(char::is_alphabetic)
        && rules.kind(before) == Kind::Plain
        && !rules.is_domain(next)
        && !rules.is_exclaimed(before)
}
