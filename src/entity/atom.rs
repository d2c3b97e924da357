//! Tokens as the model sees them: hashes of a word and its ends, how it is written, and what is known of it.

use std::cell::RefCell;

use super::hash;
use super::lexicon::{self, Word};
use super::place;
use crate::text::Span;
use crate::token::{Token, TokenKind, Tokens};

/// How a token is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Case {
    /// Marks and symbols.
    #[default]
    Mark,
    /// A number.
    Number,
    /// `police`
    Small,
    /// `Kyiv`
    Title,
    /// `NATO`
    Capitals,
    /// `A`
    Letter,
    /// `U.S`
    Dotted,
    /// `McDonald`, `iPhone`, `COP27`
    Mixed,
}

impl Case {
    /// Whether it starts with a capital or holds one.
    #[must_use]
    pub fn is_capital(self) -> bool {
        self as u8 >= Case::Title as u8
    }
}

/// One token.
#[derive(Clone, Copy, Debug, Default)]
pub struct Atom {
    /// Where it stands, without a possessive "'s".
    pub span: Span,
    /// The hash of its letters.
    pub form: u64,
    /// The hash of its letters, written small.
    pub low: u64,
    /// The hashes of its first 2, 3 and 4 and last 2, 3 and 4 bytes, written small.
    pub ends: [u64; 6],
    /// How it is written.
    pub case: Case,
    /// Its length in bytes, at most 15.
    pub len: u8,
    /// Whether it starts a sentence.
    pub first: bool,
    /// Whether it lost a possessive.
    pub possessive: bool,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// What the lexicon has of it.
    pub word: Word,
    /// What it adds to the key of a place's name; 0: nothing, and the name goes on; None: no name goes over it.
    pub in_place: Option<u64>,
}

/// The tokens of one line, and how the line is written as a whole.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Its tokens.
    pub atoms: Vec<Atom>,
    /// 0: prose; 1: capitals; 2: every long word has a capital; 3: mostly numbers.
    pub style: u8,
}

/// The lines of a text: tokens with no line feed between them.
#[must_use]
pub fn lines(tokens: Tokens<'_>) -> Vec<Line> {
    let text = tokens.text();
    let mut lines = Vec::new();
    let mut line = Line::default();
    let mut end = 0;
    MEMO.with_borrow_mut(|memo| {
        for token in tokens.iter() {
            if token.spaced
                && Span::new(end, token.span.start).of(text).contains('\n')
                && !line.atoms.is_empty()
            {
                lines.push(finished(std::mem::take(&mut line)));
            }
            let mut atom = memo.atom(&token);
            atom.first = starts_sentence(text, &line.atoms);
            line.atoms.push(atom);
            end = token.span.end;
        }
    });
    if !line.atoms.is_empty() {
        lines.push(finished(line));
    }
    lines
}

/// Whether the token after `before` starts a sentence. An initial or a short abbreviation ends none.
fn starts_sentence(text: &str, before: &[Atom]) -> bool {
    let mut back = before.iter().rev();
    let Some(mut last) = back.next() else { return true };
    let quote = |atom: &Atom| matches!(atom.span.of(text), "\"" | "”" | "’" | "'" | "“" | "‘" | ")" | "(");
    if quote(last) {
        let Some(other) = back.next() else { return true };
        last = other;
    }
    match last.span.of(text) {
        "!" | "?" | ":" | "•" => true,
        "." => back.next().is_some_and(|word| {
            let titled = word.word.flags & lexicon::flag::ROLE != 0 && word.len < 5;
            !titled && !matches!(word.case, Case::Letter | Case::Dotted)
        }),
        "-" | "–" | "—" => before.len() == 1,
        _ => false,
    }
}

thread_local! {
    static MEMO: RefCell<Memo> = RefCell::new(Memo { slots: vec![(0, Atom::default()); MEMO_SLOTS] });
}

/// Words that were met before: a corpus says few words, and says them often.
struct Memo {
    slots: Vec<(u64, Atom)>,
}

/// A power of two: 1.3 MB a thread.
const MEMO_SLOTS: usize = 1 << 13;

impl Memo {
    /// The token as the model sees it, but for its place in the line.
    fn atom(&mut self, token: &Token<'_>) -> Atom {
        let key = hash::mix(hash::bytes(token.text.as_bytes()), token.kind as u64);
        let Some(slot) = self.slots.get_mut(usize::try_from(key).unwrap_or(0) % MEMO_SLOTS) else {
            return atom(token);
        };
        if slot.0 != key {
            *slot = (key, atom(token));
        }
        let len = slot.1.span.end - slot.1.span.start;
        let span = Span::new(token.span.start, token.span.start + len);
        Atom { span, spaced: token.spaced, ..slot.1 }
    }
}

