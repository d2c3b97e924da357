//! Numbers in digits: "1,158", "12,34,567.89", "40 000", "5½", "3/4", "2.5×10^−8", "5.2 million".

use super::words::{and_a_half, further, hundreds, multiplier, part_of};
use super::{Amount, Class, Decimal, class, is, past_hyphen};
use crate::token::{Token, Tokens};

/// The number that begins with the digits at `at`.
pub(super) fn digits(t: Tokens<'_>, at: usize) -> Option<Amount> {
    let first = t.get(at)?;
    if first.is_number() && stands_alone(t, at + 1) {
        return Some(Amount { digits: true, ..Amount::exact(at + 1, Decimal::parse(first.text)?) });
    }
    with_rest(t, at, first)
}

/// Whether what follows cannot belong to a number: the quick answer for most.
fn stands_alone(t: Tokens<'_>, at: usize) -> bool {
    t.get(at).is_none_or(|x| match x.is_word() {
        true => x.spaced && !x.is("and") && class(Some(x)).is_none(),
        false => matches!(x.text, "%" | "." | ")" | ";" | ":"),
    })
}

fn with_rest(t: Tokens<'_>, at: usize, first: Token<'_>) -> Option<Amount> {
    let mut out = if first.is_number() { written(t, at)? } else { Amount::exact(at, Decimal::ZERO) };
    out.digits = true;
    if let Some(part) = t.get(out.end).and_then(|x| vulgar(x.text.chars().next()?)) {
        out.fraction = at == out.end;
        out = Amount { value: out.value?.plus(part), end: out.end + 1, ..out };
    } else if let Some((part, end)) = slashed(t, at) {
        out = Amount { value: Some(part), fraction: true, end, ..out };
    } else if let Some((part, end)) = slashed(t, at + 1).filter(|_| !first.text.contains('.')) {
        out = Amount { value: out.value?.plus(part), end, ..out };
    }
    let out = power_of_ten(t, out).or_else(|| power(t, out)).unwrap_or(out);
    Some(more(t, scale(t, and_a_half(t, out))))
}

/// The digits at `at` and those that belong to them.
fn written(t: Tokens<'_>, at: usize) -> Option<Amount> {
    let first = t.get(at)?;
    let goes_on = t.get(at + 1).is_some_and(|x| x.is_number() || x.is(","));
    let all = || indian(t, at).or_else(|| decimal_comma(t, at)).or_else(|| spaced_groups(t, at));
    let joined = if goes_on { all() } else { None };
    Some(match joined {
        Some((text, end)) => Amount::exact(end, Decimal::parse(&text)?),
        None => Amount::exact(at + 1, Decimal::parse(first.text)?),
    })
}

fn plain(x: &Token<'_>) -> bool {
    x.is_number() && x.text.bytes().all(|b| b.is_ascii_digit())
}

fn tight_number<'t>(t: Tokens<'t>, at: usize) -> Option<Token<'t>> {
    t.get(at).filter(|x| x.is_number() && !x.spaced)
}

/// `12,34,567.89`: groups of two before the last of three.
fn indian(t: Tokens<'_>, at: usize) -> Option<(String, usize)> {
    let first = t.get(at).filter(|x| plain(x) && x.text.len() <= 2)?;
    let (mut text, mut end) = (first.text.to_owned(), at + 1);
    while t.get(end).is_some_and(|x| x.is(",") && !x.spaced) && text.len() < 24 {
        let group = tight_number(t, end + 1)?;
        text.push_str(group.text);
        end += 2;
        let (head, rest) = group.text.split_once(',').unwrap_or((group.text, ""));
        if head.len() != 2 {
            return None;
        }
        if !rest.is_empty() {
            return Some((text, end));
        }
    }
    None
}

/// `5,00` and `1,3`, but not `1,2,3`.
fn decimal_comma(t: Tokens<'_>, at: usize) -> Option<(String, usize)> {
    let whole = t.get(at).filter(plain)?;
    let after = t.get(at + 1).filter(|x| x.is(",") && !x.spaced)?;
    let part = tight_number(t, at + 2).filter(|x| plain(x) && x.text.len() <= 2)?;
    let tight = |x: Token<'_>| !x.spaced && (x.is_number() || x.is_word() || x.is_dash());
    let list = t.get(at + 3).is_some_and(|x| tight(x) || x.is(",") && tight_number(t, at + 4).is_some());
    let behind = t.before(at, 1).is_some_and(|x| !whole.spaced && x.is(","));
    (!list && !behind && after.is(",")).then(|| (format!("{}.{}", whole.text, part.text), at + 3))
}

