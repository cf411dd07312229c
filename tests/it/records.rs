//! After a meeting: who was there, what was decided, what was added, and who is told.

use chrono::DateTime;
use convener::post::Post;
use convener::post::Whither;
use convener::sandbox::Form;
use convener::sandbox::Outcome;
use convener::sandbox::Sandbox;
use convener::store::Store;
use insta::assert_snapshot;

use crate::town::ALASDAIR;
use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::Person;
use crate::town::TOM;
use crate::town::Town;

/// The form that a command or a button opens.
fn form(outcome: Outcome) -> Form {
    match outcome {
        Outcome::Form(form) => form,
        other => panic!("no form was opened: {other:?}"),
    }
}

/// The form that a button opens for an officer.
async fn pressed(town: &Town, label: &str) -> Form {
    form(town.sandbox().press(PRIYA, "cp-support", label).await.unwrap())
}

/// What stands in a form already, by input.
fn filled(form: &Form) -> Vec<String> {
    let inputs = form.inputs().map(|input| {
        let value = input["value"].as_str().unwrap_or_default();
        format!("{}: {value}", input["custom_id"].as_str().unwrap_or_default())
    });
    inputs.collect()
}

/// Records who was there, where all of them are new.
async fn attended(priya: &Person<'_>, meeting: &str, lists: [&str; 3]) -> String {
    let line = format!("/meeting record meeting:{meeting}");
    let [present, substitutes, apologies] = lists;
    let lists = [("present", present), ("substitutes", substitutes), ("apologies", apologies)];
    let opened = form(priya.opens(&line).await);
    priya.sends(&opened, &lists).await
}

/// A town in the week of a CPEG meeting, to which a sign-off, two new dates and an action are brought.
async fn before_cpeg() -> Town {
    let town = Town::at("2020-12-08 09:00").await;
    let (morag, priya) = (town.person(MORAG, "cpeg"), town.person(PRIYA, "cp-support"));
    priya.types("/lead link body:FLO person:Fiona Campbell as:holder").await;
    morag.types("/update action:1.2 text:All sessions held status:complete").await;
    morag.types("/reschedule action:1.4 target:December 2021 reason:No halls").await;
    morag.presses("Ask for this date").await;
    let fiona = town.person(FIONA, "dig-flourishing");
    fiona.types("/reschedule action:4.1 target:May 2021 reason:Two groups are late").await;
    fiona.presses("Ask for this date").await;
    let bring =
        "/action bring action:3.2 meeting:CPEG 2020-12-10 purpose:decision words:Two layouts";
    priya.types(bring).await;
    town.reach("2020-12-10 18:00").await;
    town
}

/// Waits until the sandbox has seen that the bot is gone.
async fn gone(town: &Town) {
    let gone = |sandbox: &Sandbox| (!sandbox.is_online()).then_some(());
    town.sandbox().until(gone).await.unwrap();
}

