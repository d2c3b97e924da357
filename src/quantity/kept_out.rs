//! What has digits and is no quantity: dates, years, clock times, telephone numbers, scores, names.

use super::lexicon::{ENGLISH, Flags};
use crate::token::{Token, Tokens};

fn is(t: Tokens<'_>, at: usize, words: &[&str]) -> bool {
    t.get(at).is_some_and(|x| words.iter().any(|w| x.is(w)))
}

fn touches(t: Tokens<'_>, at: usize) -> bool {
    t.get(at).is_some_and(|x| !x.spaced)
}

fn before(t: Tokens<'_>, at: usize, by: usize) -> Option<Token<'_>> {
    t.before(at, by)
}

/// The token after what begins at `at` and is no quantity.
pub(super) fn kept_out(t: Tokens<'_>, at: usize) -> Option<usize> {
    let token = t.get(at)?;
    if is_month(t, at) {
        return month_first(t, at);
    }
    if !token.is_number() {
        return ordinal_date(t, at).or_else(|| numbered_day(t, at));
    }
    if is_plain(t, at, token) { None } else { named_or_dated(t, at) }
}

/// Whether nothing around the digits at `at` makes a name or a date of them: the quick answer for most.
fn is_plain(t: Tokens<'_>, at: usize, token: Token<'_>) -> bool {
    if token.text.len() == 4 || token.text.starts_with('0') {
        return false;
    }
    let word =
        |x: &Token<'_>| x.is_word() && !x.is_capitalised() && !ENGLISH.flags(x.lower).has(Flags::NAMES);
    let before = before(t, at, 1).is_none_or(|x| token.spaced && x.text.len() > 1 && word(&x));
    // "$5bn", "£300 in"
    let sum = !token.spaced && t.before(at, 1).is_some_and(|x| matches!(x.text, "$" | "£" | "€"));
    let scaled = |x: Token<'_>| x.is_word() && crate::number::class(Some(x)).is_some() && !touches(t, at + 2);
    if sum && t.get(at + 1).is_some_and(|x| scaled(x) || x.spaced && word(&x)) {
        return true;
    }
    before && t.get(at + 1).is_none_or(|x| x.is("%") || x.spaced && word(&x))
}

fn named_or_dated(t: Tokens<'_>, at: usize) -> Option<usize> {
    chain(t, at)
        .or_else(|| day_first(t, at))
        .or_else(|| clock(t, at))
        .or_else(|| item(t, at))
        .or_else(|| ordinal(t, at))
        .or_else(|| telephone(t, at))
        .or_else(|| designation(t, at))
        .or_else(|| year(t, at))
}

/// Whether the ordinal at `at` is the day of a date: "the 4th of July".
pub(super) fn dated(t: Tokens<'_>, at: usize) -> bool {
    let month_before = (1..=2).any(|by| at.checked_sub(by).is_some_and(|i| is_month(t, i)));
    month_before || day_first(t, at).is_some() || is(t, at + 1, &["of"]) && is_month(t, at + 2)
}

fn is_month(t: Tokens<'_>, at: usize) -> bool {
    t.get(at).is_some_and(|x| {
        let verb = matches!(x.text, "may" | "march" | "mar");
        x.is_word() && !verb && ENGLISH.months.contains(x.lower)
    })
}

fn whole(t: Tokens<'_>, at: usize) -> Option<u32> {
    let token = t.get(at).filter(|x| x.is_number() && x.text.len() <= 4)?;
    token.text.parse().ok()
}

fn day(t: Tokens<'_>, at: usize) -> Option<usize> {
    whole(t, at).filter(|d| (1..=31).contains(d))?;
    let suffix = touches(t, at + 1) && is(t, at + 1, &["st", "nd", "rd", "th"]);
    Some(at + 1 + usize::from(suffix))
}

fn is_year(t: Tokens<'_>, at: usize) -> bool {
    t.get(at).is_some_and(|x| x.text.len() == 4) && whole(t, at).is_some_and(|y| (1000..=2199).contains(&y))
}

/// An optional comma and a year.
fn with_year(t: Tokens<'_>, end: usize) -> usize {
    let at = end + usize::from(is(t, end, &[",", "of"]));
    if is_year(t, at) { at + 1 } else { end }
}

/// "September 10, 2022", "Sept. 10-12", "May 2018"
fn month_first(t: Tokens<'_>, at: usize) -> Option<usize> {
    let short = t.get(at)?.text.len() <= 4 && !is(t, at, &["may", "june", "july"]);
    let dot = at + 1 + usize::from(is(t, at + 1, &["."]) && short);
    let from = dot + usize::from(is(t, dot, &["the"]));
    if is_year(t, with_comma(t, dot)) {
        return Some(with_comma(t, dot) + 1);
    }
    let mut end = day(t, from)?;
    if t.get(end).is_some_and(|x| x.is_dash() || x.is("and") || x.is("to"))
        && let Some(last) = day(t, end + 1)
            .filter(|l| !t.get(*l).is_some_and(|x| x.spaced && x.text.len() > 3 && may_be_counted(&x)))
    {
        end = last;
    }
    Some(with_year(t, end))
}

/// Whether `x` may be a noun: "on May 4 and 50 people", but not "May 4 and 5 were".
fn may_be_counted(x: &Token<'_>) -> bool {
    x.is_word() && !ENGLISH.stops.contains(x.lower) && !ENGLISH.verbs.contains(x.lower)
}

fn with_comma(t: Tokens<'_>, at: usize) -> usize {
    at + usize::from(is(t, at, &[",", "of"]))
}

/// "24 February", "24th of February 2022", "10 to 12 September"
fn day_first(t: Tokens<'_>, at: usize) -> Option<usize> {
    let mut end = day(t, at)?;
    for _ in 0..2 {
        let month = end + usize::from(is(t, end, &["of"]));
        let month = month + usize::from(t.get(month).is_some_and(|x| x.is_dash()));
        if is_month(t, month) {
            let dot = usize::from(is(t, month + 1, &["."]) && touches(t, month + 1) && is_year(t, month + 2));
            let dash = usize::from(t.get(month + 1).is_some_and(|x| x.is_dash()) && touches(t, month + 1));
            return Some(with_year(t, month + 1 + dot + dash));
        }
        let joined = t.get(end).is_some_and(|x| x.is_dash() || x.is("and") || x.is("to") || x.is("or"));
        end = day(t, end + 1).filter(|_| joined)?;
    }
    None
}

/// "the fifth of May", where the ordinal is a word.
fn ordinal_date(t: Tokens<'_>, at: usize) -> Option<usize> {
    let is_ordinal = t.get(at)?.is_word() && crate::number::class(t.get(at)).is_some();
    (is_ordinal && is(t, at + 1, &["of"]) && is_month(t, at + 2)).then(|| with_year(t, at + 3))
}

/// "day five of the tournament", "Year One"
fn numbered_day(t: Tokens<'_>, at: usize) -> Option<usize> {
    crate::number::class(t.get(at)).filter(|(_, value)| *value < 100)?;
    let led = before(t, at, 1).is_some_and(|x| x.is_any(&["day", "week", "year"]));
    let article = before(t, at, 2)
        .is_some_and(|x| x.is_any(&["a", "per", "each", "every", "that", "the", "last", "this"]));
    let noun = t.get(at + 1).is_some_and(|x| x.is_word() && !ENGLISH.stops.contains(x.lower));
    (led && !article && !noun).then_some(at + 1)
}

/// Digits joined by marks: `2022-09-10`, `2:55`, `1-2-2-2`, `9/11`, `192.168.0.1`, and the score `3-1`.
fn chain(t: Tokens<'_>, at: usize) -> Option<usize> {
    let mut end = at + 1;
    let (mut links, mut colon, mut slash, mut dots) = (0, false, false, 0);
    while let (Some(mark), Some(next)) = (t.get(end), t.get(end + 1)) {
        let joins = mark.is_dash() || mark.is("/") || mark.is(":") || mark.is(".");
        if !joins || mark.spaced || next.spaced || !next.is_number() {
            break;
        }
        links += 1;
        dots += usize::from(mark.is("."));
        colon |= mark.is(":");
        slash |= mark.is("/");
        end += 2;
    }
    if links == 0 || before(t, at, 1).is_some_and(|x| money(x) && !touches(t, at)) {
        return None;
    }
    let after = end;
    let dates = slash && links == 1 && !fraction(t, at) || slash && links > 1;
    if colon || links > 1 || dates || dots > 0 {
        return Some(clock_end(t, after));
    }
    (!slash && score(t, at)).then_some(after)
}

fn money(token: Token<'_>) -> bool {
    ENGLISH.currency_before.contains_key(token.lower)
}

fn fraction(t: Tokens<'_>, at: usize) -> bool {
    super::amount::amount(t, at).is_some_and(|a| a.end > at + 2)
}

/// `3-1`: it falls, or a word of winning stands near; `2018-19` are years.
fn score(t: Tokens<'_>, at: usize) -> bool {
    let (Some(home), Some(away)) = (whole(t, at), whole(t, at + 2)) else { return false };
    if is_year(t, at) {
        return away < 100 || is_year(t, at + 2) && years_stand(t, at);
    }
    let noun = t.get(at + 3).is_some_and(|x| !x.spaced && !x.is_word() && (x.is("%") || x.is_dash()));
    let near = (1..=4).any(|by| before(t, at, by).is_some_and(|x| ENGLISH.scores.contains(x.lower)));
    let measured = super::unit::unit_at(t, at + 3).is_some() || noun;
    home < 200 && away < 200 && !measured && (home >= away || near)
}

fn years_stand(t: Tokens<'_>, at: usize) -> bool {
    super::unit::unit_at(t, at + 3).is_none()
}

/// How far to the left an open bracket is looked for, in tokens.
const BRACKET: usize = 40;

/// `1)`: the number of an item, where no bracket is open.
fn item(t: Tokens<'_>, at: usize) -> Option<usize> {
    t.get(at + 1).filter(|x| x.is(")"))?;
    t.get(at).filter(|x| x.text.len() <= 2)?;
    let bracket = (1..=BRACKET).find_map(|by| before(t, at, by).filter(|x| matches!(x.text, "(" | ")")));
    bracket.is_none_or(|x| x.is(")")).then_some(at + 2)
}

/// "2:55 p.m. PT", "10am"
fn clock(t: Tokens<'_>, at: usize) -> Option<usize> {
    whole(t, at).filter(|h| *h < 25)?;
    let mut last = at + 1;
    if t.get(last).is_some_and(|x| x.is_dash()) && whole(t, last + 1).is_some_and(|h| h < 25) {
        last += 2;
    }
    let end = clock_end(t, last);
    (end > last).then_some(end)
}

/// What stands after the hour of a clock.
pub(super) const CLOCKS: [&str; 11] =
    ["am", "pm", "gmt", "utc", "bst", "o'clock", "cet", "est", "et", "a", "p"];

fn clock_end(t: Tokens<'_>, at: usize) -> usize {
    if t.get(at).is_some_and(|x| x.lower.len() > 1 && CLOCKS.contains(&x.lower)) {
        return at + 1;
    }
    let dotted = is(t, at, &["a", "p"]) && is(t, at + 1, &["."]) && is(t, at + 2, &["m"]);
    if dotted && touches(t, at + 2) { at + 3 } else { at }
}

/// `92nd`, `1990s`, `'90s`
fn ordinal(t: Tokens<'_>, at: usize) -> Option<usize> {
    let ordinal = touches(t, at + 1) && is(t, at + 1, &["st", "nd", "rd", "th"]);
    let decade = touches(t, at + 1)
        && t.get(at + 1).is_some_and(|x| x.text == "s" || x.text == "'s" || x.text == "’s")
        && whole(t, at).is_some_and(|d| d % 10 == 0);
    let quoted = touches(t, at + 1)
        && is(t, at + 1, &["'", "’"])
        && touches(t, at + 2)
        && is(t, at + 2, &["s"])
        && whole(t, at).is_some_and(|d| d % 10 == 0);
    (ordinal || decade).then_some(at + 2).or_else(|| quoted.then_some(at + 3))
}

/// `0800 123 4567`, `(555) 123-4567`, `+1 555 123 4567`
fn telephone(t: Tokens<'_>, at: usize) -> Option<usize> {
    let first = t.get(at)?;
    let mut end = at + 1;
    let mut groups = 1;
    let bracketed = before(t, at, 1).is_some_and(|x| x.is("(")) && is(t, end, &[")"]);
    end += usize::from(bracketed);
    while let Some(next) = t.get(end).filter(|x| groups < 8 && (x.is_number() || x.is_dash() && !x.spaced)) {
        if next.is_number() && !plain(next.text) {
            break;
        }
        groups += usize::from(next.is_number());
        end += 1;
    }
    let led = first.text.starts_with('0') && first.text.len() > 2 && !first.text.contains('.');
    let international = before(t, at, 1).is_some_and(|x| x.is("+")) && touches(t, at) && groups > 1;
    let many = plain(first.text) && (groups >= 3 || groups == 2 && bracketed);
    (led || many || international).then_some(end)
}

fn plain(text: &str) -> bool {
    text.len() >= 2 && text.bytes().all(|b| b.is_ascii_digit())
}

/// `BM-21`, `M25`, `iPhone 14`, `Section 427`, `S&P 500`, `#10`, `No. 5`
fn designation(t: Tokens<'_>, at: usize) -> Option<usize> {
    if let Some(end) = house(t, at).or_else(|| code(t, at)).or_else(|| lines(t, at)) {
        return Some(end);
    }
    let previous = before(t, at, 1)?;
    if touches(t, at) {
        return attached(t, at, previous);
    }
    if previous.text.len() == 1 && previous.is_capitalised() && before(t, at, 2).is_some_and(|x| x.is("&")) {
        return Some(at + 1);
    }
    // "H.R. 1280" and the "H. R. 1280" of tokenised copy
    let bill =
        |x: Token<'_>| x.text == "H.R" || x.text == "R" && before(t, at, 4).is_some_and(|x| x.text == "H");
    let dotted = previous.is(".") && before(t, at, 2).is_some_and(|x| is_number_sign(x) || bill(x));
    if dotted || previous.is_word() && numbered(previous) && !plural_follows(t, at) {
        return Some(past_joined(t, at + 1));
    }
    let token = t.get(at)?;
    let simple = token.text.bytes().all(|b| b.is_ascii_digit());
    let inside = before(t, at, 2).is_some_and(|x| !matches!(x.text, "." | "!" | "?" | ":" | "“" | "\""));
    let mixed = previous.text.chars().skip(1).any(char::is_uppercase);
    let name = previous.is_capitalised() && !known_word(previous) && (inside || mixed);
    if simple && name && inside && lettered(t, at) {
        return Some(at + 2);
    }
    (simple && name && !measured(t, at)).then_some(at + 1)
}

/// Whether a number after the word is the name of one: "chapter", "flight".
pub(super) fn numbered(x: Token<'_>) -> bool {
    let listed = ENGLISH.designators.contains(x.lower);
    listed && (!matches!(x.lower, "no" | "act" | "hotel" | "form" | "schedule") || x.is_capitalised())
}

/// "the 5G network", "a 13F filing": one capital that is neither a unit nor a multiplier.
fn is_model(t: Tokens<'_>, at: usize) -> bool {
    let capital = t.get(at + 1).is_some_and(|x| x.text.len() == 1 && x.is_capitalised());
    let closed = t.get(at + 2).is_some_and(|x| x.spaced || matches!(x.text, "," | "." | "-"));
    let money = before(t, at, 1).is_some_and(money);
    let known = || super::unit::unit_at(t, at + 1).is_some() || crate::number::class(t.get(at + 1)).is_some();
    capital && closed && !money && !known()
}

/// "Route 9W", "Form 13F", but not "Twitter 300M".
fn lettered(t: Tokens<'_>, at: usize) -> bool {
    let letter = |x: &Token<'_>| {
        x.text.len() == 1 && x.is_capitalised() && !x.spaced && !matches!(x.text, "B" | "K" | "M" | "T")
    };
    let closed = t.get(at + 2).is_none_or(|x| x.spaced || !x.is_word() && !x.is_number());
    t.get(at + 1).is_some_and(|x| letter(&x)) && closed && !is_month(t, at - 1)
}

