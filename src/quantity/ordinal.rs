//! Ranks: "the first word", "ranked 12th", but neither "92nd Brigade" nor "the second quarter".

use super::kept_out::dated;
use super::lexicon::ENGLISH;
use crate::number;
use crate::token::{Token, Tokens};

/// The rank at `at`: its value, and the token after it.
pub(super) fn ordinal(t: Tokens<'_>, at: usize) -> Option<(u64, usize)> {
    number::ordinal(t, at).filter(|(_, end)| is_ranked(t, at, *end))
}

/// Whether the ordinal in `at..end` ranks something.
pub(super) fn is_ranked(t: Tokens<'_>, at: usize, end: usize) -> bool {
    let Some(first) = t.get(at) else { return false };
    let joined =
        first.is_word() && t.before(at, 1).is_some_and(|x| x.is_dash() && !x.spaced) && !first.spaced;
    let second =
        first.is("second") && t.before(at, 1).is_some_and(|x| x.is_number() || x.is("a") || x.is("one"));
    !joined && !second && !dated(t, at) && !named(t, at, end) && ranks(t, at, end)
}

/// "92nd Brigade", "the Second World War", "Fifth Avenue"
fn named(t: Tokens<'_>, at: usize, end: usize) -> bool {
    let next = t.get(end).is_some_and(|x| x.is_capitalised() && x.spaced);
    let digits = t.get(at).is_some_and(|x| x.is_number());
    let inside = t.before(at, 1).is_some_and(|x| x.is_word());
    next && (digits || inside && t.get(at).is_some_and(|x| x.is_capitalised()))
}

/// Whether what follows is ranked: no span of time, no superlative, no verb, no other half of a compound.
fn ranks(t: Tokens<'_>, at: usize, end: usize) -> bool {
    let owned = t.before(at, 1).is_some_and(|x| {
        x.is_any(&["his", "her", "its", "their", "my", "our", "your", "whose", "at", "at", "per"])
            || x.lower.ends_with("'s")
    });
    let Some(next) = t.get(end) else { return !owned };
    if next.is_dash() && !next.spaced && t.get(end + 1).is_some_and(|x| !x.spaced)
        || next.is(",") && t.get(at).is_some_and(|x| x.is_word())
    {
        return false;
    }
    let either = next.is_any(&["and", "or"]) && other_half(t, end + 1);
    let rules_out = either || owned || next.is_word() && unranked(&next) || span_of_time(t, end);
    !rules_out && stands(t, at, &next)
}

/// "the fourth or fifth day": what the second is not a rank of, the first is none of either.
fn other_half(t: Tokens<'_>, at: usize) -> bool {
    let second = number::ordinal(t, at).and_then(|(_, end)| t.get(end));
    second.is_some_and(|x| x.is_word() && unranked(&x))
}

/// "the first eight months"
fn span_of_time(t: Tokens<'_>, at: usize) -> bool {
    let number = number::amount(t, at);
    number
        .and_then(|n| super::unit::unit_at(t, n.end))
        .and_then(|m| m.unit)
        .is_some_and(|u| u.dimension == "duration")
}

/// "the first word" and "the first" are ranked, "ranking first in the province" is not.
fn stands(t: Tokens<'_>, at: usize, next: &Token<'_>) -> bool {
    let small = t.get(at).is_some_and(|x| x.is_any(&["first", "second", "third"]));
    let noun = next.is_number() || next.is_word() && !ENGLISH.stops.contains(next.lower);
    !small
        || noun
        || t.before(at, 1).is_some_and(|x| x.is_any(&["the", "a"]))
            && !next.is("£")
            && !next.is("$")
            && !next.is("€")
}

fn unranked(next: &Token<'_>) -> bool {
    let superlative = next.lower.len() > 4
        && next.lower.ends_with("est")
        && !next.is_any(&["interest", "request", "protest", "guest", "forest"]);
    superlative
        || next.lower.len() > 4 && next.lower.ends_with("ed")
        || ENGLISH.unranked.contains(next.lower)
        || ENGLISH.months.contains(next.lower)
        || ENGLISH.verbs.contains(next.lower)
}
