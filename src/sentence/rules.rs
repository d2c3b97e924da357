//! The word lists of one language, compiled.

use std::sync::LazyLock;

use super::boundary::Gap;
use super::model::Model;
use super::verdict::Verdict;
use crate::hash::Sketched;

/// What a dot after a word means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing known: the dot ends a sentence.
    #[default]
    Plain,
    /// `Inc.`, `etc.`: ends one before a word that starts sentences.
    Abbreviation,
    /// `Mr.`, `Gen.`: a name follows.
    Title,
    /// `e.g.`, `v.`: never ends one.
    Never,
    /// `No.`, `p.`: a number follows, or it is a plain word.
    Numbered,
    /// `Feb.`: a number may follow.
    Month,
    /// `Sun.`: a date follows, or it is a plain word.
    Day,
    /// `a.m.`: a day or a zone may follow.
    Time,
}

const STARTER: u8 = 1;
const AFTER_TIME: u8 = 2;
const SPEECH: u8 = 4;
const CREDIT: u8 = 8;
const EXCLAIMED: u8 = 16;
const DOMAIN: u8 = 32;
const LETTERED: u8 = 64;
const STREET: u8 = 128;

/// Longest word that is looked up, in bytes.
const LONGEST: usize = 32;

/// What the splitter knows of a language.
#[derive(Clone, Debug)]
pub struct Rules {
    kinds: Sketched<Kind>,
    words: Sketched<u8>,
    model: Model,
}

static ENGLISH: LazyLock<Rules> = LazyLock::new(Rules::compile_english);

