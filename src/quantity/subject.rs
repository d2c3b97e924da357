//! What a measure, a share or a sum is of, where no noun stands right behind it.

use super::lexicon::{ENGLISH, Flags};
use super::read::Found;
use super::{Bound, Kind};
use crate::number::{Class, class};
use crate::text::Span;
use crate::token::{Token, Tokens};

/// How far to the left of a number its subject is looked for, in tokens.
const REACH: usize = 48;
/// How long a subject may be, in tokens.
const LONGEST: usize = 14;

/// How many tokens may stand between two commas that part a subject from its verb.
const ASIDE: usize = 10;
/// How many verbs to the left of a number are tried.
const HOPS: usize = 4;

/// What the quantity in `start..end` measures: "5 per cent penalty", "a penalty of $52,000", "sales rose 5%".
///
/// The quantity before it ends at token `floor`.
pub(super) fn measured(t: Tokens<'_>, start: usize, end: usize, floor: usize) -> Option<Span> {
    attributive(t, start, end)
        .or_else(|| described(t, end))
        .or_else(|| compared(t, end))
        .or_else(|| before_of(t, start, floor))
        .or_else(|| bracketed(t, start, floor))
        .or_else(|| gapped(t, start))
        .or_else(|| timed(t, start))
        .or_else(|| subject(t, start))
}

/// "after charging in fewer than 20 minutes": what took the time.
fn timed(t: Tokens<'_>, start: usize) -> Option<Span> {
    t.before(start, 1).filter(|x| x.is_any(&["in", "within"]))?;
    let verbal = t.before(start, 2).filter(|x| x.is_word() && x.lower.ends_with("ing"))?;
    t.before(start, 3).filter(|x| x.is_any(&["after", "before", "by", "of", "when", "while"]))?;
    Some(verbal.span)
}

/// "made 47% from the field", where nothing else says what it is of.
pub(super) fn source(t: Tokens<'_>, end: usize) -> Option<Span> {
    t.get(end).filter(|x| x.is("from"))?;
    described(t, end + 1 + usize::from(t.get(end + 1).is_some_and(|x| is_determiner(&x))))
}

/// Says of bare numbers what stands at them: "the index closed at 16,644", "a population of 2.1 million".
pub(super) fn levels(t: Tokens<'_>, found: &mut [Found]) {
    let mut floor = 0;
    for f in found {
        let bare =
            f.quantity.kind == Kind::Count && f.quantity.unit.is_none() && f.quantity.counted.is_none();
        let vague =
            f.quantity.bound == Bound::Vague || f.quantity.value.is_none() && f.quantity.high.is_none();
        if bare && !vague && closes_clause(t, f.end) {
            let start = t.from_byte(f.quantity.span.start());
            let some = stands_for_some(t, start) || t.get(f.end).is_some_and(|x| x.is("of"));
            f.quantity.counted = before_of(t, start, floor).or_else(|| subject(t, start)).filter(|_| !some);
            if f.quantity.counted.is_some() {
                f.quantity.unit = Some("dimensionless".into());
            }
        }
        floor = f.end;
    }
}

/// Whether the number at `at` stands for those it counts, or for halves: "the two met", "cut in two".
fn stands_for_some(t: Tokens<'_>, at: usize) -> bool {
    let word = t.get(at).is_some_and(|x| x.is_word());
    t.before(at, 1)
        .is_some_and(|x| x.is_any(&["the", "these", "those", "other", "all"]) || word && x.is("in"))
}

/// Whether what follows a number cannot be what it counts.
fn closes_clause(t: Tokens<'_>, at: usize) -> bool {
    t.get(at).is_none_or(|x| match x.is_word() {
        true => ENGLISH.flags(x.lower).has(Flags::STOP) && !x.is_any(&["or", "and"]),
        false => matches!(x.text, "." | ";" | ",") && !lists_on(t, at + 1),
    })
}

