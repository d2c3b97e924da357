//! Pages and fragments of pages: from a tree to blocks, and the first choice of what is the article.
//!
//! The choice is a simple one: from the body down, as long as one child holds nearly all of the running text,
//! go into it; what stands outside is left out. It loses little and keeps too much.

use super::draft::{CELL_BREAK, Draft, LINE_BREAK, Leaf, Shell, assemble, drafts, through};
use super::html::{self, NodeId, Tree};
use super::select::Matches;
use super::{BlockKind, Boilerplate, Markup, Options, metadata, plain};
use crate::limits::{ARTICLE_SHARE, LARGE_SHARE, LEAST_SHARE, RUNNING_TEXT, SNIFFED_TAGS};
use crate::text::{Span, Text};

/// Whether `source` holds a tag that HTML knows, or says that it is HTML.
pub(super) fn looks_like_html(source: &str) -> bool {
    let starts = memchr::memchr_iter(b'<', source.as_bytes()).take(SNIFFED_TAGS);
    starts.filter_map(|at| source.get(at + 1..)).any(|rest| {
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let name: String = rest
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .take(12)
            .collect::<String>()
            .to_ascii_lowercase();
        let after = rest.get(name.len()..).unwrap_or("");
        let ends = after.is_empty() || after.starts_with(['>', '/', ' ', '\t', '\n', '\r']);
        rest.starts_with("!--")
            || rest.get(..8).is_some_and(|mark| mark.eq_ignore_ascii_case("!doctype"))
            || ends && KNOWN.binary_search(&name.as_str()).is_ok()
    })
}

/// The elements that tell markup from "x <y", sorted.
const KNOWN: [&str; 47] = [
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "blockquote",
    "body",
    "br",
    "cite",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "li",
    "main",
    "meta",
    "nav",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "span",
    "strong",
    "svg",
    "table",
    "td",
    "tr",
    "ul",
];

pub(super) fn parse(source: &str, options: &Options) -> Markup {
    let tree = html::parse(source);
    let whole = is_whole(source, &tree);
    let matches = options.selectors.matches(&tree);
    let weights = Weights::of(&tree);
    let trust = if whole { Trust::Names } else { Trust::Fragment };
    let mut markup = read(source, &tree, &matches, &weights, trust, options);
    // Where the names lie (a body of class "menu-open", a theme that calls the article a sidebar), they are not believed.
    if whole && matches.select.is_none() && markup.text.len() < weights.total / LEAST_SHARE {
        markup = read(source, &tree, &matches, &weights, Trust::Tags, options);
    }
    if whole {
        markup.metadata = metadata::read(&tree);
    }
    markup
}

fn read(
    source: &str,
    tree: &Tree,
    matches: &Matches,
    weights: &Weights,
    trust: Trust,
    options: &Options,
) -> Markup {
    let mut reading = Reading::new(tree, matches, weights, trust);
    reading.walk(tree.root());
    let mut found = drafts(reading.leaves, &reading.shells);
    label(&mut found, trust != Trust::Fragment);
    assemble(source, found, &reading.hrefs, options)
}

/// What of a page's own words is believed when furniture is told from the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    /// Tags, and the names of classes.
    Names,
    /// Tags alone, and the whole body is read.
    Tags,
    /// Nothing is furniture: the fragment was chosen by somebody.
    Fragment,
}

/// A list of fragments; each is a paragraph unless its markup says otherwise.
pub(super) fn parse_fragments(source: &str, fragments: &[Text], options: &Options) -> Markup {
    let mut all = Vec::new();
    let mut hrefs = Vec::new();
    for fragment in fragments {
        let tree = html::parse(fragment.as_str());
        let matches = options.selectors.matches(&tree);
        let weights = Weights::default();
        let mut reading = Reading::new(&tree, &matches, &weights, Trust::Fragment);
        reading.walk(tree.root());
        let first = hrefs.len();
        for mut draft in drafts(reading.leaves, &reading.shells) {
            draft.links.iter_mut().for_each(|(_, id)| *id += first);
            all.push(through(draft, fragment.alignment()));
        }
        hrefs.append(&mut reading.hrefs);
    }
    label(&mut all, false);
    assemble(source, all, &hrefs, options)
}

