//! Weeks and weekends by a day in them: "the week of April 10", "week 31", "the weekend of Sept. 9", "Labor Day weekend".

use jiff::civil::{Date, Time};

use super::length::{Unit, days};
use super::lexicon::{Tag, Word};
use super::read::{Found, Reader};
use super::value::{self, Value};

impl Reader<'_> {
    /// "the week of April 10th", "the week beginning 4 May", "week 3 of 2027", "the weekend of Sept. 9"
    pub fn week_of(&self, at: usize, from: usize, depth: usize) -> Option<Found> {
        let Tag::Unit(unit @ (Unit::Week | Unit::Weekend)) = self.tag(from) else { return None };
        if unit == Unit::Week
            && let Some(found) = self.numbered_week(at, from)
        {
            return Some(found);
        }
        let begun = matches!(self.lower(from + 1), "beginning" | "starting" | "commencing");
        if !begun && !self.is(from + 1, Word::Of) {
            return None;
        }
        let next = self.past(from + 2, Word::On);
        let day = self.day(next, depth + 1).filter(|day| matches!(day.value, Value::Day(_)))?;
        let date = day.value.first_day()?;
        let found = Found { absolute: day.absolute, ..Found::point(at, day.end, Value::Day(date)) };
        if unit == Unit::Weekend {
            return Some(found.on_weekend(date));
        }
        let start = date.to_datetime(Time::midnight());
        Some(Found { value: Value::around(start, Unit::Week), ..found })
    }

    /// "week 31", "week 3 of 2027"; "Week 10" with its capital is of a season.
    fn numbered_week(&self, at: usize, from: usize) -> Option<Found> {
        let (number, _) = self.digits(from + 1).filter(|(number, _)| (1..=53).contains(number))?;
        let week = i8::try_from(number).ok()?;
        let end = from + 2;
        if self.is(end, Word::Of) {
            let (year, end) = self.year_after(end + 1)?;
            value::monday(year, week)?;
            return Some(Found::point(at, end, Value::Week(year, week)).absolute());
        }
        let closed =
            self.token(end).is_none_or(|x| matches!(x.text, "." | "," | ";" | ")") && !self.joined(end + 1));
        let year = i32::from(self.now()?.year());
        value::monday(year, week)?;
        let called = matches!(
            self.before(at),
            Tag::Is(Word::By | Word::During | Word::From | Word::In | Word::Since | Word::To | Word::Until)
        );
        (closed && (from > at || called) && self.lower(from) == self.text(from))
            .then(|| Found::point(at, end, Value::Week(year, week)))
    }
}

impl Found {
    /// The weekend beside a holiday or another day, to which the day itself belongs: "Labor Day weekend".
    pub fn on_weekend(self, day: Date) -> Self {
        let weekday = i64::from(day.weekday().to_monday_one_offset());
        // A Monday or a Tuesday ends its weekend, other days lead to theirs.
        let to_saturday = if weekday <= 2 { -1 - weekday } else { 6 - weekday };
        let Ok(saturday) = day.checked_add(days(to_saturday)) else { return self };
        let value = Value::around(saturday.to_datetime(Time::midnight()), Unit::Weekend);
        let interval = value.interval().and_then(|(from, to)| {
            let midnight = day.to_datetime(Time::midnight());
            Some((from.min(midnight), to.max(midnight.checked_add(days(1)).ok()?)))
        });
        Self { value, interval, ..self }
    }
}
