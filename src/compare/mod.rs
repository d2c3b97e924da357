//! What different claims say of the same thing: whether they agree, by what factor they differ, whether they are a growing
//! series, and how many independent sources there are.
//!
//! A claim is laid out first (`measure`): what it is about, how much, when, where, of what whole, and by whose word (`party`).
//! Claims about the same are put together (`group`), and each group is judged (`verdict`). Nothing depends on the order of the
//! documents.

mod amount;
mod group;
mod lexicon;
mod measure;
mod party;
mod verdict;

use jiff::civil::DateTime;

use crate::document::Document;
use crate::named::named;

named! {
    /// What the claims of a group make together.
    Verdict {
        /// All that can be compared say the same.
        Agree = "agree",
        /// Some say more than others.
        Differ = "differ",
        /// Later claims say more than earlier ones.
        Series = "series",
        /// Each is of another whole, place or time.
        NotComparable = "not_comparable",
    }
}

/// Claims about the same thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What happens: a class of verbs ("die"), or the stem of the verb.
    pub event: Option<String>,
    /// What is counted: a class of nouns ("soldier"), or the noun.
    pub what: Option<String>,
    /// The country that it belongs to, ISO 3166-1 alpha-2.
    pub whose: Option<String>,
    /// The country, or the place that lies in none.
    pub place: Option<String>,
    /// What amounts are given in: an SI unit, a currency, `fraction`; none for counts.
    pub unit: Option<String>,
    /// What the claims make together.
    pub verdict: Verdict,
    /// How many times the least amount the largest is; of a series the first and the last.
    pub factor: Option<f64>,
    /// Independent sources of what was compared.
    pub sources: usize,
    /// The claims, by time.
    pub claims: Vec<Compared>,
}

/// A claim in a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The index of its document.
    pub document: usize,
    /// The index of the claim there.
    pub claim: usize,
    /// By whose word: a country, a name, or the publisher. What has the same is one source.
    pub party: String,
    /// The amount in the unit of the group.
    pub amount: f64,
    /// The least that it is taken to mean.
    pub low: f64,
    /// The most.
    pub high: f64,
    /// The moment it speaks of at the latest.
    pub as_of: Option<DateTime>,
    /// What sets it apart from the others: another whole, place or time.
    pub scope: Option<String>,
    /// Whether there is another claim of the same scope.
    pub comparable: bool,
}

/// The groups of two or more claims about the same thing in documents with their names, sorted by what they are about.
///
/// ```
/// use copydesk::compare::{Verdict, compare};
/// use copydesk::document::{Document, Settings};
/// use std::sync::Arc;
///
/// let settings = Arc::new(Settings::default());
/// let read = |text: &str| Document::taken(text.to_owned(), &settings);
/// let (a, b) = (read("The navy said 40 sailors had died."), read("Reuters said 80 sailors died."));
/// let groups = compare(&[("a", &a), ("b", &b)]);
/// assert_eq!((groups[0].verdict, groups[0].factor, groups[0].sources), (Verdict::Differ, Some(2.0), 2));
/// ```
#[must_use]
pub fn compare(documents: &[(&str, &Document)]) -> Vec<Group> {
    let mut measured = measure::measured(documents);
    party::join(&mut measured);
    let mut groups: Vec<Group> =
        group::groups(measured, &measure::places(documents)).into_iter().map(verdict::judged).collect();
    for claims in groups.iter_mut().map(|group| &mut group.claims) {
        claims.sort_by(|a, b| {
            let name = |one: &Compared| documents.get(one.document).map(|(id, _)| *id);
            (a.as_of, name(a), a.claim).cmp(&(b.as_of, name(b), b.claim))
        });
    }
    groups
}
