//! How the time of a stage grows with its text.

use std::time::{Duration, Instant};

fn time(run: &impl Fn(&str), text: &str) -> Duration {
    let start = Instant::now();
    run(text);
    start.elapsed()
}

/// Ten times the text takes less than forty times as long, whatever it repeats.
pub fn is_bounded(pieces: &[&str], run: impl Fn(&str)) {
    for piece in pieces {
        let (small, large) = (piece.repeat(10_000), piece.repeat(100_000));
        let (a, b) = (time(&run, &small).max(Duration::from_millis(10)), time(&run, &large));
        assert!(b < a * 40, "{piece:?}: {a:?}, then {b:?}");
    }
}
