//! Words, numbers and marks of a text: made once a document, read by all stages after the markup.
//!
//! [`Words`] keeps them, with a copy of the text in lower case whose offsets are those of the text; [`Tokens`] is
//! the view that stages read, [`Token`] one of them.

use std::ops::Range;

use crate::limits::MAX_TOKEN_BYTES;
use crate::text::Span;

/// The owner that a word tells of: the "Russia" of "Russia’s".
pub(crate) fn owner(word: &str) -> Option<&str> {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"))
}

/// A word without the "'s" of its owner: "year" of "this year's".
pub(crate) fn unowned(word: &str) -> &str {
    owner(word).unwrap_or(word)
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with the apostrophes inside, and single letters with the dots between: `Kyiv`, `don’t`, `U.S`.
    Word,
    /// Digits, with their groups, their decimals and their exponent: `1,158`, `12.8`, `1e10`.
    Number,
    /// One character of another sort.
    Mark,
    /// An address of the web or of mail.
    Address,
}

/// A token as it is kept, in eight bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    start: u32,
    len: u16,
    kind: TokenKind,
    spaced: bool,
}

impl Piece {
    #[inline(always)]
    fn span(self) -> Span {
        Span::of_len(self.start, self.len)
    }
}

/// The tokens of one text and its copy in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    folded: String,
    pieces: Vec<Piece>,
}

/// The tokens of a text, in order and disjoint; white space makes none.
#[derive(Clone, Copy, Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    folded: &'t str,
    pieces: &'t [Piece],
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    /// Where it stands, in bytes.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Its characters.
    pub text: &'t str,
    /// Its characters in lower case.
    pub lower: &'t str,
    /// Whether white space stands before it, or nothing.
    pub spaced: bool,
}

impl Words {
    /// The tokens of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { folded: folded(text), pieces: pieces(text) }
    }

    /// Them beside their text, which must be the one they were made of.
    #[must_use]
    pub fn of<'t>(&'t self, text: &'t str) -> Tokens<'t> {
        Tokens { text, folded: &self.folded, pieces: &self.pieces }
    }
}

impl<'t> Tokens<'t> {
    /// The token at `at`.
    // Inlined, so that a caller who asks for the kind or the lower case alone makes no other slice.
    #[must_use]
    #[inline(always)]
    pub fn get(self, at: usize) -> Option<Token<'t>> {
        self.pieces.get(at).map(|piece| self.token(piece))
    }

    #[inline(always)]
    fn token(self, piece: &Piece) -> Token<'t> {
        let span = piece.span();
        let (text, lower) = (span.of(self.text), span.of(self.folded));
        Token { span, kind: piece.kind, text, lower, spaced: piece.spaced }
    }

    /// The token `by` places before `at`.
    #[must_use]
    #[inline(always)]
    pub fn before(self, at: usize, by: usize) -> Option<Token<'t>> {
        self.get(at.checked_sub(by)?)
    }

    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.pieces.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.pieces.is_empty()
    }

    /// All of them.
    pub fn iter(self) -> impl Iterator<Item = Token<'t>> + Clone {
        self.pieces.iter().map(move |piece| self.token(piece))
    }

    /// Those of `from..to`, where all of them are there.
    pub fn range(self, from: usize, to: usize) -> Option<impl Iterator<Item = Token<'t>> + Clone> {
        self.pieces.get(from..to).map(|pieces| pieces.iter().map(move |piece| self.token(piece)))
    }

    /// The first token that starts at byte `start` of the text or after it.
    #[must_use]
    pub fn from_byte(self, start: usize) -> usize {
        self.pieces.partition_point(|piece| piece.span().start() < start)
    }

    /// What each of them is made of, and where it stands.
    pub fn kinds(self) -> impl Iterator<Item = (TokenKind, Span)> + Clone {
        self.pieces.iter().map(|piece| (piece.kind, piece.span()))
    }

    /// Where the lines of the text start, in tokens.
    pub fn line_starts(self) -> impl Iterator<Item = usize> {
        let mut end = 0;
        self.pieces.iter().enumerate().filter_map(move |(at, piece)| {
            let span = piece.span();
            let gap = || self.text.as_bytes().get(end..span.start()).unwrap_or_default();
            let starts = at == 0 || piece.spaced && gap().contains(&b'\n');
            end = span.end();
            starts.then_some(at)
        })
    }

    /// The lines of the text, in tokens.
    pub fn lines(self) -> impl Iterator<Item = Range<usize>> {
        let mut starts = self.line_starts().peekable();
        std::iter::from_fn(move || Some(starts.next()?..starts.peek().copied().unwrap_or(self.len())))
    }

    /// The text in lower case, with the offsets of the text.
    #[must_use]
    pub fn folded(self) -> &'t str {
        self.folded
    }

    /// The text they were made of.
    #[must_use]
    pub fn text(self) -> &'t str {
        self.text
    }
}

