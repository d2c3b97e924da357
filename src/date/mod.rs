//! Dates: expressions of time as TIMEX3 has them, each with the stretch of the calendar that it names.
//!
//! Types, values and modifiers are those of TIMEX3 (ISO 24617-1, TimeML 1.2.1). A relative date leans on the day of
//! publication or on the dates before it; the clock of the machine is never read.

mod absolute;
mod almanac;
mod clock;
mod context;
mod deictic;
mod holiday;
mod length;
mod lexicon;
mod numeric;
mod ordinal;
mod read;
mod relation;
mod relative;
mod report;
mod set;
mod span;
mod vague;
mod value;
mod week;
mod weekday;
mod year;

pub use context::Published;
use jiff::civil::DateTime;

use crate::named::named;
use crate::text::Span;
use crate::token::{Token, Tokens, Words};
use read::{Found, Reader};

/// An expression of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// Where it stands, without the preposition before it.
    pub span: Span,
    /// The sort of expression.
    pub kind: Kind,
    /// The value as TIMEX3 writes it: `2022-09-10`, `P2W`, `PAST_REF`, `XXXX-02-24`.
    pub value: String,
    /// What is said of the value: its start, less than it, about it.
    pub modifier: Option<Modifier>,
    /// How often within the period of a set: "2X" of "twice a year".
    pub frequency: Option<String>,
    /// The first moment of the stretch that is meant.
    pub earliest: Option<DateTime>,
    /// The moment after its last.
    pub latest: Option<DateTime>,
    /// How what is said lies to it: "since", "by", "until".
    pub relation: Option<Relation>,
    /// The values of other readings: 3/4/2022 is in March or in April.
    pub alternatives: Vec<String>,
}

impl Expression {
    /// Whether the time of the day matters to its ends.
    #[must_use]
    pub fn is_of_the_clock(&self) -> bool {
        let midnight = |at: Option<DateTime>| at.is_none_or(|at| at.time() == jiff::civil::Time::midnight());
        self.kind == Kind::Time || !midnight(self.earliest) || !midnight(self.latest)
    }
}

named! {
    /// The sort of an expression.
    Kind {
        /// A day, or something longer.
        Date = "DATE",
        /// A time of the day.
        Time = "TIME",
        /// A length of time.
        Duration = "DURATION",
        /// What comes again.
        Set = "SET",
    }
}

named! {
    /// What is said of a value.
    Modifier {
        /// "more than a decade ago"
        Before = "BEFORE",
        /// "less than a year ago"
        After = "AFTER",
        /// "no less than a year ago"
        OnOrBefore = "ON_OR_BEFORE",
        /// "no more than a year ago"
        OnOrAfter = "ON_OR_AFTER",
        /// "nearly an hour"
        LessThan = "LESS_THAN",
        /// "more than an hour"
        MoreThan = "MORE_THAN",
        /// "up to an hour"
        EqualOrLess = "EQUAL_OR_LESS",
        /// "at least an hour"
        EqualOrMore = "EQUAL_OR_MORE",
        /// "early May": the first third.
        Start = "START",
        /// "mid-May": the second third.
        Mid = "MID",
        /// "late May": the last third.
        End = "END",
        /// "about May"
        Approx = "APPROX",
    }
}

named! {
    /// How what is said lies to a date, by the word before it.
    Relation {
        /// "since", "ever since"
        Since = "since",
        /// "by"
        By = "by",
        /// "until", "till"
        Until = "until",
        /// "before"
        Before = "before",
        /// "after"
        After = "after",
        /// "from", "between", and the first half of "2012–13"
        From = "from",
        /// "to", "through", and the second half
        To = "to",
    }
}

impl Modifier {
    /// What "more than" means of a length, as it is said of the point that lies this far back or ahead.
    fn of_point(self, back: bool) -> Self {
        match (self, back) {
            (Self::MoreThan, true) | (Self::LessThan, false) => Self::Before,
            (Self::LessThan, true) | (Self::MoreThan, false) => Self::After,
            (Self::EqualOrMore, true) | (Self::EqualOrLess, false) => Self::OnOrBefore,
            (Self::EqualOrLess, true) | (Self::EqualOrMore, false) => Self::OnOrAfter,
            (other, _) => other,
        }
    }
}