/// "12 Old Mill Road"
fn house(t: Tokens<'_>, at: usize) -> Option<usize> {
    let simple = t.get(at).is_some_and(|x| x.text.len() <= 5 && x.text.bytes().all(|b| b.is_ascii_digit()));
    let mut end = at + 1;
    while simple && end < at + 6 {
        // "9 E 71st St"
        let numbered = crate::number::ordinal(t, end).filter(|_| t.get(end).is_some_and(|x| x.is_number()));
        let Some(word) = t.get(end).filter(|x| x.spaced && (x.is_capitalised() || numbered.is_some())) else {
            break;
        };
        // "22 Ave Foch", "3 Rue de Rivoli"
        let first =
            end == at + 1 && t.get(end + 1).is_some_and(|x| x.spaced && (x.is_capitalised() || x.is("de")));
        if ENGLISH.streets.contains(word.lower) && (end > at + 1 || first) {
            return Some(end + 1 + usize::from(first));
        }
        end = numbered.map_or(end + 1, |(_, end)| end);
    }
    None
}

/// `4XY7`: letters between digits.
fn code(t: Tokens<'_>, at: usize) -> Option<usize> {
    let letters = t.get(at + 1).filter(|x| !x.spaced && x.is_word() && !x.is("x"))?;
    if is_model(t, at) {
        return Some(at + 2);
    }
    let digits = t.get(at + 2).is_some_and(|x| !x.spaced && x.is_number());
    // "32m2" is an area, "6ft2" and "2h30" are two of a measure
    let eats = |m: super::unit::Measure| m.end > at + 2 || letters.is_capitalised();
    let unit = super::unit::unit_at(t, at + 1).is_some_and(eats)
        || letters.is_any(&["ft", "h", "lb", "hr"])
        || crate::number::class(Some(letters)).is_some_and(|(class, _)| class != crate::number::Class::Short);
    (digits && !unit).then(|| past_name(t, at + 1))
}

