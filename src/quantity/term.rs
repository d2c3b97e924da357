//! A number with its sign, its unit or its currency, and what two of them make: "7 feet 10 inches".

use super::amount::{alone, amount};
use super::around::{cue_after, cue_before, noun_phrase, of_phrase};
use super::kept_out::{numbered, plural_follows};
use super::lexicon::{ENGLISH, Flags, Unit};
use super::unit::{Measure, currency_before, unit_at};
use crate::number::{Amount, Decimal, class};
use crate::token::{Token, Tokens};

/// A number with its unit: the tokens `start..end`.
#[derive(Clone, Copy)]
pub(super) struct Term {
    pub start: usize,
    pub end: usize,
    pub amount: Amount,
    pub measure: Option<Measure>,
    pub money: Option<&'static str>,
}

impl Term {
    pub fn has_unit(&self) -> bool {
        self.measure.is_some() || self.money.is_some()
    }

    pub fn name(&self) -> Option<&'static str> {
        self.money.or(self.measure.map(|m| m.name))
    }

    pub fn unit(&self) -> Option<&'static Unit> {
        self.measure.filter(|_| self.money.is_none())?.unit
    }
}

/// The number at `at` with its sign and its unit, none of them before token `floor`.
pub(super) fn term(t: Tokens<'_>, at: usize, floor: usize) -> Option<Term> {
    let Some(mut amount) = amount(t, at) else { return article(t, at) };
    let signed = Some(sign(t, at)).filter(|s| *s >= floor).unwrap_or(at);
    if signed < at {
        amount.value = amount.value.map(Decimal::negative);
    }
    let currency = currency_before(t, signed).filter(|c| c.0 >= floor && !sign_behind(t, c.0, signed));
    if t.before(at, 1).is_some_and(|x| x.is("[")) && t.get(amount.end).is_some_and(|x| x.is("]")) {
        amount.end += 1;
    }
    let more =
        t.get(amount.end).is_some_and(|x| x.is_any(&["more", "fewer", "further", "additional", "extra"]));
    let of = usize::from(more)
        + usize::from(t.get(amount.end).is_some_and(|x| x.is("of")) && part_of_unit(t, &amount));
    let of = of + 2 * usize::from(of == 0 && part_of_one(t, &amount));
    let mut measure = unit_at(t, amount.end + of)
        .or_else(|| described_unit(t, amount.end))
        .map(|m| thrust(t, m))
        .filter(|m| currency.is_none() || m.unit.is_none());
    let percent = measure.and_then(|m| m.unit).is_some_and(|u| u.dimension == "percent");
    if amount.fraction
        && !amount.digits
        && amount.end == at + 2
        && !percent
        && t.get(at).is_some_and(|x| x.is("a"))
    {
        measure = None;
    }
    let currency = currency.or_else(|| millions_of(t, at, &mut amount).filter(|c| c.0 >= floor));
    let money = currency.map(|c| c.1).or(measure.filter(|m| m.unit.is_none()).map(|m| m.name));
    // "2 million pounds" are money, "200 pounds" a weight.
    let sterling = amount.scaled
        && measure.is_some_and(|m| m.name == "lb" && !weighs(t, m.end))
        && t.get(amount.end).is_some_and(|x| x.is("pounds"));
    let money = money.or(sterling.then_some("GBP"));
    let end = measure.map_or(amount.end, |m| m.end);
    let below = below_zero(t, &amount, measure, end);
    if below > end {
        amount.value = amount.value.map(Decimal::negative);
        measure = measure.or_else(|| {
            ENGLISH.units.get("degree").map(|unit| Measure { end, name: unit.name, unit: Some(unit) })
        });
    }
    let plain = measure.is_none() && money.is_none() && signed == at;
    if let Some((start, percent)) = percent_of(t, at, end).filter(|(start, _)| plain && *start >= floor) {
        return Some(Term { start, end, amount, measure: Some(percent), money });
    }
    Some(Term { start: currency.map_or(signed, |c| c.0), end: below, amount, measure, money })
}

