//! Tree construction against the html5lib tests, and against html5ever's own parser on them.

use crate::data;
use crate::html_pages::check_runs;
use copydesk::markup::html::{Data, NodeId, Options, Tree, TreeMaker, parse_fragment, parse_with};
use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{LocalName, QualName, ns};

/// The tree in the notation of the tests.
pub fn notation(tree: &Tree, root: NodeId) -> String {
    let mut lines = String::new();
    let mut stack: Vec<_> = tree.children(root).map(|id| (id, 0)).collect();
    stack.reverse();
    while let Some((id, depth)) = stack.pop() {
        let node = tree.node(id).unwrap();
        let mut line =
            |depth: usize, text: String| lines.push_str(&format!("| {}{text}\n", "  ".repeat(depth)));
        match &node.data {
            Data::Document => {}
            Data::Fragment => line(depth, "content".into()),
            Data::Comment(text) => line(depth, format!("<!-- {text} -->")),
            Data::Text(text) => line(depth, format!("\"{}\"", text.string)),
            Data::Doctype(doctype) => {
                let ids = format!(" \"{}\" \"{}\"", doctype.public_id, doctype.system_id);
                let ids = if ids == " \"\" \"\"" { "" } else { &ids };
                line(depth, format!("<!DOCTYPE {}{ids}>", doctype.name));
            }
            Data::Element(element) => {
                line(depth, format!("<{}>", qualified(&element.name)));
                let attrs = element.attrs.iter();
                let mut attrs: Vec<_> =
                    attrs.map(|attr| format!("{}=\"{}\"", attribute(&attr.name), attr.value)).collect();
                attrs.sort();
                attrs.into_iter().for_each(|attr| line(depth + 1, attr));
            }
        }
        let below = stack.len();
        stack
            .extend(tree.element(id).and_then(|element| element.template_contents).map(|id| (id, depth + 1)));
        stack.extend(tree.children(id).map(|child| (child, depth + 1)));
        stack[below..].reverse();
    }
    lines
}

fn qualified(name: &QualName) -> String {
    match name.ns {
        ns!(svg) => format!("svg {}", name.local),
        ns!(mathml) => format!("math {}", name.local),
        _ => name.local.to_string(),
    }
}

fn attribute(name: &QualName) -> String {
    match &name.prefix {
        Some(prefix) if !prefix.is_empty() => format!("{prefix} {}", name.local),
        _ if name.ns == ns!(xmlns) && &*name.local != "xmlns" => format!("xmlns {}", name.local),
        _ => name.local.to_string(),
    }
}

#[derive(Default)]
struct Case {
    data: String,
    fragment: Option<String>,
    document: String,
    scripting: Option<bool>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut section = "";
    for line in text.lines() {
        match line {
            "#data" => cases.push(Case::default()),
            "#script-on" => cases.last_mut().unwrap().scripting = Some(true),
            "#script-off" => cases.last_mut().unwrap().scripting = Some(false),
            _ => {}
        }
        if line.starts_with('#') && SECTIONS.contains(&line) {
            section = line;
            continue;
        }
        let case = cases.last_mut().unwrap();
        match section {
            "#data" => case.data.push_str(&format!("{line}\n")),
            "#document" => case.document.push_str(&format!("{line}\n")),
            "#document-fragment" => case.fragment = Some(line.to_owned()),
            _ => {}
        }
    }
    for case in &mut cases {
        case.data.pop();
        case.document = format!("{}\n", case.document.trim_end_matches('\n'));
    }
    cases
}

const SECTIONS: [&str; 7] =
    ["#data", "#errors", "#new-errors", "#document", "#document-fragment", "#script-on", "#script-off"];

fn context(name: &str) -> QualName {
    let (namespace, local) = match name.split_once(' ') {
        Some(("svg", local)) => (ns!(svg), local),
        Some(("math", local)) => (ns!(mathml), local),
        _ => (ns!(html), name),
    };
    QualName::new(None, namespace, LocalName::from(local))
}

