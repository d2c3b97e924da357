//! One quantity from the number that it begins with: unit, range, cue, what is counted.

use super::amount::amount;
use super::around::{change, cue_after, cue_before, noun_phrase, of_phrase, verb_before};
use super::subject::measured;
use super::kept_out::kept_out;
use super::lexicon::ENGLISH;
use super::unit::{Measure, currency_before, rate, unit_at};
use super::{Bound, Kind, Quantity};
use crate::number::Amount;
use crate::text::Span;
use crate::token::{Token, TokenKind, Tokens};

/// A quantity, the token after its core and its unit.
pub(super) struct Found {
    pub quantity: Quantity,
    pub end: usize,
    pub unit: Option<&'static super::lexicon::Unit>,
}

/// A number with its unit: the tokens `start..end`.
#[derive(Clone, Copy)]
struct Term {
    start: usize,
    end: usize,
    amount: Amount,
    measure: Option<Measure>,
    money: Option<&'static str>,
}

impl Term {
    fn has_unit(&self) -> bool {
        self.measure.is_some() || self.money.is_some()
    }

    fn name(&self) -> Option<&'static str> {
        self.money.or(self.measure.map(|m| m.name))
    }
}

/// The quantities of a text in tokens.
pub(super) fn quantities(t: Tokens<'_>) -> Vec<Found> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(token) = t.get(at) {
        if token.kind == TokenKind::Address || is_plain_word(token) {
            at += 1;
        } else if let Some(end) = kept_out(t, at) {
            at = end.max(at + 1);
        } else if let Some(term) =
            term(t, at, out.last().map_or(0, |f: &Found| f.end)).filter(|term| counts(t, term))
        {
            at = read(t, term, &mut out);
        } else {
            at = amount(t, at).map_or(at + 1, |a| a.end.max(at + 1));
        }
    }
    out
}

/// Whether nothing that this stage looks for can begin here.
fn is_plain_word(token: Token<'_>) -> bool {
    let opens = token.is_any(&["a", "an", "several", "few"]) || crate::number::class(Some(token)).is_some();
    token.is_word() && !opens && !ENGLISH.months.contains(token.lower)
}

/// The number at `at` with its sign and its unit, none of them before token `floor`.
fn term(t: Tokens<'_>, at: usize, floor: usize) -> Option<Term> {
    let mut amount = amount(t, at)?;
    let signed = Some(sign(t, at)).filter(|s| *s >= floor).unwrap_or(at);
    if signed < at {
        amount.value = amount.value.map(|v| -v);
    }
    let currency = currency_before(t, signed).filter(|c| c.0 >= floor);
    let of = usize::from(amount.low.is_some() && t.get(amount.end).is_some_and(|x| x.is("of")));
    let mut measure = unit_at(t, amount.end + of).filter(|m| currency.is_none() || m.unit.is_none());
    if amount.fraction && !amount.digits && amount.end == at + 2 {
        measure = None;
    }
    let money = currency.map(|c| c.1).or(measure.filter(|m| m.unit.is_none()).map(|m| m.name));
    // "2 million pounds" are money, "200 pounds" a weight.
    let sterling = amount.scaled
        && measure.is_some_and(|m| m.name == "lb")
        && t.get(amount.end).is_some_and(|x| x.is("pounds"));
    let money = money.or(sterling.then_some("GBP"));
    let end = measure.map_or(amount.end, |m| m.end);
    Some(Term { start: currency.map_or(signed, |c| c.0), end, amount, measure, money })
}

/// The token of the minus sign, or `at`.
fn sign(t: Tokens<'_>, at: usize) -> usize {
    let Some(before) = at.checked_sub(1) else { return at };
    let Some(mark) = t.get(before) else { return at };
    let number = t.get(at).is_some_and(|x| !x.spaced);
    let opens = mark.spaced
        || before
            .checked_sub(1)
            .and_then(|i| t.get(i))
            .is_some_and(|x| matches!(x.text, "$" | "£" | "€" | "("));
    if mark.is("minus") || mark.is("negative") {
        return before;
    }
    if mark.is_dash() && before.checked_sub(1).and_then(|i| t.get(i)).is_some_and(|x| x.is("minus")) {
        return before - 1;
    }
    if matches!(mark.text, "-" | "−") && number && opens { before } else { at }
}

