//! The English lists, read once.

use std::sync::LazyLock;

use super::Stance;
use crate::hash::{List as Words, Table};

/// What may follow a verb, and what it does with the words it brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verb {
    pub frames: Frames,
    pub stance: Stance,
}

/// The letters of a line of `verbs.txt`, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Frames(u32);

/// Frames by their letters.
pub(super) mod frame {
    /// Words in quotation marks, and nothing else.
    pub const QUOTED: u8 = b'q';
    /// A clause, with "that" or without.
    pub const CLAUSE: u8 = b's';
    /// A clause with "that".
    pub const THAT: u8 = b'S';
    /// "to" with an infinitive.
    pub const TO: u8 = b't';
    /// A noun phrase.
    pub const OBJECT: u8 = b'o';
    /// A preposition: "called for", "warned of".
    pub const PREPOSITION: u8 = b'p';
    /// Somebody who is spoken to, then the content.
    pub const PERSON: u8 = b'r';
    /// An object and "as": "describes the town as lost".
    pub const AS: u8 = b'a';
    /// An object and what it is called.
    pub const NAMED: u8 = b'c';
    /// A report within another is told too: "she said he told her so".
    pub const NESTED: u8 = b'n';
    /// A gerund: "denied taking it".
    pub const GERUND: u8 = b'g';
    /// A number: "counted 9,000".
    pub const NUMBER: u8 = b'k';
    /// Something at a number: "put the toll at 43".
    pub const VALUE: u8 = b'v';
}

impl Frames {
    fn of(letters: &str) -> Self {
        Self(letters.bytes().fold(0, |bits, letter| bits | Self::bit(letter)))
    }

    /// One frame alone.
    pub fn only(letter: u8) -> Self {
        Self(Self::bit(letter))
    }

    fn bit(letter: u8) -> u32 {
        1 << (letter & 31) << (u32::from(letter == frame::THAT) * 7)
    }

    pub fn has(self, letter: u8) -> bool {
        self.0 & Self::bit(letter) != 0
    }

    /// Whether a clause, or words in quotation marks, can be its content.
    pub fn speaks(self) -> bool {
        self.has(frame::CLAUSE) || self.has(frame::QUOTED)
    }
}

/// All lists of one language.
pub(super) struct Lexicon {
    /// Every form of the verbs.
    pub verbs: Table<String, Verb>,
    pub nouns: Table<&'static str, Stance>,
    pub auxiliaries: Words,
    pub elisions: Words,
    /// "afraid", "confident": what somebody is of a clause.
    pub feelings: Table<&'static str, Stance>,
    pub female: Words,
    /// "goal", "reason": nobody, and nothing that anybody writes.
    pub ideas: Words,
    /// "issued", "released": what is done with a statement by who speaks in it.
    pub issuing: Words,
    pub light: Words,
    pub male: Words,
    pub people: Words,
    pub prepositions: Words,
    /// "letter", "tweets": what somebody says something in.
    pub statements: Words,
    pub times: Words,
}

/// The English lists.
pub(super) static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    verbs: verbs(include_str!("en/verbs.txt"), include_str!("en/forms.txt")),
    nouns: stances(include_str!("en/nouns.txt")),
    auxiliaries: words(include_str!("en/auxiliaries.txt")),
    elisions: words(include_str!("en/elisions.txt")),
    feelings: stances(include_str!("en/feelings.txt")),
    female: words(include_str!("en/female.txt")),
    ideas: words(include_str!("en/ideas.txt")),
    issuing: words(include_str!("en/issuing.txt")),
    light: words(include_str!("en/light.txt")),
    male: words(include_str!("en/male.txt")),
    people: words(include_str!("en/people.txt")),
    prepositions: words(include_str!("en/prepositions.txt")),
    statements: words(include_str!("en/statements.txt")),
    times: words(include_str!("en/times.txt")),
});

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty())
}

/// Contractions stand in the lists with a straight apostrophe, and in the text with either.
fn words(file: &'static str) -> Words {
    let curly = lines(file).filter(|word| word.contains('\'')).map(|word| &*word.replace('\'', "’").leak());
    lines(file).chain(curly).collect()
}

/// Words, each with its stance.
fn stances(file: &'static str) -> Table<&'static str, Stance> {
    lines(file)
        .filter_map(|line| line.split_once('\t'))
        .map(|(noun, stance)| (noun, Stance::named(stance)))
        .collect()
}

fn verbs(file: &'static str, forms: &'static str) -> Table<String, Verb> {
    let mut found = Table::default();
    for line in lines(file) {
        let mut fields = line.split('\t');
        let (Some(verb), Some(frames), Some(stance)) = (fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        let row = Verb { frames: Frames::of(frames), stance: Stance::named(stance) };
        for form in inflected(verb) {
            found.insert(form, row);
        }
    }
    for (form, verb) in lines(forms).filter_map(|line| line.split_once('\t')) {
        if let Some(row) = found.get(verb).copied() {
            found.insert(form.to_owned(), row);
        }
    }
    found
}

/// The regular forms: "deny", "denies", "denied", "denying". The others are in `forms.txt`.
fn inflected(verb: &str) -> [String; 4] {
    let consonant_y =
        verb.ends_with('y') && !verb.ends_with("ay") && !verb.ends_with("ey") && !verb.ends_with("oy");
    let (stem, third, past) = if let Some(stem) = verb.strip_suffix('y').filter(|_| consonant_y) {
        (verb, format!("{stem}ies"), format!("{stem}ied"))
    } else if let Some(stem) = verb.strip_suffix('e') {
        // "see", "seeing"
        (if stem.ends_with('e') { verb } else { stem }, format!("{verb}s"), format!("{verb}d"))
    } else {
        let sibilant = ["s", "sh", "ch", "x", "z"].iter().any(|end| verb.ends_with(end));
        (verb, format!("{verb}{}", if sibilant { "es" } else { "s" }), format!("{verb}ed"))
    };
    [verb.to_owned(), third, past, format!("{stem}ing")]
}
