//! Days with a name: "Christmas", "Easter", "Memorial Day", by their rule.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::almanac;
use super::length::{Unit, days};
use super::lexicon::{Tag, Word};
use super::read::{Found, Reader};
use super::value::{self, Value};
use crate::hash::Table;

/// How the day of a year is found.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Rule {
    /// The same day each year.
    Fixed(i8, i8),
    /// The nth weekday of a month, from the end where n is negative.
    Nth { month: i8, weekday: i8, n: i32, plus: i64 },
    /// Days from Easter Sunday.
    Easter(i64),
    /// Days from the Easter Sunday of the Orthodox churches.
    Pascha(i64),
    /// A day of the Hebrew calendar: month from Nisan, day.
    Hebrew(i64, i64),
    /// A day of the Islamic calendar: month, day.
    Islamic(i64, i64),
    /// The first day from a month and a day on with a tithi at an hour UTC, and days from it.
    Moon { month: i8, from: i8, tithi: i32, hour: i32, plus: i64 },
    /// A fixed day, or the workday nearest to it.
    Workday(i8, i8),
    /// A fixed day, or the Saturday before where it is a Sunday.
    NotSunday(i8, i8),
}

/// A name as the tokens have it, its rule, and how long it lasts.
type Named = (Vec<&'static str>, Rule, Lasting);

/// How long a holiday lasts.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Lasting {
    Days(i64),
    /// To the day before another.
    Until(Rule),
}

type Names = Table<&'static str, Vec<Named>>;

/// The names, by their first word, the longest first.
static ENGLISH: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names::default();
    for (name, rule, lasting) in lines() {
        let pieces = pieces(name);
        if let Some(first) = pieces.first().copied() {
            names.entry(first).or_default().push((pieces, rule, lasting));
        }
    }
    for list in names.values_mut() {
        list.sort_by_key(|(pieces, ..)| std::cmp::Reverse(pieces.len()));
    }
    names
});

fn lines() -> impl Iterator<Item = (&'static str, Rule, Lasting)> {
    include_str!("en/holidays.txt").lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut fields = line.split('\t');
        let (name, rule) = (fields.next()?, Rule::read(fields.next()?)?);
        let lasting = match fields.next() {
            None => Lasting::Days(1),
            Some(field) => match field.parse() {
                Ok(days) => Lasting::Days(days),
                Err(_) => Lasting::Until(Rule::read(field)?),
            },
        };
        Some((name, rule, lasting))
    })
}

/// The tokens of a name: hyphens and the apostrophe of a plural stand alone.
fn pieces(name: &'static str) -> Vec<&'static str> {
    let mut out = Vec::new();
    for word in name.split(' ') {
        for (at, part) in word.split('-').enumerate() {
            if at > 0 {
                out.push("-");
            }
            match part.strip_suffix('\'') {
                Some(owner) => out.extend([owner, "'"]),
                None => out.push(part),
            }
        }
    }
    out
}

/// Whether a token is a piece of a name, whichever apostrophe it has.
fn same(token: &str, piece: &str) -> bool {
    token == piece || token.contains('’') && token.replace('’', "'") == piece
}

/// The first words of all names, for the lexicon.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    lines().filter_map(|(name, ..)| pieces(name).first().copied())
}

impl Lasting {
    /// The stretch of a holiday from its first day on.
    fn of(self, found: Found) -> Found {
        let Value::Day(first) = found.value else { return found };
        let end = match self {
            Self::Days(1) => return found,
            Self::Days(n) => first.checked_add(days(n)).ok(),
            Self::Until(rule) => {
                let year = i32::from(first.year());
                [year, year + 1].into_iter().filter_map(|year| rule.day(year)).find(|end| *end > first)
            }
        };
        let midnight = |day: Date| day.to_datetime(jiff::civil::Time::midnight());
        Found { interval: end.map(|end| (midnight(first), midnight(end))), ..found }
    }
}

