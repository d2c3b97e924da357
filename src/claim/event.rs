//! Claims without a number in digits: events with a date, what is said on a day.

use std::collections::{HashMap, HashSet};

use super::{Amount, Claim, Reader, clause, source};
use crate::quantity::{Bound, Kind};
use crate::quote::{Part, Quote, Stance};
use crate::tag::Tag;
use crate::text::Span;

/// Words of a sentence before which a date opens it.
const OPENING: usize = 3;
/// Quotations on either side that may hold a date, or have it beside their cue.
const NESTED: usize = 4;
/// Tokens between a date and a number that it may be the date of.
const NEAR: usize = 30;
/// "The region has been entirely occupied": all of it.
const WHOLLY: [&str; 5] = ["completely", "entirely", "fully", "totally", "wholly"];

impl Reader<'_, '_> {
    /// Events with a date, where no claim with a number tells the same, and what is said on a date.
    pub(super) fn events(&self, counted: &[Claim]) -> Vec<Claim> {
        let mut by_date: HashMap<usize, Vec<&Claim>> = HashMap::new();
        for claim in counted {
            let dates =
                [claim.event_date, claim.statement_date.filter(|date| claim.event_date != Some(*date))];
            dates.into_iter().flatten().for_each(|date| by_date.entry(date).or_default().push(claim));
        }
        let mut sentences: HashMap<usize, Vec<&Claim>> = HashMap::new();
        counted.iter().for_each(|claim| sentences.entry(claim.sentence).or_default().push(claim));
        // "were cleared between May 2017 and July 2018": the verb is told with the first of them.
        let dated = |claim: &&Claim, event: &Claim| {
            let verbs = claim.predicate.zip(event.predicate);
            claim.event_date.is_some() && verbs.is_some_and(|(one, other)| one.overlaps(other))
        };
        let record =
            |date: usize| self.found.dates.get(date).is_some_and(|date| clause::is_record(self.page, date));
        let told = |date: usize, event: &Claim| {
            sentences
                .get(&event.sentence)
                .is_some_and(|claims| record(date) || claims.iter().any(|claim| dated(claim, event)))
                || by_date
                    .get(&date)
                    .is_some_and(|claims| claims.iter().any(|claim| self.tells(claim, date, event)))
        };
        let dates = 0..self.found.dates.len();
        // "between 2004 and 2006" dates one event.
        let mut seen = HashSet::new();
        let mut found: Vec<Claim> = dates
            .filter_map(|date| self.event(date).filter(|event| !told(date, event)))
            .filter(|event| seen.insert((event.span, event.predicate)))
            .collect();
        let told: HashSet<usize> = counted
            .iter()
            .chain(&found)
            .filter(|claim| claim.source.is_some())
            .filter_map(|claim| claim.quote)
            .collect();
        let quotes = (0..self.found.quotes.len()).filter(|quote| !told.contains(quote));
        found.extend(quotes.filter_map(|quote| self.statement(quote)).collect::<Vec<_>>());
        found
    }

    /// The claim of an event: the clause that holds a date, where it has a verb.
    fn event(&self, index: usize) -> Option<Claim> {
        let date = self.found.dates.get(index).filter(|date| clause::dates_event(self.page, date))?;
        let sentence = self.sentence(date.span)?;
        let clause = clause::around(self.page, self.part(date.span), self.part(sentence.1))?;
        let told = self.words_of_another(clause, date.span);
        let clause = told.unwrap_or(clause);
        let mut claim = self.claim(self.page.span(clause), date.span)?;
        self.set_verb(&mut claim, clause::dated(self.plain, self.part(date.span), clause));
        claim.event_date = Some(index);
        let predicate = self.part(claim.predicate?);
        if (predicate.from..predicate.to).any(|at| self.page.is(at, &WHOLLY)) {
            claim.amount =
                Some(Amount { bound: Bound::Exact, kind: Kind::Fraction, unit: Some("fraction".to_owned()) });
            (claim.value, claim.low, claim.high) = (Some(1.), Some(1.), Some(1.));
        } else if let Some((noun, count)) = self.listed(clause) {
            claim.amount = Some(Amount { bound: Bound::Exact, kind: Kind::Count, unit: None });
            claim.what = Some(self.page.span(Part::new(noun, noun + 1)));
            (claim.value, claim.low, claim.high) = (Some(count), Some(count), Some(count));
        }
        Some(claim)
    }

    fn set_verb(&self, claim: &mut Claim, (verb, subject): (Option<Part>, Option<Part>)) {
        claim.predicate = verb.map(|verb| self.page.span(verb));
        claim.actor = subject.map(|subject| self.page.span(subject));
    }

