//! Words that a spreadsheet would run as a formula, made harmless on the way out and whole on the
//! way in.

use std::borrow::Cow;

/// What a spreadsheet begins a formula with, or skips before one.
const BEGINNINGS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Words for a cell of a text file, with an apostrophe before those that a spreadsheet would run.
/// [`unguarded`] gives back the words byte for byte.
pub fn guarded(words: &str) -> Cow<'_, str> {
    if is_formula(words.trim_start_matches('\'')) {
        Cow::Owned(format!("'{words}"))
    } else {
        Cow::Borrowed(words)
    }
}

/// The words of a cell without the apostrophe that [`guarded`] put before them, if it did.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(words) if is_formula(words.trim_start_matches('\'')) => words,
        _ => cell,
    }
}

/// Whether a spreadsheet would run the words.
pub fn is_formula(words: &str) -> bool {
    words.starts_with(BEGINNINGS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(words: &str, cell: &str) {
        assert_eq!(guarded(words), cell);
        assert_eq!(unguarded(cell), words);
    }

    #[test]
    fn only_what_a_spreadsheet_would_run_gets_an_apostrophe() {
        check("", "");
        check("Going well", "Going well");
        check("1 = 1", "1 = 1");
        check("'quoted' words", "'quoted' words");
        check("=1+1", "'=1+1");
        check("-5 %", "'-5 %");
        check("@all", "'@all");
        check("+44 20", "'+44 20");
        check("\t=1", "'\t=1");
        check("\r=1", "'\r=1");
    }

    #[test]
    fn words_that_look_guarded_already_come_back_as_they_were() {
        check("'=1+1", "''=1+1");
        check("''=1+1", "'''=1+1");
    }

    proptest! {
        #[test]
        fn nothing_runs_and_nothing_is_lost(words in "['=+@\t\r-]{0,3}.{0,5}") {
            let cell = guarded(&words);
            prop_assert!(!is_formula(&cell));
            prop_assert_eq!(unguarded(&cell), words.as_str());
        }
    }
}
