//! What a block's characters say of it: counts, shares, and the words at both ends.

use std::ops::Range;

use super::super::draft::Leaf;
use super::super::hash::mix;

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
    /// The hashes of its words, lower-cased.
    pub hashes: Vec<u32>,
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
    word.chars().fold(FNV, hashed)
}

pub(super) fn step(state: u32, byte: u8) -> u32 {
    (state ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

fn hashed(state: u32, character: char) -> u32 {
    if character.is_ascii() {
        return step(state, (character as u8).to_ascii_lowercase());
    }
    let mut bytes = [0; 4];
    let lower = character.to_lowercase().next().unwrap_or(character);
    lower.encode_utf8(&mut bytes).bytes().fold(state, step)
}

/// The hashes of the words of `text`.
pub(in super::super) fn words(text: &str) -> Vec<u32> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(hash).collect()
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
        let hashes = Vec::with_capacity(room.min(KEPT));
        let mut counts = Counts { first: ' ', last: ' ', last_inside: ' ', hashes, ..Counts::default() };
        let mut word = Word::default();
        let mut link = None;
        for leaf in leaves {
            let before = counts.characters;
            for character in leaf.text.chars() {
                counts.add(character, &mut word);
            }
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

    fn add(&mut self, character: char, word: &mut Word) {
        // Nearly all characters are these.
        if character.is_ascii_lowercase() && word.len > 0 {
            self.characters += 1;
            (self.last, self.last_inside) = (character, character);
            word.hash = step(word.hash, character as u8);
            word.len += 1;
            self.letters += 1;
            return;
        }
        if character.is_whitespace() || character == '\u{feff}' {
            return self.close(word);
        }
        self.characters += 1;
        if self.characters == 1 {
            self.first = character;
        }
        self.last = character;
        if character.is_alphanumeric() {
            self.letter(character, word);
        } else {
            self.close(word);
            self.mark(character);
        }
        if !matches!(character, '"' | '\'' | '”' | '’' | '»' | '“' | ')' | ']' | '」' | '』') {
            self.last_inside = character;
        }
    }

    fn letter(&mut self, character: char, word: &mut Word) {
        if word.len == 0 {
            word.hash = FNV;
        }
        word.hash = hashed(word.hash, character);
        word.len += 1;
        if character.is_ascii_digit() {
            self.digits += 1;
            return;
        }
        self.letters += 1;
        if character.is_uppercase() {
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
