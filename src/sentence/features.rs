//! What the weights are asked about a gap: each feature is a name and a hash.

use super::boundary::Gap;
use super::rules::Kind;
use super::sides::{Case, Left, Right};
use super::style::{FLAGS, steps};
use super::verdict::Verdict;
use crate::token::{is_alphanumeric, is_letter};

/// Takes the features of a gap.
pub(super) trait Sink {
    /// One feature: its name, and the hash of the name with its values.
    fn add(&mut self, name: &'static str, hash: u32);
}

/// Bytes of a word that are told apart.
const LONGEST: usize = 20;
/// Chunks back over which quotation marks and brackets are counted.
const LOOK_BACK: usize = 40;

fn mix(hash: u32, value: u32) -> u32 {
    let mixed = (hash ^ value).wrapping_mul(0x9E37_79B1);
    mixed ^ (mixed >> 15)
}

/// The hash of a word, in lower case as far as it is ASCII.
fn fold(word: &str) -> u32 {
    word.bytes()
        .take(LONGEST)
        .fold(0x811C_9DC5, |hash, b| (hash ^ u32::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0193))
}

/// `McKay` is `XxXx`, `1,158` is `0,0`.
fn shape(word: &str) -> u32 {
    let (mut hash, mut last) = (7, 0);
    for b in word.bytes().take(LONGEST) {
        let class = match b {
            b'a'..=b'z' => 1,
            b'A'..=b'Z' => 2,
            b'0'..=b'9' => 3,
            0x80.. => 4,
            other => u32::from(other),
        };
        if class != last {
            hash = mix(hash, class);
        }
        last = class;
    }
    hash
}

/// The mark that the chunk before the last ends in.
fn before_end(gap: &Gap<'_>) -> u32 {
    if gap.left == gap.first && gap.left > 0 { sign(gap.chunk(gap.left - 1)) } else { sign(gap.before()) + 9 }
}

fn suffix(word: &str, bytes: usize) -> u32 {
    fold(word.get(word.len().saturating_sub(bytes)..).unwrap_or("")) ^ u32::from(word.len() <= bytes)
}

/// Where a word starts a sentence: its table's number, or that of another sort of beginning.
pub(super) fn key(word: &str) -> u32 {
    mix(fold(word), 99)
}

fn case_of(word: &str) -> u32 {
    match word.chars().next() {
        None => 0,
        Some(c) if c.is_lowercase() => 1,
        Some(c) if is_letter(c) => {
            if word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase()) {
                2
            } else {
                3
            }
        }
        Some(c) if c.is_numeric() => 4,
        Some(_) => 5,
    }
}

/// What is known of a gap, as numbers.
struct Scene<'a> {
    left: Left<'a>,
    right: Right<'a>,
    /// The word after the next.
    second: &'a str,
    end: u32,
    closers: u32,
    opener: u32,
    tail: u32,
    case: u32,
    left_case: u32,
    starts: u32,
    second_starts: u32,
    kind: u32,
    run: u32,
    sort: u32,
    level: u32,
    rule: u32,
}

impl<'a> Scene<'a> {
    fn of(gap: &Gap<'a>, verdict: Verdict) -> Self {
        let chunk = gap.chunk(gap.left);
        let after = gap.chunk(gap.left + 1);
        let left = Left::of(chunk);
        let right = Right::of(after);
        let closers = chunk.get(left.open_len..).unwrap_or("");
        let opener = after.len() - right.word.len() - right.rest.len();
        let case = match right.case() {
            Case::Upper if case_of(right.word) == 2 => 4,
            Case::Upper => 3,
            Case::Lower => 1,
            Case::Digit => 2,
            Case::Other => 0,
        };
        let kind = gap.kind(&left);
        let dotted = u32::from(left.is_dotted());
        let second = Right::of(gap.chunk(gap.left + 2)).word;
        Self {
            end: if left.end.is_empty() { sign(chunk) } else { fold(left.end) },
            closers: fold(closers),
            opener: fold(after.get(..opener).unwrap_or("")),
            tail: fold(right.rest.get(..1).unwrap_or("")),
            case,
            left_case: case_of(left.word),
            starts: u32::from(gap.rules.begins_sentences(right.word)),
            second_starts: u32::from(gap.rules.begins_sentences(second)),
            second,
            kind: number(kind) * 2 + dotted,
            run: run(left.end),
            sort: sort(after),
            level: u32::from(gap.style.level),
            rule: verdict.rule as u32 * 2 + u32::from(verdict.ends),
            left,
            right,
        }
    }
}

