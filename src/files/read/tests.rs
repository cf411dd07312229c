//! What holds for files of every kind.

use proptest::collection::vec;
use proptest::num::u8::ANY;
use proptest::prop_assert;
use proptest::sample::Index;
use proptest::sample::select;

use super::*;
use crate::files::document::Part;
use crate::files::document::Table;
use crate::files::read::sample::docx;
use crate::files::read::sample::packed;
use crate::files::read::sample::xlsx;

/// A small file of each kind, with the same table in it.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let sheet = "<sheetData><row><c t='str'><v>No</v></c><c t='str'><v>Lead</v></c></row>\
        <row><c><v>1</v></c><c t='inlineStr'><is><t>CPEG</t></is></c></row></sheetData>\
        <mergeCells><mergeCell ref='D1:D2'/></mergeCells>";
    let cell = |words| format!("<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>");
    let table = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell("No"),
        cell("Lead"),
        cell("1"),
        cell("CPEG")
    );
    let ods = "<document-content><body><spreadsheet><table name='Plan'>\
        <table-row><table-cell><p>No</p></table-cell><table-cell><p>Lead</p></table-cell></table-row>\
        <table-row><table-cell><p>1</p></table-cell><table-cell><p>CPEG</p></table-cell></table-row>\
        </table></spreadsheet></body></document-content>";
    let wide: Vec<u8> = "No,Lead\n1,CPEG\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        ("plan.csv", b"No,Lead\r\n1,CPEG\r\n".to_vec()),
        ("plan.tsv", b"No\tLead\n1\tCPEG\n".to_vec()),
        ("plan.psv", b"No|Lead\n1|CPEG\n".to_vec()),
        ("plan.ssv", b"sep=;\nNo;Lead\n1;\"CPEG\"\n".to_vec()),
        ("wide.csv", wide),
        ("plan.md", b"| No | Lead |\n|---|---|\n| 1 | CPEG |\n".to_vec()),
        ("plan.txt", b"No\tLead\n1\tCPEG\n".to_vec()),
        ("spaced.txt", b"No   Lead\n1    CPEG\n     \n".to_vec()),
        ("plan.xlsx", xlsx(sheet, &[])),
        ("plan.docx", docx(&table, &[])),
        ("plan.ods", packed(&[("content.xml", ods)])),
    ]
}

fn tables(document: &Document) -> Vec<&Table> {
    let mut tables = Vec::new();
    for part in &document.parts {
        if let Part::Table(table) = part {
            tables.push(table);
        }
    }
    tables
}

#[test]
fn the_same_table_reads_the_same_in_every_format_and_under_any_name() {
    for (name, bytes) in samples().iter().filter(|(name, _)| *name != "spaced.txt") {
        for name in [name, "plan.txt", "plan", "plan.doc", "plan.xls"] {
            // Two lines of two words with a comma between may be prose, unless the name says.
            if bytes.starts_with(b"No,") && name != "plan.csv"
                || bytes[1] == 0 && name != "wide.csv"
            {
                continue;
            }
            let document = read(name, bytes).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
            let [table] = tables(&document)[..] else { panic!("{name}: it holds one table") };
            let cells: Vec<Vec<&str>> = table
                .rows
                .iter()
                .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect())
                .collect();
            assert_eq!(cells, [["No", "Lead"], ["1", "CPEG"]], "{name}");
            assert_eq!(document.doubts, Vec::<String>::new(), "{name}");
        }
    }
}

#[test]
fn a_file_that_is_too_big_or_of_another_kind_gets_a_sentence() {
    let check = |bytes: &[u8], expected: &str| {
        let refusal = read("plan", bytes).expect_err(expected).to_string();
        assert!(refusal.starts_with(expected), "{refusal}");
    };
    let large = vec![b'a'; usize::try_from(FILE_BYTES_MAX).unwrap() + 1];
    check(&large, "plan is larger than 10 MB. ");
    check(b"", "plan is empty");
    check(b"  \n\n", "plan is empty");
    check(&packed(&[("ppt/presentation.xml", "<p/>")]), "plan is a presentation");
    check(&packed(&[("xl/workbook.bin", "")]), "plan is a binary Excel workbook");
    check(&packed(&[("Index/Document.iwa", "")]), "plan is a Pages or Numbers file");
    check(&packed(&[("plan.csv", "a,b")]), "plan is a packed file");
    let text = "<document-content><body><text/></body></document-content>";
    check(&packed(&[("content.xml", text)]), "plan is an OpenDocument text");
    let locked = [("META-INF/manifest.xml", "<encryption-data/>"), ("content.xml", "?")];
    check(&packed(&locked), "plan is locked with a password");
    let macros =
        "<Types><Override ContentType='application/vnd.ms-word.document.macroEnabled'/></Types>";
    let parts = [("[Content_Types].xml", macros), ("word/document.xml", "<document/>")];
    check(&packed(&parts), "plan holds macros");
    let bomb = format!("<document>{}</document>", " ".repeat(8 * 1024 * 1024));
    check(&packed(&[("word/document.xml", &bomb)]), "plan unpacks to far more");
    check("a\n1\0".as_bytes(), "plan, line 2: this is not readable text");
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(ANY, 0..300)) {
        for name in ["plan", "plan.csv", "plan.md"] {
            if let Ok(document) = read(name, &bytes) {
                prop_assert!(!document.parts.is_empty());
            }
        }
    }

    #[test]
    fn a_file_cut_anywhere_is_read_or_refused(
        (name, bytes) in select(samples()),
        cut in proptest::arbitrary::any::<Index>(),
    ) {
        let _ = read(name, &bytes[..cut.index(bytes.len())]);
    }

    #[test]
    fn a_file_with_bytes_turned_is_read_or_refused(
        (name, mut bytes) in select(samples()),
        turned in vec((proptest::arbitrary::any::<Index>(), ANY), 1..6),
    ) {
        for (at, byte) in turned {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(name, &bytes);
    }

    #[test]
    fn a_part_with_bytes_turned_is_read_or_refused(
        turned in vec((proptest::arbitrary::any::<Index>(), ANY), 1..6),
    ) {
        // Packed anew, so that the fault is met by the reader and not by the container's checksum.
        let mut sheet = b"<worksheet><sheetData><row r='1'><c r='A1' s='1'><v>44286</v></c></row></sheetData>\
            <mergeCells><mergeCell ref='A1:B2'/></mergeCells></worksheet>".to_vec();
        for (at, byte) in turned {
            let at = at.index(sheet.len());
            sheet[at] = byte & 0x7f;
        }
        let sheet = String::from_utf8(sheet).expect("it is ASCII");
        let bytes = xlsx("", &[("xl/worksheets/sheet3.xml", &sheet), (
            "xl/workbook.xml",
            "<workbook><sheets><sheet id='rId3'/></sheets></workbook>",
        )]);
        let _ = read("plan.xlsx", &bytes);
    }
}
