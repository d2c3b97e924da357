//! Parts of speech, for the stages that must tell a verb from a noun: "the detailed claims" says nothing, "it claims"
//! does.
//!
//! An averaged perceptron that reads from left to right, after Collins, "Discriminative training methods for hidden
//! Markov models" (2002), without his search: on news 98.6 of 100 words get the tag that a transformer gives them. Its
//! weights are made by `training/tags.py`, `training/tag_teacher.py` and `training/tagger.rs`.

mod features;

use std::ops::Range;
use std::sync::LazyLock;

use crate::hash::List;
use crate::token::{Token, TokenKind, Tokens};
use features::{LOOKS, ROWS, Seen, WIDTH};

/// A part of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Tag {
    /// "territory"
    Noun,
    /// "soldiers"
    Nouns,
    /// "Kyiv", "example.org"
    Name,
    /// "large", "three"
    Adjective,
    /// "nearly"
    Adverb,
    /// "the", "its"
    Determiner,
    /// "they"
    Pronoun,
    /// "say", as infinitive or in the present
    Base,
    /// "says"
    Third,
    /// "said"
    Past,
    /// "been", "thought" in "it is thought"
    Participle,
    /// "saying"
    Gerund,
    /// "would"
    Modal,
    /// "of", and "that" before a clause
    Preposition,
    /// "and"
    Conjunction,
    /// "who", "how"
    Wh,
    /// One character of another sort.
    Mark,
    /// "1,158"
    Number,
    /// "to"
    To,
}

/// Before the first word of a line there is none.
const START: u8 = 19;

const LEARNT: [Tag; WIDTH] = [
    Tag::Noun,
    Tag::Nouns,
    Tag::Name,
    Tag::Adjective,
    Tag::Adverb,
    Tag::Determiner,
    Tag::Pronoun,
    Tag::Base,
    Tag::Third,
    Tag::Past,
    Tag::Participle,
    Tag::Gerund,
    Tag::Modal,
    Tag::Preposition,
    Tag::Conjunction,
    Tag::Wh,
];

impl Tag {
    /// Whether it is a verb that has a subject and a tense.
    #[must_use]
    pub fn is_finite(self) -> bool {
        matches!(self, Tag::Base | Tag::Third | Tag::Past | Tag::Modal)
    }

    /// Whether it is a form of a verb.
    #[must_use]
    pub fn is_verb(self) -> bool {
        self.is_finite() && self != Tag::Modal || matches!(self, Tag::Participle | Tag::Gerund)
    }

    /// Whether a noun phrase may end with it.
    #[must_use]
    pub fn is_nominal(self) -> bool {
        matches!(self, Tag::Noun | Tag::Nouns | Tag::Name)
    }
}

/// Rows of weights, then a check byte for each row.
static MODEL: &[u8; ROWS * (WIDTH + 1)] = include_bytes!("en/weights.bin");
static WEIGHTS: &[[u8; WIDTH]] = MODEL.split_at(ROWS * WIDTH).0.as_chunks().0;
static CHECKS: &[u8] = MODEL.split_at(ROWS * WIDTH).1;

static TITLES: LazyLock<List> = LazyLock::new(|| include_str!("en/titles.txt").lines().collect());

/// Lines that are read side by side.
const AT_ONCE: usize = 16;

/// The tags of `tokens`, one each. A line is read by itself; quotation marks are passed over.
///
/// A word waits for the tag of the one before it, and its weights lie in a megabyte that no near cache holds. So several lines
/// are read at once, a word of each, and memory fetches their weights side by side.
#[must_use]
pub fn tags(tokens: Tokens<'_>) -> Vec<Tag> {
    let mut found = vec![Tag::Mark; tokens.len()];
    let mut lines = tokens.lines().map(Reader::new);
    let mut readers: Vec<Reader> = lines.by_ref().take(AT_ONCE).collect();
    let mut judge = Judge::new();
    while !readers.is_empty() {
        readers.retain_mut(|reader| {
            while !reader.goes_on(tokens, &mut found) {
                let Some(next) = lines.next() else { return false };
                *reader = next;
            }
            true
        });
        judge.all(&mut readers, &mut found);
    }
    name_capitals(tokens, &mut found);
    complete_perfects(tokens, &mut found);
    found
}

