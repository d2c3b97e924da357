//! copydesk reads news the way a copy desk does: markup off, sentences split, names, dates, numbers and quotations found,
//! and who claims how many of what; every one of them with an offset into the cleaned text and into the raw source.
//!
//! ```text
//! source ─▶ markup ─▶ text + alignment ─▶ tokens ─▶ sentence ─▶ entity, date, quantity ─▶ quote ─▶ claim
//!                                                                           └───────▶ compare, tables
//! ```
//! One way only: a stage reads what stands to its left, and returns spans; none edits the text.

#[doc(hidden)]
pub mod checkpoint;
pub mod claim;
pub mod compare;
pub mod date;
pub mod document;
pub mod entity;
mod hash;
pub mod limits;
pub mod markup;
mod named;
mod number;
#[cfg(feature = "python")]
mod python;
pub mod quantity;
pub mod quote;
pub mod sentence;
#[cfg(feature = "python")]
pub mod table;
mod tag;
pub mod text;
pub mod token;
