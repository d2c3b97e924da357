//! Dates in digits: "2015-03-03", "3/4/2022", "12.9.2022", "9/11", "2018Q4".

use jiff::civil::Date;

use super::absolute::YEARS;
use super::lexicon::{Tag, Word};
use super::read::{Found, Reader};
use super::value::{self, Value};

impl Reader<'_> {
    /// "2015-03-03", "3/4/2022", "12.9.2022", "2014/10"
    pub fn numeric(&self, at: usize) -> Option<Found> {
        if self.tag(at) != Tag::Number {
            return None;
        }
        if let Some(found) = self.dotted_date(at) {
            return Some(found);
        }
        let (first, len) = self.digits(at)?;
        let mark = self.text(at + 1);
        if !(matches!(mark, "/" | "-" | ".") || self.is_dash(at + 1))
            || !self.joined(at + 1)
            || !self.joined(at + 2)
        {
            return None;
        }
        let (second, second_len) = match self.month(at + 2) {
            Some((month, _)) => (i32::from(month), 2),
            None => self.digits(at + 2)?,
        };
        let third = (self.text(at + 3) == mark && self.joined(at + 3) && self.joined(at + 4))
            .then(|| self.digits(at + 4))
            .flatten();
        let open_ended = |at: usize| {
            self.joined(at) && (self.token(at).is_some_and(|x| x.is_number()) || matches!(self.text(at), "/"))
        };
        match third {
            Some((day, day_len)) if len == 4 && second_len <= 2 && day_len <= 2 => {
                let date = day_of(first, second, day)?;
                Some(Found::point(at, at + 5, Value::Day(date)).absolute())
            }
            Some((year, year_len))
                if len <= 2 && second_len <= 2 && matches!(year_len, 2 | 4) && !open_ended(at + 5) =>
            {
                let year = if year_len == 2 { self.century_of(year) } else { year };
                let named = self.month(at + 2).is_some();
                self.day_and_month(at, at + 5, first, second, year, named)
            }
            None if len == 4
                && second_len == 2
                && mark == "/"
                && (1..=12).contains(&second)
                    // "2011/12" is a season.
                    && second != first % 100 + 1
                && YEARS.contains(&first)
                && !open_ended(at + 3) =>
            {
                Some(Found::point(at, at + 3, Value::Month(first, i8::try_from(second).ok()?)).absolute())
            }
            None if len <= 2 && second_len <= 2 && !open_ended(at + 3) && self.text(at + 3) != mark => {
                self.slashed(at, first, second, mark)
            }
            _ => None,
        }
    }

    /// "12.9.2022": a number, a dot, a year.
    fn dotted_date(&self, at: usize) -> Option<Found> {
        let (day, month) = self.text(at).split_once('.')?;
        let (year, len) = self
            .digits(at + 2)
            .filter(|_| self.text(at + 1) == "." && self.joined(at + 1) && self.joined(at + 2))?;
        if len != 4 || day.len() > 2 || month.len() > 2 {
            return None;
        }
        let date = day_of(year, month.parse().ok()?, day.parse().ok()?)?;
        Some(Found::point(at, at + 3, Value::Day(date)).absolute())
    }

    /// Two numbers and a year: American order unless the numbers forbid it; both where both are in the calendar.
    fn day_and_month(
        &self,
        at: usize,
        end: usize,
        first: i32,
        second: i32,
        year: i32,
        named: bool,
    ) -> Option<Found> {
        let american = day_of(year, first, second).filter(|_| !named);
        let british = day_of(year, second, first);
        let mut found = Found::point(at, end, Value::Day(american.or(british)?)).absolute();
        if let (Some(_), Some(british)) = (american, british.filter(|_| american != british)) {
            found.others.push(Value::Day(british));
        }
        Some(found)
    }

    /// "9/11", and "7/6" where the words before it say that it is a date.
    fn slashed(&self, at: usize, first: i32, second: i32, mark: &str) -> Option<Found> {
        if mark == "/" && (first, second) == (9, 11) {
            let day = Date::new(2001, 9, 11).ok()?;
            let mut found = Found::point(at, at + 3, Value::Day(day));
            found.anchors = false;
            return Some(found);
        }
        let weekday = match self.before(at) {
            Tag::Weekday(weekday) | Tag::ShortWeekday(weekday) => Some(weekday),
            _ => None,
        };
        let relation = mark == "/"
            && matches!(
                self.before(at),
                Tag::Is(Word::On | Word::By | Word::From | Word::To | Word::Until | Word::Since)
            );
        if weekday.is_none() && !relation {
            return None;
        }
        let read = |month: i32, day: i32| {
            let month = i8::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
            let day = i8::try_from(day).ok().filter(|d| (1..=31).contains(d))?;
            self.calendar(at, at + 3, month, day, None)
        };
        let (month, day) = if first > 12 { (second, first) } else { (first, second) };
        let american = read(month, day);
        let Some(weekday) = weekday else { return american };
        // "Monday 12-4" may be the hours of a Monday: the day must be one.
        let fits = |found: &Found| matches!(found.value, Value::Day(day) if day.weekday().to_monday_one_offset() == weekday);
        let fitting = american.clone().filter(fits).or_else(|| read(day, month).filter(fits));
        fitting.or(american.filter(|_| mark == "/"))
    }

    /// "2018Q4", "Q3 2019", "18q4", "the 4th qtr" stands elsewhere.
    pub fn quarter_code(&self, at: usize) -> Option<Found> {
        let quarter = |at: usize| -> Option<(i8, usize)> {
            let half = self.lower(at) == "h";
            if !(self.lower(at) == "q" || half) || !self.joined(at + 1) {
                return None;
            }
            let (number, _) = self.digits(at + 1)?;
            let most = if half { 2 } else { 4 };
            let code = i8::try_from(number).ok().filter(|n| (1..=most).contains(n))?;
            Some((if half { code + 10 } else { code }, at + 2))
        };
        let value = |year: i32, code: i8| {
            if code > 10 { Value::Half(year, code - 10) } else { Value::Quarter(year, code) }
        };
        if let Some((code, end)) = quarter(at) {
            let joint = usize::from(self.is_dash(end) && self.joined(end));
            if let Some((year, end)) = self.year(end + joint).or_else(|| self.year_after(end)) {
                return Some(Found::point(at, end, value(year, code)).absolute());
            }
            let month = if code > 10 { (code - 10) * 6 - 5 } else { code * 3 - 2 };
            let found = match self.year_of(month, None, at, end) {
                Some(year) => value(year, code),
                None => Value::Open(format!("XXXX-{}{}", if code > 10 { 'H' } else { 'Q' }, code % 10)),
            };
            return Some(Found::point(at, end, found));
        }
        let (year, len) = self.digits(at)?;
        let joint = usize::from(self.is_dash(at + 1) && self.joined(at + 1));
        let (code, end) = quarter(at + 1 + joint)?;
        let year = match len {
            4 if YEARS.contains(&year) => year,
            2 if self.joined(at + 1) => self.century_of(year),
            _ => return None,
        };
        Some(Found::point(at, end, value(year, code)).absolute())
    }
}

fn day_of(year: i32, month: i32, day: i32) -> Option<Date> {
    if !YEARS.contains(&year) {
        return None;
    }
    value::day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}
