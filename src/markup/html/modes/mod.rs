//! The insertion modes, one function each.

mod body;
mod body_end;
mod edges;
mod head;
mod table;
