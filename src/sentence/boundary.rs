//! Whether a sentence ends in a gap between two chunks.

use super::chunk::Chunk;
use super::list;
use super::rules::{Kind, Rules};

/// Longest line, in bytes, that may be a heading over the line that follows.
const LONGEST_HEADING: usize = 60;
/// Most chunks of a phrase that opens a sentence with a time: `At 5 a.m. Mr. Smith left.`
const LONGEST_OPENING: usize = 4;

/// Most notes in a row that are read past: `total. [12] [13]`.
const MOST_TRAILERS: usize = 4;

/// The gap after the chunk `left`.
pub(super) struct Gap<'a> {
    pub text: &'a str,
    pub rules: &'a Rules,
    pub chunks: &'a [Chunk],
    pub left: usize,
    /// The first chunk of the sentence so far.
    pub first: usize,
    /// Where the line of `left` begins.
    pub line: usize,
}

impl<'a> Gap<'a> {
    fn chunk(&self, at: usize) -> &'a str {
        self.chunks.get(at).map_or("", |chunk| chunk.text(self.text))
    }

    fn right(&self) -> &'a str {
        self.chunk(self.left + 1)
    }

    fn newlines(&self) -> u8 {
        self.chunks.get(self.left + 1).map_or(0, |chunk| chunk.newlines)
    }

    /// Chunks of the sentence so far.
    fn so_far(&self) -> usize {
        self.left + 1 - self.first
    }

    /// Whether a blank line or an item of a list follows.
    pub fn ends_block(&self) -> bool {
        match self.newlines() {
            0 => false,
            1 => list::is_item(self.right()),
            _ => true,
        }
    }

    /// The short way out of most gaps, for speed alone.
    fn runs_on(&self) -> bool {
        let (Some(before), Some(after)) = (self.chunks.get(self.left), self.chunks.get(self.left + 1)) else {
            return false;
        };
        before.runs_into(*after) && !(after.first.is_ascii_uppercase() && self.is_labelled())
    }

    /// Whether a sentence ends here, within a block.
    pub fn ends_sentence(&self) -> bool {
        if self.chunks.get(self.left + 1).is_some_and(|chunk| chunk.glued) {
            return true;
        }
        if self.runs_on() {
            return false;
        }
        let right = self.right();
        if list::is_bullet(right) || self.begins_credit() || self.ends_credit() {
            return true;
        }
        if is_trailer(right) {
            return false;
        }
        let left = Left::of(self.ending());
        if left.end.is_empty() {
            return self.newlines() > 0 && self.ends_heading();
        }
        self.judge(&left, &Right::of(right))
    }

    /// The last chunk that is no trailer: `total.` before `[12]`.
    fn ending(&self) -> &'a str {
        let from = self.first.max(self.left.saturating_sub(MOST_TRAILERS));
        let body = (from..=self.left).rev().map(|at| self.chunk(at)).find(|chunk| !is_trailer(chunk));
        body.unwrap_or_else(|| self.chunk(self.left))
    }

    fn judge(&self, left: &Left<'a>, right: &Right<'a>) -> bool {
        if right.word.is_empty() {
            return self.opens_with_mark(right);
        }
        // "… The rest is lost." begins with its ellipsis.
        let opening = left.word.is_empty() && self.left == self.first;
        if opening || self.is_list_number(left) {
            return false;
        }
        match right.case() {
            Case::Lower => return self.ends_before_lower(left, right),
            Case::Digit if left.is_dot() => return self.dot_before_number(left),
            // "Viva Maria! (1965)" is one sentence.
            Case::Digit => return !(self.right().starts_with('(') && right.rest.starts_with(')')),
            Case::Other => return true,
            Case::Upper => {}
        }
        if left.closed && left.end != "." && self.is_attributed(right) {
            return false;
        }
        if self.rules.is_exclaimed(left.word) && left.end == "!" {
            return self.rules.is_starter(right.word);
        }
        !left.is_dot() || self.dot_before_capital(left, right)
    }

    /// Addresses begin sentences, and so does any word where the writer uses no capitals.
    fn ends_before_lower(&self, left: &Left<'a>, right: &Right<'a>) -> bool {
        let plain = !left.is_dot()
            || self.rules.kind(left.word) == Kind::Plain && !left.is_dotted() && !left.is_letter();
        if left.closed || !plain || left.end.len() > 1 || left.word.is_empty() {
            return false;
        }
        let address = right.rest.starts_with("://") || right.word == "www" && right.rest.starts_with('.');
        address
            || Right::of(self.chunk(self.first)).case() == Case::Lower && !self.rules.is_exclaimed(left.word)
    }

    /// A mark alone: a closing one or a dot goes on, and an opening one or a dash is judged by what follows it.
    fn opens_with_mark(&self, right: &Right<'a>) -> bool {
        if !right.opened {
            return false;
        }
        let after = Right::of(self.chunk(self.left + 2));
        !right.dash && matches!(after.case(), Case::Upper | Case::Digit)
    }

    /// `1.` at the start of an item.
    fn is_list_number(&self, left: &Left<'a>) -> bool {
        let starts = self.so_far() == 1 || self.so_far() == 2 && list::is_bullet(self.chunk(self.first));
        let bare = left.word.len() <= 5 && !left.closed && left.is_dot();
        let number = left.word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let roman = left.word.bytes().all(|b| b"IVXivx".contains(&b));
        starts && (bare && (number || roman || left.is_letter()) || list::is_marker(self.chunk(self.left)))
    }

    fn dot_before_number(&self, left: &Left<'a>) -> bool {
        match self.rules.kind(left.word) {
            Kind::Plain if left.is_letter() => left.starts_upper() && !self.follows_initial(),
            Kind::Plain => !left.is_dotted(),
            Kind::Time => true,
            _ => false,
        }
    }

    fn dot_before_capital(&self, left: &Left<'a>, right: &Right<'a>) -> bool {
        let starter = || self.rules.is_starter(right.word);
        let kind = self.rules.kind(left.word);
        // "She works for RT. Putin denied it." has no "Rt."; "MR. SMITH" is in capitals all through.
        let acronym = matches!(kind, Kind::Title | Kind::Abbreviation)
            && is_acronym(left.word)
            && !is_acronym(right.word);
        match kind {
            _ if acronym => true,
            Kind::Never | Kind::Title => false,
            Kind::Time => !self.continues_time(right),
            Kind::Abbreviation => starter() || left.quoted,
            Kind::Month => starter(),
            Kind::Numbered => !(right.is_label() && left.starts_upper()),
            Kind::Plain if left.is_letter() => !left.bracketed && self.initial_ends(left, right),
            Kind::Plain => !left.is_dotted() || starter() || left.quoted,
        }
    }

    /// `J. K. Rowling`, but `you and I. Did he`.
    fn initial_ends(&self, left: &Left<'a>, right: &Right<'a>) -> bool {
        let before = Left::of(self.chunk(self.left.saturating_sub(1)));
        let after_name = self.left > self.first && (before.starts_upper() || before.end == ".");
        let starter = self.rules.is_starter(right.word);
        let pronoun = left.word == "I" && !after_name;
        let name = left.starts_upper() && !pronoun;
        !name || starter && (self.left > self.first)
    }

    /// `H. R. 1280` is one name.
    fn follows_initial(&self) -> bool {
        let before = Left::of(self.chunk(self.left.saturating_sub(1)));
        self.left > self.first && before.is_letter() && before.is_dot()
    }

    fn continues_time(&self, right: &Right<'a>) -> bool {
        let zone = matches!(self.chunk(self.left + 2), "time" | "time," | "time.");
        zone || self.rules.goes_after_time(right.word) || self.so_far() < LONGEST_OPENING
    }

    /// `“Why?” Smith asked.` is one sentence; `“Why?” He asked twice.` is two, for the capital.
    fn is_attributed(&self, right: &Right<'a>) -> bool {
        let verb = |at: usize| self.rules.is_speech(Right::of(self.chunk(at)).word);
        if self.rules.is_starter(right.word) {
            return right.word == "I" && verb(self.left + 2);
        }
        verb(self.left + 2) || verb(self.left + 3)
    }

    /// Whether what follows reads like a credit's first words: `Photo by`, `Credit:`.
    fn is_labelled(&self) -> bool {
        self.right().ends_with(':') || matches!(self.chunk(self.left + 2), "by" | "courtesy" | "via")
    }

    fn begins_credit(&self) -> bool {
        if self.so_far() < LONGEST_OPENING || !self.is_labelled() {
            return false;
        }
        let right = Right::of(self.right());
        let opens = right.case() == Case::Upper || self.right().starts_with('(');
        let left = self.chunk(self.left);
        let ended = left.ends_with(|c: char| c.is_lowercase() || matches!(c, '.' | ')' | '”' | '"'));
        opens && ended && self.rules.is_credit(right.word)
    }

    /// `(Photo by …)` is a sentence of its own.
    fn ends_credit(&self) -> bool {
        let first = self.chunk(self.first);
        self.chunk(self.left).ends_with(')')
            && first.strip_prefix('(').is_some_and(|word| self.rules.is_credit(word.trim_end_matches(':')))
            && Right::of(self.right()).case() != Case::Lower
    }

    /// A short line without a mark at its end, and a new sentence on the next.
    fn ends_heading(&self) -> bool {
        let end = self.chunks.get(self.left).map_or(0, |chunk| chunk.span.end);
        let left = self.chunk(self.left);
        let right = Right::of(self.right());
        end.saturating_sub(self.line) <= LONGEST_HEADING
            && left.ends_with(char::is_alphanumeric)
            && right.case() == Case::Upper
            && !self.rules.is_starter(left)
            && self.rules.is_starter(right.word)
    }
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '“' | ')' | ']' | '}' | '»' | '›' | '*')
}

