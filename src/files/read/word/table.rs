//! The tables of a document, and those that stand within their cells.

use crate::files::document::Cell;
use crate::files::document::Place;
use crate::files::document::Unit;
use crate::files::read::limit::CELLS_MAX;
use crate::files::read::refusal::Refusal;
use crate::files::read::word::Block;
use crate::files::read::word::Reading;
use crate::files::read::word::blocks;
use crate::files::read::word::paragraph;
use crate::files::read::word::unwrapped;
use crate::files::read::xml::Element;

impl Reading {
    /// Reads a table, and after it those that stand in its cells.
    pub(super) fn table(&mut self, table: &Element) -> Result<(), Refusal> {
        self.tables += 1;
        let within = format!("table {}", self.tables);
        let mut nested = Vec::new();
        self.gathering.end_table();
        for (place, row) in parts(table, "tr").into_iter().enumerate() {
            // A struck-out row stands on the page still, and is counted.
            let was_removed =
                row.child("trPr").is_some_and(|settings| settings.child("del").is_some());
            if !was_removed {
                let at = Place { within: within.clone(), unit: Unit::Row, number: place + 1 };
                let cells = self.row(row, &mut nested);
                self.gathering.row(at, cells)?;
            }
        }
        self.gathering.end_table();
        nested.into_iter().try_for_each(|table| self.table(table))
    }

    /// The cells of a row, one for each column of the table that they cover.
    fn row<'a>(&mut self, row: &'a Element, nested: &mut Vec<&'a Element>) -> Vec<Cell> {
        let before = row.child("trPr").and_then(|settings| settings.child("gridBefore"));
        let mut cells = vec![Cell::default(); columns(before, 0)];
        for element in parts(row, "tc") {
            // A row that is too wide is refused for its first words beyond, and read no further.
            if cells.len() > CELLS_MAX && cells.last().is_some_and(|cell| !cell.text.is_empty()) {
                break;
            }
            let settings = element.child("tcPr");
            let merged =
                |name| settings.and_then(|settings| settings.child(name)).is_some_and(continues);
            let continues = merged("vMerge");
            // What a merged cell held before it was merged is kept, and does not show.
            let cell = if continues || merged("hMerge") {
                Cell { continues, ..Cell::default() }
            } else {
                self.cell(element, nested)
            };
            cells.push(cell);
            let span = columns(settings.and_then(|settings| settings.child("gridSpan")), 1);
            let covered = Cell { continues, ..Cell::default() };
            let span = span.saturating_sub(1).min(CELLS_MAX.saturating_sub(cells.len()));
            cells.extend(std::iter::repeat_n(covered, span));
        }
        cells
    }

    fn cell<'a>(&mut self, element: &'a Element, nested: &mut Vec<&'a Element>) -> Cell {
        if element.child("tcPr").is_some_and(|settings| settings.child("cellDel").is_some()) {
            return Cell::default();
        }
        let mut cell = Cell::default();
        self.words(element, &mut cell, nested);
        cell.text = cell.text.trim_matches('\n').to_owned();
        cell
    }

    /// Adds the words in a cell, or in a text box in it, a line for each paragraph.
    fn words<'a>(&mut self, parent: &'a Element, cell: &mut Cell, nested: &mut Vec<&'a Element>) {
        for block in blocks(parent) {
            match block {
                Block::Paragraph(element) => {
                    cell.text.push_str(&self.paragraph(element).text());
                    if !paragraph::runs_on(element) {
                        cell.text.push('\n');
                    }
                    for text_box in paragraph::boxes(element) {
                        self.words(text_box, cell, nested);
                    }
                }
                Block::Table(table) => {
                    "A table stands inside this cell. It is read on its own, after this one."
                        .clone_into(&mut cell.doubt);
                    nested.push(table);
                }
            }
        }
    }
}

/// The rows of a table or the cells of a row, whatever they are wrapped in.
fn parts<'a>(parent: &'a Element, name: &str) -> Vec<&'a Element> {
    let mut found = Vec::new();
    for child in parent.children() {
        if &*child.name == name {
            found.push(child);
        } else if let Some(within) = unwrapped(child) {
            found.extend(parts(within, name));
        }
    }
    found
}

/// Whether a cell goes on from the one before: a merging that does not begin here.
fn continues(merging: &Element) -> bool {
    merging.attribute("val") != Some("restart")
}

/// How many columns a setting gives, within reason.
fn columns(setting: Option<&Element>, otherwise: usize) -> usize {
    setting.and_then(|setting| setting.number("val")).unwrap_or(otherwise).min(CELLS_MAX)
}