/// Whether a bare number goes on with a list: "20, 30 and 40 ships".
fn lists_on(t: Tokens<'_>, at: usize) -> bool {
    t.get(at).is_some_and(|x| x.is_number()) && super::unit::unit_at(t, at + 1).is_none()
}

/// "$257 million in loans", "£5m in military aid", but not "in May", "in cash"
pub(super) fn given(t: Tokens<'_>, at: usize) -> Option<Span> {
    t.get(at).filter(|x| x.is("in"))?;
    let plain = |x: Token<'_>| x.is_word() && !ENGLISH.months.contains(x.lower);
    let first = t.get(at + 1).filter(|x| plain(*x))?;
    // "in mostly military aid", "in lost revenue"
    let leads = first.lower.ends_with("ly") || ENGLISH.flags(first.lower).has(Flags::VERB);
    let noun = described(t, at + 1 + usize::from(leads))?;
    let head = t.before(t.from_byte(noun.end()), 1)?;
    let fits = ENGLISH.funds.contains(head.lower)
        || !head.is_capitalised()
            && super::around::is_plural(head.lower)
            && !is_time(t, at + 1, t.from_byte(noun.end()));
    fits.then_some(noun)
}

/// "10mph less than the top wind speeds", "16 per cent above its closing level"
fn compared(t: Tokens<'_>, at: usize) -> Option<Span> {
    let than = t.get(at + 1).is_some_and(|x| x.is("than")) && t.get(at).is_some_and(|x| x.is_word());
    let level = t.get(at).is_some_and(|x| x.is_any(&["above", "below"]));
    let from = at + if than { 2 } else { usize::from(level) };
    let from = from + usize::from(t.get(from).is_some_and(|x| is_determiner(&x)));
    let from = from + usize::from(t.get(from).is_some_and(|x| x.is_number()));
    (than || level).then(|| described(t, from))?
}

/// "four fillets (about 1lb)", "the reservoir (40 million litres)"
fn bracketed(t: Tokens<'_>, start: usize, floor: usize) -> Option<Span> {
    let open = start.checked_sub(1).filter(|i| t.get(*i).is_some_and(|x| x.is("(")))?;
    noun_before(t, open, open.saturating_sub(floor).min(4))
}

/// "Shares of Ross were down 2.3%, Burlington by 2.6%"
fn gapped(t: Tokens<'_>, start: usize) -> Option<Span> {
    let by = start.checked_sub(1).filter(|i| t.get(*i).is_some_and(|x| x.is_any(&["by", "at", "with"])))?;
    let noun = noun_before(t, by, 4)?;
    let from = t.from_byte(noun.start());
    let parted = t.before(from, 1).is_some_and(|x| x.is_any(&[",", "and", ";"]));
    (parted && t.get(from).is_some_and(|x| x.is_capitalised())).then_some(noun)
}

/// The noun and its adjectives, at most `most` tokens, that end before `end`.
fn noun_before(t: Tokens<'_>, end: usize, most: usize) -> Option<Span> {
    let mut from = end;
    while from > 0
        && end - from < most
        && t.get(from - 1).is_some_and(|x| in_noun(t, from - 1, &x, from < end))
    {
        from -= 1;
    }
    cover(t, from, end)
}

/// "a $65 billion spending plan", "a 3p cut": behind an article a verbal noun is no verb.
fn attributive(t: Tokens<'_>, start: usize, end: usize) -> Option<Span> {
    let verbal = t.get(end).filter(|x| x.is_word() && ENGLISH.flags(x.lower).has(Flags::VERB))?;
    t.before(start, 1).filter(is_determiner)?;
    let rest = described(t, end + 1).filter(|_| verbal.lower.ends_with("ing"));
    let change = ENGLISH.flags(verbal.lower).has(Flags::CHANGE).then_some(verbal.span);
    rest.map(|rest| verbal.span.cover(rest)).or(change)
}

