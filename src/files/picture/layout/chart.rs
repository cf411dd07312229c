//! Time across the page: its units, today, and the meetings.

use chrono::NaiveDate;

use super::LEADING;
use super::Sheet;
use super::TEXT;
use super::baseline;
use crate::date::Window;
use crate::files::picture::MARGIN;
use crate::files::picture::WIDTH;
use crate::files::picture::font::Face;
use crate::files::picture::piece::Anchor;
use crate::files::picture::piece::Dash;
use crate::files::picture::piece::Fill;
use crate::files::picture::piece::Ink;
use crate::files::picture::piece::Pen;
use crate::files::picture::piece::Piece;
use crate::files::picture::piece::Rect;
use crate::files::picture::piece::Stroke;
use crate::files::picture::piece::TODAY;
use crate::files::picture::piece::Words;
use crate::view::overview;
use crate::view::overview::Lane;
use crate::view::overview::Overview;
use crate::view::overview::Room;
use crate::view::overview::Unit;

/// Where time begins on a page with ample room: left of it stand the targets' words.
const LEFT_AMPLE: f64 = MARGIN + 395.0;

/// Where time begins on a page with close rows: left of it stand the titles.
const LEFT_CLOSE: f64 = MARGIN + 660.0;

/// The least room between the names of two units.
const APART: f64 = 10.0;

/// The time of a page, with the room it has.
pub(super) struct Chart<'a> {
    pub(super) page: &'a Overview,
    pub(super) left: f64,
    pub(super) right: f64,
}

impl<'a> Chart<'a> {
    pub(super) fn of(page: &'a Overview) -> Self {
        let left = match page.room {
            Room::Ample => LEFT_AMPLE,
            Room::Close => LEFT_CLOSE,
        };
        Self { page, left, right: WIDTH - MARGIN }
    }

    /// Where a day begins.
    pub(super) fn at(&self, day: NaiveDate) -> f64 {
        let Window { from, to } = self.page.axis.days;
        let days = |from: NaiveDate, to: NaiveDate| {
            f64::from(i32::try_from((to - from).num_days()).unwrap_or(i32::MAX))
        };
        let whole = days(from, to) + 1.0;
        self.left + (self.right - self.left) * (days(from, day) / whole).clamp(0.0, 1.0)
    }

    /// Where a day ends.
    pub(super) fn after(&self, day: NaiveDate) -> f64 {
        day.succ_opt().map_or(self.right, |next| self.at(next))
    }

    /// The middle of a day.
    pub(super) fn noon(&self, day: NaiveDate) -> f64 {
        f64::midpoint(self.at(day), self.after(day))
    }

    /// The names of years and units, of today, and the meetings, above all rows.
    pub(super) fn calendar(&self, sheet: &mut Sheet) {
        self.units(sheet);
        self.today(sheet);
        for (lane, dash) in self.page.lanes.iter().zip(DASHES) {
            self.lane(sheet, lane, dash);
        }
        if !self.page.lanes.is_empty() && self.page.room == Room::Close {
            sheet.y += 10.0;
        }
    }

    /// The names of years, if they are not the units, and below them of the units.
    pub(super) fn units(&self, sheet: &mut Sheet) {
        let axis = &self.page.axis;
        if axis.unit != Unit::FinancialYear {
            let years = axis.ticks.iter().filter_map(|tick| Some((tick.on, tick.year.as_deref()?)));
            self.names(sheet, &years.collect::<Vec<_>>(), Face::bold(TEXT));
        }
        let units: Vec<_> = axis.ticks.iter().map(|tick| (tick.on, tick.label.as_str())).collect();
        let face = Face::regular(TEXT);
        let step = self.step(&units, face);
        self.names(sheet, &units.into_iter().step_by(step).collect::<Vec<_>>(), face);
    }

    /// A line of names, each where its time begins; one that would run into the next is left out.
    fn names(&self, sheet: &mut Sheet, names: &[(NaiveDate, &str)], face: Face) {
        let begin = |(on, _): &(NaiveDate, &str)| self.at(*on) + 5.0;
        let ends = names.iter().skip(1).map(|name| begin(name) - APART).chain([self.right]);
        for (name, end) in names.iter().zip(ends) {
            let room = end - begin(name);
            if face.width(name.1) <= room {
                sheet.line(
                    name.1.to_owned(),
                    (begin(name), sheet.y),
                    room,
                    Pen { face, ink: Ink::Black },
                );
            }
        }
        sheet.y += LEADING;
    }

