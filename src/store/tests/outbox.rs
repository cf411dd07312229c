//! What is owed to the chat, the issued digests, and how far time has come.

use serde_json::json;
use sqlx::Row;

use super::Office;
use super::at;
use crate::body::BodyId;
use crate::body::ChannelId;
use crate::body::RoleId;
use crate::body::UserId;
use crate::post::Called;
use crate::post::Ending;
use crate::post::NewPost;
use crate::post::Post;
use crate::post::PostId;
use crate::post::Receipt;
use crate::post::State;
use crate::post::Whither;
use crate::store::Issued;
use crate::store::Tx;
use crate::view::Attachment;
use crate::view::Button;
use crate::view::Card;
use crate::view::Section;
use crate::view::Tone;

fn card(title: &str) -> Card {
    Card {
        tone: Tone::Attention,
        title: title.to_owned(),
        text: "Position at 09:00".to_owned(),
        sections: vec![Section::of("Overdue", vec!["2.1".to_owned()])],
        buttons: vec![Button { label: "Update".to_owned(), token: "u:IP-2.1".to_owned() }],
        ..Card::default()
    }
}

/// A card with a table and a picture, whose bytes are like no text.
fn card_with_files(title: &str) -> Card {
    let table =
        Attachment { name: "plan.csv".into(), bytes: b"No,\r\n".into(), says: String::new() };
    let picture = Attachment {
        name: "plan.png".into(),
        bytes: (0..=255).cycle().take(70_000).collect(),
        says: "The plan on a page: 2.1 is overdue".into(),
    };
    Card { files: vec![table, picture], ..card(title) }
}

async fn owe(tx: &mut Tx, key: &str, due_at: &str) -> bool {
    tx.add_post(key, ChannelId(22), &card(key), at(due_at)).await.unwrap()
}

/// The cards that are owed, with their files.
async fn cards_owed(tx: &mut Tx, limit: u32) -> Vec<Card> {
    let mut cards = Vec::new();
    for post in tx.posts_owed(limit).await.unwrap() {
        let files = tx.files_of_post(post.id).await.unwrap();
        assert_eq!(post.has_files, !files.is_empty(), "{}", post.key);
        assert_eq!(post.card.files, [], "{}", post.key);
        cards.push(Card { files, ..post.card });
    }
    cards
}

async fn owed(tx: &mut Tx) -> Vec<(String, State)> {
    let posts = tx.posts_owed(10).await.unwrap();
    posts.into_iter().map(|post| (post.key, post.state)).collect()
}

/// A record that owes one post, and that post's number.
async fn owing() -> (Office, PostId) {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-12 09:00").await;
    owe(&mut tx, "digest/2", "2020-11-12 09:00").await;
    let id = tx.posts_owed(1).await.unwrap()[0].id;
    tx.commit().await.unwrap();
    (office, id)
}

#[tokio::test]
async fn a_post_is_owed_once_whatever_becomes_of_it() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-12 09:00").await;
    assert!(owe(&mut tx, "digest/2", "2020-11-12 09:00").await);
    assert!(!owe(&mut tx, "digest/2", "2020-11-12 09:00").await);
    let posts = tx.posts_owed(10).await.unwrap();
    let id = posts[0].id;
    let expected = Post {
        id,
        key: "digest/2".to_owned(),
        to: Whither::Channel(ChannelId(22)),
        calls: None,
        follows: None,
        useful_until: None,
        card: card("digest/2"),
        has_files: false,
        state: State::Waiting,
    };
    assert_eq!(posts, [expected]);
    assert!(tx.is_owed(id).await.unwrap());
    tx.save_sent(id, Receipt(7)).await.unwrap();
    assert!(!tx.is_owed(id).await.unwrap());
    assert!(!owe(&mut tx, "digest/2", "2020-11-12 09:00").await);
    assert!(owed(&mut tx).await.is_empty());
}

#[tokio::test]
async fn posts_go_oldest_due_first_not_before_they_are_due_and_so_many_at_a_time() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-12 09:00").await;
    owe(&mut tx, "second", "2020-11-12 09:00").await;
    owe(&mut tx, "first", "2020-11-11 09:00").await;
    owe(&mut tx, "third", "2020-11-12 09:00").await;
    owe(&mut tx, "tomorrow", "2020-11-13 09:00").await;
    let keys = |posts: Vec<Post>| posts.into_iter().map(|post| post.key).collect::<Vec<_>>();
    assert_eq!(keys(tx.posts_owed(10).await.unwrap()), ["first", "second", "third"]);
    assert_eq!(keys(tx.posts_owed(2).await.unwrap()), ["first", "second"]);
}

