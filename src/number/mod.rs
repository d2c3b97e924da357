//! Numbers in digits and in words, and the fractions of them: what quantities and dates both read.

mod decimal;
mod digits;
mod ordinal;
mod words;

use std::sync::LazyLock;

use crate::hash::{Sketch, Table};
use crate::token::{Token, Tokens};

pub use decimal::Decimal;
pub(crate) use ordinal::ordinal;

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

static ENGLISH: LazyLock<Table<&'static str, (Class, u64)>> = LazyLock::new(|| {
    let lines = include_str!("en/numbers.txt").lines().filter(|line| !line.starts_with("# "));
    lines
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let word = fields.next()?;
            Some((word, (Class::named(fields.next()?)?, fields.next()?.parse().ok()?)))
        })
        .collect()
});

static SKETCH: LazyLock<Sketch> = LazyLock::new(|| ENGLISH.keys().copied().collect());

/// A number: the tokens it takes, and its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Amount {
    /// The token after its last.
    pub end: usize,
    /// Its value; none where it is vague or too large to hold.
    pub value: Option<Decimal>,
    /// The low end of a vague one.
    pub low: Option<Decimal>,
    /// Whether it is a part of one: "a fifth".
    pub fraction: bool,
    /// Whether it has a multiplier: "5 million".
    pub scaled: bool,
    /// The multipliers in it.
    pub by: u64,
    /// Whether it is one number in another: "one in five".
    pub ratio: bool,
    /// Whether it is the bare word "one".
    pub one: bool,
    /// Whether it begins with digits.
    pub digits: bool,
}

impl Amount {
    pub(crate) fn exact(end: usize, value: Decimal) -> Self {
        Self {
            end,
            value: Some(value),
            low: None,
            fraction: false,
            scaled: false,
            by: 1,
            ratio: false,
            one: false,
            digits: false,
        }
    }

    pub(crate) fn times(self, by: u64, end: usize) -> Self {
        let value = self.value.and_then(|v| v.times(Decimal::from(by)));
        Self { end, value, scaled: true, by: self.by.saturating_mul(by), one: false, ..self }
    }

    /// The value as a float.
    pub(crate) fn float(&self) -> Option<f64> {
        self.value?.float()
    }
}

pub(crate) fn class(token: Option<Token<'_>>) -> Option<(Class, u64)> {
    let token = token.filter(|x| x.is_word() && SKETCH.may_hold(x.lower))?;
    ENGLISH.get(token.lower).copied()
}

/// The words that a number may begin with or consist of.
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    ENGLISH.keys().copied().chain(ordinal::words())
}

pub(crate) fn of_class(t: Tokens<'_>, at: usize, wanted: Class) -> Option<u64> {
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

/// Whether `text` is a fraction in one character.
pub(crate) fn is_vulgar(text: &str) -> bool {
    !text.is_ascii() && text.chars().all(|c| digits::vulgar(c).is_some())
}

/// The number that begins at token `at`.
pub(crate) fn amount(t: Tokens<'_>, at: usize) -> Option<Amount> {
    let first = t.get(at)?;
    if first.is_number() || is_vulgar(first.text) {
        return digits::digits(t, at);
    }
    match class(Some(first)) {
        Some((Class::Unit | Class::Teen | Class::Ten, _)) => words::cardinal(t, at),
        Some((Class::Many, low)) => vague(t, at + 1, low),
        Some((Class::Part | Class::Half, by)) => bare_part(t, at, by),
        _ if first.is("a") || first.is("an") => after_article(t, at),
        _ if first.is("several") || first.is("few") => several(t, at),
        _ if first.is("point") && opens(t, at) => {
            words::decimals(t, at).map(|(value, end)| Amount::exact(end, value))
        }
        _ => None,
    }
}

/// Whether nothing stands before `at` but a mark.
fn opens(t: Tokens<'_>, at: usize) -> bool {
    t.before(at, 1).is_none_or(|x| !x.is_word() && !x.is_number())
}

/// "quarter million"
fn bare_part(t: Tokens<'_>, at: usize, by: u64) -> Option<Amount> {
    let (scale, end) = words::multiplier(t, at + 1)?;
    Some(Amount::exact(at + 1, Decimal::from(1).over(by)?).times(scale, end))
}

/// "dozens", "hundreds of thousands"
fn vague(t: Tokens<'_>, mut end: usize, mut low: u64) -> Option<Amount> {
    for _ in 0..3 {
        if !is(t, end, "of") {
            break;
        }
        let Some(by) = of_class(t, end + 1, Class::Many) else { break };
        (low, end) = (low.checked_mul(by)?, end + 2);
    }
    Some(Amount { value: None, low: Some(Decimal::from(low)), ..Amount::exact(end, Decimal::ZERO) })
}

/// "several hundred", "a few thousand": a low end of three of them, since two are a couple.
pub(crate) fn several(t: Tokens<'_>, at: usize) -> Option<Amount> {
    match class(t.get(at + 1))? {
        (Class::Hundred | Class::Scale | Class::Multiple, by) => {
            let scaled = digits::scale(t, Amount::exact(at + 2, Decimal::from(by)));
            let low = scaled.value?.times(Decimal::from(3));
            Some(Amount { value: None, low, ..scaled })
        }
        _ => None,
    }
}

/// "a dozen", "a hundred and five", "a quarter million", "a few hundred"
fn after_article(t: Tokens<'_>, at: usize) -> Option<Amount> {
    let next = t.get(at + 1)?;
    match class(Some(next)) {
        Some((Class::Hundred | Class::Scale, by)) => {
            let out =
                digits::scale(t, Amount { scaled: true, by, ..Amount::exact(at + 2, Decimal::from(by)) });
            let more = words::part_of(t, out.end, out.by)
                .or_else(|| words::further(t, out.end, by).map(|(rest, end)| (Decimal::from(rest), end)));
            Some(match more.and_then(|(rest, end)| Some((out.value?.plus(rest)?, end))) {
                Some((value, end)) => Amount { value: Some(value), end, ..out },
                None => out,
            })
        }
        Some((Class::Multiple, by)) if by < 20 => Some(Amount::exact(at + 2, Decimal::from(by))),
        Some((Class::Part, by)) => bare_part(t, at + 1, by),
        _ if next.is("few") => several(t, at + 1),
        _ => None,
    }
}
