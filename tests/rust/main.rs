//! The Rust tests of the crate's public face.
