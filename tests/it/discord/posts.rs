//! Posts, said once whatever becomes of the reply.

use std::time::Duration;

use convener::post::Post;
use convener::post::PostId;
use convener::post::State;
use convener::post::Unsaid;
use convener::post::Whither;
use convener::sandbox::Fault;
use convener::view::Button;
use convener::view::Card;
use convener::view::Section;
use tokio::time::Instant;

use super::town::Town;
use super::town::opening;

const SENDS: &str = "POST /channels/*/messages";

fn post(town: &Town, key: &str) -> Post {
    let section = Section::of("Overdue", vec!["4.1 · 50 days".into()]);
    let button = Button { label: "Update".into(), token: "update/IP-4.1//".into() };
    Post {
        id: PostId(1),
        key: key.into(),
        to: Whither::Channel(town.channel("cpeg")),
        calls: None,
        follows: None,
        useful_until: None,
        card: Card {
            title: format!("Digest {key}"),
            text: "position at 09:00  ".into(),
            sections: vec![section],
            footer: "CPEG".into(),
            buttons: vec![button],
            ..Card::default()
        },
        has_files: false,
        state: State::Waiting,
    }
}

fn sending(post: &Post) -> Post {
    Post { state: State::Sending { since: opening() }, ..post.clone() }
}

#[tokio::test]
async fn a_post_is_a_message_and_its_receipt_is_the_messages_id() {
    let town = Town::open().await;
    let receipt = town.discord.say(&post(&town, "a")).await.unwrap();
    let messages = town.sandbox.read("cpeg");
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].id.get(), receipt.0);
    assert!(messages[0].nonce.is_some());
    assert_eq!(messages[0].labels(), ["Update"]);
}

#[tokio::test]
async fn said_twice_it_is_one_message() {
    let town = Town::open().await;
    let first = town.discord.say(&post(&town, "a")).await.unwrap();
    let again = town.discord.say(&post(&town, "a")).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(town.sandbox.read("cpeg").len(), 1);
    let other = town.discord.say(&post(&town, "b")).await.unwrap();
    assert_ne!(first, other);
}

#[tokio::test]
async fn a_reply_that_cannot_be_read_costs_neither_receipt_nor_a_second_message() {
    let town = Town::open().await;
    town.fault(Fault::Garble { on: SENDS.into(), times: 1 });
    let receipt = town.discord.say(&post(&town, "a")).await.unwrap();
    let messages = town.sandbox.read("cpeg");
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].id.get(), receipt.0);
}

#[tokio::test]
async fn when_the_line_is_cut_after_the_message_was_taken_it_is_said_again_and_is_one() {
    let town = Town::open().await;
    town.fault(Fault::HangUp { on: SENDS.into(), times: 1 });
    let unsaid = town.discord.say(&post(&town, "a")).await.unwrap_err();
    assert!(matches!(unsaid, Unsaid::Again { .. }), "{unsaid:?}");
    assert_eq!(town.sandbox.read("cpeg").len(), 1);
    let receipt = town.discord.say(&post(&town, "a")).await.unwrap();
    let messages = town.sandbox.read("cpeg");
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].id.get(), receipt.0);
}

#[tokio::test]
async fn a_post_that_was_said_is_found_in_its_channel_and_no_other_is() {
    let town = Town::open().await;
    let said = post(&town, "a");
    town.sandbox.say("Amira", "cpeg", "Digest a").await.unwrap();
    assert_eq!(town.discord.find(&sending(&said), &[]).await.unwrap(), None);
    let receipt = town.discord.say(&said).await.unwrap();
    assert_eq!(town.discord.find(&sending(&said), &[]).await.unwrap(), Some(receipt));
    assert_eq!(town.discord.find(&sending(&post(&town, "b")), &[]).await.unwrap(), None);
    assert_eq!(town.discord.find(&said, &[]).await.unwrap(), None, "nobody began to send it");
}

#[tokio::test]
async fn a_post_is_found_behind_a_hundred_other_messages() {
    let town = Town::open().await;
    for number in 0..120 {
        town.sandbox.say("Amira", "cpeg", &format!("line {number}")).await.unwrap();
    }
    let receipt = town.discord.say(&post(&town, "a")).await.unwrap();
    assert_eq!(town.discord.find(&sending(&post(&town, "a")), &[]).await.unwrap(), Some(receipt));
}

#[tokio::test]
async fn a_request_that_hangs_is_given_up_in_time() {
    let town = Town::open().await;
    town.fault(Fault::Hang { on: SENDS.into(), times: 1 });
    let began = Instant::now();
    let unsaid = town.discord.say(&post(&town, "a")).await.unwrap_err();
    assert!(matches!(unsaid, Unsaid::Again { .. }), "{unsaid:?}");
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_short_wait_is_waited_and_a_long_one_is_handed_on() {
    let town = Town::open().await;
    let wait = Duration::from_millis(250);
    town.fault(Fault::TooMany { on: SENDS.into(), retry_after: wait, global: false, times: 1 });
    let began = Instant::now();
    town.discord.say(&post(&town, "a")).await.unwrap();
    assert!(began.elapsed() >= wait);
    assert_eq!(town.requests("POST", "/messages"), 2);

    let wait = Duration::from_secs(90);
    town.fault(Fault::TooMany { on: SENDS.into(), retry_after: wait, global: true, times: 1 });
    let unsaid = town.discord.say(&post(&town, "b")).await.unwrap_err();
    let Unsaid::Again { after: Some(after), .. } = unsaid else { panic!("{unsaid:?}") };
    assert!(after > Duration::from_secs(80), "{after:?}");
    // What is asked of everything holds for another channel too, without asking again.
    let elsewhere = Post { to: Whither::Channel(town.channel("general")), ..post(&town, "c") };
    let unsaid = town.discord.say(&elsewhere).await.unwrap_err();
    assert!(matches!(unsaid, Unsaid::Again { after: Some(_), .. }), "{unsaid:?}");
    assert_eq!(town.requests("POST", "/messages"), 3);
}

#[tokio::test]
async fn trouble_on_discords_side_is_for_later() {
    let town = Town::open().await;
    town.fault(Fault::Refuse { on: SENDS.into(), status: 502, times: 1 });
    let unsaid = town.discord.say(&post(&town, "a")).await.unwrap_err();
    assert!(matches!(unsaid, Unsaid::Again { .. }), "{unsaid:?}");
}

#[tokio::test]
async fn a_channel_that_refuses_us_is_not_asked_over_and_over() {
    let town = Town::open().await;
    town.fault(Fault::ForbidChannel { channel: "cpeg".into() });
    for _ in 0..3 {
        let unsaid = town.discord.say(&post(&town, "a")).await.unwrap_err();
        let Unsaid::Never { why } = unsaid else { panic!("{unsaid:?}") };
        assert!(why.contains("Send Messages"), "{why}");
    }
    // The server changed in between, which may have let us in, so it may be asked twice.
    assert!(town.requests("POST", "/messages") <= 2);
}

#[tokio::test]
async fn a_token_refused_once_is_not_tried_again_and_ends_it() {
    let mut town = Town::open().await;
    town.fault(Fault::Refuse { on: SENDS.into(), status: 401, times: 1 });
    for _ in 0..3 {
        assert!(town.discord.say(&post(&town, "a")).await.is_err());
    }
    assert_eq!(town.requests("POST", "/messages"), 1);
    let ended = town.hear(|heard| match heard {
        convener::discord::Heard::Ended(fault) => Some(fault),
        _ => None,
    });
    assert_eq!(ended.await, convener::discord::Fault::TokenRefused);
}
