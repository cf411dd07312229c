//! A digest is posted once, whatever happens to the bot and to its messages on the way.

use std::time::Duration;

use convener::post::State;
use convener::sandbox::Fault;
use convener::sandbox::Message;
use convener::sandbox::Sandbox;
use convener::store::Store;

use crate::town::Town;

/// Where every message of the bot's goes.
const SENDS: &str = "POST /channels/*/messages";

/// A town on the day before the board's papers deadline, Thursday 12 November 2020 at 09:00.
async fn eve() -> Town {
    Town::at("2020-11-11 17:00").await
}

fn title(message: &Message) -> &str {
    let title = message.embeds.first().and_then(|embed| embed["title"].as_str());
    title.unwrap_or_default()
}

/// The digests in a channel; people may be asked for updates there, too.
fn digests(town: &Town, channel: &str) -> Vec<Message> {
    let mut read = town.sandbox().read(channel);
    read.retain(|message| title(message).contains("digest:"));
    read
}

/// What CP Support was told of something that went wrong.
fn troubles(town: &Town) -> Vec<String> {
    let read = town.sandbox().read("cp-support");
    let titles = read.iter().map(|message| title(message).to_owned());
    titles.filter(|title| title.contains("Missed") || title.contains("Not delivered")).collect()
}

/// The one board digest, stamped with the papers deadline.
#[track_caller]
fn has_one_board_digest(town: &Town) {
    let digests = digests(town, "cpwd-board");
    assert_eq!(digests.len(), 1, "{}", town.channel("cpwd-board"));
    let text = town.sandbox().text(&digests[0]);
    assert!(text.contains("CPWD board"), "{text}");
    assert!(text.contains("Thursday 19 November 2020"), "{text}");
    assert!(text.contains("09:00 on Thursday 12 November 2020"), "{text}");
}

/// Nothing is owed any more, by the record.
async fn owes_nothing(town: &Town) {
    let record = Store::open(&town.record()).await.unwrap();
    let now = *town.sandbox().clock().borrow();
    let owed = record.read(now).await.unwrap().posts_owed(10).await.unwrap();
    record.close().await;
    assert_eq!(owed, []);
}

/// How far the one post that is owed has come, by the record.
async fn owed(town: &Town) -> State {
    let record = Store::open(&town.record()).await.unwrap();
    let now = *town.sandbox().clock().borrow();
    let owed = record.read(now).await.unwrap().posts_owed(10).await.unwrap();
    record.close().await;
    assert_eq!(owed.len(), 1, "{owed:?}");
    owed[0].state
}

/// How often the bot asked to say something.
fn sends(town: &Town) -> usize {
    let traffic = town.sandbox().traffic();
    traffic.iter().filter(|r| r.method == "POST" && r.path.ends_with("/messages")).count()
}

/// Waits until the bot has asked to say something so many times.
async fn sent(town: &Town, times: usize) {
    let asked = town.sandbox().until(|_| (sends(town) >= times).then_some(()));
    assert!(asked.await.is_some(), "only {} sends", sends(town));
}

