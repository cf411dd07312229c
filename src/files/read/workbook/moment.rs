//! Dates as a workbook keeps them, in days since its epoch, and the words they are shown by.

use chrono::Datelike;
use chrono::NaiveDate;
use chrono::NaiveDateTime;
use chrono::NaiveTime;
use chrono::TimeDelta;

use crate::files::document::Cell;
use crate::files::read::workbook::format::Shows;

/// The day that is counted as 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Epoch {
    /// Windows: 1 is 1 January 1900, and 60 the 29 February that the year did not have.
    From1900,
    /// Old Macs: 0 is 1 January 1904.
    From1904,
}

/// The day after the last that Excel knows, 31 December 9999, counted from 1900.
const DAYS_MAX: f64 = 2_958_466.0;

const DAY_S: f64 = 86_400.0;

impl Epoch {
    /// The moment that a number of days stands for, to the second; none where there is none.
    pub(super) fn moment(self, days: f64) -> Option<NaiveDateTime> {
        if !(0.0..DAYS_MAX).contains(&days) {
            return None;
        }
        let start = match self {
            Self::From1900 if days < 60.0 => NaiveDate::from_ymd_opt(1899, 12, 31),
            Self::From1900 if days < 61.0 => None,
            Self::From1900 => NaiveDate::from_ymd_opt(1899, 12, 30),
            Self::From1904 => NaiveDate::from_ymd_opt(1904, 1, 1),
        };
        start?.and_time(NaiveTime::MIN).checked_add_signed(seconds(days))
    }
}

/// A length in days, to the second.
#[expect(
    clippy::cast_possible_truncation,
    reason = "callers hold the days below ten thousand years, whose seconds an i64 holds"
)]
fn seconds(days: f64) -> TimeDelta {
    TimeDelta::seconds((days * DAY_S).round() as i64)
}

/// A length of time as a clock would show it, such as `26:30`.
pub(super) fn length(days: f64) -> Option<String> {
    if !(0.0..DAYS_MAX).contains(&days) {
        return None;
    }
    let minutes = seconds(days).num_minutes();
    Some(format!("{}:{:02}", minutes / 60, minutes % 60))
}

/// The words of a date of which that much is shown: a day as in `2021-03-31`, a month as in
/// `March 2021`. What is kept and not shown is said.
pub(super) fn cell(moment: NaiveDateTime, shows: Shows) -> Cell {
    let date = moment.date();
    let long = date.format("%-d %B %Y");
    let hidden = |what: String| Cell {
        text: what.clone(),
        continues: false,
        doubt: format!("The cell shows \"{what}\" and holds {long}."),
    };
    let without_year = |text: String, look: String| Cell {
        text,
        continues: false,
        doubt: format!("The cell shows no year, as in \"{look}\", and holds {long}."),
    };
    match shows {
        Shows::Day => day(moment).into(),
        Shows::DayWithoutYear => without_year(day(moment), date.format("%-d %B").to_string()),
        Shows::Month => {
            let month = date.format("%B %Y").to_string();
            if date.day() == 1 { month.into() } else { hidden(month) }
        }
        Shows::MonthWithoutYear => {
            without_year(date.format("%B %Y").to_string(), date.format("%B").to_string())
        }
        Shows::Year => {
            let year = date.format("%Y").to_string();
            if date.ordinal() == 1 { year.into() } else { hidden(year) }
        }
        Shows::Time => clock(moment).into(),
        Shows::Unsure => {
            let doubt = format!("It is not certain how the cell shows its date, {long}.");
            Cell { text: day(moment), continues: false, doubt }
        }
    }
}

/// A day, and the time where it is not midnight.
fn day(moment: NaiveDateTime) -> String {
    let date = moment.format("%Y-%m-%d").to_string();
    if moment.time() == NaiveTime::MIN { date } else { format!("{date} {}", clock(moment)) }
}

fn clock(moment: NaiveDateTime) -> String {
    moment.format("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_excel_counts_them() {
        let check = |epoch: Epoch, days: f64, expected: &str| {
            let read = epoch.moment(days).map(day).unwrap_or_default();
            assert_eq!(read, expected, "{days} {epoch:?}");
        };
        check(Epoch::From1900, 44286.0, "2021-03-31");
        check(Epoch::From1900, 44_286.604_166_666_7, "2021-03-31 14:30");
        check(Epoch::From1900, 44_285.999_999_999, "2021-03-31");
        check(Epoch::From1904, 42824.0, "2021-03-31");
        check(Epoch::From1900, 1.0, "1900-01-01");
        check(Epoch::From1900, 59.0, "1900-02-28");
        check(Epoch::From1900, 60.0, "");
        check(Epoch::From1900, 61.0, "1900-03-01");
        check(Epoch::From1900, 2_958_465.0, "9999-12-31");
        check(Epoch::From1900, 2_958_466.0, "");
        check(Epoch::From1900, -1.0, "");
        check(Epoch::From1904, f64::NAN, "");
    }

    #[test]
    fn what_is_kept_and_not_shown_is_said() {
        let check = |days: f64, shows: Shows, text: &str, doubt: &str| {
            let read = cell(Epoch::From1900.moment(days).expect("a moment"), shows);
            assert_eq!((read.text.as_str(), read.doubt.as_str()), (text, doubt));
        };
        check(44286.0, Shows::Day, "2021-03-31", "");
        check(44256.0, Shows::Month, "March 2021", "");
        let both = "The cell shows \"March 2021\" and holds 31 March 2021.";
        check(44286.0, Shows::Month, "March 2021", both);
        let no_year = "The cell shows no year, as in \"31 March\", and holds 31 March 2021.";
        check(44286.0, Shows::DayWithoutYear, "2021-03-31", no_year);
        let month = "The cell shows no year, as in \"March\", and holds 1 March 2021.";
        check(44256.0, Shows::MonthWithoutYear, "March 2021", month);
        check(44197.0, Shows::Year, "2021", "");
        let doubt = "It is not certain how the cell shows its date, 31 March 2021.";
        check(44286.0, Shows::Unsure, "2021-03-31", doubt);
    }

    #[test]
    fn a_length_runs_on_beyond_a_day() {
        assert_eq!(length(26.5 / 24.0).as_deref(), Some("26:30"));
        assert_eq!(length(f64::INFINITY), None);
    }
}
