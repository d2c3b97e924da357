//! Makes the shipped tables of the name model.
//!
//! ```text
//! cargo run --release --example entity -- words WORDS.tsv CLASSES.tsv OUT
//! cargo run --release --example entity -- places PLACES.tsv ORGANISATIONS.tsv OUT
//! cargo run --release --example entity -- train RECORDS OUT [set=weight ...] [--hold set:every] [--rows 220000]
//! cargo run --release --example entity -- tag MODEL RECORDS.jsonl OUT.jsonl
//! cargo run --release --example entity -- score MODEL RECORDS.jsonl [--show]
//! ```
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::needless_range_loop,
    missing_docs
)]

mod crf;
mod records;
mod words;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["words", words, classes, out] => words::write(words, classes, out),
        ["places", places, organisations, out] => words::places(places, organisations, out),
        ["train", records, out, rest @ ..] => crf::train(records, out, rest),
        ["time", texts] => time(texts),
        ["score", model, records] => crf::score(model, records, false),
        ["score", model, records, "--show"] => crf::score(model, records, true),
        ["tag", model, records, out] => crf::tag(model, records, out),
        other => panic!("unknown arguments: {other:?}"),
    }
}

/// Seconds a stage of the work takes on the texts of a file, to see where time goes.
fn time(path: &str) {
    use copydesk::entity::{self, Names, atom, evidence::Votes, model::Model};
    use copydesk::token::Words;
    let texts: Vec<String> = std::fs::read_to_string(path)
        .unwrap()
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].as_str().unwrap().to_owned()
        })
        .collect();
    let texts = &texts[..texts.len().min(1500)];
    let mut at = std::time::Instant::now();
    let mut lap = |name: &str| {
        println!("{name:10} {:.3} s", at.elapsed().as_secs_f64());
        at = std::time::Instant::now();
    };
    let _ = entity::entities("Ann Lee.", &Names::default());
    lap("load");
    let words: Vec<Words> = texts.iter().map(|text| Words::new(text)).collect();
    lap("tokens");
    let lines: Vec<_> = texts.iter().zip(&words).map(|(text, words)| atom::lines(words.of(text))).collect();
    println!("{} tokens", lines.iter().flatten().map(|line| line.atoms.len()).sum::<usize>());
    lap("lines");
    let tags: Vec<_> =
        texts.iter().zip(&lines).map(|(text, lines)| Model::shipped().tags(text, lines)).collect();
    lap("tags");
    for (lines, tags) in lines.iter().zip(&tags) {
        let mut votes = Votes::default();
        lines.iter().zip(tags).for_each(|(line, tags)| votes.add(line, tags));
        lines.iter().for_each(|line| votes.add_small(line));
        let _: Vec<_> = lines.iter().zip(tags).map(|(line, tags)| votes.seen(line, tags)).collect();
    }
    lap("votes");
    let found: usize = texts
        .iter()
        .zip(&words)
        .map(|(text, words)| entity::found(words.of(text), &Names::default()).len())
        .sum();
    println!("{found} names");
    lap("all");
}
