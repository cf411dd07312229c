//! Meetings that are added, moved and cancelled, with all that hangs on them, and closed days.

use insta::assert_snapshot;

use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::TOM;
use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_meeting_takes_its_agenda_and_its_digest_along_once() {
    let mut town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let line =
        "/action bring action:1.2 meeting:CPEG December 2020 purpose:decision words:Two halls";
    morag.types(line).await;
    let priya = town.person(PRIYA, "cp-support");
    priya
        .types(
            "/action add area:2 title:Agree the risk register lead:CPEG target:CPEG December 2020",
        )
        .await;
    priya.presses("Add it").await;
    let move_it = "/meeting move meeting:CPEG December 2020 to:17 December 2020 at:2pm \
                   reason:The *hall* is taken";
    assert_snapshot!(priya.types(move_it).await, @"");
    assert_eq!(town.channel("cpeg").matches("moves from").count(), 0, "nothing is said before");
    // The button works after a restart.
    town.kill_bot().await;
    town.start_bot().await;
    let priya = town.person(PRIYA, "cp-support");
    assert_snapshot!(priya.presses("Move it").await, @"");
    assert_snapshot!(priya.presses("Move it").await, @"");
    town.channel_with("cpeg", 3).await;
    assert_snapshot!(town.newest("cpeg"), @"");
    assert_snapshot!(priya.types("/meeting next body:CPEG").await, @"");
    assert_snapshot!(priya.types("/meeting agenda body:CPEG").await, @"");
    assert_snapshot!(priya.types("/meeting list body:CPEG").await, @"");
    let digests = |town: &Town| town.channel("cpeg").matches("CPEG digest").count();
    town.reach("2020-12-03 12:00").await;
    assert_eq!(digests(&town), 0, "not on the day it was due at first");
    town.reach("2020-12-10 09:00").await;
    town.channel_with("cpeg", 4).await;
    town.reach("2020-12-18 09:00").await;
    assert_eq!(digests(&town), 1, "{}", town.channel("cpeg"));
    let digest = town.channel("cpeg");
    assert!(digest.contains("meeting on Thursday 17 December 2020"), "{digest}");
    assert!(digest.contains("**Decide** on IP-1.2: Two halls"), "{digest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_meeting_sends_its_agenda_on_and_has_no_digest() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let line =
        "/action bring action:1.2 meeting:CPEG December 2020 purpose:decision words:Two halls";
    morag.types(line).await;
    let asked = "/meeting cancel meeting:CPEG December 2020 reason:Nothing to decide";
    assert_snapshot!(morag.types(asked).await, @"");
    assert_snapshot!(morag.presses("Leave it").await, @"");
    assert_snapshot!(morag.presses("Cancel the meeting").await, @"");
    morag.types(asked).await;
    assert_snapshot!(morag.presses("Cancel the meeting").await, @"");
    town.channel_with("cpeg", 2).await;
    assert_snapshot!(town.newest("cpeg"), @"");
    let agenda = morag.types("/meeting agenda body:CPEG").await;
    assert!(agenda.contains("Thursday 11 February 2021"), "{agenda}");
    assert!(agenda.contains("Two halls · promised by Morag Sinclair, 26 October 2020"), "{agenda}");
    let list = morag.types("/meeting list body:CPEG").await;
    assert!(list.contains("**CPEG** Thursday 10 December 2020: “Nothing to decide”"), "{list}");
    town.reach("2020-12-11 09:00").await;
    assert!(!town.channel("cpeg").contains("CPEG digest"), "{}", town.channel("cpeg"));
    // Set again for the same day, it is the same meeting.
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    priya.types("/meeting cancel meeting:CPEG December 2020 reason:Snow").await;
    priya.presses("Cancel the meeting").await;
    assert_snapshot!(priya.types("/meeting add body:CPEG on:10 December 2020").await, @"");
    assert_snapshot!(priya.presses("Add it").await, @"");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_without_a_series_meets_when_somebody_says_so() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let add = "/meeting add body:Safe DIG on:Sat 14 November 2020 papers:3 reason:To begin";
    assert_snapshot!(priya.types(add).await, @"");
    assert_snapshot!(priya.presses("Add it").await, @"");
    assert_snapshot!(town.channel_with("dig-safe", 1).await, @"");
    assert_snapshot!(priya.types("/meeting next body:Safe DIG").await, @"");
    let offered = priya.is_offered("/meeting move meeting:safe").await;
    assert_snapshot!(format!("{:?}", offered.first()), @"");
    assert_snapshot!(priya.types("/meeting list").await, @"");
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_alone_can_be_due_on_another_day() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let line =
        "/meeting move meeting:CPWD November 2020 to:19 November 2020 papers:10 November 2020";
    assert_snapshot!(priya.types(line).await, @"");
    assert_snapshot!(priya.presses("Change it").await, @"");
    town.channel_with("cpwd-board", 1).await;
    assert_snapshot!(town.newest("cpwd-board"), @"");
    town.reach("2020-11-10 09:00").await;
    let board = town.channel_with("cpwd-board", 2).await;
    assert!(board.contains("CPWD board digest"), "{board}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_changed_says_why() {
    let town = Town::open().await;
    let fiona = town.person(FIONA, "dig-flourishing");
    let line = "/meeting cancel meeting:CPEG December 2020 reason:We are away";
    assert_snapshot!(fiona.types(line).await, @"");
    let priya = town.person(PRIYA, "cp-support");
    let mut said = String::new();
    for line in [
        "/meeting move meeting:CPEG October 2020 to:17 December 2020",
        "/meeting move meeting:CPEG December 2020 to:8 October 2020",
        "/meeting move meeting:CPEG December 2020 to:10 December 2020",
        "/meeting move meeting:CPEG December 2020 to:11 February 2021",
        "/meeting move meeting:CPEG December 2020 to:next week",
        "/meeting move meeting:CPEG December 2020 to:17 December 2020 at:2.30",
        "/meeting move meeting:CPEG December 2020 to:17 December 2020 papers:17 December 2020",
        "/meeting move meeting:CPEG December 2020 to:17 December 2020 papers:0",
        "/meeting move meeting:CPEG December 2020 to:17 December 2020 papers:99 days",
        "/meeting move meeting:CPEG December 2020 to:17 December 2020 papers:1 June 2020",
        "/meeting add body:CPEG on:10 December 2020",
        "/meeting add body:DIG chairs on:10 December 2020",
        "/meeting list body:Safe DIG",
        "/meeting closed day:26 October 2020",
        "/meeting closed day:25 December 2020",
        "/meeting closed day:5 December 2020",
        "/meeting closed day:4 December 2020 is:open: it is a working day after all",
    ] {
        let answer = priya.types(line).await;
        let sentence: Vec<&str> = answer.lines().skip(1).map(str::trim_start).collect();
        said.push_str(&format!("{line}\n{}\n", sentence.join("\n")));
    }
    assert_snapshot!(said, @"");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_somebody_else_overtook_is_not_made() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let morag = town.person(MORAG, "cpeg");
    priya.types("/meeting move meeting:CPEG December 2020 to:17 December 2020").await;
    morag.types("/meeting move meeting:CPEG December 2020 to:16 December 2020").await;
    morag.presses("Move it").await;
    assert_snapshot!(priya.presses("Move it").await, @"");
    let next = priya.types("/meeting next body:CPEG").await;
    assert!(next.contains("Wednesday 16 December 2020"), "{next}");
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_that_are_out_stay_out_and_what_is_over_is_said() {
    let town = Town::open().await;
    town.reach("2020-11-13 09:00").await;
    let priya = town.person(PRIYA, "cp-support");
    let line = "/meeting move meeting:CPWD November 2020 to:20 November 2020";
    assert_snapshot!(priya.types(line).await, @"");
    priya.presses("Move it").await;
    town.channel_with("cpwd-board", 2).await;
    assert_snapshot!(priya.types("/meeting add body:CPEG on:17 November 2020").await, @"");
    town.reach("2020-11-21 09:00").await;
    assert_eq!(town.channel("cpwd-board").matches("CPWD board digest").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_day_moves_the_deadlines_that_are_counted_over_it() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let close = "/meeting closed day:4 December 2020 name:Staff *training*";
    assert_snapshot!(priya.types(close).await, @"");
    town.channel_with("cpeg", 1).await;
    assert_snapshot!(town.newest("cpeg"), @"");
    let next = priya.types("/meeting next body:CPEG").await;
    assert!(next.contains("due Wednesday 2 December 2020"), "{next}");
    assert_snapshot!(priya.types(close).await, @"");
    let open = "/meeting closed day:4 December 2020 is:open: it is a working day after all";
    assert_snapshot!(priya.types(open).await, @"");
    let christmas = "/meeting closed day:28 December 2020 is:open: it is a working day after all";
    assert_snapshot!(priya.types(christmas).await, @"");
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types(close).await, @"");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_about_a_day_that_is_over_knows_only_what_was_known_then() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    town.reach("2020-11-02 09:00").await;
    priya.types("/meeting move meeting:CPEG December 2020 to:21 January 2021").await;
    priya.presses("Move it").await;
    let digest = |answer: String| answer.lines().nth(1).unwrap_or_default().trim().to_owned();
    let then = priya.types("/digest preview body:CPEG as_of:30 October 2020").await;
    assert_eq!(digest(then), "│ CPEG digest: meeting on Thursday 10 December 2020");
    let now = priya.types("/digest preview body:CPEG").await;
    assert_eq!(digest(now), "│ CPEG digest: meeting on Thursday 21 January 2021");
    let (_, files) = priya.gets("/plan export format:ics").await;
    let calendar = String::from_utf8(files[0].2.to_vec()).unwrap();
    let moved =
        calendar.split("BEGIN:VEVENT").find(|event| event.contains("UID:meeting-CPEG-20201210"));
    let moved = moved.unwrap_or_default();
    assert!(moved.contains("DTSTART:20210121T100000Z") && moved.contains("SEQUENCE:1"), "{moved}");
}
