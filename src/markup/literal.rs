//! The list reader: the printed form of a Python list of strings, or a JSON array of them, read as a literal.
//! Nothing is evaluated, and a list that was cut off gives the strings up to the cut.

use crate::text::{Span, Text};

/// Whether `source` begins like a list of strings.
#[must_use]
pub fn looks_like_list(source: &str) -> bool {
    let inside = source.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let inner = inside.trim_start_matches(['[', '(', ' ', '\t', '\r', '\n']);
    inside.starts_with('[') && inner.starts_with(['\'', '"'])
}

/// The strings of the list, each aligned to `source`; brackets of any depth, commas and names between them
/// are passed over.
#[must_use]
pub fn strings(source: &str) -> Vec<Text> {
    strings_in(source, Span::new(0, source.len()))
}

/// The strings in a part of `source`.
#[must_use]
pub fn strings_in(source: &str, part: Span) -> Vec<Text> {
    let source = source.get(..part.end()).unwrap_or(source);
    let mut found = Vec::new();
    let mut at = part.start();
    while let Some(offset) = memchr::memchr2(b'\'', b'"', source.as_bytes().get(at..).unwrap_or_default()) {
        let (text, end) = string(source, at + offset);
        found.push(text);
        at = end;
    }
    found
}

/// One string whose opening quote stands at `open`, and where it ends.
fn string(source: &str, open: usize) -> (Text, usize) {
    let bytes = source.as_bytes();
    let quote = bytes.get(open).copied().unwrap_or(b'\'');
    let mut text = Text::default();
    let mut at = open + 1;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(offset) = memchr::memchr2(quote, b'\\', rest) else {
            let cut = Span::new(at, source.len());
            text.push(cut.of(source), cut);
            return (text, source.len());
        };
        let plain = Span::new(at, at + offset);
        text.push(plain.of(source), plain);
        if rest.get(offset) == Some(&quote) {
            return (text, plain.end() + 1);
        }
        at = escape(source, plain.end(), &mut text);
    }
}

/// Reads the escape at `start` and returns its end. One that is unknown stands for itself, as in Python.
fn escape(source: &str, start: usize, text: &mut Text) -> usize {
    let rest = source.get(start + 1..).unwrap_or("");
    let Some(letter) = rest.chars().next() else {
        text.push("\\", Span::new(start, source.len()));
        return source.len();
    };
    let after = start + 1 + letter.len_utf8();
    let simple = match letter {
        'n' => Some("\n"),
        't' => Some("\t"),
        'r' => Some("\r"),
        'b' => Some("\u{8}"),
        'f' => Some("\u{c}"),
        'v' => Some("\u{b}"),
        'a' => Some("\u{7}"),
        '\\' => Some("\\"),
        '\'' => Some("'"),
        '"' => Some("\""),
        '/' => Some("/"),
        '\n' => Some(""),
        _ => None,
    };
    if let Some(piece) = simple {
        text.push(piece, Span::new(start, after));
        return after;
    }
    let digits = match letter {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    if let Some((character, end)) = coded(source, after, digits) {
        text.push(character.encode_utf8(&mut [0; 4]), Span::new(start, end));
        return end;
    }
    let itself = Span::new(start, after);
    text.push(itself.of(source), itself);
    after
}

fn hex(source: &str, at: usize, digits: usize) -> Option<u32> {
    let code = source.get(at..at + digits).filter(|_| digits > 0)?;
    code.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(code, 16).ok())?
}

/// The character of so many hexadecimal digits at `at`; JSON writes those above U+FFFF as a surrogate pair.
fn coded(source: &str, at: usize, digits: usize) -> Option<(char, usize)> {
    let code = hex(source, at, digits)?;
    let end = at + digits;
    if (0xD800..0xDC00).contains(&code) && source.get(end..end + 2) == Some("\\u") {
        let low = hex(source, end + 2, 4).filter(|low| (0xDC00..0xE000).contains(low));
        if let Some(low) = low {
            let pair = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            return Some((char::from_u32(pair)?, end + 6));
        }
    }
    Some((char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Vec<String> {
        strings(source).iter().map(|text| text.as_str().to_owned()).collect()
    }

    #[test]
    fn reads_printed_python_and_json() {
        assert_eq!(read(r#"['it\'s', "a\\b", 'caf\xe9']"#), ["it's", r"a\b", "café"]);
        assert_eq!(read(r#"["a\u2019b", "\ud83d\ude00", "\/"]"#), ["a’b", "😀", "/"]);
        assert_eq!(read("[['a'], 'b"), ["a", "b"]);
        assert_eq!(read("['\\ud800']"), ["\u{fffd}"]);
    }

    #[test]
    fn escapes_are_aligned() {
        let source = r"['it\'s']";
        let texts = strings(source);
        assert_eq!(texts[0].source(Span::new(2, 3)).of(source), r"\'");
        assert_eq!(texts[0].source(Span::new(0, 4)).of(source), r"it\'s");
    }

    #[test]
    fn a_list_is_known_by_its_first_string() {
        assert!(looks_like_list("  [ 'a', 'b']"));
        assert!(looks_like_list("[[\"a\"]]"));
        assert!(!looks_like_list("[__import__('os')]"));
        assert!(!looks_like_list("[1] 'It rained'"));
        assert!(!looks_like_list("'quoted'"));
    }
}