/// `1080p`: the lines of a picture.
fn lines(t: Tokens<'_>, at: usize) -> Option<usize> {
    t.get(at + 1).filter(|x| x.text == "p" && !x.spaced)?;
    let known = ["240", "360", "480", "720", "1080", "1440", "2160"];
    t.get(at).filter(|x| known.contains(&x.text)).map(|_| at + 2)
}

fn is_number_sign(token: Token<'_>) -> bool {
    matches!(token.text, "No" | "Nos" | "Nr" | "no" | "vol" | "Vol" | "pp" | "p" | "fig" | "Fig")
}

fn attached(t: Tokens<'_>, at: usize, previous: Token<'_>) -> Option<usize> {
    if previous.is("#") {
        return Some(at + 1);
    }
    let money = super::unit::currency_before(t, at).is_some() && super::unit::money_follows(t, at);
    let negative = previous.is("minus");
    if previous.is_word() && !money && !negative {
        return Some(past_name(t, at + 1));
    }
    // "scp2-173m"
    let joined = previous.is_dash() && !previous.spaced;
    let numbered = joined && before(t, at, 2).is_some_and(|x| x.is_number() && !x.spaced);
    if numbered && before(t, at, 3).is_some_and(|x| x.is_word()) {
        return Some(past_name(t, at + 1));
    }
    let word = before(t, at, 2).filter(|x| x.is_word() && joined)?;
    (!word.is("minus") && crate::number::class(Some(word)).is_none()).then(|| past_name(t, at + 1))
}

