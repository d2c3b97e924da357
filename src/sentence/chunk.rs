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
    /// Its first byte.
    pub first: u8,
    /// Its last byte.
    pub last: u8,
}

impl Chunk {
    fn new(span: Span, newlines: u8, glued: bool, text: &str) -> Self {
        let byte = |at: usize| text.as_bytes().get(at).copied().unwrap_or(0);
        Self { span, newlines, glued, first: byte(span.start), last: byte(span.end.saturating_sub(1)) }
    }

    /// Whether it and `next` are words on one line without a mark between them, as at most gaps.
    pub fn runs_into(self, next: Chunk) -> bool {
        (self.last.is_ascii_alphanumeric() || matches!(self.last, b',' | b';' | b':'))
            && next.first.is_ascii_alphanumeric()
            && next.newlines == 0
    }

    #[inline]
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
        let (end, marked) = solid_end(text, at);
        let span = Span::new(at, end);
        if marked && !is_address(span.of(text)) {
            push_glued(span, newlines, text, rules, &mut found);
        } else {
            found.push(Chunk::new(span, newlines, false, text));
        }
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

/// The end of the chunk that starts at `start`, and whether a mark that ends sentences stands inside.
fn solid_end(text: &str, start: usize) -> (usize, bool) {
    let (mut at, mut mark) = (start, None);
    while let Some(rest) = text.as_bytes().get(at..) {
        let stops = |b: &u8| matches!(b, b' ' | b'\t'..=b'\r' | b'.' | b'?' | b'!' | 0xC2 | 0xE1..=0xE3);
        let Some((run, byte)) = rest.iter().enumerate().find(|(_, b)| stops(b)) else {
            at = text.len();
            break;
        };
        at += run;
        if matches!(byte, b'.' | b'?' | b'!') {
            mark = mark.or(Some(at));
        } else if space_at(text, at).is_some() {
            break;
        }
        at += 1;
    }
    (at, mark.is_some_and(|mark| mark + 1 < at))
}

fn push_glued(span: Span, newlines: u8, text: &str, rules: &Rules, found: &mut Vec<Chunk>) {
    let (mut start, mut before, mut glued) = (span.start, newlines, false);
    for at in seams(span.of(text), rules) {
        let cut = span.start + at;
        found.push(Chunk::new(Span::new(start, cut), before, glued, text));
        (start, before, glued) = (cut, 0, true);
    }
    found.push(Chunk::new(Span::new(start, span.end), before, glued, text));
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
