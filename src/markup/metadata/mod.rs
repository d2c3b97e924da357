//! What a page says of itself: title, authors, dates, site, language, address. JSON-LD first, then `<meta>`, then what
//! stands on the page, and what one of them says is held against the others.

mod date;
mod linked;
mod people;
mod shown;
mod title;

use std::collections::HashMap;

use super::html::{Name, NodeId, Tree};
use linked::Linked;

/// What a page says of itself; what it does not say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The headline.
    pub title: Option<String>,
    /// The authors, in the order given.
    pub byline: Vec<String>,
    /// When it was published (ISO 8601, with time and zone where the page gives them).
    pub published: Option<String>,
    /// When it was last changed (ISO 8601).
    pub modified: Option<String>,
    /// The publisher's name.
    pub site: Option<String>,
    /// The language, as a BCP 47 tag.
    pub language: Option<String>,
    /// The canonical address.
    pub url: Option<String>,
}

/// What a page says of its text.
#[derive(Clone, Debug, Default)]
pub(super) struct Extra {
    /// The headline that it tells search machines, where its title is another.
    pub headline: String,
    /// Its summary.
    pub summary: String,
    /// A copy of its text, often stale or cut.
    pub body: String,
    /// How much it says that it is an article: from 0, nothing, to 4, news.
    pub rank: u8,
    /// Whether it tells machines its date, and its authors.
    pub told: [bool; 2],
}

/// The properties of `<meta>`, and the first of each of a few elements.
#[derive(Default)]
struct Seen {
    properties: HashMap<String, Vec<String>>,
    json: Vec<String>,
    headings: Vec<String>,
    subheadings: Vec<String>,
    title: Option<String>,
    canonical: Option<String>,
    language: Option<String>,
}

/// `<h1>`, and `<h2>`, that are looked at: some pages set every teaser as one.
const MOST_HEADINGS: usize = 8;

impl Seen {
    /// The first property of these names that says something.
    fn property(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|&name| self.properties.get(name)?.first().cloned())
    }
}

const PUBLISHED: [&str; 27] = [
    "article:published_time",
    "article:published",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dc.date.created",
    "dcterms.created",
    "date.created",
    "citation_publication_date",
    "cxenseparse:recs:publishtime",
    "publish-date",
    "publish_date",
    "pubdate",
    "publication_date",
    "date",
    "datecreated",
    "published",
    "published-date",
    "published_date",
    "date-published",
    "w-published-date",
];

const MODIFIED: [&str; 8] = [
    "article:modified_time",
    "og:updated_time",
    "article:modified",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
];

const AUTHORS: [&str; 12] = [
    "parsely-author",
    "cxenseparse:author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "author",
    "article:author",
    "og:article:author",
    "article:author_name",
    "citation_author",
    "twitter:creator:name",
];

/// Reads the metadata of a whole page; a date that only stands on it is not looked for where nobody asks `when`.
pub(super) fn read(tree: &Tree<'_>, when: bool) -> (Metadata, Extra) {
    let mut seen = Seen::default();
    for id in tree.descendants(tree.root()) {
        if let Some(name) = tree.name(id) {
            look(tree, id, name, &mut seen);
        }
    }
    let linked = linked::read(&seen.json);
    let site = seen.property(&["og:site_name", "application-name"]).or_else(|| linked.publisher.clone());
    let language = seen.language.clone().or_else(|| linked.language.clone());
    let language = language.or_else(|| seen.property(&["og:locale"])).map(|tag| tag.replace('_', "-"));
    let url = seen.canonical.clone().or_else(|| seen.property(&["og:url"]));
    let month_first = matches!(language.as_deref(), None | Some("en" | "en-US" | "en-us"));
    let said = Said::of(&linked, &seen, month_first);
    let mut byline = byline(&linked, &seen, site.as_deref());
    let told = [said.published.is_some(), !byline.is_empty()];
    let mut published = said.published.clone();
    if byline.is_empty() || when && (published.is_none() || said.is_stamp()) {
        let shown = shown::read(tree, month_first);
        published = said
            .published_before(shown.published)
            .or_else(|| in_address(url.as_deref()?))
            .or_else(|| said.modified.clone())
            .or_else(|| when.then(|| shown::alone(tree, month_first)).flatten())
            .or_else(|| in_address(&seen.property(&["og:image"])?));
        if byline.is_empty() {
            byline = shown_byline(shown.people, shown.signatures, &linked, &seen, site.as_deref());
        }
    }
    if byline.is_empty() {
        byline.clone_from(&linked.people);
    }
    if byline.is_empty() {
        byline = seen.property(&["author"]).map(|line| people::read(&line)).unwrap_or_default();
    }
    let summary =
        seen.property(&["og:description", "description", "twitter:description"]).unwrap_or_default();
    let headline = linked.headline.clone().unwrap_or_default();
    let title = title::choose(linked.headline, &seen, site.as_deref());
    (
        Metadata { title, byline, published, modified: said.modified, site, language, url },
        Extra { headline, summary, body: linked.body, rank: linked.rank, told },
    )
}