/// Whether a bare "one" counts anything; other numbers do, but for the middle of "a made-for-two offer".
fn counts(t: Tokens<'_>, term: &Term) -> bool {
    if hung_on(t, term) {
        return false;
    }
    let signed = t.get(term.start).is_some_and(|x| x.is("minus") || x.is("negative"));
    if !term.amount.one || term.has_unit() || signed {
        return true;
    }
    let before = term.start.checked_sub(1).and_then(|i| t.get(i));
    let or_two = ["or", "to"].iter().any(|w| t.get(term.end).is_some_and(|x| x.is(w)))
        && amount(t, term.end + 1).is_some();
    if of_phrase(t, term.end).is_some() || or_two || cue_after(t, term.end).is_some() {
        return true;
    }
    if before.is_some_and(|x| ENGLISH.not_one.contains(x.lower) || x.is_dash() && !x.spaced) {
        return false;
    }
    t.get(term.end).is_some_and(|x| x.is_word()) && noun_phrase(t, term.end, true).is_some()
}

/// A number word after a hyphen that another word leads to.
fn hung_on(t: Tokens<'_>, term: &Term) -> bool {
    let back = |by: usize| term.start.checked_sub(by).and_then(|i| t.get(i));
    let hyphen = back(1).is_some_and(|x| x.is_dash() && !x.spaced);
    let word = back(2).is_some_and(|x| x.is_word() && crate::number::class(Some(x)).is_none());
    let here = t.get(term.start).is_some_and(|x| x.is_word() && !x.spaced);
    hyphen && word && here && !term.has_unit()
}

/// Reads on from the first term: a range, two terms that share a unit, or one. Gives the next token.
fn read(t: Tokens<'_>, first: Term, out: &mut Vec<Found>) -> usize {
    let floor = out.last().map_or(0, |f| f.end);
    if let Some(second) = second(t, &first, "or").filter(|s| !first.has_unit() && s.has_unit()) {
        let shared = Term { measure: second.measure, money: second.money, ..first };
        out.push(found(t, shared, None, floor));
        out.push(found(t, second, None, floor));
        return second.end;
    }
    let first = composite(t, &first).unwrap_or(first);
    let range = range(t, &first);
    let end = range.map_or(first.end, |r| r.end);
    out.push(found(t, first, range, floor));
    end.max(first.start + 1)
}

/// The term after a connecting word.
fn second(t: Tokens<'_>, first: &Term, word: &str) -> Option<Term> {
    t.get(first.end).filter(|x| x.is(word))?;
    after(t, first.end + 1)
}

fn after(t: Tokens<'_>, from: usize) -> Option<Term> {
    let at = (from..from + 4).find(|at| amount(t, *at).is_some())?;
    let second = term(t, at, from).filter(|s| s.start <= from)?;
    (kept_out(t, at).is_none()).then_some(second)
}

/// "7 feet 10 inches", "two hours and five minutes", "nine dollars and ten cents"
fn composite(t: Tokens<'_>, first: &Term) -> Option<Term> {
    let and = usize::from(t.get(first.end).is_some_and(|x| x.is("and")));
    let second = term(t, first.end + and, first.end + and).filter(|s| s.start == first.end + and)?;
    let parts = [
        ("foot", "inch", 12.0),
        ("hour", "minute", 60.0),
        ("minute", "second", 60.0),
        ("lb", "ounce", 16.0),
        ("stone", "lb", 14.0),
        ("USD", "CENT", 100.0),
        ("EUR", "CENT", 100.0),
        ("GBP", "CENT", 100.0),
    ];
    let (large, small) = (first.name()?, second.name()?);
    let by = parts.iter().find(|(l, s, _)| *l == large && *s == small)?.2;
    let value = first.amount.value? + second.amount.value.filter(|v| *v < by)? / by;
    Some(Term { end: second.end, amount: Amount { value: Some(value), ..first.amount }, ..*first })
}

