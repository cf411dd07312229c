//! What stands in a file, in reading order: lines of text and tables of cells, no meaning yet.

use std::fmt;

/// A file as any format gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The file's name, for sentences about it.
    pub file: String,
    /// What stands in it, in reading order.
    pub parts: Vec<Part>,
    /// What is not certain about the whole, or was left unread, as sentences.
    pub doubts: Vec<String>,
}

/// One thing in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A line of text outside any table.
    Line(Line),
    /// A table.
    Table(Table),
}

/// A line of text, such as a heading or a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it stands.
    pub at: Place,
    /// What it says; never blank, and without line breaks.
    pub text: String,
}

/// A table of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Its rows, without those that are blank.
    pub rows: Vec<Row>,
}

/// One row of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it stands.
    pub at: Place,
    /// Its cells from the left.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its words exactly as written, line breaks and all; a real date as in 2021-03-31.
    pub text: String,
    /// Whether it is one cell with the one above it, which holds the words.
    pub continues: bool,
    /// What is not certain about its words because of how the file holds them, as a sentence;
    /// empty where nothing is.
    pub doubt: String,
}

/// Where something stands in a file, as a person finds it there.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The part of the file, such as `table 2`; empty where the whole file is one.
    pub within: String,
    /// What is counted.
    pub unit: Unit,
    /// Its number, from 1, blank ones counted.
    pub number: usize,
}

/// What the parts of a file are counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Rows of a table.
    #[default]
    Row,
    /// Lines of text.
    Line,
    /// Paragraphs of a document.
    Paragraph,
}

impl Place {
    /// A row of a file that is one table.
    pub fn row(number: usize) -> Self {
        Self { within: String::new(), unit: Unit::Row, number }
    }

    /// A line of a text.
    pub fn line(number: usize) -> Self {
        Self { within: String::new(), unit: Unit::Line, number }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.within.is_empty() {
            write!(f, "{}, ", self.within)?;
        }
        let unit = match self.unit {
            Unit::Row => "row",
            Unit::Line => "line",
            Unit::Paragraph => "paragraph",
        };
        write!(f, "{unit} {}", self.number)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

impl Row {
    /// The words of a cell without the blanks around them; empty where the row is shorter.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.trim())
    }

    /// Whether nothing is written in it.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.text.trim().is_empty())
    }
}

/// Whether words are the number of a page as it stands at its head or foot: `Page 2 of 5`,
/// `2 | Page`, `- 2 -`. A number alone may number anything.
pub fn is_page_number(words: &str) -> bool {
    let lower = words.to_lowercase();
    let mut parts: Vec<&str> = lower
        .split(|letter: char| {
            letter.is_whitespace() || matches!(letter, '|' | '/' | '-' | '–' | '.')
        })
        .filter(|part| !part.is_empty())
        .collect();
    let is_named = parts.iter().any(|part| matches!(*part, "page" | "p"));
    parts.retain(|part| !matches!(*part, "page" | "p" | "of"));
    let is_number = |part: &&str| part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let trimmed = words.trim();
    let is_framed =
        trimmed.len() > 2 && trimmed.starts_with(['-', '–']) && trimmed.ends_with(['-', '–']);
    matches!(parts.len(), 1 | 2) && parts.iter().all(is_number) && (is_named || is_framed)
}

/// Words on one line, with one space between them.
pub fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_as_a_spreadsheet_calls_them() {
        let called = [0, 25, 26, 51, 52, 701, 702].map(column_letters);
        assert_eq!(called, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_place_reads_as_people_look_for_it() {
        assert_eq!(Place::row(7).to_string(), "row 7");
        assert_eq!(Place::line(7).to_string(), "line 7");
        let place = Place { within: "table 2".into(), unit: Unit::Row, number: 3 };
        assert_eq!(place.to_string(), "table 2, row 3");
    }
}
