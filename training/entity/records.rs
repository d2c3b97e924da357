//! Records read, cut into lines of tokens, and given the tags that they allow.

use copydesk::entity::atom::{self, Line};
use copydesk::entity::model::{self, TAGS, Tag};
use copydesk::token::Words;

/// A document ready to learn from.
pub struct Doc {
    pub set: String,
    pub lines: Vec<Line>,
    /// For each token of each line the tags that are right, one bit each.
    pub masks: Vec<Vec<u16>>,
    pub text: String,
    /// The spans in bytes.
    pub spans: Vec<(usize, usize, String)>,
}

pub const ANY: u16 = u16::MAX;

pub fn read(path: &std::path::Path) -> Vec<Doc> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    text.lines().map(|line| doc(&serde_json::from_str(line).unwrap())).collect()
}

fn doc(record: &serde_json::Value) -> Doc {
    let text = record["text"].as_str().unwrap().to_owned();
    let mut offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    offsets.push(text.len());
    let number = |value: &serde_json::Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let spans = record["spans"].as_array().unwrap().iter().map(|span| {
        (offsets[number(&span[0])], offsets[number(&span[1])], span[2].as_str().unwrap().to_owned())
    });
    let spans: Vec<_> = spans.collect();
    made(record["set"].as_str().unwrap().to_owned(), text, spans)
}

pub fn made(set: String, text: String, spans: Vec<(usize, usize, String)>) -> Doc {
    let lines = atom::lines(Words::new(&text).of(&text));
    let masks = lines.iter().map(|line| masks(line, &spans)).collect();
    Doc { set, lines, masks, text, spans }
}

fn masks(line: &Line, spans: &[(usize, usize, String)]) -> Vec<u16> {
    let mut masks = vec![1_u16; line.atoms.len()];
    for (start, end, label) in spans {
        let from = line.atoms.partition_point(|atom| atom.span.end() <= *start);
        let to = line.atoms.partition_point(|atom| atom.span.start() < *end);
        if from >= to {
            continue;
        }
        let kind = model::KINDS.iter().position(|kind| kind == label);
        let exact = line.atoms[from].span.start() >= *start && line.atoms[to - 1].span.end() <= *end;
        for place in from..to {
            masks[place] = match kind {
                Some(kind) if exact => 1 << model::tag(kind, place - from, to - from),
                _ => ANY,
            };
        }
    }
    // Two X in a row, or X beside a name: leave it to the model where one begins and the other ends.
    for place in 1..masks.len() {
        let allowed = |a: u16, b: u16| {
            (0..TAGS).any(|x| {
                a >> x & 1 == 1 && (0..TAGS).any(|y| b >> y & 1 == 1 && model::may_follow(x as Tag, y as Tag))
            })
        };
        if !allowed(masks[place - 1], masks[place]) {
            masks[place - 1] = ANY;
            masks[place] = ANY;
        }
    }
    masks
}

/// The document with some of its lines in capitals or in the capitals of a headline; None if no line was drawn.
pub fn shouted(doc: &Doc, draw: &mut impl FnMut() -> f64) -> Option<Doc> {
    let mut text = String::with_capacity(doc.text.len());
    let mut changed = false;
    for line in doc.text.split_inclusive('\n') {
        let (lot, short) = (draw(), line.len() < 160);
        if line.is_ascii() && short && lot < 0.07 {
            text.push_str(&line.to_ascii_uppercase());
            changed = true;
        } else if line.is_ascii() && short && lot < 0.11 {
            let mut start = true;
            text.extend(line.chars().map(|c| {
                let out = if start { c.to_ascii_uppercase() } else { c };
                start = c == ' ' || c == '-';
                out
            }));
            changed = true;
        } else if short && lot < 0.3 {
            text.push_str(line);
        } else {
            text.extend(std::iter::repeat_n(' ', line.len() - 1));
            text.push('\n');
        }
    }
    changed.then(|| made(doc.set.clone(), text, doc.spans.clone()))
}
