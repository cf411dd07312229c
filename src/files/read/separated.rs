//! Tables as text, with a mark between the cells: comma, semicolon, tab or pipe.

use csv::Position;
use csv::ReaderBuilder;
use csv::StringRecord;

use crate::files::document::Cell;
use crate::files::document::Document;
use crate::files::document::Place;
use crate::files::formula::unguarded;
use crate::files::read::gathering::Gathering;
use crate::files::read::kind::ending;
use crate::files::read::refusal::Refusal;
use crate::files::read::refusal::Spot;

/// The marks that are told, likelier ones first.
const MARKS: [char; 4] = [',', ';', '\t', '|'];

/// How many records are looked at to tell the mark.
const LOOK: usize = 50;

/// The endings of names of such files.
const ENDINGS: [&str; 5] = ["csv", "tsv", "tab", "psv", "ssv"];

/// What parts the cells of a text, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sniffed {
    mark: char,
    /// The cells that most records have.
    width: usize,
    /// How many records have that many, of how many.
    alike: usize,
    records: usize,
}

/// Whether a text is such a table by its name, or, whatever its name, because nearly all of its
/// records have the same cells.
pub(super) fn is_separated(name: &str, text: &str) -> bool {
    if ENDINGS.contains(&ending(name).as_str()) || declared(text).is_some() {
        return true;
    }
    let Some(sniffed) = sniff(text) else {
        return false;
    };
    // Two sentences may well have a comma each.
    let is_table = sniffed.width > 2 || sniffed.mark != ',';
    let is_alike = sniffed.alike > 1 && sniffed.alike * 5 >= sniffed.records * 4;
    // Text with tabs is read as it stands, unless quotation marks hold line breaks together.
    let is_quoted = sniffed.mark != '\t' || text.contains("\t\"") || text.contains("\n\"");
    is_table && is_alike && is_quoted
}

/// Reads the table of a file of that name.
pub(super) fn read(file: &str, text: &str) -> Result<Document, Refusal> {
    let (text, mark) = match declared(text) {
        Some((mark, rest)) => (rest, Some(mark)),
        None => (text, None),
    };
    let sniffed = sniff(text);
    let mark = mark.or_else(|| sniffed.map(|sniffed| sniffed.mark)).unwrap_or(',');
    let width = sniffed.map_or(1, |sniffed| sniffed.width);
    let mut gathering = Gathering::of(file);
    let mut reader = reader(text, mark);
    let mut record = StringRecord::new();
    let (mut number, mut last) = (0, None);
    // The text is in memory and is text: reading it cannot fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        let start = record.position().map_or(0, Position::byte);
        let start = usize::try_from(start).unwrap_or(text.len());
        number += blank_lines(text.as_bytes(), start) + 1;
        let cells = record.iter().map(|words| cell(words, mark, width));
        gathering.row(Place::row(number), cells)?;
        last = Some((number, start));
    }
    if let Some((number, start)) = last {
        refuse_open_quotation(file, number, &text[start..], mark)?;
    }
    gathering.finish()
}

/// Excel's own first line `sep=;`, which is no row, and the text after it.
fn declared(text: &str) -> Option<(char, &str)> {
    let start = text.get(..4).filter(|start| start.eq_ignore_ascii_case("sep="));
    let rest = start.and_then(|_| text.get(4..))?;
    let mark = rest.chars().next().filter(char::is_ascii)?;
    let rest = &rest[1..];
    let after = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r']));
    after
        .filter(|_| mark != '"' && !mark.is_ascii_control() || mark == '\t')
        .map(|rest| (mark, rest))
}

/// What parts the cells: the mark by which most records have the same cells, and then more of them.
fn sniff(text: &str) -> Option<Sniffed> {
    let sniffed = MARKS.into_iter().filter_map(|mark| {
        let mut widths: Vec<usize> = Vec::new();
        let mut reader = reader(text, mark);
        let mut record = StringRecord::new();
        while widths.len() < LOOK && reader.read_record(&mut record).unwrap_or(false) {
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                widths.push(record.len());
            }
        }
        let alike = |width: usize| widths.iter().filter(|other| **other == width).count();
        let parted = widths.iter().copied().filter(|width| *width > 1);
        let width = parted.max_by_key(|width| (alike(*width), *width))?;
        Some(Sniffed { mark, width, alike: alike(width), records: widths.len() })
    });
    // The first of equals wins, so they are compared from the last.
    let sniffed: Vec<Sniffed> = sniffed.collect();
    sniffed.into_iter().rev().max_by_key(|sniffed| (sniffed.alike, sniffed.width))
}

fn reader(text: &str, mark: char) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(mark).unwrap_or(b','))
        .from_reader(text.as_bytes())
}

/// A cell's words, out of the `="0012"` by which Excel is kept from taking them for a number.
fn cell(words: &str, mark: char, width: usize) -> Cell {
    let inner = words.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    if let Some(inner) = inner.filter(|inner| !inner.replace("\"\"", "").contains('"')) {
        return inner.replace("\"\"", "\"").into();
    }
    // Two quotation marks that belong to others may hold rows between them.
    let is_row = |line: &str| line.matches(mark).count() + 1 >= width;
    let holds_rows = width > 2 && words.contains(['\n', '\r']) && words.lines().skip(1).any(is_row);
    let doubt = if holds_rows {
        "This cell seems to hold whole rows of the table. Look for a quotation mark that is never closed."
    } else {
        ""
    };
    // What we write for spreadsheets has an apostrophe before what they would run.
    Cell { text: unguarded(words).to_owned(), continues: false, doubt: doubt.to_owned() }
}

/// How many blank lines stand before a record: they are skipped, and a spreadsheet counts them.
fn blank_lines(text: &[u8], start: usize) -> usize {
    let mut rest = text.get(start..).unwrap_or_default();
    let after_return = start > 0 && text.get(start - 1) == Some(&b'\r');
    if after_return && rest.first() == Some(&b'\n') {
        rest = &rest[1..];
    }
    let mut lines = 0;
    loop {
        rest = match rest {
            [b'\r', b'\n', after @ ..] | [b'\r' | b'\n', after @ ..] => after,
            _ => return lines,
        };
        lines += 1;
    }
}

/// Refuses a last record whose quotation runs over lines to the end of the file.
fn refuse_open_quotation(file: &str, row: usize, record: &str, mark: char) -> Result<(), Refusal> {
    let (mut column, mut quoted, mut at_start) = (0, None, true);
    let mut letters = record.trim_start_matches(['\r', '\n']).char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' if quoted.is_none() && at_start => quoted = Some(at),
            // Written twice, it belongs to the words.
            '"' if quoted.is_some() && letters.next_if(|(_, next)| *next == '"').is_none() => {
                quoted = None;
            }
            _ if quoted.is_none() && letter == mark => {
                column += 1;
                at_start = true;
                continue;
            }
            _ => {}
        }
        at_start = false;
    }
    let swallowed = quoted.and_then(|at| record.get(at..)).unwrap_or_default();
    if !swallowed.trim_end().contains(['\n', '\r']) {
        return Ok(());
    }
    Err(Refusal::OpenQuotation {
        spot: Spot { file: file.to_owned(), at: Place::row(row), column },
    })
}

#[cfg(test)]
mod tests;
