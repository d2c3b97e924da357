//! copydesk reads news the way a copy desk does: markup off, sentences split, quantities found, and every
//! one of them with an offset into the cleaned text and into the raw source.

pub mod limits;
pub mod markup;
pub mod quantity;
pub mod sentence;
pub mod text;
pub mod token;