/// "50mph winds", "a $700,000 award", "a 5 W USB-C charger"
pub(super) fn described(t: Tokens<'_>, at: usize) -> Option<Span> {
    let hyphen = t.get(at).is_some_and(|x| x.is_dash() && !x.spaced && follows_tightly(t, at));
    let from = at + usize::from(hyphen);
    // "a 3 foot high stool"
    let across = t.get(from).is_some_and(|x| x.is_any(&["high", "tall", "long", "wide", "deep", "thick"]));
    let from = from + usize::from(across && t.get(from + 1).is_some_and(|x| in_noun(t, from + 1, &x, false)));
    let mut end = from;
    while end < from + LONGEST && t.get(end).is_some_and(|x| in_noun(t, end, &x, end > from)) {
        end += 1;
    }
    while end > from && t.get(end - 1).is_some_and(|x| !x.is_word() && !x.is_number() || x.is("'s")) {
        end -= 1;
    }
    // "-5C slowed the trains"
    let verb = end == from + 1 && t.get(from).is_some_and(|x| past(&x));
    if verb { None } else { cover(t, from, end) }
}

fn follows_tightly(t: Tokens<'_>, at: usize) -> bool {
    t.get(at + 1).is_some_and(|x| !x.spaced)
}

fn in_noun(t: Tokens<'_>, at: usize, x: &Token<'_>, inside: bool) -> bool {
    if x.is_dash() {
        return inside && !x.spaced && follows_tightly(t, at);
    }
    // "a 3.5-litre V-6"
    if x.is_number() {
        return inside && !x.spaced && t.before(at, 1).is_some_and(|b| b.is_dash());
    }
    if !x.is_word() {
        return false;
    }
    let flags = ENGLISH.flags(x.lower);
    if flags.has(Flags::VERB) || flags.has(Flags::NUMBER) && numeral(x) {
        return false;
    }
    let hung = t.get(at + 1).is_some_and(|n| n.is_dash() && !n.spaced) && follows_tightly(t, at + 1);
    // "privately-held land"
    if x.lower.len() > 4 && x.lower.ends_with("ly") && !hung || inside && past(x) {
        return false;
    }
    // "a deal making him rich"
    let acts = |n: Token<'_>| is_determiner(&n) || n.is_any(&["him", "it", "them", "us", "me"]);
    if x.lower.ends_with("ing") && t.get(at + 1).is_some_and(acts) {
        return false;
    }
    let small = flags.has(Flags::STOP) || flags.has(Flags::NOT_MEASURED);
    // "640 km south-southeast of Haiti"
    let place = |at: usize| t.get(at).is_some_and(|n| ENGLISH.flags(n.lower).has(Flags::NOT_MEASURED));
    !small || hung && !(place(at) && place(at + 2))
}

/// "billion", "seven"
fn numeral(x: &Token<'_>) -> bool {
    class(Some(*x))
        .is_some_and(|(c, _)| !matches!(c, Class::Half | Class::Part | Class::Parts | Class::Short))
}

/// A regular past, which ends a noun phrase as a verb or as a participle.
fn past(x: &Token<'_>) -> bool {
    // "a speed of 15 mph"
    let noun = || x.lower.ends_with("eed") && !x.lower.ends_with("greed") && !x.lower.ends_with("teed");
    x.lower.len() > 4 && x.lower.ends_with("ed") && !x.is_capitalised() && !noun()
}

/// "a penalty of $52,000", "winds of at least 74 mph", "a net profit of £5m"
fn before_of(t: Tokens<'_>, start: usize, floor: usize) -> Option<Span> {
    let of = start.checked_sub(1).filter(|i| t.get(*i).is_some_and(|x| x.is("of")))?;
    let head = t.before(of, 1)?;
    let most = of.saturating_sub(floor).min(5);
    // "were robbed of several thousand dollars"
    (!ENGLISH.sums.contains(head.lower) && !past(&head)).then(|| noun_before(t, of, most))?
}

