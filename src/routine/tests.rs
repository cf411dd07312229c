//! Words, lead times and pauses.

use super::*;

fn nine() -> NaiveTime {
    "09:00:00".parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn every_routine_has_a_word_of_its_own() {
    for routine in Routine::ALL {
        assert_eq!(Routine::from_word(routine.word()), Some(routine));
        assert!(!routine.word().contains('/'), "a key is parted by slashes");
    }
    assert_eq!(Routine::from_word("nagging"), None);
}

#[test]
fn a_timing_is_as_usual_until_it_is_set() {
    let set = Timing { days: 8, time: "08:30:00".parse().unwrap(), runs: false };
    let timings = Timings::of([(Routine::FirstChase, set)]);
    assert_eq!(timings.of_routine(Routine::FirstChase, nine()), set);
    let usual = Timing { days: 3, time: nine(), runs: true };
    assert_eq!(timings.of_routine(Routine::SecondChase, nine()), usual);
    assert!(timings.is_set(Routine::FirstChase) && !timings.is_set(Routine::Digest));
}

#[track_caller]
fn check(routine: Routine, days: u32, time: &str, expected: Result<(), &str>) {
    let asked = Timing { days, time: time.parse().unwrap(), runs: true };
    let refusal = Timing::of(routine, asked).map(|_| ()).map_err(|why| why.to_string());
    assert_eq!(refusal, expected.map_err(str::to_owned));
}

#[test]
fn a_timing_that_would_disturb_people_is_refused() {
    check(Routine::FirstChase, 60, "08:00:00", Ok(()));
    let why = "61 working days are too many: give at most 60.";
    check(Routine::FirstChase, 61, "09:00:00", Err(why));
    let why = "18:00 is outside office hours. Give a time from 08:00 and before 18:00.";
    check(Routine::Digest, 0, "18:00:00", Err(why));
    let why = "The delivery report has the draft of the paper, so it must come at least 1 working \
               day before the papers are due.";
    check(Routine::Report, 0, "09:00:00", Err(why));
}

/// Whether a timing is taken beside those that are as usual but for some.
#[track_caller]
fn check_beside(set: &[(Routine, u32, bool)], routine: Routine, days: u32, expected: bool) {
    let timing = |days, runs| Timing { days, time: nine(), runs };
    let set = set.iter().map(|(routine, days, runs)| (*routine, timing(*days, *runs)));
    let beside = Timings::of(set).beside(routine, timing(days, true), nine());
    assert_eq!(beside.is_ok(), expected, "{beside:?}");
}

#[test]
fn people_are_asked_before_the_papers_go_out_and_not_twice_on_one_day() {
    check_beside(&[], Routine::FirstChase, 4, true);
    check_beside(&[], Routine::FirstChase, 3, false);
    check_beside(&[(Routine::SecondChase, 3, false)], Routine::FirstChase, 3, true);
    check_beside(&[], Routine::SecondChase, 9, true);
    check_beside(&[], Routine::SecondChase, 10, false);
    check_beside(&[], Routine::SecondChase, 0, false);
    check_beside(&[(Routine::Digest, 0, false)], Routine::SecondChase, 0, false);
    check_beside(&[], Routine::Digest, 1, false);
    check_beside(&[(Routine::Report, 2, true)], Routine::Digest, 1, true);
    check_beside(&[], Routine::FollowUp, 0, true);
    let why = Timings::default().beside(
        Routine::Digest,
        Timing { days: 3, time: nine(), runs: true },
        nine(),
    );
    assert_eq!(
        why.unwrap_err().to_string(),
        "The second request for updates must come on an earlier day than the digest. Give another \
         number of days, or change that one first: /digest timing shows both."
    );
}

#[test]
fn the_last_pause_of_a_body_counts_and_ends_with_its_day() {
    let entry = |paused, until: Option<&str>| Pause {
        body: BodyId(2),
        paused,
        until_on: until.map(day),
        since: DateTime::UNIX_EPOCH,
    };
    let pauses = Pauses::of([entry(true, None), entry(true, Some("2021-08-31"))]);
    assert!(pauses.on(BodyId(2), day("2021-08-31")).is_some());
    assert!(pauses.on(BodyId(2), day("2021-09-01")).is_none());
    assert!(pauses.on(BodyId(1), day("2021-08-31")).is_none(), "another body");
    let resumed = Pauses::of([entry(true, None), entry(false, None)]);
    assert!(resumed.on(BodyId(2), day("2021-08-31")).is_none());
}
