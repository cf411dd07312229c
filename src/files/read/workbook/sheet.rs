//! One sheet: its rows as Excel numbers them, its cells as Excel shows them.

use std::collections::BTreeMap;

use crate::files::document::Cell;
use crate::files::document::Document;
use crate::files::document::Place;
use crate::files::document::column_letters;
use crate::files::read::gathering::Gathering;
use crate::files::read::limit::CELLS_MAX;
use crate::files::read::limit::CELLS_TOTAL_MAX;
use crate::files::read::limit::TEXT_MAX;
use crate::files::read::moment;
use crate::files::read::moment::Shows;
use crate::files::read::package::Package;
use crate::files::read::package::broken;
use crate::files::read::refusal::Refusal;
use crate::files::read::refusal::Spot;
use crate::files::read::sheets;
use crate::files::read::workbook::Book;
use crate::files::read::workbook::epoch;
use crate::files::read::workbook::format::Format;
use crate::files::read::workbook::number::general;
use crate::files::read::workbook::strings;
use crate::files::read::xml::Element;

/// The cells of the rows, by row and column from 0.
type Rows = BTreeMap<usize, BTreeMap<usize, Cell>>;

/// What is on a sheet. Hidden rows and columns are read like any other.
pub(super) fn read(
    package: &mut Package<'_>,
    path: &str,
    book: &Book,
) -> Result<Document, Refusal> {
    let file = package.file();
    let Some(root) = package.xml(path)? else {
        return Err(broken(file, &format!("its part {path} is missing")));
    };
    let mut rows = rows(file, &root, book)?;
    merge(&root, &mut rows);
    let mut gathering = Gathering::of(file);
    for (row, mut cells) in rows {
        let width = cells.last_key_value().map_or(0, |(column, _)| column + 1);
        let cells = (0..width).map(|column| cells.remove(&column).unwrap_or_default());
        gathering.row(Place::row(row + 1), cells)?;
    }
    gathering.finish()
}

fn rows(file: &str, root: &Element, book: &Book) -> Result<Rows, Refusal> {
    let mut rows = Rows::new();
    let (mut row, mut text) = (0, 0);
    for element in root.child("sheetData").into_iter().flat_map(|data| data.named("row")) {
        row = element.number("r").and_then(|number| number.checked_sub(1)).unwrap_or(row);
        let mut column = 0;
        for element in element.named("c") {
            column =
                element.attribute("r").and_then(reference).map_or(column, |(_, column)| column);
            let spot = || Spot { file: file.to_owned(), at: Place::row(row + 1), column };
            let cell = cell(element, book, &spot)?;
            if !cell.text.is_empty() || !cell.doubt.is_empty() {
                if column >= CELLS_MAX {
                    return Err(Refusal::TooWide { spot: spot() });
                }
                // Counted here already: many cells may show one long text.
                text += cell.text.len();
                if text > TEXT_MAX {
                    return Err(Refusal::TooFull { file: file.to_owned() });
                }
                rows.entry(row).or_default().insert(column, cell);
            }
            column += 1;
        }
        row += 1;
    }
    Ok(rows)
}

/// Marks the cells that are one with the cell above, and blanks all but the first of merged ones,
/// as Excel does.
fn merge(root: &Element, rows: &mut Rows) {
    // Merged cells never overlap, so that no honest sheet comes to the end of this.
    let mut left = CELLS_TOTAL_MAX;
    for element in root.child("mergeCells").into_iter().flat_map(Element::children) {
        let Some((first, last)) = element.attribute("ref").and_then(|area| area.split_once(':'))
        else {
            continue;
        };
        let (Some((top, from)), Some((bottom, to))) = (reference(first), reference(last)) else {
            continue;
        };
        // Blank cells that are merged are blank still.
        let has_words = rows.get(&top).is_some_and(|cells| cells.contains_key(&from));
        if !has_words || top > bottom || from > to {
            continue;
        }
        for (row, cells) in rows.range_mut(top..=bottom) {
            for column in from..=to.min(CELLS_MAX - 1) {
                if left == 0 {
                    return;
                }
                left -= 1;
                if *row > top {
                    cells.insert(column, Cell { continues: true, ..Cell::default() });
                } else if column > from {
                    cells.remove(&column);
                }
            }
        }
    }
}

