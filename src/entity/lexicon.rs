//! What is known of a word before it is read: its classes, and the lists that it stands in.

use std::sync::LazyLock;

use super::hash;
use super::table::{Bytes, Keys, Numbers};

/// Lists that a word stands in, one bit each, and how it is written where it starts no sentence.
pub mod flag {
    /// A given name.
    pub const FIRST_NAME: u16 = 1;
    /// A family name.
    pub const SURNAME: u16 = 1 << 1;
    /// A large city.
    pub const CITY: u16 = 1 << 2;
    /// A smaller place.
    pub const TOWN: u16 = 1 << 3;
    /// A country or a part of one.
    pub const COUNTRY: u16 = 1 << 4;
    /// A nationality, religion or other people.
    pub const DEMONYM: u16 = 1 << 5;
    /// A word that starts names of places: "New", "San".
    pub const PLACE_START: u16 = 1 << 6;
    /// A word that heads names of organisations: "Ministry", "University".
    pub const ORG_HEAD: u16 = 1 << 7;
    /// A legal form: "Corp", "Ltd".
    pub const ORG_TAIL: u16 = 1 << 8;
    /// A title or role: "President", "Gen".
    pub const ROLE: u16 = 1 << 9;
    /// A month or a day of the week.
    pub const CALENDAR: u16 = 1 << 10;
    /// A word that heads names of places: "River", "Airport".
    pub const PLACE_HEAD: u16 = 1 << 11;
    /// A well-known organisation: "NATO".
    pub const KNOWN_ORG: u16 = 1 << 12;
    /// The two bits that tell how often it is written small.
    pub const SMALL: u16 = 3 << 13;
}

/// A word's entry: its row among the classes (0: none), and its flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Its classes among 64, 256, 1,024 and 4,096; zero where it has none.
    pub classes: [u16; 4],
    /// Its lists.
    pub flags: u16,
}

struct Lexicon {
    keys: Keys,
    rows: Numbers,
    flags: Numbers,
    classes: Numbers,
}

static WORDS: &[u8] = include_bytes!("data/words.bin");

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut bytes = Bytes::new(WORDS);
    let keys = Keys::read(&mut bytes);
    let rows = bytes.u16s(keys.len());
    let flags = bytes.u16s(keys.len());
    let count = bytes.u32();
    Lexicon { keys, rows, flags, classes: bytes.u16s(count * 4) }
});

/// The entry of the word whose letters hash to `key`.
#[inline]
#[must_use]
pub fn word(key: u64) -> Option<Word> {
    let lexicon = &*LEXICON;
    let place = lexicon.keys.find(key)?;
    let row = usize::from(lexicon.rows.get(place)?) * 4;
    let classes = lexicon.classes.four(row).unwrap_or_default();
    Some(Word { classes, flags: lexicon.flags.get(place)? })
}

/// The entries of the words whose letters hash to `keys`: each step for all of them before the next, so that none waits for
/// what the one before it fetches.
#[must_use]
pub fn words(keys: &[u64]) -> Vec<Option<Word>> {
    let lexicon = &*LEXICON;
    let places = lexicon.keys.find_all(keys);
    let at = |place: usize| {
        let row = usize::from(lexicon.rows.get(place)?) * 4;
        Some((row, lexicon.flags.get(place)?))
    };
    let held: Vec<Option<(usize, u16)>> = places.into_iter().map(|place| at(place?)).collect();
    let entry = |(row, flags)| Word { classes: lexicon.classes.four(row).unwrap_or_default(), flags };
    held.into_iter().map(|held| held.map(entry)).collect()
}

/// The flags of a word as it is written.
#[must_use]
pub fn flags(word_as_written: &str) -> u16 {
    word(hash::bytes(word_as_written.as_bytes())).map_or(0, |word| word.flags)
}
