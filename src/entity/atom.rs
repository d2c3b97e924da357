//! Tokens as the model sees them: hashes of a word, how it is written, and what is known of it.

use std::cell::RefCell;

use super::hash::{self, HashedMap};
use super::lexicon::{self, Word};
use super::memo::Memo;
use super::place;
use crate::limits::LINE_TOKENS;
use crate::text::Span;
use crate::token::{Token, TokenKind, Tokens, folded};

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
    Lines::new(tokens).iter().collect()
}

/// The lines of a text, kept small: five bytes a token, and each word once. A line is made when it is asked for.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    tokens: Tokens<'t>,
    /// The words of the text, and how often each stands in it.
    words: Vec<(Atom, usize)>,
    /// For each token the number of its word.
    numbers: Vec<u32>,
    /// For each token whether it starts a sentence.
    firsts: Vec<bool>,
    /// For each line the token after its last, and its style.
    ends: Vec<(usize, u8)>,
}

impl<'t> Lines<'t> {
    /// The lines of a text that is cut into tokens already.
    #[must_use]
    pub fn new(tokens: Tokens<'t>) -> Self {
        let text = tokens.text();
        let (numbers, words) = numbered(tokens);
        let firsts = Vec::with_capacity(numbers.len());
        let mut lines = Self { tokens, words, numbers, firsts, ends: Vec::new() };
        let mut line: Vec<Atom> = Vec::new();
        let mut end = 0;
        for (at, token) in tokens.iter().enumerate() {
            let broken = token.spaced && Span::new(end, token.span.start()).of(text).contains('\n');
            let first = starts_sentence(text, &line);
            if broken && !line.is_empty() || first && line.len() > LINE_TOKENS {
                lines.close(at, &line);
                line.clear();
            }
            let number = lines.numbers.get(at).copied().unwrap_or(u32::MAX);
            let atom = Atom { first: first || line.is_empty(), ..lines.atom(&token, number) };
            lines.firsts.push(atom.first);
            line.push(atom);
            end = token.span.end();
        }
        if !line.is_empty() {
            lines.close(tokens.len(), &line);
        }
        lines
    }

    fn close(&mut self, end: usize, line: &[Atom]) {
        self.ends.push((end, style(line)));
    }

    fn atom(&self, token: &Token<'_>, number: u32) -> Atom {
        let word = self.words.get(number as usize).map(|(word, _)| *word).unwrap_or_default();
        let len = word.span.end() - word.span.start();
        let span = Span::new(token.span.start(), token.span.start() + len);
        Atom { span, spaced: token.spaced, ..word }
    }

    /// The line of that number.
    #[must_use]
    pub fn get(&self, number: usize) -> Option<Line> {
        let mut line = Line::default();
        self.read(number, &mut line).then_some(line)
    }

    /// Puts the line of that number into the room of another; false where there is none.
    fn read(&self, number: usize, line: &mut Line) -> bool {
        let Some((end, style)) = self.ends.get(number).copied() else { return false };
        let before = number.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = before.map_or(0, |(end, _)| *end);
        let atom = |at: usize| {
            let (number, first) = (*self.numbers.get(at)?, *self.firsts.get(at)?);
            Some(Atom { first, ..self.atom(&self.tokens.get(at)?, number) })
        };
        line.atoms.clear();
        // There is one for each: a list whose length is known is filled without a look at its room.
        line.atoms.extend((start..end).map(|at| atom(at).unwrap_or_default()));
        line.style = style;
        true
    }

    /// Shows all lines, each in the room of the one before.
    pub(super) fn each(&self, mut show: impl FnMut(usize, &Line)) {
        let (mut line, mut number) = (Line::default(), 0);
        while self.read(number, &mut line) {
            show(number, &line);
            number += 1;
        }
    }

