//! An OpenDocument spreadsheet (.ods): the first sheet in sight that holds a table.

use std::collections::BTreeMap;

use crate::files::document::Cell;
use crate::files::document::Document;
use crate::files::document::Place;
use crate::files::read::gathering::Gathering;
use crate::files::read::limit::CELLS_MAX;
use crate::files::read::limit::ROWS_MAX;
use crate::files::read::limit::TEXT_MAX;
use crate::files::read::moment;
use crate::files::read::moment::Part;
use crate::files::read::moment::Shows;
use crate::files::read::refusal::Refusal;
use crate::files::read::sheets;
use crate::files::read::sheets::Listed;
use crate::files::read::xml::Element;
use crate::files::read::xml::Node;

/// Where the spreadsheet stands in its container.
pub(super) const PATH: &str = "content.xml";

/// Where the styles stand that it shares with other sheets made alike.
pub(super) const STYLES: &str = "styles.xml";

/// What rows and columns may be wrapped in.
const GROUPS: [&str; 6] = [
    "table-row-group",
    "table-header-rows",
    "table-rows",
    "table-column-group",
    "table-header-columns",
    "table-columns",
];

/// How the errors of formulas begin.
const ERRORS: [&str; 2] = ["#", "Err:"];

/// The styles of the cells that show dates, by name.
type Dates<'a> = BTreeMap<&'a str, Shows>;

/// The rows, from 0, of the last cell met in each column: its first and its last.
type Reaches = [(usize, usize); CELLS_MAX];

/// The sheets of a spreadsheet; none where the root is that of another kind of document.
pub(super) fn sheets(root: &Element) -> Option<&Element> {
    root.descend(&["body", "spreadsheet"])
}

/// Reads the first sheet in sight that holds a table, else the first with anything on it; `styles` is the part of that name.
pub(super) fn read(
    file: &str,
    root: &Element,
    styles: &Element,
    sheets: &Element,
) -> Result<Document, Refusal> {
    let own = root.child("automatic-styles");
    let shared = styles.children().filter(|child| child.name.ends_with("styles"));
    let all: Vec<&Element> = own.into_iter().chain(shared).collect();
    let dates = dates(&all);
    let hidden: Vec<&str> = own.map(hidden).unwrap_or_default();
    let listed = |sheet| {
        let style = Element::attribute(sheet, "style-name");
        Listed {
            name: sheet.attribute("name").unwrap_or_default().to_owned(),
            is_hidden: style.is_some_and(|style| hidden.contains(&style)),
            cells: sheet,
        }
    };
    let listed: Vec<Listed<&Element>> = sheets.named("table").map(listed).collect();
    let read = sheets::first(&listed, |sheet| table(file, sheet, &dates))?;
    sheets::told(file, &listed, read, |sheet| sheet.holds(&["p"]))
}

/// The styles of sheets that are hidden.
fn hidden(styles: &Element) -> Vec<&str> {
    let is_hidden = |style: &&Element| {
        let looks = style.child("table-properties");
        looks.and_then(|looks| looks.attribute("display")) == Some("false")
    };
    styles.named("style").filter(is_hidden).filter_map(|style| style.attribute("name")).collect()
}

fn dates<'a>(all: &[&'a Element]) -> Dates<'a> {
    let named = |name| all.iter().flat_map(move |styles| styles.named(name));
    let looks: BTreeMap<&str, Shows> = named("date-style")
        .filter_map(|looks| {
            let parts = looks.children().filter_map(|part| match &*part.name {
                "day" => Some(Part::Day),
                "month" => Some(Part::Month),
                "year" => Some(Part::Year),
                "hours" => Some(Part::Time),
                _ => None,
            });
            Some((looks.attribute("name")?, Shows::of(&parts.collect::<Vec<Part>>())))
        })
        .collect();
    let shows = |style: &Element| looks.get(style.attribute("data-style-name")?).copied();
    named("style").filter_map(|style| Some((style.attribute("name")?, shows(style)?))).collect()
}

/// The rows of a sheet; hidden ones are read like any other.
fn table(file: &str, sheet: &Element, dates: &Dates<'_>) -> Result<Document, Refusal> {
    let mut gathering = Gathering::of(file);
    let mut number = 0_usize;
    let mut reaches: Reaches = [(0, 0); CELLS_MAX];
    let styles = Styles { dates, of_columns: of_columns(sheet) };
    for row in parts(sheet, "table-row") {
        let times = row.number("number-rows-repeated").unwrap_or(1);
        let cells = cells(row, number, &styles, &mut reaches);
        let is_blank = cells.iter().all(|cell| cell.text.is_empty() && cell.doubt.is_empty());
        // A sheet ends in a million blank rows, written once.
        let read = if is_blank { 0 } else { times.min(ROWS_MAX + 1) };
        for repeat in 0..read {
            gathering.row(Place::row(number.saturating_add(repeat + 1)), cells.iter().cloned())?;
        }
        number = number.saturating_add(times);
    }
    gathering.finish()
}

