//! Logging progress and reading it back, as people do.

use convener::sandbox::Form;
use convener::sandbox::Outcome;
use insta::assert_snapshot;

use crate::town::ALASDAIR;
use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::Person;
use crate::town::TOM;
use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn a_chair_logs_progress_and_everybody_reads_one_line() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let offered = morag.is_offered("/update action:aware").await;
    assert_eq!(offered.first().map(|(_, value)| value.as_str()), Some("IP-1.2"));
    assert_snapshot!(morag.types("/update action:IP-1.2 text:Venue booked status:at risk").await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ Logged: IP-1.2 Awareness sessions: community planning in practice
        │ **Status** ● on track → ◆ at risk
        │ Everybody in #cpeg sees one line about it.
        │
        │ **Before**
        │ CPEG weighs up the options in December 2020. Plans will allow for Covid-19.
        │ In the printed plan, October 2020
        │
        │ **Now**
        │ Venue booked
        │ — A slip? You can undo this until 09:15.
        [Undo]
    ");
    assert_snapshot!(town.channel_with("cpeg", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ **IP-1.2** Awareness sessions: community planning in practice (on track → at risk): Venue booked · Morag Sinclair, CPEG
    ");
    assert_snapshot!(morag.types("/action show action:1.2").await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ IP-1.2 Awareness sessions: community planning in practice
        │ **Lead** CPEG
        │ **Target** March 2021 · overdue from 1 April 2021
        │ **Status** ◆ at risk
        │ **Area** 1 Reporting and structure
        │ **BRAG** Amber: at risk
        │
        │ **Last update**
        │ Venue booked
        │ Morag Sinclair, CPEG, 26 October 2020
        [Update] [New date] [Complete] [History] [Share here]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_without_a_role_is_told_who_can() {
    let town = Town::open().await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/update action:1.2 text:I have heard something").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ You cannot log progress on IP-1.2, but the chair of CPEG or CP Support can. Ask them, or tell them what you know.
        │
        │ **What you wrote, to copy**
        │ I have heard something
    ");
    // Refused before the form opens: nobody writes what they may not send.
    assert_snapshot!(tom.types("/update action:2.1").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ You cannot log progress on IP-2.1, but the chair of one of the DIGs or CP Support can. Ask them, or tell them what you know.
    ");
    assert_snapshot!(tom.types("/update action:3.1").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ You cannot log progress on IP-3.1, but the chair of CPEG or CP Support can. Ask them, or tell them what you know.
    ");
    assert_eq!(town.sandbox().read("cpeg").len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_speaks_for_their_own_body_and_others_on_behalf() {
    let town = Town::open().await;
    let fiona = town.person(FIONA, "dig-flourishing");
    assert_snapshot!(fiona.types("/update action:2.1 text:Review half done").await, @"
    [Mon 26 Oct 09:00] Convener (only to Fiona Campbell):
        │ Logged: IP-2.1 Review the DIG action plans against data and feedback
        │ **Status** ● on track (as before)
        │ Everybody in #dig-flourishing sees one line about it.
        │
        │ **Before**
        │ Review begun, with a fresh look at priorities for recovery. Data sources are being mapped.
        │ In the printed plan, October 2020
        │
        │ **Now**
        │ Review half done
        │ — A slip? You can undo this until 09:15.
        [Undo]
    ");
    assert_snapshot!(town.channel_with("dig-flourishing", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ **IP-2.1** Review the DIG action plans against data and feedback: Review half done · Fiona Campbell, Flourishing DIG
    ");
    assert_snapshot!(fiona.types("/update action:1.2 text:Not mine").await, @"
    [Mon 26 Oct 09:00] Convener (only to Fiona Campbell):
        │ You cannot log progress on IP-1.2, but the chair of CPEG or CP Support can. Ask them, or tell them what you know.
        │
        │ **What you wrote, to copy**
        │ Not mine
    ");

    let priya = town.person(PRIYA, "cp-support");
    priya.types("/update action:1.4 text:CPEG has picked three halls").await;
    assert_snapshot!(town.channel_with("cpeg", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ **IP-1.4** Hold engagement sessions that shape future plans: CPEG has picked three halls · Priya Nair, CP Support, on behalf of CPEG
    ");

    let alasdair = town.person(ALASDAIR, "cpwd-board");
    alasdair.types("/update action:4.2 text:On the agenda for November").await;
    assert_snapshot!(town.channel_with("cpwd-board", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ **IP-4.2** Review the terms of reference at every level: On the agenda for November · Alasdair Reid, CPWD
    ");
}

async fn form(person: &Person<'_>, line: &str) -> Form {
    match person.opens(line).await {
        Outcome::Form(form) => form,
        other => panic!("no form opened: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_words_a_form_opens_that_shows_the_last_update_and_the_target() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let opened = form(&morag, "/update action:1.2 status:at risk").await;
    let shown: Vec<String> = opened
        .inputs()
        .map(|input| format!("{} [{}] {}", input["label"], input["value"], input["placeholder"]))
        .collect();
    assert_snapshot!(format!("{}\n{}", opened.title, shown.join("\n")), @r#"
    IP-1.2 Awareness sessions: community plannin…
    "What has happened?" [null] "Due March 2021; last update, October 2020: CPEG weighs up the options in December 2020. Plans will…"
    "Status (blank if it has not changed)" ["at risk"] "Now on track. One of: not started, on track, at risk, blocked, complete, on hold"
    "When did it happen? (blank for today)" [null] "3 November 2020"
    "What do you ask of the group? (optional)" [null] "Could members each name a venue?"
    "Link to evidence (optional)" [null] "https://…"
    "#);
    let answer = morag
        .sends(&opened, &[("text", "Hall booked\nfor 9 March"), ("happened", "23 Oct 2020")])
        .await;
    assert_snapshot!(answer, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ Logged: IP-1.2 Awareness sessions: community planning in practice
        │ **Status** ● on track → ◆ at risk
        │ **Happened** 23 October 2020
        │ Everybody in #cpeg sees one line about it.
        │
        │ **Before**
        │ CPEG weighs up the options in December 2020. Plans will allow for Covid-19.
        │ In the printed plan, October 2020
        │
        │ **Now**
        │ Hall booked
        │ for 9 March
        │ — A slip? You can undo this until 09:15.
        [Undo]
    ");
    assert_snapshot!(town.channel_with("cpeg", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ **IP-1.2** Awareness sessions: community planning in practice (on track → at risk): Hall booked for 9 March · Morag Sinclair, CPEG
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_on_an_action_opens_the_form() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    morag.types("/action show action:1.4").await;
    let opened = match town.sandbox().press(MORAG, "cpeg", "Update").await.unwrap() {
        Outcome::Form(form) => form,
        other => panic!("no form opened: {other:?}"),
    };
    morag.sends(&opened, &[("text", "Dates sent to members"), ("status", "on track")]).await;
    assert_snapshot!(town.channel_with("cpeg", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ **IP-1.4** Hold engagement sessions that shape future plans (not started → on track): Dates sent to members · Morag Sinclair, CPEG
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_in_a_form_is_said_and_what_was_written_comes_back() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let opened = form(&morag, "/update action:1.2").await;
    let answer = morag.sends(&opened, &[("text", "A long story"), ("status", "splendid")]).await;
    assert_snapshot!(answer, @r#"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ "splendid" is not a status. Use one of: not started, on track, at risk, blocked, complete, on hold.
        │
        │ **What you wrote, to copy**
        │ A long story
    "#);
    let opened = form(&morag, "/update action:1.2").await;
    let answer = morag.sends(&opened, &[("text", "A long story"), ("happened", "soon")]).await;
    assert_snapshot!(answer, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ “soon” is not a date. Write one day such as 19 November 2020 or 19/11/2020.
        │
        │ **What you wrote, to copy**
        │ A long story
    ");
    let opened = form(&morag, "/update action:1.2").await;
    let answer = morag.sends(&opened, &[("text", "A story"), ("happened", "1 May 2021")]).await;
    assert_snapshot!(answer, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ 1 May 2021 is still to come. Give the day it happened, or leave `happened` out for today.
        │
        │ **What you wrote, to copy**
        │ A story
    ");
    assert_eq!(town.sandbox().read("cpeg").len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_author_takes_an_update_back_for_a_quarter_of_an_hour() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    morag.types("/update action:1.2 text:Wrong action status:blocked").await;
    assert_snapshot!(morag.presses("Undo").await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ Taken back: IP-1.2 Awareness sessions: community planning in practice
        │ **Status** ■ blocked → ● on track
        │ Everybody will see its line marked as corrected.
        │ The record keeps both the update and that you took it back.
        │
        │ **No longer counts**
        │ Wrong action
        │ Morag Sinclair, CPEG, 26 October 2020
        │ Taken back by Morag Sinclair on 26 October 2020 at 09:00.
        │
        │ **Last update now**
        │ CPEG weighs up the options in December 2020. Plans will allow for Covid-19.
        │ In the printed plan, October 2020
    ");
    assert_snapshot!(morag.presses("Undo").await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ That update was taken back already, by you on 26 October 2020 at 09:00.
    ");
    assert_snapshot!(town.channel_corrected("cpeg").await, @"
    [Mon 26 Oct 09:00] Convener (edited):
        │ **Corrected** ~~**IP-1.2** Awareness sessions: community planning in practice (on track → blocked): Wrong action · Morag Sinclair, CPEG~~
        │ Taken back by Morag Sinclair on 26 October 2020 at 09:00. Status then: ● on track.
    ");
    assert_snapshot!(morag.types("/action show action:1.2").await, @"
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
        │ **Taken back since**
        │ Wrong action
        │ Morag Sinclair, CPEG, 26 October 2020
        │ Taken back by Morag Sinclair on 26 October 2020 at 09:00.
        [Update] [New date] [Complete] [History] [Share here]
    ");

    morag.types("/update action:1.2 text:Right this time").await;
    town.reach("2020-10-26 09:16").await;
    assert_snapshot!(morag.presses("Undo").await, @"
    [Mon 26 Oct 09:16] Convener (only to Morag Sinclair):
        │ It is too late to undo that: an update can be taken back for 15 minutes. Log a further update that puts it right, or ask CP Support to take it back.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finished_action_takes_no_more_updates() {
    let town = Town::open().await;
    let alasdair = town.person(ALASDAIR, "cpwd-board");
    let offered = alasdair.is_offered("/update action:1.1").await;
    assert!(offered.iter().all(|(_, value)| value != "IP-1.1"), "{offered:?}");
    assert_snapshot!(alasdair.types("/update action:1.1 text:More to say").await, @"
    [Mon 26 Oct 09:00] Convener (only to Alasdair Reid):
        │ IP-1.1 is complete and signed off, so its record is closed. If there is more to say, ask CP Support.
        │
        │ **What you wrote, to copy**
        │ More to say
    ");
    assert_snapshot!(alasdair.types("/action show action:1.1").await, @"
    [Mon 26 Oct 09:00] Convener (only to Alasdair Reid):
        │ IP-1.1 Set up an executive group of officers
        │ **Lead** CPWD Chair (CPWD)
        │ **Target** January 2020
        │ **Status** ✔ complete, signed off
        │ **Area** 1 Reporting and structure
        │ **BRAG** Blue: complete and signed off
        │
        │ **Last update**
        │ Set up with a chair and its core members. It meets every second month.
        │ In the printed plan, October 2020
        [History] [Share here]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_name_no_action_or_several_are_asked_about() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    assert_snapshot!(morag.types("/update action:9.9 text:x").await, @r#"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ There is no action "9.9" in the plan. Give its number, such as 2.1, or pick one from the list that appears as you type.
        │
        │ **What you wrote, to copy**
        │ x
    "#);
    assert_snapshot!(morag.types("/update action:review text:x").await, @r#"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ "review" could be IP-2.1 (Review the DIG action plans against data and feedback), IP-3.3 (Review membership and steady attendance by agencies) and IP-4.2 (Review the terms of reference at every level). Which one? Give its number.
        │
        │ **What you wrote, to copy**
        │ x
    "#);
    assert_snapshot!(morag.types("/action show action:awarness").await, @"
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
        [Update] [New date] [Complete] [History] [Share here]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_write_reads_as_written_and_pings_nobody() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let written = "**Bold** @everyone <@&1> `code` [link](http://example.org) # heading";
    morag.types(&format!("/update action:1.2 text:{written}")).await;
    assert_snapshot!(town.channel_with("cpeg", 1).await, @r"
    [Mon 26 Oct 09:00] Convener:
        │ **IP-1.2** Awareness sessions: community planning in practice: \*\*Bold\*\* \@everyone \<\@&1\> \`code\` \[link\](http://example.org) \# heading · Morag Sinclair, CPEG
    ");
    let lines = town.sandbox().read("cpeg");
    assert!(lines.iter().all(|line| line.pings.is_empty()), "somebody was pinged");
}

#[tokio::test(flavor = "multi_thread")]
async fn completion_offers_my_own_first_then_overdue() {
    let town = Town::open().await;
    let refs = |offered: Vec<(String, String)>| {
        offered.into_iter().map(|(_, value)| value).collect::<Vec<_>>().join(" ")
    };
    let fiona = town.person(FIONA, "dig-flourishing");
    assert_snapshot!(refs(fiona.is_offered("/update action:").await), @"IP-4.1 IP-2.1 IP-1.2 IP-1.3 IP-1.4 IP-2.2 IP-3.1 IP-3.2 IP-3.3 IP-4.2");
    let tom = town.person(TOM, "general");
    assert_snapshot!(refs(tom.is_offered("/update action:").await), @"IP-4.1 IP-1.2 IP-1.3 IP-1.4 IP-2.1 IP-2.2 IP-3.1 IP-3.2 IP-3.3 IP-4.2");
    assert_snapshot!(refs(tom.is_offered("/action show action:ip-1").await), @"IP-1.1 IP-1.2 IP-1.3 IP-1.4");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_without_a_visible_word_is_refused() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let opened = form(&morag, "/update action:1.2").await;
    assert_snapshot!(morag.sends(&opened, &[("text", " ")]).await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ There was nothing in the update. Write a line or two and send it again.
    ");
    assert_snapshot!(morag.types("/update action:1.2 text:\u{200b}\u{feff}").await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ There was nothing in the update. Write a line or two and send it again.
    ");
    assert_eq!(town.sandbox().read("cpeg").len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_in_an_update_leads_where_it_was_written_to_lead() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let words = "Minutes: https://wdc.example/a_b/c_d?x=1&y=2. See @everyone \u{202e}reversed";
    morag.types(&format!("/update action:1.2 text:{words}")).await;
    assert_snapshot!(town.channel_with("cpeg", 1).await, @r"
    [Mon 26 Oct 09:00] Convener:
        │ **IP-1.2** Awareness sessions: community planning in practice: Minutes: https://wdc.example/a_b/c_d?x=1&y=2. See \@everyone reversed · Morag Sinclair, CPEG
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_is_found_by_a_number_pasted_from_a_document() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    for pasted in ["IP\u{2011}1.2", "ip \u{2013} 1.2"] {
        let shown = morag.types(&format!("/action show action:{pasted}")).await;
        assert!(shown.contains("IP-1.2 Awareness sessions"), "{pasted}: {shown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_update_says_that_the_record_has_more_and_a_refused_one_comes_back_whole() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let words: Vec<String> = (1..=660).map(|number| format!("w{number:04}")).collect();
    let written = words.join(" ");
    let answer = morag.types(&format!("/update action:1.2 text:{written}")).await;
    assert!(answer.contains("the record keeps all 3959 characters"), "{answer}");
    let everybody = town.channel_with("cpeg", 1).await;
    assert!(everybody.contains("w0001") && everybody.contains('…'), "{everybody}");

    let tom = town.person(TOM, "general");
    let written: String = written.chars().take(3_900).collect();
    let refused = tom.types(&format!("/update action:1.2 text:{written}")).await;
    for word in written.split(' ') {
        assert!(refused.contains(word), "{word} is missing from\n{refused}");
    }
}
