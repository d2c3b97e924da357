//! A user's CSS selectors, matched by `scraper` on a copy of the tree: slower than our own walk, and well kept.

use std::collections::HashSet;

use ego_tree::NodeId as CopyId;
use scraper::{ElementRef, Html, Node, Selector, node::Element};

use super::html::{ForeignName, Namespace, NodeId, Tree};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName, ns};

/// What to read, and what to throw away, before the article is chosen.
#[derive(Clone, Debug, Default)]
pub struct Selectors {
    select: Option<Selector>,
    drop: Option<Selector>,
}

/// The elements that a user's selectors match.
#[derive(Debug, Default)]
pub(super) struct Matches {
    /// What to read; None where all is read.
    pub select: Option<HashSet<NodeId>>,
    /// What to throw away.
    pub drop: HashSet<NodeId>,
}

impl Selectors {
    /// Compiles both.
    ///
    /// # Errors
    /// What is wrong with a selector, with the argument that held it.
    pub fn new(select: Option<&str>, drop: Option<&str>) -> Result<Self, (&'static str, String)> {
        let compile = |name, css: Option<&str>| {
            css.map(|css| Selector::parse(css).map_err(|error| (name, error.to_string()))).transpose()
        };
        Ok(Self { select: compile("select", select)?, drop: compile("drop", drop)? })
    }

    pub(super) fn matches(&self, tree: &Tree<'_>) -> Matches {
        if self.select.is_none() && self.drop.is_none() {
            return Matches::default();
        }
        let (copy, pairs) = copy(tree);
        let find = |selector: &Selector| -> HashSet<NodeId> {
            let element = |id| copy.tree.get(id).and_then(ElementRef::wrap);
            pairs
                .iter()
                .filter(|pair| element(pair.1).is_some_and(|e| selector.matches(&e)))
                .map(|pair| pair.0)
                .collect()
        };
        Matches {
            select: self.select.as_ref().map(find),
            drop: self.drop.as_ref().map(find).unwrap_or_default(),
        }
    }
}

/// The elements of `tree` as scraper's own, with the pairs of their names.
fn copy(tree: &Tree<'_>) -> (Html, Vec<(NodeId, CopyId)>) {
    let mut html = Html::new_document();
    let mut pairs = Vec::new();
    let mut names = std::collections::HashMap::from([(tree.root(), html.tree.root().id())]);
    for id in tree.descendants(tree.root()) {
        let Some(parent) = tree.parent(id).and_then(|parent| names.get(&parent).copied()) else {
            continue;
        };
        if let (Some(element), Some(mut place)) = (element(tree, id), html.tree.get_mut(parent)) {
            let child = place.append(Node::Element(element)).id();
            names.insert(id, child);
            pairs.push((id, child));
        }
    }
    (html, pairs)
}

fn element(tree: &Tree<'_>, id: NodeId) -> Option<Element> {
    let namespace = tree.element(id)?.namespace;
    let vocabulary = match namespace {
        Namespace::Html => ns!(html),
        Namespace::Svg => ns!(svg),
        Namespace::MathMl => ns!(mathml),
    };
    let name = QualName::new(None, vocabulary, LocalName::from(tree.tag(id)?));
    let attributes = tree.attributes(id).map(|attribute| Attribute {
        name: qualified(&tree.qualified(attribute, namespace)),
        value: StrTendril::from_slice(&tree.value(attribute)),
    });
    Some(Element::new(name, attributes.collect()))
}

fn qualified(name: &ForeignName<'_>) -> QualName {
    let vocabulary = match name.namespace {
        Some("xlink") => ns!(xlink),
        Some("xml") => ns!(xml),
        Some("xmlns") => ns!(xmlns),
        _ => ns!(),
    };
    QualName::new(name.prefix.map(Into::into), vocabulary, LocalName::from(&*name.local))
}