/// How the dates of cells are shown, by the style of the cell, its row or its column.
struct Styles<'a> {
    dates: &'a Dates<'a>,
    of_columns: Vec<Option<&'a str>>,
}

impl Styles<'_> {
    fn shows(&self, row: &Element, column: usize, cell: &Element) -> Option<Shows> {
        let of_row = || row.attribute("default-cell-style-name");
        let of_column = || self.of_columns.get(column).copied().flatten();
        let style = cell.attribute("style-name").or_else(of_row).or_else(of_column)?;
        self.dates.get(style).copied()
    }
}

fn of_columns(sheet: &Element) -> Vec<Option<&str>> {
    let mut styles = Vec::new();
    for column in parts(sheet, "table-column") {
        let times = column.number("number-columns-repeated").unwrap_or(1);
        let left = CELLS_MAX.saturating_sub(styles.len());
        let style = column.attribute("default-cell-style-name");
        styles.extend(std::iter::repeat_n(style, times.min(left)));
    }
    styles
}

/// The rows or columns of a sheet, those in groups and headers too.
fn parts<'a>(parent: &'a Element, name: &str) -> Vec<&'a Element> {
    let mut found = Vec::new();
    for child in parent.children() {
        if &*child.name == name {
            found.push(child);
        } else if GROUPS.contains(&&*child.name) {
            found.extend(parts(child, name));
        }
    }
    found
}

fn cells(row: &Element, number: usize, styles: &Styles<'_>, reaches: &mut Reaches) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for element in row.children() {
        let times = element.number("number-columns-repeated").unwrap_or(1);
        // One cell too many is enough to be refused for.
        let first = cells.len();
        let columns = first..first.saturating_add(times).min(CELLS_MAX).max(first + 1);
        match &*element.name {
            "table-cell" => {
                let words = words(element);
                // What is too long is refused once, and need not be kept once for each column.
                let columns =
                    if words.len() > TEXT_MAX / CELLS_MAX { first..first + 1 } else { columns };
                let below = element.number("number-rows-spanned").unwrap_or(1).saturating_sub(1);
                let wide = element.number("number-columns-spanned").unwrap_or(1).min(CELLS_MAX);
                for reach in reaches.iter_mut().skip(first).take(columns.len().max(wide)) {
                    *reach = (number, number.saturating_add(below));
                }
                cells.extend(
                    columns.map(|column| cell(element, &words, styles.shows(row, column, element))),
                );
            }
            // It is covered from the left in the first row of the cell, and from above below it.
            "covered-table-cell" => cells.extend(columns.map(|column| {
                let reach = reaches.get(column);
                let continues = reach.is_some_and(|(from, to)| *from < number && number <= *to);
                Cell { continues, ..Cell::default() }
            })),
            _ => {}
        }
    }
    cells
}

/// What a cell shows, except that a day is given as in 2021-03-31 and a month in whole words.
fn cell(element: &Element, words: &str, shows: Option<Shows>) -> Cell {
    let is_date = element.attribute("value-type") == Some("date");
    let date = element.attribute("date-value").filter(|_| is_date);
    if let Some(moment) = date.and_then(moment::kept) {
        return moment::cell(moment, shows.unwrap_or(Shows::Unsure));
    }
    let is_computed = element.attribute("formula").is_some();
    let is_error = is_computed && ERRORS.iter().any(|error| words.starts_with(error));
    if is_error { sheets::error(words) } else { words.into() }
}

/// The words of a cell, a line for each paragraph.
fn words(element: &Element) -> String {
    let mut lines = Vec::new();
    for paragraph in element.named("p") {
        let mut words = String::new();
        gather(paragraph, &mut words);
        lines.push(words);
    }
    lines.join("\n")
}

/// The words of a paragraph; notes that hang on the cell are left out.
fn gather(element: &Element, words: &mut String) {
    for node in &element.nodes {
        match node {
            Node::Text(text) => words.push_str(text),
            Node::Element(child) => match &*child.name {
                "s" => words.push_str(&" ".repeat(child.number("c").unwrap_or(1).min(CELLS_MAX))),
                "tab" => words.push('\t'),
                "line-break" => words.push('\n'),
                "annotation" => {}
                _ => gather(child, words),
            },
        }
    }
}

#[cfg(test)]
mod tests;
