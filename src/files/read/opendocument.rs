//! An OpenDocument spreadsheet (.ods): the first sheet in sight that holds anything.

use std::collections::BTreeMap;

use chrono::Datelike;
use chrono::NaiveDate;

use crate::files::document::Cell;
use crate::files::document::Document;
use crate::files::document::Place;
use crate::files::read::gathering::Gathering;
use crate::files::read::limit::CELLS_MAX;
use crate::files::read::limit::ROWS_MAX;
use crate::files::read::refusal::Refusal;
use crate::files::read::xml::Element;
use crate::files::read::xml::Node;

/// Where the spreadsheet stands in its container.
pub(super) const PATH: &str = "content.xml";

/// Where the styles stand that it shares with other sheets made alike.
pub(super) const STYLES: &str = "styles.xml";

/// How the dates of a style are shown.
#[derive(Clone, Copy)]
struct Shows {
    day: bool,
    year: bool,
}

/// The styles of the cells that show dates, by name.
type Dates<'a> = BTreeMap<&'a str, Shows>;

/// The rows, from 0, of the last cell met in each column: its first and its last.
type Reaches = [(usize, usize); CELLS_MAX];

/// The sheets of a spreadsheet; none where the root is that of another kind of document.
pub(super) fn sheets(root: &Element) -> Option<&Element> {
    root.descend(&["body", "spreadsheet"])
}

