//! An action's row: its names, where it stands, and its bar.

use super::LEADING;
use super::Sheet;
use super::TEXT;
use super::baseline;
use super::chart::Chart;
use crate::date::Window;
use crate::files::picture::MARGIN;
use crate::files::picture::WIDTH;
use crate::files::picture::font::Face;
use crate::files::picture::piece::Anchor;
use crate::files::picture::piece::Dash;
use crate::files::picture::piece::Fill;
use crate::files::picture::piece::Ink;
use crate::files::picture::piece::OVERRUN;
use crate::files::picture::piece::Pen;
use crate::files::picture::piece::Piece;
use crate::files::picture::piece::Rect;
use crate::files::picture::piece::Stroke;
use crate::files::picture::piece::Words;
use crate::files::picture::piece::fill;
use crate::files::picture::piece::ink;
use crate::view::line::NO_DATE;
use crate::view::overview;
use crate::view::overview::Row;
use crate::view::overview::Sign;

/// The size of a sign beside words.
pub(super) const SIGN: f64 = 28.0;

/// The least width of a bar, so that a day can be seen.
const BAR_MIN: f64 = 14.0;

/// The height of a row's ground where there is ample room.
const GROUND: f64 = 64.0;

/// The height of a row of one line.
const CLOSE: f64 = 47.0;

/// A row with ample room: its title in two lines, what is known of it, and below its bar beside its
/// target's words.
pub(super) fn ample(sheet: &mut Sheet, chart: &Chart<'_>, row: &Row) {
    sheet.y += 20.0;
    let (bold, face) = (Face::bold(TEXT), Face::regular(TEXT));
    let right = WIDTH - MARGIN;
    let reference = bold.cut(&sheet.drawable(&row.reference), 400.0);
    let indent = MARGIN + bold.width(&reference) + 16.0;
    let title = sheet.drawable(&row.title);
    sheet.line(reference, (MARGIN, sheet.y), indent - MARGIN, Pen { face: bold, ink: Ink::Black });
    let mut lines = face.wrap(&title, right - indent, 2);
    if lines.is_empty() {
        lines.push(String::new());
    }
    for line in lines {
        sheet.line(line, (indent, sheet.y), right - indent, Pen { face, ink: Ink::Black });
        sheet.y += LEADING;
    }
    facts(sheet, row);
    sheet.y += 6.0;
    let target = sheet.drawable(&row.target);
    let room = chart.left - MARGIN - 16.0;
    let lines = face.wrap(&target, room, 2);
    let block = lines.iter().map(|_| LEADING).sum::<f64>();
    let height = GROUND.max(block);
    let mut y = sheet.y + (height - block) / 2.0 - 2.0;
    for line in lines {
        sheet.line(line, (MARGIN, y), room, Pen { face, ink: Ink::Black });
        y += LEADING;
    }
    let ground = Rect { x: chart.left, y: sheet.y, width: chart.right - chart.left, height };
    chart.ground(sheet, ground.y, ground.height);
    bars(sheet, chart, row, ground);
    chart.now(sheet, ground.y, ground.height);
    sheet.y += height + 12.0;
}

