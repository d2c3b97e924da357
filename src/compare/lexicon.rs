//! The English lists, read once, and the stems by which words are looked up.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Words that say what a claim is about.
pub(super) struct Lexicon {
    /// Verbs by their class; the verbs that tell nothing have none.
    events: HashMap<String, &'static str>,
    /// Nouns by their class, and by what happened to what they count.
    heads: HashMap<String, Head>,
    /// What those are who speak for a country.
    pub offices: HashSet<&'static str>,
    /// Seats of government and armies that bear no country's name, with its code.
    pub seats: HashMap<&'static str, &'static str>,
    /// Words that end the noun phrase that is counted.
    pub stops: HashSet<&'static str>,
}

/// What a counted noun tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// Whether it is of the list: people, houses and towns are counted for all sorts of reasons.
    pub common: bool,
    /// Its class; empty where it says no more than the measure does: "territory" of square kilometres.
    pub what: String,
    /// What happened: "die" of "deaths".
    pub event: Option<&'static str>,
}

/// The English lists.
pub(super) static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    events: lines(include_str!("en/events.txt"))
        .flat_map(|(word, class)| [(word.to_owned(), class), (stem(word), class)])
        .collect(),
    heads: lines(include_str!("en/heads.txt")).map(|(word, class)| (singular(word), head(class))).collect(),
    offices: include_str!("en/offices.txt").lines().collect(),
    seats: lines(include_str!("en/seats.txt")).collect(),
    stops: include_str!("en/stops.txt").lines().collect(),
});

fn lines(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    file.lines().filter_map(|line| line.split_once('\t'))
}

fn head(class: &'static str) -> Head {
    let (what, event) = class.split_once(' ').map_or((class, None), |(what, event)| (what, Some(event)));
    Head { common: true, what: what.trim_matches('-').to_owned(), event }
}

impl Lexicon {
    /// The class of a verb, or its stem; none for a verb that tells nothing, such as "was" and "put".
    pub fn event(&self, verb: &str) -> Option<String> {
        let class = self.events.get(verb).copied().or_else(|| self.events.get(&stem(verb)).copied());
        match class {
            Some("-") => None,
            Some(class) => Some(class.to_owned()),
            None => Some(stem(verb)).filter(|stem| !stem.is_empty()),
        }
    }

    /// The class of a noun, or the noun in the singular.
    pub fn head(&self, noun: &str) -> Head {
        let one = singular(noun);
        self.heads.get(&one).cloned().unwrap_or(Head { common: false, what: one, event: None })
    }
}

/// What the regular forms of a verb have in common: "destroy", "destroys", "destroyed", "destroying".
fn stem(verb: &str) -> String {
    for end in ["ies", "ied"] {
        if let Some(stem) = verb.strip_suffix(end).filter(|stem| stem.len() > 1) {
            return format!("{stem}y");
        }
    }
    let long = |stem: &&str| stem.len() > 2;
    let cut = ["ing", "ed", "es", "s", "e"].iter().find_map(|end| verb.strip_suffix(end).filter(long));
    let stem = cut.unwrap_or(verb);
    let mut letters = stem.chars().rev();
    match (letters.next(), letters.next()) {
        // "stopped"; "killed" and "passed" keep both in all their forms.
        (Some(last), Some(before)) if last == before && !matches!(last, 'l' | 's' | 'e' | 'o') => {
            stem.strip_suffix(last).unwrap_or(stem).to_owned()
        }
        _ => stem.to_owned(),
    }
}

/// A regular noun in the singular.
fn singular(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    if ["sses", "shes", "ches", "xes"].iter().any(|end| noun.ends_with(end)) {
        return noun.strip_suffix("es").unwrap_or(noun).to_owned();
    }
    let plain = noun.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']));
    plain.unwrap_or(noun).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [["destroy", "destroyed"], ["carries", "carried"], ["stopped", "stops"]] {
            assert_eq!(stem(forms[0]), stem(forms[1]));
        }
        assert_eq!(
            ["houses", "bodies", "churches", "bus", "troops"].map(singular),
            ["house", "body", "church", "bus", "troop"]
        );
    }

    #[test]
    fn classes() {
        let event = |verb| ENGLISH.event(verb);
        assert_eq!(event("died"), event("killed"));
        assert_eq!(event("were"), None);
        assert_eq!(
            ENGLISH.head("fatalities"),
            Head { common: true, what: "person".into(), event: Some("die") }
        );
        assert_eq!(ENGLISH.head("personnel").what, ENGLISH.head("soldiers").what);
        assert_eq!(ENGLISH.head("territory").what, "");
    }

    #[test]
    fn lists_are_sorted_without_doubles() {
        for file in
            [include_str!("en/events.txt"), include_str!("en/heads.txt"), include_str!("en/stops.txt")]
        {
            let lines: Vec<_> = file.lines().collect();
            assert!(lines.windows(2).all(|pair| pair[0] < pair[1]), "{file}");
        }
    }
}