    /// "The ministry said the plant closed in March": of the clause, what the ministry said.
    fn words_of_another(&self, clause: Part, date: Span) -> Option<Part> {
        let after = self.found.quotes.partition_point(|quote| quote.span().start() <= date.start());
        let near = self.found.quotes.get(after.saturating_sub(NESTED)..after)?.iter().rev();
        let content = near
            .filter(|quote| quote.stance.is_some())
            .flat_map(|quote| &quote.content)
            .find(|part| part.contains(date))?;
        let words = self.part(*content);
        let clause = Part::new(clause.from.max(words.from), clause.to.min(words.to));
        let that = usize::from(self.page.is(clause.from, &["that"]));
        let clause = self.page.trimmed(Part::new(clause.from + that, clause.to));
        // "Izyum, which Kyiv says was retaken on Saturday" has its subject outside.
        let open = !self.page.tag(clause.from).is_verb() && !self.page.is_auxiliary(clause.from);
        (open && (clause.from..clause.to).any(|at| self.page.tag(at).is_finite())).then_some(clause)
    }

    /// "The cities of Izyum and Kupiansk": a noun in the plural, and how many names stand behind it.
    fn listed(&self, part: Part) -> Option<(usize, f64)> {
        let page = self.page;
        let opens = |at: &usize| {
            page.tag(*at) == Tag::Nouns && page.is(*at + 1, &["of"]) && page.is_capitalised(*at + 2)
        };
        let noun = (part.from..part.to.min(part.from + OPENING)).find(opens)?;
        let name = |at: &usize| page.is_capitalised(*at) || page.is(*at, &["and", ","]);
        let to = (noun + 2..part.to).find(|at| !name(at)).unwrap_or(part.to);
        let joins = (noun + 2..to).filter(|at| !page.is_capitalised(*at) && page.is_capitalised(*at + 1));
        let last = joins.clone().next_back()?;
        page.is(last, &["and"]).then_some((noun, (joins.count() + 1) as f64))
    }

    /// What somebody says on a day that the sentence names, or has not said yet.
    fn statement(&self, which: usize) -> Option<Claim> {
        let quote =
            self.found.quotes.get(which).filter(|quote| quote.speaker.is_some() && quote.stance.is_some())?;
        let (cue, content) = (quote.cue?, *quote.content.first()?);
        if source::is_teller(self.page, quote) {
            return None;
        }
        let (_, sentence) = self.sentence(cue)?;
        let from = self.found.dates.partition_point(|date| date.span.start() < sentence.start());
        // Two at the sentence's head, two on each side of the cue.
        let by_cue = self.found.dates.partition_point(|date| date.span.start() < cue.start());
        let mut near = (from..from + 2).chain(by_cue.saturating_sub(2).max(from + 2)..by_cue + 2);
        let opens =
            |part: Part| part.from <= self.part(sentence).from + OPENING && part.to <= self.part(cue).from;
        let dates = |index: &usize| {
            self.found.dates.get(*index).is_some_and(|date| {
                let outside = !quote.content.iter().any(|part| part.contains(date.span));
                let beside = || clause::beside(self.page, date.span, cue, quote.speaker);
                let theirs = |other: &Quote| {
                    let says = || other.content.iter().any(|part| part.contains(date.span));
                    other.cue != quote.cue && (clause::owns_cue(other, date.span) || says())
                };
                clause::is_calendar(date)
                    && (date.earliest.is_some() || date.latest.is_some())
                    && outside
                    && !self.near(which).iter().any(theirs)
                    && sentence.contains(date.span)
                    && (opens(self.part(date.span)) || beside())
            })
        };
        let date = near.find(dates);
        let open = self.is_open(quote);
        if date.is_none() && !open || self.sentence(content).is_none_or(|(_, other)| other != sentence) {
            return None;
        }
        let whole = quote.speaker.map_or(cue, |speaker| speaker.cover(cue)).cover(content);
        let mut claim = self.claim(whole, content)?;
        let words = self.part(content);
        let page = self.plain;
        self.set_verb(&mut claim, (clause::inside(page, words), page.first_subject(words)));
        (claim.event_date, claim.statement_date) = (date, date);
        claim.standing |= open;
        Some(claim)
    }

    /// The quotations around one.
    fn near(&self, index: usize) -> &[Quote] {
        let last = self.found.quotes.len().min(index + NESTED);
        self.found.quotes.get(index.saturating_sub(NESTED)..last).unwrap_or_default()
    }

    /// "has not yet acknowledged"
    fn is_open(&self, quote: &Quote) -> bool {
        let cue = quote.cue.map_or(Part::new(0, 0), |cue| self.part(cue));
        quote.stance == Some(Stance::NoStatement) && (cue.from..cue.to).any(|at| self.page.is(at, &["yet"]))
    }

    /// Whether a claim with the date of an event tells it: the date is that of the statement, or it has the same verb, or no
    /// verb stands between the two: "put the land that was flooded in August at 75,000 sq km".
    fn tells(&self, claim: &Claim, date: usize, event: &Claim) -> bool {
        let same = claim.predicate.zip(event.predicate).is_none_or(|(one, other)| one.overlaps(other));
        let near = || {
            let date = self.found.dates.get(date).map_or(claim.span, |date| date.span);
            let (first, last) = if claim.span < date { (claim.span, date) } else { (date, claim.span) };
            let between = Part::new(self.part(first).to, self.part(last).from);
            let verb = |at: usize| self.page.tag(at).is_finite();
            between.to.saturating_sub(between.from) < NEAR && !(between.from..between.to).any(verb)
        };
        claim.statement_date == Some(date) || same || near()
    }
}
