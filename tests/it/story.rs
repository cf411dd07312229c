//! A year of the real plan, from October 2020 to October 2021, read from top to bottom like a play:
//! what was said, moved and agreed, and that the record still shows how things stood.

use insta::assert_snapshot;

use crate::town::ALASDAIR;
use crate::town::FIONA;
use crate::town::Given;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::Person;
use crate::town::TOM;
use crate::town::Town;

/// Chair of the Independent DIG.
const IAIN: &str = "Iain Docherty";
/// Chair of the Safe DIG.
const SHEILA: &str = "Sheila Burns";

/// What is asked at the end of some days, and again a year later as of them.
const LISTS: [&str; 3] =
    ["/overdue view:everything that needs attention", "/action list", "/lead list"];

/// How things stood at the end of a day, as somebody read it then.
struct Stood {
    day: &'static str,
    lists: Vec<String>,
    table: Vec<Given>,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_of_the_plan() {
    let town = Town::open().await;
    let mut stood = Vec::new();
    autumn(&town, &mut stood).await;
    winter(&town, &mut stood).await;
    spring(&town, &mut stood).await;
    summer(&town, &mut stood).await;
    town.reach("2021-10-29 16:00").await;
    assert_eq!(stood.len(), 6);
    for pair in stood.windows(2) {
        assert_ne!(pair[0].lists, pair[1].lists, "something has happened by {}", pair[1].day);
    }
    let priya = town.person(PRIYA, "cp-support");
    for then in stood {
        for (line, live) in LISTS.iter().zip(&then.lists) {
            let again = priya.types(&format!("{line} as_of:{}", then.day)).await;
            assert_eq!(&said(&again), live, "{line} as of {}", then.day);
        }
        let (_, table) = priya.gets(&format!("/plan export format:csv as_of:{}", then.day)).await;
        assert_eq!(table, then.table, "the table as of {}", then.day);
    }
    // Every step of it stands in the record, whoever asks.
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/action history action:4.2").await, @"
    [Fri 29 Oct 16:00] Convener (only to Tom Walker):
        │ History of IP-4.2 Review the terms of reference at every level
        │ 8 entries, newest first.
        │
        │ **19 February 2021, 09:00** · Priya Nair
        │ ✔ Signed off as complete
        │ At CPWD, 18 February 2021, minute 6
        │ **25 January 2021, 11:00** · Alasdair Reid, CPWD
        │ ● on track → ✔ complete, awaiting sign-off: All terms are reviewed now
        │ **11 December 2020, 10:00** · Priya Nair
        │ Returned: still to be done · ● on track
        │ At CPEG, 10 December 2020, minute 5
        │ The terms of the DIGs are still to be reviewed
        │ **20 November 2020, 09:30** · Alasdair Reid, CPWD
        │ ● on track → ✔ complete, awaiting sign-off: The board approved its terms
        │ **October 2020** · the printed plan
        │ ● on track: CPEG is now covered. CPWD is asked to approve them in November.
        │ **October 2020** · the printed plan
        │ Target: November 2020
        │ **October 2020** · the printed plan
        │ Lead: CPWD Chair
        │ **October 2020** · the printed plan
        │ First printed: Review the terms of reference at every level · ● on track
    ");
    assert_snapshot!(tom.types("/action show action:1.2").await, @"
    [Fri 29 Oct 16:00] Convener (only to Tom Walker):
        │ IP-1.2 Awareness sessions: community planning in practice
        │ **Lead** CPEG
        │ **Target** September 2021 · overdue from 1 October 2021 · was March 2021, moved ×1
        │ **Status** ▲ 29 days past September 2021 · ● on track
        │ **Area** 1 Reporting and structure
        │ **BRAG** Red: 29 days overdue
        │
        │ **Last update**
        │ CPEG weighs up the options in December 2020. Plans will allow for Covid-19.
        │ In the printed plan, October 2020
        │
        │ **Last decision**
        │ New date agreed: decided by CPEG on 8 April 2021, minute 3. Recorded by Morag Sinclair on 9 April 2021 at 09:00.
        [History] [Share here]
    ");
}

/// Three DIG chairs report, one of them on the wrong action; a completion comes too early.
async fn autumn(town: &Town, stood: &mut Vec<Stood>) {
    let fiona = town.person(FIONA, "dig-flourishing");
    logged(&fiona, "/update action:2.1 text:Priorities reviewed with all partners").await;
    town.reach("2020-11-03 10:00").await;
    let iain = town.person(IAIN, "dig-independent");
    logged(&iain, "/update action:2.1 text:The care home story is written up").await;
    let undone = iain.presses("Undo").await;
    assert!(undone.contains("Taken back"), "{undone}");
    logged(
        &iain,
        "/update action:4.1 text:The care home story is written up case_study:yes status:on track",
    )
    .await;
    assert_snapshot!(town.channel_corrected("dig-independent").await, @"
    [Thu 29 Oct 09:00] Convener (rings @Independent DIG Chair): @Independent DIG Chair
        │ 1 action needs a word from you before the CPWD board on 19 November 2020
        │ Please reply before 09:00 on Thursday 12 November 2020, when the papers go out. A line is enough.
        │
        │ **Overdue**
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 29 days past September 2020 · ● on track · last update October 2020
        │ Last said: CPWD heard in August how partners worked through lockdown. The DIGs keep this as a regular item.
        │ — Asked here because I do not know yet who holds Independent DIG. CP Support can tell me: /lead link.
        [Update IP-4.1]
    [Tue 3 Nov 10:00] Convener (edited):
        │ **Corrected** ~~**IP-2.1** Review the DIG action plans against data and feedback: The care home story is written up · Iain Docherty, Independent DIG~~
        │ Taken back by Iain Docherty on 3 November 2020 at 10:00.
    ");
    let sheila = town.person(SHEILA, "dig-safe");
    logged(&sheila, "/update action:4.1 text:A second story, on safer streets, is agreed").await;
    town.reach("2020-11-04 17:00").await;
    stood.push(look(town, "4 November 2020").await);

    town.reach("2020-11-20 09:30").await;
    let alasdair = town.person(ALASDAIR, "cpwd-board");
    let complete = "/update action:4.2 text:The board approved its terms status:complete";
    logged(&alasdair, complete).await;
    town.reach("2020-12-11 10:00").await;
    let priya = town.person(PRIYA, "cp-support");
    assert_snapshot!(
        priya.types("/decide return action:4.2 meeting:CPEG 2020-12-10 minute_ref:5 \
                     note:The terms of the DIGs are still to be reviewed").await,
        @"
    [Fri 11 Dec 10:00] Convener (only to Priya Nair):
        │ Recorded: IP-4.2 Review the terms of reference at every level
        │ Decided by CPEG on 10 December 2020, minute 5
        │
        │ **Decided**
        │ Returned as not complete, so it goes on: ● on track
        │
        │ **Note**
        │ The terms of the DIGs are still to be reviewed
        │ — Everybody in #cpwd-board and #cpeg sees one line about it.
    "
    );
    town.reach("2020-12-11 17:00").await;
    stood.push(look(town, "11 December 2020").await);
}

/// New dates are asked for; the February meetings agree one, refuse one, and sign off the terms.
async fn winter(town: &Town, stood: &mut Vec<Stood>) {
    town.reach("2021-01-08 09:10").await;
    let fiona = town.person(FIONA, "dig-flourishing");
    assert_snapshot!(
        fiona.types("/reschedule action:2.1 target:end of April 2021 \
                     reason:The data of two partners came late").await,
        @"
    [Fri 8 Jan 09:10] Convener (only to Fiona Campbell):
        │ A new date for IP-2.1 Review the DIG action plans against data and feedback?
        │ end of April 2021: last day 30 April 2021. This would be move 1.
        │ First due December 2020.
        │
        │ **Why**
        │ The data of two partners came late
        │ — Nobody else has been told yet. A meeting decides about it.
        [Ask for this date] [Cancel]
    "
    );
    assert_snapshot!(fiona.presses("Ask for this date").await, @"
    [Fri 8 Jan 09:10] Convener (only to Fiona Campbell):
        │ Asked: a new date for IP-2.1 Review the DIG action plans against data and feedback
        │ end of April 2021: last day 30 April 2021.
        │ It stands under decisions needed until a meeting agrees or refuses it. Until then it stays due December 2020.
        │ Everybody in #dig-flourishing sees one line about it.
    ");
    let priya = town.person(PRIYA, "cp-support");
    priya
        .types("/reschedule action:2.2 target:September 2021 reason:Staff are on other duties")
        .await;
    let asked = priya.presses("Ask for this date").await;
    assert!(asked.contains("2.2"), "{asked}");
    town.reach("2021-01-25 11:00").await;
    let alasdair = town.person(ALASDAIR, "cpwd-board");
    let complete = "/update action:4.2 text:All terms are reviewed now status:complete";
    logged(&alasdair, complete).await;
    town.reach("2021-01-25 17:00").await;
    stood.push(look(town, "25 January 2021").await);

    town.reach("2021-02-12 09:00").await;
    assert_snapshot!(
        priya.types("/decide extension action:2.1 outcome:agree meeting:CPEG 2021-02-11 \
                     minute_ref:4.1").await,
        @"
    [Fri 12 Feb 09:00] Convener (only to Priya Nair):
        │ Recorded: IP-2.1 Review the DIG action plans against data and feedback
        │ Decided by CPEG on 11 February 2021, minute 4.1
        │
        │ **Decided**
        │ New date agreed: end of April 2021 (last day 30 April 2021), asked for by Fiona Campbell · was December 2020, moved ×1
        │ — Everybody in #cpeg, #dig-flourishing, #dig-independent, #dig-nurtured, #dig-empowered and #dig-safe sees one line about it.
    "
    );
    assert_snapshot!(
        priya.types("/decide extension action:2.2 outcome:refuse meeting:CPEG 2021-02-11 \
                     minute_ref:4.2 note:The hub cannot wait").await,
        @"
    [Fri 12 Feb 09:00] Convener (only to Priya Nair):
        │ Recorded: IP-2.2 Bring feedback from all partners into one hub
        │ Decided by CPEG on 11 February 2021, minute 4.2
        │
        │ **Decided**
        │ New date not agreed: September 2021, asked for by Priya Nair. It stays due February 2021
        │
        │ **Note**
        │ The hub cannot wait
        │ — Everybody in #cpeg and #cp-support sees one line about it.
    "
    );
    // Somebody else answers what has been answered.
    let morag = town.person(MORAG, "cpeg");
    assert_snapshot!(
        morag.types("/decide extension action:2.1 outcome:refuse").await,
        @"
    [Fri 12 Feb 09:00] Convener (only to Morag Sinclair):
        │ No request for a new date for IP-2.1 awaits a decision. Its lead asks first, with `/reschedule`.
        │ New date agreed: decided by CPEG on 11 February 2021, minute 4.1. Recorded by Priya Nair on 12 February 2021 at 09:00.
    "
    );
    town.reach("2021-02-19 09:00").await;
    assert_snapshot!(
        priya.types("/decide sign-off action:4.2 meeting:CPWD 2021-02-18 minute_ref:6").await,
        @"
    [Fri 19 Feb 09:00] Convener (only to Priya Nair):
        │ Recorded: IP-4.2 Review the terms of reference at every level
        │ Decided by CPWD on 18 February 2021, minute 6
        │
        │ **Decided**
        │ ✔ complete, signed off
        │ — Everybody in #cpwd-board sees one line about it.
    "
    );
    town.reach("2021-02-19 17:00").await;
    stood.push(look(town, "19 February 2021").await);
}

/// A second date moves, by the chair's own word, and the Flourishing DIG changes hands.
async fn spring(town: &Town, stood: &mut Vec<Stood>) {
    town.reach("2021-03-22 09:00").await;
    let morag = town.person(MORAG, "cpeg");
    morag.types("/reschedule action:1.2 target:September 2021 reason:No halls are open yet").await;
    let asked = morag.presses("Ask for this date").await;
    assert!(asked.contains("1.2"), "{asked}");
    town.reach("2021-04-09 09:00").await;
    assert_snapshot!(
        morag.types("/decide extension action:1.2 outcome:agree minute_ref:3").await,
        @"
    [Fri 9 Apr 09:00] Convener (only to Morag Sinclair):
        │ Recorded: IP-1.2 Awareness sessions: community planning in practice
        │ Decided by CPEG on 8 April 2021, minute 3
        │
        │ **Decided**
        │ New date agreed: September 2021, asked for by Morag Sinclair · was March 2021, moved ×1
        │ — Everybody in #cpeg sees one line about it.
    "
    );
    town.reach("2021-04-09 17:00").await;
    stood.push(look(town, "9 April 2021").await);

    town.reach("2021-05-03 09:00").await;
    let priya = town.person(PRIYA, "cp-support");
    assert_snapshot!(
        priya.types("/lead handover body:Flourishing DIG to:Tom Walker from:Fiona Campbell").await,
        @"
    [Mon 3 May 09:00] Convener (only to Priya Nair):
        │ Handed over: Flourishing DIG
        │ Tom Walker holds Flourishing DIG from now on.
        │ No longer holding it: Fiona Campbell.
        │ If they still have the role Flourishing DIG Chair, a server admin should take it off them; it no longer counts for them here.
        │ Everybody in #dig-flourishing sees one line about it.
    "
    );
    let fiona = town.person(FIONA, "dig-flourishing");
    assert_snapshot!(fiona.types("/update action:2.1 text:One more thing").await, @"
    [Mon 3 May 09:00] Convener (only to Fiona Campbell):
        │ You cannot log progress on IP-2.1, but the chair of one of the DIGs or CP Support can. Ask them, or tell them what you know. Your role Flourishing DIG Chair no longer counts, because Flourishing DIG was handed over or is vacant. If that is wrong, tell CP Support.
        │
        │ **What you wrote, to copy**
        │ One more thing
    ");
    let tom = town.person(TOM, "dig-flourishing");
    logged(&tom, "/update action:2.1 text:The review went to CPEG in April status:complete").await;
}

/// CPEG is without a chair, and says so until it has one.
async fn summer(town: &Town, stood: &mut Vec<Stood>) {
    town.reach("2021-06-14 09:00").await;
    let priya = town.person(PRIYA, "cp-support");
    assert_snapshot!(priya.types("/lead vacant body:CPEG").await, @"
    [Mon 14 Jun 09:00] Convener (only to Priya Nair):
        │ Vacant: CPEG
        │ Nobody holds CPEG from now on. It leads 4 open actions, and lists and digests say that it is vacant until somebody holds it.
        │ A server admin should take the role CPEG Chair off whoever still has it; it does not count while CPEG is vacant.
        │ If somebody stands in, use `/lead link` with `as: deputy`.
        │ Everybody in #cpeg sees one line about it.
    ");
    let morag = town.person(MORAG, "cpeg");
    let refused = morag.types("/update action:1.4 text:Dates are set").await;
    assert!(refused.contains("You cannot log progress on IP-1.4"), "{refused}");
    town.reach("2021-06-15 17:00").await;
    stood.push(look(town, "15 June 2021").await);

    town.reach("2021-08-02 09:00").await;
    priya.types("/lead link body:CPEG person:Sheila Burns").await;
    let sheila = town.person(SHEILA, "cpeg");
    logged(&sheila, "/update action:1.4 text:Halls are booked for September status:on track").await;
}

/// What Priya reads at the end of a day.
async fn look(town: &Town, day: &'static str) -> Stood {
    let priya = town.person(PRIYA, "cp-support");
    let mut lists = Vec::new();
    for line in LISTS {
        lists.push(said(&priya.types(line).await));
    }
    let (_, table) = priya.gets("/plan export format:csv").await;
    Stood { day, lists, table }
}

/// What an answer says, without when it was given, what can be pressed, and that a list of another day
/// shows the chat's roles as they are today.
fn said(answer: &str) -> String {
    let is_said = |line: &&str| {
        !line.trim_start().starts_with('[') && !line.contains("Roles are shown as they are today")
    };
    answer.lines().skip(1).filter(is_said).collect::<Vec<_>>().join("\n")
}

async fn logged(person: &Person<'_>, line: &str) {
    let answer = person.types(line).await;
    assert!(answer.contains("Logged: "), "{line}: {answer}");
}
