//! One quantity from the number that it begins with: unit, range, cue, what is counted.

use super::amount::amount;
use super::around::{change, cue_after, cue_before, noun_phrase, of_phrase, verb_before};
use super::kept_out::kept_out;
use super::lexicon::{ENGLISH, Flags};
use super::ordinal::{is_ranked, ordinal};
use super::subject::{given, measured, source};
use super::term::{Term, composite, counts, hyphened, term};
use super::unit::{Measure, rate, unit_at, written_unit};
use super::{Bound, Kind, Name, Quantity, Units};
use crate::date::{self, Expression};
use crate::number::{self, Amount, Decimal};
use crate::text::Span;
use crate::token::{Token, TokenKind, Tokens, owner};

/// A quantity, the token after its core and its unit.
pub(super) struct Found {
    pub quantity: Quantity,
    pub end: usize,
    /// The token after its rate: "64 cents a dozen".
    pub past: usize,
    pub unit: Option<&'static super::lexicon::Unit>,
    /// How its unit, the user's own included, stands to the SI unit.
    pub scale: Option<Scale>,
    /// Half of the last digit that the author gave.
    pub rounding: f64,
}

/// A dimension, and one of the unit in its SI unit.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    pub dimension: &'static str,
    pub factor: f64,
}

/// The quantities of a text in tokens.
pub(super) fn quantities(t: Tokens<'_>, dates: &[Expression], units: &Units) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut lengths = dates.iter().filter(|date| date.kind == date::Kind::Duration).peekable();
    let mut dates = dates.iter().filter(|date| date.kind != date::Kind::Duration).peekable();
    let mut at = 0;
    while at < t.len() {
        if opens_nothing(t, at) {
            at += 1;
            continue;
        }
        let Some(token) = t.get(at) else { break };
        let ranked = number::ordinal(t, at);
        while dates.next_if(|date| date.span.end() <= token.span.start()).is_some() {}
        while lengths.next_if(|date| date.span.end() <= token.span.start()).is_some() {}
        if dates.peek().is_some_and(|date| date.span.start() <= token.span.start()) {
            at = length_in_date(t, at, &mut out);
        } else if let Some((rank, end)) = ranked.filter(|(_, end)| is_ranked(t, at, *end)) {
            at = rank_at(t, at, end, rank, &mut out);
        } else if let Some((_, end)) = ranked.filter(|(_, end)| is_unranked(t, at, *end)) {
            at = end;
        } else if let Some(end) = kept_out(t, at) {
            at = end.max(at + 1);
        } else if let Some(term) = term(t, at, floor(&out)).filter(|term| counts(t, term)) {
            at = read(t, lasting(t, term, lengths.peek().copied()), units, &mut out);
        } else {
            at = amount(t, at).map_or(at + 1, |a| a.end.max(at + 1));
        }
    }
    out
}

/// The token after the last quantity.
fn floor(out: &[Found]) -> usize {
    out.last().map_or(0, |f| f.end)
}

/// Whether `at..end` is a compound ordinal that ranks nothing: the "twenty" of "twenty-first place" is no number.
fn is_unranked(t: Tokens<'_>, at: usize, end: usize) -> bool {
    let word = t.get(at).is_some_and(|x| x.is_word());
    word && end > at + 1 && amount(t, at).is_none_or(|a| !a.fraction && a.end < end)
}

/// The number of "ten brutal months", with the unit that ends the length of time it begins.
fn lasting(t: Tokens<'_>, term: Term, length: Option<&Expression>) -> Term {
    let inside =
        |x: &&Expression| t.get(term.start).is_some_and(|first| first.span.start() >= x.span.start());
    let Some(length) = length.filter(inside).filter(|_| !term.has_unit()) else { return term };
    let last = t.from_byte(length.span.end());
    let last = last.checked_sub(1).filter(|at| *at >= term.end);
    // "the ten year's war"
    let owned = |at: usize| {
        let unit = written_unit(t.get(at).and_then(|x| owner(x.lower))?)?;
        Some(Measure { end: at + 1, name: unit.name, unit: Some(unit) })
    };
    let measure = last.and_then(|at| unit_at(t, at).or_else(|| owned(at)));
    let measure = measure.filter(|m| m.unit.is_some_and(|u| u.dimension == "duration"));
    measure.map_or(term, |m| Term { end: m.end, measure: Some(m), ..term })
}

