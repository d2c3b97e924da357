//! Words, numbers and marks of a text, with their spans.

use crate::text::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with the digits, apostrophes and abbreviation dots inside: `Kyiv`, `don’t`, `U.S`, `F16`.
    Word,
    /// Digits, with the commas and dots between them: `1,158`, `9.1`.
    Number,
    /// One mark of punctuation: `.`, `“`, `-`.
    Punctuation,
    /// Any other character: `$`, `°`, `%`.
    Symbol,
}

/// A word, a number or a mark; white space makes none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    /// Where it stands, in bytes.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
}

/// The tokens of `text`, in order and disjoint.
///
/// Follows the word boundaries of UAX #29 but for these: a number ends where letters begin (`64km` is two,
/// `F16` one), a dot joins single letters only (`U.S` is one, `city.She` three), neighbouring letters of a
/// script without spaces stay together, only commas and dots join digits, and every other mark stands alone.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(first) = char_at(text, at) {
        let class = class(first);
        let end = match class {
            Class::Space => {
                at += first.len_utf8();
                continue;
            }
            Class::Letter => word_end(text, at + first.len_utf8()),
            Class::Digit => number_end(text, at + first.len_utf8()),
            Class::Punctuation | Class::Symbol | Class::Mark => at + first.len_utf8(),
        };
        found.push(Token { span: Span::new(at, end), kind: class.kind() });
        at = end;
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Digit,
    Mark,
    Punctuation,
    Symbol,
}

impl Class {
    fn kind(self) -> TokenKind {
        match self {
            Class::Letter => TokenKind::Word,
            Class::Digit => TokenKind::Number,
            Class::Punctuation => TokenKind::Punctuation,
            Class::Space | Class::Mark | Class::Symbol => TokenKind::Symbol,
        }
    }
}

fn class(c: char) -> Class {
    if c.is_ascii() { ascii_class(c) } else { wide_class(c) }
}

fn ascii_class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' | '_' => Class::Letter,
        '0'..='9' => Class::Digit,
        ' ' | '\t'..='\r' => Class::Space,
        '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~' | '%' => Class::Symbol,
        '!'..='~' => Class::Punctuation,
        _ => Class::Symbol,
    }
}

fn wide_class(c: char) -> Class {
    match c {
        // Combining marks, the soft hyphen, joiners and variation selectors ride on the letter before.
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{20d0}'..='\u{20f0}' => Class::Mark,
        '\u{fe00}'..='\u{fe0f}' => Class::Mark,
        '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' => Class::Punctuation,
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}' => Class::Punctuation,
        '\u{3008}'..='\u{3011}' | '\u{ff01}'..='\u{ff0f}' => Class::Punctuation,
        _ if c.is_whitespace() => Class::Space,
        _ if c.is_alphabetic() => Class::Letter,
        _ if c.is_numeric() => Class::Digit,
        _ => Class::Symbol,
    }
}

/// The end of a word whose first letter ends at `at`.
fn word_end(text: &str, mut at: usize) -> usize {
    let mut piece = 1_usize;
    let run = ascii_run(text, at);
    piece += run;
    at += run;
    while let Some(next) = char_at(text, at) {
        match class(next) {
            Class::Letter | Class::Digit => piece += 1,
            Class::Mark => {}
            _ if is_apostrophe(next) && is_letter(text, at + next.len_utf8()) => piece = 2,
            // "U.S" and "a.m" are words; "city.She" is two sentences that lost their space.
            _ if next == '.' && piece == 1 && is_single_letter(text, at + 1) => piece = 0,
            _ => break,
        }
        at += next.len_utf8();
    }
    at
}

/// The end of a number whose first digit ends at `at`.
fn number_end(text: &str, mut at: usize) -> usize {
    while let Some(next) = char_at(text, at) {
        let inside = match next {
            '.' | ',' => char_at(text, at + 1).is_some_and(|after| class(after) == Class::Digit),
            _ => class(next) == Class::Digit,
        };
        if !inside {
            break;
        }
        at += next.len_utf8();
    }
    at
}

/// Letters and digits of ASCII from `at` on.
fn ascii_run(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or(&[]);
    rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len())
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

fn is_letter(text: &str, at: usize) -> bool {
    char_at(text, at).is_some_and(|c| class(c) == Class::Letter)
}

fn is_single_letter(text: &str, at: usize) -> bool {
    let Some(letter) = char_at(text, at) else { return false };
    let after = char_at(text, at + letter.len_utf8()).map(class);
    class(letter) == Class::Letter && !matches!(after, Some(Class::Letter | Class::Digit | Class::Mark))
}

fn char_at(text: &str, at: usize) -> Option<char> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii() { Some(char::from(byte)) } else { text.get(at..)?.chars().next() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|token| token.span.of(text)).collect()
    }

    #[test]
    fn news_words() {
        let text = "The U.S. didn’t pay $1,158.50, 64km off-road in Orël.";
        let expected = [
            "The", "U.S", ".", "didn’t", "pay", "$", "1,158.50", ",", "64", "km", "off", "-", "road", "in",
            "Orël", ".",
        ];
        assert_eq!(words(text), expected);
        assert_eq!(words("city.She"), ["city", ".", "She"]);
        assert_eq!(words("’tis F16’s e\u{301}t"), ["’", "tis", "F16’s", "e\u{301}t"]);
    }

    proptest! {
        /// The alphabet leaves out what `tokens` documents as different.
        #[test]
        fn agrees_with_uax29(text in "(([a-zäé]{1,5}('[a-z]{1,2})?|[0-9]{1,3}([.,][0-9]{1,3})?)[()!?“”$ -]{1,2}){0,30}") {
            let oracle: Vec<&str> = text.split_word_bounds().filter(|w| !w.trim().is_empty()).collect();
            prop_assert_eq!(words(&text), oracle);
        }

        #[test]
        fn loses_nothing_but_white_space(text in "\\PC{0,60}") {
            let joined: String = words(&text).concat();
            let solid: String = text.split_whitespace().collect();
            prop_assert_eq!(joined, solid);
        }
    }
}
