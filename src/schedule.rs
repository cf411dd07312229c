//! What is to be said unasked, and when: the ticks between two instants.

mod merged;
#[cfg(test)]
mod tests;

use chrono::DateTime;
use chrono::NaiveTime;
use chrono::TimeDelta;
use chrono::Utc;

use crate::body::BodyId;
use crate::meeting::Calendar;
use crate::meeting::Meeting;
use crate::partnership::Partnership;
use crate::routine::GoesBy;
use crate::routine::Pauses;
use crate::routine::Routine;
use crate::routine::Timing;
use crate::routine::Timings;

/// A delay that nobody notices, as after a restart.
const LATE_AFTER: TimeDelta = TimeDelta::minutes(10);

/// How far ahead the next tick is looked for, in steps: most come within a month, and a body that
/// meets every fourth year is the rarest there is.
const LOOK_AHEAD_DAYS: [i64; 4] = [35, 120, 400, 1500];

/// Papers may be due so much before a meeting by a date that somebody set.
const PAPERS_SET_DAYS_MAX: i64 = 92;

/// What decides when routines fall due.
#[derive(Clone, Copy, Debug)]
pub struct Clockwork<'a> {
    /// When bodies meet.
    pub calendar: &'a Calendar,
    /// The lead times.
    pub timings: &'a Timings,
    /// Around whose meetings nothing is said.
    pub pauses: &'a Pauses,
    /// The time of day at which a routine is done for which nobody set another.
    pub usual_time: NaiveTime,
}

impl<'a> Clockwork<'a> {
    /// That of a partnership.
    pub fn of(partnership: &'a Partnership, usual_time: NaiveTime) -> Self {
        Self {
            calendar: &partnership.calendar,
            timings: &partnership.timings,
            pauses: &partnership.pauses,
            usual_time,
        }
    }

    /// When a routine is done.
    pub fn timing(&self, routine: Routine) -> Timing {
        self.timings.of_routine(routine, self.usual_time)
    }

    /// When a routine falls due for a meeting, were it done.
    pub fn due_at(&self, routine: Routine, meeting: &Meeting) -> DateTime<Utc> {
        let Timing { days, time, .. } = self.timing(routine);
        let calendar = self.calendar;
        let day = match routine.goes_by() {
            GoesBy::BeforePapers => calendar.working_days_before(meeting.papers_on, days),
            GoesBy::BeforeMeeting => calendar.working_days_before(meeting.on, days),
            GoesBy::AfterMeeting => calendar.working_days_after(meeting.on, days),
        };
        calendar.instant(day.and_time(time))
    }

    /// The instant at which the papers for a meeting are due: when its digest is posted.
    pub fn papers_at(&self, meeting: &Meeting) -> DateTime<Utc> {
        self.due_at(Routine::Digest, meeting)
    }

