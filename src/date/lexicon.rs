//! The words of time, from lists that are read once.

use std::sync::LazyLock;

use super::length::Unit;
use super::value::{DayPart, Season};
use crate::hash::Sketch;

/// What a token can be in an expression of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tag {
    /// Nothing.
    #[default]
    None,
    /// Digits.
    Number,
    Month(i8),
    ShortMonth(i8),
    Weekday(i8),
    ShortWeekday(i8),
    Weekdays(i8),
    Unit(Unit),
    Units(Unit),
    Season(Season),
    Part(DayPart),
    Parts(DayPart),
    /// Noon or midnight, by its hour.
    Noon(i8),
    /// "today" and its neighbours, by their distance.
    Day(i8),
    Ordinal(i8),
    Small(i8),
    Tens(i8),
    /// "the sixties"
    Decade(i8),
    Couple,
    Dozen,
    Zone(i16),
    /// "daily", by the unit.
    Adverb(Unit),
    /// "weeklong", by the unit.
    Lasting(Unit),
    /// A mark that may open a short year or decade.
    Quote,
    /// "once", "twice".
    Times(i8),
    Is(Word),
}

impl Tag {
    /// Whether it is of time by itself, and not only in a phrase: what an expression that begins with "the" needs.
    pub fn is_of_time(self) -> bool {
        use Word::{
            Am, Fiscal, FiscalYear, FutureNoun, Gone, Half, Holiday, Hours, Modern, Overnight, Past, Pm,
            Present, PresentNoun, Thousand, Time, Tonight,
        };
        match self {
            // "nineteen eighty-four", "twenty twenty-two"
            Self::Small(number) => number >= 13,
            Self::Tens(number) => number == 20,
            Self::None | Self::Couple | Self::Dozen | Self::Ordinal(_) => false,
            Self::Is(word) => matches!(
                word,
                Am | Fiscal
                    | FiscalYear
                    | FutureNoun
                    | Gone
                    | Half
                    | Holiday
                    | Hours
                    | Modern
                    | Overnight
                    | Past
                    | Pm
                    | Present
                    | PresentNoun
                    | Thousand
                    | Time
                    | Tonight
            ),
            _ => true,
        }
    }
}

