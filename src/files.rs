//! Files that come in and go out; an import is a preview: what was read, and what is doubtful.
//!
//! Each format makes a plain [`table::Table`] of cells; one reader, [`preview`], gives it meaning.

pub mod column;
pub mod csv;
pub mod document;
pub mod preview;
pub mod read;
pub mod table;