/// The unit behind one adjective: "517 rushing yards", "40 wooded acres".
fn described_unit(t: Tokens<'_>, at: usize) -> Option<Measure> {
    let adjective = t.get(at).filter(|x| x.is_word() && x.spaced && !x.is_capitalised())?;
    let unit =
        t.get(at + 1).filter(|x| x.is_word() && x.spaced && x.lower.ends_with('s') && x.lower.len() > 3)?;
    let flags = ENGLISH.flags(adjective.lower);
    if !ENGLISH.flags(unit.lower).has(Flags::MEASURE)
        || flags.has(Flags::STOP.or(Flags::MEASURE).or(Flags::VERB))
    {
        return None;
    }
    let found = unit_at(t, at + 1)?;
    let fits = match found.unit?.dimension {
        "area" | "volume" => true,
        // "three front yards", "two gold ounces" and "two brass pounds" are things
        "length" | "mass" => {
            !matches!(found.name, "yard" | "lb" | "ounce" | "stone") || adjective.lower.ends_with("ing")
        }
        _ => false,
    };
    (fits && !matches!(found.name, "barrel" | "cup" | "pint" | "quart")).then_some(found)
}

/// "8.8 million pounds of thrust" are a force.
fn thrust(t: Tokens<'_>, m: Measure) -> Measure {
    let of = t.get(m.end).is_some_and(|x| x.is("of"));
    let force =
        of && m.name == "lb" && t.get(m.end + 1).is_some_and(|x| x.is_any(&["thrust", "force", "lift"]));
    let unit = ENGLISH.units.get("pound_force").filter(|_| force);
    unit.map_or(m, |unit| Measure { end: m.end, name: unit.name, unit: Some(unit) })
}

/// Whether what the pounds before `at` are of, or the other half of a conversion, is weighed: "of ground beef", "(540 kg)".
fn weighs(t: Tokens<'_>, at: usize) -> bool {
    let heavy = |i: usize| t.get(i).is_some_and(|x| ENGLISH.weighed.contains(x.lower));
    let of = t.get(at).is_some_and(|x| x.is("of")) && (at + 1..at + 4).any(heavy);
    let kilos = || amount(t, at + 1).and_then(|a| unit_at(t, a.end)).and_then(|m| m.unit);
    of || t.get(at).is_some_and(|x| x.is("(")) && kilos().is_some_and(|u| u.dimension == "mass")
}

/// "per cent of twenty": a percentage said backwards, where no number stands before it.
fn percent_of(t: Tokens<'_>, at: usize, end: usize) -> Option<(usize, Measure)> {
    t.before(at, 1).filter(|x| x.is("of"))?;
    let closed = t.get(end).is_none_or(|x| !x.is_word());
    let one = t.before(at, 2).is_some_and(|x| x.is_any(&["percent", "percents", "percentage"]));
    let two = t.before(at, 2).is_some_and(|x| x.is("cent")) && t.before(at, 3).is_some_and(|x| x.is("per"));
    let start = at.checked_sub(if two { 3 } else { 2 }).filter(|_| (one || two) && closed)?;
    let free = t.before(start, 1).is_none_or(|x| !x.is_number() && !x.is_word());
    let unit = ENGLISH.units.get("percent").filter(|_| free)?;
    Some((start, Measure { end, name: unit.name, unit: Some(unit) }))
}

/// "MSEK 60": millions of Swedish kronor.
fn millions_of(t: Tokens<'_>, at: usize, amount: &mut Amount) -> Option<(usize, &'static str)> {
    let word =
        t.before(at, 1).filter(|x| x.text.len() == 4 && x.text.bytes().all(|b| b.is_ascii_uppercase()))?;
    let by = match word.lower.get(..1)? {
        "k" => 1_000,
        "m" => 1_000_000,
        "b" => 1_000_000_000,
        _ => return None,
    };
    let code = ENGLISH.currency_before.get(word.lower.get(1..)?).filter(|code| code.len() == 3)?;
    *amount = amount.times(by, amount.end);
    Some((at - 1, code))
}

/// "hundreds of hectares", "one and three quarters of an hour"
fn part_of_unit(t: Tokens<'_>, amount: &Amount) -> bool {
    let article = t.get(amount.end + 1).is_some_and(|x| x.is("a") || x.is("an"));
    let mixed = !amount.digits && !article && amount.float().is_some_and(|v| v.fract() != 0.0);
    amount.low.is_some() || mixed && unit_at(t, amount.end + 1).is_some_and(|m| m.unit.is_some())
}

