//! Who makes a claim.

use super::lexicon::ENGLISH;
use crate::quote::{Page, Part, Quote, Stance};
use crate::tag::Tag;
use crate::text::Span;

/// The sort of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// A government, a ministry, a country.
    State,
    /// An army, a commander.
    Military,
    /// Somebody with a name.
    Person,
    /// A newspaper, a broadcaster, an agency.
    Media,
    /// A company, a party, an institute.
    Organisation,
    /// Sources, witnesses, "it is thought".
    Unnamed,
    /// The text itself.
    Narrator,
}

impl SourceKind {
    /// Its name in snake case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Military => "military",
            Self::Person => "person",
            Self::Media => "media",
            Self::Organisation => "organisation",
            Self::Unnamed => "unnamed",
            Self::Narrator => "narrator",
        }
    }
}

/// The quotation that a claim stands in, and whose it is.
pub(super) struct Said {
    pub quote: Option<usize>,
    pub speaker: Option<Span>,
    pub name: Option<Span>,
    pub cue: Option<Span>,
    pub stance: Stance,
    pub via: Option<Span>,
}

/// The innermost quotation around `span`; the one around that is the report that it came by.
pub(super) fn of(page: &Page<'_>, quotes: &[Quote], span: Span) -> Said {
    let after = quotes.partition_point(|quote| quote.span().start <= span.start);
    let near = quotes.get(after.saturating_sub(NEAR)..after).unwrap_or_default();
    let around = |quote: &Quote| quote.stance.is_some() || quote.speaker.is_some();
    let holds =
        |quote: &Quote| quote.content.iter().any(|part| part.start <= span.start && span.end <= part.end + 2);
    let mut holding: Vec<(usize, &Quote)> =
        (after.saturating_sub(NEAR)..).zip(near).filter(|(_, quote)| around(quote) && holds(quote)).collect();
    holding.sort_by_key(|(_, quote)| quote.content.iter().map(|part| part.len()).sum::<usize>());
    let Some((index, quote)) = holding.first() else {
        let stance = if page_hedges(page, span) { Stance::Hedged } else { Stance::Assert };
        return Said { quote: None, speaker: None, name: None, cue: None, stance, via: None };
    };
    let stance = match quote.stance {
        Some(Stance::Assert) | None => Stance::Claim,
        Some(stance) => stance,
    };
    let via = holding.get(1).and_then(|(_, outer)| outer.speaker);
    Said { quote: Some(*index), speaker: quote.speaker, name: quote.name, cue: quote.cue, stance, via }
}

/// Quotations before a claim among which those around it are looked for.
const NEAR: usize = 12;

/// "reportedly", "allegedly" in the words before.
fn page_hedges(page: &Page<'_>, span: Span) -> bool {
    let at = page.t.from_byte(span.start);
    (at.saturating_sub(12)..at).rev().take_while(|at| !page.ends_sentence(*at)).any(|at| {
        page.is(
            at,
            &[
                "allegedly",
                "apparently",
                "likely",
                "perhaps",
                "possibly",
                "presumably",
                "probably",
                "purportedly",
                "reportedly",
                "supposedly",
            ],
        )
    })
}

/// What sort of source it is, by the words of its name and of its mention.
pub(super) fn kind(page: &Page<'_>, said: &Said) -> SourceKind {
    let Some(speaker) = said.speaker else {
        return if said.quote.is_some() { SourceKind::Unnamed } else { SourceKind::Narrator };
    };
    let parts = [Some(speaker), said.name].into_iter().flatten();
    let parts: Vec<Part> =
        parts.map(|span| Part::new(page.t.from_byte(span.start), page.t.from_byte(span.end))).collect();
    let words = || parts.iter().flat_map(|part| part.from..part.to);
    let has = |list: &std::collections::HashSet<&str>| {
        words().any(|at| {
            let lower = page.lower(at);
            list.contains(lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s")).unwrap_or(lower))
        })
    };
    let named = words().any(|at| page.tag(at) == Tag::Name);
    let person = named && (has(page.people().0) || has(page.people().1) || has(page.people().2));
    match () {
        () if has(&ENGLISH.media) => SourceKind::Media,
        () if has(&ENGLISH.military) && !person => SourceKind::Military,
        () if person => SourceKind::Person,
        () if has(&ENGLISH.organisations) => SourceKind::Organisation,
        () if has(&ENGLISH.state) => SourceKind::State,
        () if !named || has(&ENGLISH.unnamed) => SourceKind::Unnamed,
        () if page.is(parts.first().map_or(0, |part| part.from), &["he", "she", "i", "who"]) => {
            SourceKind::Person
        }
        () => SourceKind::Organisation,
    }
}
