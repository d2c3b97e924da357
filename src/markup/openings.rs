//! Many patterns over many lines: a pattern is tried only where a line holds one of the words that it begins with.

use regex::Regex;
use regex_syntax::hir::Look;
use regex_syntax::hir::literal::Extractor;
use std::sync::OnceLock;

/// Bytes of an opening that are looked for: "for more from our correspondents in" with all of its choices is thousands of words.
const OPENING: usize = 8;

/// Patterns in lower case, each compiled when it is first tried: those of most languages never are.
#[derive(Clone, Debug)]
pub(super) struct Openings {
    patterns: Vec<(String, OnceLock<Option<Regex>>)>,
    words: Vec<Word>,
    /// Where the words of each place begin, and where the last ones end.
    starts: Vec<usize>,
    /// A bit for each place that has words: all of them stay in a processor's first cache.
    bits: Vec<u64>,
}

/// A word that a pattern begins with.
#[derive(Clone, Debug)]
struct Word {
    /// By its first three bytes.
    place: usize,
    bytes: Box<[u8]>,
    /// Whether the pattern holds at the start of a line only.
    is_first: bool,
    pattern: usize,
}

/// Bits of the places of words: few of them share one, and at most bytes of a line there is none.
const PLACE_BITS: u32 = 14;

/// The place of the words that begin with three bytes, the last ones of `three`.
fn place(three: u32) -> usize {
    ((three & 0xff_ffff).wrapping_mul(0x9E37_79B1) >> (32 - PLACE_BITS)) as usize
}

/// The places of a word. One of two bytes may have any behind it, and at the end of a line has nought.
fn places(word: &[u8]) -> Option<Vec<usize>> {
    let three = |bytes: [u8; 3]| place(bytes.iter().fold(0, |three, &byte| three << 8 | u32::from(byte)));
    match *word {
        [first, second, third, ..] => Some(vec![three([first, second, third])]),
        [first, second] => Some((0..=u8::MAX).map(|third| three([first, second, third])).collect()),
        _ => None,
    }
}

/// `line` in lower case, with room for one byte more.
fn lower(line: &str) -> String {
    if !line.is_ascii() {
        return line.to_lowercase();
    }
    let mut lower = String::with_capacity(line.len() + 1);
    lower.push_str(line);
    lower.make_ascii_lowercase();
    lower
}

impl Openings {
    /// None where a pattern cannot be read, or may begin with anything.
    pub fn new(patterns: &[&str]) -> Option<Openings> {
        let mut words: Vec<Word> = Vec::new();
        let patterns: Vec<String> = patterns.iter().map(|pattern| pattern.to_lowercase()).collect();
        for (owner, pattern) in patterns.iter().enumerate() {
            let pattern = regex_syntax::parse(pattern).ok()?;
            let is_first = pattern.properties().look_set_prefix().contains(Look::Start);
            let mut found = Extractor::new().extract(&pattern);
            found.keep_first_bytes(OPENING);
            found.dedup();
            for word in found.literals().filter(|words| !words.is_empty())? {
                let word = |place| Word { place, bytes: word.as_bytes().into(), is_first, pattern: owner };
                words.extend(places(word(0).bytes.as_ref())?.into_iter().map(word));
            }
        }
        words.sort_by_key(|word| word.place);
        let mut starts = Vec::with_capacity((1 << PLACE_BITS) + 1);
        for (at, word) in words.iter().enumerate() {
            starts.resize(starts.len().max(word.place + 1), at);
        }
        starts.resize((1 << PLACE_BITS) + 1, words.len());
        let mut bits = vec![0; 1 << (PLACE_BITS - 6)];
        for word in &words {
            bits.get_mut(word.place / 64).into_iter().for_each(|slot| *slot |= 1 << (word.place % 64));
        }
        let patterns = patterns.into_iter().map(|pattern| (pattern, OnceLock::new())).collect();
        Some(Openings { patterns, words, starts, bits })
    }

    /// The first pattern that `line` matches; case is ignored.
    pub fn find(&self, line: &str) -> Option<usize> {
        let mut lower = lower(line);
        let length = lower.len();
        lower.push('\0');
        let mut three = 0;
        let mut opened: Vec<usize> = Vec::new();
        for (at, &byte) in lower.as_bytes().iter().enumerate() {
            three = three << 8 | u32::from(byte);
            let place = place(three);
            if self.bits.get(place / 64).is_some_and(|slot| slot & 1 << (place % 64) != 0) {
                let rest =
                    at.checked_sub(2).and_then(|start| lower.as_bytes().get(start..)).unwrap_or_default();
                let begins = |word: &&Word| (at == 2 || !word.is_first) && rest.starts_with(&word.bytes);
                opened.extend(self.words_at(place).iter().filter(begins).map(|word| word.pattern));
            }
        }
        opened.sort_unstable();
        opened.dedup();
        let lower = lower.get(..length)?;
        opened.into_iter().find(|&pattern| self.matches(pattern, lower))
    }

    fn words_at(&self, place: usize) -> &[Word] {
        match self.starts.get(place..=place + 1) {
            Some(&[start, end]) => self.words.get(start..end).unwrap_or_default(),
            _ => &[],
        }
    }

    fn matches(&self, pattern: usize, lower: &str) -> bool {
        let Some((text, compiled)) = self.patterns.get(pattern) else { return false };
        compiled.get_or_init(|| Regex::new(text).ok()).as_ref().is_some_and(|regex| regex.is_match(lower))
    }
}
