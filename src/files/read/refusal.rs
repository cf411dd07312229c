//! Why a file is not read; the text is the sentence people read.

use std::fmt;

use thiserror::Error;

use crate::files::document::Place;
use crate::files::document::column_letters;
use crate::files::read::limit::CELLS_MAX;
use crate::files::read::limit::CHARS_MAX;
use crate::files::read::limit::ROWS_MAX;
use crate::request::FILE_BYTES_MAX;

/// A cell of a file, as a person finds it: `plan.csv, row 3, column B`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The file's name.
    pub file: String,
    /// The row.
    pub at: Place,
    /// The column, from 0.
    pub column: usize,
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}, column {}", self.file, self.at, column_letters(self.column))
    }
}

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Nothing is in it.
    #[error("{file} is empty. Send a file with the plan's table in it.")]
    Empty {
        /// The file.
        file: String,
    },
    /// Whatever is in the workbook stands on hidden sheets.
    #[error(
        "{file}: the only sheets with anything in them are hidden. \
         Unhide the one with the plan's table, save the workbook and send it again."
    )]
    Hidden {
        /// The file.
        file: String,
    },
    /// There are more bytes than [`FILE_BYTES_MAX`].
    #[error(
        "{file} is larger than {} MB. Send the plan's table alone, without pictures.",
        FILE_BYTES_MAX / (1024 * 1024)
    )]
    TooBig {
        /// The file.
        file: String,
    },
    /// There are more rows and lines than [`ROWS_MAX`].
    #[error("{file} has more than {ROWS_MAX} rows. Send the plan's table alone.")]
    TooLong {
        /// The file.
        file: String,
    },
    /// There is more in it than the limits on cells, text or parts let in.
    #[error(
        "{file} holds far more than a plan does. Copy the plan's table into a new file and send that."
    )]
    TooFull {
        /// The file.
        file: String,
    },
    /// A row has more cells than [`CELLS_MAX`].
    #[error(
        "{spot}: there is text beyond the first {CELLS_MAX} columns. \
         Move it nearer to the table, or remove it."
    )]
    TooWide {
        /// The first cell too many.
        spot: Spot,
    },
    /// A cell has more characters than [`CHARS_MAX`].
    #[error(
        "{spot}: this cell has more than {CHARS_MAX} characters. \
         Shorten it, and look for a quotation mark that is never closed."
    )]
    CellTooLong {
        /// The cell.
        spot: Spot,
    },
    /// A line has more characters than [`CHARS_MAX`].
    #[error(
        "{file}, {at}: this line has more than {CHARS_MAX} characters. Break it into shorter ones."
    )]
    LineTooLong {
        /// The file.
        file: String,
        /// The line.
        at: Place,
    },
    /// A cell is not text.
    #[error("{spot}: this is not readable text. Save the file as \"CSV UTF-8\" and send it again.")]
    CellNotText {
        /// The cell.
        spot: Spot,
    },
    /// A line is not text.
    #[error(
        "{file}, {at}: this is not readable text. \
         Copy the plan's table into a new file, save it as plain text in UTF-8 and send that."
    )]
    LineNotText {
        /// The file.
        file: String,
        /// The line.
        at: Place,
    },
    /// A quotation mark swallows the rest of the file.
    #[error(
        "{spot}: a quotation mark opens here and never closes. \
         Close it, or write it twice if it belongs to the text."
    )]
    OpenQuotation {
        /// The cell it opens in.
        spot: Spot,
    },
    /// An Office file unpacks to more than the limits let in.
    #[error(
        "{file} unpacks to far more than its size allows, so it is left unread. \
         Copy the plan's table into a new file and send that."
    )]
    Bomb {
        /// The file.
        file: String,
    },
    /// The file is not what it begins as.
    #[error(
        "{file} is damaged: {what}. \
         Open it in the program it was made with, save it again and send that."
    )]
    Broken {
        /// The file.
        file: String,
        /// What is wrong with it.
        what: String,
    },
    /// It holds programs.
    #[error(
        "{file} holds macros, which are programs, so it is not opened. Save it as {instead} and send that."
    )]
    Macros {
        /// The file.
        file: String,
        /// What to save it as.
        instead: &'static str,
    },
    /// It opens with a password.
    #[error("{file} is locked with a password. Save it without one and send it again.")]
    Locked {
        /// The file.
        file: String,
    },
    /// It is something else.
    #[error("{file} is {what}, which I cannot read. {instead}")]
    Foreign {
        /// The file.
        file: String,
        /// What it is.
        what: &'static str,
        /// What to send instead, as a sentence.
        instead: &'static str,
    },
}
