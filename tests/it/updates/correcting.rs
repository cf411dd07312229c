//! Taking back what was said: by its author, by CP Support, twice, late, after a restart.

use convener::sandbox::Fault;
use insta::assert_snapshot;

use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::Person;
use crate::town::TOM;
use crate::town::Town;

/// Where every edit of a message of the bot's goes.
const EDITS: &str = "PATCH /channels/*/messages/*";

async fn says(morag: &Person<'_>, text: &str) {
    let answer = morag.types(&format!("/update action:1.2 text:{text} status:blocked")).await;
    assert!(answer.contains("Logged: IP-1.2"), "{answer}");
}

/// How often the bot asked to change a message.
fn edits(town: &Town) -> usize {
    let traffic = town.sandbox().traffic();
    let edits = traffic.iter().filter(|r| r.method == "PATCH" && r.path.contains("/channels/"));
    edits.count()
}

#[tokio::test(flavor = "multi_thread")]
async fn cp_support_takes_back_the_last_update_and_says_why() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let priya = town.person(PRIYA, "cp-support");
    says(&morag, "Venue lost").await;
    town.channel_with("cpeg", 1).await;
    town.reach("2020-11-03 14:05").await;
    let typed = "/action reverse action:1.2 reason:Meant for the board's own session";
    assert_snapshot!(priya.types(typed).await, @"
    [Tue 3 Nov 14:05] Convener (only to Priya Nair):
        │ Taken back: IP-1.2 Awareness sessions: community planning in practice
        │ **Status** ■ blocked → ● on track
        │ Everybody will see its line marked as corrected.
        │ The record keeps the update, and that you took it back and why.
        │
        │ **No longer counts**
        │ Venue lost
        │ Morag Sinclair, CPEG, 26 October 2020
        │ Taken back by Priya Nair, CP Support, on 3 November 2020 at 14:05: Meant for the board's own session.
        │
        │ **Last update now**
        │ CPEG weighs up the options in December 2020. Plans will allow for Covid-19.
        │ In the printed plan, October 2020
    ");
    assert_snapshot!(town.channel_corrected("cpeg").await, @"
    [Mon 26 Oct 09:00] Convener (edited):
        │ **Corrected** ~~**IP-1.2** Awareness sessions: community planning in practice (on track → blocked): Venue lost · Morag Sinclair, CPEG~~
        │ Taken back by Priya Nair, CP Support, on 3 November 2020 at 14:05: Meant for the board's own session. Status then: ● on track.
    ");
    assert_snapshot!(morag.types("/action show action:1.2").await, @"
    [Tue 3 Nov 14:05] Convener (only to Morag Sinclair):
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
        │ Venue lost
        │ Morag Sinclair, CPEG, 26 October 2020
        │ Taken back by Priya Nair, CP Support, on 3 November 2020 at 14:05: Meant for the board's own session.
        [Update] [New date] [Complete] [History] [Share here]
    ");
    // What is said since stands on its own.
    says(&morag, "Venue found").await;
    let shown = morag.types("/action show action:1.2").await;
    assert!(!shown.contains("Taken back"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_is_picked_by_when_it_was_said_by_whom_and_how_it_begins() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let priya = town.person(PRIYA, "cp-support");
    says(&morag, "Venue booked").await;
    says(&morag, "Speaker found").await;
    let typed = "/action reverse action:1.2 reason:Twice update:";
    let offered = priya.is_offered(typed).await;
    let labels: Vec<&str> = offered.iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(
        labels,
        [
            "26 October 2020, Morag Sinclair: Speaker found",
            "26 October 2020, Morag Sinclair: Venue booked",
        ]
    );
    let narrowed = priya.is_offered(&format!("{typed}venue")).await;
    assert_eq!(narrowed.len(), 1);
    let picked = format!("{typed}{}", narrowed[0].1);
    let answer = priya.types(&picked).await;
    assert!(answer.contains("(as before)") && answer.contains("Venue booked"), "{answer}");
    let shown = morag.types("/action show action:1.2").await;
    assert!(shown.contains("**Last update**\n    │ Speaker found"), "{shown}");
    assert_eq!(priya.is_offered(typed).await.len(), 1, "what is taken back is not offered");
    assert_snapshot!(priya.types(&picked).await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ That update was taken back already, by you on 26 October 2020 at 09:00.
        │
        │ **What you wrote, to copy**
        │ Twice
    ");
    assert_snapshot!(
        priya.types("/action reverse action:1.2 reason:Twice update:no such words").await, @r#"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ I cannot tell which update of IP-1.2 you mean by "no such words". Pick one from the list that appears as you type, or leave `update` out for the last one.
        │
        │ **What you wrote, to copy**
        │ Twice
    "#
    );
    let by_words = priya.types("/action reverse action:1.2 reason:Twice update:speaker").await;
    assert!(by_words.contains("Taken back: IP-1.2"), "{by_words}");
    assert_snapshot!(priya.types("/action reverse action:1.2 reason:Twice").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ The last update was taken back already, by you on 26 October 2020 at 09:00. To take back an earlier one, pick it in `update`.
        │
        │ **What you wrote, to copy**
        │ Twice
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_cp_support_takes_back_what_others_said_and_never_without_a_reason() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    says(&morag, "Venue lost").await;
    assert_snapshot!(morag.types("/action reverse action:1.2 reason:A slip").await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ You cannot take back what somebody has said, but CP Support can. Tell them which update, and why.
        │
        │ **What you wrote, to copy**
        │ A slip
    ");
    let tom = town.person(TOM, "general");
    let refused = tom.types("/action reverse action:1.2 reason:I know better").await;
    assert!(refused.contains("but CP Support can"), "{refused}");
    let priya = town.person(PRIYA, "cp-support");
    assert_snapshot!(priya.types("/action reverse action:1.2 reason:\u{200b}").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Say why the update is taken back: the record shows the reason beside it.
    ");
    assert_snapshot!(priya.types("/action reverse action:1.1 reason:Never happened").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ IP-1.1 is complete and signed off, so what was said before cannot be taken back. If it was signed off in error, the group has to return it first; CP Support records that.
        │
        │ **What you wrote, to copy**
        │ Never happened
    ");
    let shown = morag.types("/action show action:1.2").await;
    assert!(shown.contains("■ blocked"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_an_author_and_cp_support_one_takes_it_back_and_the_other_is_told() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let priya = town.person(PRIYA, "cp-support");
    says(&morag, "Wrong action").await;
    let (undone, reversed) = tokio::join!(
        morag.presses("Undo"),
        priya.types("/action reverse action:1.2 reason:Wrong action"),
    );
    let told = |answer: &str| answer.contains("taken back already");
    assert_ne!(told(&undone), told(&reversed), "{undone}\n{reversed}");
    let text = town.channel_corrected("cpeg").await;
    assert_eq!(text.matches("Taken back by").count(), 1, "{text}");
    town.reach("2020-10-26 09:05").await;
    assert_eq!(edits(&town), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_after_a_restart_works_and_after_cp_support_says_who_did_it() {
    let mut town = Town::open().await;
    says(&town.person(MORAG, "cpeg"), "Wrong action").await;
    town.kill_bot().await;
    town.start_bot().await;
    let undone = town.person(MORAG, "cpeg").presses("Undo").await;
    assert!(undone.contains("Taken back: IP-1.2"), "{undone}");
    town.channel_corrected("cpeg").await;

    says(&town.person(MORAG, "cpeg"), "Wrong again").await;
    town.reach("2020-10-26 09:10").await;
    let priya = town.person(PRIYA, "cp-support");
    priya.types("/action reverse action:1.2 reason:Wrong again").await;
    town.stop_bot().await;
    town.start_bot().await;
    assert_snapshot!(town.person(MORAG, "cpeg").presses("Undo").await, @"
    [Mon 26 Oct 09:10] Convener (only to Morag Sinclair):
        │ That update was taken back already, by Priya Nair on 26 October 2020 at 09:10.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_between_the_row_and_the_edit_the_line_is_corrected_after_all() {
    let mut town = Town::open().await;
    says(&town.person(MORAG, "cpeg"), "Wrong action").await;
    town.channel_with("cpeg", 1).await;
    town.sandbox().fault(Fault::Hang { on: EDITS.to_owned(), times: usize::MAX });
    let undone = town.person(MORAG, "cpeg").presses("Undo").await;
    assert!(undone.contains("Taken back: IP-1.2"), "the answer waits for no edit: {undone}");
    town.sandbox().until(|_| (edits(&town) > 0).then_some(())).await.unwrap();
    town.kill_bot().await;
    assert!(!town.channel("cpeg").contains("Corrected"), "{}", town.channel("cpeg"));
    town.sandbox().mend();
    town.start_bot().await;
    let text = town.channel_corrected("cpeg").await;
    assert_eq!(text.matches("Corrected").count(), 1, "{text}");
    assert_eq!(town.sandbox().read("cpeg").len(), 1, "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_after_the_edit_was_taken_it_is_made_again_and_reads_the_same() {
    let mut town = Town::open().await;
    says(&town.person(MORAG, "cpeg"), "Wrong action").await;
    town.channel_with("cpeg", 1).await;
    town.sandbox().fault(Fault::HangUp { on: EDITS.to_owned(), times: usize::MAX });
    town.person(MORAG, "cpeg").presses("Undo").await;
    let before = town.channel_corrected("cpeg").await;
    town.kill_bot().await;
    let asked = edits(&town);
    town.sandbox().mend();
    town.start_bot().await;
    town.sandbox().until(|_| (edits(&town) > asked).then_some(())).await.unwrap();
    town.reach("2020-10-26 09:05").await;
    assert_eq!(town.channel("cpeg"), before);
    let made = edits(&town);
    town.kill_bot().await;
    town.start_bot().await;
    town.reach("2020-10-26 09:06").await;
    assert_eq!(edits(&town), made, "what was made is owed no more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_is_not_sent_yet_is_sent_and_then_corrected() {
    let town = Town::open().await;
    let on = "POST /channels/*/messages".to_owned();
    town.sandbox().fault(Fault::Refuse { on, status: 500, times: usize::MAX });
    let morag = town.person(MORAG, "cpeg");
    says(&morag, "Wrong action").await;
    morag.presses("Undo").await;
    assert_eq!(town.sandbox().read("cpeg").len(), 0);
    town.sandbox().mend();
    let text = town.channel_corrected("cpeg").await;
    assert_eq!(town.sandbox().read("cpeg").len(), 1, "{text}");
    assert!(text.contains("Wrong action") && text.contains("Taken back by"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_is_gone_is_given_up_without_a_word() {
    let mut town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    says(&morag, "Wrong action").await;
    town.channel_with("cpeg", 1).await;
    town.sandbox().fault(Fault::Refuse { on: EDITS.to_owned(), status: 404, times: usize::MAX });
    morag.presses("Undo").await;
    town.reach("2020-10-26 09:05").await;
    let asked = edits(&town);
    assert!(asked > 0);
    town.sandbox().mend();
    town.kill_bot().await;
    town.start_bot().await;
    town.reach("2020-10-26 09:10").await;
    assert_eq!(edits(&town), asked, "it was tried again");
    assert_eq!(town.channel("cp-support"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn complete_that_is_taken_back_is_overdue_again_and_asks_for_no_decision() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let awaiting = "/overdue view:awaiting a decision";
    morag.types("/update action:4.1 text:All in place status:complete").await;
    let one = morag.types(awaiting).await;
    assert!(one.contains("IP-4.1"), "{one}");
    let overdue = morag.types("/overdue").await;
    assert!(!overdue.contains("IP-4.1"), "{overdue}");
    town.reach("2020-10-28 09:00").await;
    let priya = town.person(PRIYA, "cp-support");
    let answer = priya.types("/action reverse action:4.1 reason:Not all agreed").await;
    assert!(answer.contains("**Status** ✔ complete, awaiting sign-off →"), "{answer}");
    let overdue = morag.types("/overdue").await;
    assert!(overdue.contains("IP-4.1"), "{overdue}");
    let none_again = morag.types(awaiting).await;
    assert!(!none_again.contains("IP-4.1"), "{none_again}");
    let then = morag.types("/overdue as_of:27 October 2020").await;
    assert!(!then.contains("IP-4.1"), "it stood then: {then}");
    let asked = morag.says("@Convener status of 4.1").await;
    assert!(!asked.contains("All in place") || asked.contains("Taken back"), "{asked}");
}
