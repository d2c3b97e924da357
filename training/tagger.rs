//! Trains the weights of `src/tag`: an averaged perceptron over the words that `training/tags.py` labelled.
//!
//!     rustc -O --edition 2024 training/tagger.rs -o /tmp/tagger
//!     /tmp/tagger tags.tsv src/tag/en/weights.bin

#[path = "../src/tag/features.rs"]
mod features;

use features::{LOOKS, ROWS, Seen, WIDTH, check, row};
use std::collections::HashMap;

/// A feature seen less often gets no row.
const LEAST: u32 = 3;

const NAMES: [&str; WIDTH] = [
    "noun",
    "nouns",
    "name",
    "adjective",
    "adverb",
    "determiner",
    "pronoun",
    "base",
    "third",
    "past",
    "participle",
    "gerund",
    "modal",
    "preposition",
    "conjunction",
    "wh",
];
const ROUNDS: usize = 8;
const QUOTES: &str = "“”\"«»„";

struct Word {
    seen: Seen,
    /// A learnt tag, or 16 mark, 17 number, 18 to, 255 unknown.
    tag: u8,
}

fn read(path: &str) -> Vec<Vec<Word>> {
    let text = std::fs::read_to_string(path).expect("the labelled words");
    let piece = |piece: &str| -> Vec<Word> {
        let line = |line: &str| {
            let (text, label) = line.split_once('\t')?;
            if QUOTES.contains(text) {
                return None;
            }
            let lower = text.to_lowercase();
            let first = text.chars().next()?;
            let tag = if first.is_ascii_digit() {
                17
            } else if !first.is_alphabetic() {
                16
            } else if lower == "to" {
                18
            } else if label == "number" {
                3
            } else {
                NAMES.iter().position(|n| *n == label).map_or(255, |at| at as u8)
            };
            Some(Word { seen: Seen::new(text, &lower), tag })
        };
        piece.lines().filter_map(line).collect()
    };
    // One line in thirty is read a second time as a headline would print it.
    let headline = |text: &str| -> String {
        let capital = |line: &str| {
            line.char_indices()
                .map(|(i, c)| if i == 0 { c.to_ascii_uppercase() } else { c })
                .collect::<String>()
        };
        text.lines().map(capital).collect::<Vec<_>>().join("\n")
    };
    let again = text.split("\n\n").step_by(30).map(|lines| piece(&headline(lines)));
    text.split("\n\n").map(piece).chain(again).collect()
}

fn near(words: &[Word], at: usize) -> [Seen; 5] {
    let get = |offset: isize| {
        at.checked_add_signed(offset).and_then(|i| words.get(i)).map_or_else(Seen::default, |w| w.seen)
    };
    [get(-2), get(-1), get(0), get(1), get(2)]
}

fn best(weights: &[f32], checks: &[u8], looks: &[u32; LOOKS]) -> usize {
    let mut sum = [0f32; WIDTH];
    for look in looks {
        if checks[row(*look)] != check(*look) {
            continue;
        }
        for (s, w) in sum.iter_mut().zip(&weights[row(*look) * WIDTH..]) {
            *s += w
        }
    }
    (0..WIDTH).max_by(|a, b| sum[*a].total_cmp(&sum[*b]).then(b.cmp(a))).unwrap()
}

fn walk(piece: &[Word], mut judge: impl FnMut(&[u32; LOOKS], u8) -> u8) {
    let (mut last, mut but_last) = (19, 19);
    for (at, word) in piece.iter().enumerate() {
        let tag = if word.tag < 16 || word.tag == 255 {
            judge(&features::features(near(piece, at), last, but_last), word.tag)
        } else {
            word.tag
        };
        (last, but_last) = (tag, last);
    }
}

fn score(weights: &[f32], checks: &[u8], pieces: &[Vec<Word>]) -> (usize, usize, [[usize; WIDTH]; WIDTH]) {
    let (mut right, mut all, mut table) = (0, 0, [[0; WIDTH]; WIDTH]);
    for piece in pieces {
        walk(piece, |looks, gold| {
            let tag = best(weights, checks, looks);
            if gold != 255 {
                all += 1;
                right += usize::from(tag == gold as usize);
                table[gold as usize][tag] += 1
            }
            tag as u8
        });
    }
    (right, all, table)
}

