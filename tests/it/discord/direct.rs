//! Posts to one person.

use convener::body::UserId;
use convener::post::Post;
use convener::post::PostId;
use convener::post::State;
use convener::post::Unsaid;
use convener::post::Whither;
use convener::sandbox::Fault;
use convener::view::Button;
use convener::view::Card;
use insta::assert_snapshot;

use super::town::Town;
use super::town::opening;

const OPENS: &str = "POST /users/@me/channels";
const SENDS: &str = "POST /channels/*/messages";

fn person(town: &Town, name: &str) -> Whither {
    Whither::Person(UserId(town.sandbox.person_id(name).get()))
}

fn chase(to: Whither, key: &str) -> Post {
    let button = Button { label: "Update IP-4.1".into(), token: "update/IP-4.1//".into() };
    Post {
        id: PostId(1),
        key: key.into(),
        to,
        calls: None,
        follows: None,
        useful_until: None,
        card: Card {
            text: format!("Please say how IP-4.1 is going ({key})."),
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

/// Whether somebody takes no messages from us.
fn is_closed(unsaid: &Unsaid) -> bool {
    matches!(unsaid, Unsaid::Closed { .. })
}

#[tokio::test]
async fn a_post_to_a_person_is_read_by_them_alone() {
    let town = Town::open().await;
    let receipt = town.discord.say(&chase(person(&town, "Amira"), "a")).await.unwrap();
    assert_snapshot!(town.sandbox.transcript("@Amira"), @"
    [Mon 26 Oct 09:00] Convener:
        │ Please say how IP-4.1 is going (a).
        [Update IP-4.1]
    ");
    let messages = town.sandbox.read("@Amira");
    assert_eq!(messages[0].id.get(), receipt.0);
    for elsewhere in ["general", "cpeg", "@Bryce"] {
        assert!(town.sandbox.read(elsewhere).is_empty(), "{elsewhere}");
    }
}

#[tokio::test]
async fn the_channel_of_a_person_is_opened_once_and_each_has_their_own() {
    let town = Town::open().await;
    for (name, key) in [("Amira", "a"), ("Amira", "b"), ("Bryce", "c"), ("Amira", "d")] {
        town.discord.say(&chase(person(&town, name), key)).await.unwrap();
    }
    assert_eq!(town.requests("POST", "/users/@me/channels"), 2);
    assert_eq!(town.sandbox.read("@Amira").len(), 3);
    assert_eq!(town.sandbox.read("@Bryce").len(), 1);
}

#[tokio::test]
async fn said_twice_to_a_person_it_is_one_message_whatever_becomes_of_the_reply() {
    let town = Town::open().await;
    let post = chase(person(&town, "Amira"), "a");
    town.fault(Fault::Garble { on: OPENS.into(), times: 1 });
    let unsaid = town.discord.say(&post).await.unwrap_err();
    assert!(matches!(unsaid, Unsaid::Again { .. }), "{unsaid:?}");
    town.fault(Fault::HangUp { on: SENDS.into(), times: 1 });
    let unsaid = town.discord.say(&post).await.unwrap_err();
    assert!(matches!(unsaid, Unsaid::Again { .. }), "{unsaid:?}");
    town.fault(Fault::Garble { on: SENDS.into(), times: 1 });
    let receipt = town.discord.say(&post).await.unwrap();
    let messages = town.sandbox.read("@Amira");
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].id.get(), receipt.0);
}

#[tokio::test]
async fn a_post_that_a_person_has_is_found_even_by_a_bot_that_has_just_started() {
    let town = Town::open().await;
    let post = chase(person(&town, "Amira"), "a");
    let receipt = town.discord.say(&post).await.unwrap();
    let again = Town::open_with(town.sandbox.clone(), |_| ()).await;
    assert_eq!(again.discord.find(&sending(&post), &[]).await.unwrap(), Some(receipt));
    let other = chase(person(&town, "Bryce"), "a");
    assert_eq!(again.discord.find(&sending(&other), &[]).await.unwrap(), None);
}

#[tokio::test]
async fn who_takes_no_messages_is_told_apart_and_may_be_asked_again() {
    let town = Town::open().await;
    let post = chase(person(&town, "Amira"), "a");
    town.fault(Fault::RefuseDirect { person: Some("Amira".into()) });
    for _ in 0..2 {
        let unsaid = town.discord.say(&post).await.unwrap_err();
        let Unsaid::Closed { why } = unsaid else { panic!("{unsaid:?}") };
        assert!(why.contains("Cannot send messages to this user"), "{why}");
    }
    // Others are told, and so is Amira once she takes messages: no door was remembered as shut.
    town.discord.say(&chase(person(&town, "Bryce"), "b")).await.unwrap();
    let elsewhere = Whither::Channel(town.channel("cpeg"));
    town.discord.say(&chase(elsewhere, "c")).await.unwrap();
    town.sandbox.mend();
    town.discord.say(&post).await.unwrap();
    assert_eq!(town.sandbox.read("@Amira").len(), 1);
}

#[tokio::test]
async fn who_has_left_or_is_nobody_takes_no_messages_either() {
    let town = Town::open().await;
    town.fault(Fault::LeaveServer { person: "Amira".into() });
    let unsaid = town.discord.say(&chase(person(&town, "Amira"), "a")).await.unwrap_err();
    assert!(is_closed(&unsaid), "{unsaid:?}");
    let nobody = Whither::Person(UserId(7));
    let unsaid = town.discord.say(&chase(nobody, "b")).await.unwrap_err();
    assert!(is_closed(&unsaid), "{unsaid:?}");
    town.fault(Fault::Refuse { on: OPENS.into(), status: 403, times: 1 });
    let unsaid = town.discord.say(&chase(person(&town, "Bryce"), "c")).await.unwrap_err();
    assert!(is_closed(&unsaid), "{unsaid:?}");
}

#[tokio::test]
async fn trouble_with_the_way_to_a_person_is_for_later() {
    let town = Town::open().await;
    let post = chase(person(&town, "Amira"), "a");
    for on in [OPENS, SENDS] {
        town.fault(Fault::Refuse { on: on.into(), status: 502, times: 1 });
        let unsaid = town.discord.say(&post).await.unwrap_err();
        assert!(matches!(unsaid, Unsaid::Again { .. }), "{on}: {unsaid:?}");
    }
    town.discord.say(&post).await.unwrap();
}