/// Lines of boilerplate, lists of nothing but links, and headings that are set as bold paragraphs.
fn label(drafts: &mut [Draft], whole: bool) {
    let count = drafts.len();
    for (index, draft) in drafts.iter_mut().enumerate().filter(|(_, draft)| !draft.kind.is_left_out()) {
        if let Some(verdict) = Boilerplate::english().judge(draft.text.as_str()) {
            draft.condemn(verdict);
        } else if whole && draft.kind == BlockKind::ListItem && draft.link_share() > 0.8 {
            draft.kind = BlockKind::Nav;
            draft.reason = Some("a list of links".to_owned());
        } else if draft.kind == BlockKind::Paragraph && index + 1 < count && is_bold_heading(draft) {
            draft.kind = BlockKind::Heading;
        }
    }
}

fn is_bold_heading(draft: &Draft) -> bool {
    let all = Span::new(0, draft.text.len());
    let bold = draft.inlines.iter().any(|inline| inline.style == super::Style::Bold && inline.span == all);
    bold && plain::is_heading(draft.text.as_str())
}

/// A page has its own html, head or body tag; a fragment gets them from the parser.
fn is_whole(source: &str, tree: &Tree) -> bool {
    tree.descendants(tree.root()).take(8).any(|id| {
        let written = tree.element(id).map_or("", |element| element.source.of(source));
        let name = written.get(1..5).unwrap_or("").to_ascii_lowercase();
        matches!(tree.tag(id), Some("html" | "head" | "body"))
            && matches!(name.as_str(), "html" | "head" | "body")
    })
}

/// What the walk knows at a node.
#[derive(Clone, Copy)]
struct State {
    shell: usize,
    kind: BlockKind,
    reason: Option<&'static str>,
    inside: bool,
    link: Option<usize>,
    bold: bool,
    italic: bool,
}

struct Reading<'a> {
    tree: &'a Tree,
    matches: &'a Matches,
    weights: &'a Weights,
    trust: Trust,
    article: NodeId,
    leaves: Vec<Leaf<'a>>,
    shells: Vec<Shell>,
    hrefs: Vec<String>,
    last: usize,
}

/// What the walk does next: enter a node, or leave it with the state outside.
enum Step {
    Enter(NodeId, State),
    Leave(NodeId, State),
}

impl<'a> Reading<'a> {
    fn new(tree: &'a Tree, matches: &'a Matches, weights: &'a Weights, trust: Trust) -> Self {
        let chosen = trust == Trust::Names && matches.select.is_none();
        let article = if chosen { weights.article(tree) } else { tree.root() };
        let (leaves, shells, hrefs) = (Vec::new(), Vec::new(), Vec::new());
        Self { tree, matches, weights, trust, article, leaves, shells, hrefs, last: 0 }
    }

    fn shell(&mut self, state: &State) -> usize {
        let outside = !state.inside && !state.kind.is_left_out();
        let (kind, reason) = if outside {
            let selected = self.matches.select.is_some();
            let reason = if selected { "outside what select= matches" } else { "outside the article" };
            (if selected { BlockKind::Selected } else { BlockKind::Nav }, Some(reason))
        } else {
            (state.kind, state.reason)
        };
        self.shells.push(Shell { kind, reason });
        self.shells.len() - 1
    }

    fn walk(&mut self, root: NodeId) {
        let start = State {
            shell: 0,
            kind: BlockKind::Paragraph,
            reason: None,
            inside: self.matches.select.is_none() && self.article == root,
            link: None,
            bold: false,
            italic: false,
        };
        let shell = self.shell(&start);
        let mut steps = vec![Step::Enter(root, State { shell, ..start })];
        while let Some(step) = steps.pop() {
            match step {
                Step::Enter(id, state) => self.enter(id, state, &mut steps),
                Step::Leave(id, state) => self.leave(id, state),
            }
        }
    }

