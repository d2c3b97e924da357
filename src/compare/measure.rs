//! A claim laid out to be compared: what it is about, how much, when, of what whole, and by whose word.

use std::collections::HashSet;

use jiff::civil::DateTime;

use super::amount::{self, Amount};
use super::lexicon::ENGLISH;
use super::party::{self, Offices, Party};
use crate::claim::Claim;
use crate::date::{Expression, Relation};
use crate::document::Document;
use crate::entity::{self, Entity, Label};
use crate::quantity::Quantity;
use crate::quote::Stance;
use crate::text::Span;

/// Names before "the country" among which the country is looked for.
const NAMES_BACK: usize = 40;

/// What a claim is about. An empty field is not told.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Topic {
    /// `count`, `fraction`, an SI unit or a currency.
    pub measure: String,
    pub event: String,
    pub whose: String,
    pub what: String,
    pub place: String,
}

/// A claim with what it is compared by.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    pub document: usize,
    pub claim: usize,
    pub sentence: usize,
    pub topic: Topic,
    pub amount: Amount,
    /// The whole, the part of the country and the day that it is bound to.
    pub scope: Vec<String>,
    pub party: Party,
    pub as_of: Option<DateTime>,
    pub denied: bool,
}

/// The claims that say how much of something, and of what.
pub(super) fn measured(documents: &[(&str, &Document)]) -> Vec<Measured> {
    let mut found = Vec::new();
    for (number, (id, document)) in documents.iter().enumerate() {
        let reader = Reader { document, number, id, offices: party::offices(document) };
        found.extend((0..document.claims().len()).filter_map(|claim| reader.measured(claim)));
    }
    found
}

/// The countries of the places that each document names, and the places that lie in none.
pub(super) fn places(documents: &[(&str, &Document)]) -> Vec<HashSet<String>> {
    let named = |document: &Document| document.entities().iter().filter(is_place).map(country_of).collect();
    documents.iter().map(|(_, document)| named(document)).collect()
}

fn is_place(entity: &&Entity) -> bool {
    matches!(entity.label, Label::Gpe | Label::Loc)
}

/// The country of a place, or the place itself where it lies in none.
fn country_of(place: &Entity) -> String {
    place.country().map_or_else(|| entity::place::folded(&place.canonical), str::to_owned)
}

struct Reader<'d> {
    document: &'d Document,
    number: usize,
    id: &'d str,
    offices: Offices<'d>,
}

impl<'d> Reader<'d> {
    fn measured(&self, index: usize) -> Option<Measured> {
        let claim = self.document.claims().get(index)?;
        let quantity = self.document.quantities().get(claim.quantity?)?;
        let party = Party::of(self.document, self.id, &self.offices, claim);
        let topic = self.topic(claim, quantity, &party)?;
        Some(Measured {
            document: self.number,
            claim: index,
            sentence: claim.sentence,
            amount: amount::amount(claim, quantity)?,
            scope: self.scope(claim, quantity, &topic),
            as_of: self.as_of(claim),
            denied: matches!(claim.stance, Stance::Deny | Stance::NoStatement),
            topic,
            party,
        })
    }

