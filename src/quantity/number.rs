//! Numbers in digits and in words, and the fractions of them.

use super::lexicon::{Class, ENGLISH};
use super::token::Token;

/// A number: the tokens it takes, and its value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount {
    /// The token after its last.
    pub end: usize,
    /// Its value; none where it is vague or beyond a float.
    pub value: Option<f64>,
    /// The low end of a vague one.
    pub low: Option<f64>,
    /// Whether it is a part of one: "a fifth".
    pub fraction: bool,
    /// Whether it has a multiplier: "5 million".
    pub scaled: bool,
    /// The multipliers in it.
    pub by: f64,
    /// Whether it is one number in another: "one in five".
    pub ratio: bool,
    /// Whether it is the bare word "one".
    pub one: bool,
    /// Whether it begins with digits.
    pub digits: bool,
}

impl Amount {
    fn exact(end: usize, value: f64) -> Self {
        let value = Some(value).filter(|v| v.is_finite());
        Self {
            end,
            value,
            low: None,
            fraction: false,
            scaled: false,
            by: 1.0,
            ratio: false,
            one: false,
            digits: false,
        }
    }

    fn times(self, by: f64, end: usize) -> Self {
        let value = self.value.map(|v| v * by).filter(|v| v.is_finite());
        Self { end, value, scaled: true, by: self.by * by, one: false, ..self }
    }
}

pub(super) fn class(token: Option<&Token<'_>>) -> Option<(Class, f64)> {
    token?.class
}

