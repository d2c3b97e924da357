//! The English data, read once.

use super::Bound;
use super::Change;
use super::phrases::Phrases;
use crate::hash;
use crate::number;
use crate::token::Words as Tokenised;
use std::sync::LazyLock;

/// A unit of measurement.
#[derive(Debug)]
pub(super) struct Unit {
    pub name: &'static str,
    pub dimension: &'static str,
    pub factor: f64,
    pub si: &'static str,
}

/// A symbol in its own case, its unit, and whether it must touch its number.
pub(super) struct Symbol {
    pub sign: &'static str,
    pub unit: &'static str,
    pub tight: bool,
}

type Words = hash::List;
type Table<T> = hash::Table<&'static str, T>;

/// Where a word stands in the lists that are asked for together, one bit each.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flags(u16);

impl Flags {
    pub const VERB: Self = Self(1);
    pub const CHANGE: Self = Self(1 << 1);
    pub const STOP: Self = Self(1 << 2);
    pub const LINK: Self = Self(1 << 3);
    pub const CLAUSE: Self = Self(1 << 4);
    pub const NOT_MEASURED: Self = Self(1 << 5);
    pub const NUMBER: Self = Self(1 << 6);
    /// A number, a month, an article: a quantity or what is kept out may begin here.
    pub const OPENS: Self = Self(1 << 7);
    /// A number or a unit, which makes a number of an article before it.
    pub const MEASURE: Self = Self(1 << 8);

    /// Beside digits it may make a name or a date of them.
    pub const NAMES: Self = Self(1 << 9);
    /// A verb that moves its object to an amount or by one.
    pub const MOVES: Self = Self(1 << 10);
    /// A verb that opens what somebody says.
    pub const REPORTS: Self = Self(1 << 11);

    /// Those of either.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// All lists of one language.
pub(super) struct Lexicon {
    flags: hash::Table<String, Flags>,
    /// The words of `flags` that have `Flags::OPENS`.
    openers: hash::Sketch,
    pub units: Table<Unit>,
    /// Names of units.
    pub unit_words: Phrases<&'static str>,
    /// The first token of a symbol to the symbols, their units, and whether they must touch their numbers.
    pub unit_symbols: hash::Table<String, Vec<Symbol>>,
    pub currency_before: Table<&'static str>,
    pub currencies: Phrases<&'static str>,
    pub currency_words: Phrases<&'static str>,
    pub cues: Phrases<Bound>,
    pub cues_after: Phrases<Bound>,
    pub changes: Table<Change>,
    pub changes_after: Table<Change>,
    pub adverbs: Words,
    pub aged: Words,
    pub designators: Words,
    pub months: Words,
    pub not_one: Words,
    pub plurals: Words,
    pub scores: Words,
    pub stops: Words,
    pub streets: Words,
    pub clauses: Words,
    pub funds: Words,
    pub link_verbs: Words,
    pub moving_verbs: Words,
    pub reporting_verbs: Words,
    pub not_measured: Words,
    pub priced: Words,
    pub pronouns: Words,
    pub sums: Words,
    pub titles: Words,
    pub unranked: Words,
    pub verbs: Words,
    pub weighed: Words,
    pub years: Words,
}

impl Lexicon {
    /// Whether a quantity or what is kept out may begin with `lower`.
    #[inline]
    pub fn opens(&self, lower: &str) -> bool {
        self.openers.may_hold(lower) && self.flags(lower).has(Flags::OPENS)
    }

    /// The lists that `lower` stands in.
    pub fn flags(&self, lower: &str) -> Flags {
        self.flags.get(lower).copied().unwrap_or_default()
    }

    fn mark<'w>(&mut self, words: impl Iterator<Item = &'w str>, flag: Flags) {
        for word in words {
            self.flags.entry(word.to_lowercase()).or_default().0 |= flag.0;
        }
    }

    fn marked(mut self) -> Self {
        let owned = |words: &mut dyn Iterator<Item = &str>| words.map(str::to_owned).collect::<Vec<_>>();
        let lists = [
            (owned(&mut self.verbs.iter()), Flags::VERB),
            (owned(&mut self.changes.keys().copied()), Flags::CHANGE),
            (owned(&mut self.stops.iter()), Flags::STOP),
            (owned(&mut self.link_verbs.iter()), Flags::LINK),
            (owned(&mut self.clauses.iter()), Flags::CLAUSE),
            (owned(&mut self.moving_verbs.iter()), Flags::MOVES),
            (owned(&mut self.reporting_verbs.iter()), Flags::REPORTS),
            (owned(&mut self.not_measured.iter()), Flags::NOT_MEASURED),
            (owned(&mut number::words()), Flags::NUMBER),
            (owned(&mut number::words().chain(self.months.iter())), Flags::OPENS),
            (owned(&mut ["a", "an", "several", "few", "point"].into_iter()), Flags::OPENS),
            (owned(&mut self.unit_words.words().chain(self.currency_words.words())), Flags::MEASURE),
            (owned(&mut self.unit_symbols.keys().map(String::as_str)), Flags::MEASURE),
            (owned(&mut number::words().chain(["few", "couple"])), Flags::MEASURE),
        ];
        let names = self.designators.iter().chain(self.months.iter());
        let links = ["of", "and", "to", "or", "no", "nos", "vol", "pp", "fig"];
        let names = owned(&mut names.chain(super::kept_out::CLOCKS).chain(links));
        self.mark(names.iter().map(String::as_str), Flags::NAMES);
        for (words, flag) in lists {
            self.mark(words.iter().map(String::as_str), flag);
        }
        let opening = self.flags.iter().filter(|(_, flags)| flags.has(Flags::OPENS));
        self.openers = opening.map(|(word, _)| word.as_str()).collect();
        self
    }
}

