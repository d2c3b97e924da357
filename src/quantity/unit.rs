//! The unit or the currency beside a number.

use super::lexicon::{ENGLISH, Unit};
use crate::token::{Token, Tokens};

/// A unit or a currency, and the token after it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    pub end: usize,
    pub name: &'static str,
    /// The measure; none for money.
    pub unit: Option<&'static Unit>,
}

/// The longest name of a unit or a currency, in tokens.
const LONGEST: usize = 5;

/// The unit that begins at `at`, with or without a hyphen before it.
pub(super) fn unit_at(t: Tokens<'_>, at: usize) -> Option<Measure> {
    let from = at + usize::from(t.get(at).is_some_and(|x| x.is_dash() && !x.spaced));
    if from > at && t.get(from).is_none_or(|x| x.spaced) {
        return None;
    }
    t.get(from)?;
    let sign = usize::from(degrees_of(t, from));
    let from = from + sign;
    (1..=LONGEST)
        .rev()
        .find_map(|n| symbol(t, from, n).or_else(|| spelled(t, from, n)))
        .or_else(|| money_sign(t, from))
}

/// "100° Celsius"
fn degrees_of(t: Tokens<'_>, at: usize) -> bool {
    let scale = |x: Token<'_>| matches!(x.lower, "celsius" | "fahrenheit");
    t.get(at).is_some_and(|x| x.text == "°") && t.get(at + 1).is_some_and(scale)
}

/// "100 ₡", where no number follows that the sign could belong to.
fn money_sign(t: Tokens<'_>, at: usize) -> Option<Measure> {
    let sign = t.get(at).filter(|x| !x.is_word() && !x.is_number())?;
    let free = t.get(at + 1).is_none_or(|x| !x.is_number());
    let name = ENGLISH.currency_before.get(sign.text).filter(|_| free)?;
    Some(Measure { end: at + 1, name, unit: None })
}

fn symbol(t: Tokens<'_>, from: usize, n: usize) -> Option<Measure> {
    if n > 4 {
        return None;
    }
    let tokens = t.range(from, from + n)?;
    let first = t.get(from)?;
    if tokens.clone().skip(1).any(|x| x.spaced) || tokens.clone().any(|x| x.text.len() > 5) {
        return None;
    }
    let key: String = tokens.map(|x| x.text).collect();
    let (name, tight) = *ENGLISH.unit_symbols.get(key.as_str())?;
    let cut = t.get(from + n).is_some_and(|x| !x.spaced && (x.is_word() || x.is_number()) && first.is_word());
    if cut || tight && first.spaced {
        return None;
    }
    let unit = ENGLISH.units.get(name)?;
    Some(Measure { end: from + n, name: unit.name, unit: Some(unit) })
}

/// The words `n` tokens make, dots dropped and hyphens read as spaces.
fn phrase(t: Tokens<'_>, from: usize, n: usize) -> Option<String> {
    let mut key = String::new();
    for token in t.range(from, from + n)? {
        if token.text == "." || token.is_dash() {
            continue;
        }
        if !token.is_word() && token.text != "€" {
            return None;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(token.lower);
    }
    Some(key)
}

fn spelled(t: Tokens<'_>, from: usize, n: usize) -> Option<Measure> {
    let last = t.get((from + n).checked_sub(1)?)?;
    if last.text == "." || last.is_dash() {
        return None;
    }
    let key = phrase(t, from, n)?;
    let end = from + n;
    if let Some(code) = ENGLISH.currency_words.get(key.as_str()) {
        return (key.len() != 3 || last.is_capitalised() || !is_code(&key)).then_some(Measure {
            end,
            name: code,
            unit: None,
        });
    }
    let unit = ENGLISH.units.get(ENGLISH.unit_words.get(key.as_str())?)?;
    Some(Measure { end, name: unit.name, unit: Some(unit) })
}

fn is_code(key: &str) -> bool {
    ENGLISH.currency_words.get(key).is_some_and(|c| c.eq_ignore_ascii_case(key))
}

/// The currency that ends before `at`: its first token and its code.
pub(super) fn currency_before(t: Tokens<'_>, at: usize) -> Option<(usize, &'static str)> {
    for n in (1..=4).rev() {
        let Some(from) = at.checked_sub(n) else { continue };
        let Some(tokens) = t.range(from, at) else { continue };
        let mut key = String::new();
        for (i, token) in tokens.clone().enumerate() {
            if i > 0 && token.spaced {
                key.push(' ');
            }
            key.push_str(token.lower);
        }
        let Some(code) = ENGLISH.currency_before.get(key.as_str()) else { continue };
        let letters = tokens.clone().all(|x| x.is_word()) || key.ends_with('=');
        let capital = t.get(from).is_some_and(|x| x.is_capitalised());
        let glued = from.checked_sub(1).is_some_and(|i| {
            t.get(i).is_some_and(|x| x.is_word()) && t.get(from).is_some_and(|x| !x.spaced && x.is_word())
        });
        let short = key.len() <= 2 && letters && t.get(at).is_some_and(|x| x.spaced) && key != "rs";
        if !(glued || short || letters && !capital) {
            return Some((from, code));
        }
    }
    None
}

/// Whether the number at `at` may be a sum after letters: `USD10m`, `Y590bn`, but not `Y2`.
pub(super) fn money_follows(t: Tokens<'_>, at: usize) -> bool {
    let previous = at.checked_sub(1).and_then(|i| t.get(i));
    if previous.is_some_and(|x| x.text.len() == 3 || !x.is_word()) {
        return true;
    }
    let grouped = t.get(at).is_some_and(|x| x.text.contains([',', '.']));
    grouped || super::amount::amount(t, at).is_some_and(|a| a.scaled)
}

/// "a day", "per 100,000 people", "/year": what it is counted by, and the token after it.
pub(super) fn rate(t: Tokens<'_>, at: usize, money: bool) -> Option<(String, usize)> {
    let hyphen = usize::from(t.get(at).is_some_and(|x| x.is_dash() && !x.spaced));
    let at = at + hyphen;
    let word = t.get(at)?;
    let each = word.is("a") || word.is("an") || word.is("each") || word.is("every");
    let per = word.is("per") || word.is("/") && !word.spaced;
    let from = at + 1 + hyphen * usize::from(t.get(at + 1).is_some_and(|x| x.is_dash()));
    // "$8 billion a year earlier"
    let past = ["ago", "earlier", "later", "before", "after", "on", "old"];
    let relative = |m: &Measure| !per && t.get(m.end).is_some_and(|x| past.iter().any(|w| x.is(w)));
    if let Some(measure) = unit_at(t, from).filter(|m| (each || per) && !relative(m))
        && let Some(unit) = measure.unit
        && (per || unit.dimension == "duration" || money)
    {
        return Some((unit.name.to_owned(), measure.end));
    }
    let noun = t.get(from).filter(|x| x.is_word() && (per || money && each))?;
    let of_money = ["share", "head", "person", "barrel", "piece", "ticket", "unit", "bottle", "item"];
    (per || of_money.iter().any(|w| noun.is(w))).then(|| (noun.lower.to_owned(), from + 1))
}
