//! The text as the rules read it: tokens with their tags, what stands between quotation marks, and the units.

use super::lexicon::ENGLISH;
use super::marks::{self, Quoted};
use crate::hash::List;
use crate::limits::MAX_UNIT_TOKENS;
use crate::tag::Tag;
use crate::text::Span;
use crate::token::Tokens;

/// A range of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Part {
    pub from: usize,
    pub to: usize,
}

impl Part {
    pub fn new(from: usize, to: usize) -> Self {
        Self { from, to }
    }

    pub fn is_empty(self) -> bool {
        self.to <= self.from
    }
}

/// A sentence, or more where a quotation runs over its end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    pub part: Part,
    /// The line it stands in.
    pub line: usize,
}

/// The tokens of a text and what is known of them.
pub(crate) struct Page<'t> {
    pub t: Tokens<'t>,
    tags: &'t [Tag],
    pub quoted: Vec<Quoted>,
    /// For each token the quotation it stands in, counted from one.
    inside: Vec<u32>,
    lines: Vec<usize>,
}

impl<'t> Page<'t> {
    pub fn new(t: Tokens<'t>, tags: &'t [Tag]) -> Self {
        let lines: Vec<usize> = t.line_starts().collect();
        let quoted = marks::quoted(t, &lines);
        let mut inside = vec![0; t.len()];
        for (number, q) in (1..).zip(&quoted) {
            inside.get_mut(q.from..q.to).unwrap_or_default().fill(number);
        }
        Self { t, tags, quoted, inside, lines }
    }

    /// The same text with no quotation in it.
    pub fn unquoted(&self) -> Self {
        Self { t: self.t, tags: self.tags, quoted: Vec::new(), inside: Vec::new(), lines: self.lines.clone() }
    }

    pub fn tag(&self, at: usize) -> Tag {
        self.tags.get(at).copied().unwrap_or(Tag::Mark)
    }

