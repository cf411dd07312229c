//! What bodies read before they meet.

use convener::body::BodyId;
use convener::sandbox::Fault;
use convener::sandbox::Message;
use convener::store::Store;
use insta::assert_snapshot;
use serde_json::Value;

use crate::limits::large;
use crate::town::FIONA;
use crate::town::Given;
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
    let digests = town.digests("cpwd-board");
    assert_eq!(digests.len(), 1);
    assert_snapshot!(digests[0], @"
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
        │ **Brought to this meeting**
        │ Nothing is brought to it.
        │
        │ **By area**
        │ **1 Reporting and structure** 4 actions: 1 complete · 0 overdue · 3 not yet due
        │ **2 Working with communities** 2 actions: 0 complete · 0 overdue · 2 not yet due
        │ **3 Challenge and scrutiny** 3 actions: 0 complete · 0 overdue · 1 not yet due · 2 without a date
        │ **4 Partners taking ownership** 2 actions: 0 complete · 1 overdue · 1 not yet due
        │
        │ **By DIG**
        │ **Flourishing DIG** 2 actions: 0 complete · 1 overdue · 1 not yet due
        │ **Independent DIG** 2 actions: 0 complete · 1 overdue · 1 not yet due
        │ **Nurtured DIG** 2 actions: 0 complete · 1 overdue · 1 not yet due
        │ **Empowered DIG** 2 actions: 0 complete · 1 overdue · 1 not yet due
        │ **Safe DIG** 2 actions: 0 complete · 1 overdue · 1 not yet due
        │
        │ **By theme**
        │ No action has a theme.
        │
        │ **Target moved more than once**
        │ No target has.
        │
        │ **Overdue at the last board, too**
        │ Nothing to compare with yet.
        │
        │ **Completed since the last board**
        │ Nothing to compare with yet.
        │
        │ **Case studies**
        │ None offered.
        │
        │ **Overdue, longest first**
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 43 days past September 2020 · ● on track · last update October 2020
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
    let digests = town.digests("cpeg");
    assert_eq!(digests.len(), 1);
    assert_snapshot!(digests[0], @"
    [Thu 3 Dec 09:00] Convener:
        │ CPEG digest: meeting on Thursday 10 December 2020
        │ 11 actions: 1 complete · 1 awaiting sign-off · 1 overdue · 5 not yet due · 2 without a date · 1 on hold
        │ This is the first digest, so there is nothing to compare with yet.
        │
        │ **Decisions needed**
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ✔ complete, awaiting sign-off · last update 20 November 2020
        │
        │ **Brought to this meeting**
        │ Nothing is brought to it.
        │
        │ **Overdue, longest first**
        │ **IP-4.2** Review the terms of reference at every level · CPWD Chair
        │ ▲ 3 days past November 2020 · ● on track · last update October 2020
        │
        │ **Due by the CPEG after this one, 11 February 2021**
        │ **IP-2.1** Review the DIG action plans against data and feedback · Delivery Improvement Groups (DIGs)
        │ ▶ due December 2020 · ● on track · last update October 2020
        │
        │ **Window open, or opening by 11 February 2021**
        │ **IP-3.1** Build CPWD agendas around themes · no lead
        │ due February 2021 · ● on track · last update October 2020
        │
        │ **Asks**
        │ Nobody asks anything of the group.
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
    let digests = town.digests("cpwd-board");
    assert_eq!(digests.len(), 2);
    assert_snapshot!(digests[1], @"
    [Thu 11 Feb 09:00] Convener:
        │ CPWD board digest: meeting on Thursday 18 February 2021
        │ 11 actions: 1 complete · 1 awaiting sign-off · 2 overdue · 4 not yet due · 2 without a date · 1 on hold
        │ Since the last digest, 12 November 2020: 1 more awaiting sign-off · 1 more overdue · 3 fewer not yet due · 1 more on hold
        │
        │ **Members are asked to**
        │ **Agree** the sign-off of IP-4.1
        │ **Agree** who leads, and by when: IP-3.1, IP-3.2 and IP-3.3 have no lead or no date
        │ **Note** that 1 of 11 actions is complete
        │ **Note** that IP-4.2 and IP-2.1 are overdue
        │
        │ **Brought to this meeting**
        │ Nothing is brought to it.
        │
        │ **By area**
        │ **1 Reporting and structure** 4 actions: 1 complete · 0 overdue · 3 not yet due
        │ **2 Working with communities** 2 actions: 0 complete · 1 overdue (was 0) · 0 not yet due (was 2) · 1 on hold (was 0)
        │ **3 Challenge and scrutiny** 3 actions: 0 complete · 0 overdue · 1 not yet due · 2 without a date
        │ **4 Partners taking ownership** 2 actions: 0 complete · 1 awaiting sign-off (was 0) · 1 overdue · 0 not yet due (was 1)
        │
        │ **By DIG**
        │ **Flourishing DIG** 2 actions: 0 complete · 1 awaiting sign-off (was 0) · 1 overdue · 0 not yet due (was 1)
        │ **Independent DIG** 2 actions: 0 complete · 1 awaiting sign-off (was 0) · 1 overdue · 0 not yet due (was 1)
        │ **Nurtured DIG** 2 actions: 0 complete · 1 awaiting sign-off (was 0) · 1 overdue · 0 not yet due (was 1)
        │ **Empowered DIG** 2 actions: 0 complete · 1 awaiting sign-off (was 0) · 1 overdue · 0 not yet due (was 1)
        │ **Safe DIG** 2 actions: 0 complete · 1 awaiting sign-off (was 0) · 1 overdue · 0 not yet due (was 1)
        │
        │ **By theme**
        │ No action has a theme.
        │
        │ **Target moved more than once**
        │ No target has.
        │
        │ **Overdue at the last board, too**
        │ Nothing that is overdue now.
        │
        │ **Completed since the last board**
        │ None signed off.
        │
        │ **Case studies**
        │ None offered.
        │
        │ **Overdue, longest first**
        │ **IP-4.2** Review the terms of reference at every level · CPWD Chair
        │ ▲ 73 days past November 2020 · ● on track · last update October 2020
        │ **IP-2.1** Review the DIG action plans against data and feedback · Delivery Improvement Groups (DIGs)
        │ ▲ 42 days past December 2020 · ● on track · last update October 2020
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

/// A message whole: its embeds, its buttons, and each file's name, alternative text and bytes.
fn whole(town: &Town, message: &Message) -> (Vec<Value>, Vec<Value>, Vec<Given>) {
    let files = town.sandbox().files(message);
    assert_eq!(files.len(), message.files.len(), "all bytes are kept");
    (message.embeds.clone(), message.components.clone(), files)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_is_what_is_sent_to_the_byte_and_posts_nothing() {
    let town = Town::open().await;
    let tom = town.person(TOM, "general");
    town.person(MORAG, "cp-support").types("/update action:1.2 text:Two formats drawn up").await;
    for (body, channel, before, papers_on) in [
        ("CPWD", "cpwd-board", "2020-11-11 16:00", "2020-11-12"),
        ("CPEG", "cpeg", "2020-12-02 16:00", "2020-12-03"),
    ] {
        town.reach(before).await;
        let ahead =
            tom.gets_all(&format!("/digest preview body:{body} as_of:{papers_on}"), 1).await;
        let posted = || town.sandbox().read(channel).pop();
        assert!(posted().is_none_or(|last| !last.embeds[0].to_string().contains("digest")));
        town.reach(&format!("{papers_on} 09:00")).await;
        let sent = posted().unwrap();
        assert_eq!(whole(&town, &ahead[0]), whole(&town, &sent), "the day before");
        let now = tom.gets_all(&format!("/digest preview body:{body}"), 1).await;
        assert_eq!(whole(&town, &now[0]), whole(&town, &sent), "at that moment");
        assert_eq!((sent.files.len(), sent.content.as_str()), (3, ""));
        assert!(ahead[0].content.starts_with("Preview. "), "{}", ahead[0].content);
        let issued = format!("/digest preview body:{body} issued:{body} {papers_on}");
        let again = tom.gets_all(&issued, 1).await;
        assert_eq!(whole(&town, &again[0]), whole(&town, &sent), "shown again");
        assert!(again[0].content.contains("exactly as it was issued"), "{}", again[0].content);
    }
}

/// What a message says in its embeds, line by line, without headings and blank lines.
fn told(message: &Message) -> Vec<String> {
    let descriptions = message.embeds.iter().filter_map(|embed| embed["description"].as_str());
    let lines = descriptions.flat_map(str::lines);
    let is_heading = |line: &str| line.starts_with("**") && line.ends_with("**");
    lines.filter(|line| !line.is_empty() && !is_heading(line)).map(str::to_owned).collect()
}

/// A partnership with long actions in which much was said, so that a digest of CPEG is long.
pub(crate) async fn talkative(time: &str) -> Town {
    let mut founding = large();
    let mut number = 0;
    founding.printed.retain(|_| {
        number += 1;
        number % 8 == 1
    });
    let refs: Vec<String> =
        founding.printed.iter().map(|printed| printed.reference.to_string()).collect();
    let town = Town::of(founding, time).await;
    let priya = town.person(PRIYA, "cp-support");
    let said = "and every partner and neighbourhood was heard ".repeat(6);
    for reference in refs.iter().take(7) {
        let ask = format!("ask:A hall for {reference} {said}");
        let line = format!("/update action:{reference} text:Held {said} {ask}");
        let logged = priya.types(&format!("{line} status:complete")).await;
        assert!(logged.contains("Undo"), "{logged}");
    }
    town
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_digest_is_told_in_several_messages_and_loses_no_line() {
    let town = talkative("2020-12-02 16:00").await;
    let tom = town.person(TOM, "general");
    let preview = "/digest preview body:CPEG";
    let ahead = tom.gets_all(&format!("{preview} as_of:3 December 2020"), 3).await;
    // Discord takes the first two, and its replies are lost.
    town.sandbox().fault(Fault::HangUp { on: "POST /channels/*/messages".into(), times: 2 });
    town.reach("2020-12-03 09:00").await;
    let mut sent = town.sandbox().read("cpeg");
    // Before it stands the line for an update.
    sent.retain(|message| message.embeds[0]["title"].is_string());
    let of = |messages: &[Message]| -> Vec<_> {
        messages.iter().map(|message| whole(&town, message)).collect()
    };
    assert_eq!(of(&ahead), of(&sent), "and no message more");
    assert!(ahead.iter().all(|message| message.ephemeral_for.is_some()));
    let bare = |message: &Message| message.files.is_empty();
    assert_eq!(sent.iter().map(bare).collect::<Vec<_>>(), [true, true, false]);
    let titles: Vec<_> = sent.iter().map(|message| message.embeds[0]["title"].clone()).collect();
    let title = "CPEG digest: meeting on Thursday 10 December 2020";
    assert_eq!(titles[0], title);
    assert_eq!(titles[2], format!("{title} (3 of 3)"));
    let record = Store::open(&town.record()).await.unwrap();
    let now = "2020-12-03T09:00:00Z".parse().unwrap();
    let mut tx = record.read(now).await.unwrap();
    let cpeg = BodyId(2);
    let issued = tx.digest(cpeg, now).await.unwrap().unwrap();
    let mut kept: Vec<String> = issued.card.text.lines().map(str::to_owned).collect();
    for section in &issued.card.sections {
        kept.extend(section.lines.iter().flat_map(|line| line.lines()).map(str::to_owned));
        if section.left_out > 0 {
            kept.push(format!("and {} more", section.left_out));
        }
        assert!(section.lines.len() <= 5, "{}", section.heading);
    }
    let read: Vec<String> = sent.iter().flat_map(told).collect();
    assert_eq!(read, kept, "each line once, whole, in order");
    assert!(read.iter().any(|line| line.starts_with("and ")), "{read:#?}");
    let again = tom.gets_all(&format!("{preview} issued:CPEG 2020-12-03"), 3).await;
    assert_eq!(of(&again), of(&sent), "shown again");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_parts_of_a_preview_come_though_discord_stumbles() {
    let town = talkative("2020-12-03 09:00").await;
    let tom = town.person(TOM, "general");
    let further = "POST /webhooks/*/*".to_owned();
    town.sandbox().fault(Fault::Refuse { on: further.clone(), status: 502, times: 1 });
    let all = tom.gets_all("/digest preview body:CPEG", 3).await;
    assert!(!all[2].files.is_empty(), "the files come with the last");
    // One that fails twice is missing, and the others show which.
    town.sandbox().fault(Fault::Refuse { on: further, status: 502, times: 2 });
    let all = tom.gets_all("/digest preview body:CPEG", 2).await;
    let title =
        |message: &Message| message.embeds[0]["title"].as_str().unwrap_or_default().to_owned();
    let titles: Vec<String> = all.iter().map(title).collect();
    let whole = "CPEG digest: meeting on Thursday 10 December 2020";
    assert_eq!(titles, [whole.to_owned(), format!("{whole} (3 of 3)")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_digest_asked_for_in_plain_words_is_read_in_the_channel() {
    let town = talkative("2020-12-03 08:00").await;
    town.person(TOM, "general").says("@Convener preview the digest for CPEG").await;
    let read = town.channel_with("general", 4).await;
    assert!(read.contains("Read as “") && read.contains("(3 of 3)"), "{read}");
    assert_eq!(town.sandbox().read("general").len(), 4);
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
    [Mon 26 Oct 09:00] Convener (only to Tom Walker): Preview. On Thursday 3 December 2020 at the papers deadline this goes to #cpeg, with the position then.
        │ CPEG digest: meeting on Thursday 10 December 2020
        │ 11 actions: 1 complete · 2 overdue · 6 not yet due · 2 without a date
        │ This is the first digest, so there is nothing to compare with yet.
        │
        │ **Decisions needed**
        │ None asked for.
        │
        │ **Brought to this meeting**
        │ Nothing is brought to it.
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
        │ **Window open, or opening by 11 February 2021**
        │ **IP-2.2** Bring feedback from all partners into one hub · CP Support
        │ due February 2021 · ○ not started · last update October 2020
        │ **IP-3.1** Build CPWD agendas around themes · no lead
        │ due February 2021 · ● on track · last update October 2020
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
        │
        │ **On hold**
        │ Nothing is on hold.
        │ — Position at 09:00 on Thursday 3 December 2020. 1 line is left out here: the attached table has every action. For any line in full: /action show.
        📎 CPEG-2020-12-10-paper.docx
        📎 IP-2020-12-03.csv
        📎 IP-2020-12-03.png
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_after_the_deadline_does_not_announce_what_is_past() {
    let town = Town::at("2020-11-12 09:05").await;
    let same_day = town.person(TOM, "general").types("/digest preview body:CPWD").await;
    assert!(same_day.contains("this is how things stand since"), "{same_day}");
    town.reach("2020-11-13 09:00").await;
    let preview = town.person(TOM, "general").types("/digest preview body:CPWD").await;
    let note = preview.lines().find(|line| line.contains("Preview.")).unwrap_or_default();
    assert_snapshot!(note, @"[Fri 13 Nov 09:00] Convener (only to Tom Walker): Preview. The digest was due in #cpwd-board on Thursday 12 November 2020; this is how things stand since.");
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
    assert_eq!(town.digests("cpeg").len(), 2);
    let (second, files) = morag.gets("/digest preview body:CPEG").await;
    assert!(second.contains("last digest, 3 December 2020"), "{second}");
    let paper = lines_of(&files[0]);
    assert!(paper.iter().any(|line| line == "4.2 Since 3 December 2020:"), "{paper:#?}");
    let third = morag.types("/digest preview body:CPEG as_of:12 February 2021").await;
    assert!(third.contains("last digest, 4 February 2021"), "{third}");
    let earlier = morag.types("/digest preview body:CPEG as_of:20 January 2021").await;
    assert!(earlier.contains("last digest, 3 December 2020"), "{earlier}");
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
