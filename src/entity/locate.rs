//! Which place of a name is meant: by its size, by the countries and the regions of the document, and by what lies near.

use std::collections::HashMap;

use super::label::Label;
use super::lists;
use super::mention::Mention;
use super::place::{self, Place, Sort, Spot};
use crate::limits::MAX_PLACES;

/// A name with the places it may mean.
struct Name {
    candidates: Vec<Place>,
    /// The mentions that have it.
    mentions: Vec<usize>,
    /// What may be meant by the names that stand right behind it: "Columbus, Ohio", "Whitefield, Bengaluru".
    behind: Vec<Place>,
    /// What may be meant by the names right before it: "Gainesville, Georgia".
    ahead: Vec<Place>,
    chosen: Option<Place>,
}

/// Where a document plays.
struct About {
    /// How much of it is about each country, the most named one at 1.
    countries: HashMap<&'static str, f64>,
    /// The same for regions, by the number that places in them carry.
    regions: HashMap<usize, f64>,
    /// The places that are chosen so far, but for countries.
    near: Vec<Place>,
}

/// For each mention where the place lies that it means.
pub(super) fn locate(text: &str, mentions: &[Mention]) -> Vec<Option<Spot>> {
    let mut names = names(text, mentions);
    let mut about =
        About { countries: countries(text, mentions, &names), regions: regions(&names), near: Vec::new() };
    for name in &mut names {
        name.chosen = best(name, &about);
    }
    for _ in 0..2 {
        about.near =
            names.iter().filter_map(|name| name.chosen).filter(|place| place.sort != Sort::Country).collect();
        for name in &mut names {
            name.chosen = best(name, &about);
        }
    }
    for name in &mut names {
        name.chosen = in_its_city(name, &about).or(name.chosen);
    }
    let mut found = vec![None; mentions.len()];
    for name in &names {
        for mention in &name.mentions {
            if let Some(slot) = found.get_mut(*mention) {
                *slot = name.chosen.map(Spot::of);
            }
        }
    }
    found
}

fn names(text: &str, mentions: &[Mention]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut by_text: HashMap<&str, usize> = HashMap::new();
    for (number, mention) in mentions.iter().enumerate().filter(|(_, mention)| mention.label.is_place()) {
        let place = *by_text.entry(mention.span.of(text)).or_insert(names.len());
        if place == names.len() {
            if names.len() >= MAX_PLACES {
                by_text.remove(mention.span.of(text));
                continue;
            }
            let candidates = place::meant(mention.span.of(text));
            names.push(Name {
                candidates,
                mentions: Vec::new(),
                behind: Vec::new(),
                ahead: Vec::new(),
                chosen: None,
            });
        }
        let Some(name) = names.get_mut(place) else { continue };
        name.mentions.push(number);
        let beside = |other: Option<&Mention>, before: bool| {
            let other = other.filter(|other| other.label.is_place())?;
            let (from, to) = if before { (other, mention) } else { (mention, other) };
            let gap = text.get(from.span.end()..to.span.start())?;
            matches!(gap, ", " | " (" | ", in ").then(|| place::meant(other.span.of(text)))
        };
        name.behind.extend(beside(mentions.get(number + 1), false).unwrap_or_default());
        name.ahead.extend(
            beside(number.checked_sub(1).and_then(|last| mentions.get(last)), true).unwrap_or_default(),
        );
        name.behind.truncate(MAX_PLACES);
        name.ahead.truncate(MAX_PLACES);
    }
    names
}

/// How much of the document is about each country, the most named one at 1.
fn countries(text: &str, mentions: &[Mention], names: &[Name]) -> HashMap<&'static str, f64> {
    let mut weights: HashMap<&'static str, f64> = HashMap::new();
    for name in names {
        let country = name.candidates.iter().find(|place| place.sort == Sort::Country);
        let big =
            name.candidates.iter().max_by(|a, b| a.size.total_cmp(&b.size)).filter(|place| place.size > 18.);
        let many = name.mentions.len() as f64;
        match (country, big) {
            (Some(country), _) => *weights.entry(country.country).or_default() += many,
            (None, Some(big)) => *weights.entry(big.country).or_default() += 0.5 * many,
            _ => {}
        }
        for behind in name.behind.iter().filter(|place| matches!(place.sort, Sort::Country | Sort::Region)) {
            *weights.entry(behind.country).or_default() += 0.5;
        }
    }
    for mention in mentions.iter().filter(|mention| mention.label == Label::Norp) {
        if let Some(code) = lists::english().demonyms.get(mention.span.of(text)).filter(|code| **code != "-")
        {
            *weights.entry(code).or_default() += 0.7;
        }
    }
    shares(weights)
}