/// Takes the length in "15 years ago" in, and nothing else of a date. Gives the next token.
fn length_in_date(t: Tokens<'_>, at: usize, out: &mut Vec<Found>) -> usize {
    // "the 1980s" are no seconds
    if let Some(end) = kept_out(t, at) {
        return end.max(at + 1);
    }
    let timed = |term: &Term| term.unit().is_some_and(|unit| unit.dimension == "duration");
    match term(t, at, floor(out)).filter(|term| timed(term) && counts(t, term)) {
        Some(term) => read(t, term, &Units::default(), out),
        None => at + 1,
    }
}

/// Whether nothing that this stage looks for can begin here: the quick answer for most tokens.
#[inline]
fn opens_nothing(t: Tokens<'_>, at: usize) -> bool {
    let Some(token) = t.get(at) else { return true };
    match token.kind {
        TokenKind::Word if ENGLISH.opens(token.lower) => lone_article(t, at, token),
        TokenKind::Number => false,
        // "½ litre"
        TokenKind::Mark => !number::is_vulgar(token.text),
        TokenKind::Word | TokenKind::Address => true,
    }
}

/// Whether an article opens no number.
fn lone_article(t: Tokens<'_>, at: usize, token: Token<'_>) -> bool {
    // "a man", but not "a million", "an hour and a half"
    let article = token.is("a") || token.is("an");
    article && !t.get(at + 1).is_some_and(|x| x.is_word() && ENGLISH.flags(x.lower).has(Flags::MEASURE))
}

/// Takes a rank in, or the range of two: "between the tenth and the fifteenth". Gives the next token.
fn rank_at(t: Tokens<'_>, at: usize, end: usize, rank: u64, out: &mut Vec<Found>) -> usize {
    let amount = Amount::exact(end, Decimal::from(rank));
    let first = Term { start: at, end, amount, measure: None, money: None };
    let the = |i: usize| i + usize::from(t.get(i).is_some_and(|x| x.is("the")));
    let opens = at - usize::from(t.before(at, 1).is_some_and(|x| x.is("the")));
    let between =
        t.before(opens, 1).is_some_and(|x| x.is("between")) && t.get(end).is_some_and(|x| x.is("and"));
    let far = ordinal(t, the(end + 1)).filter(|_| between);
    let last = far.map(|(rank, end)| Term { end, amount: Amount::exact(end, Decimal::from(rank)), ..first });
    let mut found = found(t, first, last, out.last());
    found.quantity.kind = Kind::Ordinal;
    if last.is_some() {
        let cue = span(t, opens - 1, at);
        (found.quantity.cue, found.quantity.span) = (Some(cue), found.quantity.core.cover(cue));
    }
    out.push(found);
    last.map_or(end, |l| l.end)
}

/// Reads on from the first term: a range, two terms that share a unit, or one. Gives the next token.
fn read(t: Tokens<'_>, first: Term, units: &Units, out: &mut Vec<Found>) -> usize {
    if let Some(second) = second(t, &first, "or").filter(|s| !first.has_unit() && s.has_unit()) {
        return share_unit(t, &[first, second], out);
    }
    if let Some(all) = listed(t, &first) {
        return share_unit(t, &all, out);
    }
    let first = composite(t, &first).unwrap_or(first);
    let range = range(t, &first);
    let end = range.map_or(first.end, |r| r.end);
    let mut found = found(t, first, range, out.last());
    own(t, &mut found, end, units);
    let past = found.past;
    out.push(found);
    past.max(end).max(first.start + 1)
}

/// Takes terms in that have the unit of the last. Gives the next token.
fn share_unit(t: Tokens<'_>, terms: &[Term], out: &mut Vec<Found>) -> usize {
    let Some(last) = terms.last() else { return 0 };
    let start = out.len();
    for term in terms {
        let shared = Term { measure: last.measure, money: last.money, ..*term };
        out.push(found(t, shared, None, out.last()));
    }
    // "the 5, 10 and 15 km races"
    let counted = out.last().and_then(|f| f.quantity.counted);
    for f in out.iter_mut().skip(start) {
        f.quantity.counted = counted;
    }
    last.end
}

