//! Numbers in words: "seven hundred twenty-one thousand and twelve", "two-thirds", "nine point five".

use super::{Amount, Class, Decimal, class, is, of_class, past_hyphen};
use crate::token::Tokens;

/// A number below a thousand.
#[derive(Clone, Copy)]
pub(super) struct Group {
    pub value: u64,
    pub end: usize,
    /// What stands before its "and": 200 in "two hundred and five".
    head: Option<u64>,
}

/// The number in words that begins at `at`.
pub(super) fn cardinal(t: Tokens<'_>, at: usize) -> Option<Amount> {
    let first = hundreds(t, at)?;
    if let Some(found) = fraction(t, first) {
        return Some(times_scale(t, found));
    }
    if let Some(found) = dozens(t, first) {
        return Some(found);
    }
    let plain = Amount::exact(first.end, Decimal::from(first.value));
    let mut out = point(t, plain).unwrap_or_else(|| and_a_half(t, plain));
    out.one = is(t, at, "one") && out.end == at + 1;
    let whole = out.end == first.end;
    sum(t, out, whole)
}

/// Adds up the groups that follow the first, each smaller than the one before.
fn sum(t: Tokens<'_>, first: Amount, whole: bool) -> Option<Amount> {
    let (mut out, mut total, mut group, mut last) = (first, Decimal::ZERO, first.value?, u64::MAX);
    while let Some((by, end)) = multiplier(t, out.end).filter(|(by, _)| *by < last) {
        total = total.plus(group.times(Decimal::from(by))?)?;
        (last, group) = (by, Decimal::ZERO);
        out = Amount { end, scaled: true, by: out.by.max(by), one: false, ..out };
        if let Some((part, end)) = part_of(t, end, by) {
            (group, out.end) = (part, end);
            break;
        }
        let Some((more, end)) = further(t, end, last).filter(|_| whole) else { break };
        (group, out.end) = (Decimal::from(more), end);
    }
    out.value = total.plus(group);
    Some(out)
}

/// The scales from `at` on: "thousand", "lakh crore", "thousand millions".
pub(super) fn multiplier(t: Tokens<'_>, at: usize) -> Option<(u64, usize)> {
    let (mut by, mut last, mut end) = (1_u64, 0, at);
    for _ in 0..3 {
        let next = past_hyphen(t, end);
        match class(t.get(next)) {
            Some((Class::Scale | Class::Multiple | Class::Many, value)) if value > last => {
                (by, last, end) = (by.checked_mul(value)?, value, next + 1);
            }
            _ => break,
        }
    }
    (end > at).then_some((by, end))
}

/// "three hundred and two dozens": the dozens are two.
fn dozens(t: Tokens<'_>, group: Group) -> Option<Amount> {
    let next = past_hyphen(t, group.end);
    let (Class::Multiple | Class::Many, by) = class(t.get(next)).filter(|(_, by)| *by == 12)? else {
        return None;
    };
    let head = group.head?;
    let value = Decimal::from(head + (group.value - head) * by);
    Some(Amount { scaled: true, by, ..Amount::exact(next + 1, value) })
}

/// The next group of a number in words, where it is smaller than the scale before it.
pub(super) fn further(t: Tokens<'_>, at: usize, last: u64) -> Option<(u64, usize)> {
    let comma = at + usize::from(is(t, at, ",") && class(t.get(at + 1)).is_some());
    let from = comma + usize::from(is(t, comma, "and"));
    let group = hundreds(t, past_hyphen(t, from))?;
    let follows = class(t.get(past_hyphen(t, group.end)));
    let fits = match follows {
        Some((Class::Scale, by)) => by < last,
        Some((Class::Part | Class::Parts | Class::Half | Class::Many, _)) => false,
        _ => comma == at,
    };
    (fits && group.value < last && group.value > 0).then_some((group.value, group.end))
}

/// "seven hundred and twenty-one"
pub(super) fn hundreds(t: Tokens<'_>, at: usize) -> Option<Group> {
    let (small, end) = below_hundred(t, at)?;
    let next = past_hyphen(t, end);
    let Some(by) = of_class(t, next, Class::Hundred) else {
        return Some(Group { value: small, end, head: None });
    };
    let (head, end) = (small * by, next + 1);
    let and = is(t, end, "and");
    let from = past_hyphen(t, end + usize::from(and));
    Some(match below_hundred(t, from).filter(|(rest, _)| *rest > 0) {
        Some((rest, end)) if !(and && lone_part(t, rest, end)) => {
            Group { value: head + rest, end, head: and.then_some(head) }
        }
        _ => Group { value: head, end, head: None },
    })
}

/// "one hundred and one half": a part that is added, which "and" opens.
fn lone_part(t: Tokens<'_>, rest: u64, end: usize) -> bool {
    matches!(class(t.get(past_hyphen(t, end))), Some((Class::Half, _))) && rest == 1
}

fn below_hundred(t: Tokens<'_>, at: usize) -> Option<(u64, usize)> {
    match class(t.get(at))? {
        (Class::Unit | Class::Teen, v) => Some((v, at + 1)),
        (Class::Ten, v) => {
            let next = past_spaced_hyphen(t, at + 1);
            match of_class(t, next, Class::Unit).filter(|unit| (1..10).contains(unit)) {
                Some(unit) => Some((v + unit, next + 1)),
                None => Some((v, at + 1)),
            }
        }
        _ => None,
    }
}

/// The token after a hyphen, one with spaces around it as well: "ninety - five" of tokenised copy.
fn past_spaced_hyphen(t: Tokens<'_>, at: usize) -> usize {
    at + usize::from(t.get(at).is_some_and(|x| matches!(x.text, "-" | "‑")))
}

