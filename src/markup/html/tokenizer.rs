//! A tokenizer by the standard (<https://html.spec.whatwg.org/#tokenization>), over bytes, that says where each token stands.

use super::tag::{Reader, Tag};
use super::tree::{Doctype, Piece};
use super::{declaration, reference, script};
use crate::limits::MAX_MARKUP_BYTES;
use crate::text::Span;
use memchr::{memchr, memchr2, memchr3};
use std::borrow::Cow;

/// How text is read: the states of the standard in which text is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Markup and text.
    Data,
    /// `<title>`, `<textarea>`: text with character references, up to the end tag.
    Rcdata,
    /// `<style>` and its like: text up to the end tag.
    Rawtext,
    /// `<script>`: text up to the end tag, which may be hidden in a comment.
    ScriptData,
    /// Text to the end.
    Plaintext,
    /// `<![CDATA[` in SVG and MathML.
    Cdata,
}

/// What takes the tokens.
pub trait Receiver {
    /// A stretch of text.
    fn text(&mut self, piece: Piece);
    /// U+0000 where it is not replaced.
    fn null(&mut self, source: Span);
    /// A start tag, and how to read on if that changes.
    fn start_tag(&mut self, tag: Tag<'_>) -> Option<Mode>;
    /// An end tag.
    fn end_tag(&mut self, tag: Tag<'_>);
    /// A comment, with the place of its text.
    fn comment(&mut self, data: Span, source: Span);
    /// A document type.
    fn doctype(&mut self, doctype: Doctype, source: Span);
    /// The end of the source.
    fn end(&mut self);
    /// Whether the adjusted current node is of SVG or MathML.
    fn in_foreign_content(&self) -> bool;
}

/// Reads `source` to the end, beginning in `mode`; `last_start_tag` is whose end tag ends raw text.
pub fn tokenize(source: &str, mode: Mode, last_start_tag: &str, receiver: &mut impl Receiver) {
    tokenize_from(source, 0, mode, last_start_tag, receiver);
}

pub(super) fn tokenize_from<'s>(
    source: &'s str,
    at: usize,
    mode: Mode,
    last_start_tag: &'s str,
    receiver: &mut impl Receiver,
) {
    let source = within_limit(source);
    let odd = is_odd(source);
    Tokenizer { source, odd, at, reader: Reader::new(source), last_start_tag, receiver }.run(mode);
}

/// Whether a source has a CR or NUL at all: most have none.
pub(super) fn is_odd(source: &str) -> bool {
    memchr2(b'\r', 0, source.as_bytes()).is_some()
}

/// A name as the standard has it: in lower case, with U+0000 replaced.
#[must_use]
pub fn cooked_name(raw: &str) -> Cow<'_, str> {
    if raw.bytes().any(|byte| byte == 0 || byte.is_ascii_uppercase()) {
        Cow::Owned(raw.to_ascii_lowercase().replace('\0', "\u{fffd}"))
    } else {
        Cow::Borrowed(raw)
    }
}

pub(super) fn within_limit(source: &str) -> &str {
    let limit = source.len().min(MAX_MARKUP_BYTES);
    // A character takes at most four bytes.
    (limit.saturating_sub(3)..=limit).rev().find_map(|end| source.get(..end)).unwrap_or_default()
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

/// What becomes of U+0000.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Null {
    Token,
    Replaced,
}

struct Tokenizer<'s, 'r, R> {
    source: &'s str,
    odd: bool,
    at: usize,
    reader: Reader<'s>,
    last_start_tag: &'s str,
    receiver: &'r mut R,
}

