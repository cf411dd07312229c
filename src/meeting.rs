//! When bodies meet: a series, its meetings, and their papers deadlines.

pub mod asked;
pub mod changed;
mod cited;
mod named;
mod office;
pub mod run;
#[cfg(test)]
mod tests;

use std::str::FromStr;

use chrono::DateTime;
use chrono::LocalResult;
use chrono::NaiveDate;
use chrono::NaiveDateTime;
use chrono::NaiveTime;
use chrono::TimeDelta;
use chrono::TimeZone;
use chrono::Utc;
use chrono_tz::Tz;
use thiserror::Error;

use crate::body::BodyId;
use crate::date::Closures;
use crate::meeting::changed::Changes;
use crate::meeting::run::Run;

/// How many working days before a meeting its papers are due, where a series does not say.
pub const PAPERS_DAYS: u32 = 5;

/// A rule of recurrence in local time, as the `cron` crate reads it: seconds first, weekdays by
/// name, day of month and weekday both holding, so `0 0 10 15-21 Feb Thu` is a third Thursday.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule(cron::Schedule);

/// Words that are not a rule.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "\"{words}\" is not a rule for a series of meetings. \
     Write six fields, as in `0 0 10 15-21 Feb,May,Aug,Nov Thu`: \
     second, minute, hour, days of the month, months, weekday."
)]
pub struct NotARule {
    words: String,
}

impl FromStr for Rule {
    type Err = NotARule;

    fn from_str(words: &str) -> Result<Self, NotARule> {
        cron::Schedule::from_str(words).map(Self).map_err(|_| NotARule { words: words.to_owned() })
    }
}

impl Rule {
    /// The rule as written.
    pub fn words(&self) -> &str {
        self.0.source()
    }

    /// The local times of the rule from a local time on, in order.
    ///
    /// The crate is asked about the wall clock as if it were UTC: in a zone it would skip a time
    /// that the spring change leaves out and double one that the autumn change repeats.
    fn local_times(&self, from: NaiveDateTime) -> impl Iterator<Item = NaiveDateTime> + '_ {
        self.0.after_owned(from.and_utc() - TimeDelta::seconds(1)).map(|at| at.naive_utc())
    }
}

/// A body's run of meetings.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Whose meetings they are.
    pub body: BodyId,
    /// What one of them is called: `CPEG`, `board`.
    pub title: String,
    /// When they are.
    pub rule: Rule,
    /// How many working days before a meeting its papers are due.
    pub papers_days: u32,
}

/// One meeting of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Whose meeting it is.
    pub body: BodyId,
    /// What it is called: `CPEG`, `board`.
    pub title: String,
    /// When it begins.
    pub at: DateTime<Utc>,
    /// The day, where the partnership is.
    pub on: NaiveDate,
    /// The day that it was first set for: it stays the same meeting by that, wherever it is moved.
    pub first_on: NaiveDate,
    /// The time of day, where the partnership is.
    pub time: NaiveTime,
    /// The day its papers are due.
    pub papers_on: NaiveDate,
}

/// All meetings of a partnership, past and to come.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Where the partnership's days and hours are.
    pub zone: Tz,
    /// The runs of meetings.
    pub series: Vec<Series>,
    /// The days that are not working days beside weekends and bank holidays.
    pub closures: Closures,
    /// What was set about single meetings.
    pub changes: Changes,
}

impl Calendar {
    /// The calendar as it was known at an instant: without what was set about single meetings since.
    /// Closed days are as they are now.
    #[must_use]
    pub fn as_of(&self, at: DateTime<Utc>) -> Self {
        Self { changes: self.changes.as_of(at), ..self.clone() }
    }

    /// The day it is at an instant, where the partnership is.
    pub fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// The meetings of a run from the beginning of a day on, soonest first.
    pub fn from_day<'a>(
        &'a self,
        run: Run<'a>,
        day: NaiveDate,
    ) -> impl Iterator<Item = Meeting> + 'a {
        self.of_run(run, self.begin_of(day) - TimeDelta::milliseconds(1))
    }

    /// The next meeting of a body after an instant.
    pub fn next(&self, body: BodyId, at: DateTime<Utc>) -> Option<Meeting> {
        self.of_body(body, at).next()
    }

    /// The next meeting of any body after an instant.
    pub fn next_of_any(&self, at: DateTime<Utc>) -> Option<Meeting> {
        self.meetings_after(at).next()
    }

    /// The meetings of each body that begin after an instant, soonest first, at most so many of each
    /// run.
    pub fn coming(&self, at: DateTime<Utc>, of_each_max: usize) -> Vec<Meeting> {
        let runs = self.runs();
        let of_each = runs.iter().flat_map(|run| self.of_run(*run, at).take(of_each_max));
        let mut coming: Vec<Meeting> = of_each.collect();
        coming.sort_by_key(|meeting| (meeting.at, meeting.body));
        coming
    }

    /// The last meeting of a body that began at an instant or before, within two years.
    pub fn last(&self, body: BodyId, at: DateTime<Utc>) -> Option<Meeting> {
        let since = at - TimeDelta::days(731);
        self.of_body(body, since).take_while(|meeting| meeting.at <= at).last()
    }

    /// The last meeting of any body that began at an instant or before, within two years.
    pub fn last_of_any(&self, at: DateTime<Utc>) -> Option<Meeting> {
        let runs = self.runs();
        let bodies = runs.iter().map(|run| run.body);
        bodies.filter_map(|body| self.last(body, at)).max_by_key(|meeting| meeting.at)
    }

    /// The first instant of a day, where the partnership is.
    pub fn begin_of(&self, day: NaiveDate) -> DateTime<Utc> {
        self.instant(day.and_time(NaiveTime::MIN))
    }

    /// The last millisecond of a day, where the partnership is.
    pub fn end_of(&self, day: NaiveDate) -> DateTime<Utc> {
        let after = day.succ_opt().unwrap_or(day);
        self.begin_of(after) - TimeDelta::milliseconds(1)
    }

    /// The instant of a local time: as it is; the first of two in autumn; in spring, forward by the
    /// length of the gap.
    pub fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        match self.zone.from_local_datetime(&local) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
            LocalResult::None => {
                let before = local - TimeDelta::hours(3);
                let earlier = self.zone.from_local_datetime(&before).earliest();
                earlier.map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
                    + TimeDelta::hours(3)
            }
        }
    }
}
