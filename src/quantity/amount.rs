//! Numbers as quantities read them: with the shares and the multipliers that only their surroundings tell.

use super::lexicon::ENGLISH;
use crate::number::{self, Amount, Class, class, is, of_class};
use crate::token::{Token, Tokens};

/// The number that begins at token `at`.
pub(super) fn amount(t: Tokens<'_>, at: usize) -> Option<Amount> {
    let first = match class(t.get(at)) {
        Some((Class::Half, _)) => half(t, at),
        _ => share(t, at).or_else(|| number::amount(t, at).map(|found| millions(t, found))),
    }?;
    Some(one_in(t, first).unwrap_or(first))
}

/// "a third of them", "half of a million"
fn share(t: Tokens<'_>, at: usize) -> Option<Amount> {
    let article = t.get(at).is_some_and(|x| x.is("a") || x.is("an"));
    let (Class::Part | Class::Half, by) = class(t.get(at + 1)).filter(|_| article)? else { return None };
    if of_class(t, at + 2, Class::Scale).is_some() || !fraction_follows(t, at) {
        return None;
    }
    let out = Amount { fraction: true, ..Amount::exact(at + 2, 1.0 / by) };
    Some(match (is(t, at + 2, "of") && is(t, at + 3, "a"), class(t.get(at + 4))) {
        (true, Some((Class::Scale, scale))) => Amount { fraction: false, ..out.times(scale, at + 5) },
        _ => out,
    })
}

/// `100m` is a length unless money stands before it or a noun follows.
fn millions(t: Tokens<'_>, found: Amount) -> Amount {
    let sign = t.get(found.end).filter(|x| found.digits && !x.spaced && x.lower.len() == 1);
    let Some((Class::Short, by)) = class(sign) else { return found };
    if ambiguous(t, found.end) { found } else { found.times(by, found.end + 1) }
}

/// "one in five", "3 out of 10"
fn one_in(t: Tokens<'_>, first: Amount) -> Option<Amount> {
    let out_of = is(t, first.end, "out") && is(t, first.end + 1, "of");
    let within = (out_of || is(t, first.end, "in")) && !first.scaled;
    let next = first.end + usize::from(out_of);
    let second = number::amount(t, next + 1).filter(|_| within && !is(t, next + 1, "a"))?;
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

fn ambiguous(t: Tokens<'_>, at: usize) -> bool {
    let noun = |x: Token<'_>| x.is_word() && x.spaced && !ENGLISH.stops.contains(x.lower);
    !money_before(t, at) && !t.get(at + 1).is_some_and(|x| noun(x) && super::around::is_plural(x.lower))
}

fn money_before(t: Tokens<'_>, at: usize) -> bool {
    let before = at.checked_sub(2).and_then(|i| t.get(i));
    before.is_some_and(|x| ENGLISH.currency_before.contains_key(x.lower) || x.is("="))
}

/// "half of", "half the", "half a million"
fn half(t: Tokens<'_>, at: usize) -> Option<Amount> {
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

/// "a third of them" and "more than a third", but not "a third party".
fn fraction_follows(t: Tokens<'_>, at: usize) -> bool {
    if is(t, at + 2, "of") {
        return true;
    }
    let closed = t.get(at + 2).is_none_or(|x| !x.is_word() || ENGLISH.stops.contains(x.lower));
    closed && super::around::cue_before(t, at).is_some()
}
