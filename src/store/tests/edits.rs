//! What is owed of edits: once its post is sent, until it is made or given up.

use super::Office;
use super::at;
use crate::body::ChannelId;
use crate::post::EditId;
use crate::post::Ending;
use crate::post::Receipt;
use crate::store::Tx;
use crate::view::Card;

fn card(text: &str) -> Card {
    Card { text: text.to_owned(), ..Card::default() }
}

/// A transaction in which a post is owed and an edit of it is, too.
async fn owing(office: &Office) -> Tx {
    let mut tx = office.begin("2020-11-12 09:00").await;
    let due_at = at("2020-11-12 09:00");
    assert!(tx.add_post("update/7", ChannelId(22), &card("wrong"), due_at).await.unwrap());
    assert_eq!(tx.posted("update/7").await.unwrap(), Some(card("wrong")));
    assert!(tx.add_edit("update/7", &card("corrected")).await.unwrap());
    tx
}

async fn send(tx: &mut Tx) {
    let post = tx.posts_owed(1).await.unwrap().remove(0);
    tx.save_sending(post.id).await.unwrap();
    tx.save_sent(post.id, Receipt(u64::MAX / 2)).await.unwrap();
}

#[tokio::test]
async fn an_edit_is_owed_once_its_post_is_sent_until_it_is_made() {
    let office = Office::founded().await;
    let mut tx = owing(&office).await;
    assert_eq!(tx.edits_owed(10).await.unwrap(), []);
    send(&mut tx).await;
    let owed = tx.edits_owed(10).await.unwrap();
    let [edit] = owed.as_slice() else { panic!("{owed:?}") };
    assert_eq!((edit.key.as_str(), edit.channel), ("update/7", ChannelId(22)));
    assert_eq!((edit.receipt, &edit.card), (Receipt(u64::MAX / 2), &card("corrected")));
    tx.save_edit_waits(edit.id, "500").await.unwrap();
    assert_eq!(tx.edits_owed(10).await.unwrap(), owed);
    assert_eq!(tx.edits_owed(0).await.unwrap(), []);
    tx.save_made(edit.id).await.unwrap();
    assert_eq!(tx.edits_owed(10).await.unwrap(), []);
    // What is settled stays so.
    tx.save_made(edit.id).await.unwrap_err();
    tx.save_edit_waits(edit.id, "500").await.unwrap_err();
    tx.save_edit_given_up(edit.id, "404").await.unwrap_err();
    tx.save_made(EditId(99)).await.unwrap_err();
}

#[tokio::test]
async fn an_edit_that_is_given_up_is_owed_no_more() {
    let office = Office::founded().await;
    let mut tx = owing(&office).await;
    send(&mut tx).await;
    let edit = tx.edits_owed(1).await.unwrap().remove(0);
    tx.save_edit_given_up(edit.id, "404").await.unwrap();
    assert_eq!(tx.edits_owed(10).await.unwrap(), []);
}

#[tokio::test]
async fn what_was_never_posted_is_never_edited() {
    let office = Office::founded().await;
    let mut tx = owing(&office).await;
    assert_eq!(tx.posted("update/8").await.unwrap(), None);
    assert!(!tx.add_edit("update/8", &card("corrected")).await.unwrap());
    let post = tx.posts_owed(1).await.unwrap().remove(0);
    tx.save_unsaid(post.id, Ending::GivenUp, "403").await.unwrap();
    assert_eq!(tx.posted("update/7").await.unwrap(), None);
    assert_eq!(tx.edits_owed(10).await.unwrap(), []);
}