    /// The number of the first line that ends behind `at`.
    pub(super) fn past(&self, at: usize) -> usize {
        let last = |end: usize| {
            let last = end.checked_sub(1)?;
            Some(self.atom(&self.tokens.get(last)?, *self.numbers.get(last)?))
        };
        self.ends.partition_point(|(end, _)| last(*end).is_some_and(|last| last.span.end() <= at))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Line> {
        (0..self.ends.len()).filter_map(|number| self.get(number))
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.tokens.text()
    }

    /// How many tokens there are.
    #[must_use]
    pub fn tokens(&self) -> usize {
        self.numbers.len()
    }

    /// The words of the text, and how often each stands in it.
    #[must_use]
    pub fn words(&self) -> &[(Atom, usize)] {
        &self.words
    }
}

/// The line that was asked for last, as the next question is mostly for the same one.
pub(super) struct Kept<'l> {
    lines: &'l Lines<'l>,
    last: Option<(usize, Line)>,
}

impl<'l> Kept<'l> {
    pub fn new(lines: &'l Lines<'l>) -> Self {
        Self { lines, last: None }
    }

    /// The line of that number.
    pub fn get(&mut self, number: usize) -> Option<&Line> {
        if self.last.as_ref().is_none_or(|(held, _)| *held != number) {
            self.last = self.lines.get(number).map(|line| (number, line));
        }
        self.last.as_ref().map(|(_, line)| line)
    }
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

/// A word that the text has, with the first token that is it, and how often it stands there.
struct Told {
    key: u64,
    token: usize,
    times: usize,
}

/// For each token the number of its word; and the words of the text, with how often each stands in it.
fn numbered(tokens: Tokens<'_>) -> (Vec<u32>, Vec<(Atom, usize)>) {
    let mut numbers = Vec::with_capacity(tokens.len());
    let mut known: HashedMap<u32> = HashedMap::default();
    let mut told: Vec<Told> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let key = hash::mix(hash::bytes(token.text.as_bytes()), token.kind as u64);
        let number = *known.entry(key).or_insert_with(|| {
            told.push(Told { key, token: at, times: 0 });
            u32::try_from(told.len() - 1).unwrap_or(u32::MAX)
        });
        if let Some(word) = told.get_mut(number as usize) {
            word.times += 1;
        }
        numbers.push(number);
    }
    drop(known);
    (numbers, MEMO.with_borrow_mut(|memo| words(tokens, &told, memo)))
}

/// Words whose slots are fetched side by side.
const AT_ONCE: usize = 256;

fn words(tokens: Tokens<'_>, told: &[Told], memo: &mut Memo<Atom>) -> Vec<(Atom, usize)> {
    let mut words = Vec::with_capacity(told.len());
    for told in told.chunks(AT_ONCE) {
        let kept: Vec<(u64, Atom)> = told.iter().map(|word| memo.slot(word.key)).collect();
        let is_new = |(word, (key, _)): (&Told, &(u64, Atom))| (word.key != *key).then_some(word.token);
        let new: Vec<Token<'_>> =
            told.iter().zip(&kept).filter_map(is_new).filter_map(|token| tokens.get(token)).collect();
        let mut made = atoms(&new).into_iter();
        words.extend(told.iter().zip(kept).map(|(word, (key, atom))| {
            let mut make = || memo.put(word.key, made.next().unwrap_or_default());
            (if key == word.key { atom } else { make() }, word.times)
        }));
    }
    words
}

thread_local! {
    /// 512 kB a thread.
    static MEMO: RefCell<Memo<Atom>> = RefCell::new(Memo::new(1 << 13));
}

