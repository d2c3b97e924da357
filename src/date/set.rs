//! What comes again and again: "daily", "every Monday", "twice a year", "300 cars a day".

use super::Kind;
use super::length::{Length, Unit};
use super::lexicon::{Tag, Word};
use super::read::{Found, Reader};
use super::value::Value;

impl Reader<'_> {
    /// What comes again: "daily", "every Monday", "twice a year", "per week", "Mondays".
    pub fn set(&self, at: usize) -> Option<Found> {
        let set =
            |end: usize, value: Value| Found { anchors: false, ..Found::new(at, end, Kind::Set, value) };
        let one = |unit: Unit| Value::Length(Length::of(Some(1.0), unit));
        match self.tag(at) {
            // "the China Daily", "Weekly Times"
            Tag::Adverb(_)
                if self.is_capital(at) && (!self.starts_sentence(at) || self.is_capital(at + 1)) =>
            {
                None
            }
            Tag::Adverb(unit) => Some(set(at + 1, one(unit))),
            Tag::Is(Word::Every | Word::Each) => self.every(at),
            Tag::Is(Word::Per) => {
                let (unit, end) = self.unit(at + 1)?;
                Some(set(end, one(unit)))
            }
            Tag::Weekdays(day) if self.is_capital(at) && self.tag(at + 1) != Tag::Is(Word::Plural) => {
                Some(set(at + 1, Value::Open(format!("XXXX-WXX-{day}"))))
                    .filter(|_| day > 0 && !self.any(at + 1, &[Word::Ago, Word::From]))
            }
            Tag::Units(Unit::Weekend) if matches!(self.before(at), Tag::Is(Word::On | Word::At)) => {
                Some(set(at + 1, Value::Open("XXXX-WXX-WE".to_owned())))
            }
            Tag::Times(times) => self.times(at, at + 1, i32::from(times)),
            Tag::Number | Tag::Small(_) if self.is(at + 1, Word::TimesOf) => {
                let (times, end) = self.small_number(at)?;
                self.times(at, end + 1, times)
            }
            Tag::Is(Word::A) => {
                let (unit, end) = self
                    .unit(at + 1)
                    .filter(|(unit, _)| !matches!(unit, Unit::Quarter | Unit::Half | Unit::Season))?;
                (self.is_rate(at)
                    && !self.any(
                        end,
                        &[
                            Word::Ago,
                            Word::Earlier,
                            Word::Later,
                            Word::Before,
                            Word::After,
                            Word::And,
                            Word::Old,
                        ],
                    ))
                .then(|| set(end, one(unit)))
            }
            _ => None,
        }
    }

    /// "twice a year", "three times per week"
    fn times(&self, at: usize, next: usize, times: i32) -> Option<Found> {
        let next = next + usize::from(self.any(next, &[Word::A, Word::Per, Word::Every, Word::Each]));
        if !self.any(next - 1, &[Word::A, Word::Per, Word::Every, Word::Each]) {
            let Tag::Adverb(unit) = self.tag(next) else { return None };
            return Some(Found {
                frequency: Some(format!("{times}X")),
                anchors: false,
                ..Found::new(at, next + 1, Kind::Set, Value::Length(Length::of(Some(1.0), unit)))
            });
        }
        let (unit, end) = self.unit(next)?;
        Some(Found {
            frequency: Some(format!("{times}X")),
            anchors: false,
            ..Found::new(at, end, Kind::Set, Value::Length(Length::of(Some(1.0), unit)))
        })
    }

    /// "every day", "every two weeks", "every other Monday", "each morning"
    fn every(&self, at: usize) -> Option<Found> {
        let other = self.lower(at + 1) == "other"
            || self.lower(at + 1) == "second" && matches!(self.tag(at + 2), Tag::Unit(_) | Tag::Weekday(_));
        let next = at + 1 + usize::from(other) + usize::from(self.is(at + 1, Word::Full));
        let set = |end: usize, value: Value| {
            Some(Found { anchors: false, ..Found::new(at, end, Kind::Set, value) })
        };
        match self.tag(next) {
            Tag::Unit(Unit::Season | Unit::Half) => None,
            Tag::Unit(unit) => {
                let day = unit == Unit::Day && self.part(next + 1).is_some();
                let _ = day;
                set(next + 1, Value::Length(Length::of(Some(if other { 2.0 } else { 1.0 }), unit)))
            }
            Tag::Weekday(day) | Tag::ShortWeekday(day) => {
                let open = format!("XXXX-WXX-{day}");
                match self.part(next + 1) {
                    Some(part) => set(next + 2, Value::Open(format!("{open}T{}", part.symbol()))),
                    None => set(next + 1, Value::Open(open)),
                }
            }
            Tag::Part(part) => set(next + 1, Value::Open(format!("XXXX-XX-XXT{}", part.symbol()))),
            Tag::Month(month) => set(next + 1, Value::Open(format!("XXXX-{month:02}"))),
            Tag::Season(season) => set(next + 1, Value::Open(format!("XXXX-{}", season.symbol()))),
            Tag::Number | Tag::Small(_) | Tag::Tens(_) | Tag::Is(Word::Vague) => {
                let (length, end) = self.plain_length(next)?;
                set(end, Value::Length(length))
            }
            _ => None,
        }
    }

    /// Whether "a day" is a rate: "25,000 barrels a day", "$5 a day", not "for a day".
    fn is_rate(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        if matches!(self.tag(before), Tag::Is(_)) && !matches!(self.tag(before), Tag::Is(Word::TimesOf)) {
            return false;
        }
        let verb = matches!(
            self.lower(before),
            "took"
                | "take"
                | "takes"
                | "lasted"
                | "lasts"
                | "last"
                | "spent"
                | "spend"
                | "spends"
                | "lasting"
                | "quite"
                | "than"
                | "such"
                | "what"
                | "was"
                | "is"
                | "be"
                | "had"
                | "have"
                | "has"
        );
        if verb || self.tokens_mark(before) {
            return false;
        }
        // A number stands at most four words before: "25,000 barrels of oil a day".
        (0..5)
            .filter_map(|step| before.checked_sub(step))
            .take_while(|at| {
                !self.tokens_mark(*at) || self.is_dash(*at) || matches!(self.text(*at), "$" | "£" | "€" | "%")
            })
            .any(|at| {
                matches!(
                    self.tag(at),
                    Tag::Number
                        | Tag::Small(_)
                        | Tag::Tens(_)
                        | Tag::Is(Word::Hundred | Word::Thousand)
                        | Tag::Dozen
                ) || matches!(
                    self.lower(at),
                    "million" | "billion" | "thousands" | "hundreds" | "dozens" | "cents"
                )
            })
    }

    fn tokens_mark(&self, at: usize) -> bool {
        self.token(at).is_some_and(|x| !x.is_word() && !x.is_number())
    }
}
