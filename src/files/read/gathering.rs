//! A document as it grows, held to the limits while it does.

use crate::files::document::Cell;
use crate::files::document::Document;
use crate::files::document::Line;
use crate::files::document::Part;
use crate::files::document::Place;
use crate::files::document::Row;
use crate::files::document::Table;
use crate::files::read::limit::CELLS_MAX;
use crate::files::read::limit::CELLS_TOTAL_MAX;
use crate::files::read::limit::CHARS_MAX;
use crate::files::read::limit::ROWS_MAX;
use crate::files::read::limit::TEXT_MAX;
use crate::files::read::refusal::Refusal;
use crate::files::read::refusal::Spot;

/// What has been read of a file so far. Rows make one table until a line, or its end, comes.
pub(super) struct Gathering {
    document: Document,
    table: Table,
    rows: usize,
    cells: usize,
    text: usize,
}

impl Gathering {
    /// Nothing read yet of the file of that name.
    pub(super) fn of(file: &str) -> Self {
        let document = Document { file: file.to_owned(), ..Document::default() };
        Self { document, table: Table::default(), rows: 0, cells: 0, text: 0 }
    }

    /// Adds what stands outside any table: one line for each line of it that is not blank.
    pub(super) fn line(&mut self, at: &Place, text: &str) -> Result<(), Refusal> {
        self.end_table();
        let lines = text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}']);
        for text in lines.filter(|line| !line.trim().is_empty()) {
            self.count_row()?;
            self.count_text(text)?;
            let file = &self.document.file;
            if text.contains('\0') {
                return Err(Refusal::LineNotText { file: file.clone(), at: at.clone() });
            }
            if is_too_long(text) {
                return Err(Refusal::LineTooLong { file: file.clone(), at: at.clone() });
            }
            let line = Line { at: at.clone(), text: text.to_owned() };
            self.document.parts.push(Part::Line(line));
        }
        Ok(())
    }

    /// Adds a row to the table; a blank one is left out, and so are blank cells at its end.
    pub(super) fn row(
        &mut self,
        at: Place,
        cells: impl IntoIterator<Item = Cell>,
    ) -> Result<(), Refusal> {
        let mut row = Row { at, cells: Vec::new() };
        for (column, cell) in cells.into_iter().enumerate() {
            let is_empty = is_empty(&cell);
            if !is_empty {
                self.check(&row.at, column, &cell.text)?;
            }
            if column < CELLS_MAX {
                row.cells.push(cell);
            } else if !is_empty {
                return Err(Refusal::TooWide { spot: self.spot(&row.at, column) });
            }
        }
        while row.cells.last().is_some_and(is_empty) {
            row.cells.pop();
        }
        if row.is_blank() {
            return Ok(());
        }
        self.count_row()?;
        self.cells += row.cells.len();
        if self.cells > CELLS_TOTAL_MAX {
            return Err(self.too_full());
        }
        self.table.rows.push(row);
        Ok(())
    }

    /// Ends the table, so that the next row begins another.
    pub(super) fn end_table(&mut self) {
        if !self.table.rows.is_empty() {
            self.document.parts.push(Part::Table(std::mem::take(&mut self.table)));
        }
    }

    /// Adds what is not certain about the whole.
    pub(super) fn doubt(&mut self, doubt: String) {
        self.document.doubts.push(doubt);
    }

    /// The document, unless nothing is in it.
    pub(super) fn finish(mut self) -> Result<Document, Refusal> {
        self.end_table();
        if self.document.parts.is_empty() {
            return Err(Refusal::Empty { file: self.document.file });
        }
        Ok(self.document)
    }

    fn check(&mut self, at: &Place, column: usize, text: &str) -> Result<(), Refusal> {
        if text.contains('\0') {
            return Err(Refusal::CellNotText { spot: self.spot(at, column) });
        }
        if is_too_long(text) {
            return Err(Refusal::CellTooLong { spot: self.spot(at, column) });
        }
        self.count_text(text)
    }

    fn count_row(&mut self) -> Result<(), Refusal> {
        self.rows += 1;
        if self.rows > ROWS_MAX {
            return Err(Refusal::TooLong { file: self.document.file.clone() });
        }
        Ok(())
    }

    fn count_text(&mut self, text: &str) -> Result<(), Refusal> {
        self.text += text.len();
        if self.text > TEXT_MAX { Err(self.too_full()) } else { Ok(()) }
    }

    fn too_full(&self) -> Refusal {
        Refusal::TooFull { file: self.document.file.clone() }
    }

    fn spot(&self, at: &Place, column: usize) -> Spot {
        Spot { file: self.document.file.clone(), at: at.clone(), column }
    }
}

/// Whether nothing would be lost without the cell.
fn is_empty(cell: &Cell) -> bool {
    cell.text.is_empty() && cell.doubt.is_empty() && !cell.continues
}

/// Counts characters only where there are bytes enough.
fn is_too_long(text: &str) -> bool {
    text.len() > CHARS_MAX && text.chars().count() > CHARS_MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(cells: Vec<Cell>) -> String {
        let row = Gathering::of("plan.csv").row(Place::row(3), cells);
        row.expect_err("it is refused").to_string()
    }

    #[test]
    fn what_is_too_much_is_refused_with_its_place() {
        let mut wide = vec![Cell::default(); CELLS_MAX];
        wide.push("x".into());
        assert!(refusal(wide).starts_with("plan.csv, row 3, column IW: there is text beyond"));
        let long = vec![Cell::default(), "é".repeat(CHARS_MAX + 1).into()];
        assert!(refusal(long).starts_with("plan.csv, row 3, column B: this cell has more than"));
        let nul = vec!["a\0b".into()];
        assert!(refusal(nul).starts_with("plan.csv, row 3, column A: this is not readable text"));
    }

    #[test]
    fn a_text_shown_in_many_cells_cannot_fill_the_memory() {
        let mut gathering = Gathering::of("plan.xlsx");
        let text = "x".repeat(CHARS_MAX);
        let mut rows = (1..ROWS_MAX).map(|number| {
            gathering.row(Place::row(number), [text.as_str().into(), text.as_str().into()])
        });
        assert_eq!(rows.find_map(Result::err), Some(Refusal::TooFull { file: "plan.xlsx".into() }));
    }

    #[test]
    fn blank_rows_and_blank_cells_at_the_end_are_left_out() {
        let mut gathering = Gathering::of("plan.csv");
        let rows: [&[&str]; 3] = [&["a", "", "b", "", ""], &["", " "], &["", "c"]];
        for (number, row) in rows.iter().enumerate() {
            let cells: Vec<Cell> = row.iter().map(|text| Cell::from(*text)).collect();
            gathering.row(Place::row(number + 1), cells).expect("it is a row");
        }
        let document = gathering.finish().expect("it holds something");
        let [Part::Table(table)] = document.parts.as_slice() else {
            panic!("it is one table");
        };
        let read: Vec<_> = table.rows.iter().map(|row| (row.at.number, row.cells.len())).collect();
        assert_eq!(read, [(1, 3), (3, 2)]);
    }
}
