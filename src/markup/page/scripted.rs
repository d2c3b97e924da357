//! Pages that leave the article to a script: its markup stands there as a string.

use super::super::html::{Name, NodeId, Tree};
use super::super::literal;
use crate::limits::SCRIPT_BYTES;
use crate::text::{Span, Text};

/// Bytes outside of tags from which on a string may be an article.
const LEAST: usize = 300;

/// The longest markup with paragraphs among the strings in the scripts of a page.
pub(super) fn body(tree: &Tree<'_>, source: &str) -> Option<Text> {
    let scripts = tree.descendants(tree.root()).filter(|&id| tree.name(id) == Some(Name::SCRIPT));
    let strings = scripts.filter_map(|id| place(tree, id)).flat_map(|span| literal::strings_in(source, span));
    let found =
        strings.map(|string| (readable(string.as_str()), string)).filter(|(bytes, _)| *bytes >= LEAST);
    found.max_by_key(|(bytes, _)| *bytes).map(|(_, string)| string)
}

/// Where the text of a script stands.
fn place(tree: &Tree<'_>, script: NodeId) -> Option<Span> {
    let texts = tree.children(script).filter_map(|id| tree.text(id));
    let whole = texts.flat_map(|text| text.runs()).map(|run| run.source).reduce(Span::cover)?;
    (LEAST..=SCRIPT_BYTES).contains(&whole.len()).then_some(whole)
}

/// Bytes outside of the tags of a string that has paragraphs; none for any other.
fn readable(string: &str) -> usize {
    if string.len() < LEAST || !["<p>", "<p ", "<br"].iter().any(|tag| string.contains(tag)) {
        return 0;
    }
    string.split('<').map(|part| part.rsplit_once('>').map_or(0, |(_, text)| text.trim().len())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_told_from_code() {
        let prose = "It rained on the harbour. ".repeat(20);
        assert!(readable(&format!("<p>{prose}</p>")) > LEAST);
        assert_eq!(readable(&prose), 0);
        assert!(readable(&format!("<p><img alt='{prose}'></p>")) < LEAST);
    }
}
