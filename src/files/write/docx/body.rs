//! The text of the document: headings, paragraphs, lists, tables and pictures, page by page.

use std::io;

use super::markup::Markup;
use super::paragraph::Place;
use super::paragraph::paragraph;
use super::picture::picture;
use super::table::table;
use crate::view::paper::Block;
use crate::view::paper::Content;
use crate::view::paper::Paper;
use crate::view::paper::Piece;

/// The sides of an A4 page, in twentieths of a point.
const A4: (u32, u32) = (11_906, 16_838);

/// The margins: 2.5 cm, in twentieths of a point.
const MARGIN: u32 = 1_417;

/// Which way a page lies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// Higher than wide.
    Upright,
    /// Wider than high.
    Across,
}

impl Page {
    fn sides(self) -> (u32, u32) {
        match self {
            Self::Upright => A4,
            Self::Across => (A4.1, A4.0),
        }
    }

    /// The width between the margins.
    pub(super) fn width(self) -> u32 {
        self.sides().0 - 2 * MARGIN
    }

    /// The height between the margins.
    pub(super) fn height(self) -> u32 {
        self.sides().1 - 2 * MARGIN
    }
}

/// The whole text as a part of the document.
pub(super) fn body(paper: &Paper) -> io::Result<Vec<u8>> {
    let mut markup = Markup::new()?;
    let spaces = [
        ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
        ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
    ];
    markup.within("w:document", &spaces, |markup| {
        markup.within("w:body", &[], |markup| {
            let mut text = Text { markup, page: Page::Upright };
            text.report(paper)?;
            text.appendices(paper)?;
            // The pages to the end are laid out by what stands last.
            let page = text.page;
            layout(text.markup, page)
        })
    })?;
    Ok(markup.bytes())
}

/// The text as it is written.
struct Text<'a> {
    markup: &'a mut Markup,
    /// The page that is being written on.
    page: Page,
}

impl Text<'_> {
    fn report(&mut self, paper: &Paper) -> io::Result<()> {
        self.paragraph("DraftNote", &paper.note)?;
        self.paragraph("ReportHeader", &paper.report_by)?;
        self.paragraph("ReportHeader", &paper.meeting)?;
        self.paragraph("Title", &paper.subject)?;
        for section in &paper.sections {
            self.words("Heading1", &section.heading)?;
            self.blocks(&section.blocks)?;
        }
        for (place, line) in paper.sign_off.iter().enumerate() {
            self.paragraph(if place == 0 { "SignOffFirst" } else { "SignOff" }, line)?;
        }
        for (left, (label, pieces)) in (0..paper.particulars.len()).rev().zip(&paper.particulars) {
            let mut line = vec![Piece::Strong(format!("{label}:\t"))];
            line.extend(pieces.iter().cloned());
            let place = if left > 0 { Place::Kept } else { Place::Free };
            paragraph(self.markup, "Particular", place, &line)?;
        }
        Ok(())
    }

    /// Each on pages of its own, which lie as suits it.
    fn appendices(&mut self, paper: &Paper) -> io::Result<()> {
        let mut pictures = 0;
        for (number, appendix) in (1..).zip(&paper.appendices) {
            let before = self.page;
            self.markup.within("w:p", &[], |markup| {
                markup.within("w:pPr", &[], |markup| {
                    markup.value("w:pStyle", "TableEnd")?;
                    layout(markup, before)
                })
            })?;
            self.page = match &appendix.content {
                Content::Picture(picture) if picture.height > picture.width => Page::Upright,
                _ => Page::Across,
            };
            self.words("AppendixHeading", &format!("Appendix {number}: {}", appendix.heading))?;
            match &appendix.content {
                Content::Blocks(blocks) => self.blocks(blocks)?,
                Content::Picture(part) => {
                    pictures += 1;
                    picture(self.markup, part, pictures, self.page)?;
                }
            }
        }
        Ok(())
    }

    fn blocks(&mut self, blocks: &[Block]) -> io::Result<()> {
        for (block, next) in blocks.iter().zip(blocks.iter().skip(1).map(Some).chain([None])) {
            match block {
                Block::Heading(words) => self.words("Heading2", words)?,
                Block::Numbered(pieces) => {
                    let leads_in = matches!(next, Some(Block::Point(_) | Block::Table(_)));
                    let place = if leads_in { Place::Kept } else { Place::Free };
                    paragraph(self.markup, "NumberedParagraph", place, pieces)?;
                }
                Block::Plain(pieces) => self.paragraph("BodyText", pieces)?,
                Block::Point(pieces) => self.paragraph("ListBullet", pieces)?,
                Block::Table(part) => {
                    table(self.markup, part, self.page.width())?;
                    // Two tables with nothing between them would be one.
                    self.words("TableEnd", "")?;
                }
            }
        }
        Ok(())
    }

    fn words(&mut self, style: &str, words: &str) -> io::Result<()> {
        self.paragraph(style, &[Piece::Words(words.to_owned())])
    }

    fn paragraph(&mut self, style: &str, pieces: &[Piece]) -> io::Result<()> {
        paragraph(self.markup, style, Place::Free, pieces)
    }
}

/// How the pages up to here lie, and that they are numbered.
fn layout(markup: &mut Markup, page: Page) -> io::Result<()> {
    let (width, height) = page.sides();
    let (width, height, margin) = (width.to_string(), height.to_string(), MARGIN.to_string());
    markup.within("w:sectPr", &[], |markup| {
        markup.empty("w:footerReference", &[("w:type", "default"), ("r:id", "footer")])?;
        markup.value("w:type", "nextPage")?;
        let mut size = vec![("w:w", width.as_str()), ("w:h", height.as_str())];
        if page == Page::Across {
            size.push(("w:orient", "landscape"));
        }
        markup.empty("w:pgSz", &size)?;
        let mut margins =
            ["w:top", "w:right", "w:bottom", "w:left"].map(|side| (side, margin.as_str())).to_vec();
        margins.extend([("w:header", "709"), ("w:footer", "709"), ("w:gutter", "0")]);
        markup.empty("w:pgMar", &margins)
    })
}
