//! Files that come in and go out; an import is a preview: what was read, and what is doubtful.
//!
//! Each format makes a plain [`document::Document`]; one reader, [`preview`], gives it meaning.

pub mod document;
pub mod formula;
pub mod picture;
pub mod preview;
pub mod read;
pub mod write;
