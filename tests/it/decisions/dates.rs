//! New dates: read back, asked for, agreed, refused, another given.

use insta::assert_snapshot;

use super::*;
use crate::town::TOM;

#[tokio::test(flavor = "multi_thread")]
async fn a_new_date_is_read_back_asked_for_and_agreed() {
    let town = Town::at("2020-12-09 09:00").await;
    let (morag, priya) = (town.person(MORAG, "cpeg"), town.person(PRIYA, "cp-support"));
    assert_snapshot!(morag.types("/reschedule action:1.2 target:end of September 2021 reason:The halls are shut until summer").await, @"
    [Wed 9 Dec 09:00] Convener (only to Morag Sinclair):
        │ A new date for IP-1.2 Awareness sessions: community planning in practice?
        │ end of September 2021: last day 30 September 2021. This would be move 1.
        │ First due March 2021.
        │
        │ **Why**
        │ The halls are shut until summer
        │ — Nobody else has been told yet. A meeting decides about it.
        [Ask for this date] [Cancel]
    ");
    assert_eq!(town.sandbox().read("cpeg").len(), 0);
    assert_snapshot!(morag.presses("Ask for this date").await, @"
    [Wed 9 Dec 09:00] Convener (only to Morag Sinclair):
        │ Asked: a new date for IP-1.2 Awareness sessions: community planning in practice
        │ end of September 2021: last day 30 September 2021.
        │ It stands under decisions needed until a meeting agrees or refuses it. Until then it stays due March 2021.
        │ Everybody in #cpeg sees one line about it.
    ");
    assert_snapshot!(town.channel_with("cpeg", 1).await, @"
    [Wed 9 Dec 09:00] Convener:
        │ **IP-1.2** Awareness sessions: community planning in practice: new date asked: end of September 2021 (last day 30 September 2021), not March 2021 · “The halls are shut until summer” · Morag Sinclair, CPEG
    ");
    assert_snapshot!(morag.presses("Ask for this date").await, @"
    [Wed 9 Dec 09:00] Convener (only to Morag Sinclair):
        │ Asked already: a new date for IP-1.2
        │ You have asked for end of September 2021 (last day 30 September 2021); nothing was sent twice. It awaits a decision.
    ");
    assert_eq!(town.sandbox().read("cpeg").len(), 1);
    assert_snapshot!(morag.types("/action show action:1.2").await, @"
    [Wed 9 Dec 09:00] Convener (only to Morag Sinclair):
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
        │ **A new date is asked for**
        │ end of September 2021: last day 30 September 2021 · would be move 1
        │ The halls are shut until summer
        │ Morag Sinclair, CPEG, 9 December 2020
        [Update] [New date] [Complete] [History] [Agree date]
        [Refuse date] [Share here]
    ");
    assert_snapshot!(priya.types("/overdue view:awaiting").await, @"
    [Wed 9 Dec 09:00] Convener (only to Priya Nair):
        │ Awaiting a decision, as at Wednesday 9 December 2020
        │ 1 of 11 actions awaits a decision.
        │
        │ **IP-1.2** Awareness sessions: community planning in practice · CPEG
        │ ▷ new date asked: end of September 2021 (last day 30 September 2021), not March 2021 · would be move 1
        │ “The halls are shut until summer” · Morag Sinclair, CPEG
        │ — Left out: 1 signed off.
        [Agree date IP-1.2] [Refuse date IP-1.2] [Share here]
    ");
    town.reach("2020-12-11 09:00").await;
    let form = pressed(&town, PRIYA, "cp-support", "Agree date IP-1.2").await;
    assert_snapshot!(priya.sends(&form, &[("meeting", "CPEG"), ("minute_ref", "6.1")]).await, @"
    [Fri 11 Dec 09:00] Convener (only to Priya Nair):
        │ Recorded: IP-1.2 Awareness sessions: community planning in practice
        │ Decided by CPEG on 10 December 2020, minute 6.1
        │
        │ **Decided**
        │ New date agreed: end of September 2021 (last day 30 September 2021), asked for by Morag Sinclair · was March 2021, moved ×1
        │ — Everybody in #cpeg sees one line about it.
    ");
    assert_snapshot!(newest(&town, "cpeg", 2).await, @"
    [Fri 11 Dec 09:00] Convener:
        │ **IP-1.2** Awareness sessions: community planning in practice: new date agreed: end of September 2021 (last day 30 September 2021), asked for by Morag Sinclair · was March 2021, moved ×1 · decided by CPEG on 10 December 2020, minute 6.1 · recorded by Priya Nair
    ");
    assert_snapshot!(morag.types("/action show action:1.2").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ IP-1.2 Awareness sessions: community planning in practice
        │ **Lead** CPEG
        │ **Target** end of September 2021 · overdue from 1 October 2021 · was March 2021, moved ×1
        │ **Status** ● on track
        │ **Area** 1 Reporting and structure
        │ **BRAG** Green: not yet due, but its date has moved (was March 2021, moved ×1)
        │
        │ **Last update**
        │ CPEG weighs up the options in December 2020. Plans will allow for Covid-19.
        │ In the printed plan, October 2020
        │
        │ **Last decision**
        │ New date agreed: decided by CPEG on 10 December 2020, minute 6.1. Recorded by Priya Nair on 11 December 2020 at 09:00.
        [Update] [New date] [Complete] [History] [Share here]
    ");
    assert_snapshot!(morag.says("@Convener what needs deciding?").await, @"
    [Fri 11 Dec 09:00] Convener:
        │ Awaiting a decision, as at Friday 11 December 2020
        │ Read as “Actions that await a decision”.
        │ None of 11 actions awaits a decision.
        │ — Left out: 1 signed off.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_date_is_refused_or_another_is_given() {
    let town = Town::at("2020-12-11 09:00").await;
    let (morag, priya) = (town.person(MORAG, "cpeg"), town.person(PRIYA, "cp-support"));
    asks(&morag, "1.2", "December 2022", "No halls").await;
    asks(&morag, "1.3", "December 2021", "Nobody to do it").await;
    assert_snapshot!(priya.types("/decide extension action:1.2 outcome:refuse meeting:CPEG note:Use the schools").await, @"
    [Fri 11 Dec 09:00] Convener (only to Priya Nair):
        │ Recorded: IP-1.2 Awareness sessions: community planning in practice
        │ Decided by CPEG on 10 December 2020
        │
        │ **Decided**
        │ New date not agreed: December 2022, asked for by Morag Sinclair. It stays due March 2021
        │
        │ **Note**
        │ Use the schools
        │ — Everybody in #cpeg sees one line about it.
    ");
    assert_snapshot!(newest(&town, "cpeg", 2).await, @"
    [Fri 11 Dec 09:00] Convener:
        │ **IP-1.2** Awareness sessions: community planning in practice: new date not agreed: December 2022, asked for by Morag Sinclair. It stays due March 2021 · “Use the schools” · decided by CPEG on 10 December 2020 · recorded by Priya Nair
    ");
    assert_snapshot!(priya.types("/decide extension action:1.3 outcome:another meeting:CPEG").await, @"
    [Fri 11 Dec 09:00] Convener (only to Priya Nair):
        │ Write when it will be done: a day, a month or a quarter, such as 30 September 2021, September 2021 or Q2 2021/22.
    ");
    assert_snapshot!(priya.types("/decide extension action:1.3 outcome:another target:summer 2021 meeting:CPEG").await, @"
    [Fri 11 Dec 09:00] Convener (only to Priya Nair):
        │ “summer 2021” is read as June to August 2021: a season has no exact days. Please write the date so that it leaves nothing open, such as September 2021.
    ");
    assert_snapshot!(priya.types("/decide extension action:1.3 outcome:another target:September 2021 meeting:CPEG").await, @"
    [Fri 11 Dec 09:00] Convener (only to Priya Nair):
        │ Recorded: IP-1.3 Make use of the data that partners and members hold
        │ Decided by CPEG on 10 December 2020
        │
        │ **Decided**
        │ Another date agreed: September 2021; December 2021 was asked for by Morag Sinclair · was June 2021, moved ×1
        │ — Everybody in #cpeg and #cp-support sees one line about it.
    ");
    assert_snapshot!(newest(&town, "cpeg", 3).await, @"
    [Fri 11 Dec 09:00] Convener:
        │ **IP-1.3** Make use of the data that partners and members hold: another date agreed: September 2021; December 2021 was asked for by Morag Sinclair · was June 2021, moved ×1 · decided by CPEG on 10 December 2020 · recorded by Priya Nair
    ");
    assert_snapshot!(priya.types("/overdue view:awaiting").await, @"
    [Fri 11 Dec 09:00] Convener (only to Priya Nair):
        │ Awaiting a decision, as at Friday 11 December 2020
        │ None of 11 actions awaits a decision.
        │ — Left out: 1 signed off.
        [Share here]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_leave_something_open_are_asked_back_and_those_without_a_date_refused() {
    let town = Town::at("2020-12-11 09:00").await;
    let morag = town.person(MORAG, "cpeg");
    assert_snapshot!(morag.types("/reschedule action:1.2 target:Q2 2021 reason:No halls").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ A new date for IP-1.2 Awareness sessions: community planning in practice?
        │ Q2 2021: last day 30 September 2021. This would be move 1.
        │ First due March 2021.
        │
        │ **Why**
        │ No halls
        │
        │ **Is that what you mean?**
        │ “Q2 2021” is read as July to September 2021: quarters are counted from April; the calendar’s quarter may be meant.
        │ — Nobody else has been told yet. A meeting decides about it.
        [Ask for this date] [Cancel]
    ");
    assert_snapshot!(morag.types("/reschedule action:1.2 target:TBC reason:No halls").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ “TBC” names no date. Write when it will be done: a day, a month or a quarter, such as 30 September 2021, September 2021 or Q2 2021/22.
        │
        │ **What you wrote, to copy**
        │ No halls
    ");
    assert_snapshot!(morag.types("/reschedule action:1.2 target:31 June 2021 reason:No halls").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ “31 June 2021” does not exist in the calendar. Write when it will be done: a day, a month or a quarter, such as 30 September 2021, September 2021 or Q2 2021/22.
        │
        │ **What you wrote, to copy**
        │ No halls
    ");
    assert_snapshot!(morag.types("/reschedule action:1.2 target:November 2020 reason:No halls").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ 30 November 2020 is over. Ask for a date that is still to come.
        │
        │ **What you wrote, to copy**
        │ No halls
    ");
    assert_snapshot!(morag.types("/reschedule action:1.2 target:March 2021 reason:No halls").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ IP-1.2 is due on 31 March 2021 already. Ask for another date.
        │
        │ **What you wrote, to copy**
        │ No halls
    ");
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/reschedule action:1.2 target:May 2021 reason:I think so").await, @"
    [Fri 11 Dec 09:00] Convener (only to Tom Walker):
        │ You cannot ask for a new date for IP-1.2, but the chair of CPEG or CP Support can. Please ask them.
        │
        │ **What you wrote, to copy**
        │ I think so
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_cancelled_is_never_sent() {
    let town = Town::at("2020-12-11 09:00").await;
    let morag = town.person(MORAG, "cpeg");
    morag.types("/reschedule action:1.2 target:May 2021 reason:No halls").await;
    assert_snapshot!(morag.presses("Cancel").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ No new date asked for IP-1.2
        │ Nothing was sent. It stays due March 2021.
    ");
    assert_snapshot!(morag.presses("Ask for this date").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ You cancelled that request. Use `/reschedule` again if you need a new date after all.
    ");
    assert_eq!(town.sandbox().read("cpeg").len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_digest_asks_for_completions_and_dates_with_the_reasons() {
    let town = Town::at("2020-11-30 09:00").await;
    let morag = town.person(MORAG, "cpeg");
    asks(&morag, "1.2", "end of September 2021", "The halls are shut").await;
    morag.types("/update action:4.2 text:All reviewed status:complete").await;
    let digest = morag.types("/digest preview body:CPEG").await;
    let (_, decisions) = digest.split_once("**Decisions needed**").unwrap();
    let (decisions, _) = decisions.split_once("**Brought").unwrap();
    assert_snapshot!(decisions, @"

    │ **IP-4.2** Review the terms of reference at every level · CPWD Chair
    │ ✔ complete, awaiting sign-off · last update 30 November 2020
    │ **IP-1.2** Awareness sessions: community planning in practice · CPEG
    │ ▷ new date asked: end of September 2021 (last day 30 September 2021), not March 2021 · would be move 1
    │ “The halls are shut” · Morag Sinclair, CPEG
    │
    │
    ");
    let digest = morag.types("/digest preview body:CPWD").await;
    let (_, asked) = digest.split_once("**Members are asked to**").unwrap();
    let (asked, _) = asked.split_once("**Brought").unwrap();
    assert_snapshot!(asked, @"

    │ **Agree** the sign-off of IP-4.2
    │ **Agree** the new date of IP-1.2: end of September 2021 (last day 30 September 2021), not March 2021 · would be move 1
    │ **Agree** who leads, and by when: IP-3.1, IP-3.2 and IP-3.3 have no lead or no date
    │ **Note** that 1 of 11 actions is complete
    │ **Note** that IP-4.1 is overdue
    │
    │
    ");
}
