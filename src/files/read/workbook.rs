//! An Excel workbook (.xlsx): the first sheet in sight that holds a table.

mod epoch;
mod format;
mod number;
mod sheet;
mod strings;

use std::collections::BTreeMap;

use crate::files::document::Document;
use crate::files::read::package::Package;
use crate::files::read::package::Relation;
use crate::files::read::refusal::Refusal;
use crate::files::read::sheets;
use crate::files::read::sheets::Listed;
use crate::files::read::workbook::epoch::Epoch;
use crate::files::read::workbook::format::Format;
use crate::files::read::xml::Element;

/// How much of a sheet is looked at to see whether anything is on it, in bytes: what Excel writes
/// before the first cell is far shorter.
const GLIMPSE: usize = 64 * 1024;

/// What the cells of every sheet refer to.
struct Book {
    strings: Vec<String>,
    /// The format of each style, by the number a cell gives.
    formats: Vec<Format>,
    epoch: Epoch,
}

/// Reads the first sheet in sight that holds a table, else the first with anything on it. The
/// workbook's own part stands at that path and has that root.
pub(super) fn read(
    package: &mut Package<'_>,
    path: &str,
    root: &Element,
) -> Result<Document, Refusal> {
    let relations = package.relations(path)?;
    let listed = listed(root, &relations);
    let book = book(package, root, &relations)?;
    let read = sheets::first(&listed, |path| sheet::read(package, path, &book))?;
    sheets::told(package.file(), &listed, read, |path| has_something(package, path))
}

/// The sheets in the order of their tabs; charts and old macros are no sheets.
fn listed(root: &Element, relations: &[Relation]) -> Vec<Listed<String>> {
    let sheet = |element: &Element| {
        let id = element.attribute("id")?;
        let relation =
            relations.iter().find(|known| known.id == id && known.kind == "worksheet")?;
        Some(Listed {
            name: element.attribute("name").unwrap_or_default().to_owned(),
            cells: relation.path.clone(),
            is_hidden: element.attribute("state").is_some_and(|state| state != "visible"),
        })
    };
    root.child("sheets").into_iter().flat_map(Element::children).filter_map(sheet).collect()
}

fn book(
    package: &mut Package<'_>,
    root: &Element,
    relations: &[Relation],
) -> Result<Book, Refusal> {
    let part = |kind| relations.iter().find(|known| known.kind == kind).map(|known| &known.path);
    let strings = match part("sharedStrings") {
        Some(path) => package.xml(path)?.map(|root| strings::shared(&root)),
        None => None,
    };
    let formats = match part("styles") {
        Some(path) => package.xml(path)?.map(|root| formats(&root)),
        None => None,
    };
    let is_1904 = root
        .child("workbookPr")
        .and_then(|settings| settings.attribute("date1904"))
        .is_some_and(|value| value == "1" || value == "true");
    Ok(Book {
        strings: strings.unwrap_or_default(),
        formats: formats.unwrap_or_default(),
        epoch: if is_1904 { Epoch::From1904 } else { Epoch::From1900 },
    })
}

/// The format of each style of the workbook.
fn formats(styles: &Element) -> Vec<Format> {
    let own: BTreeMap<usize, &str> = styles
        .child("numFmts")
        .into_iter()
        .flat_map(Element::children)
        .filter_map(|own| Some((own.number("numFmtId")?, own.attribute("formatCode")?)))
        .collect();
    let format = |style: &Element| {
        let id = style.number("numFmtId").unwrap_or_default();
        own.get(&id).map_or_else(|| Format::built_in(id), |code| Format::of_code(code))
    };
    let styles = styles.child("cellXfs").into_iter().flat_map(|styles| styles.named("xf"));
    styles.map(format).collect()
}

/// Whether a sheet that is not read has a value in its first cells.
fn has_something(package: &mut Package<'_>, path: &str) -> bool {
    let bytes = package.glimpse(path, GLIMPSE);
    let text = String::from_utf8_lossy(&bytes);
    text.contains("<v>") || text.contains("<is>") || text.contains(":v>")
}

#[cfg(test)]
mod tests;