    fn enter(&mut self, id: NodeId, outer: State, steps: &mut Vec<Step>) {
        if let Some(text) = self.tree.text(id) {
            for run in &text.runs {
                self.last = run.source.end;
                let piece = Span::new(run.text, run.text + run.len).of(&text.string);
                self.push(piece, run.source, &outer);
            }
            return;
        }
        let tag = self.tree.tag(id).unwrap_or("");
        if UNREAD.contains(&tag) {
            return;
        }
        if tag == "br" {
            self.push(LINE_BREAK, Span::new(self.last, self.last), &outer);
        }
        let inner = self.inside(id, tag, outer);
        let after = if is_block(tag) { State { shell: self.shell(&outer), ..outer } } else { outer };
        steps.push(Step::Leave(id, after));
        let children: Vec<NodeId> = self.tree.children(id).collect();
        // A block ends the run of text around it: what follows it is a block of its own.
        let mut state = inner;
        let mut inner_steps = Vec::with_capacity(children.len());
        for child in children {
            inner_steps.push(Step::Enter(child, state));
            if self.tree.tag(child).is_some_and(is_block) {
                state = State { shell: self.shell(&inner), ..inner };
            }
        }
        steps.extend(inner_steps.into_iter().rev());
    }

    fn leave(&mut self, id: NodeId, outer: State) {
        if matches!(self.tree.tag(id), Some("td" | "th")) {
            self.push(CELL_BREAK, Span::new(self.last, self.last), &outer);
        }
    }

    fn push(&mut self, text: &'a str, source: Span, state: &State) {
        let State { shell, link, bold, italic, .. } = *state;
        self.leaves.push(Leaf { shell, text, source, link, bold, italic });
    }

    /// The state inside the element.
    fn inside(&mut self, id: NodeId, tag: &str, outer: State) -> State {
        let mut state = outer;
        state.inside |= self.article == id && self.matches.select.is_none();
        state.inside |= self.matches.select.as_ref().is_some_and(|chosen| chosen.contains(&id));
        if !state.kind.is_left_out() {
            if let Some((kind, reason)) = self.left_out(id, tag) {
                (state.kind, state.reason) = (kind, Some(reason));
            } else if let Some(kind) = block_kind(tag, outer.kind) {
                state.kind = kind;
            }
        }
        match tag {
            "a" => state.link = self.link(id).or(outer.link),
            "b" | "strong" => state.bold = true,
            "i" | "em" | "cite" => state.italic = true,
            _ => {}
        }
        let changed = state.kind != outer.kind || state.inside != outer.inside;
        if is_block(tag) || changed {
            state.shell = self.shell(&state);
        }
        state
    }

    fn link(&mut self, id: NodeId) -> Option<usize> {
        let href = self.tree.attr(id, "href")?;
        self.hrefs.push(href.to_owned());
        Some(self.hrefs.len() - 1)
    }

    fn left_out(&self, id: NodeId, tag: &str) -> Option<(BlockKind, &'static str)> {
        if self.matches.drop.contains(&id) {
            return Some((BlockKind::Selected, "matched by drop="));
        }
        match tag {
            "figcaption" | "caption" => return Some((BlockKind::Caption, "stands under a picture")),
            "figure" if self.trust != Trust::Fragment => {
                return Some((BlockKind::Caption, "stands with a picture"));
            }
            "button" | "select" | "textarea" | "label" => return Some((BlockKind::Nav, "a form's own text")),
            _ => {}
        }
        if self.trust == Trust::Fragment || matches!(tag, "html" | "body" | "article" | "main") {
            return None;
        }
        if tag == "h1" {
            return Some((BlockKind::Title, "the page's headline"));
        }
        self.furniture(id, tag).filter(|_| !self.weights.is_large(id))
    }

    fn furniture(&self, id: NodeId, tag: &str) -> Option<(BlockKind, &'static str)> {
        match tag {
            "nav" | "footer" | "form" | "dialog" => return Some((BlockKind::Nav, "furniture of the page")),
            "aside" => return Some((BlockKind::Promo, "set aside from the article")),
            _ => {}
        }
        if self.trust == Trust::Tags {
            return None;
        }
        if self.tree.attr(id, "hidden").is_some() || self.tree.attr(id, "aria-hidden") == Some("true") {
            return Some((BlockKind::Nav, "hidden on the page"));
        }
        let name = [self.tree.attr(id, "class"), self.tree.attr(id, "id")];
        name.into_iter().flatten().flat_map(str::split_ascii_whitespace).find_map(named)
    }
}