/// The rest of `10245-8871` and of pages `12-14`.
fn past_joined(t: Tokens<'_>, mut at: usize) -> usize {
    while t.get(at).is_some_and(|x| !x.spaced && x.is_dash())
        && t.get(at + 1).is_some_and(|x| !x.spaced && x.is_number())
    {
        at += 2;
    }
    at
}

/// Letters and digits that go on without a space: `4XY7`.
fn past_name(t: Tokens<'_>, mut at: usize) -> usize {
    while t.get(at).is_some_and(|x| !x.spaced && (x.is_word() || x.is_number())) {
        at += 1;
    }
    at
}

/// A word that begins a sentence and names nothing.
fn known_word(token: Token<'_>) -> bool {
    let lower = token.lower;
    ENGLISH.stops.contains(lower)
        || ENGLISH.cues.has(lower)
        || ENGLISH.currency_before.contains_key(lower)
        || token.text.len() == 4
            && lower.get(1..).is_some_and(|code| ENGLISH.currency_before.contains_key(code))
        || ENGLISH.adverbs.contains(lower)
}

pub(super) fn plural_follows(t: Tokens<'_>, at: usize) -> bool {
    t.get(at + 1).is_some_and(|x| x.is_word() && x.spaced && super::around::is_plural(x.lower))
}

