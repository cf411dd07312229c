//! Rows of a plan's table that stand between its actions: headings, totals and remarks.

use crate::files::document::Cell;
use crate::files::document::Row;
use crate::files::document::is_page_number;
use crate::files::document::one_line;
use crate::files::preview::area::opening;
use crate::files::preview::columns::Columns;
use crate::files::preview::heading::Field;
use crate::files::preview::number::Numbered;
use crate::files::preview::number::leading;
use crate::files::preview::number::number;
use crate::files::preview::row::is_continued;
use crate::plan::PrintedArea;

/// What a row is that is no action's.
pub(super) enum Between {
    /// It is the heading of an area.
    Area,
    /// It is an area's heading that has its number alone before it.
    Numbered(PrintedArea),
    /// It says nothing of an action, and why.
    Alone(&'static str),
    /// It is the headings of the table again.
    Again,
    /// It is an action's.
    No,
}

impl Between {
    /// What a row is, with the one below it.
    pub(super) fn of(row: &Row, next: Option<&Row>, columns: &Columns, plan: &str) -> Self {
        let filled = |cell: &Cell| cell.continues || !cell.text.trim().is_empty();
        let mut filled = row.cells.iter().enumerate().filter(|(_, cell)| filled(cell));
        if let (Some((column, only)), None) = (filled.next(), filled.next()) {
            let words = only.text.trim();
            if opening(words).is_some() {
                return Self::Area;
            }
            if is_page_number(words) {
                return Self::Alone("It is a page number.");
            }
            if columns.place(Field::Number) == Some(column) && is_heading(words, plan) {
                let below = next.and_then(|row| number(row.cell(column), plan));
                return numbered(words, below, plan).map_or(
                    Self::Alone("It stands alone in its row, as a heading or a remark does."),
                    Self::Numbered,
                );
            }
        }
        let title = columns.place(Field::Title).map_or("", |column| row.cell(column));
        if title.is_empty() && is_total(first_words(row)) {
            return Self::Alone("It is a total.");
        }
        if columns.are_again(row) { Self::Again } else { Self::No }
    }
}

/// The words of the first cell that has any.
pub(super) fn first_words(row: &Row) -> &str {
    let mut words = row.cells.iter().map(|cell| cell.text.trim());
    words.find(|text| !text.is_empty()).unwrap_or_default()
}

/// Whether words where a number should be are a heading or a remark: a number, however it is
/// written, is one word.
fn is_heading(words: &str, plan: &str) -> bool {
    let has_letters = words.chars().filter(|letter| letter.is_alphabetic()).count() > 3;
    has_letters && number(words, plan).is_none() && !is_continued(words)
}

/// The area that words such as `1. Reporting` head, unless the number below is of another.
fn numbered(words: &str, below: Option<Numbered>, plan: &str) -> Option<PrintedArea> {
    let (Numbered { area: None, number, .. }, title) = leading(words, plan)? else { return None };
    let is_its_own = below.is_some_and(|below| below.area.unwrap_or(number) == number);
    let title = one_line(title);
    is_its_own.then(|| PrintedArea { number, title, aim: String::new() })
}

/// Whether words begin a row that adds up those above.
fn is_total(words: &str) -> bool {
    let lower = words.to_lowercase();
    let first = lower.split(|letter: char| !letter.is_alphabetic()).find(|word| !word.is_empty());
    matches!(first, Some("total" | "totals" | "subtotal"))
}
