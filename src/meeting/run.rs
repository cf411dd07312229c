//! Which meetings there are, in order: those of the rules, as they were changed one by one.

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::NaiveDateTime;
use chrono::NaiveTime;
use chrono::TimeDelta;
use chrono::Utc;

use crate::body::BodyId;
use crate::date::working_days_before;
use crate::meeting::Calendar;
use crate::meeting::Meeting;
use crate::meeting::PAPERS_DAYS;
use crate::meeting::Series;
use crate::meeting::changed::Becomes;
use crate::meeting::changed::Change;
use crate::meeting::changed::Changes;
use crate::meeting::changed::Papers;

/// The meetings of a body that go by one title, whether a rule or somebody set them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run<'a> {
    /// Whose meetings they are.
    pub body: BodyId,
    /// What one of them is called.
    pub title: &'a str,
}

/// Meetings in the order of time.
type InOrder<'a> = Box<dyn Iterator<Item = Meeting> + 'a>;

impl Calendar {
    /// The runs of meetings: those with a series in the order of the series, then those of bodies that
    /// meet only when somebody says so.
    pub fn runs(&self) -> Vec<Run<'_>> {
        let by_rule =
            self.series.iter().map(|series| Run { body: series.body, title: &series.title });
        let added = self.changes.standing().filter(|change| change.becomes != Becomes::Cancelled);
        let added = added.map(|change| Run { body: change.body, title: &change.title });
        let mut runs: Vec<Run<'_>> = Vec::new();
        for run in by_rule.chain(added) {
            if !runs.contains(&run) {
                runs.push(run);
            }
        }
        runs
    }

    /// The meetings of a series that begin after an instant, soonest first, where they stand now: those
    /// of its rule, and those that were added to it. A series whose rule names no possible day has
    /// only the latter.
    pub fn after<'a>(
        &'a self,
        series: &'a Series,
        at: DateTime<Utc>,
    ) -> impl Iterator<Item = Meeting> + 'a {
        let is_added = move |change: &Change| self.series_of(change) == Some(series);
        merged(vec![self.by_rule(series, at), self.changed(at, is_added)])
    }

    /// The meetings of a run that begin after an instant, soonest first.
    pub fn of_run<'a>(
        &'a self,
        run: Run<'a>,
        at: DateTime<Utc>,
    ) -> impl Iterator<Item = Meeting> + 'a {
        self.ordered(at, move |body, title| Run { body, title } == run)
    }

    /// The meetings of a body that begin after an instant, soonest first.
    pub fn of_body(&self, body: BodyId, at: DateTime<Utc>) -> impl Iterator<Item = Meeting> + '_ {
        self.ordered(at, move |of, _| of == body)
    }

    /// The meetings of all bodies that begin after an instant, soonest first. There is no end to them
    /// where a rule has none. Their papers deadlines need not be in the same order.
    pub fn meetings_after(&self, at: DateTime<Utc>) -> impl Iterator<Item = Meeting> + '_ {
        self.ordered(at, |_, _| true)
    }

    /// Where a changed meeting stands now; none for one that is cancelled.
    pub fn standing(&self, change: &Change) -> Option<Meeting> {
        let Becomes::At { local, papers } = change.becomes else { return None };
        let days = |days| working_days_before(local.date(), days, &self.closures);
        Some(Meeting {
            body: change.body,
            title: change.title.clone(),
            at: self.instant(local),
            on: local.date(),
            first_on: change.first_on,
            time: local.time(),
            papers_on: match papers {
                Papers::AsUsual => {
                    let usual = self.series_of(change).map(|series| series.papers_days);
                    days(usual.unwrap_or(PAPERS_DAYS))
                }
                Papers::Before(count) => days(count),
                Papers::On(day) => day,
            },
        })
    }

    /// A meeting of a body as it was first set for a day, by its rule or by whoever added it.
    pub fn first_set(&self, body: BodyId, first_on: NaiveDate) -> Option<Meeting> {
        let as_ruled = Self { changes: Changes::default(), ..self.clone() };
        let before = self.begin_of(first_on) - TimeDelta::milliseconds(1);
        let by_rule = as_ruled.of_body(body, before).next();
        by_rule
            .filter(|meeting| meeting.on == first_on)
            .or_else(|| self.standing(self.changes.first_about(body, first_on)?))
    }

    /// Whether a rule sets a meeting of a body for a day, whatever became of it.
    pub fn is_by_rule(&self, body: BodyId, on: NaiveDate) -> bool {
        let mut of_body = self.series.iter().filter(|series| series.body == body);
        let begin = on.and_time(NaiveTime::MIN);
        of_body
            .any(|series| series.rule.local_times(begin).next().is_some_and(|at| at.date() == on))
    }

    /// The series that a changed meeting belongs to, if any.
    pub(super) fn series_of(&self, change: &Change) -> Option<&Series> {
        let is_its =
            |series: &&Series| (series.body, &series.title) == (change.body, &change.title);
        self.series.iter().find(is_its)
    }

    /// The meetings of the runs that are wanted, told by body and title.
    fn ordered<'a>(
        &'a self,
        at: DateTime<Utc>,
        is_wanted: impl Fn(BodyId, &str) -> bool + Copy + 'a,
    ) -> impl Iterator<Item = Meeting> + 'a {
        let series = self.series.iter().filter(|series| is_wanted(series.body, &series.title));
        let mut parts: Vec<InOrder<'a>> = series.map(|series| self.by_rule(series, at)).collect();
        parts.push(self.changed(at, move |change| is_wanted(change.body, &change.title)));
        merged(parts)
    }

    /// The meetings that a rule sets and nobody changed, soonest first. Two times of a day that the
    /// spring change puts at the same instant are one meeting.
    fn by_rule<'a>(&'a self, series: &'a Series, at: DateTime<Utc>) -> InOrder<'a> {
        // A day earlier, because the clock change may put the local time of an instant back.
        let from = at.with_timezone(&self.zone).naive_local() - TimeDelta::days(1);
        let mut latest = None;
        let meetings = series.rule.local_times(from).map(move |local| self.meeting(series, local));
        let apart = meetings.filter(move |meeting| {
            let is_later = latest.is_none_or(|latest| meeting.at > latest);
            latest = latest.max(Some(meeting.at));
            is_later
        });
        let is_unchanged =
            |meeting: &Meeting| self.changes.about(meeting.body, meeting.first_on).is_none();
        Box::new(apart.filter(move |meeting| meeting.at > at && is_unchanged(meeting)))
    }

    /// The changed meetings that are wanted and held after an instant, soonest first.
    fn changed(&self, at: DateTime<Utc>, is_wanted: impl Fn(&Change) -> bool) -> InOrder<'_> {
        let wanted = self.changes.standing().filter(|change| is_wanted(change));
        let held = wanted.filter_map(|change| self.standing(change));
        let mut held: Vec<Meeting> = held.filter(|meeting| meeting.at > at).collect();
        held.sort_by_key(|meeting| (meeting.at, meeting.body));
        Box::new(held.into_iter())
    }

    fn meeting(&self, series: &Series, local: NaiveDateTime) -> Meeting {
        let on = local.date();
        Meeting {
            body: series.body,
            title: series.title.clone(),
            at: self.instant(local),
            on,
            first_on: on,
            time: local.time(),
            papers_on: working_days_before(on, series.papers_days, &self.closures),
        }
    }
}

/// Several orders as one; of two meetings at the same instant, the one of the earlier body is first.
fn merged(parts: Vec<InOrder<'_>>) -> InOrder<'_> {
    let mut parts: Vec<_> = parts.into_iter().map(Iterator::peekable).collect();
    Box::new(std::iter::from_fn(move || {
        let begun = parts.iter_mut().filter_map(|part| {
            let key = part.peek().map(|meeting| (meeting.at, meeting.body))?;
            Some((key, part))
        });
        let (_, soonest) = begun.min_by_key(|(key, _)| *key)?;
        soonest.next()
    }))
}
