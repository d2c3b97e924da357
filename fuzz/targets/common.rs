//! What all targets do with what they made.
#![allow(dead_code)]

use std::sync::{Arc, LazyLock, OnceLock};

use copydesk::document::{Document, Settings, Source};
use copydesk::markup::Kind;

#[path = "../../tests/rust/rules.rs"]
mod rules;

static SETTINGS: LazyLock<Arc<Settings>> = LazyLock::new(Arc::default);

/// Reads `source` and holds every stage against the rules; the text alone is the same text.
pub fn read(source: Source, kind: Option<Kind>) {
    let alone = kind.is_none().then(|| Document::clean(&source, &SETTINGS));
    let document = Document::parse(source, kind, &SETTINGS).published_on(None);
    assert!(alone.is_none_or(|alone| alone == document.text()));
    rules::check(&document);
}

/// The same for a text taken as it is, with a day of publication and without.
pub fn take(text: String) {
    // A finding of these targets is bytes that nobody can read.
    if std::env::var_os("SHOW").is_some() {
        eprintln!("{text:?}");
    }
    for published in [Some("2024-02-29"), None] {
        rules::check(&Document::taken(text.clone(), &SETTINGS).published_on(published));
    }
}

/// Words of `cases`, two bytes a word: which, and what stands before it. So a fuzzer need not invent "September".
pub fn prose(bytes: &[u8], cases: &'static str) -> String {
    static WORDS: OnceLock<Vec<&str>> = OnceLock::new();
    const GAPS: [&str; 8] = [" ", "", "-", ", ", ". ", "\n", "–", "/"];
    let words = WORDS.get_or_init(|| {
        let texts = cases.lines().filter(|line| line.starts_with("text = "));
        let mut words: Vec<&str> = texts.flat_map(|line| line[7..].split([' ', '-', '–'])).collect();
        words.sort_unstable();
        words.dedup();
        words
    });
    let mut text = String::new();
    for pair in bytes.as_chunks::<2>().0 {
        let number = usize::from(u16::from_le_bytes(*pair));
        text += GAPS[(number >> 13) % GAPS.len()];
        text += words[(number & 0x1FFF) % words.len()];
    }
    text
}
