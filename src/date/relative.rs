//! Dates that lean on another: "Saturday", "last week", "the following year", "the end of August".

use jiff::civil::{Date, DateTime, Time};

use super::context::Tense;
use super::length::{Length, Unit, days};
use super::lexicon::{Tag, Word};
use super::read::{Found, Reader};
use super::value::{self, Value};
use super::{Kind, Modifier};

/// A way along the calendar: how far, which way, and from where.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shift {
    length: Length,
    sign: i64,
    base: Option<DateTime>,
    modifier: Option<Modifier>,
    /// Whether it leans on the last date of the text.
    on_last: bool,
}

impl Reader<'_> {
    /// The moment that "last week" leans on.
    pub fn now(&self) -> Option<DateTime> {
        if self.context.narrative {
            return self.last_start().or(self.context.now);
        }
        self.context.now
    }

    fn last_start(&self) -> Option<DateTime> {
        self.last.as_ref().and_then(Value::interval).map(|(from, _)| from)
    }

    /// The moment that "the following day" leans on.
    pub fn then(&self) -> Option<DateTime> {
        self.last_start().or(self.context.now)
    }

    /// Whether a year named in the same sentence rules the dates after it: "In 2014, … since March".
    fn ruled_by_last(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        if !self.last_absolute || token.span.start < self.last_end || token.span.start - self.last_end > 200 {
            return false;
        }
        let between = crate::text::Span::new(self.last_end, token.span.start).of(self.t.text());
        !between.contains(['.', '\n', '!', '?'])
    }

    /// The year of a month or a day that comes without one.
    pub fn year_of(&self, month: i8, day: Option<i8>, at: usize, end: usize) -> Option<i32> {
        if self.context.narrative || self.ruled_by_last(at) {
            if let Some(last) = self.last_start() {
                return Some(self.year_near(last, month));
            }
            if self.context.narrative && self.last.is_some() {
                return None;
            }
        }
        let now = self.context.now?;
        if let Some(ahead) = self.last_start().filter(|last| *last > now && self.is_near(at)) {
            // "next month … December, January and February" goes on from what lies ahead.
            return Some(self.year_near(ahead, month));
        }
        let own = i32::from(now.year());
        let distance = i32::from(month) - i32::from(now.month());
        let later = distance > 0 || distance == 0 && day.is_some_and(|day| day > now.day());
        let tense = self.direction(at, end);
        Some(match (tense, later) {
            // "will open on 3 May", said in June
            (Tense::Future, false) if distance < -1 => own + 1,
            // "On 5 May" is told of in March ahead of the day more often than ten months after it.
            (Tense::Past, true) if distance > if day.is_some() { 2 } else { 0 } => own - 1,
            (Tense::Unknown, true) if distance > 6 => own - 1,
            (Tense::Unknown, false) if distance < -9 => own + 1,
            _ => own,
        })
    }

    /// Whether the last date stands close before token `at`.
    fn is_near(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.span.start.saturating_sub(self.last_end) < 250)
    }

    /// The year that brings a month nearest to the last date: a story goes on more often than back.
    fn year_near(&self, last: DateTime, month: i8) -> i32 {
        let year = i32::from(last.year());
        let whole_year = matches!(self.last, Some(Value::Year(_) | Value::Decade(_) | Value::Century(_)));
        if whole_year {
            return year;
        }
        let distance = i32::from(month) - i32::from(last.month());
        match distance {
            ..=-7 => year + 1,
            9.. => year - 1,
            _ => year,
        }
    }

    /// The tense, or what a relation word says of it: "by Friday" and "until May" look ahead, "since May" back.
    pub fn direction(&self, at: usize, end: usize) -> Tense {
        match self.before(at) {
            Tag::Is(Word::Since | Word::Gone | Word::Last) => Tense::Past,
            Tag::Is(Word::Until | Word::Next | Word::Coming) => match self.tense(at, end) {
                Tense::Past => Tense::Past,
                _ => Tense::Future,
            },
            _ => self.tense(at, end),
        }
    }

    /// "Saturday", "last Tuesday", "next Friday", "Tuesday, September 1, 2015", "Sat.", "Monday next week"
    pub fn weekday(&self, at: usize, depth: usize) -> Option<Found> {
        let from = self.past(at, Word::The);
        let step = match self.tag(from) {
            Tag::Is(Word::Last | Word::Gone | Word::Previous) => Some(-1),
            Tag::Is(Word::This | Word::Coming) => Some(0),
            Tag::Is(Word::Next | Word::Following) => Some(1),
            Tag::Is(Word::That | Word::Same) => Some(5),
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
        // "Friday after next", "next Friday 5/12"
        if step.is_none() && self.is(end, Word::After) && self.is(end + 1, Word::Next) {
            let found = self.resolve_weekday(at, end + 2, weekday, Some(2));
            let Value::Day(day) = found.value else { return Some(found) };
            return Some(Found { value: Value::Day(day.checked_add(days(7)).ok()?), ..found });
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
                if !list && matches!(date.value, Value::Day(_) | Value::Open(_)) {
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

    /// "Friday the 26th", "Mon 13th": the nearest month that has the weekday on that day.
    fn numbered_weekday(&self, at: usize, end: usize, weekday: i8) -> Option<Found> {
        let from = self.past(end, Word::The);
        let (day, last, ordinal) = self.day_number(from).filter(|_| !self.is(from - 1, Word::At))?;
        let base = self.context.now.filter(|_| ordinal)?;
        let now = base.date().first_of_month();
        let ahead = self.tense(at, last) != Tense::Past;
        (0_i64..24).find_map(|step| {
            let by = jiff::Span::new().try_months(if ahead { step } else { -step }).ok()?;
            let month = now.checked_add(by).ok()?;
            let date = value::day(i32::from(month.year()), month.month(), day)?;
            let fits = date.weekday().to_monday_one_offset() == weekday;
            fits.then(|| Found::point(at, last, Value::Day(date)))
        })
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

    /// "the end of August", "early April", "mid-1916", "late in the year", "month's end", "the latter half of 2008"
    pub fn positional(&self, at: usize, depth: usize) -> Option<Found> {
        let from = self.past(at, Word::The);
        let very = from + usize::from(self.lower(from) == "very");
        let (modifier, next) = match self.tag(very) {
            Tag::Is(Word::Early) => (Modifier::Start, very + 1),
            Tag::Is(Word::Late) => (Modifier::End, very + 1),
            Tag::Is(Word::Mid) => (Modifier::Mid, very + 1),
            Tag::Is(Word::Start) => (Modifier::Start, very + 1),
            Tag::Is(Word::End) => (Modifier::End, very + 1),
            Tag::Is(Word::Middle) => (Modifier::Mid, very + 1),
            Tag::Is(Word::Rest) => return self.rest_of(at, very + 1, depth),
            _ => return self.part_of(at, very, depth).or_else(|| self.period_end(at, from)),
        };
        let noun = self.any(very, &[Word::Start, Word::End, Word::Middle]);
        let next = if noun {
            let of = self.past(next, Word::Of);
            if of == next {
                return None;
            }
            self.past(of, Word::About)
        } else {
            // "early in 1914", "late on Monday", "early the next morning", "mid- to late August"
            let place = self.past_hyphen(next);
            let ranged = self.is(place, Word::To) && self.any(place + 1, &[Word::Mid, Word::Late]);
            let dashed = self.is_dash(place) && self.is(place + 1, Word::To);
            let place = self.past_hyphen(place + 2 * usize::from(ranged) + 3 * usize::from(dashed));
            let within = self.past(self.past(place, Word::In), Word::On);
            if within > place && from > at {
                return None;
            }
            within
        };
        let part = || self.part_alone(next).filter(|_| !noun);
        let inner = self.bare_period(next).or_else(|| self.point(next, depth + 1)).or_else(part)?;
        if inner.modifier.is_some()
            || matches!(inner.value, Value::Vague(_) | Value::Length(_))
            || inner.kind == Kind::Set
        {
            return None;
        }
        Some(inner.from(at).with(modifier))
    }

    /// "afternoon" of "late afternoon", of the day that the text speaks of
    pub fn part_alone(&self, at: usize) -> Option<Found> {
        let Tag::Part(part) = self.tag(at) else { return None };
        let value = match self.day_meant() {
            Some(day) => Value::DayPart(day, part),
            None => Value::Open(format!("XXXX-XX-XXT{}", part.symbol())),
        };
        Some(Found { anchors: false, ..Found::point(at, at + 1, value) })
    }

    /// "the rest of 496"
    fn rest_of(&self, at: usize, next: usize, depth: usize) -> Option<Found> {
        let of = self.past(next, Word::Of);
        if of == next {
            return None;
        }
        let inner = self.bare_period(of).or_else(|| self.point(of, depth + 1))?;
        Some(inner.from(at))
    }

    /// "the latter part of the year", "the second half of 2008"
    fn part_of(&self, at: usize, from: usize, depth: usize) -> Option<Found> {
        let start = match (self.lower(from), self.tag(from)) {
            ("former" | "opening" | "earlier" | "early", _) | (_, Tag::Ordinal(1)) => true,
            ("latter" | "later" | "late", _)
            | (_, Tag::Is(Word::Last | Word::Final) | Tag::Unit(Unit::Second)) => false,
            _ => return None,
        };
        let next = from + 1;
        let half = matches!(self.tag(next), Tag::Is(Word::Half) | Tag::Unit(Unit::Half));
        let ranked =
            matches!(self.tag(from), Tag::Ordinal(_) | Tag::Unit(_) | Tag::Is(Word::Last | Word::Final));
        let part =
            matches!(self.lower(next), "part" | "parts" | "portion" | "stages" | "days" | "months" | "years");
        let of = self.past(next + 1, Word::Of);
        if !half && (!part || ranked) || of == next + 1 {
            return None;
        }
        let inner = self.bare_period(of).or_else(|| self.point(of, depth + 1))?;
        if inner.modifier.is_some() || inner.value.interval().is_none() {
            return None;
        }
        let modifier = if start { Modifier::Start } else { Modifier::End };
        Some(match inner.value {
            Value::Year(year) if half => {
                let value = Value::Half(year, if start { 1 } else { 2 });
                Found { absolute: inner.absolute, ..Found::point(at, inner.end, value) }
            }
            _ => inner.from(at).with(modifier),
        })
    }

    /// "month's end", "year-end", "the year's end"
    fn period_end(&self, at: usize, from: usize) -> Option<Found> {
        let word = super::read::unowned(self.lower(from));
        let owned = word != self.lower(from);
        let hyphen = self.past_hyphen(from + 1);
        if !matches!(word, "year" | "month" | "week" | "quarter" | "decade" | "century")
            || !owned && hyphen == from + 1 && word != "year"
        {
            return None;
        }
        if !self.is(hyphen, Word::End) || self.is(hyphen + 1, Word::Of) || self.lower(hyphen + 1) == "up" {
            return None;
        }
        let value = self.around(Unit::named(word)?)?;
        Some(Found::point(at, hyphen + 1, value).with(Modifier::End))
    }

    /// The period in which the text stands.
    fn around(&self, unit: Unit) -> Option<Value> {
        let base = if self.context.narrative { self.then() } else { self.context.now };
        match base {
            Some(base) => Some(Value::around(base, unit)),
            None => open_period(unit),
        }
    }

    /// "the year", "the month" behind "the end of"
    pub fn bare_period(&self, at: usize) -> Option<Found> {
        let from = self.past(at, Word::The);
        let Tag::Unit(unit) = self.tag(from) else { return None };
        let short = matches!(unit, Unit::Second | Unit::Minute | Unit::Hour | Unit::Season | Unit::Night);
        let next = from + 1;
        if short
            || from == at && !matches!(unit, Unit::Year | Unit::Month)
            || self.year(next).is_some()
            || self.is(next, Word::Of)
            || self.is_dash(next)
            || self.is_capital(next)
        {
            return None;
        }
        Some(Found::point(at, next, self.around(unit)?))
    }

    /// "earlier this year", "later that month", "later in the summer", "earlier Thursday", "later on Monday"
    pub fn earlier_in(&self, at: usize, depth: usize) -> Option<Found> {
        let modifier = if self.is(at, Word::Earlier) { Modifier::Start } else { Modifier::End };
        let next = self.past(self.past(at + 1, Word::In), Word::On);
        let inner = self.deictic(next, depth + 1).or_else(|| self.day(next, depth + 1)).or_else(|| {
            if next > at + 1 { self.bare_period(next).or_else(|| self.period(next)) } else { None }
        })?;
        if matches!(inner.value, Value::Vague(_) | Value::Length(_)) {
            return None;
        }
        Some(inner.from(at).with(modifier))
    }

    /// A length of time that ends or begins at the day of publication: "the past week", "the next two years".
    pub fn lapse(&self, at: usize, end: usize, length: Length, sign: i64) -> Found {
        let mut found = Found::new(at, end, Kind::Duration, Value::Length(length));
        found.anchors = false;
        let base = if self.context.narrative { None } else { self.context.now };
        let Some(base) = base else { return found };
        let day = base.date().to_datetime(Time::midnight());
        let other =
            if length.grain().is_clock() { length.after(base, sign) } else { length.after(day, sign) };
        found.interval = other.map(|other| {
            if sign < 0 {
                (other, if length.grain().is_clock() { base } else { day })
            } else {
                (if length.grain().is_clock() { base } else { day }, other)
            }
        });
        found
    }

    /// "two years ago", "three days later", "a year earlier", "the week before", "two days after Christmas"
    pub fn shifted(&self, at: usize, depth: usize) -> Option<Found> {
        if let Some(found) = self.shifted_weekday(at) {
            return Some(found);
        }
        let (length, end, modifier) = self.length(at)?;
        self.shift(at, length, end, modifier, depth)
    }

    /// "three Fridays from now", "2 Thursdays ago"
    fn shifted_weekday(&self, at: usize) -> Option<Found> {
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

    fn shift(
        &self,
        at: usize,
        length: Length,
        end: usize,
        modifier: Option<Modifier>,
        depth: usize,
    ) -> Option<Found> {
        let (sign, on_last, end) = match self.tag(end) {
            Tag::Is(Word::Ago) => (-1, false, end + 1),
            Tag::Is(Word::Earlier) => (-1, true, end + 1),
            Tag::Is(Word::Later) => (1, true, end + 1),
            Tag::Is(Word::Hence) => (1, false, end + 1),
            Tag::Is(Word::From) if matches!(self.tag(end + 1), Tag::Is(Word::Present) | Tag::Day(0)) => {
                (1, false, end + 2)
            }
            Tag::Is(Word::Past) if self.lower(end) == "previously" => (-1, true, end + 1),
            Tag::Is(Word::Following)
                if self.is(at, Word::The) && self.token(end + 1).is_none_or(|x| !x.is_word()) =>
            {
                (1, true, end + 1)
            }
            Tag::Is(Word::Before | Word::After | Word::From) => {
                return self.shift_from(at, length, end, modifier, depth);
            }
            _ if self.lower(end) == "back"
                && matches!(length.first.unit, Unit::Year | Unit::Month | Unit::Week | Unit::Day)
                && self.token(end + 1).is_none_or(|x| !x.is_word()) =>
            {
                (-1, false, end + 1)
            }
            _ => return self.in_the_future(at, length, end),
        };
        let base = if on_last { self.then() } else { self.context.now };
        Some(self.moved(at, end, Shift { length, sign, base, modifier, on_last }))
    }

    fn moved(&self, at: usize, end: usize, shift: Shift) -> Found {
        let Shift { length, sign, base, modifier, on_last } = shift;
        let vague = if sign < 0 { value::Vague::Past } else { value::Vague::Future };
        let unknown = |value| Found { anchors: false, ..Found::point(at, end, value) };
        if length.first.count.is_none() {
            return unknown(Value::Vague(vague));
        }
        let grain = match length.grain() {
            // "a decade earlier" is a year, "two decades earlier" a decade.
            Unit::Decade | Unit::Century if length.first.count == Some(1.0) => Unit::Year,
            Unit::Night => Unit::Day,
            Unit::Fortnight | Unit::Weekend => Unit::Week,
            Unit::Season | Unit::Quarter | Unit::Half => Unit::Month,
            Unit::Millennium => Unit::Century,
            grain => grain,
        };
        // "a year and a half ago" is known to the month.
        let grain =
            if length.first.count.is_some_and(|count| count.fract() != 0.0) { finer(grain) } else { grain };
        // "in two weeks" is two weeks from today.
        let grain =
            if self.is(at.wrapping_sub(1), Word::In) && grain == Unit::Week { Unit::Day } else { grain };
        let coarse = on_last
            && self
                .last
                .as_ref()
                .and_then(Value::grain)
                .is_some_and(|last| last > grain && last != Unit::Night);
        let moved = base.filter(|_| !coarse).and_then(|base| length.after(base, sign));
        let mut found = match moved {
            Some(moved) if grain.is_clock() && !self.context.timed => {
                Found::point(at, end, Value::Open(format!("{}TXX", Value::Day(moved.date()).timex())))
            }
            Some(moved) => Found::point(at, end, Value::around(moved, grain)),
            None if coarse => self.coarsely(at, end, grain),
            None => unknown(open_period(grain).unwrap_or(Value::Vague(vague))),
        };
        found.modifier = modifier.map(|modifier| modifier.of_point(sign < 0));
        found
    }

    /// "four days later" after a month: no more than the year is known.
    fn coarsely(&self, at: usize, end: usize, grain: Unit) -> Found {
        let year = self.last.as_ref().and_then(Value::year);
        let open = open_period(grain).map(|value| value.timex()).unwrap_or_default();
        let value = match (year, open.get(4..)) {
            (Some(year), Some(rest)) => Value::Open(format!("{}{rest}", Value::Year(year).timex())),
            _ => Value::Open(open),
        };
        Found { anchors: false, ..Found::point(at, end, value) }
    }

    /// "two days before Christmas", "the day after tomorrow", "three weeks from tomorrow", "two days before"
    fn shift_from(
        &self,
        at: usize,
        length: Length,
        word: usize,
        modifier: Option<Modifier>,
        depth: usize,
    ) -> Option<Found> {
        let sign = if self.is(word, Word::Before) { -1 } else { 1 };
        let dated = self
            .day(word + 1, depth + 1)
            .or_else(|| self.holiday(word + 1))
            .filter(|found| matches!(found.value, Value::Day(_)));
        if let Some(day) = dated {
            let Value::Day(date) = day.value else { return None };
            let moved = length.after(date.to_datetime(Time::midnight()), sign)?;
            let grain = if length.grain().is_clock() { return None } else { Unit::Day };
            return Some(Found {
                absolute: day.absolute,
                ..Found::point(at, day.end, Value::around(moved, grain))
            });
        }
        // "the day after" and "two years before" at the end of a clause lean on the last date.
        let closed = self.token(word + 1).is_none_or(|x| {
            !x.is_word() && !matches!(x.text, "\"" | "“" | "$" | "£") && !x.is_number() && !x.is_dash()
        });
        if !closed || self.is(word, Word::From) {
            return None;
        }
        Some(self.moved(at, word + 1, Shift { length, sign, base: self.then(), modifier, on_last: true }))
    }

    /// "in two weeks", where a verb looks ahead or the day is known to the minute.
    fn in_the_future(&self, at: usize, length: Length, end: usize) -> Option<Found> {
        if !self.is(at.wrapping_sub(1), Word::In) || self.context.narrative || length.first.count.is_none() {
            return None;
        }
        let ahead = self.tense(at - 1, end) == Tense::Future
            || self.context.timed && self.tense(at - 1, end) == Tense::Unknown;
        if !ahead || self.is(end, Word::Of) || self.is_dash(end) {
            return None;
        }
        Some(self.moved(
            at,
            end,
            Shift { length, sign: 1, base: self.context.now, modifier: None, on_last: false },
        ))
    }
}

fn finer(grain: Unit) -> Unit {
    match grain {
        Unit::Year | Unit::Decade | Unit::Century => Unit::Month,
        Unit::Month => Unit::Day,
        Unit::Week => Unit::Day,
        Unit::Day => Unit::Hour,
        other => other,
    }
}

/// A period of which only the sort is known.
pub(super) fn open_period(unit: Unit) -> Option<Value> {
    let text = match unit {
        Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium => "XXXX",
        Unit::Month | Unit::Season => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Half => "XXXX-HX",
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Day => "XXXX-XX-XX",
        Unit::Night => "XXXX-XX-XXTNI",
        Unit::Hour | Unit::Minute | Unit::Second => "XXXX-XX-XXTXX",
    };
    Some(Value::Open(text.to_owned()))
}
