//! Dates by number and by name of month: "24 February", "Sept. 1, 1939", "2015-03-03", "the 1960s", "480 BC".

use super::length::Unit;
use super::lexicon::{Tag, Word};
use super::read::{Found, Reader};
use super::value::{self, Value};

/// Years that four digits are taken for.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 1_000..=2_199;

impl Reader<'_> {
    /// A month by name, and the place after it.
    pub fn month(&self, at: usize) -> Option<(i8, usize)> {
        match self.tag(at) {
            Tag::Month(month) => Some((month, at + 1)),
            Tag::ShortMonth(month) => {
                let dot = usize::from(self.text(at + 1) == "." && self.joined(at + 1));
                Some((month, at + 1 + dot))
            }
            _ => None,
        }
    }

    /// A day of the month: "5", "5th", "fifth", "twenty-first"; and whether it is an ordinal.
    pub fn day_number(&self, at: usize) -> Option<(i8, usize, bool)> {
        match self.tag(at) {
            Tag::Number => {
                let (number, len) = self.digits(at).filter(|(_, len)| *len <= 2)?;
                let day = i8::try_from(number).ok().filter(|day| (1..=31).contains(day))?;
                debug_assert!(len <= 2);
                let suffix = self.is(at + 1, Word::Ending) && self.joined(at + 1);
                let unit = !suffix && self.joined(at + 1) && self.token(at + 1).is_some_and(|x| x.is_word());
                // "14april"
                if unit && self.month(at + 1).is_none() {
                    return None;
                }
                Some((day, at + 1 + usize::from(suffix), suffix))
            }
            Tag::Ordinal(day) => Some((day, at + 1, true)),
            Tag::Unit(Unit::Second) => Some((2, at + 1, true)),
            Tag::Tens(tens) if tens <= 30 => {
                let next = self.past_hyphen(at + 1);
                match self.tag(next) {
                    Tag::Ordinal(unit) if unit < 10 && tens + unit <= 31 => {
                        Some((tens + unit, next + 1, true))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// "twenty nine", "twenty second" after a month
    fn day_in_words(&self, at: usize) -> Option<(i8, usize, bool)> {
        let Tag::Tens(tens) = self.tag(at) else { return None };
        let next = self.past_hyphen(at + 1);
        let unit = match self.tag(next) {
            Tag::Small(unit) if unit < 10 => unit,
            Tag::Unit(Unit::Second) => 2,
            _ => return None,
        };
        (tens + unit <= 31).then_some((tens + unit, next + 1, true))
    }

    /// Four digits of a year, or a year with its era.
    pub fn year(&self, at: usize) -> Option<(i32, usize)> {
        if let Some(found) = self.era(at) {
            return Some(found);
        }
        let Some((year, len)) = self.digits(at) else { return self.year_in_words(at) };
        let closed =
            !self.joined(at + 1) || !self.token(at + 1).is_some_and(|x| x.is_word() || x.text == "%");
        (len == 4 && YEARS.contains(&year) && closed).then_some((year, at + 1))
    }

    /// "480 BC", "AD 79", "410 A.D."
    fn era(&self, at: usize) -> Option<(i32, usize)> {
        let dotted = |end: usize| {
            end + usize::from(self.text(end) == "." && self.joined(end) && self.text(end - 1).contains('.'))
        };
        if self.is(at, Word::Ad) && self.is_capital(at) {
            let (year, _) = self.digits(dotted(at + 1))?;
            return (year > 0 && year < 2200).then_some((year, dotted(at + 1) + 1));
        }
        let (year, len) = self.digits(at)?;
        if len > 4 || year == 0 || !self.is_capital(at + 1) {
            return None;
        }
        match self.tag(at + 1) {
            Tag::Is(Word::Bc) => Some((1 - year, dotted(at + 2))),
            Tag::Is(Word::Ad) => Some((year, dotted(at + 2))),
            _ => None,
        }
    }

    /// A year after a month or a season: "1939", ", 1939", "of 1939", "'39", "of that year", "this year".
    pub fn year_after(&self, at: usize) -> Option<(i32, usize)> {
        let next = self.past_comma(at);
        if let Some(found) = self.year(next) {
            return Some(found);
        }
        if let Some(found) = self.short_year(next).filter(|_| next == at) {
            return Some(found);
        }
        let of = self.past(self.past(at, Word::Of), Word::In);
        if let Some(found) = self.year(of).or_else(|| self.two_digits_of_year(of)).filter(|_| of > at) {
            return Some(found);
        }
        let (year, end) = self.deictic_year(of)?;
        Some((year, end))
    }

    /// "'99"
    fn short_year(&self, at: usize) -> Option<(i32, usize)> {
        if !matches!(self.text(at), "'" | "’" | "‘")
            || !self.joined(at + 1)
            || self.joined(at + 2) && self.token(at + 2).is_some_and(|x| x.is_word())
        {
            return None;
        }
        let (year, len) = self.digits(at + 1)?;
        (len == 2).then(|| (self.century_of(year), at + 2))
    }

    /// "87" of "April of 87"
    fn two_digits_of_year(&self, at: usize) -> Option<(i32, usize)> {
        let closed =
            self.token(at + 1).is_none_or(|x| matches!(x.text, "." | "," | ";") && !self.joined(at + 2));
        let (year, _) = self.digits(at).filter(|(_, len)| closed && *len == 2)?;
        Some((self.century_of(year), at + 1))
    }

    /// The century that two digits lie in: that of the last date, or the one nearest to today.
    pub fn century_of(&self, short: i32) -> i32 {
        let last = self.last.as_ref().and_then(Value::year).filter(|_| self.context.narrative);
        let near = last.or(self.context.now.map(|now| i32::from(now.year()) + 10)).unwrap_or(2050);
        let year = near - near.rem_euclid(100) + short;
        if last.is_some() {
            // A narrative of 1899 means its own century.
            return year;
        }
        if year > near { year - 100 } else { year }
    }

    /// "'99" alone.
    pub fn apostrophe_year(&self, at: usize) -> Option<Found> {
        if self.joined(at) && self.t.get(at.checked_sub(1)?).is_some_and(|x| x.is_word() || x.is_number()) {
            return None;
        }
        let (year, end) = self.short_year(at)?;
        let dated = matches!(
            self.before(at),
            Tag::Is(
                Word::In
                    | Word::Of
                    | Word::Since
                    | Word::From
                    | Word::Until
                    | Word::To
                    | Word::And
                    | Word::By
                    | Word::Before
                    | Word::After
                    | Word::During
            )
        ) || self.context.narrative;
        dated.then(|| Found::point(at, end, Value::Year(year)).absolute())
    }

    /// A day of the calendar by number or by month, without its weekday.
    pub fn calendar_day(&self, at: usize) -> Option<Found> {
        self.numeric(at).or_else(|| self.day_month(at)).or_else(|| self.month_day(at))
    }

    /// "24 February [2022]", "the 20th of September", "20th of next month"
    fn day_month(&self, at: usize) -> Option<Found> {
        let from = self.past(at, Word::The);
        let (day, end, _) = self.day_number(from).or_else(|| self.spoken_day(from))?;
        let of = self.past(self.past(end, Word::Of), Word::The);
        if let Some((month, end)) = self.month(of) {
            return self.dated(at, month, day, end);
        }
        // "10 to 12 September": the month stands with the last.
        let (month, _, year) = self.shared_month(end)?;
        self.calendar(at, end, month, day, year)
    }

    /// "twenty five" of "twenty five January nineteen eighty six": the year says that it counts no Januaries.
    fn spoken_day(&self, at: usize) -> Option<(i8, usize, bool)> {
        if !matches!(self.tag(at), Tag::Small(_) | Tag::Tens(_)) {
            return None;
        }
        let (day, end) = self.small_number(at).filter(|(day, _)| (1..=31).contains(day))?;
        let (_, after) = self.month(end)?;
        self.year(self.past_comma(after))?;
        Some((i8::try_from(day).ok()?, end, false))
    }

    /// The month and year that stand after a list of days: "10–12 September 1914", "15, 16 and 17 May".
    fn shared_month(&self, mut at: usize) -> Option<(i8, usize, Option<i32>)> {
        for _ in 0..3 {
            let joint = matches!(self.text(at), "," | "/" | "&") || self.is_dash(at);
            let word = self.any(at, &[Word::To, Word::And, Word::Or, Word::Through]);
            if !joint && !word {
                return None;
            }
            let next = self.past(at + 1, Word::And);
            let next = self.past(next, Word::The);
            let (_, end, _) = self.day_number(next)?;
            let of = self.past(end, Word::Of);
            if let Some((month, end)) = self.month(of) {
                if matches!(self.lower(of), "may" | "march") && !self.is_capital(of) {
                    return None;
                }
                let year = self.year_after(end).map(|(year, _)| year);
                return Some((month, end, year));
            }
            at = end;
        }
        None
    }

    /// "February 24[, 2022]", "Sept. the 5th"
    fn month_day(&self, at: usize) -> Option<Found> {
        let (month, end) = self.month(at)?;
        // "Dec/22", "May-5": a mark that joins
        let joint = usize::from(
            (self.text(end) == "/" || self.is_dash(end)) && self.joined(end) && self.joined(end + 1),
        );
        let from = self.past(self.past_comma(end + joint), Word::The);
        // "on 6 Apr. The 25-year-old"
        if from > end && self.is(from - 1, Word::The) && self.is_capital(from - 1) {
            return None;
        }
        if from > end + joint && !(self.is(from - 1, Word::The)) && joint > 0 {
            return None;
        }
        let (day, after, ordinal) = self.day_number(from).or_else(|| self.day_in_words(from))?;
        // "December, 20 people" is not the 20th, "October, 1st" is the first.
        if self.text(end) == "," && !ordinal {
            return None;
        }
        // "May 5 million", "March 20 miles", "May 3.5"
        if matches!(self.lower(at), "may" | "march")
            && !self.is_capital(at)
            && !ordinal
            && !self.closes(after)
        {
            return None;
        }
        if self.unit_follows(after) && !ordinal {
            return None;
        }
        self.dated(at, month, day, after)
    }

    fn closes(&self, at: usize) -> bool {
        self.token(at).is_none_or(|x| !x.is_word() && x.text != "%" && !x.is_dash())
            || self.year(at).is_some()
    }

    fn unit_follows(&self, at: usize) -> bool {
        matches!(self.tag(at), Tag::Units(_))
            || matches!(self.lower(at), "million" | "billion" | "people" | "percent" | "thousand" | "hundred")
            || self.text(at) == "%"
            || matches!(self.tag(at), Tag::Unit(unit) if unit.is_clock())
    }

    /// A month and a day, with the year that follows or the one that the text gives.
    fn dated(&self, at: usize, month: i8, day: i8, end: usize) -> Option<Found> {
        // "March 11 this year" is two expressions, "March 11 of this year" one.
        let linked = self.any(end, &[Word::Of, Word::In]) || self.year(self.past_comma(end)).is_some();
        let short = self.short_year(end).is_some();
        if let Some((year, end)) = self.year_after(end).filter(|_| linked || short) {
            return self.calendar(at, end, month, day, Some(year)).map(Found::absolute);
        }
        // "March 5–9, 1918": the year stands behind the second day.
        let year = self.year_behind_range(end);
        self.calendar(at, end, month, day, year)
    }

    /// The year behind "–9, 1918" or "to April 2, 1918".
    fn year_behind_range(&self, at: usize) -> Option<i32> {
        let joint = self.is_dash(at)
            || self.any(at, &[Word::To, Word::And, Word::Or, Word::Through])
            || self.text(at) == "/"
            || self.text(at) == "&";
        if !joint {
            return None;
        }
        let next = self.past(at + 1, Word::The);
        let month = self.month(next);
        let next = month.map_or(next, |(_, end)| end);
        let after_day = self.day_number(next).map_or(next, |(_, end, _)| end);
        let after = match (month, self.month(after_day)) {
            (None, Some((_, end))) => end,
            _ => after_day,
        };
        if after == at + 1 {
            return None;
        }
        self.year(self.past_comma(after)).map(|(year, _)| year)
    }

    /// The day, in `year` or in the one that the text gives; nonsense has no value, and is no date.
    pub fn calendar(&self, at: usize, end: usize, month: i8, day: i8, year: Option<i32>) -> Option<Found> {
        if day > days_in(month) {
            return Some(Found::nonsense(at, end));
        }
        let year = year.or_else(|| self.year_of_attacks(at, end, month, day));
        let year = year.or_else(|| self.year_of_second(at, month, Some(day)));
        let year = year.or_else(|| self.year_of(month, Some(day), at, end));
        let Some(year) = year else {
            let open = Value::Open(format!("XXXX-{month:02}-{day:02}"));
            return Some(Found::point(at, end, open));
        };
        Some(match value::day(year, month, day) {
            Some(day) => Found::point(at, end, Value::Day(day)),
            None => Found::nonsense(at, end),
        })
    }

    /// "the Sept. 11 attacks", "post-Sept. 11": one day has the name of its date.
    fn year_of_attacks(&self, at: usize, end: usize, month: i8, day: i8) -> Option<i32> {
        let now = self.context.now.filter(|now| i32::from(now.year()) > 2000 && (month, day) == (9, 11))?;
        let after = ["attack", "attacks", "terrorist", "terror", "hijackers", "hijackings", "commission"];
        (self.is_prefixed(at) || now.year() > 2001 && after.contains(&self.lower(end))).then_some(2001)
    }

    /// "5" of "May 4 and 5", "9, 1918" of "March 5–9, 1918"
    pub fn second_day(&self, at: usize) -> Option<Found> {
        let joint = at.checked_sub(1)?;
        let linked = self.is_dash(joint)
            || self.any(joint, &[Word::And, Word::To, Word::Or, Word::Through])
            || matches!(self.text(joint), "&" | ",");
        let Some(Value::Day(first)) = &self.last else { return None };
        if !linked || self.last_token != joint {
            return None;
        }
        let number = joint.checked_sub(1)?;
        let number = number.checked_sub(usize::from(self.is(number, Word::Ending)))?;
        let named = |back: usize| number.checked_sub(back).and_then(|at| self.month(at));
        let (_, month_end) = named(1).or_else(|| named(2))?;
        let (day, end, _) = self.day_number(at).filter(|_| month_end == number)?;
        let list = self.text(joint) == ",";
        // "the Oct. 7-9 talks"
        let tight = self.is_dash(joint) && self.joined(joint) && self.joined(at) && !self.joined(end);
        if list && !self.is(end, Word::And) && self.text(end) != "," || !tight && !self.ends_day(end) {
            return None;
        }
        let (year, end, absolute) = match self.year(self.past_comma(end)) {
            Some((year, end)) => (year, end, true),
            None => (i32::from(first.year()), end, false),
        };
        let date = value::day(year, first.month(), day)?;
        Some(Found { absolute, ..Found::point(at, end, Value::Day(date)) })
    }

    /// Whether a bare day may end here: "May 4 and 5 people" ends none.
    fn ends_day(&self, at: usize) -> bool {
        self.token(at).is_none_or(|x| !x.is_word() && !matches!(x.text, "%" | "/" | ":"))
            || matches!(self.tag(at), Tag::Is(_))
    }

    /// A stretch by its name: month, year, decade, century, season of a year, quarter of a year.
    pub fn period(&self, at: usize) -> Option<Found> {
        self.month_period(at)
            .or_else(|| self.season(at))
            .or_else(|| self.quarter_code(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.fiscal(at))
            .or_else(|| self.holiday(at))
            .or_else(|| self.bare_year(at))
    }

    /// "February of 1940", "July", "Sept. 2021"
    fn month_period(&self, at: usize) -> Option<Found> {
        let (month, end) = self.month(at)?;
        let joint = usize::from(self.is_dash(end) && self.joined(end) || self.text(end) == "/");
        if let Some((year, end)) =
            self.year(end + joint).filter(|_| joint > 0).or_else(|| self.year_after(end))
        {
            return Some(Found::point(at, end, Value::Month(year, month)).absolute());
        }
        if !self.month_alone(at, end) {
            return None;
        }
        // "from May to October 2020"
        let year = self.year_behind_range(end).or_else(|| self.year_of_second(at, month, None));
        let year = year.or_else(|| self.year_of(month, None, at, end));
        let value =
            year.map_or_else(|| Value::Open(format!("XXXX-{month:02}")), |year| Value::Month(year, month));
        Some(Found::point(at, end, value))
    }

    /// Whether a month without day and year is one: "may have", "they march" and "Jan Smith" are not.
    fn month_alone(&self, at: usize, end: usize) -> bool {
        if !self.is_capital(at) {
            // Chat and search boxes write "in january".
            let long = matches!(self.tag(at), Tag::Month(_))
                && !matches!(self.lower(at), "may" | "march" | "august");
            return long || self.calls_for_month(at) && self.lower(at) == "august";
        }
        let word = self.lower(at);
        let shared =
            matches!(word, "may" | "march" | "april" | "june" | "august" | "jan" | "mar" | "dec" | "sep");
        if !shared || self.calls_for_month(at) {
            return true;
        }
        let list = matches!(self.before(at), Tag::Month(_)) || self.any_month_after(end);
        if list {
            return true;
        }
        let name = self.token(end).is_some_and(|x| x.is_capitalised() && x.spaced)
            || self.t.get(at.wrapping_sub(1)).is_some_and(|x| {
                x.is_capitalised() && self.joined_by_space(at) && !self.starts_sentence(at.wrapping_sub(1))
            });
        match word {
            "april" | "june" | "august" => !name,
            "may" | "march" => {
                let owned = self.is(at.wrapping_sub(1), Word::The)
                    || self.is(at.wrapping_sub(1), Word::A)
                    || crate::token::unowned(self.lower_before(at)) != self.lower_before(at);
                let goes = self.token(end).is_some_and(|x| {
                    x.is_word()
                        && !matches!(x.lower, "and" | "was" | "is" | "will" | "when" | "after" | "as" | "or")
                });
                !name && !self.starts_sentence(at) && !owned && !goes
            }
            _ => false,
        }
    }

    fn joined_by_space(&self, at: usize) -> bool {
        self.token(at).is_some_and(|x| x.spaced)
    }

    /// Whether token `at` begins a sentence, or a line of its own.
    pub fn starts_sentence(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|at| self.t.get(at)) else { return true };
        matches!(before.text, "." | "!" | "?" | ":" | "\"" | "“" | "”" | "‘" | "(" | "*" | "•")
    }

    fn any_month_after(&self, at: usize) -> bool {
        let next = at
            + usize::from(
                self.text(at) == ","
                    || self.is_dash(at)
                    || self.any(at, &[Word::And, Word::Or, Word::To, Word::Through]),
            );
        next > at && matches!(self.tag(next), Tag::Month(_))
            || self.is(at, Word::And) && matches!(self.tag(at + 1), Tag::Month(_))
    }

    /// Whether the word before can only stand before a time: "in May", "last March", "mid-August".
    fn calls_for_month(&self, at: usize) -> bool {
        use Word::{
            About, After, Before, Between, By, By as _By, Coming, Current, During, Each, Early, Every,
            Following, For, From, Gone, In, Last, Late, Mid, Next, Of, Over, Previous, Since, This, Through,
            To, Until,
        };
        let _ = _By;
        let at = at - usize::from(at > 1 && self.is_dash(at - 1));
        let words = [
            After, Before, Between, By, During, Early, From, In, Last, Late, Mid, Next, Of, Since, This,
            Through, To, Until, For, Previous, Following, Coming, Each, Every, Gone, Current, About, Over,
        ];
        matches!(self.before(at), Tag::Is(word) if words.contains(&word))
    }

    /// "the summer of 1955", "summer 2007", "1982 summer", "spring"
    fn season(&self, at: usize) -> Option<Found> {
        let from = self.past(at, Word::The);
        if let Some((year, end)) = self.year(from) {
            let Tag::Season(season) = self.tag(end) else { return None };
            // "the 2012 Summer Olympics"
            if self.is_capital(end) && self.is_capital(end + 1) {
                return None;
            }
            let fall = self.lower(end) == "fall" && !self.is_capital(end);
            return (!fall).then(|| Found::point(at, end + 1, Value::Season(year, season)).absolute());
        }
        let Tag::Season(season) = self.tag(from) else { return None };
        if let Some((year, end)) = self.year_after(from + 1) {
            return Some(Found::point(at, end, Value::Season(year, season)).absolute());
        }
        if self.is_no_season(at, from) {
            return None;
        }
        let value = match self.year_of(season.first_month(), None, at, from + 1) {
            Some(year) => Value::Season(year, season),
            None => Value::Open(format!("XXXX-{}", season.symbol())),
        };
        // "the summer months"
        let end = from + 1 + usize::from(self.tag(from + 1) == Tag::Units(Unit::Month));
        Some(Found::point(at, end, value))
    }

    /// "to fall", "a fall in prices", "the Arab Spring", "spring water", "winter coats"
    fn is_no_season(&self, at: usize, from: usize) -> bool {
        use Word::{After, Before, By, During, For, In, Of, Over, Since, Through, To, Until};
        let next = self.token(from + 1).filter(|x| x.is_word() && x.spaced);
        let named = self.is_capital(from) && next.is_some_and(|x| x.is_capitalised());
        let stopped = self.is(from + 1, Of) || self.any(at.wrapping_sub(1), &[To, Of]);
        let words = [In, During, Of, Until, By, Since, For, Over, Through, After, Before];
        let called = self.calls_for_month(at) || from > at && self.any(at.wrapping_sub(1), &words);
        if called {
            return named || self.lower(from) == "fall" && stopped;
        }
        let before = at.checked_sub(1).and_then(|at| self.t.get(at));
        let title = before.is_some_and(|x| x.is_capitalised() && !self.starts_sentence(at - 1));
        let noun = from == at && next.is_some() && self.tag(from + 1) == Tag::None;
        named || title || noun || self.is_dash(from + 1) || self.lower(from) == "fall"
    }

    /// "the 1960s", "1930’s", "the sixties", "the '90s", "the 470s BC"
    pub fn decade(&self, at: usize) -> Option<Found> {
        let from = self.past(at, Word::The);
        if let Tag::Decade(tens) = self.tag(from) {
            // "in his sixties" is an age.
            let century = if self.context.narrative && self.last.is_some() {
                self.century_of(i32::from(tens))
            } else {
                1900 + i32::from(tens)
            };
            return (from > at).then(|| Found::point(at, from + 1, Value::Decade(century / 10)));
        }
        let quote = usize::from(matches!(self.text(from), "'" | "’" | "‘") && self.joined(from + 1));
        let (number, len) = self.digits(from + quote)?;
        let after = from + quote + 1;
        let after = after + usize::from(matches!(self.text(after), "'" | "’") && self.joined(after));
        let plural = self.lower(after) == "s" && (self.joined(after) || after > from + quote + 1)
            || self.lower(after) == "s" && len == 4;
        if !plural || number % 10 != 0 {
            return None;
        }
        // "mid-90s"
        let placed = matches!(self.before(at), Tag::Is(Word::Early | Word::Late | Word::Mid))
            || self.is_dash(at.wrapping_sub(1)) && self.is(at.wrapping_sub(2), Word::Mid);
        if len == 2 && (quote == 1 || from > at || placed) {
            return Some(Found::point(at, after + 1, Value::Decade(self.century_of(number) / 10)).absolute());
        }
        if self.is(after + 1, Word::Bc) && number > 0 && len <= 4 {
            // "the 470s BC" are BC047.
            return Some(Found::point(at, after + 2, Value::Decade(-1 - number / 10)).absolute());
        }
        if len != 4 || !YEARS.contains(&number) {
            return None;
        }
        // "the 1900s" are a century where nothing narrows them.
        let value = if number % 100 == 0 && number < 2000 {
            Value::Century(number / 100)
        } else {
            Value::Decade(number / 10)
        };
        Some(Found::point(at, after + 1, value).absolute())
    }

    /// "fiscal 1989", "fiscal year 2018", "the year 2030", "FY2019"
    fn fiscal(&self, at: usize) -> Option<Found> {
        let from = self.past(at, Word::The);
        if matches!(self.tag(from), Tag::Units(Unit::Year)) {
            let (year, end) = self.year(from + 1)?;
            return Some(Found::point(at, end, Value::Year(year)).absolute());
        }
        let fiscal = self.any(from, &[Word::Fiscal, Word::FiscalYear, Word::Calendar]);
        let next = from + usize::from(fiscal);
        let unit = usize::from(matches!(self.tag(next), Tag::Unit(Unit::Year)));
        if !fiscal && unit == 0 {
            return None;
        }
        if fiscal && unit == 1 && from > at && self.year(self.past(next + unit, Word::Of)).is_none() {
            // "the fiscal year begins July 1"
            let year = Value::around(self.now()?, Unit::Year);
            return Some(Found { anchors: false, ..Found::point(at, next + unit, year) });
        }
        let next = self.past(next + unit, Word::Of);
        let (year, end) = self.year(next)?;
        // The second half of "fiscal 2018-19" is read on its own.
        Some(Found::point(at, end, Value::Year(year)).absolute())
    }
}

fn days_in(month: i8) -> i8 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
