//! The unit or the currency beside a number.

use super::Name;
use super::lexicon::{ENGLISH, Flags, Unit};
use crate::token::{Token, Tokens};

/// A unit or a currency, and the token after it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    pub end: usize,
    pub name: &'static str,
    /// The measure; none for money.
    pub unit: Option<&'static Unit>,
}

/// The unit that begins at `at`, with or without a hyphen before it.
pub(super) fn unit_at(t: Tokens<'_>, at: usize) -> Option<Measure> {
    let first = t.get(at)?;
    if first.is_word() && !ENGLISH.flags(first.lower).has(Flags::MEASURE) {
        return None;
    }
    // "28 - year - old" of tokenised copy
    let hung = first.text == "-" && first.spaced && t.get(at + 2).is_some_and(|x| x.text == "-" && x.spaced);
    let from = at + usize::from(first.is_dash() && (!first.spaced || hung));
    if from > at && !hung && t.get(from).is_none_or(|x| x.spaced) {
        return None;
    }
    let from = from + usize::from(degrees_of(t, from));
    let named = spelled(t, from);
    let found = match symbol(t, from) {
        Some(s) if named.is_none_or(|n| s.end >= n.end) => Some(s),
        _ => named,
    };
    found.map(|m| dotted(t, m)).or_else(|| bracketed(t, from)).or_else(|| money_sign(t, from))
}

/// With the last dot of "k.g."
fn dotted(t: Tokens<'_>, m: Measure) -> Measure {
    let inner = t.before(m.end, 1).is_some_and(|x| x.is_word() && x.text.contains('.'));
    let dot = inner && t.get(m.end).is_some_and(|x| x.is(".") && !x.spaced);
    Measure { end: m.end + usize::from(dot), ..m }
}

/// "20 (kg)"
fn bracketed(t: Tokens<'_>, at: usize) -> Option<Measure> {
    let open = t.get(at).filter(|x| x.spaced && matches!(x.text, "(" | "{" | "<" | "["))?;
    let close = match open.text {
        "(" => ")",
        "{" => "}",
        "<" => ">",
        _ => "]",
    };
    let found = symbol(t, at + 1).filter(|m| m.unit.is_some())?;
    t.get(found.end).filter(|x| x.text == close && !x.spaced)?;
    Some(Measure { end: found.end + 1, ..found })
}

/// "100° Celsius"
fn degrees_of(t: Tokens<'_>, at: usize) -> bool {
    let scale = |x: Token<'_>| matches!(x.lower, "celsius" | "fahrenheit");
    t.get(at).is_some_and(|x| x.text == "°") && t.get(at + 1).is_some_and(scale)
}

/// "100 ₡", where no number follows that the sign could belong to.
fn money_sign(t: Tokens<'_>, at: usize) -> Option<Measure> {
    let sign = t.get(at).filter(|x| !x.is_word() && !x.is_number())?;
    let cents = t.get(at + 2).is_some_and(|x| x.is("cent") || x.is("cents"));
    let free = t.get(at + 1).is_none_or(|x| !x.is_number() || x.spaced && cents);
    let name = ENGLISH.currency_before.get(sign.text).filter(|_| free)?;
    Some(Measure { end: at + 1, name, unit: None })
}

