//! The two halves of "64km (40-mile)".

use super::around::of_phrase;
use super::read::Found;
use super::unit::rate;
use super::{Kind, Twin};
use crate::text::Span;
use crate::token::{Token, Tokens};

/// How far the two halves may lie apart and be rounded values of one amount, however round they are.
const MOST: f64 = 0.05;
/// How far they may lie apart where they are not round at all.
const LEAST: f64 = 0.005;

/// Neighbours that share a noun: "two or three goals", "$98 million, or 37 cents a share".
pub(super) fn share_counted(text: &str, found: &mut [Found]) {
    for at in (1..found.len()).rev() {
        let Some((left, right)) = found.split_at_mut_checked(at) else { return };
        let (Some(first), Some(second)) = (left.last_mut(), right.first_mut()) else { return };
        let gap = Span::new(first.quantity.span.end(), second.quantity.span.start()).of(text).trim();
        let counts = first.quantity.kind == Kind::Count && second.quantity.kind == Kind::Count;
        if counts && first.quantity.counted.is_none() && matches!(gap, "or" | "and") {
            first.quantity.counted = second.quantity.counted;
        }
        // "$98 million, or 37 cents a share": the second says the first again
        let sums = first.quantity.kind == Kind::Money && second.quantity.kind == Kind::Money;
        if sums && gap == ", or" {
            second.quantity.counted = first.quantity.counted.or(second.quantity.counted);
        }
    }
}

/// What is compared with a quantity before it counts the same: "6,000 homes, including 1,500 in the capital".
pub(super) fn share_compared(t: Tokens<'_>, found: &mut [Found]) {
    for at in 1..found.len() {
        let Some((left, right)) = found.split_at_mut_checked(at) else { return };
        let Some(second) = right.first_mut() else { continue };
        let count = second.quantity.kind == Kind::Count;
        // "46% of drivers, compared to 36% of riders"
        let own = t.get(second.end).is_some_and(|x| x.is("of"));
        if (count || own) && second.quantity.counted.is_some() || !is_compared(t, second) {
            continue;
        }
        let place = t.from_byte(second.quantity.span.start());
        let alike = |f: &&Found| {
            let q = &f.quantity;
            q.kind == second.quantity.kind && q.unit == second.quantity.unit && q.counted.is_some()
        };
        let named = left.iter().rev().take(3).find(alike);
        let named = named.filter(|f| f.end <= place && one_sentence(t, f.end, place));
        second.quantity.counted = named.and_then(|f| f.quantity.counted).or(second.quantity.counted);
    }
}

/// "including 1,500 in the capital", "compared with 63 last year", "up from 900", "and 30 injured"
fn is_compared(t: Tokens<'_>, found: &Found) -> bool {
    let place = t.from_byte(found.quantity.span.start());
    let back = |by: usize, words: &[&str]| t.before(place, by).is_some_and(|x| x.is_any(words));
    let participle = |x: Token<'_>| {
        let ending = x.lower.ends_with("ed") || x.lower.ends_with("ing");
        x.lower.len() > 4 && ending || x.is("hurt")
    };
    back(1, &["including", "versus"])
        || back(1, &["with", "to"]) && back(2, &["compared"])
        || back(1, &["from"]) && back(2, &["up", "down"])
        || found.quantity.kind == Kind::Count
            && (back(1, &["and"]) && t.get(found.end).is_some_and(participle)
                // "killed four guards and wounded 14"
                || back(2, &["and", ","]) && t.before(place, 1).is_some_and(participle))
}

/// How many tokens two numbers of one comparison may lie apart.
const COMPARISON: usize = 24;

/// Whether no sentence ends between two places.
fn one_sentence(t: Tokens<'_>, from: usize, to: usize) -> bool {
    let ends = |at: usize| t.get(at).is_some_and(|x| matches!(x.text, "." | ";" | "?" | "!"));
    to - from < COMPARISON && !(from..to).any(ends)
}

/// "Ross was down 2.3%, Burlington by 2.6%": the second goes where the first went.
pub(super) fn share_change(t: Tokens<'_>, found: &mut [Found]) {
    for at in 1..found.len() {
        let Some((left, right)) = found.split_at_mut_checked(at) else { return };
        let (Some(first), Some(second)) = (left.last(), right.first_mut()) else { return };
        let both = first.quantity.kind == second.quantity.kind && first.quantity.unit == second.quantity.unit;
        if !both || first.quantity.change.is_none() {
            continue;
        }
        let place = t.from_byte(second.quantity.span.start());
        let gap = place.saturating_sub(first.end);
        let by = t.before(place, 1).is_some_and(|x| x.is("by"));
        if by && gap <= 7 && t.get(first.end).is_some_and(|x| x.is(",") || x.is("and")) {
            second.quantity.change = second.quantity.change.or(first.quantity.change);
        }
    }
}