    pub fn lower(&self, at: usize) -> &'t str {
        self.t.get(at).map_or("", |token| token.lower)
    }

    pub fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.lower(at))
    }

    pub fn spaced(&self, at: usize) -> bool {
        self.t.get(at).is_none_or(|token| token.spaced)
    }

    pub fn is_capitalised(&self, at: usize) -> bool {
        self.t.get(at).is_some_and(|token| token.is_capitalised())
    }

    /// The quotation that the token stands in, its marks included.
    pub fn quotation(&self, at: usize) -> Option<usize> {
        (self.inside.get(at).copied()? as usize).checked_sub(1)
    }

    pub fn is_quoted(&self, at: usize) -> bool {
        self.quotation(at).is_some()
    }

    /// The quotation that opens at `at`.
    pub fn opening(&self, at: usize) -> Option<Quoted> {
        self.quotation(at)
            .and_then(|index| self.quoted.get(index))
            .copied()
            .filter(|quoted| quoted.from == at)
    }

    /// The quotation that closes before `at`.
    pub fn closed_before(&self, at: usize) -> Option<Quoted> {
        let index = self.quotation(at.checked_sub(1)?)?;
        self.quoted.get(index).copied().filter(|quoted| quoted.to == at)
    }

    /// Whether a quotation of whole sentences, or one cut short by a comma, closes before `at`.
    pub fn speech_before(&self, at: usize) -> bool {
        let ends = |quoted: Quoted| {
            quoted.last.checked_sub(1).is_some_and(|last| {
                // “… ‘the comeback of the decade,’” the article read.
                let last = last.saturating_sub(usize::from(matches!(self.lower(last), "'" | "’")));
                self.ends_sentence(last) || matches!(self.lower(last), "," | "—" | "–" | "-")
            })
        };
        self.closed_before(at).is_some_and(ends)
    }

    /// A word in capitals throughout, or a dot after one: "WALLACE", "MR."
    pub fn is_loud(&self, at: usize) -> bool {
        let token = self.t.get(at);
        token.is_some_and(|token| {
            token.text == "."
                || token.is_word()
                    && token.text.len() > 1
                    && token.text.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
        })
    }

    /// Whether a quotation is set as a heading: a few words, each with a capital.
    pub fn is_title(&self, quoted: Quoted) -> bool {
        let words =
            || (quoted.first..quoted.last).filter(|at| self.t.get(*at).is_some_and(|token| token.is_word()));
        let small = |at: usize| !self.is_capitalised(at) && self.lower(at).len() > 3;
        words().count() > 1
            && quoted.last - quoted.first < 12
            && !words().any(small)
            && words().filter(|at| self.is_capitalised(*at)).count() * 2 > words().count()
    }

    /// First names and titles of men, of women, and what people do.
    pub fn people(&self) -> (&List, &List, &List) {
        (&ENGLISH.male, &ENGLISH.female, &ENGLISH.people)
    }

    /// Words with a capital from `from` on, for a name that the tagger takes for something else. "Edwin G. Ruiz" has a dot.
    pub fn capitals(&self, from: usize, high: usize) -> Option<Part> {
        let initial = |at: usize| {
            self.lower(at) == "." && at > from && self.lower(at - 1).len() == 1 && self.is_capitalised(at + 1)
        };
        let to = (from..high).find(|at| !self.is_capitalised(*at) && !initial(*at)).unwrap_or(high);
        (to > from).then_some(Part::new(from, to))
    }

    pub fn is_comma(&self, at: usize) -> bool {
        self.lower(at) == ","
    }

    pub fn is_dash(&self, at: usize) -> bool {
        let hyphen = |at: usize| self.lower(at) == "-";
        let twice = hyphen(at)
            && (hyphen(at + 1) && !self.spaced(at + 1) || at > 0 && hyphen(at - 1) && !self.spaced(at));
        self.t
            .get(at)
            .is_some_and(|token| matches!(token.text, "—" | "–" | "―") || token.text == "-" && token.spaced)
            || twice
    }

    /// A word for a day, a month or a season.
    pub fn is_time(&self, at: usize) -> bool {
        ENGLISH.times.contains(self.lower(at))
    }

    pub fn is_auxiliary(&self, at: usize) -> bool {
        ENGLISH.auxiliaries.contains(self.lower(at))
    }

    pub fn is_preposition(&self, at: usize) -> bool {
        ENGLISH.prepositions.contains(self.lower(at)) && self.tag(at) != Tag::Adverb
    }

    pub fn ends_sentence(&self, at: usize) -> bool {
        matches!(self.lower(at), "." | "!" | "?" | "…")
    }

    /// The bytes of `part`.
    pub fn span(&self, part: Part) -> Span {
        match (self.t.get(part.from), part.to.checked_sub(1).and_then(|last| self.t.get(last))) {
            (Some(first), Some(last)) => Span::new(first.span.start(), last.span.end()),
            _ => Span::default(),
        }
    }

    /// `part` without quotation marks, commas and the like at its ends where these stand outside quotations.
    pub fn trimmed(&self, mut part: Part) -> Part {
        let loose = |at: usize| {
            let text = self.lower(at);
            !self.is_quoted(at)
                && matches!(text, "," | ";" | ":" | "." | "—" | "–" | "-" | "―" | "!" | "?" | "…")
        };
        while !part.is_empty() && loose(part.from) {
            part.from += 1;
        }
        while !part.is_empty() && loose(part.to - 1) {
            part.to -= 1;
        }
        part
    }

    /// The units: sentences, joined where a quotation goes on over their end.
    pub fn units(&self, sentences: impl Iterator<Item = Span>) -> Vec<Unit> {
        let mut found: Vec<Unit> = Vec::new();
        for span in sentences {
            let part = Part::new(self.t.from_byte(span.start()), self.t.from_byte(span.end()));
            let (Some(line), false) =
                (self.lines.partition_point(|start| *start <= part.from).checked_sub(1), part.is_empty())
            else {
                continue;
            };
            let goes_on = self.quotation(part.from).is_some_and(|index| {
                part.from.checked_sub(1).is_some_and(|before| self.quotation(before) == Some(index))
            });
            match found.last_mut() {
                Some(last) if goes_on && part.to - last.part.from <= MAX_UNIT_TOKENS => {
                    last.part.to = part.to
                }
                _ => self.by_line(part, line, &mut found),
            }
        }
        found
    }

    /// A sentence over more than one line is one unit a line.
    fn by_line(&self, part: Part, mut line: usize, found: &mut Vec<Unit>) {
        let mut from = part.from;
        while let Some(next) = self.lines.get(line + 1).copied().filter(|next| *next < part.to) {
            found.push(Unit { part: Part::new(from, next), line });
            (from, line) = (next, line + 1);
        }
        while part.to - from > MAX_UNIT_TOKENS {
            found.push(Unit { part: Part::new(from, from + MAX_UNIT_TOKENS), line });
            from += MAX_UNIT_TOKENS;
        }
        found.push(Unit { part: Part::new(from, part.to), line });
    }

    /// The line that begins at `at`.
    pub fn line_from(&self, at: usize) -> Option<Part> {
        let line = self.lines.binary_search(&at).ok()?;
        Some(Part::new(at, self.lines.get(line + 1).copied().unwrap_or(self.t.len())))
    }

    /// Whether a line begins at `at`, or the text is over.
    pub fn is_line_start(&self, at: usize) -> bool {
        at >= self.t.len() || self.lines.binary_search(&at).is_ok()
    }

    /// The first token of the line.
    pub fn line_start(&self, line: usize) -> usize {
        self.lines.get(line).copied().unwrap_or(self.t.len())
    }
}
