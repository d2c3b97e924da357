//! Lengths of time, what comes again and again, and words for now and then.

use super::length::{Length, Part, Unit};
use super::lexicon::{Tag, Word};
use super::read::{Found, Reader};
use super::value::{Vague, Value};
use super::{Kind, Modifier};
use crate::number::{self, Decimal};

impl Reader<'_> {
    /// A length with what stands before its number: "more than two years", "about a week", "half an hour".
    pub fn length(&self, at: usize) -> Option<(Length, usize, Option<Modifier>)> {
        let (modifier, from) = self.approximation(at).map_or((None, at), |(m, from)| (Some(m), from));
        let (length, end) = self.plain_length(from)?;
        Some((length, end, modifier))
    }

    /// "about", "more than", "at least", "up to", "nearly", "just over", and the place after it.
    pub fn approximation(&self, at: usize) -> Option<(Modifier, usize)> {
        let at =
            if self.is(at, Word::Only) && self.any(at + 1, &[Word::Over, Word::Under]) { at + 1 } else { at };
        let than = |at: usize| self.is(at + 1, Word::Than);
        Some(match self.tag(at) {
            Tag::Is(Word::About) => (Modifier::Approx, at + 1),
            Tag::Is(Word::Vague)
                if self.lower(at) == "some"
                    && !matches!(self.tag(at + 1), Tag::Units(_) | Tag::Unit(_) | Tag::None) =>
            {
                (Modifier::Approx, at + 1)
            }
            Tag::Is(Word::Nearly) => (Modifier::LessThan, at + 1),
            Tag::Is(Word::Over) => (Modifier::MoreThan, at + 1),
            Tag::Is(Word::Under) => (Modifier::LessThan, at + 1),
            Tag::Is(Word::More) if than(at) => (Modifier::MoreThan, at + 2),
            Tag::Is(Word::Less) if than(at) => (Modifier::LessThan, at + 2),
            Tag::Is(Word::At) if self.is(at + 1, Word::Least) => (Modifier::EqualOrMore, at + 2),
            Tag::Is(Word::At) if self.is(at + 1, Word::Most) => (Modifier::EqualOrLess, at + 2),
            Tag::Is(Word::Up) if self.is(at + 1, Word::To) => (Modifier::EqualOrLess, at + 2),
            Tag::Is(Word::No | Word::Not) if self.is(at + 1, Word::More) && than(at + 1) => {
                (Modifier::EqualOrLess, at + 3)
            }
            Tag::Is(Word::No | Word::Not) if self.is(at + 1, Word::Less) && than(at + 1) => {
                (Modifier::EqualOrMore, at + 3)
            }
            Tag::Is(Word::A)
                if self.lower(at + 1) == "little" && self.is(at + 2, Word::More) && than(at + 2) =>
            {
                (Modifier::MoreThan, at + 4)
            }
            Tag::Is(Word::A) if self.lower(at + 1) == "little" && self.is(at + 2, Word::Over) => {
                (Modifier::MoreThan, at + 3)
            }
            _ => return None,
        })
    }

    /// "two years", "an hour and a half", "one hour and 30 minutes", "a few days", "weeks"
    pub fn plain_length(&self, at: usize) -> Option<(Length, usize)> {
        if let Some(found) = self.half_length(at) {
            return Some(found);
        }
        if let Some(found) = self.bare_length(at) {
            return Some(found);
        }
        let (count, end) = self.count(at)?;
        // "[Ten] years ago"
        let end = end + usize::from(self.text(end) == "]" && self.text_before(at) == "[");
        let next = self.filler(self.past_hyphen(end), count);
        let (unit, end) = self.unit(next)?;
        // "a second man", "a quarter of", "a half": no length.
        if matches!(unit, Unit::Second | Unit::Quarter | Unit::Half | Unit::Season)
            && self.is(at, Word::A)
            && next == at + 1
        {
            return None;
        }
        // "a day-care centre", "some quarters"
        let hyphen = self.is_dash(end) && self.joined(end) && self.joined(end + 1);
        let aged = self.is(end + 1, Word::Old) || matches!(self.lower(end + 1), "long" | "and");
        if hyphen && !aged && self.is(at, Word::A) || count.is_none() && unit == Unit::Quarter {
            return None;
        }
        if unit == Unit::Half || unit == Unit::Season && self.is_capital(next) {
            return None;
        }
        let length = Length::of(count, unit);
        Some(self.longer(length, end, count))
    }

    /// "… and a half", "… and 30 minutes"
    fn longer(&self, length: Length, end: usize, count: Option<f64>) -> (Length, usize) {
        let Some(count) = count else { return (length, end) };
        let and = self.past_hyphen(end);
        if self.is(and, Word::And) {
            let next = self.past_hyphen(and + 1);
            let part = self.past_hyphen(self.past(next, Word::A));
            let fraction = match self.tag(part) {
                Tag::Is(Word::Half) if part > next => Some(0.5),
                Tag::Unit(Unit::Quarter) if part > next => Some(0.25),
                _ => None,
            };
            if let Some(fraction) = fraction {
                return (Length::of(Some(count + fraction), length.first.unit), part + 1);
            }
        }
        let next = self.past(self.past_comma(end), Word::And);
        let first = length.first.unit;
        let counts = matches!(self.tag(next), Tag::Number | Tag::Small(_) | Tag::Tens(_) | Tag::Is(Word::A));
        if counts
            && let Some((Some(more), after)) = self.count(next)
            && let Some((unit, end)) =
                self.unit(self.past_hyphen(after)).filter(|(unit, _)| lies_under(first, *unit))
        {
            return (Length { second: Some(Part { count: Some(more), unit }), ..length }, end);
        }
        (length, end)
    }

    /// "half an hour", "a half-hour", "half a century", "a quarter of an hour"
    fn half_length(&self, at: usize) -> Option<(Length, usize)> {
        let from = self.past(at, Word::A);
        let (part, next) = match self.tag(from) {
            Tag::Is(Word::Half) => (0.5, from + 1),
            Tag::Unit(Unit::Quarter) if self.is(from + 1, Word::Of) => (0.25, from + 2),
            // "a quarter-century", "a quarter century"
            Tag::Unit(Unit::Quarter) if self.tag(self.past_hyphen(from + 1)) == Tag::Unit(Unit::Century) => {
                (0.25, from + 1)
            }
            _ => return None,
        };
        let next = self.past(self.past_hyphen(next), Word::A);
        let (unit, end) =
            self.unit(next).filter(|(unit, _)| !matches!(unit, Unit::Second | Unit::Quarter | Unit::Half))?;
        Some((Length::of(Some(part), unit), end))
    }

    /// "weeks", "the week before", "the day after"
    fn bare_length(&self, at: usize) -> Option<(Length, usize)> {
        match self.tag(at) {
            Tag::Units(unit) if self.may_be_bare(at, unit) => Some((Length::of(None, unit), at + 1)),
            Tag::Is(Word::The) => {
                let Tag::Unit(unit) = self.tag(at + 1) else { return None };
                let known = matches!(
                    unit,
                    Unit::Day | Unit::Night | Unit::Week | Unit::Month | Unit::Year | Unit::Weekend
                );
                let turned =
                    self.any(at + 2, &[Word::Before, Word::After]) || self.lower(at + 2) == "following";
                (known && turned).then(|| (Length::of(Some(1.0), unit), at + 2))
            }
            _ => None,
        }
    }

    /// Whether a unit in the plural stands for a length by itself: not "the days of the Committee" or "two years".
    fn may_be_bare(&self, at: usize, unit: Unit) -> bool {
        let turned = self.any(at + 1, &[Word::Ago, Word::Later, Word::Earlier, Word::Before, Word::After]);
        let called = matches!(
            self.before(at),
            Tag::Is(Word::For | Word::In | Word::Over | Word::Within | Word::After | Word::Through)
        );
        match unit {
            Unit::Second | Unit::Quarter | Unit::Half | Unit::Season | Unit::Minute => {
                turned || called && unit == Unit::Minute
            }
            Unit::Night => called && self.is(at.wrapping_sub(1), Word::For),
            Unit::Weekend => false,
            _ if at > 0 && self.is_as_many(at - 1) => false,
            _ => {
                turned || called || !self.is_dash(at.wrapping_sub(1)) && self.before(at) != Tag::Is(Word::The)
            }
        }
    }

    /// The number of a length; none within where it is vague: "a few", "several".
    fn count(&self, at: usize) -> Option<(Option<f64>, usize)> {
        match self.tag(at) {
            Tag::Is(Word::A) => match self.tag(at + 1) {
                Tag::Is(Word::Vague) => Some((None, at + 2)),
                Tag::Couple => Some((Some(2.0), self.past(at + 2, Word::Of))),
                Tag::Dozen => Some((Some(12.0), at + 2)),
                Tag::Is(Word::Hundred | Word::Thousand) => self.amount(at),
                // "a mere two years later"
                Tag::Is(Word::Full)
                    if matches!(self.tag(at + 2), Tag::Number | Tag::Small(_) | Tag::Tens(_)) =>
                {
                    self.amount(at + 2)
                }
                Tag::Is(Word::Full | Word::Half) | Tag::Unit(_) => Some((Some(1.0), at + 1)),
                _ => None,
            },
            Tag::Is(Word::Another) => match self.tag(at + 1) {
                Tag::Unit(_) => Some((Some(1.0), at + 1)),
                Tag::Is(Word::Vague) => Some((None, at + 2)),
                _ => self.amount(at + 1),
            },
            Tag::Is(Word::Only) => self.count(at + 1).filter(|_| !self.is(at + 1, Word::Only)),
            Tag::Is(Word::Full) if self.lower(at) == "all" && matches!(self.tag(at + 1), Tag::Unit(_)) => {
                Some((Some(1.0), at + 1))
            }
            Tag::Is(Word::Vague) => (!self.is_as_many(at)).then_some((None, at + 1)),
            Tag::Couple => Some((Some(2.0), self.past(at + 1, Word::Of))),
            Tag::Number | Tag::Small(_) | Tag::Tens(_) => self.amount(at),
            _ => None,
        }
    }

    /// "many" of "in as many weeks": the number stands elsewhere.
    fn is_as_many(&self, at: usize) -> bool {
        self.lower(at) == "many" && self.lower_before(at) == "as"
    }

    /// The number at `at`; several rules in turn ask for the same.
    fn amount(&self, at: usize) -> Option<(Option<f64>, usize)> {
        if let Some((_, known)) = self.amount.get().filter(|(place, _)| *place == at) {
            return known;
        }
        let found = self.read_amount(at);
        self.amount.set(Some((at, found)));
        found
    }

    fn read_amount(&self, at: usize) -> Option<(Option<f64>, usize)> {
        let amount = number::amount(self.t, at).filter(|amount| !amount.ratio)?;
        let value = amount.value.and_then(Decimal::float);
        // "two and half years"
        let half = self.past(amount.end + 1, Word::A);
        if self.is(amount.end, Word::And) && self.is(half, Word::Half) {
            return Some((value.map(|value| value + 0.5), half + 1));
        }
        Some((value, amount.end))
    }

    /// "ten brutal months", "two more weeks", "three consecutive days", "the two past years"
    fn filler(&self, at: usize, count: Option<f64>) -> usize {
        let unit = |at: usize| matches!(self.tag(at), Tag::Units(_) | Tag::Unit(_));
        if unit(at) || !unit(at + 1) {
            return at;
        }
        let plain = self.tag(at) == Tag::None
            && matches!(self.tag(at + 1), Tag::Units(_))
            && count != Some(1.0)
            && self.token(at).is_some_and(|x| {
                x.is_word() && !x.is_capitalised() && !x.lower.ends_with('s') && x.lower.len() > 3
            });
        at + usize::from(
            plain
                || self.any(
                    at,
                    &[
                        Word::Full,
                        Word::More,
                        Word::Half,
                        Word::Previous,
                        Word::Gone,
                        Word::Coming,
                        Word::Calendar,
                        Word::Fiscal,
                    ],
                )
                || self.lower(at) == "long",
        )
    }

    pub fn unit(&self, at: usize) -> Option<(Unit, usize)> {
        match self.tag(at) {
            Tag::Unit(unit) | Tag::Units(unit) => Some((unit, at + 1)),
            // "3h", "16 h"
            Tag::Is(Word::Hours) => Some((Unit::Hour, at + 1)),
            _ => None,
        }
    }

    /// A length of time: "two years", "the past week", "the first three years", "recent days", "46-day".
    pub fn duration(&self, at: usize) -> Option<Found> {
        if let Tag::Lasting(unit) = self.tag(at) {
            let length = Length::of(Some(1.0), unit);
            return Some(Found {
                anchors: false,
                ..Found::new(at, at + 1, Kind::Duration, Value::Length(length))
            });
        }
        let named = self.leaning_length(at).or_else(|| self.lasting_compound(at)).or_else(|| self.spell(at));
        named.or_else(|| {
            let (length, end, modifier) = self.length(at)?;
            // "$4 billion over 10 years" spreads, "for over 10 years" bounds.
            if self.is(at, Word::Over) && !self.bounds(at) {
                return None;
            }
            if self.text_before(at) == "-" && self.joined(at) {
                return None;
            }
            let end = self.age(end);
            let end = end + usize::from(self.lower(end) == "period" && self.is_dash(end - 2));
            // "a month-long siege": the article is the siege's.
            let long = self.lower(end - 1) == "long"
                && self.is(at, Word::A)
                && matches!(self.tag(at + 1), Tag::Unit(_));
            let start = at + usize::from(long);
            let mut found = Found::new(start, end, Kind::Duration, Value::Length(length));
            found.modifier = modifier;
            found.anchors = false;
            Some(found)
        })
    }

    /// "decade-long", "centuries-old", "his week-long trip"
    fn lasting_compound(&self, at: usize) -> Option<Found> {
        let (unit, count) = match self.tag(at) {
            Tag::Unit(unit) => (unit, Some(1.0)),
            Tag::Units(unit) => (unit, None),
            _ => return None,
        };
        let end = self.past_hyphen(at + 1);
        let part = self.is_dash(at.wrapping_sub(1)) && self.joined(at);
        let lasts = end > at + 1 && (self.lower(end) == "long" || self.is(end, Word::Old));
        let known = !matches!(unit, Unit::Season | Unit::Quarter | Unit::Half);
        (lasts && known && !part).then(|| Found {
            anchors: false,
            ..Found::new(at, end + 1, Kind::Duration, Value::Length(Length::of(count, unit)))
        })
    }

    /// "the days" of "in the days since", "the years" of "over the years", "the first year"
    fn spell(&self, at: usize) -> Option<Found> {
        let found = |end: usize, count: Option<f64>, unit: Unit| {
            let length = Value::Length(Length::of(count, unit));
            Some(Found { anchors: false, ..Found::new(at, end, Kind::Duration, length) })
        };
        if !self.is(at, Word::The) {
            return None;
        }
        match (self.tag(at + 1), self.tag(at + 2)) {
            (Tag::Units(unit), _) if unit >= Unit::Day && unit != Unit::Season => {
                let goes_on = self.any(at + 2, &[Word::Since, Word::Following, Word::After])
                    || matches!(self.lower(at + 2), "leading" | "prior" | "preceding" | "ahead")
                    || self.lower(at + 3) == "followed";
                let over = unit >= Unit::Year
                    && self.is(at.wrapping_sub(1), Word::Over)
                    && self.token(at + 2).is_none_or(|x| !x.is_word());
                if goes_on || over { found(at + 2, None, unit) } else { None }
            }
            (Tag::Ordinal(1), Tag::Unit(unit @ (Unit::Hour | Unit::Week | Unit::Month | Unit::Year)))
                if !self.is_dash(at + 3) && !self.is_capital(at + 3) =>
            {
                found(at + 3, Some(1.0), unit)
            }
            _ => None,
        }
    }

    /// Whether "over" before a length says "more than".
    fn bounds(&self, at: usize) -> bool {
        use Word::{A, After, At, By, For, From, In, Of, Only, Than, The, Within};
        let words = [After, At, By, For, From, In, Of, Only, Than, The, Within, A];
        let verb = matches!(
            self.lower_before(at),
            "is" | "was"
                | "were"
                | "be"
                | "been"
                | "took"
                | "takes"
                | "take"
                | "lasted"
                | "lasts"
                | "lasting"
                | "spent"
                | "spending"
                | "well"
                | "little"
                | "slightly"
                | "served"
                | "waited"
                | "spanned"
                | "spanning"
        );
        verb || self.starts_sentence(at) || matches!(self.before(at), Tag::Is(word) if words.contains(&word))
    }

    /// "… old", "-old", "-long", "of age"
    fn age(&self, end: usize) -> usize {
        let next = self.past_hyphen(end);
        if self.is(next, Word::Old)
            || self.lower(next) == "long" && (next > end || self.is_dash(end.wrapping_sub(2)))
        {
            return next + 1;
        }
        if self.is(end, Word::Of) && self.is(end + 1, Word::Age) {
            return end + 2;
        }
        end
    }

    /// "the past two weeks", "the next few months", "the first three years", "the last days", "recent weeks"
    fn leaning_length(&self, at: usize) -> Option<Found> {
        let (modifier, start) = match self.approximation(at) {
            Some((modifier, start)) if !self.is(at, Word::Over) => (Some(modifier), start),
            _ => (None, at),
        };
        let from = self.past(start, Word::The);
        let from = if from == start
            && matches!(self.lower(start), "these" | "those")
            && self.any(start + 1, &[Word::Gone, Word::Last])
        {
            start + 1
        } else {
            from
        };
        let this = from + usize::from(self.is(from, Word::This) && self.any(from + 1, &[Word::Gone]));
        let sign = match self.tag(this) {
            Tag::Is(Word::Last | Word::Gone | Word::Recent | Word::Final) => -1,
            Tag::Is(Word::Next | Word::Coming) => 1,
            Tag::Is(Word::Previous | Word::Following | Word::Opening) | Tag::Ordinal(1) => 0,
            Tag::Is(Word::These)
                if matches!(self.tag(this + 1), Tag::Units(Unit::Day)) && !self.is(this + 1, Word::Of) =>
            {
                let vague = if self.lower(this) == "these" { Vague::Present } else { Vague::Past };
                return (!self.is(this + 2, Word::Of))
                    .then(|| Found { anchors: false, ..Found::point(at, this + 2, Value::Vague(vague)) });
            }
            _ => return self.two_past_years(at, from, from > start),
        };
        let determined = from > start;
        // "the talks will last two hours"
        let verb = self.is(this, Word::Last) && !determined && self.is_verb_here(this);
        // "following weeks of talks" is after them.
        let preposition = self.is(this, Word::Following) && self.lower(this) == "following";
        if verb || sign == 0 && !determined && (preposition || !self.is(this, Word::Following)) {
            return None;
        }
        let (length, end) = self.length_leant_on(this + 1)?;
        let mut found = if sign != 0 && !self.is(this, Word::Final) {
            self.lapse(at, end, length, sign)
        } else {
            Found { anchors: false, ..Found::new(at, end, Kind::Duration, Value::Length(length)) }
        };
        found.modifier = modifier;
        Some(found)
    }

    /// "two weeks" of "the past two weeks", "days" of "the last days"
    fn length_leant_on(&self, at: usize) -> Option<(Length, usize)> {
        use Unit::{Half, Minute, Quarter, Season, Second};
        match self.tag(at) {
            Tag::Is(Word::A) => None,
            Tag::Units(unit) if !matches!(unit, Second | Minute | Quarter | Half | Season) => {
                Some((Length::of(None, unit), at + 1))
            }
            // "the last three quarters" are no fraction, unless of something.
            Tag::Small(number) if self.tag(at + 1) == Tag::Units(Quarter) && !self.is(at + 2, Word::Of) => {
                Some((Length::of(Some(f64::from(number)), Quarter), at + 2))
            }
            _ => self.plain_length(at),
        }
    }

    /// Whether "last" is a verb: "will last", "to last", "didn't last".
    fn is_verb_here(&self, at: usize) -> bool {
        let before = self.lower_before(at);
        self.before(at) == Tag::Is(Word::To)
            || before.ends_with("n't")
            || before.ends_with("n’t")
            || matches!(
                before,
                "will"
                    | "would"
                    | "can"
                    | "could"
                    | "may"
                    | "might"
                    | "should"
                    | "must"
                    | "did"
                    | "does"
                    | "not"
            )
    }

    /// "the two past years", "the four previous weeks", "the 2 upcoming months"
    fn two_past_years(&self, at: usize, from: usize, determined: bool) -> Option<Found> {
        let (count, end) = self
            .count(from)
            .filter(|_| determined || matches!(self.tag(from), Tag::Number | Tag::Small(_)))?;
        let sign = match self.tag(end) {
            Tag::Is(Word::Gone | Word::Last | Word::Previous) => -1,
            Tag::Is(Word::Next | Word::Coming) => 1,
            _ if determined => 0,
            _ => return None,
        };
        let next = end + usize::from(sign != 0);
        // "49 last year" is no length, nor is "the one hour meeting" one with its article.
        if !matches!(self.tag(next), Tag::Units(_)) {
            return None;
        }
        let (unit, end) = self.unit(next).filter(|(unit, _)| !matches!(unit, Unit::Second | Unit::Half))?;
        if sign == 0 {
            // "the three years", but not "the two days after"
            let (length, end) = self.longer(Length::of(count, unit), end, count);
            return Some(Found {
                anchors: false,
                ..Found::new(at, self.age(end), Kind::Duration, Value::Length(length))
            });
        }
        Some(self.lapse(at, end, Length::of(count, unit), sign))
    }
}

/// Whether a unit says the rest of a length in another: "a year and two months".
fn lies_under(unit: Unit, below: Unit) -> bool {
    use Unit::{Day, Hour, Minute, Month, Second, Week, Year};
    matches!(
        (unit, below),
        (Year, Month | Week | Day)
            | (Month, Week | Day)
            | (Week, Day | Hour)
            | (Day, Hour)
            | (Hour, Minute | Second)
            | (Minute, Second)
    )
}
