//! Which meetings the chat's own calendar is to show, and what is owed of them.

use std::collections::BTreeMap;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::TimeDelta;
use chrono::Utc;

use crate::body::BodyId;
use crate::meeting::Calendar;
use crate::meeting::Meeting;
use crate::post::Event;
use crate::post::EventReceipt;

/// How far ahead meetings come to be shown.
const SHOWN_AHEAD: TimeDelta = TimeDelta::days(60);

/// How far ahead a meeting is looked for that is shown and was moved.
const MOVED_AHEAD: TimeDelta = TimeDelta::days(731);

/// For how long a meeting is expected to take; nobody says how long one does.
pub const LASTS: TimeDelta = TimeDelta::minutes(90);

/// Which meeting it is, wherever it is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The body whose meeting it is.
    pub body: BodyId,
    /// The day that it was first set for.
    pub first_on: NaiveDate,
}

impl Key {
    /// The key of a meeting.
    pub fn of(meeting: &Meeting) -> Self {
        Self { body: meeting.body, first_on: meeting.first_on }
    }

    /// The key in words, for the log.
    pub fn words(self) -> String {
        format!("event/{}/{}", self.body.0, self.first_on)
    }
}

/// A meeting for which something is owed to the chat's calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Which meeting it is.
    pub key: Key,
    /// What is to stand there; none where it is to be taken away.
    pub wanted: Option<Event>,
    /// What was last put there, or begun to be. Without a receipt, whether it stands there is not
    /// known.
    pub tried: Option<Event>,
    /// What the chat calls it, where that is known.
    pub receipt: Option<EventReceipt>,
}

/// How what is wanted of a meeting changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is to be shown so from now on.
    Shown(Key, Event),
    /// It is not to be shown any more.
    Withdrawn(Key),
}

/// The meetings that are to be shown, seen from a moment: those of the next 60 days, and later ones
/// among those that are shown already, because they were moved.
pub fn shown(calendar: &Calendar, now: DateTime<Utc>, kept: &BTreeMap<Key, Event>) -> Vec<Meeting> {
    let coming = calendar.meetings_after(now);
    let coming = coming.take_while(|meeting| meeting.at <= now + MOVED_AHEAD);
    let is_shown =
        |meeting: &Meeting| meeting.at <= now + SHOWN_AHEAD || kept.contains_key(&Key::of(meeting));
    coming.filter(is_shown).collect()
}

/// When the next meeting comes to be shown, after a moment.
pub fn next_shown(calendar: &Calendar, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let next = calendar.meetings_after(now + SHOWN_AHEAD).next()?;
    Some(next.at - SHOWN_AHEAD)
}

/// How what was wanted so far, of meetings still to come, becomes what is wanted now.
pub fn changes(wanted: &BTreeMap<Key, Event>, kept: &BTreeMap<Key, Event>) -> Vec<Change> {
    let is_new = |(key, event): &(&Key, &Event)| kept.get(*key) != Some(*event);
    let shown = wanted.iter().filter(is_new);
    let shown = shown.map(|(key, event)| Change::Shown(*key, event.clone()));
    let withdrawn = kept.keys().filter(|key| !wanted.contains_key(key));
    shown.chain(withdrawn.map(|key| Change::Withdrawn(*key))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Closures;
    use crate::meeting::Series;
    use crate::meeting::changed::Changes;

    fn day(words: &str) -> NaiveDate {
        words.parse().expect(words)
    }

    fn key(first_on: &str) -> Key {
        Key { body: BodyId(1), first_on: day(first_on) }
    }

    fn event(on: &str) -> Event {
        let begins_at = day(on).and_hms_opt(10, 0, 0).expect("it is a time").and_utc();
        Event {
            name: "board".into(),
            describes: String::new(),
            place: "#board".into(),
            begins_at,
            ends_at: begins_at + LASTS,
        }
    }

    /// Events by the day they were first set for, and the day they are on.
    fn events(all: &[(&str, &str)]) -> BTreeMap<Key, Event> {
        all.iter().map(|(first_on, on)| (key(first_on), event(on))).collect()
    }

    #[test]
    fn only_what_differs_changes() {
        let check = |kept: &[(&str, &str)], wanted: &[(&str, &str)], expected: &[Change]| {
            assert_eq!(changes(&events(wanted), &events(kept)), expected, "{kept:?} {wanted:?}");
        };
        let (first, then) = ("2020-11-19", "2020-11-26");
        check(&[], &[], &[]);
        check(&[(first, first)], &[(first, first)], &[]);
        check(&[], &[(first, first)], &[Change::Shown(key(first), event(first))]);
        check(&[(first, first)], &[(first, then)], &[Change::Shown(key(first), event(then))]);
        check(&[(first, first)], &[], &[Change::Withdrawn(key(first))]);
        check(
            &[(first, first)],
            &[(then, then)],
            &[Change::Shown(key(then), event(then)), Change::Withdrawn(key(first))],
        );
    }

    /// Of a body that meets on the first of each month, at ten.
    fn calendar() -> Calendar {
        Calendar {
            zone: chrono_tz::Europe::London,
            series: vec![Series {
                body: BodyId(1),
                title: "board".into(),
                rule: "0 0 10 1 * *".parse().expect("it is a rule"),
                papers_days: 5,
            }],
            closures: Closures::default(),
            changes: Changes::default(),
        }
    }

    #[test]
    fn the_next_meeting_comes_to_be_shown_60_days_before() {
        let check = |now: &str, expected: &str| {
            let next = next_shown(&calendar(), now.parse().expect(now));
            assert_eq!(next, Some(expected.parse().expect(expected)), "{now}");
        };
        check("2020-11-02T09:59:59Z", "2020-11-02T10:00:00Z");
        check("2020-11-02T10:00:00Z", "2020-12-03T10:00:00Z");
    }

    #[test]
    fn the_meetings_of_60_days_are_shown_and_later_ones_that_are_there_already() {
        let calendar = calendar();
        let check = |now: &str, kept: &[(&str, &str)], expected: &[&str]| {
            let now = now.parse().expect(now);
            let shown = shown(&calendar, now, &events(kept));
            let days: Vec<_> = shown.iter().map(|meeting| meeting.on).collect();
            assert_eq!(days, expected.iter().map(|on| day(on)).collect::<Vec<_>>(), "{now}");
        };
        check("2020-11-02T10:00:00Z", &[], &["2020-12-01", "2021-01-01"]);
        check("2020-11-02T09:59:59Z", &[], &["2020-12-01"]);
        // The one that has begun is not to come any more.
        check("2020-12-01T10:00:00Z", &[], &["2021-01-01"]);
        let moved = [("2021-03-01", "2021-03-01")];
        check("2020-12-01T10:00:00Z", &moved, &["2021-01-01", "2021-03-01"]);
    }
}
