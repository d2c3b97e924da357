//! The word lists of one language.

use std::sync::LazyLock;

use super::hash::{self, HashedMap};
use crate::hash::{List as Words, Table};

/// All lists; those of several words hold them with single spaces.
pub(super) struct Lists {
    pub fac_heads: Words,
    pub fac_names: Words,
    pub loc_heads: Words,
    pub loc_firsts: Words,
    pub loc_names: Words,
    pub events: Words,
    pub event_firsts: Words,
    pub products: Words,
    /// The hashes of the words that events and products start with, and of those that events end with.
    pub starts: HashedMap<()>,
    pub lasts: HashedMap<()>,
    pub role_words: Words,
    pub role_heads: Words,
    pub generations: Words,
    /// The hashes of small words that names begin with: "bin Laden", "von der Leyen".
    pub particles: HashedMap<()>,
    /// A people and the code of its country; "-" where it has none.
    pub demonyms: Table<&'static str, &'static str>,
}

fn words(list: &'static str) -> Words {
    list.lines().collect()
}

/// The hashes of the first words of the lines.
fn hashes(lists: &[&str]) -> HashedMap<()> {
    let first =
        |line: &str| line.split([' ', '-', '.', '\'']).next().map(|word| (hash::bytes(word.as_bytes()), ()));
    lists.iter().flat_map(|list| list.lines()).filter_map(first).collect()
}

static ENGLISH: LazyLock<Lists> = LazyLock::new(|| Lists {
    fac_heads: words(include_str!("en/fac_heads.txt")),
    fac_names: words(include_str!("en/fac_names.txt")),
    loc_heads: words(include_str!("en/loc_heads.txt")),
    loc_firsts: words(include_str!("en/loc_firsts.txt")),
    loc_names: words(include_str!("en/loc_names.txt")),
    events: words(include_str!("en/events.txt")),
    event_firsts: words(include_str!("en/event_firsts.txt")),
    products: words(include_str!("en/products.txt")),
    starts: hashes(&[
        include_str!("en/events.txt"),
        include_str!("en/event_firsts.txt"),
        include_str!("en/products.txt"),
        "battle",
    ]),
    lasts: hashes(&[include_str!("en/event_lasts.txt")]),
    role_words: words(include_str!("en/role_words.txt")),
    role_heads: words(include_str!("en/role_heads.txt")),
    generations: words(include_str!("en/generations.txt")),
    particles: hashes(&[include_str!("en/particles.txt")]),
    demonyms: include_str!("en/demonyms.txt").lines().filter_map(|line| line.split_once('\t')).collect(),
});

/// The English lists.
pub(super) fn english() -> &'static Lists {
    &ENGLISH
}

#[cfg(test)]
mod tests {
    #[test]
    fn lists_are_sorted_and_hold_nothing_twice() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let lists = std::fs::read_dir(root.join("src/entity/en")).unwrap().map(|file| file.unwrap().path());
        for path in lists.chain([root.join("training/entity/organisations.tsv")]) {
            let text = std::fs::read_to_string(&path).unwrap();
            let lines: Vec<&str> = text.lines().collect();
            assert!(lines.windows(2).all(|pair| pair[0] < pair[1]), "{path:?}");
        }
    }
}
