//! Parsing with positions.
fn main() {}
