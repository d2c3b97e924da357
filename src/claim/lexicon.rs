//! The English lists, read once.

use std::collections::HashSet;
use std::sync::LazyLock;

type Words = HashSet<&'static str>;

/// Words by which a source shows what it is.
pub(super) struct Lexicon {
    pub media: Words,
    pub military: Words,
    pub organisations: Words,
    pub state: Words,
    pub unnamed: Words,
}

/// The English lists.
pub(super) static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    media: words(include_str!("en/media.txt")),
    military: words(include_str!("en/military.txt")),
    organisations: words(include_str!("en/organisations.txt")),
    state: words(include_str!("en/state.txt")),
    unnamed: words(include_str!("en/unnamed.txt")),
});

fn words(file: &'static str) -> Words {
    file.lines().filter(|line| !line.is_empty()).collect()
}
