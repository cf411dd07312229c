//! Tests of what a calendar shows.

use super::*;
use crate::action::sample::action;
use crate::action::sample::day;
use crate::meeting::changed::Change;
use crate::meeting::changed::Papers;
use crate::position::sample::position;

fn keys(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.key.as_str()).collect()
}

#[test]
fn a_year_of_meetings_before_and_after_stands_with_the_days_their_papers_are_due() {
    let entries = entries(&position("2020-11-12", Vec::new()));
    let keys = keys(&entries);
    assert_eq!(keys.len(), 24, "six meetings a year, two years, each with its papers");
    assert_eq!(keys[0], "meeting-CPEG-20191212T1000Z");
    assert_eq!(keys[23], "papers-CPEG-20211014T0900Z", "in summer, ten o'clock is nine");
    let meeting = &entries[12];
    assert_eq!(meeting.summary, "CPEG meeting");
    assert_eq!(meeting.description, "Papers due: Thursday 3 December 2020.");
    let at = "2020-12-10T10:00:00Z".parse().unwrap();
    assert_eq!(meeting.when, When::From(at, TimeDelta::hours(1)));
    let papers = &entries[13];
    assert_eq!(papers.summary, "Papers due: CPEG");
    assert_eq!(papers.description, "For the CPEG meeting on Thursday 10 December 2020.");
    assert_eq!(papers.when, When::On(day("2020-12-03")));
}

#[test]
fn only_actions_that_are_not_finished_and_have_a_day_have_an_entry() {
    let done = Action { status: Status::Complete, ..action("IP-1.2", "March 2021") };
    let signed = Action { standing: Standing::SignedOff, ..action("IP-1.3", "March 2021") };
    let gone = Action { standing: Standing::Withdrawn, ..action("IP-1.4", "March 2021") };
    let paused = Action { status: Status::OnHold, ..action("IP-1.6", "March 2021") };
    let open = action("IP-1.1", "March 2021");
    let actions = vec![open, done, signed, gone, action("IP-1.5", "Ongoing"), paused];
    let entries = entries(&position("2020-11-12", actions));
    assert_eq!(keys(&entries)[24..], ["action-IP-1.1", "action-IP-1.6"]);
}

#[test]
fn a_target_stands_on_its_last_day_with_the_plans_own_words() {
    let moved = Action {
        moves: 2,
        first_target: crate::date::Target::read("March 2020"),
        ..action("IP-1.1", "June – September 2021")
    };
    let entries = entries(&position("2020-11-12", vec![moved]));
    let target = &entries[24];
    assert_eq!(target.when, When::On(day("2021-09-30")));
    assert_eq!(target.summary, "IP-1.1 due: Hold awareness sessions");
    assert_eq!(
        target.description,
        "Lead: Flourishing DIG\nTarget: June – September 2021\nStatus: on track\n\
         First target: March 2020, moved ×2"
    );
}

#[test]
fn a_first_target_that_was_blank_is_said_to_have_been() {
    let moved = Action { moves: 1, ..action("IP-1.1", "September 2021") };
    let blank = Action { first_target: crate::date::Target::read(" "), ..moved };
    let entries = entries(&position("2020-11-12", vec![blank]));
    let description = &entries[24].description;
    assert!(description.ends_with("\nFirst target: without a date, moved ×1"), "{description}");
}

#[test]
fn an_entry_keeps_its_key_from_one_position_to_the_next() {
    let at = |on| entries(&position(on, vec![action("IP-1.1", "March 2021")]));
    let (before, after) = (at("2020-11-12"), at("2020-11-26"));
    assert_eq!(keys(&before), keys(&after));
    assert_eq!(before, after, "nothing in an entry depends on the day it is looked at");
}

#[test]
fn two_series_that_meet_at_once_are_one_meeting() {
    let mut position = position("2020-11-12", Vec::new());
    let again = position.partnership.calendar.series[0].clone();
    position.partnership.calendar.series.push(again);
    assert_eq!(entries(&position).len(), 24);
}

#[test]
fn a_rule_gone_wrong_does_not_fill_the_calendar() {
    let mut position = position("2020-11-12", Vec::new());
    position.partnership.calendar.series[0].rule = "0 * * * * *".parse().unwrap();
    assert_eq!(entries(&position).len(), 2 * MEETINGS_MAX);
}

#[test]
fn a_moved_meeting_keeps_its_key_and_a_cancelled_one_stays_to_say_so() {
    let mut position = position("2020-11-12", Vec::new());
    let body = position.partnership.calendar.series[0].body;
    let change = |first_on: &str, becomes: Becomes| Change {
        body,
        title: "CPEG".into(),
        first_on: day(first_on),
        becomes,
        reason: String::new(),
        since: position.at,
    };
    let local = day("2020-12-17").and_hms_opt(14, 0, 0).unwrap();
    let changes = [
        change("2020-12-10", Becomes::At { local, papers: Papers::AsUsual }),
        change("2021-02-11", Becomes::Cancelled),
    ];
    position.partnership.calendar.changes = changes.into_iter().collect();
    let entries = entries(&position);
    assert_eq!(entries.len(), 24, "as many as without the changes");
    let moved = entries.iter().find(|entry| entry.key == "meeting-CPEG-20201210T1000Z").unwrap();
    assert_eq!(moved.when, When::From(local.and_utc(), TimeDelta::hours(1)));
    assert_eq!((moved.changes, moved.is_cancelled), (1, false));
    let cancelled = entries.iter().filter(|entry| entry.is_cancelled);
    let keys: Vec<&str> = cancelled.map(|entry| entry.key.as_str()).collect();
    assert_eq!(keys, ["meeting-CPEG-20210211T1000Z", "papers-CPEG-20210211T1000Z"]);
}
