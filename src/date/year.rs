//! Years that stand alone: "in 1943" and "the 2014 Winter Games", but not "2000 people".

use std::sync::LazyLock;

use super::absolute::YEARS;
use super::lexicon::{Tag, Word};
use super::read::{Found, Reader};
use super::value::Value;
use crate::hash::List as Words;
use crate::token::Token;

/// Years that stand alone without a word before them.
const MODERN: std::ops::RangeInclusive<i32> = 1_600..=2_099;

impl Reader<'_> {
    /// A year that nothing else explains: "in 1943", "the 2014 Winter Paralympics", but not "2000 people".
    pub fn bare_year(&self, at: usize) -> Option<Found> {
        if matches!(self.tag(at), Tag::Small(_) | Tag::Tens(_)) {
            return self.spoken_year(at);
        }
        if self.tag(at) != Tag::Number && !self.is(at, Word::Ad) {
            return None;
        }
        if let Some(found) = self.second_of_range(at) {
            return Some(found);
        }
        let (year, end) = self.year(at)?;
        let era = end > at + 1;
        if !era && !self.year_fits(at, year) {
            return None;
        }
        // "between 264 and 146 BC" shares its era; so does "264–241 BC".
        Some(Found::point(at, end, Value::Year(year)).absolute())
    }

    /// "in nineteen eighty-four", where a word before it calls for a year; "in nineteen hundred" may count anything.
    fn spoken_year(&self, at: usize) -> Option<Found> {
        use Word::{After, Before, By, During, From, In, Of, Since, Until};
        let words = [After, Before, By, During, From, In, Of, Since, Until];
        let called = matches!(self.before(at), Tag::Is(word) if words.contains(&word));
        let (year, end) = self.year_in_words(at).filter(|(year, _)| called && year % 100 != 0)?;
        Some(Found::point(at, end, Value::Year(year)).absolute())
    }

    /// "nineteen eighty-four", "nineteen hundred and five", "twenty twenty-two", "two thousand and one"
    pub fn year_in_words(&self, at: usize) -> Option<(i32, usize)> {
        let (century, next) = match self.tag(at) {
            Tag::Small(2) if self.is(at + 1, Word::Thousand) => (20, at + 2),
            Tag::Small(number @ 13..=19) => (i32::from(number), at + 1),
            Tag::Tens(20) => (20, at + 1),
            _ => return None,
        };
        let hundred = self.past(next, Word::Hundred);
        let round = hundred > next || next > at + 1;
        let rest = self.past(hundred, Word::And);
        let spoken = matches!(self.tag(rest), Tag::Small(_) | Tag::Tens(_));
        let (years, end) = match self.small_number(rest).filter(|(n, _)| spoken && (round || *n >= 10)) {
            Some(found) => found,
            None if round
                && self.token(hundred).is_none_or(|x| !x.is_word() || self.is(hundred, Word::And)) =>
            {
                (0, hundred)
            }
            None => return None,
        };
        let counts =
            matches!(self.tag(end), Tag::Unit(_) | Tag::Units(_) | Tag::Is(Word::Hundred | Word::Thousand));
        (!counts && !self.is_dash(end)).then_some((century * 100 + years, end))
    }

    /// "13" of "2012–13", "17" of "1915, 1916 and 17"
    fn second_of_range(&self, at: usize) -> Option<Found> {
        let (short, len) = self.digits(at)?;
        let joint = at.checked_sub(1)?;
        let mark = self.is_dash(joint) || self.text(joint) == "/";
        if !mark || !self.joined(at) || len != 2 {
            return self.shared_era(at);
        }
        let (first, first_len) = self.digits(at.checked_sub(2)?)?;
        let long = self.joined(at + 1) && (self.is_dash(at + 1) || self.text(at + 1) == "/");
        if first_len != 4 || !YEARS.contains(&first) || long || short <= first % 100 {
            return None;
        }
        let alone = at.checked_sub(3).is_none_or(|at| !(self.is_dash(at) && self.joined(at + 1)));
        alone.then(|| Found::point(at, at + 1, Value::Year(first - first % 100 + short)).absolute())
    }

    /// "264" of "264–241 BC" and of "264 and 241 BC"
    fn shared_era(&self, at: usize) -> Option<Found> {
        let (number, len) = self.digits(at).filter(|(number, len)| *len <= 4 && *number > 0)?;
        let joint = self.is_dash(at + 1)
            || self.any(at + 1, &[Word::To, Word::And, Word::Or])
            || self.text(at + 1) == "/";
        let (year, end) = self.year(at + 2).filter(|_| joint && len >= 2)?;
        (year <= 0 && end > at + 3 && number > 0)
            .then(|| Found::point(at, at + 1, Value::Year(1 - number)).absolute())
    }

    /// Whether four digits are a year where they stand.
    fn year_fits(&self, at: usize, year: i32) -> bool {
        use Word::{Circa, During, Early, In, Late, Mid, Since, Until};
        if !self.stands_free(at) {
            return false;
        }
        let words = [Circa, During, Early, In, Late, Mid, Since, Until];
        // "their mid-2008 highs"
        let mid = self.is(at.wrapping_sub(2), Mid) && self.is_dash(at - 1);
        if mid || matches!(self.before(at), Tag::Is(word) if words.contains(&word)) {
            return !self.counted_after(at, true);
        }
        if !MODERN.contains(&year) {
            return self.range_before(at) || self.range_after(at);
        }
        let before = at.checked_sub(1).and_then(|at| self.t.get(at));
        let label = before.is_some_and(|x| {
            matches!(x.text, "$" | "£" | "€" | "#" | "+" | "=" | "<" | ">" | "×") || LABELS.contains(x.lower)
        });
        !label && !self.counted_after(at, false)
    }

    /// Whether no mark or letter ties the digits to more: "555-1234", "1/2000", "1998.5" and "KB2000" are no years,
    /// "1939–1945" and "2012-13" hold two.
    fn stands_free(&self, at: usize) -> bool {
        // "1949:30", but not "formed in 1949: the western one"
        let colon = |x: Token<'_>| x.text == ":" && self.joined(at + 2);
        let bound = |x: Token<'_>| x.is_word() || colon(x) || matches!(x.text, "%" | "°" | "$" | "+" | "=");
        if self.token(at + 1).is_some_and(|x| !x.spaced && bound(x)) {
            return false;
        }
        if let Some(before) = at.checked_sub(1).and_then(|at| self.t.get(at)).filter(|_| self.joined(at)) {
            let linked = before.is_dash() || before.text == "/";
            let word = at.checked_sub(2).is_some_and(|at| self.token(at).is_some_and(|x| x.is_word()));
            let opening =
                matches!(before.text, "(" | "[" | "\"" | "“" | "‘" | "'" | "’" | "," | "…" | ";" | "*");
            if !linked && !opening || linked && !word && !self.range_before(at) {
                return false;
            }
        }
        let mark = self.joined(at + 1) && matches!(self.text(at + 1), "-" | "/" | ":" | "+" | "." | "_");
        let number = self.joined(at + 2) && self.token(at + 2).is_some_and(|x| x.is_number());
        !(mark && number) || self.range_after(at)
    }

    /// "pre-1967 borders", "post-2014"
    pub fn is_prefixed(&self, at: usize) -> bool {
        let prefix = at.checked_sub(2).is_some_and(|at| matches!(self.lower(at), "pre" | "post"));
        prefix && self.is_dash(at - 1) && self.joined(at - 1) && self.joined(at)
    }

    fn range_before(&self, at: usize) -> bool {
        let mark = at.checked_sub(1).is_some_and(|at| self.is_dash(at) || self.text(at) == "/");
        let year = at.checked_sub(2).and_then(|at| self.digits(at));
        let named = at.checked_sub(2).is_some_and(|at| {
            matches!(
                self.tag(at),
                Tag::Month(_) | Tag::Season(_) | Tag::Is(Word::Mid | Word::Early | Word::Late)
            )
        });
        mark && (named || year.is_some_and(|(year, len)| len == 4 && YEARS.contains(&year)))
    }

    fn range_after(&self, at: usize) -> bool {
        if !(self.is_dash(at + 1) || self.text(at + 1) == "/") {
            return false;
        }
        let Some((first, _)) = self.digits(at) else { return false };
        let joined_on = self.joined(at + 3) && (self.is_dash(at + 3) || self.text(at + 3) == "/");
        match self.digits(at + 2) {
            Some((year, 4)) => YEARS.contains(&year) && year >= first && !joined_on,
            Some((short, 2)) => short > first % 100 && !joined_on,
            _ => false,
        }
    }

    /// Whether a number counts what stands after it: "2000 people", "1,940 km", "1500 metres".
    fn counted_after(&self, at: usize, surely: bool) -> bool {
        let Some(next) = self.token(at + 1).filter(|x| x.is_word() && x.spaced) else { return false };
        if next.is_capitalised() {
            return false;
        }
        let plural = next.lower.ends_with('s')
            && !next.lower.ends_with("ss")
            && !next.lower.ends_with("'s")
            && next.lower.len() > 3;
        let counted = plural && !OF_YEARS.contains(next.lower)
            || COUNTED.contains(next.lower)
            || matches!(self.tag(at + 1), Tag::Unit(unit) if unit.is_clock());
        if surely {
            return COUNTED.contains(next.lower) || matches!(self.tag(at + 1), Tag::Units(_));
        }
        // "the 1999 elections", "its 2014 figures"
        let determined = self.is_prefixed(at)
            || matches!(
                self.before(at),
                Tag::Is(Word::The | Word::This | Word::That | Word::Late | Word::Early)
            )
            || matches!(self.lower_before(at), "its" | "their" | "our" | "his" | "her" | "'s");
        // "about 2000 new homes": an adjective in between
        let second = self.token(at + 2).filter(|x| x.is_word() && x.spaced && !x.is_capitalised());
        let behind = second.is_some_and(|x| {
            x.lower.ends_with('s')
                && !x.lower.ends_with("ss")
                && x.lower.len() > 3
                && self.tag(at + 1) == Tag::None
                && !OF_YEARS.contains(x.lower)
                && !next.lower.ends_with("ed")
                && !next.lower.ends_with("ing")
        });
        let cued = matches!(
            self.before(at),
            Tag::Is(Word::About | Word::Nearly | Word::Over | Word::Than | Word::Vague | Word::Under)
        );
        if cued {
            return counted
                || behind
                || self.tag(at + 1) == Tag::None && !matches!(self.before(at), Tag::Is(Word::About));
        }
        counted && !determined
    }
}

fn words(file: &'static str) -> Words {
    file.lines().filter(|line| !line.starts_with('#')).collect()
}

static LABELS: LazyLock<Words> = LazyLock::new(|| words(include_str!("en/labels.txt")));
static OF_YEARS: LazyLock<Words> = LazyLock::new(|| words(include_str!("en/of_years.txt")));
static COUNTED: LazyLock<Words> = LazyLock::new(|| words(include_str!("en/counted.txt")));
