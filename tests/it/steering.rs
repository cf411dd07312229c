//! How people steer what is said around meetings: by hand, for a while, at another time, not to me.

use chrono::DateTime;
use convener::body::ChannelId;
use convener::body::RoleId;
use convener::body::ServerId;
use convener::body::UserId;
use convener::config::partnership;
use convener::config::setting::Settings;
use convener::desk::Desk;
use convener::request::Ask;
use convener::request::Caller;
use convener::request::Place;
use convener::request::Request;
use convener::request::clock::ClockAsk;
use convener::request::clock::RemindAsk;
use convener::store::Store;
use convener::view::Answer;
use insta::assert_snapshot;

use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::TOM;
use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_sent_by_hand_is_posted_at_once_and_not_again_on_the_papers_deadline() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    assert_snapshot!(priya.types("/digest send body:CPWD").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ On its way: the digest for CPWD board, Thursday 19 November 2020
        │ It goes to #cpwd-board now, with the paper, the table and the plan on a page. It is not posted again on the papers deadline.
    ");
    town.channel_with("cpwd-board", 1).await;
    let posted = town.newest("cpwd-board");
    assert!(posted.contains("CPWD board digest: meeting on Thursday 19 November 2020"), "{posted}");
    assert!(posted.contains("Position at 09:00 on Monday 26 October 2020"), "{posted}");
    assert_eq!(posted.matches("📎").count(), 3, "{posted}");
    let again = "/digest send body:CPWD again:yes, once more";
    assert_snapshot!(priya.types(again).await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ The digest for CPWD board, Thursday 19 November 2020 was posted just now, so nothing was posted. To post it once more, wait a minute.
    ");
    town.reach("2020-10-27 10:00").await;
    assert_snapshot!(priya.types("/digest send body:CPWD").await, @"
    [Tue 27 Oct 10:00] Convener (only to Priya Nair):
        │ The digest for CPWD board, Thursday 19 November 2020 was posted on 26 October 2020 already, so nothing was posted. To post it once more, give `again`.
    ");
    assert_eq!(town.digests("cpwd-board").len(), 1);
    assert!(priya.types(again).await.contains("On its way"));
    town.channel_with("cpwd-board", 2).await;
    // What was told for this very meeting is nothing to compare with.
    assert!(town.newest("cpwd-board").contains("This is the first digest"));
    town.reach("2020-11-12 12:00").await;
    assert_eq!(town.digests("cpwd-board").len(), 2);
    assert_snapshot!(priya.types(again).await, @"
    [Thu 12 Nov 12:00] Convener (only to Priya Nair):
        │ On its way: the digest for CPWD board, Thursday 19 November 2020
        │ It goes to #cpwd-board now, with the paper, the table and the plan on a page.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_steer_is_told_who_can() {
    let town = Town::open().await;
    let fiona = town.person(FIONA, "dig-flourishing");
    assert_snapshot!(fiona.types("/digest send body:CPWD").await, @"
    [Mon 26 Oct 09:00] Convener (only to Fiona Campbell):
        │ You cannot decide what I send and when, but CP Support, the chair of CPEG or the chair of CPWD can. Please ask them.
    ");
    for line in [
        "/digest pause body:CPEG",
        "/digest resume body:CPEG",
        "/digest timing routine:digest days:1",
        "/remind action:1.2",
    ] {
        let refused = fiona.types(line).await;
        assert!(refused.contains("CP Support"), "{line}: {refused}");
    }
    assert!(
        town.person(TOM, "general")
            .types("/digest timing")
            .await
            .contains("10 working days before")
    );
    let priya = town.person(PRIYA, "cp-support");
    let refused = priya.types("/digest send body:Safe DIG").await;
    assert!(refused.contains("Safe DIG has no meetings"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_body_is_paused_nothing_is_said_around_its_meetings_and_others_go_on() {
    let town = Town::met("2020-10-26 09:00").await;
    let priya = town.person(PRIYA, "cp-support");
    assert_snapshot!(priya.types("/digest pause body:CPEG").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Paused: CPEG
        │ Until you resume it: no requests for updates, no digest, no reports. People can still log, ask and preview. /digest resume lets it go on.
    ");
    assert_snapshot!(town.channel_with("cpeg", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ I say nothing around meetings of CPEG until that is lifted · Priya Nair
    ");
    assert_snapshot!(priya.types("/digest pause body:CPEG").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ CPEG is paused already, for just as long, so nothing was changed.
    ");
    town.reach("2020-12-14 09:00").await;
    assert_eq!(town.asked(MORAG), (1, 1), "before the board alone");
    assert_eq!((town.digests("cpeg").len(), town.digests("cpwd-board").len()), (0, 1));
    let office = town.channel("cp-support");
    assert!(office.contains("Delivery report: CPWD board"), "{office}");
    assert!(!office.contains("CPEG, Thursday 10 December"), "{office}");
    assert!(priya.types("/digest schedule").await.contains("CPEG is paused"));
    assert_snapshot!(priya.types("/digest resume body:CPEG").await, @"
    [Mon 14 Dec 09:00] Convener (only to Priya Nair):
        │ Resumed: CPEG
        │ Next: CPEG, Thursday 11 February 2021, with papers due Thursday 4 February 2021. What fell due meanwhile is not made up for.
    ");
    town.channel_with("cpeg", 2).await;
    assert_snapshot!(town.newest("cpeg"), @"
    [Mon 14 Dec 09:00] Convener:
        │ I speak around meetings of CPEG again · Priya Nair
    ");
    assert_snapshot!(priya.types("/digest resume body:CPEG").await, @"
    [Mon 14 Dec 09:00] Convener (only to Priya Nair):
        │ CPEG is not paused, so nothing was changed.
    ");
    town.reach("2021-02-04 09:00").await;
    assert_eq!(town.digests("cpeg").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_ends_by_itself_and_what_fell_due_in_it_is_not_made_up_for() {
    let town = Town::met("2020-10-26 09:00").await;
    let priya = town.person(PRIYA, "cp-support");
    let over = priya.types("/digest pause body:CPEG until:23 October 2020").await;
    assert_snapshot!(over, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ That day is over. Give one that is still to come, or none to pause until you resume.
    ");
    // The first request before CPEG would be on 18 November, the last on 27 November.
    assert_snapshot!(priya.types("/digest pause body:CPEG until:18 November 2020").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Paused: CPEG
        │ Until the end of Wednesday 18 November 2020: no requests for updates, no digest, no reports. People can still log, ask and preview. /digest resume lets it go on.
    ");
    // And that before the board on 29 October, the last on 9 November.
    priya.types("/digest pause body:CPWD").await;
    town.reach("2020-10-30 09:00").await;
    assert!(priya.types("/digest resume body:CPWD").await.contains("not made up for"));
    town.reach("2020-11-09 08:59").await;
    assert_eq!(town.private(MORAG), "");
    town.reach("2020-11-09 09:00").await;
    assert_eq!(town.asked(MORAG), (0, 1));
    assert!(!town.private(MORAG).contains("offline"));
    town.reach("2020-12-11 12:00").await;
    assert_eq!(town.asked(MORAG), (0, 2));
    assert_eq!(town.digests("cpeg").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn lead_times_are_shown_and_changed() {
    let town = Town::met("2020-10-26 09:00").await;
    let priya = town.person(PRIYA, "cp-support");
    assert_snapshot!(priya.types("/digest timing").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ When I speak around meetings
        │ Counted in working days: weekends, Scottish bank holidays and closed days are left out.
        │
        │ **Check of channels and permissions**: at 09:00, 5 working days before the papers are due
        │ **First request for updates**: at 09:00, 10 working days before the papers are due
        │ **Second request for updates**: at 09:00, 3 working days before the papers are due
        │ **Delivery report and draft paper**: at 09:00, 1 working day before the papers are due
        │ **Digest**: at 09:00, on the day the papers are due
        │ **What changed since the digest**: at 09:00, 1 working day before the meeting
        │ **Decisions still to record**: at 09:00, 1 working day after the meeting
        │ — To change one: /digest timing with the routine, days, time or state.
    ");
    let first = "/digest timing routine:first request for updates";
    assert_snapshot!(priya.types(&format!("{first} days:12 time:8.30")).await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ **First request for updates**: at 08:30, 12 working days before the papers are due (changed)
        │ Next: Tuesday 27 October 2020 at 08:30.
    ");
    // Sooner than what was to come next, and on the minute all the same.
    town.reach("2020-10-27 08:29").await;
    assert_eq!(town.private(MORAG), "");
    town.reach("2020-10-27 08:30").await;
    assert_eq!(town.asked(MORAG), (1, 0));
    assert!(!town.private(MORAG).contains("offline"));
    // Put later again, nobody is asked twice on the same occasion.
    assert!(priya.types(&format!("{first} days:8 time:9am")).await.contains("8 working days"));
    let second = "/digest timing routine:second request for updates state:off";
    assert_snapshot!(priya.types(second).await, @"
    [Tue 27 Oct 08:30] Convener (only to Priya Nair):
        │ **Second request for updates**: off
        │ It is done again once you turn it on.
    ");
    let shown = priya.types("/digest timing").await;
    assert!(shown.contains("**First request for updates**: at 09:00, 8 working days"), "{shown}");
    town.reach("2020-11-13 09:00").await;
    assert_eq!(town.asked(MORAG), (1, 0));
    assert_eq!(town.digests("cpwd-board").len(), 1);
    // Before CPEG on 10 December: 8 working days before 3 December, over St Andrew's Day.
    town.reach("2020-11-20 08:59").await;
    assert_eq!(town.asked(MORAG), (1, 0));
    town.reach("2020-11-20 09:00").await;
    assert_eq!(town.asked(MORAG), (2, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_time_that_would_disturb_people_or_come_too_late_is_refused() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let before = priya.types("/digest timing").await;
    let mut refusals = Vec::new();
    for line in [
        "routine:digest time:18:30",
        "routine:delivery report and draft paper days:0",
        "routine:first request for updates days:61",
        "routine:first request for updates days:3",
        "routine:second request for updates days:0",
        "routine:digest days:1",
        "routine:digest days:ten",
        "routine:digest time:half nine",
        "days:3",
    ] {
        refusals.push(priya.types(&format!("/digest timing {line}")).await);
    }
    assert_snapshot!(refusals.concat(), @r#"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ 18:30 is outside office hours. Give a time from 08:00 and before 18:00.
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ The delivery report has the draft of the paper, so it must come at least 1 working day before the papers are due.
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ 61 working days are too many: give at most 60.
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ The first request for updates must come on an earlier day than the second request for updates. Give another number of days, or change that one first: /digest timing shows both.
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ The second request for updates must come on an earlier day than the digest. Give another number of days, or change that one first: /digest timing shows both.
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ The delivery report and draft paper must come on an earlier day than the digest. Give another number of days, or change that one first: /digest timing shows both.
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ "ten" is not a number of working days. Write one such as 10.
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ “half nine” is not a time. Write one such as 10:00, 10am or 2.30pm.
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Please fill in `routine` and send it again.
    "#);
    assert_eq!(priya.types("/digest timing").await, before, "nothing was changed");
}

/// CP Support asks something, under a number of the chat's.
fn asking(id: u64, ask: ClockAsk) -> Request {
    let by = Caller {
        user: UserId(2),
        name: "Priya".into(),
        roles: vec![RoleId(7)],
        roles_seen: true,
        administers: false,
    };
    let place = Place { server: Some(ServerId(1)), about: None, channel: ChannelId(3) };
    Request { id, by, place, ask: Ask::Clock(ask), file: None }
}

#[tokio::test]
async fn what_the_chat_delivers_twice_is_said_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("record.db")).await.unwrap();
    let founding = partnership::founding(None).unwrap();
    let now = DateTime::from_timestamp(1_603_702_800, 0).unwrap();
    let mut tx = store.begin(now).await.unwrap();
    let (partnership, plan) = (&founding.partnership, &founding.plan);
    tx.found(partnership, plan, &founding.areas, &founding.printed).await.unwrap();
    let roles = [(RoleId(7), "CP Support".to_owned()), (RoleId(8), "CPEG Chair".to_owned())];
    let channels = [(ChannelId(3), "cpeg".to_owned()), (ChannelId(4), "cp-support".to_owned())];
    tx.link(&roles, &channels).await.unwrap();
    let desk = Desk::of(&Settings::default());
    let body = || "CPEG".to_owned();
    let remind = RemindAsk { action: Some("IP-1.2".into()), ..RemindAsk::default() };
    let asks = [
        ClockAsk::Send { body: body(), again: false },
        ClockAsk::Remind(remind),
        ClockAsk::Pause { body: body(), until: None },
        ClockAsk::Resume { body: body() },
    ];
    for (id, ask) in (1..).zip(asks) {
        let request = asking(id, ask);
        let title = |answer: Answer| match answer {
            Answer::Private(card) => card.title,
            other => panic!("{other:?}"),
        };
        let first = title(desk.answer(&mut tx, &request, None).await.unwrap());
        let owed = tx.posts_owed(50).await.unwrap().len();
        assert_eq!(owed, usize::try_from(id).unwrap(), "{first}");
        let second = title(desk.answer(&mut tx, &request, None).await.unwrap());
        assert_eq!(first, second);
        assert_eq!(tx.posts_owed(50).await.unwrap().len(), owed, "{first}");
    }
}
