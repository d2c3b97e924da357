//! What went wrong with a document, and panics that stay inside it.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use pyo3::exceptions::{
    PyFileNotFoundError, PyOSError, PyPermissionError, PyRuntimeError, PyTypeError, PyValueError,
};
use pyo3::prelude::*;

/// An error that was kept instead of raised: the name of its class and its message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The name of the class: `TypeError`, `ValueError`, `FileNotFoundError` …
    pub kind: String,
    /// What it said.
    pub message: String,
}

impl Failure {
    pub fn of(py: Python<'_>, error: &PyErr) -> Self {
        let kind =
            error.get_type(py).name().map_or_else(|_| "RuntimeError".to_owned(), |name| name.to_string());
        Self { kind, message: error.value(py).to_string() }
    }

    pub fn raise(&self) -> PyErr {
        let message = self.message.clone();
        match self.kind.as_str() {
            "TypeError" => PyTypeError::new_err(message),
            "ValueError" => PyValueError::new_err(message),
            "FileNotFoundError" => PyFileNotFoundError::new_err(message),
            "PermissionError" => PyPermissionError::new_err(message),
            "OSError" => PyOSError::new_err(message),
            _ => PyRuntimeError::new_err(message),
        }
    }
}

thread_local!(static QUIET: Cell<bool> = const { Cell::new(false) });

/// Keeps the panics that `caught` turns into failures off standard error; all others are reported as before.
pub fn quiet_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                report(info);
            }
        }));
    });
}

/// Runs `work`; a panic in it is a failure of this one document.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Failure> {
    let before = QUIET.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    QUIET.set(before);
    result.map_err(|panic| {
        let said =
            panic.downcast_ref::<&str>().map(ToString::to_string).or(panic.downcast_ref::<String>().cloned());
        let message = format!("a fault of copydesk itself: {}", said.unwrap_or_default());
        Failure { kind: "RuntimeError".to_owned(), message }
    })
}