fn ours(case: &Case, scripting: bool) -> String {
    let options = Options { scripting };
    match &case.fragment {
        None => {
            let tree = parse_with(&case.data, options);
            notation(&tree, tree.root())
        }
        Some(name) => {
            let tree = parse_fragment(&case.data, context(name), options);
            notation(&tree, tree.children(tree.root()).next().unwrap())
        }
    }
}

fn theirs(case: &Case, scripting: bool) -> String {
    let tree_builder = TreeBuilderOpts { scripting_enabled: scripting, ..Default::default() };
    let options = ParseOpts { tree_builder, ..Default::default() };
    match &case.fragment {
        None => {
            let tree = driver::parse_document(TreeMaker::default(), options).one(&*case.data);
            notation(&tree, tree.root())
        }
        Some(name) => {
            let parser =
                driver::parse_fragment(TreeMaker::default(), options, context(name), Vec::new(), scripting);
            let tree = parser.one(&*case.data);
            notation(&tree, tree.children(tree.root()).next().unwrap())
        }
    }
}

#[test]
fn html5lib_tree_construction_tests() {
    let Some(folder) = data::folder() else { return };
    let (mut run, mut passed, mut theirs_passed) = (0, 0, 0);
    let (mut failures, mut left) = (Vec::new(), Vec::new());
    for file in data::files(&folder.join("html5lib/tree-construction"), "dat") {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        for case in cases(&std::fs::read_to_string(&file).unwrap()) {
            for scripting in [false, true] {
                if case.scripting.is_some_and(|only| only != scripting) {
                    continue;
                }
                let (found, other) = (ours(&case, scripting), theirs(&case, scripting));
                run += 1;
                passed += usize::from(found == case.document);
                theirs_passed += usize::from(other == case.document);
                if found != other {
                    failures.push(format!("{name}: {:?}\n{found}html5ever:\n{other}", case.data));
                }
                if found != case.document {
                    left.push(format!("left, as in html5ever: {name} {:?} scripting {scripting}", case.data));
                }
            }
        }
    }
    println!("{}", left.join("\n"));
    println!("tree construction: {passed} of {run} passed, html5ever {theirs_passed}");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[rustfmt::skip]
const SOUP: &[&str] = &[
    "a", " ", "\n", "\r", "\r\n", "\0", "\u{fffd}", "é", "&amp;", "&notit;", "&#0;", "&", "<", ">", "</", "-", "--", "!", "\"", "'", "=", "/",
    "<p>", "</p>", "<b>", "</b>", "<a href=x&copy=1>", "</a>", "<table>", "</table>", "<tr>", "<td>", "<caption>", "<colgroup>", "<pre>",
    "<textarea>", "</textarea>", "<script>", "</script>", "<script", "</script", "<style>", "</style>", "<title>", "</title>", "<svg>",
    "</svg>", "<math>", "<mi>", "<foreignObject>", "<![CDATA[", "]]>", "<!--", "-->", "--!>", "<!doctype html>", "<!DOCTYPE a PUBLIC", "<?",
    "<select>", "<option>", "<template>", "</template>", "<frameset>", "<body>", "<html x=y>", "<head>", "</body>", "<br/>", "<li>",
    "<i x='\r&lt'", "<plaintext>", "<noscript>", "</noscript>", "<object>",
];

proptest::proptest! {
    #[test]
    fn soup_gives_the_tree_of_html5ever(parts in proptest::collection::vec(proptest::sample::select(SOUP), 0..40)) {
        let case = Case { data: parts.concat(), ..Case::default() };
        let tree = parse_with(&case.data, Options::default());
        tree.descendants(tree.root()).filter_map(|id| tree.text(id)).for_each(|text| check_runs(&case.data, text));
        proptest::prop_assert_eq!(ours(&case, true), theirs(&case, true));
    }
}