impl Rules {
    /// The rules of English, compiled once.
    #[must_use]
    pub fn english() -> &'static Rules {
        &ENGLISH
    }

    /// English with abbreviations of the user's, with or without their last dot.
    ///
    /// One in lower case is known in any case; one with capitals needs its first capital (`Ill` is not `ill`).
    #[must_use]
    pub fn with_abbreviations(abbreviations: &[String]) -> Rules {
        let mut rules = Rules::english().clone();
        for word in abbreviations {
            let word = word.trim().trim_end_matches('.');
            *rules.kinds.entry(word) = Kind::Abbreviation;
        }
        rules
    }

    /// The same rules without weights: what they leave open goes as they say.
    #[must_use]
    pub fn without_weights(&self) -> Rules {
        Rules { model: self.model.without_weights(), ..self.clone() }
    }

    /// The same rules with the weights and beginnings of another file.
    #[must_use]
    pub fn with_weights(&self, file: &'static [u8]) -> Rules {
        Rules { model: Model::read(file).unwrap_or_default(), ..self.clone() }
    }

    /// The log-odds that a sentence ends in a gap.
    pub(super) fn score(&self, gap: &Gap<'_>, verdict: Verdict) -> f32 {
        self.model.score(gap, verdict)
    }

    /// What weighs on a gap, the heaviest first.
    pub(super) fn reasons(&self, gap: &Gap<'_>, verdict: Verdict) -> Vec<(&'static str, f32)> {
        self.model.reasons(gap, verdict)
    }

    /// How often sentences begin with a capitalised word: 0 not known, 1 hardly ever, 15 always.
    pub(super) fn begins_sentences(&self, word: &str) -> u8 {
        self.model.beginning(word)
    }

    fn compile_english() -> Rules {
        let model = Model::read(include_bytes!("en/weights.bin")).unwrap_or_default();
        let mut rules = Rules { kinds: Sketched::default(), words: Sketched::default(), model };
        rules.add(include_str!("en/abbreviations.txt"), Kind::Abbreviation);
        rules.add(include_str!("en/titles.txt"), Kind::Title);
        rules.add(include_str!("en/never.txt"), Kind::Never);
        rules.add(include_str!("en/numbered.txt"), Kind::Numbered);
        rules.add(include_str!("en/months.txt"), Kind::Month);
        rules.add(include_str!("en/weekdays.txt"), Kind::Day);
        rules.add(include_str!("en/times.txt"), Kind::Time);
        rules.mark(include_str!("en/starters.txt"), STARTER);
        rules.mark(include_str!("en/after_time.txt"), AFTER_TIME);
        rules.mark(include_str!("en/speech.txt"), SPEECH);
        rules.mark(include_str!("en/credits.txt"), CREDIT);
        rules.mark(include_str!("en/exclaimed.txt"), EXCLAIMED);
        rules.mark(include_str!("en/domains.txt"), DOMAIN);
        rules.mark(include_str!("en/lettered.txt"), LETTERED);
        rules.mark(include_str!("en/streets.txt"), STREET);
        rules
    }

    fn add(&mut self, list: &str, kind: Kind) {
        for word in list.lines() {
            *self.kinds.entry(word) = kind;
        }
    }

    fn mark(&mut self, list: &str, mark: u8) {
        for word in list.lines() {
            *self.words.entry(word) |= mark;
        }
    }

    /// What a dot after `word` means.
    pub(super) fn kind(&self, word: &str) -> Kind {
        if word.len() > LONGEST {
            return Kind::Plain;
        }
        let Some(first) = word.bytes().next() else { return Kind::Plain };
        if let Some(kind) = self.kinds.get(word) {
            return *kind;
        }
        if word.bytes().all(|b| b.is_ascii_lowercase()) {
            return Kind::Plain;
        }
        let mut buffer = [0; LONGEST];
        let Some(lower) = lowered(word, &mut buffer) else { return self.kind_beyond_ascii(word) };
        if let Some(kind) = self.kinds.get(lower) {
            return *kind;
        }
        if !first.is_ascii_uppercase() {
            return Kind::Plain;
        }
        let mut titled = buffer;
        if let Some(letter) = titled.first_mut() {
            letter.make_ascii_uppercase();
        }
        let titled = titled.get(..word.len()).and_then(|bytes| std::str::from_utf8(bytes).ok());
        titled.and_then(|titled| self.kinds.get(titled)).copied().unwrap_or(Kind::Plain)
    }

    /// What a dot after `last` means, the last letter of a word with spaces in it: `p. m.`
    pub(super) fn kind_spaced(&self, first: &str, last: &str) -> Kind {
        self.kind(&format!("{first} {last}"))
    }

    fn kind_beyond_ascii(&self, word: &str) -> Kind {
        self.kinds.get(&word.to_lowercase()).copied().unwrap_or(Kind::Plain)
    }

    fn has(&self, word: &str, mark: u8) -> bool {
        if word.len() > LONGEST {
            return false;
        }
        let mut buffer = [0; LONGEST];
        let marks = match lowered(word, &mut buffer) {
            Some(lower) => self.words.get(lower),
            None => self.words.get(&word.to_lowercase().replace('’', "'")),
        };
        marks.is_some_and(|marks| marks & mark > 0)
    }

    /// Whether sentences often begin with it: `The`, `However`.
    pub(super) fn is_starter(&self, word: &str) -> bool {
        self.has(word, STARTER)
    }

    /// Whether it goes on after a time of day: `Saturday`, `GMT`.
    pub(super) fn goes_after_time(&self, word: &str) -> bool {
        self.has(word, AFTER_TIME)
    }

    /// Whether it reports speech: `said`.
    pub(super) fn is_speech(&self, word: &str) -> bool {
        self.has(word, SPEECH)
    }

    /// Whether a credit begins with it: `Photo`.
    pub(super) fn is_credit(&self, word: &str) -> bool {
        self.has(word, CREDIT)
    }

    /// Whether its exclamation mark is part of the name: `Yahoo!`.
    pub(super) fn is_exclaimed(&self, word: &str) -> bool {
        self.has(word, EXCLAIMED)
    }

    /// Whether a letter numbers it: `Plan B`.
    pub(super) fn is_lettered(&self, word: &str) -> bool {
        self.has(word, LETTERED)
    }

    /// Whether it ends the name of a street: `Avenue`.
    pub(super) fn is_street(&self, word: &str) -> bool {
        self.has(word, STREET)
    }

    /// Whether it ends a domain's name: `com`.
    pub(super) fn is_domain(&self, word: &str) -> bool {
        self.has(word, DOMAIN)
    }
}

/// `word` in lower case, if it is ASCII.
fn lowered<'b>(word: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    let place = buffer.get_mut(..word.len()).filter(|_| word.is_ascii())?;
    place.copy_from_slice(word.as_bytes());
    place.make_ascii_lowercase();
    std::str::from_utf8(place).ok()
}
