//! Claims: the cases, and what holds on any input.

use copydesk::claim::Claim;
use copydesk::document::{Document, Settings};
use proptest::prelude::*;
use std::sync::Arc;

fn document(text: &str) -> Document {
    Document::taken(text.to_owned(), &Arc::new(Settings::default())).published_on(Some("2023-05-08"))
}

fn field(doc: &Document, got: &Claim, name: &str) -> toml::Value {
    let words = |span: Option<copydesk::text::Span>| span.map_or("", |span| span.of(doc.text())).into();
    let number = |value: Option<f64>| value.unwrap_or(f64::NAN).into();
    let amount = got.amount.as_ref();
    match name {
        "text" => words(Some(got.span)),
        "source" => words(got.source),
        "source_name" => got.source_name.clone().unwrap_or_default().into(),
        "place" => words(got.place.and_then(|index| doc.entities().get(index)).map(|place| place.span)),
        "source_type" => got.source_kind.as_str().into(),
        "cue" => words(got.cue),
        "stance" => got.stance.as_str().into(),
        "in_quotes" => got.in_quotes.into(),
        "via" => words(got.via),
        "what" => words(got.what),
        "of" => words(got.of),
        "predicate" => words(got.predicate),
        "actor" => words(got.actor),
        "value" => number(got.value),
        "low" => number(got.low),
        "high" => number(got.high),
        "bound" => amount.map_or("", |amount| amount.bound.as_str()).into(),
        "unit" => amount.and_then(|amount| amount.unit.clone()).unwrap_or_default().into(),
        "twin" => i64::try_from(got.twin.unwrap_or(99)).unwrap().into(),
        "event_date" => got.date(doc.dates()).unwrap_or("").into(),
        "statement_date" => {
            got.statement_date.and_then(|index| doc.dates().get(index)).map_or("", |date| &date.value).into()
        }
        other => panic!("no field {other}"),
    }
}

#[test]
fn cases() {
    let file: toml::Table = include_str!("../cases/claims.toml").parse().unwrap();
    let mut wrong = Vec::new();
    for case in file["case"].as_array().unwrap() {
        let (name, text) = (case["name"].as_str().unwrap(), case["text"].as_str().unwrap());
        let none = Vec::new();
        let want = case.get("claims").map_or(&none, |claims| claims.as_array().unwrap());
        let doc = document(text);
        let got = doc.claims();
        if want.len() != got.len() {
            let texts: Vec<_> = got.iter().map(|claim| claim.span.of(text)).collect();
            wrong.push(format!("{name}: {} wanted, found {texts:?}", want.len()));
        }
        for (want, got) in want.iter().zip(got) {
            for (key, value) in want.as_table().unwrap() {
                let found = field(&doc, got, key);
                if *value != found {
                    wrong.push(format!("{name}: {key} is {found}, not {value}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn lists_are_sorted_without_doubles() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/claim/en");
    for path in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        let file = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<_> = file.lines().collect();
        assert!(lines.windows(2).all(|pair| pair[0] < pair[1]), "{}", path.display());
    }
}

proptest! {
    #[test]
    fn spans_lie_in_the_text(text in "([“”\"',.:(] |said |Kyiv |the |claims |that |has |lost |40 trucks |3 km |on Friday |in 2014 |still |\\PC){0,40}") {
        let doc = document(&text);
        for claim in doc.claims() {
            let spans = [Some(claim.span), claim.source, claim.cue, claim.what, claim.predicate, claim.actor, claim.via, claim.of];
            for span in spans.into_iter().flatten() {
                prop_assert!(span.start() < span.end() && text.get(span.start()..span.end()).is_some());
            }
            prop_assert!(claim.amount.is_some() || claim.event_date.is_some() || claim.standing);
        }
    }
}