impl<R: Receiver> Tokenizer<'_, '_, R> {
    fn run(&mut self, mut mode: Mode) {
        while self.at < self.source.len() {
            mode = match mode {
                Mode::Data => self.data(),
                Mode::Cdata => self.cdata(),
                Mode::Plaintext => self.rest(self.source.len(), false),
                Mode::Rcdata => self.rest(self.raw_end(self.at), true),
                Mode::Rawtext => self.rest(self.raw_end(self.at), false),
                Mode::ScriptData => {
                    let end = script::end(self.source.as_bytes(), self.at, |at| self.ends_raw_text(at));
                    self.rest(end, false)
                }
            };
        }
        self.receiver.end();
    }

    fn data(&mut self) -> Mode {
        let at = if self.odd { self.odd_text() } else { self.plain_text() };
        match self.byte(at + 1) {
            _ if at == self.source.len() => Mode::Data,
            Some(byte) if byte.is_ascii_alphabetic() => self.start_tag(at),
            Some(b'/') => self.end_tag_open(),
            Some(b'!') => self.declaration(),
            Some(b'?') => self.bogus_comment(at + 1),
            _ => {
                self.verbatim(at, at + 1);
                Mode::Data
            }
        }
    }

    /// Text up to the next `<`, and where that is.
    fn odd_text(&mut self) -> usize {
        let end = self.find(b'<', self.at);
        self.text(end, true, Null::Token);
        end
    }

    /// The same where nothing but `&` stands for something else.
    fn plain_text(&mut self) -> usize {
        loop {
            let rest = self.source.as_bytes().get(self.at..).unwrap_or_default();
            let end = memchr2(b'<', b'&', rest).map_or(self.source.len(), |found| self.at + found);
            self.verbatim(self.at, end);
            match self.byte(end) {
                Some(b'&') => self.special(end, Null::Token),
                _ => return end,
            }
        }
    }

    fn end_tag_open(&mut self) -> Mode {
        let start = self.at;
        match self.byte(start + 2) {
            Some(byte) if byte.is_ascii_alphabetic() => self.end_tag(start),
            Some(b'>') => {
                self.at = start + 3;
                Mode::Data
            }
            None => {
                self.verbatim(start, start + 2);
                Mode::Data
            }
            Some(_) => self.bogus_comment(start + 2),
        }
    }

    fn start_tag(&mut self, start: usize) -> Mode {
        let Some(read) = self.reader.tag(start + 1, true) else { return self.cut_off() };
        self.at = read.end;
        self.last_start_tag = read.label.of(self.source);
        let (name, label, self_closing) = (read.name, read.label, read.self_closing);
        let source = Span::new(start, read.end);
        let attributes = self.reader.attributes.as_slice();
        self.receiver.start_tag(Tag { name, label, attributes, self_closing, source }).unwrap_or(Mode::Data)
    }

    fn end_tag(&mut self, start: usize) -> Mode {
        let Some(read) = self.reader.tag(start + 2, false) else { return self.cut_off() };
        self.at = read.end;
        let (name, label, self_closing) = (read.name, read.label, read.self_closing);
        let source = Span::new(start, read.end);
        self.receiver.end_tag(Tag { name, label, attributes: &[], self_closing, source });
        Mode::Data
    }

    /// The end of the file inside a tag: the tag is dropped.
    fn cut_off(&mut self) -> Mode {
        self.at = self.source.len();
        Mode::Data
    }