/// The check byte of the feature that has each row: of those that share one, the one seen most.
fn rows_given(pieces: &[Vec<Word>]) -> Vec<u8> {
    let mut seen: HashMap<u32, u32> = HashMap::new();
    for piece in pieces {
        walk(piece, |looks, gold| {
            looks.iter().for_each(|look| *seen.entry(*look).or_default() += 1);
            gold
        });
    }
    let mut by_count: Vec<(u32, u32)> =
        seen.into_iter().filter(|(_, count)| *count >= LEAST).map(|(look, count)| (count, look)).collect();
    by_count.sort();
    println!("{} features", by_count.len());
    let mut checks = vec![0; ROWS];
    for (_, look) in by_count {
        checks[row(look)] = check(look);
    }
    checks
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let pieces = read(&args[1]);
    let (held, train): (Vec<_>, Vec<_>) = pieces.into_iter().enumerate().partition(|(i, _)| i % 20 == 7);
    let held: Vec<_> = held.into_iter().map(|x| x.1).collect();
    let mut train: Vec<_> = train.into_iter().map(|x| x.1).collect();
    let (mut now, mut sums, mut clock) = (vec![0f32; ROWS * WIDTH], vec![0f64; ROWS * WIDTH], 1f64);
    let checks = rows_given(&train);
    let mut state = 88172645463325252u64;
    for round in 0..ROUNDS {
        for i in (1..train.len()).rev() {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            train.swap(i, state as usize % (i + 1));
        }
        for piece in &train {
            walk(piece, |looks, gold| {
                let tag = best(&now, &checks, looks);
                if gold != 255 && tag != gold as usize {
                    for look in looks.iter().filter(|look| checks[row(**look)] == check(**look)) {
                        let row = row(*look);
                        now[row * WIDTH + gold as usize] += 1.0;
                        sums[row * WIDTH + gold as usize] += clock;
                        now[row * WIDTH + tag] -= 1.0;
                        sums[row * WIDTH + tag] -= clock;
                    }
                }
                clock += 1.0;
                tag as u8
            });
        }
        let mean: Vec<f32> = now.iter().zip(&sums).map(|(n, s)| n - (*s / clock) as f32).collect();
        let (right, all, _) = score(&mean, &checks, &held);
        println!("round {round}: {:.2} % of {all}", 100.0 * right as f64 / all as f64);
    }
    let mean: Vec<f32> = now.iter().zip(&sums).map(|(n, s)| n - (*s / clock) as f32).collect();
    let mut sizes: Vec<f32> = mean.iter().map(|x| x.abs()).filter(|x| *x > 0.0).collect();
    sizes.sort_by(f32::total_cmp);
    let scale = 127.0 / sizes[sizes.len() * 9995 / 10000];
    let bytes: Vec<i8> = mean.iter().map(|x| (x * scale).round().clamp(-127.0, 127.0) as i8).collect();
    let (right, all, table) = score(&bytes.iter().map(|x| *x as f32).collect::<Vec<_>>(), &checks, &held);
    println!("as bytes: {:.2} % of {all}", 100.0 * right as f64 / all as f64);
    for (gold, row) in table.iter().enumerate() {
        let total: usize = row.iter().sum();
        let mut wrong: Vec<_> =
            row.iter().enumerate().filter(|(tag, _)| *tag != gold).map(|(t, n)| (*n, NAMES[t])).collect();
        wrong.sort();
        wrong.reverse();
        println!(
            "{:12} {total:6} right {:.1} % {:?}",
            NAMES[gold],
            100.0 * row[gold] as f64 / total.max(1) as f64,
            &wrong[..3]
        );
    }
    let mut file: Vec<u8> = bytes.iter().map(|x| *x as u8).collect();
    file.extend(checks);
    std::fs::write(&args[2], file).expect("the file of weights");
}
