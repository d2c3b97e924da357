//! How work grows with the text: in CPU time of the thread, which a busy machine does not lengthen much, the best of some
//! tries, and tried again before it fails.

use std::time::Duration;

/// Runs of a size, of which the fastest counts.
const TRIES: usize = 2;
/// A run takes this long at least before two sizes are compared.
const LEAST: Duration = Duration::from_millis(5);

#[cfg(unix)]
fn now() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap())
}

#[cfg(not(unix))]
fn now() -> Duration {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed()
}

/// CPU time of one run.
pub fn cpu(run: impl FnOnce()) -> Duration {
    let start = now();
    run();
    now().saturating_sub(start)
}

fn best(run: impl Fn()) -> Duration {
    (0..TRIES).map(|_| cpu(&run)).min().unwrap_or_default()
}

/// The exponent `e` of time ~ n^e between n and 4n, where n is raised until a run takes `least`.
fn slope(least: Duration, make: &impl Fn(usize) -> String, run: &impl Fn(&str)) -> f64 {
    let timed = |n: usize| {
        let text = make(n);
        best(|| run(&text))
    };
    let mut n = 500;
    let mut first = timed(n);
    while first < least && n < 500_000 {
        n *= 2;
        first = timed(n);
    }
    if first < LEAST {
        return 0.0;
    }
    let exponent = |by: u32| (timed(by as usize * n).as_secs_f64() / first.as_secs_f64()).log(f64::from(by));
    exponent(2).min(exponent(4)).max(exponent(4) - 0.1)
}

/// Time grows no faster than n to the power of `most`. Where it seems to, twice as much is tried: growth goes on there, while
/// a step, as where memory is no longer at hand but has to be asked for, is left behind.
pub fn is_at_most(most: f64, name: &str, make: impl Fn(usize) -> String, run: impl Fn(&str)) {
    let mut slopes = Vec::new();
    while slopes.len() < 5 {
        slopes.push(slope(LEAST * (1 << slopes.len()), &make, &run));
        if slopes.last().is_some_and(|slope| *slope <= most) {
            return;
        }
    }
    panic!("{name:?} grows as n to the power of one of {slopes:.2?}, not {most}");
}

/// Time grows with the text and no faster, whatever it repeats.
pub fn is_bounded(pieces: &[&str], run: impl Fn(&str)) {
    for piece in pieces {
        is_at_most(1.3, piece, |n| piece.repeat(n), &run);
    }
}
