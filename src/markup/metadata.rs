//! What a page says of itself: title, authors, dates, site, language, address.

use std::collections::HashMap;

use serde_json::Value;

use super::html::{NodeId, Tree};

/// What a page says of itself; what it does not say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The headline.
    pub title: Option<String>,
    /// The authors, in the order given.
    pub byline: Vec<String>,
    /// When it was published, as written (ISO 8601 where the page keeps to its standard).
    pub published: Option<String>,
    /// The publisher's name.
    pub site: Option<String>,
    /// The language, as a BCP 47 tag.
    pub language: Option<String>,
    /// The canonical address.
    pub url: Option<String>,
}

/// The properties of `<meta>`, and the first of each of a few elements.
#[derive(Default)]
struct Seen {
    properties: HashMap<String, String>,
    json: Vec<String>,
    heading: Option<String>,
    title: Option<String>,
    time: Option<String>,
    canonical: Option<String>,
    language: Option<String>,
}

/// What a page says of its text.
#[derive(Clone, Debug, Default)]
pub(super) struct Extra {
    /// Its summary.
    pub summary: String,
    /// A copy of its text, often stale or cut.
    pub body: String,
}

/// Reads the metadata of a whole page.
pub(super) fn read(tree: &Tree) -> (Metadata, Extra) {
    let mut seen = Seen::default();
    for id in tree.descendants(tree.root()) {
        if let Some(name) = tree.tag(id) {
            look(tree, id, name, &mut seen);
        }
    }
    let linked = seen.json.iter().find_map(|json| article(json)).unwrap_or_default();
    let (linked, body) = linked;
    let property = |names: &[&str]| names.iter().find_map(|&name| seen.properties.get(name).cloned());
    let first_heading = seen.heading.clone();
    let named: Vec<String> = property(&["author", "article:author", "byl", "parsely-author"])
        .filter(|author| !author.contains("://"))
        .into_iter()
        .flat_map(|author| authors(&author))
        .collect();
    let summary = property(&["og:description", "description", "twitter:description"]).unwrap_or_default();
    let metadata = Metadata {
        title: property(&["og:title", "twitter:title"]).or(linked.title).or(first_heading).or(seen.title),
        byline: if linked.byline.is_empty() { named } else { linked.byline },
        published: linked
            .published
            .or_else(|| {
                property(&["article:published_time", "datepublished", "date", "dc.date", "parsely-pub-date"])
            })
            .or(seen.time),
        site: property(&["og:site_name", "application-name"]).or(linked.site),
        language: seen.language.or_else(|| property(&["og:locale"]).map(|tag| tag.replace('_', "-"))),
        url: seen.canonical.or_else(|| property(&["og:url"])),
    };
    (metadata, Extra { summary, body })
}

fn look(tree: &Tree, id: NodeId, name: &str, seen: &mut Seen) {
    let attribute = |name| tree.attr(id, name).map(str::trim).filter(|value| !value.is_empty());
    match name {
        "html" => seen.language = attribute("lang").map(str::to_owned),
        "meta" => {
            let key = attribute("property").or(attribute("name")).or(attribute("itemprop"));
            if let (Some(key), Some(content)) = (key, attribute("content")) {
                seen.properties.entry(key.to_ascii_lowercase()).or_insert_with(|| content.to_owned());
            }
        }
        "link" if attribute("rel") == Some("canonical") => {
            seen.canonical = attribute("href").map(str::to_owned)
        }
        "script" if attribute("type") == Some("application/ld+json") => seen.json.push(tree.text_of(id)),
        "title" if seen.title.is_none() => seen.title = filled(tree, id),
        "h1" if seen.heading.is_none() => seen.heading = filled(tree, id),
        "time" if seen.time.is_none() => seen.time = attribute("datetime").map(str::to_owned),
        _ => {}
    }
}

fn filled(tree: &Tree, id: NodeId) -> Option<String> {
    let text = tree.text_of(id).split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// The first article of a JSON-LD script.
fn article(json: &str) -> Option<(Metadata, String)> {
    let value: Value = serde_json::from_str(json.trim()).ok()?;
    let graph = value.get("@graph").and_then(Value::as_array);
    let items = graph.or(value.as_array()).map_or_else(|| vec![&value], |list| list.iter().collect());
    let item = items.into_iter().find(|item| is_article(item))?;
    let text = |key: &str| item.get(key).and_then(Value::as_str).map(str::to_owned);
    let body = text("articleBody").unwrap_or_default();
    let metadata = Metadata {
        title: text("headline"),
        byline: item.get("author").map(people).unwrap_or_default(),
        published: text("datePublished"),
        site: item.get("publisher").map(people).and_then(|names| names.into_iter().next()),
        ..Metadata::default()
    };
    Some((metadata, body))
}

fn is_article(item: &Value) -> bool {
    let article = |kind: &Value| {
        kind.as_str().is_some_and(|kind| kind.contains("Article") || kind.contains("BlogPosting"))
    };
    item.get("@type")
        .is_some_and(|kind| article(kind) || kind.as_array().is_some_and(|list| list.iter().any(article)))
}

/// Names from a string, an object with a name, or a list of either.
fn people(value: &Value) -> Vec<String> {
    let one =
        |value: &Value| value.as_str().or_else(|| value.get("name").and_then(Value::as_str)).map(authors);
    match value {
        Value::Array(list) => list.iter().filter_map(one).flatten().collect(),
        other => one(other).unwrap_or_default(),
    }
}

/// `By Ann Lee and Bo Berg` is two people.
fn authors(line: &str) -> Vec<String> {
    let line = line.trim();
    let names = line.strip_prefix("By ").or(line.strip_prefix("by ")).unwrap_or(line);
    let named = names.split([',', ';']).flat_map(|part| part.split(" and "));
    named.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
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
            "datePublished": "2024-03-02T10:00:00Z", "author": [{"name": "Ann Lee"}, "Bo Berg"]}]}</script>
            <link rel="canonical" href="https://example.org/wall"></head><body><h1>The wall</h1></body></html>"#;
        let (metadata, _) = read(&html::parse(page));
        assert_eq!(metadata.title.as_deref(), Some("Wall holds"));
        assert_eq!(metadata.byline, ["Ann Lee", "Bo Berg"]);
        assert_eq!(metadata.published.as_deref(), Some("2024-03-02T10:00:00Z"));
        assert_eq!(metadata.site.as_deref(), Some("Harbour Post"));
        assert_eq!(metadata.language.as_deref(), Some("en-GB"));
        assert_eq!(metadata.url.as_deref(), Some("https://example.org/wall"));
    }

    #[test]
    fn a_byline_is_a_list_of_people() {
        assert_eq!(authors("By Ann Lee, Bo Berg and Cy Dunn"), ["Ann Lee", "Bo Berg", "Cy Dunn"]);
    }
}