    /// Every which unit is named, so that none runs into the next.
    fn step(&self, units: &[(NaiveDate, &str)], face: Face) -> usize {
        let widest = units.iter().map(|(_, name)| face.width(name)).fold(0.0, f64::max);
        let steps: &[usize] = match self.page.axis.unit {
            Unit::Month => &[1, 2, 3, 6],
            Unit::Quarter => &[1, 2, 4],
            Unit::FinancialYear => &[1, 2, 3, 5],
        };
        let fits = |step: &&usize| {
            let next = units.get(**step).map_or(self.right, |(on, _)| self.at(*on));
            next - self.left >= widest + APART
        };
        steps.iter().find(fits).or(steps.last()).copied().unwrap_or(1)
    }

    fn today(&self, sheet: &mut Sheet) {
        let face = Face::bold(TEXT);
        let half = face.width(overview::TODAY) / 2.0;
        let x = self.noon(self.page.today).clamp(self.left + half, self.right - half);
        sheet.words(Words {
            at: (x, baseline(sheet.y, face)),
            room: 2.0 * half,
            pen: Pen { face, ink: Ink::Black },
            anchor: Anchor::Middle,
            over_lines: false,
            says: overview::TODAY.into(),
        });
        sheet.y += LEADING + 2.0;
    }

    /// The days of a series as points, beside its name.
    fn lane(&self, sheet: &mut Sheet, lane: &Lane, dash: Dash) {
        let height = LEADING + 4.0;
        self.ground(sheet, sheet.y, height);
        self.now(sheet, sheet.y, height);
        let name = sheet.drawable(&lane.name);
        let face = Face::regular(TEXT);
        let room = self.left - MARGIN - 110.0;
        let name = face.cut(&name, room);
        let sample = self.left - 18.0;
        let middle = sheet.y + height / 2.0;
        sheet.line(name, (MARGIN, sheet.y), room, Pen { face, ink: Ink::Black });
        sheet.pieces.push(Piece::Line {
            from: (sample - 70.0, middle),
            to: (sample, middle),
            stroke: Stroke { ink: Ink::Violet, width: LINE, dash },
        });
        for day in &lane.days {
            let x = self.noon(*day);
            let top = sheet.y + 10.0;
            let corners = [(x - 11.0, top), (x + 11.0, top), (x, top + 22.0)];
            sheet.pieces.push(Piece::Point { corners, ink: Ink::Violet });
        }
        sheet.y += height;
    }

    /// The ground of a bar: the units and the meetings as lines across it.
    pub(super) fn ground(&self, sheet: &mut Sheet, y: f64, height: f64) {
        let rect = Rect { x: self.left, y, width: self.right - self.left, height };
        sheet.pieces.push(Piece::Area { rect, fill: Fill::Plain(Ink::Haze) });
        let mut line = |x: f64, stroke| {
            let (from, to) = ((x, y), (x, y + height));
            sheet.pieces.push(Piece::Line { from, to, stroke });
        };
        for tick in &self.page.axis.ticks {
            let width = if tick.year.is_some() { 4.0 } else { 1.5 };
            line(self.at(tick.on), Stroke { ink: Ink::Rule, width, dash: Dash::Whole });
        }
        for (lane, dash) in self.page.lanes.iter().zip(DASHES) {
            for day in &lane.days {
                line(self.noon(*day), Stroke { ink: Ink::Lilac, width: LINE, dash });
            }
        }
    }

    /// Today, across a ground and whatever stands on it.
    pub(super) fn now(&self, sheet: &mut Sheet, y: f64, height: f64) {
        let x = self.noon(self.page.today);
        sheet.pieces.push(Piece::Line { from: (x, y), to: (x, y + height), stroke: TODAY });
    }
}

/// How thick the line of a meeting is.
const LINE: f64 = 2.0;

/// The lines of the series, in order.
const DASHES: [Dash; 3] = [Dash::Long, Dash::Dots, Dash::Mixed];
