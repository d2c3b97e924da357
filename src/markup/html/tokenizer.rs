//! A tokenizer by the standard (<https://html.spec.whatwg.org/#tokenization>), over bytes, that says where each token stands.

use super::tag::{Met, Page};
use super::{declaration, reference, script, tag};
use crate::limits::MAX_MARKUP_BYTES;
use crate::text::Span;
use html5ever::LocalName;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token};
use memchr::{memchr, memchr2, memchr3};

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
    /// A stretch of text; `verbatim` when it is the source's own bytes.
    fn text(&mut self, text: StrTendril, source: Span, verbatim: bool);
    /// Any other token, and how to read on if that changes.
    fn token(&mut self, token: Token, source: Span) -> Option<Mode>;
    /// Whether the adjusted current node is of SVG or MathML.
    fn in_foreign_content(&self) -> bool;
}

/// Reads `source` to the end, beginning in `mode`; `last_start_tag` is whose end tag ends raw text.
pub fn tokenize(source: &str, mode: Mode, last_start_tag: &str, receiver: &mut impl Receiver) {
    let source = within_limit(source);
    let odd = memchr2(b'\r', 0, source.as_bytes()).is_some();
    let shared = StrTendril::from_slice(source);
    let last_start_tag = LocalName::from(last_start_tag);
    let page = Page { source, shared, odd };
    Tokenizer { page, met: Met::default(), at: 0, last_start_tag, receiver }.run(mode);
}

fn within_limit(source: &str) -> &str {
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

struct Tokenizer<'s, R> {
    page: Page<'s>,
    met: Met<'s>,
    at: usize,
    last_start_tag: LocalName,
    receiver: &'s mut R,
}

impl<R: Receiver> Tokenizer<'_, R> {
    fn run(&mut self, mut mode: Mode) {
        while self.at < self.page.source.len() {
            mode = match mode {
                Mode::Data => self.data(),
                Mode::Cdata => self.cdata(),
                Mode::Plaintext => self.rest(self.page.source.len(), false),
                Mode::Rcdata => self.rest(self.raw_end(self.at), true),
                Mode::Rawtext => self.rest(self.raw_end(self.at), false),
                Mode::ScriptData => {
                    let end = script::end(self.page.source.as_bytes(), self.at, |at| self.ends_raw_text(at));
                    self.rest(end, false)
                }
            };
        }
        let end = Span::new(self.at, self.at);
        self.receiver.token(Token::EOFToken, end);
    }

    fn data(&mut self) -> Mode {
        let end = self.find(b'<', self.at);
        self.text(end, true, Null::Token);
        if end == self.page.source.len() {
            return Mode::Data;
        }
        let next = self.byte(end + 1);
        match next {
            Some(byte) if byte.is_ascii_alphabetic() => self.tag(TagKind::StartTag, end + 1),
            Some(b'/') => self.end_tag_open(),
            Some(b'!') => self.declaration(),
            Some(b'?') => self.bogus_comment(end + 1),
            _ => {
                self.verbatim(end, end + 1);
                Mode::Data
            }
        }
    }

    fn end_tag_open(&mut self) -> Mode {
        let start = self.at;
        match self.byte(start + 2) {
            Some(byte) if byte.is_ascii_alphabetic() => self.tag(TagKind::EndTag, start + 2),
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

    fn tag(&mut self, kind: TagKind, name: usize) -> Mode {
        let start = self.at;
        let Some((tag, end)) = tag::read(&self.page, &mut self.met, kind, name) else {
            // The end of the file inside a tag: the tag is dropped.
            self.at = self.page.source.len();
            return Mode::Data;
        };
        if kind == TagKind::StartTag {
            self.last_start_tag = tag.name.clone();
        }
        self.at = end;
        self.emit_tag(tag, Span::new(start, end))
    }

    fn emit_tag(&mut self, tag: Tag, source: Span) -> Mode {
        self.receiver.token(Token::TagToken(tag), source).unwrap_or(Mode::Data)
    }

    fn declaration(&mut self) -> Mode {
        let start = self.at;
        let rest = self.page.source.as_bytes().get(start + 2..).unwrap_or_default();
        if rest.starts_with(b"--") {
            let (data, end) = declaration::comment(self.page.source, start + 4);
            self.comment(data, end)
        } else if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b"doctype")) {
            let (doctype, end) = declaration::doctype(self.page.source, start + 9);
            self.at = end;
            self.receiver.token(Token::DoctypeToken(doctype), Span::new(start, end));
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
        self.comment(Span::new(from, to), (to + 1).min(self.page.source.len()))
    }

    fn comment(&mut self, data: Span, end: usize) -> Mode {
        let start = self.at;
        let text = tag::cooked(&self.page, data, false);
        self.at = end;
        self.receiver.token(Token::CommentToken(text), Span::new(start, end));
        Mode::Data
    }

    fn cdata(&mut self) -> Mode {
        let rest = self.page.source.as_bytes().get(self.at..).unwrap_or_default();
        let found = memchr::memmem::find(rest, b"]]>");
        let end = self.at + found.unwrap_or(rest.len());
        self.text(end, false, Null::Token);
        self.at = if found.is_some() { end + 3 } else { end };
        Mode::Data
    }

    /// Raw text up to `end`, and the end tag that stands there.
    fn rest(&mut self, end: usize, references: bool) -> Mode {
        self.text(end, references, Null::Replaced);
        if end == self.page.source.len() { Mode::Data } else { self.tag(TagKind::EndTag, end + 2) }
    }

    fn raw_end(&self, from: usize) -> usize {
        let mut at = self.find(b'<', from);
        while at < self.page.source.len() && !self.ends_raw_text(at) {
            at = self.find(b'<', at + 1);
        }
        at
    }

    /// Whether an appropriate end tag begins at `at`.
    fn ends_raw_text(&self, at: usize) -> bool {
        let name = self.last_start_tag.as_bytes();
        let end = at + 2 + name.len();
        let bytes = self.page.source.as_bytes();
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
        let stretch = self.page.source.as_bytes().get(self.at..end).unwrap_or_default();
        let found = match (references, self.page.odd) {
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
                self.replaced(StrTendril::from_char('\n'), end);
            }
            Some(b'&') => match reference::decode(self.page.source, at, false) {
                Some(found) => {
                    let mut text = StrTendril::from_char(found.first);
                    if let Some(second) = found.second {
                        text.push_char(second);
                    }
                    self.replaced(text, found.end);
                }
                None => self.verbatim(at, at + 1),
            },
            _ if null == Null::Token => {
                self.at = at + 1;
                self.receiver.token(Token::NullCharacterToken, Span::new(at, at + 1));
            }
            _ => self.replaced(StrTendril::from_char(char::REPLACEMENT_CHARACTER), at + 1),
        }
    }

    fn replaced(&mut self, text: StrTendril, end: usize) {
        let source = Span::new(self.at, end);
        self.at = end;
        self.receiver.text(text, source, false);
    }

    fn verbatim(&mut self, from: usize, to: usize) {
        self.at = to;
        if from < to {
            let source = Span::new(from, to);
            self.receiver.text(tag::shared(&self.page.shared, source), source, true);
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.page.source.as_bytes().get(at).copied()
    }

    /// The first `needle` from `from` on, or the end.
    fn find(&self, needle: u8, from: usize) -> usize {
        let rest = self.page.source.as_bytes().get(from..).unwrap_or_default();
        memchr(needle, rest).map_or(self.page.source.len(), |found| from + found)
    }
}
