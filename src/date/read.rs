//! Expressions of time, read from left to right over typed tokens.
//!
//! The method is that of SynTime (Zhong, Sun and Cambria 2017): each token is given a type, and an expression grows
//! from one that is a word of time over its modifiers and numerals, until a verb or a preposition stops it.

use std::cell::Cell;

use jiff::civil::DateTime;

use super::context::Context;
use super::lexicon::{ENGLISH, LONGEST, Tag, Word};
use super::value::Value;
use super::{Kind, Modifier};
use crate::number;
use crate::token::{Token, TokenKind, Tokens, unowned};

/// What one expression says, and the tokens it takes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub start: usize,
    pub end: usize,
    pub value: Value,
    pub kind: Kind,
    pub modifier: Option<Modifier>,
    pub frequency: Option<String>,
    /// Other readings.
    pub others: Vec<Value>,
    /// The stretch of time, where the value alone does not say it: "the past week".
    pub interval: Option<(DateTime, DateTime)>,
    /// Whether it names its own place on the calendar, year and all.
    pub absolute: bool,
    /// Whether what follows may be dated by it.
    pub anchors: bool,
}

impl Found {
    pub fn new(start: usize, end: usize, kind: Kind, value: Value) -> Self {
        Self {
            start,
            end,
            value,
            kind,
            modifier: None,
            frequency: None,
            others: Vec::new(),
            interval: None,
            absolute: false,
            anchors: true,
        }
    }

    /// A date that no calendar has: it is read, and left out.
    pub fn nonsense(start: usize, end: usize) -> Self {
        Self::new(start, end, Kind::Date, Value::Open(String::new()))
    }

    /// A point, whose kind follows from its value.
    pub fn point(start: usize, end: usize, value: Value) -> Self {
        let kind = match &value {
            Value::DayPart(..) | Value::Clock(..) => Kind::Time,
            Value::Length(_) => Kind::Duration,
            Value::Open(text) if text.contains('T') && !text.ends_with("REF") => Kind::Time,
            _ => Kind::Date,
        };
        Self::new(start, end, kind, value)
    }

    pub fn with(mut self, modifier: Modifier) -> Self {
        self.modifier = Some(modifier);
        self
    }

    pub fn from(mut self, start: usize) -> Self {
        self.start = start;
        self
    }

    pub fn absolute(mut self) -> Self {
        self.absolute = true;
        self
    }
}

/// How many tokens before its first word of time an expression may begin: "the very end of the first half of".
pub(super) const REACH: usize = 9;

/// How deep "the end of the first week of …" is followed.
pub(super) const DEPTH: usize = 4;

/// The tokens of one text, what each of them can be, and what was read so far.
pub(super) struct Reader<'t> {
    pub t: Tokens<'t>,
    pub tags: Vec<Tag>,
    pub context: &'t Context,
    /// The last expression that names a stretch of the calendar.
    pub last: Option<Value>,
    /// The last decade or century, which only its like leans on.
    pub wide: Option<Value>,
    /// Where it ended, in bytes.
    pub last_end: usize,
    /// The token after it.
    pub last_token: usize,
    /// Whether "since" stood before it.
    pub last_since: bool,
    /// Whether it said its year.
    pub last_absolute: bool,
    /// The number that was read last: its first token, its value and the token after it.
    pub amount: Cell<Option<(usize, Option<Count>)>>,
}

/// The value of a number, where it has one, and the token after it.
pub(super) type Count = (Option<f64>, usize);

/// The tags of all tokens.
pub(super) fn tags(t: Tokens<'_>) -> Vec<Tag> {
    let lexicon = &*ENGLISH;
    let folded = t.folded();
    t.kinds()
        .map(|(kind, span)| match kind {
            TokenKind::Number => Tag::Number,
            TokenKind::Word if span.len() <= LONGEST + "’s".len() => lexicon.tag(unowned(span.of(folded))),
            TokenKind::Mark if matches!(span.of(folded), "'" | "’" | "‘") => Tag::Quote,
            _ => Tag::None,
        })
        .collect()
}

impl<'t> Reader<'t> {
    pub fn new(t: Tokens<'t>, tags: Vec<Tag>, context: &'t Context) -> Self {
        Self {
            t,
            tags,
            context,
            last: None,
            wide: None,
            last_end: 0,
            last_token: 0,
            last_since: false,
            last_absolute: false,
            amount: Cell::new(None),
        }
    }

