//! Counts that add up, and what changed since the digest before.

use chrono::NaiveTime;
use proptest::prelude::*;

use super::*;
use crate::action::sample::EXECUTIVE;
use crate::action::sample::FLO;
use crate::action::sample::action;
use crate::action::sample::actions;
use crate::action::sample::bodies;
use crate::action::sample::day;
use crate::action::sample::days;
use crate::action::sample::lead;
use crate::action::sample::said;
use crate::body::ServerId;
use crate::date::Closures;
use crate::meeting::Calendar;
use crate::meeting::Series;
use crate::meeting::changed::Changes;
use crate::plan::AreaId;
use crate::routine::Pauses;
use crate::routine::Timings;

fn partnership(rule: &str) -> Partnership {
    let series = Series {
        body: EXECUTIVE,
        title: "CPEG".into(),
        rule: rule.parse().unwrap(),
        papers_days: 5,
    };
    let zone = chrono_tz::Europe::London;
    Partnership {
        name: "Community Planning".into(),
        server: ServerId(1),
        bodies: bodies(),
        timings: Timings::default(),
        pauses: Pauses::default(),
        calendar: Calendar {
            zone,
            series: vec![series],
            closures: Closures::default(),
            changes: Changes::default(),
        },
        themes: vec!["Poverty".into(), "Wellbeing".into()],
    }
}

/// Meetings on 8 October and 10 December 2020, 11 February 2021 and so on.
const CPEG: &str = "0 0 10 8-14 Feb,Apr,Jun,Aug,Oct,Dec Thu";

fn at(on: &str) -> DateTime<Utc> {
    day(on).and_time(NaiveTime::from_hms_opt(9, 0, 0).unwrap()).and_utc()
}

/// The digest of CPEG as of 3 December 2020, for its meeting on 10 December.
fn composed(actions: &[Action], before: Option<&[Action]>) -> Digest {
    let partnership = partnership(CPEG);
    let areas = [1, 2].map(|number| Area {
        id: AreaId(number.into()),
        plan: "IP".into(),
        number,
        title: format!("Area {number}"),
        aim: String::new(),
    });
    let now = at("2020-12-03");
    let meeting = partnership.calendar.next(EXECUTIVE, now).unwrap();
    let progress = [(actions[0].reference.clone(), said("2020-11-01"))];
    let facts = Facts {
        partnership: &partnership,
        areas: &areas,
        actions,
        before: before.map(|actions| (at("2020-10-01"), actions)),
        progress: &progress,
        items: &[],
    };
    let body = partnership.bodies.with(EXECUTIVE).unwrap();
    compose(facts, body, &meeting, now)
}

fn refs(actions: &[Action]) -> Vec<String> {
    actions.iter().map(|action| action.reference.to_string()).collect()
}

#[track_caller]
fn check(action: &Action, expected: Counts) {
    assert_eq!(Counts::of([action], day("2020-11-19")), expected, "{action:?}");
}

#[test]
fn each_action_counts_in_one_place() {
    let one = Counts { total: 1, ..Counts::default() };
    let late = |status, standing| Action { status, standing, ..action("IP-1.1", "October 2020") };
    check(&late(Status::OnTrack, Standing::Open), Counts { overdue: 1, ..one });
    check(&late(Status::Blocked, Standing::Open), Counts { overdue: 1, ..one });
    check(&late(Status::Complete, Standing::Open), Counts { awaiting: 1, ..one });
    check(&late(Status::OnHold, Standing::Open), Counts { on_hold: 1, ..one });
    check(&late(Status::Complete, Standing::SignedOff), Counts { complete: 1, ..one });
    check(&late(Status::OnHold, Standing::SignedOff), Counts { complete: 1, ..one });
    check(&late(Status::OnTrack, Standing::Withdrawn), Counts::default());
    check(&action("IP-1.1", "19 November 2020"), Counts { on_time: 1, ..one });
    check(&action("IP-1.1", "March 2021"), Counts { on_time: 1, ..one });
    let moved = Action { moves: 1, ..action("IP-1.1", "March 2021") };
    check(&moved, Counts { moved: 1, ..one });
    check(&Action { moves: 1, ..action("IP-1.1", "October 2020") }, Counts { overdue: 1, ..one });
    check(&action("IP-1.1", "Ongoing"), Counts { undated: 1, ..one });
}