fn look(tree: &Tree<'_>, id: NodeId, name: Name, seen: &mut Seen) {
    match name {
        Name::HTML => seen.language = attribute(tree, id, Name::LANG),
        Name::META => {
            let key = attribute(tree, id, Name::PROPERTY)
                .or_else(|| attribute(tree, id, Name::NAME))
                .or_else(|| attribute(tree, id, Name::ITEMPROP));
            if let (Some(key), Some(content)) = (key, attribute(tree, id, Name::CONTENT)) {
                seen.properties.entry(key.to_ascii_lowercase()).or_default().push(content);
            }
        }
        Name::LINK if attribute(tree, id, Name::REL).as_deref() == Some("canonical") => {
            seen.canonical = attribute(tree, id, Name::HREF);
        }
        Name::SCRIPT => {
            let kind = attribute(tree, id, Name::TYPE);
            if kind.is_some_and(|kind| kind.to_ascii_lowercase().starts_with("application/ld+json")) {
                seen.json.push(tree.text_of(id));
            }
        }
        Name::TITLE if seen.title.is_none() => seen.title = filled(tree, id),
        Name::H1 if seen.headings.len() < MOST_HEADINGS => seen.headings.extend(filled(tree, id)),
        Name::H2 if seen.subheadings.len() < MOST_HEADINGS => seen.subheadings.extend(filled(tree, id)),
        _ => {}
    }
}

fn attribute(tree: &Tree<'_>, id: NodeId, name: Name) -> Option<String> {
    let value = tree.attr(id, name)?;
    Some(value.trim()).filter(|value| !value.is_empty()).map(str::to_owned)
}

/// Whether a line does nothing but sign an article: `By Ann Lee`.
pub(super) fn is_signature(line: &str) -> bool {
    people::is_signature(line)
}

/// The headline that a piece of a page shows: its first `<h1>` with text.
pub(super) fn headline(tree: &Tree<'_>) -> Option<String> {
    let mut headings = tree.descendants(tree.root()).filter(|&id| tree.name(id) == Some(Name::H1));
    headings.find_map(|id| filled(tree, id))
}