/// "two thirds", "one-fifth", "one hundred and thirty-two fifths", "two hundred and fifty-four hundredths".
fn fraction(t: Tokens<'_>, group: Group) -> Option<Amount> {
    let next = past_spaced_hyphen(t, group.end);
    let (below, end) = denominator(t, next, group.value == 1)?;
    let (group, below) = split_tens(group, below);
    let rest = group.value - group.head.unwrap_or(0);
    let mixed = group.head.filter(|_| rest < below);
    let part = Decimal::from(if mixed.is_some() { rest } else { group.value }).over(below)?;
    // "two quarters" of a year and "three fifths of a mile" look alike; the first is rare.
    Some(Amount {
        fraction: mixed.is_none(),
        ..Amount::exact(end, part.plus(Decimal::from(mixed.unwrap_or(0)))?)
    })
}

/// "one hundred thirty fifths": the thirty belongs to the fifths, where no "and" parts it from the hundred.
fn split_tens(group: Group, below: u64) -> (Group, u64) {
    let tens = group.value % 100;
    let splits = group.head.is_none()
        && group.value > 100
        && tens >= 20
        && tens.is_multiple_of(10)
        && (3..10).contains(&below);
    if splits { (Group { value: group.value - tens, ..group }, tens + below) } else { (group, below) }
}

/// "thirds", "twenty-fifths"; after one, "third" and "half".
fn denominator(t: Tokens<'_>, at: usize, one: bool) -> Option<(u64, usize)> {
    match class(t.get(at))? {
        (Class::Parts, by) => Some((by, at + 1)),
        (Class::Part | Class::Half, by) if one => Some((by, at + 1)),
        (Class::Ten, ten) => {
            let next = past_hyphen(t, at + 1);
            let word = t.get(next)?.lower;
            let unit = super::ordinal::unit(if one { word } else { word.strip_suffix('s')? })?;
            Some((ten + unit, next + 1))
        }
        // "two one-hundredths", "one one hundred and fifth"
        (Class::Unit, 1) => {
            let next = past_hyphen(t, at + 1);
            let word = t.get(next)?.lower;
            match super::ordinal::rank(word.strip_suffix('s').unwrap_or(word)) {
                Some(below @ 100..) => Some((below, next + 1)),
                _ => super::ordinal::ordinal(t, at).filter(|(below, _)| *below > 100),
            }
        }
        _ => None,
    }
}

/// "three quarters billion"
fn times_scale(t: Tokens<'_>, found: Amount) -> Amount {
    match multiplier(t, found.end) {
        Some((by, end)) => Amount { fraction: false, ..found.times(by, end) },
        None => found,
    }
}

/// "nine point nought four"
fn point(t: Tokens<'_>, out: Amount) -> Option<Amount> {
    let (decimals, end) = decimals(t, out.end)?;
    Some(Amount { value: out.value?.plus(decimals), end, one: false, ..out })
}

/// The decimals after the word "point" at `at`.
pub(super) fn decimals(t: Tokens<'_>, at: usize) -> Option<(Decimal, usize)> {
    let mut end = at + usize::from(is(t, at, "point"));
    let mut written = String::from("0.");
    while written.len() < 24
        && end > at
        && let Some(digit) = of_class(t, end, Class::Unit).filter(|digit| *digit < 10)
    {
        written.push_str(&digit.to_string());
        end += 1;
    }
    if end == at + 1 {
        let digits = t.get(end).filter(|x| x.is_number() && x.text.bytes().all(|b| b.is_ascii_digit()))?;
        written.push_str(digits.text);
        end += 1;
    }
    (end > at).then(|| Some((Decimal::parse(&written)?, end)))?
}

/// "two and a half", "five and three quarters", "forty-two and a thirtieth"
pub(super) fn and_a_half(t: Tokens<'_>, out: Amount) -> Amount {
    match and_part(t, out.end).and_then(|(part, end)| Some((out.value?.plus(part)?, end))) {
        Some((value, end)) => Amount { value: Some(value), end, one: false, ..out },
        None => out,
    }
}

/// The part that "and" adds: "and a half", "and three quarters".
fn and_part(t: Tokens<'_>, at: usize) -> Option<(Decimal, usize)> {
    let at = past_hyphen(t, at);
    let from = Some(past_hyphen(t, at + 1)).filter(|_| is(t, at, "and"))?;
    // "five and half min", but not "five, and half of them"
    if let Some(by) = of_class(t, from, Class::Half) {
        let noun = t.get(from + 1).is_some_and(|x| {
            x.is_word() && !x.is_any(&["of", "the", "its", "their", "were", "are", "a", "an"])
        });
        return Some((Decimal::from(1).over(by)?, from + 1)).filter(|_| noun);
    }
    if is(t, from, "a") || is(t, from, "an") {
        let (below, end) = denominator(t, past_hyphen(t, from + 1), true)?;
        return Some((Decimal::from(1).over(below)?, end));
    }
    let (above, end) = below_hundred(t, from)?;
    let (below, end) = denominator(t, past_hyphen(t, end), true).filter(|(below, _)| above < *below)?;
    Some((Decimal::from(above).over(below)?, end))
}

/// What "and a half" adds to a scale: "one million and a half", "one billion and a quarter million".
pub(super) fn part_of(t: Tokens<'_>, at: usize, by: u64) -> Option<(Decimal, usize)> {
    let (part, end) = and_part(t, at).filter(|_| by >= 1000)?;
    match multiplier(t, end) {
        Some((small, end)) if small < by => Some((part.times(Decimal::from(small))?, end)),
        _ => Some((part.times(Decimal::from(by))?, end)),
    }
}