/// "3/4 of a mile"
fn part_of_one(t: Tokens<'_>, amount: &Amount) -> bool {
    let word = |at: usize, words: &[&str]| t.get(at).is_some_and(|x| x.is_any(words));
    let unit = || unit_at(t, amount.end + 2).and_then(|m| m.unit);
    let parted = |u: &Unit| matches!(u.dimension, "length" | "mass" | "volume" | "area");
    // "two-tenths of a percent", "one-tenth of 1 percent"
    let percent = |u: &Unit| u.dimension == "percent";
    amount.fraction
        && word(amount.end, &["of"])
        && (word(amount.end + 1, &["a", "an"]) && unit().is_some_and(|u| parted(u) || percent(u))
            || word(amount.end + 1, &["one", "1"]) && unit().is_some_and(percent))
}

/// "2 degrees below zero": the token after it.
fn below_zero(t: Tokens<'_>, amount: &Amount, measure: Option<Measure>, end: usize) -> usize {
    let zero = t.get(end + 1).is_some_and(|x| x.is_any(&["zero", "freezing"]));
    let below = t.get(end).is_some_and(|x| x.is("below")) && zero;
    let degrees = measure.and_then(|m| m.unit).is_none_or(|u| matches!(u.dimension, "temperature" | "angle"));
    if below && degrees && !amount.scaled { end + 2 } else { end }
}

/// Whether the sign in `from..to` belongs to the number before it: "10 $ 30 cent".
fn sign_behind(t: Tokens<'_>, from: usize, to: usize) -> bool {
    let sign = to == from + 1 && t.get(from).is_some_and(|x| x.spaced && !x.is_word());
    let apart = t.get(to).is_some_and(|x| x.spaced);
    sign && apart
        && t.before(from, 1).is_some_and(|x| x.is_number())
        && t.get(to + 1).is_some_and(|x| x.is("cent") || x.is("cents"))
}

/// "an hour and a half", "a dollar and 42 cents", "more than a year", and "a litre" alone: one of the unit.
fn article(t: Tokens<'_>, at: usize) -> Option<Term> {
    t.get(at).filter(|x| x.is("a") || x.is("an"))?;
    let measure = unit_at(t, at + 1).filter(|m| {
        m.unit.is_none_or(|u| {
            u.dimension != "percent" && u.name != "degree" && u.name != "second" || alone(t, at, m.end)
        })
    })?;
    let one = Amount::exact(at + 1, Decimal::from(1));
    let money = measure.unit.is_none().then_some(measure.name);
    let plain = Term { start: at, end: measure.end, amount: one, measure: Some(measure), money };
    let term = halved(t, &plain).unwrap_or(plain);
    let timed = measure.unit.is_some_and(|u| u.dimension == "duration");
    let cued = timed && cue_before(t, at).is_some_and(|(from, _)| bounds(t, from, at));
    let closed = !t.get(term.end).is_some_and(|x| x.is_dash() && !x.spaced);
    (closed && (term.end > plain.end || alone(t, at, term.end) || cued || composes(t, &plain)))
        .then_some(term)
}

/// Whether a cue says more than "some": "more than a year", "almost a decade".
fn bounds(t: Tokens<'_>, from: usize, at: usize) -> bool {
    t.range(from, at).is_some_and(|mut words| {
        words.any(|x| {
            x.is_any(&["than", "over", "under", "nearly", "almost", "least", "most", "about", "around"])
        })
    })
}

/// Whether "and", a number and a smaller unit follow: "an hour and 45 minutes".
fn composes(t: Tokens<'_>, first: &Term) -> bool {
    let from = first.end + 1;
    let Some(number) = amount(t, from).filter(|_| t.get(first.end).is_some_and(|x| x.is("and"))) else {
        return false;
    };
    let Some(measure) = unit_at(t, number.end) else { return false };
    let money = measure.unit.is_none().then_some(measure.name);
    let second = Term { start: from, end: measure.end, amount: number, measure: Some(measure), money };
    number.value.is_some_and(|value| smaller(first, &second, value).is_some())
}