impl Token<'_> {
    /// Whether it is `lower`, which has straight apostrophes.
    #[must_use]
    #[inline]
    pub fn is(&self, lower: &str) -> bool {
        self.lower == lower
    }

    /// Whether it is one of `words`.
    #[must_use]
    #[inline]
    pub fn is_any(&self, words: &[&str]) -> bool {
        words.contains(&self.lower)
    }

    /// Whether it has letters.
    #[must_use]
    #[inline]
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// Whether it has digits.
    #[must_use]
    #[inline]
    pub fn is_number(&self) -> bool {
        self.kind == TokenKind::Number
    }

    /// Whether it is a word with a capital.
    #[must_use]
    #[inline]
    pub fn is_capitalised(&self) -> bool {
        self.is_word() && self.text != self.lower
    }

    /// Whether it is a hyphen, a dash or a minus sign.
    #[must_use]
    #[inline]
    pub fn is_dash(&self) -> bool {
        matches!(self.text, "-" | "–" | "—" | "‑" | "−")
    }
}

/// `text` in lower case; a letter whose lower case takes other room (`İ`) stays as it is.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut from, mut at) = (0, 0);
    while let Some(wide) = next_wide(text, at) {
        let c = char_at(text, wide).unwrap_or_default();
        at = wide + c.len_utf8().max(1);
        if let Some(lower) = lower_of_same_length(c) {
            out.push_str(Span::new(from, wide).of(text));
            out.push(lower);
            from = at;
        }
    }
    out.push_str(Span::new(from, text.len()).of(text));
    out.make_ascii_lowercase();
    out
}

/// The next character beyond ASCII.
fn next_wide(text: &str, from: usize) -> Option<usize> {
    const STEP: usize = 32;
    let rest = text.as_bytes().get(from..)?;
    let (skipped, chunk) = rest.chunks(STEP).enumerate().find(|(_, chunk)| !chunk.is_ascii())?;
    Some(from + skipped * STEP + chunk.iter().position(|b| !b.is_ascii())?)
}

fn lower_of_same_length(c: char) -> Option<char> {
    let mut lower = c.to_lowercase();
    let first = lower.next().filter(|first| *first != c && first.len_utf8() == c.len_utf8())?;
    lower.next().is_none().then_some(first)
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut scan =
        Scan { text, at: 0, chunk: 0, spaced: true, found: Vec::with_capacity(text.len() / 5 + 8) };
    while scan.at < text.len() {
        scan.step();
    }
    scan.found.shrink_to_fit();
    scan.found
}

/// The work of [`pieces`]: where it is, and where the stretch without white space began.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// The first token of the stretch.
    chunk: usize,
    spaced: bool,
    found: Vec<Piece>,
}

