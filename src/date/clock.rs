//! Times of the clock and parts of the day: "8 p.m.", "14:30 GMT", "noon", "Saturday morning".

use jiff::civil::Date;

use super::length::{Unit, days};
use super::lexicon::{Tag, Word};
use super::read::{DEPTH, Found, Reader};
use super::value::{Clock, DayPart, Value, clock as written};

/// What a time of the day is said by.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Hour {
    Clock(Clock),
    Part(DayPart),
}

/// A time of the day and the place after it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct TimeOfDay {
    hour: Hour,
    end: usize,
    /// Whether its half of the day is known.
    settled: bool,
    /// Whether "a.m." or the like says it.
    said: bool,
}

impl Reader<'_> {
    /// A day, a time of the day, or both: "Saturday", "8 p.m.", "8 p.m. on Saturday", "Saturday at 8 p.m.".
    pub fn day_and_time(&self, at: usize, depth: usize) -> Option<Found> {
        if let Some(time) = self.time_of_day(at) {
            return Some(self.time_then_day(at, time, depth));
        }
        // "tonight at 11", "next week on Tuesday at 9 a.m."
        let part = || {
            self.deictic(at, depth + 1)
                .filter(|found| matches!(found.value, Value::DayPart(..) | Value::Day(_)))
        };
        let day = self.day(at, depth).or_else(part)?;
        Some(self.time_after(&day).unwrap_or(day))
    }

    fn time_then_day(&self, at: usize, time: TimeOfDay, depth: usize) -> Found {
        let next = self.past_comma(time.end);
        let next = self.past(next, Word::On);
        let next =
            if next == time.end || self.is(next - 1, Word::On) { self.past(next, Word::Of) } else { next };
        let day = self.day(next, depth + 1).filter(|day| day.kind == super::Kind::Date && is_day(&day.value));
        if let Some((day, value)) =
            day.and_then(|day| Some((with_time(&day.value, time.hour)?, day))).map(|(v, d)| (d, v))
        {
            let whole = Found { absolute: day.absolute, ..Found::point(at, day.end, value) };
            return self.night_behind(&whole, time).unwrap_or(whole);
        }
        if let Some(found) = self.part_after_clock(at, time, depth) {
            return found;
        }
        let base = self.day_shared(at, time, depth);
        let base = base.map(|day| (day, time.hour)).or_else(|| self.not_yet(self.day_meant()?, at, time));
        let value = match base.and_then(|(day, hour)| with_time(&Value::Day(day), hour)) {
            Some(value) => value,
            None => with_time(&Value::Open("XXXX-XX-XX".to_owned()), time.hour)
                .unwrap_or(Value::Open("XXXX-XX-XXTXX".to_owned())),
        };
        Found::point(at, time.end, value)
    }

    /// "7 o'clock Monday night", "8:30 on Tuesday evening"
    fn night_behind(&self, whole: &Found, time: TimeOfDay) -> Option<Found> {
        let (Value::Clock(day, _), Some(part)) = (&whole.value, self.part(whole.end)) else { return None };
        let clock = late(time, part)?;
        Some(Found { end: whole.end + 1, value: Value::Clock(*day, clock), ..whole.clone() })
    }

    /// "8am this morning", "8 tonight"
    fn part_after_clock(&self, at: usize, time: TimeOfDay, depth: usize) -> Option<Found> {
        let Hour::Clock(_) = time.hour else { return None };
        let part = self.deictic(time.end, depth + 1)?;
        let Value::DayPart(day, part_of_day) = part.value else { return None };
        let clock = late(time, part_of_day)?;
        Some(Found::point(at, part.end, Value::Clock(day, clock)))
    }

    /// The day that a time of a range has from its neighbours: "Tuesday from 2 to 4 p.m.", "2 to 4 p.m. on Tuesday".
    fn day_shared(&self, at: usize, time: TimeOfDay, depth: usize) -> Option<Date> {
        let on = |value: &Value| match value {
            Value::Day(day) | Value::DayPart(day, _) | Value::Clock(day, _) => Some(*day),
            _ => None,
        };
        if let Some(day) = self.last.as_ref().and_then(on).filter(|_| self.last_token + 1 == at)
            && (self.any(at - 1, &[Word::From, Word::Between]) || self.is_joint(at - 1))
        {
            return Some(day);
        }
        if depth >= DEPTH || !self.is_joint(time.end) {
            return None;
        }
        let second = self.clock(time.end + 1)?;
        on(&self.time_then_day(time.end + 1, second, depth + 1).value)
    }

    /// Whether two times of a range may stand on either side of token `at`.
    fn is_joint(&self, at: usize) -> bool {
        self.is_dash(at) || self.any(at, &[Word::To, Word::And, Word::Or, Word::Through, Word::Until])
    }

    /// A time without its half of the day has it from the end of its range: "2:00 – 2:30 p.m.", "from 11 to 1 p.m.".
    fn in_range(&self, time: TimeOfDay) -> Option<TimeOfDay> {
        let Hour::Clock(clock) = time.hour else { return None };
        let second = self.clock(time.end + 1).filter(|second| second.said && self.is_joint(time.end))?;
        let Hour::Clock(last) = second.hour else { return None };
        let before = |hour: &i8| (*hour, clock.minute) < (last.hour, last.minute);
        let hour = [clock.hour % 12 + 12, clock.hour % 12].into_iter().find(before)?;
        let clock = Clock { hour, zone: last.zone, ..clock };
        (time.hour != second.hour).then_some(TimeOfDay {
            hour: Hour::Clock(clock),
            settled: true,
            said: true,
            ..time
        })
    }

    /// "2" of "between 2 and 4pm", "7" of "7–9 p.m."
    fn first_hour(&self, at: usize) -> Option<TimeOfDay> {
        let time = self.bare_hour(at).filter(|_| !self.joined(at) && self.tag(at) == Tag::Number)?;
        let called = self.any(at.checked_sub(1)?, &[Word::From, Word::Between, Word::At]);
        let tight = self.is_dash(time.end) && self.joined(time.end) && self.joined(time.end + 1);
        let range = if called || tight { self.in_range(time) } else { None };
        // "between 10 and 11:30"
        let open = called && !self.is(at - 1, Word::At) && self.is_joint(time.end);
        range.or_else(|| (open && self.clock(time.end + 1).is_some()).then_some(time))
    }

    /// "8" of "at 8 tonight", "9" of "9 tomorrow morning"
    fn hour_before_day(&self, at: usize) -> Option<TimeOfDay> {
        let led = at == 0 || self.any(at - 1, &[Word::At, Word::Until]);
        let time = self.bare_hour(at).filter(|_| led)?;
        let near = match self.tag(time.end) {
            Tag::Is(Word::Tonight) | Tag::Day(_) => true,
            Tag::Is(Word::This) => self.part(time.end + 1).is_some(),
            _ => false,
        };
        near.then_some(time)
    }

    /// "half three", as the British say it
    fn half_hour(&self, at: usize) -> Option<TimeOfDay> {
        let led = at == 0 || self.any(at - 1, &[Word::At, Word::Until, Word::By, Word::About]);
        let hour = matches!(self.tag(at + 1), Tag::Small(1..=12))
            && self.token(at + 2).is_none_or(|x| !x.is_word() && !x.is_dash());
        let time = self.bare_hour(at + 1).filter(|_| led && hour && self.is(at, Word::Half))?;
        let Hour::Clock(clock) = time.hour else { return None };
        Some(TimeOfDay { hour: Hour::Clock(Clock { minute: 30, ..clock }), ..time })
    }

    /// The day and hour of a bare time: where the time of publication is known and it is over, a verb that does not look
    /// back means the later half of the same day, or the next day.
    fn not_yet(&self, day: Date, at: usize, time: TimeOfDay) -> Option<(Date, Hour)> {
        let (Hour::Clock(clock), Some(now), true) = (time.hour, self.context.now, self.context.timed) else {
            return Some((day, time.hour));
        };
        let over = |hour: i8| (hour, clock.minute) < (now.hour(), now.minute()) && day == now.date();
        if !over(clock.hour) || self.tense(at, time.end) == super::context::Tense::Past {
            return Some((day, time.hour));
        }
        if !time.settled && clock.hour < 12 && !over(clock.hour + 12) {
            return Some((day, Hour::Clock(Clock { hour: clock.hour + 12, ..clock })));
        }
        Some((day.checked_add(days(1)).ok()?, time.hour))
    }

    /// The day that a bare time of the day belongs to.
    pub fn day_meant(&self) -> Option<Date> {
        if let (Some(Value::Day(day) | Value::DayPart(day, _) | Value::Clock(day, _)), true) =
            (&self.last, self.context.narrative)
        {
            return Some(*day);
        }
        if self.context.narrative && self.last.is_some() {
            return None;
        }
        self.context.now.map(|now| now.date())
    }

    /// "…, at 8 p.m.", "… morning", "… at noon"
    fn time_after(&self, day: &Found) -> Option<Found> {
        if let Value::DayPart(date, part) = day.value {
            // "this morning @ 10", "tonight at 11"
            let hour = day.end + usize::from(self.is(day.end, Word::At) || self.text(day.end) == "@");
            let time = self.time_of_day(hour).or_else(|| self.bare_hour(hour)).filter(|_| hour > day.end)?;
            return Some(Found {
                end: time.end,
                ..Found::point(day.start, time.end, Value::Clock(date, late(time, part)?))
            });
        }
        if !is_day(&day.value) || day.kind != super::Kind::Date {
            return None;
        }
        let next = self.past_comma(day.end);
        let at = next + usize::from(self.is(next, Word::At) || self.text(next) == "@");
        let by = if at == next { self.past(at, Word::By) } else { at };
        // "Monday about 3 p.m."
        let about = self.past(at, Word::About);
        let night = self.past(self.past(at, Word::In), Word::The);
        if let Tag::Part(part) = self.tag(at) {
            // "Saturday, morning" is a list.
            if at > day.end {
                return None;
            }
            let found = self.joined_day(day, Hour::Part(part), at + 1)?;
            // "Monday morning at 9"
            let hour = self.past(at + 1, Word::At);
            let more = self.time_of_day(hour).filter(|time| matches!(time.hour, Hour::Clock(_)));
            let bare = more.or_else(|| (hour > at + 1).then(|| self.bare_hour(hour)).flatten());
            return match bare {
                Some(time) => self.joined_day(day, Hour::Clock(late(time, part)?), time.end),
                None => Some(found),
            };
        }
        if matches!(self.tag(at), Tag::Unit(Unit::Night)) && at == day.end {
            return self.joined_day(day, Hour::Part(DayPart::Night), at + 1);
        }
        // "from today pm to tomorrow am"
        if self.any(at, &[Word::Am, Word::Pm]) && at == day.end && matches!(self.tag(at - 1), Tag::Day(_)) {
            let ends =
                self.token(at + 1).is_none_or(|x| !x.is_word()) || self.any(at + 1, &[Word::To, Word::Until]);
            let part = if self.is(at, Word::Pm) { DayPart::Afternoon } else { DayPart::Morning };
            return self.joined_day(day, Hour::Part(part), at + 1).filter(|_| ends);
        }
        for place in [at, about, by] {
            if let Some(time) = self.time_of_day(place) {
                return self.joined_day(day, time.hour, time.end).map(|found| self.year_behind(found));
            }
        }
        // "Friday the 26th around 4", but not "around 4 people"
        let closed =
            |time: &TimeOfDay| self.token(time.end).is_none_or(|x| matches!(x.text, "." | "," | "?" | "!"));
        if at > next || about > at {
            let time = self.bare_hour(about).filter(|time| at > next || closed(time))?;
            return self.joined_day(day, time.hour, time.end);
        }
        if night > at + 1 {
            let part = self.part(night)?;
            return self.joined_day(day, Hour::Part(part), night + 1);
        }
        None
    }

    /// "Wed Oct 26 15:50:06 2016": the year of the C library's clock.
    fn year_behind(&self, found: Found) -> Found {
        let (Value::Clock(day, clock), Some((year, end))) = (&found.value, self.year(found.end)) else {
            return found;
        };
        let moved = super::value::day(year, day.month(), day.day())
            .filter(|_| !found.absolute && clock.second.is_some());
        match moved {
            Some(day) => Found { end, absolute: true, value: Value::Clock(day, *clock), ..found },
            None => found,
        }
    }

    fn joined_day(&self, day: &Found, hour: Hour, end: usize) -> Option<Found> {
        let value = with_time(&day.value, hour)?;
        let mut found = Found { absolute: day.absolute, ..Found::point(day.start, end, value) };
        found.others = day.others.iter().filter_map(|other| with_time(other, hour)).collect();
        Some(found)
    }

    pub fn part(&self, at: usize) -> Option<DayPart> {
        match self.tag(at) {
            Tag::Part(part) => Some(part),
            Tag::Unit(Unit::Night) => Some(DayPart::Night),
            _ => None,
        }
    }

    /// A time of the day that says enough to be one.
    fn time_of_day(&self, at: usize) -> Option<TimeOfDay> {
        match self.tag(at) {
            Tag::Noon(hour) => {
                let end = self.zone(at + 1).map_or(at + 1, |(_, end)| end);
                Some(TimeOfDay {
                    hour: Hour::Clock(Clock { hour, minute: 0, second: None, zone: None }),
                    end,
                    settled: true,
                    said: true,
                })
            }
            // "mid-day"
            Tag::Is(Word::Mid) if self.tag(self.past_hyphen(at + 1)) == Tag::Unit(Unit::Day) => {
                let end = self.past_hyphen(at + 1) + 1;
                let noon = Clock { hour: 12, minute: 0, second: None, zone: None };
                (end > at + 2).then_some(TimeOfDay {
                    hour: Hour::Clock(noon),
                    end,
                    settled: true,
                    said: true,
                })
            }
            Tag::Is(Word::The) if matches!(self.tag(at + 1), Tag::Noon(_)) => self.time_of_day(at + 1),
            // "12 noon"
            Tag::Number if matches!(self.tag(at + 1), Tag::Noon(_)) && self.text(at) == "12" => {
                self.time_of_day(at + 1)
            }
            Tag::Is(Word::Overnight) => None,
            Tag::Is(Word::Half | Word::A) | Tag::Unit(Unit::Quarter) => {
                self.past_the_hour(at).or_else(|| self.half_hour(at))
            }
            Tag::Number | Tag::Small(_) | Tag::Tens(_) => {
                let time = self.past_the_hour(at).or_else(|| self.clock(at));
                match time {
                    Some(time) if time.settled => Some(time),
                    Some(time) => self.in_range(time).or(Some(time)),
                    None => self.first_hour(at).or_else(|| self.hour_before_day(at)),
                }
            }
            _ => None,
        }
    }

    /// "half past three", "a quarter to five", "ten minutes past 3 pm"
    fn past_the_hour(&self, at: usize) -> Option<TimeOfDay> {
        let from = self.past(at, Word::A);
        let (minutes, end) = match self.tag(from) {
            Tag::Is(Word::Half) if from == at => (30, at + 1),
            Tag::Unit(Unit::Quarter) => (15, from + 1),
            Tag::Number | Tag::Small(_) | Tag::Tens(_) if from == at => {
                let (minutes, end) = self.small_number(at).filter(|(n, _)| *n < 60)?;
                (
                    minutes,
                    end + usize::from(matches!(
                        self.tag(end),
                        Tag::Units(Unit::Minute) | Tag::Unit(Unit::Minute)
                    )),
                )
            }
            _ => return None,
        };
        let back = match self.tag(end) {
            Tag::Is(Word::Gone | Word::After) => false,
            Tag::Is(Word::To) => true,
            _ => return None,
        };
        let plain = from == at && !matches!(self.tag(at), Tag::Is(Word::Half) | Tag::Unit(_));
        let time = self.time_of_day_plain(end + 1)?;
        // "from 5 to 7 p.m." is no clock; "15 to noon" is one.
        if plain && back && !matches!(self.tag(end + 1), Tag::Noon(_)) && end == at + 1 {
            return None;
        }
        if plain && !time.settled && end == at + 1 {
            return None;
        }
        let Hour::Clock(clock) = time.hour else { return None };
        let total =
            i32::from(clock.hour) * 60 + i32::from(clock.minute) + if back { -minutes } else { minutes };
        let total = total.rem_euclid(24 * 60);
        let (hour, minute) = (i8::try_from(total / 60).ok()?, i8::try_from(total % 60).ok()?);
        Some(TimeOfDay { hour: Hour::Clock(Clock { hour, minute, ..clock }), ..time })
    }

    fn time_of_day_plain(&self, at: usize) -> Option<TimeOfDay> {
        match self.tag(at) {
            Tag::Noon(_) => self.time_of_day(at),
            _ => self.clock(at).or_else(|| self.bare_hour(at)),
        }
    }

    /// A small whole number in digits or in a word.
    pub fn small_number(&self, at: usize) -> Option<(i32, usize)> {
        match self.tag(at) {
            Tag::Number => self.digits(at).map(|(number, _)| (number, at + 1)),
            Tag::Small(number) => Some((i32::from(number), at + 1)),
            Tag::Tens(tens) => {
                let next = self.past_hyphen(at + 1);
                match self.tag(next) {
                    Tag::Small(unit) if unit < 10 => Some((i32::from(tens + unit), next + 1)),
                    _ => Some((i32::from(tens), at + 1)),
                }
            }
            _ => None,
        }
    }

    /// "8", "8:30" without their half of the day, where the words around say that it is a time.
    fn bare_hour(&self, at: usize) -> Option<TimeOfDay> {
        let (hour, end) = self.small_number(at)?;
        let hour = i8::try_from(hour).ok().filter(|hour| (0..=24).contains(hour))?;
        if self.text(end) == ":" && self.joined(end)
            || self.text(end) == "%"
            || matches!(self.tag(end), Tag::Units(_) | Tag::Unit(_))
        {
            return None;
        }
        let clock = Clock { hour: hour % 24, minute: 0, second: None, zone: None };
        Some(TimeOfDay { hour: Hour::Clock(clock), end, settled: false, said: false })
    }

    /// "8 p.m.", "8:30", "20:30 GMT", "9:01:10 AM", "15h30", "1600 GMT", "8 o'clock", "8 in the evening"
    fn clock(&self, at: usize) -> Option<TimeOfDay> {
        let (hour, minute, second, end, marked) = self.hour_and_minute(at)?;
        let (half, after) = self.half_of_day(end);
        let oclock = usize::from(self.is(after, Word::Oclock));
        let (half, after) =
            if oclock == 1 && half.is_none() { self.half_of_day(after + 1) } else { (half, after + oclock) };
        let (zone, last) = match self.zone(after) {
            Some((zone, last)) => (Some(zone), last),
            None if self.lower(after) == "local" && self.lower(after + 1) == "time" => (None, after + 2),
            None => (None, after),
        };
        let four = !marked && (minute != 0 || self.digits(at).is_some_and(|(_, len)| len == 4));
        // "at 1030", but not "at 1500 metres"
        let told = four
            && (self.is(at.wrapping_sub(1), Word::At) || self.is(at.wrapping_sub(1), Word::About))
            && self.t.len() < 8
            && self.token(last).is_none_or(|x| !x.is_word() && x.text != "/");
        if !(marked || half.is_some() || oclock == 1 || four && zone.is_some() || told) {
            return None;
        }
        // "He ran the mile in 3:45"
        let race =
            self.is(at.wrapping_sub(1), Word::In) && half.is_none() && zone.is_none() && second.is_none();
        if race && oclock == 0 {
            return None;
        }
        if half.is_some() && !(1..=12).contains(&hour) {
            return None;
        }
        let hour = match half {
            Some(true) => hour % 12 + 12,
            Some(false) => hour % 12,
            None => hour,
        };
        let clock =
            Clock { hour: i8::try_from(hour).ok()?, minute: i8::try_from(minute).ok()?, second, zone };
        if clock.hour > 24 || clock.minute > 59 || clock.hour == 24 && clock.minute > 0 {
            return None;
        }
        let clock = Clock { hour: clock.hour % 24, ..clock };
        Some(TimeOfDay {
            hour: Hour::Clock(clock),
            end: last,
            settled: half.is_some() || hour > 12 || zone.is_some(),
            said: half.is_some(),
        })
    }

    /// Hour, minute and second, the place after them, and whether a mark shows that they are a time.
    fn hour_and_minute(&self, at: usize) -> Option<(i32, i32, Option<i8>, usize, bool)> {
        if self.tag(at) != Tag::Number {
            let (hour, end) = self.small_number(at).filter(|(hour, _)| *hour <= 12)?;
            // "seven thirty p.m."
            let minute = self.small_number(end).filter(|(minute, _)| {
                (10..60).contains(minute) && matches!(self.tag(end), Tag::Tens(_) | Tag::Small(_))
            });
            return Some(match minute {
                Some((minute, end)) => (hour, minute, None, end, false),
                None => (hour, 0, None, end, false),
            });
        }
        if let Some((hour, minute)) = self.text(at).split_once('.') {
            // "8.30pm"
            let short = hour.len() <= 2 && minute.len() == 2;
            return short
                .then(|| Some((hour.parse().ok()?, minute.parse().ok()?, None, at + 1, false)))
                .flatten();
        }
        let (number, len) = self.digits(at)?;
        if len == 4 {
            return (!self.joined(at + 1) || !self.token(at + 1).is_some_and(|x| x.is_dash())).then_some((
                number / 100,
                number % 100,
                None,
                at + 1,
                false,
            ));
        }
        if len > 2 || number > 24 {
            return None;
        }
        let colon = self.text(at + 1) == ":" && self.joined(at + 1) && self.joined(at + 2);
        if let Some((minute, 2)) = self.digits(at + 2).filter(|_| colon) {
            let more = self.text(at + 3) == ":" && self.joined(at + 3) && self.joined(at + 4);
            if let Some((second, 2)) = self.digits(at + 4).filter(|_| more) {
                return Some((number, minute, i8::try_from(second).ok().filter(|s| *s < 60), at + 5, true));
            }
            // "a 3:45 lead", "2:1" and verses are no times, but their minutes have two digits as well.
            let hours = usize::from(self.lower(at + 3) == "hrs" || self.is(at + 3, Word::Hours));
            return Some((number, minute, None, at + 3 + hours, true));
        }
        if self.is(at + 1, Word::Hours) && self.joined(at + 1) {
            return match self.digits(at + 2).filter(|_| self.joined(at + 2)) {
                Some((minute, 2)) => Some((number, minute, None, at + 3, true)),
                // "for 3h" is a length.
                _ if self.is(at.wrapping_sub(1), Word::For) => None,
                _ => Some((number, 0, None, at + 2, true)),
            };
        }
        Some((number, 0, None, at + 1, false))
    }

    /// "a.m.", "pm", "p", "in the morning": whether it is the later half, and the place after it.
    fn half_of_day(&self, at: usize) -> (Option<bool>, usize) {
        let dotted = |at: usize| {
            at + usize::from(self.text(at) == "." && self.joined(at) && self.text(at - 1).contains('.'))
        };
        match self.tag(at) {
            Tag::Is(Word::Am)
                if self.lower(at) != "am"
                    || self.is_capital(at)
                    || self.joined(at)
                    || matches!(self.before(at), Tag::Number | Tag::Small(_) | Tag::Tens(_)) =>
            {
                (Some(false), dotted(at + 1))
            }
            Tag::Is(Word::Pm) => (Some(true), dotted(at + 1)),
            Tag::Is(Word::A) if self.joined(at) && self.text(at) == "a" => (Some(false), at + 1),
            _ if self.joined(at) && self.lower(at) == "p" && self.is_hour(at) => (Some(true), at + 1),
            _ if matches!(self.lower(at), "a" | "p") && self.lower(at + 1) == "m" => {
                (Some(self.lower(at) == "p"), at + 2)
            }
            Tag::Is(Word::In) => {
                let next = self.past(at + 1, Word::The);
                match self.tag(next) {
                    Tag::Part(part) => (Some(part.is_late()), next + 1),
                    Tag::Is(Word::Am) if next > at + 1 => (Some(false), next + 1),
                    Tag::Is(Word::Pm) if next > at + 1 => (Some(true), next + 1),
                    _ => (None, at),
                }
            }
            _ => (None, at),
        }
    }

    /// Whether a bare "p" stands behind an hour, and not behind a price: "at 7p", "4:30p", but neither "fell 4p" nor "a 4p rise".
    fn is_hour(&self, at: usize) -> bool {
        let Some(number) = at.checked_sub(1) else { return false };
        let led = matches!(
            self.before(number),
            Tag::Is(Word::At | Word::Until) | Tag::Weekday(_) | Tag::ShortWeekday(_)
        );
        let after_hour =
            matches!(self.before(number), Tag::Is(Word::To)) && number > 1 && self.lower(number - 2) == "a";
        led || after_hour || number == 0 || self.text_before(number) == ":" || self.zone(at + 1).is_some()
    }

    /// "GMT", "EST", "(GMT)", "local time"
    fn zone(&self, at: usize) -> Option<(i16, usize)> {
        let open = usize::from(self.text(at) == "(");
        let Tag::Zone(zone) = self.tag(at + open) else {
            return None;
        };
        let lower = self.lower(at + open);
        // "ist", "et" and "ct" are words as well.
        if !self.is_capital(at + open) && !matches!(lower, "gmt" | "utc" | "est" | "pst") {
            return None;
        }
        let dot =
            usize::from(self.text(at + open + 1) == "." && lower.contains('.') && self.joined(at + open + 1));
        let end = at + open + 1 + dot;
        if open == 1 {
            return (self.text(end) == ")").then_some((zone, end + 1));
        }
        Some((zone, end))
    }

    /// A day: "today", "the day after tomorrow", "Saturday", "Tuesday, September 1", "24 February", "the 20th".
    pub fn day(&self, at: usize, depth: usize) -> Option<Found> {
        self.calendar_day(at)
            .or_else(|| self.weekday(at, depth))
            .or_else(|| self.near_day(at))
            .or_else(|| self.day_of_month(at, depth))
            .or_else(|| self.holiday(at))
    }

    /// "today", "yesterday's", "the day before yesterday"
    fn near_day(&self, at: usize) -> Option<Found> {
        let from = self.past(at, Word::The);
        if matches!(self.tag(from), Tag::Unit(Unit::Day)) && self.any(from + 1, &[Word::Before, Word::After])
        {
            let sign = if self.is(from + 1, Word::After) { 1 } else { -1 };
            let Tag::Day(day) = self.tag(from + 2) else { return None };
            return (i64::from(day) == sign).then(|| self.days_off(at, from + 3, 2 * sign));
        }
        match self.tag(at) {
            Tag::Day(day) => Some(self.days_off(at, at + 1, i64::from(day))),
            _ => None,
        }
    }

    /// `n` days from the day of publication.
    pub fn days_off(&self, at: usize, end: usize, n: i64) -> Found {
        let base = self.context.now.filter(|_| n != 0 || !self.context.narrative);
        let day = base.and_then(|now| now.checked_add(days(n)).ok());
        match day {
            Some(day) => Found::point(at, end, Value::Day(day.date())),
            None if n == 0 && self.context.now.is_some() => {
                Found { anchors: false, ..Found::point(at, end, Value::Vague(super::value::Vague::Present)) }
            }
            None => Found { anchors: false, ..Found::point(at, end, Value::Open("XXXX-XX-XX".to_owned())) },
        }
    }
}

