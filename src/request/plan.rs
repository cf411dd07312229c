//! What is asked about plans as files.

use chrono::NaiveDate;

use crate::request::Attached;

/// An import as asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportAsk {
    /// The file with the plan.
    pub file: Attached,
    /// The letters of the plan, as typed; the partnership's own, if none are given.
    pub plan: Option<String>,
    /// Answers to what the file leaves open, as typed.
    pub answers: Option<String>,
}

/// What an import makes of the actions that a plan has and the file has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dropped {
    /// They stay as they are.
    Keep,
    /// They are withdrawn.
    Withdraw,
}

/// An export as asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportAsk {
    /// What kind of file.
    pub format: Format,
    /// The letters of the plan, as typed; the partnership's own, if none are given.
    pub plan: Option<String>,
    /// The day whose position it tells; today, if none is given.
    pub as_of: Option<NaiveDate>,
}

/// What a plan can be exported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table of comma-separated values.
    Csv,
    /// A workbook.
    Xlsx,
    /// The meetings, papers deadlines and targets as a calendar.
    Ics,
    /// The whole record of the plan, for audit.
    Json,
    /// The plan on a page, as a picture.
    Picture,
    /// The same, as a drawing that can be enlarged.
    Drawing,
}

impl Format {
    /// Each with the word that is typed for it, and the words people read.
    pub const ALL: [(Self, &'static str, &'static str); 6] = [
        (Self::Csv, "csv", "csv: the table, for any spreadsheet"),
        (Self::Xlsx, "xlsx", "xlsx: the table, for Excel"),
        (Self::Ics, "ics", "ics: meetings and targets, for a calendar"),
        (Self::Json, "json", "json: the whole record, for audit"),
        (Self::Picture, "png", "png: the plan on a page, as a picture"),
        (Self::Drawing, "svg", "svg: the plan on a page, to print or enlarge"),
    ];

    /// The format of a word; capitals do not matter.
    pub fn from_word(word: &str) -> Option<Self> {
        let known = Self::ALL.into_iter().find(|(_, known, _)| known.eq_ignore_ascii_case(word));
        known.map(|(format, ..)| format)
    }
}

/// A paper as asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperAsk {
    /// The body whose meeting it is for, as typed.
    pub body: String,
    /// The day whose position it tells; today, if none is given.
    pub as_of: Option<NaiveDate>,
}
