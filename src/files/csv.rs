//! Comma-separated text, as spreadsheets write it: a byte order mark, semicolons or tabs are fine.

use crate::files::table::ROWS_MAX;
use crate::files::table::Refusal;
use crate::files::table::Row;
use crate::files::table::Table;
use crate::files::table::column_letters;

const MARK: &[u8] = b"\xef\xbb\xbf";

/// The table in a file of that name.
pub fn read(file: &str, bytes: &[u8]) -> Result<Table, Refusal> {
    let text = bytes.strip_prefix(MARK).unwrap_or(bytes);
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text);
    let mut table = Table { file: file.to_owned(), rows: Vec::new() };
    let mut record = ::csv::ByteRecord::new();
    let mut number = 0;
    // Reading from memory cannot fail; if it did, it would end like a file that ends.
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let start = record.position().map_or(0, ::csv::Position::byte);
        number += blank_lines(text, usize::try_from(start).unwrap_or(text.len())) + 1;
        let row = Row { number, cells: cells(file, number, &record)? };
        if table.rows.len() == ROWS_MAX {
            return Err(Refusal::TooLong { file: file.to_owned() });
        }
        if !row.is_blank() {
            table.rows.push(row);
        }
    }
    if table.rows.is_empty() {
        return Err(Refusal::Empty { file: file.to_owned() });
    }
    refuse_open_quotation(&table, text)?;
    Ok(table)
}

/// What parts the cells: whichever of comma, semicolon and tab stands most often in the first line
/// outside quotation marks.
fn delimiter(text: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    let first = text.iter().skip_while(|byte| byte.is_ascii_whitespace());
    for byte in first {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                for (delimiter, count) in &mut counts {
                    *count += usize::from(delimiter == byte);
                }
            }
        }
    }
    // The first of those that stand equally often wins: the comma.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}

/// How many blank lines stand before a record: the csv crate skips them, a spreadsheet counts them.
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

fn cells(file: &str, row: usize, record: &::csv::ByteRecord) -> Result<Vec<String>, Refusal> {
    let read = |(column, cell): (usize, &[u8])| {
        let cell = std::str::from_utf8(cell).ok().filter(|cell| !cell.contains('\0'));
        cell.map(str::to_owned).ok_or_else(|| Refusal::NotText {
            file: file.to_owned(),
            row,
            column: column_letters(column),
        })
    };
    record.iter().enumerate().map(read).collect()
}

/// An odd number of quotation marks, and a last cell that runs over lines, is one left open.
fn refuse_open_quotation(table: &Table, text: &[u8]) -> Result<(), Refusal> {
    let marks = text.split(|byte| *byte == b'"').count() - 1;
    let Some(row) = table.rows.last().filter(|_| marks % 2 == 1) else {
        return Ok(());
    };
    let last = row.cells.len().saturating_sub(1);
    if !row.cells.last().is_some_and(|cell| cell.contains(['\n', '\r'])) {
        return Ok(());
    }
    Err(Refusal::OpenQuotation {
        file: table.file.clone(),
        row: row.number,
        column: column_letters(last),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<usize> {
        let table = read("plan.csv", text.as_bytes()).expect("it is a table");
        table.rows.iter().map(|row| row.number).collect()
    }

    fn refusal(bytes: &[u8]) -> String {
        read("plan.csv", bytes).expect_err("it is no table").to_string()
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        assert_eq!(numbers("a,b\n1,2\n3,4"), [1, 2, 3]);
        assert_eq!(numbers("\n\na,b\n\n1,2\n"), [3, 5]);
        assert_eq!(numbers("a,b\r\n\r\n1,\"x\r\ny\"\r\n3,4\r\n"), [1, 3, 4]);
        assert_eq!(numbers("a,b\n,\n1,\"x\n\ny\"\n\n3,4"), [1, 3, 5]);
        assert_eq!(numbers("a,b\r1,2\r\r3,4"), [1, 2, 4]);
    }

    #[test]
    fn semicolons_tabs_and_a_byte_order_mark_are_fine() {
        for text in ["No,Lead, \"a\"", "\u{feff}No;Lead; \"a\"", "No\tLead\t \"a\""] {
            let table = read("plan.csv", text.as_bytes()).expect("it is a table");
            assert_eq!(table.rows[0].cells[..2], ["No", "Lead"], "{text}");
        }
        let table = read("plan.csv", b"\"a;b;c\",d\n").expect("it is a table");
        assert_eq!(table.rows[0].cells, ["a;b;c", "d"]);
    }

    #[test]
    fn a_broken_file_gets_a_sentence_that_names_the_place() {
        assert!(refusal(b"").starts_with("plan.csv is empty"));
        assert!(refusal(b"\n , \n").starts_with("plan.csv is empty"));
        let binary = refusal(b"a,b\n\n1,caf\xe9\n");
        assert!(binary.starts_with("plan.csv, row 3, column B: this is not readable"), "{binary}");
        let open = refusal(b"a,b,c\n1,\"never closed,2\n3,4,5\n");
        assert!(open.starts_with("plan.csv, row 2, column B: a quotation mark opens"), "{open}");
    }

    #[test]
    fn more_rows_than_the_limit_are_refused() {
        let text = "a,b\n".repeat(ROWS_MAX + 1);
        assert!(refusal(text.as_bytes()).contains("more than 20000 rows"));
    }

    proptest::proptest! {
        #[test]
        fn reading_is_total(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            if let Ok(table) = read("plan.csv", &bytes) {
                proptest::prop_assert!(!table.rows.is_empty());
            }
        }
    }
}
