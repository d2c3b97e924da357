//! Long work on one document: done in a thread of its own, while the caller looks for Ctrl-C.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};

use pyo3::prelude::*;

use super::failure::caught;
use super::pool;
use crate::checkpoint;

/// Bytes of a document from which on a stage may take longer than anybody waits for Ctrl-C.
const LONG: usize = 1 << 19;

/// Does `work` on a document of so many bytes without the interpreter lock. A panic in it is an error.
pub fn run<T: Send + 'static>(
    py: Python<'_>,
    bytes: usize,
    work: impl FnOnce() -> T + Send + 'static,
) -> PyResult<T> {
    if bytes < LONG { py.detach(|| caught(work)).map_err(|failure| failure.raise()) } else { apart(py, work) }
}

/// The same whatever its length. Ctrl-C leaves the work behind, and it ends at its next checkpoint.
pub fn apart<T: Send + 'static>(py: Python<'_>, work: impl FnOnce() -> T + Send + 'static) -> PyResult<T> {
    let unwanted = Arc::new(AtomicBool::new(false));
    let (sender, receiver) = channel();
    let flag = Arc::clone(&unwanted);
    let task = move || {
        // The receiver is gone after Ctrl-C.
        let _ = sender.send(caught(|| checkpoint::until(flag, work)));
    };
    std::thread::Builder::new().name("copydesk".to_owned()).spawn(task)?;
    let result = pool::wait(py, &Mutex::new(receiver));
    unwanted.store(true, Ordering::Relaxed);
    result?.map_err(|failure| failure.raise())
}