/// "had advanced 45 miles": after "have" and before no noun, what looks like an adjective in -ed is a participle.
fn complete_perfects(tokens: Tokens<'_>, found: &mut [Tag]) {
    let mut after_have = false;
    for (at, token) in tokens.iter().enumerate() {
        let tag = found.get(at).copied().unwrap_or(Tag::Mark);
        if after_have && tag == Tag::Adjective && token.lower.ends_with("ed") {
            let next = found.get(at + 1).copied().unwrap_or(Tag::Mark);
            if let Some(tag) = found.get_mut(at).filter(|_| !next.is_nominal() && next != Tag::Adjective) {
                *tag = Tag::Participle;
            }
        }
        after_have = matches!(token.lower, "has" | "have" | "had") || after_have && tag == Tag::Adverb;
    }
}

/// A capital within a sentence makes a name of what was taken for a verb or an adverb: "called Trump a liar", and behind a
/// name "said Meg Tully, who". Not in a headline, where all words have one.
fn name_capitals(tokens: Tokens<'_>, found: &mut [Tag]) {
    const VERBAL: [Tag; 6] = [Tag::Base, Tag::Third, Tag::Past, Tag::Participle, Tag::Gerund, Tag::Adverb];
    let mut before: Option<Token<'_>> = None;
    let mut named = false;
    for (at, token) in tokens.iter().enumerate() {
        let last = before.replace(token);
        let inside =
            named || last.is_some_and(|last| last.is_word() && !last.is_capitalised() || last.text == ",");
        let next = tokens.get(at + 1).is_none_or(|next| !next.is_capitalised() || !next.is_word());
        let Some(tag) = found.get_mut(at) else { continue };
        let verbal = inside && VERBAL.contains(tag) && token.is_capitalised();
        let verbal = verbal && (next || last.is_some_and(|last| last.is_word()));
        let title = token.lower.len() < 5 && token.is_capitalised() && TITLES.contains(token.lower);
        // "Gawker.com said", "said Dr Ruiz"
        if token.kind == TokenKind::Address || verbal || title {
            *tag = Tag::Name;
        }
        named = inside && *tag == Tag::Name && token.is_capitalised();
    }
}

/// Five words in a row of a line, of which the middle one is judged next.
struct Reader {
    near: [Seen; 5],
    /// Where the last three of them stand.
    at: [Option<usize>; 3],
    last: u8,
    but_last: u8,
    /// What is left of the line, and of the two places behind it.
    rest: Range<usize>,
    beyond: usize,
}

impl Reader {
    fn new(line: Range<usize>) -> Self {
        Self {
            near: [Seen::default(); 5],
            at: [None; 3],
            last: START,
            but_last: START,
            rest: line,
            beyond: 2,
        }
    }

    /// Goes to the next word that must be judged; false where the line has no more.
    fn goes_on(&mut self, tokens: Tokens<'_>, found: &mut [Tag]) -> bool {
        let unmarked = |token: &Token<'_>| !matches!(token.text, "“" | "”" | "\"" | "«" | "»" | "„");
        loop {
            let next = self.rest.by_ref().find_map(|at| Some((at, tokens.get(at).filter(unmarked)?)));
            let (at, seen) = match next {
                Some((at, token)) => (Some(at), Seen::new(token.text, token.lower)),
                None if self.beyond == 0 => return false,
                None => {
                    self.beyond -= 1;
                    (None, Seen::default())
                }
            };
            let ([_, a, b, c, d], [_, e, f]) = (self.near, self.at);
            (self.near, self.at) = ([a, b, c, d, seen], [e, f, at]);
            let Some(middle) = e.and_then(|at| tokens.get(at)) else { continue };
            match known(&middle) {
                Some(tag) => self.put(tag, found),
                None => return true,
            }
        }
    }

    /// Gives the middle word its tag.
    fn put(&mut self, tag: Tag, found: &mut [Tag]) {
        let [middle, ..] = self.at;
        if let Some(place) = middle.and_then(|at| found.get_mut(at)) {
            *place = tag;
        }
        (self.last, self.but_last) = (tag as u8, self.last);
    }
}

/// The tag that its kind gives a token.
fn known(token: &Token<'_>) -> Option<Tag> {
    match token.kind {
        TokenKind::Number => Some(Tag::Number),
        TokenKind::Mark | TokenKind::Address => Some(Tag::Mark),
        TokenKind::Word if token.lower == "to" => Some(Tag::To),
        TokenKind::Word => None,
    }
}

/// Room for what is told of the words that are judged at once.
struct Judge {
    features: [[u32; LOOKS]; AT_ONCE],
    checks: [u8; AT_ONCE * LOOKS],
    /// The rows that have weights, each with the number of its reader.
    rows: [(u16, u16); AT_ONCE * LOOKS],
    weights: [[u8; WIDTH]; AT_ONCE * LOOKS],
}

