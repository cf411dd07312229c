//! Reminders that somebody gives, requests that somebody does not want, and what is answered where they are read.

use convener::sandbox::Fault;
use convener::sandbox::Form;
use convener::sandbox::Outcome;
use insta::assert_snapshot;

use crate::town::ALASDAIR;
use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_goes_to_whoever_answers_in_the_name_of_whoever_gives_it() {
    let town = Town::met("2020-10-26 09:00").await;
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
        │ “Any word from the \*venue\*?”
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
    let town = Town::met("2020-10-26 09:00").await;
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
    let town = Town::met("2020-10-26 09:00").await;
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
    let town = Town::met("2020-10-26 09:00").await;
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
    let town = Town::met("2020-10-26 09:00").await;
    town.reach("2020-10-29 09:00").await;
    let morag = town.person(MORAG, "@Convener");
    assert_snapshot!(morag.presses("Not again before this meeting").await, @"
    [Thu 29 Oct 09:00] Convener (only to Morag Sinclair):
        │ I shall not ask you again before the CPWD board on 19 November 2020. The digest still shows what nobody has reported on.
        [Ask me after all]
    ");
    town.reach("2020-11-12 09:00").await;
    assert_eq!((town.asked(MORAG), town.asked(FIONA)), ((1, 0), (1, 1)));
    let report = town.newest("cp-support");
    assert!(report.contains("**CPEG** asked not to be asked again"), "{report}");
    // The papers are out: nothing is left to put off.
    assert_snapshot!(morag.presses("Not again before this meeting").await, @"
    [Thu 12 Nov 09:00] Convener (only to Morag Sinclair):
        │ The papers for that meeting are out, so nobody is asked again before it anyway.
    ");
    // The next meeting is another matter.
    town.reach("2020-11-18 09:00").await;
    assert_eq!(town.asked(MORAG), (2, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_that_was_moved_or_cancelled_is_the_one_they_are_not_asked_before() {
    let town = Town::met("2020-10-26 09:00").await;
    town.reach("2020-10-29 09:00").await;
    let priya = town.person(PRIYA, "cp-support");
    let changes = async |line: &str, button: &str| {
        priya.types(&format!("/meeting {line}")).await;
        let done = priya.presses(button).await;
        assert!(done.contains("sees one line about it"), "{line}: {done}");
    };
    // Behind another one of the board.
    changes("add body:CPWD on:26 November 2020", "Add it").await;
    changes("move meeting:CPWD 2020-11-19 to:3 December 2020", "Move it").await;
    let morag = town.person(MORAG, "@Convener");
    let put_off = morag.presses("Not again before this meeting").await;
    assert!(put_off.contains("before the CPWD board on 3 December 2020"), "{put_off}");
    changes("cancel meeting:CPWD 2020-12-03 reason:No quorum", "Cancel the meeting").await;
    assert_snapshot!(morag.presses("Not again before this meeting").await, @"
    [Thu 29 Oct 09:00] Convener (only to Morag Sinclair):
        │ That meeting is not to come any more, so nobody is asked again before it.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_wants_to_be_asked_after_all_is() {
    let town = Town::met("2020-10-26 09:00").await;
    town.reach("2020-10-29 09:00").await;
    let morag = town.person(MORAG, "@Convener");
    morag.presses("Not again before this meeting").await;
    assert_snapshot!(morag.presses("Ask me after all").await, @"
    [Thu 29 Oct 09:00] Convener (only to Morag Sinclair):
        │ I shall ask you again, as before.
    ");
    town.reach("2020-11-12 09:00").await;
    assert_eq!(town.asked(MORAG), (1, 1));
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
    let town = Town::met("2020-10-26 09:00").await;
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
    let town = Town::met("2020-10-26 09:00").await;
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
    assert_eq!(town.asked(FIONA), (1, 0));
    // Nobody is known to hold it any more, so its channel is asked.
    let channel = town.channel("dig-flourishing");
    assert!(channel.contains("Last request: "), "{channel}");
    // Somebody who has left the server altogether is refused, too.
    let opened = form(&town, MORAG, "Update IP-1.2").await;
    town.sandbox().fault(Fault::LeaveServer { person: MORAG.into() });
    let refused = town.person(MORAG, "@Convener").sends(&opened, &[("text", "Booked")]).await;
    assert!(refused.contains("cannot log progress"), "{refused}");
}
