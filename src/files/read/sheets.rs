//! Which of a workbook's sheets is read, and what is said of the others and of errors.

use crate::files::document::Cell;
use crate::files::document::Document;
use crate::files::document::Part;
use crate::files::read::refusal::Refusal;

/// A sheet as its workbook lists it.
pub(super) struct Listed<T> {
    pub(super) name: String,
    pub(super) is_hidden: bool,
    /// Where its cells are.
    pub(super) cells: T,
}

/// The first sheet in sight that holds a table, else the first with anything on it, and its place
/// among those listed. `read` gives what is on a sheet; one that is empty is passed over.
pub(super) fn first<T>(
    listed: &[Listed<T>],
    mut read: impl FnMut(&T) -> Result<Document, Refusal>,
) -> Result<Option<(usize, Document)>, Refusal> {
    let mut first = None;
    for (place, sheet) in listed.iter().enumerate().filter(|(_, sheet)| !sheet.is_hidden) {
        let document = match read(&sheet.cells) {
            Err(Refusal::Empty { .. }) => continue,
            read => read?,
        };
        if holds_table(&document) {
            return Ok(Some((place, document)));
        }
        first.get_or_insert((place, document));
    }
    Ok(first)
}

/// The document of the sheet that was read, which says what other sheets have something on them.
pub(super) fn told<T>(
    file: &str,
    listed: &[Listed<T>],
    read: Option<(usize, Document)>,
    mut has_something: impl FnMut(&T) -> bool,
) -> Result<Document, Refusal> {
    let mut others = Vec::new();
    for (place, sheet) in listed.iter().enumerate() {
        let is_read = read.as_ref().is_some_and(|(read, _)| *read == place);
        if !is_read && has_something(&sheet.cells) {
            let hidden = if sheet.is_hidden { " (hidden)" } else { "" };
            others.push(format!("\"{}\"{hidden}", sheet.name));
        }
    }
    let Some((place, mut document)) = read else {
        let file = file.to_owned();
        let is_empty = others.is_empty();
        return Err(if is_empty { Refusal::Empty { file } } else { Refusal::Hidden { file } });
    };
    if !others.is_empty() {
        let name = listed.get(place).map_or("", |sheet| sheet.name.as_str());
        document.doubts.push(format!(
            "Only the sheet \"{name}\" is read; left out: {}. To read another, move it to the front.",
            others.join(", ")
        ));
    }
    Ok(document)
}

/// A cell that shows how its formula failed.
pub(super) fn error(words: &str) -> Cell {
    let doubt = format!("The cell shows the error {words} instead of words.");
    Cell { text: words.to_owned(), continues: false, doubt }
}

/// A table has two rows of two cells at least; a title page has not.
fn holds_table(document: &Document) -> bool {
    let rows = document.parts.iter().flat_map(|part| match part {
        Part::Table(table) => table.rows.as_slice(),
        Part::Line(_) => &[],
    });
    let filled = |count: &usize| *count > 1;
    rows.map(|row| row.cells.iter().filter(|cell| !cell.text.trim().is_empty()).count())
        .filter(filled)
        .nth(1)
        .is_some()
}
