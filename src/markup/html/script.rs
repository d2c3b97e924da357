//! Where a script ends: its end tag may be hidden by a comment that opens another script.

use super::tokenizer::is_space;
use memchr::{memchr, memchr2};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Plain,
    /// After `<!--`: end tags count.
    Escaped,
    /// After `<!--` and `<script`: end tags do not count.
    DoubleEscaped,
}

/// The byte of the `<` of the end tag of the script whose text begins at `from`, or the end.
pub(super) fn end(bytes: &[u8], from: usize, is_end_tag: impl Fn(usize) -> bool) -> usize {
    let mut state = State::Plain;
    let mut dashes = 0;
    let mut at = from;
    while let Some(found) = next(bytes, at, state) {
        let rest = bytes.get(found + 1..).unwrap_or_default();
        at = found + 1;
        if bytes.get(found) == Some(&b'>') {
            let escape_ends = found >= dashes + 2 && bytes.get(found - 2..found) == Some(b"--");
            state = if escape_ends { State::Plain } else { state };
        } else if state != State::DoubleEscaped && is_end_tag(found) {
            return found;
        } else if state == State::Plain && rest.starts_with(b"!--") {
            state = State::Escaped;
            dashes = found + 2;
            at = dashes;
        } else if state == State::Escaped && is_script(rest) {
            state = State::DoubleEscaped;
            // The byte after the name belongs to it: the `>` of `<!--<script>`.
            at = found + 8;
        } else if state == State::DoubleEscaped && rest.strip_prefix(b"/").is_some_and(is_script) {
            state = State::Escaped;
            at = found + 9;
        }
    }
    bytes.len()
}

fn next(bytes: &[u8], at: usize, state: State) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let found = if state == State::Plain { memchr(b'<', rest) } else { memchr2(b'<', b'>', rest) };
    found.map(|found| at + found)
}

fn is_script(rest: &[u8]) -> bool {
    rest.get(..6).is_some_and(|name| name.eq_ignore_ascii_case(b"script"))
        && rest.get(6).is_some_and(|&byte| is_space(byte) || matches!(byte, b'/' | b'>'))
}
