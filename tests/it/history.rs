//! Looking back at an action and at what a meeting was told.

use insta::assert_snapshot;

use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::TOM;
use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn the_history_of_an_action_is_told_newest_first_with_what_was_taken_back() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    morag
        .types("/update action:1.2 text:Halls are booked status:at risk happened:23 October 2020")
        .await;
    town.reach("2020-10-26 09:05").await;
    morag.types("/update action:1.2 text:Wrong action status:blocked").await;
    town.reach("2020-10-26 09:07").await;
    morag.presses("Undo").await;
    town.reach("2020-11-03 14:05").await;
    let priya = town.person(PRIYA, "cp-support");
    priya.types("/update action:1.2 text:Posters are out").await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/action history action:1.2").await, @"
    [Tue 3 Nov 14:05] Convener (only to Tom Walker):
        │ History of IP-1.2 Awareness sessions: community planning in practice
        │ 8 entries, newest first.
        │
        │ **3 November 2020, 14:05** · Priya Nair, CP Support, on behalf of CPEG
        │ ◆ at risk: Posters are out
        │ **26 October 2020, 09:07** · Morag Sinclair
        │ Took back the update of 26 October 2020, 09:05 · ■ blocked → ◆ at risk
        │ **26 October 2020, 09:05** · Morag Sinclair, CPEG
        │ ◆ at risk → ■ blocked: Wrong action
        │ ✖ Taken back 26 October 2020, 09:07 by Morag Sinclair
        │ **26 October 2020, 09:00** · Morag Sinclair, CPEG
        │ ● on track → ◆ at risk: Halls are booked
        │ Happened 23 October 2020
        │ **October 2020** · the printed plan
        │ ● on track: CPEG weighs up the options in December 2020. Plans will allow for Covid-19.
        │ **October 2020** · the printed plan
        │ Target: March 2021
        │ **October 2020** · the printed plan
        │ Lead: CPEG
        │ **October 2020** · the printed plan
        │ First printed: Awareness sessions: community planning in practice · ● on track
    ");
    assert_snapshot!(tom.types("/action history action:1.2 as_of:26 October 2020").await, @"
    [Tue 3 Nov 14:05] Convener (only to Tom Walker):
        │ History of IP-1.2 Awareness sessions: community planning in practice
        │ 7 entries by the end of Monday 26 October 2020, newest first.
        │
        │ **26 October 2020, 09:07** · Morag Sinclair
        │ Took back the update of 26 October 2020, 09:05 · ■ blocked → ◆ at risk
        │ **26 October 2020, 09:05** · Morag Sinclair, CPEG
        │ ◆ at risk → ■ blocked: Wrong action
        │ ✖ Taken back 26 October 2020, 09:07 by Morag Sinclair
        │ **26 October 2020, 09:00** · Morag Sinclair, CPEG
        │ ● on track → ◆ at risk: Halls are booked
        │ Happened 23 October 2020
        │ **October 2020** · the printed plan
        │ ● on track: CPEG weighs up the options in December 2020. Plans will allow for Covid-19.
        │ **October 2020** · the printed plan
        │ Target: March 2021
        │ **October 2020** · the printed plan
        │ Lead: CPEG
        │ **October 2020** · the printed plan
        │ First printed: Awareness sessions: community planning in practice · ● on track
    ");
    let early = tom.types("/action history action:1.2 as_of:1 May 2020").await;
    assert!(early.contains("The record begins on 1 October 2020"), "{early}");
    assert_snapshot!(tom.types("/action history action:1.2 as_of:1 May 2030").await, @"
    [Tue 3 Nov 14:05] Convener (only to Tom Walker):
        │ 1 May 2030 is still to come, so there is no record of it yet. Ask for a day that is over, or leave `as_of` out.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_history_is_paged_by_buttons_that_outlive_the_bot() {
    let mut town = Town::open().await;
    for number in 1..=20 {
        let line = format!("/update action:1.2 text:Word number {number:02}");
        town.person(MORAG, "cpeg").types(&line).await;
    }
    let first = town.person(TOM, "general").types("/action history action:1.2").await;
    assert!(first.contains("24 entries, newest first, 1 to 10."), "{first}");
    assert!(first.contains("Word number 20") && first.contains("Word number 11"), "{first}");
    assert!(!first.contains("Word number 10") && !first.contains("Later"), "{first}");
    town.stop_bot().await;
    town.start_bot().await;
    let tom = town.person(TOM, "general");
    let second = tom.presses("‹ Earlier").await;
    assert!(second.contains("24 entries, newest first, 11 to 20."), "{second}");
    assert!(second.contains("Word number 10") && second.contains("Word number 01"), "{second}");
    let third = tom.presses("‹ Earlier").await;
    assert!(third.contains("24 entries, newest first, 21 to 24."), "{third}");
    assert!(third.contains("First printed") && !third.contains("Earlier"), "{third}");
    let back = tom.presses("Later ›").await;
    assert!(back.contains("Word number 10"), "{back}");
}

#[tokio::test(flavor = "multi_thread")]
async fn long_and_tricky_words_in_a_history_fit_and_do_nothing() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let tricky = "@everyone <@&1> **x** \u{202e}";
    for number in 0..11 {
        let long = format!("{number} {}", "*_*".repeat(1_300));
        morag.types(&format!("/update action:1.2 text:{long}")).await;
    }
    morag.types(&format!("/update action:1.2 text:{tricky}")).await;
    let told = town.person(TOM, "general").types("/action history action:1.2").await;
    assert!(told.contains("16 entries, newest first, 1 to 10."), "{told}");
    assert_eq!(told.matches("Morag Sinclair, CPEG").count(), 10, "{told}");
    assert!(told.contains(r"\@everyone \<\@&1\> \*\*x\*\*"), "{told}");
    assert!(told.contains("Shortened here."), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_is_shown_as_it_stood() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    morag.types("/update action:1.2 text:Halls are booked status:at risk").await;
    town.reach("2020-11-03 14:05").await;
    morag.types("/update action:1.2 text:Halls are lost status:blocked").await;
    assert_snapshot!(morag.types("/action show action:1.2 as_of:2 November 2020").await, @"
    [Tue 3 Nov 14:05] Convener (only to Morag Sinclair):
        │ IP-1.2 Awareness sessions: community planning in practice
        │ As it stood at the end of Monday 2 November 2020.
        │ **Lead** CPEG
        │ **Target** March 2021 · overdue from 1 April 2021
        │ **Status** ◆ at risk
        │ **Area** 1 Reporting and structure
        │
        │ **Last update**
        │ Halls are booked
        │ Morag Sinclair, CPEG, 26 October 2020
    ");
    let now = morag.types("/action show action:1.2 as_of:3 November 2020").await;
    assert!(now.contains("Halls are lost") && now.contains("[Update]"), "{now}");
    let later = morag.types("/action show action:1.2 as_of:1 December 2020").await;
    assert!(later.contains("1 December 2020 is still to come"), "{later}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_is_shown_again_exactly_as_it_was_issued() {
    let town = Town::open().await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/digest preview body:CPEG issued:last").await, @r#"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ CPEG was issued no digest "last". None has been issued to it yet; each is kept when its papers deadline comes.
    "#);
    town.reach("2020-12-03 09:01").await;
    town.person(MORAG, "cpeg").types("/update action:1.2 text:Halls are booked").await;
    let offered = tom.is_offered("/digest preview body:CPEG issued:december").await;
    assert_snapshot!(format!("{offered:?}"), @r#"[("CPEG, Thursday 3 December 2020", "CPEG 2020-12-03")]"#);
    let (told, files) = tom.gets("/digest preview body:CPEG issued:CPEG 2020-12-03").await;
    let (note, rest) = told.split_once("not in it.\n").unwrap();
    assert!(
        note.contains("issued to CPEG for the papers deadline at 09:00 on Thursday 3 December"),
        "{note}"
    );
    assert!(!rest.contains("Halls are booked"), "{rest}");
    let sandbox = town.sandbox();
    let posts = sandbox.read("cpeg");
    let post = posts.iter().find(|post| sandbox.text(post).contains("CPEG digest")).unwrap();
    assert_eq!(files, sandbox.files(post), "the same files, to the byte");
    let posted = sandbox.text(post);
    for line in rest.lines() {
        assert!(posted.contains(line), "{line} was not in\n{posted}");
    }
    let (by_day, _) = tom.gets("/digest preview body:cpeg issued:3 December 2020").await;
    assert_eq!(by_day.split_once('\n').unwrap().1, told.split_once('\n').unwrap().1);
    let board = tom.types("/digest preview body:CPWD issued:3 December 2020").await;
    assert!(board.contains("CPWD was issued no digest \"3 December 2020\""), "{board}");
}
