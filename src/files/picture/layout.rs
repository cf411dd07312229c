//! Where everything on a page stands.

mod chart;
mod key;
mod row;

use chart::Chart;

use super::MARGIN;
use super::WIDTH;
use super::font::FIXED;
use super::font::Face;
use super::font::UNDRAWN;
use super::font::drawable;
use super::piece::Anchor;
use super::piece::Fill;
use super::piece::Ink;
use super::piece::Pen;
use super::piece::Piece;
use super::piece::Rect;
use super::piece::Words;
use crate::view::overview;
use crate::view::overview::BETWEEN;
use crate::view::overview::Group;
use crate::view::overview::Overview;
use crate::view::overview::Room;

/// The size of words. On a phone 390 points wide this is 11 points, and printed across a sheet of A4
/// it is 16; nothing on the page is smaller.
pub(super) const TEXT: f64 = 34.0;

/// From one baseline to the next.
pub(super) const LEADING: f64 = 44.0;

/// The size of the plan's title.
const TITLE: f64 = 58.0;

/// The size of an area's name.
const HEADING: f64 = 36.0;

/// How many rows a page may have before its calendar is written below as well as above.
const SHORT: usize = 8;

/// A page, measured.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout {
    pub(super) height: f64,
    pub(super) pieces: Vec<Piece>,
}

/// Gives everything on a page its place.
pub(super) fn layout(page: &Overview) -> Layout {
    let chart = Chart::of(page);
    let mut sheet = Sheet { y: MARGIN, pieces: Vec::new(), undrawn: false };
    header(&mut sheet, page);
    if page.room == Room::Close {
        key::key(&mut sheet, page);
    }
    sheet.y += 12.0;
    chart.calendar(&mut sheet);
    for group in &page.groups {
        area(&mut sheet, &chart, group);
    }
    if page.rows().count() > SHORT {
        sheet.y += 6.0;
        chart.units(&mut sheet);
    }
    if page.room == Room::Ample {
        sheet.y += 24.0;
        key::key(&mut sheet, page);
    }
    footer(&mut sheet, page);
    Layout { height: sheet.y + MARGIN, pieces: sheet.pieces }
}

/// A page being filled from above.
pub(super) struct Sheet {
    /// Where the next thing begins.
    y: f64,
    pieces: Vec<Piece>,
    /// Whether a letter could not be drawn.
    undrawn: bool,
}

impl Sheet {
    /// Words, one line each, from the left margin; the page goes on below them.
    fn paragraph(&mut self, words: &str, pen: Pen, lines_max: usize) {
        let words = self.drawable(words);
        let room = WIDTH - 2.0 * MARGIN;
        let leading = pen.face.size * LEADING / TEXT;
        for line in pen.face.wrap(&words, room, lines_max) {
            self.line(line, (MARGIN, self.y), room, pen);
            self.y += leading;
        }
    }

    /// A line of words that is known to fit, from its upper left corner.
    fn line(&mut self, says: String, at: (f64, f64), room: f64, pen: Pen) {
        self.words(Words {
            at: (at.0, baseline(at.1, pen.face)),
            room,
            pen,
            anchor: Anchor::Start,
            over_lines: false,
            says,
        });
    }

    fn words(&mut self, words: Words) {
        if !words.says.is_empty() {
            self.pieces.push(Piece::Words(words));
        }
    }

    /// Somebody's words as they can be drawn.
    fn drawable(&mut self, words: &str) -> String {
        let drawn = drawable(words);
        self.undrawn |= drawn.contains(UNDRAWN);
        drawn
    }
}

/// The baseline of a line of words that begins there.
fn baseline(top: f64, face: Face) -> f64 {
    top + face.size * 0.96
}

fn header(sheet: &mut Sheet, page: &Overview) {
    sheet.paragraph(&page.partnership, Pen::regular(TEXT, Ink::Grey), 2);
    sheet.y += 2.0;
    sheet.paragraph(&page.title, Pen::bold(TITLE, Ink::Black), 3);
    sheet.y += 6.0;
    sheet.paragraph(&page.position, Pen::regular(TEXT, Ink::Black), 2);
    sheet.paragraph(&unbroken(&page.counts, BETWEEN), Pen::bold(TEXT, Ink::Black), 3);
    sheet.paragraph(&unbroken(&page.next, ", "), Pen::regular(TEXT, Ink::Black), 3);
    sheet.y += 16.0;
}

/// Facts in a row, none of them broken at the end of a line.
fn unbroken(facts: &str, between: &str) -> String {
    let fixed = FIXED.to_string();
    let facts = facts.split(between).map(|fact| fact.replace(' ', &fixed));
    let between = format!("{} ", between.trim_end().replace(' ', &fixed));
    facts.collect::<Vec<_>>().join(&between)
}

fn area(sheet: &mut Sheet, chart: &Chart<'_>, group: &Group) {
    let pen = Pen::bold(HEADING, Ink::Black);
    let heading = sheet.drawable(&group.heading);
    let room = WIDTH - 2.0 * MARGIN - 32.0;
    let lines = pen.face.wrap(&heading, room, 2);
    let height: f64 = lines.iter().map(|_| LEADING).sum::<f64>() + 16.0;
    sheet.y += if chart.page.room == Room::Ample { 18.0 } else { 0.0 };
    let rect = Rect { x: MARGIN, y: sheet.y, width: WIDTH - 2.0 * MARGIN, height };
    sheet.pieces.push(Piece::Area { rect, fill: Fill::Plain(Ink::Mist) });
    let mut y = sheet.y + 6.0;
    for line in lines {
        sheet.line(line, (MARGIN + 16.0, y), room, pen);
        y += LEADING;
    }
    sheet.y += height;
    if group.rows.is_empty() {
        sheet.y += 10.0;
        sheet.paragraph(overview::NOTHING, Pen::regular(TEXT, Ink::Grey), 1);
        sheet.y += 10.0;
    }
    for row in &group.rows {
        match chart.page.room {
            Room::Ample => row::ample(sheet, chart, row),
            Room::Close => row::close(sheet, chart, row),
        }
    }
}

fn footer(sheet: &mut Sheet, page: &Overview) {
    sheet.y += 10.0;
    for note in &page.notes {
        sheet.paragraph(note, Pen::regular(TEXT, Ink::Grey), 4);
    }
    if sheet.undrawn {
        sheet.paragraph(overview::UNDRAWN, Pen::regular(TEXT, Ink::Grey), 2);
    }
}
