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
    let (mut at, mut newlines) = (0, 0_u8);
    while let Some(rest) = text.as_bytes().get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(space) = space_at(text, at) {
            let weight = match space {
                // The newline of a carriage return and newline counts for both.
                '\r' if rest.get(1) == Some(&b'\n') => 0,
                '\n' | '\r' | '\u{85}' | '\u{2028}' => 1,
                '\u{2029}' => 2,
                _ => 0,
            };
            newlines = newlines.saturating_add(weight).min(2);
            at += space.len_utf8();
            continue;
        }
        let end = solid_end(text, at);
        push(Span::new(at, end), newlines, text, rules, &mut found);
        (at, newlines) = (end, 0);
    }
    found
}

/// The white space at `at`, the first byte of a character.
fn space_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at)? {
        byte @ (b' ' | b'\t'..=b'\r') => Some(char::from(*byte)),
        // The lead bytes of all white space beyond ASCII: U+0085 and U+00A0, U+1680, U+2000 and on, U+3000.
        0xC2 | 0xE1..=0xE3 => text.get(at..)?.chars().next().filter(|c| c.is_whitespace()),
        _ => None,
    }
}

fn solid_end(text: &str, start: usize) -> usize {
    let mut at = start;
    while let Some(rest) = text.as_bytes().get(at..) {
        let stops = |b: &u8| matches!(b, b' ' | b'\t'..=b'\r' | 0xC2 | 0xE1..=0xE3);
        let Some(run) = rest.iter().position(stops) else { return text.len() };
        at += run;
        if space_at(text, at).is_some() {
            return at;
        }
        at += 1;
    }
    text.len()
}

fn push(span: Span, newlines: u8, text: &str, rules: &Rules, found: &mut Vec<Chunk>) {
    let mut rest = Chunk { span, newlines, glued: false };
    let inside = span.of(text);
    let mark = inside.bytes().position(|b| matches!(b, b'.' | b'?' | b'!'));
    if mark.is_some_and(|at| at + 1 < inside.len()) && !is_address(inside) {
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
