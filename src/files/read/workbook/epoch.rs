//! Dates as a workbook keeps them: in days since its epoch.

use chrono::NaiveDate;
use chrono::NaiveDateTime;
use chrono::NaiveTime;
use chrono::TimeDelta;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::read::moment::Shows;
    use crate::files::read::moment::cell;

    #[test]
    fn days_are_counted_as_excel_counts_them() {
        let check = |epoch: Epoch, days: f64, expected: &str| {
            let read =
                epoch.moment(days).map(|moment| cell(moment, Shows::Day).text).unwrap_or_default();
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
    fn a_length_runs_on_beyond_a_day() {
        assert_eq!(length(26.5 / 24.0).as_deref(), Some("26:30"));
        assert_eq!(length(f64::INFINITY), None);
    }
}
