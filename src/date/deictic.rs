//! Periods by how they lie to another: "last week", "this year", "the following day", "that night".

use jiff::civil::DateTime;

use super::clock;
use super::context::Tense;
use super::length::{Length, Unit, days};
use super::lexicon::{Tag, Word};
use super::read::{DEPTH, Found, Reader};
use super::relative::open_period;
use super::value::{self, DayPart, Season, Vague, Value};

/// How a period lies to the one it leans on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    /// How many periods away.
    by: i64,
    /// Whether it leans on the last date of the text, and not on the day of publication.
    on_last: bool,
    /// The word that says so.
    word: Word,
    /// Whether an article stands before it.
    determined: bool,
}

impl Reader<'_> {
    /// "last week", "this year", "the following day", "that night", "earlier this month", "the same period"
    pub fn deictic(&self, at: usize, depth: usize) -> Option<Found> {
        if depth >= DEPTH {
            return None;
        }
        match self.tag(at) {
            Tag::Is(Word::Tonight) => return self.tonight(at),
            Tag::Is(Word::Overnight) => return Some(self.overnight(at)),
            Tag::Is(Word::Earlier | Word::Later) => return self.earlier_in(at, depth),
            _ => {}
        }
        if let Some(found) = self.light(at, depth) {
            return Some(found);
        }
        let from = self.past(at, Word::The);
        if from > at
            && self.tag(from) == Tag::Unit(Unit::Weekend)
            && !self.any(from + 1, &[Word::Before, Word::After, Word::Of])
        {
            // "the weekend" is the one next to the day of publication.
            let step = Step { by: 0, on_last: false, word: Word::This, determined: true };
            return self.step_unit(at, from, Unit::Weekend, step);
        }
        if let Some(found) = self.period_meant(at) {
            return Some(found);
        }
        // "in the morning", "during the afternoon"
        let within = matches!(self.before(at), Tag::Is(Word::In | Word::During | Word::Through));
        if from > at
            && within
            && let Some(part) = self.part_alone(from).filter(|_| !self.is(from + 1, Word::Of))
        {
            return Some(part.from(at));
        }
        if let Some(sign) = self.beyond(from + 1) {
            return self.one_beyond(at, from, sign);
        }
        // "the next-to-last day"
        if self.is_dash(from.wrapping_sub(1)) && self.joined(from) && self.is(from, Word::Last) {
            return None;
        }
        let (step, next) = self.step(from, from > at)?;
        let next = next + usize::from(self.any(next, &[Word::Fiscal, Word::Calendar]));
        match self.tag(next) {
            // "on its last day" is no yesterday.
            Tag::Unit(Unit::Day) if step.word == Word::Last && !step.determined => None,
            // "this years festival"
            Tag::Units(unit) if self.is(from, Word::This) && next == from + 1 => {
                self.step_unit(at, next, unit, step)
            }
            Tag::Unit(unit) => {
                self.step_unit(at, next, unit, step).map(|found| self.part_of_year(self.day_of_week(found)))
            }
            // "that may have been"
            Tag::Month(month) | Tag::ShortMonth(month)
                if self.is_capital(next) || !matches!(self.lower(next), "may" | "march") =>
            {
                self.step_month(at, next, month, step)
            }
            Tag::Season(season) => self.step_season(at, next, season, step),
            Tag::Part(part) => self.step_part(at, next, part, step),
            Tag::Is(Word::Time) => self.step_time(at, next, step),
            _ => None,
        }
    }

    /// "dawn" of "before dawn", "dawn Tuesday", "dusk on 4 May"
    fn light(&self, at: usize, depth: usize) -> Option<Found> {
        let Tag::Part(part) = self.tag(at) else { return None };
        if !matches!(self.lower(at), "dawn" | "daybreak" | "dusk" | "nightfall" | "sunrise" | "sunset") {
            return None;
        }
        let day =
            self.day(self.past(at + 1, Word::On), depth + 1).filter(|day| day.kind == super::Kind::Date);
        if let Some(day) = day
            && let Some(value) = clock::with_part(&day.value, part)
        {
            return Some(Found { absolute: day.absolute, ..Found::point(at, day.end, value) });
        }
        let words = [Word::At, Word::Before, Word::By, Word::Until, Word::Since, Word::After];
        let called = matches!(self.before(at), Tag::Is(word) if words.contains(&word));
        if called { self.part_alone(at) } else { None }
    }

    /// "next week on Tuesday", "last week's Sunday", "this week Monday"
    fn day_of_week(&self, week: Found) -> Found {
        let Value::Week(year, number) = week.value else { return week };
        let next = self.past(week.end, Word::On);
        let weekday = match self.tag(next) {
            Tag::Weekday(weekday) => weekday,
            Tag::ShortWeekday(weekday) if self.is_capital(next) => weekday,
            _ => return week,
        };
        let day =
            value::monday(year, number).and_then(|day| day.checked_add(days(i64::from(weekday) - 1)).ok());
        match day {
            Some(day) => Found { end: next + 1, value: Value::Day(day), ..week },
            None => week,
        }
    }

    /// "last year's third quarter", "next year's first half"
    fn part_of_year(&self, whole: Found) -> Found {
        let Value::Year(year) = whole.value else { return whole };
        let owner = self.lower(whole.end - 1);
        if crate::token::unowned(owner) == owner {
            return whole;
        }
        let Some((number, next)) = self.rank(whole.end) else { return whole };
        let value = match (self.tag(next), i8::try_from(number)) {
            (Tag::Unit(Unit::Quarter), Ok(number @ 1..=4)) => Value::Quarter(year, number),
            (Tag::Unit(Unit::Half) | Tag::Is(Word::Half), Ok(number @ 1..=2)) => Value::Half(year, number),
            _ => return whole,
        };
        Found { end: next + 1, ..Found::point(whole.start, next + 1, value) }
    }

    /// The word of "last week", "this year", "the same day", and the place after it.
    fn step(&self, at: usize, determined: bool) -> Option<(Step, usize)> {
        let Tag::Is(word) = self.tag(at) else { return None };
        let on_last = |by| Step { by, on_last: true, word, determined };
        let on_now = |by| Step { by, on_last: false, word, determined };
        Some(match word {
            Word::Last | Word::Gone => (on_now(-1), at + 1),
            // "in the latest quarter"
            Word::Latest if matches!(self.tag(at + 1), Tag::Unit(Unit::Quarter)) => (on_now(-1), at + 1),
            Word::Next if determined => (on_last(1), at + 1),
            Word::Next | Word::Coming => (on_now(1), at + 1),
            Word::Current => (on_now(0), at + 1),
            // "this past week", said before its Thursday, is the week before.
            Word::This if self.any(at + 1, &[Word::Gone, Word::Last]) => (on_now(self.week_gone()), at + 2),
            Word::This if self.any(at + 1, &[Word::Coming, Word::Next]) => (on_now(1), at + 2),
            Word::This if self.is(at + 1, Word::Same) => (on_last(0), at + 2),
            Word::This => (on_now(0), at + 1),
            Word::That if self.is(at + 1, Word::Same) => (on_last(0), at + 2),
            Word::That | Word::Same => (on_last(0), at + 1),
            Word::Previous => (on_last(-1), at + 1),
            Word::Following if determined => (on_last(1), at + 1),
            _ => return None,
        })
    }

    /// Which way "after next" and "before last" lead.
    pub fn beyond(&self, at: usize) -> Option<i64> {
        match (self.tag(at), self.tag(at + 1)) {
            (Tag::Is(Word::After), Tag::Is(Word::Next)) => Some(1),
            (Tag::Is(Word::Before), Tag::Is(Word::Last)) => Some(-1),
            _ => None,
        }
    }

    /// "the week after next", "March after next", "the year before last"
    fn one_beyond(&self, at: usize, from: usize, sign: i64) -> Option<Found> {
        let now = self.context.now?;
        let year_of = |month: i8| nearest_year(now, month, sign) + i32::from(sign > 0) - i32::from(sign < 0);
        let value = match self.tag(from) {
            Tag::Unit(unit) if !unit.is_clock() => {
                Value::around(Length::of(Some(2.0), unit).after(now, sign)?, unit)
            }
            Tag::Month(month) => Value::Month(year_of(month), month),
            Tag::Season(season) => Value::Season(year_of(season.first_month()), season),
            _ => return None,
        };
        Some(Found::point(at, from + 3, value))
    }

    fn week_gone(&self) -> i64 {
        let weekday = self.context.now.map_or(7, |now| now.weekday().to_monday_one_offset());
        if weekday < 4 { -1 } else { 0 }
    }

    fn base(&self, step: Step) -> Option<DateTime> {
        if step.on_last { self.then() } else { self.now() }
    }

    fn step_unit(&self, at: usize, next: usize, unit: Unit, step: Step) -> Option<Found> {
        let end = next + 1;
        if unit.is_clock() || unit == Unit::Season && self.context.now.is_none() {
            return None;
        }
        // "the past week" and "the last year" are lengths of time; "last week" is a week.
        let length =
            step.determined && matches!(step.word, Word::Gone | Word::Last) || step.word == Word::Gone;
        let named = matches!(unit, Unit::Night | Unit::Weekend | Unit::Season | Unit::Quarter);
        if length && !named {
            return Some(self.lapse(at, end, Length::of(Some(1.0), unit), -1));
        }
        // "over the next year", "the next decade"
        let ahead = step.word == Word::Next && step.determined;
        let within = matches!(
            self.before(at),
            Tag::Is(Word::Over | Word::In | Word::Within | Word::During | Word::For | Word::Through)
        );
        let long = matches!(unit, Unit::Decade | Unit::Century);
        if ahead && (long || within && matches!(unit, Unit::Week | Unit::Month | Unit::Year)) {
            return Some(self.lapse(at, end, Length::of(Some(1.0), unit), 1));
        }
        if step.word == Word::Same && !step.determined {
            return None;
        }
        let wide = self.wide.as_ref().and_then(Value::interval).map(|(from, _)| from);
        let Some(base) = wide.filter(|_| long && step.on_last).or_else(|| self.base(step)) else {
            return Some(Found { anchors: false, ..Found::point(at, end, open_period(unit)?) });
        };
        // "the next day" after "in May 1940" is not known.
        let coarse = self.last.as_ref().and_then(Value::grain).is_some_and(|grain| grain > Unit::Weekend);
        if step.on_last && unit == Unit::Day && coarse {
            let day = if self.context.narrative {
                open_period(unit)?
            } else {
                Value::around(self.context.now?, unit)
            };
            return Some(Found { anchors: false, ..Found::point(at, end, day) });
        }
        let value = match unit {
            Unit::Night => {
                let by = if step.word == Word::Last && !self.context.narrative { -1 } else { step.by.max(0) };
                Value::DayPart(base.checked_add(days(by)).ok()?.date(), DayPart::Night)
            }
            Unit::Weekend => self.weekend(base, step, at, end)?,
            _ if step.by == 0 => Value::around(base, unit),
            _ => Value::around(Length::of(Some(1.0), unit).after(base, step.by)?, unit),
        };
        Some(Found::point(at, end, value))
    }

    /// "this weekend": the last one on a weekday and in the past tense, else the one that comes.
    fn weekend(&self, base: DateTime, step: Step, at: usize, end: usize) -> Option<Value> {
        let weekday = base.weekday().to_monday_one_offset();
        let gone = step.word == Word::This && weekday <= 5 && self.tense(at, end) == Tense::Past;
        // "the following weekend" after a Thursday is two days away.
        let near = step.word == Word::Following && weekday <= 5;
        let by = if gone && step.by == 0 { -1 } else { step.by - i64::from(near) };
        Some(Value::around(base.checked_add(days(by * 7)).ok()?, Unit::Weekend))
    }

    fn step_month(&self, at: usize, next: usize, month: i8, step: Step) -> Option<Found> {
        let (_, end) = self.month(next)?;
        if let Some((year, end)) = self.year(end) {
            return Some(Found::point(at, end, Value::Month(year, month)).absolute());
        }
        let value = match self.base(step) {
            Some(base) => Value::Month(nearest_year(base, month, step.by), month),
            None => Value::Open(format!("XXXX-{month:02}")),
        };
        Some(Found::point(at, end, value))
    }

    fn step_season(&self, at: usize, next: usize, season: Season, step: Step) -> Option<Found> {
        if let Some((year, end)) = self.year(next + 1) {
            return Some(Found::point(at, end, Value::Season(year, season)).absolute());
        }
        let value = match self.base(step) {
            Some(base) => {
                // In January this winter began in December.
                let begun = season == Season::Winter && step.by == 0 && base.month() < 3;
                let year = nearest_year(base, season.first_month(), step.by) - i32::from(begun);
                Value::Season(year, season)
            }
            None => Value::Open(format!("XXXX-{}", season.symbol())),
        };
        Some(Found::point(at, next + 1, value))
    }

    fn step_part(&self, at: usize, next: usize, part: DayPart, step: Step) -> Option<Found> {
        let grain = self.last.as_ref().and_then(Value::grain);
        let known = !step.on_last || grain.is_none_or(|grain| grain <= Unit::Night);
        let value = match self.base(step).filter(|_| known) {
            Some(base) => Value::DayPart(base.checked_add(days(step.by)).ok()?.date(), part),
            None => Value::Open(format!("XXXX-XX-XXT{}", part.symbol())),
        };
        Some(Found { anchors: known, ..Found::point(at, next + 1, value) })
    }

    /// "that time", "this time", "the same period"
    fn step_time(&self, at: usize, next: usize, step: Step) -> Option<Found> {
        use Word::{After, At, Before, By, During, For, From, In, Of, Since, Until};
        let end = next + 1;
        let same = step.word == Word::Same;
        let words = [After, At, Before, By, During, For, From, In, Of, Since, Until];
        let called = matches!(self.before(at), Tag::Is(word) if words.contains(&word));
        if self.is(end, Word::Of) && !same || !called || step.by != 0 {
            return None;
        }
        match self.lower(next) {
            "time" | "moment" | "date" if !same => {
                let vague = if step.word == Word::This { Vague::Present } else { Vague::Past };
                Some(Found { anchors: false, ..Found::point(at, end, Value::Vague(vague)) })
            }
            "period" => {
                // "the same period last year", "the same period of 1988"
                let year = || self.year(self.past(end, Word::Of));
                let year = || year().map(|(year, end)| Found::point(at, end, Value::Year(year)));
                if let Some(found) = self.deictic(end, 1).or_else(year).filter(|_| same) {
                    return Some(found.from(at));
                }
                Some(Found { anchors: false, ..Found::point(at, end, self.last.clone()?) })
            }
            _ => None,
        }
    }

    fn tonight(&self, at: usize) -> Option<Found> {
        let day = self.days_off(at, at + 1, 0);
        let value = match &day.value {
            Value::Vague(_) => Value::Open("XXXX-XX-XXTNI".to_owned()),
            value => clock::with_part(value, DayPart::Night)?,
        };
        Some(Found { anchors: day.anchors, ..Found::point(at, at + 1, value) })
    }

    fn overnight(&self, at: usize) -> Found {
        let value = match self.day_meant() {
            Some(day) => Value::DayPart(day, DayPart::Night),
            None => Value::Open("XXXX-XX-XXTNI".to_owned()),
        };
        Found { anchors: false, ..Found::point(at, at + 1, value) }
    }

    /// The year of "of that year", "this year", "last year".
    pub fn deictic_year(&self, at: usize) -> Option<(i32, usize)> {
        let from = self.past(at, Word::The);
        if !matches!(self.tag(from + 1), Tag::Unit(Unit::Year)) {
            let bare = from > at
                && matches!(self.tag(from), Tag::Unit(Unit::Year))
                && self.is(at.wrapping_sub(1), Word::Of);
            return if bare { Some((i32::from(self.now()?.year()), from + 1)) } else { None };
        }
        let (base, by) = match self.tag(from) {
            Tag::Is(Word::This | Word::Current) => (self.now(), 0),
            Tag::Is(Word::Last | Word::Gone) => (self.now(), -1),
            Tag::Is(Word::Next | Word::Coming) => (self.now(), 1),
            Tag::Is(Word::That | Word::Same) => (self.then(), 0),
            Tag::Is(Word::Previous) => (self.then(), -1),
            Tag::Is(Word::Following) => (self.then(), 1),
            _ => return None,
        };
        Some((i32::from(base?.year()) + by, from + 2))
    }
}

/// The year of a month next to `base`: this one's, the last one's, the next one's.
fn nearest_year(base: DateTime, month: i8, by: i64) -> i32 {
    let own = i32::from(base.year());
    match by {
        ..=-1 if month < base.month() => own,
        ..=-1 => own - 1,
        0 => own,
        _ if month > base.month() => own,
        _ => own + 1,
    }
}
