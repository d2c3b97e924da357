//! Pages: the bytes are decoded as a browser would, then read as HTML.
#![no_main]

mod common;

use copydesk::document::Source;
use copydesk::markup::Kind;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| common::read(Source::bytes(bytes), Some(Kind::Html)));
