//! Words, numbers and marks, made in one pass.

use super::lexicon::{Class, ENGLISH};
use crate::text::Span;
use std::borrow::Cow;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Letters, with apostrophes inside.
    Word,
    /// Digits, with their groups and their decimals.
    Number,
    /// One character of another sort.
    Mark,
    /// An address of the web or of mail.
    Address,
}

/// One token.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub span: Span,
    pub shape: Shape,
    pub text: &'a str,
    pub lower: Cow<'a, str>,
    /// The part it plays in a number, where it is a word.
    pub class: Option<(Class, f64)>,
    /// Whether white space stands before it, or nothing.
    pub spaced: bool,
}

impl Token<'_> {
    pub fn is(&self, text: &str) -> bool {
        self.lower == text
    }

    pub fn is_word(&self) -> bool {
        self.shape == Shape::Word
    }

    /// Whether nothing that this stage looks for can begin here.
    pub fn is_plain_word(&self) -> bool {
        let opens = matches!(self.lower.as_ref(), "a" | "an" | "several" | "few");
        self.is_word() && self.class.is_none() && !opens && !ENGLISH.months.contains(self.lower.as_ref())
    }

    pub fn is_number(&self) -> bool {
        self.shape == Shape::Number
    }

    pub fn is_capitalised(&self) -> bool {
        self.is_word() && self.text.chars().any(char::is_uppercase)
    }

    pub fn is_dash(&self) -> bool {
        matches!(self.text, "-" | "–" | "—" | "‑" | "−")
    }
}

/// The tokens of `text`.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    let mut spaced = true;
    while let Some(rest) = text.get(at..).filter(|r| !r.is_empty()) {
        let first = rest.chars().next().unwrap_or(' ');
        if first.is_whitespace() {
            spaced = true;
            at += first.len_utf8();
            continue;
        }
        let (len, shape) = if spaced && let Some(len) = address(rest) {
            (len, Shape::Address)
        } else {
            token(rest, first, spaced)
        };
        let piece = rest.get(..len).unwrap_or(rest);
        let lower = lower(piece);
        let class = class(shape, &lower);
        out.push(Token { span: Span::new(at, at + len), shape, text: piece, lower, class, spaced });
        spaced = false;
        at += len;
    }
    out
}

fn token(rest: &str, first: char, spaced: bool) -> (usize, Shape) {
    let decimal = first == '.' && rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    if first.is_ascii_digit() || spaced && decimal {
        (number(rest.as_bytes()), Shape::Number)
    } else if first.is_alphabetic() {
        (word(rest), Shape::Word)
    } else {
        (first.len_utf8(), Shape::Mark)
    }
}

/// The longest number word, "quadrillion" or "thousandths".
const LONGEST: usize = 11;

fn class(shape: Shape, lower: &str) -> Option<(Class, f64)> {
    let may_be = shape == Shape::Word && lower.len() <= LONGEST;
    if may_be { ENGLISH.numbers.get(lower).copied() } else { None }
}

fn lower(piece: &str) -> Cow<'_, str> {
    if piece.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        Cow::Borrowed(piece)
    } else {
        Cow::Owned(piece.to_lowercase().replace('’', "'"))
    }
}

fn address(rest: &str) -> Option<usize> {
    if !rest.as_bytes().first()?.is_ascii_alphanumeric() {
        return None;
    }
    let len = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let chunk = rest.get(..len)?;
    let is_address = chunk.starts_with("www.") || chunk.contains("://") || chunk.contains('@');
    is_address.then_some(len)
}

fn word(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '\'' | '’') && chars.peek().is_some_and(|(_, n)| n.is_alphabetic());
        if !(c.is_alphabetic() || joins) {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// Length of the number at the start: `1,158`, `12.8`, `1e10`, and all of `1,000,000,…`.
fn number(bytes: &[u8]) -> usize {
    let mut end = digits(bytes, 0);
    if end <= 3 {
        while bytes.get(end) == Some(&b',') && digits(bytes, end + 1) == end + 4 {
            end += 4;
        }
    }
    if bytes.get(end) == Some(&b'.') {
        let decimals = digits(bytes, end + 1);
        end = if decimals > end + 1 { decimals } else { end };
    }
    exponent(bytes, end).unwrap_or(end)
}

fn exponent(bytes: &[u8], at: usize) -> Option<usize> {
    let from = at + usize::from(matches!(bytes.get(at)?, b'e' | b'E'));
    let from = from + usize::from(from > at && matches!(bytes.get(from)?, b'+' | b'-'));
    let end = digits(bytes, from);
    let closed = bytes.get(end).is_none_or(|b| !b.is_ascii_alphanumeric());
    (from > at && end > from && closed).then_some(end)
}

fn digits(bytes: &[u8], from: usize) -> usize {
    bytes.get(from..).map_or(from, |b| from + b.iter().take_while(|c| c.is_ascii_digit()).count())
}