/// The clock of a bare hour on an afternoon or evening.
fn late(time: TimeOfDay, part: DayPart) -> Option<Clock> {
    let Hour::Clock(clock) = time.hour else { return None };
    let later = part.is_late() && !time.settled && (1..12).contains(&clock.hour);
    let midnight = part == DayPart::Morning && clock.hour == 12 && !time.settled;
    Some(Clock {
        hour: if later {
            clock.hour + 12
        } else if midnight {
            0
        } else {
            clock.hour
        },
        ..clock
    })
}

/// Whether a time of the day may be put to it.
fn is_day(value: &Value) -> bool {
    match value {
        Value::Day(_) => true,
        Value::Open(text) => !text.contains('T') && (text.len() == 10 || text.starts_with("XXXX-WXX-")),
        _ => false,
    }
}

/// A day with a time of the day.
fn with_time(day: &Value, hour: Hour) -> Option<Value> {
    Some(match (day, hour) {
        (Value::Day(day), Hour::Clock(clock)) => Value::Clock(*day, clock),
        (Value::Day(day), Hour::Part(part)) => Value::DayPart(*day, part),
        (Value::Open(text), Hour::Clock(clock)) => Value::Open(format!("{text}{}", written(clock))),
        (Value::Open(text), Hour::Part(part)) => Value::Open(format!("{text}T{}", part.symbol())),
        _ => return None,
    })
}

/// A day with a part of it.
pub(super) fn with_part(day: &Value, part: DayPart) -> Option<Value> {
    with_time(day, Hour::Part(part))
}
