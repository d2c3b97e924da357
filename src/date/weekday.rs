//! Weekdays: "Saturday", "last Tuesday", "Friday after next", "three Fridays from now".

use jiff::civil::Date;

use super::context::Tense;
use super::length::{Unit, days};
use super::lexicon::{Tag, Word};
use super::read::{Found, Reader};
use super::value::{self, Value};

impl Reader<'_> {
    /// "Saturday", "last Tuesday", "next Friday", "Tuesday, September 1, 2015", "Sat.", "Monday next week"
    pub fn weekday(&self, at: usize, depth: usize) -> Option<Found> {
        let from = self.past(at, Word::The);
        let step = match self.tag(from) {
            Tag::Is(Word::Last | Word::Gone | Word::Previous) => Some(-1),
            Tag::Is(Word::This | Word::Coming) => Some(0),
            // "following Sunday's election" is after it.
            Tag::Is(Word::Following) if from == at => None,
            Tag::Is(Word::Next | Word::Following) => Some(1),
            // "said that Sunday's vote" joins two clauses.
            Tag::Is(Word::Same) => Some(5),
            Tag::Is(Word::That)
                if self.any(
                    at.wrapping_sub(1),
                    &[Word::On, Word::By, Word::Since, Word::Until, Word::Before, Word::After],
                ) =>
            {
                Some(5)
            }
            _ => None,
        };
        let place = from + usize::from(step.is_some());
        // "this past Saturday"
        let gone = step == Some(0) && self.any(place, &[Word::Gone, Word::Last, Word::Coming]);
        let (step, place) = if gone {
            (Some(if self.is(place, Word::Coming) { 2 } else { -1 }), place + 1)
        } else {
            (step, place)
        };
        let (weekday, end) = self.weekday_name(place, step.is_some())?;
        // "the Sunday Times"
        if self.is_capital(end)
            && matches!(self.lower(end), "times" | "telegraph" | "mail" | "mirror" | "express")
        {
            return None;
        }
        // "Friday after next", "next Friday 5/12"
        if let Some(sign) = self.beyond(end).filter(|_| step.is_none()) {
            let found = self.resolve_weekday(at, end + 2, weekday, Some(if sign > 0 { 2 } else { -1 }));
            let Value::Day(day) = found.value else { return Some(found) };
            return Some(Found { value: Value::Day(day.checked_add(days(7 * sign)).ok()?), ..found });
        }
        if let Some(found) = self.weekday_away(at, end, weekday).filter(|_| step.is_none()) {
            return Some(found);
        }
        if step.is_some() && self.text(end + 1) == "/" {
            return self.calendar_day(end).map(|date| date.from(at));
        }
        if step.is_none() {
            let next = self.past_comma(end);
            if let Some(date) = self.calendar_day(next) {
                let list = self.text(end) == ","
                    && self.digits(next).is_some()
                    && self.month(next + 1).is_none()
                    && !self.is(next + 1, Word::Ending)
                    && self.text(next + 1) != "/";
                let score = self.is_other_weekday(next, &date, weekday);
                if !list && !score && matches!(date.value, Value::Day(_) | Value::Open(_)) {
                    return Some(date.from(at));
                }
            }
            // "Monday next week", "Sunday from last week", "Wednesday of this week", "Monday the 5th"
            let week = self.past(self.past(end, Word::Of), Word::From);
            if let Some(found) = self.deictic(week, depth + 1)
                && let Value::Week(year, number) = found.value
            {
                let day = value::monday(year, number)?.checked_add(days(i64::from(weekday) - 1)).ok()?;
                return Some(Found::point(at, found.end, Value::Day(day)));
            }
            if let Some(found) = self.numbered_weekday(at, end, weekday) {
                return Some(found);
            }
            if from > at {
                return None;
            }
        }
        Some(self.resolve_weekday(at, end, weekday, step))
    }

    /// "lost on Tuesday 12-4": two numbers that are no date of that weekday, without a month or a year beside them.
    fn is_other_weekday(&self, at: usize, date: &Found, weekday: i8) -> bool {
        let Value::Day(day) = date.value else { return false };
        let bare = self.digits(at).is_some() && date.end <= at + 3 && self.text(at + 1) != "/";
        let named = (at..date.end).any(|token| self.month(token).is_some());
        bare && !named && day.weekday().to_monday_one_offset() != weekday
    }

    /// "Friday the 26th", "Mon 13th": the nearest month that has the weekday on that day.
    fn numbered_weekday(&self, at: usize, end: usize, weekday: i8) -> Option<Found> {
        let from = self.past(end, Word::The);
        let (day, last, ordinal) = self.day_number(from).filter(|_| !self.is(from - 1, Word::At))?;
        let base = self.context.now.filter(|_| ordinal)?;
        let now = base.date().first_of_month();
        let next = |sign: i64| {
            (0_i64..24).find_map(|step| {
                let month = now.checked_add(jiff::Span::new().try_months(sign * step).ok()?).ok()?;
                let date = value::day(i32::from(month.year()), month.month(), day)?;
                (date.weekday().to_monday_one_offset() == weekday).then_some(date)
            })
        };
        let date = match self.tense(at, last) {
            Tense::Past => next(-1),
            Tense::Future => next(1),
            Tense::Unknown => {
                let away =
                    |date: &Date| base.date().until(*date).map_or(i32::MAX, |lapse| lapse.get_days().abs());
                [next(1), next(-1)].into_iter().flatten().min_by_key(away)
            }
        };
        Some(Found::point(at, last, Value::Day(date?)))
    }

    fn weekday_name(&self, at: usize, called: bool) -> Option<(i8, usize)> {
        match self.tag(at) {
            Tag::Weekday(day) => Some((day, at + 1)),
            Tag::ShortWeekday(day) => {
                let dot = usize::from(self.text(at + 1) == "." && self.joined(at + 1));
                let word = matches!(self.lower(at), "sun" | "sat" | "mon" | "wed" | "fri" | "tue");
                let dated = self.digits(self.past_comma(at + 1 + dot)).is_some()
                    || self.month(self.past_comma(at + 1 + dot)).is_some()
                    || self.is(at + 1, Word::At)
                    || matches!(
                        self.before(at),
                        Tag::Is(
                            Word::On | Word::Or | Word::To | Word::And | Word::Until | Word::Since | Word::By
                        )
                    );
                // "The Sun said", "Mon Dieu": the article or the next word tell them apart.
                let sure = self.is_capital(at)
                    && (called || dated || !word)
                    && !self.is(at.wrapping_sub(1), Word::The);
                sure.then_some((day, at + 1 + dot))
            }
            _ => None,
        }
    }

    fn resolve_weekday(&self, at: usize, end: usize, weekday: i8, step: Option<i64>) -> Found {
        let open = Value::Open(format!("XXXX-WXX-{weekday}"));
        let base = if step == Some(5) || self.context.narrative { self.then() } else { self.context.now };
        let base = if self.context.narrative && self.last.is_none() { None } else { base };
        let ends_range = step.is_none() && matches!(self.range_start(at), Some(Value::Day(_)));
        let base = if ends_range { self.then() } else { base };
        let Some(base) = base else { return Found { anchors: false, ..Found::point(at, end, open) } };
        let today = base.date();
        // Days back to the weekday, nought to six.
        let back = i64::from((today.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
        let by = match step {
            Some(-1) => {
                if back == 0 {
                    -7
                } else {
                    -back
                }
            }
            Some(0) => {
                // "this Friday" is the one of the week; where it is over, the tense may still speak of the next.
                let of_week = i64::from(weekday - today.weekday().to_monday_one_offset());
                if of_week < 0 && self.tense(at, end) == Tense::Future { of_week + 7 } else { of_week }
            }
            Some(2) => 7 - back,
            Some(1) if self.is(at, Word::The) => 7 - back,
            Some(1) => self.next_weekday(today, weekday, back),
            Some(_) => {
                if back == 0 {
                    0
                } else {
                    -back
                }
            }
            None if ends_range => (7 - back) % 7,
            None if self.context.narrative => {
                if back == 0 {
                    0
                } else {
                    7 - back
                }
            }
            None => match self.direction(at, end) {
                Tense::Future => {
                    if back == 0 {
                        0
                    } else {
                        7 - back
                    }
                }
                Tense::Past | Tense::Unknown => -back,
            },
        };
        match today.checked_add(days(by)) {
            Ok(day) => Found::point(at, end, Value::Day(day)),
            Err(_) => Found::point(at, end, open),
        }
    }

    /// "next Friday": of the next week, unless that is more than a week and a half away.
    fn next_weekday(&self, today: Date, weekday: i8, back: i64) -> i64 {
        let ahead = 7 - back;
        let same_week = weekday > today.weekday().to_monday_one_offset();
        if same_week { ahead + 7 } else { ahead }
    }

    /// "Thursday week", "Monday two weeks from now", "Sunday two weeks ago"
    fn weekday_away(&self, at: usize, end: usize, weekday: i8) -> Option<Found> {
        let now = self.context.now?;
        let week = self.tag(end) == Tag::Unit(Unit::Week) && self.lower(end) == "week";
        let closed = self.token(end + 1).is_none_or(|x| !x.is_word() && !x.is_dash());
        if week && (closed || self.any(end + 1, &[Word::And, Word::Or])) {
            let found = self.resolve_weekday(at, end + 1, weekday, Some(2));
            let Value::Day(day) = found.value else { return None };
            return Some(Found { value: Value::Day(day.checked_add(days(7)).ok()?), ..found });
        }
        if !matches!(self.tag(end), Tag::Number | Tag::Small(_) | Tag::Is(Word::A)) {
            return None;
        }
        let (length, last) = self.plain_length(end).filter(|(length, _)| length.grain() == Unit::Week)?;
        let (sign, last) = match (self.tag(last), self.tag(last + 1)) {
            (Tag::Is(Word::Ago), _) => (-1, last + 1),
            (Tag::Is(Word::From), Tag::Is(Word::Present) | Tag::Day(0)) => (1, last + 2),
            _ => return None,
        };
        let Value::Week(year, number) = Value::around(length.after(now, sign)?, Unit::Week) else {
            return None;
        };
        let day = value::monday(year, number)?.checked_add(days(i64::from(weekday) - 1)).ok()?;
        Some(Found::point(at, last, Value::Day(day)))
    }

    /// "three Fridays from now", "2 Thursdays ago"
    pub fn shifted_weekday(&self, at: usize) -> Option<Found> {
        let (count, next) = self.small_number(at).filter(|(count, _)| *count > 0)?;
        let Tag::Weekdays(weekday) = self.tag(next) else { return None };
        let back = self.is(next + 1, Word::Ago) || self.lower(next + 1) == "back";
        let ahead = self.is(next + 1, Word::From) && self.is(next + 2, Word::Present);
        let today = self.context.now.filter(|_| weekday > 0 && (back || ahead))?.date();
        let gone = i64::from((today.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
        let by = if back {
            -(if gone == 0 { 7 } else { gone }) - 7 * i64::from(count - 1)
        } else {
            7 - gone + 7 * i64::from(count - 1)
        };
        let day = today.checked_add(days(by)).ok()?;
        Some(Found::point(at, next + if back { 2 } else { 3 }, Value::Day(day)))
    }
}
