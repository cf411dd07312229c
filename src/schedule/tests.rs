//! Ticks between instants: none twice, none left out, none before its time.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use chrono_tz::Tz;
use proptest::prelude::*;

use super::*;
use crate::date::Closures;
use crate::meeting::changed::Changes;

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

fn keys(after: &str, to: &str) -> Vec<String> {
    ticks(&partnership(), nine(), at(after), at(to)).iter().map(Tick::key).collect()
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
    let tick = next(&partnership(), nine(), at("2020-11-01T00:00:00Z")).unwrap();
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
    let keys: Vec<String> = found.iter().map(Tick::key).collect();
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

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
        prop_assert!(found.is_sorted_by_key(|tick| (tick.due_at, tick.recipient())));
        let keys: BTreeSet<String> = found.iter().map(Tick::key).collect();
        prop_assert_eq!(keys.len(), found.len());
        for tick in &found {
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
