//! Ticks between instants: none twice, none left out, none before its time.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use chrono_tz::Tz;
use proptest::prelude::*;

use super::*;
use crate::date::Closures;
use crate::meeting::Series;
use crate::meeting::changed::Changes;
use crate::routine::Pause;

fn calendar(zone: Tz, series: &[(i64, &str, u32)]) -> Calendar {
    let series = series.iter().map(|(body, rule, papers_days)| Series {
        body: BodyId(*body),
        title: format!("series of {body}"),
        rule: rule.parse().unwrap(),
        papers_days: *papers_days,
    });
    Calendar {
        zone,
        series: series.collect(),
        closures: Closures::default(),
        changes: Changes::default(),
    }
}

/// The board and the executive group of West Dunbartonshire.
fn partnership() -> Calendar {
    calendar(
        chrono_tz::Europe::London,
        &[
            (1, "0 0 10 15-21 Feb,May,Aug,Nov Thu", 5),
            (2, "0 0 10 8-14 Feb,Apr,Jun,Aug,Oct,Dec Thu", 5),
        ],
    )
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn nine() -> NaiveTime {
    "09:00:00".parse().unwrap()
}

/// The ticks of all routines, or of the digest alone.
fn ticks(
    calendar: &Calendar,
    time: NaiveTime,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Vec<Tick> {
    with_clockwork(calendar, time, |clockwork| clockwork.ticks(from, to))
}

fn next(calendar: &Calendar, time: NaiveTime, after: DateTime<Utc>) -> Option<Tick> {
    with_clockwork(calendar, time, |clockwork| clockwork.next(after))
}

fn with_clockwork<T>(
    calendar: &Calendar,
    usual_time: NaiveTime,
    ask: impl FnOnce(&Clockwork<'_>) -> T,
) -> T {
    let (timings, pauses) = (Timings::default(), Pauses::default());
    ask(&Clockwork { calendar, timings: &timings, pauses: &pauses, usual_time })
}

fn keys(after: &str, to: &str) -> Vec<String> {
    let found = ticks(&partnership(), nine(), at(after), at(to));
    let digests = found.iter().filter(|tick| tick.routine == Routine::Digest);
    digests.map(Tick::key).collect()
}

/// When a routine falls due, and for what day's meeting.
fn days(routine: Routine, after: &str, to: &str) -> Vec<(String, String)> {
    let found = ticks(&partnership(), nine(), at(after), at(to));
    let of_routine = found.iter().filter(|tick| tick.routine == routine);
    let days = of_routine.map(|tick| {
        let due = tick.due_at.format("%a %-d %b %Y").to_string();
        let meetings: Vec<String> = tick.meetings().map(|meeting| meeting.on.to_string()).collect();
        (due, meetings.join(" and "))
    });
    days.collect()
}

#[track_caller]
fn check_days(routine: Routine, expected: &[(&str, &str)]) {
    let found = days(routine, "2020-10-20T00:00:00Z", "2021-03-01T00:00:00Z");
    let found: Vec<_> = found.iter().map(|(due, on)| (due.as_str(), on.as_str())).collect();
    assert_eq!(found, expected, "{routine}");
}

#[test]
fn each_routine_falls_due_so_many_working_days_around_each_meeting() {
    // St Andrew's Day, Monday 30 November, is no working day; nor are Christmas and New Year.
    check_days(
        Routine::FirstChase,
        &[
            ("Thu 29 Oct 2020", "2020-11-19"),
            ("Wed 18 Nov 2020", "2020-12-10"),
            ("Thu 21 Jan 2021", "2021-02-11 and 2021-02-18"),
        ],
    );
    check_days(
        Routine::SecondChase,
        &[
            ("Mon 9 Nov 2020", "2020-11-19"),
            ("Fri 27 Nov 2020", "2020-12-10"),
            ("Mon 1 Feb 2021", "2021-02-11 and 2021-02-18"),
        ],
    );
    check_days(
        Routine::Report,
        &[
            ("Wed 11 Nov 2020", "2020-11-19"),
            ("Wed 2 Dec 2020", "2020-12-10"),
            ("Wed 3 Feb 2021", "2021-02-11"),
            ("Wed 10 Feb 2021", "2021-02-18"),
        ],
    );
    check_days(
        Routine::Digest,
        &[
            ("Thu 12 Nov 2020", "2020-11-19"),
            ("Thu 3 Dec 2020", "2020-12-10"),
            ("Thu 4 Feb 2021", "2021-02-11"),
            ("Thu 11 Feb 2021", "2021-02-18"),
        ],
    );
    check_days(
        Routine::FollowUp,
        &[
            ("Wed 18 Nov 2020", "2020-11-19"),
            ("Wed 9 Dec 2020", "2020-12-10"),
            ("Wed 10 Feb 2021", "2021-02-11"),
            ("Wed 17 Feb 2021", "2021-02-18"),
        ],
    );
    check_days(
        Routine::Decisions,
        &[
            ("Fri 20 Nov 2020", "2020-11-19"),
            ("Fri 11 Dec 2020", "2020-12-10"),
            ("Fri 12 Feb 2021", "2021-02-11"),
            ("Fri 19 Feb 2021", "2021-02-18"),
        ],
    );
    check_days(
        Routine::SelfCheck,
        &[
            ("Thu 5 Nov 2020", "2020-11-19"),
            ("Wed 25 Nov 2020", "2020-12-10"),
            ("Thu 28 Jan 2021", "2021-02-11"),
            ("Thu 4 Feb 2021", "2021-02-18"),
        ],
    );
}

/// The instants at which the digest of a daily meeting is posted around a clock change.
#[track_caller]
fn check_daily(time: &str, from: &str, to: &str, expected: &[&str]) {
    let calendar = calendar(chrono_tz::Europe::London, &[(1, "0 0 12 * * *", 0)]);
    let found = ticks(&calendar, time.parse().unwrap(), at(from), at(to));
    let digests = found.iter().filter(|tick| tick.routine == Routine::Digest);
    let instants: Vec<String> =
        digests.map(|tick| tick.due_at.format("%dT%H:%M").to_string()).collect();
    assert_eq!(instants, expected, "{time}");
}

#[test]
fn over_both_clock_changes_a_routine_is_done_once_a_day_and_nine_stays_nine() {
    let (spring, autumn) = ("2026-03-27T12:00:00Z", "2026-10-23T12:00:00Z");
    let (spring_ends, autumn_ends) = ("2026-03-30T12:00:00Z", "2026-10-26T12:00:00Z");
    // 01:30 is not there on 29 March, and there twice on 25 October.
    check_daily("01:30:00", spring, spring_ends, &["28T01:30", "29T01:30", "30T00:30"]);
    check_daily("01:30:00", autumn, autumn_ends, &["24T00:30", "25T00:30", "26T01:30"]);
    check_daily("09:00:00", spring, spring_ends, &["28T09:00", "29T08:00", "30T08:00"]);
    check_daily("09:00:00", autumn, autumn_ends, &["24T08:00", "25T09:00", "26T09:00"]);
}

#[test]
fn a_lead_time_that_is_set_counts_and_a_routine_that_is_off_is_not_done() {
    let calendar = partnership();
    let timing = |days, time: &str, runs| Timing { days, time: time.parse().unwrap(), runs };
    let timings = Timings::of([
        (Routine::FirstChase, timing(8, "08:30:00", true)),
        (Routine::FollowUp, timing(1, "09:00:00", false)),
    ]);
    let pauses = Pauses::default();
    let clockwork =
        Clockwork { calendar: &calendar, timings: &timings, pauses: &pauses, usual_time: nine() };
    let found = clockwork.ticks(at("2020-10-20T00:00:00Z"), at("2020-11-20T00:00:00Z"));
    let first = found.iter().find(|tick| tick.routine == Routine::FirstChase).unwrap();
    assert_eq!(first.due_at, at("2020-11-02T08:30:00Z"));
    assert!(found.iter().all(|tick| tick.routine != Routine::FollowUp));
}

#[test]
fn around_the_meetings_of_a_paused_body_nothing_falls_due_and_others_do() {
    let (calendar, timings) = (partnership(), Timings::default());
    let pause = Pause {
        body: BodyId(2),
        paused: true,
        until_on: Some("2021-02-03".parse().unwrap()),
        since: DateTime::UNIX_EPOCH,
    };
    let pauses = Pauses::of([pause]);
    let clockwork =
        Clockwork { calendar: &calendar, timings: &timings, pauses: &pauses, usual_time: nine() };
    let found = clockwork.ticks(at("2020-11-19T12:00:00Z"), at("2021-02-11T12:00:00Z"));
    let digests: Vec<_> = found.iter().filter(|tick| tick.routine == Routine::Digest).collect();
    let digests: Vec<String> = digests.iter().map(|tick| tick.key()).collect();
    assert_eq!(digests, ["digest/2021-02-04T09:00Z/2", "digest/2021-02-11T09:00Z/1"]);
    let chases = found.iter().filter(|tick| tick.routine.is_chase());
    let chases: Vec<String> = chases.map(Tick::key).collect();
    assert_eq!(
        chases,
        ["first-chase/2021-01-28T09:00Z/1", "second-chase/2021-02-08T09:00Z/1"],
        "the board's own, since the executive group's were paused"
    );
}

#[test]
fn digests_fall_due_on_the_papers_deadlines() {
    assert_eq!(
        keys("2020-11-01T00:00:00Z", "2021-05-01T00:00:00Z"),
        [
            "digest/2020-11-12T09:00Z/1",
            "digest/2020-12-03T09:00Z/2",
            "digest/2021-02-04T09:00Z/2",
            "digest/2021-02-11T09:00Z/1",
            "digest/2021-03-31T08:00Z/2",
        ]
    );
}

#[test]
fn a_tick_is_due_after_one_instant_and_at_or_before_the_other() {
    let due = ["digest/2020-11-12T09:00Z/1"];
    assert_eq!(keys("2020-11-12T08:59:59Z", "2020-11-12T09:00:00Z"), due);
    assert!(keys("2020-11-12T09:00:00Z", "2020-11-13T00:00:00Z").is_empty());
    assert!(keys("2020-11-11T00:00:00Z", "2020-11-12T08:59:59Z").is_empty());
    assert!(keys("2020-11-13T00:00:00Z", "2020-11-01T00:00:00Z").is_empty(), "time runs back");
}

#[test]
fn late_and_useful_begin_and_end_on_time() {
    let found =
        ticks(&partnership(), nine(), at("2020-11-01T00:00:00Z"), at("2020-11-12T09:00:00Z"));
    let tick = found.into_iter().rfind(|tick| tick.routine == Routine::Digest).unwrap();
    assert_eq!(tick.recipient(), BodyId(1));
    let check = |now: &str, late, useful| {
        assert_eq!((tick.is_late(at(now)), tick.is_useful(at(now))), (late, useful), "{now}");
    };
    check("2020-11-12T09:00:00Z", false, true);
    check("2020-11-12T09:10:00Z", false, true);
    check("2020-11-12T09:10:01Z", true, true);
    check("2020-11-19T09:59:59Z", true, true);
    check("2020-11-19T10:00:00Z", true, false);
}

#[test]
fn papers_may_be_due_on_the_day_of_the_meeting_and_later_in_it() {
    // The day the clock goes back is 25 hours long.
    let calendar = calendar(chrono_tz::Europe::London, &[(1, "0 0 0 * * Sun", 0)]);
    let time = "23:59:00".parse().unwrap();
    let found = ticks(&calendar, time, at("2026-10-25T23:58:30Z"), at("2026-10-26T12:00:00Z"));
    let digests = found.iter().filter(|tick| tick.routine == Routine::Digest);
    let keys: Vec<String> = digests.map(Tick::key).collect();
    assert_eq!(keys, ["digest/2026-10-25T23:59Z/1"]);
}

#[test]
fn a_rule_that_names_no_day_has_no_ticks() {
    let calendar = calendar(chrono_tz::UTC, &[(1, "0 0 10 30 Feb *", 5)]);
    assert_eq!(next(&calendar, nine(), at("2020-01-01T00:00:00Z")), None);
}

/// Any two bodies that meet on weekdays, in a zone that changes its clock.
fn calendars() -> impl Strategy<Value = Calendar> {
    let rules = vec![
        "0 0 10 * * Thu",
        "0 30 1 15-21 * Tue",
        "0 0 0 8-14 Feb,Apr,Jun,Aug,Oct,Dec Thu",
        "0 0 14 * * Mon",
    ];
    let rule = proptest::sample::select(rules);
    let zone = proptest::sample::select(vec![
        chrono_tz::Europe::London,
        chrono_tz::America::Sao_Paulo,
        chrono_tz::UTC,
    ]);
    let series = (rule, 0_u32..8);
    (zone, series.clone(), series).prop_map(|(zone, (one, early), (other, late))| {
        calendar(zone, &[(1, one, early), (2, other, late)])
    })
}

fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    (0_i64..400 * 24 * 60)
        .prop_map(|minutes| at("2018-01-01T00:00:00Z") + TimeDelta::minutes(minutes))
}

fn times() -> impl Strategy<Value = NaiveTime> {
    (0_u32..24, 0_u32..60)
        .prop_map(|(hour, minute)| NaiveDate::MIN.and_hms_opt(hour, minute, 0).unwrap().time())
}

#[test]
fn what_came_of_a_tick_is_told_by_its_key() {
    for (key, tick) in [
        ("digest/2020-11-12T09:00Z/1", "digest/2020-11-12T09:00Z/1"),
        ("digest/2020-11-12T09:00Z/1/3", "digest/2020-11-12T09:00Z/1"),
        ("first-chase/2020-10-29T09:00Z/1/body5", "first-chase/2020-10-29T09:00Z/1"),
        ("nudge/77/2", "nudge/77/2"),
        ("decision/4/5/6/7", "decision/4/5/6/7"),
        ("update/12", "update/12"),
    ] {
        assert_eq!(tick_of(key), tick, "{key}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_stop_between_changes_nothing(
        calendar in calendars(), time in times(), stops in [instants(), instants(), instants()],
    ) {
        let mut stops = stops;
        stops.sort();
        let [from, between, to] = stops;
        let mut parts = ticks(&calendar, time, from, between);
        parts.extend(ticks(&calendar, time, between, to));
        let whole = ticks(&calendar, time, from, to);
        prop_assert_eq!(&parts, &whole);
        // A stop at the very moment of a tick, too.
        if let Some(tick) = whole.get(whole.len() / 2) {
            let mut parts = ticks(&calendar, time, from, tick.due_at);
            prop_assert!(parts.contains(tick));
            parts.extend(ticks(&calendar, time, tick.due_at, to));
            prop_assert_eq!(parts, whole);
        }
    }

    #[test]
    fn ticks_are_in_order_between_the_instants_and_have_their_own_keys(
        calendar in calendars(), time in times(), from in instants(), to in instants(),
    ) {
        let found = ticks(&calendar, time, from, to);
        prop_assert!(found.iter().all(|tick| from < tick.due_at && tick.due_at <= to));
        prop_assert!(
            found.is_sorted_by_key(|tick| (tick.due_at, tick.routine, tick.recipient()))
        );
        let keys: BTreeSet<String> = found.iter().map(Tick::key).collect();
        prop_assert_eq!(keys.len(), found.len());
        for tick in found.iter().filter(|tick| tick.routine == Routine::Digest) {
            prop_assert_eq!(calendar.day(tick.due_at), tick.meeting.papers_on);
        }
    }

    #[test]
    fn next_is_the_first_of_all_that_come(
        calendar in calendars(), time in times(), from in instants(),
    ) {
        let coming = ticks(&calendar, time, from, from + TimeDelta::days(70));
        prop_assert!(!coming.is_empty());
        prop_assert_eq!(next(&calendar, time, from), coming.first().cloned());
    }
}