/// Sets the clock without waiting for what happens then, which a fault keeps from happening.
async fn begins_to_reach(town: &Town, time: &str, sends: usize) {
    let mut journey = std::pin::pin!(town.reach(time));
    tokio::select! {
        () = &mut journey => {}
        () = sent(town, sends) => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_way_to_20_november_the_board_reads_one_digest_and_cpeg_one_by_11_december() {
    let town = Town::open().await;
    town.reach("2020-11-12 08:59").await;
    assert_eq!(digests(&town, "cpwd-board").len(), 0);
    town.reach("2020-11-20 09:00").await;
    has_one_board_digest(&town);
    assert_eq!(digests(&town, "cpwd-board")[0].at.to_rfc3339(), "2020-11-12T09:00:00+00:00");
    assert_eq!(digests(&town, "cpeg").len(), 0);
    town.reach("2020-12-11 09:00").await;
    has_one_board_digest(&town);
    let cpeg = town.channel("cpeg");
    assert_eq!(digests(&town, "cpeg").len(), 1, "{cpeg}");
    assert!(cpeg.contains("Thursday 10 December 2020"), "{cpeg}");
    assert_eq!(troubles(&town), [""; 0]);
    owes_nothing(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_and_started_between_the_digests_neither_is_lost_or_repeated() {
    let mut town = Town::open().await;
    town.reach("2020-11-01 12:00").await;
    town.kill_bot().await;
    town.start_bot().await;
    town.reach("2020-11-20 09:00").await;
    has_one_board_digest(&town);
    town.kill_bot().await;
    town.start_bot().await;
    town.reach("2020-12-11 09:00").await;
    has_one_board_digest(&town);
    assert_eq!(digests(&town, "cpeg").len(), 1);
    owes_nothing(&town).await;
}

/// The message is accepted, its answer is lost, and the bot dies before it can look or try again;
/// then it starts once more, at a local time.
async fn dies_after_the_message_was_taken(fault: Fault, starts: &str) {
    let mut town = eve().await;
    let looks = "GET /channels/*/messages".to_owned();
    town.sandbox().fault(fault);
    town.sandbox().fault(Fault::Refuse { on: looks, status: 500, times: usize::MAX });
    begins_to_reach(&town, "2020-11-12 09:00", 1).await;
    let taken = |sandbox: &Sandbox| (sandbox.read("cpwd-board").len() == 1).then_some(());
    town.sandbox().until(taken).await.unwrap();
    town.kill_bot().await;
    let State::Sending { .. } = owed(&town).await else { panic!("it was not marked first") };
    town.sandbox().mend();
    town.reach(starts).await;
    town.start_bot().await;
    town.reach("2020-11-20 09:00").await;
    has_one_board_digest(&town);
    owes_nothing(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_after_the_message_was_taken_and_the_line_cut_it_is_posted_once() {
    let on = SENDS.to_owned();
    dies_after_the_message_was_taken(Fault::HangUp { on, times: usize::MAX }, "2020-11-12 09:00")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_after_the_message_was_taken_and_the_answer_unreadable_it_is_posted_once() {
    let on = SENDS.to_owned();
    dies_after_the_message_was_taken(Fault::Garble { on, times: usize::MAX }, "2020-11-12 09:00")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_for_a_day_after_the_message_was_taken_it_is_found_though_discord_forgot_its_nonce()
{
    let on = SENDS.to_owned();
    dies_after_the_message_was_taken(Fault::HangUp { on, times: usize::MAX }, "2020-11-13 09:00")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_cannot_be_read_does_not_make_it_two() {
    let mut town = eve().await;
    town.sandbox().fault(Fault::Garble { on: SENDS.to_owned(), times: 2 });
    town.reach("2020-11-12 09:00").await;
    has_one_board_digest(&town);
    town.kill_bot().await;
    town.start_bot().await;
    town.reach("2020-11-20 09:00").await;
    has_one_board_digest(&town);
    owes_nothing(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_the_message_was_taken_it_is_posted_after_all() {
    let mut town = eve().await;
    town.sandbox().fault(Fault::Hang { on: SENDS.to_owned(), times: usize::MAX });
    begins_to_reach(&town, "2020-11-12 09:00", 1).await;
    town.kill_bot().await;
    assert_eq!(town.channel("cpwd-board"), "");
    let State::Sending { .. } = owed(&town).await else { panic!("it was not marked first") };
    town.sandbox().mend();
    town.start_bot().await;
    town.reach("2020-11-20 09:00").await;
    has_one_board_digest(&town);
    owes_nothing(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_before_the_meeting_it_posts_the_digest_late_and_says_so() {
    let mut town = Town::open().await;
    town.kill_bot().await;
    town.reach("2020-11-17 10:30").await;
    assert_eq!(town.channel("cpwd-board"), "");
    town.start_bot().await;
    town.reach("2020-11-17 10:30").await;
    let text = town.newest("cpwd-board");
    assert!(text.to_lowercase().contains("late"), "{text}");
    assert!(text.contains("10:30 on Tuesday 17 November 2020"), "{text}");
    town.kill_bot().await;
    town.start_bot().await;
    town.reach("2020-11-20 09:00").await;
    assert_eq!(digests(&town, "cpwd-board").len(), 1, "{}", town.channel("cpwd-board"));
}

#[tokio::test(flavor = "multi_thread")]
async fn back_after_the_meeting_it_tells_cp_support_once_and_the_board_nothing() {
    let mut town = Town::open().await;
    town.kill_bot().await;
    town.reach("2020-11-20 09:00").await;
    town.start_bot().await;
    town.reach("2020-11-20 09:01").await;
    let told = town.channel("cp-support");
    assert!(told.contains("Missed") && told.contains("19 November 2020"), "{told}");
    town.kill_bot().await;
    town.start_bot().await;
    town.reach("2020-11-27 09:00").await;
    assert_eq!(digests(&town, "cpwd-board").len(), 0);
    assert_eq!(troubles(&town).len(), 1, "{}", town.channel("cp-support"));
    owes_nothing(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_requests_and_trouble_at_discords_end_in_one_digest() {
    let town = eve().await;
    let on = || SENDS.to_owned();
    let retry_after = Duration::from_millis(100);
    town.sandbox().fault(Fault::TooMany { on: on(), retry_after, global: false, times: 2 });
    town.sandbox().fault(Fault::Refuse { on: on(), status: 500, times: 2 });
    town.reach("2020-11-20 09:00").await;
    assert!(sends(&town) >= 5, "{} sends", sends(&town));
    has_one_board_digest(&town);
    owes_nothing(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_may_not_be_written_in_is_given_up_and_cp_support_told_once() {
    let mut town = eve().await;
    town.sandbox().fault(Fault::ForbidChannel { channel: "cpwd-board".into() });
    town.reach("2020-11-12 09:00").await;
    let told = town.channel_with("cp-support", 1).await;
    assert!(told.contains("Not delivered") && told.contains("#cpwd-board"), "{told}");
    town.kill_bot().await;
    town.start_bot().await;
    town.reach("2020-11-17 09:00").await;
    assert_eq!(digests(&town, "cpwd-board").len(), 0);
    assert_eq!(troubles(&town).len(), 1, "{}", town.channel("cp-support"));
    owes_nothing(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn started_ever_again_at_the_deadline_it_repeats_nothing() {
    let mut town = eve().await;
    town.reach("2020-11-12 09:00").await;
    has_one_board_digest(&town);
    for _ in 0..6 {
        town.kill_bot().await;
        town.start_bot().await;
    }
    town.stop_bot().await;
    town.start_bot().await;
    town.reach("2020-11-12 09:01").await;
    has_one_board_digest(&town);
    assert_eq!(sends(&town), 1);
    owes_nothing(&town).await;
}