/// "an hour and a half": a half of the unit before.
fn halved(t: Tokens<'_>, first: &Term) -> Option<Term> {
    t.get(first.end).filter(|x| x.is("and"))?;
    let article = usize::from(t.get(first.end + 1).is_some_and(|x| x.is("a")));
    let at = first.end + 1 + article;
    let (crate::number::Class::Half | crate::number::Class::Part, by) = class(t.get(at))? else {
        return None;
    };
    // "a year and half the budget"
    let closed = t.get(at + 1).is_none_or(|x| !x.is_word() || article == 1);
    let value = first.amount.value?.plus(Decimal::from(1).over(by)?)?;
    closed.then_some(Term {
        end: at + 1,
        amount: Amount { value: Some(value), one: false, ..first.amount },
        ..*first
    })
}

/// The token of the minus sign, or `at`.
fn sign(t: Tokens<'_>, at: usize) -> usize {
    let (Some(before), Some(mark)) = (at.checked_sub(1), t.before(at, 1)) else { return at };
    if mark.is("minus") || mark.is("negative") {
        return before;
    }
    if mark.is_dash() && t.before(at, 2).is_some_and(|x| x.is("minus")) {
        return before - 1;
    }
    let number = t.get(at).is_some_and(|x| !x.spaced) || before == 0;
    let opens = mark.spaced || t.before(at, 2).is_some_and(|x| matches!(x.text, "$" | "£" | "€" | "("));
    if matches!(mark.text, "-" | "−") && number && opens { before } else { at }
}

/// Whether a bare "one" counts anything; other numbers do, but for the middle of "a made-for-two offer".
pub(super) fn counts(t: Tokens<'_>, term: &Term) -> bool {
    if hung_on(t, term) || ends_a_table(t, term) || numbers_a_name(t, term) {
        return false;
    }
    let signed = t.get(term.start).is_some_and(|x| x.is("minus") || x.is("negative"));
    if !term.amount.one || term.has_unit() || signed || alone(t, term.start, term.end) {
        return true;
    }
    let before = t.before(term.start, 1);
    // "in one night" is a time, "one night's stay" a count
    let part = |x: Token<'_>| x.is_any(&["night", "evening", "afternoon", "morning", "weekend"]);
    if t.get(term.end).is_some_and(part) && before.is_some_and(|x| x.is_any(&["in", "within", "during"])) {
        return false;
    }
    let or_two =
        t.get(term.end).is_some_and(|x| x.is("or") || x.is("to")) && amount(t, term.end + 1).is_some();
    if of_phrase(t, term.end).is_some() || or_two || cue_after(t, term.end).is_some() {
        return true;
    }
    if before.is_some_and(|x| ENGLISH.not_one.contains(x.lower) || x.is_dash() && !x.spaced) {
        return false;
    }
    t.get(term.end).is_some_and(|x| x.is_word()) && noun_phrase(t, term.end, true).is_some()
}

/// "slipped towards the bottom three", "in the top five": places, not things.
fn ends_a_table(t: Tokens<'_>, term: &Term) -> bool {
    let place = t.before(term.start, 1).is_some_and(|x| x.is_any(&["top", "bottom", "final"]));
    let the = t.before(term.start, 2).is_some_and(|x| x.is_word());
    let noun = t.get(term.end).is_some_and(|x| x.is_word() && !ENGLISH.stops.contains(x.lower));
    place && the && !noun && !term.has_unit()
}

/// "World War Two", "chapter three", "target number two": the number of a thing, not how many there are. A "category
/// one" storm has its place on a scale, which is a value.
fn numbers_a_name(t: Tokens<'_>, term: &Term) -> bool {
    let scale = |x: Token<'_>| x.is_any(&["category", "grade", "level"]);
    let word = term.end == term.start + 1 && t.get(term.start).is_some_and(|x| x.is_word());
    let named = || t.before(term.start, 1).is_some_and(|x| numbered(x) && !scale(x));
    let of = || t.get(term.end).is_some_and(|x| x.is("of"));
    word && !term.has_unit() && named() && !plural_follows(t, term.start) && !of()
}

/// A number word after a hyphen that another word leads to.
fn hung_on(t: Tokens<'_>, term: &Term) -> bool {
    let hyphen = t.before(term.start, 1).is_some_and(|x| x.is_dash() && !x.spaced);
    let word = t.before(term.start, 2).is_some_and(|x| x.is_word() && class(Some(x)).is_none());
    let here = t.get(term.start).is_some_and(|x| x.is_word() && !x.spaced);
    hyphen && word && here && !term.has_unit()
}

