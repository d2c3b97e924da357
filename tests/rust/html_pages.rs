//! Real pages: the tree is the one that `scraper` makes, and every run of text decodes to that text.

use crate::data;
use copydesk::markup::html::{Attribute, Data, Namespace, NodeId, Text, Tree, parse, reference};
use ego_tree::NodeRef;
use html5ever::{LocalName, QualName, ns};
use scraper::{Html, Node};

/// Nodes as lines, each with its depth.
pub fn our_lines(tree: &Tree, root: NodeId) -> Vec<String> {
    let mut lines = Vec::new();
    let mut stack: Vec<(NodeId, usize)> = vec![(root, 0)];
    while let Some((id, depth)) = stack.pop() {
        lines.push(format!("{depth} {}", our_line(tree, id)));
        let below = stack.len();
        stack.extend(tree.template_contents(id).map(|id| (id, depth + 1)));
        stack.extend(tree.children(id).map(|child| (child, depth + 1)));
        stack[below..].reverse();
    }
    lines
}

fn our_line(tree: &Tree, id: NodeId) -> String {
    match tree.node(id).unwrap().data {
        Data::Document => "document".into(),
        Data::Fragment => "fragment".into(),
        Data::Comment(_) => format!("comment {:?}", tree.comment(id).unwrap()),
        Data::Doctype => {
            let doctype = tree.doctype();
            let [name, public, system] = [&doctype.name, &doctype.public_id, &doctype.system_id]
                .map(|part| part.as_deref().unwrap_or_default());
            format!("doctype {name:?} {public:?} {system:?}")
        }
        Data::Text(_) => format!("text {:?}", tree.text(id).unwrap().string()),
        Data::Element(element) => {
            let namespace = match element.namespace {
                Namespace::Html => ns!(html),
                Namespace::Svg => ns!(svg),
                Namespace::MathMl => ns!(mathml),
            };
            let name = QualName::new(None, namespace, LocalName::from(tree.tag(id).unwrap()));
            let named =
                |attr: &Attribute| (qualified(tree, attr, element.namespace), tree.value(attr).into_owned());
            let mut attrs: Vec<_> = tree.attributes(id).map(named).collect();
            attrs.sort();
            format!("element {name:?} {attrs:?}")
        }
    }
}

fn qualified(tree: &Tree, attribute: &Attribute, namespace: Namespace) -> QualName {
    let name = tree.qualified(attribute, namespace);
    let vocabulary = match name.namespace {
        Some("xlink") => ns!(xlink),
        Some("xml") => ns!(xml),
        Some("xmlns") => ns!(xmlns),
        _ => ns!(),
    };
    let prefix = name.prefix.or((&*name.local == "xmlns" && name.namespace.is_some()).then_some(""));
    QualName::new(prefix.map(Into::into), vocabulary, LocalName::from(&*name.local))
}

fn scraper_line(node: &Node) -> String {
    match node {
        Node::Document => "document".into(),
        Node::Fragment => "fragment".into(),
        Node::Comment(text) => format!("comment {:?}", &*text.comment),
        Node::Doctype(it) => format!("doctype {:?} {:?} {:?}", it.name(), it.public_id(), it.system_id()),
        Node::Text(text) => format!("text {:?}", &*text.text),
        Node::Element(element) => {
            let attrs = element.attrs.iter().map(|(name, value)| (name.clone(), value.to_string()));
            let mut attrs: Vec<_> = attrs.collect();
            attrs.sort();
            format!("element {:?} {attrs:?}", element.name)
        }
        Node::ProcessingInstruction(_) => panic!("HTML has none"),
    }
}

pub fn scraper_lines(root: NodeRef<'_, Node>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut stack = vec![(root, 0)];
    while let Some((node, depth)) = stack.pop() {
        lines.push(format!("{depth} {}", scraper_line(node.value())));
        let below = stack.len();
        stack.extend(node.children().map(|child| (child, depth + 1)));
        stack[below..].reverse();
    }
    lines
}

/// Decodes the runs of a text node from the source; they must cover it.
pub fn check_runs(source: &str, text: Text) {
    let string = text.string();
    let mut at = 0;
    for run in text.runs() {
        assert_eq!(run.text, &string[at..at + run.text.len()], "{string:?}");
        at += run.text.len();
        let (string, raw) = (run.text, run.source.of(source));
        assert!(!raw.is_empty(), "{string:?} comes from nowhere");
        match raw {
            _ if run.verbatim => assert_eq!(string, raw),
            "\r" | "\r\n" => assert_eq!(string, "\n"),
            "\0" => assert_eq!(string, "\u{fffd}"),
            _ => {
                let found = reference::decode(source, run.source.start(), false).unwrap();
                let decoded: String = std::iter::once(found.first).chain(found.second).collect();
                assert_eq!((string, run.source.end()), (&*decoded, found.end));
                assert_eq!(string, Html::parse_fragment(raw).root_element().text().collect::<String>());
            }
        }
    }
    assert_eq!(at, string.len(), "{string:?}");
}

/// The number of nodes, text nodes and runs.
fn compare(set: &str) {
    let (mut pages, mut nodes, mut texts, mut runs) = (0, 0, 0, 0);
    for (name, source) in data::pages(set) {
        let tree = parse(&source);
        let (ours, theirs) =
            (our_lines(&tree, tree.root()), scraper_lines(Html::parse_document(&source).tree.root()));
        for (number, (our, their)) in ours.iter().zip(&theirs).enumerate() {
            assert_eq!(our, their, "node {number} of {name}");
        }
        assert_eq!(ours.len(), theirs.len(), "{name}");
        for text in tree.descendants(tree.root()).filter_map(|id| tree.text(id)) {
            check_runs(&source, text);
            texts += 1;
            runs += text.runs().count();
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