/// The most numbers that share a unit: "10, 15, 20 and 25 years".
const LISTED: usize = 6;

/// Numbers of which only the last has its unit: "5, 10 and 15 km".
fn listed(t: Tokens<'_>, first: &Term) -> Option<Vec<Term>> {
    let plain = |x: &Term| !x.has_unit() && x.amount.low.is_none() && !x.amount.fraction;
    let linked = t.get(first.end).is_some_and(|x| x.is_any(&[",", "and"]));
    let between = t.before(first.start, 1).is_some_and(|x| x.is("between"));
    if !plain(first) || !linked || between {
        return None;
    }
    let mut terms = vec![*first];
    while terms.len() < LISTED {
        let end = terms.last()?.end;
        let past_comma = end + usize::from(t.get(end).is_some_and(|x| x.is(",")));
        let joint = t.get(past_comma).is_some_and(|x| x.is_any(&["and", "or"]));
        let next = after(t, past_comma + usize::from(joint)).filter(|_| joint || past_comma > end)?;
        let scaled = next.amount.scaled != first.amount.scaled;
        if let Some(measure) = next.measure {
            let behind = joint && measure.end == next.end && !scaled;
            terms.push(next);
            return behind.then_some(terms);
        }
        terms.push(Some(next).filter(plain)?);
    }
    None
}