#[test]
fn a_digest_speaks_of_the_meeting_and_of_the_one_after_it() {
    let digest = composed(
        &[
            action("IP-1.1", "30 November 2020"),
            action("IP-1.2", "10 December 2020"),
            action("IP-1.3", "11 February 2021"),
            action("IP-1.4", "December 2020 to March 2021"),
            action("IP-1.5", "April 2021"),
            action("IP-2.1", ""),
        ],
        None,
    );
    assert_eq!(digest.meeting.on, day("2020-12-10"));
    assert_eq!(digest.following.as_ref().map(|meeting| meeting.on), Some(day("2021-02-11")));
    assert_eq!(digest.today, day("2020-12-03"));
    assert_eq!(refs(&digest.overdue), ["IP-1.1"]);
    assert_eq!(refs(&digest.due), ["IP-1.2", "IP-1.3"]);
    assert_eq!(refs(&digest.open), ["IP-1.4"]);
    assert_eq!(refs(&digest.blank), ["IP-2.1"]);
    let area = |total, overdue, on_time, undated| Counts {
        total,
        overdue,
        on_time,
        undated,
        ..Counts::default()
    };
    let tally = |name: &str, counts| Tally { name: name.into(), counts, before: None };
    let areas = [tally("1 Area 1", area(5, 1, 4, 0)), tally("2 Area 2", area(1, 0, 0, 1))];
    assert_eq!(digest.by_area, areas);
    let groups: Vec<_> =
        digest.by_group.iter().map(|tally| (tally.name.as_str(), tally.counts.total)).collect();
    assert_eq!(groups, [("Flourishing DIG", 6), ("Safe DIG", 0)]);
}

#[test]
fn a_window_that_opens_by_the_meeting_after_this_one_is_open() {
    let digest = composed(
        &[
            action("IP-1.1", "3 December 2020 to March 2021"),
            action("IP-1.2", "11 February 2021 to March 2021"),
            action("IP-1.3", "12 February 2021 to March 2021"),
            action("IP-1.4", "January 2021"),
            action("IP-1.5", "Ongoing"),
            Action { status: Status::OnHold, ..action("IP-1.6", "January to June 2021") },
        ],
        None,
    );
    assert_eq!(refs(&digest.open), ["IP-1.1", "IP-1.2"]);
    assert_eq!(refs(&digest.due), ["IP-1.4"], "what is due by then is told as due");
}

#[test]
fn each_part_of_the_plan_is_counted_at_the_digest_before_too() {
    let poor = |reference: &str, target| Action {
        themes: vec!["Poverty".into()],
        ..action(reference, target)
    };
    let before = [poor("IP-1.1", "October 2020"), action("IP-2.1", "")];
    let now = [poor("IP-1.1", "October 2020"), poor("IP-2.1", "May 2021")];
    let digest = composed(&now, Some(&before));
    let counted = |tallies: &[Tally]| -> Vec<(usize, Option<usize>)> {
        let overdue = |counts: &Counts| counts.overdue;
        tallies.iter().map(|one| (one.counts.overdue, one.before.as_ref().map(overdue))).collect()
    };
    assert_eq!(counted(&digest.by_area), [(1, Some(0)), (0, Some(0))]);
    assert_eq!(counted(&digest.by_group), [(1, Some(0)), (0, Some(0))]);
    let [poverty] = &digest.by_theme[..] else { panic!("{:?}", digest.by_theme) };
    assert_eq!((poverty.counts.total, poverty.before.map(|before| before.total)), (2, Some(1)));
}

#[test]
fn without_an_earlier_digest_nothing_has_changed() {
    let finished = Action { standing: Standing::SignedOff, ..action("IP-1.1", "October 2020") };
    let digest = composed(&[finished, action("IP-1.2", "October 2020")], None);
    assert_eq!(digest.before, None);
    assert_eq!(refs(&digest.overdue), ["IP-1.2"]);
    assert!(digest.overdue_again.is_empty());
    assert!(digest.completed.is_empty());
}

#[test]
fn a_digest_says_what_changed_since_the_one_before() {
    let finished = |reference: &str| Action {
        status: Status::Complete,
        standing: Standing::SignedOff,
        ..action(reference, "October 2020")
    };
    let before = [
        action("IP-1.1", "October 2020"),
        finished("IP-1.2"),
        action("IP-1.3", "August 2020"),
        action("IP-1.4", "October 2020"),
        action("IP-1.5", "August 2020"),
    ];
    let now = [
        finished("IP-1.1"),
        finished("IP-1.2"),
        action("IP-1.3", "August 2020"),
        action("IP-1.4", "October 2020"),
        Action { moves: 2, ..action("IP-1.5", "March 2021") },
        finished("IP-1.6"),
    ];
    let digest = composed(&now, Some(&before));
    assert_eq!(refs(&digest.completed), ["IP-1.1"], "neither what was complete nor what is new");
    assert_eq!(refs(&digest.overdue), ["IP-1.3", "IP-1.4"]);
    let again: Vec<String> = digest.overdue_again.iter().map(Ref::to_string).collect();
    assert_eq!(again, ["IP-1.3"], "on 1 October, IP-1.4 was still to come");
    assert_eq!(refs(&digest.slipped), ["IP-1.5"]);
    let counts = Counts { total: 5, complete: 1, overdue: 2, on_time: 2, ..Counts::default() };
    assert_eq!(digest.before, Some((day("2020-10-01"), counts)));
    assert_eq!(digest.progress, [(now[0].reference.clone(), said("2020-11-01"))]);
    assert_eq!((digest.asks, digest.case_studies), (Vec::new(), Vec::new()));
}

