//! A period within another: "the third quarter of 2018", "the last week of May", "the morning of April 19".

use super::context::Tense;
use super::length::{Length, Unit, days};
use super::lexicon::{Tag, Word};
use super::read::{Found, Reader};
use super::value::{self, DayPart, Value};
use super::{Kind, clock, holiday};

impl Reader<'_> {
    /// "the third quarter of 2018", "the first week of October", "the 20th century", "the first Monday in this month"
    pub fn ordinal(&self, at: usize, depth: usize) -> Option<Found> {
        let from = self.past(at, Word::The);
        if let Some(part) = self.part(from) {
            return self.part_of_day(at, from, part, depth);
        }
        if let Some(found) = self.week_of(at, from, depth).or_else(|| self.year_earlier(at, from)) {
            return Some(found);
        }
        // "its fiscal fourth quarter"
        let (number, next) = self.rank(self.past(from, Word::Fiscal))?;
        let next = self.past_hyphen(next);
        // "the second last week", "the 3rd last week"
        let last = number > 0 && self.is(next, Word::Last);
        let (number, next) = if last { (-number, next + 1) } else { (number, next) };
        let next = next + usize::from(self.any(next, &[Word::Fiscal, Word::Calendar]));
        match self.tag(next) {
            Tag::Unit(Unit::Century) if number > 0 => self.century(at, number, next + 1),
            Tag::Unit(Unit::Quarter) => self.quarter(at, number, next + 1, depth),
            Tag::Is(Word::Half) if self.is_dash(next - 1) => self.half_reported(at, number, next + 1),
            Tag::Unit(
                unit @ (Unit::Day | Unit::Week | Unit::Weekend | Unit::Month | Unit::Half | Unit::Decade),
            ) => self.nth(at, number, unit, next + 1, depth),
            Tag::Weekday(weekday) | Tag::ShortWeekday(weekday) => {
                self.nth_weekday(at, number, weekday, next + 1, depth)
            }
            _ => None,
        }
    }

    /// "the year-earlier quarter", "a year-earlier profit"
    fn year_earlier(&self, at: usize, from: usize) -> Option<Found> {
        let back = self.any(from + 2, &[Word::Earlier, Word::Ago]);
        if self.tag(from) != Tag::Unit(Unit::Year) || !self.is_dash(from + 1) || !back {
            return None;
        }
        let end = from + 3;
        let period = matches!(self.lower(end), "period" | "quarter" | "month" | "week" | "day");
        let base = self.last.clone().or_else(|| Some(Value::around(self.context.now?, Unit::Day)))?;
        let (start, _) = base.interval()?;
        let moved = Length::of(Some(1.0), Unit::Year).after(start, -1)?;
        let grain = if period { base.grain().filter(|grain| *grain > Unit::Week) } else { None };
        let value = Value::around(moved, grain.unwrap_or(Unit::Year));
        let start = if period { at } else { from };
        // The next "year-earlier" leans on the same date.
        Some(Found { anchors: false, ..Found::point(start, end + usize::from(period), value) })
    }

    pub fn rank(&self, at: usize) -> Option<(i32, usize)> {
        match self.tag(at) {
            Tag::Is(Word::Last | Word::Final) => Some((-1, at + 1)),
            Tag::Is(Word::Opening) => Some((1, at + 1)),
            _ => {
                let (day, end, ordinal) = self.day_number(at)?;
                ordinal.then_some((i32::from(day), end))
            }
        }
    }

    /// "the morning of 31 January", "the night of the 20th"
    fn part_of_day(&self, at: usize, from: usize, part: DayPart, depth: usize) -> Option<Found> {
        let of = self.past(from + 1, Word::Of);
        if of == from + 1 {
            return None;
        }
        let day = self.day(of, depth + 1).filter(|day| day.kind == Kind::Date)?;
        let value = clock::with_part(&day.value, part)?;
        Some(Found { absolute: day.absolute, ..Found::point(at, day.end, value) })
    }

    fn century(&self, at: usize, number: i32, end: usize) -> Option<Found> {
        if self.is(end, Word::Bc) {
            let dot = self.text(end + 1) == "." && self.joined(end + 1) && self.lower(end).contains('.');
            let value = Value::Century(-number);
            return Some(Found::point(at, end + 1 + usize::from(dot), value).absolute());
        }
        let end = self.past(end, Word::Ad);
        Some(Found::point(at, end, Value::Century(number - 1)).absolute())
    }

    /// The period behind "of" or "in"; nothing within where there is no such word.
    fn whole_of(&self, at: usize, depth: usize) -> Option<Option<Found>> {
        let of = self.past(self.past(at, Word::Of), Word::In);
        if of == at {
            if let Some((year, end)) = self.year(at) {
                return Some(Some(Found::point(at, end, Value::Year(year)).absolute()));
            }
            // "fourth quarter last year"
            let next = self.deictic(at, depth + 1);
            return Some(next.filter(|found| matches!(found.value, Value::Year(_) | Value::Month(..))));
        }
        match self.bare_period(of).or_else(|| self.point(of, depth + 1)) {
            Some(found) if found.value.interval().is_some() && found.modifier.is_none() => Some(Some(found)),
            _ => None,
        }
    }

    fn quarter(&self, at: usize, number: i32, end: usize, depth: usize) -> Option<Found> {
        let last = number == -1;
        let number = i8::try_from(if last { 4 } else { number }).ok().filter(|n| (1..=4).contains(n))?;
        if let Some(Some(whole)) = self.whole_of(end, depth)
            && let Value::Year(year) = whole.value
        {
            let value = Value::Quarter(year, number);
            return Some(Found { absolute: whole.absolute, ..Found::point(at, whole.end, value) });
        }
        // "the last quarter" alone is the one before this; "the third quarter of the game" is none.
        if last || self.is(end, Word::Of) && !matches!(self.lower(end + 1), "its" | "fiscal" | "their") {
            return None;
        }
        let value = match self.year_of_quarter(number, at, end) {
            Some(year) => Value::Quarter(year, number),
            None => Value::Open(format!("XXXX-Q{number}")),
        };
        Some(Found::point(at, end, value))
    }

    /// Companies report on the quarter that is over: the last one of that number, unless a verb looks ahead.
    fn year_of_quarter(&self, number: i8, at: usize, end: usize) -> Option<i32> {
        let now = self.now()?;
        let own = i32::from(now.year());
        let current = (now.month() + 2) / 3;
        let ahead = self.direction(at, end) == Tense::Future;
        Some(match number.cmp(&current) {
            _ if self.context.narrative => own,
            std::cmp::Ordering::Greater if !ahead => own - 1,
            std::cmp::Ordering::Less if ahead => own + 1,
            _ => own,
        })
    }

    /// "the first week of October", "the last day of May", "the first half of 1998"
    fn nth(&self, at: usize, number: i32, unit: Unit, end: usize, depth: usize) -> Option<Found> {
        let whole = self.whole_of(end, depth)??;
        let (from, to) = whole.value.interval()?;
        if whole.value.grain()? <= unit {
            return None;
        }
        let value = match unit {
            Unit::Half => {
                let Value::Year(year) = whole.value else { return None };
                Value::Half(year, if number == 1 { 1 } else { 2 })
            }
            Unit::Week => {
                // The first week is the one with the first Thursday: what ISO 8601 says of years goes for months.
                let first = if number > 0 { from.checked_add(days(3)) } else { to.checked_sub(days(4)) };
                let by = i64::from(if number > 0 { number - 1 } else { number + 1 }) * 7;
                Value::around(first.ok()?.checked_add(days(by)).ok()?, Unit::Week)
            }
            _ => {
                let one = |n: i32| Length::of(Some(f64::from(n)), unit);
                let moved =
                    if number > 0 { one(number - 1).after(from, 1)? } else { one(number).after(to, 1)? };
                Value::around(moved, unit)
            }
        };
        Some(Found { absolute: whole.absolute, ..Found::point(at, whole.end, value) })
    }

    /// "the first Monday of June", "the first Monday evening of next month"
    fn nth_weekday(&self, at: usize, number: i32, weekday: i8, end: usize, depth: usize) -> Option<Found> {
        let part = self.part(end);
        let whole = self.whole_of(end + usize::from(part.is_some()), depth)??;
        let Value::Month(year, month) = whole.value else { return None };
        let day = holiday::nth_weekday(year, month, weekday, number)?;
        let value = match part {
            Some(part) => Value::DayPart(day, part),
            None => Value::Day(day),
        };
        Some(Found { absolute: whole.absolute, ..Found::point(at, whole.end, value) })
    }

    /// "the 20th", "the 20th of the previous month", "the 21st this month", "the 5th day of May"
    pub fn day_of_month(&self, at: usize, depth: usize) -> Option<Found> {
        let from = self.past(at, Word::The);
        let (day, end, ordinal) = self.day_number(from)?;
        let unit = matches!(self.tag(end), Tag::Unit(Unit::Day));
        let end_of_day = end + usize::from(unit);
        let of = self.past(self.past(end_of_day, Word::Of), Word::In);
        if of > end_of_day || ordinal {
            let month = self.deictic(of, depth + 1);
            if let Some((whole, Value::Month(year, number))) = month.map(|found| (found.end, found.value)) {
                return Some(Found::point(at, whole, Value::Day(value::day(year, number, day)?)));
            }
        }
        // "the 92nd", "the 5th floor", "the first" are no days.
        let digits = self.tag(from) == Tag::Number;
        if !(digits && ordinal && from > at && self.ends_alone(end) && self.calls_for_day(at)) {
            return None;
        }
        let base = if self.last.is_some() { self.then() } else { self.context.now };
        let value = match base {
            Some(base) => Value::Day(value::day(i32::from(base.year()), base.month(), day)?),
            None => Value::Open(format!("XXXX-XX-{day:02}")),
        };
        Some(Found::point(at, end, value))
    }

    /// Whether nothing that "the 20th" could count stands at `at`.
    fn ends_alone(&self, at: usize) -> bool {
        use Word::{After, And, At, Before, By, For, In, Or, Through, To, Until};
        let linked = self.any(at, &[After, And, At, Before, By, For, In, Or, Through, To, Until]);
        !self.is_dash(at) && self.token(at).is_none_or(|x| !x.is_word() || linked || x.lower.ends_with("ed"))
    }

    fn calls_for_day(&self, at: usize) -> bool {
        use Word::{After, And, Before, By, From, Of, On, Since, Through, To, Until};
        let words = [After, And, Before, By, From, Of, On, Since, Through, To, Until];
        matches!(self.before(at), Tag::Is(word) if words.contains(&word))
    }
}
