//! Paragraphs, and the words in them.

use std::io;

use super::markup::Markup;
use crate::view::paper::Piece;

/// Where a paragraph may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// On the same page as the beginning of what follows.
    Kept,
    /// On any page, or as its style has it.
    Free,
}

/// A paragraph in one of the document's styles.
pub(super) fn paragraph(
    markup: &mut Markup,
    style: &str,
    place: Place,
    pieces: &[Piece],
) -> io::Result<()> {
    markup.within("w:p", &[], |markup| {
        markup.within("w:pPr", &[], |markup| {
            markup.value("w:pStyle", style)?;
            if place == Place::Kept { markup.empty("w:keepNext", &[]) } else { Ok(()) }
        })?;
        pieces.iter().try_for_each(|piece| run(markup, piece))
    })
}

fn run(markup: &mut Markup, piece: &Piece) -> io::Result<()> {
    markup.within("w:r", &[], |markup| {
        match piece {
            Piece::Words(_) => {}
            Piece::Strong(_) => {
                markup.within("w:rPr", &[], |markup| markup.value("w:rStyle", "Strong"))?;
            }
            // By hand and not by a style, because Word finds highlights only where they are so.
            Piece::ToWrite(_) => {
                markup.within("w:rPr", &[], |markup| markup.value("w:highlight", "yellow"))?;
            }
        }
        let text = piece.text().replace("\r\n", "\n").replace('\r', "\n");
        for (place, line) in text.split('\n').enumerate() {
            if place > 0 {
                markup.empty("w:br", &[])?;
            }
            for (place, words) in line.split('\t').enumerate() {
                if place > 0 {
                    markup.empty("w:tab", &[])?;
                }
                markup.within("w:t", &[("xml:space", "preserve")], |markup| markup.text(words))?;
            }
        }
        Ok(())
    })
}