/// The expressions of time in `text`, in order; no two overlap.
///
/// ```
/// use copydesk::date::{Published, dates};
/// let found = dates("It began in late August.", Published::read("2022-09-10"));
/// assert_eq!((found[0].value.as_str(), found[0].modifier.map(|m| m.as_str())), ("2022-08", Some("END")));
/// ```
#[must_use]
pub fn dates(text: &str, published: Option<Published>) -> Vec<Expression> {
    found(Words::new(text).of(text), published)
}

/// The day that a page gives as its own, in ISO 8601 or in words: "Friday, May 17, 2024".
///
/// ```
/// use copydesk::date::{Published, published_on};
/// assert_eq!(published_on("Updated 17 May 2024"), Published::read("2024-05-17"));
/// assert!(published_on("3/4/2022").is_none(), "March or April");
/// ```
#[must_use]
pub fn published_on(written: &str) -> Option<Published> {
    let named = || {
        let whole = dates(written, None);
        let day = whole.iter().find(|date| date.alternatives.is_empty() && date.value.len() >= 10)?;
        Published::read(day.value.get(..10)?)
    };
    Published::read(written).or_else(named)
}

/// The expressions of a text that is cut into tokens.
#[must_use]
pub fn found(tokens: Tokens<'_>, published: Option<Published>) -> Vec<Expression> {
    let tags = read::tags(tokens);
    let context = context::Context::new(tokens, &tags, published);
    let mut reader = Reader::new(tokens, tags, &context);
    let mut out = Vec::new();
    let mut at = 0;
    let mut of_time = 0;
    while at < tokens.len() {
        // No expression begins further than its reach before a word of time.
        if of_time <= at + 1 || of_time > at + read::REACH {
            let Some(place) = reader.next_place(at) else { break };
            (at, of_time) = place;
        }
        let Some(found) = reader.expression(at) else {
            at += 1;
            continue;
        };
        at = found.end.max(at + 1);
        // "seventeenth" of "April ninth through seventeenth" is of no time by itself.
        if reader.is_ordinal_joined(at) {
            of_time = at + 3;
        }
        let relation = reader.relation(found.start, &out);
        out.extend(expression(tokens, &found, relation));
        reader.remember(found);
    }
    out
}

fn expression(tokens: Tokens<'_>, found: &Found, relation: Option<Relation>) -> Option<Expression> {
    if found.value == value::Value::Open(String::new()) {
        return None;
    }
    let first = tokens.get(found.start)?;
    let last = tokens.get(found.end.checked_sub(1)?)?;
    let interval =
        found.interval.or_else(|| found.value.interval()).map(|whole| third(whole, found.modifier));
    Some(Expression {
        span: owned(first.span.cover(last.span), last),
        kind: found.kind,
        value: found.value.timex(),
        modifier: found.modifier,
        frequency: found.frequency.clone(),
        earliest: interval.map(|(from, _)| from),
        latest: interval.map(|(_, to)| to),
        relation,
        alternatives: found.others.iter().map(value::Value::timex).collect(),
    })
}

/// A span without the "'s" of its owner: "this year" of "this year's budget".
fn owned(span: Span, last: Token<'_>) -> Span {
    let suffix = last.lower.len() - crate::token::unowned(last.lower).len();
    let keeps = last.lower == "new year's" || suffix == 0;
    if keeps { span } else { Span::new(span.start(), span.end() - suffix) }
}

/// START, MID and END are thirds of a period, cut at midnight where it is longer than a day.
fn third(whole: (DateTime, DateTime), modifier: Option<Modifier>) -> (DateTime, DateTime) {
    let (from, to) = whole;
    let Ok(lapse) = from.until((jiff::Unit::Second, to)) else { return whole };
    let seconds = lapse.get_seconds();
    let day = 86_400;
    let cut = |parts: i64| {
        let at = seconds * parts / 3;
        let at = if seconds > day { (at + day / 2) / day * day } else { at };
        jiff::Span::new().try_seconds(at).ok().and_then(|at| from.checked_add(at).ok()).unwrap_or(to)
    };
    match modifier {
        Some(Modifier::Start) => (from, cut(1)),
        Some(Modifier::Mid) => (cut(1), cut(2)),
        Some(Modifier::End) => (cut(2), to),
        _ => whole,
    }
}
