//! Tags and their attributes.

use super::reference;
use super::tokenizer::is_space;
use crate::limits::MAX_ATTRIBUTES;
use crate::text::Span;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind};
use html5ever::{Attribute, LocalName, QualName, ns};
use memchr::{memchr, memchr3};

/// The tag whose name begins at `name`, and its end; none where the source ends inside.
pub(super) fn read<'s>(
    page: &Page<'s>,
    met: &mut Met<'s>,
    kind: TagKind,
    name: usize,
) -> Option<(Tag, usize)> {
    let mut reader = Reader { page, met, at: name, attrs: Vec::new(), duplicates: false };
    let name = reader.tag_name();
    let self_closing = reader.attributes(kind == TagKind::StartTag)?;
    let Reader { at, attrs, duplicates, .. } = reader;
    Some((Tag { kind, name, self_closing, attrs, had_duplicate_attributes: duplicates }, at))
}

/// What is read.
pub(super) struct Page<'s> {
    pub source: &'s str,
    /// The same, as memory that its pieces share.
    pub shared: StrTendril,
    /// Whether it has a CR or NUL at all: most have none.
    pub odd: bool,
}

/// Names that were met, as they were written: a page says the same few dozen thousands of times.
pub(super) struct Met<'s>(Vec<Option<(&'s str, LocalName)>>);

impl Default for Met<'_> {
    fn default() -> Self {
        Self(vec![None; 128])
    }
}

impl<'s> Met<'s> {
    fn name(&mut self, raw: &'s str) -> LocalName {
        let bytes = raw.as_bytes();
        let byte = |at: usize| bytes.get(at).copied().map_or(0, usize::from);
        let last = raw.len().saturating_sub(1);
        let place = raw.len() + byte(0) + 5 * byte(last) + 11 * byte(raw.len() / 2);
        match self.0.get_mut(place % 128) {
            Some(Some((known, name))) if *known == raw => name.clone(),
            Some(slot) => slot.insert((raw, lowered(raw))).1.clone(),
            None => lowered(raw),
        }
    }
}

struct Reader<'s, 'r> {
    page: &'r Page<'s>,
    met: &'r mut Met<'s>,
    at: usize,
    attrs: Vec<Attribute>,
    duplicates: bool,
}

impl Reader<'_, '_> {
    fn byte(&self) -> Option<u8> {
        self.page.source.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self, skipped: impl Fn(u8) -> bool) {
        while self.byte().is_some_and(&skipped) {
            self.at += 1;
        }
    }

    fn tag_name(&mut self) -> LocalName {
        let start = self.at;
        self.skip(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>'));
        self.met.name(Span::new(start, self.at).of(self.page.source))
    }

    /// Reads up to and with the `>`; whether the tag closes itself.
    fn attributes(&mut self, kept: bool) -> Option<bool> {
        loop {
            self.skip(is_space);
            match self.byte()? {
                b'>' => {
                    self.at += 1;
                    return Some(false);
                }
                b'/' => {
                    self.at += 1;
                    if self.byte()? == b'>' {
                        self.at += 1;
                        return Some(true);
                    }
                }
                _ => self.attribute(kept)?,
            }
        }
    }

    fn attribute(&mut self, kept: bool) -> Option<()> {
        let start = self.at;
        // An equals sign at the start is part of the name.
        self.at += 1;
        self.skip(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>' | b'='));
        let name = Span::new(start, self.at);
        self.skip(is_space);
        let value = if self.byte()? == b'=' { self.value()? } else { Span::new(self.at, self.at) };
        if kept {
            self.keep(name, value);
        }
        Some(())
    }

    fn value(&mut self) -> Option<Span> {
        self.at += 1;
        self.skip(is_space);
        let quote = self.byte()?;
        if !matches!(quote, b'"' | b'\'') {
            let start = self.at;
            self.skip(|byte| !is_space(byte) && byte != b'>');
            return Some(Span::new(start, self.at));
        }
        let start = self.at + 1;
        let length = memchr(quote, self.page.source.as_bytes().get(start..)?)?;
        self.at = start + length + 1;
        Some(Span::new(start, start + length))
    }

    fn keep(&mut self, name: Span, value: Span) {
        let local = self.met.name(name.of(self.page.source));
        if self.attrs.iter().any(|attr| attr.name.local == local) {
            self.duplicates = true;
        } else if self.attrs.len() < MAX_ATTRIBUTES {
            let name = QualName::new(None, ns!(), local);
            self.attrs.push(Attribute { name, value: cooked(self.page, value, true) });
        }
    }
}

/// A name in lower case, with U+0000 replaced.
pub(super) fn lowered(name: &str) -> LocalName {
    if name.bytes().any(|byte| byte == 0 || byte.is_ascii_uppercase()) {
        LocalName::from(name.to_ascii_lowercase().replace('\0', "\u{fffd}"))
    } else {
        LocalName::from(name)
    }
}

/// A stretch of the source that shares its memory.
pub(super) fn shared(source: &StrTendril, span: Span) -> StrTendril {
    match (u32::try_from(span.start), u32::try_from(span.len())) {
        (Ok(start), Ok(length)) => source.try_subtendril(start, length).unwrap_or_default(),
        _ => StrTendril::new(),
    }
}

/// A stretch with line ends normalised, U+0000 replaced and, in attributes, references decoded.
pub(super) fn cooked(page: &Page<'_>, span: Span, references: bool) -> StrTendril {
    let ampersand = if references { b'&' } else { 0 };
    let source = page.source;
    let bytes = span.of(source).as_bytes();
    let plain = match (page.odd, references) {
        (true, _) => memchr3(ampersand, b'\r', 0, bytes).is_none(),
        (false, true) => memchr(b'&', bytes).is_none(),
        (false, false) => true,
    };
    if plain {
        return shared(&page.shared, span);
    }
    let mut text = StrTendril::new();
    let mut at = span.start;
    while at < span.end {
        let rest = Span::new(at, span.end).of(source);
        let length = memchr3(ampersand, b'\r', 0, rest.as_bytes()).unwrap_or(rest.len());
        text.push_slice(Span::new(at, at + length).of(source));
        at += length;
        if at < span.end {
            at = replace(source, at, &mut text);
        }
    }
    text
}

/// Writes what stands for the item at `at`; the byte after it.
fn replace(source: &str, at: usize, text: &mut StrTendril) -> usize {
    let bytes = source.as_bytes();
    match bytes.get(at) {
        Some(b'\r') => {
            text.push_char('\n');
            if bytes.get(at + 1) == Some(&b'\n') { at + 2 } else { at + 1 }
        }
        Some(b'&') => match reference::decode(source, at, true) {
            Some(found) => {
                text.push_char(found.first);
                found.second.into_iter().for_each(|second| text.push_char(second));
                found.end
            }
            None => {
                text.push_char('&');
                at + 1
            }
        },
        _ => {
            text.push_char(char::REPLACEMENT_CHARACTER);
            at + 1
        }
    }
}
