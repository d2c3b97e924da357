//! What a block's characters say of it: counts, shares, and the words at both ends.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use smallvec::SmallVec;

use super::super::boilerplate::{Boilerplate, Verdict};
use super::super::draft::Leaf;
use super::super::hash::mix;
use crate::limits::BOILERPLATE_LINE;
use crate::token::is_alphanumeric;

/// A block of the page, before it is known whether it is part of the article.
#[derive(Clone, Debug)]
pub(in super::super) struct Cell {
    /// Its pieces.
    pub leaves: Range<usize>,
    /// Its block, an index into the shells of the walk.
    pub shell: usize,
    /// The innermost element that all its words stand in, or the block.
    pub place: usize,
    pub counts: Counts,
    /// What its words say of it, once somebody has asked.
    verdict: OnceCell<Option<&'static Verdict>>,
}

impl Cell {
    /// A block of these pieces.
    pub fn new(leaves: Range<usize>, shell: usize, place: usize, counts: Counts) -> Cell {
        Cell { leaves, shell, place, counts, verdict: OnceCell::new() }
    }

    /// The verdict of the lines of boilerplate, where `leaves` are all those of the page.
    pub fn verdict(&self, leaves: &[Leaf<'_>]) -> Option<&'static Verdict> {
        *self.verdict.get_or_init(|| {
            if self.counts.characters as usize > BOILERPLATE_LINE {
                return None;
            }
            Boilerplate::shipped().judge(&self.line(leaves))
        })
    }

    /// Its text, white space folded, where `leaves` are all those of the page.
    pub fn line(&self, leaves: &[Leaf<'_>]) -> String {
        line(leaves.get(self.leaves.clone()).unwrap_or_default())
    }
}

/// The text of a block, white space folded.
fn line(leaves: &[Leaf<'_>]) -> String {
    let mut line = String::with_capacity(leaves.iter().map(|leaf| leaf.text.len() + 1).sum());
    let mut parted = false;
    for leaf in leaves {
        parted |= leaf.text.starts_with(char::is_whitespace);
        for word in leaf.text.split_whitespace() {
            if parted && !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            parted = true;
        }
        parted = leaf.text.ends_with(char::is_whitespace) || parted && leaf.text.trim().is_empty();
    }
    line
}

/// How many of a block's characters, words and marks there are of each sort.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Counts {
    pub characters: u32,
    pub words: u32,
    pub letters: u32,
    pub upper: u32,
    pub digits: u32,
    pub commas: u32,
    /// Marks that end a sentence.
    pub ends: u32,
    pub quotes: u32,
    /// Characters of scripts that set no blanks between words.
    pub dense: u32,
    pub capitalised: u32,
    pub linked: u32,
    pub links: u32,
    pub bold: u32,
    pub italic: u32,
    pub colons: u32,
    pub signs: u32,
    /// `|`, `©`, `@`, `/`, as bits.
    pub marks: u8,
    pub first: char,
    pub last: char,
    /// The last character that is no quotation mark or bracket.
    pub last_inside: char,
    /// The hashes of its words, lower-cased; most blocks have few, which take no memory of their own.
    pub hashes: SmallVec<[u32; 8]>,
    /// The hashes of the last two words.
    pub tail: [u32; 2],
    /// A hash of all words.
    pub all: u64,
}

/// Words that are looked at one by one.
pub(super) const HEAD: usize = 24;

/// Words of a block in which others may have theirs.
const KEPT: usize = 400;

pub(super) const FNV: u32 = 0x811c_9dc5;

/// The hash of a word, of its lower-cased UTF-8.
pub(in super::super) fn hash(word: &str) -> u32 {
    word.chars().filter_map(Letter::of).fold(FNV, |state, letter| hashed(state, letter.lower))
}

pub(super) fn step(state: u32, byte: u8) -> u32 {
    (state ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

/// The hash of a word with one more letter, which is in lower case.
fn hashed(state: u32, lower: char) -> u32 {
    if lower.is_ascii() {
        return step(state, lower as u8);
    }
    lower.encode_utf8(&mut [0; 4]).bytes().fold(state, step)
}

/// What is asked of a letter or a digit.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Letter {
    lower: char,
    is_upper: bool,
}

/// The characters behind ASCII whose letters are kept in a table: Latin, Greek, Cyrillic, Hebrew.
const KEPT_LETTERS: Range<u32> = 0x80..0x600;

static LETTERS: LazyLock<Vec<Option<Letter>>> =
    LazyLock::new(|| KEPT_LETTERS.map(|code| char::from_u32(code).and_then(Letter::looked_up)).collect());

impl Letter {
    /// None of a character that is no letter and no digit.
    fn of(character: char) -> Option<Letter> {
        if character.is_ascii() {
            let (lower, is_upper) = (character.to_ascii_lowercase(), character.is_ascii_uppercase());
            return character.is_ascii_alphanumeric().then_some(Letter { lower, is_upper });
        }
        match LETTERS.get((character as u32 - KEPT_LETTERS.start) as usize) {
            Some(known) => *known,
            None => Self::looked_up(character),
        }
    }

    fn looked_up(character: char) -> Option<Letter> {
        let lower = || character.to_lowercase().next().unwrap_or(character);
        is_alphanumeric(character).then(|| Letter { lower: lower(), is_upper: character.is_uppercase() })
    }
}

/// One of 64 bits for a word: where that of a list of words is not set, the word is not among them.
pub(super) fn bit(word: u32) -> u64 {
    1 << (word % 64)
}

/// The hashes of the words of `text`.
pub(in super::super) fn words(text: &str) -> Vec<u32> {
    text.split(|c| Letter::of(c).is_none()).filter(|word| !word.is_empty()).map(hash).collect()
}

#[derive(Default)]
struct Word {
    hash: u32,
    len: u32,
}

impl Counts {
    /// Counts the characters of `leaves`.
    pub fn of(leaves: &[Leaf<'_>]) -> Counts {
        // A word takes six bytes, as most texts have them.
        let room = leaves.iter().map(|leaf| leaf.text.len()).sum::<usize>() / 6 + 2;
        let hashes = SmallVec::with_capacity(room.min(KEPT));
        let mut counts = Counts { first: ' ', last: ' ', last_inside: ' ', hashes, ..Counts::default() };
        let mut word = Word::default();
        let mut link = None;
        for leaf in leaves {
            let before = counts.characters;
            counts.read(leaf.text, &mut word);
            let added = counts.characters - before;
            if leaf.link.is_some() {
                counts.linked += added;
                counts.links += u32::from(added > 0 && leaf.link != link);
            }
            if added > 0 {
                link = leaf.link;
            }
            counts.bold += if leaf.bold { added } else { 0 };
            counts.italic += if leaf.italic { added } else { 0 };
        }
        counts.close(&mut word);
        counts.words += counts.dense / 2;
        counts
    }

    /// A hash of how the block looks, whatever its words are.
    pub fn look(&self) -> u64 {
        let marks = u32::from(self.marks) << 8 | u32::from(self.links > 0);
        let counts =
            [self.characters, self.words, self.digits, self.upper, self.ends, self.commas, self.linked];
        counts
            .into_iter()
            .chain([self.signs, self.colons, self.bold, marks])
            .fold(0, |state, count| mix(state, u64::from(count)))
    }

    /// The hashes of the first words.
    pub fn head(&self) -> &[u32] {
        self.hashes.get(..HEAD).unwrap_or(&self.hashes)
    }

    fn read(&mut self, text: &str, word: &mut Word) {
        let mut rest = text;
        loop {
            // Nearly all characters are these.
            rest = if word.len > 0 { self.small(rest, word) } else { rest.trim_ascii_start() };
            let mut characters = rest.chars();
            let Some(character) = characters.next() else { return };
            self.add(character, word);
            rest = characters.as_str();
        }
    }

    /// Reads the small letters of ASCII at the start of `text`, which go on with a word; gives what is behind them.
    fn small<'t>(&mut self, text: &'t str, word: &mut Word) -> &'t str {
        let (mut letters, mut last, mut hash) = (0, None, word.hash);
        for byte in text.bytes().take_while(u8::is_ascii_lowercase) {
            (letters, last, hash) = (letters + 1, Some(byte), step(hash, byte));
        }
        if let Some(last) = last.map(char::from) {
            (self.last, self.last_inside) = (last, last);
            word.hash = hash;
            word.len += letters;
            self.characters += letters;
            self.letters += letters;
        }
        text.get(letters as usize..).unwrap_or_default()
    }

    fn add(&mut self, character: char, word: &mut Word) {
        if character.is_whitespace() || character == '\u{feff}' {
            return self.close(word);
        }
        self.characters += 1;
        if self.characters == 1 {
            self.first = character;
        }
        self.last = character;
        match Letter::of(character) {
            Some(letter) => self.letter(character, letter, word),
            None => {
                self.close(word);
                self.mark(character);
            }
        }
        if !matches!(character, '"' | '\'' | '”' | '’' | '»' | '“' | ')' | ']' | '」' | '』') {
            self.last_inside = character;
        }
    }

    fn letter(&mut self, character: char, letter: Letter, word: &mut Word) {
        if word.len == 0 {
            word.hash = FNV;
        }
        word.hash = hashed(word.hash, letter.lower);
        word.len += 1;
        if character.is_ascii_digit() {
            self.digits += 1;
            return;
        }
        self.letters += 1;
        if letter.is_upper {
            self.upper += 1;
            self.capitalised += u32::from(word.len == 1);
        } else if matches!(character, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{e00}'..='\u{e7f}')
        {
            self.dense += u32::from(!matches!(character, '\u{ac00}'..='\u{d7a3}'));
        }
    }

    fn mark(&mut self, character: char) {
        match character {
            '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।' => self.ends += 1,
            ',' | '、' | '，' | '،' | ';' => self.commas += 1,
            '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' => self.quotes += 1,
            ':' | '：' => self.colons += 1,
            _ => {
                self.signs += 1;
                self.marks |= match character {
                    '|' | '•' | '·' | '›' | '→' | '>' => 1,
                    '©' => 2,
                    '@' => 4,
                    '/' => 8,
                    '(' => 16,
                    '[' => 32,
                    _ => 0,
                };
            }
        }
    }

    fn close(&mut self, word: &mut Word) {
        if word.len == 0 {
            return;
        }
        self.words += 1;
        if self.hashes.len() < KEPT {
            self.hashes.push(word.hash);
        }
        self.tail = [word.hash, self.tail[0]];
        self.all = (self.all.rotate_left(5) ^ u64::from(word.hash)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        word.len = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_the_standard() {
        for character in (0..=0x10_ffff).filter_map(char::from_u32) {
            let lower = character.to_lowercase().next().unwrap_or(character);
            let letter = Letter { lower, is_upper: character.is_uppercase() };
            let slow = character.is_alphanumeric().then_some(letter);
            assert_eq!(Letter::of(character), slow, "{character:?}");
        }
    }

    #[test]
    fn small_letters_at_once_count_as_one_by_one() {
        for text in [
            "The harbour's wALL held, señor; 40 cm of ЁЛКИ",
            "a",
            "",
            " lower",
            "\n\t  x1y \u{b} «Ωmega»  été 벽",
        ] {
            let counts = |read: &dyn Fn(&mut Counts, &mut Word)| {
                let (mut counts, mut word) = (Counts::default(), Word::default());
                read(&mut counts, &mut word);
                counts.close(&mut word);
                format!("{counts:?}")
            };
            let by_one =
                |counts: &mut Counts, word: &mut Word| text.chars().for_each(|c| counts.add(c, word));
            assert_eq!(counts(&|counts, word| counts.read(text, word)), counts(&by_one), "{text}");
        }
    }
}
