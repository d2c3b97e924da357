//! What a claim counts, where the stage of quantities has found it, and which numbers count nothing.

use super::lexicon::ENGLISH;
use super::{Claim, Reader};
use crate::quantity::{Kind, Quantity};
use crate::quote::Part;
use crate::tag::Tag;
use crate::text::Span;
use crate::token::owner;

impl Reader<'_, '_> {
    /// Whether the number names something or a sort of it, picks one or stands for those that were told of: "World War 2", "7 On Your
    /// Side", "a two-state solution", "one of the men", "one way", "the two", "the two countries", "3." of a list.
    pub(super) fn is_idle(&self, quantity: &Quantity) -> bool {
        let page = self.page;
        let core = self.part(quantity.core);
        let single = core.to == core.from + 1 && quantity.kind == Kind::Count;
        let digits = quantity.core.of(page.t.text()).starts_with(|c: char| c.is_ascii_digit());
        let short = digits && quantity.core.len() < 3;
        let before = core.from.checked_sub(1);
        // Nothing but a plural behind a name is counted: "In Gaza 40 people".
        let behind = self.noun_behind(quantity);
        let named = before.is_some_and(|before| page.tag(before) == Tag::Name && page.spaced(core.from));
        let titled = page.is_capitalised(core.to)
            && matches!(page.tag(core.to), Tag::Preposition | Tag::Pronoun | Tag::Determiner);
        let listed = page.is_line_start(core.from) && page.is(core.to, &[".", ")"]) && !page.spaced(core.to);
        let name = short && (named && behind.is_none() || titled || listed);
        let few = quantity.value.is_some_and(|value| value <= FEW);
        let told =
            !digits && (few || behind.is_none()) && before.is_some_and(|before| page.is(before, &TOLD));
        let sort = few && page.is(core.to, &["-", "‑"]) && !page.spaced(core.to) && !page.spaced(core.to + 1);
        single && (name || told || sort || page.is(core.from, &["one"]) && self.picks(core.to, behind))
    }

    /// "one of the men", "one way", "one that fits"
    fn picks(&self, next: usize, counted: Option<Span>) -> bool {
        let last = counted.map_or(next, |counted| self.part(counted).to.saturating_sub(1));
        let bare = counted.is_none() && !self.page.tag(next).is_verb();
        bare || self.page.is(next, &["of"]) || ENGLISH.uncounted.contains(self.page.lower(last))
    }

    /// What is counted, whether it stands behind the number or before it.
    pub(super) fn counted_noun(&self, quantity: &Quantity, claim: &Claim) -> Option<Span> {
        let before = quantity.counted.filter(|counted| counted.end() <= quantity.core.start());
        match before {
            Some(counted) => Some(counted).filter(|_| self.is_measured(quantity, claim)),
            None => self.noun_behind(quantity),
        }
    }

    /// What stands behind the number, without a verb that follows it, whole where it ends with its owner ("6 of Chad’s" is of
    /// "Chad’s ports"), and what it is that changes ("a 5% cut in fares").
    pub(super) fn noun_behind(&self, quantity: &Quantity) -> Option<Span> {
        let page = self.page;
        let mut part = self.part(quantity.counted.filter(|counted| counted.end() > quantity.core.start())?);
        if owner(page.lower(part.to.saturating_sub(1))).is_some() {
            part = page.phrase_after(part.from, part.to + OWNED).unwrap_or(part);
        }
        // A row of a table, the cell beside it, the line below: none is counted by the number before.
        part.to = (part.from..part.to).find(|at| self.opens_cell(*at)).unwrap_or(part.to);
        let verbal = |at: usize| page.tag(at).is_verb() || page.tag(at) == Tag::Modal;
        while !part.is_empty() && verbal(part.to - 1) {
            part.to -= 1;
        }
        // "60% experiencing pain" are not 60% of a pain.
        let share = matches!(quantity.kind, Kind::Percent | Kind::Fraction);
        if share && page.tag(part.from) == Tag::Gerund {
            return None;
        }
        let changes = part.to == part.from + 1 && ENGLISH.changes.contains(page.lower(part.from));
        let changed = || page.phrase_after(part.to + 1, part.to + CHANGED);
        let part = if changes && page.is(part.to, &["in"]) { changed().unwrap_or(part) } else { part };
        (!part.is_empty()).then(|| page.span(part))
    }

    /// Whether a line begins at `at`, or a cell behind a tab.
    fn opens_cell(&self, at: usize) -> bool {
        let start = self.page.span(Part::new(at, at + 1)).start();
        let before = start.checked_sub(1).and_then(|last| self.page.t.text().as_bytes().get(last));
        self.page.is_line_start(at) || before == Some(&b'\t')
    }

    /// Whether the number says how much its subject is: "sales reached $5m". What a verb acts on is none of its subject's: "Oslo has
    /// suspended $287m".
    fn is_measured(&self, quantity: &Quantity, claim: &Claim) -> bool {
        let page = self.page;
        let Some(verb) = claim.predicate.map(|verb| self.part(verb)) else { return true };
        let bare = quantity.unit.as_deref().is_none_or(|unit| unit == "dimensionless");
        let acts = quantity.kind == Kind::Money || quantity.kind == Kind::Count && bare;
        let start = self.part(quantity.span).from;
        let small = |at: usize| matches!(page.tag(at), Tag::Adverb | Tag::Determiner);
        let direct = verb.to <= start && (verb.to..start).all(small);
        let measures = verb
            .to
            .checked_sub(1)
            .is_some_and(|last| page.is_auxiliary(last) || ENGLISH.measuring.contains(page.lower(last)));
        !(acts && direct) || measures
    }
}

/// What is known to be so many, or comes in so many sorts, is no more than that: "the 12 countries" and "a 27-member council" count.
const FEW: f64 = 10.;
/// Words before a number for those that were told of: "the two met".
const TOLD: [&str; 5] = ["all", "other", "the", "these", "those"];
/// Tokens behind "cut in" among which what changes is looked for.
const CHANGED: usize = 8;
/// Tokens behind an owner among which what he owns is looked for.
const OWNED: usize = 8;
