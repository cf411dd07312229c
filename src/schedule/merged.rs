//! Meetings so close together that people are asked for their updates once.

use chrono::TimeDelta;

use super::Clockwork;
use crate::meeting::Meeting;
use crate::routine::Routine;

/// Meetings whose papers are due within so many working days after those of another share its
/// requests for updates: about the time that a first request comes before the papers.
const CLOSE_DAYS: u32 = 10;

/// How far back is looked for meetings that a meeting may stand close to. Bodies that meet ever again
/// within a fortnight for so long may be asked once too often where the look begins.
const LOOK_BACK: TimeDelta = TimeDelta::days(92);

impl Clockwork<'_> {
    /// The later meetings for which people are asked along with this one, soonest papers first; none
    /// where they are asked along with an earlier one.
    pub(super) fn asked_before(&self, meeting: &Meeting) -> Option<Vec<Meeting>> {
        let until = meeting.at + TimeDelta::days(i64::from(CLOSE_DAYS) * 7);
        let mut meetings = self.meetings(meeting.at - LOOK_BACK, until);
        // One that is paused when its first request falls due is asked for by itself, or not at all.
        meetings.retain(|other| !self.is_paused(other, self.due_at(Routine::FirstChase, other)));
        meetings.sort_by_key(|other| (other.papers_on, other.at, other.body));
        let mut meetings = meetings.into_iter().peekable();
        while let Some(first) = meetings.next() {
            let mut with = Vec::new();
            while let Some(other) = meetings.next_if(|other| self.is_close(&first, other)) {
                with.push(other);
            }
            if first == *meeting {
                return Some(with);
            }
            if with.contains(meeting) {
                return None;
            }
        }
        Some(Vec::new())
    }

    fn is_close(&self, first: &Meeting, other: &Meeting) -> bool {
        self.calendar.working_days_before(other.papers_on, CLOSE_DAYS) <= first.papers_on
    }
}
