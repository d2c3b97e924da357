//! The pieces between white space, and the sentences that lost the space between them.

use super::rules::{Kind, Rules};
use crate::limits::MAX_GLUED_BYTES;
use crate::text::Span;
use crate::token::{is_alphanumeric, is_letter};

/// Whether a chunk begins where no white space stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seam {
    /// White space stands before it.
    None,
    /// `city.She`: a sentence begins here.
    Sure,
    /// `here....She`, `talk?they`: the weights say.
    Maybe,
}

/// What stands between two white spaces, or between two glued sentences.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chunk {
    pub span: Span,
    /// Line ends in the white space before it, at most 2; none for a chunk glued to the one before.
    pub newlines: u8,
    /// Whether it is glued to the one before.
    pub seam: Seam,
    /// Whether it is an address.
    pub address: bool,
    /// Its first byte.
    pub first: u8,
    /// Its last byte.
    pub last: u8,
}

impl Chunk {
    fn new(span: Span, newlines: u8, seam: Seam, text: &str) -> Self {
        let byte = |at: usize| text.as_bytes().get(at).copied().unwrap_or(0);
        let (first, last) = (byte(span.start()), byte(span.end().saturating_sub(1)));
        Self { span, newlines, seam, address: false, first, last }
    }

    /// Whether it and `next` go on within a line without a mark between them, as at most gaps.
    pub fn runs_into(self, next: Chunk) -> bool {
        (self.last.is_ascii_alphanumeric() || self.last == b',')
            && next.first.is_ascii_lowercase()
            && next.newlines == 0
            && !self.address
    }

    /// The same, where white space stands between them.
    pub fn runs_on(self, next: Chunk) -> bool {
        self.runs_into(next) && next.seam == Seam::None
    }

    #[inline]
    pub fn text(self, text: &str) -> &str {
        self.span.of(text)
    }
}

/// Reads the chunks of a text, block by block.
pub(super) struct Chunker<'t> {
    text: &'t str,
    rules: &'t Rules,
    at: usize,
    newlines: u8,
    /// The chunks of the block at hand.
    pub block: Vec<Chunk>,
}

impl<'t> Chunker<'t> {
    pub fn new(text: &'t str, rules: &'t Rules) -> Self {
        // A chunk takes seven bytes, and a block is mostly a paragraph.
        let block = Vec::with_capacity((text.len() / 7).min(128));
        Self { text, rules, at: 0, newlines: 0, block }
    }

    /// Reads the next block, up to a blank line; false where none is left.
    pub fn next_block(&mut self) -> bool {
        self.block.clear();
        loop {
            self.skip_space();
            if self.at >= self.text.len() || self.newlines > 1 && !self.block.is_empty() {
                return !self.block.is_empty();
            }
            let newlines = std::mem::take(&mut self.newlines);
            let (end, marked) = solid_end(self.text, self.at);
            let span = Span::new(self.at, end);
            self.at = end;
            let address = marked && is_address(span.of(self.text));
            if marked && !address && span.len() <= MAX_GLUED_BYTES {
                push_glued(span, newlines, self.text, self.rules, &mut self.block);
            } else {
                self.block.push(Chunk { address, ..Chunk::new(span, newlines, Seam::None, self.text) });
            }
        }
    }

    /// Whether no block comes after this one.
    pub fn is_last(&self) -> bool {
        self.at >= self.text.len()
    }

