//! The Rust tests of the crate's public face.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod claims;
mod compare;
mod data;
mod dates;
mod entities;
mod growth;
mod hostile;
mod html;
mod html_limits;
mod html_pages;
mod html_tokens;
mod html_trees;
mod pages;
mod quantities;
mod quotes;
mod rules;
mod sentences;
