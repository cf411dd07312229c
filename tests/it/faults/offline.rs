//! The bot is away for hours, days and weeks, and comes back.

use convener::bot::Step;
use insta::assert_snapshot;

use crate::faults::Said;
use crate::faults::halted;
use crate::faults::met;
use crate::faults::owes_nothing;
use crate::faults::titles;
use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::Town;

/// A town whose bot is away from one local time to another, and starts then.
async fn away(from: &str, to: &str) -> Town {
    let mut town = met("2020-10-26 09:00").await;
    town.reach(from).await;
    town.kill_bot().await;
    town.reach(to).await;
    town.start_bot().await;
    town.reach(to).await;
    town
}

/// When and under which title each message of a channel stands there.
fn when(town: &Town, channel: &str) -> String {
    let zone = chrono_tz::Europe::London;
    let messages = town.sandbox().read(channel).into_iter().zip(titles(town, channel));
    let line = |(message, title): (convener::sandbox::Message, String)| {
        format!("{} {title}", message.at.with_timezone(&zone).format("%a %-d %b %H:%M"))
    };
    messages.map(line).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_week_across_the_papers_deadline_the_digest_is_late_and_says_so() {
    let mut town = away("2020-11-06 12:00", "2020-11-13 12:00").await;
    town.kill_bot().await;
    town.start_bot().await;
    town.reach("2020-11-13 17:00").await;
    assert_snapshot!(when(&town, "cpwd-board"), @"");
    assert!(town.newest("cpwd-board").contains("Posted late: the bot was offline"), "{}", town.newest("cpwd-board"));
    assert_snapshot!(town.channel("cp-support"), @"");
    // Asked once in time; by now it is too late to ask again.
    assert_eq!(town.private(MORAG).matches("need a word").count(), 1);
    owes_nothing(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_to_be_asked_twice_meanwhile_is_asked_once() {
    let town = away("2020-10-28 12:00", "2020-11-10 12:00").await;
    assert_snapshot!(town.private(FIONA), @"");
    for name in [MORAG, PRIYA] {
        assert_eq!(town.private(name).matches("need a word").count(), 1, "{name}");
    }
    assert_snapshot!(when(&town, "dig-safe"), @"");
    town.reach("2020-11-11 09:00").await;
    assert_snapshot!(town.newest("cp-support"), @"");
    owes_nothing(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_after_the_meeting_cp_support_is_told_what_was_missed_and_nobody_else_anything() {
    let mut town = away("2020-10-28 12:00", "2020-11-19 14:00").await;
    town.kill_bot().await;
    town.start_bot().await;
    town.reach("2020-11-19 17:00").await;
    assert_snapshot!(town.channel("cp-support"), @"");
    assert_eq!(town.channel("cpwd-board"), "");
    assert_eq!((town.private(MORAG), town.private(FIONA)), (String::new(), String::new()));
    owes_nothing(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_on_a_saturday_evening_nobody_is_disturbed_before_monday() {
    let town = away("2020-10-28 12:00", "2020-11-07 20:00").await;
    town.reach("2020-11-09 08:59").await;
    assert_eq!((town.private(MORAG), town.channel("dig-safe")), (String::new(), String::new()));
    // The second request falls due in the same minute as the first, which waited.
    town.reach("2020-11-09 17:00").await;
    assert_snapshot!(town.private(MORAG), @"");
    assert_snapshot!(when(&town, "dig-safe"), @"");
    owes_nothing(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_on_a_saturday_evening_a_channel_gets_its_digest_at_once() {
    let town = away("2020-11-11 12:00", "2020-11-14 20:00").await;
    assert_snapshot!(when(&town, "cpwd-board"), @"");
    assert!(town.newest("cpwd-board").contains("Posted late: the bot was offline"));
    owes_nothing(&town).await;
}

/// A town whose bot was killed at a step of the board's digest, and is back only after the meeting.
async fn killed_until_after_the_meeting(step: Step) -> Town {
    let mut town = met("2020-11-11 17:00").await;
    town.kill_bot().await;
    let mut stopped = town.start_bot_to_halt(step, Said::Digest.key(), 0).await;
    tokio::select! {
        () = town.reach("2020-11-12 09:00") => {}
        _ = stopped.wait_for(|stopped| *stopped) => {}
    }
    assert!(*stopped.borrow());
    town.kill_bot().await;
    town.reach("2020-11-19 14:00").await;
    town.start_bot().await;
    town.reach("2020-11-19 14:05").await;
    owes_nothing(&town).await;
    town
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_that_stood_in_the_outbox_is_not_posted_after_the_meeting_and_cp_support_told_once() {
    let town = killed_until_after_the_meeting(Step::Owed).await;
    assert_eq!(titles(&town, "cpwd-board").iter().filter(|title| title.contains("digest")).count(), 0);
    assert_snapshot!(town.channel("cp-support"), @"");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_that_discord_had_before_the_power_failed_is_not_said_to_be_missed() {
    let town = killed_until_after_the_meeting(Step::Accepted).await;
    assert_eq!(titles(&town, "cpwd-board").iter().filter(|title| title.contains("digest")).count(), 1);
    assert_snapshot!(when(&town, "cp-support"), @"");
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_that_were_made_before_the_power_failed_are_not_said_to_be_missed() {
    let mut town = Said::Chases.eve().await;
    halted(&mut town, Step::Owed, Said::Chases, 0).await;
    town.reach("2020-11-12 17:00").await;
    town.start_bot().await;
    town.reach("2020-11-12 17:05").await;
    assert_snapshot!(town.channel("cp-support"), @"");
    assert_eq!(town.private(MORAG), "", "the papers have gone out");
    owes_nothing(&town).await;
}
