//! Days and windows written in words.

use chrono::Datelike;
use chrono::NaiveDate;

use super::window::Window;

/// `12 November 2020`.
pub fn day_in_words(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// `Thursday 12 November 2020`.
pub fn day_in_full(day: NaiveDate) -> String {
    day.format("%A %-d %B %Y").to_string()
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
    let last = if window.is_whole_months() { "%B %Y" } else { "%-d %B %Y" };
    let first = match (window.is_whole_months(), same_month, same_year) {
        (true, true, _) => return to.format(last).to_string(),
        (true, _, true) if from.month() == 1 && to.month() == 12 => return to.year().to_string(),
        (true, _, true) => "%B",
        (true, ..) => "%B %Y",
        (false, true, _) => "%-d",
        (false, _, true) => "%-d %B",
        (false, ..) => "%-d %B %Y",
    };
    format!("{} to {}", from.format(first), to.format(last))
}

#[cfg(test)]
mod tests {
    use super::day_in_full;
    use super::window_in_words;
    use crate::date::Window;

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

    #[test]
    fn a_day_in_full() {
        let day = "2020-11-12".parse().unwrap();
        assert_eq!(day_in_full(day), "Thursday 12 November 2020");
    }
}