impl Judge {
    fn new() -> Self {
        const ALL: usize = AT_ONCE * LOOKS;
        Self {
            features: [[0; LOOKS]; AT_ONCE],
            checks: [0; ALL],
            rows: [(0, 0); ALL],
            weights: [[0; WIDTH]; ALL],
        }
    }

    /// Judges the middle word of each reader.
    fn all(&mut self, readers: &mut [Reader], found: &mut [Tag]) {
        for (features, reader) in self.features.iter_mut().zip(&*readers) {
            *features = features::features(reader.near, reader.last, reader.but_last);
        }
        let features = self.features.as_flattened().get(..readers.len() * LOOKS).unwrap_or(&[]);
        for (check, feature) in self.checks.iter_mut().zip(features) {
            *check = CHECKS.get(features::row(*feature)).copied().unwrap_or_default();
        }
        // Which features have weights is not to be guessed: they are sorted out, without a branch, before a row is read.
        let mut count = 0;
        for (reader, (features, checks)) in
            (0..).zip(features.chunks_exact(LOOKS).zip(self.checks.chunks_exact(LOOKS)))
        {
            for (feature, check) in features.iter().zip(checks) {
                if let Some(row) = self.rows.get_mut(count) {
                    *row = (features::row(*feature) as u16, reader);
                }
                count += usize::from(*check == features::check(*feature));
            }
        }
        let rows = self.rows.get(..count).unwrap_or(&[]);
        for (weights, (row, _)) in self.weights.iter_mut().zip(rows) {
            *weights = WEIGHTS.get(usize::from(*row)).copied().unwrap_or_default();
        }
        let mut sums = [[0_i16; WIDTH]; AT_ONCE];
        for ((_, reader), weights) in rows.iter().zip(&self.weights) {
            let Some(sums) = sums.get_mut(usize::from(*reader)) else { continue };
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += i16::from(weight.cast_signed());
            }
        }
        for (reader, sums) in readers.iter_mut().zip(sums) {
            reader.put(best(sums), found);
        }
    }
}

/// The tag with the highest sum, the first of those where several have it.
fn best(sums: [i16; WIDTH]) -> Tag {
    // The sum and the place in one number, so that no branch has to guess which is higher.
    let ranked = (0..).zip(sums).map(|(place, sum)| i32::from(sum) * 16 + (15 - place));
    let best = ranked.max().unwrap_or(15);
    usize::try_from(15 - best.rem_euclid(16))
        .ok()
        .and_then(|place| LEARNT.get(place))
        .copied()
        .unwrap_or(Tag::Noun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Words;
    use proptest::prelude::*;

    /// One line after the other, each feature looked up when it is told.
    fn slow(tokens: Tokens<'_>) -> Vec<Tag> {
        let mut found = vec![Tag::Mark; tokens.len()];
        for mut reader in tokens.lines().map(Reader::new) {
            while reader.goes_on(tokens, &mut found) {
                let mut sums = [0_i32; WIDTH];
                for feature in features::features(reader.near, reader.last, reader.but_last) {
                    let row = features::row(feature);
                    if CHECKS[row] == features::check(feature) {
                        let weights = WEIGHTS[row].iter().map(|weight| i32::from(weight.cast_signed()));
                        sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
                    }
                }
                let best = (0..WIDTH).rev().max_by_key(|place| sums[*place]).unwrap();
                reader.put(LEARNT[best], &mut found);
            }
        }
        name_capitals(tokens, &mut found);
        complete_perfects(tokens, &mut found);
        found
    }

    proptest! {
        #[test]
        fn lines_read_side_by_side_are_those_read_alone(text in "(((He|Kyiv|Bank|of|the|said|has|claimed|claims|to|[a-z]{1,6}|[0-9]{1,3}|[-.,“”])( |\n|\n\n)?){0,9}\n){0,40}") {
            let words = Words::new(&text);
            prop_assert_eq!(tags(words.of(&text)), slow(words.of(&text)));
        }
    }

    fn tagged(text: &str) -> Vec<Tag> {
        tags(Words::new(text).of(text))
    }

    #[test]
    fn claims_are_nouns_and_verbs() {
        use Tag::{Determiner, Mark, Name, Noun, Nouns, Participle, Past, Preposition, Third};
        assert_eq!(tagged("Kyiv claims that the bridge fell.")[..3], [Name, Third, Preposition]);
        assert_eq!(
            tagged("The detailed claims of the ministry were checked.")[2..8],
            [Nouns, Preposition, Determiner, Noun, Past, Participle]
        );
        assert_eq!(tagged("“Yes.”\nNo.").len(), 6);
        assert_eq!(tagged("“")[..], [Mark]);
    }
}