/// Marks, however many: `...`, `!!!!!`, `?!`.
fn run(marks: &str) -> u32 {
    let (mut kinds, mut signs) = (0, 0);
    for c in marks.chars() {
        kinds |= match c {
            '.' => 1,
            '!' => 2,
            '?' => 4,
            _ => 8,
        };
        signs += 1;
    }
    kinds * 8 + u32::from(steps(signs, &[2, 3, 4]))
}

/// What sort of thing a chunk is, where it is more than a word: `:-)`, `(see`, `--`, `~Jane`, `www.site.org`.
fn sort(chunk: &str) -> u32 {
    let mut signs = chunk.chars();
    let (first, second) = (signs.next().unwrap_or(' '), signs.next());
    let letters = chunk.chars().any(is_alphanumeric);
    match first {
        ':' | ';' | '=' | '>' | '<' | '^' | '8' | 'x' if is_smile(chunk) => 1,
        '(' | '[' => 2 + u32::from(second.is_some_and(char::is_lowercase)),
        '-' | '–' | '—' => 4 + u32::from(letters),
        '~' | '*' | '+' | '=' | '_' | '#' | '@' | '&' | '>' | '<' | '/' | '\\' => 6 + u32::from(letters),
        '?' | '!' | '.' | '…' => 8 + u32::from(letters),
        _ if chunk.contains("://") || chunk.starts_with("www.") => 10,
        _ if letters => 0,
        _ => 11,
    }
}

/// `:-)`, `=)`, `^_^`, `>:(`
fn is_smile(chunk: &str) -> bool {
    (2..=5).contains(&chunk.len())
        && chunk.bytes().any(|b| matches!(b, b':' | b';' | b'=' | b'^'))
        && chunk.bytes().all(|b| b":;=^_-')(DPp><3*oO|/\\".contains(&b))
}

fn number(kind: Kind) -> u32 {
    kind as u32
}

/// The sign that a chunk without a mark ends in.
fn sign(chunk: &str) -> u32 {
    chunk.chars().next_back().filter(|c| !is_alphanumeric(*c)).map_or(1, |c| mix(u32::from(c), 3))
}

/// Names a feature's hash.
struct Named<'s, S> {
    sink: &'s mut S,
    seed: u32,
    count: u32,
}

impl<S: Sink> Named<'_, S> {
    fn put(&mut self, name: &'static str, values: &[u32]) {
        self.count += 1;
        let start = mix(self.seed, self.count);
        let hash = values.iter().fold(start, |hash, value| mix(hash, *value));
        self.sink.add(name, hash);
    }
}

/// The features of a gap.
pub(super) fn features(gap: &Gap<'_>, verdict: Verdict, sink: &mut impl Sink) {
    let scene = Scene::of(gap, verdict);
    let marked = !scene.left.end.is_empty();
    let mut out = Named { sink, seed: if marked { 1 } else { 2 }, count: 0 };
    of_marks(&scene, &mut out);
    of_words(gap, &scene, &mut out);
    of_place(gap, &scene, &mut out);
}

