//! What a claim counts, where the stage of quantities has found it, and which numbers count nothing.

use super::lexicon::ENGLISH;
use super::{Claim, Reader};
use crate::quantity::{Kind, Quantity};
use crate::tag::Tag;
use crate::text::Span;
use crate::token::owner;

impl Reader<'_, '_> {
    /// Whether the number names something, or picks one: "the second of World War 2", "7 On Your Side", "one of the men", "3." of a
    /// list.
    pub(super) fn is_idle(&self, quantity: &Quantity) -> bool {
        let page = self.page;
        let core = self.part(quantity.core);
        let single = core.to == core.from + 1 && quantity.kind == Kind::Count;
        let before = core.from.checked_sub(1);
        let digits = page.tag(core.from) == Tag::Number && quantity.core.of(page.t.text()).len() < 3;
        // Nothing but a plural behind a name is counted: "In Gaza 40 people".
        let plain = quantity.counted.is_none_or(|counted| counted.end <= quantity.core.start);
        let named = before.is_some_and(|before| page.tag(before) == Tag::Name && page.spaced(core.from));
        let titled = page.is_capitalised(core.to)
            && matches!(page.tag(core.to), Tag::Preposition | Tag::Pronoun | Tag::Determiner);
        let listed = page.is_line_start(core.from) && page.is(core.to, &[".", ")"]) && !page.spaced(core.to);
        let picks = page.is(core.from, &["one"]) && page.is(core.to, &["of"]);
        single && (digits && (named && plain || titled || listed) || picks)
    }

    /// What is counted, without a verb that follows it, and whole where it ends with its owner: "6 of Chad’s" is of "Chad’s ports".
    pub(super) fn counted_noun(&self, quantity: &Quantity, claim: &Claim) -> Option<Span> {
        let page = self.page;
        let counted = quantity.counted?;
        if counted.end <= quantity.core.start {
            return Some(counted).filter(|_| self.is_measured(quantity, claim));
        }
        let mut part = self.part(counted);
        if owner(page.lower(part.to.saturating_sub(1))).is_some() {
            part = page.phrase_after(part.from, part.to + OWNED).unwrap_or(part);
        }
        let verbal = |at: usize| page.tag(at).is_verb() || page.tag(at) == Tag::Modal;
        while !part.is_empty() && verbal(part.to - 1) {
            part.to -= 1;
        }
        (!part.is_empty()).then(|| page.span(part))
    }

    /// Whether the number says how much its subject is: "sales reached $5m". What a verb acts on is none of its subject's: "Oslo has
    /// suspended $287m".
    fn is_measured(&self, quantity: &Quantity, claim: &Claim) -> bool {
        let page = self.page;
        let Some(verb) = claim.predicate.map(|verb| self.part(verb)) else { return true };
        let bare = quantity.unit.as_deref().is_none_or(|unit| unit == "dimensionless");
        let acts = quantity.kind == Kind::Money || quantity.kind == Kind::Count && bare;
        let start = self.part(quantity.span).from;
        let small = |at: usize| page.tag(at) == Tag::Adverb;
        let direct = verb.to <= start && (verb.to..start).all(small);
        let measures = verb
            .to
            .checked_sub(1)
            .is_some_and(|last| page.is_auxiliary(last) || ENGLISH.measuring.contains(page.lower(last)));
        !(acts && direct) || measures
    }
}

/// Tokens behind an owner among which what he owns is looked for.
const OWNED: usize = 8;
