//! Working days: Monday to Friday without Scottish bank holidays and the partnership's closures.

use std::collections::BTreeSet;

use chrono::Datelike;
use chrono::NaiveDate;
use chrono::Weekday;

use super::holiday::is_bank_holiday;

/// The days that differ from the ordinary calendar: closed on top of it, or worked in spite of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closures {
    added: BTreeSet<NaiveDate>,
    removed: BTreeSet<NaiveDate>,
}

impl Closures {
    /// `added` are closed: the partnership's own days and holidays proclaimed once. `removed` are
    /// bank holidays that were moved away that year, and so are worked. A day that is in both is
    /// closed.
    pub fn new(
        added: impl IntoIterator<Item = NaiveDate>,
        removed: impl IntoIterator<Item = NaiveDate>,
    ) -> Self {
        Self { added: added.into_iter().collect(), removed: removed.into_iter().collect() }
    }

    /// The days that are closed on top of the ordinary calendar, in order.
    pub fn closed(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        self.added.iter().copied()
    }

    /// The bank holidays that are worked, in order.
    pub fn worked(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        self.removed.iter().copied()
    }

    /// Closes one more day.
    pub fn close(&mut self, day: NaiveDate) {
        self.added.insert(day);
    }

    /// Says that the bank holiday of that day is worked.
    pub fn open(&mut self, day: NaiveDate) {
        self.removed.insert(day);
    }
}

impl FromIterator<NaiveDate> for Closures {
    fn from_iter<I: IntoIterator<Item = NaiveDate>>(added: I) -> Self {
        Self::new(added, [])
    }
}

/// Whether people are at work that day.
pub fn is_working_day(day: NaiveDate, closures: &Closures) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
        && !closures.added.contains(&day)
        && (closures.removed.contains(&day) || !is_bank_holiday(day))
}

/// The day that lies `count` working days before, the day itself not counted: five working days
/// before Thursday 19 November 2020 is Thursday 12 November. With a count of 0, the day itself.
pub fn working_days_before(day: NaiveDate, count: u32, closures: &Closures) -> NaiveDate {
    stepped(day, count, closures, |day| day.pred_opt())
}

/// The day that lies `count` working days after, the day itself not counted.
pub fn working_days_after(day: NaiveDate, count: u32, closures: &Closures) -> NaiveDate {
    stepped(day, count, closures, |day| day.succ_opt())
}

/// At the end of the calendar (some 260,000 years away) it stops rather than fail.
fn stepped(
    mut day: NaiveDate,
    count: u32,
    closures: &Closures,
    step: impl Fn(NaiveDate) -> Option<NaiveDate>,
) -> NaiveDate {
    let mut left = count;
    while left > 0 {
        let Some(next) = step(day) else { break };
        day = next;
        if is_working_day(day, closures) {
            left -= 1;
        }
    }
    day
}