/// A row of one line: its signs, its ref, its title as far as it goes, and its bar.
pub(super) fn close(sheet: &mut Sheet, chart: &Chart<'_>, row: &Row) {
    let (bold, face) = (Face::bold(TEXT), Face::regular(TEXT));
    let top = sheet.y + (CLOSE - SIGN) / 2.0;
    let mut x = MARGIN;
    for sign in [row.calendar.as_ref().map(|notice| notice.sign), Some(row.status.sign)] {
        if let Some(sign) = sign {
            sheet.pieces.push(Piece::Sign { at: (x, top), size: SIGN, sign });
        }
        x += SIGN + 10.0;
    }
    x += 4.0;
    let y = sheet.y;
    let reference = bold.cut(&sheet.drawable(&row.reference), 260.0);
    let width = bold.width(&reference);
    sheet.line(reference, (x, y), width, Pen { face: bold, ink: Ink::Black });
    x += width + 14.0;
    let room = chart.left - 16.0 - x;
    let title = sheet.drawable(&row.title);
    let title = face.cut(&title, room);
    sheet.line(title, (x, y), room, Pen { face, ink: Ink::Black });
    let (left, width) = (chart.left, chart.right - chart.left);
    let ground = Rect { x: left, y: sheet.y, width, height: CLOSE };
    chart.ground(sheet, ground.y, ground.height);
    let taken = bars(sheet, chart, row, ground);
    chart.now(sheet, ground.y, ground.height);
    label(sheet, chart, row, taken);
    sheet.y += CLOSE;
    sheet.pieces.push(Piece::Line {
        from: (MARGIN, sheet.y),
        to: (WIDTH - MARGIN, sheet.y),
        stroke: Stroke { ink: Ink::Mist, width: 2.0, dash: Dash::Whole },
    });
}

/// What is known of an action: each fact whole on a line where it fits, signs before their words.
fn facts(sheet: &mut Sheet, row: &Row) {
    let regular = Face::regular(TEXT);
    let mut facts: Vec<(Option<Sign>, Face, Ink, &str)> = Vec::new();
    if let Some(notice) = &row.calendar {
        facts.push((Some(notice.sign), Face::bold(TEXT), ink(notice.sign), &notice.words));
    }
    facts.push((Some(row.status.sign), regular, ink(row.status.sign), &row.status.words));
    facts.push((None, regular, Ink::Grey, &row.lead));
    facts.extend(row.moved.as_deref().map(|moved| (None, regular, Ink::Grey, moved)));
    let right = WIDTH - MARGIN;
    let between = regular.width(overview::BETWEEN);
    let mut x = MARGIN;
    for (sign, face, ink, words) in facts {
        let before = if sign.is_some() { SIGN + 10.0 } else { 0.0 };
        let words = face.cut(&sheet.drawable(words), right - MARGIN - before);
        let width = face.width(&words);
        if x > MARGIN && x + between + before + width > right {
            x = MARGIN;
            sheet.y += LEADING;
        }
        if x > MARGIN {
            let dot = overview::BETWEEN.trim().to_owned();
            let gap = (between - regular.width(&dot)) / 2.0;
            sheet.line(dot, (x + gap, sheet.y), between, Pen { face: regular, ink: Ink::Grey });
            x += between;
        }
        if let Some(sign) = sign {
            let at = (x, baseline(sheet.y, face) - SIGN + 2.0);
            sheet.pieces.push(Piece::Sign { at, size: SIGN, sign });
        }
        sheet.line(words, (x + before, sheet.y), width, Pen { face, ink });
        x += before + width;
    }
    sheet.y += LEADING;
}

/// The bars of an action on its ground; gives back from where to where something is drawn.
fn bars(sheet: &mut Sheet, chart: &Chart<'_>, row: &Row, ground: Rect) -> Option<(f64, f64)> {
    // A first target has its own lane, below; without one the bar stands in the middle.
    let height = ground.height.min(GROUND) * 0.5;
    let y = match row.first {
        Some(_) => ground.y + ground.height * 0.1,
        None => ground.middle() - height / 2.0,
    };
    let beyond = |window| chart.page.axis.place(window).beyond;
    let now = row.window.map(|window| {
        let rect = bar(chart, window, y, height);
        overrun(sheet, chart, row, &rect);
        if !beyond(window) {
            let of = row.reference.clone();
            sheet.pieces.push(Piece::Bar { rect, fill: fill(row.status.sign), of });
        }
        arrows(sheet, chart, window, rect);
        rect
    });
    if row.window.is_none() {
        sheet.pieces.push(Piece::Line {
            from: (chart.left + 8.0, ground.middle()),
            to: (chart.right - 8.0, ground.middle()),
            stroke: Stroke { ink: Ink::Grey, width: 3.0, dash: Dash::Dots },
        });
    }
    let first = row.first.map(|window| {
        let rect =
            bar(chart, window, ground.y + ground.height * 0.68, ground.height.min(GROUND) * 0.26);
        if !beyond(window) {
            sheet.pieces.push(Piece::Area { rect, fill: Fill::Outline(Ink::Black) });
        }
        arrows(sheet, chart, window, rect);
        rect
    });
    let drawn = || now.iter().chain(&first);
    let left = drawn().map(|rect| rect.x).fold(f64::INFINITY, f64::min);
    let right = drawn().map(Rect::right).fold(f64::NEG_INFINITY, f64::max);
    (left <= right).then_some((left, right))
}

