//! A run of days, the first and the last included.

use chrono::Datelike;
use chrono::Months;
use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

/// The days a target means, from the first to the last; `from` is never after `to` when it comes
/// from a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Window {
    /// The first day.
    pub from: NaiveDate,
    /// The last day: the day by which the work is due.
    pub to: NaiveDate,
}

impl Window {
    /// The window of one day.
    pub const fn day(day: NaiveDate) -> Self {
        Self { from: day, to: day }
    }

    /// Whether the day lies within the window.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// So many whole months, beginning with that one.
    pub(super) fn months(year: i32, month: u32, count: u32) -> Option<Self> {
        let from = NaiveDate::from_ymd_opt(year, month, 1)?;
        let to = from.checked_add_months(Months::new(count))?.pred_opt()?;
        Some(Self { from, to })
    }

    /// The Scottish financial year, April to March, in which that day lies.
    pub(super) fn financial_year(day: NaiveDate) -> Option<Self> {
        let april = day.checked_sub_months(Months::new(3))?;
        Self::months(april.year(), 4, 12)
    }

    pub(super) fn is_whole_months(self) -> bool {
        self.from.day() == 1 && self.to.succ_opt().is_some_and(|next| next.day() == 1)
    }
}
