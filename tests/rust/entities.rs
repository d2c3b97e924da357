//! The name cases, and what holds for any text.

use std::time::Duration;

use copydesk::entity::atom::Lines;
use copydesk::entity::place::distance;
use copydesk::entity::{Entity, Label, Names, entities, given};
use copydesk::text::Span;
use copydesk::token::Words;
use proptest::prelude::*;

use super::growth;

fn read(text: &str) -> Vec<Entity> {
    entities(text, &Names::default())
}

fn field(text: &str, entity: &Entity, name: &str) -> String {
    match name {
        "text" => entity.span.of(text).to_owned(),
        "label" => entity.label.as_str().to_owned(),
        "canonical" => entity.canonical.to_string(),
        "role" => entity.role.map_or("", |role| role.of(text)).to_owned(),
        "country" => entity.country().unwrap_or("").to_owned(),
        "id" => entity.id.to_string(),
        other => panic!("no field is called {other}"),
    }
}

#[test]
fn cases() {
    let file: toml::Table = include_str!("../cases/entities.toml").parse().unwrap();
    let mut wrong = Vec::new();
    for case in file["case"].as_array().unwrap() {
        let (name, text) = (case["name"].as_str().unwrap(), case["text"].as_str().unwrap());
        let wanted = case["entities"].as_array().unwrap();
        let found = read(text);
        if found.len() != wanted.len() {
            let told: Vec<_> = found.iter().map(|entity| (entity.span.of(text), entity.label)).collect();
            wrong.push(format!("{name}: {told:?}"));
            continue;
        }
        for (entity, want) in found.iter().zip(wanted) {
            for (key, value) in want.as_table().unwrap() {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let got = field(text, entity, key);
                if got != value {
                    wrong.push(format!("{name}: {key} is {got:?}, not {value:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_users_names_win() {
    let text = "Paris met Acme Widgets. Acme's boss smiled.";
    let names =
        Names::new([("Paris", Label::Person), ("Acme", Label::Product), ("Acme Widgets", Label::Org)]);
    let found = entities(text, &names);
    let told: Vec<_> = found.iter().map(|entity| (entity.span.of(text), entity.label)).collect();
    assert_eq!(told, [("Paris", Label::Person), ("Acme Widgets", Label::Org), ("Acme", Label::Product)]);
}

#[test]
fn names_that_are_given_are_joined() {
    let text = "Ann Lee came. Lee left. Bob Lee stayed in Lima.";
    let span = |name: &str, from: usize| {
        let start = from + text[from..].find(name).unwrap();
        Span::new(start, start + name.len())
    };
    let spans = [
        (span("Ann Lee", 0), Label::Person),
        (span("Lee", 10), Label::Person),
        (span("Bob Lee", 0), Label::Person),
        (span("Lima", 0), Label::Gpe),
    ];
    let words = Words::new(text);
    let found = given(words.of(text), &spans);
    assert_eq!(found.iter().map(|entity| entity.id).collect::<Vec<_>>(), [0, 0, 1, 2]);
    assert_eq!(&*found[1].canonical, "Ann Lee");
    assert_eq!(found[3].country(), Some("PE"));
    assert!((found[3].lat().unwrap() + 12.04).abs() < 0.1 && (found[3].lon().unwrap() + 77.03).abs() < 0.1);
}

#[test]
fn time_grows_with_length_only() {
    let units =
        ["A", "Ab ", "Ann Lee ", "Lee ", "Paris, Texas, ", "U.S. ", "Gen. ", "Xa Xb Xc\n", ", the ", "A-1 "];
    growth::is_bounded(&units, |text| assert!(read(text).len() <= text.len()));
}

#[test]
fn a_thousand_namesakes_take_no_longer() {
    let people: String =
        (0..4_000).map(|n| format!("Ann{n} Lee met Lee{n} Smith in Springfield{n}.\n")).collect();
    let taken = growth::cpu(|| assert!(read(&people).len() > 4_000));
    assert!(taken < Duration::from_secs(8), "{taken:?}");
}

#[test]
fn a_long_name_is_not_repeated_for_each_of_its_mentions() {
    let text = format!("Ann {}. {}", "Lee".repeat(100_000), "Ann came. ".repeat(2_000));
    let bytes: usize = read(&text).iter().map(|entity| entity.canonical.len()).sum();
    assert!(bytes < 2 * text.len(), "{bytes}");
}

proptest! {
    #[test]
    fn spans_are_in_order_and_in_the_text(text in "(\\PC{0,8}|Mr |Ann Lee|, the |U.S.|\n|Kyiv’s | of |-){0,20}") {
        let mut end = 0;
        let found = read(&text);
        for entity in &found {
            prop_assert!(entity.span.start() >= end && entity.span.end() <= text.len() && !entity.span.is_empty());
            prop_assert!(!entity.span.of(&text).is_empty());
            prop_assert!(entity.role.is_none_or(|role| !role.of(&text).is_empty() && !role.overlaps(entity.span)));
            prop_assert!(entity.id < found.len());
            end = entity.span.end();
        }
    }
}

/// The names of a case, each with the kilometres to where it is put; what else the text names is evidence.
fn placed(case: &toml::Value) -> Vec<(String, Option<f64>)> {
    let text = case["text"].as_str().unwrap();
    let float = |value: &toml::Value| value.as_float().unwrap();
    let wanted: Vec<_> = case["near"].as_array().unwrap().iter().collect();
    let asked = wanted.iter().map(|name| {
        let name = name[0].as_str().unwrap();
        let start = text.find(name).unwrap();
        (Span::new(start, start + name.len()), Label::Gpe)
    });
    let mut spans: Vec<(Span, Label)> = asked.collect();
    let others = read(text).into_iter().map(|entity| (entity.span, entity.label));
    spans.extend(
        others.filter(|(span, _)| !spans.iter().any(|(asked, _)| asked.overlaps(*span))).collect::<Vec<_>>(),
    );
    let words = Words::new(text);
    let found = given(words.of(text), &spans);
    let away = |name: &&toml::Value| {
        let name = name.as_array().unwrap();
        let found = found.iter().find(|entity| entity.span.of(text) == name[0].as_str().unwrap());
        let at = found.and_then(|entity| entity.lat().zip(entity.lon()));
        (name[0].as_str().unwrap().to_owned(), at.map(|at| distance(at, (float(&name[1]), float(&name[2])))))
    };
    wanted.iter().map(away).collect()
}

#[test]
fn places_are_where_a_reader_would_look_for_them() {
    let file: toml::Table = include_str!("../cases/places.toml").parse().unwrap();
    let (mut names, mut wrong) = (0, Vec::new());
    for case in file["case"].as_array().unwrap() {
        for (name, away) in placed(case) {
            names += 1;
            if away.is_none_or(|km| km > 161.) {
                wrong.push(format!("{name}: {away:?} in {}", case["text"]));
            }
        }
    }
    assert!(wrong.len() * 20 < names, "{} of {names}:\n{}", wrong.len(), wrong.join("\n"));
}

/// A text with marked names: the text, the names, and the mark of each.
fn unmarked(marked: &str) -> (String, Vec<(Span, Label)>, Vec<&str>) {
    let (mut text, mut spans, mut marks) = (String::new(), Vec::new(), Vec::new());
    for (number, piece) in marked.split(['{', '}']).enumerate() {
        let Some((mark, name)) = piece.split_once(' ').filter(|_| number % 2 == 1) else {
            text.push_str(piece);
            continue;
        };
        let label = match &mark[..1] {
            "P" => Label::Person,
            "O" => Label::Org,
            "G" => Label::Gpe,
            "L" => Label::Loc,
            "F" => Label::Fac,
            _ => Label::Norp,
        };
        spans.push((Span::new(text.len(), text.len() + name.len()), label));
        marks.push(mark);
        text.push_str(name);
    }
    (text, spans, marks)
}

#[test]
fn names_of_one_are_joined_and_no_others() {
    let file: toml::Table = include_str!("../cases/merging.toml").parse().unwrap();
    for marked in file["texts"].as_array().unwrap() {
        let (text, spans, marks) = unmarked(marked.as_str().unwrap());
        let words = Words::new(&text);
        let found = given(words.of(&text), &spans);
        for (one, mark) in found.iter().zip(&marks) {
            for (other, its) in found.iter().zip(&marks) {
                let pair = (one.span.of(&text), other.span.of(&text));
                assert_eq!(one.id == other.id, mark == its, "{pair:?} in {text}");
            }
        }
    }
}

#[test]
fn a_paragraph_without_end_is_read_in_lines() {
    let sentence = "Ana Ruiz met Olaf Berg in Riga on Monday. ";
    let text = sentence.repeat(2_000);
    let words = Words::new(&text);
    let lines = Lines::new(words.of(&text));
    let lengths: Vec<usize> = lines.iter().map(|line| line.atoms.len()).collect();
    assert_eq!(lengths.iter().sum::<usize>(), words.of(&text).len());
    assert!(lengths.len() > 2 && lengths.iter().all(|length| *length < 5_000), "{lengths:?}");
    assert_eq!(read(&text).len(), 3 * 2_000);
}
