//! Trains the weights of `src/tag`: an averaged perceptron over the words that `training/tag_teacher.py` labelled.
//!
//!     rustc -O --edition 2024 training/tagger.rs -o tagger
//!     ./tagger taught.tsv src/tag/en/weights.bin           # half a minute of a core
//!     ./tagger taught.tsv src/tag/en/weights.bin score     # what is held out, read with weights that are there
//!
//! It trains in steps: with room for nearly every feature, then with fewer rows each time, down to those that ship, given to the
//! features that weighed most in the step before.

#[allow(dead_code)]
#[path = "../src/tag/features.rs"]
mod features;

use features::{LOOKS, ROWS, Seen, WIDTH, check};
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
/// Rows of the first training, which has room for nearly all features. What weighs most in one training has a row in the next, which
/// has fewer: "council" says nothing that "council member" and "-cil" do not, until there is no room for all of them.
const WIDE: usize = 1 << 22;
/// Rounds of all trainings but the last.
const FIRST: usize = 3;
/// How often the last is done.
const BAGS: usize = 4;
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

/// Weights by the rows of features, and the check byte of the feature that has each row.
struct Table {
    weights: Vec<[f32; WIDTH]>,
    checks: Vec<u8>,
}

impl Table {
    fn rows<'a>(&'a self, looks: &'a [u32; LOOKS]) -> impl Iterator<Item = usize> + 'a {
        let row = |look: &u32| *look as usize % self.checks.len();
        looks.iter().filter(move |look| self.checks[row(look)] == check(**look)).map(row)
    }

    fn best(&self, looks: &[u32; LOOKS]) -> usize {
        self.best_of(&self.rows(looks).collect::<Vec<_>>())
    }

    /// How much a feature weighs.
    fn size(&self, look: u32) -> f32 {
        let row = look as usize % self.checks.len();
        let size = self.weights[row].iter().map(|weight| weight.abs()).sum();
        if self.checks[row] == check(look) { size } else { 0.0 }
    }

