//! Makes `src/sentence/en/weights.bin`, and says how well it does.
//!
//! ```console
//! cargo run --release --example train_sentence -- ../shared/data src/sentence/en/weights.bin
//! ```
//! Supervised: UD English EWT (CC BY-SA 4.0) and the genres of UD English GUM that are free to use (CC BY).
//! Unlabelled, for the words that sentences begin with: the same, Voice of America news (public domain), and the
//! articles of two sets of pages that are marked for training.
//! Features come from `copydesk::sentence::training`: the splitter and its training look at the same things.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::expect_used)]
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use copydesk::sentence::training::{BITS, Caution, Sample, samples, weight_file};
use copydesk::sentence::{Rules, sentences};
use serde_json::Value;
use shortened::Shortener;

#[path = "shortened.rs"]
mod shortened;

/// Genres of GUM whose text is free.
const FREE: [&str; 7] = ["news", "bio", "voyage", "interview", "textbook", "speech", "vlog"];
const EPOCHS: usize = 4;
const RATE: f32 = 0.15;
const DECAY: f32 = 4e-4;
/// What an example counts that is made by cutting words short, and one that is clipped as well.
const MADE: f32 = 1.0;
const CLIPPED: f32 = 0.3;

/// Paragraphs of one document, each with the bytes at which its sentences end.
struct Doc {
    genre: String,
    paragraphs: Vec<(String, Vec<usize>)>,
}

impl Doc {
    /// The paragraphs as one text.
    fn joined(&self, by: &str) -> (String, Vec<usize>) {
        let (mut text, mut gold) = (String::new(), Vec::new());
        for (paragraph, ends) in &self.paragraphs {
            if !text.is_empty() {
                text.push_str(by);
            }
            gold.extend(ends.iter().map(|end| text.len() + end));
            text.push_str(paragraph);
        }
        (text, gold)
    }
}

fn records(path: &Path) -> Vec<Value> {
    let packed = path.with_extension("jsonl.xz");
    let reader: Box<dyn Read> = if packed.exists() {
        Box::new(lzma_rust2::XzReader::new(BufReader::new(File::open(packed).unwrap()), true))
    } else {
        Box::new(File::open(path.with_extension("jsonl")).unwrap())
    };
    BufReader::new(reader).lines().map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect()
}

/// A field of the English records of a set.
fn texts(path: &Path, field: &str) -> Vec<String> {
    let english = |record: &Value| record["lang"].as_str().is_none_or(|lang| lang == "en");
    let records = records(path).into_iter().filter(english);
    records.filter_map(|record| record[field].as_str().map(str::to_string)).collect()
}

fn docs(path: &Path) -> Vec<Doc> {
    let paragraph = |value: &Value| {
        let text = value[0].as_str().unwrap().to_string();
        let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        bytes.push(text.len());
        let ends = value[1].as_array().unwrap();
        let ends = ends.iter().map(|end| bytes[end.as_u64().unwrap() as usize]).collect();
        (text, ends)
    };
    let doc = |record: Value| Doc {
        genre: record["genre"].as_str().unwrap().to_string(),
        paragraphs: record["paras"].as_array().unwrap().iter().map(paragraph).collect(),
    };
    records(path).into_iter().map(doc).collect()
}

