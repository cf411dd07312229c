//! A plain table of cells, as any format gives it: no meaning yet, only where each cell stood.

use thiserror::Error;

/// The most rows that are read, so that a wrong file cannot fill the memory.
pub const ROWS_MAX: usize = 20_000;

/// The rows of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The file's name, for sentences about it.
    pub file: String,
    /// Its rows, without those that are blank.
    pub rows: Vec<Row>,
}

/// One row of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number as a spreadsheet shows it, from 1, blank rows counted.
    pub number: usize,
    /// Its cells from the left, exactly as written.
    pub cells: Vec<String>,
}

impl Row {
    /// A cell without the blanks around it; empty where the row is shorter.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    /// Whether nothing is written in it.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// How a spreadsheet calls a column, counted from 0: `A`, `B`, … `Z`, `AA`.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column;
    loop {
        // A remainder of 26 always fits a byte.
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or_default()));
        if left < 26 {
            return letters.into_iter().rev().collect();
        }
        left = left / 26 - 1;
    }
}

/// Why a file is not read; its text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Nothing is in it.
    #[error("{file} is empty. Send a file with the plan's table in it.")]
    Empty {
        /// The file.
        file: String,
    },
    /// A cell is not text.
    #[error(
        "{file}, row {row}, column {column}: this is not readable text. \
         Save the file as \"CSV UTF-8\" and send it again."
    )]
    NotText {
        /// The file.
        file: String,
        /// The row, from 1.
        row: usize,
        /// The column's letters.
        column: String,
    },
    /// A quotation mark swallows the rest of the file.
    #[error(
        "{file}, row {row}, column {column}: a quotation mark opens here and never closes. \
         Close it, or write it twice if it belongs to the text."
    )]
    OpenQuotation {
        /// The file.
        file: String,
        /// The row, from 1.
        row: usize,
        /// The column's letters.
        column: String,
    },
    /// A row has cells that no heading covers.
    #[error(
        "{file}, row {row}, column {column}: the table has {columns} columns, and this row has text beyond \
         them. Put quotation marks around a text with commas in it."
    )]
    TooWide {
        /// The file.
        file: String,
        /// The row, from 1.
        row: usize,
        /// The letters of the first column too many.
        column: String,
        /// How many columns the headings make.
        columns: usize,
    },
    /// There are more rows than [`ROWS_MAX`].
    #[error("{file} has more than {ROWS_MAX} rows. Send the plan's table alone.")]
    TooLong {
        /// The file.
        file: String,
    },
    /// No row reads like the headings of a plan.
    #[error(
        "{file}, row {row}: I cannot find the headings of the plan's table. One row needs at least \
         \"No\" and \"Activities\"; \"Lead\", \"Target Date\", \"Update (October 2020)\", \"Status\", \
         \"Improvement Area\" and \"Theme\" are understood beside them."
    )]
    NoHeadings {
        /// The file.
        file: String,
        /// The first row that is not blank.
        row: usize,
    },
    /// Two columns would mean the same.
    #[error(
        "{file}, row {row}, column {column}: \"{heading}\" means the same as column {other}. \
         Rename or remove one of them."
    )]
    TwoAlike {
        /// The file.
        file: String,
        /// The row of the headings.
        row: usize,
        /// The letters of the second.
        column: String,
        /// What it is headed.
        heading: String,
        /// The letters of the first.
        other: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_as_a_spreadsheet_calls_them() {
        let called = [0, 25, 26, 51, 52, 701, 702].map(column_letters);
        assert_eq!(called, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