/// "Sales in Asia rose 5%", "the yacht, which cost $3m", "net income was £5m"
fn subject(t: Tokens<'_>, start: usize) -> Option<Span> {
    let mut at = start;
    let floor = start.saturating_sub(REACH);
    for _ in 0..HOPS {
        let verb = verb_before(t, at, floor)?;
        let flags = t.get(verb).map(|x| ENGLISH.flags(x.lower)).unwrap_or_default();
        if flags.has(Flags::MOVES)
            && let Some(object) = object(t, verb, start)
        {
            return Some(object);
        }
        if flags.has(Flags::REPORTS)
            && let Some(told) = told(t, verb + 1, at)
        {
            return told;
        }
        let end = past_links(t, verb, floor);
        // "the deficit hit a record last year, having increased by 5%"
        if t.get(end).is_some_and(|x| x.is("having")) && end < at {
            at = end;
            continue;
        }
        // "profit of Y=880 billion, revised upward by Y=40 billion", "to $84bn, down from $89bn"
        let sum = past_sum(t, end, floor);
        if sum < end && !t.before(sum, 1).is_some_and(|x| x.is("of")) {
            at = sum;
            continue;
        }
        let end = before_aside(t, sum, floor);
        let from = past_unit(t, chunk_start(t, end, floor), end);
        // "a typhoon that swept across the island now stands": no subject begins with "across"
        let adverbial = || t.get(from).is_some_and(|x| opens_adverbial(&x));
        if from < end && led_by_verb(t, from, floor) && (adverbial() || is_reduced(t, from)) {
            at = from;
            continue;
        }
        let (next, end) = (end, past_small(t, from, before_pronoun(t, from, end)));
        match cover(t, trimmed(t, from, end), end) {
            Some(found) if !is_time(t, trimmed(t, from, end), end) => {
                let number = t.before(end, 1).is_some_and(|x| numeral(&x));
                return Some(found).filter(|_| !number && !is_pronoun(t, from, end));
            }
            _ if next == 0 || next >= at => return None,
            _ => at = next,
        }
    }
    None
}

/// Whether the token before `from` is a verb.
fn led_by_verb(t: Tokens<'_>, from: usize, floor: usize) -> bool {
    from.checked_sub(1).filter(|i| *i >= floor).and_then(|i| Some(is_verb(t, i, &t.get(i)?))).unwrap_or(false)
}

/// Whether the verb before `from` opens a clause about a noun: "the number of workers receiving benefits is 5 million".
fn is_reduced(t: Tokens<'_>, from: usize) -> bool {
    let noun = |x: Token<'_>| {
        x.is_word() && !ENGLISH.flags(x.lower).has(Flags::STOP.or(Flags::LINK).or(Flags::VERB))
    };
    t.before(from, 1).is_some_and(|x| x.lower.ends_with("ing")) && t.before(from, 2).is_some_and(noun)
}

/// A preposition that a subject does not begin with.
fn opens_adverbial(x: &Token<'_>) -> bool {
    x.is_any(&[
        "across", "after", "against", "among", "around", "at", "between", "by", "during", "for", "from",
        "in", "into", "near", "on", "over", "through", "to", "under", "with", "within",
    ])
}

/// What somebody says that a number is, where no verb was found behind it: "say the toll from the storm neared 75".
/// Some of nothing, where the number itself begins what is said: "said 500 had left".
fn told(t: Tokens<'_>, from: usize, at: usize) -> Option<Option<Span>> {
    let when =
        |x: &Token<'_>| ENGLISH.flags(x.lower).has(Flags::NOT_MEASURED) || x.is_any(&["on", "that", "late"]);
    let from = (from..at).find(|i| !t.get(*i).is_some_and(|x| when(&x))).unwrap_or(at);
    let from = from + usize::from(t.get(from).is_some_and(|x| is_determiner(&x)));
    if from >= at {
        return t.before(at, 1).is_some_and(|x| x.is_any(&["said", "says", "say", "that"])).then_some(None);
    }
    let noun = described(t, from).filter(|noun| t.from_byte(noun.end()) < at)?;
    (!is_time(t, from, t.from_byte(noun.end()))).then_some(Some(noun))
}