    #[inline]
    pub fn tag(&self, at: usize) -> Tag {
        self.tags.get(at).copied().unwrap_or_default()
    }

    pub fn is(&self, at: usize, word: Word) -> bool {
        self.tag(at) == Tag::Is(word)
    }

    pub fn any(&self, at: usize, words: &[Word]) -> bool {
        matches!(self.tag(at), Tag::Is(word) if words.contains(&word))
    }

    pub fn token(&self, at: usize) -> Option<Token<'t>> {
        self.t.get(at)
    }

    pub fn text(&self, at: usize) -> &'t str {
        self.t.get(at).map_or("", |token| token.text)
    }

    pub fn lower(&self, at: usize) -> &'t str {
        self.t.get(at).map_or("", |token| token.lower)
    }

    /// The tag of the token before `at`.
    pub fn before(&self, at: usize) -> Tag {
        at.checked_sub(1).map_or(Tag::None, |at| self.tag(at))
    }

    pub fn text_before(&self, at: usize) -> &'t str {
        at.checked_sub(1).map_or("", |at| self.text(at))
    }

    pub fn lower_before(&self, at: usize) -> &'t str {
        at.checked_sub(1).map_or("", |at| self.lower(at))
    }

    pub fn is_capital(&self, at: usize) -> bool {
        self.t.get(at).is_some_and(|token| token.is_capitalised())
    }

    /// Whether token `at` touches the one before it.
    pub fn joined(&self, at: usize) -> bool {
        self.t.get(at).is_some_and(|token| !token.spaced)
    }

    pub fn is_dash(&self, at: usize) -> bool {
        self.t.get(at).is_some_and(|token| token.is_dash())
    }

    /// The place after a hyphen at `at` that joins two words.
    pub fn past_hyphen(&self, at: usize) -> usize {
        at + usize::from(self.is_dash(at) && self.joined(at) && self.joined(at + 1))
    }

    /// The place after a comma.
    pub fn past_comma(&self, at: usize) -> usize {
        at + usize::from(self.text(at) == ",")
    }

    /// The place after `word`.
    pub fn past(&self, at: usize, word: Word) -> usize {
        at + usize::from(self.is(at, word))
    }

    /// A number of digits alone, and how many they are.
    pub fn digits(&self, at: usize) -> Option<(i32, usize)> {
        let token = self.t.get(at).filter(|token| token.is_number() && token.text.len() <= 9)?;
        if !token.text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        Some((token.text.parse().ok()?, token.text.len()))
    }

    /// What begins at token `at`, if anything does.
    pub fn expression(&self, at: usize) -> Option<Found> {
        let tag = self.tag(at);
        match tag {
            Tag::None => return None,
            Tag::Quote => return self.apostrophe_year(at).or_else(|| self.decade(at)),
            Tag::Number if self.is_plain_number(at) => return None,
            _ => {}
        }
        self.any_expression(at, tag)
    }

    /// What begins at a token with the tag `tag`: the whole grammar.
    fn any_expression(&self, at: usize, tag: Tag) -> Option<Found> {
        let at_least = tag == Tag::Is(Word::At) && self.any(at + 1, &[Word::Least, Word::Most]);
        // "H1 2020", but not "h" of hours
        let half = tag == Tag::Is(Word::Hours) && self.lower(at) == "h" && self.joined(at + 1);
        if matches!(tag, Tag::Is(word) if NEVER_FIRST.contains(&word)) && !at_least && !half {
            return None;
        }
        self.set(at)
            .or_else(|| self.second_day(at))
            .or_else(|| self.point(at, 0))
            .or_else(|| self.duration(at))
            .or_else(|| self.vague(at))
            .filter(|found| !self.is_kept_out(found))
    }

    /// Whether the number at `at` counts what is no time, whatever stands before it: "158 people", "5 per cent of".
    /// The quick answer for most numbers of news.
    fn is_plain_number(&self, at: usize) -> bool {
        let share = |x: Token<'_>| x.text == "%" || x.is("per") && self.lower(at + 2) == "cent";
        let noun = |x: Token<'_>| {
            let counted = x.is_word() && x.spaced && self.tag(at + 1) == Tag::None;
            counted && !matches!(self.tag(at + 2), Tag::Unit(_) | Tag::Units(_) | Tag::Is(Word::Hours))
        };
        // "$5bn", "1,158 people"
        if matches!(self.text_before(at), "$" | "£" | "€" | "¥") {
            return true;
        }
        let next = self.token(at + 1).filter(|x| share(*x) || noun(*x) && number::class(Some(*x)).is_none());
        let grouped = |x: Token<'_>| x.text.len() < 4 || x.text.contains([',', '.']);
        next.is_some() && self.token(at).is_some_and(|x| x.spaced && grouped(x))
    }

    /// The first token from `at` on at which an expression may begin, and the next one that is of time.
    pub fn next_place(&self, at: usize) -> Option<(usize, usize)> {
        let ahead = self.tags.get(at..)?;
        let mut tags = ahead.iter().zip(at..);
        let of_time = tags.find_map(|(tag, at)| {
            let counts = || *tag == Tag::Number && self.is_plain_number(at);
            (tag.is_of_time() && !counts()).then_some(at)
        })?;
        Some((self.first_linked(at.max(of_time.saturating_sub(REACH)), of_time), of_time))
    }

    /// The first token from `from` on at which an expression with the word of time at `of_time` may begin: no more
    /// than two words between them are none of the grammar's, as in "the latter part of the year".
    fn first_linked(&self, from: usize, of_time: usize) -> usize {
        let (mut first, mut strange) = (of_time, 0);
        for at in (from..of_time).rev() {
            if self.tag(at) != Tag::None {
                first = at;
            } else if self.t.get(at).is_some_and(|x| x.is_word()) {
                strange += 1;
            }
            if strange > 2 {
                break;
            }
        }
        first
    }

    /// A point, or a stretch that is named like one.
    pub fn point(&self, at: usize, depth: usize) -> Option<Found> {
        if depth >= DEPTH {
            return None;
        }
        self.day_and_time(at, depth)
            .or_else(|| self.positional(at, depth))
            .or_else(|| self.shifted(at, depth))
            .or_else(|| self.ordinal(at, depth))
            .or_else(|| self.deictic(at, depth))
            .or_else(|| self.period(at))
    }

    /// Whether what was read is something else after all.
    fn is_kept_out(&self, found: &Found) -> bool {
        let before = found.start.checked_sub(1).and_then(|at| self.t.get(at));
        let after = self.t.get(found.end);
        // "$2000", "No. 1999", "#1984"
        let marked = before.is_some_and(|b| matches!(b.text, "$" | "£" | "€" | "#" | "№" | "¥"));
        // "2000%", "1998.5", "x-2000"
        let unit = after.is_some_and(|a| a.text == "%" && !a.spaced);
        marked || unit
    }
}