#[tokio::test]
async fn a_post_found_half_sent_says_since_when() {
    let (office, id) = owing().await;
    for now in ["2020-11-12 09:01", "2020-11-12 09:30"] {
        let mut tx = office.begin(now).await;
        tx.save_sending(id).await.unwrap();
        tx.commit().await.unwrap();
    }
    let mut tx = office.begin("2020-11-12 10:00").await;
    let sending = State::Sending { since: at("2020-11-12 09:01") };
    assert_eq!(owed(&mut tx).await, [("digest/2".to_owned(), sending)]);
    // A failure does not tell whether the chat has it.
    tx.save_waiting_again(id, "the reply was lost").await.unwrap();
    tx.save_sending(id).await.unwrap();
    assert_eq!(owed(&mut tx).await, [("digest/2".to_owned(), sending)]);
}

#[tokio::test]
async fn a_post_that_is_sent_has_a_receipt_and_is_settled() {
    let (office, id) = owing().await;
    let mut tx = office.begin("2020-11-12 09:01").await;
    assert_eq!(tx.receipt("digest/2").await.unwrap(), None);
    assert_eq!(tx.receipt("digest/3").await.unwrap(), None);
    tx.save_sending(id).await.unwrap();
    tx.save_sent(id, Receipt(769_000_000_000_000_007)).await.unwrap();
    assert_eq!(tx.receipt("digest/2").await.unwrap(), Some(Receipt(769_000_000_000_000_007)));
    assert!(owed(&mut tx).await.is_empty());
    let refused = tx.save_sending(id).await.unwrap_err().to_string();
    assert!(refused.contains("is not owed"), "{refused}");
    assert!(tx.save_waiting_again(id, "late").await.is_err());
    assert!(tx.save_unsaid(id, Ending::GivenUp, "late").await.is_err());
    assert!(tx.save_sent(id, Receipt(8)).await.is_err());
    assert!(tx.save_sent(PostId(99), Receipt(8)).await.is_err());
}

#[tokio::test]
async fn a_post_that_ends_unsaid_is_settled_without_a_receipt() {
    for ending in [Ending::GivenUp, Ending::Refused, Ending::Missed] {
        let (office, id) = owing().await;
        let mut tx = office.begin("2020-11-12 09:01").await;
        tx.save_unsaid(id, ending, "the channel is gone").await.unwrap();
        assert!(owed(&mut tx).await.is_empty());
        assert_eq!(tx.receipt("digest/2").await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_post_to_a_person_comes_back_whole_and_one_that_waits_is_owed_later() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-12 09:00").await;
    let (digest, due_at) = (card("digest"), at("2020-11-12 09:00"));
    assert!(tx.add_post("digest/2", ChannelId(22), &digest, due_at).await.unwrap());
    let first = tx.posts_owed(1).await.unwrap()[0].id;
    tx.save_sent(first, Receipt(7)).await.unwrap();
    let (chase, after) = (card("chase"), card("after"));
    let new = NewPost {
        key: "chase/1",
        to: Whither::Person(UserId(31)),
        calls: None,
        follows: None,
        card: &chase,
        due_at,
        useful_until: Some(at("2020-11-19 10:00")),
    };
    let follow = NewPost {
        key: "after/2",
        to: Whither::Channel(ChannelId(22)),
        calls: Some(Called::Role(RoleId(41))),
        follows: Some("digest/2"),
        card: &after,
        useful_until: None,
        ..new
    };
    let id = tx.owe(&new).await.unwrap().unwrap();
    assert_eq!(tx.owe(&new).await.unwrap(), None, "it is owed already");
    tx.owe(&follow).await.unwrap().unwrap();
    let owed_now = tx.posts_owed(10).await.unwrap();
    assert_eq!(owed_now[0].to, Whither::Person(UserId(31)));
    assert_eq!(owed_now[0].useful_until, Some(at("2020-11-19 10:00")));
    assert_eq!(owed_now[1].follows, Some(Receipt(7)));
    assert_eq!(owed_now[1].calls, Some(Called::Role(RoleId(41))));
    tx.save_due(id, at("2020-11-13 09:00")).await.unwrap();
    assert_eq!(tx.posts_owed(10).await.unwrap().len(), 1);
    assert_eq!(tx.next_post_due().await.unwrap(), Some(at("2020-11-13 09:00")));
}

#[tokio::test]
async fn an_issued_digest_is_kept_once_and_the_latest_is_found() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-12 09:00").await;
    let issued = |due_at, overdue: u32| Issued {
        body: BodyId(2),
        meeting_on: None,
        due_at: at(due_at),
        position_at: at(due_at),
        card: card("CPEG digest"),
        facts: json!({ "overdue": overdue }),
    };
    assert_eq!(tx.last_digest(BodyId(2)).await.unwrap(), None);
    let (later, earlier) = (issued("2020-11-12 09:00", 1), issued("2020-10-01 08:00", 3));
    assert!(tx.add_digest(&later).await.unwrap());
    assert!(tx.add_digest(&earlier).await.unwrap());
    assert!(!tx.add_digest(&issued("2020-11-12 09:00", 2)).await.unwrap());
    assert_eq!(tx.last_digest(BodyId(2)).await.unwrap(), Some(later));
    assert_eq!(tx.last_digest(BodyId(1)).await.unwrap(), None);
}

#[tokio::test]
async fn the_files_of_a_post_come_back_with_it_byte_for_byte() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-12 09:00").await;
    let due_at = at("2020-11-12 09:00");
    let cards = [card_with_files("first"), card("second"), card_with_files("third")];
    for card in &cards {
        assert!(tx.add_post(&card.title, ChannelId(22), card, due_at).await.unwrap());
    }
    let other = card_with_files("other");
    assert!(!tx.add_post("second", ChannelId(22), &other, due_at).await.unwrap());
    tx.commit().await.unwrap();
    let mut tx = office.begin("2020-11-12 09:30").await;
    assert_eq!(cards_owed(&mut tx, 10).await, cards);
    assert_eq!(cards_owed(&mut tx, 1).await, cards[..1]);
}

