//! What a page shows around its headline: a byline, a date. Looked for only where nothing else names them.

use super::super::html::{Name, NodeId, Tree};
use super::{attribute, date, people};

/// What was found on the page itself.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub people: Vec<String>,
    /// The names of a paragraph that holds nothing else.
    pub signatures: Vec<String>,
    pub published: Option<String>,
}

/// Characters of a line that may be a byline or a date.
const LONGEST: usize = 120;

/// Bytes of a line that is a date with a few words, at most.
const ALONE: usize = 40;

/// Texts after the headline in which a date is looked for.
const NEAR: usize = 40;

/// Texts after it in which the first paragraph begins.
const FIRST: usize = 16;

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
    /// The name of a link to the page of an author.
    linked: Vec<String>,
    /// The name in an element whose class speaks of an author.
    classed: Vec<String>,
    signatures: Vec<String>,
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
    let found = [
        named(&search.authors),
        named(&search.bylines),
        search.signed,
        named(&search.linked),
        named(&search.classed),
    ];
    let people = found.into_iter().find(|names| !names.is_empty()).unwrap_or_default();
    let signatures =
        if says_in_lower_case(tree, &search.signatures) { Vec::new() } else { search.signatures };
    Shown {
        people,
        signatures,
        published: search.marked.or(search.timed).or(search.behind).or(search.before),
    }
}

/// A date in a line of its own anywhere on a page, `Posted on April 13, 2023` under the text: the first.
pub(super) fn alone(tree: &Tree<'_>, month_first: bool) -> Option<String> {
    let is_read = |id: NodeId| {
        let around = tree.parent(id).and_then(|around| tree.name(around));
        !matches!(around, Some(Name::SCRIPT | Name::STYLE | Name::NOSCRIPT | Name::TITLE | Name::A))
    };
    let texts = tree.descendants(tree.root()).filter(|&id| is_read(id)).filter_map(|id| tree.text(id));
    texts
        .map(|text| text.string())
        .filter(|line| line.trim().len() <= ALONE)
        .find_map(|line| has_year(&line).then(|| date::read(&line, month_first)).flatten())
}

fn has_year(text: &str) -> bool {
    text.contains("20") || text.contains("19")
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
        match name {
            Name::A => self.link(tree, id),
            Name::P => self.paragraph(tree, id),
            _ => {}
        }
        true
    }

    fn is_near(&self) -> bool {
        self.since.is_some_and(|since| since <= NEAR)
    }

    /// `<a href="/author/ann-lee">Ann Lee</a>` behind the headline.
    fn link(&mut self, tree: &Tree<'_>, id: NodeId) {
        const PAGES: [&str; 10] = [
            "auteur", "auteurs", "author", "authors", "autor", "autore", "autoren", "autores", "autori",
            "yazar",
        ];
        if !self.is_near() || !self.linked.is_empty() {
            return;
        }
        let Some(address) = tree.attr(id, Name::HREF) else { return };
        if address.split(['/', '?', '#']).any(|part| PAGES.contains(&part)) {
            self.linked.extend(line(tree, id).filter(|name| people::is_full_name(name)));
        }
    }

    /// A paragraph that is nothing but names: bold and right behind the headline, or set to the right.
    fn paragraph(&mut self, tree: &Tree<'_>, id: NodeId) {
        if self.since.is_none() || !self.signatures.is_empty() {
            return;
        }
        let is_right = tree.attr(id, Name::STYLE).is_some_and(|style| {
            style.split_once("text-align:").is_some_and(|(_, side)| side.trim_start().starts_with("right"))
        });
        let is_first = self.since.is_some_and(|since| since <= FIRST);
        if !(is_right || is_first && is_bold(tree, id)) {
            return;
        }
        let Some(line) = line(tree, id) else { return };
        let names: Vec<String> = line.split('/').map(|name| name.trim().to_owned()).collect();
        if names.iter().all(|name| people::is_full_name(name)) {
            self.signatures = names;
        }
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
        if text.len() > LONGEST
            || !has_year(text)
            || self.behind.is_some()
            || self.since.is_some_and(|since| since > NEAR)
        {
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
        let near = self.is_near() && text.len() <= LONGEST;
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
        if !self.bylines.is_empty() || class.len() >= 200 || !may_name_author(class) {
            return;
        }
        if class.split_ascii_whitespace().any(is_one) {
            self.bylines.extend(line(tree, id));
        } else if self.classed.is_empty() && self.since.is_some() && speaks_of_author(class) {
            self.classed.extend(line(tree, id).filter(|name| people::is_full_name(name)));
        }
    }
}

/// Whether a class has two letters in a row that every name for an author has: `byline`, `author`, `autor`, `writer`.
fn may_name_author(class: &str) -> bool {
    let lower = class.bytes().map(|byte| byte.to_ascii_lowercase());
    lower.clone().zip(lower.skip(1)).any(|two| matches!(two, (b'b', b'y') | (b'a', b'u') | (b'w', b'r')))
}

/// `elementor-author-box__name`, `_authorName_1r0t6`.
fn speaks_of_author(class: &str) -> bool {
    let has = |word: &str| {
        class.as_bytes().windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    };
    has("author") || has("byline")
}

/// Whether all the text of an element is set in bold type.
fn is_bold(tree: &Tree<'_>, id: NodeId) -> bool {
    let is_blank = |id: NodeId| tree.text(id).is_some_and(|text| text.string().trim().is_empty());
    let mut inside = tree.children(id).filter(|&id| !is_blank(id));
    let bold =
        inside.next().and_then(|id| tree.name(id)).is_some_and(|name| matches!(name, Name::STRONG | Name::B));
    bold && inside.next().is_none()
}

/// Whether the page has a word of the names in lower case too: `Key Findings` is none, as some paragraph speaks of findings.
fn says_in_lower_case(tree: &Tree<'_>, names: &[String]) -> bool {
    let words =
        names.iter().flat_map(|name| name.split(' ')).filter(|word| word.starts_with(char::is_uppercase));
    let lower: Vec<String> = words.map(str::to_lowercase).collect();
    if lower.is_empty() {
        return false;
    }
    let is_read = |id: NodeId| {
        let around = tree.parent(id).and_then(|around| tree.name(around));
        !matches!(around, Some(Name::SCRIPT | Name::STYLE))
    };
    let says = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric()).any(|word| lower.iter().any(|known| known == word))
    };
    let mut texts = tree.descendants(tree.root()).filter(|&id| is_read(id)).filter_map(|id| tree.text(id));
    texts.any(|text| says(&text.string()))
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
