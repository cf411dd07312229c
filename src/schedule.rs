//! What is to be said unasked, and when: the ticks between two instants.

#[cfg(test)]
mod tests;

use std::fmt;

use chrono::DateTime;
use chrono::NaiveTime;
use chrono::TimeDelta;
use chrono::Utc;

use crate::body::BodyId;
use crate::meeting::Calendar;
use crate::meeting::Meeting;
use crate::meeting::Series;

/// Something Convener does around each meeting, unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Routine {
    /// The digest, in the body's channel, on the papers deadline.
    Digest,
}

impl fmt::Display for Routine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Digest => f.write_str("digest"),
        }
    }
}

/// A routine that falls due once, for one meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// When.
    pub due_at: DateTime<Utc>,
    /// What.
    pub routine: Routine,
    /// For which meeting.
    pub meeting: Meeting,
}

impl Tick {
    /// What makes it the same tick whenever it is met: routine, moment, recipient.
    pub fn key(&self) -> String {
        let Self { due_at, routine, meeting } = self;
        format!("{routine}/{}/{}", due_at.format("%Y-%m-%dT%H:%MZ"), meeting.body.0)
    }

    /// Whom it is for.
    pub fn recipient(&self) -> BodyId {
        self.meeting.body
    }

    /// Whether saying it is still of use: until the meeting begins.
    pub fn is_useful(&self, now: DateTime<Utc>) -> bool {
        now < self.meeting.at
    }

    /// Whether it is said so late that people should be told why.
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        now - self.due_at > LATE_AFTER
    }
}

/// A delay that nobody notices, as after a restart.
const LATE_AFTER: TimeDelta = TimeDelta::minutes(10);

/// The ticks due after one instant and at or before another, soonest first.
pub fn ticks(
    calendar: &Calendar,
    digest_time: NaiveTime,
    after: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Vec<Tick> {
    let mut due: Vec<Tick> = calendar
        .series
        .iter()
        .flat_map(|series| {
            of(calendar, series, digest_time, after).take_while(|tick| tick.due_at <= to)
        })
        .collect();
    due.sort_by_key(|tick| (tick.due_at, tick.meeting.body));
    due
}

/// The next tick after an instant, if there will ever be one.
pub fn next(calendar: &Calendar, digest_time: NaiveTime, after: DateTime<Utc>) -> Option<Tick> {
    calendar
        .series
        .iter()
        .filter_map(|series| of(calendar, series, digest_time, after).next())
        .min_by_key(|tick| (tick.due_at, tick.meeting.body))
}

/// The ticks of a series after an instant, in order.
fn of<'a>(
    calendar: &'a Calendar,
    series: &'a Series,
    digest_time: NaiveTime,
    after: DateTime<Utc>,
) -> impl Iterator<Item = Tick> + 'a {
    // From two days earlier, for papers that are due on the day of the meeting but later in it:
    // the day on which the clock goes back is longer than a day.
    calendar
        .after(series, after - TimeDelta::days(2))
        .map(move |meeting| {
            let due_at = calendar.instant(meeting.papers_on.and_time(digest_time));
            Tick { due_at, routine: Routine::Digest, meeting }
        })
        .filter(move |tick| tick.due_at > after)
}
