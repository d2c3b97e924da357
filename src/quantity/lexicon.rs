//! The English data, read once.

use super::Bound;
use super::Change;
use super::phrases::Phrases;
use crate::hash;
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

/// All lists of one language.
pub(super) struct Lexicon {
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
    pub designators: Words,
    pub months: Words,
    pub not_one: Words,
    pub plurals: Words,
    pub scores: Words,
    pub stops: Words,
    pub streets: Words,
    pub clauses: Words,
    pub link_verbs: Words,
    pub not_measured: Words,
    pub priced: Words,
    pub pronouns: Words,
    pub sums: Words,
    pub unranked: Words,
    pub verbs: Words,
    pub years: Words,
}

/// The English lists.
pub(super) static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
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
    designators: words(include_str!("en/designators.txt")),
    months: words(include_str!("en/months.txt")),
    not_one: words(include_str!("en/not_one.txt")),
    plurals: words(include_str!("en/plurals.txt")),
    scores: words(include_str!("en/scores.txt")),
    stops: words(include_str!("en/stops.txt")),
    streets: words(include_str!("en/streets.txt")),
    clauses: words(include_str!("en/clauses.txt")),
    link_verbs: words(include_str!("en/link_verbs.txt")),
    not_measured: words(include_str!("en/not_measured.txt")),
    priced: words(include_str!("en/priced.txt")),
    pronouns: words(include_str!("en/pronouns.txt")),
    sums: words(include_str!("en/sums.txt")),
    unranked: words(include_str!("en/unranked.txt")),
    verbs: words(include_str!("en/verbs.txt")),
    years: words(include_str!("en/years.txt")),
});

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
