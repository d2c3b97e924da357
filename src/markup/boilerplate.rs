//! Lines that are no part of an article, whoever published it: told by what they say.

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use std::borrow::Cow;
use std::sync::LazyLock;

use super::BlockKind;
use super::openings::Openings;
use crate::limits::BOILERPLATE_LINE;

/// Why a block is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What it is.
    pub kind: BlockKind,
    /// What spoke against it.
    pub reason: Cow<'static, str>,
}

impl Verdict {
    pub(super) fn new(kind: BlockKind, reason: &'static str) -> Self {
        Self { kind, reason: Cow::Borrowed(reason) }
    }
}

/// A list of patterns, each with the verdict on a line that it matches; the first one decides.
#[derive(Clone, Debug, Default)]
pub struct Boilerplate {
    patterns: Patterns,
    verdicts: Vec<Verdict>,
}

#[derive(Clone, Debug)]
enum Patterns {
    /// A user's own, which may begin with anything.
    All(RegexSet),
    /// The shipped ones.
    Opened(Openings),
}

impl Default for Patterns {
    fn default() -> Self {
        Patterns::All(RegexSet::default())
    }
}

impl Patterns {
    fn find(&self, line: &str) -> Option<usize> {
        match self {
            Patterns::All(set) => set.matches(line).into_iter().next(),
            Patterns::Opened(openings) => openings.find(line),
        }
    }
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

static SHIPPED: LazyLock<Boilerplate> = LazyLock::new(|| Boilerplate::read(&LISTS));

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
            reason: format!("matched by boilerplate={pattern:?}").into(),
        };
        let verdicts = read.iter().map(verdict).collect();
        let too_many = |error: regex::Error| ("all of them".to_owned(), error.to_string());
        let patterns = RegexSetBuilder::new(&read).case_insensitive(true).build().map_err(too_many)?;
        let patterns = Patterns::All(patterns);
        Ok(Boilerplate { patterns, verdicts })
    }

    /// Reads `kind | reason | pattern` lines; a line that is none of these is passed over.
    fn read(lists: &[&'static str]) -> Boilerplate {
        let lines = lists.iter().flat_map(|list| list.lines());
        let rows = lines.filter(|line| !line.starts_with('#')).filter_map(|line| {
            let mut cells = line.splitn(3, " | ");
            let kind = BlockKind::named(cells.next()?)?;
            Some((Verdict::new(kind, cells.next()?), cells.next()?))
        });
        let (verdicts, patterns): (Vec<_>, Vec<_>) = rows.unzip();
        let patterns = Openings::new(&patterns).map(Patterns::Opened).unwrap_or_default();
        Boilerplate { patterns, verdicts }
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
        if self.verdicts.is_empty() {
            return None;
        }
        self.verdicts.get(self.patterns.find(line)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns() -> Vec<&'static str> {
        let lines = LISTS.iter().flat_map(|list| list.lines()).filter(|line| !line.starts_with('#'));
        lines.map(|line| line.splitn(3, " | ").nth(2).unwrap_or_default()).collect()
    }

    #[test]
    fn every_line_of_the_list_is_a_pattern_that_begins_with_words() {
        let shipped = Boilerplate::shipped();
        assert!(matches!(shipped.patterns, Patterns::Opened(_)));
        assert_eq!(shipped.verdicts.len(), patterns().len());
    }

    #[test]
    fn the_words_that_patterns_begin_with_change_nothing() {
        let set = RegexSetBuilder::new(patterns()).case_insensitive(true).build().map(Patterns::All);
        let set = set.unwrap_or_default();
        let lines: Vec<String> = LISTS.iter().flat_map(|list| list.lines()).map(plain).collect();
        for line in lines.iter().flat_map(|line| [line.clone(), line.to_uppercase(), format!("a {line}.")]) {
            assert_eq!(Boilerplate::shipped().patterns.find(&line), set.find(&line), "{line}");
        }
    }

    /// A pattern as a line that it may match: its marks left out, the first of its choices.
    fn plain(pattern: &str) -> String {
        let pattern =
            pattern.rsplit(" | ").next().unwrap_or_default().replace("(?-u:\\b)", "").replace("(?:", "");
        let first = |part: &str| part.split('|').next().unwrap_or_default().to_owned();
        let words: String = pattern.split(')').map(first).collect();
        words.replace(['^', '$', '?', '*', '+', '\\', '[', ']', '('], "")
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
        for line in [
            "Click here to read the evening edition",
            "Advertisement: a new book",
            "Thank you for subscribing to our daily letter.",
            "This post contains affiliate links, at no cost to you.",
        ] {
            assert_eq!(kind(line), Some(BlockKind::Promo), "{line}");
        }
        assert_eq!(kind("Photo credit: ©example.com/ann, ©example.com/bo"), Some(BlockKind::Caption));
        assert_eq!(kind("Click here, he said, and the wall opens."), None);
        assert_eq!(kind("The council gave him credit: nobody else had measured the river."), None);
        assert_eq!(kind("Readers were asked to watch: 40 did."), None);
        assert_eq!(kind("The minister subscribes to the view that rates will fall."), None);
    }
}
