//! The paper as a Word document.
//!
//! The parts that are the same in every paper (styles, numbering, settings) are files in the
//! folder beside this one; the rest is made here. Section and paragraph numbers are Word's own, so
//! that a paragraph more renumbers those below it.

mod body;
mod markup;
mod paragraph;
mod picture;
mod table;

use std::io::Cursor;
use std::io::Write;

use anyhow::Context;
use chrono::SecondsFormat;
use zip::CompressionMethod;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use self::body::body;
use self::markup::Markup;
use crate::view::paper::Content;
use crate::view::paper::Paper;
use crate::view::paper::Picture;

/// The parts that never change, each with its place in the file.
const FIXED: [(&str, &str); 7] = [
    ("_rels/.rels", include_str!("docx/package.rels")),
    ("docProps/app.xml", include_str!("docx/app.xml")),
    ("word/styles.xml", include_str!("docx/styles.xml")),
    ("word/numbering.xml", include_str!("docx/numbering.xml")),
    ("word/settings.xml", include_str!("docx/settings.xml")),
    ("word/fontTable.xml", include_str!("docx/fonts.xml")),
    ("word/footer1.xml", include_str!("docx/footer.xml")),
];

/// The paper: A4, in Word's own styles, with its title as the document's. What a person must write
/// is highlighted.
pub fn write(paper: &Paper) -> anyhow::Result<Vec<u8>> {
    let pictures = pictures(paper);
    let mut package = Package(ZipWriter::new(Cursor::new(Vec::new())));
    // Readers look at the types first.
    package.put("[Content_Types].xml", include_bytes!("docx/types.xml"))?;
    for (place, text) in FIXED {
        package.put(place, text.as_bytes())?;
    }
    package.put("docProps/core.xml", &core(paper)?)?;
    package.put("word/document.xml", &body(paper).context("write the paper's text")?)?;
    package.put("word/_rels/document.xml.rels", &relations(&pictures)?)?;
    for (number, picture) in (1..).zip(&pictures) {
        package.put(&format!("word/media/{}", picture_file(number)), &picture.png)?;
    }
    let whole = package.0.finish().context("end the document")?;
    Ok(whole.into_inner())
}

/// The parts of a document, in one file.
struct Package(ZipWriter<Cursor<Vec<u8>>>);

impl Package {
    fn put(&mut self, place: &str, bytes: &[u8]) -> anyhow::Result<()> {
        // Without a time of its own, a part gets the first that the format has, whatever the clock.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        self.0.start_file(place, options).with_context(|| format!("begin {place}"))?;
        self.0.write_all(bytes).with_context(|| format!("write {place}"))
    }
}

/// The pictures of the appendices, in order.
fn pictures(paper: &Paper) -> Vec<&Picture> {
    let contents = paper.appendices.iter().map(|appendix| &appendix.content);
    contents
        .filter_map(|content| match content {
            Content::Picture(picture) => Some(picture),
            Content::Blocks(_) => None,
        })
        .collect()
}

fn picture_file(number: usize) -> String {
    format!("picture{number}.png")
}

/// What the document's text calls a picture by.
fn picture_id(number: usize) -> String {
    format!("picture{number}")
}

/// The title and the moment, and no author: whoever finishes the paper is that.
fn core(paper: &Paper) -> anyhow::Result<Vec<u8>> {
    let mut markup = Markup::new()?;
    let spaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    let at = paper.position_at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let moment = [("xsi:type", "dcterms:W3CDTF")];
    markup.within("cp:coreProperties", &spaces, |markup| {
        markup.within("dc:title", &[], |markup| markup.text(&paper.title))?;
        markup.within("dcterms:created", &moment, |markup| markup.text(&at))?;
        markup.within("dcterms:modified", &moment, |markup| markup.text(&at))?;
        markup.within("dc:language", &[], |markup| markup.text("en-GB"))
    })?;
    Ok(markup.bytes())
}

/// Where the document's text finds its other parts.
fn relations(pictures: &[&Picture]) -> anyhow::Result<Vec<u8>> {
    const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut markup = Markup::new()?;
    let space = [("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")];
    markup.within("Relationships", &space, |markup| {
        let mut relation = |id: &str, kind: &str, target: &str| {
            let kind = format!("{KIND}/{kind}");
            markup.empty("Relationship", &[("Id", id), ("Type", &kind), ("Target", target)])
        };
        relation("styles", "styles", "styles.xml")?;
        relation("numbering", "numbering", "numbering.xml")?;
        relation("settings", "settings", "settings.xml")?;
        relation("fonts", "fontTable", "fontTable.xml")?;
        relation("footer", "footer", "footer1.xml")?;
        for number in 1..=pictures.len() {
            let target = format!("media/{}", picture_file(number));
            relation(&picture_id(number), "image", &target)?;
        }
        Ok(())
    })?;
    Ok(markup.bytes())
}