/// Gives a count the user's own unit that stands at `at`.
fn own(t: Tokens<'_>, found: &mut Found, at: usize, units: &Units) {
    let Some((unit, end)) = units.at(t, at).filter(|_| found.unit.is_none() && found.quantity.unit.is_none())
    else {
        return;
    };
    let quantity = &mut found.quantity;
    let last = t.before(end, 1).map_or(quantity.core, |x| x.span);
    quantity.core = quantity.core.cover(last);
    quantity.span = quantity.span.cover(last);
    quantity.kind = unit.kind();
    quantity.unit = Some(unit.name.clone().into());
    quantity.counted = of_only(t, end);
    quantity.si_value = quantity.value.map(|v| v * unit.factor);
    quantity.si_unit = Some(unit.si);
    found.scale = Some(Scale { dimension: unit.dimension, factor: unit.factor });
    (found.end, found.past) = (end, end.max(found.past));
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

/// The far end of the range that `first` opens.
fn range(t: Tokens<'_>, first: &Term) -> Option<Term> {
    // "an 8- to 16-metre mast"
    let hung = hyphened(t.get(first.end)) && t.get(first.end + 1).is_some_and(|x| x.spaced);
    let link_at = first.end + usize::from(hung);
    let link = t.get(link_at)?;
    let between = t.before(first.start, 1).is_some_and(|x| x.is("between"));
    let links = link.is("to") || link.is("through") || link.is_dash() || between && link.is("and");
    // "downside and upside are $7/$9"
    let slash = link.is("/") && first.money.is_some() && first.measure.is_none();
    if !(links || slash) || first.amount.low.is_some() || moves(t, first, between, link.is("to")) {
        return None;
    }
    // "between 2 g and about 7 g", "2 - ~7 litres"
    let about =
        t.get(link_at + 1).is_some_and(|x| x.is_any(&["about", "around", "approximately", "roughly", "~"]));
    let second = after(t, link_at + 1 + usize::from(about && (between || link.is_dash())))?;
    let cue = link.is("to") && about && !between;
    (one_unit(first, &second) && !cue && second.amount.low.is_none()).then_some(second)
}

/// Whether "from $10m to $12m" is a movement: a verb of change stands before it.
fn moves(t: Tokens<'_>, first: &Term, between: bool, to: bool) -> bool {
    let from = t.before(first.start, 1).is_some_and(|x| x.is("from"));
    let moved = from && verb_before(t, first.start - 1).is_some();
    let changed = first.has_unit() && to && !between && verb_before(t, first.start).is_some();
    moved || changed
}

/// Whether two terms have one unit, said once or twice.
fn one_unit(first: &Term, second: &Term) -> bool {
    !first.has_unit() || second.name() == first.name() || first.money.is_some() && !second.has_unit()
}

/// The quantity of one term or of the two ends of a range; `before` is the quantity to the left.
fn found(t: Tokens<'_>, first: Term, range: Option<Term>, before: Option<&Found>) -> Found {
    let last = range.unwrap_or(first);
    let measure = last.measure.or(first.measure);
    let money = last.money.or(first.money);
    let (kind, end) = kind(t, &last, measure.filter(|_| money.is_none()), money);
    let core = span(t, first.start, end);
    let mut quantity = Quantity {
        span: core,
        core,
        value: first.amount.float(),
        low: first.amount.low.and_then(Decimal::float),
        high: None,
        bound: if first.amount.low.is_some() { Bound::Vague } else { Bound::Exact },
        cue: None,
        change: None,
        kind,
        unit: money.or(measure.map(|m| m.name)).map(Name::from),
        counted: None,
        per: None,
        si_value: None,
        si_unit: None,
        twin: None,
    };
    if let Some(last) = range {
        ends(&mut quantity, &first, &last);
    }
    bound(t, &mut quantity, first.start, end);
    let mut rated = per(t, &mut quantity, end, money.is_some());
    let past = cue_after(t, rated).map_or(rated, |c| c.0);
    let from = t.from_byte(quantity.span.start()).min(first.start);
    // "up to 5%" is no rise, "rose up to 5%" is one, and "from 5 to 6%" tells two levels.
    let levels = t.get(from).is_some_and(|x| x.is_any(&["from", "between"]));
    quantity.change = change(t, if levels { first.start } else { from }, end);
    quantity.counted = counted(t, &quantity, from, past, before).and_then(|c| in_block(t, c, quantity.core));
    if let Some(counted) = quantity.counted.filter(|_| quantity.per.is_none()) {
        let after = (past..past + 12).find(|i| t.get(*i).is_some_and(|x| x.span.start() >= counted.end()));
        let after = after.unwrap_or(past);
        rated = Some(per(t, &mut quantity, after, false)).filter(|end| *end > after).unwrap_or(rated);
    }
    let mut unit = measure.and_then(|m| m.unit).filter(|_| money.is_none());
    if unit.is_none() && quantity.kind == Kind::Count && aged(t, first.start, end) {
        quantity.kind = Kind::Age;
        unit = ENGLISH.units.get("year");
        quantity.unit = unit.map(|u| u.name.into());
    }
    si(&mut quantity, unit);
    let scale = unit.map(|u| Scale { dimension: u.dimension, factor: u.factor });
    let rounding = last.amount.value.map_or(0.0, Decimal::rounding);
    Found { quantity, end, past: rated, unit, scale, rounding }
}

/// "he will be 35 by May", "she turned 40"
fn turns(t: Tokens<'_>, start: usize, end: usize) -> bool {
    let closed = t.get(end).is_none_or(|x| {
        !x.is_word() || x.is_any(&["by", "on", "in", "when", "this", "next", "last", "and", "so", "but"])
    });
    let back = |by: usize| t.before(start, by);
    let person =
        |x: Option<Token<'_>>| x.is_some_and(|x| x.is_any(&["he", "she", "who", "i", "boy", "girl"]));
    let turn = back(1).is_some_and(|x| x.is_any(&["turn", "turns", "turned", "turning"]));
    let is = back(1).is_some_and(|x| x.is_any(&["is", "was"])) && person(back(2));
    let will = back(1).is_some_and(|x| x.is("be"))
        && back(2).is_some_and(|x| x.is_any(&["will", "would"]))
        && person(back(3));
    let small = t.get(start).is_some_and(|x| x.is_word() || x.text.len() <= 2);
    closed && small && (turn || is || will)
}

/// "aged 18 to 34", "when she was six", and the age behind a name: "Maria Lopez, 45, said"
fn aged(t: Tokens<'_>, start: usize, end: usize) -> bool {
    let back = |by: usize| t.before(start, by);
    let comma = |x: Option<Token<'_>>| x.is_some_and(|x| x.is(","));
    let first = t.get(start);
    let of_age = back(1).is_some_and(|x| x.is("of")) && back(2).is_some_and(|x| x.is_any(&["age", "ages"]));
    let said = back(1).is_some_and(|x| x.is("aged") || x.is("age")) || of_age || average_age(t, start);
    if first.is_some_and(|x| x.is_word()) {
        let then = back(3).is_some_and(|x| x.is_any(&["when", "until", "since", "after", "before"]));
        return said
            || turns(t, start, end) && (then || back(1).is_some_and(|x| x.lower.starts_with("turn")));
    }
    let years = first.is_some_and(|x| x.is_number() && x.text.len() <= 3 && !x.text.contains('.'));
    // "people over 65", "those under 18"
    let limit = back(1).is_some_and(|x| x.is_any(&["over", "under"]))
        && t.get(end).is_none_or(|x| !x.is_word() || x.is("and"));
    let said = said || limit && back(2).is_some_and(|x| ENGLISH.aged.contains(x.lower));
    let titled =
        back(3).is_some_and(|x| x.is(".")) && back(4).is_some_and(|x| ENGLISH.titles.contains(x.lower));
    // "Pinault, 45, is"
    let opens = || {
        back(3).is_none_or(|x| x.is(".")) && t.get(end + 1).is_some_and(|x| ENGLISH.verbs.contains(x.lower))
    };
    let named = back(2).is_some_and(|x| x.is_capitalised())
        && (titled || back(3).is_some_and(|x| x.is_capitalised()) || opens());
    let apposed = end == start + 1 && comma(back(1)) && comma(t.get(end)) && named;
    years && (said || turns(t, start, end) || apposed)
}

/// "the average age of the crew was 22"
fn average_age(t: Tokens<'_>, start: usize) -> bool {
    let back = |by: usize| t.before(start, by);
    let is = back(1).is_some_and(|x| x.is_any(&["is", "was"]));
    let age = || (2..10).find(|by| back(*by).is_none_or(|x| x.is("age") || matches!(x.text, "." | ";")));
    let named = |by: usize| back(by).is_some_and(|x| x.is("age"));
    let average =
        |by: usize| back(by + 1).is_some_and(|x| x.is_any(&["average", "mean", "median", "his", "her"]));
    is && age().is_some_and(|by| named(by) && average(by))
}

fn span(t: Tokens<'_>, start: usize, end: usize) -> Span {
    let first = t.get(start).map_or(0, |x| x.span.start());
    let last = end.checked_sub(1).and_then(|i| t.get(i)).map_or(first, |x| x.span.end());
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
        let hung = t.get(last.end + 1).is_some_and(|x| x.is("old"));
        let old = last.end + usize::from(t.get(last.end).is_some_and(|x| x.is_dash() && (!x.spaced || hung)));
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
    let by = if shared && first.amount.float() < Some(1000.0) { last.amount.by } else { 1 };
    quantity.value = None;
    quantity.bound = Bound::Range;
    let low = first.amount.value.and_then(|v| v.times(Decimal::from(by))).and_then(Decimal::float);
    let (Some(a), Some(b)) = (low, last.amount.float()) else { return };
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
        let equal = or_equal(t, end).filter(|_| matches!(bound, Bound::MoreThan | Bound::LessThan));
        if let Some(past) = equal {
            quantity.span = quantity.span.cover(span(t, end, past));
        }
        let bound = match (equal.is_some(), bound) {
            (true, Bound::MoreThan) => Bound::AtLeast,
            (true, Bound::LessThan) => Bound::AtMost,
            _ => bound,
        };
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
    } else if let Some(before) =
        start.checked_sub(1).filter(|i| t.get(*i).is_some_and(|x| x.is_any(&["between", "from"])))
    {
        quantity.cue = Some(span(t, before, start)).filter(|_| ranged);
        quantity.span = quantity.cue.map_or(quantity.core, |c| quantity.core.cover(c));
    }
}

