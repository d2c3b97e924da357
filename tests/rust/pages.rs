//! Whole pages: what is kept, what is left out, what the page says of itself.

use copydesk::markup::{Boilerplate, Kind, Options, parse};
use copydesk::text::Span;

use super::growth;

fn pairs(case: &toml::Value, name: &str) -> Vec<(String, String)> {
    let Some(list) = case.get(name).and_then(toml::Value::as_array) else { return Vec::new() };
    let text = |pair: &toml::Value, at: usize| pair[at].as_str().unwrap().to_owned();
    list.iter().map(|pair| (text(pair, 0), text(pair, 1))).collect()
}

#[test]
fn cases() {
    let file: toml::Table = include_str!("../cases/pages.toml").parse().unwrap();
    for case in file["case"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let found = parse(case["page"].as_str().unwrap(), Kind::Html, &Options::default());
        let text = |span: Span| span.of(found.text.as_str()).to_owned();
        let blocks: Vec<_> =
            found.blocks.iter().map(|block| (block.kind.as_str().to_owned(), text(block.span))).collect();
        assert!(case.get("blocks").is_none() || blocks == pairs(case, "blocks"), "{name}: {blocks:?}");
        for pair in pairs(case, "dropped") {
            let known = found
                .dropped
                .iter()
                .any(|left| (left.kind.as_str(), left.text.as_str()) == (&pair.0, &pair.1));
            assert!(known, "{name}: {pair:?} is not among {:?}", found.dropped);
        }
        let metadata = &found.metadata;
        let fields = [
            ("title", &metadata.title),
            ("published", &metadata.published),
            ("modified", &metadata.modified),
            ("site", &metadata.site),
            ("url", &metadata.url),
        ];
        for (field, value) in fields {
            let wanted = case.get(field).map(|value| value.as_str().unwrap());
            assert!(wanted.is_none() || wanted == value.as_deref(), "{name}: {field} is {value:?}");
        }
        if let Some(byline) = case.get("byline") {
            let wanted: Vec<_> =
                byline.as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
            assert_eq!(metadata.byline, wanted, "{name}");
        }
    }
}

#[test]
fn the_text_alone_is_the_text_with_all_else() {
    let file: toml::Table = include_str!("../cases/pages.toml").parse().unwrap();
    let alone = Options { text_only: true, ..Options::default() };
    for case in file["case"].as_array().unwrap() {
        let page = case["page"].as_str().unwrap();
        let whole = parse(page, Kind::Html, &Options::default());
        assert_eq!(parse(page, Kind::Html, &alone).text, whole.text);
    }
}

#[test]
fn a_users_own_boilerplate() {
    let boilerplate = Boilerplate::new(&["^Join the .* club"]).unwrap();
    let options = Options { boilerplate, ..Options::default() };
    let found = parse("<p>It rained.</p><p>Join the Harbour Post club.</p>", Kind::Html, &options);
    assert_eq!(found.text.as_str(), "It rained.");
    assert_eq!(found.dropped[0].kind.as_str(), "promo");
    assert!(found.dropped[0].reason.contains("Join the"));
    assert_eq!(Boilerplate::new(&["("]).unwrap_err().0, "(");
    assert!(Boilerplate::new(&[""]).is_err());
}

#[test]
fn time_grows_with_the_page() {
    let units = [
        "<p>The harbour wall held through the night, the mayor said. ",
        "<div class='a b c related'><span>",
        "<table><tr><td>One<td>Two",
        "<h1>Wall</h1><time datetime='2024-03-02'>By ",
        "<a href=x>Read more</a> ",
        "<br><br>x",
        "<meta property=author content='By Ann Lee and Bo Berg'>",
        "2 March 2024 ",
    ];
    growth::is_bounded(&units, |body| {
        let _ = parse(&format!("<html><body>{body}"), Kind::Html, &Options::default());
    });
}