/// The object of a verb that moves it: "cut the deficit by 5%", "bringing the toll to 75", "raised its payout 5 cents".
fn object(t: Tokens<'_>, verb: usize, start: usize) -> Option<Span> {
    let from = verb + 1 + usize::from(t.get(verb + 1).is_some_and(|x| is_determiner(&x)));
    let object = described(t, from).filter(|_| from < start)?;
    // "the number of warheads", "the quota of whales"
    let of = t.get(t.from_byte(object.end())).filter(|x| x.is("of"));
    let object = of
        .and_then(|of| described(t, t.from_byte(of.span.end())))
        .map_or(object, |whole| object.cover(whole));
    let end = t.from_byte(object.end());
    let links = ["to", "by", "from", "at"];
    let ranged = t.get(start).is_some_and(|x| x.is_any(&["from", "between"]));
    let linked = ranged || t.before(start, 1)?.is_any(&links);
    let fits = if linked { end <= start } else { end == start };
    Some(object).filter(|_| fits && !is_time(t, from, end))
}

/// The place before what stands between two commas ahead of a verb: "The biggest bank, Citigroup, lost $5bn", "the chief
/// executive, Ann Lee, who was paid £3m". In "In May, the yacht, which cost $3m" it is the subject that stands there.
fn before_aside(t: Tokens<'_>, end: usize, floor: usize) -> usize {
    let comma = |i: usize| t.get(i).is_some_and(|x| x.is(","));
    let relative = comma(end);
    let last = if relative { Some(end) } else { end.checked_sub(1).filter(|i| comma(*i)) };
    let Some(close) = last else { return end };
    let from = close.saturating_sub(ASIDE).max(floor);
    let plain = |i: usize| {
        t.get(i).is_some_and(|x| match relative {
            true => x.is_capitalised(),
            false => (x.is_word() || x.is_dash()) && !is_verb(t, i, &x) || x.is_number(),
        })
    };
    let open = (from..close).rev().find(|i| comma(*i));
    open.filter(|open| *open + 1 < close && (*open + 1..close).all(plain)).unwrap_or(end)
}

/// The first token of the sum of money that ends before `end`, or `end`.
fn past_sum(t: Tokens<'_>, end: usize, floor: usize) -> usize {
    let mut at = end;
    while at > floor && t.before(at, 1).is_some_and(|x| x.is_number() || numeral(&x)) {
        at -= 1;
    }
    let sign = ENGLISH.currencies.before(t, at).filter(|_| at < end);
    sign.map_or(end, |(from, _)| from.max(floor))
}

/// The token after the unit of the number that stands before `from`: "8.1 percent to 99 yuan and Swellfun rallied".
fn past_unit(t: Tokens<'_>, from: usize, end: usize) -> usize {
    let number = t.before(from, 1).is_some_and(|x| x.is_number() || class(Some(x)).is_some());
    let unit = super::unit::unit_at(t, from).filter(|_| number);
    unit.map_or(from, |m| m.end.min(end))
}

/// The verb nearest to the left of `at`, or what stands for one.
fn verb_before(t: Tokens<'_>, at: usize, floor: usize) -> Option<usize> {
    let mut i = at;
    while i > floor {
        i -= 1;
        let x = t.get(i)?;
        if !x.is_word() && ends_sentence(t, i, &x) {
            return None;
        }
        if is_verb(t, i, &x) {
            return Some(i);
        }
        // A headline or a caption has no verb: "Wavelengths at least 2.4 μm".
        if i == 0 || new_block(t, i, &x) {
            return lead(t, i, at);
        }
    }
    None
}

