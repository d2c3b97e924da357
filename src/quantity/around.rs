//! What stands around a number: its cue, the direction of change, what it counts.

use super::lexicon::{ENGLISH, Flags};
use super::{Bound, Change};
use crate::text::Span;
use crate::token::{Token, Tokens, owner};

/// How far a counted noun phrase may reach, in tokens.
const PHRASE: usize = 9;

fn previous(t: Tokens<'_>, at: usize) -> Option<Token<'_>> {
    t.before(at, 1)
}

/// The cue that ends before `at`: its first token and its bound.
pub(super) fn cue_before(t: Tokens<'_>, at: usize) -> Option<(usize, Bound)> {
    let at = at - usize::from(previous(t, at).is_some_and(|x| matches!(x.text, "“" | "\"" | "‘")));
    ENGLISH.cues.before(t, at)
}

/// The cue that begins at `at`: the token after it and its bound.
pub(super) fn cue_after(t: Tokens<'_>, at: usize) -> Option<(usize, Bound)> {
    let (end, bound) = ENGLISH.cues_after.at(t, at)?;
    let plus =
        t.get(at).is_some_and(|x| x.text == "+" && x.spaced) && !t.get(end).is_some_and(|x| x.is_word());
    // "5,000 or less than 6,000" are two numbers, "200 or greater than" is one.
    let than = t.get(end).is_some_and(|x| x.is("than"));
    let closed = t.get(end + 1).is_none_or(|x| !x.is_word() && !x.is_number());
    (!plus && (!than || closed)).then_some((end + usize::from(than), bound))
}

/// The direction of change, from the verb before or the word after.
pub(super) fn change(t: Tokens<'_>, start: usize, end: usize) -> Option<Change> {
    let after = t.get(end)?;
    if let Some(change) = ENGLISH.changes_after.get(after.lower) {
        return Some(*change);
    }
    verb_before(t, start)
}

/// The verb of change before the number at `start`, adverbs between them let through.
pub(super) fn verb_before(t: Tokens<'_>, start: usize) -> Option<Change> {
    let percent = || {
        (start + 1..start + 4).any(|i| t.get(i).is_some_and(|x| x.is_any(&["%", "percent", "cent", "pct"])))
    };
    // "Sony lost 2.7 percent", but not "lost 40 men"
    match previous(t, start) {
        Some(x) if x.is_any(&["lost", "loses", "losing", "lose"]) && percent() => return Some(Change::Down),
        Some(x) if x.is_any(&["added", "adds", "adding"]) && percent() => return Some(Change::Up),
        _ => {}
    }
    let mut at = start;
    for _ in 0..5 {
        let token = previous(t, at)?;
        if let Some(change) = ENGLISH.changes.get(token.lower) {
            return Some(*change).filter(|_| !token.is("up") || stands_for_a_rise(t, at - 1));
        }
        if !ENGLISH.adverbs.contains(token.lower) {
            return None;
        }
        at -= 1;
    }
    None
}

/// "was up 5%", "shares up 5%", but not "gave up 30 seats".
fn stands_for_a_rise(t: Tokens<'_>, up: usize) -> bool {
    let Some(before) = previous(t, up) else { return true };
    let lower = before.lower;
    !before.is_word()
        || ["was", "were", "is", "are", "closed", "ended", "finished", "trading"].contains(&lower)
        || is_plural(lower)
}

/// Whether a noun in lower case shows that it is a plural.
pub(super) fn is_plural(lower: &str) -> bool {
    if ENGLISH.plurals.contains(lower) {
        return true;
    }
    // "schoolchildren"
    if lower.ends_with("children") {
        return true;
    }
    let ends = lower.ends_with('s') && !lower.ends_with("'s");
    ends && lower.len() > 3
        && !lower.ends_with("ss")
        && !lower.ends_with("us")
        && !lower.ends_with("is")
        && !ENGLISH.stops.contains(lower)
}

/// Whether it is a verb with what it acts on behind it: "a 6.3 quake struck 40 km off".
fn acts(t: Tokens<'_>, at: usize, token: Token<'_>) -> bool {
    let verb = token.is_word() && !token.is_capitalised() && ENGLISH.flags(token.lower).has(Flags::VERB);
    verb && t.get(at + 1).is_some_and(|x| x.is_number() || is_determiner(x) || x.is("a") || x.is("an"))
}

fn plural_at(t: Tokens<'_>, at: usize) -> bool {
    t.get(at).is_some_and(|x| x.is_word() && is_plural(x.lower))
}

fn ends_phrase(token: Token<'_>) -> bool {
    !(token.is_word() || token.is_dash() && !token.spaced || token.text == "&")
}

/// The noun phrase that begins at `at`: up to its first plural, and the nouns that go on from it.
pub(super) fn noun_phrase(t: Tokens<'_>, at: usize, single: bool) -> Option<Span> {
    let mut end = at;
    let mut plural = None;
    // "40 Dutch and Danish ships" goes on past its "and", "5 million and the rest" does not.
    let mut cut = None;
    for i in at..at + PHRASE {
        let Some(token) = t.get(i) else { break };
        // "so-called" is no "so".
        let hyphen = || {
            t.get(i + 1).is_some_and(|x| x.is_dash() && !x.spaced) && t.get(i + 2).is_some_and(|x| !x.spaced)
        };
        // "15 percent of the U.S. workforce"
        if token.is(".") && !token.spaced && initials(t, i) {
            continue;
        }
        let stop = token.is_word() && ENGLISH.flags(token.lower).has(Flags::STOP) && !hyphen();
        let joins = i > at && plural.is_none() && !single && token.is("and");
        // "thousands of small, friendly deals"
        let comma = i > at && plural.is_none() && !single && token.is(",") && adjectives(t, at, i);
        if (joins || comma) && cut.is_none() {
            cut = Some(end);
            continue;
        }
        // "thousands of wounded soldiers"
        let participle = i == at
            && token.lower.ends_with("ed")
            && t.get(i + 1).is_some_and(|x| x.spaced && is_plural(x.lower));
        let leads = participle || i == at && token.is_any(&["more", "further", "most", "least"]);
        // "a few thousand more arrived later"
        let more_did = i == at + 1 && t.get(at).is_some_and(|x| x.is("more")) && !plural_at(t, i + 1);
        // "hectares of privately-held land"
        let verb = || {
            let seen = || plural.is_some() || single || more_did || closes(t, i + 1);
            !hyphen() && (acts(t, i, token) || verb_like(token, seen()))
        };
        if stop && !leads || ends_phrase(token) || i > at && verb() {
            break;
        }
        if token.is_word() {
            match (plural, is_plural(token.lower) && !hyphen()) {
                (Some(p), false) if p + 1 == i && !single => break,
                (_, true) => plural = Some(i),
                _ => {}
            }
            end = i + 1;
        }
    }
    let end = plural.filter(|_| !single).map_or(cut.unwrap_or(end), |p| p + 1);
    let (first, last) = (t.get(at)?, t.get(end.checked_sub(1)?).filter(|_| end > at)?);
    if end == at + 1 && first.is_any(&["more", "further", "most", "least"]) {
        return None;
    }
    Some(first.span.cover(last.span))
}

/// Whether the dot at `at` ends initials within a phrase.
fn initials(t: Tokens<'_>, at: usize) -> bool {
    let dotted = previous(t, at).is_some_and(|x| x.is_word() && x.text.contains('.'));
    let goes_on = |x: Token<'_>| {
        x.is_word() && !x.is_capitalised() && !ENGLISH.flags(x.lower).has(Flags::STOP.or(Flags::VERB))
    };
    dotted && t.get(at + 1).is_some_and(goes_on)
}