    fn declaration(&mut self) -> Mode {
        let start = self.at;
        let rest = self.source.as_bytes().get(start + 2..).unwrap_or_default();
        if rest.starts_with(b"--") {
            let (data, end) = declaration::comment(self.source, start + 4);
            self.comment(data, end)
        } else if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b"doctype")) {
            let (doctype, end) = declaration::doctype(self.source, start + 9);
            self.at = end;
            self.receiver.doctype(doctype, Span::new(start, end));
            Mode::Data
        } else if rest.starts_with(b"[CDATA[") && self.receiver.in_foreign_content() {
            self.at = start + 9;
            Mode::Cdata
        } else {
            self.bogus_comment(start + 2)
        }
    }

    fn bogus_comment(&mut self, from: usize) -> Mode {
        let to = self.find(b'>', from);
        self.comment(Span::new(from, to), (to + 1).min(self.source.len()))
    }

    fn comment(&mut self, data: Span, end: usize) -> Mode {
        let start = self.at;
        self.at = end;
        self.receiver.comment(data, Span::new(start, end));
        Mode::Data
    }

    fn cdata(&mut self) -> Mode {
        let rest = self.source.as_bytes().get(self.at..).unwrap_or_default();
        let found = memchr::memmem::find(rest, b"]]>");
        let end = self.at + found.unwrap_or(rest.len());
        self.text(end, false, Null::Token);
        self.at = if found.is_some() { end + 3 } else { end };
        Mode::Data
    }

    /// Raw text up to `end`, and the end tag that stands there.
    fn rest(&mut self, end: usize, references: bool) -> Mode {
        self.text(end, references, Null::Replaced);
        if end == self.source.len() { Mode::Data } else { self.end_tag(end) }
    }

    fn raw_end(&self, from: usize) -> usize {
        let mut at = self.find(b'<', from);
        while at < self.source.len() && !self.ends_raw_text(at) {
            at = self.find(b'<', at + 1);
        }
        at
    }

    /// Whether an appropriate end tag begins at `at`.
    fn ends_raw_text(&self, at: usize) -> bool {
        let name = self.last_start_tag.as_bytes();
        let end = at + 2 + name.len();
        let bytes = self.source.as_bytes();
        let same = |found: &[u8]| !name.is_empty() && found.eq_ignore_ascii_case(name);
        bytes.get(at..at + 2) == Some(b"</")
            && bytes.get(at + 2..end).is_some_and(same)
            && bytes.get(end).is_some_and(|&byte| is_space(byte) || matches!(byte, b'/' | b'>'))
    }

    /// Emits the text up to `end`: stretches of the source and what replaces the rest of it.
    fn text(&mut self, end: usize, references: bool, null: Null) {
        while self.at < end {
            let special = self.find_special(end, references);
            self.verbatim(self.at, special);
            if special < end {
                self.special(special, null);
            }
        }
    }

    fn find_special(&self, end: usize, references: bool) -> usize {
        let stretch = self.source.as_bytes().get(self.at..end).unwrap_or_default();
        let found = match (references, self.odd) {
            (true, true) => memchr3(b'&', b'\r', 0, stretch),
            (true, false) => memchr(b'&', stretch),
            (false, true) => memchr2(b'\r', 0, stretch),
            (false, false) => None,
        };
        found.map_or(end, |found| self.at + found)
    }

    fn special(&mut self, at: usize, null: Null) {
        match self.byte(at) {
            Some(b'\r') => {
                let end = if self.byte(at + 1) == Some(b'\n') { at + 2 } else { at + 1 };
                self.replaced(('\n', None), end);
            }
            Some(b'&') => match reference::decode(self.source, at, false) {
                Some(found) => self.replaced((found.first, found.second), found.end),
                None => self.verbatim(at, at + 1),
            },
            _ if null == Null::Token => {
                self.at = at + 1;
                self.receiver.null(Span::new(at, at + 1));
            }
            _ => self.replaced((char::REPLACEMENT_CHARACTER, None), at + 1),
        }
    }

    fn replaced(&mut self, by: (char, Option<char>), end: usize) {
        let source = Span::new(self.at, end);
        self.at = end;
        self.receiver.text(Piece { source, replaced: Some(by) });
    }

    fn verbatim(&mut self, from: usize, to: usize) {
        self.at = to;
        if from < to {
            self.receiver.text(Piece { source: Span::new(from, to), replaced: None });
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.source.as_bytes().get(at).copied()
    }

    /// The first `needle` from `from` on, or the end.
    fn find(&self, needle: u8, from: usize) -> usize {
        let rest = self.source.as_bytes().get(from..).unwrap_or_default();
        memchr(needle, rest).map_or(self.source.len(), |found| from + found)
    }
}