/// Where the words that a block without a verb begins with end.
fn lead(t: Tokens<'_>, from: usize, at: usize) -> Option<usize> {
    let stop = |i: usize| t.get(i).is_none_or(|x| !x.is_word() || ENGLISH.stops.contains(x.lower));
    let end = (from..at).find(|i| stop(*i)).unwrap_or(at);
    (end > from).then_some(end)
}

fn is_verb(t: Tokens<'_>, at: usize, x: &Token<'_>) -> bool {
    x.is_word() && is_verb_of(t, at, x, ENGLISH.flags(x.lower))
}

/// As [`is_verb`], of a word with those flags.
fn is_verb_of(t: Tokens<'_>, at: usize, x: &Token<'_>, flags: Flags) -> bool {
    let listed = flags.has(Flags::VERB.or(Flags::CHANGE).or(Flags::MOVES));
    let past = past(x);
    if !past && !listed && !x.is("worth") && !x.lower.ends_with("ing") || x.is_capitalised() && !x.spaced {
        return false;
    }
    let before = t.before(at, 1);
    let noun = |b: Token<'_>| b.is_word() && !ENGLISH.flags(b.lower).has(Flags::VERB.or(Flags::STOP));
    // "the house that cost £5m", but not "said that cost"
    let determiner = |b: Token<'_>| is_determiner(&b) && !(b.is("that") && t.before(at, 2).is_some_and(noun));
    if before.is_some_and(|b| determiner(b) || b.is_dash() && !x.spaced) {
        return false;
    }
    flags.has(Flags::VERB)
        || flags.has(Flags::CHANGE) && (!is_noun_too(x) || leads_on(t, at + 1))
        || x.is_any(&["down", "up", "worth"]) && follows_noun(t, at)
        || flags.has(Flags::MOVES) && moves(t, at, x)
        // "is offering to buy it for $18bn"
        || x.lower.ends_with("ing")
            && before.is_some_and(|b| ENGLISH.flags(b.lower).has(Flags::LINK) && !b.is("to"))
        || past && before.is_some_and(|b| b.is_word() || b.is(","))
}

/// Whether a word that may be a noun as well is a verb: "will raise", "bringing the toll to 75", but not "a boost".
fn moves(t: Tokens<'_>, at: usize, x: &Token<'_>) -> bool {
    let led = |b: Token<'_>| {
        b.is_any(&["to", "will", "would", "can", "could", "should", "may", "might", "must", "and", "not"])
    };
    let object = t.get(at + 1).is_some_and(|n| is_determiner(&n));
    x.lower.ends_with("ing") && object || t.before(at, 1).is_some_and(led)
}

/// A word of change that is a noun or an adverb as well: "a decrease of 5", "figures decrease to 5".
fn is_noun_too(x: &Token<'_>) -> bool {
    let list = [
        "climb",
        "cut",
        "cuts",
        "decline",
        "declines",
        "decrease",
        "decreases",
        "dip",
        "dips",
        "down",
        "downward",
        "drop",
        "drops",
        "fall",
        "falls",
        "gain",
        "gains",
        "higher",
        "increase",
        "increases",
        "jump",
        "jumps",
        "lower",
        "rise",
        "rises",
        "slide",
        "slides",
        "surge",
        "surges",
        "up",
        "upward",
    ];
    x.is_any(&list)
}

/// Whether what stands at `at` goes on from a verb of change.
fn leads_on(t: Tokens<'_>, at: usize) -> bool {
    t.get(at).is_some_and(|x| {
        x.is_number() || x.is_any(&["to", "by", "from", "down", "up", "sharply", "slightly"])
    })
}

