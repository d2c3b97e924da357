//! Lines that are no part of an article, whoever published it: told by what they say.

use regex::{Regex, RegexBuilder};
use regex_automata::meta::{self, BuildError};
use regex_automata::nfa::thompson::WhichCaptures;
use regex_automata::util::syntax;
use regex_automata::{Input, MatchKind, PatternSet};
use std::sync::LazyLock;

use super::BlockKind;
use crate::limits::{BOILERPLATE_LINE, PATTERN_BYTES};

/// Why a line is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What it is.
    pub kind: BlockKind,
    /// What spoke against it.
    pub reason: String,
}

/// A list of patterns, each with the verdict on a line that it matches; the first one decides.
#[derive(Clone, Debug, Default)]
pub struct Boilerplate {
    patterns: Option<meta::Regex>,
    verdicts: Vec<Verdict>,
}

/// The patterns as one automaton, case ignored. No literals are looked for before it runs: of hundreds of patterns in any case there are
/// too many to help, and to find them took the first page of a process 20 ms.
fn together(patterns: &[&str]) -> Result<meta::Regex, Box<BuildError>> {
    let config = meta::Config::new()
        .auto_prefilter(false)
        .match_kind(MatchKind::All)
        .which_captures(WhichCaptures::None)
        .hybrid_cache_capacity(PATTERN_BYTES);
    meta::Regex::builder()
        .configure(config)
        .syntax(syntax::Config::new().case_insensitive(true))
        .build_many(patterns)
        .map_err(Box::new)
}

const LISTS: [&str; 17] = [
    include_str!("cs/boilerplate.txt"),
    include_str!("da/boilerplate.txt"),
    include_str!("de/boilerplate.txt"),
    include_str!("en/boilerplate.txt"),
    include_str!("es/boilerplate.txt"),
    include_str!("fi/boilerplate.txt"),
    include_str!("fr/boilerplate.txt"),
    include_str!("id/boilerplate.txt"),
    include_str!("it/boilerplate.txt"),
    include_str!("lt/boilerplate.txt"),
    include_str!("nl/boilerplate.txt"),
    include_str!("no/boilerplate.txt"),
    include_str!("pl/boilerplate.txt"),
    include_str!("pt/boilerplate.txt"),
    include_str!("ru/boilerplate.txt"),
    include_str!("sv/boilerplate.txt"),
    include_str!("tr/boilerplate.txt"),
];

static SHIPPED: LazyLock<Boilerplate> = LazyLock::new(|| Boilerplate::read(&LISTS.join("\n")));

impl Boilerplate {
    /// The lists of all languages: a page's own is not always said, and few lines of one read like boilerplate of another.
    pub fn shipped() -> &'static Boilerplate {
        &SHIPPED
    }

    /// A user's own patterns, each looked for anywhere in a line; what matches is a promo. Case is ignored.
    ///
    /// # Errors
    /// The pattern that cannot be read, and what is wrong with it.
    pub fn new<S: AsRef<str>>(patterns: &[S]) -> Result<Boilerplate, (String, String)> {
        let read = |pattern: &S| {
            let pattern = pattern.as_ref();
            let wrong = |error: regex::Error| (pattern.to_owned(), error.to_string());
            if pattern.is_empty() {
                return Err((String::new(), "it would match every line".to_owned()));
            }
            RegexBuilder::new(pattern)
                .case_insensitive(true)
                .build()
                .map(|regex: Regex| regex.as_str().to_owned())
                .map_err(wrong)
        };
        let read: Vec<String> = patterns.iter().map(read).collect::<Result<_, _>>()?;
        let verdict = |pattern: &String| Verdict {
            kind: BlockKind::Promo,
            reason: format!("matched by boilerplate={pattern:?}"),
        };
        let verdicts = read.iter().map(verdict).collect();
        let too_many = |error: Box<BuildError>| ("all of them".to_owned(), error.to_string());
        let patterns: Vec<&str> = read.iter().map(String::as_str).collect();
        Ok(Boilerplate { patterns: Some(together(&patterns).map_err(too_many)?), verdicts })
    }

    /// Reads `kind | reason | pattern` lines; a line that is none of these is passed over.
    fn read(list: &str) -> Boilerplate {
        let rows = list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
            let mut cells = line.splitn(3, " | ");
            let kind = BlockKind::named(cells.next()?)?;
            let reason = cells.next()?.to_owned();
            Some((Verdict { kind, reason }, cells.next()?))
        });
        let (verdicts, patterns): (Vec<_>, Vec<&str>) = rows.unzip();
        Boilerplate { patterns: together(&patterns).ok(), verdicts }
    }

    /// Whether it holds no pattern.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.verdicts.is_empty()
    }

    /// Why `line` is no part of an article, if it is none. Long lines are paragraphs, whatever they say.
    #[must_use]
    pub fn judge(&self, line: &str) -> Option<&Verdict> {
        if line.len() > BOILERPLATE_LINE { None } else { self.find(line) }
    }

    /// The verdict of the first pattern that `line` matches, however long it is.
    #[must_use]
    pub fn find(&self, line: &str) -> Option<&Verdict> {
        let patterns = self.patterns.as_ref()?;
        let mut found = PatternSet::new(patterns.pattern_len());
        patterns.which_overlapping_matches(&Input::new(line), &mut found);
        self.verdicts.get(found.iter().next()?.as_usize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_a_pattern() {
        let rows = LISTS.iter().flat_map(|list| list.lines()).filter(|line| !line.starts_with('#')).count();
        assert_eq!(Boilerplate::shipped().patterns.as_ref().map(meta::Regex::pattern_len), Some(rows));
        assert_eq!(Boilerplate::shipped().verdicts.len(), rows);
    }

    #[test]
    fn lines_are_told_from_paragraphs() {
        let kind = |line| Boilerplate::shipped().judge(line).map(|verdict| verdict.kind);
        assert_eq!(
            kind("Sign up for our evening newsletter and get it in your inbox."),
            Some(BlockKind::Promo)
        );
        assert_eq!(kind("This video can not be played"), Some(BlockKind::Placeholder));
        assert_eq!(kind("© 2024 The Harbour Post. Contact us."), Some(BlockKind::Notice));
        assert_eq!(kind("A pier after the storm. Credit: Harbour Post"), Some(BlockKind::Caption));
        assert_eq!(kind("A pier. (Photo by Ann Lee/AFP via Getty Images)"), Some(BlockKind::Caption));
        assert_eq!(kind("The council gave him credit: nobody else had measured the river."), None);
        assert_eq!(kind("Readers were asked to watch: 40 did."), None);
        assert_eq!(kind("The minister subscribes to the view that rates will fall."), None);
    }
}
