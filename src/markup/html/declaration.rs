//! Comments and document types.

use super::tokenizer::{cooked_name, is_space};
use super::tree::Doctype;
use crate::text::Span;
use memchr::{memchr, memchr_iter, memchr2};

/// The data of the comment that begins at `from`, after `<!--`, and the comment's end.
pub(super) fn comment(source: &str, from: usize) -> (Span, usize) {
    let rest = source.as_bytes().get(from..).unwrap_or_default();
    for early in [&b">"[..], b"->"] {
        if rest.starts_with(early) {
            return (Span::new(from, from), from + early.len());
        }
    }
    for end in memchr_iter(b'>', rest) {
        let data = rest.get(..end).unwrap_or_default();
        if let Some(data) = data.strip_suffix(b"--").or(data.strip_suffix(b"--!")) {
            return (Span::new(from, from + data.len()), from + end + 1);
        }
    }
    let unfinished = [&b"--!"[..], b"--", b"-"].iter().find_map(|ending| rest.strip_suffix(*ending));
    (Span::new(from, from + unfinished.unwrap_or(rest).len()), source.len())
}

/// The document type whose keyword ends at `from`, and its end.
pub(super) fn doctype(source: &str, from: usize) -> (Doctype, usize) {
    let mut reader = Reader { source, at: from, doctype: Doctype::default() };
    // Nothing to read on from is the end of the file, where quirks are forced.
    if reader.read().is_none() {
        reader.doctype.force_quirks = true;
        reader.at = source.len();
    }
    (reader.doctype, reader.at)
}

struct Reader<'s> {
    source: &'s str,
    at: usize,
    doctype: Doctype,
}

impl Reader<'_> {
    /// The next byte that is not white space.
    fn byte(&mut self) -> Option<u8> {
        let bytes = self.source.as_bytes();
        while bytes.get(self.at).is_some_and(|&byte| is_space(byte)) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn read(&mut self) -> Option<()> {
        if self.byte()? == b'>' {
            return self.broken();
        }
        let rest = self.source.as_bytes().get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|&byte| is_space(byte) || byte == b'>').unwrap_or(rest.len());
        let name = cooked_name(Span::new(self.at, self.at + length).of(self.source));
        self.doctype.name = Some(name.into_owned());
        self.at += length;
        if self.byte()? == b'>' {
            return self.finish();
        }
        let keyword = self.source.as_bytes().get(self.at..self.at + 6).unwrap_or_default();
        let public = keyword.eq_ignore_ascii_case(b"public");
        if !public && !keyword.eq_ignore_ascii_case(b"system") {
            return self.broken();
        }
        self.at += 6;
        if public { self.public() } else { self.system() }
    }

    fn public(&mut self) -> Option<()> {
        if !matches!(self.byte()?, b'"' | b'\'') {
            return self.broken();
        }
        let (id, closed) = self.quoted();
        self.doctype.public_id = Some(id);
        if !closed {
            return self.broken();
        }
        match self.byte()? {
            b'>' => self.finish(),
            _ => self.system(),
        }
    }

    fn system(&mut self) -> Option<()> {
        if !matches!(self.byte()?, b'"' | b'\'') {
            return self.broken();
        }
        let (id, closed) = self.quoted();
        self.doctype.system_id = Some(id);
        if !closed {
            return self.broken();
        }
        self.byte()?;
        self.finish()
    }

    /// An identifier in quotes, and whether the closing quote came before `>` and the end.
    fn quoted(&mut self) -> (String, bool) {
        let bytes = self.source.as_bytes();
        let quote = bytes.get(self.at).copied().unwrap_or(b'"');
        let start = self.at + 1;
        let rest = bytes.get(start..).unwrap_or_default();
        let length = memchr2(quote, b'>', rest).unwrap_or(rest.len());
        let closed = rest.get(length) == Some(&quote);
        self.at = start + length + usize::from(closed);
        let id = Span::new(start, start + length).of(self.source);
        let id = id.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}");
        (id, closed)
    }

    fn broken(&mut self) -> Option<()> {
        self.doctype.force_quirks = true;
        self.finish()
    }

    /// Skips what is left, up to and with `>`.
    fn finish(&mut self) -> Option<()> {
        let rest = self.source.as_bytes().get(self.at..).unwrap_or_default();
        self.at += memchr(b'>', rest).map_or(rest.len(), |found| found + 1);
        Some(())
    }
}
