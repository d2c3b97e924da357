//! Quotations: what somebody said, with who said it.
//!
//! Marks are paired first, line by line. Then every sentence is read for cues: verbs of saying, thinking and judging
//! with their subjects, "according to", nouns such as "claim". A cue brings content to its left or to its right, up to
//! the next clause that has its own subject and cue. Quotations that no cue claims are the running speaker's, or scare
//! quotes.

mod attribute;
mod cue;
mod lexicon;
mod marks;
mod page;
mod phrase;
mod reach;
mod resolve;
mod running;

use crate::named::named;
use crate::tag::{self, Tag};
use crate::text::Span;
use crate::token::{Tokens, Words};
use attribute::Found;
pub(crate) use page::{Page, Part};

/// Somebody's words, or words in scare quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The sort of quotation.
    pub kind: Kind,
    /// The words, with their marks: more than one span where a cue interrupts them.
    pub content: Vec<Span>,
    /// Who says so, as the text has it here: "she".
    pub speaker: Option<Span>,
    /// The fullest name of the speaker in this document, where it is told.
    pub name: Option<Span>,
    /// The words that say so: "has said", "according to".
    pub cue: Option<Span>,
    /// What the cue makes of the content.
    pub stance: Option<Stance>,
}

impl Quote {
    /// From the first to the last of its words.
    #[must_use]
    pub fn span(&self) -> Span {
        let first = self.content.first().copied().unwrap_or_default();
        self.content.iter().fold(first, |all, span| all.cover(*span))
    }
}

named! {
    /// The sort of a quotation.
    Kind {
        /// All in quotation marks.
        Direct = "direct",
        /// In the reporter's words.
        Indirect = "indirect",
        /// Both.
        Mixed = "mixed",
        /// Words in marks that nobody is said to have said.
        Scare = "scare",
    }
}

named! {
    /// What a cue makes of its content.
    Stance {
        /// "said"
        Assert = "assert",
        /// "claimed", and all that others report
        Claim = "claim",
        /// "confirmed"
        Confirm = "confirm",
        /// "denied"
        Deny = "deny",
        /// "estimated"
        Estimate = "estimate",
        /// "announced"
        Announce = "announce",
        /// "demanded"
        Demand = "demand",
        /// "believed", "is thought"
        Hedged = "hedged",
        /// "declined", "has not said"
        NoStatement = "no_statement",
    }
}

impl Stance {
    fn named(name: &str) -> Self {
        let all = [
            Self::Claim,
            Self::Confirm,
            Self::Deny,
            Self::Estimate,
            Self::Announce,
            Self::Demand,
            Self::Hedged,
            Self::NoStatement,
        ];
        all.into_iter().find(|stance| stance.as_str() == name).unwrap_or(Self::Assert)
    }
}

/// The quotations of `text`, taken as one block of plain text.
///
/// ```
/// use copydesk::quote::quotes;
///
/// let text = "“The bridge,” said Mayor Ruiz, “is lost.”";
/// let found = quotes(text);
/// assert_eq!(found[0].kind.as_str(), "direct");
/// assert_eq!(found[0].content.len(), 2);
/// assert_eq!(found[0].speaker.map(|span| span.of(text)), Some("Mayor Ruiz"));
/// ```
#[must_use]
pub fn quotes(text: &str) -> Vec<Quote> {
    let sentences = crate::sentence::sentences(text, crate::sentence::Rules::english());
    let words = Words::new(text);
    found(words.of(text), &tag::tags(words.of(text)), sentences.into_iter())
}

/// The quotations of a text that is cut into tagged tokens and sentences.
pub(crate) fn found(tokens: Tokens<'_>, tags: &[Tag], sentences: impl Iterator<Item = Span>) -> Vec<Quote> {
    let page = Page::new(tokens, tags);
    let units = page.units(sentences);
    let mut all = running::attributed(&page, &units);
    all.sort_by_key(|found| found.content.first().map_or(0, |part| part.from));
    let names = resolve::names(&page, &units, &all);
    all.iter().zip(names).map(|(found, name)| quote(&page, found, name)).collect()
}

fn quote(page: &Page<'_>, found: &Found, name: Option<Part>) -> Quote {
    Quote {
        kind: kind(page, found),
        content: found.content.iter().map(|part| page.span(*part)).collect(),
        speaker: found.speaker.map(|part| page.span(part)),
        name: name.map(|part| unowned(page, part)),
        cue: found.cue.map(|part| page.span(part)),
        stance: found.stance,
    }
}

/// The span of a name that may stand as an owner: "Norland" of "Norland’s leader".
fn unowned(page: &Page<'_>, name: Part) -> Span {
    let span = page.span(name);
    Span::new(span.start(), span.start() + crate::token::unowned(span.of(page.t.text())).len())
}

fn kind(page: &Page<'_>, found: &Found) -> Kind {
    let quoted = |part: &Part| (part.from..part.to).filter(|at| page.is_quoted(*at)).count();
    let inside: usize = found.content.iter().map(quoted).sum();
    let all: usize = found.content.iter().map(|part| part.to - part.from).sum();
    match inside {
        _ if found.scare => Kind::Scare,
        0 => Kind::Indirect,
        // "… ,” she said": a mark between two quotations makes nothing of it.
        n if n + found.content.len() >= all => Kind::Direct,
        _ => Kind::Mixed,
    }
}
