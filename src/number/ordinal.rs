//! Ordinals: "11th", "twenty-fifth", "two hundredth".

use std::sync::LazyLock;

use super::words::{hundreds, multiplier};
use super::{Class, class, past_hyphen};
use crate::hash::Table;
use crate::token::Tokens;

static ENGLISH: LazyLock<Table<&'static str, u64>> = LazyLock::new(|| {
    let lines = include_str!("en/ordinals.txt").lines().filter(|line| !line.starts_with("# "));
    lines
        .filter_map(|line| line.split_once('\t').and_then(|(word, rank)| Some((word, rank.parse().ok()?))))
        .collect()
});

/// The longest ordinal, "seventyseventh".
const LONGEST: usize = 14;

/// The rank that one word names: 3 for "third".
pub(crate) fn rank(lower: &str) -> Option<u64> {
    let may_be = (5..=LONGEST).contains(&lower.len())
        && (lower.ends_with("th") || lower.ends_with("st") || lower.ends_with("nd") || lower.ends_with("rd"));
    may_be.then(|| ENGLISH.get(lower).copied())?
}

/// All ordinals of one word.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    ENGLISH.keys().copied()
}

/// The rank of "first" to "ninth".
pub(super) fn unit(lower: &str) -> Option<u64> {
    rank(lower).filter(|rank| *rank < 10)
}

/// The ordinal that begins at `at`: its rank, and the token after it.
pub(crate) fn ordinal(t: Tokens<'_>, at: usize) -> Option<(u64, usize)> {
    let first = t.get(at)?;
    if first.is_number() {
        let suffix = t.get(at + 1).filter(|x| !x.spaced && x.is_any(&["st", "nd", "rd", "th"]))?;
        let whole: u64 = first.text.replace(',', "").parse().ok()?;
        return suffixed(whole, suffix.lower).then_some((whole, at + 2));
    }
    if let Some(rank) = rank(first.lower) {
        return Some((rank, at + 1));
    }
    in_words(t, at)
}

/// Whether `11` takes `th` and `21` takes `st`.
fn suffixed(whole: u64, suffix: &str) -> bool {
    let want = match (whole % 100, whole % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    suffix == want
}

/// "twenty-fifth", "one hundred twenty-fifth", "three trillionth", "a hundred trillionth"
fn in_words(t: Tokens<'_>, at: usize) -> Option<(u64, usize)> {
    let (value, end) = match class(t.get(at)) {
        Some((Class::Unit | Class::Teen | Class::Ten, _)) => {
            hundreds(t, at).map(|group| (group.value, group.end))?
        }
        None if t.get(at).is_some_and(|x| x.is("a")) => (1, at + 1),
        _ => return None,
    };
    let (value, end) = if value == 1 && t.get(at).is_some_and(|x| x.is("a")) {
        let (Class::Hundred, by) = class(t.get(end))? else { return None };
        (by, end + 1)
    } else {
        match multiplier(t, end) {
            Some((by, end)) => (value.checked_mul(by)?, end),
            None => (value, end),
        }
    };
    let next = past_hyphen(t, end + usize::from(t.get(end).is_some_and(|x| x.is("and"))));
    let last = rank(t.get(next)?.lower)?;
    match last {
        100.. => Some((value.checked_mul(last)?, next + 1)),
        1..10 if value % 10 == 0 => Some((value + last, next + 1)),
        10..100 if value % 100 == 0 => Some((value + last, next + 1)),
        _ => {
            let tens = value % 100 == 0;
            tens.then_some((value + last, next + 1))
        }
    }
}
