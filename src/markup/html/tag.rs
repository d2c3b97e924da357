//! Tags and their attributes, as places in the source.

use super::names::{Folds, Known, NO_BYTES, Name, hash_folded, hash_with};
use super::tokenizer::{cooked_name, is_space};
use crate::limits::MAX_ATTRIBUTES;
use crate::text::Span;
use memchr::memchr;

/// A start tag or an end tag.
#[derive(Clone, Copy, Debug)]
pub struct Tag<'a> {
    /// Its name; `Name::OTHER` where the list does not have it.
    pub name: Name,
    /// Where the name stands.
    pub label: Span,
    /// The attributes of a start tag, in the order of the source.
    pub attributes: &'a [Attribute],
    /// Whether it is written `<br/>`.
    pub self_closing: bool,
    /// Where it stands.
    pub source: Span,
}

/// An attribute, as places in the source.
#[derive(Clone, Copy, Debug)]
pub struct Attribute {
    /// Its name; `Name::OTHER` where the list does not have it.
    pub name: Name,
    hash: u32,
    pub(super) label: Span,
    pub(super) value: Span,
}

impl Attribute {
    /// Where its name stands.
    #[must_use]
    pub fn label(&self) -> Span {
        self.label
    }

    /// Where its value stands, without quotes.
    #[must_use]
    pub fn value(&self) -> Span {
        self.value
    }

    /// A hash of its name in lower case.
    pub(super) fn hash(&self) -> u32 {
        self.hash
    }

    pub(super) fn has_name_of(&self, other: &Attribute, source: &str) -> bool {
        let name = |attribute: &Attribute| cooked_name(attribute.label().of(source));
        self.hash == other.hash
            && self.name == other.name
            && (self.name != Name::OTHER || name(self) == name(other))
    }
}

/// Reads tags; the attributes of the last one are in `attributes`.
pub(super) struct Reader<'s> {
    source: &'s str,
    known: &'static Known,
    at: usize,
    pub attributes: Vec<Attribute>,
    /// The hashes of their names: a thousand of them are compared at once.
    hashes: Vec<u32>,
}

/// What was read of a tag, beside its attributes.
pub(super) struct Read {
    pub name: Name,
    pub label: Span,
    pub self_closing: bool,
    pub end: usize,
}

impl<'s> Reader<'s> {
    pub fn new(source: &'s str) -> Self {
        Self { source, known: Known::table(), at: 0, attributes: Vec::new(), hashes: Vec::new() }
    }

    /// Reads the tag whose name begins at `at`; none where the source ends inside.
    pub fn tag(&mut self, at: usize, is_start: bool) -> Option<Read> {
        self.at = at;
        self.attributes.clear();
        self.hashes.clear();
        let (name, _, label) = self.name(at, NO_BYTES, &self.known.element);
        let self_closing = self.attributes(is_start)?;
        Some(Read { name, label, self_closing, end: self.at })
    }

    fn byte(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self, skipped: impl Fn(u8) -> bool) {
        while self.byte().is_some_and(&skipped) {
            self.at += 1;
        }
    }

    /// The rest of the name that begins at `start`, up to a byte that ends it, with its number and hash.
    fn name(&mut self, start: usize, mut hash: u32, folds: &'static Folds) -> (Name, u32, Span) {
        let rest = self.source.as_bytes().get(self.at..).unwrap_or_default();
        let mut length = 0;
        for &byte in rest {
            match folds.get(usize::from(byte)).copied().unwrap_or(0) {
                0 if byte == 0 => hash = "\u{fffd}".bytes().fold(hash, hash_with),
                0 => break,
                folded => hash = hash_folded(hash, folded),
            }
            length += 1;
        }
        self.at += length;
        let label = Span::new(start, self.at);
        (self.known.find(hash, label.of(self.source).as_bytes()), hash, label)
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
                first => self.attribute(first, kept)?,
            }
        }
    }

    fn attribute(&mut self, first: u8, kept: bool) -> Option<()> {
        let start = self.at;
        // An equals sign at the start is part of the name.
        let hash = if first == b'=' {
            self.at += 1;
            hash_with(NO_BYTES, first)
        } else {
            NO_BYTES
        };
        let (name, hash, label) = self.name(start, hash, &self.known.attribute);
        self.skip(is_space);
        let value = if self.byte()? == b'=' { self.value()? } else { Span::new(self.at, self.at) };
        if kept {
            self.keep(Attribute { name, hash, label, value });
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
        let length = memchr(quote, self.source.as_bytes().get(start..)?)?;
        self.at = start + length + 1;
        Some(Span::new(start, start + length))
    }

    fn keep(&mut self, attribute: Attribute) {
        if self.attributes.len() >= MAX_ATTRIBUTES {
            return;
        }
        let same = |known: &Attribute| known.has_name_of(&attribute, self.source);
        if !self.hashes.contains(&attribute.hash) || !self.attributes.iter().any(same) {
            self.attributes.push(attribute);
            self.hashes.push(attribute.hash);
        }
    }
}