/// `40 000`, and the `10, 000` of tokenised copy.
fn spaced_groups(t: Tokens<'_>, at: usize) -> Option<(String, usize)> {
    let first = t.get(at).filter(|x| plain(x) && x.text.len() <= 3 && !x.text.starts_with('0'))?;
    let (mut text, mut end) = (first.text.to_owned(), at + 1);
    loop {
        let comma = usize::from(is(t, end, ","));
        let group = t.get(end + comma).filter(|x| plain(x) && x.spaced && x.text.len() == 3);
        // "May 1, 158 people" and "pages 12 100" are two numbers; no number begins with three noughts.
        let Some(group) = group.filter(|x| x.text == "000" || comma == 0 && narrow(t, x)) else { break };
        text.push_str(group.text);
        end += 1 + comma;
    }
    (end > at + 1 && text.len() <= 15).then_some((text, end))
}

/// Whether a narrow or an unbreakable space stands before a group.
fn narrow(t: Tokens<'_>, x: &Token<'_>) -> bool {
    t.text().get(..x.span.start()).is_some_and(|before| before.ends_with(['\u{a0}', '\u{202f}', '\u{2009}']))
}

pub(super) fn vulgar(c: char) -> Option<Decimal> {
    let parts = [
        ('½', 1, 2),
        ('¼', 1, 4),
        ('¾', 3, 4),
        ('⅓', 1, 3),
        ('⅔', 2, 3),
        ('⅛', 1, 8),
        ('⅜', 3, 8),
        ('⅝', 5, 8),
        ('⅞', 7, 8),
        ('⅕', 1, 5),
    ];
    let (_, above, below) = parts.iter().find(|(sign, ..)| *sign == c)?;
    Decimal::from(*above).over(*below)
}

/// `2.5×10^−8`
fn power_of_ten(t: Tokens<'_>, out: Amount) -> Option<Amount> {
    t.get(out.end).filter(|x| x.text == "×" || x.is("x") && !x.spaced)?;
    t.get(out.end + 1).filter(|x| x.text == "10")?;
    let caret = out.end + 2 + usize::from(is(t, out.end + 2, "^"));
    let minus = usize::from(t.get(caret).is_some_and(|x| x.is_dash() && !x.spaced));
    let power: i32 = tight_number(t, caret + minus)?.text.parse().ok()?;
    let sign = if minus == 1 { "-" } else { "" };
    let by = Decimal::parse(&format!("1e{sign}{power}"))?;
    Some(Amount { value: out.value?.times(by), end: caret + minus + 1, ..out })
}

/// `2.5^-1`
fn power(t: Tokens<'_>, out: Amount) -> Option<Amount> {
    t.get(out.end).filter(|x| x.is("^") && !x.spaced)?;
    let sign = t.get(out.end + 1).filter(|x| !x.spaced && (x.is_dash() || x.is("+")));
    let at = out.end + 1 + usize::from(sign.is_some());
    let power: i32 = tight_number(t, at)?.text.parse().ok()?;
    let power = if sign.is_some_and(|x| x.is_dash()) { -power } else { power };
    let value = out.value?.float()?.powi(power);
    Some(Amount { value: Decimal::of_float(value), end: at + 1, ..out })
}

/// `3/4`, but neither `9/11` nor `24/7`.
fn slashed(t: Tokens<'_>, at: usize) -> Option<(Decimal, usize)> {
    t.get(at + 1).filter(|x| x.is("/") && !x.spaced)?;
    let above = t
        .get(at)
        .filter(|x| plain(x) && (x.spaced || !t.before(at, 1).is_some_and(|b| b.is_word() || b.is("/"))))?;
    let below = tight_number(t, at + 2).filter(plain)?;
    let more = t.get(at + 3).is_some_and(|x| !x.spaced && (x.is("/") || x.is_word()));
    let (above, below): (u64, u64) = (above.text.parse().ok()?, below.text.parse().ok()?);
    let known = [2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100].contains(&below);
    (above < below && known && !more).then(|| Some((Decimal::from(above).over(below)?, at + 3)))?
}