impl Rule {
    /// `fixed 12 25`, `nth 5 1 -1`, `easter -2`
    fn read(text: &str) -> Option<Self> {
        let mut fields = text.split(' ');
        let kind = fields.next()?;
        let numbers: Vec<i64> = fields.map_while(|field| field.parse().ok()).collect();
        let at = |index: usize| numbers.get(index).copied();
        let small = |index: usize| i8::try_from(at(index)?).ok();
        Some(match kind {
            "fixed" => Self::Fixed(small(0)?, small(1)?),
            "nth" => Self::Nth {
                month: small(0)?,
                weekday: small(1)?,
                n: i32::try_from(at(2)?).ok()?,
                plus: at(3).unwrap_or(0),
            },
            "easter" => Self::Easter(at(0)?),
            "pascha" => Self::Pascha(at(0)?),
            "hebrew" => Self::Hebrew(at(0)?, at(1)?),
            "islamic" => Self::Islamic(at(0)?, at(1)?),
            "workday" => Self::Workday(small(0)?, small(1)?),
            "notsunday" => Self::NotSunday(small(0)?, small(1)?),
            "moon" => Self::Moon {
                month: small(0)?,
                from: small(1)?,
                tithi: i32::try_from(at(2)?).ok()?,
                hour: i32::try_from(at(3)?).ok()?,
                plus: at(4).unwrap_or(0),
            },
            _ => return None,
        })
    }

    fn day(self, year: i32) -> Option<Date> {
        match self {
            Self::Fixed(month, day) => value::day(year, month, day),
            Self::Nth { month, weekday, n, plus } => {
                nth_weekday(year, month, weekday, n)?.checked_add(days(plus)).ok()
            }
            Self::Easter(by) => easter(year)?.checked_add(days(by)).ok(),
            Self::Pascha(by) => pascha(year)?.checked_add(days(by)).ok(),
            Self::Hebrew(month, day) => almanac::hebrew(year, month, day),
            Self::Islamic(month, day) => almanac::islamic(year, month, day),
            Self::Moon { month, from, tithi, hour, plus } => {
                almanac::moon(year, month, from, tithi, hour)?.checked_add(days(plus)).ok()
            }
            Self::Workday(month, day) => {
                let day = value::day(year, month, day)?;
                match day.weekday().to_monday_one_offset() {
                    6 => day.yesterday().ok(),
                    7 => day.tomorrow().ok(),
                    _ => Some(day),
                }
            }
            Self::NotSunday(month, day) => {
                let day = value::day(year, month, day)?;
                if day.weekday().to_monday_one_offset() == 7 { day.yesterday().ok() } else { Some(day) }
            }
        }
    }
}

/// The nth weekday of a month, from the end where n is negative.
pub(super) fn nth_weekday(year: i32, month: i8, weekday: i8, n: i32) -> Option<Date> {
    let weekday = jiff::civil::Weekday::from_monday_one_offset(weekday).ok()?;
    value::day(year, month, 1)?.nth_weekday_of_month(i8::try_from(n).ok()?, weekday).ok()
}

/// Easter Sunday (the anonymous Gregorian algorithm).
fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    value::day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

/// Orthodox Easter Sunday (Meeus), good for 1900 to 2099.
fn pascha(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 4, year % 7, year % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let month = (d + e + 114) / 31;
    let day = (d + e + 114) % 31 + 1;
    value::day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?.checked_add(days(13)).ok()
}

