//! One whole day, read from what a person typed and written back in words.

use chrono::Datelike;
use chrono::NaiveDate;
use thiserror::Error;

use super::doubt::quoted;
use super::target::Reading;
use super::target::Target;

/// Why the words are not one certain day.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Nothing was written.
    #[error("No day was given. Write one such as 19 November 2020 or 19/11/2020.")]
    Blank,
    /// The words mean several days, as a month does.
    #[error("“{said}” is more than one day. Write one day such as 19 November 2020 or 19/11/2020.")]
    NotOneDay {
        /// What was written.
        said: String,
    },
    /// There is a doubt about the words, which it tells.
    #[error("{doubt} Write one day such as 19 November 2020 or 19/11/2020.")]
    Doubtful {
        /// The doubt, as a sentence.
        doubt: String,
    },
    /// No day could be found in the words.
    #[error("“{said}” is not a day. Write one such as 19 November 2020 or 19/11/2020.")]
    NotADay {
        /// What was written.
        said: String,
    },
}

/// Reads one whole day, the day of the month first: `1 January 2021`, `1/1/21`, `2021-01-01`.
/// Two-digit years from 00 to 79 are 2000 to 2079, the others 1980 to 1999.
pub fn read_day(words: &str) -> Result<NaiveDate, Refusal> {
    let target = Target::read(words);
    match (target.reading(), target.window(), target.doubts()) {
        (Reading::Blank, ..) => Err(Refusal::Blank),
        (Reading::Day, Some(window), []) if window.from == window.to => Ok(window.from),
        (_, Some(_), []) => Err(Refusal::NotOneDay { said: quoted(words) }),
        (_, None, []) => Err(Refusal::NotADay { said: quoted(words) }),
        (_, _, [doubt, ..]) => Err(Refusal::Doubtful { doubt: doubt.to_string() }),
    }
}

/// `12 November 2020`.
pub fn day_in_words(day: NaiveDate) -> String {
    format!("{} {} {}", day.day(), month_in_words(day.month()), day.year())
}

/// `Thursday 12 November 2020`.
pub fn day_in_full(day: NaiveDate) -> String {
    format!("{} {}", day.format("%A"), day_in_words(day))
}

pub(super) fn month_in_words(month: u32) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let index = month.clamp(1, 12) - 1;
    MONTHS[index as usize]
}