impl Scan<'_> {
    fn step(&mut self) {
        let Some(first) = char_at(self.text, self.at) else {
            self.at = self.text.len();
            return;
        };
        let sort = sort(first);
        if sort == Sort::Space {
            (self.at, self.spaced, self.chunk) = (self.at + first.len_utf8(), true, self.found.len());
            return;
        }
        if matches!(first, '@' | ':' | '.') && !self.spaced && self.address() {
            return;
        }
        let (end, kind) = self.token(first, sort);
        self.push(self.at, end, kind, self.spaced);
        (self.at, self.spaced) = (end, false);
    }

    fn token(&self, first: char, sort: Sort) -> (usize, TokenKind) {
        let bytes = self.text.as_bytes();
        let decimal =
            || first == '.' && self.spaced && bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit);
        match sort {
            Sort::Letter => (word_end(self.text, self.at + first.len_utf8()), TokenKind::Word),
            Sort::Digit => (number_end(bytes, self.at), TokenKind::Number),
            _ if decimal() => (number_end(bytes, self.at), TokenKind::Number),
            _ => (self.at + first.len_utf8(), TokenKind::Mark),
        }
    }

    fn push(&mut self, start: usize, end: usize, kind: TokenKind, spaced: bool) {
        let (mut from, mut spaced) = (start, spaced);
        while from < end {
            let to = self.cut(from, end);
            self.found.push(Piece { start: from as u32, len: (to - from) as u16, kind, spaced });
            (from, spaced) = (to, false);
        }
    }

    /// Where the token that begins at `from` ends: at `end`, or before where it would be too long.
    fn cut(&self, from: usize, end: usize) -> usize {
        let most = from + MAX_TOKEN_BYTES;
        if end <= most {
            return end;
        }
        (from + 1..=most).rev().find(|to| self.text.is_char_boundary(*to)).unwrap_or(end)
    }

    /// Takes back the tokens of this stretch where the mark at hand shows that they open an address:
    /// "desk@example.org", "(https://example.org/a-1)", "www.example.org".
    fn address(&mut self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or("");
        let Some(opening) = self.opening(rest) else { return false };
        let Some(first) = self.found.get(opening).copied() else { return false };
        let len = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let end = self.at + rest.get(..len).unwrap_or(rest).trim_end_matches(CLOSERS).len();
        self.found.truncate(opening);
        self.push(first.span().start(), end, TokenKind::Address, first.spaced);
        self.at = end;
        self.chunk = self.found.len();
        true
    }

    /// The token that opens the address which goes on with the mark that begins `rest`.
    fn opening(&self, rest: &str) -> Option<usize> {
        let last = self.found.len().checked_sub(1).filter(|last| *last >= self.chunk)?;
        let word =
            self.found.get(last).map(|piece| Span::new(piece.span().start(), self.at).of(self.text))?;
        if rest.starts_with("://") {
            return word.bytes().all(|b| b.is_ascii_alphanumeric()).then_some(last);
        }
        if rest.starts_with('.') {
            return word.eq_ignore_ascii_case("www").then_some(last);
        }
        rest.as_bytes().get(1).filter(|after| rest.starts_with('@') && after.is_ascii_alphanumeric())?;
        let local = |piece: &&Piece| {
            let text = piece.span().of(self.text);
            piece.kind != TokenKind::Mark || matches!(text, "." | "-" | "_" | "+")
        };
        let length = self.found.get(self.chunk..)?.iter().rev().take_while(local).count();
        (length > 0).then_some(last + 1 - length)
    }
}

/// Marks at the end of an address that belong to the sentence.
const CLOSERS: [char; 15] = ['.', ',', ';', ':', '!', '?', ')', ']', '}', '"', '\'', '”', '’', '»', '>'];

/// What a token that begins with a character is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Space,
    Letter,
    Digit,
    Other,
}

fn sort(c: char) -> Sort {
    match c {
        'a'..='z' | 'A'..='Z' => Sort::Letter,
        ' ' | '\t'..='\r' => Sort::Space,
        '0'..='9' => Sort::Digit,
        '\0'..='\u{7f}' => Sort::Other,
        // General punctuation but for its spaces: the marks of every page.
        '\u{2010}'..='\u{2027}' => Sort::Other,
        _ if c.is_whitespace() => Sort::Space,
        _ if is_letter(c) => Sort::Letter,
        _ => Sort::Other,
    }
}

/// Whether `c` is alphabetic. What most letters of news lie in is told at a glance, and so are the marks and currencies of
/// print; the tables of Unicode take long.
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        'a'..='z'
        | 'A'..='Z'
        | 'À'..='Ö'
        | 'Ø'..='ö'
        | 'ø'..='\u{24f}'
        | 'Σ'..='ϵ'
        | 'Ѐ'..='ҁ'
        | 'Ҋ'..='ԯ'
        | 'א'..='ת'
        | '\u{620}'..='\u{657}'
        | 'Ḁ'..='ἕ'
        | 'ぁ'..='ゖ'
        | 'ァ'..='ヺ'
        | '一'..='龥'
        | '가'..='힣' => true,
        '\0'..='©' | '«'..='´' | '»'..='¿' | '\u{2000}'..='\u{206f}' | '\u{20a0}'..='\u{20cf}' => false,
        _ => c.is_alphabetic(),
    }
}

/// Whether `c` is a letter or a number.
pub(crate) fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        '\u{2000}'..='\u{206f}' => false,
        _ => is_letter(c) || c.is_numeric(),
    }
}

/// The end of the word whose first letter ends at `at`.
fn word_end(text: &str, mut at: usize) -> usize {
    let mut letters = 1_usize;
    loop {
        let run = letter_run(text, at);
        letters += run;
        at += run;
        let Some(next) = char_at(text, at) else { return at };
        if next == ' ' {
            return at;
        }
        let after = at + next.len_utf8();
        match next {
            // "U.S" and "p.m" are words; "city.She" is two sentences that lost their space.
            '.' if letters == 1 && is_single_letter(text, after) => letters = 0,
            '\'' | '’' if char_at(text, after).is_some_and(is_letter) => letters = 2,
            _ if is_letter(next) => letters += 1,
            _ if rides(next) => {}
            _ => return at,
        }
        at = after;
    }
}