/// Multipliers after digits: `5 million`, `5m`, `5 hundred thousand`, `5 dozen`.
pub(super) fn scale(t: Tokens<'_>, mut out: Amount) -> Amount {
    for _ in 0..3 {
        let next = past_hyphen(t, out.end);
        let Some((class, by)) = class(t.get(next)) else { break };
        let touching = t.get(next).is_some_and(|x| !x.spaced);
        let fits = match class {
            Class::Hundred | Class::Scale | Class::Multiple | Class::Many => {
                next == out.end || class != Class::Many
            }
            Class::Short => {
                touching && next == out.end || by > 1_000_000 && short_word(t.get(next)) || mega(t, next)
            }
            _ => false,
        };
        if !fits || class == Class::Short && ambiguous(t.get(next)) {
            break;
        }
        out = out.times(by, next + 1);
    }
    out
}

/// "bn" may stand apart from its number, "b" and "m" may not.
fn short_word(token: Option<Token<'_>>) -> bool {
    token.is_some_and(|x| x.text.len() > 1)
}

/// "1,674,200.5 M"
fn mega(t: Tokens<'_>, at: usize) -> bool {
    let grouped = t.before(at, 1).is_some_and(|x| x.text.contains([',', '.']));
    grouped
        && t.get(at).is_some_and(|x| x.text == "M")
        && !t.get(at + 1).is_some_and(|x| x.is_word() || x.is("."))
        || t.get(at).is_some_and(|x| x.is("mn") || x.is("mln") || x.is("mil"))
}

/// Whether a multiplier may be a unit as well: "100m". `M`, `k` and `b` after digits are no units.
fn ambiguous(token: Option<Token<'_>>) -> bool {
    token.is_none_or(|x| x.text != "M" && x.lower.len() == 1 && !x.is("k") && !x.is("b"))
}

/// What goes on after a scale: "3 million and a quarter", "4 thousand 3 hundred and 21".
fn more(t: Tokens<'_>, mut out: Amount) -> Amount {
    let mut last = out.by;
    for _ in 0..3 {
        if !out.scaled || !t.before(out.end, 1).is_some_and(|x| x.is_word() && x.lower.len() > 2) {
            break;
        }
        let next = part_of(t, out.end, last).map(|(part, end)| (part, end, 1));
        let Some((part, end, by)) = next.or_else(|| smaller(t, out.end, last)) else { break };
        let Some(value) = out.value.and_then(|v| v.plus(part)) else { break };
        (out.value, out.end, last) = (Some(value), end, by);
        if by == 1 {
            break;
        }
    }
    out
}

/// A group after a scale that is smaller: "3 hundred", and after a hundred "and 21".
fn smaller(t: Tokens<'_>, at: usize, last: u64) -> Option<(Decimal, usize, u64)> {
    let and = usize::from(is(t, at, "and"));
    if let Some(whole) = t.get(at + and).filter(plain).and_then(|x| x.text.parse::<u64>().ok()) {
        let by = match class(t.get(at + and + 1)) {
            Some((Class::Hundred | Class::Scale, by)) => by,
            _ => 1,
        };
        let fits = by > 1 && by < last || by == 1 && last == 100 && and == 1 && (1..100).contains(&whole);
        return fits.then(|| {
            (Decimal::from(whole * by.min(1_000_000_000_000)), at + and + 1 + usize::from(by > 1), by)
        });
    }
    let (value, end) = further(t, at, last)?;
    let large = hundreds(t, at + and).is_some_and(|g| g.value >= 100 || multiplier(t, g.end).is_some());
    (large || last == 100).then(|| (Decimal::from(value), end, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Words;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_quick_answer_is_the_slow_one(text in "[0-9]{1,3}([,.][0-9]{3})?( (people|and|a|half|million|of|m|x|to|1|km|quarter|three)|[,.%-]){0,4}") {
            let words = Words::new(&text);
            let t = words.of(&text);
            let quick = digits(t, 0).map(|a| (a.end, a.value, a.scaled, a.fraction));
            let slow = with_rest(t, 0, t.get(0).unwrap()).map(|a| (a.end, a.value, a.scaled, a.fraction));
            prop_assert_eq!(quick, slow);
        }
    }
}