/// How often a word with a capital begins a sentence, from 1 to 15, for words seen often enough.
fn beginnings(texts: &[String], rules: &Rules) -> Vec<(String, u8)> {
    let mut counts: HashMap<String, [f32; 3]> = HashMap::new();
    for text in texts {
        for sentence in sentences(text, rules) {
            let mut after_word = false;
            for (place, chunk) in sentence.of(text).split_whitespace().enumerate() {
                let word: String = chunk.trim_matches(|c: char| !c.is_alphanumeric()).to_string();
                let column = match word.chars().next() {
                    Some(c) if c.is_uppercase() && place == 0 => Some(0),
                    Some(c) if c.is_uppercase() && after_word => Some(1),
                    Some(c) if c.is_lowercase() => Some(2),
                    _ => None,
                };
                if let Some(column) = column {
                    counts.entry(word.to_lowercase()).or_default()[column] += 1.0;
                }
                after_word = chunk.ends_with(|c: char| c.is_lowercase() || c == ',');
            }
        }
    }
    let mut found: Vec<(f32, String, u8)> = counts
        .into_iter()
        .filter(|(_, [first, inside, lower])| first + inside + lower > 2.0)
        .map(|(word, [first, inside, lower])| {
            // A word that is mostly written small has its capital for the sentence's sake.
            let small = lower / (first + inside + lower + 1.0);
            // One that is written small a hundred times, and never with a capital, has one only where a sentence begins.
            let expected = first + 0.02 * lower;
            let odds = ((expected + 0.3) / (inside + 0.3)).ln() + 2.0 * small;
            (first + inside + lower, word, (odds * 1.8 + 7.0).round().clamp(1.0, 15.0) as u8)
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.into_iter().map(|(_, word, bucket)| (word, bucket)).collect()
}

/// `text` broken into lines of at most `width` bytes, at its spaces.
fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for word in text.split(' ') {
        if column > 0 {
            let breaks = column + word.len() > width;
            out.push(if breaks { '\n' } else { ' ' });
            column = if breaks { 0 } else { column + 1 };
        }
        out.push_str(word);
        column += word.len();
    }
    if out.len() == text.len() { out } else { text.to_string() }
}

/// All samples with their weight.
fn gather(ewt: &[Doc], gum: &[Doc], voa: &[String], edited: &[String], rules: &Rules) -> Vec<(Sample, f32)> {
    let mut found = Vec::new();
    let mut add = |text: &str, gold: &[usize], weight: f32| {
        found.extend(samples(text, gold, rules).into_iter().map(|sample| (sample, weight)));
    };
    for (docs, weight) in [(ewt, 1.0), (gum, 1.0)] {
        for doc in docs {
            for (text, gold) in &doc.paragraphs {
                add(text, gold, weight);
            }
            let (text, gold) = doc.joined("\n");
            add(&text, &gold, 0.2 * weight);
            add(&wrapped(&text, 72), &gold, 0.2 * weight);
            if doc.genre != "email" {
                let (text, gold) = doc.joined(" ");
                add(&text, &gold, weight);
            }
        }
    }
    add_news(&mut found, voa, edited, rules);
    found
}

/// Samples of clean news, which hold the weights to it. Where Voice of America ends its lines it ends its sentences; of
/// the rest the rules say where they end, which is no proof at abbreviations.
fn add_news(found: &mut Vec<(Sample, f32)>, voa: &[String], edited: &[String], rules: &Rules) {
    let mut shortener = Shortener::new();
    let plain = rules.without_weights();
    let told: Vec<(String, Vec<usize>)> = voa.iter().flat_map(|text| paragraphs(text)).collect();
    let ruled = edited.iter().map(|text| {
        let gold = sentences(text, &plain).iter().map(|span| span.end()).collect();
        (text.replace('\n', " "), gold)
    });
    let ruled: Vec<(String, Vec<usize>)> = ruled.collect();
    let weights = [env("VOA", 0.3), env("EDITED", 0.1)];
    for (set, weight, sure) in [(&told, weights[0], true), (&ruled, weights[1], false)] {
        for (text, gold) in set {
            let known = samples(text, gold, rules).into_iter().filter(|sample| sure || !sample.abbreviated);
            found.extend(known.map(|sample| (sample, weight)));
            add_made(found, &mut shortener, (text, gold), MADE, rules);
            for (text, gold) in clipped(text, gold) {
                let opened = shortener.opened(&text, &gold);
                add_made(found, &mut shortener, (&text, &gold), CLIPPED, rules);
                add_made(found, &mut shortener, (&opened.text, &opened.gold), CLIPPED, rules);
            }
        }
    }
    // As it stands in pages, in lines.
    for text in edited {
        let gold: Vec<usize> = sentences(text, &plain).iter().map(|span| span.end()).collect();
        let known =
            samples(text, &gold, rules).into_iter().filter(|sample| !sample.line && !sample.abbreviated);
        found.extend(known.map(|sample| (sample, weights[1])));
    }
}

/// Samples of a text in which words are cut short.
fn add_made(
    found: &mut Vec<(Sample, f32)>,
    shortener: &mut Shortener,
    (text, gold): (&str, &[usize]),
    weight: f32,
    rules: &Rules,
) {
    for made in [shortener.abbreviated(text, gold), shortener.with_tails(text, gold)] {
        let known = samples(&made.text, &made.gold, rules).into_iter();
        let known = known.filter(|sample| sample.abbreviated && made.changed(sample.at));
        found.extend(known.map(|sample| (sample, weight)));
    }
}

/// Pairs of the sentences of `text`, the second cut down to its first words: "Terms were not disclosed." is all that news says.
fn clipped(text: &str, gold: &[usize]) -> Vec<(String, Vec<usize>)> {
    let starts = std::iter::once(&0).chain(gold);
    let sentences: Vec<&str> = starts.zip(gold).map(|(start, end)| text[*start..*end].trim()).collect();
    let clip = |(at, pair): (usize, &[&str])| {
        let [first, second] = pair else { return None };
        let words: Vec<&str> = second.split(' ').take(3 + (at + first.len()) % 6).collect();
        let words = words.join(" ");
        let text = format!("{first} {}.", words.trim_end_matches(|c: char| !c.is_alphanumeric()));
        let gold = vec![first.len(), text.len()];
        Some((text, gold))
    };
    sentences.chunks(2).enumerate().filter_map(clip).collect()
}

/// Lines of news, five a paragraph, with the bytes at which they end.
fn paragraphs(text: &str) -> Vec<(String, Vec<usize>)> {
    let ended = |line: &&str| line.ends_with(['.', '?', '!', '"']);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(ended).collect();
    let paragraph = |lines: &[&str]| {
        let (mut text, mut gold) = (String::new(), Vec::new());
        for line in lines {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(line);
            gold.push(text.len());
        }
        (text, gold)
    };
    lines.chunks(5).map(paragraph).collect()
}

fn env(name: &str, default: f32) -> f32 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// A logistic regression by AdaGrad, averaged over the last half of its epochs.
fn train(set: &mut [(Sample, f32)]) -> Vec<f32> {
    let size = 1 << BITS;
    let (mut weights, mut squares, mut mean) = (vec![0_f32; size], vec![1e-2_f32; size], vec![0_f32; size]);
    let (epochs, rate) = (env("EPOCHS", EPOCHS as f32) as usize, env("RATE", RATE));
    let (mut random, decay) = (7_u64, env_decay());
    for epoch in 0..epochs {
        for at in (1..set.len()).rev() {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            set.swap(at, (random >> 33) as usize % (at + 1));
        }
        let mut loss = 0.0;
        for (sample, weight) in set.iter() {
            let sum: f32 = sample.features.iter().map(|at| weights[*at as usize]).sum();
            let odds = 1.0 / (1.0 + (-sum).exp());
            let wanted = if sample.ends { 1.0 } else { 0.0 };
            loss -= weight * (if sample.ends { odds } else { 1.0 - odds }).max(1e-6).ln();
            for at in &sample.features {
                let at = *at as usize;
                let slope = weight * (odds - wanted) + decay * weights[at];
                squares[at] += slope * slope;
                weights[at] -= rate * slope / squares[at].sqrt();
            }
        }
        if epoch >= epochs / 2 {
            mean.iter_mut().zip(&weights).for_each(|(mean, weight)| *mean += weight);
        }
        eprintln!("epoch {epoch}: loss {loss:.0}");
    }
    mean.iter().map(|mean| mean / (epochs - epochs / 2) as f32).collect()
}

fn env_decay() -> f32 {
    env("DECAY", DECAY)
}

fn quantised(weights: &[f32]) -> (Vec<i8>, f32) {
    let most = weights.iter().fold(0_f32, |most, weight| most.max(weight.abs())).min(4.0);
    let scale = most / 127.0;
    (weights.iter().map(|weight| (weight / scale).round().clamp(-127.0, 127.0) as i8).collect(), scale)
}

fn is_terminal(text: &str, end: usize) -> bool {
    let before = text[..end].trim_end_matches(['"', '\'', '”', '’', ')', ']', '}', '»']);
    before.ends_with(['.', '?', '!', '…', '‽'])
}

/// Right, false and missed ends: all, and those at marks.
#[derive(Default)]
struct Score([[f32; 3]; 2]);

impl Score {
    fn count(&mut self, text: &str, gold: &[usize], rules: &Rules) {
        let found: Vec<usize> = sentences(text, rules).iter().map(|span| span.end()).collect();
        let inner = |ends: &[usize], at: &usize| *at != text.len() && ends.binary_search(at).is_ok();
        for at in &found {
            self.add(text, *at, usize::from(!inner(gold, at)));
        }
        for at in gold.iter().filter(|at| !inner(&found, at)) {
            self.add(text, *at, 2);
        }
    }

    fn add(&mut self, text: &str, at: usize, column: usize) {
        if at != text.len() {
            self.0[0][column] += 1.0;
            self.0[1][column] += if is_terminal(text, at) { 1.0 } else { 0.0 };
        }
    }

    fn f1(&self, row: usize) -> f32 {
        let [right, wrong, missed] = self.0[row];
        100.0 * 2.0 * right / (2.0 * right + wrong + missed).max(1.0)
    }
}

fn report(name: &str, docs: &[Doc], rules: &Rules) {
    let (mut each, mut stream, mut lines) = (Score::default(), Score::default(), Score::default());
    let mut genres: HashMap<&str, Score> = HashMap::new();
    for doc in docs {
        for (text, gold) in &doc.paragraphs {
            each.count(text, gold, rules);
            genres.entry(&doc.genre).or_default().count(text, gold, rules);
        }
        let (text, gold) = doc.joined(" ");
        stream.count(&text, &gold, rules);
        let (text, gold) = doc.joined("\n");
        lines.count(&text, &gold, rules);
    }
    let genre = |(name, score): (&&str, &Score)| format!("{name} {:.1}/{:.1}", score.f1(0), score.f1(1));
    let mut genres: Vec<String> = genres.iter().map(genre).collect();
    genres.sort();
    let (inner, terminal) = (each.f1(0), each.f1(1));
    println!(
        "{name}: inner {inner:.2}, terminal {terminal:.2}; as one stream {:.2}/{:.2}; in lines {:.2}\n    {}",
        stream.f1(0),
        stream.f1(1),
        lines.f1(0),
        genres.join(", ")
    );
}

/// News held back, as it is and with words cut short.
fn report_news(texts: &[String], rules: &Rules) {
    let mut shortener = Shortener::new();
    let mut scores: [Score; 3] = Default::default();
    for (text, gold) in texts.iter().flat_map(|text| paragraphs(text)) {
        scores[0].count(&text, &gold, rules);
        for (score, made) in scores[1..]
            .iter_mut()
            .zip([shortener.abbreviated(&text, &gold), shortener.with_tails(&text, &gold)])
        {
            score.count(&made.text, &made.gold, rules);
        }
    }
    let [plain, short, tails] = scores.map(|score| score.f1(1));
    println!("news held back, terminal: {plain:.2}, words cut short {short:.2}, names with tails {tails:.2}");
}

/// A fifth of `docs` held back.
fn parted<D>(docs: Vec<D>, fold: usize) -> (Vec<D>, Vec<D>) {
    let (held, rest): (Vec<_>, Vec<_>) = docs.into_iter().enumerate().partition(|(at, _)| at % 5 == fold);
    (rest.into_iter().map(|(_, doc)| doc).collect(), held.into_iter().map(|(_, doc)| doc).collect())
}

fn main() {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [data, out] = arguments.as_slice() else {
        eprintln!("give the folder of data and the file to write");
        std::process::exit(2);
    };
    let fold = std::env::var("FOLD").ok().and_then(|fold| fold.parse::<usize>().ok());
    let (mut ewt, mut ewt_kept) = (docs(&data.join("sentence/ewt-train")), Vec::new());
    let mut gum = docs(&data.join("sentence/gum-train"));
    let kept: Vec<Doc> = docs(&data.join("sentence/gum-train"))
        .into_iter()
        .filter(|doc| !FREE.contains(&doc.genre.as_str()))
        .collect();
    gum.retain(|doc| FREE.contains(&doc.genre.as_str()));
    let mut gum_kept = Vec::new();
    if let Some(fold) = fold {
        (ewt, ewt_kept) = parted(ewt, fold);
        (gum, gum_kept) = parted(gum, fold);
    }
    let mut voa = texts(&data.join("entity/voa-silver"), "text");
    let mut voa_kept = Vec::new();
    if let Some(fold) = fold {
        (voa, voa_kept) = parted(voa, fold);
    }
    let mut edited = texts(&data.join("markup/fundus-dev"), "body");
    edited
        .extend(texts(&data.join("markup/wcxb-dev"), "body").into_iter().step_by(env("STEP", 4.0) as usize));
    let plain = Rules::english().without_weights();
    let mut all = voa.clone();
    all.extend(edited.iter().cloned());
    all.extend(ewt.iter().chain(&gum).map(|doc| doc.joined("\n\n").0));
    let words = beginnings(&all, &plain);
    // The beginnings are looked at by the features, so they come first.
    let empty = weight_file(&vec![0; 1 << BITS], 1.0, Caution::default(), &words);
    let rules = plain.with_weights(empty.leak());
    let begun = std::time::Instant::now();
    let mut set = gather(&ewt, &gum, &voa, &edited, &rules);
    if std::env::var_os("ONLY_MARKED").is_some() {
        set.retain(|(sample, _)| sample.marked);
    }
    eprintln!("{:?}", begun.elapsed());
    println!(
        "{} samples, {} of them at marks, {} words",
        set.len(),
        set.iter().filter(|(s, _)| s.marked).count(),
        words.len()
    );
    let (weights, scale) = quantised(&train(&mut set));
    let caution = Caution { marked: 2.0, abbreviated: 0.5, unmarked: 2.5, unmarked_long: -0.3 };
    let file = weight_file(&weights, scale, caution, &words);
    std::fs::write(out, &file).unwrap();
    let dev = [
        ("ewt-dev", docs(&data.join("sentence/ewt-dev"))),
        ("gum-dev", docs(&data.join("sentence/gum-dev"))),
    ];
    let trained = plain.with_weights(file.leak());
    let tried = [("rules", plain.clone()), ("weights", trained)];
    for (label, rules) in &tried {
        println!("{label}");
        for (name, docs) in &dev {
            report(name, docs, rules);
        }
        report("gum-train, genres not trained on", &kept, rules);
        if fold.is_some() {
            report("ewt-train, held back", &ewt_kept, rules);
            report("gum-train, held back", &gum_kept, rules);
            report_news(&voa_kept, rules);
        }
    }
}