/// The English lists.
pub(super) static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| english().marked());

fn english() -> Lexicon {
    Lexicon {
        flags: hash::Table::default(),
        openers: std::iter::empty().collect(),
        units: units(include_str!("en/units.txt")),
        unit_words: phrases(include_str!("en/unit_words.txt")),
        unit_symbols: symbols(include_str!("en/unit_symbols.txt")),
        currency_before: pairs(include_str!("en/currency_before.txt")),
        currencies: Phrases::backward(pairs(include_str!("en/currency_before.txt")).into_iter()),
        currency_words: phrases(include_str!("en/currency_words.txt")),
        cues: Phrases::backward(bounds(include_str!("en/cues.txt"))),
        cues_after: Phrases::forward(bounds(include_str!("en/cues_after.txt"))),
        changes: changes(include_str!("en/changes.txt")),
        changes_after: changes(include_str!("en/changes_after.txt")),
        adverbs: words(include_str!("en/adverbs.txt")),
        aged: words(include_str!("en/aged.txt")),
        designators: words(include_str!("en/designators.txt")),
        months: words(include_str!("en/months.txt")),
        not_one: words(include_str!("en/not_one.txt")),
        plurals: words(include_str!("en/plurals.txt")),
        scores: words(include_str!("en/scores.txt")),
        stops: words(include_str!("en/stops.txt")),
        streets: words(include_str!("en/streets.txt")),
        clauses: words(include_str!("en/clauses.txt")),
        funds: words(include_str!("en/funds.txt")),
        link_verbs: words(include_str!("en/link_verbs.txt")),
        moving_verbs: words(include_str!("en/moving_verbs.txt")),
        reporting_verbs: words(include_str!("en/reporting_verbs.txt")),
        not_measured: words(include_str!("en/not_measured.txt")),
        priced: words(include_str!("en/priced.txt")),
        pronouns: words(include_str!("en/pronouns.txt")),
        sums: words(include_str!("en/sums.txt")),
        titles: words(include_str!("en/titles.txt")),
        unranked: words(include_str!("en/unranked.txt")),
        verbs: words(include_str!("en/verbs.txt")),
        weighed: words(include_str!("en/weighed.txt")),
        years: words(include_str!("en/years.txt")),
    }
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with("# "))
}

/// Contractions stand in the lists with a straight apostrophe, and in the text with either.
fn words(file: &'static str) -> Words {
    let curly = lines(file).filter(|w| w.contains('\'')).map(|w| &*w.replace('\'', "’").leak());
    lines(file).chain(curly).collect()
}

fn pairs(file: &'static str) -> Table<&'static str> {
    lines(file).filter_map(|line| line.split_once('\t')).collect()
}

fn phrases(file: &'static str) -> Phrases<&'static str> {
    Phrases::forward(pairs(file).into_iter())
}

fn bounds(file: &'static str) -> impl Iterator<Item = (&'static str, Bound)> {
    pairs(file).into_iter().filter_map(|(cue, name)| Some((cue, Bound::named(name)?)))
}

fn changes(file: &'static str) -> Table<Change> {
    pairs(file).into_iter().map(|(w, d)| (w, if d == "up" { Change::Up } else { Change::Down })).collect()
}

fn symbols(file: &'static str) -> hash::Table<String, Vec<Symbol>> {
    let mut out: hash::Table<String, Vec<Symbol>> = hash::Table::default();
    for (sign, rest) in pairs(file) {
        let Some((unit, place)) = rest.split_once('\t') else { continue };
        let tokens = Tokenised::new(sign);
        let Some(first) = tokens.of(sign).get(0) else { continue };
        let symbol = Symbol { sign, unit, tight: place == "tight" };
        out.entry(first.text.to_owned()).or_default().push(symbol);
    }
    for symbols in out.values_mut() {
        symbols.sort_by_key(|s| std::cmp::Reverse(s.sign.len()));
    }
    out
}

fn units(file: &'static str) -> Table<Unit> {
    lines(file)
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let name = fields.next()?;
            let dimension = fields.next()?;
            let factor = fields.next()?.parse().ok()?;
            Some((name, Unit { name, dimension, factor, si: fields.next()? }))
        })
        .collect()
}
