//! What a digest says of counts, and of what it has no room for.

use super::*;

fn counts(complete: usize, overdue: usize, on_time: usize) -> Counts {
    let total = complete + overdue + on_time;
    Counts { total, complete, overdue, on_time, ..Counts::default() }
}

#[track_caller]
fn check_changes(before: Counts, now: Counts, expected: &str) {
    assert_eq!(changes(&before, &now), expected);
}

#[test]
fn changes_are_said_in_counts() {
    check_changes(counts(1, 2, 3), counts(1, 2, 3), "");
    check_changes(
        counts(1, 2, 3),
        counts(2, 3, 1),
        "1 more complete · 1 more overdue · 2 fewer not yet due",
    );
    check_changes(counts(0, 0, 1), counts(0, 0, 2), "1 more action · 1 more not yet due");
    check_changes(counts(0, 3, 0), counts(0, 1, 0), "2 fewer actions · 2 fewer overdue");
    let held = Counts { on_hold: 1, on_time: 2, ..counts(1, 2, 3) };
    check_changes(counts(1, 2, 3), held, "1 fewer not yet due · 1 more on hold");
}

#[track_caller]
fn check_tally(before: Option<Counts>, counts: Counts, expected: &str) {
    let tally = Tally { name: "Safe_DIG".into(), counts, before };
    assert_eq!(tallies("By DIG", &[tally]).lines, [expected]);
}

#[test]
fn a_part_of_the_plan_is_told_beside_what_it_was() {
    let now = counts(0, 1, 1);
    let same = "**Safe\\_DIG** 2 actions: 0 complete · 1 overdue · 1 not yet due";
    check_tally(None, now, same);
    check_tally(Some(now), now, same);
    check_tally(
        Some(counts(1, 0, 0)),
        now,
        "**Safe\\_DIG** 2 actions (was 1): 0 complete (was 1) · 1 overdue (was 0) · 1 not yet due (was 0)",
    );
    check_tally(
        Some(counts(0, 0, 2)),
        counts(0, 2, 0),
        "**Safe\\_DIG** 2 actions: 0 complete · 2 overdue (was 0) · 0 not yet due (was 2)",
    );
    check_tally(None, counts(0, 0, 0), "**Safe\\_DIG** no actions");
    check_tally(Some(counts(1, 0, 0)), counts(0, 0, 0), "**Safe\\_DIG** no actions (was 1)");
}
