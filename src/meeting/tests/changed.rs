//! Meetings that are added, moved and cancelled.

use super::*;
use crate::meeting::changed::Becomes;
use crate::meeting::changed::Change;
use crate::meeting::changed::Papers;

const OTHER: BodyId = BodyId(2);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn becoming(body: BodyId, title: &str, first_on: &str, becomes: Becomes) -> Change {
    Change {
        body,
        title: title.into(),
        first_on: day(first_on),
        becomes,
        reason: String::new(),
        since: at("2020-11-01T09:00:00Z"),
    }
}

fn to(time: &str, papers: Papers) -> Becomes {
    Becomes::At { local: local(time), papers }
}

/// CPEG with some changes.
fn changed(changes: &[Change]) -> Calendar {
    Calendar { changes: changes.iter().cloned().collect(), ..london(CPEG) }
}

/// The meetings of all bodies after an instant: first day, day, time and papers deadline.
#[track_caller]
fn stand(calendar: &Calendar, from: &str, expected: &[&str]) {
    let meetings = calendar.meetings_after(at(from)).take(expected.len());
    let told = meetings.map(|meeting| {
        let Meeting { first_on, on, time, papers_on, title, .. } = meeting;
        format!("{title} {first_on} {on} {} papers {papers_on}", time.format("%H:%M"))
    });
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn a_moved_meeting_stands_where_it_is_now_and_a_cancelled_one_does_not() {
    let moved = becoming(BODY, "CPEG", "2020-12-10", to("2020-12-17T14:00:00", Papers::AsUsual));
    let cancelled = becoming(BODY, "CPEG", "2021-02-11", Becomes::Cancelled);
    let calendar = changed(&[moved, cancelled]);
    stand(
        &calendar,
        "2020-11-01T00:00:00Z",
        &[
            "CPEG 2020-12-10 2020-12-17 14:00 papers 2020-12-10",
            "CPEG 2021-04-08 2021-04-08 10:00 papers 2021-03-31",
        ],
    );
    let after = at("2020-12-17T14:00:00Z");
    assert_eq!(calendar.last(BODY, after).unwrap().first_on, day("2020-12-10"));
    assert_eq!(calendar.next(BODY, after).unwrap().on, day("2021-04-08"));
}

#[test]
fn the_papers_of_a_meeting_are_due_as_was_set_for_it() {
    let set = |papers| becoming(BODY, "CPEG", "2020-12-10", to("2020-12-10T10:00:00", papers));
    let stands = |papers, expected: &str| {
        let calendar = changed(&[set(papers)]);
        assert_eq!(
            calendar.next(BODY, at("2020-11-01T00:00:00Z")).unwrap().papers_on,
            day(expected)
        );
    };
    stands(Papers::AsUsual, "2020-12-03");
    // Over St Andrew's Day.
    stands(Papers::Before(8), "2020-11-27");
    stands(Papers::On(day("2020-12-04")), "2020-12-04");
}

#[test]
fn a_meeting_is_added_between_others_and_for_a_body_that_has_no_series() {
    let extra = becoming(BODY, "CPEG", "2021-01-14", to("2021-01-14T09:30:00", Papers::AsUsual));
    let other =
        becoming(OTHER, "Safe DIG", "2020-12-01", to("2020-12-01T10:00:00", Papers::AsUsual));
    let calendar = changed(&[extra, other]);
    stand(
        &calendar,
        "2020-11-01T00:00:00Z",
        &[
            "Safe DIG 2020-12-01 2020-12-01 10:00 papers 2020-11-23",
            "CPEG 2020-12-10 2020-12-10 10:00 papers 2020-12-03",
            "CPEG 2021-01-14 2021-01-14 09:30 papers 2021-01-07",
            "CPEG 2021-02-11 2021-02-11 10:00 papers 2021-02-04",
        ],
    );
    let from = at("2020-11-01T00:00:00Z");
    let of_series = calendar.after(&calendar.series[0], from).take(3);
    let days: Vec<String> = of_series.map(|meeting| meeting.on.to_string()).collect();
    assert_eq!(days, ["2020-12-10", "2021-01-14", "2021-02-11"], "what is added belongs to it");
    let titles: Vec<&str> = calendar.runs().iter().map(|run| run.title).collect();
    assert_eq!(titles, ["CPEG", "Safe DIG"]);
    assert_eq!(calendar.next(OTHER, at("2020-12-01T10:00:00Z")), None);
    assert_eq!(calendar.coming(from, 2).len(), 3);
}

#[test]
fn the_last_that_was_set_counts_and_what_was_known_before_is_known_still() {
    let moved = becoming(BODY, "CPEG", "2020-12-10", to("2020-12-17T10:00:00", Papers::AsUsual));
    let cancelled = Change {
        since: at("2020-11-20T09:00:00Z"),
        ..becoming(BODY, "CPEG", "2020-12-10", Becomes::Cancelled)
    };
    let calendar = changed(&[moved, cancelled]);
    let next = |moment: &str| {
        let calendar = calendar.as_of(at(moment));
        calendar.next(BODY, at("2020-11-01T00:00:00Z")).unwrap().on.to_string()
    };
    assert_eq!(next("2020-10-31T09:00:00Z"), "2020-12-10");
    assert_eq!(next("2020-11-01T09:00:00Z"), "2020-12-17");
    assert_eq!(next("2020-11-20T08:59:59Z"), "2020-12-17");
    assert_eq!(next("2020-11-20T09:00:00Z"), "2021-02-11");
    assert_eq!(calendar.changes.count(BODY, day("2020-12-10")), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_move_leaves_every_other_meeting_where_it_is(
        rule in rules(),
        from in instants(),
        which in 0_usize..12,
        days in -200_i64..200,
        minutes in 0_i64..1440,
    ) {
        let plain = calendar(chrono_tz::Europe::London, &[&rule]);
        let before: Vec<Meeting> = plain.of_body(BODY, from).take(60).collect();
        let picked = before[which].clone();
        let begins = picked.on.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes);
        let local = begins + TimeDelta::days(days);
        let change = Change {
            body: BODY,
            title: "CPEG".into(),
            first_on: picked.first_on,
            becomes: Becomes::At { local, papers: Papers::AsUsual },
            reason: String::new(),
            since: from,
        };
        let moved = Calendar { changes: [change.clone()].into_iter().collect(), ..plain.clone() };
        let after: Vec<Meeting> = moved.of_body(BODY, from).take(60).collect();
        prop_assert!(after.windows(2).all(|pair| pair[0].at <= pair[1].at), "in order");
        let end = after[59].at;
        let of_it = |meeting: &&Meeting| meeting.first_on == picked.first_on;
        let stands = plain.instant(local);
        let expected = usize::from(from < stands && stands <= end);
        prop_assert_eq!(after.iter().filter(of_it).count(), expected, "it stands once");
        // The last of them may stand at the very instant of one that no longer has room.
        let others = |all: &[Meeting]| -> Vec<Meeting> {
            let other = all.iter().filter(|meeting| meeting.first_on != picked.first_on);
            other.filter(|meeting| meeting.at < end.min(before[59].at)).cloned().collect()
        };
        prop_assert_eq!(others(&after), others(&before));

        let undone = Change {
            becomes: Becomes::At { local: picked.on.and_time(picked.time), papers: Papers::AsUsual },
            ..change.clone()
        };
        let back = Calendar { changes: [change, undone].into_iter().collect(), ..plain.clone() };
        let again: Vec<Meeting> = back.of_body(BODY, from).take(60).collect();
        // Of several a day, the one that was moved and came back stands for all of that day.
        let is_alone = before.iter().filter(of_it).count() == 1
            && plain.of_body(BODY, plain.begin_of(picked.on) - TimeDelta::milliseconds(1))
                .take_while(|meeting| meeting.on == picked.on).count() == 1;
        if is_alone {
            prop_assert_eq!(again, before);
        }
    }
}
