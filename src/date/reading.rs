//! In which way the words of a target were understood.

use super::window::Window;

/// How the words were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Nothing is written.
    Blank,
    /// One day.
    Day,
    /// A month.
    Month,
    /// A run from one date to another.
    Span,
    /// A quarter or half of a year.
    Quarter,
    /// A financial year, April to March.
    FinancialYear,
    /// A calendar year.
    CalendarYear,
    /// A season.
    Season,
    /// The early, middle or late part of something.
    Part,
    /// The day of a meeting.
    Meeting,
    /// Counted from the day it was written.
    Counted,
    /// Work without an end, or done again and again.
    Ongoing,
    /// Yet to be decided.
    ToBeConfirmed,
    /// No window was found; the doubts say why.
    Unread,
    /// The window was settled before and came from the store.
    Recorded,
}

impl Reading {
    /// What the words were read as, to stand after a colon: `a month`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Blank => "nothing written",
            Self::Day => "a day",
            Self::Month => "a month",
            Self::Span => "from one date to another",
            Self::Quarter => "a quarter or half of a year",
            Self::FinancialYear => "a financial year",
            Self::CalendarYear => "a calendar year",
            Self::Season => "a season",
            Self::Part => "part of a year, quarter or month",
            Self::Meeting => "the day of a meeting",
            Self::Counted => "counted from the day it was written",
            Self::Ongoing => "ongoing work, without an end",
            Self::ToBeConfirmed => "to be confirmed",
            Self::Unread => "not read as a date",
            Self::Recorded => "as recorded",
        }
    }
}

/// When work without an end is looked at again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Review {
    /// Once, in that window.
    Once(Window),
    /// Every year in those months (1 to 12), in the order written.
    EachYear(Vec<u32>),
}