    fn best_of(&self, rows: &[usize]) -> usize {
        let mut sum = [0f32; WIDTH];
        for &row in rows {
            sum.iter_mut().zip(&self.weights[row]).for_each(|(sum, weight)| *sum += weight);
        }
        (0..WIDTH).max_by(|a, b| sum[*a].total_cmp(&sum[*b]).then(b.cmp(a))).unwrap()
    }
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

fn score(table: &Table, pieces: &[Vec<Word>]) -> (usize, usize, [[usize; WIDTH]; WIDTH]) {
    let (mut right, mut all, mut counts) = (0, 0, [[0; WIDTH]; WIDTH]);
    for piece in pieces {
        walk(piece, |looks, gold| {
            let tag = table.best(looks);
            if gold != 255 {
                all += 1;
                right += usize::from(tag == gold as usize);
                counts[gold as usize][tag] += 1
            }
            tag as u8
        });
    }
    (right, all, counts)
}

/// How often each feature is seen.
fn counted(pieces: &[Vec<Word>]) -> HashMap<u32, u32> {
    let mut seen: HashMap<u32, u32> = HashMap::new();
    for piece in pieces {
        walk(piece, |looks, gold| {
            looks.iter().for_each(|look| *seen.entry(*look).or_default() += 1);
            gold
        });
    }
    seen.retain(|_, count| *count >= LEAST);
    seen
}

/// The check bytes of `rows` rows: of the features that share a row, the one of the greatest worth has it.
fn given(rows: usize, seen: &HashMap<u32, u32>, worth: impl Fn(u32, u32) -> f32) -> Vec<u8> {
    let mut order: Vec<(f32, u32)> = seen.iter().map(|(look, count)| (worth(*look, *count), *look)).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut checks = vec![0; rows];
    for (_, look) in order {
        checks[look as usize % rows] = check(look);
    }
    checks
}

fn random(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

/// The mean of the weights over all steps of an averaged perceptron.
fn trained(checks: Vec<u8>, train: &mut [Vec<Word>], rounds: usize) -> Table {
    let mut sums = vec![[0f64; WIDTH]; checks.len()];
    let mut now = Table { weights: vec![[0f32; WIDTH]; checks.len()], checks };
    let (mut clock, mut state) = (1f64, 88172645463325252u64);
    for _ in 0..rounds {
        for i in (1..train.len()).rev() {
            train.swap(i, random(&mut state) as usize % (i + 1));
        }
        for piece in train.iter() {
            walk(piece, |looks, gold| {
                let seen = now.rows(looks).collect::<Vec<_>>();
                let tag = now.best_of(&seen);
                if gold != 255 && tag != gold as usize {
                    for row in seen {
                        now.weights[row][gold as usize] += 1.0;
                        sums[row][gold as usize] += clock;
                        now.weights[row][tag] -= 1.0;
                        sums[row][tag] -= clock;
                    }
                }
                clock += 1.0;
                tag as u8
            });
        }
    }
    for (row, sums) in now.weights.iter_mut().zip(&sums) {
        row.iter_mut().zip(sums).for_each(|(weight, sum)| *weight -= (*sum / clock) as f32);
    }
    now
}

/// Each training reads the lines in another order, and ends elsewhere.
fn mean(mut tables: Vec<Table>) -> Table {
    let mut table = tables.pop().unwrap();
    for other in tables {
        for (weight, more) in table.weights.iter_mut().flatten().zip(other.weights.iter().flatten()) {
            *weight += more;
        }
    }
    table
}

/// Whole numbers from -127 to 127.
fn as_bytes(table: &mut Table) {
    let mut sizes: Vec<f32> = table.weights.iter().flatten().map(|x| x.abs()).filter(|x| *x > 0.0).collect();
    sizes.sort_by(f32::total_cmp);
    let scale = 127.0 / sizes[sizes.len() * 9995 / 10000];
    table.weights.iter_mut().flatten().for_each(|x| *x = (*x * scale).round().clamp(-127.0, 127.0));
}

fn told(table: &Table, held: &[Vec<Word>]) {
    let (right, all, counts) = score(table, held);
    println!("{:.2} % of {all}", 100.0 * right as f64 / all as f64);
    for (gold, row) in counts.iter().enumerate() {
        let total: usize = row.iter().sum();
        let mut wrong: Vec<_> =
            row.iter().enumerate().filter(|(tag, _)| *tag != gold).map(|(t, n)| (*n, NAMES[t])).collect();
        wrong.sort();
        wrong.reverse();
        let share = 100.0 * row[gold] as f64 / total.max(1) as f64;
        println!("{:12} {total:6} right {share:.1} % {:?}", NAMES[gold], &wrong[..3]);
    }
}

fn shipped(path: &str) -> Table {
    let file = std::fs::read(path).expect("the file of weights");
    let (weights, checks) = file.split_at(ROWS * WIDTH);
    let weights = weights.chunks(WIDTH).map(|row| std::array::from_fn(|i| f32::from(row[i] as i8))).collect();
    Table { weights, checks: checks.to_vec() }
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let (held, train): (Vec<_>, Vec<_>) = read(&args[1]).into_iter().enumerate().partition(|(i, _)| i % 20 == 7);
    let held: Vec<_> = held.into_iter().map(|x| x.1).collect();
    if args.get(3).is_some_and(|word| word == "score") {
        return told(&shipped(&args[2]), &held);
    }
    let mut train: Vec<_> = train.into_iter().map(|x| x.1).collect();
    let seen = counted(&train);
    println!("{} features", seen.len());
    let mut table = trained(given(WIDE, &seen, |_, count| count as f32), &mut train, FIRST);
    for rows in [ROWS << 3, ROWS << 2, ROWS << 1] {
        table = trained(given(rows, &seen, |look, _| table.size(look)), &mut train, FIRST);
    }
    let checks = given(ROWS, &seen, |look, _| table.size(look));
    table = mean((0..BAGS).map(|_| trained(checks.clone(), &mut train, ROUNDS)).collect());
    as_bytes(&mut table);
    told(&table, &held);
    let mut file: Vec<u8> = table.weights.iter().flatten().map(|x| *x as i8 as u8).collect();
    file.extend(table.checks);
    std::fs::write(&args[2], file).expect("the file of weights");
}
