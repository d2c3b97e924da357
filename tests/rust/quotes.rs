//! Quotations: the cases, the lists, and what holds on any input.

use copydesk::quote::{Quote, quotes};
use proptest::prelude::*;

use super::growth;

fn check(case: &str, text: &str, want: &toml::Table, got: &Quote) -> Vec<String> {
    let mut wrong = Vec::new();
    for (field, value) in want {
        let found: toml::Value = match field.as_str() {
            "kind" => got.kind.as_str().into(),
            "speaker" => got.speaker.map_or("", |span| span.of(text)).into(),
            "name" => got.name.map_or("", |span| span.of(text)).into(),
            "cue" => got.cue.map_or("", |span| span.of(text)).into(),
            "stance" => got.stance.map_or("", |stance| stance.as_str()).into(),
            "content" => got.content.iter().map(|span| span.of(text)).collect::<Vec<_>>().into(),
            other => panic!("{case}: no field {other}"),
        };
        if *value != found {
            wrong.push(format!("{case}: {field} is {found}, not {value}"));
        }
    }
    wrong
}

#[test]
fn cases() {
    let file: toml::Table = include_str!("../cases/quotes.toml").parse().unwrap();
    let mut wrong = Vec::new();
    for case in file["case"].as_array().unwrap() {
        let (name, text) = (case["name"].as_str().unwrap(), case["text"].as_str().unwrap());
        let none = Vec::new();
        let want = case.get("quotes").map_or(&none, |quotes| quotes.as_array().unwrap());
        let got = quotes(text);
        if want.len() != got.len() {
            let texts: Vec<_> = got.iter().map(|quote| quote.span().of(text)).collect();
            wrong.push(format!("{name}: {} wanted, found {texts:?}", want.len()));
        }
        for (want, got) in want.iter().zip(&got) {
            wrong.extend(check(name, text, want.as_table().unwrap(), got));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn lists_are_sorted_without_doubles() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/quote/en");
    for path in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        let file = std::fs::read_to_string(&path).unwrap();
        let keys: Vec<_> = file.lines().map(|line| line.split('\t').next().unwrap()).collect();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "{}", path.display());
    }
}

#[test]
fn every_form_has_its_verb() {
    let verbs = include_str!("../../src/quote/en/verbs.txt");
    let verbs: Vec<_> = verbs.lines().map(|line| line.split('\t').next().unwrap()).collect();
    for line in include_str!("../../src/quote/en/forms.txt").lines() {
        assert!(verbs.contains(&line.split('\t').nth(1).unwrap()), "{line}");
    }
}

#[test]
fn time_grows_with_the_text() {
    let pieces = [
        "“",
        "”",
        "\"",
        "'",
        "‘",
        "’ ",
        "''",
        "said ",
        "he said ",
        "“a,” he said, ",
        ", said he",
        "according to ",
        "(",
        ", ",
        "and ",
        "that ",
        "who ",
        "claim that ",
        "said:\n",
        "A: b\n",
        "to say ",
        "of the ",
        "Mr. ",
        "\n",
        "it is said that ",
        "“No.”\n",
        "saying ",
        "the ",
        "Smith, the man, ",
    ];
    growth::is_bounded(&pieces, |text| {
        let _ = quotes(text);
    });
}

proptest! {
    #[test]
    fn spans_lie_in_the_text(text in "([“”\"'‘’,.:()—\n ]|said|he|Smith|the|claims|that|to|according to| |\\PC){0,60}") {
        for quote in quotes(&text) {
            prop_assert!(!quote.content.is_empty());
            for span in quote.content.iter().chain(&quote.speaker).chain(&quote.cue).chain(&quote.name) {
                prop_assert!(span.start() < span.end() && text.get(span.start()..span.end()).is_some());
            }
            prop_assert!(quote.content.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
        }
    }
}
