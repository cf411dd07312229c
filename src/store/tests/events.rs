//! What is owed to the calendar: until it stands there as it is wanted, or is given up.

use chrono::TimeDelta;

use super::Office;
use super::at;
use crate::body::BodyId;
use crate::post::Event;
use crate::post::EventReceipt;
use crate::post::event::Change;
use crate::post::event::Key;
use crate::post::event::Owed;
use crate::store::Tx;

const RECEIPT: EventReceipt = EventReceipt(u64::MAX / 2);

fn key() -> Key {
    Key { body: BodyId(2), first_on: "2020-12-10".parse().unwrap() }
}

fn event(begins_at: &str) -> Event {
    Event {
        name: "CPEG".into(),
        describes: "Papers due: Thursday 3 December 2020.".into(),
        place: "#cpeg".into(),
        begins_at: at(begins_at),
        ends_at: at(begins_at) + TimeDelta::minutes(90),
    }
}

async fn show(tx: &mut Tx, event: &Event) {
    tx.save_event_change(&Change::Shown(key(), event.clone())).await.unwrap();
}

async fn owed(tx: &mut Tx) -> Option<Owed> {
    let mut owed = tx.events_owed().await.unwrap();
    assert!(owed.len() < 2, "{owed:?}");
    owed.pop()
}

#[tokio::test]
async fn an_event_is_owed_until_it_stands_there_as_it_is_wanted() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-10-26 09:00").await;
    let (first, moved) = (event("2020-12-10 10:00"), event("2020-12-17 10:00"));
    show(&mut tx, &first).await;
    let new = Owed { key: key(), wanted: Some(first.clone()), tried: None, receipt: None };
    assert_eq!(owed(&mut tx).await, Some(new.clone()));
    assert_eq!(tx.events_kept().await.unwrap(), [(key(), first.clone())].into());
    tx.save_event_trying(key(), &first).await.unwrap();
    tx.save_event_waits(key(), "503").await.unwrap();
    let tried = Owed { tried: Some(first.clone()), ..new.clone() };
    assert_eq!(owed(&mut tx).await, Some(tried.clone()));
    // It is moved while it is being added: it stands there, and that is not all.
    show(&mut tx, &moved).await;
    tx.save_event_made(key(), &first, RECEIPT).await.unwrap();
    let half = Owed { wanted: Some(moved.clone()), receipt: Some(RECEIPT), ..tried };
    assert_eq!(owed(&mut tx).await, Some(half));
    tx.save_event_made(key(), &moved, RECEIPT).await.unwrap();
    assert_eq!(owed(&mut tx).await, None);

    tx.save_event_change(&Change::Withdrawn(key())).await.unwrap();
    assert_eq!(tx.events_kept().await.unwrap(), [].into());
    assert_eq!(owed(&mut tx).await.unwrap().receipt, Some(RECEIPT));
    tx.save_event_removed(key()).await.unwrap();
    assert_eq!(owed(&mut tx).await, None);
    show(&mut tx, &first).await;
    assert_eq!(owed(&mut tx).await, Some(new), "as if it had never been there");
}

#[tokio::test]
async fn what_is_given_up_is_owed_again_after_a_start_unless_it_has_begun() {
    let office = Office::founded().await;
    let check = async |now: &str, expected: bool| {
        let mut tx = office.begin("2020-10-26 09:00").await;
        show(&mut tx, &event("2020-12-10 10:00")).await;
        let refused = owed(&mut tx).await.unwrap();
        tx.save_event_given_up(&refused, "403").await.unwrap();
        assert_eq!(owed(&mut tx).await, None);
        assert_eq!(tx.events_kept().await.unwrap().len(), 1, "it is wanted all the same");
        tx.commit().await.unwrap();
        let mut tx = office.begin(now).await;
        tx.owe_events_again().await.unwrap();
        assert_eq!(owed(&mut tx).await.is_some(), expected, "{now}");
    };
    check("2020-12-10 09:59", true).await;
    check("2020-12-10 10:00", false).await;
}

#[tokio::test]
async fn what_was_refused_of_an_event_that_has_changed_meanwhile_gives_up_nothing() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-10-26 09:00").await;
    show(&mut tx, &event("2020-12-10 10:00")).await;
    let refused = owed(&mut tx).await.unwrap();
    show(&mut tx, &event("2020-12-17 10:00")).await;
    tx.save_event_given_up(&refused, "403").await.unwrap();
    assert!(owed(&mut tx).await.is_some());
    let unknown = Key { body: BodyId(1), ..key() };
    tx.save_event_waits(unknown, "503").await.unwrap_err();
    tx.save_event_change(&Change::Withdrawn(unknown)).await.unwrap_err();
}

#[tokio::test]
async fn a_meeting_that_has_begun_is_left_alone() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-10-26 09:00").await;
    show(&mut tx, &event("2020-12-10 10:00")).await;
    tx.commit().await.unwrap();
    let mut tx = office.begin("2020-12-10 10:00").await;
    assert_eq!(tx.events_kept().await.unwrap(), [].into());
}
