//! The two sides of a gap: what stands before it and what stands after.

use crate::token::{is_alphanumeric, is_letter};

pub(super) fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '“' | ')' | ']' | '}' | '»' | '›' | '*')
}

/// What stands before the closing marks.
pub(super) fn before_closers(chunk: &str) -> &str {
    chunk.trim_end_matches(is_closer)
}

pub(super) fn is_acronym(word: &str) -> bool {
    word.len() > 1 && word.chars().all(char::is_uppercase)
}

/// Whether `chunk` belongs to what stands before it: `”`, `[12]`, `[…]`.
pub(super) fn is_trailer(chunk: &str) -> bool {
    // The short way for most chunks, for speed alone.
    if chunk.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    let inside = before_closers(chunk);
    if inside.is_empty() {
        return !chunk.starts_with(['"', '\'', '*', '“']);
    }
    let is_note = |note: &str| {
        let digits = note.len() <= 3 && note.bytes().all(|b| b.is_ascii_digit());
        digits || note.chars().all(is_end)
    };
    inside.len() < chunk.len() && inside.strip_prefix('[').is_some_and(|notes| notes.split("][").all(is_note))
}

pub(super) fn is_end(c: char) -> bool {
    matches!(c, '.' | '?' | '!' | '…' | '‽' | '。' | '！' | '？')
}

/// What stands before a gap: a word, the marks that end it and the ones that close a quotation.
pub(super) struct Left<'a> {
    pub word: &'a str,
    pub end: &'a str,
    pub closed: bool,
    pub quoted: bool,
    pub bracketed: bool,
    /// Bytes before the closing marks.
    pub open_len: usize,
}

impl<'a> Left<'a> {
    pub fn of(chunk: &'a str) -> Self {
        Self::of_plain(chunk).unwrap_or_else(|| Self::of_any(chunk))
    }

    /// The short way for most chunks, for speed alone: letters or digits, and one mark or comma at most.
    fn of_plain(chunk: &'a str) -> Option<Self> {
        let (last, before) = chunk.as_bytes().split_last()?;
        let ends = matches!(last, b'.' | b'?' | b'!');
        let plain = ends && !before.is_empty() || *last == b',' || last.is_ascii_alphanumeric();
        if !plain || !before.iter().all(u8::is_ascii_alphanumeric) {
            return None;
        }
        let (word, end) = chunk.split_at_checked(before.len() + usize::from(!ends))?;
        Some(Self { word, end, closed: false, quoted: false, bracketed: false, open_len: chunk.len() })
    }

    fn of_any(chunk: &'a str) -> Self {
        let open = before_closers(chunk);
        let body = open.trim_end_matches(is_end);
        let end = open.get(body.len()..).unwrap_or("");
        let closers = chunk.get(open.len()..).unwrap_or("");
        // `quote.”.` and `(so.).`: the closing marks stand between word and dot.
        let word = body.trim_end_matches(is_closer).trim_start_matches(is_opener);
        let word = word.rsplit(['-', '–', '—', '/', '(']).next().unwrap_or(word);
        // The dot of "etc)." is not the abbreviation's.
        let sealed = body.ends_with(is_closer);
        let quoted = sealed || closers.contains(['"', '”', '’', '\'', '»']);
        Self {
            word,
            end,
            closed: !closers.is_empty(),
            quoted,
            bracketed: chunk.starts_with('('),
            open_len: open.len(),
        }
    }

    pub fn is_dot(&self) -> bool {
        self.end == "."
    }

    pub fn starts_upper(&self) -> bool {
        self.word.chars().next().is_some_and(char::is_uppercase)
    }

    /// As short as abbreviations are: `voc`.
    pub fn is_short(&self) -> bool {
        self.word.len() < 5 && self.word.chars().all(is_letter)
    }

    pub fn is_lower(&self) -> bool {
        self.word.bytes().all(|b| b.is_ascii_lowercase())
    }

    pub fn is_letter(&self) -> bool {
        let mut letters = self.word.chars();
        letters.next().is_some_and(is_letter) && letters.next().is_none()
    }

    /// `U.S`, `Ph.D`: pieces of one or two letters with dots between.
    pub fn is_dotted(&self) -> bool {
        self.word.len() <= 24
            && self.word.contains('.')
            && self.word.split('.').all(|p| (1..=2).contains(&p.chars().count()) && p.chars().all(is_letter))
    }
}

pub(super) fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '‘'
            | '`'
            | '„'
            | '('
            | '['
            | '{'
            | '«'
            | '‹'
            | '¿'
            | '¡'
            | '*'
            | '”'
            | '’'
            | '#'
    )
}

pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―')
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Upper,
    Lower,
    Digit,
    Other,
}

/// What stands after a gap: its first word, without the opening marks.
pub(super) struct Right<'a> {
    pub word: &'a str,
    pub rest: &'a str,
    pub opened: bool,
    pub dash: bool,
}

impl<'a> Right<'a> {
    pub fn of(chunk: &'a str) -> Self {
        // The short way for most chunks, for speed alone.
        let bytes = chunk.as_bytes();
        let letters = bytes.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(bytes.len());
        let clear = bytes.get(letters).is_none_or(|b| matches!(b, b'.' | b',' | b'?' | b'!' | b':' | b';'));
        match chunk.split_at_checked(letters) {
            Some((word, rest)) if letters > 0 && clear => Self { word, rest, opened: false, dash: false },
            _ => Self::of_any(chunk),
        }
    }

    fn of_any(chunk: &'a str) -> Self {
        let inside = chunk.trim_start_matches(is_opener);
        let bare = inside.trim_start_matches(is_dash);
        let opened = chunk.starts_with(|c: char| !matches!(c, '”' | '’') && (is_opener(c) || is_dash(c)));
        let first = bare.chars().next();
        let solid = |c: char| !(is_end(c) || is_closer(c) || matches!(c, ',' | ';' | ':'));
        let end = match first {
            Some(c) if is_alphanumeric(c) => bare
                .find(|c: char| !(is_alphanumeric(c) || matches!(c, '\'' | '’' | '-')))
                .unwrap_or(bare.len()),
            Some(c) if solid(c) => c.len_utf8(),
            _ => 0,
        };
        let (word, rest) = bare.split_at_checked(end).unwrap_or((bare, ""));
        Self { word, rest, opened, dash: bare.len() < inside.len() }
    }

    pub fn case(&self) -> Case {
        let mut letters = self.word.chars();
        match letters.next() {
            Some(c) if c.is_lowercase() => match letters.next() {
                // "iPhone sales fell." begins a sentence.
                Some(second) if second.is_uppercase() => Case::Upper,
                _ => Case::Lower,
            },
            Some(c) if is_letter(c) => Case::Upper,
            Some(c) if c.is_numeric() => Case::Digit,
            Some(_) | None => Case::Other,
        }
    }

    /// `A`, `IV`: the number of a part.
    pub fn is_label(&self) -> bool {
        !self.rest.starts_with(['\'', '’'])
            && (self.word.len() == 1 && self.word != "I" && self.word != "A"
                || self.word.len() <= 4 && self.word.bytes().all(|b| b"IVX".contains(&b)) && self.word != "I")
    }
}
