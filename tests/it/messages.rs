//! Logging progress from the menu of a message.

use convener::sandbox::Form;
use insta::assert_snapshot;

use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::TOM;
use crate::town::Town;

const LOG: &str = "Log as progress";

/// A form as somebody sees it: each input with its label, its hint and what stands in it. The
/// server, channel and message of a link have other numbers in every run.
fn reads(form: &Form) -> String {
    let mut lines = vec![form.title.clone()];
    for input in form.inputs() {
        let words = |key: &str| input[key].as_str().unwrap_or_default().to_owned();
        let value = words("value");
        let value = value.lines().map(|line| match line.strip_prefix("https://discord.com/") {
            Some(rest) => {
                let parts = rest.split('/').map(|part| match part.parse::<u64>() {
                    Ok(_) => "N",
                    Err(_) => part,
                });
                format!("https://discord.com/{}", parts.collect::<Vec<_>>().join("/"))
            }
            None => line.to_owned(),
        });
        let value = value.collect::<Vec<_>>().join(" ⏎ ");
        let hint = words("placeholder");
        let hint = if hint.is_empty() { hint } else { format!(" [{hint}]") };
        lines.push(format!("{}{hint}: {value}", words("label")).trim_end().to_owned());
    }
    lines.join("\n")
}

fn value(form: &Form, input: &str) -> String {
    let found = form.inputs().find(|known| known["custom_id"] == input).unwrap();
    found["value"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_wrote_is_logged_with_the_way_to_it() {
    let town = Town::open().await;
    let said = town.person(TOM, "general").writes("The hall in Clydebank is booked").await;
    let morag = town.person(MORAG, "general");
    let form = morag.chooses(LOG, said).await.unwrap();
    assert_snapshot!(reads(&form), @"
    Log progress: what Tom Walker wrote
    Which action? [Its number or words from its title, such as IP-1.2]:
    What has happened?: The hall in Clydebank is booked ⏎ https://discord.com/channels/N/N/N
    Status (blank if it has not changed) [not started, on track, at risk, blocked, complete, on hold]:
    When did it happen? (blank for today) [3 November 2020]:
    ");
    let link = format!(
        "https://discord.com/channels/{}/{}/{said}",
        town.sandbox().server(),
        town.sandbox().channel_id("general")
    );
    assert_eq!(value(&form, "text").lines().last(), Some(link.as_str()));
    let logged = morag.sends(&form, &[("action", "awareness"), ("status", "at risk")]).await;
    assert_snapshot!(logged.replace(&link, "LINK"), @"
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
        │ The hall in Clydebank is booked
        │ LINK
        │ — A slip? You can undo this until 09:15.
        [Undo]
    ");
    // One line for everybody, as for any update, and nothing where the message stands.
    assert_snapshot!(town.channel_with("cpeg", 1).await.replace(&link, "LINK"), @"
    [Mon 26 Oct 09:00] Convener:
        │ **IP-1.2** Awareness sessions: community planning in practice (on track → at risk): The hall in Clydebank is booked LINK · Morag Sinclair, CPEG
    ");
    assert_snapshot!(town.channel("general"), @"[Mon 26 Oct 09:00] Tom Walker: The hall in Clydebank is booked");
    assert!(morag.presses("Undo").await.contains("Taken back"));
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_leads_nothing_is_told_before_a_form_opens() {
    let town = Town::open().await;
    let said = town.person(MORAG, "general").writes("The hall is booked").await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.chooses(LOG, said).await.unwrap_err(), @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ You cannot log progress, for you answer for no action, but CP Support, the chair of CPEG or the chair of CPWD can. Send them a link to the message.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_without_words_has_nothing_to_log() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    morag.types("/update action:1.2 text:Venue booked").await;
    town.channel_with("cpeg", 1).await;
    let card = town.sandbox().read("cpeg")[0].id;
    assert_snapshot!(morag.chooses(LOG, card).await.unwrap_err(), @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ There are no words in that message, so there is nothing to log. Use `/update` and say what has happened.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_logged_is_given_back_to_copy() {
    let town = Town::open().await;
    let said = town.person(TOM, "general").writes("Two halls are booked").await;
    let fiona = town.person(FIONA, "general");
    let form = fiona.chooses(LOG, said).await.unwrap();
    let text = [("text", "Two halls are booked, and *three* more")];
    let sends = |action: &'static str| {
        let values = [text[0], ("action", action)];
        let form = form.clone();
        async move { fiona.sends(&form, &values).await }
    };
    // It is decided again when the form is sent.
    assert_snapshot!(sends("1.2").await, @r"
    [Mon 26 Oct 09:00] Convener (only to Fiona Campbell):
        │ You cannot log progress on IP-1.2, but the chair of CPEG or CP Support can. Ask them, or tell them what you know.
        │
        │ **What you wrote, to copy**
        │ Two halls are booked, and \*three\* more
    ");
    assert_snapshot!(sends("9.9").await, @r#"
    [Mon 26 Oct 09:00] Convener (only to Fiona Campbell):
        │ There is no action "9.9" in the plan. Give its number, such as 2.1, or pick one from the list that appears as you type.
        │
        │ **What you wrote, to copy**
        │ Two halls are booked, and \*three\* more
    "#);
    let wrong = [text[0], ("action", "2.1"), ("status", "fine")];
    assert_snapshot!(fiona.sends(&form, &wrong).await, @r#"
    [Mon 26 Oct 09:00] Convener (only to Fiona Campbell):
        │ "fine" is not a status. Use one of: not started, on track, at risk, blocked, complete, on hold.
        │
        │ **What you wrote, to copy**
        │ Two halls are booked, and \*three\* more
    "#);
    assert_eq!(town.sandbox().read("general").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_mentioned_in_a_message_is_named_and_nobody_is_rung() {
    let town = Town::open().await;
    let fiona = format!("<@{}>", town.sandbox().person_id(FIONA));
    let role = format!("<@&{}>", town.sandbox().role_id("CPEG Chair"));
    let words = format!("{fiona} booked it @everyone, {role} @Convener **bold** \u{202E}turned");
    let said = town.person(TOM, "general").writes(&words).await;
    let morag = town.person(MORAG, "general");
    let form = morag.chooses(LOG, said).await.unwrap();
    let text = value(&form, "text");
    let begins = format!(
        "@Fiona Campbell booked it @everyone, {role} @Convener **bold** \u{202E}turned\nhttps://"
    );
    assert!(text.starts_with(&begins), "{text}");
    let logged = morag.sends(&form, &[("action", "1.2")]).await;
    assert!(logged.contains(r"\@Fiona Campbell booked it \@everyone"), "{logged}");
    let line = town.channel_with("cpeg", 1).await;
    assert!(line.contains(r"\@everyone") && line.contains(r"\*\*bold\*\* turned"), "{line}");
    assert!(town.sandbox().read("cpeg")[0].pings.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_message_is_logged_whole() {
    let town = Town::open().await;
    let words = "🙂".repeat(1_000);
    let said = town.person(TOM, "general").writes(&words).await;
    let priya = town.person(PRIYA, "general");
    let form = priya.chooses(LOG, said).await.unwrap();
    assert!(value(&form, "text").starts_with(&format!("{words}\nhttps://")));
    assert!(priya.sends(&form, &[("action", "1.2")]).await.contains("Logged: IP-1.2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_was_opened_before_a_restart_is_taken_after_it() {
    let mut town = Town::open().await;
    let said = town.person(TOM, "general").writes("The hall is booked").await;
    let form = town.person(MORAG, "general").chooses(LOG, said).await.unwrap();
    town.stop_bot().await;
    town.start_bot().await;
    let logged = town.person(MORAG, "general").sends(&form, &[("action", "1.2")]).await;
    assert!(logged.contains("Logged: IP-1.2"), "{logged}");
}

#[tokio::test(flavor = "multi_thread")]
async fn help_says_where_it_is() {
    let town = Town::open().await;
    let tom = town.person(TOM, "general");
    let offered = tom.is_offered("/help topic:log as").await;
    assert_eq!(offered, [(LOG.to_owned(), LOG.to_owned())]);
    assert_snapshot!(tom.types("/help topic:Log as progress").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Log as progress
        │ Log what a message says as progress on an action, with a link to it.
        │ **Where** In the menu of a message: hold or right-click it, then Apps.
        │ **Who can** Leads for their own actions; CP Support and the chairs of CPEG and the board for any.
    ");
}
