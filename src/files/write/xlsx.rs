//! The plan's table as an Excel workbook, ready to sort, filter and print.

use anyhow::Context;
use chrono::NaiveDate;
use rust_xlsxwriter::Color;
use rust_xlsxwriter::DocProperties;
use rust_xlsxwriter::ExcelDateTime;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::FormatAlign;
use rust_xlsxwriter::FormatBorder;
use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

use super::column::Cell;
use super::column::Column;
use super::column::columns;
use super::writable;
use crate::files::formula::is_formula;
use crate::position::Position;
use crate::view::position::title;

/// The most UTF-16 units that a cell of Excel holds.
const CELL_MAX: usize = 32_767;

/// The most characters of the title in the head of a printed page, which Excel limits to 255 with
/// all that stands beside it.
const HEAD_MAX: usize = 120;

/// The workbook: one sheet, whose days are real dates and whose other cells are words, never
/// formulas. A cell over Excel's 32,767 characters is cut, and says so at its end.
pub fn write(position: &Position) -> anyhow::Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(position).context("date the workbook")?);
    let sheet = workbook.add_worksheet();
    fill(sheet, position).context("fill the sheet")?;
    workbook.save_to_buffer().context("save the workbook")
}

/// The day is the position's: the writer would ask the machine's clock.
fn properties(position: &Position) -> Result<DocProperties, XlsxError> {
    let created = ExcelDateTime::from_timestamp(position.at.timestamp())?;
    Ok(DocProperties::new().set_title(&*writable(&title(position))).set_creation_datetime(&created))
}

fn fill(sheet: &mut Worksheet, position: &Position) -> Result<(), XlsxError> {
    let columns = columns(position);
    let looks = Looks::new();
    sheet.set_name("Plan")?;
    for (place, column) in (0..).zip(&columns) {
        sheet.set_column_width(place, column.width)?;
        sheet.write_string_with_format(0, place, &column.heading, &looks.heading)?;
    }
    let headings = columns.iter().map(|column| (column.heading.as_str(), column.width));
    // Room for the buttons of the filter, which stand in the headings' cells.
    sheet.set_row_height(0, height(headings) + 6.0)?;
    let mut last_row = 0;
    for (row, action) in (1..).zip(position.promised()) {
        let cells: Vec<Cell> = columns.iter().map(|column| column.cell(action, position)).collect();
        let words = cells.iter().zip(&columns).filter_map(|(cell, column)| match cell {
            Cell::Words(words) => Some((words.as_str(), column.width)),
            Cell::Day(_) | Cell::Count(_) => None,
        });
        sheet.set_row_height(row, height(words))?;
        for (place, cell) in (0..).zip(cells) {
            looks.put(sheet, (row, place), cell)?;
        }
        last_row = row;
    }
    sheet.autofilter(0, 0, last_row, last_place(&columns))?;
    page(sheet, position)
}

/// The height of a row in points, with room for all lines of its words. Excel finds it by itself,
/// but other programs and the previews of phones show a single line.
fn height<'a>(cells: impl Iterator<Item = (&'a str, u16)>) -> f64 {
    const LINE: f64 = 13.5;
    const AROUND: f64 = 3.0;
    /// Excel's own limit.
    const MOST: f64 = 409.0;
    let lines = cells.map(|(words, width)| lines(words, usize::from(width))).max();
    let lines = u32::try_from(lines.unwrap_or(1)).unwrap_or(u32::MAX);
    (f64::from(lines) * LINE + AROUND).min(MOST)
}

/// How many lines words take in a column of so many figures, rather one too many.
fn lines(words: &str, width: usize) -> usize {
    // Letters are a little narrower than the figures in which widths are given.
    let width = width + width / 8;
    let mut lines = 0;
    for line in words.lines() {
        lines += 1;
        let mut taken = 0;
        for word in line.split(' ') {
            // Letters of scripts that are written in squares are about twice as wide.
            let long: usize =
                word.chars().map(|letter| if letter < '\u{1100}' { 1 } else { 2 }).sum();
            if taken > 0 && taken + 1 + long > width {
                lines += 1;
                taken = 0;
            }
            taken += usize::from(taken > 0) + long;
            lines += taken / (width + 1);
            taken %= width + 1;
        }
    }
    lines.max(1)
}

/// How it reads on screen and on paper: the headings stay in sight, and each page has all columns.
fn page(sheet: &mut Worksheet, position: &Position) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape();
    sheet.set_paper_size(A4);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3);
    // In a head, `&` begins a code; two of them are one.
    let title: String = title(position).chars().take(HEAD_MAX).collect();
    sheet.set_header(format!("&L&\"Arial,Bold\"{}", writable(&title).replace('&', "&&")));
    sheet.set_footer("&RPage &P of &N");
    Ok(())
}

fn last_place(columns: &[Column]) -> u16 {
    u16::try_from(columns.len().saturating_sub(1)).unwrap_or_default()
}

/// How cells look.
struct Looks {
    heading: Format,
    words: Format,
    /// Words that Excel would take for a formula once somebody edits the cell, but for this.
    guarded: Format,
    day: Format,
    count: Format,
}

impl Looks {
    fn new() -> Self {
        let plain = Format::new().set_font_name("Arial").set_font_size(10);
        let cell = plain
            .clone()
            .set_align(FormatAlign::Top)
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0x00BF_BFBF));
        let words = cell.clone().set_text_wrap();
        Self {
            heading: plain
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_font_color(Color::White)
                .set_background_color(Color::RGB(0x001F_3864))
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0x00BF_BFBF)),
            guarded: words.clone().set_quote_prefix(),
            day: cell.clone().set_num_format("d mmm yyyy").set_align(FormatAlign::Left),
            count: cell.set_align(FormatAlign::Left),
            words,
        }
    }

    fn put(
        &self,
        sheet: &mut Worksheet,
        (row, place): (u32, u16),
        cell: Cell,
    ) -> Result<(), XlsxError> {
        match cell {
            Cell::Words(words) if words.is_empty() => {
                sheet.write_blank(row, place, &self.words)?;
            }
            Cell::Words(words) => {
                let look = if is_formula(&words) { &self.guarded } else { &self.words };
                sheet.write_string_with_format(row, place, fitting(words), look)?;
            }
            Cell::Day(day) if is_excels(day) => {
                sheet.write_date_with_format(row, place, day, &self.day)?;
            }
            Cell::Day(day) => {
                sheet.write_string_with_format(row, place, day.to_string(), &self.words)?;
            }
            Cell::Count(count) => {
                sheet.write_number_with_format(row, place, count, &self.count)?;
            }
        }
        Ok(())
    }
}

/// Whether Excel has the day: its calendar is from 1900 to 9999.
fn is_excels(day: NaiveDate) -> bool {
    use chrono::Datelike;
    (1901..=9999).contains(&day.year())
}

/// Words that fit a cell.
fn fitting(words: String) -> String {
    const END: &str = "… (shortened: a cell holds no more)";
    if words.encode_utf16().count() <= CELL_MAX {
        return words;
    }
    let mut room = CELL_MAX - END.encode_utf16().count();
    let fits = |letter: &char| match room.checked_sub(letter.len_utf16()) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    };
    let mut kept: String = words.chars().take_while(fits).collect();
    kept.push_str(END);
    kept
}