fn filled(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    let text = tree.text_of(id).split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// The words of a title, for comparisons: `Wall holds!` is `wall holds`.
fn folded(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The people that a page shows. Where the publisher signs for them, one may sign the text itself.
fn shown_byline(
    people: Vec<String>,
    signatures: Vec<String>,
    linked: &Linked,
    seen: &Seen,
    site: Option<&str>,
) -> Vec<String> {
    // The page's own account, a publisher's, goes before one word that it shows: `APA`, `amw`.
    let is_full = |name: &String| linked.people.is_empty() || people::is_full_name(name);
    let shown: Vec<String> = people.into_iter().filter(is_full).collect();
    let is_told = !shown.is_empty() || !linked.people.is_empty() || seen.property(&["author"]).is_some();
    let publishers = publishers(linked, site);
    let is_unsigned = is_told && !shown.iter().any(|name| is_person(name, &publishers));
    if is_unsigned && !signatures.is_empty() { signatures } else { shown }
}

/// The names of the publisher, folded.
fn publishers(linked: &Linked, site: Option<&str>) -> Vec<String> {
    [site, linked.publisher.as_deref()].into_iter().flatten().map(folded).collect()
}

/// Whether a name is neither that of a publisher nor an address.
fn is_person(name: &str, publishers: &[String]) -> bool {
    let is_address = name.contains('.') && !name.contains(' ');
    let name = folded(name);
    let is_site =
        publishers.iter().any(|publisher| publisher.starts_with(&name) || name.starts_with(publisher));
    !name.is_empty() && !is_site && !is_address
}

/// The people of the JSON-LD or of `<meta>`; a publisher signs for its people only where it names none.
fn byline(linked: &Linked, seen: &Seen, site: Option<&str>) -> Vec<String> {
    let publishers = publishers(linked, site);
    let is_person = |name: &String| is_person(name, &publishers);
    let people: Vec<String> = linked.people.iter().filter(|name| is_person(name)).cloned().collect();
    if !people.is_empty() {
        return people;
    }
    let told = AUTHORS.iter().filter_map(|&name| seen.properties.get(name));
    let read = |contents: &Vec<String>| -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in contents
            .iter()
            .flat_map(|line| people::read(&linked::unescaped(line)))
            .filter(|name| is_person(name))
        {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    };
    told.map(read).find(|names| !names.is_empty()).unwrap_or_default()
}

/// Bytes of a day, `2024-03-02`, and of a minute of it, `2024-03-02T10:30`.
const DAY: usize = 10;
const MINUTE: usize = 16;

fn up_to(time: &Option<String>, bytes: usize) -> Option<&str> {
    time.as_deref()?.get(..bytes)
}

/// The dates that a page tells machines.
struct Said {
    published: Option<String>,
    modified: Option<String>,
    /// Whether it tells the day of its publication in words.
    is_in_words: bool,
    is_news: bool,
}

impl Said {
    fn of(linked: &Linked, seen: &Seen, month_first: bool) -> Said {
        let dated = |text: String| date::read(&text, month_first);
        let said = |names: &[&str]| {
            names.iter().filter_map(|&name| seen.properties.get(name)).flatten().cloned().find_map(dated)
        };
        let published = linked.published.clone();
        Said {
            is_in_words: published
                .as_deref()
                .is_some_and(|day| !day.starts_with(|c: char| c.is_ascii_digit())),
            published: published.and_then(dated).or_else(|| said(&PUBLISHED)),
            modified: linked.modified.clone().and_then(dated).or_else(|| said(&MODIFIED)),
            is_news: linked.rank == linked::NEWS,
        }
    }

    /// Whether it may be the time at which a site was made anew, stamped on all of its pages: in words (`Jun 24, 2025` under a
    /// headline of August 2024), or to the minute that of the last change.
    fn is_stamp(&self) -> bool {
        // News is not changed before it is read, and speaks of earlier days.
        self.is_in_words
            || !self.is_news
                && self.published.is_some()
                && up_to(&self.published, MINUTE) == up_to(&self.modified, MINUTE)
    }

    /// The day of publication, where the page shows that one: before a stamp, or where it tells none.
    fn published_before(&self, shown: Option<String>) -> Option<String> {
        match (&self.published, shown) {
            (Some(told), Some(shown)) if self.is_stamp() && shown.get(..DAY) < told.get(..DAY) => Some(shown),
            (told, shown) => told.clone().or(shown),
        }
    }
}

/// The day in an address: `/2024/03/02/wall-holds`, `/2024-03-02-wall`.
fn in_address(url: &str) -> Option<String> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split_once('/').map_or("", |(_, path)| path);
    let starts = path.match_indices("20").map(|(at, _)| at);
    let mut days = starts.filter_map(|at| {
        let day = path.get(at..at + 10)?;
        let apart = day.as_bytes();
        let marked = matches!((apart.get(4)?, apart.get(7)?), (b'/', b'/') | (b'-', b'-'));
        date::read(day, false).filter(|_| marked)
    });
    days.next()
}

#[cfg(test)]
mod tests {
    use super::super::html;
    use super::*;

    #[test]
    fn reads_what_a_page_says_of_itself() {
        let page = r#"<!doctype html><html lang="en-GB"><head><title>Wall | Post</title>
            <meta property="og:title" content="Wall holds"><meta property="og:site_name" content="Harbour Post">
            <script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"],
            "headline": "Wall holds - Harbour Post", "author": [{"@id": "p:ann"}, "Bo Berg"],
            "datePublished": "2024-03-02T10:00:00Z", "dateModified": "2024-03-03 09:30"},
            {"@id": "p:ann", "@type": "Person", "name": "Ann Lee"}]}</script>
            <link rel="canonical" href="https://example.org/wall"></head><body><h1>The wall</h1></body></html>"#;
        let (metadata, _) = read(&html::parse(page), true);
        assert_eq!(metadata.title.as_deref(), Some("Wall holds"));
        assert_eq!(metadata.byline, ["Ann Lee", "Bo Berg"]);
        assert_eq!(metadata.published.as_deref(), Some("2024-03-02T10:00:00Z"));
        assert_eq!(metadata.modified.as_deref(), Some("2024-03-03T09:30:00"));
        assert_eq!(metadata.site.as_deref(), Some("Harbour Post"));
        assert_eq!(metadata.language.as_deref(), Some("en-GB"));
        assert_eq!(metadata.url.as_deref(), Some("https://example.org/wall"));
    }

    #[test]
    fn reads_what_a_page_shows() {
        let page = r#"<!doctype html><html lang="de"><head><title>Die Mauer hält noch immer | Hafenpost</title>
            <meta property="og:site_name" content="Hafenpost"></head><body><article><h1>Die Mauer hält</h1>
            <div class="article-byline">Von <a rel="author">Ann Lee</a> und <a rel="author">Bo Berg</a></div>
            <span>Stand: 2. März 2024, 10:00 Uhr</span><p>Es regnete.</p></article></body></html>"#;
        let (metadata, _) = read(&html::parse(page), true);
        assert_eq!(metadata.title.as_deref(), Some("Die Mauer hält"));
        assert_eq!(metadata.byline, ["Ann Lee", "Bo Berg"]);
        assert_eq!(metadata.published.as_deref(), Some("2024-03-02"));
    }

    #[test]
    fn a_day_may_stand_in_the_address() {
        assert_eq!(in_address("https://example.org/news/2024/03/02/wall").as_deref(), Some("2024-03-02"));
        assert_eq!(in_address("https://example.org/item-20240302"), None);
    }
}