fn symbol(t: Tokens<'_>, from: usize) -> Option<Measure> {
    let first = t.get(from)?;
    let symbols = ENGLISH.unit_symbols.get(first.text)?;
    let (symbol, end) = symbols.iter().find_map(|s| Some((s, written(t, from, s.sign)?)))?;
    let next = t.get(end);
    let cut = next.is_some_and(|x| !x.spaced && (x.is_word() || x.is_number()) && first.is_word());
    // "from 2 to 7 g", but not "a 5 g network"; "the board is 2 in.", but not "5 in Kyiv"
    let small = matches!(first.text, "g" | "l")
        && next.is_none_or(|x| !x.is_word() || x.is_any(&["of", "and", "to", "or"]));
    let closed = small
        || first.text == "in" && next.is_none_or(|x| !x.is_word() && !x.is_number())
        || is_scale(t, from);
    // "13F filings" are papers
    let paper = matches!(first.text, "C" | "F") && next.is_some_and(|x| x.is_any(&PAPERS));
    if cut
        || paper
        || symbol.tight && first.spaced && !(closed && t.before(from, 1).is_some_and(|x| x.is_number()))
    {
        return None;
    }
    let unit = ENGLISH.units.get(symbol.unit)?;
    Some(Measure { end, name: unit.name, unit: Some(unit) })
}

/// What papers are called that a number and a letter name.
const PAPERS: [&str; 8] =
    ["disclosure", "disclosures", "filing", "filings", "form", "forms", "report", "reports"];

/// "a high of 7 C today", but not "player 7 C. Lee"
fn is_scale(t: Tokens<'_>, at: usize) -> bool {
    let small = |x: Token<'_>| x.is_word() && !x.is_capitalised() && ENGLISH.stops.contains(x.lower);
    let led = t.before(at, 2).is_some_and(|x| small(x) || x.is_dash());
    let closed = t.get(at + 1).is_none_or(|x| matches!(x.text, "," | ";" | ")" | "(" | ".") || small(x));
    t.get(at).is_some_and(|x| matches!(x.text, "C" | "F")) && led && closed
}

/// The token after the symbol `sign`, where that is what is written at `from`.
fn written(t: Tokens<'_>, from: usize, sign: &str) -> Option<usize> {
    let (mut rest, mut end) = (sign, from);
    while !rest.is_empty() {
        let token = t.get(end).filter(|x| end == from || !x.spaced)?;
        rest = rest.strip_prefix(token.text)?;
        end += 1;
    }
    Some(end)
}

/// The unit that all of `text` writes.
pub(super) fn written_unit(text: &str) -> Option<&'static Unit> {
    if let Some(unit) = super::own::named(text) {
        return Some(unit);
    }
    let words = crate::token::Words::new(text);
    let t = words.of(text);
    let signs = ENGLISH.unit_symbols.get(t.get(0)?.text);
    if let Some(symbol) = signs.and_then(|signs| signs.iter().find(|s| s.sign == text)) {
        return ENGLISH.units.get(symbol.unit);
    }
    let found =
        symbol(t, 0).filter(|m| m.end == t.len()).or_else(|| spelled(t, 0).filter(|m| m.end == t.len()))?;
    found.unit
}

fn spelled(t: Tokens<'_>, from: usize) -> Option<Measure> {
    if let Some((end, code)) = ENGLISH.currency_words.loosely_at(t, from) {
        let last = t.before(end, 1)?;
        // "try" and "all" are words, "TRY" and "RUB" are codes.
        let word = last.text.len() != 3 || last.is_capitalised() || last.lower != code.to_ascii_lowercase();
        let code_like =
            matches!(last.lower, "usd" | "eur" | "gbp" | "jpy" | "cny" | "aud" | "cad" | "chf" | "rmb");
        // "3.14US$", but "20 US$ 30" are two
        let sign = !last.is_word() && t.get(end).is_some_and(|x| x.is_number());
        let short = last.text.len() == 2
            && last.is_word()
            && last.text != last.text.to_ascii_uppercase()
            && end == from + 1
            && !super::amount::alone(t, from.saturating_sub(1), end);
        // "164p", "50c", but not "page 5 p"
        let letter = last.text.len() == 1 && last.is_word();
        let hung =
            !last.spaced && last.text == last.lower && t.get(end).is_none_or(|x| x.spaced || !x.is_word());
        let price = hung && t.before(from, 1).is_some_and(|x| x.is_number());
        let short = short || letter && !price && !super::amount::alone(t, from.saturating_sub(1), end);
        if (word || code_like) && !sign && !short {
            return Some(Measure { end, name: code, unit: None });
        }
    }
    let (end, name) = ENGLISH.unit_words.loosely_at(t, from)?;
    let unit = ENGLISH.units.get(name)?;
    Some(Measure { end, name: unit.name, unit: Some(unit) })
}