fn of_marks(s: &Scene<'_>, out: &mut Named<'_, impl Sink>) {
    out.put("always", &[]);
    out.put("rule", &[s.rule]);
    out.put("rule, style", &[s.rule, s.level]);
    out.put("marks", &[s.end]);
    out.put("marks, next case", &[s.end, s.case]);
    out.put("marks, next case, style", &[s.end, s.case, s.level]);
    out.put("closing marks, next case", &[s.closers, s.case]);
    out.put("closing marks, marks", &[s.closers, s.end]);
    out.put("opening marks, marks", &[s.opener, s.end]);
    out.put("opening marks, closing marks", &[s.opener, s.closers]);
    out.put("opening marks, style", &[s.opener, s.level]);
    out.put("next word's marks", &[s.tail, s.case]);
    out.put("run, next case, style", &[s.run, s.case, s.level]);
    out.put("run, closing marks, next case", &[s.run, s.closers, s.case]);
    out.put("opening marks, next case", &[s.opener, s.case, s.run]);
    out.put("sort, style", &[s.sort, s.level]);
    out.put("sort, marks", &[s.sort, s.run]);
    out.put("sort, next case", &[s.sort, s.case, s.closers]);
}

/// A word near a gap, as features tell it.
struct Seen<'a> {
    word: &'a str,
    hash: u32,
    case: u32,
}

impl<'a> Seen<'a> {
    fn of(word: &'a str) -> Self {
        Self { word, hash: fold(word), case: case_of(word) }
    }
}

fn of_words(gap: &Gap<'_>, s: &Scene<'_>, out: &mut Named<'_, impl Sink>) {
    let (word, next) = (fold(s.left.word), fold(s.right.word));
    let (shape_before, shape_after) = (shape(s.left.word), shape(s.right.word));
    let before = Seen::of(if gap.left > gap.first { Left::of(gap.chunk(gap.left - 1)).word } else { "" });
    let second = Seen::of(s.second);
    out.put("word", &[word]);
    out.put("word, next case", &[word, s.case]);
    out.put("word, next starts", &[word, s.starts]);
    out.put("shape, marks", &[shape_before, s.end]);
    out.put(
        "shape, next case",
        &[shape_before, s.case, u32::from(steps(s.left.word.len(), &[2, 3, 4, 5, 7]))],
    );
    out.put("word's end", &[suffix(s.left.word, 3), s.case]);
    out.put("word's end, marks", &[suffix(s.left.word, 2), s.end, s.case]);
    out.put("next word's end", &[suffix(s.right.word, 3), s.case, s.end]);
    out.put("kind, next starts", &[s.kind, s.starts]);
    out.put("kinds", &[s.kind, number(gap.rules.kind(s.right.word)), u32::from(s.tail == fold(".")), s.case]);
    out.put("next word", &[next]);
    out.put("next word, marks", &[next, s.end]);
    out.put("next word, rule", &[next, s.rule]);
    out.put("next shape, style", &[shape_after, s.level]);
    out.put("next starts, marks", &[s.starts, s.end, s.case]);
    out.put("next starts, style", &[s.starts, s.case, s.level]);
    out.put("next word, second word", &[next, second.hash]);
    out.put("second word starts, marks", &[s.second_starts, s.case, s.end]);
    out.put("second word, cases", &[second.hash, s.case, s.left_case]);
    let third = Right::of(gap.chunk(gap.left + 3)).word;
    out.put("kind, next word", &[s.kind, next]);
    out.put("kind, second word", &[s.kind, s.case, second.hash]);
    out.put("kind, cases", &[s.kind, s.case, second.case, case_of(third)]);
    out.put("kind, next word's end", &[s.kind, suffix(s.right.word, 2), second.case]);
    out.put("kind, second word's end", &[s.kind, s.case, suffix(second.word, 2)]);
    out.put("kind, next starts, second case", &[s.kind, s.starts, second.case]);
    out.put("kind, word before", &[s.kind, before.hash, s.case]);
    out.put("kind, word before, next starts", &[s.kind, before.hash, s.starts, second.case]);
    out.put("kind, said", &[s.kind, u32::from(gap.has_said(s.right.word)), s.case]);
    out.put("same word", &[u32::from(word == next), s.case, s.end]);
    out.put("shape before, shape, next case", &[shape(gap.before()), shape_before, s.case]);
    out.put("mark before, shape, next starts", &[before_end(gap), shape_before, s.starts]);
    out.put("next case, second case", &[s.case, second.case, s.end]);
    out.put("word before, word", &[before.hash, word]);
    out.put("word, next word", &[word, next]);
    out.put("shapes", &[shape_before, shape_after]);
    out.put("cases", &[before.case, s.left_case, s.case, second.case]);
    out.put("word starts, next starts", &[u32::from(gap.rules.begins_sentences(s.left.word)), s.starts]);
}