    fn words(&self, span: Span) -> &'d str {
        span.of(self.document.text())
    }

    /// None for a claim that does not say what happened or what there is.
    fn topic(&self, claim: &Claim, quantity: &Quantity, party: &Party) -> Option<Topic> {
        let measure = amount::measure(quantity)?;
        let measure = match measure.split_once(' ') {
            Some((unit, _)) if self.is_level(quantity) => unit.to_owned(),
            _ => measure,
        };
        let verb = claim.predicate.and_then(|verb| self.words(verb).split_whitespace().next_back());
        let mut event = verb.and_then(|verb| ENGLISH.event(&verb.to_lowercase()));
        // "one of the regions" is no number of regions.
        let counted = claim.what.map(|what| self.those_counted(what));
        let counted = counted.filter(|what| !starts_with_article(self.words(*what)));
        let head = counted.filter(|what| measure == "count" || what.start() >= quantity.core.start());
        let (head, owner) = head.map_or_else(Default::default, |what| self.head(what));
        event = head.event.map(str::to_owned).or(event);
        let acts = matches!(event.as_deref(), Some("gain" | "hold" | "lose" | "take"));
        let actor = || claim.actor.and_then(|actor| self.country_in(actor)).or(party.country.as_deref());
        let whose = match owner.is_empty() && acts {
            true => actor().unwrap_or_default().to_owned(),
            false => owner,
        };
        // "advanced 72 kilometres" is no change of a length.
        let measure = match measure.split_once(' ') {
            Some((unit @ "meter", _)) if acts => unit.to_owned(),
            _ => measure,
        };
        let event = event.map_or_else(String::new, |event| meant(event, &measure, &head.what));
        let told = if measure == "count" {
            !head.what.is_empty()
        } else {
            !event.is_empty() || !head.what.is_empty()
        };
        let bare = event.is_empty() && (measure == "fraction" || head.common);
        let place = self.place(claim).map_or_else(String::new, country_of);
        (told && !bare).then_some(Topic { measure, event, whose, what: head.what, place })
    }

    /// "the number of dead" counts the dead.
    fn those_counted(&self, what: Span) -> Span {
        let words = self.words(what);
        let lead = ["the number of ", "number of "].into_iter().find(|lead| words.starts_with(lead));
        Span::new(what.start() + lead.map_or(0, str::len), what.end())
    }

    /// "The toll rose to 340" tells how much it is, not by how much it rose.
    fn is_level(&self, quantity: &Quantity) -> bool {
        let before = self.document.text().get(..quantity.span.start()).unwrap_or_default();
        before.trim_end().ends_with(" to")
    }

    /// The class of the noun that is counted, and the country that it is said to belong to.
    fn head(&self, what: Span) -> (super::lexicon::Head, String) {
        let mut whose = "";
        let mut last = None;
        for word in self.words(what).split_whitespace() {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            if ENGLISH.stops.contains(word) {
                break;
            }
            let people = entity::country(word).filter(|_| word.starts_with(char::is_uppercase));
            whose = people.unwrap_or(whose);
            last = Some((word, people.is_some())).filter(|(word, _)| !word.is_empty()).or(last);
        }
        let head = match last {
            // "millions of Ukrainians"
            Some((_, true)) => ENGLISH.head("person"),
            Some((word, false)) => ENGLISH.head(&word.to_lowercase()),
            None => super::lexicon::Head::default(),
        };
        (head, whose.to_owned())
    }

    fn country_in(&self, span: Span) -> Option<&'static str> {
        self.words(span).split_whitespace().find_map(party::country)
    }

    fn place(&self, claim: &Claim) -> Option<&'d Entity> {
        self.document.entities().get(claim.place?)
    }

    /// What keeps the claim from being held against others about the same thing.
    fn scope(&self, claim: &Claim, quantity: &Quantity, topic: &Topic) -> Vec<String> {
        let whole = claim
            .of
            .filter(|_| topic.measure.starts_with("fraction"))
            .map(|of| format!("of {}", self.whole(of)));
        let per = quantity.per.as_ref().map(|per| format!("per {per}"));
        let part = self.place(claim).filter(|place| !entity::place::is_country(self.words(place.span)));
        let part =
            part.filter(|place| place.country().is_some()).map(|place| format!("in {}", place.canonical));
        let date = claim.event_date.and_then(|date| self.document.dates().get(date));
        let dated = date.filter(|date| claim.statement_date.is_none() && is_bound(date));
        let dated = dated.filter(|_| !topic.event.is_empty()).map(|date| format!("on {}", date.value));
        [whole, per, part, dated].into_iter().flatten().collect()
    }

    /// The name of a whole. "The country" is the last country named before, "the region" the last other place.
    fn whole(&self, of: Span) -> String {
        let entities = self.document.entities();
        let from = entities.partition_point(|entity| entity.span.end() <= of.start());
        let inside = entities.get(from).filter(|entity| of.contains(entity.span));
        let words = self.words(of).to_lowercase();
        let before = |country: bool| {
            let fits = |entity: &&Entity| {
                is_place(entity) && entity::place::is_country(self.words(entity.span)) == country
            };
            entities.get(..from).unwrap_or_default().iter().rev().take(NAMES_BACK).find(fits)
        };
        let meant = match words.as_str() {
            "the country" | "the nation" => before(true),
            "the region" | "the area" | "the province" | "the city" | "the territory" => before(false),
            _ => inside,
        };
        let name = |entity: &Entity| {
            entity
                .country()
                .filter(|_| entity::place::is_country(&entity.canonical))
                .map_or_else(|| entity::place::folded(&entity.canonical), str::to_owned)
        };
        meant.map_or_else(|| entity::place::folded(&words), name)
    }

    /// The moment that the claim speaks of at the latest: the end of the day of the statement, else of the event as far as it
    /// lay in the past, else of the day of publication.
    fn as_of(&self, claim: &Claim) -> Option<DateTime> {
        // "since the start of September" goes on.
        let open = |date: &&Expression| {
            let after = self.document.text().get(date.span.end()..).unwrap_or_default();
            // "the worst since 2010, when 20 million were affected" speaks of 2010.
            let when = after.trim_start_matches([',', ' ']).starts_with("when ");
            matches!(date.relation, Some(Relation::Since | Relation::From)) && !when
        };
        let latest = |index: Option<usize>| {
            index.and_then(|index| self.document.dates().get(index)).filter(|date| !open(date))?.latest
        };
        let day = self.document.published().map(|published| published.day());
        let published = day.and_then(|day| day.tomorrow().ok()).map(|day| day.at(0, 0, 0, 0));
        let told = latest(claim.statement_date).or_else(|| latest(claim.event_date));
        match (told, published) {
            (Some(told), Some(published)) => Some(told.min(published)),
            (told, published) => told.or(published),
        }
    }
}

/// What a verb means of what it is said of: people who are lost die, things are destroyed; ground that is taken is gained.
fn meant(event: String, measure: &str, what: &str) -> String {
    let people = matches!(what, "person" | "soldier" | "civilian" | "child");
    let ground = matches!(measure, "square meter" | "meter") || what == "settlement";
    match event.as_str() {
        "lose" if people => "die".to_owned(),
        "lose" if measure == "count" => "destroy".to_owned(),
        "take" if ground => "gain".to_owned(),
        "take" => String::new(),
        _ => event,
    }
}

fn starts_with_article(words: &str) -> bool {
    ["the ", "his ", "her ", "its ", "their "].iter().any(|article| words.starts_with(article))
}

/// Whether what happens on a date is over with it: "on Monday", but not "by Monday" or "since March".
fn is_bound(date: &Expression) -> bool {
    let open = [Relation::Since, Relation::By, Relation::Until, Relation::To, Relation::After];
    let day = date.value.len() >= 10 && date.value.starts_with(|c: char| c.is_ascii_digit());
    day && !date.relation.is_some_and(|relation| open.contains(&relation))
}
