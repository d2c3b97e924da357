//! Makes the shipped tables of the name model.
//!
//! ```text
//! cargo run --release --example entity -- words WORDS.tsv CLASSES.tsv OUT
//! cargo run --release --example entity -- train RECORDS OUT [set=weight ...] [--hold set:every] [--rows 220000]
//! cargo run --release --example entity -- score MODEL RECORDS.jsonl
//! ```
//! `prepare.py`, `lists.py` and `teacher.py` make what goes in; `README.md` has the order.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod crf;
mod records;
mod words;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["words", words, classes, out] => words::write(words, classes, out),
        ["places", places, out] => words::places(places, out),
        ["train", records, out, rest @ ..] => crf::train(records, out, rest),
        ["score", model, records] => crf::score(model, records),
        other => panic!("unknown arguments: {other:?}"),
    }
}