#[tokio::test]
async fn an_issued_digest_keeps_its_files_and_shares_them_with_its_post() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-12 09:00").await;
    let due_at = at("2020-11-12 09:00");
    let card = card_with_files("CPEG digest");
    let issued = Issued {
        body: BodyId(2),
        meeting_on: None,
        due_at,
        position_at: due_at,
        card,
        facts: json!(null),
    };
    assert!(tx.add_digest(&issued).await.unwrap());
    assert!(tx.add_post("digest/2", ChannelId(22), &issued.card, due_at).await.unwrap());
    assert_eq!(cards_owed(&mut tx, 10).await, std::slice::from_ref(&issued.card));
    assert_eq!(tx.last_digest(BodyId(2)).await.unwrap(), Some(issued));
    let count = sqlx::raw_sql("SELECT count(*) FROM files").fetch_one(tx.connection()).await;
    assert_eq!(count.unwrap().get::<i64, _>(0), 2);
}

#[tokio::test]
async fn time_comes_forward_and_does_not_go_back() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-12 09:00").await;
    assert_eq!(tx.ticked_to().await.unwrap(), None);
    for (saved, expected) in [
        ("2020-11-12 09:00", "2020-11-12 09:00"),
        ("2020-11-11 09:00", "2020-11-12 09:00"),
        ("2020-11-13 09:00", "2020-11-13 09:00"),
    ] {
        tx.save_ticked_to(at(saved)).await.unwrap();
        assert_eq!(tx.ticked_to().await.unwrap(), Some(at(expected)));
    }
}

#[tokio::test]
async fn what_is_said_on_a_clock_that_was_set_back_is_said_after_what_fell_due_before() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-12 09:00").await;
    tx.save_ticked_to(at("2020-11-12 09:00")).await.unwrap();
    tx.commit().await.unwrap();
    for (now, after) in [
        // Two hours back, and the very moment.
        ("2020-11-12 07:00", true),
        ("2020-11-12 09:00", false),
        ("2020-11-12 09:01", false),
        // A clock that was a day ahead was never right.
        ("2020-11-11 09:00", false),
    ] {
        let expected = if after {
            at("2020-11-12 09:00") + chrono::TimeDelta::milliseconds(1)
        } else {
            at(now)
        };
        assert_eq!(office.begin(now).await.now(), expected, "{now}");
    }
}

#[tokio::test]
async fn the_messages_of_other_posts_are_told_from_ones_own() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-12 09:00").await;
    for key in ["update/1", "update/2", "update/3"] {
        owe(&mut tx, key, "2020-11-12 09:00").await;
    }
    let posts = tx.posts_owed(3).await.unwrap();
    for (post, receipt) in posts[..2].iter().zip([7, 8]) {
        tx.save_sending(post.id).await.unwrap();
        tx.save_sent(post.id, Receipt(receipt)).await.unwrap();
    }
    assert_eq!(tx.receipts_near(&posts[0]).await.unwrap(), [Receipt(8)]);
    assert_eq!(tx.receipts_near(&posts[2]).await.unwrap(), [Receipt(7), Receipt(8)]);
}