/// The row and column, from 0, of a cell called `B3` or `$B$3`.
fn reference(name: &str) -> Option<(usize, usize)> {
    let name = name.replace('$', "");
    let digits = name.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, number) = name.split_at(digits);
    // Excel has three letters at the most.
    if !(1..=3).contains(&letters.len()) {
        return None;
    }
    let mut column = 0;
    for letter in letters.bytes().map(|letter| letter.to_ascii_uppercase()) {
        let place = letter.checked_sub(b'A').filter(|place| *place < 26)?;
        column = column * 26 + usize::from(place) + 1;
    }
    Some((number.parse::<usize>().ok()?.checked_sub(1)?, column - 1))
}

/// What a cell shows.
fn cell(element: &Element, book: &Book, spot: &dyn Fn() -> Spot) -> Result<Cell, Refusal> {
    let value = element.child("v").map(Element::text).unwrap_or_default();
    let kind = element.attribute("t").unwrap_or("n");
    if value.is_empty() && kind != "inlineStr" {
        let has_formula = element.child("f").is_some_and(|formula| !formula.text().is_empty());
        let doubt = if has_formula && kind != "str" {
            "The cell holds a formula without its result. Open the file in Excel, save it and send it again."
        } else {
            ""
        };
        return Ok(Cell { doubt: doubt.to_owned(), ..Cell::default() });
    }
    Ok(match kind {
        "s" => {
            let words = value.trim().parse().ok().and_then(|at: usize| book.strings.get(at));
            let words = words.ok_or_else(|| Refusal::Broken {
                file: spot().file,
                what: format!("the words of the cell at {} are missing", place(&spot())),
            })?;
            words.as_str().into()
        }
        "inlineStr" => element.child("is").map(strings::words).unwrap_or_default().into(),
        "str" => strings::unescaped(&value).into(),
        "b" => if value.trim() == "0" { "FALSE" } else { "TRUE" }.into(),
        "e" => sheets::error(&value),
        "d" => dated(&value, format(element, book)),
        _ => match value.trim().parse::<f64>().ok().filter(|number| number.is_finite()) {
            Some(number) => shown(number, format(element, book), book),
            None => value.into(),
        },
    })
}

fn place(spot: &Spot) -> String {
    format!("{}, column {}", spot.at, column_letters(spot.column))
}

/// The format of a cell; a cell without a style has the first.
fn format<'a>(element: &Element, book: &'a Book) -> &'a Format {
    book.formats.get(element.number("s").unwrap_or_default()).unwrap_or(&Format::General)
}

fn shown(number: f64, format: &Format, book: &Book) -> Cell {
    let no_date = || Cell {
        text: general(number),
        continues: false,
        doubt: "The cell is set to show a date, but its number is not one.".to_owned(),
    };
    match format {
        Format::General => general(number).into(),
        Format::Number(pattern) => pattern.shown(number).into(),
        Format::Date(shows) => {
            book.epoch.moment(number).map_or_else(no_date, |moment| moment::cell(moment, *shows))
        }
        Format::Length => epoch::length(number).map_or_else(no_date, Cell::from),
    }
}

/// A date that is kept in words.
fn dated(value: &str, format: &Format) -> Cell {
    let shows = if let Format::Date(shows) = format { *shows } else { Shows::Day };
    moment::kept(value).map_or_else(|| value.into(), |moment| moment::cell(moment, shows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_their_names() {
        let check = |name, expected| assert_eq!(reference(name), expected, "{name}");
        check("A1", Some((0, 0)));
        check("$AB$12", Some((11, 27)));
        check("xfd1048576", Some((1_048_575, 16_383)));
        check("A0", None);
        check("A", None);
        check("1", None);
        check("ABCD1", None);
        check("É1", None);
        check("A99999999999999999999999", None);
    }
}