/// The currency that ends before `at`: its first token and its code.
pub(super) fn currency_before(t: Tokens<'_>, at: usize) -> Option<(usize, &'static str)> {
    let (from, code) = ENGLISH.currencies.before(t, at)?;
    let last = t.before(at, 1)?;
    let letters = last.is_word() || last.is("=");
    let first = t.get(from)?;
    let glued = first.is_word() && !first.spaced && t.before(from, 1).is_some_and(|x| x.is_word());
    let short =
        last.is_word() && from + 1 == at && last.text.len() <= 2 && t.get(at).is_some_and(|x| x.spaced);
    if last.is_word() && last.text.len() == 3 && last.text != last.text.to_ascii_uppercase() {
        return None;
    }
    let name = last.lower.len() > 4;
    let small = letters && !first.is_capitalised() && !name && first.is_word();
    (!(glued || small || short && !last.is("rs"))).then_some((from, code))
}

/// Whether the number at `at` may be a sum after letters: `USD10m`, `Y590bn`, but not `Y2`.
pub(super) fn money_follows(t: Tokens<'_>, at: usize) -> bool {
    let previous = at.checked_sub(1).and_then(|i| t.get(i));
    if previous.is_some_and(|x| x.text.len() == 3 || !x.is_word() || x.is("rs")) {
        return true;
    }
    let grouped = t.get(at).is_some_and(|x| x.text.contains([',', '.']));
    grouped || super::amount::amount(t, at).is_some_and(|a| a.scaled)
}

/// "a day", "per 100,000 people", "/year": what it is counted by, and the token after it.
pub(super) fn rate(t: Tokens<'_>, at: usize, money: bool) -> Option<(Name, usize)> {
    let hyphen = usize::from(t.get(at).is_some_and(|x| x.is_dash() && !x.spaced));
    let at = at + hyphen;
    let word = t.get(at)?;
    let each = word.is("a") || word.is("an") || word.is("each") || word.is("every");
    let per = word.is("per") || word.is("/") && !word.spaced;
    if !(each || per) {
        return None;
    }
    let from = at + 1 + hyphen * usize::from(t.get(at + 1).is_some_and(|x| x.is_dash()));
    // "$8 billion a year earlier"
    let past = ["ago", "earlier", "later", "before", "after", "on", "old"];
    let relative = |m: &Measure| !per && t.get(m.end).is_some_and(|x| past.iter().any(|w| x.is(w)));
    if let Some(measure) = unit_at(t, from).filter(|m| !relative(m))
        && let Some(unit) = measure.unit
        && (per || unit.dimension == "duration" || money)
    {
        return Some((unit.name.into(), measure.end));
    }
    if per && let Some(many) = per_many(t, from) {
        return Some(many);
    }
    let noun = t.get(from).filter(|x| x.is_word() && (per || money))?;
    (per || ENGLISH.priced.contains(noun.lower)).then(|| (noun.lower.to_owned().into(), from + 1))
}

/// "100,000 people", "100 km"
fn per_many(t: Tokens<'_>, from: usize) -> Option<(Name, usize)> {
    let number = super::amount::amount(t, from).filter(|number| number.value.is_some())?;
    let first = t.get(from)?;
    let (last, end) = match unit_at(t, number.end) {
        Some(measure) => (t.before(measure.end, 1)?.span, measure.end),
        None => {
            let noun = super::around::noun_phrase(t, number.end, false)?;
            (noun, t.from_byte(noun.end()))
        }
    };
    Some((first.span.cover(last).of(t.text()).to_owned().into(), end))
}