/// Whether the words around the comma at `comma` may be adjectives of one noun.
fn adjectives(t: Tokens<'_>, at: usize, comma: usize) -> bool {
    let plain = |x: Token<'_>| x.is_word() && !x.is_capitalised() && !ENGLISH.stops.contains(x.lower);
    comma == at + 1 && [at, comma + 1, comma + 2].into_iter().all(|i| t.get(i).is_some_and(plain))
}

/// Whether no noun stands at `at`, so that what is before it is no adjective: "the land seemed to", "men, women".
fn closes(t: Tokens<'_>, at: usize) -> bool {
    t.get(at).is_none_or(|x| ends_phrase(x) || x.is_word() && ENGLISH.flags(x.lower).has(Flags::STOP))
}

/// "enrolled", "including": after the noun a verb, before it an adjective.
fn verb_like(token: Token<'_>, noun_seen: bool) -> bool {
    let lower = token.lower;
    noun_seen && lower.len() > 4 && (lower.ends_with("ed") || lower.ends_with("ing") || lower.ends_with("ly"))
}

/// What the `of` at `at` leads to: "of territory", "of the country".
pub(super) fn of_phrase(t: Tokens<'_>, at: usize) -> Option<Span> {
    let of = t.get(at).filter(|x| x.is("of"));
    let from = at + usize::from(of.is_some());
    let article = t.get(from).is_some_and(is_determiner);
    if of.is_none() && !article {
        return None;
    }
    let head = from + usize::from(article);
    // "3 of the 5 men", "11 of more than 100 inmates"
    let phrase = noun_phrase(t, number_at(t, head).unwrap_or(head), false)?;
    // "a quarter of the country's 32 million voters"
    let end = t.from_byte(phrase.end());
    let owned = t.before(end, 1).is_some_and(|x| owner(x.lower).is_some() || x.is("'"));
    let more = number_at(t, end).filter(|_| owned).and_then(|past| noun_phrase(t, past, false));
    let phrase = more.map_or(phrase, |more| phrase.cover(more));
    Some(t.get(from).map_or(phrase, |x| x.span.cover(phrase)))
}

/// The token after the number that begins at `at` or behind a cue there: "some 1,700".
fn number_at(t: Tokens<'_>, at: usize) -> Option<usize> {
    let number =
        |i: &usize| t.get(*i).is_some_and(|x| x.is_number()) || crate::number::class(t.get(*i)).is_some();
    let first = (at..at + 4).find(number)?;
    let cued = first == at || cue_before(t, first).is_some_and(|(from, _)| from == at);
    let amount = super::amount::amount(t, first).filter(|_| cued);
    amount.map(|a| a.end).or((first == at).then_some(at + 1))
}

fn is_determiner(token: Token<'_>) -> bool {
    let list =
        ["the", "its", "their", "his", "her", "our", "my", "your", "all", "these", "those", "this", "that"];
    list.iter().any(|w| token.is(w))
}
