//! Numbers as quantities read them: with the shares and the multipliers that only their surroundings tell.

use super::lexicon::ENGLISH;
use crate::number::{self, Amount, Class, Decimal, class, is, of_class};
use crate::token::{Token, Tokens};

/// The number that begins at token `at`.
pub(super) fn amount(t: Tokens<'_>, at: usize) -> Option<Amount> {
    let token = t.get(at)?;
    let first = if token.is_number() {
        number::amount(t, at).map(|found| millions(t, found))
    } else {
        match class(Some(token)) {
            Some((Class::Half, _)) => half(t, at),
            Some((Class::Hundred | Class::Scale, by)) => bare_scale(t, at, by),
            Some((Class::Many, _)) if token.is("scores") && !are_scores(t, at) => None,
            None if token.is("several") => number::amount(t, at).or_else(|| several(t, at)),
            None if token.is("a") || token.is("an") => couple(t, at)
                .or_else(|| half_a_unit(t, at))
                .or_else(|| share(t, at))
                .or_else(|| number::amount(t, at)),
            _ => number::amount(t, at).map(|found| millions(t, found)),
        }
    }?;
    let linked = t.get(first.end).is_some_and(|x| x.is_any(&["in", "out", "over"]));
    let ratio = if linked { one_in(t, first).or_else(|| over(t, at, first)) } else { None };
    Some(ratio.unwrap_or(first))
}

/// Whether `at..end` is all the text there is: a cell of a table, a label.
pub(super) fn alone(t: Tokens<'_>, at: usize, end: usize) -> bool {
    at == 0 && end >= t.len()
}

/// "scores of jets", "Scores were hurt", but not "he scores twice"
fn are_scores(t: Tokens<'_>, at: usize) -> bool {
    let opens = t.before(at, 1).is_none_or(|x| !x.is_word() && !x.is_number());
    t.get(at + 1).is_some_and(|x| x.is_any(&["of", "more"]) || opens && x.is_any(&["were", "are", "have"]))
}

/// "several people": a low end of three, since two are a couple; "several times" is an adverb.
fn several(t: Tokens<'_>, at: usize) -> Option<Amount> {
    let end = at + 1;
    let noun = super::around::noun_phrase(t, end, false)?;
    let plural = t.before(t.from_byte(noun.end()), 1).is_some_and(|x| super::around::is_plural(x.lower));
    let times = is(t, end, "times");
    let vague = Amount { value: None, low: Some(Decimal::from(3)), ..Amount::exact(end, Decimal::ZERO) };
    (plural && !times).then_some(vague)
}

/// "a couple", where it is said of nothing: "a couple of days" says no number; "a couple of hundred": two of them or so.
fn couple(t: Tokens<'_>, at: usize) -> Option<Amount> {
    let couple = is(t, at + 1, "couple") && is(t, at, "a");
    let end = at + 2 + usize::from(is(t, at + 2, "of"));
    if let Some((Class::Hundred | Class::Scale, by)) = class(t.get(end)).filter(|_| couple) {
        let low = Decimal::from(2).times(Decimal::from(by));
        return Some(Amount { value: None, low, scaled: true, by, ..Amount::exact(end + 1, Decimal::ZERO) });
    }
    (couple && alone(t, at, end)).then(|| Amount::exact(end, Decimal::from(2)))
}

/// "thousand litres"
fn bare_scale(t: Tokens<'_>, at: usize, by: u64) -> Option<Amount> {
    let found = Amount { scaled: true, by, ..Amount::exact(at + 1, Decimal::from(by)) };
    let opens = t.before(at, 1).is_none_or(|x| !x.is_word() && !x.is_number() && !x.is_dash());
    (opens && super::unit::unit_at(t, at + 1).is_some()).then_some(found)
}

/// "a half turn"
fn half_a_unit(t: Tokens<'_>, at: usize) -> Option<Amount> {
    t.get(at).filter(|x| x.is("a"))?;
    of_class(t, at + 1, Class::Half)?;
    super::unit::unit_at(t, at + 2)
        .filter(|m| m.unit.is_some() && t.get(at + 2).is_some_and(|x| x.is_word()))?;
    Some(Amount::exact(at + 2, Decimal::from(1).over(2)?))
}

/// "a third of them", "half of a million", "a twenty-first"
fn share(t: Tokens<'_>, at: usize) -> Option<Amount> {
    t.get(at).filter(|x| x.is("a") || x.is("an"))?;
    let (below, end) = match class(t.get(at + 1))? {
        (Class::Part | Class::Half, by) => (by, at + 2),
        (Class::Ten, _) => number::ordinal(t, at + 1).filter(|(_, end)| alone(t, at, *end))?,
        _ => return None,
    };
    if of_class(t, end, Class::Scale).is_some() || !fraction_follows(t, at, end) {
        return None;
    }
    let out = Amount { fraction: true, ..Amount::exact(end, Decimal::from(1).over(below)?) };
    Some(match (is(t, end, "of") && is(t, end + 1, "a"), class(t.get(end + 2))) {
        (true, Some((Class::Scale, scale))) => Amount { fraction: false, ..out.times(scale, end + 3) },
        _ => out,
    })
}