fn shares<K: Eq + std::hash::Hash>(mut weights: HashMap<K, f64>) -> HashMap<K, f64> {
    let most = weights.values().copied().fold(1., f64::max);
    weights.values_mut().for_each(|weight| *weight /= most);
    weights
}

/// How much of the document is about each region: "Texas" by itself, and behind "Tyler, Texas".
fn regions(names: &[Name]) -> HashMap<usize, f64> {
    let mut weights: HashMap<usize, f64> = HashMap::new();
    for name in names {
        let bordered = name.candidates.iter().filter(|place| place.sort != Sort::Other);
        let foremost = bordered.max_by(|a, b| a.size.total_cmp(&b.size));
        if let Some(region) = foremost.filter(|place| place.sort == Sort::Region) {
            *weights.entry(region.number + 1).or_default() += name.mentions.len() as f64;
        }
        for behind in name.behind.iter().filter(|place| place.sort == Sort::Region) {
            *weights.entry(behind.number + 1).or_default() += 0.5;
        }
    }
    shares(weights)
}

/// "Whitefield, Bengaluru": a place that the gazetteer lacks, or has elsewhere only, is where the city is that it stands in.
fn in_its_city(name: &Name, about: &About) -> Option<Place> {
    let told = name.chosen.is_some_and(|place| {
        let share = about.countries.get(place.country).copied().unwrap_or(0.);
        place.sort != Sort::City || place.size > 15. || share > 0.
    });
    let city = name.behind.iter().filter(|place| place.sort == Sort::City && place.size > 17.);
    let city = city.max_by(|a, b| a.size.total_cmp(&b.size)).filter(|_| !told)?;
    let inside = name.chosen.is_some_and(|place| lies_in(&place, city));
    (!inside).then_some(Place { geonames: 0, sort: Sort::Other, ..*city })
}

fn best(name: &Name, about: &About) -> Option<Place> {
    let mut top: Option<(f64, Place)> = None;
    for place in &name.candidates {
        let (score, backed) = score(name, place, about);
        // A village that nothing speaks for is no answer.
        let known = backed || place.sort != Sort::City || place.size > 12.;
        if known && top.is_none_or(|(most, _)| score > most) {
            top = Some((score, *place));
        }
    }
    top.map(|(_, place)| place)
}

fn score(name: &Name, place: &Place, about: &About) -> (f64, bool) {
    let mut score = 0.5 * place.size;
    score += match place.sort {
        Sort::Country => 6.,
        Sort::Region => 1.5,
        Sort::Other => 2.,
        Sort::County => -3.,
        Sort::City => 0.,
    };
    let weight = about.countries.get(place.country).copied().unwrap_or(0.);
    score += 4. * weight;
    let part = about.regions.get(&place.region).copied().unwrap_or(0.);
    score += 3. * part;
    // "Washington" and "New York" are the city first.
    let city = |other: &Place| other.sort == Sort::City && other.size > 19.;
    if place.sort == Sort::Region && name.candidates.iter().any(city) {
        score -= 4.;
    }
    let inside = name.behind.iter().any(|wide| lies_in(place, wide));
    if inside {
        score += 12.;
    }
    if name.ahead.iter().any(|held| lies_in(held, place)) {
        score += if place.sort == Sort::City { 1. } else { 8. };
    }
    // "Georgia" is the state where Macon and Augusta are named, and the country where Batumi is.
    let wide = |sort: Sort| name.candidates.iter().any(|place| place.sort == sort);
    if wide(Sort::Country) && wide(Sort::Region) {
        score += 1.5 * about.near.iter().filter(|held| lies_in(held, place)).take(5).count() as f64;
    }
    let at = (place.lat, place.lon);
    let close = about
        .near
        .iter()
        .filter(|other| other.number != place.number)
        .map(|other| place::distance(at, (other.lat, other.lon)));
    let pull: f64 = close.map(|km| (-km / 150.).exp()).sum();
    score += 2. * pull.min(1.5);
    (score, inside || weight > 0.2 || part > 0.2 || pull > 0.3)
}

/// Whether `place` lies in `wide`: a country, a region, or the surroundings of a city.
fn lies_in(place: &Place, wide: &Place) -> bool {
    match wide.sort {
        Sort::Country => wide.country == place.country && place.sort != Sort::Country,
        Sort::Region => wide.number + 1 == place.region,
        Sort::City => {
            let smaller = place.sort == Sort::City && place.size < wide.size && wide.size > 17.;
            smaller && place::distance((place.lat, place.lon), (wide.lat, wide.lon)) < 60.
        }
        Sort::County | Sort::Other => false,
    }
}
