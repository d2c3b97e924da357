//! Dates: the cases, the lists, and what holds on any input.

use crate::growth;
use copydesk::date::{Expression, Published, dates};
use proptest::prelude::*;

fn field(text: &str, got: &Expression, name: &str) -> String {
    let moment = |at: Option<jiff::civil::DateTime>| {
        let day = |at: jiff::civil::DateTime| at.date().to_string();
        let clock = |at: jiff::civil::DateTime| at.strftime("%Y-%m-%d %H:%M:%S").to_string();
        at.map_or(String::new(), if got.is_of_the_clock() { clock } else { day })
    };
    match name {
        "text" => got.span.of(text).to_owned(),
        "type" => got.kind.as_str().to_owned(),
        "value" => got.value.clone(),
        "mod" => got.modifier.map_or("", |modifier| modifier.as_str()).to_owned(),
        "freq" => got.frequency.clone().unwrap_or_default(),
        "earliest" => moment(got.earliest),
        "latest" => moment(got.latest),
        "relation" => got.relation.map_or("", |relation| relation.as_str()).to_owned(),
        "alternatives" => got.alternatives.join(","),
        other => panic!("no field {other}"),
    }
}

#[test]
fn cases() {
    let file: toml::Table = include_str!("../cases/dates.toml").parse().unwrap();
    let mut wrong = Vec::new();
    for case in file["case"].as_array().unwrap() {
        let (name, text) = (case["name"].as_str().unwrap(), case["text"].as_str().unwrap());
        let published = case.get("published").map(|at| Published::read(at.as_str().unwrap()).unwrap());
        let none = Vec::new();
        let want = case.get("dates").map_or(&none, |dates| dates.as_array().unwrap());
        let got = dates(text, published);
        if want.len() != got.len() {
            let texts: Vec<_> = got.iter().map(|date| date.span.of(text)).collect();
            wrong.push(format!("{name}: {} wanted, found {texts:?}", want.len()));
        }
        for (want, got) in want.iter().zip(&got) {
            for (key, value) in want.as_table().unwrap() {
                let found = field(text, got, key);
                if value.as_str() != Some(&found) {
                    wrong.push(format!("{name}: {key} is {found:?}, not {value}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn lists_are_sorted_without_doubles() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/date/en");
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let keys: Vec<_> = text.lines().skip(1).map(|line| line.split('\t').next().unwrap()).collect();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "{}", path.display());
    }
}

#[test]
fn the_day_of_publication_is_read_with_its_clock() {
    let value =
        |published: &str| dates("It closed two hours ago.", Published::read(published))[0].value.clone();
    assert_eq!(value("2024-05-17T08:30:00Z"), "2024-05-17T06:30");
    assert_eq!(value("2024-05-17"), "2024-05-16TXX");
    for nonsense in ["", "17 May", "2024-13-01", "2024-02-30", "yesterday"] {
        assert!(Published::read(nonsense).is_none(), "{nonsense}");
    }
}

#[test]
fn time_grows_with_the_text() {
    let pieces = [
        "7",
        "1-2-",
        "a.a.a",
        "the ",
        "the end of ",
        "early ",
        "24 February ",
        "5 to 6 and ",
        "Monday, ",
        "10, ",
        "in 1914–",
        "2012-13-",
        "'99",
        "twenty-",
        "one hundred ",
        "first week of ",
        "8:30 ",
        "half past ",
        "at least ",
        "more than ",
        "two years and ",
        "more than two years before ",
        "the next the last ",
        "May 4 and 5 ",
        "1/2/",
        "the morning of ",
        "a ",
        "q3 ",
        "BC ",
        "this past ",
        "every other ",
        "new year's ",
        "martin luther king ",
        "the third quarter of the first half of ",
        "later in ",
        "rest of the ",
        "between 1 and ",
        "said ",
    ];
    growth::is_bounded(&pieces, |text| {
        let _ = dates(text, Published::read("2024-05-17"));
    });
}

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "the",
        "a",
        "two",
        "twenty",
        "first",
        "second",
        "last",
        "next",
        "this",
        "that",
        "same",
        "of",
        "in",
        "and",
        "to",
        "year",
        "years",
        "week",
        "day",
        "quarter",
        "century",
        "Monday",
        "Sat",
        "May",
        "March",
        "Sept",
        ".",
        ",",
        "-",
        "–",
        "/",
        ":",
        "'",
        "’",
        "31",
        "29",
        "1914",
        "2022",
        "99",
        "0",
        "00",
        "24",
        "8:30",
        "p.m",
        "GMT",
        "BC",
        "AD",
        "s",
        "th",
        "ago",
        "later",
        "before",
        "after",
        "early",
        "end",
        "mid",
        "morning",
        "night",
        "Christmas",
        "Easter",
        "every",
        "half",
        "past",
        "now",
        "FY",
        "q",
        "3",
        "fiscal",
        "99999",
        "9999",
        "0001",
        "1e9",
        "é",
        "10,000",
        "million",
        "will",
    ]);
    prop::collection::vec((word, prop::bool::ANY), 0..25)
        .prop_map(|w| w.into_iter().map(|(w, s)| format!("{w}{}", if s { " " } else { "" })).collect())
}

fn sound(text: &str, published: Option<Published>) {
    let found = dates(text, published);
    for date in &found {
        let inside = text.get(date.span.start()..date.span.end());
        assert!(inside.is_some_and(|s| !s.is_empty() && s == s.trim()), "{text:?} {date:?}");
        assert!(!date.value.is_empty(), "{text:?} {date:?}");
        assert_eq!(date.earliest.is_some(), date.latest.is_some(), "{text:?} {date:?}");
        assert!(date.earliest <= date.latest, "{text:?} {date:?}");
        assert!(published.is_some() || date.value != "2024-05-17", "{text:?} {date:?}");
    }
    assert!(found.windows(2).all(|pair| pair[0].span.end() <= pair[1].span.start()), "{text:?} {found:?}");
}

proptest! {
    #[test]
    fn spans_are_sound_on_any_text(text in any::<String>()) {
        sound(&text, None);
    }

    #[test]
    fn spans_are_sound_on_words_of_time(text in words(), year in 1_i16..9999) {
        sound(&text, None);
        let published = jiff::civil::Date::new(year, 12, 31).unwrap();
        sound(&text, Some(published.into()));
    }
}
