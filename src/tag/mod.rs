//! Parts of speech, for the stages that must tell a verb from a noun: "the detailed claims" says nothing, "it claims"
//! does.
//!
//! An averaged perceptron that reads from left to right, after Collins, "Discriminative training methods for hidden
//! Markov models" (2002), without his search: on news 98.6 of 100 words get the tag that a transformer gives them. Its
//! weights are made by `training/tags.py`, `training/tag_teacher.py` and `training/tagger.rs`.

mod features;

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

/// The tags of `tokens`, one each. A line is read by itself; quotation marks are passed over.
#[must_use]
pub fn tags(tokens: Tokens<'_>) -> Vec<Tag> {
    let mut reader = Reader { near: [Seen::default(); 5], at: [None; 5], last: START, but_last: START };
    let mut found = vec![Tag::Mark; tokens.len()];
    let mut end = 0;
    for (at, token) in tokens.iter().enumerate() {
        let gap = || tokens.text().as_bytes().get(end..token.span.start()).unwrap_or_default();
        if token.spaced && gap().contains(&b'\n') {
            reader.flush(&mut found);
        }
        end = token.span.end();
        if !matches!(token.text, "“" | "”" | "\"" | "«" | "»" | "„") {
            reader.push(at, token, &mut found);
        }
    }
    reader.flush(&mut found);
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

/// Five words in a row, of which the middle one is judged next.
struct Reader {
    near: [Seen; 5],
    /// The index of each, and the tag that its kind gives it.
    at: [Option<(usize, Option<Tag>)>; 5],
    last: u8,
    but_last: u8,
}

impl Reader {
    fn push(&mut self, at: usize, token: Token<'_>, found: &mut [Tag]) {
        let known = match token.kind {
            TokenKind::Number => Some(Tag::Number),
            TokenKind::Mark | TokenKind::Address => Some(Tag::Mark),
            TokenKind::Word if token.lower == "to" => Some(Tag::To),
            TokenKind::Word => None,
        };
        self.step(Seen::new(token.text, token.lower), Some((at, known)), found);
    }

    fn step(&mut self, seen: Seen, at: Option<(usize, Option<Tag>)>, found: &mut [Tag]) {
        let ([_, a, b, c, d], [_, e, f, g, h]) = (self.near, self.at);
        (self.near, self.at) = ([a, b, c, d, seen], [e, f, g, h, at]);
        let Some((at, known)) = self.at[2] else { return };
        let tag = known.unwrap_or_else(|| self.judge());
        if let Some(place) = found.get_mut(at) {
            *place = tag;
        }
        (self.last, self.but_last) = (tag as u8, self.last);
    }

    fn flush(&mut self, found: &mut [Tag]) {
        for _ in 0..2 {
            self.step(Seen::default(), None, found);
        }
        *self = Self { near: [Seen::default(); 5], at: [None; 5], last: START, but_last: START };
    }

    fn judge(&self) -> Tag {
        // Which features have weights is not to be guessed: they are sorted out, without a branch, before a row is read.
        let (mut rows, mut count) = ([0; LOOKS], 0);
        for feature in features::features(self.near, self.last, self.but_last) {
            let row = features::row(feature);
            if let Some(place) = rows.get_mut(count) {
                *place = row;
            }
            count += usize::from(CHECKS.get(row) == Some(&features::check(feature)));
        }
        let mut sums = [0_i16; WIDTH];
        for row in rows.get(..count).unwrap_or(&[]) {
            let weights = WEIGHTS.get(*row).unwrap_or(&[0; WIDTH]);
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += i16::from(weight.cast_signed());
            }
        }
        let mut best = (i16::MIN, Tag::Noun);
        for (sum, tag) in sums.into_iter().zip(LEARNT) {
            if sum > best.0 {
                best = (sum, tag);
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Words;

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
