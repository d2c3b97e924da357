//! Periods as reports of companies and offices call them: "for the quarter", "the year to date", "first-half profit".

use std::collections::HashSet;
use std::sync::LazyLock;

use jiff::civil::Time;

use super::context::Tense;
use super::length::Unit;
use super::lexicon::{Tag, Word};
use super::read::{Found, Reader};
use super::relative::open_period;
use super::value::Value;

impl Reader<'_> {
    /// "the quarter" of "profit fell in the quarter", "the year" of "for the year, sales rose", "the year to date"
    pub fn period_meant(&self, at: usize) -> Option<Found> {
        let from = self.past(at, Word::The);
        let Tag::Unit(unit @ (Unit::Week | Unit::Month | Unit::Quarter | Unit::Year)) = self.tag(from) else {
            return None;
        };
        if let Some(found) = self.period_to_date(at, from, unit) {
            return Some(found);
        }
        let next = from + 1;
        let ended = self.period_ended(next, unit);
        // "during the week" may be any week.
        let called = self.any(at.wrapping_sub(1), &[Word::For, Word::In, Word::During])
            && (unit != Unit::Week || ended.is_some() || self.is(at - 1, Word::For));
        let closed = self.token(next).is_none_or(|x| !x.is_word() && !x.is_number() && !x.is_dash())
            || self.any(next, &[Word::From, Word::And, Word::Or, Word::By, Word::On])
            || self.is_told(next);
        if from == at || !called || !closed && ended.is_none() {
            return None;
        }
        let last = self.last.clone().filter(|last| last.grain() == Some(unit));
        let around = || Some(Value::around(self.now()?, unit));
        let value = ended.or(last).or_else(around).or_else(|| open_period(unit))?;
        Some(Found { anchors: false, ..Found::point(at, next, value) })
    }

    /// The period that ends on a day: "the quarter ended Sept. 30".
    fn period_ended(&self, at: usize, unit: Unit) -> Option<Value> {
        if !matches!(self.lower(at), "ended" | "ending" | "to") {
            return None;
        }
        let day = self.day(self.past(at + 1, Word::On), 1)?.value.first_day()?;
        Some(Value::around(day.to_datetime(Time::midnight()), unit))
    }

    /// "the year to date", "year-to-date"
    fn period_to_date(&self, at: usize, from: usize, unit: Unit) -> Option<Found> {
        let to = self.past_hyphen(from + 1);
        let date = self.past_hyphen(to + 1);
        if !self.is(to, Word::To) || self.lower(date) != "date" {
            return None;
        }
        let now = self.context.now?;
        let value = Value::around(now, unit);
        let today = now.date().tomorrow().ok()?.to_datetime(Time::midnight());
        let interval = value.interval().map(|(start, _)| (start, today));
        Some(Found { anchors: false, interval, ..Found::point(at, date + 1, value) })
    }

    /// "first-half profit", but no "first-half goal"
    pub fn half_reported(&self, at: usize, number: i32, end: usize) -> Option<Found> {
        let half = i8::try_from(number)
            .ok()
            .filter(|half| (1..=2).contains(half) && REPORTED.contains(self.lower(end)))?;
        let now = self.now()?;
        // What is reported is over.
        let last_year = half == 2 || now.month() <= 3;
        let year = i32::from(now.year()) - i32::from(last_year && self.direction(at, end) != Tense::Future);
        Some(Found::point(at, end, Value::Half(year, half)))
    }
}

/// What is reported by the half-year.
static REPORTED: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("en/reported.txt").lines().filter(|line| !line.starts_with('#')).collect());