fn of_place(gap: &Gap<'_>, s: &Scene<'_>, out: &mut Named<'_, impl Sink>) {
    let so_far = u32::from(steps(gap.so_far(), &[2, 3, 4, 6, 9, 15, 30]));
    let rest = u32::from(steps(gap.chunks.len() - gap.left, &[2, 3, 4, 6, 10, 20, 60]));
    let (size, marks) = (u32::from(gap.style.size), u32::from(gap.style.marks));
    let newline = u32::from(gap.newlines());
    let line = u32::from(steps(gap.line_len(), &[20, 40, 55, 65, 75, 85]));
    let (quoted, bracketed) = open_marks(gap);
    out.put("sentence so far, marks", &[so_far, s.end]);
    out.put("sentence so far, next starts", &[so_far, s.starts, s.left_case]);
    let first = Right::of(gap.chunk(gap.first));
    let opening = [u32::from(gap.rules.begins_sentences(first.word)), case_of(first.word)];
    out.put("opening, sentence so far", &[opening[0], so_far, s.case, s.end]);
    out.put("opening, cases", &[opening[1], s.left_case, s.case, s.end, so_far]);
    out.put("sentence so far, style", &[so_far, s.level, s.case]);
    out.put("rest of the block, marks", &[rest, s.end]);
    out.put("rest of the block, next case", &[rest, s.case, s.level]);
    out.put("size, marks", &[size, s.end, s.case]);
    out.put("density, next starts", &[marks, s.starts, size]);
    out.put("line, next case", &[newline, line * newline, s.case]);
    out.put("line, next starts", &[newline, line * newline, s.starts]);
    out.put("line, next shape", &[newline, s.end, shape(s.right.word)]);
    out.put("quotation, closing marks", &[quoted, s.closers, s.end]);
    out.put("quotation, next case", &[quoted, bracketed, s.case]);
    out.put(
        "address",
        &[u32::from(gap.is_address(gap.left)) * 2 + u32::from(gap.is_address(gap.left + 1)), s.case],
    );
    for flag in 0..FLAGS {
        if gap.style.flags >> flag & 1 == 1 {
            out.put("block", &[flag, s.case]);
            out.put("block, marks", &[flag, s.end]);
        } else {
            out.count += 2;
        }
    }
}

/// Whether a quotation and a bracket stand open, as far as the sentence so far tells.
fn open_marks(gap: &Gap<'_>) -> (u32, u32) {
    let from = gap.first.max((gap.left + 1).saturating_sub(LOOK_BACK));
    let (mut quoted, mut bracketed) = (0, 0);
    for chunk in gap.chunks.get(from..=gap.left).unwrap_or_default() {
        if chunk.first.is_ascii_alphanumeric() && chunk.last.is_ascii_alphanumeric() {
            continue;
        }
        let text = chunk.text(gap.text);
        for b in text.bytes().take(LONGEST) {
            match b {
                b'"' => quoted ^= 1,
                b'(' => bracketed = 1,
                b')' => bracketed = 0,
                _ => {}
            }
        }
        if text.starts_with(['“', '«']) {
            quoted = 1;
        }
        if text.ends_with(['”', '»']) {
            quoted = 0;
        }
    }
    (quoted, bracketed)
}
