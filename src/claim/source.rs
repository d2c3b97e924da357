//! Who makes a claim.

use super::lexicon::ENGLISH;
use crate::entity::{Entity, Label};
use crate::hash::List;
use crate::named::named;
use crate::quote::{Page, Part, Quote, Stance};
use crate::tag::Tag;
use crate::text::Span;
use crate::token::unowned;

named! {
    /// The sort of a source.
    SourceKind {
        /// A government, a ministry, a country.
        State = "state",
        /// An army, a commander.
        Military = "military",
        /// Somebody with a name.
        Person = "person",
        /// A newspaper, a broadcaster, an agency.
        Media = "media",
        /// A company, a party, an institute.
        Organisation = "organisation",
        /// Sources, witnesses, "it is thought".
        Unnamed = "unnamed",
        /// The text itself.
        Narrator = "narrator",
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

impl Said {
    /// What nobody is quoted with.
    pub fn by_narrator(stance: Stance) -> Self {
        Self { quote: None, speaker: None, name: None, cue: None, stance, via: None }
    }
}

/// The quotation of `sentence` beside whose cue a date stands: "In February, Smith said …" dates what Smith did.
pub(super) fn dated(page: &Page<'_>, quotes: &[Quote], date: Span, sentence: Span) -> Option<Said> {
    let from = quotes.partition_point(|quote| quote.span().start() < sentence.start());
    let here = quotes
        .get(from..)
        .unwrap_or_default()
        .iter()
        .take_while(|quote| quote.span().start() < sentence.end());
    let beside =
        |quote: &&Quote| quote.cue.is_some_and(|cue| super::clause::beside(page, date, cue, quote.speaker));
    let quote = here.clone().find(beside)?;
    let index = from + here.clone().position(|other| other == quote)?;
    Some(Said {
        quote: Some(index),
        speaker: quote.speaker,
        name: quote.name,
        cue: quote.cue,
        stance: reported(quote),
        via: None,
    })
}

/// What a quotation makes of a claim: what others say is a claim.
fn reported(quote: &Quote) -> Stance {
    match quote.stance {
        Some(Stance::Assert) | None => Stance::Claim,
        Some(stance) => stance,
    }
}

/// The innermost quotation around `span`; the one around that is the report that it came by.
pub(super) fn of(page: &Page<'_>, quotes: &[Quote], span: Span) -> Said {
    let after = quotes.partition_point(|quote| quote.span().start() <= span.start());
    let near = quotes.get(after.saturating_sub(NEAR)..after).unwrap_or_default();
    let around =
        |quote: &Quote| (quote.stance.is_some() || quote.speaker.is_some()) && !is_teller(page, quote);
    let holds = |quote: &Quote| {
        quote.content.iter().any(|part| part.start() <= span.start() && span.end() <= part.end() + 2)
    };
    let mut holding: Vec<(usize, &Quote)> =
        (after.saturating_sub(NEAR)..).zip(near).filter(|(_, quote)| around(quote) && holds(quote)).collect();
    holding.sort_by_key(|(_, quote)| quote.content.iter().map(|part| part.len()).sum::<usize>());
    let Some((index, quote)) = holding.first() else {
        let stance = if page_hedges(page, span) { Stance::Hedged } else { Stance::Assert };
        return Said::by_narrator(stance);
    };
    let stance = reported(quote);
    let via = holding.get(1).and_then(|(_, outer)| outer.speaker);
    Said { quote: Some(*index), speaker: quote.speaker, name: quote.name, cue: quote.cue, stance, via }
}

/// "We looked at 40 homes", "as you may know": who writes, and who reads, are no sources.
pub(super) fn is_teller(page: &Page<'_>, quote: &Quote) -> bool {
    quote.speaker.is_some_and(|speaker| {
        let at = page.t.from_byte(speaker.start());
        let word = page.lower(at).split(['\'', '’']).next().unwrap_or_default();
        matches!(word, "i" | "we" | "you") && !page.is_quoted(at)
    })
}

/// Quotations before a claim among which those around it are looked for.
const NEAR: usize = 12;

/// "reportedly", "allegedly" in the words before.
fn page_hedges(page: &Page<'_>, span: Span) -> bool {
    let at = page.t.from_byte(span.start());
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

/// The name of a source: of the entity that its name or its mention is, else the words themselves.
pub(super) fn name(page: &Page<'_>, entities: &[Entity], said: &Said) -> Option<String> {
    let words = said.name.or(said.speaker)?;
    if let Some(name) = ministry(words.of(page.t.text())) {
        return Some(name);
    }
    if let Some(whole) = said.speaker.and_then(|speaker| described(page, entities, speaker, words)) {
        return Some(whole.of(page.t.text()).to_owned());
    }
    let entity = entity(entities, words);
    Some(entity.map_or_else(|| words.of(page.t.text()).to_owned(), |entity| entity.canonical.to_string()))
}

/// Words that name their source better than a name within them does: "study led by Kyoto University", "BBC and the Guardian".
fn described(page: &Page<'_>, entities: &[Entity], speaker: Span, name: Span) -> Option<Span> {
    let all = Part::new(page.t.from_byte(speaker.start()), page.t.from_byte(speaker.end()));
    let article = usize::from(page.is(all.from, &["the", "a", "an"]));
    let words = page.span(Part::new(all.from + article, all.to));
    let joined = (all.from..all.to).filter(|at| page.is(*at, &["and"])).any(|at| {
        let and = page.span(Part::new(at, at + 1));
        !entities_in(entities, speaker).any(|entity| entity.span.contains(and))
    });
    let plain = speaker.contains(name) && entities_in(entities, name).next().is_none();
    (joined || plain).then_some(words)
}

/// The names that `span` has words of.
fn entities_in(entities: &[Entity], span: Span) -> impl Iterator<Item = &Entity> {
    let after = entities.partition_point(|entity| entity.span.end() <= span.start());
    entities
        .get(after..)
        .unwrap_or_default()
        .iter()
        .take_while(move |entity| entity.span.start() < span.end())
}

/// "Ukraine’s military" is the Ukrainian military.
fn forces(words: &str) -> Option<String> {
    let (state, forces) = words.split_once("'s ").or_else(|| words.split_once("’s "))?;
    let last = forces.rsplit(' ').next()?;
    let adjective = crate::entity::adjective(state).filter(|_| ENGLISH.military.contains(last))?;
    Some(format!("{adjective} {forces}"))
}

/// "Russia’s defence ministry" and "the Russian defence ministry" are the Russian Ministry of Defence.
fn ministry(words: &str) -> Option<String> {
    let words = words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words);
    if let Some(name) = forces(words) {
        return Some(name);
    }
    let mut parts = words.split(' ');
    let (Some(state), Some(field), Some("ministry" | "Ministry"), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let state = unowned(state);
    crate::entity::country(state).filter(|_| !field.eq_ignore_ascii_case("foreign"))?;
    let state = crate::entity::adjective(state).unwrap_or(state);
    let (first, rest) = field.split_at_checked(1)?;
    Some(format!("{state} Ministry of {}{rest}", first.to_uppercase()))
}

/// The entity that is all that matters of `words`: "the ISW", not "Russia’s defence ministry".
fn entity(entities: &[Entity], words: Span) -> Option<&Entity> {
    entities_in(entities, words).filter(|entity| entity.span.end() + 3 >= words.end()).last()
}

/// What sort of source it is, by the words of its name and of its mention.
pub(super) fn kind(page: &Page<'_>, entities: &[Entity], said: &Said) -> SourceKind {
    let Some(speaker) = said.speaker else {
        return if said.quote.is_some() { SourceKind::Unnamed } else { SourceKind::Narrator };
    };
    let parts = [Some(speaker), said.name].into_iter().flatten();
    let parts: Vec<Part> =
        parts.map(|span| Part::new(page.t.from_byte(span.start()), page.t.from_byte(span.end()))).collect();
    let words = || parts.iter().flat_map(|part| part.from..part.to);
    let has = |list: &List| words().any(|at| list.contains(unowned(page.lower(at))));
    // "TotalEnergies" is a name, whatever the tagger says.
    let inner = |at: usize| {
        page.span(Part::new(at, at + 1)).of(page.t.text()).chars().skip(1).any(char::is_uppercase)
    };
    let named = words().any(|at| page.tag(at) == Tag::Name || inner(at));
    // "a poll for BFM TV" is no broadcaster.
    let finding = parts.first().is_some_and(|part| {
        (part.from..page.head_end(*part)).any(|at| ENGLISH.findings.contains(page.lower(at)))
    });
    let label =
        said.name.or(said.speaker).and_then(|words| entity(entities, words)).map(|entity| entity.label);
    let person = label == Some(Label::Person)
        || label.is_none() && named && parts.iter().any(|part| is_person(page, *part));
    match () {
        () if finding => SourceKind::Organisation,
        () if has(&ENGLISH.media) => SourceKind::Media,
        () if has(&ENGLISH.military) && !person => SourceKind::Military,
        () if person => SourceKind::Person,
        () if has(&ENGLISH.organisations) => SourceKind::Organisation,
        () if has(&ENGLISH.state) || label == Some(Label::Gpe) => SourceKind::State,
        () if !named || has(&ENGLISH.unnamed) => SourceKind::Unnamed,
        () if page.is(parts.first().map_or(0, |part| part.from), &["he", "she", "i", "who"]) => {
            SourceKind::Person
        }
        () => SourceKind::Organisation,
    }
}

/// Whether the head of a phrase is a name of people or what people do: "Ukraine’s deputy defence minister", not its "general
/// staff".
fn is_person(page: &Page<'_>, part: Part) -> bool {
    let end = (part.from + 1..part.to).find(|at| page.is_preposition(*at) || page.is_comma(*at));
    let head = page.lower(end.unwrap_or(part.to).saturating_sub(1));
    let (male, female, people) = page.people();
    let first = page.lower(part.from);
    people.contains(head)
        || [male, female, people].into_iter().any(|list| list.contains(first) && !people.contains(first))
        || people.contains(first) && page.tag(end.unwrap_or(part.to).saturating_sub(1)) == Tag::Name
}
