//! The words in the names that a publisher gives its elements: `<div class="articleBody__related-links">` says four.

use super::super::html::{Attribute, Element};
use super::cell::hash;
use html5ever::local_name;

/// Words of one element that are looked at: style sheets of utilities have dozens, which say nothing.
const MOST_WORDS: usize = 40;

/// Bytes of one attribute that are looked at.
const LONGEST: usize = 400;

/// Adds the hashes of the words in an element's names.
pub(super) fn words(element: &Element, found: &mut Vec<u32>) {
    let start = found.len();
    let tag = &*element.name.local;
    if tag.contains('-') {
        split(tag, found);
    }
    for attribute in element.attrs.iter().filter(|attribute| is_name(attribute)) {
        let value = attribute.value.get(..LONGEST).unwrap_or(&attribute.value);
        if value.len() <= LONGEST {
            split(value, found);
        }
    }
    found.truncate(start + MOST_WORDS);
}

fn is_name(attribute: &Attribute) -> bool {
    let name = &attribute.name.local;
    if matches!(
        *name,
        local_name!("class")
            | local_name!("id")
            | local_name!("itemprop")
            | local_name!("role")
            | local_name!("rel")
            | local_name!("aria-label")
    ) {
        return true;
    }
    let Some(data) = name.strip_prefix("data-") else { return false };
    let telling = ["test", "component", "type", "module", "name", "qa", "block", "section", "widget", "role"];
    attribute.value.len() <= 60 && telling.iter().any(|part| data.contains(part))
}

/// `articleBody__related-links` is article, body, related, links.
fn split(value: &str, found: &mut Vec<u32>) {
    let mut start = 0;
    let mut before = b' ';
    let bytes = value.as_bytes();
    for (at, &byte) in bytes.iter().chain([&b' ']).enumerate() {
        let breaks = !byte.is_ascii_alphabetic() || byte.is_ascii_uppercase() && before.is_ascii_lowercase();
        if breaks {
            let word = value.get(start..at).unwrap_or("");
            if (2..=24).contains(&word.len()) {
                found.push(hash(word));
            }
            start = if byte.is_ascii_alphabetic() { at } else { at + 1 };
        }
        before = byte;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_at_marks_and_capitals() {
        let mut found = Vec::new();
        split("articleBody__related-links2 x", &mut found);
        assert_eq!(found, ["article", "body", "related", "links"].map(hash));
    }
}
