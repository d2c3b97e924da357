//! Whether a string is markup at all, and whether it is a page or a piece of one.

use crate::limits::SNIFFED_TAGS;

/// Whether `source` holds a tag that HTML knows, or says that it is HTML.
pub(in super::super) fn looks_like_html(source: &str) -> bool {
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

/// Whether it is a page: it has an html, head or body tag of its own. (A fragment gets them from the parser.)
pub(super) fn is_whole(source: &str) -> bool {
    let starts = memchr::memchr_iter(b'<', source.as_bytes()).take(SNIFFED_TAGS);
    starts.filter_map(|at| source.get(at + 1..)).any(|rest| {
        ["html", "head", "body"].iter().any(|name| {
            rest.get(..4).is_some_and(|tag| tag.eq_ignore_ascii_case(name))
                && rest.get(4..).is_some_and(|after| after.starts_with(['>', ' ', '\t', '\n', '\r', '/']))
        })
    })
}