/// The rectangle of some days, within the chart and wide enough to be seen.
fn bar(chart: &Chart<'_>, window: Window, y: f64, height: f64) -> Rect {
    let place = chart.page.axis.place(window);
    let (from, to) = (chart.at(place.days.from), chart.after(place.days.to));
    let width = (to - from).max(BAR_MIN);
    let x = f64::midpoint(from, to) - width / 2.0;
    Rect { x: x.clamp(chart.left, chart.right - width), y, width, height }
}

/// Arrows where days go on beyond the edge, or lie beyond it altogether.
fn arrows(sheet: &mut Sheet, chart: &Chart<'_>, window: Window, rect: Rect) {
    let place = chart.page.axis.place(window);
    let half = (rect.height / 2.0).max(9.0);
    let mut point = |x: f64, tip: f64| {
        let y = rect.middle();
        let corners = [(x, y - half), (x, y + half), (tip, y)];
        sheet.pieces.push(Piece::Point { corners, ink: Ink::Black });
    };
    if place.earlier {
        point(chart.left + 24.0, chart.left);
    }
    if place.later {
        point(chart.right - 24.0, chart.right);
    }
}

/// The time since an overdue action was due.
fn overrun(sheet: &mut Sheet, chart: &Chart<'_>, row: &Row, bar: &Rect) {
    let is_overdue = row.calendar.as_ref().is_some_and(|notice| notice.sign == Sign::Overdue);
    if is_overdue {
        sheet.pieces.push(Piece::Line {
            from: (bar.right(), bar.middle()),
            to: (chart.noon(chart.page.today), bar.middle()),
            stroke: OVERRUN,
        });
    }
}

/// A word beside a bar, where there is room for it: after it and after today, or else before it.
fn label(sheet: &mut Sheet, chart: &Chart<'_>, row: &Row, taken: Option<(f64, f64)>) {
    let beyond = row.window.is_some_and(|window| chart.page.axis.place(window).beyond);
    let (face, colour, choices) = match &row.calendar {
        Some(notice) => (Face::bold(TEXT), ink(notice.sign), vec![notice.brief.as_str()]),
        None if row.window.is_none() => {
            (Face::regular(TEXT), Ink::Black, vec![row.target.as_str(), NO_DATE])
        }
        None if beyond => (Face::regular(TEXT), Ink::Black, vec![row.target.as_str()]),
        None => return,
    };
    let today = chart.noon(chart.page.today);
    let is_overdue = row.calendar.as_ref().is_some_and(|notice| notice.sign == Sign::Overdue);
    let (before, after) = match taken {
        None => (chart.left, chart.left + 8.0),
        Some((left, right)) if is_overdue => (left - 12.0, right.max(today) + 14.0),
        Some((left, right)) => (left - 12.0, right + 14.0),
    };
    for says in choices {
        let says = sheet.drawable(says);
        let width = face.width(&says);
        let (x, anchor) = if after + width <= chart.right {
            (after, Anchor::Start)
        } else if before - width >= chart.left {
            (before, Anchor::End)
        } else {
            // The signs at the beginning of the row say it, or the next choice does.
            continue;
        };
        let at = (x, baseline(sheet.y, face));
        let over_lines = true;
        sheet.words(Words {
            at,
            room: width,
            pen: Pen { face, ink: colour },
            anchor,
            over_lines,
            says,
        });
        return;
    }
}