/// "more than 5,000 or equal to it"
fn or_equal(t: Tokens<'_>, end: usize) -> Option<usize> {
    let words = t.get(end).is_some_and(|x| x.is("or")) && t.get(end + 1).is_some_and(|x| x.is("equal"));
    let to = words && t.get(end + 2).is_some_and(|x| x.is("to"));
    (to && t.get(end + 3).is_none_or(|x| x.is("it") || !x.is_word() && !x.is_number())).then_some(end + 3)
}

fn per(t: Tokens<'_>, quantity: &mut Quantity, end: usize, money: bool) -> usize {
    let Some((per, past)) = rate(t, end, money) else { return end };
    let measured = ENGLISH.units.contains_key(&*per);
    // "12 kWh per 100 km" is a rate that no name of a unit says.
    let counted = per.starts_with(|c: char| c.is_ascii_digit());
    if quantity.kind != Kind::Count
        && (measured || money)
        && !counted
        && let Some(unit) = quantity.unit.take()
    {
        quantity.unit = Some(format!("{unit} per {per}").into());
    }
    quantity.per = Some(per);
    // "50 km/ms", "12 metres per second" are one unit, "500 barrels a day" is a rate of them.
    let linked = t.get(end).is_some_and(|x| x.is("per") || x.is("/"));
    if measured && linked && !money && quantity.kind != Kind::Count {
        quantity.core = quantity.core.cover(span(t, end, past));
        quantity.span = quantity.span.cover(quantity.core);
    }
    past
}

