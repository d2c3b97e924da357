//! Many patterns over many lines: a pattern is tried only where a line holds one of the words that it begins with.

use aho_corasick::AhoCorasick;
use regex::{Regex, RegexBuilder};
use regex_syntax::hir::literal::Extractor;
use std::sync::OnceLock;

/// Bytes of an opening that are looked for: all of "for more from our correspondents in" with all of its choices made an automaton that
/// took longer to build than most pages take to read.
const OPENING: usize = 8;

/// Patterns, each compiled when it is first tried: those of most languages never are.
#[derive(Clone, Debug)]
pub(super) struct Openings {
    patterns: Vec<(String, OnceLock<Option<Regex>>)>,
    words: AhoCorasick,
    /// For each word, the pattern that begins with it.
    owners: Vec<usize>,
}

impl Openings {
    /// None where a pattern cannot be read, or may begin with anything.
    pub fn new(patterns: &[&str]) -> Option<Openings> {
        let (mut words, mut owners) = (Vec::new(), Vec::new());
        for (owner, pattern) in patterns.iter().enumerate() {
            let pattern = regex_syntax::parse(&pattern.to_lowercase()).ok()?;
            let mut found = Extractor::new().extract(&pattern);
            found.keep_first_bytes(OPENING);
            found.dedup();
            for word in found.literals().filter(|words| !words.is_empty())? {
                if word.as_bytes().len() < 2 {
                    return None;
                }
                words.push(word.as_bytes().to_vec());
                owners.push(owner);
            }
        }
        let words = AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()?;
        let patterns = patterns.iter().map(|&pattern| (pattern.to_owned(), OnceLock::new())).collect();
        Some(Openings { patterns, words, owners })
    }

    /// The first pattern that `line` matches; case is ignored.
    pub fn find(&self, line: &str) -> Option<usize> {
        let lower = if line.is_ascii() { None } else { Some(line.to_lowercase()) };
        let hits = self.words.find_overlapping_iter(lower.as_deref().unwrap_or(line));
        let mut opened: Vec<usize> =
            hits.filter_map(|hit| self.owners.get(hit.pattern().as_usize()).copied()).collect();
        opened.sort_unstable();
        opened.dedup();
        opened.into_iter().find(|&pattern| self.matches(pattern, line))
    }

    fn matches(&self, pattern: usize, line: &str) -> bool {
        let Some((text, compiled)) = self.patterns.get(pattern) else { return false };
        let compile = || RegexBuilder::new(text).case_insensitive(true).build().ok();
        compiled.get_or_init(compile).as_ref().is_some_and(|regex| regex.is_match(line))
    }
}
