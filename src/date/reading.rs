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
    /// Work without an end, or done again and again.
    Ongoing,
    /// Yet to be decided.
    ToBeConfirmed,
    /// No window was found; the doubts say why.
    Unread,
    /// The window was settled before and came from the store.
    Recorded,
}

/// When work without an end is looked at again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Review {
    /// Once, in that window.
    Once(Window),
    /// Every year in those months (1 to 12), in the order written.
    EachYear(Vec<u32>),
}