#[test]
fn what_asks_something_and_what_is_worth_telling_are_told_apart() {
    let partnership = partnership(CPEG);
    let actions = [action("IP-1.1", "May 2021"), action("IP-1.2", "May 2021")];
    let asks = Update { ask: Some("A hall".into()), ..said("2020-11-01") };
    let told = Update { case_study: true, ..said("2020-11-02") };
    let both = Update { case_study: true, ..asks.clone() };
    let of = |action: &Action, update: &Update| (action.reference.clone(), update.clone());
    let [one, two] = &actions;
    let progress = [of(one, &asks), of(one, &said("2020-11-02")), of(two, &told), of(two, &both)];
    let facts = Facts {
        partnership: &partnership,
        areas: &[],
        actions: &actions,
        before: None,
        progress: &progress,
        items: &[],
    };
    let now = at("2020-12-03");
    let meeting = partnership.calendar.next(EXECUTIVE, now).unwrap();
    let digest = compose(facts, partnership.bodies.with(EXECUTIVE).unwrap(), &meeting, now);
    assert_eq!(digest.asks, [of(one, &asks), of(two, &both)]);
    assert_eq!(digest.case_studies, [of(two, &told), of(two, &both)]);
}

#[test]
fn work_that_waits_or_rests_has_its_own_lists() {
    let open = |reference: &str, status| Action { status, ..action(reference, "October 2020") };
    let closed = Action { standing: Standing::Withdrawn, ..open("IP-1.3", Status::OnHold) };
    let spoken = Action { last_update: Some(said("2020-10-09")), ..action("IP-1.4", "May 2021") };
    let silent = Action { last_update: Some(said("2020-10-07")), ..action("IP-1.5", "May 2021") };
    let actions =
        [open("IP-1.1", Status::Complete), open("IP-1.2", Status::OnHold), closed, spoken, silent];
    let digest = composed(&actions, None);
    assert_eq!(refs(&digest.decisions), ["IP-1.1"]);
    assert_eq!(refs(&digest.on_hold), ["IP-1.2"]);
    assert_eq!(refs(&digest.silent), ["IP-1.5"], "CPEG last met on 8 October");
}

#[test]
fn themes_that_no_action_has_are_left_out() {
    let poor = Action { themes: vec!["Poverty".into()], ..action("IP-1.1", "March 2021") };
    let gone = Action {
        themes: vec!["Wellbeing".into()],
        standing: Standing::Withdrawn,
        ..action("IP-1.2", "March 2021")
    };
    let digest = composed(&[poor, gone], None);
    let counts = Counts { total: 1, on_time: 1, ..Counts::default() };
    assert_eq!(digest.by_theme, [Tally { name: "Poverty".into(), counts, before: None }]);
}

#[test]
fn a_body_that_meets_no_more_looks_to_its_last_meeting() {
    let mut partnership = partnership("0 0 10 10 Dec * 2020");
    partnership.calendar.series[0].papers_days = 5;
    let now = at("2020-12-03");
    let meeting = partnership.calendar.next(EXECUTIVE, now).unwrap();
    let actions = [
        action("IP-1.1", "10 December 2020"),
        Action { leads: vec![lead("FLO", &[FLO])], ..action("IP-1.2", "11 December 2020") },
    ];
    let facts = Facts {
        partnership: &partnership,
        areas: &[],
        actions: &actions,
        before: None,
        progress: &[],
        items: &[],
    };
    let body = partnership.bodies.with(EXECUTIVE).unwrap();
    let digest = compose(facts, body, &meeting, now);
    assert_eq!(digest.following, None);
    assert_eq!(refs(&digest.due), ["IP-1.1"]);
    assert!(digest.silent.is_empty(), "it has not met yet");
}

proptest! {
    #[test]
    fn counts_add_up(all in proptest::collection::vec(actions(), 0..15), today in days()) {
        let counts = Counts::of(&all, today);
        let Counts { total, complete, awaiting, overdue, on_time, moved, undated, on_hold } = counts;
        let on_time = on_time + moved;
        prop_assert_eq!(complete + awaiting + overdue + on_time + undated + on_hold, total);
        let promised = all.iter().filter(|action| action.standing != Standing::Withdrawn);
        prop_assert_eq!(promised.count(), total);
        let late = all.iter().filter(|action| action.days_overdue(today).is_some());
        prop_assert_eq!(late.count(), overdue);
    }

    #[test]
    fn the_lists_of_a_digest_agree_with_its_counts(
        all in proptest::collection::vec(actions(), 1..12),
        before in proptest::option::of(proptest::collection::vec(actions(), 0..12)),
    ) {
        let digest = composed(&all, before.as_deref());
        prop_assert_eq!(digest.overdue.len(), digest.counts.overdue);
        prop_assert_eq!(digest.decisions.len(), digest.counts.awaiting);
        prop_assert_eq!(digest.on_hold.len(), digest.counts.on_hold);
        prop_assert!(digest.completed.len() <= digest.counts.complete);
        prop_assert!(digest.due.len() + digest.open.len() <= digest.counts.on_time + digest.counts.moved);
        let overdue: Vec<&Ref> = digest.overdue.iter().map(|action| &action.reference).collect();
        prop_assert!(digest.overdue_again.iter().all(|again| overdue.contains(&again)));
        prop_assert_eq!(digest.before.is_some(), before.is_some());
    }
}
