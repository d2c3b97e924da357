//! Quantities: the cases, the lists, and what holds on any input.

use crate::growth;
use copydesk::quantity::{Quantity, quantities};
use proptest::prelude::*;

fn check(case: &str, text: &str, want: &toml::Table, got: &Quantity) -> Vec<String> {
    let mut wrong = Vec::new();
    for (field, value) in want {
        let found: toml::Value = match field.as_str() {
            "text" => got.span.of(text).into(),
            "core" => got.core.of(text).into(),
            "counted" => got.counted.map_or("", |s| s.of(text)).into(),
            "value" => got.value.unwrap_or(f64::NAN).into(),
            "low" => got.low.unwrap_or(f64::NAN).into(),
            "high" => got.high.unwrap_or(f64::NAN).into(),
            "no_value" => got.value.is_none().into(),
            "bound" => got.bound.as_str().into(),
            "kind" => got.kind.as_str().into(),
            "change" => got.change.map_or("", |c| c.as_str()).into(),
            "unit" => got.unit.as_deref().unwrap_or_default().into(),
            "per" => got.per.as_deref().unwrap_or_default().into(),
            "converts" => i64::try_from(got.converts().unwrap_or(99)).unwrap().into(),
            "agrees" => got.agrees().unwrap_or(false).into(),
            other => panic!("{case}: no field {other}"),
        };
        let same = match (value.as_float(), found.as_float()) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
            _ => *value == found,
        };
        if !same {
            wrong.push(format!("{case}: {field} is {found}, not {value}"));
        }
    }
    wrong
}

#[test]
fn cases() {
    let file: toml::Table = include_str!("../cases/quantities.toml").parse().unwrap();
    let mut wrong = Vec::new();
    for case in file["case"].as_array().unwrap() {
        let (name, text) = (case["name"].as_str().unwrap(), case["text"].as_str().unwrap());
        let none = Vec::new();
        let want = case.get("quantities").map_or(&none, |q| q.as_array().unwrap());
        let got = quantities(text);
        if want.len() != got.len() {
            let texts: Vec<_> = got.iter().map(|q| q.span.of(text)).collect();
            wrong.push(format!("{name}: {} wanted, found {texts:?}", want.len()));
        }
        for (want, got) in want.iter().zip(&got) {
            wrong.extend(check(name, text, want.as_table().unwrap(), got));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn lists() -> Vec<(String, String)> {
    let folders =
        ["/src/quantity/en", "/src/number/en"].map(|f| format!("{}{f}", env!("CARGO_MANIFEST_DIR")));
    let files = folders.iter().flat_map(|f| std::fs::read_dir(f).unwrap().map(|f| f.unwrap().path()));
    files.map(|p| (p.display().to_string(), std::fs::read_to_string(&p).unwrap())).collect()
}

#[test]
fn lists_are_sorted_without_doubles() {
    for (name, file) in lists() {
        let lines: Vec<_> = file.lines().skip(1).collect();
        assert!(lines.windows(2).all(|w| w[0] < w[1]), "{name}");
        let mut keys: Vec<_> = lines.iter().map(|l| l.split('\t').next().unwrap()).collect();
        keys.sort_unstable();
        assert!(keys.windows(2).all(|w| w[0] != w[1]), "{name} has a key twice");
    }
}

#[test]
fn every_alias_names_a_unit() {
    let files = lists();
    let file = |name: &str| &files.iter().find(|(n, _)| n.ends_with(name)).unwrap().1;
    let units: Vec<_> = file("/units.txt").lines().skip(1).map(|l| l.split('\t').next().unwrap()).collect();
    for aliases in ["/unit_words.txt", "/unit_symbols.txt"] {
        for line in file(aliases).lines().skip(1) {
            assert!(units.contains(&line.split('\t').nth(1).unwrap()), "{line}");
        }
    }
}

#[test]
fn time_grows_with_the_text() {
    let pieces = [
        "7",
        "1,000,",
        "1-2-",
        "one hundred million ",
        "twenty-",
        "- ",
        "$",
        "5 to ",
        "a ",
        "of ",
        "dozens of ",
        "between 1 and ",
        "more than ",
        "a half and ",
        "1.",
        "5m",
        "5 miles (",
        "Street ",
        "9 A ",
        "1 May ",
        "0 ",
        "1/",
        "'",
        "12 34 ",
        "one and ",
        "thousands of ",
        "-5",
        "5-",
        "10 or ",
    ];
    growth::is_bounded(&pieces, |text| {
        let _ = quantities(text);
    });
}

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "one",
        "two",
        "a",
        "half",
        "third",
        "thirds",
        "million",
        "dozens",
        "of",
        "and",
        "to",
        "between",
        "more than",
        "about",
        "5",
        "1,000",
        "2.5",
        "1e999",
        "2014",
        "May",
        "$",
        "€",
        "%",
        "-",
        "–",
        "(",
        ")",
        "km",
        "miles",
        "per",
        "day",
        "people",
        "Russian",
        ".",
        ",",
        "½",
        "°C",
        "m",
        "bn",
        "or more",
        "rose",
        "é",
        "“",
        "minus",
        "/",
        ":",
        "+",
    ]);
    prop::collection::vec((word, prop::bool::ANY), 0..30)
        .prop_map(|w| w.into_iter().map(|(w, s)| format!("{w}{}", if s { " " } else { "" })).collect())
}

fn sound(text: &str) {
    let found = quantities(text);
    for q in &found {
        assert!(!q.core.is_empty() && q.span.contains(q.core), "{text:?} {q:?}");
        for span in [Some(q.span), Some(q.core), q.cue, q.counted].into_iter().flatten() {
            assert!(
                text.get(span.start()..span.end()).is_some_and(|s| s == s.trim() && !s.is_empty()),
                "{text:?} {q:?}"
            );
        }
        for value in [q.value, q.low, q.high, q.si_value].into_iter().flatten() {
            assert!(value.is_finite(), "{text:?} {q:?}");
        }
        if let Some(other) = q.converts() {
            assert!(found[other].converts().is_some_and(|back| found[back] == *q), "{text:?} {q:?}");
        }
    }
    assert!(found.windows(2).all(|w| w[0].core.end() <= w[1].core.start()), "{text:?} {found:?}");
}

proptest! {
    #[test]
    fn spans_are_sound_on_any_text(text in any::<String>()) {
        sound(&text);
    }

    #[test]
    fn spans_are_sound_on_number_words(text in words()) {
        sound(&text);
    }
}

#[test]
fn units_of_ones_own() {
    use copydesk::quantity::Units;
    for definition in ["6.1e9 J", "7140 m**2 = pitch", "2 square miles", "10ms", "3 km/h"] {
        assert!(Units::new(&[("thing", definition)]).is_ok(), "{definition}");
    }
    for definition in ["", "2", "2 fooz", "-1 m", "m m", "1 USD"] {
        let error = Units::new(&[("thing", definition)]).unwrap_err();
        assert!(error.contains("thing") && error.contains("write a number"), "{error}");
    }
}