/// The most parts of one measure: "10 km 8 metres 6 cm".
const PARTS: usize = 4;

/// "7 feet 10 inches", "two hours and five minutes", "nine dollars and ten cents", "twenty rupees 43"
pub(super) fn composite(t: Tokens<'_>, first: &Term) -> Option<Term> {
    let parted = |u: &Unit| matches!(u.dimension, "length" | "duration" | "mass" | "angle");
    if first.money.is_none() && !first.unit().is_some_and(parted) {
        return None;
    }
    let mut out = *first;
    for _ in 1..PARTS {
        let Some(next) = part(t, &out, first) else { break };
        out = next;
    }
    let out = halved(t, first).filter(|_| out.end == first.end && !first.amount.digits).unwrap_or(out);
    (out.end > first.end).then_some(out)
}

fn part(t: Tokens<'_>, sum: &Term, first: &Term) -> Option<Term> {
    let link = t.get(sum.end).is_some_and(|x| x.is("and") || x.is(",") && sum.end > first.end || x.is(","));
    let comma = t.get(sum.end).is_some_and(|x| x.is(","));
    let from = sum.end + usize::from(link);
    t.get(from).filter(|x| !x.is_word() || ENGLISH.flags(x.lower).has(Flags::OPENS))?;
    let second = term(t, from, from).filter(|s| s.start == from && s.amount.low.is_none())?;
    let value = second.amount.value.filter(|v| *v >= Decimal::ZERO)?;
    let added = if second.has_unit() {
        smaller(first, &second, value).filter(|_| !comma || composed(first))?
    } else {
        bare(t, first, &second, value).filter(|_| !comma)?
    };
    let value = sum.amount.value?.plus(added)?;
    Some(Term { end: second.end, amount: Amount { value: Some(value), one: false, ..sum.amount }, ..*sum })
}

/// Units that are said with a comma between them: "1 year, 2 days".
fn composed(first: &Term) -> bool {
    first
        .unit()
        .is_some_and(|u| matches!(u.name, "foot" | "yard" | "stone" | "lb" | "hour" | "meter" | "minute"))
}

/// What `second` adds in the unit of `first`, where it is a part of it.
fn smaller(first: &Term, second: &Term, value: Decimal) -> Option<Decimal> {
    if let Some(money) = first.money {
        let parts = match second.money? {
            "CENT" if money != "CENT" => 100,
            "JIAO" if money == "CNY" => 10,
            _ => return None,
        };
        return if value < Decimal::from(parts) { value.over(parts) } else { None };
    }
    let (large, small) = (first.unit()?, second.unit()?);
    let fits = large.dimension == small.dimension
        && matches!(large.dimension, "length" | "duration" | "mass" | "angle")
        && small.factor * value.float()? < large.factor * 3.5
        && small.factor < large.factor;
    let ratio = large.factor / small.factor;
    let by: u64 = format!("{:.0}", ratio).parse().ok()?;
    // A month is no whole number of days, a mile no whole number of metres.
    let whole = (ratio - ratio.round()).abs() < 1e-6;
    (fits && whole).then(|| value.over(by))?
}

/// "twenty rupees 43", "2 hours ten": a number that no noun follows.
fn bare(t: Tokens<'_>, first: &Term, second: &Term, value: Decimal) -> Option<Decimal> {
    let by = match (first.money, first.unit()) {
        (Some(code), _) if code != "CENT" && !first.amount.scaled => 100,
        (None, Some(unit)) if unit.name == "hour" => 60,
        _ => return None,
    };
    let closed = t
        .get(second.end)
        .is_none_or(|x| x.is(".") || x.is(",") || x.is("?") || x.is("!") || x.is("and") && second.amount.one);
    let plain = !second.amount.scaled
        && !second.amount.fraction
        && value < Decimal::from(by)
        && value > Decimal::ZERO;
    let whole = second.amount.float().is_some_and(|v| v.fract() == 0.0);
    let behind = first.measure.is_some() && first.amount.float().is_some_and(|v| v.fract() == 0.0);
    (closed && plain && whole && behind).then(|| value.over(by))?
}

/// What stands after a hyphen without a space.
pub(super) fn hyphened(x: Option<Token<'_>>) -> bool {
    x.is_some_and(|x| x.is_dash() && !x.spaced)
}
