//! What is not certain about a reading, each doubt a sentence that a person can answer.

use std::fmt;

use super::window::Window;
use super::written::window_in_words;

/// One thing that is not certain. Its `Display` is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// A reading was chosen where the words allow another.
    Guess {
        /// The words in question.
        said: String,
        /// What they were taken to mean.
        window: Window,
        /// Why that is not certain.
        reason: Reason,
    },
    /// A day or month without a year.
    NoYear {
        /// The words in question.
        said: String,
    },
    /// Numbers that no calendar has.
    Impossible {
        /// The words in question.
        said: String,
    },
    /// A stretch that a financial year holds parts of two of.
    EitherYear {
        /// The words in question.
        said: String,
    },
    /// A number that spreadsheets keep a day as.
    Serial {
        /// The words in question.
        said: String,
        /// The day that a spreadsheet would show.
        window: Window,
    },
    /// Two numbers that could be a day, a month or a financial year.
    BareNumbers {
        /// The words in question.
        said: String,
    },
    /// The end lies before the start.
    Backwards {
        /// The words in question.
        said: String,
    },
    /// More than one date; the latest governs.
    Several {
        /// The one that governs.
        window: Window,
    },
    /// The day of the week is not that of the date.
    WrongWeekday {
        /// The words in question.
        said: String,
        /// The weekday that the date has.
        weekday: String,
    },
    /// It says when work starts and not when it is due.
    StartOnly {
        /// The words in question.
        said: String,
    },
    /// It hangs on an event or a length of time whose start is not known here.
    Relative {
        /// The words in question.
        said: String,
    },
    /// How the work stands, or where to look, in place of a date.
    NotATarget {
        /// The words in question.
        said: String,
    },
    /// Work without an end, and yet a date.
    NoEnd {
        /// The date, kept for review.
        window: Window,
    },
    /// A meeting; the calendar gave its day.
    MeetingDay {
        /// The words for the meeting.
        said: String,
        /// The meeting's day.
        window: Window,
    },
    /// A meeting that the calendar does not hold; the month is used.
    MeetingUnknown {
        /// The words for the meeting.
        said: String,
        /// The month.
        window: Window,
    },
    /// Words that were left out of the reading.
    Unread {
        /// The words in question.
        said: String,
    },
    /// Nothing in the words is a date.
    NoDate {
        /// The words in question.
        said: String,
    },
    /// Too much text for a target.
    Prose,
}

/// Why a chosen reading is not certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// `Mar-15`.
    MonthNotDay,
    /// `Q2 2021`.
    FinancialQuarter,
    /// `H1 2021`.
    CalendarHalf,
    /// `FY 2021`.
    FinancialYear,
    /// `FYE 2022`.
    FinancialYearEnd,
    /// `2010-11`, `22-23`.
    YearNotMonth,
    /// `2021-2022`.
    OneYearNotTwo,
    /// `2021-03`.
    MonthNotYears,
    /// `03/22`.
    MonthAndYear,
    /// `2020-2022`.
    YearSpan,
    /// `March 2021/22`.
    WithinFinancialYear,
    /// `Spring 2021`.
    Season,
    /// `Easter 2021`.
    Feast,
    /// `early 2021`.
    PartOf,
    /// `Nov – Feb 2021`.
    StartYear,
    /// `Nov 2020 – Feb`.
    EndYear,
    /// `Febuary 2021`.
    Misspelt,
    /// `31 03 2022`, `20220331`.
    RunTogether,
    /// `1. March 2021`.
    LineNumber,
    /// `before March 2021`.
    Before,
    /// `w/c 5 April 2021`.
    WeekOf,
    /// `ongoing until March 2022`.
    OngoingUntil,
    /// `TBC – February 2021`.
    Unconfirmed,
    /// `approx. March 2021`.
    Hedged,
    /// `March 2021 (complete)`.
    Status,
    /// `revised March 2021`.
    Changed,
    /// `year end 2021`.
    YearEnd,
    /// `review March 2021`.
    Review,
    /// A year far from any plan's.
    FarYear,
    /// `within 6 months`.
    Counted,
}