/// What of a noun stands in the block of its number: "INTERVAL: 600 miles" and "PRICE: $40" below are two.
fn in_block(t: Tokens<'_>, counted: Span, core: Span) -> Option<Span> {
    if counted.start() < core.start() {
        let between = Span::new(counted.start(), core.start()).of(t.text());
        return (!between.contains("\n\n")).then_some(counted);
    }
    let end = Span::new(core.end(), counted.end()).of(t.text()).find("\n\n");
    let end = end.map_or(counted.end(), |end| core.end() + end);
    (end > counted.start()).then(|| Span::new(counted.start(), end))
}

fn counted(
    t: Tokens<'_>,
    quantity: &Quantity,
    start: usize,
    end: usize,
    before: Option<&Found>,
) -> Option<Span> {
    let floor = before.map_or(0, |f| f.end);
    // "1,200 staff, 40% of them women"
    if t.get(end).is_some_and(|x| x.is("of")) && t.get(end + 1).is_some_and(|x| x.is_any(&["them", "whom"])) {
        return before.filter(|f| start - f.end < PRONOUN).and_then(|f| f.quantity.counted);
    }
    match quantity.kind {
        _ if quantity.unit.as_deref() == Some("count") => t.before(end, 1).map(|x| x.span),
        Kind::Count | Kind::Ratio => of_phrase(t, end).or_else(|| {
            let hyphen = t.get(end).is_some_and(|x| matches!(x.text, "-" | "‑") && !x.spaced);
            // "a 500-strong crew"
            if hyphen && t.get(end + 1).is_some_and(|x| x.is("strong")) {
                return noun_phrase(t, end + 2, false);
            }
            // "zero - coupon bonds" of tokenised copy
            let apart = t.get(end).is_some_and(|x| x.text == "-" && x.spaced);
            if apart && t.before(end, 1).is_some_and(|x| x.is_word()) {
                return noun_phrase(t, end + 1, false);
            }
            if hyphen {
                return t.get(end + 1).filter(|x| x.is_word() && !x.spaced).map(|x| x.span);
            }
            noun_phrase(t, end, quantity.value == Some(1.0))
        }),
        Kind::Ordinal => None,
        Kind::Money => of_only(t, end).or_else(|| given(t, end)).or_else(|| measured(t, start, end, floor)),
        Kind::Age => of_only(t, end).or_else(|| measured(t, start, end, floor)),
        Kind::Percent => {
            of_phrase(t, end).or_else(|| measured(t, start, end, floor)).or_else(|| source(t, end))
        }
        _ => of_phrase(t, end).or_else(|| measured(t, start, end, floor)),
    }
}

/// How far a pronoun may stand from what was counted before it, in tokens.
const PRONOUN: usize = 8;

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
    quantity.si_unit = Some(unit.si);
}
