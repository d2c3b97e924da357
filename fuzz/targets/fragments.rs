//! Printed lists, and lists: the same bytes are read as the one and, cut at line feeds, as the other.
#![no_main]

mod common;

use copydesk::document::Source;
use copydesk::markup::Kind;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let printed = String::from_utf8_lossy(bytes).into_owned();
    let parts: Vec<&str> = printed.split('\n').collect();
    common::read(Source::list(&parts), None);
    common::read(Source::text(printed), Some(Kind::Fragments));
});
