//! What an update can say: what it asks, what shows it, and that it is worth telling.

use convener::sandbox::Form;
use convener::sandbox::Outcome;
use insta::assert_snapshot;

use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::Person;
use crate::town::Town;
use crate::town::lines_of;

fn form(outcome: Outcome) -> Form {
    match outcome {
        Outcome::Form(form) => form,
        other => panic!("no form opened: {other:?}"),
    }
}

/// What stands in each input of a form.
fn values(form: &Form) -> String {
    let line = |input: &serde_json::Value| {
        let value = input["value"].as_str().unwrap_or_default();
        format!("{}: [{value}]", input["label"].as_str().unwrap_or_default())
    };
    form.inputs().map(line).collect::<Vec<_>>().join("\n")
}

async fn says_all(morag: &Person<'_>) -> String {
    let asks = "ask:Could each partner name one venue? link:https://wdc.example/awareness/plan";
    let said = "text:Two sessions planned status:at risk happened:23 October 2020";
    morag.types(&format!("/update action:1.2 {said} {asks} case_study:yes")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_says_what_it_asks_and_what_shows_it() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    assert_snapshot!(says_all(&morag).await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ Logged: IP-1.2 Awareness sessions: community planning in practice
        │ **Status** ● on track → ◆ at risk
        │ **Happened** 23 October 2020
        │ **Asks CPEG** Could each partner name one venue?
        │ **Evidence** https://wdc.example/awareness/plan
        │ **Case study** offered for the board
        │ Everybody in #cpeg sees one line about it.
        │
        │ **Before**
        │ CPEG weighs up the options in December 2020. Plans will allow for Covid-19.
        │ In the printed plan, October 2020
        │
        │ **Now**
        │ Two sessions planned
        │ — A slip? You can undo this until 09:15.
        [Undo]
    ");
    assert_snapshot!(town.channel_with("cpeg", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ **IP-1.2** Awareness sessions: community planning in practice (on track → at risk): Two sessions planned · asks CPEG: Could each partner name one venue? · Morag Sinclair, CPEG
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
        │ Two sessions planned
        │ **Asks** Could each partner name one venue?
        │ **Evidence** https://wdc.example/awareness/plan
        │ **Case study** offered for the board
        │ Morag Sinclair, CPEG, 26 October 2020, of 23 October 2020
        [Update] [New date] [Complete] [History] [Share here]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_shows_it_is_kept_by_name_and_address() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let said = "/update action:1.2 text:Programme drafted";
    let answer = morag.gives(said, "evidence", "programme.docx", b"draft").await;
    assert!(answer.contains("**Evidence** programme.docx, http"), "{answer}");
    assert!(answer.contains("The record keeps where the file is, not the file"), "{answer}");
    let shown = morag.types("/action show action:1.2").await;
    assert!(shown.contains("**Evidence** programme.docx, http"), "{shown}");
    assert!(shown.contains("/programme.docx"), "{shown}");
    // The line for everybody stays one line: whoever wants the file looks at the action.
    let line = town.channel_with("cpeg", 1).await;
    assert!(!line.contains("programme.docx"), "{line}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_holds_what_was_given_with_the_command_and_loses_none_of_it() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let given = "/update action:1.2 status:at risk happened:23 October 2020 \
                 ask:A second hall case_study:yes";
    let files: [(&str, &str, &[u8]); 1] = [("evidence", "programme.docx", b"draft")];
    let opened = town.sandbox().command_with(MORAG, "cpeg", given, &files).await.unwrap();
    let opened = form(opened);
    let shown = values(&opened);
    assert!(shown.ends_with("/programme.docx]"), "{shown}");
    let (shown, _address) = shown.split_once("http").unwrap();
    assert_snapshot!(shown, @"
    What has happened?: []
    Status (blank if it has not changed): [at risk]
    When did it happen? (blank for today): [23 October 2020]
    What do you ask of the group? (optional): [A second hall]
    Link to evidence (optional): [
    ");
    let answer = morag.sends(&opened, &[("text", "Programme drafted")]).await;
    for kept in [
        "● on track → ◆ at risk",
        "23 October 2020",
        "**Asks CPEG** A second hall",
        "**Evidence** programme.docx, http",
        "**Case study** offered for the board",
    ] {
        assert!(answer.contains(kept), "{kept} is missing from\n{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_form_a_lead_asks_and_shows_what_they_like() {
    let town = Town::open().await;
    let fiona = town.person(FIONA, "dig-flourishing");
    let opened = form(fiona.opens("/update action:2.1").await);
    let link = "https://wdc.example/review";
    let filled = [("text", "Review done"), ("ask", "Agree the new data set"), ("link", link)];
    fiona.sends(&opened, &filled).await;
    assert_snapshot!(town.channel_with("dig-flourishing", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ **IP-2.1** Review the DIG action plans against data and feedback: Review done · asks CPEG: Agree the new data set · Fiona Campbell, Flourishing DIG
    ");
    let opened = form(fiona.opens("/update action:2.1").await);
    let filled = [("text", "Review printed"), ("ask", "Agree it"), ("link", "in the usual place")];
    assert_snapshot!(fiona.sends(&opened, &filled).await, @r#"
    [Mon 26 Oct 09:00] Convener (only to Fiona Campbell):
        │ "in the usual place" is not the address of a page. Copy it whole from the browser: it begins with https://.
        │
        │ **What you wrote, to copy**
        │ Review printed
        │
        │ Agree it
        │
        │ in the usual place
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_and_a_link_at_once_are_refused_and_nothing_is_lost() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let said = "/update action:1.2 text:Drafted ask:A hall link:https://wdc.example/a";
    assert_snapshot!(morag.gives(said, "evidence", "draft.docx", b"draft").await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ Give a file or a link as evidence, not both. You can log the other in a further update.
        │
        │ **What you wrote, to copy**
        │ Drafted
        │
        │ A hall
        │
        │ https://wdc.example/a
    ");
    assert_eq!(town.sandbox().read("cpeg").len(), 0);
}

/// What stands under a heading of a digest.
fn section(digest: &str, heading: &str) -> String {
    let (_, rest) = digest.split_once(&format!("│ **{heading}**\n")).unwrap();
    rest.split_once("\n    │\n").map_or(rest, |(section, _)| section).to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn cpeg_reads_what_it_is_asked_and_the_board_what_is_worth_telling() {
    let town = Town::open().await;
    town.reach("2020-10-28 10:00").await;
    let morag = town.person(MORAG, "cpeg");
    says_all(&morag).await;
    morag.types("/update action:1.4 text:Wrong one ask:Never mind case_study:yes").await;
    morag.presses("Undo").await;
    let cpeg = morag.types("/digest preview body:CPEG").await;
    assert_snapshot!(section(&cpeg, "Asks"), @"
    │ **IP-1.2** Could each partner name one venue?
    │ Morag Sinclair, CPEG, 28 October 2020, of 23 October 2020
    ");
    let board = morag.types("/digest preview body:CPWD").await;
    assert_snapshot!(section(&board, "Case studies"), @"
    │ **IP-1.2** Two sessions planned
    │ Morag Sinclair, CPEG, 28 October 2020, of 23 October 2020
    ");
    let (_, files) = morag.gets("/plan paper body:CPWD").await;
    let paper = lines_of(&files[0]);
    let tells = |line: &&String| line.contains("one venue") || line.contains("Two sessions");
    let about: Vec<&str> = paper.iter().filter(tells).map(String::as_str).collect();
    assert_snapshot!(about.join("\n"), @"
    1.2 Awareness sessions: community planning in practice: “Could each partner name one venue?” (Morag Sinclair, 28 October 2020)
    1.2 Awareness sessions: community planning in practice: “Two sessions planned” (Morag Sinclair, 28 October 2020)
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn as_of_a_day_before_it_was_taken_back_an_ask_stands() {
    let town = Town::open().await;
    town.reach("2020-10-28 10:00").await;
    let morag = town.person(MORAG, "cpeg");
    says_all(&morag).await;
    town.reach("2020-11-03 10:00").await;
    let priya = town.person(PRIYA, "cp-support");
    priya.types("/action reverse action:1.2 reason:Asked elsewhere").await;
    let asks = async |as_of: &str| {
        let digest = morag.types(&format!("/digest preview body:CPEG as_of:{as_of}")).await;
        section(&digest, "Asks").contains("one venue")
    };
    assert!(!asks("27 October 2020").await);
    assert!(asks("30 October 2020").await);
    assert!(!asks("4 November 2020").await);
}
