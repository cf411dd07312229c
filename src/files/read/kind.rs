//! What a file is, by what it begins with: its name may say anything.

use crate::files::read::refusal::Refusal;

const TABLE: &str =
    "Send the plan's table as a Word document (.docx), an Excel workbook (.xlsx) or CSV.";
const UNPACK: &str = "Unpack it and send the file with the plan's table.";
const AS_XLSX: &str = "Open it in Excel, save it as \"Excel Workbook (.xlsx)\" and send that.";
const AS_DOCX: &str = "Open it in Word, save it as \"Word Document (.docx)\" and send that.";
const OF_PDF: &str = "Send the Word document or the spreadsheet it was made from, \
     or select the table, copy it and send it as a text file.";

/// What files that are not text begin with, from which byte, what they are and what helps.
const BEGINNINGS: &[(usize, &[u8], &str, &str)] = &[
    (0, b"%PDF", "a PDF", OF_PDF),
    (0, b"\x89PNG", "a picture", TABLE),
    (0, b"\xff\xd8\xff", "a picture", TABLE),
    (0, b"GIF8", "a picture", TABLE),
    (0, b"II*\0", "a picture", TABLE),
    (0, b"MM\0*", "a picture", TABLE),
    (8, b"WEBP", "a picture", TABLE),
    (4, b"ftyp", "a picture or a film", TABLE),
    (0, b"{\\rtf", "Rich Text", AS_DOCX),
    (0, b"\x1f\x8b", "a packed file", UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "a packed file", UNPACK),
    (0, b"Rar!", "a packed file", UNPACK),
];

/// What an Office file from before 2007, or a locked one, is by the streams named in it.
const STREAMS: &[(&str, &str, &str)] = &[
    ("WordDocument", "an old Word document (.doc)", AS_DOCX),
    ("Workbook", "an old Excel workbook (.xls)", AS_XLSX),
    ("Book", "an old Excel workbook (.xls)", AS_XLSX),
    ("PowerPoint Document", "a presentation", TABLE),
    ("__nameid_version1.0", "an e-mail", "Send the file that was attached to it."),
];

/// How a packed file begins, which every newer Office file is.
const PACKED: &[u8] = b"PK";

/// How an Office file from before 2007, or a locked one, begins.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Control characters among this many are a sign of no text at all.
const CONTROLS_IN: usize = 50;

/// What kind of file the bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A container, as newer Office files are.
    Package,
    /// Letters, in whatever encoding.
    Text,
}

impl Kind {
    /// The kind of the bytes of a file, or why it cannot be read.
    pub(super) fn of(file: &str, bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.starts_with(PACKED) && bytes.get(2).is_some_and(|byte| *byte < b' ') {
            return Ok(Self::Package);
        }
        if bytes.starts_with(COMPOUND) {
            return Err(compound(file, bytes));
        }
        let begins =
            |at: usize, mark: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(mark));
        match BEGINNINGS.iter().find(|(at, mark, ..)| begins(*at, mark)) {
            Some((_, _, what, instead)) => Err(foreign(file, what, instead)),
            None => Ok(Self::Text),
        }
    }
}

/// What a name ends in after its last full stop, in lower case.
pub(super) fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}

/// Refuses text that is written for a program: web pages, and what is not text at all.
pub(super) fn refuse_markup(file: &str, text: &str) -> Result<(), Refusal> {
    let start = text.trim_start();
    let opening: String = start.chars().take(64).flat_map(char::to_lowercase).collect();
    let is_page = ["<!doctype html", "<html", "<table", "<meta", "<head", "<body"];
    if is_page.iter().any(|tag| opening.starts_with(tag)) {
        let instead = "Open it in Excel or Word, save it as a workbook (.xlsx) or a document \
             (.docx) and send that.";
        return Err(foreign(file, "a web page", instead));
    }
    if opening.starts_with("<?xml") {
        return Err(foreign(file, "XML", AS_XLSX));
    }
    let is_control = |letter: &char| letter.is_control() && !letter.is_ascii_whitespace();
    let controls = text.chars().filter(is_control).count();
    // A few stray ones are named by their row; a file full of them is no text.
    if controls > CONTROLS_IN && controls * CONTROLS_IN > text.chars().count() {
        return Err(foreign(file, "a file of a kind I do not know", TABLE));
    }
    Ok(())
}

/// The refusal of a file that is something else.
pub(super) fn foreign(file: &str, what: &'static str, instead: &'static str) -> Refusal {
    Refusal::Foreign { file: file.to_owned(), what, instead }
}

/// The refusal of an Office file whose parts are those of no text or table.
pub(super) fn foreign_package(file: &str, names: &[&str]) -> Refusal {
    let has = |path: &str| names.iter().any(|name| name.starts_with(path));
    let (what, instead) = if has("xl/workbook.bin") {
        ("a binary Excel workbook", AS_XLSX)
    } else if has("ppt/") {
        ("a presentation", TABLE)
    } else if has("Index/") || has("Index.zip") || has("index.xml") {
        ("a Pages or Numbers file", "Export it to Word or Excel and send that.")
    } else if has("content.xml") {
        ("an OpenDocument text", AS_DOCX)
    } else {
        ("a packed file", UNPACK)
    };
    foreign(file, what, instead)
}

fn compound(file: &str, bytes: &[u8]) -> Refusal {
    let holds = |name: &str| {
        let stream: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(stream.len()).any(|window| window == stream)
    };
    if holds("EncryptedPackage") {
        return Refusal::Locked { file: file.to_owned() };
    }
    match STREAMS.iter().find(|(name, ..)| holds(name)) {
        Some((_, what, instead)) => foreign(file, what, instead),
        None => foreign(file, "an old Office file", TABLE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_table_is_named_and_what_to_send_instead() {
        let check = |bytes: &[u8], expected: &str| {
            let text = String::from_utf8_lossy(bytes);
            let refused = Kind::of("plan", bytes).and_then(|_| refuse_markup("plan", &text));
            let refusal = refused.expect_err(expected).to_string();
            assert!(refusal.starts_with(&format!("plan is {expected}")), "{refusal}");
        };
        let ole = |name: &str| {
            let stream: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            [COMPOUND, &[0; 64], &stream].concat()
        };
        check(b"%PDF-1.7 ...", "a PDF, which I cannot read. Send the Word document");
        check(b"\x89PNG\r\n\x1a\n", "a picture");
        check(b"RIFF\x10\0\0\0WEBPVP8 ", "a picture");
        check(b"\0\0\0\x18ftypheic", "a picture");
        check(b"{\\rtf1\\ansi", "Rich Text");
        check(b"  <!DOCTYPE html><html>", "a web page");
        check(b"<?xml version='1.0'?><Workbook/>", "XML");
        check(
            &ole("WordDocument"),
            "an old Word document (.doc), which I cannot read. Open it in Word",
        );
        check(&ole("Workbook"), "an old Excel workbook (.xls)");
        check(&ole("EncryptedPackage"), "locked with a password");
        check(&[1; 100], "a file of a kind I do not know");
    }

    #[test]
    fn a_text_that_only_begins_like_something_else_is_text() {
        for text in ["PK,Lead\n1,2", "", "a", "<b>bold</b> words"] {
            assert_eq!(Kind::of("plan", text.as_bytes()), Ok(Kind::Text), "{text}");
            assert_eq!(refuse_markup("plan", text), Ok(()));
        }
    }
}
