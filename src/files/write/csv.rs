//! The plan's table as comma-separated text that spreadsheets open as it is.

use anyhow::Context;
use csv::Terminator;
use csv::Writer;
use csv::WriterBuilder;

use super::column::Cell;
use super::column::columns;
use crate::files::formula::guarded;
use crate::position::Position;

/// Excel takes a file that begins so for UTF-8, and any other for the machine's own encoding.
const MARK: &str = "\u{feff}";

/// The table: UTF-8 with a byte order mark, lines ended and cells quoted as RFC 4180 has it, days
/// as in 2020-11-12. Cells that a spreadsheet would run as formulas begin with an apostrophe.
pub fn write(position: &Position) -> anyhow::Result<Vec<u8>> {
    let columns = columns(position);
    let mut writer = writer();
    writer.write_record(columns.iter().map(|column| &column.heading)).context("write a heading")?;
    for action in position.promised() {
        let cells = columns.iter().map(|column| text(column.cell(action, position)));
        writer.write_record(cells).context("write a row")?;
    }
    writer.into_inner().context("end the table")
}

/// What writes such a table.
pub(super) fn writer() -> Writer<Vec<u8>> {
    WriterBuilder::new().terminator(Terminator::CRLF).from_writer(MARK.as_bytes().to_vec())
}

fn text(cell: Cell) -> String {
    match cell {
        Cell::Words(words) => guarded(&words).into_owned(),
        Cell::Day(day) => day.to_string(),
        Cell::Count(count) => count.to_string(),
    }
}