impl Reader<'_> {
    /// "Christmas Day", "Easter 2013", "last Thanksgiving", "MLK day of last year", "the Labor Day weekend"
    pub fn holiday(&self, at: usize) -> Option<Found> {
        let found = self.named_day(at)?;
        match found.value {
            Value::Day(day) if self.tag(found.end) == Tag::Unit(Unit::Weekend) => {
                Some(Found { start: at, end: found.end + 1, ..found }.on_weekend(day))
            }
            _ => Some(found),
        }
    }

    fn named_day(&self, at: usize) -> Option<Found> {
        let the = self.past(at, Word::The);
        let step = match self.tag(the) {
            Tag::Is(Word::Last | Word::Gone | Word::Previous) => Some(-1),
            Tag::Is(Word::This) => Some(0),
            Tag::Is(Word::Next | Word::Coming) => Some(1),
            _ => None,
        };
        let from = the + usize::from(step.is_some());
        let (rule, lasting, end) = self.holiday_name(from)?;
        if let Some((year, end)) = self.year_after(end) {
            return Some(lasting.of(Found::point(at, end, Value::Day(rule.day(year)?))).absolute());
        }
        let start = if step.is_some() { at } else { from };
        let value = match self.holiday_day(rule, step, at, end) {
            Some(day) => Value::Day(day),
            None => Value::Open(match rule {
                Rule::Fixed(month, day) => format!("XXXX-{month:02}-{day:02}"),
                _ => "XXXX-XX-XX".to_owned(),
            }),
        };
        Some(lasting.of(Found::point(start, end, value)))
    }

    fn holiday_name(&self, at: usize) -> Option<(Rule, Lasting, usize)> {
        let opens = match self.tag(at) {
            Tag::Is(word) => matches!(word, Word::Holiday | Word::Full | Word::Ending),
            Tag::Ordinal(_) | Tag::Unit(Unit::Day | Unit::Night) => true,
            _ => false,
        };
        if !opens {
            return None;
        }
        let first = self.lower(at);
        let names = if first.contains('’') {
            ENGLISH.get(first.replace('’', "'").as_str())
        } else {
            ENGLISH.get(first)
        };
        names?.iter().find_map(|(pieces, rule, lasting)| {
            let end = self.past_pieces(at, pieces)?;
            // "labor day" in lower case is one as well; single words need their capital: "Easter", not "lent".
            let sure = pieces.len() > 1 || self.is_capital(at) || matches!(first, "christmas" | "easter");
            let named = pieces.len() == 1 && self.is_of_a_name(at);
            ((sure || self.t.len() < 8) && !named).then_some((*rule, *lasting, end))
        })
    }

    /// The place after the pieces of a name that begins at `at`; "St." and "Jr." may keep their dot.
    fn past_pieces(&self, at: usize, pieces: &[&str]) -> Option<usize> {
        pieces.iter().try_fold(at, |at, piece| {
            let next = same(self.lower(at), piece).then_some(at + 1)?;
            Some(
                next + usize::from(
                    matches!(*piece, "st" | "jr") && self.text(next) == "." && self.joined(next),
                ),
            )
        })
    }

    /// "Easter Island", "Tariq Ramadan": a name on either side takes the word in.
    fn is_of_a_name(&self, at: usize) -> bool {
        let name = |at: usize| {
            let word = self.token(at).is_some_and(|x| x.is_capitalised());
            word && matches!(self.tag(at), Tag::None)
        };
        let next = self.token(at + 1).is_some_and(|x| x.spaced) && name(at + 1);
        let before = at.checked_sub(1).filter(|_| self.token(at).is_some_and(|x| x.spaced));
        let before = before.is_some_and(|at| name(at) && !self.starts_sentence(at));
        self.is_capital(at) && (next || before)
    }

    fn holiday_day(&self, rule: Rule, step: Option<i64>, at: usize, end: usize) -> Option<Date> {
        let base = if self.context.narrative {
            self.last.as_ref().and_then(Value::first_day)
        } else {
            self.context.now.map(|now| now.date())
        }?;
        let own = i32::from(base.year());
        let this_year = rule.day(own)?;
        match step {
            Some(-1) => {
                if this_year < base {
                    Some(this_year)
                } else {
                    rule.day(own - 1)
                }
            }
            Some(1) => {
                if this_year > base {
                    Some(this_year)
                } else {
                    rule.day(own + 1)
                }
            }
            Some(_) => {
                if this_year < base && self.tense(at, end) != super::context::Tense::Past {
                    rule.day(own + 1)
                } else {
                    Some(this_year)
                }
            }
            // "christmas eve", all that is said, is asked of the one that comes.
            None if !self.context.narrative && self.is_note() => {
                if this_year < base {
                    rule.day(own + 1)
                } else {
                    Some(this_year)
                }
            }
            None => self
                .year_of(this_year.month(), Some(this_year.day()), at, end)
                .and_then(|year| rule.day(year)),
        }
    }
}
