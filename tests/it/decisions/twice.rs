//! Two at once, twice, late, after a restart, and by somebody else.

use insta::assert_snapshot;

use super::*;
use crate::town::ALASDAIR;

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_decide_at_once_one_is_recorded_and_the_other_is_told() {
    let town = Town::at("2020-12-11 09:00").await;
    let (morag, priya) = (town.person(MORAG, "cpeg"), town.person(PRIYA, "cp-support"));
    asks(&morag, "1.2", "September 2021", "No halls").await;
    priya.types("/action show action:1.2").await;
    let alasdair = town.person(ALASDAIR, "cpwd-board");
    alasdair.types("/action show action:1.2").await;
    let agree = pressed(&town, PRIYA, "cp-support", "Agree date").await;
    let refuse = pressed(&town, ALASDAIR, "cpwd-board", "Refuse date").await;
    let (one, other) = tokio::join!(
        priya.sends(&agree, &[("meeting", "CPEG"), ("minute_ref", "6.1")]),
        alasdair.sends(&refuse, &[("meeting", "the board"), ("note", "Too late")]),
    );
    let recorded = [&one, &other].iter().filter(|answer| answer.contains("Recorded: ")).count();
    assert_eq!(recorded, 1, "{one}\n{other}");
    let told = if one.contains("Recorded: ") { other } else { one };
    assert!(told.contains("awaits a decision"), "{told}");
    assert!(told.contains("11 December 2020 at 09:00"), "{told}");
    town.channel_with("cpeg", 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_pressed_late_and_after_a_restart_says_what_became_of_it() {
    let mut town = Town::at("2020-12-11 09:00").await;
    let morag = town.person(MORAG, "cpeg");
    morag.types("/reschedule action:1.2 target:September 2021 reason:No halls").await;
    town.kill_bot().await;
    gone(&town).await;
    town.start_bot().await;
    let (morag, priya) = (town.person(MORAG, "cpeg"), town.person(PRIYA, "cp-support"));
    let asked = morag.presses("Ask for this date").await;
    assert!(asked.contains("September 2021: last day 30 September 2021"), "{asked}");
    priya.types("/action show action:1.2").await;
    let agree = pressed(&town, PRIYA, "cp-support", "Agree date").await;
    // Morag has thought of another date meanwhile.
    asks(&morag, "1.2", "June 2021", "Some halls").await;
    assert_snapshot!(priya.sends(&agree, &[("meeting", "CPEG")]).await, @"
    [Fri 11 Dec 09:00] Convener (only to Priya Nair):
        │ Another date has been asked for IP-1.2 since. Look at it again, with `/action show`, before you decide.
    ");
    town.stop_bot().await;
    gone(&town).await;
    town.start_bot().await;
    let (morag, priya) = (town.person(MORAG, "cpeg"), town.person(PRIYA, "cp-support"));
    priya.types("/decide extension action:1.2 outcome:agree meeting:CPEG").await;
    assert_snapshot!(priya.presses("Agree date").await, @"
    [Fri 11 Dec 09:00] Convener (only to Priya Nair):
        │ No request for a new date for IP-1.2 awaits a decision. Its lead asks first, with `/reschedule`.
        │ New date agreed: decided by CPEG on 10 December 2020. Recorded by Priya Nair on 11 December 2020 at 09:00.
    ");
    assert_snapshot!(morag.presses("Ask for this date").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ Asked already: a new date for IP-1.2
        │ You have asked for June 2021; nothing was sent twice. See what became of it with `/action show`.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sends_the_request_that_somebody_else_wrote() {
    let town = Town::at("2020-12-11 09:00").await;
    let (morag, fiona) = (town.person(MORAG, "cpeg"), town.person(FIONA, "cpeg"));
    morag.types("/reschedule action:1.2 target:September 2021 reason:No halls").await;
    let pressed = fiona.presses("Ask for this date").await;
    assert!(!pressed.contains("Asked"), "{pressed}");
    assert_eq!(town.sandbox().read("cpeg").len(), 0);
}