/// Words that stand in an expression but begin none.
const NEVER_FIRST: [Word; 35] = [
    Word::Ago,
    Word::After,
    Word::Am,
    Word::And,
    Word::At,
    Word::Bc,
    Word::Before,
    Word::Between,
    Word::Calendar,
    Word::During,
    Word::For,
    Word::From,
    Word::Future,
    Word::Hence,
    Word::Hours,
    Word::Hundred,
    Word::In,
    Word::Into,
    Word::Least,
    Word::Most,
    Word::Not,
    Word::Oclock,
    Word::Of,
    Word::Old,
    Word::On,
    Word::Or,
    Word::Plural,
    Word::Pm,
    Word::Since,
    Word::Than,
    Word::Thousand,
    Word::Through,
    Word::Until,
    Word::Within,
    Word::Age,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::context::Context;
    use crate::token::Words;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_quick_answer_is_the_slow_one(text in "((the|of|to|in|May|about|per|cent|people|years|brutal|day|million|and|pm|old|on|a|Monday|at|ago|last|hours) ?|[0-9]{1,5}|[ .,/:%-]){1,9}") {
            let words = Words::new(&text);
            let t = words.of(&text);
            let context = Context::new(t, &tags(t), None);
            let reader = Reader::new(t, tags(t), &context);
            for at in (0..t.len()).filter(|at| reader.tag(*at) == Tag::Number && reader.is_plain_number(*at)) {
                prop_assert_eq!(reader.any_expression(at, Tag::Number), None, "{} at {}", text, at);
            }
        }
    }
}