/// How many letters of ASCII stand from `at` on.
fn letter_run(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or(&[]);
    rest.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(rest.len())
}

/// Combining marks, the soft hyphen, joiners and variation selectors ride on the letter before.
fn rides(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{20d0}'..='\u{20f0}' | '\u{fe00}'..='\u{fe0f}')
}

fn is_single_letter(text: &str, at: usize) -> bool {
    let Some(letter) = char_at(text, at).filter(|c| is_letter(*c)) else { return false };
    let next = char_at(text, at + letter.len_utf8());
    !next.is_some_and(|c| is_alphanumeric(c) || rides(c))
}

/// The end of the number at `at`: `1,158`, `12.8`, `1e10`, and all of `1,000,000,…`.
fn number_end(bytes: &[u8], at: usize) -> usize {
    let mut end = digits(bytes, at);
    if end <= at + 3 {
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
        pieces(text).iter().map(|p| p.span().of(text)).collect()
    }

    #[test]
    fn news_words() {
        let text = "The U.S. didn’t pay $1,158.50, 64km off-road in Orël at 4 p.m., BM-21.";
        let expected = [
            "The", "U.S", ".", "didn’t", "pay", "$", "1,158.50", ",", "64", "km", "off", "-", "road", "in",
            "Orël", "at", "4", "p.m", ".", ",", "BM", "-", "21", ".",
        ];
        assert_eq!(words(text), expected);
        assert_eq!(words("city.She"), ["city", ".", "She"]);
        assert_eq!(words("’tis F16’s e\u{301}t"), ["’", "tis", "F", "16", "’", "s", "e\u{301}t"]);
    }

    #[test]
    fn a_word_without_end_is_cut() {
        let text = format!("a {}é{}1", "x".repeat(MAX_TOKEN_BYTES - 1), "é".repeat(MAX_TOKEN_BYTES));
        let made = Words::new(&text);
        let lengths: Vec<usize> = made.of(&text).iter().map(|token| token.text.len()).collect();
        assert_eq!(lengths, [1, MAX_TOKEN_BYTES - 1, MAX_TOKEN_BYTES - 1, MAX_TOKEN_BYTES - 1, 4, 1]);
        assert!(made.of(&text).iter().map(|token| token.spaced).eq([true, true, false, false, false, false]));
    }

    #[test]
    fn letters_are_those_of_unicode() {
        assert!((char::MIN..=char::MAX).all(|c| is_letter(c) == c.is_alphabetic()));
        assert!((char::MIN..=char::MAX).all(|c| is_alphanumeric(c) == c.is_alphanumeric()));
    }

    #[test]
    fn addresses() {
        let text = "Write to a-1.b@example.org, (see https://example.org/2022/09?x=1) or www.example.org.";
        let expected = [
            "Write",
            "to",
            "a-1.b@example.org",
            ",",
            "(",
            "see",
            "https://example.org/2022/09?x=1",
            ")",
            "or",
            "www.example.org",
            ".",
        ];
        assert_eq!(words(text), expected);
        assert_eq!(words("at 9:30 @home 5@6"), ["at", "9", ":", "30", "@", "home", "5@6"]);
    }

    #[test]
    fn lower_case_keeps_its_place() {
        let text = "ÉTÉ İzmir STRASSE ẞ Ⱥ “K”";
        let made = Words::new(text);
        assert_eq!(made.folded.len(), text.len());
        let lower: Vec<&str> = made.of(text).iter().map(|token| token.lower).collect();
        assert_eq!(lower[..3], ["été", "İzmir", "strasse"]);
    }

    proptest! {
        /// The alphabet leaves out what `TokenKind` documents as different.
        #[test]
        fn agrees_with_uax29(text in "(([a-zäé]{1,5}('[a-z]{1,2})?|[0-9]{1,3}([.][0-9]{1,3})?)[()!?“”$ -]{1,2}){0,30}") {
            let oracle: Vec<&str> = text.split_word_bounds().filter(|w| !w.trim().is_empty()).collect();
            prop_assert_eq!(words(&text), oracle);
        }

        #[test]
        fn loses_nothing_but_white_space(text in "(\\PC|[a-z@:/. ]){0,60}") {
            let joined: String = words(&text).concat();
            let solid: String = text.split_whitespace().collect();
            prop_assert_eq!(joined, solid);
            prop_assert_eq!(folded(&text).len(), text.len());
        }
    }
}