    fn skip_space(&mut self) {
        // One space, as between most words.
        if let Some([b' ', next]) = self.text.as_bytes().get(self.at..self.at + 2)
            && class(*next) < SPACE
        {
            self.at += 1;
            return;
        }
        while let Some(space) = space_at(self.text, self.at) {
            let weight = match space {
                // The newline of a carriage return and newline counts for both.
                '\r' if self.text.as_bytes().get(self.at + 1) == Some(&b'\n') => 0,
                '\n' | '\r' | '\u{85}' | '\u{2028}' => 1,
                '\u{2029}' => 2,
                _ => 0,
            };
            self.newlines = self.newlines.saturating_add(weight).min(2);
            self.at += space.len_utf8();
        }
    }
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

const SOLID: u8 = 0;
const MARK: u8 = 1;
const SPACE: u8 = 2;
/// The lead byte of white space beyond ASCII, or of something else.
const LEAD: u8 = 3;

/// What a byte means to a chunk.
static CLASSES: [u8; 256] = {
    let mut classes = [SOLID; 256];
    let mut byte = 0;
    while byte < 256 {
        #[allow(clippy::indexing_slicing)]
        let place = &mut classes[byte];
        *place = match byte as u8 {
            b' ' | b'\t'..=b'\r' => SPACE,
            b'.' | b'?' | b'!' => MARK,
            0xC2 | 0xE1..=0xE3 => LEAD,
            _ => SOLID,
        };
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(SOLID)
}

/// The end of the chunk that starts at `start`, and whether a mark that ends sentences stands inside.
fn solid_end(text: &str, start: usize) -> (usize, bool) {
    let bytes = text.as_bytes();
    let (mut mark, mut at) = (None, start);
    loop {
        at += letters(bytes.get(at..).unwrap_or_default());
        let Some(byte) = bytes.get(at) else { break };
        match class(*byte) {
            SOLID => {}
            MARK => mark = mark.or(Some(at)),
            SPACE => break,
            _ if space_at(text, at).is_some() => break,
            _ => {}
        }
        at += 1;
    }
    (at, mark.is_some_and(|mark| mark + 1 < at))
}

/// How many bytes `bytes` begins with that are certainly solid: letters and digits above all. Eight bytes are looked at
/// at once, which is the time of one or two.
fn letters(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    let zero = |x: u64| x.wrapping_sub(ONES) & !x;
    let mut passed = 0;
    let mut rest = bytes;
    while let Some((eight, after)) = rest.split_first_chunk::<8>() {
        let x = u64::from_le_bytes(*eight);
        // The lowest byte that is marked is marked rightly; a borrow may mark those above it.
        let below = x.wrapping_sub(ONES * u64::from(b'/')) & !x;
        let hits = (below | zero(x ^ (ONES * u64::from(b'?'))) | x) & HIGH;
        if hits != 0 {
            return passed + (hits.trailing_zeros() / 8) as usize;
        }
        passed += 8;
        rest = after;
    }
    passed
}

fn push_glued(span: Span, newlines: u8, text: &str, rules: &Rules, found: &mut Vec<Chunk>) {
    let (mut start, mut before, mut seam) = (span.start(), newlines, Seam::None);
    for (at, next) in seams(span.of(text), rules) {
        let cut = span.start() + at;
        found.push(Chunk::new(Span::new(start, cut), before, seam, text));
        (start, before, seam) = (cut, 0, next);
    }
    found.push(Chunk::new(Span::new(start, span.end()), before, seam, text));
}

fn is_address(chunk: &str) -> bool {
    chunk.contains(['@', '/', '_', '\\', '=']) || chunk.contains("www.")
}

/// Where a glued sentence begins: `city.She`, `“Why?”He`, and may begin: `talk?they`.
fn seams(chunk: &str, rules: &Rules) -> Vec<(usize, Seam)> {
    let mut found = Vec::new();
    let mut word = Span::new(0, 0);
    // The marks since the word, none where something else stands between.
    let mut marks = 0;
    let mut stops = 0;
    let mut chars = chunk.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        if is_alphanumeric(c) {
            let opens = c.is_uppercase() && next.is_none_or(|n| n.is_lowercase() || n == '’' || n == '\'');
            if marks == 1 && opens && is_seam(chunk, word, at, rules) {
                found.push((at, Seam::Sure));
            } else if is_letter(c) && (marks > 1 || marks > stops) && is_wordlike(word.of(chunk)) {
                found.push((at, Seam::Maybe));
            }
            if marks > 0 || word.end() != at {
                word = Span::new(at, at);
            }
            word = Span::new(word.start(), at + c.len_utf8());
            (marks, stops) = (0, 0);
        } else if matches!(c, '.' | '?' | '!') {
            let follows = word.end() == at && word.len() > 1;
            marks = if follows || marks > 0 { marks + 1 } else { 0 };
            stops = if marks > 0 { stops + usize::from(c == '.') } else { 0 };
        } else if !matches!(c, '"' | '”' | '’' | '“') {
            (marks, stops) = (0, 0);
        }
    }
    found
}

fn is_wordlike(word: &str) -> bool {
    word.chars().all(|c| is_letter(c) || c == '\'' || c == '’')
}

fn is_seam(chunk: &str, word: Span, at: usize, rules: &Rules) -> bool {
    let before = word.of(chunk);
    let lower = before.chars().next_back().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
    let after: &str = chunk.get(at..).unwrap_or("");
    let next = after.split(|c: char| !is_alphanumeric(c)).next().unwrap_or("");
    lower
        && before.chars().any(is_letter)
        && rules.kind(before) == Kind::Plain
        && !rules.is_domain(next)
        && !rules.is_exclaimed(before)
}
