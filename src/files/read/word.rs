//! A Word document (.docx): its paragraphs and tables, in the order of its pages.

mod numbering;
mod paragraph;
mod table;

use crate::files::document::Document;
use crate::files::document::Place;
use crate::files::document::Unit;
use crate::files::read::gathering::Gathering;
use crate::files::read::package::Package;
use crate::files::read::package::broken;
use crate::files::read::refusal::Refusal;
use crate::files::read::word::numbering::Numbering;
use crate::files::read::word::paragraph::Fields;
use crate::files::read::xml::Element;

/// What Word writes while it keeps track of changes.
const TRACKED: [&str; 4] = ["ins", "del", "moveFrom", "moveTo"];

/// A document while it is read.
struct Reading {
    gathering: Gathering,
    numbering: Numbering,
    fields: Fields,
    /// The paragraphs so far outside tables.
    paragraphs: usize,
    /// The tables so far, those within tables too.
    tables: usize,
}

/// A paragraph or a table.
enum Block<'a> {
    Paragraph(&'a Element),
    Table(&'a Element),
}

/// Reads the document, whose own part stands at that path and has that root. Headers, footers,
/// notes and comments are left out, and so is a table of contents.
pub(super) fn read(
    package: &mut Package<'_>,
    path: &str,
    root: &Element,
) -> Result<Document, Refusal> {
    let file = package.file();
    let relations = package.relations(path)?;
    let mut part = |kind| {
        let part = relations.iter().find(|known| known.kind == kind);
        part.map_or(Ok(None), |part| package.xml(&part.path))
    };
    let numbering = part("numbering")?.unwrap_or_default();
    let styles = part("styles")?.unwrap_or_default();
    let body = root.child("body").ok_or_else(|| broken(file, "it has no text"))?;
    let mut reading = Reading {
        gathering: Gathering::of(file),
        numbering: Numbering::of(&numbering, &styles),
        fields: Fields::default(),
        paragraphs: 0,
        tables: 0,
    };
    if body.holds(&TRACKED) {
        let doubt = "The document has tracked changes. It is read as if all were accepted: what \
             was put in is read, what was struck out is not.";
        reading.gathering.doubt(doubt.to_owned());
    }
    reading.body(body)?;
    reading.gathering.finish()
}

impl Reading {
    /// Reads what stands outside any table, or in a text box.
    fn body(&mut self, parent: &Element) -> Result<(), Refusal> {
        let mut joined = String::new();
        for block in blocks(parent) {
            let element = match block {
                Block::Paragraph(element) => element,
                Block::Table(table) => {
                    self.table(table)?;
                    continue;
                }
            };
            self.paragraphs += 1;
            let shown = self.paragraph(element);
            // A number that stands alone outside a table numbers nothing.
            if !shown.words.trim().is_empty() {
                joined.push_str(&shown.text());
            }
            if !paragraph::runs_on(element) {
                let number = self.paragraphs;
                let at = Place { within: String::new(), unit: Unit::Paragraph, number };
                if !paragraph::is_contents(element) {
                    self.gathering.line(&at, &joined)?;
                }
                joined.clear();
            }
            for text_box in paragraph::boxes(element) {
                self.body(text_box)?;
            }
        }
        Ok(())
    }

    /// The words of a paragraph, and the number that Word shows before them.
    fn paragraph(&mut self, element: &Element) -> Shown {
        let words = self.fields.words(element);
        // One that was struck out whole does not count.
        let was_removed = words.is_empty() && paragraph::runs_on(element);
        let number = if was_removed { None } else { self.numbering.number(element) };
        Shown { number, words }
    }
}

/// A paragraph as it shows on the page.
struct Shown {
    number: Option<String>,
    words: String,
}

impl Shown {
    /// The number and the words in one.
    fn text(self) -> String {
        match self.number {
            Some(number) if self.words.is_empty() => number,
            Some(number) => format!("{number} {}", self.words),
            None => self.words,
        }
    }
}

/// The paragraphs and tables in an element, whatever they are wrapped in.
fn blocks(parent: &Element) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    for child in parent.children() {
        match &*child.name {
            "p" => blocks.push(Block::Paragraph(child)),
            "tbl" => blocks.push(Block::Table(child)),
            _ => blocks.extend(unwrapped(child).into_iter().flat_map(self::blocks)),
        }
    }
    blocks
}

/// What is in a wrapping such as a content control; none where it is no wrapping, or what it wraps
/// is not the document's own words.
fn unwrapped(element: &Element) -> Option<&Element> {
    match &*element.name {
        "ins" | "moveTo" | "customXml" | "smartTag" => Some(element),
        "sdt" => {
            let settings = element.child("sdtPr");
            let is_prompt = settings.is_some_and(|settings| settings.is_set("showingPlcHdr"));
            let gallery = settings.and_then(|s| s.descend(&["docPartObj", "docPartGallery"]));
            let is_contents =
                gallery.and_then(|gallery| gallery.attribute("val")) == Some("Table of Contents");
            element.child("sdtContent").filter(|_| !is_prompt && !is_contents)
        }
        // The same thing twice, for newer and for older programs.
        "AlternateContent" => element.child("Choice").or_else(|| element.child("Fallback")),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