/// The far end of the range that `first` opens.
fn range(t: Tokens<'_>, first: &Term) -> Option<Term> {
    // "an 8- to 16-metre mast"
    let hung = t.get(first.end).is_some_and(|x| x.is_dash() && !x.spaced)
        && t.get(first.end + 1).is_some_and(|x| x.spaced);
    let link_at = first.end + usize::from(hung);
    let link = t.get(link_at)?;
    let before = first.start.checked_sub(1).and_then(|i| t.get(i));
    let between = before.is_some_and(|x| x.is("between"));
    let from = before.is_some_and(|x| x.is("from"));
    let links = link.is("to") || link.is("through") || link.is_dash() || between && link.is("and");
    let second = after(t, link_at + 1).filter(|_| links && first.amount.low.is_none())?;
    let moved = from && verb_before(t, first.start - 1).is_some();
    let changed = first.has_unit() && link.is("to") && !between && verb_before(t, first.start).is_some();
    let one_unit =
        !first.has_unit() || second.name() == first.name() || first.money.is_some() && !second.has_unit();
    let cue = link.is("to") && t.get(first.end + 1).is_some_and(|x| x.is("about"));
    (!moved && !changed && one_unit && !cue && second.amount.low.is_none()).then_some(second)
}

fn found(t: Tokens<'_>, first: Term, range: Option<Term>, floor: usize) -> Found {
    let last = range.unwrap_or(first);
    let measure = last.measure.or(first.measure);
    let money = last.money.or(first.money);
    let (kind, end) = kind(t, &last, measure.filter(|_| money.is_none()), money);
    let core = span(t, first.start, end);
    let mut quantity = Quantity {
        span: core,
        core,
        value: first.amount.value,
        low: first.amount.low,
        high: None,
        bound: if first.amount.low.is_some() { Bound::Vague } else { Bound::Exact },
        cue: None,
        change: change(t, first.start, end),
        kind,
        unit: money.or(measure.map(|m| m.name)).map(str::to_owned),
        counted: None,
        per: None,
        si_value: None,
        si_unit: None,
        converts: None,
        agrees: None,
    };
    if let Some(last) = range {
        ends(&mut quantity, &first, &last);
    }
    bound(t, &mut quantity, first.start, end);
    let past = per(t, &mut quantity, end, money.is_some());
    let past = cue_after(t, past).map_or(past, |c| c.0);
    let from = t.from_byte(quantity.span.start).min(first.start);
    quantity.counted = counted(t, &quantity, from, past, floor);
    if let Some(counted) = quantity.counted.filter(|_| quantity.per.is_none()) {
        let after = (past..past + 12).find(|i| t.get(*i).is_some_and(|x| x.span.start >= counted.end));
        per(t, &mut quantity, after.unwrap_or(past), false);
    }
    let mut unit = measure.and_then(|m| m.unit).filter(|_| money.is_none());
    if unit.is_none() && quantity.kind == Kind::Count && aged(t, first.start, end) {
        quantity.kind = Kind::Age;
        unit = ENGLISH.units.get("year");
        quantity.unit = unit.map(|u| u.name.to_owned());
    }
    si(&mut quantity, unit);
    Found { quantity, end, unit }
}

/// "aged 18 to 34", and the age behind a name: "Maria Lopez, 45, said"
fn aged(t: Tokens<'_>, start: usize, end: usize) -> bool {
    let back = |by: usize| start.checked_sub(by).and_then(|i| t.get(i));
    let comma = |x: Option<Token<'_>>| x.is_some_and(|x| x.is(","));
    let years = t.get(start).is_some_and(|x| x.is_number() && x.text.len() <= 3 && !x.text.contains('.'));
    let named = [2, 3].into_iter().all(|by| back(by).is_some_and(|x| x.is_capitalised()));
    let apposed = end == start + 1 && comma(back(1)) && comma(t.get(end)) && named;
    years && (back(1).is_some_and(|x| x.is("aged") || x.is("age")) || apposed)
}

fn span(t: Tokens<'_>, start: usize, end: usize) -> Span {
    let first = t.get(start).map_or(0, |x| x.span.start);
    let last = end.checked_sub(1).and_then(|i| t.get(i)).map_or(first, |x| x.span.end);
    Span::new(first, last)
}

