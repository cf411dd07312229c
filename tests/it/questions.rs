//! Questions in plain words.

use insta::assert_snapshot;

use crate::town::MORAG;
use crate::town::TOM;
use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn a_mention_is_answered_in_the_channel() {
    let town = Town::open().await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.says("@Convener which actions are overdue?").await, @"
    [Mon 26 Oct 09:00] Convener:
        │ Overdue on Monday 26 October 2020
        │ Read as “Overdue actions”.
        │ 1 of 11 actions is overdue.
        │
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 26 days past September 2020 · ● on track · last update October 2020
        │ — No date, so never overdue: IP-3.2, IP-3.3.
        │ — Left out: 1 signed off.
    ");
    assert_snapshot!(tom.says("@Convener which actions are overdue for CPEG as of 1 January 2021?").await, @"
    [Mon 26 Oct 09:00] Convener:
        │ Overdue on Friday 1 January 2021
        │ Read as “Overdue actions led by CPEG, as of 1 January 2021”.
        │ 1 of 4 actions led by CPEG is overdue.
        │
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 93 days past September 2020 · ● on track · last update October 2020
        │ — No date, so never overdue: IP-3.2.
    ");
    assert_snapshot!(tom.says("@Convener when is the next board?").await, @"
    [Mon 26 Oct 09:00] Convener:
        │ Next meeting
        │ Read as “The next board meeting”.
        │ **CPWD board** Thursday 19 November 2020 at 10:00, in 24 days
        │ Papers are due Thursday 12 November 2020
    ");
    assert_snapshot!(tom.says("@Convener status of 2.1").await, @"
    [Mon 26 Oct 09:00] Convener:
        │ IP-2.1 Review the DIG action plans against data and feedback
        │ Read as “IP-2.1: Review the DIG action plans against data and feedback”.
        │ **Lead** Delivery Improvement Groups (DIGs) (Flourishing DIG, Independent DIG, Nurtured DIG, Empowered DIG and Safe DIG)
        │ **Target** December 2020 · overdue from 1 January 2021
        │ **Status** ● on track
        │ **Area** 2 Working with communities
        │ **BRAG** Green: not yet due
        │
        │ **Last update**
        │ Review begun, with a fresh look at priorities for recovery. Data sources are being mapped.
        │ In the printed plan, October 2020
        [History]
    ");
    assert_snapshot!(tom.says("@Convener what's happening with awareness sessions").await, @"
    [Mon 26 Oct 09:00] Convener:
        │ IP-1.2 Awareness sessions: community planning in practice
        │ Read as “IP-1.2: Awareness sessions: community planning in practice”.
        │ **Lead** CPEG
        │ **Target** March 2021 · overdue from 1 April 2021
        │ **Status** ● on track
        │ **Area** 1 Reporting and structure
        │ **BRAG** Green: not yet due
        │
        │ **Last update**
        │ CPEG weighs up the options in December 2020. Plans will allow for Covid-19.
        │ In the printed plan, October 2020
        [History]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn typing_errors_are_forgiven_and_nonsense_is_not_answered() {
    let town = Town::open().await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.says("@Convener wich actoins are overdeu pls").await, @"
    [Mon 26 Oct 09:00] Convener:
        │ Overdue on Monday 26 October 2020
        │ Read as “Overdue actions”.
        │ 1 of 11 actions is overdue.
        │
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 26 days past September 2020 · ● on track · last update October 2020
        │ — No date, so never overdue: IP-3.2, IP-3.3.
        │ — Left out: 1 signed off.
    ");
    assert_snapshot!(tom.says("@Convener what is the weather like?").await, @r#"
    [Mon 26 Oct 09:00] Convener:
        │ I do not know what to make of "weather" and "like". You could ask:
        │
        │ “@Convener which actions are overdue?”
        │ “@Convener which actions are overdue for CPEG?”
        │ “@Convener what is due before the next CPEG meeting?”
        │ “@Convener when is the next CPWD meeting?”
        │ “@Convener status of IP-1.1”
        │ — /help lists what you can ask.
    "#);
    assert_snapshot!(tom.says("@Convener which actions are not overdue?").await, @r#"
    [Mon 26 Oct 09:00] Convener:
        │ I cannot answer this question with "not" in it. You could ask:
        │
        │ “@Convener which actions are overdue?”
        │ “@Convener which actions are overdue for CPEG?”
        │ “@Convener what is due before the next CPEG meeting?”
        │ “@Convener when is the next CPWD meeting?”
        │ “@Convener status of IP-1.1”
        │ — /help lists what you can ask.
    "#);
    assert_snapshot!(tom.says("@Convener overdue for Narnia").await, @r#"
    [Mon 26 Oct 09:00] Convener:
        │ I do not know what to make of "Narnia". You could ask:
        │
        │ “@Convener which actions are overdue?”
        │ “@Convener which actions are overdue for CPEG?”
        │ “@Convener what is due before the next CPEG meeting?”
        │ “@Convener when is the next CPWD meeting?”
        │ “@Convener status of IP-1.1”
        │ — /help lists what you can ask.
    "#);
    assert_snapshot!(tom.says("@Convener overdue as of Blursday").await, @r#"
    [Mon 26 Oct 09:00] Convener:
        │ I cannot read "Blursday" as a day. Write one such as 1 January 2021. You could ask:
        │
        │ “@Convener which actions are overdue?”
        │ “@Convener which actions are overdue for CPEG?”
        │ “@Convener what is due before the next CPEG meeting?”
        │ “@Convener when is the next CPWD meeting?”
        │ “@Convener status of IP-1.1”
        │ — /help lists what you can ask.
    "#);
    assert_snapshot!(tom.says("@Convener").await, @"
    [Mon 26 Oct 09:00] Convener:
        │ What you can ask
        │ I keep the improvement plan: what was promised, by whom, by when, and what has happened since.
        │
        │ **Commands**
        │ **/update** Log progress on an action
        │ **/reschedule** Ask for a new date for an action; a meeting decides
        │ **/overdue** See what is overdue, or needs attention otherwise
        │ **/mine** See the actions that you answer for, what needs attention first
        │ **/action show** See one action: lead, target, status and last update
        │ **/action reverse** Take back what somebody said of an action; the record keeps it, with the reason
        │ **/action bring** Put an action on the agenda of a meeting to come, to decide or to note
        │ **/action repeat** Let an action come round again: its next turn opens when one is signed off
        │ **/action list** List the plan's actions, ten a page
        │ **/action add** Add an action to the plan
        │ **/action edit** Change how an action reads, who leads it or its themes
        │ **/action history** See all that was ever recorded about an action: who, when, where and what changed
        │ **/decide sign-off** Record that a meeting agreed that an action is complete
        │ **/decide return** Record that a meeting found an action not complete, so that it goes on
        │ **/decide extension** Record what a meeting decided about a new date that was asked for
        │ **/decide withdraw** Record that a meeting took an action out of the plan
        │ **/meeting next** See when bodies next meet and when papers are due
        │ **/meeting agenda** See what a body's meeting has to decide and to note
        │ **/meeting record** Record a meeting: who was there, what it decided, what it added
        │ **/meeting attendance** See how each agency came to a body's last meetings
        │ **/meeting list** See the meetings to come, when papers are due, and what was moved or cancelled
        │ **/meeting add** Add a meeting that no series has; you are asked before it counts
        │ **/meeting move** Move a meeting, or the day its papers are due; you are asked before it counts
        │ **/meeting cancel** Cancel a meeting; you are asked before it counts
        │ **/meeting closed** Close a day for the partnership, or open it again: papers deadlines are counted without it
        │ **/digest preview** See a body's digest as it would be sent now; nothing is posted
        │ **/digest send** Post the digest for a body's next meeting now
        │ **/digest schedule** See what I shall say in the next 60 days, to whom and why
        │ **/digest pause** Say nothing around a body's meetings for a while: no requests, no digest
        │ **/digest resume** Speak around a body's meetings again
        │ **/digest timing** See when I speak around meetings, or change one of the lead times
        │ **/remind** Remind whoever answers for an action, in your name; once in five working days
        │ **/plan import** Read a plan from a file; nothing changes until you confirm
        │ **/plan export** Get the plan as a table, a calendar, a picture or for audit
        │ **/plan paper** Get a draft of the paper for a body's next meeting, as a Word document
        │ **/lead list** See who holds each body, what is vacant, and leads I do not understand
        │ **/lead link** Say that somebody holds a body, or deputises for whoever does
        │ **/lead handover** Hand a body over from one person to another; its deputies stay
        │ **/lead vacant** Say that nobody holds a body; it is reported until somebody does
        │ **/lead link-label** Say which body a lead means that a plan prints and I do not understand
        │ **/help** See what you can ask, and how
        │
        │ **On a message: hold or right-click it, then Apps**
        │ **Log as progress** Log what a message says as progress on an action, with a link to it
        │
        │ **Or ask in your own words, in a channel or a direct message**
        │ “@Convener which actions are overdue?”
        │ “@Convener which actions are overdue as of 1 January 2021?”
        │ “@Convener which actions are overdue for CPEG?”
        │ “@Convener what is due before the next CPEG meeting?”
        │ “@Convener when is the next CPWD meeting?”
        │ “@Convener status of IP-1.1”
        │ — For more about one command: /help and its name.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_direct_message_is_answered() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "@Convener");
    // It shows no roles, so it offers no button that would be refused.
    assert_snapshot!(morag.says("status of 1.2").await, @"
    [Mon 26 Oct 09:00] Convener:
        │ IP-1.2 Awareness sessions: community planning in practice
        │ Read as “IP-1.2: Awareness sessions: community planning in practice”.
        │ **Lead** CPEG
        │ **Target** March 2021 · overdue from 1 April 2021
        │ **Status** ● on track
        │ **Area** 1 Reporting and structure
        │ **BRAG** Green: not yet due
        │
        │ **Last update**
        │ CPEG weighs up the options in December 2020. Plans will allow for Covid-19.
        │ In the printed plan, October 2020
        [Update] [New date] [Complete] [History]
    ");
    assert_snapshot!(morag.says("what is overdue?").await, @"
    [Mon 26 Oct 09:00] Convener:
        │ Overdue on Monday 26 October 2020
        │ Read as “Overdue actions”.
        │ 1 of 11 actions is overdue.
        │
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 26 days past September 2020 · ● on track · last update October 2020
        │ — No date, so never overdue: IP-3.2, IP-3.3.
        │ — Left out: 1 signed off.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn meetings_and_help_are_told_by_command() {
    let town = Town::open().await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/meeting next").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Next meetings
        │ **CPWD board** Thursday 19 November 2020 at 10:00, in 24 days
        │ Papers are due Thursday 12 November 2020
        │ **CPEG** Thursday 10 December 2020 at 10:00, in 45 days
        │ Papers are due Thursday 3 December 2020
    ");
    assert_snapshot!(tom.types("/meeting next body:CPEG").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Next meeting
        │ **CPEG** Thursday 10 December 2020 at 10:00, in 45 days
        │ Papers are due Thursday 3 December 2020
    ");
    assert_snapshot!(tom.types("/meeting next body:Safe DIG").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Safe DIG has no meetings in the calendar, so there is nothing to show.
    ");
    assert_snapshot!(tom.types("/help").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ What you can ask
        │ I keep the improvement plan: what was promised, by whom, by when, and what has happened since.
        │
        │ **Commands**
        │ **/update** Log progress on an action
        │ **/reschedule** Ask for a new date for an action; a meeting decides
        │ **/overdue** See what is overdue, or needs attention otherwise
        │ **/mine** See the actions that you answer for, what needs attention first
        │ **/action show** See one action: lead, target, status and last update
        │ **/action reverse** Take back what somebody said of an action; the record keeps it, with the reason
        │ **/action bring** Put an action on the agenda of a meeting to come, to decide or to note
        │ **/action repeat** Let an action come round again: its next turn opens when one is signed off
        │ **/action list** List the plan's actions, ten a page
        │ **/action add** Add an action to the plan
        │ **/action edit** Change how an action reads, who leads it or its themes
        │ **/action history** See all that was ever recorded about an action: who, when, where and what changed
        │ **/decide sign-off** Record that a meeting agreed that an action is complete
        │ **/decide return** Record that a meeting found an action not complete, so that it goes on
        │ **/decide extension** Record what a meeting decided about a new date that was asked for
        │ **/decide withdraw** Record that a meeting took an action out of the plan
        │ **/meeting next** See when bodies next meet and when papers are due
        │ **/meeting agenda** See what a body's meeting has to decide and to note
        │ **/meeting record** Record a meeting: who was there, what it decided, what it added
        │ **/meeting attendance** See how each agency came to a body's last meetings
        │ **/meeting list** See the meetings to come, when papers are due, and what was moved or cancelled
        │ **/meeting add** Add a meeting that no series has; you are asked before it counts
        │ **/meeting move** Move a meeting, or the day its papers are due; you are asked before it counts
        │ **/meeting cancel** Cancel a meeting; you are asked before it counts
        │ **/meeting closed** Close a day for the partnership, or open it again: papers deadlines are counted without it
        │ **/digest preview** See a body's digest as it would be sent now; nothing is posted
        │ **/digest send** Post the digest for a body's next meeting now
        │ **/digest schedule** See what I shall say in the next 60 days, to whom and why
        │ **/digest pause** Say nothing around a body's meetings for a while: no requests, no digest
        │ **/digest resume** Speak around a body's meetings again
        │ **/digest timing** See when I speak around meetings, or change one of the lead times
        │ **/remind** Remind whoever answers for an action, in your name; once in five working days
        │ **/plan import** Read a plan from a file; nothing changes until you confirm
        │ **/plan export** Get the plan as a table, a calendar, a picture or for audit
        │ **/plan paper** Get a draft of the paper for a body's next meeting, as a Word document
        │ **/lead list** See who holds each body, what is vacant, and leads I do not understand
        │ **/lead link** Say that somebody holds a body, or deputises for whoever does
        │ **/lead handover** Hand a body over from one person to another; its deputies stay
        │ **/lead vacant** Say that nobody holds a body; it is reported until somebody does
        │ **/lead link-label** Say which body a lead means that a plan prints and I do not understand
        │ **/help** See what you can ask, and how
        │
        │ **On a message: hold or right-click it, then Apps**
        │ **Log as progress** Log what a message says as progress on an action, with a link to it
        │
        │ **Or ask in your own words, in a channel or a direct message**
        │ “@Convener which actions are overdue?”
        │ “@Convener which actions are overdue as of 1 January 2021?”
        │ “@Convener which actions are overdue for CPEG?”
        │ “@Convener what is due before the next CPEG meeting?”
        │ “@Convener when is the next CPWD meeting?”
        │ “@Convener status of IP-1.1”
        │ — For more about one command: /help and its name.
    ");
    assert_snapshot!(tom.types("/help topic:update").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ /update
        │ Log progress on an action.
        │ **Who can** Leads for their own actions; CP Support and the chairs of CPEG and the board for any.
        │
        │ **What to fill in**
        │ **action** The action: its number or words from its title
        │ **text** (if you like) What has happened; leave it out for a form to write in
        │ **status** (if you like) How it is going now, if that has changed
        │ **happened** (if you like) The day it happened, such as 3 November 2020, if not today
        │ **ask** (if you like) What you ask of the group, if anything
        │ **evidence** (if you like) A file that shows it; its name and address are kept
        │ **link** (if you like) Or the address of a page that shows it
        │ **case_study** (if you like) Whether it is worth telling the board as a case study
    ");
    assert_snapshot!(tom.types("/help topic:dance").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ I do not know that command. `/help` lists what you can ask.
    ");
}
