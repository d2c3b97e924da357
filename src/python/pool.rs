//! The private pool of workers, one a process: after a fork a pool of the parent's has no threads.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::patience;

/// How often long work looks for Ctrl-C.
pub const HEARTBEAT: Duration = Duration::from_millis(50);

type Pools = HashMap<(u32, usize), Arc<ThreadPool>>;

static POOLS: LazyLock<Mutex<Pools>> = LazyLock::new(Mutex::default);

/// `workers=`: None for one a core.
pub fn workers(count: Option<isize>) -> PyResult<usize> {
    match count.map(usize::try_from) {
        None => Ok(std::thread::available_parallelism().map_or(1, usize::from)),
        Some(Ok(workers)) if workers > 0 => Ok(workers),
        _ => {
            let count = count.unwrap_or_default();
            Err(PyValueError::new_err(format!("workers={count} is no number of threads: use 1 or more")))
        }
    }
}

/// This process's pool of so many workers.
pub fn of(workers: usize) -> PyResult<Arc<ThreadPool>> {
    let key = (std::process::id(), workers);
    let mut pools = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(pool) = pools.get(&key) {
        return Ok(Arc::clone(pool));
    }
    let built =
        ThreadPoolBuilder::new().num_threads(workers).thread_name(|n| format!("copydesk-{n}")).build();
    let pool = Arc::new(built.map_err(|error| PyRuntimeError::new_err(error.to_string()))?);
    pools.insert(key, Arc::clone(&pool));
    Ok(pool)
}

/// What `work` makes of each item, in order. One worker is no pool but a thread of the call's own, so that the tasks of an engine
/// that has threads of its own do not wait for each other.
pub fn each<T: Send + 'static, R: Send + 'static>(
    py: Python<'_>,
    workers: usize,
    items: Vec<T>,
    work: impl Fn(T) -> R + Send + Sync + 'static,
) -> PyResult<Vec<R>> {
    if workers == 1 || items.len() < 2 {
        return patience::apart(py, move || items.into_iter().map(work).collect());
    }
    let pool = of(workers)?;
    let cancelled = Arc::new(AtomicBool::new(false));
    let (sender, receiver) = channel();
    let stop = Arc::clone(&cancelled);
    pool.spawn(move || {
        let one = |item| (!stop.load(Ordering::Relaxed)).then(|| work(item));
        // The receiver is gone after Ctrl-C: then nobody wants the results.
        let _ = sender.send(items.into_par_iter().map(one).collect::<Option<Vec<R>>>());
    });
    let result = wait(py, &Mutex::new(receiver));
    cancelled.store(true, Ordering::Relaxed);
    result.map(Option::unwrap_or_default)
}

/// What comes from a thread or from the pool, while this one looks for Ctrl-C.
pub fn wait<R: Send>(py: Python<'_>, receiver: &Mutex<Receiver<R>>) -> PyResult<R> {
    loop {
        let news =
            py.detach(|| receiver.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(HEARTBEAT));
        match news {
            Ok(result) => return Ok(result),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(PyRuntimeError::new_err("a fault of copydesk itself: the workers have gone"));
            }
        }
    }
}
