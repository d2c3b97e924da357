//! Which place of a name is meant: by its size, by the countries of the document, and by what lies near.

use std::collections::HashMap;

use super::label::Label;
use super::lists;
use super::mention::Mention;
use super::place::{self, Place, Sort};
use crate::limits::MAX_PLACES;

/// A name with the places it may mean.
struct Name {
    candidates: Vec<Place>,
    /// The mentions that have it.
    mentions: Vec<usize>,
    /// The countries and regions that stand right behind it: "Columbus, Ohio".
    behind: Vec<Place>,
    chosen: Option<Place>,
}

/// For each mention the place it means.
pub(super) fn locate(text: &str, mentions: &[Mention]) -> Vec<Option<Place>> {
    let mut names = names(text, mentions);
    let countries = countries(text, mentions, &names);
    for name in &mut names {
        name.chosen = best(name, &countries, &[]);
    }
    for _ in 0..2 {
        let near: Vec<Place> =
            names.iter().filter_map(|name| name.chosen).filter(|place| place.sort != Sort::Country).collect();
        for name in &mut names {
            name.chosen = best(name, &countries, &near);
        }
    }
    let mut found = vec![None; mentions.len()];
    for name in &names {
        for mention in &name.mentions {
            if let Some(slot) = found.get_mut(*mention) {
                *slot = name.chosen;
            }
        }
    }
    found
}

fn names(text: &str, mentions: &[Mention]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut by_form: HashMap<String, usize> = HashMap::new();
    for (number, mention) in mentions.iter().enumerate().filter(|(_, mention)| mention.label.is_place()) {
        let form = place::folded(mention.span.of(text));
        let place = *by_form.entry(form).or_insert(names.len());
        if place == names.len() {
            if names.len() >= MAX_PLACES {
                by_form.retain(|_, held| *held != place);
                continue;
            }
            let candidates = place::meant(mention.span.of(text));
            names.push(Name { candidates, mentions: Vec::new(), behind: Vec::new(), chosen: None });
        }
        let Some(name) = names.get_mut(place) else { continue };
        name.mentions.push(number);
        let next = mentions.get(number + 1).filter(|next| next.label.is_place());
        if let Some(next) = next {
            let gap = text.get(mention.span.end..next.span.start).unwrap_or("x");
            if matches!(gap, ", " | " (" | ", in ") {
                let wide = place::meant(next.span.of(text)).into_iter();
                name.behind.extend(wide.filter(|place| matches!(place.sort, Sort::Country | Sort::Region)));
            }
        }
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
        for behind in &name.behind {
            *weights.entry(behind.country).or_default() += 0.5;
        }
    }
    for mention in mentions.iter().filter(|mention| mention.label == Label::Norp) {
        if let Some(code) = lists::english().demonyms.get(mention.span.of(text)).filter(|code| **code != "-")
        {
            *weights.entry(code).or_default() += 0.7;
        }
    }
    let most = weights.values().copied().fold(1., f64::max);
    weights.values_mut().for_each(|weight| *weight /= most);
    weights
}

fn best(name: &Name, countries: &HashMap<&'static str, f64>, near: &[Place]) -> Option<Place> {
    let mut top: Option<(f64, Place)> = None;
    for place in &name.candidates {
        let (score, backed) = score(name, place, countries, near);
        // A village that nothing speaks for is no answer.
        let known = backed || place.sort != Sort::City || place.size > 12.;
        if known && top.is_none_or(|(most, _)| score > most) {
            top = Some((score, *place));
        }
    }
    top.map(|(_, place)| place)
}

fn score(name: &Name, place: &Place, countries: &HashMap<&'static str, f64>, near: &[Place]) -> (f64, bool) {
    let mut score = 0.5 * place.size;
    score += match place.sort {
        Sort::Country => 6.,
        Sort::Region => 1.5,
        Sort::Other => 2.,
        Sort::County => -3.,
        Sort::City => 0.,
    };
    let weight = countries.get(place.country).copied().unwrap_or(0.);
    score += 4. * weight;
    let inside = name.behind.iter().any(|wide| match wide.sort {
        Sort::Country => wide.country == place.country && place.sort != Sort::Country,
        _ => wide.number + 1 == place.region,
    });
    if inside {
        score += 12.;
    }
    let at = (place.lat, place.lon);
    let close = near
        .iter()
        .filter(|other| other.number != place.number)
        .map(|other| place::distance(at, (other.lat, other.lon)));
    let pull: f64 = close.map(|km| (-km / 150.).exp()).sum();
    score += 3. * pull.min(1.5);
    (score, inside || weight > 0.2 || pull > 0.3)
}