fn atom(token: &Token<'_>) -> Atom {
    let is_word = token.kind == TokenKind::Word;
    let word = if is_word { without_possessive(token.text) } else { token.text };
    let small = token.lower.get(..word.len()).unwrap_or(token.lower);
    let span = Span::new(token.span.start, token.span.start + word.len());
    let case = case(token.kind, word);
    let form = hash::bytes(word.as_bytes());
    let low = if case == Case::Small { form } else { hash::bytes(small.as_bytes()) };
    let known = if is_word { known(word, form, low, case) } else { lexicon::word(form).unwrap_or_default() };
    let len = u8::try_from(word.len().min(15)).unwrap_or(15);
    let possessive = word.len() < token.text.len();
    let ends = if is_word { ends(small.as_bytes()) } else { [0; 6] };
    // Of words in small letters only short ones stand in names: "Mocimboa da Praia".
    let in_place = in_place(word, is_word && (case.is_capital() || len <= 4));
    Atom {
        span,
        form,
        low,
        ends,
        case,
        len,
        first: false,
        possessive,
        spaced: token.spaced,
        word: known,
        in_place,
    }
}

fn in_place(word: &str, may_be: bool) -> Option<u64> {
    match word {
        "-" | "." | "'" | "’" | "&" => Some(0),
        _ if may_be => match place::plain_words(word).as_slice() {
            [only] => Some(place::word_key(only)),
            _ => None,
        },
        _ => None,
    }
}

/// `word` as the lexicon has it: as it is written, else with one capital, else small.
fn known(word: &str, form: u64, low: u64, case: Case) -> Word {
    if let Some(found) = lexicon::word(form) {
        return found;
    }
    if case == Case::Capitals {
        let mut title: [u8; 32] = [0; 32];
        if let Some(room) = title.get_mut(..word.len()) {
            room.copy_from_slice(word.as_bytes());
            if let Some(rest) = room.get_mut(1..) {
                rest.make_ascii_lowercase();
            }
            if let Some(found) = lexicon::word(hash::bytes(room)) {
                return found;
            }
        }
    }
    lexicon::word(low).unwrap_or_default()
}

/// `word` without "'s" or a bare apostrophe at its end.
#[must_use]
pub fn without_possessive(word: &str) -> &str {
    let shorter = word.strip_suffix('s').or_else(|| word.strip_suffix('S')).unwrap_or("");
    let bare = shorter.strip_suffix('\'').or_else(|| shorter.strip_suffix('’'));
    bare.filter(|bare| !bare.is_empty()).unwrap_or(word)
}

fn case(kind: TokenKind, word: &str) -> Case {
    match kind {
        TokenKind::Number => return Case::Number,
        TokenKind::Word => {}
        TokenKind::Mark | TokenKind::Address => return Case::Mark,
    }
    let (mut upper, mut lower, mut other, mut dots) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut first_upper = false;
    for (place, c) in word.chars().enumerate() {
        if c.is_uppercase() {
            upper += 1;
            first_upper |= place == 0;
        } else if c == '.' {
            dots += 1;
        } else if c.is_lowercase() {
            lower += 1;
        } else if c.is_numeric() {
            other += 1;
        }
    }
    match (upper, lower) {
        (0, _) => Case::Small,
        _ if dots > 0 && lower == 0 => Case::Dotted,
        (1, 0) if other == 0 => Case::Letter,
        (1, _) if first_upper && other == 0 => Case::Title,
        (_, 0) if other == 0 => Case::Capitals,
        _ => Case::Mixed,
    }
}

fn ends(small: &[u8]) -> [u64; 6] {
    let first = |n: usize| small.get(..n).map_or(0, hash::bytes);
    let last = |n: usize| small.len().checked_sub(n).and_then(|at| small.get(at..)).map_or(0, hash::bytes);
    [first(2), first(3), first(4), last(2), last(3), last(4)]
}

fn finished(mut line: Line) -> Line {
    let (mut words, mut capitals, mut long, mut high, mut numbers) =
        (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    for atom in &line.atoms {
        match atom.case {
            Case::Mark => {}
            Case::Number => numbers += 1,
            case => {
                words += 1;
                capitals += usize::from(matches!(case, Case::Capitals | Case::Letter | Case::Dotted));
                if atom.len > 3 {
                    long += 1;
                    high += usize::from(case.is_capital());
                }
            }
        }
    }
    line.style = match () {
        () if words > 1 && capitals * 5 >= words * 4 && long > 0 => 1,
        () if numbers * 2 > words && numbers > 1 => 3,
        () if long > 3 && high * 10 >= long * 8 => 2,
        () => 0,
    };
    line
}
