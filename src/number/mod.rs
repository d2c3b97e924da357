//! Numbers in digits and in words, and the fractions of them: what quantities and dates both read.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::token::{Token, Tokens};

/// What part a word plays in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// `seven`.
    Unit,
    /// `seventeen`.
    Teen,
    /// `seventy`.
    Ten,
    /// `hundred`.
    Hundred,
    /// `thousand`, `million`.
    Scale,
    /// `k`, `m`, `bn`: only after digits.
    Short,
    /// `dozen`.
    Multiple,
    /// `dozens`, `millions`.
    Many,
    /// `half`.
    Half,
    /// `third`.
    Part,
    /// `thirds`.
    Parts,
}

impl Class {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "unit" => Self::Unit,
            "teen" => Self::Teen,
            "ten" => Self::Ten,
            "hundred" => Self::Hundred,
            "scale" => Self::Scale,
            "short" => Self::Short,
            "multiple" => Self::Multiple,
            "many" => Self::Many,
            "half" => Self::Half,
            "part" => Self::Part,
            "parts" => Self::Parts,
            _ => return None,
        })
    }
}

static ENGLISH: LazyLock<HashMap<&'static str, (Class, f64)>> = LazyLock::new(|| {
    let lines = include_str!("en/numbers.txt").lines().filter(|line| !line.starts_with("# "));
    lines
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let word = fields.next()?;
            Some((word, (Class::named(fields.next()?)?, fields.next()?.parse().ok()?)))
        })
        .collect()
});

/// The longest number word, "quadrillion" or "thousandths".
const LONGEST: usize = 11;

/// A number: the tokens it takes, and its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Amount {
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
    pub(crate) fn exact(end: usize, value: f64) -> Self {
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

    pub(crate) fn times(self, by: f64, end: usize) -> Self {
        let value = self.value.map(|v| v * by).filter(|v| v.is_finite());
        Self { end, value, scaled: true, by: self.by * by, one: false, ..self }
    }
}

pub(crate) fn class(token: Option<Token<'_>>) -> Option<(Class, f64)> {
    let token = token.filter(|x| x.is_word() && x.lower.len() <= LONGEST)?;
    ENGLISH.get(token.lower).copied()
}

pub(crate) fn of_class(t: Tokens<'_>, at: usize, wanted: Class) -> Option<f64> {
    class(t.get(at)).filter(|(c, _)| *c == wanted).map(|(_, v)| v)
}

pub(crate) fn is(t: Tokens<'_>, at: usize, word: &str) -> bool {
    t.get(at).is_some_and(|x| x.is(word))
}

/// The token after a hyphen at `at`, where one joins two words.
pub(crate) fn past_hyphen(t: Tokens<'_>, at: usize) -> usize {
    let joined =
        t.get(at).is_some_and(|x| x.is_dash() && !x.spaced) && t.get(at + 1).is_some_and(|x| !x.spaced);
    at + usize::from(joined)
}

/// The number that begins at token `at`.
pub(crate) fn amount(t: Tokens<'_>, at: usize) -> Option<Amount> {
    let first = t.get(at)?;
    if first.is_number() || first.text.chars().all(|c| vulgar(c).is_some()) {
        return digits(t, at);
    }
    match class(Some(first)) {
        Some((Class::Unit | Class::Teen | Class::Ten, _)) => in_words(t, at),
        Some((Class::Many, low)) => Some(vague(t, at + 1, low)),
        _ if first.is("a") || first.is("an") => after_article(t, at),
        _ if first.is("several") || first.is("few") => several(t, at),
        _ => None,
    }
}

fn vulgar(c: char) -> Option<f64> {
    let parts = [('½', 0.5), ('¼', 0.25), ('¾', 0.75), ('⅓', 1.0 / 3.0), ('⅔', 2.0 / 3.0), ('⅛', 0.125)];
    parts.iter().find(|(p, _)| *p == c).map(|(_, v)| *v)
}

fn digits(t: Tokens<'_>, at: usize) -> Option<Amount> {
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
fn power_of_ten(t: Tokens<'_>, out: Amount) -> Option<Amount> {
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
fn slashed(t: Tokens<'_>, at: usize) -> Option<(f64, usize)> {
    let above: f64 = t.get(at).filter(|x| x.is_number() && x.spaced)?.text.parse().ok()?;
    let touching = t.get(at + 1).is_some_and(|x| x.is("/") && !x.spaced);
    let below: f64 = t.get(at + 2).filter(|x| touching && x.is_number() && !x.spaced)?.text.parse().ok()?;
    let more = t.get(at + 3).is_some_and(|x| !x.spaced && (x.is("/") || x.is_word()));
    let known = [2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 16.0].contains(&below);
    (above < below && known && !more).then(|| (above / below, at + 3))
}

/// Multipliers after digits: `5 million`, `5m`, `5 hundred thousand`, `5 dozen`.
pub(crate) fn scale(t: Tokens<'_>, mut out: Amount) -> Amount {
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

/// Whether a multiplier may be a unit as well: "100m". `M`, `k` and `b` after digits are no units.
fn ambiguous(token: Option<Token<'_>>) -> bool {
    token.is_none_or(|x| x.text != "M" && x.lower.len() == 1 && !x.is("k") && !x.is("b"))
}

fn and_a_half(t: Tokens<'_>, out: Amount) -> Amount {
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

pub(crate) fn added(out: Amount, part: f64, end: usize) -> Amount {
    Amount { value: out.value.map(|v| v + part), end, one: false, ..out }
}

/// "seven hundred twenty-one thousand and twelve", "two-thirds", "two and a half million".
fn in_words(t: Tokens<'_>, at: usize) -> Option<Amount> {
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
pub(crate) fn further(t: Tokens<'_>, at: usize, last: f64) -> Option<(f64, usize)> {
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
fn below_thousand(t: Tokens<'_>, at: usize) -> Option<(f64, usize)> {
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

fn below_hundred(t: Tokens<'_>, at: usize) -> Option<(f64, usize)> {
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
fn parts(t: Tokens<'_>, above: f64, end: usize) -> Option<Amount> {
    let next = past_hyphen(t, end);
    let below = match class(t.get(next))? {
        (Class::Parts, v) => v,
        (Class::Part, v) if above <= 1.0 => v,
        _ => return None,
    };
    // "two quarters" of a year and "three fifths of a mile" look alike; the first is rare.
    Some(Amount { fraction: true, ..Amount::exact(next + 1, above / below) })
}

fn vague(t: Tokens<'_>, mut end: usize, mut low: f64) -> Amount {
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
pub(crate) fn several(t: Tokens<'_>, at: usize) -> Option<Amount> {
    match class(t.get(at + 1))? {
        (Class::Hundred | Class::Scale | Class::Multiple, by) => {
            let scaled = scale(t, Amount::exact(at + 2, by));
            Some(Amount { value: None, low: scaled.value.map(|v| v * 3.0), ..scaled })
        }
        _ => None,
    }
}

/// "a dozen", "a hundred and five", "a third of", "a few hundred"
fn after_article(t: Tokens<'_>, at: usize) -> Option<Amount> {
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
        _ if next.is("few") => several(t, at + 1),
        _ => None,
    }
}