/// `100m` is a length unless money stands before it or a noun follows.
fn millions(t: Tokens<'_>, found: Amount) -> Amount {
    let sign = t.get(found.end).filter(|x| found.digits && !x.spaced && x.lower.len() == 1);
    // "10G" in a cell of a table
    if sign.is_some_and(|x| x.text == "G") && alone(t, found.end.saturating_sub(1), found.end + 1) {
        return found.times(1_000_000_000, found.end + 1);
    }
    let Some((Class::Short, by)) = class(sign) else { return found };
    if ambiguous(t, found.end) { found } else { found.times(by, found.end + 1) }
}

/// "one in five", "3 out of 10"
fn one_in(t: Tokens<'_>, first: Amount) -> Option<Amount> {
    let out_of = is(t, first.end, "out") && is(t, first.end + 1, "of");
    let within = (out_of || is(t, first.end, "in")) && !first.scaled && !first.fraction;
    let next = first.end + usize::from(out_of);
    let second = number::amount(t, next + 1).filter(|_| within && !is(t, next + 1, "a"))?;
    let (a, b) = (first.float()?, second.float()?);
    let usual = a == 1.0 && (3.0..1000.0).contains(&b) || [5.0, 10.0, 20.0, 100.0, 1000.0].contains(&b);
    let measured = super::unit::unit_at(t, second.end).is_some();
    let fits = usual && a >= 1.0 && a < b && b.fract() == 0.0 && !measured;
    Some(Amount {
        value: divided(first, b).filter(|_| fits)?.into(),
        end: second.end,
        ratio: true,
        one: false,
        ..first
    })
}

/// "one over twenty", where nothing is over twenty but the one.
fn over(t: Tokens<'_>, at: usize, first: Amount) -> Option<Amount> {
    let below = number::amount(t, first.end + 1)
        .filter(|_| is(t, first.end, "over") && first.float() == Some(1.0))?;
    let b = below.float().filter(|b| *b >= 2.0 && b.fract() == 0.0)?;
    let closed = t.get(below.end).is_none_or(|x| !x.is_word());
    let opens = t
        .before(at, 1)
        .is_none_or(|x| !x.is_number() && (!x.is_word() || x.is_any(&["is", "minus", "negative"])));
    let value = divided(first, b).filter(|_| closed && opens)?;
    Some(Amount { value: Some(value), end: below.end, fraction: true, one: false, ..first })
}

fn divided(above: Amount, below: f64) -> Option<Decimal> {
    above.value?.over(format!("{below}").parse().ok()?)
}

fn ambiguous(t: Tokens<'_>, at: usize) -> bool {
    let noun = |x: Token<'_>| x.is_word() && x.spaced && !ENGLISH.stops.contains(x.lower);
    !money_before(t, at) && !t.get(at + 1).is_some_and(|x| noun(x) && super::around::is_plural(x.lower))
}

fn money_before(t: Tokens<'_>, at: usize) -> bool {
    t.before(at, 2).is_some_and(|x| ENGLISH.currency_before.contains_key(x.lower) || x.is("="))
}

/// "half of", "half the", "half a million", "half a litre", "half an hour"
fn half(t: Tokens<'_>, at: usize) -> Option<Amount> {
    let out = Amount { fraction: true, ..Amount::exact(at + 1, Decimal::from(1).over(2)?) };
    let next = t.get(at + 1)?;
    // "the second half of the year" is a time, "the other half" a person
    let named =
        t.before(at, 1).is_some_and(|x| x.is_any(&["first", "second", "latter", "other", "1st", "2nd"]));
    if next.is_dash() || named {
        return None;
    }
    let article = next.is("a") || next.is("an");
    if let (true, Some((Class::Scale | Class::Multiple | Class::Hundred, by))) =
        (article, class(t.get(at + 2)))
    {
        return Some(Amount { fraction: false, ..out.times(by, at + 3) });
    }
    let measure = super::unit::unit_at(t, at + 1 + usize::from(article)).filter(|m| m.unit.is_some());
    if measure.is_some() && !t.before(at, 1).is_some_and(|x| x.is_any(&["first", "second", "other", "and"])) {
        return Some(Amount { fraction: false, end: at + 1 + usize::from(article), ..out });
    }
    let whole = ["of", "the", "its", "their", "all", "his", "her", "our", "those", "these"];
    let cued = || super::around::cue_before(t, at).is_some() && !next.is("time");
    (next.is_any(&whole) || cued()).then_some(out)
}

/// "a third of them" and "more than a third", but not "a third party".
fn fraction_follows(t: Tokens<'_>, at: usize, end: usize) -> bool {
    if is(t, end, "of") || alone(t, at, end) {
        return true;
    }
    let closed = t.get(end).is_none_or(|x| !x.is_word() || ENGLISH.stops.contains(x.lower));
    closed && super::around::cue_before(t, at).is_some()
}
