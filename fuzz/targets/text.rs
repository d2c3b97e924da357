//! Plain text through all stages; the shape is found out.
#![no_main]

mod common;

use copydesk::document::Source;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| common::read(Source::text(String::from_utf8_lossy(bytes).into_owned()), None));
