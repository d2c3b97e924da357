//! Points between stages and blocks at which long work looks up: whether anybody still waits for it.

use std::cell::RefCell;
use std::panic::{panic_any, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

thread_local!(static UNWANTED: RefCell<Option<Arc<AtomicBool>>> = const { RefCell::new(None) });

static TRAP: AtomicUsize = AtomicUsize::new(0);

/// Does `work`, which ends at its next checkpoint by unwinding once `unwanted` is set: catch that around it.
pub fn until<T>(unwanted: Arc<AtomicBool>, work: impl FnOnce() -> T) -> T {
    UNWANTED.with_borrow_mut(|flag| *flag = Some(unwanted));
    work()
}

/// A checkpoint of work on so many bytes.
#[allow(clippy::panic)] // The trap is a panic because it stands for one.
pub(crate) fn reached(bytes: usize) {
    if UNWANTED.with_borrow(|flag| flag.as_ref().is_some_and(|flag| flag.load(Ordering::Relaxed))) {
        // Nobody is told: whoever wanted the result has gone.
        resume_unwind(Box::new("unwanted"));
    }
    if bytes > 0 && bytes == TRAP.load(Ordering::Relaxed) {
        panic_any("the trap");
    }
}

/// Makes work on exactly so many bytes panic at its next checkpoint, to test what becomes of it; 0 for none.
#[doc(hidden)]
pub fn trap(bytes: usize) {
    TRAP.store(bytes, Ordering::Relaxed);
}