    /// The ticks due after one instant and at or before another, soonest first.
    pub fn ticks(&self, after: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Tick> {
        let mut due: Vec<Tick> = Routine::ALL
            .into_iter()
            .filter(|routine| self.timing(*routine).runs)
            .flat_map(|routine| self.ticks_of(routine, after, to))
            .collect();
        due.sort_by_key(|tick| (tick.due_at, tick.routine, tick.meeting.body));
        due
    }

    /// The next tick after an instant, if there is one to foresee.
    pub fn next(&self, after: DateTime<Utc>) -> Option<Tick> {
        LOOK_AHEAD_DAYS
            .into_iter()
            .find_map(|days| self.ticks(after, after + TimeDelta::days(days)).into_iter().next())
    }

    fn ticks_of(&self, routine: Routine, after: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Tick> {
        let (from, until) = self.around(routine, after, to);
        let meetings = self.meetings(from, until);
        let due = meetings.into_iter().filter_map(|meeting| {
            let due_at = self.due_at(routine, &meeting);
            let is_due = after < due_at && due_at <= to && !self.is_paused(&meeting, due_at);
            if !is_due {
                return None;
            }
            let with = if routine.is_chase() { self.asked_before(&meeting)? } else { Vec::new() };
            let useful_until = self.useful_until(routine, &meeting);
            Some(Tick { due_at, routine, meeting, with, useful_until })
        });
        due.collect()
    }

    /// The span of the meetings for which a routine may fall due between two instants: a week has two
    /// working days at least, but for four weeks in which a partnership may be closed.
    fn around(
        &self,
        routine: Routine,
        after: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> (DateTime<Utc>, DateTime<Utc>) {
        let days = |count: u32| TimeDelta::days(i64::from(count) * 7 / 2 + 28);
        let own = days(self.timing(routine).days);
        let papers = self.calendar.series.iter().map(|series| days(series.papers_days)).max();
        let papers = papers.unwrap_or_default().max(TimeDelta::days(PAPERS_SET_DAYS_MAX));
        // Two days for papers due on the day of the meeting and later in it: the day on which the
        // clock goes back is longer than a day.
        let shortly = TimeDelta::days(2);
        match routine.goes_by() {
            GoesBy::BeforePapers => (after - shortly, to + own + papers),
            GoesBy::BeforeMeeting => (after - shortly, to + own),
            GoesBy::AfterMeeting => (after - own, to + shortly),
        }
    }

    /// All meetings that begin after one instant and at or before another, soonest first.
    fn meetings(&self, after: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Meeting> {
        self.calendar.meetings_after(after).take_while(|meeting| meeting.at <= to).collect()
    }

    /// Whether nothing is said around a meeting at an instant.
    fn is_paused(&self, meeting: &Meeting, at: DateTime<Utc>) -> bool {
        self.pauses.on(meeting.body, self.calendar.day(at)).is_some()
    }

    /// From when on doing a routine is no use any more; none where it always is.
    fn useful_until(&self, routine: Routine, meeting: &Meeting) -> Option<DateTime<Utc>> {
        match routine {
            Routine::SelfCheck | Routine::FirstChase | Routine::SecondChase => {
                Some(self.papers_at(meeting))
            }
            Routine::Report | Routine::Digest | Routine::FollowUp => Some(meeting.at),
            Routine::Decisions => None,
        }
    }
}

/// What makes something said unasked the same whenever it is made: routine, moment, recipient.
pub fn key(routine: Routine, due_at: DateTime<Utc>, body: BodyId) -> String {
    format!("{routine}/{}/{}", due_at.format("%Y-%m-%dT%H:%MZ"), body.0)
}

/// The key of the tick that something came of: its own, or what its own goes on from. What came of no
/// tick is told from everything else by its own key.
pub fn tick_of(key: &str) -> &str {
    let came_of_one = Routine::ALL.iter().any(|routine| key.starts_with(routine.word()));
    let end = key.match_indices('/').nth(2).filter(|_| came_of_one);
    end.map_or(key, |(end, _)| &key[..end])
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
    /// The later meetings, so close to it that whoever is asked before it is asked for them, too.
    pub with: Vec<Meeting>,
    /// From when on it is no use any more; none where it always is.
    pub useful_until: Option<DateTime<Utc>>,
}

impl Tick {
    /// What makes it the same tick whenever it is met: routine, moment, recipient.
    pub fn key(&self) -> String {
        key(self.routine, self.due_at, self.meeting.body)
    }

    /// Whom it is for.
    pub fn recipient(&self) -> BodyId {
        self.meeting.body
    }

    /// Whether doing it is still of use.
    pub fn is_useful(&self, now: DateTime<Utc>) -> bool {
        self.useful_until.is_none_or(|until| now < until)
    }

    /// Whether it is done so late that people should be told why.
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        now - self.due_at > LATE_AFTER
    }

    /// The meetings that it is for, soonest first.
    pub fn meetings(&self) -> impl Iterator<Item = &Meeting> {
        std::iter::once(&self.meeting).chain(&self.with)
    }
}
