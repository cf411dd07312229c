//! What is brought to meetings, and what comes round again.

use insta::assert_snapshot;

use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::TOM;
use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_promised_to_a_meeting_stands_on_its_agenda() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let offered = morag.is_offered("/action bring action:1.2 meeting:CPWD").await;
    assert_snapshot!(format!("{:?}", offered.first()), @r#"Some(("CPWD board, Thursday 19 November 2020", "CPWD board 2020-11-19"))"#);
    let line = "/action bring action:1.2 meeting:CPWD board 2021-02-18 purpose:decision \
                words:Two options for sessions in every *ward*";
    assert_snapshot!(morag.types(line).await, @r"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ Brought: IP-1.2 Awareness sessions: community planning in practice
        │ It stands on the agenda of CPWD board, Thursday 18 February 2021, for decision.
        │ What will be brought: Two options for sessions in every \*ward\*
        │ — To take it off again: /action bring, purpose “no longer”.
    ");
    assert_snapshot!(town.channel_with("cpeg", 1).await, @r"
    [Mon 26 Oct 09:00] Convener:
        │ **IP-1.2** Awareness sessions: community planning in practice will be brought to CPWD board, Thursday 18 February 2021, for decision: Two options for sessions in every \*ward\* · Morag Sinclair
    ");
    assert_snapshot!(morag.types("/action show action:1.2").await, @r"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ IP-1.2 Awareness sessions: community planning in practice
        │ **Lead** CPEG
        │ **Target** March 2021 · overdue from 1 April 2021
        │ **Status** ● on track
        │ **Area** 1 Reporting and structure
        │ **BRAG** Green: not yet due
        │
        │ **Last update**
        │ CPEG weighs up the options in December 2020. Plans will allow for Covid-19.
        │ In the printed plan, October 2020
        │
        │ **Will be brought to**
        │ CPWD, 18 February 2021, for decision: Two options for sessions in every \*ward\*
        [Update] [New date] [Complete] [History] [Share here]
    ");
    assert_snapshot!(morag.types("/meeting agenda body:CPWD").await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ Agenda so far: CPWD board, Thursday 19 November 2020
        │ At 10:00. Papers are due Thursday 12 November 2020.
        │
        │ **Decisions needed on the plan**
        │ None asked for.
        │
        │ **Brought for decision**
        │ Nothing so far.
        │
        │ **Brought for noting**
        │ Nothing so far.
        │ — To bring something to it: /action bring.
    ");
    assert_snapshot!(
        morag.types("/meeting agenda body:CPWD meeting:the board of February 2021").await,
        @r"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ Agenda so far: CPWD board, Thursday 18 February 2021
        │ At 10:00. Papers are due Thursday 11 February 2021.
        │
        │ **Decisions needed on the plan**
        │ None asked for.
        │
        │ **Brought for decision**
        │ **IP-1.2** Awareness sessions: community planning in practice
        │ Two options for sessions in every \*ward\* · promised by Morag Sinclair, 26 October 2020
        │
        │ **Brought for noting**
        │ Nothing so far.
        │ — To bring something to it: /action bring.
    "
    );
    // To note instead: the later word replaces the earlier.
    let line = "/action bring action:1.2 meeting:CPWD February 2021 purpose:noting what:update";
    assert_snapshot!(morag.types(line).await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ Brought: IP-1.2 Awareness sessions: community planning in practice
        │ It stands on the agenda of CPWD board, Thursday 18 February 2021, for noting.
        │ The last update on it goes with it.
        │ — To take it off again: /action bring, purpose “no longer”.
    ");
    assert_snapshot!(
        morag.types("/meeting agenda body:CPWD meeting:CPWD February 2021").await,
        @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ Agenda so far: CPWD board, Thursday 18 February 2021
        │ At 10:00. Papers are due Thursday 11 February 2021.
        │
        │ **Decisions needed on the plan**
        │ None asked for.
        │
        │ **Brought for decision**
        │ Nothing so far.
        │
        │ **Brought for noting**
        │ **IP-1.2** Awareness sessions: community planning in practice
        │ The update: CPEG weighs up the options in December 2020. Plans will allow for Covid-19. · promised by Morag Sinclair, 26 October 2020
        │ — To bring something to it: /action bring.
    "
    );
    let line = "/action bring action:1.2 meeting:CPWD February 2021 purpose:no longer";
    assert_snapshot!(morag.types(line).await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ Taken off: IP-1.2 Awareness sessions: community planning in practice
        │ It is no longer on the agenda of CPWD board, Thursday 18 February 2021. The record keeps that it was.
    ");
    assert_snapshot!(morag.types(line).await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ Nothing about IP-1.2 is on that agenda, so there is nothing to take off.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_brought_says_why() {
    let town = Town::open().await;
    let fiona = town.person(FIONA, "dig-flourishing");
    let bring = "/action bring action:1.2 meeting:CPWD February 2021 purpose:decision";
    assert_snapshot!(fiona.types(&format!("{bring} words:Our options")).await, @"
    [Mon 26 Oct 09:00] Convener (only to Fiona Campbell):
        │ You cannot bring IP-1.2 to a meeting, but the chair of CPEG or CP Support can. Please ask them.
        │
        │ **What you wrote, to copy**
        │ Our options
    ");
    let morag = town.person(MORAG, "cpeg");
    let past = "/action bring action:1.2 meeting:CPEG 2020-10-08 purpose:decision words:Options";
    assert_snapshot!(morag.types(past).await, @r#"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ I know no meeting "CPEG 2020-10-08" still to come. Pick one from the list that appears as you type.
        │
        │ **What you wrote, to copy**
        │ Options
    "#);
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/meeting agenda body:Flourishing DIG").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Flourishing DIG has no meetings in the calendar, so there is nothing to show.
    ");
    assert_snapshot!(tom.types("/action repeat action:1.2 every:year").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ You cannot change the plan, but CP Support, the chair of CPEG or the chair of CPWD can. Please ask them.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_digest_and_the_paper_bring_it_to_the_meeting() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    morag
        .types("/action bring action:1.4 meeting:CPWD November 2020 purpose:decision words:Three halls")
        .await;
    let board = morag.types("/digest preview body:CPWD").await;
    let brought: Vec<&str> = board.lines().filter(|line| line.contains("1.4")).collect();
    assert_snapshot!(brought.join("\n"), @"
    │ **Decide** on IP-1.4: Three halls
    │ **IP-1.4** Hold engagement sessions that shape future plans
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_lets_an_action_come_round_again() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    assert_snapshot!(priya.types("/action repeat action:1.2 every:year").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ IP-1.2 Awareness sessions: community planning in practice
        │ It comes round every year. When this turn is signed off, the next one opens as IP-1.2/2, due March 2022.
    ");
    assert_snapshot!(town.channel_with("cpeg", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ **IP-1.2** Awareness sessions: community planning in practice now comes round every year · Priya Nair
    ");
    let card = priya.types("/action show action:1.2").await;
    assert!(card.contains("**Comes round** every year"), "{card}");
    assert_snapshot!(priya.types("/action repeat action:1.2 every:never").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ IP-1.2 Awareness sessions: community planning in practice
        │ It comes round no more: signing it off ends it.
    ");
    let card = priya.types("/action show action:1.2").await;
    assert!(!card.contains("Comes round"), "{card}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_turn_opens_when_one_is_signed_off_and_goes_by_the_same_number() {
    let town = Town::at("2020-12-11 09:00").await;
    let priya = town.person(PRIYA, "cp-support");
    let morag = town.person(MORAG, "cpeg");
    priya.types("/action repeat action:1.2 every:year").await;
    morag.types("/update action:1.2 text:All sessions held status:complete").await;
    let signed = priya.types("/decide sign-off action:1.2 meeting:CPEG 2020-12-10").await;
    assert!(signed.contains("Recorded: IP-1.2"), "{signed}");
    town.channel_with("cpeg", 4).await;
    assert_snapshot!(town.newest("cpeg"), @"
    [Fri 11 Dec 09:00] Convener:
        │ **IP-1.2/2** Awareness sessions: community planning in practice opens as the next turn, due March 2022
    ");
    // The number alone means the turn that is open now.
    assert_snapshot!(morag.types("/update action:1.2 text:Planning the next ones").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ Logged: IP-1.2/2 Awareness sessions: community planning in practice
        │ **Status** ○ not started (as before)
        │ Everybody in #cpeg sees one line about it.
        │
        │ **Before**
        │ No update.
        │
        │ **Now**
        │ Planning the next ones
        │ — A slip? You can undo this until 09:15.
        [Undo]
    ");
    let asked = morag.says("@Convener status of 1.2/2").await;
    assert!(asked.contains("IP-1.2/2"), "{asked}");
    let first = morag.types("/action show action:IP-1.2").await;
    assert!(first.contains("complete, signed off"), "{first}");
    // What was signed off in error is returned.
    let back = priya.types("/decide return action:IP-1.2 meeting:CPEG 2020-12-10").await;
    assert!(back.contains("Returned"), "{back}");
    let first = morag.types("/action show action:IP-1.2").await;
    assert!(first.contains("[Update]"), "{first}");
}
