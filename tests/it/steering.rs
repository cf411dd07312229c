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
use convener::sandbox::Fault;
use convener::sandbox::Form;
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

/// A town in which three people have been seen with their roles.
async fn met(time: &str) -> Town {
    let town = Town::at(time).await;
    for (name, channel) in [(MORAG, "cpeg"), (FIONA, "dig-flourishing"), (PRIYA, "cp-support")] {
        town.person(name, channel).types("/mine").await;
    }
    town
}

/// How many digests a channel has read.
fn digests(town: &Town, channel: &str) -> usize {
    let posts = town.sandbox().read(channel);
    let texts = posts.iter().map(|post| town.sandbox().text(post));
    let is_title =
        |line: &str| line.trim_start().starts_with('│') && line.contains(" digest: meeting on ");
    texts.filter(|text| text.lines().any(is_title)).count()
}

/// How often somebody was asked for updates, first and last.
fn asked(town: &Town, name: &str) -> (usize, usize) {
    let private = town.private(name);
    let all = private.matches("a word from you before").count();
    let last = private.matches("Last request: ").count();
    (all - last, last)
}

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
    assert_eq!(digests(&town, "cpwd-board"), 1);
    assert!(priya.types(again).await.contains("On its way"));
    town.channel_with("cpwd-board", 2).await;
    // What was told for this very meeting is nothing to compare with.
    assert!(town.newest("cpwd-board").contains("This is the first digest"));
    town.reach("2020-11-12 12:00").await;
    assert_eq!(digests(&town, "cpwd-board"), 2);
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
    let town = met("2020-10-26 09:00").await;
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
    assert_eq!(asked(&town, MORAG), (1, 1), "before the board alone");
    assert_eq!((digests(&town, "cpeg"), digests(&town, "cpwd-board")), (0, 1));
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
    assert_eq!(digests(&town, "cpeg"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_ends_by_itself_and_what_fell_due_in_it_is_not_made_up_for() {
    let town = met("2020-10-26 09:00").await;
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
    assert_eq!(asked(&town, MORAG), (0, 1));
    assert!(!town.private(MORAG).contains("offline"));
    town.reach("2020-12-11 12:00").await;
    assert_eq!(asked(&town, MORAG), (0, 2));
    assert_eq!(digests(&town, "cpeg"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn lead_times_are_shown_and_changed() {
    let town = met("2020-10-26 09:00").await;
    let priya = town.person(PRIYA, "cp-support");
    assert_snapshot!(priya.types("/digest timing").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ When I speak around meetings
        │ Counted in working days: weekends, Scottish bank holidays and closed days are left out.
        │
        │ **Check of channels and permissions**: 5 working days before the papers are due at 09:00 (as usual)
        │ **First request for updates**: 10 working days before the papers are due at 09:00 (as usual)
        │ **Second request for updates**: 3 working days before the papers are due at 09:00 (as usual)
        │ **Delivery report and draft paper**: 1 working day before the papers are due at 09:00 (as usual)
        │ **Digest**: on the day the papers are due at 09:00 (as usual)
        │ **What changed since the digest**: 1 working day before the meeting at 09:00 (as usual)
        │ **Decisions still to record**: 1 working day after the meeting at 09:00 (as usual)
        │ — To change one: /digest timing with the routine, days, time or state.
    ");
    let first = "/digest timing routine:first request for updates";
    assert_snapshot!(priya.types(&format!("{first} days:12 time:8.30")).await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ **First request for updates**: 12 working days before the papers are due at 08:30
        │ Next: Tuesday 27 October 2020 at 08:30.
    ");
    // Sooner than what was to come next, and on the minute all the same.
    town.reach("2020-10-27 08:29").await;
    assert_eq!(town.private(MORAG), "");
    town.reach("2020-10-27 08:30").await;
    assert_eq!(asked(&town, MORAG), (1, 0));
    assert!(!town.private(MORAG).contains("offline"));
    // Put later again, nobody is asked twice on the same occasion.
    assert!(priya.types(&format!("{first} days:8 time:9am")).await.contains("8 working days"));
    let second = "/digest timing routine:second request for updates state:off";
    assert_snapshot!(priya.types(second).await, @"
    [Tue 27 Oct 08:30] Convener (only to Priya Nair):
        │ **Second request for updates**: off
        │ It is done again once you set it on.
    ");
    let shown = priya.types("/digest timing").await;
    assert!(shown.contains("**First request for updates**: at 09:00, 8 working days"), "{shown}");
    town.reach("2020-11-13 09:00").await;
    assert_eq!(asked(&town, MORAG), (1, 0));
    assert_eq!(digests(&town, "cpwd-board"), 1);
    // Before CPEG on 10 December: 8 working days before 3 December, over St Andrew's Day.
    town.reach("2020-11-20 08:59").await;
    assert_eq!(asked(&town, MORAG), (1, 0));
    town.reach("2020-11-20 09:00").await;
    assert_eq!(asked(&town, MORAG), (2, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_time_that_would_disturb_people_or_come_too_late_is_refused() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
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
    assert!(!priya.types("/digest timing").await.contains("9 working days"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_goes_to_whoever_answers_in_the_name_of_whoever_gives_it() {
    let town = met("2020-10-26 09:00").await;
    let priya = town.person(PRIYA, "cp-support");
    let note = "Any word from the *venue*?";
    assert_snapshot!(priya.types(&format!("/remind action:1.2 note:{note}")).await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Reminder on its way to Morag Sinclair
        │ It asks about IP-1.2, in your name. It goes out now.
    ");
    town.reach("2020-10-26 09:00").await;
    assert_snapshot!(town.private(MORAG), @r"
    [Mon 26 Oct 09:00] Convener:
        │ A reminder from Priya Nair, CP Support: how does IP-1.2 stand?
        │ Priya Nair, CP Support: Any word from the \*venue\*?
        │
        │ **IP-1.2** Awareness sessions: community planning in practice · CPEG
        │ due March 2021 · ● on track · last update October 2020
        │ Last said: CPEG weighs up the options in December 2020. Plans will allow for Covid-19.
        [Update IP-1.2]
    ");
    // One in five working days is enough, whoever gives it and whatever it is about.
    let alasdair = town.person(ALASDAIR, "cpwd-board");
    assert_snapshot!(alasdair.types("/remind lead:CPEG note:And now?").await, @"
    [Mon 26 Oct 09:00] Convener (only to Alasdair Reid):
        │ Morag Sinclair had a reminder on 26 October 2020 already. One in 5 working days is enough: the next can go on 2 November 2020.
        │
        │ **What you wrote, to copy**
        │ And now?
    ");
    assert_snapshot!(alasdair.types("/remind lead:DIG chairs").await, @"
    [Mon 26 Oct 09:00] Convener (only to Alasdair Reid):
        │ Reminder on its way to Fiona Campbell, #dig-independent, #dig-nurtured, #dig-empowered and #dig-safe
        │ It asks about IP-2.1, IP-4.1, in your name. It goes out now.
    ");
    town.reach("2020-10-26 09:01").await;
    assert_snapshot!(town.private(FIONA), @"
    [Mon 26 Oct 09:00] Convener:
        │ A reminder from Alasdair Reid, CPWD: how do 2 actions stand?
        │ **IP-2.1** Review the DIG action plans against data and feedback · Delivery Improvement Groups (DIGs)
        │ due December 2020 · ● on track · last update October 2020
        │ Last said: Review begun, with a fresh look at priorities for recovery. Data sources are being mapped.
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 26 days past September 2020 · ● on track · last update October 2020
        │ Last said: CPWD heard in August how partners worked through lockdown. The DIGs keep this as a regular item.
        [Update IP-2.1] [Update IP-4.1]
    ");
    assert_snapshot!(town.channel("dig-safe"), @"
    [Mon 26 Oct 09:00] Convener (rings @Safe DIG Chair): @Safe DIG Chair
        │ A reminder from Alasdair Reid, CPWD: how do 2 actions stand?
        │ **IP-2.1** Review the DIG action plans against data and feedback · Delivery Improvement Groups (DIGs)
        │ due December 2020 · ● on track · last update October 2020
        │ Last said: Review begun, with a fresh look at priorities for recovery. Data sources are being mapped.
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 26 days past September 2020 · ● on track · last update October 2020
        │ Last said: CPWD heard in August how partners worked through lockdown. The DIGs keep this as a regular item.
        [Update IP-2.1] [Update IP-4.1]
    ");
    town.reach("2020-10-30 17:00").await;
    assert!(priya.types("/remind action:1.2").await.contains("on 26 October 2020 already"));
    town.reach("2020-11-02 09:00").await;
    assert!(priya.types("/remind action:1.2").await.contains("Reminder on its way to Morag"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_spares_those_who_had_one_and_says_so() {
    let town = met("2020-10-26 09:00").await;
    let priya = town.person(PRIYA, "cp-support");
    assert!(priya.types("/remind lead:Flourishing DIG").await.contains("Fiona Campbell"));
    assert_snapshot!(priya.types("/remind action:2.1").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Reminder on its way to #dig-independent, #dig-nurtured, #dig-empowered and #dig-safe
        │ It asks about IP-2.1, in your name. It goes out now.
        │ Not again to Fiona Campbell, who had one on 26 October 2020.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_given_in_the_evening_waits_until_people_are_at_work() {
    let town = met("2020-10-26 09:00").await;
    // A Friday.
    town.reach("2020-11-06 18:00").await;
    let priya = town.person(PRIYA, "cp-support");
    assert_snapshot!(priya.types("/remind lead:CPEG").await, @"
    [Fri 6 Nov 18:00] Convener (only to Priya Nair):
        │ Reminder on its way to Morag Sinclair
        │ It asks about IP-1.2, IP-1.4, IP-3.2, IP-4.1, in your name. It goes out at 09:00 on Monday 9 November 2020, when people are at work again.
    ");
    let before = town.private(MORAG);
    town.reach("2020-11-09 08:59").await;
    assert_eq!(town.private(MORAG), before);
    town.reach("2020-11-09 09:00").await;
    assert!(town.private(MORAG).contains("A reminder from Priya Nair, CP Support"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_that_nobody_would_get_says_why() {
    let town = met("2020-10-26 09:00").await;
    let priya = town.person(PRIYA, "cp-support");
    priya.types("/lead vacant body:SAF").await;
    let mut refusals = Vec::new();
    for line in [
        "lead:Safe DIG",
        "action:1.1",
        "action:3.1",
        "action:1.2 lead:CPEG",
        "note:Please",
        "lead:Narnia",
    ] {
        refusals.push(priya.types(&format!("/remind {line}")).await);
    }
    assert_snapshot!(refusals.concat(), @r#"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Safe DIG has nobody to remind: it is vacant. `/lead list` shows who holds what.
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ IP-1.1 is complete or closed, so there is nothing to remind anybody of.
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ IP-3.1 has nobody to remind: it has no lead that I know of. `/lead list` shows who holds what.
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Say whom to remind: give either an `action` or a `lead`.
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Say whom to remind: give either an `action` or a `lead`.
        │
        │ **What you wrote, to copy**
        │ Please
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ I know no body called "Narnia". I know CPWD, CPEG, CP Support, Flourishing DIG, Independent DIG, Nurtured DIG, Empowered DIG or Safe DIG.
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_does_not_want_to_be_asked_again_is_not_and_others_are() {
    let town = met("2020-10-26 09:00").await;
    town.reach("2020-10-29 09:00").await;
    let morag = town.person(MORAG, "@Convener");
    assert_snapshot!(morag.presses("Not again before this meeting").await, @"
    [Thu 29 Oct 09:00] Convener (only to Morag Sinclair):
        │ I shall not ask you again before CPWD board, Thursday 19 November 2020. The digest still shows what nobody has reported on.
        [Ask me after all]
    ");
    town.reach("2020-11-12 09:00").await;
    assert_eq!((asked(&town, MORAG), asked(&town, FIONA)), ((1, 0), (1, 1)));
    let report = town.newest("cp-support");
    assert!(report.contains("**CPEG** asked not to be asked again"), "{report}");
    // The papers are out: nothing is left to put off.
    assert_snapshot!(morag.presses("Not again before this meeting").await, @"
    [Thu 12 Nov 09:00] Convener (only to Morag Sinclair):
        │ The papers for that meeting are out, so nobody is asked again before it anyway.
    ");
    // The next meeting is another matter.
    town.reach("2020-11-18 09:00").await;
    assert_eq!(asked(&town, MORAG), (2, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_wants_to_be_asked_after_all_is() {
    let town = met("2020-10-26 09:00").await;
    town.reach("2020-10-29 09:00").await;
    let morag = town.person(MORAG, "@Convener");
    morag.presses("Not again before this meeting").await;
    assert_snapshot!(morag.presses("Ask me after all").await, @"
    [Thu 29 Oct 09:00] Convener (only to Morag Sinclair):
        │ I shall ask you again, as before.
    ");
    town.reach("2020-11-12 09:00").await;
    assert_eq!(asked(&town, MORAG), (1, 1));
}

/// The form that a button of somebody's direct messages opens.
async fn form(town: &Town, who: &str, label: &str) -> Form {
    match town.sandbox().press(who, "@Convener", label).await.unwrap() {
        Outcome::Form(form) => form,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_is_logged_from_the_request_for_it() {
    let town = met("2020-10-26 09:00").await;
    town.reach("2020-10-29 09:00").await;
    // She is known by her role alone.
    let morag = town.person(MORAG, "@Convener");
    let opened = form(&town, MORAG, "Update IP-1.2").await;
    let sent = morag.sends(&opened, &[("text", "Venue booked"), ("status", "on track")]).await;
    assert_snapshot!(sent, @"
    [Thu 29 Oct 09:00] Convener (only to Morag Sinclair):
        │ Logged: IP-1.2 Awareness sessions: community planning in practice
        │ **Status** ● on track (as before)
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
    [Thu 29 Oct 09:00] Convener:
        │ **IP-1.2** Awareness sessions: community planning in practice: Venue booked · Morag Sinclair, CPEG
    ");
    assert!(morag.presses("Undo").await.contains("IP-1.2"));
    town.channel_corrected("cpeg").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_lost_the_role_meanwhile_logs_nothing_and_is_not_asked_again() {
    let town = met("2020-10-26 09:00").await;
    town.reach("2020-10-29 09:00").await;
    let opened = form(&town, FIONA, "Update IP-4.1").await;
    let role = "Flourishing DIG Chair";
    town.sandbox().fault(Fault::TakeRole { person: FIONA.into(), role: role.into() });
    let fiona = town.person(FIONA, "@Convener");
    assert_snapshot!(fiona.sends(&opened, &[("text", "All shared")]).await, @"
    [Thu 29 Oct 09:00] Convener (only to Fiona Campbell):
        │ You cannot log progress on IP-4.1, but the chair of one of the DIGs, the chair of CPEG or CP Support can. Ask them, or tell them what you know.
        │
        │ **What you wrote, to copy**
        │ All shared
    ");
    assert!(fiona.presses("Update IP-4.1").await.contains("cannot log progress"));
    town.reach("2020-11-09 09:00").await;
    assert_eq!(asked(&town, FIONA), (1, 0));
    // Nobody is known to hold it any more, so its channel is asked.
    let channel = town.channel("dig-flourishing");
    assert!(channel.contains("Last request: "), "{channel}");
    // Somebody who has left the server altogether is refused, too.
    let opened = form(&town, MORAG, "Update IP-1.2").await;
    town.sandbox().fault(Fault::LeaveServer { person: MORAG.into() });
    let refused = town.person(MORAG, "@Convener").sends(&opened, &[("text", "Booked")]).await;
    assert!(refused.contains("cannot log progress"), "{refused}");
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
