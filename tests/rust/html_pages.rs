//! Real pages: the tree is the one that `scraper` makes, and every run of text decodes to that text.

use crate::data;
use copydesk::markup::html::{Data, NodeId, Text, Tree, parse, reference};
use scraper::{Html, Node};

/// Nodes as lines, each with its depth.
fn our_lines(tree: &Tree) -> Vec<String> {
    let mut lines = Vec::new();
    let mut stack: Vec<(NodeId, usize)> = vec![(tree.root(), 0)];
    while let Some((id, depth)) = stack.pop() {
        let node = tree.node(id).unwrap();
        lines.push(format!("{depth} {}", our_line(&node.data)));
        let below = stack.len();
        stack
            .extend(tree.element(id).and_then(|element| element.template_contents).map(|id| (id, depth + 1)));
        stack.extend(tree.children(id).map(|child| (child, depth + 1)));
        stack[below..].reverse();
    }
    lines
}

fn our_line(data: &Data) -> String {
    match data {
        Data::Document => "document".into(),
        Data::Fragment => "fragment".into(),
        Data::Comment(text) => format!("comment {text:?}"),
        Data::Doctype(it) => format!("doctype {:?} {:?} {:?}", it.name, it.public_id, it.system_id),
        Data::Text(text) => format!("text {:?}", &*text.string),
        Data::Element(element) => {
            let mut attrs: Vec<_> = element.attrs.iter().map(|attr| (&attr.name, &*attr.value)).collect();
            attrs.sort();
            format!("element {:?} {attrs:?}", element.name)
        }
    }
}

fn scraper_line(node: &Node) -> String {
    match node {
        Node::Document => "document".into(),
        Node::Fragment => "fragment".into(),
        Node::Comment(text) => format!("comment {:?}", &*text.comment),
        Node::Doctype(it) => format!("doctype {:?} {:?} {:?}", it.name(), it.public_id(), it.system_id()),
        Node::Text(text) => format!("text {:?}", &*text.text),
        Node::Element(element) => {
            let mut attrs: Vec<_> = element.attrs.iter().map(|(name, value)| (name, &**value)).collect();
            attrs.sort();
            format!("element {:?} {attrs:?}", element.name)
        }
        Node::ProcessingInstruction(_) => panic!("HTML has none"),
    }
}

fn scraper_lines(html: &Html) -> Vec<String> {
    let mut lines = Vec::new();
    let mut stack = vec![(html.tree.root(), 0)];
    while let Some((node, depth)) = stack.pop() {
        lines.push(format!("{depth} {}", scraper_line(node.value())));
        let below = stack.len();
        stack.extend(node.children().map(|child| (child, depth + 1)));
        stack[below..].reverse();
    }
    lines
}

/// Decodes the runs of a text node from the source; they must cover it.
pub fn check_runs(source: &str, text: &Text) {
    let mut at = 0;
    for run in &text.runs {
        assert_eq!(run.text, at, "{text:?}");
        at += run.len;
        let (string, raw) = (&text.string[run.text..at], run.source.of(source));
        assert!(!raw.is_empty(), "{string:?} of {text:?} comes from nowhere");
        match raw {
            _ if run.verbatim => assert_eq!(string, raw),
            "\r" | "\r\n" => assert_eq!(string, "\n"),
            "\0" => assert_eq!(string, "\u{fffd}"),
            _ => {
                let found = reference::decode(source, run.source.start, false).unwrap();
                let decoded: String = std::iter::once(found.first).chain(found.second).collect();
                assert_eq!((string, run.source.end), (&*decoded, found.end));
                assert_eq!(string, Html::parse_fragment(raw).root_element().text().collect::<String>());
            }
        }
    }
    assert_eq!(at, text.string.len(), "{text:?}");
}

/// The number of nodes, text nodes and runs.
fn compare(set: &str) {
    let (mut pages, mut nodes, mut texts, mut runs) = (0, 0, 0, 0);
    for (name, source) in data::pages(set) {
        let tree = parse(&source);
        let (ours, theirs) = (our_lines(&tree), scraper_lines(&Html::parse_document(&source)));
        for (number, (our, their)) in ours.iter().zip(&theirs).enumerate() {
            assert_eq!(our, their, "node {number} of {name}");
        }
        assert_eq!(ours.len(), theirs.len(), "{name}");
        for text in tree.descendants(tree.root()).filter_map(|id| tree.text(id)) {
            check_runs(&source, text);
            texts += 1;
            runs += text.runs.len();
        }
        pages += 1;
        nodes += ours.len();
    }
    println!("{set}: {pages} pages, {nodes} nodes, {texts} texts, {runs} runs");
}

#[test]
fn fundus_pages_as_scraper() {
    compare("fundus-dev");
}

#[test]
#[ignore = "takes a minute"]
fn wcxb_pages_as_scraper() {
    compare("wcxb-dev");
}
