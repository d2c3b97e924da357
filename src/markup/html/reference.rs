//! Character references.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr3;

/// One or two characters and where the reference ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The character it stands for.
    pub first: char,
    /// The second character of the few names that stand for two.
    pub second: Option<char>,
    /// The byte after the reference.
    pub end: usize,
}

/// Decodes the reference whose `&` is at `at`; none where the ampersand stands for itself.
#[must_use]
pub fn decode(source: &str, at: usize, in_attribute: bool) -> Option<Reference> {
    let bytes = source.as_bytes();
    match bytes.get(at + 1)? {
        b'#' => numeric(bytes, at + 2),
        byte if byte.is_ascii_alphanumeric() => named(source, at + 1, in_attribute),
        _ => None,
    }
}

fn numeric(bytes: &[u8], at: usize) -> Option<Reference> {
    let hex = matches!(bytes.get(at), Some(b'x' | b'X'));
    let (radix, start) = if hex { (16, at + 1) } else { (10, at) };
    let mut end = start;
    let mut number = 0u32;
    while let Some(digit) = bytes.get(end).and_then(|&byte| char::from(byte).to_digit(radix)) {
        number = number.saturating_mul(radix).saturating_add(digit);
        end += 1;
    }
    if end == start {
        return None;
    }
    if bytes.get(end) == Some(&b';') {
        end += 1;
    }
    Some(Reference { first: numbered(number), second: None, end })
}

/// The character of a number, by the standard's table for what is none.
fn numbered(number: u32) -> char {
    let replacement =
        number.checked_sub(0x80).and_then(|c1| C1_REPLACEMENTS.get(c1 as usize)).copied().flatten();
    match number {
        0 => char::REPLACEMENT_CHARACTER,
        _ => replacement.or(char::from_u32(number)).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

fn named(source: &str, at: usize, in_attribute: bool) -> Option<Reference> {
    let bytes = source.as_bytes();
    let mut letters = at;
    while bytes.get(letters).is_some_and(u8::is_ascii_alphanumeric) && letters - at < LONGEST_NAME {
        letters += 1;
    }
    if bytes.get(letters) == Some(&b';')
        && let Some(found) = lookup(source, at, letters + 1)
    {
        return Some(found);
    }
    let found = (at + 1..=letters)
        .map_while(|end| source.get(at..end).filter(|name| NAMED_ENTITIES.contains_key(name)).map(|_| end))
        .filter_map(|end| lookup(source, at, end))
        .last()?;
    // `?a=1&copy=2` in an attribute is a query, not a sign.
    let query = bytes.get(found.end).is_some_and(|&next| next == b'=' || next.is_ascii_alphanumeric());
    if in_attribute && query { None } else { Some(found) }
}

/// `CounterClockwiseContourIntegral`, without its semicolon, rounded up.
const LONGEST_NAME: usize = 32;

fn lookup(source: &str, at: usize, end: usize) -> Option<Reference> {
    let &(first, second) = NAMED_ENTITIES.get(source.get(at..end)?)?;
    // The table holds every prefix of a name too, with nothing to show for it.
    let first = char::from_u32(first).filter(|&first| first != '\0')?;
    let second = char::from_u32(second).filter(|&second| second != '\0');
    Some(Reference { first, second, end })
}

/// A stretch with line ends normalised, U+0000 replaced and, in attributes, references decoded.
pub(super) fn cooked(raw: &str, references: bool) -> String {
    let ampersand = if references { b'&' } else { 0 };
    let mut text = String::with_capacity(raw.len());
    let mut at = 0;
    while at < raw.len() {
        let rest = raw.get(at..).unwrap_or_default();
        let length = memchr3(ampersand, b'\r', 0, rest.as_bytes()).unwrap_or(rest.len());
        text.push_str(rest.get(..length).unwrap_or_default());
        at += length;
        if at < raw.len() {
            at = replace(raw, at, &mut text);
        }
    }
    text
}

/// Writes what stands for the item at `at`; the byte after it.
fn replace(raw: &str, at: usize, text: &mut String) -> usize {
    let bytes = raw.as_bytes();
    match bytes.get(at) {
        Some(b'\r') => {
            text.push('\n');
            if bytes.get(at + 1) == Some(&b'\n') { at + 2 } else { at + 1 }
        }
        Some(b'&') => match decode(raw, at, true) {
            Some(found) => {
                text.push(found.first);
                found.second.into_iter().for_each(|second| text.push(second));
                found.end
            }
            None => {
                text.push('&');
                at + 1
            }
        },
        _ => {
            text.push(char::REPLACEMENT_CHARACTER);
            at + 1
        }
    }
}