/// Whether a unit, a multiplier or a noun in lower case follows the number at `at`.
fn measured(t: Tokens<'_>, at: usize) -> bool {
    let Some(next) = t.get(at + 1) else { return false };
    let noun = next.is_word() && !next.is_capitalised() && !ENGLISH.stops.contains(next.lower);
    noun || super::unit::unit_at(t, at + 1).is_some() || next.is("%") || next.is_dash()
}

/// A number of four digits that stands for a year.
fn year(t: Tokens<'_>, at: usize) -> Option<usize> {
    let year = whole(t, at).filter(|_| is_year(t, at))?;
    let money = before(t, at, 1).is_some_and(money);
    let scaled = super::amount::amount(t, at).is_some_and(|a| a.end > at + 1);
    // "in 2012 shows" is a verb, "2012 people" a count.
    let led_firmly = ["in", "since", "until", "till", "during"];
    let counts =
        plural_follows(t, at) && !before(t, at, 1).is_some_and(|x| led_firmly.iter().any(|w| x.is(w)));
    if money || scaled || counts || super::unit::unit_at(t, at + 1).is_some() {
        return None;
    }
    let led = before(t, at, 1).is_some_and(|x| ENGLISH.years.contains(x.lower));
    let modern = (1900..=2099).contains(&year);
    let averaged =
        before(t, at, 1).is_some_and(|x| x.is("of") || x.is("about") || x.is("than") || x.is("around"));
    (modern || led && !averaged).then_some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Words;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_quick_answer_is_the_slow_one(text in "((the|of|to|in|room|May|BM|at|no|people|St|and|pm|on|a|S|bn|m) ?|[0-9]{1,5}|[ $.,/:%#-]){1,9}") {
            let words = Words::new(&text);
            let t = words.of(&text);
            for at in 0..t.len() {
                let token = t.get(at).unwrap();
                if token.is_number() && is_plain(t, at, token) {
                    prop_assert_eq!(named_or_dated(t, at), None, "{} at {}", text, token.text);
                }
            }
        }
    }
}
