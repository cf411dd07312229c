//! What goes out as files: the plan's table, calendar and record, and the paper.
//!
//! Each function makes bytes from nouns alone: the same nouns give the same bytes, and the only
//! time in them is the moment of the position.

mod column;
pub mod csv;
pub mod docx;
pub mod ics;
pub mod json;
pub mod preview;
pub mod xlsx;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::position::Position;

/// The name of a file with a plan's position: the plan's letters, the day and the ending, as in
/// `IP-2020-11-12.csv`. The numbers within stand without the plan's letters, so the name has them.
pub fn file_name(position: &Position, ending: &str) -> String {
    format!("{}-{}.{ending}", position.plan.code, position.today)
}

/// Words with a mark of what is lost in place of the characters that no table, calendar or
/// document can hold: controls but tabs and line breaks, and those that are no characters.
fn writable(words: &str) -> Cow<'_, str> {
    if words.chars().all(is_writable) {
        return Cow::Borrowed(words);
    }
    let shown = |letter| if is_writable(letter) { letter } else { char::REPLACEMENT_CHARACTER };
    Cow::Owned(words.chars().map(shown).collect())
}

fn is_writable(letter: char) -> bool {
    let breaks = matches!(letter, '\t' | '\n' | '\r');
    breaks || !letter.is_control() && !matches!(letter, '\u{FFFE}' | '\u{FFFF}')
}