/// Reads the first sheet in sight that holds anything; `styles` is the part of that name.
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
    let mut read: Option<(&str, Document)> = None;
    let mut others = Vec::new();
    for sheet in sheets.named("table") {
        let name = sheet.attribute("name").unwrap_or_default();
        let is_hidden = sheet.attribute("style-name").is_some_and(|style| hidden.contains(&style));
        if read.is_some() || is_hidden {
            if sheet.holds(&["p"]) {
                let hidden = if is_hidden { " (hidden)" } else { "" };
                others.push(format!("\"{name}\"{hidden}"));
            }
            continue;
        }
        match table(file, sheet, &dates) {
            Ok(document) => read = Some((name, document)),
            Err(Refusal::Empty { .. }) => {}
            Err(refusal) => return Err(refusal),
        }
    }
    let Some((name, mut document)) = read else {
        let file = file.to_owned();
        let is_empty = others.is_empty();
        return Err(if is_empty { Refusal::Empty { file } } else { Refusal::Hidden { file } });
    };
    if !others.is_empty() {
        document.doubts.push(format!(
            "Only the sheet \"{name}\" is read; left out: {}. To read another, move it to the front.",
            others.join(", ")
        ));
    }
    Ok(document)
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
            let shows =
                Shows { day: looks.child("day").is_some(), year: looks.child("year").is_some() };
            Some((looks.attribute("name")?, shows))
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
    for row in rows(sheet) {
        let times = row.number("number-rows-repeated").unwrap_or(1);
        let cells = cells(row, number, dates, &mut reaches);
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

/// The rows of a sheet, those in groups and headers too.
fn rows(parent: &Element) -> Vec<&Element> {
    let mut rows = Vec::new();
    for child in parent.children() {
        match &*child.name {
            "table-row" => rows.push(child),
            "table-row-group" | "table-header-rows" | "table-rows" => {
                rows.extend(self::rows(child));
            }
            _ => {}
        }
    }
    rows
}

fn cells(row: &Element, number: usize, dates: &Dates<'_>, reaches: &mut Reaches) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for element in row.children() {
        let times = element.number("number-columns-repeated").unwrap_or(1);
        // One cell too many is enough to be refused for.
        let first = cells.len();
        let columns = first..first.saturating_add(times).min(CELLS_MAX).max(first + 1);
        match &*element.name {
            "table-cell" => {
                let cell = cell(element, dates);
                let below = element.number("number-rows-spanned").unwrap_or(1).saturating_sub(1);
                let wide = element.number("number-columns-spanned").unwrap_or(1).min(CELLS_MAX);
                for reach in reaches.iter_mut().skip(first).take(columns.len().max(wide)) {
                    *reach = (number, number.saturating_add(below));
                }
                cells.extend(columns.map(|_| cell.clone()));
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
fn cell(element: &Element, dates: &Dates<'_>) -> Cell {
    let mut lines = Vec::new();
    for paragraph in element.named("p") {
        let mut words = String::new();
        gather(paragraph, &mut words);
        lines.push(words);
    }
    let text = lines.join("\n");
    let is_date = element.attribute("value-type") == Some("date");
    let Some(date) = element.attribute("date-value").filter(|_| is_date) else {
        return text.into();
    };
    let Ok(day) = date.get(..10).unwrap_or_default().parse::<NaiveDate>() else {
        return text.into();
    };
    let time = date.get(10..16).filter(|time| *time != "T00:00").unwrap_or_default();
    let written = format!("{day}{}", time.replace('T', " "));
    let long = day.format("%-d %B %Y");
    let style = element.attribute("style-name").and_then(|style| dates.get(style));
    match style {
        Some(Shows { day: true, year: true }) => written.into(),
        Some(Shows { day: false, year: true }) if day.day() == 1 => {
            day.format("%B %Y").to_string().into()
        }
        _ => {
            let doubt = format!("The cell shows \"{text}\" and holds {long}.");
            let month = style.is_some_and(|shows| !shows.day);
            let text = if month { day.format("%B %Y").to_string() } else { written };
            Cell { text, continues: false, doubt }
        }
    }
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
mod tests {
    use super::*;
    use crate::files::read::sample::shown;

    fn document(styles: &str, sheets: &str) -> Result<Document, Refusal> {
        let text = format!(
            "<document-content><automatic-styles>{styles}</automatic-styles>\
             <body><spreadsheet>{sheets}</spreadsheet></body></document-content>"
        );
        let root = Element::parse("plan.ods", PATH, &text)?;
        let shared =
            "<x><styles><date-style name='N1'><day/><month/><year/></date-style></styles></x>";
        let shared = Element::parse("plan.ods", "styles.xml", shared)?;
        read("plan.ods", &root, &shared, sheets_of(&root))
    }

    fn sheets_of(root: &Element) -> &Element {
        sheets(root).expect("it is a spreadsheet")
    }

    #[test]
    fn rows_and_cells_stand_where_they_are_shown() {
        let sheet = "<table name='Plan'>\
            <table-row number-rows-repeated='2'><table-cell number-columns-repeated='1024'/></table-row>\
            <table-header-rows><table-row><table-cell number-rows-spanned='2'><p>a</p><p>b<s c='2'/>c</p></table-cell>\
              <table-cell number-columns-spanned='2'><annotation><p>no</p></annotation><p>x<line-break/>y</p></table-cell>\
              <covered-table-cell/><table-cell number-columns-repeated='2'><p>z</p></table-cell></table-row></table-header-rows>\
            <table-row><covered-table-cell/><table-cell><p>1</p></table-cell></table-row>\
            <table-row number-rows-repeated='1048000'><table-cell number-columns-repeated='1024'/></table-row>\
            </table>";
        let document = document("", sheet).expect("it is read");
        insta::assert_snapshot!(shown(&document), @r#"
        row 3: "a\nb  c" "x\ny" "" "z" "z"
        row 4: ""^ "1"
        "#);
    }

    #[test]
    fn a_date_is_a_day_or_a_month_as_its_style_shows() {
        let styles = "<date-style name='N2'><month/><year/></date-style>\
            <style name='day' data-style-name='N1'/><style name='month' data-style-name='N2'/>";
        let cell = |style, value, shown| {
            format!(
                "<table-cell style-name='{style}' value-type='date' date-value='{value}'><p>{shown}</p></table-cell>"
            )
        };
        let sheet = format!(
            "<table name='Plan'><table-row>{}{}{}</table-row></table>",
            cell("day", "2021-03-31", "31/03/21"),
            cell("month", "2021-03-01", "Mar-21"),
            cell("", "2021-03-31", "odd"),
        );
        let document = document(styles, &sheet).expect("it is read");
        insta::assert_snapshot!(shown(&document), @r#"
        row 1: "2021-03-31" "March 2021" "2021-03-31" ? The cell shows "odd" and holds 31 March 2021.
        "#);
    }

    #[test]
    fn hidden_and_empty_sheets_are_passed_over() {
        let styles = "<style name='no'><table-properties display='false'/></style>";
        let row = "<table-row><table-cell><p>words</p></table-cell></table-row>";
        let sheets = format!(
            "<table name='Lists' style-name='no'>{row}</table><table name='Blank'/>\
             <table name='Plan'>{row}</table><table name='Costs'>{row}</table>"
        );
        let document = document(styles, &sheets).expect("it is read");
        let doubt = "Only the sheet \"Plan\" is read; left out: \"Lists\" (hidden), \"Costs\". \
            To read another, move it to the front.";
        assert_eq!(document.doubts, [doubt]);
    }
}