/// "shares down 5%", "her house, worth £3m"
fn follows_noun(t: Tokens<'_>, at: usize) -> bool {
    let noun = |x: Token<'_>| x.is_word() && !ENGLISH.verbs.contains(x.lower);
    t.before(at, 1).is_some_and(|x| noun(x) || x.is(",") && t.before(at, 2).is_some_and(noun))
}

fn is_determiner(x: &Token<'_>) -> bool {
    x.is_any(&[
        "a", "an", "the", "its", "his", "her", "their", "our", "my", "your", "this", "that", "these", "those",
    ])
}

/// Verbs before an infinitive that are nouns as well: "officials hope to raise £5m".
const WILLING: [&str; 12] =
    ["agree", "aim", "attempt", "hope", "need", "plan", "promise", "seek", "threaten", "try", "vow", "want"];

/// The end of the subject before the group of the verb at `verb`: "has been forced to pay".
fn past_links(t: Tokens<'_>, verb: usize, floor: usize) -> usize {
    let mut end = verb;
    while end > floor {
        let Some(x) = t.get(end - 1) else { break };
        let flags = ENGLISH.flags(x.lower);
        let links = x.is_word()
            && (is_verb_of(t, end - 1, &x, flags)
                || flags.has(Flags::LINK)
                || x.lower.ends_with("ly") && x.lower.len() > 4 && !x.is_capitalised());
        let links = links || x.is_any(&WILLING) && t.get(end).is_some_and(|n| n.is("to"));
        let relative = x.is_any(&["which", "who", "that"]);
        let comma = x.is(",") && (end < verb || t.get(end).is_some_and(|n| n.is_word()));
        if !(links || relative || comma && end - 1 > floor && aside(t, end - 1)) {
            break;
        }
        end -= 1;
    }
    end
}

/// Whether the comma at `at` closes or opens something that parts a subject from its verb.
fn aside(t: Tokens<'_>, at: usize) -> bool {
    let next = t.get(at + 1);
    next.is_some_and(|x| {
        x.is_any(&["which", "who", "up", "down", "worth", "meanwhile", "however"])
            || x.lower.ends_with("ing")
            || past(&x)
    }) || t.before(at, 1).is_some_and(|x| x.is_any(&["meanwhile", "however", "too"]))
}

/// Prepositions before a number that a subject may hold: "the toll from four days of fighting rose to 9".
const INNER: [&str; 5] = ["after", "for", "from", "in", "of"];

/// Where the noun phrase that ends before `end` begins.
fn chunk_start(t: Tokens<'_>, end: usize, floor: usize) -> usize {
    // "was jailed for two years and fined": the subject stands before the first verb.
    if t.before(end, 1).is_some_and(|x| x.is_any(&["and", "or", "but"])) {
        return end;
    }
    let floor = floor.max(end.saturating_sub(LONGEST));
    let mut from = end;
    let mut joint = None;
    while from > floor {
        let Some(x) = t.get(from - 1) else { break };
        let flags = if x.is_word() { ENGLISH.flags(x.lower) } else { Flags::default() };
        if x.is_any(&["and", "or"]) {
            joint = joint.or(Some(from));
        } else if x.is_word() && (is_verb_of(t, from - 1, &x, flags) || flags.has(Flags::CLAUSE)) {
            return joint.unwrap_or(from);
        } else if x.is("to") && t.get(from).is_some_and(|n| !n.is_capitalised()) {
            // "struggled to recover from weak data"
            return joint.unwrap_or(end.min(from + 1));
        } else if (x.is_number() || flags.has(Flags::NUMBER) && class(Some(x)).is_some())
            && from < end
            && (joint.is_some() || !t.before(from, 2).is_some_and(|b| b.is_any(&INNER)))
            || breaks(t, from - 1, &x)
        {
            break;
        }
        from -= 1;
        if new_block(t, from, &x) {
            break;
        }
    }
    from
}

