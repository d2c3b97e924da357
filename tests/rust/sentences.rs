//! The sentence cases, and what holds for any text.

use copydesk::sentence::{Rule, Rules, boundaries, sentences};
use copydesk::text::Span;
use copydesk::token::Words;
use proptest::prelude::*;

use super::growth;

fn split(text: &str) -> Vec<&str> {
    sentences(text, Rules::english()).iter().map(|span| span.of(text)).collect()
}

#[test]
fn cases() {
    let files = [include_str!("../cases/sentences.toml"), include_str!("../cases/newswire.toml")];
    let files = files.map(|file| file.parse::<toml::Table>().unwrap());
    let mut wrong = Vec::new();
    for case in files.iter().flat_map(|file| file["case"].as_array().unwrap()) {
        let expected: Vec<&str> =
            case["sentences"].as_array().unwrap().iter().map(|s| s.as_str().unwrap()).collect();
        let found = split(case["text"].as_str().unwrap());
        if found != expected {
            wrong.push(format!("{}:\n  found    {found:?}\n  expected {expected:?}", case["name"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_users_abbreviations() {
    let text = "See Zusatzprot. Zwei of the pact. It holds.";
    let rules = Rules::with_abbreviations(&["Zusatzprot.".to_string()]);
    assert_eq!(split(text).len(), 3);
    assert_eq!(sentences(text, &rules).len(), 2);
}

#[test]
fn boundaries_tell_the_rule_and_agree_with_the_sentences() {
    let text = "Gen. Lee met the U.S. Senate. It was no. 5 ... and i left. then it rained\n\nAn end";
    let told = boundaries(text, Rules::english());
    let ends: Vec<usize> = told.iter().filter(|b| b.ends).map(|b| b.before.end()).collect();
    let spans: Vec<usize> = sentences(text, Rules::english()).iter().map(|span| span.end()).collect();
    assert_eq!(ends, spans);
    let rule = |word: &str| told.iter().find(|b| b.before.of(text) == word).map(|b| (b.ends, b.rule));
    assert_eq!(rule("Gen."), Some((false, Rule::Title)));
    assert_eq!(rule("U.S."), Some((false, Rule::Abbreviation)));
    assert_eq!(rule("rained"), Some((true, Rule::BlankLine)));
    assert_eq!(rule("end"), Some((true, Rule::End)));
    let weighed = told.iter().find(|b| b.before.of(text) == "left.").unwrap();
    assert!(weighed.score.is_some() && !weighed.weights.is_empty());
    assert!(weighed.ends && weighed.score.unwrap() > 0.0);
}

#[test]
fn weights_are_small_and_can_be_left_out() {
    assert!(std::fs::metadata("src/sentence/en/weights.bin").unwrap().len() < 200_000);
    let text = "Robert Price 08/16/2000 12:05 PM I just wanted to send you a quick note";
    let plain = Rules::english().without_weights();
    assert!(sentences(text, &plain).len() < split(text).len());
    // A file that is none leaves the rules alone.
    assert_eq!(sentences(text, &plain.with_weights(b"no weights")), sentences(text, &plain));
}

#[test]
fn lists_are_sorted_and_without_doubles() {
    for entry in std::fs::read_dir("src/sentence/en").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let list = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = list.lines().collect();
        for pair in lines.windows(2) {
            assert!(pair[0] < pair[1], "{}: {pair:?}", path.display());
        }
        assert!(lines.iter().all(|line| !line.is_empty() && line.trim() == *line), "{}", path.display());
    }
}

#[test]
fn time_grows_with_length_only() {
    let units = [
        "a.",
        "\"",
        "((((",
        "a",
        "A.B",
        ". ",
        "” ",
        "1. ",
        "a.A",
        "ab.Ab",
        "•",
        "[1] ",
        "Mr. ",
        "\n",
        "\u{2009}.",
        "- ",
    ];
    growth::is_bounded(&units, |text| {
        let found = sentences(text, Rules::english());
        assert!(found.len() <= text.len() && Words::new(text).of(text).len() <= text.len());
    });
}

fn check(text: &str, spans: &[Span]) {
    let mut end = 0;
    for span in spans {
        assert!(span.start() >= end && span.end() > span.start(), "{text:?} {spans:?}");
        assert_eq!(*span, span.trimmed(text));
        assert!(text[end..span.start()].trim().is_empty(), "{text:?} {spans:?}");
        end = span.end();
    }
    assert!(text[end..].trim().is_empty(), "{text:?} {spans:?}");
}

#[test]
fn text_that_asks_for_too_much_weighing_goes_by_the_rules() {
    let text = format!("{}The end came. She left.", "I - ".repeat(20_000));
    let found = split(&text);
    assert!(found.len() < 2_000, "{}", found.len());
    assert!(found.iter().rev().take(2).eq(["She left.", found[found.len() - 2]].iter()));
    assert!(found[found.len() - 2].ends_with("The end came."), "the rules still speak");
}

#[test]
fn glued_sentences_are_cut_and_unbroken_text_is_not() {
    assert_eq!(split("They left the city.She stayed on."), ["They left the city.", "She stayed on."]);
    assert_eq!(split(&"a.A".repeat(10_000)).len(), 1);
}

proptest! {
    #[test]
    fn spans_cover_all_but_white_space(text in "(\\PC|[.?! \n\"”]){0,80}") {
        check(&text, &sentences(&text, Rules::english()));
    }

    #[test]
    fn news_like_spans_cover_all_but_white_space(
        words in proptest::collection::vec("(Mr|U\\.S|No|a\\.m|[a-zA-Z]{1,4}|[0-9]{1,2}|“|\"|\\(|[•-])[.?!)”\"]{0,2}(\n| |\u{2009}|\n\n)?", 0..40)
    ) {
        let text = words.concat();
        check(&text, &sentences(&text, Rules::english()));
    }
}