/// What a class or an id says of an element, where one of its words is a publisher's usual name for furniture.
fn named(class: &str) -> Option<(BlockKind, &'static str)> {
    let lower = class.to_ascii_lowercase();
    lower.split(['-', '_']).find_map(|word| match word {
        "newsletter" | "promo" | "promotion" | "related" | "recommended" | "outbrain" | "taboola"
        | "advert" | "advertisement" | "ad" | "ads" | "sponsored" => {
            Some((BlockKind::Promo, "named as a promotion"))
        }
        "nav" | "navigation" | "breadcrumb" | "breadcrumbs" | "menu" | "share" | "social" | "sharing"
        | "cookie" | "cookies" | "comments" | "sidebar" | "byline" | "tags" | "pagination" | "masthead" => {
            Some((BlockKind::Nav, "named as furniture"))
        }
        "caption" => Some((BlockKind::Caption, "named as a caption")),
        _ => None,
    })
}

/// Elements whose text is not for reading.
const UNREAD: [&str; 10] =
    ["head", "script", "style", "noscript", "template", "iframe", "svg", "math", "object", "option"];

fn block_kind(tag: &str, outer: BlockKind) -> Option<BlockKind> {
    match tag {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
        "li" | "dt" | "dd" => Some(BlockKind::ListItem),
        "blockquote" => Some(BlockKind::Blockquote),
        "tr" => Some(BlockKind::Table),
        "ul" | "ol" | "dl" | "table" => Some(BlockKind::Paragraph),
        "p" if !matches!(outer, BlockKind::ListItem | BlockKind::Blockquote | BlockKind::Table) => {
            Some(BlockKind::Paragraph)
        }
        _ => None,
    }
}

fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "tr"
            | "ul"
            | "video"
            | "audio"
            | "button"
            | "select"
    )
}

/// For each node, the bytes of running text in it, furniture left out: paragraphs of some length.
#[derive(Debug, Default)]
struct Weights {
    of: Vec<usize>,
    total: usize,
}

impl Weights {
    fn of(tree: &Tree) -> Self {
        let order: Vec<NodeId> = tree.descendants(tree.root()).collect();
        let mut of = vec![0_usize; tree.len()];
        let mut total = 0;
        for &id in &order {
            if let Some((parent, bytes)) = running(tree, id) {
                total += bytes;
                of.get_mut(parent.index()).into_iter().for_each(|slot| *slot += bytes);
            }
        }
        for &id in order.iter().rev() {
            let weight = of.get(id.index()).copied().unwrap_or(0);
            let furniture = matches!(tree.tag(id), Some("nav" | "footer" | "aside" | "form" | "figure"));
            let parent = tree.parent(id).filter(|_| !furniture);
            parent.and_then(|parent| of.get_mut(parent.index())).into_iter().for_each(|slot| *slot += weight);
        }
        Self { of, total }
    }

    fn get(&self, id: NodeId) -> usize {
        self.of.get(id.index()).copied().unwrap_or(0)
    }

    /// Whether so much of the page's text is in it that it can be no furniture.
    fn is_large(&self, id: NodeId) -> bool {
        self.get(id) as f64 > LARGE_SHARE * self.total as f64
    }

    /// The element that holds the article: from the root down as long as one child holds nearly all running text.
    fn article(&self, tree: &Tree) -> NodeId {
        let mut at = tree.root();
        loop {
            let elements = tree.children(at).filter(|&id| tree.element(id).is_some());
            let heaviest = elements.max_by_key(|&id| self.get(id));
            let nearly_all = |&child: &NodeId| self.get(child) as f64 >= ARTICLE_SHARE * self.get(at) as f64;
            match heaviest
                .filter(|&child| self.get(child) > 0 && !is_text_block(tree, child))
                .filter(nearly_all)
            {
                Some(child) => at = child,
                None => return at,
            }
        }
    }
}

/// The parent of a node of running text, and its bytes.
fn running(tree: &Tree, id: NodeId) -> Option<(NodeId, usize)> {
    let bytes = tree.text(id)?.string.trim().len();
    let parent = tree.parent(id)?;
    let unread =
        matches!(tree.tag(parent), Some("script" | "style" | "noscript" | "template" | "title" | "textarea"));
    (bytes >= RUNNING_TEXT && !unread).then_some((parent, bytes))
}

fn is_text_block(tree: &Tree, id: NodeId) -> bool {
    matches!(
        tree.tag(id),
        Some("p" | "li" | "ul" | "ol" | "blockquote" | "h1" | "h2" | "h3" | "table" | "a" | "span")
    )
}