/// Joins neighbours that give one amount in two units.
pub(super) fn pair(text: &str, t: Tokens<'_>, found: &mut [Found]) {
    for at in 1..found.len() {
        let Some((left, right)) = found.split_at_mut_checked(at) else { return };
        let (Some(first), Some(second)) = (left.last_mut(), right.first_mut()) else { return };
        if first.quantity.twin.is_none() && brackets(text, t, first, second) && two_units(first, second) {
            let apart = apart(first, second);
            // "0 km (1 mile)": no part of nothing.
            let relative_error = apart.map(|(error, _)| error).filter(|error| error.is_finite());
            let agrees = apart.map(|(_, agrees)| agrees);
            for (half, index) in [(&mut *first, at), (&mut *second, at - 1)] {
                half.quantity.twin = Some(Box::new(Twin { index, relative_error, agrees }));
            }
            share(t, first, second);
        }
    }
}

fn brackets(text: &str, t: Tokens<'_>, first: &Found, second: &Found) -> bool {
    let gap = Span::new(first.quantity.core.end(), second.quantity.span.start()).of(text);
    let opens = matches!(gap.trim_matches([' ', '”', '"', '’', '\u{a0}']), "(" | "[" | "/" | "or");
    let closes = gap.contains(['/', 'o'])
        || t.get(second.end).is_some_and(|x| matches!(x.text, ")" | "]" | ";" | ","));
    opens && closes
}

fn two_units(first: &Found, second: &Found) -> bool {
    match (first.scale, second.scale) {
        (Some(a), Some(b)) => {
            a.dimension == b.dimension
                && first.quantity.unit != second.quantity.unit
                && a.dimension != "percent"
        }
        (None, None) => {
            first.quantity.kind == Kind::Money
                && second.quantity.kind == Kind::Money
                && first.quantity.unit != second.quantity.unit
        }
        _ => false,
    }
}

/// How far two measures lie apart, as a part of the first, and whether rounding explains it.
fn apart(first: &Found, second: &Found) -> Option<(f64, bool)> {
    let (a, b) = (first.scale?, second.scale?);
    let ends =
        |f: &Found| Some((f.quantity.value.or(f.quantity.low)?, f.quantity.value.or(f.quantity.high)?));
    let ((a_low, a_high), (b_low, b_high)) = (ends(first)?, ends(second)?);
    let rounding = first.rounding * a.factor + second.rounding * b.factor;
    let error = |a: f64, b: f64| if a == b { 0.0 } else { (a - b).abs() / a.abs() };
    let scaled = error(a_low * a.factor, b_low * b.factor).max(error(a_high * a.factor, b_high * b.factor));
    // "2C (3.6F)" may be a difference or a point of the scale.
    let points =
        first.quantity.si_value.zip(second.quantity.si_value).filter(|_| a.dimension == "temperature");
    let error = points.map_or(scaled, |(x, y)| scaled.min(error(x, y)));
    let allowed = rounding / (a_high * a.factor).abs().max(f64::MIN_POSITIVE);
    Some((error, error <= allowed.clamp(LEAST, MOST)))
}

/// Whether a hyphen joins the number to its unit, so that a noun must follow.
fn is_attribute(t: Tokens<'_>, found: &Found) -> bool {
    t.before(found.end, 2).is_some_and(|x| x.is_dash() && !x.spaced)
}

/// "3,000 square kilometres (1,158 sq miles) of territory": what is counted stands after both.
fn share(t: Tokens<'_>, first: &mut Found, second: &mut Found) {
    let counted = t.get(second.end + 1).filter(|x| x.is("of")).and_then(|_| of_phrase(t, second.end + 1));
    let counted = counted.or(second.quantity.counted.filter(|c| c.start() > second.quantity.core.end()));
    // "a 64km (40-mile) column"
    let column = || super::subject::described(t, second.end + 1).filter(|_| is_attribute(t, second));
    let counted = counted.or_else(column).or(first.quantity.counted);
    (first.quantity.counted, second.quantity.counted) = (counted, counted);
    second.quantity.change = second.quantity.change.or(first.quantity.change);
    if let Some((per, _)) = rate(t, second.end + 1, false).filter(|_| first.quantity.per.is_none()) {
        for half in [first, second] {
            half.quantity.unit = half.quantity.unit.take().map(|unit| format!("{unit} per {per}").into());
            half.quantity.per = Some(per.clone());
        }
    }
}
