//! What a picture consists of: shapes and words with their places, before anything is drawn.

use super::font::Face;
use crate::view::overview::Sign;

/// A colour. On white each has a contrast of 4.5 to 1 or more, except the pale ones, which carry no
/// meaning; seen without colour, what they mean is still told apart by shape and pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Ink {
    /// Words.
    Black,
    /// Words of less weight.
    Grey,
    /// What is late.
    Red,
    /// What is due or at risk.
    Amber,
    /// What goes on.
    Blue,
    /// What is done.
    Green,
    /// Meetings.
    Violet,
    /// The lines of meetings behind bars.
    Lilac,
    /// The page.
    White,
    /// The ground of a heading.
    Mist,
    /// The ground of a bar.
    Haze,
    /// Lines of the calendar.
    Rule,
}

impl Ink {
    /// The colour as drawings write it.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Black => "#1a1f24",
            Self::Grey => "#4a535c",
            Self::Red => "#a3161a",
            Self::Amber => "#8a4300",
            Self::Blue => "#1f5fa8",
            Self::Green => "#1e6b3a",
            Self::Violet => "#5b3f8c",
            Self::Lilac => "#8f7cb8",
            Self::White => "#ffffff",
            Self::Mist => "#e4eaf0",
            Self::Haze => "#f4f6f8",
            Self::Rule => "#c3cad2",
        }
    }
}

/// How a bar looks, for each thing that people say of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fill {
    /// One colour.
    Plain(Ink),
    /// An outline around white.
    Outline(Ink),
    /// Slanting stripes in an outline.
    Stripes(Ink),
    /// Squares, dark and darker.
    Chequers(Ink),
    /// Upright bars in an outline.
    Bars(Ink),
    /// A pale ground in an outline.
    Pale(Ink),
}

/// Where a line of words stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// Its beginning is at the place given.
    Start,
    /// Its end is.
    End,
    /// Its middle is.
    Middle,
}

/// How a line is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dash {
    /// Not at all.
    Whole,
    /// Into long strokes.
    Long,
    /// Into dots.
    Dots,
    /// Into strokes and dots.
    Mixed,
}

/// What a line looks like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stroke {
    pub(super) ink: Ink,
    pub(super) width: f64,
    pub(super) dash: Dash,
}

/// The line of the day a page is seen from.
pub(super) const TODAY: Stroke = Stroke { ink: Ink::Black, width: 5.0, dash: Dash::Whole };

/// The time since an overdue action was due.
pub(super) const OVERRUN: Stroke = Stroke { ink: Ink::Red, width: 8.0, dash: Dash::Long };

/// What words look like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pen {
    pub(super) face: Face,
    pub(super) ink: Ink,
}

impl Pen {
    pub(super) const fn regular(size: f64, ink: Ink) -> Self {
        Self { face: Face::regular(size), ink }
    }

    pub(super) const fn bold(size: f64, ink: Ink) -> Self {
        Self { face: Face::bold(size), ink }
    }
}

/// A rectangle, from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Rect {
    pub(super) fn right(&self) -> f64 {
        self.x + self.width
    }

    pub(super) fn middle(&self) -> f64 {
        self.y + self.height / 2.0
    }
}

/// One thing on the page; lengths are in units of which the page is [`super::WIDTH`] wide.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// A filled rectangle with rounded corners.
    Area { rect: Rect, fill: Fill },
    /// An action's bar; the name says whose.
    Bar { rect: Rect, fill: Fill, of: String },
    /// A straight line.
    Line { from: (f64, f64), to: (f64, f64), stroke: Stroke },
    /// A sign in a square, from its upper left corner.
    Sign { at: (f64, f64), size: f64, sign: Sign },
    /// A triangle.
    Point { corners: [(f64, f64); 3], ink: Ink },
    /// A line of words on a baseline, no wider than its room.
    Words(Words),
}

/// A line of words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Words {
    pub(super) at: (f64, f64),
    pub(super) room: f64,
    pub(super) pen: Pen,
    pub(super) anchor: Anchor,
    /// Whether they stand on a white shadow, over lines.
    pub(super) over_lines: bool,
    pub(super) says: String,
}

/// What a bar of an action with that status looks like.
pub(super) fn fill(sign: Sign) -> Fill {
    match sign {
        Sign::NotStarted => Fill::Outline(Ink::Grey),
        Sign::AtRisk => Fill::Stripes(Ink::Amber),
        Sign::Blocked => Fill::Chequers(Ink::Black),
        Sign::OnHold => Fill::Bars(Ink::Grey),
        Sign::Complete => Fill::Pale(Ink::Green),
        // The others never stand for a status.
        Sign::OnTrack | Sign::Overdue | Sign::Due | Sign::Moved => Fill::Plain(Ink::Blue),
    }
}

/// The colour of a sign.
pub(super) fn ink(sign: Sign) -> Ink {
    match sign {
        Sign::Overdue => Ink::Red,
        Sign::Due | Sign::Moved | Sign::AtRisk => Ink::Amber,
        Sign::NotStarted | Sign::OnHold => Ink::Grey,
        Sign::OnTrack => Ink::Blue,
        Sign::Blocked => Ink::Black,
        Sign::Complete => Ink::Green,
    }
}
