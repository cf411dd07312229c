//! Temporary: a stand-in until the readers are merged.

use crate::files::csv;
use crate::files::document::Cell;
use crate::files::document::Document;
use crate::files::document::Line;
use crate::files::document::Part;
use crate::files::document::Place;
use crate::files::document::Row;
use crate::files::document::Table;
pub use crate::files::table::Refusal;

/// The largest file.
pub const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;

/// Reads.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, Refusal> {
    let mut document = Document { file: name.to_owned(), ..Document::default() };
    if name.ends_with(".txt") {
        let text = String::from_utf8_lossy(bytes);
        let mut rows = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let at = Place::line(number + 1);
            if line.contains('\t') {
                rows.push(Row { at, cells: line.split('\t').map(Cell::from).collect() });
            } else {
                if !rows.is_empty() {
                    document.parts.push(Part::Table(Table { rows: std::mem::take(&mut rows) }));
                }
                if !line.trim().is_empty() {
                    document.parts.push(Part::Line(Line { at, text: line.to_owned() }));
                }
            }
        }
        if !rows.is_empty() {
            document.parts.push(Part::Table(Table { rows }));
        }
        return Ok(document);
    }
    let table = csv::read(name, bytes)?;
    let rows = table.rows.into_iter().map(|row| Row {
        at: Place::row(row.number),
        cells: row.cells.into_iter().map(Cell::from).collect(),
    });
    document.parts.push(Part::Table(Table { rows: rows.collect() }));
    Ok(document)
}