/// The kind, and the token after the core: "old" belongs to an age.
fn kind(t: Tokens<'_>, last: &Term, measure: Option<Measure>, money: Option<&str>) -> (Kind, usize) {
    if money.is_some() {
        return (Kind::Money, last.end);
    }
    let Some(unit) = measure.and_then(|m| m.unit) else {
        let kind = match last.amount {
            Amount { ratio: true, .. } => Kind::Ratio,
            Amount { fraction: true, .. } => Kind::Fraction,
            _ => Kind::Count,
        };
        return (kind, last.end);
    };
    if unit.dimension == "duration" {
        let old = last.end + usize::from(t.get(last.end).is_some_and(|x| x.is_dash() && !x.spaced));
        if t.get(old).is_some_and(|x| x.is("old") || x.is("olds")) {
            return (Kind::Age, old + 1);
        }
        if t.get(old).is_some_and(|x| x.is("of")) && t.get(old + 1).is_some_and(|x| x.is("age")) {
            return (Kind::Age, old + 2);
        }
    }
    (Kind::of_dimension(unit.dimension), last.end)
}

fn ends(quantity: &mut Quantity, first: &Term, last: &Term) {
    let shared = last.amount.scaled && !first.amount.scaled;
    let by = if shared && first.amount.value < Some(1000.0) { last.amount.by } else { 1.0 };
    quantity.value = None;
    quantity.bound = Bound::Range;
    let (Some(a), Some(b)) = (first.amount.value.map(|v| v * by), last.amount.value) else { return };
    (quantity.low, quantity.high) = (Some(a.min(b)), Some(a.max(b)));
}

fn bound(t: Tokens<'_>, quantity: &mut Quantity, start: usize, end: usize) {
    let ranged = matches!(quantity.bound, Bound::Range | Bound::Vague);
    let vague = quantity.bound == Bound::Vague;
    let after = cue_after(t, end);
    if let Some((from, bound)) = cue_before(t, start).filter(|_| after.is_none()) {
        let cue = span(t, from, start);
        quantity.cue = Some(cue);
        quantity.span = quantity.core.cover(cue);
        if !vague {
            quantity.bound = bound;
        }
    } else if let Some((past, bound)) = after {
        let cue = span(t, end, past);
        quantity.cue = Some(cue);
        quantity.span = quantity.core.cover(cue);
        if !vague {
            quantity.bound = bound;
        }
    } else if let Some(before) = start.checked_sub(1).filter(|i| t.get(*i).is_some_and(|x| x.is("between"))) {
        quantity.cue = Some(span(t, before, start)).filter(|_| ranged);
        quantity.span = quantity.cue.map_or(quantity.core, |c| quantity.core.cover(c));
    }
}

fn per(t: Tokens<'_>, quantity: &mut Quantity, end: usize, money: bool) -> usize {
    let Some((per, past)) = rate(t, end, money) else { return end };
    let measured = ENGLISH.units.contains_key(per.as_str());
    if quantity.kind != Kind::Count
        && measured
        && let Some(unit) = &mut quantity.unit
    {
        unit.push_str(" per ");
        unit.push_str(&per);
    }
    quantity.per = Some(per);
    past
}

fn counted(t: Tokens<'_>, quantity: &Quantity, start: usize, end: usize, floor: usize) -> Option<Span> {
    match quantity.kind {
        Kind::Count | Kind::Ratio => of_phrase(t, end).or_else(|| {
            let hyphen = t.get(end).is_some_and(|x| x.is_dash() && !x.spaced);
            if hyphen {
                return t.get(end + 1).filter(|x| x.is_word() && !x.spaced).map(|x| x.span);
            }
            noun_phrase(t, end, quantity.value == Some(1.0))
        }),
        Kind::Ordinal => None,
        Kind::Money | Kind::Age => of_only(t, end).or_else(|| measured(t, start, end, floor)),
        _ => of_phrase(t, end).or_else(|| measured(t, start, end, floor)),
    }
}

fn of_only(t: Tokens<'_>, end: usize) -> Option<Span> {
    t.get(end).filter(|x| x.is("of")).and_then(|_| of_phrase(t, end))
}

fn si(quantity: &mut Quantity, unit: Option<&'static super::lexicon::Unit>) {
    let Some(unit) = unit.filter(|_| quantity.per.is_none()) else { return };
    let zero = match unit.name {
        "celsius" => 273.15,
        "fahrenheit" => 459.67 * unit.factor,
        _ => 0.0,
    };
    quantity.si_value = quantity.value.map(|v| v * unit.factor + zero);
    quantity.si_unit = Some(unit.si.to_owned());
}
