//! What the signs and bars mean, at the top or the foot of a page.

use super::LEADING;
use super::Sheet;
use super::TEXT;
use super::baseline;
use super::row::SIGN;
use crate::files::picture::MARGIN;
use crate::files::picture::WIDTH;
use crate::files::picture::font::Face;
use crate::files::picture::piece::Fill;
use crate::files::picture::piece::Ink;
use crate::files::picture::piece::OVERRUN;
use crate::files::picture::piece::Pen;
use crate::files::picture::piece::Piece;
use crate::files::picture::piece::Rect;
use crate::files::picture::piece::TODAY;
use crate::files::picture::piece::fill;
use crate::view::overview::Key;
use crate::view::overview::Overview;
use crate::view::overview::Sample;
use crate::view::overview::Sign;

/// The width of a bar that shows what bars look like.
const BAR: f64 = 54.0;

/// The room between two entries.
const GAP: f64 = 40.0;

/// The entries side by side, in as many lines as they need.
pub(super) fn key(sheet: &mut Sheet, page: &Overview) {
    if page.key.is_empty() {
        return;
    }
    let face = Face::regular(TEXT);
    let mut x = MARGIN;
    for Key { sample, words } in &page.key {
        let before = sample_width(*sample) + 12.0;
        let words = sheet.drawable(words);
        let width = face.width(&words);
        if x > MARGIN && x + before + width > WIDTH - MARGIN {
            x = MARGIN;
            sheet.y += LEADING + 4.0;
        }
        draw(sheet, *sample, x, baseline(sheet.y, face) - SIGN + 2.0);
        sheet.line(words, (x + before, sheet.y), width, Pen { face, ink: Ink::Black });
        x += before + width + GAP;
    }
    sheet.y += LEADING + 12.0;
}

fn is_status(sign: Sign) -> bool {
    !matches!(sign, Sign::Overdue | Sign::Due | Sign::Moved)
}

fn sample_width(sample: Sample) -> f64 {
    match sample {
        Sample::Sign(sign) if is_status(sign) => SIGN + 10.0 + BAR,
        Sample::Sign(_) => SIGN,
        Sample::Today => 8.0,
        Sample::Overrun | Sample::FirstTarget => BAR,
    }
}

/// A sample, from its upper left corner.
fn draw(sheet: &mut Sheet, sample: Sample, x: f64, y: f64) {
    let middle = y + SIGN / 2.0;
    let line = |from, to, stroke| Piece::Line { from, to, stroke };
    match sample {
        Sample::Sign(sign) => {
            sheet.pieces.push(Piece::Sign { at: (x, y), size: SIGN, sign });
            if is_status(sign) {
                let rect = Rect { x: x + SIGN + 10.0, y: y + 1.0, width: BAR, height: SIGN - 2.0 };
                sheet.pieces.push(Piece::Area { rect, fill: fill(sign) });
            }
        }
        Sample::Today => {
            let (from, to) = ((x + 4.0, y - 6.0), (x + 4.0, y + SIGN + 6.0));
            sheet.pieces.push(line(from, to, TODAY));
        }
        Sample::Overrun => {
            let (from, to) = ((x, middle), (x + BAR, middle));
            sheet.pieces.push(line(from, to, OVERRUN));
        }
        Sample::FirstTarget => {
            let rect = Rect { x, y: middle - 6.0, width: BAR, height: 12.0 };
            sheet.pieces.push(Piece::Area { rect, fill: Fill::Outline(Ink::Black) });
        }
    }
}
