//! JSON-LD: what a page tells search engines of its article, in the words of schema.org.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::super::html;
use super::people;
use crate::limits::LINKED_ITEMS;

/// What the JSON-LD of a page says of its article.
#[derive(Clone, Debug, Default)]
pub(super) struct Linked {
    pub headline: Option<String>,
    pub people: Vec<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub publisher: Option<String>,
    pub language: Option<String>,
    /// A copy of the text, often stale or cut.
    pub body: String,
    /// How much it says that the page is an article, 0 to 4.
    pub rank: u8,
}

type Item = Map<String, Value>;

/// Reads all scripts of a page.
pub(super) fn read(scripts: &[String]) -> Linked {
    let values: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
    let mut items: Vec<&Item> = Vec::new();
    let mut open: Vec<&Value> = values.iter().rev().collect();
    while let Some(value) = open.pop().filter(|_| items.len() < LINKED_ITEMS) {
        match value {
            Value::Array(list) => open.extend(list.iter().rev()),
            Value::Object(item) => {
                items.push(item);
                let inner = ["mainEntity", "mainEntityOfPage", "hasPart", "@graph"];
                open.extend(inner.iter().filter_map(|&key| item.get(key)).filter(|value| !value.is_string()));
            }
            _ => {}
        }
    }
    let named: HashMap<&str, &Item> = items
        .iter()
        .rev()
        .filter_map(|item| Some((item.get("@id")?.as_str()?, *item)))
        .filter(|(_, item)| item.contains_key("name"))
        .collect();
    items.sort_by_key(|item| std::cmp::Reverse(rank(item)));
    items.retain(|item| rank(item) > 0);
    gather(&items, &named)
}

/// The JSON of a script: what stands around it (`<![CDATA[`, `//`) is passed over, and so are the line breaks in its
/// strings, which JSON forbids and pages have.
fn parse(script: &str) -> Option<Value> {
    let start = script.find(['{', '['])?;
    let end = script.rfind(['}', ']'])? + 1;
    let json = script.get(start..end)?;
    serde_json::from_str(json)
        .or_else(|_| serde_json::from_str(&json.replace(|c: char| c.is_control(), " ")))
        .ok()
}

/// The rank of a page that says it is news.
pub(super) const NEWS: u8 = 4;

/// How much an item of this type is the page's article.
fn rank(item: &Item) -> u8 {
    let of = |kind: &str| match kind {
        kind if kind.contains("NewsArticle") || kind == "LiveBlogPosting" => NEWS,
        kind if kind.contains("Article") || kind.contains("BlogPosting") => 3,
        "Report" | "Review" | "Recipe" | "HowTo" | "CreativeWork" | "MedicalWebPage" => 2,
        kind if kind.contains("WebPage") || kind == "VideoObject" => 1,
        _ => 0,
    };
    match item.get("@type") {
        Some(Value::String(kind)) => of(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).map(of).max().unwrap_or(0),
        _ => 0,
    }
}

/// The first item that says so, of the best type first.
fn gather(items: &[&Item], named: &HashMap<&str, &Item>) -> Linked {
    let text = |key: &str| items.iter().find_map(|item| string(item.get(key)?));
    let articles: Vec<&&Item> = items.iter().filter(|item| rank(item) > 1).collect();
    let first = |key: &str| articles.iter().find_map(|item| string(item.get(key)?));
    let people = |key: &str| {
        articles
            .iter()
            .map(|item| item.get(key).map(|value| names(value, named)).unwrap_or_default())
            .find(|names| !names.is_empty())
    };
    Linked {
        headline: first("headline").or_else(|| first("name")),
        people: people("author").or_else(|| people("creator")).unwrap_or_default(),
        published: text("datePublished").or_else(|| text("dateCreated")),
        modified: text("dateModified"),
        publisher: people("publisher")
            .or_else(|| people("sourceOrganization"))
            .and_then(|names| names.into_iter().next()),
        language: text("inLanguage"),
        body: first("articleBody").unwrap_or_default(),
        rank: items.first().map_or(0, |item| rank(item)),
    }
}

fn string(value: &Value) -> Option<String> {
    let text = match value {
        Value::Array(list) => list.first()?.as_str()?,
        other => other.as_str()?,
    };
    let text = text.trim();
    (!text.is_empty()).then(|| unescaped(text))
}

/// Some pages escape their JSON once more: `Fish &amp; chips`.
pub(super) fn unescaped(text: &str) -> String {
    if !text.contains('&') || !text.contains(';') || text.contains('<') {
        return text.to_owned();
    }
    let tree = html::parse(text);
    tree.text_of(tree.root())
}

/// Names from a string, a person, a reference to one, or a list of these.
fn names(value: &Value, named: &HashMap<&str, &Item>) -> Vec<String> {
    let list = match value {
        Value::Array(list) => list.iter().collect(),
        other => vec![other],
    };
    let mut found: Vec<String> = Vec::new();
    for one in list {
        let names = match one {
            Value::String(line) => people::read(&unescaped(line)),
            Value::Object(item) => of_item(item, named),
            _ => Vec::new(),
        };
        for name in names {
            if !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found
}

fn of_item(item: &Item, named: &HashMap<&str, &Item>) -> Vec<String> {
    let known = item.get("@id").and_then(Value::as_str).and_then(|id| named.get(id)).copied();
    let item = if item.contains_key("name") { item } else { known.unwrap_or(item) };
    match item.get("name") {
        Some(Value::String(name)) => people::read(&unescaped(name)),
        Some(Value::Array(list)) => {
            list.iter().filter_map(Value::as_str).flat_map(|name| people::read(&unescaped(name))).collect()
        }
        _ => {
            let part = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or("").trim().to_owned();
            let whole = format!("{} {}", part("givenName"), part("familyName"));
            Some(whole.trim().to_owned()).filter(|name| !name.is_empty()).into_iter().collect()
        }
    }
}
