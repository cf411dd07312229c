//! Completion: proposed, returned, proposed again, signed off.

use insta::assert_snapshot;

use super::*;
use crate::town::ALASDAIR;
use crate::town::TOM;

#[tokio::test(flavor = "multi_thread")]
async fn a_completion_is_returned_and_later_signed_off_citing_the_board() {
    let town = Town::at("2020-12-11 09:00").await;
    let (morag, priya) = (town.person(MORAG, "cpeg"), town.person(PRIYA, "cp-support"));
    morag.types("/update action:1.2 text:Half of the sessions held status:at risk").await;
    morag.types("/update action:1.2 text:All sessions held status:complete").await;
    assert_snapshot!(priya.types("/overdue view:awaiting").await, @"
    [Fri 11 Dec 09:00] Convener (only to Priya Nair):
        │ Awaiting a decision, as at Friday 11 December 2020
        │ 1 of 11 actions awaits a decision.
        │
        │ **IP-1.2** Awareness sessions: community planning in practice · CPEG
        │ ✔ complete, awaiting sign-off · last update 11 December 2020
        │ — Left out: 1 signed off.
        [Sign off IP-1.2] [Return IP-1.2] [Share here]
    ");
    assert_snapshot!(priya.types("/decide return action:1.2 meeting:CPEG 2020-12-10 minute_ref:4.2 note:Two wards are still to come").await, @"
    [Fri 11 Dec 09:00] Convener (only to Priya Nair):
        │ Recorded: IP-1.2 Awareness sessions: community planning in practice
        │ Decided by CPEG on 10 December 2020, minute 4.2
        │
        │ **Decided**
        │ Returned as not complete, so it goes on: ◆ at risk
        │
        │ **Note**
        │ Two wards are still to come
        │ — Everybody in #cpeg sees one line about it.
    ");
    assert_snapshot!(newest(&town, "cpeg", 3).await, @"
    [Fri 11 Dec 09:00] Convener:
        │ **IP-1.2** Awareness sessions: community planning in practice: returned as not complete, so it goes on: ◆ at risk · “Two wards are still to come” · decided by CPEG on 10 December 2020, minute 4.2 · recorded by Priya Nair
    ");
    assert_snapshot!(morag.types("/action show action:1.2").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ IP-1.2 Awareness sessions: community planning in practice
        │ **Lead** CPEG
        │ **Target** March 2021 · overdue from 1 April 2021
        │ **Status** ◆ at risk
        │ **Area** 1 Reporting and structure
        │ **BRAG** Amber: at risk
        │
        │ **Last update**
        │ All sessions held
        │ Morag Sinclair, CPEG, 11 December 2020
        │
        │ **Last decision**
        │ Returned: decided by CPEG on 10 December 2020, minute 4.2. Recorded by Priya Nair on 11 December 2020 at 09:00.
        │ Two wards are still to come
        [Update] [New date] [Complete] [History] [Share here]
    ");
    town.reach("2021-02-19 09:00").await;
    morag.types("/update action:1.2 text:The last wards are done status:complete").await;
    let alasdair = town.person(ALASDAIR, "cpwd-board");
    assert_snapshot!(alasdair.types("/decide sign-off action:1.2").await, @"
    [Fri 19 Feb 09:00] Convener (only to Alasdair Reid):
        │ Recorded: IP-1.2 Awareness sessions: community planning in practice
        │ Decided by CPWD on 18 February 2021
        │
        │ **Decided**
        │ ✔ complete, signed off
        │ — Everybody in #cpwd-board and #cpeg sees one line about it.
    ");
    assert_snapshot!(town.said("cpwd-board", "signed off").await, @"
    [Fri 19 Feb 09:00] Convener:
        │ **IP-1.2** Awareness sessions: community planning in practice: ✔ complete, signed off · decided by CPWD on 18 February 2021 · recorded by Alasdair Reid
    ");
    assert_snapshot!(town.said("cpeg", "signed off").await, @"
    [Fri 19 Feb 09:00] Convener:
        │ **IP-1.2** Awareness sessions: community planning in practice: ✔ complete, signed off · decided by CPWD on 18 February 2021 · recorded by Alasdair Reid
    ");
    assert_snapshot!(morag.types("/overdue view:awaiting").await, @"
    [Fri 19 Feb 09:00] Convener (only to Morag Sinclair):
        │ Awaiting a decision, as at Friday 19 February 2021
        │ None of 11 actions awaits a decision.
        │ — Left out: 2 signed off.
        [Share here]
    ");
    // The ledger knows what stood when.
    assert_snapshot!(morag.types("/overdue view:awaiting as_of:11 December 2020").await, @"
    [Fri 19 Feb 09:00] Convener (only to Morag Sinclair):
        │ Awaiting a decision, as at Friday 11 December 2020
        │ None of 11 actions awaits a decision.
        │ — Left out: 1 signed off.
        [Share here]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_buttons_of_a_completion_ask_for_the_meeting_and_record_it() {
    let town = Town::at("2020-12-11 09:00").await;
    let (morag, priya) = (town.person(MORAG, "cpeg"), town.person(PRIYA, "cp-support"));
    morag.types("/update action:1.2 text:All sessions held status:complete").await;
    assert_snapshot!(priya.types("/action show action:1.2").await, @"
    [Fri 11 Dec 09:00] Convener (only to Priya Nair):
        │ IP-1.2 Awareness sessions: community planning in practice
        │ **Lead** CPEG
        │ **Target** March 2021
        │ **Status** ✔ complete, awaiting sign-off
        │ **Area** 1 Reporting and structure
        │ **BRAG** Green: said to be complete, to be signed off
        │
        │ **Last update**
        │ All sessions held
        │ Morag Sinclair, CPEG, 11 December 2020
        [Update] [History] [Sign off] [Return] [Share here]
    ");
    let form = pressed(&town, PRIYA, "cp-support", "Sign off").await;
    assert_eq!(form.title, "Sign off IP-1.2");
    assert_snapshot!(priya.sends(&form, &[("meeting", "CPEG, Thursday 10 December 2020"), ("minute_ref", "4.2")]).await, @"
    [Fri 11 Dec 09:00] Convener (only to Priya Nair):
        │ Recorded: IP-1.2 Awareness sessions: community planning in practice
        │ Decided by CPEG on 10 December 2020, minute 4.2
        │
        │ **Decided**
        │ ✔ complete, signed off
        │ — Everybody in #cpeg sees one line about it.
    ");
    assert_snapshot!(priya.sends(&form, &[("meeting", "CPEG"), ("note", "Well done")]).await, @"
    [Fri 11 Dec 09:00] Convener (only to Priya Nair):
        │ IP-1.2 is complete and signed off, so there is nothing left to decide or to ask for.
        │ Signed off: decided by CPEG on 10 December 2020, minute 4.2. Recorded by Priya Nair on 11 December 2020 at 09:00.
        │
        │ **What you wrote, to copy**
        │ Well done
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn several_actions_are_decided_together_or_not_at_all() {
    let town = Town::at("2020-12-11 09:00").await;
    let (morag, priya) = (town.person(MORAG, "cpeg"), town.person(PRIYA, "cp-support"));
    let fiona = town.person(FIONA, "dig-flourishing");
    morag.types("/update action:1.2 text:All sessions held status:complete").await;
    fiona.types("/update action:2.1 text:Reviewed status:complete").await;
    assert_snapshot!(priya.types("/decide sign-off action:1.2, 2.1, 1.3 meeting:CPEG note:Agreed").await, @"
    [Fri 11 Dec 09:00] Convener (only to Priya Nair):
        │ IP-1.3 is not started, so it does not await sign-off. Its lead first says that it is complete, with `/update`.
        │ So nothing was recorded about any of IP-1.2, IP-2.1, IP-1.3.
        │
        │ **What you wrote, to copy**
        │ Agreed
    ");
    let offered = priya.is_offered("/decide sign-off action:").await;
    assert_eq!(offered[0].1, "IP-1.2");
    assert_eq!(offered[1].1, "IP-2.1");
    let offered = priya.is_offered("/decide sign-off action:IP-1.2, ").await;
    assert_eq!(offered[0].1, "IP-1.2, IP-2.1");
    let offered = priya.is_offered("/decide sign-off action:1.2 meeting:cpeg").await;
    assert_eq!(offered[0], ("CPEG, Thursday 10 December 2020".into(), "CPEG 2020-12-10".into()));
    assert_snapshot!(priya.types("/decide sign-off action:1.2, 2.1 meeting:CPEG 2020-12-10 note:Agreed").await, @"
    [Fri 11 Dec 09:00] Convener (only to Priya Nair):
        │ Recorded for 2 actions
        │ Decided by CPEG on 10 December 2020
        │
        │ **Decided**
        │ **IP-1.2** Awareness sessions: community planning in practice
        │ ✔ complete, signed off
        │ **IP-2.1** Review the DIG action plans against data and feedback
        │ ✔ complete, signed off
        │
        │ **Note**
        │ Agreed
        │ — Everybody in #cpeg, #dig-flourishing, #dig-independent, #dig-nurtured, #dig-empowered and #dig-safe sees one line about it.
    ");
    assert_snapshot!(newest(&town, "cpeg", 2).await, @"
    [Fri 11 Dec 09:00] Convener:
        │ Decided by CPEG on 10 December 2020 · “Agreed” · recorded by Priya Nair
        │
        │ **IP-1.2** Awareness sessions: community planning in practice: ✔ complete, signed off
        │ **IP-2.1** Review the DIG action plans against data and feedback: ✔ complete, signed off
    ");
    assert_snapshot!(newest(&town, "dig-flourishing", 2).await, @"
    [Fri 11 Dec 09:00] Convener:
        │ **IP-2.1** Review the DIG action plans against data and feedback: ✔ complete, signed off · “Agreed” · decided by CPEG on 10 December 2020 · recorded by Priya Nair
    ");
    assert_snapshot!(newest(&town, "dig-safe", 1).await, @"
    [Fri 11 Dec 09:00] Convener:
        │ **IP-2.1** Review the DIG action plans against data and feedback: ✔ complete, signed off · “Agreed” · decided by CPEG on 10 December 2020 · recorded by Priya Nair
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_decide_is_told_who_may_and_support_has_to_cite() {
    let town = Town::at("2020-12-11 09:00").await;
    let (tom, fiona) = (town.person(TOM, "general"), town.person(FIONA, "dig-flourishing"));
    let priya = town.person(PRIYA, "cp-support");
    fiona.types("/update action:2.1 text:Reviewed status:complete").await;
    assert_snapshot!(tom.types("/decide sign-off action:2.1 note:Seems right").await, @"
    [Fri 11 Dec 09:00] Convener (only to Tom Walker):
        │ You cannot record what was agreed, but CP Support, the chair of CPEG or the chair of CPWD can. Tell them the meeting and the minute.
        │
        │ **What you wrote, to copy**
        │ Seems right
    ");
    assert_snapshot!(fiona.types("/decide sign-off action:2.1").await, @"
    [Fri 11 Dec 09:00] Convener (only to Fiona Campbell):
        │ You cannot record what was agreed, but CP Support, the chair of CPEG or the chair of CPWD can. Tell them the meeting and the minute.
    ");
    assert_snapshot!(priya.types("/decide sign-off action:2.1").await, @"
    [Fri 11 Dec 09:00] Convener (only to Priya Nair):
        │ Please say which meeting agreed it, as the `meeting`. The last were CPEG, Thursday 10 December 2020; CPWD board, Thursday 19 November 2020; CPEG, Thursday 8 October 2020. What is recorded without one needs the chair.
    ");
    assert_snapshot!(priya.types("/decide sign-off action:2.1 meeting:11 December 2020").await, @r#"
    [Fri 11 Dec 09:00] Convener (only to Priya Nair):
        │ "11 December 2020" is not one meeting of a body that decides. The last were CPEG, Thursday 10 December 2020; CPWD board, Thursday 19 November 2020; CPEG, Thursday 8 October 2020. Pick it from the list that appears as you type, or write it as in these.
    "#);
    assert_snapshot!(priya.types("/decide return action:1.3 meeting:CPEG").await, @"
    [Fri 11 Dec 09:00] Convener (only to Priya Nair):
        │ IP-1.3 is not started, so it does not await sign-off. Its lead first says that it is complete, with `/update`.
    ");
    let card = fiona.types("/action show action:2.1").await;
    assert!(!card.contains("[Sign off]"), "{card}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_action_leaves_the_lists_and_says_where_that_was_agreed() {
    let town = Town::at("2020-12-11 09:00").await;
    let morag = town.person(MORAG, "cpeg");
    assert_snapshot!(morag.types("/decide withdraw action:1.3 minute_ref:5 note:Another body does it").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ Recorded: IP-1.3 Make use of the data that partners and members hold
        │ Decided by CPEG on 10 December 2020, minute 5
        │
        │ **Decided**
        │ ✖ withdrawn from the plan
        │
        │ **Note**
        │ Another body does it
        │ — Everybody in #cpeg and #cp-support sees one line about it.
    ");
    assert_snapshot!(morag.types("/action show action:1.3").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ IP-1.3 Make use of the data that partners and members hold
        │ **Lead** CP Support
        │ **Target** June 2021
        │ **Status** ✖ withdrawn
        │ **Area** 1 Reporting and structure
        │ **BRAG** White: withdrawn
        │
        │ **Last update**
        │ Nobody has logged an update yet.
        │
        │ **Last decision**
        │ Withdrawn: decided by CPEG on 10 December 2020, minute 5. Recorded by Morag Sinclair on 11 December 2020 at 09:00.
        │ Another body does it
        [History] [Share here]
    ");
    assert_snapshot!(morag.types("/decide withdraw action:1.3").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ IP-1.3 was withdrawn from the plan, so there is nothing left to decide or to ask for.
        │ Withdrawn: decided by CPEG on 10 December 2020, minute 5. Recorded by Morag Sinclair on 11 December 2020 at 09:00.
    ");
    assert_snapshot!(morag.types("/reschedule action:1.3 target:May 2022 reason:Late").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ IP-1.3 was withdrawn from the plan, so there is nothing left to decide or to ask for.
        │
        │ **What you wrote, to copy**
        │ Late
    ");
}