/// Whether an empty line parts the token at `at` from the one after it, or from the one before.
fn new_block(t: Tokens<'_>, at: usize, x: &Token<'_>) -> bool {
    let Some(before) = t.before(at, 1).filter(|b| b.span.end() + 1 < x.span.start()) else { return false };
    Span::new(before.span.end(), x.span.start()).of(t.text()).contains("\n\n")
}

/// Whether the mark at `at` ends a phrase.
fn breaks(t: Tokens<'_>, at: usize, x: &Token<'_>) -> bool {
    let inside =
        x.is_dash() && !x.spaced || matches!(x.text, "&" | "'" | "’" | "/") && follows_tightly(t, at);
    // "the price of U.S. crude", "supporters of Mr. Lee"
    let short = x.is(".")
        && t.before(at, 1).is_some_and(|b| b.text.contains('.') || ENGLISH.titles.contains(b.lower));
    !short && (!(x.is_word() || x.is_number() || inside) || ends_sentence(t, at, x))
}

/// Whether a sentence may end with the token at `at`.
fn ends_sentence(t: Tokens<'_>, at: usize, x: &Token<'_>) -> bool {
    let stop = x.is(".") && t.get(at + 1).is_none_or(|n| n.spaced && (n.is_capitalised() || !n.is_word()));
    stop && t.before(at, 1).is_none_or(|b| b.lower.len() > 2) || matches!(x.text, "!" | "?" | ";" | "…")
}

/// The first word of a phrase that is neither an article nor a preposition.
fn trimmed(t: Tokens<'_>, from: usize, end: usize) -> usize {
    let small = |x: Token<'_>| {
        !x.is_word()
            || is_determiner(&x)
            || ENGLISH.flags(x.lower).has(Flags::STOP)
            || ENGLISH.flags(x.lower).has(Flags::LINK)
    };
    (from..end).find(|i| !t.get(*i).is_some_and(small)).unwrap_or(end)
}

/// The end of a phrase without the small words that it ends with.
fn past_small(t: Tokens<'_>, from: usize, mut end: usize) -> usize {
    let bare = |end: usize, x: &Token<'_>| {
        // "Model 3", but neither "in 2020" nor "prices by 18"
        x.is_number() && !t.before(end, 2).is_some_and(|b| b.is_capitalised() && end > from + 1)
    };
    let small = |x: &Token<'_>| !x.is_word() && !x.is_number() || ENGLISH.stops.contains(x.lower);
    while end > from
        && t.before(end, 1).is_some_and(|x| {
            small(&x) || bare(end, &x) || x.is_any(&["afterwards", "earlier", "later", "thereafter"])
        })
    {
        end -= 1;
    }
    end
}

/// "last year", "in March": when, not what.
fn is_time(t: Tokens<'_>, from: usize, end: usize) -> bool {
    end <= from + 2
        && t.before(end, 1).is_some_and(|x| {
            ENGLISH.months.contains(x.lower)
                || x.lower.ends_with("day") && ENGLISH.not_measured.contains(x.lower)
                || x.is_any(&[
                    "year", "years", "month", "months", "week", "weeks", "day", "days", "quarter", "time",
                ])
        })
}

fn is_pronoun(t: Tokens<'_>, from: usize, end: usize) -> bool {
    end <= from + 1 && t.get(from).is_some_and(|x| ENGLISH.pronouns.contains(x.lower))
}

/// The end of the noun phrase before a clause that leaves out its pronoun: "all the wine you can drink".
fn before_pronoun(t: Tokens<'_>, from: usize, end: usize) -> usize {
    let subject = |i: &usize| t.get(*i).is_some_and(|x| x.is_any(&["i", "you", "he", "she", "we", "they"]));
    (from + 1..end).find(subject).unwrap_or(end)
}

fn cover(t: Tokens<'_>, from: usize, end: usize) -> Option<Span> {
    let last = t.before(end, 1).filter(|_| end > from)?;
    Some(t.get(from)?.span.cover(last.span))
}
