//! Rules, papers deadlines, and days and hours over the clock changes.

mod changed;

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

const BODY: BodyId = BodyId(1);

fn calendar(zone: Tz, rules: &[&str]) -> Calendar {
    let series = rules.iter().map(|rule| Series {
        body: BODY,
        title: "CPEG".into(),
        rule: rule.parse().unwrap(),
        papers_days: PAPERS_DAYS,
    });
    Calendar {
        zone,
        series: series.collect(),
        closures: Closures::default(),
        changes: Changes::default(),
    }
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn local(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

fn london(rule: &str) -> Calendar {
    calendar(chrono_tz::Europe::London, &[rule])
}

/// The first meetings of a rule from an instant on, each as its day and its papers deadline.
#[track_caller]
fn meets(rule: &str, from: &str, expected: &[(&str, &str)]) {
    let calendar = london(rule);
    let meetings = calendar.after(&calendar.series[0], at(from)).take(expected.len());
    let days: Vec<_> =
        meetings.map(|meeting| (meeting.on.to_string(), meeting.papers_on.to_string())).collect();
    let days: Vec<_> = days.iter().map(|(on, papers)| (on.as_str(), papers.as_str())).collect();
    assert_eq!(days, expected, "{rule}");
}

const BOARD: &str = "0 0 10 15-21 Feb,May,Aug,Nov Thu";
const CPEG: &str = "0 0 10 8-14 Feb,Apr,Jun,Aug,Oct,Dec Thu";

#[test]
fn the_meetings_of_the_partnership() {
    meets(
        BOARD,
        "2020-10-01T00:00:00Z",
        &[
            ("2020-11-19", "2020-11-12"),
            ("2021-02-18", "2021-02-11"),
            ("2021-05-20", "2021-05-13"),
            ("2021-08-19", "2021-08-12"),
            ("2021-11-18", "2021-11-11"),
        ],
    );
    meets(
        CPEG,
        "2020-11-01T00:00:00Z",
        &[
            ("2020-12-10", "2020-12-03"),
            ("2021-02-11", "2021-02-04"),
            ("2021-04-08", "2021-03-31"),
            ("2021-06-10", "2021-06-03"),
        ],
    );
}

#[test]
fn a_rule_that_names_no_day_ends() {
    let calendar = london("0 0 10 30 Feb *");
    let before = at("2020-01-01T00:00:00Z");
    assert_eq!(calendar.next(BODY, before), None);
    assert_eq!(calendar.last(BODY, before), None);
    assert_eq!(calendar.next_of_any(before), None);
}

#[test]
fn a_rule_reads_as_it_is_written_or_not_at_all() {
    assert_eq!(BOARD.parse::<Rule>().unwrap().words(), BOARD);
    for words in ["", "Thursdays", "0 10 * *", "0 0 25 * * *", "0 0 10 * * Someday"] {
        let refusal = words.parse::<Rule>().unwrap_err().to_string();
        assert!(refusal.starts_with(&format!("\"{words}\" is not a rule")), "{refusal}");
    }
}

#[test]
fn next_is_after_and_last_is_at_or_before() {
    let calendar = london(BOARD);
    let meeting = at("2020-11-19T10:00:00Z");
    let second = TimeDelta::seconds(1);
    let days = |at| {
        let on = |meeting: Option<Meeting>| meeting.map(|meeting| meeting.on.to_string()).unwrap();
        (on(calendar.last(BODY, at)), on(calendar.next(BODY, at)))
    };
    let (august, november, february) =
        ("2020-08-20".to_owned(), "2020-11-19".to_owned(), "2021-02-18".to_owned());
    assert_eq!(days(meeting - second), (august, november.clone()));
    assert_eq!(days(meeting), (november.clone(), february.clone()));
    assert_eq!(days(meeting + second), (november, february));
    assert_eq!(calendar.next(BodyId(2), meeting), None, "another body does not meet");
}

#[test]
fn the_first_of_several_series_is_next_and_the_latest_is_last() {
    let calendar = calendar(chrono_tz::Europe::London, &[BOARD, CPEG]);
    let now = at("2020-11-19T10:00:00Z");
    assert_eq!(calendar.next(BODY, now).unwrap().on.to_string(), "2020-12-10");
    assert_eq!(calendar.next_of_any(now).unwrap().on.to_string(), "2020-12-10");
    assert_eq!(calendar.last(BODY, now).unwrap().on.to_string(), "2020-11-19");
    assert_eq!(calendar.last_of_any(now).unwrap().on.to_string(), "2020-11-19");
}

/// The instants of a daily rule on the days around a clock change: one each day.
#[track_caller]
fn runs(rule: &str, from: &str, expected: &[&str]) {
    let calendar = london(rule);
    let from = at(from);
    let meetings = calendar.after(&calendar.series[0], from).take(expected.len());
    let meetings: Vec<Meeting> = meetings.collect();
    let instants: Vec<_> =
        meetings.iter().map(|meeting| meeting.at.format("%dT%H:%M").to_string()).collect();
    assert_eq!(instants, expected, "{rule}");
    let days: Vec<_> = meetings.iter().map(|meeting| meeting.on).collect();
    assert!(days.windows(2).all(|pair| pair[0].succ_opt() == Some(pair[1])), "{days:?}");
}

#[test]
fn a_daily_rule_runs_once_a_day_over_both_clock_changes() {
    let (spring, autumn) = ("2026-03-27T12:00:00Z", "2026-10-23T12:00:00Z");
    runs("0 30 1 * * *", spring, &["28T01:30", "29T01:30", "30T00:30"]);
    runs("0 30 1 * * *", autumn, &["24T00:30", "25T00:30", "26T01:30"]);
    runs("0 0 9 * * *", spring, &["28T09:00", "29T08:00", "30T08:00"]);
    runs("0 0 9 * * *", autumn, &["24T08:00", "25T09:00", "26T09:00"]);
    runs("0 0 0 * * *", spring, &["28T00:00", "29T00:00", "29T23:00"]);
    runs("0 0 0 * * *", autumn, &["23T23:00", "24T23:00", "26T00:00"]);
}

#[track_caller]
fn instant(zone: Tz, time: &str, expected: &str) {
    assert_eq!(calendar(zone, &[]).instant(local(time)), at(expected), "{time} in {zone}");
}

#[test]
fn a_local_time_that_is_missing_moves_on_and_one_that_is_double_is_the_first() {
    use chrono_tz::America::Havana;
    use chrono_tz::America::Sao_Paulo;
    use chrono_tz::Australia::Lord_Howe;
    use chrono_tz::Europe::London;
    instant(London, "2026-01-15T10:00:00", "2026-01-15T10:00:00Z");
    instant(London, "2026-07-15T10:00:00", "2026-07-15T09:00:00Z");
    instant(London, "2026-03-29T00:59:59", "2026-03-29T00:59:59Z");
    instant(London, "2026-03-29T01:00:00", "2026-03-29T01:00:00Z");
    instant(London, "2026-03-29T01:30:00", "2026-03-29T01:30:00Z");
    instant(London, "2026-03-29T02:00:00", "2026-03-29T01:00:00Z");
    instant(London, "2026-10-25T01:30:00", "2026-10-25T00:30:00Z");
    instant(London, "2026-10-25T02:00:00", "2026-10-25T02:00:00Z");
    instant(Sao_Paulo, "2018-11-04T00:30:00", "2018-11-04T03:30:00Z");
    instant(Havana, "2018-11-04T00:30:00", "2018-11-04T04:30:00Z");
    // A change by half an hour.
    instant(Lord_Howe, "2026-10-04T02:15:00", "2026-10-03T15:45:00Z");
}

#[track_caller]
fn spans(zone: Tz, day: &str, begins: &str, ends: &str) {
    let calendar = calendar(zone, &[]);
    let day: NaiveDate = day.parse().unwrap();
    assert_eq!(calendar.begin_of(day), at(begins), "{day} begins");
    assert_eq!(calendar.end_of(day), at(ends), "{day} ends");
    assert_eq!(calendar.day(calendar.begin_of(day)), day);
    assert_eq!(calendar.day(calendar.end_of(day)), day);
    let before = calendar.begin_of(day) - TimeDelta::milliseconds(1);
    assert_eq!(Some(calendar.day(before)), day.pred_opt());
}

#[test]
fn a_day_is_as_long_as_its_clock_makes_it() {
    let london = chrono_tz::Europe::London;
    spans(london, "2026-03-28", "2026-03-28T00:00:00Z", "2026-03-28T23:59:59.999Z");
    spans(london, "2026-03-29", "2026-03-29T00:00:00Z", "2026-03-29T22:59:59.999Z");
    spans(london, "2026-10-25", "2026-10-24T23:00:00Z", "2026-10-25T23:59:59.999Z");
    let sao_paulo = chrono_tz::America::Sao_Paulo;
    spans(sao_paulo, "2018-11-03", "2018-11-03T03:00:00Z", "2018-11-04T02:59:59.999Z");
    spans(sao_paulo, "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T01:59:59.999Z");
    spans(sao_paulo, "2018-02-17", "2018-02-17T02:00:00Z", "2018-02-18T02:59:59.999Z");
    let havana = chrono_tz::America::Havana;
    spans(havana, "2018-11-04", "2018-11-04T04:00:00Z", "2018-11-05T04:59:59.999Z");
}

#[test]
fn two_times_of_a_rule_that_spring_puts_together_are_one_meeting() {
    let calendar = london("0 0,30 1,2 * * *");
    let meetings = calendar.after(&calendar.series[0], at("2026-03-29T00:00:00Z")).take(3);
    let instants: Vec<_> = meetings.map(|meeting| meeting.at).collect();
    let expected = ["2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:00:00Z"].map(at);
    assert_eq!(instants, expected);
}

fn zones() -> impl Strategy<Value = Tz> {
    proptest::sample::select(vec![
        chrono_tz::Europe::London,
        chrono_tz::America::Sao_Paulo,
        chrono_tz::America::Havana,
        chrono_tz::Australia::Lord_Howe,
        chrono_tz::UTC,
    ])
}

fn rules() -> impl Strategy<Value = String> {
    let hours = proptest::sample::select(vec!["0", "1", "1,2", "0-3", "10", "23"]);
    let minutes = proptest::sample::select(vec!["0", "30", "0,30"]);
    let days =
        proptest::sample::select(vec!["* * *", "* * Sun", "15-21 * Thu", "1-7 Mar,Oct,Nov *"]);
    (minutes, hours, days).prop_map(|(minute, hour, days)| format!("0 {minute} {hour} {days}"))
}

fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    // 2018 and 2019, in which every zone above changes its clock at least once.
    (0_i64..730 * 24 * 60)
        .prop_map(|minutes| at("2018-01-01T00:00:00Z") + TimeDelta::minutes(minutes))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn meetings_come_one_after_another(zone in zones(), rule in rules(), from in instants()) {
        let calendar = calendar(zone, &[&rule]);
        let mut before = from;
        let mut seen = BTreeMap::new();
        for meeting in calendar.after(&calendar.series[0], from).take(40) {
            prop_assert!(meeting.at > before, "{} after {before}", meeting.at);
            prop_assert!(meeting.papers_on < meeting.on);
            prop_assert_eq!(calendar.day(meeting.at), meeting.on);
            prop_assert!(seen.insert((meeting.on, meeting.time), meeting.at).is_none());
            before = meeting.at;
        }
        prop_assert_eq!(seen.len(), 40);
    }

    #[test]
    fn next_and_last_are_neighbours(zone in zones(), rule in rules(), from in instants()) {
        let calendar = calendar(zone, &[&rule]);
        let next = calendar.next(BODY, from).unwrap();
        let last = calendar.last(BODY, from).unwrap();
        prop_assert!(last.at <= from && from < next.at);
        prop_assert_eq!(calendar.next(BODY, last.at), Some(next.clone()));
        prop_assert_eq!(calendar.last(BODY, next.at - TimeDelta::seconds(1)), Some(last));
        prop_assert_eq!(calendar.last(BODY, next.at), Some(next));
    }

    #[test]
    fn every_instant_lies_in_its_day(zone in zones(), instant in instants()) {
        let calendar = calendar(zone, &[]);
        let day = calendar.day(instant);
        prop_assert!(calendar.begin_of(day) <= instant && instant <= calendar.end_of(day));
        let after = day.succ_opt().unwrap();
        prop_assert_eq!(calendar.end_of(day) + TimeDelta::milliseconds(1), calendar.begin_of(after));
    }
}
