//! By whose word a claim is made. What has the same party is one source, whoever reports it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::lexicon::ENGLISH;
use super::measure::Measured;
use crate::claim::{Claim, SourceKind};
use crate::document::Document;
use crate::entity::{self, Label, place::plain_words};
use crate::token::unowned;

/// Words that are left out where names are compared: "the Ministry of Defence of Sudan" is "Sudan's defence ministry".
const SMALL: [&str; 8] = ["a", "and", "for", "in", "of", "on", "s", "the"];

/// By whose word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Party {
    /// The country, where a state, its army or one who speaks for them says so.
    pub country: Option<String>,
    /// The name in plain words, in their order, without the country.
    pub name: String,
    /// The first letters of the name.
    letters: String,
    /// Whether somebody is named: the narrator and "officials" are not.
    pub named: bool,
}

impl Party {
    /// The source of a claim; where nobody is named, the publisher.
    pub fn of(document: &Document, id: &str, offices: &Offices<'_>, claim: &Claim) -> Self {
        let publisher = || Self {
            name: document
                .markup()
                .metadata
                .site
                .as_deref()
                .map_or_else(|| format!("document {id}"), |site| plain_words(site).join(" ")),
            ..Self::default()
        };
        let Some(span) = claim.source else { return publisher() };
        let text = document.text();
        let name = claim.source_name.as_deref().unwrap_or_else(|| span.of(text));
        let office = offices.people.get(name).copied();
        let speaks = match claim.source_kind {
            SourceKind::State | SourceKind::Military => true,
            SourceKind::Person => office.is_some() || holds_office(span.of(text)),
            _ => false,
        };
        let words = [name, span.of(text), office.unwrap_or("")];
        let told = words.iter().flat_map(|words| words.split_whitespace()).find_map(country);
        let country = told.or_else(|| offices.seats.get(name).copied());
        let kept: Vec<String> = name
            .split_whitespace()
            .filter(|word| country.is_none() || self::country(word).is_none())
            .flat_map(plain_words)
            .filter(|word| !SMALL.contains(&word.as_str()))
            .collect();
        let letters = name.split_whitespace().filter(|word| word.starts_with(char::is_uppercase));
        Self {
            country: country.filter(|_| speaks).map(str::to_owned),
            letters: letters.filter_map(|word| word.chars().next()).flat_map(char::to_lowercase).collect(),
            named: claim.source_kind != SourceKind::Unnamed,
            name: kept.join(" "),
        }
    }

    /// The words of the name in the order of the alphabet: "ministry of defence" and "defence ministry" are one.
    fn words(&self) -> String {
        let mut words: Vec<&str> = self.name.split(' ').collect();
        words.sort_unstable();
        words.join(" ")
    }

    /// What tells it from others.
    pub fn key(&self) -> String {
        self.country.clone().unwrap_or_else(|| self.name.clone())
    }
}

/// The country of a people, of a country's name, or of a seat of government: "Ukrainian", "Russia’s", "Kremlin".
pub(super) fn country(word: &str) -> Option<&'static str> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let word = unowned(word);
    let seat = || ENGLISH.seats.get(word.to_lowercase().as_str()).copied();
    word.starts_with(char::is_uppercase).then(|| entity::country(word).or_else(seat)).flatten()
}

/// "Ukraine’s deputy defence minister"
fn holds_office(words: &str) -> bool {
    words.split_whitespace().any(|word| ENGLISH.offices.contains(word))
}

/// Who of a document speaks for a country, by their names.
#[derive(Default)]
pub(super) struct Offices<'d> {
    /// People with an office, "Ukrainian President". A farmer speaks for no country.
    people: HashMap<&'d str, &'d str>,
    /// Capitals and countries.
    seats: HashMap<&'d str, &'static str>,
}

/// The offices that a document names.
pub(super) fn offices(document: &Document) -> Offices<'_> {
    let mut found = Offices::default();
    for entity in document.entities() {
        let office = entity.role.map(|role| role.of(document.text()));
        if let Some(office) =
            office.filter(|office| office.split_whitespace().any(|word| country(word).is_some()))
        {
            found.people.insert(&entity.canonical, office);
        }
        if let Some(code) = entity.country().filter(|_| entity.label == Label::Gpe) {
            found.seats.insert(&entity.canonical, code);
        }
    }
    found
}

/// Joins parties over documents: a ministry without a country is that of the one country whose ministry of that name is heard,
/// letters stand for the name that begins with them, and a publisher's figure that somebody named gives in the same document
/// is theirs.
pub(super) fn join(measured: &mut [Measured]) {
    let mut countries: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for party in measured.iter().map(|one| &one.party).filter(|party| party.named) {
        if let Some(country) = party.country.clone().filter(|_| !party.name.is_empty()) {
            countries.entry(party.words()).or_default().insert(country);
        }
        if party.letters.len() > 2 {
            names.entry(party.letters.clone()).or_default().insert(party.name.clone());
        }
    }
    fn only(set: Option<&BTreeSet<String>>) -> Option<&String> {
        set.filter(|set| set.len() == 1)?.first()
    }
    for party in
        measured.iter_mut().map(|one| &mut one.party).filter(|party| party.named && party.country.is_none())
    {
        if let Some(full) = only(names.get(&party.name)) {
            party.name.clone_from(full);
        }
        party.country = only(countries.get(&party.words())).cloned();
    }
    echoes(measured);
}

/// "The ministry said 40 had died … The 40 dead were …": the second tells again what the first told.
fn echoes(measured: &mut [Measured]) {
    let key = |one: &Measured| {
        (one.document, one.topic.measure.clone(), one.topic.what.clone(), one.amount.point.to_bits())
    };
    let named = |one: &&Measured| one.party.named;
    let told: BTreeMap<_, Party> =
        measured.iter().rev().filter(named).map(|one| (key(one), one.party.clone())).collect();
    for one in measured.iter_mut().filter(|one| !one.party.named) {
        if let Some(party) = told.get(&key(one)) {
            one.party = party.clone();
        }
    }
}
