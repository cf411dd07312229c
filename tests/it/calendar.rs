//! Meetings that are added, moved and cancelled, with all that hangs on them, and closed days.

use std::fmt::Write;

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
    let added = priya.presses("Add").await;
    assert!(added.contains("Agree the risk register"), "{added}");
    let move_it = "/meeting move meeting:CPEG December 2020 to:17 December 2020 at:2pm \
                   reason:The *hall* is taken";
    assert_snapshot!(priya.types(move_it).await, @r"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Move CPEG, Thursday 10 December 2020?
        │ **Now** Thursday 10 December 2020 at 10:00, papers due Thursday 3 December 2020
        │ **Then** Thursday 17 December 2020 at 14:00, papers due Thursday 10 December 2020
        │
        │ **Why**
        │ The \*hall\* is taken
        │
        │ **On its agenda, and goes to Thursday 17 December 2020**
        │ **IP-1.2** Awareness sessions: community planning in practice
        │
        │ **Due at this meeting**
        │ **IP-2.3** Agree the risk register · CPEG December 2020
        │ Their dates stay, for a date is moved by a decision alone. To ask for a new one: /reschedule
        │ — Nothing is changed yet, and nobody else has been told.
        [Move it] [Leave it]
    ");
    assert_eq!(town.channel("cpeg").matches("moves from").count(), 0, "nothing is said before");
    // The button works after a restart.
    town.kill_bot().await;
    town.start_bot().await;
    let priya = town.person(PRIYA, "cp-support");
    assert_snapshot!(priya.presses("Move it").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Moved: CPEG
        │ **Was** Thursday 10 December 2020 at 10:00, papers due Thursday 3 December 2020
        │ **Now** Thursday 17 December 2020 at 14:00, papers due Thursday 10 December 2020
        │ Everybody in #cpeg sees one line about it.
        │
        │ **On its agenda, and goes to Thursday 17 December 2020**
        │ **IP-1.2** Awareness sessions: community planning in practice
        │
        │ **Due at this meeting**
        │ **IP-2.3** Agree the risk register · CPEG December 2020
        │ Their dates stay, for a date is moved by a decision alone. To ask for a new one: /reschedule
        │ — To change it again: /meeting move or /meeting cancel.
    ");
    assert_snapshot!(priya.presses("Move it").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ That was done already. `/meeting list` shows how the meetings stand.
    ");
    town.channel_with("cpeg", 3).await;
    assert_snapshot!(town.newest("cpeg"), @r"
    [Mon 26 Oct 09:00] Convener:
        │ **CPEG** moves from Thursday 10 December 2020 to Thursday 17 December 2020 at 14:00, papers due Thursday 10 December 2020 · “The \*hall\* is taken” · Priya Nair, CP Support
    ");
    assert_snapshot!(priya.types("/meeting next body:CPEG").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Next meeting
        │ **CPEG** Thursday 17 December 2020 at 14:00, in 52 days
        │ Papers are due Thursday 10 December 2020
    ");
    assert_snapshot!(priya.types("/meeting agenda body:CPEG").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Agenda so far: CPEG, Thursday 17 December 2020
        │ At 14:00. Papers are due Thursday 10 December 2020.
        │
        │ **Decisions needed on the plan**
        │ None asked for.
        │
        │ **Brought for decision**
        │ **IP-1.2** Awareness sessions: community planning in practice
        │ Two halls · promised by Morag Sinclair, 26 October 2020
        │
        │ **Brought for noting**
        │ Nothing so far.
        │ — To bring something to it: /action bring.
    ");
    assert_snapshot!(priya.types("/meeting list body:CPEG").await, @r"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Meetings of CPEG
        │ The meetings of the next twelve months.
        │
        │ **CPEG** Thursday 17 December 2020 at 14:00 · papers due Thursday 10 December 2020
        │ moved from Thursday 10 December 2020: “The \*hall\* is taken”
        │ **CPEG** Thursday 11 February 2021 at 10:00 · papers due Thursday 4 February 2021
        │ **CPEG** Thursday 8 April 2021 at 10:00 · papers due Wednesday 31 March 2021
        │ **CPEG** Thursday 10 June 2021 at 10:00 · papers due Thursday 3 June 2021
        │ **CPEG** Thursday 12 August 2021 at 10:00 · papers due Thursday 5 August 2021
        │ **CPEG** Thursday 14 October 2021 at 10:00 · papers due Thursday 7 October 2021
    ");
    let digests = |town: &Town| town.channel("cpeg").matches("│ CPEG digest: meeting on").count();
    town.reach("2020-12-03 12:00").await;
    assert_eq!(digests(&town), 0, "not on the day it was due at first");
    town.reach("2020-12-10 09:00").await;
    town.channel_with("cpeg", 4).await;
    town.reach("2020-12-18 09:00").await;
    assert_eq!(digests(&town), 1, "{}", town.channel("cpeg"));
    let digest = town.channel("cpeg");
    assert!(digest.contains("meeting on Thursday 17 December 2020"), "{digest}");
    assert!(digest.contains("Two halls · promised by Morag Sinclair"), "{digest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_meeting_sends_its_agenda_on_and_has_no_digest() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let line =
        "/action bring action:1.2 meeting:CPEG December 2020 purpose:decision words:Two halls";
    morag.types(line).await;
    let asked = "/meeting cancel meeting:CPEG December 2020 reason:Nothing to decide";
    assert_snapshot!(morag.types(asked).await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ Cancel CPEG, Thursday 10 December 2020?
        │ **Now** Thursday 10 December 2020 at 10:00, papers due Thursday 3 December 2020
        │
        │ **Why**
        │ Nothing to decide
        │
        │ **On its agenda, and goes to Thursday 11 February 2021**
        │ **IP-1.2** Awareness sessions: community planning in practice
        │ — Nothing is changed yet, and nobody else has been told.
        [Cancel the meeting] [Leave it]
    ");
    assert_snapshot!(morag.presses("Leave it").await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ Left as it was
        │ Nothing was changed, and nobody else was told.
    ");
    assert_snapshot!(morag.presses("Cancel the meeting").await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ That was put aside, so nothing was changed. Use the command again if it is needed.
    ");
    morag.types(asked).await;
    assert_snapshot!(morag.presses("Cancel the meeting").await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ Cancelled: CPEG
        │ **Was** Thursday 10 December 2020 at 10:00, papers due Thursday 3 December 2020
        │ Everybody in #cpeg sees one line about it.
        │
        │ **On its agenda, and goes to Thursday 11 February 2021**
        │ **IP-1.2** Awareness sessions: community planning in practice
        │ — To hold it after all: /meeting add.
    ");
    town.channel_with("cpeg", 2).await;
    assert_snapshot!(town.newest("cpeg"), @"
    [Mon 26 Oct 09:00] Convener:
        │ **CPEG** of Thursday 10 December 2020 is cancelled · “Nothing to decide” · IP-1.2 on its agenda: now on Thursday 11 February 2021 · Morag Sinclair, CPEG
    ");
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
    assert_snapshot!(priya.types("/meeting add body:CPEG on:10 December 2020").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Add a meeting of CPEG?
        │ **On** Thursday 10 December 2020 at 10:00, papers due Thursday 3 December 2020
        │ — Nothing is changed yet, and nobody else has been told.
        [Add it] [Leave it]
    ");
    assert_snapshot!(priya.presses("Add it").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Added: CPEG
        │ **On** Thursday 10 December 2020 at 10:00, papers due Thursday 3 December 2020
        │ Everybody in #cpeg sees one line about it.
        │ — To change it again: /meeting move or /meeting cancel.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_without_a_series_meets_when_somebody_says_so() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let add = "/meeting add body:Safe DIG on:Sat 14 November 2020 papers:3 reason:To begin";
    assert_snapshot!(priya.types(add).await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Add a meeting of Safe DIG?
        │ **On** Saturday 14 November 2020 at 10:00, papers due Wednesday 11 November 2020
        │ Saturday 14 November 2020 is not a working day.
        │
        │ **Why**
        │ To begin
        │ — Nothing is changed yet, and nobody else has been told.
        [Add it] [Leave it]
    ");
    assert_snapshot!(priya.presses("Add it").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Added: Safe DIG
        │ **On** Saturday 14 November 2020 at 10:00, papers due Wednesday 11 November 2020
        │ Saturday 14 November 2020 is not a working day.
        │ Everybody in #dig-safe sees one line about it.
        │ — To change it again: /meeting move or /meeting cancel.
    ");
    assert_snapshot!(town.channel_with("dig-safe", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ **Safe DIG** meets on Saturday 14 November 2020 at 10:00, papers due Wednesday 11 November 2020 · “To begin” · Priya Nair, CP Support
    ");
    assert_snapshot!(priya.types("/meeting next body:Safe DIG").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Next meeting
        │ **Safe DIG** Saturday 14 November 2020 at 10:00, in 19 days
        │ Papers are due Wednesday 11 November 2020
    ");
    let offered = priya.is_offered("/meeting move meeting:safe").await;
    assert_snapshot!(format!("{:?}", offered.first()), @r#"Some(("Safe DIG, Saturday 14 November 2020", "Safe DIG 2020-11-14"))"#);
    assert_snapshot!(priya.types("/meeting list").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Meetings
        │ The meetings of the next twelve months, 1–10 of 11.
        │
        │ **Safe DIG** Saturday 14 November 2020 at 10:00 · papers due Wednesday 11 November 2020
        │ added: “To begin”
        │ **CPWD board** Thursday 19 November 2020 at 10:00 · papers due Thursday 12 November 2020
        │ **CPEG** Thursday 10 December 2020 at 10:00 · papers due Thursday 3 December 2020
        │ **CPEG** Thursday 11 February 2021 at 10:00 · papers due Thursday 4 February 2021
        │ **CPWD board** Thursday 18 February 2021 at 10:00 · papers due Thursday 11 February 2021
        │ **CPEG** Thursday 8 April 2021 at 10:00 · papers due Wednesday 31 March 2021
        │ **CPWD board** Thursday 20 May 2021 at 10:00 · papers due Thursday 13 May 2021
        │ **CPEG** Thursday 10 June 2021 at 10:00 · papers due Thursday 3 June 2021
        │ **CPEG** Thursday 12 August 2021 at 10:00 · papers due Thursday 5 August 2021
        │ **CPWD board** Thursday 19 August 2021 at 10:00 · papers due Thursday 12 August 2021
        [Later ›]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_alone_can_be_due_on_another_day() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let line =
        "/meeting move meeting:CPWD November 2020 to:19 November 2020 papers:10 November 2020";
    assert_snapshot!(priya.types(line).await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Change when papers for CPWD board are due?
        │ **Now** Thursday 19 November 2020 at 10:00, papers due Thursday 12 November 2020
        │ **Then** Thursday 19 November 2020 at 10:00, papers due Tuesday 10 November 2020
        │ — Nothing is changed yet, and nobody else has been told.
        [Change it] [Leave it]
    ");
    assert_snapshot!(priya.presses("Change it").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Changed: CPWD board
        │ **Was** Thursday 19 November 2020 at 10:00, papers due Thursday 12 November 2020
        │ **Now** Thursday 19 November 2020 at 10:00, papers due Tuesday 10 November 2020
        │ Everybody in #cpwd-board sees one line about it.
        │ — To change it again: /meeting move or /meeting cancel.
    ");
    town.channel_with("cpwd-board", 1).await;
    assert_snapshot!(town.newest("cpwd-board"), @"
    [Mon 26 Oct 09:00] Convener:
        │ Papers for **CPWD board** of Thursday 19 November 2020 are due Tuesday 10 November 2020, not Thursday 12 November 2020 · Priya Nair, CP Support
    ");
    town.reach("2020-11-10 09:00").await;
    let board = town.channel_with("cpwd-board", 2).await;
    assert!(board.contains("CPWD board digest"), "{board}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_changed_says_why() {
    let town = Town::open().await;
    let fiona = town.person(FIONA, "dig-flourishing");
    let line = "/meeting cancel meeting:CPEG December 2020 reason:We are away";
    assert_snapshot!(fiona.types(line).await, @"
    [Mon 26 Oct 09:00] Convener (only to Fiona Campbell):
        │ You cannot change when bodies meet, but CP Support, the chair of CPEG or the chair of CPWD can. Please ask them.
        │
        │ **What you wrote, to copy**
        │ We are away
    ");
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
        writeln!(said, "{line}\n{}", sentence.join("\n")).unwrap();
    }
    assert_snapshot!(said, @r#"
    /meeting move meeting:CPEG October 2020 to:17 December 2020
    │ I know no meeting "CPEG October 2020" still to come. Pick one from the list that appears as you type.
    /meeting move meeting:CPEG December 2020 to:8 October 2020
    │ Thursday 8 October 2020 at 10:00 is over. Give a day and a time that are still to come.
    /meeting move meeting:CPEG December 2020 to:10 December 2020
    │ The meeting is on Thursday 10 December 2020 at that time already, and its papers are due then. Nothing was changed.
    /meeting move meeting:CPEG December 2020 to:11 February 2021
    │ CPEG meets on Thursday 11 February 2021 already. Give another day.
    /meeting move meeting:CPEG December 2020 to:next week
    │ “next week” hangs on something else; which day is meant? Write one day such as 19 November 2020 or 19/11/2020.
    /meeting move meeting:CPEG December 2020 to:17 December 2020 at:2.30
    │ “2.30” could be in the morning or the afternoon. Write 2.30am or 2.30pm.
    /meeting move meeting:CPEG December 2020 to:17 December 2020 papers:17 December 2020
    │ Papers have to be due before the meeting. It is on Thursday 17 December 2020, and Thursday 17 December 2020 is not before it.
    /meeting move meeting:CPEG December 2020 to:17 December 2020 papers:0
    │ Papers have to be due before the meeting. It is on Thursday 17 December 2020, and Thursday 17 December 2020 is not before it.
    /meeting move meeting:CPEG December 2020 to:17 December 2020 papers:99 days
    │ Papers can be due at most 60 working days before a meeting; 99 is too many.
    /meeting move meeting:CPEG December 2020 to:17 December 2020 papers:1 June 2020
    │ Monday 1 June 2020 is more than 90 days before the meeting of Thursday 17 December 2020. Give a later day for its papers.
    /meeting add body:CPEG on:10 December 2020
    │ CPEG meets on Thursday 10 December 2020 already. Give another day.
    /meeting add body:DIG chairs on:10 December 2020
    │ "DIG chairs" is Flourishing DIG, Independent DIG, Nurtured DIG, Empowered DIG and Safe DIG. Give one of them.
    /meeting list body:Safe DIG
    │ Safe DIG has no meetings in the calendar, so there is nothing to show.
    /meeting closed day:26 October 2020
    │ Monday 26 October 2020 is not to come. Only days that are still to come can be closed or opened.
    /meeting closed day:25 December 2020
    │ Friday 25 December 2020 is closed already.
    /meeting closed day:5 December 2020
    │ Saturday 5 December 2020 is at a weekend, when nobody works anyway.
    /meeting closed day:4 December 2020 is:open: it is a working day after all
    │ Friday 4 December 2020 is a working day already.
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_somebody_else_overtook_is_not_made() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let morag = town.person(MORAG, "cpeg");
    priya.types("/meeting move meeting:CPEG December 2020 to:17 December 2020").await;
    morag.types("/meeting move meeting:CPEG December 2020 to:16 December 2020").await;
    morag.presses("Move it").await;
    assert_snapshot!(priya.presses("Move it").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Somebody has changed that meeting since you were shown it. Look at `/meeting list`, then use the command again if it is still needed.
    ");
    let next = priya.types("/meeting next body:CPEG").await;
    assert!(next.contains("Wednesday 16 December 2020"), "{next}");
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_that_are_out_stay_out_and_what_is_over_is_said() {
    let town = Town::open().await;
    town.reach("2020-11-13 09:00").await;
    let priya = town.person(PRIYA, "cp-support");
    let line = "/meeting move meeting:CPWD November 2020 to:20 November 2020";
    assert_snapshot!(priya.types(line).await, @"
    [Fri 13 Nov 09:00] Convener (only to Priya Nair):
        │ Move CPWD board, Thursday 19 November 2020?
        │ **Now** Thursday 19 November 2020 at 10:00, papers due Thursday 12 November 2020
        │ **Then** Friday 20 November 2020 at 10:00, papers due Thursday 12 November 2020
        │ The day its papers were due is over, and stays as it was.
        │ — Nothing is changed yet, and nobody else has been told.
        [Move it] [Leave it]
    ");
    priya.presses("Move it").await;
    town.channel_with("cpwd-board", 2).await;
    assert_snapshot!(priya.types("/meeting add body:CPEG on:17 November 2020").await, @"
    [Fri 13 Nov 09:00] Convener (only to Priya Nair):
        │ Add a meeting of CPEG?
        │ **On** Tuesday 17 November 2020 at 10:00, papers due Tuesday 10 November 2020
        │ Its digest would have been posted on Tuesday 10 November 2020 at 09:00. That is over, so none will be; `/digest preview` shows it. For another day, give `papers`.
        │ — Nothing is changed yet, and nobody else has been told.
        [Add it] [Leave it]
    ");
    town.reach("2020-11-21 09:00").await;
    assert_eq!(town.channel("cpwd-board").matches("CPWD board digest").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_that_is_moved_after_its_digest_gets_no_other_and_its_mover_is_told() {
    let town = Town::at("2020-11-12 08:55").await;
    town.reach("2020-11-12 15:00").await;
    assert_eq!(town.digests("cpwd-board").len(), 1);
    let priya = town.person(PRIYA, "cp-support");
    let later = "/meeting move meeting:CPWD 2020-11-19 to:26 November 2020";
    assert_snapshot!(priya.types(later).await, @"
    [Thu 12 Nov 15:00] Convener (only to Priya Nair):
        │ Move CPWD board, Thursday 19 November 2020?
        │ **Now** Thursday 19 November 2020 at 10:00, papers due Thursday 12 November 2020
        │ **Then** Thursday 26 November 2020 at 10:00, papers due Thursday 19 November 2020
        │ Its digest was posted already, so none comes by itself then. `/digest send` with `again` posts it anew.
        │ — Nothing is changed yet, and nobody else has been told.
        [Move it] [Leave it]
    ");
    priya.presses("Move it").await;
    town.reach("2020-11-19 10:00").await;
    assert_eq!(town.digests("cpwd-board").len(), 1);
    let in_the_afternoon = "/meeting move meeting:CPWD 2020-11-26 to:26 November 2020 at:2pm";
    assert_snapshot!(priya.types(in_the_afternoon).await, @"
    [Thu 19 Nov 10:00] Convener (only to Priya Nair):
        │ Move CPWD board, Thursday 26 November 2020?
        │ **Now** Thursday 26 November 2020 at 10:00, papers due Thursday 19 November 2020
        │ **Then** Thursday 26 November 2020 at 14:00, papers due Thursday 19 November 2020
        │ The day its papers were due is over, and stays as it was.
        │ — Nothing is changed yet, and nobody else has been told.
        [Move it] [Leave it]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_day_moves_the_deadlines_that_are_counted_over_it() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let close = "/meeting closed day:4 December 2020 name:Staff *training*";
    assert_snapshot!(priya.types(close).await, @r"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Closed: Friday 4 December 2020
        │ Staff \*training\*
        │
        │ **Papers deadlines that move**
        │ **CPEG**, Thursday 10 December 2020: due Wednesday 2 December 2020, not Thursday 3 December 2020
        │ — A slip? /meeting closed with “is: open” takes it back.
    ");
    town.channel_with("cpeg", 1).await;
    assert_snapshot!(town.newest("cpeg"), @r"
    [Mon 26 Oct 09:00] Convener:
        │ Papers for **CPEG** of Thursday 10 December 2020 are due Wednesday 2 December 2020, not Thursday 3 December 2020 · Friday 4 December 2020 is closed: “Staff \*training\*” · Priya Nair, CP Support
    ");
    let next = priya.types("/meeting next body:CPEG").await;
    assert!(next.contains("due Wednesday 2 December 2020"), "{next}");
    assert_snapshot!(priya.types(close).await, @r"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Friday 4 December 2020 is closed already.
        │
        │ **What you wrote, to copy**
        │ Staff \*training\*
    ");
    let open = "/meeting closed day:4 December 2020 is:open: it is a working day after all";
    assert_snapshot!(priya.types(open).await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Open again: Friday 4 December 2020
        │ **Papers deadlines that move**
        │ **CPEG**, Thursday 10 December 2020: due Thursday 3 December 2020, not Wednesday 2 December 2020
    ");
    let christmas = "/meeting closed day:28 December 2020 is:open: it is a working day after all";
    assert_snapshot!(priya.types(christmas).await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Open again: Monday 28 December 2020
        │ No papers deadline moves by it.
    ");
    // On the morning of the day on which they would be due then, their hour is over.
    town.reach("2020-12-02 10:00").await;
    assert_snapshot!(priya.types("/meeting closed day:4 December 2020 name:Snow").await, @"
    [Wed 2 Dec 10:00] Convener (only to Priya Nair):
        │ Then papers for CPEG, Thursday 10 December 2020 would have been due on Wednesday 2 December 2020 at 09:00, which is over, so no digest would go out. Nothing was changed. First set the day for its papers with `/meeting move` and `papers`, then do this again.
        │
        │ **What you wrote, to copy**
        │ Snow
    ");
    town.reach("2020-12-03 09:00").await;
    assert_eq!(town.digests("cpeg").len(), 1);
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types(close).await, @r"
    [Thu 3 Dec 09:00] Convener (only to Tom Walker):
        │ You cannot change when bodies meet, but CP Support, the chair of CPEG or the chair of CPWD can. Please ask them.
        │
        │ **What you wrote, to copy**
        │ Staff \*training\*
    ");
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
