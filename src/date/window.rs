//! A run of days, the first and the last included.

use chrono::Datelike;
use chrono::Months;
use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

use super::day::day_in_words;
use super::day::month_in_words;

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

    fn is_whole_months(self) -> bool {
        self.from.day() == 1 && self.to.succ_opt().is_some_and(|next| next.day() == 1)
    }
}

/// The window as a person would write it: `December 2020`, `June to September 2021`,
/// `1 to 5 May 2021`, `12 November 2020`, `2021`. What it writes is read back as the same window.
pub fn window_in_words(window: Window) -> String {
    let Window { from, to } = window;
    if from == to {
        return day_in_words(from);
    }
    let same_year = from.year() == to.year();
    let same_month = same_year && from.month() == to.month();
    if window.is_whole_months() {
        let (first, last) = (month_in_words(from.month()), month_in_words(to.month()));
        return match (same_month, same_year) {
            (true, _) => format!("{last} {}", to.year()),
            (_, true) if from.month() == 1 && to.month() == 12 => to.year().to_string(),
            (_, true) => format!("{first} to {last} {}", to.year()),
            (_, false) => format!("{first} {} to {last} {}", from.year(), to.year()),
        };
    }
    match (same_month, same_year) {
        (true, _) => format!("{} to {}", from.day(), day_in_words(to)),
        (_, true) => {
            format!("{} {} to {}", from.day(), month_in_words(from.month()), day_in_words(to))
        }
        (_, false) => format!("{} to {}", day_in_words(from), day_in_words(to)),
    }
}

#[cfg(test)]
mod tests {
    use super::Window;
    use super::window_in_words;

    #[track_caller]
    fn check(from: &str, to: &str, words: &str) {
        let window = Window { from: from.parse().unwrap(), to: to.parse().unwrap() };
        assert_eq!(window_in_words(window), words);
    }

    #[test]
    fn windows_in_words() {
        check("2020-11-12", "2020-11-12", "12 November 2020");
        check("2020-12-01", "2020-12-31", "December 2020");
        check("2021-06-01", "2021-09-30", "June to September 2021");
        check("2021-04-01", "2022-03-31", "April 2021 to March 2022");
        check("2021-01-01", "2021-12-31", "2021");
        check("2021-05-01", "2021-05-05", "1 to 5 May 2021");
        check("2021-04-30", "2021-05-05", "30 April to 5 May 2021");
        check("2020-12-30", "2021-01-05", "30 December 2020 to 5 January 2021");
    }
}
