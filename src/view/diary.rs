//! What a calendar shows of a plan: meetings, the days papers are due, and targets.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::DateTime;
use chrono::Months;
use chrono::NaiveDate;
use chrono::TimeDelta;
use chrono::Utc;

use crate::action::Action;
use crate::action::Standing;
use crate::action::Status;
use crate::body::Body;
use crate::date::day_in_full;
use crate::meeting::Meeting;
use crate::meeting::changed::Becomes;
use crate::position::Position;
use crate::view::line;
use crate::view::meeting;

/// How many months of meetings there are before the position, and as many after it.
const MONTHS: Months = Months::new(12);

/// How many meetings of a series there are at most: more than one a day is a rule gone wrong.
const MEETINGS_MAX: usize = 800;

/// One thing in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What names it among the partnership's entries, from one position to the next: letters,
    /// digits, dots and hyphens.
    pub key: String,
    /// When it is.
    pub when: When,
    /// What it is, in a line.
    pub summary: String,
    /// What else there is to know, in lines.
    pub description: String,
    /// How often it was changed since it was first set.
    pub changes: usize,
    /// Whether it is not held after all.
    pub is_cancelled: bool,
}

/// When an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// From an instant on, for as long.
    From(DateTime<Utc>, TimeDelta),
    /// The whole of a day, where the partnership is.
    On(NaiveDate),
}

/// The entries of a position: the meetings of the year before it and of the year after, each with
/// the day its papers are due, then the targets of actions that are not finished.
pub fn entries(position: &Position) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (meeting, is_cancelled) in meetings(position) {
        if let Some(body) = position.partnership.bodies.with(meeting.body) {
            let both = [held(&meeting, body, position), papers(&meeting, body, position)];
            entries.extend(both.map(|entry| Entry { is_cancelled, ..entry }));
        }
    }
    let open = position
        .actions
        .iter()
        .filter(|action| action.standing == Standing::Open && action.status != Status::Complete);
    entries.extend(open.filter_map(target));
    // Two series of a body may meet at the same instant; a calendar holds a key once.
    let mut seen = BTreeSet::new();
    entries.retain(|entry| seen.insert(entry.key.clone()));
    entries
}

/// The meetings of all bodies around the position, soonest first, and whether each is cancelled; those
/// stand where they were first set for.
fn meetings(position: &Position) -> Vec<(Meeting, bool)> {
    let calendar = &position.partnership.calendar;
    let since = position.at.checked_sub_months(MONTHS).unwrap_or(position.at);
    let until = position.at.checked_add_months(MONTHS).unwrap_or(position.at);
    let of_run = |run| {
        calendar
            .of_run(run, since)
            .take_while(move |meeting| meeting.at <= until)
            .take(MEETINGS_MAX)
    };
    let held = calendar.runs().into_iter().flat_map(of_run).map(|meeting| (meeting, false));
    let cancelled = calendar.changes.standing().filter_map(|change| {
        let is_cancelled = change.becomes == Becomes::Cancelled;
        is_cancelled.then(|| calendar.first_set(change.body, change.first_on)).flatten()
    });
    let cancelled = cancelled.filter(|meeting| since < meeting.at && meeting.at <= until);
    let mut meetings: Vec<(Meeting, bool)> =
        held.chain(cancelled.map(|meeting| (meeting, true))).collect();
    meetings.sort_by_key(|(meeting, _)| (meeting.at, meeting.body));
    meetings
}

fn held(meeting: &Meeting, body: &Body, position: &Position) -> Entry {
    Entry {
        key: format!("meeting-{}", of(meeting, body, position)),
        when: When::From(meeting.at, TimeDelta::hours(1)),
        summary: format!("{} meeting", meeting::name(meeting, body)),
        description: format!("Papers due: {}.", day_in_full(meeting.papers_on)),
        changes: changes(meeting, position),
        is_cancelled: false,
    }
}

fn papers(meeting: &Meeting, body: &Body, position: &Position) -> Entry {
    let name = meeting::name(meeting, body);
    Entry {
        key: format!("papers-{}", of(meeting, body, position)),
        when: When::On(meeting.papers_on),
        summary: format!("Papers due: {name}"),
        description: format!("For the {name} meeting on {}.", day_in_full(meeting.on)),
        changes: changes(meeting, position),
        is_cancelled: false,
    }
}

/// What tells a meeting from others, wherever it is moved: when it was first set for.
fn of(meeting: &Meeting, body: &Body, position: &Position) -> String {
    let calendar = &position.partnership.calendar;
    let changed = calendar.changes.about(meeting.body, meeting.first_on);
    let first = changed.and_then(|change| calendar.first_set(change.body, change.first_on));
    let at = first.map_or(meeting.at, |first| first.at);
    format!("{}-{}", body.code, at.format("%Y%m%dT%H%MZ"))
}

fn changes(meeting: &Meeting, position: &Position) -> usize {
    position.partnership.calendar.changes.count(meeting.body, meeting.first_on)
}

fn target(action: &Action) -> Option<Entry> {
    let due_on = action.target.due_on()?;
    let leads = action.leads_printed();
    let lead = if leads.is_empty() { "none in the plan" } else { &leads };
    let mut lines = vec![
        format!("Lead: {lead}"),
        format!("Target: {}", action.target.words().trim()),
        format!("Status: {}", action.status),
    ];
    if action.moves > 0 {
        let first = line::first_target_as(action, str::to_owned);
        lines.push(format!("First target: {first}, moved ×{}", action.moves));
    }
    Some(Entry {
        key: format!("action-{}", action.reference),
        when: When::On(due_on),
        summary: format!("{} due: {}", action.reference, action.title),
        description: lines.join("\n"),
        changes: 0,
        is_cancelled: false,
    })
}
