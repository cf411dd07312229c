//! Dates in the cells of workbooks, and the words they are shown by.

use chrono::Datelike;
use chrono::NaiveDate;
use chrono::NaiveDateTime;
use chrono::NaiveTime;

use crate::files::document::Cell;

/// What of a date a cell shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shows {
    Day,
    DayWithoutYear,
    Month,
    MonthWithoutYear,
    Year,
    Time,
    /// Something that is not understood, such as the years of an emperor.
    Unsure,
}

/// A part of a date, by number or name; weekdays do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Day,
    Month,
    Year,
    Time,
}

impl Shows {
    /// What is shown where these parts are.
    pub(super) fn of(parts: &[Part]) -> Self {
        let has = |part| parts.contains(&part);
        match (has(Part::Day), has(Part::Month), has(Part::Year)) {
            (true, true, true) => Self::Day,
            (true, true, false) => Self::DayWithoutYear,
            (false, true, true) => Self::Month,
            (false, true, false) => Self::MonthWithoutYear,
            (false, false, true) => Self::Year,
            (false, false, false) if has(Part::Time) => Self::Time,
            _ => Self::Unsure,
        }
    }
}

/// A date that a file keeps in words, with a time or without: `2021-03-31T00:00:00`.
pub(super) fn kept(words: &str) -> Option<NaiveDateTime> {
    // The letter says that it is the time of Greenwich, which is all that a cell can mean.
    let words = words.trim().trim_end_matches('Z');
    let date = || words.parse::<NaiveDate>().ok().map(|date| date.and_time(NaiveTime::MIN));
    words.parse().ok().or_else(date)
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
    fn a_date_is_kept_with_a_time_or_without() {
        let check = |words: &str, expected: Option<&str>| {
            assert_eq!(kept(words).map(day).as_deref(), expected, "{words}");
        };
        check("2021-03-31", Some("2021-03-31"));
        check("2021-03-31T00:00:00", Some("2021-03-31"));
        check("2021-03-31T09:30:00Z", Some("2021-03-31 09:30"));
        check(" 2021-03-31Z ", Some("2021-03-31"));
        check("March 2021", None);
        check("", None);
    }

    #[test]
    fn what_is_kept_and_not_shown_is_said() {
        let on = |(month, day)| {
            NaiveDate::from_ymd_opt(2021, month, day).expect("a day").and_time(NaiveTime::MIN)
        };
        let check = |days: (u32, u32), shows: Shows, text: &str, doubt: &str| {
            let read = cell(on(days), shows);
            assert_eq!((read.text.as_str(), read.doubt.as_str()), (text, doubt));
        };
        check((3, 31), Shows::Day, "2021-03-31", "");
        check((3, 1), Shows::Month, "March 2021", "");
        let both = "The cell shows \"March 2021\" and holds 31 March 2021.";
        check((3, 31), Shows::Month, "March 2021", both);
        let no_year = "The cell shows no year, as in \"31 March\", and holds 31 March 2021.";
        check((3, 31), Shows::DayWithoutYear, "2021-03-31", no_year);
        let month = "The cell shows no year, as in \"March\", and holds 1 March 2021.";
        check((3, 1), Shows::MonthWithoutYear, "March 2021", month);
        check((1, 1), Shows::Year, "2021", "");
        let doubt = "It is not certain how the cell shows its date, 31 March 2021.";
        check((3, 31), Shows::Unsure, "2021-03-31", doubt);
    }
}
