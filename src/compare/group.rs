//! Claims about the same thing, put together.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::measure::{Measured, Topic};

/// Claims that lie further apart in time are about different things, in days.
const APART: i64 = 366;

/// Groups of two or more, sorted by what they are about and by time. `places` are those that each document names.
pub(super) fn groups(measured: Vec<Measured>, places: &[HashSet<String>]) -> Vec<Vec<Measured>> {
    let told = filled(without_parts(measured), |topic| &mut topic.what, |_, _| true);
    // That two died in Poland is no place for those of an article which does not speak of Poland.
    let names =
        |document: usize, place: &str| places.get(document).is_some_and(|names| names.contains(place));
    let placed = filled(told, |topic| &mut topic.place, names);
    let mut by_topic: BTreeMap<Topic, Vec<Measured>> = BTreeMap::new();
    for one in placed {
        by_topic.entry(one.topic.clone()).or_default().push(one);
    }
    by_topic.into_values().flat_map(by_time).filter(|group| group.len() > 1).collect()
}

/// Without amounts that one source gives of one thing in one sentence: "from £4.20 to £6.50", "3m on average and up to 8m in places"
/// are parts or stages of it, and nobody says which.
fn without_parts(measured: Vec<Measured>) -> Vec<Measured> {
    let key = |one: &Measured| (one.document, one.sentence, one.party.key(), one.topic.clone());
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for one in &measured {
        *counts.entry(key(one)).or_default() += 1;
    }
    measured.into_iter().filter(|one| counts.get(&key(one)) == Some(&1)).collect()
}

/// What one claim leaves open is what the others say, where these all say the same and it fits the claim's document.
fn filled(
    mut measured: Vec<Measured>,
    field: fn(&mut Topic) -> &mut String,
    fits: impl Fn(usize, &str) -> bool,
) -> Vec<Measured> {
    let rest = |topic: &Topic| {
        let mut rest = topic.clone();
        let value = std::mem::take(field(&mut rest));
        (rest, value)
    };
    let mut values: BTreeMap<Topic, BTreeSet<String>> = BTreeMap::new();
    for (rest, value) in measured.iter().map(|one| rest(&one.topic)).filter(|(_, value)| !value.is_empty()) {
        values.entry(rest).or_default().insert(value);
    }
    for one in &mut measured {
        let (rest, value) = rest(&one.topic);
        let known = values.get(&rest).filter(|known| value.is_empty() && known.len() == 1);
        if let Some(only) = known.and_then(BTreeSet::first).filter(|only| fits(one.document, only)) {
            field(&mut one.topic).clone_from(only);
        }
    }
    measured
}

/// Cut where nothing is said for more than a year. What has no time is held against what has none.
fn by_time(mut claims: Vec<Measured>) -> Vec<Vec<Measured>> {
    claims.sort_by_key(|one| one.as_of);
    let near = |before: &Measured, one: &Measured| match (before.as_of, one.as_of) {
        (Some(before), Some(at)) => {
            at.date().since(before.date()).is_ok_and(|gap| i64::from(gap.get_days()) <= APART)
        }
        (before, at) => before == at,
    };
    claims.chunk_by(near).map(<[Measured]>::to_vec).collect()
}
