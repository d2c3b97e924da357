//! What was made or found to break things: the shapes that grow, the depths, and every file of tests/hostile.

use std::fmt::Write;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use copydesk::document::{Document, Settings, Source};
use copydesk::markup::Kind;

use super::{data, growth, rules};

static SETTINGS: LazyLock<Arc<Settings>> = LazyLock::new(Arc::default);

fn read(source: Source, kind: Option<Kind>) -> Document {
    let document = Document::parse(source, kind, &SETTINGS).published_on(None);
    rules::check(&document);
    document
}

#[test]
fn what_was_found_once() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile");
    let kinds = [("html", Some(Kind::Html)), ("fragments", Some(Kind::Fragments)), ("text", None)];
    for (name, kind) in kinds {
        for file in data::all_files(&folder.join(name)) {
            let bytes = std::fs::read(&file).unwrap();
            let document = read(Source::bytes(&bytes), kind);
            let taken = Document::taken(document.source().string.to_string(), &SETTINGS);
            rules::check(&taken.published_on(Some("2024-02-29")));
        }
    }
}

#[test]
fn the_texts_of_all_cases() {
    for file in data::files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"), "toml") {
        let table: toml::Table = std::fs::read_to_string(&file).unwrap().parse().unwrap();
        for case in table.values().filter_map(toml::Value::as_array).flatten() {
            let text = case.get("text").or(case.get("page")).and_then(toml::Value::as_str);
            for text in text.into_iter().map(str::to_owned) {
                rules::check(&Document::taken(text.clone(), &SETTINGS).published_on(Some("2024-05-17")));
                read(Source::text(text), None);
            }
        }
    }
}

const NEWS: &str = "Officials in Osijek said on Monday that at least 40 people were hurt and more than 3,000 square kilometres \
                    (1,158 sq miles) flooded. “We lost $2.5m in one day,” said Mayor Ana Horvat. ";

fn page(body: &str) -> String {
    let news = format!("<p>{NEWS}</p>").repeat(3);
    format!("<html><head><title>t</title></head><body><article>{news}{body}{news}</article></body></html>")
}

/// What is repeated in a page.
const MARKUP: [&str; 22] = [
    "<div>",
    "<ul><li>",
    "<b><p>",
    "<b>",
    "<table><tr><td>1",
    "<svg><g>",
    "<template>",
    "<select><option>",
    "<blockquote><q>",
    "<font size=1><p>",
    "<p>ok</p>",
    "<li><a href=x>y</a>",
    "<",
    "&",
    "&amp;&#x2019;&nbsp;",
    "&notit;",
    "<!--",
    "a<br>",
    "<i></i>",
    "<table><b>",
    "<a href=x>",
    "<script><!--<script>",
];

/// What is repeated in a text.
const TEXT: [&str; 38] = [
    "a",
    " ",
    "\n",
    ".",
    ". ",
    "!?",
    "\"",
    "“",
    "’s ",
    "‘",
    "(",
    "[1] ",
    "7",
    "1 ",
    "1,",
    "1-",
    "1.",
    "1/",
    "$",
    "5% ",
    "Mr. ",
    "U.S. ",
    "Ab ",
    "AB",
    "said ",
    "A and ",
    "May ",
    "2022 ",
    "On 3 May 2021, ",
    "one hundred ",
    "twenty-",
    "km ",
    "the day before ",
    "e\u{301}",
    "\u{301}",
    "\u{1f468}\u{200d}",
    "http://a.b/",
    "“No,” he said. ",
];

fn all_stages(source: String, kind: Kind) {
    let document =
        Document::parse(Source::text(source), Some(kind), &SETTINGS).published_on(Some("2024-05-17"));
    assert!(document.claims().len() + document.sentences().len() <= document.source().string.len());
}

#[test]
fn markup_grows_no_faster_than_its_page() {
    for piece in MARKUP {
        growth::is_at_most(
            1.15,
            piece,
            |n| page(&piece.repeat(n)),
            |text| all_stages(text.to_owned(), Kind::Html),
        );
    }
    let attributes = |n: usize| {
        let mut tag = String::from("<p ");
        (0..n).for_each(|number| write!(tag, "a{number}=1 ").unwrap());
        page(&(tag + ">"))
    };
    growth::is_at_most(1.15, "attributes", attributes, |text| all_stages(text.to_owned(), Kind::Html));
    let list = |n: usize| format!("[{}]", format!("'<p>{NEWS}</p>', ").repeat(n / 10));
    growth::is_at_most(1.15, "list", list, |text| all_stages(text.to_owned(), Kind::Fragments));
}

#[test]
fn text_grows_no_faster_than_it_is_long() {
    for piece in TEXT.into_iter().chain([NEWS]) {
        growth::is_at_most(1.15, piece, |n| piece.repeat(n), |text| all_stages(text.to_owned(), Kind::Text));
    }
}

/// Depths that a tree walked by recursion would not survive, in a thread with little stack.
#[test]
fn a_million_levels_in_a_quarter_of_a_megabyte_of_stack() {
    let deep = || {
        for piece in
            ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<blockquote>", "<svg><g>", "<template>", "["]
        {
            let document = read(Source::text(page(&(piece.repeat(1_000_000 / piece.len()) + NEWS))), None);
            assert!(document.text().contains("Ana Horvat"), "{piece}");
        }
    };
    std::thread::Builder::new().stack_size(256 << 10).spawn(deep).unwrap().join().unwrap();
}
