//! Sentences made of the words of the cases of quantities, and of what stands between them.
#![no_main]

mod common;

use libfuzzer_sys::fuzz_target;

const CASES: &str = include_str!("../../tests/cases/quantities.toml");

fuzz_target!(|bytes: &[u8]| common::take(common::prose(bytes, CASES)));