fn of_class(t: &[Token<'_>], at: usize, wanted: Class) -> Option<f64> {
    class(t.get(at)).filter(|(c, _)| *c == wanted).map(|(_, v)| v)
}

fn is(t: &[Token<'_>], at: usize, word: &str) -> bool {
    t.get(at).is_some_and(|x| x.is(word))
}

/// The token after a hyphen at `at`, where one joins two words.
fn past_hyphen(t: &[Token<'_>], at: usize) -> usize {
    let joined =
        t.get(at).is_some_and(|x| x.is_dash() && !x.spaced) && t.get(at + 1).is_some_and(|x| !x.spaced);
    at + usize::from(joined)
}

/// The number that begins at token `at`.
pub(super) fn amount(t: &[Token<'_>], at: usize) -> Option<Amount> {
    let first = plain(t, at)?;
    Some(one_in(t, first).unwrap_or(first))
}

/// "one in five", "3 out of 10"
fn one_in(t: &[Token<'_>], first: Amount) -> Option<Amount> {
    let out_of = is(t, first.end, "out") && is(t, first.end + 1, "of");
    let within = (out_of || is(t, first.end, "in")) && !first.scaled;
    let next = first.end + usize::from(out_of);
    let second = plain(t, next + 1).filter(|_| within && !is(t, next + 1, "a"))?;
    let (a, b) = (first.value?, second.value?);
    let usual = a == 1.0 && (3.0..1000.0).contains(&b) || [5.0, 10.0, 20.0, 100.0, 1000.0].contains(&b);
    let measured = super::unit::unit_at(t, second.end).is_some();
    (usual && a >= 1.0 && a < b && !measured).then_some(Amount {
        value: Some(a / b),
        end: second.end,
        ratio: true,
        one: false,
        ..first
    })
}

fn plain(t: &[Token<'_>], at: usize) -> Option<Amount> {
    let first = t.get(at)?;
    if first.is_number() || first.text.chars().all(|c| vulgar(c).is_some()) {
        return digits(t, at);
    }
    match class(Some(first)) {
        Some((Class::Unit | Class::Teen | Class::Ten, _)) => in_words(t, at),
        Some((Class::Many, low)) => Some(vague(t, at + 1, low)),
        Some((Class::Half, _)) => half(t, at),
        _ if first.is("a") || first.is("an") => after_article(t, at),
        _ if first.is("several") || first.is("few") => several(t, at),
        _ => None,
    }
}

fn vulgar(c: char) -> Option<f64> {
    let parts = [('½', 0.5), ('¼', 0.25), ('¾', 0.75), ('⅓', 1.0 / 3.0), ('⅔', 2.0 / 3.0), ('⅛', 0.125)];
    parts.iter().find(|(p, _)| *p == c).map(|(_, v)| *v)
}

fn digits(t: &[Token<'_>], at: usize) -> Option<Amount> {
    let first = t.get(at)?;
    let mut out = if first.is_number() {
        let plain: String = first.text.chars().filter(|c| *c != ',').collect();
        Amount::exact(at + 1, plain.parse().ok()?)
    } else {
        Amount::exact(at, 0.0)
    };
    out.digits = true;
    if let Some(part) = t.get(out.end).and_then(|x| vulgar(x.text.chars().next()?)) {
        out.value = out.value.map(|v| v + part);
        out.fraction = at == out.end;
        out.end += 1;
    } else if let Some((part, end)) = slashed(t, at) {
        out = Amount { value: Some(part), fraction: true, end, ..out };
    } else if let Some((part, end)) = slashed(t, at + 1).filter(|_| !first.text.contains('.')) {
        out = Amount { value: out.value.map(|v| v + part), end, ..out };
    }
    Some(scale(t, and_a_half(t, power_of_ten(t, out).unwrap_or(out))))
}

/// `2.5×10^−8`
fn power_of_ten(t: &[Token<'_>], out: Amount) -> Option<Amount> {
    t.get(out.end).filter(|x| x.text == "×" || x.is("x") && !x.spaced)?;
    let ten = t.get(out.end + 1).filter(|x| x.text == "10")?;
    let caret = out.end + 2 + usize::from(is(t, out.end + 2, "^"));
    let minus = usize::from(t.get(caret).is_some_and(|x| x.is_dash() && !x.spaced));
    let power =
        t.get(caret + minus).filter(|x| !x.spaced && x.is_number() && x.span.start > ten.span.start)?;
    let power: i32 = power.text.parse().ok()?;
    let by = 10_f64.powi(if minus == 1 { power.checked_neg()? } else { power });
    Some(out.times(by, caret + minus + 1))
}

/// `3/4`, but neither `9/11` nor `24/7`.
fn slashed(t: &[Token<'_>], at: usize) -> Option<(f64, usize)> {
    let above: f64 = t.get(at).filter(|x| x.is_number() && x.spaced)?.text.parse().ok()?;
    let touching = t.get(at + 1).is_some_and(|x| x.is("/") && !x.spaced);
    let below: f64 = t.get(at + 2).filter(|x| touching && x.is_number() && !x.spaced)?.text.parse().ok()?;
    let more = t.get(at + 3).is_some_and(|x| !x.spaced && (x.is("/") || x.is_word()));
    let known = [2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 16.0].contains(&below);
    (above < below && known && !more).then(|| (above / below, at + 3))
}

/// Multipliers after digits: `5 million`, `5m`, `5 hundred thousand`, `5 dozen`.
fn scale(t: &[Token<'_>], mut out: Amount) -> Amount {
    for _ in 0..3 {
        let next = past_hyphen(t, out.end);
        let Some((class, by)) = class(t.get(next)) else { break };
        let touching = t.get(next).is_some_and(|x| !x.spaced);
        let fits = match class {
            Class::Hundred | Class::Scale | Class::Multiple | Class::Many => {
                next == out.end || class != Class::Many
            }
            Class::Short => {
                touching && next == out.end || matches!(by, b if b > 1e6 && short_word(t.get(next)))
            }
            _ => false,
        };
        if !fits || (class == Class::Short && ambiguous(t, next)) {
            break;
        }
        out = out.times(by, next + 1);
    }
    out
}

/// "bn" may stand apart from its number, "b" and "m" may not.
fn short_word(token: Option<&Token<'_>>) -> bool {
    token.is_some_and(|x| x.text.len() > 1)
}

/// `100m` is a length unless money stands before it or a noun follows; `5 b` is no billion.
fn ambiguous(t: &[Token<'_>], at: usize) -> bool {
    let Some(token) = t.get(at) else { return true };
    if token.text == "M" || token.lower.len() > 1 || token.is("k") || token.is("b") {
        return false;
    }
    if money_before(t, at) {
        return false;
    }
    let noun =
        t.get(at + 1).is_some_and(|x| x.is_word() && x.spaced && !ENGLISH.stops.contains(x.lower.as_ref()));
    !(noun && t.get(at + 1).is_some_and(|x| super::around::is_plural(&x.lower)))
}

fn money_before(t: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(2).and_then(|i| t.get(i));
    before.is_some_and(|x| ENGLISH.currency_before.contains_key(x.lower.as_ref()) || x.is("="))
}

fn and_a_half(t: &[Token<'_>], out: Amount) -> Amount {
    let at = past_hyphen(t, out.end);
    if !is(t, at, "and") {
        return out;
    }
    let at = past_hyphen(t, at + 1);
    if is(t, at, "a") {
        let last = past_hyphen(t, at + 1);
        match class(t.get(last)) {
            Some((Class::Half | Class::Part, v)) => return added(out, 1.0 / v, last + 1),
            _ => return out,
        }
    }
    let parts = past_hyphen(t, at + 1);
    match (of_class(t, at, Class::Unit), class(t.get(parts))) {
        (Some(n), Some((Class::Parts | Class::Part, v))) if n < v => added(out, n / v, parts + 1),
        _ => out,
    }
}

fn added(out: Amount, part: f64, end: usize) -> Amount {
    Amount { value: out.value.map(|v| v + part), end, one: false, ..out }
}

/// "seven hundred twenty-one thousand and twelve", "two-thirds", "two and a half million".
fn in_words(t: &[Token<'_>], at: usize) -> Option<Amount> {
    let (first, end) = below_thousand(t, at)?;
    if let Some(fraction) = parts(t, first, end) {
        return Some(fraction);
    }
    let mut out = and_a_half(t, Amount::exact(end, first));
    out.one = is(t, at, "one") && out.end == at + 1;
    let halved = out.end != end;
    let (mut total, mut last, mut group) = (0.0, f64::INFINITY, out.value.unwrap_or(first));
    loop {
        let next = past_hyphen(t, out.end);
        let by = match class(t.get(next)) {
            Some((Class::Scale | Class::Multiple | Class::Many, by)) if by < last => by,
            // "one hundred thousand million" and the like end the number.
            _ => break,
        };
        total += group * by;
        (last, group) = (by, 0.0);
        out = Amount { end: next + 1, scaled: true, by: out.by.max(by), one: false, ..out };
        let Some((more, after)) = further(t, next + 1, last) else { break };
        (group, out.end) = (more, after);
        if halved {
            break;
        }
    }
    out.value = Some(total + group);
    Some(out)
}

/// The next group of a number in words, where it is smaller than the scale before it.
fn further(t: &[Token<'_>], at: usize, last: f64) -> Option<(f64, usize)> {
    let comma = at + usize::from(is(t, at, ",") && class(t.get(at + 1)).is_some());
    let from = comma + usize::from(is(t, comma, "and"));
    let (group, end) = below_thousand(t, past_hyphen(t, from))?;
    let follows = class(t.get(end));
    let fits = match follows {
        Some((Class::Scale, by)) => comma == at || by < last,
        Some((Class::Part | Class::Parts | Class::Many, _)) => false,
        _ => comma == at,
    };
    let too_large = matches!(follows, Some((Class::Scale, by)) if by >= last);
    (fits && !too_large && group < last).then_some((group, end))
}

/// "seven hundred and twenty-one"
fn below_thousand(t: &[Token<'_>], at: usize) -> Option<(f64, usize)> {
    let (small, end) = below_hundred(t, at)?;
    let next = past_hyphen(t, end);
    let Some(by) = of_class(t, next, Class::Hundred) else { return Some((small, end)) };
    let end = next + 1;
    let from = past_hyphen(t, end + usize::from(is(t, end, "and")));
    Some(match below_hundred(t, from) {
        Some((rest, last)) if !matches!(class(t.get(last)), Some((Class::Part | Class::Parts, _))) => {
            (small * by + rest, last)
        }
        _ => (small * by, end),
    })
}

fn below_hundred(t: &[Token<'_>], at: usize) -> Option<(f64, usize)> {
    match class(t.get(at))? {
        (Class::Unit | Class::Teen, v) => Some((v, at + 1)),
        (Class::Ten, v) => {
            let next = past_hyphen(t, at + 1);
            match of_class(t, next, Class::Unit).filter(|u| *u > 0.0) {
                Some(unit) => Some((v + unit, next + 1)),
                None => Some((v, at + 1)),
            }
        }
        _ => None,
    }
}

/// "two thirds", "one-fifth"
fn parts(t: &[Token<'_>], above: f64, end: usize) -> Option<Amount> {
    let next = past_hyphen(t, end);
    let below = match class(t.get(next))? {
        (Class::Parts, v) => v,
        (Class::Part, v) if above <= 1.0 => v,
        _ => return None,
    };
    // "two quarters" of a year and "three fifths of a mile" look alike; the first is rare.
    Some(Amount { fraction: true, ..Amount::exact(next + 1, above / below) })
}

fn vague(t: &[Token<'_>], mut end: usize, mut low: f64) -> Amount {
    for _ in 0..3 {
        if !is(t, end, "of") {
            break;
        }
        let Some(by) = of_class(t, end + 1, Class::Many) else { break };
        low *= by;
        end += 2;
    }
    Amount { value: None, low: Some(low), ..Amount::exact(end, 0.0) }
}

/// "several hundred", "a few thousand": a low end of three of them, since two are a couple.
fn several(t: &[Token<'_>], at: usize) -> Option<Amount> {
    match class(t.get(at + 1))? {
        (Class::Hundred | Class::Scale | Class::Multiple, by) => {
            let scaled = scale(t, Amount::exact(at + 2, by));
            Some(Amount { value: None, low: scaled.value.map(|v| v * 3.0), ..scaled })
        }
        _ => None,
    }
}

/// "half of", "half the", "half a million"
fn half(t: &[Token<'_>], at: usize) -> Option<Amount> {
    let out = Amount { fraction: true, ..Amount::exact(at + 1, 0.5) };
    let next = t.get(at + 1)?;
    if next.is_dash() {
        return None;
    }
    if let (true, Some((Class::Scale | Class::Multiple | Class::Hundred, by))) =
        (next.is("a") || next.is("an"), class(t.get(at + 2)))
    {
        return Some(Amount { fraction: false, ..out.times(by, at + 3) });
    }
    let whole = ["of", "the", "its", "their", "all", "his", "her", "our", "those", "these"];
    let cued = || super::around::cue_before(t, at).is_some() && !next.is("time");
    (whole.iter().any(|w| next.is(w)) || cued()).then_some(out)
}

/// "a dozen", "a hundred and five", "a third of", "a few hundred"
fn after_article(t: &[Token<'_>], at: usize) -> Option<Amount> {
    let next = t.get(at + 1)?;
    match class(Some(next)) {
        Some((Class::Hundred | Class::Scale, by)) => {
            let out = scale(t, Amount { scaled: true, ..Amount::exact(at + 2, by) });
            Some(match further(t, out.end, by) {
                Some((rest, end)) => added(out, rest, end),
                None => out,
            })
        }
        Some((Class::Multiple, by)) if by < 20.0 => Some(Amount::exact(at + 2, by)),
        Some((Class::Part, by)) if of_class(t, at + 2, Class::Scale).is_some() => {
            Some(scale(t, Amount::exact(at + 2, 1.0 / by)))
        }
        Some((Class::Part | Class::Half, by)) if fraction_follows(t, at) => {
            let out = Amount { fraction: true, ..Amount::exact(at + 2, 1.0 / by) };
            Some(match (is(t, at + 2, "of") && is(t, at + 3, "a"), class(t.get(at + 4))) {
                (true, Some((Class::Scale, scale))) => Amount { fraction: false, ..out.times(scale, at + 5) },
                _ => out,
            })
        }
        _ if next.is("few") => several(t, at + 1),
        _ => None,
    }
}

/// "a third of them" and "more than a third", but not "a third party".
fn fraction_follows(t: &[Token<'_>], at: usize) -> bool {
    if is(t, at + 2, "of") {
        return true;
    }
    let closed = t.get(at + 2).is_none_or(|x| !x.is_word() || ENGLISH.stops.contains(x.lower.as_ref()));
    closed && super::around::cue_before(t, at).is_some()
}
