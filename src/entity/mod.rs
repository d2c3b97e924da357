//! Names: people, organisations, places and nationalities, joined within the document and put on the map.
//!
//! A linear-chain model over hashed features labels each token (`atom`, `features`, `model`), twice: the second time it knows what
//! the document said of the same words elsewhere (`evidence`). Lists add events and products and the user's own names (`mention`,
//! `names`). Then roles are looked for beside people (`role`), names are joined (`merge`) and places chosen (`locate`).

pub mod atom;
pub mod evidence;
pub mod features;
pub mod hash;
mod label;
pub mod lexicon;
mod lists;
mod locate;
mod memo;
mod mention;
mod merge;
pub mod model;
mod names;
pub mod place;
mod reading;
mod role;
pub mod table;
mod weigh;

use std::sync::Arc;

use self::atom::{Kept, Lines};
pub use self::label::Label;
use self::mention::Mention;
pub use self::names::Names;
pub use self::place::Spot;
use crate::text::Span;
use crate::token::{Tokens, Words};

/// A name.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Where it stands, without article, title and possessive.
    pub span: Span,
    /// What it is.
    pub label: Label,
    /// The number of the entity in its document: names with the same number are one.
    pub id: usize,
    /// The fullest form of the name in the document.
    pub canonical: Arc<str>,
    /// The title or role beside a person's name.
    pub role: Option<Span>,
    /// Where the place lies that it means.
    pub spot: Option<Spot>,
}

impl Entity {
    fn place(&self) -> Option<place::Place> {
        self.spot.and_then(Spot::place)
    }

    /// The country of a place, ISO 3166-1 alpha-2.
    #[must_use]
    pub fn country(&self) -> Option<&'static str> {
        self.place().map(|place| place.country).filter(|code| !code.is_empty())
    }

    /// Degrees north.
    #[must_use]
    pub fn lat(&self) -> Option<f64> {
        self.place().map(|place| place.lat)
    }

    /// Degrees east.
    #[must_use]
    pub fn lon(&self) -> Option<f64> {
        self.place().map(|place| place.lon)
    }

    /// The place's number at GeoNames.
    #[must_use]
    pub fn geonames_id(&self) -> Option<u32> {
        self.place().map(|place| place.geonames).filter(|number| *number > 0)
    }
}

/// The country of a people or of a country's own name: "Ukrainian", "the US".
pub(crate) fn country(name: &str) -> Option<&'static str> {
    let code = lists::english().demonyms.get(name).copied().filter(|code| *code != "-");
    let own = || place::candidates(name).into_iter().find(|place| place.sort == place::Sort::Country);
    code.or_else(|| own().map(|place| place.country).filter(|code| !code.is_empty()))
}

/// The adjective of a country: "Russian" of "Russia", and of itself; none where it shares no beginning with the name.
pub(crate) fn adjective(name: &str) -> Option<&'static str> {
    let code = country(name)?;
    let shared = |word: &str| word.bytes().zip(name.bytes()).take_while(|(a, b)| a == b).count();
    let formed = |word: &&str| ["an", "ch", "ese", "i", "ic", "ish"].iter().any(|end| word.ends_with(end));
    let words = lists::english().demonyms.iter().filter(|(_, other)| **other == code).map(|(word, _)| *word);
    // Of "French" and "Frenchwoman" it is the short one.
    words
        .filter(formed)
        .max_by_key(|word| (shared(word), std::cmp::Reverse(word.len()), *word))
        .filter(|word| shared(word) > 1)
}

/// Whether a word is several of one people: "Russians", "Democrats".
pub(crate) fn is_people(word: &str) -> bool {
    word.ends_with('s') && lists::english().demonyms.contains_key(word)
}

/// The names of `text`, in order and disjoint; the user's own win over the model.
///
/// ```
/// use copydesk::entity::{Names, entities};
/// let found = entities("Mr Putin met Sergei Lavrov in Moscow. Lavrov left.", &Names::default());
/// let told: Vec<_> = found.iter().map(|name| (name.label.as_str(), &*name.canonical)).collect();
/// assert_eq!(told, [("PERSON", "Putin"), ("PERSON", "Sergei Lavrov"), ("GPE", "Moscow"), ("PERSON", "Sergei Lavrov")]);
/// ```
#[must_use]
pub fn entities(text: &str, names: &Names) -> Vec<Entity> {
    found(Words::new(text).of(text), names)
}

/// `entities` of a text that is cut into tokens already.
#[must_use]
pub fn found(tokens: Tokens<'_>, names: &Names) -> Vec<Entity> {
    let (text, lines) = (tokens.text(), Lines::new(tokens));
    let mentions = mention::mentions(text, &lines, names);
    joined(text, &lines, mentions)
}

/// Names that are known already, joined and put on the map; those that overlap one before them are left out.
#[must_use]
pub fn given(tokens: Tokens<'_>, spans: &[(Span, Label)]) -> Vec<Entity> {
    let (text, lines) = (tokens.text(), Lines::new(tokens));
    joined(text, &lines, mention::given(text, &lines, spans))
}

fn joined(text: &str, lines: &Lines<'_>, mut mentions: Vec<Mention>) -> Vec<Entity> {
    merge::relabel(text, &mut mentions);
    let (numbers, merged) = merge::merge(text, &mentions);
    let spots = locate::locate(text, &mentions);
    let mut kept = Kept::new(lines);
    let mut role = |mention: &Mention| {
        if mention.label != Label::Person {
            return None;
        }
        let line = kept.get(mention.line)?;
        role::role(text, &line.atoms, mention.start, mention.end)
    };
    let canonical = |mention: &Mention, merged: Option<&merge::Merged>| match merged {
        Some(merged) if !merged.canonical.is_empty() => Arc::clone(&merged.canonical),
        // A name that was given and is too long to be repeated.
        _ => mention.span.of(text).into(),
    };
    let entity = |((mention, id), spot): ((&Mention, usize), Option<Spot>)| Entity {
        span: mention.span,
        label: mention.label,
        id,
        canonical: canonical(mention, merged.get(id)),
        role: role(mention),
        spot,
    };
    mentions.iter().zip(numbers).zip(spots).map(entity).collect()
}
