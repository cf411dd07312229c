//! The container that a newer Office file is, unpacked part by part and never beyond the limits.

use std::io::Cursor;
use std::io::Read;

use encoding_rs::Encoding;
use encoding_rs::UTF_8;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::files::read::limit::ENTRIES_MAX;
use crate::files::read::limit::RATIO_MAX;
use crate::files::read::limit::UNPACKED_FREE;
use crate::files::read::limit::UNPACKED_MAX;
use crate::files::read::refusal::Refusal;
use crate::files::read::xml::Element;

/// An Office file.
pub(super) struct Package<'a> {
    file: &'a str,
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The bytes that may still be unpacked.
    left: usize,
}

impl<'a> Package<'a> {
    /// Opens the container; nothing is unpacked yet.
    pub(super) fn open(file: &'a str, bytes: &'a [u8]) -> Result<Self, Refusal> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| broken(file, "it is cut short, or was never whole"))?;
        if archive.len() > ENTRIES_MAX {
            return Err(Refusal::TooFull { file: file.to_owned() });
        }
        let allowed = bytes.len().saturating_mul(RATIO_MAX).max(UNPACKED_FREE);
        Ok(Self { file, archive, left: allowed.min(UNPACKED_MAX) })
    }

    /// The file's name.
    pub(super) fn file(&self) -> &'a str {
        self.file
    }

    /// The paths of its parts.
    pub(super) fn names(&self) -> Vec<&str> {
        let places = 0..self.archive.len();
        places.filter_map(|place| name_at(&self.archive, place)).collect()
    }

    /// Whether it has a part of that path, whatever the capitals.
    pub(super) fn has(&self, path: &str) -> bool {
        self.place(path).is_some()
    }

    /// The text of a part; none where there is no such part.
    pub(super) fn text(&mut self, path: &str) -> Result<Option<String>, Refusal> {
        let Some(place) = self.place(path) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        // What is declared is not believed: one byte more than is allowed is read, and is a bomb.
        let limit = u64::try_from(self.left).unwrap_or(u64::MAX).saturating_add(1);
        let entry =
            self.archive.by_index(place).map_err(|error| refusal(self.file, path, &error))?;
        let read = entry.take(limit).read_to_end(&mut bytes);
        if bytes.len() > self.left {
            return Err(Refusal::Bomb { file: self.file.to_owned() });
        }
        read.map_err(|_| unreadable(self.file, path))?;
        self.left -= bytes.len();
        let (encoding, mark) = Encoding::for_bom(&bytes).unwrap_or((UTF_8, 0));
        if encoding == UTF_8 {
            bytes.drain(..mark);
            return String::from_utf8(bytes).map(Some).map_err(|_| unreadable(self.file, path));
        }
        let (text, is_damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
        if is_damaged { Err(unreadable(self.file, path)) } else { Ok(Some(text.into_owned())) }
    }

    /// The root element of a part; none where there is no such part.
    pub(super) fn xml(&mut self, path: &str) -> Result<Option<Element>, Refusal> {
        let file = self.file;
        self.text(path)?.map(|text| Element::parse(file, path, &text)).transpose()
    }

    /// The first bytes of a part, at most so many; none where it cannot be read.
    pub(super) fn glimpse(&mut self, path: &str, length: usize) -> Vec<u8> {
        let length = length.min(self.left);
        let mut bytes = Vec::new();
        if let Some(entry) = self.place(path).and_then(|place| self.archive.by_index(place).ok()) {
            let limit = u64::try_from(length).unwrap_or(u64::MAX);
            // What could be read before a fault is a glimpse still.
            let _ = entry.take(limit).read_to_end(&mut bytes);
        }
        self.left -= bytes.len().min(self.left);
        bytes
    }

    /// The parts that a part refers to.
    pub(super) fn relations(&mut self, of: &str) -> Result<Vec<Relation>, Refusal> {
        let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
        let Some(root) = self.xml(join(folder, &format!("_rels/{name}.rels")).as_str())? else {
            return Ok(Vec::new());
        };
        let relation = |element: &Element| {
            let target = element.attribute("Target")?;
            let path = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => join(folder, target),
            };
            Some(Relation {
                id: element.attribute("Id")?.to_owned(),
                kind: element.attribute("Type")?.rsplit('/').next().unwrap_or_default().to_owned(),
                path,
            })
        };
        Ok(root.children().filter_map(relation).collect())
    }

    fn place(&self, path: &str) -> Option<usize> {
        let same = |place: &usize| {
            name_at(&self.archive, *place)
                .is_some_and(|name| name.replace('\\', "/").eq_ignore_ascii_case(path))
        };
        (0..self.archive.len()).find(same)
    }
}

/// A part that another refers to.
pub(super) struct Relation {
    /// What the other calls it.
    pub(super) id: String,
    /// The last word of its type, such as `styles`.
    pub(super) kind: String,
    /// Where it is.
    pub(super) path: String,
}

/// The refusal of a damaged file.
pub(super) fn broken(file: &str, what: &str) -> Refusal {
    Refusal::Broken { file: file.to_owned(), what: what.to_owned() }
}

fn unreadable(file: &str, path: &str) -> Refusal {
    broken(file, &format!("its part {path} cannot be read"))
}

fn refusal(file: &str, path: &str, error: &ZipError) -> Refusal {
    match error {
        ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            Refusal::Locked { file: file.to_owned() }
        }
        _ => unreadable(file, path),
    }
}

fn name_at<'a>(archive: &'a ZipArchive<Cursor<&[u8]>>, place: usize) -> Option<&'a str> {
    match archive.name_for_index(place)? {
        Ok(std::borrow::Cow::Borrowed(name)) => Some(name),
        _ => None,
    }
}

/// A path from a folder, with `..` taken out.
fn join(folder: &str, path: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    for step in folder.split('/').chain(path.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            _ => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::read::sample::packed;

    #[test]
    fn a_bomb_is_stopped_while_it_unpacks() {
        let zeros = "0".repeat(UNPACKED_FREE * 8);
        let bytes = packed(&[("a.xml", &zeros)]);
        assert!(bytes.len() * RATIO_MAX < zeros.len());
        let mut package = Package::open("plan.docx", &bytes).expect("it opens");
        assert_eq!(package.text("a.xml"), Err(Refusal::Bomb { file: "plan.docx".into() }));
    }

    #[test]
    fn many_parts_that_unpack_to_little_each_are_a_bomb_together() {
        let zeros = "0".repeat(UNPACKED_FREE / 2);
        let bytes = packed(&[("a", &zeros), ("b", &zeros), ("c", &zeros)]);
        let mut package = Package::open("plan.docx", &bytes).expect("it opens");
        assert!(package.text("a").is_ok() && package.text("b").is_ok());
        assert!(matches!(package.text("c"), Err(Refusal::Bomb { .. })));
    }

    #[test]
    fn a_part_is_found_from_the_one_that_refers_to_it() {
        let check = |folder, path, expected| assert_eq!(join(folder, path), expected);
        check("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml");
        check("xl/worksheets", "../styles.xml", "xl/styles.xml");
        check("", "./word/document.xml", "word/document.xml");
        check("xl", "../../../styles.xml", "styles.xml");
    }

    #[test]
    fn more_parts_than_any_document_has_are_refused() {
        let names: Vec<String> = (0..=ENTRIES_MAX).map(|number| number.to_string()).collect();
        let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
        let refused = Package::open("plan.docx", &packed(&parts)).err();
        assert_eq!(refused, Some(Refusal::TooFull { file: "plan.docx".into() }));
    }
}
