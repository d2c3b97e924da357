//! Dates that lean on another: "Saturday", "last week", "the following year", "the end of August".

use jiff::civil::{DateTime, Time};

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
        // "the first time since 2008 that they play on Sept. 7" says nothing of 2008.
        if self.last_since || self.last.as_ref().and_then(Value::year).is_none() {
            return false;
        }
        if !self.last_absolute
            || token.span.start() < self.last_end
            || token.span.start() - self.last_end > 200
        {
            return false;
        }
        let between = crate::text::Span::new(self.last_end, token.span.start()).of(self.t.text());
        !between.contains(['.', '\n', '!', '?'])
    }

    /// The year of a month or a day that comes without one.
    pub fn year_of(&self, month: i8, day: Option<i8>, at: usize, end: usize) -> Option<i32> {
        let ruled = self.ruled_by_last(at) && self.direction(at, end) != Tense::Future;
        if self.context.narrative || ruled {
            if let Some(last) = self.last_start() {
                return Some(self.year_near(last, month, at));
            }
            if self.context.narrative && self.last.is_some() {
                return None;
            }
        }
        let now = self.context.now?;
        let tense = self.direction(at, end);
        let ahead = self.last_start().filter(|last| *last > now && self.is_near(at) && tense != Tense::Past);
        let own = i32::from(now.year());
        let distance = i32::from(month) - i32::from(now.month());
        if let Some(ahead) = ahead {
            // "next month … December, January and February" goes on from what lies ahead.
            let year = self.year_near(ahead, month, at);
            let gone = tense == Tense::Future && year == own && distance < -1;
            return Some(year + i32::from(gone));
        }
        let later = distance > 0 || distance == 0 && day.is_some_and(|day| day > now.day());
        // "since May 5" cannot lie ahead.
        let surely = matches!(self.before(at), Tag::Is(Word::Since | Word::Gone | Word::Last));
        Some(match (tense, later) {
            // "will open on 3 May", said in June
            (Tense::Future, false) if distance < -1 => own + 1,
            // "On 5 May" is told of in March ahead of the day more often than ten months after it.
            (Tense::Past, true) if surely || distance > if day.is_some() { 2 } else { 0 } => own - 1,
            (Tense::Unknown, true) if distance > 3 => own - 1,
            (Tense::Unknown, false) if distance < -9 => own + 1,
            _ => own,
        })
    }

    /// The last date, where what begins at token `at` is the end of a range from it: "Monday through Friday".
    pub fn range_start(&self, at: usize) -> Option<&Value> {
        let joint = at.checked_sub(1).filter(|joint| *joint == self.last_token)?;
        let joined = self.is_dash(joint) || self.any(joint, &[Word::To, Word::Through, Word::Until]);
        self.last.as_ref().filter(|_| joined)
    }

    /// The year of the end of a range whose start is the last date: "from 2 July to 10 July", "November to March".
    pub fn year_of_second(&self, at: usize, month: i8, day: Option<i8>) -> Option<i32> {
        let first = match self.range_start(at)? {
            first @ (Value::Day(_) | Value::Month(..)) => first.first_day()?,
            _ => return None,
        };
        let before = (month, day.unwrap_or(31)) < (first.month(), first.day());
        Some(i32::from(first.year()) + i32::from(before))
    }

    /// Whether the last date stands close before token `at`.
    fn is_near(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.span.start().saturating_sub(self.last_end) < 250)
    }

    /// The year that brings a month nearest to the last date: a story goes on more often than back.
    fn year_near(&self, last: DateTime, month: i8, at: usize) -> i32 {
        let year = i32::from(last.year());
        if matches!(self.last, Some(Value::Year(_))) {
            return year;
        }
        match i32::from(month) - i32::from(last.month()) {
            ..=-7 if self.is_near(at) || self.goes_on_past(year, at) => year + 1,
            9.. => year - 1,
            _ => year,
        }
    }

    /// Whether the text names a year after `year` soon after token `at`: else it has gone back, and not on.
    fn goes_on_past(&self, year: i32, at: usize) -> bool {
        let years = &self.context.years;
        let next = years.partition_point(|(place, _)| *place <= at);
        let mut ahead = years.get(next..).unwrap_or(&[]).iter().take(3).peekable();
        years.is_empty() || ahead.peek().is_some() && ahead.any(|(_, named)| *named > year)
    }

    /// The tense, or what a relation word says of it: "by Friday" and "until May" look ahead, "since May" back.
    pub fn direction(&self, at: usize, end: usize) -> Tense {
        match self.before(at) {
            // "no later than Friday, they said"
            Tag::Is(Word::Than) if self.is(at.wrapping_sub(2), Word::Later) => Tense::Future,
            Tag::Is(Word::Since | Word::Gone | Word::Last) => Tense::Past,
            Tag::Is(Word::Until | Word::Next | Word::Coming) => match self.tense(at, end) {
                Tense::Past => Tense::Past,
                _ => Tense::Future,
            },
            _ => self.tense(at, end),
        }
    }

    /// "the end of August", "early April", "mid-1916", "late in the year", "month's end", "the latter half of 2008"
    pub fn positional(&self, at: usize, depth: usize) -> Option<Found> {
        let from = self.past(at, Word::The);
        if let Some(found) = self.early_hours(at, from, depth) {
            return Some(found);
        }
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

    /// "the early hours of Saturday", "the small hours"
    fn early_hours(&self, at: usize, from: usize, depth: usize) -> Option<Found> {
        let small = matches!(self.lower(from), "early" | "small" | "wee") && self.lower(from + 1) == "hours";
        if !small || from == at {
            return None;
        }
        let end = from + 2;
        let of = self.past(self.past(end, Word::Of), Word::On);
        let day = self.day(of, depth + 1).filter(|day| of > end && day.kind == Kind::Date);
        let part = super::value::DayPart::Morning;
        let found = match day {
            // "the early hours of Monday morning"
            Some(day) => {
                let value = super::clock::with_part(&day.value, part)?;
                let end = day.end + usize::from(self.part(day.end) == Some(part));
                Found { absolute: day.absolute, ..Found::point(at, end, value) }
            }
            None if of > end => return None,
            None => {
                let day = self.day_meant()?;
                Found { anchors: false, ..Found::point(at, end, Value::DayPart(day, part)) }
            }
        };
        Some(found.with(Modifier::Start))
    }

    /// "afternoon" of "late afternoon", of the day that the text speaks of
    pub fn part_alone(&self, at: usize) -> Option<Found> {
        let Tag::Part(part) = self.tag(at) else { return None };
        // "mid-afternoon Thursday"
        let named = matches!(self.tag(at + 1), Tag::Weekday(_) | Tag::Day(_));
        if let Some(day) = self.day(at + 1, super::read::DEPTH - 1).filter(|_| named)
            && let Some(value) = super::clock::with_part(&day.value, part)
        {
            return Some(Found::point(at, day.end, value));
        }
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
        let word = crate::token::unowned(self.lower(from));
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

    fn shift(
        &self,
        at: usize,
        length: Length,
        end: usize,
        modifier: Option<Modifier>,
        depth: usize,
    ) -> Option<Found> {
        let (sign, on_last, end) = match self.tag(end) {
            Tag::Is(Word::Ago) => {
                if let Some(found) = self.ago_to_the_day(at, end + 1, length) {
                    return Some(found);
                }
                (-1, false, end + 1)
            }
            Tag::Is(Word::Earlier) => (-1, true, end + 1),
            Tag::Is(Word::Later) => (1, true, end + 1),
            Tag::Is(Word::Hence) => (1, false, end + 1),
            Tag::Is(Word::From) if matches!(self.tag(end + 1), Tag::Is(Word::Present) | Tag::Day(0)) => {
                (1, false, end + 2)
            }
            _ if self.lower(end) == "previously" => (-1, true, end + 1),
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
            _ => match self.past_time(at, end) {
                Some(end) => (1, self.context.narrative, end),
                None => return self.in_the_future(at, length, end),
            },
        };
        let base = if on_last { self.then() } else { self.context.now };
        Some(self.moved(at, end, Shift { length, sign, base, modifier, on_last }))
    }

    /// "a year ago today", "a week ago Friday", "two years ago this month": known closer than by its unit.
    fn ago_to_the_day(&self, at: usize, end: usize, length: Length) -> Option<Found> {
        let now = self.context.now.filter(|_| !self.context.narrative)?;
        let today = now.date().to_datetime(Time::midnight());
        let (from, grain, end) = match self.tag(end) {
            Tag::Day(0) => (today, Unit::Day, end + 1),
            Tag::Weekday(weekday) if self.is_capital(end) && length.grain() >= Unit::Week => {
                let back = i64::from((now.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
                (today.checked_sub(days(back)).ok()?, Unit::Day, end + 1)
            }
            Tag::Is(Word::This) => match self.tag(end + 1) {
                Tag::Unit(grain @ (Unit::Week | Unit::Month)) if grain < length.grain() => {
                    (today, grain, end + 2)
                }
                _ => return None,
            },
            _ => return None,
        };
        Some(Found::point(at, end, Value::around(length.after(from, -1)?, grain)))
    }

    /// The place after "time" of "in two weeks' time", "in a year's time".
    fn past_time(&self, at: usize, end: usize) -> Option<usize> {
        let unit = self.lower(end - 1);
        let mark = usize::from(self.tag(end) == Tag::Quote);
        let owner = mark == 1 || crate::token::unowned(unit) != unit;
        (owner && self.lower(end + mark) == "time" && self.is(at.wrapping_sub(1), Word::In))
            .then_some(end + mark + 1)
    }

    fn moved(&self, at: usize, end: usize, shift: Shift) -> Found {
        let Shift { length, sign, base, modifier, on_last } = shift;
        let vague = if sign < 0 { value::Vague::Past } else { value::Vague::Future };
        let unknown = |value| Found { anchors: false, ..Found::point(at, end, value) };
        if length.first.count.is_none() {
            // "weeks later" of what is told of is no time to come.
            let told = on_last && sign > 0 && matches!(self.tag(at), Tag::Units(_));
            let open = open_period(length.grain()).filter(|_| told);
            return unknown(open.unwrap_or(Value::Vague(vague)));
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
        // "from $3 million a year earlier", said twice, is the same year.
        found.anchors &= self.context.narrative || !(on_last && sign < 0);
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
        // "for five days from February 17" is a length and a day.
        let lasts =
            self.any(at.wrapping_sub(1), &[Word::For, Word::In, Word::Over, Word::Within, Word::During]);
        let near = matches!(self.tag(word + 1), Tag::Day(_) | Tag::Weekday(_));
        let from_day = self.is(word, Word::From) && lasts && !near;
        let dated = self
            .day(word + 1, depth + 1)
            .or_else(|| self.holiday(word + 1))
            .filter(|found| matches!(found.value, Value::Day(_)));
        // "64 days from November 21, 1948" is what it lasted.
        let told = |day: &Found| self.is(word, Word::From) && (day.absolute || self.context.narrative);
        if let Some(day) = dated.filter(|day| !from_day && !told(day)) {
            let Value::Day(date) = day.value else { return None };
            // "a week from Tuesday" counts from the Tuesday that comes.
            let gone = self.is(word, Word::From)
                && matches!(self.tag(word + 1), Tag::Weekday(_))
                && self.context.now.is_some_and(|now| date < now.date());
            let date = if gone { date.checked_add(days(7)).ok()? } else { date };
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

    /// Whether "in" at `at` says for how long something was the first or the most: "for the first time in 12 years".
    fn is_record(&self, at: usize) -> bool {
        let extreme = |at: usize| {
            let word = self.lower(at);
            matches!(self.tag(at), Tag::Ordinal(_) | Tag::Is(Word::Most | Word::Only | Word::Least))
                || word.len() > 4 && word.ends_with("est")
                || matches!(word, "time" | "worst" | "best")
        };
        (1..=5)
            .filter_map(|step| at.checked_sub(step))
            .take_while(|at| self.token(*at).is_some_and(|x| x.is_word()))
            .any(extreme)
    }

    /// "in two weeks", where a verb looks ahead or the day is known to the minute.
    fn in_the_future(&self, at: usize, length: Length, end: usize) -> Option<Found> {
        if !self.is(at.wrapping_sub(1), Word::In) || self.context.narrative || length.first.count.is_none() {
            return None;
        }
        let ahead = self.tense(at - 1, end) == Tense::Future
            || self.context.timed && self.tense(at - 1, end) == Tense::Unknown;
        if !ahead || self.is(end, Word::Of) || self.is_dash(end) || self.is_record(at - 1) {
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
        Unit::Decade | Unit::Century => Unit::Year,
        Unit::Year => Unit::Month,
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
