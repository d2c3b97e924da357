//! Words for now and then: "now", "recently", "the near future", "to date", and "about 1910".

use super::Modifier;
use super::length::Unit;
use super::lexicon::{Tag, Word};
use super::read::{Found, Reader};
use super::value::{Vague, Value};

impl Reader<'_> {
    /// "now", "recently", "the past", "the near future", "to date", "about 1910"
    pub fn vague(&self, at: usize) -> Option<Found> {
        let at_ref = |end: usize, vague: Vague| {
            Some(Found { anchors: false, ..Found::point(at, end, Value::Vague(vague)) })
        };
        if let Some(end) = self.long_ago(at) {
            return at_ref(end, Vague::Past);
        }
        match self.tag(at) {
            Tag::Is(Word::The) if self.lower(at + 1) == "time" && self.lower(at + 2) == "being" => {
                at_ref(at + 3, Vague::Present)
            }
            Tag::Is(Word::Present) => at_ref(at + 1, Vague::Present),
            Tag::Is(Word::Past) => at_ref(at + 1, Vague::Past),
            Tag::Is(Word::To)
                if self.is(at + 1, Word::Time)
                    && self.lower(at + 1) == "date"
                    && !self.joined(at + 1)
                    && self.token(at + 2).is_none_or(|x| !x.is_number() && !x.is_dash()) =>
            {
                at_ref(at + 2, Vague::Present)
            }
            Tag::Is(Word::The) => self.vague_noun(at),
            Tag::Is(Word::PresentNoun | Word::Modern) => {
                let hyphen = self.past_hyphen(at + 1);
                if matches!(self.tag(hyphen), Tag::Unit(Unit::Day)) {
                    return at_ref(hyphen + 1, Vague::Present);
                }
                (self.is(at, Word::PresentNoun)
                    && self.is(at.wrapping_sub(1), Word::At)
                    && self.token(at + 1).is_none_or(|x| !x.is_word() || self.tag(at + 1) != Tag::None))
                .then(|| at_ref(at + 1, Vague::Present))
                .flatten()
            }
            _ => self.approximate_point(at),
        }
    }

    /// The place after "long ago", "some time ago", "a short while ago".
    fn long_ago(&self, at: usize) -> Option<usize> {
        let ago = (at + 1..at + 4).find(|at| self.is(*at, Word::Ago))?;
        let vague = |at: usize| matches!(self.lower(at), "a" | "some" | "long" | "short" | "time" | "while");
        (at..ago).all(vague).then_some(ago + 1)
    }

    fn vague_noun(&self, at: usize) -> Option<Found> {
        let near = at
            + 1
            + usize::from(matches!(
                self.lower(at + 1),
                "near" | "distant" | "foreseeable" | "recent" | "immediate"
            ));
        let end = near + 1;
        let found = |vague| Some(Found { anchors: false, ..Found::point(at, end, Value::Vague(vague)) });
        let noun = self.token(end).is_none_or(|x| {
            !x.is_word()
                || self.tag(end) != Tag::None && !matches!(self.tag(end), Tag::Unit(_) | Tag::Units(_))
                || matches!(
                    x.lower,
                    "is" | "was"
                        | "has"
                        | "have"
                        | "but"
                        | "as"
                        | "when"
                        | "he"
                        | "she"
                        | "they"
                        | "we"
                        | "it"
                        | "with"
                )
        });
        if !noun || self.is_dash(end) {
            return None;
        }
        match self.lower(near) {
            "past" => found(Vague::Past),
            "future" if !self.is(end, Word::Of) => found(Vague::Future),
            "present" => found(Vague::Present),
            "moment" if self.any(at.wrapping_sub(1), &[Word::At, Word::For]) && !self.is(end, Word::Of) => {
                found(Vague::Present)
            }
            "time" if self.is(at.wrapping_sub(1), Word::At) && !self.is(end, Word::Of) => found(Vague::Past),
            _ => None,
        }
    }

    /// "about 1910", "around March 1981", "ca. 466 BC"
    fn approximate_point(&self, at: usize) -> Option<Found> {
        let dot = |end: usize| end + usize::from(self.text(end) == "." && self.joined(end));
        let next = match self.tag(at) {
            Tag::Is(Word::Circa) => dot(at + 1),
            Tag::Is(Word::About)
                if matches!(
                    self.lower(at),
                    "about" | "around" | "approximately" | "roughly" | "ca" | "circa"
                ) =>
            {
                dot(at + 1)
            }
            _ => return None,
        };
        if self.lower(at) == "c" && !(next > at + 1 || self.joined(at + 1)) {
            return None;
        }
        let inner = self.point(next, 1)?;
        // "about March" may be said of March; "about 1910" and "about 8 p.m." say how exact they are.
        let about = self.lower(at) == "about"
            && !matches!(
                inner.value,
                Value::Year(_) | Value::Clock(..) | Value::Decade(_) | Value::Century(_)
            );
        let exact = !about
            && self.lower_before(at) != "how"
            && inner.modifier.is_none()
            && matches!(
                inner.value,
                Value::Year(_)
                    | Value::Month(..)
                    | Value::Day(_)
                    | Value::Clock(..)
                    | Value::Decade(_)
                    | Value::Century(_)
                    | Value::Season(..)
                    | Value::Week(..)
            );
        exact.then(|| inner.from(at).with(Modifier::Approx))
    }
}
