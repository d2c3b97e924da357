//! What a page shows around its headline: a byline, a date. Looked for only where nothing else names them.

use super::super::html::{Name, NodeId, Tree};
use super::{attribute, date, people};

/// What was found on the page itself.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub people: Vec<String>,
    pub published: Option<String>,
}

/// Characters of a line that may be a byline or a date.
const LONGEST: usize = 120;

/// Texts after the headline in which a date is looked for.
const NEAR: usize = 40;

/// Texts after it in which elements that are named as bylines are read.
const FAR: usize = 4 * NEAR;

#[derive(Default)]
struct Search {
    month_first: bool,
    /// Texts since the headline; none before it.
    since: Option<usize>,
    /// In an element that names itself by it.
    marked: Option<String>,
    /// In a `<time>`.
    timed: Option<String>,
    /// In a text behind the headline.
    behind: Option<String>,
    /// In a text before it, the last one.
    before: Option<String>,
    authors: Vec<String>,
    bylines: Vec<String>,
    /// People of a text that is signed.
    signed: Vec<String>,
    /// Whether the last text was the word of a byline.
    is_before: bool,
}

pub(super) fn read(tree: &Tree<'_>, month_first: bool) -> Shown {
    let mut search = Search { month_first, ..Search::default() };
    let mut next = tree.node(tree.root()).and_then(|node| node.first_child);
    while let Some(id) = next {
        let inside = search.look(tree, id);
        next = tree
            .node(id)
            .and_then(|node| node.first_child)
            .filter(|_| inside)
            .or_else(|| tree.after(id, tree.root()));
    }
    let named = |lines: &[String]| -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in
            lines.iter().flat_map(|line| people::read(line)).filter(|name| name.split(' ').count() <= 6)
        {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    };
    let found = [named(&search.authors), named(&search.bylines), search.signed];
    let people = found.into_iter().find(|names| !names.is_empty()).unwrap_or_default();
    Shown { people, published: search.marked.or(search.timed).or(search.behind).or(search.before) }
}

impl Search {
    /// Reads a node, and says whether to read what is below it.
    fn look(&mut self, tree: &Tree<'_>, id: NodeId) -> bool {
        if let Some(text) = tree.text(id) {
            if !self.is_far() {
                self.text(&text.string());
            }
            return true;
        }
        let Some(name) = tree.name(id) else { return true };
        match name {
            Name::SCRIPT | Name::STYLE | Name::HEAD_ELEMENT | Name::NOSCRIPT => {
                return false;
            }
            Name::H1 => self.since = Some(0),
            Name::TIME => {
                if let Some(day) = attribute(tree, id, Name::DATETIME).and_then(|text| self.date(&text)) {
                    let slot = if self.since.is_some() { &mut self.timed } else { &mut self.before };
                    slot.get_or_insert(day);
                }
            }
            _ => self.named(tree, id),
        }
        true
    }

    fn date(&self, text: &str) -> Option<String> {
        date::read(text, self.month_first)
    }

    /// Whether so many texts came since the headline that no text says more.
    fn is_far(&self) -> bool {
        self.since.is_some_and(|since| since > FAR)
    }

    fn text(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.since = self.since.map(|since| since + 1);
        self.sign(text);
        let has_year = text.len() <= LONGEST && (text.contains("20") || text.contains("19"));
        if !has_year || self.behind.is_some() || self.since.is_some_and(|since| since > NEAR) {
            return;
        }
        let day = self.date(text);
        match self.since {
            Some(_) => self.behind = day,
            None => self.before = day.or(self.before.take()),
        }
    }

    /// `By Ann Lee` behind the headline, as one text or as two.
    fn sign(&mut self, text: &str) {
        let near = self.since.is_some_and(|since| since <= NEAR) && text.len() <= LONGEST;
        let after_word = std::mem::replace(&mut self.is_before, near && people::is_before(text));
        if near && self.signed.is_empty() {
            self.signed = people::signed(text);
            if after_word && self.signed.is_empty() {
                self.signed =
                    people::read(text).into_iter().filter(|name| people::is_full_name(name)).collect();
            }
        }
    }

    fn named(&mut self, tree: &Tree<'_>, id: NodeId) {
        let far = self.is_far();
        for attr in tree.attributes(id) {
            if !matches!(attr.name, Name::ITEMPROP | Name::REL | Name::CLASS) {
                continue;
            }
            let value = &*tree.value(attr);
            match attr.name {
                Name::ITEMPROP if value == "datePublished" && self.marked.is_none() => {
                    let content = attribute(tree, id, Name::CONTENT).or_else(|| line(tree, id));
                    self.marked = content.and_then(|text| self.date(&text));
                }
                Name::ITEMPROP | Name::REL if value == "author" => self.authors.extend(line(tree, id)),
                Name::CLASS if !far && self.authors.is_empty() => self.byline(tree, id, value),
                _ => {}
            }
        }
    }

    fn byline(&mut self, tree: &Tree<'_>, id: NodeId, class: &str) {
        const NAMES: [&str; 11] = [
            "byline",
            "author",
            "article-author",
            "author-name",
            "authorname",
            "byline-name",
            "post-author",
            "autor",
            "writer",
            "entry-author",
            "authors",
        ];
        let is_one = |name: &str| {
            let start = name.rfind('_').map_or(0, |at| at + 1);
            let last =
                name.get(start..).filter(|_| name.get(..start).is_some_and(|head| head.ends_with("__")));
            let ends = |end: &str| {
                let tail = name.len().checked_sub(end.len()).and_then(|at| name.get(at..));
                tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end))
            };
            NAMES.iter().any(|known| {
                name.eq_ignore_ascii_case(known) || last.is_some_and(|last| last.eq_ignore_ascii_case(known))
            }) || ends("author-name")
                || ends("byline")
        };
        if self.bylines.is_empty() && class.len() < 200 && class.split_ascii_whitespace().any(is_one) {
            self.bylines.extend(line(tree, id));
        }
    }
}

/// The text below an element, if it is a line.
fn line(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    let mut line = String::new();
    for text in tree.descendants(id).filter_map(|id| tree.text(id)) {
        for word in text.string().split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        if line.len() > 2 * LONGEST {
            return None;
        }
    }
    (!line.is_empty()).then_some(line)
}
