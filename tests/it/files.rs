//! Files that people give, and files that they get, as they meet them in the chat.

use convener::body::ChannelId;
use convener::sandbox::Fault;
use convener::sandbox::Sandbox;
use convener::store::Store;
use convener::view::Attachment;
use convener::view::Card;

use crate::town::PRIYA;
use crate::town::Town;

const MEGABYTE: usize = 1024 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_fetched_before_the_command_that_it_came_with_is_answered() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let answer =
        priya.gives("/plan import plan:IP", "file", "plan.csv", b"No,Activities\r\n").await;
    assert!(answer.contains("plan.csv: I find no actions in it."), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_too_large_is_refused_and_the_answers_are_given_back() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let large = vec![b'x'; 10 * MEGABYTE + 1];
    let line = "/plan import answers:row 7: CPEG leads";
    let answer = priya.gives(line, "file", "plan.csv", &large).await;
    let sentence = "\"plan.csv\" is too large: it has 10.1 MB, and I read files of at most 10 MB.";
    assert!(answer.contains(sentence), "{answer}");
    assert!(answer.contains("row 7: CPEG leads"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_needs_a_file_is_not_sent_without_one() {
    let town = Town::open().await;
    let answer = town.person(PRIYA, "cp-support").types("/plan import").await;
    assert_eq!(answer, "not sent: file is required.");
}

/// Owes #general a post with files, by the record alone, while the bot is not at work.
async fn owe(town: &Town, card: &Card) {
    let record = Store::open(&town.record()).await.unwrap();
    let mut tx = record.begin(*town.sandbox().clock().borrow()).await.unwrap();
    let channel = ChannelId(town.sandbox().channel_id("general").get());
    let now = tx.now();
    assert!(tx.add_post("paper/1", channel, card, now).await.unwrap());
    tx.commit().await.unwrap();
    record.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_with_files_is_neither_lost_nor_doubled_when_the_bot_is_killed_after_sending_it() {
    let mut town = Town::open().await;
    town.stop_bot().await;
    let bytes: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let says = "The plan on a page".to_owned();
    let picture = Attachment { name: "plan.png".into(), bytes: bytes.clone(), says };
    let table = Attachment { name: "plan.csv".into(), bytes: vec![b'x'], says: String::new() };
    let card = Card { title: "Paper".into(), files: vec![picture, table], ..Card::default() };
    owe(&town, &card).await;
    // Taken, but not confirmed; nor can the bot look for it before it dies.
    let on = "POST /channels/*/messages".to_owned();
    town.sandbox().fault(Fault::HangUp { on, times: usize::MAX });
    let on = "GET /channels/*/messages".to_owned();
    town.sandbox().fault(Fault::Refuse { on, status: 500, times: usize::MAX });
    town.start_bot().await;
    let taken = |sandbox: &Sandbox| (sandbox.read("general").len() == 1).then_some(());
    town.sandbox().until(taken).await.unwrap();
    town.kill_bot().await;
    town.sandbox().mend();
    town.reach("2020-10-26 10:00").await;
    town.start_bot().await;
    town.reach("2020-10-26 11:00").await;
    let messages = town.sandbox().read("general");
    assert_eq!(messages.len(), 1, "{}", town.channel("general"));
    let files = town.sandbox().files(&messages[0]);
    assert_eq!(files[0].0, "plan.png");
    assert_eq!(files[0].1.as_deref(), Some("The plan on a page"));
    assert_eq!(*files[0].2, *bytes);
    assert_eq!((files[1].0.as_str(), &files[1].1), ("plan.csv", &None));
    let record = Store::open(&town.record()).await.unwrap();
    let mut tx = record.read(*town.sandbox().clock().borrow()).await.unwrap();
    assert_eq!(tx.posts_owed(10).await.unwrap(), []);
    assert_eq!(tx.receipt("paper/1").await.unwrap().unwrap().0, messages[0].id.get());
}