/// What stands before the closing marks.
fn before_closers(chunk: &str) -> &str {
    chunk.trim_end_matches(is_closer)
}

fn is_acronym(word: &str) -> bool {
    word.len() > 1 && word.chars().all(char::is_uppercase)
}

/// Whether `chunk` belongs to what stands before it: `”`, `[12]`, `[…]`.
fn is_trailer(chunk: &str) -> bool {
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

fn is_end(c: char) -> bool {
    matches!(c, '.' | '?' | '!' | '…' | '‽' | '。' | '！' | '？')
}

/// What stands before a gap: a word, the marks that end it and the ones that close a quotation.
struct Left<'a> {
    word: &'a str,
    end: &'a str,
    closed: bool,
    quoted: bool,
    bracketed: bool,
}

impl<'a> Left<'a> {
    fn of(chunk: &'a str) -> Self {
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
        Self { word, end, closed: !closers.is_empty(), quoted, bracketed: chunk.starts_with('(') }
    }

    fn is_dot(&self) -> bool {
        self.end == "."
    }

    fn starts_upper(&self) -> bool {
        self.word.chars().next().is_some_and(char::is_uppercase)
    }

    fn is_letter(&self) -> bool {
        let mut letters = self.word.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    }

    /// `U.S`, `Ph.D`: pieces of one or two letters with dots between.
    fn is_dotted(&self) -> bool {
        self.word.len() <= 24
            && self.word.contains('.')
            && self
                .word
                .split('.')
                .all(|p| (1..=2).contains(&p.chars().count()) && p.chars().all(char::is_alphabetic))
    }
}

fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '“' | '‘' | '„' | '(' | '[' | '{' | '«' | '‹' | '¿' | '¡' | '*' | '”' | '’' | '#'
    )
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―')
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Upper,
    Lower,
    Digit,
    Other,
}

/// What stands after a gap: its first word, without the opening marks.
struct Right<'a> {
    word: &'a str,
    rest: &'a str,
    opened: bool,
    dash: bool,
}

impl<'a> Right<'a> {
    fn of(chunk: &'a str) -> Self {
        let inside = chunk.trim_start_matches(is_opener);
        let bare = inside.trim_start_matches(is_dash);
        let opened = chunk.starts_with(|c: char| !matches!(c, '”' | '’') && (is_opener(c) || is_dash(c)));
        let first = bare.chars().next();
        let solid = |c: char| !(is_end(c) || is_closer(c) || matches!(c, ',' | ';' | ':'));
        let end = match first {
            Some(c) if c.is_alphanumeric() => bare
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')))
                .unwrap_or(bare.len()),
            Some(c) if solid(c) => c.len_utf8(),
            _ => 0,
        };
        let (word, rest) = bare.split_at_checked(end).unwrap_or((bare, ""));
        Self { word, rest, opened, dash: bare.len() < inside.len() }
    }

    fn case(&self) -> Case {
        let mut letters = self.word.chars();
        match letters.next() {
            Some(c) if c.is_lowercase() => match letters.next() {
                // "iPhone sales fell." begins a sentence.
                Some(second) if second.is_uppercase() => Case::Upper,
                _ => Case::Lower,
            },
            Some(c) if c.is_alphabetic() => Case::Upper,
            Some(c) if c.is_numeric() => Case::Digit,
            Some(_) | None => Case::Other,
        }
    }

    /// `A`, `IV`: the number of a part.
    fn is_label(&self) -> bool {
        !self.rest.starts_with(['\'', '’'])
            && (self.word.len() == 1 && self.word != "I" && self.word != "A"
                || self.word.len() <= 4 && self.word.bytes().all(|b| b"IVX".contains(&b)) && self.word != "I")
    }
}
