//! What we posted, changed afterwards.

use convener::body::ChannelId;
use convener::post::Post;
use convener::post::PostId;
use convener::post::Receipt;
use convener::post::State;
use convener::post::Unsaid;
use convener::post::Whither;
use convener::sandbox::Fault;
use convener::view::Attachment;
use convener::view::Button;
use convener::view::Card;
use insta::assert_snapshot;
use serde_json::Value;

use super::town::Town;

const CHANGES: &str = "PATCH /channels/*/messages/*";

fn card(text: &str) -> Card {
    let button = Button { label: "Log progress".into(), token: "update/IP-1.2//".into() };
    Card { text: text.into(), buttons: vec![button], ..Card::default() }
}

/// Says a card in #cpeg.
async fn say(town: &Town, card: Card) -> (ChannelId, Receipt) {
    let channel = town.channel("cpeg");
    let post = Post {
        id: PostId(1),
        key: "update/1".into(),
        to: Whither::Channel(channel),
        calls: None,
        follows: None,
        useful_until: None,
        card,
        has_files: false,
        state: State::Waiting,
    };
    (channel, town.discord.say(&post).await.unwrap())
}

#[tokio::test]
async fn a_changed_message_reads_as_the_card_does_now_and_says_that_it_was_edited() {
    let town = Town::open().await;
    let (channel, receipt) = say(&town, card("IP-1.2: Venue booked")).await;
    let corrected = Card { text: "IP-1.2: corrected".into(), ..Card::default() };
    town.discord.amend(channel, receipt, &corrected).await.unwrap();
    // The same again is no harm.
    town.discord.amend(channel, receipt, &corrected).await.unwrap();
    assert_snapshot!(town.sandbox.transcript("cpeg"), @"
    [Mon 26 Oct 09:00] Convener (edited):
        │ IP-1.2: corrected
    ");
    let messages = town.sandbox.read("cpeg");
    assert_eq!(messages[0].id.get(), receipt.0);
    assert!(town.sandbox.shape(&messages[0])["edited_timestamp"].is_string());
}

#[tokio::test]
async fn the_files_of_a_changed_message_stay() {
    let town = Town::open().await;
    let file = Attachment { name: "plan.csv".into(), bytes: vec![1, 2], says: String::new() };
    let with_file = Card { files: vec![file], ..card("The paper") };
    let (channel, receipt) = say(&town, with_file.clone()).await;
    let changed = Card { text: "The paper, corrected".into(), ..with_file };
    town.discord.amend(channel, receipt, &changed).await.unwrap();
    let messages = town.sandbox.read("cpeg");
    let files = town.sandbox.files(&messages[0]);
    let names: Vec<&str> = files.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names, ["plan.csv"]);
    assert_eq!(&*files[0].2, [1, 2]);
}

#[tokio::test]
async fn a_change_mentions_nobody_and_says_nothing_of_files() {
    let town = Town::open().await;
    let (channel, receipt) = say(&town, card("before")).await;
    town.discord.amend(channel, receipt, &card("after @everyone")).await.unwrap();
    let traffic = town.sandbox.traffic();
    let change = traffic.iter().find(|request| request.method == "PATCH").unwrap();
    let body = change.body.as_ref().unwrap();
    assert_eq!(body["allowed_mentions"]["parse"], Value::Array(Vec::new()));
    assert_eq!(body.get("attachments"), None);
    assert_eq!(body.get("nonce"), None);
    assert!(town.sandbox.read("cpeg")[0].pings.is_empty());
}

/// Whether changing a message is given up, and why.
async fn given_up(town: &Town, channel: ChannelId, receipt: Receipt) -> Option<String> {
    match town.discord.amend(channel, receipt, &card("after")).await.unwrap_err() {
        Unsaid::Never { why } => Some(why),
        Unsaid::Again { .. } | Unsaid::Closed { .. } => None,
    }
}

#[tokio::test]
async fn what_is_gone_or_is_not_ours_is_given_up() {
    let town = Town::open().await;
    let (channel, receipt) = say(&town, card("before")).await;
    let why = given_up(&town, channel, Receipt(receipt.0 + 1)).await.unwrap();
    assert!(why.contains("Unknown Message"), "{why}");
    let theirs = town.sandbox.say("Amira", "cpeg", "mine").await.unwrap();
    let why = given_up(&town, channel, Receipt(theirs.get())).await.unwrap();
    assert!(why.contains("authored by another user"), "{why}");
    assert!(given_up(&town, channel, Receipt(0)).await.is_some());
    assert!(given_up(&town, ChannelId(0), receipt).await.is_some());
    // None of it was about the channel: a post still goes out.
    let post = Post {
        id: PostId(2),
        key: "update/2".into(),
        to: Whither::Channel(channel),
        calls: None,
        follows: None,
        useful_until: None,
        card: card("next"),
        has_files: false,
        state: State::Waiting,
    };
    town.discord.say(&post).await.unwrap();
}

#[tokio::test]
async fn trouble_on_the_way_is_for_later() {
    let town = Town::open().await;
    let (channel, receipt) = say(&town, card("before")).await;
    for fault in [
        Fault::Refuse { on: CHANGES.into(), status: 502, times: 1 },
        Fault::HangUp { on: CHANGES.into(), times: 1 },
    ] {
        town.fault(fault);
        assert_eq!(given_up(&town, channel, receipt).await, None);
    }
    // A reply that cannot be read follows a change that was made.
    town.fault(Fault::Garble { on: CHANGES.into(), times: 1 });
    town.discord.amend(channel, receipt, &card("after")).await.unwrap();
    assert!(town.sandbox.transcript("cpeg").contains("after"));
}

#[tokio::test]
async fn a_channel_that_lets_nobody_write_still_lets_us_change_what_we_wrote() {
    let town = Town::open().await;
    let (channel, receipt) = say(&town, card("before")).await;
    town.fault(Fault::ForbidChannel { channel: "cpeg".into() });
    let changed = town.discord.amend(channel, receipt, &card("after")).await;
    assert_eq!(changed, Ok(()));
    assert!(town.sandbox.transcript("cpeg").contains("after"));
}
