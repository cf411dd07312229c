//! Small Office files for tests, made from the parts a test writes out.

use std::fmt::Write as _;
use std::io::Cursor;
use std::io::Write as _;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::files::document::Document;
use crate::files::document::Part;

/// A container with those parts.
pub(super) fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in parts {
        writer.start_file(*path, SimpleFileOptions::default()).expect("a part begins");
        writer.write_all(text.as_bytes()).expect("a part is written");
    }
    writer.finish().expect("the container ends").into_inner()
}

/// A Word document with that in its body, and what else it has.
pub(super) fn docx(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    let mut parts = vec![("word/document.xml", document.as_str())];
    parts.extend(others);
    packed(&parts)
}

/// A workbook with one sheet of that data, and what else it has.
pub(super) fn xlsx(sheet: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let sheet = format!("<worksheet>{sheet}</worksheet>");
    let mut parts = vec![("xl/worksheets/sheet1.xml", sheet.as_str())];
    parts.extend(others);
    if !others.iter().any(|(path, _)| *path == "xl/workbook.xml") {
        let book =
            "<workbook><sheets><sheet name='Plan' sheetId='1' id='rId1'/></sheets></workbook>";
        parts.push(("xl/workbook.xml", book));
    }
    let relations = "<Relationships>\
        <Relationship Id='rId1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>\
        <Relationship Id='rId2' Type='x/worksheet' Target='worksheets/sheet2.xml'/>\
        <Relationship Id='rId3' Type='x/worksheet' Target='/xl/worksheets/sheet3.xml'/>\
        <Relationship Id='rId8' Type='x/styles' Target='styles.xml'/>\
        <Relationship Id='rId9' Type='x/sharedStrings' Target='sharedStrings.xml'/>\
        </Relationships>";
    parts.push(("xl/_rels/workbook.xml.rels", relations));
    packed(&parts)
}

/// Everything with its place: `^` where a cell goes on from above, `?` before a cell's doubt, `!`
/// before one of the whole.
pub(super) fn shown(document: &Document) -> String {
    let mut shown = String::new();
    for part in &document.parts {
        match part {
            Part::Line(line) => writeln!(shown, "{}: {}", line.at, line.text).expect("it is text"),
            Part::Table(table) => {
                for row in &table.rows {
                    write!(shown, "{}:", row.at).expect("it is text");
                    for cell in &row.cells {
                        let above = if cell.continues { "^" } else { "" };
                        let doubt = if cell.doubt.is_empty() { "" } else { " ? " };
                        write!(shown, " {:?}{above}{doubt}{}", cell.text, cell.doubt)
                            .expect("it is text");
                    }
                    shown.push('\n');
                }
            }
        }
    }
    for doubt in &document.doubts {
        writeln!(shown, "! {doubt}").expect("it is text");
    }
    shown
}
