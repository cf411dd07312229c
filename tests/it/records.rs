//! After a meeting: who was there, what was decided, what was added, and who is told.

mod attendance;

use chrono::DateTime;
use convener::body::UserId;
use convener::post::Post;
use convener::post::Whither;
use convener::sandbox::Fault;
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
        let line = format!("{}: {value}", input["custom_id"].as_str().unwrap_or_default());
        line.trim_end().to_owned()
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
    priya.types("/action repeat action:1.2 every:year").await;
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
    let [told_before, in_group] =
        ["cpeg", "dig-flourishing"].map(|channel| town.sandbox().read(channel).len());
    let priya = town.person(PRIYA, "cp-support");
    let opened = form(priya.opens("/meeting record").await);
    assert_snapshot!(opened.title, @"CPEG, 10 December 2020");
    let lists = [
        ("present", "Police Scotland: Gail Rae\nWest Dunbartonshire Council\nScottish Enterprise"),
        ("substitutes", "NHS: Bob Orr"),
        ("apologies", "Scottish Fire and Rescue Service"),
        ("minutes", "CPEG 2020/12"),
    ];
    assert_snapshot!(priya.sends(&opened, &lists).await, @"
    [Thu 10 Dec 18:00] Convener (only to Priya Nair):
        │ Nearly: CPEG, Thursday 10 December 2020
        │ Nothing of it is recorded yet. What you wrote is kept; please settle this first.
        │
        │ **Please check**
        │ I do not know “Police Scotland”, “West Dunbartonshire Council”, “Scottish Enterprise”, “NHS” and “Scottish Fire and Rescue Service” as agencies yet.
        [Add these 5 agencies] [Change what I wrote]
    ");
    assert_snapshot!(priya.presses("Add these 5 agencies").await, @"
    [Thu 10 Dec 18:00] Convener (only to Priya Nair):
        │ CPEG, Thursday 10 December 2020
        │ Attendance recorded.
        │ 4 agencies were there, 1 of them by a substitute; 1 sent apologies.
        │
        │ **To decide, 1 of 4**
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▷ new date asked: May 2021, not September 2020 · would be move 1
        │ “Two groups are late” · Fiona Campbell, Flourishing DIG
        │ — Nobody is told until you press Finish at the end. You can stop here and go on later with /meeting record.
        [Agree date] [Refuse date] [Another date] [Leave open] [Add an action]
        [Attendance]
    ");

    let another = pressed(&town, "Another date").await;
    let sent = priya.sends(&another, &[("target", "when it is done"), ("note", "Not so late")]);
    assert_snapshot!(sent.await, @"
    [Thu 10 Dec 18:00] Convener (only to Priya Nair):
        │ “when it is done” hangs on something else; which day is meant? Write when it will be done: a day, a month or a quarter, such as 30 September 2021, September 2021 or Q2 2021/22.
        │
        │ **What you wrote, to copy**
        │ when it is done
        │ Not so late
    ");
    let another = pressed(&town, "Another date").await;
    assert_snapshot!(filled(&another).join("\n"), @"
    target:
    minute_ref: CPEG 2020/12
    note:
    ");
    let sent = priya.sends(&another, &[("target", "April 2021"), ("note", "Not so late")]).await;
    assert_snapshot!(sent, @"
    [Thu 10 Dec 18:00] Convener (only to Priya Nair):
        │ CPEG, Thursday 10 December 2020
        │ **IP-4.1** Share case studies of joint working: another date agreed: April 2021; May 2021 was asked for by Fiona Campbell · was September 2020, moved ×1
        │ 4 agencies were there, 1 of them by a substitute; 1 sent apologies.
        │
        │ **To decide, 2 of 4**
        │ **IP-1.2** Awareness sessions: community planning in practice · CPEG
        │ ✔ complete, awaiting sign-off · last update 8 December 2020
        │ — Nobody is told until you press Finish at the end. You can stop here and go on later with /meeting record.
        [Sign off] [Return] [Leave open] [Add an action] [Attendance]
    ");

    // It is left, the bot is killed, and it is taken up where it was left.
    town.kill_bot().await;
    gone(&town).await;
    town.start_bot().await;
    let priya = town.person(PRIYA, "cp-support");
    assert_snapshot!(priya.types("/meeting record").await, @"
    [Thu 10 Dec 18:00] Convener (only to Priya Nair):
        │ CPEG, Thursday 10 December 2020
        │ 4 agencies were there, 1 of them by a substitute; 1 sent apologies.
        │
        │ **To decide, 2 of 4**
        │ **IP-1.2** Awareness sessions: community planning in practice · CPEG
        │ ✔ complete, awaiting sign-off · last update 8 December 2020
        │ — Nobody is told until you press Finish at the end. You can stop here and go on later with /meeting record.
        [Sign off] [Return] [Leave open] [Add an action] [Attendance]
    ");
    let signing = pressed(&town, "Sign off").await;
    assert_snapshot!(priya.sends(&signing, &[("minute_ref", "4.1")]).await, @"
    [Thu 10 Dec 18:00] Convener (only to Priya Nair):
        │ CPEG, Thursday 10 December 2020
        │ **IP-1.2** Awareness sessions: community planning in practice: ✔ complete, signed off
        │ 4 agencies were there, 1 of them by a substitute; 1 sent apologies.
        │
        │ **To decide, 3 of 4**
        │ **IP-1.4** Hold engagement sessions that shape future plans · CPEG
        │ ▷ new date asked: December 2021, not June – September 2021 · would be move 1
        │ “No halls” · Morag Sinclair, CPEG
        │ — Nobody is told until you press Finish at the end. You can stop here and go on later with /meeting record.
        [Agree date] [Refuse date] [Another date] [Leave open] [Add an action]
        [Attendance]
    ");
    assert_snapshot!(priya.presses("Leave open").await, @"
    [Thu 10 Dec 18:00] Convener (only to Priya Nair):
        │ CPEG, Thursday 10 December 2020
        │ Left open: **IP-1.4** Hold engagement sessions that shape future plans
        │ 4 agencies were there, 1 of them by a substitute; 1 sent apologies.
        │
        │ **Brought for decision, 4 of 4**
        │ **IP-3.2** Show CPWD the direction of travel with performance figures
        │ Two layouts · promised by Priya Nair, 8 December 2020
        │ — Nobody is told until you press Finish at the end. You can stop here and go on later with /meeting record.
        [Write what was agreed] [Noted] [Leave open] [Add an action] [Attendance]
    ");
    let agreed = pressed(&town, "Write what was agreed").await;
    assert_snapshot!(priya.sends(&agreed, &[("words", "The second layout")]).await, @"
    [Thu 10 Dec 18:00] Convener (only to Priya Nair):
        │ CPEG, Thursday 10 December 2020
        │ Everything that was asked of it is answered.
        │
        │ **Attendance**
        │ **There** Police Scotland (Gail Rae), Scottish Enterprise, West Dunbartonshire Council
        │ **By a substitute** NHS (Bob Orr)
        │ **Apologies** Scottish Fire and Rescue Service
        │ **Minutes** CPEG 2020/12
        │
        │ **Decided**
        │ **IP-4.1** Share case studies of joint working: new date agreed: April 2021 · was September 2020, moved ×1 · “Not so late”
        │ **IP-1.2** Awareness sessions: community planning in practice: ✔ complete, signed off · comes round again as IP-1.2/2, due March 2022 · minute 4.1
        │
        │ **Brought to it**
        │ **IP-3.2** Show CPWD the direction of travel with performance figures: agreed: The second layout
        │
        │ **Left open**
        │ **IP-1.4** Hold engagement sessions that shape future plans: the new date asked for, December 2021
        │ — Finish tells the channel of the meeting what came of it, and each lead what is theirs.
        [Finish] [Add an action] [Attendance] [Agree date IP-1.4] [Refuse date IP-1.4]
        [Another date IP-1.4]
    ");

    let adding = pressed(&town, "Add an action").await;
    let action = [
        ("title", "Map the groups in every ward"),
        ("lead", "Flourishing DIG"),
        ("target", "May 2021"),
        ("area", "2"),
    ];
    assert_snapshot!(priya.sends(&adding, &action).await, @"
    [Thu 10 Dec 18:00] Convener (only to Priya Nair):
        │ CPEG, Thursday 10 December 2020
        │ Added: **IP-2.3** Map the groups in every ward
        │ Everything that was asked of it is answered.
        │
        │ **Attendance**
        │ **There** Police Scotland (Gail Rae), Scottish Enterprise, West Dunbartonshire Council
        │ **By a substitute** NHS (Bob Orr)
        │ **Apologies** Scottish Fire and Rescue Service
        │ **Minutes** CPEG 2020/12
        │
        │ **Decided**
        │ **IP-4.1** Share case studies of joint working: new date agreed: April 2021 · was September 2020, moved ×1 · “Not so late”
        │ **IP-1.2** Awareness sessions: community planning in practice: ✔ complete, signed off · comes round again as IP-1.2/2, due March 2022 · minute 4.1
        │
        │ **Brought to it**
        │ **IP-3.2** Show CPWD the direction of travel with performance figures: agreed: The second layout
        │
        │ **New actions**
        │ **IP-2.3** Map the groups in every ward: Flourishing DIG · due May 2021
        │
        │ **Left open**
        │ **IP-1.4** Hold engagement sessions that shape future plans: the new date asked for, December 2021
        │ — Finish tells the channel of the meeting what came of it, and each lead what is theirs.
        [Finish] [Add an action] [Attendance] [Agree date IP-1.4] [Refuse date IP-1.4]
        [Another date IP-1.4]
    ");
    assert_eq!(town.sandbox().read("cpeg").len(), told_before, "{}", town.newest("cpeg"));

    assert_snapshot!(priya.presses("Finish").await, @"
    [Thu 10 Dec 18:00] Convener (only to Priya Nair):
        │ CPEG, Thursday 10 December 2020
        │ Finished. #cpeg reads what came of it, 2 leads are told privately and 5 leads' channels read what is theirs.
        │ Recorded by Priya Nair on 10 December 2020.
        │
        │ **Attendance**
        │ **There** Police Scotland (Gail Rae), Scottish Enterprise, West Dunbartonshire Council
        │ **By a substitute** NHS (Bob Orr)
        │ **Apologies** Scottish Fire and Rescue Service
        │ **Minutes** CPEG 2020/12
        │
        │ **Decided**
        │ **IP-4.1** Share case studies of joint working: new date agreed: April 2021 · was September 2020, moved ×1 · “Not so late”
        │ **IP-1.2** Awareness sessions: community planning in practice: ✔ complete, signed off · comes round again as IP-1.2/2, due March 2022 · minute 4.1
        │
        │ **Brought to it**
        │ **IP-3.2** Show CPWD the direction of travel with performance figures: agreed: The second layout
        │
        │ **New actions**
        │ **IP-2.3** Map the groups in every ward: Flourishing DIG · due May 2021
        │
        │ **Left open**
        │ **IP-1.4** Hold engagement sessions that shape future plans: the new date asked for, December 2021
        │ — What is changed now is recorded as a further entry.
        [Add an action] [Attendance] [Agree date IP-1.4] [Refuse date IP-1.4] [Another date IP-1.4]
    ");
    town.channel_with("cpeg", told_before + 1).await;
    assert_snapshot!(town.newest("cpeg"), @"
    [Thu 10 Dec 18:00] Convener:
        │ What came of CPEG, Thursday 10 December 2020
        │ 4 agencies were there, 1 of them by a substitute; 1 sent apologies.
        │
        │ **Decided**
        │ **IP-4.1** Share case studies of joint working: new date agreed: April 2021 · was September 2020, moved ×1 · “Not so late”
        │ **IP-1.2** Awareness sessions: community planning in practice: ✔ complete, signed off · comes round again as IP-1.2/2, due March 2022 · minute 4.1
        │
        │ **Brought to it**
        │ **IP-3.2** Show CPWD the direction of travel with performance figures: agreed: The second layout
        │
        │ **New actions**
        │ **IP-2.3** Map the groups in every ward: Flourishing DIG · due May 2021
        │
        │ **Left open**
        │ **IP-1.4** Hold engagement sessions that shape future plans: the new date asked for, December 2021
        │ — Recorded by Priya Nair · minutes CPEG 2020/12
    ");
    // Others of a group read it in its channel, whoever of them is told privately.
    town.channel_with("dig-flourishing", in_group + 1).await;
    assert_snapshot!(town.newest("dig-flourishing"), @"
    [Thu 10 Dec 18:00] Convener:
        │ From CPEG, Thursday 10 December 2020
        │ What it means for the actions led from here.
        │
        │ **Decided**
        │ **IP-4.1** Share case studies of joint working: new date agreed: April 2021 · was September 2020, moved ×1 · “Not so late”
        │
        │ **New actions**
        │ **IP-2.3** Map the groups in every ward: Flourishing DIG · due May 2021
        │ — /action show has the whole of each.
    ");
    town.channel_with("dig-safe", 1).await;
    assert_snapshot!(town.newest("dig-safe"), @"
    [Thu 10 Dec 18:00] Convener:
        │ From CPEG, Thursday 10 December 2020
        │ What it means for the actions led from here.
        │
        │ **Decided**
        │ **IP-4.1** Share case studies of joint working: new date agreed: April 2021 · was September 2020, moved ×1 · “Not so late”
        │ — /action show has the whole of each.
    ");
    let history = priya.types("/action history action:1.4").await;
    assert!(history.contains("Left open by CPEG"), "{history}");
    let history = priya.types("/action history action:2.3").await;
    assert!(history.contains("Agreed by CPEG as a new action"), "{history}");
    // Whoever is known to hold a lead, by name or by its role, is told privately, and not in the evening.
    assert_eq!(owed_to_people(&town, "2020-12-11T08:59:59Z").await, []);
    let owed = owed_to_people(&town, "2020-12-11T09:00:00Z").await;
    let people = [FIONA, MORAG].map(|name| UserId(town.sandbox().person_id(name).get()));
    let told: Vec<Whither> = owed.iter().map(|post| post.to).collect();
    assert_eq!(told, people.map(Whither::Person));
    assert_eq!(owed[1].card.sections.len(), 3, "{owed:?}");
    assert_snapshot!(format!("{:#?}", (&owed[0].card.title, &owed[0].card.sections)), @r#"
    (
        "From CPEG, Thursday 10 December 2020",
        [
            Section {
                heading: "Decided",
                lines: [
                    "**IP-4.1** Share case studies of joint working: new date agreed: April 2021 · was September 2020, moved ×1 · “Not so late”",
                ],
                left_out: 0,
            },
            Section {
                heading: "New actions",
                lines: [
                    "**IP-2.3** Map the groups in every ward: Flourishing DIG · due May 2021",
                ],
                left_out: 0,
            },
        ],
    )
    "#);
    // The next that is still to be recorded is an earlier one.
    let next = form(priya.opens("/meeting record").await);
    assert_eq!(next.title, "CPWD board, 19 November 2020");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_people_record_at_once_is_recorded_once() {
    let town = before_cpeg().await;
    let (morag, priya) = (town.person(MORAG, "cpeg"), town.person(PRIYA, "cp-support"));
    attended(&priya, "CPEG 2020-12-10", ["NHS", "", ""]).await;
    priya.presses("Add NHS").await;
    let first = priya.types("/meeting record").await;
    assert!(first.contains("To decide, 1 of 4"), "{first}");
    morag.types("/meeting record").await;
    let agreeing = pressed(&town, "Agree date").await;
    let theirs = form(town.sandbox().press(MORAG, "cpeg", "Agree date").await.unwrap());
    let agreed = priya.sends(&agreeing, &[]).await;
    assert!(agreed.contains("new date agreed: May 2021"), "{agreed}");
    assert_snapshot!(morag.sends(&theirs, &[]).await, @"
    [Thu 10 Dec 18:00] Convener (only to Morag Sinclair):
        │ No request for a new date for IP-4.1 awaits a decision. Its lead asks first, with `/reschedule`.
        │ New date agreed: decided by CPEG on 10 December 2020. Recorded by Priya Nair on 10 December 2020 at 18:00.
    ");
    // A button of the question that is answered leads on to the next one.
    let stale = morag.presses("Leave open").await;
    assert!(stale.contains("To decide, 2 of 4") && !stale.contains("Left open"), "{stale}");
    let signing = pressed(&town, "Sign off").await;
    assert!(priya.sends(&signing, &[]).await.contains("complete, signed off"));
    assert!(priya.presses("Leave open").await.contains("Left open: **IP-1.4**"));
    priya.presses("Noted").await;
    let told_before = town.sandbox().read("cpeg").len();
    let finished = priya.presses("Finish").await;
    assert!(finished.contains("Finished."), "{finished}");
    morag.types("/meeting record meeting:CPEG 2020-12-10").await;
    let stale = priya.presses("Finish").await;
    assert!(stale.contains("Recorded by Priya Nair"), "{stale}");
    town.channel_with("cpeg", told_before + 1).await;
    // What is corrected afterwards is told by a further card.
    let correcting = pressed(&town, "Attendance").await;
    let corrected = priya.sends(&correcting, &[("present", "NHS\nSPT")]).await;
    assert!(corrected.contains("[Add SPT]"), "{corrected}");
    assert_snapshot!(priya.presses("Add SPT").await, @"
    [Thu 10 Dec 18:00] Convener (only to Priya Nair):
        │ CPEG, Thursday 10 December 2020
        │ Attendance recorded.
        │ Recorded by Priya Nair on 10 December 2020. What is new since has not been told yet.
        │
        │ **Attendance**
        │ **There** NHS, SPT
        │
        │ **Decided**
        │ **IP-4.1** Share case studies of joint working: new date agreed: May 2021 · was September 2020, moved ×1
        │ **IP-1.2** Awareness sessions: community planning in practice: ✔ complete, signed off · comes round again as IP-1.2/2, due March 2022
        │
        │ **Brought to it**
        │ **IP-3.2** Show CPWD the direction of travel with performance figures: noted
        │
        │ **Left open**
        │ **IP-1.4** Hold engagement sessions that shape future plans: the new date asked for, December 2021
        │ — “Tell what is new” tells the channel of the meeting, and each lead what is theirs.
        [Tell what is new] [Add an action] [Attendance] [Agree date IP-1.4] [Refuse date IP-1.4]
        [Another date IP-1.4]
    ");
    priya.presses("Tell what is new").await;
    town.channel_with("cpeg", told_before + 2).await;
    assert_snapshot!(town.newest("cpeg"), @"
    [Thu 10 Dec 18:00] Convener:
        │ New in the record of CPEG, Thursday 10 December 2020
        │ 2 agencies were there.
        │ — Recorded by Priya Nair
    ");
    assert_eq!(town.sandbox().read("cpeg").len(), told_before + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_does_not_record_what_is_agreed_records_no_meeting() {
    let town = Town::at("2020-12-11 10:00").await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/meeting record").await, @"
    [Fri 11 Dec 10:00] Convener (only to Tom Walker):
        │ You cannot record what was agreed, but CP Support, the chair of CPEG or the chair of CPWD can. Tell them the meeting and the minute.
    ");
    let fiona = town.person(FIONA, "dig-flourishing");
    let refused = fiona.types("/meeting record meeting:CPEG 2020-12-10").await;
    assert!(refused.contains("You cannot record what was agreed"), "{refused}");
    let alasdair = town.person(ALASDAIR, "cpwd-board");
    let offered = alasdair.is_offered("/meeting record meeting:").await;
    assert_snapshot!(format!("{:?}", &offered[..2]), @r#"[("CPEG, Thursday 10 December 2020", "CPEG 2020-12-10"), ("CPWD board, Thursday 19 November 2020", "CPWD 2020-11-19")]"#);
    assert_snapshot!(alasdair.types("/meeting record meeting:CPEG 2021-02-11").await, @r#"
    [Fri 11 Dec 10:00] Convener (only to Alasdair Reid):
        │ "CPEG 2021-02-11" is not one meeting that has begun. The last were CPEG, Thursday 10 December 2020; CPWD board, Thursday 19 November 2020; CPEG, Thursday 8 October 2020. Pick it from the list that appears as you type.
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_recorded_by_itself_is_counted_and_not_told_again() {
    let town = before_cpeg().await;
    let priya = town.person(PRIYA, "cp-support");
    priya.types("/decide sign-off action:1.2 meeting:CPEG 2020-12-10").await;
    attended(&priya, "CPEG 2020-12-10", ["NHS", "", ""]).await;
    let first = priya.presses("Add NHS").await;
    assert!(first.contains("To decide, 2 of 4"), "{first}");
    priya.presses("Leave open").await;
    priya.presses("Leave open").await;
    let all = priya.presses("Noted").await;
    assert!(all.contains("1 further decision was told when recorded."), "{all}");
    // The lines of what was decided by itself are all there.
    town.reach("2020-12-10 18:00").await;
    let told_before = town.sandbox().read("cpeg").len();
    priya.presses("Finish").await;
    town.channel_with("cpeg", told_before + 1).await;
    assert_snapshot!(town.newest("cpeg"), @"
    [Thu 10 Dec 18:00] Convener:
        │ What came of CPEG, Thursday 10 December 2020
        │ 1 agency was there.
        │ 1 further decision was told when recorded.
        │
        │ **Brought to it**
        │ **IP-3.2** Show CPWD the direction of travel with performance figures: noted
        │
        │ **Left open**
        │ **IP-4.1** Share case studies of joint working: the new date asked for, May 2021
        │ **IP-1.4** Hold engagement sessions that shape future plans: the new date asked for, December 2021
        │ — Recorded by Priya Nair
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_who_takes_no_messages_is_told_what_came_of_it_in_their_channel() {
    let town = Town::at("2020-12-08 09:00").await;
    let fiona = town.person(FIONA, "dig-flourishing");
    fiona.types("/reschedule action:4.1 target:May 2021 reason:Two groups are late").await;
    fiona.presses("Ask for this date").await;
    town.reach("2020-12-10 15:00").await;
    town.sandbox().fault(Fault::RefuseDirect { person: Some(FIONA.into()) });
    let priya = town.person(PRIYA, "cp-support");
    attended(&priya, "CPEG 2020-12-10", ["Police Scotland", "", ""]).await;
    priya.presses("Add Police Scotland").await;
    let agree = pressed(&town, "Agree date").await;
    priya.sends(&agree, &[]).await;
    let finished = priya.presses("Finish").await;
    assert!(finished.contains("told privately"), "{finished}");
    town.said("dig-flourishing", "closed to me").await;
    town.reach("2020-12-10 15:00").await;
    assert_snapshot!(town.channel("dig-flourishing"), @r#"
    [Tue 8 Dec 09:00] Convener:
        │ **IP-4.1** Share case studies of joint working: new date asked: May 2021, not September 2020 · “Two groups are late” · Fiona Campbell, Flourishing DIG
    [Thu 10 Dec 15:00] Convener:
        │ From CPEG, Thursday 10 December 2020
        │ What it means for the actions led from here.
        │
        │ **Decided**
        │ **IP-4.1** Share case studies of joint working: new date agreed: May 2021 · was September 2020, moved ×1
        │ — /action show has the whole of each.
    [Thu 10 Dec 15:00] Convener (following on "From CPEG, Thursday 10 December 2020", rings @Fiona Campbell): @Fiona Campbell
        │ This is about actions that you lead. I say it here because your direct messages are closed to me.
    "#);
    assert_eq!(town.private(FIONA), "");
}
