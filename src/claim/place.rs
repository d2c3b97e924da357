//! Where a claim holds.

use crate::entity::{Entity, Label};
use crate::quote::Page;
use crate::text::Span;

/// Words by which a place is said to be where something is.
const WHERE: [&str; 14] = [
    "across",
    "around",
    "at",
    "from",
    "in",
    "inside",
    "into",
    "near",
    "off",
    "outside",
    "over",
    "throughout",
    "to",
    "within",
];
/// Tokens between such a word and the name: "in the eastern Donbas".
const GAP: usize = 4;

/// The place that the sentence names as such: the first after `span`, else the last before it.
pub(super) fn of(page: &Page<'_>, entities: &[Entity], span: Span, sentence: Span) -> Option<usize> {
    let from = entities.partition_point(|entity| entity.span.start() < sentence.start());
    let to = entities.partition_point(|entity| entity.span.start() < sentence.end());
    let located = |index: &usize| {
        entities.get(*index).is_some_and(|entity| is_place(entity) && is_where(page, entity.span))
    };
    let start = |index: &usize| entities.get(*index).map_or(0, |entity| entity.span.start());
    let mut places = (from..to).filter(located);
    places.clone().find(|index| start(index) >= span.start()).or_else(|| places.next_back())
}

fn is_place(entity: &Entity) -> bool {
    matches!(entity.label, Label::Gpe | Label::Loc | Label::Fac)
}

fn is_where(page: &Page<'_>, place: Span) -> bool {
    let at = page.t.from_byte(place.start());
    let stops = |at: &usize| !page.is_comma(*at) && !page.ends_sentence(*at);
    (at.saturating_sub(GAP)..at).rev().take_while(stops).any(|at| page.is(at, &WHERE))
}