impl Reason {
    fn because(self) -> &'static str {
        match self {
            Self::MonthNotDay => "the number is taken as the year, not as a day of the month",
            Self::FinancialQuarter => {
                "quarters are counted from April; the calendar’s quarter may be meant"
            }
            Self::CalendarHalf => "the half is the calendar’s; the financial year’s may be meant",
            Self::FinancialYear => {
                "it is taken as the financial year that begins then; the one that ends then may be meant"
            }
            Self::FinancialYearEnd => "it is taken as the financial year that ends then",
            Self::YearNotMonth => "it is taken as a financial year, not as a day or month",
            Self::OneYearNotTwo => {
                "it is taken as one financial year; two calendar years may be meant"
            }
            Self::MonthNotYears => "it is taken as a month, not as a run of years",
            Self::MonthAndYear => "it is taken as month and year",
            Self::YearSpan => "it is taken as whole calendar years; financial years may be meant",
            Self::WithinFinancialYear => "it is placed within that financial year",
            Self::Season => "a season has no exact days",
            Self::Feast => "it is taken as the day of the feast itself",
            Self::PartOf => "a part of a year or month has no exact days",
            Self::StartYear => "the year of the start is not written",
            Self::EndYear => "the year of the end is not written",
            Self::Misspelt => "the month looks misspelt",
            Self::RunTogether => "the numbers stand without marks between them",
            Self::LineNumber => "the number is taken as the day; it may only number the line",
            Self::Before => "“before” is taken to end on the day before",
            Self::WeekOf => "the whole week is meant, to its last day",
            Self::OngoingUntil => "the work is called ongoing; it is taken as due by then",
            Self::Unconfirmed => "it is still to be confirmed",
            Self::Hedged => "the words leave it open",
            Self::Status => "the words say how the work stands, too",
            Self::Changed => "the words say that the date has been changed",
            Self::YearEnd => "the year is taken as the calendar’s; the financial year may be meant",
            Self::Review => "the words name a review; it is taken as the target",
            Self::FarYear => "the year is an unlikely one",
            Self::Counted => "it is counted from the day on which it was written",
        }
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Guess { said, window, reason } => {
                write!(f, "“{said}” is read as {}: {}.", window_in_words(*window), reason.because())
            }
            Self::NoYear { said } => write!(f, "“{said}” names no year that I can read."),
            Self::Impossible { said } if said.contains(char::is_alphabetic) => {
                write!(f, "“{said}” does not exist in the calendar.")
            }
            Self::Impossible { said } => {
                write!(
                    f,
                    "“{said}” does not exist in the calendar; the day comes before the month."
                )
            }
            Self::EitherYear { said } => {
                write!(f, "“{said}” may be in either of the two years; which one is meant?")
            }
            Self::Serial { said, window } => write!(
                f,
                "“{said}” is no date that people write; a spreadsheet would show it as {}. Write that day if it is meant.",
                window_in_words(*window)
            ),
            Self::BareNumbers { said } => write!(
                f,
                "“{said}” could be a day, a month or a financial year; write the month as a word, or the whole year."
            ),
            Self::Backwards { said } => write!(f, "“{said}” ends before it starts."),
            Self::Several { window } => write!(
                f,
                "There is more than one date; the latest, {}, is used.",
                window_in_words(*window)
            ),
            Self::WrongWeekday { said, weekday } => {
                write!(f, "“{said}”: that day is a {weekday}.")
            }
            Self::StartOnly { said } => {
                write!(f, "“{said}” says when it starts, not when it is due.")
            }
            Self::Relative { said } => {
                write!(f, "“{said}” hangs on something else; which day is meant?")
            }
            Self::NotATarget { said } => write!(f, "“{said}” is not a date."),
            Self::NoEnd { window } => write!(
                f,
                "The work has no end; {} is kept as the time to review it, not as the target.",
                window_in_words(*window)
            ),
            Self::MeetingDay { said, window } => {
                write!(f, "“{said}” is read as the meeting of {}.", window_in_words(*window))
            }
            Self::MeetingUnknown { said, window } => write!(
                f,
                "“{said}” means a meeting that is not in the calendar; {} is used.",
                window_in_words(*window)
            ),
            Self::Unread { said } => write!(f, "“{said}” was not understood."),
            Self::NoDate { said } => write!(f, "No date was found in “{said}”."),
            Self::Prose => write!(f, "This is too long to be a target date."),
        }
    }
}

/// Words on one line and not too long, fit to stand in a sentence.
pub(super) fn quoted(words: &str) -> String {
    /// Enough to recognise the cell by.
    const CHARACTERS_MAX: usize = 80;
    let mut line = String::with_capacity(words.len().min(4 * CHARACTERS_MAX));
    let mut count = 0;
    for word in words.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
            count += 1;
        }
        for c in word.chars() {
            if count == CHARACTERS_MAX {
                line.push('…');
                return line;
            }
            line.push(c);
            count += 1;
        }
    }
    line
}
