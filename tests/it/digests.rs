//! What bodies read before they meet.

use insta::assert_snapshot;

use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::TOM;
use crate::town::Town;
use crate::town::lines_of;

#[tokio::test(flavor = "multi_thread")]
async fn the_board_and_cpeg_read_their_digests_on_the_papers_deadline() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    morag.types("/update action:1.2 text:Options for two formats drawn up").await;
    town.channel_with("cpeg", 1).await;
    let fiona = town.person(FIONA, "dig-flourishing");
    town.reach("2020-11-20 09:00").await;
    assert_eq!(town.sandbox().read("cpwd-board").len(), 1);
    assert_snapshot!(town.newest("cpwd-board"), @"
    [Thu 12 Nov 09:00] Convener:
        │ CPWD board digest: meeting on Thursday 19 November 2020
        │ 11 actions: 1 complete · 1 overdue · 7 not yet due · 2 without a date
        │ This is the first digest, so there is nothing to compare with yet.
        │
        │ **Members are asked to**
        │ **Agree** who leads, and by when: IP-3.1, IP-3.2 and IP-3.3 have no lead or no date
        │ **Note** that 1 of 11 actions is complete
        │ **Note** that IP-4.1 is overdue
        │
        │ **Overdue**
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 43 days past September 2020 · ● on track · last update October 2020
        │
        │ **By area**
        │ **1 Reporting and structure** 4 actions: 1 complete · 0 overdue · 3 not yet due
        │ **2 Working with communities** 2 actions: 0 complete · 0 overdue · 2 not yet due
        │ **3 Challenge and scrutiny** 3 actions: 0 complete · 0 overdue · 1 not yet due · 2 without a date
        │ **4 Partners taking ownership** 2 actions: 0 complete · 1 overdue · 1 not yet due
        │
        │ **By group**
        │ **Flourishing DIG** 2 actions: 0 complete · 1 overdue · 1 not yet due
        │ **Independent DIG** 2 actions: 0 complete · 1 overdue · 1 not yet due
        │ **Nurtured DIG** 2 actions: 0 complete · 1 overdue · 1 not yet due
        │ **Empowered DIG** 2 actions: 0 complete · 1 overdue · 1 not yet due
        │ **Safe DIG** 2 actions: 0 complete · 1 overdue · 1 not yet due
        │
        │ **Completed since the last board**
        │ None since the last digest.
        │
        │ **Case studies**
        │ None offered since the last digest.
        │
        │ **No lead or no date**
        │ **IP-3.1** Build CPWD agendas around themes · no lead
        │ due February 2021 · ● on track · last update October 2020
        │ **IP-3.2** Show CPWD the direction of travel with performance figures · CPEG
        │ no date · ● on track · last update October 2020
        │ **IP-3.3** Review membership and steady attendance by agencies · no lead
        │ no date · ○ not started · last update October 2020
        │ — Position at 09:00 on Thursday 12 November 2020. For any line in full: /action show.
        📎 CPWD-2020-11-19-paper.docx
        📎 IP-2020-11-12.csv
        📎 IP-2020-11-12.png
    ");

    fiona.types("/update action:4.1 text:Three case studies shared status:complete").await;
    let priya = town.person(PRIYA, "cp-support");
    priya.types("/update action:2.2 text:Waiting for figures status:on hold").await;
    town.reach("2020-12-11 09:00").await;
    assert_eq!(town.sandbox().read("cpeg").len(), 2, "the line for the update and the digest");
    assert_snapshot!(town.newest("cpeg"), @"
    [Thu 3 Dec 09:00] Convener:
        │ CPEG digest: meeting on Thursday 10 December 2020
        │ 11 actions: 1 complete · 1 awaiting sign-off · 1 overdue · 5 not yet due · 2 without a date · 1 on hold
        │ This is the first digest, so there is nothing to compare with yet.
        │
        │ **Decisions needed**
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ✔ complete, awaiting sign-off · last update 20 November 2020
        │
        │ **Overdue, longest first**
        │ **IP-4.2** Review the terms of reference at every level · CPWD Chair
        │ ▲ 3 days past November 2020 · ● on track · last update October 2020
        │
        │ **Due by the CPEG after this one, 11 February 2021**
        │ **IP-2.1** Review the DIG action plans against data and feedback · Delivery Improvement Groups (DIGs)
        │ ▶ due December 2020 · ● on track · last update October 2020
        │
        │ **Progress since last time**
        │ **IP-1.2** Options for two formats drawn up
        │ Morag Sinclair, CPEG, 26 October 2020
        │ **IP-4.1** Three case studies shared
        │ Fiona Campbell, Flourishing DIG, 20 November 2020
        │ **IP-2.2** Waiting for figures
        │ Priya Nair, CP Support, 20 November 2020
        │
        │ **No update since the last meeting**
        │ **CPWD Chair** IP-4.2
        │ **Delivery Improvement Groups (DIGs)** IP-2.1
        │ **no lead** IP-3.1, IP-3.3
        │ **CP Support** IP-1.3
        │ **CPEG** IP-1.4, IP-3.2
        │
        │ **No lead or no date**
        │ **IP-3.1** Build CPWD agendas around themes · no lead
        │ due February 2021 · ● on track · last update October 2020
        │ **IP-3.2** Show CPWD the direction of travel with performance figures · CPEG
        │ no date · ● on track · last update October 2020
        │ **IP-3.3** Review membership and steady attendance by agencies · no lead
        │ no date · ○ not started · last update October 2020
        │
        │ **On hold**
        │ **IP-2.2** Bring feedback from all partners into one hub · CP Support
        │ ❚❚ on hold · last update 20 November 2020
        │ — Position at 09:00 on Thursday 3 December 2020. For any line in full: /action show.
        📎 CPEG-2020-12-10-paper.docx
        📎 IP-2020-12-03.csv
        📎 IP-2020-12-03.png
    ");

    town.reach("2021-02-12 09:00").await;
    assert_eq!(town.sandbox().read("cpwd-board").len(), 2);
    assert_snapshot!(town.newest("cpwd-board"), @"
    [Thu 11 Feb 09:00] Convener:
        │ CPWD board digest: meeting on Thursday 18 February 2021
        │ 11 actions: 1 complete · 1 awaiting sign-off · 2 overdue · 4 not yet due · 2 without a date · 1 on hold
        │ At the last digest, 12 November 2020: 1 complete · 1 overdue · 7 not yet due · 2 without a date
        │
        │ **Members are asked to**
        │ **Agree** the sign-off of IP-4.1
        │ **Agree** who leads, and by when: IP-3.1, IP-3.2 and IP-3.3 have no lead or no date
        │ **Note** that 1 of 11 actions is complete
        │ **Note** that IP-4.2 and IP-2.1 are overdue
        │
        │ **Overdue**
        │ **IP-4.2** Review the terms of reference at every level · CPWD Chair
        │ ▲ 73 days past November 2020 · ● on track · last update October 2020
        │ **IP-2.1** Review the DIG action plans against data and feedback · Delivery Improvement Groups (DIGs)
        │ ▲ 42 days past December 2020 · ● on track · last update October 2020
        │
        │ **By area**
        │ **1 Reporting and structure** 4 actions: 1 complete · 0 overdue · 3 not yet due
        │ **2 Working with communities** 2 actions: 0 complete · 1 overdue · 1 on hold
        │ **3 Challenge and scrutiny** 3 actions: 0 complete · 0 overdue · 1 not yet due · 2 without a date
        │ **4 Partners taking ownership** 2 actions: 0 complete · 1 awaiting sign-off · 1 overdue
        │
        │ **By group**
        │ **Flourishing DIG** 2 actions: 0 complete · 1 awaiting sign-off · 1 overdue
        │ **Independent DIG** 2 actions: 0 complete · 1 awaiting sign-off · 1 overdue
        │ **Nurtured DIG** 2 actions: 0 complete · 1 awaiting sign-off · 1 overdue
        │ **Empowered DIG** 2 actions: 0 complete · 1 awaiting sign-off · 1 overdue
        │ **Safe DIG** 2 actions: 0 complete · 1 awaiting sign-off · 1 overdue
        │
        │ **Completed since the last board**
        │ None since the last digest.
        │
        │ **No lead or no date**
        │ **IP-3.1** Build CPWD agendas around themes · no lead
        │ ▶ due February 2021 · ● on track · last update October 2020
        │ **IP-3.2** Show CPWD the direction of travel with performance figures · CPEG
        │ no date · ● on track · last update October 2020
        │ **IP-3.3** Review membership and steady attendance by agencies · no lead
        │ no date · ○ not started · last update October 2020
        │ — Position at 09:00 on Thursday 11 February 2021. For any line in full: /action show.
        📎 CPWD-2021-02-18-paper.docx
        📎 IP-2021-02-11.csv
        📎 IP-2021-02-11.png
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_is_what_would_be_sent_and_posts_nothing() {
    let town = Town::open().await;
    let tom = town.person(TOM, "general");
    let preview = tom.types("/digest preview body:CPWD as_of:12 November 2020").await;
    assert_eq!(town.sandbox().read("cpwd-board").len(), 0);
    town.reach("2020-11-12 09:00").await;
    let sent = town.channel_with("cpwd-board", 1).await;
    let body = |text: &str| {
        let lines = text.lines().skip_while(|line| !line.contains("11 actions"));
        lines.map(|line| line.trim_start_matches(['│', ' ']).to_owned()).collect::<Vec<_>>()
    };
    assert!(body(&sent).len() > 20, "{sent}");
    assert_eq!(body(&preview), body(&sent));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_without_meetings_has_no_digest() {
    let town = Town::open().await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/digest preview body:Safe DIG").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Safe DIG has no meetings in the calendar, so there is nothing to show.
    ");
    assert_snapshot!(tom.types("/digest preview body:CPEG as_of:3 December 2020").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ CPEG digest: meeting on Thursday 10 December 2020
        │ Preview. On Thursday 3 December 2020 at the papers deadline this goes to #cpeg, with the position then.
        │ 11 actions: 1 complete · 2 overdue · 6 not yet due · 2 without a date
        │ This is the first digest, so there is nothing to compare with yet.
        │
        │ **Decisions needed**
        │ None asked for.
        │
        │ **Overdue, longest first**
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 64 days past September 2020 · ● on track · last update October 2020
        │ **IP-4.2** Review the terms of reference at every level · CPWD Chair
        │ ▲ 3 days past November 2020 · ● on track · last update October 2020
        │
        │ **Due by the CPEG after this one, 11 February 2021**
        │ **IP-2.1** Review the DIG action plans against data and feedback · Delivery Improvement Groups (DIGs)
        │ ▶ due December 2020 · ● on track · last update October 2020
        │
        │ **Asks**
        │ Nobody asks anything of the group.
        │
        │ **Progress since last time**
        │ Nobody has logged an update.
        │
        │ **No update since the last meeting**
        │ **DIG chairs / CPEG** IP-4.1
        │ **CPWD Chair** IP-4.2
        │ **Delivery Improvement Groups (DIGs)** IP-2.1
        │ **CP Support** IP-2.2, IP-1.3
        │ **no lead** IP-3.1, IP-3.3
        │ and 1 more
        │
        │ **No lead or no date**
        │ **IP-3.1** Build CPWD agendas around themes · no lead
        │ due February 2021 · ● on track · last update October 2020
        │ **IP-3.2** Show CPWD the direction of travel with performance figures · CPEG
        │ no date · ● on track · last update October 2020
        │ **IP-3.3** Review membership and steady attendance by agencies · no lead
        │ no date · ○ not started · last update October 2020
        │ — Position at 09:00 on Thursday 3 December 2020. For any line in full: /action show.
        📎 CPEG-2020-12-10-paper.docx
        📎 IP-2020-12-03.csv
        📎 IP-2020-12-03.png
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_after_the_deadline_does_not_announce_what_is_past() {
    let town = Town::at("2020-11-13 09:00").await;
    let preview = town.person(TOM, "general").types("/digest preview body:CPWD").await;
    let note = preview.lines().find(|line| line.contains("Preview.")).unwrap_or_default();
    assert_snapshot!(note, @"    │ Preview. The digest was due in #cpwd-board on Thursday 12 November 2020; this is how things stand since.");
}

#[tokio::test(flavor = "multi_thread")]
async fn until_a_body_meets_its_paper_is_compared_with_the_meeting_before() {
    let town = Town::open().await;
    town.reach("2020-12-03 09:30").await;
    let morag = town.person(MORAG, "cpeg");
    let first = morag.types("/digest preview body:CPEG").await;
    assert!(first.contains("This is the first digest"), "{first}");
    town.reach("2021-02-05 09:00").await;
    // The digest for the meeting on 11 February has been sent, on the 4th.
    assert_eq!(town.sandbox().read("cpeg").len(), 2);
    let (second, files) = morag.gets("/digest preview body:CPEG").await;
    assert!(second.contains("At the last digest, 3 December 2020"), "{second}");
    let paper = lines_of(&files[0]);
    assert!(paper.iter().any(|line| line == "4.2 Since 3 December 2020:"), "{paper:#?}");
    let third = morag.types("/digest preview body:CPEG as_of:12 February 2021").await;
    assert!(third.contains("At the last digest, 4 February 2021"), "{third}");
    let earlier = morag.types("/digest preview body:CPEG as_of:20 January 2021").await;
    assert!(earlier.contains("At the last digest, 3 December 2020"), "{earlier}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_counts_the_plan_that_its_table_and_paper_show() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let before = priya.types("/digest preview body:CPWD").await;
    let plan = b"No,Activities,Lead,Target Date\n1.1,Meet the schools,CPEG,May 2020\n";
    priya.gives("/plan import plan:FLO", "file", "flo.csv", plan).await;
    let begun = priya.presses("Apply").await;
    assert!(begun.contains("Applied: flo.csv"), "{begun}");
    let overdue = priya.types("/overdue").await;
    assert!(overdue.contains("FLO-1.1"), "what is late in any plan: {overdue}");
    let after = priya.types("/digest preview body:CPWD").await;
    assert!(before.contains("11 actions"), "{before}");
    assert_eq!(before, after);
}
