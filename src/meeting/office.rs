//! When people are at work: working days and office hours, where the partnership is.

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::NaiveTime;
use chrono::Utc;

use crate::date::is_working_day;
use crate::date::working_days_after;
use crate::date::working_days_before;
use crate::meeting::Calendar;
use crate::routine::OFFICE_CLOSES;
use crate::routine::OFFICE_OPENS;

impl Calendar {
    /// Whether people are at work on a day.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        is_working_day(day, &self.closures)
    }

    /// The day so many working days before a day; with a count of 0, the day itself.
    pub fn working_days_before(&self, day: NaiveDate, count: u32) -> NaiveDate {
        working_days_before(day, count, &self.closures)
    }

    /// The day so many working days after a day; with a count of 0, the day itself.
    pub fn working_days_after(&self, day: NaiveDate, count: u32) -> NaiveDate {
        working_days_after(day, count, &self.closures)
    }

    /// Whether somebody may be disturbed at an instant: on a working day, in office hours.
    pub fn is_office_hour(&self, at: DateTime<Utc>) -> bool {
        let local = at.with_timezone(&self.zone).naive_local();
        let time = local.time();
        self.is_working_day(local.date()) && OFFICE_OPENS <= time && time < OFFICE_CLOSES
    }

    /// The first instant from that one on at which somebody may be disturbed: that instant, or a time
    /// of day on the first working day that has it still to come.
    pub fn next_office_hour(&self, at: DateTime<Utc>, time: NaiveTime) -> DateTime<Utc> {
        if self.is_office_hour(at) {
            return at;
        }
        let today = self.day(at);
        let at_time = |day: NaiveDate| self.instant(day.and_time(time));
        if self.is_working_day(today) && at_time(today) > at {
            return at_time(today);
        }
        at_time(self.working_days_after(today, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Closures;
    use crate::meeting::changed::Changes;

    #[track_caller]
    fn check(at: &str, expected: &str) {
        let calendar = Calendar {
            zone: chrono_tz::Europe::London,
            series: Vec::new(),
            closures: Closures::new(["2020-11-20".parse().unwrap()], []),
            changes: Changes::default(),
        };
        let nine = "09:00:00".parse().unwrap();
        let found = calendar.next_office_hour(at.parse().unwrap(), nine);
        assert_eq!(found, expected.parse::<DateTime<Utc>>().unwrap(), "{at}");
    }

    #[test]
    fn nobody_is_disturbed_in_the_evening_at_weekends_or_on_holidays() {
        check("2020-11-19T11:00:00Z", "2020-11-19T11:00:00Z");
        check("2020-11-19T06:00:00Z", "2020-11-19T09:00:00Z");
        check("2020-11-19T08:00:00Z", "2020-11-19T08:00:00Z");
        check("2020-11-12T18:00:00Z", "2020-11-13T09:00:00Z");
        check("2020-11-19T19:00:00Z", "2020-11-23T09:00:00Z");
        check("2020-11-21T11:00:00Z", "2020-11-23T09:00:00Z");
        check("2020-11-30T11:00:00Z", "2020-12-01T09:00:00Z");
        check("2021-07-01T17:30:00Z", "2021-07-02T08:00:00Z");
    }
}