macro_rules! words {
    ($($variant:ident = $name:literal,)*) => {
        /// A word by its part in the grammar.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Word { $($variant,)* }

        impl Word {
            fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

words! {
    A = "a", About = "about", Ad = "ad", After = "after", Age = "age", Ago = "ago", Am = "am", And = "and",
    Another = "another", At = "at", Bc = "bc", Before = "before", Between = "between", By = "by",
    Calendar = "calendar", Circa = "circa", Code = "code", Coming = "coming", Current = "current", During = "during",
    Each = "each", Earlier = "earlier", Early = "early", End = "end", Ending = "ending", Every = "every",
    EveryDay = "every day", Final = "final", Fiscal = "fiscal", Following = "following", For = "for",
    From = "from", Full = "full", Future = "future", FutureNoun = "future noun", Gone = "gone", Half = "half",
    Hence = "hence", Hours = "hours", Hundred = "hundred", In = "in", Into = "into", Last = "last", Latest = "latest",
    Late = "late", Later = "later", Least = "least", Less = "less", Mid = "mid", Middle = "middle",
    Modern = "modern", More = "more", Most = "most", Nearly = "nearly", Next = "next", No = "no", Not = "not",
    Oclock = "oclock", Of = "of", Old = "old", On = "on", Only = "only", Opening = "opening", Or = "or",
    Over = "over", Overnight = "overnight", Past = "past", Per = "per", Plural = "plural", Pm = "pm",
    Present = "present", PresentNoun = "present adjective", Previous = "previous", Recent = "recent",
    Rest = "rest", Same = "same", Since = "since", Start = "start", Than = "than", That = "that", The = "the",
    These = "these", This = "this", Thousand = "thousand", Through = "through", Time = "time",
    TimesOf = "times of", To = "to", Tonight = "tonight", Under = "under", Until = "until", Up = "up",
    Vague = "vague", Within = "within", FiscalYear = "year word", Holiday = "holiday",
}

fn tag(kind: &str, value: &str) -> Option<Tag> {
    let number = || value.parse::<i8>().ok();
    Some(match kind {
        "month" => Tag::Month(number()?),
        "short month" => Tag::ShortMonth(number()?),
        "weekday" => Tag::Weekday(number()?),
        "short weekday" => Tag::ShortWeekday(number()?),
        "weekdays" => Tag::Weekdays(number()?),
        "unit" => Tag::Unit(Unit::named(value)?),
        "units" => Tag::Units(Unit::named(value)?),
        "season" => Tag::Season(Season::named(value)?),
        "part" => Tag::Part(DayPart::named(value)?),
        "parts" => Tag::Parts(DayPart::named(value)?),
        "noon" => Tag::Noon(number()?),
        "day" => Tag::Day(number()?),
        "ordinal" => Tag::Ordinal(number()?),
        "small" => Tag::Small(number()?),
        "tens" => Tag::Tens(number()?),
        "decade" => Tag::Decade(number()?),
        "couple" => Tag::Couple,
        "dozen" => Tag::Dozen,
        "zone" => Tag::Zone(value.parse().ok()?),
        "adverb" => Tag::Adverb(Unit::named(value)?),
        "lasting" => Tag::Lasting(Unit::named(value)?),
        "times" => Tag::Times(number()?),
        word => Tag::Is(Word::named(word)?),
    })
}

/// Words and what they are, in a table that is looked up once a token.
pub(super) struct Lexicon {
    slots: Vec<Option<(&'static str, Tag)>>,
    /// Most words are none of these, and are told without a look into the table, which lies far.
    sketch: Sketch,
}

/// The English words.
pub(super) static ENGLISH: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::new(include_str!("en/words.txt"), super::holiday::first_words()));

/// The longest word of the list.
pub(super) const LONGEST: usize = 15;

/// Slots of the table, a power of two, and several for each word.
const SLOTS: usize = 1 << 12;

fn hash(word: &str) -> usize {
    let mut packed = [0_u8; 8];
    for (slot, byte) in packed.iter_mut().zip(word.bytes()) {
        *slot = byte;
    }
    let last = u64::from(word.as_bytes().last().copied().unwrap_or(0));
    let mixed =
        (u64::from_le_bytes(packed) ^ (last << 56) ^ word.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 52) as usize
}

impl Lexicon {
    fn new(file: &'static str, holidays: impl Iterator<Item = &'static str>) -> Self {
        let mut lexicon = Self { slots: vec![None; SLOTS], sketch: Sketch::default() };
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let (Some(word), Some(kind), Some(value)) = (fields.next(), fields.next(), fields.next()) else {
                continue;
            };
            if let Some(tag) = tag(kind, value) {
                lexicon.insert(word, tag);
            }
        }
        for word in holidays.map(crate::token::unowned) {
            if lexicon.tag(word) == Tag::None {
                lexicon.insert(word, Tag::Is(Word::Holiday));
            }
        }
        lexicon
    }

    fn insert(&mut self, word: &'static str, tag: Tag) {
        self.sketch.add(word);
        let mut at = hash(word);
        while let Some(slot) = self.slots.get_mut(at % SLOTS) {
            if slot.is_none() {
                *slot = Some((word, tag));
                return;
            }
            at += 1;
        }
    }

    /// What `word`, in lower case, can be.
    #[inline]
    pub fn tag(&self, word: &str) -> Tag {
        if word.len() > LONGEST || !self.sketch.may_hold(word) {
            return Tag::None;
        }
        let mut at = hash(word);
        while let Some(Some((known, tag))) = self.slots.get(at % SLOTS) {
            if *known == word {
                return *tag;
            }
            at += 1;
        }
        Tag::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_behind_the_sketch() {
        let lines = include_str!("en/words.txt").lines().filter(|line| !line.starts_with('#'));
        let words: Vec<&str> = lines.filter_map(|line| line.split('\t').next()).collect();
        assert!(words.len() > 300);
        assert!(words.iter().all(|word| ENGLISH.tag(word) != Tag::None));
        assert!(["police", "said", "kyiv", ""].iter().all(|word| ENGLISH.tag(word) == Tag::None));
    }
}
