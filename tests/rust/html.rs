//! Positions of text, case by case.

use crate::html_pages::check_runs;
use copydesk::markup::html::{Name, Tree, parse};
use copydesk::text::Span;

/// The text nodes of the body with content, each with the source of its runs.
fn texts(source: &str) -> Vec<(String, Vec<&str>)> {
    let tree = parse(source);
    check(source, &tree);
    let texts = tree.descendants(tree.root()).filter_map(|id| tree.text(id));
    texts
        .map(|text| (text.string().into_owned(), text.runs().map(|run| run.source.of(source)).collect()))
        .collect()
}

fn check(source: &str, tree: &Tree) {
    tree.descendants(tree.root()).filter_map(|id| tree.text(id)).for_each(|text| check_runs(source, text));
}

#[track_caller]
fn expect(source: &str, expected: &[(&str, &[&str])]) {
    let found = texts(source);
    let found: Vec<_> = found.iter().map(|(text, runs)| (text.as_str(), runs.as_slice())).collect();
    assert_eq!(found, expected, "{source:?}");
}

#[test]
fn references_break_runs_and_nothing_else_does() {
    expect("<p>a &amp; b < c & d", &[("a & b < c & d", &["a ", "&amp;", " b < c & d"])]);
    expect("<p>x&acE;y", &[("x\u{223e}\u{333}y", &["x", "&acE;", "y"])]);
}

#[test]
fn tags_inside_words() {
    expect("<p>news<b>pa</b>per", &[("news", &["news"]), ("pa", &["pa"]), ("per", &["per"])]);
    expect("<p>news</nothing>paper", &[("newspaper", &["news", "paper"])]);
}

#[test]
fn leading_white_space_left_out() {
    expect(" \n x y", &[("x y", &["x y"])]);
    expect("<html> <body> x", &[(" x", &[" x"])]);
    expect("<head></head> <body>a", &[(" ", &[" "]), ("a", &["a"])]);
}

#[test]
fn text_held_back_in_tables() {
    expect("<table> a &lt; b <tr><td>c", &[(" a < b ", &[" a ", "&lt;", " b "]), ("c", &["c"])]);
    expect("<table> \r\n <tr>", &[(" \n ", &[" ", "\r\n", " "])]);
    expect("<table>a<!doctype html>b<tr>", &[("ab", &["a", "b"])]);
    expect("<table>a<!-- -->b<tr></table>c", &[("ab", &["a", "b"]), ("c", &["c"])]);
}

#[test]
fn foster_parented_text_joins_the_text_before() {
    expect("<p>x</p>a<table>b<tr>c</table>", &[("x", &["x"]), ("abc", &["a", "b", "c"])]);
    expect("a<table>&amp;<td>x", &[("a&", &["a", "&amp;"]), ("x", &["x"])]);
}

#[test]
fn first_line_feed_of_pre() {
    expect("<pre>\nx", &[("x", &["x"])]);
    expect("<pre>\n\nx", &[("\nx", &["\nx"])]);
    expect("<pre>\r\n\r\nx", &[("\nx", &["\r\n", "x"])]);
    let tree = parse("<pre>\n\n</pre>");
    let text = tree.descendants(tree.root()).find_map(|id| tree.text(id)).unwrap();
    assert_eq!(text.runs().next().unwrap().source, Span::new(6, 7));
}

#[test]
fn nulls() {
    expect("<p>a\0b", &[("ab", &["a", "b"])]);
    expect("<title>a\0b</title>", &[("a\u{fffd}b", &["a", "\0", "b"])]);
    expect("<svg>a\0b", &[("a\u{fffd}b", &["a", "\0", "b"])]);
    expect("<table>a\0b<tr>", &[("ab", &["a", "b"])]);
}

#[test]
fn framesets_keep_white_space_only() {
    expect("<frameset> a  b ", &[("    ", &[" ", "  ", " "])]);
}

#[test]
fn byte_order_mark() {
    expect("\u{feff}<p>x", &[("x", &["x"])]);
}

#[test]
fn cdata_in_svg() {
    expect("<svg><![CDATA[a<b]]>c", &[("a<bc", &["a<b", "c"])]);
}

#[test]
fn source_of_a_stretch() {
    let source = "<p>a &amp; b";
    let tree = parse(source);
    let text = tree.descendants(tree.root()).find_map(|id| tree.text(id)).unwrap();
    let of = |start, end| text.source(Span::new(start, end)).unwrap().of(source);
    assert_eq!((of(0, 1), of(0, 3), of(2, 3), of(2, 5), of(4, 5)), ("a", "a &amp;", "&amp;", "&amp; b", "b"));
}

#[test]
fn start_tags_have_positions() {
    let source = "<p class=x>a<a HREF='u&amp;v'>b";
    let tree = parse(source);
    let link = tree.descendants(tree.root()).find(|&id| tree.attr(id, Name::HREF).is_some()).unwrap();
    assert_eq!(tree.attr(link, Name::HREF).as_deref(), Some("u&v"));
    assert_eq!(tree.element(link).unwrap().source().of(source), "<a HREF='u&amp;v'>");
}
