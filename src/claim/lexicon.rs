//! The English lists, read once.

use std::sync::LazyLock;

use crate::hash::List as Words;

/// Words by which a source shows what it is.
pub(super) struct Lexicon {
    /// Nouns of change, before what it is that changes: "a cut in fares".
    pub changes: Words,
    /// Sorts of what somebody has found out: "study", "poll".
    pub findings: Words,
    /// Verbs by which a number says how much their subject is: "cost", "reached".
    pub measuring: Words,
    pub media: Words,
    pub military: Words,
    pub organisations: Words,
    pub state: Words,
    /// What "one" does not count: "one way", "one another".
    pub uncounted: Words,
    pub unnamed: Words,
}

/// The English lists.
pub(super) static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    changes: words(include_str!("en/changes.txt")),
    findings: words(include_str!("en/findings.txt")),
    measuring: words(include_str!("en/measuring.txt")),
    media: words(include_str!("en/media.txt")),
    military: words(include_str!("en/military.txt")),
    organisations: words(include_str!("en/organisations.txt")),
    state: words(include_str!("en/state.txt")),
    uncounted: words(include_str!("en/uncounted.txt")),
    unnamed: words(include_str!("en/unnamed.txt")),
});

fn words(file: &'static str) -> Words {
    file.lines().filter(|line| !line.is_empty()).collect()
}
