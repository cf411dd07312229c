//! What people do every day: their own actions, lists a page at a time, upkeep, and sharing.

use chrono::DateTime;
use convener::body::ChannelId;
use convener::body::RoleId;
use convener::body::ServerId;
use convener::body::UserId;
use convener::config::partnership;
use convener::config::setting::Settings;
use convener::desk::Desk;
use convener::desk::Failure;
use convener::desk::Refusal;
use convener::request::Ask;
use convener::request::Caller;
use convener::request::Place;
use convener::request::Request;
use convener::request::list::MineAsk;
use convener::request::upkeep::AddAsk;
use convener::request::upkeep::EditAsk;
use convener::sandbox::Outcome;
use convener::store::Store;
use convener::view::Answer;
use insta::assert_snapshot;

use crate::town::ALASDAIR;
use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::TOM;
use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn somebody_sees_what_their_bodies_answer_for_and_updates_it() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    assert_snapshot!(morag.types("/mine").await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ Your actions, as at Monday 26 October 2020
        │ CPEG answers for 4 actions; 4 need attention.
        │
        │ **Needs attention**
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 26 days past September 2020 · ● on track · last update October 2020
        │ **IP-1.2** Awareness sessions: community planning in practice · CPEG
        │ due March 2021 · ● on track · last update October 2020
        │ **IP-1.4** Hold engagement sessions that shape future plans · CPEG
        │ due June – September 2021 · ○ not started · no update yet
        │ **IP-3.2** Show CPWD the direction of travel with performance figures · CPEG
        │ no date · ● on track · last update October 2020
        [Update IP-4.1] [Update IP-1.2] [Update IP-1.4] [Update IP-3.2] [Share here]
    ");
    assert_snapshot!(morag.types("/mine view:overdue").await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ Overdue on Monday 26 October 2020
        │ 1 of 4 actions that CPEG answers for is overdue.
        │
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 26 days past September 2020 · ● on track · last update October 2020
        │ — No date, so never overdue: IP-3.2.
        [Update IP-4.1] [Share here]
    ");
    let form = town.sandbox().press(MORAG, "cpeg", "Update IP-4.1").await.unwrap();
    let Outcome::Form(form) = form else { panic!("{form:?}") };
    assert_eq!(form.title, "IP-4.1 Share case studies of joint working");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_without_a_body_is_told_in_words() {
    let town = Town::open().await;
    assert_snapshot!(town.person(TOM, "general").types("/mine").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ You do not hold any body here, so no action is yours. If you chair a group or answer for one, ask CP Support to give you its role.
        │ `/overdue` and `/action list` show what everybody answers for.
    ");
    assert_snapshot!(town.person(PRIYA, "cp-support").types("/mine").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Your actions, as at Monday 26 October 2020
        │ CP Support answers for 2 actions; 2 need attention.
        │
        │ **Needs attention**
        │ **IP-2.2** Bring feedback from all partners into one hub · CP Support
        │ due February 2021 · ○ not started · last update October 2020
        │ **IP-1.3** Make use of the data that partners and members hold · CP Support
        │ due June 2021 · ○ not started · no update yet
        [Update IP-2.2] [Update IP-1.3] [Share here]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_answers_for_is_shared_in_the_name_of_their_body() {
    let town = Town::open().await;
    let alasdair = town.person(ALASDAIR, "cpwd-board");
    alasdair.types("/mine").await;
    alasdair.presses("Share here").await;
    assert_snapshot!(town.channel_with("cpwd-board", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ What CPWD answers for, as at Monday 26 October 2020
        │ CPWD answers for 1 action; 1 needs attention.
        │
        │ **Needs attention**
        │ **IP-4.2** Review the terms of reference at every level · CPWD Chair
        │ due November 2020 · ● on track · last update October 2020
        │ — Left out: 1 signed off.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_is_listed_ten_a_page_and_turned_after_a_restart() {
    let mut town = Town::open().await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/action list").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Actions, as at Monday 26 October 2020
        │ 11 actions.
        │
        │ **1–10 of 11**
        │ **IP-1.1** Set up an executive group of officers · CPWD Chair
        │ ✔ complete, signed off · last update October 2020
        │ **IP-1.2** Awareness sessions: community planning in practice · CPEG
        │ due March 2021 · ● on track · last update October 2020
        │ **IP-1.3** Make use of the data that partners and members hold · CP Support
        │ due June 2021 · ○ not started · no update yet
        │ **IP-1.4** Hold engagement sessions that shape future plans · CPEG
        │ due June – September 2021 · ○ not started · no update yet
        │ **IP-2.1** Review the DIG action plans against data and feedback · Delivery Improvement Groups (DIGs)
        │ due December 2020 · ● on track · last update October 2020
        │ **IP-2.2** Bring feedback from all partners into one hub · CP Support
        │ due February 2021 · ○ not started · last update October 2020
        │ **IP-3.1** Build CPWD agendas around themes · no lead
        │ due February 2021 · ● on track · last update October 2020
        │ **IP-3.2** Show CPWD the direction of travel with performance figures · CPEG
        │ no date · ● on track · last update October 2020
        │ **IP-3.3** Review membership and steady attendance by agencies · no lead
        │ no date · ○ not started · last update October 2020
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 26 days past September 2020 · ● on track · last update October 2020
        [Later ›] [Share here]
    ");
    town.stop_bot().await;
    town.start_bot().await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.presses("Later ›").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Actions, as at Monday 26 October 2020
        │ 11 actions.
        │
        │ **11 of 11**
        │ **IP-4.2** Review the terms of reference at every level · CPWD Chair
        │ due November 2020 · ● on track · last update October 2020
        [‹ Earlier] [Share here]
    ");
    let first = tom.presses("‹ Earlier").await;
    assert!(first.contains("1–10 of 11") && !first.contains("‹ Earlier"), "{first}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_shows_the_list_as_it_is_now() {
    let town = Town::open().await;
    let tom = town.person(TOM, "general");
    let first = tom.types("/action list").await;
    assert!(first.contains("1–10 of 11"), "{first}");
    let priya = town.person(PRIYA, "cp-support");
    priya.types("/action add area:4 title:Meet in the open lead:CPEG target:May 2021").await;
    let second = tom.presses("Later ›").await;
    assert!(second.contains("11–12 of 12") && second.contains("Meet in the open"), "{second}");
}

#[tokio::test(flavor = "multi_thread")]
async fn complete_opens_the_form_with_that_status() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    morag.types("/action show action:1.2").await;
    let form = town.sandbox().press(MORAG, "cpeg", "Complete").await.unwrap();
    let Outcome::Form(form) = form else { panic!("{form:?}") };
    morag.sends(&form, &[("text", "All sessions held")]).await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/action list standing:awaiting sign-off").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Actions, as at Monday 26 October 2020
        │ 1 action, awaiting sign-off.
        │
        │ **IP-1.2** Awareness sessions: community planning in practice · CPEG
        │ ✔ complete, awaiting sign-off · last update 26 October 2020
        [Share here]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_narrowed_and_says_to_what() {
    let town = Town::open().await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/action list body:CPEG status:on track text:awareness").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Actions, as at Monday 26 October 2020
        │ 1 action that CPEG answers for, status on track, with “awareness”.
        │
        │ **IP-1.2** Awareness sessions: community planning in practice · CPEG
        │ due March 2021 · ● on track · last update October 2020
        [Share here]
    ");
    assert_snapshot!(tom.types("/action list area:4 standing:complete and signed off").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Actions, as at Monday 26 October 2020
        │ There are no actions in area 4, complete and signed off.
        [Share here]
    ");
    assert_snapshot!(tom.types("/action list lead:CPWD Chair as_of:30 November 2020").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Actions, as at Monday 30 November 2020
        │ 2 actions led by CPWD.
        │
        │ **IP-1.1** Set up an executive group of officers · CPWD Chair
        │ ✔ complete, signed off · last update October 2020
        │ **IP-4.2** Review the terms of reference at every level · CPWD Chair
        │ ▶ due today (November 2020) · ● on track · last update October 2020
        [Share here]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shared_twice_is_posted_once_for_a_while() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "general");
    morag.types("/action show action:4.1").await;
    morag.presses("Share here").await;
    assert_snapshot!(town.channel_with("general", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ IP-4.1 Share case studies of joint working
        │ **Lead** DIG chairs (Flourishing DIG, Independent DIG, Nurtured DIG, Empowered DIG and Safe DIG) / CPEG
        │ **Target** September 2020 · overdue from 1 October 2020
        │ **Status** ▲ 26 days past September 2020 · ● on track
        │ **Area** 4 Partners taking ownership
        │ **BRAG** Red: 26 days overdue
        │
        │ **Last update**
        │ CPWD heard in August how partners worked through lockdown. The DIGs keep this as a regular item.
        │ In the printed plan, October 2020
        [History]
    ");
    assert_snapshot!(morag.presses("Share here").await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ That was shared in this channel already, at 09:00: everybody can read it above. I did not post it again.
    ");
    let tom = town.person(TOM, "general");
    tom.types("/action show action:4.1").await;
    let told = tom.presses("Share here").await;
    assert!(told.contains("only to Tom Walker") && told.contains("already, at 09:00"), "{told}");
    assert_eq!(town.sandbox().read("general").len(), 1);

    // Another channel has not seen it, and after a while nobody remembers.
    let elsewhere = town.person(TOM, "cpeg");
    elsewhere.types("/action show action:4.1").await;
    elsewhere.presses("Share here").await;
    town.channel_with("cpeg", 1).await;
    town.reach("2020-10-26 09:06").await;
    tom.presses("Share here").await;
    town.channel_with("general", 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_changed_since_is_shared_again() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "general");
    morag.types("/action show action:1.2").await;
    morag.presses("Share here").await;
    morag.types("/update action:1.2 text:Venue booked").await;
    morag.types("/action show action:1.2").await;
    morag.presses("Share here").await;
    let shared = town.channel_with("general", 2).await;
    assert!(shared.contains("Venue booked"), "{shared}");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_works_is_offered_under_an_action() {
    let town = Town::open().await;
    // Each asks where they are, of an action, and sees these buttons.
    for (name, channel, action, buttons) in [
        (MORAG, "cpeg", "1.2", "[Update] [New date] [Complete] [History] [Share here]"),
        (FIONA, "cpeg", "1.2", "\n    [History] [Share here]"),
        (FIONA, "cpeg", "2.1", "[Update] [New date] [Complete] [History] [Share here]"),
        (TOM, "general", "1.2", "\n    [History] [Share here]"),
        (ALASDAIR, "cpwd-board", "1.1", "\n    [History] [Share here]"),
    ] {
        let person = town.person(name, channel);
        let card = person.types(&format!("/action show action:{action}")).await;
        assert!(card.trim_end().ends_with(buttons), "{name} {action}:\n{card}");
    }
    // In a direct message nobody else is there to share it with.
    let card = town.person(MORAG, "@Convener").says("status of 1.2").await;
    let buttons = "October 2020\n    [Update] [New date] [Complete] [History]";
    assert!(card.trim_end().ends_with(buttons), "{card}");
    let morag = town.person(MORAG, "cpeg");
    morag.types("/update action:1.2 text:All held status:complete").await;
    let card = morag.types("/action show action:1.2").await;
    assert!(
        card.trim_end().ends_with("[Update] [History] [Sign off] [Return] [Share here]"),
        "{card}"
    );
}

/// An officer asks something in the server, under a number of the chat's.
fn asked(id: u64, ask: Ask) -> Request {
    let by = Caller {
        user: UserId(2),
        name: "Priya".into(),
        roles: vec![RoleId(7)],
        roles_seen: true,
        administers: false,
    };
    let place = Place { server: Some(ServerId(1)), about: None, channel: ChannelId(3) };
    Request { id, by, place, ask, file: None }
}

#[tokio::test]
async fn what_is_delivered_twice_is_done_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("record.db")).await.unwrap();
    let founding = partnership::founding(None).unwrap();
    let now = DateTime::from_timestamp(1_603_702_800, 0).unwrap();
    let mut tx = store.begin(now).await.unwrap();
    let (partnership, plan) = (&founding.partnership, &founding.plan);
    tx.found(partnership, plan, &founding.areas, &founding.printed).await.unwrap();
    let roles = [(RoleId(7), "CP Support".to_owned())];
    tx.link(&roles, &[]).await.unwrap();
    let desk = Desk::of(&Settings::default());

    let add = AddAsk {
        area: "IP-2".into(),
        title: "Map the groups".into(),
        lead: "CPEG".into(),
        target: "May 2021".into(),
    };
    let add = asked(1, Ask::AddAction(add));
    let added = desk.answer(&mut tx, &add, None).await;
    assert!(matches!(added, Ok(Answer::Private(_))), "{added:?}");
    let again = desk.answer(&mut tx, &add, None).await;
    assert!(matches!(again, Err(Failure::Refused(Refusal::DraftAdded(_)))), "{again:?}");
    let actions = tx.actions(None).await.unwrap();
    assert_eq!(actions.len(), founding.printed.len() + 1);

    let edit = EditAsk {
        action: "IP-2.3".into(),
        title: Some("Map all groups".into()),
        ..EditAsk::default()
    };
    let edit = asked(2, Ask::EditAction(edit));
    let changed = desk.answer(&mut tx, &edit, None).await.unwrap();
    let again = desk.answer(&mut tx, &edit, None).await.unwrap();
    let title = |answer: Answer| match answer {
        Answer::Private(card) => card.title,
        other => panic!("{other:?}"),
    };
    assert_eq!(title(changed), "Changed: IP-2.3 Map all groups");
    assert_eq!(title(again), "IP-2.3 Map all groups", "it shows how it reads now");
}

#[tokio::test]
async fn in_a_direct_message_nobody_is_told_what_is_theirs() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("record.db")).await.unwrap();
    let founding = partnership::founding(None).unwrap();
    let now = DateTime::from_timestamp(1_603_702_800, 0).unwrap();
    let mut tx = store.begin(now).await.unwrap();
    let (partnership, plan) = (&founding.partnership, &founding.plan);
    tx.found(partnership, plan, &founding.areas, &founding.printed).await.unwrap();
    let mut request = asked(1, Ask::Mine(MineAsk::default()));
    request.place.server = None;
    request.by.roles.clear();
    request.by.roles_seen = false;
    let answer = Desk::of(&Settings::default()).answer(&mut tx, &request, None).await.unwrap();
    let Answer::Private(card) = answer else { panic!("{answer:?}") };
    assert!(card.text.contains("I cannot see which roles you hold"), "{}", card.text);
}