/// What is owed to people at a moment, by the record.
async fn owed_to_people(town: &Town, at: &str) -> Vec<Post> {
    let record = Store::open(&town.record()).await.unwrap();
    let now: DateTime<chrono::Utc> = at.parse().unwrap();
    let owed = record.read(now).await.unwrap().posts_owed(50).await.unwrap();
    record.close().await;
    owed.into_iter().filter(|post| matches!(post.to, Whither::Person(_))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_is_taken_through_a_meeting_and_everybody_concerned_is_told_at_its_end() {
    let mut town = before_cpeg().await;
    let told_before = town.sandbox().read("cpeg").len();
    let priya = town.person(PRIYA, "cp-support");
    let opened = form(priya.opens("/meeting record").await);
    assert_snapshot!(opened.title, @"");
    let lists = [
        ("present", "Police Scotland: Gail Rae\nWest Dunbartonshire Council\nScottish Enterprise"),
        ("substitutes", "NHS: Bob Orr"),
        ("apologies", "Scottish Fire and Rescue Service"),
        ("minutes", "CPEG 2020/12"),
    ];
    assert_snapshot!(priya.sends(&opened, &lists).await, @"");
    assert_snapshot!(priya.presses("Add these 5 agencies").await, @"");

    // A decision, with its own minute.
    let signing = pressed(&town, "Sign off").await;
    assert_snapshot!(filled(&signing).join("\n"), @"");
    assert_snapshot!(priya.sends(&signing, &[("minute_ref", "4.1")]).await, @"");

    // It is left, the bot is killed, and it is taken up where it was left.
    town.kill_bot().await;
    gone(&town).await;
    town.start_bot().await;
    let priya = town.person(PRIYA, "cp-support");
    assert_snapshot!(priya.types("/meeting record").await, @"");
    let another = pressed(&town, "Another date").await;
    let sent = priya.sends(&another, &[("target", "when it is done"), ("note", "Not so late")]);
    assert_snapshot!(sent.await, @"");
    let sent = priya.sends(&another, &[("target", "June 2021"), ("note", "Not so late")]).await;
    assert_snapshot!(sent, @"");
    assert_snapshot!(priya.presses("Leave open").await, @"");
    let agreed = pressed(&town, "Write what was agreed").await;
    assert_snapshot!(priya.sends(&agreed, &[("words", "The second layout")]).await, @"");

    let adding = pressed(&town, "Add an action").await;
    let action = [
        ("title", "Map the groups in every ward"),
        ("lead", "Flourishing DIG"),
        ("target", "May 2021"),
        ("area", "2"),
    ];
    assert_snapshot!(priya.sends(&adding, &action).await, @"");
    assert_eq!(town.sandbox().read("cpeg").len(), told_before, "{}", town.newest("cpeg"));

    assert_snapshot!(priya.presses("Finish").await, @"");
    town.channel_with("cpeg", told_before + 1).await;
    assert_snapshot!(town.newest("cpeg"), @"");
    assert_snapshot!(town.newest("dig-safe"), @"");
    // Whoever is known by name is told privately, and not in the evening.
    assert_eq!(owed_to_people(&town, "2020-12-11T08:59:59Z").await, []);
    let owed = owed_to_people(&town, "2020-12-11T09:00:00Z").await;
    assert_eq!(owed.len(), 1, "{owed:?}");
    assert_snapshot!(format!("{:#?}", (&owed[0].card.title, &owed[0].card.sections)), @"");
    assert_snapshot!(priya.types("/meeting record").await, @"");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_people_record_at_once_is_recorded_once() {
    let town = before_cpeg().await;
    let (morag, priya) = (town.person(MORAG, "cpeg"), town.person(PRIYA, "cp-support"));
    attended(&priya, "CPEG 2020-12-10", ["NHS", "", ""]).await;
    priya.presses("Add NHS").await;
    let first = priya.types("/meeting record").await;
    assert!(first.contains("Decision 1 of 3"), "{first}");
    morag.types("/meeting record").await;
    let signing = pressed(&town, "Sign off").await;
    let theirs = form(town.sandbox().press(MORAG, "cpeg", "Sign off").await.unwrap());
    assert!(priya.sends(&signing, &[]).await.contains("complete, signed off"));
    assert_snapshot!(morag.sends(&theirs, &[]).await, @"");
    let left = priya.presses("Leave open").await;
    assert!(left.contains("Left open: **IP-4.1**"), "{left}");
    // A button that is pressed again goes on where the record is.
    let again = priya.presses("Leave open").await;
    assert!(again.contains("Left open: **IP-1.4**"), "{again}");
    priya.presses("Noted").await;
    let told_before = town.sandbox().read("cpeg").len();
    let finished = priya.presses("Finish").await;
    assert!(finished.contains("Finished."), "{finished}");
    morag.types("/meeting record meeting:CPEG 2020-12-10").await;
    let stale = priya.presses("Finish").await;
    assert!(stale.contains("Recorded by Priya Nair"), "{stale}");
    assert_eq!(town.channel_with("cpeg", told_before + 1).await, town.channel("cpeg"));
    assert_eq!(town.sandbox().read("cpeg").len(), told_before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agency_that_is_not_known_or_stands_twice_is_asked_about_and_nothing_is_lost() {
    let town = Town::at("2020-12-11 10:00").await;
    let priya = town.person(PRIYA, "cp-support");
    attended(&priya, "CPEG 2020-10-08", ["Police Scotland\nNHS", "", ""]).await;
    priya.presses("Add these 2 agencies").await;
    let present = "Polis Scotland: Gail Rae\nNHS\nSPT\nCPEG";
    assert_snapshot!(attended(&priya, "CPEG 2020-12-10", [present, "NHS: Bob Orr", ""]).await, @"");
    assert_snapshot!(priya.presses("It is Police Scotland").await, @"");
    let again = pressed(&town, "Change what I wrote").await;
    assert_snapshot!(filled(&again).join("\n"), @"");
    let without = [("present", "Police Scotland: Gail Rae\nNHS\nSPT")];
    priya.sends(&again, &without).await;
    assert_snapshot!(priya.presses("NHS: substitute").await, @"");
    assert_snapshot!(priya.presses("Add SPT").await, @"");
    // What was recorded is corrected by a further entry.
    let correcting = pressed(&town, "Attendance").await;
    assert_snapshot!(filled(&correcting).join("\n"), @"");
    let moved = [("present", "Police Scotland"), ("apologies", "SPT")];
    assert_snapshot!(priya.sends(&correcting, &moved).await, @"");
    // An agency that leads nothing is not missed among those who hold something.
    let held = priya.types("/lead list").await;
    assert!(!held.contains("SPT") && !held.contains("Nobody linked"), "{held}");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_does_not_record_what_is_agreed_records_no_meeting() {
    let town = Town::at("2020-12-11 10:00").await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/meeting record").await, @"");
    let fiona = town.person(FIONA, "dig-flourishing");
    let refused = fiona.types("/meeting record meeting:CPEG 2020-12-10").await;
    assert!(refused.contains("You cannot record what was agreed"), "{refused}");
    let alasdair = town.person(ALASDAIR, "cpwd-board");
    let offered = alasdair.is_offered("/meeting record meeting:").await;
    assert_snapshot!(format!("{:?}", &offered[..2]), @"");
    assert_snapshot!(alasdair.types("/meeting record meeting:CPEG 2021-02-11").await, @"");
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_how_agencies_came_to_the_last_meetings() {
    let town = Town::at("2021-04-09 10:00").await;
    let priya = town.person(PRIYA, "cp-support");
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/meeting attendance body:CPEG last:3").await, @"");
    let opened =
        attended(&priya, "CPEG 2020-10-08", ["NHS: Anne Ritchie\nPolice Scotland", "", "SPT"]);
    assert!(opened.await.contains("I do not know"));
    priya.presses("Add these 3 agencies").await;
    // Those of the meeting before stand in the form.
    let next = form(priya.opens("/meeting record meeting:CPEG 2020-12-10").await);
    assert_snapshot!(filled(&next).join("\n"), @"");
    priya.sends(&next, &[("present", "NHS"), ("substitutes", "Police Scotland: A Sergeant")]).await;
    attended(&priya, "CPEG 2021-04-08", ["Police Scotland", "NHS", "SPT"]).await;
    assert_snapshot!(tom.types("/meeting attendance body:CPEG last:4").await, @"");
    assert_snapshot!(tom.types("/meeting attendance body:CPEG last:forty").await, @"");
    let none = tom.types("/meeting attendance body:Safe DIG").await;
    assert!(none.contains("has not met"), "{none}");
}
