//! From markup to a tree with positions.

pub mod html;