/// The atoms of tokens, with what the lexicon has of each: as it is written, else with one capital, else small.
fn atoms(tokens: &[Token<'_>]) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = tokens.iter().map(bare).collect();
    let as_written: Vec<u64> = atoms.iter().map(|atom| atom.form).collect();
    let mut missed = Vec::new();
    for ((atom, token), found) in atoms.iter_mut().zip(tokens).zip(lexicon::words(&as_written)) {
        match found {
            Some(word) => atom.word = word,
            None if token.kind == TokenKind::Word && atom.case != Case::Small => missed.push((atom, token)),
            None => {}
        }
    }
    let small: Vec<u64> = missed.iter().map(|(atom, _)| atom.low).collect();
    for ((atom, token), small) in missed.into_iter().zip(lexicon::words(&small)) {
        let title = titled(atom, token).and_then(lexicon::word);
        atom.word = title.or(small).unwrap_or_default();
    }
    atoms
}

/// A token without what the lexicon has of it.
fn bare(token: &Token<'_>) -> Atom {
    let is_word = token.kind == TokenKind::Word;
    let word = if is_word { without_possessive(token.text) } else { token.text };
    let small = token.lower.get(..word.len()).unwrap_or(token.lower);
    let span = Span::new(token.span.start(), token.span.start() + word.len());
    let case = case(token.kind, word);
    let form = hash::bytes(word.as_bytes());
    let low = if case == Case::Small { form } else { hash::bytes(small.as_bytes()) };
    let len = u8::try_from(word.len().min(15)).unwrap_or(15);
    let possessive = word.len() < token.text.len();
    // Of words in small letters only short ones stand in names: "Mocimboa da Praia".
    let in_place = in_place(word, is_word && (case.is_capital() || len <= 4));
    Atom { span, form, low, case, len, possessive, spaced: token.spaced, in_place, ..Atom::default() }
}

/// The hash of a word in capitals, written with one.
fn titled(atom: &Atom, token: &Token<'_>) -> Option<u64> {
    let word = token.text.get(..atom.span.end() - atom.span.start())?;
    let mut title: [u8; 32] = [0; 32];
    let room = title.get_mut(..word.len()).filter(|_| atom.case == Case::Capitals)?;
    room.copy_from_slice(word.as_bytes());
    room.get_mut(1..)?.make_ascii_lowercase();
    Some(hash::bytes(room))
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

/// The hashes of the first 2, 3 and 4 and the last 2, 3 and 4 bytes of a word, written small.
pub(super) fn ends(word: &str) -> [u64; 6] {
    let small = folded(word);
    let small = small.as_bytes();
    let first = |n: usize| small.get(..n).map_or(0, hash::bytes);
    let last = |n: usize| small.len().checked_sub(n).and_then(|at| small.get(at..)).map_or(0, hash::bytes);
    [first(2), first(3), first(4), last(2), last(3), last(4)]
}

/// How a line is written as a whole.
fn style(atoms: &[Atom]) -> u8 {
    let (mut words, mut capitals, mut long, mut high, mut numbers) =
        (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    for atom in atoms {
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
    match () {
        () if words > 1 && capitals * 5 >= words * 4 && long > 0 => 1,
        () if numbers * 2 > words && numbers > 1 => 3,
        () if long > 3 && high * 10 >= long * 8 => 2,
        () => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Words;
    use proptest::prelude::*;

    /// What the lexicon has of a word, asked for step by step.
    fn known(token: &Token<'_>, atom: &Atom) -> Word {
        let other = || titled(atom, token).and_then(lexicon::word).or_else(|| lexicon::word(atom.low));
        let is_word = token.kind == TokenKind::Word;
        lexicon::word(atom.form).or_else(|| other().filter(|_| is_word)).unwrap_or_default()
    }

    fn agree(text: &str) {
        let words = Words::new(text);
        let tokens: Vec<Token<'_>> = words.of(text).iter().collect();
        let made = atoms(&tokens);
        assert_eq!(made.len(), tokens.len());
        for (token, atom) in tokens.iter().zip(made) {
            assert_eq!(
                format!("{atom:?}"),
                format!("{:?}", Atom { word: known(token, &atom), ..bare(token) })
            );
        }
    }

    #[test]
    fn words_are_known_as_written_with_one_capital_or_small() {
        let text = "NATO’s RELUCTANTLY told SASKATOON's Qwrtzx in QWRTZX: Said, iPHONE 12 – 𝐀B example.org";
        agree(text);
        let words = Words::new(text);
        let tokens: Vec<Token<'_>> = words.of(text).iter().collect();
        let of = |at: usize| atoms(&tokens)[at].word;
        let known = |word: &str| lexicon::word(hash::bytes(word.as_bytes()));
        assert_eq!((known("RELUCTANTLY"), known("SASKATOON")), (None, None));
        assert_eq!(Some(of(1)), known("reluctantly"));
        assert_eq!(Some(of(3)), known("Saskatoon"));
        assert_eq!(of(4), Word::default());
    }

    proptest! {
        #[test]
        fn words_looked_up_together_are_those_looked_up_alone(text in "(([A-Z]{0,2}|The|LONDON|Sa|PO)[a-zé]{0,6}('s|’S)?[ .0-9-]){0,40}") {
            agree(&text);
        }
    }
}
