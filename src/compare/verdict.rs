//! What the claims of a group make together.

use std::collections::{BTreeMap, BTreeSet};

use super::measure::Measured;
use super::{Compared, Group, Verdict};

/// A group with its verdict.
pub(super) fn judged(claims: Vec<Measured>) -> Group {
    let mut scopes: BTreeMap<Vec<String>, Vec<&Measured>> = BTreeMap::new();
    for one in &claims {
        scopes.entry(one.scope.clone()).or_default().push(one);
    }
    let alike: Vec<&mut Vec<&Measured>> = scopes.values_mut().filter(|scope| scope.len() > 1).collect();
    let comparable: BTreeSet<Vec<String>> =
        alike.iter().filter_map(|scope| Some(scope.first()?.scope.clone())).collect();
    let judgements: Vec<(Verdict, Option<f64>)> = alike.into_iter().map(|scope| judge(scope)).collect();
    let worst = [Verdict::Differ, Verdict::Series, Verdict::Agree];
    let verdict = worst.into_iter().find(|verdict| judgements.iter().any(|(other, _)| other == verdict));
    let verdict = verdict.unwrap_or(Verdict::NotComparable);
    let factors = judgements.iter().filter(|(other, _)| *other == verdict).filter_map(|(_, factor)| *factor);
    let factor =
        factors.fold(None, |most: Option<f64>, factor| Some(most.map_or(factor, |most| most.max(factor))));
    let counts = |one: &&Measured| comparable.is_empty() || comparable.contains(&one.scope);
    let sources = claims.iter().filter(counts).map(|one| one.party.key()).collect::<BTreeSet<_>>().len();
    let topic = claims.first().map(|one| one.topic.clone()).unwrap_or_default();
    let told = |field: String| Some(field).filter(|field| !field.is_empty());
    Group {
        event: told(topic.event),
        what: told(topic.what),
        whose: told(topic.whose),
        place: told(topic.place),
        unit: told(topic.measure).filter(|measure| measure != "count"),
        verdict,
        factor,
        sources,
        claims: claims
            .into_iter()
            .map(|one| {
                let comparable = comparable.contains(&one.scope);
                compared(one, comparable)
            })
            .collect(),
    }
}

fn compared(one: Measured, comparable: bool) -> Compared {
    Compared {
        document: one.document,
        claim: one.claim,
        party: one.party.key(),
        amount: one.amount.point,
        low: one.amount.low,
        high: one.amount.high,
        as_of: one.as_of,
        scope: Some(one.scope.join(", ")).filter(|scope| !scope.is_empty()),
        comparable,
    }
}

/// Claims of one scope.
fn judge(claims: &mut [&Measured]) -> (Verdict, Option<f64>) {
    let least = claims.iter().map(|one| one.amount.high).fold(f64::INFINITY, f64::min);
    let most = claims.iter().map(|one| one.amount.low).fold(f64::NEG_INFINITY, f64::max);
    let (some_deny, some_say) = (claims.iter().any(|one| one.denied), claims.iter().any(|one| !one.denied));
    if some_deny && some_say {
        return (Verdict::Differ, None);
    }
    if most <= least {
        return (Verdict::Agree, None);
    }
    claims.sort_by(|a, b| a.as_of.cmp(&b.as_of).then(a.amount.point.total_cmp(&b.amount.point)));
    let points = || claims.iter().map(|one| one.amount.point);
    let verdict = if is_series(claims) { Verdict::Series } else { Verdict::Differ };
    let ratio = points().fold(f64::NEG_INFINITY, f64::max) / points().fold(f64::INFINITY, f64::min);
    (verdict, Some(ratio).filter(|ratio| ratio.is_finite() && *ratio > 0.))
}

/// Whether each claim says as much as the one before or, later, more. What two different named sources say at two times is two
/// accounts and no growth, unless the later one has been heard before.
fn is_series(claims: &[&Measured]) -> bool {
    let mut heard: BTreeSet<String> = BTreeSet::new();
    claims.iter().zip(claims.iter().skip(1)).all(|(before, one)| {
        heard.insert(before.party.key());
        let same = before.amount.low <= one.amount.high && one.amount.low <= before.amount.high;
        let later = before.as_of.zip(one.as_of).is_some_and(|(before, at)| before < at);
        let known = heard.contains(&one.party.key()) || !one.party.named || !before.party.named;
        same || later && known && before.amount.point < one.amount.point
    })
}
