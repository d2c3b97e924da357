//! The tables of a comparison. They are of a corpus as a whole: what a document adds depends on all the others.

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;

use super::{Columns, Found, Row};
use crate::claim::{Claim, SourceKind};
use crate::compare::{self, Compared, Group, Verdict};
use crate::document::Document;
use crate::quote::Stance;

fn compare(rows: &[Row<'_>]) -> Vec<Group> {
    let documents: Vec<(&str, &Document)> = rows.iter().map(|row| (row.id, row.document)).collect();
    compare::compare(&documents)
}

/// The groups of claims about the same thing, a row a claim.
///
/// # Errors
/// Columns that do not fit their schema.
pub fn compared(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let groups = compare(rows);
    let numbered = groups.iter().enumerate();
    let all: Vec<(usize, &Group, &Compared)> =
        numbered.flat_map(|(n, group)| group.claims.iter().map(move |one| (n, group, one))).collect();
    let found = |one: &Compared| {
        let row = rows.get(one.document)?;
        let claim = row.document.claims().get(one.claim)?;
        Some((Found { id: row.id, document: row.document, index: one.claim, span: claim.span }, claim))
    };
    let (spans, claims): (Vec<Found<'_>>, Vec<&Claim>) =
        all.iter().filter_map(|(_, _, one)| found(one)).unzip();
    let place = |(row, claim): (&Found<'_>, &&Claim)| {
        claim
            .place
            .and_then(|place| row.document.entities().get(place))
            .map(|place| place.canonical.to_string())
    };
    let places: Vec<Option<String>> = spans.iter().zip(&claims).map(place).collect();
    let via: Vec<Option<&str>> = spans
        .iter()
        .zip(&claims)
        .map(|(row, claim)| claim.via.map(|via| via.of(row.document.text())))
        .collect();
    topic(
        Columns::default().whole("group", all.iter().map(|(n, ..)| Some(*n))).required(),
        all.iter().map(|(_, group, _)| *group),
    )
    .text("scope", all.iter().map(|(.., one)| one.scope.as_deref()))
    .flag("comparable", all.iter().map(|(.., one)| Some(one.comparable)))
    .required()
    .text("party", all.iter().map(|(.., one)| Some(one.party.as_str())))
    .required()
    .number("amount", all.iter().map(|(.., one)| Some(one.amount)))
    .required()
    .number("low", all.iter().map(|(.., one)| Some(one.low)))
    .required()
    .number("high", all.iter().map(|(.., one)| Some(one.high)))
    .required()
    .moment("as_of", all.iter().map(|(.., one)| one.as_of))
    .id(spans.iter().map(|row| row.id))
    .index("claim", &spans)
    .whole("sentence", claims.iter().map(|claim| Some(claim.sentence)))
    .required()
    .spans(&spans)
    .text("source_name", claims.iter().map(|claim| claim.source_name.as_deref()))
    .label("source_type", names!(SourceKind), claims.iter().map(|claim| Some(claim.source_kind.as_str())))
    .required()
    .text("via", via.iter().copied())
    .label("stance", names!(Stance), claims.iter().map(|claim| Some(claim.stance.as_str())))
    .required()
    .text("place", places.iter().map(Option::as_deref))
    .finish()
}

/// What a group is about and what its claims make together.
fn topic<'g>(columns: Columns, groups: impl Iterator<Item = &'g Group> + Clone) -> Columns {
    columns
        .label("verdict", names!(Verdict), groups.clone().map(|group| Some(group.verdict.as_str())))
        .required()
        .number("factor", groups.clone().map(|group| group.factor))
        .whole("sources", groups.clone().map(|group| Some(group.sources)))
        .required()
        .text("event", groups.clone().map(|group| group.event.as_deref()))
        .text("what", groups.clone().map(|group| group.what.as_deref()))
        .text("whose", groups.clone().map(|group| group.whose.as_deref()))
        .text("country", groups.clone().map(|group| group.place.as_deref()))
        .text("unit", groups.map(|group| group.unit.as_deref()))
}

/// The groups of claims about the same thing, a row a group.
///
/// # Errors
/// Columns that do not fit their schema.
pub fn groups(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let groups = compare(rows);
    let amounts = |group: &Group| group.claims.iter().map(|one| one.amount).collect::<Vec<_>>();
    let least = |group: &Group| amounts(group).into_iter().reduce(f64::min);
    let most = |group: &Group| amounts(group).into_iter().reduce(f64::max);
    let documents = |group: &Group| {
        group.claims.iter().map(|one| one.document).collect::<std::collections::BTreeSet<_>>().len()
    };
    topic(Columns::default().whole("group", (0..groups.len()).map(Some)).required(), groups.iter())
        .whole("claims", groups.iter().map(|group| Some(group.claims.len())))
        .required()
        .whole("documents", groups.iter().map(|group| Some(documents(group))))
        .required()
        .number("least", groups.iter().map(least))
        .required()
        .number("most", groups.iter().map(most))
        .required()
        .moment("first", groups.iter().map(|group| group.claims.iter().filter_map(|one| one.as_of).min()))
        .moment("last", groups.iter().map(|group| group.claims.iter().filter_map(|one| one.as_of).max()))
        .finish()
}
