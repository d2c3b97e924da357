//! Comparisons: the cases, and what holds whatever the documents say.

use copydesk::compare::{Group, compare};
use copydesk::document::{Document, Settings};
use proptest::prelude::*;
use std::sync::Arc;

fn read(text: &str, published: Option<&str>) -> Document {
    Document::taken(text.to_owned(), &Arc::new(Settings::default())).published_on(published)
}

fn groups(documents: &[(String, Document)]) -> Vec<Group> {
    let named: Vec<(&str, &Document)> =
        documents.iter().map(|(id, document)| (id.as_str(), document)).collect();
    compare(&named)
}

/// A group without the places of its documents in the list.
fn told(documents: &[(String, Document)]) -> Vec<String> {
    let row = |one: &copydesk::compare::Compared| {
        format!("{} {} {} {:?} {:?}", documents[one.document].0, one.claim, one.party, one.scope, one.amount)
    };
    groups(documents)
        .iter()
        .map(|group| {
            let rows: Vec<String> = group.claims.iter().map(row).collect();
            format!("{:?} {:?} {} {:?}", group.verdict, group.factor, group.sources, rows)
        })
        .collect()
}

fn field(group: &Group, name: &str) -> toml::Value {
    let text = |value: &Option<String>| value.clone().unwrap_or_default().into();
    match name {
        "verdict" => group.verdict.as_str().into(),
        "factor" => group.factor.map_or("".into(), toml::Value::from),
        "sources" => i64::try_from(group.sources).unwrap().into(),
        "event" => text(&group.event),
        "what" => text(&group.what),
        "whose" => text(&group.whose),
        "country" => text(&group.place),
        "unit" => text(&group.unit),
        "parties" => group.claims.iter().map(|one| one.party.clone()).collect::<Vec<_>>().into(),
        "scopes" => {
            group.claims.iter().map(|one| one.scope.clone().unwrap_or_default()).collect::<Vec<_>>().into()
        }
        other => panic!("no field {other}"),
    }
}

#[test]
fn cases() {
    let file: toml::Table = include_str!("../cases/comparisons.toml").parse().unwrap();
    let mut wrong = Vec::new();
    for case in file["case"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let document = |one: &toml::Value| {
            let published = one.get("published").and_then(toml::Value::as_str);
            (one["id"].as_str().unwrap().to_owned(), read(one["text"].as_str().unwrap(), published))
        };
        let mut documents: Vec<_> = case["documents"].as_array().unwrap().iter().map(document).collect();
        let (got, rows) = (groups(&documents), told(&documents));
        documents.reverse();
        assert_eq!(rows, told(&documents), "{name}: the order of the documents matters");
        let want = case["groups"].as_array().unwrap();
        if want.len() != got.len() {
            wrong.push(format!("{name}: {} wanted, found {got:?}", want.len()));
        }
        for (want, got) in want.iter().zip(&got) {
            for (key, value) in want.as_table().unwrap() {
                let found = field(got, key);
                if *value != found {
                    wrong.push(format!("{name}: {key} is {found}, not {value}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

const WORDS: &str = "(“|Kyiv |Reuters |the army |it |said |claims |that |has |had |lost |killed |taken |died |40 |about 80 |more than 300 |Russian soldiers |people |km |sq km \\(39 sq miles\\) |% of Sudan |in Chile |near Lviv |on Friday |in July |[.] |\\PC){0,30}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn what_holds_of_all_groups(texts in prop::collection::vec(WORDS, 1..5), turn in 0_usize..5) {
        let document = |(n, text): (usize, &String)| (n.to_string(), read(text, [Some("2022-09-10"), Some("2021-01-04"), None][n % 3]));
        let mut documents: Vec<_> = texts.iter().enumerate().map(document).collect();
        let rows = told(&documents);
        for group in groups(&documents) {
            prop_assert!(group.claims.len() > 1 && group.sources >= 1 && group.sources <= group.claims.len());
            prop_assert!(group.factor.is_none_or(|factor| factor > 1.0), "{group:?}");
            let units: Vec<_> = group.claims.iter().map(|one| {
                let document = &documents[one.document].1;
                let claim = &document.claims()[one.claim];
                let quantity = &document.quantities()[claim.quantity.unwrap()];
                // The second half of a conversion has no row.
                assert!(quantity.converts().is_none_or(|other| other > claim.quantity.unwrap()));
                quantity.si_unit
            }).collect();
            prop_assert!(units.windows(2).all(|pair| pair[0] == pair[1] || group.unit.as_deref() == Some("fraction")), "{units:?}");
        }
        let turn = turn % documents.len();
        documents.rotate_left(turn);
        prop_assert_eq!(rows, told(&documents));
    }
}
